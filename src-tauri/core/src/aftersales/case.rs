//! An after-sales case from the first word to the last: what happened, one by one, and the facts that follow for the rules.

use super::Reason;
use super::warranty::Remedy;
use crate::money::Money;
use crate::order::Handover;
use crate::terms::{Condition, Exception, Need};
use crate::vocabulary::{Vocabulary, vocabulary};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

vocabulary! {
    /// What a case is about.
    #[derive(Hash, ts_rs::TS)]
    pub enum CaseKind in "case-kind" {
        /// The law's right to undo a sale.
        Withdrawal = "withdrawal",
        /// A return within the house's own window.
        Return = "return",
        /// Another piece instead.
        Exchange = "exchange",
        /// An order undone before delivery.
        Cancellation = "cancellation",
        /// A defect.
        Warranty = "warranty",
        /// Damage on the way.
        TransportDamage = "transport-damage",
        /// Another piece than was ordered.
        WrongItem = "wrong-item",
        /// A piece brought for repair.
        Repair = "repair",
        /// A ring made larger or smaller.
        Resizing = "resizing",
    }
}

impl CaseKind {
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

vocabulary! {
    /// How a piece was handled, beyond what is needed to look at it or not (CEL VI.51 §2).
    pub enum Handling in "handling" {
        /// As one looks at a piece in a shop.
        Needed = "needed",
        /// More than that.
        Beyond = "beyond",
    }
}

vocabulary! {
    /// The ways a client may give notice (CEL VI.49: any that is unambiguous), and is answered.
    pub enum Channel in "channel" {
        /// By mail.
        Mail = "mail",
        /// In the house's online function.
        Online = "online",
        /// By letter.
        Letter = "letter",
        /// With the withdrawal form.
        Form = "form",
        /// By telephone.
        Phone = "phone",
        /// At the counter.
        Counter = "counter",
    }
    /// Who sees to the way back of goods.
    pub enum WayBack in "way-back" {
        /// The client's own insured carrier.
        OwnCarrier = "own-carrier",
        /// A label of the house.
        HouseLabel = "house-label",
        /// The house has them collected.
        HouseCollects = "house-collects",
    }
    /// The state of a parcel's seal.
    pub enum Seal in "seal" {
        /// Untouched.
        Intact = "intact",
        /// Opened or damaged.
        Tampered = "tampered",
    }
    /// What became of a parcel at the door.
    pub enum Outcome in "outcome" {
        /// It was taken in.
        Taken = "taken",
        /// It was not.
        Refused = "refused",
    }
    /// What speaks against taking a parcel.
    pub enum Against in "against" {
        /// It was opened or damaged.
        Tampered = "tampered",
        /// It bears no return number.
        NoRma = "no-rma",
    }
}

/// The message a cause is said by: a fault of the making where nothing else was found.
#[must_use]
pub fn cause_word(cause: Option<Exception>) -> String {
    cause.map_or_else(|| "exception-making".to_owned(), Vocabulary::word)
}

/// The message a remedy is said by, or that there is none.
#[must_use]
pub fn remedy_word(remedy: Option<Remedy>) -> String {
    remedy.map_or_else(|| "remedy-none".to_owned(), Vocabulary::word)
}

/// The message a point of the checklist is said by: what a return comes with, or what is looked at on the piece.
#[must_use]
pub fn checked_word(point: &str) -> String {
    Need::of(point).map_or_else(|| format!("checked-{point}"), Vocabulary::word)
}

/// A case.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Case {
    pub id: String,
    pub number: String,
    pub kind: CaseKind,
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
pub enum CaseHappened {
    /// The client gave notice: an entry of the register of withdrawals. `received` is the moment, `file` what came with it.
    Noticed {
        register: String,
        channel: Channel,
        received: String,
        file: Option<String>,
    },
    /// The acknowledgement went out.
    Acknowledged { channel: Channel },
    /// Goods may come back, under this number. `cost` is what a label of the house costs the client.
    Authorised { rma: String, label: WayBack, cost: Money },
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
    /// The house decided on a claim; no remedy is a refusal. `amount` is what goes back of the price, `return_cost` what the
    /// way back cost the client, where the house bears that.
    Decided {
        remedy: Option<Remedy>,
        amount: Money,
        note: String,
        #[serde(default)]
        return_cost: Money,
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
        how: Handover,
        carrier: String,
        tracking: String,
    },
    /// A fact was learned or corrected.
    FactNoted { fact: String, value: Value, reason: String },
    /// Nothing is left to do.
    Closed { reason: String },
    /// Something that was written down last was a slip, and holds no more.
    TakenBack { of: String },
}

impl CaseHappened {
    /// The step that wrote it down, where a slip of that kind can be taken back while nothing follows from it: it moved no money
    /// and issued no paper.
    #[must_use]
    pub const fn taken_back_by(&self) -> Option<&'static str> {
        match self {
            Self::Dispatched { .. } => Some("note-dispatch"),
            Self::Arrived { accepted: true, .. } => Some("receive-parcel"),
            Self::FactNoted { .. } => Some("note-fact"),
            Self::Closed { .. } => Some("close-case"),
            Self::Noticed { .. }
            | Self::Acknowledged { .. }
            | Self::Authorised { .. }
            | Self::Arrived { accepted: false, .. }
            | Self::Inspected { .. }
            | Self::Decided { .. }
            | Self::Exchanged { .. }
            | Self::Refused { .. }
            | Self::HandedBack { .. }
            | Self::TakenBack { .. } => None,
        }
    }
}

vocabulary! {
    /// Where a case stands.
    #[derive(Hash, ts_rs::TS)]
    #[ts(rename = "CaseStage")]
    pub enum CaseStage in "case-stage" {
        /// It waits for the client's notice, or for the house.
        Open = "open",
        /// Goods are expected.
        Expected = "expected",
        /// They are here, and wait to be looked at.
        Received = "received",
        /// They were looked at.
        Inspected = "inspected",
        /// Money goes back.
        ToRefund = "to-refund",
        /// The piece, or another, goes to the client.
        ToHandBack = "to-hand-back",
        /// The house said no.
        Refused = "refused",
        /// Everything is done.
        Settled = "settled",
        /// It was closed.
        Closed = "closed",
    }
}
