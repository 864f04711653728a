//! The client's gold, bought with an order: who sold it, what it weighed and was paid for it, and until when it waits before it is
//! melted.
//!
//! Who buys old precious metal from a private person identifies the seller and keeps that for seven years (in secondary sources; no
//! official text was read: the house asks its accountant).

use super::{Dossier, Happened};
use crate::calendar::later;
use crate::custody::Fate;
use crate::money::Money;
use crate::refusal::{NotNow, Refusal};
use crate::vocabulary::vocabulary;
use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// By which document somebody was identified.
    #[derive(ts_rs::TS)]
    pub enum IdentityDocument in "identity-document" {
        /// A Belgian or other identity card.
        IdentityCard = "identity-card",
        /// A passport.
        Passport = "passport",
        /// A residence permit.
        ResidencePermit = "residence-permit",
    }
}

/// Who sold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Seller {
    pub name: String,
    pub first_name: String,
    pub born: NaiveDate,
    pub document: IdentityDocument,
    pub document_number: String,
}

/// A part that was bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bought {
    /// The metal part's id.
    pub metal: String,
    /// What is metal in it, in grams.
    pub net_g: Decimal,
    /// Thousandths.
    pub title: u16,
    /// What was credited for it.
    pub credit: Money,
}

impl Bought {
    /// What was paid for a gram of it.
    #[must_use]
    pub fn per_gram(&self) -> Money {
        let each = self.credit.euro().checked_div(self.net_g);
        each.and_then(Money::half_up).unwrap_or(Money::ZERO)
    }
}

/// A purchase, as it was written down. Who sold is emptied once it need not be kept any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as what it is")]
pub struct Purchase {
    pub number: String,
    pub day: NaiveDate,
    pub seller: Option<Seller>,
    pub parts: Vec<Bought>,
    pub credit: Money,
    /// The first day on which it may be melted.
    pub melts_from: NaiveDate,
}

/// The last day who sold is kept: seven years after, as the rules on old metal say.
#[must_use]
pub fn kept_until(day: NaiveDate) -> NaiveDate {
    day.with_year(day.year() + 7).unwrap_or_else(|| later(day, 7 * 365 + 2))
}

impl Dossier {
    /// Whether the purchase of the client's gold can be written down now.
    ///
    /// # Errors
    /// No order yet, none of the client's gold in it, or written down already.
    pub fn may_buy_gold(&self) -> Result<(), Refusal> {
        let order = self.at_work()?;
        if order.gold_credit == Money::ZERO {
            return Err(NotNow::NoGoldBought.into());
        }
        if self.purchase.is_some() {
            return Err(NotNow::GoldBought.into());
        }
        Ok(())
    }

    /// The parts that the order's gold credit is for, as they were valued.
    #[must_use]
    pub fn gold_parts(&self) -> Vec<Bought> {
        let valued = self.order.as_ref().and_then(|order| {
            let of_order = |id: &String| self.valuations.iter().find(|valuation| valuation.id == *id);
            order.quote.valuation_id.as_ref().and_then(of_order)
        });
        let parts = valued.and_then(|valuation| valuation.worksheet.get("parts")?.as_array());
        let part = |row: &serde_json::Value| {
            Some(Bought {
                metal: row.get("metal")?.as_str()?.to_owned(),
                net_g: row.get("net_g")?.as_str()?.parse().ok()?,
                title: row.get("title")?.as_u64()?.try_into().ok()?,
                credit: serde_json::from_value(row.get("credit")?.clone()).ok()?,
            })
        };
        parts.into_iter().flatten().filter_map(part).collect()
    }

    /// The day on which a component that was bought went back to the client, where it did: its purchase was undone.
    #[must_use]
    pub fn given_back(&self, component: &str) -> Option<NaiveDate> {
        self.last(|happening| {
            let Happened::Settled { components, fate, .. } = &happening.what else {
                return None;
            };
            let is_it = *fate == Fate::Returned && components.iter().any(|id| id == component);
            is_it.then_some(happening.day)
        })
    }

    /// Whether components of the client's may be melted on a day, in a house where gold that was bought `waits`.
    ///
    /// # Errors
    /// [`NotNow::GoldNotBought`] where its purchase is to be written down first, [`NotNow::GoldWaits`] before the day that names.
    pub fn may_melt(&self, components: &[String], day: NaiveDate, waits: bool) -> Result<(), Refusal> {
        if waits && self.may_buy_gold().is_ok() {
            return Err(NotNow::GoldNotBought.into());
        }
        let bought = |purchase: &Purchase| purchase.parts.iter().any(|part| components.contains(&part.metal));
        match &self.purchase {
            Some(purchase) if day < purchase.melts_from && bought(purchase) => Err(NotNow::GoldWaits.into()),
            Some(_) | None => Ok(()),
        }
    }
}
