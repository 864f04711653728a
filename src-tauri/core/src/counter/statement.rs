//! A bank statement at the counter: its payments, matched by structured reference to what was asked for, and proposed;
//! nothing is booked without somebody's yes.

use super::load;
use super::lookup::Lookup;
use crate::ledger;
use crate::order::{Dossier, Happened};
use crate::payment::{Iban, Ogm};
use crate::statement::{self, Payment};
use crate::store::Done;
use crate::store::happenings::{self, To};
use serde::Serialize;
use std::collections::BTreeMap;
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
    /// Whether a payment with that reference, day and amount is booked already, one for each that stands on the statement.
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
        let mut asked: BTreeMap<Ogm, String> = BTreeMap::new();
        for request in happenings::all::<Happened>(self.tx, To::Project, "requested")? {
            if let Happened::Requested { ogm, .. } = &request.what
                && let Some(ogm) = Ogm::parse(ogm)
            {
                asked.insert(ogm, request.of);
            }
        }
        let mut payments = Vec::new();
        for (at, payment) in read.payments.iter().enumerate() {
            let project = payment.reference.and_then(|ogm| asked.get(&ogm));
            let dossier = project.map(|id| load::dossier(self.tx, id, self.today)).transpose()?;
            let same_before = read.payments[..at]
                .iter()
                .filter(|other| is_same(other, payment))
                .count();
            payments.push(self.proposal(payment, dossier.as_ref(), same_before));
        }
        Ok(StatementView {
            payments,
            notes: read.notes.iter().map(|note| self.language.say(note)).collect(),
        })
    }

    /// A payment with what it seems to be for; of several that look alike, `same_before` stand before it.
    fn proposal(&self, payment: &Payment, of: Option<&Dossier>, same_before: usize) -> ProposalView {
        let language = self.language;
        let written = written(payment);
        let booked = of.is_some_and(|dossier| {
            let alike = ledger::counting(&dossier.entries).filter(|entry| {
                entry.reference == written && entry.day == payment.entered && entry.amount == payment.amount
            });
            alike.count() > same_before
        });
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
            reference: written,
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

fn is_same(one: &Payment, other: &Payment) -> bool {
    one.entered == other.entered && one.amount == other.amount && written(one) == written(other)
}
