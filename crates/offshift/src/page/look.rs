//! How the page looks, as the person chose: theme, language, notifications. The page's address changes with every start,
//! so the browser would forget it.
//!
//! Never: anything that somebody wrote; more than a small object.

use std::{fs, io::Write, path::Path};

use serde_json::{Map, Value};
use tempfile::NamedTempFile;

use super::limits::LOOK_BYTES_MAX;

/// In the profile's folder, readable by its owner only.
const FILE: &str = "page.json";

/// What was chosen; nothing yet, or nothing sound, is an empty object.
pub(super) fn read(directory: &Path) -> Value {
    let text = fs::read(directory.join(FILE)).ok();
    let look = text.and_then(|text| serde_json::from_slice::<Map<String, Value>>(&text).ok());
    Value::Object(look.unwrap_or_default())
}

/// Keeps what was chosen, as a whole or not at all.
pub(super) fn write(directory: &Path, look: &Value) -> Option<()> {
    let text = look.is_object().then(|| look.to_string())?;
    if text.len() > LOOK_BYTES_MAX {
        return None;
    }
    let mut file = NamedTempFile::new_in(directory).ok()?;
    file.write_all(text.as_bytes()).ok()?;
    file.persist(directory.join(FILE)).ok().map(|_| ())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_chosen_is_there_again_and_only_small_objects_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()), json!({}));
        let look = json!({ "theme": "dark", "language": "pl" });
        assert!(write(folder.path(), &look).is_some());
        for wrong in [json!([]), json!("x"), json!({ "x": "y".repeat(LOOK_BYTES_MAX) })] {
            assert!(write(folder.path(), &wrong).is_none());
        }
        assert_eq!(read(folder.path()), look);
        fs::write(folder.path().join(FILE), "not this").unwrap();
        assert_eq!(read(folder.path()), json!({}));
    }
}
