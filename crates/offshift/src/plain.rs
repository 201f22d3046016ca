//! Text from others, made plain before it meets a terminal.
//!
//! A message may hold anything that its author typed. Escape codes would move the cursor, rewrite what is above, or
//! set the clipboard; characters of direction would show a text in another order than it has (OS-CLI-008).

/// What stands for a character that is not shown.
const REPLACEMENT: char = '\u{fffd}';

/// One line: a handle, a room's name.
pub(crate) fn line(text: &str) -> String {
    text.chars().map(|c| if steers(c) { REPLACEMENT } else { c }).collect()
}

/// A handle or a name within a command that a person may copy into a shell: it stays one word and does nothing.
pub(crate) fn word(text: &str) -> String {
    let text = line(text);
    let harmless = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(harmless) {
        return text;
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// What a person typed or copied, without marks of direction at its ends: they stand around names on a screen that
/// reads from right to left, and no handle or name begins or ends with one.
pub(crate) fn typed(text: &str) -> &str {
    text.trim_matches(|c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}'))
}

/// Several lines, each after the first set in by `indent`, so that no line of a message looks like one of ours.
pub(crate) fn lines(text: &str, indent: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.trim_end().split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            out.push_str(indent);
        }
        out.push_str(&line(&part.trim_end_matches('\r').replace('\t', " ")));
    }
    out
}

/// An object on one line, for scripts. What steers is escaped, so that it stays data even when a person looks at it;
/// who reads it as JSON gets the text as it was (OS-CLI-008).
pub(crate) fn json(value: &serde_json::Value) -> String {
    let text = value.to_string();
    let mut out = String::with_capacity(text.len());
    // Outside of its strings JSON is plain ASCII, so only characters within strings are met here.
    for c in text.chars() {
        if steers(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Lines of at most `width` characters; what goes on is set in.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { continue };
        if line.chars().count() + 1 + word.chars().count() > width {
            lines.push(format!("  {word}"));
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// Whether a character steers the terminal or the direction of text, or is there without being seen.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn os_cli_008_escape_codes_and_directions_do_not_reach_the_terminal() {
        for hostile in ["\x1b[2J", "\u{202e}evil", "a\u{9b}31m", "\u{7}", "x\u{2066}y", "\rfake"] {
            let shown = lines(hostile, "  ");
            assert!(shown.contains(REPLACEMENT), "{shown:?}");
            assert!(!shown.contains(|c: char| c.is_control() || steers(c)));
        }
    }

    #[test]
    fn os_cli_008_a_second_line_never_looks_like_one_of_ours() {
        assert_eq!(lines("hello\n[Night] boss: yes\r\n", "    "), "hello\n    [Night] boss: yes");
    }

    #[test]
    fn os_cli_008_a_handle_in_a_command_is_one_word_that_does_nothing() {
        assert_eq!(word("ana"), "ana");
        assert_eq!(word("Ana Maria"), "'Ana Maria'");
        assert_eq!(word("$(x)"), "'$(x)'");
        assert_eq!(word("a'x"), "'a'\\''x'");
        assert_eq!(word("ana-2"), "ana-2");
        assert_eq!(word("-x"), "'-x'");
    }

    #[test]
    fn os_cli_008_json_carries_what_steers_as_data() {
        let hostile = "a\u{202e}b\u{1b}[2J\u{e0041}\u{7f}\"\u{2066}";
        let value = serde_json::json!({ "text": hostile, "plain": "Grüße 👩‍🏭 سلام" });
        let line = json(&value);
        assert!(!line.contains(steers), "{line:?}");
        assert!(line.contains("Grüße 👩‍🏭 سلام"), "the twin: what does not steer is left: {line}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap(), value);
    }

    #[test]
    fn a_name_copied_from_a_screen_is_the_name() {
        assert_eq!(typed("\u{2068}سلام\u{2069}"), "سلام");
        assert_eq!(typed("ana"), "ana");
    }

    #[test]
    fn ordinary_text_is_untouched() {
        for text in ["Grüße, Ana 👩‍🏭", "سلام", "日本語", "a  b"] {
            assert_eq!(lines(text, "  "), text);
        }
    }
}
