//! A QR code in the terminal.

use qrcode::{EcLevel, QrCode, render::unicode};

/// The code as lines of half blocks, if it fits a terminal of 80 columns.
pub(crate) fn draw(text: &str) -> Option<String> {
    // Upper case halves the size where the text allows it; our codes read the same either way only in their
    // payload, so they are drawn as they are. The screen is clean, so little error correction is enough.
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    if code.width() > 72 {
        return None;
    }
    // Inverted: most terminals are dark, and scanners want dark on light.
    Some(
        code.render::<unicode::Dense1x2>()
            .dark_color(unicode::Dense1x2::Light)
            .light_color(unicode::Dense1x2::Dark)
            .build(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_the_screen_and_an_absurd_one_is_left_out() {
        let drawn =
            draw("offshift:meet:abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwxyz")
                .unwrap();
        assert!(drawn.lines().all(|line| line.chars().count() <= 80));
        assert!(draw(&"x".repeat(2000)).is_none());
    }
}
