//! What holds for every sentence in every language.
//!
//! A key that the sources use exists, a key that exists is used, and each `say!` gives what the sentence shows. All
//! languages have the same keys with the same arguments and the same commands, and none has a word of cryptography.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::{
    Arg, Lang, Words, files,
    page::{Terms, is_for_page, parsed},
    pseudo, sources,
};

/// Languages that must be whole. A language is added here when its files are.
const COMPLETE: &[Lang] = &Lang::ALL;

/// Keys that are put together of a family and a kind, in the program or in its page.
const FAMILIES: &[&str] = &["error-", "next-file_", "why-", "alarm-", "term-", "list-"];

/// What people need not know, whole or as the beginning of a word (60-people.md, "say / not").
const NEVER: &[&str] = &[
    "end-to-end",
    "encrypt",
    "decrypt",
    "cipher",
    "mls",
    "epoch",
    "commit ",
    "commits",
    "fingerprint",
    "verified",
    "verify",
    "revoke",
    "rotat",
    "ratchet",
    "server",
    "node",
    "delivered",
    "securely",
    "signature",
    "private key",
    "public key",
    "hash",
];

/// A sentence: what it shows, and the commands in it.
#[derive(Debug, PartialEq, Eq)]
struct Sentence {
    variables: BTreeSet<String>,
    text: String,
}

/// All sentences of a language, by key.
fn sentences(lang: Lang) -> BTreeMap<String, Sentence> {
    let mut all = BTreeMap::new();
    for text in files::of(lang) {
        for entry in parsed(text).body {
            let (key, pattern) = match &entry {
                Entry::Message(it) => (it.id.name.to_owned(), it.value.as_ref().unwrap()),
                Entry::Term(it) => (format!("-{}", it.id.name), &it.value),
                _ => continue,
            };
            let mut sentence = Sentence { variables: BTreeSet::new(), text: String::new() };
            read(pattern, &mut sentence);
            assert!(all.insert(key.clone(), sentence).is_none(), "{lang:?}: {key} is there twice");
        }
    }
    all
}

fn read(pattern: &Pattern<&str>, into: &mut Sentence) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => into.text.push_str(value),
            PatternElement::Placeable { expression } => read_expression(expression, into),
        }
    }
}

fn read_expression(expression: &Expression<&str>, into: &mut Sentence) {
    match expression {
        Expression::Inline(inline) => read_inline(inline, into),
        Expression::Select { selector, variants } => {
            read_selector(selector, into);
            for variant in variants {
                read(&variant.value, into);
                into.text.push('\n');
            }
        }
    }
}

/// What is chosen by is not shown.
fn read_selector(selector: &InlineExpression<&str>, into: &mut Sentence) {
    if let InlineExpression::VariableReference { id } = selector {
        into.variables.insert(id.name.to_owned());
    }
}

fn read_inline(inline: &InlineExpression<&str>, into: &mut Sentence) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.variables.insert(id.name.to_owned());
            // Inside a command it stays where it is, so that commands can be compared.
            into.text.push_str(&if id.name.ends_with("_word") {
                format!("${}", id.name)
            } else {
                "$".into()
            });
        }
        InlineExpression::StringLiteral { value } => into.text.push_str(value),
        InlineExpression::Placeable { expression } => read_expression(expression, into),
        InlineExpression::TermReference { id, .. } => into.text.push_str(&format!("-{}", id.name)),
        _ => {}
    }
}

#[test]
fn every_file_of_words_is_read_whole() {
    for lang in Lang::ALL {
        for (area, text) in files::AREAS.iter().zip(files::of(lang)) {
            let broken = fluent_syntax::parser::parse(*text).err().map(|(_, errors)| errors);
            assert!(broken.is_none(), "{}/{area}.ftl: {broken:?}", lang.tag());
        }
    }
}

