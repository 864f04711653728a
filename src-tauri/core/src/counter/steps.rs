//! Everything staff do to an order, from the client's yes to the last component: each a form of a few fields, each refused
//! with the reason while the facts do not allow it.
//!
//! [`Lookup::next`] says which can be done now and with which fields; the functions below do them. Both look at the same
//! dossier.

use super::desk::OptionView;
use super::fields::{Fields, personal};
use super::load;
use super::papers;
use super::personal::{credit_is_left, store_credit};
use super::question::Lookup;
use super::view;
use super::{Outcome, Work};
use crate::aftersales::STORE_CREDIT;
use crate::aftersales::cancel::{self, Ordered, Told};
use crate::calendar::{Span, later};
use crate::custody::{Fate, Place};
use crate::form::Reader;
use crate::intake::{Given, Signature};
use crate::ledger::{self, Ended, EndedBy, Entry, EntryKind};
use crate::money::{Money, rounded_for_cash};
use crate::order::Dossier;
use crate::order::{Happened, Happening, Personal};
use crate::paper::Sheet;
use crate::paper::layout::printable;
use crate::payment::Ogm;
use crate::refusal::{NotNow, Refusal};
use crate::store::happenings::To;
use crate::store::{Done, happenings, ledger as ledger_rows, projects};
use crate::terms::{ClientKind, Concluded, Consent, Method, ProjectKind, Terms, name_of, word};
use crate::termsheet::{CONCLUDED, MADE};
use crate::words::Language;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A step that can be taken on an order, as typed. Days are empty for today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "step", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub enum Step {
    /// The client accepts the newest version of the quote, on screen, on paper, or by mail.
    AcceptQuote {
        channel: String,
        day: String,
        words: String,
        signature: Signature,
    },
    /// The client declines it.
    DeclineQuote { day: String, reason: String },
    /// The client gives consents the house asks for.
    GiveConsents {
        consents: Vec<String>,
        signature: Signature,
    },
    /// The house asks for a payment, `deposit` or `balance`.
    RequestPayment { kind: String, due: String },
    /// The house receives a payment.
    BookPayment {
        amount: String,
        method: String,
        day: String,
        reference: String,
    },
    /// The valuation fee is paid after the intake.
    BookFee { method: String, day: String },
    /// An entry was booked wrongly: a correction undoes it.
    CorrectEntry { entry: String, reason: String },
    /// The house gives money back.
    BookRefund {
        amount: String,
        method: String,
        day: String,
        note: String,
    },
    /// A design is shown.
    ShowDesign { photo: String, note: String, day: String },
    /// The client approves the design shown last, or sends it back.
    AnswerDesign { answer: String, day: String, words: String },
    /// Production stands still.
    Suspend { first: String, reason: String },
    /// It goes on; `last` is the last day that did not count.
    Resume { last: String },
    /// The house proposes a new day of completion.
    ChangeDate { latest: String, cause: String },
    /// The client takes the new day, or ends the order.
    AnswerDate { answer: String, day: String },
    /// The finger is measured, in the scale the house uses.
    NoteSize { finger: String },
    /// A step of the workshop is done.
    TickStep { done: String },
    /// Components go to a place, signed for.
    MoveComponents {
        components: Vec<String>,
        place: String,
        holder: String,
        signature: Signature,
    },
    /// Components meet their fate.
    SettleComponents {
        components: Vec<String>,
        fate: String,
        note: String,
        signature: Signature,
    },
    /// A metal part is weighed out of its settings.
    WeighMetal { metal: String, gross: String },
    /// The new piece is finished.
    Finish { day: String },
    /// The order, or a part of it, is collected or shipped.
    Deliver {
        how: String,
        items: String,
        carrier: String,
        tracking: String,
        last: String,
        day: String,
        signature: Signature,
    },
    /// A shipped delivery came into the client's hands.
    ConfirmPossession { delivery: String, day: String },
    /// The order is ended.
    Cancel {
        by: String,
        reason: String,
        kept: String,
        day: String,
        /// How the contract came about, what was ordered, and whether it can be restocked at no cost. Entries written before
        /// that was asked hold none of it.
        #[serde(default)]
        concluded: Option<String>,
        #[serde(default)]
        made: Option<String>,
        #[serde(default)]
        restockable: Option<String>,
    },
    /// The client is reminded to collect; a registered letter has a number.
    Remind { registered: String, day: String },
    /// A paper is printed: `job-card`, `order-sheet`, `withdrawal-information`, `withdrawal-form`, `labels`, `label-sheet` or
    /// `justice-file`.
    Print { paper: String },
}

/// A field of a step.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct StepField {
    pub name: String,
    pub label: String,
    /// `text`, `long`, `figure`, `day`, `choice`, `choices`, `photo` or `signature`.
    pub kind: String,
    pub unit: String,
    pub options: Vec<OptionView>,
    pub value: String,
}

/// What can be done next, or why it cannot.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct NextView {
    pub step: String,
    pub label: String,
    pub group: String,
    pub fields: Vec<StepField>,
    pub refused: Option<String>,
    /// What to know before it is done.
    pub warning: Option<String>,
    /// Whether it is what the project waits for.
    pub main: bool,
}

/// The steps of the house's own workshop, in their order.
pub(super) const WORKSHOP: [&str; 6] = [
    "step-unmount",
    "step-melt",
    "step-shape",
    "step-set",
    "step-polish",
    "step-check",
];

/// The means of payment the terms name.
pub(super) fn methods(terms: &Terms) -> Vec<String> {
    let all = [
        "transfer",
        "bancontact",
        "credit-card",
        "visa",
        "mastercard",
        "discover",
        "amex",
        "paypal",
        "ideal",
        "cash",
    ];
    match terms.payment.methods.value() {
        // What was agreed may be anything.
        Some(methods) if !methods.contains(&Method::Agreed) => methods.iter().map(name_of).collect(),
        Some(_) | None => all.map(str::to_owned).to_vec(),
    }
}

