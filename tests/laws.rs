//! What holds for every amount, and for every sequence of actions.

use atelier_core::counter::Action;
use atelier_core::house::Profile;
use atelier_core::money::{Money, VatRate, rounded_for_cash};
use atelier_core::quote::{Line, total};
use atelier_core::store::Trouble;
use atelier_core::terms::ProjectKind;
use atelier_tests::server::is_asked_for;
use atelier_tests::{Shop, gold_ring, quote_form, value_form};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// So many random histories; a third of them where they are told on a server, whose every step takes several times as long.
fn histories(in_a_file: u32) -> u32 {
    if is_asked_for() { in_a_file / 3 } else { in_a_file }
}

fn line() -> impl Strategy<Value = Line> {
    (
        1_i64..40,
        0_i64..2_000_000,
        prop_oneof![Just(0_i64), Just(6), Just(12), Just(21)],
    )
        .prop_map(|(quantity, cents, rate)| Line {
            quantity: Decimal::new(quantity, 1),
            unit_price: Money::from_cents(cents),
            vat: VatRate::percent(Decimal::from(rate)).expect("a rate"),
        })
}

fn kind() -> impl Strategy<Value = ProjectKind> {
    prop_oneof![
        Just(ProjectKind::TailorMade),
        Just(ProjectKind::Redesign),
        Just(ProjectKind::MadeToOrder),
        Just(ProjectKind::Stock)
    ]
}

mod aftersales {
    use atelier_core::desk::{Houses, answer};
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    const HOUSES: [&str; 6] = [
        "laurence-vandenborre",
        "uniglo",
        "bigli",
        "belgium-flawless",
        "artbeats",
        "blank",
    ];
    const MADE: [&str; 9] = [
        "listed",
        "listed-option",
        "altered-diamond",
        "loose-stone",
        "unlisted",
        "engraved",
        "own-measure",
        "own-design",
        "heartbeat",
    ];

    fn pick(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
        (0..words.len()).prop_map(|at| words[at])
    }

    fn day(after: Option<i64>) -> Value {
        let first: NaiveDate = "2026-01-05".parse().expect("a day");
        after.map_or(Value::Null, |after| {
            json!(
                first
                    .checked_add_days(Days::new(after.unsigned_abs()))
                    .expect("a day")
                    .to_string()
            )
        })
    }

    /// Any case of a consumer or a business: days in the order they can come in, anything else at will.
    fn case() -> impl Strategy<Value = Map<String, Value>> {
        let words = (
            pick(&["consumer", "business"]),
            pick(&["distance", "off-premises", "in-person"]),
            pick(&MADE),
            pick(&["change-of-mind", "cancel", "defect", "wrong-item", "transport-damage"]),
            pick(&["as-delivered", "handled", "worn", "damaged", "altered"]),
        );
        let days = (
            0_i64..400,
            proptest::option::of(0_i64..30),
            proptest::option::of(0_i64..30),
            proptest::option::of(0_i64..500),
            proptest::option::of(0_i64..500),
        );
        let back = (
            proptest::option::of(0_i64..40),
            proptest::option::of(0_i64..40),
            proptest::option::of(0_i64..20),
        );
        let money = (
            0_i64..1_000_000,
            0_i64..10_000,
            0_i64..10_000,
            0_i64..100_000,
            0_i64..5_000,
            0_i64..40,
            any::<bool>(),
        );
        (words, days, back, money).prop_map(|((client, concluded, made, reason, condition), (ordered, shipped, possession, notice, informed), back, money)| {
            let shipped = shipped.map(|after| ordered + after);
            let possession = possession.map(|after| shipped.unwrap_or(ordered) + after);
            let notice = notice.map(|after| ordered + after);
            let received = back.1.map(|after| notice.unwrap_or(ordered) + back.0.unwrap_or(0) + after);
            let amount = |cents: i64| json!(atelier_core::money::Money::from_cents(cents));
            let (price, paid, standard, loss, label, restocking, restockable) = money;
            json!({
                "ask": "after-sales", "house": "blank", "today": day(Some(ordered + 450)), "client": client, "concluded": concluded, "made": made,
                "price": amount(price), "vat_pct": "21", "shipping_paid": amount(paid), "standard_shipping": amount(standard),
                "informed": day(informed.map(|after| ordered + after)), "ordered": day(Some(ordered)), "shipped": day(shipped),
                "possession": day(possession), "notice": day(notice), "reason": reason, "condition": condition, "loss_in_value": amount(loss),
                "dispatched": day(back.0.map(|after| notice.unwrap_or(ordered) + after)), "received": day(received),
                "inspected": day(received.and_then(|received| back.2.map(|after| received + after))), "label_cost": amount(label),
                "restocking_pct": restocking.to_string(), "restockable": restockable, "deposit_paid": amount(price / 2),
            }).as_object().expect("an object").clone()
        })
    }

    fn with(case: &Map<String, Value>, changes: &[(&str, Value)]) -> Value {
        let mut case = case.clone();
        for (name, value) in changes {
            case.insert((*name).to_owned(), value.clone());
        }
        answer(&case, Houses::ready_made())["ok"].clone()
    }

