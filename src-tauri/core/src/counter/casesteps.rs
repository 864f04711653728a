//! Everything staff do on an after-sales case: each a form of a few fields, each refused with the reason while the facts do not
//! allow it, or where it would take from a consumer what the law gives.
//!
//! [`Lookup::case_next`] says which can be done now and with which fields; the functions below do them. Both look at the same
//! file.

use super::desk::OptionView;
use super::fields::{Fields, personal};
use super::load;
use super::papers::cases as papers;
use super::personal::credit_is_left;
use super::question::Lookup;
use super::steps::{NextView, StepField, is_signed, methods};
use super::{Outcome, Work};
use crate::aftersales::case::{Handling, Happened, Kind};
use crate::aftersales::exchange::exchange;
use crate::aftersales::file::CaseFile;
use crate::aftersales::rma::Rma;
use crate::aftersales::warranty::Remedy;
use crate::aftersales::{Basis, STORE_CREDIT, may_refund_by};
use crate::grounds::{Ground, Grounded};
use crate::intake::Signature;
use crate::law::CASH_LIMIT;
use crate::ledger::{self, Entry, EntryKind};
use crate::money::{Money, rounded_for_cash};
use crate::order::{Happening, Personal};
use crate::paper::series::Series;
use crate::refusal::{NotNow, Refusal};
use crate::store::happenings::{self, To};
use crate::store::photos::{self, Size};
use crate::store::{Done, attachments, cases, ledger as ledger_rows};
use crate::terms::{ClientKind, Condition, Exception, Made, Need, name_of, word};
use chrono::{Datelike, NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

/// A step that can be taken on a case, as typed. Days are empty for today; a field that a case does not ask for may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "step", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub enum CaseStep {
    /// The client gives notice, in any form: it is entered in the register, word for word.
    RegisterNotice {
        channel: String,
        day: String,
        time: String,
        words: String,
        file: String,
        #[serde(default)]
        price: String,
    },
    /// The acknowledgement went out.
    SendAcknowledgement { channel: String, day: String },
    /// Goods may come back, under a number.
    AuthoriseReturn { label: String, cost: String },
    /// The client sent them off.
    NoteDispatch {
        day: String,
        carrier: String,
        tracking: String,
    },
    /// A parcel came, and is taken or refused.
    ReceiveParcel {
        #[serde(default)]
        rma: String,
        seal: String,
        outcome: String,
        day: String,
        note: String,
        photos: Vec<String>,
    },
    /// The piece is looked at.
    Inspect {
        complete: Vec<String>,
        #[serde(default)]
        handling: String,
        condition: String,
        #[serde(default)]
        loss: String,
        #[serde(default)]
        cause: String,
        day: String,
        note: String,
        photos: Vec<String>,
    },
    /// The house decides on a claim.
    Decide {
        remedy: String,
        amount: String,
        #[serde(default)]
        receipt: String,
        tried: String,
        day: String,
        note: String,
    },
    /// The piece is exchanged for another.
    Exchange { item: String, price: String, day: String },
    /// Money goes back.
    Refund {
        amount: String,
        method: String,
        agreed: String,
        day: String,
        note: String,
    },
    /// The client pays: the difference of an exchange, or work at a price.
    TakePayment {
        amount: String,
        method: String,
        day: String,
    },
    /// An entry was booked wrongly: a correction undoes it.
    CorrectEntry { entry: String, reason: String },
    /// The house says no, with its grounds.
    RefuseCase { day: String, note: String },
    /// The piece, or the one in its place, goes to the client.
    HandBack {
        how: String,
        carrier: String,
        tracking: String,
        day: String,
        signature: Signature,
    },
    /// A fact is learned or corrected.
    NoteFact {
        fact: String,
        value: String,
        reason: String,
    },
    /// Nothing is left to do.
    CloseCase { reason: String },
    /// A paper is printed: `withdrawal-form`, `withdrawal-information` or `return-label`.
    PrintForm { paper: String },
}

/// The facts of a case that can be learned later.
const FACTS: [&str; 12] = [
    "notice",
    "informed",
    "shipped",
    "possession",
    "found",
    "price",
    "paid",
    "shipping_paid",
    "standard_shipping",
    "made",
    "restockable",
    "restocking_pct",
];

/// What of a house's conditions can be ticked off when a piece is looked at.
const LOOKED_FOR: [Need; 7] = [
    Need::OriginalPackaging,
    Need::AllPackaging,
    Need::AllMaterials,
    Need::AllPapers,
    Need::OrderDetailSheet,
    Need::Certificates,
    Need::AllPartsAndGifts,
];

/// The checklist of the house: what it asks back, after the piece itself.
pub(super) fn checklist(file: &CaseFile) -> Vec<String> {
    let mut list = vec!["right-piece".to_owned(), "stones-in-place".to_owned()];
    let needs = file.terms.returns.needs.value().into_iter().flatten();
    list.extend(needs.filter(|need| LOOKED_FOR.contains(need)).map(name_of));
    list
}

