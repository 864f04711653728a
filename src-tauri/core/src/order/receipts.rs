//! What of an order was received and stands on no invoice, at the end of a day: what the book of day receipts goes by.
//!
//! Everything is looked at as it was written down by then, so that what a closed day says stays as it was.

use super::{Dossier, Happened, Happening};
use crate::custody::Fate;
use crate::invoice::{Invoice, InvoiceKind};
use crate::ledger::{Entry, EntryKind};
use crate::money::{Money, VatRate};
use chrono::NaiveDate;

/// What was received and stands on no invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Received {
    /// For the order, in money or by what stands for it.
    pub money: Money,
    /// For the valuation, at the usual rate.
    pub fee: Money,
    /// In the client's gold: a payment in kind, received when the order is accepted.
    pub in_kind: Money,
}

/// What an entry moves, from the client to the house.
#[must_use]
pub fn moved(entry: &Entry, all: &[Entry]) -> Money {
    match entry.kind {
        EntryKind::Payment | EntryKind::ValuationFee => entry.amount,
        EntryKind::Refund => -entry.amount,
        EntryKind::Correction => wrong(entry, all).map_or(Money::ZERO, |wrong| -moved(wrong, all)),
    }
}

/// The entry that a correction undoes.
fn wrong<'a>(entry: &Entry, all: &'a [Entry]) -> Option<&'a Entry> {
    all.iter().find(|other| entry.corrects.as_ref() == Some(&other.id))
}

/// What an entry is about: of a correction, the kind of what it undoes.
#[must_use]
pub fn kind_of(entry: &Entry, all: &[Entry]) -> EntryKind {
    wrong(entry, all).map_or(entry.kind, |wrong| kind_of(wrong, all))
}

/// The day something was written down on.
fn written(happening: &Happening) -> Option<NaiveDate> {
    happening.at.get(..10)?.parse().ok()
}

impl Dossier {
    /// Whether the whole order stands on an invoice at the end of a day.
    #[must_use]
    pub fn is_invoiced(&self, on: NaiveDate) -> bool {
        let by_then = self.invoiced_by(on);
        let is_final = |invoice: &&Invoice| invoice.kind == InvoiceKind::Final;
        by_then
            .iter()
            .filter(is_final)
            .any(|invoice| invoice.is_standing(&by_then))
    }

    fn invoiced_by(&self, on: NaiveDate) -> Vec<Invoice> {
        self.invoices
            .iter()
            .filter(|invoice| invoice.day <= on)
            .cloned()
            .collect()
    }

    /// What was received for the order by the end of a day and stands on no invoice of that day or before. What a case moves stands
    /// apart.
    #[must_use]
    pub fn without_invoice(&self, on: NaiveDate) -> Received {
        let invoices = self.invoiced_by(on);
        let of_kind = |kind: InvoiceKind| invoices.iter().filter(move |invoice| invoice.kind == kind);
        let open = |kind: InvoiceKind| -> Money { of_kind(kind).map(|invoice| invoice.open(&invoices)).sum() };
        let is_final = self.is_invoiced(on);
        // A fee that comes off the price is on the order's invoice with it.
        let fee = if is_final && self.fee_taken_off() > Money::ZERO {
            Money::ZERO
        } else {
            self.moved_by(on, |kind| kind == EntryKind::ValuationFee) - open(InvoiceKind::Fee)
        };
        if is_final {
            return Received {
                fee,
                ..Received::default()
            };
        }
        let received = self.moved_by(on, |kind| kind != EntryKind::ValuationFee);
        Received {
            money: received - open(InvoiceKind::Deposit) - self.compensation(on, &invoices),
            fee,
            in_kind: self.gold_taken(on),
        }
    }

    /// What was moved for the order by the end of a day, of those kinds of entry; what undoes one counts as that one.
    fn moved_by(&self, on: NaiveDate, counts: impl Fn(EntryKind) -> bool) -> Money {
        let by_then = |entry: &&Entry| entry.written <= on && entry.case_id.is_none();
        let entries = self.entries.iter().filter(by_then);
        entries
            .filter(|entry| counts(kind_of(entry, &self.entries)))
            .map(|entry| moved(entry, &self.entries))
            .sum()
    }

    /// What of a deposit invoice was credited on an order that ended, and not paid back: the house keeps it as compensation, which bears
    /// no VAT and is no sale (C-277/05).
    fn compensation(&self, on: NaiveDate, invoices: &[Invoice]) -> Money {
        if !self.ended_by(on) {
            return Money::ZERO;
        }
        let deposits = invoices.iter().filter(|invoice| invoice.kind == InvoiceKind::Deposit);
        let credited: Money = deposits.map(|invoice| invoice.total - invoice.open(invoices)).sum();
        let back = -self.moved_by(on, |kind| kind == EntryKind::Refund);
        (credited - back).max(Money::ZERO)
    }

    fn ended_by(&self, on: NaiveDate) -> bool {
        self.happenings.iter().any(|happening| {
            matches!(happening.what, Happened::Cancelled { .. }) && written(happening).is_some_and(|day| day <= on)
        })
    }

    /// The credit for the client's gold, from the order's first acceptance on. Where the order ends it goes back with the gold; what was
    /// melted by then is paid back in money, and stays.
    fn gold_taken(&self, on: NaiveDate) -> Money {
        let by_then = |happening: &&Happening| written(happening).is_some_and(|day| day <= on);
        let happened = || self.happenings.iter().filter(by_then);
        let accepted = happened().any(|happening| matches!(happening.what, Happened::Accepted { .. }));
        let melted = happened().any(|happening| matches!(happening.what, Happened::Settled { fate: Fate::Melted, .. }));
        if !accepted || self.ended_by(on) && !melted {
            return Money::ZERO;
        }
        self.order
            .as_ref()
            .map_or(Money::ZERO, |order| order.gold_credit.min(order.totals.total))
    }

    /// The whole price of the order, a rate at a time; nothing before there is one.
    #[must_use]
    pub fn wholes(&self) -> Vec<(VatRate, Money)> {
        let shares = self.order.iter().flat_map(|order| &order.totals.vat);
        shares.map(|share| (share.rate, share.base + share.vat)).collect()
    }
}
