//! An after-sales case from the first word to the last: what happened, one by one, and the facts that follow for the rules.

use super::Reason;
use super::warranty::Remedy;
use crate::money::Money;
use crate::terms::{Condition, Exception};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The law's right to undo a sale.
    Withdrawal,
    /// A return within the house's own window.
    Return,
    /// Another piece instead.
    Exchange,
    /// An order undone before delivery.
    Cancellation,
    /// A defect.
    Warranty,
    /// Damage on the way.
    TransportDamage,
    /// Another piece than was ordered.
    WrongItem,
    /// A piece brought for repair.
    Repair,
    /// A ring made larger or smaller.
    Resizing,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Withdrawal,
        Self::Return,
        Self::Exchange,
        Self::Cancellation,
        Self::Warranty,
        Self::TransportDamage,
        Self::WrongItem,
        Self::Repair,
        Self::Resizing,
    ];

    /// The reason the rules know it by; work on a piece has none.
    #[must_use]
    pub const fn reason(self) -> Option<Reason> {
        Some(match self {
            Self::Withdrawal | Self::Return | Self::Exchange => Reason::ChangeOfMind,
            Self::Cancellation => Reason::Cancel,
            Self::Warranty => Reason::Defect,
            Self::TransportDamage => Reason::TransportDamage,
            Self::WrongItem => Reason::WrongItem,
            Self::Repair | Self::Resizing => return None,
        })
    }

    /// Whether the house decides on a remedy.
    #[must_use]
    pub const fn is_a_claim(self) -> bool {
        matches!(self, Self::Warranty | Self::TransportDamage | Self::WrongItem)
    }

    /// Whether the piece is brought for work, and goes back to the client.
    #[must_use]
    pub const fn is_work(self) -> bool {
        matches!(self, Self::Repair | Self::Resizing)
    }
}

/// How a piece was handled, beyond what is needed to look at it or not (CEL VI.51 §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handling {
    /// As one looks at a piece in a shop.
    Needed,
    /// More than that.
    Beyond,
}

/// A case.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Case {
    pub id: String,
    pub number: String,
    pub kind: Kind,
    pub client_id: String,
    pub project_id: Option<String>,
    /// The lines of the project's order it is about.
    pub lines: Vec<usize>,
    /// What was sold, in the house's words.
    pub item: String,
    /// The terms the contract keeps.
    pub terms_id: String,
    /// The facts as they were then: a question of the desk.
    pub facts: Map<String, Value>,
    pub opened: NaiveDate,
    pub opened_at: String,
    pub opened_by: String,
}

/// What happened to a case, with its own facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each field is named as on the form it comes from")]
pub enum Happened {
    /// The client gave notice: an entry of the register of withdrawals. `received` is the moment, `file` what came with it.
    Noticed {
        register: String,
        channel: String,
        received: String,
        file: Option<String>,
    },
    /// The acknowledgement went out.
    Acknowledged { channel: String },
    /// Goods may come back, under this number. `cost` is what a label of the house costs the client.
    Authorised { rma: String, label: String, cost: Money },
    /// The client sent them off.
    Dispatched { carrier: String, tracking: String },
    /// A parcel came; `accepted` says whether it was taken, `why` what spoke against it.
    Arrived {
        accepted: bool,
        why: String,
        note: String,
        photos: Vec<String>,
    },
    /// The piece was looked at.
    Inspected {
        complete: Vec<String>,
        handling: Handling,
        condition: Condition,
        loss: Money,
        cause: Option<Exception>,
        note: String,
        photos: Vec<String>,
    },
    /// The house decided on a claim; no remedy is a refusal. `amount` is what goes back.
    Decided {
        remedy: Option<Remedy>,
        amount: Money,
        note: String,
    },
    /// The piece was exchanged.
    Exchanged {
        item: String,
        price: Money,
        to_pay: Money,
        credited: Money,
        final_sale: bool,
    },
    /// The house said no.
    Refused { note: String },
    /// The piece, or the one in its place, went to the client.
    HandedBack {
        how: String,
        carrier: String,
        tracking: String,
    },
    /// A fact was learned or corrected.
    FactNoted { fact: String, value: Value, reason: String },
    /// Nothing is left to do.
    Closed { reason: String },
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "CaseStage")]
pub enum Stage {
    /// It waits for the client's notice, or for the house.
    Open,
    /// Goods are expected.
    Expected,
    /// They are here, and wait to be looked at.
    Received,
    /// They were looked at.
    Inspected,
    /// Money goes back.
    ToRefund,
    /// The piece, or another, goes to the client.
    ToHandBack,
    /// The house said no.
    Refused,
    /// Everything is done.
    Settled,
    /// It was closed.
    Closed,
}
