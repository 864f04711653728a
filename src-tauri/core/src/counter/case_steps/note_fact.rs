//! A fact is learned or corrected.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::view::OptionView;
use crate::house::Role;
use crate::refusal::Refusal;
use crate::store::Done;
use crate::terms::Made;
use crate::vocabulary::Vocabulary;
use crate::words::Language;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

/// A fact is learned or corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct NoteFact {
    pub fact: String,
    pub value: String,
    pub reason: String,
}

impl Taken for NoteFact {
    const NAME: &'static str = "note-fact";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "facts";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.file.case.kind.is_work() {
            return None;
        }
        let facts = FACTS.iter().map(|fact| OptionView {
            value: (*fact).to_owned(),
            text: look.desk.language.label("said", fact),
        });
        let fields = vec![
            look.desk
                .step_field("fact", "choice", facts.collect(), FACTS[0].to_owned()),
            look.desk.empty_field("value", "text"),
            look.desk.empty_field("reason", "long"),
        ];
        Some(Offer::of(look.file.is_open(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.is_open()?;
        let reason = at.form.needed("reason", &self.reason)?;
        let typed = self.value.as_str();
        let value = match self.fact.as_str() {
            "notice" | "informed" | "shipped" | "possession" | "found" if typed.trim().is_empty() => Value::Null,
            "notice" | "informed" | "shipped" | "possession" | "found" => {
                json!(at.form.read(|form| form.day("value", typed))?.to_string())
            }
            "price" | "paid" | "shipping_paid" | "standard_shipping" | "customs_charged" => {
                json!(at.form.amount("value", typed)?.wire())
            }
            "restocking_pct" => json!(
                at.form
                    .read(|form| form.at_most("value", typed, 2, Decimal::ONE_HUNDRED))?
                    .normalize()
                    .to_string()
            ),
            "made" => json!(made(typed)?.name()),
            "size" if typed.trim().is_empty() => Value::Null,
            "size" => {
                let size = at
                    .form
                    .read(|form| form.at_most("value", typed, 0, crate::desk::MOST_SIZE.into()))?;
                json!(size.to_u32())
            }
            "restockable" => json!(["yes", "ja", "oui", "true"].contains(&typed.trim().to_lowercase().as_str())),
            _ => return Err(Refusal::Missing { field: "fact" }.into()),
        };
        at.learns(&self.fact, value, reason)?;
        Ok(None)
    }
}

/// The facts of a case that can be learned later.
const FACTS: [&str; 14] = [
    "notice",
    "informed",
    "shipped",
    "possession",
    "found",
    "price",
    "paid",
    "shipping_paid",
    "standard_shipping",
    "customs_charged",
    "made",
    "size",
    "restockable",
    "restocking_pct",
];

/// How a piece was made, by its word or as it is said in any language.
fn made(typed: &str) -> Result<Made, Refusal> {
    let wanted = typed.trim().to_lowercase();
    let said = |known: Made| {
        Language::ALL
            .iter()
            .any(|language| language.word(&known.word()).to_lowercase() == wanted)
    };
    let mut all = Made::ALL.iter().copied();
    all.find(|known| known.name() == wanted || said(*known))
        .ok_or(Refusal::Missing { field: "value" })
}
