//! What a step asks, and what was typed: the fields of its form, and how they are read, one by one. The first that cannot be
//! read refuses the step.

use super::lookup::Lookup;
use super::view::{AskFirst, NextView, OptionView, StepField};
use crate::form::{OF_A_CLIENT, Reader};
use crate::grounds::Fact;
use crate::intake::Signature;
use crate::ledger::{self, Entry, means_word};
use crate::money::Money;
use crate::order::Personal;
use crate::paper::kind::PaperKind;
use crate::refusal::{NotNow, Refusal};
use crate::store::Done;
use crate::vocabulary::{Vocabulary, vocabulary};
use crate::words::Language;
use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// A question as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskForm {
    /// Its kind.
    pub ask: String,
    /// The house it is put to, `own` for the one the desk stands in.
    pub house: String,
    /// The language of the answer.
    pub language: Language,
    /// What was typed, field by field; a list holds an object an item.
    #[ts(type = "Record<string, unknown>")]
    pub fields: Map<String, Value>,
    /// Whether other houses are asked too.
    pub compare: bool,
    /// The project it is about, whose order keeps its terms; empty where there is none.
    #[serde(default)]
    pub project: String,
}

vocabulary! {
    /// A question with two answers.
    pub enum YesNo in "yes-no" {
        /// So it is.
        Yes = "yes",
        /// It is not.
        No = "no",
    }
}

/// A step as it is offered: whether it can be taken now, and what it asks.
pub(super) struct Offer {
    may: Result<(), Refusal>,
    fields: Vec<StepField>,
    main: bool,
    warning: Option<String>,
    /// What its labels are said for, where that is not the step alone.
    scope: Option<&'static str>,
    /// What cannot be undone, to be asked before it is done.
    asks: Option<AskFirst>,
}

impl Offer {
    /// A step with its fields, which nothing waits for and nothing is to be known of.
    pub(super) const fn of(may: Result<(), Refusal>, fields: Vec<StepField>) -> Self {
        Self {
            may,
            fields,
            main: false,
            warning: None,
            scope: None,
            asks: None,
        }
    }

    /// Whether it is what the dossier waits for.
    pub(super) const fn main(mut self, main: bool) -> Self {
        self.main = main;
        self
    }

    /// What its labels are said for, where that is not the step alone.
    pub(super) const fn labelled(mut self, scope: Option<&'static str>) -> Self {
        self.scope = scope;
        self
    }

    /// What cannot be undone, to be asked before it is done: where that field says one of those values.
    pub(super) fn asking(mut self, field: &str, values: &[&str], text: String) -> Self {
        self.asks = Some(AskFirst {
            field: field.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            text,
        });
        self
    }

    /// What to know before it is done.
    pub(super) fn warned(mut self, warning: Option<String>) -> Self {
        self.warning = warning;
        self
    }

    /// As the screen shows it.
    pub(super) fn view(self, language: Language, step: &str, group: &str) -> NextView {
        let scope = self.scope.unwrap_or(step);
        let labelled = self.fields.into_iter().map(|field| StepField {
            label: language.label(scope, &field.name),
            ..field
        });
        NextView {
            step: step.to_owned(),
            label: language.word(&format!("step-{step}")),
            group: group.to_owned(),
            fields: labelled.collect(),
            refused: self.may.err().map(|refusal| language.refusal(&refusal)),
            warning: self.warning,
            main: self.main,
            issues: String::new(),
            asks: self.asks,
        }
    }
}

/// Reads the fields of a step.
pub(super) struct Fields {
    today: NaiveDate,
}

impl Fields {
    pub const fn on(today: NaiveDate) -> Self {
        Self { today }
    }

    /// Reads with a reader of its own; its first problem refuses.
    pub fn read<T>(&self, read: impl FnOnce(&mut Reader) -> Option<T>) -> Done<T> {
        let mut reader = Reader::on(self.today);
        let value = read(&mut reader);
        Ok(reader.finish(value)?)
    }

    /// One word of a closed list.
    pub fn chosen<T: Vocabulary>(&self, field: &'static str, text: &str) -> Done<T> {
        Ok(T::of(text).ok_or(Refusal::Missing { field })?)
    }

