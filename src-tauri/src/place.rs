//! The second place for backups: chosen once, remembered beside the data, brought to after each backup.

use crate::chosen::Chosen;
use crate::counter::unpoisoned;
use atelier_core::grounds::{Fact, Message};
use atelier_core::store::Trouble;
use atelier_core::store::second_place::bring;
use atelier_core::words::Language;
use chrono::{Local, NaiveDate};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

#[derive(Default, Clone, Serialize, Deserialize)]
struct Kept {
    folder: Option<PathBuf>,
    /// What this house's own folder there is told by: another house may use the same place.
    #[serde(default)]
    mark: String,
    /// The day of the newest backup that was read back there.
    good: Option<NaiveDate>,
}

/// The second place, and how the last way there went.
pub struct Place {
    kept: Chosen<Kept>,
    /// One way there at a time.
    going: Mutex<()>,
    failed: Mutex<Option<Trouble>>,
}

/// What is shown of it.
#[derive(Serialize)]
pub struct PlaceView {
    /// Its folder; nothing where none was chosen.
    folder: Option<String>,
    good: Option<NaiveDate>,
    /// Why the last backup is not there.
    trouble: Option<String>,
}

impl Place {
    /// As it was chosen, in a file of that folder.
    pub fn at(root: &Path) -> Self {
        Self {
            kept: Chosen::at(root, "second-place.json"),
            going: Mutex::default(),
            failed: Mutex::default(),
        }
    }

    /// Goes to another place from now on: of what is there nothing is known yet.
    pub fn goes_to(&self, folder: PathBuf) {
        self.kept.change(|kept| {
            *kept = Kept {
                folder: Some(folder),
                mark: uuid::Uuid::new_v4().simple().to_string()[..8].to_owned(),
                good: None,
            };
        });
    }

    /// Goes nowhere any more.
    pub fn forget(&self) {
        self.kept.change(|kept| *kept = Kept::default());
        *unpoisoned(&self.failed) = None;
    }

    /// Brings the newest backup there.
    pub fn bring(&self, backups: &Path) {
        let _one = unpoisoned(&self.going);
        let Some(there) = self.folder() else {
            return;
        };
        let brought = bring(backups, &there, Local::now().date_naive());
        // Another place was chosen meanwhile: of that one nothing is known yet.
        if self.folder().as_ref() != Some(&there) {
            return;
        }
        let failed = match brought {
            Ok(day) => {
                self.kept.change(|kept| kept.good = day.or(kept.good));
                None
            }
            Err(why) => {
                tracing::error!("no backup in the second place: {}", why.for_the_log());
                Some(why)
            }
        };
        *unpoisoned(&self.failed) = failed;
    }

    /// The folder of this house in the second place.
    pub fn folder(&self) -> Option<PathBuf> {
        let kept = self.kept.now();
        Some(kept.folder.as_ref()?.join(format!("Atelier-{}", kept.mark)))
    }

    /// The day of the newest backup that was read back there.
    pub fn good(&self) -> Option<NaiveDate> {
        self.kept.now().good
    }

    /// What is shown of it.
    pub fn view(&self, language: Language) -> PlaceView {
        let kept = self.kept.now().clone();
        let failed = unpoisoned(&self.failed);
        PlaceView {
            folder: kept.folder.map(|folder| folder.display().to_string()),
            good: kept.good,
            trouble: failed.as_ref().map(|why| {
                let why = Fact::Text(why_not(language, why));
                language.say(&Message::new("second-place-failed").with("why", why))
            }),
        }
    }
}

/// Why a backup came to nothing, in words.
pub fn why_not(language: Language, why: &Trouble) -> String {
    match why {
        Trouble::Refused(refusal) => language.refusal(refusal),
        Trouble::Busy | Trouble::Newer { .. } | Trouble::Damaged { .. } | Trouble::Broken(_) => {
            language.word("backup-not-sound")
        }
    }
}
