//! Structured invoices on their way: to an access point, or into a folder that the accounting package watches, chosen once on this
//! machine.

use crate::chosen::{Chosen, folder_picked};
use crate::counter::{At, Open, Said, said};
use crate::sending::Sending;
use atelier_core::counter::{Action, Export};
use atelier_core::grounds::Message;
use atelier_core::refusal::Refusal;
use atelier_core::store::Done;
use atelier_core::store::files::write_whole;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager as _, State, WebviewWindow};

#[derive(Default, Clone, Serialize, Deserialize)]
struct Kept {
    folder: Option<PathBuf>,
}

/// The folder that invoices go to.
pub struct Invoices(Chosen<Kept>);

impl Invoices {
    /// As it was chosen on this machine.
    pub fn at(folder: &Path) -> Self {
        Self(Chosen::at(folder, "invoices.json"))
    }

    fn folder(&self) -> Option<PathBuf> {
        self.0.now().folder.clone()
    }
}

/// The folder that invoices go to, where one was chosen; with `choose` the user picks another.
#[tauri::command(async)]
pub fn invoice_folder(
    window: WebviewWindow,
    open: State<'_, Open>,
    invoices: State<'_, Invoices>,
    choose: bool,
    at: At,
) -> Result<Option<String>, Said> {
    open.for_one(&at, |counter| {
        if choose {
            counter.is_manager(&at.context().who)
        } else {
            Ok(())
        }
    })?;
    if choose && let Some(folder) = folder_picked(&window, "ATELIER_TEST_INVOICES") {
        invoices.0.change(|kept| kept.folder = Some(folder));
    }
    Ok(invoices.folder().map(|folder| folder.display().to_string()))
}

/// Hands an invoice's structured file over, and notes it: to the access point where there is one, else into the folder; where none is
/// chosen yet the user picks one first. Answers where it went; nothing where nobody picked a folder.
#[tauri::command(async)]
pub fn hand_over_invoice(app: AppHandle, window: WebviewWindow, paper: String, at: At) -> Result<Option<String>, Said> {
    let (open, invoices, sending) = (app.state::<Open>(), app.state::<Invoices>(), app.state::<Sending>());
    // Whoever may not hand it over sends nothing, and writes nothing into the folder.
    let hand_over = Action::HandOverInvoice { paper: paper.clone() };
    let (name, bytes) = open.for_one(&at, |counter| {
        counter.rehearse(&hand_over, &at.context())?;
        counter.export(&Export::Invoice { paper: paper.clone() }, &at.context())
    })?;
    let place = if sending.has_access_point() {
        let sent = sending.invoice(&name, &bytes);
        Some(sent.map_err(|why| Said::asked(at.language(), &why))?)
    } else {
        into_folder(&window, &invoices, &name, &bytes).map_err(|why| said(at.language(), &why))?
    };
    if place.is_some()
        && open
            .for_one(&at, |counter| counter.act(&hand_over, &at.context()))
            .is_err()
    {
        return Err(Said::asked(at.language(), &Message::new("sending-not-noted")));
    }
    Ok(place)
}

fn into_folder(window: &WebviewWindow, invoices: &Invoices, name: &str, bytes: &[u8]) -> Done<Option<String>> {
    let folder = invoices.folder().or_else(|| {
        let picked = folder_picked(window, "ATELIER_TEST_INVOICES")?;
        invoices.0.change(|kept| kept.folder = Some(picked.clone()));
        Some(picked)
    });
    let Some(folder) = folder else {
        return Ok(None);
    };
    if !folder.is_dir() {
        return Err(Refusal::FolderGone.into());
    }
    let file = folder.join(name);
    write_whole(&file, bytes)?;
    Ok(Some(file.display().to_string()))
}
