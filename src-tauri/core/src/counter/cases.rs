//! After-sales cases at the counter: opened from what was asked at the desk, and answered by the terms their contract
//! keeps.

use super::action::client_of;
use super::desk::{self as ask_desk, AskForm};
use super::papers::moment;
use super::question::Lookup;
use super::view::ClientView;
use super::{AnswerView, OptionView, Outcome, Work};
use crate::desk::said;
use crate::desk::{self, Houses, OWN};
use crate::form::Reader;
use crate::intake::Who;
use crate::paper::layout::printable;
use crate::refusal::Refusal;
use crate::store::cases::{self, Case};
use crate::store::{Done, clients, terms as versions};
use crate::words::Language;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A case as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaseForm {
    /// Whose it is.
    pub client: Who,
    /// What was sold.
    pub item: String,
    /// The facts, as asked at the desk.
    pub asked: AskForm,
}

/// A case in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CaseLine {
    pub id: String,
    pub number: String,
    pub client: String,
    pub item: String,
    pub headline: String,
    pub opened: String,
}

/// A case, on one page.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct CaseView {
    pub line: CaseLine,
    pub client: ClientView,
    pub opened_by: String,
    /// The terms that decide.
    pub terms: String,
    pub facts: Vec<OptionView>,
    pub answer: AnswerView,
}

/// A case's answer under the terms its contract keeps, as of today.
///
/// Until the client gives notice every day that passes counts.
fn answered(case: &Case, terms: &crate::terms::Terms, language: Language, today: NaiveDate) -> said::Said {
    let mut facts = case.facts.clone();
    if facts.get("notice").is_none_or(serde_json::Value::is_null) {
        facts.insert("today".into(), today.to_string().into());
    }
    match desk::answer_typed(&facts, language, Houses::and_own(terms)) {
        Ok(ok) => said::said("after-sales", &ok, language),
        Err((_, headline)) => said::Said { headline, ..said::Said::default() },
    }
}

impl Lookup<'_> {
    pub(super) fn cases(&self) -> Done<Vec<CaseLine>> {
        let mut lines = Vec::new();
        for case in cases::all(self.tx)? {
            let terms = versions::get(self.tx, &case.terms_id)?.terms;
            lines.push(self.case_line(&case, answered(&case, &terms, self.language, self.today).headline)?);
        }
        Ok(lines)
    }

    fn case_line(&self, case: &Case, headline: String) -> Done<CaseLine> {
        Ok(CaseLine {
            id: case.id.clone(),
            number: case.number.clone(),
            client: clients::get(self.tx, &case.client_id)?.card.name,
            item: case.item.clone(),
            headline,
            opened: self.language.short_day(case.opened),
        })
    }

    pub(super) fn case(&self, id: &str) -> Done<CaseView> {
        let language = self.language;
        let case = cases::get(self.tx, id)?;
        let version = versions::get(self.tx, &case.terms_id)?;
        let said = answered(&case, &version.terms, language, self.today);
        Ok(CaseView {
            line: self.case_line(&case, said.headline.clone())?,
            client: self.client(clients::get(self.tx, &case.client_id)?, false)?,
            opened_by: format!("{} · {}", moment(language, &case.opened_at), case.opened_by),
            terms: self.version_title(&version),
            facts: said::asked(&case.facts, language).into_iter().map(|line| OptionView { value: line.value, text: line.label }).collect(),
            answer: ask_desk::answer_view(&said),
        })
    }
}

pub(super) fn open(work: &mut Work<'_>, form: &CaseForm) -> Done<Outcome> {
    let mut reader = Reader::default();
    let item = reader.needed("item", &form.item, 300, printable);
    let item = reader.finish(Some(item))?;
    if form.asked.ask != "after-sales" || form.asked.house != OWN {
        return Err(Refusal::QuestionUnfinished.into());
    }
    // The contract keeps the terms of the day it was concluded: that day is not guessed.
    if form.asked.fields.get("ordered").and_then(serde_json::Value::as_str).is_none_or(|day| day.trim().is_empty()) {
        return Err(Refusal::Missing { field: "ordered" }.into());
    }
    let asked = ask_desk::asked(work.tx, &form.asked, work.context.today())?;
    asked.answer(form.asked.language).and_then(Result::ok).ok_or(Refusal::QuestionUnfinished)?;
    let client = client_of(work, &form.client)?;
    let case = Case {
        id: work.ids.next(),
        number: work.number("case", "C")?,
        client_id: client.id.clone(),
        project_id: None,
        item,
        terms_id: asked.version.id,
        facts: asked.sheet.question.ok_or(Refusal::QuestionUnfinished)?,
        opened: work.context.today(),
        opened_at: work.context.moment(),
        opened_by: work.context.who.clone(),
    };
    cases::open(work.tx, &case)?;
    Ok(Outcome { case: Some(case.id), client: Some(client.id), ..Outcome::default() })
}
