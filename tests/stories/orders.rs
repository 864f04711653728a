//! From the client's yes to the last component: each story a thing that happens in a shop.

use atelier_core::counter::{Action, Answer, NextView, Question, QuoteForm, SortBy, Stage, Step, steps};
use atelier_core::intake::{IntakeForm, Signature};
use atelier_core::money::Money;
use atelier_core::refusal::{NotNow, Refusal};
use atelier_core::store::standing;
use atelier_core::terms::ProjectKind;
use atelier_core::words::Language;
use atelier_tests::{Shop, accept, cancel, card, collect, gold_ring, pay, pay_back, quote_form};
use rust_decimal::Decimal;

fn not_now(why: &str) -> Refusal {
    let reason = NotNow::ALL.iter().find(|reason| reason.key() == why);
    Refusal::from(*reason.unwrap_or_else(|| panic!("no reason {why}")))
}

fn papers(shop: &mut Shop, project: &str) -> Vec<String> {
    shop.project(project)
        .papers
        .into_iter()
        .map(|paper| paper.number.chars().take_while(|c| c.is_alphabetic()).collect())
        .collect()
}

fn tasks(shop: &mut Shop, project: &str) -> Vec<String> {
    let tasks = shop.project(project).tasks.into_iter();
    tasks.map(|task| format!("{}, {}", task.text, task.day)).collect()
}

#[test]
fn a_redesign_from_the_quote_to_the_last_component() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    assert_eq!(shop.project(&project).stage, Stage::Ordered);
    assert_eq!(
        (shop.money(&project, "To pay"), shop.money(&project, "Deposit")),
        ("€3,299.77".into(), "€1,649.89".into())
    );
    shop.takes(
        &project,
        Step::RequestPayment(steps::RequestPayment {
            kind: "deposit".into(),
            due: "9/12/2026".into(),
        }),
    );
    shop.approves_design(&project);
    assert_eq!(
        shop.window(&project),
        (String::new(), String::new()),
        "the deposit is still missing"
    );
    shop.turn_to("2026-12-04");
    shop.pays(&project, "1649,89");
    assert_eq!(
        shop.window(&project),
        ("28 December 2026".into(), "12 January 2027".into())
    );
    assert_eq!(shop.project(&project).stage, Stage::InProduction);
    shop.settles(&project, "Shank", "melted");
    shop.settles(&project, "Diamond", "set");
    for done in [
        "step-unmount",
        "step-melt",
        "step-shape",
        "step-set",
        "step-polish",
        "step-check",
    ] {
        let tick = Step::TickStep(steps::TickStep { done: done.into() });
        shop.takes(&project, tick.clone());
        assert_eq!(shop.may_not(&project, tick), NotNow::StepDone.into());
    }
    shop.turn_to("2027-01-08");
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    assert_eq!(shop.may_not(&project, collect()), not_now("refused-balance-open"));
    shop.takes(
        &project,
        Step::RequestPayment(steps::RequestPayment {
            kind: "balance".into(),
            due: "15/1/2027".into(),
        }),
    );
    shop.pays(&project, "1.649,88");
    assert_eq!(shop.money(&project, "Outstanding"), "€0.00");
    shop.takes(&project, collect());
    let page = shop.project(&project);
    assert_eq!(page.stage, Stage::Closed);
    assert!(page.tasks.is_empty(), "{:?}", page.tasks);
    assert_eq!(
        papers(&mut shop, &project),
        ["R", "V", "Q", "B", "D", "S", "K", "D", "K", "L"]
    );
}

#[test]
fn a_tailor_made_ring_without_a_piece_of_the_clients() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let client = atelier_core::intake::Who::New {
        card: card("Jan Peeters"),
    };
    let project = shop
        .does(&Action::OpenProject {
            kind: ProjectKind::TailorMade,
            client,
            wish: "A ring with a sapphire".into(),
        })
        .project
        .expect("a project");
    shop.quotes(&project, "3147,80");
    assert_eq!(shop.may_not(&project, accept()), not_now("refused-consents-missing"));
    shop.takes(
        &project,
        Step::GiveConsents(steps::GiveConsents {
            consents: vec!["sketches".into()],
            signature: Signature::Paper,
        }),
    );
    shop.takes(&project, accept());
    assert_eq!(shop.money(&project, "Deposit"), "€1,573.90");
    shop.pays(&project, "1573,90");
    shop.approves_design(&project);
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.pays(&project, "1573,90");
    let by_carrier = Step::Deliver(steps::Deliver {
        how: "carrier".into(),
        items: String::new(),
        carrier: "bpost".into(),
        tracking: "3232".into(),
        last: "yes".into(),
        day: String::new(),
        signature: Signature::None,
    });
    shop.takes(&project, by_carrier);
    assert_eq!(shop.project(&project).stage, Stage::Shipped);
    let delivery = shop
        .project(&project)
        .next
        .iter()
        .find(|next| next.step == "confirm-possession")
        .expect("the step")
        .fields[0]
        .value
        .clone();
    shop.turn_to("2026-12-05");
    shop.takes(
        &project,
        Step::ConfirmPossession(steps::ConfirmPossession {
            delivery,
            day: String::new(),
        }),
    );
    assert_eq!(shop.project(&project).stage, Stage::Closed);
    assert_eq!(papers(&mut shop, &project), ["Q", "T", "B", "K", "S", "K", "L"]);
}

#[test]
fn a_deposit_in_three_parts_is_met_on_the_day_the_sum_reaches_it() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.approves_design(&project);
    shop.pays(&project, "1000");
    shop.turn_to("2026-12-03");
    shop.pays(&project, "600");
    assert_eq!(shop.project(&project).stage, Stage::Ordered);
    assert!(tasks(&mut shop, &project).iter().any(|task| task.contains("€49.89")));
    shop.turn_to("2026-12-04");
    shop.pays(&project, "49,89");
    assert_eq!(shop.window(&project).0, "28 December 2026");
}

#[test]
fn an_accepted_order_keeps_its_price_when_gold_moves() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    shop.quotes(&project, "4235");
    shop.turn_to("2026-12-03");
    shop.notes_gold("5000");
    shop.takes(&project, accept());
    assert_eq!(shop.money(&project, "To pay"), "€3,299.77");
}

#[test]
fn a_lapsed_a_declined_and_an_older_version_are_not_accepted() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    shop.quotes(&project, "4235");
    shop.takes(
        &project,
        Step::DeclineQuote(steps::DeclineQuote {
            day: String::new(),
            reason: "too dear".into(),
        }),
    );
    assert_eq!(shop.project(&project).stage, Stage::Declined);
    assert_eq!(shop.may_not(&project, accept()), not_now("refused-quote-declined"));
    shop.quotes(&project, "4000");
    shop.turn_to("2027-02-01");
    assert_eq!(shop.may_not(&project, accept()), not_now("refused-quote-lapsed"));
    let form = quote_form("4000", "28/2/2027");
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form,
    });
    shop.takes(&project, accept());
    assert_eq!(shop.money(&project, "Total, VAT included"), "€4,000.00");
}

