//! The Ask desk: the 500 questions and what their answers contain, and what it does with bad ones.

use atelier_core::desk::{Houses, answer_line, answer_lines};
use serde_json::{Value, json};

/// Whether `found` holds everything of `wanted`.
fn holds(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => wanted
            .iter()
            .all(|(key, value)| found.get(key).is_some_and(|found| holds(value, found))),
        (Value::Array(wanted), Value::Array(found)) => {
            wanted.len() == found.len() && wanted.iter().zip(found).all(|(wanted, found)| holds(wanted, found))
        }
        (wanted, found) => wanted == found,
    }
}

fn ask(question: &Value) -> Value {
    answer_line(question.to_string().as_bytes(), Houses::ready_made())
}

/// More keys than any question has, some of them twice: the first that is unknown is the fault, and the last value of one counts.
#[test]
fn a_question_of_very_many_keys_is_answered_like_any_other() {
    let mut line = String::from("{");
    for round in 0..2 {
        for key in 0..3000 {
            line.push_str(&format!("\"k{key}\": {round}, "));
        }
    }
    line.push_str("\"ask\": \"gold\", \"ask\": \"period\", \"language\": \"nl\"}");
    let answer = answer_line(line.as_bytes(), Houses::ready_made());
    assert_eq!(answer["error"]["code"], "unknown-field");
    assert_eq!(answer["error"]["field"], "k0");
    let twice = r#"{"ask": "gold", "from": "2026-12-01", "days": 1, "ask": "period", "days": 14}"#;
    let answer = answer_line(twice.as_bytes(), Houses::ready_made());
    assert_eq!(answer["ok"]["until"], "2026-12-15");
}

#[test]
fn every_example_is_answered_with_its_grounds() {
    let examples = include_str!("fixtures/ask-examples.jsonl");
    let mut count = 0;
    for line in examples.lines() {
        let example: Value = serde_json::from_str(line).expect("an example");
        let answer = ask(&example["question"]);
        assert!(
            holds(&example["answer"], &answer),
            "\n{}\n{answer}",
            example["question"]
        );
        if let Some(ok) = answer.get("ok") {
            let grounds = ok["grounds"].as_array().expect("grounds");
            assert!(!grounds.is_empty(), "{answer}");
            assert!(
                grounds.iter().all(|ground| ground["text"]
                    .as_str()
                    .is_some_and(|text| text.contains(' ') && !text.contains('{'))),
                "{answer}"
            );
        }
        count += 1;
    }
    assert_eq!(count, 500);
}

fn gold(change: impl FnOnce(&mut Value)) -> Value {
    let part = json!({"title": 750, "gross_g": "12.34", "mounted_ct": "0", "other_g": "0"});
    let mut question = json!({"ask": "gold", "house": "laurence-vandenborre", "eur_per_oz": "3500.00", "deduction_pct": "15", "parts": [part]});
    change(&mut question);
    question
}

fn stone(change: impl FnOnce(&mut Value)) -> Value {
    let mut stone = json!({"role": "central", "gem": "diamond", "weighed_ct": "0.30"});
    change(&mut stone);
    json!({"ask": "eligibility", "house": "laurence-vandenborre", "stones": [stone]})
}

