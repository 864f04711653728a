//! What an order tells of lines of it that come back: the facts a case opens with, before anyone is asked.

use super::care::{CareFacts, Work};
use super::case::CaseKind;
use super::{Facts, Reason};
use crate::calendar::months_later;
use crate::ledger::made;
use crate::money::{Money, VatRate};
use crate::order::dossier::{Dossier, Order, is_delivery, lines};
use crate::refusal::Refusal;
use crate::terms::{Cancellation, Condition};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Lines of an order, and what it tells of them.
#[derive(Debug, Clone)]
pub struct Sold {
    /// The lines, by their places in the order.
    pub lines: Vec<usize>,
    /// What they are, in the house's words.
    pub item: String,
    /// What is known of the sale.
    pub known: Known,
}

/// What is known of a sale, as the rules ask for it.
#[derive(Debug, Clone)]
pub enum Known {
    /// For a right to undo it, or a claim.
    Sale(Box<Facts>),
    /// For work on the piece.
    Care(CareFacts),
}

/// What an order tells of `chosen` lines, of all of them where none is chosen. `informed` is the day the client was told of
/// the right of withdrawal; `elsewhere` are the lines that other cases undo already: what was paid for delivery goes back once, with
/// the last piece of the order.
///
/// # Errors
/// [`NotNow::NotOrdered`](crate::refusal::NotNow::NotOrdered) where nothing was sold.
pub fn sold(
    dossier: &Dossier,
    chosen: &[usize],
    kind: CaseKind,
    informed: Option<NaiveDate>,
    elsewhere: &[usize],
) -> Result<Sold, Refusal> {
    let order = dossier.ordered()?;
    let all = lines(&order.form);
    let delivery = is_delivery(&order.form);
    let piece = |index: &usize| *index < all.len() && delivery.get(*index) != Some(&true);
    let lines: Vec<usize> = if chosen.is_empty() {
        (0..all.len()).filter(piece).collect()
    } else {
        chosen.iter().copied().filter(piece).collect()
    };
    let mut pieces = (0..all.len()).filter(piece);
    let whole = pieces.all(|index| lines.contains(&index) || elsewhere.contains(&index));
    let sold: Vec<_> = lines.iter().filter_map(|index| all.get(*index)).collect();
    let item = sold
        .iter()
        .map(|(text, _)| text.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let known = match kind.reason() {
        None => Known::Care(care(dossier, order, kind)),
        Some(reason) => {
            let vat = sold.first().map_or(VatRate::STANDARD, |(_, line)| line.vat);
            let way_out = match (whole, kind) {
                (false, _) => WayOut::Stays,
                (true, CaseKind::Cancellation) if dossier.deliveries().is_empty() => WayOut::InThePrice,
                (true, _) => WayOut::BesideThePrice,
            };
            let sale = sale(dossier, order, &lines, &delivery, way_out);
            Known::Sale(Box::new(Facts {
                informed,
                vat,
                reason,
                // A defect is found in wearing; what comes back otherwise is taken to be as it left until someone looks.
                condition: if kind == CaseKind::Warranty {
                    Condition::Worn
                } else {
                    Condition::AsDelivered
                },
                ..sale
            }))
        }
    };
    Ok(Sold { lines, item, known })
}

/// Work on a piece of the order: the house made it, and nobody else has worked on it as far as it knows.
fn care(dossier: &Dossier, order: &Order, kind: CaseKind) -> CareFacts {
    let within = |day| dossier.today <= months_later(day, 24);
    CareFacts {
        work: if kind == CaseKind::Resizing {
            Work::Resizing
        } else {
            Work::Repair
        },
        made_here: true,
        others_worked: false,
        under_warranty: dossier.possession().is_some_and(within) || order.terms.warranty.lifetime.value().is_some(),
    }
}

/// What becomes of what the delivery costs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WayOut {
    /// Other pieces of the order go out.
    Stays,
    /// It was paid for, and may go back by a rule of its own.
    BesideThePrice,
    /// Nothing goes out: it ends with the last piece, as a part of the price, as where the order itself is ended.
    InThePrice,
}

/// The sale of those lines.
fn sale(dossier: &Dossier, order: &Order, lines: &[usize], delivery: &[bool], way_out: WayOut) -> Facts {
    let amounts = |wanted: bool| -> Money {
        let lines = order.totals.lines.iter().zip(delivery);
        lines
            .filter(|(_, delivery)| **delivery == wanted)
            .map(|(amount, _)| *amount)
            .sum()
    };
    let (pieces, shipping) = (amounts(false), amounts(true));
    let of_lines: Money = lines
        .iter()
        .filter_map(|index| order.totals.lines.get(*index))
        .copied()
        .sum();
    let in_money = dossier.standing().map_or(Money::ZERO, |standing| standing.paid);
    // Everything paid counts, the gold and the fee that came off included: payments in kind or in advance.
    let all_paid = in_money + order.totals.credits.min(order.totals.total);
    let of_pieces = (all_paid - shipping).max(Money::ZERO).part(of_lines, pieces);
    // Where gold pays for everything, the deposit that a house keeps is nothing; and where it keeps none, none was asked.
    let keeps = matches!(
        order.terms.returns.cancellation.value(),
        Some(Cancellation::DepositKept)
    );
    let asks_deposit = dossier.project.kind.takes_deposit() && (keeps || dossier.asks_deposit());
    let (price, paid, beside) = match way_out {
        WayOut::Stays => (of_lines, of_pieces, Money::ZERO),
        WayOut::BesideThePrice => (of_lines, of_pieces, shipping),
        // The client's own gold goes back from custody, or is paid for as what was melted.
        WayOut::InThePrice => (
            of_lines + shipping,
            in_money.part(of_lines + shipping, pieces + shipping),
            Money::ZERO,
        ),
    };
    Facts {
        today: dossier.today,
        client: dossier.client.card.kind,
        concluded: dossier.concluded(),
        made: made(dossier.project.kind),
        size: None,
        price,
        vat: VatRate::STANDARD,
        without_vat: None,
        paid,
        deposit_paid: asks_deposit.then(|| order.deposit.min(in_money).part(price, pieces + shipping)),
        // What is asked for delivery is the standard one.
        shipping_paid: beside.min(all_paid),
        standard_shipping: beside,
        informed: None,
        ordered: order.accepted.day,
        shipped: dossier.deliveries().into_iter().map(|(delivery, _)| delivery.day).max(),
        possession: dossier.possession(),
        notice: None,
        reason: Reason::ChangeOfMind,
        condition: Condition::AsDelivered,
        loss_in_value: Money::ZERO,
        dispatched: None,
        received: None,
        inspected: None,
        found: None,
        label_cost: Money::ZERO,
        customs_charged: Money::ZERO,
        restockable: false,
        restocking_pct: Decimal::ZERO,
    }
}
