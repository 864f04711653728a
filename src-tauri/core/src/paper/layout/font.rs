//! The faces, and shaping: text in, glyphs with exact advances out. The only file that knows harfrust.
//!
//! Papers are set in six faces of the house type. What these lack, a client's own words in another script or a sign, is drawn
//! by faces that come along, and what is in none of them by one of the machine's; nothing is dropped and nobody refused.

use super::system;
use harfrust::{
    Buffer, BufferFlags, Direction, Feature, Font, Language as Lang, Script, ShapeOptions, ShapePlan, ShaperFont, Tag,
    shape,
};
use std::ops::Range;
use std::sync::LazyLock;
use unicode_bidi::BidiInfo;
use unicode_segmentation::UnicodeSegmentation as _;

/// A face of the house type: EB Garamond for what is read, Inter for what is looked up. Both under the OFL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named as the faces are")]
pub enum Face {
    Serif,
    SerifItalic,
    SerifBold,
    Sans,
    SansItalic,
    SansBold,
}

/// A text that no face can set: a fault of the program's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the papers' faces cannot set {0:?}")]
pub struct MissingGlyph(pub char);

/// A glyph of a shaped text.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// The face it is of.
    pub file: FontFile,
    /// Its number in the face.
    pub id: u16,
    /// How far the pen moves, in thousandths of an em.
    pub advance: f32,
    /// Its own width, in thousandths of an em.
    pub width: f32,
    /// How far it is drawn from the pen, across and up, in thousandths of an em.
    pub offset: (f32, f32),
    /// The text it stands for.
    pub text: String,
    /// Where that text begins, in bytes.
    pub at: usize,
    /// Whether no face was found for it, and a box stands in its place.
    pub lost: bool,
    /// Whether a text may be cut before it: both parts are shaped as they stand here.
    pub begins_anew: bool,
}

impl Glyph {
    /// Whether it goes on with what the glyph before it stands for.
    #[must_use]
    pub fn is_continued(&self) -> bool {
        self.text == CONTINUED
    }
}

/// The text of a glyph that goes on with the one before it.
pub(super) const CONTINUED: &str = "\u{200b}";
/// What is drawn for a sign that no face has.
const BOX: &str = "□";

/// A face as it is drawn with, by its number: the six of the house type, those that come along, then the machine's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontFile(u16);

/// What is known of a face.
pub(super) struct Loaded {
    pub(super) name: String,
    pub(super) data: &'static [u8],
    /// Its place in a collection of faces.
    pub(super) index: u32,
    pub(super) font: Font,
}

impl Loaded {
    /// A face of that file; `None` for a file that is none.
    pub(super) fn new(name: String, data: &'static [u8], index: u32) -> Option<Self> {
        let font = Font::new(data, index)?;
        Some(Self {
            name,
            data,
            index,
            font,
        })
    }

    fn has(&self, character: char) -> bool {
        self.font.charmap().map_unicode(character).is_some()
    }

    /// Whether it has everything of a cluster that is drawn.
    pub(super) fn has_all(&self, cluster: &str) -> bool {
        draws(&self.font, cluster)
    }
}

/// Whether the face at a place of a file has everything of a cluster that is drawn.
pub(super) fn has_all(data: &[u8], index: u32, cluster: &str) -> bool {
    Font::new(data.to_vec(), index).is_some_and(|font| draws(&font, cluster))
}

fn draws(font: &Font, cluster: &str) -> bool {
    let map = font.charmap();
    cluster.chars().all(|c| is_silent(c) || map.map_unicode(c).is_some())
}

