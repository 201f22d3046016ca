//! How far a file is, on a terminal.
//!
//! ```text
//! [#############...........]  13.5 MiB of 25.0 MiB, 4.2 MiB/s
//! ```

use std::time::Instant;

use offshift_client::{TransferState, TransferView};

use crate::{screen::Screen, words::say};

const WIDTH: u64 = 24;
const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;

/// A line that is drawn again and again. On anything but a terminal there is none.
pub(super) struct Bar<'a> {
    screen: &'a Screen,
    began: Option<(Instant, u64)>,
    is_drawn: bool,
}

impl<'a> Bar<'a> {
    pub(super) const fn new(screen: &'a Screen) -> Self {
        Self { screen, began: None, is_drawn: false }
    }

    pub(super) fn show(&mut self, view: &TransferView) {
        let (at, before) = *self.began.get_or_insert((Instant::now(), view.bytes));
        // What was there before the break took no time now.
        let ms = u64::try_from(at.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let speed = view.bytes.saturating_sub(before).saturating_mul(1_000).checked_div(ms);
        let words = say!(
            "file-progress",
            part = size(view.bytes),
            size = size(view.total),
            speed = size(speed.unwrap_or_default()),
        );
        self.screen.redraw(&format!("{}  {words}", drawn(view.bytes, view.total)));
        self.is_drawn = true;
        if view.state != TransferState::UnderWay {
            self.end();
        }
    }

    fn end(&mut self) {
        if std::mem::take(&mut self.is_drawn) {
            self.screen.end_redraw();
        }
    }
}

impl Drop for Bar<'_> {
    fn drop(&mut self) {
        self.end();
    }
}

fn drawn(part: u64, total: u64) -> String {
    let full = part.saturating_mul(WIDTH).checked_div(total).unwrap_or(WIDTH).min(WIDTH);
    let mark = |at: u64| if at < full { '#' } else { '.' };
    format!("[{}]", (0..WIDTH).map(mark).collect::<String>())
}

/// A length as people read it.
pub(super) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| bytes.saturating_mul(10).checked_div(unit).unwrap_or_default();
    match bytes {
        0..KIB => format!("{bytes} B"),
        KIB..MIB => format!("{} KiB", bytes / KIB),
        _ => format!("{}.{} MiB", tenths(MIB) / 10, tenths(MIB) % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_bars_are_as_people_read_them() {
        let sizes = [0, 1023, 1024, 1 << 20, 26_214_400, 1_600_000].map(size);
        assert_eq!(sizes, ["0 B", "1023 B", "1 KiB", "1.0 MiB", "25.0 MiB", "1.5 MiB"]);
        assert_eq!(drawn(0, 100), format!("[{}]", ".".repeat(24)));
        assert_eq!(drawn(50, 100), format!("[{}{}]", "#".repeat(12), ".".repeat(12)));
        assert_eq!(drawn(100, 100), format!("[{}]", "#".repeat(24)));
    }
}
