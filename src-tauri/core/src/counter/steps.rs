//! Everything staff do to an order, from the client's yes to the last component. A step is one file here and one line in the
//! list below: its name, who may take it, its form, whether it can be taken now, and what it does.

use super::corrections::taken_back;
use super::forms::{Fields, personal};
use super::load;
use super::lookup::Lookup;
use super::papers;
use super::personal::store_credit;
use super::registry::registry;
use super::story::component_names;
use super::view::{NextView, OptionView, StepField};
use super::work::{Outcome, Work};
use crate::aftersales::cancel::{CancelTold, Ordered, cancelled};
use crate::custody::Fate;
use crate::grounds::Ground;
use crate::intake::Signature;
use crate::ledger::{self, Ended, EndedBy, Entry};
use crate::money::Money;
use crate::order::booking::{self, Booking, STORE_CREDIT, Till};
use crate::order::{Dossier, Happened, Happening, Personal, Task};
use crate::refusal::{NotNow, Refusal};
use crate::store::happenings::To;
use crate::store::{Done, happenings, ledger as ledger_rows};
use crate::terms::Method;
use crate::vocabulary::Vocabulary as _;
use chrono::NaiveDate;

registry! {
    /// A step that can be taken on an order, as typed. Days are empty for today.
    Step {
        book_fee::BookFee,
        correct_entry::CorrectEntry,
        give_consents::GiveConsents,
        accept_quote::AcceptQuote,
        decline_quote::DeclineQuote,
        price_error::PriceError,
        take_price::TakePrice,
        request_payment::RequestPayment,
        book_payment::BookPayment,
        book_refund::BookRefund,
        issue_invoice::IssueInvoice,
        credit_invoice::CreditInvoice,
        buy_gold::BuyGold,
        show_design::ShowDesign,
        answer_design::AnswerDesign,
        resume::Resume,
        suspend::Suspend,
        change_date::ChangeDate,
        answer_date::AnswerDate,
        add_note::AddNote,
        note_size::NoteSize,
        tick_step::TickStep,
        finish::Finish,
        deliver::Deliver,
        confirm_possession::ConfirmPossession,
        remind::Remind,
        cancel::Cancel,
        print::Print,
        order_sheet::OrderSheet,
        move_components::MoveComponents,
        settle_components::SettleComponents,
        weigh_metal::WeighMetal,
    }
}

/// What an offer looks at.
struct Looked<'a> {
    desk: &'a Lookup<'a>,
    dossier: &'a Dossier,
    /// What the client has as store credit.
    credit: Money,
    /// The steps that do what is due, the first day first.
    due: Vec<&'static str>,
}

impl Looked<'_> {
    /// Whether something is to be done that a step does, today or later.
    fn is_due(&self, step: &str) -> bool {
        self.due.contains(&step)
    }

    /// The means of the terms, and store credit where some can be used.
    fn means(&self, credit: Money) -> StepField {
        let mut means = booking::means(&self.dossier.terms);
        if credit > Money::ZERO {
            means.push(STORE_CREDIT.to_owned());
        }
        self.desk.means_field(means)
    }

    /// The means the order was paid by first, then those of the terms.
    fn means_back(&self) -> StepField {
        let mut paid_by = ledger::paid_by(&self.dossier.entries);
        paid_by.retain(|known| known != STORE_CREDIT);
        let mut means = booking::means_back(paid_by, &self.dossier.terms);
        if booking::paid_with_credit(&self.dossier.entries) > Money::ZERO {
            means.push(STORE_CREDIT.to_owned());
        }
        self.desk.means_field(means)
    }

    /// The means of the terms first, then those the house may decide to take too.
    fn all_means(&self, credit: Money) -> StepField {
        let mut field = self.means(credit);
        let named: Vec<String> = field.options.iter().map(|option| option.value.clone()).collect();
        let others = Method::ALL.iter().filter(|method| **method != Method::Agreed);
        let others = others
            .map(|method| method.name().to_owned())
            .filter(|method| !named.contains(method));
        field.options.extend(self.desk.means(others.collect()));
        field
    }

    /// The components without a fate.
    fn components(&self) -> StepField {
        let loose = self.dossier.loose();
        let names = component_names(self.dossier, self.desk.language).into_iter();
        let options: Vec<OptionView> = names.filter(|option| loose.contains(&option.value)).collect();
        self.desk.step_field("components", "choices", options, String::new())
    }
}

impl Lookup<'_> {
    /// What can be done next, and what cannot, with the reason.
    pub(super) fn next(&self, dossier: &Dossier, credit: Money) -> Done<Vec<NextView>> {
        let look = Looked {
            desk: self,
            dossier,
            credit,
            due: dossier.tasks().iter().map(Task::step).collect(),
        };
        let mut next = Step::offered(&look)?;
        only_one(&mut next, &look.due);
        Ok(next)
    }
}

/// Of what a dossier may wait for and can be done, what is due first is what it waits for.
pub(super) fn only_one(next: &mut [NextView], due: &[&str]) {
    let rank = |step: &NextView| due.iter().position(|due| *due == step.step).unwrap_or(due.len());
    let waited_for = next
        .iter()
        .enumerate()
        .filter(|(_, step)| step.main && step.refused.is_none());
    let first = waited_for.min_by_key(|(_, step)| rank(step)).map(|(index, _)| index);
    for (index, step) in next.iter_mut().enumerate() {
        step.main = Some(index) == first;
    }
}

