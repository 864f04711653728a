//! Everything that can be looked up, the forms half typed included.

use super::books::BookView;
use super::cases::{CaseProposal, CaseView, SoldView};
use super::desk::AskView;
use super::forms::AskForm;
use super::lookup::Lookup;
use super::mail::{MailText, MailView};
use super::personal::DataView;
use super::read::ValueForm;
use super::reports::ReportView;
use super::roles::name_of_case_step;
use super::statement::StatementView;
use super::terms::{ComparedTerms, TermsCheck, TermsView};
use super::today::{ClosingView, MonthView, TodayView};
use super::view::*;
use super::work::Context;
use crate::client::Card;
use crate::contacts::Column;
use crate::desk;
use crate::intake::{IntakeForm, PieceForm};
use crate::order::{Stage, TaskGroup};
use crate::places;
use crate::quote::QuoteForm;
use crate::refusal::Refusal;
use crate::store::standing::SortBy;
use crate::store::{Done, Tx, clients};
use crate::termsheet::TermsForm;
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use serde::{Deserialize, Serialize};

/// Everything that can be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum Question {
    /// What the screen needs to begin.
    Start,
    /// Clients, projects and cases in which every part of the text is found: the newest of each.
    Search {
        /// What is looked for; the newest where it is empty.
        text: String,
    },
    /// What bears a whole text as its number: a scanned code.
    Identify {
        /// As it was read.
        text: String,
    },
    /// One client.
    Client {
        /// Its id.
        id: String,
    },
    /// A card while it is typed.
    CheckCard {
        /// As typed.
        card: Card,
    },
    /// Clients as another program wrote them, before they are imported.
    CheckContacts {
        /// The file as it is, CSV or vCard.
        bytes: Vec<u8>,
        /// What each column is taken for; guessed where it is not said.
        columns: Vec<Column>,
    },
    /// A piece while it is put right.
    CheckPiece {
        /// The piece's id.
        piece: String,
        /// As typed.
        form: PieceForm,
    },
    /// Lines that the house's quotes are made of.
    QuoteLines {
        /// What is looked for; the usual ones where it is empty.
        text: String,
    },
    /// Why something is due.
    Grounds {
        /// `project`, `case` or `client`.
        place: String,
        /// The id of the dossier.
        id: String,
        /// Which of its tasks, from 0.
        position: usize,
    },
    /// The mail a paper goes with.
    Mail {
        /// The paper's id.
        paper: String,
    },
    /// The texts of the house's mails.
    MailTexts {
        /// In which language.
        language: Language,
    },
    /// A day as it is typed.
    ReadDay {
        /// As typed.
        text: String,
        /// The month a calendar shows: that of the day, or of today, where none is named.
        month: Option<(i32, u32)>,
    },
    /// The towns of a postcode.
    Towns {
        /// As typed.
        postcode: String,
    },
    /// One project.
    Project {
        /// Its id.
        id: String,
    },
    /// An intake while it is typed.
    CheckIntake {
        /// As typed.
        form: IntakeForm,
    },
    /// A valuation while it is typed.
    CheckValue {
        /// The project's id.
        project: String,
        /// As typed.
        form: ValueForm,
    },
    /// A quote while it is typed.
    CheckQuote {
        /// The project's id.
        project: String,
        /// As typed.
        form: QuoteForm,
    },
    /// The prices of gold that are kept.
    Gold,
    /// A file of prices before it is imported.
    CheckPriceFile {
        /// Its text.
        csv: String,
        /// `ounce` or `gram`.
        unit: String,
    },
    /// A version of the house's terms, the newest where none is named.
    Terms {
        /// The version's id.
        version: Option<String>,
    },
    /// Terms while they are typed.
    CheckTerms {
        /// As typed.
        form: TermsForm,
    },
    /// Terms side by side: versions by their ids, ready-made houses by theirs.
    CompareTerms {
        /// Their ids.
        ids: Vec<String>,
    },
    /// The Ask desk while a question is typed.
    AskDesk {
        /// As typed.
        form: AskForm,
    },
    /// A part of the list of projects.
    Projects {
        /// What is looked for; everything where it is empty.
        text: String,
        /// At which stages; at any where none is named.
        stages: Vec<Stage>,
        /// What they are sorted by.
        sort_by: SortBy,
        /// Whether the last stands first.
        down: bool,
        /// The id of the last that was shown before.
        after: Option<String>,
    },
    /// A part of the list of clients, by name.
    Clients {
        /// What is looked for; everyone where it is empty.
        text: String,
        /// The id of the last that was shown before.
        after: Option<String>,
    },
    /// A part of the list of after-sales cases, the newest first.
    Cases {
        /// What is looked for; everything where it is empty.
        text: String,
        /// The id of the last that was shown before.
        after: Option<String>,
    },
    /// What was sold in a project, to open a case on.
    Sold {
        /// The project's id.
        project: String,
    },
    /// What the desk is asked about lines of an order.
    CaseProposal {
        /// The project's id.
        project: String,
        /// Which lines; all of them where none is named.
        lines: Vec<usize>,
        /// The kind of case.
        kind: String,
    },
    /// What a client may ask of their data, and what they did.
    ClientData {
        /// The client's id.
        client: String,
    },
    /// A report.
    Report {
        /// The report.
        report: super::reports::Report,
        /// Where it is read on from; its beginning is 0.
        from: usize,
    },
    /// A month of a book.
    Book {
        /// The book.
        book: super::books::Book,
        /// The year.
        year: i32,
        /// The month, from 1.
        month: u32,
    },
    /// One after-sales case.
    Case {
        /// Its id.
        id: String,
    },
    /// What must be done now.
    Today {
        /// The name of who began it; anyone where it is empty.
        by: String,
        /// The group of which more than the first are shown.
        whole: Option<TaskGroup>,
    },
    /// A month of due days.
    Month {
        /// The year.
        year: i32,
        /// The month, from 1.
        month: u32,
    },
    /// A bank statement, with the payments matched to what was asked for.
    Statement {
        /// The file as it is, CODA or a table.
        bytes: Vec<u8>,
    },
    /// The days the house is closed.
    Closings,
    /// A question of the Ask desk, as scripts put it.
    Desk {
        /// The question.
        #[ts(type = "Record<string, unknown>")]
        question: serde_json::Map<String, serde_json::Value>,
    },
}

