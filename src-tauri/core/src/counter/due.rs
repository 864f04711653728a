//! What is open, renewed with each action: so that Today and the calendar look at what can still fall due, and at nothing
//! else.

use super::load;
use super::work::Outcome;
use crate::order::Task;
use crate::store::open_dossiers::{self, DossierKind};
use crate::store::papers::hash;
use crate::store::{Done, Tx, cases};
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
    }
    let a_file = outcome.photo.is_some() || outcome.file.is_some();
    // What concerns no one dossier (closing days, terms, what clients ask of their data) may concern them all.
    let all = outcome.project.is_none() && outcome.case.is_none() && !a_file;
    Ok(changed || all)
}

/// Notes what is due of one now.
pub(super) fn note(tx: &Tx<'_>, id: &str, kind: DossierKind, today: NaiveDate) -> Done<bool> {
    let (over, tasks) = match kind {
        DossierKind::Project => {
            let dossier = load::dossier(tx, id, today)?;
            (dossier.is_over(), dossier.tasks())
        }
        DossierKind::Case => {
            let file = load::case_file(tx, cases::get(tx, id)?, today)?;
            (file.is_over(), file.tasks())
        }
    };
    open_dossiers::note(tx, id, kind, (!over).then(|| digest(&tasks)).as_deref())
}

fn digest(tasks: &[Task]) -> String {
    let said = tasks.iter().map(|task| {
        let amount = task.amount.map_or(0, |amount| amount.cents());
        format!("{} {} {amount}\n", task.key, task.day)
    });
    hash(said.collect::<String>().as_bytes())
}
