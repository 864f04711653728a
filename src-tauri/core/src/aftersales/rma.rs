//! RMA numbers: the year, the number in it, and a check character that catches a slip of the pen.
//!
//! The check character is that of ISO 7064, MOD 37,36: every single wrong character and every two neighbours that changed
//! places are found.

use crate::refusal::Refusal;
use std::fmt;

/// Digits, then letters: a character's place is its value.
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// A number that goes on the box of goods that come back, `RMA2026-0001-K`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rma {
    year: i32,
    number: i64,
}

impl Rma {
    /// The `number`th of a year.
    #[must_use]
    pub const fn of(year: i32, number: i64) -> Self {
        Self { year, number }
    }

    /// What was typed or scanned: case, spaces and dashes do not matter.
    ///
    /// # Errors
    /// [`Refusal::BadRma`] for anything that is none, or whose check character does not fit.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let bad = || Refusal::BadRma {
            typed: text.trim().to_owned(),
        };
        let bare: String = text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let digits = bare.strip_prefix("RMA").unwrap_or(&bare);
        if !digits.is_ascii() || digits.len() < 9 {
            return Err(bad());
        }
        let (body, check) = digits.split_at(digits.len() - 1);
        let (year, number) = body.split_at(4);
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(year) || !all_digits(number) {
            return Err(bad());
        }
        let rma = Self {
            year: year.parse().map_err(|_| bad())?,
            number: number.parse().map_err(|_| bad())?,
        };
        if rma.number > 0 && rma.check() == check {
            Ok(rma)
        } else {
            Err(bad())
        }
    }

    fn body(&self) -> String {
        format!("RMA{:04}{:04}", self.year, self.number)
    }

    fn check(&self) -> String {
        let mut product = 36;
        for byte in self.body().bytes() {
            let value = ALPHABET.iter().position(|&known| known == byte).unwrap_or(0);
            let sum = (product + value) % 36;
            product = (if sum == 0 { 36 } else { sum }) * 2 % 37;
        }
        char::from(ALPHABET[(37 - product) % 36]).to_string()
    }
}

impl fmt::Display for Rma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RMA{:04}-{:04}-{}", self.year, self.number, self.check())
    }
}
