//! A second place for backups: a stick, a share, the folder of a cloud client. What is put there is read back before it counts.

use super::files::{self, Manifest, file_hash, manifest_of};
use super::series::{Shares, automatic, has_its_whole, is_by_hand, lets_go, read_manifest, series, whole_of};
use super::{Done, Refusal};
use chrono::NaiveDate;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Copies the newest backup of a series into the folder that this house has in a second place, unless it is there, and lets go of
/// those that the series no longer keeps: never before the newer one reads back. Answers its day.
///
/// # Errors
/// [`Refusal::FolderGone`] where the place is not there, that it is full or cannot be written, or that what was written does not
/// read back; what was there before stays.
pub fn bring(backups: &Path, there: &Path, today: NaiveDate) -> Done<Option<NaiveDate>> {
    if !there.parent().is_some_and(Path::is_dir) {
        return Err(Refusal::FolderGone.into());
    }
    // The one that holds the most; of two that hold the same the one that a person made.
    let newest = series(backups)
        .into_iter()
        .filter(|(_, day)| *day <= today)
        .filter_map(|(file, day)| Some((read_manifest(&file)?, file, day)))
        .filter(|(manifest, file, _)| has_its_whole(file, manifest))
        .max_by_key(|(manifest, file, _)| (manifest.entries(), manifest.made_at.clone(), is_by_hand(file)));
    let Some((manifest, file, day)) = newest else {
        return Ok(None);
    };
    files::private_folder(there).map_err(|why| files::io(&why))?;
    let before = automatic(there, today).pop().map(|(_, day)| day);
    // What it goes back to comes first.
    let whole = whole_of(&file);
    if whole != file {
        let manifest = read_manifest(&whole).ok_or(Refusal::BadBackup { why: "whole".into() })?;
        bring_one(&whole, &manifest, there)?;
    }
    bring_one(&file, &manifest, there)?;
    lets_go(there, today, before, Shares::USUAL);
    Ok(Some(day))
}

/// Copies one backup there, unless it reads back there already.
fn bring_one(file: &Path, manifest: &Manifest, there: &Path) -> Done<()> {
    let copy = there.join(file.file_name().unwrap_or_default());
    let reads_back =
        |copy: &Path| file_hash(copy, &AtomicBool::new(false)).is_ok_and(|hash| hash == manifest.own_sha256());
    if copy.exists() && manifest_of(&copy).exists() && reads_back(&copy) {
        return Ok(());
    }
    let brought = files::finished(&copy, |half| {
        files::copy_synced(file, half)?;
        if !reads_back(half) {
            return Err(Refusal::BadBackup { why: "sha256".into() }.into());
        }
        Ok(manifest.clone())
    });
    brought.map(drop)
}
