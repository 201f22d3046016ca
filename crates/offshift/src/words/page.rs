//! The same words for the page: a small tree that it can say without a parser of Fluent.
//!
//! ```text
//! { key: pattern }      pattern: [ part, ... ]
//! part: "text" | {"var": name} | {"select": name, "number": bool, "cases": {case: pattern}, "default": case}
//! ```
//! Terms are put in where they stand. Whatever else Fluent can say is outside of this and is refused: the checks keep
//! it out of the files that the page reads.

use std::collections::BTreeMap;

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey},
    parser,
    unicode::unescape_unicode_to_string,
};
use serde_json::{Map, Value, json};

use super::{Lang, files, pseudo};

/// What the page says begins with one of these.
const FAMILIES: [&str; 10] = [
    "page-",
    "error-",
    "why-",
    "alarm-",
    "motion-",
    "term-",
    "method-",
    "safety-export",
    "safety-wipe",
    "out-several",
];

/// Cases that a language's rules of plurals name.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Something of Fluent that the page does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outside;

/// All sentences of the page; English where a language has none yet.
pub(crate) fn page_words(lang: Lang) -> Value {
    let mut all = said(Lang::English);
    if lang != Lang::English {
        all.extend(said(lang));
    }
    if lang == Lang::Pseudo {
        all.values_mut().for_each(other_letters);
    }
    Value::Object(all)
}

/// For tests: what the page still shows in plain letters was not said by these words.
fn other_letters(pattern: &mut Value) {
    for part in pattern.as_array_mut().into_iter().flatten() {
        match part {
            Value::String(text) => *text = pseudo::transform(text).into_owned(),
            part => {
                let cases = part.get_mut("cases").and_then(Value::as_object_mut);
                cases.into_iter().flat_map(Map::values_mut).for_each(other_letters);
            }
        }
    }
}

fn said(lang: Lang) -> Map<String, Value> {
    let trees: Vec<_> = files::of(lang).iter().map(|text| parsed(text)).collect();
    let terms = Terms::of(&trees);
    let messages = trees.iter().flat_map(|tree| &tree.body).filter_map(|entry| match entry {
        Entry::Message(message) => Some((message.id.name, message.value.as_ref()?)),
        _ => None,
    });
    messages
        .filter(|(key, _)| is_for_page(key))
        .filter_map(|(key, pattern)| Some((key.to_owned(), terms.pattern(pattern).ok()?)))
        .collect()
}

pub(super) fn is_for_page(key: &str) -> bool {
    FAMILIES.iter().any(|family| key.starts_with(family))
}

pub(super) fn parsed(text: &str) -> Resource<&str> {
    parser::parse(text).unwrap_or_else(|(tree, _)| tree)
}

/// What a language's sentences share.
pub(super) struct Terms<'a>(BTreeMap<&'a str, &'a Pattern<&'a str>>);

impl<'a> Terms<'a> {
    pub(super) fn of(trees: &'a [Resource<&'a str>]) -> Self {
        let term = |entry: &'a Entry<&'a str>| match entry {
            Entry::Term(term) => Some((term.id.name, &term.value)),
            _ => None,
        };
        Self(trees.iter().flat_map(|tree| &tree.body).filter_map(term).collect())
    }

    /// A sentence as the page says it.
    pub(super) fn pattern(&self, pattern: &Pattern<&str>) -> Result<Value, Outside> {
        let mut parts = Vec::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => push(&mut parts, json!(value)),
                PatternElement::Placeable { expression } => {
                    for part in self.expression(expression)? {
                        push(&mut parts, part);
                    }
                }
            }
        }
        Ok(Value::Array(parts))
    }

    fn expression(&self, expression: &Expression<&str>) -> Result<Vec<Value>, Outside> {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                let InlineExpression::VariableReference { id } = selector else {
                    return Err(Outside);
                };
                let mut cases = Map::new();
                let mut default = None;
                for variant in variants {
                    let case = case_of(&variant.key);
                    cases.insert(case.to_owned(), self.pattern(&variant.value)?);
                    default = if variant.default { Some(case) } else { default };
                }
                let number = cases.keys().all(|case| is_number_case(case));
                let (select, default) = (id.name, default.ok_or(Outside)?);
                Ok(vec![
                    json!({ "select": select, "number": number, "cases": cases, "default": default }),
                ])
            }
        }
    }

    fn inline(&self, inline: &InlineExpression<&str>) -> Result<Vec<Value>, Outside> {
        match inline {
            InlineExpression::VariableReference { id } => Ok(vec![json!({ "var": id.name })]),
            InlineExpression::StringLiteral { value } => {
                Ok(vec![json!(unescape_unicode_to_string(value))])
            }
            InlineExpression::TermReference { id, attribute: None, arguments: None } => {
                let pattern = self.0.get(id.name).ok_or(Outside)?;
                match self.pattern(pattern)? {
                    Value::Array(parts) => Ok(parts),
                    _ => Err(Outside),
                }
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            _ => Err(Outside),
        }
    }
}

