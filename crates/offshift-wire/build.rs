//! Generates the prost types from `proto/` without `protoc`.

use std::path::PathBuf;

const FILES: [&str; 7] = [
    "offshift/v1/card.proto",
    "offshift/v1/content.proto",
    "offshift/v1/evidence.proto",
    "offshift/v1/inbox.proto",
    "offshift/v1/meeting.proto",
    "offshift/v1/relay.proto",
    "offshift/v1/room.proto",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let include = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../proto");
    println!("cargo::rerun-if-changed={}", include.join("offshift").display());
    let descriptors = protox::compile(FILES, [&include])?;
    prost_build::Config::new().bytes(["."]).compile_fds(descriptors)?;
    Ok(())
}
