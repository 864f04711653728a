//! An after-sales case with everything that happened to it, and what follows: the facts as they stand, the rules' answer,
//! what goes back and what did, where the piece is, what is due. Screens, papers, reports and steps read the same file.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "looking for one kind of happening passes over all others, new ones too"
)]

use super::care::Care;
use super::case::{Case, CaseHappened, CaseKind, CaseStage};
use super::exchange::{ExchangeFacts, exchange};
use super::warranty::{Claim, Remedy, remedies};
use super::{Answer, Basis, Facts, Reason, inspect_by};
use crate::aftersales::case::WayBack;
use crate::calendar::{Span, later};
use crate::client::Client;
use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::ledger::{self, Entry, EntryKind};
use crate::money::Money;
use crate::order::{Happening, Task};
use crate::terms::{Concluded, Condition, Exception, Made, Need, Terms};
use crate::vocabulary::Vocabulary as _;
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// The file of a case.
#[expect(missing_docs, reason = "each field is named as what it is")]
pub struct CaseFile {
    pub case: Case,
    pub client: Client,
    /// The terms the contract keeps.
    pub terms: Terms,
    /// What happened and holds.
    pub happenings: Vec<Happening<CaseHappened>>,
    /// Everything that was written down, slips and what took them back included.
    pub told: Vec<Happening<CaseHappened>>,
    pub entries: Vec<Entry>,
    /// The means the order was paid by, where it is known.
    pub paid_by: Vec<String>,
    pub closed_days: Vec<Span>,
    pub today: NaiveDate,
    /// The facts as they stand now; none for work on a piece, and none that make no sense together.
    pub facts: Option<Facts>,
    /// The same as a question of the desk, for words and papers.
    pub question: Map<String, Value>,
    /// What the rules answer; none for work on a piece.
    pub answer: Option<Grounded<Answer>>,
    /// How the house takes work on a piece.
    pub care: Option<Care>,
}

/// What of the piece itself is looked at.
const PIECE_ITSELF: [&str; 2] = ["right-piece", "stones-in-place"];

/// Every point that any house's checklist may have.
pub(crate) fn every_point() -> Vec<String> {
    let needs = LOOKED_FOR.iter().map(|need| need.name());
    PIECE_ITSELF.into_iter().chain(needs).map(str::to_owned).collect()
}

/// What of a house's conditions can be ticked off when a piece is looked at.
const LOOKED_FOR: [Need; 7] = [
    Need::OriginalPackaging,
    Need::AllPackaging,
    Need::AllMaterials,
    Need::AllPapers,
    Need::OrderDetailSheet,
    Need::Certificates,
    Need::AllPartsAndGifts,
];

impl CaseFile {
    /// The last thing that happened of which `pick` makes something.
    pub fn last<T>(&self, pick: impl Fn(&Happening<CaseHappened>) -> Option<T>) -> Option<T> {
        self.happenings.iter().rev().find_map(pick)
    }

    fn happened(&self, is: impl Fn(&CaseHappened) -> bool) -> Option<&Happening<CaseHappened>> {
        self.happenings.iter().rev().find(|happening| is(&happening.what))
    }

    /// The right the case rests on; none while no question was answered.
    pub fn basis(&self) -> Basis {
        self.answer.as_ref().map_or(Basis::None, |answer| answer.value.basis)
    }

    /// The first notice: what a right is measured by.
    pub fn noticed(&self) -> Option<&Happening<CaseHappened>> {
        self.happenings
            .iter()
            .find(|happening| matches!(happening.what, CaseHappened::Noticed { .. }))
    }

    /// The day of the notice, registered or known when the case was opened.
    pub fn notice_day(&self) -> Option<NaiveDate> {
        self.day_of(|facts| facts.notice)
    }

    fn day_of(&self, pick: impl Fn(&Facts) -> Option<NaiveDate>) -> Option<NaiveDate> {
        self.facts.as_ref().and_then(pick)
    }

