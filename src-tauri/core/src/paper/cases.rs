//! The papers of after-sales: what they say, in which order, each a function of its facts.

use super::code::Code;
use super::letter::{Letter, Signed};
use super::{Align, Block, Cell, Column, Field, Paper, Picture, Sheet, Table, Total};
use crate::grounds::{Fact, Ground};
use crate::money::Money;
use crate::words::Language;
use chrono::NaiveDate;

/// What the statutory model form is filled in with; all empty but the trader for a blank one.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct FormFacts {
    /// The trader's name, geographical address and e-mail.
    pub trader: Vec<String>,
    pub goods: String,
    pub ordered: String,
    pub name: String,
    pub address: String,
    /// Whether the house's own line for a reason stands below the statutory wording: it need not be filled in.
    pub asks_reason: bool,
}

/// Paper 10: the model form for withdrawal of Annex 2 to Book VI CEL (Annex I(B) of Directive 2011/83/EU), its wording the
/// law's own, to be filled in on the screen or by pen.
#[must_use]
pub fn withdrawal_form(letter: &Letter, facts: &FormFacts) -> Paper {
    let word = |key: &str| letter.word(key);
    let field = |name, label: &str, lines, value: &str, typed| {
        Block::Field(Field {
            name,
            label: word(label),
            lines,
            value: value.to_owned(),
            typed,
        })
    };
    let title = word("form-title");
    let mut blocks = vec![
        Block::Title(title.clone(), word("form-under")),
        Block::Text(letter.with("form-addressed", vec![("trader", Fact::Text(facts.trader.join(", ")))])),
        field("goods", "form-notice", 3, &facts.goods, true),
        field("ordered", "form-ordered", 1, &facts.ordered, true),
        field("name", "form-name", 1, &facts.name, true),
        field("address", "form-address", 2, &facts.address, true),
        field("signature", "form-signature", 2, "", false),
        field("date", "form-date", 1, "", true),
        Block::Note(word("form-delete")),
        Block::Note(word("form-source")),
    ];
    if facts.asks_reason {
        blocks.push(field("reason", "form-reason", 2, "", true));
    }
    letter.closes(title, blocks)
}

/// Paper 10: the information sheet on the right of withdrawal, each section a heading and its points.
#[must_use]
pub fn information(letter: &Letter, sections: &[(String, Vec<String>)], grounds: &[Ground]) -> Paper {
    let (title, mut blocks) = letter.opens("information-title", letter.word("information-under"), Vec::new());
    for (index, (heading, points)) in sections.iter().enumerate() {
        // The first section says whether the client may withdraw, and until when.
        let rests_on = if index == 0 { grounds } else { &[] };
        blocks.push(Block::Heading(letter.resting(heading, rests_on)));
        blocks.push(Block::List(points.clone()));
    }
    blocks.extend(letter.grounds(grounds));
    letter.closes(title, blocks)
}

/// Paper 11: the acknowledgement of a notice, with its content, day and time (Directive 2023/2673).
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Acknowledgement {
    pub letter: Letter,
    pub register: String,
    pub received: String,
    pub channel: String,
    pub item: String,
    /// The client's own words.
    pub words: String,
    /// What the house answers.
    pub verdict: String,
    /// What follows: by when the goods go back, who pays, when the money comes.
    pub follows: Vec<(String, String)>,
    pub points: Vec<String>,
    pub grounds: Vec<Ground>,
}

/// The acknowledgement.
#[must_use]
pub fn acknowledgement(facts: &Acknowledgement) -> Paper {
    let letter = &facts.letter;
    let (title, mut blocks) = letter.opens(
        "acknowledgement-title",
        letter.word("acknowledgement-under"),
        vec![(letter.word("register-number"), facts.register.clone())],
    );
    blocks.extend(letter.greets(letter.word("acknowledgement-text")));
    blocks.push(Block::Facts(vec![
        (letter.word("register-received"), facts.received.clone()),
        (letter.word("register-channel"), facts.channel.clone()),
        (letter.word("ui-case-item"), facts.item.clone()),
    ]));
    blocks.push(Block::Heading(letter.word("register-content")));
    blocks.push(Block::Text(facts.words.clone()));
    blocks.push(Block::Heading(letter.word("ui-case-answer")));
    blocks.push(Block::Text(letter.resting(&facts.verdict, &facts.grounds)));
    if !facts.follows.is_empty() {
        blocks.push(Block::Facts(facts.follows.clone()));
    }
    if !facts.points.is_empty() {
        blocks.push(Block::List(facts.points.clone()));
    }
    blocks.extend(letter.grounds(&facts.grounds));
    letter.closes(title, blocks)
}

