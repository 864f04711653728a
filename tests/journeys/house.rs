//! A house of two hundred projects at every stage, as it looks on a working day.

use crate::window::Window;
use atelier_core::counter::{Action, Step, steps};
use atelier_core::intake::Who;
use atelier_tests::years::NAMES;
use atelier_tests::{Shop, accept, card, collect, gold_ring, intake, quote_form};
use chrono::{Days, Local, NaiveDate};
use std::path::Path;

/// Fills a store with projects that began over the last months, each as far as its place in the row says.
pub fn fill(file: &Path, today: NaiveDate) {
    let mut shop = Shop::in_file("laurence-vandenborre", file);
    for number in 0..200_u64 {
        let began = today - Days::new(70 - number * 70 / 200);
        let day = |after: u64| (began + Days::new(after)).min(today).to_string();
        shop.turn_to(&day(0));
        if number % 7 == 0 {
            shop.notes_gold("3500");
        }
        let mut ring = gold_ring();
        ring.envelope = format!("E-{:04}", number + 1);
        ring.description = [
            "Ring, yellow metal, colourless stone",
            "Pendant with a blue stone",
            "Two wedding bands",
            "Brooch with a flower",
        ][usize::try_from(number % 4).expect("small")]
        .into();
        let mut form = intake(vec![ring]);
        form.client = Who::New {
            card: card(NAMES[usize::try_from(number * 7 % 20).expect("small")]),
        };
        let project = shop.takes_in_form(form);
        let far = number % 10;
        if far > 0 {
            shop.accepts(&project);
        }
        if far > 1 {
            shop.values(&project, "15");
            let valid = (began + Days::new(30)).format("%d/%m/%Y").to_string();
            shop.does(&Action::IssueQuote {
                project: project.clone(),
                form: quote_form(&format!("{}", 2000 + number * 13), &valid),
            });
        }
        if far > 3 {
            shop.turn_to(&day(2));
            shop.takes(&project, accept());
            shop.takes(
                &project,
                Step::RequestPayment(steps::RequestPayment {
                    kind: "deposit".into(),
                    due: String::new(),
                }),
            );
        }
        if far > 4 {
            shop.turn_to(&day(5));
            pays_what_is_asked(&mut shop, &project);
            shop.approves_design(&project);
        }
        if far > 7 {
            shop.turn_to(&day(28));
            shop.takes(&project, Step::Finish(steps::Finish { day: String::new() }));
        }
        if far > 8 {
            pays_what_is_asked(&mut shop, &project);
            shop.turn_to(&day(30));
            shop.takes(&project, collect());
            shop.settles(&project, "Diamond", "set");
            shop.settles(&project, "Shank", "melted");
        }
    }
    shop.counter.store().checkpoint().expect("folded");
}

/// Books what the next payment proposes.
fn pays_what_is_asked(shop: &mut Shop, project: &str) {
    let page = shop.project(project);
    let step = page
        .next
        .iter()
        .find(|step| step.step == "book-payment")
        .expect("the step");
    let amount = step
        .fields
        .iter()
        .find(|field| field.name == "amount")
        .expect("the amount")
        .value
        .clone();
    shop.pays(project, &amount);
}

#[tokio::test]
async fn a_house_of_two_hundred_projects_shows_its_day() {
    let home = tempfile::tempdir().expect("a home");
    let folder = Window::data_in(home.path());
    std::fs::create_dir_all(&folder).expect("a folder");
    fill(&folder.join("atelier.db"), Local::now().date_naive());
    let window = Window::open(home.path(), &home.path().join("saved.pdf")).await;
    window.says("Due").await;
    window.picture("house-today-light").await;
    window.presses("Month").await;
    window.says("Mon").await;
    window.picture("house-month-light").await;
    window.presses("Projects").await;
    window.says("P20").await;
    window.picture("house-list-light").await;
    window.presses("Board").await;
    window.says("In production").await;
    window.picture("house-board-light").await;
    window.presses("-0197").await;
    window.says("Ready at the latest").await;
    window.picture("house-project-light").await;
    window.close().await;
}
