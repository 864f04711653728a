//! The production window: from what the house's clock starts at to the earliest and the latest day of completion.

use crate::calendar::{Span, business_days_after};
use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::terms::{Clause, DayRange, Terms, WindowFrom};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What a window still waits for, in the order it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// The final design is not approved.
    Approved,
    /// The deposit is not in.
    DepositMet,
    /// Nothing is ordered yet.
    Ordered,
    /// A suspension has not ended.
    Resume,
}

/// What the window is reckoned from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WindowFacts {
    /// The day of the order.
    pub ordered: Option<NaiveDate>,
    /// The day the final design was approved.
    pub approved: Option<NaiveDate>,
    /// The day the payments reached the deposit.
    pub deposit_met: Option<NaiveDate>,
    /// The days the house is closed.
    pub closed: Vec<Span>,
    /// Suspensions that have ended.
    pub suspended: Vec<Span>,
    /// Whether one has not.
    pub paused: bool,
}

/// When production opens, and when it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Day 0: the later of approval and deposit, or the day of the order.
    pub opens: Option<NaiveDate>,
    /// The earliest day of completion.
    pub earliest: Option<NaiveDate>,
    /// The latest.
    pub latest: Option<NaiveDate>,
    /// What is missing; the two days are there only when nothing is.
    pub waits_for: Vec<WaitsFor>,
}

/// The window of a project, in business days after day 0.
///
/// `agreed` is the project's own pair, told in advance (LV art. 12), and goes before the house's. `None` when neither
/// says one; inside, `None` when the days away leave no business day before the year 10000.
#[must_use]
pub fn window(facts: &WindowFacts, agreed: Option<DayRange>, terms: &Terms) -> Option<Option<Grounded<Window>>> {
    let (range, article) = match (agreed, &terms.production.window) {
        (Some(agreed), _) => (agreed, Article::of("Agreed for the project")),
        (None, Clause::Says(range, article)) => (*range, article.clone()),
        (None, Clause::Silent) => return None,
    };
    Some(reckon(facts, range, article, terms.window_from()))
}

fn reckon(facts: &WindowFacts, range: DayRange, article: Article, from: WindowFrom) -> Option<Grounded<Window>> {
    let starts = match from {
        WindowFrom::ApprovalAndDeposit => vec![
            (facts.approved, WaitsFor::Approved),
            (facts.deposit_met, WaitsFor::DepositMet),
        ],
        WindowFrom::Order => vec![(facts.ordered, WaitsFor::Ordered)],
    };
    // The latest of all its days, once each is known.
    let opens = starts
        .iter()
        .map(|(day, _)| *day)
        .collect::<Option<Vec<_>>>()
        .and_then(|days| days.into_iter().max());
    let missing = starts.iter().filter(|(day, _)| day.is_none()).map(|(_, what)| *what);
    let waits_for: Vec<WaitsFor> = missing.chain(facts.paused.then_some(WaitsFor::Resume)).collect();
    let days = |name_min, name_max, ground: Ground| {
        ground
            .with(name_min, Fact::Number(Decimal::from(range.min)))
            .with(name_max, Fact::Number(Decimal::from(range.max)))
    };
    let mut window = Window {
        opens,
        earliest: None,
        latest: None,
        waits_for,
    };
    let Some(day_zero) = opens.filter(|_| window.waits_for.is_empty()) else {
        let key = if facts.paused {
            "ground-window-paused"
        } else if from == WindowFrom::Order {
            "ground-window-waits-order"
        } else {
            "ground-window-waits"
        };
        return Some(Grounded {
            value: window,
            grounds: vec![days("min", "max", Ground::new(article, key))],
        });
    };
    let mut away = facts.closed.clone();
    away.extend(&facts.suspended);
    let earliest = business_days_after(day_zero, range.min, &away)?;
    let latest = business_days_after(day_zero, range.max, &away)?;
    window.earliest = Some(earliest);
    window.latest = Some(latest);
    let mut grounds = vec![
        days("min", "max", Ground::new(article, "ground-window"))
            .with("opens", Fact::Day(day_zero))
            .with("earliest", Fact::Day(earliest))
            .with("latest", Fact::Day(latest)),
        Ground::new(Article::of("Law 4-1-1974"), "ground-business-days"),
    ];
    for span in &away {
        grounds.push(
            Ground::new(Article::of("House calendar"), "ground-days-away")
                .with("first", Fact::Day(span.first))
                .with("last", Fact::Day(span.last)),
        );
    }
    Some(Grounded { value: window, grounds })
}
