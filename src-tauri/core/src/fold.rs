//! Names and numbers as they are searched: without accents, strokes, apostrophes or case, written the one way or the other, and
//! with a letter wrong.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `text` folded: `Łukasz O'Brien-Weiß` becomes `lukasz obrien weiss`.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text
        .nfd()
        .filter(|&c| !is_combining_mark(c))
        .flat_map(char::to_lowercase)
    {
        match c {
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ŧ' => out.push('t'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ĳ' => out.push_str("ij"),
            'þ' => out.push_str("th"),
            '\'' | '’' | 'ʼ' | '`' => {}
            c if c.is_alphanumeric() || c == '@' => out.push(c),
            _ => out.push(' '),
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ")
}

/// A telephone number as it is searched: its digits with the country's in front, Belgium's where it has none.
#[must_use]
pub fn phone(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let number = number.trim_start();
    // `+32 (0)475`: the zero in brackets is not dialled from abroad.
    let abroad = |digits: &str| {
        digits
            .strip_prefix("320")
            .map_or_else(|| digits.to_owned(), |rest| format!("32{rest}"))
    };
    if number.starts_with('+') {
        abroad(&digits)
    } else if let Some(rest) = digits.strip_prefix("00") {
        abroad(rest)
    } else if let Some(local) = digits.strip_prefix('0') {
        format!("32{local}")
    } else {
        digits
    }
}

/// Folded words as others write them: `Mueller` is `muller`, `Wijns` is `wyns`, `Boeckx` is `bockx`.
fn otherwise(folded: &str) -> String {
    let mut text = folded.to_owned();
    for (pair, one) in [("ae", "a"), ("oe", "o"), ("ue", "u"), ("ij", "y")] {
        text = text.replace(pair, one);
    }
    text
}

/// What a name is found by: its words, the same written otherwise, and all of them together, as `vandenberghe` is.
#[must_use]
pub fn name(name: &str) -> String {
    let words = folded(name);
    let together = words.replace(' ', "");
    format!("{words} {} {together} {}", otherwise(&words), otherwise(&together))
}

/// A search: its parts, each with the ways it may be written, of which one must be found; or all of them as one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The parts.
    pub parts: Vec<Vec<String>>,
    /// All parts together, where there are several.
    pub together: Option<String>,
}

impl Search {
    /// What somebody typed.
    #[must_use]
    pub fn of(typed: &str) -> Self {
        let parts: Vec<Vec<String>> = parts(typed)
            .into_iter()
            .map(|part| {
                let other = otherwise(&part);
                if other == part { vec![part] } else { vec![part, other] }
            })
            .collect();
        let together = (parts.len() > 1).then(|| parts.iter().map(|ways| ways[0].as_str()).collect());
        Self { parts, together }
    }

    /// Whether there is a part in which a letter may be wrong.
    #[must_use]
    pub fn may_err(&self) -> bool {
        self.parts.iter().flatten().any(|part| may_err(part))
    }

    /// Whether what something is found by has each part in it with one letter wrong at the most: one too many, one too few,
    /// another, or two that changed places. A part of fewer than four letters, or of figures, must be right.
    #[must_use]
    pub fn is_near(&self, found_by: &str) -> bool {
        !self.parts.is_empty()
            && self.parts.iter().all(|ways| {
                ways.iter().any(|part| {
                    found_by.contains(part)
                        || may_err(part) && found_by.split(' ').any(|word| begins_nearly(word, part))
                })
            })
    }
}

/// Whether a letter of a part may be wrong: it has enough of them, and no figures.
fn may_err(part: &str) -> bool {
    part.chars().count() >= 4 && part.chars().all(char::is_alphabetic)
}

/// Whether a word is a part, or begins with it, but for one letter.
fn begins_nearly(word: &str, part: &str) -> bool {
    let (word, part): (Vec<char>, Vec<char>) = (word.chars().collect(), part.chars().collect());
    let Some(at) = part.iter().zip(&word).position(|(typed, letter)| typed != letter) else {
        // One letter may be missing at its end; who types on has not typed it yet.
        return part.len() <= word.len() + 1;
    };
    let goes_on = |typed: usize, letter: usize| {
        let (typed, letters) = (
            part.get(typed..).unwrap_or_default(),
            word.get(letter..).unwrap_or_default(),
        );
        letters.starts_with(typed)
    };
    let changed_places = part.get(at) == word.get(at + 1) && part.get(at + 1) == word.get(at);
    goes_on(at + 1, at + 1) || goes_on(at + 1, at) || goes_on(at, at + 1) || changed_places && goes_on(at + 2, at + 2)
}

/// The parts of a search, each to be found somewhere in the folded column.
fn parts(search: &str) -> Vec<String> {
    let dialled = search
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | '/' | '.' | '-' | ' ' | '(' | ')'));
    let digits = search.chars().filter(char::is_ascii_digit).count();
    if dialled && digits >= 4 && (!search.contains('-') || search.trim_start().starts_with(['0', '+'])) {
        let number = phone(search);
        let local = search.trim_start().starts_with('0') && !search.trim_start().starts_with("00");
        return vec![if local { number[2..].to_owned() } else { number }];
    }
    folded(search)
        .split(' ')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_wrong_is_near_and_two_are_not() {
        let found_by = name("Anna Peeters-Vandenberghe");
        for typed in [
            "peters",
            "peetters",
            "peetres",
            "peelers",
            "vandenbergh",
            "vandenbreghe",
            "ana",
            "anna peters",
        ] {
            let near = Search::of(typed).is_near(&found_by);
            assert_eq!(near, typed != "ana", "{typed}");
        }
        for typed in ["peetrrss", "jansens", "xeeterz", "peeters jan"] {
            assert!(!Search::of(typed).is_near(&found_by), "{typed}");
        }
    }
}
