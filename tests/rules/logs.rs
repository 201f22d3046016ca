//! What may stand in a log line or in the sentence of an error (N7, OS-OPS-010).
//!
//! ```text
//! warn!(error = %said(error), "a fixed text")        allowed: a literal without holes, and what `said` takes
//! warn!(%error, "...")   info!("from {peer}")        refused
//! ```

use crate::workspace::{read, sources};

/// What the relay is made of: whatever they log is logged by a relay.
const CRATES: [&str; 4] = ["offshift-relay", "offshift-link", "offshift-access", "offshift-wire"];

const MACROS: [&str; 12] = [
    "trace!",
    "debug!",
    "info!",
    "warn!",
    "error!",
    "event!",
    "span!",
    "trace_span!",
    "debug_span!",
    "info_span!",
    "warn_span!",
    "error_span!",
];

/// Kinds of content that an error's sentence may show: fixed words, and enums of such.
const SHOWN: [&str; 6] =
    ["&'static str", "io::ErrorKind", "io::Error", "LinkError", "Refusal", "Close"];

/// Others that it may, each with its reason.
const SHOWN_TOO: [(&str, &str); 2] = [
    // Which of the canaries that the auditor gave is too short.
    ("crates/offshift-relay/src/store/inspect/scan.rs", "usize"),
    // The name of a file in the host's own data directory, before anybody is served.
    ("crates/offshift-relay/src/store/embedded/open.rs", "String"),
];

/// The text between the bracket that ends at `open` and its partner, brackets and strings inside respected.
fn between(text: &str, open: usize) -> Option<&str> {
    let (mut depth, mut in_string, mut escaped) = (1usize, false, false);
    for (at, letter) in text[open..].char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            '(' | '[' | '{' if !in_string => depth += 1,
            ')' | ']' | '}' if !in_string => {
                depth -= 1;
                if depth == 0 {
                    return Some(&text[open..open + at]);
                }
            }
            _ => {}
        }
    }
    None
}

/// The arguments of a macro, split at its own commas.
fn arguments(inside: &str) -> Vec<String> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    let mut parts = vec![String::new()];
    for letter in inside.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            '(' | '[' | '{' if !in_string => depth += 1,
            ')' | ']' | '}' if !in_string => depth -= 1,
            ',' if !in_string && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(letter);
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// A text without holes, or a field that goes through `said`.
fn is_quiet(argument: &str) -> bool {
    let literal = argument.starts_with('"') && argument.ends_with('"') && argument.len() > 1;
    if literal {
        return !argument.contains('{');
    }
    let Some((name, value)) = argument.split_once('=') else { return false };
    let is_name = name.trim().chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let value = value.trim();
    is_name
        && value
            .strip_prefix("%said(")
            .is_some_and(|rest| between(rest, 0) == rest.strip_suffix(')'))
}

/// Arguments of log macros in `text` that may not stand there, and how many macros there are.
fn loud(text: &str) -> (Vec<String>, usize) {
    let code: String = text
        .lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .map(|l| format!("{l}\n"))
        .collect();
    let (mut found, mut macros) = (Vec::new(), 0);
    for name in MACROS {
        for (at, _) in code.match_indices(name) {
            let before = code[..at].chars().next_back().unwrap_or(' ');
            let after = at + name.len();
            if before.is_alphanumeric() || before == '_' || !code[after..].starts_with('(') {
                continue;
            }
            macros += 1;
            let inside = between(&code, after + 1).unwrap_or_default();
            found.extend(arguments(inside).into_iter().filter(|argument| !is_quiet(argument)));
        }
    }
    if code.contains("instrument]") || code.contains("instrument(") {
        found.push("#[instrument] writes all arguments".to_owned());
    }
    (found, macros)
}

#[test]
fn os_ops_010_log_lines_of_the_relay_are_fixed_words_and_what_may_be_said() {
    let mut all = 0;
    for source in CRATES.iter().flat_map(|krate| sources(&format!("crates/{krate}/src"))) {
        let (found, macros) = loud(source.shipped());
        assert!(found.is_empty(), "{}: {found:?}: use `name = %said(value)`", source.path);
        all += macros;
    }
    assert!(all >= 5, "the control: it finds what is there");
}

