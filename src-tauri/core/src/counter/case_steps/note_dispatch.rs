//! The client sent them off.

use super::{Looked, Taken, Taking};
use crate::aftersales::case::CaseHappened;
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::order::Personal;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client sent them off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct NoteDispatch {
    pub day: String,
    pub carrier: String,
    pub tracking: String,
}

impl Taken for NoteDispatch {
    const NAME: &'static str = "note-dispatch";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "goods";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.file.case.kind.is_work() {
            return None;
        }
        let fields = vec![
            look.desk.day_field("day"),
            look.desk.empty_field("carrier", "text"),
            look.desk.empty_field("tracking", "text"),
        ];
        Some(Offer::of(look.file.may_come_back(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_come_back()?;
        let day = at.day_after(&self.day, at.file.possession())?;
        let carrier = at.form.text("carrier", &self.carrier)?;
        let tracking = at.form.text("tracking", &self.tracking)?;
        at.happens(day, CaseHappened::Dispatched { carrier, tracking }, Personal::default())?;
        Ok(None)
    }
}