impl Lookup<'_> {
    /// What can be done next, and what cannot, with the reason.
    pub(super) fn next(&self, dossier: &Dossier, credit: Money) -> Vec<NextView> {
        let language = self.language;
        let day = |name: &str| self.day_field(name);
        let text = |name: &str| self.empty_field(name, "text");
        let long = |name: &str| self.empty_field(name, "long");
        let sign = || self.empty_field("signature", "signature");
        let choice = |name: &str, words: &[&str]| self.choice_field(name, words);
        let amount = |value: Money| language.typed(&crate::number::fixed(value.euro(), 2));
        let open = dossier.standing().map(|standing| {
            if standing.deposit_open > Money::ZERO {
                standing.deposit_open
            } else {
                standing.open
            }
        });
        let components = || {
            let loose = dossier.loose();
            self.step_field(
                "components",
                "choices",
                component_names(dossier, language)
                    .into_iter()
                    .filter(|option| loose.contains(&option.value))
                    .collect(),
                String::new(),
            )
        };
        let mut next = Vec::new();
        let mut add = |step: &str, group: &str, may: Result<(), Refusal>, main: bool, fields: Vec<StepField>| {
            next.push(NextView {
                step: step.to_owned(),
                label: language.word(&format!("step-{step}")),
                group: group.to_owned(),
                warning: (step == "cancel").then(|| self.cancel_warning(dossier)).flatten(),
                refused: may.err().map(|refusal| language.refusal(&refusal)),
                main,
                fields,
            });
        };
        let stage = dossier.stage();
        let waits = |wanted: &[crate::order::Stage]| wanted.contains(&stage);
        use crate::order::Stage;
        let paid_by = || {
            let mut methods = methods(&dossier.terms);
            if credit > Money::ZERO {
                methods.push(STORE_CREDIT.to_owned());
            }
            let first = methods.first().cloned().unwrap_or_default();
            self.step_field("method", "choice", self.choice(methods), first)
        };
        if dossier.may_book_fee().is_ok() {
            add("book-fee", "money", Ok(()), false, vec![paid_by(), day("day")]);
        }
        let wrong: Vec<OptionView> = dossier
            .correctable()
            .into_iter()
            .map(|entry| OptionView {
                text: format!("{} · {}", language.short_day(entry.day), language.money(entry.amount)),
                value: entry.id,
            })
            .collect();
        if let Some(first) = wrong.first().map(|option| option.value.clone()) {
            add(
                "correct-entry",
                "money",
                Ok(()),
                false,
                vec![self.step_field("entry", "choice", wrong, first), long("reason")],
            );
        }
        if dossier.order.is_none() {
            let missing = dossier.consents_missing();
            if !missing.is_empty() {
                let options = missing
                    .iter()
                    .map(|consent| OptionView {
                        value: consent.name(),
                        text: language.word(&format!("consent-text-{}", consent.name())),
                    })
                    .collect();
                let consents = self.step_field("consents", "choices", options, String::new());
                add(
                    "give-consents",
                    "quote",
                    Ok(()),
                    !dossier.quotes.is_empty(),
                    vec![consents, sign()],
                );
            }
            if !dossier.quotes.is_empty() {
                let channel = choice("channel", &["screen", "paper", "mail"]);
                add(
                    "accept-quote",
                    "quote",
                    dossier.may_accept(),
                    waits(&[Stage::Quoted]),
                    vec![channel, day("day"), long("words"), sign()],
                );
                add(
                    "decline-quote",
                    "quote",
                    dossier.open_quote().map(drop),
                    false,
                    vec![day("day"), long("reason")],
                );
            }
        } else {
            let method = paid_by;
            let due = self.step_field("due", "day", Vec::new(), language.short_day(later(self.today, 7)));
            let kinds: &[&str] = if dossier
                .standing()
                .is_some_and(|standing| standing.deposit_open > Money::ZERO)
            {
                &["deposit", "balance"]
            } else {
                &["balance"]
            };
            add(
                "request-payment",
                "money",
                dossier.may_request(),
                false,
                vec![choice("kind", kinds), due],
            );
            let sum = self.step_field("amount", "figure", Vec::new(), open.map(amount).unwrap_or_default());
            add(
                "book-payment",
                "money",
                dossier.ordered().map(drop),
                open.is_some_and(|open| open > Money::ZERO) && waits(&[Stage::Ordered, Stage::Finished]),
                vec![sum, method(), day("day"), text("reference")],
            );
            let refundable = dossier.may_refund();
            let back = self.step_field(
                "amount",
                "figure",
                Vec::new(),
                refundable.as_ref().copied().map(amount).unwrap_or_default(),
            );
            add(
                "book-refund",
                "money",
                refundable.map(drop),
                dossier.cancelled().is_some(),
                vec![back, method(), day("day"), text("note")],
            );
            if dossier.project.kind != ProjectKind::Stock {
                let photo = self.step_field("photo", "photo", Vec::new(), String::new());
                add(
                    "show-design",
                    "design",
                    dossier.may_work(),
                    dossier.design().is_none_or(|(_, answer)| answer == Some(false)),
                    vec![photo, long("note"), day("day")],
                );
                let answer = choice("answer", &["approved", "sent-back"]);
                add(
                    "answer-design",
                    "design",
                    dossier.may_answer_design().map(drop),
                    matches!(dossier.design(), Some((_, None))),
                    vec![answer, day("day"), long("words")],
                );
            }
            let reason = choice("reason", &["force-majeure", "waiting-for-client"]);
            if dossier.paused().is_some() {
                add("resume", "production", dossier.may_work(), true, vec![day("last")]);
            } else {
                add(
                    "suspend",
                    "production",
                    dossier.may_work(),
                    false,
                    vec![day("first"), reason],
                );
            }
            let pending = dossier.proposed();
            add(
                "change-date",
                "production",
                dossier.may_work(),
                false,
                vec![
                    self.step_field("latest", "day", Vec::new(), String::new()),
                    choice("cause", &["late", "suspension", "client-wish"]),
                ],
            );
            if let Some((_, cause)) = &pending {
                // Only a house that is late leaves the client the end of the order (LV art. 7).
                let answers: &[&str] = if cause == "late" {
                    &["new-date", "termination"]
                } else {
                    &["new-date", "keep-date"]
                };
                add(
                    "answer-date",
                    "production",
                    dossier.may_work(),
                    true,
                    vec![choice("answer", answers), day("day")],
                );
            }
            add(
                "note-size",
                "production",
                dossier.may_work(),
                false,
                vec![text("finger")],
            );
            let left: Vec<&str> = WORKSHOP
                .into_iter()
                .filter(|step| !ticked(dossier).iter().any(|done| done == step))
                .collect();
            if !left.is_empty() {
                let options = left
                    .iter()
                    .map(|step| OptionView {
                        value: (*step).to_owned(),
                        text: language.word(step),
                    })
                    .collect();
                let step = self.step_field(
                    "done",
                    "choice",
                    options,
                    left.first().copied().unwrap_or_default().to_owned(),
                );
                add("tick-step", "production", dossier.may_work(), false, vec![step]);
            }
            add(
                "finish",
                "production",
                dossier.may_finish(),
                waits(&[Stage::InProduction]),
                vec![day("day")],
            );
            let carriers = dossier
                .terms
                .delivery
                .carriers
                .value()
                .cloned()
                .unwrap_or_default()
                .join(", ");
            let carrier = self.step_field(
                "carrier",
                "text",
                Vec::new(),
                carriers.split(',').next().unwrap_or_default().to_owned(),
            );
            let fields = vec![
                choice("how", &["collection", "carrier"]),
                text("items"),
                carrier,
                text("tracking"),
                choice("last", &["yes", "no"]),
                day("day"),
                sign(),
            ];
            add(
                "deliver",
                "delivery",
                dossier.may_deliver(),
                waits(&[Stage::Finished]) && open == Some(Money::ZERO),
                fields,
            );
            let on_the_way: Vec<OptionView> = dossier
                .deliveries()
                .into_iter()
                .filter(|(_, possessed)| possessed.is_none())
                .map(|(delivery, _)| OptionView {
                    value: delivery.id.clone(),
                    text: language.day(delivery.day),
                })
                .collect();
            if let Some(first) = on_the_way.first().map(|option| option.value.clone()) {
                add(
                    "confirm-possession",
                    "delivery",
                    Ok(()),
                    true,
                    vec![self.step_field("delivery", "choice", on_the_way, first), day("day")],
                );
            }
            add(
                "remind",
                "delivery",
                dossier.may_remind(),
                false,
                vec![text("registered"), day("day")],
            );
            add(
                "cancel",
                "end",
                dossier.may_cancel(),
                false,
                self.cancel_fields(dossier),
            );
            add(
                "print",
                "papers",
                dossier.ordered().map(drop),
                false,
                vec![choice(
                    "paper",
                    &[
                        "job-card",
                        "order-sheet",
                        "withdrawal-information",
                        "withdrawal-form",
                        "labels",
                        "label-sheet",
                        "justice-file",
                    ],
                )],
            );
        }
        if !dossier.pieces.is_empty() {
            let place = choice("place", &["setter", "cutter", "laboratory", "house"]);
            add(
                "move-components",
                "custody",
                dossier.may_settle(),
                false,
                vec![components(), place, text("holder"), sign()],
            );
            let fate = choice("fate", &["set", "melted", "returned", "waiver", "lost", "broken"]);
            add(
                "settle-components",
                "custody",
                dossier.may_settle(),
                dossier.possession().is_some() && dossier.may_settle().is_ok(),
                vec![components(), fate, long("note"), sign()],
            );
            let metals: Vec<OptionView> = component_names(dossier, language)
                .into_iter()
                .filter(|option| {
                    dossier
                        .pieces
                        .iter()
                        .flat_map(|piece| &piece.metals)
                        .any(|(id, _)| *id == option.value)
                })
                .collect();
            if let Some(first) = metals.first().map(|option| option.value.clone()) {
                let gross = self.step_field("gross", "figure", Vec::new(), String::new());
                add(
                    "weigh-metal",
                    "custody",
                    dossier.may_settle(),
                    false,
                    vec![self.step_field("metal", "choice", metals, first), gross],
                );
            }
        }
        next
    }
}

