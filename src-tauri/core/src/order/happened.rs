//! A project's facts after intake, one by one, and the stage they put it in. The stage is derived, never stored.

use crate::custody::{Component, Fate, Place};
use crate::ledger::EndedBy;
use crate::money::Money;
use crate::order::delivery::Destination;
use crate::terms::Concluded;
use crate::vocabulary::vocabulary;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How a client accepted a quote.
    #[derive(ts_rs::TS)]
    pub enum AcceptedBy in "accepted-by" {
        /// With a signature on the screen.
        Screen = "screen",
        /// With a signature on the paper.
        Paper = "paper",
        /// With their words, by mail.
        Mail = "mail",
    }
    /// What a payment is asked for.
    pub enum Due in "due" {
        /// What is open of the deposit.
        Deposit = "deposit",
        /// What is open beside it.
        Balance = "balance",
    }
    /// Why production stands still.
    pub enum Pause in "pause" {
        /// Nobody's doing.
        ForceMajeure = "force-majeure",
        /// The house waits for something only the client can give.
        WaitingForClient = "waiting-for-client",
    }
    /// Why a new day is proposed.
    pub enum DateCause in "date-cause" {
        /// The house is late.
        Late = "late",
        /// Production stood still.
        Suspension = "suspension",
        /// The client asked for it.
        ClientWish = "client-wish",
    }
    /// What the client says of a new day.
    pub enum DateAnswer in "date-answer" {
        /// It is taken.
        NewDate = "new-date",
        /// The day agreed before stays.
        KeepDate = "keep-date",
        /// The order ends.
        Termination = "termination",
    }
    /// What the client says of a design.
    pub enum DesignAnswer in "design-answer" {
        /// It can be made.
        Approved = "approved",
        /// It is to be changed.
        SentBack = "sent-back",
    }
    /// How goods come into the client's hands.
    pub enum Handover in "handover" {
        /// The client collects them.
        Collection = "collection",
        /// A carrier brings them.
        Carrier = "carrier",
    }
}

/// What happened, with its own facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each field is named as on the form it comes from")]
pub enum Happened {
    /// The client accepted a version of the quote: the order.
    Accepted {
        quote: String,
        deposit: Money,
        channel: AcceptedBy,
        /// How the contract came about. It and the destination are absent in orders of before they were asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        concluded: Option<Concluded>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        destination: Option<Destination>,
    },
    /// The client declined it.
    Declined { quote: String, reason: String },
    /// The client was told that the price was plainly wrong, and the right one.
    PriceWrong { right: Money },
    /// They took it: the order waits for a quote that says it.
    PriceTaken {},
    /// A payment was asked for.
    Requested {
        kind: Due,
        amount: Money,
        ogm: String,
        due: NaiveDate,
    },
    /// A design was shown.
    Shown { photo: String, note: String },
    /// It was approved, or sent back.
    Answered { design: String, approved: bool },
    /// Production stands still, from the day.
    Suspended { reason: Pause },
    /// It goes on: the day is the last that did not count.
    Resumed {},
    /// A new day of completion was proposed.
    Redated { latest: NaiveDate, cause: DateCause },
    /// The client took the new day.
    DateTaken {},
    /// The day agreed before stays.
    DateKept {},
    /// The finger was measured.
    Sized { finger: String },
    /// A step of the workshop was done.
    Ticked { step: String },
    /// Components went to a place.
    Moved {
        components: Vec<String>,
        place: Place,
        holder: String,
    },
    /// Components met their fate.
    Settled {
        components: Vec<String>,
        fate: Fate,
        note: String,
    },
    /// The new piece is finished.
    Finished {},
    /// It, or a part of the order, was collected or shipped.
    Delivered {
        how: Handover,
        items: String,
        carrier: String,
        tracking: String,
        last: bool,
    },
    /// A shipped delivery came into the client's hands.
    Possessed { delivery: String },
    /// The order was ended.
    Cancelled {
        by: EndedBy,
        kept: Money,
        back: Money,
        extra: Money,
        reason: String,
    },
    /// The client was reminded to collect.
    Reminded { registered: String },
    /// Facts of the intake were wrong, and are put right. What they said before and say now stands with what people said.
    Corrected { facts: Vec<IntakeFact>, reason: String },
    /// The project was another client's.
    ClientChanged { from: String, reason: String },
    /// The intake was a mistake: nothing followed from it.
    Withdrawn { reason: String },
    /// What was written down last was a slip, and is taken back.
    TakenBack { of: String },
    /// A note, with the file that goes with it.
    Noted { note: String, file: Option<String> },
}

