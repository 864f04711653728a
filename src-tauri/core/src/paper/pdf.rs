//! Pages become a file: printpdf writes the content, lopdf makes it PDF/A-2a and PDF/UA-1.
//!
//! The only place that knows either crate. Resources stand under names of our own and dates come from the paper, so
//! that the same facts give the same bytes in any process.
#![expect(clippy::float_arithmetic, reason = "points on a page, not money")]

mod finish;
mod form;
mod icc;
mod links;
mod write;

use super::layout::{MissingGlyph, lay_out, pictured_logo};
use super::{Block, Paper, Picture};

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// A text on it cannot be set.
    #[error(transparent)]
    Missing(#[from] MissingGlyph),
    /// The writer failed: a fault of the program.
    #[error("the paper could not be written: {0}")]
    Broken(String),
}

impl From<lopdf::Error> for PaperError {
    fn from(error: lopdf::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

/// The paper as a PDF.
///
/// # Errors
/// [`PaperError`], each a fault of the program: whatever a client wrote can be printed.
pub fn render(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let laid = lay_out(paper)?;
    let mut pictures: Vec<&Picture> = pictured_logo(paper).into_iter().collect();
    gather(&paper.blocks, &mut pictures);
    let written = write::write(paper, &laid, &pictures)?;
    finish::finish(paper, &laid, written)
}

/// The pictures in the order their blocks are laid out.
fn gather<'a>(blocks: &'a [Block], pictures: &mut Vec<&'a Picture>) {
    for block in blocks {
        match block {
            Block::Photos(photos) => pictures.extend(photos),
            Block::Wide(picture) => pictures.push(picture),
            Block::Together(blocks) => gather(blocks, pictures),
            Block::Title(..)
            | Block::Address { .. }
            | Block::Heading(_)
            | Block::Text(_)
            | Block::Note(_)
            | Block::Facts(_)
            | Block::Payable { .. }
            | Block::List(_)
            | Block::Conditions(_)
            | Block::Checks(_)
            | Block::Table(_)
            | Block::Totals(_)
            | Block::Accepted { .. }
            | Block::Salutation(_)
            | Block::Field(_)
            | Block::Code(_)
            | Block::Label { .. }
            | Block::Notes(_)
            | Block::Signatures(_) => {}
        }
    }
}
