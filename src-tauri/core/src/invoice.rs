//! Invoices: deposit invoices, final ones that take them off again, and credit notes that name what they correct.
//!
//! Prices include VAT, and the VAT of a rate is rounded once over all its lines (royal decree of 8 July 2025); the base is the
//! difference. A final invoice's VAT is that of the order less that of its deposit invoices, so that nothing is due twice
//! (VAT code art. 17). What was paid in kind, the client's gold, is a payment: VAT stands on the full price (art. 26).

pub mod ubl;

use crate::client::{self, Card};
use crate::house::Identity;
use crate::money::{Money, VatRate};
use crate::payment;
use crate::quote::VatShare;
use crate::refusal::{NotNow, Refusal};
use crate::vocabulary::vocabulary;
use crate::words::Language;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// What an invoice is for.
    #[derive(PartialOrd, Ord, ts_rs::TS)]
    pub enum InvoiceKind in "invoice-kind" {
        /// What was paid before the piece is delivered: VAT is due on it when it is paid.
        Deposit = "deposit",
        /// What the valuation of a client's piece cost.
        Fee = "fee",
        /// The whole order, less what was invoiced before.
        Final = "final",
        /// What of an earlier invoice is taken back, and why.
        Credit = "credit",
    }
    /// How VAT stands on an invoice.
    #[derive(Default, ts_rs::TS)]
    pub enum Treatment in "vat-treatment" {
        /// Belgian VAT.
        #[default]
        Domestic = "domestic",
        /// To a business of another member state, with its number there (VAT code art. 39bis).
        IntraCommunity = "intra-community",
        /// Sent outside the Union (VAT code art. 39).
        Export = "export",
        /// A second-hand piece under the margin scheme (VAT code art. 58 § 4).
        Margin = "margin",
    }
}

impl Treatment {
    /// The article it rests on, where no VAT stands on the invoice.
    #[must_use]
    pub const fn article(self) -> Option<&'static str> {
        match self {
            Self::Domestic => None,
            Self::IntraCommunity => Some("VAT Code art. 39bis"),
            Self::Export => Some("VAT Code art. 39"),
            Self::Margin => Some("VAT Code art. 58 § 4"),
        }
    }
}

/// Who sells or buys, as they stood on the day of the invoice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as what it is")]
pub struct Party {
    pub name: String,
    pub street: String,
    pub postcode: String,
    pub city: String,
    /// Two letters.
    pub country: String,
    /// With its country and without dots, `BE0786549343`; empty for none.
    pub vat_number: String,
    pub email: String,
    pub phone: String,
}

impl Party {
    /// The house.
    ///
    /// # Errors
    /// [`NotNow::InvoiceSeller`] without a name, an address or a Belgian enterprise number.
    pub fn seller(house: &Identity) -> Result<Self, Refusal> {
        let number = payment::enterprise_number(&house.enterprise_number).map_err(|_| NotNow::InvoiceSeller)?;
        let party = Self {
            name: house.legal().to_owned(),
            street: house.street.clone(),
            postcode: house.postcode.clone(),
            city: house.city.clone(),
            country: "BE".to_owned(),
            vat_number: format!("BE{}", compact(&number)),
            email: house.email.clone(),
            phone: house.phone.clone(),
        };
        if party.has_address() {
            Ok(party)
        } else {
            Err(NotNow::InvoiceSeller.into())
        }
    }

    /// A client.
    ///
    /// # Errors
    /// [`NotNow::InvoiceBuyer`] without an address: an invoice names where its buyer is.
    pub fn buyer(card: &Card) -> Result<Self, Refusal> {
        let party = Self {
            name: card.name.clone(),
            street: card.street.clone(),
            postcode: card.postcode.clone(),
            city: card.city.clone(),
            country: match card.country_code().as_str() {
                // As the list of countries has them, and not as their VAT numbers or cars.
                "EL" => "GR".to_owned(),
                "UK" => "GB".to_owned(),
                other => other.to_owned(),
            },
            vat_number: compact(&card.vat_number),
            email: card.email.clone(),
            phone: card.phone.clone(),
        };
        if party.has_address() {
            Ok(party)
        } else {
            Err(NotNow::InvoiceBuyer.into())
        }
    }

