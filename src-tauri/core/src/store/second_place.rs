//! A second place for backups: a stick, a share, the folder of a cloud client. What is put there is read back before it counts.

use super::files::{
    file_hash, is_by_hand, kept_of, manifest_of, part_of, put_in_place, read_manifest, series, write_whole,
};
use super::{Done, Refusal, files};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// The folder that backups have in the second place.
const FOLDER: &str = "Atelier";

/// Where backups stand in a second place.
#[must_use]
pub fn folder_in(place: &Path) -> PathBuf {
    place.join(FOLDER)
}

/// Copies the newest backup of a series to a second place, unless it is there, and lets go of those that the series no longer
/// keeps: never before the newer one reads back. Answers its day.
///
/// # Errors
/// [`Refusal::FolderGone`] where the place is not there, that it is full or cannot be written, or that what was written does not
/// read back; what was there before stays.
pub fn bring(backups: &Path, place: &Path, today: NaiveDate) -> Done<Option<NaiveDate>> {
    if !place.is_dir() {
        return Err(Refusal::FolderGone.into());
    }
    let newest = series(backups)
        .into_iter()
        .filter(|(_, day)| *day <= today)
        .filter_map(|(file, day)| Some((read_manifest(&file)?, file, day)))
        .max_by_key(|(manifest, file, _)| (manifest.made_at.clone(), is_by_hand(file)));
    let Some((manifest, file, day)) = newest else {
        return Ok(None);
    };
    let there = folder_in(place);
    files::private_folder(&there).map_err(|why| files::io(&why))?;
    let copy = there.join(file.file_name().unwrap_or_default());
    let reads_back = |copy: &Path| file_hash(copy, &AtomicBool::new(false)).is_ok_and(|hash| hash == manifest.sha256);
    if !(copy.exists() && manifest_of(&copy).exists() && reads_back(&copy)) {
        let half = part_of(&copy);
        let brought = files::copy_synced(&file, &half).and_then(|()| {
            if !reads_back(&half) {
                return Err(Refusal::BadBackup { why: "sha256".into() }.into());
            }
            let text = serde_json::to_string_pretty(&manifest).map_err(super::Trouble::broken)?;
            write_whole(&manifest_of(&copy), text.as_bytes())?;
            put_in_place(&half, &copy)
        });
        if brought.is_err() {
            let _ = std::fs::remove_file(&half);
        }
        brought?;
    }
    let all: Vec<(PathBuf, NaiveDate)> = series(&there)
        .into_iter()
        .filter(|(file, day)| !is_by_hand(file) && *day <= today)
        .collect();
    let kept = kept_of(&all, today);
    for (old, _) in all.into_iter().filter(|(old, _)| !kept.contains(old) && *old != copy) {
        let _ = std::fs::remove_file(manifest_of(&old));
        let _ = std::fs::remove_file(old);
    }
    Ok(Some(day))
}