#[test]
fn every_key_that_is_used_exists_and_gets_what_it_shows() {
    let all = sentences(Lang::English);
    let mut wrong = Vec::new();
    for used in sources::uses() {
        let Some(sentence) = all.get(&used.key) else {
            wrong.push(format!("{}: {} does not exist", used.file, used.key));
            continue;
        };
        if let Some(args) = used.args.filter(|args| *args != sentence.variables) {
            wrong.push(format!(
                "{}: {} gets {args:?}, shows {:?}",
                used.file, used.key, sentence.variables
            ));
        }
    }
    for (file, key) in named_by_page() {
        if !all.contains_key(&key)
            && !all.keys().any(|one| key.ends_with('-') && one.starts_with(&key))
        {
            wrong.push(format!("{file}: {key} does not exist"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Keys that the page names.
fn named_by_page() -> Vec<(String, String)> {
    let mut named = Vec::new();
    for (file, text) in sources::page() {
        for piece in text.split(['"', '\'', '`']).map(|it| it.split("${").next().unwrap_or(it)) {
            if piece.starts_with("page-") && sources::looks_like_key(piece) {
                named.push((file.clone(), piece.to_owned()));
            }
        }
    }
    named
}

#[test]
fn every_kind_of_error_and_every_reason_has_its_sentence() {
    let all = sentences(Lang::English);
    let library = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../offshift-client/src");
    for (file, families) in
        [("error/kind.rs", ["error-", "why-"]), ("why.rs", ["why-", "why-rule_"])]
    {
        let text = std::fs::read_to_string(library.join(file)).unwrap();
        let shipped = text.split("#[cfg(test)]").next().unwrap();
        let kinds = shipped.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next());
        let mut count = 0;
        for kind in kinds.filter(|kind| *kind != "bug" || file != "why.rs") {
            let has = families.iter().any(|family| all.contains_key(&format!("{family}{kind}")));
            assert!(has, "{file}: {kind} has no sentence");
            count += 1;
        }
        assert!(count > 40, "the control: kinds are found in {file}");
    }
}

/// Those of the library come with its own words.
#[test]
fn every_kind_of_error_of_the_socket_has_its_sentence() {
    let all = sentences(Lang::English);
    let wire = include_str!("../engine/wire.rs").split("#[cfg(test)]").next().unwrap();
    let wire = wire.split_whitespace().collect::<Vec<_>>().join(" ").replace("( 1,", "(1,");
    let named = wire.split("Self::new(1, \"").skip(1).chain(wire.split("=> \"").skip(1));
    let kinds: BTreeSet<_> = named.filter_map(|rest| rest.split('"').next()).collect();
    assert!(kinds.len() > 8 && kinds.contains("already_open"), "the control: {kinds:?}");
    for kind in kinds {
        assert!(all.contains_key(&format!("error-{kind}")), "{kind} has no sentence");
    }
}

#[test]
fn no_sentence_stands_in_the_sources() {
    let found = sources::sentences();
    assert!(found.is_empty(), "these belong into words/en:\n{}", found.join("\n"));
}

#[test]
fn every_key_is_used() {
    let quoted = sources::quoted();
    let families = || FAMILIES.iter().copied().chain(quoted.iter().map(String::as_str));
    let by_family =
        |key: &str| families().any(|family| family.ends_with('-') && key.starts_with(family));
    let idle: Vec<_> = sentences(Lang::English)
        .into_keys()
        .filter(|key| !key.starts_with('-') && !quoted.contains(key) && !by_family(key))
        .collect();
    assert!(idle.is_empty(), "nobody says: {}", idle.join(" "));
}

#[test]
fn all_languages_have_the_same_keys_and_show_the_same() {
    let english = sentences(Lang::English);
    for lang in Lang::ALL {
        let words = sentences(lang);
        for (key, sentence) in &words {
            let same = english.get(key);
            let same = same.unwrap_or_else(|| panic!("{lang:?}: {key} is not in English"));
            assert_eq!(sentence.variables, same.variables, "{lang:?}: {key}");
        }
        let missing: Vec<_> = english.keys().filter(|key| !words.contains_key(*key)).collect();
        assert!(!COMPLETE.contains(&lang) || missing.is_empty(), "{lang:?} lacks {missing:?}");
    }
}

#[test]
fn commands_are_the_same_in_every_language() {
    let english = sentences(Lang::English);
    for lang in Lang::ALL {
        for (key, sentence) in sentences(lang) {
            let same = english.get(&key).map(|it| commands(&it.text));
            assert_eq!(Some(commands(&sentence.text)), same, "{lang:?}: {key}");
        }
    }
}

/// Words that a shell takes: the program's name, options, addresses, and the arguments that stand for such words.
fn commands(text: &str) -> BTreeSet<&str> {
    let is_typed = |word: &&str| {
        word.starts_with("--")
            || word.starts_with('$') && word.ends_with("_word")
            || word.starts_with("offshift")
    };
    let ends = |c: char| ".,;:!?)([]\"'«»„“”،؛؟…".contains(c);
    text.split_whitespace().map(|word| word.trim_matches(ends)).filter(is_typed).collect()
}

#[test]
fn no_sentence_says_what_people_need_not_know() {
    for (key, sentence) in sentences(Lang::English) {
        let text = format!(" {} ", sentence.text.to_lowercase());
        for word in NEVER {
            let found =
                text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphabetic));
            assert!(!found, "{key} says {word:?}");
        }
    }
}

#[test]
fn the_page_can_say_every_sentence_of_its_own() {
    for lang in Lang::ALL {
        let trees: Vec<_> = files::of(lang).iter().map(|text| parsed(text)).collect();
        let terms = Terms::of(&trees);
        for entry in trees.iter().flat_map(|tree| &tree.body) {
            if let Entry::Message(it) = entry
                && is_for_page(it.id.name)
            {
                let pattern = it.value.as_ref().unwrap();
                assert!(terms.pattern(pattern).is_ok(), "{lang:?}: {}", it.id.name);
            }
        }
    }
}

#[test]
fn every_sentence_says_itself_whole_in_every_language() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for (key, sentence) in sentences(Lang::English) {
            if key.starts_with('-') {
                continue;
            }
            for value in [Arg::from("x"), Arg::from(1), Arg::from(2), Arg::from(5)] {
                let args: Vec<_> =
                    sentence.variables.iter().map(|name| (name.as_str(), value.clone())).collect();
                let said = words.say(&key, &args).unwrap();
                assert!(!said.contains(['{', '}']), "{lang:?}: {key} says {said}");
            }
        }
    }
}

