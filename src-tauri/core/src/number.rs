//! Decimal numbers as people and scripts write them.
//!
//! A form is forgiving (`0,295`, `1.234,56`, `1 234.50`); a script is not (`0.295` only). Both end in the same
//! exact [`Decimal`], and neither accepts a digit more than the unit can hold: nothing is rounded on the way in.

use rust_decimal::{Decimal, RoundingStrategy};

/// Why a text is not a number of the unit asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// No number can be read from it.
    NotANumber,
    /// It has more digits after the mark than the unit holds.
    TooManyDecimals,
    /// It is a number, beyond what the unit may hold.
    TooLarge,
}

/// Nothing a workshop handles has more than nine digits before the mark.
const WHOLE_DIGITS: usize = 9;

/// The number in plain decimal notation: digits, at most one point between digits, a leading minus.
///
/// # Errors
/// [`Malformed`] when it is written otherwise, has more than `decimals` digits after the point, or too many before it.
pub fn plain(text: &str, decimals: u32) -> Result<Decimal, Malformed> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return Err(Malformed::NotANumber),
        None => (digits, ""),
    };
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(Malformed::NotANumber);
    }
    if fraction.len() > decimals as usize {
        return Err(Malformed::TooManyDecimals);
    }
    if whole.trim_start_matches('0').len() > WHOLE_DIGITS {
        return Err(Malformed::TooLarge);
    }
    // What every form and script writes: so few digits that they are counted as they are read.
    if text.len() == digits.len()
        && whole.len() + fraction.len() <= 18
        && let Ok(scale) = u32::try_from(fraction.len())
    {
        let read = whole.bytes().chain(fraction.bytes());
        return Ok(Decimal::new(
            read.fold(0, |number, byte| number * 10 + i64::from(byte - b'0')),
            scale,
        ));
    }
    text.parse().map_err(|_| Malformed::NotANumber)
}

/// The number as someone typed it: point or comma as the mark, spaces and apostrophes between groups.
///
/// With both marks present the last one is the decimal mark. A single mark is always the decimal mark, so that
/// `4.235` euro is refused for its third decimal instead of being read as four thousand.
///
/// # Errors
/// [`Malformed`], as for [`plain`].
pub fn typed(text: &str, decimals: u32) -> Result<Decimal, Malformed> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{202f}' | '€'))
        .collect();
    let mark = text.rfind(['.', ',']);
    let repeated = |mark: char| text.matches(mark).count() > 1;
    let normal = match mark {
        None => text,
        Some(at) => {
            let mark = if text[at..].starts_with(',') { ',' } else { '.' };
            let both = text.contains(',') && text.contains('.');
            if repeated(mark) {
                if both || !grouped_by_three(&text, mark) {
                    return Err(Malformed::NotANumber);
                }
                text.replace(mark, "")
            } else {
                let other = if mark == ',' { '.' } else { ',' };
                let whole = text[..at].replace(other, "");
                if both && !grouped_by_three(&text[..at], other) {
                    return Err(Malformed::NotANumber);
                }
                format!("{whole}.{}", &text[at + 1..])
            }
        }
    };
    plain(&normal, decimals)
}

fn grouped_by_three(text: &str, mark: char) -> bool {
    let mut groups = text.trim_start_matches('-').split(mark);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}

/// `value` to `decimals` places, halves away from zero: the one rounding of the product.
#[must_use]
pub fn half_up(value: Decimal, decimals: u32) -> Decimal {
    if value.scale() <= decimals {
        return value;
    }
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// `value` rounded half-up and written with exactly `decimals` places, a point as the mark.
#[must_use]
pub fn fixed(value: Decimal, decimals: u32) -> String {
    let mut rounded = half_up(value, decimals);
    rounded.rescale(decimals);
    let digits = rounded.mantissa();
    // Every amount and weight fits into it, and is written in a fraction of the time.
    match i64::try_from(digits) {
        Ok(digits) => pointed(digits, decimals as usize),
        Err(_) => rounded.to_string(),
    }
}

/// Whole digits with a point before the last so many: -5 with two decimals is `-0.05`.
fn pointed(digits: i64, decimals: usize) -> String {
    let minus = if digits < 0 { "-" } else { "" };
    let mut text = format!("{minus}{:0least$}", digits.unsigned_abs(), least = decimals + 1);
    if decimals > 0 {
        text.insert(text.len() - decimals, '.');
    }
    text
}
