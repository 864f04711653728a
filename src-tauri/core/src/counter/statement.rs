//! A bank statement: its payments, matched by structured reference to what was asked for, and proposed; nothing is booked
//! without somebody's yes.
//!
//! Two forms are read: CODA 2 (records of 128 characters) and CSV with a head.

use super::dossier::Dossier;
use super::question::Lookup;
use crate::form::day as typed_day;
use crate::money::Money;
use crate::number::typed;
use crate::payment::Ogm;
use crate::project::Happened;
use crate::store::{Done, projects};
use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;

/// A payment on a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    day: NaiveDate,
    amount: Money,
    from: String,
    reference: String,
}

/// A payment of the statement, and the project it seems to be for.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ProposalView {
    pub day: String,
    pub amount: String,
    pub from: String,
    pub reference: String,
    /// The project whose request has that reference.
    pub project: Option<String>,
    pub project_text: String,
    /// The amount and the day as they are typed into the booking.
    pub typed: (String, String),
    /// Whether a payment with that reference and day is booked already.
    pub booked: bool,
}

/// What a statement holds.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct StatementView {
    pub payments: Vec<ProposalView>,
    /// Lines that could not be read.
    pub unread: u32,
}

/// The most lines of a statement that are looked at.
const MOST_LINES: usize = 20_000;

fn lines(text: &str) -> (Vec<Line>, u32) {
    if text
        .lines()
        .next()
        .is_some_and(|first| first.starts_with('0') && first.chars().count() == 128)
    {
        coda(text)
    } else {
        csv(text)
    }
}

/// Movements of a CODA 2 file: record 2.1 has sign, amount and communication, 2.2 goes on with it, 2.3 names the payer.
fn coda(text: &str) -> (Vec<Line>, u32) {
    let mut found: Vec<Line> = Vec::new();
    let mut unread = 0;
    for record in text.lines().take(MOST_LINES) {
        let record: Vec<char> = record.chars().collect();
        let part = |from: usize, to: usize| {
            record
                .get(from..to.min(record.len()))
                .map(|part| part.iter().collect::<String>())
                .unwrap_or_default()
        };
        match part(0, 2).as_str() {
            "21" => {
                let credit = part(31, 32) == "0";
                let day = part(47, 53);
                let day = (day.len() == 6 && day.is_ascii())
                    .then(|| format!("{}/{}/20{}", &day[0..2], &day[2..4], &day[4..6]))
                    .and_then(|day| typed_day(&day));
                // Fifteen digits, the last three of them decimals of which a euro knows two.
                let thousandths: Option<i64> = part(32, 47).parse().ok();
                match (day, thousandths) {
                    (Some(day), Some(thousandths)) if credit => {
                        let structured = part(61, 62) == "1";
                        let reference = if structured {
                            part(65, 77)
                        } else {
                            part(62, 115).trim().to_owned()
                        };
                        found.push(Line {
                            day,
                            amount: Money::from_cents(thousandths / 10),
                            from: String::new(),
                            reference,
                        });
                    }
                    (Some(_), Some(_)) => {}
                    _ => unread += 1,
                }
            }
            "23" => {
                if let Some(last) = found.last_mut().filter(|last| last.from.is_empty()) {
                    part(47, 82).trim().clone_into(&mut last.from);
                }
            }
            _ => {}
        }
    }
    (found, unread)
}

/// Lines of a CSV file whose head names day, amount, payer and communication, in any of four languages.
fn csv(text: &str) -> (Vec<Line>, u32) {
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains(';') {
        b';'
    } else if head.contains('\t') {
        b'\t'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let heads: Vec<String> = reader
        .headers()
        .map(|heads| heads.iter().map(str::to_lowercase).collect())
        .unwrap_or_default();
    let column = |names: &[&str]| {
        heads
            .iter()
            .position(|head| names.iter().any(|name| head.contains(name)))
    };
    let day = column(&["date", "datum", "day"]);
    let amount = column(&["amount", "bedrag", "montant", "betrag"]);
    let from = column(&["name", "naam", "nom", "counterparty", "tegenpartij", "contrepartie"]);
    let reference = column(&[
        "communication",
        "mededeling",
        "reference",
        "verwendungszweck",
        "mitteilung",
        "details",
    ]);
    let mut found = Vec::new();
    let mut unread = 0;
    for record in reader.records().take(MOST_LINES) {
        let Ok(record) = record else {
            unread += 1;
            continue;
        };
        let text = |column: Option<usize>| {
            column
                .and_then(|column| record.get(column))
                .unwrap_or_default()
                .to_owned()
        };
        match (
            typed_day(&text(day)),
            typed(&text(amount), 2).ok().and_then(Money::half_up),
        ) {
            (Some(day), Some(amount)) if amount > Money::ZERO => found.push(Line {
                day,
                amount,
                from: text(from),
                reference: text(reference),
            }),
            (Some(_), Some(_)) => {}
            _ => unread += 1,
        }
    }
    (found, unread)
}

/// The structured reference somewhere in a communication.
fn reference_in(text: &str) -> Option<Ogm> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    Ogm::parse(text).or_else(|| (digits.len() == 12).then(|| Ogm::parse(&digits)).flatten())
}

impl Lookup<'_> {
    pub(super) fn statement(&self, text: &str) -> Done<StatementView> {
        let (lines, unread) = lines(text);
        let mut asked: Vec<(Vec<Ogm>, Dossier)> = Vec::new();
        for id in projects::asked_to_pay(self.tx)? {
            let dossier = Dossier::load(self.tx, &id, self.today)?;
            let references = dossier
                .happenings
                .iter()
                .filter_map(|happening| {
                    if let Happened::Requested { ogm, .. } = &happening.what {
                        Ogm::parse(ogm)
                    } else {
                        None
                    }
                })
                .collect();
            asked.push((references, dossier));
        }
        let language = self.language;
        let payments = lines.into_iter().map(|line| {
            let reference = reference_in(&line.reference);
            let of = reference
                .and_then(|reference| asked.iter().find(|(known, _)| known.contains(&reference)))
                .map(|(_, dossier)| dossier);
            let written = reference.map_or_else(|| line.reference.clone(), |reference| reference.to_string());
            let booked = of.is_some_and(|dossier| {
                dossier
                    .entries
                    .iter()
                    .any(|entry| entry.reference == written && entry.day == line.day && entry.amount == line.amount)
            });
            let plain = language.typed(&crate::number::fixed(line.amount.euro(), 2));
            ProposalView {
                day: language.short_day(line.day),
                amount: language.money(line.amount),
                from: line.from,
                project_text: of
                    .map(|dossier| format!("{} {}", dossier.project.number, dossier.client.card.name))
                    .unwrap_or_default(),
                project: of.map(|dossier| dossier.project.id.clone()),
                typed: (plain, language.short_day(line.day)),
                reference: written,
                booked,
            }
        });
        Ok(StatementView {
            payments: payments.collect(),
            unread,
        })
    }
}
