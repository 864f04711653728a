//! What was taken in wrongly is put right; what was a slip is taken back; what was a mistake is withdrawn.

use atelier_core::counter::steps;
use atelier_core::counter::{Action, Answer, Correction, ProjectView, Question, Role, Stage, Step};
use atelier_core::intake::{PieceForm, Who};
use atelier_core::order::Happened;
use atelier_core::refusal::{NotNow, Refusal};
use atelier_core::store::happenings::{self, To};
use atelier_core::terms::ProjectKind;
use atelier_tests::{Shop, as_action, card, gold_ring, intake, metal, quote_form, weighed};

/// Corrects the first piece of a project.
fn corrects(project: &ProjectView, change: impl FnOnce(&mut PieceForm)) -> Action {
    let piece = &project.pieces[0];
    let mut form = piece.now.form.clone();
    change(&mut form);
    Action::Correct {
        what: Correction::Piece {
            piece: piece.id.clone(),
            version: project.version,
            form,
            stones: piece.now.stones.clone(),
            metals: piece.now.metals.clone(),
            reason: "misread at the counter".into(),
        },
    }
}

#[test]
fn a_wrong_envelope_is_corrected_with_a_receipt_that_says_so() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let page = shop.project(&project);
    let done = shop.does(&corrects(&page, |form| form.envelope = "E-0044".into()));
    let page = shop.project(&project);
    assert_eq!(page.pieces[0].envelope, "E-0044");
    let line = &page.history[0];
    assert_eq!(
        line.text,
        "Corrected: Envelope E-0001 → E-0044. Reason: misread at the counter"
    );
    let papers: Vec<(&str, &str)> = page
        .papers
        .iter()
        .map(|paper| (paper.number.as_str(), paper.outdated.as_str()))
        .collect();
    assert_eq!(
        papers,
        [("R2026-0001", "corrected by a newer paper"), ("R2026-0002", "")]
    );
    assert!(done.paper.is_some(), "the receipt is shown");
    let paper = shop.paper_text("R2026-0002");
    assert!(paper.contains("Verbetering van R2026-0001"), "{paper}");
    assert!(paper.contains("E-0044") && !paper.contains("E-0001 "), "{paper}");
}

#[test]
fn every_fact_of_a_piece_can_be_corrected_and_is_told_as_it_was_and_is() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let page = shop.project(&project);
    shop.does(&corrects(&page, |form| {
        form.description = "Gouden ring met saffier".into();
        form.condition = "a chip in the girdle".into();
        form.declared_value = "1800".into();
        form.stones[0].gem = "sapphire".into();
        form.stones[0].weighed = "0,90".into();
        form.stones[0].note = "blue".into();
        form.metals[0].name = "shank".into();
        form.metals[0].stamp = "585".into();
        form.metals[0].title = "585".into();
        form.metals[0].gross = "11,5".into();
        form.metals[0].tested = "XRF".into();
        form.metals[0].other = "0,2".into();
    }));
    let page = shop.project(&project);
    let piece = &page.pieces[0];
    assert_eq!(piece.description, "Gouden ring met saffier");
    assert_eq!(piece.stones[0].name, "Sapphire, central stone");
    assert_eq!(piece.stones[0].weight, "0.90\u{a0}ct");
    assert_eq!(piece.metals[0].gross, "11.50\u{a0}g");
    assert_eq!(piece.declared, "€1,800.00");
    let told = &page.history[0].text;
    for change in [
        "Declared value €2,500.00 → €1,800.00",
        "Gem diamond → sapphire",
        "Weighed (ct) 0.30 → 0.90",
        "Fineness (‰) 750 → 585",
        "Other parts (g) 0.00 → 0.20",
        "Tested by",
    ] {
        assert!(told.to_lowercase().contains(&change.to_lowercase()), "{change}: {told}");
    }
}

