//! The client pays: the difference of an exchange, or work at a price.

use super::{Looked, Taken, Taking};
use crate::aftersales::case::CaseKind;
use crate::counter::doubts;
use crate::counter::forms::Offer;
use crate::counter::papers::cases as papers;
use crate::house::Role;
use crate::ledger::EntryKind;
use crate::order::booking::{self, Booking};
use crate::paper::kind::PaperKind;
use crate::refusal::Refusal;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client pays: the difference of an exchange, or work at a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct TakePayment {
    pub amount: String,
    pub method: String,
    pub day: String,
}

impl Taken for TakePayment {
    const NAME: &'static str = "take-payment";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "money";
    const ISSUES: &'static [PaperKind] = &[PaperKind::PaymentReceipt];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let kind = look.file.case.kind;
        if kind != CaseKind::Exchange && !kind.is_work() {
            return None;
        }
        let fields = vec![
            look.desk.amount_field("amount", look.file.to_pay()),
            look.desk.means_field(booking::means(&look.file.terms)),
            look.desk.day_field("day"),
        ];
        Some(Offer::of(look.file.may_take_payment(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_take_payment()?;
        let typed = at.form.money("amount", &self.amount)?;
        let amount = booking::settles(typed, &self.method, at.file.client.card.kind, &[at.file.to_pay()]);
        if at.file.exchanged().is_some() && amount > at.file.to_pay() {
            return Err(Refusal::TooLarge { field: "amount" }.into());
        }
        at.work.doubts(doubts::payment(amount, at.file.to_pay()));
        let day = at.day(&self.day)?;
        let entry = at.entry(Booking::of(EntryKind::Payment, amount, &self.method, day))?;
        at.keep(&entry)?;
        papers::receipt(at.work, &at.file, &entry).map(Some)
    }
}
