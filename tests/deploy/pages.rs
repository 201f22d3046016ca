//! The pages for hosts, and the commands in them.
//!
//! ```text
//! ```sh block or `code` --lines--> words of the shell --without sudo--> program and its arguments
//! ```

use offshift_table::{files, root};

/// A page: its path from the top, and its text.
pub(crate) type Page = (String, String);

/// One command line of ours.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) program: String,
    pub(crate) arguments: Vec<String>,
}

/// README.md and every page under deploy/.
pub(crate) fn pages() -> Vec<Page> {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let mut pages = files("deploy", ".md").unwrap();
    pages.push(("README.md".to_owned(), readme));
    pages
}

/// Every command of `offshift` and `offshift-relay` in a page: in shell blocks, and in words that stand as code.
pub(crate) fn commands(page: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut inside, mut shell) = (false, false);
    for line in page.replace("\\\n", " ").lines() {
        if let Some(language) = line.strip_prefix("```") {
            inside = !inside;
            shell = inside && language.starts_with("sh");
        } else if shell {
            lines.extend(segments(line).iter().filter_map(|segment| ours(segment)));
        } else if !inside {
            lines.extend(spans(line).filter_map(|span| ours(&words(span))));
        }
    }
    lines
}

fn spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// The commands of one line, between `;`, `|`, `&&`.
fn segments(line: &str) -> Vec<Vec<String>> {
    let words = words(line);
    words.split(|word| ["|", "&&", "||", ";"].contains(&word.as_str())).map(<[_]>::to_vec).collect()
}

/// Words of the shell: quotes hold them together, `#` ends the line.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quote) = (None::<String>, None);
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, '#') if word.is_none() => break,
            (None, ';') => {
                words.extend(word.take());
                words.push(";".to_owned());
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// The command, if it is one of ours, behind `sudo`, `cargo run` or `podman`.
fn ours(words: &[String]) -> Option<Line> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = match &words[..] {
        ["sudo", "-u", _, rest @ ..] | ["sudo", rest @ ..] => rest,
        all => all,
    };
    let at = match words {
        ["podman", "run" | "exec", ..] => words.iter().rposition(|word| program(word).is_some())?,
        ["cargo", "run", ..] => words.iter().position(|word| *word == "--")?.checked_sub(1)?,
        _ => 0,
    };
    let (first, arguments) = words.get(at..)?.split_first()?;
    // A program's name alone, in a sentence, is no command.
    let arguments: Vec<_> = arguments.iter().filter(|word| **word != "--").collect();
    let ends = arguments.iter().position(|word| word.contains('>')).unwrap_or(arguments.len());
    let arguments: Vec<_> = arguments[..ends].iter().map(|word| (**word).to_owned()).collect();
    let program = program(first)?.to_owned();
    (!arguments.is_empty()).then_some(Line { program, arguments })
}

fn program(word: &str) -> Option<&str> {
    let name = word.rsplit('/').next()?;
    ["offshift", "offshift-relay"].contains(&name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_in_blocks_and_in_sentences_behind_sudo() {
        let page = "Type `offshift-relay check --config x`, not `offshift-relay`.\n\
                    ```sh root\nsudo -u offshift-relay offshift-relay ticket \\\n  new # one\n\
                    systemctl start offshift-relay\numask 077; offshift send 'a b' | head\n\
                    podman exec offshift-relay /offshift-relay status\n```\n\
                    ```text\noffshift-relay nothing\n```\n";
        let found: Vec<String> =
            commands(page).iter().map(|line| line.arguments.join("|")).collect();
        assert_eq!(found, ["check|--config|x", "ticket|new", "send|a b", "status"]);
    }
}
