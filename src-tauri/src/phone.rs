//! A folder that a phone brings its photos to, by whatever program does that: what came into it is offered where photos are taken.

use crate::chosen::{Chosen, folder_picked};
use crate::counter::{At, Open, Said, said};
use crate::desktop::kept_photo;
use atelier_core::counter::Outcome;
use atelier_core::refusal::Refusal;
use atelier_core::store::Trouble;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tauri::{State, WebviewWindow};

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
pub struct Phone(Chosen<Kept>);

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
        Self(Chosen::at(folder, "phone.json"))
    }

    fn view(&self) -> PhoneView {
        let kept = self.0.now();
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
        phone.0.change(|kept| *kept = Kept::default());
    } else if let Some(folder) = folder_picked(&window, "ATELIER_TEST_PHONE") {
        phone.0.change(|kept| {
            *kept = Kept {
                folder: Some(folder),
                taken: BTreeSet::new(),
            };
        });
    }
    phone.view()
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
    let folder = phone.0.now().folder.clone().filter(|_| offered);
    let folder = folder.ok_or_else(|| Said::refused(at.language(), &Refusal::NotFound))?;
    let bytes = std::fs::read(folder.join(&name))
        .map_err(|why| said(at.language(), &Trouble::Broken(why.kind().to_string())))?;
    let taken = kept_photo(&open, &at, name.clone(), bytes)?;
    phone.0.change(|kept| {
        kept.taken.insert(name);
    });
    Ok(taken)
}
