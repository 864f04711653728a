//! The house says no, with its grounds.

use super::{Looked, Taken, Taking};
use crate::aftersales::case::CaseHappened;
use crate::counter::forms::Offer;
use crate::counter::papers::cases as papers;
use crate::house::Role;
use crate::order::Personal;
use crate::paper::kind::PaperKind;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The house says no, with its grounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct RefuseCase {
    pub day: String,
    pub note: String,
}

impl Taken for RefuseCase {
    const NAME: &'static str = "refuse-case";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "decision";
    const ISSUES: &'static [PaperKind] = &[PaperKind::Refusal];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.file.case.kind.is_a_claim() {
            return None;
        }
        let fields = vec![look.desk.day_field("day"), look.desk.empty_field("note", "long")];
        Some(Offer::of(look.file.may_refuse(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_refuse()?;
        let (day, note) = (at.day(&self.day)?, at.form.text("note", &self.note)?);
        at.happens(day, CaseHappened::Refused { note }, Personal::default())?;
        papers::refusal(at.work, &at.file).map(Some)
    }
}
