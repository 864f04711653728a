//! What the rules are fed with, fetched: a project's dossier and a case's file, each with everything that happened to it.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "looking for one kind of happening passes over all others, new ones too"
)]

use crate::aftersales;
use crate::aftersales::care::care;
use crate::aftersales::case::{self, Case};
use crate::aftersales::file::CaseFile;
use crate::desk::{self, told};
use crate::money::Money;
use crate::order::{Dossier, Happened, Happening, Order, Project, Quote, Valuation};
use crate::store::happenings::{self, To};
use crate::store::{Done, Trouble, Tx, clients, invoices, ledger, projects, purchases, quotes, terms};
use chrono::NaiveDate;

/// The dossier of a project as it stands on a day.
///
/// # Errors
/// [`crate::refusal::Refusal::NotFound`], or that the store cannot be read.
pub(super) fn dossier(tx: &Tx<'_>, id: &str, today: NaiveDate) -> Done<Dossier> {
    let project = projects::get(tx, id)?;
    let quotes = quotes::of_project(tx, id)?;
    let valuations = quotes::valuations(tx, id)?;
    let told: Vec<Happening> = happenings::of(tx, To::Project, id)?;
    let happenings = held(&told);
    let order = order(tx, &project, &quotes, &valuations, &happenings)?;
    let terms = match (&order, quotes.first()) {
        (Some(order), _) => order.terms.clone(),
        (None, Some(quote)) => terms::get(tx, &quote.terms_id)?.terms,
        (None, None) => terms::on(tx, today)?.terms,
    };
    let left = happenings
        .iter()
        .any(|happening| matches!(happening.what, Happened::Delivered { last: true, .. }));
    let undone = !left && order.is_some() && is_undone(tx, id, today)?;
    let pieces = projects::pieces(tx, id)?;
    Ok(Dossier {
        undone,
        client: clients::get(tx, &project.client_id)?,
        // A consent that does not concern such a project says nothing of it.
        consents: projects::consents(tx, id)?
            .into_iter()
            .map(|(consent, _)| consent)
            .filter(|consent| consent.concerns(project.kind, !pieces.is_empty()))
            .collect(),
        pieces,
        entries: ledger::of_project(tx, id)?,
        invoices: invoices::of_project(tx, id)?,
        purchase: purchases::of_project(tx, id)?,
        closed: ledger::closings(tx)?.into_iter().map(|(_, span, _)| span).collect(),
        project,
        quotes,
        valuations,
        happenings,
        told,
        order,
        terms,
        today,
    })
}

/// What happened to a project and holds.
pub(super) fn held(told: &[Happening]) -> Vec<Happening> {
    without_slips(told, |what| match what {
        Happened::TakenBack { of } => Some(of),
        _ => None,
    })
}

/// What was written down without slips, and without their being taken back; `slip` says which one something takes back.
fn without_slips<W: Clone>(told: &[Happening<W>], slip: impl Fn(&W) -> Option<&String>) -> Vec<Happening<W>> {
    let slips: Vec<&String> = told.iter().filter_map(|happening| slip(&happening.what)).collect();
    told.iter()
        .filter(|happening| slip(&happening.what).is_none() && !slips.contains(&&happening.id))
        .cloned()
        .collect()
}

/// Whether a case of the project undoes it, with something to go back or gone back.
fn is_undone(tx: &Tx<'_>, project: &str, today: NaiveDate) -> Done<bool> {
    for case in crate::store::cases::of_project(tx, project)? {
        let file = case_file(tx, case, today)?;
        if file.gives_back() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn order(
    tx: &Tx<'_>,
    project: &Project,
    quotes: &[Quote],
    valuations: &[Valuation],
    happenings: &[Happening],
) -> Done<Option<Order>> {
    let accepted = happenings.iter().rev().find_map(|happening| match &happening.what {
        Happened::Accepted { quote, deposit, .. } => Some((happening, quote, *deposit)),
        _ => None,
    });
    let Some((accepted, id, deposit)) = accepted else {
        return Ok(None);
    };
    let quote = quotes
        .iter()
        .find(|quote| quote.id == *id)
        .ok_or_else(|| Trouble::Broken("an order without its quote".into()))?;
    let terms = terms::get(tx, &quote.terms_id)?.terms;
    let form = serde_json::from_value(quote.frozen.clone()).map_err(Trouble::broken)?;
    let gold_credit = valuations
        .iter()
        .find(|valuation| Some(&valuation.id) == quote.valuation_id.as_ref())
        .map_or(Money::ZERO, |valuation| valuation.credit);
    Order::of(project.kind, quote, accepted, deposit, form, terms, gold_credit)
        .map(Some)
        .ok_or_else(|| Trouble::Broken("an order that does not add up".into()))
}

/// The file of a case as it stands on a day.
///
/// # Errors
/// [`crate::refusal::Refusal::NotFound`], or that the store cannot be read.
pub(super) fn case(tx: &Tx<'_>, id: &str, today: NaiveDate) -> Done<CaseFile> {
    case_file(tx, crate::store::cases::get(tx, id)?, today)
}

/// The same of a case whose row is known.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn case_file(tx: &Tx<'_>, case: Case, today: NaiveDate) -> Done<CaseFile> {
    let told: Vec<Happening<case::CaseHappened>> = happenings::of(tx, To::Case, &case.id)?;
    let happenings = without_slips(&told, |what| match what {
        case::CaseHappened::TakenBack { of } => Some(of),
        _ => None,
    });
    let terms = terms::get(tx, &case.terms_id)?.terms;
    let question = told::facts(&case.facts, &happenings, today);
    let facts = desk::aftersales_facts(&question, &terms);
    let order = case
        .project_id
        .as_deref()
        .map(|project| ledger::of_project(tx, project))
        .transpose()?
        .unwrap_or_default();
    Ok(CaseFile {
        client: clients::get(tx, &case.client_id)?,
        entries: ledger::of_case(tx, &case.id)?,
        closed_days: ledger::closings(tx)?.into_iter().map(|(_, span, _)| span).collect(),
        answer: facts.as_ref().map(|facts| aftersales::answer(facts, &terms)),
        care: desk::care_facts(&question, &terms).map(|facts| care(&facts, &terms).value),
        case,
        terms,
        happenings,
        told,
        paid_by: crate::ledger::paid_by(&order),
        today,
        facts,
        question,
    })
}
