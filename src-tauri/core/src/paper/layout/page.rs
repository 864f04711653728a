//! Strips are stacked on pages; letterhead, running head and "page x of y" are stamped last.
#![expect(clippy::float_arithmetic, reason = "points on a page, not money")]

use super::blocks::{Lowered, text_item};
use super::font::{Face, MissingGlyph};
use super::opening::folds;
use super::text::{Run, Style, lines};
use super::{Colour, Item, MARGIN, MUTED, Mark, Node, PAGE, Strip, WIDTH, accent};
use crate::grounds::{Fact, Message};
use crate::paper::Paper;
use crate::paper::brand::Logo;

/// Where text begins on the first page and on the others, and where it ends, from the top of the sheet: as long as name,
/// title and foot take a line each. What takes more lines takes their room from the text.
const FIRST_TOP: f32 = 104.0;
const TOP: f32 = 66.0;
const BOTTOM: f32 = PAGE.1 - 74.0;

const NAME: Style = Style::of(Face::Serif, 17.0).tracked(90.0);
/// The most room a logo takes, and where it ends: as far above the rule as the name.
const LOGO: (f32, f32) = (230.0, 46.0);
const LOGO_BOTTOM: f32 = 74.0;
const RUNNING: Style = Style::of(Face::Sans, 7.6).in_colour(MUTED);
const FOOT: Style = Style::of(Face::Sans, 7.2).in_colour(MUTED);

/// What is stamped on every page, broken into lines that fit.
pub(super) struct Furniture {
    /// The name over the first page; none where its logo stands there.
    name: Vec<Run>,
    /// Name and title over the others.
    running: [Vec<Run>; 2],
    /// The line at the foot.
    foot: Vec<Run>,
}

/// What lines take beyond the first.
fn more(lines: usize, style: Style) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let more = lines.saturating_sub(1) as f32;
    more * style.leading
}

impl Furniture {
    pub(super) fn of(paper: &Paper) -> Result<Self, MissingGlyph> {
        let half = WIDTH / 2.0 - 10.0;
        let set = |text: &str, style, width| lines(text, style, width, paper.language);
        Ok(Self {
            name: if paper.letterhead.logo.is_some() {
                Vec::new()
            } else {
                set(&paper.letterhead.name.to_uppercase(), NAME, WIDTH)?
            },
            running: [
                set(&paper.letterhead.name, RUNNING, half)?,
                set(&paper.title, RUNNING, half)?,
            ],
            foot: foot(paper)?,
        })
    }

    pub(super) fn first_top(&self) -> f32 {
        FIRST_TOP + more(self.name.len(), NAME)
    }

    /// The line of the running head on which the title begins: beside the name where each takes one line, else below it, so that no
    /// eye and no reading program takes them for one sentence.
    fn title_line(&self) -> usize {
        let [name, title] = &self.running;
        if name.len() <= 1 && title.len() <= 1 {
            0
        } else {
            name.len()
        }
    }

    fn running_more(&self) -> f32 {
        let [name, title] = &self.running;
        more(name.len().max(self.title_line() + title.len()), RUNNING)
    }

    fn top(&self) -> f32 {
        TOP + self.running_more()
    }

    /// A foot of up to two lines has its room already.
    fn bottom(&self) -> f32 {
        BOTTOM - more(self.foot.len().saturating_sub(1), FOOT)
    }
}

/// The parts of the foot in as few lines as hold them; none ends on the sign between two.
fn foot(paper: &Paper) -> Result<Vec<Run>, MissingGlyph> {
    let mut joined: Vec<String> = Vec::new();
    for part in &paper.letterhead.lines {
        let longer = joined.last().map(|line| format!("{line}  ·  {part}"));
        match (longer, joined.last_mut()) {
            (Some(longer), Some(line)) if Run::new(&longer, FOOT)?.width <= WIDTH => *line = longer,
            _ => joined.push(part.clone()),
        }
    }
    let mut runs = Vec::new();
    for line in joined {
        runs.extend(lines(&line, FOOT, WIDTH, paper.language)?.into_iter().map(Run::goes_on));
    }
    Ok(runs)
}

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

pub(super) fn stack(paper: &Paper, furniture: &Furniture, lowered: &mut Lowered) -> Result<Vec<Page>, MissingGlyph> {
    let strips = std::mem::take(&mut lowered.strips);
    let (later_top, bottom) = (furniture.top(), furniture.bottom());
    let mut pages = vec![Page::default()];
    let mut y = furniture.first_top();
    let mut top = y;
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
        let too_tall = height > bottom - later_top;
        let take = if too_tall { 1 } else { chunk.len() };
        let needed = if too_tall {
            chunk[0].height + chunk[0].gap
        } else {
            height
        };
        if y + needed > bottom && y > top {
            pages.push(Page::default());
            (y, top) = (later_top, later_top);
            if let Some(head) = chunk[0].head {
                y = place(&mut pages, &lowered.heads[head], y);
            }
        }
        if chunk[0].sinks && !too_tall {
            y = (bottom - height).max(y);
        }
        for strip in &chunk[..take] {
            if y > top {
                y += strip.gap;
            }
            y = place(&mut pages, strip, y);
        }
        index += take;
    }
    let sender = sender(paper, furniture, &mut lowered.nodes);
    stamp(paper, furniture, sender, &mut pages)?;
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

