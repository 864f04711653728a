//! The original as it came in, its pixels untouched, less everything that tells where, when or by whom it was taken.
//!
//! Only what a viewer needs to show the same picture stays: the coded pixels, the colour profile, and which side is up. Whatever stands after the picture's end goes too.

/// Why a file's parts cannot be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// It ends in the middle of one.
    Cut,
    /// Something else stands where one should begin.
    Unclear,
}

/// The JPEG, PNG or WebP without its metadata, but with which side is up (an orientation of Exif; up to 1 there is none to say),
/// and with nothing behind its end.
pub(super) fn stripped(bytes: &[u8], orientation: u8) -> Result<Vec<u8>, Broken> {
    match bytes {
        [0xff, 0xd8, ..] => jpeg(bytes, orientation).map(|parts| parts.bytes),
        [0x89, b'P', b'N', b'G', ..] => png(bytes, orientation).ok_or(Broken::Unclear),
        [b'R', b'I', b'F', b'F', ..] => webp(bytes, orientation).ok_or(Broken::Unclear),
        _ => Err(Broken::Unclear),
    }
}

/// The Exif of a PNG or WebP, wherever in the file it stands, beginning with its TIFF head.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let found = match bytes {
        [0x89, b'P', b'N', b'G', ..] => chunks_of_png(bytes)
            .find(|chunk| chunk.get(4..8) == Some(b"eXIf"))
            .and_then(|chunk| chunk.get(8..chunk.len() - 4)),
        [b'R', b'I', b'F', b'F', ..] => chunks_of_webp(bytes)
            .find(|chunk| chunk.starts_with(b"EXIF"))
            .and_then(|chunk| chunk.get(8..)),
        _ => None,
    }?;
    // Some write it as it stands in a JPEG.
    Some(found.strip_prefix(b"Exif\0\0").unwrap_or(found))
}

/// The Exif that says which side is up and nothing else: one entry of a big-endian TIFF, tag 0x0112.
fn which_side_is_up(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
    tiff
}

/// A JPEG of which only the parts that show it are left.
#[derive(Debug)]
pub(super) struct Jpeg {
    /// The file, with its end mark.
    pub(super) bytes: Vec<u8>,
    /// Whether it came with its end mark.
    pub(super) ended: bool,
    /// Whether ones behind its coded pixels are no code, so that a decoder that needs more than there is fails there: coded in one scan
    /// from top to bottom (ITU-T T.81, baseline and extended sequential), at the very end, with tables that leave that code free as C.2
    /// has it; and not in colours that readers see differently.
    pub(super) tells_its_end: bool,
}

impl Jpeg {
    /// The file up to the end of its coded pixels.
    pub(super) fn coded(&self) -> &[u8] {
        &self.bytes[..self.bytes.len() - 2]
    }
}

/// Whether no code of some Huffman tables is made of ones alone: then the codes of each do not fill all there is room for.
fn tables_leave_ones_free(mut tables: &[u8]) -> bool {
    while let Some((counts, rest)) = tables.get(1..17).zip(tables.get(17..)) {
        let taken: u64 = counts
            .iter()
            .zip(1_u32..)
            .map(|(&count, bits)| u64::from(count) << (16 - bits))
            .sum();
        if taken >= 1 << 16 {
            return false;
        }
        tables = rest
            .get(counts.iter().map(|&count| usize::from(count)).sum()..)
            .unwrap_or_default();
    }
    true
}

/// So many equal bytes at the end of a file that has no end mark are padding.
const PADDING: usize = 16;

