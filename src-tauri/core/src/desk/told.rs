//! A case as a question of the desk: the one it was opened with, and what happened since laid into it.

use super::said::{self, Said};
use super::{Houses, answer_typed};
use crate::aftersales::case::{CaseHappened, Handling};
use crate::aftersales::file::{CaseFile, every_point};
use crate::aftersales::sold::Known;
use crate::money::Money;
use crate::order::Happening;
use crate::terms::Condition;
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

/// What is known of a sale, as a question of the desk: its kind, and what is known. What nobody has said yet is left out.
#[must_use]
pub fn known(known: &Known) -> (&'static str, Map<String, Value>) {
    let mut question = Map::new();
    match known {
        Known::Care(facts) => {
            question.insert("work".into(), json!(facts.work.name()));
            question.insert("made_here".into(), json!(facts.made_here));
            question.insert("others_worked".into(), json!(facts.others_worked));
            question.insert("under_warranty".into(), json!(facts.under_warranty));
            ("service", question)
        }
        Known::Sale(facts) => {
            let mut say = |name: &str, value: Value| question.insert(name.to_owned(), value);
            say("client", json!(facts.client.name()));
            say("concluded", json!(facts.concluded.name()));
            say("made", json!(facts.made.name()));
            say("price", json!(facts.price.wire()));
            say("vat_pct", json!(facts.vat.as_percent().normalize().to_string()));
            say("paid", json!(facts.paid.wire()));
            say("ordered", json!(facts.ordered.to_string()));
            say("reason", json!(facts.reason.name()));
            let shipping = Some(facts.shipping_paid).filter(|paid| *paid > Money::ZERO);
            let amounts = [
                ("deposit_paid", facts.deposit_paid),
                ("shipping_paid", shipping),
                ("standard_shipping", shipping.map(|_| facts.standard_shipping)),
            ];
            for (name, amount) in amounts {
                if let Some(amount) = amount {
                    say(name, json!(amount.wire()));
                }
            }
            let days = [
                ("informed", facts.informed),
                ("shipped", facts.shipped),
                ("possession", facts.possession),
            ];
            for (name, day) in days {
                if let Some(day) = day {
                    say(name, json!(day.to_string()));
                }
            }
            if facts.possession.is_some() {
                say("condition", json!(facts.condition.name()));
            }
            ("after-sales", question)
        }
    }
}

/// What was known of goods on their way back when a case was opened, as what happened to it: the facts keep the rest.
#[must_use]
pub fn brought_along(facts: &mut Map<String, Value>) -> Vec<(NaiveDate, CaseHappened)> {
    let mut brought = Vec::new();
    let mut take = |name: &str| {
        facts
            .insert(name.to_owned(), Value::Null)
            .and_then(|day| day.as_str().and_then(|day| day.parse::<NaiveDate>().ok()))
    };
    let (dispatched, received, inspected) = (take("dispatched"), take("received"), take("inspected"));
    brought.extend(dispatched.map(|day| {
        (
            day,
            CaseHappened::Dispatched {
                carrier: String::new(),
                tracking: String::new(),
            },
        )
    }));
    brought.extend(received.map(|day| {
        (
            day,
            CaseHappened::Arrived {
                accepted: true,
                why: String::new(),
                note: String::new(),
                photos: Vec::new(),
            },
        )
    }));
    if let Some(day) = inspected {
        let loss = facts
            .get("loss_in_value")
            .and_then(Value::as_str)
            .and_then(|loss| Money::plain(loss).ok())
            .unwrap_or_default();
        let condition = facts
            .get("condition")
            .and_then(Value::as_str)
            .and_then(Condition::of)
            .unwrap_or(Condition::AsDelivered);
        let handling = if loss > Money::ZERO {
            Handling::Beyond
        } else {
            Handling::Needed
        };
        brought.push((
            day,
            CaseHappened::Inspected {
                // Nobody said that anything was missing.
                complete: every_point(),
                handling,
                condition,
                loss,
                cause: None,
                note: String::new(),
                photos: Vec::new(),
            },
        ));
    }
    brought
}

/// The facts of a case as they stand now: those it was opened with, and what happened since, as a question of the desk.
///
/// Until the client gives notice every day that passes counts: `today` is then the day of asking.
#[must_use]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what tells the rules nothing is passed over, new kinds too"
)]
pub fn facts(
    opened_with: &Map<String, Value>,
    happenings: &[Happening<CaseHappened>],
    today: NaiveDate,
) -> Map<String, Value> {
    let mut facts = opened_with.clone();
    if facts.get("ask").and_then(Value::as_str) != Some("after-sales") {
        return facts;
    }
    // What nobody gave notice of is answered as of today, and once the case was closed as of that day: what was closed stands.
    let mut as_of = today;
    for happening in happenings {
        let day = json!(happening.day.to_string());
        match &happening.what {
            // The first notice counts: a later one takes nothing back.
            CaseHappened::Noticed { .. } => {
                let known = facts
                    .get("notice")
                    .and_then(Value::as_str)
                    .and_then(|known| known.parse::<NaiveDate>().ok());
                if known.is_none_or(|known| happening.day < known) {
                    facts.insert("notice".into(), day);
                }
            }
            CaseHappened::Authorised { cost, .. } if *cost > Money::ZERO => {
                facts.insert("label_cost".into(), json!(cost.wire()));
            }
            // What is sent once more is to arrive, and what arrived to be looked at, once more.
            CaseHappened::Dispatched { .. } => {
                facts.insert("dispatched".into(), day);
                again(&mut facts, &["received", "inspected"]);
            }
            CaseHappened::Arrived { accepted: true, .. } => {
                facts.insert("received".into(), day);
                again(&mut facts, &["inspected"]);
            }
            CaseHappened::Inspected { condition, loss, .. } => {
                facts.insert("inspected".into(), day);
                facts.insert("condition".into(), json!(condition.name()));
                facts.insert("loss_in_value".into(), json!(loss.wire()));
            }
            CaseHappened::FactNoted { fact: name, value, .. } => {
                facts.insert(name.clone(), value.clone());
            }
            CaseHappened::Closed { .. } => as_of = happening.day,
            _ => {}
        }
    }
    if !facts.get("notice").is_some_and(Value::is_string) {
        facts.insert("today".into(), json!(as_of.to_string()));
    }
    facts
}

/// What is known of a parcel before is not known of the next.
fn again(facts: &mut Map<String, Value>, days: &[&str]) {
    for day in days {
        if let Some(known) = facts.get_mut(*day) {
            *known = Value::Null;
        }
    }
}

/// What the desk answers to a case, in sentences.
#[must_use]
pub fn said(file: &CaseFile, language: Language) -> Said {
    let ask = if file.case.kind.is_work() {
        "service"
    } else {
        "after-sales"
    };
    match answer_typed(&file.question, language, Houses::and_own(&file.terms)) {
        Ok(ok) => said::said(ask, &ok, language),
        Err((_, headline)) => Said {
            headline,
            ..Said::default()
        },
    }
}