#[rstest::rstest]
#[case::not_an_ask(json!({"ask": "horoscope"}), "bad-value", "ask")]
#[case::no_ask(json!({"house": "bigli"}), "missing-field", "ask")]
#[case::unknown_key(gold(|q| q["carats"] = json!("1")), "unknown-field", "carats")]
#[case::said_twice(gold(|q| q["eur_per_g"] = json!("100.00")), "unknown-field", "eur_per_g")]
#[case::said_neither_way(gold(|q| { q.as_object_mut().expect("a map").remove("eur_per_oz"); }), "missing-field", "eur_per_oz")]
#[case::unknown_house(gold(|q| q["house"] = json!("tiffany")), "bad-value", "house")]
#[case::number_for_a_string(gold(|q| q["eur_per_oz"] = json!(3500)), "bad-value", "eur_per_oz")]
#[case::string_for_a_number(gold(|q| q["parts"][0]["title"] = json!("750")), "bad-value", "parts[0].title")]
#[case::no_parts(gold(|q| q["parts"] = json!([])), "bad-value", "parts")]
#[case::comma(gold(|q| q["parts"][0]["gross_g"] = json!("12,34")), "bad-value", "parts[0].gross_g")]
#[case::four_decimals(gold(|q| q["parts"][0]["gross_g"] = json!("12.3456")), "bad-value", "parts[0].gross_g")]
#[case::title_1001(gold(|q| q["parts"][0]["title"] = json!(1001)), "out-of-range", "parts[0].title")]
#[case::stones_heavier(gold(|q| q["parts"][0]["mounted_ct"] = json!("70")), "out-of-range", "parts[0].gross_g")]
#[case::negative(gold(|q| q["deduction_pct"] = json!("-1")), "out-of-range", "deduction_pct")]
#[case::no_price(gold(|q| q["eur_per_oz"] = json!("0.00")), "out-of-range", "eur_per_oz")]
#[case::unknown_cut(stone(|s| *s = json!({"role": "central", "gem": "diamond", "measured_mm": {"cut": "moon", "length": "5", "width": "5", "depth": "3"}})), "bad-value", "stones[0].measured_mm.cut")]
#[case::cut_of_another_table(stone(|s| *s = json!({"role": "central", "gem": "diamond", "measured_mm": {"cut": "cabochon", "length": "5", "width": "5", "depth": "3"}})), "bad-value", "stones[0].measured_mm.cut")]
#[case::weighed_and_measured(stone(|s| s["measured_mm"] = json!({})), "unknown-field", "stones[0].measured_mm")]
#[case::key_of_nothing(stone(|s| s[""] = json!(1)), "unknown-field", "stones[0].")]
#[case::key_with_a_bracket(stone(|s| s["[x"] = json!(1)), "unknown-field", "stones[0].[x")]
#[case::gem_without_gravity(stone(|s| s["gem"] = json!("zircon")), "missing-field", "stones[0].gravity")]
#[case::no_role(stone(|s| { s.as_object_mut().expect("a map").remove("role"); }), "missing-field", "stones[0].role")]
#[case::role_unknown(stone(|s| s["role"] = json!("middle")), "bad-value", "stones[0].role")]
#[case::no_window(json!({"ask": "production", "house": "uniglo", "approved": 7}), "no-window", "days")]
#[case::span_backwards(json!({"ask": "production", "house": "artbeats", "ordered": null, "closed": [["2026-12-24", "2026-12-01"]], "suspended": []}), "out-of-range", "closed[0]")]
#[case::not_its_clock(json!({"ask": "production", "house": "artbeats", "approved": null, "deposit_met": null, "closed": [], "suspended": []}), "unknown-field", "approved")]
#[case::its_clock_missing(json!({"ask": "production", "house": "artbeats", "closed": [], "suspended": []}), "missing-field", "ordered")]
#[case::anothers_clock(json!({"ask": "production", "house": "laurence-vandenborre", "ordered": "2026-12-01", "closed": [], "suspended": []}), "unknown-field", "ordered")]
#[case::no_such_day(json!({"ask": "period", "from": "2026-02-30", "days": 14}), "bad-value", "from")]
#[case::days_twice(json!({"ask": "period", "from": "2026-02-20", "days": 14, "business_days": 3}), "unknown-field", "business_days")]
#[case::days_backwards(json!({"ask": "period", "from": "2026-02-20", "days": -1}), "out-of-range", "days")]
#[case::beyond_all_measure(stone(|s| *s = json!({"role": "central", "gem": "zircon", "gravity": "999999999", "measured_mm": {"cut": "round", "length": "999999999", "width": "999999999", "depth": "999999999"}})), "out-of-range", "stones[0].gravity")]
#[case::three_decimals_of_a_carat(stone(|s| s["weighed_ct"] = json!("0.305")), "bad-value", "stones[0].weighed_ct")]
#[case::a_sum_beyond_all_amounts(json!({"ask": "quote", "house": "bigli", "kind": "stock", "lines": [{"quantity": "2", "unit_price": "600000000.00", "vat_pct": "21"}], "gold_credit": "0.00", "valuation_fee_paid": "0.00"}), "out-of-range", "lines[0].unit_price")]
#[case::many_sums_beyond_all_amounts(json!({"ask": "quote", "house": "bigli", "kind": "stock", "lines": [{"quantity": "1", "unit_price": "600000000.00", "vat_pct": "21"}, {"quantity": "1", "unit_price": "600000000.00", "vat_pct": "21"}], "gold_credit": "0.00", "valuation_fee_paid": "0.00"}), "out-of-range", "lines")]
#[case::the_first_nonsense_in_the_question(gold(|q| { q["deduction_pct"] = json!("101"); q["eur_per_oz"] = json!("-1.00"); }), "out-of-range", "eur_per_oz")]
#[case::beyond_the_calendar(json!({"ask": "period", "from": "9999-12-20", "days": 300}), "out-of-range", "days")]
#[case::language(gold(|q| q["language"] = json!("es")), "bad-value", "language")]
fn a_bad_question_is_named(#[case] question: Value, #[case] code: &str, #[case] field: &str) {
    let error = &ask(&question)["error"];
    assert_eq!(
        (error["code"].as_str(), error["field"].as_str()),
        (Some(code), Some(field)),
        "{error}"
    );
    assert!(
        error["message"].as_str().is_some_and(|message| message.contains(field)),
        "{error}"
    );
}