impl Lookup<'_> {
    /// What can be done on a case next, and what cannot, with the reason.
    pub(super) fn case_next(&self, file: &CaseFile) -> Done<Vec<NextView>> {
        let language = self.language;
        let text = |name: &str| self.empty_field(name, "text");
        let long = |name: &str| self.empty_field(name, "long");
        let figure = |name: &str, amount: Money| {
            let value = if amount > Money::ZERO {
                language.typed(&crate::number::fixed(amount.euro(), 2))
            } else {
                String::new()
            };
            self.step_field(name, "figure", Vec::new(), value)
        };
        let main: Vec<&str> = file.tasks().first().map_or(Vec::new(), |task| match task.key {
            "task-case-notice" => vec!["register-notice"],
            "task-case-acknowledge" => vec!["send-acknowledgement"],
            "task-case-refuse" => vec!["refuse-case"],
            "task-case-parcel" => vec![if file.rma().is_none() {
                "authorise-return"
            } else {
                "receive-parcel"
            }],
            "task-case-work" => vec!["receive-parcel", "refuse-case"],
            "task-case-inspect" => vec!["inspect", "exchange"],
            "task-case-decide" => vec!["decide"],
            "task-case-refund" => vec!["refund"],
            "task-case-difference" => vec!["take-payment"],
            "task-case-hand-back" => vec!["hand-back"],
            _ => Vec::new(),
        });
        let mut next: Vec<NextView> = Vec::new();
        let mut add =
            |step: &str, group: &str, may: Result<(), Refusal>, warning: Option<String>, fields: Vec<StepField>| {
                next.push(NextView {
                    step: step.to_owned(),
                    label: language.word(&format!("step-{step}")),
                    group: group.to_owned(),
                    refused: may.err().map(|refusal| language.refusal(&refusal)),
                    warning,
                    main: main.contains(&step),
                    fields,
                });
            };
        let kind = file.case.kind;
        if !kind.is_work() {
            let mut fields = vec![
                self.choice_field("channel", &["mail", "online", "letter", "form", "phone", "counter"]),
                self.day_field("day"),
                text("time"),
                long("words"),
                self.empty_field("file", "file"),
            ];
            if file.price() == Money::ZERO {
                fields.push(figure("price", Money::ZERO));
            }
            add("register-notice", "notice", file.may_notice(), None, fields);
            add(
                "send-acknowledgement",
                "notice",
                file.may_acknowledge(),
                None,
                vec![
                    self.choice_field("channel", &["mail", "letter", "counter"]),
                    self.day_field("day"),
                ],
            );
            add(
                "authorise-return",
                "goods",
                file.may_authorise(),
                None,
                vec![
                    self.choice_field("label", self.labels(file)),
                    figure("cost", Money::ZERO),
                ],
            );
            add(
                "note-dispatch",
                "goods",
                file.may_come_back(),
                None,
                vec![self.day_field("day"), text("carrier"), text("tracking")],
            );
        }
        let rma = self.step_field("rma", "text", Vec::new(), String::new());
        let mut parcel = vec![
            self.choice_field("seal", &["intact", "tampered"]),
            self.choice_field("outcome", &["taken", "refused"]),
            self.day_field("day"),
            long("note"),
            self.empty_field("photos", "photos"),
        ];
        if !kind.is_work() {
            parcel.insert(0, rma);
        }
        add("receive-parcel", "goods", file.may_come_back(), None, parcel);
        if !kind.is_work() {
            let complete = self.step_field("complete", "choices", self.choice(checklist(file)), String::new());
            let own = file
                .terms
                .warranty
                .exceptions
                .value()
                .into_iter()
                .flatten()
                .map(name_of);
            let mut causes: Vec<String> = [
                "making",
                "wear",
                "abuse",
                "loss-of-stones",
                "theft",
                "repaired-by-others",
            ]
            .map(str::to_owned)
            .to_vec();
            causes.extend(own.filter(|cause| {
                !["wear", "abuse", "loss-of-stones", "theft", "repaired-by-others"].contains(&cause.as_str())
            }));
            let mut fields = vec![
                complete,
                self.choice_field("condition", &["as-delivered", "handled", "worn", "damaged", "altered"]),
            ];
            if file.undoes() {
                fields.extend([
                    self.choice_field("handling", &["needed", "beyond"]),
                    figure("loss", Money::ZERO),
                ]);
            } else {
                fields.push(self.choice_field("cause", &causes.iter().map(String::as_str).collect::<Vec<_>>()));
            }
            fields.extend([
                long("note"),
                self.empty_field("photos", "photos"),
                self.day_field("day"),
            ]);
            let not_told = file.undoes()
                && file.basis() == Basis::Statute
                && file
                    .informed()
                    .is_none_or(|day| file.notice_day().is_some_and(|notice| day > notice));
            add(
                "inspect",
                "goods",
                file.may_inspect(),
                not_told.then(|| language.word("warning-not-informed")),
                fields,
            );
        }
        if kind.is_a_claim() {
            let open = file.remedies(true, true).value;
            let mut remedies: Vec<String> = open.iter().map(name_of).collect();
            remedies.push("none".to_owned());
            let first = remedies.first().cloned().unwrap_or_default();
            let mut fields = vec![
                self.step_field("remedy", "choice", self.choice(remedies), first),
                figure("amount", Money::ZERO),
                self.choice_field("tried", &["no", "yes"]),
            ];
            if file
                .terms
                .warranty
                .lifetime
                .value()
                .is_some_and(|warranty| warranty.receipt_needed)
            {
                fields.push(self.choice_field("receipt", &["yes", "no"]));
            }
            fields.extend([self.day_field("day"), long("note")]);
            add("decide", "decision", file.may_decide(), None, fields);
        }
        if kind == Kind::Exchange {
            add(
                "exchange",
                "decision",
                file.may_exchange(),
                None,
                vec![text("item"), figure("price", Money::ZERO), self.day_field("day")],
            );
        }
        if !kind.is_work() {
            let owed = file.may_refund();
            let mut means = if file.paid_by.is_empty() {
                methods(&file.terms)
            } else {
                file.paid_by.clone()
            };
            means.extend(
                methods(&file.terms)
                    .into_iter()
                    .filter(|method| !file.paid_by.contains(method) && !file.paid_by.is_empty()),
            );
            if file.terms.returns.store_credit.value() == Some(&true) {
                means.push(STORE_CREDIT.to_owned());
            }
            let first = means.first().cloned().unwrap_or_default();
            let waits = owed.is_ok() && file.refund_due().is_none();
            let fields = vec![
                figure("amount", owed.clone().unwrap_or_default()),
                self.step_field("method", "choice", self.choice(means), first),
                self.choice_field("agreed", &["no", "yes"]),
                self.day_field("day"),
                long("note"),
            ];
            add(
                "refund",
                "money",
                owed.map(drop),
                waits.then(|| language.word("warning-may-wait")),
                fields,
            );
        }
        if kind == Kind::Exchange || kind.is_work() {
            let means = methods(&file.terms);
            let first = means.first().cloned().unwrap_or_default();
            add(
                "take-payment",
                "money",
                file.may_take_payment(),
                None,
                vec![
                    figure("amount", file.to_pay()),
                    self.step_field("method", "choice", self.choice(means), first),
                    self.day_field("day"),
                ],
            );
        }
        let booked: Vec<OptionView> = ledger::counting(&file.entries)
            .map(|entry| OptionView {
                text: format!("{} · {}", language.short_day(entry.day), language.money(entry.amount)),
                value: entry.id.clone(),
            })
            .collect();
        if let Some(first) = booked.first().map(|option| option.value.clone()) {
            add(
                "correct-entry",
                "money",
                Ok(()),
                None,
                vec![self.step_field("entry", "choice", booked, first), long("reason")],
            );
        }
        if !kind.is_a_claim() {
            add(
                "refuse-case",
                "decision",
                file.may_refuse(),
                None,
                vec![self.day_field("day"), long("note")],
            );
        }
        add(
            "hand-back",
            "goods",
            file.may_hand_back(),
            None,
            vec![
                self.choice_field("how", &["collection", "carrier"]),
                text("carrier"),
                text("tracking"),
                self.day_field("day"),
                self.empty_field("signature", "signature"),
            ],
        );
        if !kind.is_work() {
            let facts: Vec<OptionView> = FACTS
                .iter()
                .map(|fact| OptionView {
                    value: (*fact).to_owned(),
                    text: language.word(&format!("asked-{fact}")),
                })
                .collect();
            add(
                "note-fact",
                "facts",
                file.is_open(),
                None,
                vec![
                    self.step_field("fact", "choice", facts, FACTS[0].to_owned()),
                    text("value"),
                    long("reason"),
                ],
            );
        }
        let mut forms = vec!["withdrawal-form", "withdrawal-information"];
        if file.rma().is_some() {
            forms.push("return-label");
        }
        add(
            "print-form",
            "papers",
            Ok(()),
            None,
            vec![self.choice_field("paper", &forms)],
        );
        add("close-case", "end", file.may_close(), None, vec![long("reason")]);
        Ok(next)
    }

    /// Who sees to the label of a return, as the terms allow.
    fn labels(&self, file: &CaseFile) -> &'static [&'static str] {
        if file.terms.returns.carrier_collects.value() == Some(&true) {
            return &["house-collects"];
        }
        match file.answer.as_ref().map(|answer| answer.value.return_paid_by) {
            Some(crate::aftersales::Payer::House) => &["house-label", "own-carrier"],
            Some(crate::aftersales::Payer::Client) | None => &["own-carrier", "house-label"],
        }
    }
}

