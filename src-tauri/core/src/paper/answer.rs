//! The answer of the Ask desk on paper: what was asked, what the rules answer, and the grounds.

use super::{Block, Letterhead, Paper, Sheet, opening};
use crate::desk::said::{Line, Said};
use crate::grounds::{Fact, Message};
use crate::words::Language;
use chrono::NaiveDate;

/// What stands on an answer.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct AnswerPaper {
    pub language: Language,
    pub letterhead: Letterhead,
    pub number: String,
    pub issued_at: String,
    pub day: NaiveDate,
    /// The kind of question, said.
    pub kind: String,
    /// The house whose terms answer.
    pub house: String,
    pub asked: Vec<Line>,
    pub said: Said,
}

fn facts(lines: &[Line]) -> Vec<(String, String)> {
    lines
        .iter()
        .map(|line| (line.label.clone(), line.value.clone()))
        .collect()
}

/// The answer as a paper.
#[must_use]
pub fn answer(paper: &AnswerPaper) -> Paper {
    let language = paper.language;
    let word = |key: &str| language.word(key);
    let title = language.say(&Message::new("paper-answer").with("number", Fact::Text(paper.number.clone())));
    let filed = vec![
        (word("paper-day"), language.day(paper.day)),
        (word("answer-house"), paper.house.clone()),
    ];
    let mut blocks = opening(&title, paper.kind.clone(), &[], filed);
    blocks.push(Block::Heading(paper.said.headline.clone()));
    if !paper.said.lines.is_empty() {
        blocks.push(Block::Facts(facts(&paper.said.lines)));
    }
    blocks.push(Block::Heading(word("paper-grounds")));
    blocks.push(Block::List(
        paper
            .said
            .grounds
            .iter()
            .map(|(article, text)| format!("{text} ({article})"))
            .collect(),
    ));
    if !paper.said.flags.is_empty() {
        blocks.push(Block::Heading(word("answer-set-aside")));
        blocks.push(Block::List(
            paper
                .said
                .flags
                .iter()
                .map(|flag| format!("{} ({} / {})", flag.text, flag.house, flag.law))
                .collect(),
        ));
    }
    blocks.push(Block::Heading(word("answer-asked")));
    blocks.push(Block::Facts(facts(&paper.asked)));
    blocks.push(Block::Note(word("answer-note")));
    Paper {
        language,
        title,
        letterhead: paper.letterhead.clone(),
        issued_at: paper.issued_at.clone(),
        sheet: Sheet::A4,
        blocks,
    }
}
