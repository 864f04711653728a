//! Paper 3: the quote. Lines, VAT, credits, what is left to pay, deposit and balance, the production window as a rule,
//! validity, and whose the drawings are.

use super::letter::{Letter, with_article};
use super::{Align, Block, Cell, Column, Paper, Picture, SignatureBox, Table, Total};
use crate::grounds::{Article, Fact, Ground, Message};
use crate::money::Money;
use crate::quote::Totals;
use crate::terms::{DayRange, WindowFrom};
use crate::words::Language;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A line, as it is printed.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct QuoteLine {
    pub text: String,
    pub quantity: Decimal,
    pub unit_price: Money,
    pub vat_percent: Decimal,
}

/// The facts of the quote.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct QuotePaper {
    pub letter: Letter,
    pub version: i64,
    pub intro: String,
    pub lines: Vec<QuoteLine>,
    pub totals: Totals,
    pub gold_credit: Money,
    pub deposit_percent: Decimal,
    pub deposit_article: Article,
    /// What the terms tell on it.
    pub points: Vec<Ground>,
    /// The window, and where it is promised.
    pub window: Option<(DayRange, Article)>,
    /// What it runs from.
    pub window_from: WindowFrom,
    pub valid_until: NaiveDate,
    pub sketches_stay: Option<Article>,
    pub drawings: Vec<Picture>,
    pub iban: String,
}

/// The quote.
#[must_use]
pub fn quote(facts: &QuotePaper) -> Paper {
    let letter = &facts.letter;
    let under = if facts.version > 1 {
        let replaced = Fact::Text((facts.version - 1).to_string());
        letter.with("quote-replaces", vec![("version", replaced)])
    } else {
        letter.word("quote-under")
    };
    let beside = vec![
        (letter.word("quote-valid-until"), letter.language.day(facts.valid_until)),
        (letter.word("paper-written-by"), letter.staff.clone()),
    ];
    let (title, mut blocks) = letter.opens("quote-title", under, beside);
    let intro = if facts.intro.is_empty() {
        letter.word("quote-text")
    } else {
        facts.intro.clone()
    };
    blocks.extend(letter.greets(intro));
    blocks.push(Block::Heading(letter.word("quote-lines")));
    blocks.push(Block::Table(lines(facts)));
    blocks.push(Block::Accepted {
        totals: sums(letter.language, &facts.totals, facts.gold_credit, facts.deposit_percent),
        signature: SignatureBox {
            label: letter.word("quote-client-accepts"),
            signed: String::new(),
            strokes: Vec::new(),
        },
        meaning: letter.word("quote-acceptance"),
    });
    if !facts.drawings.is_empty() {
        blocks.push(Block::Heading(letter.word("quote-drawings")));
        blocks.push(Block::Photos(facts.drawings.clone()));
        if let Some(article) = &facts.sketches_stay {
            blocks.push(Block::Note(with_article(
                letter.language,
                &letter.word("quote-sketches-stay"),
                article,
            )));
        }
    }
    blocks.extend(letter.conditions(&conditions(facts)));
    letter.closes(title, blocks)
}

fn lines(facts: &QuotePaper) -> Table {
    let language = facts.letter.language;
    let column = |key, share, align| Column::said(language, key, share, align);
    Table {
        columns: vec![
            column("quote-what", 51, Align::Left),
            column("quote-quantity", 12, Align::Right),
            column("quote-unit", 17, Align::Right),
            column("quote-vat", 8, Align::Right),
            column("quote-amount", 17, Align::Right),
        ],
        rows: facts
            .lines
            .iter()
            .zip(&facts.totals.lines)
            .map(|(line, &amount)| {
                vec![
                    Cell::from(line.text.clone()),
                    Cell::from(language.number(line.quantity)),
                    Cell::from(language.money(line.unit_price)),
                    Cell::from(format!("{} %", language.number(line.vat_percent))),
                    Cell::from(language.money(amount)),
                ]
            })
            .collect(),
    }
}

/// A quote's sums, line by line, as the paper and the screen show them.
#[must_use]
pub fn sums(language: Language, totals: &Totals, gold_credit: Money, deposit_percent: Decimal) -> Vec<Total> {
    let plain = |label: String, amount: Money| Total {
        label,
        amount: language.money(amount),
        strong: false,
    };
    let strong = |label: String, amount: Money| Total {
        strong: true,
        ..plain(label, amount)
    };
    let mut lines = vec![strong(language.word("quote-total"), totals.total)];
    for share in &totals.vat {
        let label = Message::new("quote-vat-inside")
            .with("rate", Fact::Number(share.rate.as_percent()))
            .with("base", Fact::Money(share.base));
        lines.push(plain(language.say(&label), share.vat));
    }
    let gold = gold_credit.min(totals.total);
    for (key, credit) in [("quote-gold-credit", gold), ("quote-fee-credit", totals.credits - gold)] {
        if credit > Money::ZERO {
            lines.push(plain(language.word(key), -credit));
        }
    }
    lines.push(strong(language.word("quote-to-pay"), totals.to_pay));
    if totals.unused_credit > Money::ZERO {
        lines.push(plain(language.word("quote-unused"), totals.unused_credit));
    }
    // What is due whole, or only at the end, has no deposit and no balance.
    if totals.deposit > Money::ZERO && totals.balance > Money::ZERO {
        let deposit = Message::new("quote-deposit").with("percent", Fact::Number(deposit_percent));
        lines.push(plain(language.say(&deposit), totals.deposit));
        lines.push(plain(language.word("quote-balance"), totals.balance));
    }
    lines
}

fn conditions(facts: &QuotePaper) -> Vec<String> {
    let language = facts.letter.language;
    let mut points = Vec::new();
    let until = Message::new("quote-point-valid").with("day", Fact::Day(facts.valid_until));
    points.push(language.say(&until));
    // That nothing is paid before delivery stands in no clause.
    let due = language.say(&due(&facts.totals));
    points.push(if facts.totals.deposit > Money::ZERO {
        with_article(language, &due, &facts.deposit_article)
    } else {
        due
    });
    if let Some((range, article)) = &facts.window {
        let window = Message::new(match facts.window_from {
            WindowFrom::ApprovalAndDeposit => "quote-point-window",
            WindowFrom::Order => "quote-point-window-order",
        })
        .with("min", Fact::Number(Decimal::from(range.min)))
        .with("max", Fact::Number(Decimal::from(range.max)));
        points.push(with_article(language, &language.say(&window), article));
    }
    if facts.gold_credit > Money::ZERO {
        points.push(language.word("quote-point-credit"));
    }
    if !facts.iban.is_empty() && facts.totals.deposit > Money::ZERO {
        let account = Message::new("quote-point-account").with("iban", Fact::Text(facts.iban.clone()));
        points.push(language.say(&account));
    }
    points.extend(facts.letter.points(&facts.points));
    points
}

/// What is due, and when: a deposit and a balance, the whole with the order, or nothing before delivery.
#[must_use]
pub fn due(totals: &Totals) -> Message {
    if totals.to_pay == Money::ZERO {
        Message::new("quote-point-nothing")
    } else if totals.deposit == Money::ZERO {
        Message::new("quote-point-later").with("amount", Fact::Money(totals.to_pay))
    } else if totals.balance == Money::ZERO {
        Message::new("quote-point-full").with("amount", Fact::Money(totals.to_pay))
    } else {
        Message::new("quote-point-deposit")
            .with("deposit", Fact::Money(totals.deposit))
            .with("balance", Fact::Money(totals.balance))
    }
}
