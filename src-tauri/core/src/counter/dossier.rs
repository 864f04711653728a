//! A project with everything that happened to it, and what follows from that: the order, its money, its days, its custody,
//! its stage. Screens, papers and actions read the same dossier.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "looking for one kind of happening passes over all others, new ones too"
)]

use super::action::{QuoteForm, QuoteLineForm};
use crate::calendar::{Span, business_days_after, is_working_day, later, months_later};
use crate::custody::Component;
use crate::form::Reader;
use crate::grounds::{Article, Fact, Ground, Grounded, Message};
use crate::ledger::{self, EndedBy, Entry, Promised, Standing};
use crate::money::{Money, VatRate};
use crate::production::{self, Window};
use crate::project::{self, Facts, Happened, Happening, Stage};
use crate::quote::{Line, Totals, total};
use crate::refusal::{NotNow, Refusal};
use crate::store::clients::{self, Client};
use crate::store::happenings::To;
use crate::store::projects::{self, Piece, Project};
use crate::store::quotes::{self, Quote, Valuation};
use crate::store::{Done, Trouble, Tx, happenings, ledger as ledger_rows, terms as versions};
use crate::terms::{Cancellation, Clause, ClientKind, Consent, DayRange, DayUnit, ProjectKind, Terms};
use chrono::NaiveDate;

/// An accepted quote.
pub(super) struct Order {
    pub quote: Quote,
    pub accepted: Happening,
    pub deposit: Money,
    /// The terms it keeps.
    pub terms: Terms,
    /// What the client accepted, as it was typed.
    pub form: QuoteForm,
    /// Its sums, as they were offered.
    pub totals: Totals,
    pub gold_credit: Money,
}

/// The dossier of a project.
pub(super) struct Dossier {
    pub project: Project,
    pub client: Client,
    pub pieces: Vec<Piece>,
    pub quotes: Vec<Quote>,
    pub valuations: Vec<Valuation>,
    pub consents: Vec<Consent>,
    pub entries: Vec<Entry>,
    pub happenings: Vec<Happening>,
    pub closed: Vec<Span>,
    pub order: Option<Order>,
    /// The terms that hold now: the order's, those the newest quote was offered under, or those in force today.
    pub terms: Terms,
    /// Whether an after-sales case undoes the order before it was delivered: money and days are that case's.
    pub undone: bool,
    pub today: NaiveDate,
}

/// What is due, and when.
#[derive(Clone)]
pub(super) struct Task {
    /// A key of the words: `task-…`.
    pub key: &'static str,
    pub day: NaiveDate,
    pub why: Vec<Ground>,
    /// An amount, where there is one.
    pub amount: Option<Money>,
}

fn broken(why: serde_json::Error) -> Trouble {
    Trouble::Broken(why.to_string())
}

/// The lines of a frozen quote, read again.
pub(super) fn lines(form: &QuoteForm) -> Vec<(String, Line)> {
    let read = |line: &QuoteLineForm| {
        let mut reader = Reader::default();
        let quantity = reader.positive("quantity", &line.quantity, 3)?;
        let unit_price = reader.money("unit-price", &line.unit_price)?;
        let vat = reader.number("vat", &line.vat, 2).and_then(VatRate::percent)?;
        Some((
            line.text.trim().to_owned(),
            Line {
                quantity,
                unit_price,
                vat,
            },
        ))
    };
    form.lines.iter().filter_map(read).collect()
}

impl Dossier {
    pub fn load(tx: &Tx<'_>, id: &str, today: NaiveDate) -> Done<Self> {
        let project = projects::get(tx, id)?;
        let quotes = quotes::of_project(tx, id)?;
        let valuations = quotes::valuations(tx, id)?;
        let happenings: Vec<Happening> = happenings::of(tx, To::Project, id)?;
        let order = order(tx, &project, &quotes, &valuations, &happenings)?;
        let terms = match (&order, quotes.first()) {
            (Some(order), _) => order.terms.clone(),
            (None, Some(quote)) => versions::get(tx, &quote.terms_id)?.terms,
            (None, None) => versions::on(tx, today)?.terms,
        };
        let left = happenings
            .iter()
            .any(|happening| matches!(happening.what, Happened::Delivered { last: true, .. }));
        let undone = !left && order.is_some() && is_undone(tx, id, today)?;
        let pieces = projects::pieces(tx, id)?;
        Ok(Self {
            undone,
            client: clients::get(tx, &project.client_id)?,
            // A consent that does not concern such a project says nothing of it.
            consents: projects::consents(tx, id)?
                .into_iter()
                .map(|(consent, _)| consent)
                .filter(|consent| consent.concerns(project.kind, !pieces.is_empty()))
                .collect(),
            pieces,
            entries: ledger_rows::of_project(tx, id)?,
            closed: ledger_rows::closings(tx)?
                .into_iter()
                .map(|(_, span, _)| span)
                .collect(),
            project,
            quotes,
            valuations,
            happenings,
            order,
            terms,
            today,
        })
    }

