//! The valuation fee is paid after the intake.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::ledger::EntryKind;
use crate::money::Money;
use crate::order::booking::Booking;
use crate::paper::kind::PaperKind;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The valuation fee is paid after the intake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct BookFee {
    pub method: String,
    pub day: String,
}

impl Taken for BookFee {
    const NAME: &'static str = "book-fee";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "money";
    const ISSUES: &'static [PaperKind] = &[PaperKind::PaymentReceipt];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.may_book_fee().ok()?;
        Some(Offer::of(
            Ok(()),
            vec![look.means(Money::ZERO), look.desk.day_field("day")],
        ))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_book_fee()?;
        let day = at.day(&self.day)?;
        let fee = at.dossier.project.fee;
        let entry = at.book(Booking::of(EntryKind::ValuationFee, fee, &self.method, day))?;
        papers::receipt(at.work, &at.dossier, &entry).map(Some)
    }
}
