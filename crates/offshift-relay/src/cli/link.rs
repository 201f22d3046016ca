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
    let data = DataDirectory::chosen(at.data.as_deref());
    let link = data.link()?.ok_or_else(|| none_yet(&data))?;
    let mut out = io::stdout();
    let code = out.is_terminal().then(|| code(&link)).flatten().unwrap_or_default();
    writeln!(out, "{link}{code}").map_err(|_| Failure::new(Turn::Machine, "can't write here"))
}

/// The link as a QR code in half-height blocks.
pub(super) fn code(link: &RelayLink) -> Option<String> {
    let code = QrCode::new(link.to_string()).ok()?;
    Some(format!("\n\n{}\n", code.render::<Dense1x2>().quiet_zone(true).build()))
}

fn none_yet(data: &DataDirectory) -> Failure {
    let sentence = format!(
        "no relay was started with {} yet; start one with: offshift-relay serve",
        data.path().display()
    );
    Failure::new(Turn::Yours, sentence)
}