/// Paper 12: the authorisation of a return, with how to pack it and where it goes.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Authorisation {
    pub letter: Letter,
    pub rma: String,
    pub facts: Vec<(String, String)>,
    pub packing: Vec<String>,
    /// What the terms tell on it.
    pub points: Vec<String>,
    pub grounds: Vec<Ground>,
}

/// The authorisation.
#[must_use]
pub fn authorisation(facts: &Authorisation) -> Paper {
    let letter = &facts.letter;
    let (title, mut blocks) = letter.opens(
        "rma-title",
        letter.word("rma-under"),
        vec![("RMA".to_owned(), facts.rma.clone())],
    );
    blocks.extend(letter.greets(letter.resting(&letter.word("rma-text"), &facts.grounds)));
    blocks.push(Block::Facts(facts.facts.clone()));
    blocks.push(Block::Heading(letter.word("rma-packing")));
    blocks.push(Block::List(facts.packing.clone()));
    blocks.extend(letter.conditions(&facts.points));
    blocks.extend(Code::bars(&facts.rma).map(Block::Code));
    blocks.extend(letter.grounds(&facts.grounds));
    letter.closes(title, blocks)
}

/// Paper 12: the label for the box, with the RMA as a bar code, where it comes from and where it goes.
#[must_use]
pub fn return_label(letter: &Letter, rma: &str, to: &[String]) -> Paper {
    let mut lines = vec![rma.to_owned()];
    lines.extend(to.iter().cloned());
    let title = letter.with("rma-label-title", vec![("rma", Fact::Text(rma.to_owned()))]);
    let blocks = vec![Block::Label {
        lines,
        code: Code::bars(rma),
    }];
    Paper {
        sheet: Sheet::LabelRoll,
        ..letter.closes(title, blocks)
    }
}

/// Paper 13: the report of an inspection.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Inspection {
    pub letter: Letter,
    pub facts: Vec<(String, String)>,
    /// What was looked for, and whether it was found.
    pub checklist: Vec<(String, String)>,
    pub note: String,
    pub photos: Vec<Picture>,
    /// What it comes to.
    pub result: Vec<Total>,
    pub follows: Vec<(String, String)>,
    /// What the terms tell on it.
    pub points: Vec<String>,
    pub grounds: Vec<Ground>,
}

/// The report.
#[must_use]
pub fn inspection(facts: &Inspection) -> Paper {
    let letter = &facts.letter;
    let (title, mut blocks) = letter.opens("inspection-title", letter.word("inspection-under"), Vec::new());
    blocks.push(Block::Facts(facts.facts.clone()));
    blocks.push(Block::Heading(letter.word("inspection-checklist")));
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::said(letter.language, "inspection-looked-for", 75, Align::Left),
            Column::said(letter.language, "inspection-found", 25, Align::Left),
        ],
        rows: facts
            .checklist
            .iter()
            .map(|(what, found)| vec![Cell::from(what.clone()), Cell::from(found.clone())])
            .collect(),
    }));
    if !facts.note.is_empty() {
        blocks.push(Block::Text(facts.note.clone()));
    }
    if !facts.photos.is_empty() {
        blocks.push(Block::Photos(facts.photos.clone()));
    }
    if !facts.result.is_empty() || !facts.follows.is_empty() {
        let heading = letter.word("inspection-result");
        blocks.push(Block::Heading(letter.resting(&heading, &facts.grounds)));
    }
    if !facts.result.is_empty() {
        blocks.push(Block::Totals(facts.result.clone()));
    }
    if !facts.follows.is_empty() {
        blocks.push(Block::Facts(facts.follows.clone()));
    }
    if !facts.points.is_empty() {
        blocks.push(Block::List(facts.points.clone()));
    }
    blocks.extend(letter.grounds(&facts.grounds));
    letter.closes(title, blocks)
}

/// Paper 13: the refund statement, which is a credit note.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct RefundStatement {
    pub letter: Letter,
    pub item: String,
    /// What the refund is made of.
    pub lines: Vec<Total>,
    /// What went back now and before, and what is open.
    pub paid: Vec<Total>,
    /// Means and day.
    pub facts: Vec<(String, String)>,
    pub vat: Vec<(String, String)>,
    pub note: String,
    /// What the terms tell on it.
    pub points: Vec<String>,
    pub grounds: Vec<Ground>,
}