#[test]
fn a_yes_by_mail_keeps_its_words_and_one_on_the_screen_its_strokes() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    shop.quotes(&project, "4235");
    let by = |channel: &str, words: &str, signature: Signature| {
        Step::AcceptQuote(steps::AcceptQuote {
            channel: channel.into(),
            day: String::new(),
            words: words.into(),
            signature,
            ..steps::AcceptQuote::default()
        })
    };
    assert_eq!(
        shop.may_not(&project, by("mail", "", Signature::None)),
        Refusal::Missing { field: "words" }
    );
    assert_eq!(
        shop.may_not(&project, by("screen", "", Signature::None)),
        Refusal::Missing { field: "signature" }
    );
    shop.takes(&project, by("mail", "Yes please, go ahead. Anna", Signature::None));
    let history = shop.project(&project).history;
    assert_eq!(history[0].words, "Yes please, go ahead. Anna");
}

#[test]
fn approval_after_the_deposit_opens_the_window_and_closing_days_move_it() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.turn_to("2026-12-04");
    shop.approves_design(&project);
    assert_eq!(
        shop.window(&project),
        ("28 December 2026".into(), "12 January 2027".into())
    );
    shop.does(&Action::CloseDays {
        first: "24/12/2026".into(),
        last: "2/1/2027".into(),
        reason: "holidays".into(),
    });
    assert_eq!(
        shop.window(&project),
        ("5 January 2027".into(), "19 January 2027".into())
    );
}

#[test]
fn force_majeure_over_christmas_moves_the_window_by_its_business_days() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.approves_design(&project);
    let before = shop.window(&project);
    shop.turn_to("2026-12-21");
    shop.takes(
        &project,
        Step::Suspend(steps::Suspend {
            first: String::new(),
            reason: "force-majeure".into(),
        }),
    );
    // The client reads what the house's terms say of it.
    let notice = shop.paper_text("DC2026-0001");
    assert!(
        notice.contains("Overmacht") && notice.contains("LV art. 20"),
        "{notice}"
    );
    assert_eq!(shop.project(&project).stage, Stage::Paused);
    assert_eq!(shop.window(&project), (String::new(), String::new()));
    assert_eq!(
        shop.may_not(&project, Step::Finish(steps::Finish { day: String::new() })),
        not_now("refused-paused")
    );
    shop.turn_to("2026-12-31");
    shop.takes(
        &project,
        Step::Resume(steps::Resume {
            last: "30/12/2026".into(),
        }),
    );
    assert_eq!(before, ("23 December 2026".into(), "8 January 2027".into()));
    // Seven business days lie in it: 21 to 24 and 28 to 30 December.
    assert_eq!(
        shop.window(&project),
        ("5 January 2027".into(), "19 January 2027".into())
    );
    assert!(papers(&mut shop, &project).contains(&"DC".to_owned()));
}

#[test]
fn a_late_piece_gives_the_client_a_choice_and_its_end_gives_everything_back() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.approves_design(&project);
    shop.turn_to("2027-01-11");
    assert!(
        tasks(&mut shop, &project)
            .iter()
            .any(|task| task.starts_with("Late: tell the client a new date, 08/01/2027"))
    );
    shop.takes(
        &project,
        Step::ChangeDate(steps::ChangeDate {
            latest: "29/1/2027".into(),
            cause: "late".into(),
        }),
    );
    shop.takes(
        &project,
        Step::AnswerDate(steps::AnswerDate {
            answer: "termination".into(),
            day: String::new(),
        }),
    );
    assert_eq!(shop.project(&project).stage, Stage::Cancelled);
    // What was paid with the order, and the valuation fee that came off its price.
    assert_eq!(shop.money(&project, "To pay back"), "€1,699.89");
    assert_eq!(
        shop.may_not(&project, pay_back("1699,90")),
        not_now("refused-refund-too-much")
    );
    shop.takes(&project, pay_back("1699,89"));
    shop.settles(&project, "", "returned");
    assert_eq!(shop.project(&project).stage, Stage::Closed);
}

#[test]
fn a_new_date_the_client_takes_is_the_day_that_counts() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.approves_design(&project);
    let change = |latest: &str| {
        Step::ChangeDate(steps::ChangeDate {
            latest: latest.into(),
            cause: "client-wish".into(),
        })
    };
    assert_eq!(
        shop.may_not(&project, change("8/1/2027")),
        not_now("refused-date-not-later")
    );
    shop.takes(&project, change("29/1/2027"));
    shop.takes(
        &project,
        Step::AnswerDate(steps::AnswerDate {
            answer: "new-date".into(),
            day: String::new(),
        }),
    );
    shop.turn_to("2027-01-12");
    assert!(
        tasks(&mut shop, &project)
            .iter()
            .any(|task| task == "Latest day to be ready, 29/01/2027")
    );
}

#[test]
fn cancellation_by_each_side_keeps_and_gives_back_what_the_terms_say() {
    let ends = |house: &str, by: &str, kept: &str| {
        let mut shop = Shop::of(house).on("2026-12-02");
        let project = shop.order();
        shop.pays(&project, "2000");
        shop.takes(&project, cancel(by, kept, ["in-person", "own-design", ""]));
        (
            shop.money(&project, "Kept by the house"),
            shop.money(&project, "To pay back"),
        )
    };
    assert_eq!(
        ends("laurence-vandenborre", "client", ""),
        ("€1,649.89".into(), "€350.11".into())
    );
    assert_eq!(
        ends("laurence-vandenborre", "house", ""),
        ("€0.00".into(), "€2,050.00".into()),
        "the fee goes back too"
    );
    assert_eq!(
        ends("laurence-vandenborre", "agreement", "500"),
        ("€500.00".into(), "€1,500.00".into())
    );
    let mut shop = Shop::of("blank").on("2026-12-02");
    let project = shop.order();
    assert_eq!(
        shop.may_not(&project, cancel("client", "", ["in-person", "own-design", ""])),
        not_now("refused-no-cancellation"),
        "what binds both is ended by both"
    );
    assert_eq!(
        ends("blank", "agreement", ""),
        ("€0.00".into(), "€2,000.00".into()),
        "what they did not agree to keep goes back"
    );
}

/// An order of 1,210.00 without a piece, paid in full.
fn paid_order(house: &str, kind: ProjectKind) -> (Shop, String) {
    quoted_order(house, kind, |_| {})
}

