//! Photos as people send them: the files of `fixtures/photos`, each made after a public bug report.

use atelier_core::photo::{Photo, read};
use atelier_core::refusal::Refusal;
use image::RgbImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::path::Path;

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/photos");
    std::fs::read(folder.join(name)).unwrap_or_else(|_| panic!("no file {name}"))
}

fn taken(name: &str) -> Photo {
    read(&file(name)).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
}

fn pixels(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory(jpeg).expect("a picture").into_rgb8()
}

/// How far a colour is from another, channel by channel.
fn far(one: [u8; 3], other: [u8; 3]) -> u8 {
    one.into_iter()
        .zip(other)
        .map(|(one, other)| one.abs_diff(other))
        .max()
        .unwrap_or(0)
}

/// The colours of a picture in sixteen places, none of them on a half or a third, where colours meet.
fn looks(picture: &RgbImage) -> Vec<[u8; 3]> {
    let (width, height) = picture.dimensions();
    let places = [1, 3, 5, 7];
    let all = places
        .iter()
        .flat_map(|row| places.iter().map(move |column| (column, row)));
    all.map(|(column, row)| picture.get_pixel(width * column / 8, height * row / 8).0)
        .collect()
}

fn looks_alike(one: &RgbImage, other: &RgbImage, name: &str) {
    assert_eq!(one.dimensions(), other.dimensions(), "{name}");
    for (at, (one, other)) in looks(one).into_iter().zip(looks(other)).enumerate() {
        assert!(
            far(one, other) <= 16,
            "{name}, place {at}: {one:?} instead of {other:?}"
        );
    }
}

#[test]
fn every_orientation_is_turned_upright_in_every_size() {
    let coded = pixels(&file("q02-orient1.jpg"));
    let (wide, high) = coded.dimensions();
    for turn in 1..=8_u8 {
        let name = format!("q02-orient{turn}.jpg");
        // Where a pixel of the upright picture stands in the file (Exif 2.32, 4.6.4 A, Orientation).
        let from = |x: u32, y: u32| match turn {
            2 => (wide - 1 - x, y),
            3 => (wide - 1 - x, high - 1 - y),
            4 => (x, high - 1 - y),
            5 => (y, x),
            6 => (y, high - 1 - x),
            7 => (wide - 1 - y, high - 1 - x),
            8 => (wide - 1 - y, x),
            _ => (x, y),
        };
        let (width, height) = if turn >= 5 { (high, wide) } else { (wide, high) };
        let wanted = RgbImage::from_fn(width, height, |x, y| {
            let (x, y) = from(x, y);
            *coded.get_pixel(x, y)
        });
        let photo = taken(&name);
        looks_alike(&pixels(&photo.picture), &wanted, &name);
        let places = looks(&wanted);
        for size in [&photo.printed, &photo.thumb] {
            for (found, wanted) in looks(&pixels(size)).into_iter().zip(&places) {
                assert!(far(found, *wanted) <= 24, "{name}: {found:?} instead of {wanted:?}");
            }
        }
    }
}

/// An original knows which side is up, and reads again as it did.
fn keeps_its_side(bytes: &[u8], wanted: &Photo, name: &str) {
    let photo = read(bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    looks_alike(&pixels(&photo.picture), &pixels(&wanted.picture), name);
    let again = read(&photo.original).unwrap_or_else(|refusal| panic!("the original of {name}: {refusal:?}"));
    looks_alike(
        &pixels(&again.picture),
        &pixels(&wanted.picture),
        &format!("the original of {name}"),
    );
    assert_eq!(
        again.original, photo.original,
        "{name}: stripping twice is stripping once"
    );
    assert!(
        !photo.original.windows(3).any(|part| part == b"GPS"),
        "{name} says where it was taken"
    );
}

/// The Exif of a camera on its side, with the place.
fn exif(turn: u8) -> Vec<u8> {
    [
        &b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..],
        &[turn, 0, 0, 0, 0, 0, 0],
        b"GPS 51.2194",
    ]
    .concat()
}

