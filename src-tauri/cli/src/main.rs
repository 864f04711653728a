//! `atelier`: the rules, the papers and the store for scripts. No window.

use atelier_core::counter::{Action, Answer, Context, Counter, Export, Question, Report, Role, pin_hash};
use atelier_core::desk::{self, Houses};
use atelier_core::house::Profile;
use atelier_core::store::files::{self, Checked, FileKind, write_whole};
use atelier_core::store::key::Key;
use atelier_core::store::lock::Lock;
use atelier_core::store::moving::SoFar;
use atelier_core::store::series::{Whole, whole_of};
use atelier_core::store::server::Way;
use atelier_core::store::{Store, Trouble};
use atelier_core::vocabulary::Vocabulary as _;
use atelier_core::words::Language;
use std::ffi::OsString;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage:
  atelier ask [--house FILE.toml]… QUESTIONS.jsonl
                                        answers a question a line; - reads standard input;
                                        each file is a house more, known by its id
  atelier paper STORE NUMBER FILE.pdf   writes a paper again, as it was issued
  atelier check STORE                   proves the journal's chain and the hash of every paper and photo
  atelier backup STORE FILE.db          copies everything into one file while the store is used, and reads it back
  atelier restore FILE.db STORE         puts a backup in the place of a store; what was there is kept beside it;
                                        on a server into a database in which nothing was done yet
  atelier export STORE REPORT FILE      writes a report as .csv or .xlsx: open-cases, refunds, reasons, register,
                                        custody or projects
  atelier move STORE STORE              moves a house from a file to a server or back; the old store is kept, and opens no more
  atelier reset-pin STORE NAME          gives a manager who forgot theirs a new PIN, read from standard input
A store is a file, or a database on the house's server: postgres://user:password@computer/database
A store or backup that is encrypted is opened with the recovery key or passphrase in ATELIER_KEY;
ATELIER_BACKUP_KEY, a passphrase, encrypts the backup of a store that is not.
ATELIER_SERVER_CERTIFICATE, the SHA-256 fingerprint of a server's own certificate, has it believed.";

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let words: Vec<&str> = arguments
        .iter()
        .map(|argument| argument.to_str().unwrap_or_default())
        .collect();
    let path = |at: usize| Path::new(&arguments[at]);
    let done = match words.as_slice() {
        ["ask", rest @ .., questions] => houses(rest).and_then(|houses| ask(questions, &houses)),
        ["paper", _, number, _] => paper(path(1), number, path(3)).map_err(io::Error::other),
        ["check", _] => check(path(1)).map_err(io::Error::other),
        ["backup", _, _] => backup(path(1), path(2)).map_err(io::Error::other),
        ["restore", _, _] => restore(path(1), path(2)).map_err(io::Error::other),
        ["move", _, _] => move_house(path(1), path(2)).map_err(io::Error::other),
        ["reset-pin", _, name] => reset_pin(path(1), name).map_err(io::Error::other),
        ["export", _, report, _] => export(path(1), report, path(3)).map_err(io::Error::other),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("atelier: {why}");
            ExitCode::from(2)
        }
    }
}

fn houses(arguments: &[&str]) -> io::Result<Vec<Profile>> {
    let mut houses = Vec::new();
    for pair in arguments.chunks(2) {
        let &["--house", file] = pair else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, USAGE));
        };
        let text = std::fs::read_to_string(file).map_err(|why| io::Error::new(why.kind(), format!("{file}: {why}")))?;
        houses.push(Profile::read(file, &text).map_err(io::Error::other)?);
    }
    Ok(houses)
}

fn ask(questions: &str, houses: &[Profile]) -> io::Result<()> {
    let answers = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    if questions == "-" {
        return desk::answer_lines(io::stdin().lock(), answers, Houses::and(houses));
    }
    let questions = BufReader::with_capacity(1 << 16, File::open(questions)?);
    desk::answer_lines(questions, answers, Houses::and(houses))
}

/// A failure in words: a refusal says what to do.
fn said(trouble: Trouble) -> String {
    match trouble {
        Trouble::Refused(refusal) => Language::En.refusal(&refusal),
        other @ (Trouble::Busy | Trouble::Newer { .. } | Trouble::Damaged { .. } | Trouble::Broken(_)) => {
            other.to_string()
        }
    }
}

