//! A paper of the order is printed.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::cases as forms;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::paper::Sheet;
use crate::refusal::Refusal;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A paper is printed: `job-card`, `order-sheet`, `withdrawal-information`, `withdrawal-form`, `labels`, `label-sheet` or
/// `justice-file`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Print {
    pub paper: String,
}

impl Taken for Print {
    const NAME: &'static str = "print";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "papers";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let papers = look.desk.choice_field(
            "paper",
            &[
                "job-card",
                "order-sheet",
                "withdrawal-information",
                "withdrawal-form",
                "labels",
                "label-sheet",
                "justice-file",
            ],
        );
        Some(Offer::of(look.dossier.ordered().map(drop), vec![papers]))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.ordered()?;
        let (work, dossier) = (&mut *at.work, &at.dossier);
        match self.paper.as_str() {
            "job-card" => papers::job_card(work, dossier),
            "order-sheet" => papers::order_sheet(work, dossier),
            "labels" => papers::labels(work, dossier, Sheet::LabelRoll),
            "label-sheet" => papers::labels(work, dossier, Sheet::LabelSheet),
            "withdrawal-information" => forms::order_information(work, dossier),
            "withdrawal-form" => forms::order_form(work, dossier),
            "justice-file" => papers::justice_file(work, dossier),
            _ => Err(Refusal::Missing { field: "paper" }.into()),
        }
        .map(Some)
    }
}