/// An order of what a quote of 1,210.00 becomes, without a piece, paid in full.
fn quoted_order(house: &str, kind: ProjectKind, change: impl FnOnce(&mut QuoteForm)) -> (Shop, String) {
    let mut shop = Shop::of(house).on("2026-12-02");
    let client = atelier_core::intake::Who::New {
        card: card("Jan Peeters"),
    };
    let project = shop.opens(kind, client);
    let mut form = quote_form("1210", "31/01/2027");
    change(&mut form);
    let price: Decimal = form
        .lines
        .iter()
        .map(|line| Decimal::from_str_exact(&line.unit_price).expect("a price"))
        .sum();
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form,
    });
    shop.consents(&project);
    shop.takes(&project, accept());
    let means = shop.means(&project);
    shop.takes(&project, pay(&price.to_string(), &means));
    (shop, project)
}

#[test]
fn a_cancellation_follows_the_house_and_the_kind_of_order() {
    let shop_made = ["in-person", "own-design", "yes"];
    let ends = |house: &str, kind: ProjectKind, told: [&str; 3]| {
        let (mut shop, project) = paid_order(house, kind);
        shop.takes(&project, cancel("client", "", told));
        (
            shop.money(&project, "Kept by the house"),
            shop.money(&project, "To pay back"),
        )
    };
    let (nothing, everything) = ("€0.00".to_owned(), "€1,210.00".to_owned());
    assert_eq!(
        ends("laurence-vandenborre", ProjectKind::TailorMade, shop_made).0,
        "€605.00"
    );
    assert_eq!(
        ends("uniglo", ProjectKind::Stock, ["in-person", "listed", "yes"]).0,
        "€50.00",
        "5 % of the price without VAT"
    );
    // A consumer at a distance gets everything back for what is not personalised, whatever the house's rule is.
    for (house, kind, made) in [
        ("laurence-vandenborre", ProjectKind::MadeToOrder, "listed-option"),
        ("laurence-vandenborre", ProjectKind::Stock, "listed"),
        ("uniglo", ProjectKind::Stock, "listed"),
        ("bigli", ProjectKind::MadeToOrder, "listed-option"),
        ("artbeats", ProjectKind::Stock, "listed"),
        ("blank", ProjectKind::Stock, "unlisted"),
    ] {
        let told = ["distance", made, "no"];
        assert_eq!(
            ends(house, kind, told),
            (nothing.clone(), everything.clone()),
            "{house}"
        );
    }
    for (house, kind, told) in [
        ("uniglo", ProjectKind::TailorMade, shop_made),
        ("uniglo", ProjectKind::Stock, ["in-person", "listed", "no"]),
        ("artbeats", ProjectKind::TailorMade, ["distance", "heartbeat", "yes"]),
        ("laurence-vandenborre", ProjectKind::Stock, ["in-person", "listed", ""]),
    ] {
        let (mut shop, project) = paid_order(house, kind);
        assert_eq!(
            shop.may_not(&project, cancel("client", "", told)),
            not_now("refused-no-cancellation"),
            "{house}"
        );
        shop.takes(&project, cancel("agreement", "", told));
    }
}

#[test]
fn a_fee_for_cancelling_is_reckoned_over_every_rate_of_vat() {
    let (mut shop, project) = quoted_order("uniglo", ProjectKind::Stock, |form| {
        form.lines[0].unit_price = "605".into();
        let mut book = form.lines[0].clone();
        book.text = "A book on diamonds".into();
        book.unit_price = "106".into();
        book.vat = "6".into();
        form.lines.push(book);
    });
    shop.takes(&project, cancel("client", "", ["in-person", "listed", "yes"]));
    // 5 % of 500.00 and 100.00.
    assert_eq!(shop.money(&project, "Kept by the house"), "€30.00");
    assert_eq!(shop.money(&project, "To pay back"), "€681.00");
    let paper = shop.paper_text("N2026-0001");
    assert!(paper.contains("€ 30,00") && !paper.contains("€ 29,38"), "{paper}");
}

#[test]
fn what_nobody_said_of_a_cancelled_order_is_asked_and_stands_on_no_paper() {
    let (mut shop, project) = paid_order("uniglo", ProjectKind::Stock);
    for (told, field) in [
        (["", "listed", "yes"], "concluded"),
        (["in-person", "", "yes"], "made"),
        (["in-person", "listed", ""], "restockable"),
    ] {
        assert_eq!(
            shop.may_not(&project, cancel("client", "", told)),
            Refusal::Missing { field }
        );
    }
    shop.takes(&project, cancel("client", "", ["in-person", "listed", "yes"]));
    let paper = shop.paper_text("N2026-0001");
    assert!(paper.contains("kosteloos terug in stock"), "{paper}");
    // Nothing was sent: who pays for the way back is no matter.
    for house in ["uniglo", "belgium-flawless", "artbeats"] {
        let (mut shop, project) = paid_order(house, ProjectKind::Stock);
        shop.takes(&project, cancel("client", "", ["distance", "listed", "no"]));
        let paper = shop.paper_text("N2026-0001");
        for way_back in ["terugzending", "terugweg", "haalt het stuk op"] {
            assert!(!paper.contains(way_back), "{house}: {paper}");
        }
    }
    let (mut shop, project) = paid_order("laurence-vandenborre", ProjectKind::TailorMade);
    shop.takes(&project, cancel("client", "", ["in-person", "own-design", ""]));
    let paper = shop.paper_text("N2026-0001");
    for advice in ["aanvechtbaar", "eenzijdig", "op eigen risico", "vraag het na"] {
        assert!(
            !paper.contains(advice),
            "{advice} stands on the client's paper: {paper}"
        );
    }
}

/// By the law's right everything goes back: what was paid, the fee that came off the price, and the gold that is melted.
#[test]
fn who_withdraws_from_a_redesign_gets_the_fee_and_the_melted_gold_back_too() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.settles(&project, "Shank", "melted");
    shop.takes(&project, cancel("client", "", ["distance", "listed", "no"]));
    assert_eq!(shop.money(&project, "Kept by the house"), "€0.00");
    assert_eq!(shop.money(&project, "To pay back"), "€2,585.12");
}

#[test]
fn gold_already_melted_goes_back_in_value_when_the_house_ends_the_order() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.settles(&project, "Shank", "melted");
    shop.takes(&project, cancel("house", "", [""; 3]));
    // 1,649.89 paid, 50.00 fee, 885.23 gold.
    assert_eq!(shop.money(&project, "To pay back"), "€2,585.12");
    shop.settles(&project, "Diamond", "returned");
    assert_eq!(shop.project(&project).stage, Stage::Cancelled, "money is still owed");
    shop.takes(
        &project,
        Step::BookRefund(steps::BookRefund {
            amount: "2585,12".into(),
            method: "transfer".into(),
            day: String::new(),
            note: String::new(),
        }),
    );
    assert_eq!(shop.project(&project).stage, Stage::Closed);
}

