//! What is due of an order, and when: each with its day, its amount where there is one, and why.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "looking for one kind of happening passes over all others, new ones too"
)]

use super::dossier::{Dossier, Order};
use super::{Happened, Piece, Stage};
use crate::calendar::{later, months_later};
use crate::grounds::{Article, Fact, Ground, Message};
use crate::money::Money;
use crate::order::Due;
use crate::terms::{Clause, ProjectKind};
use crate::vocabulary::vocabulary;
use chrono::NaiveDate;

/// What is due, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
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

vocabulary! {
    /// What a task is about.
    #[derive(ts_rs::TS)]
    pub enum TaskGroup in "task-group" {
        /// A piece to decide on, to value, to quote.
        Offer = "offer",
        /// A client who waits, or from whom something is awaited.
        Client = "client",
        /// Money to come in or go back.
        Money = "money",
        /// Work of the workshop.
        Bench = "bench",
        /// A case.
        Aftersales = "aftersales",
    }
}

/// What each task is about, and the step that does it: of an order, of a case, or one of `decide`, `value` and `quote`.
const TASKS: [(&str, TaskGroup, &str); 39] = [
    ("task-decide", TaskGroup::Offer, "decide"),
    ("task-value", TaskGroup::Offer, "value"),
    ("task-quote", TaskGroup::Offer, "quote"),
    ("task-quote-lapses", TaskGroup::Client, "accept-quote"),
    ("task-quote-lapsed", TaskGroup::Client, "quote"),
    ("task-price-answer", TaskGroup::Client, "take-price"),
    ("task-price-silent", TaskGroup::Client, "cancel"),
    ("task-price-quote", TaskGroup::Client, "quote"),
    ("task-design-answer", TaskGroup::Client, "answer-design"),
    ("task-date-answer", TaskGroup::Client, "answer-date"),
    ("task-late", TaskGroup::Client, "change-date"),
    ("task-collect", TaskGroup::Client, "deliver"),
    ("task-uncollected", TaskGroup::Client, "remind"),
    ("task-justice", TaskGroup::Client, "print"),
    ("task-possession", TaskGroup::Client, "confirm-possession"),
    ("task-deposit", TaskGroup::Money, "book-payment"),
    ("task-balance", TaskGroup::Money, "book-payment"),
    ("task-overpaid", TaskGroup::Money, "book-refund"),
    ("task-refund", TaskGroup::Money, "book-refund"),
    ("task-invoice", TaskGroup::Money, "issue-invoice"),
    ("task-gold", TaskGroup::Money, "buy-gold"),
    ("task-melt", TaskGroup::Bench, "settle-components"),
    ("task-design", TaskGroup::Bench, "show-design"),
    ("task-finish", TaskGroup::Bench, "finish"),
    ("task-paused", TaskGroup::Bench, "resume"),
    ("task-custody", TaskGroup::Bench, "settle-components"),
    ("task-case-acknowledge", TaskGroup::Aftersales, "send-acknowledgement"),
    ("task-case-notice", TaskGroup::Aftersales, "register-notice"),
    ("task-case-refuse", TaskGroup::Aftersales, "refuse-case"),
    ("task-case-parcel", TaskGroup::Aftersales, "receive-parcel"),
    ("task-case-inspect", TaskGroup::Aftersales, "inspect"),
    ("task-case-decide", TaskGroup::Aftersales, "decide"),
    ("task-case-refund", TaskGroup::Aftersales, "refund"),
    ("task-case-difference", TaskGroup::Aftersales, "take-payment"),
    ("task-case-hand-back", TaskGroup::Aftersales, "hand-back"),
    ("task-case-work", TaskGroup::Aftersales, "receive-parcel"),
    ("task-data-copy", TaskGroup::Client, ""),
    ("task-data-correction", TaskGroup::Client, ""),
    ("task-data-erasure", TaskGroup::Client, ""),
];

