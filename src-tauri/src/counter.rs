//! The counter as the window stands at it: one line each, plus who and when.

use atelier_core::counter::{Action, Answer, Context, Counter, Outcome, Question};
use atelier_core::grounds::{Fact, Message};
use atelier_core::refusal::Refusal;
use atelier_core::store::{Done, Store, Trouble};
use atelier_core::words::Language;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tauri::{AppHandle, Manager as _, State};

/// What went wrong, as the window shows it.
#[derive(Debug, Serialize)]
pub struct Said {
    /// `refused`: a rule said no. `broken`: a fault, logged under its reference.
    kind: &'static str,
    /// In the language of the screen.
    text: String,
    /// The field to go back to.
    field: Option<&'static str>,
}

impl Said {
    /// A refusal, in words.
    pub fn refused(language: Language, refusal: &Refusal) -> Self {
        Self { kind: "refused", text: language.refusal(refusal), field: refusal.field() }
    }

    /// What the printer said.
    pub fn printer(language: Language, why: &str) -> Self {
        let message = Message::new("printer-failed").with("why", Fact::Text(why.to_owned()));
        Self { kind: "broken", text: language.say(&message), field: None }
    }
}

/// Who is at the screen, and in which language.
#[derive(Debug, Deserialize)]
pub struct At {
    /// The id of who is working.
    who: String,
    /// The language of the screen.
    language: Language,
}

impl At {
    /// The language of the screen.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Who acts, now.
    pub fn context(&self) -> Context {
        Context {
            who: self.who.clone(),
            instant: chrono::Local::now().fixed_offset(),
            seed: uuid::Uuid::now_v7().into_bytes(),
            salt: uuid::Uuid::new_v4().into_bytes(),
            language: self.language,
        }
    }
}

/// The one store, or why it could not be opened.
pub struct Open {
    counter: Mutex<Result<Counter, Trouble>>,
    folder: PathBuf,
}

impl Open {
    /// Opens the store in `folder`, made if it is not there.
    pub fn at(folder: &Path) -> Self {
        let opened = std::fs::create_dir_all(folder)
            .map_err(|why| Trouble::Broken(why.to_string()))
            .and_then(|()| Store::open(&folder.join("atelier.db")))
            .map(Counter::over);
        if let Err(why) = &opened {
            tracing::error!("the store did not open: {why}");
        }
        Self { counter: Mutex::new(opened), folder: folder.to_owned() }
    }

    /// Writes the due days beside the store, as a calendar other programs subscribe to. What is kept in the store does not
    /// depend on it.
    fn publish(&self, at: &At) {
        let (new, kept) = (self.folder.join("agenda.new"), self.folder.join("agenda.ics"));
        // One at a time, and written whole beside it first: who reads it never sees half of it.
        let written = self.with(at.language, |counter| {
            let agenda = counter.agenda(&at.context())?;
            std::fs::write(&new, agenda).and_then(|()| std::fs::rename(&new, &kept)).map_err(|why| Trouble::Broken(why.to_string()))
        });
        if let Err(said) = written {
            tracing::warn!("the agenda was not written: {}", said.text);
        }
    }

    /// Folds the log into the file.
    pub fn close(&self) {
        let folded = self.with(Language::En, |counter| counter.store().checkpoint());
        if let Err(said) = folded {
            tracing::warn!("on closing: {}", said.text);
        }
    }

    /// Does something at the counter.
    pub fn with<T>(&self, language: Language, work: impl FnOnce(&mut Counter) -> Done<T>) -> Result<T, Said> {
        // A panic at the counter rolled its transaction back; the counter itself is sound.
        let mut open = self.counter.lock().unwrap_or_else(PoisonError::into_inner);
        match open.as_mut() {
            Ok(counter) => work(counter).map_err(|trouble| said(language, &trouble)),
            Err(trouble) => Err(said(language, trouble)),
        }
    }
}

/// A trouble as it is shown. What is broken gets a reference, and its details go to the log alone.
fn said(language: Language, trouble: &Trouble) -> Said {
    let broken = |text| Said { kind: "broken", text, field: None };
    match trouble {
        Trouble::Refused(refusal) => Said::refused(language, refusal),
        Trouble::Busy => broken(language.word("store-busy")),
        Trouble::Newer { .. } => broken(language.word("store-newer")),
        Trouble::Damaged { path, .. } => {
            let path = Fact::Text(path.display().to_string());
            broken(language.say(&Message::new("store-damaged").with("path", path)))
        }
        Trouble::Broken(why) => {
            let reference = uuid::Uuid::now_v7().simple().to_string()[28..].to_uppercase();
            tracing::error!(reference, "{why}");
            broken(language.say(&Message::new("broken").with("reference", Fact::Text(reference))))
        }
    }
}

#[tauri::command(async)]
pub fn ask(open: State<'_, Open>, question: Question, at: At) -> Result<Answer, Said> {
    open.with(at.language, |counter| counter.ask(&question, &at.context()))
}

#[tauri::command(async)]
pub fn act(app: AppHandle, open: State<'_, Open>, action: Action, at: At) -> Result<Outcome, Said> {
    let outcome = open.with(at.language, |counter| counter.act(&action, &at.context()))?;
    // The answer does not wait for the calendar beside the store.
    std::thread::spawn(move || app.state::<Open>().publish(&at));
    Ok(outcome)
}

#[tauri::command(async)]
pub fn rehearse(open: State<'_, Open>, action: Action, at: At) -> Result<Outcome, Said> {
    open.with(at.language, |counter| counter.rehearse(&action, &at.context()))
}

#[tauri::command(async)]
pub fn save_draft(open: State<'_, Open>, id: String, body: String, at: At) -> Result<(), Said> {
    open.with(at.language, |counter| counter.save_draft(&id, &body, &at.context()))
}

#[tauri::command(async)]
pub fn drop_draft(open: State<'_, Open>, id: String, at: At) -> Result<(), Said> {
    open.with(at.language, |counter| counter.drop_draft(&id))
}

/// Acts where the bytes of a file come beside the action.
pub fn act_on(open: &Open, at: &At, action: &Action) -> Result<Outcome, Said> {
    open.with(at.language, |counter| counter.act(action, &at.context()))
}
