//! After-sales from the first word to the last, house by house: withdrawals, parcels, inspections, refunds, claims, work.

use atelier_core::counter::{Action, Answer, CaseStage, CaseStep, Question, Report, Step, case_steps, steps};
use atelier_core::desk::{Houses, answer, said};
use atelier_core::house::Profile;
use atelier_core::intake::{Signature, Who};
use atelier_core::ledger::{Entry, EntryKind};
use atelier_core::money::Money;
use atelier_core::order::Stage;
use atelier_core::order::booking::may_go_back;
use atelier_core::refusal::{NotNow, Refusal};
use atelier_core::terms::ProjectKind;
use atelier_core::words::Language;
use atelier_tests::{
    Shop, accept_by_mail, as_action, card, cause, decision, hand_back, inspection, notice, parcel, pay, quote_form,
    refund, sketch, with_delivery,
};
use serde_json::Value;

fn not_now(why: &str) -> Refusal {
    let reason = NotNow::ALL.iter().find(|reason| reason.key() == why);
    Refusal::from(*reason.unwrap_or_else(|| panic!("no reason {why}")))
}

fn tasks(shop: &mut Shop, case: &str) -> Vec<String> {
    shop.case(case).tasks.into_iter().map(|task| task.text).collect()
}

fn kinds(shop: &mut Shop, case: &str) -> Vec<String> {
    shop.case(case).papers.into_iter().map(|paper| paper.name).collect()
}

fn may(shop: &mut Shop, case: &str, step: &str) -> bool {
    shop.case(case)
        .next
        .iter()
        .any(|next| next.step == step && next.refused.is_none())
}

/// A listed ring of 1,210.00 sold by mail on 2 November 2026, in the client's hands on the 6th.
fn ring(house: &str) -> (Shop, String) {
    let mut shop = Shop::of(house).on("2026-11-02");
    let project = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-11-06");
    (shop, project)
}

/// Nobody told the client of the right after all.
fn not_told() -> CaseStep {
    CaseStep::NoteFact(case_steps::NoteFact {
        fact: "informed".into(),
        value: String::new(),
        reason: "The sheet was never sent".into(),
    })
}

const ALL: [&str; 6] = [
    "laurence-vandenborre",
    "uniglo",
    "bigli",
    "belgium-flawless",
    "artbeats",
    "blank",
];

#[test]
fn a_withdrawal_by_mail_goes_from_the_notice_to_the_refund_in_every_house() {
    for house in ALL {
        let (mut shop, project) = ring(house);
        // Artbeats gives the right for charms alone: a listed piece is one.
        shop.turn_to("2026-11-12");
        let case = shop.opens_case(&project, "withdrawal", &[]);
        assert_eq!(tasks(&mut shop, &case), ["Register the client’s notice"], "{house}");
        assert_eq!(
            shop.may_not_see_to(&case, refund("1210", "transfer", "no")),
            not_now("refused-nothing-to-refund"),
            "{house}"
        );
        shop.sees_to(&case, notice("I withdraw from my order of 2 November."));
        let view = shop.case(&case);
        assert_eq!(
            view.answer.headline,
            Language::En.word("answer-basis-statute"),
            "{house}"
        );
        assert!(view.history[0].words.contains("I withdraw"), "{house}");
        assert!(
            tasks(&mut shop, &case).contains(&"Send the acknowledgement of the notice".to_owned()),
            "{house}"
        );
        shop.sees_to(
            &case,
            CaseStep::SendAcknowledgement(case_steps::SendAcknowledgement {
                channel: "mail".into(),
                day: String::new(),
            }),
        );
        let label = if house == "bigli" {
            "house-collects"
        } else {
            "own-carrier"
        };
        shop.sees_to(
            &case,
            CaseStep::AuthoriseReturn(case_steps::AuthoriseReturn {
                label: label.into(),
                cost: String::new(),
            }),
        );
        let rma = shop.case(&case).rma;
        assert!(rma.starts_with("RMA2026-0001-"), "{house}: {rma}");
        shop.turn_to("2026-11-16");
        shop.sees_to(&case, parcel(&rma));
        assert_eq!(shop.case(&case).line.stage, CaseStage::ToRefund, "{house}");
        shop.turn_to("2026-11-17");
        shop.sees_to(&case, inspection("needed", "handled", ""));
        assert_eq!(
            shop.may_not_see_to(&case, refund("1210.01", "transfer", "no")),
            not_now("refused-refund-too-much"),
            "{house}"
        );
        assert_eq!(
            shop.may_not_see_to(&case, refund("1210", "shells", "yes")),
            not_now("refused-method"),
            "{house}"
        );
        let next = shop.case(&case).next;
        let means = &next.iter().find(|step| step.step == "refund").expect("the step").fields[1].options;
        if let Some(other) = means.get(1) {
            assert_eq!(
                shop.may_not_see_to(&case, refund("1210", &other.value, "no")),
                not_now("refused-other-means"),
                "{house}"
            );
        }
        shop.refunds(&case, "1000");
        assert!(
            tasks(&mut shop, &case).iter().any(|task| task.contains("€210.00")),
            "{house}: {:?}",
            tasks(&mut shop, &case)
        );
        shop.refunds(&case, "210");
        assert_eq!(shop.case(&case).line.stage, CaseStage::Settled, "{house}");
        assert_eq!(
            shop.may_not_see_to(&case, refund("1", "transfer", "no")),
            not_now("refused-nothing-to-refund"),
            "{house}"
        );
        shop.sees_to(
            &case,
            CaseStep::CloseCase(case_steps::CloseCase {
                reason: "Refunded".into(),
            }),
        );
        assert!(tasks(&mut shop, &case).is_empty(), "{house}");
        let papers = [
            "Acknowledgement of the notice",
            "Return authorisation (RMA)",
            "Label for the box",
            "Inspection report",
            "Refund statement",
            "Refund statement",
        ];
        assert_eq!(kinds(&mut shop, &case), papers, "{house}");
        // The order itself stays paid: what went back is the case's.
        assert_eq!(shop.money(&project, "Outstanding"), "€0.00", "{house}");
    }
}

#[test]
fn the_first_day_to_refund_is_the_law_s_or_the_house_s_whichever_comes_first() {
    // 14 days after the notice of 12 November, with the goods here: the 26th. Bigli promises three days after looking at it.
    for (house, due) in [
        ("blank", "26 November 2026"),
        ("uniglo", "26 November 2026"),
        ("bigli", "20 November 2026"),
    ] {
        let (mut shop, project) = ring(house);
        shop.turn_to("2026-11-12");
        let case = shop.opens_case(&project, "withdrawal", &[]);
        shop.sees_to(&case, notice("I withdraw."));
        shop.turn_to("2026-11-17");
        shop.sees_to(&case, parcel(""));
        shop.sees_to(&case, inspection("needed", "as-delivered", ""));
        assert_eq!(
            shop.answer(&case, &Language::En.word("asked-refund_due")),
            due,
            "{house}"
        );
    }
}

