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
}

/// Whether a letter of a part may be wrong: it has enough of them, and no figures.
fn may_err(part: &str) -> bool {
    part.chars().count() >= 4 && part.chars().all(char::is_alphabetic)
}

/// How words begin that are a part, or begin with it, but for one letter: one too many, one too few, another, or two that changed
/// places. A part of fewer than four letters, or of figures, must be right.
///
/// `next` answers the first known word that is not before what it is given: an index is asked where it has something, and never
/// read whole.
///
/// # Errors
/// What `next` fails with.
pub fn nearly<E>(part: &str, next: &mut dyn FnMut(&str) -> Result<Option<String>, E>) -> Result<Vec<String>, E> {
    let mut found = Vec::new();
    if !may_err(part) {
        return Ok(found);
    }
    let letters: Vec<char> = part.chars().collect();
    for at in 0..letters.len() {
        let (right, rest) = (&letters[..at], &letters[at + 1..]);
        let head: String = right.iter().collect();
        let one_less: String = right.iter().chain(rest).collect();
        let mut ways = vec![one_less];
        if let Some((other, rest)) = rest.split_first() {
            ways.push(right.iter().chain([other, &letters[at]]).chain(rest).collect());
        }
        for letter in letters_after(&head, next)? {
            ways.push(right.iter().chain([&letter]).chain(rest).collect());
            ways.push(right.iter().chain([&letter]).chain(&letters[at..]).collect());
        }
        for way in ways {
            if way != part && !found.contains(&way) && next(&way)?.is_some_and(|word| word.starts_with(&way)) {
                found.push(way);
            }
        }
    }
    Ok(found)
}

/// The letters that follow a beginning in known words.
fn letters_after<E>(head: &str, next: &mut dyn FnMut(&str) -> Result<Option<String>, E>) -> Result<Vec<char>, E> {
    let mut letters = Vec::new();
    // The head itself may be a word: what is longer comes after it.
    let mut from = format!("{head}a");
    while let Some(word) = next(&from)? {
        let Some(letter) = word.strip_prefix(head).and_then(|rest| rest.chars().next()) else {
            break;
        };
        letters.push(letter);
        let Some(after) = char::from_u32(u32::from(letter) + 1) else {
            break;
        };
        from = format!("{head}{after}");
    }
    Ok(letters)
}

/// The words that something is found by, each once, from their beginnings; what stands behind an @ is a word too. Those with figures
/// are found from later on: `2026` finds `q2026`, and the end of a telephone number the number. So are the words of `names`, and the
/// first of its `own`: `berghe` finds `Vandenberghe`, `denberghe` `Van den Berghe`, and `ring` a `trouwring`.
#[must_use]
pub fn words(found_by: &str, names: &str, own: &str) -> String {
    const OWN: usize = 60;
    let named: Vec<String> = names.lines().map(name).collect();
    let mut words: Vec<&str> = found_by.split_whitespace().collect();
    for word in found_by.split_whitespace() {
        if word.chars().any(|letter| letter.is_ascii_digit()) {
            words.extend(endings(word, 3));
        }
        words.extend(word.split('@').skip(1).filter(|rest| !rest.is_empty()));
    }
    let own = own.split_whitespace().take(OWN);
    let ended = named.iter().flat_map(|name| name.split_whitespace()).chain(own);
    words.extend(ended.flat_map(|word| endings(word, 4)));
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// How a word ends, in so many letters at the least.
fn endings(word: &str, least: usize) -> impl Iterator<Item = &str> {
    let letters = word.chars().count();
    word.char_indices()
        .skip(1)
        .take(letters.saturating_sub(least))
        .map(|(at, _)| &word[at..])
}

/// The parts of a search, each the beginning of a word that something is found by.
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

    fn is_near(typed: &str, known: &std::collections::BTreeSet<String>) -> bool {
        let mut next = |from: &str| Ok::<_, ()>(known.range(from.to_owned()..).next().cloned());
        let mut found = |part: &str| {
            let begins = known
                .range(part.to_owned()..)
                .next()
                .is_some_and(|word| word.starts_with(part));
            begins || !nearly(part, &mut next).expect("no error").is_empty()
        };
        Search::of(typed)
            .parts
            .iter()
            .all(|ways| ways.iter().any(|part| found(part)))
    }

    #[test]
    fn one_letter_wrong_is_near_and_two_are_not() {
        let known = words(&name("Anna Peeters-Vandenberghe"), "", "");
        let known = known.split(' ').map(str::to_owned).collect();
        for typed in [
            "peters",
            "peetters",
            "peetres",
            "peelers",
            "epeters",
            "vandenbergh",
            "vandenbreghe",
            "ana",
            "anna peters",
        ] {
            assert_eq!(is_near(typed, &known), typed != "ana", "{typed}");
        }
        for typed in ["peetrrss", "jansens", "xeeterz", "peeters jan"] {
            assert!(!is_near(typed, &known), "{typed}");
        }
    }

    #[test]
    fn a_word_is_found_from_its_beginning_and_one_with_figures_from_later_on() {
        assert_eq!(words("anna q2026 anna 12", "", ""), "026 12 2026 anna q2026");
        assert_eq!(words("лев 0004", "", ""), "0004 004 лев");
        assert_eq!(words("a", "Maes", ""), "a");
        assert_eq!(words("anna@gmail com", "", ""), "anna@gmail com gmail");
        let found = words("a", "Van den Berghe", "trouwring");
        assert!(
            found.contains("denberghe") && found.contains(" erghe ") && found.contains(" ring "),
            "{found}"
        );
    }
}
