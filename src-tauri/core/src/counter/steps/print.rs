//! A paper of the order is printed.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::{cases as forms, orders as papers};
use crate::house::Role;
use crate::paper::Sheet;
use crate::paper::kind::PaperKind;
use crate::store::Done;
use crate::vocabulary::{Vocabulary as _, vocabulary};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

vocabulary! {
    /// The papers of an order.
    enum Printed in "printed" {
        JobCard = "job-card",
        OrderSheet = "order-sheet",
        WithdrawalInformation = "withdrawal-information",
        WithdrawalForm = "withdrawal-form",
        Labels = "labels",
        LabelSheet = "label-sheet",
        JusticeFile = "justice-file",
    }
}

/// A paper of the order is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Print {
    pub paper: String,
}

impl Taken for Print {
    const NAME: &'static str = "print";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "papers";
    const ISSUES: &'static [PaperKind] = &[
        PaperKind::JobCard,
        PaperKind::OrderSheet,
        PaperKind::WithdrawalInformation,
        PaperKind::WithdrawalForm,
        PaperKind::Labels,
        PaperKind::JusticeFile,
    ];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        // The order sheet asks more, and has a step of its own.
        let offered: Vec<Printed> = Printed::ALL
            .iter()
            .copied()
            .filter(|paper| *paper != Printed::OrderSheet)
            .collect();
        let papers = look.desk.choice_field("paper", &offered);
        Some(Offer::of(look.dossier.ordered().map(drop), vec![papers]))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.ordered()?;
        let paper = at.form.chosen("paper", &self.paper)?;
        let (work, dossier) = (&mut *at.work, &at.dossier);
        match paper {
            Printed::JobCard => papers::job_card(work, dossier),
            // As it was before it said what the piece is made of: a journal of then is replayed.
            Printed::OrderSheet => papers::order_sheet(work, dossier, None),
            Printed::Labels => papers::labels(work, dossier, Sheet::LabelRoll),
            Printed::LabelSheet => papers::labels(work, dossier, Sheet::LabelSheet),
            Printed::WithdrawalInformation => forms::order_information(work, dossier),
            Printed::WithdrawalForm => forms::order_form(work, dossier),
            Printed::JusticeFile => papers::justice_file(work, dossier),
        }
        .map(Some)
    }
}