/// A step at work.
struct Taking<'a, 'b> {
    work: &'a mut Work<'b>,
    file: CaseFile,
    form: Fields,
}

/// Takes a step on a case.
pub(super) fn take(work: &mut Work<'_>, case: &str, step: &CaseStep) -> Done<Outcome> {
    let file = load::case(work.tx, case, work.context.today())?;
    let form = Fields::on(work.context.today());
    let client = file.client.id.clone();
    let paper = Taking { work, file, form }.step(step)?;
    Ok(Outcome {
        case: Some(case.to_owned()),
        client: Some(client),
        paper,
        ..Outcome::default()
    })
}

fn is_yes(word: &str) -> bool {
    word == "yes"
}

impl Taking<'_, '_> {
    fn step(&mut self, step: &CaseStep) -> Done<Option<String>> {
        match step {
            CaseStep::RegisterNotice {
                channel,
                day,
                time,
                words,
                file,
                price,
            } => self.notice(&Notice {
                channel,
                day,
                time,
                words,
                file,
                price,
            }),
            CaseStep::SendAcknowledgement { channel, day } => self.acknowledge(channel, day),
            CaseStep::AuthoriseReturn { label, cost } => self.authorise(label, cost),
            CaseStep::NoteDispatch { day, carrier, tracking } => self.dispatch(day, carrier, tracking),
            CaseStep::ReceiveParcel {
                rma,
                seal,
                outcome,
                day,
                note,
                photos,
            } => self.receive(&Parcel {
                rma,
                seal,
                outcome,
                day,
                note,
                photos,
            }),
            CaseStep::Inspect {
                complete,
                handling,
                condition,
                loss,
                cause,
                day,
                note,
                photos,
            } => self.inspect(&Look {
                complete,
                handling,
                condition,
                loss,
                cause,
                day,
                note,
                photos,
            }),
            CaseStep::Decide {
                remedy,
                amount,
                receipt,
                tried,
                day,
                note,
            } => self.decide(&Decision {
                remedy,
                amount,
                receipt: receipt != "no",
                tried: is_yes(tried),
                day,
                note,
            }),
            CaseStep::Exchange { item, price, day } => self.exchange(item, price, day),
            CaseStep::Refund {
                amount,
                method,
                agreed,
                day,
                note,
            } => self.refund(amount, method, is_yes(agreed), day, note),
            CaseStep::TakePayment { amount, method, day } => self.take_payment(amount, method, day),
            CaseStep::CorrectEntry { entry, reason } => self.correct(entry, reason),
            CaseStep::RefuseCase { day, note } => self.refuse(day, note),
            CaseStep::HandBack {
                how,
                carrier,
                tracking,
                day,
                signature,
            } => self.hand_back(how, carrier, tracking, day, signature),
            CaseStep::NoteFact { fact, value, reason } => self.note_fact(fact, value, reason),
            CaseStep::CloseCase { reason } => self.close(reason),
            CaseStep::PrintForm { paper } => match paper.as_str() {
                "withdrawal-form" => papers::withdrawal_form(self.work, &self.file).map(Some),
                "withdrawal-information" => papers::information(self.work, &self.file).map(Some),
                "return-label" => papers::label(self.work, &self.file).map(Some),
                _ => Err(Refusal::Missing { field: "paper" }.into()),
            },
        }
    }

