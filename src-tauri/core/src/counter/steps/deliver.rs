//! The order, or a part of it, is collected or shipped.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::intake::Signature;
use crate::money::Money;
use crate::order::{Happened, Stage};
use crate::refusal::{NotNow, Refusal};
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The order, or a part of it, is collected or shipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Deliver {
    pub how: String,
    pub items: String,
    pub carrier: String,
    pub tracking: String,
    pub last: String,
    pub day: String,
    pub signature: Signature,
}

impl Taken for Deliver {
    const NAME: &'static str = "deliver";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "delivery";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let carriers = look.dossier.terms.delivery.carriers.value();
        let carrier = carriers
            .and_then(|carriers| carriers.first())
            .cloned()
            .unwrap_or_default();
        let fields = vec![
            look.desk.choice_field("how", &["collection", "carrier"]),
            look.desk.empty_field("items", "text"),
            look.desk.step_field("carrier", "text", Vec::new(), carrier),
            look.desk.empty_field("tracking", "text"),
            look.desk.choice_field("last", &["yes", "no"]),
            look.desk.day_field("day"),
            look.desk.empty_field("signature", "signature"),
        ];
        let waits = look.dossier.stage() == Stage::Finished && look.dossier.asked_first() == Money::ZERO;
        Some(Offer::of(look.dossier.may_deliver(), fields).main(waits))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_deliver()?;
        let day = at.day(&self.day)?;
        if at.dossier.finished().is_some_and(|finished| day < finished) {
            return Err(NotNow::NotFinished.into());
        }
        let items = at.form.text("items", &self.items)?;
        let tracking = at.form.text("tracking", &self.tracking)?;
        let carrier = match self.how.as_str() {
            "collection" => String::new(),
            "carrier" => at.form.needed("carrier", &self.carrier)?,
            _ => return Err(Refusal::Missing { field: "how" }.into()),
        };
        let delivered = Happened::Delivered {
            how: self.how.clone(),
            items,
            carrier,
            tracking,
            last: self.last != "no",
        };
        let happening = at.happens(day, delivered, at.personal("", &self.signature))?;
        papers::delivery_note(at.work, &at.dossier, &happening).map(Some)
    }
}
