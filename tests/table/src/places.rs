//! Where an id stands: at which item of the code, in which test.
//!
//! Items are told by indentation, which rustfmt keeps: what encloses a line is the nearest item above it that
//! stands further left.

use std::collections::BTreeSet;

use crate::{Places, Source, ids};

/// A file, and what in it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) path: String,
    /// A path of items, or the name of a test; none for all of the file.
    pub(crate) item: Option<String>,
}

/// Adds the places of shipped code whose comments cite an id.
pub(crate) fn in_code(source: &Source, places: &mut Places) {
    let lines: Vec<_> = source.shipped().lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some((_, comment)) = line.split_once("//") else { continue };
        for id in ids::cited(comment) {
            add(places, id, source, name(&lines, at));
        }
    }
}

/// Adds the tests that bear an id: in their name, right above them or inside them. What stands at the top of
/// a file is borne by all its tests, unless one of them says more closely that it is the one.
pub(crate) fn in_tests(source: &Source, places: &mut Places) {
    let lines: Vec<_> = source.tests().lines().collect();
    let mut own = BTreeSet::new();
    let has_tests = (0..lines.len()).any(|at| is_test(&lines, at));
    let (top, rest): (Vec<_>, Vec<_>) =
        lines.iter().enumerate().partition(|(_, line)| line.trim_start().starts_with("//!"));
    for (at, line) in rest {
        for id in ids::cited(line) {
            if let Some(test) = bearer(&lines, at) {
                own.insert(id.clone());
                add(places, id, source, Some(test));
            }
        }
    }
    let top = top.into_iter().flat_map(|(_, line)| ids::cited(line));
    for id in top.filter(|id| has_tests && !own.contains(id)) {
        add(places, id, source, None);
    }
}

/// Adds the tests in which a twin or a control is named: in their name, above them or inside them.
pub(crate) fn with_control(source: &Source, found: &mut BTreeSet<(String, String)>) {
    let lines: Vec<_> = source.tests().lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if ["twin", "control"].iter().any(|word| line.contains(word))
            && let Some(test) = bearer(&lines, at)
        {
            found.insert((source.path.clone(), test));
        }
    }
}

fn add(places: &mut Places, id: String, source: &Source, item: Option<String>) {
    let place = Place { path: source.path.clone(), item };
    let all = places.entry(id).or_default();
    if !all.contains(&place) {
        all.push(place);
    }
}

/// The test around or below a line. A function without `#[test]` whose name bears an id is one too: some are
/// listed in a macro that runs them on several engines.
fn bearer(lines: &[&str], at: usize) -> Option<String> {
    let functions =
        enclosing(lines, at).into_iter().filter_map(|at| Some((at, function(lines.get(at)?)?)));
    let mut tests =
        functions.filter(|(at, name)| is_test(lines, *at) || !ids::cited(name).is_empty());
    tests.next_back().map(|(_, name)| name.to_owned())
}

/// Whether a function with a test's attribute begins here.
fn is_test(lines: &[&str], at: usize) -> bool {
    let above =
        lines.get(..at).unwrap_or_default().iter().rev().take_while(|line| is_prelude(line));
    let marks = ["#[test]", "#[tokio::test"];
    lines.get(at).is_some_and(|line| function(line).is_some())
        && above
            .into_iter()
            .any(|line| marks.iter().any(|mark| line.trim_start().starts_with(mark)))
}

/// The path of items to a line: `Rule::TooFew`, `Room::apply`. None for the file's own comment.
fn name(lines: &[&str], at: usize) -> Option<String> {
    if lines.get(at)?.trim_start().starts_with("//!") {
        return None;
    }
    let chain = enclosing(lines, at);
    let mut names: Vec<_> = chain.iter().filter_map(|at| item(lines.get(*at)?)).collect();
    let documented = below(lines, at);
    if lines.get(at)?.trim_start().starts_with("///") && chain.last() != Some(&documented) {
        names.extend(lines.get(documented).and_then(|line| member(line)));
    }
    (!names.is_empty()).then(|| names.join("::"))
}

/// The lines of the items around a line, outermost first. An item encloses the comments above it.
fn enclosing(lines: &[&str], at: usize) -> Vec<usize> {
    let mut chain = Vec::new();
    let first = below(lines, at);
    let is_item = lines.get(first).is_some_and(|line| item(line).is_some());
    let start = if is_item { first } else { at };
    let mut indent = lines.get(start).map_or(0, |line| indent_of(line) + usize::from(is_item));
    for at in (0..=start).rev() {
        let Some(line) = lines.get(at).filter(|line| indent_of(line) < indent) else { continue };
        if !line.trim().is_empty() && item(line).is_some() {
            chain.push(at);
            indent = indent_of(line);
        }
    }
    chain.reverse();
    chain
}

