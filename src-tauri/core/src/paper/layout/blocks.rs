//! Blocks become strips.
#![expect(clippy::float_arithmetic, reason = "points on a page, not money")]

use super::font::{Face, FontFile, MissingGlyph};
use super::text::{Run, Style, lines};
use super::{Colour, Fill, HAIR, INK, Item, MARGIN, MUTED, Mark, Node, Strip, WIDTH, accent, pictured_logo};
use crate::house::Envelope;
use crate::paper::code::Code;
use crate::paper::{Align, Block, Cell, Field, Paper, Picture, SignatureBox, Table, Total};
use crate::words::Language;

pub(super) const BODY: Style = Style::of(Face::Serif, 11.0);
/// Conditions, two columns of them; and notes, which are smaller.
const CONDITION: Style = Style::of(Face::Serif, 8.8);
const NOTE: Style = Style::of(Face::Serif, 8.2);
const SMALL: Style = Style::of(Face::Sans, 7.6).in_colour(MUTED);
pub(super) const LABEL: Style = Style::of(Face::Sans, 8.4).in_colour(MUTED);
pub(super) const FIGURES: Style = Style::of(Face::Sans, 8.8);
/// The sizes of what is filled into a field, and from one line to the next in sizes.
const FIELD_SIZES: [f32; 3] = [10.0, 8.0, 6.5];
pub(super) const FIELD_LEADING: f32 = 1.4;
/// The most a picture as wide as the page may be high, so that what is said of it stands on the page too.
const TALLEST_PICTURE: f32 = 420.0;
/// The most that two columns of conditions may be high, so that they stand together on a page.
const TALLEST_COLUMNS: f32 = 400.0;
/// The most a field may be high, so that it stands on a page with its label.
const TALLEST_FIELD: f32 = 600.0;
const STRONG: Style = Style::of(Face::SansBold, 9.6);

/// The strips of a paper and its structure tree.
pub(super) struct Lowered {
    pub nodes: Vec<Node>,
    pub strips: Vec<Strip>,
    /// Table heads that later pages repeat.
    pub heads: Vec<Strip>,
}

pub(super) struct Lowering<'a> {
    pub(super) language: Language,
    accent: Colour,
    /// The part of the document that is being set: under the last heading, or the document itself.
    pub(super) part: usize,
    pub(super) out: Lowered,
    pictures: &'a mut usize,
}

/// The strips of a paper whose text begins `top` points below the edge of the sheet.
pub(super) fn lower(paper: &Paper, top: f32) -> Result<Lowered, MissingGlyph> {
    let mut pictures = usize::from(pictured_logo(paper).is_some());
    let document = Node {
        role: "Document",
        kids: Vec::new(),
        alt: None,
        heads_column: false,
    };
    let mut lowering = Lowering {
        language: paper.language,
        accent: accent(&paper.letterhead),
        part: 0,
        out: Lowered {
            nodes: vec![document],
            strips: Vec::new(),
            heads: Vec::new(),
        },
        pictures: &mut pictures,
    };
    let envelope = paper.letterhead.envelope;
    match paper.blocks.as_slice() {
        [Block::Title(title, under), Block::Address { to, facts }, rest @ ..]
            if envelope != Envelope::Plain && !to.is_empty() =>
        {
            lowering.opening(envelope, (title, under), (to, facts), top)?;
            lowering.blocks(rest)?;
        }
        blocks => lowering.blocks(blocks)?,
    }
    if lowering.out.strips.iter().any(Strip::loses_a_sign) {
        lowering.paragraph(&paper.language.word("paper-lost-signs"), SMALL, 14.0, 0.0, "P")?;
    }
    lowering.notes(&paper.blocks)?;
    Ok(lowering.out)
}

