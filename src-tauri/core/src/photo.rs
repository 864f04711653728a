//! Photos: turned upright, their colours in sRGB, shrunk, thumbnailed, and the original kept less its location and other metadata.
//!
//! The only file that knows `image`, `jpeg-decoder` and `moxcms`, and one of the three where the core reckons with floats: pixels, not money.

mod strip;

use crate::refusal::Refusal;
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::error::ImageError;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use std::hash::Hasher as _;
use std::io::Cursor;

/// The longest side a photo may have.
pub const MOST_PIXELS: u32 = 16_384;
/// How many times as long as broad a photo may be: on a narrower one nothing can be seen.
const MOST_ALONG: u32 = 50;
/// The longest side of the picture that screens show.
const PICTURE: u32 = 1600;
/// The longest side on a paper: 190 dots an inch at the width a paper gives it.
const PRINTED: u32 = 760;
/// The longest side of a thumbnail.
const THUMB: u32 = 320;
/// The most memory a photo may take decoded, in bytes.
const MOST_MEMORY: u64 = 640 << 20;

/// A photo ready to be kept, without metadata. All but the original are upright JPEG in sRGB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// As it came in, its pixels untouched.
    pub original: Vec<u8>,
    /// At most 1600 pixels a side.
    pub picture: Vec<u8>,
    /// At most 760 pixels a side.
    pub printed: Vec<u8>,
    /// At most 320 pixels a side.
    pub thumb: Vec<u8>,
    /// The picture's width in pixels.
    pub width: u32,
    /// The picture's height in pixels.
    pub height: u32,
}

/// Whether the bytes are HEIC or AVIF (HEIF, ISO/IEC 23008-12), which only the system's own converter can read.
#[must_use]
pub fn is_heic(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
        && matches!(
            bytes.get(8..12),
            Some(
                b"heic"
                    | b"heix"
                    | b"heim"
                    | b"heis"
                    | b"heif"
                    | b"hevc"
                    | b"hevx"
                    | b"hevm"
                    | b"hevs"
                    | b"mif1"
                    | b"msf1"
                    | b"avif"
                    | b"avis"
            )
        )
}

/// Reads a JPEG, PNG or WebP.
///
/// # Errors
/// [`Refusal::HeicUnreadable`], [`Refusal::NotAPicture`], [`Refusal::TruncatedPicture`], [`Refusal::PictureTooNarrow`] or
/// [`Refusal::PictureTooLarge`]; nothing larger than the limits is ever unpacked.
pub fn read(bytes: &[u8]) -> Result<Photo, Refusal> {
    let (pixels, turn) = pixels(bytes, PICTURE)?;
    // Where its parts cannot be told apart, the original is coded anew: its metadata goes in any case.
    let original = strip::stripped(bytes, turn.to_exif()).ok();
    let small = upright(resized(&pixels, PICTURE)?, turn);
    let (printed, thumb) = (resized(&small, PRINTED)?, resized(&small, THUMB)?);
    let (picture, printed, thumb) = (jpeg(&small, 85)?, jpeg(&printed, 80)?, jpeg(&thumb, 80)?);
    let (width, height) = small.dimensions();
    let original = original.map_or_else(|| jpeg(&upright(pixels, turn), 92), Ok)?;
    Ok(Photo {
        original,
        picture,
        printed,
        thumb,
        width,
        height,
    })
}

/// The longest side of a logo on a paper.
const LOGO: u32 = 900;

/// A logo made of pixels, upright, on white, kept without loss.
///
/// # Errors
/// As [`read`].
pub fn logo(bytes: &[u8]) -> Result<(u32, u32, Vec<u8>), Refusal> {
    let (pixels, turn) = pixels(bytes, LOGO)?;
    let upright = upright(resized(&pixels, LOGO)?, turn);
    let (width, height) = upright.dimensions();
    Ok((width, height, upright.into_raw()))
}

/// The pixels of a file, in sRGB and as they are coded, and how they are turned upright: all of them, or of a JPEG as many as a picture of
/// that longest side is made from.
fn pixels(bytes: &[u8], longest: u32) -> Result<(RgbImage, Orientation), Refusal> {
    if is_heic(bytes) {
        return Err(Refusal::HeicUnreadable);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| Refusal::NotAPicture)?;
    if !matches!(
        reader.format(),
        Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)
    ) {
        return Err(Refusal::NotAPicture);
    }
    let format = reader.format();
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    limits.reserve(decoder.total_bytes()).map_err(|_| too_large())?;
    let (width, height) = decoder.dimensions();
    // What is not in bytes of red, green and blue is made into them: both stand in memory then.
    if decoder.color_type() != ColorType::Rgb8 {
        let made = u64::from(width) * u64::from(height) * 3;
        limits.reserve(made).map_err(|_| too_large())?;
    }
    if width.max(height) > MOST_ALONG * width.min(height) {
        return Err(Refusal::PictureTooNarrow);
    }
    let turn = match strip::exif(bytes) {
        Some(exif) => Orientation::from_exif_chunk(exif),
        None => decoder.orientation().ok(),
    };
    let turn = turn.unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let pixels = match format {
        Some(ImageFormat::Jpeg) => jpeg_pixels(bytes, decoder, longest)?,
        _ => DynamicImage::from_decoder(decoder).map_err(cut)?,
    };
    Ok((in_srgb(on_white(pixels), profile.as_deref()), turn))
}