/// Texts beside each other are one.
fn push(parts: &mut Vec<Value>, part: Value) {
    if let (Some(Value::String(last)), Value::String(text)) = (parts.last_mut(), &part) {
        last.push_str(text);
    } else {
        parts.push(part);
    }
}

const fn case_of<'a>(key: &VariantKey<&'a str>) -> &'a str {
    match key {
        VariantKey::Identifier { name } => name,
        VariantKey::NumberLiteral { value } => value,
    }
}

fn is_number_case(case: &str) -> bool {
    PLURALS.contains(&case) || case.parse::<u64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Result<Value, Outside> {
        let trees = [parsed(text)];
        let terms = Terms::of(&trees);
        let found = trees[0].body.iter().find_map(|entry| match entry {
            Entry::Message(message) => message.value.as_ref(),
            _ => None,
        });
        terms.pattern(found.unwrap())
    }

    #[test]
    fn a_sentence_becomes_a_tree() {
        assert_eq!(tree("a = Plain."), Ok(json!(["Plain."])));
        assert_eq!(
            tree("-relay = relay\na = Ask the { -relay } of { $who }{ \"\\u0021\" }\n"),
            Ok(json!(["Ask the relay of ", { "var": "who" }, "!"]))
        );
        assert_eq!(
            tree("a = { $count ->\n    [one] One vote\n   *[other] { $count } votes\n } so far\n"),
            Ok(json!([
                {
                    "select": "count", "number": true, "default": "other",
                    "cases": { "one": ["One vote"], "other": [{ "var": "count" }, " votes"] }
                },
                " so far"
            ]))
        );
        let gender = tree("a = { $how ->\n    [call] in a call\n   *[person] in person\n }\n");
        assert_eq!(gender.unwrap()[0]["number"], json!(false));
    }

    #[test]
    fn the_other_letters_reach_every_case() {
        let mut tree =
            tree("a = Ask { $who } { $count ->\n    [one] once\n   *[other] often\n }\n").unwrap();
        other_letters(&mut tree);
        assert_eq!(tree[0], json!("Áśķ "));
        assert_eq!(tree[1], json!({ "var": "who" }));
        assert_eq!(tree[3]["cases"], json!({ "one": ["óńçé"], "other": ["óƒŧéń"] }));
    }

    #[test]
    fn what_the_page_does_not_know_is_refused() {
        for text in [
            "a = { NUMBER($count) }\n",
            "b = x\na = { b }\n",
            "a = { -missing }\n",
            "a = { -relay(case: \"genitive\") }\n",
            "a = { NUMBER($count) ->\n   *[other] x\n }\n",
        ] {
            let trees = [parsed(text)];
            let terms = Terms::of(&trees);
            let refused = trees[0].body.iter().any(|entry| match entry {
                Entry::Message(it) => terms.pattern(it.value.as_ref().unwrap()).is_err(),
                _ => false,
            });
            assert!(refused, "{text}");
        }
    }

    #[test]
    fn every_language_has_every_sentence_of_the_page() {
        let english = page_words(Lang::English);
        for lang in Lang::ALL {
            let words = page_words(lang);
            let keys =
                |words: &Value| words.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(&words), keys(&english), "{lang:?}");
        }
    }
}
