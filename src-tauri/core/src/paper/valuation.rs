//! Paper 2: the valuation report. The verdict, the gold worksheet with every deduction, repolish offers and the fee.

use super::letter::Letter;
use super::{Align, Block, Cell, Column, Paper, Table, Total};
use crate::grounds::{Fact, Ground, Message};
use crate::money::Money;
use crate::words::Language;

/// A line of the worksheet, every figure as it is printed.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct WorksheetRow {
    pub part: String,
    pub weights: String,
    pub title: String,
    pub fine: String,
    pub estimate: Money,
    pub credit: Money,
}

/// An offer to repolish a stone.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct RepolishOffer {
    pub stone: String,
    pub after: String,
    pub warning: String,
    pub amount: Money,
}

/// The facts of the report.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct ValuationPaper {
    pub letter: Letter,
    /// For each piece: its description, the verdict, and the stones.
    pub pieces: Vec<(String, String, Vec<super::Component>)>,
    pub rows: Vec<WorksheetRow>,
    /// The price and its source, as sentences.
    pub price: Vec<String>,
    /// Each deduction and its per cent, as printed.
    pub deductions: Vec<(String, String)>,
    pub credit: Money,
    pub repolish: Vec<RepolishOffer>,
    pub fee: Money,
    pub grounds: Vec<Ground>,
}

/// The valuation report.
#[must_use]
pub fn valuation(facts: &ValuationPaper) -> Paper {
    let letter = &facts.letter;
    let language = letter.language;
    let valued_by = vec![(letter.word("paper-valued-by"), letter.staff.clone())];
    let (title, mut blocks) = letter.opens("valuation-title", letter.word("valuation-under"), valued_by);
    blocks.extend(letter.greets(letter.resting(&letter.word("valuation-text"), &facts.grounds)));
    for (description, verdict, stones) in &facts.pieces {
        blocks.push(Block::Heading(description.clone()));
        blocks.push(Block::Text(verdict.clone()));
        if !stones.is_empty() {
            blocks.push(Block::Table(super::intake_receipt::components(language, stones)));
        }
    }
    if !facts.rows.is_empty() {
        blocks.push(Block::Heading(letter.word("valuation-gold")));
        blocks.push(Block::Table(worksheet(language, &facts.rows)));
        blocks.push(Block::Facts(facts.deductions.clone()));
        let strong = |label: String, amount: Money| Total {
            label,
            amount: language.money(amount),
            strong: true,
        };
        blocks.push(Block::Totals(vec![strong(
            letter.word("valuation-credit"),
            facts.credit,
        )]));
        blocks.extend(facts.price.iter().cloned().map(Block::Note));
        blocks.push(Block::Text(letter.word("valuation-credit-meaning")));
    }
    if !facts.repolish.is_empty() {
        blocks.push(Block::Heading(letter.word("valuation-repolish")));
        blocks.push(Block::Table(repolish(language, &facts.repolish)));
        blocks.push(Block::Note(letter.word("valuation-repolish-loss")));
    }
    if facts.fee > Money::ZERO {
        blocks.push(Block::Heading(letter.word("receipt-fee-heading")));
        blocks.push(Block::Text(
            language.say(&Message::new("valuation-fee").with("fee", Fact::Money(facts.fee))),
        ));
    }
    blocks.extend(letter.grounds(&facts.grounds));
    blocks.push(letter.house_signs());
    letter.closes(title, blocks)
}

fn worksheet(language: Language, rows: &[WorksheetRow]) -> Table {
    let column = |key, share, align| Column::said(language, key, share, align);
    Table {
        columns: vec![
            column("valuation-part", 38, Align::Left),
            column("valuation-title-column", 10, Align::Right),
            column("valuation-fine", 15, Align::Right),
            column("valuation-estimate", 19, Align::Right),
            column("valuation-credited", 19, Align::Right),
        ],
        rows: rows
            .iter()
            .map(|row| {
                vec![
                    Cell {
                        text: row.part.clone(),
                        note: row.weights.clone(),
                    },
                    Cell::from(row.title.clone()),
                    Cell::from(row.fine.clone()),
                    Cell::from(language.money(row.estimate)),
                    Cell::from(language.money(row.credit)),
                ]
            })
            .collect(),
    }
}

fn repolish(language: Language, offers: &[RepolishOffer]) -> Table {
    let column = |key, share, align| Column::said(language, key, share, align);
    Table {
        columns: vec![
            column("valuation-stone", 46, Align::Left),
            column("valuation-after", 32, Align::Left),
            column("valuation-offer", 22, Align::Right),
        ],
        rows: offers
            .iter()
            .map(|offer| {
                vec![
                    Cell::from(offer.stone.clone()),
                    Cell {
                        text: offer.after.clone(),
                        note: offer.warning.clone(),
                    },
                    Cell::from(language.money(offer.amount)),
                ]
            })
            .collect(),
    }
}
