//! The counter: whoever stands at it may `ask` a question or `act`, and nothing else reaches the store.
//!
//! One transaction per action: load, decide, save, journal, commit. A refusal rolls back. `rehearse` walks the same
//! path and rolls back at its end, so that there is no second one to disagree.

mod action;
mod as_typed;
mod bindings;
mod book;
mod books;
pub mod case_steps;
mod cases;
mod corrections;
mod desk;
mod doubts;
mod due;
mod examples;
mod exports;
mod forms;
mod lists;
mod load;
mod lookup;
mod mail;
mod pages;
mod papers;
mod personal;
mod question;
mod read;
mod reports;
mod requests;
mod registry;
mod roles;
mod statement;
pub mod steps;
mod story;
mod terms;
mod today;
mod view;
mod work;

pub use crate::aftersales::case::{CaseKind, CaseStage};
pub use crate::order::Stage;
pub use crate::quote::{QuoteForm, QuoteLineForm};
pub use crate::store::standing::SortBy;
pub use action::{Action, Imported};
pub use as_typed::PieceNow;
pub use bindings::bindings;
pub use books::{Book, BookView};
pub use case_steps::CaseStep;
pub use cases::{CaseForm, CaseProposal, CaseView, EvidenceView, SoldView};
pub use corrections::Correction;
pub use desk::{AnswerView, AskField, AskSection, AskView, HouseAnswer, ListView};
pub use examples::At as ExampleAt;
pub use exports::{Export, Told};
pub use forms::AskForm;
pub use mail::{MailText, MailView};
pub use personal::DataView;
pub use question::{Answer, Question};
pub use read::{Deduction, RepolishForm, ValueForm};
pub use reports::{Report, ReportView};
pub use roles::{Role, pin_hash, role_may, role_names};
pub use statement::{ProposalView, StatementView};
pub use steps::Step;
pub use terms::{ClauseView, ComparedRow, ComparedTerms, TermsCheck, TermsField, TermsGroup, TermsView, VersionView};
pub use today::{ClosingView, DueGroup, MonthDay, MonthView, TodayView};
pub use view::*;
pub use work::{Context, Outcome, Undo};

use exports::Out;
use work::{Ids, Work, house};

use crate::paper::kind::PaperKind;
use crate::photo::Photo;
use crate::refusal::Refusal;
use crate::store::drafts::{self, Draft};
use crate::store::files::{Checked, written_whole};
use crate::store::photos::{self, Size};
use crate::store::{Done, Ending, Store, Trouble, Tx, invoices, journal, papers as paper_rows};
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use chrono::{DateTime, NaiveDate};
use std::io::BufWriter;
use std::path::Path;

/// So many dossiers are looked at before others get a turn.
const AT_ONCE: i64 = 100;

/// The counter over an open store.
pub struct Counter {
    store: Store,
    /// The last action of which nobody knows yet whether it was done: the line to the server broke.
    unconfirmed: Option<Unconfirmed>,
}

/// An action that the server did not confirm.
struct Unconfirmed {
    /// What no other action has.
    seed: String,
    action: Action,
    /// What came of it, if it was done.
    outcome: Outcome,
}

impl Counter {
    /// A counter over `store`.
    #[must_use]
    pub const fn over(store: Store) -> Self {
        Self {
            store,
            unconfirmed: None,
        }
    }

    /// The store itself, for keeping it: backing up, checking, closing.
    pub const fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Answers a question.
    ///
    /// # Errors
    /// A refusal, or that the store cannot be read.
    pub fn ask(&mut self, question: &Question, context: &Context) -> Done<Answer> {
        self.brought_to(context)?;
        self.store.read(|tx| {
            if let Some(name) = question.reads() {
                roles::may_read(tx, &context.who, name)?;
            }
            question::answer(tx, question, context)
        })
    }

    /// Does what the action says, and journals it.
    ///
    /// # Errors
    /// A refusal, or that the store cannot be written. Nothing is changed then.
    pub fn act(&mut self, action: &Action, context: &Context) -> Done<Outcome> {
        self.run(action, context, Ending::Commit)
    }