    fn money_of(&self, pick: impl Fn(&Facts) -> Money) -> Money {
        self.facts.as_ref().map(pick).unwrap_or_default()
    }

    /// The day of the order.
    pub fn ordered(&self) -> Option<NaiveDate> {
        self.day_of(|facts| Some(facts.ordered))
    }

    /// The day the piece was shipped.
    pub fn shipped(&self) -> Option<NaiveDate> {
        self.day_of(|facts| facts.shipped)
    }

    /// The day the client had the last of it.
    pub fn possession(&self) -> Option<NaiveDate> {
        self.day_of(|facts| facts.possession)
    }

    /// The day the client was told of the right.
    pub fn informed(&self) -> Option<NaiveDate> {
        self.day_of(|facts| facts.informed)
    }

    /// The day the client sent the goods off.
    pub fn dispatched(&self) -> Option<NaiveDate> {
        self.day_of(|facts| facts.dispatched)
    }

    /// The price of what the case is about.
    pub fn price(&self) -> Money {
        self.money_of(|facts| facts.price)
    }

    /// What the client paid for it.
    pub fn paid(&self) -> Money {
        self.money_of(|facts| facts.paid)
    }

    /// What the client paid for the way out.
    pub fn shipping_paid(&self) -> Money {
        self.money_of(|facts| facts.shipping_paid)
    }

    /// What of it goes back with the price: the cheapest standard delivery at the most.
    pub fn standard_delivery(&self) -> Money {
        self.money_of(|facts| facts.shipping_paid.min(facts.standard_shipping))
    }

    /// How the piece was made.
    pub fn made(&self) -> Made {
        self.facts.as_ref().map_or(Made::Listed, |facts| facts.made)
    }

    /// How the contract came about.
    pub fn concluded(&self) -> Concluded {
        self.facts.as_ref().map_or(Concluded::Distance, |facts| facts.concluded)
    }

    /// The number and the terms goods may come back under.
    pub fn rma(&self) -> Option<(String, WayBack, Money)> {
        self.last(|happening| match &happening.what {
            CaseHappened::Authorised { rma, label, cost } => Some((rma.clone(), *label, *cost)),
            _ => None,
        })
    }

    /// The day the goods were taken in.
    pub fn arrived(&self) -> Option<NaiveDate> {
        self.happened(|what| matches!(what, CaseHappened::Arrived { accepted: true, .. }))
            .map(|happening| happening.day)
    }

    /// The inspection of what came back: of what came again since, another.
    pub fn inspected(&self) -> Option<&Happening<CaseHappened>> {
        let seen = self.happened(|what| {
            matches!(
                what,
                CaseHappened::Inspected { .. } | CaseHappened::Arrived { accepted: true, .. }
            )
        });
        seen.filter(|happening| matches!(happening.what, CaseHappened::Inspected { .. }))
    }

    /// What was seen last, whatever came since: a no that rests on it stands until something else is seen.
    fn seen(&self) -> Option<&Happening<CaseHappened>> {
        self.happened(|what| matches!(what, CaseHappened::Inspected { .. }))
    }

    /// What the last inspection found to be the cause.
    pub fn cause(&self) -> Option<Exception> {
        match &self.seen()?.what {
            CaseHappened::Inspected { cause, .. } => *cause,
            _ => None,
        }
    }

    /// Whether the piece is here again after it was handed back, and nothing was decided on it since: a repair did not help.
    fn came_again(&self) -> bool {
        let handed_back = self.last(|happening| match &happening.what {
            CaseHappened::Decided { .. } => Some(false),
            CaseHappened::HandedBack { .. } => Some(true),
            _ => None,
        });
        self.is_here() && handed_back == Some(true)
    }

    /// Whether what went back in money is all there was to do.
    fn is_paid_back(&self) -> bool {
        self.refunded() > Money::ZERO && self.owed() == Money::ZERO && !self.came_again()
    }

