//! Names of files, made harmless: by who sends, and again by who receives.
//!
//! ```text
//! "..\\x/\u{202e}gpj.tset.exe" -> last part -> no hidden or reserved characters -> short enough -> "gpj.tset.exe"
//! ```
//!
//! Never: a name with a path in it, one that hides its ending, or one that a file system treats in its own way.

use offshift_wire::limits::FILE_NAME_BYTES_MAX;
use unicode_normalization::UnicodeNormalization;

/// What a file without a name is called.
const NAMELESS: &str = "file";
/// Longest ending that is kept when a name is cut, bytes, its dot included.
const ENDING_BYTES_MAX: usize = 16;
/// What Windows takes for devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A name for a disk and a screen that says no more than it shows (OS-FIL-030).
pub(crate) fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.nfc().filter(|c| !is_hidden(*c)).map(harmless).collect();
    let bare = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let short = shortened(bare, FILE_NAME_BYTES_MAX - 1);
    match short.as_str() {
        "" => NAMELESS.to_owned(),
        name if is_device(name) => format!("_{name}"),
        _ => short,
    }
}

/// What nobody sees, or what changes how the rest is seen.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}'
            | '\u{e0000}'..='\u{10ffff}')
}

/// Characters that mean something to a shell, a file system or a terminal become an underscore.
fn harmless(c: char) -> char {
    match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '`' | '$' => '_',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let bare = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = matches!(bare, "com" | "lpt");
    DEVICES.contains(&bare) && (is_numbered == (stem.len() == bare.len() + 1))
}

/// At most so many bytes; what tells the kind stays.
fn shortened(name: &str, bytes_max: usize) -> String {
    if name.len() <= bytes_max {
        return name.to_owned();
    }
    let (stem, ending) = split(name);
    let mut end = bytes_max.saturating_sub(ending.len());
    while !stem.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    format!("{}{ending}", stem.get(..end).unwrap_or_default())
}

/// A name and its ending, with the dot.
fn split(name: &str) -> (&str, &str) {
    let at = name.rfind('.').filter(|at| *at > 0 && name.len() - at <= ENDING_BYTES_MAX);
    name.split_at(at.unwrap_or(name.len()))
}

/// The same name for another file beside it.
pub(crate) fn numbered(name: &str, number: u32) -> String {
    let (stem, ending) = split(name);
    format!("{stem} ({number}){ending}")
}

/// The media type that a name's ending stands for: what a screen shows, nothing that anybody relies on.
pub(crate) fn media_type(name: &str) -> &'static str {
    match split(name).1.to_lowercase().as_str() {
        ".pdf" => "application/pdf",
        ".txt" => "text/plain",
        ".csv" => "text/csv",
        ".doc" | ".docx" | ".odt" | ".rtf" => "application/x-document",
        ".xls" | ".xlsx" | ".ods" => "application/x-table",
        ".mp4" | ".mov" | ".webm" | ".mkv" => "video/x-film",
        ".mp3" | ".m4a" | ".ogg" | ".opus" | ".wav" | ".flac" => "audio/x-sound",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn os_fil_030_a_name_has_no_path_and_hides_nothing() {
        let names = [
            ("notice.jpg", "notice.jpg"),
            ("/etc/../passwd", "passwd"),
            ("C:\\Users\\ana\\list.pdf", "list.pdf"),
            ("..", "file"),
            ("", "file"),
            (".bashrc", "bashrc"),
            ("a\u{202e}gpj.exe", "agpj.exe"),
            ("pay\u{200b}roll\n.txt", "payroll.txt"),
            ("what?.txt", "what_.txt"),
            ("nul.txt", "_nul.txt"),
            ("COM1", "_COM1"),
            ("command.com", "command.com"),
            ("com", "com"),
            ("notes. . ", "notes"),
            ("e\u{301}t\u{e9}.png", "\u{e9}t\u{e9}.png"),
        ];
        for (given, wanted) in names {
            assert_eq!(clean(given), wanted, "{given:?}");
        }
    }

    #[test]
    fn os_fil_030_a_long_name_keeps_its_ending() {
        let cut = clean(&format!("{}.jpeg", "\u{e4}".repeat(300)));
        assert!(cut.len() < FILE_NAME_BYTES_MAX && cut.ends_with("\u{e4}.jpeg"));
        assert_eq!(numbered("notice.jpg", 2), "notice (2).jpg");
        assert_eq!(numbered("notice", 3), "notice (3)");
    }

    proptest! {
        #[test]
        fn any_name_becomes_one_that_stays_as_it_is(name in any::<String>()) {
            let once = clean(&name);
            prop_assert_eq!(&clean(&once), &once);
            prop_assert!(!once.is_empty() && once.len() <= FILE_NAME_BYTES_MAX);
            prop_assert!(!once.contains(['/', '\\', '\0', '\n']) && !once.starts_with('.'));
        }
    }
}
