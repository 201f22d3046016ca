//! The specification and the tests name each other.

use std::collections::BTreeSet;

use crate::workspace::{files, sources};

/// Requirement ids such as `OS-MBX-001` in a text.
fn ids(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("OS-") {
        let id: String = text.get(at..).unwrap_or_default().chars().take(10).collect();
        if is_id(&id) {
            found.insert(id);
        }
    }
    found
}

fn is_id(id: &str) -> bool {
    let parts: Vec<&str> = id.split('-').collect();
    let ["OS", area, number] = parts.as_slice() else { return false };
    area.len() == 3
        && area.chars().all(|c| c.is_ascii_uppercase())
        && number.len() == 3
        && number.chars().all(|c| c.is_ascii_digit())
}

fn specified() -> BTreeSet<String> {
    files("proto/spec", ".md").iter().flat_map(|(_, text)| ids(text)).collect()
}

/// Ids that a test bears: in its name (`os_mbx_001_...`) or in a comment beside it.
fn tested() -> BTreeSet<String> {
    let all = ["crates", "tests"].into_iter().flat_map(sources);
    all.flat_map(|source| ids(&source.tests().to_ascii_uppercase().replace('_', "-"))).collect()
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
    let found = ids("see OS-MBX-001, OS-STO-1, os_x and OS-STO-002-A-TEST-NAME");
    assert_eq!(found, BTreeSet::from(["OS-MBX-001".to_owned(), "OS-STO-002".to_owned()]));
}
