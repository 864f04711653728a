//! After-sales: of what was sold, what may be undone, on which basis, until when, who pays, what goes back, and by when.
//!
//! Facts in, answer with grounds out. Two bases are computed beside each other, the statute's and the house's, and a
//! consumer gets the better; a business client has the house's terms alone. Section numbers in comments are those of
//! the list of rules: 1 statutory right, 2 house window, 3 guarantee, 4 basis, 5 send back, 6 who pays, 7 refund,
//! 8 refund due, 9 cancellation before delivery.
//!
//! What is no right to undo a sale stands beside it: `exchange`, `care` (resizing and repair) and `delivery` (where a
//! house delivers, and what a part of the world adds), `cancel` (an order ended before delivery), `warranty` (what a claim comes to), `rma` (the number on the box), and
//! `case`: what happens from the first word to the last.

pub mod cancel;
pub mod care;
pub mod case;
pub mod file;
mod may;
pub mod exchange;
pub mod rma;
pub mod sold;
pub mod warranty;

use crate::calendar::{Span, business_days_after, later, months_later, period_end, rolled};
use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::law;
use crate::money::{Money, VatRate};
use crate::order::booking::STORE_CREDIT;
use crate::refusal::{NotNow, Refusal};
use crate::terms::{
    BackBy, Cancellation, Clause, ClientKind, Concluded, Condition, CountedFrom, DayUnit, Made, ReturnDeduction,
    ShippingRefunded, Terms,
};
use crate::vocabulary::vocabulary;
use chrono::NaiveDate;
use rust_decimal::Decimal;

vocabulary! {
    /// Why the client comes back.
    pub enum Reason in "reason" {
        /// No reason is needed.
        ChangeOfMind = "change-of-mind",
        /// The order is to be undone before delivery.
        Cancel = "cancel",
        /// The piece is not as it should be.
        Defect = "defect",
        /// It is another piece than was ordered.
        WrongItem = "wrong-item",
        /// It was damaged on its way.
        TransportDamage = "transport-damage",
    }
}

impl Reason {
    const fn is_a_claim(self) -> bool {
        matches!(self, Self::Defect | Self::WrongItem | Self::TransportDamage)
    }
}

/// The facts of a case. Days that are not known are `None`.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as in the questions scripts ask")]
pub struct Facts {
    pub today: NaiveDate,
    pub client: ClientKind,
    pub concluded: Concluded,
    pub made: Made,
    /// The size of a ring: its inner circumference in whole mm.
    pub size: Option<u32>,
    pub price: Money,
    pub vat: VatRate,
    /// The price without VAT where its lines are known, which may be of several rates, in euro and not rounded; else it follows
    /// from `vat`.
    pub without_vat: Option<Decimal>,
    pub paid: Money,
    pub deposit_paid: Option<Money>,
    pub shipping_paid: Money,
    pub standard_shipping: Money,
    pub informed: Option<NaiveDate>,
    pub ordered: NaiveDate,
    pub shipped: Option<NaiveDate>,
    pub possession: Option<NaiveDate>,
    pub notice: Option<NaiveDate>,
    pub reason: Reason,
    pub condition: Condition,
    pub loss_in_value: Money,
    pub dispatched: Option<NaiveDate>,
    pub received: Option<NaiveDate>,
    pub inspected: Option<NaiveDate>,
    pub found: Option<NaiveDate>,
    pub label_cost: Money,
    /// What customs charged the house when the goods came back.
    pub customs_charged: Money,
    pub restockable: bool,
    pub restocking_pct: Decimal,
}

vocabulary! {
    /// What the right rests on.
    pub enum Basis in "answer-basis" {
        /// The law's withdrawal.
        Statute = "statute",
        /// The law's guarantee of conformity.
        Guarantee = "guarantee",
        /// The house's own terms.
        House = "house",
        /// Nothing: there is no right.
        None = "none",
    }
}

