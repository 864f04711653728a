//! An order that its client ends before delivery: the answer the desk gives, turned into what the house keeps and what goes
//! back. Nothing is kept that the desk would give back.

use super::{Basis, Facts, Reason, answer};
use crate::grounds::{Ground, Grounded};
use crate::law;
use crate::ledger::{Ended, Settled};
use crate::money::{Money, VatRate};
use crate::refusal::{NotNow, Refusal};
use crate::terms::{Cancellation, Concluded, Condition, Made, Terms};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The grounds of who pays the way back.
const WAY_BACK: [&str; 3] = [
    "ground-not-told-who-pays",
    "ground-house-offers-return",
    "ground-house-collects",
];

/// What is told of an order when its client ends it. Nothing of it is guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelTold {
    /// How the contract came about.
    pub concluded: Concluded,
    /// What was ordered.
    pub made: Made,
    /// Whether it can be restocked at no cost; `None` where nobody answered that.
    pub restockable: Option<bool>,
    /// The day the client says so.
    pub day: NaiveDate,
}

/// What was ordered, for the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordered {
    /// The day of the order.
    pub day: NaiveDate,
    /// The rate of its first line.
    pub vat: VatRate,
    /// Its price without VAT, over all its rates, in euro and not rounded.
    pub without_vat: Decimal,
}

/// Whether it makes a difference if an order can be restocked at no cost.
#[must_use]
pub fn asks_restocking(terms: &Terms) -> bool {
    matches!(terms.returns.cancellation.value(), Some(Cancellation::Fee(_)))
}

/// What an order comes to that its client ends before delivery.
///
/// A consumer who withdraws gets everything back (CEL VI.50): payments, the fee that came off the price, and the credit of
/// gold already melted. Without that right the house's own rule on cancelling decides (LV art. 13, UNIGLO).
///
/// # Errors
/// [`Refusal::NotNow`] where there is no right to end it: that takes an agreement. [`Refusal::Missing`] where the answer
/// depends on restocking and nobody said whether it can be.
pub fn cancelled(
    ended: &Ended,
    ordered: &Ordered,
    told: &CancelTold,
    terms: &Terms,
) -> Result<Grounded<Settled>, Refusal> {
    let everything = ended.paid + ended.fee + ended.melted;
    let facts = |paid: Money| Facts {
        today: told.day,
        client: ended.client,
        concluded: told.concluded,
        made: told.made,
        size: None,
        price: ended.price,
        vat: ordered.vat,
        without_vat: Some(ordered.without_vat),
        paid,
        deposit_paid: (ended.kind.takes_deposit()).then(|| ended.deposit.min(ended.paid)),
        shipping_paid: Money::ZERO,
        standard_shipping: Money::ZERO,
        informed: None,
        ordered: ordered.day,
        shipped: None,
        possession: None,
        notice: Some(told.day),
        reason: Reason::Cancel,
        condition: Condition::AsDelivered,
        loss_in_value: Money::ZERO,
        dispatched: None,
        received: None,
        inspected: None,
        found: None,
        label_cost: Money::ZERO,
        customs_charged: Money::ZERO,
        restockable: told.restockable == Some(true),
        restocking_pct: Decimal::ZERO,
    };
    let first = answer(&facts(ended.paid), terms);
    let withdrawn = first.value.basis == Basis::Statute;
    let (answered, extra) = if withdrawn {
        (answer(&facts(everything), terms), ended.fee + ended.melted)
    } else {
        (first, Money::ZERO)
    };
    let Some(back) = answered.value.refund_total else {
        // Perhaps only because nobody said whether it can be restocked.
        return Err(if asks_restocking(terms) && told.restockable.is_none() {
            Refusal::Missing { field: "restockable" }
        } else {
            Refusal::from(NotNow::NoCancellation)
        });
    };
    let mut grounds = answered.grounds;
    // Nothing was sent: who would pay for the way back is no ground of what the client gets.
    grounds.retain(|ground| !WAY_BACK.contains(&ground.message.key.as_ref()));
    let warnings = answered.value.flags.iter().filter_map(|id| law::collision(id, terms));
    grounds.extend(warnings.map(|row| Ground::new(row.law.clone(), row.instead()).for_house()));
    Ok(Grounded {
        value: Settled {
            kept: (ended.paid + extra - back).max(Money::ZERO),
            back,
            extra,
        },
        grounds,
    })
}
