//! Codes that machines read: a payload becomes a grid of dark and light.

use crate::grounds::{Fact, Message};
use crate::words::Language;
use barcoders::sym::code128::Code128;
use qrcodegen::{DataTooLong, QrCode, QrCodeEcc, QrSegment, Version};

/// A code: rows of modules, `true` for dark. A bar code has one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The modules.
    pub rows: Vec<Vec<bool>>,
    /// What it is, for those who cannot see it.
    pub says: Says,
}

/// What a code is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// A number, that stands under it too.
    Number(String),
    /// What it is for, in the paper's language.
    Purpose(String),
}

/// The largest QR code a payment may be (EPC069-12).
const LARGEST: u8 = 13;

impl Code {
    /// A QR code with medium correction, as payments ask (EPC069-12); `None` when the text is too long for one.
    #[must_use]
    pub fn qr(text: &str, says: Says) -> Option<Self> {
        let segments = [QrSegment::make_bytes(text.as_bytes())];
        let code: Result<QrCode, DataTooLong> = QrCode::encode_segments_advanced(
            &segments,
            QrCodeEcc::Medium,
            Version::MIN,
            Version::new(LARGEST),
            None,
            false,
        );
        let code = code.ok()?;
        let rows = (0..code.size())
            .map(|y| (0..code.size()).map(|x| code.get_module(x, y)).collect())
            .collect();
        Some(Self { rows, says })
    }

    /// A Code 128 bar code; `None` for characters it does not know.
    #[must_use]
    pub fn bars(text: &str) -> Option<Self> {
        // The leading letter chooses the character set B.
        let code = Code128::new(format!("\u{0181}{text}")).ok()?;
        Some(Self {
            rows: vec![code.encode().into_iter().map(|module| module == 1).collect()],
            says: Says::Number(text.to_owned()),
        })
    }

    /// What is read out in its place.
    pub(super) fn described(&self, language: Language) -> String {
        match &self.says {
            Says::Number(number) => {
                language.say(&Message::new("paper-code-of").with("number", Fact::Text(number.clone())))
            }
            Says::Purpose(purpose) => purpose.clone(),
        }
    }

    /// What stands under it.
    pub(super) fn written(&self) -> &str {
        match &self.says {
            Says::Number(number) => number,
            Says::Purpose(_) => "",
        }
    }
}
