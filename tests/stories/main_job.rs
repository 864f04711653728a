//! A client comes in with her grandmother's ring, and leaves with a quote.

use atelier_core::counter::{Action, Stage};
use atelier_core::refusal::Refusal;
use atelier_tests::{Shop, card, gold_ring, intake, measured, metal, quote_form, value_form, weighed};

/// The worked example of the rule book: gold for 1,037.20, a fee of 50.00, a price of 4,235.00.
#[test]
fn the_worked_example_comes_to_the_cent() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.notes_gold("3500");
    let mut ring = gold_ring();
    ring.metals = vec![metal("750", "12,34")];
    let project = shop.takes_in(ring);
    shop.accepts(&project);
    shop.values(&project, "15");
    assert_eq!(shop.project(&project).valuations[0].credit, "€885.23");
    shop.quotes(&project, "4235");
    let page = shop.project(&project);
    assert_eq!(page.stage, Stage::Quoted);
    assert_eq!(page.quotes[0].total, "€4,235.00");
    // 4,235.00 less 885.23 of gold and 50.00 of fee.
    assert_eq!(page.quotes[0].to_pay, "€3,299.77");
    let kinds: Vec<&str> = page.papers.iter().map(|paper| paper.name.as_str()).collect();
    assert_eq!(kinds, ["Intake receipt", "Valuation report", "Quote"]);
    let numbers: Vec<&str> = page.papers.iter().map(|paper| paper.number.as_str()).collect();
    assert_eq!(numbers, ["R2026-0001", "V2026-0001", "Q2026-0001"]);
}

#[test]
fn an_unpaid_fee_is_not_deducted() {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.notes_gold("3500");
    let mut form = intake(vec![gold_ring()]);
    form.fee_method = String::new();
    let project = shop.takes_in_form(form);
    shop.accepts(&project);
    shop.values(&project, "15");
    shop.quotes(&project, "4235");
    assert_eq!(shop.project(&project).quotes[0].to_pay, "€3,349.77");
}

#[test]
fn fourteen_karat_is_estimated_and_not_credited() {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.notes_gold("3500");
    let mut ring = gold_ring();
    ring.metals = vec![metal("585", "5,00")];
    let project = shop.takes_in(ring);
    shop.accepts(&project);
    shop.values(&project, "10");
    assert_eq!(shop.project(&project).valuations[0].credit, "€0.00");
}

#[test]
fn a_borderline_stone_is_settled_by_the_scale() {
    let mut shop = Shop::of("laurence-vandenborre");
    let mut ring = gold_ring();
    ring.stones = vec![measured("4,3", "2,6")];
    let project = shop.takes_in(ring);
    let piece = shop.project(&project).pieces[0].clone();
    assert_eq!(piece.verdict_text, "Borderline: unmount the stone and weigh it.");
    let accept = Action::Decide {
        piece: piece.id.clone(),
        accepted: true,
        reason: String::new(),
    };
    assert_eq!(shop.is_refused(&accept), Refusal::ReasonNeeded);
    let weigh = Action::WeighStone {
        stone: piece.stones[0].id.clone(),
        weighed: "0,295".into(),
    };
    shop.does(&weigh);
    assert_eq!(shop.is_refused(&weigh), Refusal::AlreadyWeighed);
    let piece = shop.project(&project).pieces[0].clone();
    assert_eq!(piece.stones[0].weight, "0.295\u{a0}ct");
    assert_eq!(piece.stones[0].estimate, "estimated at 0.29\u{a0}ct before weighing");
    assert_eq!(
        piece.verdict_text,
        "Not eligible for redesign: no central stone reaches the minimum."
    );
}

#[test]
fn an_ineligible_piece_cannot_be_accepted_and_says_why() {
    let mut shop = Shop::of("laurence-vandenborre");
    let mut ring = gold_ring();
    ring.stones = vec![weighed("0,29")];
    let project = shop.takes_in(ring);
    let piece = shop.project(&project).pieces[0].clone();
    let reason = piece.accept_refused.expect("a reason");
    assert!(reason.contains("No central stone reaches the minimum"), "{reason}");
    let accept = Action::Decide {
        piece: piece.id,
        accepted: true,
        reason: "she is a good client".into(),
    };
    assert_eq!(shop.is_refused(&accept), Refusal::Ineligible);
}

#[test]
fn the_steps_come_in_their_order() {
    let mut shop = Shop::of("laurence-vandenborre");
    let project = shop.takes_in(gold_ring());
    let quote = Action::IssueQuote {
        project: project.clone(),
        form: quote_form("4235", "31/01/2027"),
    };
    assert_eq!(shop.is_refused(&quote), Refusal::NotAccepted);
    shop.accepts(&project);
    assert_eq!(shop.is_refused(&quote), Refusal::NotValued);
    let value = Action::Value {
        project: project.clone(),
        form: value_form("15"),
    };
    assert_eq!(shop.is_refused(&value), Refusal::NoGoldPrice);
    shop.notes_gold("3500");
    shop.does(&value);
    shop.does(&quote);
    assert_eq!(shop.project(&project).stage, Stage::Quoted);
    shop.turn_to("2027-02-01");
    assert_eq!(shop.project(&project).stage, Stage::Lapsed);
}

