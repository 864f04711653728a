//! What is due of an order, and when: each with its day, its amount where there is one, and why.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "looking for one kind of happening passes over all others, new ones too"
)]

use super::dossier::Dossier;
use super::{Happened, Stage};
use crate::calendar::{later, months_later};
use crate::grounds::{Fact, Ground, Message};
use crate::money::Money;
use crate::order::Due;
use chrono::NaiveDate;

/// What is due, and when.
#[derive(Clone)]
pub struct Task {
    /// A key of the words: `task-…`.
    pub key: &'static str,
    /// The day it is due.
    pub day: NaiveDate,
    /// What makes it due, and when.
    pub why: Vec<Ground>,
    /// An amount, where there is one.
    pub amount: Option<Money>,
}

impl Dossier {
    /// What is due, the first day first.
    pub fn tasks(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        let mut task = |key, day: NaiveDate, why: Vec<Ground>, amount| tasks.push(Task { key, day, why, amount });
        let stage = self.stage();
        if matches!(stage, Stage::Closed) {
            return tasks;
        }
        if let Ok(quote) = self.open_quote() {
            task(
                if quote.valid_until < self.today {
                    "task-quote-lapsed"
                } else {
                    "task-quote-lapses"
                },
                quote.valid_until,
                Vec::new(),
                None,
            );
        }
        if let Some(ended) =
            self.last(|happening| matches!(happening.what, Happened::Cancelled { .. }).then_some(happening.day))
        {
            if self.owed_back() > Money::ZERO {
                task("task-refund", later(ended, 14), Vec::new(), Some(self.owed_back()));
            }
        } else if let Some(order) = self.order.as_ref().filter(|_| !self.undone) {
            let asked = |kind: Due| {
                self.last(|happening| match &happening.what {
                    Happened::Requested { kind: of, due, .. } if *of == kind => Some(*due),
                    _ => None,
                })
            };
            if let Some(standing) = self.standing() {
                if standing.deposit_open > Money::ZERO {
                    task(
                        "task-deposit",
                        asked(Due::Deposit).unwrap_or(order.accepted.day),
                        Vec::new(),
                        Some(standing.deposit_open),
                    );
                } else if standing.open > Money::ZERO && self.finished().is_some() {
                    task(
                        "task-balance",
                        asked(Due::Balance).or(self.finished()).unwrap_or(self.today),
                        Vec::new(),
                        Some(standing.open),
                    );
                }
                if standing.over > Money::ZERO {
                    task("task-overpaid", self.today, Vec::new(), Some(standing.over));
                }
            }
            if self.approved().is_none() {
                match self.design() {
                    Some((shown, None)) => task("task-design-answer", later(shown.day, 7), Vec::new(), None),
                    Some((_, Some(_))) | None => task("task-design", order.accepted.day, Vec::new(), None),
                }
            }
            if self.finished().is_none() {
                if let Some((latest, _)) = self.proposed() {
                    task("task-date-answer", latest, Vec::new(), None);
                } else if let Some(promised) = self.promised() {
                    task(
                        if promised.value < self.today {
                            "task-late"
                        } else {
                            "task-finish"
                        },
                        promised.value,
                        promised.grounds,
                        None,
                    );
                }
            }
            if let Some(paused) = self.paused() {
                task("task-paused", paused.day, Vec::new(), None);
            }
            if let Some(finished) = self.finished()
                && !self.all_delivered()
            {
                // The first registered letter starts the year; later ones do not start it again.
                let registered = self.happenings.iter().find_map(|happening| match &happening.what {
                    Happened::Reminded { registered } if !registered.is_empty() => Some(happening.day),
                    _ => None,
                });
                let law = crate::grounds::Article::of("Law 21-2-1983");
                match registered {
                    // One year after the registered letter the justice of the peace may allow the sale.
                    Some(day) => {
                        let sale = months_later(day, 12);
                        let ground = Ground::new(law, "ground-uncollected-year").with("day", Fact::Day(sale));
                        task("task-justice", sale, vec![ground], None);
                    }
                    None if later(finished, 30) <= self.today => {
                        task("task-uncollected", later(finished, 30), Vec::new(), None)
                    }
                    None => task("task-collect", finished, Vec::new(), None),
                }
            }
            for (delivery, possessed) in self.deliveries() {
                if possessed.is_none() {
                    task("task-possession", delivery.day, Vec::new(), None);
                }
            }
        }
        let given_up = matches!(stage, Stage::Refused | Stage::Declined | Stage::Cancelled);
        let done = self.possession().or(given_up.then_some(self.today));
        if let Some(day) = done.filter(|_| self.custody().iter().any(|component| component.fate.is_none())) {
            task("task-custody", day, Vec::new(), None);
        }
        tasks.sort_by_key(|task| task.day);
        tasks
    }
}

impl Task {
    /// What is to be done, in words.
    pub fn message(&self) -> Message {
        let message = Message::new(self.key).with("day", Fact::Day(self.day));
        match self.amount {
            Some(amount) => message.with("amount", Fact::Money(amount)),
            None => message,
        }
    }
}
