//! What makes a paper the house's own: its colour, and its logo.
//!
//! The only file that knows `usvg`. A logo that was drawn stays a drawing: its shapes are filled on the paper, sharp at any
//! size. One made of pixels is kept without loss.
#![expect(clippy::float_arithmetic, reason = "points and light, not money")]

use super::layout::Colour;
use super::{Picture, Pixels};
use crate::photo;
use crate::refusal::Refusal;
use usvg::tiny_skia_path::{PathSegment, Point};
use usvg::{FillRule, Group, ImageHrefResolver, Node, Options, Paint, Path, Tree, roxmltree};

/// The most a logo's file may hold, in MB.
const LARGEST: u32 = 2;
/// The most elements of a drawing's file.
const MOST_NODES: u32 = 50_000;
/// The most lines and curves a logo may have, so that every paper stays small.
const MOST_SEGMENTS: usize = 20_000;
/// How many times as long as broad a logo may be.
const MOST_ALONG: f32 = 50.0;

/// A house's logo.
#[derive(Debug, Clone, PartialEq)]
pub enum Logo {
    /// Shapes.
    Drawing(Drawing),
    /// Pixels.
    Picture(Picture),
}

impl Logo {
    /// Its width and height, in units of its own.
    #[must_use]
    pub fn size(&self) -> (f32, f32) {
        match self {
            Self::Drawing(drawing) => (drawing.width, drawing.height),
            #[expect(clippy::cast_precision_loss, reason = "pixels of a logo")]
            Self::Picture(picture) => (picture.width as f32, picture.height as f32),
        }
    }
}

/// A drawing: filled shapes, the first at the back.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Its width, in units of its own.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// Its shapes.
    pub shapes: Vec<Shape>,
}

/// A shape filled with one colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The colour.
    pub colour: Colour,
    /// Whether what is inside an even number of lines is outside.
    pub even_odd: bool,
    /// Its outline: what is filled is closed.
    pub outline: Vec<Segment>,
}

/// A part of an outline, by its points: right and down from the drawing's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Begins a new ring there.
    Move((f32, f32)),
    /// A line to there.
    Line((f32, f32)),
    /// A curve by two handles to there.
    Curve((f32, f32), (f32, f32), (f32, f32)),
}

/// The house's colour, `#735c13`, its sign or not.
///
/// # Errors
/// [`Refusal::NotAColour`], or [`Refusal::ColourTooPale`] where it has less contrast to white than text needs, 4.5 to 1
/// (WCAG 2.2, 1.4.3).
pub fn colour(typed: &str) -> Result<Colour, Refusal> {
    let digits = typed.trim().trim_start_matches('#');
    let pair = |at: usize| digits.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    let (6, Some(red), Some(green), Some(blue)) = (digits.len(), pair(0), pair(2), pair(4)) else {
        return Err(Refusal::NotAColour {
            typed: typed.to_owned(),
        });
    };
    let part = |part: u8| f32::from(part) / 255.0;
    let colour = (part(red), part(green), part(blue));
    // The relative luminance of WCAG 2.2.
    let light = |part: f32| {
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    let luminance = 0.2126 * light(colour.0) + 0.7152 * light(colour.1) + 0.0722 * light(colour.2);
    if 1.05 / (luminance + 0.05) < 4.5 {
        return Err(Refusal::ColourTooPale {
            typed: typed.to_owned(),
        });
    }
    Ok(colour)
}

/// Reads a logo: an SVG, a PNG, or what else a photo may be.
///
/// # Errors
/// [`Refusal::FileTooLarge`], what a photo is refused for, or [`Refusal::LogoCannotBeDrawn`] with what in the drawing the papers
/// cannot carry.
pub fn logo(bytes: &[u8]) -> Result<Logo, Refusal> {
    if bytes.len() > (LARGEST as usize) << 20 {
        return Err(Refusal::FileTooLarge { most: LARGEST });
    }
    let text = std::str::from_utf8(bytes)
        .ok()
        .map(|text| text.trim_start_matches('\u{feff}').trim_start());
    match text.filter(|text| text.starts_with('<')) {
        Some(text) => drawing(text).map(Logo::Drawing),
        None => photo::logo(bytes).map(|(width, height, rgb)| {
            Logo::Picture(Picture {
                pixels: Pixels::Rgb(rgb),
                width,
                height,
                shows: String::new(),
                caption: String::new(),
            })
        }),
    }
}

const fn cannot(what: &'static str) -> Refusal {
    Refusal::LogoCannotBeDrawn { what }
}

fn drawing(text: &str) -> Result<Drawing, Refusal> {
    let parsing = roxmltree::ParsingOptions {
        allow_dtd: true,
        nodes_limit: MOST_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, parsing).map_err(|_| cannot("logo-unreadable"))?;
    let holds = |names: &[&str]| {
        document
            .descendants()
            .any(|node| names.contains(&node.tag_name().name()))
    };
    // What the reader would leave out without a word.
    if holds(&["text", "foreignObject"]) {
        return Err(cannot("logo-text"));
    }
    if holds(&["image", "feImage"]) {
        return Err(cannot("logo-picture"));
    }
    // A drawing opens no file and no address.
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options).map_err(|_| cannot("logo-unreadable"))?;
    let mut shapes = Vec::new();
    add_group(tree.root(), &mut shapes)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    if shapes.is_empty() || width.max(height) > MOST_ALONG * width.min(height) {
        return Err(cannot("logo-empty"));
    }
    Ok(Drawing { width, height, shapes })
}

