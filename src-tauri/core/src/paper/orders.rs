//! The papers of an order: what they say, in which order, each a function of its facts.

use super::code::Code;
use super::letter::{Letter, Signed, Transfer, with_article};
use super::{Align, Block, Cell, Column, Paper, Picture, Sheet, Table, Total};
use crate::grounds::{Article, Fact, Ground};
use crate::money::Money;
use chrono::NaiveDate;

/// Paper 4: the order confirmation, which binds the house (CEL VI.88).
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Confirmation {
    pub letter: Letter,
    pub quote: String,
    pub accepted: NaiveDate,
    pub channel: String,
    /// Where it goes, or that the client collects it; nothing where nobody asked.
    pub goes: String,
    pub lines: Vec<(String, String, Money)>,
    pub sums: Vec<Total>,
    pub window: Vec<Ground>,
    pub points: Vec<String>,
    pub consents: Vec<String>,
    pub signed: Signed,
}

/// The order confirmation.
#[must_use]
pub fn confirmation(facts: &Confirmation) -> Paper {
    let letter = &facts.letter;
    let mut beside = vec![
        (letter.word("order-quote"), facts.quote.clone()),
        (
            letter.word("order-accepted"),
            format!("{}, {}", letter.language.day(facts.accepted), facts.channel),
        ),
    ];
    if !facts.goes.is_empty() {
        beside.push((letter.word("order-goes"), facts.goes.clone()));
    }
    let (title, mut blocks) = letter.opens("order-title", letter.word("order-under"), beside);
    blocks.extend(letter.greets(letter.word("order-text")));
    blocks.push(Block::Heading(letter.word("order-lines")));
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::said(letter.language, "quote-what", 62, Align::Left),
            Column::said(letter.language, "quote-quantity", 16, Align::Right),
            Column::said(letter.language, "quote-amount", 22, Align::Right),
        ],
        rows: facts
            .lines
            .iter()
            .map(|(text, quantity, amount)| {
                vec![
                    Cell::from(text.clone()),
                    Cell::from(quantity.clone()),
                    Cell::from(letter.language.money(*amount)),
                ]
            })
            .collect(),
    }));
    blocks.push(Block::Totals(facts.sums.clone()));
    if !facts.window.is_empty() {
        blocks.push(Block::Heading(letter.word("order-window")));
        blocks.push(Block::List(
            facts.window.iter().map(|ground| letter.cited(ground)).collect(),
        ));
    }
    blocks.extend(letter.conditions(&facts.points));
    if !facts.consents.is_empty() {
        blocks.push(Block::Together(vec![
            Block::Heading(letter.word("order-consents")),
            Block::List(facts.consents.clone()),
        ]));
    }
    blocks.push(letter.signatures(None, "quote-client-accepts", &facts.signed));
    letter.closes(title, blocks)
}

/// Paper 5: a payment request, with its structured reference and a code that a bank's app reads.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Request {
    pub letter: Letter,
    pub what: String,
    pub amount: Money,
    pub due: NaiveDate,
    pub transfer: Transfer,
    /// What the terms tell on it.
    pub points: Vec<String>,
    pub sums: Vec<Total>,
}

/// The payment request.
#[must_use]
pub fn request(facts: &Request) -> Paper {
    let letter = &facts.letter;
    let (title, mut blocks) = letter.opens(
        "request-title",
        letter.word("request-under"),
        vec![(letter.word("request-due"), letter.language.day(facts.due))],
    );
    blocks.extend(letter.greets(letter.with(
        "request-text",
        vec![
            ("what", Fact::Text(facts.what.clone())),
            ("amount", Fact::Money(facts.amount)),
            ("due", Fact::Day(facts.due)),
        ],
    )));
    // The strongest sum is the one that is asked for; what stays open of the order comes after it.
    let asked = Total {
        label: letter.word("request-now"),
        amount: letter.language.money(facts.amount),
        strong: true,
    };
    let mut others: Vec<Total> = facts
        .sums
        .iter()
        .map(|sum| Total {
            strong: false,
            ..sum.clone()
        })
        .collect();
    if let Some(all) = others.first_mut() {
        all.label = letter.word("request-in-all");
    }
    blocks.push(Block::Totals([asked].into_iter().chain(others).collect()));
    blocks.push(letter.pays(&facts.transfer));
    if !facts.points.is_empty() {
        blocks.push(Block::List(facts.points.clone()));
    }
    blocks.push(letter.closing());
    letter.closes(title, blocks)
}

