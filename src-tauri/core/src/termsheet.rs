//! A house's terms as a sheet: every clause spread into fields that are typed, and read back from them.
//!
//! [`CLAUSES`] is the whole of it: which clauses there are, in which group, and what each holds. A test holds it against
//! [`Terms`], so that a clause more in the data is a clause more on the page.

use crate::form::Reader;
use crate::money::Money;
use crate::number::plain;
use crate::refusal::Refusal;
use crate::terms::{
    ClientKind, Concluded, Condition, Consent, CountedFrom, DataRight, DayUnit, Deduction, Exception, ForceMajeure,
    Inspector, Made, Method, Need, OthersWork, Region, Resizing, ShippingRefunded, Terms, Told, WhenLate, WindowFrom,
};
use crate::vocabulary::{Vocabulary as _, Words};
use crate::words::Language;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What a clause, or a part of one, holds.
pub enum Holds {
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
    Group(&'static [(&'static str, Holds)]),
    /// One of these words, some with a part of their own.
    Either(Words, &'static [(&'static str, Holds)]),
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
const DAYS: Holds = Holds::Count("unit-days");
const RANGE: Holds = Holds::Group(&[("min", DAYS), ("max", DAYS)]);
const BUSINESS_DAYS: Holds = Holds::Count("unit-business-days");
const BUSINESS_RANGE: Holds = Holds::Group(&[("min", BUSINESS_DAYS), ("max", BUSINESS_DAYS)]);

