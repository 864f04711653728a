//! What the rules are fed with, fetched: a project's dossier and a case's file, each with everything that happened to it.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "looking for one kind of happening passes over all others, new ones too"
)]

use crate::aftersales;
use crate::aftersales::care::care;
use crate::aftersales::case::{self, Case};
use crate::aftersales::file::CaseFile;
use crate::calendar::Span;
use crate::desk::{self, told};
use crate::ledger::Entry;
use crate::money::Money;
use crate::order::{Dossier, Happened, Happening, Order, Project, Quote, Valuation};
use crate::refusal::Refusal;
use crate::store::clients::Client;
use crate::store::happenings::{self, To};
use crate::store::{Done, Trouble, Tx, clients, invoices, ledger, projects, purchases, quotes, terms};
use crate::terms::Terms;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The dossier of a project as it stands on a day.
///
/// # Errors
/// [`crate::refusal::Refusal::NotFound`], or that the store cannot be read.
pub(super) fn dossier(tx: &Tx<'_>, id: &str, today: NaiveDate) -> Done<Dossier> {
    let dossier = dossiers(tx, &[id.to_owned()], today)?.pop();
    dossier.ok_or_else(|| Refusal::NotFound.into())
}

/// The same of many, in the order of their ids: however many there are, the store is asked as often.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn dossiers(tx: &Tx<'_>, ids: &[String], today: NaiveDate) -> Done<Vec<Dossier>> {
    let projects = projects::of_ids(tx, ids)?;
    if projects.is_empty() {
        return Ok(Vec::new());
    }
    let of_whom: BTreeSet<String> = projects.iter().map(|project| project.client_id.clone()).collect();
    let clients = clients::of_ids(tx, &of_whom.into_iter().collect::<Vec<_>>())?;
    let mut quotes = quotes::of_projects(tx, ids)?;
    let mut valuations = quotes::valuations_of(tx, ids)?;
    let mut pieces = projects::pieces_of(tx, ids)?;
    let mut consents = projects::consents_of(tx, ids)?;
    let mut entries = ledger::of_projects(tx, ids)?;
    let mut invoices = invoices::of_projects(tx, ids)?;
    let mut purchases = purchases::of_projects(tx, ids)?;
    let mut told = happenings::of_each::<Happened>(tx, To::Project, ids)?;
    let mut holds: BTreeMap<String, Vec<Happening>> = told.iter().map(|(id, told)| (id.clone(), held(told))).collect();
    let undone = undone(tx, &holds, today)?;
    let closed: Vec<Span> = ledger::closings(tx)?.into_iter().map(|(_, span, _)| span).collect();
    let mut versions = Versions::default();
    let mut dossiers = Vec::new();
    for project in projects {
        let id = &project.id;
        let (told, happenings) = (
            told.remove(id).unwrap_or_default(),
            holds.remove(id).unwrap_or_default(),
        );
        let (quotes, valuations) = (
            quotes.remove(id).unwrap_or_default(),
            valuations.remove(id).unwrap_or_default(),
        );
        let pieces = pieces.remove(id).unwrap_or_default();
        let order = order(tx, &project, &quotes, &valuations, &happenings, &mut versions)?;
        let terms = match (&order, quotes.first()) {
            (Some(order), _) => order.terms.clone(),
            (None, Some(quote)) => versions.get(tx, &quote.terms_id)?,
            (None, None) => versions.on(tx, today)?,
        };
        let client = clients.iter().find(|client| client.id == project.client_id);
        dossiers.push(Dossier {
            undone: undone.contains(id),
            client: client.cloned().ok_or(Refusal::NotFound)?,
            // A consent that does not concern such a project says nothing of it.
            consents: consents
                .remove(id)
                .unwrap_or_default()
                .into_iter()
                .map(|(consent, _)| consent)
                .filter(|consent| consent.concerns(project.kind, !pieces.is_empty()))
                .collect(),
            pieces,
            entries: entries.remove(id).unwrap_or_default(),
            invoices: invoices.remove(id).unwrap_or_default(),
            purchase: purchases.remove(id).unwrap_or_default().pop(),
            closed: closed.clone(),
            project,
            quotes,
            valuations,
            happenings,
            told,
            order,
            terms,
            today,
        });
    }
    Ok(dossiers)
}

/// The same, each to be found by its id.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn dossiers_by_id(tx: &Tx<'_>, ids: &[String], today: NaiveDate) -> Done<BTreeMap<String, Dossier>> {
    let dossiers = dossiers(tx, ids, today)?.into_iter();
    Ok(dossiers.map(|dossier| (dossier.project.id.clone(), dossier)).collect())
}

/// Versions of the terms that were read already.
#[derive(Default)]
struct Versions {
    read: BTreeMap<String, Terms>,
    now: Option<Terms>,
}

