//! The client is reminded to collect; a registered letter has a number.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::order::{Happened, Personal};
use crate::paper::kind::PaperKind;
use crate::refusal::NotNow;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client is reminded to collect; a registered letter has a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Remind {
    pub registered: String,
    pub day: String,
}

impl Taken for Remind {
    const NAME: &'static str = "remind";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "delivery";
    const ISSUES: &'static [PaperKind] = &[PaperKind::Reminder];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let fields = vec![look.desk.empty_field("registered", "text"), look.desk.day_field("day")];
        Some(Offer::of(look.dossier.may_remind(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_remind()?;
        let (day, registered) = (at.day(&self.day)?, at.form.text("registered", &self.registered)?);
        if at.dossier.finished().is_some_and(|finished| day < finished) {
            return Err(NotNow::DayBefore.into());
        }
        let reminded = Happened::Reminded {
            registered: registered.clone(),
        };
        at.happens(day, reminded, Personal::default())?;
        papers::reminder(at.work, &at.dossier, &registered, day).map(Some)
    }
}
