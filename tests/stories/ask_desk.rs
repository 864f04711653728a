//! The Ask desk: as few fields as the answer needs, the same answer a script gets, and nothing typed twice.

use atelier_core::counter::{Action, Answer, AskForm, AskView, Question};
use atelier_core::desk::{Houses, answer};
use atelier_core::words::Language;
use atelier_tests::Shop;
use serde_json::{Map, Value, json};

fn form(ask: &str, fields: Value) -> AskForm {
    let fields: Map<String, Value> = fields.as_object().expect("an object").clone();
    AskForm {
        ask: ask.into(),
        house: "own".into(),
        language: Language::En,
        fields,
        compare: false,
        project: String::new(),
    }
}

fn view(shop: &mut Shop, form: AskForm) -> AskView {
    match shop.asks(&Question::AskDesk { form }) {
        Answer::Ask(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn paths(view: &AskView) -> Vec<String> {
    view.sections
        .iter()
        .flat_map(|section| section.fields.iter().map(|field| field.path.clone()))
        .collect()
}

fn line(view: &AskView, label: &str) -> String {
    let answer = view.answer.as_ref().unwrap_or_else(|| panic!("{:?}", view.problems));
    answer
        .lines
        .iter()
        .find(|line| line.text == label)
        .map(|line| line.value.clone())
        .unwrap_or_else(|| panic!("{:?}", answer.lines))
}

#[test]
fn a_call_about_a_ring_of_twenty_days_takes_two_days_and_an_answer() {
    let mut shop = Shop::of("uniglo").on("2026-11-26");
    let asked = form(
        "after-sales",
        json!({ "possession": "6/11/2026", "informed": "1/11/2026" }),
    );
    let view = view(&mut shop, asked);
    assert_eq!(
        view.answer.as_ref().expect("an answer").headline,
        "Yes, by the house’s own terms"
    );
    assert_eq!(line(&view, "House return until (inclusive)"), "7 December 2026");
    let shown = paths(&view);
    for later in [
        "price",
        "dispatched",
        "received",
        "inspected",
        "found",
        "label_cost",
        "restocking_pct",
        "deposit_paid",
    ] {
        assert!(
            !shown.iter().any(|path| path == later),
            "{later} is not needed yet: {shown:?}"
        );
    }
}

#[test]
fn a_refund_of_an_unknown_price_is_asked_for_not_answered_with_nothing() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-11-26");
    for reason in ["change-of-mind", "defect"] {
        let view = view(
            &mut shop,
            form(
                "after-sales",
                json!({ "reason": reason, "possession": "20/11/2026", "informed": "20/11/2026", "notice": "26/11/2026" }),
            ),
        );
        assert!(view.answer.is_none(), "{reason}");
        assert_eq!(
            view.problems
                .iter()
                .map(|problem| problem.path.as_str())
                .collect::<Vec<_>>(),
            ["price"],
            "{reason}"
        );
    }
}

#[test]
fn a_defect_found_late_is_the_guarantees_once_the_client_was_told() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-11-26");
    let fields = json!({ "reason": "defect", "possession": "1/6/2026", "informed": "1/6/2026" });
    let view = view(&mut shop, form("after-sales", fields));
    assert_eq!(view.answer.expect("an answer").headline, "Yes, by the legal guarantee");
}

#[test]
fn a_day_that_decides_is_asked_for() {
    let mut shop = Shop::of("belgium-flawless").on("2026-11-26");
    let unknown = view(
        &mut shop,
        form(
            "after-sales",
            json!({ "possession": "6/11/2026", "informed": "1/11/2026" }),
        ),
    );
    assert_eq!(
        unknown
            .problems
            .iter()
            .map(|problem| problem.path.as_str())
            .collect::<Vec<_>>(),
        ["shipped"]
    );
    let known = view(
        &mut shop,
        form(
            "after-sales",
            json!({ "possession": "6/11/2026", "informed": "1/11/2026", "shipped": "3/11/2026" }),
        ),
    );
    assert_eq!(
        known.answer.expect("an answer").headline,
        "Yes, by the house’s own terms"
    );
    let worn = view(
        &mut shop,
        form(
            "after-sales",
            json!({ "possession": "6/11/2026", "informed": "1/11/2026", "shipped": "3/11/2026", "condition": "worn" }),
        ),
    );
    assert_eq!(worn.answer.expect("an answer").headline, "No, there is no right");
}

#[test]
fn a_cut_that_its_gem_does_not_know_is_refused_not_replaced() {
    let mut shop = Shop::of("laurence-vandenborre");
    let measured = json!({ "cut": "princess", "length": "5", "width": "5", "depth": "3" });
    let stones = json!({ "stones": [{ "gem": "sapphire", "which": "measured_mm", "measured_mm": measured }, { "gem": "diamond", "which": "measured_mm", "measured_mm": measured }] });
    let view = view(&mut shop, form("eligibility", stones));
    assert_eq!(
        view.problems
            .iter()
            .map(|problem| problem.path.as_str())
            .collect::<Vec<_>>(),
        ["stones.0.measured_mm.cut"]
    );
    let cuts = |index: usize| {
        let section = view
            .sections
            .iter()
            .find(|section| section.list.is_some() && section.index == index)
            .expect("a stone");
        let field = section
            .fields
            .iter()
            .find(|field| field.path.ends_with("cut"))
            .expect("a cut");
        field
            .options
            .iter()
            .map(|option| option.value.clone())
            .collect::<Vec<_>>()
    };
    assert!(cuts(0).contains(&"cabochon".to_owned()) && !cuts(0).contains(&"princess".to_owned()));
    assert!(cuts(1).contains(&"princess".to_owned()) && !cuts(1).contains(&"cabochon".to_owned()));
}

#[test]
fn a_notice_asks_for_what_the_refund_depends_on() {
    let mut shop = Shop::of("uniglo").on("2026-11-26");
    let mut fields = json!({ "possession": "6/11/2026", "informed": "1/11/2026", "notice": "15/11/2026", "price": "1210", "shipping_paid": "40", "standard_shipping": "25" });
    let plain = view(&mut shop, form("after-sales", fields.clone()));
    assert_eq!(line(&plain, "Total refund"), "€1,235.00");
    fields["condition"] = json!("worn");
    fields["loss_in_value"] = json!("35,50");
    let worn = view(&mut shop, form("after-sales", fields));
    assert!(paths(&worn).contains(&"loss_in_value".to_owned()));
    assert_eq!(line(&worn, "Total refund"), "€1,199.50");
}

#[test]
fn what_was_typed_wrongly_is_said_at_its_field() {
    let mut shop = Shop::of("laurence-vandenborre");
    let view = view(
        &mut shop,
        form(
            "gold",
            json!({ "eur_per_oz": "3500", "parts": [{ "gross_g": "12 grams" }] }),
        ),
    );
    assert!(view.answer.is_none());
    assert_eq!(
        view.problems
            .iter()
            .map(|problem| problem.path.as_str())
            .collect::<Vec<_>>(),
        ["parts.0.gross_g"]
    );
    let heavy = form(
        "gold",
        json!({ "eur_per_oz": "3500", "parts": [{ "gross_g": "1", "mounted_ct": "10" }] }),
    );
    let view = self::view(&mut shop, heavy);
    assert_eq!(
        view.problems
            .iter()
            .map(|problem| problem.path.as_str())
            .collect::<Vec<_>>(),
        ["parts.0.gross_g"]
    );
}

#[test]
fn a_grandmothers_ring_is_worth_what_the_newest_price_says_and_goes_on_to_an_intake() {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.notes_gold("3500");
    let view = view(
        &mut shop,
        form(
            "gold",
            json!({ "deduction_pct": "15", "parts": [{ "gross_g": "12,34" }] }),
        ),
    );
    assert_eq!(view.answer.as_ref().expect("an answer").headline, "Gold credit €885.23");
    let intake = view.intake.expect("an intake");
    assert_eq!(
        (
            intake.pieces[0].metals[0].title.as_str(),
            intake.pieces[0].metals[0].gross.as_str()
        ),
        ("750", "12.34")
    );
    let stones = json!({ "stones": [{ "gem": "sapphire", "which": "measured_mm", "measured_mm": { "cut": "oval", "length": "8", "width": "6", "depth": "4" } }, { "weighed_ct": "0,30" }] });
    let view = self::view(&mut shop, form("eligibility", stones));
    let intake = view.intake.expect("an intake");
    assert_eq!(
        (
            intake.pieces[0].stones[0].cut.as_str(),
            intake.pieces[0].stones[0].loose
        ),
        ("oval", false)
    );
    assert_eq!(
        (
            intake.pieces[0].stones[1].weighed.as_str(),
            intake.pieces[0].stones[1].loose
        ),
        ("0.3", true)
    );
}

#[test]
fn a_price_goes_on_to_a_quote() {
    let mut shop = Shop::of("laurence-vandenborre");
    let view = view(
        &mut shop,
        form(
            "quote",
            json!({ "lines": [{ "unit_price": "4235" }], "gold_credit": "1037,20", "valuation_fee_paid": "50" }),
        ),
    );
    assert_eq!(line(&view, "Deposit"), "€1,573.90");
    let (quote, _) = view.quote.expect("a quote");
    assert_eq!(
        (
            quote.lines[0].unit_price.as_str(),
            quote.lines[0].vat.as_str(),
            quote.lines[0].quantity.as_str()
        ),
        ("4235", "21", "1")
    );
}

#[test]
fn other_houses_answer_beside_the_own() {
    let mut shop = Shop::of("uniglo").on("2026-11-26");
    let mut asked = form(
        "after-sales",
        json!({ "possession": "6/11/2026", "informed": "1/11/2026", "shipped": "3/11/2026" }),
    );
    asked.compare = true;
    let view = view(&mut shop, asked);
    assert_eq!(view.compared.len(), 7);
    let said = |house: &str| {
        view.compared
            .iter()
            .find(|answer| answer.house == house)
            .map(|answer| answer.headline.clone())
            .expect(house)
    };
    assert_eq!(said("Laurence Vandenborre"), "No, there is no right");
    assert_eq!(said("Belgium Flawless"), "Yes, by the house’s own terms");
}

#[test]
fn an_answer_is_printed_in_the_clients_language() {
    let mut shop = Shop::of("uniglo").on("2026-11-26");
    let mut asked = form(
        "after-sales",
        json!({ "possession": "6/11/2026", "informed": "1/11/2026" }),
    );
    asked.language = Language::Fr;
    let paper = shop
        .does(&Action::PrintAnswer { form: asked.clone() })
        .paper
        .expect("a paper");
    let (number, bytes) = shop.counter.paper(&paper).expect("its bytes");
    assert_eq!(number, "A2026-0001");
    assert!(bytes.starts_with(b"%PDF"));
    let view = view(&mut shop, asked);
    assert!(
        view.answer
            .expect("an answer")
            .text
            .contains("Oui, par les conditions de la maison")
    );
}

/// Every worked question, typed field by field, gets the answer a script gets.
#[test]
fn what_is_answered_at_the_desk_is_what_a_script_gets() {
    let mut compared = 0;
    for line in include_str!("../fixtures/ask-examples.jsonl").lines() {
        let example: Value = serde_json::from_str(line).expect("an example");
        let question = example["question"].as_object().expect("a question");
        let (Some(ask), Some(house)) = (
            question.get("ask").and_then(Value::as_str),
            question.get("house").and_then(Value::as_str),
        ) else {
            continue;
        };
        let script = answer(question, Houses::ready_made());
        if script["ok"].is_null() || !["after-sales", "gold", "quote", "production"].contains(&ask) {
            continue;
        }
        let mut typed = Map::new();
        for (name, value) in question {
            typed.insert(name.clone(), retyped(value));
        }
        let usual = atelier_core::desk::typed::Usual {
            today: question
                .get("today")
                .and_then(Value::as_str)
                .and_then(|day| day.parse().ok())
                .unwrap_or_default(),
            ..Default::default()
        };
        if question.contains_key("eur_per_g") {
            typed.insert("which".into(), json!("eur_per_g"));
        }
        let sheet =
            atelier_core::desk::typed::sheet(ask, house, &typed, &usual, Houses::ready_made(), false).expect("a sheet");
        let desk = answer(
            &sheet
                .question
                .unwrap_or_else(|| panic!("{typed:?}: {:?}", sheet.problems)),
            Houses::ready_made(),
        );
        for part in [
            "right",
            "basis",
            "statutory_until",
            "house_until",
            "guarantee_until",
            "send_back_by",
            "return_paid_by",
            "credit",
            "to_pay",
            "deposit",
            "earliest",
            "latest",
        ] {
            assert_eq!(desk["ok"][part], script["ok"][part], "{part} of {line}");
        }
        if question.get("notice").is_some_and(|notice| !notice.is_null()) {
            assert_eq!(
                (&desk["ok"]["refund"], &desk["ok"]["refund_due"]),
                (&script["ok"]["refund"], &script["ok"]["refund_due"]),
                "{line}"
            );
        }
        compared += 1;
    }
    assert!(compared > 200, "{compared}");
}

/// A value of the wire as someone would type it.
fn retyped(value: &Value) -> Value {
    match value {
        Value::Null => json!(""),
        Value::Bool(yes) => json!(if *yes { "yes" } else { "" }),
        Value::Number(number) => json!(number.to_string()),
        Value::String(text) => json!(text),
        Value::Array(items) if items.len() == 2 && items.iter().all(Value::is_number) => {
            json!({ "min": items[0].to_string(), "max": items[1].to_string() })
        }
        Value::Array(items) => items.iter().map(retyped_item).collect(),
        Value::Object(map) => Value::Object(map.iter().map(|(name, value)| (name.clone(), retyped(value))).collect()),
    }
}

fn retyped_item(item: &Value) -> Value {
    match item {
        Value::Array(span) => json!({ "first": retyped(&span[0]), "last": retyped(&span[1]) }),
        item => retyped(item),
    }
}

#[test]
fn every_figure_says_in_what_it_is_and_none_is_called_money_that_is_not() {
    let mut shop = Shop::of("uniglo").on("2026-11-26");
    let asked = [
        form("eligibility", json!({})),
        form("gold", json!({})),
        form("quote", json!({})),
        form("production", json!({})),
        form(
            "after-sales",
            json!({ "price": "1210", "possession": "6/11/2026", "notice": "10/11/2026" }),
        ),
        form("exchange", json!({})),
    ];
    let mut units = std::collections::BTreeMap::new();
    for asked in asked {
        for section in view(&mut shop, asked).sections {
            for field in section.fields.into_iter().filter(|field| field.kind == "figure") {
                let name = field.path.rsplit('.').next().expect("a name").to_owned();
                units.insert(name, field.unit);
            }
        }
    }
    assert!(units.len() > 12, "{units:?}");
    for (name, unit) in &units {
        let right = match name.as_str() {
            "quantity" | "title" | "days" | "business_days" | "gravity" | "min" | "max" => "",
            "length" | "width" | "depth" => "mm",
            name if name.ends_with("_ct") => "ct",
            name if name.ends_with("_g") && !name.starts_with("eur") => "g",
            name if name.ends_with("_pct") => "%",
            _ => "EUR",
        };
        assert_eq!(unit, right, "{name}");
    }
}