/// The refund statement.
#[must_use]
pub fn refund_statement(facts: &RefundStatement) -> Paper {
    let letter = &facts.letter;
    let (title, mut blocks) = letter.opens(
        "refund-statement-title",
        letter.word("refund-statement-under"),
        Vec::new(),
    );
    let text = letter.with("refund-statement-text", vec![("item", Fact::Text(facts.item.clone()))]);
    blocks.extend(letter.greets(letter.resting(&text, &facts.grounds)));
    blocks.push(Block::Totals(facts.lines.clone()));
    blocks.push(Block::Facts(facts.facts.clone()));
    blocks.push(Block::Totals(facts.paid.clone()));
    blocks.push(Block::Facts(facts.vat.clone()));
    if !facts.note.is_empty() {
        blocks.push(Block::Text(facts.note.clone()));
    }
    if !facts.points.is_empty() {
        blocks.push(Block::List(facts.points.clone()));
    }
    blocks.extend(letter.grounds(&facts.grounds));
    letter.closes(title, blocks)
}

/// Paper 14: the exchange statement.
#[must_use]
pub fn exchange_statement(
    letter: &Letter,
    pieces: &[(String, Money)],
    sums: &[Total],
    points: &[String],
    grounds: &[Ground],
) -> Paper {
    let (title, mut blocks) = letter.opens("exchange-title", letter.word("exchange-under"), Vec::new());
    blocks.extend(letter.greets(letter.resting(&letter.word("exchange-text"), grounds)));
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::said(letter.language, "quote-what", 75, Align::Left),
            Column::said(letter.language, "quote-amount", 25, Align::Right),
        ],
        rows: pieces
            .iter()
            .map(|(text, amount)| vec![Cell::from(text.clone()), Cell::from(letter.language.money(*amount))])
            .collect(),
    }));
    blocks.push(Block::Totals(sums.to_vec()));
    if !points.is_empty() {
        blocks.push(Block::List(points.to_vec()));
    }
    blocks.extend(letter.grounds(grounds));
    blocks.push(letter.signatures(None, "paper-client-signs", &Signed::default()));
    letter.closes(title, blocks)
}

/// What a letter of the house says of a case: a verdict, its facts, its points, its grounds.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the paper")]
pub struct Verdict {
    pub letter: Letter,
    pub title: &'static str,
    pub under: &'static str,
    pub verdict: String,
    pub facts: Vec<(String, String)>,
    pub points: Vec<String>,
    pub photos: Vec<Picture>,
    pub note: String,
    pub grounds: Vec<Ground>,
}

/// Papers 14 and 13: the warranty decision, the refusal with its grounds, the parcel that was not taken.
#[must_use]
pub fn verdict(facts: &Verdict) -> Paper {
    let letter = &facts.letter;
    let (title, mut blocks) = letter.opens(facts.title, letter.word(facts.under), Vec::new());
    blocks.extend(letter.greets(letter.resting(&facts.verdict, &facts.grounds)));
    if !facts.facts.is_empty() {
        blocks.push(Block::Facts(facts.facts.clone()));
    }
    if !facts.points.is_empty() {
        blocks.push(Block::List(facts.points.clone()));
    }
    if !facts.note.is_empty() {
        blocks.push(Block::Text(facts.note.clone()));
    }
    if !facts.photos.is_empty() {
        blocks.push(Block::Photos(facts.photos.clone()));
    }
    blocks.extend(letter.grounds(&facts.grounds));
    blocks.push(Block::Note(letter.word("verdict-disagree")));
    letter.closes(title, blocks)
}

/// The piece, or the one in its place, back with the client: signed.
#[must_use]
pub fn handed_back(letter: &Letter, item: &str, facts: &[(String, String)], signed: &Signed) -> Paper {
    let (title, mut blocks) = letter.opens("handed-back-title", letter.word("handed-back-under"), Vec::new());
    blocks.push(Block::Text(item.to_owned()));
    blocks.push(Block::Facts(facts.to_vec()));
    blocks.push(letter.signatures(None, "delivery-client-signs", signed));
    letter.closes(title, blocks)
}

/// Paper 16: everything the house holds about a client, section by section, with how long it is kept and why.
#[must_use]
pub fn personal_data(letter: &Letter, sections: &[(String, Vec<(String, String)>)], retention: &[String]) -> Paper {
    let (title, mut blocks) = letter.opens("personal-title", letter.word("personal-under"), Vec::new());
    for (heading, facts) in sections {
        blocks.push(Block::Heading(heading.clone()));
        blocks.push(Block::Facts(facts.clone()));
    }
    blocks.push(Block::Heading(letter.word("personal-retention")));
    blocks.push(Block::List(retention.to_vec()));
    letter.closes(title, blocks)
}

/// A day as a client reads it, or a dash.
#[must_use]
pub fn day_or_dash(language: Language, day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "–".to_owned(), |day| language.day(day))
}
