//! Where a profile lives.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{failure::Failure, words::say};

/// The folder of the profile `name`: a folder if it has a slash, else a place in the person's data folder.
pub(crate) fn directory(name: &str) -> Result<PathBuf, Failure> {
    if name.contains('/') || name.starts_with('.') {
        return Ok(PathBuf::from(name));
    }
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Failure::fixable(say!("profile-name"), say!("profile-name-next")));
    }
    data_home()
        .map(|home| home.join("offshift").join(name))
        .ok_or_else(|| Failure::fixable(say!("profile-no-home"), say!("profile-no-home-next")))
}

/// The names of the profiles in the person's data folder, in their order.
pub(crate) fn all() -> Result<Vec<String>, Failure> {
    let home = data_home()
        .ok_or_else(|| Failure::fixable(say!("profile-no-home"), say!("profile-no-home-next")))?;
    let folders = fs::read_dir(home.join("offshift")).into_iter().flatten().flatten();
    let profiles = folders.filter(|folder| folder.path().join("vault").is_file());
    let mut names: Vec<String> =
        profiles.filter_map(|folder| folder.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

/// XDG base directories: `$XDG_DATA_HOME`, or `~/.local/share`.
fn data_home() -> Option<PathBuf> {
    let absolute = |path: &PathBuf| path.is_absolute();
    env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(absolute).or_else(|| {
        let home = env::var_os("HOME").map(PathBuf::from).filter(absolute)?;
        Some(home.join(Path::new(".local/share")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_slash_is_a_folder_and_any_other_is_not() {
        assert_eq!(directory("./here").unwrap(), PathBuf::from("./here"));
        assert_eq!(directory("/a/b").unwrap(), PathBuf::from("/a/b"));
        assert!(directory("ana").unwrap().ends_with("offshift/ana"));
        for wrong in ["", "a b", "a;b", "~"] {
            assert!(directory(wrong).is_err());
        }
    }
}