    /// A day as typed: not before the order was placed, nor before the piece came where it looks at that.
    fn day(&self, text: &str) -> Done<NaiveDate> {
        self.form.day(text, self.file.ordered().unwrap_or(NaiveDate::MIN))
    }

    /// A day of something that follows `first`.
    fn day_after(&self, text: &str, first: Option<NaiveDate>) -> Done<NaiveDate> {
        let day = self.day(text)?;
        if first.is_some_and(|first| day < first) {
            Err(NotNow::DayOrder.into())
        } else {
            Ok(day)
        }
    }

    fn happens(&mut self, day: NaiveDate, what: Happened, personal: Personal) -> Done<Happening<Happened>> {
        let happening = Happening {
            id: self.work.ids.next(),
            of: self.file.case.id.clone(),
            day,
            what,
            personal,
            at: self.work.context.moment(),
            by: self.work.context.who.clone(),
        };
        happenings::add(self.work.tx, To::Case, &happening)?;
        self.reload()?;
        // The facts still make sense together, or nothing is written down.
        if self.file.answer.is_none() && !self.file.case.kind.is_work() {
            return Err(NotNow::FactImplausible.into());
        }
        Ok(happening)
    }

    fn reload(&mut self) -> Done<()> {
        self.file = load::case(self.work.tx, &self.file.case.id, self.file.today)?;
        Ok(())
    }

    fn photos(&self, photos: &[String]) -> Done<Vec<String>> {
        for photo in photos {
            photos::bytes(self.work.tx, photo, Size::Thumb)?;
        }
        Ok(photos.to_vec())
    }

