//! The files of the project: what ships, and what tests it.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// The top-level folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new(".")).into()
}

/// Every file under `folder` whose name ends in `ending`: path from the top, and text.
pub fn files(folder: &str, ending: &str) -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(&path)? {
            let path = entry?.path();
            if path.is_dir() {
                if !path.ends_with("target") {
                    open.push(path);
                }
            } else if path.to_string_lossy().ends_with(ending) {
                found.push((from_top(&path), fs::read_to_string(&path)?));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn from_top(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// A Rust file, and which of its lines ship.
pub struct Source {
    pub path: String,
    pub text: String,
    is_test: bool,
}

impl Source {
    /// What ships: all before the unit tests, nothing of a file that is all tests.
    pub fn shipped(&self) -> &str {
        if self.is_test { "" } else { self.split().0 }
    }

    /// What tests: the unit tests at the end, or all of it.
    pub fn tests(&self) -> &str {
        if self.is_test { &self.text } else { self.split().1 }
    }

    fn split(&self) -> (&str, &str) {
        let at = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        self.text.split_at(at)
    }
}

/// Every Rust file under `folder`. A file is a test when it lies outside a `src` of `crates`, or when
/// the module above it says so: `#[cfg(test)] mod name;`.
pub fn sources(folder: &str) -> io::Result<Vec<Source>> {
    let all = files(folder, ".rs")?;
    let declared: BTreeSet<String> =
        all.iter().flat_map(|(p, text)| test_modules(p, text)).collect();
    let is_test = |path: &str| {
        let declares = |module: &String| {
            let rest = path.strip_prefix(module.as_str());
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        !path.starts_with("crates/") || !path.contains("/src/") || declared.iter().any(declares)
    };
    Ok(all.into_iter().map(|(path, text)| Source { is_test: is_test(&path), path, text }).collect())
}

/// The modules that a file declares for tests only, as paths without an ending.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let home = path.rsplit_once('/').map_or("", |(home, _)| home);
    let modules = text.split("#[cfg(test)]\nmod ").skip(1);
    let names = modules.filter_map(|rest| rest.split_once(';').map(|(name, _)| name));
    let names = names.filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'));
    names.map(|name| format!("{home}/{name}")).collect()
}

#[cfg(test)]
impl Source {
    pub(crate) fn of(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into(), is_test: path.starts_with("tests/") }
    }
}
