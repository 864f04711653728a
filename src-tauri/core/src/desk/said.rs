//! An answer as staff read it out: what scripts get, in sentences, days and amounts of a language.
//!
//! It is made from the answer on the wire and from nothing else, so that a screen cannot say what a script would not get.

use crate::aftersales::care::{Care, Work};
use crate::aftersales::{Basis, Payer, Reason};
use crate::grounds::{Article, Fact, Message};
use crate::money::Money;
use crate::number::plain;
use crate::order::delivery::Address;
use crate::stone::{Counts, Cut, Girdle, StoneRole, Verdict};
use crate::terms::{ClientKind, Concluded, Condition, Made, ProjectKind};
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

/// A label and a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
}

/// A rule of the house that the law sets aside here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The house's article.
    pub house: String,
    /// The law's article.
    pub law: String,
    /// What is done instead.
    pub text: String,
}

/// An answer, said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The verdict in one line.
    pub headline: String,
    /// Days and amounts.
    pub lines: Vec<Line>,
    /// Each ground: the article and what it says.
    pub grounds: Vec<(String, String)>,
    /// What the law sets aside.
    pub flags: Vec<SetAside>,
}

impl Said {
    /// The whole answer as text, to be pasted into a letter.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = vec![self.headline.clone()];
        text.extend(self.lines.iter().map(|line| format!("{}: {}", line.label, line.value)));
        text.push(String::new());
        text.extend(
            self.grounds
                .iter()
                .map(|(article, ground)| format!("{article}: {ground}")),
        );
        text.extend(
            self.flags
                .iter()
                .map(|flag| format!("{} / {}: {}", flag.house, flag.law, flag.text)),
        );
        text.join("\n")
    }
}

/// Says an answer: `ok` is what stands under that key on the wire.
#[must_use]
pub fn said(ask: &str, ok: &Map<String, Value>, language: Language) -> Said {
    let speaker = Speaker { language };
    let mut said = Said {
        headline: speaker.headline(ask, ok),
        ..Said::default()
    };
    for (name, value) in ok
        .iter()
        .filter(|(name, _)| !["grounds", "flags", "right", "basis", "verdict"].contains(&name.as_str()))
    {
        speaker.lines(name, value, &mut said.lines);
    }
    let list = |name: &str| ok.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let part = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    // Read here, an article is cited as the language cites it.
    let cited = |value: &Value, name: &str| language.article(&Article(part(value, name).into()));
    for ground in list("grounds") {
        let ground = (cited(&ground, "article"), part(&ground, "text"));
        if !said.grounds.contains(&ground) {
            said.grounds.push(ground);
        }
    }
    said.flags = list("flags")
        .iter()
        .map(|flag| SetAside {
            house: cited(flag, "house"),
            law: cited(flag, "law"),
            text: part(flag, "text"),
        })
        .collect();
    said
}

/// The facts of a question, said: what was asked, for a paper or a dossier. Nothing is said of amounts that are nothing.
#[must_use]
pub fn asked(question: &Map<String, Value>, language: Language) -> Vec<Line> {
    let speaker = Speaker { language };
    let mut lines = Vec::new();
    for (name, value) in question
        .iter()
        .filter(|(name, _)| !["ask", "house", "language"].contains(&name.as_str()))
    {
        let nothing = value
            .as_str()
            .and_then(|text| plain(text, Decimal::MAX_SCALE).ok())
            .is_some_and(|amount| amount.is_zero());
        if !nothing {
            speaker.lines(name, value, &mut lines);
        }
    }
    lines
}

struct Speaker {
    language: Language,
}

impl Speaker {
    fn label(&self, name: &str) -> String {
        self.language.label("said", name)
    }

    fn headline(&self, ask: &str, ok: &Map<String, Value>) -> String {
        let word = |name: &str| ok.get(name).and_then(Value::as_str).unwrap_or_default();
        let value = |name: &str| ok.get(name).map_or_else(String::new, |value| self.plain(name, value));
        let message = |key: &str, name: &str| {
            self.language
                .say(&Message::new(key.to_owned()).with("value", Fact::Text(value(name))))
        };
        match ask {
            "eligibility" => self.language.word(&format!("verdict-{}", word("verdict"))),
            "gold" => message("answer-gold", "credit"),
            "quote" => message("answer-quote", "to_pay"),
            "production" if ok.get("latest").is_some_and(Value::is_null) => {
                self.language.word("answer-production-waits")
            }
            "production" => message("answer-production", "latest"),
            "period" => message("answer-period", "until"),
            "exchange" if ok.get("offered") == Some(&Value::Bool(true)) => {
                self.language.word("answer-exchange-offered")
            }
            "exchange" => self.language.word("answer-exchange-none"),
            "service" => self.language.word(&format!("answer-service-{}", word("verdict"))),
            "delivery" if ok.get("delivers") == Some(&Value::Bool(true)) => self.language.word("answer-delivers"),
            "delivery" => self.language.word("answer-does-not-deliver"),
            _ => self.language.word(&format!("answer-basis-{}", word("basis"))),
        }
    }

