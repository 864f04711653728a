//! Something of an invoice is taken back, and why.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::invoices as papers;
use crate::counter::view::OptionView;
use crate::house::Role;
use crate::invoice::InvoiceKind;
use crate::money::Money;
use crate::paper::kind::PaperKind;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something of an invoice is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct CreditInvoice {
    pub invoice: String,
    pub amount: String,
    pub reason: String,
}

impl Taken for CreditInvoice {
    const NAME: &'static str = "credit-invoice";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "money";
    const ISSUES: &'static [PaperKind] = &[PaperKind::InvoiceCredit];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let (dossier, language) = (look.dossier, look.desk.language);
        let open: Vec<(&str, Money)> = dossier
            .invoices
            .iter()
            .filter(|invoice| invoice.kind != InvoiceKind::Credit)
            .map(|invoice| (invoice.number.as_str(), invoice.open(&dossier.invoices)))
            .filter(|(_, open)| *open > Money::ZERO)
            .collect();
        let (_, first) = open.last()?;
        let options = open.iter().rev().map(|(number, open)| OptionView {
            text: format!("{number} · {}", language.money(*open)),
            value: (*number).to_owned(),
        });
        let fields = vec![
            look.desk.first_of("invoice", options.collect()),
            look.desk.amount_field("amount", *first),
            look.desk.empty_field("reason", "long"),
        ];
        Some(Offer::of(dossier.may_invoice(InvoiceKind::Credit), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let amount = at.form.money("amount", &self.amount)?;
        let reason = at.form.needed("reason", &self.reason)?;
        papers::credit(at.work, &at.dossier, &self.invoice, amount, &reason).map(Some)
    }
}
