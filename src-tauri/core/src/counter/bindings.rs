//! The screen's types, written in TypeScript from the same definitions.

use super::Export;
use super::action::Action;
use super::question::{Answer, Question};
use super::work::Outcome;
use super::{books, cases, desk, mail, personal, reports, statement, terms, today, view};
use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::{Config, TS, TypeVisitor};

struct Gathered {
    config: Config,
    seen: BTreeSet<TypeId>,
    types: BTreeMap<String, String>,
}

impl TypeVisitor for Gathered {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only types of our own have a file to be written to.
        if T::output_path().is_none() || !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        let (name, declared) = (T::ident(&self.config), format!("export {}", T::decl(&self.config)));
        let other = self.types.insert(name.clone(), declared.clone());
        assert!(
            other.is_none_or(|other| other == declared),
            "two types are called {name}"
        );
        T::visit_dependencies(self);
    }
}

/// `ui/src/lib/bindings.ts`, as it should be.
///
/// # Panics
/// When two types have one name: the screen could not tell them apart.
#[must_use]
pub fn bindings() -> String {
    let mut gathered = Gathered {
        config: Config::new().with_large_int("number"),
        seen: BTreeSet::new(),
        types: BTreeMap::new(),
    };
    gathered.visit::<Question>();
    gathered.visit::<Answer>();
    gathered.visit::<Action>();
    gathered.visit::<Outcome>();
    gathered.visit::<Export>();
    let answers = answers(&gathered.config);
    let answers = answers.map(|(about, answer)| format!("  '{about}': {answer};\n"));
    let types: Vec<String> = gathered.types.into_values().collect();
    format!(
        "// Written from the core's own types by tests/bindings.rs: change them there.\n\n{}\n\n\
         // What answers each question.\nexport type Answers = {{\n{}}};\n",
        types.join("\n\n"),
        answers.concat()
    )
}

/// What answers each question, by its name on the wire: the screen asks, and knows what comes back.
fn answers(config: &Config) -> [(&'static str, String); 37] {
    [
        ("start", view::StartView::name(config)),
        ("search", view::FoundView::name(config)),
        ("identify", Option::<view::ExactView>::name(config)),
        ("client", view::ClientView::name(config)),
        ("check-card", view::CardCheck::name(config)),
        ("check-contacts", view::ContactsView::name(config)),
        ("check-piece", view::CorrectionCheck::name(config)),
        ("quote-lines", view::QuoteLinesView::name(config)),
        ("grounds", Vec::<view::Why>::name(config)),
        ("mail", mail::MailView::name(config)),
        ("mail-texts", Vec::<mail::MailText>::name(config)),
        ("read-day", view::CalendarView::name(config)),
        ("towns", Vec::<String>::name(config)),
        ("project", view::ProjectView::name(config)),
        ("check-intake", view::IntakeCheck::name(config)),
        ("check-value", view::ValueCheck::name(config)),
        ("check-quote", view::QuoteCheck::name(config)),
        ("gold", view::GoldView::name(config)),
        ("check-price-file", view::PriceFileCheck::name(config)),
        ("terms", terms::TermsView::name(config)),
        ("check-terms", terms::TermsCheck::name(config)),
        ("compare-terms", terms::ComparedTerms::name(config)),
        ("ask-desk", desk::AskView::name(config)),
        ("projects", view::ProjectsView::name(config)),
        ("clients", view::ClientsView::name(config)),
        ("cases", view::CasesView::name(config)),
        ("sold", cases::SoldView::name(config)),
        ("case-proposal", cases::CaseProposal::name(config)),
        ("case", cases::CaseView::name(config)),
        ("client-data", personal::DataView::name(config)),
        ("report", reports::ReportView::name(config)),
        ("book", books::BookView::name(config)),
        ("today", today::TodayView::name(config)),
        ("month", today::MonthView::name(config)),
        ("closings", Vec::<today::ClosingView>::name(config)),
        ("statement", statement::StatementView::name(config)),
        ("desk", "Record<string, unknown>".to_owned()),
    ]
}