impl Task {
    fn known(&self) -> Option<&'static (&'static str, TaskGroup, &'static str)> {
        TASKS.iter().find(|(key, ..)| *key == self.key)
    }

    /// The key of a task of that name.
    #[must_use]
    pub fn known_as(name: &str) -> Option<&'static str> {
        TASKS.iter().map(|(key, ..)| *key).find(|key| *key == name)
    }

    /// What it is about.
    #[must_use]
    pub fn group(&self) -> TaskGroup {
        self.known().map_or(TaskGroup::Client, |(_, group, _)| *group)
    }

    /// The step that does it; empty where none alone does.
    #[must_use]
    pub fn step(&self) -> &'static str {
        self.known().map_or("", |(_, _, step)| *step)
    }
}

impl Dossier {
    /// What is due, the first day first.
    pub fn tasks(&self) -> Vec<Task> {
        if self.withdrawn() {
            return Vec::new();
        }
        // An order that is closed is to be invoiced still, where its client is a business.
        let mut tasks: Vec<Task> = self.invoice_task().into_iter().collect();
        if self.stage() == Stage::Closed {
            return tasks;
        }
        tasks.extend(self.offer_task().into_iter().chain(self.quote_task()));
        let ended =
            self.last(|happening| matches!(happening.what, Happened::Cancelled { .. }).then_some(happening.day));
        match (ended, &self.order) {
            (Some(ended), _) if self.owed_back() > Money::ZERO => {
                tasks.push(Task::on("task-refund", later(ended, 14)).of(self.owed_back()));
            }
            (None, Some(order)) if !self.undone => {
                tasks.extend(self.price_task(order));
                tasks.extend(self.overpaid_task(order));
                // Nothing is made while it is not known what the price is, and nobody is asked to pay one that may be another.
                if !self.price_is_open() {
                    tasks.extend(self.money_task(order));
                    tasks.extend(self.design_task(order));
                    tasks.extend(self.date_tasks());
                }
                tasks.extend(self.handover_tasks());
                tasks.extend(self.gold_task(order));
            }
            _ => {}
        }
        tasks.extend(self.custody_task());
        tasks.sort_by_key(|task| task.day);
        tasks
    }

    /// What is to be done before there is a quote: a piece decided on, its gold valued, the quote made.
    fn offer_task(&self) -> Option<Task> {
        if self.order.is_some() || !self.quotes.is_empty() {
            return None;
        }
        let day = self.project.opened;
        let redesign = self.project.kind == ProjectKind::Redesign;
        if redesign && self.pieces.iter().any(|piece| piece.decision.is_none()) {
            return Some(Task::on("task-decide", day));
        }
        let accepted = |piece: &Piece| !redesign || piece.decision.as_ref().is_some_and(|decision| decision.accepted);
        if !self.pieces.is_empty() && !self.pieces.iter().any(accepted) {
            return None;
        }
        let gold = self
            .pieces
            .iter()
            .filter(|piece| accepted(piece))
            .any(|piece| !piece.metals.is_empty());
        let valued = !self.valuations.is_empty();
        Some(Task::on(
            if redesign && gold && !valued {
                "task-value"
            } else {
                "task-quote"
            },
            day,
        ))
    }

    fn quote_task(&self) -> Option<Task> {
        let quote = self.open_quote().ok()?;
        let lapsed = quote.valid_until < self.today;
        let key = if lapsed {
            "task-quote-lapsed"
        } else {
            "task-quote-lapses"
        };
        Some(Task::on(key, quote.valid_until))
    }

    /// A client who was told of a wrong price answers within the house's days; after that the order ends, and everything goes
    /// back (LV art. 5).
    fn price_task(&self, order: &Order) -> Option<Task> {
        if let Some(day) = self.price_taken() {
            // Once the new quote waits for the client, that is the task.
            return self.open_quote().is_err().then(|| Task::on("task-price-quote", day));
        }
        let (_, right) = self.price_wrong()?;
        let by = self.price_answer_by()?;
        let (days, article) = match &order.terms.orders.price_error_answer_days {
            Clause::Says(days, article) => (*days, article.clone()),
            Clause::Silent => return None,
        };
        let why = Ground::new(article, "point-price-error").with("count", Fact::Number(days.into()));
        let key = if by < self.today {
            "task-price-silent"
        } else {
            "task-price-answer"
        };
        Some(Task::on(key, by).because(vec![why]).of(right))
    }