/// The first line from `at` on that is neither a comment nor an attribute.
fn below(lines: &[&str], at: usize) -> usize {
    let rest = lines.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|line| is_prelude(line)).count()
}

fn is_prelude(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with("#[")
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The name of the function that begins on a line.
fn function(line: &str) -> Option<&str> {
    keyword(line, &["fn"])
}

/// The name of the item that begins on a line.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix("impl") {
        return implemented(rest);
    }
    if let Some(name) = line.strip_suffix("! {") {
        return identifier(name).filter(|whole| *whole == name);
    }
    let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod", "macro_rules!"];
    keyword(line, &kinds)
}

fn keyword<'a>(line: &'a str, kinds: &[&str]) -> Option<&'a str> {
    let mut words = line.trim_start().split(' ').peekable();
    while words
        .next_if(|word| word.starts_with("pub") || ["async", "unsafe"].contains(word))
        .is_some()
    {}
    let mut kind = words.next()?;
    if kind == "const" && words.next_if_eq(&"fn").is_some() {
        kind = "fn";
    }
    kinds.contains(&kind).then(|| identifier(words.next()?))?
}

/// `Room` of what follows `impl`: of ` Room {`, `<S: Store> Room<S> {` and ` From<X> for Room {`.
fn implemented(rest: &str) -> Option<&str> {
    let of = match rest.split_once(" for ") {
        Some((_, of)) => of,
        None if rest.starts_with('<') => rest.split_once("> ")?.1,
        None => rest.strip_prefix(' ')?,
    };
    identifier(of.trim_start_matches('&'))
}

/// `TooFew` of `TooFew { needed: u8 },`, `limit` of `pub limit: u8,`.
fn member(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("pub(crate) ").or(line.strip_prefix("pub ")).unwrap_or(line);
    identifier(line)
}

fn identifier(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(places: &Places, id: &str) -> Vec<String> {
        let all = places.get(id).into_iter().flatten();
        all.map(|place| place.item.clone().unwrap_or("all".into())).collect()
    }

    #[test]
    fn code_is_named_by_the_items_around_it() {
        let text = "//! A file (OS-ABC-001).\n\n/// A rule.\npub enum Rule {\n    /// Too few (OS-ABC-002).\n    TooFew { n: u8 },\n}\n\n\
            impl<'a> From<X> for Room {\n    /// Applies (OS-ABC-003).\n    #[must_use]\n    pub(crate) const fn apply(&self) {\n        \
            let a = 1; // (OS-ABC-004)\n    }\n}\n\n#[cfg(test)]\nmod tests {\n    // OS-ABC-005\n}\n";
        let mut places = Places::new();
        in_code(&Source::of("crates/x/src/a.rs", text), &mut places);
        assert_eq!(implemented("<S: Store> Desk<'_, S> {"), Some("Desk"));
        assert_eq!(implemented(" Desk {"), Some("Desk"));
        assert_eq!(found(&places, "OS-ABC-001"), ["all"]);
        assert_eq!(found(&places, "OS-ABC-002"), ["Rule::TooFew"]);
        assert_eq!(found(&places, "OS-ABC-003"), ["Room::apply"]);
        assert_eq!(found(&places, "OS-ABC-004"), ["Room::apply"]);
        assert!(found(&places, "OS-ABC-005").is_empty(), "unit tests are not code");
    }

    #[test]
    fn a_test_bears_what_its_name_and_the_comments_at_it_say() {
        let text = "//! RO-01 and RO-02.\n\n/// OS-ABC-001.\n#[tokio::test(start_paused = true)]\nasync fn ro_01_first() {\n    \
            f(); // OS-ABC-002\n    assert!(true, \"OS-ABC-003\");\n}\n\nfn helps() {\n    // OS-ABC-004\n}\n\nfn os_abc_005_listed<E>() {}\n";
        let mut places = Places::new();
        in_tests(&Source::of("tests/a.rs", text), &mut places);
        for id in ["OS-ABC-001", "OS-ABC-002", "OS-ABC-003", "RO-01"] {
            assert_eq!(found(&places, id), ["ro_01_first"], "{id}");
        }
        assert_eq!(found(&places, "RO-02"), ["all"], "no test of the file says that it is the one");
        assert!(
            found(&places, "OS-ABC-004").is_empty(),
            "a function that is no test bears nothing"
        );
        assert_eq!(found(&places, "OS-ABC-005"), ["os_abc_005_listed"]);
    }

    #[test]
    fn a_file_without_tests_bears_nothing() {
        let mut places = Places::new();
        in_tests(&Source::of("tests/src/a.rs", "//! For RO-01.\nfn helps() {}\n"), &mut places);
        assert!(places.is_empty());
    }
}
