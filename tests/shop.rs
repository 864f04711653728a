//! A shop for telling stories in: a house, a clock that only the story turns, a client and a piece.

pub mod doors;
#[cfg(unix)]
pub mod driver;
pub mod server;
pub mod years;

use atelier_core::client::Card;
use atelier_core::counter::{
    Action, Answer, CaseForm, CaseProposal, CaseStep, CaseView, Context, Counter, Deduction, IntakeCheck, Outcome,
    ProjectView, Question, QuoteForm, QuoteLineForm, Step, Undo, ValueForm, case_steps, steps,
};
use atelier_core::house::Profile;
use atelier_core::intake::{Given, IntakeForm, MetalForm, PieceForm, Signature, StoneForm, Who};
use atelier_core::refusal::Refusal;
use atelier_core::store::key::Key;
use atelier_core::store::{Store, Trouble, journal};
use atelier_core::terms::{ClientKind, ProjectKind};
use atelier_core::words::Language;
use chrono::{DateTime, FixedOffset};
use std::path::{Path, PathBuf};

mod copies;
mod marks;

use server::Database;

/// A house on a day, with someone at its counter.
pub struct Shop {
    /// Its counter.
    pub counter: Counter,
    instant: DateTime<FixedOffset>,
    who: String,
    /// The language of its screen.
    pub language: Language,
    /// The language of the clients it sells to by mail.
    pub clients_speak: Language,
    /// The country its clients live in, two letters: one the house delivers to.
    pub clients_live: String,
    actions: u128,
    /// Whether what looks like a slip is meant.
    pub sure: bool,
    /// The envelopes its pieces came in.
    envelopes: Vec<String>,
    /// The words that stand in its actions in the place of what was typed, and the fields they stand in; nothing where actions are
    /// taken as they are.
    pub marks: Option<Vec<(String, String)>>,
    /// The database its store lies in, where that is on a server.
    database: Option<Database>,
}

/// Where the programs of the judges stand: readers and validators of others, in a Python environment of the tests' own.
///
/// # Panics
/// Where `./task test` has not set it up yet.
#[must_use]
pub fn judges() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let judges = root.join(target).join("judges/bin");
    assert!(
        judges.join("python").exists(),
        "the judges are not here: ./task judges brings them"
    );
    judges
}

/// The envelope that a piece comes in, where a story names no other.
const FIRST_ENVELOPE: &str = "E-0001";

impl Shop {
    /// The ready-made house of that id, with Laurence at its counter, its store in memory; or on a server, where the tests are run on
    /// one.
    #[must_use]
    pub fn of(profile: &str) -> Self {
        if server::is_asked_for() {
            return Self::on_server(profile);
        }
        Self::set_up(Store::in_memory().expect("a store"), profile)
    }

    /// The same, its store in a database of its own on the tests' server.
    #[must_use]
    pub fn on_server(profile: &str) -> Self {
        let database = Database::with_store();
        let mut shop = Self::set_up(database.store(), profile);
        shop.database = Some(database);
        shop
    }

    /// The database it lies in.
    ///
    /// # Panics
    /// Where it lies in none.
    #[must_use]
    pub fn database(&self) -> &Database {
        self.database.as_ref().expect("a store on a server")
    }

    /// The database alone, which nobody works in any more.
    ///
    /// # Panics
    /// Where its store lies in none.
    #[must_use]
    pub fn into_database(mut self) -> Database {
        self.database.take().expect("a store on a server")
    }

    /// The same, its store in a file.
    #[must_use]
    pub fn in_file(profile: &str, file: &Path) -> Self {
        Self::set_up(Store::open(file).expect("a store"), profile)
    }

    /// A house that is set up already, opened again; `seed` is no other's.
    #[must_use]
    pub fn again(file: &Path, seed: u64) -> Self {
        Self::again_with(file, seed, None)
    }

    /// The same with the key of an encrypted store.
    #[must_use]
    pub fn again_with(file: &Path, seed: u64, key: Option<&Key>) -> Self {
        Self::again_over(Store::open_with(file, key).expect("a store"), seed)
    }

    /// The same over a store that is open, wherever it lies.
    ///
    /// # Panics
    /// Where nobody works there.
    #[must_use]
    pub fn again_over(store: Store, seed: u64) -> Self {
        let mut counter = Counter::over(store);
        let instant = DateTime::parse_from_rfc3339("2026-12-02T10:00:00+01:00").expect("an instant");
        let staff = counter
            .store()
            .read(atelier_core::store::house::staff)
            .expect("its people");
        let who = staff.first().expect("someone at the counter").id.clone();
        Self {
            counter,
            instant,
            who,
            language: Language::En,
            clients_speak: Language::Nl,
            clients_live: "BE".into(),
            actions: u128::from(seed) << 64,
            sure: true,
            envelopes: Vec::new(),
            marks: None,
            database: None,
        }
    }