impl Happened {
    /// The step that writes it down, by the name that roles are asked by.
    #[must_use]
    pub const fn step(&self) -> &'static str {
        match self {
            Self::Declined { .. } => "decline-quote",
            Self::Answered { .. } => "answer-design",
            Self::Suspended { .. } => "suspend",
            Self::Resumed {} => "resume",
            Self::DateTaken {} | Self::DateKept {} => "answer-date",
            Self::Sized { .. } => "note-size",
            Self::Ticked { .. } => "tick-step",
            Self::Moved { .. } => "move-components",
            Self::Finished {} => "finish",
            Self::Possessed { .. } => "confirm-possession",
            Self::Settled { .. } => "settle-components",
            Self::Noted { .. } => "add-note",
            Self::Withdrawn { .. } => "correct-withdraw",
            Self::Accepted { .. } => "accept-quote",
            Self::PriceWrong { .. } => "price-error",
            Self::PriceTaken {} => "take-price",
            Self::Requested { .. } => "request-payment",
            Self::Shown { .. } => "show-design",
            Self::Redated { .. } => "change-date",
            Self::Delivered { .. } => "deliver",
            Self::Cancelled { .. } => "cancel",
            Self::Reminded { .. } => "remind",
            Self::Corrected { .. } => "correct-piece",
            Self::ClientChanged { .. } => "correct-client",
            Self::TakenBack { .. } => "correct-take-back",
        }
    }

    /// Whether a slip of that kind can be taken back while nothing follows from it: it moved no money, issued no paper, and
    /// changed nothing that cannot be changed again.
    #[must_use]
    pub const fn can_be_taken_back(&self) -> bool {
        match self {
            Self::Declined { .. }
            | Self::Answered { .. }
            | Self::Suspended { .. }
            | Self::Resumed {}
            | Self::DateTaken {}
            | Self::DateKept {}
            | Self::Sized { .. }
            | Self::Ticked { .. }
            | Self::Moved { .. }
            | Self::Finished {}
            | Self::Possessed { .. }
            | Self::Withdrawn { .. }
            | Self::Noted { .. } => true,
            Self::Settled { fate, .. } => !fate.is_final(),
            Self::Accepted { .. }
            | Self::PriceWrong { .. }
            | Self::PriceTaken {}
            | Self::Requested { .. }
            | Self::Shown { .. }
            | Self::Redated { .. }
            | Self::Delivered { .. }
            | Self::Cancelled { .. }
            | Self::Reminded { .. }
            | Self::Corrected { .. }
            | Self::ClientChanged { .. }
            | Self::TakenBack { .. } => false,
        }
    }
}

/// A fact that was wrong: what it said before, and what it says now. Figures as they are stored, with a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as what it is")]
pub struct Change {
    pub fact: IntakeFact,
    /// The component it is of, where it is one's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    pub before: String,
    pub after: String,
}