    fn cents(value: &Value) -> i64 {
        value
            .as_str()
            .and_then(|text| atelier_core::money::Money::plain(text).ok())
            .expect("an amount")
            .cents()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn every_answer_has_grounds_and_a_refund_its_lines(case in case(), house in pick(&HOUSES)) {
            let answer = with(&case, &[("house", json!(house))]);
            prop_assert!(answer["grounds"].as_array().is_some_and(|grounds| !grounds.is_empty()), "{:?}", case);
            if let Some(total) = answer["refund_total"].as_str() {
                let lines: i64 = answer["refund"].as_array().expect("lines").iter().map(|line| cents(&line[1])).sum();
                prop_assert_eq!(cents(&json!(total)), lines.max(0));
            }
            prop_assert_eq!(answer["right"] == json!(true), answer["basis"] != json!("none"));
        }

        #[test]
        fn who_was_told_in_time_never_has_longer_than_who_was_never_told(case in case(), house in pick(&HOUSES)) {
            let never = with(&case, &[("house", json!(house)), ("informed", Value::Null)]);
            let told = with(&case, &[("house", json!(house)), ("informed", case["ordered"].clone())]);
            prop_assert!(told["statutory_until"].as_str() <= never["statutory_until"].as_str());
        }

        #[test]
        fn a_later_possession_never_ends_a_right_earlier(case in case(), house in pick(&HOUSES), later in 0_u64..40) {
            let Some(possession) = case["possession"].as_str().and_then(|day| day.parse::<NaiveDate>().ok()) else { return Ok(()) };
            let moved = possession.checked_add_days(Days::new(later)).expect("a day").to_string();
            let told = |possession: Value| with(&case, &[("house", json!(house)), ("informed", case["ordered"].clone()), ("possession", possession)]);
            let (early, late) = (told(case["possession"].clone()), told(json!(moved)));
            prop_assert!(early["statutory_until"].as_str() <= late["statutory_until"].as_str());
            prop_assert!(early["house_until"].as_str() <= late["house_until"].as_str());
            prop_assert!(early["guarantee_until"].as_str() <= late["guarantee_until"].as_str());
        }

        /// The blank house is the statute alone; the label is one the client asked for, which the law lets a house charge.
        #[test]
        fn inside_the_statute_no_house_refunds_less_or_later_than_the_law(case in case(), house in pick(&HOUSES)) {
            let law = with(&case, &[]);
            let house = with(&case, &[("house", json!(house))]);
            prop_assert_eq!(law["basis"] == json!("statute"), house["basis"] == json!("statute"));
            if law["basis"] == json!("statute") && !law["refund_total"].is_null() {
                let label = cents(&case["label_cost"]);
                prop_assert!(cents(&house["refund_total"]) + label >= cents(&law["refund_total"]), "{} {}", house, law);
                if let (Some(house), Some(law)) = (house["refund_due"].as_str(), law["refund_due"].as_str()) {
                    prop_assert!(house <= law);
                }
                prop_assert!(law["refund_due"].is_null() || !house["refund_due"].is_null());
            }
        }
    }
}

proptest! {
    #[test]
    fn a_quote_always_adds_up(
        lines in proptest::collection::vec(line(), 1..12), gold in 0_i64..5_000_000, fee in 0_i64..20_000, kind in kind(), house in 0_usize..6,
    ) {
        let terms = &Profile::all()[house].terms;
        let (gold, fee) = (Money::from_cents(gold), Money::from_cents(fee));
        let sums = total(kind, &lines, gold, fee, terms).expect("within bounds").value;
        prop_assert_eq!(sums.lines.iter().copied().sum::<Money>(), sums.total);
        prop_assert_eq!(sums.vat.iter().map(|share| share.base + share.vat).sum::<Money>(), sums.total);
        prop_assert_eq!(sums.deposit + sums.balance, sums.to_pay);
        prop_assert_eq!(sums.credits + sums.to_pay, sums.total);
        prop_assert_eq!(sums.credits + sums.unused_credit, gold + fee);
        prop_assert!(sums.to_pay >= Money::ZERO && sums.deposit >= Money::ZERO && sums.balance >= Money::ZERO);
    }

    #[test]
    fn cash_moves_at_most_two_cents(cents in -1_000_000_i64..1_000_000) {
        let rounded = rounded_for_cash(Money::from_cents(cents)).cents();
        prop_assert!((rounded - cents).abs() <= 2);
        prop_assert!(cents.abs() <= 5 || rounded % 5 == 0);
    }

    #[test]
    fn an_amount_survives_the_wire(cents in -9_999_999_999_i64..9_999_999_999) {
        let money = Money::from_cents(cents);
        let wire = serde_json::to_string(&money).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Money>(&wire).expect("an amount"), money);
    }

    #[test]
    fn a_number_typed_never_panics(text in "\\PC{0,24}") {
        let _ = atelier_core::number::typed(&text, 2);
        let _ = atelier_core::typed_day::full(&text);
        let _ = atelier_core::intake::title_of_stamp(&text);
    }
}

/// Something a person at the counter may try, whether it is its turn or not.
#[derive(Debug, Clone)]
enum Try {
    TakeIn,
    Decide(bool),
    NoteGold(u32),
    Value(u32),
    Quote(u32),
    NextDay,
}

fn attempt() -> impl Strategy<Value = Try> {
    prop_oneof![
        Just(Try::TakeIn),
        any::<bool>().prop_map(Try::Decide),
        (1_u32..9000).prop_map(Try::NoteGold),
        (0_u32..100).prop_map(Try::Value),
        (0_u32..9000).prop_map(Try::Quote),
        Just(Try::NextDay),
    ]
}