/// The parts of a JPEG that show it.
pub(super) fn jpeg(bytes: &[u8], orientation: u8) -> Result<Jpeg, Broken> {
    let mut out = vec![0xff, 0xd8];
    if orientation > 1 {
        out.extend([0xff, 0xe1, 0, 34]);
        out.extend(b"Exif\0\0");
        out.extend(which_side_is_up(orientation));
    }
    let mut at = 2;
    let mut scans = 0;
    let mut tells_its_end = true;
    let mut end_of_scan = 0;
    let ended = loop {
        let (&mark, &marker) = bytes.get(at).zip(bytes.get(at + 1)).ok_or(Broken::Cut)?;
        match (mark, marker) {
            (0xff, 0xff) => {
                at += 1;
                continue;
            }
            (0xff, 0xd9) => break true,
            (0xff, _) => {}
            // Behind coded pixels anything else means that their end is missing, and something hangs on in its place.
            _ => return Err(if scans > 0 { Broken::Cut } else { Broken::Unclear }),
        }
        let length = bytes.get(at + 2..at + 4).ok_or(Broken::Cut)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let segment = bytes.get(at..at + 2 + length).ok_or(Broken::Cut)?;
        let is_profile = marker == 0xe2 && segment.get(4..16) == Some(b"ICC_PROFILE\0");
        // Adobe's segment says how colours are coded, and nothing else.
        let is_colour = marker == 0xee && segment.get(4..9) == Some(b"Adobe");
        let is_metadata = matches!(marker, 0xe1..=0xef | 0xfe) && !is_profile && !is_colour;
        if !is_metadata {
            out.extend(segment);
        }
        at += 2 + length;
        tells_its_end &= match marker {
            // Of the ways to code a picture these two.
            0xc0 | 0xc1 => true,
            0xc4 => tables_leave_ones_free(segment.get(4..).unwrap_or_default()),
            0xc2..=0xcf => false,
            // Red, green and blue as they are: readers do not agree on it.
            0xee => !is_colour || segment.get(15) != Some(&0),
            _ => true,
        };
        if marker == 0xda {
            scans += 1;
            // Coded pixels, until a marker that is neither a stuffed zero nor a restart.
            let coded = bytes.get(at..).ok_or(Broken::Cut)?;
            let end = memchr::memchr_iter(0xff, coded).find(|at| {
                let next = coded.get(at + 1);
                next.is_some_and(|next| !matches!(next, 0x00 | 0xd0..=0xd7 | 0xff))
            });
            let Some(end) = end else {
                // The file ends here, without its mark: whether all pixels are there, decoding them shows.
                let padded = |pad: u8| coded.iter().rev().take_while(|byte| **byte == pad).count();
                let padding = padded(0).max(padded(0xff));
                // A lone 0xff would begin a mark.
                let left = coded.len() - if padding >= PADDING { padding } else { padded(0xff) };
                out.extend(&coded[..left]);
                end_of_scan = out.len();
                break false;
            };
            out.extend(&coded[..end]);
            at += end;
            end_of_scan = out.len();
        }
    };
    let tells_its_end = tells_its_end && scans == 1 && out.len() == end_of_scan;
    out.extend([0xff, 0xd9]);
    Ok(Jpeg {
        bytes: out,
        ended,
        tells_its_end,
    })
}

/// The chunks of a PNG that are whole, each with its length, name and checksum.
fn chunks_of_png(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 8;
    std::iter::from_fn(move || {
        let length = usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        at += chunk.len();
        Some(chunk)
    })
}

fn png(bytes: &[u8], orientation: u8) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    for chunk in chunks_of_png(bytes) {
        let name = &chunk[4..8];
        // A capital first letter: needed to show the picture.
        let is_needed = name[0].is_ascii_uppercase();
        if is_needed
            || matches!(
                name,
                b"tRNS" | b"iCCP" | b"cICP" | b"sRGB" | b"gAMA" | b"cHRM" | b"pHYs"
            )
        {
            out.extend(chunk);
        }
        if name == b"IHDR" && orientation > 1 {
            let exif = which_side_is_up(orientation);
            let named = [&b"eXIf"[..], &exif].concat();
            let mut check = flate2::Crc::new();
            check.update(&named);
            out.extend(u32::try_from(exif.len()).ok()?.to_be_bytes());
            out.extend(named);
            out.extend(check.sum().to_be_bytes());
        }
        if name == b"IEND" {
            return Some(out);
        }
    }
    None
}

/// The chunks of a WebP that are whole, each with its name, length and padding.
fn chunks_of_webp(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 12;
    std::iter::from_fn(move || {
        let length = usize::try_from(u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(8)?)?;
        at += chunk.len() + length % 2;
        Some(chunk)
    })
}

fn webp(bytes: &[u8], orientation: u8) -> Option<Vec<u8>> {
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut add = |chunk: &[u8]| {
        out.extend(chunk);
        out.extend(&[0][..chunk.len() % 2]);
    };
    let said = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let whole = bytes.get(..said.checked_add(8)?).unwrap_or(bytes);
    for chunk in chunks_of_webp(whole) {
        match &chunk[..4] {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                // Its flags announce of metadata only which side is up.
                let mut announced = chunk.to_vec();
                *announced.get_mut(8)? &= !0b0000_1100;
                *announced.get_mut(8)? |= if orientation > 1 { 0b0000_1000 } else { 0 };
                add(&announced);
            }
            _ => add(chunk),
        }
    }
    if orientation > 1 {
        let exif = which_side_is_up(orientation);
        add(&[&b"EXIF"[..], &u32::try_from(exif.len()).ok()?.to_le_bytes(), &exif].concat());
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Some(out)
}
