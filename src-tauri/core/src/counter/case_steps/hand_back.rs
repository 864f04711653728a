//! The piece, or the one in its place, goes to the client.

use super::{Looked, Taken, Taking};
use crate::aftersales::case::CaseHappened;
use crate::counter::forms::{Offer, is_signed, personal};
use crate::counter::papers::cases as papers;
use crate::house::Role;
use crate::intake::Signature;
use crate::order::Handover;
use crate::paper::kind::PaperKind;
use crate::store::Done;
use crate::vocabulary::Vocabulary as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The piece, or the one in its place, goes to the client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct HandBack {
    pub how: String,
    pub carrier: String,
    pub tracking: String,
    pub day: String,
    pub signature: Signature,
}

impl Taken for HandBack {
    const NAME: &'static str = "hand-back";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "goods";
    const ISSUES: &'static [PaperKind] = &[PaperKind::HandedBack];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let fields = vec![
            look.desk.choice_field("how", Handover::ALL),
            look.desk.empty_field("carrier", "text"),
            look.desk.empty_field("tracking", "text"),
            look.desk.day_field("day"),
            look.desk.empty_field("signature", "signature"),
        ];
        Some(Offer::of(look.file.may_hand_back(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_hand_back()?;
        let day = at.day_after(&self.day, at.file.holds_since())?;
        let tracking = at.form.text("tracking", &self.tracking)?;
        let how = at.form.chosen("how", &self.how)?;
        let carrier = match how {
            Handover::Collection => {
                is_signed(&self.signature)?;
                String::new()
            }
            Handover::Carrier => at.form.needed("carrier", &self.carrier)?,
        };
        let personal = personal("", &self.signature, &at.file.client.card.name);
        let handed = CaseHappened::HandedBack { how, carrier, tracking };
        let happening = at.happens(day, handed, personal)?;
        papers::handed_back(at.work, &at.file, &happening).map(Some)
    }
}
