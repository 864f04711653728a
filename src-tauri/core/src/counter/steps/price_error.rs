//! A price was plainly wrong: the client is told the right one (LV art. 5).

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::order::{Happened, Personal};
use crate::paper::kind::PaperKind;
use crate::refusal::NotNow;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A price was plainly wrong: the client is told the right one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct PriceError {
    pub right_price: String,
    pub day: String,
}

impl Taken for PriceError {
    const NAME: &'static str = "price-error";
    const WHO: &'static [Role] = &[];
    const GROUP: &'static str = "quote";
    const ISSUES: &'static [PaperKind] = &[PaperKind::PriceNotice];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        look.dossier.terms.orders.price_error_answer_days.value()?;
        let fields = vec![
            look.desk.empty_field("right_price", "figure"),
            look.desk.day_field("day"),
        ];
        Some(Offer::of(look.dossier.may_correct_price(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_correct_price()?;
        let (day, right) = (at.day(&self.day)?, at.form.money("right_price", &self.right_price)?);
        if right == at.dossier.ordered()?.quote.total {
            return Err(NotNow::SamePrice.into());
        }
        at.happens(day, Happened::PriceWrong { right }, Personal::default())?;
        papers::price_notice(at.work, &at.dossier, right).map(Some)
    }
}
