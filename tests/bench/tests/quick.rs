//! The whole way with few rounds: workloads that need no program besides this one, their JSON, their figures.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

fn bench(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_offshift-bench")).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(text).unwrap()
}

fn measured(json: &Path, names: &[&str]) -> Value {
    let json = json.to_str().unwrap();
    let output = bench(&[&["--quick", "--json", json], names].concat());
    assert!(output.status.success(), "{}", said(&output));
    serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap()
}

fn section<'a>(report: &'a Value, name: &str) -> &'a Value {
    let sections = report["sections"].as_array().unwrap();
    sections.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn what_was_measured_becomes_a_table_json_and_figures() {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("bench.json");
    let names = ["deposits", "restart", "expiry", "messages", "commits"];
    let report = measured(&json, &names);
    for name in names {
        let rows = section(&report, name)["rows"].as_array().unwrap();
        assert!(!rows.is_empty(), "{name}");
        for row in rows {
            assert!(row["value"].as_f64().is_some_and(|value| value >= 0.0), "{name}: {row}");
        }
    }
    let left = &section(&report, "expiry")["rows"][1];
    assert_eq!(left["goal"]["bound"], "ValueAtMost", "{left}");
    let figures = folder.path().join("figures");
    let drawn = bench(&["plots", figures.to_str().unwrap(), "--json", json.to_str().unwrap()]);
    assert!(drawn.status.success(), "{}", said(&drawn));
    for file in ["deposits.svg", "restart.svg", "commits.svg", "goals.svg"] {
        let svg = std::fs::read_to_string(figures.join(file)).unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("<text"), "{file}");
    }
    assert!(!figures.join("idle.svg").exists(), "nothing is drawn that was not measured");
}

#[test]
fn a_workload_measured_again_leaves_the_others_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("bench.json");
    let messages = section(&measured(&json, &["messages"]), "messages").clone();
    let report = measured(&json, &["expiry"]);
    assert_eq!(section(&report, "messages"), &messages);
    assert_eq!(section(&report, "expiry")["quick"], true);
}

#[test]
fn an_unknown_workload_is_refused_with_the_way_on() {
    let output = bench(&["speed"]);
    assert_eq!(output.status.code(), Some(64));
    assert!(said(&output).contains("offshift-bench list"), "{}", said(&output));
    let list = said(&bench(&["list"]));
    assert!(list.lines().count() >= 20 && list.contains("delivery"));
}
