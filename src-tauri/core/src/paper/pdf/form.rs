//! Fields that are filled in on the screen: text fields with appearances of their own, set by the same shaping as everything else
//! on the paper. A face of the program's is embedded for what may be typed: the Latin alphabets with all their accents,
//! Vietnamese, Greek and Cyrillic. What stands in a field already has every face it needs, so that nobody's name loses a letter.

use super::PaperError;
use crate::paper::layout::{Face, Fill, FontFile, Glyph};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary, text_string};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use subsetter::{GlyphRemapper, subset};

/// From one line to the next, in sizes.
const LEADING: f32 = 1.35;
const FACE: Face = Face::Sans;
/// A field on its page.
pub(super) struct Placed {
    pub page: usize,
    pub node: usize,
    /// Left, bottom, right, top.
    pub corners: [f32; 4],
    pub fill: Fill,
}

/// A face as it is embedded for fields.
struct Embedded {
    /// What it goes by in the fields' own words: `F0` is what is typed in.
    name: String,
    object: ObjectId,
    remapper: GlyphRemapper,
}

/// Adds the fields, whose objects are known already, and the form they belong to.
pub(super) fn add(
    document: &mut Document,
    fields: &[Placed],
    widgets: &[ObjectId],
    pages: &[ObjectId],
    first_key: i64,
) -> Result<(), PaperError> {
    if fields.is_empty() {
        return Ok(());
    }
    // What stands in each field, line by line, as it is drawn.
    let mut drawn: Vec<Vec<Vec<Glyph>>> = Vec::new();
    for placed in fields {
        let lines: Result<_, _> = placed.fill.lines.iter().map(|line| FACE.shape(line, false)).collect();
        drawn.push(lines?);
    }
    let fonts = embed(document, &drawn)?;
    let resources: Dictionary = fonts
        .values()
        .map(|font| (font.name.as_str(), Object::from(font.object)))
        .collect();
    for (key, ((placed, lines), widget)) in (first_key..).zip(fields.iter().zip(&drawn).zip(widgets)) {
        let [left, bottom, right, top] = placed.corners;
        let look = Stream::new(
            dictionary! {
                "Type" => "XObject",
                "Subtype" => "Form",
                "BBox" => vec![0.into(), 0.into(), Object::Real(right - left), Object::Real(top - bottom)],
                "Resources" => dictionary! { "Font" => resources.clone() },
            },
            appearance(&placed.fill, lines, &fonts, right - left, top - bottom).into_bytes(),
        );
        let look = document.add_object(look);
        let mut dictionary = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Widget",
            "FT" => "Tx",
            "T" => text_string(placed.fill.field.name),
            "TU" => text_string(&placed.fill.field.label),
            "V" => text_string(&placed.fill.field.value),
            "DA" => Object::string_literal(style(placed.fill.size)),
            "F" => 4,
            "Rect" => placed.corners.iter().map(|&point| Object::Real(point)).collect::<Vec<_>>(),
            "P" => *pages.get(placed.page).ok_or_else(|| PaperError::Broken("a field without a page".into()))?,
            "StructParent" => key,
            "AP" => dictionary! { "N" => look },
        };
        if placed.fill.field.lines > 1 || placed.fill.lines.len() > 1 {
            dictionary.set("Ff", 1 << 12);
        }
        document.set_object(*widget, dictionary);
    }
    let form = dictionary! {
        "Fields" => widgets.iter().map(|&widget| Object::Reference(widget)).collect::<Vec<_>>(),
        "DA" => Object::string_literal(style(fields[0].fill.size)),
        "DR" => dictionary! { "Font" => resources },
    };
    document.catalog_mut()?.set("AcroForm", form);
    Ok(())
}

fn style(size: f32) -> String {
    format!("/F0 {size} Tf 0.11 0.10 0.09 rg")
}

/// The alphabets that may be typed, and the signs of the four languages.
fn typed() -> impl Iterator<Item = char> {
    let signs = "–—‘’“”„‚«»‹›€…•№";
    ('\u{20}'..='\u{24f}')
        .chain('\u{370}'..='\u{3ff}')
        .chain('\u{400}'..='\u{4ff}')
        .chain('\u{1ea0}'..='\u{1ef9}')
        .chain(signs.chars())
}

/// Embeds each face for what is drawn with it; the first for what may be typed too.
fn embed(document: &mut Document, drawn: &[Vec<Vec<Glyph>>]) -> Result<BTreeMap<FontFile, Embedded>, PaperError> {
    let first = FontFile::from(FACE);
    // For each face its glyphs, with the width of each and the text it stands for.
    let mut used: BTreeMap<FontFile, BTreeMap<u16, (f32, String)>> = BTreeMap::new();
    let may_be_typed = used.entry(first).or_default();
    for character in typed() {
        if let Some((id, width)) = first.glyph_of(character) {
            may_be_typed.entry(id).or_insert((width, character.to_string()));
        }
    }
    for glyph in drawn.iter().flatten().flatten() {
        let glyphs = used.entry(glyph.file).or_default();
        glyphs
            .entry(glyph.id)
            .or_insert_with(|| (glyph.width, glyph.text.clone()));
    }
    let mut fonts = BTreeMap::new();
    for (number, (file, glyphs)) in used.into_iter().enumerate() {
        let number = if file == first { 0 } else { number + 1 };
        let ids: Vec<u16> = glyphs.keys().copied().collect();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&ids);
        let object = embed_one(document, file, number, &glyphs, &remapper)?;
        fonts.insert(
            file,
            Embedded {
                name: format!("F{number}"),
                object,
                remapper,
            },
        );
    }
    Ok(fonts)
}

