//! A folder that a phone brings its photos to, by whatever program does that: what came into it is offered where photos are taken.

use crate::counter::{At, Open, Said, said, unpoisoned};
use crate::desktop::kept_photo;
use atelier_core::counter::Outcome;
use atelier_core::refusal::Refusal;
use atelier_core::store::Trouble;
use atelier_core::store::files::write_whole;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};
use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

/// What a phone's photo may end in.
const ENDS: [&str; 6] = ["jpg", "jpeg", "png", "webp", "heic", "heif"];
/// How old a photo is at most to be offered: a piece is photographed while its owner stands there.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a file stands still before it is whole: what brings it may be writing yet.
const STILL: Duration = Duration::from_secs(2);

/// What is kept of it on this machine.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    folder: Option<PathBuf>,
    /// What was taken already, by its name.
    taken: BTreeSet<String>,
}

/// The folder, for this machine alone.
pub struct Phone {
    file: PathBuf,
    kept: Mutex<Kept>,
}

/// The folder as the screen shows it.
#[derive(Serialize)]
pub struct PhoneView {
    /// Its name; `None` while nobody chose one.
    folder: Option<String>,
    /// The photos that came in the last day and nobody has taken, the newest last.
    fresh: Vec<String>,
}

impl Phone {
    /// What was chosen on this machine.
    pub fn at(folder: &Path) -> Self {
        let file = folder.join("phone.json");
        let kept = std::fs::read(&file).ok();
        let kept = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            file,
            kept: Mutex::new(kept.unwrap_or_default()),
        }
    }

    fn change(&self, how: impl FnOnce(&mut Kept)) {
        let mut kept = unpoisoned(&self.kept);
        how(&mut kept);
        let written = serde_json::to_vec(&*kept).map(|bytes| write_whole(&self.file, &bytes));
        if !matches!(written, Ok(Ok(()))) {
            tracing::warn!("the folder of the phone could not be remembered");
        }
    }

    fn view(&self) -> PhoneView {
        let kept = unpoisoned(&self.kept);
        let Some(folder) = &kept.folder else {
            return PhoneView {
                folder: None,
                fresh: Vec::new(),
            };
        };
        let mut fresh: Vec<(SystemTime, String)> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let end = Path::new(&name).extension()?.to_str()?.to_lowercase();
                let changed = entry
                    .metadata()
                    .ok()
                    .filter(std::fs::Metadata::is_file)?
                    .modified()
                    .ok()?;
                let age = SystemTime::now().duration_since(changed).ok()?;
                let fits = ENDS.contains(&end.as_str()) && (STILL..DAY).contains(&age) && !kept.taken.contains(&name);
                fits.then_some((changed, name))
            })
            .collect();
        fresh.sort();
        PhoneView {
            folder: folder.file_name().map(|name| name.to_string_lossy().into_owned()),
            fresh: fresh.into_iter().map(|(_, name)| name).collect(),
        }
    }
}

/// Chooses the folder, or has none any more.
#[tauri::command(async)]
pub fn phone_folder(window: WebviewWindow, phone: State<'_, Phone>, on: bool) -> PhoneView {
    if !on {
        phone.change(|kept| *kept = Kept::default());
    } else if let Some(folder) = chosen(&window) {
        phone.change(|kept| {
            *kept = Kept {
                folder: Some(folder),
                taken: BTreeSet::new(),
            };
        });
    }
    phone.view()
}

fn chosen(window: &WebviewWindow) -> Option<PathBuf> {
    // A test has nobody to press the buttons of the system's own dialog.
    #[cfg(debug_assertions)]
    if let Some(folder) = std::env::var_os("ATELIER_TEST_PHONE") {
        return Some(folder.into());
    }
    let dialog = window.dialog().file().set_parent(window);
    dialog.blocking_pick_folder()?.into_path().ok()
}

/// What came.
#[tauri::command(async)]
pub fn phone_photos(phone: State<'_, Phone>) -> PhoneView {
    phone.view()
}

/// Takes a photo over; it stays in its folder, and is not offered again.
#[tauri::command(async)]
pub fn take_phone_photo(open: State<'_, Open>, phone: State<'_, Phone>, name: String, at: At) -> Result<Outcome, Said> {
    // Only what was offered: a name is no way into another folder.
    let offered = phone.view().fresh.contains(&name);
    let folder = unpoisoned(&phone.kept).folder.clone().filter(|_| offered);
    let folder = folder.ok_or_else(|| Said::refused(at.language(), &Refusal::NotFound))?;
    let bytes = std::fs::read(folder.join(&name))
        .map_err(|why| said(at.language(), &Trouble::Broken(why.kind().to_string())))?;
    let taken = kept_photo(&open, &at, name.clone(), bytes)?;
    phone.change(|kept| {
        kept.taken.insert(name);
    });
    Ok(taken)
}
