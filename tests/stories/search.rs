//! One search over clients and projects.

use atelier_core::counter::{Action, Answer, Question};
use atelier_tests::{Shop, card, gold_ring};

#[rstest::rstest]
#[case::without_stroke("lukasz")]
#[case::start_of_a_word("obri")]
#[case::without_apostrophe("obrien")]
#[case::with_apostrophe("O'Brien")]
#[case::typographic_apostrophe("O’Brien")]
#[case::without_accent("rene")]
#[case::with_accent("René")]
#[case::slashed_o("soren")]
#[case::sharp_s("weiss")]
#[case::ligature("oeuvray")]
#[case::two_words_in_any_order("obrien lukasz")]
#[case::phone_as_stored("+32 475 98 76 54")]
#[case::phone_local("0475/98.76.54")]
#[case::phone_international("0032475987654")]
#[case::phone_beginning("0475 98")]
#[case::phone_with_hyphens("0475-98-76-54")]
#[case::phone_end("987654")]
fn finds(#[case] typed: &str) {
    let mut shop = Shop::of("blank");
    let mut client = card("Łukasz O'Brien-Weiß");
    client.second_contact = "René Sørensen Œuvray".into();
    client.phone = "+32 (0)475 98 76 54".into();
    shop.does(&Action::AddClient { card: client });
    let mut other = card("Bert Peeters");
    other.phone = "03 111 22 33".into();
    other.email = String::new();
    shop.does(&Action::AddClient { card: other });
    match shop.asks(&Question::Search { text: typed.into() }) {
        Answer::Found(found) => {
            let names: Vec<&str> = found.clients.iter().map(|client| client.card.name.as_str()).collect();
            assert_eq!(names, ["Łukasz O'Brien-Weiß"], "{typed:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[rstest::rstest]
#[case::full_number("P2026-0001")]
#[case::without_leading_zeroes("1")]
#[case::client("lukaszewska")]
#[case::envelope("E-0001")]
fn finds_the_project(#[case] typed: &str) {
    let mut shop = Shop::of("blank");
    shop.takes_in(gold_ring());
    match shop.asks(&Question::Search { text: typed.into() }) {
        Answer::Found(found) => assert_eq!(found.projects.len(), 1, "{typed:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn signs_of_a_pattern_are_no_pattern() {
    let mut shop = Shop::of("blank");
    shop.does(&Action::AddClient {
        card: card("Bert Peeters"),
    });
    for typed in ["%", "_", "' OR 1=1 --", "MATCH \""] {
        match shop.asks(&Question::Search { text: typed.into() }) {
            // Signs alone say nothing, and so leave everything; words beside them must be found.
            Answer::Found(found) => assert!(found.clients.len() <= 1),
            other => panic!("{other:?}"),
        }
    }
}

/// Where an identifier leads, and the numbers of the projects found beside it.
fn leads(shop: &mut Shop, typed: &str) -> Option<(String, String)> {
    match shop.asks(&Question::Search { text: typed.into() }) {
        Answer::Found(found) => {
            assert_eq!(found.text, typed, "an answer says to which text");
            found.exact.map(|exact| (exact.place, exact.id))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_identifier_that_is_matched_whole_comes_before_parts_of_others() {
    let mut shop = Shop::of("uniglo").on("2026-11-02");
    let mut projects = Vec::new();
    for number in 1..=12 {
        let mut ring = gold_ring();
        // The envelopes run against the numbers of the projects.
        ring.envelope = format!("E-{:04}", 13 - number);
        projects.push(shop.takes_in(ring));
    }
    let sold = shop.sells_by_mail(atelier_core::terms::ProjectKind::Stock, "1210", "2026-11-06");
    let case = shop.opens_case(&sold, "withdrawal", &[]);
    shop.sees_to(&case, atelier_tests::notice("I withdraw."));
    let rma = shop.case(&case).rma;
    let project = |id: &String| Some(("project".to_owned(), id.clone()));
    let a_case = Some(("case".to_owned(), case.clone()));
    assert_eq!(leads(&mut shop, "E-0004"), project(&projects[8]));
    assert_eq!(leads(&mut shop, " e-0004 "), project(&projects[8]));
    assert_eq!(leads(&mut shop, "P2026-0004"), project(&projects[3]));
    assert_eq!(leads(&mut shop, "p2026-4"), project(&projects[3]));
    assert_eq!(
        leads(&mut shop, "R2026-0007"),
        project(&projects[6]),
        "a paper leads to its dossier"
    );
    assert_eq!(leads(&mut shop, "Q2026-0001"), project(&sold));
    assert_eq!(leads(&mut shop, "C2026-0001"), a_case);
    assert_eq!(leads(&mut shop, "W2026-0001"), a_case);
    if !rma.is_empty() {
        assert_eq!(leads(&mut shop, &rma), a_case);
    }
    assert_eq!(leads(&mut shop, "E-00"), None, "a part is no identifier");
    for words in ["I withdraw.", "i withdraw.", "noticed", "%", "W2026-00__", "R%", "desk"] {
        assert_eq!(leads(&mut shop, words), None, "{words} is no identifier");
    }
    assert_eq!(leads(&mut shop, "P2026-9999"), None);
}
