//! The one door for money. By which means it comes and goes, how much of it may be cash, what cash is rounded by, and how a
//! wrong entry is undone is decided here and nowhere else: for the fee at intake and later, for payments, refunds, and what
//! cases settle.

use crate::grounds::{Fact, Ground};
use crate::law::CASH_LIMIT;
use crate::ledger::{self, CASH, Entry, EntryKind};
use crate::money::{Money, rounded_for_cash};
use crate::refusal::{NotNow, Refusal};
use crate::terms::{Clause, ClientKind, Method, Terms};
use crate::vocabulary::Vocabulary as _;
use chrono::NaiveDate;

/// The means of payment that is a claim on the house.
pub const STORE_CREDIT: &str = "store-credit";

/// The means of payment the terms name; every means where they name none, or whatever is agreed.
#[must_use]
pub fn means(terms: &Terms) -> Vec<String> {
    let named = |method: &Method| method.name().to_owned();
    let all = Method::ALL.iter().filter(|method| **method != Method::Agreed);
    match terms.payment.methods.value() {
        Some(methods) if !methods.contains(&Method::Agreed) => methods.iter().map(named).collect(),
        Some(_) | None => all.map(named).collect(),
    }
}

/// The means that money may go back by: those it came by first, then those of the terms (CEL VI.50).
#[must_use]
pub fn means_back(paid_by: Vec<String>, terms: &Terms) -> Vec<String> {
    let others = means(terms).into_iter().filter(|other| !paid_by.contains(other));
    let others: Vec<String> = others.collect();
    [paid_by, others].concat()
}

/// Whether the terms take transfers: only then has an account, or a structured reference for one, its place on a paper.
#[must_use]
pub fn takes_transfers(terms: &Terms) -> bool {
    means(terms).iter().any(|means| means == Method::Transfer.name())
}

/// Money that comes in or goes back, before it is an entry.
#[derive(Debug, Clone)]
pub struct Booking {
    /// What for.
    pub kind: EntryKind,
    /// What it settles, above zero.
    pub amount: Money,
    /// By which means.
    pub method: String,
    /// The day it was received or given.
    pub day: NaiveDate,
    /// The reference it came with.
    pub reference: String,
    /// A remark.
    pub note: String,
    /// Where it stands in the bank's statement; empty for one booked by hand.
    pub place: String,
    /// Why the house takes it by a means its terms do not name; empty where it does not.
    pub decided: String,
}

impl Booking {
    /// A booking without reference or remark.
    #[must_use]
    pub fn of(kind: EntryKind, amount: Money, method: &str, day: NaiveDate) -> Self {
        Self {
            kind,
            amount,
            method: method.to_owned(),
            day,
            reference: String::new(),
            note: String::new(),
            place: String::new(),
            decided: String::new(),
        }
    }
}

/// The refusal of a means the terms do not name, with the clause.
fn not_named(terms: &Terms) -> Refusal {
    match &terms.payment.methods {
        Clause::Says(methods, article) => {
            let named = Fact::Words(methods.iter().map(|method| method.word()).collect());
            let why = Ground::new(article.clone(), "ground-means").with("words", named);
            Refusal::ByTerms { why: Box::new(why) }
        }
        Clause::Silent => NotNow::Method.into(),
    }
}

/// What an amount settles that changed hands. A consumer's cash is rounded by law to five cents: coins that are what is owed,
/// rounded, settle all of it, and not a cent more or less (CEL VI.7/1).
#[must_use]
pub fn settles(amount: Money, method: &str, client: ClientKind, owed: &[Money]) -> Money {
    let rounds = method == CASH && client == ClientKind::Consumer;
    let meant = owed.iter().find(|owed| rounds && rounded_for_cash(**owed) == amount);
    meant.copied().unwrap_or(amount)
}

/// What a booking is looked at against.
#[derive(Debug, Clone)]
pub struct Till<'a> {
    /// The terms the contract keeps.
    pub terms: &'a Terms,
    /// Who pays.
    pub client: ClientKind,
    /// Everything booked that counts together: an order's entries, and those of its cases.
    pub entries: &'a [Entry],
    /// What the client has as store credit.
    pub credit: Money,
    /// The means the order was paid by: money goes back by them, whatever the terms name now.
    pub paid_by: &'a [String],
    /// The case it settles, where it is one.
    pub case_id: Option<&'a str>,
    /// The day it is booked on.
    pub today: NaiveDate,
}

