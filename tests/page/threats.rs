//! The table of threats: no row without a test that exists.

use std::fs;

use offshift_tests::relay::binary;

/// Every row of the table names its tests in its last cell, each a function somewhere in the project.
#[test]
fn every_threat_of_the_page_names_a_test_that_exists() {
    let top = binary("offshift")
        .ancestors()
        .find(|folder| folder.join("proto/spec").is_dir())
        .unwrap()
        .to_owned();
    let page = fs::read_to_string(top.join("proto/spec/page.md")).unwrap();
    let page_folder = "crates/offshift/src/page";
    let folders = [
        "tests/page",
        "tests/browser",
        "tests/attacks",
        page_folder,
        &format!("{page_folder}/neighbour"),
    ];
    let sources: String = folders
        .iter()
        .filter_map(|folder| fs::read_dir(top.join(folder)).ok())
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.unwrap().path()).ok())
        .collect();
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| TH-")).collect();
    assert!(rows.len() >= 20, "the control: it finds the table");
    for row in rows {
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap();
        let named: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "{row}");
        for test in named {
            assert!(sources.contains(&format!("fn {test}()")), "{test}, of {row}");
        }
    }
}
