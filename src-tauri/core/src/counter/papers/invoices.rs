//! Invoices and their credit notes, issued from an order's dossier.

use super::super::work::Work;
use super::orders::{self, letter};
use super::{Of, keep_paper};
use crate::grounds::{Fact, Message};
use crate::invoice::{Invoice, InvoiceKind, Party, Treatment};
use crate::money::Money;
use crate::order::Dossier;
use crate::order::booking::takes_transfers;
use crate::order::invoicing::{Called, MadeOut};
use crate::paper::invoice::invoice as paper_of;
use crate::paper::kind::PaperKind;
use crate::paper::letter::Letter;
use crate::payment::Iban;
use crate::refusal::{NotNow, Refusal};
use crate::store::{Done, invoices};

/// The paper of a kind of invoice.
const fn paper_kind(kind: InvoiceKind) -> PaperKind {
    match kind {
        InvoiceKind::Deposit => PaperKind::DepositInvoice,
        InvoiceKind::Fee | InvoiceKind::Final => PaperKind::Invoice,
        InvoiceKind::Credit => PaperKind::InvoiceCredit,
    }
}

/// Issues an invoice.
///
/// # Errors
/// As [`Dossier::makes_out`]; a house that is no seller yet; a clock that stands before the last invoice's day.
pub(crate) fn issue(
    work: &mut Work<'_>,
    dossier: &Dossier,
    kind: InvoiceKind,
    treatment: Treatment,
    proof: String,
) -> Done<String> {
    issued(work, dossier, kind, |with| {
        dossier.makes_out(
            kind,
            MadeOut {
                treatment,
                proof,
                ..with
            },
        )
    })
}

/// Issues a credit note on an invoice.
///
/// # Errors
/// As [`Dossier::credits`].
pub(crate) fn credit(work: &mut Work<'_>, dossier: &Dossier, number: &str, amount: Money, why: &str) -> Done<String> {
    issued(work, dossier, InvoiceKind::Credit, |with| {
        dossier.credits(number, amount, why, with)
    })
}

fn issued(
    work: &mut Work<'_>,
    dossier: &Dossier,
    kind: InvoiceKind,
    made: impl FnOnce(MadeOut<'_>) -> Result<Invoice, Refusal>,
) -> Done<String> {
    let house = super::super::work::house(work.tx)?.identity;
    let seller = Party::seller(&house)?;
    let day = work.context.today();
    // A series of invoices runs on in time.
    if invoices::last_day(work.tx)?.is_some_and(|last| last > day) {
        return Err(NotNow::InvoiceDayBack.into());
    }
    let mut letter = letter(work, dossier, paper_kind(kind))?;
    let iban = Iban::parse(&house.iban)
        .ok()
        .filter(|_| takes_transfers(&dossier.terms));
    let mut invoice = made(MadeOut {
        number: letter.number.clone(),
        day,
        seller,
        iban: iban.as_ref().map(ToString::to_string).unwrap_or_default(),
        bic: if iban.is_some() {
            house.bic.clone()
        } else {
            String::new()
        },
        treatment: Treatment::Domestic,
        deposits_as_paid: house.deposits_as_paid,
        proof: String::new(),
        called: &|called| called_in(&letter, called),
    })?;
    // A credit note goes to whom its invoice went to, in its language.
    letter.language = invoice.language;
    letter.client = invoice.buyer.lines();
    let mut transfer = None;
    if invoice.asks_to_be_paid() {
        let reference = work.reference()?;
        invoice.reference = reference.to_string();
        transfer = Some(orders::transfer(
            &house,
            iban.as_ref(),
            invoice.to_pay,
            reference,
            letter.language,
        ));
    }
    let project = &dossier.project.id;
    let paper = keep_paper(
        work,
        paper_kind(kind),
        &invoice.number,
        Of::Project(project),
        &paper_of(&letter, &invoice, transfer.as_ref()),
    )?;
    let (id, moment) = (work.ids.next(), work.context.moment());
    invoices::issue(work.tx, &id, project, &paper, &invoice, &moment, &work.context.who)?;
    Ok(paper)
}

/// What a line is called that names no piece, in the letter's language.
fn called_in(letter: &Letter, called: Called<'_>) -> String {
    let message = match called {
        Called::Deposit(order) => Message::new("invoice-line-deposit").with("order", Fact::Text(order.to_owned())),
        Called::Fee(project) => Message::new("invoice-line-fee").with("project", Fact::Text(project.to_owned())),
        Called::TakesOff(number, day) => Message::new("invoice-line-takes-off")
            .with("number", Fact::Text(number.to_owned()))
            .with("day", Fact::Day(day)),
    };
    letter.language.say(&message)
}
