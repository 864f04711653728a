//! Photos: turned upright, shrunk, thumbnailed, and the original kept less its location and other metadata.
//!
//! The only file that knows `image`, and one of the three where the core reckons with floats: pixels, not money.

mod strip;

use crate::refusal::Refusal;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::error::ImageError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// The longest side a photo may have.
pub const MOST_PIXELS: u32 = 16_384;
/// The longest side of the picture that screens show.
const PICTURE: u32 = 1600;
/// The longest side on a paper: 190 dots an inch at the width a paper gives it.
const PRINTED: u32 = 760;
/// The longest side of a thumbnail.
const THUMB: u32 = 320;
/// The most memory a photo may take decoded, in bytes.
const MOST_MEMORY: u64 = 640 << 20;

/// A photo ready to be kept, without metadata. All but the original are upright JPEG.
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

/// Whether the bytes are HEIC, which only the system's own converter can read.
#[must_use]
pub fn is_heic(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
        && matches!(
            bytes.get(8..12),
            Some(b"heic" | b"heix" | b"heif" | b"mif1" | b"msf1" | b"hevc")
        )
}

/// Reads a JPEG, PNG or WebP.
///
/// # Errors
/// [`Refusal::HeicUnreadable`], [`Refusal::NotAPicture`], [`Refusal::TruncatedPicture`] or
/// [`Refusal::PictureTooLarge`]; nothing larger than the limits is ever unpacked.
pub fn read(bytes: &[u8]) -> Result<Photo, Refusal> {
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
    let complete = is_complete(reader.format(), bytes);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|error| refusal(error, complete))?;
    // Neither of these is checked by decoding with an orientation in hand.
    limits
        .reserve(decoder.total_bytes())
        .map_err(|_| Refusal::PictureTooLarge { most: MOST_PIXELS })?;
    if !complete {
        return Err(Refusal::TruncatedPicture);
    }
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    // A profile of another colour space would lie about the pixels.
    let profile = decoder
        .icc_profile()
        .ok()
        .flatten()
        .filter(|profile| profile.get(16..20) == Some(b"RGB "));
    // Where its parts cannot be told apart, the original is coded anew: its metadata goes in any case.
    let original = strip::stripped(bytes, turn.to_exif());
    let pixels = on_white(DynamicImage::from_decoder(decoder).map_err(|error| refusal(error, complete))?);

    let encode = |pixels: &RgbImage, quality| jpeg(pixels, quality, profile.as_deref());
    let small = upright(resized(&pixels, PICTURE)?, turn);
    let (printed, thumb) = (resized(&small, PRINTED)?, resized(&small, THUMB)?);
    let (picture, printed, thumb) = (encode(&small, 85)?, encode(&printed, 80)?, encode(&thumb, 80)?);
    let (width, height) = small.dimensions();
    let original = original.map_or_else(|| encode(&upright(pixels, turn), 92), Ok)?;
    Ok(Photo {
        original,
        picture,
        printed,
        thumb,
        width,
        height,
    })
}

/// Whether the file has its end: a JPEG's or PNG's closing mark, or as many bytes as a WebP says it has.
fn is_complete(format: Option<ImageFormat>, bytes: &[u8]) -> bool {
    let near_the_end = |mark: &[u8]| bytes.windows(mark.len()).rev().take(1 << 16).any(|found| found == mark);
    match format {
        Some(ImageFormat::Jpeg) => near_the_end(&[0xff, 0xd9]),
        Some(ImageFormat::Png) => near_the_end(b"IEND"),
        Some(ImageFormat::WebP) => {
            let said = bytes
                .get(4..8)
                .and_then(|size| size.try_into().ok())
                .map(u32::from_le_bytes);
            said.is_some_and(|size| bytes.len() as u64 >= u64::from(size) + 8)
        }
        _ => true,
    }
}

fn refusal(error: ImageError, complete: bool) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::PictureTooLarge { most: MOST_PIXELS },
        _ if !complete => Refusal::TruncatedPicture,
        ImageError::IoError(_) => Refusal::TruncatedPicture,
        ImageError::Decoding(_) | ImageError::Encoding(_) | ImageError::Parameter(_) | ImageError::Unsupported(_) => {
            Refusal::NotAPicture
        }
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
    let source = ImageRef::new(pixels.width(), pixels.height(), pixels.as_raw(), PixelType::U8x3)
        .map_err(|_| Refusal::NotAPicture)?;
    let mut target = Image::new(width, height, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new()
        .resize(&source, &mut target, &options)
        .map_err(|_| Refusal::NotAPicture)?;
    RgbImage::from_raw(width, height, target.into_vec()).ok_or(Refusal::NotAPicture)
}

fn upright(pixels: RgbImage, turn: Orientation) -> RgbImage {
    let mut image = DynamicImage::ImageRgb8(pixels);
    image.apply_orientation(turn);
    image.into_rgb8()
}

fn jpeg(pixels: &RgbImage, quality: u8, profile: Option<&[u8]>) -> Result<Vec<u8>, Refusal> {
    let too_large = || Refusal::PictureTooLarge { most: MOST_PIXELS };
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).map_err(|_| Refusal::NotAPicture)?;
    }
    let (width, height) = (u16::try_from(pixels.width()), u16::try_from(pixels.height()));
    let (Ok(width), Ok(height)) = (width, height) else {
        return Err(too_large());
    };
    encoder
        .encode(pixels.as_raw(), width, height, jpeg_encoder::ColorType::Rgb)
        .map_err(|_| too_large())?;
    Ok(bytes)
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
