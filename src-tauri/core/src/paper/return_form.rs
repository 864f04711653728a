//! Paper 17: the house's own return form, where its terms name one, beside the statutory model. It asks for no reason: a client who
//! wants to say one may.

use super::letter::Letter;
use super::{Block, Field, Paper};

/// What stands on the form.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct ReturnForm {
    pub letter: Letter,
    /// What was bought and when, and the days the return keeps to.
    pub facts: Vec<(String, String)>,
    /// What the house asks to come along, to be ticked.
    pub comes_with: Vec<String>,
    /// What the terms tell on it.
    pub points: Vec<String>,
}

/// The return form, to be filled in on the screen or by pen.
#[must_use]
pub fn return_form(form: &ReturnForm) -> Paper {
    let letter = &form.letter;
    let field = |name, label: &str, lines, typed| {
        Block::Field(Field {
            name,
            label: letter.word(label),
            lines,
            value: String::new(),
            typed,
        })
    };
    let (title, mut blocks) = letter.opens("return-form-title", letter.word("return-form-under"), Vec::new());
    blocks.push(Block::Facts(form.facts.clone()));
    if !form.comes_with.is_empty() {
        blocks.push(Block::Heading(letter.word("return-form-comes-with")));
        let asked = form.comes_with.iter().map(|point| (point.clone(), false));
        blocks.push(Block::Checks(asked.collect()));
    }
    if !form.points.is_empty() {
        blocks.push(Block::List(form.points.clone()));
    }
    blocks.push(field("reason", "return-form-reason", 2, true));
    blocks.push(field("date", "form-date", 1, true));
    blocks.push(field("signature", "form-signature", 2, false));
    letter.closes(title, blocks)
}