impl Lookup<'_> {
    /// What ending an order asks: what the rules of after-sales ask of a client who cancels.
    fn cancel_fields(&self, dossier: &Dossier) -> Vec<StepField> {
        let chosen = |name: &str, words: &[&str], value: String| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            self.step_field(name, "choice", self.choice(words), value)
        };
        // Who accepted by mail bought at a distance; a paper signed and sent back is no purchase in the shop: it is asked.
        let concluded = match papers::cases::concluded(dossier) {
            Concluded::Distance => name_of(&Concluded::Distance),
            Concluded::OffPremises | Concluded::InPerson => String::new(),
        };
        let made = name_of(&ledger::made(dossier.project.kind));
        let mut fields = vec![
            self.choice_field("by", &["client", "house", "agreement"]),
            chosen("concluded", CONCLUDED, concluded),
            chosen("made", MADE, made),
        ];
        if cancel::asks_restocking(&dossier.terms) {
            fields.push(chosen("restockable", &["yes", "no"], String::new()));
        }
        fields.extend([
            self.empty_field("reason", "long"),
            self.empty_field("kept", "figure"),
            self.day_field("day"),
        ]);
        fields
    }

    /// What to know before a client's order is ended.
    fn cancel_warning(&self, dossier: &Dossier) -> Option<String> {
        if dossier.deposit_may_be_contested() {
            Some(self.language.word("instead-deposit-kept"))
        } else if dossier.client.card.kind == ClientKind::Consumer && !dossier.project.kind.is_own_design() {
            Some(self.language.word("ground-withdrawal-first"))
        } else {
            None
        }
    }
}