fn action(shop: &mut Shop, attempt: &Try, projects: &[String]) -> Option<Action> {
    let project = projects.last().cloned();
    Some(match attempt {
        Try::TakeIn => Action::TakeIn {
            form: atelier_tests::intake(vec![gold_ring()]),
            draft: String::new(),
        },
        Try::Decide(accepted) => {
            let piece = shop.project(&project?).pieces[0].id.clone();
            Action::Decide {
                piece,
                accepted: *accepted,
                reason: "so decided".into(),
            }
        }
        Try::NoteGold(euro) => Action::NoteGoldPrice {
            day: "2026-12-01".into(),
            unit: "ounce".into(),
            euro: euro.to_string(),
            source: "refiner".into(),
        },
        Try::Value(percent) => Action::Value {
            project: project?,
            form: value_form(&percent.to_string()),
        },
        Try::Quote(price) => Action::IssueQuote {
            project: project?,
            form: quote_form(&price.to_string(), "31/12/2027"),
        },
        Try::NextDay => return None,
    })
}

/// What the screen offers on an order, filled in at random and acted on.
mod orders {
    use atelier_core::counter::{Action, NextView, ProjectView, Stage};
    use atelier_core::store::Trouble;
    use atelier_tests::as_action;
    use atelier_tests::{Shop, gold_ring};
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    /// Fills the form of a step from a row of numbers: each choice taken, each amount a part of what is proposed.
    pub(super) fn filled(on: (&str, &str, &str), step: &NextView, picks: &[u16]) -> Action {
        let (act, name, id) = on;
        let mut action = Map::from_iter([
            ("do".to_owned(), json!(act)),
            (name.to_owned(), json!(id)),
            ("step".to_owned(), json!(step.step)),
        ]);
        for (index, field) in step.fields.iter().enumerate() {
            let pick = usize::from(picks[index % picks.len()]);
            let value = match field.kind.as_str() {
                "choice" => json!(
                    field
                        .options
                        .get(pick % field.options.len().max(1))
                        .map(|option| option.value.clone())
                        .unwrap_or_default()
                ),
                "choices" => json!(
                    field
                        .options
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| pick >> at & 1 == 1)
                        .map(|(_, option)| option.value.clone())
                        .collect::<Vec<_>>()
                ),
                "signature" => json!({ "kind": "paper" }),
                "photo" => json!(""),
                "photos" => json!([]),
                "figure" if pick % 3 == 0 && field.value.is_empty() => json!("12.5"),
                "figure" if pick % 3 == 1 => json!("100"),
                "day" if field.value.is_empty() => json!("2027-03-01"),
                "long" | "text" if pick % 4 > 0 => json!("as agreed"),
                _ => json!(field.value),
            };
            action.insert(field.name.clone(), value);
        }
        serde_json::from_value(Value::Object(action)).expect("an action of the closed list")
    }

    pub(super) fn cents(text: &str) -> i64 {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let cents: i64 = digits.parse().expect("an amount");
        if text.contains('\u{2212}') { -cents } else { cents }
    }

    /// What a page says of a project, but for what is told and for papers.
    fn as_it_stands(page: &ProjectView) -> String {
        let mut page = page.clone();
        page.history.clear();
        // The next numbers of papers count on.
        page.papers.clear();
        format!("{page:?}")
    }

    /// Every statement of a page agrees with every other: what it waits for can be done, one thing is asked, and nothing is ticked
    /// that was not.
    fn tells_the_truth(page: &ProjectView) -> Result<(), TestCaseError> {
        let main: Vec<&str> = page
            .next
            .iter()
            .filter(|step| step.main)
            .map(|step| step.step.as_str())
            .collect();
        prop_assert!(main.len() <= 1, "two steps are waited for: {main:?}");
        match page.waits.as_str() {
            "" => {}
            "decide" => prop_assert!(
                page.pieces
                    .iter()
                    .any(|piece| piece.decide_refused.is_none() && piece.decision.is_none())
            ),
            "value" => prop_assert!(page.pieces.iter().any(|piece| !piece.metals.is_empty())),
            "quote" => prop_assert!(page.quotes.is_empty() || page.quotes[0].lapsed || page.quote_refused.is_none()),
            step => prop_assert!(
                page.next.iter().any(|next| next.step == step && next.refused.is_none()),
                "{step} is waited for, and cannot be done"
            ),
        }
        let done = |stage: Stage| page.path.iter().any(|line| line.stage == stage && line.done);
        prop_assert_eq!(
            page.path.iter().filter(|line| line.now).count(),
            1,
            "a project stands at one stage"
        );
        prop_assert!(done(Stage::Valued) != page.valuations.is_empty());
        prop_assert!(done(Stage::Quoted) != page.quotes.is_empty());
        prop_assert!(
            done(Stage::Accepted)
                == page
                    .pieces
                    .iter()
                    .any(|piece| piece.decision.as_ref().is_some_and(|decision| decision.accepted))
        );
        let offered = |step: &str| page.next.iter().any(|next| next.step == step && next.refused.is_none());
        if line(page, "Outstanding") == Some(0) {
            prop_assert!(
                !offered("book-payment"),
                "a payment is offered with nothing outstanding"
            );
        }
        prop_assert!(line(page, "Paid") != Some(0), "nothing paid is said as a payment");
        for task in &page.tasks {
            prop_assert!(!task.text.contains("since"), "{}", task.text);
            prop_assert!(
                !task.text.chars().any(|c| c == '/'),
                "a day is said once: {}",
                task.text
            );
        }
        Ok(())
    }

    fn line(page: &ProjectView, label: &str) -> Option<i64> {
        page.money
            .iter()
            .find(|line| line.label == label)
            .map(|line| cents(&line.amount))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: super::histories(80), ..ProptestConfig::default() })]

        /// Whatever is done in whatever order: what is greyed is refused, the ledger adds up, nothing leaves unpaid, no
        /// component appears or vanishes, and the journal replayed from nothing gives the same store, row by row.
        #[test]
        fn no_order_of_steps_breaks_the_books(rounds in proptest::collection::vec((any::<u16>(), proptest::collection::vec(any::<u16>(), 4)), 20..70)) {
            let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
            shop.notes_gold("3500");
            let project = shop.takes_in(gold_ring());
            shop.accepts(&project);
            shop.values(&project, "15");
            shop.quotes(&project, "4235");
            let components = shop.project(&project).custody.len();
            let mut settled = 0;
            for (index, (choice, picks)) in rounds.iter().enumerate() {
                if choice % 5 == 0 {
                    shop.turn_to(&format!("2026-12-{:02}", 3 + index.min(27)));
                    if choice % 2 == 0 {
                        shop.does(&Action::CloseDays { first: "2026-12-21".into(), last: format!("2027-01-{:02}", 2 + index.min(20)), reason: String::new() });
                    }
                }
                let before = shop.project(&project);
                // An approved design every now and then, which needs a picture.
                if choice % 11 == 0 && before.stage == Stage::Ordered {
                    shop.approves_design(&project);
                    continue;
                }
                let Some(step) = before.next.get(usize::from(*choice) % before.next.len().max(1)) else { continue };
                let acted = shop.tries(&filled(("take-step", "project", &project), step, picks));
                match &acted {
                    Ok(_) => prop_assert!(step.refused.is_none(), "{} was greyed and went through", step.step),
                    Err(Trouble::Refused(_)) => {}
                    Err(other) => prop_assert!(false, "{}: {other:?}", step.step),
                }
                let page = shop.project(&project);
                tells_the_truth(&page)?;
                // A slip that is taken back leaves everything but what is told of it as it was.
                if let Ok(outcome) = &acted
                    && let Some(undo) = &outcome.undo
                    && choice % 3 == 0
                {
                    shop.does(&as_action(Some(undo)));
                    prop_assert_eq!(as_it_stands(&shop.project(&project)), as_it_stands(&before), "{} was not undone", step.step);
                    continue;
                }
                let booked: i64 = page.ledger.iter().map(|line| cents(&line.amount)).sum();
                if let (Some(to_pay), Some(paid)) = (line(&page, "To pay"), line(&page, "Paid")) {
                    // Beside what is paid towards the order stands the fee of 50.00, until it is corrected.
                    prop_assert!(booked - paid == 0 || booked - paid == 5_000, "the ledger says {} and the order {}", booked, paid);
                    if let Some(open) = line(&page, "Outstanding") {
                        prop_assert_eq!(open, (to_pay - paid).max(0));
                        // Only a correction afterwards can open what was paid when the piece left.
                        if step.step == "deliver" && acted.is_ok() {
                            prop_assert_eq!(open, 0, "delivered with a balance open");
                        }
                    } else {
                        let (kept, back) = (line(&page, "Kept by the house").expect("kept"), line(&page, "To pay back").expect("back"));
                        prop_assert!(kept >= 0 && back >= 0);
                    }
                }
                prop_assert_eq!(page.custody.len(), components, "a component came or went");
                let now = page.custody.iter().filter(|line| line.settled).count();
                prop_assert!(now >= settled, "a fate was undone");
                settled = now;
                if page.stage == Stage::Closed {
                    prop_assert_eq!(now, components, "closed with components unaccounted for");
                }
            }
            prop_assert_eq!(shop.replayed(), shop.everything());
            prop_assert_eq!(shop.standings_that_do_not_follow(), Vec::<String>::new());
        }
    }
}

