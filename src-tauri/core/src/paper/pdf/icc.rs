//! An sRGB profile of our own: ICC 4.2, matrix and parametric curve (IEC 61966-2-1), in 480 bytes.

/// D50 in s15Fixed16.
const D50: [u32; 3] = [0xf6d6, 0x1_0000, 0xd32d];

/// The profile.
pub(super) fn srgb() -> Vec<u8> {
    let element = |signature: &[u8; 4], words: &[u32]| {
        let mut data = signature.to_vec();
        data.extend([0; 4]);
        data.extend(words.iter().flat_map(|word| word.to_be_bytes()));
        data
    };
    // One record of 12 bytes, `enUS`, its text at byte 28.
    let text = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let length = u32::try_from(units.len()).unwrap_or_default();
        let mut data = element(b"mluc", &[1, 12, 0x656e_5553, length, 28]);
        data.extend(units);
        data
    };
    let adaptation = [
        0x10c42,
        0x5de,
        0xffff_f325,
        0x793,
        0xfd90,
        0xffff_fba1,
        0xffff_fda2,
        0x3dc,
        0xc06e,
    ];
    // Gamma 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045.
    let curve = [0x0003_0000, 0x26666, 0xf2a7, 0xd59, 0x13d0, 0xa5b];
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", text("sRGB")),
        (b"cprt", text("CC0")),
        (b"wtpt", element(b"XYZ ", &D50)),
        (b"chad", element(b"sf32", &adaptation)),
        (b"rXYZ", element(b"XYZ ", &[0x6fa0, 0x38f5, 0x390])),
        (b"gXYZ", element(b"XYZ ", &[0x6297, 0xb787, 0x18d9])),
        (b"bXYZ", element(b"XYZ ", &[0x249f, 0xf84, 0xb6c3])),
        (b"rTRC", element(b"para", &curve)),
        // An empty one shares the data before it.
        (b"gTRC", Vec::new()),
        (b"bTRC", Vec::new()),
    ];
    let word = |number: usize| u32::try_from(number).unwrap_or_default().to_be_bytes();
    let start = 132 + 12 * tags.len();
    let mut directory = word(tags.len()).to_vec();
    let mut body: Vec<u8> = Vec::new();
    let (mut offset, mut length) = (0, 0);
    for (signature, data) in &tags {
        if !data.is_empty() {
            (offset, length) = (start + body.len(), data.len());
            body.extend(data);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        directory.extend(*signature);
        directory.extend(word(offset));
        directory.extend(word(length));
    }
    let mut header = [0; 128];
    header[0..4].copy_from_slice(&word(128 + directory.len() + body.len()));
    header[8..10].copy_from_slice(&[4, 0x20]);
    header[12..24].copy_from_slice(b"mntrRGB XYZ ");
    header[24..30].copy_from_slice(&[0x07, 0xea, 0, 1, 0, 1]);
    header[36..40].copy_from_slice(b"acsp");
    for (at, value) in D50.iter().enumerate() {
        header[68 + 4 * at..72 + 4 * at].copy_from_slice(&value.to_be_bytes());
    }
    [header.to_vec(), directory, body].concat()
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    #[test]
    fn the_profile_is_the_one_a_colour_engine_found_equal_to_its_own_srgb() {
        let profile = super::srgb();
        assert_eq!(profile.len(), 480);
        assert_eq!(
            format!("{:x}", Sha256::digest(profile)),
            "1b34be2d575da0766faaec068fa195902f47adf2eae4496017e5728bbad32761"
        );
    }
}
