//! An entry was booked wrongly: a correction undoes it.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::personal::correction;
use crate::house::Role;
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
        look.desk.correction(&look.dossier.entries)
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let reason = at.form.needed("reason", &self.reason)?;
        let (dossier, work) = (&at.dossier, &mut *at.work);
        let correction = correction(work, &dossier.client.id, &dossier.entries, &self.entry, reason)?;
        at.keep(&correction)?;
        Ok(None)
    }
}
