//! A paper becomes pages: blocks are lowered to unbreakable strips, and strips are stacked on pages.
//!
//! Every item carries the id of its structure node, so that the tags of the PDF come from the same tree as the page.
#![expect(clippy::float_arithmetic, reason = "points on a page, not money")]

mod blocks;
mod font;
mod label;
mod opening;
mod page;
mod system;
mod text;

pub use font::{Face, FontFile, Glyph, MissingGlyph};
pub use opening::{Zone, always_shown, ever_shown};
pub use page::{Page, Placed};
pub use text::{Run, Style, written};

use crate::paper::brand::{Drawing, Logo};
use crate::paper::{Field, Letterhead, Paper, Picture, Sheet};

/// A colour, red, green and blue from 0 to 1.
pub type Colour = (f32, f32, f32);

/// The ink of text.
pub const INK: Colour = (0.11, 0.10, 0.09);
/// Labels and notes.
pub const MUTED: Colour = (0.38, 0.35, 0.31);
/// The accent.
pub const GOLD: Colour = (0.58, 0.45, 0.15);
/// Hairlines.
pub const HAIR: Colour = (0.82, 0.78, 0.71);

/// A4 in points.
pub const PAGE: (f32, f32) = (595.276, 841.89);
/// Left and right margin.
pub const MARGIN: f32 = 62.0;
/// The width of the text.
pub const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;

/// The colour of a letterhead's rules and marks.
const fn accent(letterhead: &Letterhead) -> Colour {
    match letterhead.colour {
        Some(colour) => colour,
        None => GOLD,
    }
}

/// The logo of a paper where it is made of pixels: the first of its pictures.
pub(super) fn pictured_logo(paper: &Paper) -> Option<&Picture> {
    match &paper.letterhead.logo {
        Some(Logo::Picture(picture)) if paper.sheet == Sheet::A4 => Some(picture),
        Some(Logo::Drawing(_) | Logo::Picture(_)) | None => None,
    }
}

/// A node of the structure tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// `Document`, `H1`, `P`, `Table`, …
    pub role: &'static str,
    /// Its child nodes, in reading order.
    pub kids: Vec<usize>,
    /// What a picture shows.
    pub alt: Option<String>,
    /// Whether a `TH` heads a column.
    pub heads_column: bool,
}

/// Something drawn, with its place in the strip or on the page: `x` from the left margin's edge of the sheet, `y` from
/// the top of the strip, or from the bottom of the sheet once placed.
#[derive(Debug, Clone)]
pub enum Mark {
    /// A line of text, on its baseline.
    Run(Run),
    /// A rule of that width and thickness.
    Rule(f32, f32, Colour),
    /// The picture of that index, width and height.
    Picture(usize, f32, f32),
    /// A drawing in a field of that width and height, from its lower left corner.
    Drawing(Drawing, f32, f32),
    /// Dark modules of a code, in a field of that width and height, from its lower left corner.
    Code(Vec<Vec<bool>>, f32, f32),
    /// Strokes of a pen, in points from its corner.
    Strokes(Vec<Vec<(f32, f32)>>),
    /// A place to fill in on the screen, with the lines of what is filled in already, from its lower left corner.
    Field(Box<Fill>),
}

/// A place to fill in: its size, and what stands in it.
#[derive(Debug, Clone)]
pub struct Fill {
    /// The field.
    pub field: Field,
    /// What is filled in, broken into lines that fit.
    pub lines: Vec<String>,
    /// The size of its letters, in points.
    pub size: f32,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// A mark, its place, and the node it belongs to; one without a node is an artifact.
#[derive(Debug, Clone)]
pub struct Item {
    /// From the left edge of the sheet.
    pub x: f32,
    /// From the top of the strip.
    pub y: f32,
    /// What is drawn.
    pub mark: Mark,
    /// The node it belongs to.
    pub node: Option<usize>,
}

/// What is never split over two pages.
#[derive(Debug, Clone, Default)]
pub struct Strip {
    /// The space above it, dropped at the top of a page.
    pub gap: f32,
    /// Its height.
    pub height: f32,
    /// What is drawn.
    pub items: Vec<Item>,
    /// Whether it stays with the next strip.
    pub glue: bool,
    /// Whether it stands at the foot of its page.
    pub sinks: bool,
    /// The table head to repeat when it opens a page.
    pub head: Option<usize>,
}

impl Strip {
    /// Whether a sign stands in it that no face has: a box is in its place.
    fn loses_a_sign(&self) -> bool {
        self.items
            .iter()
            .any(|item| matches!(&item.mark, Mark::Run(run) if run.is_lost()))
    }
}

/// A paper, laid out.
#[derive(Debug)]
pub struct Laid {
    /// The structure tree; the first node is the document.
    pub nodes: Vec<Node>,
    /// The pages.
    pub pages: Vec<Page>,
    /// Their size, in points.
    pub size: (f32, f32),
}

/// Lays a paper out.
///
/// # Errors
/// [`MissingGlyph`] when shaping fails. A character that no face of the program or the machine has is drawn as a box, and the
/// paper says so.
pub fn lay_out(paper: &Paper) -> Result<Laid, MissingGlyph> {
    if paper.sheet != Sheet::A4 {
        return label::lay_out(paper);
    }
    let furniture = page::Furniture::of(paper)?;
    let mut lowered = blocks::lower(paper, furniture.first_top())?;
    let pages = page::stack(paper, &furniture, &mut lowered)?;
    Ok(Laid {
        nodes: lowered.nodes,
        pages,
        size: PAGE,
    })
}
