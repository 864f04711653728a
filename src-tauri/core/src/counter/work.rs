//! An action at work: who acts and when, the transaction it runs in, and what came of it.

use crate::client::Card;
use crate::grounds::Message;
use crate::paper::series::Series;
use crate::payment::Ogm;
use crate::photo::Photo;
use crate::refusal::Refusal;
use crate::store::{Done, Trouble, Tx, journal, projects};
use crate::words::Language;
use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// Who acts, when, and what new ids are made from. With it a journalled action gives the same rows again.
#[derive(Debug, Clone)]
pub struct Context {
    /// The id of who is working; empty before the house has staff.
    pub who: String,
    /// The moment, in the shop's own time.
    pub instant: DateTime<FixedOffset>,
    /// Sixteen bytes that no other action has.
    pub seed: [u8; 16],
    /// Sixteen more that nobody can guess: what the journal's hashes of personal data are salted with.
    pub salt: [u8; 16],
    /// The language of the screen, for what is said back.
    pub language: Language,
    /// Whether what looks like a slip was asked about already, and is meant. A replay means what was done.
    pub sure: bool,
}

impl Context {
    /// The day it is in the shop.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.instant.date_naive()
    }

    /// The moment as it is stored: `2026-11-21T10:00:00+01:00`.
    #[must_use]
    pub fn moment(&self) -> String {
        self.instant.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

/// New ids, UUIDs of version 7, made from the context.
pub(super) struct Ids {
    millis: u64,
    seed: [u8; 16],
    given: u32,
}

impl Ids {
    pub(super) fn new(context: &Context, millis: i64) -> Self {
        Self {
            millis: u64::try_from(millis).unwrap_or_default(),
            seed: context.seed,
            given: 0,
        }
    }

    pub(super) fn next(&mut self) -> String {
        self.given += 1;
        let hash = Sha256::digest([&self.seed[..], &self.given.to_be_bytes()].concat());
        let mut random = [0; 10];
        random.copy_from_slice(&hash[..10]);
        // Twelve bits count, so that the ids of one moment sort as they were given.
        let place = u16::try_from(self.given & 0x0fff).unwrap_or_default();
        random[..2].copy_from_slice(&place.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(self.millis, &random)
            .into_uuid()
            .to_string()
    }
}

/// An action at work: its transaction, its context, and the ids it may give.
pub(super) struct Work<'a> {
    pub(super) tx: &'a Tx<'a>,
    pub(super) context: &'a Context,
    pub(super) ids: Ids,
    /// What looks like a slip of what was typed.
    pub(super) doubts: Vec<Message>,
    /// What else it asks leave for, by the names roles are asked by: known only once it is looked at.
    pub(super) rights: Vec<&'static str>,
    /// The number of the paper that the next one is a correction of.
    pub(super) corrects: Option<String>,
    /// A photo that was read before, where one is kept.
    pub(super) photo: Option<Photo>,
}

/// What changes a thing: what stands in the entry of each such action, and the ids by which it names the thing, where it names any.
pub(super) type Same = (&'static [&'static str], Vec<String>);

