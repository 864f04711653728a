//! What each house promises, kept through the doors of the counter: its means of payment, where it delivers, how an order ends,
//! what comes back and when.

use atelier_core::counter::{Action, Answer, CaseStep, Question, Step, case_steps, steps};
use atelier_core::intake::{Signature, Who};
use atelier_core::refusal::{NotNow, Refusal};
use atelier_core::terms::ProjectKind;
use atelier_core::words::Language;
use atelier_tests::{Shop, accept, cancel, card, cause, decision, hand_back, inspection, notice, parcel, pay};

/// An acceptance as it is typed: how the contract came about, where the order goes, and the country.
fn accepted(channel: &str, concluded: &str, to: &str, country: &str) -> Step {
    Step::AcceptQuote(steps::AcceptQuote {
        channel: channel.into(),
        words: if channel == "mail" {
            "Yes, please.".into()
        } else {
            String::new()
        },
        signature: if channel == "mail" {
            Signature::None
        } else {
            Signature::Paper
        },
        concluded: Some(concluded.into()),
        delivered_to: Some(to.into()),
        country: country.into(),
        ..steps::AcceptQuote::default()
    })
}

fn said(refusal: &Refusal) -> String {
    Language::En.refusal(refusal)
}

#[test]
fn a_means_the_terms_do_not_name_is_taken_only_by_the_houses_own_decision_and_that_is_noted() {
    let mut shop = Shop::of("belgium-flawless");
    let project = shop.quoted(ProjectKind::Stock, "500");
    shop.takes(&project, accept());
    let pays = |decided: &str| {
        Step::BookPayment(steps::BookPayment {
            amount: "100".into(),
            method: "transfer".into(),
            decided: decided.into(),
            ..steps::BookPayment::default()
        })
    };
    let refused = said(&shop.may_not(&project, pays("")));
    assert!(
        refused.contains("BF Payment") && refused.contains("Bancontact"),
        "{refused}"
    );
    shop.takes(&project, pays("Bancontact was out of order"));
    let ledger = shop.project(&project).ledger;
    assert!(
        ledger.iter().any(|line| line.note.contains("out of order")),
        "{ledger:?}"
    );
}

#[test]
fn bigli_takes_no_order_to_belgium_nor_to_a_hotel_nor_from_a_business_and_says_by_which_article() {
    let mut shop = Shop::of("bigli");
    let project = shop.quoted(ProjectKind::Stock, "500");
    for (to, country, article) in [
        ("home", "BE", "BI art. 2"),
        ("hotel", "IT", "BI art. 7.1-7.2"),
        ("business", "IT", "BI art. 7.1-7.2"),
        ("po-box", "IT", "BI art. 7.1-7.2"),
    ] {
        let refused = said(&shop.may_not(&project, accepted("mail", "distance", to, country)));
        assert!(refused.contains(article), "{to} {country}: {refused}");
    }
    let unread = shop.may_not(&project, accepted("mail", "distance", "home", "Italy"));
    assert_eq!(unread, Refusal::Implausible { field: "country" });
    shop.takes(&project, accepted("mail", "distance", "home", "it"));
    let confirmation = shop.paper_text("B2026-0001");
    assert!(confirmation.contains("BI art. 15.1"), "{confirmation}");
}

#[test]
fn a_client_who_ordered_at_a_distance_a_ring_in_a_listed_size_and_cancels_gets_everything_back() {
    let mut shop = Shop::of("laurence-vandenborre");
    let project = shop.quoted(ProjectKind::MadeToOrder, "1000");
    // Signed on paper and sent back: no purchase in the shop.
    shop.takes(&project, accepted("paper", "distance", "home", "BE"));
    let means = shop.means(&project);
    shop.takes(&project, pay("500", &means));
    let next = shop.project(&project).next;
    let offered = next
        .iter()
        .find(|next| next.step == "cancel")
        .expect("it can be cancelled");
    let how = offered
        .fields
        .iter()
        .find(|field| field.name == "concluded")
        .expect("a field");
    assert_eq!(how.value, "distance", "what was said at acceptance is not asked again");
    shop.takes(&project, cancel("client", "", ["distance", "listed-option", ""]));
    let credit = shop.paper_text("N2026-0001");
    assert!(credit.contains("500"), "{credit}");
    let kept = shop.money(&project, "Kept by the house");
    assert_eq!(kept, "€0.00");
}