    /// The remedies open to the client, as far as the facts are known.
    pub fn remedies(&self, receipt: bool, tried: bool) -> Grounded<Vec<Remedy>> {
        let reason = self.case.kind.reason().unwrap_or(Reason::Defect);
        // Within the days of withdrawal the guarantee stands beside it: the client chooses.
        let may_withdraw = self.basis() == Basis::Statute;
        let under = |answer: &Grounded<Answer>| answer.value.guarantee_until.map_or(Basis::None, |_| Basis::Guarantee);
        let basis = if may_withdraw {
            self.answer.as_ref().map_or(Basis::None, under)
        } else {
            self.basis()
        };
        let receipt = receipt
            || self
                .terms
                .warranty
                .lifetime
                .value()
                .is_none_or(|warranty| !warranty.receipt_needed);
        let tried = tried
            || self.happenings.iter().any(|happening| {
                matches!(
                    happening.what,
                    CaseHappened::Decided {
                        remedy: Some(Remedy::Repair | Remedy::Replacement),
                        ..
                    }
                )
            });
        remedies(
            &Claim {
                basis,
                reason,
                cause: self.cause(),
                receipt,
                tried,
                may_withdraw,
            },
            &self.terms,
        )
    }

    /// What was decided on a claim: the remedy, and what goes back.
    pub fn decided(&self) -> Option<(NaiveDate, Option<Remedy>, Money)> {
        self.last(|happening| match &happening.what {
            CaseHappened::Decided { remedy, amount, .. } => Some((happening.day, *remedy, *amount)),
            _ => None,
        })
    }

    /// What the way back cost the client, where the house bears it: over all decisions on the claim.
    pub fn return_cost(&self) -> Money {
        self.happenings
            .iter()
            .map(|happening| match &happening.what {
                CaseHappened::Decided { return_cost, .. } => *return_cost,
                _ => Money::ZERO,
            })
            .sum()
    }

    /// The exchange: its day, what the client pays, and what they are credited.
    pub fn exchanged(&self) -> Option<(NaiveDate, Money, Money)> {
        self.last(|happening| match &happening.what {
            CaseHappened::Exchanged { to_pay, credited, .. } => Some((happening.day, *to_pay, *credited)),
            _ => None,
        })
    }

    /// The day the house said no. What was learned since, and gives a right, takes the no back.
    pub fn refused(&self) -> Option<NaiveDate> {
        if self.case.kind.is_a_claim() {
            return self
                .decided()
                .filter(|(_, remedy, _)| remedy.is_none())
                .map(|(day, ..)| day);
        }
        let refused = self
            .happened(|what| matches!(what, CaseHappened::Refused { .. }))
            .map(|happening| happening.day);
        refused.filter(|_| self.case.kind.is_work() || self.basis() == Basis::None || self.is_unfit())
    }

    /// Whether it was closed, and nothing is due again since: a refund that came back opens it.
    pub fn closed(&self) -> bool {
        self.happened(|what| matches!(what, CaseHappened::Closed { .. }))
            .is_some()
            && self.refund_due().is_none()
    }

    /// Whether the piece is here: taken in, and not handed back since.
    pub fn is_here(&self) -> bool {
        self.last(|happening| match &happening.what {
            CaseHappened::Arrived { accepted: true, .. } => Some(true),
            CaseHappened::HandedBack { .. } => Some(false),
            _ => None,
        })
        .unwrap_or(false)
    }

    /// The day the piece was last handed back.
    pub fn handed_back(&self) -> Option<NaiveDate> {
        self.happened(|what| matches!(what, CaseHappened::HandedBack { .. }))
            .map(|happening| happening.day)
    }

    /// The facts of an exchange for a piece of that price.
    pub fn exchange_facts(&self, new_price: Money) -> ExchangeFacts {
        ExchangeFacts {
            made: self.made(),
            size: self.facts.as_ref().and_then(|facts| facts.size),
            condition: self
                .facts
                .as_ref()
                .map_or(Condition::AsDelivered, |facts| facts.condition),
            old_price: self.price(),
            new_price,
            today: self.answered_as_of(),
            shipped: self.shipped(),
            possession: self.possession(),
        }
    }

