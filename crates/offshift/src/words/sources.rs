//! Where the sources of this program use words: read as text, so that nothing can hide.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A `say!` or a `key!` in the sources.
pub(super) struct Use {
    pub(super) file: String,
    pub(super) key: String,
    /// What `say!` gives; nothing for `key!`, which gives it later.
    pub(super) args: Option<BTreeSet<String>>,
}

/// All of them; the words' own folder is about words, and uses none.
pub(super) fn uses() -> Vec<Use> {
    let mut uses = Vec::new();
    for (file, text) in rust() {
        for (name, gives) in [("say!(", true), ("key!(", false)] {
            for (at, _) in text.match_indices(name) {
                let inside = &text[at + name.len()..];
                let Some(rest) = inside.trim_start().strip_prefix('"') else { continue };
                let Some((key, rest)) = rest.split_once('"') else { continue };
                let args = gives.then(|| arguments(rest));
                uses.push(Use { file: file.clone(), key: key.to_owned(), args });
            }
        }
    }
    uses
}

/// What is English by design: help, and what programs and menders of this one read.
const ENGLISH: [&str; 2] = ["/src/cli/", "/src/engine/"];

/// Quoted sentences outside of tests that a person would read as they stand.
pub(super) fn sentences() -> Vec<String> {
    let mut found = Vec::new();
    for (file, text) in rust() {
        if ENGLISH.iter().any(|folder| file.contains(folder)) || file.ends_with("/main.rs") {
            continue;
        }
        let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in shipped.lines().map(str::trim_start) {
            let is_for_menders = ["//", "#[", "Bug("].iter().any(|it| line.starts_with(it))
                || line.contains("defect(")
                || line.contains("reason = ");
            if is_for_menders {
                continue;
            }
            let quoted = line.split('"').skip(1).step_by(2);
            found.extend(quoted.filter(|it| is_sentence(it)).map(|it| format!("{file}: {it}")));
        }
    }
    found
}

/// Two words of small letters beside each other, or one with its full stop; a command is none.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_end_matches(['.', ',', ':', '!', '?']);
        word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'')
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_command = words.first().is_some_and(|word| *word == "offshift");
    let beside = words.windows(3).any(|three| three.iter().all(|word| is_word(word)));
    let ends =
        words.last().is_some_and(|word| word.len() > 4 && is_word(word) && word.ends_with('.'));
    !is_command && (beside || ends)
}

/// Names before a `=` at the top level of a macro, until its bracket closes.
fn arguments(text: &str) -> BTreeSet<String> {
    let (mut names, mut name, mut depth) = (BTreeSet::new(), String::new(), 0_usize);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' => while_in_string(&mut letters),
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            // Lifetimes do not stand here; a letter in quotes does.
            '\'' => drop(letters.by_ref().find(|c| *c == '\'')),
            ',' if depth == 0 => name.clear(),
            '=' if depth == 0 && letters.peek() == Some(&' ') && is_name(name.trim()) => {
                names.insert(name.trim().to_owned());
                name.clear();
            }
            c if depth == 0 => name.push(c),
            _ => {}
        }
    }
    names
}

fn while_in_string(letters: &mut impl Iterator<Item = char>) {
    while let Some(c) = letters.next() {
        match c {
            '\\' => drop(letters.next()),
            '"' => return,
            _ => {}
        }
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Keys and families of keys (`page-kind-`) that stand in quotes anywhere in the program or in its page.
pub(super) fn quoted() -> BTreeSet<String> {
    let mut quoted = BTreeSet::new();
    for (_, text) in rust().into_iter().chain(page()) {
        for quote in ['"', '\'', '`'] {
            let pieces = text.split(quote).map(|piece| piece.split("${").next().unwrap_or(piece));
            quoted.extend(pieces.filter(|piece| looks_like_key(piece)).map(str::to_owned));
        }
    }
    quoted
}

pub(super) fn looks_like_key(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    text.contains('-')
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(plain)
}

fn rust() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let own = src.join("words");
    files(&src)
        .into_iter()
        .filter(|path| !path.starts_with(&own) && is(path, "rs"))
        .map(read)
        .collect()
}

/// Scripts and the page itself, which name keys too.
pub(super) fn page() -> Vec<(String, String)> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page/assets");
    files(&assets).into_iter().filter(|path| is(path, "js") || is(path, "html")).map(read).collect()
}

fn is(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|it| it == extension)
}

fn read(path: PathBuf) -> (String, String) {
    let text = fs::read_to_string(&path).unwrap();
    (path.display().to_string(), text)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

#[test]
fn arguments_are_those_of_the_macro_and_not_what_is_within_them() {
    let names = |text: &str| arguments(text).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(
        names(", handle = plain::line(&one.handle), count = all.len()) + x = 1"),
        "count handle"
    );
    assert_eq!(names(", why = if a == b { \"x, y = 2\" } else { ',' })"), "why");
    assert_eq!(names(")"), "");
}

#[test]
fn a_sentence_is_told_from_a_name_and_a_command() {
    for sentence in ["the relay is away", "New messages.", "You met {handle} in the room"] {
        assert!(is_sentence(sentence), "{sentence}");
    }
    for other in ["offshift meet scan", "room applicants", "handle", "policy show", "{}:{}"] {
        assert!(!is_sentence(other), "{other}");
    }
}