#[test]
fn the_information_on_withdrawal_follows_from_how_the_contract_was_concluded() {
    for (concluded, wanted) in [
        ("distance", "WER VI.47"),
        ("off-premises", "WER VI.47"),
        ("in-person", "WER I.8 15°"),
    ] {
        let mut shop = Shop::of("laurence-vandenborre");
        let project = shop.quoted(ProjectKind::Stock, "1000");
        shop.takes(&project, accepted("paper", concluded, "home", "BE"));
        shop.takes(
            &project,
            Step::Print(steps::Print {
                paper: "withdrawal-information".into(),
            }),
        );
        let sheet = shop.paper_text("Z2026-0001");
        assert!(sheet.contains(wanted), "{concluded}: {sheet}");
    }
}

#[test]
fn what_is_paid_whole_has_no_deposit_no_balance_of_nothing_and_no_window() {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.quoted(ProjectKind::Stock, "1000");
    let quote = shop.paper_text("Q2026-0001");
    assert!(!quote.contains("0,00 \n") && !quote.contains("werkdagen"), "{quote}");
    assert!(quote.contains("Het hele bedrag van"), "{quote}");
}

#[test]
fn artbeats_orders_wait_for_no_design_and_no_deposit_and_a_charm_can_be_cancelled() {
    let mut shop = Shop::of("artbeats");
    let heartbeat = shop.quoted(ProjectKind::TailorMade, "300");
    let text = shop.paper_text("Q2026-0001");
    assert!(text.contains("AB § 3"), "{text}");
    shop.takes(&heartbeat, accepted("mail", "distance", "home", "BE"));
    let confirmation = shop.paper_text("B2026-0001");
    assert!(
        confirmation.contains("kan niet meer worden geannuleerd"),
        "{confirmation}"
    );
    let charm = shop.quoted(ProjectKind::Stock, "80");
    shop.takes(&charm, accepted("mail", "distance", "home", "BE"));
    let confirmation = shop.paper_text("B2026-0002");
    assert!(!confirmation.contains("geannuleerd"), "{confirmation}");
}

/// A UNIGLO piece that arrived on 11 December 2026, and the case of its return under the house's window.
fn uniglo_return(shop: &mut Shop) -> String {
    let project = shop.sells_by_mail(ProjectKind::Stock, "1000", "2026-12-11");
    // After the law's fourteen days, within the house's thirty.
    shop.turn_to("2027-01-05");
    let case = shop.opens_case(&project, "return", &[]);
    shop.sees_to(&case, notice("I would like to send it back."));
    case
}

#[test]
fn uniglo_names_the_day_to_ship_and_the_day_to_arrive_each_by_its_name_and_each_lateness_by_its_own() {
    let mut shop = Shop::of("uniglo");
    let case = uniglo_return(&mut shop);
    shop.sees_to(
        &case,
        CaseStep::PrintForm(case_steps::PrintForm {
            paper: "return-form".into(),
        }),
    );
    let form = shop.paper_text("RT2027-0001");
    for day in ["11 januari 2027", "25 januari 2027"] {
        assert!(form.contains(day), "{day}: {form}");
    }
    let authorised = CaseStep::AuthoriseReturn(case_steps::AuthoriseReturn {
        label: "own-carrier".into(),
        cost: String::new(),
    });
    shop.sees_to(&case, authorised);
    let paper = shop.paper_text("X2027-0001");
    for day in ["11 januari 2027", "25 januari 2027"] {
        assert!(paper.contains(day), "{day}: {paper}");
    }
    // Sent after the window: that is why, and not that it came too late.
    shop.turn_to("2027-01-13");
    shop.sees_to(
        &case,
        CaseStep::NoteDispatch(case_steps::NoteDispatch {
            day: String::new(),
            carrier: "bpost".into(),
            tracking: String::new(),
        }),
    );
    let why = shop.case(&case).answer;
    let grounds = format!("{:?}", why);
    assert!(
        grounds.contains("It was sent after the last day for that, 11 January 2027"),
        "{grounds}"
    );
    assert!(!grounds.contains("It arrived after"), "{grounds}");
}