#[test]
fn a_stone_that_was_forgotten_is_added_and_one_that_never_was_is_taken_off() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let page = shop.project(&project);
    shop.does(&corrects(&page, |form| form.stones.push(weighed("0,10"))));
    let page = shop.project(&project);
    assert_eq!(page.pieces[0].stones.len(), 2);
    assert_eq!(page.custody.len(), 3, "what was forgotten is in custody");
    let piece = &page.pieces[0];
    let first = piece.now.stones[0].clone();
    let mut form = piece.now.form.clone();
    form.stones.remove(0);
    let off = Action::Correct {
        what: Correction::Piece {
            piece: piece.id.clone(),
            version: page.version,
            form,
            stones: vec![piece.now.stones[1].clone()],
            metals: piece.now.metals.clone(),
            reason: "counted twice".into(),
        },
    };
    shop.does(&off);
    let page = shop.project(&project);
    assert_eq!(page.pieces[0].stones.len(), 1);
    assert!(
        page.history[0].text.contains("Component diamond → –"),
        "{}",
        page.history[0].text
    );
    assert_ne!(page.pieces[0].stones[0].id, first);
}

#[test]
fn a_stone_that_went_somewhere_stays_on_its_piece() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let stone = shop.project(&project).pieces[0].stones[0].id.clone();
    let setter = Step::MoveComponents(steps::MoveComponents {
        components: vec![stone],
        place: "setter".into(),
        holder: "Jef".into(),
        signature: atelier_core::intake::Signature::Paper,
    });
    shop.takes(&project, setter);
    let page = shop.project(&project);
    let piece = &page.pieces[0];
    let mut form = piece.now.form.clone();
    form.stones.clear();
    let off = Action::Correct {
        what: Correction::Piece {
            piece: piece.id.clone(),
            version: page.version,
            form,
            stones: Vec::new(),
            metals: piece.now.metals.clone(),
            reason: "never was".into(),
        },
    };
    assert_eq!(shop.is_refused(&off), Refusal::from(NotNow::ComponentUsed));
}

#[test]
fn what_is_the_same_is_no_correction_and_a_reason_is_asked() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let page = shop.project(&project);
    assert_eq!(shop.is_refused(&corrects(&page, |_| ())), Refusal::NothingCorrected);
    let mut silent = corrects(&page, |form| form.envelope = "E-0044".into());
    if let Action::Correct {
        what: Correction::Piece { reason, .. },
    } = &mut silent
    {
        reason.clear();
    }
    assert_eq!(shop.is_refused(&silent), Refusal::Missing { field: "reason" });
    assert_eq!(shop.project(&project).pieces[0].envelope, "E-0001");
}

#[test]
fn a_weight_corrected_after_the_quote_asks_for_its_next_version() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    shop.quotes(&project, "4235");
    assert_eq!(shop.project(&project).weighed_warning, None);
    let page = shop.project(&project);
    shop.does(&corrects(&page, |form| form.metals[0].gross = "12,00".into()));
    let page = shop.project(&project);
    assert!(page.weighed_warning.is_some());
    let outdated = |page: &ProjectView, number: &str| {
        let paper = page.papers.iter().find(|paper| paper.number == number);
        paper.expect("a paper").outdated.clone()
    };
    assert_eq!(outdated(&page, "V2026-0001"), "shows an old value");
    assert_eq!(outdated(&page, "Q2026-0001"), "shows an old value");
    // Valued again, and quoted again: nothing is left to ask.
    shop.values(&project, "15");
    shop.quotes(&project, "4235");
    let page = shop.project(&project);
    assert_eq!(page.weighed_warning, None);
    assert_eq!(outdated(&page, "V2026-0001"), "corrected by a newer paper");
}

#[test]
fn wish_and_fee_are_corrected_but_not_a_fee_that_was_paid() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut form = intake(vec![gold_ring()]);
    form.fee_method = String::new();
    let take_in = Action::TakeIn {
        form,
        draft: String::new(),
    };
    let project = shop.does(&take_in).project.expect("a project");
    let corrects = |version: i64, fee: &str, wish: &str| Action::Correct {
        what: Correction::Project {
            project: project.clone(),
            version,
            wish: wish.into(),
            fee: fee.into(),
            reason: "agreed otherwise".into(),
        },
    };
    assert_eq!(
        shop.is_refused(&corrects(1, "20", "a ring")),
        Refusal::FeeTooSmall {
            least: atelier_core::money::Money::from_cents(5000)
        }
    );
    shop.does(&corrects(1, "75", "A pendant instead"));
    let page = shop.project(&project);
    assert_eq!((page.fee.as_str(), page.wish.as_str()), ("€75.00", "A pendant instead"));
    assert!(
        page.history[0].text.contains("Valuation fee €50.00 → €75.00"),
        "{}",
        page.history[0].text
    );
    shop.takes(
        &project,
        Step::BookFee(steps::BookFee {
            method: "cash".into(),
            day: String::new(),
        }),
    );
    assert_eq!(
        shop.is_refused(&corrects(1, "80", "A pendant instead")),
        Refusal::ChangedByAColleague {
            by: "Laurence".into(),
            at: "02/12/2026 10:00".into(),
        }
    );
    assert_eq!(
        shop.is_refused(&corrects(page.version, "80", "A pendant instead")),
        Refusal::from(NotNow::FeePaid)
    );
}