    fn notice(&mut self, typed: &Notice<'_>) -> Done<Option<String>> {
        self.file.may_notice()?;
        let day = self.day(typed.day)?;
        let time = match typed.time.trim() {
            "" => String::new(),
            text => NaiveTime::parse_from_str(text, "%H:%M")
                .map_err(|_| Refusal::NotATime { typed: text.to_owned() })?
                .format("%H:%M")
                .to_string(),
        };
        if !["mail", "online", "letter", "form", "phone", "counter"].contains(&typed.channel) {
            return Err(Refusal::Missing { field: "channel" }.into());
        }
        let words = self.form.text("words", typed.words)?;
        let file = Some(typed.file.to_owned()).filter(|file| !file.is_empty());
        if let Some(file) = &file {
            attachments::get(self.work.tx, file)?;
        } else if words.is_empty() {
            // What the client said is kept, or what they sent.
            return Err(Refusal::Missing { field: "words" }.into());
        }
        if self.file.price() == Money::ZERO {
            let price = self.form.money("price", typed.price)?;
            self.fact("price", json!(price.wire()), String::new())?;
        }
        let register = self.work.number(Series::Register)?;
        cases::found_by(self.work.tx, &self.file.case.id, &register)?;
        // The moment is the client's: a day alone where no hour is known.
        let received = if time.is_empty() {
            day.to_string()
        } else {
            format!("{day}T{time}")
        };
        let what = Happened::Noticed {
            register,
            channel: typed.channel.to_owned(),
            received,
            file,
        };
        let happening = self.happens(day, what, personal(&words, &Signature::None, ""))?;
        papers::acknowledgement(self.work, &self.file, &happening).map(Some)
    }

    fn acknowledge(&mut self, channel: &str, day: &str) -> Done<Option<String>> {
        self.file.may_acknowledge()?;
        let day = self.day_after(day, self.file.noticed().map(|noticed| noticed.day))?;
        if !["mail", "letter", "counter"].contains(&channel) {
            return Err(Refusal::Missing { field: "channel" }.into());
        }
        self.happens(
            day,
            Happened::Acknowledged {
                channel: channel.to_owned(),
            },
            Personal::default(),
        )?;
        Ok(None)
    }

    fn authorise(&mut self, label: &str, cost: &str) -> Done<Option<String>> {
        self.file.may_authorise()?;
        if !["own-carrier", "house-label", "house-collects"].contains(&label) {
            return Err(Refusal::Missing { field: "label" }.into());
        }
        let cost = self.form.amount("cost", cost)?;
        let pays = self.file.answer.as_ref().map(|answer| answer.value.return_paid_by);
        let deducted = self.file.terms.returns.label_cost_deducted.value() == Some(&true);
        if cost > Money::ZERO && (label != "house-label" || pays != Some(crate::aftersales::Payer::Client) || !deducted)
        {
            return Err(NotNow::LabelIsFree.into());
        }
        if cost > Money::ZERO && cost >= self.file.paid() {
            return Err(Refusal::TooLarge { field: "cost" }.into());
        }
        let year = self.work.context.today().year();
        let rma = Rma::of(year, self.work.tx.next_number("rma", year)?).to_string();
        cases::found_by(self.work.tx, &self.file.case.id, &rma)?;
        let today = self.file.today;
        self.happens(
            today,
            Happened::Authorised {
                rma,
                label: label.to_owned(),
                cost,
            },
            Personal::default(),
        )?;
        let paper = papers::authorisation(self.work, &self.file)?;
        papers::label(self.work, &self.file)?;
        Ok(Some(paper))
    }

    fn dispatch(&mut self, day: &str, carrier: &str, tracking: &str) -> Done<Option<String>> {
        self.file.may_come_back()?;
        let day = self.day_after(day, self.file.possession())?;
        let (carrier, tracking) = (
            self.form.text("carrier", carrier)?,
            self.form.text("tracking", tracking)?,
        );
        self.happens(day, Happened::Dispatched { carrier, tracking }, Personal::default())?;
        Ok(None)
    }

    fn receive(&mut self, typed: &Parcel<'_>) -> Done<Option<String>> {
        self.file.may_come_back()?;
        let since = if self.file.case.kind.is_work() {
            None
        } else {
            self.file.dispatched().or(self.file.possession())
        };
        let day = self.day_after(typed.day, since)?;
        let note = self.form.text("note", typed.note)?;
        let photos = self.photos(typed.photos)?;
        let scanned = if typed.rma.trim().is_empty() {
            None
        } else {
            Some(Rma::parse(typed.rma)?.to_string())
        };
        if scanned.is_some() && self.file.rma().map(|(rma, ..)| rma) != scanned {
            return Err(NotNow::OtherRma.into());
        }
        let tampered = typed.seal == "tampered";
        let accepted = match typed.outcome {
            "taken" => true,
            "refused" => false,
            _ => return Err(Refusal::Missing { field: "outcome" }.into()),
        };
        let without = scanned.is_none() && !self.file.case.kind.is_work();
        let why = match (tampered, without) {
            (true, _) => "tampered",
            (false, true) => "no-rma",
            (false, false) => "",
        };
        if !accepted {
            match why {
                "" => return Err(NotNow::ParcelNoReason.into()),
                // A number is the house's own wish: the law asks for none (CEL VI.51 §1), nor does the guarantee.
                "no-rma"
                    if self.file.terms.returns.rma_needed.value() != Some(&true)
                        || matches!(self.file.basis(), Basis::Statute | Basis::Guarantee) =>
                {
                    return Err(NotNow::ParcelMustBeTaken.into());
                }
                "tampered" if photos.is_empty() => return Err(Refusal::Missing { field: "photos" }.into()),
                _ => {}
            }
        }
        self.happens(
            day,
            Happened::Arrived {
                accepted,
                why: why.to_owned(),
                note,
                photos,
            },
            Personal::default(),
        )?;
        if accepted {
            Ok(None)
        } else {
            papers::parcel_refused(self.work, &self.file).map(Some)
        }
    }