/// What people said and signed: it can be emptied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is named as on the form it comes from")]
pub struct Personal {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signer: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strokes: Vec<Vec<(i32, i32)>>,
    /// Where an order goes, if not to the address on the card.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// What was put right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// What happened, when, and who wrote it down. `of` is the id of what it happened to: a project, a case, a client.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named as in the table")]
pub struct Happening<W = Happened> {
    pub id: String,
    pub of: String,
    pub day: NaiveDate,
    pub what: W,
    pub personal: Personal,
    pub at: String,
    pub by: String,
}

vocabulary! {
    /// Where a project stands.
    #[derive(ts_rs::TS)]
    pub enum Stage in "stage" {
        /// It is open, nothing is decided.
        TakenIn = "taken-in",
        /// Every piece was refused.
        Refused = "refused",
        /// A piece is accepted.
        Accepted = "accepted",
        /// The gold is valued.
        Valued = "valued",
        /// A quote is out.
        Quoted = "quoted",
        /// The quote's last day has passed.
        Lapsed = "lapsed",
        /// The client declined it.
        Declined = "declined",
        /// It is an order, and waits for deposit or design.
        Ordered = "ordered",
        /// It is being made.
        InProduction = "in-production",
        /// It stands still.
        Paused = "paused",
        /// It is finished, and waits for payment or collection.
        Finished = "finished",
        /// It is on its way.
        Shipped = "shipped",
        /// The client has it.
        Delivered = "delivered",
        /// Nothing is left to do: delivered or ended, with every component accounted for.
        Closed = "closed",
        /// The order was ended.
        Cancelled = "cancelled",
        /// The intake was a mistake.
        Withdrawn = "withdrawn",
    }
    /// A fact of an intake, as it can be put right.
    pub enum IntakeFact in "fact" {
        /// What the client wants.
        Wish = "wish",
        /// The valuation fee.
        Fee = "fee",
        /// What a piece is.
        Description = "description",
        /// Its state.
        Condition = "condition",
        /// The envelope it lies in.
        Envelope = "envelope",
        /// What the client says it is worth.
        DeclaredValue = "declared-value",
        /// Its photos.
        Photos = "photos",
        /// A stone or part that was forgotten, or never was.
        Component = "component",
        /// What a stone is to the piece.
        StoneRole = "stone-role",
        /// Its gem.
        Gem = "gem",
        /// The specific gravity of a gem without one of its own.
        Gravity = "gravity",
        /// What it weighs loose.
        Weighed = "weighed",
        /// Its cut.
        Cut = "cut",
        /// Its length.
        Length = "length",
        /// Its width.
        Width = "width",
        /// Its depth.
        Depth = "depth",
        /// Its girdle.
        Girdle = "girdle",
        /// What is noted of it.
        StoneNote = "stone-note",
        /// The name of a metal part.
        Part = "part",
        /// Its stamp.
        Stamp = "stamp",
        /// Its title.
        Title = "title",
        /// How the title was tested.
        Tested = "tested",
        /// What the part weighs.
        Gross = "gross",
        /// The stones mounted in it.
        Mounted = "mounted",
        /// Other parts on it.
        OtherParts = "other-parts",
    }
}

impl IntakeFact {
    /// Whether a valuation or a quote rests on it.
    #[must_use]
    pub const fn is_priced(self) -> bool {
        match self {
            Self::Component
            | Self::StoneRole
            | Self::Gem
            | Self::Gravity
            | Self::Weighed
            | Self::Cut
            | Self::Length
            | Self::Width
            | Self::Depth
            | Self::Girdle
            | Self::Title
            | Self::Gross
            | Self::Mounted
            | Self::OtherParts => true,
            Self::Wish
            | Self::Fee
            | Self::Description
            | Self::Condition
            | Self::Envelope
            | Self::DeclaredValue
            | Self::Photos
            | Self::StoneNote
            | Self::Part
            | Self::Stamp
            | Self::Tested => false,
        }
    }
}

/// The facts a stage is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, clippy::struct_excessive_bools, reason = "each is one fact")]
pub struct StageFacts {
    pub a_piece: bool,
    pub a_piece_accepted: bool,
    pub every_piece_refused: bool,
    pub valued: bool,
    pub quoted: bool,
    pub lapsed: bool,
    pub declined: bool,
    pub ordered: bool,
    pub opened: bool,
    pub paused: bool,
    pub finished: bool,
    pub shipped: bool,
    pub possessed: bool,
    pub settled: bool,
    pub cancelled: bool,
    pub withdrawn: bool,
}

/// The stage the facts put a project in: the furthest that holds.
#[must_use]
pub const fn stage(facts: &StageFacts) -> Stage {
    match facts {
        StageFacts { withdrawn: true, .. } => Stage::Withdrawn,
        StageFacts {
            cancelled: true,
            settled: true,
            ..
        }
        | StageFacts {
            possessed: true,
            settled: true,
            ..
        } => Stage::Closed,
        // A piece that was refused, or whose quote was declined, is done with when it went back.
        StageFacts {
            a_piece: true,
            declined: true,
            ordered: false,
            settled: true,
            ..
        }
        | StageFacts {
            a_piece: true,
            every_piece_refused: true,
            ordered: false,
            settled: true,
            ..
        } => Stage::Closed,
        StageFacts { cancelled: true, .. } => Stage::Cancelled,
        StageFacts { possessed: true, .. } => Stage::Delivered,
        StageFacts { shipped: true, .. } => Stage::Shipped,
        StageFacts { finished: true, .. } => Stage::Finished,
        StageFacts {
            ordered: true,
            paused: true,
            ..
        } => Stage::Paused,
        StageFacts {
            ordered: true,
            opened: true,
            ..
        } => Stage::InProduction,
        StageFacts { ordered: true, .. } => Stage::Ordered,
        StageFacts { declined: true, .. } => Stage::Declined,
        StageFacts {
            quoted: true,
            lapsed: true,
            ..
        } => Stage::Lapsed,
        StageFacts { quoted: true, .. } => Stage::Quoted,
        StageFacts { valued: true, .. } => Stage::Valued,
        StageFacts {
            a_piece_accepted: true, ..
        } => Stage::Accepted,
        StageFacts {
            every_piece_refused: true,
            ..
        } => Stage::Refused,
        StageFacts { .. } => Stage::TakenIn,
    }
}

/// Where each component is, from what happened to it. `components` are those taken in: id, and whether it is a stone.
#[must_use]
pub fn custody(components: &[(String, bool)], happenings: &[Happening]) -> Vec<Component> {
    let mut found: Vec<Component> = components
        .iter()
        .map(|(id, stone)| Component {
            id: id.clone(),
            stone: *stone,
            place: Place::House,
            holder: String::new(),
            fate: None,
        })
        .collect();
    for happening in happenings {
        let named = |ids: &[String], component: &Component| ids.contains(&component.id);
        match &happening.what {
            Happened::Moved {
                components,
                place,
                holder,
            } => {
                for component in found.iter_mut().filter(|component| named(components, component)) {
                    component.place = *place;
                    component.holder.clone_from(holder);
                }
            }
            Happened::Settled { components, fate, .. } => {
                for component in found.iter_mut().filter(|component| named(components, component)) {
                    component.fate = Some(*fate);
                }
            }
            Happened::Accepted { .. }
            | Happened::Declined { .. }
            | Happened::Requested { .. }
            | Happened::Shown { .. }
            | Happened::Answered { .. }
            | Happened::Suspended { .. }
            | Happened::Resumed {}
            | Happened::Redated { .. }
            | Happened::DateTaken {}
            | Happened::DateKept {}
            | Happened::Sized { .. }
            | Happened::Ticked { .. }
            | Happened::Finished {}
            | Happened::Delivered { .. }
            | Happened::Possessed { .. }
            | Happened::Cancelled { .. }
            | Happened::PriceWrong { .. }
            | Happened::PriceTaken {}
            | Happened::Reminded { .. }
            | Happened::Corrected { .. }
            | Happened::ClientChanged { .. }
            | Happened::Withdrawn { .. }
            | Happened::TakenBack { .. }
            | Happened::Noted { .. } => {}
        }
    }
    found
}
