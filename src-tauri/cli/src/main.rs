//! `atelier`: the rules, the papers and the store for scripts. No window, no network.

use atelier_core::desk;
use std::fs::File;
use std::io::{self, BufReader, BufWriter};
use std::process::ExitCode;

const USAGE: &str = "usage: atelier ask QUESTIONS.jsonl | -";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["ask", "-"] => ask(io::stdin().lock()),
        ["ask", file] => File::open(file).and_then(|file| ask(BufReader::with_capacity(1 << 16, file))),
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
