//! What each question is answered, with the names it has on the wire. An answer is written straight to where it goes; a screen has it
//! as a value.

use super::shape::Fault;
use crate::grounds::{Fact, Ground, Message};
use crate::law::Found;
use crate::money::{Money, VatRate};
use crate::number::fixed;
use crate::stone::{Counts, Verdict};
use crate::terms::Region;
use crate::words::Language;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeStruct as _, Serializer};

/// What a line is answered.
#[derive(serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Line {
    Ok(Answer),
    Error(Wrong),
}

/// The first fault of a question.
#[derive(serde::Serialize)]
pub(super) struct Wrong {
    code: &'static str,
    field: Option<String>,
    message: String,
}

impl Wrong {
    /// Nothing that can be read as a question.
    pub fn not_json() -> Self {
        Self {
            code: "bad-value",
            field: None,
            message: Language::En.word("ask-not-json"),
        }
    }

    pub fn of(fault: Fault, language: Language) -> Self {
        let message = Message::new(format!("ask-{}", fault.code)).with("field", Fact::Text(fault.field.clone()));
        Self {
            code: fault.code,
            message: language.say(&message),
            field: Some(fault.field).filter(|field| !field.is_empty()),
        }
    }
}

#[derive(serde::Serialize)]
#[serde(untagged)]
pub(super) enum Answer {
    Eligibility {
        verdict: Verdict,
        stones: Vec<Counted>,
        grounds: Grounds,
    },
    Gold {
        parts: Vec<Worth>,
        credit: Money,
        grounds: Grounds,
    },
    Quote {
        total: Money,
        vat: Vec<Share>,
        credits: Money,
        unused_credit: Money,
        to_pay: Money,
        deposit: Money,
        balance: Money,
        grounds: Grounds,
    },
    Production {
        opens: Option<NaiveDate>,
        earliest: Option<NaiveDate>,
        latest: Option<NaiveDate>,
        waits_for: Vec<&'static str>,
        grounds: Grounds,
    },
    Period {
        until: NaiveDate,
        grounds: Grounds,
    },
    AfterSales {
        right: bool,
        basis: &'static str,
        statutory_until: Option<NaiveDate>,
        house_until: Option<NaiveDate>,
        guarantee_until: Option<NaiveDate>,
        send_back_by: Option<NaiveDate>,
        arrive_by: Option<NaiveDate>,
        return_paid_by: &'static str,
        refund: Vec<(&'static str, Money)>,
        refund_total: Option<Money>,
        refund_due: Option<NaiveDate>,
        report_by: Option<NaiveDate>,
        grounds: Grounds,
        flags: Vec<Flag>,
    },
    Exchange {
        offered: bool,
        to_pay: Money,
        credited: Money,
        final_sale: bool,
        grounds: Grounds,
    },
    Service {
        verdict: &'static str,
        grounds: Grounds,
    },
    Delivery {
        delivers: bool,
        fee: Option<Money>,
        duties_on_client: bool,
        return_mark: bool,
        region: Option<Region>,
        grounds: Grounds,
    },
}

/// How a stone counts.
#[derive(serde::Serialize)]
pub(super) struct Counted {
    pub counts: Counts,
    pub carat: Fixed,
    pub low: Fixed,
    pub high: Fixed,
}

/// What a part of gold is worth.
#[derive(serde::Serialize)]
pub(super) struct Worth {
    pub net_g: Fixed,
    pub fine_g: Fixed,
    pub estimate: Money,
    pub credit: Money,
}

/// The VAT of a rate.
#[derive(serde::Serialize)]
pub(super) struct Share {
    pub vat_pct: VatRate,
    pub base: Money,
    pub vat: Money,
}

/// A number with so many decimals.
pub(super) struct Fixed(pub Decimal, pub u32);

impl Serialize for Fixed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&fixed(self.0, self.1))
    }
}

/// Grounds, each said in a language as it is written.
pub(super) struct Grounds(pub Language, pub Vec<Ground>);

impl Serialize for Grounds {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.1.iter().map(|ground| Said(self.0, ground)))
    }
}

struct Said<'a>(Language, &'a Ground);

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut said = to.serialize_struct("Ground", 2)?;
        said.serialize_field("article", self.1.article.0.as_ref())?;
        said.serialize_field("text", &self.0.ground(self.1))?;
        said.end()
    }
}

/// A rule of the house that the law sets aside.
pub(super) struct Flag(pub Language, pub Found);

impl Serialize for Flag {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut flag = to.serialize_struct("Flag", 4)?;
        flag.serialize_field("id", &self.1.id)?;
        flag.serialize_field("house", self.1.house.0.as_ref())?;
        flag.serialize_field("law", self.1.law.0.as_ref())?;
        flag.serialize_field("text", &self.0.word(&self.1.instead()))?;
        flag.end()
    }
}