#[test]
fn the_balance_asks_for_what_the_deposit_does_not() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    for kind in ["deposit", "balance"] {
        shop.takes(
            &project,
            Step::RequestPayment(steps::RequestPayment {
                kind: kind.into(),
                due: String::new(),
            }),
        );
    }
    let history = shop.project(&project).history;
    let asked: Vec<&str> = history
        .iter()
        .map(|line| line.text.as_str())
        .filter(|text| text.starts_with("Payment asked for"))
        .collect();
    assert!(
        asked[0].contains("balance of €1,649.88") && asked[1].contains("deposit of €1,649.89"),
        "{asked:?}"
    );
}

#[test]
fn a_payment_booked_on_the_wrong_order_is_corrected_and_nothing_leaves_on_it() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "3299,77");
    shop.approves_design(&project);
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    let wrong = shop
        .project(&project)
        .next
        .iter()
        .find(|next| next.step == "correct-entry")
        .expect("the step")
        .fields[0]
        .options
        .last()
        .expect("an entry")
        .value
        .clone();
    assert_eq!(
        shop.may_not(
            &project,
            Step::CorrectEntry(steps::CorrectEntry {
                entry: wrong.clone(),
                reason: String::new()
            })
        ),
        Refusal::Missing { field: "reason" }
    );
    shop.takes(
        &project,
        Step::CorrectEntry(steps::CorrectEntry {
            entry: wrong.clone(),
            reason: "belongs to P2026-0002".into(),
        }),
    );
    assert_eq!(
        (
            shop.money(&project, "Outstanding"),
            shop.money(&project, "Deposit still open")
        ),
        ("€3,299.77".into(), "€1,649.89".into())
    );
    assert_eq!(shop.may_not(&project, collect()), not_now("refused-balance-open"));
    assert_eq!(
        shop.may_not(
            &project,
            Step::CorrectEntry(steps::CorrectEntry {
                entry: wrong,
                reason: "again".into()
            })
        ),
        Refusal::NotFound
    );
    assert_eq!(shop.project(&project).ledger.len(), 3, "both stay");
}

#[test]
fn money_that_came_in_unasked_is_written_down_and_goes_back() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "3299,77");
    shop.pays(&project, "50,12");
    shop.approves_design(&project);
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.takes(&project, collect());
    shop.settles(&project, "", "returned");
    assert_eq!(shop.project(&project).stage, Stage::Delivered);
    assert!(tasks(&mut shop, &project).iter().any(|task| task.contains("€50.12")));
}

#[test]
fn a_yes_of_the_last_day_may_be_written_down_later() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form: quote_form("4235", "4/12/2026"),
    });
    shop.turn_to("2026-12-07");
    let on = |day: &str| {
        Step::AcceptQuote(steps::AcceptQuote {
            channel: "mail".into(),
            day: day.into(),
            words: "Yes".into(),
            signature: Signature::None,
            ..steps::AcceptQuote::default()
        })
    };
    assert_eq!(shop.may_not(&project, on("5/12/2026")), not_now("refused-quote-lapsed"));
    shop.takes(&project, on("4/12/2026"));
    assert_eq!(shop.project(&project).days[0].value, "4 December 2026");
}

#[test]
fn only_a_late_house_leaves_the_client_the_end_of_the_order() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.approves_design(&project);
    let change = |latest: &str, cause: &str| {
        Step::ChangeDate(steps::ChangeDate {
            latest: latest.into(),
            cause: cause.into(),
        })
    };
    assert_eq!(
        shop.may_not(&project, change("29/1/2027", "late")),
        not_now("refused-not-late")
    );
    shop.takes(&project, change("29/1/2027", "client-wish"));
    let answer = |answer: &str| {
        Step::AnswerDate(steps::AnswerDate {
            answer: answer.into(),
            day: String::new(),
        })
    };
    assert_eq!(
        shop.may_not(&project, answer("termination")),
        Refusal::Missing { field: "answer" }
    );
    shop.takes(&project, answer("keep-date"));
    assert!(tasks(&mut shop, &project).contains(&"Latest day to be ready, 08/01/2027".to_owned()));
}

#[test]
fn a_new_day_grows_by_what_stood_still_after_it_was_taken() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "1649,89");
    shop.approves_design(&project);
    shop.takes(
        &project,
        Step::ChangeDate(steps::ChangeDate {
            latest: "29/1/2027".into(),
            cause: "client-wish".into(),
        }),
    );
    shop.takes(
        &project,
        Step::AnswerDate(steps::AnswerDate {
            answer: "new-date".into(),
            day: String::new(),
        }),
    );
    shop.turn_to("2027-01-18");
    shop.takes(
        &project,
        Step::Suspend(steps::Suspend {
            first: String::new(),
            reason: "force-majeure".into(),
        }),
    );
    shop.turn_to("2027-02-01");
    assert!(
        !tasks(&mut shop, &project).iter().any(|task| task.starts_with("Late")),
        "what stands still is not late"
    );
    shop.turn_to("2027-02-08");
    shop.takes(
        &project,
        Step::Resume(steps::Resume {
            last: "5/2/2027".into(),
        }),
    );
    // Fifteen business days, 18 January to 5 February.
    assert!(
        tasks(&mut shop, &project).contains(&"Latest day to be ready, 19/02/2027".to_owned()),
        "{:?}",
        tasks(&mut shop, &project)
    );
}

#[test]
fn an_order_without_a_window_still_has_a_day() {
    let due = |house: &str, kind: ProjectKind| {
        let (mut shop, project) = paid_order(house, kind);
        tasks(&mut shop, &project)
            .into_iter()
            .find(|task| task.starts_with("Latest day to be ready"))
            .unwrap_or_default()
    };
    assert_eq!(due("bigli", ProjectKind::Stock), "Latest day to be ready, 16/12/2026");
    assert_eq!(
        due("bigli", ProjectKind::MadeToOrder),
        "Latest day to be ready, 13/01/2027"
    );
    assert_eq!(
        due("belgium-flawless", ProjectKind::Stock),
        "Latest day to be ready, 07/12/2026"
    );
    assert_eq!(
        due("uniglo", ProjectKind::Stock),
        "Latest day to be ready, 01/01/2027",
        "the law's thirty days"
    );
    assert_eq!(
        due("laurence-vandenborre", ProjectKind::Stock),
        "Latest day to be ready, 01/01/2027"
    );
}