/// The nodes of name and address on the first page, read before everything else; on later pages they are only repeated.
fn sender(paper: &Paper, set: &Furniture, nodes: &mut Vec<Node>) -> [Option<usize>; 2] {
    let mut node = |place: usize, role: &'static str, alt: Option<String>| {
        nodes.push(Node {
            role,
            kids: Vec::new(),
            alt,
            heads_column: false,
        });
        let id = nodes.len() - 1;
        nodes[0].kids.insert(place, id);
        id
    };
    let name = if paper.letterhead.logo.is_some() {
        Some(node(0, "Figure", Some(paper.letterhead.name.clone())))
    } else {
        (!set.name.is_empty()).then(|| node(0, "P", None))
    };
    let foot = (!set.foot.is_empty()).then(|| node(usize::from(name.is_some()), "P", None));
    [name, foot]
}

/// The logo, centred at the head of the first page: `y` is its lower edge.
fn head_logo(logo: &Logo, node: Option<usize>) -> Item {
    let (wide, high) = logo.size();
    let scale = (LOGO.0 / wide).min(LOGO.1 / high);
    let (width, height) = (wide * scale, high * scale);
    Item {
        x: (PAGE.0 - width) / 2.0,
        y: LOGO_BOTTOM,
        mark: match logo {
            Logo::Drawing(drawing) => Mark::Drawing(drawing.clone(), width, height),
            // The first of the paper's pictures.
            Logo::Picture(_) => Mark::Picture(0, width, height),
        },
        node,
    }
}

fn centred(run: Run, top: f32, node: Option<usize>) -> Item {
    let x = (PAGE.0 - run.width) / 2.0;
    text_item(run, x, top, node)
}

/// What stands over the first page: the logo or the name, a rule under it, and where the letter is folded.
fn first_head(paper: &Paper, set: &Furniture, name: Option<usize>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut top = 42.0;
    for run in &set.name {
        items.push(centred(run.clone(), top, name));
        top += NAME.leading;
    }
    items.extend(paper.letterhead.logo.as_ref().map(|logo| head_logo(logo, name)));
    items.push(Item {
        x: PAGE.0 / 2.0 - 22.0,
        y: if set.name.is_empty() {
            LOGO_BOTTOM + 10.0
        } else {
            76.0 + more(set.name.len(), NAME)
        },
        mark: Mark::Rule(44.0, 0.9, accent(&paper.letterhead)),
        node: None,
    });
    items.extend(folds(paper.letterhead.envelope).iter().map(|&fold| Item {
        x: 12.0,
        y: fold,
        mark: Mark::Rule(10.0, 0.4, MUTED),
        node: None,
    }));
    items
}

/// What stands over the other pages: name and title, and a rule under them.
fn running_head(set: &Furniture, accent: Colour) -> Vec<Item> {
    let mut items = Vec::new();
    for (column, runs) in set.running.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        let mut top = 36.0 + RUNNING.leading * if column == 0 { 0.0 } else { set.title_line() as f32 };
        for run in runs {
            let x = if column == 0 {
                MARGIN
            } else {
                MARGIN + WIDTH - run.width
            };
            items.push(text_item(run.clone(), x, top, None));
            top += RUNNING.leading;
        }
    }
    items.push(Item {
        x: MARGIN,
        y: 52.0 + set.running_more(),
        mark: Mark::Rule(WIDTH, 0.5, accent),
        node: None,
    });
    items
}

fn stamp(paper: &Paper, set: &Furniture, sender: [Option<usize>; 2], pages: &mut [Page]) -> Result<(), MissingGlyph> {
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        // The sender is read first, and so it is drawn first.
        let mut first = Vec::new();
        let mut furniture = |item: Item| {
            let on_page = if item.node.is_some() {
                &mut first
            } else {
                &mut page.placed
            };
            on_page.push(Placed {
                item: Item {
                    y: PAGE.1 - item.y,
                    ..item
                },
            });
        };
        let [name, address] = if index == 0 { sender } else { [None, None] };
        let head = if index == 0 {
            first_head(paper, set, name)
        } else {
            running_head(set, accent(&paper.letterhead))
        };
        head.into_iter().for_each(&mut furniture);
        let mut top = PAGE.1 - 56.0 - more(set.foot.len().saturating_sub(1), FOOT);
        for run in &set.foot {
            furniture(centred(run.clone(), top, address));
            top += FOOT.leading;
        }
        let number = |n: usize| Fact::Text(n.to_string());
        let of = Message::new("paper-page-of")
            .with("page", number(index + 1))
            .with("pages", number(count));
        furniture(centred(Run::new(&paper.language.say(&of), FOOT)?, top + 1.0, None));
        page.placed.splice(..0, first);
    }
    Ok(())
}
