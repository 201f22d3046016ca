//! What is to be borne: the requirements of the specification and the rows of the attack list.

use std::{fs, io};

use crate::{PAGE, files, ids, root};

const ATTACKS: &str = "proto/spec/attacks.md";

/// A numbered rule.
pub(crate) struct Requirement {
    pub(crate) id: String,
    /// Its page, from `proto/spec`.
    pub(crate) page: String,
    /// Its first sentence.
    pub(crate) says: String,
}

/// A row of the attack list.
pub(crate) struct Attack {
    pub(crate) id: String,
    pub(crate) does: String,
    pub(crate) built: bool,
}

/// Every requirement, in the order of pages and numbers.
pub(crate) fn requirements() -> io::Result<Vec<Requirement>> {
    let mut found = Vec::new();
    for (path, text) in files("proto/spec", ".md")?.iter().filter(|(path, _)| path != PAGE) {
        found.extend(defined(path.rsplit('/').next().unwrap_or(path), text));
    }
    found.sort_by(|a, b| (&a.page, &a.id).cmp(&(&b.page, &b.id)));
    Ok(found)
}

/// What a page defines: the id stands in bold at the begin of a paragraph or of a point of a list.
fn defined(page: &str, text: &str) -> Vec<Requirement> {
    let mut found: Vec<Requirement> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let begin = line.trim_start().trim_start_matches("- ");
        if let Some((id, says)) = begin.strip_prefix("**OS-").and_then(|l| l.split_once("**")) {
            let (id, page, says) = (format!("OS-{id}"), page.to_owned(), says.trim().to_owned());
            found.push(Requirement { id, page, says });
            is_open = true;
        } else if line.trim().is_empty() || begin.len() < line.trim_start().len() {
            is_open = false;
        } else if let Some(last) = found.last_mut().filter(|_| is_open) {
            last.says = format!("{} {}", last.says, line.trim());
        }
    }
    for requirement in &mut found {
        requirement.says = first_sentence(&requirement.says);
    }
    found
}

/// Up to the first full stop (or colon at the very end) outside bold and brackets.
fn first_sentence(text: &str) -> String {
    let ends = text.match_indices(['.', '?']).filter(|(at, _)| {
        let (before, after) = text.split_at(*at);
        let after = after.get(1..).unwrap_or_default();
        let is_end = after.is_empty() || after.starts_with(' ') || after.starts_with("** ");
        is_end && before.matches('(').count() == before.matches(')').count()
    });
    let end = ends.map(|(at, _)| at + 1).next().unwrap_or(text.len());
    let sentence = text.get(..end).unwrap_or(text).trim_end_matches(':');
    // A sentence that is bold to its end loses the closing mark with what follows.
    let is_torn = sentence.matches("**").count() % 2 == 1;
    if is_torn { format!("{sentence}**") } else { sentence.to_owned() }
}

/// Every row of the attack list: `| id | attack | must happen | built |`.
pub(crate) fn attacks() -> io::Result<Vec<Attack>> {
    Ok(rows(&fs::read_to_string(root().join(ATTACKS))?))
}

fn rows(text: &str) -> Vec<Attack> {
    let mut found = Vec::new();
    for line in text.lines() {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let ["", id, does, _, built, ""] = cells.as_slice() else { continue };
        if ids::cited(id).contains(*id) {
            let (id, does) = ((*id).to_owned(), (*does).to_owned());
            found.push(Attack { id, does, built: *built == "yes" });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_is_its_id_and_its_first_sentence() {
        let page = "See OS-ABC-009.\n\n- **OS-ABC-001** A thing (of 0.5 kg. Or more) MUST\n  hold. Why: so.\n- other\n\n**OS-ABC-002** **All\nis one.** Else.";
        let found: Vec<_> = defined("p.md", page).into_iter().map(|r| (r.id, r.says)).collect();
        let first = ("OS-ABC-001".to_owned(), "A thing (of 0.5 kg. Or more) MUST hold.".to_owned());
        assert_eq!(found, [first, ("OS-ABC-002".to_owned(), "**All is one.**".to_owned())]);
    }

    #[test]
    fn a_row_says_whether_it_is_built() {
        let found = rows(
            "| id | attack | must happen | built |\n|---|---|---|---|\n| RO-01 | a | b | yes |\n| RO-09 | c | d | no |",
        );
        let found: Vec<_> = found.iter().map(|a| (a.id.as_str(), a.built)).collect();
        assert_eq!(found, [("RO-01", true), ("RO-09", false)]);
    }
}