#[test]
fn a_refused_piece_is_done_with_when_it_went_back() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.takes_in(atelier_tests::gold_ring());
    let piece = shop.project(&project).pieces[0].id.clone();
    shop.does(&Action::Decide {
        piece,
        accepted: false,
        reason: "a fake stamp".into(),
    });
    assert!(
        tasks(&mut shop, &project)
            .iter()
            .any(|task| task.starts_with("Account for the client"))
    );
    shop.settles(&project, "", "returned");
    assert_eq!(shop.project(&project).stage, Stage::Closed);
}

#[test]
fn money_is_looked_at_the_same_way_through_every_door() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.notes_gold("3500");
    let mut form = atelier_tests::intake(vec![atelier_tests::gold_ring()]);
    let takes_in = |form: &IntakeForm| Action::TakeIn {
        form: form.clone(),
        draft: String::new(),
    };
    // By which means: those of the terms, at the intake as later.
    let offered: Vec<String> = shop
        .intake_check(&form)
        .means
        .into_iter()
        .map(|means| means.value)
        .collect();
    assert!(offered.contains(&"cash".to_owned()) && !offered.contains(&"shells".to_owned()));
    form.fee_method = "shells".into();
    let check = shop.intake_check(&form);
    assert!(
        check.problems.iter().any(|problem| problem.path == "fee-method"),
        "{:?}",
        check.problems
    );
    assert_eq!(shop.is_refused(&takes_in(&form)), not_now("refused-method"));
    // How much of it in cash (law of 18 September 2017 art. 67).
    form.fee = "3000,05".into();
    form.fee_method = "cash".into();
    assert!(matches!(
        shop.is_refused(&takes_in(&form)),
        Refusal::CashOverLimit { .. }
    ));
    // In steps of five cents, whatever it is for and whichever way it goes (CEL VI.7/1).
    form.fee = "50,02".into();
    let at_intake = shop.does(&takes_in(&form)).project.expect("a project");
    let receipt = shop.paper_text("R2026-0001");
    assert!(receipt.contains("Contant overhandigd: € 50,00"), "{receipt}");
    form.fee_method = String::new();
    let later = shop.does(&takes_in(&form)).project.expect("a project");
    shop.takes(
        &later,
        Step::BookFee(steps::BookFee {
            method: "cash".into(),
            day: String::new(),
        }),
    );
    for project in [&at_intake, &later] {
        let page = shop.project(project);
        let line = &page.ledger[0];
        assert_eq!(
            (line.amount.as_str(), line.note.as_str()),
            ("€50.02", "Handed over in cash €50.00")
        );
    }
    let order = shop.order();
    shop.takes(&order, pay("200", "cash"));
    shop.pays(&order, "1449,89");
    shop.takes(&order, cancel("house", "", [""; 3]));
    let back = |amount: &str| {
        Step::BookRefund(steps::BookRefund {
            amount: amount.into(),
            method: "cash".into(),
            day: String::new(),
            note: String::new(),
        })
    };
    // Not more in cash than came in cash.
    assert_eq!(shop.may_not(&order, back("200,05")), not_now("refused-cash-back"));
    shop.takes(&order, back("100,03"));
    assert_eq!(shop.may_not(&order, back("100,03")), not_now("refused-cash-back"));
    let page = shop.project(&order);
    let back = page
        .ledger
        .iter()
        .find(|line| line.amount.contains("100.03"))
        .expect("a refund");
    assert_eq!(back.note, "Handed over in cash €100.05");
}

#[test]
fn a_fee_paid_after_the_intake_is_booked_and_comes_off_the_quote() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.notes_gold("3500");
    let mut form = atelier_tests::intake(vec![atelier_tests::gold_ring()]);
    form.fee_method = String::new();
    let project = shop.takes_in_form(form);
    shop.takes(
        &project,
        Step::BookFee(steps::BookFee {
            method: "bancontact".into(),
            day: String::new(),
        }),
    );
    assert_eq!(
        shop.may_not(
            &project,
            Step::BookFee(steps::BookFee {
                method: "bancontact".into(),
                day: String::new()
            })
        ),
        not_now("refused-nothing-open")
    );
    shop.accepts(&project);
    shop.values(&project, "15");
    shop.quotes(&project, "4235");
    assert_eq!(shop.project(&project).quotes[0].to_pay, "€3,299.77");
}

#[test]
fn two_parcels_on_their_way_are_two_tasks() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.buys_gold(&project);
    shop.pays(&project, "3299,77");
    shop.approves_design(&project);
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    for last in ["no", "yes"] {
        shop.takes(
            &project,
            Step::Deliver(steps::Deliver {
                how: "carrier".into(),
                items: String::new(),
                carrier: "bpost".into(),
                tracking: String::new(),
                last: last.into(),
                day: String::new(),
                signature: Signature::None,
            }),
        );
    }
    assert_eq!(tasks(&mut shop, &project).len(), 2);
    let parcels = shop
        .project(&project)
        .next
        .iter()
        .find(|next| next.step == "confirm-possession")
        .expect("the step")
        .fields[0]
        .options
        .len();
    assert_eq!(parcels, 2);
}

#[test]
fn a_house_may_reckon_its_deposit_on_the_full_price() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.fills_in("2/12/2026", "payment.deposit", &[("on_full_price", "yes")]);
    let project = shop.order();
    // Half of 4,235.00, and not of the 3,299.77 left to pay.
    assert_eq!(shop.money(&project, "Deposit"), "€2,117.50");
    let ending = shop
        .project(&project)
        .next
        .into_iter()
        .find(|next| next.step == "cancel")
        .expect("the step");
    assert!(ending.warning.is_some_and(|warning| warning.contains("contested")));
}

#[test]
fn coins_that_are_the_deposit_rounded_by_law_settle_it_to_the_cent() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    // What is asked is 1,649.89; what lies on the counter is 1,649.90.
    shop.takes(&project, pay("1649,90", "cash"));
    let view = shop.project(&project);
    let entry = view.ledger.last().expect("an entry");
    assert_eq!(entry.amount, "€1,649.89", "{entry:?}");
    // By transfer every cent is one.
    let other = shop.order();
    shop.takes(&other, pay("1649,90", "transfer"));
    let entry = shop.project(&other).ledger.pop().expect("an entry");
    assert_eq!(entry.amount, "€1,649.90");
}

#[test]
fn cash_counts_over_the_whole_project_and_rounds_to_five_cents() {
    let mut shop = Shop::of("belgium-flawless").on("2026-12-02");
    let project = shop.order();
    shop.takes(&project, pay("1649,89", "cash"));
    let ledger = shop.project(&project).ledger;
    assert_eq!(ledger.last().expect("an entry").amount, "€1,649.89");
    // 1,649.90 was handed over; the house's own 4,000 gives way to the law's 3,000.
    let refusal = shop.may_not(&project, pay("1350,15", "cash"));
    assert_eq!(
        refusal,
        Refusal::CashOverLimit {
            limit: Money::from_cents(300_000),
            taken: Money::from_cents(164_990)
        }
    );
    shop.takes(&project, pay("1350,10", "cash"));
    assert_eq!(shop.may_not(&project, pay("1", "cheque")), not_now("refused-method"));
}