#[test]
fn a_worn_ring_costs_the_client_its_loss_in_value_with_a_reason_and_only_if_told_of_the_right() {
    let (mut shop, project) = ring("laurence-vandenborre");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.sees_to(&case, parcel(""));
    assert_eq!(
        shop.may_not_see_to(&case, inspection("needed", "worn", "100")),
        not_now("refused-loss-of-looking")
    );
    assert_eq!(
        shop.may_not_see_to(&case, inspection("beyond", "handled", "100")),
        not_now("refused-loss-of-looking")
    );
    assert_eq!(
        shop.may_not_see_to(&case, inspection("beyond", "worn", "5000")),
        Refusal::TooLarge { field: "loss" }
    );
    shop.sees_to(&case, inspection("beyond", "worn", "100"));
    assert_eq!(shop.case(&case).money[0].amount, "€1,110.00");
    // Not told of the right before the notice: nothing comes off.
    shop.sees_to(&case, not_told());
    assert_eq!(shop.case(&case).money[0].amount, "€1,210.00");
}

#[test]
fn that_a_client_was_not_told_of_the_right_is_said_before_a_loss_is_taken_off() {
    let warned = |told: bool| {
        let (mut shop, project) = ring("laurence-vandenborre");
        shop.turn_to("2026-11-12");
        let case = shop.opens_case(&project, "withdrawal", &[]);
        shop.sees_to(&case, notice("I withdraw."));
        shop.sees_to(&case, parcel(""));
        if !told {
            shop.sees_to(&case, not_told());
        }
        let next = shop.case(&case).next;
        let inspect = next.iter().find(|step| step.step == "inspect").expect("the step");
        inspect.warning.is_some()
    };
    assert_eq!((warned(true), warned(false)), (false, true));
}

#[test]
fn nothing_happened_to_a_case_before_the_order() {
    let (mut shop, project) = ring("laurence-vandenborre");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    let arrives = |day: &str| {
        let CaseStep::ReceiveParcel(mut step) = parcel("") else {
            panic!("another step");
        };
        step.day = day.into();
        CaseStep::ReceiveParcel(step)
    };
    // In between, the piece was not with the client yet.
    assert_eq!(
        shop.may_not_see_to(&case, arrives("2/11/2026")),
        not_now("refused-day-order")
    );
    let before = shop.may_not_see_to(&case, arrives("1/11/2026"));
    assert_eq!(before, NotNow::DayBefore.into());
    shop.sees_to(&case, arrives("12/11/2026"));
}

#[test]
fn a_restocking_fee_is_taken_in_the_house_s_window_alone() {
    let (mut shop, project) = ring("belgium-flawless");
    // Thirty days from shipment on 2 November: until the 2nd of December. The law's fourteen ended on the 20th.
    shop.turn_to("2026-11-30");
    let case = shop.opens_case(&project, "return", &[]);
    shop.sees_to(&case, notice("I would like to return it."));
    shop.sees_to(
        &case,
        CaseStep::NoteFact(case_steps::NoteFact {
            fact: "restocking_pct".into(),
            value: "15".into(),
            reason: "As agreed".into(),
        }),
    );
    assert_eq!(shop.case(&case).money[0].amount, "€1,028.50");
    // Here the house may ask for its number.
    let without = CaseStep::ReceiveParcel(case_steps::ReceiveParcel {
        rma: String::new(),
        seal: "intact".into(),
        outcome: "refused".into(),
        day: String::new(),
        note: String::new(),
        photos: Vec::new(),
    });
    shop.sees_to(&case, without);
    assert_eq!(
        kinds(&mut shop, &case).last().map(String::as_str),
        Some("Parcel not taken")
    );
    shop.sees_to(
        &case,
        CaseStep::AuthoriseReturn(case_steps::AuthoriseReturn {
            label: "own-carrier".into(),
            cost: String::new(),
        }),
    );
    let rma = shop.case(&case).rma;
    shop.sees_to(&case, parcel(&rma.to_lowercase().replace('-', " ")));
    shop.sees_to(&case, inspection("needed", "as-delivered", ""));
    // Store credit where the house offers it, with the client's word.
    assert_eq!(
        shop.may_not_see_to(&case, refund("1028.50", "store-credit", "no")),
        not_now("refused-other-means")
    );
    shop.sees_to(&case, refund("1028.50", "store-credit", "yes"));
    assert_eq!(shop.case(&case).line.stage, CaseStage::Settled);
    let client = shop.case(&case).client.id;
    let Answer::ClientData(data) = shop.asks(&Question::ClientData { client: client.clone() }) else {
        panic!("no data")
    };
    assert_eq!(data.store_credit, "€1,028.50");
    // It pays for the next piece, and not for more than there is.
    let next = shop.opens(ProjectKind::Stock, Who::Known { id: client.clone() });
    shop.quotes(&next, "2000");
    shop.consents(&next);
    shop.takes(&next, atelier_tests::accept());
    assert_eq!(
        shop.may_not(&next, atelier_tests::pay("1100", "store-credit")),
        not_now("refused-credit-too-small")
    );
    shop.takes(&next, atelier_tests::pay("1000", "store-credit"));
    let credit = |shop: &mut atelier_tests::Shop| match shop.asks(&Question::ClientData { client: client.clone() }) {
        Answer::ClientData(data) => data.store_credit,
        other => panic!("{other:?}"),
    };
    assert_eq!(credit(&mut shop), "€28.50");
    // What was paid with it goes back as it, and as nothing else.
    let means = shop.means(&next);
    shop.takes(&next, atelier_tests::pay("200", &means));
    shop.takes(&next, atelier_tests::cancel("house", "", [""; 3]));
    let back = |amount: &str, method: &str| {
        Step::BookRefund(steps::BookRefund {
            amount: amount.into(),
            method: method.into(),
            day: String::new(),
            note: String::new(),
        })
    };
    assert_eq!(
        shop.may_not(&next, back("200,01", &means)),
        not_now("refused-credit-as-money")
    );
    shop.takes(&next, back("200", &means));
    assert_eq!(
        shop.may_not(&next, back("1000", &means)),
        not_now("refused-credit-as-money")
    );
    shop.takes(&next, back("1000", "store-credit"));
    assert_eq!(credit(&mut shop), "€1,028.50");
    assert!(shop.project(&next).tasks.iter().all(|task| !task.text.contains("back")));
}

