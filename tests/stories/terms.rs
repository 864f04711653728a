//! Terms by the day they come into force: a contract keeps those it was concluded under.

use atelier_core::counter::{Action, Answer, AskForm, CaseForm, Question, TermsView};
use atelier_core::desk::Houses;
use atelier_core::house::Profile;
use atelier_core::intake::Who;
use atelier_core::refusal::Refusal;
use atelier_core::termsheet::{self, TermsForm};
use atelier_core::words::Language;
use atelier_tests::{Shop, card};
use serde_json::{Map, Value, json};

fn page(shop: &mut Shop, version: Option<&str>) -> TermsView {
    match shop.asks(&Question::Terms {
        version: version.map(str::to_owned),
    }) {
        Answer::Terms(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn change(shop: &mut Shop, day: &str, edit: impl FnOnce(&mut TermsForm)) -> Action {
    let view = page(shop, None);
    let mut form = view.form;
    edit(&mut form);
    Action::ChangeTerms {
        newest: view.newest,
        day: day.into(),
        form,
    }
}

fn set(form: &mut TermsForm, clause: &str, field: &str, value: &str) {
    let clause = form.clauses.get_mut(clause).expect(clause);
    clause.says = true;
    if clause.article.is_empty() {
        clause.article = "art. 30".into();
    }
    clause.fields.insert(field.into(), vec![value.into()]);
}

fn deposit(shop: &mut Shop, price: &str) -> String {
    let project = shop.valued_project();
    shop.quotes(&project, price);
    let question = Question::CheckQuote {
        project,
        form: atelier_tests::quote_form(price, "31/01/2028"),
    };
    match shop.asks(&question) {
        Answer::Quote(check) => check
            .sums
            .iter()
            .find(|sum| sum.label.starts_with("Deposit"))
            .map(|sum| sum.amount.clone())
            .unwrap_or_else(|| panic!("{:?}", check.sums)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_version_holds_from_its_day_and_the_old_one_stays_readable() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let before = deposit(&mut shop, "4235");
    let action = change(&mut shop, "1/1/2027", |form| {
        set(form, "payment.deposit", "redesign", "30")
    });
    shop.does(&action);
    assert_eq!(deposit(&mut shop, "4235"), before, "the old terms hold until the day");
    shop.turn_to("2027-01-04");
    assert_ne!(deposit(&mut shop, "4235"), before);
    let view = page(&mut shop, None);
    assert_eq!(view.versions.len(), 2);
    assert!(view.versions[0].in_force && view.versions[0].text.contains("1 January 2027"));
    let old = page(&mut shop, Some(&view.versions[1].id));
    let text = |view: &TermsView| {
        view.groups
            .iter()
            .flat_map(|group| &group.clauses)
            .find(|clause| clause.key == "payment.deposit")
            .and_then(|clause| clause.text.clone())
            .expect("a deposit")
    };
    assert!(text(&old).contains("Redesign: 50"), "{}", text(&old));
    assert!(text(&view).contains("Redesign: 30"), "{}", text(&view));
}

#[test]
fn terms_do_not_reach_back_and_do_not_overtake_the_newest() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let past = change(&mut shop, "1/12/2026", |form| set(form, "delivery.fee", "", "12"));
    assert!(matches!(shop.is_refused(&past), Refusal::TermsInThePast { .. }));
    let none = change(&mut shop, "2/12/2026", |_| ());
    assert_eq!(shop.is_refused(&none), Refusal::NothingChanged);
    let next_year = change(&mut shop, "1/1/2027", |form| set(form, "delivery.fee", "", "12"));
    shop.does(&next_year);
    assert_eq!(
        shop.is_refused(&next_year),
        Refusal::ChangedByAColleague {
            by: "Laurence".into(),
            at: "02/12/2026 10:00".into(),
        }
    );
    let between = change(&mut shop, "15/12/2026", |form| set(form, "delivery.fee", "", "13"));
    assert!(matches!(
        shop.is_refused(&between),
        Refusal::TermsBeforeTheNewest { .. }
    ));
    let same_day = change(&mut shop, "1/1/2027", |form| set(form, "delivery.fee", "", "13"));
    shop.does(&same_day);
    shop.turn_to("2027-01-01");
    let view = page(&mut shop, None);
    assert_eq!(view.versions.iter().filter(|version| version.in_force).count(), 1);
    assert!(view.versions[0].in_force, "of two for one day the last holds");
}

#[test]
fn every_clause_survives_being_typed_in_every_language() {
    for profile in Profile::all() {
        for language in Language::ALL {
            let form = termsheet::typed(&profile.terms, language);
            let mut reader = atelier_core::form::Reader::default();
            let read = termsheet::read(&form, &mut reader);
            assert_eq!(reader.problems, [], "{} {language:?}", profile.id);
            let same = atelier_core::terms::Terms {
                in_force: None,
                ..profile.terms.clone()
            };
            assert_eq!(read, Some(same), "{} {language:?}", profile.id);
        }
    }
}

#[test]
fn the_sheet_has_every_clause_and_no_other() {
    let terms = serde_json::to_value(&Profile::named("blank").expect("a house").terms).expect("a value");
    let mut wanted: Vec<String> = Vec::new();
    for (group, clauses) in terms.as_object().expect("groups") {
        if let Some(clauses) = clauses.as_object() {
            wanted.extend(clauses.keys().map(|name| format!("{group}.{name}")));
        }
    }
    let mut found: Vec<String> = termsheet::CLAUSES
        .iter()
        .flat_map(|(group, clauses)| clauses.iter().map(move |(name, _)| format!("{group}.{name}")))
        .collect();
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
}

#[test]
fn a_clause_typed_badly_is_named_where_it_stands() {
    let mut shop = Shop::of("laurence-vandenborre");
    let mut form = page(&mut shop, None).form;
    set(&mut form, "payment.deposit", "redesign", "120");
    set(&mut form, "production.window", "max", "10");
    set(&mut form, "delivery.fee", "", "-1");
    set(&mut form, "privacy.court", "", "");
    form.clauses
        .get_mut("orders.sells_to")
        .expect("a clause")
        .fields
        .insert(String::new(), Vec::new());
    form.clauses
        .get_mut("returns.send_back_days")
        .expect("a clause")
        .article
        .clear();
    let check = match shop.asks(&Question::CheckTerms { form }) {
        Answer::TermsCheck(check) => check,
        other => panic!("{other:?}"),
    };
    let paths: Vec<&str> = check.problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "orders.sells_to.",
            "production.window.max",
            "payment.deposit.redesign",
            "delivery.fee.",
            "returns.send_back_days.article",
            "privacy.court."
        ]
        .map(|path| path.trim_end_matches('.'))
    );
}

#[test]
fn each_house_s_page_shows_exactly_its_collisions_and_a_changed_clause_takes_its_own_away() {
    let mut shop = Shop::of("belgium-flawless");
    let view = page(&mut shop, None);
    assert_eq!(view.collisions.len(), 5);
    assert!(
        view.collisions
            .iter()
            .all(|found| found.house.starts_with("BF") && !found.law.is_empty() && !found.text.is_empty())
    );
    let mut form = view.form;
    set(&mut form, "payment.cash_limit", "", "3000");
    let check = match shop.asks(&Question::CheckTerms { form }) {
        Answer::TermsCheck(check) => check,
        other => panic!("{other:?}"),
    };
    assert_eq!((check.collisions.len(), check.changes.len()), (4, 1));
    let mut unverified = Shop::of("laurence-vandenborre");
    let view = page(&mut unverified, None);
    assert_eq!(
        view.collisions
            .iter()
            .filter(|found| found.unverified.is_some())
            .count(),
        3
    );
}

#[test]
fn a_house_that_gives_more_than_the_law_is_held_to_it_and_its_flags_go() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-11-01");
    let action = change(&mut shop, "1/11/2026", |form| {
        set(form, "returns.statutory_days", "", "30");
        set(form, "returns.refund_days", "", "7");
        set(form, "returns.client_pays_return", "", "no");
        set(form, "warranty.legal_years", "", "5");
        set(form, "warranty.notice_days", "", "90");
        set(form, "privacy.answer_days", "", "30");
    });
    shop.does(&action);
    let fields = json!({ "ordered": "1/11/2026", "informed": "1/11/2026", "possession": "2/11/2026", "notice": "30/11/2026", "received": "30/11/2026", "price": "100" });
    let view = match shop.asks(&Question::AskDesk { form: asked(fields) }) {
        Answer::Ask(view) => *view,
        other => panic!("{other:?}"),
    };
    let answer = view.answer.expect("an answer");
    let line = |label: &str| {
        answer
            .lines
            .iter()
            .find(|line| line.text == label)
            .map(|line| line.value.clone())
            .unwrap_or_default()
    };
    assert_eq!(line("Withdrawal until (inclusive)"), "2 December 2026");
    assert_eq!(
        (line("Refund due by"), line("Return paid by")),
        ("7 December 2026".into(), "the house".into())
    );
    assert_eq!(line("Legal guarantee until (inclusive)"), "2 November 2031");
    let flags: Vec<String> = page(&mut shop, None)
        .collisions
        .into_iter()
        .map(|found| found.law)
        .collect();
    assert!(
        !flags
            .iter()
            .any(|law| law == "GDPR art. 12(3)" || law == "CC 1649quater"),
        "{flags:?}"
    );
}

#[test]
fn a_case_without_the_day_of_the_order_is_not_opened() {
    let mut shop = Shop::of("uniglo").on("2026-11-26");
    let form = asked(json!({ "possession": "16/11/2026", "informed": "16/11/2026" }));
    let client = Who::New {
        card: card("Jan Peeters"),
    };
    let refusal = shop.is_refused(&Action::OpenCase {
        form: CaseForm {
            kind: "withdrawal".into(),
            client,
            item: "Ring".into(),
            lines: Vec::new(),
            asked: form,
        },
    });
    assert_eq!(refusal, Refusal::Missing { field: "ordered" });
}

#[test]
fn a_case_without_notice_is_answered_for_the_day_it_is_looked_at() {
    let mut shop = Shop::of("uniglo").on("2026-11-20");
    let form = asked(json!({ "ordered": "10/11/2026", "possession": "16/11/2026", "informed": "10/11/2026" }));
    let client = Who::New {
        card: card("Jan Peeters"),
    };
    let case = shop
        .does(&Action::OpenCase {
            form: CaseForm {
                kind: "withdrawal".into(),
                client,
                item: "Ring".into(),
                lines: Vec::new(),
                asked: form,
            },
        })
        .case
        .expect("a case");
    let headline = |shop: &mut Shop| match shop.asks(&Question::Case { id: case.clone() }) {
        Answer::Case(view) => view.answer.headline,
        other => panic!("{other:?}"),
    };
    assert_eq!(headline(&mut shop), "Yes, by the statutory right of withdrawal");
    shop.turn_to("2027-03-01");
    assert_eq!(headline(&mut shop), "No, there is no right");
}

#[test]
fn two_houses_stand_side_by_side_with_what_differs() {
    let mut shop = Shop::of("laurence-vandenborre");
    let own = page(&mut shop, None).id;
    let compared = match shop.asks(&Question::CompareTerms {
        ids: vec![own.clone(), "uniglo".into()],
    }) {
        Answer::ComparedTerms(compared) => compared,
        other => panic!("{other:?}"),
    };
    let row = compared
        .rows
        .iter()
        .find(|row| row.label == "Deposit")
        .expect("the deposit");
    assert!(row.differs && row.says[0].contains("50") && row.says[1] == "–");
    assert!(compared.rows.iter().any(|row| !row.differs));
    let same = match shop.asks(&Question::CompareTerms {
        ids: vec![own, "laurence-vandenborre".into()],
    }) {
        Answer::ComparedTerms(compared) => compared,
        other => panic!("{other:?}"),
    };
    assert!(same.rows.iter().all(|row| !row.differs));
}

/// A sixth house is a file: it is read, answered by, and nothing in the program knows its name.
#[test]
fn a_sixth_house_needs_no_code() {
    let text = include_str!("../fixtures/sixth-house.toml");
    let sixth = [Profile::read("sixth-house.toml", text).expect("a house")];
    let houses = Houses::and(&sixth);
    let ask =
        |question: Value| atelier_core::desk::answer(question.as_object().expect("an object"), houses)["ok"].clone();
    let quote = ask(
        json!({ "ask": "quote", "house": "atelier-zes", "kind": "stock", "lines": [{ "quantity": "1", "unit_price": "1000.00", "vat_pct": "21" }], "gold_credit": "0.00", "valuation_fee_paid": "0.00" }),
    );
    assert_eq!(quote["deposit"], "250.00");
    let window = ask(
        json!({ "ask": "production", "house": "atelier-zes", "approved": "2026-12-02", "deposit_met": "2026-12-02", "closed": [], "suspended": [] }),
    );
    assert_eq!(
        (&window["earliest"], &window["latest"]),
        (&json!("2026-12-04"), &json!("2026-12-07"))
    );
    let kept = ask(json!({
        "ask": "after-sales", "house": "atelier-zes", "today": "2026-12-20", "client": "business", "concluded": "in-person", "made": "engraved",
        "price": "100.00", "vat_pct": "21", "shipping_paid": "0.00", "standard_shipping": "0.00", "informed": null, "ordered": "2026-11-01",
        "shipped": null, "possession": "2026-11-02", "notice": "2026-12-20", "reason": "change-of-mind", "condition": "worn",
        "loss_in_value": "10.00", "dispatched": null, "received": null, "inspected": "2026-12-21",
    }));
    assert_eq!(
        (
            &kept["basis"],
            &kept["house_until"],
            &kept["refund_total"],
            &kept["refund_due"]
        ),
        (
            &json!("house"),
            &json!("2027-01-04"),
            &json!("90.00"),
            &json!("2026-12-26")
        )
    );
    let ids: Vec<&str> = atelier_core::law::collisions(&sixth[0].terms)
        .iter()
        .map(|found| found.id)
        .collect();
    assert_eq!(ids, ["cash-above-limit", "refund-after-inspection"]);
}

fn asked(fields: Value) -> AskForm {
    let fields: Map<String, Value> = fields.as_object().expect("an object").clone();
    AskForm {
        ask: "after-sales".into(),
        house: "own".into(),
        language: Language::En,
        fields,
        compare: false,
        project: String::new(),
    }
}

#[test]
fn a_case_keeps_the_terms_its_contract_was_concluded_under() {
    let mut shop = Shop::of("belgium-flawless").on("2026-11-10");
    let action = change(&mut shop, "1/1/2027", |form| set(form, "returns.window", "days", "60"));
    shop.does(&action);
    shop.turn_to("2027-02-10");
    let mut until = |ordered: &str, shipped: &str, notice: &str| {
        let form = asked(
            json!({ "made": "engraved", "ordered": ordered, "shipped": shipped, "possession": shipped, "notice": notice, "price": "1210" }),
        );
        let client = Who::New {
            card: card("Jan Peeters"),
        };
        let outcome = shop.does(&Action::OpenCase {
            form: CaseForm {
                kind: "withdrawal".into(),
                client,
                item: "Ring".into(),
                lines: Vec::new(),
                asked: form,
            },
        });
        match shop.asks(&Question::Case {
            id: outcome.case.expect("a case"),
        }) {
            Answer::Case(view) => (
                view.answer.headline,
                view.answer
                    .lines
                    .iter()
                    .find(|line| line.text.starts_with("House return"))
                    .map(|line| line.value.clone()),
            ),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        until("10/12/2026", "12/12/2026", "5/2/2027"),
        ("No, there is no right".into(), Some("11 January 2027".into()))
    );
    assert_eq!(
        until("2/1/2027", "4/1/2027", "5/2/2027"),
        ("Yes, by the house’s own terms".into(), Some("5 March 2027".into()))
    );
}
