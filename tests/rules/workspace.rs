//! The workspace as cargo and the file system see it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// The top-level folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace").into()
}

/// A file of the workspace, by its path from the top.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file under `folder` whose name ends in `ending`: path from the top, and text.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path).expect("a readable folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("target") {
                    open.push(path);
                }
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path.strip_prefix(root()).expect("under the top").display().to_string();
                found.push((name, fs::read_to_string(&path).expect("readable text")));
            }
        }
    }
    found.sort();
    found
}

/// `cargo metadata` of the whole workspace.
pub(crate) struct Metadata(Value);

impl Metadata {
    pub(crate) fn load() -> Self {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
        let output = Command::new(cargo)
            .args(["metadata", "--format-version", "1", "--locked", "--offline"])
            .current_dir(root())
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self(serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON"))
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

    /// Everything that is linked into a crate: its ordinary dependencies and theirs.
    pub(crate) fn closure(&self, krate: &str) -> BTreeSet<String> {
        let nodes = self.0["resolve"]["nodes"].as_array().expect("nodes");
        let mut open = vec![self.package(krate)["id"].clone()];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            let node = nodes.iter().find(|node| node["id"] == id).expect("a node for each package");
            for dependency in node["deps"].as_array().expect("deps") {
                let kinds = dependency["dep_kinds"].as_array().expect("kinds");
                let package = &dependency["pkg"];
                if kinds.iter().any(|kind| kind["kind"].is_null()) && seen.insert(text(package)) {
                    open.push(package.clone());
                }
            }
        }
        let linked = self.packages().filter(|package| seen.contains(&text(&package["id"])));
        linked.map(|package| text(&package["name"])).collect()
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}