#[test]
fn os_ops_010_the_control_a_loud_line_is_found() {
    for line in [
        "warn!(%error, \"text\");",
        "info!(\"from {peer}\");",
        "tracing::debug!(peer = ?peer, \"text\");",
        "trace!(bytes = envelope.len(), \"text\");",
        "error!(error = %said(error).to_owned() + &peer, \"text\");",
        "event!(Level::INFO, peer);",
        "info!(\n    address = %peer.address(),\n    \"a text, with (brackets\"\n);",
        "#[instrument]\nfn f(peer: SocketAddr) {}",
    ] {
        assert!(!loud(line).0.is_empty(), "{line}");
    }
    for line in [
        "warn!(error = %said(error), \"text, with (brackets\");",
        "tracing::info!(\"a \\\"fixed\\\" text\");",
        "info!(state = %said(now()), after = %said(age), \"text\");",
        "opaque_debug!(Key);",
        "// info!(\"{peer}\")",
    ] {
        assert_eq!(loud(line).0, Vec::<String>::new(), "{line}");
    }
}

#[test]
fn os_ops_011_the_program_hushes_panics_before_it_does_anything() {
    let main = read("crates/offshift-relay/src/cli/mod.rs");
    let first = "fn main() -> ExitCode {\n    offshift_relay::quiet::hush_panics();\n";
    assert!(main.contains(first), "main no longer begins with the hook");
}

#[test]
fn n7_nothing_but_the_programs_and_the_hook_of_panics_writes_to_the_screen() {
    for source in CRATES.iter().flat_map(|krate| sources(&format!("crates/{krate}/src"))) {
        let may = source.path.contains("/cli/") || source.path.ends_with("/quiet.rs");
        for word in ["println!(", "eprintln!(", "print!(", "dbg!("] {
            let mut lines = source.shipped().lines().map(str::trim_start);
            let found = lines.find(|line| line.contains(word) && !line.starts_with("//"));
            assert!(may || found.is_none(), "{}: {found:?}", source.path);
        }
    }
}

/// What follows `#[error("...{0}...")]`: the types of its content.
fn shown_by_errors(text: &str) -> Vec<String> {
    let mut types = Vec::new();
    for (at, start) in text.match_indices("#[error(") {
        let open = at + start.len();
        let sentence = between(text, open).unwrap_or_default();
        if !sentence.contains('{') {
            continue;
        }
        let item = text[open + sentence.len()..].trim_start_matches(")]").trim_start();
        let item: String = item
            .lines()
            .filter(|line| !line.trim_start().starts_with("#["))
            .take(6)
            .collect::<Vec<_>>()
            .join("\n");
        let Some(bracket) = item.find(['(', '{']) else { continue };
        let content = between(&item, bracket + 1).unwrap_or_default();
        types.extend(arguments(content).iter().map(|field| type_of(field)));
    }
    types
}

fn type_of(field: &str) -> String {
    let field = field.trim_start_matches("#[from]").trim_start_matches("#[source]").trim();
    let field = field.trim_start_matches("pub ");
    let named = field.split_once(": ").filter(|(name, _)| !name.contains(':'));
    named.map_or(field, |(_, kind)| kind).to_owned()
}

#[test]
fn n7_the_sentences_of_errors_show_fixed_words_only() {
    let mut all = 0;
    for source in CRATES.iter().flat_map(|krate| sources(&format!("crates/{krate}/src"))) {
        for shown in shown_by_errors(source.shipped()) {
            all += 1;
            let listed = SHOWN.contains(&shown.as_str())
                || SHOWN_TOO.contains(&(source.path.as_str(), shown.as_str()));
            assert!(listed, "{}: an error shows {shown:?}", source.path);
        }
    }
    assert!(all >= 5, "the control: it finds what is there");
    let bad = "#[error(\"no answer from {0}\")]\n    NoAnswer(SocketAddr),";
    assert_eq!(shown_by_errors(bad), ["SocketAddr"]);
}
