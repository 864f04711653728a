//! Labels: each in a field of 89 by 36 millimetres, alone on a page of a roll or side by side on A4.
#![expect(clippy::float_arithmetic, reason = "points on a page, not money")]

use super::blocks::{code_item, text_item};
use super::font::{Face, MissingGlyph};
use super::page::{Page, Placed};
use super::text::{Style, lines};
use super::{Item, Laid, Node, PAGE};
use crate::paper::{Block, Paper, Sheet};

/// 89 by 36 millimetres in points.
const LABEL: (f32, f32) = (252.283, 102.047);
const EDGE: f32 = 9.0;
const ROWS: usize = 8;

pub(super) fn lay_out(paper: &Paper) -> Result<Laid, MissingGlyph> {
    let (size, a_page) = if paper.sheet == Sheet::LabelRoll {
        (LABEL, 1)
    } else {
        (PAGE, 2 * ROWS)
    };
    let mut laid = Laid {
        nodes: vec![Node {
            role: "Document",
            kids: Vec::new(),
            alt: None,
            heads_column: false,
        }],
        pages: Vec::new(),
        size,
    };
    let labels: Vec<&Block> = paper
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Label { .. }))
        .collect();
    for labels in labels.chunks(a_page) {
        let mut page = Page::default();
        for (index, label) in labels.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a sheet has sixteen labels")]
            let (column, row) = ((index % 2) as f32, (index / 2) as f32);
            let (left, top) = if a_page == 1 {
                (0.0, 0.0)
            } else {
                (
                    (PAGE.0 - 2.0 * LABEL.0) / 3.0 * (column + 1.0) + LABEL.0 * column,
                    (PAGE.1 - 8.0 * LABEL.1) / 2.0 + LABEL.1 * row,
                )
            };
            for item in label_items(paper, label, &mut laid)? {
                page.placed.push(Placed {
                    item: Item {
                        x: left + item.x,
                        y: size.1 - (top + item.y),
                        ..item
                    },
                });
            }
        }
        laid.pages.push(page);
    }
    Ok(laid)
}

fn label_items(paper: &Paper, label: &Block, laid: &mut Laid) -> Result<Vec<Item>, MissingGlyph> {
    let Block::Label { lines: texts, code } = label else {
        return Ok(Vec::new());
    };
    let mut node = |role, alt: Option<String>| {
        laid.nodes.push(Node {
            role,
            kids: Vec::new(),
            alt,
            heads_column: false,
        });
        let id = laid.nodes.len() - 1;
        laid.nodes[0].kids.push(id);
        id
    };
    let mut items = Vec::new();
    let square = code.as_ref().is_some_and(|code| code.rows.len() > 1);
    let room = LABEL.0 - 2.0 * EDGE - if square { 84.0 } else { 0.0 };
    let mut y = EDGE;
    for (index, text) in texts.iter().enumerate() {
        let style = if index == 0 {
            Style::of(Face::SansBold, 13.0)
        } else {
            Style::of(Face::Sans, 8.2)
        };
        let runs = lines(text, style, room, paper.language)?;
        if runs.is_empty() {
            continue;
        }
        let id = node("P", None);
        for run in runs.into_iter().take(2) {
            if y + style.leading < LABEL.1 - if square { 2.0 } else { 34.0 } {
                items.push(text_item(run, EDGE, y, Some(id)));
                y += style.leading;
            }
        }
    }
    if let Some(code) = code {
        let id = node("Figure", Some(code.described(paper.language)));
        let (x, bottom, width, height) = if square {
            (LABEL.0 - EDGE - 76.0, EDGE + 76.0, 76.0, 76.0)
        } else {
            (EDGE + 20.0, LABEL.1 - EDGE, LABEL.0 - 2.0 * EDGE - 40.0, 26.0)
        };
        items.push(code_item(code, x, bottom, width, height, id));
    }
    Ok(items)
}