    /// Whether the client wants another piece, and the house exchanges this one.
    pub fn exchange_offered(&self) -> bool {
        self.case.kind == CaseKind::Exchange && exchange(&self.exchange_facts(Money::ZERO), &self.terms).value.offered
    }

    /// What went back so far, in money or as credit.
    pub fn refunded(&self) -> Money {
        self.total(EntryKind::Refund)
    }

    /// What the client paid in this case.
    pub fn paid_in(&self) -> Money {
        self.total(EntryKind::Payment)
    }

    fn total(&self, kind: EntryKind) -> Money {
        ledger::counting(&self.entries)
            .filter(|entry| entry.kind == kind)
            .map(|entry| entry.amount)
            .sum()
    }

    /// What the case comes to for the client.
    pub fn comes_to(&self) -> Money {
        if let Some((_, _, credited)) = self.exchanged() {
            return credited;
        }
        // What the way back cost was promised with a repair: a later no does not take it away.
        if self.case.kind.is_a_claim() {
            return self.decided().map_or(Money::ZERO, |(_, _, amount)| amount) + self.return_cost();
        }
        // Who wants another piece, and gets it, is not owed the money.
        if self.refused().is_some() || self.case.kind.is_work() || self.exchange_offered() {
            return Money::ZERO;
        }
        self.answer
            .as_ref()
            .and_then(|answer| answer.value.refund_total)
            .unwrap_or_default()
    }

    /// What is still to go back.
    pub fn owed(&self) -> Money {
        (self.comes_to() - self.refunded()).max(Money::ZERO)
    }

    /// What the client still pays: the difference of an exchange.
    pub fn to_pay(&self) -> Money {
        self.exchanged()
            .map_or(Money::ZERO, |(_, to_pay, _)| (to_pay - self.paid_in()).max(Money::ZERO))
    }

    /// By when it goes back; `None` while the house may wait for goods or proof of dispatch.
    pub fn refund_due(&self) -> Option<Grounded<NaiveDate>> {
        if self.owed() == Money::ZERO {
            return None;
        }
        let settled = |day: NaiveDate, article: Article| {
            let value = later(day, 14);
            Some(Grounded {
                value,
                grounds: vec![Ground::new(article, "ground-refund-settled").with("day", Fact::Day(value))],
            })
        };
        if let Some((day, ..)) = self.exchanged() {
            return settled(
                day,
                self.terms
                    .returns
                    .exchange
                    .article()
                    .cloned()
                    .unwrap_or(Article::of("CC 5.69")),
            );
        }
        let answer = self.answer.as_ref()?;
        // A no promises nothing: what is open since was promised before it.
        let promised = self.last(|happening| match &happening.what {
            CaseHappened::Decided { remedy: Some(_), .. } => Some(happening.day),
            _ => None,
        });
        if let Some(day) = promised {
            let decided = settled(day, Article::of("CC 1649quinquies"));
            // A sale undone within the days of withdrawal is paid back by the law's day for that.
            let withdrawn = answer.value.refund_due.filter(|_| answer.value.basis == Basis::Statute);
            return match (decided, withdrawn) {
                (Some(decided), Some(day)) if day < decided.value => Some(Grounded {
                    value: day,
                    grounds: refund_grounds(answer),
                }),
                (decided, _) => decided,
            };
        }
        if let Some(due) = answer.value.refund_due {
            return Some(Grounded {
                value: due,
                grounds: refund_grounds(answer),
            });
        }
        // Nothing left the house: nothing is waited for.
        let nothing_left = self.shipped().is_none() && self.possession().is_none();
        let day = self.notice_day().filter(|_| nothing_left).or_else(|| {
            self.inspected()
                .map(|happening| happening.day)
                .filter(|_| answer.value.basis == Basis::House)
        })?;
        settled(day, Article::of("CC 5.69"))
    }

