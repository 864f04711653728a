//! The client takes the right price: a new version of the quote says it, and is accepted anew. What was paid counts.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::intake::Signature;
use crate::order::Happened;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client takes the right price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct TakePrice {
    pub day: String,
    pub words: String,
}

impl Taken for TakePrice {
    const NAME: &'static str = "take-price";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "quote";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.price_wrong()?;
        let fields = vec![look.desk.day_field("day"), look.desk.empty_field("words", "long")];
        Some(Offer::of(look.dossier.may_take_price().map(drop), fields).main(true))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let told = at.dossier.may_take_price()?;
        let day = at.form.day(&self.day, told)?;
        let words = at.form.text("words", &self.words)?;
        let personal = at.personal(&words, &Signature::None);
        at.happens(day, Happened::PriceTaken {}, personal)?;
        Ok(None)
    }
}
