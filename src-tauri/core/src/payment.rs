//! Identifiers of Belgian payments: the structured reference (OGM), the IBAN, and the enterprise number.

use crate::money::Money;
use crate::refusal::Refusal;
use crate::vocabulary::vocabulary;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A structured reference, `+++123/4567/89002+++`: ten digits and their remainder by 97, 97 standing for 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ogm(u64);

impl Ogm {
    /// The reference of a base of at most ten digits, above zero.
    #[must_use]
    pub fn of(base: u64) -> Option<Self> {
        (1..=9_999_999_999).contains(&base).then_some(Self(base))
    }

    /// Reads a reference however it is dressed; `None` when its check digits do not fit.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let dressed = text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '/' | '.' | ' '));
        let (base, check) = (digits.get(..10)?.parse().ok()?, digits.get(10..)?);
        let ogm = Self::of(base)?;
        (dressed && check.len() == 2 && check == format!("{:02}", ogm.check())).then_some(ogm)
    }

    const fn check(self) -> u64 {
        check_of(self.0)
    }

    /// The twelve digits alone.
    #[must_use]
    pub fn digits(self) -> String {
        format!("{:010}{:02}", self.0, self.check())
    }
}

impl fmt::Display for Ogm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        write!(f, "+++{}/{}/{}+++", &digits[..3], &digits[3..7], &digits[7..])
    }
}

/// The two check digits of Belgian payments: the remainder by 97, 97 standing for 0.
const fn check_of(base: u64) -> u64 {
    match base % 97 {
        0 => 97,
        remainder => remainder,
    }
}

/// An account number whose length, structure and check digits fit its country; a Belgian one's own check too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Iban(String);

impl Iban {
    /// Reads an IBAN however it is spaced.
    ///
    /// # Errors
    /// [`Refusal::BadIban`] when a digit is wrong or missing.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let refused = || Refusal::BadIban { typed: text.to_owned() };
        let compact: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_ascii_uppercase();
        let iban: iban::Iban = compact.parse().map_err(|_| refused())?;
        if let Some(account) = compact.strip_prefix("BE") {
            let base: u64 = account[2..12].parse().map_err(|_| refused())?;
            if account[12..] != format!("{:02}", check_of(base)) {
                return Err(refused());
            }
        }
        Ok(Self(iban.to_string()))
    }

    /// The number without spaces.
    #[must_use]
    pub fn compact(&self) -> String {
        self.0.replace(' ', "")
    }
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Iban> for String {
    fn from(iban: Iban) -> Self {
        iban.0
    }
}

impl TryFrom<String> for Iban {
    type Error = Refusal;
    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::parse(&text)
    }
}

vocabulary! {
    /// In which line of a payment's QR code the structured reference stands: not every bank's app reads the same one.
    #[derive(Default, ts_rs::TS)]
    pub enum CodeLine in "code-line" {
        /// Line 10, for a structured reference: its twelve digits.
        #[default]
        Structured = "structured",
        /// Line 11, for free text: dressed as clients write it.
        Free = "free",
    }
}

/// What a bank's app reads from a payment's QR code (EPC069-12, version 002). Of lines 10 and 11 one is empty.
#[must_use]
pub fn epc(payee: &str, iban: &Iban, bic: &str, amount: Money, reference: Ogm, line: CodeLine) -> String {
    let payee: String = payee.chars().take(70).collect();
    let (structured, free) = match line {
        CodeLine::Structured => (reference.digits(), String::new()),
        CodeLine::Free => (String::new(), reference.to_string()),
    };
    let euro = crate::number::fixed(amount.euro(), 2);
    [
        "BCD",
        "002",
        "1",
        "SCT",
        bic,
        &payee,
        &iban.compact(),
        &format!("EUR{euro}"),
        "",
        &structured,
        &free,
    ]
    .join("\n")
    .trim_end()
    .to_owned()
}

/// Reads a Belgian enterprise number, with or without `BE`, dots and its first zero, and writes it `0786.549.343`.
///
/// # Errors
/// [`Refusal::BadEnterpriseNumber`] when it has not ten digits, or the last two are not 97 less the remainder.
pub fn enterprise_number(text: &str) -> Result<String, Refusal> {
    let refused = || Refusal::BadEnterpriseNumber { typed: text.to_owned() };
    let trimmed = text.trim();
    let bare = match trimmed.get(..2) {
        Some(country) if country.eq_ignore_ascii_case("BE") => &trimmed[2..],
        Some(_) | None => trimmed,
    };
    if !bare
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/') || c.is_whitespace())
    {
        return Err(refused());
    }
    let mut digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    // Nine digits are a number of before 2005, or one that a spreadsheet took the zero from.
    if digits.len() == 9 {
        digits.insert(0, '0');
    }
    if digits.len() != 10 || digits.starts_with("00000000") || !digits.starts_with(['0', '1']) {
        return Err(refused());
    }
    let number = |range: std::ops::Range<usize>| digits[range].parse::<u32>().unwrap_or_default();
    if 97 - number(0..8) % 97 != number(8..10) {
        return Err(refused());
    }
    Ok(format!("{}.{}.{}", &digits[..4], &digits[4..7], &digits[7..]))
}
