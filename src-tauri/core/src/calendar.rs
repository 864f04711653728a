//! Legal holidays, working days, business days and periods.
//!
//! Two counts live here. A **period** runs in calendar days, the day of the event left out, and a client's period
//! that would end on a Saturday, Sunday or legal holiday ends on the next working day (Reg. 1182/71 art. 3(4),
//! Civil Code 1.7). **Business days** are Monday to Friday less the ten legal holidays, less the days away.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// First and last day, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first day.
    pub first: NaiveDate,
    /// The last day, not before the first.
    pub last: NaiveDate,
}

impl Span {
    /// The span, unless its last day lies before its first.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

/// Easter Sunday of a Gregorian year (Meeus, Jones, Butcher).
#[must_use]
pub fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let h = (19 * a + b - b.div_euclid(4) - (b - (b + 8).div_euclid(25) + 1).div_euclid(3) + 15).rem_euclid(30);
    let l = (32 + 2 * b.rem_euclid(4) + 2 * c.div_euclid(4) - h - c.rem_euclid(4)).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let n = h + l - 7 * m + 114;
    let (month, day) = (n.div_euclid(31).unsigned_abs(), n.rem_euclid(31).unsigned_abs() + 1);
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

/// The ten Belgian legal holidays of a year (law of 4 January 1974), in order. In 2008 two of them fell together.
#[must_use]
pub fn legal_holidays(year: i32) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = FIXED
        .iter()
        .filter_map(|&(month, day)| NaiveDate::from_ymd_opt(year, month, day))
        .collect();
    days.extend(MOVABLE.iter().map(|&after| later(easter(year), after)));
    days.sort_unstable();
    days.dedup();
    days
}

/// The seven on the same day every year: month and day.
const FIXED: [(u32, u32); 7] = [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)];

/// Easter Monday, Ascension and Whit Monday, in days after Easter Sunday.
const MOVABLE: [u64; 3] = [1, 39, 50];

/// Whether the day is one of the ten legal holidays.
#[must_use]
pub fn is_legal_holiday(day: NaiveDate) -> bool {
    FIXED.contains(&(day.month(), day.day()))
        || ((3..=6).contains(&day.month()) && {
            let easter = easter(day.year());
            MOVABLE.iter().any(|&after| later(easter, after) == day)
        })
}

/// Whether the law works on that day: neither Saturday, nor Sunday, nor a legal holiday.
#[must_use]
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_legal_holiday(day)
}

/// The day itself where it is a working day, else the next one.
#[must_use]
pub fn rolled(day: NaiveDate) -> NaiveDate {
    let mut day = day;
    while !is_working_day(day) {
        day = later(day, 1);
    }
    day
}

/// `day` + `days` calendar days, not rolled.
#[must_use]
pub fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// `day` − `days` calendar days, not rolled.
#[must_use]
pub fn earlier(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

/// `day` + `months`, on the month's last day where it is too short, not rolled.
#[must_use]
pub fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// The last day of a client's period of `days` calendar days after `event`, rolled.
#[must_use]
pub fn period_end(event: NaiveDate, days: u64) -> NaiveDate {
    rolled(later(event, days))
}

/// The `count`-th business day after `day_zero`, skipping every day in `away`; `day_zero` itself when `count` is 0.
///
/// `None` when the days away leave none before the year 10000.
#[must_use]
pub fn business_days_after(day_zero: NaiveDate, count: u32, away: &[Span]) -> Option<NaiveDate> {
    let mut day = day_zero;
    let mut left = count;
    while left > 0 {
        day = later(day, 1);
        while let Some(span) = away.iter().find(|span| span.holds(day)) {
            day = later(span.last, 1);
        }
        if day.year() > 9999 {
            return None;
        }
        if is_working_day(day) {
            left -= 1;
        }
    }
    Some(day)
}