/// Signs that only say how others are drawn: joiners and the choice of a variant.
const fn is_silent(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The faces that come along, for scripts and signs the house type lacks: Noto, under the OFL.
const ALONG: [(&str, &[u8]); 12] = [
    (
        "NotoSansHebrew",
        include_bytes!("../../../fonts/NotoSansHebrew_400Regular.ttf"),
    ),
    (
        "NotoSansArabic",
        include_bytes!("../../../fonts/NotoSansArabic_400Regular.ttf"),
    ),
    (
        "NotoSansArmenian",
        include_bytes!("../../../fonts/NotoSansArmenian_400Regular.ttf"),
    ),
    (
        "NotoSansGeorgian",
        include_bytes!("../../../fonts/NotoSansGeorgian_400Regular.ttf"),
    ),
    (
        "NotoSansDevanagari",
        include_bytes!("../../../fonts/NotoSansDevanagari_400Regular.ttf"),
    ),
    (
        "NotoSansGujarati",
        include_bytes!("../../../fonts/NotoSansGujarati_400Regular.ttf"),
    ),
    (
        "NotoSansGurmukhi",
        include_bytes!("../../../fonts/NotoSansGurmukhi_400Regular.ttf"),
    ),
    (
        "NotoSansBengali",
        include_bytes!("../../../fonts/NotoSansBengali_400Regular.ttf"),
    ),
    (
        "NotoSansTamil",
        include_bytes!("../../../fonts/NotoSansTamil_400Regular.ttf"),
    ),
    (
        "NotoSansThai",
        include_bytes!("../../../fonts/NotoSansThai_400Regular.ttf"),
    ),
    (
        "NotoSansSymbols",
        include_bytes!("../../../fonts/NotoSansSymbols_400Regular.ttf"),
    ),
    ("NotoEmoji", include_bytes!("../../../fonts/NotoEmoji_400Regular.ttf")),
];

/// The number of the first face of the machine's.
const FIRST_OF_SYSTEM: usize = Face::ALL.len() + ALONG.len();

#[expect(
    clippy::expect_used,
    reason = "the faces are part of the program, and a test shapes with each"
)]
static FACES: LazyLock<Vec<Loaded>> = LazyLock::new(|| {
    let own = Face::ALL.map(|face| (face.name(), face.data()));
    own.into_iter()
        .chain(ALONG)
        .map(|(name, data)| Loaded::new(name.to_owned(), data, 0).expect("a face of the program's own"))
        .collect()
});

/// The plans to shape Latin text with, plain and with figures of one width, for each face of the house type.
static PLANS: LazyLock<Vec<[ShapePlan; 2]>> = LazyLock::new(|| {
    let plan = |font: &Font, tabular| {
        ShapePlan::new(
            font,
            Direction::LeftToRight,
            Some(Script::LATIN),
            Lang::new("en").as_ref(),
            &features(tabular),
        )
    };
    let own = FACES.iter().take(Face::ALL.len());
    own.map(|face| [plan(&face.font, false), plan(&face.font, true)])
        .collect()
});

impl FontFile {
    fn loaded(self) -> &'static Loaded {
        let number = usize::from(self.0);
        FACES
            .get(number)
            .unwrap_or_else(|| system::face(number - FIRST_OF_SYSTEM))
    }

    /// The face of the house type that it is.
    fn own(self) -> Option<Face> {
        Face::ALL.get(usize::from(self.0)).copied()
    }

    /// Whether it is one of the house type, each of whose glyphs stands for one text. In other scripts the same dot belongs to many
    /// letters, and what is drawn must say what it is.
    #[must_use]
    pub fn is_own(self) -> bool {
        self.own().is_some()
    }

    /// Its number: the house's own first.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// Its bytes, and its place in them where they are a collection.
    #[must_use]
    pub fn data(self) -> (&'static [u8], u32) {
        let loaded = self.loaded();
        (loaded.data, loaded.index)
    }

    /// Its PostScript name.
    #[must_use]
    pub fn name(self) -> &'static str {
        &self.loaded().name
    }

    /// Whether it has serifs.
    #[must_use]
    pub fn has_serifs(self) -> bool {
        matches!(self.own(), Some(Face::Serif | Face::SerifItalic | Face::SerifBold))
    }

    /// The height of its capitals and of an x, and how thick it is, in thousandths of an em: nobody reads by them, but a file
    /// must say them.
    #[must_use]
    pub fn measures(self) -> (i64, i64, i64) {
        match self.own() {
            Some(Face::Serif | Face::SerifItalic) => (650, 400, 70),
            Some(Face::SerifBold) => (650, 413, 105),
            Some(Face::Sans | Face::SansItalic) => (728, 546, 80),
            Some(Face::SansBold) => (728, 546, 120),
            None => (714, 536, 80),
        }
    }

    /// The glyph of a character, and its width in thousandths of an em; `None` where the face lacks it.
    #[must_use]
    pub fn glyph_of(self, character: char) -> Option<(u16, f32)> {
        let font = &self.loaded().font;
        let id = font.charmap().map_unicode(character)?;
        let width = thousandths(ShaperFont::new(font).glyph_h_advance(id), font);
        Some((u16::try_from(u32::from(id)).ok()?, width))
    }
}

impl From<Face> for FontFile {
    fn from(face: Face) -> Self {
        Self(face as u16)
    }
}

