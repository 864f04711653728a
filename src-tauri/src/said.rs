//! What went wrong, as the screen is told it: a refusal in words, or a fault with a number that the log knows.

use atelier_core::grounds::{Fact, Message};
use atelier_core::refusal::Refusal;
use atelier_core::store::Trouble;
use atelier_core::words::Language;
use serde::Serialize;

/// What went wrong, as the window shows it.
#[derive(Debug, Serialize)]
pub struct Said {
    /// `refused`: a rule said no. `doubtful`: what was typed looks like a slip, and is asked about. `locked`: someone must sign in. `key`: the store needs its key.
    /// `untrusted`: nobody vouches for the server's certificate. `away`: the server does not answer. `moved`: the house lies elsewhere
    /// now. `changed`: a colleague changed it meanwhile. `broken`: a fault, logged under its reference.
    kind: &'static str,
    /// In the language of the screen.
    text: String,
    /// The field to go back to.
    field: Option<&'static str>,
}

impl Said {
    /// A refusal, in words.
    pub fn refused(language: Language, refusal: &Refusal) -> Self {
        let kind = if *refusal == Refusal::Locked {
            "locked"
        } else if matches!(refusal, Refusal::KeyNeeded | Refusal::ServerPassword) {
            "key"
        } else if matches!(refusal, Refusal::ServerUntrusted { .. }) {
            "untrusted"
        } else if matches!(refusal, Refusal::ServerGone | Refusal::ServerUnreachable) {
            "away"
        } else if *refusal == Refusal::Moved {
            "moved"
        } else if matches!(refusal, Refusal::ChangedByAColleague { .. }) {
            "changed"
        } else if matches!(refusal, Refusal::Doubtful { .. }) {
            "doubtful"
        } else {
            "refused"
        };
        Self {
            kind,
            text: language.refusal(refusal),
            field: refusal.field(),
        }
    }

    /// What has to be seen to first, in words.
    pub fn asked(language: Language, why: &Message) -> Self {
        Self {
            kind: "refused",
            text: language.say(why),
            field: None,
        }
    }

    /// A fault under a reference, said by `key`; its details go to the log alone.
    pub fn broken(language: Language, why: &Trouble, key: &'static str) -> Self {
        let reference = reference();
        tracing::error!(reference, "{}", why.for_the_log());
        Self {
            kind: "broken",
            text: language.say(&Message::new(key).with("reference", Fact::Text(reference))),
            field: None,
        }
    }

    /// A fault of the program, by the place it comes from.
    pub fn panicked(language: Language, place: &str) -> Self {
        let reference = reference();
        tracing::error!(reference, place, "a fault of the program");
        Self {
            kind: "broken",
            text: language.say(&Message::new("broken").with("reference", Fact::Text(reference))),
            field: None,
        }
    }

    /// What the printer said.
    pub fn printer(language: Language, why: &str) -> Self {
        let message = Message::new("printer-failed").with("why", Fact::Text(why.to_owned()));
        Self {
            kind: "broken",
            text: language.say(&message),
            field: None,
        }
    }
}

/// What a fault is found by in the log.
fn reference() -> String {
    uuid::Uuid::now_v7().simple().to_string()[28..].to_uppercase()
}

/// A trouble as it is shown. What is broken gets a reference, and its details go to the log alone.
pub fn said(language: Language, trouble: &Trouble) -> Said {
    let broken = |text| Said {
        kind: "broken",
        text,
        field: None,
    };
    match trouble {
        Trouble::Refused(refusal) => Said::refused(language, refusal),
        Trouble::Busy => broken(language.word("store-busy")),
        Trouble::Newer { .. } => broken(language.word("store-newer")),
        Trouble::Damaged { path, .. } => {
            let path = Fact::Text(path.display().to_string());
            broken(language.say(&Message::new("store-damaged").with("path", path)))
        }
        Trouble::Broken(_) => Said::broken(language, trouble, "broken"),
    }
}
