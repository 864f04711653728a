//! A house of ten years: a tenth of its work is open, and each project has its papers. What the benchmarks measure.

use crate::copies;
use crate::{Shop, accept, card, collect, gold_ring, intake, quote_form};
use atelier_core::counter::{Action, Answer, Question, Report, SortBy, Stage, Step, steps};
use atelier_core::intake::Who;
use atelier_core::order::{Happened, Happening};
use atelier_core::store::happenings::{self, To};
use atelier_core::store::{Store, Tx, projects};
use chrono::{Days, NaiveDate};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The names of its clients.
pub const NAMES: [&str; 20] = [
    "Anna Łukaszewska",
    "Jan Peeters",
    "Marie Dubois",
    "Berta Weiß",
    "Lotte Janssens",
    "Émile Lambert",
    "Karel De Smet",
    "Sofie Maes",
    "Noor Willems",
    "Louis Claes",
    "Hugo Martin",
    "Elise Jacobs",
    "Arthur Mertens",
    "Camille Wouters",
    "Fatima El Amrani",
    "Thomas De Clercq",
    "Ines Hermans",
    "Victor Aerts",
    "Olivia Simon",
    "Jules Goossens",
];

/// So many projects are done at the counter; of a larger house, of a multiple of them, the rest are copies of these.
const DONE: u64 = 1000;

/// The largest house that is copied to be measured, in bytes: of a larger one there is hardly room for two.
pub const COPIED: u64 = 4 << 30;

/// The day it is in that house.
pub const TODAY: &str = "2026-11-30";

/// The house of that many projects, of a thousand or more in whole thousands, made once and kept in a folder.
///
/// # Panics
/// Where the disk is full.
pub fn house(folder: &Path, projects: u64) -> PathBuf {
    let projects = if projects > DONE {
        projects.next_multiple_of(DONE)
    } else {
        projects
    };
    let file = folder.join(format!("house-{projects}-v{}.db", Store::newest_schema()));
    if file.exists() {
        return file;
    }
    // Of its own for each size: several may be made at once.
    let making = folder.join(format!("house-{projects}-making.db"));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", making.display()));
    }
    let begun = Instant::now();
    if projects > DONE {
        std::fs::copy(house(folder, DONE), &making).expect("a copy");
        grow(&making, projects);
    } else {
        fill(&making, projects);
    }
    std::fs::rename(&making, &file).expect("the house");
    println!(
        "made {projects} projects in {} s, {} MB",
        begun.elapsed().as_secs(),
        std::fs::metadata(&file).expect("a file").len() >> 20
    );
    file
}

/// Makes so many projects of those that are there. Where these stand today is known first: a copy stands where its original does.
fn grow(file: &Path, projects: u64) {
    let mut shop = Shop::again(file, 1);
    shop.counter.store().without_syncs().expect("a setting");
    shop.turn_to(TODAY);
    let context = shop.context();
    while shop.counter.catch_up(&context).expect("where they stand") {}
    copies::copy(shop.counter.store(), projects);
}

/// Makes a house of so many projects in a file, each of which was worked on, or is one of so many copies of one that was.
pub fn made(file: &Path, projects: u64, times: u64) {
    fill(file, projects);
    if times > 1 {
        grow(file, projects * times);
    }
}

/// The envelope of a project, and the telephone of its client, by its place in the house.
pub(crate) fn envelope(index: u64) -> String {
    format!("E-{:06}", index + 1)
}

pub(crate) fn phone(index: u64) -> String {
    let pair = |of: u64| index / of % 100;
    format!("+32 475 {:02} {:02} {:02}", pair(10_000), pair(100), pair(1))
}

fn fill(file: &Path, projects: u64) {
    let today: NaiveDate = TODAY.parse().expect("a day");
    let mut shop = Shop::in_file("laurence-vandenborre", file);
    // Nobody counts on this store: its syncs would be most of the wait.
    shop.counter.store().without_syncs().expect("a setting");
    for number in 0..projects {
        let began = today - Days::new(3650 - number * 3650 / projects);
        let is_open = number * 10 >= projects * 9;
        let on = |shop: &mut Shop, after: u64| shop.turn_to(&(began + Days::new(after)).min(today).to_string());
        on(&mut shop, 0);
        if number % 20 == 0 {
            shop.notes_gold("3500");
        }
        let mut ring = gold_ring();
        ring.envelope = envelope(number);
        let mut form = intake(vec![ring]);
        let mut client = card(&format!("{} {}", NAMES[(number % 20) as usize], number));
        client.phone = phone(number);
        form.client = Who::New { card: client };
        let project = shop.takes_in_form(form);
        let far = if is_open { number % 6 } else { 6 };
        works_on(&mut shop, &project, far, began);
        if far > 5 {
            on(&mut shop, 30);
            shop.settles(&project, "Shank", "melted");
            shop.settles(&project, "", "set");
            shop.takes(&project, collect());
        }
    }
}

