//! What a verb's method borrows, and what travels in its place.

use std::path::{self, Path, PathBuf};

use offshift_client::RelayLink;

/// From what a command has to what travels.
pub(crate) trait Own<T> {
    fn own(self) -> T;
}

impl<T> Own<T> for T {
    fn own(self) -> T {
        self
    }
}

impl Own<String> for &str {
    fn own(self) -> String {
        self.to_owned()
    }
}

impl Own<Option<String>> for Option<&str> {
    fn own(self) -> Option<String> {
        self.map(ToOwned::to_owned)
    }
}

impl<T: Clone> Own<Vec<T>> for &[T] {
    fn own(self) -> Vec<T> {
        self.to_vec()
    }
}

impl Own<RelayLink> for &RelayLink {
    fn own(self) -> RelayLink {
        self.clone()
    }
}

impl Own<PathBuf> for &Path {
    /// As the engine finds it: it may run in another folder.
    fn own(self) -> PathBuf {
        path::absolute(self).unwrap_or_else(|_| self.to_owned())
    }
}

/// From what travelled to what the method takes.
pub(crate) trait Lend<'a, T> {
    fn lend(&'a self) -> T;
}

impl<'a> Lend<'a, &'a str> for String {
    fn lend(&'a self) -> &'a str {
        self
    }
}

impl<'a> Lend<'a, Option<&'a str>> for Option<String> {
    fn lend(&'a self) -> Option<&'a str> {
        self.as_deref()
    }
}

impl<'a, T> Lend<'a, &'a [T]> for Vec<T> {
    fn lend(&'a self) -> &'a [T] {
        self
    }
}

impl<'a> Lend<'a, &'a RelayLink> for RelayLink {
    fn lend(&'a self) -> &'a RelayLink {
        self
    }
}

impl<'a> Lend<'a, &'a Path> for PathBuf {
    fn lend(&'a self) -> &'a Path {
        self
    }
}
