//! Production stands still.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::order::{Happened, Pause, Personal};
use crate::paper::kind::PaperKind;
use crate::refusal::NotNow;
use crate::store::Done;
use crate::vocabulary::Vocabulary as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Production stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Suspend {
    pub first: String,
    pub reason: String,
}

impl Taken for Suspend {
    const NAME: &'static str = "suspend";
    const WHO: &'static [Role] = &[Role::Designer];
    const GROUP: &'static str = "production";
    const ISSUES: &'static [PaperKind] = &[PaperKind::DateChange];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        if look.dossier.paused().is_some() {
            return None;
        }
        let reason = look.desk.choice_field("reason", Pause::ALL);
        let fields = vec![look.desk.day_field("first"), reason];
        Some(Offer::of(look.dossier.may_work(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_work()?;
        if at.dossier.paused().is_some() {
            return Err(NotNow::Paused.into());
        }
        let first = at.day(&self.first)?;
        let promised = at.dossier.promised_by();
        let reason: Pause = at.form.chosen("reason", &self.reason)?;
        at.happens(first, Happened::Suspended { reason }, Personal::default())?;
        papers::date_change(at.work, &at.dossier, Some(reason), promised).map(Some)
    }
}