/// What could be written down at the intake can be put right, in the same length.
#[test]
fn a_long_wish_is_corrected_as_it_was_taken_in() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let long = "Een hanger. ".repeat(1600);
    shop.does(&Action::Correct {
        what: Correction::Project {
            project: project.clone(),
            version: 1,
            wish: long.clone(),
            fee: "50".into(),
            reason: "written down in short".into(),
        },
    });
    assert!(shop.project(&project).wish == long.trim(), "the wish is not whole");
}

#[test]
fn a_project_of_the_wrong_client_is_given_to_the_right_one_with_its_papers() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut form = intake(vec![gold_ring()]);
    form.fee_method = String::new();
    let take_in = Action::TakeIn {
        form,
        draft: String::new(),
    };
    let project = shop.does(&take_in).project.expect("a project");
    let wrong = shop.project(&project).client.id.clone();
    let change = Action::Correct {
        what: Correction::Client {
            project: project.clone(),
            client: Who::New {
                card: card("Nguyen Minh"),
            },
            reason: "the next in the line".into(),
        },
    };
    shop.does(&change);
    let page = shop.project(&project);
    assert_eq!(page.client.card.name, "Nguyen Minh");
    assert!(
        page.history[0].text.contains("Anna Łukaszewska"),
        "{}",
        page.history[0].text
    );
    assert!(shop.paper_text("R2026-0002").contains("Nguyen Minh"));
    // What the journal holds of the project goes when its client is forgotten, whoever it was booked to first.
    shop.does(&Action::Correct {
        what: Correction::Withdraw {
            project: project.clone(),
            reason: "he did not want it".into(),
        },
    });
    shop.does(&Action::EraseClient {
        client: page.client.id.clone(),
    });
    let rows = shop.everything();
    let held: Vec<&String> = rows.iter().filter(|row| row.contains("grandmother")).collect();
    assert!(held.is_empty(), "{held:?}");
    assert!(rows.iter().any(|row| row.contains(&wrong)));
}

#[test]
fn a_client_is_not_changed_once_there_is_an_order() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    let change = Action::Correct {
        what: Correction::Client {
            project: project.clone(),
            client: Who::New { card: card("Somebody") },
            reason: "mistaken".into(),
        },
    };
    assert_eq!(shop.is_refused(&change), Refusal::from(NotNow::AlreadyOrdered));
    assert!(shop.project(&project).client_refused.is_some());
}

#[test]
fn an_intake_by_mistake_is_withdrawn_and_that_can_be_undone() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut form = intake(vec![gold_ring()]);
    form.fee_method = String::new();
    let take_in = Action::TakeIn {
        form,
        draft: String::new(),
    };
    let project = shop.does(&take_in).project.expect("a project");
    let withdraw = Action::Correct {
        what: Correction::Withdraw {
            project: project.clone(),
            reason: "typed twice".into(),
        },
    };
    let done = shop.does(&withdraw);
    let page = shop.project(&project);
    assert_eq!(page.stage, Stage::Withdrawn);
    assert!(page.custody.is_empty() && page.tasks.is_empty());
    assert!(page.quote_refused.is_some() && page.pieces[0].decide_refused.is_some());
    // Its envelope is free again.
    let mut again = intake(vec![gold_ring()]);
    again.pieces[0].envelope = "E-0001".into();
    let context = shop.context();
    let take_in = Action::TakeIn {
        form: again,
        draft: String::new(),
    };
    shop.counter.rehearse(&take_in, &context).expect("the envelope is free");
    shop.does(&as_action(done.undo.as_ref()));
    assert_eq!(shop.project(&project).stage, Stage::TakenIn);
    assert_eq!(shop.project(&project).custody.len(), 2);
}

