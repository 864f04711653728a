//! An order from the first talk to the last component: what happened, and everything that follows from it. Facts in, answers
//! out; what stands in the store is fetched and kept by those above.
//!
//! `happened` is the closed list of what can happen to a project, `dossier` what follows from it, `tasks` what is due and
//! when, `may` what can be done now and why not, `booking` the one door for money.

pub mod booking;
pub mod delivery;
pub mod dossier;
mod happened;
mod may;
pub mod invoicing;
pub mod old_gold;
pub mod receipts;
mod tasks;

pub use dossier::{Dossier, Order};
pub use happened::{
    AcceptedBy, Change, DateAnswer, DateCause, DesignAnswer, Due, Handover, Happened, Happening, IntakeFact, Pause,
    Personal, Stage, StageFacts, custody, stage,
};
pub use tasks::{Task, TaskGroup};

use crate::grounds::Grounded;
use crate::intake::{MetalRead, StoneRead};
use crate::money::Money;
use crate::stone::{Assessment, Stone, assess};
use crate::terms::{ProjectKind, Terms};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;

/// The steps of the house's own workshop, in their order; each is a key of the words.
pub const WORKSHOP: [&str; 6] = [
    "step-unmount",
    "step-melt",
    "step-shape",
    "step-set",
    "step-polish",
    "step-check",
];

/// A project's own row.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Project {
    pub id: String,
    pub number: String,
    pub kind: ProjectKind,
    pub client_id: String,
    pub wish: String,
    pub opened: chrono::NaiveDate,
    pub taken_in_at: String,
    pub taken_in_by: String,
    pub fee: Money,
}

/// A piece with its components.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Piece {
    pub id: String,
    pub description: String,
    pub condition: String,
    pub envelope: String,
    pub declared_value: Option<Money>,
    pub stones: Vec<(String, StoneRead, Option<Decimal>)>,
    pub metals: Vec<(String, MetalRead)>,
    pub photos: Vec<String>,
    pub decision: Option<Decision>,
}

/// The jeweller's own decision on a piece.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Decision {
    pub id: String,
    pub accepted: bool,
    pub reason: String,
    pub decided_at: String,
    pub decided_by: String,
}

/// A valuation as it was issued.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Valuation {
    pub id: String,
    pub project_id: String,
    pub number: String,
    pub gold_price_id: Option<String>,
    /// The worksheet as it was: the evidence of the credit.
    pub worksheet: Value,
    pub credit: Money,
    pub issued_at: String,
    pub issued_by: String,
}

/// A quote as it was issued.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Quote {
    pub id: String,
    pub project_id: String,
    pub number: String,
    pub version: i64,
    /// The terms it was offered under.
    pub terms_id: String,
    pub valuation_id: Option<String>,
    /// The form as it was issued.
    pub frozen: Value,
    pub total: Money,
    pub to_pay: Money,
    pub valid_until: NaiveDate,
    pub issued_at: String,
    pub issued_by: String,
}

impl Piece {
    /// What the rules say of it; `None` for a stone of a cut that its gem does not know.
    #[must_use]
    pub fn assessed(&self, terms: &Terms) -> Option<Grounded<Assessment>> {
        let stones: Vec<Stone> = self.stones.iter().map(|(_, read, _)| read.stone.clone()).collect();
        assess(&stones, terms)
    }
}