    fn set_up(store: Store, profile: &str) -> Self {
        let instant = DateTime::parse_from_rfc3339("2026-12-02T10:00:00+01:00").expect("an instant");
        let mut shop = Self {
            counter: Counter::over(store),
            instant,
            who: String::new(),
            language: Language::En,
            clients_speak: Language::Nl,
            clients_live: "BE".into(),
            actions: 0,
            sure: true,
            envelopes: Vec::new(),
            marks: None,
            database: None,
        };
        let mut identity = Profile::named(profile).expect("a house").identity.clone();
        if identity.name.is_empty() {
            identity.name = "Blank".into();
        }
        // Papers say where goods go: a house whose document names no street is given one.
        for (line, usual) in [
            (&mut identity.street, "Hoveniersstraat 2"),
            (&mut identity.postcode, "2018"),
            (&mut identity.city, "Antwerpen"),
        ] {
            if line.is_empty() {
                usual.clone_into(line);
            }
        }
        let set_up = Action::SetUpHouse {
            example: false,
            profile: profile.into(),
            identity,
            language: Language::En,
            staff: "Laurence".into(),
        };
        let countries = Profile::named(profile).and_then(|profile| profile.terms.orders.countries.value().cloned());
        let home = |countries: &Vec<atelier_core::terms::Country>| countries.iter().any(|country| country.0 == "BE");
        if let Some(countries) = countries.filter(|countries| !home(countries)) {
            shop.clients_live = countries.last().expect("a country").0.clone();
        }
        shop.who = shop.does(&set_up).staff.expect("someone at the counter");
        shop
    }

    /// Turns the clock to ten o'clock of that day.
    #[must_use]
    pub fn on(mut self, day: &str) -> Self {
        self.turn_to(day);
        self
    }

    /// Who works at its counter.
    #[must_use]
    pub fn who(&self) -> String {
        self.who.clone()
    }

    /// Lets someone else work at its counter; who did before.
    pub fn works(&mut self, who: &str) -> String {
        std::mem::replace(&mut self.who, who.to_owned())
    }

    /// Turns the clock to ten o'clock of that day.
    pub fn turn_to(&mut self, day: &str) {
        self.instant = DateTime::parse_from_rfc3339(&format!("{day}T10:00:00+01:00")).expect("a day");
    }

    /// The context of the next action.
    pub fn context(&mut self) -> Context {
        self.actions += 1;
        // The clock goes on between two actions, as it does in a shop.
        self.instant += chrono::TimeDelta::seconds(1);
        Context {
            who: self.who.clone(),
            instant: self.instant,
            seed: self.actions.to_be_bytes(),
            salt: (self.actions << 64).to_be_bytes(),
            language: self.language,
            sure: self.sure,
        }
    }

    /// Acts, and must not be refused.
    pub fn does(&mut self, action: &Action) -> Outcome {
        self.tries(action)
            .unwrap_or_else(|trouble| panic!("{action:?}: {trouble}"))
    }

    /// Acts.
    ///
    /// # Errors
    /// As the counter.
    pub fn tries(&mut self, action: &Action) -> Result<Outcome, Trouble> {
        let context = self.context();
        let mut action = self.in_fresh_envelopes(action);
        if let Some(marks) = &mut self.marks {
            let (marked, more) = marks::marked(&action, marks.len());
            action = marked;
            marks.extend(more);
        }
        let done = self.counter.act(&action, &context)?;
        if let Action::TakeIn { form, .. } = action {
            self.envelopes
                .extend(form.pieces.into_iter().map(|piece| piece.envelope));
        }
        Ok(done)
    }

    /// The same action: pieces come in the same envelope in these stories, and an envelope holds one piece.
    fn in_fresh_envelopes(&self, action: &Action) -> Action {
        let mut action = action.clone();
        if let Action::TakeIn { form, .. } = &mut action {
            let mut used = self.envelopes.clone();
            for piece in form.pieces.iter_mut().filter(|piece| piece.envelope == FIRST_ENVELOPE) {
                let mut number = used.len();
                while used.contains(&piece.envelope) {
                    number += 1;
                    piece.envelope = format!("E-{number:04}");
                }
                used.push(piece.envelope.clone());
            }
        }
        action
    }