/// The workshop's steps that were ticked.
pub(super) fn ticked(dossier: &Dossier) -> Vec<String> {
    let mut done = Vec::new();
    for happening in &dossier.happenings {
        if let Happened::Ticked { step } = &happening.what {
            done.push(step.clone());
        }
    }
    done
}

/// Every component by its id, named with its piece.
pub(super) fn component_names(dossier: &Dossier, language: Language) -> Vec<OptionView> {
    let mut names = Vec::new();
    for piece in &dossier.pieces {
        let stones = piece.stones.iter().map(|(id, read, _)| {
            (
                id,
                format!(
                    "{}, {}",
                    view::stone_name(language, read),
                    view::stone_weight(language, read)
                ),
            )
        });
        let metals = piece.metals.iter().map(|(id, read)| {
            (
                id,
                format!(
                    "{}, {}",
                    view::metal_name(language, read),
                    language.grams(read.part.gross_g)
                ),
            )
        });
        names.extend(stones.chain(metals).map(|(id, name)| OptionView {
            value: id.clone(),
            text: format!("{} · {name}", piece.envelope),
        }));
    }
    names
}

/// A step at work.
struct Taking<'a, 'b> {
    work: &'a mut Work<'b>,
    dossier: Dossier,
    form: Fields,
}

/// Takes a step on a project.
pub(super) fn take(work: &mut Work<'_>, project: &str, step: &Step) -> Done<Outcome> {
    let dossier = load::dossier(work.tx, project, work.context.today())?;
    let form = Fields::on(work.context.today());
    let paper = Taking { work, dossier, form }.step(step)?;
    Ok(Outcome {
        project: Some(project.to_owned()),
        paper,
        ..Outcome::default()
    })
}

impl Taking<'_, '_> {
    fn step(&mut self, step: &Step) -> Done<Option<String>> {
        match step {
            Step::AcceptQuote {
                channel,
                day,
                words,
                signature,
            } => self.accept(channel, day, words, signature),
            Step::DeclineQuote { day, reason } => self.decline(day, reason),
            Step::GiveConsents { consents, signature } => self.consents(consents, signature),
            Step::RequestPayment { kind, due } => self.request(kind, due),
            Step::BookPayment {
                amount,
                method,
                day,
                reference,
            } => self.pay(amount, method, day, reference),
            Step::BookFee { method, day } => self.book_fee(method, day),
            Step::CorrectEntry { entry, reason } => self.correct(entry, reason),
            Step::BookRefund {
                amount,
                method,
                day,
                note,
            } => self.refund(amount, method, day, note),
            Step::ShowDesign { photo, note, day } => self.show(photo, note, day),
            Step::AnswerDesign { answer, day, words } => self.answer_design(answer, day, words),
            Step::Suspend { first, reason } => self.suspend(first, reason),
            Step::Resume { last } => self.resume(last),
            Step::ChangeDate { latest, cause } => self.change_date(latest, cause),
            Step::AnswerDate { answer, day } => self.answer_date(answer, day),
            Step::NoteSize { finger } => self.size(finger),
            Step::TickStep { done } => self.tick(done),
            Step::MoveComponents {
                components,
                place,
                holder,
                signature,
            } => self.move_components(components, place, holder, signature),
            Step::SettleComponents {
                components,
                fate,
                note,
                signature,
            } => self.settle(components, fate, note, signature),
            Step::WeighMetal { metal, gross } => self.weigh(metal, gross),
            Step::Finish { day } => self.finish(day),
            Step::Deliver {
                how,
                items,
                carrier,
                tracking,
                last,
                day,
                signature,
            } => self.deliver(&Handing {
                how,
                items,
                carrier,
                tracking,
                last: last != "no",
                day,
                signature,
            }),
            Step::ConfirmPossession { delivery, day } => self.possess(delivery, day),
            Step::Cancel {
                by,
                reason,
                kept,
                day,
                concluded,
                made,
                restockable,
            } => self.cancel(by, reason, kept, day, &[concluded, made, restockable]),
            Step::Remind { registered, day } => self.remind(registered, day),
            Step::Print { paper } => self.print(paper),
        }
    }

    /// A day as typed. Nothing happens to an order before it is one, nor to a project before it is opened.
    fn day(&self, text: &str) -> Done<NaiveDate> {
        self.form.day(
            text,
            self.dossier
                .order
                .as_ref()
                .map_or(self.dossier.project.opened, |order| order.accepted.day),
        )
    }

    fn personal(&self, words: &str, signature: &Signature) -> Personal {
        personal(words, signature, &self.dossier.client.card.name)
    }

    fn happens(&mut self, day: NaiveDate, what: Happened, personal: Personal) -> Done<Happening> {
        let happening = Happening {
            id: self.work.ids.next(),
            of: self.dossier.project.id.clone(),
            day,
            what,
            personal,
            at: self.work.context.moment(),
            by: self.work.context.who.clone(),
        };
        happenings::add(self.work.tx, To::Project, &happening)?;
        // The dossier is what happened: it is read anew before a paper is made of it.
        self.dossier = load::dossier(self.work.tx, &self.dossier.project.id, self.dossier.today)?;
        Ok(happening)
    }