vocabulary! {
    /// Who pays the way back.
    pub enum Payer in "payer" {
        /// The house.
        House = "house",
        /// The client.
        Client = "client",
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named as in the answers scripts get")]
pub struct Answer {
    pub basis: Basis,
    pub statutory_until: Option<NaiveDate>,
    pub house_until: Option<NaiveDate>,
    pub guarantee_until: Option<NaiveDate>,
    /// The last day to ship.
    pub send_back_by: Option<NaiveDate>,
    /// The last day to arrive, where a house sets one.
    pub arrive_by: Option<NaiveDate>,
    pub return_paid_by: Payer,
    /// Line by line, each named, none of 0.00.
    pub refund: Vec<(&'static str, Money)>,
    pub refund_total: Option<Money>,
    pub refund_due: Option<NaiveDate>,
    /// The day by which the house wants transport damage reported; later is no less good (CC 1649quater).
    pub report_by: Option<NaiveDate>,
    /// The collisions of `law::COLLISIONS` that decided something here, by id.
    pub flags: Vec<&'static str>,
}

/// The right within its basis: the same `Basis::House` undoes, cancels or repairs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Right {
    Statute,
    Guarantee,
    Lifetime,
    Window,
    Cancellation,
    None,
}

const WITHDRAWAL: Article = Article::of("CEL VI.47");

/// By when the house has looked at a piece that came back, where it says so: business days from its arrival.
#[must_use]
pub fn inspect_by(received: NaiveDate, closed: &[Span], terms: &Terms) -> Option<Grounded<NaiveDate>> {
    let Clause::Says(within, article) = &terms.returns.inspection else {
        return None;
    };
    let value = business_days_after(received, within.max, closed)?;
    Some(Grounded {
        value,
        grounds: vec![Ground::new(article.clone(), "ground-inspect-by").with("day", Fact::Day(value))],
    })
}

/// Whether money may go back by other means than it came: only with the client's word (CEL VI.50 §1), and as store credit
/// only where the house offers it.
///
/// # Errors
/// [`Refusal::NotNow`], saying which of both is missing.
pub fn may_refund_by(method: &str, paid_by: &[String], agreed: bool, terms: &Terms) -> Result<(), Refusal> {
    if method == STORE_CREDIT && terms.returns.store_credit.value() != Some(&true) {
        return Err(Refusal::from(NotNow::NoStoreCredit));
    }
    let other = method == STORE_CREDIT || (!paid_by.is_empty() && !paid_by.iter().any(|paid| paid == method));
    if other && !agreed {
        Err(Refusal::from(NotNow::OtherMeans))
    } else {
        Ok(())
    }
}

/// Answers a case under the terms the contract keeps.
#[must_use]
pub fn answer(facts: &Facts, terms: &Terms) -> Grounded<Answer> {
    let case = Case {
        facts,
        terms,
        decided_on: facts.notice.unwrap_or(facts.today),
    };
    let mut grounds = Vec::new();
    let statutory_right = case.statutory_right(&mut grounds);
    let statutory_until = statutory_right.then(|| case.statutory_until(&mut grounds)).flatten();
    let house_until = case.house_until(&mut grounds);
    let guarantee_until = case.guarantee_until(&mut grounds);
    let right = case.right(statutory_right, statutory_until, house_until, guarantee_until);
    if right == Right::None {
        case.came_late(house_until, &mut grounds);
    }
    let send_back_by = case.send_back_by(right, house_until, &mut grounds);
    let arrive_by = send_back_by.and_then(|_| case.arrive_by(right, house_until, &mut grounds));
    let return_paid_by = case.return_paid_by(right, &mut grounds);
    let refund = case.refund(right, &mut grounds);
    let refund_total = refund
        .as_ref()
        .map(|lines| lines.iter().map(|&(_, amount)| amount).sum::<Money>().max(Money::ZERO));
    let refund_due = refund.as_ref().and_then(|_| case.refund_due(right, &mut grounds));
    let report_by = case.report_by(&mut grounds);
    grounds.insert(0, case.verdict(right));
    let value = Answer {
        basis: match right {
            Right::Statute => Basis::Statute,
            Right::Guarantee => Basis::Guarantee,
            Right::Lifetime | Right::Window | Right::Cancellation => Basis::House,
            Right::None => Basis::None,
        },
        statutory_until,
        house_until,
        guarantee_until,
        send_back_by,
        arrive_by,
        return_paid_by,
        refund: refund.unwrap_or_default(),
        refund_total,
        refund_due,
        report_by,
        flags: law::flags(
            &law::Setting {
                window_shorter: house_until
                    .is_none_or(|until| statutory_until.is_some_and(|statutory| until < statutory)),
                ..case.setting(right, refund_due)
            },
            terms,
        ),
    };
    Grounded { value, grounds }
}

struct Case<'a> {
    facts: &'a Facts,
    terms: &'a Terms,
    /// The day of the notice, or today where there is none.
    decided_on: NaiveDate,
}

impl Case<'_> {
    /// 1. Consumer, distance or off premises, and not made to the client's own specification.
    fn statutory_right(&self, grounds: &mut Vec<Ground>) -> bool {
        let ground = if self.facts.client == ClientKind::Business {
            Ground::new(Article::of("CEL I.1 2°"), "ground-business-has-house-terms")
        } else if self.facts.concluded == Concluded::InPerson {
            Ground::new(WITHDRAWAL, "ground-in-person-no-right")
        } else if self.facts.made.is_personal() {
            Ground::new(Article::of("CEL VI.53 3°"), "ground-personalised-no-right")
        } else {
            return true;
        };
        grounds.push(ground);
        false
    }

    /// 1. The last day of the withdrawal period, with its extension while the client was not told.
    fn statutory_until(&self, grounds: &mut Vec<Ground>) -> Option<NaiveDate> {
        let Some(possession) = self.facts.possession else {
            grounds.push(Ground::new(WITHDRAWAL, "ground-before-possession"));
            return None;
        };
        // A house may give more days than the law's fourteen, not fewer.
        let days = self.terms.returns.withdrawal_days();
        let first = period_end(possession, u64::from(days));
        let told = |ground: Ground, until| {
            ground
                .with("possession", Fact::Day(possession))
                .with("until", Fact::Day(until))
        };
        if self.facts.informed.is_some_and(|informed| informed <= first) {
            grounds.push(told(Ground::new(WITHDRAWAL, "ground-withdrawal-until"), first));
            return Some(first);
        }
        let extended = rolled(months_later(first, 12));
        let until = match self.facts.informed.filter(|&informed| informed <= extended) {
            Some(informed) => period_end(informed, 14),
            None => extended,
        };
        let key = if until == extended && self.facts.informed.is_none_or(|day| day > extended) {
            "ground-not-informed"
        } else {
            "ground-informed-late"
        };
        grounds.push(told(Ground::new(Article::of("CEL VI.48"), key), until));
        Some(until)
    }

    /// 2. The last day of the house's own window; none before delivery.
    fn house_until(&self, grounds: &mut Vec<Ground>) -> Option<NaiveDate> {
        let Clause::Says(window, article) = &self.terms.returns.window else {
            return None;
        };
        let open = window.clients.contains(&self.facts.client)
            && window.concluded.contains(&self.facts.concluded)
            && window.made.contains(&self.counts_as());
        let possession = self.facts.possession.filter(|_| open)?;
        let from = match window.from {
            CountedFrom::Possession => possession,
            CountedFrom::Shipment if self.facts.concluded == Concluded::InPerson => {
                self.facts.shipped.unwrap_or(possession)
            }
            CountedFrom::Shipment => self.facts.shipped?,
        };
        let until = period_end(from, u64::from(window.days));
        grounds.push(
            Ground::new(article.clone(), "ground-house-window")
                .with("days", Fact::Number(Decimal::from(window.days)))
                .with("from", Fact::Day(from))
                .with("until", Fact::Day(until)),
        );
        Some(until)
    }

    /// 3. Two years from possession, for a consumer, not rolled.
    fn guarantee_until(&self, grounds: &mut Vec<Ground>) -> Option<NaiveDate> {
        let possession = self
            .facts
            .possession
            .filter(|_| self.facts.client == ClientKind::Consumer)?;
        let months = self
            .terms
            .warranty
            .legal_years
            .value()
            .map_or(24, |years| (years * 12).max(24));
        let until = months_later(possession, months);
        if self.facts.reason.is_a_claim() {
            grounds.push(
                Ground::new(Article::of("CC 1649quater"), "ground-guarantee-until").with("until", Fact::Day(until)),
            );
        }
        Some(until)
    }

    /// 4 and 9. The first right that holds.
    fn right(
        &self,
        statutory: bool,
        statutory_until: Option<NaiveDate>,
        house_until: Option<NaiveDate>,
        guarantee_until: Option<NaiveDate>,
    ) -> Right {
        let facts = self.facts;
        if statutory && statutory_until.is_none_or(|until| self.decided_on <= until) {
            return Right::Statute;
        }
        let found = facts.found.unwrap_or(self.decided_on);
        let claim_in_time = |until| found <= until && self.decided_on <= rolled(months_later(found, 2));
        if facts.reason.is_a_claim() && guarantee_until.is_some_and(claim_in_time) {
            return Right::Guarantee;
        }
        if let Some(warranty) = self.terms.warranty.lifetime.value()
            && facts.possession.is_some()
            && facts.reason == Reason::Defect
            && !warranty.void_if.contains(&facts.condition)
        {
            return Right::Lifetime;
        }
        if house_until.is_some_and(|until| self.decided_on <= until && self.window_conditions_met(until)) {
            return Right::Window;
        }
        if facts.reason == Reason::Cancel && facts.possession.is_none() && !statutory && self.may_cancel() {
            return Right::Cancellation;
        }
        Right::None
    }

    fn window_conditions_met(&self, until: NaiveDate) -> bool {
        let Some(window) = self.terms.returns.window.value() else {
            return false;
        };
        let condition = window.conditions.contains(&self.facts.condition);
        let shipped = self.facts.dispatched.is_none_or(|day| day <= until);
        let arrived = match window.back_by {
            BackBy::WindowEnd => true,
            BackBy::ArrivedWithin(days) => self
                .facts
                .received
                .is_none_or(|day| day <= later(until, u64::from(days))),
        };
        condition && shipped && arrived
    }

    /// Why a return that was announced in time has no right any more: it was sent too late, or it came too late.
    fn came_late(&self, house_until: Option<NaiveDate>, grounds: &mut Vec<Ground>) {
        let (Clause::Says(window, article), Some(until)) = (&self.terms.returns.window, house_until) else {
            return;
        };
        if self.decided_on > until {
            return;
        }
        let mut late = |key, day| grounds.push(Ground::new(article.clone(), key).with("day", Fact::Day(day)));
        if self.facts.dispatched.is_some_and(|day| day > until) {
            late("ground-shipped-late", until);
        }
        if let BackBy::ArrivedWithin(days) = window.back_by {
            let by = later(until, u64::from(days));
            if self.facts.received.is_some_and(|day| day > by) {
                late("ground-arrived-late", by);
            }
        }
    }

    /// What the piece counts as for the house.
    fn counts_as(&self) -> Made {
        self.terms.returns.counts_as(self.facts.made, self.facts.size)
    }

    fn may_cancel(&self) -> bool {
        match self.terms.returns.cancellation.value() {
            Some(Cancellation::Fee(fee)) => self.facts.restockable && fee.made.contains(&self.counts_as()),
            Some(Cancellation::DepositKept) => self.facts.deposit_paid.is_some(),
            Some(Cancellation::Never) | None => false,
        }
    }

    fn collects(&self) -> bool {
        self.terms.returns.carrier_collects.value() == Some(&true)
    }

    /// 5. By when the piece is on its way back, or there.
    fn send_back_by(
        &self,
        right: Right,
        house_until: Option<NaiveDate>,
        grounds: &mut Vec<Ground>,
    ) -> Option<NaiveDate> {
        let notice = self.facts.notice?;
        self.facts.possession?;
        if self.collects() {
            return None;
        }
        let (article, day) = match right {
            Right::Statute => {
                let days = self.terms.returns.days_to_send_back();
                (Article::of("CEL VI.51 §1"), period_end(notice, u64::from(days)))
            }
            Right::Window => (self.terms.returns.window.article()?.clone(), house_until?),
            Right::Guarantee | Right::Lifetime | Right::Cancellation | Right::None => return None,
        };
        grounds.push(Ground::new(article, "ground-send-back-by").with("day", Fact::Day(day)));
        Some(day)
    }

    /// 5. By when it has arrived, where the house's window says so. Not rolled.
    fn arrive_by(&self, right: Right, house_until: Option<NaiveDate>, grounds: &mut Vec<Ground>) -> Option<NaiveDate> {
        let Clause::Says(window, article) = &self.terms.returns.window else {
            return None;
        };
        let BackBy::ArrivedWithin(days) = window.back_by else {
            return None;
        };
        let day = later(house_until.filter(|_| right == Right::Window)?, u64::from(days));
        grounds.push(Ground::new(article.clone(), "ground-arrive-by").with("day", Fact::Day(day)));
        Some(day)
    }

    /// 6. Who pays the way back.
    fn return_paid_by(&self, right: Right, grounds: &mut Vec<Ground>) -> Payer {
        let not_told = self.facts.informed.is_none_or(|informed| informed > self.decided_on);
        let ground = if self.collects() {
            self.terms
                .returns
                .carrier_collects
                .article()
                .map(|article| Ground::new(article.clone(), "ground-house-collects"))
        } else if self.facts.reason.is_a_claim() {
            Some(Ground::new(Article::of("CC 1649quinquies"), "ground-house-pays-return"))
        } else if right == Right::Statute && not_told {
            Some(Ground::new(Article::of("CEL VI.51 §1"), "ground-not-told-who-pays"))
        } else if self.terms.returns.client_pays_return.value() == Some(&false) {
            self.terms
                .returns
                .client_pays_return
                .article()
                .map(|article| Ground::new(article.clone(), "ground-house-offers-return"))
        } else {
            return Payer::Client;
        };
        grounds.extend(ground);
        Payer::House
    }

    /// 7 and 9. What goes back, line by line; `None` where nothing is refunded (yet).
    fn refund(&self, right: Right, grounds: &mut Vec<Ground>) -> Option<Vec<(&'static str, Money)>> {
        self.facts.notice?;
        let mut lines = vec![("price", self.facts.paid)];
        match right {
            Right::Statute => lines.extend(self.by_statute(grounds)),
            Right::Window => lines.extend(self.in_the_window(grounds)?),
            Right::Cancellation => lines.push(self.kept_of_an_order(grounds)?),
            Right::Guarantee | Right::Lifetime | Right::None => return None,
        }
        lines.retain(|&(_, amount)| amount != Money::ZERO);
        Some(lines)
    }

    /// Beside the price, under the law's withdrawal: the standard delivery, less a loss in value and the label.
    fn by_statute(&self, grounds: &mut Vec<Ground>) -> Vec<(&'static str, Money)> {
        let facts = self.facts;
        let told = facts
            .informed
            .is_some_and(|informed| facts.notice.is_some_and(|notice| informed <= notice));
        let owes = told && facts.possession.is_some();
        let mut lines = vec![("standard-delivery", facts.shipping_paid.min(facts.standard_shipping))];
        grounds.push(Ground::new(Article::of("CEL VI.50"), "ground-refund-everything"));
        if owes && facts.condition.is_used() {
            lines.push(("loss-in-value", -facts.loss_in_value));
            grounds.push(
                Ground::new(Article::of("CEL VI.51 §2"), "ground-loss-in-value")
                    .with("loss", Fact::Money(facts.loss_in_value)),
            );
        }
        if let Clause::Says(true, article) = &self.terms.returns.label_cost_deducted
            && owes
            && facts.reason == Reason::ChangeOfMind
        {
            lines.push(("return-label", -facts.label_cost));
            grounds
                .push(Ground::new(article.clone(), "ground-return-label").with("cost", Fact::Money(facts.label_cost)));
        }
        if let Clause::Says(true, article) = &self.terms.returns.customs_recharged
            && owes
            && facts.reason == Reason::ChangeOfMind
            && facts.customs_charged > Money::ZERO
        {
            lines.push(("customs", -facts.customs_charged));
            grounds.push(
                Ground::new(article.clone(), "ground-customs-charged").with("cost", Fact::Money(facts.customs_charged)),
            );
        }
        lines
    }

    /// Beside the price, under the house's own window: what it takes off, and the shipping of what it sent wrong.
    fn in_the_window(&self, grounds: &mut Vec<Ground>) -> Option<Vec<(&'static str, Money)>> {
        let facts = self.facts;
        let Clause::Says(window, article) = &self.terms.returns.window else {
            return None;
        };
        let (name, amount) = match window.deduction {
            ReturnDeduction::LossInValue if facts.condition.is_used() => ("loss-in-value", facts.loss_in_value),
            ReturnDeduction::LossInValue => ("loss-in-value", Money::ZERO),
            // What the house sent wrong costs the client nothing.
            ReturnDeduction::RestockingFee if facts.reason.is_a_claim() => ("restocking-fee", Money::ZERO),
            ReturnDeduction::RestockingFee => ("restocking-fee", facts.paid.percent(facts.restocking_pct)),
        };
        let mut lines = vec![(name, -amount)];
        grounds.push(if amount == Money::ZERO {
            Ground::new(article.clone(), "ground-house-refund-whole")
        } else {
            Ground::new(article.clone(), "ground-house-refund").with("deducted", Fact::Money(amount))
        });
        if let Clause::Says(ShippingRefunded::OnlyIfWrongOrDefective, article) =
            &self.terms.returns.outbound_shipping_refunded
            && facts.reason.is_a_claim()
        {
            lines.push(("shipping", facts.shipping_paid));
            grounds.push(
                Ground::new(article.clone(), "ground-shipping-back").with("shipping", Fact::Money(facts.shipping_paid)),
            );
        }
        Some(lines)
    }

    /// What a house keeps of an order cancelled before delivery.
    fn kept_of_an_order(&self, grounds: &mut Vec<Ground>) -> Option<(&'static str, Money)> {
        let facts = self.facts;
        let Clause::Says(cancellation, article) = &self.terms.returns.cancellation else {
            return None;
        };
        let (name, kept, key) = match cancellation {
            Cancellation::Fee(rule) => {
                let fee = match facts.without_vat {
                    None if !rule.with_vat => facts.vat.share_without(facts.price, rule.percent),
                    lines => rule.of(facts.price, lines.unwrap_or(facts.price.euro()), facts.paid),
                };
                ("cancellation-fee", fee, "ground-cancellation-fee")
            }
            Cancellation::DepositKept => {
                let kept = facts.deposit_paid.unwrap_or_default();
                ("deposit-kept", kept, "ground-deposit-kept")
            }
            Cancellation::Never => return None,
        };
        grounds.push(Ground::new(article.clone(), key).with("kept", Fact::Money(kept)));
        Some((name, -kept))
    }

    /// 8. By when the refund is paid: the earlier of the statute's day and the house's promise, not rolled.
    fn refund_due(&self, right: Right, grounds: &mut Vec<Ground>) -> Option<NaiveDate> {
        let promised = self.promised_refund();
        let statutory = || {
            // A house that promises fewer days after the notice is held to them.
            let days = self.terms.returns.days_to_refund();
            let after_notice = later(self.facts.notice?, u64::from(days));
            let nothing_left = self.facts.shipped.is_none() && self.facts.possession.is_none();
            let day = if nothing_left || self.collects() {
                after_notice
            } else {
                let proof = [self.facts.received, self.facts.dispatched]
                    .into_iter()
                    .flatten()
                    .min()?;
                after_notice.max(proof)
            };
            Some((Article::of("CEL VI.50 §3"), "ground-refund-statutory", day))
        };
        let candidates = match right {
            Right::Statute => [statutory(), promised],
            Right::Window => [promised, None],
            Right::Guarantee | Right::Lifetime | Right::Cancellation | Right::None => [None, None],
        };
        let (article, key, day) = candidates.into_iter().flatten().min_by_key(|&(_, _, day)| day)?;
        grounds.push(Ground::new(article, key).with("day", Fact::Day(day)));
        Some(day)
    }

    /// The house's promise, counted from the inspection.
    fn promised_refund(&self) -> Option<(Article, &'static str, NaiveDate)> {
        let Clause::Says(within, article) = &self.terms.returns.refund_promise else {
            return None;
        };
        let inspected = self.facts.inspected?;
        let day = match within.unit {
            DayUnit::Days => Some(later(inspected, u64::from(within.days))),
            DayUnit::BusinessDays => business_days_after(inspected, within.days, &[]),
        };
        day.map(|day| (article.clone(), "ground-refund-promised", day))
    }

    /// By when a house wants transport damage reported, and what it asks of the client at the door.
    fn report_by(&self, grounds: &mut Vec<Ground>) -> Option<NaiveDate> {
        if self.facts.reason != Reason::TransportDamage {
            return None;
        }
        if let Clause::Says(true, article) = &self.terms.delivery.open_before_carrier {
            grounds.push(Ground::new(article.clone(), "ground-open-before-carrier"));
        }
        if let Clause::Says(true, article) = &self.terms.delivery.house_bears_transit_risk {
            grounds.push(Ground::new(article.clone(), "ground-house-bears-transit"));
        }
        let Clause::Says(within, article) = &self.terms.delivery.damage_report_days else {
            return None;
        };
        let day = later(self.facts.possession?, u64::from(within.max));
        grounds.push(Ground::new(article.clone(), "ground-damage-report").with("day", Fact::Day(day)));
        Some(day)
    }

    fn setting(&self, right: Right, refund_due: Option<NaiveDate>) -> law::Setting {
        let facts = self.facts;
        let promised = self.promised_refund().map(|(_, _, day)| day);
        let found_days_ago = facts.found.map_or(0, |found| (self.decided_on - found).num_days());
        law::Setting {
            by_statute: right == Right::Statute,
            by_cancellation: right == Right::Cancellation,
            delivered: facts.possession.is_some(),
            window_shorter: false,
            law_refunds_first: facts.notice.is_some()
                && promised.is_none_or(|promised| refund_due.is_some_and(|due| due < promised)),
            used: facts.condition.is_used(),
            made: facts.made,
            restocking: !facts.restocking_pct.is_zero(),
            shipping_paid: facts.shipping_paid > Money::ZERO,
            deposit_paid: facts.deposit_paid.is_some_and(|paid| paid > Money::ZERO),
            noticed_after_60_days: right == Right::Guarantee && found_days_ago > 60,
        }
    }

    fn verdict(&self, right: Right) -> Ground {
        let of = |clause: Option<&Article>| clause.cloned().unwrap_or(WITHDRAWAL);
        let (article, key) = match right {
            Right::Statute => (WITHDRAWAL, "ground-right-statute"),
            Right::Guarantee => (Article::of("CC 1649quater"), "ground-right-guarantee"),
            Right::Lifetime => (of(self.terms.warranty.lifetime.article()), "ground-right-lifetime"),
            Right::Window => (of(self.terms.returns.window.article()), "ground-right-window"),
            Right::Cancellation => (
                of(self.terms.returns.cancellation.article()),
                "ground-right-cancellation",
            ),
            Right::None => (WITHDRAWAL, "ground-no-right"),
        };
        Ground::new(article, key).with("day", Fact::Day(self.decided_on))
    }
}