/// What is scanned or typed whole leads to what bears it, and to nothing else.
mod identifiers {
    use atelier_core::counter::{Answer, ExactView, Question};
    use atelier_tests::{Shop, gold_ring};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn leads(shop: &mut Shop, text: &str) -> Option<ExactView> {
        match shop.asks(&Question::Identify { text: text.into() }) {
            Answer::Identified(found) => found,
            other => panic!("{other:?}"),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        /// Any house, any of its identifiers, however it is typed: the envelope is that envelope and not a project whose number ends
        /// alike.
        #[test]
        fn every_identifier_opens_what_bears_it(envelopes in proptest::collection::vec((0_u32..3, 1_u32..60), 1..9), valued in any::<u8>()) {
            let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
            shop.notes_gold("3500");
            let mut used = BTreeSet::new();
            let mut borne: Vec<(String, String, Option<String>, bool)> = Vec::new();
            for (index, (shape, number)) in envelopes.into_iter().enumerate() {
                let envelope = match shape {
                    0 => format!("E-{number:04}"),
                    1 => format!("P2026-{number:04}"),
                    _ => format!("KLUIS {number}"),
                };
                // A house does not write the number of a project on an envelope of another; if it does, the project is meant.
                if !used.insert(envelope.clone()) || shape == 1 && number < 10 {
                    continue;
                }
                let mut ring = gold_ring();
                ring.envelope.clone_from(&envelope);
                let project = shop.takes_in(ring);
                borne.push((envelope, project.clone(), None, true));
                if valued >> (index % 8) & 1 == 1 {
                    shop.accepts(&project);
                    shop.values(&project, "15");
                    shop.quotes(&project, "4235");
                }
                let page = shop.project(&project);
                borne.push((page.number.clone(), project.clone(), None, false));
                for paper in page.papers {
                    let frozen = paper.number.starts_with(['V', 'Q']);
                    borne.push((paper.number, project.clone(), (!frozen).then_some(paper.id), false));
                }
            }
            for (text, project, paper, piece) in &borne {
                for typed in [text.clone(), format!("  {}  ", text.to_lowercase()), text.to_uppercase()] {
                    let found = leads(&mut shop, &typed);
                    prop_assert!(found.is_some(), "{typed:?} leads nowhere");
                    let found = found.expect("checked");
                    prop_assert_eq!(&found.id, project, "{}", typed);
                    prop_assert_eq!(&found.paper, paper, "{}", typed);
                    prop_assert_eq!(found.piece.is_some(), *piece, "{}", typed);
                }
                // A sign less or more is another identifier, or none.
                for other in [text[..text.len() - 1].to_owned(), format!("{text}9")] {
                    if let Some(found) = leads(&mut shop, &other) {
                        // Zeroes before the figure are left out as people do.
                        let plain = |text: &str| match text.split_once('-') {
                            Some((series, number)) => format!("{series}-{}", number.trim_start_matches('0')),
                            None => text.to_owned(),
                        };
                        let bears = borne.iter().any(|(known, of, ..)| *of == found.id && plain(known) == plain(&other));
                        prop_assert!(bears, "{other} leads to {found:?}");
                    }
                }
            }
        }
    }
}

/// What the screen offers on a case, filled in at random and acted on.
mod cases {
    use super::orders::{cents, filled};
    use atelier_core::counter::CaseView;
    use atelier_core::desk::{Houses, answer, said};
    use atelier_core::house::Profile;
    use atelier_core::store::Trouble;
    use atelier_core::terms::ProjectKind;
    use atelier_core::words::Language;
    use atelier_tests::as_action;
    use atelier_tests::{Shop, refund};
    use proptest::prelude::*;