#[test]
fn an_intake_that_something_followed_from_is_not_withdrawn() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    shop.accepts(&project);
    let withdraw = Action::Correct {
        what: Correction::Withdraw {
            project: project.clone(),
            reason: "typed twice".into(),
        },
    };
    assert_eq!(shop.is_refused(&withdraw), Refusal::from(NotNow::SomethingFollowed));
}

#[test]
fn a_slip_is_taken_back_while_nothing_followed() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let piece = shop.project(&project).pieces[0].id.clone();
    let refuse = Action::Decide {
        piece: piece.clone(),
        accepted: false,
        reason: "a fake stamp".into(),
    };
    let done = shop.does(&refuse);
    assert_eq!(shop.project(&project).stage, Stage::Refused);
    let undo = as_action(done.undo.as_ref());
    shop.does(&undo);
    let page = shop.project(&project);
    assert_eq!(page.stage, Stage::TakenIn);
    assert!(page.pieces[0].decision.is_none());
    assert!(page.history[0].text.starts_with("Undone"), "{}", page.history[0].text);
    // Once, and only while it is the last thing that happened.
    assert_eq!(shop.is_refused(&undo), Refusal::from(NotNow::NothingToTakeBack));
    let order = shop.order();
    let sized = |finger: &str| Step::NoteSize(steps::NoteSize { finger: finger.into() });
    let first = shop.takes(&order, sized("54"));
    let second = shop.takes(&order, sized("52"));
    let first = as_action(first.undo.as_ref());
    assert_eq!(shop.is_refused(&first), Refusal::from(NotNow::NothingToTakeBack));
    shop.does(&as_action(second.undo.as_ref()));
    assert!(shop.project(&order).history[0].text.starts_with("Undone: "));
}

#[test]
fn what_issued_a_paper_or_moved_money_offers_no_undo() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    let paid = shop.takes(&project, atelier_tests::pay("1649,89", "transfer"));
    assert!(paid.undo.is_none() && paid.paper.is_some());
    let metals: Vec<String> = shop.components(&project, "g");
    let melted = Step::SettleComponents(steps::SettleComponents {
        components: metals,
        fate: "melted".into(),
        note: String::new(),
        signature: atelier_core::intake::Signature::Paper,
    });
    assert!(
        shop.takes(&project, melted).undo.is_none(),
        "melted metal never comes back"
    );
}

#[test]
fn a_card_and_closing_days_offer_their_undo() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let client = shop
        .does(&Action::AddClient {
            card: card("Jan Peeters"),
        })
        .client
        .expect("a client");
    let mut changed = card("Jan Peters");
    changed.phone = "0475 99 99 99".into();
    let done = shop.does(&Action::EditClient {
        id: client.clone(),
        version: 1,
        card: changed,
    });
    shop.does(&as_action(done.undo.as_ref()));
    let found = shop.asks(&atelier_core::counter::Question::Client { id: client });
    assert!(format!("{found:?}").contains("Jan Peeters"));
    let closed = shop.does(&Action::CloseDays {
        first: "24/12".into(),
        last: "31 dec".into(),
        reason: "holidays".into(),
    });
    let reopened = shop.does(&as_action(closed.undo.as_ref()));
    shop.does(&as_action(reopened.undo.as_ref()));
    let closings = shop.asks(&atelier_core::counter::Question::Closings);
    assert!(format!("{closings:?}").contains("24 December 2026"), "{closings:?}");
}

#[test]
fn an_envelope_that_lies_in_the_house_holds_no_second_piece() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.takes_in(gold_ring());
    let mut second = gold_ring();
    second.envelope = "e-0001".into();
    let take_in = |piece: PieceForm| Action::TakeIn {
        form: intake(vec![piece]),
        draft: String::new(),
    };
    let in_use = Refusal::EnvelopeInUse {
        envelope: "e-0001".into(),
        project: "P2026-0001".into(),
    };
    assert_eq!(shop.is_refused(&take_in(second)), in_use);
    let mut check = intake(vec![gold_ring()]);
    check.pieces[0].envelope = "E-0001".into();
    let looked = shop.intake_check(&check);
    let problem = looked
        .problems
        .iter()
        .find(|problem| problem.path == "pieces.0.envelope");
    assert!(problem.expect("a problem").text.contains("P2026-0001"));
    assert_eq!(looked.next_envelope, "E-0002");
}