    fn inspect(&mut self, typed: &Look<'_>) -> Done<Option<String>> {
        self.file.may_inspect()?;
        let day = self.day_after(typed.day, self.file.arrived())?;
        let note = self.form.text("note", typed.note)?;
        let photos = self.photos(typed.photos)?;
        let list = checklist(&self.file);
        if typed.complete.iter().any(|found| !list.contains(found)) {
            return Err(Refusal::NotFound.into());
        }
        let condition: Condition = word(typed.condition).ok_or(Refusal::Missing { field: "condition" })?;
        let (handling, loss, cause) = if self.file.undoes() {
            let handling: Handling = word(typed.handling).ok_or(Refusal::Missing { field: "handling" })?;
            (handling, self.form.amount("loss", typed.loss)?, None)
        } else {
            let cause: Option<Exception> = if typed.cause == "making" {
                None
            } else {
                Some(word(typed.cause).ok_or(Refusal::Missing { field: "cause" })?)
            };
            (Handling::Needed, Money::ZERO, cause)
        };
        let used = matches!(condition, Condition::Worn | Condition::Damaged | Condition::Altered);
        if loss > Money::ZERO {
            // Only handling beyond what is needed to look at a piece costs the client, with the reason said (CEL VI.51 §2).
            if handling == Handling::Needed || !used {
                return Err(NotNow::LossOfLooking.into());
            }
            if note.is_empty() {
                return Err(Refusal::Missing { field: "note" }.into());
            }
            if loss > self.file.paid() {
                return Err(Refusal::TooLarge { field: "loss" }.into());
            }
        }
        let what = Happened::Inspected {
            complete: typed.complete.to_vec(),
            handling,
            condition,
            loss,
            cause,
            note,
            photos,
        };
        let happening = self.happens(day, what, Personal::default())?;
        papers::inspection(self.work, &self.file, &happening).map(Some)
    }

    fn decide(&mut self, typed: &Decision<'_>) -> Done<Option<String>> {
        self.file.may_decide()?;
        let day = self.day_after(
            typed.day,
            self.file
                .inspected()
                .map(|happening| happening.day)
                .or(self.file.notice_day()),
        )?;
        let note = self.form.text("note", typed.note)?;
        let open = self.file.remedies(typed.receipt, typed.tried);
        let remedy = match typed.remedy {
            "none" => None,
            remedy => Some(word::<Remedy>(remedy).ok_or(Refusal::Missing { field: "remedy" })?),
        };
        let amount = match remedy {
            None if !open.value.is_empty() => return Err(NotNow::ThereIsARight.into()),
            None => Money::ZERO,
            Some(remedy) if !open.value.contains(&remedy) => {
                let why = if open.value.is_empty() {
                    NotNow::ClaimNotCovered
                } else {
                    NotNow::RemedyLater
                };
                return Err(why.into());
            }
            Some(Remedy::Repair | Remedy::Replacement) => Money::ZERO,
            Some(Remedy::Reduction) => {
                let amount = self.form.money("amount", typed.amount)?;
                if amount >= self.file.paid() {
                    return Err(Refusal::TooLarge { field: "amount" }.into());
                }
                amount
            }
            Some(Remedy::Termination) => {
                self.must_be_priced()?;
                self.file.paid() + self.file.standard_delivery()
            }
        };
        self.happens(day, Happened::Decided { remedy, amount, note }, Personal::default())?;
        papers::decision(self.work, &self.file, &open).map(Some)
    }

    fn must_be_priced(&self) -> Result<(), Refusal> {
        if self.file.paid() > Money::ZERO {
            Ok(())
        } else {
            Err(NotNow::NoPrice.into())
        }
    }

    fn exchange(&mut self, item: &str, price: &str, day: &str) -> Done<Option<String>> {
        self.file.may_exchange()?;
        self.must_be_priced()?;
        let day = self.day_after(day, self.file.arrived())?;
        let item = self.form.needed("item", item)?;
        let price = self.form.money("price", price)?;
        let exchanged: Grounded<_> = exchange(&self.file.exchange_facts(price), &self.file.terms);
        let value = &exchanged.value;
        let what = Happened::Exchanged {
            item,
            price,
            to_pay: value.to_pay,
            credited: value.credited,
            final_sale: value.final_sale,
        };
        self.happens(day, what, Personal::default())?;
        papers::exchange(self.work, &self.file, &exchanged.grounds).map(Some)
    }