/// The pixels of a JPEG, all of them, or as many as a picture of that longest side is made from. A decoder fills what is missing with
/// grey and says nothing. Where it cannot be told at once that nothing is missing, the coded pixels are decoded once more with other
/// bits behind their end: in a whole picture nothing is read from there; in a cut one it shows.
fn jpeg_pixels(bytes: &[u8], decoder: impl ImageDecoder, longest: u32) -> Result<DynamicImage, Refusal> {
    // Its parts alone, without what a phone hangs on behind, and with an end mark where there was none.
    let parts = match strip::jpeg(bytes, 0) {
        Ok(parts) => parts,
        Err(strip::Broken::Cut) => return Err(Refusal::TruncatedPicture),
        Err(strip::Broken::Unclear) => return DynamicImage::from_decoder(decoder).map_err(cut),
    };
    drop(decoder);
    let coded = parts.coded();
    // Without an end mark, other bytes may stand where the rest of the picture stood: the last are none of it then.
    let all_but_the_last = &coded[..coded.len().saturating_sub(LAST_CODED)];
    if parts.tells_its_end {
        let last_is_seen = parts.ended || shrunk(all_but_the_last, longest).is_none();
        if let Some(pixels) = shrunk(coded, longest).filter(|_| last_is_seen) {
            return Ok(pixels);
        }
    }
    // One of them in memory at a time.
    let beyond = seen_beyond(coded);
    let last_is_seen = parts.ended || seen_beyond(all_but_the_last) != beyond;
    let pixels = decoded(&parts.bytes).map_err(cut)?;
    if last_is_seen && beyond == Some(hash_of(&pixels)) {
        Ok(pixels)
    } else {
        Err(Refusal::TruncatedPicture)
    }
}

/// More ones than any code and what it announces take, and than a decoder reads ahead, a zero stuffed behind each byte of them; and
/// the end mark.
const ONES_AND_END: [u8; 130] = {
    let mut bytes = [0x00; 130];
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = 0xff;
        at += 2;
    }
    bytes[129] = 0xd9;
    bytes
};

/// The pixels of a JPEG that tells its end, decoded no larger than a picture of that longest side needs: a half, a quarter or an eighth
/// of its sides take a fraction of the work and of the memory. Nothing where it is cut, which shows by the ones behind its end, or is
/// of another kind.
fn shrunk(coded: &[u8], longest: u32) -> Option<DynamicImage> {
    // As one: the decoder reads byte by byte, and would look each time where one part ends.
    let coded = [coded, &ONES_AND_END].concat();
    let mut decoder = jpeg_decoder::Decoder::new(coded.as_slice());
    decoder.read_info().ok()?;
    let found = decoder.info()?;
    if found.pixel_format != jpeg_decoder::PixelFormat::RGB24 {
        return None;
    }
    let (width, height) = (u32::from(found.width), u32::from(found.height));
    // A quarter more than is needed, so that what is left to shrink is shrunk well.
    let needed = longest + longest / 4;
    let side = |side: u32| u16::try_from(u64::from(side) * u64::from(needed) / u64::from(width.max(height).max(1)));
    let (width, height) = match (side(width), side(height)) {
        (Ok(wide), Ok(high)) if needed < width.max(height) => decoder.scale(wide, high).ok()?,
        _ => (found.width, found.height),
    };
    let pixels = decoder.decode().ok()?;
    RgbImage::from_raw(width.into(), height.into(), pixels).map(DynamicImage::ImageRgb8)
}

/// So many bytes at the end of a picture are surely pixels of it.
const LAST_CODED: usize = 64;

/// What shows of coded pixels with other bits behind them.
fn seen_beyond(coded: &[u8]) -> Option<u64> {
    // Any bits but those of a marker, none of them twice in a row.
    let others = (1_u32..2000).map(|at| {
        u8::try_from(at.wrapping_mul(2_654_435_761) >> 24)
            .unwrap_or(0)
            .min(0xfe)
    });
    let beyond: Vec<u8> = coded.iter().copied().chain(others).chain([0xff, 0xd9]).collect();
    decoded(&beyond).ok().map(|pixels| hash_of(&pixels))
}