    /// The order, or the refusal that there is none.
    pub fn ordered(&self) -> Result<&Order, Refusal> {
        self.order.as_ref().ok_or(Refusal::from(NotNow::NotOrdered))
    }

    /// The order while work on it goes on: not ended, not handed over.
    pub fn at_work(&self) -> Result<&Order, Refusal> {
        if self.cancelled().is_some() {
            return Err(Refusal::from(NotNow::Cancelled));
        }
        if self.undone {
            return Err(Refusal::from(NotNow::Undone));
        }
        self.ordered()
    }

    /// The last thing that happened of which `pick` makes something.
    pub fn last<T>(&self, pick: impl Fn(&Happening) -> Option<T>) -> Option<T> {
        self.happenings.iter().rev().find_map(pick)
    }

    /// The newest quote, while it waits for the client.
    pub fn open_quote(&self) -> Result<&Quote, Refusal> {
        if self.order.is_some() {
            return Err(Refusal::from(NotNow::AlreadyOrdered));
        }
        let quote = self.quotes.first().ok_or(NotNow::NoQuote)?;
        let declined =
            |happening: &Happening| matches!(&happening.what, Happened::Declined { quote: id, .. } if *id == quote.id);
        if self.happenings.iter().any(declined) {
            Err(Refusal::from(NotNow::QuoteDeclined))
        } else {
            Ok(quote)
        }
    }

    /// The consents the house asks for that are not given yet.
    pub fn consents_missing(&self) -> Vec<Consent> {
        let mut consents = self.terms.consents(self.project.kind, !self.pieces.is_empty());
        consents.retain(|consent| !self.consents.contains(consent));
        consents
    }

    pub fn standing(&self) -> Option<Standing> {
        let order = self.order.as_ref()?;
        let promised = Promised {
            ordered: order.accepted.day,
            to_pay: order.quote.to_pay,
            deposit: order.deposit,
        };
        Some(ledger::standing(&promised, &self.entries))
    }

    /// The design that was shown last, and what was answered.
    pub fn design(&self) -> Option<(&Happening, Option<bool>)> {
        let shown = self
            .happenings
            .iter()
            .rev()
            .find(|happening| matches!(happening.what, Happened::Shown { .. }))?;
        let answer = self.last(|happening| match &happening.what {
            Happened::Answered { design, approved } if *design == shown.id => Some(*approved),
            _ => None,
        });
        Some((shown, answer))
    }

    /// The day the final design was approved. A piece sold as it is has none to approve.
    pub fn approved(&self) -> Option<NaiveDate> {
        // A piece of the catalogue has no design of its own, unless one was shown.
        if matches!(self.project.kind, ProjectKind::Stock | ProjectKind::MadeToOrder) && self.design().is_none() {
            return self.order.as_ref().map(|order| order.accepted.day);
        }
        let (shown, answer) = self.design()?;
        let id = shown.id.as_str();
        answer.filter(|approved| *approved)?;
        self.last(|happening| match &happening.what {
            Happened::Answered { design, approved: true } if design == id => Some(happening.day),
            _ => None,
        })
    }

    /// The suspension that has not ended.
    pub fn paused(&self) -> Option<&Happening> {
        self.happenings
            .iter()
            .rev()
            .find_map(|happening| match happening.what {
                Happened::Suspended { .. } => Some(Some(happening)),
                Happened::Resumed {} => Some(None),
                _ => None,
            })?
    }

    fn suspended(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut first = None;
        for happening in &self.happenings {
            match happening.what {
                Happened::Suspended { .. } => first = Some(happening.day),
                Happened::Resumed {} => spans.extend(first.take().and_then(|first| Span::new(first, happening.day))),
                _ => {}
            }
        }
        spans
    }

