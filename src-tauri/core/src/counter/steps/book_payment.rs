//! The house receives a payment.

use super::{Looked, Taken, Taking};
use crate::counter::doubts;
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::ledger::EntryKind;
use crate::money::Money;
use crate::order::booking::{self, Booking};
use crate::paper::kind::PaperKind;
use crate::refusal::NotNow;
use crate::store::{Done, ledger};
use crate::terms::Method;
use crate::vocabulary::Vocabulary as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The house receives a payment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct BookPayment {
    pub amount: String,
    pub method: String,
    pub day: String,
    pub reference: String,
    /// Why the house takes it by a means its terms do not name.
    #[serde(default)]
    pub decided: String,
    /// Where the payment stands in the bank's statement; empty for one booked by hand.
    #[serde(default)]
    pub place: String,
}

impl Taken for BookPayment {
    const NAME: &'static str = "book-payment";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "money";
    const ISSUES: &'static [PaperKind] = &[PaperKind::PaymentReceipt];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.may_be_paid().ok()?;
        // Of an order that has ended nothing is asked any more.
        let goes_on = look.dossier.at_work().is_ok();
        let open = Some(look.dossier.asked_first()).filter(|_| goes_on).unwrap_or_default();
        let mut fields = vec![
            look.desk.amount_field("amount", open),
            look.all_means(look.credit),
            look.desk.day_field("day"),
            look.desk.empty_field("reference", "text"),
        ];
        if booking::means(&look.dossier.terms).len() + 1 < Method::ALL.len() {
            fields.push(look.desk.empty_field("decided", "text"));
        }
        Some(Offer::of(Ok(()), fields).main(look.is_due(Self::NAME)))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        // Money that came in is written down, asked for or not: what is too much is shown, and goes back.
        at.dossier.ordered()?;
        let typed = at.form.money("amount", &self.amount)?;
        let day = at.day(&self.day)?;
        let open = at.dossier.standing().map_or(Money::ZERO, |standing| standing.open);
        let owed = [at.dossier.asked_first(), open];
        let amount = booking::settles(typed, &self.method, at.dossier.client.card.kind, &owed);
        if !self.place.is_empty() && ledger::has_place(at.work.tx, &self.place)? {
            return Err(NotNow::PaymentBooked.into());
        }
        at.work.doubts(doubts::payment(amount, open));
        let booking = Booking {
            reference: at.form.text("reference", &self.reference)?,
            place: at.form.text("place", &self.place)?,
            decided: at.form.text("decided", &self.decided)?,
            ..Booking::of(EntryKind::Payment, amount, &self.method, day)
        };
        let entry = at.book(booking)?;
        papers::receipt(at.work, &at.dossier, &entry).map(Some)
    }
}
