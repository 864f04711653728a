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
