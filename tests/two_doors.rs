//! One answer, two doors: what random orders and cases come to, told through the steps of the counter, is what a script is
//! answered that asks about the same facts. The facts are the test's own: nothing of the question comes from the program.

use atelier_core::counter::{CaseStep, Step, case_steps, steps};
use atelier_core::desk::{Houses, answer};
use atelier_core::intake::Signature;
use atelier_core::money::Money;
use atelier_core::terms::ProjectKind;
use atelier_core::words::Language;
use atelier_tests::{Shop, cancel, inspection, notice, parcel, pay};
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const HOUSES: [&str; 5] = [
    "laurence-vandenborre",
    "uniglo",
    "bigli",
    "belgium-flawless",
    "artbeats",
];
/// What is sold, and how the rules call it.
const SOLD: [(ProjectKind, &str); 3] = [
    (ProjectKind::Stock, "listed"),
    (ProjectKind::MadeToOrder, "listed-option"),
    (ProjectKind::TailorMade, "own-design"),
];
const CONCLUDED: [&str; 3] = ["distance", "off-premises", "in-person"];
const ORDERED: &str = "2026-11-02";

/// How many orders and how many cases are told: `TWO_DOORS=500` tells more.
fn rounds() -> u32 {
    let asked = std::env::var("TWO_DOORS").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(60)
}

fn day(offset: u64) -> String {
    let first: NaiveDate = ORDERED.parse().expect("a day");
    (first + chrono::Days::new(offset)).to_string()
}

