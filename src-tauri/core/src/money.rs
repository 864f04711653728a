//! Euro in whole cents, VAT inside a price, and the one rounding.
//!
//! Prices include VAT; the VAT in them is `total × rate / (100 + rate)`, rounded half-up once per rate per paper
//! (royal decree of 8 July 2025), and the base is the difference, so that both always add up to the total.

use crate::number::{self, Malformed};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

/// An exact amount in euro cents. On the wire a string with two decimals, `"1573.90"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The amount of that many cents.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// Whole cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Reads plain decimal notation, as scripts and the wire write it.
    ///
    /// # Errors
    /// [`Malformed`] when it is no amount of at most two decimals.
    pub fn plain(text: &str) -> Result<Self, Malformed> {
        Self::half_up(number::plain(text, 2)?).ok_or(Malformed::TooLarge)
    }

    /// Reads what someone typed, with either decimal mark.
    ///
    /// # Errors
    /// [`Malformed`] when it is no amount of at most two decimals.
    pub fn typed(text: &str) -> Result<Self, Malformed> {
        Self::half_up(number::typed(text, 2)?).ok_or(Malformed::TooLarge)
    }

    /// `euro` rounded half-up to the cent; `None` beyond 999,999,999.99.
    #[must_use]
    pub fn half_up(euro: Decimal) -> Option<Self> {
        let cents = number::half_up(euro.checked_mul(Decimal::ONE_HUNDRED)?, 0);
        (cents.abs() < Decimal::from(100_000_000_000_i64))
            .then(|| cents.try_into().ok().map(Self))
            .flatten()
    }

    /// The amount in euro, with two decimals.
    #[must_use]
    pub fn euro(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// `percent` of the amount, half-up to the cent.
    #[must_use]
    pub fn percent(self, percent: Decimal) -> Self {
        Self::half_up(self.euro() * percent / Decimal::ONE_HUNDRED).unwrap_or(Self::ZERO)
    }

    /// As much of the amount as `share` is of `whole`, half-up to the cent; all of it where `whole` is nothing.
    #[must_use]
    pub fn part(self, share: Self, whole: Self) -> Self {
        let part = (self.euro() * share.euro()).checked_div(whole.euro());
        part.and_then(Self::half_up).unwrap_or(self)
    }

    /// Whether it is below nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The amount on the wire: a point, two decimals, no groups.
    #[must_use]
    pub fn wire(self) -> String {
        self.euro().to_string()
    }
}

impl From<Money> for String {
    fn from(money: Money) -> Self {
        money.wire()
    }
}

impl TryFrom<String> for Money {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::plain(&text).map_err(|why| format!("{text:?} is no amount in euro: {why:?}"))
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// A VAT rate in per cent, 0 to 100, written without needless zeroes: `"21.0"` is `"21"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct VatRate(Decimal);

impl VatRate {
    /// The standard rate in Belgium, 21 % (VAT code, royal decree no. 20).
    pub const STANDARD: Self = Self(Decimal::from_parts(21, 0, 0, false, 0));

    /// The rate, where it lies between 0 and 100.
    #[must_use]
    pub fn percent(percent: Decimal) -> Option<Self> {
        (percent >= Decimal::ZERO && percent <= Decimal::ONE_HUNDRED).then(|| Self(percent.normalize()))
    }

    /// The rate in per cent.
    #[must_use]
    pub const fn as_percent(self) -> Decimal {
        self.0
    }

    /// The VAT inside `total`, half-up to the cent.
    ///
    /// ```
    /// use atelier_core::money::{Money, VatRate};
    /// let rate = VatRate::percent(21.into()).expect("a rate");
    /// assert_eq!(rate.inside(Money::from_cents(123_456)), Money::from_cents(21_426));
    /// ```
    #[must_use]
    pub fn inside(self, total: Money) -> Money {
        Money::half_up(total.euro() * self.0 / (Decimal::ONE_HUNDRED + self.0)).unwrap_or(Money::ZERO)
    }
}

impl VatRate {
    /// `total` without its VAT, in euro and not rounded.
    #[must_use]
    pub fn base_of(self, total: Money) -> Decimal {
        total.euro() * Decimal::ONE_HUNDRED / (Decimal::ONE_HUNDRED + self.0)
    }

    /// `percent` of `total` without its VAT, rounded once.
    #[must_use]
    pub fn share_without(self, total: Money, percent: Decimal) -> Money {
        Money::half_up(total.euro() * percent / (Decimal::ONE_HUNDRED + self.0)).unwrap_or(Money::ZERO)
    }
}

impl From<VatRate> for String {
    fn from(rate: VatRate) -> Self {
        rate.0.to_string()
    }
}

impl TryFrom<String> for VatRate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        number::typed(&text, 2)
            .ok()
            .and_then(Self::percent)
            .ok_or_else(|| format!("{text:?} is no VAT rate"))
    }
}

/// `amount` as it is paid in cash by a consumer in person: to 5 cents, from 6 cents up (CEL VI.7/1).
#[must_use]
pub fn rounded_for_cash(amount: Money) -> Money {
    let cents = amount.cents();
    if cents.abs() <= 5 {
        return amount;
    }
    Money::from_cents((cents.abs() + 2) / 5 * 5 * cents.signum())
}
