//! A letter of the house: who writes to whom, about what, on which day. Every paper takes its letterhead, its number, its
//! address, its grounds and its places to sign from here.

use super::code::Code;
use super::{Block, Letterhead, Paper, Sheet, SignatureBox};
use crate::grounds::{Article, Fact, Ground, Message, Reader};
use crate::words::Language;
use chrono::NaiveDate;

/// Who writes to whom, about what.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Letter {
    pub language: Language,
    pub letterhead: Letterhead,
    /// What is said of it on every paper, where the house is one to play with.
    pub mark: Option<String>,
    pub number: String,
    /// What it is filed under: `paper-project` or `paper-case`, and its number.
    pub filed: Option<(&'static str, String)>,
    /// The number of the paper that it corrects.
    pub corrects: Option<String>,
    pub issued_at: String,
    pub day: NaiveDate,
    pub client: Vec<String>,
    /// Whether a court reads it, and not the client.
    pub to_court: bool,
    pub staff: String,
}

/// A signature that was given, or the place for one.
#[derive(Debug, Clone, Default)]
pub struct Signed {
    /// Name and moment, empty for the pen.
    pub by: String,
    /// The strokes drawn on the screen.
    pub strokes: Vec<Vec<(i32, i32)>>,
}

/// How something is paid by transfer.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Transfer {
    pub payee: String,
    pub iban: String,
    pub bic: String,
    /// The structured communication.
    pub reference: String,
    pub code: Option<Code>,
}

impl Letter {
    /// How it is paid, each fact by its label, and the code to scan where there is one.
    #[must_use]
    pub fn pays(&self, by: &Transfer) -> Block {
        let scan = by.code.as_ref().map(|_| self.word("request-scan")).unwrap_or_default();
        let facts: Vec<(String, String)> = [
            (self.word("request-payee"), &by.payee),
            ("IBAN".to_owned(), &by.iban),
            ("BIC".to_owned(), &by.bic),
            (self.word("request-reference"), &by.reference),
            (self.word("request-scan-label"), &scan),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| (label, value.clone()))
        .collect();
        let pay = match &by.code {
            Some(code) => Block::Payable {
                facts,
                code: code.clone(),
            },
            None => Block::Facts(facts),
        };
        Block::Together(vec![Block::Heading(self.word("request-pay")), pay])
    }

    /// A word of its language.
    pub(super) fn word(&self, key: &str) -> String {
        self.language.word(key)
    }

    /// A message in its language.
    pub(super) fn say(&self, message: &Message) -> String {
        self.language.say(message)
    }