    fn lines(&self, name: &str, value: &Value, into: &mut Vec<Line>) {
        match value {
            Value::Null => {}
            Value::Array(items) if name == "refund" => {
                for item in items {
                    let line = item.get(0).and_then(Value::as_str).unwrap_or_default();
                    into.push(Line {
                        label: self.language.word(&format!("refund-{line}")),
                        value: item
                            .get(1)
                            .map_or_else(String::new, |amount| self.plain("refund_total", amount)),
                    });
                }
            }
            Value::Array(items) if items.iter().all(Value::is_object) => {
                for (index, item) in items.iter().enumerate() {
                    let parts: Vec<String> = item
                        .as_object()
                        .into_iter()
                        .flatten()
                        .map(|(name, value)| self.part(name, value))
                        .filter(|part| !part.is_empty())
                        .collect();
                    into.push(Line {
                        label: format!("{} {}", self.label(name), index + 1),
                        value: parts.join(" · "),
                    });
                }
            }
            Value::Array(items) if items.is_empty() => {}
            Value::Array(items) => {
                let parts: Vec<String> = items.iter().map(|item| self.item(name, item)).collect();
                into.push(Line {
                    label: self.label(name),
                    value: parts.join(if name == "days" { "–" } else { ", " }),
                });
            }
            Value::Object(object) => {
                let parts: Vec<String> = object.iter().map(|(name, value)| self.part(name, value)).collect();
                into.push(Line {
                    label: self.label(name),
                    value: parts.join(" · "),
                });
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => into.push(Line {
                label: self.label(name),
                value: self.plain(name, value),
            }),
        }
    }

    fn part(&self, name: &str, value: &Value) -> String {
        match value {
            Value::Object(object) => object
                .iter()
                .map(|(name, value)| self.part(name, value))
                .collect::<Vec<_>>()
                .join(" · "),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                format!("{} {}", self.label(name), self.plain(name, value))
            }
        }
    }

    fn item(&self, name: &str, value: &Value) -> String {
        match value {
            Value::Array(span) => span
                .iter()
                .map(|day| self.plain(name, day))
                .collect::<Vec<_>>()
                .join("–"),
            Value::String(word) if name == "waits_for" => self.language.label("waits", word),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                self.plain(name, value)
            }
        }
    }

    /// A single value: a day, a word, a weight, an amount, by its name.
    fn plain(&self, name: &str, value: &Value) -> String {
        match value {
            Value::Null => "…".to_owned(),
            Value::Bool(yes) => self.language.word(if *yes { "ui-yes" } else { "ui-no" }),
            Value::Number(number) => number.to_string(),
            Value::Array(_) | Value::Object(_) => String::new(),
            Value::String(text) => {
                if let Ok(day) = text.parse::<NaiveDate>() {
                    return self.language.day(day);
                }
                let Ok(number) = plain(text, Decimal::MAX_SCALE) else {
                    return word(name, text, self.language);
                };
                if name.ends_with("_ct") || ["carat", "low", "high"].contains(&name) {
                    self.language.carats(number)
                } else if name.ends_with("_g") {
                    self.language.grams(number)
                } else if name.ends_with("_pct") {
                    format!("{}\u{a0}%", self.language.number(number))
                } else if ["length", "width", "depth"].contains(&name) {
                    format!("{}\u{a0}mm", self.language.number(number))
                } else if ["quantity", "gravity"].contains(&name) {
                    self.language.number(number)
                } else {
                    Money::half_up(number).map_or_else(|| text.clone(), |money| self.language.money(money))
                }
            }
        }
    }
}

/// The message a word of a question or an answer is said by, from the name of its field; nothing for a name that holds no word
/// of a closed list.
#[must_use]
pub fn key(name: &str, word: &str) -> Option<String> {
    let words = match name {
        "gem" => return Some(format!("gem-{word}")),
        "address" => Address::WORDS,
        "basis" => Basis::WORDS,
        "client" => ClientKind::WORDS,
        "concluded" => Concluded::WORDS,
        "condition" => Condition::WORDS,
        "counts" => Counts::WORDS,
        "cut" => Cut::WORDS,
        "girdle" => Girdle::WORDS,
        "kind" => ProjectKind::WORDS,
        "made" => Made::WORDS,
        "reason" => Reason::WORDS,
        "return_paid_by" => Payer::WORDS,
        "role" => StoneRole::WORDS,
        "verdict" if Care::of(word).is_some() => Care::WORDS,
        "verdict" => Verdict::WORDS,
        "work" => Work::WORDS,
        _ => return None,
    };
    words.all.contains(&word).then(|| words.key(word))
}

/// A word of a question or an answer as it is said; what is no word of a closed list stands as it is.
#[must_use]
pub fn word(name: &str, word: &str, language: Language) -> String {
    key(name, word).map_or_else(|| word.to_owned(), |key| language.word(&key))
}
