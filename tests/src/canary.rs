//! Values that must not show: looked for in every form in which a program might write them.
//!
//! ```text
//! value -> raw, hex, base64, base32, list of numbers -> looked for in outputs, bytes or text
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};

/// Bytes by which a form is first recognised: no form is shorter.
const FIRST: usize = 8;

/// What must not show.
#[derive(Default)]
pub struct Canaries {
    /// By their first bytes: whole form, and what it is a form of.
    forms: HashMap<[u8; FIRST], Vec<(Vec<u8>, String)>>,
    numbers: BTreeSet<u64>,
    kinds: BTreeSet<&'static str>,
}

impl Canaries {
    /// A text, as it is.
    pub fn text(&mut self, kind: &'static str, text: &str) {
        self.form(kind, "text", text.as_bytes());
    }

    /// Bytes, in every form.
    pub fn bytes(&mut self, kind: &'static str, bytes: &[u8]) {
        // A prefix is enough to recognise, and a form may be cut.
        let start = &bytes[..12.min(bytes.len())];
        let list: Vec<String> = start.iter().map(u8::to_string).collect();
        self.form(kind, "raw", start);
        for (form, text) in [
            ("hex", HEXLOWER.encode(start)),
            ("HEX", HEXUPPER.encode(start)),
            ("base64", BASE64_NOPAD.encode(start)),
            ("base64url", BASE64URL_NOPAD.encode(start)),
            ("base32", BASE32_NOPAD.encode(&start[..10])),
            ("base32 small", BASE32_NOPAD.encode(&start[..10]).to_lowercase()),
            ("list", list.join(", ")),
            ("json", list.join(",")),
        ] {
            self.form(kind, form, text.as_bytes());
        }
    }

    /// A number that is somebody's, if it is long enough not to come by chance.
    pub fn number(&mut self, kind: &'static str, number: u64) {
        assert!(number >= 1_000, "{kind} {number} would come by chance");
        self.kinds.insert(kind);
        self.numbers.insert(number);
    }

    fn form(&mut self, kind: &'static str, form: &str, bytes: &[u8]) {
        assert!(bytes.len() >= FIRST, "{kind} as {form} is too short");
        self.kinds.insert(kind);
        let known = self.forms.entry(bytes[..FIRST].try_into().unwrap()).or_default();
        known.push((bytes.to_vec(), format!("{kind} as {form}")));
    }

    /// Of what kinds they are.
    pub fn kinds(&self) -> &BTreeSet<&'static str> {
        &self.kinds
    }

    /// Those in `output`, each kind and form once.
    pub fn found_in(&self, output: &[u8]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (at, window) in output.windows(FIRST).enumerate() {
            let Some(forms) = self.forms.get(window) else { continue };
            let whole = forms.iter().filter(|(form, _)| output[at..].starts_with(form));
            found.extend(whole.map(|(_, what)| what.clone()));
        }
        found
    }

    /// Those in a text, numbers that stand alone included. When a line was written is nobody's secret.
    pub fn found_in_text(&self, text: &str) -> BTreeSet<String> {
        let mut found = self.found_in(text.as_bytes());
        for line in text.lines().map(without_time) {
            let words = line.split(|letter: char| !letter.is_ascii_alphanumeric());
            for number in words.filter_map(|word| word.parse::<u64>().ok()) {
                if self.numbers.contains(&number) {
                    found.insert(format!("the number {number}: {line}"));
                }
            }
        }
        found
    }

    /// Those in the files under `folder`, by their paths.
    pub fn found_under(&self, folder: &Path) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                found.extend(self.found_under(&path));
            } else if path.is_file() {
                let inside = self.found_in(&std::fs::read(&path).unwrap());
                found.extend(inside.iter().map(|what| format!("{}: {what}", path.display())));
            }
        }
        found
    }
}

fn without_time(line: &str) -> &str {
    match line.split_once(' ') {
        Some((time, rest)) if time.starts_with("20") && time.ends_with('Z') => rest,
        _ => line,
    }
}