/// Paper 5: the receipt for a payment, or for money given back.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Receipt {
    pub letter: Letter,
    pub back: bool,
    /// What it was paid for.
    pub what: String,
    pub amount: Money,
    /// What was handed over, where cash was rounded.
    pub handed: Option<Money>,
    pub method: String,
    pub received: NaiveDate,
    pub reference: String,
    pub sums: Vec<Total>,
}

/// The receipt.
#[must_use]
pub fn receipt(facts: &Receipt) -> Paper {
    let letter = &facts.letter;
    let (title, under, text) = if facts.back {
        ("refund-title", "refund-under", "refund-text")
    } else {
        ("payment-title", "payment-under", "payment-text")
    };
    let (title, mut blocks) = letter.opens(title, letter.word(under), Vec::new());
    blocks.extend(letter.greets(letter.word(text)));
    let mut lines = vec![
        (letter.word("payment-amount"), letter.language.money(facts.amount)),
        (letter.word("payment-for"), facts.what.clone()),
    ];
    lines.retain(|(_, value)| !value.is_empty());
    if let Some(handed) = facts.handed {
        lines.push((letter.word("payment-handed"), letter.language.money(handed)));
    }
    lines.push((letter.word("payment-method"), facts.method.clone()));
    lines.push((letter.word("payment-day"), letter.language.day(facts.received)));
    if !facts.reference.is_empty() {
        lines.push((letter.word("request-reference"), facts.reference.clone()));
    }
    blocks.push(Block::Facts(lines));
    if facts.handed.is_some() {
        blocks.push(Block::Note(letter.word("payment-rounded")));
    }
    blocks.push(Block::Totals(facts.sums.clone()));
    blocks.push(letter.closing());
    letter.closes(title, blocks)
}

/// Paper 6: the consents a house asks for before it begins.
#[must_use]
pub fn consent_form(letter: &Letter, consents: &[(String, String)], points: &[String], signed: &Signed) -> Paper {
    let (title, mut blocks) = letter.opens("consent-title", letter.word("consent-under"), Vec::new());
    for (heading, text) in consents {
        blocks.push(Block::Heading(heading.clone()));
        blocks.push(Block::Text(text.clone()));
    }
    blocks.extend(letter.conditions(points));
    blocks.push(letter.signatures(None, "paper-client-signs", signed));
    letter.closes(title, blocks)
}

/// Paper 7: the notice of a change of date, with the client's choice.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct DateChange {
    pub letter: Letter,
    pub cause: String,
    pub promised: Option<NaiveDate>,
    pub latest: Option<NaiveDate>,
    /// Whether the client may choose the end of the contract instead.
    pub choice: bool,
    pub grounds: Vec<Ground>,
}

/// The notice of a change of date.
#[must_use]
pub fn date_change(facts: &DateChange) -> Paper {
    let letter = &facts.letter;
    let (title, mut blocks) = letter.opens("date-title", letter.word("date-under"), Vec::new());
    let text = letter.with("date-text", vec![("cause", Fact::Text(facts.cause.clone()))]);
    blocks.extend(letter.greets(letter.resting(&text, &facts.grounds)));
    let mut days = Vec::new();
    if let Some(promised) = facts.promised {
        days.push((letter.word("date-promised"), letter.language.day(promised)));
    }
    let latest = facts
        .latest
        .map_or_else(|| letter.word("date-open"), |latest| letter.language.day(latest));
    days.push((letter.word("date-latest"), latest));
    blocks.push(Block::Facts(days));
    if facts.choice {
        blocks.push(Block::Heading(letter.word("date-choice")));
        let choices = ["date-choice-new", "date-choice-end"].map(|key| (letter.word(key), false));
        blocks.push(Block::Checks(choices.to_vec()));
    }
    blocks.extend(letter.grounds(&facts.grounds));
    blocks.push(letter.signatures(None, "paper-client-signs", &Signed::default()));
    letter.closes(title, blocks)
}

/// Paper 8: the delivery note, signed.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct DeliveryNote {
    pub letter: Letter,
    pub delivered: NaiveDate,
    pub how: String,
    /// Where a carrier brings it.
    pub goes: String,
    pub items: Vec<String>,
    /// What is delivered, where a design of it was shown.
    pub picture: Option<Picture>,
    pub tracking: String,
    pub last: bool,
    pub points: Vec<String>,
    pub signed: Signed,
}