    /// A business has its invoice by the fifteenth of the month after.
    fn invoice_task(&self) -> Option<Task> {
        let by = self.invoice_due()?;
        let law = Ground::new(Article::of("VAT Code art. 17"), "ground-invoice-due").with("day", Fact::Day(by));
        Some(Task::on("task-invoice", by).because(vec![law]))
    }

    /// The deposit, then the balance once the piece is there, or from the order where the house sends it once it is paid.
    fn money_task(&self, order: &Order) -> Option<Task> {
        let standing = self.standing()?;
        let asked = |kind: Due| {
            self.last(|happening| match &happening.what {
                Happened::Requested { kind: of, due, .. } if *of == kind => Some(*due),
                _ => None,
            })
        };
        if standing.deposit_open > Money::ZERO {
            let day = asked(Due::Deposit).unwrap_or(order.accepted.day);
            return Some(Task::on("task-deposit", day).of(standing.deposit_open));
        }
        let at_once = self.is_sent_once_paid(order).then_some(order.accepted.day);
        let since = self.finished().or(at_once)?;
        (standing.open > Money::ZERO)
            .then(|| Task::on("task-balance", asked(Due::Balance).unwrap_or(since)).of(standing.open))
    }

    /// What was paid too much, since the last payment came.
    fn overpaid_task(&self, order: &Order) -> Option<Task> {
        let over = self.standing()?.over;
        let day = self.entries.iter().map(|entry| entry.day).max();
        (over > Money::ZERO).then(|| Task::on("task-overpaid", day.unwrap_or(order.accepted.day)).of(over))
    }

    fn design_task(&self, order: &Order) -> Option<Task> {
        let design = self.design();
        // A design that the client sent back is shown again, also where production does not wait for it.
        let sent_back = matches!(design, Some((_, Some(false)))) && self.finished().is_none();
        if self.approved().is_some() && !sent_back {
            return None;
        }
        Some(match design {
            Some((shown, None)) => Task::on("task-design-answer", later(shown.day, 7)),
            Some((_, Some(_))) | None => Task::on("task-design", order.accepted.day),
        })
    }

    /// The day that was promised, or the new one that waits for an answer; and production that stands still.
    fn date_tasks(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        if self.finished().is_none() {
            if let Some((latest, _)) = self.proposed() {
                tasks.push(Task::on("task-date-answer", latest));
            } else if let Some(promised) = self.promised() {
                let late = promised.value < self.today;
                let key = if late { "task-late" } else { "task-finish" };
                tasks.push(Task::on(key, promised.value).because(promised.grounds));
            }
        }
        tasks.extend(self.paused().map(|paused| Task::on("task-paused", paused.day)));
        tasks
    }

    /// One year after the first registered letter the justice of the peace may allow the sale of what nobody collects (law of 21
    /// February 1983).
    pub(crate) fn sale_may_be_asked(&self) -> Option<NaiveDate> {
        self.happenings.iter().find_map(|happening| match &happening.what {
            Happened::Reminded { registered } if !registered.is_empty() => Some(months_later(happening.day, 12)),
            _ => None,
        })
    }

    /// The day the client was last told that what was finished that day is ready: then, or when they were reminded.
    fn told_it_is_ready(&self, finished: NaiveDate) -> NaiveDate {
        let reminded =
            self.last(|happening| matches!(happening.what, Happened::Reminded { .. }).then_some(happening.day));
        reminded.unwrap_or(finished)
    }