    /// Acts, and must be refused.
    pub fn is_refused(&mut self, action: &Action) -> Refusal {
        match self.tries(action) {
            Err(Trouble::Refused(refusal)) => refusal,
            other => panic!("{action:?} was to be refused: {other:?}"),
        }
    }

    /// Asks, and must be answered.
    pub fn asks(&mut self, question: &Question) -> Answer {
        let context = self.context();
        self.counter
            .ask(question, &context)
            .unwrap_or_else(|trouble| panic!("{question:?}: {trouble}"))
    }

    /// Everything the store holds, but what is kept beside the actions.
    pub fn everything(&mut self) -> Vec<String> {
        self.counter.store().dump(&[]).expect("a dump")
    }

    /// Of which dossiers something else is kept for lists and Today than follows from the rest: now, and on days to come on which it
    /// is to hold still.
    pub fn standings_that_do_not_follow(&mut self) -> Vec<String> {
        let today = self.context().today();
        let days = [0, 1, 2, 7, 15, 31, 60, 400].map(|after| Some(today + chrono::Days::new(after)));
        let mut wrong = Vec::new();
        for on in std::iter::once(None).chain(days) {
            let found = self.counter.standings_not_as_kept(on).expect("the standings");
            wrong.extend(found.into_iter().map(|id| format!("{on:?} {id}")));
        }
        wrong
    }

    /// Everything a store holds in which the journal was acted out again.
    pub fn replayed(&mut self) -> Vec<String> {
        let entries = self.counter.store().read(journal::entries).expect("the journal");
        let mut again = Counter::over(Store::in_memory().expect("a store"));
        for entry in entries {
            let action: Action = serde_json::from_value(entry.action).expect("an action");
            // Bytes come beside their action: these stories have one picture and one letter.
            let action = match action {
                Action::KeepPhoto { name, .. } => Action::KeepPhoto { name, bytes: sketch() },
                Action::KeepFile { name, .. } => Action::KeepFile {
                    name,
                    bytes: b"a letter".to_vec(),
                },
                other => other,
            };
            let instant = entry.at.parse().expect("an instant");
            let context = Context {
                who: entry.who,
                instant,
                seed: bytes(&entry.seed),
                salt: bytes(&entry.salt),
                language: self.language,
                sure: true,
            };
            again
                .act(&action, &context)
                .unwrap_or_else(|trouble| panic!("{action:?}: {trouble}"));
        }
        again.store().dump(&[]).expect("a dump")
    }

