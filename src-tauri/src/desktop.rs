//! The desktop: photos in, papers on the screen, to the printer and to a file.

use crate::chosen::Chosen;
use crate::counter::{At, Open, Said, act_on as act, said, unpoisoned};
use crate::panics::caught;
use crate::reader;
use crate::shared::EXAMPLES;
use atelier_core::counter::{Action, Export, Outcome};
use atelier_core::refusal::Refusal;
use atelier_core::store::Trouble;
use atelier_core::store::files::{private_folder, write_whole};
use atelier_core::store::photos::Size;
use atelier_core::words::Language;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, RwLock, TryLockError};
use std::time::{Duration, Instant};
use tauri::http::{HeaderValue, Request, Response, StatusCode, header};
use tauri::ipc::{Channel, InvokeBody};
use tauri::{AppHandle, Manager as _, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

/// How many pixels a point of a page gets: sharp at 200 % of a common screen.
const SCALE: f32 = 2.0;

/// The pages of the paper that is being looked at, as PNG.
#[derive(Default)]
pub struct Pages(Mutex<(String, Vec<Vec<u8>>)>);

/// Logs to a file a day, fourteen of them, without personal data.
pub fn log_to(folder: &Path) -> Option<tracing_appender::non_blocking::WorkerGuard> {
    std::fs::create_dir_all(folder.join("logs")).ok()?;
    let files = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("atelier")
        .filename_suffix("log")
        .max_log_files(14)
        .build(folder.join("logs"))
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    tracing_subscriber::fmt().with_writer(writer).with_ansi(false).init();
    Some(guard)
}

/// Serves what the window may show: photos, and pages of the paper being looked at. Nothing else is reachable.
pub fn bytes(app: &AppHandle, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    if !app.state::<Open>().may_show() {
        return not_there();
    }
    let path: Vec<&str> = request.uri().path().trim_matches('/').split('/').collect();
    let found = match path.as_slice() {
        ["photo", id, size @ ("thumb" | "picture")] => {
            let size = if *size == "thumb" { Size::Thumb } else { Size::Picture };
            let bytes = app
                .state::<Open>()
                .with(Language::En, |counter| counter.photo(id, size));
            bytes.ok().map(|bytes| ("image/jpeg", bytes))
        }
        // The house's own logo, and no other file that was kept.
        ["logo", id] => app
            .state::<Open>()
            .with(Language::En, |counter| counter.logo(id))
            .ok()
            .map(|bytes| {
                let kind = if bytes.starts_with(b"\x89PNG") {
                    "image/png"
                } else {
                    "image/svg+xml"
                };
                (kind, bytes)
            }),
        ["page", id, number] => {
            let pages = app.state::<Pages>();
            let pages = unpoisoned(&pages.0);
            let number: usize = number.parse().unwrap_or(usize::MAX);
            pages
                .1
                .get(number)
                .filter(|_| pages.0 == *id)
                .map(|page| ("image/png", page.clone()))
        }
        _ => None,
    };
    match found {
        Some((kind, bytes)) => {
            let mut response = Response::new(bytes);
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            response
        }
        None => not_there(),
    }
}

/// The answer to whoever asks for what is not there, or not for them.
pub fn not_there() -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

#[tauri::command(async)]
pub fn add_photo(request: tauri::ipc::Request<'_>, open: State<'_, Open>) -> Result<Outcome, Said> {
    let (at, name, bytes) = sent(&request, &open)?;
    kept_photo(&open, &at, name, bytes)
}

/// Keeps a photo as it came; one of an iPhone as every program reads it.
pub fn kept_photo(open: &Open, at: &At, name: String, bytes: Vec<u8>) -> Result<Outcome, Said> {
    // Whoever may not be here gets no work out of the machine; and nobody waits at the counter while it is read.
    open.for_one(at, |_| Ok(()))?;
    let photo = caught(at.language(), || {
        reader::read(&bytes).map_err(|why| Said::refused(at.language(), &why))
    })?;
    open.for_one(at, |counter| counter.keep_photo(&name, photo, &at.context()))
}

/// Keeps a file a client sent, as it came.
#[tauri::command(async)]
pub fn add_file(request: tauri::ipc::Request<'_>, open: State<'_, Open>) -> Result<Outcome, Said> {
    let (at, name, bytes) = sent(&request, &open)?;
    act(&open, &at, &Action::KeepFile { name, bytes })
}

/// Who sends which file: what stands beside the bytes is in the headers.
fn sent(request: &tauri::ipc::Request<'_>, open: &Open) -> Result<(At, String, Vec<u8>), Said> {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let at: At = serde_json::from_str(header("x-at")).map_err(|why| fault(open, &why.to_string()))?;
    let expected: usize = header("x-length").parse().unwrap_or_default();
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(fault(open, "a file came without bytes"));
    };
    if bytes.len() != expected {
        return Err(fault(open, "a file came in part"));
    }
    Ok((at, percent_decoded(header("x-name")), bytes.clone()))
}

