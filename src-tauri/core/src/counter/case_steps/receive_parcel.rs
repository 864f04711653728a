//! A parcel came, and is taken or refused.

use super::{Looked, Taken, Taking};
use crate::aftersales::case::{Against, CaseHappened, Outcome, Seal};
use crate::aftersales::rma::Rma;
use crate::counter::forms::Offer;
use crate::counter::papers::cases as papers;
use crate::house::Role;
use crate::order::Personal;
use crate::paper::kind::PaperKind;
use crate::refusal::{NotNow, Refusal};
use crate::store::Done;
use crate::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A parcel came, and is taken or refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct ReceiveParcel {
    #[serde(default)]
    pub rma: String,
    pub seal: String,
    pub outcome: String,
    pub day: String,
    pub note: String,
    pub photos: Vec<String>,
}

impl Taken for ReceiveParcel {
    const NAME: &'static str = "receive-parcel";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "goods";
    const ISSUES: &'static [PaperKind] = &[PaperKind::ParcelRefused];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let mut fields = Vec::new();
        if !look.file.case.kind.is_work() {
            fields.push(look.desk.empty_field("rma", "text"));
        }
        fields.extend([
            look.desk.choice_field("seal", Seal::ALL),
            look.desk.choice_field("outcome", Outcome::ALL),
            look.desk.day_field("day"),
            look.desk.empty_field("note", "long"),
            look.desk.empty_field("photos", "photos"),
        ]);
        let work = look.file.case.kind.is_work().then_some("receive-work");
        Some(Offer::of(look.file.may_come_back(), fields).labelled(work))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_come_back()?;
        let work_on_a_piece = at.file.case.kind.is_work();
        // What came before went back first.
        let since = at
            .file
            .handed_back()
            .max(at.file.dispatched())
            .or(at.file.possession())
            .filter(|_| !work_on_a_piece);
        let day = at.day_after(&self.day, since)?;
        let note = at.form.text("note", &self.note)?;
        let photos = at.photos(&self.photos)?;
        let scanned = if self.rma.trim().is_empty() {
            None
        } else {
            Some(Rma::parse(&self.rma)?.to_string())
        };
        if scanned.is_some() && at.file.rma().map(|(rma, ..)| rma) != scanned {
            return Err(NotNow::OtherRma.into());
        }
        let accepted = at.form.chosen::<Outcome>("outcome", &self.outcome)? == Outcome::Taken;
        let why = match (
            at.form.chosen("seal", &self.seal)?,
            scanned.is_none() && !work_on_a_piece,
        ) {
            (Seal::Tampered, _) => Some(Against::Tampered),
            (Seal::Intact, true) => Some(Against::NoRma),
            (Seal::Intact, false) => None,
        };
        if !accepted {
            at.file.may_turn_away(why)?;
            if why == Some(Against::Tampered) && photos.is_empty() {
                return Err(Refusal::Missing { field: "photos" }.into());
            }
        }
        let arrived = CaseHappened::Arrived {
            accepted,
            why: why.map_or("", Against::name).to_owned(),
            note,
            photos,
        };
        at.happens(day, arrived, Personal::default())?;
        if accepted {
            Ok(None)
        } else {
            papers::parcel_refused(at.work, &at.file).map(Some)
        }
    }
}