#[rstest::rstest]
fn png_and_webp_are_turned_upright_too_and_their_originals_say_how(
    #[values(3, 6, 8)] turn: u8,
    #[values("", "Exif\0\0")] head: &str,
) {
    use image::{DynamicImage, ImageFormat, metadata::Orientation};
    use std::io::Cursor;
    let upright = RgbImage::from_fn(90, 60, |x, y| {
        image::Rgb([u8::try_from(x * 2).unwrap_or(0), u8::try_from(y * 4).unwrap_or(0), 90])
    });
    // As the camera on its side coded it.
    let mut coded = DynamicImage::ImageRgb8(upright.clone());
    let back = match Orientation::from_exif(turn).expect("a turn") {
        Orientation::Rotate90 => Orientation::Rotate270,
        Orientation::Rotate270 => Orientation::Rotate90,
        other => other,
    };
    coded.apply_orientation(back);
    let written = |picture: &DynamicImage, format| {
        let mut bytes = Vec::new();
        picture
            .write_to(&mut Cursor::new(&mut bytes), format)
            .expect("a picture");
        bytes
    };
    let wanted = read(&written(&DynamicImage::ImageRgb8(upright), ImageFormat::Png)).expect("a photo");
    let exif = [head.as_bytes(), &exif(turn)].concat();
    let length = u32::try_from(exif.len()).expect("short");

    let png = written(&coded, ImageFormat::Png);
    let mut check = flate2::Crc::new();
    let named = [&b"eXIf"[..], &exif].concat();
    check.update(&named);
    let chunk = [&length.to_be_bytes()[..], &named, &check.sum().to_be_bytes()].concat();
    keeps_its_side(&[&png[..33], &chunk, &png[33..]].concat(), &wanted, "a PNG");
    // Behind the pixels, as some programs write it.
    let end = png.len() - 12;
    keeps_its_side(
        &[&png[..end], &chunk, &png[end..]].concat(),
        &wanted,
        "a PNG that says it late",
    );

    let webp = written(&coded, ImageFormat::WebP);
    let (width, height) = (coded.width() - 1, coded.height() - 1);
    let [w0, w1, w2, _] = width.to_le_bytes();
    let [h0, h1, h2, _] = height.to_le_bytes();
    let head = [
        &b"VP8X"[..],
        &10_u32.to_le_bytes(),
        &[0b1000, 0, 0, 0, w0, w1, w2, h0, h1, h2],
    ]
    .concat();
    let padding = &[0][..exif.len() % 2];
    let tail = [&b"EXIF"[..], &length.to_le_bytes(), &exif, padding].concat();
    let mut tagged = [&webp[..12], &head, &webp[12..], &tail].concat();
    let size = u32::try_from(tagged.len() - 8).expect("small").to_le_bytes();
    tagged[4..8].copy_from_slice(&size);
    keeps_its_side(&tagged, &wanted, "a WebP");
}

#[rstest::rstest]
#[case::cmyk_of_adobe("q05-cmyk-adobe.jpg")]
#[case::cmyk_without_a_mark("q06-cmyk-no-marker.jpg")]
#[case::grey("q15-gray.jpg")]
#[case::progressive("q16-progressive.jpg")]
#[case::two_pictures_in_one("q36-mpo.jpg")]
#[case::sixteen_bits_with_alpha("q07-png16-rgba.png")]
#[case::sixteen_bits_grey("q08-png16-gray.png")]
#[case::sixteen_bits_grey_with_alpha("q09-png16-graya.png")]
#[case::palette("q10-palette-trns.png")]
#[case::one_bit("q11-1bit.png")]
#[case::a_film_behind("q21-motion-short.jpg")]
#[case::padded_with_ff("q24-ff-padding.jpg")]
#[case::padded_with_zeros("q25-zeros-padding.jpg")]
#[case::whole_with_a_thumbnail("q30-thumb-whole.jpg")]
#[case::by_what_it_is("q48-jpeg-named-png.png")]
fn is_taken_whole(#[case] name: &str) {
    let photo = taken(name);
    let again = read(&photo.original).expect("the original");
    looks_alike(&pixels(&again.picture), &pixels(&photo.picture), name);
}

