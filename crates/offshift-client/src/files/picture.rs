//! Pictures, painted anew: what leaves this device, and what a screen shows, is what this program's encoder wrote.
//!
//! ```text
//! bytes -> kind by their first bytes -> points (within limits), turned upright -> encoder -> bytes, nothing else
//! ```
//! Place, time, camera, thumbnails, colour profiles and comments are not carried over, whatever they are called. Points
//! that were changed to mark a copy stay: nobody can take those out.
//!
//! Never: a picture of a kind that this program paints, passed on as it came; more memory than the limits say.

use std::{
    io::Cursor,
    sync::{Mutex, MutexGuard, PoisonError},
};

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    metadata::Orientation,
};
use offshift_wire::limits::PREVIEW_BYTES_MAX;
use serde::{Deserialize, Serialize};

use crate::limits::{
    PICTURE_ALLOC_MAX, PICTURE_POINTS_MAX, PICTURE_SIDE_MAX, PREVIEW_ALLOC_MAX, PREVIEW_SIDE_MAX,
    SHOWN_POINTS_MAX, SHOWN_SIDE_MAX,
};

/// One picture at a time, whoever asks: the limits of memory are those of one.
static EASEL: Mutex<()> = Mutex::new(());

/// How good a JPEG is that was painted anew: hardly to be told from the first one.
const QUALITY: u8 = 90;
/// Sides and qualities that are tried for a preview, until one is small enough.
const PREVIEWS: [(u32, u8); 5] = [(320, 60), (320, 35), (200, 40), (120, 40), (64, 30)];

/// What is left in a file that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// A picture, painted anew: only what one sees.
    OnlyThePicture,
    /// All that it holds: names of authors, places, earlier versions.
    Everything,
}

/// Why a picture can't be painted anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadPicture {
    /// It is broken.
    Broken,
    /// It has too many points.
    TooLarge,
}

/// A picture that says nothing but what one sees.
pub(crate) struct Painted {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: &'static str,
    pub(crate) ending: &'static str,
    pub(crate) preview: Vec<u8>,
}

/// The kinds that are painted anew.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Jpeg,
    Png,
    Webp,
}

impl Kind {
    /// By a file's first bytes: its name may say anything.
    pub(crate) fn of(first: &[u8]) -> Option<Self> {
        match image::guess_format(first).ok()? {
            ImageFormat::Jpeg => Some(Self::Jpeg),
            ImageFormat::Png => Some(Self::Png),
            ImageFormat::WebP => Some(Self::Webp),
            _ => None,
        }
    }

    const fn format(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::Webp => ImageFormat::WebP,
        }
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Jpeg => ("image/jpeg", ".jpg"),
            Self::Png => ("image/png", ".png"),
            Self::Webp => ("image/webp", ".webp"),
        }
    }
}

/// Paints a picture anew, with a preview (OS-FIL-031).
pub(crate) fn paint(kind: Kind, bytes: &[u8]) -> Result<Painted, BadPicture> {
    let _alone = alone();
    let picture = decode(kind, bytes, &OWN)?;
    let preview = preview(&picture);
    let (media_type, ending) = kind.names();
    Ok(Painted { bytes: encode(kind, picture)?, media_type, ending, preview })
}

/// The preview that somebody sent, painted anew by this device; empty if it is none (OS-FIL-032).
pub(crate) fn safe_preview(bytes: &[u8]) -> Vec<u8> {
    if !matches!(Kind::of(bytes), Some(Kind::Jpeg)) {
        return Vec::new();
    }
    let _alone = alone();
    let picture = decode(Kind::Jpeg, bytes, &PREVIEW);
    picture.map(|picture| preview(&picture)).unwrap_or_default()
}

/// A picture that somebody sent, painted anew for a screen, as a JPEG (OS-FIL-032).
pub(crate) fn shown(bytes: &[u8]) -> Result<Vec<u8>, BadPicture> {
    let kind = Kind::of(bytes).ok_or(BadPicture::Broken)?;
    let _alone = alone();
    let mut picture = decode(kind, bytes, &SHOWN)?;
    if picture.width().max(picture.height()) > SHOWN_SIDE_MAX {
        picture = picture.thumbnail(SHOWN_SIDE_MAX, SHOWN_SIDE_MAX);
    }
    jpeg(&on_white(picture), QUALITY).ok_or(BadPicture::Broken)
}

/// What a picture may be.
struct Bounds {
    side: u32,
    points: u64,
    alloc: u64,
}

/// One that the person sends.
const OWN: Bounds =
    Bounds { side: PICTURE_SIDE_MAX, points: PICTURE_POINTS_MAX, alloc: PICTURE_ALLOC_MAX };
/// One that somebody else sent.
const SHOWN: Bounds = Bounds { points: SHOWN_POINTS_MAX, ..OWN };
const PREVIEW: Bounds =
    Bounds { side: PREVIEW_SIDE_MAX, points: SHOWN_POINTS_MAX, alloc: PREVIEW_ALLOC_MAX };

