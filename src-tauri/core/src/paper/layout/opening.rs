//! How a letter opens where it is posted in a window envelope: the address where the window shows it, the title and the facts in
//! the column beside it.
//!
//! A letter slides in its envelope. What stands in the part that every position shows is always read; what stands outside the
//! part that some position shows is never seen from outside.
#![expect(clippy::float_arithmetic, reason = "points on a page, not money")]

use super::blocks::{FIGURES, LABEL, Lowering, text_item};
use super::font::{Face, MissingGlyph};
use super::text::{Run, Style, lines};
use super::{MARGIN, MUTED, PAGE, Strip, WIDTH};
use crate::house::Envelope;

/// A millimetre in points.
const MM: f32 = 72.0 / 25.4;

/// Part of a sheet, in points from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zone {
    /// Its left edge.
    pub left: f32,
    /// Its upper edge.
    pub top: f32,
    /// Its right edge.
    pub right: f32,
    /// Its lower edge.
    pub bottom: f32,
}

/// An envelope's measures in millimetres: its own, the letter's once folded, and the window's in it.
struct Measures {
    envelope: (f32, f32),
    letter: (f32, f32),
    /// Its left and lower edge, from those of the envelope, and its width and height.
    window: (f32, f32, f32, f32),
}

impl Measures {
    const fn of(envelope: Envelope) -> Option<Self> {
        let (envelope, letter, window) = match envelope {
            Envelope::Right => ((229.0, 114.0), (210.0, 99.0), (109.0, 20.0, 100.0, 45.0)),
            Envelope::Left => ((229.0, 114.0), (210.0, 99.0), (20.0, 20.0, 100.0, 45.0)),
            Envelope::Din => ((220.0, 110.0), (210.0, 105.0), (20.0, 15.0, 90.0, 45.0)),
            Envelope::Plain => return None,
        };
        Some(Self {
            envelope,
            letter,
            window,
        })
    }

    /// The window as it lies over the letter when that lies in the upper left of the envelope, and how far it slides from there.
    fn over_the_letter(&self) -> (Zone, (f32, f32)) {
        let (left, bottom, width, height) = self.window;
        let top = self.envelope.1 - bottom - height;
        let zone = Zone {
            left: left * MM,
            top: top * MM,
            right: (left + width) * MM,
            bottom: (top + height) * MM,
        };
        let slides = (self.envelope.0 - self.letter.0, self.envelope.1 - self.letter.1);
        (zone, (slides.0 * MM, slides.1 * MM))
    }
}

/// What the window shows of a letter wherever that lies in its envelope.
#[must_use]
pub fn always_shown(envelope: Envelope) -> Option<Zone> {
    let (window, slides) = Measures::of(envelope)?.over_the_letter();
    Some(Zone {
        right: window.right - slides.0,
        bottom: window.bottom - slides.1,
        ..window
    })
}

/// What the window shows of a letter in one position or another: nothing but the address stands here.
#[must_use]
pub fn ever_shown(envelope: Envelope) -> Option<Zone> {
    let (window, slides) = Measures::of(envelope)?.over_the_letter();
    Some(Zone {
        left: window.left - slides.0,
        top: window.top - slides.1,
        ..window
    })
}

/// Where a letter is folded to fit its envelope, from the upper edge of the sheet: marked at its left edge, as DIN 5008 has it.
/// In a C5/6 envelope a third of a sheet needs no mark.
pub(super) const fn folds(envelope: Envelope) -> &'static [f32] {
    match envelope {
        Envelope::Din => &[105.0 * MM, 210.0 * MM],
        Envelope::Right | Envelope::Left | Envelope::Plain => &[],
    }
}

/// The sizes an address is set in, the first that fits.
const ADDRESS: [Style; 3] = [
    Style::of(Face::Serif, 11.0),
    Style::of(Face::Serif, 9.5),
    Style::of(Face::Serif, 8.0),
];
const TITLE: Style = Style::of(Face::Serif, 20.0);
const UNDER: Style = Style::of(Face::SerifItalic, 11.0).in_colour(MUTED);
/// The width of a fact's label.
const LABELS: f32 = 76.0;
/// What keeps letters off the edges of a window, and columns apart from it.
const CLEAR: f32 = 1.5 * MM;

impl Lowering<'_> {
    /// The opening of a letter whose text begins `top` points below the edge of the sheet.
    pub(super) fn opening(
        &mut self,
        envelope: Envelope,
        (title, under): (&str, &str),
        (to, facts): (&[String], &[(String, String)]),
        top: f32,
    ) -> Result<(), MissingGlyph> {
        let (Some(always), Some(ever)) = (always_shown(envelope), ever_shown(envelope)) else {
            return Ok(());
        };
        // DIN 5008 leaves the upper part of the window to the sender's line and the post's own words.
        let address_top = if envelope == Envelope::Din {
            62.7 * MM
        } else {
            always.top + CLEAR
        };
        let left = (always.left + CLEAR).max(MARGIN);
        let (column, room) = if ever.left > PAGE.0 - ever.right {
            (MARGIN, ever.left - CLEAR - MARGIN)
        } else {
            let column = ever.right + CLEAR;
            (column, MARGIN + WIDTH - column)
        };
        let mut strip = Strip::default();
        let heading = self.node("H1", self.part);
        let mut y = 0.0;
        for run in lines(title, TITLE.with_whole_words(), room, self.language)? {
            strip.items.push(text_item(run, column, y, Some(heading)));
            y += TITLE.leading * 0.9;
        }
        y += 2.0;
        let said = self.node("P", self.part);
        for run in lines(under, UNDER, room, self.language)? {
            strip.items.push(text_item(run, column, y, Some(said)));
            y += UNDER.leading;
        }
        let mut address = address_top.max(top) - top;
        let set = self.address_in(to, (always.right - CLEAR - left, always.bottom - CLEAR - top - address))?;
        let node = self.node("P", self.part);
        for run in set {
            let leading = run.style.leading;
            strip.items.push(text_item(run.goes_on(), left, address, Some(node)));
            address += leading;
        }
        y += 10.0;
        for (label, value) in facts {
            let node = self.node("P", self.part);
            let mut beside = y;
            for run in lines(label, LABEL, LABELS - 6.0, self.language)? {
                strip
                    .items
                    .push(text_item(run.goes_on(), column, beside + 0.4, Some(node)));
                beside += 13.0;
            }
            for run in lines(value, FIGURES.with_whole_words(), room - LABELS, self.language)? {
                strip.items.push(text_item(run, column + LABELS, y, Some(node)));
                y += 13.0;
            }
            y = y.max(beside);
        }
        strip.height = y.max(address).max(ever.bottom - top);
        self.out.strips.push(strip);
        Ok(())
    }

    /// The lines of an address in the largest size in which they fit; in the smallest where they fit in none.
    fn address_in(&self, to: &[String], (width, height): (f32, f32)) -> Result<Vec<Run>, MissingGlyph> {
        let mut set = Vec::new();
        for style in ADDRESS {
            set.clear();
            for line in to {
                set.extend(lines(line, style.with_whole_words(), width, self.language)?);
            }
            #[expect(clippy::cast_precision_loss, reason = "lines of an address")]
            let high = set.len() as f32 * style.leading;
            if high <= height {
                break;
            }
        }
        Ok(set)
    }
}
