//! Days as people type them: `3/12`, `3 dec`, `morgen`, `+14`, `2w`, a weekday. What is read depends on the day it is.

use crate::calendar::later;
use crate::fold::folded;
use chrono::{Datelike as _, Days, NaiveDate};

/// The months by the letters they begin with, folded, in Dutch, French, English and German; the first that fits is meant.
const MONTHS: [(&str, u32); 24] = [
    ("jan", 1),
    ("feb", 2),
    ("fev", 2),
    ("maa", 3),
    ("mrt", 3),
    ("mar", 3),
    ("mae", 3),
    ("apr", 4),
    ("avr", 4),
    ("mei", 5),
    ("mai", 5),
    ("may", 5),
    ("juin", 6),
    ("jun", 6),
    ("juil", 7),
    ("jul", 7),
    ("aou", 8),
    ("aug", 8),
    ("sep", 9),
    ("okt", 10),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
];

/// Words for days near today, folded, with how many days they lie ahead.
const NEAR: [(&str, i64); 15] = [
    ("vandaag", 0),
    ("aujourdhui", 0),
    ("today", 0),
    ("heute", 0),
    ("morgen", 1),
    ("demain", 1),
    ("tomorrow", 1),
    ("overmorgen", 2),
    ("apres demain", 2),
    ("ubermorgen", 2),
    ("gisteren", -1),
    ("hier", -1),
    ("yesterday", -1),
    ("gestern", -1),
    ("eergisteren", -2),
];

/// Weekdays from Monday by the letters they begin with, folded.
const WEEKDAYS: [(&str, u64); 28] = [
    ("maandag", 0),
    ("lundi", 0),
    ("monday", 0),
    ("montag", 0),
    ("dinsdag", 1),
    ("mardi", 1),
    ("tuesday", 1),
    ("dienstag", 1),
    ("woensdag", 2),
    ("mercredi", 2),
    ("wednesday", 2),
    ("mittwoch", 2),
    ("donderdag", 3),
    ("jeudi", 3),
    ("thursday", 3),
    ("donnerstag", 3),
    ("vrijdag", 4),
    ("vendredi", 4),
    ("friday", 4),
    ("freitag", 4),
    ("zaterdag", 5),
    ("samedi", 5),
    ("saturday", 5),
    ("samstag", 5),
    ("zondag", 6),
    ("dimanche", 6),
    ("sunday", 6),
    ("sonntag", 6),
];

/// Reads a day in full: `2026-12-04`, `4/12/2026`, `4-12-2026` or `04.12.2026`.
#[must_use]
pub fn full(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).map(str::trim).collect();
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !all_digits(year) || !all_digits(month) || !all_digits(day) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Reads a day as someone types it on that day. A day without its year is the nearest there is.
///
/// ```
/// use atelier_core::typed_day::near;
/// let today = "2026-12-02".parse().unwrap();
/// assert_eq!(near("3/12", today), "2026-12-03".parse().ok());
/// assert_eq!(near("3 jan", today), "2027-01-03".parse().ok());
/// assert_eq!(near("morgen", today), near("+1", today));
/// ```
#[must_use]
pub fn near(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim();
    full(text)
        .or_else(|| counted(text, today))
        .or_else(|| word(&folded(text), today))
        .or_else(|| parts(text, today))
}

/// `+14`, `-3`, `+2w`: so many days or weeks from today.
fn counted(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (back, rest) = match text.strip_prefix('+') {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix('-')?),
    };
    let rest = rest.trim();
    let (digits, days_each) = match rest.strip_suffix(['w', 'W']) {
        Some(weeks) => (weeks.trim(), 7),
        None => (rest, 1),
    };
    let count = digits.parse::<u64>().ok().filter(|count| *count <= 3660)? * days_each;
    if back {
        today.checked_sub_days(Days::new(count))
    } else {
        Some(later(today, count))
    }
}

fn word(folded: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Some((_, ahead)) = NEAR.iter().find(|(word, _)| *word == folded) {
        return today.checked_add_signed(chrono::TimeDelta::days(*ahead));
    }
    // Three letters tell a weekday where they begin no other; `mar` is Tuesday in French before it is a month.
    let long = folded.chars().count() >= 3 && !folded.contains(' ') && !folded.chars().any(|c| c.is_ascii_digit());
    let mut fitting = WEEKDAYS.iter().filter(|(name, _)| long && name.starts_with(folded));
    let (_, weekday) = fitting.next()?;
    if fitting.any(|(_, other)| other != weekday) {
        return None;
    }
    let from_monday = u64::from(today.weekday().num_days_from_monday());
    // A weekday is the next one, never today.
    let ahead = (weekday + 7 - from_monday) % 7;
    Some(later(today, if ahead == 0 { 7 } else { ahead }))
}

/// `3/12`, `3.12.26`, `3 dec`, `3 december 2026`, `dec 3`.
fn parts(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let said = folded(text);
    let words: Vec<&str> = said.split(' ').collect();
    let number = |word: &str| word.parse::<u32>().ok();
    // `3e`, `3rd`, `1er`: what follows the figures is how they are said.
    let day_of = |word: &str| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let rest = &word[digits.len()..];
        let ordinal = ["", "e", "er", "st", "nd", "rd", "th", "de", "ste"].contains(&rest);
        number(&digits).filter(|_| ordinal)
    };
    let month_of = |word: &str| {
        let known = MONTHS.iter().find(|(begins, _)| word.starts_with(begins));
        number(word)
            .filter(|month| (1..=12).contains(month))
            .or(known.map(|(_, month)| *month))
    };
    let (day, month, year) = match words.as_slice() {
        [day, month] | [day, month, _] if day_of(day).is_some() => (day_of(day)?, month_of(month)?, words.get(2)),
        [month, day] | [month, day, _] => (day_of(day)?, month_of(month)?, words.get(2)),
        _ => return None,
    };
    match year {
        Some(year) => {
            let typed = year.parse::<i32>().ok()?;
            // A year half typed is none.
            let year = match year.len() {
                2 => 2000 + typed,
                4 => typed,
                _ => return None,
            };
            NaiveDate::from_ymd_opt(year, month, day)
        }
        None => {
            let years = [today.year() - 1, today.year(), today.year() + 1];
            let days = years
                .into_iter()
                .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
            days.min_by_key(|day| (*day - today).num_days().abs())
        }
    }
}