    /// The text of a paper, as another program reads it.
    ///
    /// # Panics
    /// When there is no such paper.
    pub fn paper_text(&mut self, number: &str) -> String {
        let (_, bytes) = self.counter.paper(number).expect("a paper");
        let document = lopdf::Document::load_mem(&bytes).expect("a document");
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        let text = document.extract_text(&pages).expect("text");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Notes today's gold price, in euro an ounce.
    pub fn notes_gold(&mut self, euro: &str) {
        let day = self.instant.date_naive().to_string();
        self.does(&Action::NoteGoldPrice {
            day,
            unit: "ounce".into(),
            euro: euro.into(),
            source: "refiner".into(),
        });
    }

    /// Takes in one piece for redesign, signed on paper, its fee of 50.00 paid; the project's id.
    pub fn takes_in(&mut self, piece: PieceForm) -> String {
        self.takes_in_form(intake(vec![piece]))
    }

    /// Takes in what the form says; the project's id.
    ///
    /// # Panics
    /// Where it is refused.
    pub fn takes_in_form(&mut self, form: IntakeForm) -> String {
        let draft = String::new();
        let taken = self.does(&Action::TakeIn { form, draft });
        taken.project.expect("a project")
    }

    /// What the counter says of an intake while it is typed.
    pub fn intake_check(&mut self, form: &IntakeForm) -> IntakeCheck {
        match self.asks(&Question::CheckIntake { form: form.clone() }) {
            Answer::Intake(check) => check,
            other => panic!("no check: {other:?}"),
        }
    }

    /// The project's page.
    pub fn project(&mut self, id: &str) -> ProjectView {
        match self.asks(&Question::Project { id: id.into() }) {
            Answer::Project(view) => *view,
            other => panic!("no project page: {other:?}"),
        }
    }

    /// Accepts the project's first piece.
    pub fn accepts(&mut self, project: &str) {
        let piece = self.project(project).pieces[0].id.clone();
        self.does(&Action::Decide {
            piece,
            accepted: true,
            reason: "fits the design".into(),
        });
    }

    /// Values the project with a deduction in per cent.
    pub fn values(&mut self, project: &str, percent: &str) -> Outcome {
        self.does(&Action::Value {
            project: project.into(),
            form: value_form(percent),
        })
    }

    /// A project taken in, accepted, and valued at 3,500.00 an ounce less 15 %: ready to be quoted.
    pub fn valued_project(&mut self) -> String {
        self.notes_gold("3500");
        let project = self.takes_in(gold_ring());
        self.accepts(&project);
        self.values(&project, "15");
        project
    }

    /// Takes a step on an order, and must not be refused.
    pub fn takes(&mut self, project: &str, step: Step) -> Outcome {
        self.does(&Action::TakeStep {
            project: project.into(),
            step,
        })
    }

    /// Takes a step on an order, and must be refused.
    pub fn may_not(&mut self, project: &str, step: Step) -> Refusal {
        self.is_refused(&Action::TakeStep {
            project: project.into(),
            step,
        })
    }

    /// A redesign of 4,235.00, quoted and accepted on paper today: 3,299.77 to pay, 1,649.89 with the order.
    pub fn order(&mut self) -> String {
        let project = self.valued_project();
        self.quotes(&project, "4235");
        self.takes(&project, accept());
        project
    }

    /// Writes down who sells the house the gold of the order.
    pub fn buys_gold(&mut self, project: &str) -> Outcome {
        self.takes(project, buy_gold())
    }

    /// Books a payment by transfer today.
    pub fn pays(&mut self, project: &str, amount: &str) {
        self.takes(project, pay(amount, "transfer"));
    }

    /// Shows a design today and has it approved.
    pub fn approves_design(&mut self, project: &str) {
        let photo = self
            .does(&Action::KeepPhoto {
                name: "sketch.png".into(),
                bytes: sketch(),
            })
            .photo
            .expect("a photo");
        self.takes(
            project,
            Step::ShowDesign(steps::ShowDesign {
                photo,
                note: "First sketch".into(),
                day: String::new(),
            }),
        );
        self.takes(
            project,
            Step::AnswerDesign(steps::AnswerDesign {
                answer: "approved".into(),
                day: String::new(),
                words: String::new(),
            }),
        );
    }

    /// The earliest and the latest day of the window, as the project's page says them.
    pub fn window(&mut self, project: &str) -> (String, String) {
        let days = self.project(project).days;
        let day = |label: &str| {
            days.iter()
                .find(|day| day.text == label)
                .map(|day| day.value.clone())
                .unwrap_or_default()
        };
        (day("Ready at the earliest"), day("Ready at the latest"))
    }

    /// An amount of the order's money, by its label.
    pub fn money(&mut self, project: &str, label: &str) -> String {
        let money = self.project(project).money;
        money
            .iter()
            .find(|line| line.label == label)
            .map(|line| line.amount.clone())
            .unwrap_or_else(|| panic!("no {label} in {money:?}"))
    }

    /// The ids of the components still in custody whose name holds `text`.
    pub fn components(&mut self, project: &str, text: &str) -> Vec<String> {
        let next = self.project(project).next;
        let step = next
            .iter()
            .find(|step| step.step == "settle-components")
            .expect("the step");
        let field = step
            .fields
            .iter()
            .find(|field| field.name == "components")
            .expect("the field");
        field
            .options
            .iter()
            .filter(|option| option.text.contains(text))
            .map(|option| option.value.clone())
            .collect()
    }

    /// Settles every component whose name holds `text`.
    pub fn settles(&mut self, project: &str, text: &str, fate: &str) -> Outcome {
        let components = self.components(project, text);
        self.takes(
            project,
            Step::SettleComponents(steps::SettleComponents {
                components,
                fate: fate.into(),
                note: "as agreed".into(),
                signature: Signature::Paper,
            }),
        )
    }

    /// A project of that kind for a client.
    pub fn opens(&mut self, kind: ProjectKind, client: Who) -> String {
        let wish = String::new();
        let opened = self.does(&Action::OpenProject { kind, client, wish });
        opened.project.expect("a project")
    }

    /// A project of that kind for a new client, quoted at a price, with the consents it asks for.
    pub fn quoted(&mut self, kind: ProjectKind, price: &str) -> String {
        let client = Who::New {
            card: Card {
                language: self.clients_speak,
                country: self.clients_live.clone(),
                ..card("Anna Łukaszewska")
            },
        };
        let project = self.opens(kind, client);
        let valid_until = (self.instant.date_naive() + chrono::Days::new(30))
            .format("%d/%m/%Y")
            .to_string();
        self.does(&Action::IssueQuote {
            project: project.clone(),
            form: quote_form(price, &valid_until),
        });
        self.consents(&project);
        project
    }

    /// Sells a piece by mail today, told of the right of withdrawal, paid by the first means the house takes, shipped today; it arrives on `arrival`.
    pub fn sells_by_mail(&mut self, kind: ProjectKind, price: &str, arrival: &str) -> String {
        let project = self.quoted(kind, price);
        self.takes(&project, accept_by_mail());
        self.takes(
            &project,
            Step::Print(steps::Print {
                paper: "withdrawal-information".into(),
            }),
        );
        let means = self.means(&project);
        self.takes(&project, pay(price, &means));
        if !matches!(kind, ProjectKind::Stock | ProjectKind::MadeToOrder) {
            self.approves_design(&project);
        }
        self.ships(&project, arrival);
        project
    }

    /// Finishes the piece and ships it today; it arrives on `arrival`.
    pub fn ships(&mut self, project: &str, arrival: &str) {
        self.takes(project, Step::Finish(steps::Finish { day: String::new() }));
        let ship = Step::Deliver(steps::Deliver {
            how: "carrier".into(),
            items: String::new(),
            carrier: "bpost".into(),
            tracking: "3232".into(),
            last: "yes".into(),
            day: String::new(),
            signature: Signature::None,
        });
        self.takes(project, ship);
        self.turn_to(arrival);
        let delivery = self
            .project(project)
            .next
            .iter()
            .find(|next| next.step == "confirm-possession")
            .expect("the step")
            .fields[0]
            .value
            .clone();
        self.takes(
            project,
            Step::ConfirmPossession(steps::ConfirmPossession {
                delivery,
                day: String::new(),
            }),
        );
    }

    /// The first means of payment the house takes for an order.
    pub fn means(&mut self, project: &str) -> String {
        let next = self.project(project).next;
        // Of an order that is paid, what goes back does so by the means it came.
        let money = ["book-payment", "book-refund"];
        let Some(step) = next.iter().find(|next| money.contains(&next.step.as_str())) else {
            return "transfer".into();
        };
        step.fields
            .iter()
            .find(|field| field.name == "method")
            .expect("the field")
            .value
            .clone()
    }

    /// The means by which money goes back in a case: those it came by.
    pub fn means_back(&mut self, case: &str) -> String {
        let next = self.case(case).next;
        let step = next.iter().find(|next| next.step == "refund").expect("the step");
        step.fields
            .iter()
            .find(|field| field.name == "method")
            .expect("the field")
            .value
            .clone()
    }

    /// Refunds that much today, by the means it came by.
    pub fn refunds(&mut self, case: &str, amount: &str) -> Outcome {
        let means = self.means_back(case);
        self.sees_to(case, refund(amount, &means, "no"))
    }

    /// Gives every consent the house still asks for, on paper.
    pub fn consents(&mut self, project: &str) {
        let next = self.project(project).next;
        let Some(step) = next.iter().find(|next| next.step == "give-consents") else {
            return;
        };
        let consents = step.fields[0]
            .options
            .iter()
            .map(|option| option.value.clone())
            .collect();
        self.takes(
            project,
            Step::GiveConsents(steps::GiveConsents {
                consents,
                signature: Signature::Paper,
            }),
        );
    }

    /// What the desk is asked about everything in an order.
    pub fn proposal(&mut self, project: &str, kind: &str) -> CaseProposal {
        self.proposal_on(project, &[], kind)
    }

    /// What the desk is asked about lines of an order.
    pub fn proposal_on(&mut self, project: &str, lines: &[usize], kind: &str) -> CaseProposal {
        match self.asks(&Question::CaseProposal {
            project: project.into(),
            lines: lines.to_vec(),
            kind: kind.into(),
        }) {
            Answer::CaseProposal(proposal) => *proposal,
            other => panic!("no proposal: {other:?}"),
        }
    }

    /// Opens a case on everything in an order, with these facts typed beside what the order knows; its id.
    pub fn opens_case(&mut self, project: &str, kind: &str, typed: &[(&str, &str)]) -> String {
        self.opens_case_on(project, &[], kind, typed)
    }

    /// Opens a case on lines of an order.
    pub fn opens_case_on(&mut self, project: &str, lines: &[usize], kind: &str, typed: &[(&str, &str)]) -> String {
        let proposal = self.proposal_on(project, lines, kind);
        let mut asked = proposal.asked;
        for (name, value) in typed {
            asked.fields.insert((*name).to_owned(), (*value).into());
        }
        let client = proposal.client.map_or_else(
            || Who::New {
                card: card("Anna Łukaszewska"),
            },
            |client| Who::Known { id: client.id },
        );
        let item = if project.is_empty() {
            "A ring of another house".to_owned()
        } else {
            proposal.item
        };
        let form = CaseForm {
            kind: kind.into(),
            client,
            item,
            lines: proposal.lines,
            asked,
        };
        self.does(&Action::OpenCase { form }).case.expect("a case")
    }

    /// A case's page.
    pub fn case(&mut self, id: &str) -> CaseView {
        match self.asks(&Question::Case { id: id.into() }) {
            Answer::Case(view) => *view,
            other => panic!("no case: {other:?}"),
        }
    }

    /// Takes a step on a case, and must not be refused.
    pub fn sees_to(&mut self, case: &str, step: CaseStep) -> Outcome {
        self.does(&Action::TakeCaseStep {
            case: case.into(),
            step,
        })
    }

    /// Takes a step on a case, and must be refused.
    pub fn may_not_see_to(&mut self, case: &str, step: CaseStep) -> Refusal {
        self.is_refused(&Action::TakeCaseStep {
            case: case.into(),
            step,
        })
    }

    /// What a line of a case's answer says, by its label; empty where there is none.
    pub fn answer(&mut self, case: &str, label: &str) -> String {
        let answer = self.case(case).answer;
        answer
            .lines
            .iter()
            .find(|line| line.text == label)
            .map(|line| line.value.clone())
            .unwrap_or_default()
    }

    /// Makes a clause of its terms say this, from that day on.
    pub fn fills_in(&mut self, day: &str, clause: &str, fields: &[(&str, &str)]) {
        let (newest, mut form) = match self.asks(&Question::Terms { version: None }) {
            Answer::Terms(view) => (view.newest, view.form),
            other => panic!("{other:?}"),
        };
        let typed = form.clauses.get_mut(clause).expect("a clause");
        typed.says = true;
        if typed.article.is_empty() {
            typed.article = "art. 8.5".into();
        }
        for (field, value) in fields {
            typed.fields.insert((*field).into(), vec![(*value).into()]);
        }
        self.does(&Action::ChangeTerms {
            newest,
            day: day.into(),
            form,
        });
    }

    pub fn quotes(&mut self, project: &str, price: &str) -> Outcome {
        let form = quote_form(price, "31/01/2027");
        self.does(&Action::IssueQuote {
            project: project.into(),
            form,
        })
    }
}

/// The end of an order, by one side; by the client, with what is told of it: how it was concluded, what was ordered, and
/// whether it can be restocked.
#[must_use]
pub fn cancel(by: &str, kept: &str, [concluded, made, restockable]: [&str; 3]) -> Step {
    Step::Cancel(steps::Cancel {
        by: by.into(),
        reason: "changed plans".into(),
        kept: kept.into(),
        day: String::new(),
        concluded: Some(concluded.into()),
        made: Some(made.into()),
        restockable: Some(restockable.into()),
    })
}

/// What the piece is made of, for its order detail sheet.
#[must_use]
pub fn order_sheet() -> Step {
    Step::OrderSheet(steps::OrderSheet {
        alloy: "Yellow gold 18 ct, 750 ‰".into(),
        stones: "One diamond of 0.30 ct".into(),
        nickel: "below".into(),
        care: "Lukewarm water and a soft brush.".into(),
    })
}

/// Anna sells her gold, identified and signed for on paper.
#[must_use]
pub fn buy_gold() -> Step {
    Step::BuyGold(steps::BuyGold {
        name: "Łukaszewska".into(),
        first_name: "Anna".into(),
        born: "14/2/1971".into(),
        document: "identity-card".into(),
        document_number: "592-1234567-89".into(),
        signature: Signature::Paper,
    })
}

/// The client accepts on paper, today.
#[must_use]
pub fn accept() -> Step {
    Step::AcceptQuote(steps::AcceptQuote {
        channel: "paper".into(),
        day: String::new(),
        words: String::new(),
        signature: Signature::Paper,
        ..steps::AcceptQuote::default()
    })
}

/// The client accepts by mail, today.
#[must_use]
pub fn accept_by_mail() -> Step {
    Step::AcceptQuote(steps::AcceptQuote {
        channel: "mail".into(),
        day: String::new(),
        words: "Yes, please.".into(),
        signature: Signature::None,
        ..steps::AcceptQuote::default()
    })
}

/// What goes back of an order by transfer, today.
#[must_use]
pub fn pay_back(amount: &str) -> Step {
    Step::BookRefund(steps::BookRefund {
        amount: amount.into(),
        method: "transfer".into(),
        day: String::new(),
        note: String::new(),
    })
}

/// A payment received today.
#[must_use]
pub fn pay(amount: &str, method: &str) -> Step {
    Step::BookPayment(steps::BookPayment {
        amount: amount.into(),
        method: method.into(),
        day: String::new(),
        reference: String::new(),
        ..steps::BookPayment::default()
    })
}

/// Collected today, everything at once, signed on paper.
#[must_use]
pub fn collect() -> Step {
    Step::Deliver(steps::Deliver {
        how: "collection".into(),
        items: String::new(),
        carrier: String::new(),
        tracking: String::new(),
        last: "yes".into(),
        day: String::new(),
        signature: Signature::Paper,
    })
}

/// Sixteen bytes in hexadecimal; none where there are none.
fn bytes(hex: &str) -> [u8; 16] {
    let mut bytes = [0; 16];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = hex
            .get(2 * index..2 * index + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            .unwrap_or_default();
    }
    bytes
}

/// A notice by mail, today.
#[must_use]
pub fn notice(words: &str) -> CaseStep {
    CaseStep::RegisterNotice(case_steps::RegisterNotice {
        channel: "mail".into(),
        day: String::new(),
        time: "09:12".into(),
        words: words.into(),
        file: String::new(),
        price: String::new(),
    })
}

/// A parcel that is taken in today, with that RMA on it.
#[must_use]
pub fn parcel(rma: &str) -> CaseStep {
    CaseStep::ReceiveParcel(case_steps::ReceiveParcel {
        rma: rma.into(),
        seal: "intact".into(),
        outcome: "taken".into(),
        day: String::new(),
        note: String::new(),
        photos: Vec::new(),
    })
}

/// An inspection today: handled so, in that condition, with that loss in value.
#[must_use]
pub fn inspection(handling: &str, condition: &str, loss: &str) -> CaseStep {
    CaseStep::Inspect(case_steps::Inspect {
        complete: vec!["right-piece".into(), "stones-in-place".into()],
        handling: handling.into(),
        condition: condition.into(),
        loss: loss.into(),
        cause: String::new(),
        day: String::new(),
        note: if loss.is_empty() {
            String::new()
        } else {
            "Scratches on the shank".into()
        },
        photos: Vec::new(),
    })
}

/// What a claim turned out to come from, found today.
#[must_use]
pub fn cause(cause: &str) -> CaseStep {
    let CaseStep::Inspect(case_steps::Inspect {
        complete,
        handling,
        day,
        note,
        photos,
        ..
    }) = inspection("", "worn", "")
    else {
        unreachable!()
    };
    CaseStep::Inspect(case_steps::Inspect {
        complete,
        handling,
        condition: "worn".into(),
        loss: String::new(),
        cause: cause.into(),
        day,
        note,
        photos,
    })
}

/// A refund today.
#[must_use]
pub fn refund(amount: &str, method: &str, agreed: &str) -> CaseStep {
    CaseStep::Refund(case_steps::Refund {
        amount: amount.into(),
        method: method.into(),
        agreed: agreed.into(),
        day: String::new(),
        note: String::new(),
    })
}

/// A decision on a claim today.
#[must_use]
pub fn decision(remedy: &str, tried: &str) -> CaseStep {
    CaseStep::Decide(case_steps::Decide {
        remedy: remedy.into(),
        amount: String::new(),
        receipt: "yes".into(),
        tried: tried.into(),
        day: String::new(),
        note: String::new(),
        return_cost: String::new(),
    })
}

/// Handed back at the counter today, signed on paper.
#[must_use]
pub fn hand_back() -> CaseStep {
    CaseStep::HandBack(case_steps::HandBack {
        how: "collection".into(),
        carrier: String::new(),
        tracking: String::new(),
        day: String::new(),
        signature: Signature::Paper,
    })
}

/// A small picture, PNG.
#[must_use]
pub fn sketch() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(60, 40, |x, y| {
        if (x + y) % 9 == 0 {
            image::Rgb([40, 40, 40])
        } else {
            image::Rgb([250, 250, 245])
        }
    });
    image::DynamicImage::ImageRgb8(pixels)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a picture");
    bytes.into_inner()
}

