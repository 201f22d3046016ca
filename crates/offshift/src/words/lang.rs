//! The languages that this program speaks.

use unic_langid::LanguageIdentifier;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Lang {
    English,
    Spanish,
    Polish,
    French,
    German,
    Arabic,
    /// English in other letters: a test sees by it which sentences are not said by these words.
    Pseudo,
}

impl Lang {
    /// Those that people speak.
    pub(crate) const ALL: [Self; 6] =
        [Self::English, Self::Spanish, Self::Polish, Self::French, Self::German, Self::Arabic];

    /// What this process speaks: as asked for, else as the system says, else English.
    pub(crate) fn chosen(asked: Option<Self>) -> Self {
        asked.unwrap_or_else(|| Self::first_of(sys_locale::get_locales()))
    }

    /// The first of these locales that this program speaks. `C` asks for the words as they are written.
    pub(crate) fn first_of(locales: impl IntoIterator<Item = String>) -> Self {
        let known = |locale: String| match locale.as_str() {
            "C" | "POSIX" => Some(Self::English),
            locale => Self::named(locale),
        };
        locales.into_iter().find_map(known).unwrap_or(Self::English)
    }

    /// The language of a tag: `es`, `es-MX`.
    pub(crate) fn named(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase();
        // A person who reads the other letters is lost, so only tests have them.
        if language == Self::Pseudo.tag() {
            return cfg!(debug_assertions).then_some(Self::Pseudo);
        }
        Self::ALL.into_iter().find(|lang| lang.tag() == language)
    }

    /// As it is named in the file system and on the web.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Polish => "pl",
            Self::French => "fr",
            Self::German => "de",
            Self::Arabic => "ar",
            Self::Pseudo => "xx",
        }
    }

    /// For the rules of plurals.
    pub(super) fn id(self) -> LanguageIdentifier {
        let spoken = if self == Self::Pseudo { Self::English } else { self };
        spoken.tag().parse().unwrap_or_default()
    }

    /// Whether it is written from right to left.
    pub(crate) const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn first_of(locales: &[&str]) -> Lang {
        Lang::first_of(locales.iter().map(|one| (*one).to_owned()))
    }

    #[test]
    fn the_system_says_which_language_and_english_is_the_last_word() {
        assert_eq!(first_of(&["pl-PL"]), Lang::Polish);
        assert_eq!(first_of(&["sv-SE", "de-AT", "en"]), Lang::German);
        assert_eq!(first_of(&["C", "fr-FR"]), Lang::English);
        assert_eq!(first_of(&["sv"]), Lang::English);
        assert_eq!(first_of(&[]), Lang::English);
        assert_eq!(Lang::named("es_MX.UTF-8"), Some(Lang::Spanish));
        assert_eq!(Lang::named("tlh"), None);
        assert_eq!(Lang::chosen(Some(Lang::Arabic)), Lang::Arabic);
    }
}