    /// As on an envelope.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        client::address([&self.name, &self.street, &self.postcode, &self.city, &self.country])
    }

    fn has_address(&self) -> bool {
        ![&self.name, &self.street, &self.postcode, &self.city]
            .iter()
            .any(|part| part.trim().is_empty())
    }

    /// The ten digits of a Belgian enterprise number; nothing for anyone else.
    #[must_use]
    pub fn enterprise(&self) -> Option<&str> {
        let digits = self.vat_number.strip_prefix("BE")?;
        payment::enterprise_number(digits).is_ok().then_some(digits)
    }

    /// The member state whose VAT number it has, where that is another than Belgium.
    #[must_use]
    pub fn other_member_state(&self) -> Option<&str> {
        let country = self.vat_number.get(..2)?;
        let digits = self.vat_number.len() >= 6 && self.vat_number[2..].chars().any(|c| c.is_ascii_digit());
        (digits && country != "BE" && MEMBER_STATES.contains(&country)).then_some(country)
    }
}

/// The member states, as their VAT numbers begin: Greece writes EL, and Northern Ireland XI for goods.
const MEMBER_STATES: [&str; 28] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
];

/// Whether a country, as an address names it, is in the Union.
#[must_use]
pub fn in_the_union(country: &str) -> bool {
    country == "GR" || MEMBER_STATES.contains(&country) && country != "XI"
}

/// A number without spaces and dots, in capitals.
fn compact(number: &str) -> String {
    let kept = number.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_uppercase()).collect()
}

/// A line of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct InvoiceLine {
    pub text: String,
    /// Below zero where it takes something off.
    pub quantity: Decimal,
    pub net: Money,
    pub gross: Money,
    pub rate: VatRate,
    /// The earlier invoice that it takes off, and its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes_off: Option<(String, NaiveDate)>,
}

/// Something that was paid towards it: the key of what it is, or its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Settled {
    pub what: String,
    pub amount: Money,
    /// The earlier invoice it stands for, where deposits stand as paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Earlier>,
}

/// An earlier invoice that stands on the final one as paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Earlier {
    pub number: String,
    pub day: NaiveDate,
    pub shares: Vec<Share>,
}

/// An invoice as it was issued. It never changes: paper and structured file are made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Invoice {
    pub kind: InvoiceKind,
    pub number: String,
    pub language: Language,
    /// The day it is dated.
    pub day: NaiveDate,
    /// The day of the supply, or that on which it was paid before; nothing where it is not supplied yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplied: Option<NaiveDate>,
    pub seller: Party,
    pub buyer: Party,
    pub iban: String,
    pub bic: String,
    /// The structured communication it is paid with, where something is still to be paid.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    pub treatment: Treatment,
    /// What proves that the goods left the country, where no VAT is charged for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub proof: String,
    /// The order it is for.
    pub order: String,
    pub lines: Vec<InvoiceLine>,
    pub shares: Vec<Share>,
    /// VAT included.
    pub total: Money,
    pub settled: Vec<Settled>,
    /// What is still to be paid.
    pub to_pay: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Corrected>,
}

/// The VAT of one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Share {
    pub rate: VatRate,
    pub base: Money,
    pub vat: Money,
}

/// What a credit note corrects, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Corrected {
    pub number: String,
    pub day: NaiveDate,
    pub why: String,
}

impl Share {
    /// With its VAT.
    #[must_use]
    pub fn gross(&self) -> Money {
        self.base + self.vat
    }

    /// The same, taken off.
    #[must_use]
    pub fn taken_off(&self) -> Self {
        Self {
            rate: self.rate,
            base: -self.base,
            vat: -self.vat,
        }
    }
}

impl From<&VatShare> for Share {
    fn from(share: &VatShare) -> Self {
        Self {
            rate: share.rate,
            base: share.base,
            vat: share.vat,
        }
    }
}

impl Invoice {
    /// Whether its client must be given it as a structured file: a Belgian business with a VAT number (law of 6 February 2024).
    #[must_use]
    pub fn is_structured(&self) -> bool {
        self.buyer.enterprise().is_some()
    }

    /// Whether it asks for money to be transferred.
    #[must_use]
    pub fn asks_to_be_paid(&self) -> bool {
        self.kind != InvoiceKind::Credit && self.to_pay > Money::ZERO && !self.iban.is_empty()
    }

    /// Its VAT.
    #[must_use]
    pub fn vat(&self) -> Money {
        self.shares.iter().map(|share| share.vat).sum()
    }

