//! Strips are stacked on pages; letterhead, running head and "page x of y" are stamped last.
#![expect(clippy::float_arithmetic, reason = "points on a page, not money")]

use super::blocks::{Lowered, text_item};
use super::font::{Face, MissingGlyph};
use super::text::{Run, Style, lines};
use super::{GOLD, Item, MARGIN, MUTED, Mark, PAGE, Strip, WIDTH};
use crate::grounds::{Fact, Message};
use crate::paper::Paper;

/// Where text begins on the first page and on the others, and where it ends, from the top of the sheet.
const FIRST_TOP: f32 = 104.0;
const TOP: f32 = 66.0;
const BOTTOM: f32 = PAGE.1 - 74.0;

/// A mark on a page: `y` from the bottom of the sheet.
#[derive(Debug, Clone)]
pub struct Placed {
    /// What and where.
    pub item: Item,
}

/// A page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What stands on it, in reading order.
    pub placed: Vec<Placed>,
}

pub(super) fn stack(paper: &Paper, lowered: &mut Lowered) -> Result<Vec<Page>, MissingGlyph> {
    let strips = std::mem::take(&mut lowered.strips);
    let mut pages = vec![Page::default()];
    let mut y = FIRST_TOP;
    let mut top = FIRST_TOP;
    let mut index = 0;
    while index < strips.len() {
        // Strips that are glued together move as one, as long as a page can hold them.
        let end = index + strips[index..].iter().take_while(|strip| strip.glue).count() + 1;
        let chunk = &strips[index..end.min(strips.len())];
        let height: f32 = chunk
            .iter()
            .enumerate()
            .map(|(i, strip)| strip.height + if i == 0 && y == top { 0.0 } else { strip.gap })
            .sum();
        let too_tall = height > BOTTOM - TOP;
        let take = if too_tall { 1 } else { chunk.len() };
        let needed = if too_tall {
            chunk[0].height + chunk[0].gap
        } else {
            height
        };
        if y + needed > BOTTOM && y > top {
            pages.push(Page::default());
            (y, top) = (TOP, TOP);
            if let Some(head) = chunk[0].head {
                y = place(&mut pages, &lowered.heads[head], y);
            }
        }
        for strip in &chunk[..take] {
            if y > top {
                y += strip.gap;
            }
            y = place(&mut pages, strip, y);
        }
        index += take;
    }
    stamp(paper, &mut pages)?;
    Ok(pages)
}

fn place(pages: &mut [Page], strip: &Strip, y: f32) -> f32 {
    if let Some(page) = pages.last_mut() {
        for item in &strip.items {
            let item = Item {
                y: PAGE.1 - (y + item.y),
                ..item.clone()
            };
            page.placed.push(Placed { item });
        }
    }
    y + strip.height
}

fn stamp(paper: &Paper, pages: &mut [Page]) -> Result<(), MissingGlyph> {
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        let mut furniture = |item: Item| {
            page.placed.push(Placed {
                item: Item {
                    y: PAGE.1 - item.y,
                    ..item
                },
            })
        };
        let centred = |run: Run, top: f32| {
            let x = (PAGE.0 - run.width) / 2.0;
            text_item(run, x, top, None)
        };
        if index == 0 {
            let spaced: String = paper.letterhead.name.to_uppercase();
            furniture(centred(Run::new(&spaced, Style::of(Face::Serif, 19.0))?, 42.0));
            furniture(Item {
                x: PAGE.0 / 2.0 - 22.0,
                y: 76.0,
                mark: Mark::Rule(44.0, 0.9, GOLD),
                node: None,
            });
        } else {
            let small = Style::of(Face::Sans, 7.6).in_colour(MUTED);
            furniture(text_item(Run::new(&paper.letterhead.name, small)?, MARGIN, 36.0, None));
            let title = Run::new(&paper.title, small)?;
            let x = MARGIN + WIDTH - title.width;
            furniture(text_item(title, x, 36.0, None));
            furniture(Item {
                x: MARGIN,
                y: 52.0,
                mark: Mark::Rule(WIDTH, 0.5, GOLD),
                node: None,
            });
        }
        let small = Style::of(Face::Sans, 7.2).in_colour(MUTED);
        let mut top = PAGE.1 - 56.0;
        for run in lines(&paper.letterhead.lines.join("  ·  "), small, WIDTH, paper.language)? {
            furniture(centred(run, top));
            top += small.leading;
        }
        let number = |n: usize| Fact::Text(n.to_string());
        let of = Message::new("paper-page-of")
            .with("page", number(index + 1))
            .with("pages", number(count));
        furniture(centred(Run::new(&paper.language.say(&of), small)?, top + 1.0));
    }
    Ok(())
}
