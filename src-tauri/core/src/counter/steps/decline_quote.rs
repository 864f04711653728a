//! The client declines it.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::order::{Happened, Personal};
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client declines it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct DeclineQuote {
    pub day: String,
    pub reason: String,
}

impl Taken for DeclineQuote {
    const NAME: &'static str = "decline-quote";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "quote";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.dossier.may_quote().is_err() || look.dossier.quotes.is_empty() {
            return None;
        }
        let fields = vec![look.desk.day_field("day"), look.desk.empty_field("reason", "long")];
        Some(Offer::of(look.dossier.open_quote().map(drop), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let quote = at.dossier.open_quote()?.id.clone();
        let day = at.day(&self.day)?;
        let reason = at.form.needed("reason", &self.reason)?;
        at.happens(day, Happened::Declined { quote, reason }, Personal::default())?;
        Ok(None)
    }
}
