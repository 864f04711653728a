//! The piece is exchanged for another.

use super::{Looked, Taken, Taking};
use crate::aftersales::case::{CaseHappened, CaseKind};
use crate::aftersales::exchange::exchange;
use crate::counter::forms::Offer;
use crate::counter::papers::cases as papers;
use crate::house::Role;
use crate::order::Personal;
use crate::paper::kind::PaperKind;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The piece is exchanged for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct Exchange {
    pub item: String,
    pub price: String,
    pub day: String,
}

impl Taken for Exchange {
    const NAME: &'static str = "exchange";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "decision";
    const ISSUES: &'static [PaperKind] = &[PaperKind::ExchangeStatement];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.file.case.kind != CaseKind::Exchange {
            return None;
        }
        let fields = vec![
            look.desk.empty_field("item", "text"),
            look.desk.empty_field("price", "figure"),
            look.desk.day_field("day"),
        ];
        Some(Offer::of(look.file.may_exchange(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_exchange()?;
        at.file.must_be_priced()?;
        let day = at.day_after(&self.day, at.file.arrived())?;
        let item = at.form.needed("item", &self.item)?;
        let price = at.form.money("price", &self.price)?;
        let exchanged = exchange(&at.file.exchange_facts(price), &at.file.terms);
        let value = &exchanged.value;
        let what = CaseHappened::Exchanged {
            item,
            price,
            to_pay: value.to_pay,
            credited: value.credited,
            final_sale: value.final_sale,
        };
        at.happens(day, what, Personal::default())?;
        papers::exchange(at.work, &at.file, &exchanged.grounds).map(Some)
    }
}
