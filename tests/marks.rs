//! Words of their own in every field that a person types into: where one of them is found, it is known what was typed.

use atelier_core::counter::Action;
use serde_json::Value;

/// The fields of actions that people type words into, by their names in an action.
const TYPED: &[&str] = &[
    "address",
    "carrier",
    "city",
    "condition",
    "dates",
    "decided",
    "description",
    "finger",
    "holder",
    "intro",
    "item",
    "items",
    "name",
    "note",
    "phone",
    "preferences",
    "reason",
    "reference",
    "registered",
    "second_contact",
    "sizes",
    "stamp",
    "street",
    "tested",
    "text",
    "tracking",
    "wish",
    "words",
    "email",
    "postcode",
];
/// Other texts of actions: of closed vocabularies, ids, days, figures, places of photos, and the house's own.
const CLOSED: &[&str] = &[
    "do",
    "id",
    "project",
    "client",
    "piece",
    "case",
    "step",
    "kind",
    "language",
    "country",
    "vat_number",
    "envelope",
    "declared_value",
    "role",
    "gem",
    "gravity",
    "weighed",
    "cut",
    "length",
    "width",
    "depth",
    "girdle",
    "title",
    "gross",
    "mounted",
    "other",
    "fee",
    "fee_method",
    "consent",
    "at",
    "draft",
    "day",
    "unit",
    "euro",
    "source",
    "quantity",
    "unit_price",
    "vat",
    "valid_until",
    "days_min",
    "days_max",
    "price",
    "method",
    "amount",
    "how",
    "contract",
    "concluded",
    "delivered_to",
    "label",
    "paper",
    "photo",
    "answer",
    "channel",
    "time",
    "file",
    "rma",
    "seal",
    "outcome",
    "handling",
    "loss",
    "cause",
    "complete",
    "photos",
    "due",
    "remedy",
    "tried",
    "agreed",
    "right",
    "profile",
    "legal_name",
    "enterprise_number",
    "website",
    "iban",
    "bic",
    "insured",
    "code_line",
    "colour",
    "logo",
    "languages",
    "staff",
    "first",
    "last",
    "fate",
    "place",
    "components",
    "version",
    "correct",
    "fact",
    "value",
    "shipping",
    "what",
    "deposit_paid",
    "paid",
    "possession",
    "shipped",
    "ordered",
    "informed",
    "vat_pct",
    "made",
    "house",
    "ask",
    "kept",
    "gone",
    "delivery",
    "drawings",
    "percent",
];

/// The word of a number, in lower case: such a word is nothing that anybody else writes.
fn word(number: usize) -> String {
    let letters = [number / 676 % 26, number / 26 % 26, number % 26];
    letters.iter().fold("zqx".to_owned(), |word, &letter| {
        word + &char::from(b'a' + u8::try_from(letter).expect("a letter")).to_string()
    })
}

/// The action with a word of its own in each field that words are typed into, and the words with the names of their fields.
///
/// # Panics
/// Where it has a text nobody knows to be typed or closed: a new field belongs into one of the lists.
#[must_use]
pub fn marked(action: &Action, so_far: usize) -> (Action, Vec<(String, String)>) {
    let mut value = serde_json::to_value(action).expect("an action");
    let done = value["do"].as_str().unwrap_or_default().to_owned();
    let mut marks = Vec::new();
    if ![
        "set-up-house",
        "note-gold-price",
        "edit-house",
        "change-terms",
        "close-days",
    ]
    .contains(&done.as_str())
    {
        mark(&mut value, "", so_far, &mut marks);
    }
    let mut after: Action = serde_json::from_value(value.clone()).unwrap_or_else(|why| panic!("{value}: {why}"));
    // Bytes come beside their action.
    if let (
        Action::KeepPhoto { bytes, .. } | Action::KeepFile { bytes, .. },
        Action::KeepPhoto { bytes: given, .. } | Action::KeepFile { bytes: given, .. },
    ) = (&mut after, action)
    {
        bytes.clone_from(given);
    }
    (after, marks)
}

fn mark(value: &mut Value, key: &str, so_far: usize, marks: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            // Why production stands still is chosen from a list, and in what condition a piece comes back.
            let (suspends, inspects) = (
                map.get("step") == Some(&"suspend".into()),
                map.get("step") == Some(&"inspect".into()),
            );
            for (key, inner) in map.iter_mut() {
                // A question is answered by closed words, days and figures.
                if !(suspends && key == "reason" || inspects && key == "condition" || key == "fields") {
                    mark(inner, key, so_far, marks);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mark(item, key, so_far, marks)),
        Value::String(text) if TYPED.contains(&key) => {
            let word = word(so_far + marks.len());
            *text = match key {
                "email" => format!("{word}@example.be"),
                "phone" | "postcode" => return,
                _ => word.clone(),
            };
            marks.push((word, key.to_owned()));
        }
        Value::String(text) => assert!(CLOSED.contains(&key) || text.is_empty(), "is {key} typed? {text:?}"),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