/// What opens a file, where the environment says it.
fn key(file: &Path) -> Result<Option<Key>, String> {
    let Ok(text) = std::env::var("ATELIER_KEY") else {
        return Ok(None);
    };
    if matches!(files::kind(file), Ok(FileKind::Encrypted)) {
        Store::key_of(file, &text).map(Some).map_err(said)
    } else {
        Ok(Some(Key::typed(&text)))
    }
}

/// The address of a store on a server, where it is one.
fn on_server(path: &Path) -> Option<&str> {
    path.to_str()
        .filter(|text| text.starts_with("postgres://") || text.starts_with("postgresql://"))
}

/// The house on a server; a certificate that nobody vouches for is believed where the environment names its fingerprint.
fn come_to(address: &str) -> Result<Store, String> {
    let mut way = Way::from(address);
    way.certificate = std::env::var("ATELIER_SERVER_CERTIFICATE").ok();
    Store::on_server_by(&way).map_err(said)
}

/// A store to work on; a file that is not there is made.
fn open_to_work(path: &Path) -> Result<Store, String> {
    match on_server(path) {
        Some(address) => come_to(address),
        None => Store::open_with(path, key(path)?.as_ref()).map_err(said),
    }
}

/// Moves a house; how far it is stands on the screen.
fn move_house(from: &Path, to: &Path) -> Result<(), String> {
    if on_server(from).is_none() && !from.exists() {
        return Err(format!("{} does not exist", from.display()));
    }
    let locks = [from, to]
        .into_iter()
        .filter(|path| on_server(path).is_none())
        .map(lock);
    let _locks: Vec<Lock> = locks.collect::<Result<_, _>>()?;
    let (mut old, mut new) = (open_to_work(from)?, open_to_work(to)?);
    old.move_into(&mut new, &mut how_far).map_err(said)?;
    println!("moved, and proven there; the old store is kept, and opens no more");
    Ok(())
}

fn how_far(so_far: SoFar<'_>) -> bool {
    eprint!("\r{} of {} rows: {}          ", so_far.rows, so_far.of, so_far.table);
    true
}

/// A store to read; one of an older program is brought up to date first, a copy of it kept beside it.
fn opened(path: &Path) -> Result<Store, String> {
    if let Some(address) = on_server(path) {
        return come_to(address);
    }
    if !path.exists() {
        return Err(format!("{} does not exist", path.display()));
    }
    let mut store = Store::open_to_read(path, key(path)?.as_ref()).map_err(said)?;
    if store.is_current().map_err(said)? {
        return Ok(store);
    }
    let _lock = lock(path)?;
    Store::open_with(path, key(path)?.as_ref()).map_err(said)
}

/// Whoever has the file can do anything with it; a forgotten PIN is given anew here, and the journal says so.
fn reset_pin(store: &Path, name: &str) -> Result<(), String> {
    if !store.exists() {
        return Err(format!("{} does not exist", store.display()));
    }
    let _lock = lock(store)?;
    let mut counter = Counter::over(Store::open_with(store, key(store)?.as_ref()).map_err(said)?);
    let mut context = Context {
        who: String::new(),
        instant: chrono::Local::now().fixed_offset(),
        seed: uuid::Uuid::now_v7().into_bytes(),
        salt: uuid::Uuid::new_v4().into_bytes(),
        language: Language::En,
        sure: true,
    };
    let Answer::Start(start) = counter.ask(&Question::Start, &context).map_err(said)? else {
        return Err("the store answers nothing".to_owned());
    };
    let manager = start
        .staff
        .into_iter()
        .find(|person| person.name == name && person.active && person.role == Role::Manager);
    let manager = manager.ok_or_else(|| format!("no manager of the name {name} works here"))?;
    let mut pin = String::new();
    io::stdin().lock().read_line(&mut pin).map_err(|why| why.to_string())?;
    let pin = pin_hash(pin.trim(), &uuid::Uuid::new_v4().into_bytes()).map_err(|why| Language::En.refusal(&why))?;
    context.who.clone_from(&manager.id);
    let changed = Action::ChangeStaff {
        id: manager.id,
        name: manager.name,
        role: manager.role,
        active: true,
        pin,
    };
    counter.act(&changed, &context).map_err(said)?;
    tells(format!("{name} has a new PIN"))
}

/// The folder of a store, to work on it alone.
fn lock(store: &Path) -> Result<Lock, String> {
    let folder = store
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    Lock::take(folder, "atelier").map_err(said)
}

fn paper(store: &Path, number: &str, file: &Path) -> Result<(), String> {
    let (_, bytes) = Counter::over(opened(store)?).paper(number).map_err(said)?;
    written(file, &bytes)
}

