//! The house gives money back.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::ledger::EntryKind;
use crate::money::Money;
use crate::order::booking::{self, Booking, STORE_CREDIT};
use crate::paper::kind::PaperKind;
use crate::refusal::NotNow;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The house gives money back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct BookRefund {
    pub amount: String,
    pub method: String,
    pub day: String,
    pub note: String,
}

impl Taken for BookRefund {
    const NAME: &'static str = "book-refund";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "money";
    const ISSUES: &'static [PaperKind] = &[PaperKind::RefundReceipt];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let back = look.dossier.may_refund();
        let fields = vec![
            look.desk.amount_field("amount", back.clone().unwrap_or(Money::ZERO)),
            look.means_back(),
            look.desk.day_field("day"),
            look.desk.empty_field("note", "text"),
        ];
        Some(Offer::of(back.map(drop), fields).main(look.dossier.cancelled().is_some()))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let most = at.dossier.may_refund()?;
        let typed = at.form.money("amount", &self.amount)?;
        let amount = booking::settles(typed, &self.method, at.dossier.client.card.kind, &[most]);
        let day = at.day(&self.day)?;
        let note = at.form.text("note", &self.note)?;
        if amount > most {
            return Err(NotNow::RefundTooMuch.into());
        }
        let in_kind = at.dossier.order.as_ref().map_or(Money::ZERO, |order| order.gold_credit);
        if self.method != STORE_CREDIT && amount > booking::paid_in_money(&at.dossier.entries) + in_kind {
            return Err(NotNow::CreditAsMoney.into());
        }
        booking::may_go_back(amount, &self.method, Some(&at.dossier.entries), &[])?;
        let booking = Booking {
            note,
            ..Booking::of(EntryKind::Refund, amount, &self.method, day)
        };
        let entry = at.book(booking)?;
        papers::receipt(at.work, &at.dossier, &entry).map(Some)
    }
}
