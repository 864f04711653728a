//! A project with everything that happened to it, and what follows from that: the order, its money, its days, its custody,
//! its stage. Screens, papers and actions read the same dossier.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "looking for one kind of happening passes over all others, new ones too"
)]

use super::{Happened, Happening, Piece, Project, Quote, Stage, Valuation};
use crate::calendar::{Span, business_days_after, is_working_day, later, period_end};
use crate::client::Client;
use crate::custody::Component;
use crate::form::Reader;
use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::invoice::Invoice;
use crate::ledger::{self, EndedBy, Entry, Promised, Standing};
use crate::money::{Money, VatRate};
use crate::order::delivery::{DeliveredTo, Destination};
use crate::order::old_gold::Purchase;
use crate::order::{AcceptedBy, DateCause, Handover};
use crate::production::{self, Window};
use crate::quote::{Line, QuoteForm, QuoteLineForm, Totals, total};
use crate::refusal::{NotNow, Refusal};
use crate::stone::Verdict;
use crate::terms::{
    Cancellation, Clause, ClientKind, Concluded, Consent, DayRange, DayUnit, ProjectKind, Terms, WindowFrom,
};
use chrono::NaiveDate;

/// An accepted quote.
#[expect(missing_docs, reason = "each field is named as what it is")]
pub struct Order {
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
#[expect(missing_docs, reason = "each field is named as what it is")]
pub struct Dossier {
    pub project: Project,
    pub client: Client,
    pub pieces: Vec<Piece>,
    pub quotes: Vec<Quote>,
    pub valuations: Vec<Valuation>,
    pub consents: Vec<Consent>,
    pub entries: Vec<Entry>,
    /// In the order they were issued.
    pub invoices: Vec<Invoice>,
    /// The purchase of the client's gold.
    pub purchase: Option<Purchase>,
    /// What happened and holds.
    pub happenings: Vec<Happening>,
    /// All that was written down, what was taken back included.
    pub told: Vec<Happening>,
    pub closed: Vec<Span>,
    pub order: Option<Order>,
    /// The terms that hold now: the order's, those the newest quote was offered under, or those in force today.
    pub terms: Terms,
    /// Whether an after-sales case undoes the order before it was delivered: money and days are that case's.
    pub undone: bool,
    pub today: NaiveDate,
}

/// The lines of a frozen quote, read again.
pub fn lines(form: &QuoteForm) -> Vec<(String, Line)> {
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

/// What of an order's lines is delivery: paid with it, and no piece of it.
#[must_use]
pub fn is_delivery(form: &QuoteForm) -> Vec<bool> {
    form.lines.iter().map(|line| line.delivery).collect()
}

impl Dossier {
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
        self.may_quote()?;
        let quote = self.quotes.first().ok_or(NotNow::NoQuote)?;
        // A quote that was an order already is none again: its price was wrong.
        let accepted =
            |happening: &Happening| matches!(&happening.what, Happened::Accepted { quote: id, .. } if *id == quote.id);
        if self.happenings.iter().any(accepted) {
            return Err(Refusal::from(NotNow::PriceCorrected));
        }
        let declined =
            |happening: &Happening| matches!(&happening.what, Happened::Declined { quote: id, .. } if *id == quote.id);
        if self.happenings.iter().any(declined) {
            Err(Refusal::from(NotNow::QuoteDeclined))
        } else {
            Ok(quote)
        }
    }

    /// The day the client was told of a wrong price, and the right one, while they have not answered.
    #[must_use]
    pub fn price_wrong(&self) -> Option<(NaiveDate, Money)> {
        let said = self.price_said()?;
        match said.what {
            Happened::PriceWrong { right } => Some((said.day, right)),
            _ => None,
        }
    }

    /// The day the client took the right price, while the quote that says it is not accepted yet.
    #[must_use]
    pub fn price_taken(&self) -> Option<NaiveDate> {
        let said = self.price_said()?;
        matches!(said.what, Happened::PriceTaken {}).then_some(said.day)
    }

    /// Whether it is not known what the price is: the client was told of a wrong one, and no new quote is accepted yet.
    #[must_use]
    pub fn price_is_open(&self) -> bool {
        self.price_wrong().is_some() || self.price_taken().is_some()
    }

    /// The last day on which the client may answer to the right price: a period of theirs (LV art. 5).
    #[must_use]
    pub fn price_answer_by(&self) -> Option<NaiveDate> {
        let (told, _) = self.price_wrong()?;
        let days = self.ordered().ok()?.terms.orders.price_error_answer_days.value()?;
        Some(period_end(told, u64::from(*days)))
    }

    /// What was last said of the price of an order that goes on.
    fn price_said(&self) -> Option<&Happening> {
        self.at_work().ok()?;
        self.happenings.iter().rev().find(|happening| {
            matches!(
                happening.what,
                Happened::Accepted { .. } | Happened::PriceWrong { .. } | Happened::PriceTaken {}
            )
        })
    }

    /// The consents the house asks for that are not given yet.
    pub fn consents_missing(&self) -> Vec<Consent> {
        let mut consents = self.terms.consents(self.project.kind, !self.pieces.is_empty());
        consents.retain(|consent| !self.consents.contains(consent));
        consents
    }

    /// Where the money of the order stands; `None` before there is one.
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

    /// The day the final design was approved. A piece sold as it is has none to approve, and where production runs from the
    /// order none is waited for (AB § 3).
    pub fn approved(&self) -> Option<NaiveDate> {
        if let Some(order) = self
            .order
            .as_ref()
            .filter(|order| order.terms.window_from() == WindowFrom::Order)
        {
            return Some(order.accepted.day);
        }
        // A piece of the catalogue has no design of its own, unless one was shown.
        if matches!(self.project.kind, ProjectKind::Stock | ProjectKind::MadeToOrder) && self.design().is_none() {
            return self.order.as_ref().map(|order| order.accepted.day);
        }
        self.design_approved()
    }

    /// The day the client approved the design that was shown last.
    pub fn design_approved(&self) -> Option<NaiveDate> {
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
        let facts = production::WindowFacts {
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
    pub fn proposed(&self) -> Option<(NaiveDate, DateCause)> {
        self.happenings
            .iter()
            .fold(None, |found, happening| match &happening.what {
                Happened::Redated { latest, cause } => Some((*latest, *cause)),
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
        if self.is_sent_once_paid(order) {
            let paid = self.standing().and_then(|standing| standing.paid_whole)?;
            let (day, article) = self.sent_by(order, paid)?;
            return day.map(|day| by(day, article, "ground-dispatch-by"));
        }
        let silent = Article::of("CEL VI.43");
        let (days, article) = match &order.terms.delivery.days_at_most {
            Clause::Says(days, article) => (*days, article),
            Clause::Silent => (30, &silent),
        };
        let day = later(order.accepted.day, u64::from(days));
        Some(by(day, article, "ground-dispatch-by"))
    }

    /// The last of the days within which the house sends a piece in or out of stock, counted from the one on which it is paid whole
    /// (BI art. 7.4, BF Shipping); nothing where its terms say none, and no day where the calendar does not reach so far.
    fn sent_by<'a>(&self, order: &'a Order, paid: NaiveDate) -> Option<(Option<NaiveDate>, &'a Article)> {
        let production = &order.terms.production;
        match (self.project.kind, &production.in_stock, &production.out_of_stock_weeks) {
            (ProjectKind::Stock, Clause::Says(within, article), _) => {
                let day = match within.unit {
                    DayUnit::Days => Some(later(paid, u64::from(within.max))),
                    DayUnit::BusinessDays => business_days_after(paid, within.max, &self.closed),
                };
                Some((day, article))
            }
            (ProjectKind::MadeToOrder, _, Clause::Says(weeks, article)) => {
                Some((Some(later(paid, u64::from(weeks.max) * 7)), article))
            }
            _ => None,
        }
    }

    /// Whether the days the house sends it within run from the day it is paid whole.
    pub(super) fn is_sent_once_paid(&self, order: &Order) -> bool {
        self.window().is_none() && self.sent_by(order, order.accepted.day).is_some()
    }

    /// Whether something was to be paid with the order.
    pub fn asks_deposit(&self) -> bool {
        self.order.as_ref().is_some_and(|order| order.deposit > Money::ZERO)
    }

    /// The day the piece is promised by.
    pub fn promised_by(&self) -> Option<NaiveDate> {
        self.promised().map(|promised| promised.value)
    }

    /// Whether a deposit the terms keep from a consumer is one a court may set aside (CEL VI.83).
    pub fn deposit_may_be_contested(&self) -> bool {
        self.client.card.kind == ClientKind::Consumer
            && self.project.kind.takes_deposit()
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

    /// The day the new piece was finished.
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
                let collected =
                    matches!(&delivery.what, Happened::Delivered { how, .. } if *how == Handover::Collection)
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

    /// What is asked first: the rest of the deposit, then the rest of the price.
    #[must_use]
    pub fn asked_first(&self) -> Money {
        match self.standing() {
            Some(standing) if standing.deposit_open > Money::ZERO => standing.deposit_open,
            Some(standing) => standing.open,
            None => Money::ZERO,
        }
    }

    /// Where the order goes, as it was said when it was placed.
    #[must_use]
    pub fn destination(&self) -> Option<&Destination> {
        match &self.order.as_ref()?.accepted.what {
            Happened::Accepted { destination, .. } => destination.as_ref(),
            _ => None,
        }
    }

    /// Where a carrier would bring the order: where it was said to go, else the client's home.
    #[must_use]
    pub fn shipped_to(&self) -> Destination {
        let delivered = |destination: &&Destination| destination.to.address().is_some();
        self.destination()
            .filter(delivered)
            .cloned()
            .unwrap_or_else(|| Destination {
                to: DeliveredTo::Home,
                country: self.client.card.country_code(),
            })
    }

    /// How the contract came about: as it was said when the quote was accepted. Of an order from before that was asked, who
    /// accepted by mail bought at a distance.
    #[must_use]
    pub fn concluded(&self) -> Concluded {
        match self.order.as_ref().map(|order| &order.accepted.what) {
            Some(Happened::Accepted {
                concluded: Some(concluded),
                ..
            }) => *concluded,
            Some(Happened::Accepted { channel, .. }) if *channel == AcceptedBy::Mail => Concluded::Distance,
            Some(_) | None => Concluded::InPerson,
        }
    }

    /// The workshop's steps that were ticked.
    #[must_use]
    pub fn ticked(&self) -> Vec<&str> {
        self.happenings
            .iter()
            .filter_map(|happening| match &happening.what {
                Happened::Ticked { step } => Some(step.as_str()),
                _ => None,
            })
            .collect()
    }

    /// Who ended the order, what the house keeps, and what goes back.
    pub fn cancelled(&self) -> Option<(EndedBy, Money, Money)> {
        self.last(|happening| match &happening.what {
            Happened::Cancelled { by, kept, back, .. } => Some((*by, *kept, *back)),
            _ => None,
        })
    }

    /// Whether the intake was a mistake: nothing of it is in the house.
    #[must_use]
    pub fn withdrawn(&self) -> bool {
        self.happenings
            .iter()
            .any(|happening| matches!(happening.what, Happened::Withdrawn { .. }))
    }

    /// Every component of the client's pieces: where it is, or what became of it.
    pub fn custody(&self) -> Vec<Component> {
        if self.withdrawn() {
            return Vec::new();
        }
        let mut components = Vec::new();
        for piece in &self.pieces {
            components.extend(piece.stones.iter().map(|(id, ..)| (id.clone(), true)));
            components.extend(piece.metals.iter().map(|(id, _)| (id.clone(), false)));
        }
        super::custody(&components, &self.happenings)
    }

    /// Where the project stands.
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
        super::stage(&super::StageFacts {
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
            withdrawn: self.withdrawn(),
        })
    }

    /// The stages that a project of its kind goes through, in order, each with whether it was reached. What it skipped is not
    /// among them; where it stands now always is.
    pub fn path(&self) -> Vec<(Stage, bool)> {
        let now = self.stage();
        let (redesign, order) = (self.project.kind == ProjectKind::Redesign, self.order.is_some());
        let accepted = self
            .pieces
            .iter()
            .any(|piece| piece.decision.as_ref().is_some_and(|decision| decision.accepted));
        let gold = self.pieces.iter().any(|piece| !piece.metals.is_empty());
        let made = self.project.kind != ProjectKind::Stock;
        let opened = self.window().is_some_and(|window| window.value.opens.is_some())
            || (self.approved().is_some() && self.standing().is_some_and(|standing| standing.deposit_met.is_some()));
        let all = [
            (Stage::TakenIn, true, true),
            (Stage::Accepted, redesign, accepted),
            (
                Stage::Valued,
                redesign && gold || !self.valuations.is_empty(),
                !self.valuations.is_empty(),
            ),
            (Stage::Quoted, true, !self.quotes.is_empty()),
            (Stage::Ordered, true, order),
            (Stage::InProduction, made, order && opened),
            (Stage::Finished, true, self.finished().is_some()),
            (Stage::Delivered, true, self.possession().is_some()),
            (Stage::Closed, true, now == Stage::Closed),
        ];
        // What ended early goes no further than it came.
        let ended = matches!(
            now,
            Stage::Refused | Stage::Declined | Stage::Cancelled | Stage::Withdrawn | Stage::Closed
        );
        let mut path: Vec<(Stage, bool)> = all
            .into_iter()
            .filter(|(stage, goes, done)| *goes && (!ended || *done || *stage == now))
            .map(|(stage, _, done)| (stage, done))
            .collect();
        if !path.iter().any(|(stage, _)| *stage == now) {
            let after = path.iter().rposition(|(_, done)| *done).map_or(0, |last| last + 1);
            path.insert(after, (now, true));
        }
        path
    }

    /// Whether nothing can fall due of it any more, whatever day it is, until something is done on it.
    pub fn is_over(&self) -> bool {
        let ended = matches!(
            self.stage(),
            Stage::Closed | Stage::Refused | Stage::Declined | Stage::Cancelled | Stage::Withdrawn
        );
        ended && self.tasks().is_empty() && self.custody().iter().all(|component| component.fate.is_some())
    }

    /// Whether a fact that a quote or valuation rests on was put right after it was issued, or its client is another.
    fn corrected_since(&self, issued: &str) -> bool {
        self.happenings.iter().rev().any(|happening| {
            let weighs = match &happening.what {
                Happened::Corrected { facts, .. } => facts.iter().any(|fact| fact.is_priced()),
                Happened::ClientChanged { .. } => true,
                _ => false,
            };
            // Ids count up: what was issued before has a lower one.
            weighs && happening.id.as_str() > issued
        })
    }

    /// Whether a fact that the gold was valued by was put right since.
    pub fn value_is_stale(&self) -> bool {
        let Some(valuation) = self.valuations.first() else {
            return false;
        };
        self.happenings.iter().any(|happening| {
            let Happened::Corrected { facts, .. } = &happening.what else {
                return false;
            };
            happening.id > valuation.id && facts.iter().any(|fact| fact.is_priced())
        })
    }

    /// Whether a component stands on the last valuation.
    pub fn is_valued(&self, id: &str) -> bool {
        let parts = |valuation: &Valuation| valuation.worksheet.get("parts")?.as_array().cloned();
        let parts = self.valuations.first().and_then(parts).unwrap_or_default();
        parts
            .iter()
            .any(|part| part.get("metal").and_then(serde_json::Value::as_str) == Some(id))
    }

    /// Whether what was weighed or put right since changes what the quote rests on.
    pub fn needs_new_version(&self) -> bool {
        let quoted = self.quotes.first().map(|quote| quote.id.as_str());
        let corrected = quoted.is_some_and(|issued| self.corrected_since(issued)) || self.value_is_stale();
        if corrected && self.order.is_none() {
            return true;
        }
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
                && piece
                    .assessed(&self.terms)
                    .is_some_and(|assessed| assessed.value.verdict == Verdict::Ineligible)
        };
        if self.project.kind == ProjectKind::Redesign && self.pieces.iter().any(ineligible) {
            return true;
        }
        self.pieces
            .iter()
            .flat_map(|piece| &piece.metals)
            .any(|(id, metal)| weight(id).is_some_and(|net| metal.part.net_g().is_ok_and(|now| now != net)))
    }
}

impl Order {
    /// The order that a quote became, with its sums as they were offered; `None` where the sums do not add up.
    pub fn of(
        kind: ProjectKind,
        quote: &Quote,
        accepted: &Happening,
        deposit: Money,
        form: QuoteForm,
        terms: Terms,
        gold_credit: Money,
    ) -> Option<Self> {
        let only: Vec<Line> = lines(&form).into_iter().map(|(_, line)| line).collect();
        // What came off beside the gold was the fee.
        let fee = (quote.total - quote.to_pay - gold_credit).max(Money::ZERO);
        let totals = total(kind, &only, gold_credit, fee, &terms)?.value;
        Some(Self {
            quote: quote.clone(),
            accepted: accepted.clone(),
            deposit,
            terms,
            form,
            totals,
            gold_credit,
        })
    }
}

/// The project's own window, told in advance.
pub fn agreed(form: &QuoteForm) -> Option<DayRange> {
    let days = |text: &str| text.trim().parse::<u32>().ok();
    Some(DayRange {
        min: days(&form.days_min)?,
        max: days(&form.days_max)?,
    })
}