    const HOUSES: [&str; 6] = [
        "laurence-vandenborre",
        "uniglo",
        "bigli",
        "belgium-flawless",
        "artbeats",
        "blank",
    ];
    const KINDS: [(&str, &str); 8] = [
        ("withdrawal", ""),
        ("return", ""),
        ("exchange", ""),
        ("warranty", "10/11/2026"),
        ("transport-damage", "7/11/2026"),
        ("wrong-item", "7/11/2026"),
        ("repair", ""),
        ("resizing", ""),
    ];

    /// All of a case's page but its history.
    fn as_it_stands(page: &CaseView) -> String {
        let mut page = page.clone();
        page.history.clear();
        format!("{page:?}")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: super::histories(60), ..ProptestConfig::default() })]

        /// Whatever is done on a case in whatever order: what is greyed is refused, never more goes back than is due, what the
        /// desk answers is what a script is answered for the same facts, and the journal replayed gives the same rows.
        #[test]
        fn no_order_of_steps_breaks_a_case(
            house in 0_usize..6, kind in 0_usize..8, made in any::<bool>(),
            rounds in proptest::collection::vec((any::<u16>(), proptest::collection::vec(any::<u16>(), 5)), 10..40),
        ) {
            let mut shop = Shop::of(HOUSES[house]).on("2026-11-02");
            let sold = if made { ProjectKind::TailorMade } else { ProjectKind::Stock };
            let project = shop.sells_by_mail(sold, "1210", "2026-11-06");
            shop.turn_to("2026-11-12");
            let (kind, found) = KINDS[kind];
            let typed: &[(&str, &str)] = if found.is_empty() { &[] } else { &[("found", found)] };
            let case = shop.opens_case(&project, kind, typed);
            let terms = &Profile::named(HOUSES[house]).expect("a house").terms;
            for (index, (choice, picks)) in rounds.iter().enumerate() {
                if choice % 4 == 0 {
                    let day: chrono::NaiveDate = "2026-11-12".parse().expect("a day");
                    shop.turn_to(&(day + chrono::Days::new(index as u64)).to_string());
                }
                let before = shop.case(&case);
                let Some(step) = before.next.get(usize::from(*choice) % before.next.len().max(1)) else { continue };
                let acted = shop.tries(&filled(("take-case-step", "case", &case), step, picks));
                match &acted {
                    Ok(_) => prop_assert!(step.refused.is_none(), "{} was greyed and went through", step.step),
                    Err(Trouble::Refused(_)) => {}
                    Err(other) => prop_assert!(false, "{}: {other:?}", step.step),
                }
                let after = shop.case(&case);
                // A slip that is taken back leaves everything but what is told of it as it was.
                if let Ok(outcome) = &acted
                    && let Some(undo) = &outcome.undo
                    && choice % 3 == 0
                {
                    shop.does(&as_action(Some(undo)));
                    prop_assert_eq!(as_it_stands(&shop.case(&case)), as_it_stands(&before), "{} was not undone", step.step);
                    continue;
                }
                if step.step == "refund" && acted.is_ok() {
                    let open = before.money.iter().find(|line| line.strong).map(|line| cents(&line.amount)).expect("something open");
                    let back = after.ledger.last().map(|line| cents(&line.amount)).expect("a refund");
                    prop_assert!(back <= open, "{back} went back of {open}");
                }
                // A cent more than is open is never paid.
                if let Some(open) = after.money.iter().find(|line| line.strong).map(|line| cents(&line.amount)) {
                    let more = format!("{}.{:02}", (open + 1) / 100, (open + 1) % 100);
                    let action = atelier_core::counter::Action::TakeCaseStep { case: case.clone(), step: refund(&more, "transfer", "yes") };
                    prop_assert!(matches!(shop.tries(&action), Err(Trouble::Refused(_))));
                }
                let wire = answer(&after.question, Houses::and_own(terms));
                match wire["ok"].as_object() {
                    Some(ok) => {
                        let expected = said::said(after.question["ask"].as_str().expect("a kind"), ok, Language::En);
                        prop_assert_eq!(&after.answer.headline, &expected.headline);
                        let lines: Vec<String> = after.answer.lines.iter().map(|line| format!("{}: {}", line.text, line.value)).collect();
                        prop_assert_eq!(lines, expected.lines.iter().map(|line| format!("{}: {}", line.label, line.value)).collect::<Vec<_>>());
                    }
                    None => prop_assert!(false, "no answer after {}: {wire}", step.step),
                }
            }
            prop_assert_eq!(shop.replayed(), shop.everything());
            prop_assert_eq!(shop.standings_that_do_not_follow(), Vec::<String>::new());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// No order of actions changes an issued paper, a rehearsal changes nothing, and a refusal changes nothing.
    #[test]
    fn no_order_of_actions_changes_what_is_issued(attempts in proptest::collection::vec(attempt(), 1..14)) {
        let mut shop = Shop::of("laurence-vandenborre");
        let mut projects: Vec<String> = Vec::new();
        let mut issued: Vec<(String, Vec<u8>)> = Vec::new();
        let mut day = 2;
        for attempt in attempts {
            if matches!(attempt, Try::NextDay) {
                day += 1;
                shop.turn_to(&format!("2026-12-{day:02}"));
            }
            let Some(action) = action(&mut shop, &attempt, &projects) else { continue };
            let before = shop.everything();
            let context = shop.context();
            let rehearsed = shop.counter.rehearse(&action, &context);
            prop_assert_eq!(&shop.everything(), &before, "a rehearsal left something behind");
            let acted = shop.counter.act(&action, &context);
            match (&rehearsed, &acted) {
                (Ok(rehearsed), Ok(acted)) => prop_assert_eq!(rehearsed, acted),
                (Err(Trouble::Refused(one)), Err(Trouble::Refused(other))) => {
                    prop_assert_eq!(one, other);
                    prop_assert_eq!(&shop.everything(), &before, "a refusal left something behind");
                }
                other => prop_assert!(false, "{other:?}"),
            }
            let outcome = acted.unwrap_or_default();
            if matches!(attempt, Try::TakeIn) {
                projects.extend(outcome.project);
            }
            if let Some(paper) = outcome.paper {
                let bytes = shop.counter.paper(&paper).expect("its bytes").1;
                issued.push((paper, bytes));
            }
            for (paper, bytes) in &issued {
                prop_assert_eq!(&shop.counter.paper(paper).expect("its bytes").1, bytes, "an issued paper changed");
            }
        }
        for project in &projects {
            let page = shop.project(project);
            let versions: Vec<i64> = page.quotes.iter().map(|quote| quote.version).rev().collect();
            let wanted: Vec<i64> = (1..).take(versions.len()).collect();
            prop_assert_eq!(versions, wanted, "versions have a gap");
        }
    }
}

