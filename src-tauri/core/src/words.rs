//! Words in one place: a key and its facts in, a sentence out, in Dutch, French, English or German.
//!
//! The Fluent files in `words/` are read here for sentences and papers, and by the screen for its labels. Amounts, days
//! and weights are written here and nowhere else, so that screen and paper cannot disagree: the habits are those of
//! nl-BE, fr-BE, de-BE and en-GB.

use crate::grounds::{Article, Fact, Ground, Message};
use crate::money::Money;
use crate::number::fixed;
use crate::refusal::Refusal;
use chrono::{Datelike, NaiveDate};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentMessage, FluentResource};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::LazyLock;

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Dutch, as in Flanders.
    Nl,
    /// French, as in Belgium.
    Fr,
    /// English.
    #[default]
    En,
    /// German, as in Belgium.
    De,
}

macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!("../words/", $language, "/counter.ftl")),
            include_str!(concat!("../words/", $language, "/papers.ftl")),
            include_str!(concat!("../words/", $language, "/grounds.ftl")),
            include_str!(concat!("../words/", $language, "/refusals.ftl")),
        ]
    };
}

/// The words of each language, read when it is first spoken: who asks in one does not wait for four.
static BUNDLES: [LazyLock<Bundle>; 4] = [
    LazyLock::new(|| bundle(Language::Nl)),
    LazyLock::new(|| bundle(Language::Fr)),
    LazyLock::new(|| bundle(Language::En)),
    LazyLock::new(|| bundle(Language::De)),
];

type Bundle = FluentBundle<FluentResource>;

