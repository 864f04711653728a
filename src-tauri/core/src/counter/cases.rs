//! After-sales cases at the counter: opened from what was asked at the desk, on an item of a project or for a piece sold before
//! the program was used, and answered by the terms their contract keeps.

use super::book::client_of;
use super::desk as ask_desk;
use super::desk::AnswerView;
use super::forms::{AskForm, Fields};
use super::load;
use super::lookup::Lookup;
use super::papers::{self, moment};
use super::view::{CaseLine, ClientView, HistoryLine, LedgerLine, NextView, OptionView, PaperView, SumView, TaskView};
use super::work::{Outcome, Work};
use crate::aftersales::case::{Against, CaseHappened, CaseKind, remedy_word};
use crate::aftersales::file::CaseFile;
use crate::aftersales::sold;
use crate::aftersales::warranty::Remedy;
use crate::desk::{OWN, said, told, typed};
use crate::grounds::{Fact, Message};
use crate::intake::Who;
use crate::money::Money;
use crate::order::dossier::{Dossier, is_delivery, lines};
use crate::order::{Happening, Personal};
use crate::paper::series::Series;
use crate::refusal::{NotNow, Refusal};
use crate::store::cases::{self, Case};
use crate::store::papers::{self as paper_rows, To};
use crate::store::{Done, attachments, happenings, terms as versions};
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

/// A case as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaseForm {
    /// What it is about, one of [`AskView`](super::AskView)'s kinds.
    pub kind: String,
    /// Whose it is.
    pub client: Who,
    /// What was sold.
    pub item: String,
    /// The lines of the order it is about, where there is one.
    #[serde(default)]
    pub lines: Vec<usize>,
    /// The facts, as asked at the desk.
    pub asked: AskForm,
}

/// A photo of a parcel or an inspection, or a file a client sent.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct EvidenceView {
    pub photo: Option<String>,
    pub file: Option<String>,
    pub text: String,
}

/// A case, on one page.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CaseView {
    pub line: CaseLine,
    pub client: ClientView,
    pub project: Option<OptionView>,
    pub opened_by: String,
    /// The terms that decide.
    pub terms: String,
    pub rma: String,
    pub facts: Vec<OptionView>,
    /// The same facts, as scripts ask about them.
    #[ts(type = "Record<string, unknown>")]
    pub question: Map<String, Value>,
    pub answer: AnswerView,
    pub next: Vec<NextView>,
    pub tasks: Vec<TaskView>,
    pub money: Vec<SumView>,
    pub ledger: Vec<LedgerLine>,
    pub papers: Vec<PaperView>,
    pub evidence: Vec<EvidenceView>,
    pub history: Vec<HistoryLine>,
}

/// A form to ask about a piece of an order with, and what its case begins with.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CaseProposal {
    pub asked: AskForm,
    pub client: Option<ClientView>,
    pub item: String,
    pub lines: Vec<usize>,
}

/// The kinds of case, and an order in which one can be opened, with its lines.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct SoldView {
    pub kinds: Vec<OptionView>,
    pub number: String,
    pub client: String,
    pub lines: Vec<OptionView>,
}

