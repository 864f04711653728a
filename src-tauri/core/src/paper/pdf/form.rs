//! Fields that are filled in on the screen: text fields with appearances of their own, in a face of the program's that is
//! embedded for what stands in them and for what may be typed: the Latin alphabets with all their accents, Vietnamese, Greek
//! and Cyrillic, so that nobody's name loses a letter.

use super::PaperError;
use crate::paper::layout::{Face, Fill, MissingGlyph};
use lopdf::{Document, Object, ObjectId, Stream, StringFormat, dictionary, text_string};
use std::fmt::Write as _;
use subsetter::{GlyphRemapper, subset};

/// From one line to the next, in sizes.
const LEADING: f32 = 1.35;
const FACE: Face = Face::Sans;
const NAME: &str = "FORMLT+Inter-Regular";

/// A field on its page.
pub(super) struct Placed {
    pub page: usize,
    pub node: usize,
    /// Left, bottom, right, top.
    pub corners: [f32; 4],
    pub fill: Fill,
}

/// A letter of the embedded face.
struct Letter {
    character: char,
    /// Its number in the embedded face.
    id: u16,
    /// Its width in thousandths of an em.
    width: f32,
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
    let letters = letters(fields);
    let font = embed(document, &letters)?;
    for (key, (placed, widget)) in (first_key..).zip(fields.iter().zip(widgets)) {
        let [left, bottom, right, top] = placed.corners;
        let look = Stream::new(
            dictionary! {
                "Type" => "XObject",
                "Subtype" => "Form",
                "BBox" => vec![0.into(), 0.into(), Object::Real(right - left), Object::Real(top - bottom)],
                "Resources" => dictionary! { "Font" => dictionary! { "F0" => font } },
            },
            appearance(&placed.fill, &letters, right - left, top - bottom)?.into_bytes(),
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
        "DR" => dictionary! { "Font" => dictionary! { "F0" => font } },
    };
    document.catalog_mut()?.set("AcroForm", form);
    Ok(())
}

fn style(size: f32) -> String {
    format!("/F0 {size} Tf 0.11 0.10 0.09 rg")
}

/// The alphabets that may be typed, the signs of the four languages, and every character that stands in a field already.
fn letters(fields: &[Placed]) -> Vec<Letter> {
    let signs = "–—‘’“”„‚«»‹›€…•№";
    let values = fields.iter().flat_map(|placed| &placed.fill.lines);
    let mut characters: Vec<char> = ('\u{20}'..='\u{24f}')
        .chain('\u{370}'..='\u{3ff}')
        .chain('\u{400}'..='\u{4ff}')
        .chain('\u{1ea0}'..='\u{1ef9}')
        .chain(signs.chars())
        .chain(values.flat_map(|line| line.chars()))
        .collect();
    characters.sort_unstable();
    characters.dedup();
    let wanted: Vec<(char, u16, f32)> = characters
        .into_iter()
        .filter_map(|character| FACE.glyph_of(character).map(|(id, width)| (character, id, width)))
        .collect();
    let mut ids: Vec<u16> = wanted.iter().map(|&(_, id, _)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    let remapper = GlyphRemapper::new_from_glyphs_sorted(&ids);
    wanted
        .into_iter()
        .filter_map(|(character, id, width)| remapper.get(id).map(|id| Letter { character, id, width }))
        .collect()
}

fn embed(document: &mut Document, letters: &[Letter]) -> Result<ObjectId, PaperError> {
    let mut ids: Vec<u16> = letters
        .iter()
        .filter_map(|letter| FACE.glyph_of(letter.character))
        .map(|(id, _)| id)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let bytes = subset(FACE.data(), 0, &GlyphRemapper::new_from_glyphs_sorted(&ids))
        .map_err(|why| PaperError::Broken(format!("{why:?}")))?;
    let length = i64::try_from(bytes.len()).unwrap_or_default();
    let file = document.add_object(Stream::new(dictionary! { "Length1" => length }, bytes));
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => NAME,
        "Flags" => 4,
        "FontBBox" => vec![(-750).into(), (-300).into(), 2600.into(), 1100.into()],
        "ItalicAngle" => 0,
        "Ascent" => 969,
        "Descent" => -242,
        "CapHeight" => 728,
        "StemV" => 80,
        "FontFile2" => file,
    });
    let mut widths: Vec<Object> = Vec::new();
    let mut by_id: Vec<&Letter> = letters.iter().collect();
    by_id.sort_by_key(|letter| letter.id);
    by_id.dedup_by_key(|letter| letter.id);
    for letter in &by_id {
        widths.push(i64::from(letter.id).into());
        widths.push(vec![Object::Real(letter.width)].into());
    }
    let descendant = document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => NAME,
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
    let to_unicode = document.add_object(Stream::new(dictionary! {}, to_unicode(letters).into_bytes()));
    Ok(document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => NAME,
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(descendant)],
        "ToUnicode" => to_unicode,
    }))
}

/// Which character each number stands for.
fn to_unicode(letters: &[Letter]) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let mut known: Vec<&Letter> = letters.iter().collect();
    known.sort_by_key(|letter| (letter.id, letter.character));
    known.dedup_by_key(|letter| letter.id);
    for part in known.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", part.len());
        for letter in part {
            let _ = writeln!(map, "<{:04X}> <{:04X}>", letter.id, u32::from(letter.character));
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend");
    map
}

/// What the field looks like with what is filled in.
fn appearance(fill: &Fill, letters: &[Letter], width: f32, height: f32) -> Result<String, MissingGlyph> {
    let mut out = String::from("/Tx BMC\n");
    if !fill.lines.is_empty() {
        let leading = fill.size * LEADING;
        let _ = write!(
            out,
            "q\n1 1 {:.2} {:.2} re W n\nBT\n{}\n{leading:.2} TL\n4 {:.2} Td\n",
            width - 2.0,
            height - 2.0,
            style(fill.size),
            height - leading + 1.0
        );
        for line in &fill.lines {
            let mut hex = String::new();
            for character in line.chars() {
                let letter = find(letters, character).ok_or(MissingGlyph(character))?;
                let _ = write!(hex, "{:04X}", letter.id);
            }
            let _ = writeln!(out, "<{hex}> Tj T*");
        }
        out.push_str("ET\nQ\n");
    }
    out.push_str("EMC");
    Ok(out)
}

fn find(letters: &[Letter], character: char) -> Option<&Letter> {
    let character = if character == '\u{a0}' { ' ' } else { character };
    letters.iter().find(|letter| letter.character == character)
}
