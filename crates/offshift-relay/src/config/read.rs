//! From text to settings; the first fault in the file, with its place and a suggestion.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Access, BadSettings, FileFormat, Given, KEYS, Key, Loaded, Origin, Place, key};

/// The keys of the flat format, and where they went.
const FLAT: [(&str, (&str, &str)); 5] = [
    ("listen", ("relay", "listen")),
    ("public", ("relay", "public")),
    ("data", ("relay", "data")),
    ("max_life", ("keep", "max_life")),
    ("disk_cap_mb", ("keep", "disk_mb")),
];

/// Letters that may differ for a suggestion: more is another word.
const SLIP: usize = 3;

type Faults = Vec<BadSettings>;

pub(super) fn read(text: &str) -> Result<Loaded, BadSettings> {
    let table = DeTable::parse(text).map_err(|error| not_toml(text, &error))?;
    let mut reading = Reading { text, loaded: Loaded::default(), faults: Faults::new() };
    if is_flat(table.get_ref()) {
        reading.flat(table.get_ref());
    } else {
        reading.tables(table.get_ref());
    }
    let Reading { mut loaded, faults, .. } = reading;
    if let Some(first) = faults.into_iter().min_by_key(|fault| fault.place) {
        return Err(first);
    }
    fit_mailbox(&mut loaded);
    loaded.agrees()?;
    Ok(loaded)
}

/// A mailbox may hold what the disk may, unless the file says less.
fn fit_mailbox(loaded: &mut Loaded) {
    if !loaded.origins.contains_key(&("keep", "mailbox_mb")) {
        let disk = loaded.settings.keep.disk_mb.saturating_mul(1 << 20);
        let mailbox = &mut loaded.settings.limits.mailbox_bytes_max;
        *mailbox = disk.min(*mailbox);
    }
}

/// The flat format has one of its keys at the top and no table.
fn is_flat(table: &DeTable<'_>) -> bool {
    let is_table = |value: &Spanned<DeValue<'_>>| matches!(value.get_ref(), DeValue::Table(_));
    let known = |name: &str| FLAT.iter().any(|(flat, _)| *flat == name);
    !table.values().any(is_table) && table.keys().any(|name| known(name.get_ref()))
}

struct Reading<'t> {
    text: &'t str,
    loaded: Loaded,
    faults: Faults,
}

impl Reading<'_> {
    /// Relays of that format were open to whoever had their link, and go on so.
    fn flat(&mut self, table: &DeTable<'_>) {
        self.loaded.format = FileFormat::Flat;
        self.loaded.settings.access = Access::Open;
        self.loaded.origins.insert(("access", "mode"), Origin::OldFormat);
        for (name, value) in table {
            let found = FLAT.iter().find(|(flat, _)| *flat == name.get_ref());
            match found.and_then(|(_, (table, name))| key(table, name)) {
                Some(key) => self.take(key, value),
                None => {
                    let nearest = nearest(name.get_ref(), FLAT.iter().map(|(flat, _)| *flat));
                    let nearest = nearest.map(|key| format!("{key:?}"));
                    self.unknown(name.span().start, name.get_ref(), "", nearest);
                }
            }
        }
    }

    fn tables(&mut self, tables: &DeTable<'_>) {
        for (name, value) in tables {
            match value.get_ref() {
                DeValue::Table(table) if KEYS.iter().any(|key| key.table == name.get_ref()) => {
                    self.table(name.get_ref(), table);
                }
                DeValue::Table(_) => {
                    let nearest = nearest(name.get_ref(), KEYS.iter().map(|key| key.table));
                    let nearest = nearest.map(|table| format!("[{table}]"));
                    self.fault(
                        name.span().start,
                        format!("unknown table [{}]{}", name.get_ref(), did_you_mean(nearest)),
                    );
                }
                _ => self.unknown(name.span().start, name.get_ref(), "", elsewhere(name.get_ref())),
            }
        }
    }

    fn table(&mut self, table: &str, entries: &DeTable<'_>) {
        for (name, value) in entries {
            if let Some(key) = key(table, name.get_ref()) {
                self.take(key, value);
                continue;
            }
            let here = KEYS.iter().filter(|key| key.table == table).map(|key| key.name);
            let nearest = nearest(name.get_ref(), here).map(|key| format!("{key:?}"));
            let nearest = nearest.or_else(|| elsewhere(name.get_ref()));
            self.unknown(name.span().start, name.get_ref(), &format!(" in [{table}]"), nearest);
        }
    }

    fn take(&mut self, key: &'static Key, value: &Spanned<DeValue<'_>>) {
        let start = value.span().start;
        let given = Given::of(value.get_ref());
        let origin = Origin::File(place(self.text, start));
        if let Err(fault) = self.loaded.set(key, &given, origin) {
            self.fault(start, fault.sentence);
        }
    }

    fn unknown(&mut self, at: usize, name: &str, table: &str, nearest: Option<String>) {
        self.fault(at, format!("unknown key {name:?}{table}{}", did_you_mean(nearest)));
    }

    fn fault(&mut self, at: usize, sentence: String) {
        self.faults.push(BadSettings { place: Some(place(self.text, at)), sentence });
    }
}

fn did_you_mean(nearest: Option<String>) -> String {
    match nearest {
        Some(nearest) => format!("; did you mean {nearest}?"),
        None => "; see all with: offshift-relay config example".to_owned(),
    }
}

