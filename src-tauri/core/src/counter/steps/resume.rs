//! It goes on; `last` is the last day that did not count.

use super::{Looked, Taken, Taking};
use crate::calendar::Span;
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::order::{Happened, Personal};
use crate::refusal::NotNow;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// It goes on; `last` is the last day that did not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Resume {
    pub last: String,
}

impl Taken for Resume {
    const NAME: &'static str = "resume";
    const WHO: &'static [Role] = &[Role::Designer];
    const GROUP: &'static str = "production";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        look.dossier.paused()?;
        Some(Offer::of(look.dossier.may_work(), vec![look.desk.day_field("last")]).main(true))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_work()?;
        let first = at.dossier.paused().map(|paused| paused.day).ok_or(NotNow::NotPaused)?;
        let last = at.day(&self.last)?;
        Span::new(first, last).ok_or(NotNow::ResumeBefore)?;
        at.happens(last, Happened::Resumed {}, Personal::default())?;
        Ok(None)
    }
}