    /// Its shares as they count together with those of other invoices: a credit note takes off.
    pub fn signed(&self) -> impl Iterator<Item = Share> + '_ {
        let is_credit = self.kind == InvoiceKind::Credit;
        let counted = move |share: &Share| if is_credit { share.taken_off() } else { *share };
        self.shares.iter().map(counted)
    }

    /// What of it stands, a rate at a time, after these of its credit notes.
    #[must_use]
    pub fn stands(&self, invoices: &[Self]) -> Vec<Share> {
        let credited = |rate: VatRate| {
            let notes = invoices.iter().filter(|note| {
                note.corrects
                    .as_ref()
                    .is_some_and(|corrected| corrected.number == self.number)
            });
            notes
                .flat_map(|note| &note.shares)
                .filter(|share| share.rate == rate)
                .fold((Money::ZERO, Money::ZERO), |(base, vat), share| {
                    (base + share.base, vat + share.vat)
                })
        };
        self.shares
            .iter()
            .map(|share| {
                let (base, vat) = credited(share.rate);
                Share {
                    rate: share.rate,
                    base: share.base - base,
                    vat: share.vat - vat,
                }
            })
            .collect()
    }

    /// Whether it stands: none of it was credited, or something of it is left.
    #[must_use]
    pub fn is_standing(&self, invoices: &[Self]) -> bool {
        let credited = invoices.iter().any(|note| {
            let corrects = note.corrects.as_ref();
            corrects.is_some_and(|corrected| corrected.number == self.number)
        });
        !credited || self.open(invoices) != Money::ZERO
    }

    /// What of it can still be credited, VAT included.
    #[must_use]
    pub fn open(&self, invoices: &[Self]) -> Money {
        self.stands(invoices).iter().map(Share::gross).sum()
    }
}

/// What stands of all invoices of an order together, a rate at a time.
#[must_use]
pub fn standing(invoices: &[Invoice]) -> Vec<Share> {
    let mut all: Vec<Share> = Vec::new();
    for invoice in invoices {
        for share in invoice.signed() {
            add(&mut all, share);
        }
    }
    all
}

/// Adds a share to those of its rate.
pub fn add(shares: &mut Vec<Share>, share: Share) {
    match shares.iter_mut().find(|known| known.rate == share.rate) {
        Some(known) => (known.base, known.vat) = (known.base + share.base, known.vat + share.vat),
        None => shares.push(share),
    }
}

/// What parts come to that are added to what stands, or taken off it: the VAT of a rate is that of all that stands then, less that of
/// what stood before, so that cents do not gather over several invoices.
#[must_use]
pub fn moved(parts: &[Share], standing: &[Share], taken_off: bool) -> Vec<Share> {
    let part = |part: &Share| {
        let stood = standing.iter().find(|known| known.rate == part.rate);
        let (gross, vat) = stood.map_or((Money::ZERO, Money::ZERO), |stood| (stood.gross(), stood.vat));
        let vat = if taken_off {
            vat - part.rate.inside(gross - part.gross())
        } else {
            part.rate.inside(gross + part.gross()) - vat
        };
        Share {
            rate: part.rate,
            base: part.gross() - vat,
            vat,
        }
    };
    parts.iter().map(part).collect()
}

/// An amount with its VAT, shared over the rates as these wholes are; the last rate takes the odd cent, and a rate of which there is
/// nothing has no share.
#[must_use]
pub fn apportioned(amount: Money, wholes: &[(VatRate, Money)]) -> Vec<Share> {
    let all: Money = wholes.iter().map(|(_, whole)| *whole).sum();
    let mut left = amount;
    let mut shares = Vec::new();
    for (index, (rate, whole)) in wholes.iter().enumerate() {
        let part = if index + 1 == wholes.len() {
            left
        } else {
            amount.part(*whole, all)
        };
        left = left - part;
        let vat = rate.inside(part);
        shares.push(Share {
            rate: *rate,
            base: part - vat,
            vat,
        });
    }
    without_nothing(shares)
}

/// Rates of which there is nothing have no line on a paper.
#[must_use]
pub fn without_nothing(mut shares: Vec<Share>) -> Vec<Share> {
    shares.retain(|share| share.base != Money::ZERO || share.vat != Money::ZERO);
    shares
}

/// Lines of a price each, VAT included, without VAT: each by difference, so that they add up to the base of their rate.
#[must_use]
pub fn without_vat(lines: &[(VatRate, Money)]) -> Vec<Money> {
    let mut so_far: Vec<(VatRate, Money)> = Vec::new();
    lines
        .iter()
        .map(|(rate, gross)| {
            let at = so_far.iter().position(|(known, _)| known == rate).unwrap_or_else(|| {
                so_far.push((*rate, Money::ZERO));
                so_far.len() - 1
            });
            let before = so_far[at].1;
            let after = before + *gross;
            so_far[at].1 = after;
            (after - rate.inside(after)) - (before - rate.inside(before))
        })
        .collect()
}

