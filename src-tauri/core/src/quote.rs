//! A quote's money: lines, VAT, credits, what is left to pay, deposit and balance.
//!
//! The gold credit and the valuation fee are payments in kind and in advance, not discounts: VAT stands on the full
//! price, and they come off after it (VAT Code art. 26). Deposit + balance = to pay, always, because one is the
//! difference of the other.

use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::money::{Money, VatRate};
use crate::terms::{ProjectKind, Terms};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One line of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// How many, above zero.
    pub quantity: Decimal,
    /// The price of one, VAT included.
    pub unit_price: Money,
    /// The rate of the VAT in it.
    pub vat: VatRate,
}

impl Line {
    /// Quantity × unit price, half-up to the cent; `None` beyond what an amount can hold.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        self.quantity
            .checked_mul(self.unit_price.euro())
            .and_then(Money::half_up)
    }
}

/// The VAT of one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VatShare {
    /// The rate.
    pub rate: VatRate,
    /// The price without VAT.
    pub base: Money,
    /// The VAT.
    pub vat: Money,
}

/// Everything a quote's money comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Each line's amount.
    pub lines: Vec<Money>,
    /// Their sum, VAT included.
    pub total: Money,
    /// A rate each, in the order of first appearance.
    pub vat: Vec<VatShare>,
    /// What gold and fee take off, at most the total.
    pub credits: Money,
    /// What is left of the credits.
    pub unused_credit: Money,
    /// The total less the credits.
    pub to_pay: Money,
    /// What is due with the order.
    pub deposit: Money,
    /// What is due before delivery.
    pub balance: Money,
}

/// What of an order is due with it: a share of what is left to pay, or of the full price where the house says so, and never
/// more than is left.
#[must_use]
pub fn deposit(kind: ProjectKind, total: Money, to_pay: Money, terms: &Terms) -> Money {
    let on_full_price = terms
        .payment
        .deposit
        .value()
        .is_some_and(|deposit| deposit.on_full_price);
    let base = if on_full_price { total } else { to_pay };
    base.percent(terms.deposit_percent(kind).value).min(to_pay)
}

/// The VAT inside the lines, a rate at a time: rounded once over all lines of the rate.
fn shares(lines: &[Line], amounts: &[Money]) -> Vec<VatShare> {
    let mut by_rate: Vec<(VatRate, Money)> = Vec::new();
    for (line, &amount) in lines.iter().zip(amounts) {
        match by_rate.iter_mut().find(|(rate, _)| *rate == line.vat) {
            Some((_, sum)) => *sum = *sum + amount,
            None => by_rate.push((line.vat, amount)),
        }
    }
    let share = |(rate, sum): (VatRate, Money)| {
        let vat = rate.inside(sum);
        VatShare {
            rate,
            base: sum - vat,
            vat,
        }
    };
    by_rate.into_iter().map(share).collect()
}

/// Adds up a quote; `None` when a line is beyond what an amount can hold.
#[must_use]
pub fn total(
    kind: ProjectKind,
    lines: &[Line],
    gold_credit: Money,
    fee_paid: Money,
    terms: &Terms,
) -> Option<Grounded<Totals>> {
    let amounts = lines.iter().map(Line::amount).collect::<Option<Vec<_>>>()?;
    let vat = shares(lines, &amounts);
    let total: Money = amounts.iter().copied().sum();
    // A sum is an amount too, and has the same bound.
    Money::half_up(total.euro())?;
    let offered = gold_credit + fee_paid;
    let credits = offered.min(total);
    let to_pay = total - credits;
    let share = terms.deposit_percent(kind);
    let deposit = deposit(kind, total, to_pay, terms);

    let inside = |share: &VatShare| {
        Ground::new(Article::of("RD 8-7-2025"), "ground-vat-inside")
            .with("rate", Fact::Number(share.rate.as_percent()))
            .with("total", Fact::Money(share.base + share.vat))
            .with("vat", Fact::Money(share.vat))
    };
    let mut grounds: Vec<Ground> = vat.iter().map(inside).collect();
    if offered > Money::ZERO {
        grounds.push(
            Ground::new(Article::of("VAT Code art. 26"), "ground-credit-after-vat")
                .with("gold", Fact::Money(gold_credit))
                .with("fee", Fact::Money(fee_paid))
                .with("total", Fact::Money(total)),
        );
    }
    if offered > credits {
        grounds.push(
            Ground::new(Article::of("Law 18-9-2017 art. 67"), "ground-unused-credit")
                .with("unused", Fact::Money(offered - credits)),
        );
    }
    grounds.push(
        Ground::new(
            share.article,
            if share.value.is_zero() {
                "ground-no-deposit"
            } else {
                "ground-deposit"
            },
        )
        .with("percent", Fact::Number(share.value))
        .with("to_pay", Fact::Money(to_pay))
        .with("deposit", Fact::Money(deposit)),
    );
    Some(Grounded {
        value: Totals {
            lines: amounts,
            total,
            vat,
            credits,
            unused_credit: offered - credits,
            to_pay,
            deposit,
            balance: to_pay - deposit,
        },
        grounds,
    })
}

/// A line of a quote as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct QuoteLineForm {
    pub text: String,
    pub quantity: String,
    pub unit_price: String,
    pub vat: String,
    /// Whether it is the delivery: it is paid with the order, and is no piece of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub delivery: bool,
    /// Whether it is a second-hand piece, sold under the margin scheme: no VAT is shown on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second_hand: bool,
}

/// A quote as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct QuoteForm {
    pub intro: String,
    pub lines: Vec<QuoteLineForm>,
    pub valid_until: String,
    /// A longer window agreed for the project; both empty where the house's holds.
    pub days_min: String,
    pub days_max: String,
    /// Ids of photos that are kept already.
    pub drawings: Vec<String>,
}