    /// The day since when the house holds the client's piece; none once it is the house's own, or back with the client.
    pub fn holds_since(&self) -> Option<NaiveDate> {
        let mut since = None;
        for happening in &self.happenings {
            match &happening.what {
                CaseHappened::Arrived { accepted: true, .. } => since = since.or(Some(happening.day)),
                CaseHappened::HandedBack { .. } => since = None,
                _ => {}
            }
        }
        // Worth nothing any more, or refunded: it is the house's.
        let worthless = self.undoes()
            && self.basis() != Basis::None
            && self.refused().is_none()
            && self.inspected().is_some()
            && self.comes_to() == Money::ZERO
            && !self.exchange_offered();
        let returned =
            worthless || (!self.case.kind.is_work() && self.comes_to() > Money::ZERO && self.owed() == Money::ZERO);
        // Of a claim the client keeps the piece, unless the sale is undone.
        let undone = self.decided().and_then(|(_, remedy, _)| remedy) == Some(Remedy::Termination);
        let kept = self.case.kind.is_a_claim() && !undone;
        let ours = self.exchanged().is_some() || (returned && !kept);
        since.filter(|_| !ours)
    }

    /// Whether the piece, or one in its place, is to go to the client. A repair is done once it went: what came again is decided on again.
    pub fn to_hand_back(&self) -> bool {
        let keeps_it = match self.decided() {
            Some((_, Some(Remedy::Repair | Remedy::Replacement), _)) => !self.came_again(),
            Some((_, Some(Remedy::Reduction), _)) => true,
            Some((_, Some(Remedy::Termination) | None, _)) | None => false,
        };
        self.holds_since().is_some() && (keeps_it || self.refused().is_some() || self.case.kind.is_work())
    }

    /// Whether the client undoes the sale.
    pub fn undoes(&self) -> bool {
        !self.case.kind.is_a_claim() && !self.case.kind.is_work()
    }

    /// Whether the sale is undone, with something to go back or gone back.
    #[must_use]
    pub fn gives_back(&self) -> bool {
        self.undoes() && (self.comes_to() > Money::ZERO || self.refunded() > Money::ZERO)
    }

    /// Whether the house has a return form of its own for such a case.
    #[must_use]
    pub fn has_return_form(&self) -> bool {
        let needs = self.terms.returns.needs.value();
        self.undoes() && needs.is_some_and(|needs| needs.contains(&Need::ReturnForm))
    }

    /// Whether what came back under the house's own window may be rejected: damaged, altered, or not complete, where the terms
    /// say so. The law's withdrawal never is: there only the loss in value comes off (CEL VI.51 §2).
    #[must_use]
    pub fn is_unfit(&self) -> bool {
        let may = self.basis() == Basis::House && self.terms.returns.reject_unfit.value() == Some(&true);
        let Some(CaseHappened::Inspected {
            complete, condition, ..
        }) = self.seen().map(|seen| &seen.what)
        else {
            return false;
        };
        let whole = self.checklist().iter().all(|point| complete.contains(point));
        may && (!whole || matches!(condition, Condition::Damaged | Condition::Altered))
    }

    /// The checklist of the house: what it asks back, after the piece itself.
    #[must_use]
    pub fn checklist(&self) -> Vec<String> {
        let mut list = PIECE_ITSELF.map(str::to_owned).to_vec();
        let needs = self.terms.returns.needs.value().into_iter().flatten();
        list.extend(
            needs
                .filter(|need| LOOKED_FOR.contains(need))
                .map(|need| need.name().to_owned()),
        );
        list
    }

    /// The grounds of the rules' answer, for a paper.
    #[must_use]
    pub fn grounds(&self) -> Vec<Ground> {
        self.answer
            .as_ref()
            .map(|answer| answer.grounds.clone())
            .unwrap_or_default()
    }

    /// Whether the client was told of their rights when they gave notice.
    #[must_use]
    pub fn was_told(&self) -> bool {
        self.informed()
            .is_some_and(|day| self.notice_day().is_none_or(|notice| day <= notice))
    }