#[test]
fn shape_is_looked_at_before_sense() {
    let question = gold(|q| {
        q["deduction_pct"] = json!("-1");
        q["parts"][0]["other_g"] = json!(0);
    });
    assert_eq!(ask(&question)["error"]["code"], "bad-value");
}

#[test]
fn a_bad_line_gets_an_error_and_the_rest_go_on() {
    let period = r#"{"ask":"period","from":"2026-12-11","days":14}"#;
    let input = format!("{period}\nnot json\n[1]\n\n{period}");
    let mut output = Vec::new();
    answer_lines(input.as_bytes(), &mut output, Houses::ready_made()).expect("answered");
    let answers: Vec<Value> = String::from_utf8(output)
        .expect("text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(answers.len(), 5);
    assert_eq!(answers[0]["ok"]["until"], "2026-12-28");
    for bad in &answers[1..4] {
        assert_eq!(
            (bad["error"]["code"].as_str(), &bad["error"]["field"]),
            (Some("bad-value"), &Value::Null)
        );
    }
    assert_eq!(answers[4], answers[0]);
}

#[test]
fn the_language_of_the_texts_can_be_chosen() {
    let said = |language: &str| {
        ask(&gold(|q| q["language"] = json!(language)))["ok"]["grounds"][0]["text"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    assert!(said("nl").contains("fijn goud"), "{}", said("nl"));
    assert!(said("fr").contains("or fin"));
    assert!(said("de").contains("Feingold"));
    assert!(said("en").contains("885.23"));
    assert!(said("nl").contains("€\u{a0}885,23"));
}

/// A million questions, each an example with some bytes changed, cut or copied from another: never a panic, always an
/// answer or a named error. `ATELIER_FUZZ` says how many.
#[test]
fn a_million_mutated_questions_are_answered_or_named() {
    let examples: Vec<Vec<u8>> = include_str!("fixtures/ask-examples.jsonl")
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("an example")["question"]
                .to_string()
                .into_bytes()
        })
        .collect();
    let rounds: u64 = std::env::var("ATELIER_FUZZ")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(1_000_000);
    std::thread::scope(|scope| {
        for thread in 0..2_u64 {
            let examples = &examples;
            scope.spawn(move || (0..rounds / 2).for_each(|round| mutated(examples, thread << 32 | round)));
        }
    });
}

/// The next of a row of numbers without a pattern (SplitMix64).
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    usize::try_from((mixed ^ (mixed >> 27)) >> 33).expect("31 bits")
}

