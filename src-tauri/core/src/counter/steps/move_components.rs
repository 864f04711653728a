//! Components go to a place, signed for.

use super::{Looked, Taken, Taking};
use crate::counter::forms::{Offer, is_signed};
use crate::custody::Place;
use crate::house::Role;
use crate::intake::Signature;
use crate::order::Happened;
use crate::store::Done;
use crate::vocabulary::Vocabulary as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Components go to a place, signed for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct MoveComponents {
    pub components: Vec<String>,
    pub place: String,
    pub holder: String,
    pub signature: Signature,
}

impl Taken for MoveComponents {
    const NAME: &'static str = "move-components";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "custody";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.dossier.pieces.is_empty() {
            return None;
        }
        let fields = vec![
            look.components(),
            look.desk.choice_field("place", Place::ALL),
            look.desk.empty_field("holder", "text"),
            look.desk.empty_field("signature", "signature"),
        ];
        Some(Offer::of(look.dossier.may_settle(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let components = at.loose(&self.components)?;
        let place = at.form.chosen("place", &self.place)?;
        is_signed(&self.signature)?;
        let holder = if place == Place::House {
            at.form.text("holder", &self.holder)?
        } else {
            at.form.needed("holder", &self.holder)?
        };
        let mut personal = at.personal("", &self.signature);
        personal.signer.clone_from(&holder);
        let moved = Happened::Moved {
            components,
            place,
            holder,
        };
        at.happens(at.dossier.today, moved, personal)?;
        Ok(None)
    }
}
