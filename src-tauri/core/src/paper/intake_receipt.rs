//! Paper 1: the intake receipt. What was handed over, in which state, at which declared value, under which risks.

use super::{Align, Block, Cell, Column, Letterhead, Paper, Picture, Sheet, SignatureBox, Table, opening};
use crate::grounds::{Fact, Message};
use crate::money::Money;
use crate::terms::Consent;
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use chrono::NaiveDate;

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
    pub language: Language,
    pub letterhead: Letterhead,
    pub number: String,
    pub project: String,
    pub issued_at: String,
    pub day: NaiveDate,
    pub client: Vec<String>,
    pub wish: String,
    pub pieces: Vec<ReceiptPiece>,
    pub fee: Money,
    pub fee_paid: bool,
    /// What changed hands for it in cash, where that was rounded.
    pub fee_handed: Option<Money>,
    pub fee_deducted: bool,
    /// Each consent, and the moment it was given.
    pub consents: Vec<(Consent, String)>,
    pub staff: String,
    pub signer: String,
    /// The strokes, where it was signed on the screen.
    pub strokes: Vec<Vec<(i32, i32)>>,
}

/// The intake receipt.
#[must_use]
pub fn intake_receipt(facts: &IntakeReceipt) -> Paper {
    let language = facts.language;
    let word = |key: &str| language.word(key);
    let title = language.say(&Message::new("receipt-title").with("number", Fact::Text(facts.number.clone())));
    let filed = vec![
        (word("paper-number"), facts.number.clone()),
        (word("paper-project"), facts.project.clone()),
        (word("paper-day"), language.day(facts.day)),
        (word("paper-received-by"), facts.staff.clone()),
    ];
    let mut blocks = opening(&title, word("receipt-under"), &facts.client, filed);
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
    if !facts.consents.is_empty() {
        blocks.push(Block::Heading(word("receipt-consents")));
        let said = facts.consents.iter().map(|(consent, at)| {
            let at = language.say(&Message::new("paper-given-at").with("at", Fact::Text(at.clone())));
            format!("{} {at}", word(&format!("consent-text-{}", consent.name())))
        });
        blocks.push(Block::List(said.collect()));
    }
    let signed = if facts.strokes.is_empty() {
        String::new()
    } else {
        format!("{}, {}", facts.signer, language.day(facts.day))
    };
    blocks.push(Block::Together(vec![
        Block::Text(word("receipt-signing")),
        Block::Signatures(vec![
            SignatureBox {
                label: word("paper-client-signs"),
                signed,
                strokes: facts.strokes.clone(),
            },
            SignatureBox {
                label: word("paper-house-signs"),
                signed: facts.staff.clone(),
                strokes: Vec::new(),
            },
        ]),
    ]));
    Paper {
        language,
        title,
        letterhead: facts.letterhead.clone(),
        issued_at: facts.issued_at.clone(),
        sheet: Sheet::A4,
        blocks,
    }
}

fn fee(facts: &IntakeReceipt) -> String {
    let key = match (facts.fee == Money::ZERO, facts.fee_paid, facts.fee_deducted) {
        (true, ..) => "receipt-fee-none",
        (false, true, true) => "receipt-fee-paid-deducted",
        (false, true, false) => "receipt-fee-paid",
        (false, false, true) => "receipt-fee-due-deducted",
        (false, false, false) => "receipt-fee-due",
    };
    let language = facts.language;
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