    /// A country by two letters.
    pub fn country(&self, field: &'static str, text: &str) -> Done<String> {
        match crate::client::country(text) {
            Ok(code) if !code.is_empty() => Ok(code),
            Ok(_) | Err(_) => Err(Refusal::Implausible { field }.into()),
        }
    }

    /// A day as typed, today where it is empty.
    pub fn any_day(&self, text: &str) -> Done<NaiveDate> {
        if text.trim().is_empty() {
            Ok(self.today)
        } else {
            self.read(|form| form.day("day", text))
        }
    }

    /// A day as typed, today where it is empty, not ahead of today and not before `first`.
    pub fn day(&self, text: &str, first: NaiveDate) -> Done<NaiveDate> {
        let day = self.any_day(text)?;
        if day > self.today {
            return Err(NotNow::DayAhead.into());
        }
        if day < first {
            Err(NotNow::DayBefore.into())
        } else {
            Ok(day)
        }
    }

    /// Any text that can be printed.
    pub fn text(&self, field: &'static str, text: &str) -> Done<String> {
        self.read(|form| Some(form.text(field, text, OF_A_CLIENT)))
    }

    /// A text that is not empty.
    pub fn needed(&self, field: &'static str, text: &str) -> Done<String> {
        self.read(|form| Some(form.needed(field, text, OF_A_CLIENT)))
    }

    /// An amount above nothing.
    pub fn money(&self, field: &'static str, text: &str) -> Done<Money> {
        let amount = self.amount(field, text)?;
        if amount > Money::ZERO {
            Ok(amount)
        } else {
            Err(Refusal::NotPositive { field }.into())
        }
    }

    /// An amount, nothing where it is empty.
    pub fn amount(&self, field: &'static str, text: &str) -> Done<Money> {
        if text.trim().is_empty() {
            Ok(Money::ZERO)
        } else {
            self.read(|form| form.money(field, text))
        }
    }
}

/// Whoever takes a component signs for it, on the screen or on paper.
pub(super) fn is_signed(signature: &Signature) -> Result<(), Refusal> {
    match signature {
        Signature::None => Err(Refusal::Missing { field: "signature" }),
        Signature::Paper | Signature::Screen { .. } => Ok(()),
    }
}

/// The sign behind a figure, by the name of its field. A name nobody knows has none: it is not said to be money.
pub(super) fn unit_of(name: &str) -> &'static str {
    match name {
        "length" | "width" | "depth" => "mm",
        "gross" => "g",
        name if name.starts_with("eur_per_") => "EUR",
        name if name.ends_with("_ct") => "ct",
        name if name.ends_with("_g") => "g",
        name if name.ends_with("_pct") => "%",
        name if MONEY.contains(&name) => "EUR",
        _ => "",
    }
}

/// Fields that hold an amount of money.
const MONEY: [&str; 19] = [
    "amount",
    "cost",
    "customs_charged",
    "deposit_paid",
    "gold_credit",
    "kept",
    "label_cost",
    "loss",
    "loss_in_value",
    "new_price",
    "old_price",
    "paid",
    "price",
    "return_cost",
    "right_price",
    "shipping_paid",
    "standard_shipping",
    "unit_price",
    "valuation_fee_paid",
];

/// What someone said and signed.
pub(super) fn personal(words: &str, signature: &Signature, signer: &str) -> Personal {
    let strokes = match signature {
        Signature::Screen { strokes } => strokes.clone(),
        Signature::Paper | Signature::None => Vec::new(),
    };
    let signer = if strokes.is_empty() {
        String::new()
    } else {
        signer.to_owned()
    };
    Personal {
        words: words.to_owned(),
        signer,
        strokes,
        ..Personal::default()
    }
}