#[test]
fn a_stone_lost_at_the_setters_is_accounted_for_and_the_client_told() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    let stone = shop.components(&project, "Diamond");
    let unsigned = Step::MoveComponents(steps::MoveComponents {
        components: stone.clone(),
        place: "setter".into(),
        holder: "Marc Claes".into(),
        signature: Signature::None,
    });
    assert_eq!(
        shop.may_not(&project, unsigned),
        Refusal::Missing { field: "signature" }
    );
    let away = Step::MoveComponents(steps::MoveComponents {
        components: stone.clone(),
        place: "setter".into(),
        holder: "Marc Claes".into(),
        signature: Signature::Paper,
    });
    shop.takes(&project, away);
    assert!(
        shop.project(&project)
            .custody
            .iter()
            .any(|line| line.text.contains("Marc Claes"))
    );
    let lose = |note: &str| {
        Step::SettleComponents(steps::SettleComponents {
            components: stone.clone(),
            fate: "lost".into(),
            note: note.into(),
            signature: Signature::None,
        })
    };
    assert_eq!(shop.may_not(&project, lose("")), Refusal::Missing { field: "note" });
    shop.takes(
        &project,
        lose("Lost between two benches on 2 December; replaced by one of 0.31 ct"),
    );
    assert_eq!(shop.may_not(&project, lose("again")), not_now("refused-component-gone"));
    assert_eq!(papers(&mut shop, &project).last().map(String::as_str), Some("E"));
}

#[test]
fn nothing_is_melted_before_the_order_and_the_client_s_word() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    let components = shop.components(&project, "Shank");
    let melt = Step::SettleComponents(steps::SettleComponents {
        components,
        fate: "melted".into(),
        note: String::new(),
        signature: Signature::None,
    });
    assert_eq!(shop.may_not(&project, melt), not_now("refused-not-ordered"));
    let components = shop.components(&project, "Diamond");
    let wrong = Step::SettleComponents(steps::SettleComponents {
        components,
        fate: "melted".into(),
        note: String::new(),
        signature: Signature::None,
    });
    assert_eq!(shop.may_not(&project, wrong), not_now("refused-fate-does-not-fit"));
}

#[test]
fn weighing_after_unmounting_asks_for_a_new_valuation_and_quote() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.valued_project();
    shop.quotes(&project, "4235");
    assert_eq!(shop.project(&project).weighed_warning, None);
    let metal = shop.components(&project, "Shank").remove(0);
    shop.takes(
        &project,
        Step::WeighMetal(steps::WeighMetal {
            metal,
            gross: "11,50".into(),
        }),
    );
    assert!(shop.project(&project).weighed_warning.is_some());
    shop.values(&project, "15");
    assert_eq!(shop.project(&project).weighed_warning, None);
    // 11.50 g × 750 ‰ × 3,500 / 31.1034768 × 0.85
    assert_eq!(shop.project(&project).valuations[0].credit, "€824.97");
}

#[test]
fn a_piece_never_collected_runs_the_year_of_the_law() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "3299,77");
    shop.approves_design(&project);
    let remind = || {
        Step::Remind(steps::Remind {
            registered: String::new(),
            day: String::new(),
        })
    };
    assert_eq!(shop.may_not(&project, remind()), not_now("refused-not-finished"));
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.turn_to("2027-01-10");
    assert!(
        tasks(&mut shop, &project)
            .iter()
            .any(|task| task.starts_with("Not collected: remind the client"))
    );
    shop.takes(&project, remind());
    shop.turn_to("2027-02-01");
    shop.takes(
        &project,
        Step::Remind(steps::Remind {
            registered: "RR 123 456 789 BE".into(),
            day: String::new(),
        }),
    );
    assert!(
        tasks(&mut shop, &project)
            .iter()
            .any(|task| task.contains("01/02/2028"))
    );
    assert_eq!(shop.project(&project).stage, Stage::Finished);
}

#[test]
fn a_second_delivery_makes_the_possession_of_the_order() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.pays(&project, "3299,77");
    shop.approves_design(&project);
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    let part = |last: &str, items: &str| {
        Step::Deliver(steps::Deliver {
            how: "collection".into(),
            items: items.into(),
            carrier: String::new(),
            tracking: String::new(),
            last: last.into(),
            day: String::new(),
            signature: Signature::Paper,
        })
    };
    shop.takes(&project, part("no", "The ring"));
    assert_eq!(shop.project(&project).stage, Stage::Finished);
    shop.turn_to("2026-12-09");
    shop.takes(&project, part("yes", "The earrings"));
    let days = shop.project(&project).days;
    assert_eq!(days.last().map(|day| day.value.clone()), Some("9 December 2026".into()));
    assert_eq!(
        shop.may_not(&project, part("yes", "")),
        not_now("refused-already-delivered")
    );
}

#[test]
fn a_stock_piece_is_paid_in_full_and_needs_no_design() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let client = atelier_core::intake::Who::New {
        card: card("Jan Peeters"),
    };
    let project = shop.opens(ProjectKind::Stock, client);
    shop.quotes(&project, "500");
    // Nothing is designed, so no sketch is anybody's.
    shop.takes(&project, accept());
    assert_eq!(shop.money(&project, "Deposit"), "€500.00");
    shop.pays(&project, "500");
    shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
    shop.takes(&project, collect());
    assert_eq!(shop.project(&project).stage, Stage::Closed);
}

#[test]
fn what_is_owed_stands_in_the_list_and_what_is_paid_is_asked_for_no_more() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let owed = |shop: &mut Shop| {
        let list = shop.asks(&Question::Projects {
            text: String::new(),
            stages: Vec::new(),
            sort_by: SortBy::Opened,
            down: true,
            after: None,
        });
        match list {
            Answer::Projects(list) => list.lines.into_iter().map(|line| line.owed).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    let order = shop.order();
    let open = shop.money(&order, "Outstanding");
    assert_eq!(owed(&mut shop), std::slice::from_ref(&open));
    let ask = |kind: &str| {
        Step::RequestPayment(steps::RequestPayment {
            kind: kind.into(),
            due: String::new(),
        })
    };
    shop.takes(&order, ask("deposit"));
    let all = open.replace(['€', ','], "");
    shop.pays(&order, &all);
    assert_eq!(owed(&mut shop), [String::new()]);
    assert_eq!(shop.may_not(&order, ask("balance")), not_now("refused-nothing-open"));
    // What comes in all the same can be booked; nobody waits for it.
    let waits = |step: &NextView| step.step == "book-payment" && step.refused.is_none();
    assert!(!shop.project(&order).next.iter().any(waits));
}

#[test]
fn a_redesign_waits_for_its_decision_then_its_value_then_its_quote() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    shop.notes_gold("3500");
    let project = shop.takes_in(gold_ring());
    let first = |shop: &mut Shop, project: &str| shop.project(project).tasks[0].text.clone();
    assert_eq!(first(&mut shop, &project), Language::En.word("task-decide"));
    shop.accepts(&project);
    assert_eq!(first(&mut shop, &project), Language::En.word("task-value"));
    shop.values(&project, "15");
    assert_eq!(first(&mut shop, &project), Language::En.word("task-quote"));
    // Without metal there is nothing to value.
    let mut stone = gold_ring();
    stone.metals.clear();
    stone.envelope = "E-2".into();
    let project = shop.takes_in(stone);
    shop.accepts(&project);
    assert_eq!(first(&mut shop, &project), Language::En.word("task-quote"));
}