/// Where the goods of an invoice go, and to whom.
#[derive(Debug, Clone, Copy)]
pub struct Going<'a> {
    /// Who buys.
    pub buyer: &'a Party,
    /// The country they are sent to, two letters.
    pub country: &'a str,
    /// What proves that they left.
    pub proof: &'a str,
    /// Whether they left already: of a deposit nothing is proven yet.
    pub left: bool,
}

/// Whether an invoice may be made out so; `second_hand` says it of each line of the order.
///
/// # Errors
/// A rate that is none in Belgium, or none beside the treatment; a business of another member state without its number there; goods
/// that do not leave, or of which nothing proves that they did.
pub fn may_stand(
    treatment: Treatment,
    rates: &[VatRate],
    second_hand: &[bool],
    going: &Going<'_>,
) -> Result<(), Refusal> {
    let is_none = |rate: &VatRate| rate.as_percent().is_zero();
    let belgian = |rate: &VatRate| [21, 12, 6].map(Decimal::from).contains(&rate.as_percent());
    match treatment {
        Treatment::Domestic => {
            if !rates.iter().all(belgian) {
                return Err(NotNow::InvoiceRate.into());
            }
        }
        Treatment::Margin => {
            if !rates.iter().any(is_none) || !rates.iter().all(|rate| is_none(rate) || belgian(rate)) {
                return Err(NotNow::InvoiceRate.into());
            }
            // What bears no VAT is second-hand; what goes with it bears its own.
            let new_without = rates.iter().zip(second_hand).any(|(rate, used)| is_none(rate) && !used);
            if new_without || second_hand.is_empty() {
                return Err(NotNow::InvoiceMargin.into());
            }
        }
        Treatment::IntraCommunity | Treatment::Export => {
            if !rates.iter().all(is_none) {
                return Err(NotNow::InvoiceRate.into());
            }
            if treatment == Treatment::IntraCommunity && going.buyer.other_member_state().is_none() {
                return Err(NotNow::InvoiceNoNumberThere.into());
            }
            let stays = match treatment {
                Treatment::Export => in_the_union(going.country),
                Treatment::IntraCommunity | Treatment::Domestic | Treatment::Margin => {
                    going.country == "BE" || !in_the_union(going.country)
                }
            };
            if stays {
                return Err(NotNow::InvoiceStaysInside.into());
            }
            if going.left && going.proof.trim().is_empty() {
                return Err(NotNow::InvoiceNoProof.into());
            }
        }
    }
    Ok(())
}

/// The day by which a business must have its invoice: the fifteenth of the month after the supply or the payment (VAT code
/// art. 17, royal decree no. 1 art. 4).
#[must_use]
pub fn due_by(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike as _;
    let (year, month) = if day.month() == 12 {
        (day.year() + 1, 1)
    } else {
        (day.year(), day.month() + 1)
    };
    NaiveDate::from_ymd_opt(year, month, 15).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(percent: i64) -> VatRate {
        VatRate::percent(Decimal::from(percent)).expect("a rate")
    }

    #[test]
    fn lines_without_vat_add_up_to_the_base_of_their_rate() {
        let lines = [1234, 4567, 8912, 33, -5000].map(|cents| (rate(21), Money::from_cents(cents)));
        let whole: Money = lines.iter().map(|(_, gross)| *gross).sum();
        let net: Money = without_vat(&lines).into_iter().sum();
        assert_eq!(net, whole - rate(21).inside(whole));
    }

    #[test]
    fn an_amount_is_shared_over_rates_to_the_cent() {
        let wholes = [
            (rate(21), Money::from_cents(10_000)),
            (rate(6), Money::from_cents(3333)),
        ];
        let shares = apportioned(Money::from_cents(7777), &wholes);
        assert_eq!(shares.iter().map(Share::gross).sum::<Money>(), Money::from_cents(7777));
        assert_eq!(shares.len(), 2);
    }

    #[test]
    fn the_fifteenth_of_the_next_month_is_the_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        assert_eq!(due_by(day("2026-12-02")), day("2027-01-15"));
        assert_eq!(due_by(day("2026-11-30")), day("2026-12-15"));
    }
}