    fn accept(&mut self, channel: &str, day: &str, words: &str, signature: &Signature) -> Done<Option<String>> {
        self.dossier.may_accept()?;
        let day = self.day(day)?;
        let words = self.form.text("words", words)?;
        let quote = self.dossier.open_quote()?.clone();
        if day > quote.valid_until || day < first_day(&quote.issued_at) {
            return Err(NotNow::QuoteLapsed.into());
        }
        match (channel, signature) {
            ("screen", Signature::Screen { strokes }) if !strokes.is_empty() => {}
            ("screen", _) => return Err(Refusal::Missing { field: "signature" }.into()),
            ("mail", _) if words.is_empty() => return Err(Refusal::Missing { field: "words" }.into()),
            ("paper" | "mail", _) => {}
            _ => return Err(Refusal::Missing { field: "channel" }.into()),
        }
        let terms = crate::store::terms::get(self.work.tx, &quote.terms_id)?.terms;
        let deposit = crate::quote::deposit(self.dossier.project.kind, quote.total, quote.to_pay, &terms);
        let personal = self.personal(&words, signature);
        self.happens(
            day,
            Happened::Accepted {
                quote: quote.id,
                deposit,
                channel: channel.to_owned(),
            },
            personal,
        )?;
        papers::orders::confirmation(self.work, &self.dossier).map(Some)
    }

    fn decline(&mut self, day: &str, reason: &str) -> Done<Option<String>> {
        let quote = self.dossier.open_quote()?.id.clone();
        let day = self.day(day)?;
        let reason = self.form.needed("reason", reason)?;
        self.happens(day, Happened::Declined { quote, reason }, Personal::default())?;
        Ok(None)
    }

    fn consents(&mut self, consents: &[String], signature: &Signature) -> Done<Option<String>> {
        let missing = self.dossier.consents_missing();
        let given: Vec<Consent> = consents
            .iter()
            .filter_map(|consent| word(consent))
            .filter(|consent| missing.contains(consent))
            .collect();
        if given.is_empty() {
            return Err(Refusal::Missing { field: "consents" }.into());
        }
        for consent in &given {
            projects::consent(
                self.work.tx,
                &self.dossier.project.id,
                &Given {
                    consent: *consent,
                    at: self.work.context.moment(),
                },
            )?;
        }
        let personal = self.personal("", signature);
        papers::orders::consents(self.work, &self.dossier, &given, &personal).map(Some)
    }

    fn request(&mut self, kind: &str, due: &str) -> Done<Option<String>> {
        self.dossier.may_request()?;
        let standing = self.dossier.standing().ok_or(NotNow::NotOrdered)?;
        let amount = match kind {
            "deposit" if standing.deposit_open > Money::ZERO => standing.deposit_open,
            "balance" if standing.open > standing.deposit_open => standing.open - standing.deposit_open,
            _ => return Err(NotNow::NothingOpen.into()),
        };
        let due = self.form.any_day(due)?;
        let number = self.work.tx.next_number("reference", 0)?;
        let ogm = u64::try_from(number)
            .ok()
            .and_then(Ogm::of)
            .ok_or(NotNow::NothingOpen)?;
        let what = Happened::Requested {
            kind: kind.to_owned(),
            amount,
            ogm: ogm.to_string(),
            due,
        };
        self.happens(self.dossier.today, what, Personal::default())?;
        papers::orders::request(self.work, &self.dossier, kind, amount, ogm, due).map(Some)
    }

    fn book_fee(&mut self, method: &str, day: &str) -> Done<Option<String>> {
        self.dossier.may_book_fee()?;
        let day = self.day(day)?;
        if !methods(&self.dossier.terms).iter().any(|known| known == method) {
            return Err(NotNow::Method.into());
        }
        let fee = self.dossier.project.fee;
        if method == "cash" {
            ledger::cash_allowed(fee, &self.dossier.entries, &self.dossier.terms)?;
        }
        let id = self.work.ids.next();
        let entry = Entry {
            id,
            corrects: None,
            case_id: None,
            kind: EntryKind::ValuationFee,
            method: method.to_owned(),
            amount: fee,
            rounding: Money::ZERO,
            day,
            reference: String::new(),
            note: String::new(),
        };
        self.book(&entry)?;
        papers::orders::receipt(self.work, &self.dossier, &entry).map(Some)
    }

    fn correct(&mut self, entry: &str, reason: &str) -> Done<Option<String>> {
        let reason = self.form.needed("reason", reason)?;
        let wrong = self
            .dossier
            .correctable()
            .into_iter()
            .find(|found| found.id == entry)
            .ok_or(Refusal::NotFound)?;
        credit_is_left(self.work.tx, &self.dossier.client.id, &wrong)?;
        let correction = Entry {
            id: self.work.ids.next(),
            corrects: Some(wrong.id.clone()),
            kind: EntryKind::Correction,
            day: self.dossier.today,
            note: reason,
            ..wrong
        };
        self.book(&correction)?;
        Ok(None)
    }

    fn pay(&mut self, amount: &str, method: &str, day: &str, reference: &str) -> Done<Option<String>> {
        // Money that came in is written down, asked for or not: what is too much is shown, and goes back.
        self.dossier.ordered()?;
        let amount = self.form.money("amount", amount)?;
        let day = self.day(day)?;
        let reference = self.form.text("reference", reference)?;
        if method == STORE_CREDIT {
            let credit = store_credit(&ledger_rows::of_client(self.work.tx, &self.dossier.client.id)?);
            if amount > credit {
                return Err(NotNow::CreditTooSmall.into());
            }
        } else if !methods(&self.dossier.terms).iter().any(|known| known == method) {
            return Err(NotNow::Method.into());
        }
        // A consumer at the counter pays in steps of five cents (CEL VI.7/1).
        let cash = method == "cash";
        let rounding = if cash && self.dossier.client.card.kind == ClientKind::Consumer {
            rounded_for_cash(amount) - amount
        } else {
            Money::ZERO
        };
        if cash {
            ledger::cash_allowed(amount + rounding, &self.dossier.entries, &self.dossier.terms)?;
        }
        let entry = Entry {
            id: self.work.ids.next(),
            corrects: None,
            case_id: None,
            kind: EntryKind::Payment,
            method: method.to_owned(),
            amount,
            rounding,
            day,
            reference,
            note: String::new(),
        };
        self.book(&entry)?;
        papers::orders::receipt(self.work, &self.dossier, &entry).map(Some)
    }