#[test]
fn within_the_statute_a_parcel_without_a_number_is_taken() {
    let (mut shop, project) = ring("belgium-flawless");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    let turned_away = |seal: &str, photos: Vec<String>| {
        CaseStep::ReceiveParcel(case_steps::ReceiveParcel {
            rma: String::new(),
            seal: seal.into(),
            outcome: "refused".into(),
            day: String::new(),
            note: "Opened".into(),
            photos,
        })
    };
    assert_eq!(
        shop.may_not_see_to(&case, turned_away("intact", Vec::new())),
        not_now("refused-parcel-must-be-taken")
    );
    assert_eq!(
        shop.may_not_see_to(&case, turned_away("tampered", Vec::new())),
        Refusal::Missing { field: "photos" }
    );
    let photo = shop
        .does(&Action::KeepPhoto {
            name: "parcel.png".into(),
            bytes: sketch(),
        })
        .photo
        .expect("a photo");
    shop.sees_to(&case, turned_away("tampered", vec![photo]));
    assert_eq!(
        kinds(&mut shop, &case).last().map(String::as_str),
        Some("Parcel not taken")
    );
    assert_eq!(shop.case(&case).evidence.len(), 1);
    assert_eq!(
        shop.may_not_see_to(&case, parcel("RMA2026-0001-X")),
        Refusal::BadRma {
            typed: "RMA2026-0001-X".into()
        }
    );
    shop.sees_to(&case, parcel(""));
    assert_eq!(shop.case(&case).line.stage, CaseStage::ToRefund);
}

#[test]
fn a_redesign_cannot_be_withdrawn_from_and_the_client_is_told_why() {
    // Belgium Flawless takes back what was made for the client too, within its own thirty days.
    for house in ALL.into_iter().filter(|house| *house != "belgium-flawless") {
        let mut shop = Shop::of(house).on("2026-11-02");
        let project = shop.sells_by_mail(ProjectKind::TailorMade, "2420", "2026-11-06");
        shop.turn_to("2026-11-10");
        let case = shop.opens_case(&project, "withdrawal", &[]);
        shop.sees_to(&case, notice("I changed my mind."));
        assert_eq!(
            shop.case(&case).answer.headline,
            Language::En.word("answer-basis-none"),
            "{house}"
        );
        assert!(
            shop.case(&case)
                .answer
                .why
                .iter()
                .any(|why| why.article.contains("VI.53")),
            "{house}"
        );
        assert!(
            !may(&mut shop, &case, "authorise-return") && !may(&mut shop, &case, "refund"),
            "{house}"
        );
        assert!(
            tasks(&mut shop, &case).contains(&"Tell the client there is no right, with grounds".to_owned()),
            "{house}"
        );
        shop.sees_to(
            &case,
            CaseStep::RefuseCase(case_steps::RefuseCase {
                day: String::new(),
                note: String::new(),
            }),
        );
        assert_eq!(shop.case(&case).line.stage, CaseStage::Refused, "{house}");
        assert_eq!(
            kinds(&mut shop, &case),
            ["Acknowledgement of the notice", "Refusal"],
            "{house}"
        );
    }
}

#[test]
fn where_there_is_a_right_nobody_says_no() {
    let (mut shop, project) = ring("bigli");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    assert_eq!(
        shop.may_not_see_to(
            &case,
            CaseStep::RefuseCase(case_steps::RefuseCase {
                day: String::new(),
                note: "No".into()
            })
        ),
        not_now("refused-there-is-a-right")
    );
    let (mut shop, project) = ring("bigli");
    shop.turn_to("2026-11-12");
    let claim = shop.opens_case(
        &project,
        "warranty",
        &[("notice", "12/11/2026"), ("found", "10/11/2026")],
    );
    assert_eq!(
        shop.may_not_see_to(&claim, decision("none", "no")),
        not_now("refused-there-is-a-right")
    );
    assert_eq!(
        shop.may_not_see_to(
            &claim,
            CaseStep::RefuseCase(case_steps::RefuseCase {
                day: String::new(),
                note: "No".into()
            })
        ),
        not_now("refused-decide-instead")
    );
}

#[test]
fn a_cancellation_before_delivery_follows_each_house_s_terms_under_the_law_s_floor() {
    for (house, headline, back) in [
        ("laurence-vandenborre", "answer-basis-house", "€0.00"),
        ("uniglo", "answer-basis-none", ""),
        ("artbeats", "answer-basis-none", ""),
        ("blank", "answer-basis-none", ""),
    ] {
        let mut shop = Shop::of(house).on("2026-11-02");
        let client = Who::New {
            card: card("Jan Peeters"),
        };
        let project = shop.opens(ProjectKind::TailorMade, client);
        shop.quotes(&project, "2420");
        shop.consents(&project);
        shop.takes(&project, atelier_tests::accept());
        let means = shop.means(&project);
        shop.takes(&project, atelier_tests::pay("1210", &means));
        let case = shop.opens_case(&project, "cancellation", &[]);
        shop.sees_to(&case, notice("Please cancel."));
        assert_eq!(shop.case(&case).answer.headline, Language::En.word(headline), "{house}");
        assert_eq!(
            shop.answer(&case, &Language::En.word("asked-refund_total")),
            back,
            "{house}"
        );
        assert_eq!(
            shop.may_not_see_to(&case, parcel("")),
            not_now("refused-never-left"),
            "{house}"
        );
    }
    // A listed piece bought by mail is withdrawn from before it is delivered, at no cost, whatever the house says.
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let client = Who::New {
        card: card("Jan Peeters"),
    };
    let project = shop.opens(ProjectKind::Stock, client);
    shop.quotes(&project, "1210");
    shop.consents(&project);
    shop.takes(
        &project,
        atelier_core::counter::Step::AcceptQuote(steps::AcceptQuote {
            channel: "mail".into(),
            day: String::new(),
            words: "Yes".into(),
            signature: Signature::None,
            ..steps::AcceptQuote::default()
        }),
    );
    let means = shop.means(&project);
    shop.takes(&project, atelier_tests::pay("1210", &means));
    let case = shop.opens_case(&project, "cancellation", &[]);
    shop.sees_to(&case, notice("Please cancel."));
    assert_eq!(
        shop.case(&case).answer.headline,
        Language::En.word("answer-basis-statute")
    );
    shop.refunds(&case, "1210");
    assert_eq!(shop.case(&case).line.stage, CaseStage::Settled);
}

/// A piece of 1,210.00 and 15.00 for its way to the client, ordered in the shop; 1,000.00 of it are paid.
fn on_its_way_one_day(house: &str, kind: ProjectKind) -> (Shop, String) {
    let mut shop = Shop::of(house).on("2026-11-02");
    let project = shop.opens(
        kind,
        Who::New {
            card: card("Jan Peeters"),
        },
    );
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form: with_delivery(quote_form("1210", "30/11/2026"), "15"),
    });
    shop.consents(&project);
    shop.takes(&project, atelier_tests::accept());
    let means = shop.means(&project);
    shop.takes(&project, pay("1000", &means));
    (shop, project)
}

