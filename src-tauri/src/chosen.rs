//! What somebody chose on this machine, in a file beside the data: a folder, a printer. It is no part of the house.

use crate::counter::unpoisoned;
use atelier_core::store::files::write_whole;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use tauri::WebviewWindow;
use tauri_plugin_dialog::DialogExt as _;

/// A choice, and the file it is kept in.
pub struct Chosen<T> {
    file: PathBuf,
    now: Mutex<T>,
}

impl<T: Default + Serialize + DeserializeOwned> Chosen<T> {
    /// As it was chosen, in a file of that name; as nothing was where there is none, or none that can be read.
    pub fn at(folder: &Path, name: &str) -> Self {
        let file = folder.join(name);
        let kept = std::fs::read(&file).ok();
        let kept = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            file,
            now: Mutex::new(kept.unwrap_or_default()),
        }
    }

    /// What is chosen now.
    pub fn now(&self) -> MutexGuard<'_, T> {
        unpoisoned(&self.now)
    }

    /// Chooses otherwise, and keeps it.
    pub fn change(&self, how: impl FnOnce(&mut T)) {
        let mut now = self.now();
        how(&mut now);
        let written = serde_json::to_vec(&*now).map(|bytes| write_whole(&self.file, &bytes));
        if !matches!(written, Ok(Ok(()))) {
            let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            tracing::warn!(name, "a choice could not be kept");
        }
    }
}

/// The folder the user picks. A native dialog cannot be driven, so a test names its answer in that variable.
pub fn folder_picked(window: &WebviewWindow, in_a_test: &str) -> Option<PathBuf> {
    #[cfg(debug_assertions)]
    if let Some(folder) = std::env::var_os(in_a_test) {
        return Some(folder.into());
    }
    let _ = in_a_test;
    let dialog = window.dialog().file().set_parent(window);
    dialog.blocking_pick_folder()?.into_path().ok()
}