impl Work<'_> {
    /// Where somebody changed meanwhile what an action is about: who, and when; `same` finds what changes the same, and what
    /// stands in its entry.
    pub(super) fn who_changed(&self, same: impl FnOnce() -> Done<Same>, why: Trouble) -> Trouble {
        let Trouble::Refused(Refusal::ChangedByAColleague { .. }) = &why else {
            return why;
        };
        let last = same().and_then(|(doing, names)| journal::last_naming(self.tx, doing, &names));
        let found = last.and_then(|last| {
            let Some((who, at)) = last else { return Ok(None) };
            let staff = crate::store::house::staff(self.tx)?;
            Ok(staff.into_iter().find(|one| one.id == who).map(|one| (one.name, at)))
        });
        match found {
            Ok(Some((by, at))) => {
                let at = DateTime::parse_from_rfc3339(&at).map(|at| at.format("%d/%m/%Y %H:%M").to_string());
                let at = at.unwrap_or_default();
                Refusal::ChangedByAColleague { by, at }.into()
            }
            // That somebody did is what counts.
            Ok(None) | Err(_) => why,
        }
    }

    /// Asks whether something is meant, before it is done.
    pub(super) fn doubts(&mut self, doubts: impl IntoIterator<Item = Message>) {
        self.doubts.extend(doubts);
    }

    /// The next structured communication that money is asked for with.
    pub(super) fn reference(&self) -> Done<Ogm> {
        let number = self.tx.next_number("reference", 0)?;
        let base = u64::try_from(number).map_err(Trouble::broken)?;
        Ogm::of(base).ok_or_else(|| Trouble::Broken("the structured communications are used up".into()))
    }

    /// The next number of a series in the year of the work, `Q2026-0001`.
    pub(super) fn number(&self, series: Series) -> Done<String> {
        let year = self.context.today().year();
        let number = self.tx.next_number(series.stored(), year)?;
        Ok(format!("{}{year}-{number:04}", series.letter()))
    }
}

/// What takes an action back: an action itself, offered while nothing followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Undo {
    /// Takes back what was written down on a project.
    Correct {
        /// `take-back`.
        correct: &'static str,
        /// The project's id.
        project: String,
        /// What is taken back, by its id.
        happening: String,
    },
    /// The same on an after-sales case.
    #[serde(rename = "correct")]
    CorrectCase {
        /// `take-back-on-case`.
        correct: &'static str,
        /// The case's id.
        case: String,
        /// What is taken back, by its id.
        happening: String,
    },
    /// Gives a client's card back what it said.
    EditClient {
        /// Its id.
        id: String,
        /// Its version now.
        version: i64,
        /// Their card as it was.
        card: Box<Card>,
    },
    /// Opens the house again.
    ReopenDays {
        /// The closing's id.
        id: String,
    },
    /// Closes it again.
    CloseDays {
        /// The first day.
        first: String,
        /// The last, inclusive.
        last: String,
        /// Why.
        reason: String,
    },
}

/// What came of an action.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ts_rs::TS)]
#[expect(missing_docs, reason = "each is the id of what was made, where something was")]
pub struct Outcome {
    pub staff: Option<String>,
    pub client: Option<String>,
    pub photo: Option<String>,
    pub file: Option<String>,
    pub project: Option<String>,
    pub case: Option<String>,
    pub paper: Option<String>,
    /// How many prices were imported.
    pub imported: Option<u32>,
    /// The clients that were imported, in their order.
    #[serde(skip)]
    pub clients: Vec<String>,
    /// What takes it back, where a slip can be.
    pub undo: Option<Undo>,
    /// Whether the client's card is another than before: their projects and cases are found, and owed an invoice, by what it says.
    #[serde(skip)]
    pub card_changed: bool,
    /// The day from which due days may have moved, where days were closed or opened again.
    #[serde(skip)]
    pub moves_days_from: Option<NaiveDate>,
    /// Whether the due days of the house may have changed; for whoever publishes them.
    #[serde(skip)]
    pub due_changed: bool,
}

impl Outcome {
    /// The clients it concerns: one, or those that were imported.
    pub(super) fn subjects(&self, tx: &Tx<'_>) -> Done<Vec<String>> {
        match (&self.client, &self.project) {
            (Some(client), _) => Ok(vec![client.clone()]),
            (None, Some(project)) => Ok(vec![projects::get(tx, project)?.client_id]),
            (None, None) => Ok(self.clients.clone()),
        }
    }
}

/// The house, or the refusal that there is none yet.
pub(super) fn house(tx: &Tx<'_>) -> Done<crate::store::house::House> {
    crate::store::house::get(tx)?.ok_or_else(|| Refusal::NoHouse.into())
}

/// The terms in force on the day of the work.
pub(super) fn terms(work: &Work<'_>) -> Done<crate::terms::Terms> {
    Ok(crate::store::terms::on(work.tx, work.context.today())?.terms)
}
