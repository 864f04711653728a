//! Where each dossier stands, renewed with each action and each day: so that lists, Today and the calendar are answered by
//! indexes, and look through nothing.

use super::load;
use super::requests;
use super::work::Outcome;
use crate::calendar::later;
use crate::money::Money;
use crate::order::Dossier;
use crate::refusal::Refusal;
use crate::store::standing::{self, DossierKind, IN_USE, Standing};
use crate::store::{Done, Trouble, Tx, cases, clients, projects};
use crate::vocabulary::Vocabulary as _;
use chrono::NaiveDate;

/// Renews what an action touched; answers whether the due days of the house may have changed by it.
pub(super) fn renew(tx: &Tx<'_>, outcome: &Outcome, today: NaiveDate) -> Done<bool> {
    let mut changed = false;
    let mut project = outcome.project.clone();
    if let Some(id) = &outcome.case {
        let case = cases::get(tx, id)?;
        // A case may undo the order that its project was.
        project = project.or_else(|| case.project_id.clone());
        changed |= note(tx, id, DossierKind::Case, today)?;
    }
    if let Some(id) = &project {
        changed |= note(tx, id, DossierKind::Project, today)?;
        // Money of an order shows in its cases.
        for case in cases::of_project(tx, id)? {
            changed |= note(tx, &case.id, DossierKind::Case, today)?;
        }
    }
    for id in outcome.client.iter().chain(&outcome.clients) {
        changed |= note(tx, id, DossierKind::Client, today)?;
        if outcome.card_changed {
            changed |= of_card(tx, id, today)?;
        }
    }
    if let Some(day) = outcome.moves_days_from {
        for (id, kind) in standing::due_from(tx, day)? {
            changed |= note_if_it_reads(tx, &id, kind, today)?;
        }
    }
    Ok(changed)
}

/// Notes where one stands now.
pub(super) fn note(tx: &Tx<'_>, id: &str, kind: DossierKind, today: NaiveDate) -> Done<bool> {
    standing::note(tx, id, kind, today, &now(tx, id, kind, today)?)
}

fn now(tx: &Tx<'_>, id: &str, kind: DossierKind, today: NaiveDate) -> Done<Standing> {
    match kind {
        DossierKind::Project => of_project(tx, id, today),
        DossierKind::Case => of_case(tx, id, today),
        DossierKind::Client => of_client(tx, id, today),
    }
}

/// Notes everything that is of a card: the cards that became one with it, its projects and its cases.
fn of_card(tx: &Tx<'_>, id: &str, today: NaiveDate) -> Done<bool> {
    let mut changed = false;
    for card in clients::merged_into(tx, id)? {
        changed |= note(tx, &card, DossierKind::Client, today)?;
    }
    for project in projects::ids_of_client(tx, id)? {
        changed |= note_if_it_reads(tx, &project, DossierKind::Project, today)?;
    }
    for case in cases::of_client(tx, id)? {
        changed |= note_if_it_reads(tx, &case.id, DossierKind::Case, today)?;
    }
    Ok(changed)
}

/// The same of one of many: what cannot be read keeps no other waiting.
fn note_if_it_reads(tx: &Tx<'_>, id: &str, kind: DossierKind, today: NaiveDate) -> Done<bool> {
    match note(tx, id, kind, today) {
        Err(Trouble::Broken(_) | Trouble::Damaged { .. } | Trouble::Refused(Refusal::NotFound)) => {
            standing::note_unreadable(tx, id, today)?;
            Ok(true)
        }
        other => other,
    }
}

/// Looks at some whose standing is not known for a day; whether more are left.
pub(super) fn catch_up(tx: &Tx<'_>, today: NaiveDate, most: i64) -> Done<bool> {
    let stale = standing::stale(tx, today, most)?;
    for (id, kind) in &stale {
        note_if_it_reads(tx, id, *kind, today)?;
    }
    Ok(!stale.is_empty())
}

/// The ids of those of which something else is kept than follows from the rest: for the day it was noted on, or for a later one on
/// which it holds still.
pub(super) fn not_as_kept(tx: &Tx<'_>, on: Option<NaiveDate>) -> Done<Vec<String>> {
    let mut wrong = Vec::new();
    for noted in standing::noted(tx)? {
        let holds = |on: &NaiveDate| *on >= noted.on && noted.changes_on.is_none_or(|changes_on| *on < changes_on);
        let Some(day) = on.map_or(Some(noted.on), |on| Some(on).filter(holds)) else {
            continue;
        };
        // What cannot be read has its own fault.
        if let Ok(now) = now(tx, &noted.id, noted.kind, day)
            && !standing::is_kept(tx, &noted.id, noted.kind, &now)?
        {
            wrong.push(noted.id);
        }
    }
    if !standing::words_are_whole(tx)? {
        wrong.push("words".to_owned());
    }
    Ok(wrong)
}

fn of_project(tx: &Tx<'_>, id: &str, today: NaiveDate) -> Done<Standing> {
    let dossier = load::dossier(tx, id, today)?;
    let mut turns = dossier.turns_on();
    if dossier.order.is_some() {
        for file in load::case_files(tx, cases::of_project(tx, id)?, today)? {
            turns.extend(file.turns_on());
        }
    }
    let here = |id: &str, custody: &[crate::custody::Component]| {
        custody
            .iter()
            .any(|component| component.id == id && component.fate.is_none())
    };
    let custody = dossier.custody();
    let in_house = dossier.pieces.iter().filter(|piece| {
        let stones = piece.stones.iter().map(|(id, ..)| id);
        let metals = piece.metals.iter().map(|(id, _)| id);
        stones.chain(metals).any(|id| here(id, &custody))
    });
    Ok(Standing {
        stage: dossier.stage().name(),
        owed: owed(&dossier),
        holds: custody.iter().any(|component| component.fate.is_none()),
        declared: in_house.filter_map(|piece| piece.declared_value).sum(),
        due: dossier.tasks(),
        changes_on: next(turns, today).filter(|_| !dossier.is_over()),
    })
}

/// What the client still owes of an order that stands.
fn owed(dossier: &Dossier) -> Money {
    dossier
        .standing()
        .filter(|standing| standing.open > Money::ZERO && !dossier.undone && dossier.cancelled().is_none())
        .map_or(Money::ZERO, |standing| standing.open)
}

fn of_case(tx: &Tx<'_>, id: &str, today: NaiveDate) -> Done<Standing> {
    let file = load::case(tx, id, today)?;
    let holds = file.holds_since().is_some();
    Ok(Standing {
        stage: file.stage().name(),
        owed: Money::ZERO,
        holds,
        declared: if holds { file.price() } else { Money::ZERO },
        due: file.tasks(),
        changes_on: next(file.turns_on().into_iter().collect(), today).filter(|_| !file.is_over()),
    })
}

fn of_client(tx: &Tx<'_>, id: &str, today: NaiveDate) -> Done<Standing> {
    let due = requests::due(tx, id, today)?;
    // A card that became one with another stands in no list.
    let stage = if clients::holder(tx, id)? == id {
        IN_USE
    } else {
        "merged"
    };
    Ok(Standing {
        stage,
        owed: Money::ZERO,
        holds: false,
        declared: Money::ZERO,
        // By which day a house answers may be put otherwise in its next terms.
        changes_on: (!due.is_empty()).then(|| later(today, 1)),
        due,
    })
}

/// The first of some days that has not come yet.
fn next(days: Vec<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    days.into_iter().filter(|day| *day > today).min()
}
