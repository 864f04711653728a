//! Goods may come back, under a number.

use super::{Looked, Taken, Taking};
use crate::aftersales::Payer;
use crate::aftersales::case::{CaseHappened, WayBack};
use crate::aftersales::file::CaseFile;
use crate::aftersales::rma::Rma;
use crate::counter::forms::Offer;
use crate::counter::papers::cases as papers;
use crate::house::Role;
use crate::money::Money;
use crate::order::Personal;
use crate::paper::kind::PaperKind;
use crate::refusal::{NotNow, Refusal};
use crate::store::{Done, cases};
use chrono::Datelike as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Goods may come back, under a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct AuthoriseReturn {
    pub label: String,
    pub cost: String,
}

impl Taken for AuthoriseReturn {
    const NAME: &'static str = "authorise-return";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "goods";
    const ISSUES: &'static [PaperKind] = &[PaperKind::RmaAuthorisation, PaperKind::ReturnLabel];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.file.case.kind.is_work() {
            return None;
        }
        let fields = vec![
            look.desk.choice_field("label", labels(look.file)),
            look.desk.empty_field("cost", "figure"),
        ];
        Some(Offer::of(look.file.may_authorise(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_authorise()?;
        let label = at.form.chosen("label", &self.label)?;
        let cost = at.form.amount("cost", &self.cost)?;
        let pays = at.file.answer.as_ref().map(|answer| answer.value.return_paid_by);
        let deducted = at.file.terms.returns.label_cost_deducted.value() == Some(&true);
        if cost > Money::ZERO && (label != WayBack::HouseLabel || pays != Some(Payer::Client) || !deducted) {
            return Err(NotNow::LabelIsFree.into());
        }
        if cost > Money::ZERO && cost >= at.file.paid() {
            return Err(Refusal::TooLarge { field: "cost" }.into());
        }
        let year = at.work.context.today().year();
        let rma = Rma::of(year, at.work.tx.next_number("rma", year)?).to_string();
        cases::found_by(at.work.tx, &at.file.case.id, &rma)?;
        let authorised = CaseHappened::Authorised { rma, label, cost };
        at.happens(at.file.today, authorised, Personal::default())?;
        let paper = papers::authorisation(at.work, &at.file)?;
        papers::label(at.work, &at.file)?;
        Ok(Some(paper))
    }
}

/// Who sees to the label of a return, as the terms allow.
fn labels(file: &CaseFile) -> &'static [WayBack] {
    if file.terms.returns.carrier_collects.value() == Some(&true) {
        return &[WayBack::HouseCollects];
    }
    match file.answer.as_ref().map(|answer| answer.value.return_paid_by) {
        Some(Payer::House) => &[WayBack::HouseLabel, WayBack::OwnCarrier],
        Some(Payer::Client) | None => &[WayBack::OwnCarrier, WayBack::HouseLabel],
    }
}
