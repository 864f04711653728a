//! A house's terms as a sheet: every clause spread into fields that are typed, and read back from them.
//!
//! [`CLAUSES`] is the whole of it: which clauses there are, in which group, and what each holds. A test holds it against
//! [`Terms`], so that a clause more in the data is a clause more on the page.

use crate::form::Reader;
use crate::money::Money;
use crate::number::plain;
use crate::refusal::Refusal;
use crate::terms::{
    ClientKind, Concluded, Condition, Consent, CountedFrom, DataRight, DayUnit, Exception, ForceMajeure, Inspector,
    Made, Method, Need, OthersWork, Region, Resizing, ReturnDeduction, ShippingRefunded, Terms, Told, WhenLate,
    WindowFrom,
};
use crate::vocabulary::{Vocabulary as _, Words};
use crate::words::Language;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What a clause, or a part of one, holds.
pub enum ClauseHolds {
    /// Yes or no.
    YesNo,
    /// A whole number, of a unit said by that word.
    Count(&'static str),
    /// A share.
    Percent,
    /// An amount in euro.
    Money,
    /// A weight of stones.
    Carats,
    /// Free text.
    Text,
    /// Texts, separated by commas.
    Texts,
    /// Countries by two letters, separated by commas.
    Countries,
    /// Titles of gold, separated by commas.
    Titles,
    /// One of these words.
    Choice(Words),
    /// Some of these words.
    Choices(Words),
    /// Parts by name.
    Group(&'static [(&'static str, ClauseHolds)]),
    /// One of these words, some with a part of their own.
    Either(Words, &'static [(&'static str, ClauseHolds)]),
}

/// By when a piece goes back: [`crate::terms::BackBy`].
const BACK_BY: Words = Words {
    family: "back-by",
    all: &["window-end", "arrived-within"],
};
/// What follows when an order is cancelled: [`crate::terms::Cancellation`].
const CANCELLATION: Words = Words {
    family: "cancellation",
    all: &["never", "deposit-kept", "fee"],
};
const DAYS: ClauseHolds = ClauseHolds::Count("unit-days");
const RANGE: ClauseHolds = ClauseHolds::Group(&[("min", DAYS), ("max", DAYS)]);
const BUSINESS_DAYS: ClauseHolds = ClauseHolds::Count("unit-business-days");
const SIZE: ClauseHolds = ClauseHolds::Count("unit-size");
const SIZES: ClauseHolds = ClauseHolds::Group(&[("min", SIZE), ("max", SIZE)]);
const BUSINESS_RANGE: ClauseHolds = ClauseHolds::Group(&[("min", BUSINESS_DAYS), ("max", BUSINESS_DAYS)]);

