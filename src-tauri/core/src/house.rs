//! The houses that come ready made: identity, bank and terms, read from `houses/*.toml`.

use crate::payment::CodeLine;
use crate::terms::Terms;
use crate::vocabulary::vocabulary;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Who the house is: what stands on its letterhead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The name it trades under.
    pub name: String,
    /// The name in the register.
    pub legal_name: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Country, two letters.
    pub country: String,
    /// Enterprise number, `0786.549.343`; empty where unknown.
    pub enterprise_number: String,
    /// E-mail.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Website.
    pub website: String,
    /// Account, in groups of four; empty where unknown.
    pub iban: String,
    /// BIC of the account.
    pub bic: String,
    /// What the client's pieces in the house are insured for, in euro as typed; empty where it is not said.
    #[serde(default)]
    pub insured: String,
    /// In which line of a payment's QR code its references stand.
    #[serde(default)]
    pub code_line: CodeLine,
    /// Where a letter's address stands.
    #[serde(default)]
    pub envelope: Envelope,
    /// The colour of its papers' rules and marks, `#735c13`; empty for the program's gold.
    #[serde(default)]
    pub colour: String,
    /// The file of its logo, as it was kept; empty where its name stands instead.
    #[serde(default)]
    pub logo: String,
    /// The address of its online withdrawal function (Dir. (EU) 2023/2673); empty where it has none.
    #[serde(default)]
    pub withdrawal_function: String,
    /// Whether a repair under the legal guarantee makes it twelve months longer (Dir. (EU) 2024/1799 art. 16): the house decides while
    /// no Belgian law is found.
    #[serde(default)]
    pub longer_after_repair: bool,
    /// The official notice of the legal guarantee (Reg. (EU) 2025/1960) by language, as the house loaded it: a file's id. It is never
    /// redrawn.
    #[serde(default)]
    pub guarantee_notices: BTreeMap<String, String>,
    /// Whether deposit invoices stand on the final one as paid before, and not as lines taken off: as the house's accountant decides.
    #[serde(default)]
    pub deposits_as_paid: bool,
    /// The accounts of its sales, of the VAT on them and of its clients; the usual ones of the Belgian chart where they are empty.
    #[serde(default)]
    pub accounts: Accounts,
    /// How many days old gold that was bought waits before it is melted, as typed; empty for none.
    #[serde(default)]
    pub gold_waits: String,
    /// The languages it writes in, the first is the shop's own.
    pub languages: Vec<String>,
}

impl Identity {
    /// The name it acts under in law; where it has no other, the one it trades under.
    #[must_use]
    pub fn legal(&self) -> &str {
        if self.legal_name.is_empty() {
            &self.name
        } else {
            &self.legal_name
        }
    }
}

/// Accounts of a house's bookkeeping, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is named as what it is")]
pub struct Accounts {
    pub sales: String,
    pub vat: String,
    pub clients: String,
}

vocabulary! {
    /// In which window envelopes the house posts its papers: the address stands where the window shows it, and nothing else does.
    #[derive(Default, ts_rs::TS)]
    pub enum Envelope in "envelope" {
        /// C5/6, 114 by 229 millimetres, the window on the right, as in Belgium.
        #[default]
        Right = "right",
        /// The same with the window on the left.
        Left = "left",
        /// DIN long, 110 by 220 millimetres, the window on the left (DIN 680, the address as in DIN 5008 form B).
        Din = "din",
        /// Envelopes without a window.
        Plain = "plain",
    }
}

/// A ready-made house.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name in scripts, `laurence-vandenborre`.
    pub id: String,
    /// Its identity.
    pub identity: Identity,
    /// Its terms.
    pub terms: Terms,
}

impl Profile {
    /// Reads a profile from the text of `file`.
    ///
    /// # Errors
    /// The first key that is unknown, missing or out of range, with its line.
    pub fn read(file: &str, text: &str) -> Result<Self, BadHouse> {
        toml::from_str(text).map_err(|error| BadHouse {
            file: file.to_owned(),
            line: error.span().map_or(1, |span| {
                text.get(..span.start).unwrap_or(text).matches('\n').count() + 1
            }),
            reason: error.message().trim().replace('\n', ", "),
        })
    }

    /// The ready-made house of that id.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        PROFILES.iter().find(|profile| profile.id == id)
    }

    /// Every ready-made house, the blank one last.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &PROFILES
    }
}

/// Why a file is no house.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct BadHouse {
    /// The file.
    pub file: String,
    /// The line of the first fault.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

/// Every file of `houses/`, collected when the program is built: a house more is a file more.
static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let files = include!(concat!(env!("OUT_DIR"), "/houses.rs"));
    #[expect(
        clippy::expect_used,
        reason = "the files are part of the program, and a test reads each"
    )]
    files
        .iter()
        .map(|(file, text)| Profile::read(file, text).expect("a house of the program's own"))
        .collect()
});

vocabulary! {
    /// What someone who works here does.
    #[derive(ts_rs::TS)]
    pub enum Role in "role" {
        /// Takes in, books payments, sees to clients and cases.
        Counter = "counter",
        /// Decides on pieces, values, quotes, designs, makes.
        Designer = "designer",
        /// Everything, the house's terms and people included.
        Manager = "manager",
    }
}