/// Units of a font in thousandths of an em.
fn thousandths(units: i32, font: &Font) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "font units are small")]
    let units = units as f32;
    units * 1000.0 / f32::from(font.units_per_em())
}

impl Face {
    /// The six faces.
    pub const ALL: [Self; 6] = [
        Self::Serif,
        Self::SerifItalic,
        Self::SerifBold,
        Self::Sans,
        Self::SansItalic,
        Self::SansBold,
    ];

    /// The face's file.
    #[must_use]
    pub const fn data(self) -> &'static [u8] {
        match self {
            Self::Serif => include_bytes!("../../../fonts/EBGaramond_400Regular.ttf"),
            Self::SerifItalic => include_bytes!("../../../fonts/EBGaramond_400Regular_Italic.ttf"),
            Self::SerifBold => include_bytes!("../../../fonts/EBGaramond_600SemiBold.ttf"),
            Self::Sans => include_bytes!("../../../fonts/Inter_400Regular.ttf"),
            Self::SansItalic => include_bytes!("../../../fonts/Inter_400Regular_Italic.ttf"),
            Self::SansBold => include_bytes!("../../../fonts/Inter_600SemiBold.ttf"),
        }
    }

    /// Its PostScript name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Serif => "EBGaramond-Regular",
            Self::SerifItalic => "EBGaramond-Italic",
            Self::SerifBold => "EBGaramond-SemiBold",
            Self::Sans => "Inter-Regular",
            Self::SansItalic => "Inter-Italic",
            Self::SansBold => "Inter-SemiBold",
        }
    }

    /// A blank of this face, which stands at that byte of a text.
    pub(super) fn blank(self, at: usize) -> Option<Glyph> {
        let file = FontFile::from(self);
        let (id, width) = file.glyph_of(' ')?;
        Some(Glyph {
            file,
            id,
            advance: width,
            width,
            offset: (0.0, 0.0),
            text: " ".to_owned(),
            at,
            lost: false,
            begins_anew: true,
        })
    }

    /// The face that draws a cluster: this one where it can, the sans of its weight, one that comes along, one of the machine's.
    fn file_for(self, cluster: &str) -> Option<FontFile> {
        let sans = match self {
            Self::Serif | Self::Sans => Self::Sans,
            Self::SerifItalic | Self::SansItalic => Self::SansItalic,
            Self::SerifBold | Self::SansBold => Self::SansBold,
        };
        let has = |file: &FontFile| file.loaded().has_all(cluster);
        let along =
            (Face::ALL.len()..FIRST_OF_SYSTEM).map(|number| FontFile(u16::try_from(number).unwrap_or(u16::MAX)));
        let known = [self, sans].map(FontFile::from).into_iter().chain(along).find(has);
        let of_system = || {
            let found = system::face_with(cluster)?;
            Some(FontFile(u16::try_from(FIRST_OF_SYSTEM + found).ok()?))
        };
        known.or_else(of_system)
    }

    /// Shapes a text: kerned, with ligatures, figures of one width where `tabular`. What is read from right to left comes in the
    /// order it is seen in.
    ///
    /// # Errors
    /// [`MissingGlyph`], where shaping itself fails.
    pub fn shape(self, text: &str, tabular: bool) -> Result<Vec<Glyph>, MissingGlyph> {
        // A no-break space has done its work once lines are broken; drawn as a plain one it copies out exactly.
        let text = text.replace(['\u{a0}', '\u{202f}', '\t'], " ");
        let own = FontFile::from(self);
        let loaded = own.loaded();
        // Hebrew is the first script of Unicode that runs from right to left.
        if text.chars().all(|c| c < '\u{590}' && loaded.has(c)) {
            return own.shape(&text, 0, false, tabular);
        }
        let mut glyphs = Vec::with_capacity(text.len());
        for (range, leftward) in seen_in_order(&text) {
            let mut parts = self.parts(&text, range);
            if leftward {
                parts.reverse();
            }
            for (range, file) in parts {
                let written = &text[range.clone()];
                match file {
                    Some(file) => glyphs.extend(file.shape(written, range.start, leftward, tabular)?),
                    None => glyphs.extend(lost(self, written, range.start)?),
                }
            }
        }
        Ok(glyphs)
    }

    /// The parts of a text that one face draws each, in the order they are written.
    fn parts(self, text: &str, range: Range<usize>) -> Vec<(Range<usize>, Option<FontFile>)> {
        let mut parts: Vec<(Range<usize>, Option<FontFile>)> = Vec::new();
        for (at, cluster) in text[range.clone()].grapheme_indices(true) {
            let (start, end) = (range.start + at, range.start + at + cluster.len());
            // What is silent goes along with what stands before it.
            match parts.last_mut() {
                Some((before, Some(_))) if cluster.chars().all(is_silent) => before.end = end,
                last => {
                    let file = self.file_for(cluster);
                    match last {
                        Some((before, known)) if *known == file && file.is_some() => before.end = end,
                        _ => parts.push((start..end, file)),
                    }
                }
            }
        }
        parts
    }
}

