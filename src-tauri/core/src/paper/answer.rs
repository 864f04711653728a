//! The answer of the Ask desk on paper: what was asked, what the rules answer, and the grounds.

use super::letter::Letter;
use super::{Block, Paper};
use crate::desk::said::{Line, Said};

/// What stands on an answer.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct AnswerPaper {
    pub letter: Letter,
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
    let letter = &paper.letter;
    let word = |key: &str| letter.word(key);
    let house = vec![(word("answer-house"), paper.house.clone())];
    let (title, mut blocks) = letter.opens("paper-answer", paper.kind.clone(), house);
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
    letter.closes(title, blocks)
}
