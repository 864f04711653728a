//! Nothing is left to do.

use super::{Looked, Taken, Taking};
use crate::aftersales::case::CaseHappened;
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::order::Personal;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Nothing is left to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct CloseCase {
    pub reason: String,
}

impl Taken for CloseCase {
    const NAME: &'static str = "close-case";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "end";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        Some(Offer::of(
            look.file.may_close(),
            vec![look.desk.empty_field("reason", "long")],
        ))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_close()?;
        let reason = at.form.needed("reason", &self.reason)?;
        at.happens(at.file.today, CaseHappened::Closed { reason }, Personal::default())?;
        Ok(None)
    }
}
