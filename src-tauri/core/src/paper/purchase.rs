//! The slip of old gold that was bought: who sold it, what it weighed, what was paid for it and how, signed by both.

use super::letter::{Letter, Signed};
use super::{Align, Block, Cell, Column, Paper, Picture, Table, Total};
use crate::money::Money;

/// A part, as it is printed.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct BoughtPart {
    pub what: String,
    pub weight: String,
    pub title: String,
    pub per_gram: Money,
    pub credit: Money,
}

/// The facts of the slip.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct PurchaseSlip {
    pub letter: Letter,
    /// Label and value: name, day of birth, document.
    pub seller: Vec<(String, String)>,
    pub parts: Vec<BoughtPart>,
    pub credit: Money,
    pub photos: Vec<Picture>,
    /// How it is paid, and until when it waits.
    pub told: Vec<String>,
    pub signed: Signed,
}

/// The slip.
#[must_use]
pub fn slip(facts: &PurchaseSlip) -> Paper {
    let letter = &facts.letter;
    let (title, mut blocks) = letter.opens("purchase-title", letter.word("purchase-under"), Vec::new());
    blocks.push(Block::Heading(letter.word("purchase-seller")));
    blocks.push(Block::Facts(facts.seller.clone()));
    blocks.push(Block::Heading(letter.word("purchase-what")));
    let column = |key, share, align| Column::said(letter.language, key, share, align);
    blocks.push(Block::Table(Table {
        columns: vec![
            column("quote-what", 40, Align::Left),
            column("purchase-weight", 16, Align::Right),
            column("purchase-purity", 12, Align::Right),
            column("purchase-per-gram", 16, Align::Right),
            column("quote-amount", 16, Align::Right),
        ],
        rows: facts
            .parts
            .iter()
            .map(|part| {
                vec![
                    Cell::from(part.what.clone()),
                    Cell::from(part.weight.clone()),
                    Cell::from(part.title.clone()),
                    Cell::from(letter.language.money(part.per_gram)),
                    Cell::from(letter.language.money(part.credit)),
                ]
            })
            .collect(),
    }));
    blocks.push(Block::Totals(vec![Total {
        label: letter.word("purchase-total"),
        amount: letter.language.money(facts.credit),
        strong: true,
    }]));
    if !facts.photos.is_empty() {
        blocks.push(Block::Photos(facts.photos.clone()));
    }
    blocks.extend(facts.told.iter().cloned().map(Block::Text));
    blocks.push(letter.signatures(Some("purchase-signing"), "purchase-seller-signs", &facts.signed));
    letter.closes(title, blocks)
}
