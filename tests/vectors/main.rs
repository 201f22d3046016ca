//! Known answers: every vector file of `proto/vectors/` against the code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod access;
mod admission;
mod file;
mod meeting;
mod receipt;
mod sealed;
mod token;

/// The vectors of one file: its list `vectors`, which is never empty.
fn vectors(file: &str) -> Vec<serde_json::Value> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../proto/vectors").join(file);
    let text = std::fs::read_to_string(path).expect("a vector file");
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let list = value["vectors"].take().as_array().cloned().unwrap_or_default();
    assert!(!list.is_empty(), "{file} has vectors");
    list
}
