//! A project's money after its quote: what was paid, when the deposit was met, what is open, and what is kept when an
//! order is cancelled.

use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::law::CASH_LIMIT;
use crate::money::Money;
use crate::refusal::Refusal;
use crate::terms::{ClientKind, Terms};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What an entry is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// The fee of the valuation, before the order; it came off the quote.
    ValuationFee,
    /// A payment towards the order.
    Payment,
    /// Money back to the client.
    Refund,
}

/// One entry. Corrections are entries of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What for.
    pub kind: EntryKind,
    /// By which means.
    pub method: String,
    /// What it settles, above zero.
    pub amount: Money,
    /// What cash moved it by, at most two cents either way.
    pub rounding: Money,
    /// The day it was received or given.
    pub day: NaiveDate,
    /// The reference it came with.
    pub reference: String,
    /// A remark.
    pub note: String,
}

/// What was promised: an order's sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promised {
    /// The day of the order.
    pub ordered: NaiveDate,
    /// What is left to pay after credits.
    pub to_pay: Money,
    /// What of it is due with the order.
    pub deposit: Money,
}

/// Where an order's money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Paid towards the order, less what went back.
    pub paid: Money,
    /// What of the deposit is open.
    pub deposit_open: Money,
    /// The day the sum of payments reached the deposit; a deposit of zero is met on the day of the order.
    pub deposit_met: Option<NaiveDate>,
    /// What is open of everything.
    pub open: Money,
    /// What was paid beyond it.
    pub over: Money,
}

/// Where the money stands. The deposit is met on the day the sum of what came in, less what went back, reaches it, and
/// stays met.
#[must_use]
pub fn standing(promised: &Promised, entries: &[Entry]) -> Standing {
    let mut by_day: Vec<&Entry> = entries.iter().filter(|entry| entry.kind != EntryKind::ValuationFee).collect();
    by_day.sort_by_key(|entry| entry.day);
    let mut paid = Money::ZERO;
    let mut deposit_met = (promised.deposit <= Money::ZERO).then_some(promised.ordered);
    for entry in by_day {
        paid = match entry.kind {
            EntryKind::Refund => paid - entry.amount,
            EntryKind::Payment | EntryKind::ValuationFee => paid + entry.amount,
        };
        if deposit_met.is_none() && paid >= promised.deposit {
            deposit_met = Some(entry.day.max(promised.ordered));
        }
    }
    Standing {
        paid,
        deposit_open: if deposit_met.is_some() { Money::ZERO } else { promised.deposit - paid },
        deposit_met,
        open: (promised.to_pay - paid).max(Money::ZERO),
        over: (paid - promised.to_pay).max(Money::ZERO),
    }
}

/// Whether an amount may still be taken in cash: deposit, balance and fee count together, whatever the terms say (law of
/// 18 September 2017 art. 67). A house's own lower limit holds.
///
/// # Errors
/// [`Refusal::CashOverLimit`], with the limit and what was taken so far.
pub fn cash_allowed(amount: Money, entries: &[Entry], terms: &Terms) -> Result<(), Refusal> {
    let taken: Money = entries.iter().filter(|entry| entry.method == "cash" && entry.kind != EntryKind::Refund).map(|entry| entry.amount + entry.rounding).sum();
    let limit = terms.payment.cash_limit.value().map_or(CASH_LIMIT, |limit| (*limit).min(CASH_LIMIT));
    if taken + amount > limit { Err(Refusal::CashOverLimit { limit, taken }) } else { Ok(()) }
}

/// Who ends an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndedBy {
    /// The client, outside a right of withdrawal.
    Client,
    /// The house, for its own reasons or because it cannot deliver.
    House,
    /// The client, because the house is late and a new day is not wanted.
    Late,
    /// Both, on a sum they agree on.
    Agreement,
}

/// What is kept and what goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// What the house keeps of what was paid.
    pub kept: Money,
    /// What goes back.
    pub back: Money,
}

/// What a cancelled order comes to. A client who cancels a made piece leaves the deposit where the house's terms say so
/// (LV art. 13), at the house's own risk (CEL VI.83); where the house ends it or is finally late, everything goes back.
#[must_use]
pub fn cancelled(by: EndedBy, paid: Money, deposit: Money, agreed: Money, client: ClientKind, terms: &Terms) -> Grounded<Settled> {
    let mut grounds = Vec::new();
    let kept = match by {
        EndedBy::House => {
            grounds.push(Ground::new(Article::of("CC 5.97"), "ground-house-cancels"));
            Money::ZERO
        }
        EndedBy::Late => {
            grounds.push(Ground::new(terms.production.late.article().cloned().unwrap_or(Article::of("CEL VI.43")), "ground-late-ends"));
            Money::ZERO
        }
        EndedBy::Agreement => {
            grounds.push(Ground::new(Article::of("CC 5.70"), "ground-agreed-end"));
            agreed.min(paid)
        }
        EndedBy::Client => match terms.payment.deposit_kept.article().filter(|_| terms.payment.deposit_kept.value() == Some(&true)) {
            Some(article) => {
                let kept = deposit.min(paid);
                grounds.push(Ground::new(article.clone(), "ground-deposit-kept").with("kept", Fact::Money(kept)));
                if client == ClientKind::Consumer {
                    grounds.push(Ground::new(Article::of("CEL VI.83"), "instead-deposit-kept"));
                }
                kept
            }
            None => {
                grounds.push(Ground::new(Article::of("CC 5.69"), "ground-no-deposit-clause"));
                Money::ZERO
            }
        },
    };
    Grounded { value: Settled { kept, back: (paid - kept).max(Money::ZERO) }, grounds }
}