/// Whatever a house does, its store is sound, is backed up, and comes back as it was.
mod safe {
    use atelier_core::counter::{Action, Answer, Correction, Question};
    use atelier_core::store::Store;
    use atelier_core::store::key::Key;
    use atelier_tests::{Shop, card, gold_ring, intake, sketch};
    use proptest::prelude::*;
    use std::path::Path;

    /// What somebody does; the number says with which client or project.
    #[derive(Debug, Clone)]
    enum Did {
        TakeInWithPhoto,
        Withdraw(usize),
        Note(usize),
        Import,
        Rename(usize),
        Merge(usize, usize),
        Erase(usize),
        AddStaff,
        CloseDays,
        /// Encrypts the store by a key, or takes it away.
        Encrypt(bool),
        NextDay,
    }

    fn did() -> impl Strategy<Value = Did> {
        prop_oneof![
            3 => Just(Did::TakeInWithPhoto),
            3 => (0_usize..9).prop_map(Did::Withdraw),
            2 => (0_usize..9).prop_map(Did::Note),
            1 => Just(Did::Import),
            1 => (0_usize..9).prop_map(Did::Rename),
            1 => (0_usize..9, 0_usize..9).prop_map(|(one, other)| Did::Merge(one, other)),
            3 => (0_usize..9).prop_map(Did::Erase),
            1 => Just(Did::AddStaff),
            1 => Just(Did::CloseDays),
            1 => any::<bool>().prop_map(Did::Encrypt),
            2 => Just(Did::NextDay),
        ]
    }

    fn clients(shop: &mut Shop) -> Vec<atelier_core::counter::ClientView> {
        match shop.asks(&Question::Search { text: String::new() }) {
            Answer::Found(found) => found.clients,
            other => panic!("{other:?}"),
        }
    }