/// A box in the place of a sign that no face has.
fn lost(face: Face, written: &str, at: usize) -> Result<Vec<Glyph>, MissingGlyph> {
    let sans = FontFile::from(if face == Face::SerifBold {
        Face::SansBold
    } else {
        Face::Sans
    });
    let mut glyphs = sans.shape(BOX, at, false, false)?;
    for glyph in &mut glyphs {
        glyph.lost = true;
        written.clone_into(&mut glyph.text);
    }
    Ok(glyphs)
}

/// The parts of a line as they are seen from left to right, and whether each is read from right to left.
fn seen_in_order(text: &str) -> Vec<(Range<usize>, bool)> {
    let info = BidiInfo::new(text, None);
    let mut order = Vec::new();
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        order.extend(runs.into_iter().map(|run| {
            let leftward = levels.get(run.start).is_some_and(unicode_bidi::Level::is_rtl);
            (run, leftward)
        }));
    }
    order
}

impl FontFile {
    /// Shapes a text that this face has all of, which begins at the byte `from` of the whole.
    fn shape(self, text: &str, from: usize, leftward: bool, tabular: bool) -> Result<Vec<Glyph>, MissingGlyph> {
        let font = &self.loaded().font;
        let shaper = ShaperFont::new(font);
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        let plan = PLANS
            .get(usize::from(self.0))
            .filter(|_| !leftward)
            .map(|plans| &plans[usize::from(tabular)]);
        if let Some(plan) = plan {
            buffer.set_direction(Direction::LeftToRight);
            buffer.set_script(Some(Script::LATIN));
            buffer.set_language(plan.language().cloned());
        } else {
            buffer.guess_segment_properties();
            buffer.set_direction(if leftward {
                Direction::RightToLeft
            } else {
                Direction::LeftToRight
            });
        }
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let wanted = features(tabular);
        let options = match plan {
            Some(plan) => ShapeOptions::new().plan(Some(plan)).features(&wanted),
            None => ShapeOptions::new(),
        };
        if shape(&shaper, &mut buffer, options).is_err() {
            return Err(MissingGlyph(text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)));
        }
        let (infos, positions) = (buffer.glyph_infos(), buffer.glyph_positions());
        let units = |units: i32| thousandths(units, font);
        // Where each cluster ends: where the next one of the text begins.
        let mut begins: Vec<usize> = infos
            .iter()
            .map(|info| info.cluster as usize)
            .chain([text.len()])
            .collect();
        begins.sort_unstable();
        begins.dedup();
        let mut glyphs = Vec::with_capacity(infos.len());
        for (index, (info, position)) in infos.iter().zip(positions).enumerate() {
            let start = info.cluster as usize;
            let end = begins
                .get(begins.partition_point(|&begin| begin <= start))
                .copied()
                .unwrap_or(text.len());
            let repeated = index > 0 && infos[index - 1].cluster == info.cluster;
            glyphs.push(Glyph {
                file: self,
                id: u16::try_from(info.glyph_id).unwrap_or_default(),
                advance: units(position.x_advance),
                width: units(shaper.glyph_h_advance(info.glyph_id.into())),
                offset: (units(position.x_offset), units(position.y_offset)),
                text: if repeated {
                    CONTINUED.to_owned()
                } else {
                    text[start..end].to_owned()
                },
                at: from + start,
                lost: false,
                begins_anew: !repeated && !info.flags().is_unsafe_to_break(),
            });
        }
        Ok(glyphs)
    }
}

fn features(tabular: bool) -> Vec<Feature> {
    let feature = |tag: &[u8; 4], value| Feature::new(Tag::new(tag), value, ..);
    // Contextual forms would give one glyph two texts.
    vec![
        feature(b"kern", 1),
        feature(b"liga", 1),
        feature(b"lnum", 1),
        feature(b"tnum", u32::from(tabular)),
        feature(b"calt", 0),
    ]
}
