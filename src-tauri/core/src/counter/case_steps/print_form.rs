//! A paper of the case is printed.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::cases as papers;
use crate::house::Role;
use crate::paper::kind::PaperKind;
use crate::store::Done;
use crate::vocabulary::{Vocabulary as _, vocabulary};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

vocabulary! {
    /// The papers of a case that are printed when someone asks.
    enum Printed in "printed" {
        WithdrawalForm = "withdrawal-form",
        WithdrawalInformation = "withdrawal-information",
        ReturnForm = "return-form",
        ReturnLabel = "return-label",
    }
}

/// A paper of the case is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct PrintForm {
    pub paper: String,
}

impl Taken for PrintForm {
    const NAME: &'static str = "print-form";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "papers";
    const ISSUES: &'static [PaperKind] = &[
        PaperKind::WithdrawalForm,
        PaperKind::WithdrawalInformation,
        PaperKind::ReturnForm,
        PaperKind::ReturnLabel,
    ];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let mut forms = Printed::ALL.to_vec();
        forms.retain(|form| match form {
            Printed::ReturnLabel => look.file.rma().is_some(),
            Printed::ReturnForm => look.file.has_return_form(),
            Printed::WithdrawalForm | Printed::WithdrawalInformation => true,
        });
        Some(Offer::of(Ok(()), vec![look.desk.choice_field("paper", &forms)]))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        match at.form.chosen("paper", &self.paper)? {
            Printed::WithdrawalForm => papers::withdrawal_form(at.work, &at.file),
            Printed::WithdrawalInformation => papers::information(at.work, &at.file),
            Printed::ReturnForm => papers::return_form(at.work, &at.file),
            Printed::ReturnLabel => papers::label(at.work, &at.file),
        }
        .map(Some)
    }
}
