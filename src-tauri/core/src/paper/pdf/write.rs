//! Marks become printpdf operations; faces are subset to the glyphs used.

use super::PaperError;
use super::form::Placed;
use super::links::pieces;
use crate::paper::brand::{Drawing, Segment};
use crate::paper::layout::{Colour, FontFile, Glyph, INK, Item, Laid, Mark, Run, written};
use crate::paper::{Paper, Picture, Pixels};
use printpdf::{
    Codepoint, Color, DictItem, ExternalStream, ExternalXObject, FontId, Line, LinePoint, Op, PaintMode, ParsedFont,
    PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfParseErrorSeverity, PdfSaveOptions, Point, Polygon, PolygonRing,
    Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder, XObject, XObjectId, XObjectTransform,
};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use subsetter::{GlyphRemapper, subset};

/// What the finishing step needs to know beside the document.
pub(super) struct Written {
    pub document: lopdf::Document,
    /// For each node, the pieces of its content, in reading order.
    pub content: Vec<Vec<Content>>,
    /// The addresses that can be clicked.
    pub links: Vec<Link>,
    /// For each figure's node, its box on the page.
    pub boxes: BTreeMap<usize, [f32; 4]>,
    /// The faces used, by the name they are embedded under.
    pub faces: BTreeMap<String, FontFile>,
    /// The places to fill in.
    pub fields: Vec<Placed>,
}

/// A piece of a node's content: its page, its number there, and the link it is the text of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Content {
    pub page: usize,
    pub number: i64,
    pub link: Option<usize>,
}

/// An address on a page, and where it leads.
#[derive(Debug)]
pub(super) struct Link {
    pub page: usize,
    pub corners: [f32; 4],
    pub text: String,
    pub leads_to: String,
}

struct Embedded {
    id: FontId,
    remapper: GlyphRemapper,
}

pub(super) fn write(paper: &Paper, laid: &Laid, pictures: &[&Picture]) -> Result<Written, PaperError> {
    let mut pdf = PdfDocument::new(&paper.title);
    let mut faces = BTreeMap::new();
    let embedded = embed_faces(laid, &mut pdf, &mut faces)?;
    for (index, picture) in pictures.iter().enumerate() {
        pdf.resources
            .xobjects
            .map
            .insert(XObjectId(format!("I{index}")), passed_through(picture));
    }
    let mut writer = Writer {
        embedded,
        content: vec![Vec::new(); laid.nodes.len()],
        links: Vec::new(),
        boxes: BTreeMap::new(),
        fields: Vec::new(),
        roles: laid.nodes.iter().map(|node| node.role).collect(),
    };
    for (number, page) in laid.pages.iter().enumerate() {
        let mut ops = Vec::new();
        let mut next = 0;
        for placed in &page.placed {
            writer.mark(&placed.item, number, &mut next, &mut ops);
        }
        let sheet = || Rect::from_wh(Pt(laid.size.0), Pt(laid.size.1));
        pdf.pages.push(PdfPage {
            media_box: sheet(),
            trim_box: sheet(),
            crop_box: sheet(),
            ops,
        });
    }
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut warnings = Vec::new();
    let document = pdf.to_lopdf_document(&options, &mut warnings);
    if let Some(warning) = warnings
        .iter()
        .find(|warning| warning.severity == PdfParseErrorSeverity::Error)
    {
        return Err(PaperError::Broken(warning.msg.clone()));
    }
    Ok(Written {
        document,
        content: writer.content,
        links: writer.links,
        boxes: writer.boxes,
        faces,
        fields: writer.fields,
    })
}

fn embed_faces(
    laid: &Laid,
    pdf: &mut PdfDocument,
    names: &mut BTreeMap<String, FontFile>,
) -> Result<BTreeMap<FontFile, Embedded>, PaperError> {
    let mut used: BTreeMap<FontFile, BTreeSet<u16>> = BTreeMap::new();
    for placed in laid.pages.iter().flat_map(|page| &page.placed) {
        if let Mark::Run(run) = &placed.item.mark {
            for glyph in run.glyphs.iter().chain(&run.hyphen) {
                used.entry(glyph.file).or_default().insert(glyph.id);
            }
        }
    }
    let mut embedded = BTreeMap::new();
    for (face, glyphs) in used {
        let glyphs: Vec<u16> = glyphs.into_iter().collect();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
        let (data, index) = face.data();
        let bytes = subset(data, index, &remapper).map_err(|why| PaperError::Broken(format!("{why:?}")))?;
        let mut parsed = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new())
            .ok_or_else(|| PaperError::Broken("a subset cannot be read".into()))?;
        let name = format!("{}+{}", subset_tag(&glyphs), face.name());
        parsed.font_name = Some(name.clone());
        let id = FontId(format!("T{}", face.number()));
        pdf.resources.fonts.map.insert(id.clone(), PdfFont::new(parsed));
        names.insert(name, face);
        embedded.insert(face, Embedded { id, remapper });
    }
    Ok(embedded)
}

