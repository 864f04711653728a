//! The order is ended.

use super::{Looked, Taken, Taking};
use crate::aftersales::cancel::{self, CancelTold};
use crate::counter::forms::{Offer, YesNo};
use crate::house::Role;
use crate::ledger;
use crate::ledger::EndedBy;
use crate::paper::kind::PaperKind;
use crate::refusal::Refusal;
use crate::store::Done;
use crate::terms::{ClientKind, Concluded, Made};
use crate::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The order is ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Cancel {
    pub by: String,
    pub reason: String,
    pub kept: String,
    pub day: String,
    /// How the contract came about. It, what was ordered, and whether that can be restocked are absent in journal entries that
    /// were written before they were asked.
    #[serde(default)]
    pub concluded: Option<String>,
    #[serde(default)]
    pub made: Option<String>,
    #[serde(default)]
    pub restockable: Option<String>,
}

impl Taken for Cancel {
    const NAME: &'static str = "cancel";
    const WHO: &'static [Role] = &[];
    const GROUP: &'static str = "end";
    const ISSUES: &'static [PaperKind] = &[PaperKind::CreditNote];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        // Who accepted by mail bought at a distance; a paper signed and sent back is no purchase in the shop: it is asked.
        let concluded = Some(look.dossier.concluded()).filter(|concluded| *concluded == Concluded::Distance);
        let made = ledger::made(look.dossier.project.kind);
        let mut fields = vec![
            look.desk
                .choice_field("by", &[EndedBy::Client, EndedBy::House, EndedBy::Agreement]),
            look.desk.choice_of("concluded", Concluded::ALL, concluded),
            look.desk.choice_of("made", Made::ALL, Some(made)),
        ];
        if cancel::asks_restocking(&look.dossier.terms) {
            fields.push(look.desk.choice_of("restockable", YesNo::ALL, None));
        }
        fields.extend([
            look.desk.empty_field("reason", "long"),
            look.desk.empty_field("kept", "figure"),
            look.desk.day_field("day"),
        ]);
        Some(Offer::of(look.dossier.may_cancel(), fields).warned(warning(look)))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_cancel()?;
        let by = EndedBy::of(&self.by)
            .filter(|by| *by != EndedBy::Late)
            .ok_or(Refusal::Missing { field: "by" })?;
        let day = at.day(&self.day)?;
        let reason = at.form.needed("reason", &self.reason)?;
        let agreed = at.form.amount("kept", &self.kept)?;
        let told = match (&self.concluded, &self.made) {
            (Some(concluded), Some(made)) if by == EndedBy::Client => Some(CancelTold {
                concluded: at.form.chosen("concluded", concluded)?,
                made: at.form.chosen("made", made)?,
                restockable: self
                    .restockable
                    .as_deref()
                    .and_then(YesNo::of)
                    .map(|said| said == YesNo::Yes),
                day,
            }),
            _ => None,
        };
        at.ends(by, reason, agreed, day, told)
    }
}

/// What to know before a client's order is ended.
fn warning(look: &Looked<'_>) -> Option<String> {
    let dossier = look.dossier;
    if dossier.deposit_may_be_contested() {
        Some(look.desk.language.word("instead-deposit-kept"))
    } else if dossier.client.card.kind == ClientKind::Consumer && !dossier.project.kind.is_own_design() {
        Some(look.desk.language.word("ground-withdrawal-first"))
    } else {
        None
    }
}
