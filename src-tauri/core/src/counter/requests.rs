//! What clients ask of their data, and by when it is answered.

use crate::calendar::{later, months_later};
use crate::client::DataHappened;
use crate::grounds::{Article, Fact, Ground};
use crate::order::{Happening, Task};
use crate::store::happenings::{self, To};
use crate::store::{Done, Tx};
use crate::terms::{DataRight, Terms};
use chrono::NaiveDate;

/// What a client asked of their data, and what was answered.
pub(super) fn history(tx: &Tx<'_>, client: &str) -> Done<Vec<Happening<DataHappened>>> {
    happenings::of(tx, To::Client, client)
}

/// Requests without an answer, with the day it is due: a month, or sooner where the house promises so.
pub(super) fn open_requests(happenings: &[Happening<DataHappened>], terms: &Terms) -> Vec<(DataRight, Task)> {
    let mut open: Vec<(DataRight, NaiveDate)> = Vec::new();
    for happening in happenings {
        match &happening.what {
            DataHappened::Asked { right } => open.push((*right, happening.day)),
            DataHappened::Answered { right } => open.retain(|(asked, _)| asked != right),
            DataHappened::Erased {} => open.clear(),
            DataHappened::Corrected { .. } | DataHappened::Merged { .. } | DataHappened::Noted { .. } => {}
        }
    }
    let by = |asked: NaiveDate| {
        let law = months_later(asked, 1);
        terms
            .privacy
            .answer_days
            .value()
            .map_or(law, |days| law.min(later(asked, u64::from(*days))))
    };
    let task = |(right, asked): (DataRight, NaiveDate)| {
        let day = by(asked);
        let key = match right {
            DataRight::Copy => "task-data-copy",
            DataRight::Correction => "task-data-correction",
            DataRight::Erasure => "task-data-erasure",
        };
        let why = vec![Ground::new(Article::of("GDPR art. 12(3)"), "ground-data-month").with("day", Fact::Day(day))];
        (
            right,
            Task {
                key,
                day,
                why,
                amount: None,
            },
        )
    };
    open.into_iter().map(task).collect()
}

/// What a client asked of their data and has no answer to yet.
pub(super) fn due(tx: &Tx<'_>, client: &str, today: NaiveDate) -> Done<Vec<Task>> {
    let happenings = history(tx, client)?;
    if happenings.is_empty() {
        return Ok(Vec::new());
    }
    let terms = crate::store::terms::on(tx, today)?.terms;
    let mut due: Vec<Task> = open_requests(&happenings, &terms)
        .into_iter()
        .map(|(_, task)| task)
        .collect();
    due.sort_by_key(|task| task.day);
    Ok(due)
}
