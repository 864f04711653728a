//! A value with why it is so.
//!
//! No rule answers alone: it leaves as [`Grounded`], with the articles it rests on and the facts it used. A ground is
//! not a sentence but a key and its facts; `words` makes the sentence, in any of the four languages.

use crate::money::Money;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A fact inside a message, still a value: each language writes it its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// An amount in euro.
    Money(Money),
    /// A day.
    Day(NaiveDate),
    /// A weight in grams.
    Grams(Decimal),
    /// A weight in carats.
    Carats(Decimal),
    /// Any other number.
    Number(Decimal),
    /// Text that is the same in every language.
    Text(String),
    /// The key of another message.
    Word(String),
    /// Another message with facts of its own.
    Said(Box<Message>),
    /// The keys of several, said one after the other.
    Words(Vec<String>),
}

/// A message to be said: a key of `words` and its facts by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The message's key in `words/*/*.ftl`.
    pub key: Cow<'static, str>,
    /// Its variables.
    pub facts: Vec<(&'static str, Fact)>,
}

impl Message {
    /// The message of that key, with no facts yet.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self {
            key: key.into(),
            facts: Vec::new(),
        }
    }

    /// The same message with one more fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: Fact) -> Self {
        self.facts.push((name, fact));
        self
    }
}

/// The article a rule comes from, as it is cited: `LV art. 15.1`, `CEL VI.47`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Article(pub Cow<'static, str>);

impl Article {
    /// An article of the law or of the trade's practice.
    #[must_use]
    pub const fn of(citation: &'static str) -> Self {
        Self(Cow::Borrowed(citation))
    }
}

/// One reason for a value: the article, and what it says of these facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Where the rule stands.
    pub article: Article,
    /// What it says here.
    pub message: Message,
    /// For whom it is said on a paper. The house's screens show every ground.
    pub reader: Reader,
}

/// For whom a ground is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reader {
    /// The client, and whoever reads a client's papers.
    #[default]
    Client,
    /// The house alone: advice, which stands on no paper.
    House,
    /// A court: it stands on the papers that go there, and on none of a client.
    Court,
}

impl Ground {
    /// A ground resting on `article`, said by the message `key`.
    pub fn new(article: Article, key: impl Into<Cow<'static, str>>) -> Self {
        Self {
            article,
            message: Message::new(key),
            reader: Reader::Client,
        }
    }

    /// The same ground, for the house alone.
    #[must_use]
    pub fn for_house(mut self) -> Self {
        self.reader = Reader::House;
        self
    }

    /// The same ground, for a court.
    #[must_use]
    pub fn for_court(mut self) -> Self {
        self.reader = Reader::Court;
        self
    }

    /// The same ground with one more fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: Fact) -> Self {
        self.message = self.message.with(name, fact);
        self
    }
}

/// What a rule returns: the value, and at least one ground for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounded<T> {
    /// The verdict, date or amount.
    pub value: T,
    /// Why it is so, the weightiest first.
    pub grounds: Vec<Ground>,
}