/// The action that takes something back, as it is offered for a while after it.
///
/// # Panics
/// Where none is offered.
#[must_use]
pub fn as_action(undo: Option<&Undo>) -> Action {
    let undo = serde_json::to_value(undo.expect("an offer to undo")).expect("JSON");
    serde_json::from_value(undo).expect("an action")
}

/// A client's card.
#[must_use]
pub fn card(name: &str) -> Card {
    Card {
        kind: ClientKind::Consumer,
        language: Language::Nl,
        name: name.into(),
        street: "Meir 12".into(),
        postcode: "2000".into(),
        city: "Antwerpen".into(),
        country: "BE".into(),
        phone: "+32 475 12 34 56".into(),
        email: "anna@example.be".into(),
        second_contact: String::new(),
        vat_number: String::new(),
        sizes: String::new(),
        preferences: String::new(),
        dates: String::new(),
    }
}

/// A gold ring of 12.34 g of 750 with a loose diamond of 0.30 ct.
#[must_use]
pub fn gold_ring() -> PieceForm {
    PieceForm {
        description: "Ring, yellow metal, colourless stone".into(),
        condition: "Worn, one claw bent".into(),
        envelope: "E-0001".into(),
        declared_value: "2500".into(),
        stones: vec![weighed("0,30")],
        metals: vec![metal("750", "12,34")],
        photos: Vec::new(),
    }
}

