//! A shipped delivery came into the client's hands.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::view::OptionView;
use crate::house::Role;
use crate::order::{Happened, Personal};
use crate::refusal::{NotNow, Refusal};
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A shipped delivery came into the client's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct ConfirmPossession {
    pub delivery: String,
    pub day: String,
}

impl Taken for ConfirmPossession {
    const NAME: &'static str = "confirm-possession";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "delivery";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let deliveries = look.dossier.deliveries();
        let on_the_way: Vec<OptionView> = deliveries
            .into_iter()
            .filter(|(_, possessed)| possessed.is_none())
            .map(|(delivery, _)| OptionView {
                value: delivery.id.clone(),
                text: look.desk.language.day(delivery.day),
            })
            .collect();
        let first = on_the_way.first()?.value.clone();
        let delivery = look.desk.step_field("delivery", "choice", on_the_way, first);
        Some(Offer::of(Ok(()), vec![delivery, look.desk.day_field("day")]).main(true))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let day = at.day(&self.day)?;
        let shipped = at
            .dossier
            .deliveries()
            .into_iter()
            .find(|(happening, possessed)| happening.id == self.delivery && possessed.is_none())
            .map(|(happening, _)| happening.day);
        if shipped.ok_or(Refusal::NotFound)? > day {
            return Err(NotNow::PossessionBefore.into());
        }
        let delivery = self.delivery.clone();
        at.happens(day, Happened::Possessed { delivery }, Personal::default())?;
        Ok(None)
    }
}
