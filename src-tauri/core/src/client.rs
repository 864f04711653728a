//! The client's card.

use crate::form::{Reader, visible};
use crate::payment;
use crate::refusal::Refusal;
use crate::terms::{ClientKind, DataRight};
use crate::words::Language;
use serde::{Deserialize, Serialize};

/// A client in the book.
#[derive(Debug, Clone)]
pub struct Client {
    /// Their id.
    pub id: String,
    /// How often the card was changed.
    pub version: i64,
    /// Their card.
    pub card: Card,
}

/// Who the client is, as typed and as kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct Card {
    pub kind: ClientKind,
    pub language: Language,
    pub name: String,
    pub street: String,
    pub postcode: String,
    pub city: String,
    pub country: String,
    pub phone: String,
    pub email: String,
    pub second_contact: String,
    pub vat_number: String,
    /// The sizes of their fingers, wrists and necks.
    #[serde(default)]
    pub sizes: String,
    /// What they like, and cannot wear.
    #[serde(default)]
    pub preferences: String,
    /// Days that matter to them: a birthday, a wedding.
    #[serde(default)]
    pub dates: String,
}

/// The longest name a paper's address field can hold.
const LONGEST_NAME: usize = 120;

/// A country as its two capital letters (ISO 3166-1), which the rules on duties, delivery and means read; nothing where none
/// is typed.
///
/// # Errors
/// [`Refusal::BadCountry`].
pub fn country(typed: &str) -> Result<String, Refusal> {
    let code = typed.trim().to_ascii_uppercase();
    let letters = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if letters || code.is_empty() {
        Ok(code)
    } else {
        Err(Refusal::BadCountry {
            typed: typed.trim().to_owned(),
        })
    }
}

impl Card {
    /// The card cleaned, with every problem noted.
    #[must_use]
    pub fn read(&self, form: &mut Reader) -> Self {
        let email = form.text("email", &line(&self.email), 254);
        if !email.is_empty() && !plausible_email(&email) {
            form.refuse("email", Refusal::BadEmail { typed: email.clone() });
        }
        let mut vat_number = form.text("vat-number", &self.vat_number, 20);
        // A number of digits alone is a Belgian one, however it is dotted and with or without its first zero.
        let digits_alone = vat_number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ' ' | '-' | '/'));
        if vat_number.to_ascii_uppercase().starts_with("BE") || !vat_number.is_empty() && digits_alone {
            match payment::enterprise_number(&vat_number) {
                Ok(number) => vat_number = format!("BE {number}"),
                Err(refusal) => form.refuse("vat-number", refusal),
            }
        }
        Self {
            kind: self.kind,
            language: self.language,
            name: form.needed("name", &self.name, LONGEST_NAME),
            street: form.text("street", &self.street, 120),
            postcode: form.text("postcode", &self.postcode, 12),
            city: form.text("city", &self.city, 80),
            country: match country(&self.country) {
                Ok(country) => country,
                Err(refusal) => {
                    form.refuse("country", refusal);
                    self.country.clone()
                }
            },
            phone: form.text("phone", &line(&self.phone), 40),
            email,
            second_contact: form.text("second-contact", &self.second_contact, 160),
            vat_number,
            sizes: form.text("sizes", &self.sizes, 300),
            preferences: form.text("preferences", &self.preferences, 1000),
            dates: form.text("dates", &self.dates, 300),
        }
    }

    /// The card of someone who asked to be forgotten.
    #[must_use]
    pub fn nobody() -> Self {
        Self {
            kind: ClientKind::Consumer,
            language: Language::Nl,
            name: "–".into(),
            street: String::new(),
            postcode: String::new(),
            city: String::new(),
            country: String::new(),
            phone: String::new(),
            email: String::new(),
            second_contact: String::new(),
            vat_number: String::new(),
            sizes: String::new(),
            preferences: String::new(),
            dates: String::new(),
        }
    }

    /// The country as two capital letters; the house's own where the card names none.
    #[must_use]
    pub fn country_code(&self) -> String {
        match self.country.trim() {
            "" => "BE".to_owned(),
            country => country.to_ascii_uppercase(),
        }
    }

    /// The lines of the address, as on an envelope.
    #[must_use]
    pub fn address(&self) -> Vec<String> {
        address([&self.name, &self.street, &self.postcode, &self.city, &self.country])
    }
}

/// The lines of an address, as on an envelope: of name, street, postcode, town and country, the last one only abroad.
pub(crate) fn address([name, street, postcode, city, country]: [&str; 5]) -> Vec<String> {
    let town = format!("{postcode} {city}");
    let country = if country.eq_ignore_ascii_case("BE") {
        ""
    } else {
        country
    };
    [name, street, town.trim(), country]
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// One line, whatever was pasted.
fn line(pasted: &str) -> String {
    visible(pasted).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plausible_email(email: &str) -> bool {
    let parts = email.split_once('@');
    !email.contains(char::is_whitespace)
        && parts.is_some_and(|(local, domain)| {
            !local.is_empty()
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !domain.contains('@')
        })
}

/// What happened around a client's own data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each field is named as on the form it comes from")]
pub enum DataHappened {
    /// The client asked for something: the answer is due within a month (GDPR art. 12(3)).
    Asked { right: DataRight },
    /// It was answered.
    Answered { right: DataRight },
    /// The card was corrected; what it said before is personal, and stands apart.
    Corrected { fields: Vec<String> },
    /// Another card of the same person became one with this.
    Merged { card: String },
    /// A note, with the file that goes with it.
    Noted { note: String, file: Option<String> },
    /// The client was forgotten, but for what must be kept.
    Erased {},
}