#[test]
fn what_looks_like_a_slip_is_asked_about_and_done_where_it_is_meant() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.notes_gold("3500");
    shop.sure = false;
    let note = |unit: &str, euro: &str| Action::NoteGoldPrice {
        day: "2026-12-02".into(),
        unit: unit.into(),
        euro: euro.into(),
        source: "refiner".into(),
    };
    let doubts = |shop: &mut Shop, action: &Action| match shop.is_refused(action) {
        Refusal::Doubtful { doubts } => doubts.iter().map(|doubt| doubt.key.to_string()).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    // A price of an ounce, noted a gram.
    assert_eq!(doubts(&mut shop, &note("gram", "3500")), ["doubt-gold-price"]);
    shop.does(&note("ounce", "3600"));
    let mut ring = gold_ring();
    ring.stones = vec![atelier_tests::measured("4,3", "2,6")];
    ring.metals = vec![metal("750", "12,34"), metal("750", "3,00")];
    for part in &mut ring.metals {
        part.mounted = "0,29".into();
    }
    let mut form = intake(vec![ring]);
    form.fee = "5000".into();
    let take_in = Action::TakeIn {
        form,
        draft: String::new(),
    };
    assert_eq!(doubts(&mut shop, &take_in), ["doubt-mounted-twice", "doubt-fee"]);
    // Meant, it is done; nothing of the question stays.
    shop.sure = true;
    let project = shop.does(&take_in).project.expect("a project");
    shop.sure = false;
    let stone = shop.project(&project).pieces[0].stones[0].id.clone();
    let weigh = |weighed: &str| Action::WeighStone {
        stone: stone.clone(),
        weighed: weighed.into(),
    };
    assert_eq!(doubts(&mut shop, &weigh("2,9")), ["doubt-weighed"]);
    shop.does(&weigh("0,31"));
    shop.sure = true;
    let order = shop.order();
    shop.sure = false;
    let pays = Action::TakeStep {
        project: order,
        step: atelier_tests::pay("32997,70", "transfer"),
    };
    assert_eq!(doubts(&mut shop, &pays), ["doubt-payment"]);
    let quoted = shop.takes_in(gold_ring());
    shop.accepts(&quoted);
    shop.values(&quoted, "15");
    let quote = |price: &str| Action::IssueQuote {
        project: quoted.clone(),
        form: quote_form(price, "31/01/2027"),
    };
    shop.does(&quote("4235"));
    assert_eq!(doubts(&mut shop, &quote("42350")), ["doubt-price-changed"]);
}

#[test]
fn two_cards_of_one_person_become_one() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let kept = shop
        .does(&Action::AddClient {
            card: card("Anna Lukaszewska-Peeters"),
        })
        .client
        .expect("a client");
    let gone = shop.project(&project).client.id.clone();
    shop.does(&Action::MergeClients {
        gone: gone.clone(),
        kept: kept.clone(),
    });
    assert_eq!(shop.project(&project).client.id, kept);
    let found = shop.asks(&atelier_core::counter::Question::Search { text: "anna".into() });
    let atelier_core::counter::Answer::Found(found) = found else {
        panic!("{found:?}")
    };
    let ids: Vec<&String> = found.clients.iter().map(|client| &client.id).collect();
    assert_eq!(ids, [&kept]);
}

#[test]
fn corrections_are_replayed_like_everything_else() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let page = shop.project(&project);
    shop.does(&corrects(&page, |form| {
        form.envelope = "E-0044".into();
        form.stones.push(weighed("0,10"));
    }));
    let piece = shop.project(&project).pieces[0].id.clone();
    let done = shop.does(&Action::Decide {
        piece,
        accepted: true,
        reason: String::new(),
    });
    shop.does(&as_action(done.undo.as_ref()));
    assert_eq!(shop.replayed(), shop.everything());
}

