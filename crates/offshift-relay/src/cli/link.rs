//! Shows the link, also while the relay runs.

use std::io::{self, IsTerminal, Write};

use offshift_wire::link::RelayLink;
use qrcode::{QrCode, render::unicode::Dense1x2};

use super::{
    args,
    data::DataDirectory,
    failure::{Failure, Turn},
};

/// Prints the link, and a code to scan when a person is looking.
pub(super) fn show(at: &args::DataDirectory) -> Result<(), Failure> {
    let data = DataDirectory::of(at)?;
    let link = data.link()?.ok_or_else(|| none_yet(&data))?;
    let mut out = io::stdout();
    let code = out.is_terminal().then(|| code(&link)).flatten().unwrap_or_default();
    writeln!(out, "{link}{code}").map_err(|_| Failure::new(Turn::Machine, "can't write here"))
}

pub(super) fn code(link: &RelayLink) -> Option<String> {
    drawn(&link.to_string())
}

/// A text as a QR code in half-height blocks. Inverted: most terminals are dark, and scanners want dark on
/// light.
pub(super) fn drawn(text: &str) -> Option<String> {
    let code = QrCode::new(text).ok()?;
    let mut drawing = code.render::<Dense1x2>();
    drawing.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).quiet_zone(true);
    Some(format!("\n\n{}\n", drawing.build()))
}

fn none_yet(data: &DataDirectory) -> Failure {
    let sentence = format!(
        "no relay was started with {} yet; start one with: offshift-relay serve",
        data.path().display()
    );
    Failure::new(Turn::Yours, sentence)
}

#[cfg(test)]
mod tests {
    use offshift_wire::RelayId;

    use super::*;

    #[test]
    fn the_code_has_a_light_edge_on_a_dark_screen() {
        let link = RelayLink::new("relay.example", 4433, RelayId::from_bytes([1; 32])).unwrap();
        let code = code(&link).unwrap();
        let edge = code.trim_start().lines().next().unwrap();
        assert!(!edge.is_empty() && edge.chars().all(|block| block == '█'));
        assert!(code.lines().all(|line| line.chars().count() <= 80));
    }
}
