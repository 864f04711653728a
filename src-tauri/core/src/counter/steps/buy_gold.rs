//! The client's gold is bought with the order: who sells it is identified, and signs.

use super::{Looked, Taken, Taking};
use crate::counter::forms::{Offer, is_signed};
use crate::counter::papers::purchases as papers;
use crate::counter::work::house;
use crate::house::Role;
use crate::intake::Signature;
use crate::order::old_gold::{IdentityDocument, Seller};
use crate::paper::kind::PaperKind;
use crate::refusal::Refusal;
use crate::store::Done;
use crate::vocabulary::Vocabulary as _;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client's gold is bought with the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct BuyGold {
    pub name: String,
    pub first_name: String,
    pub born: String,
    pub document: String,
    pub document_number: String,
    pub signature: Signature,
}

impl Taken for BuyGold {
    const NAME: &'static str = "buy-gold";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "custody";
    const ISSUES: &'static [PaperKind] = &[PaperKind::PurchaseSlip];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        let dossier = look.dossier;
        dossier
            .order
            .as_ref()
            .filter(|order| order.gold_credit > crate::money::Money::ZERO)?;
        let fields = vec![
            look.desk.empty_field("name", "text"),
            look.desk.empty_field("first_name", "text"),
            look.desk.empty_field("born", "day"),
            look.desk.choice_field("document", IdentityDocument::ALL),
            look.desk.empty_field("document_number", "text"),
            look.desk.empty_field("signature", "signature"),
        ];
        Some(Offer::of(dossier.may_buy_gold(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_buy_gold()?;
        let seller = Seller {
            name: at.form.needed("name", &self.name)?,
            first_name: at.form.needed("first_name", &self.first_name)?,
            born: at.form.day(&self.born, NaiveDate::MIN)?,
            document: at.form.chosen("document", &self.document)?,
            document_number: at.form.needed("document_number", &self.document_number)?,
        };
        if self.born.trim().is_empty() {
            return Err(Refusal::Missing { field: "born" }.into());
        }
        is_signed(&self.signature)?;
        let waits = house(at.work.tx)?.identity.gold_waits.trim().parse().unwrap_or(0);
        let personal = at.personal("", &self.signature);
        papers::buy(at.work, &at.dossier, seller, waits, &personal).map(Some)
    }
}