    /// The production window; `None` where neither house nor project promises one.
    pub fn window(&self) -> Option<Grounded<Window>> {
        let order = self.order.as_ref()?;
        if self.project.kind == ProjectKind::Stock && agreed(&order.form).is_none() {
            return None;
        }
        let facts = production::Facts {
            ordered: Some(order.accepted.day),
            approved: self.approved(),
            deposit_met: self.standing().and_then(|standing| standing.deposit_met),
            closed: self.closed.clone(),
            suspended: self.suspended(),
            paused: self.paused().is_some(),
        };
        production::window(&facts, agreed(&order.form), &order.terms)?
    }

    /// The new day that waits for the client's answer, and its cause.
    pub fn proposed(&self) -> Option<(NaiveDate, String)> {
        self.happenings
            .iter()
            .fold(None, |found, happening| match &happening.what {
                Happened::Redated { latest, cause } => Some((*latest, cause.clone())),
                Happened::DateTaken {} | Happened::DateKept {} => None,
                _ => found,
            })
    }

    /// The new day the client took last, grown by the business days production stood still since.
    pub fn taken(&self) -> Option<NaiveDate> {
        let mut proposed = None;
        let mut taken: Option<(NaiveDate, NaiveDate)> = None;
        for happening in &self.happenings {
            match &happening.what {
                Happened::Redated { latest, .. } => proposed = Some(*latest),
                Happened::DateTaken {} => taken = proposed.map(|latest| (latest, happening.day)),
                _ => {}
            }
        }
        let (latest, since) = taken?;
        let stood_still = self
            .suspended()
            .into_iter()
            .filter(|span| span.first >= since)
            .map(|span| self.business_days_in(span))
            .sum();
        business_days_after(latest, stood_still, &self.closed)
    }

    fn business_days_in(&self, span: Span) -> u32 {
        let closed = |day: NaiveDate| self.closed.iter().any(|away| away.holds(day));
        let days = span
            .first
            .iter_days()
            .take_while(|day| *day <= span.last)
            .filter(|day| is_working_day(*day) && !closed(*day))
            .count();
        u32::try_from(days).unwrap_or(u32::MAX)
    }

