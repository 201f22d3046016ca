//! The specification and the tests name each other.

use std::collections::BTreeSet;

use crate::workspace::files;

/// Requirement ids such as `OS-MBX-001` in a text.
fn ids(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("OS-") {
        let id: String = text
            .get(at..)
            .unwrap_or_default()
            .chars()
            .take_while(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || *c == '-')
            .collect();
        if id.len() == 10 && id.get(7..).is_some_and(|n| n.chars().all(|c| c.is_ascii_digit())) {
            found.insert(id);
        }
    }
    found
}

fn specified() -> BTreeSet<String> {
    files("proto/spec", ".md").iter().flat_map(|(_, text)| ids(text)).collect()
}

/// Ids that a test bears: in its name (`os_mbx_001_...`) or in a comment of a test file or module.
fn tested() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in ["crates", "tests"] {
        for (path, text) in files(folder, ".rs") {
            let tests = if path.contains("/src/") && !path.starts_with("tests/") {
                text.split_once("#[cfg(test)]").map_or("", |(_, tests)| tests)
            } else {
                &text
            };
            found.extend(ids(&tests.to_ascii_uppercase().replace('_', "-")));
        }
    }
    found
}

#[test]
fn every_requirement_is_borne_by_a_test() {
    let missing: Vec<_> = specified().difference(&tested()).cloned().collect();
    assert!(missing.is_empty(), "no test bears {missing:?}");
}

#[test]
fn every_requirement_that_code_cites_is_specified() {
    let mut cited = BTreeSet::new();
    for (_, text) in files("crates", ".rs") {
        cited.extend(ids(&text));
    }
    let unknown: Vec<_> = cited.difference(&specified()).cloned().collect();
    assert!(unknown.is_empty(), "proto/spec does not define {unknown:?}");
}

#[test]
fn the_finder_of_ids_finds_them() {
    assert_eq!(ids("see OS-MBX-001, OS-STO-1 and os_x").len(), 1);
}