#[test]
fn uniglo_may_reject_what_came_back_damaged_within_its_window_but_never_within_the_laws() {
    let mut shop = Shop::of("uniglo");
    let case = uniglo_return(&mut shop);
    shop.sees_to(&case, parcel(""));
    let refuses = || {
        CaseStep::RefuseCase(case_steps::RefuseCase {
            day: String::new(),
            note: "A claw is broken.".into(),
        })
    };
    assert_eq!(
        shop.may_not_see_to(&case, refuses()),
        Refusal::from(NotNow::ThereIsARight),
        "not before it was looked at"
    );
    shop.sees_to(&case, inspection("beyond", "damaged", "100"));
    shop.sees_to(&case, refuses());
    let paper = shop.paper_text("RF2027-0001");
    assert!(
        paper.contains("A claw is broken.") && paper.contains("UN Return Shipping"),
        "{paper}"
    );
    let next = shop.case(&case).next;
    let back = next.iter().find(|next| next.step == "hand-back").expect("a step");
    assert_eq!(back.refused, None, "the piece goes back to the client");
    // The same within fourteen days is the law's: only the loss in value comes off.
    let mut shop = Shop::of("uniglo");
    let project = shop.sells_by_mail(ProjectKind::Stock, "1000", "2026-12-11");
    shop.turn_to("2026-12-16");
    let case = shop.opens_case(&project, "withdrawal", &[]);
    shop.sees_to(&case, notice("I withdraw."));
    shop.sees_to(&case, parcel(""));
    shop.sees_to(&case, inspection("beyond", "damaged", "100"));
    assert_eq!(
        shop.may_not_see_to(&case, refuses()),
        Refusal::from(NotNow::ThereIsARight)
    );
}

#[test]
fn laurence_vandenborre_takes_no_piece_of_others_in_for_work() {
    let mut shop = Shop::of("laurence-vandenborre");
    let case = shop.opens_case("", "repair", &[("made_here", "")]);
    assert_eq!(
        shop.may_not_see_to(&case, parcel("")),
        Refusal::from(NotNow::NotOurWork)
    );
    let next = shop.case(&case).next;
    let refuse = next.iter().find(|next| next.step == "refuse-case").expect("a step");
    assert_eq!(refuse.refused, None);
}

/// A stock piece for a new client, and the quote that is proposed for it.
fn proposed_quote(shop: &mut Shop) -> (String, atelier_core::quote::QuoteForm) {
    let project = shop.opens(ProjectKind::Stock, Who::New { card: card("Anna") });
    let form = shop.project(&project).quote_proposal;
    (project, form)
}

/// What the desk would be asked about a field.
fn proposed(proposal: &atelier_core::counter::CaseProposal, name: &str) -> String {
    let typed = proposal.asked.fields.get(name);
    typed.and_then(|text| text.as_str()).unwrap_or_default().to_owned()
}

#[test]
fn what_delivery_cost_goes_back_once_however_many_pieces_come_back_apart() {
    let mut shop = Shop::of("belgium-flawless").on("2026-11-02");
    let (project, mut form) = proposed_quote(&mut shop);
    form.lines[0].text = "Ring".into();
    form.lines[0].unit_price = "500".into();
    form.lines.insert(1, form.lines[0].clone());
    form.valid_until = "31/12/2026".into();
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form,
    });
    let Step::AcceptQuote(by_mail) = accepted("mail", "distance", "home", "BE") else {
        unreachable!("an acceptance");
    };
    let address = "Rue Neuve 7, 1000 Bruxelles";
    shop.takes(
        &project,
        Step::AcceptQuote(steps::AcceptQuote {
            address: address.into(),
            ..by_mail
        }),
    );
    // Where it goes stands on the confirmation, in the history and on the delivery note; delivery is no piece on any.
    assert!(shop.paper_text("B2026-0001").contains(address));
    let history = shop.project(&project).history;
    assert!(history.iter().any(|line| line.words.contains(address)), "{history:?}");
    let means = shop.means(&project);
    shop.takes(&project, pay("1025", &means));
    shop.ships(&project, "2026-11-06");
    let papers = shop.project(&project).papers;
    let note = papers
        .iter()
        .find(|paper| paper.name == "Delivery note")
        .expect("a note");
    let note = shop.paper_text(&note.number.clone());
    assert!(note.contains(address) && !note.contains("Levering aan"), "{note}");
    shop.turn_to("2026-11-09");
    for (line, shipping, back) in [(0, "", "€500.00"), (1, "25.00", "€525.00")] {
        let proposal = shop.proposal_on(&project, &[line], "withdrawal");
        assert_eq!(proposed(&proposal, "shipping_paid"), shipping, "line {line}");
        let case = shop.opens_case_on(&project, &[line], "withdrawal", &[]);
        shop.sees_to(&case, notice("I withdraw."));
        assert_eq!(shop.case(&case).money[0].amount, back, "line {line}");
    }
}