#[test]
fn a_stone_that_falls_short_after_it_was_accepted_stops_the_quote() {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.notes_gold("3500");
    let mut ring = gold_ring();
    ring.stones = vec![measured("4,3", "2,6")];
    let project = shop.takes_in(ring);
    shop.accepts(&project);
    shop.values(&project, "15");
    let stone = shop.project(&project).pieces[0].stones[0].id.clone();
    shop.does(&Action::WeighStone {
        stone,
        weighed: "0,25".into(),
    });
    let quote = Action::IssueQuote {
        project,
        form: quote_form("4235", "31/01/2027"),
    };
    assert_eq!(shop.is_refused(&quote), Refusal::Ineligible);
}

#[test]
fn gold_of_a_piece_that_was_refused_since_is_valued_again_before_it_is_quoted() {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.notes_gold("3500");
    let form = intake(vec![gold_ring(), gold_ring()]);
    let project = shop.takes_in_form(form);
    let pieces = shop.project(&project).pieces;
    let decide = |piece: usize, accepted| Action::Decide {
        piece: pieces[piece].id.clone(),
        accepted,
        reason: "so decided".into(),
    };
    shop.does(&decide(0, true));
    shop.does(&decide(1, true));
    shop.values(&project, "15");
    shop.does(&decide(1, false));
    let quote = Action::IssueQuote {
        project: project.clone(),
        form: quote_form("4235", "31/01/2027"),
    };
    assert_eq!(shop.is_refused(&quote), Refusal::NotValued);
    shop.values(&project, "15");
    shop.does(&quote);
    assert_eq!(shop.project(&project).quotes[0].to_pay, "€3,299.77");
}

#[test]
fn a_revised_quote_is_version_two_and_version_one_is_kept() {
    let mut shop = Shop::of("laurence-vandenborre");
    let project = shop.valued_project();
    let first = shop.quotes(&project, "4235").paper.expect("a paper");
    let before = shop.counter.paper(&first).expect("its bytes").1;
    shop.quotes(&project, "3900");
    let page = shop.project(&project);
    let versions: Vec<(i64, &str)> = page
        .quotes
        .iter()
        .map(|quote| (quote.version, quote.total.as_str()))
        .collect();
    assert_eq!(versions, [(2, "€3,900.00"), (1, "€4,235.00")]);
    assert_eq!(page.quotes[0].number, page.quotes[1].number);
    assert_eq!(shop.counter.paper(&first).expect("its bytes").1, before);
}

#[test]
fn numbers_run_without_gaps_even_past_a_refusal() {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.takes_in(gold_ring());
    let mut broken = intake(vec![gold_ring()]);
    broken.pieces[0].stones[0].weighed = "-1".into();
    shop.is_refused(&Action::TakeIn {
        form: broken.clone(),
        draft: String::new(),
    });
    let context = shop.context();
    let mut form = intake(vec![gold_ring()]);
    form.pieces[0].envelope = "E-0002".into();
    let sound = Action::TakeIn {
        form,
        draft: String::new(),
    };
    shop.counter.rehearse(&sound, &context).expect("a rehearsal");
    let second = shop.takes_in(gold_ring());
    assert_eq!(shop.project(&second).number, "P2026-0002");
    assert_eq!(shop.project(&second).papers[0].number, "R2026-0002");
}

#[test]
fn a_known_client_is_shown_by_telephone_mail_and_name() {
    use atelier_core::counter::{Answer, Question};
    let mut shop = Shop::of("laurence-vandenborre");
    shop.takes_in(gold_ring());
    let blank = || atelier_core::client::Card {
        phone: String::new(),
        email: String::new(),
        ..card("Someone Else")
    };
    for typed in [
        atelier_core::client::Card {
            phone: "0475/12.34.56".into(),
            ..blank()
        },
        atelier_core::client::Card {
            email: "ANNA@example.be".into(),
            ..blank()
        },
        atelier_core::client::Card {
            name: "anna lukaszewska".into(),
            ..blank()
        },
    ] {
        match shop.asks(&Question::CheckCard { card: typed.clone() }) {
            Answer::Card(check) => assert_eq!(check.duplicates.len(), 1, "{typed:?}"),
            other => panic!("{other:?}"),
        }
    }
    match shop.asks(&Question::CheckCard { card: blank() }) {
        Answer::Card(check) => assert!(check.duplicates.is_empty()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_house_takes_in_and_quotes() {
    for house in [
        "laurence-vandenborre",
        "uniglo",
        "bigli",
        "belgium-flawless",
        "artbeats",
        "blank",
    ] {
        let mut shop = Shop::of(house);
        shop.notes_gold("3500");
        let mut form = intake(vec![gold_ring()]);
        form.fee_method = shop.intake_check(&form).means[0].value.clone();
        for consent in [
            atelier_core::terms::Consent::Terms,
            atelier_core::terms::Consent::Heartbeat,
            atelier_core::terms::Consent::NoCancellation,
        ] {
            form.consents.push(atelier_core::intake::Given {
                consent,
                at: "2026-12-02T09:55:00+01:00".into(),
            });
        }
        let project = shop.takes_in_form(form);
        shop.accepts(&project);
        shop.values(&project, "10");
        shop.quotes(&project, "4235");
        assert_eq!(shop.project(&project).papers.len(), 3, "{house}");
    }
}