fn mutated(examples: &[Vec<u8>], seed: u64) {
    let mut state = seed;
    let mut bytes = examples[next(&mut state) % examples.len()].clone();
    // Half the questions change whole values, so that they get past the reading of JSON.
    if seed.is_multiple_of(2) {
        let mut question: Value = serde_json::from_slice(&bytes).expect("an example");
        for _ in 0..=next(&mut state) % 3 {
            revalued(&mut question, &mut state);
        }
        bytes = question.to_string().into_bytes();
    }
    let rounds = if seed.is_multiple_of(2) {
        0
    } else {
        1 + next(&mut state) % 3
    };
    for _ in 0..rounds {
        let at = next(&mut state) % bytes.len().max(1);
        match next(&mut state) % 6 {
            0 => bytes[at] = u8::try_from(next(&mut state) % 256).expect("a byte"),
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, b"0123456789-.\",:{}[]null"[next(&mut state) % 23]),
            3 => {
                let other = &examples[next(&mut state) % examples.len()];
                let from = next(&mut state) % other.len();
                let piece = other[from..(from + next(&mut state) % 24).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            4 => bytes.truncate(at),
            _ if bytes[at].is_ascii_digit() => bytes[at] = b'0' + u8::try_from(next(&mut state) % 10).expect("a digit"),
            _ => bytes.swap(at, 0),
        }
        if bytes.is_empty() {
            bytes.push(b'{');
        }
    }
    let answer = answer_line(&bytes, Houses::ready_made());
    let named = answer["error"]["code"].as_str();
    assert!(named.is_some() != answer["ok"].is_object(), "{answer}");
    match named {
        Some(code) => assert!(
            [
                "unknown-field",
                "missing-field",
                "bad-value",
                "out-of-range",
                "no-window"
            ]
            .contains(&code),
            "{code}"
        ),
        None => assert!(!answer["ok"]["grounds"].as_array().expect("grounds").is_empty()),
    }
}

/// Replaces one value somewhere in `value`, takes it out, or gives it a neighbour nobody asked for.
fn revalued(value: &mut Value, state: &mut u64) {
    let pool = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1000),
        json!(i64::MAX),
        json!(1.5),
        json!(""),
        json!("0"),
        json!("-0.01"),
        json!("99999999999999999999"),
        json!("0.001"),
        json!("1e5"),
        json!("2026-02-30"),
        json!("2028-02-29"),
        json!("9999-12-31"),
        json!("0001-01-01"),
        json!("2026-12-25"),
        json!([]),
        json!({}),
        json!(["2026-12-24", "2027-01-02"]),
        json!([["2026-12-24", null]]),
        json!([["2027-01-02", "2026-12-24"]]),
        json!("consumer"),
        json!("oval"),
        json!("diamond"),
        json!("uniglo"),
        json!("é\u{0000}"),
    ];
    match value {
        Value::Object(map) if !map.is_empty() => {
            let key = map.keys().nth(next(state) % map.len()).expect("a key").clone();
            match next(state) % 8 {
                0 => drop(map.remove(&key)),
                1 => drop(map.insert("carat".into(), pool[next(state) % pool.len()].clone())),
                _ => revalued(map.get_mut(&key).expect("its value"), state),
            }
        }
        Value::Array(items) if !items.is_empty() && !next(state).is_multiple_of(4) => {
            let at = next(state) % items.len();
            revalued(&mut items[at], state);
        }
        other => *other = pool[next(state) % pool.len()].clone(),
    }
}
