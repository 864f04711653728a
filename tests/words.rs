//! Every language has every message, with the same variables; every refusal, article and consent has its own.

use atelier_core::law::COLLISIONS;
use atelier_core::paper::kind::PaperKind;
use atelier_core::words::Language;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};

type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(language: Language) -> Messages {
    let mut found = Messages::new();
    for file in language.files() {
        let resource =
            fluent_syntax::parser::parse(file).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", language.code()));
        for entry in &resource.body {
            if let Entry::Message(message) = entry {
                let mut variables = BTreeSet::new();
                message.value.iter().for_each(|pattern| gather(pattern, &mut variables));
                let name = message.id.name.to_owned();
                assert!(
                    found.insert(name.clone(), variables).is_none(),
                    "{name} stands twice in {}",
                    language.code()
                );
            }
        }
    }
    found
}

fn gather(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::VariableReference { id }),
        } = element
        {
            variables.insert(id.name.to_owned());
        }
    }
}

#[test]
fn every_kind_of_paper_has_its_name_in_every_language_and_a_name_of_its_own_in_the_store() {
    let mut stored: Vec<&str> = PaperKind::ALL.iter().map(|kind| kind.stored()).collect();
    for kind in PaperKind::ALL {
        assert_eq!(PaperKind::named(kind.stored()), Some(*kind));
        for language in Language::ALL {
            assert!(
                language.knows(&kind.word()),
                "{} has no {}",
                language.code(),
                kind.word()
            );
        }
    }
    stored.sort_unstable();
    stored.dedup();
    assert_eq!(stored.len(), PaperKind::ALL.len());
}

#[test]
fn no_two_series_of_numbers_share_their_letters() {
    use atelier_core::paper::series::Series;
    let mut letters: Vec<&str> = Series::ALL.iter().map(|series| series.letter()).collect();
    let mut stored: Vec<&str> = Series::ALL.iter().map(|series| series.stored()).collect();
    for names in [&mut letters, &mut stored] {
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{names:?}");
    }
}

/// Every closed list as its source declares it: its family, and its words.
fn vocabularies() -> Vec<(String, Vec<String>)> {
    fn gather(folder: &std::path::Path, found: &mut Vec<(String, Vec<String>)>) {
        let quoted = |text: &str| -> Vec<String> { text.split('"').skip(1).step_by(2).map(str::to_owned).collect() };
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                gather(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a file");
            for block in text.split("vocabulary! {\n").skip(1) {
                let block = block.split("\n}\n").next().expect("a block");
                for declared in block.split("enum ").skip(1) {
                    let (head, body) = declared.split_once('{').expect("a body");
                    let body = body.split("\n    }").next().expect("values");
                    let values: String = body.lines().filter(|line| line.contains(" = ")).collect();
                    found.push((quoted(head).remove(0), quoted(&values)));
                }
            }
            for declared in text.split("Words = Words {").skip(1) {
                let mut words = quoted(declared.split("};").next().expect("a list"));
                found.push((words.remove(0), words));
            }
        }
    }
    let mut found = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/core/src");
    gather(&root, &mut found);
    found
}

#[test]
fn every_value_of_every_closed_list_has_its_word_in_every_language() {
    use atelier_core::vocabulary::Vocabulary as _;
    let lists = vocabularies();
    // The lists are read from their sources: what is found there is what the program knows.
    let methods = atelier_core::terms::Method::WORDS;
    let found = lists
        .iter()
        .find(|(family, _)| family == methods.family)
        .expect("the means of payment");
    assert_eq!(found.1, methods.all);
    assert!(lists.len() > 40, "only {} lists were found", lists.len());
    // What stands beside a list: no value of it, but said in its place.
    let beside = [
        ("method", "store-credit"),
        ("exception", "making"),
        ("remedy", "none"),
        ("checked", "right-piece"),
        ("checked", "stones-in-place"),
        ("gem", "other"),
        ("gem", "diamond"),
    ];
    let beside = beside
        .iter()
        .map(|(family, word)| ((*family).to_owned(), vec![(*word).to_owned()]));
    let gems = atelier_core::stone::GRAVITIES
        .iter()
        .map(|(gem, _)| (*gem).to_owned())
        .collect();
    for (family, words) in lists.into_iter().chain(beside).chain([("gem".to_owned(), gems)]) {
        for word in words {
            for language in Language::ALL {
                let key = format!("{family}-{word}");
                assert!(language.knows(&key), "{} has no {key}", language.code());
            }
        }
    }
}

