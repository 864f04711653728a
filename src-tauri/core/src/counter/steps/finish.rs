//! The new piece is finished.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::order::{Happened, Personal, Stage};
use crate::refusal::NotNow;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The new piece is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Finish {
    pub day: String,
}

impl Taken for Finish {
    const NAME: &'static str = "finish";
    const WHO: &'static [Role] = &[Role::Designer];
    const GROUP: &'static str = "production";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let waits = look.dossier.stage() == Stage::InProduction;
        Some(Offer::of(look.dossier.may_finish(), vec![look.desk.day_field("day")]).main(waits))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_finish()?;
        let day = at.day(&self.day)?;
        if at.dossier.approved().is_some_and(|approved| day < approved) {
            return Err(NotNow::DayBefore.into());
        }
        at.happens(day, Happened::Finished {}, Personal::default())?;
        Ok(None)
    }
}
