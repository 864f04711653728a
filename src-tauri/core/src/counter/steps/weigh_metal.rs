//! A metal part is weighed out of its settings.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::story::component_names;
use crate::counter::view::OptionView;
use crate::house::Role;
use crate::refusal::NotNow;
use crate::store::{Done, projects};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A metal part is weighed out of its settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct WeighMetal {
    pub metal: String,
    pub gross: String,
}

impl Taken for WeighMetal {
    const NAME: &'static str = "weigh-metal";
    const WHO: &'static [Role] = &[Role::Designer];
    const GROUP: &'static str = "custody";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let parts = look.dossier.pieces.iter().flat_map(|piece| &piece.metals);
        let ids: Vec<&String> = parts.map(|(id, _)| id).collect();
        let named = component_names(look.dossier, look.desk.language);
        let metals: Vec<OptionView> = named
            .into_iter()
            .filter(|option| ids.contains(&&option.value))
            .collect();
        let first = metals.first()?.value.clone();
        let fields = vec![
            look.desk.step_field("metal", "choice", metals, first),
            look.desk.empty_field("gross", "figure"),
        ];
        Some(Offer::of(look.dossier.may_settle(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        if !at.dossier.loose().contains(&self.metal) {
            return Err(NotNow::ComponentGone.into());
        }
        let grams = at.form.read(|form| form.positive("gross", &self.gross, 3))?;
        let id = at.work.ids.next();
        let (moment, who) = (at.work.context.moment(), at.work.context.who.clone());
        projects::weigh_metal(at.work.tx, &id, &self.metal, grams, &moment, &who)?;
        Ok(None)
    }
}