/// The delivery note.
#[must_use]
pub fn delivery_note(facts: &DeliveryNote) -> Paper {
    let letter = &facts.letter;
    let (title, mut blocks) = letter.opens("delivery-title", letter.word("delivery-under"), Vec::new());
    let mut lines = vec![
        (letter.word("delivery-day"), letter.language.day(facts.delivered)),
        (letter.word("delivery-how"), facts.how.clone()),
    ];
    if !facts.goes.is_empty() {
        lines.push((letter.word("order-goes"), facts.goes.clone()));
    }
    if !facts.tracking.is_empty() {
        lines.push((letter.word("delivery-tracking"), facts.tracking.clone()));
    }
    lines.push((
        letter.word("delivery-last"),
        letter.word(if facts.last { "ui-yes" } else { "ui-no" }),
    ));
    blocks.push(Block::Facts(lines));
    blocks.push(Block::Heading(letter.word("delivery-items")));
    blocks.push(Block::List(facts.items.clone()));
    blocks.extend(facts.picture.clone().map(|picture| Block::Photos(vec![picture])));
    blocks.extend(letter.conditions(&facts.points));
    blocks.push(letter.signatures(None, "delivery-client-signs", &facts.signed));
    letter.closes(title, blocks)
}

/// Paper 8: the order detail sheet, which a return comes with where a house asks for it.
#[must_use]
pub fn order_sheet(
    letter: &Letter,
    facts: &[(String, String)],
    items: &[String],
    care: &str,
    maker: &[String],
) -> Paper {
    let (title, mut blocks) = letter.opens("sheet-title", letter.word("sheet-under"), Vec::new());
    blocks.push(Block::Facts(facts.to_vec()));
    blocks.push(Block::Heading(letter.word("delivery-items")));
    blocks.push(Block::List(items.to_vec()));
    if !care.is_empty() {
        blocks.push(Block::Heading(letter.word("sheet-care")));
        blocks.push(Block::Text(care.to_owned()));
    }
    if !maker.is_empty() {
        let law = Article::of("Reg. (EU) 2023/988 art. 9");
        blocks.push(Block::Heading(letter.word("sheet-maker")));
        blocks.push(Block::Text(maker.join(", ")));
        blocks.push(Block::Note(with_article(
            letter.language,
            &letter.word("sheet-maker-why"),
            &law,
        )));
    }
    letter.closes(title, blocks)
}

/// Paper 9: what became of components: given back, left, lost or broken.
#[must_use]
pub fn restitution(
    letter: &Letter,
    fate: &str,
    rows: &[(String, String)],
    note: &str,
    liable: bool,
    signed: &Signed,
) -> Paper {
    let (title, mut blocks) = letter.opens("restitution-title", letter.word("restitution-under"), Vec::new());
    blocks.push(Block::Heading(fate.to_owned()));
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::said(letter.language, "paper-component", 70, Align::Left),
            Column::said(letter.language, "paper-weight", 30, Align::Right),
        ],
        rows: rows
            .iter()
            .map(|(name, weight)| vec![Cell::from(name.clone()), Cell::from(weight.clone())])
            .collect(),
    }));
    if !note.is_empty() {
        blocks.push(Block::Text(note.to_owned()));
    }
    if liable {
        blocks.push(Block::Note(letter.word("restitution-liable")));
    }
    blocks.push(letter.signatures(None, "restitution-client-signs", signed));
    letter.closes(title, blocks)
}

/// The credit note of an order that was ended: what is kept, what goes back, and why.
#[must_use]
pub fn credit_note(
    letter: &Letter,
    reason: &str,
    sums: &[Total],
    vat: &[(String, String)],
    grounds: &[Ground],
) -> Paper {
    let (title, mut blocks) = letter.opens("credit-title", letter.word("credit-under"), Vec::new());
    blocks.extend(letter.greets(letter.resting(&letter.word("credit-text"), grounds)));
    if !reason.is_empty() {
        blocks.push(Block::Text(reason.to_owned()));
    }
    blocks.push(Block::Totals(sums.to_vec()));
    if !vat.is_empty() {
        blocks.push(Block::Facts(vat.to_vec()));
    }
    blocks.extend(letter.grounds(grounds));
    letter.closes(title, blocks)
}