#[test]
fn delivery_is_a_line_of_the_quote_and_reaches_the_case_apart_from_the_piece() {
    let mut shop = Shop::of("belgium-flawless");
    let (project, mut form) = proposed_quote(&mut shop);
    let delivery = form
        .lines
        .iter()
        .find(|line| line.delivery)
        .expect("a line for delivery");
    assert_eq!(delivery.unit_price, "25.00");
    form.lines[0].text = "Ring".into();
    form.lines[0].unit_price = "500".into();
    form.valid_until = "31/12/2026".into();
    let check = match shop.asks(&Question::CheckQuote {
        project: project.clone(),
        form: form.clone(),
    }) {
        Answer::Quote(check) => check,
        other => panic!("{other:?}"),
    };
    assert!(check.delivery.contains("BF Shipping"), "{}", check.delivery);
    shop.does(&Action::IssueQuote {
        project: project.clone(),
        form,
    });
    shop.takes(&project, accepted("mail", "distance", "home", "BE"));
    let means = shop.means(&project);
    shop.takes(&project, pay("525", &means));
    let proposal = shop.proposal(&project, "withdrawal");
    let said = |name: &str| proposed(&proposal, name);
    assert_eq!(proposal.item, "Ring");
    assert_eq!(
        [said("price"), said("paid"), said("shipping_paid")],
        ["500.00", "500.00", "25.00"]
    );
}

#[test]
fn a_price_plainly_wrong_is_told_and_the_client_takes_it_or_gets_everything_back_after_eight_days() {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-02");
    let project = shop.quoted(ProjectKind::MadeToOrder, "100");
    shop.takes(&project, accepted("paper", "distance", "home", "BE"));
    let means = shop.means(&project);
    shop.takes(&project, pay("50", &means));
    let told = || {
        Step::PriceError(steps::PriceError {
            right_price: "1000".into(),
            day: String::new(),
        })
    };
    shop.takes(&project, told());
    assert_eq!(shop.may_not(&project, told()), Refusal::AlreadyDone);
    let notice = shop.paper_text("PN2026-0001");
    for said in ["100,00", "1.000,00", "10 december 2026", "LV art. 5"] {
        assert!(notice.contains(said), "{said}: {notice}");
    }
    let task = |shop: &mut Shop| {
        let tasks = shop.project(&project).tasks;
        let found = tasks.into_iter().find(|task| task.text.contains("right price"));
        found.expect("a task").day
    };
    assert_eq!(task(&mut shop), "10/12/2026");
    // Nobody answers: the order ends, and everything goes back.
    let mut silent = Shop::of("laurence-vandenborre").on("2026-12-02");
    let other = silent.quoted(ProjectKind::MadeToOrder, "100");
    silent.takes(&other, accept());
    silent.takes(&other, pay("50", &means));
    silent.takes(&other, told());
    silent.turn_to("2026-12-11");
    let tasks = silent.project(&other).tasks;
    assert!(
        tasks.iter().any(|task| task.text.contains("end the order")),
        "{tasks:?}"
    );
    silent.takes(&other, cancel("house", "", ["", "", ""]));
    assert_eq!(silent.money(&other, "To pay back"), "€50.00");
    // The client takes it: a new version says the right price, and what was paid counts.
    let takes = Step::TakePrice(steps::TakePrice {
        day: String::new(),
        words: "All right.".into(),
    });
    shop.takes(&project, takes);
    assert_eq!(shop.may_not(&project, accept()), Refusal::from(NotNow::PriceCorrected));
    shop.quotes(&project, "1000");
    let tasks = shop.project(&project).tasks;
    assert!(
        !tasks.iter().any(|task| task.text.contains("issue the new quote")),
        "{tasks:?}"
    );
    shop.takes(&project, accepted("mail", "distance", "home", "BE"));
    assert_eq!(shop.money(&project, "Paid"), "€50.00");
    assert_eq!(shop.money(&project, "Outstanding"), "€950.00");
}