impl Lookup<'_> {
    /// The kinds of case a question can open.
    pub(super) fn case_kinds(&self, ask: &str, question: &Map<String, Value>) -> Vec<OptionView> {
        CaseKind::ALL
            .iter()
            .filter(|kind| opens(**kind, ask, question))
            .map(|kind| OptionView {
                value: kind.name().to_owned(),
                text: self.language.word(&kind.word()),
            })
            .collect()
    }

    /// What was sold in a project, to open a case on.
    pub(super) fn sold(&self, project: &str) -> Done<SoldView> {
        let kinds = CaseKind::ALL
            .iter()
            .map(|kind| OptionView {
                value: kind.name().to_owned(),
                text: self.language.word(&kind.word()),
            })
            .collect();
        if project.is_empty() {
            return Ok(SoldView {
                kinds,
                number: String::new(),
                client: String::new(),
                lines: Vec::new(),
            });
        }
        let dossier = load::dossier(self.tx, project, self.today)?;
        let order = dossier.ordered()?;
        let line = |(index, (text, _)): (usize, (String, crate::quote::Line))| OptionView {
            value: index.to_string(),
            text,
        };
        Ok(SoldView {
            kinds,
            number: dossier.project.number.clone(),
            client: dossier.client.card.name.clone(),
            lines: lines(&order.form)
                .into_iter()
                .enumerate()
                .filter(|(index, _)| is_delivery(&order.form).get(*index) != Some(&true))
                .map(line)
                .collect(),
        })
    }

    /// What the desk is asked about lines of an order: every fact the project knows, as it would be typed. Of a piece that is
    /// in no order only the reason is known.
    pub(super) fn case_proposal(&self, project: &str, chosen: &[usize], kind: &str) -> Done<CaseProposal> {
        let kind = CaseKind::of(kind).ok_or(Refusal::Missing { field: "kind" })?;
        if project.is_empty() {
            let (ask, name, word) = match (kind.reason(), kind) {
                (Some(reason), _) => ("after-sales", "reason", reason.name()),
                (None, kind) => ("service", "work", kind.name()),
            };
            let known = Map::from_iter([(name.to_owned(), json!(word))]);
            return Ok(CaseProposal {
                asked: self.ask_form(ask, &known, project),
                client: None,
                item: String::new(),
                lines: Vec::new(),
            });
        }
        let dossier = load::dossier(self.tx, project, self.today)?;
        let elsewhere = self.undone_lines(&dossier)?;
        let sold = sold::sold(&dossier, chosen, kind, self.informed(&dossier)?, &elsewhere)?;
        let (ask, known) = told::known(&sold.known);
        Ok(CaseProposal {
            asked: self.ask_form(ask, &known, project),
            client: Some(self.client_card(dossier.client)),
            item: sold.item,
            lines: sold.lines,
        })
    }

    /// The desk's form with what is known filled in, asked by the house itself.
    fn ask_form(&self, ask: &str, known: &Map<String, Value>, project: &str) -> AskForm {
        AskForm {
            ask: ask.to_owned(),
            house: OWN.to_owned(),
            language: self.language,
            fields: typed::written(ask, known, self.language),
            compare: false,
            project: project.to_owned(),
        }
    }

    /// The lines of an order for which money goes back or went back in a case.
    fn undone_lines(&self, dossier: &Dossier) -> Done<Vec<usize>> {
        let mut undone = Vec::new();
        let all = cases::of_project(self.tx, &dossier.project.id)?;
        for file in load::case_files(self.tx, all, self.today)? {
            if file.gives_back() {
                undone.extend(file.case.lines);
            }
        }
        Ok(undone)
    }

    /// The day the client was told of the right: the day of the information sheet.
    fn informed(&self, dossier: &Dossier) -> Done<Option<chrono::NaiveDate>> {
        let papers = paper_rows::of(self.tx, To::Project(&dossier.project.id))?;
        let sheet = papers.into_iter().find(|paper| paper.kind == "withdrawal-information");
        Ok(sheet.and_then(|paper| paper.issued_at.get(..10).and_then(|day| day.parse().ok())))
    }

    /// A case by its id.
    pub(super) fn case(&self, id: &str) -> Done<CaseView> {
        let language = self.language;
        let file = load::case(self.tx, id, self.today)?;
        let version = versions::get(self.tx, &file.case.terms_id)?;
        let project = file
            .case
            .project_id
            .as_deref()
            .map(|project| crate::store::projects::get(self.tx, project))
            .transpose()?;
        let said = told::said(&file, language);
        Ok(CaseView {
            line: self.case_line(&file),
            client: self.client_card(file.client.clone()),
            project: project.map(|project| OptionView {
                value: project.id,
                text: project.number,
            }),
            opened_by: format!("{} · {}", moment(language, &file.case.opened_at), file.case.opened_by),
            terms: self.version_title(&version),
            rma: file.rma().map(|(rma, ..)| rma).unwrap_or_default(),
            facts: said::asked(&file.question, language)
                .into_iter()
                .map(|line| OptionView {
                    value: line.value,
                    text: line.label,
                })
                .collect(),
            question: file.question.clone(),
            answer: ask_desk::answer_view(&said),
            next: self.case_next(&file)?,
            tasks: file.tasks().iter().map(|task| self.task_of_case(&file, task)).collect(),
            money: self.case_money(&file),
            ledger: self.ledger_lines(&file.entries),
            papers: self.papers(To::Case(&file.case.id))?,
            evidence: self.evidence(&file)?,
            history: file
                .told
                .iter()
                .rev()
                .map(|happening| self.case_history(&file, happening))
                .collect(),
        })
    }

    /// The papers of something, as they are listed.
    pub(super) fn papers(&self, to: To<'_>) -> Done<Vec<PaperView>> {
        let view = |paper: paper_rows::Issued| PaperView {
            name: self.language.word(&format!("paper-kind-{}", paper.kind)),
            issued: moment(self.language, &paper.issued_at),
            outdated: String::new(),
            id: paper.id,
            number: paper.number,
        };
        Ok(paper_rows::of(self.tx, to)?.into_iter().map(view).collect())
    }

    fn case_money(&self, file: &CaseFile) -> Vec<SumView> {
        let line = |key: &str, amount: Money, strong| SumView {
            label: self.language.word(key),
            amount: self.language.money(amount),
            strong,
        };
        let mut lines = Vec::new();
        if file.comes_to() > Money::ZERO {
            lines.push(line("asked-refund_total", file.comes_to(), false));
            lines.push(line("refund-so-far", file.refunded(), false));
            lines.push(line("refund-open", file.owed(), true));
        }
        if let Some((_, to_pay, _)) = file.exchanged().filter(|(_, to_pay, _)| *to_pay > Money::ZERO) {
            lines.push(line("exchange-to-pay", to_pay, false));
            lines.push(line("money-open", file.to_pay(), true));
        }
        lines
    }

    fn evidence(&self, file: &CaseFile) -> Done<Vec<EvidenceView>> {
        let mut found = Vec::new();
        for happening in &file.happenings {
            let text = self.language.short_day(happening.day);
            match &happening.what {
                CaseHappened::Noticed { file: Some(id), .. } => {
                    let (name, _) = attachments::get(self.tx, id)?;
                    found.push(EvidenceView {
                        photo: None,
                        file: Some(id.clone()),
                        text: format!("{text} · {name}"),
                    });
                }
                CaseHappened::Arrived { photos, .. } | CaseHappened::Inspected { photos, .. } => {
                    found.extend(photos.iter().map(|photo| EvidenceView {
                        photo: Some(photo.clone()),
                        file: None,
                        text: text.clone(),
                    }));
                }
                CaseHappened::Noticed { file: None, .. }
                | CaseHappened::Acknowledged { .. }
                | CaseHappened::Authorised { .. }
                | CaseHappened::Dispatched { .. }
                | CaseHappened::Decided { .. }
                | CaseHappened::Exchanged { .. }
                | CaseHappened::Refused { .. }
                | CaseHappened::HandedBack { .. }
                | CaseHappened::FactNoted { .. }
                | CaseHappened::Closed { .. }
                | CaseHappened::TakenBack { .. } => {}
            }
        }
        Ok(found)
    }

    /// A line of a case's history.
    pub(super) fn case_history(&self, file: &CaseFile, happening: &Happening<CaseHappened>) -> HistoryLine {
        let language = self.language;
        let text = |text: &str| Fact::Text(text.to_owned());
        let message = match &happening.what {
            CaseHappened::Noticed {
                register,
                channel,
                received,
                ..
            } => Message::new("case-noticed")
                .with("register", text(register))
                .with("channel", Fact::Word(channel.word()))
                .with("received", text(&papers::cases::received(language, received))),
            CaseHappened::Acknowledged { channel } => {
                Message::new("case-acknowledged").with("channel", Fact::Word(channel.word()))
            }
            CaseHappened::Authorised { rma, label, .. } => Message::new("case-authorised")
                .with("rma", text(rma))
                .with("label", Fact::Word(label.word())),
            CaseHappened::Dispatched { carrier, tracking } => Message::new("case-dispatched")
                .with("carrier", text(carrier))
                .with("tracking", text(tracking)),
            CaseHappened::Arrived {
                accepted: true, note, ..
            } => Message::new("case-arrived").with("note", text(note)),
            CaseHappened::Arrived {
                accepted: false,
                why,
                note,
                ..
            } => Message::new("case-turned-away")
                .with(
                    "why",
                    Fact::Word(Against::of(why).map_or_else(String::new, Against::word)),
                )
                .with("note", text(note)),
            CaseHappened::Inspected {
                condition, loss, note, ..
            } => Message::new("case-inspected")
                .with("condition", Fact::Word(condition.word()))
                .with("loss", Fact::Money(*loss))
                .with("note", text(note)),
            CaseHappened::Decided { remedy, note, .. } => Message::new("case-decided")
                .with("remedy", Fact::Word(remedy_word(*remedy)))
                .with("note", text(note)),
            CaseHappened::Exchanged { item, price, .. } => Message::new("case-exchanged")
                .with("item", text(item))
                .with("price", Fact::Money(*price)),
            CaseHappened::Refused { note } => Message::new("case-refused").with("note", text(note)),
            CaseHappened::HandedBack { how, carrier, tracking } => Message::new("case-handed-back")
                .with("how", Fact::Word(how.word()))
                .with("carrier", text(carrier))
                .with("tracking", text(tracking)),
            CaseHappened::FactNoted { fact, reason, value } => {
                let one = Map::from_iter([(fact.clone(), value.clone())]);
                let said = said::asked(&one, language)
                    .into_iter()
                    .next()
                    .map_or_else(|| "–".to_owned(), |line| line.value);
                Message::new("case-fact-noted")
                    .with("fact", Fact::Word(format!("asked-{fact}")))
                    .with("value", Fact::Text(said))
                    .with("reason", text(reason))
            }
            CaseHappened::Closed { reason } => Message::new("case-closed").with("reason", text(reason)),
            CaseHappened::TakenBack { of } => {
                let slip = file.told.iter().find(|told| told.id == *of);
                let slip = slip.map(|slip| self.case_history(file, slip).text);
                Message::new("happened-taken-back").with("slip", text(&slip.unwrap_or_default()))
            }
        };
        HistoryLine {
            file: None,
            day: language.short_day(happening.day),
            text: language.say(&message).trim().to_owned(),
            words: happening.personal.words.clone(),
            by: happening.by.clone(),
        }
    }
}