/// Works on a project that was taken in on a day: accepted, then offered, ordered, paid and its design approved, finished; so far.
pub fn works_on(shop: &mut Shop, project: &str, far: u64, day: NaiveDate) {
    if far > 0 {
        shop.accepts(project);
    }
    if far > 1 {
        shop.values(project, "15");
        let valid = (day + Days::new(30)).format("%d/%m/%Y").to_string();
        shop.does(&Action::IssueQuote {
            project: project.to_owned(),
            form: quote_form("4235", &valid),
        });
    }
    if far > 2 {
        shop.takes(project, accept());
        shop.takes(
            project,
            Step::RequestPayment(steps::RequestPayment {
                kind: "deposit".into(),
                due: String::new(),
            }),
        );
    }
    if far > 3 {
        shop.pays(project, "3299,77");
        shop.approves_design(project);
    }
    if far > 4 {
        shop.takes(project, Step::Finish(steps::Finish { day: String::new() }));
    }
}

/// A bank's statement of fifty payments, each for the first request of a project.
fn statement(shop: &mut Shop) -> Vec<u8> {
    let requests = |tx: &Tx<'_>| {
        let mut found = Vec::new();
        for id in projects::ids(tx)? {
            let told: Vec<Happening<Happened>> = happenings::of(tx, To::Project, &id)?;
            found.extend(told.into_iter().find_map(|happening| match happening.what {
                Happened::Requested { ogm, .. } => Some(ogm),
                _ => None,
            }));
            if found.len() == 50 {
                break;
            }
        }
        Ok(found)
    };
    let entries: String = shop
        .counter
        .store()
        .read(requests)
        .expect("the requests")
        .iter()
        .map(|ogm| {
            format!(
                r#"<Ntry><Amt Ccy="EUR">1649.89</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{TODAY}</Dt></BookgDt>
<NtryDtls><TxDtls><Amt Ccy="EUR">1649.89</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Ustrd>{ogm}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"#
            )
        })
        .collect();
    format!(
        r#"<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>{entries}</Stmt></BkToCstmrStmt></Document>"#
    )
    .into_bytes()
}

/// What is asked in a day, by name.
///
/// # Panics
/// Where the house has no project.
pub fn questions(shop: &mut Shop) -> Vec<(&'static str, Question)> {
    let found = match shop.asks(&Question::Search { text: "P20".into() }) {
        Answer::Found(found) => found,
        other => panic!("{other:?}"),
    };
    let project = found.projects.first().expect("a project").id.clone();
    let client = shop.project(&project).client.id;
    let search = |text: &str| Question::Search { text: text.into() };
    let list = |sort_by, stages: &[Stage]| Question::Projects {
        text: String::new(),
        stages: stages.to_vec(),
        sort_by,
        down: true,
        after: None,
    };
    let today = Question::Today {
        by: String::new(),
        whole: None,
    };
    let (text, after) = (String::new(), None);
    let clients = Question::Clients { text, after };
    let (text, after) = (String::new(), None);
    let cases = Question::Cases { text, after };
    let closed = list(SortBy::Opened, &[Stage::Closed, Stage::Cancelled]);
    let custody = Question::Report {
        report: Report::Custody,
        from: 0,
    };
    vec![
        ("start", Question::Start),
        ("Today", today),
        ("month", Question::Month { year: 2026, month: 12 }),
        ("projects", list(SortBy::Opened, &[])),
        ("projects by client", list(SortBy::Client, &[])),
        ("projects by due day", list(SortBy::Due, &[])),
        ("board: closed", closed),
        ("clients", clients),
        ("search: a name", search("peeters 77")),
        ("search: a number", search("P2026-0012")),
        ("search: a telephone", search("0475 00 12")),
        ("search: one letter", search("j")),
        ("search: a letter wrong", search("peetrs 77")),
        ("search: nothing found", search("zzzzzz")),
        ("a project", Question::Project { id: project }),
        ("a client", Question::Client { id: client }),
        ("cases", cases),
        ("a bank’s statement", Question::Statement { bytes: statement(shop) }),
        ("report: custody", custody),
    ]
}