#[test]
fn an_order_that_ends_comes_to_the_same_by_its_own_step_and_by_a_case() {
    for (house, kind, made, back) in [
        (
            "laurence-vandenborre",
            ProjectKind::MadeToOrder,
            "listed-option",
            "€387.50",
        ),
        ("uniglo", ProjectKind::Stock, "listed", "€949.38"),
    ] {
        let (mut shop, project) = on_its_way_one_day(house, kind);
        let case = shop.opens_case(&project, "cancellation", &[("restockable", "yes")]);
        shop.sees_to(&case, notice("Please cancel."));
        let total = Language::En.word("asked-refund_total");
        assert_eq!(shop.answer(&case, &total), back, "{house}");

        let (mut shop, project) = on_its_way_one_day(house, kind);
        shop.takes(
            &project,
            atelier_tests::cancel("client", "", ["in-person", made, "yes"]),
        );
        assert_eq!(shop.money(&project, &Language::En.word("credit-back")), back, "{house}");
    }
}

#[test]
fn gold_of_the_client_s_own_goes_back_from_custody_and_not_in_money_too() {
    let ordered = || {
        let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
        let project = shop.order();
        shop.pays(&project, "2000");
        (shop, project)
    };
    // What was paid beyond the deposit of 1,649.89.
    let (mut shop, project) = ordered();
    let case = shop.opens_case(&project, "cancellation", &[]);
    shop.sees_to(&case, notice("Please cancel."));
    assert_eq!(shop.answer(&case, &Language::En.word("asked-refund_total")), "€350.11");
    let (mut shop, project) = ordered();
    shop.takes(
        &project,
        atelier_tests::cancel("client", "", ["in-person", "own-design", ""]),
    );
    assert_eq!(shop.money(&project, &Language::En.word("credit-back")), "€350.11");
}

#[test]
fn an_exchange_settles_the_difference_where_the_house_exchanges() {
    for house in ["bigli", "belgium-flawless"] {
        let (mut shop, project) = ring(house);
        shop.turn_to("2026-11-12");
        let case = shop.opens_case(&project, "exchange", &[]);
        shop.sees_to(&case, notice("I would rather have the other one."));
        shop.sees_to(
            &case,
            CaseStep::AuthoriseReturn(case_steps::AuthoriseReturn {
                label: if house == "bigli" {
                    "house-collects"
                } else {
                    "own-carrier"
                }
                .into(),
                cost: String::new(),
            }),
        );
        let rma = shop.case(&case).rma;
        let dearer = CaseStep::Exchange(case_steps::Exchange {
            item: "Ring with sapphire".into(),
            price: "1500".into(),
            day: String::new(),
        });
        assert_eq!(
            shop.may_not_see_to(&case, dearer.clone()),
            not_now("refused-not-arrived"),
            "{house}"
        );
        shop.sees_to(&case, parcel(&rma));
        shop.sees_to(&case, inspection("needed", "as-delivered", ""));
        shop.sees_to(&case, dearer);
        assert!(
            tasks(&mut shop, &case).iter().any(|task| task.contains("€290.00")),
            "{house}: {:?}",
            tasks(&mut shop, &case)
        );
        let means = shop.means(&project);
        shop.sees_to(
            &case,
            CaseStep::TakePayment(case_steps::TakePayment {
                amount: "290".into(),
                method: means,
                day: String::new(),
            }),
        );
        assert_eq!(shop.case(&case).line.stage, CaseStage::Settled, "{house}");
    }
    // A cheaper piece: the difference goes back.
    let (mut shop, project) = ring("bigli");
    let case = shop.opens_case(&project, "exchange", &[]);
    shop.sees_to(&case, notice("The plain one, please."));
    shop.sees_to(&case, parcel(""));
    shop.sees_to(
        &case,
        CaseStep::Exchange(case_steps::Exchange {
            item: "Plain ring".into(),
            price: "1000".into(),
            day: String::new(),
        }),
    );
    shop.refunds(&case, "210");
    assert_eq!(shop.case(&case).line.stage, CaseStage::Settled);
    // A house that is silent exchanges nothing by right.
    let (mut shop, project) = ring("uniglo");
    let case = shop.opens_case(&project, "exchange", &[]);
    shop.sees_to(&case, notice("The plain one, please."));
    shop.sees_to(&case, parcel(""));
    assert_eq!(
        shop.may_not_see_to(
            &case,
            CaseStep::Exchange(case_steps::Exchange {
                item: "Plain ring".into(),
                price: "1000".into(),
                day: String::new()
            })
        ),
        not_now("refused-no-exchange")
    );
}

#[test]
fn a_defect_is_repaired_first_and_undone_only_when_that_failed() {
    for house in ALL {
        let (mut shop, project) = ring(house);
        shop.turn_to("2027-03-01");
        let case = shop.opens_case(&project, "warranty", &[("notice", "1/3/2027"), ("found", "25/2/2027")]);
        assert_eq!(
            shop.case(&case).answer.headline,
            Language::En.word("answer-basis-guarantee"),
            "{house}"
        );
        let waits_for = |shop: &mut Shop, key: &str| tasks(shop, &case).contains(&Language::En.word(key));
        shop.sees_to(&case, parcel(""));
        assert!(waits_for(&mut shop, "task-case-inspect"), "{house}");
        assert!(!waits_for(&mut shop, "task-case-decide"), "{house}");
        shop.sees_to(&case, cause("making"));
        assert!(!waits_for(&mut shop, "task-case-inspect"), "{house}");
        assert!(waits_for(&mut shop, "task-case-decide"), "{house}");
        assert_eq!(
            shop.may_not_see_to(&case, decision("termination", "no")),
            not_now("refused-remedy-later"),
            "{house}"
        );
        shop.sees_to(&case, decision("repair", "no"));
        assert_eq!(tasks(&mut shop, &case), ["Hand the piece back"], "{house}");
        assert_eq!(
            shop.may_not_see_to(
                &case,
                CaseStep::CloseCase(case_steps::CloseCase { reason: "done".into() })
            ),
            not_now("refused-still-held"),
            "{house}"
        );
        shop.turn_to("2027-03-10");
        shop.sees_to(&case, hand_back());
        assert_eq!(shop.case(&case).line.stage, CaseStage::Settled, "{house}");
        // It breaks again: now the sale may be undone, everything paid back.
        shop.turn_to("2027-04-01");
        let again = shop.opens_case(&project, "warranty", &[("notice", "1/4/2027"), ("found", "1/4/2027")]);
        shop.sees_to(&again, parcel(""));
        shop.sees_to(&again, cause("making"));
        shop.sees_to(&again, decision("termination", "yes"));
        assert!(
            tasks(&mut shop, &again)[0].contains("€1,210.00"),
            "{house}: {:?}",
            tasks(&mut shop, &again)
        );
        shop.refunds(&again, "1210");
        assert_eq!(shop.case(&again).line.stage, CaseStage::Settled, "{house}");
    }
}