/// Six letters that name a subset, the same for the same glyphs.
fn subset_tag(glyphs: &[u16]) -> String {
    let bytes: Vec<u8> = glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()).collect();
    Sha256::digest(bytes)
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}

fn passed_through(picture: &Picture) -> XObject {
    let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let mut dict = vec![
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(picture.width))),
        ("Height", DictItem::Int(i64::from(picture.height))),
        ("ColorSpace", name("DeviceRGB")),
        ("BitsPerComponent", DictItem::Int(8)),
    ];
    let content = match &picture.pixels {
        Pixels::Jpeg(bytes) => {
            dict.push(("Filter", name("DCTDecode")));
            bytes.clone()
        }
        // Packed with the other streams when the file is finished.
        Pixels::Rgb(bytes) => bytes.clone(),
    };
    let dict = dict.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let stream = ExternalStream {
        dict,
        content,
        compress: matches!(picture.pixels, Pixels::Rgb(_)),
    };
    XObject::External(ExternalXObject {
        stream,
        width: None,
        height: None,
        dpi: None,
    })
}

struct Writer {
    embedded: BTreeMap<FontFile, Embedded>,
    content: Vec<Vec<Content>>,
    links: Vec<Link>,
    boxes: BTreeMap<usize, [f32; 4]>,
    fields: Vec<Placed>,
    roles: Vec<&'static str>,
}

