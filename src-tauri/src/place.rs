//! The second place for backups: chosen once, remembered beside the data, brought to after each backup.

use crate::counter::{At, Open, Said, unpoisoned};
use crate::safety::{Doing, Wanted, into_series, manager, why_not};
use atelier_core::grounds::{Fact, Message};
use atelier_core::store::Trouble;
use atelier_core::store::files::write_whole;
use atelier_core::store::second_place::bring;
use atelier_core::words::Language;
use chrono::{Local, NaiveDate};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

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
    file: PathBuf,
    kept: Mutex<Kept>,
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
        let file = root.join("second-place.json");
        let kept = std::fs::read(&file).ok();
        let kept = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            file,
            kept: Mutex::new(kept.unwrap_or_default()),
            going: Mutex::default(),
            failed: Mutex::default(),
        }
    }

    fn change(&self, how: impl FnOnce(&mut Kept)) {
        let mut kept = unpoisoned(&self.kept);
        how(&mut kept);
        let written = serde_json::to_vec(&*kept).map(|bytes| write_whole(&self.file, &bytes));
        if !matches!(written, Ok(Ok(()))) {
            tracing::warn!("the second place could not be remembered");
        }
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
                self.change(|kept| kept.good = day.or(kept.good));
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
        let kept = unpoisoned(&self.kept);
        Some(kept.folder.as_ref()?.join(format!("Atelier-{}", kept.mark)))
    }

    /// The day of the newest backup that was read back there.
    pub fn good(&self) -> Option<NaiveDate> {
        unpoisoned(&self.kept).good
    }

    /// What is shown of it.
    pub fn view(&self, language: Language) -> PlaceView {
        let kept = unpoisoned(&self.kept).clone();
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

/// Chooses the second place and brings the newest backup there, or has none any more.
#[tauri::command(async)]
pub fn second_place(
    window: WebviewWindow,
    open: State<'_, Open>,
    doing: State<'_, Doing>,
    on: bool,
    at: At,
) -> Result<PlaceView, Said> {
    manager(&open, &at)?;
    let place = &doing.place;
    if !on {
        place.change(|kept| *kept = Kept::default());
        *unpoisoned(&place.failed) = None;
    } else if let Some(folder) = chosen(&window) {
        place.change(|kept| {
            *kept = Kept {
                folder: Some(folder),
                mark: uuid::Uuid::new_v4().simple().to_string()[..8].to_owned(),
                good: None,
            };
        });
        into_series(&open, &doing, Wanted::IfNew);
    }
    Ok(place.view(at.language()))
}

/// The folder the user chooses. A native dialog cannot be driven, so a test names its answer.
fn chosen(window: &WebviewWindow) -> Option<PathBuf> {
    #[cfg(debug_assertions)]
    if let Some(folder) = std::env::var_os("ATELIER_TEST_PLACE") {
        return Some(folder.into());
    }
    let dialog = window.dialog().file().set_parent(window);
    dialog.blocking_pick_folder()?.into_path().ok()
}