impl Versions {
    fn get(&mut self, tx: &Tx<'_>, id: &str) -> Done<Terms> {
        if let Some(known) = self.read.get(id) {
            return Ok(known.clone());
        }
        let read = terms::get(tx, id)?.terms;
        self.read.insert(id.to_owned(), read.clone());
        Ok(read)
    }

    /// Those in force on the day that is asked about, always the same.
    fn on(&mut self, tx: &Tx<'_>, day: NaiveDate) -> Done<Terms> {
        if self.now.is_none() {
            self.now = Some(terms::on(tx, day)?.terms);
        }
        self.now.clone().ok_or_else(|| Refusal::NoHouse.into())
    }
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

/// The projects that a case of theirs undoes, with something to go back or gone back: orders of which not everything was handed over.
fn undone(tx: &Tx<'_>, holds: &BTreeMap<String, Vec<Happening>>, today: NaiveDate) -> Done<BTreeSet<String>> {
    let is_under_way = |holds: &[Happening]| {
        let has = |what: fn(&Happened) -> bool| holds.iter().any(|happening| what(&happening.what));
        has(|what| matches!(what, Happened::Accepted { .. }))
            && !has(|what| matches!(what, Happened::Delivered { last: true, .. }))
    };
    let under_way: Vec<String> = holds
        .iter()
        .filter(|(_, holds)| is_under_way(holds))
        .map(|(id, _)| id.clone())
        .collect();
    if under_way.is_empty() {
        return Ok(BTreeSet::new());
    }
    let files = case_files(tx, crate::store::cases::of_projects(tx, &under_way)?, today)?;
    let gives_back = files.into_iter().filter(CaseFile::gives_back);
    Ok(gives_back.filter_map(|file| file.case.project_id).collect())
}

fn order(
    tx: &Tx<'_>,
    project: &Project,
    quotes: &[Quote],
    valuations: &[Valuation],
    happenings: &[Happening],
    versions: &mut Versions,
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
    let terms = versions.get(tx, &quote.terms_id)?;
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
    let file = case_files(tx, vec![case], today)?.pop();
    file.ok_or_else(|| Refusal::NotFound.into())
}

/// The same of many: however many there are, the store is asked as often.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn case_files(tx: &Tx<'_>, cases: Vec<Case>, today: NaiveDate) -> Done<Vec<CaseFile>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = cases.iter().map(|case| case.id.clone()).collect();
    let projects: Vec<String> = cases.iter().filter_map(|case| case.project_id.clone()).collect();
    let of_whom: BTreeSet<String> = cases.iter().map(|case| case.client_id.clone()).collect();
    let of_whom: Vec<String> = of_whom.into_iter().collect();
    let mut told = happenings::of_each(tx, To::Case, &ids)?;
    let mut entries = ledger::of_all_cases(tx, &ids)?;
    let orders = ledger::of_projects(tx, &projects)?;
    let clients = clients::of_ids(tx, &of_whom)?;
    let closed: Vec<Span> = ledger::closings(tx)?.into_iter().map(|(_, span, _)| span).collect();
    let mut versions = Versions::default();
    let mut files = Vec::new();
    for case in cases {
        let terms = versions.get(tx, &case.terms_id)?;
        let client = clients.iter().find(|client| client.id == case.client_id).cloned();
        let order = case.project_id.as_ref().and_then(|project| orders.get(project));
        files.push(file_of(Around {
            client: client.ok_or(Refusal::NotFound)?,
            told: told.remove(&case.id).unwrap_or_default(),
            entries: entries.remove(&case.id).unwrap_or_default(),
            paid_by: crate::ledger::paid_by(order.map_or(&[], Vec::as_slice)),
            closed: closed.clone(),
            terms,
            case,
            today,
        }));
    }
    Ok(files)
}

/// Everything a case's file is made of.
struct Around {
    case: Case,
    client: Client,
    told: Vec<Happening<case::CaseHappened>>,
    entries: Vec<Entry>,
    paid_by: Vec<String>,
    closed: Vec<Span>,
    terms: Terms,
    today: NaiveDate,
}

fn file_of(around: Around) -> CaseFile {
    let Around {
        case,
        client,
        told,
        entries,
        paid_by,
        closed,
        terms,
        today,
    } = around;
    let happenings = without_slips(&told, |what| match what {
        case::CaseHappened::TakenBack { of } => Some(of),
        _ => None,
    });
    let question = told::facts(&case.facts, &happenings, today);
    let facts = desk::aftersales_facts(&question, &terms);
    CaseFile {
        client,
        entries,
        closed_days: closed,
        answer: facts.as_ref().map(|facts| aftersales::answer(facts, &terms)),
        care: desk::care_facts(&question, &terms).map(|facts| care(&facts, &terms).value),
        case,
        terms,
        happenings,
        told,
        paid_by,
        today,
        facts,
        question,
    }
}
