//! Settings from flags and an optional TOML file; a flag wins. Everything has a working default.

use std::{fs, net::SocketAddr, path::PathBuf};

use offshift_wire::Life;
use serde::Deserialize;

use super::{
    args::Serve,
    failure::{Failure, Turn},
};

/// Bytes that the store may take on disk unless set: fits the smallest rented machine.
pub(super) const DISK_CAP: u64 = 10 << 30;

const KEYS: [&str; 5] = ["listen", "public", "data", "max_life", "disk_cap_mb"];

/// The settings file.
#[derive(Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub(super) struct File {
    /// UDP address to listen on.
    pub(super) listen: Option<SocketAddr>,
    /// Host, or host and port, for the link.
    pub(super) public: Option<String>,
    /// Data directory.
    pub(super) data: Option<PathBuf>,
    /// Longest life of an envelope: 1h, 6h, 1d, 3d, 7d, 14d or 30d.
    max_life: Option<String>,
    /// Disk space that envelopes may take, in MB (2^20 bytes).
    disk_cap_mb: Option<u64>,
}

impl File {
    /// The file that `--config` names, or nothing set.
    pub(super) fn of(args: &Serve) -> Result<Self, Failure> {
        let Some(path) = &args.config else { return Ok(Self::default()) };
        let text = fs::read_to_string(path).map_err(|error| {
            let path = path.display();
            bad(format!("can't read the settings file {path} ({}); check --config", error.kind()))
        })?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self, Failure> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            bad(format!("the settings file is not TOML: {}", error.message()))
        })?;
        for key in table.keys() {
            if !KEYS.contains(&key.as_str()) {
                return Err(bad(format!(
                    "unknown setting {key:?}; did you mean {:?}?",
                    nearest(key)
                )));
            }
        }
        table.try_into().map_err(|error: toml::de::Error| {
            bad(format!("the settings file has a wrong value: {}", error.message()))
        })
    }

    /// The longest life class.
    pub(super) fn life_max(&self) -> Result<Life, Failure> {
        let Some(text) = &self.max_life else { return Ok(Life::D7) };
        Ok(match text.as_str() {
            "1h" => Life::H1,
            "6h" => Life::H6,
            "1d" => Life::D1,
            "3d" => Life::D3,
            "7d" => Life::D7,
            "14d" => Life::D14,
            "30d" => Life::D30,
            _ => return Err(bad("max_life must be 1h, 6h, 1d, 3d, 7d, 14d or 30d".to_owned())),
        })
    }

    /// Bytes that the store may take.
    pub(super) fn disk_cap(&self) -> u64 {
        self.disk_cap_mb.map_or(DISK_CAP, |mb| mb.saturating_mul(1 << 20))
    }
}

fn bad(sentence: String) -> Failure {
    Failure::new(Turn::Settings, sentence)
}

/// The known key with the fewest differences.
fn nearest(key: &str) -> &'static str {
    KEYS.into_iter().min_by_key(|known| distance(key, known)).unwrap_or_default()
}

/// Levenshtein's distance, one row at a time.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut left = i.saturating_add(1);
        let mut diagonal = i;
        let mut next = vec![left];
        for (b, above) in other.chars().zip(row.iter().skip(1)) {
            let step = left.min(*above).saturating_add(1);
            left = step.min(diagonal.saturating_add(usize::from(a != b)));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_file_is_read() {
        let file =
            File::parse("listen = '127.0.0.1:9'\nmax_life = '14d'\ndisk_cap_mb = 5").unwrap();
        assert_eq!(file.listen, Some("127.0.0.1:9".parse().unwrap()));
        assert_eq!(file.life_max().unwrap(), Life::D14);
        assert_eq!(file.disk_cap(), 5 << 20);
        assert_eq!(File::parse("").unwrap().disk_cap(), DISK_CAP);
    }

    #[test]
    fn an_unknown_setting_is_named_with_the_nearest_known_one() {
        let failure = File::parse("lisen = '127.0.0.1:9'").unwrap_err();
        assert_eq!(failure.exit_code(), 78);
        let sentence = failure.to_string();
        assert!(sentence.contains("lisen") && sentence.contains("did you mean \"listen\"?"));
    }

    #[test]
    fn a_wrong_value_is_named() {
        assert_eq!(File::parse("disk_cap_mb = 'much'").unwrap_err().exit_code(), 78);
        let file = File::parse("max_life = '2d'").unwrap();
        assert!(file.life_max().unwrap_err().to_string().contains("7d"));
    }
}