impl Writer {
    fn mark(&mut self, item: &Item, page: usize, next: &mut i64, ops: &mut Vec<Op>) {
        if let (Mark::Field(fill), Some(node)) = (&item.mark, item.node) {
            let corners = [item.x, item.y, item.x + fill.width, item.y + fill.height];
            self.boxes.insert(node, corners);
            self.fields.push(Placed {
                page,
                node,
                corners,
                fill: (**fill).clone(),
            });
            return;
        }
        if let (Mark::Run(run), Some(node)) = (&item.mark, item.node)
            && let Some(pieces) = pieces(run)
        {
            for piece in pieces {
                let x = item.x + piece.offset;
                let link = piece.leads_to.map(|leads_to| {
                    let (down, up) = (run.style.size * 0.25, run.style.size * 0.8);
                    self.links.push(Link {
                        page,
                        corners: [x, item.y - down, x + piece.run.width, item.y + up],
                        text: piece.run.text(),
                        leads_to,
                    });
                    self.links.len() - 1
                });
                let tag = if link.is_some() { "Link" } else { self.roles[node] };
                self.content[node].push(begin(tag, page, link, next, ops));
                self.text(&piece.run, x, item.y, ops);
                ops.push(Op::EndMarkedContent);
            }
            return;
        }
        match item.node {
            Some(node) => {
                let begun = begin(self.roles[node], page, None, next, ops);
                self.content[node].push(begun);
            }
            None => ops.push(Op::BeginMarkedContent {
                tag: "Artifact".to_owned(),
            }),
        }
        match &item.mark {
            // Set above: a field is drawn by its own appearance.
            Mark::Field(..) => {}
            Mark::Run(run) => self.text(run, item.x, item.y, ops),
            Mark::Rule(width, thickness, colour) => {
                let (x, y, width, height) = (Pt(item.x), Pt(item.y), Pt(*width), Pt(*thickness));
                ops.push(Op::SetFillColor { col: rgb(*colour) });
                ops.push(Op::DrawRectangle {
                    rectangle: Rect {
                        x,
                        y,
                        width,
                        height,
                        mode: Some(PaintMode::Fill),
                        winding_order: None,
                    },
                });
            }
            Mark::Picture(index, width, height) => {
                if let Some(node) = item.node {
                    self.boxes
                        .insert(node, [item.x, item.y, item.x + width, item.y + height]);
                }
                let transform = XObjectTransform {
                    translate_x: Some(Pt(item.x)),
                    translate_y: Some(Pt(item.y)),
                    scale_x: Some(*width),
                    scale_y: Some(*height),
                    no_auto_scale: true,
                    ..XObjectTransform::default()
                };
                ops.push(Op::UseXobject {
                    id: XObjectId(format!("I{index}")),
                    transform,
                });
            }
            Mark::Drawing(drawing, width, height) => {
                if let Some(node) = item.node {
                    self.boxes
                        .insert(node, [item.x, item.y, item.x + width, item.y + height]);
                }
                fill_shapes(drawing, (item.x, item.y + height), width / drawing.width, ops);
            }
            Mark::Code(rows, width, height) => {
                if let Some(node) = item.node {
                    self.boxes
                        .insert(node, [item.x, item.y, item.x + width, item.y + height]);
                }
                ops.push(Op::SetFillColor { col: rgb(INK) });
                for dark in dark_runs(rows, *width, *height) {
                    let [x, y, width, height] = dark;
                    let (x, y) = (Pt(item.x + x), Pt(item.y + y));
                    let rectangle = Rect {
                        x,
                        y,
                        width: Pt(width),
                        height: Pt(height),
                        mode: Some(PaintMode::Fill),
                        winding_order: None,
                    };
                    ops.push(Op::DrawRectangle { rectangle });
                }
            }
            Mark::Strokes(strokes) => {
                let far = |pick: fn(&(f32, f32)) -> f32| strokes.iter().flatten().map(pick).fold(1.0, f32::max);
                if let Some(node) = item.node {
                    self.boxes
                        .insert(node, [item.x, item.y, item.x + far(|p| p.0), item.y + far(|p| p.1)]);
                }
                ops.push(Op::SetOutlineColor { col: rgb(INK) });
                ops.push(Op::SetOutlineThickness { pt: Pt(0.9) });
                for stroke in strokes {
                    let point = |&(x, y): &(f32, f32)| LinePoint {
                        p: Point {
                            x: Pt(item.x + x),
                            y: Pt(item.y + y),
                        },
                        bezier: false,
                    };
                    ops.push(Op::DrawLine {
                        line: Line {
                            points: stroke.iter().map(point).collect(),
                            is_closed: false,
                        },
                    });
                }
            }
        }
        ops.push(Op::EndMarkedContent);
    }

    fn text(&self, run: &Run, x: f32, y: f32, ops: &mut Vec<Op>) {
        let scale = run.style.size / 1000.0;
        let mut pen = x;
        ops.push(Op::StartTextSection);
        for part in run
            .glyphs
            .chunk_by(|one, next| one.file == next.file && one.lost == next.lost)
        {
            let first = &part[0];
            let Some(embedded) = self.embedded.get(&first.file) else {
                continue;
            };
            ops.push(Op::SetFont {
                font: PdfFontHandle::External(embedded.id.clone()),
                size: Pt(run.style.size),
            });
            ops.push(Op::SetFillColor {
                col: rgb(run.style.colour),
            });
            let says_itself = first.file.is_own() && !first.lost;
            if !says_itself {
                ops.push(span(&written(part)));
            }
            // A mark beside or above its letter is drawn alone.
            let moved = |glyph: &Glyph| glyph.offset != (0.0, 0.0);
            for piece in part.chunk_by(|one, next| !moved(one) && !moved(next)) {
                let (across, up) = piece[0].offset;
                ops.push(Op::SetTextMatrix {
                    matrix: TextMatrix::Translate(Pt(pen + across * scale), Pt(y + up * scale)),
                });
                ops.push(Op::ShowText {
                    items: vec![TextItem::GlyphIds(glyphs(piece.iter(), embedded))],
                });
                pen += piece.iter().map(|glyph| glyph.advance).sum::<f32>() * scale;
            }
            if !says_itself {
                ops.push(Op::EndMarkedContent);
            }
        }
        if let Some((hyphen, embedded)) = run
            .hyphen
            .as_ref()
            .and_then(|hyphen| Some((hyphen, self.embedded.get(&hyphen.file)?)))
        {
            // The hyphen is the line's, not the word's: it copies out as a soft one.
            ops.push(span("\u{ad}"));
            ops.push(Op::ShowText {
                items: vec![TextItem::GlyphIds(glyphs(std::iter::once(hyphen), embedded))],
            });
            ops.push(Op::EndMarkedContent);
        }
        ops.push(Op::EndTextSection);
    }
}

