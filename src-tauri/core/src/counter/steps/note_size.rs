//! The finger is measured, in the scale the house uses.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::order::{Happened, Personal};
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The finger is measured, in the scale the house uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct NoteSize {
    pub finger: String,
}

impl Taken for NoteSize {
    const NAME: &'static str = "note-size";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "production";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        Some(Offer::of(
            look.dossier.may_work(),
            vec![look.desk.empty_field("finger", "text")],
        ))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_work()?;
        let finger = at.form.needed("finger", &self.finger)?;
        at.happens(at.dossier.today, Happened::Sized { finger }, Personal::default())?;
        Ok(None)
    }
}
