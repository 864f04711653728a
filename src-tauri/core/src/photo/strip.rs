//! The original as it came in, its pixels untouched, less everything that tells where, when or by whom it was taken.
//!
//! Only what a viewer needs to show the same picture stays: the coded pixels, the colour profile, and, in a JPEG, which
//! side is up. Whatever stands after the picture's end goes too.

/// The JPEG, PNG or WebP without its metadata; `None` where its parts cannot be told apart.
pub(super) fn stripped(bytes: &[u8], orientation: u8) -> Option<Vec<u8>> {
    match bytes {
        [0xff, 0xd8, ..] => jpeg(bytes, orientation),
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [b'R', b'I', b'F', b'F', ..] => webp(bytes),
        _ => None,
    }
}

fn jpeg(bytes: &[u8], orientation: u8) -> Option<Vec<u8>> {
    let mut out = vec![0xff, 0xd8];
    if orientation > 1 {
        // One entry of a big-endian TIFF: tag 0x0112, which side is up.
        out.extend([0xff, 0xe1, 0, 34]);
        out.extend(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
        out.extend([orientation, 0, 0, 0, 0, 0, 0]);
    }
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1).filter(|_| bytes.get(at) == Some(&0xff))?;
        if marker == 0xff {
            at += 1;
            continue;
        }
        if marker == 0xd9 {
            out.extend([0xff, 0xd9]);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let segment = bytes.get(at..at + 2 + length)?;
        let is_profile = marker == 0xe2 && segment.get(4..16) == Some(b"ICC_PROFILE\0");
        // Adobe's segment says how colours are coded, and nothing else.
        let is_colour = marker == 0xee && segment.get(4..9) == Some(b"Adobe");
        let is_metadata = matches!(marker, 0xe1..=0xef | 0xfe) && !is_profile && !is_colour;
        if !is_metadata {
            out.extend(segment);
        }
        at += 2 + length;
        if marker == 0xda {
            // Coded pixels, until a marker that is neither a stuffed zero nor a restart.
            let end = at
                + bytes
                    .get(at..)?
                    .windows(2)
                    .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))?;
            out.extend(&bytes[at..end]);
            at = end;
        }
    }
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let chunk = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        let name = &chunk[4..8];
        // A capital first letter: needed to show the picture.
        if name[0].is_ascii_uppercase() || matches!(name, b"tRNS" | b"iCCP" | b"sRGB" | b"gAMA" | b"cHRM" | b"pHYs") {
            out.extend(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        at += length + 12;
    }
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let said = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let body = bytes.get(12..said.checked_add(8)?)?;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut at = 0;
    while at < body.len() {
        let length = usize::try_from(u32::from_le_bytes(body.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let padded = length.checked_add(length % 2)?.checked_add(8)?;
        let chunk = body.get(at..at.checked_add(padded)?)?;
        match &chunk[..4] {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                // Its flags no longer announce metadata.
                out.extend(&chunk[..8]);
                out.push(chunk.get(8)? & !0b0000_1100);
                out.extend(&chunk[9..]);
            }
            _ => out.extend(chunk),
        }
        at += padded;
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Some(out)
}
