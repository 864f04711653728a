//! The invoice and its credit note: what Belgian law asks of one (royal decree no. 1 art. 5), from the facts as they were frozen.

use super::letter::{Letter, Transfer, with_article};
use super::{Align, Block, Cell, Column, Paper, Table, Total};
use crate::grounds::{Article, Fact, Message};
use crate::invoice::{Invoice, InvoiceKind, Party, Share, Treatment};
use crate::money::Money;
use crate::payment::enterprise_number;

/// An invoice; with how it is paid where something is still to be paid.
#[must_use]
pub fn invoice(letter: &Letter, invoice: &Invoice, transfer: Option<&Transfer>) -> Paper {
    let (title, mut blocks) = letter.opens(
        title(invoice.kind),
        letter.word(under(invoice.kind)),
        facts(letter, invoice),
    );
    let text = match &invoice.corrects {
        Some(corrected) => letter.with(
            "invoice-credit-text",
            vec![
                ("number", Fact::Text(corrected.number.clone())),
                ("day", Fact::Day(corrected.day)),
                ("why", Fact::Text(corrected.why.clone())),
            ],
        ),
        None => letter.with("invoice-text", vec![("order", Fact::Text(invoice.order.clone()))]),
    };
    blocks.extend(letter.greets(text));
    blocks.push(Block::Table(lines(letter, invoice)));
    blocks.push(Block::Totals(sums(letter, invoice)));
    blocks.extend(transfer.map(|transfer| letter.pays(transfer)));
    blocks.extend(told(letter, invoice).into_iter().map(Block::Text));
    blocks.push(letter.closing());
    letter.closes(title, blocks)
}

const fn title(kind: InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Deposit => "invoice-deposit-title",
        InvoiceKind::Fee | InvoiceKind::Final => "invoice-title",
        InvoiceKind::Credit => "invoice-credit-title",
    }
}

const fn under(kind: InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Deposit => "invoice-deposit-under",
        InvoiceKind::Fee => "invoice-fee-under",
        InvoiceKind::Final => "invoice-under",
        InvoiceKind::Credit => "invoice-credit-under",
    }
}

/// What stands beside the address: numbers and days that the law asks for.
fn facts(letter: &Letter, invoice: &Invoice) -> Vec<(String, String)> {
    let supplied = match invoice.kind {
        InvoiceKind::Deposit | InvoiceKind::Fee => Some("invoice-paid-on"),
        InvoiceKind::Final => Some("invoice-supplied-on"),
        InvoiceKind::Credit => None,
    };
    let mut facts: Vec<(String, String)> = Vec::new();
    let supplied = supplied.zip(invoice.supplied);
    facts.extend(supplied.map(|(key, day)| (letter.word(key), letter.language.day(day))));
    facts.push((letter.word("invoice-seller-number"), dotted(&invoice.seller)));
    if !invoice.buyer.vat_number.is_empty() {
        facts.push((letter.word("invoice-buyer-number"), dotted(&invoice.buyer)));
    }
    facts
}

/// A VAT number as it is written; a Belgian one with its dots.
fn dotted(party: &Party) -> String {
    let belgian = party.enterprise().and_then(|digits| enterprise_number(digits).ok());
    belgian.map_or_else(|| party.vat_number.clone(), |number| format!("BE {number}"))
}

/// Whether no VAT may be shown on it: under the margin scheme it is in the price, and nobody deducts it.
fn hides_vat(invoice: &Invoice) -> bool {
    invoice.treatment == Treatment::Margin && invoice.vat() == Money::ZERO
}

fn lines(letter: &Letter, invoice: &Invoice) -> Table {
    let language = letter.language;
    let column = |key, share, align| Column::said(language, key, share, align);
    Table {
        columns: vec![
            column("quote-what", 46, Align::Left),
            column("quote-quantity", 11, Align::Right),
            column("invoice-net", 18, Align::Right),
            column("quote-vat", 9, Align::Right),
            column("invoice-gross", 18, Align::Right),
        ],
        rows: invoice
            .lines
            .iter()
            .map(|line| {
                vec![
                    Cell::from(line.text.clone()),
                    Cell::from(language.number(line.quantity)),
                    Cell::from(language.money(line.net)),
                    Cell::from(if hides_vat(invoice) {
                        "–".to_owned()
                    } else {
                        format!("{} %", language.number(line.rate.as_percent()))
                    }),
                    Cell::from(language.money(line.gross)),
                ]
            })
            .collect(),
    }
}

fn sums(letter: &Letter, invoice: &Invoice) -> Vec<Total> {
    let language = letter.language;
    let line = |label: String, amount: Money, strong| Total {
        label,
        amount: language.money(amount),
        strong,
    };
    let share = |share: &Share| {
        let label = Message::new("invoice-vat")
            .with("rate", Fact::Number(share.rate.as_percent()))
            .with("base", Fact::Money(share.base));
        line(language.say(&label), share.vat, false)
    };
    let base: Money = invoice.shares.iter().map(|share| share.base).sum();
    let mut sums = Vec::new();
    if hides_vat(invoice) {
        sums.push(line(letter.word("invoice-total"), invoice.total, true));
    } else {
        sums.push(line(letter.word("invoice-base"), base, false));
        sums.extend(invoice.shares.iter().map(share));
        sums.push(line(letter.word("quote-total"), invoice.total, true));
    }
    for settled in &invoice.settled {
        // Earlier invoices stand by their names.
        let what = if language.knows(&settled.what) {
            language.word(&settled.what)
        } else {
            settled.what.clone()
        };
        sums.push(line(what, -settled.amount, false));
    }
    let asked = if invoice.kind == InvoiceKind::Credit {
        "credit-back"
    } else {
        "quote-to-pay"
    };
    sums.push(line(letter.word(asked), invoice.to_pay, true));
    sums
}

/// What the law has an invoice say.
fn told(letter: &Letter, invoice: &Invoice) -> Vec<String> {
    let mut told = Vec::new();
    if matches!(invoice.kind, InvoiceKind::Deposit | InvoiceKind::Fee) {
        let article = Article::of("VAT Code art. 17");
        told.push(with_article(
            letter.language,
            &letter.word("invoice-vat-on-payment"),
            &article,
        ));
    }
    let is_free = invoice.shares.iter().any(|share| share.rate.as_percent().is_zero());
    if let (Some(article), true) = (invoice.treatment.article(), is_free) {
        let sentence = letter.word(match invoice.treatment {
            Treatment::IntraCommunity => "invoice-intra-community",
            Treatment::Export => "invoice-export",
            Treatment::Margin | Treatment::Domestic => "invoice-margin",
        });
        told.push(with_article(letter.language, &sentence, &Article::of(article)));
    }
    if invoice.is_structured() {
        told.push(letter.word("invoice-copy"));
    }
    told
}