/// Begins the next piece of content of a page.
fn begin(tag: &str, page: usize, link: Option<usize>, next: &mut i64, ops: &mut Vec<Op>) -> Content {
    let number = *next;
    *next += 1;
    ops.push(Op::BeginMarkedContentWithProperties {
        tag: tag.to_owned(),
        properties: DictItem::Dict {
            map: BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]),
        },
    });
    Content { page, number, link }
}

/// The shapes of a drawing whose upper left corner stands there.
fn fill_shapes(drawing: &Drawing, (left, top): (f32, f32), scale: f32, ops: &mut Vec<Op>) {
    let at = |(x, y): (f32, f32), bezier| LinePoint {
        p: Point {
            x: Pt(left + x * scale),
            y: Pt(top - y * scale),
        },
        bezier,
    };
    for shape in &drawing.shapes {
        let mut rings: Vec<PolygonRing> = Vec::new();
        for segment in &shape.outline {
            if let Segment::Move(to) = segment {
                rings.push(PolygonRing {
                    points: vec![at(*to, false)],
                });
                continue;
            }
            let Some(ring) = rings.last_mut() else { continue };
            match segment {
                Segment::Line(to) => ring.points.push(at(*to, false)),
                Segment::Curve(by, then, to) => {
                    ring.points.extend([at(*by, true), at(*then, true), at(*to, false)]);
                }
                Segment::Move(_) => {}
            }
        }
        ops.push(Op::SetFillColor { col: rgb(shape.colour) });
        ops.push(Op::DrawPolygon {
            polygon: Polygon {
                rings,
                mode: PaintMode::Fill,
                winding_order: if shape.even_odd {
                    WindingOrder::EvenOdd
                } else {
                    WindingOrder::NonZero
                },
            },
        });
    }
}

/// Begins what copies out, and is read out, as that text.
fn span(text: &str) -> Op {
    let said: Vec<u8> = [0xfe, 0xff]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    Op::BeginMarkedContentWithProperties {
        tag: "Span".to_owned(),
        properties: DictItem::Dict {
            map: BTreeMap::from([("ActualText".to_owned(), DictItem::Bytes(said))]),
        },
    }
}

/// The dark runs of a code, row by row: left, bottom, width and height in a field.
fn dark_runs(rows: &[Vec<bool>], width: f32, height: f32) -> Vec<[f32; 4]> {
    #[expect(clippy::cast_precision_loss, reason = "a code has few modules")]
    let size = |count: usize| count.max(1) as f32;
    let across = rows.iter().map(Vec::len).max().unwrap_or_default();
    let (module, tall) = (width / size(across), height / size(rows.len()));
    let mut runs = Vec::new();
    for (row, modules) in rows.iter().enumerate() {
        let mut column = 0;
        while column < modules.len() {
            let long = modules[column..].iter().take_while(|dark| **dark).count();
            if long > 0 {
                #[expect(clippy::cast_precision_loss, reason = "a code has few modules")]
                let (left, top) = (column as f32 * module, (row + 1) as f32 * tall);
                runs.push([left, height - top, size(long) * module, tall]);
            }
            column += long.max(1);
        }
    }
    runs
}

/// Glyphs with what the pen moves beyond their written widths. Those are whole thousandths of an em, cut off, so the
/// error is carried until it is worth a number.
fn glyphs<'a>(run: impl Iterator<Item = &'a Glyph>, embedded: &Embedded) -> Vec<Codepoint> {
    let mut carry = 0.0;
    let mut points = Vec::new();
    for glyph in run {
        carry += glyph.width.trunc() - glyph.advance;
        let mut offset = 0.0;
        if carry.abs() >= 0.6 {
            offset = carry.round();
            carry -= offset;
        }
        let id = embedded.remapper.get(glyph.id).unwrap_or_default();
        points.push(Codepoint::with_cid(id, offset, glyph.text.clone()));
    }
    points
}

const fn rgb(colour: Colour) -> Color {
    Color::Rgb(Rgb {
        r: colour.0,
        g: colour.1,
        b: colour.2,
        icc_profile: None,
    })
}