impl Lookup<'_> {
    /// What becomes final with a step: the papers that come of it, with the numbers they would get now. A step whose paper depends
    /// on what is chosen says so in words of its own.
    pub(super) fn becomes_final(&self, step: &str, issues: &[PaperKind]) -> Done<String> {
        let own = format!("final-{step}");
        if self.language.knows(&own) {
            return Ok(self.language.word(&own));
        }
        self.final_papers(issues)
    }

    /// That papers of those kinds get these numbers, and cannot be changed; nothing where there are none.
    pub(super) fn final_papers(&self, issues: &[PaperKind]) -> Done<String> {
        let mut papers = Vec::new();
        for kind in issues {
            let series = kind.series();
            let next = self.tx.last_number(series.stored(), self.today.year())? + 1;
            let number = format!("{}{}-{next:04}", series.letter(), self.today.year());
            papers.push(format!("{} {number}", self.language.word(&kind.word())));
        }
        Ok(if papers.is_empty() {
            String::new()
        } else {
            self.say("final-papers", vec![("papers", Fact::Text(papers.join(", ")))])
        })
    }

    /// Means of payment to choose from, as they are said.
    pub(super) fn means(&self, means: Vec<String>) -> Vec<OptionView> {
        let option = |means: String| OptionView {
            text: self.language.word(&means_word(&means)),
            value: means,
        };
        means.into_iter().map(option).collect()
    }

    /// A choice of a means of payment, the first where nothing is chosen.
    pub(super) fn means_field(&self, means: Vec<String>) -> StepField {
        self.first_of("method", self.means(means))
    }

    /// A field of a step.
    pub(super) fn step_field(&self, name: &str, kind: &str, options: Vec<OptionView>, value: String) -> StepField {
        let unit = if kind == "figure" { unit_of(name) } else { "" };
        StepField {
            name: name.to_owned(),
            label: self.language.word(&format!("asked-{name}")),
            kind: kind.to_owned(),
            unit: unit.to_owned(),
            options,
            value,
        }
    }

    /// An amount with what it would be; empty where that is nothing.
    pub(super) fn amount_field(&self, name: &str, amount: Money) -> StepField {
        let typed = if amount > Money::ZERO {
            self.language.typed(&crate::number::fixed(amount.euro(), 2))
        } else {
            String::new()
        };
        self.step_field(name, "figure", Vec::new(), typed)
    }

    /// A choice of one value, the first where nothing is chosen.
    pub(super) fn choice_field<T: Vocabulary>(&self, name: &str, values: &[T]) -> StepField {
        self.choice_of(name, values, values.first().copied())
    }

    /// A choice of one value, with what is chosen until someone does; nothing where it is to be asked.
    pub(super) fn choice_of<T: Vocabulary>(&self, name: &str, values: &[T], chosen: Option<T>) -> StepField {
        let options = values.iter().map(|value| OptionView {
            text: self.language.word(&value.word()),
            value: value.name().to_owned(),
        });
        let chosen = chosen.map_or("", T::name).to_owned();
        self.step_field(name, "choice", options.collect(), chosen)
    }

    /// A choice of what is listed, the first where nothing is chosen.
    pub(super) fn first_of(&self, name: &str, options: Vec<OptionView>) -> StepField {
        let first = options.first().map_or(String::new(), |option| option.value.clone());
        self.step_field(name, "choice", options, first)
    }

    /// The offer to undo an entry that counts, where there is one.
    pub(super) fn correction(&self, entries: &[Entry]) -> Option<Offer> {
        let entry = |entry: &Entry| OptionView {
            text: format!(
                "{} · {}",
                self.language.short_day(entry.day),
                self.language.money(entry.amount)
            ),
            value: entry.id.clone(),
        };
        let entries: Vec<OptionView> = ledger::counting(entries).map(entry).collect();
        let first = entries.first()?.value.clone();
        let fields = vec![
            self.step_field("entry", "choice", entries, first),
            self.empty_field("reason", "long"),
        ];
        Some(Offer::of(Ok(()), fields))
    }

    /// A day, today where nothing is typed.
    pub(super) fn day_field(&self, name: &str) -> StepField {
        self.step_field(name, "day", Vec::new(), self.language.short_day(self.today))
    }

    /// A field without options or value.
    pub(super) fn empty_field(&self, name: &str, kind: &str) -> StepField {
        self.step_field(name, kind, Vec::new(), String::new())
    }
}
