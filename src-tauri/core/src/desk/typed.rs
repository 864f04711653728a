//! A question as it is typed at a screen: which fields it needs now, what is wrong with them, and the question scripts
//! would put.
//!
//! The shapes of `shape.rs` say what each field holds. Here stands only when a field is *needed*, and what holds where
//! it is left empty, so that staff on the telephone fill in as little as the answer takes.

use super::Houses;
use super::shape::{self, Fault, Holds, Key, Presence};
use crate::form::{Problem, Reader};
use crate::house::Profile;
use crate::refusal::Refusal;
use crate::terms::{CountedFrom, Made, ReturnDeduction, ReturnWindow, Terms};
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// What an empty field means at this counter today.
#[derive(Debug, Clone, Default)]
pub struct Usual {
    /// The day it is.
    pub today: NaiveDate,
    /// The newest price of gold, in euro an ounce.
    pub eur_per_oz: Option<Decimal>,
    /// The house's deduction, in per cent.
    pub deduction_pct: Decimal,
    /// Whether the house's terms have more than one version.
    pub several_versions: bool,
}

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// Any text.
    Text,
    /// A number.
    Figure,
    /// A day.
    Day,
    /// Yes or no, `yes` or nothing.
    YesNo,
    /// One of these words.
    Choice(Vec<&'static str>),
}

/// A field as it stands on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, a key of the words: `asked-{name}`.
    pub name: &'static str,
    /// Where it stands in the form, `stones.0.gem`.
    pub path: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// What was typed.
    pub typed: String,
    /// What holds where nothing was typed; `None` where it must be filled in, an empty text where nothing is fine.
    pub usual: Option<String>,
}

/// Fields that belong together: the question's own, or one item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The list and the place in it; `None` for the question's own fields.
    pub item: Option<(&'static str, usize)>,
    /// The fields.
    pub fields: Vec<Field>,
}

/// A question typed so far.
pub struct Sheet {
    /// The fields it needs now.
    pub sections: Vec<Section>,
    /// Lists that can take another item.
    pub lists: Vec<&'static str>,
    /// What is wrong with what was typed.
    pub problems: Vec<Problem>,
    /// The question as scripts put it, once every field it needs is there.
    pub question: Option<Map<String, Value>>,
}

/// The kinds of question, as the desk shows them.
pub const KINDS: [&str; 9] = [
    "after-sales",
    "eligibility",
    "gold",
    "quote",
    "production",
    "exchange",
    "service",
    "delivery",
    "period",
];

/// Reads what was typed for a question of that kind, put to `house`; with `compare` the others are asked beside it, and a
/// field is needed as soon as one of them needs it.
#[must_use]
pub fn sheet(
    ask: &str,
    house: &str,
    form: &Map<String, Value>,
    usual: &Usual,
    houses: Houses<'_>,
    compare: bool,
) -> Option<Sheet> {
    let shape = shape::of(ask)?;
    let terms = houses.terms(house)?;
    let others = if compare { Profile::all() } else { &[] };
    let all = std::iter::once(terms)
        .chain(others.iter().map(|profile| &profile.terms))
        .collect();
    let mut reading = Reading {
        ask: shape.name,
        form,
        terms,
        all,
        usual,
        reader: Reader::default(),
        sections: vec![Section::default()],
        lists: Vec::new(),
        item: Map::new(),
    };
    let mut question = Map::new();
    question.insert("ask".into(), json!(shape.name));
    if shape.keys.iter().any(|key| key.name == "house") {
        question.insert("house".into(), json!(house));
    }
    let whole = reading.object(shape.keys, form, &mut question, &[]);
    let Reading {
        reader,
        sections,
        lists,
        ..
    } = reading;
    let question = (whole && reader.problems.is_empty()).then_some(question);
    Some(Sheet {
        sections,
        lists,
        problems: reader.problems,
        question,
    })
}

/// What is known of a question as it is typed in a language: the way back of [`sheet`]. Lists are not written.
#[must_use]
pub fn written(ask: &str, known: &Map<String, Value>, language: Language) -> Map<String, Value> {
    let keys = shape::of(ask).map_or(&[][..], |shape| shape.keys);
    let write = |key: &Key| {
        let value = known.get(key.name)?;
        let text = match (&key.holds, value) {
            (Holds::Bool, Value::Bool(true)) => "yes".to_owned(),
            (Holds::Day | Holds::DayOrNull, Value::String(day)) => language.short_day(day.parse().ok()?),
            (Holds::Decimal(_), Value::String(number)) => language.typed(number),
            (_, Value::String(word)) => word.clone(),
            _ => return None,
        };
        Some((key.name.to_owned(), Value::String(text)))
    };
    keys.iter().filter_map(write).collect()
}