    /// Where the case stands, from what has happened.
    pub fn stage(&self) -> CaseStage {
        if self.closed() {
            return CaseStage::Closed;
        }
        let due = self.refund_due().is_some();
        if due || self.to_pay() > Money::ZERO {
            return CaseStage::ToRefund;
        }
        if self.to_hand_back() {
            return CaseStage::ToHandBack;
        }
        if self.refused().is_some() {
            return CaseStage::Refused;
        }
        if (self.goods_due() && self.refunded() > Money::ZERO) || self.piece_comes().is_some() {
            return CaseStage::Expected;
        }
        let handed_back = !self.is_here() && self.handed_back().is_some();
        if self.exchanged().is_some() || handed_back || self.is_paid_back() {
            return CaseStage::Settled;
        }
        match (self.inspected(), self.arrived(), self.expected()) {
            (Some(_), _, _) => CaseStage::Inspected,
            (None, Some(_), _) => CaseStage::Received,
            (None, None, Some(_)) => CaseStage::Expected,
            (None, None, None) => CaseStage::Open,
        }
    }

    /// The day it was last said that goods come, which did not come yet.
    fn expected(&self) -> Option<NaiveDate> {
        let said = self.happened(|what| {
            matches!(
                what,
                CaseHappened::Authorised { .. }
                    | CaseHappened::Dispatched { .. }
                    | CaseHappened::Arrived { accepted: true, .. }
            )
        });
        said.filter(|happening| !matches!(happening.what, CaseHappened::Arrived { .. }))
            .map(|happening| happening.day)
    }

    /// The same of the piece of a claim, whatever was decided on it or paid for it; not once that was a no, or where the client keeps it.
    fn piece_comes(&self) -> Option<NaiveDate> {
        let keeps = matches!(self.decided(), Some((_, None | Some(Remedy::Reduction), _)));
        self.expected().filter(|_| self.case.kind.is_a_claim() && !keeps)
    }

    /// Whether the client still has goods that are to come back.
    pub fn goods_due(&self) -> bool {
        let delivered = self.possession().is_some();
        self.undoes()
            && delivered
            && self.arrived().is_none()
            && self.notice_day().is_some()
            && (self.basis() != Basis::None || self.exchange_offered())
    }

    /// Whether nothing can fall due of it any more, whatever day it is, until something is done on it.
    pub fn is_over(&self) -> bool {
        let ended = matches!(
            self.stage(),
            CaseStage::Closed | CaseStage::Settled | CaseStage::Refused
        );
        ended && self.holds_since().is_none() && self.tasks().is_empty()
    }

    /// The day that rights are measured on: that of the notice; without one that of the facts, which is today until the case is closed.
    fn answered_as_of(&self) -> NaiveDate {
        let of_facts = || self.day_of(|facts| Some(facts.today));
        self.notice_day().or_else(of_facts).unwrap_or(self.today)
    }

    /// The next day, where what is due or the stage may turn by the clock alone: until the client gives notice, every day that passes
    /// counts.
    #[must_use]
    pub fn turns_on(&self) -> Option<NaiveDate> {
        let every_day = self.notice_day().is_none() && self.answered_as_of() == self.today;
        every_day.then(|| later(self.today, 1))
    }

    /// What is due, the first day first.
    pub fn tasks(&self) -> Vec<Task> {
        if self.closed() {
            return Vec::new();
        }
        let opened = self.case.opened;
        let mut tasks: Vec<Task> = self.acknowledge_task().into_iter().collect();
        tasks.extend(self.notice_task());
        tasks.extend(self.parcel_task());
        tasks.extend(self.inspect_task());
        tasks.extend(self.decide_task());
        if let Some(due) = self.refund_due() {
            tasks.push(
                Task::on("task-case-refund", due.value)
                    .because(due.grounds)
                    .of(self.owed()),
            );
        }
        if self.to_pay() > Money::ZERO {
            let day = self.exchanged().map_or(opened, |(day, ..)| day);
            tasks.push(Task::on("task-case-difference", day).of(self.to_pay()));
        }
        if self.to_hand_back() {
            // Since both are so: it was decided, and it is here.
            let decided = self.decided().map(|(day, ..)| day).or(self.refused());
            let since = decided.max(self.holds_since()).unwrap_or(opened);
            tasks.push(Task::on("task-case-hand-back", since));
        }
        if self.case.kind.is_work()
            && self.arrived().is_none()
            && !self.is_answered()
            && self.stage() == CaseStage::Open
        {
            tasks.push(Task::on("task-case-work", opened));
        }
        tasks.sort_by_key(|task| task.day);
        tasks
    }