#[test]
fn the_sizes_a_house_fills_in_are_made_to_measure_on_its_quote_and_in_an_exchange() {
    let mut shop = Shop::of("bigli").on("2026-11-02");
    let sizes = [("min", "44"), ("max", "48")];
    shop.fills_in("2/11/2026", "returns.excluded_sizes", &sizes);
    let project = shop.sells_by_mail(ProjectKind::Stock, "1210", "2026-11-06");
    let quote = shop.paper_text("Q2026-0001");
    assert!(quote.contains("44–48") && quote.contains("art. 8.5"), "{quote}");
    shop.turn_to("2026-11-12");
    let case = shop.opens_case(&project, "exchange", &[("size", "46")]);
    shop.sees_to(&case, notice("The other one, please."));
    shop.sees_to(&case, parcel(""));
    let other = || {
        CaseStep::Exchange(case_steps::Exchange {
            item: "Ring with sapphire".into(),
            price: "1500".into(),
            day: String::new(),
        })
    };
    assert_eq!(shop.may_not_see_to(&case, other()), Refusal::from(NotNow::NoExchange));
    // It was measured wrongly: a size out of that range is a listed piece like any other.
    shop.sees_to(
        &case,
        CaseStep::NoteFact(case_steps::NoteFact {
            fact: "size".into(),
            value: "52".into(),
            reason: "Measured again".into(),
        }),
    );
    shop.sees_to(&case, other());
}

#[test]
fn a_fee_for_cancelling_carries_vat_where_the_house_says_so() {
    let back = |with_vat: bool| {
        let mut shop = Shop::of("uniglo").on("2026-11-02");
        if with_vat {
            shop.fills_in("2/11/2026", "returns.cancellation", &[("fee.with_vat", "yes")]);
        }
        let project = shop.quoted(ProjectKind::MadeToOrder, "1210");
        shop.takes(&project, accepted("paper", "in-person", "home", "BE"));
        let means = shop.means(&project);
        shop.takes(&project, pay("1210", &means));
        shop.takes(&project, cancel("client", "", ["in-person", "listed-option", "yes"]));
        shop.money(&project, "To pay back")
    };
    assert_eq!((back(false), back(true)), ("€1,160.00".into(), "€1,149.50".into()));
}

/// An order at LV whose price was plainly wrong, of which the client was told on Friday 4 December.
fn told_of_a_wrong_price() -> (Shop, String) {
    let mut shop = Shop::of("laurence-vandenborre").on("2026-12-04");
    let project = shop.quoted(ProjectKind::TailorMade, "100");
    shop.takes(&project, accepted("paper", "in-person", "collected", "BE"));
    let means = shop.means(&project);
    shop.takes(&project, pay("50", &means));
    shop.takes(&project, price_error("1000"));
    (shop, project)
}

fn price_error(right: &str) -> Step {
    Step::PriceError(steps::PriceError {
        right_price: right.into(),
        day: String::new(),
    })
}

#[test]
fn an_order_waits_for_the_answer_to_the_right_price_and_its_days_end_on_a_working_day() {
    let (mut shop, project) = told_of_a_wrong_price();
    // Eight days end on a Saturday: the client has until Monday.
    let notice = shop.paper_text("PN2026-0001");
    assert!(notice.contains("14 december 2026"), "{notice}");
    shop.turn_to("2026-12-14");
    let waits = |tasks: &[atelier_core::counter::TaskView]| tasks.iter().any(|task| task.text.ends_with("expected"));
    assert!(waits(&shop.project(&project).tasks));
    let finish = Step::Finish(steps::Finish { day: String::new() });
    assert_eq!(shop.may_not(&project, finish), Refusal::from(NotNow::PriceOpen));
    // Who takes it has an order still, which waits for its new quote, and can end all the same.
    let takes = Step::TakePrice(steps::TakePrice {
        day: String::new(),
        words: "All right.".into(),
    });
    shop.takes(&project, takes.clone());
    assert_eq!(shop.may_not(&project, takes), Refusal::from(NotNow::NoNewPrice));
    assert_eq!(shop.may_not(&project, price_error("900")), Refusal::AlreadyDone);
    let tasks = shop.project(&project).tasks;
    assert!(
        tasks.iter().any(|task| task.text.contains("issue the new quote")),
        "{tasks:?}"
    );
    assert_eq!(shop.money(&project, "Paid"), "€50.00");
    shop.takes(&project, cancel("client", "", ["in-person", "own-design", ""]));
    assert_eq!(shop.money(&project, "To pay back"), "€50.00");
}