#[test]
fn a_form_begun_before_a_weighing_does_not_undo_it() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(atelier_core::intake::PieceForm {
        stones: vec![atelier_tests::measured("4,5", "2,8")],
        ..gold_ring()
    });
    let begun = shop.project(&project);
    shop.sure = true;
    shop.does(&Action::WeighStone {
        stone: begun.pieces[0].now.stones[0].clone(),
        weighed: "0,36".into(),
    });
    let late = corrects(&begun, |form| form.envelope = "E-0044".into());
    assert_eq!(
        shop.is_refused(&late),
        Refusal::ChangedByAColleague {
            by: "Laurence".into(),
            at: "02/12/2026 10:00".into(),
        }
    );
    let now = shop.project(&project);
    shop.does(&corrects(&now, |form| form.envelope = "e-0044".into()));
    assert_eq!(shop.project(&project).pieces[0].stones[0].weight, "0.36\u{a0}ct");
    // However it is written, it is that envelope.
    let mut other = gold_ring();
    other.envelope = "E-0044".into();
    let take_in = Action::TakeIn {
        form: intake(vec![other]),
        draft: String::new(),
    };
    assert!(matches!(shop.is_refused(&take_in), Refusal::EnvelopeInUse { .. }));
    let found = shop.asks(&atelier_core::counter::Question::Identify { text: "E-0044".into() });
    assert!(format!("{found:?}").contains(&project), "{found:?}");
}

#[test]
fn a_title_corrected_after_the_valuation_is_valued_again_before_it_is_quoted() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    let page = shop.project(&project);
    shop.does(&corrects(&page, |form| form.metals[0].title = "585".into()));
    let quote = Action::IssueQuote {
        project: project.clone(),
        form: quote_form("4235", "31/12/2026"),
    };
    assert_eq!(shop.is_refused(&quote), Refusal::NotValued);
    shop.values(&project, "15");
    shop.does(&quote);
}

#[test]
fn what_an_order_rests_on_is_not_corrected_away() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    let page = shop.project(&project);
    let piece = &page.pieces[0];
    let mut form = piece.now.form.clone();
    form.stones.clear();
    let without = |metals: Vec<String>| Action::Correct {
        what: Correction::Piece {
            piece: piece.id.clone(),
            version: page.version,
            form: form.clone(),
            stones: Vec::new(),
            metals,
            reason: "not here".into(),
        },
    };
    let metals = piece.now.metals.clone();
    assert_eq!(
        shop.is_refused(&without(metals.clone())),
        Refusal::from(NotNow::ComponentUsed)
    );
    let twice = [metals.clone(), metals].concat();
    assert_eq!(shop.is_refused(&without(twice)), Refusal::NotFound);
}

#[test]
fn a_quote_in_another_clients_name_is_not_accepted() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    shop.quotes(&project, "4235");
    shop.does(&Action::Correct {
        what: Correction::Client {
            project: project.clone(),
            client: Who::New {
                card: card("Nguyen Minh"),
            },
            reason: "the next in the line".into(),
        },
    });
    assert_eq!(
        shop.may_not(&project, atelier_tests::accept()),
        Refusal::from(NotNow::QuoteOfAnother)
    );
    shop.quotes(&project, "4235");
    shop.consents(&project);
    shop.takes(&project, atelier_tests::accept());
}

#[test]
fn who_may_not_do_it_may_not_undo_it() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(gold_ring());
    let piece = shop.project(&project).pieces[0].id.clone();
    let decided = shop.does(&Action::Decide {
        piece,
        accepted: true,
        reason: String::new(),
    });
    let els = shop
        .does(&Action::AddStaff { name: "Els".into() })
        .staff
        .expect("someone");
    shop.does(&Action::ChangeStaff {
        id: els.clone(),
        name: "Els".into(),
        role: Role::Counter,
        active: true,
        pin: String::new(),
    });
    shop.works(&els);
    let undo = as_action(decided.undo.as_ref());
    assert!(matches!(shop.is_refused(&undo), Refusal::NotAllowed { .. }));
    // Every step that can be taken back is one that roles are asked about.
    for what in [Happened::Finished {}, Happened::Resumed {}, Happened::DateKept {}] {
        assert!(what.can_be_taken_back());
        assert!(atelier_core::counter::role_names().contains(&what.step()), "{what:?}");
    }
}