    fn book(&mut self, entry: &Entry) -> Done<()> {
        let project = self.dossier.project.id.clone();
        ledger_rows::book(
            self.work.tx,
            Some(&project),
            entry,
            &self.work.context.moment(),
            &self.work.context.who,
        )?;
        self.dossier = load::dossier(self.work.tx, &project, self.dossier.today)?;
        Ok(())
    }

    fn refund(&mut self, amount: &str, method: &str, day: &str, note: &str) -> Done<Option<String>> {
        let most = self.dossier.may_refund()?;
        let amount = self.form.money("amount", amount)?;
        let day = self.day(day)?;
        let note = self.form.text("note", note)?;
        if amount > most {
            return Err(NotNow::RefundTooMuch.into());
        }
        // What was paid with store credit does not come back as money.
        let in_money: Money = ledger::counting(&self.dossier.entries)
            .filter(|entry| entry.case_id.is_none() && entry.method != STORE_CREDIT)
            .map(|entry| {
                if entry.kind == EntryKind::Refund {
                    -entry.amount
                } else {
                    entry.amount
                }
            })
            .sum();
        let in_kind = self
            .dossier
            .order
            .as_ref()
            .map_or(Money::ZERO, |order| order.gold_credit);
        if amount > in_money + in_kind {
            return Err(NotNow::CreditAsMoney.into());
        }
        if !methods(&self.dossier.terms).iter().any(|known| known == method) {
            return Err(NotNow::Method.into());
        }
        let entry = Entry {
            id: self.work.ids.next(),
            corrects: None,
            case_id: None,
            kind: EntryKind::Refund,
            method: method.to_owned(),
            amount,
            rounding: Money::ZERO,
            day,
            reference: String::new(),
            note,
        };
        self.book(&entry)?;
        papers::orders::receipt(self.work, &self.dossier, &entry).map(Some)
    }

    fn show(&mut self, photo: &str, note: &str, day: &str) -> Done<Option<String>> {
        self.dossier.may_work()?;
        let (day, note) = (self.day(day)?, self.form.text("note", note)?);
        if photo.is_empty() {
            return Err(Refusal::Missing { field: "photo" }.into());
        }
        crate::store::photos::bytes(self.work.tx, photo, crate::store::photos::Size::Thumb)?;
        self.happens(
            day,
            Happened::Shown {
                photo: photo.to_owned(),
                note,
            },
            Personal::default(),
        )?;
        papers::orders::design(self.work, &self.dossier).map(Some)
    }

    fn answer_design(&mut self, answer: &str, day: &str, words: &str) -> Done<Option<String>> {
        let design = self.dossier.may_answer_design()?;
        let (day, words) = (self.day(day)?, self.form.text("words", words)?);
        if self.dossier.design().is_some_and(|(shown, _)| day < shown.day) {
            return Err(NotNow::DayBefore.into());
        }
        let approved = answer == "approved";
        if !approved && words.is_empty() {
            return Err(Refusal::Missing { field: "words" }.into());
        }
        let personal = self.personal(&words, &Signature::None);
        self.happens(day, Happened::Answered { design, approved }, personal)?;
        Ok(None)
    }

    fn suspend(&mut self, first: &str, reason: &str) -> Done<Option<String>> {
        self.dossier.may_work()?;
        if self.dossier.paused().is_some() {
            return Err(NotNow::Paused.into());
        }
        let first = self.day(first)?;
        let promised = self.dossier.promised_by();
        self.happens(
            first,
            Happened::Suspended {
                reason: reason.to_owned(),
            },
            Personal::default(),
        )?;
        papers::orders::date_change(self.work, &self.dossier, reason, promised).map(Some)
    }

    fn resume(&mut self, last: &str) -> Done<Option<String>> {
        self.dossier.may_work()?;
        let first = self
            .dossier
            .paused()
            .map(|paused| paused.day)
            .ok_or(NotNow::NotPaused)?;
        let last = self.day(last)?;
        Span::new(first, last).ok_or(NotNow::ResumeBefore)?;
        self.happens(last, Happened::Resumed {}, Personal::default())?;
        Ok(None)
    }

    fn change_date(&mut self, latest: &str, cause: &str) -> Done<Option<String>> {
        self.dossier.may_work()?;
        let latest = self.form.read(|form| form.day("latest", latest))?;
        let promised = self.dossier.promised_by();
        if latest < self.dossier.today || promised.is_some_and(|by| latest <= by) {
            return Err(NotNow::DateNotLater.into());
        }
        if cause == "late" && promised.is_none_or(|by| by >= self.dossier.today) {
            return Err(NotNow::NotLate.into());
        }
        self.happens(
            self.dossier.today,
            Happened::Redated {
                latest,
                cause: cause.to_owned(),
            },
            Personal::default(),
        )?;
        papers::orders::date_change(self.work, &self.dossier, cause, promised).map(Some)
    }

    fn answer_date(&mut self, answer: &str, day: &str) -> Done<Option<String>> {
        self.dossier.may_work()?;
        let (_, cause) = self.dossier.proposed().ok_or(NotNow::NoNewDate)?;
        let day = self.day(day)?;
        match (answer, cause.as_str()) {
            ("new-date", _) => self
                .happens(day, Happened::DateTaken {}, Personal::default())
                .map(|_| None),
            ("termination", "late") => self.end(EndedBy::Late, String::new(), Money::ZERO, day, None),
            ("keep-date", _) => self
                .happens(day, Happened::DateKept {}, Personal::default())
                .map(|_| None),
            _ => Err(Refusal::Missing { field: "answer" }.into()),
        }
    }

