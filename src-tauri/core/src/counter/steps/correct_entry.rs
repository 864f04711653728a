//! An entry was booked wrongly: a correction undoes it.

use super::{Looked, Taken, Taking};
use crate::counter::forms::{Offer, entry_options};
use crate::counter::personal::credit_is_left;
use crate::house::Role;
use crate::order::booking;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An entry was booked wrongly: a correction undoes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct CorrectEntry {
    pub entry: String,
    pub reason: String,
}

impl Taken for CorrectEntry {
    const NAME: &'static str = "correct-entry";
    const WHO: &'static [Role] = &[];
    const GROUP: &'static str = "money";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let entries = entry_options(look.desk.language, &look.dossier.entries);
        let first = entries.first()?.value.clone();
        let fields = vec![
            look.desk.step_field("entry", "choice", entries, first),
            look.desk.empty_field("reason", "long"),
        ];
        Some(Offer::of(Ok(()), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let reason = at.form.needed("reason", &self.reason)?;
        let wrong = booking::correctable(&at.dossier.entries, &self.entry)?;
        credit_is_left(at.work.tx, &at.dossier.client.id, &wrong)?;
        let correction = booking::correction(at.work.ids.next(), &wrong, at.dossier.today, reason);
        at.keep(&correction)?;
        Ok(None)
    }
}