#[test]
fn what_a_case_rests_on_is_not_taken_back() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.sells_by_mail(ProjectKind::Stock, "900", "2026-12-09");
    let told = shop
        .counter
        .store()
        .read(|tx| happenings::of::<Happened>(tx, To::Project, &project))
        .expect("what happened");
    let last = told.last().expect("possession");
    assert!(matches!(last.what, Happened::Possessed { .. }));
    shop.opens_case(&project, "withdrawal", &[]);
    let undo = Action::Correct {
        what: Correction::TakeBack {
            project: project.clone(),
            happening: last.id.clone(),
        },
    };
    assert_eq!(shop.is_refused(&undo), Refusal::from(NotNow::NothingToTakeBack));
}

#[test]
fn a_card_that_became_one_with_another_leads_to_it_from_a_draft() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let client = |shop: &mut Shop, name: &str| {
        let card = card(name);
        shop.does(&Action::AddClient { card }).client.expect("a client")
    };
    let (gone, kept) = (client(&mut shop, "Anna Claes"), client(&mut shop, "Anna Claes-Maes"));
    let merge = |gone: &str, kept: &str| Action::MergeClients {
        gone: gone.into(),
        kept: kept.into(),
    };
    shop.does(&merge(&gone, &kept));
    assert_eq!(shop.is_refused(&merge(&kept, &gone)), Refusal::from(NotNow::CardGone));
    let mut form = intake(vec![gold_ring()]);
    form.client = Who::Known { id: gone.clone() };
    let take_in = Action::TakeIn {
        form,
        draft: String::new(),
    };
    assert_eq!(shop.does(&take_in).client, Some(kept.clone()));
    // What the kept card is found by stays found when it is changed.
    shop.does(&Action::EditClient {
        id: kept.clone(),
        version: 2,
        card: card("Anna Maes"),
    });
    let Answer::Found(found) = shop.asks(&Question::Search { text: "claes".into() }) else {
        panic!("an answer")
    };
    assert_eq!(found.clients.len(), 1);
}

#[test]
fn whoever_was_imported_or_named_by_mistake_is_forgotten_whole_and_others_are_not() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let named = |name: &str, sizes: &str| atelier_core::counter::Imported {
        card: atelier_core::client::Card {
            sizes: sizes.into(),
            ..card(name)
        },
    };
    shop.does(&Action::ImportClients {
        clients: vec![
            named("Jan Bos", "ring 61 of his"),
            named("Els Bosmans", "ring 50 of hers"),
        ],
    });
    let found = |shop: &mut Shop, text: &str| match shop.asks(&Question::Search { text: text.into() }) {
        Answer::Found(found) => found.clients[0].id.clone(),
        other => panic!("{other:?}"),
    };
    let (jan, els) = (found(&mut shop, "jan bos"), found(&mut shop, "els"));
    // Taken in under Jan's name by mistake, with a photo's worth of notes.
    let mut form = intake(vec![gold_ring()]);
    form.client = Who::Known { id: jan.clone() };
    form.fee_method = String::new();
    let take_in = Action::TakeIn {
        form,
        draft: String::new(),
    };
    let project = shop.does(&take_in).project.expect("a project");
    let file = shop
        .does(&Action::KeepFile {
            name: "secret-letter.txt".into(),
            bytes: b"the letter itself".to_vec(),
        })
        .file
        .expect("a file");
    shop.takes(
        &project,
        Step::AddNote(steps::AddNote {
            note: "see the letter".into(),
            file,
        }),
    );
    shop.does(&Action::Correct {
        what: Correction::Client {
            project: project.clone(),
            client: Who::Known { id: els.clone() },
            reason: "the next in the line".into(),
        },
    });
    shop.does(&Action::EraseClient { client: jan });
    let rows = shop.everything();
    assert!(
        rows.iter().all(|row| !row.contains("ring 61 of his")),
        "the card is gone"
    );
    assert!(rows.iter().any(|row| row.contains("ring 50 of hers")), "hers stays");
    assert!(matches!(
        shop.counter.paper("R2026-0001"),
        Err(atelier_core::store::Trouble::Refused(Refusal::PaperErased))
    ));
    assert!(shop.replayed().iter().any(|row| row.contains("ring 50 of hers")));
    shop.does(&Action::Correct {
        what: Correction::Withdraw {
            project,
            reason: "not hers either".into(),
        },
    });
    shop.does(&Action::EraseClient { client: els });
    let rows = shop.everything();
    for gone in ["secret-letter", "see the letter", "ring 50 of hers"] {
        assert!(rows.iter().all(|row| !row.contains(gone)), "{gone}");
    }
}
