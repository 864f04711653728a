//! Everything staff do on an after-sales case. A step is one file here and one line in the list below: its name, who may take
//! it, its form, whether it can be taken now, and what it does. What would take from a consumer what the law gives cannot be taken.

use super::forms::Fields;
use super::load;
use super::lookup::Lookup;
use super::registry::registry;
use super::view::NextView;
use super::work::{Outcome, Undo, Work};
use crate::aftersales::case::CaseHappened;
use crate::aftersales::file::CaseFile;
use crate::ledger::{self, Entry, EntryKind};
use crate::money::Money;
use crate::order::booking::{self, Booking, Till};
use crate::order::dossier::is_delivery;
use crate::order::{Happening, Personal};
use crate::refusal::NotNow;
use crate::store::happenings::{self, To};
use crate::store::photos::{self, Size};
use crate::store::{Done, ledger as ledger_rows};
use chrono::NaiveDate;
use serde_json::Value;

registry! {
    /// A step that can be taken on a case, as typed. Days are empty for today; a field that a case does not ask for may be left
    /// out.
    CaseStep {
        register_notice::RegisterNotice,
        send_acknowledgement::SendAcknowledgement,
        authorise_return::AuthoriseReturn,
        note_dispatch::NoteDispatch,
        receive_parcel::ReceiveParcel,
        inspect::Inspect,
        decide::Decide,
        exchange::Exchange,
        refund::Refund,
        take_payment::TakePayment,
        correct_entry::CorrectEntry,
        refuse_case::RefuseCase,
        hand_back::HandBack,
        note_fact::NoteFact,
        print_form::PrintForm,
        close_case::CloseCase,
    }
}

/// What an offer looks at.
struct Looked<'a> {
    desk: &'a Lookup<'a>,
    file: &'a CaseFile,
}

impl Lookup<'_> {
    /// What can be done on a case next, and what cannot, with the reason. What is due first is what it waits for.
    pub(super) fn case_next(&self, file: &CaseFile) -> Done<Vec<NextView>> {
        let waits: &[&str] = file.tasks().first().map_or(&[], |task| match task.key {
            "task-case-notice" => &["register-notice"],
            "task-case-acknowledge" => &["send-acknowledgement"],
            "task-case-refuse" => &["refuse-case"],
            "task-case-parcel" if file.rma().is_none() && file.dispatched().is_none() => &["authorise-return"],
            "task-case-parcel" => &["receive-parcel"],
            "task-case-work" => &["receive-parcel", "refuse-case"],
            "task-case-inspect" => &["inspect", "exchange"],
            "task-case-decide" => &["decide"],
            "task-case-refund" => &["refund"],
            "task-case-difference" => &["take-payment"],
            "task-case-hand-back" => &["hand-back"],
            _ => &[],
        });
        let mut next = CaseStep::offered(&Looked { desk: self, file })?;
        for step in &mut next {
            step.main = waits.contains(&step.step.as_str());
        }
        super::steps::only_one(&mut next, waits);
        Ok(next)
    }
}

/// Takes a step on a case.
pub(super) fn take(work: &mut Work<'_>, case: &str, step: &CaseStep) -> Done<Outcome> {
    let file = load::case(work.tx, case, work.context.today())?;
    let form = Fields::on(work.context.today());
    let client = file.client.id.clone();
    let mut at = Taking {
        work,
        file,
        form,
        last: None,
    };
    let paper = step.taken(&mut at)?;
    let slip = at.last.filter(|_| paper.is_none());
    Ok(Outcome {
        undo: slip.map(|happening| Undo::CorrectCase {
            correct: "take-back-on-case",
            case: case.to_owned(),
            happening,
        }),
        case: Some(case.to_owned()),
        client: Some(client),
        paper,
        ..Outcome::default()
    })
}

/// A step at work.
struct Taking<'a, 'b> {
    work: &'a mut Work<'b>,
    file: CaseFile,
    form: Fields,
    /// What was written down last, where it can be taken back.
    last: Option<String>,
}

impl Taking<'_, '_> {
    /// A day as typed: not before the order was placed, nor before the piece came where it looks at that.
    fn day(&self, text: &str) -> Done<NaiveDate> {
        self.form.day(text, self.file.ordered().unwrap_or(NaiveDate::MIN))
    }

