//! Names and numbers as they are searched: without accents, strokes, apostrophes or case.

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

/// The parts of a search, each to be found somewhere in the folded column.
#[must_use]
pub fn parts(search: &str) -> Vec<String> {
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