    fn entry(&mut self, kind: EntryKind, amount: Money, method: &str, day: NaiveDate, note: String) -> Entry {
        let cash = method == "cash" && self.file.client.card.kind == ClientKind::Consumer;
        let rounding = if cash {
            rounded_for_cash(amount) - amount
        } else {
            Money::ZERO
        };
        let case_id = Some(self.file.case.id.clone());
        Entry {
            id: self.work.ids.next(),
            corrects: None,
            case_id,
            kind,
            method: method.to_owned(),
            amount,
            rounding,
            day,
            reference: String::new(),
            note,
        }
    }

    fn book(&mut self, entry: &Entry) -> Done<()> {
        ledger_rows::book(
            self.work.tx,
            self.file.case.project_id.as_deref(),
            entry,
            &self.work.context.moment(),
            &self.work.context.who,
        )?;
        self.reload()
    }

    fn refund(&mut self, amount: &str, method: &str, agreed: bool, day: &str, note: &str) -> Done<Option<String>> {
        let owed = self.file.may_refund()?;
        let amount = self.form.money("amount", amount)?;
        let day = self.day_after(day, self.file.notice_day())?;
        let note = self.form.text("note", note)?;
        if amount > owed {
            return Err(NotNow::RefundTooMuch.into());
        }
        if method != STORE_CREDIT
            && !methods(&self.file.terms).iter().any(|known| known == method)
            && !self.file.paid_by.iter().any(|known| known == method)
        {
            return Err(NotNow::Method.into());
        }
        may_refund_by(method, &self.file.paid_by, agreed, &self.file.terms)?;
        self.within_what_came_in(amount, method)?;
        let entry = self.entry(EntryKind::Refund, amount, method, day, note);
        self.book(&entry)?;
        papers::refund(self.work, &self.file, &entry).map(Some)
    }

    /// Not more goes back for an order than it came to, over all its cases; and in cash no more than came in cash.
    fn within_what_came_in(&self, amount: Money, method: &str) -> Done<()> {
        let refunds = |entries: &[Entry], cash: bool| -> Money {
            ledger::counting(entries)
                .filter(|entry| entry.kind == EntryKind::Refund && (!cash || entry.method == "cash"))
                .map(|entry| entry.amount)
                .sum()
        };
        let Some(project) = &self.file.case.project_id else {
            // Nobody knows how it was paid: the law's limit for cash holds (law of 18 September 2017 art. 67).
            let given = refunds(&self.file.entries, true);
            let over = method == "cash" && given + amount > CASH_LIMIT;
            return if over {
                Err(Refusal::CashOverLimit {
                    limit: CASH_LIMIT,
                    taken: given,
                }
                .into())
            } else {
                Ok(())
            };
        };
        let entries = ledger_rows::of_project(self.work.tx, project)?;
        let came_in = |cash: bool| -> Money {
            ledger::counting(&entries)
                .filter(|entry| entry.kind != EntryKind::Refund && (!cash || entry.method == "cash"))
                .map(|entry| entry.amount)
                .sum()
        };
        if method == "cash" && refunds(&entries, true) + amount > came_in(true) {
            return Err(NotNow::CashBack.into());
        }
        let dossier = load::dossier(self.work.tx, project, self.file.today)?;
        let in_kind = dossier
            .order
            .as_ref()
            .map_or(Money::ZERO, |order| order.gold_credit.min(order.totals.total));
        let most = came_in(false) + in_kind + self.file.shipping_paid();
        if refunds(&entries, false) + amount > most {
            Err(NotNow::RefundTooMuch.into())
        } else {
            Ok(())
        }
    }

    fn take_payment(&mut self, amount: &str, method: &str, day: &str) -> Done<Option<String>> {
        self.file.may_take_payment()?;
        let amount = self.form.money("amount", amount)?;
        if self.file.exchanged().is_some() && amount > self.file.to_pay() {
            return Err(Refusal::TooLarge { field: "amount" }.into());
        }
        let day = self.day(day)?;
        if !methods(&self.file.terms).iter().any(|known| known == method) {
            return Err(NotNow::Method.into());
        }
        let entry = self.entry(EntryKind::Payment, amount, method, day, String::new());
        if method == "cash" {
            // Linked transactions count together: the order's cash and this case's.
            let mut entries = self.file.entries.clone();
            if let Some(project) = &self.file.case.project_id {
                entries = ledger_rows::of_project(self.work.tx, project)?;
            }
            ledger::cash_allowed(entry.amount + entry.rounding, &entries, &self.file.terms)?;
        }
        self.book(&entry)?;
        papers::receipt(self.work, &self.file, &entry).map(Some)
    }

    fn correct(&mut self, entry: &str, reason: &str) -> Done<Option<String>> {
        let reason = self.form.needed("reason", reason)?;
        let wrong = ledger::counting(&self.file.entries)
            .find(|found| found.id == entry)
            .cloned()
            .ok_or(Refusal::NotFound)?;
        credit_is_left(self.work.tx, &self.file.client.id, &wrong)?;
        let correction = Entry {
            id: self.work.ids.next(),
            corrects: Some(wrong.id.clone()),
            kind: EntryKind::Correction,
            day: self.file.today,
            note: reason,
            ..wrong
        };
        self.book(&correction)?;
        Ok(None)
    }

