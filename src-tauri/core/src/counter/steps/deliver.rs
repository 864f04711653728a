//! The order, or a part of it, is collected or shipped.

use super::{Looked, Taken, Taking};
use crate::counter::forms::{Offer, YesNo};
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::intake::Signature;
use crate::money::Money;
use crate::order::delivery::may_order;
use crate::order::{Handover, Happened, Stage};
use crate::paper::kind::PaperKind;
use crate::refusal::NotNow;
use crate::store::Done;
use crate::vocabulary::Vocabulary as _;
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
    const ISSUES: &'static [PaperKind] = &[PaperKind::DeliveryNote];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let carriers = look.dossier.terms.delivery.carriers.value();
        let carrier = carriers
            .and_then(|carriers| carriers.first())
            .cloned()
            .unwrap_or_default();
        let fields = vec![
            look.desk.choice_field("how", Handover::ALL),
            look.desk.empty_field("items", "text"),
            look.desk.step_field("carrier", "text", Vec::new(), carrier),
            look.desk.empty_field("tracking", "text"),
            look.desk.choice_field("last", YesNo::ALL),
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
        let how = at.form.chosen("how", &self.how)?;
        let carrier = match how {
            Handover::Collection => String::new(),
            Handover::Carrier => {
                let destination = at.dossier.shipped_to();
                let total = at.dossier.ordered()?.quote.total;
                may_order(at.dossier.client.card.kind, &destination, total, &at.dossier.terms)?;
                at.form.needed("carrier", &self.carrier)?
            }
        };
        let delivered = Happened::Delivered {
            how,
            items,
            carrier,
            tracking,
            last: self.last != "no",
        };
        let happening = at.happens(day, delivered, at.personal("", &self.signature))?;
        papers::delivery_note(at.work, &at.dossier, &happening).map(Some)
    }
}