/// Takes a step on a project.
pub(super) fn take(work: &mut Work<'_>, project: &str, step: &Step) -> Done<Outcome> {
    let dossier = load::dossier(work.tx, project, work.context.today())?;
    let form = Fields::on(work.context.today());
    let mut at = Taking {
        work,
        dossier,
        form,
        last: None,
        booked: false,
    };
    let paper = step.taken(&mut at)?;
    let slip = at.last.filter(|_| paper.is_none() && !at.booked);
    Ok(Outcome {
        undo: slip.and_then(|id| taken_back(project, &id)),
        project: Some(project.to_owned()),
        paper,
        ..Outcome::default()
    })
}

/// A step at work.
struct Taking<'a, 'b> {
    work: &'a mut Work<'b>,
    dossier: Dossier,
    form: Fields,
    /// What was written down last, where it is of a kind that can be taken back.
    last: Option<String>,
    /// Whether money was booked.
    booked: bool,
}

impl Taking<'_, '_> {
    /// A day as typed. Nothing happens to an order before it is one, nor to a project before it is opened.
    fn day(&self, text: &str) -> Done<NaiveDate> {
        let order = self.dossier.order.as_ref();
        let first = order.map_or(self.dossier.project.opened, |order| order.accepted.day);
        self.form.day(text, first)
    }

    fn personal(&self, words: &str, signature: &Signature) -> Personal {
        personal(words, signature, &self.dossier.client.card.name)
    }

    /// The components named, all of them without a fate.
    fn loose(&self, named: &[String]) -> Done<Vec<String>> {
        if named.is_empty() {
            return Err(Refusal::Missing { field: "components" }.into());
        }
        let loose = self.dossier.loose();
        if named.iter().any(|component| !loose.contains(component)) {
            return Err(NotNow::ComponentGone.into());
        }
        Ok(named.to_vec())
    }

    fn happens(&mut self, day: NaiveDate, what: Happened, personal: Personal) -> Done<Happening> {
        let happening = Happening {
            id: self.work.ids.next(),
            of: self.dossier.project.id.clone(),
            day,
            what,
            personal,
            at: self.work.context.moment(),
            by: self.work.context.who.clone(),
        };
        happenings::add(self.work.tx, To::Project, &happening)?;
        self.last = happening.what.can_be_taken_back().then(|| happening.id.clone());
        self.reload()?;
        Ok(happening)
    }

    /// The dossier is what happened: it is read anew before a paper is made of it.
    fn reload(&mut self) -> Done<()> {
        self.dossier = load::dossier(self.work.tx, &self.dossier.project.id, self.dossier.today)?;
        Ok(())
    }

    /// Books money, and keeps the entry.
    fn book(&mut self, booking: Booking) -> Done<Entry> {
        let credit = store_credit(&ledger_rows::of_client(self.work.tx, &self.dossier.client.id)?);
        let till = Till {
            terms: &self.dossier.terms,
            client: self.dossier.client.card.kind,
            entries: &self.dossier.entries,
            credit,
            paid_by: &ledger::paid_by(&self.dossier.entries),
            case_id: None,
            today: self.work.context.today(),
        };
        let entry = booking::entry(self.work.ids.next(), booking, &till)?;
        self.keep(&entry)?;
        Ok(entry)
    }

    fn keep(&mut self, entry: &Entry) -> Done<()> {
        let (moment, who) = (self.work.context.moment(), &self.work.context.who);
        self.booked = true;
        ledger_rows::book(self.work.tx, Some(&self.dossier.project.id), entry, &moment, who)?;
        self.reload()
    }

    /// Ends the order, with the note of what is kept and what goes back.
    fn ends(
        &mut self,
        by: EndedBy,
        reason: String,
        agreed: Money,
        day: NaiveDate,
        told: Option<CancelTold>,
    ) -> Done<Option<String>> {
        let order = self.dossier.ordered()?;
        let custody = self.dossier.custody();
        let melted = custody.iter().any(|component| component.fate == Some(Fate::Melted));
        let gold = order.gold_credit.min(order.totals.total);
        let ended = Ended {
            by,
            kind: self.dossier.project.kind,
            client: self.dossier.client.card.kind,
            paid: self.dossier.standing().map_or(Money::ZERO, |standing| standing.paid),
            deposit: order.deposit,
            price: order.totals.total,
            without_vat: order.totals.vat.iter().map(|share| share.base).sum(),
            fee: (order.totals.credits - gold).max(Money::ZERO),
            melted: if melted { gold } else { Money::ZERO },
            agreed,
        };
        // Who was told of another price and does not take it gets everything back (LV art. 5).
        let corrected = order
            .terms
            .orders
            .price_error_answer_days
            .article()
            .filter(|_| self.dossier.price_is_open());
        let settled = match (told, order.totals.vat.first()) {
            _ if by != EndedBy::Agreement
                && let Some(article) = corrected =>
            {
                let whole = Ended {
                    by: EndedBy::House,
                    ..ended
                };
                let mut settled = ledger::cancelled(&whole, &order.terms)?;
                settled
                    .grounds
                    .push(Ground::new(article.clone(), "ground-price-corrected"));
                settled
            }
            (Some(told), Some(share)) => {
                let ordered = Ordered {
                    day: order.accepted.day,
                    vat: share.rate,
                    without_vat: (order.totals.vat.iter())
                        .map(|share| share.rate.base_of(share.base + share.vat))
                        .sum(),
                };
                cancelled(&ended, &ordered, &told, &order.terms)?
            }
            _ => ledger::cancelled(&ended, &order.terms)?,
        };
        let what = Happened::Cancelled {
            by,
            kept: settled.value.kept,
            back: settled.value.back,
            extra: settled.value.extra,
            reason,
        };
        self.happens(day, what, Personal::default())?;
        papers::orders::credit_note(self.work, &self.dossier, &settled).map(Some)
    }
}