pub fn fault(open: &Open, why: &str) -> Said {
    match open.with(Language::En, |_| Err::<(), _>(Trouble::Broken(why.to_owned()))) {
        Err(said) => said,
        Ok(()) => unreachable!("it was given an error"),
    }
}

/// Brings the data of an older program from where it kept them, the store last: as long as that is there, it is tried again. Answers
/// whether everything is here.
pub fn moves_in(from: &Path, to: &Path) -> bool {
    let store = |folder: &Path| folder.join("atelier.db");
    if from == to || !store(from).exists() || store(to).exists() {
        return true;
    }
    let entries = std::fs::read_dir(from).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
    names.sort_by_key(|name| name == "atelier.db");
    std::fs::create_dir_all(to).is_ok()
        && names.iter().all(|name| {
            let (old, new) = (from.join(name), to.join(name));
            new.exists() || std::fs::rename(old, new).is_ok()
        })
}

/// Where files stand on their way to a printer or a mail: beside the data, which is its user's alone.
static ON_THE_WAY: OnceLock<PathBuf> = OnceLock::new();

/// Says where the data lies.
pub fn lies_beside(data: &Path) {
    let _ = ON_THE_WAY.set(data.join("on-the-way"));
}

/// Takes away what is left of files that went to a printer or a mail.
pub fn clear_the_way() {
    if let Some(folder) = ON_THE_WAY.get() {
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// A new folder of the user's own for a file on its way.
pub fn scratch() -> Option<PathBuf> {
    let way = ON_THE_WAY.get()?;
    private_folder(way).ok()?;
    let folder = way.join(uuid::Uuid::now_v7().simple().to_string());
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).ok()?;
    Some(folder)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A paper being looked at.
#[derive(serde::Serialize)]
pub struct Previewed {
    /// How many pages it has.
    pages: usize,
    /// What kind of paper it is.
    name: String,
    /// Its number.
    number: String,
    /// Where it is the copy of a structured invoice: whether that was handed over.
    structured: Option<bool>,
}

/// Renders a paper's pages, to be fetched one by one.
#[tauri::command(async)]
pub fn preview_paper(open: State<'_, Open>, pages: State<'_, Pages>, id: String, at: At) -> Result<Previewed, Said> {
    let (number, bytes) = paper(&open, &id, &at)?;
    let rendered = caught(at.language(), || pages_of(&open, bytes))?;
    let name = open.for_one(&at, |counter| counter.paper_kind(&id, at.language()))?;
    let structured = open.for_one(&at, |counter| counter.structured(&id))?;
    let previewed = Previewed {
        pages: rendered.len(),
        name,
        number,
        structured,
    };
    *unpoisoned(&pages.0) = (id, rendered);
    Ok(previewed)
}

/// The pages of a paper as pictures.
fn pages_of(open: &Open, bytes: Vec<u8>) -> Result<Vec<Vec<u8>>, Said> {
    let pdf = Pdf::new(bytes).map_err(|why| fault(open, &format!("{why:?}")))?;
    let cache = RenderCache::new();
    let (interpreter, settings) = (InterpreterSettings::default(), RenderSettings::default());
    let pixmap = PixmapSettings {
        x_scale: SCALE,
        y_scale: SCALE,
        bg_color: WHITE,
    };
    let mut rendered = Vec::new();
    for page in pdf.pages().iter() {
        let png = render(page, &cache, &interpreter, &settings, &pixmap).into_png();
        rendered.push(png.map_err(|why| fault(open, &why.to_string()))?);
    }
    Ok(rendered)
}

pub fn paper(open: &Open, id: &str, at: &At) -> Result<(String, Vec<u8>), Said> {
    open.for_one(at, |counter| counter.paper(id))
}

/// A paper's number and bytes, and the official notice that goes with it.
type GoesOut = (String, Vec<u8>, Option<Vec<u8>>);

/// A paper that leaves the house.
fn goes_out(open: &Open, id: &str, at: &At) -> Result<GoesOut, Said> {
    open.for_one(at, |counter| counter.goes_out(id, &at.context()))
}

/// Which printer each kind of paper goes to, as someone chose: kept in a file beside the store, for this machine alone.
pub struct Printers(Chosen<BTreeMap<String, String>>);

impl Printers {
    /// What was chosen on this machine.
    pub fn at(folder: &Path) -> Self {
        Self(Chosen::at(folder, "printers.json"))
    }

    fn choose(&self, sheet: &str, printer: &str) {
        if self.0.now().get(sheet).is_none_or(|known| known != printer) {
            self.0
                .change(|chosen| drop(chosen.insert(sheet.to_owned(), printer.to_owned())));
        }
    }
}

/// The printers of the system, and the one that paper of this kind goes to.
#[derive(serde::Serialize)]
pub struct PrintersView {
    names: Vec<String>,
    chosen: String,
}

/// What kind of sheet a paper is printed on.
fn sheet(open: &Open, id: &str, at: &At) -> Result<&'static str, Said> {
    open.for_one(at, |counter| counter.paper_sheet(id))
}

/// The printers of the system, as CUPS names them.
fn names() -> Vec<String> {
    let listed = Command::new("lpstat").arg("-e").output();
    let listed = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let listed = listed.unwrap_or_default();
    listed
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// The printers to choose from for a paper.
#[tauri::command(async)]
pub fn printers(open: State<'_, Open>, kept: State<'_, Printers>, id: String, at: At) -> Result<PrintersView, Said> {
    let sheet = sheet(&open, &id, &at)?;
    let names = names();
    let chosen = kept.0.now().get(sheet).cloned().unwrap_or_default();
    Ok(PrintersView {
        chosen: if names.contains(&chosen) { chosen } else { String::new() },
        names,
    })
}

/// A paper as a file on its way out of the program.
pub fn on_its_way(open: &Open, name: &str, bytes: &[u8]) -> Result<(PathBuf, PathBuf), Said> {
    let folder = scratch().ok_or_else(|| fault(open, "no folder for a file on its way"))?;
    let file = folder.join(name.replace('/', "-"));
    if let Err(why) = std::fs::write(&file, bytes) {
        let _ = std::fs::remove_dir_all(folder);
        return Err(fault(open, &why.to_string()));
    }
    Ok((folder, file))
}

/// Sends a paper to the printer that was chosen, which is remembered for its kind; where the system has no print command, opens it
/// in the system's viewer.
#[tauri::command(async)]
pub fn print_paper(
    open: State<'_, Open>,
    kept: State<'_, Printers>,
    id: String,
    printer: String,
    at: At,
) -> Result<(), Said> {
    let (number, bytes, notice) = goes_out(&open, &id, &at)?;
    let (folder, file) = on_its_way(&open, &format!("{number}.pdf"), &bytes)?;
    let mut files = vec![file.clone()];
    if let Some(notice) = notice {
        let beside = folder.join("notice.pdf");
        std::fs::write(&beside, notice).map_err(|why| fault(&open, &why.to_string()))?;
        files.push(beside);
    }
    let mut command = Command::new("lp");
    if !printer.is_empty() {
        kept.choose(sheet(&open, &id, &at)?, &printer);
        command.arg("-d").arg(&printer);
    }
    match command.arg("-t").arg(&number).arg("--").args(&files).output() {
        Ok(output) => {
            let _ = std::fs::remove_dir_all(folder);
            let why = String::from_utf8_lossy(&output.stderr);
            if output.status.success() {
                Ok(())
            } else {
                Err(Said::printer(at.language(), why.trim()))
            }
        }
        // The viewer reads the file after this returns: it stays until the program ends.
        Err(_) => opened(&at, &file),
    }
}

/// Has the system open a file in the program that is for it. A test has a program of its own do it.
pub fn opened(at: &At, file: &Path) -> Result<(), Said> {
    #[cfg(debug_assertions)]
    if let Some(copy) = std::env::var_os("ATELIER_TEST_OPEN") {
        return std::fs::copy(file, copy)
            .map(drop)
            .map_err(|why| Said::printer(at.language(), &why.to_string()));
    }
    tauri_plugin_opener::open_path(file, None::<&str>).map_err(|why| Said::printer(at.language(), &why.to_string()))
}

/// Where the last file was saved.
#[derive(Default)]
pub struct Saved(Mutex<Option<PathBuf>>);

/// Shows the file that was saved last in its folder.
#[tauri::command(async)]
pub fn show_saved(saved: State<'_, Saved>, at: At) -> Result<(), Said> {
    let file = unpoisoned(&saved.0).clone();
    let Some(file) = file.filter(|file| file.exists()) else {
        return Err(Said::refused(at.language(), &Refusal::NotFound));
    };
    tauri_plugin_opener::reveal_item_in_dir(file).map_err(|why| Said::printer(at.language(), &why.to_string()))
}

/// Saves a paper where the user says; answers whether they did.
#[tauri::command(async)]
pub fn save_paper(
    window: WebviewWindow,
    open: State<'_, Open>,
    last: State<'_, Saved>,
    id: String,
    name: String,
    at: At,
) -> Result<bool, Said> {
    let (_, bytes, _) = goes_out(&open, &id, &at)?;
    saved(&window, &last, &at, &name, &bytes)
}

/// What is being saved.
#[derive(Default)]
pub struct Saving {
    /// How often somebody stopped it.
    stops: AtomicU64,
    /// Held by whoever saves something.
    under_way: RwLock<()>,
}

impl Saving {
    fn stop(&self) {
        self.stops.fetch_add(1, Ordering::Relaxed);
    }

    /// Stops what is being saved, and waits until nothing of it is left, for a while: the program ends.
    pub fn ends(&self) {
        self.stop();
        let until = Instant::now() + Duration::from_secs(10);
        while matches!(self.under_way.try_write(), Err(TryLockError::WouldBlock)) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Stops what is being saved; nothing of it stays.
#[tauri::command(async)]
pub fn stop_saving(saving: State<'_, Saving>) {
    saving.stop();
}

/// So often it is said how far something is that is being saved; what takes less says nothing.
const SAID_EVERY: Duration = Duration::from_millis(200);

/// Saves a report, a client's data or a file they sent where the user says; answers whether they did. `so_far` hears how far it is, in
/// hundredths.
#[tauri::command(async)]
pub fn save_export(
    window: WebviewWindow,
    open: State<'_, Open>,
    last: State<'_, Saved>,
    saving: State<'_, Saving>,
    export: Export,
    so_far: Channel<usize>,
    at: At,
) -> Result<bool, Said> {
    let name = open.for_one_beside(&at, |counter| counter.export_name(&export, &at.context()))?;
    let Some(file) = chosen(&window, &name) else {
        return Ok(false);
    };
    let _under_way = saving.under_way.read();
    let (stops, mut said_at) = (saving.stops.load(Ordering::Relaxed), Instant::now());
    let is_stopped = || saving.stops.load(Ordering::Relaxed) != stops;
    let mut told = |done: usize, of: usize| {
        if said_at.elapsed() >= SAID_EVERY {
            said_at = Instant::now();
            // A page that is gone hears nothing.
            let _ = so_far.send(done * 100 / of.max(1));
        }
        !is_stopped()
    };
    let is_saved = open.for_one_beside(&at, |counter| {
        match counter.export_into(&export, &at.context(), &file, &mut told) {
            Err(Trouble::Refused(Refusal::Stopped)) if is_stopped() => Ok(false),
            other => other.map(|()| true),
        }
    })?;
    if is_saved {
        *unpoisoned(&last.0) = Some(file);
    }
    Ok(is_saved)
}

fn saved(window: &WebviewWindow, last: &Saved, at: &At, name: &str, bytes: &[u8]) -> Result<bool, Said> {
    let Some(file) = chosen(window, name) else {
        return Ok(false);
    };
    write_whole(&file, bytes).map_err(|why| said(at.language(), &why))?;
    *unpoisoned(&last.0) = Some(file);
    Ok(true)
}

/// The file the user chooses. A native dialog cannot be driven, so a test names its answer.
pub fn chosen(window: &WebviewWindow, name: &str) -> Option<PathBuf> {
    #[cfg(debug_assertions)]
    if let Some(file) = std::env::var_os("ATELIER_TEST_SAVE") {
        return Some(file.into());
    }
    let end = Path::new(name)
        .extension()
        .and_then(|end| end.to_str())
        .unwrap_or("pdf");
    window
        .dialog()
        .file()
        .set_parent(window)
        .set_file_name(name)
        .add_filter(end.to_uppercase(), &[end])
        .blocking_save_file()?
        .into_path()
        .ok()
}

/// The folder of the program's data, whichever house is open.
pub struct Root(pub PathBuf);

/// That the examples are open is kept in a file: it says in which language they are.
fn examples_mark(root: &Path) -> PathBuf {
    root.join("examples.on")
}

/// The folder of the house that is open: the house's own, or that of the examples.
pub fn chosen_folder(root: &Path) -> PathBuf {
    if examples_mark(root).exists() {
        root.join(EXAMPLES)
    } else {
        root.to_owned()
    }
}

/// Stands beside the examples as long as they are being filled.
fn half_filled(folder: &Path) -> PathBuf {
    folder.join("half-filled")
}

/// Examples whose filling was cut short are made anew: nobody has worked in them yet. To be done before they are opened.
pub fn clear_half_filled(folder: &Path) {
    let half = half_filled(folder);
    if !half.exists() {
        return;
    }
    for name in ["atelier.db", "atelier.db-wal", "atelier.db-shm"] {
        let _ = std::fs::remove_file(folder.join(name));
    }
    let _ = std::fs::remove_file(half);
}

/// Fills the examples the first time they are opened.
pub fn fill_examples(open: &Open, root: &Path, folder: &Path) {
    let language = std::fs::read_to_string(examples_mark(root)).unwrap_or_default();
    let language = Language::of(language.trim()).unwrap_or(Language::En);
    // A house that is there already is the examples of before.
    if open.with(language, |counter| counter.house_name()).is_ok() {
        return;
    }
    let half = half_filled(folder);
    let marked = write_whole(&half, b"");
    let filled = open.with(language, |counter| {
        counter.fill_with_examples(language, &mut |who, days| {
            crate::counter::at_days_before(who, days, language)
        })
    });
    match filled {
        Ok(_) => drop(std::fs::remove_file(&half)),
        Err(_) => tracing::warn!("the examples could not be made"),
    }
    if marked.is_err() {
        tracing::warn!("the examples' folder cannot be written");
    }
}

/// Goes over to the examples, or back to the house: the program starts again with the other file.
#[tauri::command(async)]
pub fn use_examples(app: AppHandle, root: State<'_, Root>, on: bool, at: At) -> Result<(), Said> {
    let mark = examples_mark(&root.0);
    let done = if on {
        write_whole(&mark, at.language().code().as_bytes()).is_ok()
    } else {
        std::fs::remove_file(&mark).is_ok()
    };
    if !done {
        return Err(Said::refused(at.language(), &Refusal::FolderGone));
    }
    app.state::<Saving>().ends();
    app.request_restart();
    Ok(())
}

/// Has WebKitGTK paint the page with the processor. Forms and lists are there as soon so, in less memory; where there is no graphics card
/// the processor would do its work too, and take longer. Who set it otherwise keeps that. To be called before there is a second thread.
#[cfg(target_os = "linux")]
pub fn paint_with_the_processor() {
    let _ = webkit2gtk::glib::setenv("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1", false);
}

/// Elsewhere the system's webview sees to it.
#[cfg(not(target_os = "linux"))]
pub const fn paint_with_the_processor() {}

/// Lets the page see a camera: WebKitGTK has that off until it is asked for.
#[cfg(target_os = "linux")]
pub fn with_camera(window: &WebviewWindow) {
    use webkit2gtk::{SettingsExt as _, WebViewExt as _};
    let done = window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_enable_media_stream(true);
            // A test has no camera: WebKit draws one.
            #[cfg(debug_assertions)]
            settings.set_enable_mock_capture_devices(std::env::var_os("ATELIER_TEST_CAMERA").is_some());
        }
    });
    if done.is_err() {
        tracing::warn!("the camera could not be asked for");
    }
}

/// Elsewhere the system's webview sees to it.
#[cfg(not(target_os = "linux"))]
pub const fn with_camera(_: &WebviewWindow) {}