#[rstest::rstest]
#[case("q12-p3.jpg")]
#[case("q13-p3.png")]
#[case("q14-p3.webp")]
fn colours_of_a_phone_are_what_they_were_seen_as(#[case] name: &str) {
    let photo = taken(name);
    for size in [&photo.picture, &photo.printed, &photo.thumb] {
        let picture = pixels(size);
        let (width, height) = picture.dimensions();
        let found = picture.get_pixel(width / 2, height / 2).0;
        assert!(far(found, [255, 0, 0]) <= 3, "{name}: {found:?}");
    }
}

#[rstest::rstest]
#[case("q31-thumb-cut50.jpg")]
#[case("q32-cut50-no-thumb.jpg")]
fn that_breaks_off_is_refused(#[case] name: &str) {
    assert_eq!(read(&file(name)), Err(Refusal::TruncatedPicture));
}

#[rstest::rstest]
#[case("q40-png-30000.png")]
#[case("q42-tall.png")]
#[case("q43.gif")]
#[case("q46.avif")]
#[case("q47-heic-brand-heis.bin")]
#[case("q49-empty.jpg")]
fn that_is_none_of_ours_says_what_to_do(#[case] name: &str) {
    let refusal = read(&file(name)).expect_err(name);
    let said = atelier_core::words::Language::En.refusal(&refusal);
    assert!(said.contains(':'), "{name}: {said}");
    let heic = ["q46.avif", "q47-heic-brand-heis.bin"].contains(&name);
    assert_eq!(matches!(refusal, Refusal::HeicUnreadable), heic, "{name}: {refusal:?}");
}

/// Wherever a JPEG is cut, and whatever is put behind the cut, it is not taken for whole; and whole it is, whatever hangs behind.
#[rstest::rstest]
fn a_cut_is_seen_by_its_pixels_whatever_stands_behind(
    #[values(
        "q01-base.jpg",
        "q15-gray.jpg",
        "q16-progressive.jpg",
        "q05-cmyk-adobe.jpg",
        "q30-thumb-whole.jpg"
    )]
    name: &str,
) {
    let whole = file(name);
    let wanted = taken(name);
    let end = whole.len() - 2;
    assert_eq!(whole[end..], [0xff, 0xd9], "{name}");
    // Behind a whole picture it may be anything, also a film; behind a cut one it is not taken for the rest.
    let behind: [Vec<u8>; 6] = [
        Vec::new(),
        vec![0xff, 0xd9],
        vec![0; 100_000],
        vec![0xff; 100_000],
        b"\0\0\0\x18ftypmp42 a film".repeat(4000),
        (0..=255).rev().cycle().take(100_000).collect(),
    ];
    for tail in &behind {
        let taken = read(&[&whole[..], tail].concat()).expect(name);
        assert_eq!(taken.picture, wanted.picture, "{name} with {} bytes behind", tail.len());
        for part in [40, 60, 80, 95, 99] {
            let cut = [&whole[..end * part / 100], tail].concat();
            let found = read(&cut);
            assert!(
                found.is_err(),
                "{name} cut at {part} % with {} bytes behind is taken for whole",
                tail.len()
            );
        }
    }
    // Without its end mark alone it is all there.
    assert_eq!(read(&whole[..end]).expect(name).picture, wanted.picture);
}