    /// A day of something that follows `first`.
    fn day_after(&self, text: &str, first: Option<NaiveDate>) -> Done<NaiveDate> {
        let day = self.day(text)?;
        if first.is_some_and(|first| day < first) {
            Err(NotNow::DayOrder.into())
        } else {
            Ok(day)
        }
    }

    /// The photos named, all of them in the store.
    fn photos(&self, photos: &[String]) -> Done<Vec<String>> {
        for photo in photos {
            photos::bytes(self.work.tx, photo, Size::Thumb)?;
        }
        Ok(photos.to_vec())
    }

    fn happens(&mut self, day: NaiveDate, what: CaseHappened, personal: Personal) -> Done<Happening<CaseHappened>> {
        let happening = Happening {
            id: self.work.ids.next(),
            of: self.file.case.id.clone(),
            day,
            what,
            personal,
            at: self.work.context.moment(),
            by: self.work.context.who.clone(),
        };
        happenings::add(self.work.tx, To::Case, &happening)?;
        self.last = happening.what.taken_back_by().map(|_| happening.id.clone());
        self.reload()?;
        // The facts still make sense together, or nothing is written down.
        if self.file.answer.is_none() && !self.file.case.kind.is_work() {
            return Err(NotNow::FactImplausible.into());
        }
        Ok(happening)
    }

    /// A fact is learned, or corrected for a reason.
    fn learns(&mut self, fact: &str, value: Value, reason: String) -> Done<()> {
        let noted = CaseHappened::FactNoted {
            fact: fact.to_owned(),
            value,
            reason,
        };
        self.happens(self.file.today, noted, Personal::default()).map(drop)
    }

    fn reload(&mut self) -> Done<()> {
        self.file = load::case(self.work.tx, &self.file.case.id, self.file.today)?;
        Ok(())
    }

    /// The entry money becomes. Linked transactions count together: the order's cash and this case's.
    fn entry(&mut self, booking: Booking) -> Done<Entry> {
        let entries = match &self.file.case.project_id {
            Some(project) => ledger_rows::of_project(self.work.tx, project)?,
            None => self.file.entries.clone(),
        };
        let till = Till {
            terms: &self.file.terms,
            client: self.file.client.card.kind,
            entries: &entries,
            credit: Money::ZERO,
            paid_by: &self.file.paid_by,
            case_id: Some(&self.file.case.id),
            today: self.work.context.today(),
        };
        Ok(booking::entry(self.work.ids.next(), booking, &till)?)
    }

    fn keep(&mut self, entry: &Entry) -> Done<()> {
        let (moment, who) = (self.work.context.moment(), &self.work.context.who);
        ledger_rows::book(self.work.tx, self.file.case.project_id.as_deref(), entry, &moment, who)?;
        // What money follows from is no slip.
        self.last = None;
        self.reload()
    }

    /// Not more goes back for an order than it came to, over all its cases; and in cash no more than came in cash.
    fn within_what_came_in(&self, entry: &Entry) -> Done<()> {
        let Some(project) = &self.file.case.project_id else {
            return Ok(booking::may_go_back(
                entry.amount,
                &entry.method,
                None,
                &self.file.entries,
            )?);
        };
        let entries = ledger_rows::of_project(self.work.tx, project)?;
        booking::may_go_back(entry.amount, &entry.method, Some(&entries), &entries)?;
        let all = |back: bool| -> Money {
            ledger::counting(&entries)
                .filter(|entry| (entry.kind == EntryKind::Refund) == back)
                .map(|entry| entry.amount)
                .sum()
        };
        let dossier = load::dossier(self.work.tx, project, self.file.today)?;
        let order = dossier.order.as_ref();
        let in_kind = order.map_or(Money::ZERO, |order| order.gold_credit.min(order.totals.total));
        // Delivery that is a line of the order was paid with it.
        let with_it = order.is_some_and(|order| is_delivery(&order.form).contains(&true));
        let beside = if with_it {
            Money::ZERO
        } else {
            self.file.shipping_paid()
        };
        if all(true) + entry.amount > all(false) + in_kind + beside + self.file.return_cost() {
            Err(NotNow::RefundTooMuch.into())
        } else {
            Ok(())
        }
    }
}