#[test]
fn a_client_who_ends_the_order_over_the_right_price_gets_the_deposit_back_by_the_clause_that_says_so() {
    let (mut shop, project) = told_of_a_wrong_price();
    shop.takes(&project, cancel("client", "", ["in-person", "own-design", ""]));
    assert_eq!(shop.money(&project, "To pay back"), "€50.00");
    let note = shop.paper_text("N2026-0001");
    assert!(note.contains("LV art. 5"), "{note}");
    // The price that stands there already is no other.
    let mut same = Shop::of("laurence-vandenborre").on("2026-12-04");
    let project = same.quoted(ProjectKind::TailorMade, "100");
    same.takes(&project, accepted("paper", "in-person", "collected", "BE"));
    assert_eq!(
        same.may_not(&project, price_error("100")),
        Refusal::from(NotNow::SamePrice)
    );
}

#[test]
fn a_return_cost_paid_back_does_not_make_a_repaired_piece_the_houses_own() {
    let mut shop = Shop::of("artbeats").on("2026-11-02");
    let project = shop.sells_by_mail(ProjectKind::Stock, "500", "2026-11-06");
    shop.turn_to("2026-11-20");
    let claims = |shop: &mut Shop| {
        let case = shop.opens_case(&project, "warranty", &[]);
        shop.sees_to(&case, notice("A stone is loose."));
        shop.sees_to(&case, parcel(""));
        shop.sees_to(&case, cause("making"));
        case
    };
    let case = claims(&mut shop);
    let CaseStep::Decide(repair) = decision("repair", "no") else {
        panic!("a decision");
    };
    shop.sees_to(
        &case,
        CaseStep::Decide(case_steps::Decide {
            return_cost: "12".into(),
            ..repair
        }),
    );
    shop.refunds(&case, "12");
    shop.sees_to(&case, hand_back());
    // It is the client's: they may complain of it again.
    claims(&mut shop);
}

#[test]
fn what_was_paid_by_the_houses_decision_goes_back_the_same_way() {
    let mut shop = Shop::of("bigli").on("2026-12-02");
    let project = shop.quoted(ProjectKind::MadeToOrder, "500");
    shop.takes(&project, accepted("mail", "distance", "home", "IT"));
    // Where no transfer is taken, no paper shows an account or a reference for one.
    let asks = |kind: &str| {
        Step::RequestPayment(steps::RequestPayment {
            kind: kind.into(),
            due: "9/12/2026".into(),
        })
    };
    shop.takes(&project, asks("deposit"));
    let request = shop.paper_text("D2026-0001");
    assert!(!request.contains("+++"), "{request}");
    let mut by_transfer = Shop::of("laurence-vandenborre").on("2026-12-02");
    let order = by_transfer.order();
    by_transfer.takes(&order, asks("deposit"));
    assert!(by_transfer.paper_text("D2026-0001").contains("+++"));
    shop.takes(
        &project,
        Step::BookPayment(steps::BookPayment {
            amount: "500".into(),
            method: "transfer".into(),
            decided: "The card was refused".into(),
            ..steps::BookPayment::default()
        }),
    );
    shop.takes(&project, cancel("house", "", ["", "", ""]));
    let back = Step::BookRefund(steps::BookRefund {
        amount: "500".into(),
        method: "transfer".into(),
        day: String::new(),
        note: String::new(),
    });
    shop.takes(&project, back.clone());
    assert_eq!(shop.may_not(&project, back), Refusal::from(NotNow::NothingToRefund));
}

#[test]
fn a_fee_for_cancelling_is_rounded_once() {
    // 979.25 without VAT is 809.2975…: five per cent of that are 40.46, and not the 40.47 of a base rounded before.
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let project = shop.quoted(ProjectKind::Stock, "979.25");
    shop.takes(&project, accepted("paper", "in-person", "collected", "BE"));
    let means = shop.means(&project);
    shop.takes(&project, pay("979.25", &means));
    shop.takes(&project, cancel("client", "", ["in-person", "listed", "yes"]));
    assert_eq!(shop.money(&project, "To pay back"), "€938.79");
}
