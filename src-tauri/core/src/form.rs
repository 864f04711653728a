//! What someone typed, read field by field: nothing is lost, and every problem is named with the field it stands in.

use crate::money::Money;
use crate::number::{Malformed, typed};
use crate::refusal::Refusal;
use crate::typed_day;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// A field that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands in the form: `pieces.0.stones.1.weighed`.
    pub path: String,
    /// Why.
    pub refusal: Refusal,
}

/// The most characters of what a client wrote or said: their wish, a notice, an acceptance. It is kept as they wrote it.
pub const OF_A_CLIENT: usize = 20_000;

/// What was pasted, without the signs that nobody sees and that mean nothing: marks of direction, spaces of no width, hyphens
/// for the end of a line, control characters. Joiners stay between letters of scripts that are written with them, and in signs
/// put together of several.
#[must_use]
pub fn visible(pasted: &str) -> String {
    let signs: Vec<char> = pasted.chars().collect();
    let joins = |at: usize| {
        let beside = |at: Option<usize>| {
            at.and_then(|at| signs.get(at))
                .is_some_and(|c| *c >= '\u{590}' && !c.is_whitespace())
        };
        beside(at.checked_sub(1)) && beside(Some(at + 1))
    };
    let mut out = String::with_capacity(pasted.len());
    for (at, &sign) in signs.iter().enumerate() {
        match sign {
            '\r' if signs.get(at + 1) == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            '\u{200c}' | '\u{200d}' if joins(at) => out.push(sign),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// Reads a form and gathers its problems.
#[derive(Debug, Default)]
pub struct Reader {
    path: Vec<String>,
    /// The day it is typed on, where days may be said by it: `morgen`, `+14`.
    today: Option<NaiveDate>,
    /// What was found so far.
    pub problems: Vec<Problem>,
}

impl Reader {
    /// A reader of what is typed on a day.
    #[must_use]
    pub fn on(today: NaiveDate) -> Self {
        Self {
            today: Some(today),
            ..Self::default()
        }
    }

    /// Reads what stands below `part` of the form.
    pub fn below<T>(&mut self, part: impl ToString, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(part.to_string());
        let value = read(self);
        self.path.pop();
        value
    }

    /// Notes a problem with `field`.
    pub fn refuse(&mut self, field: &str, refusal: Refusal) {
        let mut path = self.path.join(".");
        if !path.is_empty() && !field.is_empty() {
            path.push('.');
        }
        path.push_str(field);
        self.problems.push(Problem { path, refusal });
    }

    /// A text of at most `most` characters, in whatever script: composed, trimmed, and without what nobody sees.
    pub fn text(&mut self, field: &'static str, typed: &str, most: usize) -> String {
        let text: String = visible(typed).trim().nfc().collect();
        if text.chars().count() > most {
            self.refuse(field, Refusal::TooLong { field, most });
        }
        text
    }

    /// As [`Reader::text`], and not empty.
    pub fn needed(&mut self, field: &'static str, typed: &str, most: usize) -> String {
        let text = self.text(field, typed, most);
        if text.is_empty() {
            self.refuse(field, Refusal::Missing { field });
        }
        text
    }

    /// A number with at most `decimals` decimals; `None`, noted, when it is none.
    pub fn number(&mut self, field: &'static str, text: &str, decimals: u32) -> Option<Decimal> {
        if text.trim().is_empty() {
            self.refuse(field, Refusal::Missing { field });
            return None;
        }
        let typed_text = text.trim().to_owned();
        match typed(text, decimals) {
            Ok(number) => return Some(number),
            Err(Malformed::NotANumber) => self.refuse(
                field,
                Refusal::NotANumber {
                    field,
                    typed: typed_text,
                },
            ),
            Err(Malformed::TooManyDecimals) => self.refuse(
                field,
                Refusal::TooManyDecimals {
                    field,
                    typed: typed_text,
                },
            ),
            Err(Malformed::TooLarge) => self.refuse(field, Refusal::TooLarge { field }),
        }
        None
    }

    /// A number above zero.
    pub fn positive(&mut self, field: &'static str, text: &str, decimals: u32) -> Option<Decimal> {
        let number = self.number(field, text, decimals)?;
        if number <= Decimal::ZERO {
            self.refuse(field, Refusal::NotPositive { field });
            return None;
        }
        Some(number)
    }

    /// A number above zero, and at most `most`.
    pub fn at_most(&mut self, field: &'static str, text: &str, decimals: u32, most: Decimal) -> Option<Decimal> {
        let number = self.positive(field, text, decimals)?;
        if number > most {
            self.refuse(field, Refusal::TooLarge { field });
            return None;
        }
        Some(number)
    }

    /// A number not below zero; an empty field is zero.
    pub fn amount_of(&mut self, field: &'static str, text: &str, decimals: u32) -> Option<Decimal> {
        if text.trim().is_empty() {
            return Some(Decimal::ZERO);
        }
        let number = self.number(field, text, decimals)?;
        if number < Decimal::ZERO {
            self.refuse(field, Refusal::Negative { field });
            return None;
        }
        Some(number)
    }

    /// An amount in euro not below zero; an empty field is none.
    pub fn money(&mut self, field: &'static str, text: &str) -> Option<Money> {
        let euro = self.amount_of(field, text, 2)?;
        let money = Money::half_up(euro);
        if money.is_none() {
            self.refuse(field, Refusal::TooLarge { field });
        }
        money
    }

    /// A day, as `2026-12-04`, `4/12/2026` or `04.12.2026`; as people type it where the day it is typed on is known.
    pub fn day(&mut self, field: &'static str, text: &str) -> Option<NaiveDate> {
        if text.trim().is_empty() {
            self.refuse(field, Refusal::Missing { field });
            return None;
        }
        let day = match self.today {
            Some(today) => typed_day::near(text, today),
            None => typed_day::full(text),
        };
        if day.is_none() {
            self.refuse(
                field,
                Refusal::NotADay {
                    field,
                    typed: text.trim().to_owned(),
                },
            );
        }
        day
    }

    /// `value`, or the first problem.
    ///
    /// # Errors
    /// The first problem's refusal.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Refusal> {
        match (self.problems.into_iter().next(), value) {
            (Some(problem), _) => Err(problem.refusal),
            (None, Some(value)) => Ok(value),
            (None, None) => Err(Refusal::Missing { field: "form" }),
        }
    }
}
