//! What is issued stays as it was issued.

use atelier_core::counter::{Action, Step, steps};
use atelier_core::store::{Ending, V};
use atelier_tests::{Shop, gold_ring};

#[test]
fn the_store_itself_refuses_to_change_what_is_frozen() {
    let mut shop = Shop::of("laurence-vandenborre");
    let project = shop.order();
    shop.buys_gold(&project);
    shop.pays(&project, "1649,89");
    let invoice = steps::IssueInvoice {
        what: "deposit".into(),
        treatment: String::new(),
        proof: String::new(),
    };
    shop.takes(&project, Step::IssueInvoice(invoice));
    let before = shop.everything();
    // What says nothing any more is no words that were forgotten.
    for statement in [
        "UPDATE quote SET frozen = '{}'",
        "UPDATE invoice SET frozen = '{}'",
        "UPDATE purchase SET body = '{}'",
    ] {
        let tried = shop
            .counter
            .store()
            .write(Ending::Commit, |tx| tx.exec(statement, &[] as &[V]));
        assert!(tried.is_err(), "{statement} went through");
    }
    for table in [
        "journal",
        "ledger",
        "paper",
        "quote",
        "valuation",
        "invoice",
        "purchase",
    ] {
        for statement in [
            format!("DELETE FROM {table}"),
            format!("UPDATE {table} SET rowid = rowid + 1000"),
        ] {
            let tried = shop
                .counter
                .store()
                .write(Ending::Commit, |tx| tx.exec(&statement, &[] as &[V]));
            assert!(tried.is_err(), "{statement} went through");
        }
    }
    assert_eq!(shop.everything(), before);
}

#[test]
fn a_later_gold_price_does_not_touch_an_issued_valuation() {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.notes_gold("3500");
    let project = shop.takes_in(gold_ring());
    shop.values(&project, "15");
    let papers = shop.project(&project).papers.clone();
    let before: Vec<Vec<u8>> = papers
        .iter()
        .map(|paper| shop.counter.paper(&paper.id).expect("bytes").1)
        .collect();
    shop.turn_to("2026-12-03");
    shop.notes_gold("4100");
    let after: Vec<Vec<u8>> = papers
        .iter()
        .map(|paper| shop.counter.paper(&paper.id).expect("bytes").1)
        .collect();
    assert_eq!(before, after);
    assert_eq!(shop.project(&project).valuations[0].credit, "€885.23");
}

#[test]
fn a_rehearsed_action_changes_nothing() {
    let mut shop = Shop::of("laurence-vandenborre");
    let project = shop.takes_in(gold_ring());
    let before = shop.everything();
    let piece = shop.project(&project).pieces[0].id.clone();
    let action = Action::Decide {
        piece,
        accepted: true,
        reason: "fine".into(),
    };
    let context = shop.context();
    shop.counter.rehearse(&action, &context).expect("a rehearsal");
    assert_eq!(shop.everything(), before);
}

#[test]
fn the_journal_names_who_and_when_and_holds_no_personal_data() {
    let mut shop = Shop::of("laurence-vandenborre");
    shop.takes_in(gold_ring());
    let everything = shop.everything();
    let journal: Vec<&String> = everything.iter().filter(|line| line.starts_with("journal:")).collect();
    assert_eq!(journal.len(), 2, "setting up and taking in");
    assert!(
        journal
            .iter()
            .any(|line| line.contains("2026-12-02T10:00:0") && line.contains("take-in"))
    );
    for personal in [
        "Łukaszewska",
        "475 12 34 56",
        "anna@example.be",
        "grandmother",
        "Meir 12",
    ] {
        assert!(
            journal.iter().all(|line| !line.contains(personal)),
            "{personal} stands in the journal"
        );
        assert!(
            everything
                .iter()
                .any(|line| line.starts_with("journal_personal:") && line.contains(personal)),
            "{personal} is not beside it"
        );
    }
}

#[test]
fn the_journal_replayed_gives_the_same_rows() {
    let mut shop = Shop::of("laurence-vandenborre");
    let project = shop.valued_project();
    shop.quotes(&project, "4235");
    assert_eq!(shop.replayed(), shop.everything());
}
