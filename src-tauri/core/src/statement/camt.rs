//! CAMT.053, the statement of ISO 20022 (camt.053.001.02 to .001.13, as Febelfin's guide to it has it): XML, an `Ntry` an entry,
//! and in it a `TxDtls` for each payment it is the sum of.
//!
//! An entry of several payments is a total: where its details say their amounts, they are money that came in, and the entry is not.

use super::{Payment, Statement, reference_in};
use crate::grounds::Fact;
use crate::money::Money;
use crate::payment::{Iban, Ogm};
use chrono::NaiveDate;
use roxmltree::{Document, Node, ParsingOptions};

/// The most elements of a file that are looked at.
const MOST_NODES: u32 = 5_000_000;

/// What stands under an element, by name; the names' space differs by version and is not looked at.
trait Under<'a> {
    fn each(self, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>>;
    fn under(self, path: &[&'static str]) -> Option<Node<'a, 'a>>;
    fn said(self, path: &[&'static str]) -> String;
}

impl<'a> Under<'a> for Node<'a, 'a> {
    fn each(self, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
        self.children().filter(move |child| child.tag_name().name() == name)
    }

    fn under(self, path: &[&'static str]) -> Option<Node<'a, 'a>> {
        path.iter().try_fold(self, |node, name| node.each(name).next())
    }

    /// The text of the element at that path, its white space as one blank; empty where there is none.
    fn said(self, path: &[&'static str]) -> String {
        let text: String = self
            .under(path)
            .into_iter()
            .flat_map(|node| node.descendants())
            .filter(Node::is_text)
            .filter_map(|node| node.text())
            .collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

pub(super) fn read(text: &str, own: Option<&Iban>) -> Statement {
    let mut statement = Statement::default();
    // Written as UTF-16 or windows-1252 it is text by now: what its first line says of that no longer holds, and is not read.
    let options = ParsingOptions {
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(why) => {
            let line = usize::try_from(why.pos().row).unwrap_or_default();
            statement.at_line("statement-broken-xml", line, Vec::new());
            return statement;
        }
    };
    let Some(whole) = document.root_element().under(&["BkToCstmrStmt"]) else {
        statement.note("statement-other-xml", Vec::new());
        return statement;
    };
    for of in whole.each("Stmt") {
        Reading {
            document: &document,
            of,
            statement: &mut statement,
        }
        .take(own);
    }
    statement
}

/// One statement (`Stmt`) as it is read.
struct Reading<'a, 'o> {
    document: &'a Document<'a>,
    of: Node<'a, 'a>,
    statement: &'o mut Statement,
}

impl<'a> Reading<'a, '_> {
    fn take(&mut self, own: Option<&Iban>) {
        let account = match self.of.said(&["Acct", "Id", "IBAN"]) {
            iban if iban.is_empty() => self.of.said(&["Acct", "Id", "Othr", "Id"]),
            iban => iban,
        };
        let mut came = Some(Money::ZERO);
        for (at, entry) in self.of.each("Ntry").enumerate() {
            let offered = self
                .statement
                .offers(&account, &currency(entry, &self.of.said(&["Acct", "Ccy"])), own);
            let credit = entry.said(&["CdtDbtInd"]) == "CRDT";
            if credit {
                came = came.zip(amount(entry)).map(|(sum, amount)| sum + amount);
            }
            // Of another state than booked, no money is there (`PDNG`, `INFO`); `Sts` holds the code itself before version 8.
            if offered && credit && ["BOOK", ""].contains(&entry.said(&["Sts"]).as_str()) {
                self.entry(entry, &format!("camt:{account}/{}/{at}", self.of.said(&["Id"])));
            }
        }
        self.checks(came);
    }

    /// The sum the file itself names of what came in (`TxsSummry`), where it does.
    fn checks(&mut self, came: Option<Money>) {
        let Some(sum) = self.of.under(&["TxsSummry", "TtlCdtNtries", "Sum"]) else {
            return;
        };
        let told = super::euro(sum.text().unwrap_or_default());
        if let (Some(told), Some(found)) = (told, came)
            && told != found
        {
            self.statement.at_line(
                "statement-trailer-differs",
                self.line(sum),
                vec![("told", Fact::Money(told)), ("found", Fact::Money(found))],
            );
        }
    }

    fn entry(&mut self, entry: Node<'a, 'a>, place: &str) {
        // The day it was entered; where only its value date stands, that.
        let entered = ["BookgDt", "ValDt"].iter().find_map(|name| day(entry.under(&[name])?));
        let whole = amount(entry);
        let (Some(entered), Some(whole)) = (entered, whole) else {
            let line = self.line(entry);
            if entered.is_none() {
                self.statement.unread("statement-unread-day", line, "");
            } else {
                self.statement
                    .unread("statement-unread-amount", line, &entry.said(&["Amt"]));
            }
            return;
        };
        let details: Vec<Node<'a, 'a>> = entry
            .each("NtryDtls")
            .flat_map(|details| details.each("TxDtls"))
            .collect();
        // What each detail moves, in the currency of the entry; another's amount is none of it.
        let moves = |detail: &Node<'a, 'a>| {
            let own = currency(entry, "");
            let part = amount(*detail).filter(|_| currency(*detail, &own) == own)?;
            Some(if detail.said(&["CdtDbtInd"]) == "DBIT" {
                -part
            } else {
                part
            })
        };
        let parts: Option<Vec<Money>> = details.iter().map(moves).collect();
        match (details.as_slice(), parts) {
            // A detail alone is the entry, whatever it says was sent: a fee may have come off.
            (&[] | &[_], _) => self.payment(details.first().copied(), entry, entered, whole, place.to_owned()),
            (several, Some(parts)) => {
                for (at, (detail, part)) in several.iter().zip(&parts).enumerate() {
                    self.payment(Some(*detail), entry, entered, *part, format!("{place}/{at}"));
                }
                let found: Money = parts.into_iter().sum();
                if found != whole {
                    let facts = vec![("total", Fact::Money(whole)), ("found", Fact::Money(found))];
                    self.statement.note("statement-total-differs", facts);
                }
            }
            // Details without their amounts: what came in is known as a sum alone.
            (_, None) => self.payment(None, entry, entered, whole, place.to_owned()),
        }
    }

    fn payment(
        &mut self,
        detail: Option<Node<'a, 'a>>,
        entry: Node<'a, 'a>,
        entered: NaiveDate,
        amount: Money,
        place: String,
    ) {
        if amount <= Money::ZERO {
            return;
        }
        let said = |path: &[&'static str]| detail.map(|detail| detail.said(path)).unwrap_or_default();
        let first = |paths: &[&[&'static str]]| {
            paths
                .iter()
                .map(|path| said(path))
                .find(|text| !text.is_empty())
                .unwrap_or_default()
        };
        let structured: Vec<String> = detail
            .into_iter()
            .flat_map(|detail| detail.each("RmtInf"))
            .flat_map(|info| info.each("Strd"))
            .map(|strd| strd.said(&["CdtrRefInf", "Ref"]))
            .collect();
        let free: Vec<String> = detail
            .into_iter()
            .flat_map(|detail| detail.each("RmtInf"))
            .flat_map(|info| info.each("Ustrd"))
            .filter_map(|text| text.text())
            .map(str::to_owned)
            .collect();
        // The bank cuts what was written at 140 signs, wherever that is: it goes on as one.
        let written = free.concat();
        let further = [
            said(&["AddtlTxInf"]),
            entry.said(&["AddtlNtryInf"]),
            said(&["Refs", "EndToEndId"]).replace("NOTPROVIDED", ""),
        ];
        let reference = structured.iter().find_map(|text| Ogm::parse(text)).or_else(|| {
            let texts = structured.iter().chain([&written]);
            reference_in(texts.map(String::as_str)).or_else(|| reference_in(further.iter().map(String::as_str)))
        });
        let message = structured
            .into_iter()
            .chain([written])
            .chain(further)
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        self.statement.payments.push(Payment {
            entered,
            amount,
            // `Pty` holds the name from version 8 on.
            from: first(&[
                &["RltdPties", "Dbtr", "Nm"],
                &["RltdPties", "Dbtr", "Pty", "Nm"],
                &["RltdPties", "UltmtDbtr", "Nm"],
                &["RltdPties", "UltmtDbtr", "Pty", "Nm"],
            ]),
            message: reference
                .map(|ogm| ogm.to_string())
                .or_else(|| message.into_iter().find(|text| !text.is_empty()))
                .unwrap_or_default(),
            reference,
            place,
        });
    }

    fn line(&self, node: Node<'a, 'a>) -> usize {
        usize::try_from(self.document.text_pos_at(node.range().start).row).unwrap_or_default()
    }
}

/// The element an amount stands in: of the entry itself, or of a detail, which says it apart before version 4.
fn amount_of<'a>(node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
    node.under(&["Amt"])
        .or_else(|| node.under(&["AmtDtls", "TxAmt", "Amt"]))
}

fn amount(node: Node<'_, '_>) -> Option<Money> {
    super::euro(amount_of(node)?.text()?)
}

fn currency(entry: Node<'_, '_>, of_account: &str) -> String {
    let own = amount_of(entry).and_then(|amount| amount.attribute("Ccy"));
    own.unwrap_or(of_account).to_owned()
}

/// A day: a date, or a moment (`DtTm`), whose day it is where the bank is.
fn day(node: Node<'_, '_>) -> Option<NaiveDate> {
    let text = ["Dt", "DtTm"]
        .iter()
        .find_map(|name| node.under(&[name])?.text())?
        .trim();
    text.get(..10)?.parse().ok()
}
