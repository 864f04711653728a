//! The client approves the design shown last, or sends it back.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::intake::Signature;
use crate::order::{DesignAnswer, Happened};
use crate::refusal::{NotNow, Refusal};
use crate::store::Done;
use crate::terms::ProjectKind;
use crate::vocabulary::Vocabulary as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client approves the design shown last, or sends it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct AnswerDesign {
    pub answer: String,
    pub day: String,
    pub words: String,
}

impl Taken for AnswerDesign {
    const NAME: &'static str = "answer-design";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "design";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        if look.dossier.project.kind == ProjectKind::Stock {
            return None;
        }
        let fields = vec![
            look.desk.choice_field("answer", DesignAnswer::ALL),
            look.desk.day_field("day"),
            look.desk.empty_field("words", "long"),
        ];
        let waits = matches!(look.dossier.design(), Some((_, None)));
        Some(Offer::of(look.dossier.may_answer_design().map(drop), fields).main(waits))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let design = at.dossier.may_answer_design()?;
        let (day, words) = (at.day(&self.day)?, at.form.text("words", &self.words)?);
        if at.dossier.design().is_some_and(|(shown, _)| day < shown.day) {
            return Err(NotNow::DayBefore.into());
        }
        let approved = at.form.chosen::<DesignAnswer>("answer", &self.answer)? == DesignAnswer::Approved;
        if !approved && words.is_empty() {
            return Err(Refusal::Missing { field: "words" }.into());
        }
        let personal = at.personal(&words, &Signature::None);
        at.happens(day, Happened::Answered { design, approved }, personal)?;
        Ok(None)
    }
}
