//! What can be, and looks like a slip: it is asked about once, and done where it is meant.

use crate::grounds::{Fact, Message};
use crate::intake::{PieceRead, mounted_carats};
use crate::metal::GoldPrice;
use crate::money::Money;
use crate::number::half_up;
use crate::stone::{Gem, Size, Stone};
use crate::terms::Terms;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Whether one figure is out of proportion to another: beyond `most` times it, or below so small a part of it.
fn apart(one: Decimal, other: Decimal, most: i64) -> bool {
    let most = Decimal::from(most);
    one > Decimal::ZERO && other > Decimal::ZERO && (one > other * most || one * most < other)
}

/// A clock that says an earlier day than something was written down on: what is booked now would stand on a day that is closed, and
/// on papers that count from the wrong day. Where the clock ran ahead before, and is right now, that is meant.
pub(super) fn clock(today: NaiveDate, last: Option<NaiveDate>) -> Option<Message> {
    let last = last.filter(|last| *last > today)?;
    Some(
        Message::new("doubt-clock")
            .with("today", Fact::Day(today))
            .with("last", Fact::Day(last)),
    )
}

/// A price of gold that is not near the last known: gram and ounce mixed up (31 times), or a digit too many.
pub(super) fn gold_price(price: GoldPrice, last: Option<GoldPrice>) -> Option<Message> {
    let (now, before) = (price.per_gram(), last?.per_gram());
    // Gold has never moved by half between two notes of a shop that is open.
    let far = now * Decimal::TWO > before * Decimal::from(3) || now * Decimal::from(3) < before * Decimal::TWO;
    far.then(|| {
        Message::new("doubt-gold-price")
            .with("now", Fact::Number(half_up(now, 2)))
            .with("before", Fact::Number(half_up(before, 2)))
    })
}

/// A payment far over what is open.
pub(super) fn payment(amount: Money, open: Money) -> Option<Message> {
    let far = amount.euro() * Decimal::from(10) > open.euro() * Decimal::from(11);
    far.then(|| {
        Message::new("doubt-payment")
            .with("amount", Fact::Money(amount))
            .with("open", Fact::Money(open))
    })
}

/// A valuation fee with a digit too many, measured by the house's least, else by what valuing costs anywhere.
pub(super) fn fee(fee: Money, terms: &Terms) -> Option<Message> {
    let usual = terms.redesign.valuation_fee_from.value().copied();
    let usual = usual.filter(|least| *least > Money::ZERO);
    let most = usual.map_or(Decimal::from(500), |least| least.euro() * Decimal::from(9));
    (fee.euro() > most).then(|| Message::new("doubt-fee").with("fee", Fact::Money(fee)))
}

/// A price with a digit too many or too few: ten times its last version, or what no piece of a workshop costs.
pub(super) fn price(total: Money, last: Option<Money>) -> Option<Message> {
    match last {
        Some(last) if apart(total.euro(), last.euro(), 5) => Some(
            Message::new("doubt-price-changed")
                .with("total", Fact::Money(total))
                .with("last", Fact::Money(last)),
        ),
        None if total.euro() >= Decimal::from(100_000) => {
            Some(Message::new("doubt-price").with("total", Fact::Money(total)))
        }
        Some(_) | None => None,
    }
}

/// Everything of a piece that looks like a slip.
pub(super) fn piece(read: &PieceRead) -> Vec<Message> {
    let loose = read.stones.iter().flatten().filter_map(|stone| match stone.stone.size {
        Size::Weighed(carat) => loose(carat, &stone.stone.gem),
        Size::Measured(_) => None,
    });
    mounted(read)
        .into_iter()
        .chain(declared(read.declared_value))
        .chain(loose)
        .collect()
}

/// A declared value with a digit too many.
fn declared(value: Option<Money>) -> Option<Message> {
    let value = value.filter(|value| value.euro() >= Decimal::from(250_000))?;
    Some(Message::new("doubt-declared").with("value", Fact::Money(value)))
}

/// A weight unlike the stone's measures.
pub(super) fn weighed(carat: Decimal, stone: &Stone) -> Option<Message> {
    let Size::Measured(_) = stone.size else { return None };
    let estimate = stone.size.weight(&stone.gem)?.carat;
    apart(carat, estimate, 2).then(|| {
        Message::new("doubt-weighed")
            .with("carat", Fact::Carats(carat))
            .with("estimate", Fact::Carats(half_up(estimate, 2)))
    })
}

/// A stone that weighs more loose than any gem of a jeweller's.
fn loose(carat: Decimal, gem: &Gem) -> Option<Message> {
    let most = if gem.is_diamond() { 20 } else { 200 };
    (carat > Decimal::from(most)).then(|| Message::new("doubt-loose").with("carat", Fact::Carats(carat)))
}

/// Stones taken off the metal that are not those of the piece: taken off every part, or in grams for carats.
fn mounted(piece: &PieceRead) -> Option<Message> {
    let known = mounted_carats(&piece.stones);
    let taken: Decimal = piece.metals.iter().flatten().map(|metal| metal.part.mounted_ct).sum();
    apart(taken, known, 2)
        .then(|| {
            Message::new("doubt-mounted")
                .with("taken", Fact::Carats(half_up(taken, 2)))
                .with("known", Fact::Carats(half_up(known, 2)))
        })
        .or_else(|| taken_twice(piece, known))
}

/// The same stones taken off more than one part.
fn taken_twice(piece: &PieceRead, known: Decimal) -> Option<Message> {
    let off: Vec<Decimal> = piece
        .metals
        .iter()
        .flatten()
        .map(|metal| metal.part.mounted_ct)
        .filter(|mounted| *mounted > Decimal::ZERO)
        .collect();
    let (first, rest) = off.split_first()?;
    let all = !rest.is_empty() && rest.iter().all(|mounted| mounted == first);
    let every = half_up(*first, 2) >= half_up(known, 2) && known > Decimal::ZERO;
    (all && every).then(|| Message::new("doubt-mounted-twice").with("carat", Fact::Carats(*first)))
}