/// A key of any table that is meant, with its table.
fn elsewhere(name: &str) -> Option<String> {
    let of_flat = FLAT.iter().find(|(flat, _)| *flat == name);
    let path = of_flat.map(|(_, path)| *path);
    let path = path.or_else(|| {
        let near = KEYS.iter().map(|key| (strsim::damerau_levenshtein(name, key.name), key));
        let (distance, key) = near.min_by_key(|(distance, _)| *distance)?;
        (distance <= SLIP).then(|| key.path())
    });
    path.map(|(table, name)| format!("{name:?} in [{table}]"))
}

fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.map(|known| (strsim::damerau_levenshtein(name, known), known));
    let (distance, known) = near.min_by_key(|(distance, _)| *distance)?;
    (distance <= SLIP).then_some(known)
}

fn not_toml(text: &str, error: &toml::de::Error) -> BadSettings {
    let at = error.span().map_or(0, |span| span.start);
    let sentence = format!(
        "this is not TOML ({}); keys are written: name = value, texts in \"quotes\"",
        error.message().lines().collect::<Vec<_>>().join(", ")
    );
    BadSettings { place: Some(place(text, at)), sentence }
}

/// The place of a byte in the text.
fn place(text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline.saturating_add(1));
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.get(line_start..).map_or(0, |line| line.chars().count());
    Place { line, column: column.saturating_add(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        Loaded::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_key_is_named_with_its_place_and_the_nearest_known_one() {
        assert_eq!(
            fault("[relay]\n  lisen = \"[::]:1\"\n"),
            "line 2, column 3: unknown key \"lisen\" in [relay]; did you mean \"listen\"?"
        );
        assert_eq!(
            fault("[relay]\ndisk_mb = 5\n"),
            "line 2, column 1: unknown key \"disk_mb\" in [relay]; did you mean \"disk_mb\" in [keep]?"
        );
        assert_eq!(
            fault("lissten = \"[::]:1\""),
            "line 1, column 1: unknown key \"lissten\"; did you mean \"listen\" in [relay]?"
        );
        assert_eq!(
            fault("[limit]\nconnections = 1"),
            "line 1, column 2: unknown table [limit]; did you mean [limits]?"
        );
        assert!(fault("[relay]\ncolour_of_the_door = 1").contains("config example"));
    }

    #[test]
    fn a_key_of_the_old_format_among_tables_is_told_where_it_went() {
        assert_eq!(
            fault("disk_cap_mb = 5\n[relay]\n"),
            "line 1, column 1: unknown key \"disk_cap_mb\"; did you mean \"disk_mb\" in [keep]?"
        );
    }

    #[test]
    fn a_wrong_value_is_told_what_it_must_be() {
        for (text, wanted) in [
            (
                "[keep]\ndisk_mb = \"much\"",
                "line 2, column 11: disk_mb in [keep] must be a whole number",
            ),
            ("[keep]\ndisk_mb = -1", "from 1 to"),
            (
                "[keep]\nmax_life = \"2d\"",
                "must be \"1h\", \"6h\", \"1d\", \"3d\", \"7d\", \"14d\" or \"30d\"",
            ),
            ("[access]\nmode = 'closed'", "mode in [access] must be \"tickets\" or \"open\""),
            ("[relay]\npublic = 'not a host'", "must be a host name or an address"),
            ("[relay]\nlisten = 4433", "must be an address and a port"),
            ("[relay]\nrelay = 4433", "unknown key"),
            ("[limits]\nconnections = 0", "from 1 to"),
            ("[limits]\nhandshakes_before_retry = true", "from 0 to"),
            ("[metrics]\nbeyond_this_machine = 1", "must be true or false"),
        ] {
            assert!(fault(text).contains(wanted), "{text}: {}", fault(text));
        }
        let long = format!("[admin]\nsocket = '/{}'", "x".repeat(107));
        assert!(fault(&long).contains("at most 107 bytes"));
    }

    #[test]
    fn the_first_fault_of_the_file_is_told_first() {
        assert!(fault("[relay]\nzzzzzzzz = 1\n[access]\naaaaaaaaa = 1\n").starts_with("line 2,"));
        assert!(
            fault("[relay]\nlisten = = 3\n").starts_with("line 2, column 10: this is not TOML")
        );
    }

    #[test]
    fn a_flat_file_is_read_and_stays_open_to_all() {
        let text = "listen = '127.0.0.1:9'\nmax_life = '14d'\ndisk_cap_mb = 5\n";
        let loaded = Loaded::parse(text).unwrap();
        assert_eq!(loaded.format, FileFormat::Flat);
        assert_eq!(loaded.settings.access, Access::Open);
        assert_eq!(loaded.settings.keep.disk_mb, 5);
        assert_eq!(loaded.settings.limits.mailbox_bytes_max, 5 << 20);
        assert_eq!(loaded.place_of(("relay", "listen")), Some(Place { line: 1, column: 10 }));
        let slip = fault("listen = '127.0.0.1:9'\nmax_live = '14d'");
        assert_eq!(slip, "line 2, column 1: unknown key \"max_live\"; did you mean \"max_life\"?");
    }

    #[test]
    fn an_empty_file_is_all_defaults() {
        assert_eq!(Loaded::parse("").unwrap(), Loaded::default());
    }
}
