//! A bank statement at the counter: its payments, matched by structured reference to what was asked for, and proposed;
//! nothing is booked without somebody's yes.

use super::load;
use super::lookup::Lookup;
use crate::ledger::{self, Entry};
use crate::order::Dossier;
use crate::payment::{Iban, Ogm};
use crate::statement::{self, Payment};
use crate::store::ledger as rows;
use crate::store::{Done, happenings, invoices};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

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
    /// Where it stands in the statement: what it is booked under.
    pub place: String,
    /// Whether it is booked already, from a statement or by hand.
    pub booked: bool,
}

/// What a statement holds.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct StatementView {
    pub payments: Vec<ProposalView>,
    /// What was left out, or does not add up, and why.
    pub notes: Vec<String>,
}

impl Lookup<'_> {
    pub(super) fn statement(&self, bytes: &[u8]) -> Done<StatementView> {
        let own = Iban::parse(&super::work::house(self.tx)?.identity.iban).ok();
        let read = statement::read(bytes, own.as_ref());
        let references = read.payments.iter().filter_map(|payment| payment.reference);
        let references: BTreeSet<String> = references.map(|ogm| ogm.to_string()).collect();
        let references: Vec<String> = references.into_iter().collect();
        let mut asked: BTreeMap<Ogm, String> = BTreeMap::new();
        asked.extend(happenings::asked_with(self.tx, &references)?);
        asked.extend(invoices::asked_with(self.tx, &references)?);
        let project = |payment: &Payment| payment.reference.and_then(|ogm| asked.get(&ogm));
        let named: BTreeSet<String> = read.payments.iter().filter_map(project).cloned().collect();
        let named: Vec<String> = named.into_iter().collect();
        let dossiers = load::dossiers_by_id(self.tx, &named, self.today)?;
        let mut payments = Vec::new();
        let mut taken = BTreeSet::new();
        for payment in &read.payments {
            let dossier = project(payment).and_then(|project| dossiers.get(project));
            let booked = rows::has_place(self.tx, &payment.place)?
                || dossier.is_some_and(|dossier| by_other_ways(payment, &dossier.entries, &mut taken));
            payments.push(self.proposal(payment, dossier, booked));
        }
        Ok(StatementView {
            payments,
            notes: read.notes.iter().map(|note| self.language.say(note)).collect(),
        })
    }

    /// A payment with what it seems to be for.
    fn proposal(&self, payment: &Payment, of: Option<&Dossier>, booked: bool) -> ProposalView {
        let language = self.language;
        ProposalView {
            day: language.short_day(payment.entered),
            amount: language.money(payment.amount),
            from: payment.from.clone(),
            project_text: of
                .map(|dossier| format!("{} {}", dossier.project.number, dossier.client.card.name))
                .unwrap_or_default(),
            project: of.map(|dossier| dossier.project.id.clone()),
            typed: (
                language.typed(&crate::number::fixed(payment.amount.euro(), 2)),
                language.short_day(payment.entered),
            ),
            reference: written(payment),
            place: payment.place.clone(),
            booked,
        }
    }
}

/// The reference a payment is booked under.
fn written(payment: &Payment) -> String {
    payment
        .reference
        .map_or_else(|| payment.message.clone(), |reference| reference.to_string())
}

/// Whether a payment was booked by hand, or from a file of another form, whose places are others: an entry that looks like it
/// stands for one payment, the first that is none of the statement's own.
fn by_other_ways(payment: &Payment, entries: &[Entry], taken: &mut BTreeSet<String>) -> bool {
    let form = |place: &str| place.split_once(':').map(|(form, _)| form.to_owned());
    let written = written(payment);
    let found = ledger::counting(entries).find(|entry| {
        entry.reference == written
            && entry.day == payment.entered
            && entry.amount == payment.amount
            && form(&entry.place) != form(&payment.place)
            && !taken.contains(&entry.id)
    });
    found.is_some_and(|entry| taken.insert(entry.id.clone()))
}
