//! Two columns in 80 characters: what people read, and what the relay holds.

use serde_json::json;

use super::relay::Held;
use crate::{plain::wrap, screen::Screen, words::say};

const LEFT: usize = 37;
/// Rows of each kind: enough to see what it is like.
const ROWS_MAX: usize = 14;

/// Who reads, and the lines that they read.
pub(super) type Read = (String, Vec<String>);

pub(super) fn show(screen: &Screen, read: &[Read], held: &[Held]) {
    let left = people_column(read);
    let right = relay_column(held);
    let blank = String::new();
    for row in 0..left.len().max(right.len()) {
        let (one, other) = (left.get(row).unwrap_or(&blank), right.get(row).unwrap_or(&blank));
        screen.say(format!("  {one:<LEFT$} | {other}").trim_end());
    }
    for (people, lines) in read {
        screen.object(&json!({ "event": "read", "people": people, "lines": lines }));
    }
    for one in held {
        screen.object(&json!({
            "event": "held", "mailbox": one.mailbox, "bytes": one.bytes,
            "seconds_left": one.seconds_left, "sealed": one.sealed,
        }));
    }
}

fn people_column(read: &[Read]) -> Vec<String> {
    let mut lines = Vec::new();
    for (people, said) in read {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(people.clone());
        let wrapped = said.iter().flat_map(|one| wrap(one, LEFT - 2));
        lines.extend(wrapped.map(|line| format!("  {line}")));
    }
    lines
}

/// The last of what the relay lists; the rest looks the same.
fn relay_column(held: &[Held]) -> Vec<String> {
    let short = |text: &str, length: usize| text.chars().take(length).collect::<String>();
    let line = |one: &Held| {
        let size = say!("size-kib", count = one.bytes / 1024);
        format!(
            "{}.. {size:>7} {:>7} {}..",
            short(&one.mailbox, 6),
            left(one.seconds_left),
            short(&one.sealed, 10)
        )
    };
    let mut lines: Vec<String> = held.iter().rev().take(ROWS_MAX).map(line).collect();
    lines.reverse();
    if held.len() > ROWS_MAX {
        lines.push(say!("demo-more", count = held.len() - ROWS_MAX));
    }
    let (mailbox, size) = (say!("demo-column-mailbox"), say!("demo-column-size"));
    let (left, sealed) = (say!("demo-column-left"), say!("demo-column-sealed"));
    lines.insert(0, format!("{mailbox:<8} {size:>7} {left:>7} {sealed}"));
    lines.insert(0, say!("demo-holds"));
    lines
}

fn left(seconds: u64) -> String {
    match seconds {
        0..3600 => say!("demo-left-minutes", count = seconds / 60),
        3600..172_800 => say!("demo-left-hours", count = seconds / 3600),
        _ => say!("demo-left-days", count = seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_fits_eighty_columns() {
        let held = |size| Held {
            mailbox: "ab".repeat(32),
            bytes: size,
            seconds_left: 600_000,
            sealed: "cd".repeat(32),
        };
        let lines = relay_column(&[held(1024), held(262_144)]);
        assert!(lines.iter().all(|line| line.chars().count() <= 80 - LEFT - 5), "{lines:?}");
        let wrapped = wrap("ana: a text that is much longer than one line of the column is", LEFT);
        assert!(wrapped.len() > 1 && wrapped.iter().all(|line| line.chars().count() <= LEFT));
    }
}