#[test]
fn of_many_due_on_a_day_the_first_are_shown_and_all_are_counted() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    for _ in 0..3 {
        shop.order();
    }
    let found = |shop: &mut Shop, most: usize| {
        let due = shop
            .counter
            .store()
            .read(|tx| standing::due_on(tx, &["2026-12-02".parse().expect("a day")], most));
        let due = due
            .expect("a store that can be read")
            .into_values()
            .next()
            .expect("a day");
        (due.0.len(), due.1)
    };
    let (all, count) = found(&mut shop, 1000);
    assert_eq!(i64::try_from(all), Ok(count));
    assert!(all >= 3, "{all}");
    assert_eq!(found(&mut shop, 2), (2, count));
}

#[test]
fn a_house_that_sells_to_consumers_alone_takes_no_order_of_a_business() {
    let mut shop = Shop::of("bigli").on("2026-12-02");
    let mut buyer = card("Peeters NV");
    buyer.kind = atelier_core::terms::ClientKind::Business;
    let client = atelier_core::intake::Who::New { card: buyer };
    let project = shop.opens(ProjectKind::MadeToOrder, client);
    shop.quotes(&project, "500");
    assert_eq!(shop.may_not(&project, accept()), not_now("refused-not-sold-to"));
}

#[test]
fn what_has_not_happened_is_not_written_down() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    let ahead = Step::BookPayment(steps::BookPayment {
        amount: "10".into(),
        method: "transfer".into(),
        day: "3/12/2026".into(),
        reference: String::new(),
        ..steps::BookPayment::default()
    });
    assert_eq!(shop.may_not(&project, ahead), not_now("refused-day-ahead"));
    assert_eq!(
        shop.may_not(&project, Step::Finish(steps::Finish { day: String::new() })),
        not_now("refused-not-approved")
    );
    shop.approves_design(&project);
    assert_eq!(
        shop.may_not(&project, Step::Finish(steps::Finish { day: String::new() })),
        not_now("refused-deposit-open")
    );
}

#[test]
fn today_and_the_month_show_what_is_due_and_the_agenda_can_be_read() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.order();
    shop.buys_gold(&project);
    shop.pays(&project, "1649,89");
    shop.approves_design(&project);
    let today = match shop.asks(&Question::Today {
        by: String::new(),
        whole: None,
    }) {
        Answer::Today(today) => today,
        other => panic!("{other:?}"),
    };
    assert_eq!(today.tasks().len(), 1);
    assert_eq!(
        (today.tasks()[0].text.as_str(), today.declared.as_str()),
        ("Latest day to be ready", "€2,500.00")
    );
    let task = today.tasks()[0];
    let grounds = shop.asks(&Question::Grounds {
        place: task.place.clone(),
        id: task.id.clone(),
        position: task.asks_why.expect("it has grounds"),
    });
    assert!(
        matches!(&grounds, Answer::Grounds(why) if !why.is_empty()),
        "{grounds:?}"
    );
    let month = match shop.asks(&Question::Month { year: 2027, month: 1 }) {
        Answer::Month(month) => month,
        other => panic!("{other:?}"),
    };
    let day = month
        .weeks
        .iter()
        .flatten()
        .find(|day| day.inside && day.number == 8)
        .expect("the day");
    assert_eq!(day.tasks.len(), 1);
    assert!(
        month
            .weeks
            .iter()
            .flatten()
            .find(|day| day.inside && day.number == 1)
            .expect("new year")
            .off
    );
    let context = shop.context();
    let agenda = shop.counter.agenda(&context).expect("an agenda");
    assert!(
        agenda.starts_with("BEGIN:VCALENDAR\r\n") && agenda.contains("DTSTART;VALUE=DATE:20270108\r\n"),
        "{agenda}"
    );
    assert!(agenda.lines().all(|line| line.len() <= 75) && !agenda.contains("Anna"));
}

/// The code of a payment request says, to a reader not our own, what a bank's app must know.
#[test]
fn the_code_of_a_payment_is_read_by_another_library() {
    use atelier_core::paper::code::{Code, Says};
    use atelier_core::payment::{CodeLine, Iban, Ogm, epc};
    let iban = Iban::parse("BE66 3632 2247 9543").expect("an account");
    let payload = |line| {
        epc(
            "LAURENCE VANDENBORRE",
            &iban,
            "",
            Money::from_cents(151_250),
            Ogm::of(2_026_000_001).expect("a reference"),
            line,
        )
    };
    assert!(payload(CodeLine::Free).ends_with("EUR1512.50\n\n\n+++202/6000/00192+++"));
    let payload = payload(CodeLine::Structured);
    assert_eq!(
        payload,
        "BCD\n002\n1\nSCT\n\nLAURENCE VANDENBORRE\nBE66363222479543\nEUR1512.50\n\n202600000192"
    );
    let code = Code::qr(&payload, Says::Purpose("payment".into())).expect("a code");
    let size = code.rows.len();
    let picture = image::GrayImage::from_fn(
        u32::try_from((size + 8) * 6).expect("small"),
        u32::try_from((size + 8) * 6).expect("small"),
        |x, y| {
            let (column, row) = ((x / 6) as usize, (y / 6) as usize);
            let dark =
                column >= 4 && row >= 4 && code.rows.get(row - 4).and_then(|row| row.get(column - 4)) == Some(&true);
            image::Luma([if dark { 0 } else { 255 }])
        },
    );
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(picture.width() as usize, picture.height() as usize, |x, y| {
            picture
                .get_pixel(u32::try_from(x).expect("small"), u32::try_from(y).expect("small"))
                .0[0]
        });
    let grids = prepared.detect_grids();
    let (_, read) = grids.first().expect("a code").decode().expect("read");
    assert_eq!(read, payload);
}