#[test]
fn what_no_language_says_is_said_by_the_words_of_its_key() {
    assert_eq!(Language::Nl.word("method-carrier-pigeon"), "method carrier pigeon");
}

/// Messages whose key is put together when the program runs, other than by a closed list: their families, and what is put
/// behind them.
#[test]
fn every_key_that_is_put_together_has_its_message() {
    let mut keys: Vec<String> = Vec::new();
    for (group, clauses) in &atelier_core::termsheet::CLAUSES {
        keys.push(format!("terms-{group}"));
        keys.extend(clauses.iter().map(|(name, _)| format!("clause-{group}-{name}")));
    }
    for need in <atelier_core::terms::Need as atelier_core::vocabulary::Vocabulary>::WORDS.all {
        // What is told beforehand is no condition of packing.
        if !["notice-first", "rma-issued", "rma-on-the-box"].contains(need) {
            keys.push(format!("packing-{need}"));
        }
    }
    for consent in <atelier_core::terms::Consent as atelier_core::vocabulary::Vocabulary>::WORDS.all {
        keys.push(format!("consent-text-{consent}"));
        keys.push(format!("consent-name-{consent}"));
    }
    for key in keys {
        for language in Language::ALL {
            assert!(language.knows(&key), "{} has no {key}", language.code());
        }
    }
}

#[test]
fn every_language_has_every_message_with_the_same_variables() {
    let english = messages(Language::En);
    for language in Language::ALL {
        let found = messages(language);
        for (name, variables) in &english {
            assert_eq!(found.get(name), Some(variables), "{name} in {}", language.code());
        }
        let more: Vec<&String> = found.keys().filter(|name| !english.contains_key(*name)).collect();
        assert!(more.is_empty(), "{}: {more:?} is not in English", language.code());
    }
}

/// Keys as they stand in the sources: in Rust between quotes, on the screen in `say('…')`.
fn keys_in(folder: &std::path::Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            keys_in(&path, found);
        } else if path
            .extension()
            .is_some_and(|end| end == "rs" || end == "svelte" || end == "ts")
        {
            let text = std::fs::read_to_string(&path).expect("a file");
            for quote in ['"', '\''] {
                for part in text.split(quote).skip(1).step_by(1) {
                    let is_key = part.contains('-')
                        && part
                            .bytes()
                            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
                    if is_key {
                        found.insert(part.to_owned());
                    }
                }
            }
        }
    }
}

#[test]
fn every_key_that_is_said_has_its_message() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut keys = BTreeSet::new();
    for folder in ["src-tauri/core/src", "src-tauri/src", "ui/src"] {
        keys_in(&root.join(folder), &mut keys);
    }
    let families = [
        "ground-",
        "refused-",
        "receipt-",
        "valuation-",
        "quote-",
        "paper-",
        "consent-text-",
        "verdict-",
        "counts-",
        "stage-",
        "summary-",
        "ui-",
        "deduction-",
        "price-line-",
        "store-",
        "month-",
        "worth-",
        "task-",
        "happened-",
        "money-",
        "ledger-",
        "restitution-",
        "unit-",
        "answer-",
        "weekday-",
        "step-",
        "instead-",
        "case-",
        "form-",
        "information-",
        "packing-",
        "rma-",
        "inspection-",
        "refund-",
        "refusal-",
        "exchange-",
        "register-",
        "report-",
        "retention-",
        "data-",
        "decision-",
        "acknowledgement-",
        "warning-",
        "parcel-",
        "personal-",
        "verdict-",
    ];
    // Not messages: a folded column's place, an id on the page, the kinds of a form.
    let others = [
        "quote-refused",
        "paper-size",
        "price-day",
        "ui-",
        "unit-",
        "unit-price",
        "answer-date",
        "answer-design",
        "store-credit",
        "register-notice",
        "form-wording",
        "refund-receipt",
        "refund-statement",
        "rma-issued",
        "rma-on-the-box",
        "inspection-report",
        "exchange-statement",
        "rma-authorisation",
        "personal-data",
        "parcel-refused",
        "rma-as-condition",
        "case-proposal",
        "refund-after-inspection",
        "answer-data",
        "answer-basis",
        "answer-service",
        "case-kind",
        "case-stage",
        "data-right",
        "task-group",
    ];
    let known = messages(Language::En);
    let missing: Vec<&String> = keys
        .iter()
        .filter(|key| {
            families.iter().any(|family| key.starts_with(family))
                && !others.contains(&key.as_str())
                && !known.contains_key(*key)
        })
        .collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
}