/// A group of clauses: its name, and each clause with what it holds.
pub type Group = (&'static str, &'static [(&'static str, ClauseHolds)]);

/// Every clause of a house's terms, grouped as a jeweller thinks.
pub const CLAUSES: [Group; 8] = [
    (
        "orders",
        &[
            ("sells_to", ClauseHolds::Choices(ClientKind::WORDS)),
            ("acceptance_needed", ClauseHolds::YesNo),
            ("countries", ClauseHolds::Countries),
            ("home_address_only", ClauseHolds::YesNo),
            ("prices_include_vat", ClauseHolds::YesNo),
            ("price_error_answer_days", DAYS),
            ("supplier_prices_passed_on", ClauseHolds::YesNo),
            ("proof_of_payment_binds", ClauseHolds::YesNo),
            ("consents", ClauseHolds::Choices(Consent::WORDS)),
            ("size_quality_accepted", ClauseHolds::YesNo),
            ("alternative_if_unavailable", ClauseHolds::YesNo),
            ("may_refuse_orders", ClauseHolds::YesNo),
            ("unique_stones", ClauseHolds::YesNo),
            ("indicative_measures", ClauseHolds::YesNo),
            ("equal_substitutions", ClauseHolds::YesNo),
            ("notices_to_address", ClauseHolds::YesNo),
        ],
    ),
    (
        "redesign",
        &[
            ("diamond_from_ct", ClauseHolds::Carats),
            ("coloured_from_ct", ClauseHolds::Carats),
            ("reusable_titles", ClauseHolds::Titles),
            ("valuation_fee_from", ClauseHolds::Money),
            ("valuation_fee_deducted", ClauseHolds::YesNo),
            ("repolish_from", ClauseHolds::Money),
            ("others_work", ClauseHolds::Choice(OthersWork::WORDS)),
            ("sketches_used_by_house", ClauseHolds::YesNo),
            ("no_reproduction", ClauseHolds::YesNo),
            ("no_transfer", ClauseHolds::YesNo),
            ("no_liability_for_materials", ClauseHolds::YesNo),
            ("no_compensation_for_loss", ClauseHolds::YesNo),
        ],
    ),
    (
        "production",
        &[
            ("window", BUSINESS_RANGE),
            ("window_from", ClauseHolds::Choice(WindowFrom::WORDS)),
            (
                "in_stock",
                ClauseHolds::Group(&[
                    ("min", DAYS),
                    ("max", DAYS),
                    ("unit", ClauseHolds::Choice(DayUnit::WORDS)),
                ]),
            ),
            (
                "out_of_stock_weeks",
                ClauseHolds::Group(&[
                    ("min", ClauseHolds::Count("unit-weeks")),
                    ("max", ClauseHolds::Count("unit-weeks")),
                ]),
            ),
            ("day_guaranteed", ClauseHolds::YesNo),
            ("late", ClauseHolds::Choice(WhenLate::WORDS)),
            ("force_majeure", ClauseHolds::Choice(ForceMajeure::WORDS)),
            ("customs_delay_not_counted", ClauseHolds::YesNo),
        ],
    ),
    (
        "payment",
        &[
            ("methods", ClauseHolds::Choices(Method::WORDS)),
            ("cash_limit", ClauseHolds::Money),
            (
                "deposit",
                ClauseHolds::Group(&[
                    ("tailor_made", ClauseHolds::Percent),
                    ("redesign", ClauseHolds::Percent),
                    ("made_to_order", ClauseHolds::Percent),
                    ("stock", ClauseHolds::Percent),
                    ("on_full_price", ClauseHolds::YesNo),
                ]),
            ),
            ("deposit_kept", ClauseHolds::YesNo),
            ("balance_before_delivery", ClauseHolds::YesNo),
            ("title_until_paid", ClauseHolds::YesNo),
            ("card_countries", ClauseHolds::Countries),
        ],
    ),
    (
        "delivery",
        &[
            ("days_at_most", DAYS),
            ("carriers", ClauseHolds::Texts),
            ("free_from", ClauseHolds::Money),
            ("fee", ClauseHolds::Money),
            ("house_bears_transit_risk", ClauseHolds::YesNo),
            ("risk_at_possession", ClauseHolds::YesNo),
            ("duties_on_client", ClauseHolds::YesNo),
            ("open_before_carrier", ClauseHolds::YesNo),
            ("damage_report_days", RANGE),
            ("told_when_shipped", ClauseHolds::Choices(Told::WORDS)),
            ("tax_number_asked", ClauseHolds::YesNo),
        ],
    ),
    (
        "returns",
        &[
            ("request_assessed", ClauseHolds::YesNo),
            ("own_form_wording", ClauseHolds::YesNo),
            ("statutory_days", DAYS),
            ("only_listed", ClauseHolds::YesNo),
            ("excluded", ClauseHolds::Choices(Made::WORDS)),
            ("excluded_sizes", SIZES),
            (
                "window",
                ClauseHolds::Group(&[
                    ("days", DAYS),
                    ("from", ClauseHolds::Choice(CountedFrom::WORDS)),
                    ("clients", ClauseHolds::Choices(ClientKind::WORDS)),
                    ("concluded", ClauseHolds::Choices(Concluded::WORDS)),
                    ("made", ClauseHolds::Choices(Made::WORDS)),
                    ("conditions", ClauseHolds::Choices(Condition::WORDS)),
                    ("back_by", ClauseHolds::Either(BACK_BY, &[("arrived-within", DAYS)])),
                    ("deduction", ClauseHolds::Choice(ReturnDeduction::WORDS)),
                ]),
            ),
            ("needs", ClauseHolds::Choices(Need::WORDS)),
            ("rma_needed", ClauseHolds::YesNo),
            ("carrier_collects", ClauseHolds::YesNo),
            ("client_pays_return", ClauseHolds::YesNo),
            ("label_cost_deducted", ClauseHolds::YesNo),
            ("returned_goods_mark", ClauseHolds::YesNo),
            ("customs_recharged", ClauseHolds::YesNo),
            ("own_carrier_allowed", ClauseHolds::YesNo),
            ("house_pays_at_fault", ClauseHolds::YesNo),
            ("send_back_days", DAYS),
            ("inspection", BUSINESS_RANGE),
            ("inspected_by", ClauseHolds::Choice(Inspector::WORDS)),
            ("inspection_told", ClauseHolds::Choices(Told::WORDS)),
            ("no_refund_if_used", ClauseHolds::YesNo),
            ("used_sent_back", ClauseHolds::YesNo),
            (
                "outbound_shipping_refunded",
                ClauseHolds::Choice(ShippingRefunded::WORDS),
            ),
            (
                "refund_promise",
                ClauseHolds::Group(&[("days", DAYS), ("unit", ClauseHolds::Choice(DayUnit::WORDS))]),
            ),
            ("refund_days", DAYS),
            ("same_means", ClauseHolds::YesNo),
            (
                "cancellation",
                ClauseHolds::Either(
                    CANCELLATION,
                    &[(
                        "fee",
                        ClauseHolds::Group(&[
                            ("percent", ClauseHolds::Percent),
                            ("made", ClauseHolds::Choices(Made::WORDS)),
                            ("with_vat", ClauseHolds::YesNo),
                        ]),
                    )],
                ),
            ),
            (
                "exchange",
                ClauseHolds::Group(&[("offered", ClauseHolds::YesNo), ("final_sale", ClauseHolds::YesNo)]),
            ),
            ("store_credit", ClauseHolds::YesNo),
            ("regions", ClauseHolds::Choices(Region::WORDS)),
            ("return_carriers", ClauseHolds::Texts),
            ("return_risk_on_client", ClauseHolds::YesNo),
            ("reject_unfit", ClauseHolds::YesNo),
        ],
    ),
    (
        "warranty",
        &[
            ("legal_years", ClauseHolds::Count("unit-years")),
            ("notice_days", DAYS),
            ("exceptions", ClauseHolds::Choices(Exception::WORDS)),
            ("commercial", ClauseHolds::YesNo),
            (
                "lifetime",
                ClauseHolds::Group(&[
                    ("void_if", ClauseHolds::Choices(Condition::WORDS)),
                    ("excludes", ClauseHolds::Choices(Exception::WORDS)),
                    ("receipt_needed", ClauseHolds::YesNo),
                ]),
            ),
            ("resizing", ClauseHolds::Choice(Resizing::WORDS)),
            ("known_defects_excluded", ClauseHolds::YesNo),
            ("liability_to_price", ClauseHolds::YesNo),
        ],
    ),
    (
        "privacy",
        &[
            ("rights", ClauseHolds::Choices(DataRight::WORDS)),
            ("answer_days", DAYS),
            ("law", ClauseHolds::Text),
            ("court", ClauseHolds::Text),
            ("mediation_within_months", ClauseHolds::Count("unit-months")),
            ("odr_platform", ClauseHolds::YesNo),
            ("marketing_objection", ClauseHolds::YesNo),
            ("proof_of_identity", ClauseHolds::YesNo),
        ],
    ),
];

/// A clause as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ClauseForm {
    /// Whether the house says anything on the point.
    pub says: bool,
    /// The article it stands in.
    pub article: String,
    /// What was typed or chosen, by the path of the field; the field of a simple clause has an empty path.
    pub fields: BTreeMap<String, Vec<String>>,
}

/// The terms as typed: each clause by its group and name, `payment.deposit`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TermsForm {
    /// The letters the house is cited by.
    pub short: String,
    /// The clauses.
    pub clauses: BTreeMap<String, ClauseForm>,
}

/// A field of a clause as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its path in the clause.
    pub path: String,
    /// Its name, a key of the words: `asked-{name}`; empty for a simple clause.
    pub name: &'static str,
    /// `yes-no`, `figure`, `choice`, `choices` or `text`.
    pub kind: &'static str,
    /// Its unit, a key of the words or a sign.
    pub unit: &'static str,
    /// The words it may hold.
    pub options: Option<Words>,
    /// The field and the word that make it needed.
    pub when: Option<(String, &'static str)>,
}

/// The fields of a clause.
#[must_use]
pub fn fields(holds: &'static ClauseHolds) -> Vec<Field> {
    let mut found = Vec::new();
    spread_fields(holds, "", "", None, &mut found);
    found
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn spread_fields(
    holds: &'static ClauseHolds,
    path: &str,
    name: &'static str,
    when: Option<(String, &'static str)>,
    found: &mut Vec<Field>,
) {
    let mut field = |kind, unit, options| {
        found.push(Field {
            path: path.to_owned(),
            name,
            kind,
            unit,
            options,
            when: when.clone(),
        })
    };
    match holds {
        ClauseHolds::YesNo => field("yes-no", "", None),
        ClauseHolds::Count(unit) => field("figure", unit, None),
        ClauseHolds::Percent => field("figure", "%", None),
        ClauseHolds::Money => field("figure", "EUR", None),
        ClauseHolds::Carats => field("figure", "ct", None),
        ClauseHolds::Text | ClauseHolds::Texts | ClauseHolds::Countries | ClauseHolds::Titles => {
            field("text", "", None)
        }
        ClauseHolds::Choice(words) => field("choice", "", Some(*words)),
        ClauseHolds::Choices(words) => field("choices", "", Some(*words)),
        ClauseHolds::Group(parts) => {
            for (part, holds) in *parts {
                spread_fields(holds, &below(path, part), part, when.clone(), found);
            }
        }
        ClauseHolds::Either(words, parts) => {
            field("choice", "", Some(*words));
            for (way, holds) in *parts {
                spread_fields(holds, &below(path, way), way, Some((path.to_owned(), way)), found);
            }
        }
    }
}

/// The terms as they are typed.
#[must_use]
pub fn typed(terms: &Terms, language: Language) -> TermsForm {
    let values = values(terms);
    let mut form = TermsForm {
        short: terms.short.clone(),
        clauses: BTreeMap::new(),
    };
    for (group, clauses) in &CLAUSES {
        for (name, holds) in *clauses {
            let clause = &values[*group][*name];
            let mut typed = ClauseForm::default();
            if let (Some(says), Some(article)) = (clause.get("says"), clause.get("article").and_then(Value::as_str)) {
                typed.says = true;
                article.clone_into(&mut typed.article);
                spread(holds, says, "", language, &mut typed.fields);
            }
            form.clauses.insert(format!("{group}.{name}"), typed);
        }
    }
    form
}

fn values(terms: &Terms) -> Value {
    serde_json::to_value(terms).unwrap_or_default()
}

/// A number as it is typed: without groups, with the language's decimal mark.
fn figure(language: Language, value: &Value) -> String {
    language.typed(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

fn list(value: &Value) -> Vec<String> {
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
        .collect()
}

fn spread(
    holds: &ClauseHolds,
    value: &Value,
    path: &str,
    language: Language,
    fields: &mut BTreeMap<String, Vec<String>>,
) {
    let typed = match holds {
        ClauseHolds::YesNo => vec![if value == &Value::Bool(true) { "yes" } else { "no" }.to_owned()],
        ClauseHolds::Count(_) | ClauseHolds::Percent | ClauseHolds::Money | ClauseHolds::Carats => {
            vec![figure(language, value)]
        }
        ClauseHolds::Text | ClauseHolds::Choice(_) => vec![value.as_str().unwrap_or_default().to_owned()],
        ClauseHolds::Texts | ClauseHolds::Countries | ClauseHolds::Titles => vec![list(value).join(", ")],
        ClauseHolds::Choices(_) => list(value),
        ClauseHolds::Group(parts) => {
            for (part, holds) in *parts {
                spread(holds, &value[*part], &below(path, part), language, fields);
            }
            return;
        }
        ClauseHolds::Either(_, parts) => {
            let way = way_of(value);
            if let Some((_, holds)) = parts.iter().find(|(name, _)| *name == way) {
                spread(holds, &value[way], &below(path, way), language, fields);
            }
            vec![way.to_owned()]
        }
    };
    fields.insert(path.to_owned(), typed);
}

/// Which of its words an `Either` says: alone, or as the one key over its part.
fn way_of(value: &Value) -> &str {
    value
        .as_str()
        .or_else(|| value.as_object()?.keys().next().map(String::as_str))
        .unwrap_or_default()
}

/// Terms as they were kept, with every clause that was not known then: silent. Adding a clause needs no migration.
#[must_use]
pub fn kept(mut body: Value) -> Option<Terms> {
    for (group, clauses) in &CLAUSES {
        let kept = body.get_mut(*group)?.as_object_mut()?;
        for (name, _) in *clauses {
            kept.entry(*name).or_insert_with(|| json!("silent"));
        }
    }
    serde_json::from_value(body).ok()
}

/// Reads typed terms; problems stand at `payment.deposit` and the path of the field below it.
#[must_use]
pub fn read(form: &TermsForm, reader: &mut Reader) -> Option<Terms> {
    let mut whole = Map::new();
    let short = form.short.trim();
    if short.is_empty() || short.chars().count() > 12 {
        reader.refuse("short", Refusal::Missing { field: "short" });
    }
    whole.insert("short".into(), json!(short));
    whole.insert("in_force".into(), Value::Null);
    let silent = ClauseForm::default();
    for (group, clauses) in &CLAUSES {
        let mut read_group = Map::new();
        for (name, holds) in *clauses {
            let key = format!("{group}.{name}");
            let typed = form.clauses.get(&key).unwrap_or(&silent);
            let value = if typed.says {
                reader.below(&key, |reader| clause(holds, typed, reader))
            } else {
                Some(json!("silent"))
            };
            read_group.insert((*name).into(), value.unwrap_or_else(|| json!("silent")));
        }
        whole.insert((*group).into(), Value::Object(read_group));
    }
    if !reader.problems.is_empty() {
        return None;
    }
    let terms = serde_json::from_value(Value::Object(whole)).ok();
    if terms.is_none() {
        reader.refuse("", Refusal::Implausible { field: "value" });
    }
    terms
}

fn clause(holds: &ClauseHolds, typed: &ClauseForm, reader: &mut Reader) -> Option<Value> {
    let article = typed.article.trim();
    if article.is_empty() || article.chars().count() > 120 {
        reader.refuse("article", Refusal::Missing { field: "article" });
    }
    let says = gather(holds, typed, "", "value", reader)?;
    Some(json!({ "says": says, "article": article }))
}

fn gather(
    holds: &ClauseHolds,
    typed: &ClauseForm,
    path: &str,
    name: &'static str,
    reader: &mut Reader,
) -> Option<Value> {
    let chosen = typed.fields.get(path).map_or(&[][..], Vec::as_slice);
    let text = chosen.first().map_or("", String::as_str).trim();
    let missing = |reader: &mut Reader| {
        reader.refuse(path, Refusal::Missing { field: name });
        None
    };
    // The reader names a problem by the word of the field, and places it by the path within the clause.
    let number = |decimals, least: Decimal, most: Decimal, reader: &mut Reader| -> Option<Decimal> {
        let mut own = Reader::default();
        let number = own.number(name, text, decimals);
        if let Some(number) = number.filter(|number| *number < least || *number > most) {
            let refusal = if number < least {
                Refusal::NotPositive { field: name }
            } else {
                Refusal::TooLarge { field: name }
            };
            own.refuse("", refusal);
        }
        let sound = own.problems.is_empty();
        for problem in own.problems {
            reader.refuse(path, problem.refusal);
        }
        number.filter(|_| sound)
    };
    match holds {
        ClauseHolds::YesNo => match text {
            "yes" => Some(json!(true)),
            "no" => Some(json!(false)),
            _ => missing(reader),
        },
        ClauseHolds::Count(_) => {
            let count = number(0, Decimal::ZERO, Decimal::from(3660), reader)?;
            u32::try_from(count).ok().map(|count| json!(count))
        }
        ClauseHolds::Percent => {
            number(2, Decimal::ZERO, Decimal::ONE_HUNDRED, reader).map(|share| json!(share.normalize().to_string()))
        }
        ClauseHolds::Money => {
            let euro = number(2, Decimal::ZERO, Decimal::from(9_999_999), reader)?;
            Money::half_up(euro).map(|money| json!(money))
        }
        ClauseHolds::Carats => {
            number(3, Decimal::new(1, 3), Decimal::from(1000), reader).map(|carats| json!(carats.to_string()))
        }
        ClauseHolds::Text if text.is_empty() || text.chars().count() > 120 => missing(reader),
        ClauseHolds::Text => Some(json!(text)),
        ClauseHolds::Texts => {
            let texts: Vec<&str> = text.split(',').map(str::trim).filter(|text| !text.is_empty()).collect();
            if texts.is_empty() {
                missing(reader)
            } else {
                Some(json!(texts))
            }
        }
        ClauseHolds::Countries => {
            let codes: Vec<String> = text.split(',').map(|code| code.trim().to_uppercase()).collect();
            let sound = codes
                .iter()
                .all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()));
            if sound { Some(json!(codes)) } else { missing(reader) }
        }
        ClauseHolds::Titles => {
            let titles: Option<Vec<u16>> = text
                .split(',')
                .map(|title| title.trim().parse().ok().filter(|title| (1..=999).contains(title)))
                .collect();
            match titles {
                Some(titles) => Some(json!(titles)),
                None => missing(reader),
            }
        }
        ClauseHolds::Choice(words) => match words.all.iter().find(|word| **word == text) {
            Some(word) => Some(json!(word)),
            None => missing(reader),
        },
        ClauseHolds::Choices(words) => {
            let said: Vec<&&str> = words
                .all
                .iter()
                .filter(|word| chosen.iter().any(|chosen| chosen == *word))
                .collect();
            if said.is_empty() {
                missing(reader)
            } else {
                Some(json!(said))
            }
        }
        ClauseHolds::Group(parts) => {
            let mut whole = Map::new();
            let mut sound = true;
            for (part, holds) in *parts {
                match gather(holds, typed, &below(path, part), part, reader) {
                    Some(value) => {
                        whole.insert((*part).into(), value);
                    }
                    None => sound = false,
                }
            }
            let count = |part: &str| whole.get(part).and_then(Value::as_u64);
            if count("min").zip(count("max")).is_some_and(|(min, max)| max < min) {
                reader.refuse(&below(path, "max"), Refusal::MostBelowLeast { field: "max" });
                sound = false;
            }
            sound.then_some(Value::Object(whole))
        }
        ClauseHolds::Either(words, parts) => match (
            words.all.iter().find(|word| **word == text),
            parts.iter().find(|(way, _)| *way == text),
        ) {
            (None, _) => missing(reader),
            (Some(word), None) => Some(json!(word)),
            (Some(_), Some((way, holds))) => {
                gather(holds, typed, &below(path, way), way, reader).map(|value| json!({ *way: value }))
            }
        },
    }
}

/// A clause as two sets of terms say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its group.
    pub group: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What each says; `None` where it is silent.
    pub says: Vec<Option<String>>,
    /// The article each says it in; empty where it is silent.
    pub articles: Vec<String>,
    /// Whether they differ in what they say.
    pub differs: bool,
}

/// The clauses of several sets of terms, side by side.
#[must_use]
pub fn compare(all: &[&Terms], language: Language) -> Vec<Row> {
    let all: Vec<Value> = all.iter().map(|terms| values(terms)).collect();
    let mut rows = Vec::new();
    for (group, clauses) in &CLAUSES {
        for (name, holds) in *clauses {
            let clauses: Vec<&Value> = all.iter().map(|terms| &terms[*group][*name]).collect();
            rows.push(Row {
                group,
                name,
                says: clauses
                    .iter()
                    .map(|clause| clause.get("says").map(|says| said(holds, says, language)))
                    .collect(),
                articles: clauses
                    .iter()
                    .map(|clause| {
                        clause
                            .get("article")
                            .and_then(Value::as_str)
                            .unwrap_or_default()
                            .to_owned()
                    })
                    .collect(),
                differs: clauses
                    .windows(2)
                    .any(|pair| pair[0].get("says") != pair[1].get("says")),
            });
        }
    }
    rows
}

/// What a clause says, in words.
fn said(holds: &ClauseHolds, value: &Value, language: Language) -> String {
    let word = |words: &Words, word: &str| language.word(&words.key(word));
    let decimal = || value.as_str().and_then(|text| plain(text, 4).ok()).unwrap_or_default();
    match holds {
        ClauseHolds::YesNo => language.word(if value == &Value::Bool(true) { "ui-yes" } else { "ui-no" }),
        ClauseHolds::Count(unit) => format!("{value}\u{a0}{}", language.word(unit)),
        ClauseHolds::Percent => format!("{}\u{a0}%", language.number(decimal())),
        ClauseHolds::Money => Money::half_up(decimal()).map_or_else(String::new, |money| language.money(money)),
        ClauseHolds::Carats => language.carats(decimal()),
        ClauseHolds::Text => value.as_str().unwrap_or_default().to_owned(),
        ClauseHolds::Texts | ClauseHolds::Countries | ClauseHolds::Titles => list(value).join(", "),
        ClauseHolds::Choice(words) => word(words, value.as_str().unwrap_or_default()),
        ClauseHolds::Choices(words) if list(value).len() == words.all.len() => language.word("terms-all"),
        ClauseHolds::Choices(words) => list(value)
            .iter()
            .map(|item| word(words, item))
            .collect::<Vec<_>>()
            .join(", "),
        ClauseHolds::Group(parts) if parts.len() == 2 && value.get("days").is_some() => {
            format!(
                "{}\u{a0}{}",
                value["days"],
                word(&DayUnit::WORDS, value["unit"].as_str().unwrap_or_default())
            )
        }
        ClauseHolds::Group(parts) => match (value.get("min"), value.get("max")) {
            (Some(min), Some(max)) => {
                let unit = value
                    .get("unit")
                    .and_then(Value::as_str)
                    .map(|unit| word(&DayUnit::WORDS, unit))
                    .or_else(|| match parts.first() {
                        Some((_, ClauseHolds::Count(unit))) => Some(language.word(unit)),
                        _ => None,
                    });
                let range = if min == max {
                    min.to_string()
                } else {
                    format!("{min}–{max}")
                };
                format!("{range}\u{a0}{}", unit.unwrap_or_default())
            }
            _ => {
                let part = |(name, holds): &(&str, ClauseHolds)| {
                    format!(
                        "{}: {}",
                        language.label("window", name),
                        said(holds, &value[*name], language)
                    )
                };
                parts.iter().map(part).collect::<Vec<_>>().join("; ")
            }
        },
        ClauseHolds::Either(words, parts) => {
            let way = way_of(value);
            match parts.iter().find(|(name, _)| *name == way) {
                Some((_, holds)) => format!("{} ({})", word(words, way), said(holds, &value[way], language)),
                None => word(words, way),
            }
        }
    }
}