    fn refuse(&mut self, day: &str, note: &str) -> Done<Option<String>> {
        self.file.may_refuse()?;
        let (day, note) = (self.day(day)?, self.form.text("note", note)?);
        self.happens(day, Happened::Refused { note }, Personal::default())?;
        papers::refusal(self.work, &self.file).map(Some)
    }

    fn hand_back(
        &mut self,
        how: &str,
        carrier: &str,
        tracking: &str,
        day: &str,
        signature: &Signature,
    ) -> Done<Option<String>> {
        self.file.may_hand_back()?;
        let day = self.day_after(day, self.file.holds_since())?;
        let tracking = self.form.text("tracking", tracking)?;
        let carrier = match how {
            "collection" => {
                is_signed(signature)?;
                String::new()
            }
            "carrier" => self.form.needed("carrier", carrier)?,
            _ => return Err(Refusal::Missing { field: "how" }.into()),
        };
        let personal = personal("", signature, &self.file.client.card.name);
        let happening = self.happens(
            day,
            Happened::HandedBack {
                how: how.to_owned(),
                carrier,
                tracking,
            },
            personal,
        )?;
        papers::handed_back(self.work, &self.file, &happening).map(Some)
    }

    fn fact(&mut self, fact: &str, value: Value, reason: String) -> Done<()> {
        let today = self.file.today;
        self.happens(
            today,
            Happened::FactNoted {
                fact: fact.to_owned(),
                value,
                reason,
            },
            Personal::default(),
        )
        .map(drop)
    }

    fn note_fact(&mut self, fact: &str, typed: &str, reason: &str) -> Done<Option<String>> {
        self.file.is_open()?;
        let reason = self.form.needed("reason", reason)?;
        let value = match fact {
            "notice" | "informed" | "shipped" | "possession" | "found" if typed.trim().is_empty() => Value::Null,
            "notice" | "informed" | "shipped" | "possession" | "found" => {
                json!(self.form.read(|form| form.day("value", typed))?.to_string())
            }
            "price" | "paid" | "shipping_paid" | "standard_shipping" => json!(self.form.amount("value", typed)?.wire()),
            "restocking_pct" => json!(
                self.form
                    .read(|form| form.at_most("value", typed, 2, Decimal::ONE_HUNDRED))?
                    .normalize()
                    .to_string()
            ),
            "made" => json!(name_of(&self.made(typed)?)),
            "restockable" => json!(["yes", "ja", "oui", "true"].contains(&typed.trim().to_lowercase().as_str())),
            _ => return Err(Refusal::Missing { field: "fact" }.into()),
        };
        self.fact(fact, value, reason)?;
        Ok(None)
    }

    /// How a piece was made, by its word or as it is said in any language.
    fn made(&self, typed: &str) -> Result<Made, Refusal> {
        let wanted = typed.trim().to_lowercase();
        let words = [
            "listed",
            "listed-option",
            "altered-diamond",
            "loose-stone",
            "unlisted",
            "engraved",
            "own-measure",
            "own-design",
            "heartbeat",
        ];
        let said = |known: &str| {
            crate::words::Language::ALL
                .iter()
                .any(|language| language.word(&format!("option-{known}")).to_lowercase() == wanted)
        };
        let found = words.into_iter().find(|known| *known == wanted || said(known));
        found.and_then(word).ok_or(Refusal::Missing { field: "value" })
    }

    fn close(&mut self, reason: &str) -> Done<Option<String>> {
        self.file.may_close()?;
        let reason = self.form.needed("reason", reason)?;
        let today = self.file.today;
        self.happens(today, Happened::Closed { reason }, Personal::default())?;
        Ok(None)
    }
}

/// The grounds of the rules' answer, for a paper.
pub(super) fn grounds(file: &CaseFile) -> Vec<Ground> {
    file.answer
        .as_ref()
        .map(|answer| answer.grounds.clone())
        .unwrap_or_default()
}

/// A notice as typed.
struct Notice<'a> {
    channel: &'a str,
    day: &'a str,
    time: &'a str,
    words: &'a str,
    file: &'a str,
    price: &'a str,
}

/// A parcel as typed.
struct Parcel<'a> {
    rma: &'a str,
    seal: &'a str,
    outcome: &'a str,
    day: &'a str,
    note: &'a str,
    photos: &'a [String],
}

/// An inspection as typed.
struct Look<'a> {
    complete: &'a [String],
    handling: &'a str,
    condition: &'a str,
    loss: &'a str,
    cause: &'a str,
    day: &'a str,
    note: &'a str,
    photos: &'a [String],
}

/// A decision as typed.
struct Decision<'a> {
    remedy: &'a str,
    amount: &'a str,
    receipt: bool,
    tried: bool,
    day: &'a str,
    note: &'a str,
}
