//! A project's money after its quote: what was paid, when the deposit was met, what is open, and what is kept when an
//! order is cancelled.

use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::law::CASH_LIMIT;
use crate::money::Money;
use crate::refusal::{NotNow, Refusal};
use crate::terms::{Cancellation, Clause, ClientKind, Made, Method, ProjectKind, Terms};
use crate::vocabulary::{Vocabulary as _, vocabulary};
use chrono::NaiveDate;

/// The means of payment that changes hands as coins and notes.
pub const CASH: &str = "cash";

/// The message a means of payment is said by.
#[must_use]
pub fn means_word(means: &str) -> String {
    Method::WORDS.key(means)
}

vocabulary! {
    /// What an entry is for.
    pub enum EntryKind in "ledger" {
        /// The fee of the valuation, before the order; it came off the quote.
        ValuationFee = "valuation-fee",
        /// A payment towards the order.
        Payment = "payment",
        /// Money back to the client.
        Refund = "refund",
        /// Undoes an entry that was booked wrongly: both stay, and neither counts.
        Correction = "correction",
    }
}

/// One entry. Corrections are entries of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The entry it undoes, where it is a correction.
    pub corrects: Option<String>,
    /// The after-sales case it belongs to: it settles that, and not the order.
    pub case_id: Option<String>,
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
    /// The day it was written down.
    pub written: NaiveDate,
    /// The reference it came with.
    pub reference: String,
    /// A remark.
    pub note: String,
    /// Where it stands in the bank's statement, which tells it from every other payment; empty for one booked by hand.
    pub place: String,
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
    /// The day the sum of payments reached everything, where it still does.
    pub paid_whole: Option<NaiveDate>,
    /// What is open of everything.
    pub open: Money,
    /// What was paid beyond it.
    pub over: Money,
}

/// The entries that count: neither corrected nor corrections.
pub fn counting(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    let corrected = |entry: &Entry| entries.iter().any(|other| other.corrects.as_ref() == Some(&entry.id));
    entries
        .iter()
        .filter(move |entry| entry.corrects.is_none() && !corrected(entry))
}

/// Where the money stands, after-sales apart. The deposit is met on the day the sum of what came in, less what went back, reaches it, and
/// stays met.
#[must_use]
pub fn standing(promised: &Promised, entries: &[Entry]) -> Standing {
    let mut by_day: Vec<&Entry> = counting(entries)
        .filter(|entry| entry.kind != EntryKind::ValuationFee && entry.case_id.is_none())
        .collect();
    by_day.sort_by_key(|entry| entry.day);
    let mut paid = Money::ZERO;
    let mut deposit_met = (promised.deposit <= Money::ZERO).then_some(promised.ordered);
    let mut paid_whole = (promised.to_pay <= Money::ZERO).then_some(promised.ordered);
    for entry in by_day {
        paid = match entry.kind {
            EntryKind::Refund => paid - entry.amount,
            EntryKind::Payment | EntryKind::ValuationFee | EntryKind::Correction => paid + entry.amount,
        };
        if deposit_met.is_none() && paid >= promised.deposit {
            deposit_met = Some(entry.day.max(promised.ordered));
        }
        if paid >= promised.to_pay {
            paid_whole = paid_whole.or(Some(entry.day.max(promised.ordered)));
        } else {
            paid_whole = None;
        }
    }
    Standing {
        paid,
        deposit_open: if deposit_met.is_some() {
            Money::ZERO
        } else {
            promised.deposit - paid
        },
        deposit_met,
        paid_whole,
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
    let taken: Money = counting(entries)
        .filter(|entry| entry.method == CASH && entry.kind != EntryKind::Refund)
        .map(|entry| entry.amount + entry.rounding)
        .sum();
    let limit = terms
        .payment
        .cash_limit
        .value()
        .map_or(CASH_LIMIT, |limit| (*limit).min(CASH_LIMIT));
    if taken + amount > limit {
        Err(Refusal::CashOverLimit { limit, taken })
    } else {
        Ok(())
    }
}

vocabulary! {
    /// Who ends an order.
    pub enum EndedBy in "ended-by" {
        /// The client, outside a right of withdrawal.
        Client = "client",
        /// The house, for its own reasons or because it cannot deliver.
        House = "house",
        /// The client, because the house is late and a new day is not wanted.
        Late = "late",
        /// Both, on a sum they agree on.
        Agreement = "agreement",
    }
}

/// The means an order was paid by, each once: what goes back may go back by them (CEL VI.50).
#[must_use]
pub fn paid_by(entries: &[Entry]) -> Vec<String> {
    let mut means: Vec<String> = Vec::new();
    for entry in counting(entries).filter(|entry| entry.kind == EntryKind::Payment && entry.case_id.is_none()) {
        if !means.contains(&entry.method) {
            means.push(entry.method.clone());
        }
    }
    means
}

/// What is kept and what goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// What the house keeps of what was paid.
    pub kept: Money,
    /// What goes back.
    pub back: Money,
    /// What of it was never paid in money: the fee that came off the price, and gold already melted.
    pub extra: Money,
}