#[test]
fn every_field_a_refusal_names_has_a_word() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/core/src");
    let mut text = String::new();
    for file in [
        "intake.rs",
        "client.rs",
        "counter/read.rs",
        "counter/action.rs",
        "counter/papers.rs",
        "metal.rs",
    ] {
        text.push_str(&std::fs::read_to_string(root.join(file)).expect("a file"));
    }
    let known = messages(Language::En);
    for call in [
        "form.text(",
        "form.needed(",
        "reader.text(",
        "reader.needed(",
        "reader.positive(",
        "reader.number(",
        "reader.amount_of(",
        "reader.money(",
        "reader.day(",
        "form.positive(",
        "form.day(",
    ] {
        for rest in text.split(call).skip(1) {
            if let Some(field) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                assert!(
                    known.contains_key(&format!("field-{field}")),
                    "field-{field} has no word"
                );
            }
        }
    }
    for rest in text.split("field: \"").skip(1) {
        let field = rest.split('"').next().expect("a field");
        assert!(
            known.contains_key(&format!("field-{field}")),
            "field-{field} has no word"
        );
    }
}

#[test]
fn every_collision_says_what_is_done_instead() {
    for row in &COLLISIONS {
        for language in Language::ALL {
            assert!(
                language.knows(&format!("instead-{}", row.id)),
                "{} in {}",
                row.id,
                language.code()
            );
        }
    }
}

mod habits {
    use super::Language;
    use atelier_core::money::Money;
    use rust_decimal::dec;

    #[test]
    fn amounts() {
        let said = Language::ALL.map(|language| language.money(Money::from_cents(123_456_789)));
        assert_eq!(
            said,
            [
                "€\u{a0}1.234.567,89",
                "1\u{202f}234\u{202f}567,89\u{a0}€",
                "€1,234,567.89",
                "1.234.567,89\u{a0}€"
            ]
        );
        let below = Language::ALL.map(|language| language.money(Money::from_cents(-5_000)));
        assert_eq!(
            below,
            [
                "€\u{a0}\u{2212}50,00",
                "\u{2212}50,00\u{a0}€",
                "\u{2212}€50.00",
                "\u{2212}50,00\u{a0}€"
            ]
        );
    }

    #[test]
    fn days() {
        let day = "2026-12-01".parse().expect("a day");
        assert_eq!(
            Language::ALL.map(|language| language.day(day)),
            [
                "1 december 2026",
                "1er décembre 2026",
                "1 December 2026",
                "1. Dezember 2026"
            ]
        );
        assert_eq!(
            Language::ALL.map(|language| language.short_day(day)),
            ["01/12/2026", "01/12/2026", "01/12/2026", "01.12.2026"]
        );
    }

    #[test]
    fn weights() {
        assert_eq!(
            Language::ALL.map(|language| language.grams(dec!(12.34))),
            ["12,34\u{a0}g", "12,34\u{a0}g", "12.34\u{a0}g", "12,34\u{a0}g"]
        );
        assert_eq!(Language::Nl.carats(dec!(0.295)), "0,295\u{a0}ct");
        assert_eq!(Language::Nl.carats(dec!(0.3)), "0,30\u{a0}ct");
    }
}
