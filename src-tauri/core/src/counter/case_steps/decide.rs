//! The house decides on a claim.

use super::{Looked, Taken, Taking};
use crate::aftersales::case::{CaseHappened, remedy_word};
use crate::aftersales::warranty::Remedy;
use crate::counter::forms::{Offer, YesNo};
use crate::counter::papers::cases as papers;
use crate::counter::view::OptionView;
use crate::counter::work::house;
use crate::house::Role;
use crate::money::Money;
use crate::order::Personal;
use crate::paper::kind::PaperKind;
use crate::refusal::{NotNow, Refusal};
use crate::store::Done;
use crate::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The house decides on a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Decide {
    pub remedy: String,
    pub amount: String,
    #[serde(default)]
    pub receipt: String,
    pub tried: String,
    pub day: String,
    pub note: String,
    /// What the client paid to send it back, where the fault is the house's.
    #[serde(default)]
    pub return_cost: String,
}

impl Taken for Decide {
    const NAME: &'static str = "decide";
    const WHO: &'static [Role] = &[Role::Designer];
    const GROUP: &'static str = "decision";
    const ISSUES: &'static [PaperKind] = &[PaperKind::WarrantyDecision];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if !look.file.case.kind.is_a_claim() {
            return None;
        }
        let open = look.file.remedies(true, true).value;
        let remedies = open.iter().copied().map(Some).chain([None]).map(|remedy| OptionView {
            value: remedy.map_or("none", Remedy::name).to_owned(),
            text: look.desk.language.word(&remedy_word(remedy)),
        });
        let mut fields = vec![
            look.desk.first_of("remedy", remedies.collect()),
            look.desk.empty_field("amount", "figure"),
            look.desk.choice_field("tried", &[YesNo::No, YesNo::Yes]),
        ];
        let lifetime = look.file.terms.warranty.lifetime.value();
        if lifetime.is_some_and(|warranty| warranty.receipt_needed) {
            fields.push(look.desk.choice_field("receipt", YesNo::ALL));
        }
        if look.file.terms.returns.house_pays_at_fault.value() == Some(&true) && look.file.possession().is_some() {
            fields.push(look.desk.empty_field("return_cost", "figure"));
        }
        fields.extend([look.desk.day_field("day"), look.desk.empty_field("note", "long")]);
        // What the choice between repair and another piece does to the guarantee, where the house applies that.
        let applies = house(look.desk.tx).is_ok_and(|house| house.identity.longer_after_repair);
        let runs = look
            .file
            .answer
            .as_ref()
            .and_then(|answer| answer.value.guarantee_until);
        let warning = runs
            .filter(|until| applies && *until >= look.file.today && open.contains(&Remedy::Repair))
            .map(|_| look.desk.language.word("warning-longer-after-repair"));
        Some(Offer::of(look.file.may_decide(), fields).warned(warning))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_decide()?;
        let seen = at.file.inspected().map(|happening| happening.day);
        let day = at.day_after(&self.day, seen.or(at.file.notice_day()))?;
        let note = at.form.text("note", &self.note)?;
        let open = at.file.remedies(self.receipt != "no", self.tried == "yes");
        let remedy = match self.remedy.as_str() {
            "none" => None,
            remedy => Some(at.form.chosen("remedy", remedy)?),
        };
        let amount = match remedy {
            None if !open.value.is_empty() => return Err(NotNow::ThereIsARight.into()),
            None => Money::ZERO,
            Some(_) if open.value.is_empty() => return Err(NotNow::ClaimNotCovered.into()),
            Some(remedy) if !open.value.contains(&remedy) => return Err(NotNow::RemedyLater.into()),
            Some(Remedy::Repair | Remedy::Replacement) => Money::ZERO,
            Some(Remedy::Reduction) => {
                let amount = at.form.money("amount", &self.amount)?;
                if amount >= at.file.paid() {
                    return Err(Refusal::TooLarge { field: "amount" }.into());
                }
                amount
            }
            Some(Remedy::Termination) => {
                at.file.must_be_priced()?;
                at.file.paid() + at.file.standard_delivery()
            }
        };
        // A fault of the house costs the client nothing: what the way back cost goes back too (AB § 5).
        let return_cost = at.form.amount("return_cost", &self.return_cost)?;
        let at_fault = at.file.terms.returns.house_pays_at_fault.value() == Some(&true) && remedy.is_some();
        if return_cost > Money::ZERO && !at_fault {
            return Err(NotNow::LabelIsFree.into());
        }
        let decided = CaseHappened::Decided {
            remedy,
            amount,
            note,
            return_cost,
        };
        at.happens(day, decided, Personal::default())?;
        papers::decision(at.work, &at.file, &open).map(Some)
    }
}
