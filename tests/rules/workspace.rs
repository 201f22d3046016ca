//! The workspace as cargo and the file system see it.

use std::{collections::BTreeSet, fs, process::Command, sync::OnceLock};

use offshift_table::Source;
pub(crate) use offshift_table::root;
use serde_json::Value;

/// A file of the workspace, by its path from the top.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file under `folder` whose name ends in `ending`: path from the top, and text.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    offshift_table::files(folder, ending).expect("readable files")
}

/// Every Rust file under `folder`.
pub(crate) fn sources(folder: &str) -> Vec<Source> {
    offshift_table::sources(folder).expect("readable files")
}

/// `cargo metadata` of the whole workspace.
pub(crate) struct Metadata(Value);

impl Metadata {
    /// Asked once. Only for this platform: the packages of others need not be on the machine.
    pub(crate) fn load() -> &'static Self {
        static LOADED: OnceLock<Metadata> = OnceLock::new();
        LOADED.get_or_init(|| {
            let host = run("rustc", "RUSTC", &["-vV"]);
            let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
            let metadata = ["metadata", "--format-version", "1", "--locked", "--offline"];
            let json =
                run("cargo", "CARGO", &[&metadata[..], &["--filter-platform", host]].concat());
            Self(serde_json::from_str(&json).expect("cargo metadata is JSON"))
        })
    }

    fn packages(&self) -> impl Iterator<Item = &Value> {
        self.0["packages"].as_array().expect("packages").iter()
    }

    /// Names of the workspace's own crates.
    pub(crate) fn members(&self) -> BTreeSet<String> {
        let ids = self.0["workspace_members"].as_array().expect("members");
        let own = self.packages().filter(|package| ids.contains(&package["id"]));
        own.map(|package| text(&package["name"])).collect()
    }

    pub(crate) fn licence(&self, krate: &str) -> String {
        text(&self.package(krate)["license"])
    }

    fn package(&self, name: &str) -> &Value {
        let found = self.packages().find(|package| package["name"] == name);
        found.unwrap_or_else(|| panic!("no crate named {name}"))
    }

    /// What a crate's own manifest names as ordinary (not dev, not build) dependencies.
    pub(crate) fn direct(&self, krate: &str) -> BTreeSet<String> {
        self.ordinary(krate).map(|dependency| text(&dependency["name"])).collect()
    }

    /// Features that a crate's ordinary dependencies switch on.
    pub(crate) fn features_asked(&self, krate: &str) -> BTreeSet<String> {
        let all = self.ordinary(krate).flat_map(|d| d["features"].as_array().into_iter().flatten());
        all.map(text).collect()
    }

    fn ordinary(&self, krate: &str) -> impl Iterator<Item = &Value> {
        let all = self.package(krate)["dependencies"].as_array().expect("dependencies").iter();
        all.filter(|dependency| dependency["kind"].is_null())
    }

    /// The features that are on by default in a crate.
    pub(crate) fn default_features(&self, krate: &str) -> Vec<String> {
        let list = self.package(krate)["features"]["default"].as_array();
        list.into_iter().flatten().map(text).collect()
    }
}

/// Everything that is linked into a crate when it is built alone: what it depends on, and so on.
pub(crate) fn linked(krate: &str) -> BTreeSet<String> {
    let which = ["tree", "--locked", "--offline", "-p", krate, "-e", "normal"];
    let tree =
        run("cargo", "CARGO", &[&which[..], &["--prefix", "none", "--format", "{p}"]].concat());
    tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// What a program of the toolchain prints; `variable` may name another than the usual one.
fn run(program: &str, variable: &str, arguments: &[&str]) -> String {
    let program = std::env::var(variable).unwrap_or_else(|_| program.into());
    let output = Command::new(program).args(arguments).current_dir(root()).output();
    let output = output.expect("the toolchain runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}