/// A loose central diamond of that weight, as typed.
#[must_use]
pub fn weighed(carat: &str) -> StoneForm {
    StoneForm {
        role: "central".into(),
        gem: "diamond".into(),
        loose: true,
        weighed: carat.into(),
        ..StoneForm::default()
    }
}

/// A round central diamond measured in its setting, in millimetres as typed.
#[must_use]
pub fn measured(width: &str, depth: &str) -> StoneForm {
    StoneForm {
        role: "central".into(),
        gem: "diamond".into(),
        cut: "round".into(),
        length: width.into(),
        width: width.into(),
        depth: depth.into(),
        ..StoneForm::default()
    }
}

/// A metal part of that title and gross weight, as typed.
#[must_use]
pub fn metal(title: &str, gross: &str) -> MetalForm {
    MetalForm {
        name: "Shank".into(),
        stamp: "18k".into(),
        title: title.into(),
        gross: gross.into(),
        ..MetalForm::default()
    }
}

/// An intake of these pieces for Anna, every consent given, signed on paper, its fee of 50.00 paid by card.
#[must_use]
pub fn intake(pieces: Vec<PieceForm>) -> IntakeForm {
    let at = "2026-12-02T09:55:00+01:00".to_owned();
    let consents = [
        atelier_core::terms::Consent::Melting,
        atelier_core::terms::Consent::OwnRisk,
        atelier_core::terms::Consent::Sketches,
    ];
    IntakeForm {
        kind: ProjectKind::Redesign,
        client: Who::New {
            card: card("Anna Łukaszewska"),
        },
        wish: "A slim ring from my grandmother's gold".into(),
        pieces,
        fee: "50".into(),
        fee_method: "bancontact".into(),
        consents: consents
            .into_iter()
            .map(|consent| Given {
                consent,
                at: at.clone(),
            })
            .collect(),
        signature: Signature::Paper,
    }
}

