//! `atelier`: the rules and the papers for scripts. No window, no network.

use atelier_core::counter::Counter;
use atelier_core::desk::{self, Houses};
use atelier_core::house::Profile;
use atelier_core::store::Store;
use std::fs::File;
use std::io::{self, BufReader, BufWriter};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage:
  atelier ask [--house FILE.toml]… QUESTIONS.jsonl
                                        answers a question a line; - reads standard input;
                                        each file is a house more, known by its id
  atelier paper STORE NUMBER FILE.pdf   writes a paper again, as it was issued";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["ask", rest @ .., questions] => houses(rest).and_then(|houses| ask(questions, &houses)),
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

fn houses(arguments: &[&str]) -> io::Result<Vec<Profile>> {
    let mut houses = Vec::new();
    for pair in arguments.chunks(2) {
        let &["--house", file] = pair else { return Err(io::Error::new(io::ErrorKind::InvalidInput, USAGE)) };
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

fn paper(store: &Path, number: &str, file: &Path) -> io::Result<()> {
    if !store.exists() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("{} does not exist", store.display())));
    }
    let mut counter = Counter::over(Store::open(store).map_err(io::Error::other)?);
    let (_, bytes) = counter.paper(number).map_err(io::Error::other)?;
    std::fs::write(file, bytes)
}
