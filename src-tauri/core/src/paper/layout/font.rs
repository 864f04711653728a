//! The six faces, and shaping: text in, glyphs with exact advances out. The only file that knows harfrust.

use harfrust::{
    Buffer, BufferFlags, Direction, Feature, Font, Language as Lang, Script, ShapeOptions, ShapePlan, ShaperFont, Tag,
    shape,
};
use std::sync::LazyLock;

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

/// A character that the faces cannot print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the papers' faces lack the character {0:?}")]
pub struct MissingGlyph(pub char);

/// A glyph of a shaped text.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// How far the pen moves, in thousandths of an em.
    pub advance: f32,
    /// Its own width, in thousandths of an em.
    pub width: f32,
    /// How far it is drawn from the pen, in thousandths of an em.
    pub offset: f32,
    /// The text it stands for.
    pub text: String,
    /// Where that text begins, in bytes.
    pub at: usize,
}

/// The text of a glyph that goes on with the one before it.
pub(super) const CONTINUED: &str = "\u{200b}";

struct Loaded {
    font: Font,
    plain: ShapePlan,
    tabular: ShapePlan,
}

static FACES: LazyLock<[Loaded; 6]> = LazyLock::new(|| Face::ALL.map(load));

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

    /// Whether it has serifs.
    #[must_use]
    pub const fn has_serifs(self) -> bool {
        matches!(self, Self::Serif | Self::SerifItalic | Self::SerifBold)
    }

    fn loaded(self) -> &'static Loaded {
        &FACES[self as usize]
    }

    /// Units in an em.
    #[must_use]
    pub fn units_per_em(self) -> f32 {
        f32::from(self.loaded().font.units_per_em())
    }

    /// The glyph of a character, and its width in thousandths of an em; `None` where the face lacks it.
    #[must_use]
    pub fn glyph_of(self, character: char) -> Option<(u16, f32)> {
        let font = &self.loaded().font;
        let id = font.charmap().map_unicode(character)?;
        #[expect(clippy::cast_precision_loss, reason = "font units are small")]
        let width = ShaperFont::new(font).glyph_h_advance(id) as f32 * 1000.0 / self.units_per_em();
        Some((u16::try_from(u32::from(id)).ok()?, width))
    }

    /// Shapes a text: kerned, with ligatures, figures of one width where `tabular`.
    ///
    /// # Errors
    /// The first character the face lacks.
    pub fn shape(self, text: &str, tabular: bool) -> Result<Vec<Glyph>, MissingGlyph> {
        let Loaded {
            font,
            plain,
            tabular: figures,
        } = self.loaded();
        // A no-break space has done its work once lines are broken; drawn as a plain one it copies out exactly.
        let text = text.replace(['\u{a0}', '\u{202f}', '\t'], " ");
        let map = font.charmap();
        if let Some(missing) = text.chars().find(|&c| map.map_unicode(c).is_none()) {
            return Err(MissingGlyph(missing));
        }
        let plan = if tabular { figures } else { plain };
        let shaper = ShaperFont::new(font);
        let mut buffer = Buffer::new();
        buffer.push_str(&text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(Some(Script::LATIN));
        buffer.set_language(plan.language().cloned());
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let wanted = features(tabular);
        if shape(
            &shaper,
            &mut buffer,
            ShapeOptions::new().plan(Some(plan)).features(&wanted),
        )
        .is_err()
        {
            return Err(MissingGlyph(char::REPLACEMENT_CHARACTER));
        }
        let (infos, positions) = (buffer.glyph_infos(), buffer.glyph_positions());
        let em = 1000.0 / self.units_per_em();
        let units = |units: i32| {
            #[expect(clippy::cast_precision_loss, reason = "font units are small")]
            let units = units as f32;
            units * em
        };
        let mut glyphs = Vec::with_capacity(infos.len());
        for (index, (info, position)) in infos.iter().zip(positions).enumerate() {
            let start = info.cluster as usize;
            let end = infos[index + 1..]
                .iter()
                .map(|next| next.cluster as usize)
                .find(|&next| next != start)
                .unwrap_or(text.len());
            let repeated = index > 0 && infos[index - 1].cluster == info.cluster;
            glyphs.push(Glyph {
                id: u16::try_from(info.glyph_id).unwrap_or_default(),
                advance: units(position.x_advance),
                width: units(shaper.glyph_h_advance(info.glyph_id.into())),
                offset: units(position.x_offset),
                text: if repeated {
                    CONTINUED.to_owned()
                } else {
                    text[start..end].to_owned()
                },
                at: start,
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

fn load(face: Face) -> Loaded {
    #[expect(
        clippy::expect_used,
        reason = "the faces are part of the program, and a test shapes with each"
    )]
    let font = Font::new(face.data(), 0).expect("a face of the program's own");
    let plan = |tabular| {
        ShapePlan::new(
            &font,
            Direction::LeftToRight,
            Some(Script::LATIN),
            Lang::new("en").as_ref(),
            &features(tabular),
        )
    };
    Loaded {
        plain: plan(false),
        tabular: plan(true),
        font,
    }
}

/// Whether every face can print the character.
#[must_use]
pub fn printable(character: char) -> bool {
    let spaces = matches!(character, '\u{a0}' | '\u{202f}' | '\t' | '\n');
    spaces
        || FACES
            .iter()
            .all(|face| face.font.charmap().map_unicode(character).is_some())
}
