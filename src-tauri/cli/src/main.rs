//! `atelier`: the rules and the papers for scripts. No window, no network.

use atelier_core::counter::Counter;
use atelier_core::desk;
use atelier_core::store::Store;
use std::fs::File;
use std::io::{self, BufReader, BufWriter};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage:
  atelier ask QUESTIONS.jsonl           answers a question a line; - reads standard input
  atelier paper STORE NUMBER FILE.pdf   writes a paper again, as it was issued";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["ask", "-"] => ask(io::stdin().lock()),
        ["ask", file] => File::open(file).and_then(|file| ask(BufReader::with_capacity(1 << 16, file))),
        ["paper", store, number, file] => paper(Path::new(store), number, Path::new(file)),
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

fn ask(questions: impl io::BufRead) -> io::Result<()> {
    desk::answer_lines(questions, BufWriter::with_capacity(1 << 16, io::stdout().lock()))
}

fn paper(store: &Path, number: &str, file: &Path) -> io::Result<()> {
    if !store.exists() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("{} does not exist", store.display())));
    }
    let mut counter = Counter::over(Store::open(store).map_err(io::Error::other)?);
    let (_, bytes) = counter.paper(number).map_err(io::Error::other)?;
    std::fs::write(file, bytes)
}
