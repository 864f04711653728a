//! Paragraphs: lines broken by the rules of Unicode, words hyphenated in the paper's language.
#![expect(clippy::float_arithmetic, reason = "points on a page, not money")]

use super::font::{Face, FontFile, Glyph, MissingGlyph};
use super::{Colour, INK};
use crate::words::Language;
use hypher::Lang;
use std::ops::Range;
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// The face.
    pub face: Face,
    /// Its size in points.
    pub size: f32,
    /// From one baseline to the next, in points.
    pub leading: f32,
    /// The colour.
    pub colour: Colour,
    /// Whether figures have one width.
    pub tabular: bool,
    /// Whether words may be hyphenated at the end of a line.
    pub hyphenated: bool,
    /// What letters stand apart beyond their widths, in thousandths of the size.
    pub tracking: f32,
}

impl Style {
    /// Text in `face` at `size`, with room between the lines.
    #[must_use]
    pub const fn of(face: Face, size: f32) -> Self {
        Self {
            face,
            size,
            leading: size * 1.38,
            colour: INK,
            tabular: false,
            hyphenated: true,
            tracking: 0.0,
        }
    }

    /// The same with figures of one width, for columns.
    #[must_use]
    pub const fn with_tabular_figures(self) -> Self {
        Self { tabular: true, ..self }
    }

    /// The same with words left whole: what is read back as it was typed.
    #[must_use]
    pub const fn with_whole_words(self) -> Self {
        Self {
            hyphenated: false,
            ..self
        }
    }

    /// The same with its letters set apart, for capitals: in thousandths of the size, and below a tenth of it, where readers would
    /// take the room for a space.
    #[must_use]
    pub const fn tracked(self, tracking: f32) -> Self {
        Self { tracking, ..self }
    }

    /// The same in another colour.
    #[must_use]
    pub const fn in_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }
}

/// One line of text, shaped.
#[derive(Debug, Clone)]
pub struct Run {
    /// How it is set.
    pub style: Style,
    /// Its glyphs.
    pub glyphs: Vec<Glyph>,
    /// A hyphen that was not written, at the end.
    pub hyphen: Option<Glyph>,
    /// Its width in points.
    pub width: f32,
    /// Whether it begins or ends inside a word: one that was wider than the line, or has a hyphen of its own.
    pub is_part_of_a_word: bool,
}

impl Run {
    /// Shapes a line.
    ///
    /// # Errors
    /// [`MissingGlyph`], where shaping fails.
    pub fn new(text: &str, style: Style) -> Result<Self, MissingGlyph> {
        Ok(Self::of(shaped(text, style)?, style))
    }

    fn of(glyphs: Vec<Glyph>, style: Style) -> Self {
        let width = glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * style.size / 1000.0;
        Self {
            style,
            glyphs,
            hyphen: None,
            width,
            is_part_of_a_word: false,
        }
    }

    /// The same with a blank at its end that nobody sees: the words of two lines, or of a label and its value, are read apart.
    #[must_use]
    pub(super) fn goes_on(mut self) -> Self {
        if self.hyphen.is_none() {
            let end = self.glyphs.iter().map(|glyph| glyph.at + glyph.text.len()).max();
            self.glyphs.extend(self.style.face.blank(end.unwrap_or_default()));
        }
        self
    }

    /// The text it stands for, in the order it is written in.
    #[must_use]
    pub fn text(&self) -> String {
        written(&self.glyphs)
    }

    /// Whether a sign of it is in no face of the program or the machine.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.glyphs.iter().any(|glyph| glyph.lost)
    }

    fn with_hyphen(mut self) -> Result<Self, MissingGlyph> {
        let style = self.style;
        self.hyphen = style.face.shape("-", false)?.into_iter().next();
        self.width += self.hyphen.as_ref().map_or(0.0, |hyphen| hyphen.advance) * style.size / 1000.0;
        Ok(self)
    }
}

/// The glyphs of a text, set apart where its style says so.
fn shaped(text: &str, style: Style) -> Result<Vec<Glyph>, MissingGlyph> {
    let mut glyphs = style.face.shape(text, style.tabular)?;
    for glyph in &mut glyphs {
        glyph.advance += style.tracking;
    }
    Ok(glyphs)
}

/// The text of glyphs, in the order it is written in.
#[must_use]
pub fn written(glyphs: &[Glyph]) -> String {
    let mut parts: Vec<&Glyph> = glyphs.iter().filter(|glyph| !glyph.is_continued()).collect();
    parts.sort_by_key(|glyph| glyph.at);
    parts.into_iter().map(|glyph| glyph.text.as_str()).collect()
}