/// Opens a case on what was asked at the desk.
pub(super) fn open(work: &mut Work<'_>, form: &CaseForm) -> Done<Outcome> {
    let item = Fields::on(work.context.today()).needed("item", &form.item)?;
    let (kind, mut facts, version) = question_of(work, form)?;
    let (project_id, client) = if form.asked.project.is_empty() {
        (None, client_of(work, &form.client)?)
    } else {
        // A case on an order is its client's.
        let dossier = load::dossier(work.tx, &form.asked.project, work.context.today())?;
        dossier.ordered()?;
        (Some(dossier.project.id), dossier.client)
    };
    // The facts are about this client: a consumer's rights are not asked for as a business's.
    if !kind.is_work() && facts.get("client").and_then(Value::as_str) != Some(client.card.kind.name()) {
        return Err(NotNow::ClientKind.into());
    }
    if let Some(project) = &project_id {
        not_settled(work, project, &form.lines)?;
    }
    let brought = if kind.is_work() {
        Vec::new()
    } else {
        told::brought_along(&mut facts)
    };
    let case = Case {
        id: work.ids.next(),
        number: work.number(Series::Case)?,
        kind,
        client_id: client.id.clone(),
        project_id,
        lines: form.lines.clone(),
        item,
        terms_id: version,
        facts,
        opened: work.context.today(),
        opened_at: work.context.moment(),
        opened_by: work.context.who.clone(),
    };
    cases::open(work.tx, &case, &client.card.name)?;
    for (day, what) in brought {
        let happening = Happening {
            id: work.ids.next(),
            of: case.id.clone(),
            day,
            what,
            personal: Personal::default(),
            at: work.context.moment(),
            by: work.context.who.clone(),
        };
        happenings::add(work.tx, happenings::To::Case, &happening)?;
    }
    Ok(Outcome {
        case: Some(case.id),
        client: Some(client.id),
        ..Outcome::default()
    })
}

