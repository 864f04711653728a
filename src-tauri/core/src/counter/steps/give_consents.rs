//! The client gives consents the house asks for.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::counter::view::OptionView;
use crate::house::Role;
use crate::intake::{Given, Signature};
use crate::paper::kind::PaperKind;
use crate::refusal::Refusal;
use crate::store::{Done, projects};
use crate::terms::Consent;
use crate::vocabulary::Vocabulary as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client gives consents the house asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct GiveConsents {
    pub consents: Vec<String>,
    pub signature: Signature,
}

impl Taken for GiveConsents {
    const NAME: &'static str = "give-consents";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "quote";
    const ISSUES: &'static [PaperKind] = &[PaperKind::ConsentForm];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let missing = look.dossier.consents_missing();
        if look.dossier.may_quote().is_err() || missing.is_empty() {
            return None;
        }
        let options = missing.iter().map(|consent| OptionView {
            value: consent.name().to_owned(),
            text: look.desk.language.word(&format!("consent-text-{}", consent.name())),
        });
        let consents = look
            .desk
            .step_field("consents", "choices", options.collect(), String::new());
        let fields = vec![consents, look.desk.empty_field("signature", "signature")];
        Some(Offer::of(Ok(()), fields).main(!look.dossier.quotes.is_empty()))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let missing = at.dossier.consents_missing();
        let given: Vec<Consent> = self
            .consents
            .iter()
            .filter_map(|consent| Consent::of(consent))
            .filter(|consent| missing.contains(consent))
            .collect();
        if given.is_empty() {
            return Err(Refusal::Missing { field: "consents" }.into());
        }
        for consent in &given {
            let given = Given {
                consent: *consent,
                at: at.work.context.moment(),
            };
            projects::consent(at.work.tx, &at.dossier.project.id, &given)?;
        }
        let personal = at.personal("", &self.signature);
        papers::consents(at.work, &at.dossier, &given, &personal).map(Some)
    }
}
