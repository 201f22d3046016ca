//! Ids in a text: `OS-MBX-001` of a requirement, `RO-01` of an attack.
//!
//! A test bears them in its name, `ro_01_os_cli_003_...`; a comment may name a row of them, `OS-STO-020 to 025`.

use std::collections::BTreeSet;

/// Who attacks: the first half of an attack's id.
const ACTORS: [&str; 7] = ["DA", "EI", "EM", "MI", "NO", "PT", "RO"];

/// Every id that a text cites.
pub(crate) fn cited(text: &str) -> BTreeSet<String> {
    let text = text.to_ascii_uppercase().replace('_', "-");
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices(|c: char| c.is_ascii_uppercase()) {
        let (before, rest) = text.split_at(at);
        if before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let Some((stem, number, rest)) = id(rest) else { continue };
        let width = number.len();
        let last = last_of_row(rest, stem, width).unwrap_or(number);
        let ends = (number.parse::<u16>().unwrap_or(0), last.parse::<u16>().unwrap_or(0));
        found.extend((ends.0..=ends.1).map(|number| format!("{stem}{number:0width$}")));
    }
    found
}

/// `OS-MBX-` and `001`, or `RO-` and `01`, with which a text begins, and what follows.
fn id(text: &str) -> Option<(&str, &str, &str)> {
    let (stem, width) = match text.strip_prefix("OS-") {
        Some(area) if area.chars().take(3).filter(char::is_ascii_uppercase).count() == 3 => (7, 3),
        Some(_) => return None,
        None if ACTORS.contains(&text.get(..2)?) => (3, 2),
        None => return None,
    };
    let (stem, rest) = (text.get(..stem)?, text.get(stem..)?);
    let (number, rest) = digits(rest, width)?;
    stem.ends_with('-').then_some((stem, number, rest))
}

/// The number that ends a row: behind ` TO `, with the stem or without it.
fn last_of_row<'a>(rest: &'a str, stem: &str, width: usize) -> Option<&'a str> {
    let last = rest.strip_prefix(" TO ")?;
    digits(last.strip_prefix(stem).unwrap_or(last), width).map(|(number, _)| number)
}

/// Exactly `width` digits, and what follows.
fn digits(text: &str, width: usize) -> Option<(&str, &str)> {
    let (number, rest) = text.split_at_checked(width)?;
    let exact = number.bytes().all(|b| b.is_ascii_digit())
        && !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    exact.then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        cited(text).into_iter().collect()
    }

    #[test]
    fn ids_are_found_in_prose_and_in_names() {
        assert_eq!(
            all("as OS-MBX-001, OS-MBX-002 say (RO-01)."),
            ["OS-MBX-001", "OS-MBX-002", "RO-01"]
        );
        assert_eq!(all("fn ro_07_os_mbx_001_a_fork()"), ["OS-MBX-001", "RO-07"]);
    }

    #[test]
    fn what_only_looks_like_an_id_is_none() {
        assert!(
            all("OS-MBX-1, OS-MBX-0001, OS-MB-001, CHAOS-MBX-001, RO-1, RO-100, HERO-01, os_x")
                .is_empty()
        );
    }

    #[test]
    fn a_row_is_every_number_of_it() {
        assert_eq!(all("OS-STO-009 to 011"), ["OS-STO-009", "OS-STO-010", "OS-STO-011"]);
        assert_eq!(all("OS-STO-050 to OS-STO-051"), ["OS-STO-050", "OS-STO-051"]);
        assert_eq!(all("OS-STO-050 to the end"), ["OS-STO-050"]);
    }
}