    /// What waits to be collected, up to the judge who may allow its sale; and what is on its way.
    fn handover_tasks(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        if let Some(finished) = self.finished().filter(|_| !self.all_delivered()) {
            tasks.push(match self.sale_may_be_asked() {
                Some(sale) => {
                    let law = Ground::new(Article::of("Law 21-2-1983"), "ground-uncollected-year");
                    Task::on("task-justice", sale).because(vec![law.with("day", Fact::Day(sale))])
                }
                None => {
                    let told = self.told_it_is_ready(finished);
                    let uncollected = uncollected_from(told);
                    if uncollected <= self.today {
                        Task::on("task-uncollected", uncollected)
                    } else {
                        Task::on("task-collect", told)
                    }
                }
            });
        }
        let on_the_way = self
            .deliveries()
            .into_iter()
            .filter(|(_, possessed)| possessed.is_none());
        tasks.extend(on_the_way.map(|(delivery, _)| Task::on("task-possession", delivery.day)));
        tasks
    }

    /// The purchase of the client's gold is written down with the order; what was bought may be melted once it waited.
    fn gold_task(&self, order: &Order) -> Option<Task> {
        if self.may_buy_gold().is_ok() {
            return Some(Task::on("task-gold", order.accepted.day).of(order.gold_credit));
        }
        let purchase = self.purchase.as_ref()?;
        let waits = purchase.melts_from > purchase.day;
        let bought = |id: &String| purchase.parts.iter().any(|part| part.metal == *id);
        let loose = self.loose().iter().any(bought);
        (waits && loose).then(|| Task::on("task-melt", purchase.melts_from))
    }

    /// What of the client's is still without a fate, once nothing more is made of it.
    fn custody_task(&self) -> Option<Task> {
        let day = self.possession().or_else(|| self.given_up())?;
        let loose = self.custody().iter().any(|component| component.fate.is_none());
        loose.then(|| Task::on("task-custody", day))
    }

    /// The day on which it was clear that nothing is made of what the client brought: the last word of the house or the client.
    fn given_up(&self) -> Option<NaiveDate> {
        if !matches!(self.stage(), Stage::Refused | Stage::Declined | Stage::Cancelled) {
            return None;
        }
        let ended = self.last(|happening| {
            let ends = matches!(happening.what, Happened::Cancelled { .. } | Happened::Declined { .. });
            ends.then_some(happening.day)
        });
        let decided = self.pieces.iter().filter_map(|piece| piece.decision.as_ref());
        let refused = decided
            .filter_map(|decision| decision.decided_at.get(..10)?.parse().ok())
            .max();
        ended.or(refused).or(Some(self.project.opened))
    }

    /// The days on which something that is due, or the stage, turns by the clock alone.
    #[must_use]
    pub fn turns_on(&self) -> Vec<NaiveDate> {
        let past = |day: Option<NaiveDate>| day.map(|day| later(day, 1));
        [
            past(self.quotes.first().map(|quote| quote.valid_until)),
            past(self.price_answer_by()),
            past(
                self.promised()
                    .map(|promised| promised.value)
                    .filter(|_| self.finished().is_none() && self.proposed().is_none()),
            ),
            self.finished()
                .map(|finished| uncollected_from(self.told_it_is_ready(finished))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The day from which what is ready counts as not collected: a month after the client was last told.
fn uncollected_from(told: NaiveDate) -> NaiveDate {
    later(told, 30)
}

impl Task {
    /// Something due on a day.
    pub(crate) const fn on(key: &'static str, day: NaiveDate) -> Self {
        Self {
            key,
            day,
            why: Vec::new(),
            amount: None,
        }
    }

    /// What makes it due.
    pub(crate) fn because(mut self, why: Vec<Ground>) -> Self {
        self.why = why;
        self
    }

    /// The amount it is about.
    pub(crate) fn of(mut self, amount: Money) -> Self {
        self.amount = Some(amount);
        self
    }

    /// What is to be done, in words.
    pub fn message(&self) -> Message {
        let message = Message::new(self.key).with("day", Fact::Day(self.day));
        match self.amount {
            Some(amount) => message.with("amount", Fact::Money(amount)),
            None => message,
        }
    }
}
