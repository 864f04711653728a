//! E-mail and web addresses in a line of text: what is printed of them can be clicked.
#![expect(clippy::float_arithmetic, reason = "points on a page, not money")]

use crate::paper::layout::{Glyph, Run};
use std::ops::Range;

/// A part of a line: where it begins, in points from the line's start, and where it leads.
pub(super) struct Piece {
    pub run: Run,
    pub offset: f32,
    pub leads_to: Option<String>,
}

/// A line in pieces: addresses, and what stands between them. None where it holds no address.
pub(super) fn pieces(run: &Run) -> Option<Vec<Piece>> {
    let may_hold_one = |glyph: &Glyph| glyph.text == "@" || glyph.text == ".";
    if run.is_part_of_a_word || !run.glyphs.iter().any(may_hold_one) {
        return None;
    }
    let text: String = run.glyphs.iter().map(own_text).collect();
    let found = addresses(&text);
    if found.is_empty() {
        return None;
    }
    let mut cuts: Vec<(Range<usize>, Option<String>)> = Vec::new();
    let mut end = 0;
    for (range, leads_to) in found {
        cuts.push((end..range.start, None));
        end = range.end;
        cuts.push((range, Some(leads_to)));
    }
    cuts.push((end..text.len(), None));
    let mut pieces = Vec::new();
    let (mut next, mut at, mut offset) = (0, 0, 0.0);
    for (range, leads_to) in cuts {
        let first = next;
        while next < run.glyphs.len() && at < range.end {
            at += own_text(&run.glyphs[next]).len();
            next += 1;
        }
        let is_last = range.end == text.len();
        if is_last {
            next = run.glyphs.len();
        }
        let glyphs = run.glyphs[first..next].to_vec();
        let width = glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * run.style.size / 1000.0;
        let hyphen = run.hyphen.clone().filter(|_| is_last);
        if !glyphs.is_empty() || hyphen.is_some() {
            pieces.push(Piece {
                run: Run {
                    glyphs,
                    hyphen,
                    width,
                    ..run.clone()
                },
                offset,
                leads_to,
            });
        }
        offset += width;
    }
    Some(pieces)
}

/// The text a glyph adds to its line.
fn own_text(glyph: &Glyph) -> &str {
    if glyph.is_continued() { "" } else { &glyph.text }
}

/// The addresses of a text, and where each leads.
fn addresses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_matches(|c: char| c.is_whitespace() || "()<>[],;:.!?\"'“”„«»".contains(c));
        if let Some(leads_to) = leads_to(bare) {
            let start = at + word.find(bare).unwrap_or_default();
            found.push((start..start + bare.len(), leads_to));
        }
        at += word.len();
    }
    found
}

/// Where a word leads, where it is an address.
fn leads_to(word: &str) -> Option<String> {
    if !word.is_ascii() || !word.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/') {
        return None;
    }
    let is_domain = |domain: &str| {
        domain.contains('.')
            && domain
                .split('.')
                .all(|label| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
            && domain
                .rsplit('.')
                .next()
                .is_some_and(|last| last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic()))
    };
    let host = |rest: &str| is_domain(rest.split('/').next().unwrap_or_default());
    if let Some((name, domain)) = word.split_once('@') {
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "._%+-".contains(c));
        return (is_name && is_domain(domain)).then(|| format!("mailto:{word}"));
    }
    for scheme in ["https://", "http://"] {
        if let Some(rest) = word.strip_prefix(scheme) {
            return host(rest).then(|| word.to_owned());
        }
    }
    (word.starts_with("www.") && host(word)).then(|| format!("https://{word}"))
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_are_found_and_nothing_else() {
        let found = |text: &str| {
            addresses(text)
                .into_iter()
                .map(|(range, to)| (text[range].to_owned(), to))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("Schrijf naar info@huis.be, of kijk op (www.huis.be/ringen)."),
            [
                ("info@huis.be".into(), "mailto:info@huis.be".into()),
                ("www.huis.be/ringen".to_owned(), "https://www.huis.be/ringen".to_owned()),
            ]
        );
        assert_eq!(
            found("https://huis.be"),
            [("https://huis.be".into(), "https://huis.be".to_owned())]
        );
        for none in [
            "P2026-0001",
            "art. 6.2",
            "1.234,56",
            "www.huis-",
            "a@b",
            "@huis.be",
            "javascript:alert(1)",
            "www.é.be",
        ] {
            assert!(found(none).is_empty(), "{none}");
        }
    }
}