fn embed_one(
    document: &mut Document,
    file: FontFile,
    number: usize,
    glyphs: &BTreeMap<u16, (f32, String)>,
    remapper: &GlyphRemapper,
) -> Result<ObjectId, PaperError> {
    let (data, index) = file.data();
    let bytes = subset(data, index, remapper).map_err(|why| PaperError::Broken(format!("{why:?}")))?;
    let name = format!(
        "FORM{}+{}",
        ["LT", "LU", "LV", "LW", "LX", "LY"][number.min(5)],
        file.name()
    );
    // Of the two kinds of outlines an OpenType face may have.
    let is_cff = bytes.starts_with(b"OTTO");
    let file_key = if is_cff { "FontFile3" } else { "FontFile2" };
    let mut stream = Stream::new(
        dictionary! { "Length1" => i64::try_from(bytes.len()).unwrap_or_default() },
        bytes,
    );
    if is_cff {
        stream.dict.set("Subtype", "OpenType");
    }
    let stream = document.add_object(stream);
    let (cap, _, stem) = file.measures();
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name.as_str(),
        "Flags" => 4,
        "FontBBox" => vec![(-750).into(), (-300).into(), 2600.into(), 1100.into()],
        "ItalicAngle" => 0,
        "Ascent" => 969,
        "Descent" => -242,
        "CapHeight" => cap,
        "StemV" => stem,
        file_key => stream,
    });
    let mut widths: Vec<(u16, f32)> = glyphs
        .iter()
        .filter_map(|(id, (width, _))| Some((remapper.get(*id)?, *width)))
        .collect();
    widths.sort_by_key(|(id, _)| *id);
    let widths: Vec<Object> = widths
        .into_iter()
        .flat_map(|(id, width)| [i64::from(id).into(), vec![Object::Real(width)].into()])
        .collect();
    let descendant = document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => if is_cff { "CIDFontType0" } else { "CIDFontType2" },
        "BaseFont" => name.as_str(),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::String(b"Adobe".to_vec(), StringFormat::Literal),
            "Ordering" => Object::String(b"Identity".to_vec(), StringFormat::Literal),
            "Supplement" => 0,
        },
        "FontDescriptor" => descriptor,
        "CIDToGIDMap" => "Identity",
        "DW" => 600,
        "W" => widths,
    });
    let letters = glyphs
        .iter()
        .filter_map(|(id, (_, text))| Some((remapper.get(*id)?, text.as_str())));
    let to_unicode = document.add_object(Stream::new(dictionary! {}, to_unicode(letters).into_bytes()));
    Ok(document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => name.as_str(),
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(descendant)],
        "ToUnicode" => to_unicode,
    }))
}

/// Which character each number stands for.
fn to_unicode<'a>(letters: impl Iterator<Item = (u16, &'a str)>) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let mut known: Vec<(u16, &str)> = letters.collect();
    known.sort_unstable();
    for part in known.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", part.len());
        for (id, text) in part {
            let utf16: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            let _ = writeln!(map, "<{id:04X}> <{utf16}>");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend");
    map
}

/// What the field looks like with what is filled in.
fn appearance(
    fill: &Fill,
    lines: &[Vec<Glyph>],
    fonts: &BTreeMap<FontFile, Embedded>,
    width: f32,
    height: f32,
) -> String {
    let mut out = String::from("/Tx BMC\n");
    if !lines.is_empty() {
        let leading = fill.size * LEADING;
        let _ = write!(
            out,
            "q\n1 1 {:.2} {:.2} re W n\nBT\n{}\n{leading:.2} TL\n4 {:.2} Td\n",
            width - 2.0,
            height - 2.0,
            style(fill.size),
            height - leading + 1.0
        );
        for line in lines {
            for part in line.chunk_by(|one, next| one.file == next.file) {
                let Some(font) = fonts.get(&part[0].file) else { continue };
                let hex: String = part
                    .iter()
                    .map(|glyph| format!("{:04X}", font.remapper.get(glyph.id).unwrap_or_default()))
                    .collect();
                let _ = writeln!(out, "/{} {} Tf <{hex}> Tj", font.name, fill.size);
            }
            out.push_str("T*\n");
        }
        out.push_str("ET\nQ\n");
    }
    out.push_str("EMC");
    out
}
