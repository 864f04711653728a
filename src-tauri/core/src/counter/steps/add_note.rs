//! Something is noted of a project, with a file where there is one: a mail, a drawing, an invoice of the setter's.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::order::{Happened, Personal};
use crate::store::{Done, attachments};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something is noted of a project, with a file where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct AddNote {
    pub note: String,
    #[serde(default)]
    pub file: String,
}

impl Taken for AddNote {
    const NAME: &'static str = "add-note";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "papers";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let fields = vec![
            look.desk.empty_field("note", "long"),
            look.desk.empty_field("file", "file"),
        ];
        Some(Offer::of(Ok(()), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let note = at.form.needed("note", &self.note)?;
        let file = (!self.file.is_empty()).then(|| self.file.clone());
        if let Some(file) = &file {
            attachments::get(at.work.tx, file)?;
        }
        at.happens(at.dossier.today, Happened::Noted { note, file }, Personal::default())?;
        Ok(None)
    }
}
