//! What of an order can be invoiced now, and what an invoice of it comes to.

use super::{Dossier, Happened};
use crate::invoice::{
    self, Earlier, Invoice, InvoiceKind, InvoiceLine, Party, Settled, Share, Treatment, apportioned, moved, standing,
    without_nothing, without_vat,
};
use crate::ledger::{self, EntryKind};
use crate::money::{Money, VatRate};
use crate::refusal::{NotNow, Refusal};
use crate::terms::ClientKind;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What an invoice is made out with, beside its order.
#[derive(Clone)]
pub struct MadeOut<'a> {
    /// The next number of its series.
    pub number: String,
    /// The day it is dated.
    pub day: NaiveDate,
    /// The house.
    pub seller: Party,
    /// Where it is paid to.
    pub iban: String,
    /// The bank.
    pub bic: String,
    /// How VAT stands on it.
    pub treatment: Treatment,
    /// What proves that goods left the country.
    pub proof: String,
    /// Whether earlier invoices stand as paid before, and not as lines taken off.
    pub deposits_as_paid: bool,
    /// What a line is called that names no piece: what was paid for, or what is taken off.
    pub called: &'a dyn Fn(Called<'_>) -> String,
}

/// What a line without a piece is about.
#[derive(Debug, Clone, Copy)]
pub enum Called<'a> {
    /// A deposit on an order, by its quote's number.
    Deposit(&'a str),
    /// The fee of a valuation, by its project's number.
    Fee(&'a str),
    /// An earlier invoice that is taken off, by number and day.
    TakesOff(&'a str, NaiveDate),
}

impl Dossier {
    /// The final invoice, as long as something of it stands.
    fn final_invoice(&self) -> Option<&Invoice> {
        let is_final = |invoice: &&Invoice| invoice.kind == InvoiceKind::Final;
        let mut finals = self.invoices.iter().filter(is_final);
        finals.find(|invoice| invoice.is_standing(&self.invoices))
    }

    /// What stands of the invoices of a kind, VAT included.
    fn invoiced(&self, kind: InvoiceKind) -> Money {
        let of_kind = self.invoices.iter().filter(|invoice| invoice.kind == kind);
        of_kind.map(|invoice| invoice.open(&self.invoices)).sum()
    }

    /// What was paid towards the order and stands on no deposit invoice.
    #[must_use]
    pub fn paid_without_invoice(&self) -> Money {
        let paid = self.standing().map_or(Money::ZERO, |standing| standing.paid);
        (paid - self.invoiced(InvoiceKind::Deposit)).max(Money::ZERO)
    }

    /// What was paid of the valuation's fee and stands on no invoice.
    #[must_use]
    pub fn fee_without_invoice(&self) -> Money {
        let fees = ledger::counting(&self.entries).filter(|entry| entry.kind == EntryKind::ValuationFee);
        let paid: Money = fees.map(|entry| entry.amount).sum();
        (paid - self.invoiced(InvoiceKind::Fee)).max(Money::ZERO)
    }

    /// What of the valuation's fee comes off the price of the order.
    #[must_use]
    pub fn fee_taken_off(&self) -> Money {
        self.order.as_ref().map_or(Money::ZERO, |order| {
            let gold = order.gold_credit.min(order.totals.total);
            (order.totals.credits - gold).max(Money::ZERO)
        })
    }

    /// Whether an invoice of a kind can be issued now.
    ///
    /// # Errors
    /// Why not: no order yet, nothing paid, not finished, invoiced already, the order ended.
    pub fn may_invoice(&self, kind: InvoiceKind) -> Result<(), Refusal> {
        if kind == InvoiceKind::Credit {
            let open =
                |invoice: &Invoice| invoice.kind != InvoiceKind::Credit && invoice.open(&self.invoices) > Money::ZERO;
            return if self.invoices.iter().any(open) {
                Ok(())
            } else {
                Err(NotNow::InvoiceNone.into())
            };
        }
        // A fee that does not come off the price is a sale of its own.
        if self.final_invoice().is_some() && (kind != InvoiceKind::Fee || self.fee_taken_off() > Money::ZERO) {
            return Err(NotNow::InvoicedAlready.into());
        }
        match kind {
            InvoiceKind::Fee if self.fee_without_invoice() == Money::ZERO => Err(NotNow::InvoiceNothingPaid.into()),
            InvoiceKind::Fee | InvoiceKind::Credit => Ok(()),
            InvoiceKind::Deposit => {
                self.at_work()?;
                if self.paid_without_invoice() == Money::ZERO {
                    return Err(NotNow::InvoiceNothingPaid.into());
                }
                if self.all_delivered() {
                    Err(NotNow::InvoiceFinal.into())
                } else {
                    Ok(())
                }
            }
            InvoiceKind::Final => {
                self.at_work()?;
                if self.finished().is_none() && !self.all_delivered() {
                    return Err(NotNow::NotFinished.into());
                }
                Ok(())
            }
        }
    }

    /// By when a business must have an invoice, where it is due one: of what it paid, or of what was delivered.
    pub(super) fn invoice_due(&self) -> Option<NaiveDate> {
        if self.client.card.kind != ClientKind::Business || self.final_invoice().is_some() || self.order.is_none() {
            return None;
        }
        if self.cancelled().is_some() || self.undone {
            return None;
        }
        let delivered = self
            .happenings
            .iter()
            .find_map(|happening| matches!(happening.what, Happened::Delivered { .. }).then_some(happening.day));
        // The first euro that stands on no invoice: what was invoiced is what came in first.
        let mut left = self.invoiced(InvoiceKind::Deposit);
        let mut payments: Vec<_> = ledger::counting(&self.entries)
            .filter(|entry| entry.kind == EntryKind::Payment && entry.case_id.is_none())
            .collect();
        payments.sort_by_key(|entry| entry.day);
        let paid = payments.into_iter().find_map(|entry| {
            left = left - entry.amount;
            (left < Money::ZERO).then_some(entry.day)
        });
        let since = delivered.into_iter().chain(paid).min()?;
        Some(invoice::due_by(since))
    }

    /// Makes out an invoice.
    ///
    /// # Errors
    /// As [`Dossier::may_invoice`] and [`invoice::may_stand`]; a buyer without an address.
    pub fn makes_out(&self, kind: InvoiceKind, with: MadeOut<'_>) -> Result<Invoice, Refusal> {
        self.may_invoice(kind)?;
        let buyer = Party::buyer(&self.client.card)?;
        let (lines, shares, settled) = match kind {
            InvoiceKind::Deposit => self.of_deposit(with.called)?,
            InvoiceKind::Fee => self.of_fee(with.called),
            // A credit note is made of the invoice it corrects.
            InvoiceKind::Credit => return Err(NotNow::InvoiceNone.into()),
            InvoiceKind::Final => self.of_order(with.called, with.deposits_as_paid)?,
        };
        let rates: Vec<VatRate> = match (&self.order, kind) {
            (Some(order), InvoiceKind::Deposit | InvoiceKind::Final | InvoiceKind::Credit) => {
                super::dossier::lines(&order.form)
                    .iter()
                    .map(|(_, line)| line.vat)
                    .collect()
            }
            (Some(_) | None, _) => vec![VatRate::STANDARD],
        };
        let going = invoice::Going {
            buyer: &buyer,
            country: &self.shipped_to().country,
            proof: &with.proof,
            left: kind != InvoiceKind::Deposit,
        };
        invoice::may_stand(with.treatment, &rates, &self.second_hand(), &going)?;
        let leaves = matches!(with.treatment, Treatment::IntraCommunity | Treatment::Export);
        if kind == InvoiceKind::Final && leaves && !self.all_delivered() {
            return Err(NotNow::InvoiceNotSent.into());
        }
        let total: Money = shares.iter().map(Share::gross).sum();
        let paid: Money = settled.iter().map(|one| one.amount).sum();
        Ok(Invoice {
            kind,
            number: with.number,
            language: self.client.card.language,
            day: with.day,
            supplied: self.supplied(kind),
            seller: with.seller,
            buyer,
            iban: with.iban,
            bic: with.bic,
            reference: String::new(),
            treatment: with.treatment,
            proof: with.proof,
            order: self
                .order
                .as_ref()
                .map_or_else(|| self.project.number.clone(), |order| order.quote.number.clone()),
            lines,
            shares,
            total,
            settled,
            to_pay: total - paid,
            corrects: None,
        })
    }

    /// Makes out a credit note on an invoice.
    ///
    /// # Errors
    /// [`NotNow::InvoiceNone`] for a number that is no invoice of the project, [`NotNow::CreditAboveInvoice`], a reason that is missing.
    pub fn credits(&self, number: &str, amount: Money, why: &str, with: MadeOut<'_>) -> Result<Invoice, Refusal> {
        let invoice = self
            .invoices
            .iter()
            .find(|invoice| invoice.number == number && invoice.kind != InvoiceKind::Credit)
            .ok_or(NotNow::InvoiceNone)?;
        if amount <= Money::ZERO || amount > invoice.open(&self.invoices) {
            return Err(NotNow::CreditAboveInvoice.into());
        }
        if why.trim().is_empty() {
            return Err(Refusal::Missing { field: "reason" });
        }
        let stands = without_nothing(invoice.stands(&self.invoices));
        // All of it goes back as it stands, to the cent of each rate.
        let shares = if amount == invoice.open(&self.invoices) {
            stands
        } else {
            let wholes: Vec<(VatRate, Money)> = stands.iter().map(|share| (share.rate, share.gross())).collect();
            let parts = apportioned(amount, &wholes);
            moved(&parts, &standing(&self.invoices), true)
        };
        let line = |share: &Share| InvoiceLine {
            text: (with.called)(Called::TakesOff(&invoice.number, invoice.day)),
            quantity: if share.base.is_negative() {
                -Decimal::ONE
            } else {
                Decimal::ONE
            },
            net: share.base,
            gross: share.gross(),
            rate: share.rate,
            takes_off: None,
        };
        Ok(Invoice {
            kind: InvoiceKind::Credit,
            number: with.number,
            language: invoice.language,
            day: with.day,
            supplied: invoice.supplied,
            seller: with.seller,
            buyer: invoice.buyer.clone(),
            iban: with.iban,
            bic: with.bic,
            reference: String::new(),
            treatment: invoice.treatment,
            proof: invoice.proof.clone(),
            order: invoice.order.clone(),
            lines: shares.iter().map(line).collect(),
            total: amount,
            settled: Vec::new(),
            to_pay: amount,
            shares,
            corrects: Some(invoice::Corrected {
                number: invoice.number.clone(),
                day: invoice.day,
                why: why.trim().to_owned(),
            }),
        })
    }

    /// Which lines of the order are second-hand pieces.
    fn second_hand(&self) -> Vec<bool> {
        self.order
            .as_ref()
            .map(|order| {
                order
                    .form
                    .lines
                    .iter()
                    .map(|line| line.second_hand || line.delivery)
                    .collect()
            })
            .unwrap_or_default()
    }

    /// The day of what an invoice is for: the last payment, or the last delivery.
    fn supplied(&self, kind: InvoiceKind) -> Option<NaiveDate> {
        let paid = |wanted: EntryKind| {
            let entries = ledger::counting(&self.entries).filter(move |entry| entry.kind == wanted);
            entries.map(|entry| entry.day).max()
        };
        match kind {
            InvoiceKind::Deposit => paid(EntryKind::Payment),
            InvoiceKind::Fee => paid(EntryKind::ValuationFee),
            InvoiceKind::Final | InvoiceKind::Credit => {
                self.last(|happening| matches!(happening.what, Happened::Delivered { .. }).then_some(happening.day))
            }
        }
    }

    fn of_deposit(&self, called: &dyn Fn(Called<'_>) -> String) -> Result<Parts, Refusal> {
        let order = self.ordered()?;
        let before = self.invoiced(InvoiceKind::Deposit) + self.invoiced(InvoiceKind::Fee);
        let amount = self.paid_without_invoice().min(order.totals.total - before);
        if amount <= Money::ZERO {
            return Err(NotNow::InvoiceNothingPaid.into());
        }
        let parts = apportioned(amount, &self.wholes());
        let shares = moved(&parts, &standing(&self.invoices), false);
        let text = called(Called::Deposit(&order.quote.number));
        Ok((priced(&shares, &text), shares, vec![paid("money-paid", amount)]))
    }

    fn of_fee(&self, called: &dyn Fn(Called<'_>) -> String) -> Parts {
        let amount = self.fee_without_invoice();
        let parts = apportioned(amount, &[(VatRate::STANDARD, amount)]);
        let shares = moved(&parts, &standing(&self.invoices), false);
        let text = called(Called::Fee(&self.project.number));
        (priced(&shares, &text), shares, vec![paid("money-paid", amount)])
    }

    /// Every line of the order, and off it what was invoiced before, each by its number.
    fn of_order(&self, called: &dyn Fn(Called<'_>) -> String, deposits_as_paid: bool) -> Result<Parts, Refusal> {
        let order = self.ordered()?;
        let typed = super::dossier::lines(&order.form);
        let gross: Vec<(VatRate, Money)> = typed
            .iter()
            .zip(&order.totals.lines)
            .map(|((_, line), amount)| (line.vat, *amount))
            .collect();
        let net = without_vat(&gross);
        let mut lines: Vec<InvoiceLine> = typed
            .iter()
            .zip(gross.iter().zip(net))
            .map(|((text, line), ((rate, gross), net))| InvoiceLine {
                text: text.clone(),
                quantity: line.quantity,
                net,
                gross: *gross,
                rate: *rate,
                takes_off: None,
            })
            .collect();
        let mut shares: Vec<Share> = order.totals.vat.iter().map(Share::from).collect();
        let mut settled = Vec::new();
        for before in &self.invoices {
            let comes_off = match before.kind {
                InvoiceKind::Deposit => true,
                InvoiceKind::Fee => self.fee_taken_off() > Money::ZERO,
                InvoiceKind::Final | InvoiceKind::Credit => false,
            };
            if !comes_off {
                continue;
            }
            if deposits_as_paid {
                let open = before.open(&self.invoices);
                settled.push(Settled {
                    invoice: Some(Earlier {
                        number: before.number.clone(),
                        day: before.day,
                        shares: before.stands(&self.invoices),
                    }),
                    ..paid(&called(Called::TakesOff(&before.number, before.day)), open)
                });
                continue;
            }
            for share in before.stands(&self.invoices) {
                if share.gross() == Money::ZERO {
                    continue;
                }
                lines.push(InvoiceLine {
                    text: called(Called::TakesOff(&before.number, before.day)),
                    quantity: -Decimal::ONE,
                    net: -share.base,
                    gross: -share.gross(),
                    rate: share.rate,
                    takes_off: Some((before.number.clone(), before.day)),
                });
                invoice::add(&mut shares, share.taken_off());
            }
        }
        let gold = order.gold_credit.min(order.totals.total);
        let fee = self.fee_taken_off().min(self.fee_without_invoice());
        settled.extend([
            paid("quote-gold-credit", gold),
            paid("quote-fee-credit", fee.max(Money::ZERO)),
            paid("money-paid", self.paid_without_invoice()),
        ]);
        settled.retain(|one| one.amount != Money::ZERO);
        Ok((lines, shares, settled))
    }
}

/// The lines of an invoice, its VAT a rate at a time, and what was paid towards it.
type Parts = (Vec<InvoiceLine>, Vec<Share>, Vec<Settled>);

fn paid(what: &str, amount: Money) -> Settled {
    Settled {
        what: what.to_owned(),
        amount,
        invoice: None,
    }
}

/// A line for each rate, of the same text.
fn priced(shares: &[Share], text: &str) -> Vec<InvoiceLine> {
    let line = |share: &Share| InvoiceLine {
        text: text.to_owned(),
        quantity: Decimal::ONE,
        net: share.base,
        gross: share.gross(),
        rate: share.rate,
        takes_off: None,
    };
    shares.iter().map(line).collect()
}