fn add_group(group: &Group, shapes: &mut Vec<Shape>) -> Result<(), Refusal> {
    // A clip around everything cuts nothing off.
    let cuts = group.clip_path().is_some_and(|clip| {
        let (window, inside) = (clip.root().abs_bounding_box(), group.abs_stroke_bounding_box());
        !is_a_box(clip.root())
            || inside.left() < window.left() - 0.5
            || inside.top() < window.top() - 0.5
            || inside.right() > window.right() + 0.5
            || inside.bottom() > window.bottom() + 0.5
    });
    if cuts || group.mask().is_some() {
        return Err(cannot("logo-cut-out"));
    }
    if !group.filters().is_empty() {
        return Err(cannot("logo-effect"));
    }
    if group.opacity().get() < 1.0 || group.blend_mode() != usvg::BlendMode::Normal {
        return Err(cannot("logo-transparent"));
    }
    for node in group.children() {
        match node {
            Node::Group(group) => add_group(group, shapes)?,
            Node::Path(path) if path.is_visible() => add_path(path, shapes)?,
            // Texts and images were refused by their names.
            Node::Path(_) | Node::Image(_) | Node::Text(_) => {}
        }
    }
    Ok(())
}

/// Whether a clip is one upright rectangle.
fn is_a_box(clip: &Group) -> bool {
    match clip.children() {
        [Node::Path(path)] => {
            let (bounds, drawn) = (path.abs_bounding_box(), path.data());
            let corners = drawn.clone().transform(path.abs_transform());
            corners.is_some_and(|corners| {
                corners.points().iter().all(|point| {
                    let on =
                        |value: f32, low: f32, high: f32| (value - low).abs() < 0.01 || (value - high).abs() < 0.01;
                    on(point.x, bounds.left(), bounds.right()) && on(point.y, bounds.top(), bounds.bottom())
                })
            })
        }
        [Node::Group(group)] => is_a_box(group),
        _ => false,
    }
}

fn add_path(path: &Path, shapes: &mut Vec<Shape>) -> Result<(), Refusal> {
    let fill = path.fill().map(|fill| {
        let outline = path.data().clone();
        (
            fill.paint(),
            fill.opacity(),
            fill.rule() == FillRule::EvenOdd,
            Some(outline),
        )
    });
    // A line is the shape between its two edges.
    let line = path.stroke().map(|stroke| {
        let drawn = stroke.to_tiny_skia();
        let dashed = drawn.dash.as_ref().and_then(|dash| path.data().dash(dash, 1.0));
        let outline = dashed.as_ref().unwrap_or_else(|| path.data()).stroke(&drawn, 1.0);
        (stroke.paint(), stroke.opacity(), false, outline)
    });
    let mut both: Vec<_> = fill.into_iter().chain(line).collect();
    if path.paint_order() == usvg::PaintOrder::StrokeAndFill {
        both.reverse();
    }
    for (paint, opacity, even_odd, outline) in both {
        let Paint::Color(colour) = paint else {
            return Err(cannot("logo-gradient"));
        };
        if opacity.get() < 1.0 {
            return Err(cannot("logo-transparent"));
        }
        let part = |part: u8| f32::from(part) / 255.0;
        let Some(outline) = outline.and_then(|outline| outline.transform(path.abs_transform())) else {
            continue;
        };
        shapes.push(Shape {
            colour: (part(colour.red), part(colour.green), part(colour.blue)),
            even_odd,
            outline: segments(&outline),
        });
        if shapes.iter().map(|shape| shape.outline.len()).sum::<usize>() > MOST_SEGMENTS {
            return Err(cannot("logo-too-fine"));
        }
    }
    Ok(())
}

/// An outline of lines and of curves by two handles.
fn segments(outline: &usvg::tiny_skia_path::Path) -> Vec<Segment> {
    let at = |point: Point| (point.x, point.y);
    let mut pen = Point::zero();
    let mut segments = Vec::new();
    for segment in outline.segments() {
        let (next, to) = match segment {
            PathSegment::MoveTo(to) => (Segment::Move(at(to)), to),
            PathSegment::LineTo(to) => (Segment::Line(at(to)), to),
            // A curve by one handle is one by two, each two thirds of the way to it.
            PathSegment::QuadTo(by, to) => {
                let toward = |end: Point| (end.x + (by.x - end.x) * 2.0 / 3.0, end.y + (by.y - end.y) * 2.0 / 3.0);
                (Segment::Curve(toward(pen), toward(to), at(to)), to)
            }
            PathSegment::CubicTo(by, then, to) => (Segment::Curve(at(by), at(then), at(to)), to),
            PathSegment::Close => continue,
        };
        segments.push(next);
        pen = to;
    }
    segments
}