    /// The day the piece is promised by, with why: the new day the client took; the end of the window; what the terms
    /// promise of a piece in or out of stock; else their longest delivery, or the law's thirty days. None while it stands still.
    pub fn promised(&self) -> Option<Grounded<NaiveDate>> {
        let order = self.order.as_ref()?;
        if self.paused().is_some() {
            return None;
        }
        let by = |value: NaiveDate, article: &Article, key: &'static str| Grounded {
            value,
            grounds: vec![Ground::new(article.clone(), key).with("day", Fact::Day(value))],
        };
        if let Some(taken) = self.taken() {
            return Some(by(taken, &Article::of("CC 5.69"), "ground-new-day-taken"));
        }
        if let Some(window) = self.window() {
            return window.value.latest.map(|value| Grounded {
                value,
                grounds: window.grounds.clone(),
            });
        }
        let paid = self
            .standing()
            .filter(|standing| standing.open == Money::ZERO)
            .and_then(|standing| standing.deposit_met);
        let production = &order.terms.production;
        match (self.project.kind, &production.in_stock, &production.out_of_stock_weeks) {
            (ProjectKind::Stock, Clause::Says(within, article), _) => {
                let from = paid?;
                let day = match within.unit {
                    DayUnit::Days => Some(later(from, u64::from(within.max))),
                    DayUnit::BusinessDays => business_days_after(from, within.max, &self.closed),
                };
                day.map(|day| by(day, article, "ground-dispatch-by"))
            }
            (ProjectKind::MadeToOrder, _, Clause::Says(weeks, article)) => Some(by(
                later(paid?, u64::from(weeks.max) * 7),
                article,
                "ground-dispatch-by",
            )),
            _ => {
                let silent = Article::of("CEL VI.43");
                let (days, article) = match &order.terms.delivery.days_at_most {
                    Clause::Says(days, article) => (*days, article),
                    Clause::Silent => (30, &silent),
                };
                Some(by(
                    later(order.accepted.day, u64::from(days)),
                    article,
                    "ground-dispatch-by",
                ))
            }
        }
    }

    pub fn promised_by(&self) -> Option<NaiveDate> {
        self.promised().map(|promised| promised.value)
    }

    /// Whether a deposit the terms keep from a consumer is one a court may set aside (CEL VI.83).
    pub fn deposit_may_be_contested(&self) -> bool {
        self.client.card.kind == ClientKind::Consumer
            && self.project.kind != ProjectKind::Stock
            && matches!(self.terms.returns.cancellation.value(), Some(Cancellation::DepositKept))
    }

    /// What is owed back: of an ended order what is not kept, else what was paid too much.
    pub fn owed_back(&self) -> Money {
        let Some(standing) = self.standing().filter(|_| !self.undone) else {
            return Money::ZERO;
        };
        match self.last(|happening| {
            if let Happened::Cancelled { kept, extra, .. } = &happening.what {
                Some((*kept, *extra))
            } else {
                None
            }
        }) {
            Some((kept, extra)) => (standing.paid + extra - kept).max(Money::ZERO),
            None => standing.over,
        }
    }

    pub fn finished(&self) -> Option<NaiveDate> {
        self.last(|happening| matches!(happening.what, Happened::Finished {}).then_some(happening.day))
    }

    /// The deliveries, each with the day the client had it.
    pub fn deliveries(&self) -> Vec<(&Happening, Option<NaiveDate>)> {
        let deliveries = self
            .happenings
            .iter()
            .filter(|happening| matches!(happening.what, Happened::Delivered { .. }));
        deliveries
            .map(|delivery| {
                let collected = matches!(&delivery.what, Happened::Delivered { how, .. } if how == "collection")
                    .then_some(delivery.day);
                let possessed = self.last(|happening| match &happening.what {
                    Happened::Possessed { delivery: id } if *id == delivery.id => Some(happening.day),
                    _ => None,
                });
                (delivery, possessed.or(collected))
            })
            .collect()
    }

    /// Whether the last of the order has left.
    pub fn all_delivered(&self) -> bool {
        self.happenings
            .iter()
            .any(|happening| matches!(happening.what, Happened::Delivered { last: true, .. }))
    }

    /// The day the client had the last item of the order.
    pub fn possession(&self) -> Option<NaiveDate> {
        let deliveries = self.deliveries();
        if !self.all_delivered() || deliveries.iter().any(|(_, day)| day.is_none()) {
            return None;
        }
        deliveries.iter().filter_map(|(_, day)| *day).max()
    }

    pub fn cancelled(&self) -> Option<(EndedBy, Money, Money)> {
        self.last(|happening| match &happening.what {
            Happened::Cancelled { by, kept, back, .. } => Some((*by, *kept, *back)),
            _ => None,
        })
    }

    pub fn custody(&self) -> Vec<Component> {
        let mut components = Vec::new();
        for piece in &self.pieces {
            components.extend(piece.stones.iter().map(|(id, ..)| (id.clone(), true)));
            components.extend(piece.metals.iter().map(|(id, _)| (id.clone(), false)));
        }
        project::custody(&components, &self.happenings)
    }

    pub fn stage(&self) -> Stage {
        let decided = |accepted| {
            move |piece: &Piece| {
                piece
                    .decision
                    .as_ref()
                    .is_some_and(|decision| decision.accepted == accepted)
            }
        };
        let quote = self.quotes.first();
        let unpaid = self.cancelled().is_none()
            && !self.undone
            && self.standing().is_some_and(|standing| standing.open > Money::ZERO);
        let money_open = unpaid || self.owed_back() > Money::ZERO;
        project::stage(&Facts {
            a_piece: !self.pieces.is_empty(),
            a_piece_accepted: self.pieces.iter().any(decided(true)),
            every_piece_refused: !self.pieces.is_empty() && self.pieces.iter().all(decided(false)),
            valued: !self.valuations.is_empty(),
            quoted: quote.is_some(),
            lapsed: quote.is_some_and(|quote| quote.valid_until < self.today),
            declined: quote.is_some_and(|quote| {
                self.happenings
                    .iter()
                    .any(|happening| matches!(&happening.what, Happened::Declined { quote: id, .. } if *id == quote.id))
            }),
            ordered: self.order.is_some(),
            opened: self.window().is_some_and(|window| window.value.opens.is_some())
                || (self.approved().is_some()
                    && self.standing().is_some_and(|standing| standing.deposit_met.is_some())),
            paused: self.paused().is_some(),
            finished: self.finished().is_some(),
            shipped: self.all_delivered(),
            possessed: self.possession().is_some(),
            settled: !money_open && self.custody().iter().all(|component| component.fate.is_some()),
            cancelled: self.cancelled().is_some() || self.undone,
        })
    }

    /// Whether nothing can fall due of it any more, whatever day it is, until something is done on it.
    pub fn is_over(&self) -> bool {
        let ended = matches!(
            self.stage(),
            Stage::Closed | Stage::Refused | Stage::Declined | Stage::Cancelled
        );
        ended && self.tasks().is_empty() && self.custody().iter().all(|component| component.fate.is_some())
    }

    /// Whether what was weighed since changes what the quote rests on.
    pub fn needs_new_version(&self) -> bool {
        let Some(valuation) = self.valuations.first() else {
            return false;
        };
        let parts = valuation.worksheet.get("parts").and_then(serde_json::Value::as_array);
        let weight = |id: &str| {
            parts?
                .iter()
                .find(|part| part.get("metal").and_then(serde_json::Value::as_str) == Some(id))?
                .get("net_g")?
                .as_str()?
                .parse::<rust_decimal::Decimal>()
                .ok()
        };
        // A stone weighed below its bound ends what the decision rested on.
        let ineligible = |piece: &Piece| {
            piece.decision.as_ref().is_some_and(|decision| decision.accepted)
                && super::read::assess(piece, &self.terms)
                    .is_ok_and(|assessed| assessed.value.verdict == crate::stone::Verdict::Ineligible)
        };
        if self.project.kind == ProjectKind::Redesign && self.pieces.iter().any(ineligible) {
            return true;
        }
        self.pieces
            .iter()
            .flat_map(|piece| &piece.metals)
            .any(|(id, metal)| weight(id).is_some_and(|net| metal.part.net_g().is_ok_and(|now| now != net)))
    }

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
            let asked = |kind: &str| {
                self.last(|happening| match &happening.what {
                    Happened::Requested { kind: of, due, .. } if of == kind => Some(*due),
                    _ => None,
                })
            };
            if let Some(standing) = self.standing() {
                if standing.deposit_open > Money::ZERO {
                    task(
                        "task-deposit",
                        asked("deposit").unwrap_or(order.accepted.day),
                        Vec::new(),
                        Some(standing.deposit_open),
                    );
                } else if standing.open > Money::ZERO && self.finished().is_some() {
                    task(
                        "task-balance",
                        asked("balance").or(self.finished()).unwrap_or(self.today),
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

/// Whether a case of the project undoes it, with something to go back or gone back.
fn is_undone(tx: &Tx<'_>, project: &str, today: NaiveDate) -> Done<bool> {
    for case in crate::store::cases::of_project(tx, project)? {
        let file = super::casefile::CaseFile::of(tx, case, today)?;
        if file.undoes() && (file.comes_to() > Money::ZERO || file.refunded() > Money::ZERO) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn order(
    tx: &Tx<'_>,
    project: &Project,
    quotes: &[Quote],
    valuations: &[Valuation],
    happenings: &[Happening],
) -> Done<Option<Order>> {
    let accepted = happenings.iter().rev().find_map(|happening| match &happening.what {
        Happened::Accepted { quote, deposit, .. } => Some((happening, quote, *deposit)),
        _ => None,
    });
    let Some((accepted, id, deposit)) = accepted else {
        return Ok(None);
    };
    let quote = quotes
        .iter()
        .find(|quote| quote.id == *id)
        .ok_or_else(|| Trouble::Broken("an order without its quote".into()))?;
    let terms = versions::get(tx, &quote.terms_id)?.terms;
    let form: QuoteForm = serde_json::from_value(quote.frozen.clone()).map_err(broken)?;
    let gold_credit = valuations
        .iter()
        .find(|valuation| Some(&valuation.id) == quote.valuation_id.as_ref())
        .map_or(Money::ZERO, |valuation| valuation.credit);
    let only: Vec<Line> = lines(&form).into_iter().map(|(_, line)| line).collect();
    // What came off beside the gold was the fee.
    let fee = (quote.total - quote.to_pay - gold_credit).max(Money::ZERO);
    let totals = total(project.kind, &only, gold_credit, fee, &terms)
        .ok_or_else(|| Trouble::Broken("an order that does not add up".into()))?
        .value;
    Ok(Some(Order {
        quote: quote.clone(),
        accepted: accepted.clone(),
        deposit,
        terms,
        form,
        totals,
        gold_credit,
    }))
}

/// The project's own window, told in advance.
pub(super) fn agreed(form: &QuoteForm) -> Option<DayRange> {
    let days = |text: &str| text.trim().parse::<u32>().ok();
    Some(DayRange {
        min: days(&form.days_min)?,
        max: days(&form.days_max)?,
    })
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