    fn action(shop: &mut Shop, did: &Did, round: usize, projects: &[String]) -> Option<Action> {
        let known = clients(shop);
        let client = |number: usize| known.get(number % known.len().max(1));
        let project = |number: usize| projects.get(number % projects.len().max(1));
        Some(match did {
            Did::TakeInWithPhoto => {
                let photo = shop
                    .does(&Action::KeepPhoto {
                        name: format!("ring {round}.png"),
                        bytes: sketch(),
                    })
                    .photo?;
                let mut ring = gold_ring();
                ring.photos = vec![photo];
                let mut form = intake(vec![ring]);
                form.client = atelier_core::intake::Who::New {
                    card: card(&format!("Client {round} Peeters")),
                };
                Action::TakeIn {
                    form,
                    draft: String::new(),
                }
            }
            Did::Withdraw(number) => Action::Correct {
                what: Correction::Withdraw {
                    project: project(*number)?.clone(),
                    reason: "taken in twice".into(),
                },
            },
            Did::Note(number) => Action::NoteClient {
                client: client(*number)?.id.clone(),
                note: format!("Likes {round} carats"),
                file: String::new(),
            },
            Did::Import => Action::ImportClients {
                clients: vec![atelier_core::counter::Imported {
                    card: card(&format!("Imported {round}")),
                }],
            },
            Did::Rename(number) => {
                let client = client(*number)?;
                Action::EditClient {
                    id: client.id.clone(),
                    version: client.version,
                    card: card(&format!("Renamed {round}")),
                }
            }
            Did::Merge(one, other) => Action::MergeClients {
                gone: client(*one)?.id.clone(),
                kept: client(*other)?.id.clone(),
            },
            Did::Erase(number) => Action::EraseClient {
                client: client(*number)?.id.clone(),
            },
            Did::AddStaff => Action::AddStaff {
                name: format!("Staff {round}"),
            },
            Did::CloseDays => Action::CloseDays {
                first: "2027-07-12".into(),
                last: "2027-07-16".into(),
                reason: "holiday".into(),
            },
            Did::Encrypt(_) | Did::NextDay => return None,
        })
    }

    fn is_safe(shop: &mut Shop, folder: &Path, round: usize, key: Option<&Key>) -> Result<(), TestCaseError> {
        let checked = shop.counter.store().check().expect("a check");
        prop_assert!(checked.problems.is_empty(), "{:?}", checked.problems);
        prop_assert_eq!(shop.standings_that_do_not_follow(), Vec::<String>::new());
        let (backup, again) = (
            folder.join(format!("backup-{round}.db")),
            folder.join(format!("again-{round}.db")),
        );
        shop.counter
            .store()
            .back_up(&backup, None, "2026-12-04T18:00:00+01:00")
            .expect("a backup");
        prop_assert!(Store::preview(&backup, key).expect("it opens").problems.is_empty());
        Store::restore(&again, &backup, key, key, "1").expect("restored");
        let mut restored = Store::open_with(&again, key).expect("the store");
        prop_assert_eq!(restored.dump(&[]).expect("its rows"), shop.everything());
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_is_done_the_store_is_sound_and_comes_back(dids in proptest::collection::vec(did(), 4..14)) {
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("atelier.db");
            let mut shop = Shop::in_file("laurence-vandenborre", &file).on("2026-12-02");
            let (mut projects, mut day, mut key) = (Vec::new(), 2, None);
            for (round, did) in dids.iter().enumerate() {
                match did {
                    Did::NextDay => {
                        day += 1;
                        shop.turn_to(&format!("2026-12-{day:02}"));
                    }
                    Did::Encrypt(wanted) => {
                        let to = wanted.then(|| Key::Random([round as u8 + 1; 32]));
                        drop(shop);
                        Store::rekey(&file, key.as_ref(), to.as_ref()).expect("another key");
                        key = to;
                        shop = Shop::again_with(&file, round as u64 + 1, key.as_ref());
                        shop.turn_to(&format!("2026-12-{day:02}"));
                    }
                    _ => {
                        if let Some(action) = action(&mut shop, did, round, &projects)
                            && let Ok(done) = shop.tries(&action)
                            && matches!(did, Did::TakeInWithPhoto)
                        {
                            projects.extend(done.project);
                        }
                    }
                }
            }
            is_safe(&mut shop, folder.path(), dids.len(), key.as_ref())?;
        }
    }
}

/// Whatever an order is made of and however it is paid: its invoices add up to it once, and every structured file is valid.
mod invoices {
    use atelier_core::counter::{Action, Export, Step, steps};
    use atelier_core::intake::Who;
    use atelier_core::invoice::{Invoice, InvoiceKind, Share};
    use atelier_core::money::Money;
    use atelier_core::store::{Trouble, invoices};
    use atelier_core::terms::{ClientKind, ProjectKind};
    use atelier_tests::{Shop, accept, card, judges, quote_form};
    use proptest::prelude::*;
    use std::path::Path;

    /// So many orders are made; `ATELIER_ORDERS` names another number.
    fn orders() -> u32 {
        let named = std::env::var("ATELIER_ORDERS").ok();
        named
            .and_then(|number| number.parse().ok())
            .unwrap_or_else(|| super::histories(40))
    }

    /// A line: quantity in tenths, price in cents, rate.
    type Line = (i64, i64, i64);

    fn line() -> impl Strategy<Value = Line> {
        (
            1_i64..60,
            1_i64..900_000,
            prop_oneof![Just(21_i64), Just(21), Just(12), Just(6)],
        )
    }

    fn typed(cents: i64) -> String {
        format!("{},{:02}", cents / 100, cents % 100)
    }

    fn ordered(shop: &mut Shop, lines: &[Line]) -> String {
        let mut client = card("Juwelen Peeters BV");
        client.kind = ClientKind::Business;
        client.vat_number = "BE 0441.574.880".into();
        let (kind, wish, client) = (ProjectKind::TailorMade, String::new(), Who::New { card: client });
        let project = shop.does(&Action::OpenProject { kind, client, wish }).project;
        let project = project.expect("a project");
        let mut form = quote_form("1", "31/12/2026");
        let first = form.lines.remove(0);
        for (quantity, cents, rate) in lines {
            let mut line = first.clone();
            line.quantity = format!("{},{}", quantity / 10, quantity % 10);
            line.unit_price = typed(*cents);
            line.vat = rate.to_string();
            form.lines.push(line);
        }
        let quoted = Action::IssueQuote {
            project: project.clone(),
            form,
        };
        shop.does(&quoted);
        shop.consents(&project);
        shop.takes(&project, accept());
        project
    }