impl Lowering<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Result<(), MissingGlyph> {
        blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block) -> Result<(), MissingGlyph> {
        match block {
            Block::Title(title, under) => self.title(title, under),
            Block::Address { to, facts } => self.address(to, facts),
            Block::Heading(text) => self.heading(text),
            Block::Salutation(text) => self.paragraph(text, BODY, 10.0, 0.0, "P"),
            Block::Text(text) => self.paragraph(text, BODY, 7.0, 0.0, "P"),
            Block::Note(text) => self.paragraph(text, SMALL, 6.0, 0.0, "P"),
            Block::Facts(facts) => self.facts(facts, 0.0),
            Block::Payable { facts, code } => self.payable(facts, code),
            Block::List(points) => self.list(points),
            Block::Conditions(points) => self.conditions(points),
            Block::Checks(points) => self.checks(points),
            Block::Table(table) => self.table(table),
            Block::Totals(totals) => self.totals(totals),
            Block::Accepted {
                totals,
                signature,
                meaning,
            } => self.accepted(totals, signature, meaning),
            Block::Photos(photos) => self.photos(photos),
            Block::Wide(picture) => self.pictures(std::slice::from_ref(picture), (WIDTH, TALLEST_PICTURE)),
            Block::Signatures(boxes) => self.signatures(boxes),
            Block::Field(field) => self.field(field),
            Block::Code(code) => self.code(code),
            // Labels have sheets of their own; notes stand at the end.
            Block::Label { .. } | Block::Notes(_) => Ok(()),
            Block::Together(blocks) => {
                let first = self.out.strips.len();
                self.blocks(blocks)?;
                let last = self.out.strips.len().saturating_sub(1);
                for strip in self.out.strips.get_mut(first..last).unwrap_or_default() {
                    strip.glue = true;
                }
                Ok(())
            }
        }
    }

    pub(super) fn node(&mut self, role: &'static str, parent: usize) -> usize {
        self.out.nodes.push(Node {
            role,
            kids: Vec::new(),
            alt: None,
            heads_column: false,
        });
        let id = self.out.nodes.len() - 1;
        self.out.nodes[parent].kids.push(id);
        id
    }

    fn paragraph(
        &mut self,
        text: &str,
        style: Style,
        gap: f32,
        indent: f32,
        role: &'static str,
    ) -> Result<(), MissingGlyph> {
        let runs = lines(text, style, (WIDTH - indent).min(measure(style)), self.language)?;
        if runs.is_empty() {
            return Ok(());
        }
        let node = self.node(role, self.part);
        let last = runs.len() - 1;
        for (index, run) in runs.into_iter().enumerate() {
            self.out.strips.push(Strip {
                gap: if index == 0 { gap } else { 0.0 },
                height: style.leading,
                items: vec![text_item(run, MARGIN + indent, 0.0, Some(node))],
                // Neither the first nor the last line stands alone on a page.
                glue: last > 0 && (index == 0 || index + 1 == last),
                ..Strip::default()
            });
        }
        Ok(())
    }

    fn title(&mut self, title: &str, under: &str) -> Result<(), MissingGlyph> {
        self.paragraph(title, Style::of(Face::Serif, 25.0), 12.0, 0.0, "H1")?;
        self.paragraph(
            under,
            Style::of(Face::SerifItalic, 12.0).in_colour(MUTED),
            0.0,
            0.0,
            "P",
        )
    }

    fn heading(&mut self, text: &str) -> Result<(), MissingGlyph> {
        self.part = self.node("Sect", 0);
        let node = self.node("H2", self.part);
        let style = Style::of(Face::SerifBold, 13.0);
        let mut strip = Strip {
            gap: 17.0,
            glue: true,
            ..Strip::default()
        };
        let mut y = 0.0;
        for run in lines(text, style, WIDTH, self.language)? {
            strip.items.push(text_item(run, MARGIN, y, Some(node)));
            y += style.leading;
        }
        strip.items.push(Item {
            x: MARGIN,
            y: y + 2.5,
            mark: Mark::Rule(WIDTH, 0.5, self.accent),
            node: None,
        });
        strip.height = y + 5.0;
        self.out.strips.push(strip);
        Ok(())
    }

    fn address(&mut self, to: &[String], facts: &[(String, String)]) -> Result<(), MissingGlyph> {
        let half = WIDTH / 2.0;
        let mut strip = Strip {
            gap: 14.0,
            ..Strip::default()
        };
        let mut left = 0.0;
        let node = (!to.is_empty()).then(|| self.node("P", self.part));
        for line in to {
            for run in lines(line, BODY, half - 20.0, self.language)? {
                strip.items.push(text_item(run.goes_on(), MARGIN, left, node));
                left += BODY.leading;
            }
        }
        let mut right = 0.0;
        for (label, value) in facts {
            let node = self.node("P", self.part);
            let (beside, mut left_end) = (112.0, right);
            for run in lines(label, LABEL, beside - 8.0, self.language)? {
                strip
                    .items
                    .push(text_item(run.goes_on(), MARGIN + half, left_end + 1.2, Some(node)));
                left_end += 14.0;
            }
            for run in lines(value, FIGURES, half - beside, self.language)? {
                strip
                    .items
                    .push(text_item(run, MARGIN + half + beside, right + 0.8, Some(node)));
                right += 14.0;
            }
            right = right.max(left_end);
        }
        strip.height = left.max(right);
        self.out.strips.push(strip);
        Ok(())
    }

    /// Labels and values; `kept` points are left free on the right.
    fn facts(&mut self, facts: &[(String, String)], kept: f32) -> Result<(), MissingGlyph> {
        let wide = 176.0;
        for (index, (label, value)) in facts.iter().enumerate() {
            let node = self.node("P", self.part);
            let mut strip = Strip {
                gap: if index == 0 { 6.0 } else { 1.5 },
                // Facts do not split, unless they are more than a page.
                glue: index + 1 < facts.len(),
                ..Strip::default()
            };
            let mut left = 0.0;
            for run in lines(label, LABEL, wide - 10.0, self.language)? {
                strip
                    .items
                    .push(text_item(run.goes_on(), MARGIN, left + 2.2, Some(node)));
                left += LABEL.leading;
            }
            let mut right = 0.0;
            for run in lines(value, BODY, WIDTH - wide - kept, self.language)? {
                strip.items.push(text_item(run, MARGIN + wide, right, Some(node)));
                right += BODY.leading;
            }
            strip.height = right.max(left).max(BODY.leading);
            self.out.strips.push(strip);
        }
        Ok(())
    }

    fn list(&mut self, points: &[String]) -> Result<(), MissingGlyph> {
        let within = self.part;
        let list = self.node("L", within);
        for (index, point) in points.iter().enumerate() {
            let entry = self.node("LI", list);
            let mark = self.node("Lbl", entry);
            let first = self.out.strips.len();
            self.part = entry;
            self.paragraph(point, BODY, if index == 0 { 6.0 } else { 3.0 }, 14.0, "LBody")?;
            if let Some(strip) = self.out.strips.get_mut(first) {
                let dash = Run::new("–", BODY.in_colour(self.accent))?;
                strip.items.insert(0, text_item(dash, MARGIN, 0.0, Some(mark)));
            }
        }
        self.part = within;
        Ok(())
    }

    /// Points in small type, in two columns.
    fn conditions(&mut self, points: &[String]) -> Result<(), MissingGlyph> {
        let points: Vec<(String, &String)> = points.iter().map(|point| ("–".to_owned(), point)).collect();
        self.columns(&points, CONDITION, 10.0)
    }

    /// The notes, numbered, under a short rule at the foot of the last page.
    fn notes(&mut self, blocks: &[Block]) -> Result<(), MissingGlyph> {
        let mut notes: Vec<(String, &String)> = Vec::new();
        for block in blocks {
            if let Block::Notes(said) = block {
                let first = notes.len() + 1;
                notes.extend((first..).map(|number| number.to_string()).zip(said));
            }
        }
        if notes.is_empty() {
            return Ok(());
        }
        self.part = self.node("Sect", 0);
        self.out.strips.push(Strip {
            gap: 16.0,
            height: 1.0,
            items: vec![Item {
                x: MARGIN,
                y: 0.0,
                mark: Mark::Rule(60.0, 0.6, self.accent),
                node: None,
            }],
            glue: true,
            sinks: true,
            head: None,
        });
        self.columns(&notes, NOTE, if notes.len() > 9 { 15.0 } else { 10.0 })
    }

    /// Points in small type, each after its mark, in two columns as high as each other; what is more than a page holds goes on in
    /// further pairs of columns.
    fn columns(&mut self, points: &[(String, &String)], style: Style, indent: f32) -> Result<(), MissingGlyph> {
        const BESIDE: f32 = 22.0;
        const APART: f32 = 3.0;
        let room = (WIDTH - BESIDE) / 2.0;
        let mut set = Vec::new();
        for (mark, point) in points {
            set.push((mark, lines(point, style, room - indent, self.language)?));
        }
        #[expect(clippy::cast_precision_loss, reason = "lines of a point")]
        let high = |(_, runs): &(&String, Vec<Run>)| runs.len() as f32 * style.leading + APART;
        let list = self.node("L", self.part);
        let mut rest = set.as_slice();
        let mut gap = 7.0;
        while !rest.is_empty() {
            let mut take = 0;
            let mut whole = 0.0;
            while let Some(point) = rest
                .get(take)
                .filter(|point| take == 0 || whole + high(point) <= 2.0 * TALLEST_COLUMNS)
            {
                whole += high(point);
                take += 1;
            }
            let (these, others) = rest.split_at(take);
            rest = others;
            // The left column takes what keeps the two as even as can be.
            let left = (0..=these.len())
                .min_by(|&one, &other| {
                    let taller = |at: usize| {
                        these[..at]
                            .iter()
                            .map(high)
                            .sum::<f32>()
                            .max(these[at..].iter().map(high).sum())
                    };
                    taller(one).total_cmp(&taller(other))
                })
                .unwrap_or_default();
            let mut strip = Strip {
                gap,
                ..Strip::default()
            };
            gap = 0.0;
            for (column, x) in [(&these[..left], MARGIN), (&these[left..], MARGIN + room + BESIDE)] {
                let mut y = 0.0;
                for (sign, runs) in column {
                    let entry = self.node("LI", list);
                    let (mark, body) = (self.node("Lbl", entry), self.node("LBody", entry));
                    let sign = Run::new(sign, style.in_colour(self.accent))?;
                    strip.items.push(text_item(sign, x, y, Some(mark)));
                    for run in runs {
                        strip.items.push(text_item(run.clone(), x + indent, y, Some(body)));
                        y += style.leading;
                    }
                    y += APART;
                }
                strip.height = strip.height.max(y);
            }
            self.out.strips.push(strip);
        }
        Ok(())
    }

    /// Boxes to tick, each drawn before its text.
    fn checks(&mut self, points: &[(String, bool)]) -> Result<(), MissingGlyph> {
        const SIDE: f32 = 9.0;
        let list = self.node("L", self.part);
        for (index, (point, ticked)) in points.iter().enumerate() {
            let entry = self.node("LI", list);
            let (mark, body) = (self.node("Lbl", entry), self.node("LBody", entry));
            let mut strip = Strip {
                gap: if index == 0 { 8.0 } else { 5.0 },
                ..Strip::default()
            };
            let tick = Run::new(if *ticked { "✓" } else { " " }, FIGURES)?;
            strip.items.push(text_item(tick, MARGIN + 1.0, 1.5, Some(mark)));
            for run in lines(point, BODY, WIDTH - 20.0, self.language)? {
                strip
                    .items
                    .push(text_item(run, MARGIN + 20.0, strip.height, Some(body)));
                strip.height += BODY.leading;
            }
            let (left, top, bottom) = (MARGIN, 3.0, 3.0 + SIDE);
            for (x, y, width, thickness) in [
                (left, top, SIDE, 0.7),
                (left, bottom, SIDE, 0.7),
                (left, bottom, 0.7, SIDE),
                (left + SIDE - 0.7, bottom, 0.7, SIDE),
            ] {
                strip.items.push(Item {
                    x,
                    y,
                    mark: Mark::Rule(width, thickness, INK),
                    node: None,
                });
            }
            self.out.strips.push(strip);
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), MissingGlyph> {
        let node = self.node("Table", self.part);
        let shares: u32 = table.columns.iter().map(|column| column.share).sum();
        #[expect(clippy::cast_precision_loss, reason = "shares are small")]
        let share = |part: u32| WIDTH * part as f32 / shares.max(1) as f32;
        let mut edges = vec![MARGIN];
        for column in &table.columns {
            edges.push(edges[edges.len() - 1] + share(column.share));
        }
        let heads: Vec<Cell> = table
            .columns
            .iter()
            .map(|column| Cell::from(column.head.clone()))
            .collect();
        let mut head = self.row(table, &heads, &edges, node, "TH")?;
        head.gap = 8.0;
        head.glue = true;
        // On later pages the head is furniture, not read again.
        let mut repeated = head.clone();
        repeated.items.iter_mut().for_each(|item| item.node = None);
        self.out.heads.push(repeated);
        let head_index = self.out.heads.len() - 1;
        self.out.strips.push(head);
        let last = table.rows.len().saturating_sub(1);
        for (index, cells) in table.rows.iter().enumerate() {
            let mut row = self.row(table, cells, &edges, node, "TD")?;
            row.head = Some(head_index);
            // The first two rows stay together, and so do the last two.
            row.glue = last > 0 && (index == 0 || index + 1 == last);
            self.out.strips.push(row);
        }
        Ok(())
    }

    fn row(
        &mut self,
        table: &Table,
        cells: &[Cell],
        edges: &[f32],
        parent: usize,
        role: &'static str,
    ) -> Result<Strip, MissingGlyph> {
        let tr = self.node("TR", parent);
        let mut strip = Strip::default();
        let mut height: f32 = 0.0;
        for (index, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
            let node = self.node(role, tr);
            self.out.nodes[node].heads_column = role == "TH";
            let style = match (role, column.align) {
                ("TH", _) => LABEL.with_whole_words(),
                (_, Align::Right) => FIGURES.with_tabular_figures(),
                (_, Align::Left) => FIGURES,
            };
            let (left, right) = (edges[index], edges[index + 1]);
            // Columns keep apart: text leaves room on its right, figures on their left.
            let width = right - left - 10.0;
            let mut y = 4.5;
            for (text, style) in [(&cell.text, style), (&cell.note, SMALL)] {
                for run in lines(text, style, width, self.language)? {
                    let x = match column.align {
                        Align::Left => left,
                        Align::Right => right - run.width,
                    };
                    strip.items.push(text_item(run, x, y, Some(node)));
                    y += style.leading;
                }
            }
            height = height.max(y);
        }
        strip.height = height + 4.0;
        let (thickness, colour) = if role == "TH" { (0.8, MUTED) } else { (0.4, HAIR) };
        strip.items.push(Item {
            x: MARGIN,
            y: strip.height,
            mark: Mark::Rule(WIDTH, thickness, colour),
            node: None,
        });
        Ok(strip)
    }

    fn totals(&mut self, totals: &[Total]) -> Result<(), MissingGlyph> {
        let left = MARGIN + WIDTH * 0.42;
        let last = totals.len().saturating_sub(1);
        for (index, total) in totals.iter().enumerate() {
            let node = self.node("P", self.part);
            let (label, amount) = if total.strong {
                (STRONG, STRONG)
            } else {
                (LABEL, FIGURES)
            };
            let amount = Run::new(&total.amount, amount.with_tabular_figures())?;
            let x = MARGIN + WIDTH - amount.width;
            let mut strip = Strip {
                gap: if index == 0 { 8.0 } else { 0.0 },
                glue: index < last,
                ..Strip::default()
            };
            let mut y = if total.strong { 5.0 } else { 2.5 };
            let top = y;
            for run in lines(&total.label, label, x - left - 8.0, self.language)? {
                strip.items.push(text_item(run.goes_on(), left, y, Some(node)));
                y += label.leading;
            }
            // The label is read before its amount.
            strip.items.push(text_item(amount, x, top, Some(node)));
            strip.height = y + 2.5;
            if total.strong {
                strip.items.push(Item {
                    x: left,
                    y: 1.5,
                    mark: Mark::Rule(MARGIN + WIDTH - left, 0.6, self.accent),
                    node: None,
                });
            }
            self.out.strips.push(strip);
        }
        Ok(())
    }

    /// Sums with the place to accept them on their left, as high as they are or higher.
    fn accepted(&mut self, totals: &[Total], signature: &SignatureBox, meaning: &str) -> Result<(), MissingGlyph> {
        const ROOM: f32 = WIDTH * 0.42 - 24.0;
        let first = self.out.strips.len();
        self.totals(totals)?;
        let within = self.part;
        self.part = self.node("Sect", 0);
        let (label, under) = (self.node("P", self.part), self.node("P", self.part));
        let mut items = Vec::new();
        let mut y = 5.0;
        for run in lines(&signature.label, LABEL, ROOM, self.language)? {
            items.push(text_item(run, MARGIN, y, Some(label)));
            y += LABEL.leading;
        }
        y += 46.0;
        items.push(Item {
            x: MARGIN,
            y,
            mark: Mark::Rule(ROOM, 0.6, MUTED),
            node: None,
        });
        y += 4.0;
        for run in lines(meaning, SMALL, ROOM, self.language)? {
            items.push(text_item(run, MARGIN, y, Some(under)));
            y += SMALL.leading;
        }
        self.part = within;
        self.stand_beside(first, items, y);
        Ok(())
    }

    /// Puts items beside the strips from `first` on, measured from their top. They stand in the last strip, and so are drawn and
    /// read after them; it is as high as they need.
    fn stand_beside(&mut self, first: usize, items: Vec<Item>, height: f32) {
        let set = self.out.strips.get(first..).unwrap_or_default();
        let heights: f32 = set.iter().rev().skip(1).map(|strip| strip.height).sum();
        // The first one's gap is above them all.
        let above = heights + set.iter().skip(1).map(|strip| strip.gap).sum::<f32>();
        if let Some(last) = self.out.strips.last_mut() {
            last.items.extend(items.into_iter().map(|item| Item {
                y: item.y - above,
                ..item
            }));
            last.height = last.height.max(height - above);
        }
    }

    /// What is typed to pay, and beside it the code that says the same to a bank's app.
    fn payable(&mut self, facts: &[(String, String)], code: &Code) -> Result<(), MissingGlyph> {
        const SIDE: f32 = 96.0;
        let x = MARGIN + WIDTH - SIDE;
        let first = self.out.strips.len();
        self.facts(facts, SIDE + 12.0)?;
        let figure = self.node("Figure", self.part);
        self.out.nodes[figure].alt = Some(code.described(self.language));
        let items = vec![code_item(code, x, SIDE, SIDE, SIDE, figure)];
        self.stand_beside(first, items, SIDE);
        Ok(())
    }

    fn photos(&mut self, photos: &[Picture]) -> Result<(), MissingGlyph> {
        photos.chunks(3).try_for_each(|row| {
            let tallest = if row.len() == 1 { 165.0 } else { 150.0 };
            self.pictures(row, (290.0, tallest))
        })
    }

    /// Pictures beside each other, none wider and taller than that.
    fn pictures(&mut self, row: &[Picture], (widest, tallest): (f32, f32)) -> Result<(), MissingGlyph> {
        #[expect(clippy::cast_precision_loss, reason = "at most three")]
        let count = row.len() as f32;
        let gutter = 12.0;
        let room = ((WIDTH - gutter * (count - 1.0)) / count).min(widest);
        let mut strip = Strip {
            gap: 10.0,
            ..Strip::default()
        };
        let mut x = MARGIN;
        for photo in row {
            #[expect(clippy::cast_precision_loss, reason = "pixels of a photo")]
            let (wide, high) = (photo.width.max(1) as f32, photo.height.max(1) as f32);
            let scale = (room / wide).min(tallest / high);
            let (width, height) = (wide * scale, high * scale);
            let node = self.node("Figure", self.part);
            self.out.nodes[node].alt = Some(photo.shows.clone());
            strip.items.push(Item {
                x,
                y: height,
                mark: Mark::Picture(*self.pictures, width, height),
                node: Some(node),
            });
            *self.pictures += 1;
            let mut y = height + 4.0;
            let caption = self.node("P", self.part);
            for run in lines(&photo.caption, SMALL, room, self.language)? {
                strip.items.push(text_item(run, x, y, Some(caption)));
                y += SMALL.leading;
            }
            strip.height = strip.height.max(y);
            x += room + gutter;
        }
        self.out.strips.push(strip);
        Ok(())
    }

    /// A label with a frame under it, filled in on the screen or by pen.
    fn field(&mut self, field: &Field) -> Result<(), MissingGlyph> {
        let first = self.out.strips.len();
        self.paragraph(&field.label, BODY, 9.0, 0.0, "P")?;
        for strip in self.out.strips.get_mut(first..).unwrap_or_default() {
            strip.glue = true;
        }
        let (typed, size) = self.filled(field)?;
        #[expect(clippy::cast_precision_loss, reason = "lines of a page")]
        let needed = typed.len().max(usize::from(field.lines)) as f32;
        // The box grows with what stands in it: what is signed is all there.
        let height = 10.0 + size * FIELD_LEADING * needed;
        let mut strip = Strip {
            gap: 3.0,
            height: height + 2.0,
            ..Strip::default()
        };
        let mut rule = |x: f32, y: f32, width: f32, thickness: f32| {
            strip.items.push(Item {
                x,
                y,
                mark: Mark::Rule(width, thickness, MUTED),
                node: None,
            });
        };
        rule(MARGIN, height, WIDTH, 0.6);
        if field.typed {
            rule(MARGIN, 0.6, WIDTH, 0.6);
            // A rule stands on its own lower left corner: an upright one is as thick as the frame is high.
            rule(MARGIN, height, 0.6, height);
            rule(MARGIN + WIDTH - 0.6, height, 0.6, height);
            let node = self.node("Form", self.part);
            self.out.nodes[node].alt = Some(field.label.clone());
            let fill = Fill {
                field: field.clone(),
                lines: typed,
                size,
                width: WIDTH - 2.0,
                height: height - 2.0,
            };
            strip.items.push(Item {
                x: MARGIN + 1.0,
                y: height - 1.0,
                mark: Mark::Field(Box::new(fill)),
                node: Some(node),
            });
        }
        self.out.strips.push(strip);
        Ok(())
    }

    /// What is filled in, in lines, and the size it is set in: smaller where it would not fit on a page.
    fn filled(&self, field: &Field) -> Result<(Vec<String>, f32), MissingGlyph> {
        let mut set = (Vec::new(), FIELD_SIZES[0]);
        for size in FIELD_SIZES {
            let style = Style::of(Face::Sans, size).with_whole_words();
            let runs = lines(&field.value, style, WIDTH - 14.0, self.language)?;
            set = (runs.iter().map(|run| run.text().trim_end().to_owned()).collect(), size);
            #[expect(clippy::cast_precision_loss, reason = "lines of a page")]
            let height = set.0.len() as f32 * size * FIELD_LEADING;
            if height < TALLEST_FIELD {
                break;
            }
        }
        Ok(set)
    }

    fn code(&mut self, code: &Code) -> Result<(), MissingGlyph> {
        let (width, height) = if code.rows.len() == 1 {
            (170.0, 44.0)
        } else {
            (104.0, 104.0)
        };
        let node = self.node("Figure", self.part);
        self.out.nodes[node].alt = Some(code.described(self.language));
        let mut strip = Strip {
            gap: 12.0,
            height,
            items: vec![code_item(code, MARGIN, height, width, height, node)],
            ..Strip::default()
        };
        for run in lines(code.written(), SMALL, width, self.language)? {
            let under = self.node("P", self.part);
            strip
                .items
                .push(text_item(run, MARGIN, strip.height + 2.0, Some(under)));
            strip.height += SMALL.leading + 2.0;
        }
        self.out.strips.push(strip);
        Ok(())
    }

    fn signatures(&mut self, boxes: &[SignatureBox]) -> Result<(), MissingGlyph> {
        #[expect(clippy::cast_precision_loss, reason = "a few boxes; one is as wide as one of two")]
        let count = boxes.len().max(2) as f32;
        let gutter = 28.0;
        let room = (WIDTH - gutter * (count - 1.0)) / count;
        let mut strip = Strip {
            gap: 22.0,
            ..Strip::default()
        };
        // A page never holds only places to sign: what stands before comes along.
        if let Some(before) = self.out.strips.last_mut() {
            before.glue = true;
        }
        self.part = self.node("Sect", 0);
        let mut x = MARGIN;
        for signature in boxes {
            let label = self.node("P", self.part);
            let mut y = 0.0;
            for run in lines(&signature.label, LABEL, room, self.language)? {
                strip.items.push(text_item(run, x, y, Some(label)));
                y += LABEL.leading;
            }
            let base = y + 62.0;
            if !signature.strokes.is_empty() {
                let figure = self.node("Figure", self.part);
                self.out.nodes[figure].alt = Some(signature.label.clone());
                strip.items.push(Item {
                    x,
                    y: base,
                    mark: Mark::Strokes(drawn(signature, room, 58.0)),
                    node: Some(figure),
                });
            }
            strip.items.push(Item {
                x,
                y: base,
                mark: Mark::Rule(room, 0.6, MUTED),
                node: None,
            });
            let mut under = base + 3.0;
            for run in lines(&signature.signed, SMALL, room, self.language)? {
                strip.items.push(text_item(run, x, under, Some(label)));
                under += SMALL.leading;
            }
            strip.height = strip.height.max(under);
            x += room + gutter;
        }
        self.out.strips.push(strip);
        Ok(())
    }
}

