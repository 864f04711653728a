//! Money goes back.

use super::{Looked, Taken, Taking};
use crate::aftersales::may_refund_by;
use crate::counter::forms::{Offer, YesNo};
use crate::counter::papers::cases as papers;
use crate::house::Role;
use crate::ledger::EntryKind;
use crate::order::booking::{self, Booking, STORE_CREDIT};
use crate::paper::kind::PaperKind;
use crate::refusal::NotNow;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Money goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Refund {
    pub amount: String,
    pub method: String,
    pub agreed: String,
    pub day: String,
    pub note: String,
}

impl Taken for Refund {
    const NAME: &'static str = "refund";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "money";
    const ISSUES: &'static [PaperKind] = &[PaperKind::RefundStatement];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let file = look.file;
        if file.case.kind.is_work() {
            return None;
        }
        let owed = file.may_refund();
        let mut means = booking::means_back(file.paid_by.clone(), &file.terms);
        if file.terms.returns.store_credit.value() == Some(&true) {
            means.push(STORE_CREDIT.to_owned());
        }
        let waits = owed.is_ok() && file.refund_due().is_none();
        let fields = vec![
            look.desk.amount_field("amount", owed.clone().unwrap_or_default()),
            look.desk.means_field(means),
            look.desk.choice_field("agreed", &[YesNo::No, YesNo::Yes]),
            look.desk.day_field("day"),
            look.desk.empty_field("note", "long"),
        ];
        let warning = waits.then(|| look.desk.language.word("warning-may-wait"));
        Some(Offer::of(owed.map(drop), fields).warned(warning))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        let owed = at.file.may_refund()?;
        let typed = at.form.money("amount", &self.amount)?;
        let amount = booking::settles(typed, &self.method, at.file.client.card.kind, &[owed]);
        let day = at.day_after(&self.day, at.file.notice_day())?;
        let note = at.form.text("note", &self.note)?;
        if amount > owed {
            return Err(NotNow::RefundTooMuch.into());
        }
        let booking = Booking {
            note,
            ..Booking::of(EntryKind::Refund, amount, &self.method, day)
        };
        let entry = at.entry(booking)?;
        may_refund_by(&self.method, &at.file.paid_by, self.agreed == "yes", &at.file.terms)?;
        at.within_what_came_in(&entry)?;
        at.keep(&entry)?;
        papers::refund(at.work, &at.file, &entry).map(Some)
    }
}