/// An order that is ended.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named as in the order")]
pub struct Ended {
    pub by: EndedBy,
    pub kind: ProjectKind,
    pub client: ClientKind,
    /// Paid towards the order, less what went back.
    pub paid: Money,
    pub deposit: Money,
    /// The price, VAT included.
    pub price: Money,
    /// The price without VAT, over all its rates.
    pub without_vat: Money,
    /// The valuation fee that came off the price.
    pub fee: Money,
    /// The credit of gold that is melted already.
    pub melted: Money,
    /// What both agreed the house keeps.
    pub agreed: Money,
}

/// What the rules of after-sales call a piece of a project of that kind.
#[must_use]
pub const fn made(kind: ProjectKind) -> Made {
    match kind {
        ProjectKind::Stock => Made::Listed,
        ProjectKind::MadeToOrder => Made::ListedOption,
        ProjectKind::TailorMade | ProjectKind::Redesign => Made::OwnDesign,
    }
}

/// What an ended order comes to.
///
/// What a client who ends it leaves is a matter of after-sales, which asks more: `aftersales::cancel`. Here stands only what
/// was reckoned before that was asked: the deposit, or a fee on the price without VAT, where the terms say so (LV art. 13,
/// UNIGLO), at the house's own risk (CEL VI.83). Journals of that time still replay to it. Where the house ends it or
/// is finally late everything goes back: payments, the fee that came off, and the credit of gold already melted.
///
/// # Errors
/// [`Refusal::NotNow`] where the terms know no cancellation by the client of such an order: it takes an agreement.
pub fn cancelled(ended: &Ended, terms: &Terms) -> Result<Grounded<Settled>, Refusal> {
    let mut grounds = Vec::new();
    let mut extra = Money::ZERO;
    let kept = match ended.by {
        EndedBy::House | EndedBy::Late => {
            extra = ended.fee + ended.melted;
            let article = terms
                .production
                .late
                .article()
                .filter(|_| ended.by == EndedBy::Late)
                .cloned();
            let key = if ended.by == EndedBy::Late {
                "ground-late-ends"
            } else {
                "ground-house-cancels"
            };
            grounds.push(Ground::new(article.unwrap_or(Article::of("CEL VI.43")), key));
            if extra > Money::ZERO {
                grounds.push(
                    Ground::new(Article::of("VAT Code art. 26"), "ground-credits-back")
                        .with("fee", Fact::Money(ended.fee))
                        .with("gold", Fact::Money(ended.melted)),
                );
            }
            Money::ZERO
        }
        EndedBy::Agreement => {
            grounds.push(Ground::new(Article::of("CC 5.70"), "ground-agreed-end"));
            ended.agreed.min(ended.paid)
        }
        EndedBy::Client => {
            let kept = match &terms.returns.cancellation {
                Clause::Says(Cancellation::DepositKept, article) if ended.kind.takes_deposit() => {
                    let kept = ended.deposit.min(ended.paid);
                    grounds.push(Ground::new(article.clone(), "ground-deposit-kept").with("kept", Fact::Money(kept)));
                    kept
                }
                Clause::Says(Cancellation::Fee(fee), article) if fee.made.contains(&made(ended.kind)) => {
                    let kept = fee.of(ended.price, ended.without_vat.euro(), ended.paid);
                    grounds
                        .push(Ground::new(article.clone(), "ground-cancellation-fee").with("kept", Fact::Money(kept)));
                    kept
                }
                Clause::Says(Cancellation::Fee(_) | Cancellation::Never, _) => {
                    return Err(Refusal::from(NotNow::NoCancellation));
                }
                Clause::Says(Cancellation::DepositKept, _) | Clause::Silent => {
                    grounds.push(Ground::new(Article::of("CC 5.69"), "ground-no-deposit-clause"));
                    Money::ZERO
                }
            };
            if ended.client == ClientKind::Consumer {
                if kept > Money::ZERO {
                    grounds.push(Ground::new(Article::of("CEL VI.83"), "instead-deposit-kept").for_house());
                }
                grounds.push(Ground::new(Article::of("CEL VI.47"), "ground-withdrawal-first").for_house());
            }
            kept
        }
    };
    Ok(Grounded {
        value: Settled {
            kept,
            back: (ended.paid + extra - kept).max(Money::ZERO),
            extra,
        },
        grounds,
    })
}
