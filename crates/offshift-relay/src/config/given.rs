//! A value as it was given, by a file or a flag, and how it becomes narrower.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

use toml::de::DeValue;

/// A value as it was given.
#[derive(Debug, Clone, Copy)]
pub enum Given<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number; nothing when it is negative or too large to be any setting.
    Number(Option<u64>),
    /// True or false.
    Switch(bool),
    /// Something that no key takes.
    Other,
}

/// What a value has to be instead: ends "... must be".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong(pub(super) String);

impl<'a> Given<'a> {
    pub(super) fn of(value: &'a DeValue<'a>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text),
            DeValue::Integer(digits) => {
                Self::Number(u64::from_str_radix(digits.as_str(), digits.radix()).ok())
            }
            DeValue::Boolean(switch) => Self::Switch(*switch),
            _ => Self::Other,
        }
    }

    pub(super) fn text(self, wanted: &str) -> Result<&'a str, Wrong> {
        let Self::Text(text) = self else { return Err(must_be(wanted)) };
        Ok(text)
    }

    pub(super) fn parsed<T: FromStr>(self, wanted: &str) -> Result<T, Wrong> {
        self.text(wanted)?.parse().map_err(|_| must_be(wanted))
    }

    pub(super) fn switch(self) -> Result<bool, Wrong> {
        let Self::Switch(switch) = self else { return Err(must_be("true or false")) };
        Ok(switch)
    }

    pub(super) fn number<T>(self, range: RangeInclusive<T>) -> Result<T, Wrong>
    where
        T: TryFrom<u64> + PartialOrd + Display,
    {
        let number = if let Self::Number(number) = self { number } else { None };
        number.and_then(|number| T::try_from(number).ok()).filter(|n| range.contains(n)).ok_or_else(
            || must_be(&format!("a whole number from {} to {}", range.start(), range.end())),
        )
    }

    pub(super) fn one_of<T: Copy>(self, choices: &[(&str, T)]) -> Result<T, Wrong> {
        let known = |text| choices.iter().find(|(name, _)| *name == text);
        if let Self::Text(text) = self
            && let Some((_, chosen)) = known(text)
        {
            return Ok(*chosen);
        }
        Err(must_be(&listed(choices)))
    }
}

/// The name of a choice.
pub(super) fn name_of<T: PartialEq>(choices: &[(&'static str, T)], value: &T) -> Option<String> {
    choices.iter().find(|(_, choice)| choice == value).map(|(name, _)| quoted(name))
}

/// As TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

pub(super) fn must_be(wanted: &str) -> Wrong {
    Wrong(wanted.to_owned())
}

fn listed<T>(choices: &[(&str, T)]) -> String {
    let names: Vec<_> = choices.iter().map(|(name, _)| format!("{name:?}")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