/// Breaks a paragraph into lines of at most `width` points. An empty text has no line.
///
/// # Errors
/// [`MissingGlyph`], where shaping fails.
pub fn lines(text: &str, style: Style, width: f32, language: Language) -> Result<Vec<Run>, MissingGlyph> {
    let mut runs = Vec::new();
    // Whatever a line of Unicode ends with ends a paragraph: inside one only soft breaks are left.
    for paragraph in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let paragraph = paragraph.trim_end();
        if !paragraph.is_empty() {
            break_paragraph(paragraph, style, width, language, &mut runs)?;
        }
    }
    Ok(runs)
}

fn break_paragraph(
    text: &str,
    style: Style,
    width: f32,
    language: Language,
    runs: &mut Vec<Run>,
) -> Result<(), MissingGlyph> {
    let measure = Measure::new(text, style)?;
    let breaks = breaks(text, language);
    let mut start = 0;
    let mut fits = 0;
    let mut next = 0;
    let mut follows_a_cut = false;
    while start < text.len() {
        while next < breaks.len() && measure.between(start, trimmed(text, start, breaks[next])) <= width {
            fits = breaks[next];
            next += 1;
        }
        let is_part_of_a_word = std::mem::take(&mut follows_a_cut);
        if next == breaks.len() {
            let run = if start == 0 {
                Run::of(measure.glyphs, style)
            } else {
                measure.run(start..text.len())?
            };
            runs.push(Run {
                is_part_of_a_word,
                ..run
            });
            break;
        }
        // The next word does not fit: as much of it as may be hyphenated goes on this line, where the line would else be less than
        // four fifths full, and never on two lines running.
        let from = fits.max(start);
        let is_short = measure.between(start, trimmed(text, start, from)) < width * 0.8;
        let follows_one = runs.last().is_some_and(|run: &Run| run.hyphen.is_some());
        let parts = if style.hyphenated && is_short && !follows_one {
            hyphenation(text, from, breaks[next], language)
        } else {
            Vec::new()
        };
        let hyphen = if parts.is_empty() {
            0.0
        } else {
            Run::new("-", style)?.width
        };
        match parts
            .into_iter()
            .rev()
            .find(|&at| measure.between(start, at) + hyphen <= width)
        {
            Some(at) => {
                runs.push(measure.run(start..at)?.with_hyphen()?);
                start = at;
            }
            None if fits > start => {
                let run = measure.run(start..trimmed(text, start, fits))?.goes_on();
                // A line may end at a hyphen or a stroke: what is one word to a program is on two lines then.
                follows_a_cut = !text[..fits].ends_with(char::is_whitespace);
                runs.push(Run {
                    is_part_of_a_word: is_part_of_a_word || follows_a_cut,
                    ..run
                });
                start = fits;
            }
            None => {
                // A single word wider than the line, which no rule breaks, is broken where it must be.
                let at = measure.last_within(start, width);
                runs.push(Run {
                    is_part_of_a_word: true,
                    ..measure.run(start..at)?
                });
                start = at;
                follows_a_cut = true;
            }
        }
        fits = start;
    }
    Ok(())
}

/// Where a line may end, in bytes of the text: its own end is the last.
fn breaks(text: &str, language: Language) -> Vec<usize> {
    linebreaks(text)
        .filter(|&(at, kind)| kind == BreakOpportunity::Mandatory || !belongs_together(text, at, language))
        .map(|(at, kind)| {
            if kind == BreakOpportunity::Mandatory {
                text.len()
            } else {
                at
            }
        })
        .collect()
}

/// Whether the words before and behind a place are read as one: an amount, a measure, a date, an article.
fn belongs_together(text: &str, at: usize, language: Language) -> bool {
    if !text[..at].ends_with(' ') {
        return false;
    }
    let before = text[..at].trim_end().rsplit(' ').next().unwrap_or_default();
    let behind = text[at..].split(' ').next().unwrap_or_default();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let figures = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let month = |word: &str| {
        let word = bare(word);
        (1..=12).any(|month| language.month(month).eq_ignore_ascii_case(&word))
    };
    let unit = matches!(bare(behind).as_str(), "ct" | "g" | "mm" | "EUR" | "kg" | "mg" | "cm")
        || matches!(behind.chars().next(), Some('%' | '‰' | '€'));
    let day = before.trim_start_matches('(').trim_end_matches('.');
    matches!(
        before.trim_start_matches('('),
        "€" | "+" | "−" | "≈" | "art." | "Art." | "§" | "nr." | "n°" | "no." | "Nr."
    ) || figures(&bare(before)) && unit
        || day.len() <= 2 && figures(day) && month(behind)
        || bare(behind).len() == 4 && figures(&bare(behind)) && month(before)
}

fn trimmed(text: &str, start: usize, end: usize) -> usize {
    start + text[start..end].trim_end().len()
}