    fn size(&mut self, finger: &str) -> Done<Option<String>> {
        self.dossier.may_work()?;
        let finger = self.form.needed("finger", finger)?;
        self.happens(self.dossier.today, Happened::Sized { finger }, Personal::default())?;
        Ok(None)
    }

    fn tick(&mut self, done: &str) -> Done<Option<String>> {
        self.dossier.may_work()?;
        if !WORKSHOP.contains(&done) || ticked(&self.dossier).iter().any(|step| step == done) {
            return Err(NotNow::StepDone.into());
        }
        self.happens(
            self.dossier.today,
            Happened::Ticked { step: done.to_owned() },
            Personal::default(),
        )?;
        Ok(None)
    }

    /// The components named, all of them without a fate.
    fn components(&self, named: &[String]) -> Done<Vec<String>> {
        if named.is_empty() {
            return Err(Refusal::Missing { field: "components" }.into());
        }
        let loose = self.dossier.loose();
        if named.iter().any(|component| !loose.contains(component)) {
            return Err(NotNow::ComponentGone.into());
        }
        Ok(named.to_vec())
    }

    fn move_components(
        &mut self,
        components: &[String],
        place: &str,
        holder: &str,
        signature: &Signature,
    ) -> Done<Option<String>> {
        let components = self.components(components)?;
        let place: Place = word(place).ok_or(Refusal::Missing { field: "place" })?;
        is_signed(signature)?;
        let holder = if place == Place::House {
            self.form.text("holder", holder)?
        } else {
            self.form.needed("holder", holder)?
        };
        let mut personal = self.personal("", signature);
        personal.signer.clone_from(&holder);
        self.happens(
            self.dossier.today,
            Happened::Moved {
                components,
                place,
                holder,
            },
            personal,
        )?;
        Ok(None)
    }

    fn settle(&mut self, components: &[String], fate: &str, note: &str, signature: &Signature) -> Done<Option<String>> {
        let components = self.components(components)?;
        let fate: Fate = word(fate).ok_or(Refusal::Missing { field: "fate" })?;
        let note = self.form.text("note", note)?;
        let custody = self.dossier.custody();
        let stone = |id: &String| custody.iter().any(|component| component.id == *id && component.stone);
        if components.iter().any(|id| !fate.fits(stone(id))) {
            return Err(NotNow::FateDoesNotFit.into());
        }
        if fate.is_a_loss() && note.is_empty() {
            return Err(Refusal::Missing { field: "note" }.into());
        }
        if matches!(fate, Fate::Returned | Fate::Waiver) {
            is_signed(signature)?;
        }
        let accounted = matches!(fate, Fate::Returned | Fate::Waiver) || fate.is_a_loss();
        if !accounted {
            // What is made of the client's own begins with an order, and with the client's word (LV art. 16).
            self.dossier.at_work()?;
            if fate == Fate::Melted && self.dossier.consents_missing().contains(&Consent::Melting) {
                return Err(NotNow::MeltingConsent.into());
            }
        }
        let personal = self.personal("", signature);
        let happening = self.happens(
            self.dossier.today,
            Happened::Settled { components, fate, note },
            personal,
        )?;
        if accounted {
            papers::orders::restitution(self.work, &self.dossier, &happening).map(Some)
        } else {
            Ok(None)
        }
    }

    fn weigh(&mut self, metal: &str, gross: &str) -> Done<Option<String>> {
        if !self.dossier.loose().iter().any(|component| component == metal) {
            return Err(NotNow::ComponentGone.into());
        }
        let grams = self.form.read(|form| form.positive("gross", gross, 3))?;
        let id = self.work.ids.next();
        projects::weigh_metal(
            self.work.tx,
            &id,
            metal,
            grams,
            &self.work.context.moment(),
            &self.work.context.who,
        )?;
        Ok(None)
    }

    fn finish(&mut self, day: &str) -> Done<Option<String>> {
        self.dossier.may_finish()?;
        let day = self.day(day)?;
        if self.dossier.approved().is_some_and(|approved| day < approved) {
            return Err(NotNow::DayBefore.into());
        }
        self.happens(day, Happened::Finished {}, Personal::default())?;
        Ok(None)
    }

    fn deliver(&mut self, handing: &Handing<'_>) -> Done<Option<String>> {
        self.dossier.may_deliver()?;
        let day = self.day(handing.day)?;
        if self.dossier.finished().is_some_and(|finished| day < finished) {
            return Err(NotNow::NotFinished.into());
        }
        let items = self.form.text("items", handing.items)?;
        let tracking = self.form.text("tracking", handing.tracking)?;
        let carrier = match handing.how {
            "collection" => String::new(),
            "carrier" => self.form.needed("carrier", handing.carrier)?,
            _ => return Err(Refusal::Missing { field: "how" }.into()),
        };
        let personal = self.personal("", handing.signature);
        let what = Happened::Delivered {
            how: handing.how.to_owned(),
            items,
            carrier,
            tracking,
            last: handing.last,
        };
        let happening = self.happens(day, what, personal)?;
        papers::orders::delivery_note(self.work, &self.dossier, &happening).map(Some)
    }

    fn possess(&mut self, delivery: &str, day: &str) -> Done<Option<String>> {
        let day = self.day(day)?;
        let shipped = self
            .dossier
            .deliveries()
            .into_iter()
            .find(|(happening, possessed)| happening.id == delivery && possessed.is_none())
            .map(|(happening, _)| happening.day);
        if shipped.ok_or(Refusal::NotFound)? > day {
            return Err(NotNow::PossessionBefore.into());
        }
        self.happens(
            day,
            Happened::Possessed {
                delivery: delivery.to_owned(),
            },
            Personal::default(),
        )?;
        Ok(None)
    }