/// A design as it is shown: the picture, and whose it stays.
#[must_use]
pub fn design_sheet(letter: &Letter, picture: Picture, note: &str, owner: &str, points: &[String]) -> Paper {
    let (title, mut blocks) = letter.opens("design-title", letter.word("design-under"), Vec::new());
    blocks.push(Block::Wide(picture));
    if !note.is_empty() {
        blocks.push(Block::Text(note.to_owned()));
    }
    blocks.push(Block::Note(owner.to_owned()));
    if !points.is_empty() {
        blocks.push(Block::Conditions(points.to_vec()));
    }
    blocks.push(letter.signatures(None, "design-client-signs", &Signed::default()));
    letter.closes(title, blocks)
}

/// The job card for the bench: stones, metal, dates and steps, and no price.
#[must_use]
pub fn job_card(
    letter: &Letter,
    wish: &str,
    days: &[(String, String)],
    lines: &[String],
    components: &[(String, String)],
    steps: &[(String, bool)],
    code: Option<Code>,
) -> Paper {
    let (title, mut blocks) = letter.opens("job-title", letter.word("job-under"), Vec::new());
    if !wish.is_empty() {
        blocks.push(Block::Text(wish.to_owned()));
    }
    blocks.push(Block::Facts(days.to_vec()));
    blocks.push(Block::Heading(letter.word("job-make")));
    blocks.push(Block::List(lines.to_vec()));
    if !components.is_empty() {
        blocks.push(Block::Heading(letter.word("job-components")));
        blocks.push(Block::Facts(components.to_vec()));
    }
    blocks.push(Block::Heading(letter.word("job-steps")));
    blocks.push(Block::Checks(steps.to_vec()));
    if let Some(code) = code {
        blocks.push(Block::Code(code));
    }
    letter.closes(title, blocks)
}

/// Paper 15: the reminder to collect; a registered one starts the year of the law of 21 February 1983.
#[must_use]
pub fn reminder(letter: &Letter, finished: NaiveDate, registered: &str, sale: Option<NaiveDate>) -> Paper {
    let facts = if registered.is_empty() {
        Vec::new()
    } else {
        vec![(letter.word("reminder-registered"), registered.to_owned())]
    };
    let (title, mut blocks) = letter.opens(
        "reminder-title",
        letter.word(if registered.is_empty() {
            "reminder-under"
        } else {
            "reminder-under-registered"
        }),
        facts,
    );
    blocks.extend(letter.greets(letter.with("reminder-text", vec![("day", Fact::Day(finished))])));
    if let Some(sale) = sale {
        blocks.push(Block::Text(letter.with("reminder-law", vec![("day", Fact::Day(sale))])));
    }
    blocks.push(letter.house_signs());
    letter.closes(title, blocks)
}

/// Paper 15: labels for envelopes and job bags.
#[must_use]
pub fn labels(letter: &Letter, sheet: Sheet, labels: &[(Vec<String>, Option<Code>)]) -> Paper {
    let title = letter.with("labels-title", vec![("number", Fact::Text(letter.filed_under()))]);
    let blocks = labels
        .iter()
        .map(|(lines, code)| Block::Label {
            lines: letter.mark.iter().chain(lines).cloned().collect(),
            code: code.clone(),
        })
        .collect();
    Paper {
        sheet,
        ..letter.closes(title, blocks)
    }
}

/// The file for the justice of the peace: days, money, story and what the house still holds.
#[must_use]
pub fn justice_file(
    letter: &Letter,
    days: &[(String, String)],
    money: &[Total],
    story: &[String],
    custody: &[(String, String)],
    grounds: &[Ground],
) -> Paper {
    let (title, mut blocks) = letter.opens("justice-title", letter.word("justice-under"), Vec::new());
    blocks.push(Block::Text(letter.resting(&letter.word("justice-text"), grounds)));
    blocks.push(Block::Facts(days.to_vec()));
    blocks.push(Block::Totals(money.to_vec()));
    blocks.push(Block::Heading(letter.word("ui-history")));
    blocks.push(Block::List(story.to_vec()));
    if !custody.is_empty() {
        blocks.push(Block::Heading(letter.word("ui-custody")));
        blocks.push(Block::Facts(custody.to_vec()));
    }
    blocks.extend(letter.grounds(grounds));
    blocks.push(letter.house_signs());
    letter.closes(title, blocks)
}