#[test]
fn wear_theft_and_abuse_are_no_fault_of_the_making_and_a_lost_stone_is_the_house_s_to_disprove() {
    for house in ALL {
        let (mut shop, project) = ring(house);
        shop.turn_to("2027-03-01");
        for (why, covered) in [
            ("wear", false),
            ("theft", false),
            ("abuse", false),
            ("loss-of-stones", true),
            ("repaired-by-others", true),
        ] {
            let case = shop.opens_case(&project, "warranty", &[("notice", "1/3/2027"), ("found", "25/2/2027")]);
            shop.sees_to(&case, parcel(""));
            shop.sees_to(&case, cause(why));
            if covered {
                shop.sees_to(&case, decision("repair", "no"));
            } else {
                assert_eq!(
                    shop.may_not_see_to(&case, decision("repair", "no")),
                    not_now("refused-claim-not-covered"),
                    "{house} {why}"
                );
                shop.sees_to(&case, decision("none", "no"));
                assert_eq!(shop.case(&case).line.stage, CaseStage::ToHandBack, "{house} {why}");
            }
            shop.sees_to(&case, hand_back());
        }
    }
}

#[test]
fn a_lifetime_warranty_goes_on_where_the_law_s_ends_for_what_it_covers_with_the_receipt() {
    let (mut shop, project) = ring("belgium-flawless");
    shop.turn_to("2031-05-01");
    let typed = [("notice", "1/5/2031"), ("found", "30/4/2031")];
    let case = shop.opens_case(&project, "warranty", &typed);
    assert_eq!(
        shop.case(&case).answer.headline,
        Language::En.word("answer-basis-house")
    );
    shop.sees_to(&case, parcel(""));
    shop.sees_to(&case, cause("making"));
    let without = CaseStep::Decide(case_steps::Decide {
        remedy: "repair".into(),
        amount: String::new(),
        receipt: "no".into(),
        tried: "no".into(),
        day: String::new(),
        note: String::new(),
        return_cost: String::new(),
    });
    assert_eq!(
        shop.may_not_see_to(&case, without),
        not_now("refused-claim-not-covered")
    );
    shop.sees_to(&case, decision("repair", "no"));
    let case = shop.opens_case(&project, "warranty", &typed);
    shop.sees_to(&case, parcel(""));
    shop.sees_to(&case, cause("loss-of-stones"));
    shop.sees_to(&case, decision("none", "no"));
    // Elsewhere two years are two years.
    let (mut shop, project) = ring("laurence-vandenborre");
    shop.turn_to("2031-05-01");
    let case = shop.opens_case(&project, "warranty", &typed);
    assert_eq!(shop.case(&case).answer.headline, Language::En.word("answer-basis-none"));
    shop.sees_to(&case, decision("none", "no"));
    assert_eq!(shop.case(&case).line.stage, CaseStage::Refused);
}

#[test]
fn transport_damage_and_a_wrong_item_are_put_right_at_no_cost() {
    for house in ALL {
        for kind in ["transport-damage", "wrong-item"] {
            let (mut shop, project) = ring(house);
            shop.turn_to("2026-12-10");
            let case = shop.opens_case(&project, kind, &[("notice", "10/12/2026"), ("found", "7/11/2026")]);
            assert_eq!(
                shop.case(&case).answer.headline,
                Language::En.word("answer-basis-guarantee"),
                "{house} {kind}"
            );
            assert_eq!(
                shop.answer(&case, &Language::En.word("asked-return_paid_by")),
                "the house",
                "{house} {kind}"
            );
            let label = if house == "bigli" {
                "house-collects"
            } else {
                "house-label"
            };
            assert_eq!(
                shop.may_not_see_to(
                    &case,
                    CaseStep::AuthoriseReturn(case_steps::AuthoriseReturn {
                        label: label.into(),
                        cost: "15".into()
                    })
                ),
                not_now("refused-label-is-free"),
                "{house} {kind}"
            );
            shop.sees_to(
                &case,
                CaseStep::AuthoriseReturn(case_steps::AuthoriseReturn {
                    label: label.into(),
                    cost: String::new(),
                }),
            );
            let rma = shop.case(&case).rma;
            shop.sees_to(&case, parcel(&rma));
            shop.sees_to(&case, cause("making"));
            shop.sees_to(&case, decision("replacement", "no"));
            shop.sees_to(&case, hand_back());
            assert_eq!(shop.case(&case).line.stage, CaseStage::Settled, "{house} {kind}");
        }
    }
}

#[test]
fn work_on_a_piece_is_done_or_politely_refused_on_paper() {
    // Artbeats never resizes.
    let (mut shop, project) = ring("artbeats");
    let case = shop.opens_case(&project, "resizing", &[]);
    assert_eq!(
        shop.case(&case).answer.headline,
        Language::En.word("answer-service-refused")
    );
    assert_eq!(
        shop.may_not_see_to(&case, notice("I withdraw.")),
        NotNow::NoNoticeNeeded.into()
    );
    shop.sees_to(
        &case,
        CaseStep::RefuseCase(case_steps::RefuseCase {
            day: String::new(),
            note: String::new(),
        }),
    );
    assert_eq!(kinds(&mut shop, &case), ["Refusal"]);
    // Laurence Vandenborre repairs nothing she did not make.
    let mut shop = Shop::of("laurence-vandenborre").on("2026-11-02");
    let asked = atelier_core::counter::AskForm {
        ask: "service".into(),
        house: "own".into(),
        language: Language::En,
        fields: serde_json::json!({ "work": "repair" })
            .as_object()
            .expect("fields")
            .clone(),
        compare: false,
        project: String::new(),
    };
    let client = Who::New {
        card: card("Jan Peeters"),
    };
    let form = atelier_core::counter::CaseForm {
        kind: "repair".into(),
        client,
        item: "A ring of another house".into(),
        lines: Vec::new(),
        asked,
    };
    let case = shop.does(&Action::OpenCase { form }).case.expect("a case");
    assert_eq!(
        shop.case(&case).answer.headline,
        Language::En.word("answer-service-refused")
    );
    shop.sees_to(
        &case,
        CaseStep::RefuseCase(case_steps::RefuseCase {
            day: String::new(),
            note: String::new(),
        }),
    );
    // Belgium Flawless resizes for nothing under its warranty; the piece comes and goes.
    let (mut shop, project) = ring("belgium-flawless");
    let case = shop.opens_case(&project, "resizing", &[]);
    assert_eq!(
        shop.case(&case).answer.headline,
        Language::En.word("answer-service-free")
    );
    shop.sees_to(&case, parcel(""));
    assert_eq!(shop.case(&case).line.stage, CaseStage::ToHandBack);
    shop.sees_to(&case, hand_back());
    assert_eq!(shop.case(&case).line.stage, CaseStage::Settled);
}