impl Bounds {
    fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        limits.max_image_width = Some(self.side);
        limits.max_image_height = Some(self.side);
        limits.max_alloc = Some(self.alloc);
        limits
    }

    /// The decoders' own limit leaves out the points that they are asked to write, and so those of a picture that is
    /// turned: of 16 bits a colour that is four times what 64 million points of 8 bits take.
    fn hold(&self, decoder: &impl ImageDecoder, upright: Orientation) -> bool {
        let (width, height) = decoder.dimensions();
        let copies = if upright == Orientation::NoTransforms { 1 } else { 2 };
        let bytes = decoder.total_bytes().checked_mul(copies);
        let points = u64::from(width) * u64::from(height);
        points <= self.points && bytes.is_some_and(|bytes| bytes <= self.alloc)
    }
}

/// What is decoded is only read and dropped: whoever stopped half way left nothing behind.
fn alone() -> MutexGuard<'static, ()> {
    EASEL.lock().unwrap_or_else(PoisonError::into_inner)
}

fn decode(kind: Kind, bytes: &[u8], bounds: &Bounds) -> Result<DynamicImage, BadPicture> {
    let refused = |error| match error {
        image::ImageError::Limits(_) => BadPicture::TooLarge,
        _ => BadPicture::Broken,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind.format());
    reader.limits(bounds.limits());
    let mut decoder = reader.into_decoder().map_err(refused)?;
    // How the camera was held is written beside the points, and goes with the rest that is.
    let upright = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    if !bounds.hold(&decoder, upright) {
        return Err(BadPicture::TooLarge);
    }
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    picture.apply_orientation(upright);
    Ok(picture)
}

fn encode(kind: Kind, picture: DynamicImage) -> Result<Vec<u8>, BadPicture> {
    let mut bytes = Cursor::new(Vec::new());
    let written = match kind {
        Kind::Jpeg => return jpeg(&on_white(picture), QUALITY).ok_or(BadPicture::Broken),
        Kind::Png => picture.write_to(&mut bytes, ImageFormat::Png),
        Kind::Webp => {
            DynamicImage::from(picture.into_rgba8()).write_to(&mut bytes, ImageFormat::WebP)
        }
    };
    written.map_err(|_| BadPicture::Broken)?;
    Ok(bytes.into_inner())
}

fn preview(picture: &DynamicImage) -> Vec<u8> {
    let tries = PREVIEWS.into_iter().filter_map(|(side, quality)| {
        let fits = picture.width().max(picture.height()) <= side;
        let small = if fits { picture.clone() } else { picture.thumbnail(side, side) };
        jpeg(&on_white(small), quality)
    });
    tries.into_iter().find(|bytes| bytes.len() <= PREVIEW_BYTES_MAX).unwrap_or_default()
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).ok()?;
    Some(bytes)
}