    /// Keeps a photo that was read already, outside of any transaction and of anybody's waiting: [`Action::KeepPhoto`] reads its bytes
    /// itself.
    ///
    /// # Errors
    /// As [`Counter::act`].
    pub fn keep_photo(&mut self, name: &str, photo: Photo, context: &Context) -> Done<Outcome> {
        let action = Action::KeepPhoto {
            name: name.to_owned(),
            bytes: Vec::new(),
        };
        self.run_in_one(&action, context, Ending::Commit, Some(photo))
    }

    /// Does the same, shows what comes of it, and takes it all back.
    ///
    /// # Errors
    /// As [`Counter::act`].
    pub fn rehearse(&mut self, action: &Action, context: &Context) -> Done<Outcome> {
        self.run(action, context, Ending::RollBack)
    }

    fn run(&mut self, action: &Action, context: &Context, ending: Ending) -> Done<Outcome> {
        let outcome = self.run_in_one(action, context, ending, None)?;
        if matches!(action, Action::EraseClient { .. }) && ending == Ending::Commit {
            // The log still holds what was erased until it is folded into the file; while a backup reads, that waits for closing.
            let _ = self.store.checkpoint();
        }
        Ok(outcome)
    }

    fn run_in_one(
        &mut self,
        action: &Action,
        context: &Context,
        ending: Ending,
        photo: Option<Photo>,
    ) -> Done<Outcome> {
        let (seed, salt) = (hex(&context.seed), hex(&context.salt));
        if let Some(done) = self.was_done(action, ending)? {
            return Ok(done);
        }
        let mut came = None;
        let done = self.store.write(ending, |tx| {
            let millis = journal::millis_after(tx, context.instant.timestamp_millis())?;
            let value = serde_json::to_value(action).map_err(Trouble::broken)?;
            roles::allowed(tx, &context.who, &value)?;
            let mut work = Work {
                tx,
                context,
                ids: Ids::new(context, millis),
                doubts: Vec::new(),
                rights: Vec::new(),
                corrects: None,
                photo,
            };
            work.doubts(doubts::clock(context.today(), journal::last_day(tx)?));
            let mut outcome = action
                .run(&mut work)
                .map_err(|why| work.who_changed(|| action.changes(tx), why))?;
            for name in &work.rights {
                roles::permitted(tx, &context.who, name)?;
            }
            if !work.doubts.is_empty() && !context.sure {
                return Err(Refusal::Doubtful { doubts: work.doubts }.into());
            }
            let subjects = outcome.subjects(tx)?;
            outcome.due_changed = due::renew(tx, &outcome, context.today())?;
            // To the millisecond: ids are made of it.
            let at = context.instant.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string();
            journal::write(
                tx,
                journal::Entry {
                    at: &at,
                    who: &context.who,
                    millis,
                    seed: &seed,
                    salt: &salt,
                    subjects: &subjects,
                    project: outcome.project.as_deref(),
                    action: value,
                },
            )?;
            came = Some(outcome.clone());
            Ok(outcome)
        });
        match (done, came) {
            // The line broke while it was being confirmed: the journal knows whether it was done.
            (Err(Trouble::Refused(Refusal::ServerGone)), Some(outcome)) if ending == Ending::Commit => {
                self.unconfirmed = Some(Unconfirmed {
                    seed,
                    action: action.clone(),
                    outcome,
                });
                self.was_done(action, ending)?.ok_or_else(|| Refusal::ServerGone.into())
            }
            (done, _) => done,
        }
    }

    /// What came of the same action, where it was done already and the line broke before anybody was told; then it is not done twice.
    fn was_done(&mut self, action: &Action, ending: Ending) -> Done<Option<Outcome>> {
        let Some(last) = self.unconfirmed.as_ref().filter(|_| ending == Ending::Commit) else {
            return Ok(None);
        };
        // A photo's bytes stand in no action: two of one name are two.
        let is_a_photo = matches!(action, Action::KeepPhoto { .. });
        let (seed, same) = (last.seed.clone(), last.action == *action && !is_a_photo);
        // Asked as a writer: the server ends what it was still about first.
        let is_done = self.store.write(Ending::RollBack, |tx| journal::holds(tx, &seed))?;
        let last = self.unconfirmed.take();
        Ok(last.filter(|_| same && is_done).map(|last| last.outcome))
    }