/// The gold and the fee that came off the price of a redesign were paid too: its client is owed the whole of it.
#[test]
fn what_came_off_the_price_of_a_redesign_counts_as_paid() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "3299,77");
    shop.approves_design(&project);
    shop.ships(&project, "2027-01-05");
    let case = shop.opens_case(&project, "warranty", &[]);
    let question = shop.case(&case).question;
    assert_eq!(
        (&question["price"], &question["paid"]),
        (&Value::from("4235"), &Value::from("4235"))
    );
}

#[test]
fn an_order_that_a_case_undoes_before_it_left_waits_for_nothing_but_what_is_in_custody() {
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let project = shop.quoted(ProjectKind::Stock, "1210");
    shop.takes(&project, accept_by_mail());
    let means = shop.means(&project);
    shop.takes(&project, pay("500", &means));
    let due = |shop: &mut Shop| shop.project(&project).tasks.len();
    assert!(due(&mut shop) > 0, "the piece");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    assert_eq!((due(&mut shop), shop.project(&project).stage), (0, Stage::Closed));
    // What the client brought is still to be given back.
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "2000");
    let case = shop.opens_case(&project, "cancellation", &[]);
    shop.sees_to(&case, notice("Please cancel."));
    let page = shop.project(&project);
    let due: Vec<&str> = page.tasks.iter().map(|task| task.step.as_str()).collect();
    assert_eq!(
        (due.as_slice(), page.stage),
        (&["settle-components"][..], Stage::Cancelled)
    );
}

#[test]
fn a_second_notice_takes_nothing_back_and_the_register_keeps_both() {
    let (mut shop, project) = ring("uniglo");
    shop.turn_to("2026-11-19");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.turn_to("2026-12-20");
    shop.sees_to(&case, notice("I withdraw, as I wrote."));
    assert_eq!(
        shop.case(&case).answer.headline,
        Language::En.word("answer-basis-statute")
    );
    let Answer::Report(report) = shop.asks(&Question::Report {
        report: Report::Register,
        from: 0,
    }) else {
        panic!("no report")
    };
    let numbers: Vec<&str> = report.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(numbers, ["W2026-0001", "W2026-0002"]);
    assert_eq!(
        (report.rows[0][5].as_str(), report.rows[0][1].as_str()),
        ("I withdraw.", "19 November 2026, 09:12")
    );
}

#[test]
fn what_a_case_answers_is_what_a_script_is_answered() {
    for house in ALL {
        for kind in [
            "withdrawal",
            "return",
            "exchange",
            "warranty",
            "transport-damage",
            "wrong-item",
            "repair",
            "resizing",
        ] {
            let (mut shop, project) = ring(house);
            shop.turn_to("2026-11-12");
            let typed: &[(&str, &str)] = if kind == "warranty" {
                &[("found", "10/11/2026")]
            } else {
                &[]
            };
            let case = shop.opens_case(&project, kind, typed);
            if kind != "repair" && kind != "resizing" {
                shop.sees_to(&case, notice("I write to you."));
                shop.sees_to(&case, parcel(""));
            }
            let view = shop.case(&case);
            let terms = &Profile::named(house).expect("a house").terms;
            let wire = answer(&view.question, Houses::and_own(terms));
            let ok = wire["ok"]
                .as_object()
                .unwrap_or_else(|| panic!("{house} {kind}: {wire}"));
            let expected = said::said(view.question["ask"].as_str().expect("a kind"), ok, Language::En);
            assert_eq!(view.answer.headline, expected.headline, "{house} {kind}");
            let lines: Vec<(String, String)> = view
                .answer
                .lines
                .iter()
                .map(|line| (line.text.clone(), line.value.clone()))
                .collect();
            assert_eq!(
                lines,
                expected
                    .lines
                    .iter()
                    .map(|line| (line.label.clone(), line.value.clone()))
                    .collect::<Vec<_>>(),
                "{house} {kind}"
            );
            let due = ok.get("refund_due").and_then(Value::as_str);
            let task = view.tasks.iter().find(|task| task.text.contains("Book a refund"));
            if let (Some(due), Some(task)) = (due, task) {
                let day: chrono::NaiveDate = due.parse().expect("a day");
                assert_eq!(task.day, Language::En.short_day(day), "{house} {kind}");
            }
        }
    }
}

#[test]
fn the_number_on_a_box_finds_its_case() {
    let (mut shop, project) = ring("uniglo");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.sees_to(
        &case,
        CaseStep::AuthoriseReturn(case_steps::AuthoriseReturn {
            label: "own-carrier".into(),
            cost: String::new(),
        }),
    );
    let rma = shop.case(&case).rma;
    for text in [rma.as_str(), "W2026-0001", "C2026-0001", "lukaszewska"] {
        let Answer::Found(found) = shop.asks(&Question::Search { text: text.into() }) else {
            panic!("nothing")
        };
        assert_eq!(
            found.cases.first().map(|line| line.id.as_str()),
            Some(case.as_str()),
            "{text}"
        );
    }
    // With its number on it, and whole, there is nothing to turn it away for.
    let turned_away = CaseStep::ReceiveParcel(case_steps::ReceiveParcel {
        rma,
        seal: "intact".into(),
        outcome: "refused".into(),
        day: String::new(),
        note: String::new(),
        photos: Vec::new(),
    });
    assert_eq!(
        shop.may_not_see_to(&case, turned_away),
        not_now("refused-parcel-no-reason")
    );
}

#[test]
fn what_the_house_holds_and_owes_stands_in_the_reports() {
    let (mut shop, project) = ring("bigli");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("=HYPERLINK(\"http://example.org\")"));
    shop.sees_to(&case, parcel(""));
    let rows = |shop: &mut Shop, report| match shop.asks(&Question::Report { report, from: 0 }) {
        Answer::Report(view) => view.rows,
        other => panic!("no report: {other:?}"),
    };
    assert_eq!(rows(&mut shop, Report::OpenCases).len(), 1);
    assert_eq!(rows(&mut shop, Report::Custody).len(), 1);
    assert!(rows(&mut shop, Report::Refunds).is_empty());
    shop.refunds(&case, "1210");
    assert!(rows(&mut shop, Report::OpenCases).is_empty() && rows(&mut shop, Report::Custody).is_empty());
    assert_eq!(
        rows(&mut shop, Report::Refunds),
        [["2026-11", "1", "€1,210.00", "€0.00", "€1,210.00"]]
    );
    assert_eq!(
        rows(&mut shop, Report::Reasons)[0],
        ["Withdrawal", "1", "1", "0", "€1,210.00"]
    );
    assert_eq!(rows(&mut shop, Report::Projects).len(), 1);
    // What leaves as a file runs nothing when it is opened.
    let context = shop.context();
    let csv = atelier_core::counter::Export::Report {
        report: Report::Register,
        format: "csv".into(),
    };
    let (name, bytes) = shop.counter.export(&csv, &context).expect("a file");
    assert!(name.ends_with(".csv"));
    let text = String::from_utf8(bytes).expect("text");
    assert!(text.contains("'=HYPERLINK") && !text.contains(";=HYPERLINK"), "{text}");
    let xlsx = atelier_core::counter::Export::Report {
        report: Report::Register,
        format: "xlsx".into(),
    };
    let (_, bytes) = shop.counter.export(&xlsx, &context).expect("a file");
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    // The register is read on from a notice of it.
    let on = |shop: &mut Shop, from| match shop.asks(&Question::Report {
        report: Report::Register,
        from,
    }) {
        Answer::Report(view) => (view.rows.len(), view.next),
        other => panic!("no report: {other:?}"),
    };
    assert_eq!((on(&mut shop, 0), on(&mut shop, 1)), ((1, None), (0, None)));
}

