//! A design is shown.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::order::{Happened, Personal};
use crate::paper::kind::PaperKind;
use crate::refusal::Refusal;
use crate::store::{Done, photos};
use crate::terms::ProjectKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A design is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct ShowDesign {
    pub photo: String,
    pub note: String,
    pub day: String,
}

impl Taken for ShowDesign {
    const NAME: &'static str = "show-design";
    const WHO: &'static [Role] = &[Role::Designer];
    const GROUP: &'static str = "design";
    const ISSUES: &'static [PaperKind] = &[PaperKind::DesignSheet];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        if look.dossier.project.kind == ProjectKind::Stock {
            return None;
        }
        let fields = vec![
            look.desk.empty_field("photo", "photo"),
            look.desk.empty_field("note", "long"),
            look.desk.day_field("day"),
        ];
        Some(Offer::of(look.dossier.may_work(), fields).main(look.is_due(Self::NAME)))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_work()?;
        let (day, note) = (at.day(&self.day)?, at.form.text("note", &self.note)?);
        if self.photo.is_empty() {
            return Err(Refusal::Missing { field: "photo" }.into());
        }
        photos::get(at.work.tx, &self.photo)?;
        let photo = self.photo.clone();
        at.happens(day, Happened::Shown { photo, note }, Personal::default())?;
        papers::design(at.work, &at.dossier).map(Some)
    }
}