/// A JPEG of noise, as some camera codes it: from top to bottom. One that grows sharper scan by scan may end after any of them.
fn coded(width: u16, height: u16, sampling: SamplingFactor, restarts: u16) -> Vec<u8> {
    let mut noise = 0x2545_f491_u32;
    let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height) * 3)
        .map(|at| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            u8::try_from(at / 40 % 200).expect("a shade") + u8::try_from(noise >> 27).expect("a grain")
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 88);
    encoder.set_sampling_factor(sampling);
    if restarts > 0 {
        encoder.set_restart_interval(restarts);
    }
    encoder
        .encode(&pixels, width, height, ColorType::Rgb)
        .expect("a picture");
    bytes
}

/// However a JPEG is coded and however little of it is missing: it is seen, or nothing that shows is missing.
#[rstest::rstest]
fn a_cut_of_any_length_is_seen_or_changes_nothing(
    #[values((1, 1), (8, 8), (9, 17), (63, 40), (257, 100))] (width, height): (u16, u16),
    #[values(SamplingFactor::F_1_1, SamplingFactor::F_2_1, SamplingFactor::F_2_2)] sampling: SamplingFactor,
    #[values(0, 5)] restarts: u16,
) {
    let whole = coded(width, height, sampling, restarts);
    let picture = read(&whole).expect("a whole one").picture;
    for missing in (1..12).chain([16, 24, 40, 64, 65, 100, 200, 400, 1000]) {
        let Some(cut) = whole.get(..whole.len().saturating_sub(2 + missing)) else {
            continue;
        };
        for end in [&[][..], &[0xff, 0xd9]] {
            if let Ok(found) = read(&[cut, end].concat()) {
                assert_eq!(found.picture, picture, "{missing} bytes are missing before {end:?}");
            }
        }
    }
}

/// A photo that is decoded smaller than it is has the same colours in the same places, and is seen to be cut as well.
#[rstest::rstest]
fn a_large_photo_is_shrunk_to_the_same_picture(
    #[values((2401, 1801), (4000, 3000), (1500, 4500))] (width, height): (u16, u16),
    #[values(0, 7)] restarts: u16,
) {
    let shade = |x: u32, y: u32| [(x / 9 % 200) as u8, (y / 7 % 200) as u8, 90];
    let pixels = RgbImage::from_fn(width.into(), height.into(), |x, y| image::Rgb(shade(x, y)));
    let mut whole = Vec::new();
    let mut encoder = Encoder::new(&mut whole, 95);
    if restarts > 0 {
        encoder.set_restart_interval(restarts);
    }
    encoder
        .encode(&pixels, width, height, ColorType::Rgb)
        .expect("a picture");
    let taken = read(&whole).expect("a photo");
    let picture = self::pixels(&taken.picture);
    assert_eq!(taken.width.max(taken.height), 1600);
    for (across, down) in [(0.1, 0.2), (0.5, 0.5), (0.83, 0.35), (0.97, 0.95)] {
        let at = |side: u32, part: f64| (f64::from(side) * part) as u32;
        let found = picture
            .get_pixel(at(picture.width(), across), at(picture.height(), down))
            .0;
        let wanted = shade(at(width.into(), across), at(height.into(), down));
        // Where the shades begin anew they meet, and a step is no fault.
        assert!(far(found, wanted) < 12, "{found:?} instead of {wanted:?}");
    }
    for part in [30, 75, 99] {
        assert_eq!(
            read(&whole[..whole.len() * part / 100]),
            Err(Refusal::TruncatedPicture),
            "{part} %"
        );
    }
}

#[rstest::rstest]
#[case("q13-p3.png")]
#[case("q08-png16-gray.png")]
#[case("q14-p3.webp")]
fn a_cut_png_or_webp_is_seen_too(#[case] name: &str) {
    let whole = file(name);
    for part in [40, 60, 80, 90] {
        let cut = &whole[..whole.len() * part / 100];
        assert!(read(cut).is_err(), "{name} cut at {part} % is taken for whole");
    }
}