#[test]
fn marks_of_direction_stand_around_names_in_arabic_and_nowhere_else() {
    let text = "a = X { $handle } { $count }: offshift admit { $room_word } { $room_word }\nb = { $room_word }\n";
    let args =
        [("handle", Arg::from("ana")), ("count", Arg::from(2)), ("room_word", Arg::from("Night"))];
    for lang in Lang::ALL {
        let bundle = super::bundle(lang, &[text]);
        let words = Words { lang, bundle, english: OnceLock::new() };
        let said = words.say("a", &args).unwrap();
        let apart = "X \u{2068}ana\u{2069} \u{2068}2\u{2069}: offshift admit Night Night";
        let plain = "X ana 2: offshift admit Night Night";
        assert_eq!(said, if lang == Lang::Arabic { apart } else { plain }, "{lang:?}");
        assert_eq!(words.say("b", &args).unwrap(), "Night", "a command stays one that runs");
    }
    for (key, sentence) in Lang::ALL.into_iter().flat_map(sentences) {
        let steers = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!sentence.text.contains(steers), "{key} steers");
    }
}

#[test]
fn the_lines_of_a_sentence_stand_where_a_person_looks_for_them() {
    let words = Words::new(Lang::English);
    let [yes, no] = ["yes", "no"].map(|away| {
        let names =
            [("handle", "dee"), ("room", "Night"), ("room_word", "Night"), ("person_word", "dee")];
        let mut args = names.map(|(name, value)| (name, Arg::from(value))).to_vec();
        args.push(("away", Arg::from(away)));
        words.say("vouch-again", &args).unwrap()
    });
    let end =
        "\nWhen enough have, an organizer ends the review:\n  offshift review Night --confirm dee";
    let said = "You vouch for dee again in \"Night\". Everybody in it sees that.";
    assert_eq!(no, format!("{said}{end}"));
    let waits = "The relay is away; this waits on your device and goes out by itself.";
    assert_eq!(yes, format!("{said} {waits}{end}"));
}

#[test]
fn the_other_letters_leave_no_english() {
    let words = Words::new(Lang::Pseudo);
    let said = words.say("cli-lang-test-only", &[]);
    assert_eq!(said, None, "no such key, and no such sentence");
    assert!(
        !pseudo::transform("The quick brown fox JUMPS").contains(|c: char| c.is_ascii_alphabetic())
    );
}