fn decoded(jpeg: &[u8]) -> image::ImageResult<DynamicImage> {
    DynamicImage::from_decoder(image::codecs::jpeg::JpegDecoder::new(Cursor::new(jpeg))?)
}

fn hash_of(pixels: &DynamicImage) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write(pixels.as_bytes());
    hasher.finish()
}

const fn too_large() -> Refusal {
    Refusal::PictureTooLarge { most: MOST_PIXELS }
}

/// Why a file is not read at all.
fn unreadable(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => too_large(),
        ImageError::IoError(_) => Refusal::TruncatedPicture,
        ImageError::Decoding(_) | ImageError::Encoding(_) | ImageError::Parameter(_) | ImageError::Unsupported(_) => {
            Refusal::NotAPicture
        }
    }
}

/// Why a picture whose head was read has no pixels, or not all.
fn cut(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => too_large(),
        ImageError::Unsupported(_) => Refusal::NotAPicture,
        ImageError::IoError(_) | ImageError::Decoding(_) | ImageError::Encoding(_) | ImageError::Parameter(_) => {
            Refusal::TruncatedPicture
        }
    }
}

/// The same colours in sRGB, which every screen, printer and paper takes them for: a phone's are in a wider space (Display P3),
/// and say so in a profile. Colours that sRGB does not hold become the nearest it does.
fn in_srgb(pixels: RgbImage, profile: Option<&[u8]>) -> RgbImage {
    // A profile of another kind of colours would lie about these; a broken one says nothing.
    let profile = profile.and_then(|profile| ColorProfile::new_from_slice(profile).ok());
    let Some(profile) = profile.filter(|profile| profile.color_space == DataColorSpace::Rgb) else {
        return pixels;
    };
    let (from, to) = (Layout::Rgb, ColorProfile::new_srgb());
    let Ok(transform) = profile.create_transform_8bit(from, &to, Layout::Rgb, TransformOptions::default()) else {
        return pixels;
    };
    let mut converted = RgbImage::new(pixels.width(), pixels.height());
    match transform.transform(pixels.as_raw(), &mut converted) {
        Ok(()) => converted,
        Err(_) => pixels,
    }
}

fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let image = image.into_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0;
        let alpha = u16::from(alpha);
        let over =
            |channel: u8| u8::try_from((u16::from(channel) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        image::Rgb([over(red), over(green), over(blue)])
    })
}

fn resized(pixels: &RgbImage, longest: u32) -> Result<RgbImage, Refusal> {
    let (width, height) = pixels.dimensions();
    let long = width.max(height);
    if long <= longest {
        return Ok(pixels.clone());
    }
    let side =
        |side: u32| u32::try_from((u64::from(side) * u64::from(longest) / u64::from(long)).max(1)).unwrap_or(longest);
    let (width, height) = (side(width), side(height));
    let mut shrunk = RgbImage::new(width, height);
    // Of one kind of pixel: what takes any brings the code of all of them along, three megabytes.
    let source = TypedImageRef::<U8x3>::from_buffer(pixels.width(), pixels.height(), pixels.as_raw())
        .map_err(|_| Refusal::NotAPicture)?;
    let mut target = TypedImage::<U8x3>::from_buffer(width, height, &mut shrunk).map_err(|_| Refusal::NotAPicture)?;
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new()
        .resize_typed(&source, &mut target, &options)
        .map_err(|_| Refusal::NotAPicture)?;
    Ok(shrunk)
}

fn upright(pixels: RgbImage, turn: Orientation) -> RgbImage {
    let mut image = DynamicImage::ImageRgb8(pixels);
    image.apply_orientation(turn);
    image.into_rgb8()
}

fn jpeg(pixels: &RgbImage, quality: u8) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
    let (width, height) = (u16::try_from(pixels.width()), u16::try_from(pixels.height()));
    let (Ok(width), Ok(height)) = (width, height) else {
        return Err(too_large());
    };
    encoder
        .encode(pixels.as_raw(), width, height, jpeg_encoder::ColorType::Rgb)
        .map_err(|_| too_large())?;
    Ok(bytes)
}

/// The longest side of a picture as wide as a page: 300 dots an inch over the width of its text, and as much of its height.
const PAGE_WIDE: u32 = 1964;

/// A kept original as it is printed over the width of a page: its JPEG, its width and height.
///
/// # Errors
/// As [`read`].
pub fn page_wide(original: &[u8]) -> Result<(Vec<u8>, u32, u32), Refusal> {
    let (pixels, turn) = pixels(original, PAGE_WIDE)?;
    let page = upright(resized(&pixels, PAGE_WIDE)?, turn);
    Ok((jpeg(&page, 88)?, page.width(), page.height()))
}

/// Width and height of a photo, in pixels, as it is coded.
#[must_use]
pub fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?
        .into_dimensions()
        .ok()
}
