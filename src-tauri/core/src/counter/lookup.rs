//! What looks things up: the transaction, the language to say it in, and the day it is.

use super::load;
use super::view::ProblemView;
use crate::form::Problem;
use crate::grounds::{Fact, Message};
use crate::order::Dossier;
use crate::store::standing::COUNTED;
use crate::store::{Done, Tx, terms as versions};
use crate::terms::Terms;
use crate::words::Language;
use chrono::NaiveDate;

/// How long a quote is valid unless the house says otherwise, in days.
pub(super) const VALID_DAYS: u64 = 30;

/// So many dossiers are fetched at once.
pub(super) const FETCHED: usize = 200;

/// Looks things up, and says them.
pub(super) struct Lookup<'a> {
    pub(super) tx: &'a Tx<'a>,
    pub(super) language: Language,
    pub(super) today: NaiveDate,
}

impl Lookup<'_> {
    /// The terms in force today.
    pub(super) fn terms(&self) -> Done<Terms> {
        Ok(versions::on(self.tx, self.today)?.terms)
    }

    pub(super) fn say(&self, key: &'static str, facts: Vec<(&'static str, Fact)>) -> String {
        self.language.say(&Message { key: key.into(), facts })
    }

    pub(super) fn problems(&self, problems: &[Problem]) -> Vec<ProblemView> {
        problems
            .iter()
            .map(|problem| ProblemView {
                path: problem.path.clone(),
                text: self.language.refusal(&problem.refusal),
            })
            .collect()
    }

    /// Looks at the dossiers of some projects in turn. So many are fetched at once that the store is not asked for each, and that a
    /// house of many years does not stand in memory whole.
    pub(super) fn each_dossier(&self, ids: &[String], mut look: impl FnMut(&Dossier)) -> Done<()> {
        for some in ids.chunks(FETCHED) {
            load::dossiers(self.tx, some, self.today)?.iter().for_each(&mut look);
        }
        Ok(())
    }

    /// How many there are, in words: beyond what is counted there is a plus.
    pub(super) fn counted(&self, count: i64) -> String {
        let most = self.language.number(count.min(COUNTED).into());
        if count < COUNTED { most } else { format!("{most}+") }
    }
}