mod statement {
    use super::{Answer, Question, Shop, Step, steps};
    use atelier_core::counter::StatementView;

    fn read(shop: &mut Shop, text: &str) -> StatementView {
        match shop.asks(&Question::Statement {
            bytes: text.as_bytes().to_vec(),
        }) {
            Answer::Statement(view) => view,
            other => panic!("{other:?}"),
        }
    }

    fn asked(shop: &mut Shop) -> String {
        let project = shop.order();
        shop.takes(
            &project,
            Step::RequestPayment(steps::RequestPayment {
                kind: "deposit".into(),
                due: "9/12/2026".into(),
            }),
        );
        project
    }

    /// A CODA file of one credit and one debit: 1,649.89 with the first reference the house gave, 10.00 the other way.
    fn coda() -> String {
        let record = |parts: &[(usize, &str)]| {
            let mut record: Vec<char> = vec![' '; 128];
            for (at, text) in parts {
                record.splice(at..&(at + text.chars().count()), text.chars());
            }
            record.into_iter().collect::<String>()
        };
        let head = record(&[(0, "0000004122672505"), (127, "2")]);
        let account = record(&[(0, "1200"), (5, "BE66363222479543"), (39, "EUR"), (125, "001")]);
        let trailer = record(&[
            (0, "9"),
            (16, "000004"),
            (22, "000000000010000"),
            (37, "000000001649890"),
            (127, "2"),
        ]);
        let credit = record(&[
            (0, "2100010000"),
            (31, "0"),
            (32, "000000001649890"),
            (47, "041226"),
            (53, "00150000"),
            (61, "1"),
            (62, "101000000000101"),
        ]);
        let payer = record(&[(0, "2300010000"), (10, "BE72000000001616"), (47, "ANNA LUKASZEWSKA")]);
        let debit = record(&[
            (0, "2100020000"),
            (31, "1"),
            (32, "000000000010000"),
            (47, "041226"),
            (53, "00150000"),
            (61, "0"),
            (62, "BANK FEES"),
        ]);
        [head, account, credit, payer, debit, trailer].join("\n")
    }

    #[test]
    fn a_coda_file_proposes_the_payment_by_its_reference_and_books_nothing() {
        let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
        let project = asked(&mut shop);
        shop.turn_to("2026-12-05");
        let view = read(&mut shop, &coda());
        assert_eq!((view.payments.len(), view.notes.len()), (1, 0), "{:?}", view.notes);
        let payment = &view.payments[0];
        assert_eq!(
            (
                payment.amount.as_str(),
                payment.from.as_str(),
                payment.reference.as_str()
            ),
            ("€1,649.89", "ANNA LUKASZEWSKA", "+++000/0000/00101+++")
        );
        assert_eq!(payment.project.as_deref(), Some(project.as_str()));
        assert!(
            !payment.booked && shop.project(&project).ledger.len() == 1,
            "nothing is booked silently"
        );
        let (amount, day) = payment.typed.clone();
        shop.takes(
            &project,
            Step::BookPayment(steps::BookPayment {
                amount,
                method: "transfer".into(),
                day,
                reference: payment.reference.clone(),
                ..steps::BookPayment::default()
            }),
        );
        assert!(read(&mut shop, &coda()).payments[0].booked);
        assert_eq!(shop.window(&project).0, "", "the design is still to be approved");
        assert!(
            shop.project(&project)
                .days
                .iter()
                .any(|day| day.value == "4 December 2026")
        );
    }

    #[test]
    fn a_csv_file_is_read_whatever_its_language_and_a_bad_line_is_counted() {
        let mut shop = Shop::of("laurence-vandenborre").on("2026-12-05");
        let project = asked(&mut shop);
        let text = "Datum;Bedrag;Naam tegenpartij;Mededeling\n04/12/2026;1649,89;Anna;+++000/0000/00101+++\n04/12/2026;12,00;Jan;geen\n05/12/2026;-3,00;Bank;kosten\nnonsense;x;;\n";
        let view = read(&mut shop, text);
        assert_eq!(
            (view.payments.len(), view.notes.as_slice()),
            (
                2,
                &["Line 5: no date that can be read stands there (nonsense). It was left out.".to_owned()][..]
            )
        );
        assert_eq!(
            (view.payments[0].project.as_deref(), view.payments[1].project.as_deref()),
            (Some(project.as_str()), None)
        );
    }

    #[test]
    fn a_file_that_is_no_statement_proposes_nothing() {
        let mut shop = Shop::of("laurence-vandenborre").on("2026-12-05");
        assert!(read(&mut shop, "").payments.is_empty());
        assert!(read(&mut shop, &"0".repeat(128)).payments.is_empty());
        let broken = read(&mut shop, &format!("{}2\n21", "0".repeat(127))).notes;
        assert_eq!(
            broken,
            ["Line 2: no date that can be read stands there (). It was left out."]
        );
    }
}

#[test]
fn pieces_declared_above_what_is_insured_are_warned_of() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let mut identity = atelier_core::house::Profile::named("laurence-vandenborre")
        .expect("a house")
        .identity
        .clone();
    identity.insured = "2000".into();
    shop.does(&Action::EditHouse {
        version: 1,
        identity,
        language: atelier_core::words::Language::En,
        deduction_pct: "0".into(),
    });
    shop.takes_in(atelier_tests::gold_ring());
    match shop.asks(&Question::Today {
        by: String::new(),
        whole: None,
    }) {
        Answer::Today(today) => assert!(
            today
                .insured_warning
                .is_some_and(|warning| warning.contains("€2,500.00") && warning.contains("€2,000.00"))
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_charm_of_the_catalogue_asks_for_no_consent_of_custom_pieces_and_may_be_returned() {
    let consents = |kind: ProjectKind| {
        let mut shop = Shop::of("artbeats").on("2026-12-02");
        let client = atelier_core::intake::Who::New {
            card: card("Jan Peeters"),
        };
        let project = shop.opens(kind, client);
        shop.quotes(&project, "95");
        let asked = shop
            .project(&project)
            .next
            .into_iter()
            .find(|next| next.step == "give-consents");
        asked.map_or(Vec::new(), |next| {
            next.fields[0]
                .options
                .iter()
                .map(|option| option.value.clone())
                .collect()
        })
    };
    assert_eq!(consents(ProjectKind::TailorMade), ["heartbeat", "no-cancellation"]);
    for kind in [ProjectKind::Stock, ProjectKind::MadeToOrder] {
        assert!(consents(kind).is_empty(), "{kind:?}");
    }
    let (mut shop, _) = paid_order("artbeats", ProjectKind::Stock);
    let paper = shop.paper_text("B2026-0001");
    assert!(
        !paper.contains("geannuleerd") && !paper.contains("omgeruild"),
        "{paper}"
    );
}
