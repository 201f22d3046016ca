//! The specification, the code and the tests name each other, without a gap.

use offshift_table::{Coverage, PAGE};

fn coverage() -> Coverage {
    Coverage::of_the_project().expect("readable files")
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_requirement_is_borne_by_a_test() {
    none(&coverage().without_test());
}

#[test]
fn every_requirement_has_its_place_in_the_code() {
    none(&coverage().without_code());
}

#[test]
fn every_id_that_code_or_tests_cite_is_defined_once() {
    none(&coverage().unknown());
}

#[test]
fn every_attack_that_is_built_is_mounted_by_a_test() {
    none(&coverage().attacks_astray());
}

#[test]
fn every_attack_has_a_test_with_a_twin_or_a_control() {
    none(&coverage().attacks_without_control());
}

#[test]
fn the_table_of_requirements_code_and_tests_is_fresh() {
    let is_fresh = coverage().is_on_disk().expect("the page");
    assert!(is_fresh, "{PAGE} is stale: run `cargo run -p offshift-table`");
}
