//! Bank statements as banks write them: what came in, from whom, with which reference. Nothing here knows who owes what.
//!
//! Three forms are read: CODA 2 (`coda`), CAMT.053 (`camt`) and tables with a head (`table`). What is not read is said with its line and why, and
//! is never guessed.

mod camt;
mod coda;
mod table;

use crate::grounds::{Fact, Message};
use crate::money::Money;
use crate::payment::{Iban, Ogm};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The most lines of a statement that are looked at.
const MOST_LINES: usize = 200_000;

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The day the bank entered it: the day the money is there.
    pub entered: NaiveDate,
    /// How much, above zero.
    pub amount: Money,
    /// Who paid, as the bank names them.
    pub from: String,
    /// What they wrote, or the structured reference.
    pub message: String,
    /// The one structured reference that stands in it.
    pub reference: Option<Ogm>,
    /// Where it stands, which is what tells it from every other payment: the form, then account, statement, movement and detail.
    /// A table that numbers nothing is told by what its row says, and by which of equal rows it is. Two equal payments of a
    /// day are two, and the same one in another download is that one again.
    pub place: String,
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// What came in, in the order of the file.
    pub payments: Vec<Payment>,
    /// What was left out or does not add up, each a sentence of the words: `statement-…`.
    pub notes: Vec<Message>,
}

impl Statement {
    fn note(&mut self, key: &'static str, facts: Vec<(&'static str, Fact)>) {
        self.notes.push(Message { key: key.into(), facts });
    }

    /// A sentence on a line, counted from 1.
    fn at_line(&mut self, key: &'static str, line: usize, mut facts: Vec<(&'static str, Fact)>) {
        facts.push(("line", Fact::Number(Decimal::from(line))));
        self.note(key, facts);
    }

    /// A line whose day or amount cannot be read, with what stands there.
    fn unread(&mut self, key: &'static str, line: usize, text: &str) {
        self.at_line(key, line, vec![("text", Fact::Text(text.trim().to_owned()))]);
    }

    /// Whether what comes in on an account is the house's, in euro; where not, it is said once and not offered.
    fn offers(&mut self, account: &str, currency: &str, own: Option<&Iban>) -> bool {
        if !["EUR", "", "€"].contains(&currency) {
            self.other("statement-other-currency", account, currency);
        } else if !is_own(account, own) {
            self.other("statement-other-account", account, currency);
        } else {
            return true;
        }
        false
    }

    fn other(&mut self, key: &'static str, account: &str, currency: &str) {
        let facts = vec![
            ("account", Fact::Text(account.to_owned())),
            ("currency", Fact::Text(currency.to_owned())),
        ];
        let message = Message { key: key.into(), facts };
        if !self.notes.contains(&message) {
            self.notes.push(message);
        }
    }
}

/// Reads a file for the house whose account is `own`; every account is the house's where it has none.
#[must_use]
pub fn read(bytes: &[u8], own: Option<&Iban>) -> Statement {
    let text = decoded(bytes);
    let begins = text.trim_start();
    if coda::is_coda(&text) {
        coda::read(&text, own)
    } else if begins.starts_with('<') {
        camt::read(&text, own)
    } else if begins.starts_with(":20:") || begins.starts_with("{1:") {
        let mut statement = Statement::default();
        statement.note("statement-mt940", Vec::new());
        statement
    } else {
        table::read(&text, own)
    }
}

/// The text of a file: by its byte order mark, else UTF-8 where it is that, else windows-1252, which the banks still write.
#[must_use]
pub fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// Whether an account as a bank writes it is the house's; where either is not known, it is.
fn is_own(account: &str, own: Option<&Iban>) -> bool {
    let compact: String = account.chars().filter(|c| c.is_alphanumeric()).collect();
    match own.map(Iban::compact) {
        Some(own) if !compact.is_empty() => {
            // The account of twelve digits that Belgium had before is the tail of its IBAN.
            own.eq_ignore_ascii_case(&compact) || (compact.len() == 12 && own.ends_with(&compact))
        }
        Some(_) | None => true,
    }
}

/// An amount of a bank's own file, in euro and no more decimals than cents.
fn euro(text: &str) -> Option<Money> {
    let number: Decimal = text.trim().parse().ok()?;
    (number.normalize().scale() <= 2)
        .then(|| Money::half_up(number))
        .flatten()
}

/// The one valid structured reference in what was written: twelve digits together, or three, four and five of them parted by
/// signs or spaces. None where there are several.
fn reference_in<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Ogm> {
    let mut found: Vec<Ogm> = Vec::new();
    for text in texts {
        let chars: Vec<char> = text.chars().collect();
        for start in 0..chars.len() {
            let begins = chars[start].is_ascii_digit() && (start == 0 || !chars[start - 1].is_ascii_digit());
            if let Some(ogm) = begins.then(|| dressed(&chars[start..])).flatten()
                && !found.contains(&ogm)
            {
                found.push(ogm);
            }
        }
    }
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// A reference at the beginning of what follows.
fn dressed(chars: &[char]) -> Option<Ogm> {
    let mut groups = vec![0_usize];
    let mut digits = String::new();
    for c in chars {
        if c.is_ascii_digit() {
            digits.push(*c);
            *groups.last_mut()? += 1;
            if digits.len() > 12 {
                return None;
            }
        } else if digits.len() < 12 && matches!(c, '/' | '.' | '-' | ' ') {
            if groups.last() != Some(&0) {
                groups.push(0);
            }
        } else {
            break;
        }
    }
    let whole = matches!(groups.as_slice(), [12] | [12, 0] | [3, 4, 5]);
    (whole && digits.len() == 12).then(|| Ogm::parse(&digits)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_however_it_is_dressed_and_wherever_it_stands() {
        let wanted = Ogm::parse("+++000/0000/00101+++");
        for text in [
            "***000/0000/00101***",
            "000000000101",
            "+++ 000 / 0000 / 00101 +++",
            "OGM 000/0000/00101",
            "Voorschot ring 2026 +++000/0000/00101+++ dank u",
            "BE72 0000 0000 1616 PEETERS ANNA MEDEDELING : 000/0000/00101",
        ] {
            assert_eq!(reference_in([text]), wanted, "{text}");
        }
        assert_eq!(
            reference_in(["BE72 0000 0000 1616"]),
            None,
            "an account is no reference"
        );
        assert_eq!(reference_in(["000000000101 or 000000000202"]), None, "two are none");
        assert_eq!(
            reference_in(["000000000101", "000000000202"]),
            None,
            "in two fields neither"
        );
        assert_eq!(
            reference_in(["000000000101", "000/0000/00101"]),
            wanted,
            "one written twice is one"
        );
        assert_eq!(reference_in(["0000000001012"]), None, "thirteen digits are none");
    }
}