#[test]
fn a_wrong_refund_is_corrected_and_due_again() {
    let (mut shop, project) = ring("uniglo");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.sees_to(&case, parcel(""));
    shop.refunds(&case, "1210");
    let next = shop.case(&case).next;
    let entry = next
        .iter()
        .find(|step| step.step == "correct-entry")
        .expect("the step")
        .fields[0]
        .value
        .clone();
    shop.sees_to(
        &case,
        CaseStep::CorrectEntry(case_steps::CorrectEntry {
            entry,
            reason: "Wrong account".into(),
        }),
    );
    assert!(tasks(&mut shop, &case).iter().any(|task| task.contains("€1,210.00")));
    assert_eq!(shop.case(&case).ledger.len(), 2);
}

#[test]
fn the_letter_a_client_sent_is_kept_and_comes_out_as_it_went_in() {
    let (mut shop, project) = ring("uniglo");
    let file = shop
        .does(&Action::KeepFile {
            name: "../../etc/letter.pdf".into(),
            bytes: b"%PDF-1.4 letter".to_vec(),
        })
        .file
        .expect("a file");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    let by_letter = CaseStep::RegisterNotice(case_steps::RegisterNotice {
        channel: "letter".into(),
        day: String::new(),
        time: String::new(),
        words: String::new(),
        file: file.clone(),
        price: String::new(),
    });
    shop.sees_to(&case, by_letter);
    let context = shop.context();
    let (name, bytes) = shop
        .counter
        .export(&atelier_core::counter::Export::Attachment { id: file }, &context)
        .expect("the file");
    assert_eq!(
        (name.as_str(), bytes.as_slice()),
        ("letter.pdf", b"%PDF-1.4 letter".as_slice())
    );
    let empty = CaseStep::RegisterNotice(case_steps::RegisterNotice {
        channel: "mail".into(),
        day: String::new(),
        time: "25:99".into(),
        words: "x".into(),
        file: String::new(),
        price: String::new(),
    });
    assert_eq!(
        shop.may_not_see_to(&case, empty),
        Refusal::NotATime { typed: "25:99".into() }
    );
}

#[test]
fn the_same_piece_is_not_refunded_twice() {
    let (mut shop, project) = ring("belgium-flawless");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    let proposal = shop.proposal(&project, "return");
    let client = Who::Known {
        id: proposal.client.expect("its client").id,
    };
    let again = atelier_core::counter::CaseForm {
        kind: "return".into(),
        client,
        item: proposal.item,
        lines: proposal.lines,
        asked: proposal.asked,
    };
    assert_eq!(
        shop.is_refused(&Action::OpenCase { form: again.clone() }),
        Refusal::OtherCase {
            number: "C2026-0001".into()
        }
    );
    shop.sees_to(&case, parcel(""));
    shop.refunds(&case, "1210");
    shop.sees_to(
        &case,
        CaseStep::CloseCase(case_steps::CloseCase { reason: "done".into() }),
    );
    assert_eq!(
        shop.is_refused(&Action::OpenCase { form: again }),
        Refusal::OtherCase {
            number: "C2026-0001".into()
        }
    );
}

#[test]
fn an_order_undone_before_delivery_is_undone_in_its_project_too() {
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let client = Who::New {
        card: card("Jan Peeters"),
    };
    let project = shop.opens(ProjectKind::Stock, client);
    shop.quotes(&project, "1210");
    shop.consents(&project);
    shop.takes(
        &project,
        atelier_core::counter::Step::AcceptQuote(steps::AcceptQuote {
            channel: "mail".into(),
            day: String::new(),
            words: "Yes".into(),
            signature: Signature::None,
            ..steps::AcceptQuote::default()
        }),
    );
    let means = shop.means(&project);
    shop.takes(&project, atelier_tests::pay("1210", &means));
    let case = shop.opens_case(&project, "cancellation", &[]);
    shop.sees_to(&case, notice("Please cancel."));
    let cancel = atelier_tests::cancel("house", "", [""; 3]);
    assert_eq!(shop.may_not(&project, cancel), not_now("refused-undone"));
    shop.refunds(&case, "1210");
    assert!(shop.project(&project).tasks.is_empty());
    assert_eq!(shop.project(&project).stage, atelier_core::counter::Stage::Closed);
}

#[test]
fn what_was_known_of_the_parcel_is_not_typed_again() {
    let (mut shop, project) = ring("uniglo");
    shop.turn_to("2026-11-18");
    let case = shop.opens_case(
        &project,
        "withdrawal",
        &[
            ("notice", "12/11/2026"),
            ("dispatched", "13/11/2026"),
            ("received", "16/11/2026"),
        ],
    );
    assert_eq!(shop.case(&case).line.stage, CaseStage::ToRefund);
    let backwards = CaseStep::NoteFact(case_steps::NoteFact {
        fact: "possession".into(),
        value: "1/11/2026".into(),
        reason: "mistake".into(),
    });
    assert_eq!(
        shop.may_not_see_to(&case, backwards),
        not_now("refused-fact-implausible")
    );
    shop.sees_to(&case, inspection("needed", "as-delivered", ""));
    shop.refunds(&case, "1210");
    // Registered late, it was still given on the twelfth.
    shop.sees_to(&case, notice("I withdrew on the twelfth."));
    assert_eq!(
        shop.case(&case).answer.headline,
        Language::En.word("answer-basis-statute")
    );
}

#[test]
fn a_client_who_keeps_the_piece_after_all_is_owed_nothing() {
    let (mut shop, project) = ring("uniglo");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.sees_to(
        &case,
        CaseStep::CloseCase(case_steps::CloseCase {
            reason: "She keeps it, as she wrote on the 14th".into(),
        }),
    );
    assert!(tasks(&mut shop, &case).is_empty());
    assert_eq!(shop.case(&case).line.stage, CaseStage::Closed);
}

