//! What is known, as its form would hold it: to be put right where it stands.

use crate::intake::{MetalForm, MetalRead, PieceForm, StoneForm, StoneRead};
use crate::number::fixed;
use crate::order::Piece;
use crate::stone::Size;
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use rust_decimal::Decimal;
use serde::Serialize;

/// A piece as its form would hold it, and which component each part of the form is.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct PieceNow {
    /// The form as it would stand.
    pub form: PieceForm,
    /// Its stones by their ids.
    pub stones: Vec<String>,
    /// Its metal parts alike.
    pub metals: Vec<String>,
}

impl PieceNow {
    /// What is known of a piece now, typed in a language.
    pub(super) fn of(piece: &Piece, language: Language) -> Self {
        let grams = |number: Decimal| language.typed(&fixed(number, 2.max(number.normalize().scale())));
        let metal = |read: &MetalRead| MetalForm {
            name: read.name.clone(),
            stamp: read.stamp.clone(),
            title: read.part.title.get().to_string(),
            tested: read.tested.clone(),
            gross: grams(read.part.gross_g),
            mounted: carats(read.part.mounted_ct, language),
            other: grams(read.part.other_g),
        };
        Self {
            form: PieceForm {
                description: piece.description.clone(),
                condition: piece.condition.clone(),
                envelope: piece.envelope.clone(),
                declared_value: piece
                    .declared_value
                    .map(|value| language.typed(&fixed(value.euro(), 2)))
                    .unwrap_or_default(),
                stones: piece.stones.iter().map(|(_, read, _)| stone(read, language)).collect(),
                metals: piece.metals.iter().map(|(_, read)| metal(read)).collect(),
                photos: piece.photos.clone(),
            },
            stones: piece.stones.iter().map(|(id, ..)| id.clone()).collect(),
            metals: piece.metals.iter().map(|(id, _)| id.clone()).collect(),
        }
    }
}

/// Carats with two decimals, or as many as were weighed; none for none.
fn carats(carat: Decimal, language: Language) -> String {
    if carat.is_zero() {
        return String::new();
    }
    language.typed(&fixed(carat, 2.max(carat.normalize().scale())))
}

fn stone(read: &StoneRead, language: Language) -> StoneForm {
    let typed = |number: Decimal| language.typed(&number.normalize().to_string());
    let empty = StoneForm {
        role: read.stone.role.name().to_owned(),
        gem: read.gem.clone(),
        gravity: read.gravity.map(typed).unwrap_or_default(),
        note: read.note.clone(),
        ..StoneForm::default()
    };
    match &read.stone.size {
        Size::Weighed(carat) => StoneForm {
            loose: true,
            weighed: carats(*carat, language),
            ..empty
        },
        Size::Measured(measured) => StoneForm {
            cut: measured.cut.name().to_owned(),
            length: typed(measured.length),
            width: typed(measured.width),
            depth: typed(measured.depth),
            girdle: measured.girdle.map_or("", |girdle| girdle.name()).to_owned(),
            ..empty
        },
    }
}