/// A question with its usual facts, and these beside them.
fn question(house: &str, facts: &[(&str, Value)]) -> Map<String, Value> {
    let usual = json!({
        "ask": "after-sales", "house": house, "client": "consumer", "vat_pct": "21", "shipping_paid": "0.00",
        "standard_shipping": "0.00", "informed": null, "ordered": ORDERED, "shipped": null, "possession": null,
        "condition": "as-delivered", "loss_in_value": "0.00", "dispatched": null, "received": null,
        "inspected": null, "label_cost": "0.00",
    });
    let mut question = usual.as_object().cloned().expect("an object");
    question.extend(facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    question
}

fn asks(question: &Map<String, Value>) -> Map<String, Value> {
    let wire = answer(question, Houses::ready_made());
    wire["ok"]
        .as_object()
        .cloned()
        .unwrap_or_else(|| panic!("{wire} to {question:?}"))
}

fn amount(value: Option<&Value>) -> Option<Money> {
    value
        .and_then(Value::as_str)
        .map(|text| Money::plain(text).expect("an amount"))
}

/// An order of that kind, accepted on paper, as it was concluded; its id.
fn ordered(shop: &mut Shop, kind: ProjectKind, concluded: &str, price: &str) -> String {
    let project = shop.quoted(kind, price);
    let country = shop.clients_live.clone();
    shop.takes(
        &project,
        Step::AcceptQuote(steps::AcceptQuote {
            channel: "paper".into(),
            signature: Signature::Paper,
            concluded: Some(concluded.into()),
            delivered_to: Some("home".into()),
            country,
            ..steps::AcceptQuote::default()
        }),
    );
    project
}

/// What a line of the project's money says; nothing where it is not there.
fn money(shop: &mut Shop, project: &str, label: &str) -> Option<String> {
    let lines = shop.project(project).money;
    lines
        .into_iter()
        .find(|line| line.label == label)
        .map(|line| line.amount)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: rounds(), ..ProptestConfig::default() })]

    /// An order that its client cancels before delivery.
    #[test]
    fn what_a_cancelled_order_comes_to_is_what_a_script_is_answered(
        house in 0_usize..5, sold in 0_usize..3, concluded in 0_usize..3, cents in 50_000_i64..300_000, paid in 1_i64..=100,
        restockable in any::<bool>(), later in 1_u64..20,
    ) {
        let (house, (kind, made), concluded) = (HOUSES[house], SOLD[sold], CONCLUDED[concluded]);
        let mut shop = Shop::of(house).on(ORDERED);
        let price = Money::from_cents(cents);
        let project = ordered(&mut shop, kind, concluded, &price.wire());
        let pays = Money::from_cents(cents * paid / 100);
        let means = shop.means(&project);
        shop.takes(&project, pay(&pays.wire(), &means));
        shop.turn_to(&day(later));
        let deposit = match (house, kind) {
            ("laurence-vandenborre", ProjectKind::Stock) | ("uniglo" | "belgium-flawless" | "artbeats", _) => None,
            ("bigli", ProjectKind::Stock) => None,
            ("bigli", _) => Some(price),
            _ => Some(price.percent(50.into())),
        };
        let mut facts = vec![
            ("today", json!(day(later))),
            ("notice", json!(day(later))),
            ("concluded", json!(concluded)),
            ("made", json!(made)),
            ("price", json!(price.wire())),
            ("paid", json!(pays.wire())),
            ("reason", json!("cancel")),
            ("restockable", json!(restockable)),
        ];
        if let Some(deposit) = deposit {
            facts.push(("deposit_paid", json!(deposit.min(pays).wire())));
        }
        let said = asks(&question(house, &facts));
        let back = amount(said.get("refund_total"));
        let step = cancel("client", "", [concluded, made, if restockable { "yes" } else { "no" }]);
        match back {
            None => {
                // No right to end it: that takes an agreement, and the step says so.
                let refusal = shop.may_not(&project, step);
                prop_assert_eq!(refusal, atelier_core::refusal::Refusal::from(atelier_core::refusal::NotNow::NoCancellation));
            }
            Some(back) => {
                shop.takes(&project, step);
                let shown = money(&mut shop, &project, "To pay back").unwrap_or_default();
                prop_assert_eq!(&shown, &Language::En.money(back), "{} {:?} {} {}", house, kind, concluded, restockable);
                let note = shop.paper_text("N2026-0001");
                prop_assert!(note.contains(&Language::Nl.money(back).replace('\u{a0}', " ")) || note.contains(&Language::Nl.money(back)), "{}", note);
            }
        }
    }

    /// A piece that was delivered and comes back: the right, the days, the refund on the page, the step and the paper.
    #[test]
    fn what_a_return_comes_to_is_what_a_script_is_answered(
        house in 0_usize..5, concluded in 0_usize..3, sold in 0_usize..2, cents in 50_000_i64..300_000,
        on_the_way in 1_u64..6, told in any::<bool>(), noticed in 1_u64..45, sent in 0_u64..20, came in 1_u64..6, looked in 0_u64..4,
        worn in any::<bool>(), loss in 0_i64..20_000, own_window in any::<bool>(),
    ) {
        let (house, (kind, made), concluded) = (HOUSES[house], SOLD[sold], CONCLUDED[concluded]);
        let mut shop = Shop::of(house).on(ORDERED);
        let price = Money::from_cents(cents);
        let project = ordered(&mut shop, kind, concluded, &price.wire());
        if told {
            shop.takes(&project, Step::Print(steps::Print { paper: "withdrawal-information".into() }));
        }
        let means = shop.means(&project);
        shop.takes(&project, pay(&price.wire(), &means));
        shop.ships(&project, &day(on_the_way));
        let possession = on_the_way;
        let notice_on = possession + noticed;
        shop.turn_to(&day(notice_on));
        let case = shop.opens_case(&project, if own_window { "return" } else { "withdrawal" }, &[]);
        shop.sees_to(&case, notice("I send it back."));
        let mut facts = vec![
            ("today", json!(day(notice_on))),
            ("concluded", json!(concluded)),
            ("made", json!(made)),
            ("price", json!(price.wire())),
            ("paid", json!(price.wire())),
            ("shipped", json!(ORDERED)),
            ("possession", json!(day(possession))),
            ("notice", json!(day(notice_on))),
            ("reason", json!("change-of-mind")),
        ];
        if told {
            facts.push(("informed", json!(ORDERED)));
        }
        // A deposit was asked where the house's terms ask one of such a piece.
        let deposit = match (house, kind) {
            ("laurence-vandenborre", ProjectKind::MadeToOrder) => Some(price.percent(50.into())),
            ("laurence-vandenborre" | "bigli", _) => Some(price),
            _ => None,
        };
        facts.extend(deposit.map(|deposit| ("deposit_paid", json!(deposit.wire()))));
        let same = |shop: &mut Shop, facts: &[(&str, Value)], when: &str| -> Result<Map<String, Value>, TestCaseError> {
            let said = asks(&question(house, facts));
            let view = shop.case(&case);
            for name in ["statutory_until", "house_until", "send_back_by", "arrive_by", "refund_total", "refund_due"] {
                let label = Language::En.word(&format!("asked-{name}"));
                let shown = view.answer.lines.iter().find(|line| line.text == label).map(|line| line.value.clone());
                let wanted = said.get(name).and_then(Value::as_str).map(|text| match text.parse::<NaiveDate>() {
                    Ok(day) => Language::En.day(day),
                    Err(_) => Language::En.money(Money::plain(text).expect("an amount")),
                });
                prop_assert_eq!(&shown, &wanted, "{} {} {}: {:?}", house, when, name, facts);
            }
            let may = view.next.iter().find(|next| next.step == "refund");
            if let Some(step) = may.filter(|step| step.refused.is_none()) {
                let offered = step.fields.iter().find(|field| field.name == "amount").expect("a field").value.clone();
                let total = amount(said.get("refund_total")).unwrap_or_default();
                prop_assert_eq!(offered, Language::En.typed(&atelier_core::number::fixed(total.euro(), 2)), "{}", when);
            }
            Ok(said)
        };
        let said = same(&mut shop, &facts, "at the notice")?;
        let right = said.get("right") == Some(&json!(true));
        let view = shop.case(&case);
        let authorise = view.next.iter().find(|next| next.step == "authorise-return").expect("a step");
        prop_assert_eq!(authorise.refused.is_none(), right, "{:?}", authorise.refused);
        if !right {
            return Ok(());
        }
        let (sent, came) = (notice_on + sent, notice_on + sent + came);
        let looked = came + looked;
        shop.turn_to(&day(sent));
        let dispatched = CaseStep::NoteDispatch(case_steps::NoteDispatch {
            day: String::new(),
            carrier: "bpost".into(),
            tracking: String::new(),
        });
        shop.sees_to(&case, dispatched);
        facts.push(("dispatched", json!(day(sent))));
        same(&mut shop, &facts, "on its way")?;
        shop.turn_to(&day(came));
        shop.sees_to(&case, parcel(""));
        facts.push(("received", json!(day(came))));
        same(&mut shop, &facts, "here")?;
        shop.turn_to(&day(looked));
        let (condition, handling, loss) = if worn {
            ("worn", "beyond", Money::from_cents(loss.min(cents - 1)))
        } else {
            ("as-delivered", "needed", Money::ZERO)
        };
        let typed = if loss == Money::ZERO { String::new() } else { loss.wire() };
        let looks = inspection(handling, condition, &typed);
        let may = shop.case(&case).next;
        if may.iter().any(|next| next.step == "inspect" && next.refused.is_some()) {
            return Ok(());
        }
        shop.sees_to(&case, looks);
        facts.extend([
            ("inspected", json!(day(looked))),
            ("condition", json!(condition)),
            ("loss_in_value", json!(loss.wire())),
        ]);
        let said = same(&mut shop, &facts, "looked at")?;
        let report = shop.paper_text(&format!("I{}-0001", &day(looked)[..4]));
        if let Some(total) = amount(said.get("refund_total")).filter(|total| *total > Money::ZERO) {
            let printed = Language::Nl.money(total).replace('\u{a0}', " ");
            prop_assert!(report.replace('\u{a0}', " ").contains(&printed), "{} in {}", printed, report);
        }
    }
}