/// Where the word between `from` and `to` may be hyphenated, in bytes of the whole text.
fn hyphenation(text: &str, from: usize, to: usize, language: Language) -> Vec<usize> {
    let word = text[from..to].trim_end();
    let core = word.trim_matches(|c: char| !c.is_alphabetic());
    if core.chars().count() < 6 || core.chars().any(|c| !c.is_alphabetic()) || core.chars().all(char::is_uppercase) {
        return Vec::new();
    }
    let lang = match language {
        Language::Nl => Lang::Dutch,
        Language::Fr => Lang::French,
        Language::En => Lang::English,
        Language::De => Lang::German,
    };
    let mut at = from + (core.as_ptr() as usize - word.as_ptr() as usize);
    let end = at + core.len();
    let mut places = Vec::new();
    for syllable in hypher::hyphenate(core, lang) {
        at += syllable.len();
        // Two letters alone on a line help nobody.
        if at >= from + 3 && at + 3 <= end {
            places.push(at);
        }
    }
    places
}

/// A paragraph, shaped once: the widths of its parts, and the lines cut out of it.
struct Measure<'a> {
    text: &'a str,
    style: Style,
    /// As they are seen.
    glyphs: Vec<Glyph>,
    /// The byte where each glyph's text begins, and the width of all before it in points, in the order they are written in.
    before: Vec<(usize, f32)>,
    total: f32,
    /// Whether they are seen in the order they are written in, each in the paragraph's own face.
    is_plain: bool,
}

impl<'a> Measure<'a> {
    fn new(text: &'a str, style: Style) -> Result<Self, MissingGlyph> {
        let glyphs = shaped(text, style)?;
        let original = original_offsets(text);
        let mut before = Vec::with_capacity(glyphs.len());
        let mut total = 0.0;
        let own = FontFile::from(style.face);
        let is_plain = glyphs.is_sorted_by_key(|glyph| glyph.at) && glyphs.iter().all(|glyph| glyph.file == own);
        let mut written: Vec<&Glyph> = glyphs.iter().collect();
        written.sort_by_key(|glyph| glyph.at);
        for glyph in written {
            before.push((original.get(glyph.at).copied().unwrap_or(text.len()), total));
            total += glyph.advance * style.size / 1000.0;
        }
        Ok(Self {
            text,
            style,
            glyphs,
            before,
            total,
            is_plain,
        })
    }

    /// The first glyph that is written at a byte or behind it.
    fn index(&self, at: usize) -> usize {
        self.before.partition_point(|&(start, _)| start < at)
    }

    fn up_to(&self, at: usize) -> f32 {
        self.before.get(self.index(at)).map_or(self.total, |&(_, width)| width)
    }

    fn between(&self, start: usize, end: usize) -> f32 {
        self.up_to(end) - self.up_to(start)
    }

    fn last_within(&self, start: usize, width: f32) -> usize {
        let ends = self.text[start..].char_indices().skip(1).map(|(at, _)| start + at);
        let first = start + self.text[start..].chars().next().map_or(0, char::len_utf8);
        ends.take_while(|&at| self.between(start, at) <= width)
            .last()
            .unwrap_or(first)
    }

    /// A part of it as a line: shaped anew where it cannot be cut out as it would look alone.
    fn run(&self, part: Range<usize>) -> Result<Run, MissingGlyph> {
        match self.cut(&part) {
            Some(glyphs) => Ok(Run::of(glyphs, self.style)),
            None => Run::new(&self.text[part], self.style),
        }
    }

    fn cut(&self, part: &Range<usize>) -> Option<Vec<Glyph>> {
        let (first, end) = (self.index(part.start), self.index(part.end));
        let can_be_cut = |glyph: usize, at: usize| {
            let begins = self.before.get(glyph).zip(self.glyphs.get(glyph));
            begins.is_none_or(|(before, glyph)| before.0 == at && glyph.begins_anew)
        };
        if !self.is_plain || !can_be_cut(first, part.start) || !can_be_cut(end, part.end) {
            return None;
        }
        let glyphs = self.glyphs.get(first..end)?;
        let from = glyphs.first()?.at;
        let moved = |glyph: &Glyph| Glyph {
            at: glyph.at - from,
            ..glyph.clone()
        };
        Some(glyphs.iter().map(moved).collect())
    }
}

/// For each byte of a text as it is shaped, where no-break spaces are one byte, the byte of the text as it is written where its
/// character begins.
fn original_offsets(text: &str) -> Vec<usize> {
    let mut offsets = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let shaped = if matches!(c, '\u{a0}' | '\u{202f}') {
            1
        } else {
            c.len_utf8()
        };
        offsets.extend(std::iter::repeat_n(at, shaped));
    }
    offsets
}