/// The question a case opens with, answered by the house's own terms: its kind, its facts, and the terms that answer.
fn question_of(work: &Work<'_>, form: &CaseForm) -> Done<(CaseKind, Map<String, Value>, String)> {
    if form.asked.house != OWN {
        return Err(Refusal::QuestionUnfinished.into());
    }
    let asked = ask_desk::asked(work.tx, &form.asked, work.context.today())?;
    asked
        .answer(form.asked.language)
        .and_then(Result::ok)
        .ok_or(Refusal::QuestionUnfinished)?;
    let facts = asked.sheet.question.ok_or(Refusal::QuestionUnfinished)?;
    let kind = CaseKind::of(&form.kind)
        .filter(|kind| opens(*kind, &form.asked.ask, &facts))
        .ok_or(Refusal::Missing { field: "kind" })?;
    // The contract keeps the terms of the day it was concluded: that day is not guessed.
    let typed = form.asked.fields.get("ordered").and_then(Value::as_str);
    if !kind.is_work() && typed.is_none_or(|day| day.trim().is_empty()) {
        return Err(Refusal::Missing { field: "ordered" }.into());
    }
    Ok((kind, facts, asked.version.id))
}

/// Whether a question can open a case of that kind.
fn opens(kind: CaseKind, ask: &str, question: &Map<String, Value>) -> bool {
    let asked = |name: &str| question.get(name).and_then(Value::as_str);
    match kind.reason() {
        Some(reason) => ask == "after-sales" && asked("reason") == Some(reason.name()),
        None => ask == "service" && asked("work") == Some(kind.name()),
    }
}

/// A piece that was exchanged, or for which money goes back, is not the matter of another case.
fn not_settled(work: &Work<'_>, project: &str, lines: &[usize]) -> Done<()> {
    for case in cases::of_project(work.tx, project)? {
        let same = lines.is_empty() || case.lines.is_empty() || case.lines.iter().any(|line| lines.contains(line));
        let file = load::case_file(work.tx, case, work.context.today())?;
        let undone = file.exchanged().is_some()
            || (file.undoes() && !file.closed() && file.comes_to() > Money::ZERO)
            || (file.refunded() > Money::ZERO
                && file
                    .decided()
                    .is_none_or(|(_, remedy, _)| remedy == Some(Remedy::Termination)));
        if same && undone {
            return Err(Refusal::OtherCase {
                number: file.case.number,
            }
            .into());
        }
    }
    Ok(())
}

/// Issues the blank model form.
pub(super) fn print_form(work: &mut Work<'_>, language: Language) -> Done<Outcome> {
    let paper = papers::cases::blank_form(work, language)?;
    Ok(Outcome {
        paper: Some(paper),
        ..Outcome::default()
    })
}