    fn cancel(
        &mut self,
        by: &str,
        reason: &str,
        kept: &str,
        day: &str,
        told: &[&Option<String>; 3],
    ) -> Done<Option<String>> {
        self.dossier.may_cancel()?;
        let by: EndedBy = word(by)
            .filter(|by| *by != EndedBy::Late)
            .ok_or(Refusal::Missing { field: "by" })?;
        let day = self.day(day)?;
        let reason = self.form.needed("reason", reason)?;
        let agreed = self.form.amount("kept", kept)?;
        let told = match told {
            [Some(concluded), Some(made), restockable] if by == EndedBy::Client => Some(Told {
                concluded: word(concluded).ok_or(Refusal::Missing { field: "concluded" })?,
                made: word(made).ok_or(Refusal::Missing { field: "made" })?,
                restockable: match restockable.as_deref() {
                    Some("yes") => Some(true),
                    Some("no") => Some(false),
                    _ => None,
                },
                day,
            }),
            _ => None,
        };
        self.end(by, reason, agreed, day, told)
    }

    fn end(
        &mut self,
        by: EndedBy,
        reason: String,
        agreed: Money,
        day: NaiveDate,
        told: Option<Told>,
    ) -> Done<Option<String>> {
        let order = self.dossier.ordered()?;
        let melted = self
            .dossier
            .custody()
            .iter()
            .any(|component| component.fate == Some(Fate::Melted));
        let ended = Ended {
            by,
            kind: self.dossier.project.kind,
            client: self.dossier.client.card.kind,
            paid: self.dossier.standing().map_or(Money::ZERO, |standing| standing.paid),
            deposit: order.deposit,
            without_vat: order.totals.vat.iter().map(|share| share.base).sum(),
            fee: (order.totals.credits - order.gold_credit.min(order.totals.total)).max(Money::ZERO),
            melted: if melted {
                order.gold_credit.min(order.totals.total)
            } else {
                Money::ZERO
            },
            agreed,
        };
        let settled = match (told, order.totals.vat.first()) {
            (Some(told), Some(share)) => {
                let ordered = Ordered {
                    without_vat: ended.without_vat,
                    day: order.accepted.day,
                    price: order.totals.total,
                    vat: share.rate,
                };
                cancel::cancelled(&ended, &ordered, &told, &order.terms)?
            }
            _ => ledger::cancelled(&ended, &order.terms)?,
        };
        let what = Happened::Cancelled {
            by,
            kept: settled.value.kept,
            back: settled.value.back,
            extra: settled.value.extra,
            reason,
        };
        self.happens(day, what, Personal::default())?;
        papers::orders::credit_note(self.work, &self.dossier, &settled).map(Some)
    }

    fn remind(&mut self, registered: &str, day: &str) -> Done<Option<String>> {
        self.dossier.may_remind()?;
        let (day, registered) = (self.day(day)?, self.form.text("registered", registered)?);
        if self.dossier.finished().is_some_and(|finished| day < finished) {
            return Err(NotNow::DayBefore.into());
        }
        self.happens(
            day,
            Happened::Reminded {
                registered: registered.clone(),
            },
            Personal::default(),
        )?;
        papers::orders::reminder(self.work, &self.dossier, &registered, day).map(Some)
    }

    fn print(&mut self, paper: &str) -> Done<Option<String>> {
        self.dossier.ordered()?;
        match paper {
            "job-card" => papers::orders::job_card(self.work, &self.dossier).map(Some),
            "order-sheet" => papers::orders::order_sheet(self.work, &self.dossier).map(Some),
            "labels" => papers::orders::labels(self.work, &self.dossier, Sheet::LabelRoll).map(Some),
            "withdrawal-information" => papers::cases::order_information(self.work, &self.dossier).map(Some),
            "withdrawal-form" => papers::cases::order_form(self.work, &self.dossier).map(Some),
            "justice-file" => papers::orders::justice_file(self.work, &self.dossier).map(Some),
            "label-sheet" => papers::orders::labels(self.work, &self.dossier, Sheet::LabelSheet).map(Some),
            _ => Err(Refusal::Missing { field: "paper" }.into()),
        }
    }
}

/// A delivery as typed.
struct Handing<'a> {
    how: &'a str,
    items: &'a str,
    carrier: &'a str,
    tracking: &'a str,
    last: bool,
    day: &'a str,
    signature: &'a Signature,
}

/// Whoever takes a component signs for it, on the screen or on paper.
pub(super) fn is_signed(signature: &Signature) -> Result<(), Refusal> {
    match signature {
        Signature::None => Err(Refusal::Missing { field: "signature" }),
        Signature::Paper | Signature::Screen { .. } => Ok(()),
    }
}

fn first_day(instant: &str) -> NaiveDate {
    instant
        .get(..10)
        .and_then(|day| day.parse().ok())
        .unwrap_or(NaiveDate::MIN)
}

/// Closes the house for some days.
pub(super) fn close(work: &mut Work<'_>, first: &str, last: &str, reason: &str) -> Done<Outcome> {
    let mut form = Reader::default();
    let (first, last) = (form.day("first", first), form.day("last", last));
    let reason = form.text("reason", reason, 200, printable);
    let (first, last) = form.finish(first.zip(last))?;
    let span = Span::new(first, last).ok_or(Refusal::MostBelowLeast { field: "last" })?;
    if span.last.year() > 9999 {
        return Err(Refusal::TooLarge { field: "last" }.into());
    }
    let id = work.ids.next();
    ledger_rows::close(work.tx, &id, span, &reason)?;
    Ok(Outcome::default())
}