    /// Whether the house has said its last word: no, or another piece.
    fn is_answered(&self) -> bool {
        self.refused().is_some() || self.exchanged().is_some()
    }

    /// A notice is acknowledged without delay.
    fn acknowledge_task(&self) -> Option<Task> {
        let noticed = self.noticed()?;
        let acknowledged = self.happened(|what| matches!(what, CaseHappened::Acknowledged { .. }));
        let why = Ground::new(Article::of("Dir. 2023/2673"), "ground-acknowledge");
        acknowledged
            .is_none()
            .then(|| Task::on("task-case-acknowledge", noticed.day).because(vec![why]))
    }

    /// Nobody wrote down that the client gave notice.
    fn notice_task(&self) -> Option<Task> {
        let nobody_wrote = self.noticed().is_none() && (self.undoes() || self.notice_day().is_none());
        let waits = nobody_wrote && !self.case.kind.is_work() && !self.is_answered();
        waits.then(|| Task::on("task-case-notice", self.case.opened))
    }

    /// The goods are to come back; or there is no right, and the house says so. Of a claim they come where that was said.
    fn parcel_task(&self) -> Option<Task> {
        if self.case.kind.is_a_claim() {
            return self.piece_comes().map(|day| Task::on("task-case-parcel", day));
        }
        if !self.undoes() || self.is_answered() || self.notice_day().is_none() {
            return None;
        }
        if self.basis() == Basis::None && !self.exchange_offered() {
            return Some(Task::on("task-case-refuse", self.case.opened));
        }
        if !self.goods_due() {
            return None;
        }
        let answer = self.answer.as_ref();
        let by = answer.and_then(|answer| answer.value.send_back_by);
        let why = answer.into_iter().flat_map(|answer| &answer.grounds);
        let why = why
            .filter(|ground| ground.message.key == "ground-send-back-by")
            .cloned();
        Some(Task::on("task-case-parcel", by.unwrap_or(self.case.opened)).because(why.collect()))
    }

    /// A claim waits for its decision; where goods came, once they were looked at. What came again waits for another.
    fn decide_task(&self) -> Option<Task> {
        let claimed = self.case.kind.is_a_claim() && self.notice_day().is_some();
        let undecided = self.decided().is_none() || self.came_again() && self.may_decide().is_ok();
        let waits = claimed && self.refused().is_none() && undecided;
        let nothing_comes = self.arrived().is_none() && self.expected().is_none();
        let seen = self.inspected().is_some() || nothing_comes;
        let day = self.inspected().map_or(self.case.opened, |happening| happening.day);
        (waits && seen).then(|| Task::on("task-case-decide", day))
    }

    /// What came is looked at, by the house's own day where it names one.
    fn inspect_task(&self) -> Option<Task> {
        let arrived = self.arrived()?;
        let answered = self.is_answered() || self.is_paid_back();
        if self.inspected().is_some() || self.case.kind.is_work() || answered {
            return None;
        }
        let by = inspect_by(arrived, &self.closed_days, &self.terms);
        Some(match by {
            Some(by) => Task::on("task-case-inspect", by.value).because(by.grounds),
            None => Task::on("task-case-inspect", self.refund_due().map_or(arrived, |due| due.value)),
        })
    }
}

/// Why a refund is due on its day.
fn refund_grounds(answer: &Grounded<Answer>) -> Vec<Ground> {
    answer
        .grounds
        .iter()
        .filter(|ground| ["ground-refund-statutory", "ground-refund-promised"].contains(&&*ground.message.key))
        .cloned()
        .collect()
}
