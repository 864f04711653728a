//! A step of the workshop is done.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::view::OptionView;
use crate::house::Role;
use crate::order::{Happened, Personal, WORKSHOP};
use crate::refusal::NotNow;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A step of the workshop is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct TickStep {
    pub done: String,
}

impl Taken for TickStep {
    const NAME: &'static str = "tick-step";
    const WHO: &'static [Role] = &[Role::Designer];
    const GROUP: &'static str = "production";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let ticked = look.dossier.ticked();
        let mut left = WORKSHOP.into_iter().filter(|step| !ticked.contains(step)).peekable();
        let first = (*left.peek()?).to_owned();
        let options = left.map(|step| OptionView {
            value: step.to_owned(),
            text: look.desk.language.word(step),
        });
        let step = look.desk.step_field("done", "choice", options.collect(), first);
        Some(Offer::of(look.dossier.may_work(), vec![step]))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_work()?;
        let done = self.done.as_str();
        if !WORKSHOP.contains(&done) || at.dossier.ticked().contains(&done) {
            return Err(NotNow::StepDone.into());
        }
        let step = self.done.clone();
        at.happens(at.dossier.today, Happened::Ticked { step }, Personal::default())?;
        Ok(None)
    }
}
