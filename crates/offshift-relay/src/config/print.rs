//! Settings as text: the example, a file to write, the old format in the new, what holds.

use std::{fmt::Write, path::Path};

use super::{Change, FileFormat, KEYS, Key, Loaded, Origin, Settings};

/// Characters of a line of the example.
const WIDTH: usize = 100;

const HEAD: &str = "\
Settings of offshift-relay. Everything is optional; a line that starts with # and a name shows \
what holds without it. Try a change before the relay meets it: offshift-relay check --config FILE. \
Then: systemctl reload offshift-relay, or restart where it says so.";

/// The whole file with every key, its meaning, and its default, all of them commented out.
pub fn example() -> String {
    written(&Loaded::default())
}

/// A file that says what was set, every other key commented out with its default.
pub fn written(loaded: &Loaded) -> String {
    let mut text = comment(HEAD);
    each_table(|table, keys| {
        let _ = write!(text, "\n\n[{table}]\n");
        let keys: Vec<_> = keys.iter().map(|key| documented(key, loaded)).collect();
        text.push_str(&keys.join("\n"));
    });
    text
}

fn documented(key: &Key, loaded: &Loaded) -> String {
    let when = match key.change {
        Change::Reload => "after a reload",
        Change::Restart => "after a restart",
    };
    let mut text = comment(key.says);
    if !key.why.is_empty() {
        text.push_str(&comment(&format!("The default: {}.", key.why)));
    }
    let _ = writeln!(text, "# Takes: {}. A change holds {when}.", key.unit);
    let is_set = loaded.origins.contains_key(&key.path());
    let shown = if is_set { key.show(&loaded.settings) } else { key.show(&Settings::default()) };
    let _ = match shown {
        Some(value) if is_set => writeln!(text, "{} = {value}", key.name),
        Some(value) => writeln!(text, "#{} = {value}", key.name),
        None => writeln!(text, "#{} = {}   # not set", key.name, key.example),
    };
    text
}

/// A file of the old format in the words of the new one. `None`: it is of the new format already.
pub fn migrated(loaded: &Loaded) -> Option<String> {
    (loaded.format == FileFormat::Flat).then(|| written(loaded))
}

/// Every value that holds; with where it came from, if `file` names what the settings were read from.
pub fn shown(loaded: &Loaded, sources: Option<&Path>) -> String {
    let mut text = String::new();
    each_table(|table, keys| {
        let _ = writeln!(text, "[{table}]");
        for key in keys {
            let line = match key.show(&loaded.settings) {
                Some(value) => format!("{} = {value}", key.name),
                None => format!("# {}: not set", key.name),
            };
            let source = sources.map(|file| format!("# {}", source(key, loaded, file)));
            let line = format!("{line:<44} {}", source.unwrap_or_default());
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.push('\n');
    });
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn source(key: &Key, loaded: &Loaded, file: &Path) -> String {
    match loaded.origins.get(&key.path()) {
        None => "default".to_owned(),
        Some(Origin::File(place)) => format!("{}:{}", file.display(), place.line),
        Some(Origin::Flag(flag)) => format!("flag {flag}"),
        Some(Origin::Environment(name)) => format!("environment {name}"),
        Some(Origin::OldFormat) => format!("{} has the old format", file.display()),
    }
}

fn each_table(mut show: impl FnMut(&str, &[Key])) {
    for keys in KEYS.chunk_by(|one, next| one.table == next.table) {
        if let Some(first) = keys.first() {
            show(first.table, keys);
        }
    }
}

/// Wraps a text into comment lines.
fn comment(text: &str) -> String {
    let mut lines = vec!["#".to_owned()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count().saturating_add(word.chars().count()) < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("# {word}")),
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Given, key};

    /// The example with every default switched on.
    fn uncommented() -> String {
        let is_key = |line: &str| {
            KEYS.iter().any(|key| line.starts_with(&format!("#{} = ", key.name)))
                && !line.ends_with("# not set")
        };
        let lines = example();
        let lines = lines.lines().map(|line| if is_key(line) { &line[1..] } else { line });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_is_all_defaults_with_and_without_its_comments() {
        assert_eq!(Loaded::parse(&example()).unwrap(), Loaded::default());
        let loaded = Loaded::parse(&uncommented()).unwrap();
        assert_eq!(loaded.settings, Settings::default());
        let with_default = KEYS.iter().filter(|key| key.show(&loaded.settings).is_some());
        assert_eq!(loaded.origins.len(), with_default.count());
    }

    #[test]
    fn every_example_value_is_one_that_its_key_takes() {
        for key in KEYS.iter().filter(|key| !key.example.is_empty()) {
            let text = format!("[{}]\n{} = {}\n", key.table, key.name, key.example);
            let loaded = Loaded::parse(&text).unwrap();
            assert_eq!(key.show(&loaded.settings).as_deref(), Some(key.example));
        }
    }

    #[test]
    fn every_key_has_a_default_or_an_example_and_no_two_have_one_name() {
        for (index, one) in KEYS.iter().enumerate() {
            let has_default = one.show(&Settings::default()).is_some();
            assert_eq!(one.example.is_empty(), has_default, "{}", one.name);
            assert!(KEYS[..index].iter().all(|other| other.path() != one.path()));
            assert!(!one.says.contains("  ") && one.says.ends_with('.'), "{}", one.name);
        }
    }

    #[test]
    fn a_flat_file_migrates_to_one_that_means_the_same() {
        let flat = Loaded::parse("public = 'relay.example'\ndisk_cap_mb = 700\n").unwrap();
        let text = migrated(&flat).unwrap();
        let tables = Loaded::parse(&text).unwrap();
        assert_eq!((&tables.settings, tables.format), (&flat.settings, FileFormat::Tables));
        assert!(text.contains("\nmode = \"open\"\n") && text.contains("\n#max_life = \"7d\"\n"));
        assert_eq!(migrated(&tables), None);
    }

    #[test]
    fn what_is_shown_says_where_it_came_from_and_is_a_settings_file() {
        let mut loaded = Loaded::parse("[keep]\n\ndisk_mb = 2048\n").unwrap();
        let level = key("log", "level").unwrap();
        loaded.set(level, &Given::Text("info"), Origin::Flag("--log")).unwrap();
        let text = shown(&loaded, Some(Path::new("relay.toml")));
        let has = |wanted: &str| {
            text.lines().any(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") == wanted)
        };
        assert!(has("disk_mb = 2048 # relay.toml:3"), "{text}");
        assert!(has("level = \"info\" # flag --log") && has("max_life = \"7d\" # default"));
        assert!(has("# public: not set # default"));
        assert_eq!(Loaded::parse(&text).unwrap().settings, loaded.settings);
        assert!(!shown(&loaded, None).contains("default"));
    }
}