/// The answer to a question, each in its own shape.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
#[serde(untagged)]
#[expect(missing_docs, reason = "named as the questions are")]
pub enum Answer {
    Start(Box<StartView>),
    Found(FoundView),
    Identified(Option<ExactView>),
    Client(Box<ClientView>),
    Card(CardCheck),
    Contacts(ContactsView),
    Grounds(Vec<Why>),
    Mail(MailView),
    MailTexts(Vec<MailText>),
    Correction(Box<CorrectionCheck>),
    QuoteLines(QuoteLinesView),
    Day(CalendarView),
    Towns(Vec<String>),
    Project(Box<ProjectView>),
    Intake(IntakeCheck),
    Value(ValueCheck),
    Quote(QuoteCheck),
    Gold(GoldView),
    PriceFile(PriceFileCheck),
    Terms(Box<TermsView>),
    TermsCheck(TermsCheck),
    ComparedTerms(ComparedTerms),
    Ask(Box<AskView>),
    Projects(ProjectsView),
    Clients(ClientsView),
    Cases(CasesView),
    Sold(SoldView),
    CaseProposal(Box<CaseProposal>),
    ClientData(DataView),
    Report(ReportView),
    Book(BookView),
    Case(Box<CaseView>),
    Today(TodayView),
    Month(MonthView),
    Closings(Vec<ClosingView>),
    Statement(StatementView),
    Desk(#[ts(type = "Record<string, unknown>")] serde_json::Value),
}

impl Question {
    /// What a role must be allowed to read for it; most are anyone's.
    pub(super) const fn reads(&self) -> Option<&'static str> {
        if matches!(self, Self::ClientData { .. }) {
            Some("read-client-data")
        } else if matches!(self, Self::Report { .. } | Self::Book { .. }) {
            Some("read-report")
        } else {
            None
        }
    }
}

impl Question {
    /// Whether its answer may look through much of what the house ever did: nobody should wait behind it.
    #[must_use]
    pub const fn is_long(&self) -> bool {
        matches!(
            self,
            Self::Report { .. } | Self::Book { .. } | Self::Statement { .. } | Self::CheckContacts { .. }
        )
    }
}

