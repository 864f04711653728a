//! Papers: facts become a [`Paper`], which is plain data; `layout` makes pages of it and `pdf` a file.
//!
//! A template says *what* stands on a paper, in which order, and nothing of fonts, points or PDF. The same facts give
//! the same bytes, in any process.

use crate::house::Envelope;
use crate::words::Language;

pub mod brand;
pub mod cases;
pub mod code;
pub mod layout;
pub mod letter;
pub mod orders;
pub mod pdf;
pub mod kind;
pub mod series;

mod answer;
mod intake_receipt;
pub mod invoice;
pub mod purchase;
mod quote;
mod price_notice;
mod return_form;
mod valuation;

pub use answer::{AnswerPaper, answer};
pub use intake_receipt::{Component, IntakeReceipt, ReceiptPiece, intake_receipt};
pub use price_notice::{PriceNotice, price_notice};
pub use quote::{QuoteLine, QuotePaper, due, quote, sums};
pub use return_form::{ReturnForm, return_form};
pub use valuation::{RepolishOffer, ValuationPaper, WorksheetRow, valuation};

/// The sheet with a store's recovery key, to be kept outside the house.
#[must_use]
pub fn recovery_sheet(language: Language, house: &str, key: &str, issued_at: &str) -> Paper {
    let title = language.word("ui-recovery");
    let groups: Vec<&str> = key.split(' ').collect();
    let mut blocks = vec![
        Block::Title(title.clone(), house.to_owned()),
        Block::Text(language.word("ui-recovery-text")),
    ];
    blocks.extend(groups.chunks(7).map(|line| Block::Heading(line.join("   "))));
    blocks.extend(code::Code::qr(key, code::Says::Purpose(language.word("ui-recovery"))).map(Block::Code));
    Paper {
        language,
        title,
        letterhead: Letterhead {
            name: house.to_owned(),
            ..Letterhead::default()
        },
        issued_at: issued_at.to_owned(),
        sheet: Sheet::A4,
        blocks,
    }
}

/// A book of the house, of a month.
#[must_use]
pub fn book(
    language: Language,
    letterhead: Letterhead,
    (title, month): (String, String),
    note: String,
    table: Table,
    issued_at: &str,
) -> Paper {
    Paper {
        language,
        title: format!("{title} {month}"),
        letterhead,
        issued_at: issued_at.to_owned(),
        sheet: Sheet::A4,
        blocks: vec![Block::Title(title, month), Block::Table(table), Block::Note(note)],
    }
}

/// Who writes: what stands on the letterhead of every paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Letterhead {
    /// The name the house trades under.
    pub name: String,
    /// Address, contact, registration: the line at the foot.
    pub lines: Vec<String>,
    /// What stands in the name's place at the head of a paper.
    pub logo: Option<brand::Logo>,
    /// The colour of its rules and marks, where the house has one of its own.
    pub colour: Option<layout::Colour>,
    /// The window envelope its letters are posted in.
    pub envelope: Envelope,
}

/// A paper as plain data.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The language it is written in.
    pub language: Language,
    /// Its title, `Quote Q-2026-0001`.
    pub title: String,
    /// Who writes.
    pub letterhead: Letterhead,
    /// The moment it is issued, `2026-11-21T10:00:00+01:00`.
    pub issued_at: String,
    /// What it is printed on.
    pub sheet: Sheet,
    /// What stands on it, in reading order.
    pub blocks: Vec<Block>,
}

/// What a paper is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// A4, with letterhead and foot.
    A4,
    /// A4 sheets of labels, two beside each other, with nothing else on them.
    LabelSheet,
    /// A roll of labels of 89 by 36 millimetres, one a page.
    LabelRoll,
}

/// Something on a paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The paper's own name, and a line under it.
    Title(String, String),
    /// Whom it is for, and facts beside it.
    Address {
        /// The lines of the address.
        to: Vec<String>,
        /// Label and value.
        facts: Vec<(String, String)>,
    },
    /// The name of a section.
    Heading(String),
    /// How the client is addressed.
    Salutation(String),
    /// A paragraph.
    Text(String),
    /// A paragraph in small type.
    Note(String),
    /// Labels and values, one below the other.
    Facts(Vec<(String, String)>),
    /// What is typed to pay, a code beside it that says the same, and what to do with it.
    Payable {
        /// Label and value.
        facts: Vec<(String, String)>,
        /// The code.
        code: code::Code,
    },
    /// Points, one below the other.
    List(Vec<String>),
    /// What goes with an offer or an order: points in small type, two beside each other.
    Conditions(Vec<String>),
    /// Boxes to tick by pen, one below the other; each may be ticked already.
    Checks(Vec<(String, bool)>),
    /// A table.
    Table(Table),
    /// Labels and amounts, set to the right.
    Totals(Vec<Total>),
    /// The same with the place to accept them beside the price, and what signing means under it.
    Accepted {
        /// The sums.
        totals: Vec<Total>,
        /// Where the client signs.
        signature: SignatureBox,
        /// What the signature means.
        meaning: String,
    },
    /// Pictures beside each other.
    Photos(Vec<Picture>),
    /// A picture as wide as the page.
    Wide(Picture),
    /// Places to sign, beside each other.
    Signatures(Vec<SignatureBox>),
    /// A place to fill in, on the screen or by pen.
    Field(Field),
    /// A code that machines read.
    Code(code::Code),
    /// A label: lines of text, the first one large, and a code beside them.
    Label {
        /// The lines.
        lines: Vec<String>,
        /// The code.
        code: Option<code::Code>,
    },
    /// What the paper rests on, in small type at the foot of its last page; the first of them is note 1.
    Notes(Vec<String>),
    /// Blocks that stay on one page.
    Together(Vec<Block>),
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Figures.
    Right,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Its share of the width.
    pub share: u32,
    /// How it is set.
    pub align: Align,
}

impl Column {
    /// A column headed by the word of that key.
    #[must_use]
    pub fn said(language: Language, key: &str, share: u32, align: Align) -> Self {
        Self {
            head: language.word(key),
            share,
            align,
        }
    }
}

/// A table: its head is repeated on every page, and no row is split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// A cell for each column, in each row.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell: its text, and smaller text under it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// What explains it.
    pub note: String,
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            note: String::new(),
        }
    }
}

/// A line of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// What it is.
    pub label: String,
    /// How much.
    pub amount: String,
    /// Whether it is what matters.
    pub strong: bool,
}

/// A place to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the file, one on the paper.
    pub name: &'static str,
    /// What stands above it, and what is read out.
    pub label: String,
    /// How many lines it has room for.
    pub lines: u8,
    /// What is filled in already.
    pub value: String,
    /// Whether it is filled in on the screen too; a signature is for the pen alone.
    pub typed: bool,
}

/// What a picture is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pixels {
    /// JPEG bytes of our own making, passed through untouched.
    Jpeg(Vec<u8>),
    /// Red, green and blue of each pixel, row by row.
    Rgb(Vec<u8>),
}

/// A picture on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it is made of.
    pub pixels: Pixels,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What it shows, for those who cannot see it.
    pub shows: String,
    /// What is printed below it.
    pub caption: String,
}

/// A place to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureBox {
    /// Who signs.
    pub label: String,
    /// Name and moment, where it is signed on the screen; empty for the pen.
    pub signed: String,
    /// The strokes drawn on the screen, in a field 1000 wide.
    pub strokes: Vec<Vec<(i32, i32)>>,
}