/// The entry a booking becomes, under that id.
///
/// # Errors
/// [`Refusal::ByTerms`] for a means the house does not take, [`NotNow::Method`] for what is no means at all, [`NotNow::CreditTooSmall`], [`Refusal::CashOverLimit`] where what
/// comes in would be more cash than the law allows for all that is linked (law of 18 September 2017 art. 67).
pub fn entry(id: String, booking: Booking, till: &Till<'_>) -> Result<Entry, Refusal> {
    let method = booking.method.as_str();
    let goes_back = booking.kind == EntryKind::Refund;
    if method == STORE_CREDIT {
        match (booking.kind, till.case_id) {
            // A case gives credit; an order gives back as credit what was paid with it.
            (EntryKind::Refund, Some(_)) => {}
            (EntryKind::Refund, None) if booking.amount <= paid_with_credit(till.entries) => {}
            (EntryKind::Payment, _) if booking.amount <= till.credit => {}
            (EntryKind::Payment, _) => return Err(NotNow::CreditTooSmall.into()),
            (EntryKind::Refund | EntryKind::ValuationFee | EntryKind::Correction, _) => {
                return Err(NotNow::Method.into());
            }
        }
    } else {
        let known = means(till.terms).iter().any(|known| known == method)
            || (goes_back && till.paid_by.iter().any(|known| known == method));
        // By other means only where the house decides so itself, and says why.
        let decided = !goes_back && !booking.decided.is_empty() && Method::of(method).is_some();
        if !known && !decided {
            // A word nobody pays by is no means; a means the terms do not name is refused by its clause.
            return Err(if Method::of(method).is_some() {
                not_named(till.terms)
            } else {
                NotNow::Method.into()
            });
        }
    }
    let rounding = if method == CASH && till.client == ClientKind::Consumer {
        // A consumer at the counter pays, and is paid, in steps of five cents (CEL VI.7/1).
        rounded_for_cash(booking.amount) - booking.amount
    } else {
        Money::ZERO
    };
    if method == CASH && !goes_back {
        ledger::cash_allowed(booking.amount + rounding, till.entries, till.terms)?;
    }
    Ok(Entry {
        id,
        corrects: None,
        case_id: till.case_id.map(str::to_owned),
        kind: booking.kind,
        method: booking.method,
        amount: booking.amount,
        rounding,
        day: booking.day,
        written: till.today,
        reference: booking.reference,
        place: booking.place,
        note: [booking.note, booking.decided]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
    })
}

/// The entry of that id, where it counts and can be undone.
///
/// # Errors
/// [`Refusal::NotFound`] for one that is corrected already, or a correction.
pub fn correctable(entries: &[Entry], id: &str) -> Result<Entry, Refusal> {
    let found = ledger::counting(entries).find(|entry| entry.id == id);
    found.cloned().ok_or(Refusal::NotFound)
}

/// The entry that undoes another, today.
#[must_use]
pub fn correction(id: String, wrong: &Entry, today: NaiveDate, reason: String) -> Entry {
    Entry {
        id,
        corrects: Some(wrong.id.clone()),
        kind: EntryKind::Correction,
        day: today,
        written: today,
        note: reason,
        ..wrong.clone()
    }
}

/// What of an order was paid in money and is not back yet, cases apart: store credit is none.
#[must_use]
pub fn paid_in_money(entries: &[Entry]) -> Money {
    left(entries, |method| method != STORE_CREDIT)
}

/// What of an order was paid with store credit and is not back yet, cases apart.
#[must_use]
pub fn paid_with_credit(entries: &[Entry]) -> Money {
    left(entries, |method| method == STORE_CREDIT)
}

fn left(entries: &[Entry], by: impl Fn(&str) -> bool) -> Money {
    ledger::counting(entries)
        .filter(|entry| entry.case_id.is_none() && by(&entry.method))
        .map(|entry| match entry.kind {
            EntryKind::Refund => -entry.amount,
            EntryKind::Payment | EntryKind::ValuationFee | EntryKind::Correction => entry.amount,
        })
        .sum()
}

/// Whether an amount can go back by a means: in cash no more than came in cash, over an order and all its cases. Where nobody
/// knows how it was paid (`None`), the law's limit for cash holds (law of 18 September 2017 art. 67), over what `given` holds.
///
/// # Errors
/// [`NotNow::CashBack`] or [`Refusal::CashOverLimit`].
pub fn may_go_back(amount: Money, method: &str, linked: Option<&[Entry]>, given: &[Entry]) -> Result<(), Refusal> {
    if method != CASH {
        return Ok(());
    }
    let in_cash = |entries: &[Entry], back: bool| -> Money {
        ledger::counting(entries)
            .filter(|entry| entry.method == CASH && (entry.kind == EntryKind::Refund) == back)
            .map(|entry| entry.amount)
            .sum()
    };
    match linked {
        Some(linked) if in_cash(linked, true) + amount > in_cash(linked, false) => Err(NotNow::CashBack.into()),
        None if in_cash(given, true) + amount > CASH_LIMIT => Err(Refusal::CashOverLimit {
            limit: CASH_LIMIT,
            taken: in_cash(given, true),
        }),
        Some(_) | None => Ok(()),
    }
}