    /// Whether someone with a PIN works here: then everyone signs in.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn asks_for_pins(&mut self) -> Done<bool> {
        self.store.read(|tx| {
            Ok(crate::store::house::staff(tx)?
                .iter()
                .any(|staff| staff.active && staff.pin.is_some()))
        })
    }

    /// Lets someone in who knows their PIN.
    ///
    /// # Errors
    /// [`Refusal::WrongPin`], also for someone without a PIN where others have one.
    pub fn sign_in(&mut self, who: &str, pin: &str) -> Done<()> {
        let asked = self.asks_for_pins()?;
        let signed_in = self.store.read(|tx| {
            let staff = crate::store::house::staff(tx)?;
            let known = staff
                .iter()
                .find(|staff| staff.id == who && staff.active)
                .ok_or(Refusal::WrongPin)?;
            let has_one = known.pin.is_some() || !asked;
            Ok(has_one && roles::is_pin_of(known, pin))
        })?;
        self.store
            .write(Ending::Commit, |tx| crate::store::house::note_pin(tx, who, signed_in))?;
        if signed_in {
            Ok(())
        } else {
            Err(Refusal::WrongPin.into())
        }
    }

    /// How many wrong PINs were given for someone in a row, also before the program was started: each makes the next one wait longer.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn wrong_pins(&mut self, who: &str) -> Done<u32> {
        self.store.read(|tx| crate::store::house::wrong_pins(tx, who))
    }

    /// The role of who is working, to be let into what is no action: backups, keys, logs.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] for any but a manager, or that the store cannot be read.
    pub fn is_manager(&mut self, who: &str) -> Done<()> {
        self.store.read(|tx| match roles::role_of(tx, who)? {
            Role::Manager => Ok(()),
            role @ (Role::Counter | Role::Designer) => Err(Refusal::NotAllowed {
                role: role.name().to_owned(),
            }
            .into()),
        })
    }

    /// Keeps a form half typed, as `maker` typed it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn save_draft(&mut self, id: &str, maker: &str, body: &str, context: &Context) -> Done<()> {
        let draft = Draft {
            id: id.to_owned(),
            maker: maker.to_owned(),
            body: body.to_owned(),
            saved_at: context.moment(),
        };
        self.store.write(Ending::Commit, |tx| drafts::save(tx, &draft))
    }

    /// Throws away what someone half typed into a form.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn drop_draft(&mut self, id: &str, maker: &str) -> Done<()> {
        self.store.write(Ending::Commit, |tx| drafts::drop(tx, id, maker))
    }

    /// Goes on with what another half typed into a form, which is answered; whoever is at work is its maker from now on.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where it is gone meanwhile, or when the store cannot be written.
    pub fn take_over_draft(&mut self, id: &str, from: &str, context: &Context) -> Done<String> {
        self.store
            .write(Ending::Commit, |tx| drafts::take_over(tx, id, from, &context.who))
    }

    /// Looks at some dossiers whose standing the clock changed, or that nobody has looked at since the store was brought to this
    /// schema; whether more are left. What it finds is no entry of the journal: it follows from what is there.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn catch_up(&mut self, context: &Context) -> Done<bool> {
        self.store
            .write(Ending::Commit, |tx| due::catch_up(tx, context.today(), AT_ONCE))
    }

    /// Everything [`Store::check`] looks at; and whether what lists, Today and the calendar are answered from follows from the rest.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn check(&mut self) -> Done<Checked> {
        let mut checked = self.store.check()?;
        let wrong = self.standings_not_as_kept(None)?;
        if !wrong.is_empty() {
            checked.problems.push(format!(
                "where {} dossiers stand does not follow from what is written of them",
                wrong.len()
            ));
        }
        Ok(checked)
    }

    /// The ids of those of which something else is kept for lists, Today and the calendar than follows from the rest: for the day it
    /// was noted on, or a later one on which it is to hold still.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standings_not_as_kept(&mut self, on: Option<NaiveDate>) -> Done<Vec<String>> {
        self.store.read(|tx| due::not_as_kept(tx, on))
    }

    /// Brings what is kept of each dossier to the day, where the clock alone changed it. A store that was just brought to this schema
    /// is not waited for: whoever opened it catches up meanwhile.
    fn brought_to(&mut self, context: &Context) -> Done<()> {
        let today = context.today();
        let stale = self.store.read(|tx| {
            let some = !crate::store::standing::stale(tx, today, 1)?.is_empty();
            Ok(some && crate::store::standing::unseen(tx)? <= AT_ONCE)
        })?;
        let mut more = stale;
        while more {
            more = match self.catch_up(context) {
                // Where nothing can be written, what was noted last is shown.
                Err(Trouble::Refused(_) | Trouble::Busy | Trouble::Broken(_)) => false,
                other => other?,
            };
        }
        Ok(())
    }

    /// Takes away photos and files that were kept more than a day ago and attached to nothing: of a form that was given up. Answers
    /// how many.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn sweep(&mut self, context: &Context) -> Done<u32> {
        let day_ago = context.instant.timestamp_millis() - 86_400_000;
        self.store
            .write(Ending::Commit, |tx| crate::store::attachments::sweep(tx, day_ago))
    }

    /// The due days as a calendar that other programs subscribe to (RFC 5545).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn agenda(&mut self, context: &Context) -> Done<String> {
        self.store
            .read(|tx| today::agenda(tx, context.language, context.today()))
    }

    /// A photo's bytes, JPEG.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or that the store cannot be read.
    pub fn photo(&mut self, id: &str, size: Size) -> Done<Vec<u8>> {
        self.store.read(|tx| photos::bytes(tx, id, size))
    }

    /// The file of the house's logo, where it is the one of that id.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or that the store cannot be read.
    pub fn logo(&mut self, id: &str) -> Done<Vec<u8>> {
        self.store.read(|tx| {
            let house = work::house(tx)?;
            if house.identity.logo != id {
                return Err(Refusal::NotFound.into());
            }
            Ok(crate::store::attachments::get(tx, id)?.1)
        })
    }

    /// The name under which something leaves the house as a file.
    ///
    /// # Errors
    /// As [`Counter::export`].
    pub fn export_name(&mut self, export: &Export, context: &Context) -> Done<String> {
        self.store.read(|tx| export.name(&may_take(tx, export, context)?))
    }

    /// Something that leaves the house as a file, by its bytes: its name and those.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`] for whoever may not read it, or that the store cannot be read.
    pub fn export(&mut self, export: &Export, context: &Context) -> Done<(String, Vec<u8>)> {
        let mut bytes = Vec::new();
        let name = self.store.read(|tx| {
            let desk = may_take(tx, export, context)?;
            let out = Out {
                to: &mut bytes,
                scratch: &std::env::temp_dir(),
                told: &mut |_, _| true,
            };
            export.written(&desk, &context.moment(), out)?;
            export.name(&desk)
        })?;
        Ok((name, bytes))
    }

    /// The same, into a file: of a report over all dossiers only some stand in memory. `told` hears how far it is.
    ///
    /// # Errors
    /// As [`Counter::export`]; [`Refusal::Stopped`] where `told` said so, or that the file cannot be written. What was there is as it
    /// was then.
    pub fn export_into(&mut self, export: &Export, context: &Context, file: &Path, told: Told<'_>) -> Done<()> {
        self.store.read(|tx| {
            let desk = may_take(tx, export, context)?;
            written_whole(file, |to| {
                let out = Out {
                    to: BufWriter::new(to),
                    scratch: file.parent().unwrap_or(file),
                    told,
                };
                export.written(&desk, &context.moment(), out)
            })
        })
    }

    /// The name of the house.
    ///
    /// # Errors
    /// [`Refusal::NoHouse`], or that the store cannot be read.
    pub fn house_name(&mut self) -> Done<String> {
        self.store.read(|tx| Ok(house(tx)?.identity.name))
    }

    /// What somebody takes with them where nobody stands at the counter: in the house's language, as of the last entry of its journal.
    ///
    /// # Errors
    /// As [`Counter::export_into`].
    pub fn export_plain(&mut self, export: &Export, file: &Path) -> Done<()> {
        let context = self.store.read(|tx| {
            let at = journal::last_moment(tx)?;
            Ok(Context {
                who: String::new(),
                instant: DateTime::parse_from_rfc3339(&at).map_err(|_| Trouble::Refused(Refusal::NoHouse))?,
                seed: [0; 16],
                salt: [0; 16],
                language: house(tx)?.language,
                sure: true,
            })
        })?;
        self.export_into(export, &context, file, &mut |_, _| true)
    }

    /// The sheet a paper is printed on; A4 for a kind that a newer program issued.
    ///
    /// # Errors
    /// As [`Counter::paper`].
    pub fn paper_sheet(&mut self, key: &str) -> Done<&'static str> {
        let (paper, _) = self.store.read(|tx| paper_rows::get(tx, key))?;
        Ok(PaperKind::named(&paper.kind).map_or("a4", PaperKind::sheet))
    }

    /// What kind of paper it is, in words.
    ///
    /// # Errors
    /// As [`Counter::paper`].
    pub fn paper_kind(&mut self, key: &str, language: Language) -> Done<String> {
        self.store
            .read(|tx| paper_rows::get(tx, key).map(|(paper, _)| language.word(&format!("paper-kind-{}", paper.kind))))
    }

    /// Whether a paper is the copy of a structured invoice, and then whether that was handed over.
    ///
    /// # Errors
    /// As [`Counter::paper`].
    pub fn structured(&mut self, key: &str) -> Done<Option<bool>> {
        self.store.read(|tx| {
            let (paper, _) = paper_rows::get(tx, key)?;
            let invoice = invoices::of_paper(tx, &paper.id)?;
            let is_one = invoice.is_some_and(|invoice| invoice.is_structured());
            is_one.then(|| invoices::is_sent(tx, &paper.id)).transpose()
        })
    }

    /// The mail a paper goes with, as it would be written by whoever stands at the counter.
    ///
    /// # Errors
    /// As [`Counter::paper`].
    pub fn mail(&mut self, paper: &str, context: &Context) -> Done<MailView> {
        let question = Question::Mail {
            paper: paper.to_owned(),
        };
        let Answer::Mail(mail) = self.ask(&question, context)? else {
            return Err(Refusal::NotFound.into());
        };
        Ok(mail)
    }

    /// A paper that leaves the house, printed or saved: its number and bytes, and the official notice that goes with it.
    ///
    /// # Errors
    /// As [`Counter::paper`]; and that a Belgian business is to have the structured file of its invoice first.
    pub fn goes_out(&mut self, paper: &str, context: &Context) -> Done<(String, Vec<u8>, Option<Vec<u8>>)> {
        self.store.read(|tx| {
            let (issued, bytes) = paper_rows::get(tx, paper)?;
            let notice = desk(tx, context).goes_out(&issued)?;
            let notice = notice.map(|id| crate::store::attachments::get(tx, &id)).transpose()?;
            Ok((issued.number, bytes, notice.map(|(_, bytes)| bytes)))
        })
    }

    /// A paper's number and bytes, by its id or number, as they were issued.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or that its bytes no longer have its hash.
    pub fn paper(&mut self, key: &str) -> Done<(String, Vec<u8>)> {
        self.store
            .read(|tx| paper_rows::get(tx, key).map(|(paper, bytes)| (paper.number, bytes)))
    }
}

/// What is asked by whoever stands at the counter.
fn desk<'a>(tx: &'a Tx<'a>, context: &Context) -> lookup::Lookup<'a> {
    lookup::Lookup {
        tx,
        language: context.language,
        today: context.today(),
    }
}

/// The same, for whoever may let something leave the house.
fn may_take<'a>(tx: &'a Tx<'a>, export: &Export, context: &Context) -> Done<lookup::Lookup<'a>> {
    if let Some(duty) = export.duty() {
        roles::may_read(tx, &context.who, duty)?;
    }
    Ok(desk(tx, context))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