fn bundle(language: Language) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(language.code().parse().into_iter().collect());
    // Isolating marks would print as boxes.
    bundle.set_use_isolating(false);
    for file in language.files() {
        // A test holds that every file parses and every key stands once; a broken message still leaves the others.
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// What is cited whole.
const WHOLE: [(&str, &str); 4] = [
    ("House calendar", "cite-calendar"),
    ("Agreed for the project", "cite-agreed"),
    ("Atelier: redesign default", "cite-default"),
    ("Trade: estimation of mounted stones", "cite-trade"),
];
/// What a citation begins with.
const HEADS: [(&str, &str); 8] = [
    ("CEL ", "cite-economic-law"),
    ("CC ", "cite-civil-code"),
    ("Dir. ", "cite-directive"),
    ("Reg. ", "cite-regulation"),
    ("GDPR ", "cite-data-protection"),
    ("RD ", "cite-royal-decree"),
    ("Law ", "cite-law"),
    ("VAT Code ", "cite-vat-code"),
];
/// What stands inside one.
const PARTS: [(&str, &str); 3] = [
    ("art.", "cite-art"),
    ("annex", "cite-annex"),
    ("recital", "cite-recital"),
];

impl Language {
    /// The four languages.
    pub const ALL: [Self; 4] = [Self::Nl, Self::Fr, Self::En, Self::De];

    /// Its two letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::Fr => "fr",
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language of these two letters.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The Fluent files of the language, as text.
    #[must_use]
    pub const fn files(self) -> [&'static str; 4] {
        match self {
            Self::Nl => files!("nl"),
            Self::Fr => files!("fr"),
            Self::En => files!("en"),
            Self::De => files!("de"),
        }
    }

    /// Says a message. Where a language lacks it, English says it; where no language has it, the words of its key stand
    /// there. Tests forbid both: what is printed is never a key.
    #[must_use]
    pub fn say(self, message: &Message) -> String {
        let mut args = FluentArgs::with_capacity(message.facts.len());
        for (name, fact) in &message.facts {
            args.set(*name, self.fact(fact));
        }
        // Long enough for most sentences: a text that grows is copied each time.
        let mut said = String::with_capacity(128);
        let written = self.message(&message.key).and_then(|(bundle, found)| {
            let written = bundle.write_pattern(&mut said, found.value()?, Some(&args), &mut Vec::new());
            written.ok()
        });
        match written {
            Some(()) => said,
            None => key_alone(&message.key),
        }
    }

    /// Says a message without facts.
    #[must_use]
    pub fn word(self, key: &str) -> String {
        self.known_word(key).into_owned()
    }

    /// The same, not copied where it stands in the files as it is said.
    fn known_word(self, key: &str) -> Cow<'static, str> {
        let found = self.message(key);
        let found =
            found.and_then(|(bundle, found)| Some(bundle.format_pattern(found.value()?, None, &mut Vec::new())));
        found.unwrap_or_else(|| key_alone(key).into())
    }

    /// Whether the words have that key.
    #[must_use]
    pub fn knows(self, key: &str) -> bool {
        BUNDLES[self as usize].has_message(key)
    }

    /// The message of a key, and the words it stands among.
    fn message(self, key: &str) -> Option<(&'static Bundle, FluentMessage<'static>)> {
        [self, Self::En].into_iter().find_map(|language| {
            let bundle: &'static Bundle = &BUNDLES[language as usize];
            let message = bundle.get_message(key)?;
            message.value()?;
            Some((bundle, message))
        })
    }

    /// A ground as it is printed: what its article says here.
    #[must_use]
    pub fn ground(self, ground: &Ground) -> String {
        self.say(&ground.message)
    }

    /// An article as it is cited in this language: the codes by their names here. What a script is
    /// answered keeps the one form of [`Article`].
    #[must_use]
    pub fn article(self, article: &Article) -> String {
        let cited = article.0.as_ref();
        if let Some((_, key)) = WHOLE.iter().find(|(whole, _)| *whole == cited) {
            return self.word(key);
        }
        let head = HEADS
            .iter()
            .find_map(|(head, key)| Some((cited.strip_prefix(head)?, key)));
        let mut said = head.map_or_else(|| cited.to_owned(), |(rest, key)| format!("{} {rest}", self.word(key)));
        for (part, key) in PARTS {
            said = said.replace(part, &self.word(key));
        }
        said
    }

    /// The label of a field where it stands: its own there, else the one all fields of that name share.
    #[must_use]
    pub fn label(self, scope: &str, field: &str) -> String {
        let own = format!("asked-{scope}-{field}");
        if self.knows(&own) {
            self.word(&own)
        } else {
            self.word(&format!("asked-{field}"))
        }
    }

    /// A refusal as a sentence that says what to do.
    #[must_use]
    pub fn refusal(self, refusal: &Refusal) -> String {
        if let Refusal::Doubtful { doubts } = refusal {
            // Everything to be sure of is asked at once.
            let said: Vec<String> = doubts.iter().map(|doubt| self.say(doubt)).collect();
            return said.join(" ");
        }
        self.say(&refusal.message())
    }

    fn fact(self, fact: &Fact) -> Cow<'_, str> {
        match fact {
            Fact::Money(money) => self.money(*money).into(),
            Fact::Day(day) => self.day(*day).into(),
            Fact::Grams(grams) => self.grams(*grams).into(),
            Fact::Carats(carats) => self.carats(*carats).into(),
            Fact::Number(number) => self.number(*number).into(),
            Fact::Text(text) => text.as_str().into(),
            Fact::Word(key) => self.known_word(key),
            Fact::Said(message) => self.say(message).into(),
            Fact::Words(keys) => {
                let words: Vec<_> = keys.iter().map(|key| self.known_word(key)).collect();
                words.join(", ").into()
            }
        }
    }

    /// An amount: `€ 1.573,90` in Dutch, `1 573,90 €` in French, `1.573,90 €` in German, `€1,573.90` in English.
    #[must_use]
    pub fn money(self, money: Money) -> String {
        let number = self.grouped(&fixed(money.euro().abs(), 2));
        let minus = if money.is_negative() { "\u{2212}" } else { "" };
        match self {
            Self::Nl => format!("€\u{a0}{minus}{number}"),
            Self::Fr | Self::De => format!("{minus}{number}\u{a0}€"),
            Self::En => format!("{minus}€{number}"),
        }
    }

    /// A weight in grams, with as many decimals as it has, at least two.
    #[must_use]
    pub fn grams(self, grams: Decimal) -> String {
        format!("{}\u{a0}g", self.weight(grams))
    }

    /// A weight in carats, with as many decimals as it has, at least two.
    #[must_use]
    pub fn carats(self, carats: Decimal) -> String {
        format!("{}\u{a0}ct", self.weight(carats))
    }

    fn weight(self, weight: Decimal) -> String {
        self.grouped(&fixed(weight, weight.normalize().scale().clamp(2, 3)))
    }

    /// A number with the decimals it has.
    #[must_use]
    pub fn number(self, number: Decimal) -> String {
        self.grouped(&number.normalize().to_string())
    }

    /// A number with exactly `decimals` decimals, rounded half-up.
    #[must_use]
    pub fn number_with(self, number: Decimal, decimals: u32) -> String {
        self.grouped(&fixed(number, decimals))
    }

    /// A plain number as it is typed into a form: without groups, with the language's mark.
    #[must_use]
    pub fn typed(self, plain: &str) -> String {
        if self == Self::En {
            plain.to_owned()
        } else {
            plain.replace('.', ",")
        }
    }

    /// The name of a month, 1 to 12.
    #[must_use]
    pub fn month(self, month: u32) -> String {
        self.word(MONTHS[(month.clamp(1, 12) - 1) as usize])
    }

    /// A day in full: `4 december 2026`.
    #[must_use]
    pub fn day(self, day: NaiveDate) -> String {
        let month = self.known_word(MONTHS[day.month0() as usize]);
        match self {
            Self::De => format!("{}. {month} {}", day.day(), day.year()),
            Self::Fr if day.day() == 1 => format!("1er {month} {}", day.year()),
            Self::Nl | Self::Fr | Self::En => format!("{} {month} {}", day.day(), day.year()),
        }
    }

    /// A day with its weekday: `Fri 4 December 2026`.
    #[must_use]
    pub fn long_day(self, day: NaiveDate) -> String {
        let weekday = self.word(&format!("weekday-{}", day.weekday().number_from_monday()));
        format!("{weekday} {}", self.day(day))
    }

    /// A day in figures: `04/12/2026`, in German `04.12.2026`.
    #[must_use]
    pub fn short_day(self, day: NaiveDate) -> String {
        let mark = if self == Self::De { '.' } else { '/' };
        format!("{:02}{mark}{:02}{mark}{}", day.day(), day.month(), day.year())
    }

    /// Groups the digits of a plain number and sets the language's marks.
    fn grouped(self, plain: &str) -> String {
        let (group, mark) = match self {
            Self::Nl | Self::De => (".", ","),
            Self::Fr => ("\u{202f}", ","),
            Self::En => (",", "."),
        };
        let (sign, digits) = plain
            .strip_prefix('-')
            .map_or(("", plain), |digits| ("\u{2212}", digits));
        let (whole, fraction) = digits
            .split_once('.')
            .map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
        let mut text = sign.to_owned();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push_str(group);
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push_str(mark);
            text.push_str(fraction);
        }
        text
    }
}

/// What is said where no language has a key, which a test forbids.
fn key_alone(key: &str) -> String {
    key.replace('-', " ")
}

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10",
    "month-11", "month-12",
];
