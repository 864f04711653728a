//! What holds for every amount, and for every sequence of actions.

use atelier_core::counter::Action;
use atelier_core::house::Profile;
use atelier_core::money::{Money, VatRate, rounded_for_cash};
use atelier_core::quote::{Line, total};
use atelier_core::store::Trouble;
use atelier_core::terms::ProjectKind;
use atelier_tests::{Shop, gold_ring, quote_form, value_form};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn line() -> impl Strategy<Value = Line> {
    (1_i64..40, 0_i64..2_000_000, prop_oneof![Just(0_i64), Just(6), Just(12), Just(21)]).prop_map(|(quantity, cents, rate)| Line {
        quantity: Decimal::new(quantity, 1),
        unit_price: Money::from_cents(cents),
        vat: VatRate::percent(Decimal::from(rate)).expect("a rate"),
    })
}

fn kind() -> impl Strategy<Value = ProjectKind> {
    prop_oneof![Just(ProjectKind::TailorMade), Just(ProjectKind::Redesign), Just(ProjectKind::MadeToOrder), Just(ProjectKind::Stock)]
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
        let _ = atelier_core::form::day(&text);
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
        Try::TakeIn => Action::TakeIn { form: atelier_tests::intake(vec![gold_ring()]), draft: String::new() },
        Try::Decide(accepted) => {
            let piece = shop.project(&project?).pieces[0].id.clone();
            Action::Decide { piece, accepted: *accepted, reason: "so decided".into() }
        }
        Try::NoteGold(euro) => Action::NoteGoldPrice { day: "2026-12-01".into(), unit: "ounce".into(), euro: euro.to_string(), source: "refiner".into() },
        Try::Value(percent) => Action::Value { project: project?, form: value_form(&percent.to_string()) },
        Try::Quote(price) => Action::IssueQuote { project: project?, form: quote_form(&price.to_string(), "31/12/2027") },
        Try::NextDay => return None,
    })
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