/// The place of a fault in the form: `stones[0].gem` stands at `stones.0.gem`.
pub(super) fn place(fault: &Fault) -> String {
    fault.field.replace('[', ".").replace(']', "")
}

struct Reading<'a> {
    ask: &'static str,
    form: &'a Map<String, Value>,
    terms: &'a Terms,
    /// The terms of every house that is asked.
    all: Vec<&'a Terms>,
    usual: &'a Usual,
    reader: Reader,
    sections: Vec<Section>,
    lists: Vec<&'static str>,
    /// The item of a list that is being read.
    item: Map<String, Value>,
}

fn text<'a>(form: &'a Map<String, Value>, name: &str) -> &'a str {
    form.get(name).and_then(Value::as_str).unwrap_or_default().trim()
}

impl Reading<'_> {
    fn field(&mut self, name: &'static str, path: &[String], kind: FieldKind, typed: &str, usual: Option<String>) {
        let mut whole = path.to_vec();
        whole.push(name.to_owned());
        let field = Field {
            name,
            path: whole.join("."),
            kind,
            typed: typed.to_owned(),
            usual,
        };
        if let Some(section) = self.sections.last_mut() {
            section.fields.push(field);
        }
    }

    /// Reads the keys of an object; `false` when one that it needs is missing.
    fn object(
        &mut self,
        keys: &'static [Key],
        form: &Map<String, Value>,
        into: &mut Map<String, Value>,
        path: &[String],
    ) -> bool {
        let ways: Vec<&'static str> = keys
            .iter()
            .filter(|key| key.presence == Presence::OneOf)
            .map(|key| key.name)
            .collect();
        let chosen = ways
            .iter()
            .copied()
            .find(|way| *way == text(form, "which"))
            .or(ways.first().copied());
        let mut whole = true;
        let mut way_shown = false;
        for key in keys
            .iter()
            .filter(|key| !["ask", "language", "house"].contains(&key.name) && key.is_asked(Some(self.terms)))
        {
            if key.presence == Presence::OneOf {
                if !std::mem::replace(&mut way_shown, true) {
                    self.field(
                        "which",
                        path,
                        FieldKind::Choice(ways.clone()),
                        text(form, "which"),
                        chosen.map(str::to_owned),
                    );
                }
                if Some(key.name) != chosen {
                    continue;
                }
            }
            if !self.needed(key, form) {
                if let Some(value) = self.unasked(key) {
                    into.insert(key.name.into(), value);
                }
                continue;
            }
            match self.value(key, form, path) {
                Some(value) => {
                    into.insert(key.name.into(), value);
                }
                None if key.presence == Presence::Optional => {}
                None => whole = false,
            }
        }
        whole
    }

    fn value(&mut self, key: &'static Key, form: &Map<String, Value>, path: &[String]) -> Option<Value> {
        let typed = text(form, key.name);
        let usual = self.usual(key);
        let missing = typed.is_empty();
        match &key.holds {
            Holds::Decimal(decimals) => {
                self.field(key.name, path, FieldKind::Figure, typed, usual.clone());
                if missing {
                    return self.or_usual(key, path, usual).map(Value::String);
                }
                let decimals = *decimals;
                let number = self.at(path, |reader| reader.number(key.name, typed, decimals))?;
                Some(json!(number.normalize().to_string()))
            }
            Holds::Day | Holds::DayOrNull => {
                let may_be_null = matches!(key.holds, Holds::DayOrNull);
                let usual = if may_be_null && !self.decides(key.name) {
                    Some(String::new())
                } else {
                    usual
                };
                self.field(key.name, path, FieldKind::Day, typed, usual.clone());
                if missing {
                    return if may_be_null && usual.is_some() {
                        Some(Value::Null)
                    } else {
                        self.or_usual(key, path, usual).map(Value::String)
                    };
                }
                self.at(path, |reader| reader.day(key.name, typed))
                    .map(|day| json!(day.to_string()))
            }
            Holds::Integer => {
                self.field(key.name, path, FieldKind::Figure, typed, usual.clone());
                let typed = if missing {
                    self.or_usual(key, path, usual)?
                } else {
                    typed.to_owned()
                };
                let number = self.at(path, |reader| reader.number(key.name, &typed, 0))?;
                i64::try_from(number).ok().map(|number| json!(number))
            }
            Holds::Bool => {
                self.field(key.name, path, FieldKind::YesNo, typed, Some(String::new()));
                Some(json!(typed == "yes"))
            }
            Holds::Name if key.name == "gem" => {
                let gems: Vec<&'static str> = crate::stone::Gem::names().chain(["other"]).collect();
                let typed = if missing { "diamond" } else { typed };
                self.field(key.name, path, FieldKind::Choice(gems), typed, Some("diamond".into()));
                Some(json!(typed))
            }
            Holds::Name => {
                self.field(key.name, path, FieldKind::Text, typed, usual.clone());
                if missing {
                    self.or_usual(key, path, usual).map(Value::String)
                } else {
                    Some(json!(typed))
                }
            }
            Holds::Country => {
                self.field(key.name, path, FieldKind::Text, typed, usual.clone());
                let country = if missing {
                    self.or_usual(key, path, usual)?
                } else {
                    typed.to_uppercase()
                };
                Some(json!(country))
            }
            Holds::House => None,
            Holds::Word(words) => {
                let words = self.words(key.name, words.all);
                let usual = if key.presence == Presence::Optional {
                    String::new()
                } else {
                    words.first().copied().unwrap_or_default().to_owned()
                };
                let said = words.iter().copied().find(|word| *word == typed);
                self.field(
                    key.name,
                    path,
                    FieldKind::Choice(words),
                    said.unwrap_or_default(),
                    Some(usual.clone()),
                );
                if said.is_none() && !missing {
                    let field = key.name;
                    self.at(path, |reader| reader.refuse(field, Refusal::Implausible { field }));
                    return None;
                }
                said.map(str::to_owned)
                    .or((!usual.is_empty()).then_some(usual))
                    .map(Value::String)
            }
            Holds::RangeOrNull => {
                let below: Vec<String> = path.iter().cloned().chain([key.name.to_owned()]).collect();
                let form = form
                    .get(key.name)
                    .and_then(Value::as_object)
                    .cloned()
                    .unwrap_or_default();
                let (min, max) = (text(&form, "min").to_owned(), text(&form, "max").to_owned());
                let needed = self.terms.production.window.value().is_none();
                let usual = (!needed).then(String::new);
                self.field("min", &below, FieldKind::Figure, &min, usual.clone());
                self.field("max", &below, FieldKind::Figure, &max, usual);
                if min.is_empty() && max.is_empty() && !needed {
                    return Some(Value::Null);
                }
                let min = self
                    .at(&below, |reader| reader.number("min", &min, 0))
                    .and_then(|min| i64::try_from(min).ok());
                let max = self
                    .at(&below, |reader| reader.number("max", &max, 0))
                    .and_then(|max| i64::try_from(max).ok());
                Some(json!([min?, max?]))
            }
            Holds::Spans(open_ended) => Some(self.spans(key.name, *open_ended, form, path)),
            Holds::List(keys) => {
                let items = items(form, key.name);
                let items = if items.is_empty() { vec![Map::new()] } else { items };
                self.lists.push(key.name);
                let mut read = Vec::new();
                let mut whole = true;
                for (index, item) in items.iter().enumerate() {
                    self.sections.push(Section {
                        item: Some((key.name, index)),
                        fields: Vec::new(),
                    });
                    let below: Vec<String> = path
                        .iter()
                        .cloned()
                        .chain([key.name.to_owned(), index.to_string()])
                        .collect();
                    let mut object = Map::new();
                    self.item = item.clone();
                    whole &= self.object(keys, item, &mut object, &below);
                    read.push(Value::Object(object));
                }
                self.sections.push(Section::default());
                whole.then_some(Value::Array(read))
            }
            Holds::Object(keys) => {
                let below: Vec<String> = path.iter().cloned().chain([key.name.to_owned()]).collect();
                let form = form
                    .get(key.name)
                    .and_then(Value::as_object)
                    .cloned()
                    .unwrap_or_default();
                let mut object = Map::new();
                self.object(keys, &form, &mut object, &below)
                    .then_some(Value::Object(object))
            }
        }
    }

    fn spans(&mut self, name: &'static str, open_ended: bool, form: &Map<String, Value>, path: &[String]) -> Value {
        self.lists.push(name);
        let mut spans = Vec::new();
        for (index, item) in items(form, name).iter().enumerate() {
            self.sections.push(Section {
                item: Some((name, index)),
                fields: Vec::new(),
            });
            let below: Vec<String> = path
                .iter()
                .cloned()
                .chain([name.to_owned(), index.to_string()])
                .collect();
            let (first, last) = (text(item, "first").to_owned(), text(item, "last").to_owned());
            self.field("first", &below, FieldKind::Day, &first, None);
            self.field("last", &below, FieldKind::Day, &last, open_ended.then(String::new));
            let first = self.at(&below, |reader| reader.day("first", &first));
            let last = if open_ended && last.is_empty() {
                Some(None)
            } else {
                self.at(&below, |reader| reader.day("last", &last)).map(Some)
            };
            if let (Some(first), Some(last)) = (first, last) {
                spans.push(json!([first.to_string(), last.map(|last| last.to_string())]));
            }
        }
        self.sections.push(Section::default());
        Value::Array(spans)
    }

    /// Reads with the reader standing below `path`.
    fn at<T>(&mut self, path: &[String], read: impl FnOnce(&mut Reader) -> T) -> T {
        match path {
            [] => read(&mut self.reader),
            path => self.reader.below(path.join("."), read),
        }
    }

    fn or_usual(&mut self, key: &Key, path: &[String], usual: Option<String>) -> Option<String> {
        if usual.is_none() && key.presence != Presence::Optional {
            let field = key.name;
            self.at(path, |reader| reader.refuse(field, Refusal::Missing { field }));
        }
        usual.filter(|usual| !usual.is_empty())
    }

    /// What holds where a field is left empty.
    fn usual(&self, key: &Key) -> Option<String> {
        let usual = match (self.ask, key.name) {
            (_, "vat_pct") => "21".to_owned(),
            (_, "quantity") => "1".to_owned(),
            (_, "title") => "750".to_owned(),
            (_, "country") => "BE".to_owned(),
            (
                _,
                "mounted_ct" | "other_g" | "gold_credit" | "valuation_fee_paid" | "shipping_paid" | "standard_shipping"
                | "loss_in_value" | "label_cost" | "customs_charged",
            ) => "0".to_owned(),
            (_, "restocking_pct") => "0".to_owned(),
            (_, "deduction_pct") => self.usual.deduction_pct.normalize().to_string(),
            (_, "eur_per_oz") => self.usual.eur_per_oz?.normalize().to_string(),
            // A refund is asked for as soon as there is a notice, and nothing is refunded of a price nobody said.
            ("after-sales", "price") if self.said("notice").is_empty() => "0".to_owned(),
            ("delivery", "price") => "0".to_owned(),
            ("after-sales" | "exchange", "today") => self.usual.today.to_string(),
            // Several versions of the terms: which one holds is a matter of the day of the order.
            ("after-sales", "ordered") if self.usual.several_versions => return None,
            ("after-sales", "ordered") => self.ordered(),
            ("period", "from") => self.usual.today.to_string(),
            _ if key.presence == Presence::Optional => String::new(),
            _ => return None,
        };
        Some(usual)
    }

    /// An order is at the latest of the first day that is known of it.
    fn ordered(&self) -> String {
        let days = ["shipped", "possession", "notice", "informed"]
            .into_iter()
            .filter_map(|name| crate::typed_day::full(text(self.form, name)));
        days.chain([self.usual.today])
            .min()
            .unwrap_or(self.usual.today)
            .to_string()
    }

    /// The value of a key that is not asked for now; `None` where the key may be left out.
    fn unasked(&self, key: &Key) -> Option<Value> {
        if key.presence == Presence::Optional {
            return None;
        }
        Some(match &key.holds {
            Holds::DayOrNull => Value::Null,
            Holds::Spans(_) => json!([]),
            Holds::Word(words) => json!(words.all.first()),
            Holds::Decimal(_)
            | Holds::Day
            | Holds::Integer
            | Holds::Bool
            | Holds::Name
            | Holds::Country
            | Holds::House
            | Holds::RangeOrNull
            | Holds::List(_)
            | Holds::Object(_) => self.usual(key).map_or(Value::Null, Value::String),
        })
    }

    fn words(&self, name: &str, words: &[&'static str]) -> Vec<&'static str> {
        if name != "cut" {
            return words.to_vec();
        }
        // A gem's own table decides which cuts it knows.
        let gem = self.gem();
        words
            .iter()
            .copied()
            .filter(|cut| crate::stone::Cut::of(cut).is_some_and(|cut| cut.known_for(&gem)))
            .collect()
    }

    /// The gem of the stone that is being read.
    fn gem(&self) -> crate::stone::Gem {
        let name = Some(text(&self.item, "gem"))
            .filter(|name| !name.is_empty())
            .unwrap_or("diamond");
        crate::stone::Gem::named(name, (name == "other").then_some(Decimal::ONE)).unwrap_or(crate::stone::Gem::Diamond)
    }

    fn said(&self, name: &str) -> &str {
        text(self.form, name)
    }

    /// Whether an empty day would decide the answer without having been asked: the shipment a window counts from.
    fn decides(&self, name: &str) -> bool {
        name == "shipped"
            && self.ask == "after-sales"
            && !self.said("possession").is_empty()
            && self.said("concluded") != "in-person"
            && self
                .terms
                .returns
                .window
                .value()
                .is_some_and(|window| window.from == CountedFrom::Shipment)
    }

    /// Whether a field says anything to the answer, as far as the others are known.
    fn needed(&self, key: &Key, form: &Map<String, Value>) -> bool {
        let said = |name: &str| self.said(name);
        let (noticed, delivered) = (!said("notice").is_empty(), !said("possession").is_empty());
        let claim = ["defect", "wrong-item", "transport-damage"].contains(&said("reason"));
        let cancels = said("reason") == "cancel" && !delivered;
        let used = ["worn", "damaged", "altered"].contains(&said("condition"));
        let withdrawable = said("client") != "business"
            && said("concluded") != "in-person"
            && !Made::of(said("made")).is_some_and(Made::is_personal);
        let window = |has: fn(&ReturnWindow) -> bool| {
            self.all
                .iter()
                .any(|terms| terms.returns.window.value().is_some_and(has))
        };
        // What was typed stays in sight, and counts.
        if self.ask == "after-sales" && !text(form, key.name).is_empty() {
            return true;
        }
        match (self.ask, key.name) {
            ("eligibility", "gravity") => text(form, "gem") == "other",
            ("eligibility", "girdle") => self.gem() == crate::stone::Gem::Diamond,
            ("after-sales" | "exchange", "today") => false,
            ("exchange", "shipped" | "possession") => window(|_| true),
            ("after-sales", "price" | "vat_pct" | "paid" | "shipping_paid" | "standard_shipping") => noticed,
            ("after-sales" | "exchange", "size") => {
                let by_size = |terms: &&Terms| terms.returns.excluded_sizes.value().is_some();
                self.all.iter().any(by_size)
            }
            ("after-sales", "informed") => withdrawable,
            ("after-sales", "shipped") => !delivered || window(|window| window.from == CountedFrom::Shipment),
            ("after-sales", "condition") => delivered,
            ("after-sales", "loss_in_value") => noticed && delivered && used,
            ("after-sales", "dispatched" | "received") => noticed && (delivered || !said("shipped").is_empty()),
            ("after-sales", "inspected") => !said("received").is_empty() && noticed,
            ("after-sales", "found") => claim && delivered,
            ("after-sales", "deposit_paid") => cancels && !withdrawable,
            ("after-sales", "restockable") => cancels && !withdrawable,
            ("after-sales", "restocking_pct") => {
                noticed && delivered && window(|window| window.deduction == ReturnDeduction::RestockingFee)
            }
            ("after-sales", "label_cost") => {
                noticed
                    && delivered
                    && self
                        .all
                        .iter()
                        .any(|terms| terms.returns.label_cost_deducted.value() == Some(&true))
            }
            ("after-sales", "customs_charged") => {
                let charged = |terms: &&Terms| terms.returns.customs_recharged.value() == Some(&true);
                noticed && !said("received").is_empty() && self.all.iter().any(charged)
            }
            _ => true,
        }
    }
}

fn items(form: &Map<String, Value>, name: &str) -> Vec<Map<String, Value>> {
    let items = form.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .map(|item| item.as_object().cloned().unwrap_or_default())
        .collect()
}