    fn all(shop: &mut Shop, project: &str) -> Vec<Invoice> {
        let read = shop.counter.store().read(|tx| invoices::of_project(tx, project));
        read.expect("the invoices")
    }

    fn written(shop: &mut Shop, project: &str, folder: &Path) -> Vec<std::path::PathBuf> {
        let context = shop.context();
        let papers = shop.project(project).papers;
        let mut files = Vec::new();
        for paper in papers.into_iter().filter(|paper| paper.number.starts_with('F')) {
            let (name, bytes) = shop
                .counter
                .export(&Export::Invoice { paper: paper.id }, &context)
                .expect("a file");
            let file = folder.join(name);
            std::fs::write(&file, bytes).expect("written");
            files.push(file);
        }
        files
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: orders(), ..ProptestConfig::default() })]

        #[test]
        fn invoices_add_up_to_the_order_and_every_file_is_valid(
            lines in proptest::collection::vec(line(), 1..5),
            steps in proptest::collection::vec((0_u8..4, 1_i64..100), 1..7),
        ) {
            let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
            let project = ordered(&mut shop, &lines);
            let issue = |what: &str| Step::IssueInvoice(steps::IssueInvoice { what: what.into(), treatment: String::new(), proof: String::new() });
            let tries = |shop: &mut Shop, step: Step| match shop.tries(&Action::TakeStep { project: project.clone(), step }) {
                Ok(_) | Err(Trouble::Refused(_)) => Ok(()),
                Err(other) => Err(TestCaseError::fail(format!("{other:?}"))),
            };
            for (what, percent) in &steps {
                match what {
                    0 | 1 => {
                        let whole: i64 = lines.iter().map(|(quantity, cents, _)| quantity * cents / 10).sum();
                        tries(&mut shop, atelier_tests::pay(&typed((whole * percent / 100).max(1)), "transfer"))?;
                    }
                    2 => tries(&mut shop, issue("deposit"))?,
                    _ => {
                        let issued = all(&mut shop, &project);
                        let last = issued.iter().rfind(|invoice| invoice.kind == InvoiceKind::Deposit);
                        if let Some(invoice) = last {
                            let amount = typed((invoice.open(&issued).cents() * percent / 100).max(1));
                            let credit = steps::CreditInvoice { invoice: invoice.number.clone(), amount, reason: "a slip".into() };
                            tries(&mut shop, Step::CreditInvoice(credit))?;
                        }
                    }
                }
            }
            shop.approves_design(&project);
            // What is open of the deposit is paid first: nothing is finished before.
            for kind in ["Deposit", "Outstanding"] {
                let page = shop.project(&project);
                let owed = page.money.iter().find(|line| line.label == kind).map(|line| super::orders::cents(&line.amount));
                if let Some(owed) = owed.filter(|owed| *owed > 0) {
                    tries(&mut shop, atelier_tests::pay(&typed(owed), "transfer"))?;
                }
                tries(&mut shop, Step::Finish(steps::Finish { day: String::new() }))?;
            }
            shop.takes(&project, issue("final"));
            let issued = all(&mut shop, &project);
            let sign = |invoice: &Invoice, amount: Money| if invoice.kind == InvoiceKind::Credit { -amount } else { amount };
            let total: Money = issued.iter().map(|invoice| sign(invoice, invoice.total)).sum();
            let vat: Money = issued.iter().map(|invoice| sign(invoice, invoice.vat())).sum();
            let order = atelier_core::quote::total(
                ProjectKind::TailorMade,
                &lines.iter().map(|(quantity, cents, rate)| atelier_core::quote::Line {
                    quantity: rust_decimal::Decimal::new(*quantity, 1),
                    unit_price: Money::from_cents(*cents),
                    vat: atelier_core::money::VatRate::percent((*rate).into()).expect("a rate"),
                }).collect::<Vec<_>>(),
                Money::ZERO,
                Money::ZERO,
                &atelier_core::house::Profile::named("laurence-vandenborre").expect("a house").terms,
            ).expect("a total").value;
            prop_assert_eq!(total, order.total);
            prop_assert_eq!(vat, order.vat.iter().map(|share| share.vat).sum::<Money>());
            for invoice in &issued {
                prop_assert_eq!(invoice.lines.iter().map(|line| line.gross).sum::<Money>(), invoice.total);
                let base: Money = invoice.shares.iter().map(|share| share.base).sum();
                prop_assert_eq!(invoice.lines.iter().map(|line| line.net).sum::<Money>(), base);
                prop_assert_eq!(invoice.shares.iter().map(Share::gross).sum::<Money>(), invoice.total);
                prop_assert_eq!(invoice.settled.iter().map(|one| one.amount).sum::<Money>() + invoice.to_pay, invoice.total);
            }
            let folder = tempfile::tempdir().expect("a folder");
            let files = written(&mut shop, &project, folder.path());
            prop_assert_eq!(files.len(), issued.len());
            let judged = std::process::Command::new(judges().join("peppol-ubl-validate")).args(&files).output().expect("the validator");
            prop_assert!(judged.status.success(), "{}{}", String::from_utf8_lossy(&judged.stdout), String::from_utf8_lossy(&judged.stderr));
        }
    }
}