#[test]
fn a_piece_worth_nothing_any_more_is_the_house_s_and_the_case_ends() {
    let (mut shop, project) = ring("uniglo");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.sees_to(&case, parcel(""));
    shop.sees_to(&case, inspection("beyond", "damaged", "1210"));
    shop.sees_to(
        &case,
        CaseStep::CloseCase(case_steps::CloseCase {
            reason: "Nothing to refund".into(),
        }),
    );
}

#[test]
fn what_was_closed_without_a_notice_stays_closed_however_many_days_pass() {
    for house in ALL {
        for (handling, loss) in [("beyond", "1210"), ("beyond", "1209"), ("needed", "")] {
            let (mut shop, project) = ring(house);
            shop.turn_to("2026-11-12");
            let case = shop.opens_case(&project, "withdrawal", &[]);
            shop.sees_to(&case, parcel(""));
            shop.sees_to(&case, inspection(handling, "damaged", loss));
            let close = CaseStep::CloseCase(case_steps::CloseCase {
                reason: "It is the house's now".into(),
            });
            if !may(&mut shop, &case, "close-case") {
                continue;
            }
            shop.sees_to(&case, close);
            for day in ["2026-11-13", "2026-11-21", "2026-12-07", "2027-01-12", "2027-12-01"] {
                shop.turn_to(day);
                assert_eq!(shop.case(&case).line.stage, CaseStage::Closed, "{house} {loss} {day}");
                assert!(tasks(&mut shop, &case).is_empty(), "{house} {loss} {day}");
                assert_eq!(
                    shop.standings_that_do_not_follow(),
                    Vec::<String>::new(),
                    "{house} {loss} {day}"
                );
            }
        }
    }
}

#[test]
fn a_no_is_taken_back_when_a_fact_turns_out_otherwise() {
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let project = shop.sells_by_mail(ProjectKind::TailorMade, "1210", "2026-11-06");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.sees_to(
        &case,
        CaseStep::RefuseCase(case_steps::RefuseCase {
            day: String::new(),
            note: String::new(),
        }),
    );
    shop.sees_to(
        &case,
        CaseStep::NoteFact(case_steps::NoteFact {
            fact: "made".into(),
            value: "listed".into(),
            reason: "It was from the catalogue".into(),
        }),
    );
    shop.sees_to(&case, parcel(""));
    shop.refunds(&case, "1210");
    assert_eq!(shop.case(&case).line.stage, CaseStage::Settled);
}

#[test]
fn in_cash_no_more_goes_back_than_came_in_cash() {
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let project = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-11-06");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.sees_to(&case, parcel(""));
    let refused = shop.may_not_see_to(&case, refund("1210", "cash", "yes"));
    assert!(
        [not_now("refused-cash-back"), not_now("refused-method")].contains(&refused),
        "{refused:?}"
    );
    let entry = |kind, amount: &str| Entry {
        id: amount.into(),
        corrects: None,
        case_id: None,
        kind,
        method: "cash".into(),
        amount: Money::plain(amount).expect("an amount"),
        rounding: Money::ZERO,
        day: "2026-11-02".parse().expect("a day"),
        written: "2026-11-02".parse().expect("a day"),
        reference: String::new(),
        note: String::new(),
        place: String::new(),
    };
    let paid = [entry(EntryKind::Payment, "500.00"), entry(EntryKind::Refund, "200.00")];
    let back = |amount: &str| may_go_back(Money::plain(amount).expect("an amount"), "cash", Some(&paid), &[]);
    assert_eq!(back("300.00"), Ok(()), "as much as came in");
    assert_eq!(back("300.01"), Err(not_now("refused-cash-back")));
}

#[test]
fn what_the_parts_of_a_piece_are_worth_is_said_once_and_is_its_own() {
    let mut shop = atelier_tests::Shop::of("laurence-vandenborre");
    // One envelope begins like the other.
    let pieces = [("E-1", "100"), ("E-12", "900")].map(|(envelope, value)| {
        let mut piece = atelier_tests::gold_ring();
        piece.envelope = envelope.into();
        piece.declared_value = value.into();
        piece
    });
    shop.takes_in_form(atelier_tests::intake(pieces.to_vec()));
    let Answer::Report(held) = shop.asks(&Question::Report {
        report: Report::Custody,
        from: 0,
    }) else {
        panic!("no report")
    };
    assert!(held.rows.len() >= 4, "{:?}", held.rows);
    for (begin, worth) in [("E-12 ", "€900.00"), ("E-1 ", "€100.00")] {
        // Once, with the first of its parts: who adds them up has what the pieces are worth.
        let values: Vec<&str> = held
            .rows
            .iter()
            .filter(|row| row[2].starts_with(begin))
            .map(|row| row[5].as_str())
            .collect();
        assert_eq!(
            values.iter().filter(|value| !value.is_empty()).collect::<Vec<_>>(),
            [&worth],
            "{begin}"
        );
        assert!(values.len() >= 2, "{values:?}");
    }
}

#[test]
fn a_slip_on_a_case_is_taken_back_as_long_as_nothing_followed() {
    let (mut shop, project) = ring("uniglo");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw from my order of 2 November."));
    let stage = shop.case(&case).line.stage;
    let mut came = parcel("");
    if let CaseStep::ReceiveParcel(came) = &mut came {
        came.note = "A dent in the box".into();
    }
    assert!(!may(&mut shop, &case, "inspect"));
    let undo = as_action(shop.sees_to(&case, came.clone()).undo.as_ref());
    assert!(may(&mut shop, &case, "inspect"));
    shop.does(&undo);
    let page = shop.case(&case);
    assert_eq!(page.line.stage, stage);
    assert!(!may(&mut shop, &case, "inspect"));
    let line = &page.history[0].text;
    assert!(
        line.starts_with("Undone") && line.contains("A dent in the box"),
        "{line}"
    );
    // Once, and only while it is the last thing that happened.
    assert_eq!(shop.is_refused(&undo), Refusal::from(NotNow::NothingToTakeBack));
    let undo = as_action(shop.sees_to(&case, came).undo.as_ref());
    let inspected = shop.sees_to(&case, inspection("needed", "as-delivered", ""));
    assert_eq!(inspected.undo, None, "a paper was issued");
    assert_eq!(shop.is_refused(&undo), Refusal::from(NotNow::NothingToTakeBack));
    shop.sees_to(&case, refund("1210", "transfer", "yes"));
    let closed = shop.sees_to(
        &case,
        CaseStep::CloseCase(case_steps::CloseCase { reason: "Done".into() }),
    );
    assert_eq!(shop.case(&case).line.stage, CaseStage::Closed);
    shop.does(&as_action(closed.undo.as_ref()));
    assert_ne!(shop.case(&case).line.stage, CaseStage::Closed);
    assert_eq!(shop.replayed(), shop.everything());
}