/// A group of clauses: its name, and each clause with what it holds.
pub type Group = (&'static str, &'static [(&'static str, Holds)]);

/// Every clause of a house's terms, grouped as a jeweller thinks.
pub const CLAUSES: [Group; 8] = [
    (
        "orders",
        &[
            ("sells_to", Holds::Choices(ClientKind::WORDS)),
            ("acceptance_needed", Holds::YesNo),
            ("countries", Holds::Countries),
            ("home_address_only", Holds::YesNo),
            ("prices_include_vat", Holds::YesNo),
            ("price_error_answer_days", DAYS),
            ("supplier_prices_passed_on", Holds::YesNo),
            ("proof_of_payment_binds", Holds::YesNo),
            ("consents", Holds::Choices(Consent::WORDS)),
        ],
    ),
    (
        "redesign",
        &[
            ("diamond_from_ct", Holds::Carats),
            ("coloured_from_ct", Holds::Carats),
            ("reusable_titles", Holds::Titles),
            ("valuation_fee_from", Holds::Money),
            ("valuation_fee_deducted", Holds::YesNo),
            ("repolish_from", Holds::Money),
            ("others_work", Holds::Choice(OthersWork::WORDS)),
        ],
    ),
    (
        "production",
        &[
            ("window", BUSINESS_RANGE),
            ("window_from", Holds::Choice(WindowFrom::WORDS)),
            (
                "in_stock",
                Holds::Group(&[("min", DAYS), ("max", DAYS), ("unit", Holds::Choice(DayUnit::WORDS))]),
            ),
            (
                "out_of_stock_weeks",
                Holds::Group(&[("min", Holds::Count("unit-weeks")), ("max", Holds::Count("unit-weeks"))]),
            ),
            ("day_guaranteed", Holds::YesNo),
            ("late", Holds::Choice(WhenLate::WORDS)),
            ("force_majeure", Holds::Choice(ForceMajeure::WORDS)),
        ],
    ),
    (
        "payment",
        &[
            ("methods", Holds::Choices(Method::WORDS)),
            ("cash_limit", Holds::Money),
            (
                "deposit",
                Holds::Group(&[
                    ("tailor_made", Holds::Percent),
                    ("redesign", Holds::Percent),
                    ("made_to_order", Holds::Percent),
                    ("stock", Holds::Percent),
                    ("on_full_price", Holds::YesNo),
                ]),
            ),
            ("deposit_kept", Holds::YesNo),
            ("balance_before_delivery", Holds::YesNo),
            ("title_until_paid", Holds::YesNo),
        ],
    ),
    (
        "delivery",
        &[
            ("days_at_most", DAYS),
            ("carriers", Holds::Texts),
            ("free_from", Holds::Money),
            ("fee", Holds::Money),
            ("house_bears_transit_risk", Holds::YesNo),
            ("risk_at_possession", Holds::YesNo),
            ("duties_on_client", Holds::YesNo),
            ("open_before_carrier", Holds::YesNo),
            ("damage_report_days", RANGE),
        ],
    ),
    (
        "returns",
        &[
            ("request_assessed", Holds::YesNo),
            ("own_form_wording", Holds::YesNo),
            ("statutory_days", DAYS),
            ("only_listed", Holds::YesNo),
            ("excluded", Holds::Choices(Made::WORDS)),
            (
                "window",
                Holds::Group(&[
                    ("days", DAYS),
                    ("from", Holds::Choice(CountedFrom::WORDS)),
                    ("clients", Holds::Choices(ClientKind::WORDS)),
                    ("concluded", Holds::Choices(Concluded::WORDS)),
                    ("made", Holds::Choices(Made::WORDS)),
                    ("conditions", Holds::Choices(Condition::WORDS)),
                    ("back_by", Holds::Either(BACK_BY, &[("arrived-within", DAYS)])),
                    ("deduction", Holds::Choice(Deduction::WORDS)),
                ]),
            ),
            ("needs", Holds::Choices(Need::WORDS)),
            ("rma_needed", Holds::YesNo),
            ("carrier_collects", Holds::YesNo),
            ("client_pays_return", Holds::YesNo),
            ("label_cost_deducted", Holds::YesNo),
            ("returned_goods_mark", Holds::YesNo),
            ("customs_recharged", Holds::YesNo),
            ("own_carrier_allowed", Holds::YesNo),
            ("house_pays_at_fault", Holds::YesNo),
            ("send_back_days", DAYS),
            ("inspection", BUSINESS_RANGE),
            ("inspected_by", Holds::Choice(Inspector::WORDS)),
            ("inspection_told", Holds::Choices(Told::WORDS)),
            ("no_refund_if_used", Holds::YesNo),
            ("used_sent_back", Holds::YesNo),
            ("outbound_shipping_refunded", Holds::Choice(ShippingRefunded::WORDS)),
            (
                "refund_promise",
                Holds::Group(&[("days", DAYS), ("unit", Holds::Choice(DayUnit::WORDS))]),
            ),
            ("refund_days", DAYS),
            ("same_means", Holds::YesNo),
            (
                "cancellation",
                Holds::Either(
                    CANCELLATION,
                    &[(
                        "fee",
                        Holds::Group(&[("percent", Holds::Percent), ("made", Holds::Choices(Made::WORDS))]),
                    )],
                ),
            ),
            (
                "exchange",
                Holds::Group(&[("offered", Holds::YesNo), ("final_sale", Holds::YesNo)]),
            ),
            ("store_credit", Holds::YesNo),
            ("regions", Holds::Choices(Region::WORDS)),
        ],
    ),
    (
        "warranty",
        &[
            ("legal_years", Holds::Count("unit-years")),
            ("notice_days", DAYS),
            ("exceptions", Holds::Choices(Exception::WORDS)),
            ("commercial", Holds::YesNo),
            (
                "lifetime",
                Holds::Group(&[
                    ("void_if", Holds::Choices(Condition::WORDS)),
                    ("excludes", Holds::Choices(Exception::WORDS)),
                    ("receipt_needed", Holds::YesNo),
                ]),
            ),
            ("resizing", Holds::Choice(Resizing::WORDS)),
        ],
    ),
    (
        "privacy",
        &[
            ("rights", Holds::Choices(DataRight::WORDS)),
            ("answer_days", DAYS),
            ("law", Holds::Text),
            ("court", Holds::Text),
            ("mediation_within_months", Holds::Count("unit-months")),
            ("odr_platform", Holds::YesNo),
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
pub fn fields(holds: &'static Holds) -> Vec<Field> {
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
    holds: &'static Holds,
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
        Holds::YesNo => field("yes-no", "", None),
        Holds::Count(unit) => field("figure", unit, None),
        Holds::Percent => field("figure", "%", None),
        Holds::Money => field("figure", "EUR", None),
        Holds::Carats => field("figure", "ct", None),
        Holds::Text | Holds::Texts | Holds::Countries | Holds::Titles => field("text", "", None),
        Holds::Choice(words) => field("choice", "", Some(*words)),
        Holds::Choices(words) => field("choices", "", Some(*words)),
        Holds::Group(parts) => {
            for (part, holds) in *parts {
                spread_fields(holds, &below(path, part), part, when.clone(), found);
            }
        }
        Holds::Either(words, parts) => {
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

fn spread(holds: &Holds, value: &Value, path: &str, language: Language, fields: &mut BTreeMap<String, Vec<String>>) {
    let typed = match holds {
        Holds::YesNo => vec![if value == &Value::Bool(true) { "yes" } else { "no" }.to_owned()],
        Holds::Count(_) | Holds::Percent | Holds::Money | Holds::Carats => vec![figure(language, value)],
        Holds::Text | Holds::Choice(_) => vec![value.as_str().unwrap_or_default().to_owned()],
        Holds::Texts | Holds::Countries | Holds::Titles => vec![list(value).join(", ")],
        Holds::Choices(_) => list(value),
        Holds::Group(parts) => {
            for (part, holds) in *parts {
                spread(holds, &value[*part], &below(path, part), language, fields);
            }
            return;
        }
        Holds::Either(_, parts) => {
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

fn clause(holds: &Holds, typed: &ClauseForm, reader: &mut Reader) -> Option<Value> {
    let article = typed.article.trim();
    if article.is_empty() || article.chars().count() > 120 {
        reader.refuse("article", Refusal::Missing { field: "article" });
    }
    let says = gather(holds, typed, "", "value", reader)?;
    Some(json!({ "says": says, "article": article }))
}

fn gather(holds: &Holds, typed: &ClauseForm, path: &str, name: &'static str, reader: &mut Reader) -> Option<Value> {
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
        Holds::YesNo => match text {
            "yes" => Some(json!(true)),
            "no" => Some(json!(false)),
            _ => missing(reader),
        },
        Holds::Count(_) => {
            let count = number(0, Decimal::ZERO, Decimal::from(3660), reader)?;
            u32::try_from(count).ok().map(|count| json!(count))
        }
        Holds::Percent => {
            number(2, Decimal::ZERO, Decimal::ONE_HUNDRED, reader).map(|share| json!(share.normalize().to_string()))
        }
        Holds::Money => {
            let euro = number(2, Decimal::ZERO, Decimal::from(9_999_999), reader)?;
            Money::half_up(euro).map(|money| json!(money))
        }
        Holds::Carats => {
            number(3, Decimal::new(1, 3), Decimal::from(1000), reader).map(|carats| json!(carats.to_string()))
        }
        Holds::Text if text.is_empty() || text.chars().count() > 120 => missing(reader),
        Holds::Text => Some(json!(text)),
        Holds::Texts => {
            let texts: Vec<&str> = text.split(',').map(str::trim).filter(|text| !text.is_empty()).collect();
            if texts.is_empty() {
                missing(reader)
            } else {
                Some(json!(texts))
            }
        }
        Holds::Countries => {
            let codes: Vec<String> = text.split(',').map(|code| code.trim().to_uppercase()).collect();
            let sound = codes
                .iter()
                .all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()));
            if sound { Some(json!(codes)) } else { missing(reader) }
        }
        Holds::Titles => {
            let titles: Option<Vec<u16>> = text
                .split(',')
                .map(|title| title.trim().parse().ok().filter(|title| (1..=999).contains(title)))
                .collect();
            match titles {
                Some(titles) => Some(json!(titles)),
                None => missing(reader),
            }
        }
        Holds::Choice(words) => match words.all.iter().find(|word| **word == text) {
            Some(word) => Some(json!(word)),
            None => missing(reader),
        },
        Holds::Choices(words) => {
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
        Holds::Group(parts) => {
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
        Holds::Either(words, parts) => match (
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
fn said(holds: &Holds, value: &Value, language: Language) -> String {
    let word = |words: &Words, word: &str| language.word(&words.key(word));
    let decimal = || value.as_str().and_then(|text| plain(text, 4).ok()).unwrap_or_default();
    match holds {
        Holds::YesNo => language.word(if value == &Value::Bool(true) { "ui-yes" } else { "ui-no" }),
        Holds::Count(unit) => format!("{value}\u{a0}{}", language.word(unit)),
        Holds::Percent => format!("{}\u{a0}%", language.number(decimal())),
        Holds::Money => Money::half_up(decimal()).map_or_else(String::new, |money| language.money(money)),
        Holds::Carats => language.carats(decimal()),
        Holds::Text => value.as_str().unwrap_or_default().to_owned(),
        Holds::Texts | Holds::Countries | Holds::Titles => list(value).join(", "),
        Holds::Choice(words) => word(words, value.as_str().unwrap_or_default()),
        Holds::Choices(words) if list(value).len() == words.all.len() => language.word("terms-all"),
        Holds::Choices(words) => list(value)
            .iter()
            .map(|item| word(words, item))
            .collect::<Vec<_>>()
            .join(", "),
        Holds::Group(parts) if parts.len() == 2 && value.get("days").is_some() => {
            format!(
                "{}\u{a0}{}",
                value["days"],
                word(&DayUnit::WORDS, value["unit"].as_str().unwrap_or_default())
            )
        }
        Holds::Group(parts) => match (value.get("min"), value.get("max")) {
            (Some(min), Some(max)) => {
                let unit = value
                    .get("unit")
                    .and_then(Value::as_str)
                    .map(|unit| word(&DayUnit::WORDS, unit))
                    .or_else(|| match parts.first() {
                        Some((_, Holds::Count(unit))) => Some(language.word(unit)),
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
                let part = |(name, holds): &(&str, Holds)| {
                    format!(
                        "{}: {}",
                        language.word(&format!("asked-{name}")),
                        said(holds, &value[*name], language)
                    )
                };
                parts.iter().map(part).collect::<Vec<_>>().join("; ")
            }
        },
        Holds::Either(words, parts) => {
            let way = way_of(value);
            match parts.iter().find(|(name, _)| *name == way) {
                Some((_, holds)) => format!("{} ({})", word(words, way), said(holds, &value[way], language)),
                None => word(words, way),
            }
        }
    }
}
