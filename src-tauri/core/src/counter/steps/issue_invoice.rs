//! An invoice is issued: of what was paid before delivery, of the valuation's fee, or of the whole order.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::invoices as papers;
use crate::house::Role;
use crate::invoice::{InvoiceKind, Treatment};
use crate::paper::kind::PaperKind;
use crate::refusal::Refusal;
use crate::store::Done;
use crate::vocabulary::Vocabulary as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An invoice is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct IssueInvoice {
    pub what: String,
    /// How VAT stands on it; Belgian VAT where it is not asked.
    #[serde(default)]
    pub treatment: String,
    #[serde(default)]
    pub proof: String,
}

impl Taken for IssueInvoice {
    const NAME: &'static str = "issue-invoice";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "money";
    const ISSUES: &'static [PaperKind] = &[PaperKind::Invoice];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let dossier = look.dossier;
        let kinds: Vec<InvoiceKind> = [InvoiceKind::Final, InvoiceKind::Deposit, InvoiceKind::Fee]
            .into_iter()
            .filter(|kind| dossier.may_invoice(*kind).is_ok())
            .collect();
        if dossier.order.is_none() && kinds.is_empty() {
            return None;
        }
        let may = if kinds.is_empty() {
            dossier.may_invoice(InvoiceKind::Final)
        } else {
            Ok(())
        };
        let mut fields = vec![look.desk.choice_field("what", &kinds)];
        // Where VAT stands on every line nothing is to be asked of it.
        let is_free = dossier
            .order
            .as_ref()
            .is_some_and(|order| order.totals.vat.iter().any(|share| share.rate.as_percent().is_zero()));
        if is_free {
            let ways: Vec<Treatment> = Treatment::ALL
                .iter()
                .copied()
                .filter(|way| *way != Treatment::Domestic)
                .collect();
            fields.push(look.desk.choice_of("treatment", &ways, None));
            fields.push(look.desk.empty_field("proof", "text"));
        }
        Some(Offer::of(may, fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let kind = at.form.chosen("what", &self.what)?;
        let treatment = if self.treatment.is_empty() {
            Treatment::Domestic
        } else {
            at.form.chosen("treatment", &self.treatment)?
        };
        // A credit note names the invoice it corrects: it has a step of its own.
        if kind == InvoiceKind::Credit {
            return Err(Refusal::Missing { field: "what" }.into());
        }
        let proof = at.form.text("proof", &self.proof)?;
        papers::issue(at.work, &at.dossier, kind, treatment, proof).map(Some)
    }
}