    /// A message with facts in its language.
    pub(super) fn with(&self, key: &'static str, facts: Vec<(&'static str, Fact)>) -> String {
        self.say(&Message { key: key.into(), facts })
    }

    /// The number of what it is filed under, empty for what stands alone.
    pub(super) fn filed_under(&self) -> String {
        self.filed
            .as_ref()
            .map_or_else(String::new, |(_, number)| number.clone())
    }

    /// Opens the paper: its title, said by `title`, what stands under it, and the address with these facts beside it.
    pub(super) fn opens(
        &self,
        title: &'static str,
        under: String,
        facts: Vec<(String, String)>,
    ) -> (String, Vec<Block>) {
        let title = self.with(title, vec![("number", Fact::Text(self.number.clone()))]);
        let mut beside = vec![(self.word("paper-number"), self.number.clone())];
        beside.extend(self.filed.iter().map(|(key, number)| (self.word(key), number.clone())));
        beside.push((self.word("paper-day"), self.language.day(self.day)));
        beside.extend(
            self.corrects
                .iter()
                .map(|old| (self.word("paper-corrects"), old.clone())),
        );
        beside.extend(facts);
        let address = Block::Address {
            to: self.client.clone(),
            facts: beside,
        };
        (title.clone(), vec![Block::Title(title, under), address])
    }

    /// How it begins where it speaks to the client: by their name, and with what it is about.
    pub(super) fn greets(&self, text: String) -> Vec<Block> {
        let name = self.client.first().cloned().unwrap_or_default();
        let salutation = self.with("letter-salutation", vec![("name", Fact::Text(name))]);
        vec![Block::Salutation(salutation), Block::Text(text)]
    }

    /// How it ends where nobody signs on it: who writes, for which house.
    pub(super) fn closing(&self) -> Block {
        let under = if self.staff == self.letterhead.name {
            self.staff.clone()
        } else {
            format!("{}\n{}", self.staff, self.letterhead.name)
        };
        Block::Together(vec![Block::Text(self.word("letter-closing")), Block::Text(under)])
    }

    /// What goes with it, from the terms, under its heading; nothing where they say nothing.
    pub(super) fn conditions(&self, points: &[String]) -> Vec<Block> {
        if points.is_empty() {
            return Vec::new();
        }
        vec![
            Block::Heading(self.word("quote-agreed")),
            Block::Conditions(points.to_vec()),
        ]
    }

    /// The paper, of these blocks.
    pub(super) fn closes(&self, title: String, blocks: Vec<Block>) -> Paper {
        Paper {
            language: self.language,
            title,
            letterhead: self.letterhead.clone(),
            issued_at: self.issued_at.clone(),
            sheet: Sheet::A4,
            blocks,
        }
    }

    /// The places where client and house sign, under what is signed: kept on one page.
    pub(super) fn signatures(&self, text: Option<&str>, client: &'static str, signed: &Signed) -> Block {
        let client = SignatureBox {
            label: self.word(client),
            signed: signed.by.clone(),
            strokes: signed.strokes.clone(),
        };
        let text = text.map(|key| Block::Text(self.word(key)));
        let boxes = Block::Signatures(vec![client, self.house_box()]);
        Block::Together(text.into_iter().chain([boxes]).collect())
    }

    /// The place where the house alone signs.
    pub(super) fn house_signs(&self) -> Block {
        Block::Together(vec![Block::Signatures(vec![self.house_box()])])
    }

    fn house_box(&self) -> SignatureBox {
        SignatureBox {
            label: self.word("paper-house-signs"),
            signed: self.staff.clone(),
            strokes: Vec::new(),
        }
    }

    /// A sentence with its article.
    pub(super) fn cited(&self, ground: &Ground) -> String {
        with_article(self.language, &self.language.ground(ground), &ground.article)
    }

    /// What the terms tell on it, each sentence with its article.
    pub(crate) fn points(&self, points: &[Ground]) -> Vec<String> {
        points.iter().map(|point| self.cited(point)).collect()
    }

    /// What it rests on, as notes at its foot.
    pub(super) fn grounds(&self, grounds: &[Ground]) -> Vec<Block> {
        let notes = self.notes(grounds);
        if notes.is_empty() {
            Vec::new()
        } else {
            vec![Block::Notes(notes)]
        }
    }

    /// A sentence that rests on these grounds, with the numbers of their notes.
    pub(super) fn resting(&self, sentence: &str, grounds: &[Ground]) -> String {
        let numbers: Vec<String> = (1..=self.notes(grounds).len()).map(raised).collect();
        match numbers.as_slice() {
            [] => sentence.to_owned(),
            [one] => format!("{sentence}\u{2060}{one}"),
            [first, .., last] => format!("{sentence}\u{2060}{first}\u{2060}⁻\u{2060}{last}"),
        }
    }

    /// The grounds for its reader, each sentence once, with its article.
    fn notes(&self, grounds: &[Ground]) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        for ground in grounds {
            let is_read = match ground.reader {
                Reader::Client => true,
                Reader::Court => self.to_court,
                Reader::House => false,
            };
            let line = self.cited(ground);
            if is_read && !said.contains(&line) {
                said.push(line);
            }
        }
        said
    }
}

/// A number in small raised figures.
fn raised(number: usize) -> String {
    let figures = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |digit: char| {
        digit
            .to_digit(10)
            .and_then(|digit| figures.get(digit as usize))
            .copied()
    };
    number.to_string().chars().filter_map(digit).collect()
}

/// A sentence with its article, which no line breaks.
pub(super) fn with_article(language: Language, sentence: &str, article: &Article) -> String {
    format!("{sentence} ({})", language.article(article).replace(' ', "\u{a0}"))
}
