//! A paper of the case is printed.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::cases as papers;
use crate::house::Role;
use crate::refusal::Refusal;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A paper is printed: `withdrawal-form`, `withdrawal-information` or `return-label`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct PrintForm {
    pub paper: String,
}

impl Taken for PrintForm {
    const NAME: &'static str = "print-form";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "papers";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let mut forms = vec!["withdrawal-form", "withdrawal-information"];
        if look.file.rma().is_some() {
            forms.push("return-label");
        }
        Some(Offer::of(Ok(()), vec![look.desk.choice_field("paper", &forms)]))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        match self.paper.as_str() {
            "withdrawal-form" => papers::withdrawal_form(at.work, &at.file),
            "withdrawal-information" => papers::information(at.work, &at.file),
            "return-label" => papers::label(at.work, &at.file),
            _ => Err(Refusal::Missing { field: "paper" }.into()),
        }
        .map(Some)
    }
}
