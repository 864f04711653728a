//! What of an order was received and stands on no invoice, at the end of a day: what the book of day receipts goes by.
//!
//! Everything is looked at as it was written down by then, so that what a closed day says stays as it was.

use super::{Dossier, Happened};
use crate::invoice::{Invoice, InvoiceKind};
use crate::ledger::{Entry, EntryKind};
use crate::money::{Money, VatRate};
use chrono::NaiveDate;

/// What was received and stands on no invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Received {
    /// In money, or by what stands for it.
    pub money: Money,
    /// In the client's gold: a payment in kind, received when the order is accepted.
    pub in_kind: Money,
}

/// What an entry moves, from the client to the house.
#[must_use]
pub fn moved(entry: &Entry, all: &[(NaiveDate, Entry)]) -> Money {
    match entry.kind {
        EntryKind::Payment | EntryKind::ValuationFee => entry.amount,
        EntryKind::Refund => -entry.amount,
        EntryKind::Correction => all
            .iter()
            .find(|(_, other)| entry.corrects.as_ref() == Some(&other.id))
            .map_or(Money::ZERO, |(_, wrong)| -moved(wrong, all)),
    }
}

impl Dossier {
    /// What was received by the end of a day and stands on no invoice of that day or before; `entries` with the day each was written
    /// down on.
    #[must_use]
    pub fn without_invoice(&self, entries: &[(NaiveDate, Entry)], on: NaiveDate) -> Received {
        let invoices: Vec<Invoice> = self
            .invoices
            .iter()
            .filter(|invoice| invoice.day <= on)
            .cloned()
            .collect();
        let stands = |kind: InvoiceKind| -> Money {
            let of_kind = invoices.iter().filter(|invoice| invoice.kind == kind);
            of_kind.map(|invoice| invoice.open(&invoices)).sum()
        };
        // The final invoice holds everything that comes in for the order.
        if stands(InvoiceKind::Final) > Money::ZERO {
            return Received::default();
        }
        let received: Money = entries
            .iter()
            .filter(|(written, _)| *written <= on)
            .map(|(_, entry)| moved(entry, entries))
            .sum();
        Received {
            money: received - stands(InvoiceKind::Deposit) - stands(InvoiceKind::Fee),
            in_kind: self.gold_taken(on),
        }
    }

    /// The credit for the client's gold, from the order's acceptance until it ends.
    fn gold_taken(&self, on: NaiveDate) -> Money {
        let written = |at: &str| at.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
        let by_then = |at: &str| written(at).is_some_and(|day| day <= on);
        let ended = self
            .happenings
            .iter()
            .any(|happening| matches!(happening.what, Happened::Cancelled { .. }) && by_then(&happening.at));
        self.order
            .as_ref()
            .filter(|order| by_then(&order.accepted.at) && !ended)
            .map_or(Money::ZERO, |order| order.gold_credit.min(order.totals.total))
    }

    /// The whole price of the order, a rate at a time; nothing before there is one.
    #[must_use]
    pub fn wholes(&self) -> Vec<(VatRate, Money)> {
        let shares = self.order.iter().flat_map(|order| &order.totals.vat);
        shares.map(|share| (share.rate, share.base + share.vat)).collect()
    }
}