/// What a JPEG can hold: what shone through becomes white.
fn on_white(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => picture,
        picture if !picture.color().has_alpha() => DynamicImage::ImageRgb8(picture.into_rgb8()),
        picture => {
            let (width, height) = (picture.width(), picture.height());
            let white = image::Rgba([u8::MAX; 4]);
            let mut page = image::RgbaImage::from_pixel(width, height, white);
            image::imageops::overlay(&mut page, &picture.into_rgba8(), 0, 0);
            DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(page).into_rgb8())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage, codecs::png::PngEncoder};

    const CANARY: &[u8] = b"CANARY 52.5200 N 13.4050 E";

    /// An EXIF block: the camera was turned so, and the canary beside it.
    fn exif(orientation: u8) -> Vec<u8> {
        let head = *b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
        [&head[..], &[orientation, 0, 0, 0, 0, 0, 0, 0], CANARY].concat()
    }

    /// Red on the left, blue on the right.
    fn two_halves() -> RgbImage {
        RgbImage::from_fn(64, 32, |x, _| if x < 32 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) })
    }

    fn with_exif(kind: Kind, orientation: u8) -> Vec<u8> {
        let (mut bytes, picture) = (Vec::new(), two_halves());
        match kind {
            Kind::Jpeg => {
                let mut encoder = JpegEncoder::new(&mut bytes);
                encoder.set_exif_metadata(exif(orientation)).unwrap();
                picture.write_with_encoder(encoder).unwrap();
            }
            Kind::Png => {
                let mut encoder = PngEncoder::new(&mut bytes);
                encoder.set_exif_metadata(exif(orientation)).unwrap();
                picture.write_with_encoder(encoder).unwrap();
            }
            Kind::Webp => {
                let mut encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut bytes);
                encoder.set_exif_metadata(exif(orientation)).unwrap();
                picture.write_with_encoder(encoder).unwrap();
            }
        }
        bytes
    }

    fn holds_canary(bytes: &[u8]) -> bool {
        bytes.windows(CANARY.len()).any(|window| window == CANARY)
    }

    #[test]
    fn os_fil_031_what_a_camera_wrote_beside_the_points_does_not_leave() {
        for kind in [Kind::Jpeg, Kind::Png, Kind::Webp] {
            let taken = with_exif(kind, 1);
            assert!(holds_canary(&taken), "the control");
            let painted = paint(kind, &taken).unwrap();
            assert!(!holds_canary(&painted.bytes) && !holds_canary(&painted.preview));
            let again = image::load_from_memory(&painted.bytes).unwrap().into_rgb8();
            assert_eq!(again.dimensions(), (64, 32));
            assert!(again.get_pixel(4, 16)[0] > 200 && again.get_pixel(60, 16)[2] > 200);
        }
    }

    #[test]
    fn os_fil_031_a_turned_camera_gives_an_upright_picture() {
        let painted = paint(Kind::Jpeg, &with_exif(Kind::Jpeg, 6)).unwrap();
        let upright = image::load_from_memory(&painted.bytes).unwrap().into_rgb8();
        assert_eq!(upright.dimensions(), (32, 64), "a quarter turn");
        assert!(upright.get_pixel(16, 4)[0] > 200 && upright.get_pixel(16, 60)[2] > 200);
        let plain = paint(Kind::Jpeg, &with_exif(Kind::Jpeg, 1)).unwrap();
        assert_eq!(image::load_from_memory(&plain.bytes).unwrap().width(), 64, "the twin");
    }

    #[test]
    fn os_fil_031_a_preview_is_small_whatever_the_picture() {
        let noise = RgbImage::from_fn(900, 700, |x, y| {
            let n = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503).wrapping_mul(x + 7);
            let [_, low, middle, high] = (n << 5).to_le_bytes();
            Rgb([low, middle, high])
        });
        let mut bytes = Vec::new();
        noise.write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
        let preview = paint(Kind::Png, &bytes).unwrap().preview;
        assert!(!preview.is_empty() && preview.len() <= PREVIEW_BYTES_MAX);
        assert!(matches!(Kind::of(&preview), Some(Kind::Jpeg)));
    }

    #[test]
    fn os_fil_031_a_picture_that_says_it_is_huge_is_refused_before_it_is_painted() {
        let mut head = Vec::new();
        let page = RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0]));
        PngEncoder::new(&mut head)
            .write_image(&page, 8, 8, image::ExtendedColorType::Rgba8)
            .unwrap();
        assert!(paint(Kind::Png, &head).is_ok(), "the twin");
        let mut huge = head.clone();
        huge[16..20].copy_from_slice(&19_000_u32.to_be_bytes());
        huge[20..24].copy_from_slice(&19_000_u32.to_be_bytes());
        let crc = crc_of(&huge[12..29]);
        huge[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(paint(Kind::Png, &huge).err(), Some(BadPicture::TooLarge));
        assert_eq!(paint(Kind::Png, &head[..40]).err(), Some(BadPicture::Broken));
    }

    /// A PNG that says that it has so many points a side, of that many bits a colour, and holds none of them.
    fn says(side: u32, bits: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        let page = RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0]));
        PngEncoder::new(&mut bytes)
            .write_image(&page, 8, 8, image::ExtendedColorType::Rgba8)
            .unwrap();
        bytes[16..20].copy_from_slice(&side.to_be_bytes());
        bytes[20..24].copy_from_slice(&side.to_be_bytes());
        bytes[24] = bits;
        let crc = crc_of(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        bytes
    }

    #[test]
    fn os_fil_031_points_count_by_the_memory_that_they_take() {
        // Not too large is: it was read, and its points were not there.
        assert_eq!(paint(Kind::Png, &says(7_900, 8)).err(), Some(BadPicture::Broken), "the twin");
        assert_eq!(paint(Kind::Png, &says(7_900, 16)).err(), Some(BadPicture::TooLarge));
        let turned = Orientation::Rotate90;
        let bytes = says(6_000, 8);
        let reader = ImageReader::with_format(Cursor::new(&bytes), ImageFormat::Png);
        let decoder = reader.into_decoder().unwrap();
        assert!(OWN.hold(&decoder, Orientation::NoTransforms), "the twin");
        assert!(!OWN.hold(&decoder, turned), "it is there twice while it is turned");
    }

    #[test]
    fn ei_40_os_fil_032_a_picture_of_somebody_else_may_have_fewer_points() {
        assert_eq!(shown(&says(4_800, 8)), Err(BadPicture::Broken), "the twin");
        assert_eq!(shown(&says(5_000, 8)), Err(BadPicture::TooLarge));
        assert_eq!(paint(Kind::Png, &says(5_000, 8)).err(), Some(BadPicture::Broken));
    }

    /// The checksum of a PNG chunk (RFC 2083, section 15).
    fn crc_of(bytes: &[u8]) -> u32 {
        let step = |crc: u32| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
        let byte = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc));
        !bytes.iter().fold(u32::MAX, byte)
    }

    #[test]
    fn os_fil_032_what_others_send_is_painted_anew_before_a_screen_shows_it() {
        let sent = with_exif(Kind::Jpeg, 1);
        let preview = safe_preview(&sent);
        assert!(!preview.is_empty() && !holds_canary(&preview));
        for odd in [&with_exif(Kind::Png, 1)[..], b"<svg onload=alert(1)>", b"", &sent[..60]] {
            assert!(safe_preview(odd).is_empty());
        }
        assert!(!holds_canary(&shown(&with_exif(Kind::Webp, 1)).unwrap()));
        assert!(shown(b"<svg/>").is_err());
    }
}
