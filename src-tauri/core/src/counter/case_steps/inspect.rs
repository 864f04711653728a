//! The piece is looked at.

use super::{Looked, Taken, Taking};
use crate::aftersales::Basis;
use crate::aftersales::case::{CaseHappened, Handling, cause_word, checked_word};
use crate::aftersales::file::CaseFile;
use crate::counter::forms::Offer;
use crate::counter::papers::cases as papers;
use crate::counter::view::OptionView;
use crate::house::Role;
use crate::money::Money;
use crate::order::Personal;
use crate::paper::kind::PaperKind;
use crate::refusal::Refusal;
use crate::store::Done;
use crate::terms::{Condition, Exception};
use crate::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The piece is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Inspect {
    pub complete: Vec<String>,
    #[serde(default)]
    pub handling: String,
    pub condition: String,
    #[serde(default)]
    pub loss: String,
    #[serde(default)]
    pub cause: String,
    pub day: String,
    pub note: String,
    pub photos: Vec<String>,
}

impl Taken for Inspect {
    const NAME: &'static str = "inspect";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "goods";
    const ISSUES: &'static [PaperKind] = &[PaperKind::InspectionReport];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.file.case.kind.is_work() {
            return None;
        }
        let points = look.file.checklist().into_iter().map(|point| OptionView {
            text: look.desk.language.word(&checked_word(&point)),
            value: point,
        });
        let mut fields = vec![
            look.desk
                .step_field("complete", "choices", points.collect(), String::new()),
            look.desk.choice_field("condition", Condition::ALL),
        ];
        if look.file.undoes() {
            fields.extend([
                look.desk.choice_field("handling", Handling::ALL),
                look.desk.empty_field("loss", "figure"),
            ]);
        } else {
            let causes = causes(look.file).into_iter().map(|cause| OptionView {
                value: cause.map_or("making", Exception::name).to_owned(),
                text: look.desk.language.word(&cause_word(cause)),
            });
            fields.push(look.desk.first_of("cause", causes.collect()));
        }
        fields.extend([
            look.desk.empty_field("note", "long"),
            look.desk.empty_field("photos", "photos"),
            look.desk.day_field("day"),
        ]);
        let not_told = look.file.undoes() && look.file.basis() == Basis::Statute && !look.file.was_told();
        let warning = not_told.then(|| look.desk.language.word("warning-not-informed"));
        Some(Offer::of(look.file.may_inspect(), fields).warned(warning))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_inspect()?;
        let day = at.day_after(&self.day, at.file.arrived())?;
        let note = at.form.text("note", &self.note)?;
        let photos = at.photos(&self.photos)?;
        let list = at.file.checklist();
        if self.complete.iter().any(|found| !list.contains(found)) {
            return Err(Refusal::NotFound.into());
        }
        let condition = at.form.chosen("condition", &self.condition)?;
        let (handling, loss, cause) = if at.file.undoes() {
            let handling = at.form.chosen("handling", &self.handling)?;
            (handling, at.form.amount("loss", &self.loss)?, None)
        } else {
            let cause: Option<Exception> = match self.cause.as_str() {
                "making" => None,
                cause => Some(at.form.chosen("cause", cause)?),
            };
            (Handling::Needed, Money::ZERO, cause)
        };
        at.file.may_take_off(loss, handling, condition)?;
        if loss > Money::ZERO && note.is_empty() {
            return Err(Refusal::Missing { field: "note" }.into());
        }
        let inspected = CaseHappened::Inspected {
            complete: self.complete.clone(),
            handling,
            condition,
            loss,
            cause,
            note,
            photos,
        };
        let happening = at.happens(day, inspected, Personal::default())?;
        papers::inspection(at.work, &at.file, &happening).map(Some)
    }
}

/// What a claim may be found to come from: the making, what no guarantee covers, and what the house excepts itself.
fn causes(file: &CaseFile) -> Vec<Option<Exception>> {
    let usual = [
        Exception::Wear,
        Exception::Abuse,
        Exception::LossOfStones,
        Exception::Theft,
        Exception::RepairedByOthers,
    ];
    let own = file.terms.warranty.exceptions.value().into_iter().flatten().copied();
    let own = own.filter(|cause| !usual.contains(cause));
    std::iter::once(None)
        .chain(usual.into_iter().chain(own).map(Some))
        .collect()
}