/// A valuation with one deduction, no repolish.
#[must_use]
pub fn value_form(percent: &str) -> ValueForm {
    ValueForm {
        deduction: Deduction::AllIn {
            percent: percent.into(),
        },
        repolish: Vec::new(),
    }
}

/// A quote of one line at that price.
#[must_use]
pub fn quote_form(price: &str, valid_until: &str) -> QuoteForm {
    QuoteForm {
        intro: String::new(),
        lines: vec![QuoteLineForm {
            text: "New ring in 18k gold".into(),
            quantity: "1".into(),
            unit_price: price.into(),
            vat: "21".into(),
            delivery: false,
            second_hand: false,
        }],
        valid_until: valid_until.into(),
        days_min: String::new(),
        days_max: String::new(),
        drawings: Vec::new(),
    }
}

/// The same with a line for the way to the client.
#[must_use]
pub fn with_delivery(mut form: QuoteForm, price: &str) -> QuoteForm {
    let way = form.lines.first().map(|piece| QuoteLineForm {
        text: "Delivery".into(),
        unit_price: price.into(),
        delivery: true,
        ..piece.clone()
    });
    form.lines.extend(way);
    form
}

/// A small generator: a run can be repeated from its seed.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).expect("small")
    }
}

/// What a paper says, page after page.
#[must_use]
pub fn text_of(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).expect("text")
}