fn written(file: &Path, bytes: &[u8]) -> Result<(), String> {
    write_whole(file, bytes).map_err(|why| format!("{}: {}", file.display(), said(why)))
}

fn tells(line: impl Display) -> Result<(), String> {
    writeln!(io::stdout().lock(), "{line}").map_err(|why| why.to_string())
}

/// What a check found, in lines; an error where something is wrong.
fn told(checked: &Checked) -> Result<(), String> {
    tells(format!(
        "{}: {} entries of the journal, {} papers ({} erased), {} photos, {} files; {} clients, {} projects, {} cases; last entry {}",
        checked.house,
        checked.entries,
        checked.papers,
        checked.erased_papers,
        checked.photos,
        checked.files,
        checked.clients,
        checked.projects,
        checked.cases,
        checked.last
    ))?;
    for problem in &checked.problems {
        tells(format!("wrong: {problem}"))?;
    }
    if checked.problems.is_empty() {
        tells("everything is as it was written")
    } else {
        Err("the store is not as it was written".to_owned())
    }
}

fn check(store: &Path) -> Result<(), String> {
    if whole_of(store) != store {
        let key = key(store)?;
        return told(&Store::preview_in(store, key.as_ref(), &std::env::temp_dir()).map_err(said)?);
    }
    told(&Counter::over(opened(store)?).check().map_err(said)?)
}

fn backup(store: &Path, file: &Path) -> Result<(), String> {
    let lock = std::env::var("ATELIER_BACKUP_KEY")
        .ok()
        .map(|text| Key::passphrase(&text))
        .transpose()
        .map_err(|why| Language::En.refusal(&why))?;
    let mut open = opened(store)?;
    if lock.is_some() && on_server(store).is_none() {
        // A connection that may only read could not write a copy under another key.
        open = Store::open_beside(store, key(store)?.as_ref()).map_err(said)?;
    }
    let manifest = open.back_up(file, lock.as_ref(), "").map_err(said)?;
    tells(format!("{} · sha256 {}", file.display(), manifest.sha256))?;
    manifest
        .parts
        .iter()
        .try_for_each(|part| tells(format!("  {} rows of {} · {}", part.rows, part.name, part.sha256)))
}

fn restore(backup: &Path, store: &Path) -> Result<(), String> {
    if let Some(address) = on_server(store) {
        let mut there = come_to(address)?;
        let key = key(backup)?;
        let whole = Whole::of(backup, key.as_ref(), &std::env::temp_dir()).map_err(said)?;
        let mut copy = Store::open_to_read(whole.path(), key.as_ref()).map_err(said)?;
        copy.copy_into(&mut there, &mut how_far).map_err(said)?;
        return tells("restored, and proven there");
    }
    let _lock = lock(store)?;
    told(&Store::preview(backup, key(backup)?.as_ref()).map_err(said)?)?;
    let stamp = (1..)
        .map(|number| format!("{number}"))
        .find(|number| !store.with_extension(format!("kept-{number}.db")).exists());
    // A house that is encrypted stays so, and one that is not is not; a new one is as its backup.
    let kind_of = |path| files::kind(path).map_err(said);
    let stays = if kind_of(store)? == FileKind::Missing {
        kind_of(backup)?
    } else {
        kind_of(store)?
    };
    // What takes its place opens with what was typed, also where the present file is too damaged to be opened.
    let typed = || std::env::var("ATELIER_KEY").ok().map(|text| Key::typed(&text));
    let own = key(store)
        .unwrap_or_else(|_| typed())
        .filter(|_| stays == FileKind::Encrypted);
    let kept = Store::restore(
        store,
        backup,
        key(backup)?.as_ref(),
        own.as_ref(),
        &stamp.unwrap_or_default(),
    )
    .map_err(said)?;
    kept.map_or(Ok(()), |kept| {
        tells(format!("what was there is kept in {}", kept.display()))
    })
}

fn export(store: &Path, report: &str, file: &Path) -> Result<(), String> {
    let report = Report::of(report).ok_or_else(|| USAGE.to_owned())?;
    let format = if file.extension().is_some_and(|end| end == "csv") {
        "csv"
    } else {
        "xlsx"
    };
    let export = Export::Report {
        report,
        format: format.to_owned(),
    };
    let done = Counter::over(opened(store)?).export_plain(&export, file);
    done.map_err(|why| format!("{}: {}", file.display(), said(why)))
}
