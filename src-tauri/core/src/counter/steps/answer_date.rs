//! The client takes the new day, or ends the order.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::ledger::EndedBy;
use crate::money::Money;
use crate::order::{DateAnswer, DateCause, Happened, Personal};
use crate::paper::kind::PaperKind;
use crate::refusal::{NotNow, Refusal};
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client takes the new day, or ends the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct AnswerDate {
    pub answer: String,
    pub day: String,
}

impl Taken for AnswerDate {
    const NAME: &'static str = "answer-date";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "production";
    const ISSUES: &'static [PaperKind] = &[PaperKind::CreditNote];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let (_, cause) = look.dossier.proposed()?;
        // Only a house that is late leaves the client the end of the order (LV art. 7).
        let answers: &[DateAnswer] = if cause == DateCause::Late {
            &[DateAnswer::NewDate, DateAnswer::Termination]
        } else {
            &[DateAnswer::NewDate, DateAnswer::KeepDate]
        };
        let fields = vec![look.desk.choice_field("answer", answers), look.desk.day_field("day")];
        Some(Offer::of(look.dossier.may_work(), fields).main(true))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_work()?;
        let (_, cause) = at.dossier.proposed().ok_or(NotNow::NoNewDate)?;
        let day = at.day(&self.day)?;
        let answer = match (at.form.chosen("answer", &self.answer)?, cause) {
            (DateAnswer::NewDate, _) => Happened::DateTaken {},
            (DateAnswer::Termination, DateCause::Late) => {
                return at.ends(EndedBy::Late, String::new(), Money::ZERO, day, None);
            }
            (DateAnswer::KeepDate, _) => Happened::DateKept {},
            (DateAnswer::Termination, _) => return Err(Refusal::Missing { field: "answer" }.into()),
        };
        at.happens(day, answer, Personal::default())?;
        Ok(None)
    }
}
