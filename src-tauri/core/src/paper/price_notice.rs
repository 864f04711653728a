//! The notice of a wrong price: which was printed, which is right, and by when the client answers.

use super::letter::{Letter, Signed};
use super::{Block, Paper, Total};
use crate::grounds::{Fact, Ground};
use crate::money::Money;
use chrono::NaiveDate;

/// What stands on the notice.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct PriceNotice {
    pub letter: Letter,
    pub printed: Money,
    pub right: Money,
    /// The last day to answer.
    pub until: NaiveDate,
    pub grounds: Vec<Ground>,
}

/// The notice, with the client's choice.
#[must_use]
pub fn price_notice(notice: &PriceNotice) -> Paper {
    let letter = &notice.letter;
    let (title, mut blocks) = letter.opens("price-notice-title", letter.word("price-notice-under"), Vec::new());
    blocks.extend(letter.greets(letter.resting(&letter.word("price-notice-text"), &notice.grounds)));
    let line = |key: &str, amount: Money, strong| Total {
        label: letter.word(key),
        amount: letter.language.money(amount),
        strong,
    };
    blocks.push(Block::Totals(vec![
        line("price-notice-printed", notice.printed, false),
        line("price-notice-right", notice.right, true),
    ]));
    blocks.push(Block::Heading(letter.word("date-choice")));
    blocks.push(Block::Checks(vec![
        (letter.word("price-notice-take"), false),
        (
            letter.with("price-notice-end", vec![("day", Fact::Day(notice.until))]),
            false,
        ),
    ]));
    blocks.extend(letter.grounds(&notice.grounds));
    blocks.push(letter.signatures(None, "paper-client-signs", &Signed::default()));
    letter.closes(title, blocks)
}
