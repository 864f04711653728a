//! The house proposes a new day of completion.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::order::{DateCause, Happened, Personal};
use crate::paper::kind::PaperKind;
use crate::refusal::NotNow;
use crate::store::Done;
use crate::vocabulary::Vocabulary as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The house proposes a new day of completion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct ChangeDate {
    pub latest: String,
    pub cause: String,
}

impl Taken for ChangeDate {
    const NAME: &'static str = "change-date";
    const WHO: &'static [Role] = &[Role::Designer];
    const GROUP: &'static str = "production";
    const ISSUES: &'static [PaperKind] = &[PaperKind::DateChange];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let fields = vec![
            look.desk.empty_field("latest", "day"),
            look.desk.choice_field("cause", DateCause::ALL),
        ];
        Some(Offer::of(look.dossier.may_work(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_work()?;
        let latest = at.form.read(|form| form.day("latest", &self.latest))?;
        let promised = at.dossier.promised_by();
        if latest < at.dossier.today || promised.is_some_and(|by| latest <= by) {
            return Err(NotNow::DateNotLater.into());
        }
        let cause = at.form.chosen("cause", &self.cause)?;
        if cause == DateCause::Late && promised.is_none_or(|by| by >= at.dossier.today) {
            return Err(NotNow::NotLate.into());
        }
        let redated = Happened::Redated { latest, cause };
        at.happens(at.dossier.today, redated, Personal::default())?;
        papers::date_change(at.work, &at.dossier, None, promised).map(Some)
    }
}
