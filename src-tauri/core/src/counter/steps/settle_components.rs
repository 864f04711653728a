//! Components meet their fate.

use super::{Looked, Taken, Taking};
use crate::counter::forms::{Offer, is_signed};
use crate::counter::papers::orders as papers;
use crate::counter::work::house;
use crate::custody::Fate;
use crate::house::Role;
use crate::intake::Signature;
use crate::order::Happened;
use crate::paper::kind::PaperKind;
use crate::refusal::{NotNow, Refusal};
use crate::store::Done;
use crate::terms::Consent;
use crate::vocabulary::Vocabulary as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Components meet their fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct SettleComponents {
    pub components: Vec<String>,
    pub fate: String,
    pub note: String,
    pub signature: Signature,
}

impl Taken for SettleComponents {
    const NAME: &'static str = "settle-components";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "custody";
    const ISSUES: &'static [PaperKind] = &[PaperKind::Restitution];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.dossier.pieces.is_empty() {
            return None;
        }
        let fields = vec![
            look.components(),
            look.desk.choice_field("fate", Fate::ALL),
            look.desk.empty_field("note", "long"),
            look.desk.empty_field("signature", "signature"),
        ];
        let may = look.dossier.may_settle();
        let waits = look.is_due(Self::NAME);
        let ends: Vec<&str> = Fate::ALL
            .iter()
            .filter(|fate| fate.is_final())
            .map(|fate| fate.name())
            .collect();
        let asks = look.desk.language.word("asks-melted");
        Some(Offer::of(may, fields).main(waits).asking("fate", &ends, asks))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let components = at.loose(&self.components)?;
        let fate: Fate = at.form.chosen("fate", &self.fate)?;
        let note = at.form.text("note", &self.note)?;
        let custody = at.dossier.custody();
        let stone = |id: &String| custody.iter().any(|component| component.id == *id && component.stone);
        if components.iter().any(|id| !fate.fits(stone(id))) {
            return Err(NotNow::FateDoesNotFit.into());
        }
        if fate.is_a_loss() && note.is_empty() {
            return Err(Refusal::Missing { field: "note" }.into());
        }
        let goes_back = matches!(fate, Fate::Returned | Fate::Waiver);
        if goes_back {
            is_signed(&self.signature)?;
        }
        let accounted = goes_back || fate.is_a_loss();
        if !accounted {
            // What is made of the client's own begins with an order, and with the client's word (LV art. 16).
            at.dossier.at_work()?;
            if fate == Fate::Melted && at.dossier.consents_missing().contains(&Consent::Melting) {
                return Err(NotNow::MeltingConsent.into());
            }
            if fate == Fate::Melted {
                let waits = !house(at.work.tx)?.identity.gold_waits.trim().is_empty();
                at.dossier.may_melt(&components, at.dossier.today, waits)?;
            }
        }
        let settled = Happened::Settled { components, fate, note };
        let happening = at.happens(at.dossier.today, settled, at.personal("", &self.signature))?;
        if accounted {
            papers::restitution(at.work, &at.dossier, &happening).map(Some)
        } else {
            Ok(None)
        }
    }
}