/// The strokes scaled into a field, in points from its lower left corner.
fn drawn(signature: &SignatureBox, width: f32, height: f32) -> Vec<Vec<(f32, f32)>> {
    let points = || signature.strokes.iter().flatten();
    #[expect(clippy::cast_precision_loss, reason = "a field 1000 wide")]
    let (right, bottom) = (
        points().map(|p| p.0).max().unwrap_or(1).max(1) as f32,
        points().map(|p| p.1).max().unwrap_or(1).max(1) as f32,
    );
    let scale = (width / right.max(700.0)).min(height / bottom);
    #[expect(clippy::cast_precision_loss, reason = "a field 1000 wide")]
    let point = |&(x, y): &(i32, i32)| (x as f32 * scale, (bottom - y as f32) * scale);
    signature
        .strokes
        .iter()
        .map(|stroke| stroke.iter().map(point).collect())
        .collect()
}

/// A code in a field of that width and height, from its lower left corner. A square one keeps the light room around it that
/// readers need: four modules (ISO/IEC 18004).
pub(super) fn code_item(code: &Code, x: f32, y: f32, width: f32, height: f32, node: usize) -> Item {
    #[expect(clippy::cast_precision_loss, reason = "a code has few modules")]
    let across = code.rows.len() as f32;
    let room = if code.rows.len() > 1 {
        width * 4.0 / (across + 8.0)
    } else {
        0.0
    };
    Item {
        x: x + room,
        y: y - room,
        mark: Mark::Code(code.rows.clone(), width - 2.0 * room, height - 2.0 * room),
        node: Some(node),
    }
}

/// The longest line that an eye follows back to the next: 75 letters of it, as wide as those of a text are between them.
fn measure(style: Style) -> f32 {
    let letter = if FontFile::from(style.face).has_serifs() {
        0.415
    } else {
        0.51
    };
    75.0 * letter * style.size
}

/// A line of text in a strip: `top` is where its line begins, the baseline stands below it.
pub(super) fn text_item(run: Run, x: f32, top: f32, node: Option<usize>) -> Item {
    let baseline = top + run.style.leading * 0.5 + run.style.size * 0.33;
    Item {
        x,
        y: baseline,
        mark: Mark::Run(run),
        node,
    }
}
