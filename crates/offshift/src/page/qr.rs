//! Codes on the screen, and codes in pictures.
//!
//! ```text
//! text -- rows --> {size, rows: ["0101..", ..]}       picture -- text_in --> the first code's text
//! ```
//! Never: a picture that is kept, or read beyond the limits.

use std::io::Cursor;

use image::{GrayImage, ImageReader, Limits};
use qrcode::{Color, EcLevel, QrCode};
use rqrr::PreparedImage;
use serde_json::{Value, json};

use super::limits::{CODE_BYTES_MAX, PICTURE_MEMORY_MAX, PICTURE_SIDE_MAX};

/// The code of a text, a row a string, a dark module a 1.
pub(super) fn rows(text: &str) -> Option<Value> {
    let fits = text.len() <= CODE_BYTES_MAX;
    let code =
        fits.then(|| QrCode::with_error_correction_level(text, EcLevel::M).ok()).flatten()?;
    let (size, colors) = (code.width(), code.to_colors());
    let letter = |color: &Color| color.select('1', '0');
    let rows: Vec<String> =
        colors.chunks(size).map(|row| row.iter().map(letter).collect()).collect();
    Some(json!({ "size": size, "rows": rows }))
}

/// The text of the code in a picture.
pub(super) fn text_in(picture: &[u8]) -> Option<String> {
    let grey = grey(picture)?;
    let (width, height) =
        (usize::try_from(grey.width()).ok()?, usize::try_from(grey.height()).ok()?);
    let shade = |x: usize, y: usize| grey.as_raw().get(y * width + x).copied().unwrap_or(u8::MAX);
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, shade);
    let grids = prepared.detect_grids();
    grids.iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

fn grey(picture: &[u8]) -> Option<GrayImage> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(PICTURE_SIDE_MAX);
    limits.max_image_height = Some(PICTURE_SIDE_MAX);
    limits.max_alloc = Some(PICTURE_MEMORY_MAX);
    let mut reader = ImageReader::new(Cursor::new(picture)).with_guessed_format().ok()?;
    reader.limits(limits);
    Some(reader.decode().ok()?.into_luma8())
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Luma};

    use super::*;

    /// A picture of a code, as a screen shows it.
    fn picture(text: &str, scale: u32, format: ImageFormat) -> Vec<u8> {
        let drawn = rows(text).unwrap();
        let rows: Vec<Vec<u8>> = drawn["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row.as_str().unwrap().into())
            .collect();
        let side = u32::try_from(rows.len()).unwrap() + 8;
        let dark = |x: u32, y: u32| {
            let inside = |at: u32| (at / scale).checked_sub(4).map(|at| at as usize);
            let module =
                inside(y).and_then(|y| rows.get(y)).zip(inside(x)).and_then(|(row, x)| row.get(x));
            if module == Some(&b'1') { Luma([0u8]) } else { Luma([255]) }
        };
        let mut bytes = Cursor::new(Vec::new());
        GrayImage::from_fn(side * scale, side * scale, dark).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_code_that_was_drawn_is_read_again() {
        let code = "offshift:meet:abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwxyz";
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            assert_eq!(text_in(&picture(code, 6, format)).as_deref(), Some(code));
        }
    }

    #[test]
    fn what_is_no_picture_or_has_no_code_or_is_too_large_gives_nothing() {
        assert_eq!(text_in(b"<svg/>"), None);
        let mut empty = Cursor::new(Vec::new());
        GrayImage::new(64, 64).write_to(&mut empty, ImageFormat::Png).unwrap();
        assert_eq!(text_in(&empty.into_inner()), None);
        let mut huge = Cursor::new(Vec::new());
        GrayImage::new(PICTURE_SIDE_MAX + 1, 1).write_to(&mut huge, ImageFormat::Png).unwrap();
        assert_eq!(text_in(&huge.into_inner()), None);
        assert!(rows(&"x".repeat(CODE_BYTES_MAX + 1)).is_none() && rows("x").is_some());
    }
}