pub(super) fn answer(tx: &Tx<'_>, question: &Question, context: &Context) -> Done<Answer> {
    let desk = Lookup {
        tx,
        language: context.language,
        today: context.today(),
    };
    Ok(match question {
        Question::Start => Answer::Start(Box::new(desk.start()?)),
        Question::Search { text } => Answer::Found(desk.search(text)?),
        Question::Identify { text } => Answer::Identified(desk.identified(text)?),
        Question::Client { id } => Answer::Client(Box::new(desk.client(clients::get(tx, id)?)?)),
        Question::CheckCard { card } => Answer::Card(desk.check_card(card)?),
        Question::CheckContacts { bytes, columns } => Answer::Contacts(desk.contacts(bytes, columns)?),
        Question::CheckPiece { piece, form } => Answer::Correction(Box::new(desk.check_piece(piece, form)?)),
        Question::QuoteLines { text } => Answer::QuoteLines(desk.quote_lines(text)?),
        Question::Grounds { place, id, position } => Answer::Grounds(desk.grounds(place, id, *position)?),
        Question::Mail { paper } => Answer::Mail(desk.mail(paper, &staff_named(tx, &context.who)?)?),
        Question::MailTexts { language } => Answer::MailTexts(desk.mail_texts(*language)?),
        Question::ReadDay { text, month } => Answer::Day(desk.day_read(text, *month)?),
        Question::Towns { postcode } => Answer::Towns(places::towns(postcode).into_iter().map(str::to_owned).collect()),
        Question::Project { id } => {
            let mut page = desk.project(id)?;
            desk.grey(&mut page.next, &context.who, |step| step)?;
            Answer::Project(Box::new(page))
        }
        Question::CheckIntake { form } => Answer::Intake(desk.check_intake(form)?),
        Question::CheckValue { project, form } => Answer::Value(desk.check_value(project, form)?),
        Question::CheckQuote { project, form } => Answer::Quote(desk.check_quote(project, form)?),
        Question::Gold => Answer::Gold(desk.gold()?),
        Question::CheckPriceFile { csv, unit } => Answer::PriceFile(desk.check_price_file(csv, unit)),
        Question::Terms { version } => Answer::Terms(Box::new(desk.terms_page(version.as_deref())?)),
        Question::CheckTerms { form } => Answer::TermsCheck(desk.check_terms(form)?),
        Question::CompareTerms { ids } => Answer::ComparedTerms(desk.compare_terms(ids)?),
        Question::AskDesk { form } => Answer::Ask(Box::new(desk.ask_desk(form)?)),
        Question::Projects {
            text,
            stages,
            sort_by,
            down,
            after,
        } => Answer::Projects(desk.projects(text, stages, *sort_by, *down, after.as_deref())?),
        Question::Clients { text, after } => Answer::Clients(desk.clients(text, after.as_deref())?),
        Question::Cases { text, after } => Answer::Cases(desk.cases(text, after.as_deref())?),
        Question::Sold { project } => Answer::Sold(desk.sold(project)?),
        Question::CaseProposal { project, lines, kind } => {
            Answer::CaseProposal(Box::new(desk.case_proposal(project, lines, kind)?))
        }
        Question::ClientData { client } => Answer::ClientData(desk.client_data(client)?),
        Question::Report { report, from } => Answer::Report(desk.report(*report, *from)?),
        Question::Book { book, year, month } => Answer::Book(desk.book(*book, *year, *month)?),
        Question::Case { id } => {
            let mut page = desk.case(id)?;
            desk.grey(&mut page.next, &context.who, name_of_case_step)?;
            Answer::Case(Box::new(page))
        }
        Question::Today { by, whole } => Answer::Today(desk.today(by, *whole)?),
        Question::Month { year, month } => Answer::Month(desk.month(*year, *month)?),
        Question::Statement { bytes } => Answer::Statement(desk.statement(bytes)?),
        Question::Closings => Answer::Closings(desk.closings()?),
        Question::Desk { question } => Answer::Desk(desk::answer(question, desk::Houses::and_own(&desk.terms()?))),
    })
}

/// The name of whoever works.
fn staff_named(tx: &Tx<'_>, who: &str) -> Done<String> {
    let staff = crate::store::house::staff(tx)?;
    let known = staff.into_iter().find(|person| person.id == who);
    Ok(known.map(|person| person.name).unwrap_or_default())
}

/// What the role of who asks is shown of it.
impl Lookup<'_> {
    /// Greys what the role of who asks does not do. `named` is what the list of roles calls a step.
    fn grey(&self, next: &mut [super::view::NextView], who: &str, named: fn(&str) -> &str) -> Done<()> {
        // Someone who works here no more, or nobody, is told so when they act.
        let Ok(role) = super::roles::role_of(self.tx, who) else {
            return Ok(());
        };
        for step in next.iter_mut().filter(|step| step.refused.is_none()) {
            if !super::roles::role_may(role, named(&step.step)) {
                step.refused = Some(self.language.refusal(&Refusal::NotAllowed {
                    role: role.name().to_owned(),
                }));
                step.main = false;
            }
        }
        Ok(())
    }
}
