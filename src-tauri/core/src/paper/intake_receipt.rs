//! Paper 1: the intake receipt. What was handed over, in which state, at which declared value, under which risks.

use super::letter::{Letter, Signed};
use super::{Align, Block, Cell, Column, Paper, Picture, Table};
use crate::grounds::{Fact, Message};
use crate::money::Money;
use crate::terms::Consent;
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;

/// A stone or a metal part, as it is printed.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Component {
    pub name: String,
    pub note: String,
    pub measure: String,
    pub weight: String,
}

/// A piece, as it is printed.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct ReceiptPiece {
    pub description: String,
    pub condition: String,
    pub envelope: String,
    pub declared_value: Option<Money>,
    pub components: Vec<Component>,
    pub photos: Vec<Picture>,
}

/// The facts of the receipt.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct IntakeReceipt {
    pub letter: Letter,
    /// How the client is reached: label and value.
    pub reached: Vec<(String, String)>,
    pub wish: String,
    pub pieces: Vec<ReceiptPiece>,
    pub fee: Money,
    pub fee_paid: bool,
    /// What changed hands for it in cash, where that was rounded.
    pub fee_handed: Option<Money>,
    pub fee_deducted: bool,
    /// Each consent, and the moment it was given.
    pub consents: Vec<(Consent, String)>,
    /// What the terms tell on it.
    pub points: Vec<String>,
    pub signed: Signed,
}

/// The intake receipt.
#[must_use]
pub fn intake_receipt(facts: &IntakeReceipt) -> Paper {
    let letter = &facts.letter;
    let language = letter.language;
    let word = |key: &str| letter.word(key);
    let mut beside = vec![(word("paper-received-by"), letter.staff.clone())];
    beside.extend(facts.reached.iter().cloned());
    let (title, mut blocks) = letter.opens("receipt-title", word("receipt-under"), beside);
    if !facts.wish.is_empty() {
        blocks.push(Block::Heading(word("receipt-wish")));
        blocks.push(Block::Text(facts.wish.clone()));
    }
    for piece in &facts.pieces {
        let declared = piece
            .declared_value
            .map_or_else(|| word("receipt-no-value"), |value| language.money(value));
        let mut lines = vec![
            (word("receipt-envelope"), piece.envelope.clone()),
            (word("receipt-declared"), declared),
        ];
        if !piece.condition.is_empty() {
            lines.push((word("receipt-condition"), piece.condition.clone()));
        }
        blocks.push(Block::Heading(piece.description.clone()));
        blocks.push(Block::Facts(lines));
        if !piece.components.is_empty() {
            blocks.push(Block::Table(components(language, &piece.components)));
        }
        if !piece.photos.is_empty() {
            blocks.push(Block::Photos(piece.photos.clone()));
        }
    }
    blocks.push(Block::Note(word("receipt-provisional")));
    blocks.push(Block::Heading(word("receipt-fee-heading")));
    blocks.push(Block::Text(fee(facts)));
    if !facts.points.is_empty() {
        blocks.push(Block::Conditions(facts.points.clone()));
    }
    if !facts.consents.is_empty() {
        blocks.push(Block::Heading(word("receipt-consents")));
        let said = facts.consents.iter().map(|(consent, at)| {
            let at = language.say(&Message::new("paper-given-at").with("at", Fact::Text(at.clone())));
            format!("{} {at}", word(&format!("consent-text-{}", consent.name())))
        });
        blocks.push(Block::List(said.collect()));
    }
    blocks.push(letter.signatures(Some("receipt-signing"), "paper-client-signs", &facts.signed));
    letter.closes(title, blocks)
}

fn fee(facts: &IntakeReceipt) -> String {
    let key = match (facts.fee == Money::ZERO, facts.fee_paid, facts.fee_deducted) {
        (true, ..) => "receipt-fee-none",
        (false, true, true) => "receipt-fee-paid-deducted",
        (false, true, false) => "receipt-fee-paid",
        (false, false, true) => "receipt-fee-due-deducted",
        (false, false, false) => "receipt-fee-due",
    };
    let language = facts.letter.language;
    let said = language.say(&Message::new(key).with("fee", Fact::Money(facts.fee)));
    match facts.fee_handed {
        Some(handed) => format!(
            "{said} {}: {}.",
            language.word("payment-handed"),
            language.money(handed)
        ),
        None => said,
    }
}

pub(super) fn components(language: Language, components: &[Component]) -> Table {
    let column = |key, share, align| Column::said(language, key, share, align);
    Table {
        columns: vec![
            column("paper-component", 42, Align::Left),
            column("paper-measure", 28, Align::Left),
            column("paper-weight", 30, Align::Right),
        ],
        rows: components
            .iter()
            .map(|part| {
                vec![
                    Cell {
                        text: part.name.clone(),
                        note: part.note.clone(),
                    },
                    Cell::from(part.measure.clone()),
                    Cell::from(part.weight.clone()),
                ]
            })
            .collect(),
    }
}
