//! The closed list of everything staff can do. The same value is the journal's entry.

use super::book::{added, clean_card, client_of};
use super::case_steps::CaseStep;
use super::cases::CaseForm;
use super::corrections::{self, Correction};
use super::doubts;
use super::forms::AskForm;
use super::load;
use super::papers;
use super::read::{self, QuoteRead, ValueForm, ValueRead};
use super::steps::Step;
use super::work::{Outcome, Same, Undo, Work, house, terms};
use crate::calendar::Span;
use crate::client::Card;
use crate::form::Reader;
use crate::house::{Accounts, Identity, Profile, Role};
use crate::intake::{self, IntakeForm, Signature, Who};
use crate::ledger::EntryKind;
use crate::metal::GoldPrice;
use crate::money::Money;
use crate::order::Dossier;
use crate::order::booking::{self, Booking, Till};
use crate::paper::brand;
use crate::paper::series::Series;
use crate::payment::{self, Iban};
use crate::photo;
use crate::quote::QuoteForm;
use crate::refusal::{NotNow, Refusal};
use crate::stone::Verdict;
use crate::store::gold::{self, Noted};
use crate::store::projects::{self, Decision, Project};
use crate::store::quotes::{self, Quote, Valuation};
use crate::store::terms::{Version, on as version_on};
use crate::store::{Done, Tx, attachments, drafts, house as houses, invoices, ledger, photos, terms as versions};
use crate::terms::ProjectKind;
use crate::termsheet::TermsForm;
use crate::words::Language;
use chrono::{DateTime, Datelike as _};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Everything staff can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    /// Chooses a ready-made house, once, and who works there first.
    SetUpHouse {
        /// The id of the ready-made house.
        profile: String,
        /// Its identity, as edited.
        identity: Identity,
        /// The language of the screens.
        language: Language,
        /// The name of who works there first.
        staff: String,
        /// Whether it is a house to play with.
        #[serde(default)]
        example: bool,
    },
    /// Changes the house's identity, language or deduction.
    EditHouse {
        /// The version that was read.
        version: i64,
        /// Its identity, as edited.
        identity: Identity,
        /// The language of the screens.
        language: Language,
        /// The deduction for melting and refining, in per cent, as typed.
        deduction_pct: String,
    },
    /// Adds someone who works there.
    AddStaff {
        /// Their name.
        name: String,
    },
    /// Changes someone who works there. The hash of their PIN comes beside the action, and stays out of the journal; it is empty to
    /// be left as it is.
    ChangeStaff {
        /// Its id.
        id: String,
        /// Their name.
        name: String,
        /// What they may do.
        role: Role,
        /// Whether they still work here.
        active: bool,
        /// The hash of their PIN.
        #[serde(skip)]
        #[ts(skip)]
        pin: String,
    },
    /// Keeps a photo. Its bytes come beside the action, and stay out of the journal.
    KeepPhoto {
        /// The file's name.
        name: String,
        /// The file.
        #[serde(skip)]
        #[ts(skip)]
        bytes: Vec<u8>,
    },
    /// Adds a client.
    AddClient {
        /// Their card.
        card: Card,
    },
    /// Changes a client's card.
    EditClient {
        /// Its id.
        id: String,
        /// The version that was read.
        version: i64,
        /// Their card.
        card: Card,
    },
    /// Adds clients that another program knew, all of them or none.
    ImportClients {
        /// Their cards.
        clients: Vec<Imported>,
    },
    /// Changes the text of a kind of mail.
    EditMail {
        /// The kind of paper it goes with.
        kind: String,
        /// In which language.
        language: Language,
        /// Its subject.
        subject: String,
        /// Its text; empty for the usual one.
        text: String,
    },
    /// Makes two cards of one person one.
    MergeClients {
        /// The card that goes.
        gone: String,
        /// The card that stays.
        kept: String,
    },
    /// Takes pieces in: opens the project and issues the receipt.
    TakeIn {
        /// The form as typed.
        form: IntakeForm,
        /// The draft that is done with.
        draft: String,
    },
    /// Accepts or refuses a piece.
    Decide {
        /// The piece's id.
        piece: String,
        /// Whether it is accepted.
        accepted: bool,
        /// Why.
        reason: String,
    },
    /// Puts right what was taken in wrongly, or takes back a slip.
    Correct {
        /// What is put right, as typed.
        #[serde(flatten)]
        what: Correction,
    },
    /// Writes down what a stone weighs out of its setting.
    WeighStone {
        /// The stone's id.
        stone: String,
        /// Its weight in carats, as typed.
        weighed: String,
    },
    /// Notes a price of gold.
    NoteGoldPrice {
        /// The day it is of, as typed.
        day: String,
        /// `ounce` or `gram`.
        unit: String,
        /// Euro, as typed.
        euro: String,
        /// Where it comes from.
        source: String,
    },
    /// Imports prices of gold from the text of a CSV file.
    ImportGoldPrices {
        /// The file's text.
        csv: String,
        /// `ounce` or `gram`.
        unit: String,
        /// Where they come from.
        source: String,
        /// Whether lines with a problem are left out; refused where not.
        skip: bool,
    },
    /// Values the gold and the stones, freezes it, and issues the report.
    Value {
        /// The project's id.
        project: String,
        /// The form as typed.
        form: ValueForm,
    },
    /// Opens a project without a piece of the client's: tailor-made, made to order, or from stock.
    OpenProject {
        /// Its kind.
        kind: ProjectKind,
        /// For whom.
        client: Who,
        /// What the client wants.
        wish: String,
    },
    /// Takes a step on an order.
    TakeStep {
        /// The project's id.
        project: String,
        /// The step, as typed.
        #[serde(flatten)]
        step: Step,
    },
    /// Closes the house for some days.
    CloseDays {
        /// The first day, as typed.
        first: String,
        /// The last, inclusive.
        last: String,
        /// Why.
        reason: String,
    },
    /// Takes closing days back.
    ReopenDays {
        /// Its id.
        id: String,
    },
    /// Gives the house new terms, from a day on.
    ChangeTerms {
        /// The id of the newest version that was read.
        newest: String,
        /// The day they come into force, as typed.
        day: String,
        /// The terms as typed.
        form: TermsForm,
    },
    /// Issues an answer of the Ask desk as a paper.
    PrintAnswer {
        /// What was asked, as typed.
        form: AskForm,
    },
    /// Opens an after-sales case from what was asked at the Ask desk.
    OpenCase {
        /// The case as typed.
        form: CaseForm,
    },
    /// Takes a step on an after-sales case.
    TakeCaseStep {
        /// The case's id.
        case: String,
        /// The step, as typed.
        #[serde(flatten)]
        step: CaseStep,
    },
    /// Keeps a file a client sent. Its bytes come beside the action, and stay out of the journal.
    KeepFile {
        /// The file's name.
        name: String,
        /// The file.
        #[serde(skip)]
        #[ts(skip)]
        bytes: Vec<u8>,
    },
    /// Issues the model form for withdrawal, blank.
    PrintWithdrawalForm {
        /// In which language.
        language: Language,
    },
    /// Notes something of a client, with a file where there is one.
    NoteClient {
        /// The client's id.
        client: String,
        /// What is noted.
        note: String,
        /// The file's id; empty for none.
        #[serde(default)]
        file: String,
    },
    /// Notes that the structured file of an invoice was given to the accounting package or the access point.
    HandOverInvoice {
        /// The id of its paper.
        paper: String,
    },
    /// Writes down what a client asks of their data: `copy`, `correction` or `erasure`.
    AskData {
        /// The client's id.
        client: String,
        /// What is asked of their data.
        right: String,
        /// The day they asked, as typed.
        day: String,
    },
    /// Answers what a client asked of their data with a reason instead.
    AnswerData {
        /// The client's id.
        client: String,
        /// What they asked.
        right: String,
        /// Why it is not done, or not yet.
        reason: String,
    },
    /// Gives a client a complete copy of their data.
    GiveData {
        /// The client's id.
        client: String,
    },
    /// Forgets a client, but for what must be kept.
    EraseClient {
        /// Whom.
        client: String,
    },
    /// Issues a quote, or its next version.
    IssueQuote {
        /// The project's id.
        project: String,
        /// The form as typed.
        form: QuoteForm,
    },
}

impl Action {
    /// Does it, within the transaction.
    pub(super) fn run(&self, work: &mut Work<'_>) -> Done<Outcome> {
        match self {
            Self::SetUpHouse {
                profile,
                identity,
                language,
                staff,
                example,
            } => set_up_house(work, (profile, *example), identity, *language, staff),
            Self::EditHouse {
                version,
                identity,
                language,
                deduction_pct,
            } => edit_house(work, *version, identity, *language, deduction_pct),
            Self::AddStaff { name } => add_staff(work, name),
            Self::ChangeStaff {
                id,
                name,
                role,
                active,
                pin,
            } => {
                super::roles::change(work, id, name, *role, *active, pin)?;
                Ok(Outcome {
                    staff: Some(id.clone()),
                    ..Outcome::default()
                })
            }
            Self::KeepPhoto { name, bytes } => keep_photo(work, name, bytes),
            Self::AddClient { card } => add_client(work, card),
            Self::EditClient { id, version, card } => super::personal::correct(work, id, *version, &clean_card(card)?),
            Self::ImportClients { clients } => import_clients(work, clients),
            Self::EditMail {
                kind,
                language,
                subject,
                text,
            } => super::mail::keep(work, kind, *language, subject, text),
            Self::MergeClients { gone, kept } => super::personal::merge(work, gone, kept),
            Self::TakeIn { form, draft } => take_in(work, form, draft),
            Self::Decide {
                piece,
                accepted,
                reason,
            } => decide(work, piece, *accepted, reason),
            Self::Correct { what } => what.done(work),
            Self::WeighStone { stone, weighed } => weigh_stone(work, stone, weighed),
            Self::NoteGoldPrice {
                day,
                unit,
                euro,
                source,
            } => note_gold_price(work, day, unit, euro, source),
            Self::ImportGoldPrices {
                csv,
                unit,
                source,
                skip,
            } => import_gold_prices(work, csv, unit, source, *skip),
            Self::Value { project, form } => value(work, project, form),
            Self::OpenProject { kind, client, wish } => open_project(work, *kind, client, wish),
            Self::TakeStep { project, step } => super::steps::take(work, project, step),
            Self::CloseDays { first, last, reason } => close_days(work, first, last, reason),
            Self::ReopenDays { id } => reopen_days(work, id),
            Self::ChangeTerms { newest, day, form } => super::terms::change(work, newest, day, form),
            Self::PrintAnswer { form } => super::desk::print(work, form),
            Self::OpenCase { form } => super::cases::open(work, form),
            Self::TakeCaseStep { case, step } => super::case_steps::take(work, case, step),
            Self::KeepFile { name, bytes } => keep_file(work, name, bytes),
            Self::PrintWithdrawalForm { language } => super::cases::print_form(work, *language),
            Self::NoteClient { client, note, file } => super::personal::note(work, client, note, file),
            Self::HandOverInvoice { paper } => hand_over_invoice(work, paper),
            Self::AskData { client, right, day } => super::personal::ask(work, client, right, day),
            Self::AnswerData { client, right, reason } => super::personal::answer(work, client, right, reason),
            Self::GiveData { client } => super::personal::give_copy(work, client),
            Self::EraseClient { client } => super::personal::erase(work, client),
            Self::IssueQuote { project, form } => issue_quote(work, project, form),
        }
    }
}

/// A client that another program knew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Imported {
    /// Their card.
    pub card: Card,
}

fn add_client(work: &mut Work<'_>, card: &Card) -> Done<Outcome> {
    Ok(Outcome {
        client: Some(added(work, card)?),
        ..Outcome::default()
    })
}

fn import_clients(work: &mut Work<'_>, clients: &[Imported]) -> Done<Outcome> {
    if clients.is_empty() {
        return Err(Refusal::Missing { field: "clients" }.into());
    }
    let ids = clients.iter().map(|client| added(work, &client.card));
    Ok(Outcome {
        imported: u32::try_from(clients.len()).ok(),
        clients: ids.collect::<Done<_>>()?,
        ..Outcome::default()
    })
}

fn clean_identity(tx: &Tx<'_>, identity: &Identity) -> Done<Identity> {
    let mut form = Reader::default();
    let mut text = |field, text: &str| form.text(field, text, 160);
    let mut clean = Identity {
        name: text("house-name", &identity.name),
        legal_name: text("legal-name", &identity.legal_name),
        street: text("street", &identity.street),
        postcode: text("postcode", &identity.postcode),
        city: text("city", &identity.city),
        country: text("country", &identity.country),
        enterprise_number: text("enterprise-number", &identity.enterprise_number),
        email: text("email", &identity.email),
        phone: text("phone", &identity.phone),
        website: text("website", &identity.website),
        iban: text("iban", &identity.iban),
        bic: text("bic", &identity.bic),
        insured: text("insured", &identity.insured),
        code_line: identity.code_line,
        envelope: identity.envelope,
        colour: text("colour", &identity.colour),
        logo: identity.logo.clone(),
        withdrawal_function: text("withdrawal-function", &identity.withdrawal_function),
        longer_after_repair: identity.longer_after_repair,
        guarantee_notices: identity.guarantee_notices.clone(),
        deposits_as_paid: identity.deposits_as_paid,
        accounts: Accounts {
            sales: text("accounts", &identity.accounts.sales),
            vat: text("accounts", &identity.accounts.vat),
            clients: text("accounts", &identity.accounts.clients),
        },
        gold_waits: text("gold-waits", &identity.gold_waits),
        languages: identity.languages.clone(),
    };
    if clean.name.is_empty() {
        form.refuse("house-name", Refusal::Missing { field: "house-name" });
    }
    match crate::client::country(&clean.country) {
        Ok(country) => clean.country = country,
        Err(refusal) => form.refuse("country", refusal),
    }
    form.money("insured", &clean.insured);
    if !clean.gold_waits.trim().is_empty() && clean.gold_waits.trim().parse::<u16>().is_err() {
        form.refuse("gold-waits", Refusal::Implausible { field: "gold-waits" });
    }
    if !clean.withdrawal_function.is_empty() && !clean.withdrawal_function.starts_with("https://") {
        form.refuse("withdrawal-function", NotNow::NoWebAddress.into());
    }
    if !clean.colour.is_empty()
        && let Err(refusal) = brand::colour(&clean.colour)
    {
        form.refuse("colour", refusal);
    }
    clean.guarantee_notices.retain(|_, file| !file.is_empty());
    for file in clean.guarantee_notices.values() {
        // As the Commission gives it out: nothing is drawn anew.
        if !attachments::get(tx, file)?.1.starts_with(b"%PDF-") {
            form.refuse("guarantee-notices", NotNow::NoticeNoPdf.into());
        }
    }
    if !clean.logo.is_empty() {
        let (_, bytes) = attachments::get(tx, &clean.logo)?;
        if let Err(refusal) = brand::logo(&bytes) {
            form.refuse("logo", refusal);
        }
    }
    if !clean.enterprise_number.is_empty() {
        match payment::enterprise_number(&clean.enterprise_number) {
            Ok(number) => clean.enterprise_number = number,
            Err(refusal) => form.refuse("enterprise-number", refusal),
        }
    }
    if !clean.iban.is_empty() {
        match Iban::parse(&clean.iban) {
            Ok(iban) => clean.iban = iban.to_string(),
            Err(refusal) => form.refuse("iban", refusal),
        }
    }
    Ok(form.finish(Some(clean))?)
}

fn set_up_house(
    work: &mut Work<'_>,
    (profile, example): (&str, bool),
    identity: &Identity,
    language: Language,
    staff: &str,
) -> Done<Outcome> {
    let terms = Profile::named(profile).ok_or(Refusal::NotFound)?.terms.clone();
    let identity = clean_identity(work.tx, identity)?;
    let house = houses::House {
        profile: if example {
            houses::example(profile)
        } else {
            profile.to_owned()
        },
        identity,
        language,
        deduction_pct: Decimal::ZERO,
        version: 1,
    };
    houses::set_up(work.tx, &house)?;
    let first = Version {
        id: work.ids.next(),
        in_force: None,
        terms,
        added_at: work.context.moment(),
        added_by: String::new(),
    };
    versions::add(work.tx, &first)?;
    add_staff(work, staff)
}

fn edit_house(
    work: &Work<'_>,
    version: i64,
    identity: &Identity,
    language: Language,
    deduction_pct: &str,
) -> Done<Outcome> {
    let mut form = Reader::default();
    let percent = read::percent(&mut form, "deduction", deduction_pct);
    let deduction_pct = form.finish(percent)?;
    let profile = house(work.tx)?.profile;
    houses::edit(
        work.tx,
        &houses::House {
            profile,
            identity: clean_identity(work.tx, identity)?,
            language,
            deduction_pct,
            version,
        },
    )?;
    Ok(Outcome::default())
}

fn add_staff(work: &mut Work<'_>, name: &str) -> Done<Outcome> {
    let mut form = Reader::default();
    let name = form.needed("staff-name", name, 80);
    let name = form.finish(Some(name))?;
    let id = work.ids.next();
    houses::add_staff(work.tx, &id, &name)?;
    Ok(Outcome {
        staff: Some(id),
        ..Outcome::default()
    })
}

fn keep_photo(work: &mut Work<'_>, name: &str, bytes: &[u8]) -> Done<Outcome> {
    let photo = match work.photo.take() {
        Some(read) => read,
        None => photo::read(bytes)?,
    };
    let id = work.ids.next();
    photos::keep(work.tx, &id, &file_name(name), photo)?;
    Ok(Outcome {
        photo: Some(id),
        ..Outcome::default()
    })
}

/// The most a file that is kept may hold.
const LARGEST_FILE: usize = 20 << 20;

fn keep_file(work: &mut Work<'_>, name: &str, bytes: &[u8]) -> Done<Outcome> {
    if bytes.len() > LARGEST_FILE {
        return Err(Refusal::FileTooLarge { most: 20 }.into());
    }
    if bytes.is_empty() {
        return Err(Refusal::Missing { field: "file" }.into());
    }
    let id = work.ids.next();
    attachments::keep(work.tx, &id, &file_name(name), bytes)?;
    Ok(Outcome {
        file: Some(id),
        ..Outcome::default()
    })
}

/// A file's name as it is kept: a name alone, no place on a disk, nothing that cannot be shown.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if clean.trim_matches(['.', ' ']).is_empty() {
        "file".to_owned()
    } else {
        clean
    }
}

/// A project that opens now, with the next number.
fn new_project(work: &mut Work<'_>, kind: ProjectKind, client: &str, wish: String, fee: Money) -> Done<Project> {
    Ok(Project {
        id: work.ids.next(),
        number: work.number(Series::Project)?,
        kind,
        client_id: client.to_owned(),
        wish,
        opened: work.context.today(),
        taken_in_at: work.context.moment(),
        taken_in_by: work.context.who.clone(),
        fee,
    })
}

fn open_project(work: &mut Work<'_>, kind: ProjectKind, client: &Who, wish: &str) -> Done<Outcome> {
    if kind == ProjectKind::Redesign {
        return Err(Refusal::Missing { field: "pieces" }.into());
    }
    let mut form = Reader::default();
    let wish = intake::wish(&mut form, wish);
    let wish = form.finish(Some(wish))?;
    let client = client_of(work, client)?;
    let project = new_project(work, kind, &client.id, wish, Money::ZERO)?;
    projects::open(work.tx, &project, &client.card.name, "")?;
    Ok(Outcome {
        project: Some(project.id),
        client: Some(client.id),
        ..Outcome::default()
    })
}

fn take_in(work: &mut Work<'_>, form: &IntakeForm, draft: &str) -> Done<Outcome> {
    let mut reader = Reader::default();
    let read = intake::read(form, &mut reader, &terms(work)?);
    let read = reader.finish(Some(read))?;
    let client = client_of(work, &form.client)?;
    let project = new_project(work, form.kind, &client.id, read.wish, read.fee.unwrap_or_default())?;
    let envelopes: Vec<&str> = read.pieces.iter().map(|piece| piece.envelope.as_str()).collect();
    for (index, piece) in read.pieces.iter().enumerate() {
        corrections::free_envelope(work.tx, &piece.envelope, &envelopes[..index], &project.id)?;
        work.doubts(doubts::piece(piece));
    }
    let usual = terms(work)?;
    work.doubts(doubts::fee(project.fee, &usual));
    projects::open(work.tx, &project, &client.card.name, &envelopes.join(" "))?;
    for (position, piece) in (0..).zip(&read.pieces) {
        projects::add_piece(work.tx, &project.id, position, piece, &mut || work.ids.next())?;
    }
    for given in &form.consents {
        let mut given = given.clone();
        // The moment comes from the screen; one that is none, or lies ahead, is the moment of taking in.
        let moment = DateTime::parse_from_rfc3339(&given.at)
            .ok()
            .filter(|at| *at <= work.context.instant);
        let moment = moment.map_or(work.context.instant, |at| {
            at.with_timezone(work.context.instant.offset())
        });
        given.at = moment.format("%Y-%m-%dT%H:%M:%S%:z").to_string();
        projects::consent(work.tx, &project.id, &given)?;
    }
    let strokes = match &form.signature {
        Signature::Screen { strokes } => serde_json::to_string(strokes).ok(),
        Signature::Paper | Signature::None => None,
    };
    projects::sign(work.tx, &project.id, &client.card.name, strokes, &work.context.moment())?;
    if !form.fee_method.is_empty() && project.fee > Money::ZERO {
        let till = Till {
            terms: &terms(work)?,
            client: client.card.kind,
            entries: &[],
            credit: Money::ZERO,
            paid_by: &[],
            case_id: None,
            today: work.context.today(),
        };
        let paid = Booking::of(
            EntryKind::ValuationFee,
            project.fee,
            &form.fee_method,
            work.context.today(),
        );
        let entry = booking::entry(work.ids.next(), paid, &till)?;
        ledger::book(
            work.tx,
            Some(&project.id),
            &entry,
            &work.context.moment(),
            &work.context.who,
        )?;
    }
    let paper = papers::issue_receipt(work, &project.id, &form.signature)?;
    drafts::done_with(work.tx, draft)?;
    Ok(Outcome {
        project: Some(project.id),
        client: Some(client.id),
        paper: Some(paper),
        ..Outcome::default()
    })
}

fn decide(work: &mut Work<'_>, piece: &str, accepted: bool, reason: &str) -> Done<Outcome> {
    let mut form = Reader::default();
    let reason = form.text("reason", reason, 1000);
    let reason = form.finish(Some(reason))?;
    let project_id = projects::of_piece(work.tx, piece)?;
    let dossier = load::dossier(work.tx, &project_id, work.context.today())?;
    dossier.may_decide()?;
    let project = &dossier.project;
    let found = dossier.pieces.iter().find(|found| found.id == piece);
    let found = found.ok_or(Refusal::NotFound)?;
    let verdict = read::assess(found, &terms(work)?)?.value.verdict;
    if accepted && project.kind == ProjectKind::Redesign && verdict == Verdict::Ineligible {
        return Err(Refusal::Ineligible.into());
    }
    if reason.is_empty() && (!accepted || verdict == Verdict::Borderline) {
        return Err(Refusal::ReasonNeeded.into());
    }
    let decision = Decision {
        id: work.ids.next(),
        accepted,
        reason,
        decided_at: work.context.moment(),
        decided_by: work.context.who.clone(),
    };
    projects::decide(work.tx, piece, &decision)?;
    Ok(Outcome {
        undo: corrections::taken_back(&project_id, &decision.id),
        project: Some(project_id),
        ..Outcome::default()
    })
}

fn weigh_stone(work: &mut Work<'_>, stone: &str, weighed: &str) -> Done<Outcome> {
    let mut form = Reader::default();
    let carat = form.positive("weighed", weighed, 3);
    let carat = form.finish(carat)?;
    let known = projects::stone(work.tx, stone)?;
    work.doubts(doubts::weighed(carat, &known));
    let piece = projects::weigh(work.tx, stone, carat)?;
    Ok(Outcome {
        project: Some(projects::of_piece(work.tx, &piece)?),
        ..Outcome::default()
    })
}

fn note_gold_price(work: &mut Work<'_>, day: &str, unit: &str, euro: &str, source: &str) -> Done<Outcome> {
    let mut form = Reader::on(work.context.today());
    let today = work.context.today();
    let (day, price) = (
        read::price_day(&mut form, day, today),
        read::price(&mut form, unit, euro),
    );
    let source = form.needed("source", source, 160);
    let (day, price) = form.finish(day.zip(price))?;
    let last = gold::newest(work.tx)?.map(|noted| noted.price);
    work.doubts(doubts::gold_price(price, last));
    note(work, day, price, &source)?;
    Ok(Outcome::default())
}

fn note(work: &mut Work<'_>, day: chrono::NaiveDate, price: GoldPrice, source: &str) -> Done<()> {
    let noted = Noted {
        id: work.ids.next(),
        day,
        price,
        source: source.to_owned(),
        noted_at: work.context.moment(),
        noted_by: work.context.who.clone(),
    };
    gold::note(work.tx, &noted)
}

fn import_gold_prices(work: &mut Work<'_>, csv: &str, unit: &str, source: &str, skip: bool) -> Done<Outcome> {
    let mut form = Reader::default();
    let source = form.needed("source", source, 160);
    let source = form.finish(Some(source))?;
    let file = read::price_file(csv, unit, work.context.today());
    if let Some(problem) = file.problems.into_iter().next().filter(|_| !skip) {
        return Err(problem.into());
    }
    if file.prices.is_empty() {
        return Err(Refusal::BadPriceLine {
            line: 1,
            why: "price-line-unreadable",
        }
        .into());
    }
    let mut known: Vec<_> = gold::all(work.tx)?
        .into_iter()
        .map(|noted| (noted.day, noted.price))
        .collect();
    let mut imported = 0;
    for (day, price) in file.prices {
        if !known.contains(&(day, price)) {
            let before = known
                .iter()
                .filter(|(noted, _)| *noted <= day)
                .max_by_key(|(noted, _)| *noted);
            let nearest = before.or_else(|| known.iter().min_by_key(|(noted, _)| *noted));
            // The wrong unit is wrong on every line: it is asked about once.
            if work.doubts.is_empty() {
                work.doubts(doubts::gold_price(price, nearest.map(|(_, price)| *price)));
            }
            note(work, day, price, &source)?;
            known.push((day, price));
            imported += 1;
        }
    }
    Ok(Outcome {
        imported: Some(imported),
        ..Outcome::default()
    })
}

/// A project that can be valued and quoted: value and price of an order are those the client accepted.
fn quotable(work: &Work<'_>, project: &str) -> Done<Dossier> {
    let dossier = load::dossier(work.tx, project, work.context.today())?;
    dossier.may_quote()?;
    Ok(dossier)
}

fn value(work: &mut Work<'_>, project: &str, form: &ValueForm) -> Done<Outcome> {
    quotable(work, project)?;
    let mut reader = Reader::default();
    let read = ValueRead::of(work.tx, project, form, &terms(work)?, &mut reader)?;
    let read: ValueRead = reader.finish(Some(read))?;
    let sheet = read.sheet.as_ref().map_err(|refusal| refusal.clone())?;
    let valuation = Valuation {
        id: work.ids.next(),
        project_id: project.to_owned(),
        number: work.number(Series::Valuation)?,
        gold_price_id: read.price.as_ref().map(|noted| noted.id.clone()),
        worksheet: read.evidence(),
        credit: sheet.credit,
        issued_at: work.context.moment(),
        issued_by: work.context.who.clone(),
    };
    quotes::issue_valuation(work.tx, &valuation)?;
    let paper = papers::issue_valuation(work, &valuation.number, &read)?;
    Ok(Outcome {
        project: Some(project.to_owned()),
        paper: Some(paper),
        ..Outcome::default()
    })
}

fn issue_quote(work: &mut Work<'_>, project: &str, form: &QuoteForm) -> Done<Outcome> {
    let is_stale = quotable(work, project)?.value_is_stale();
    let house = house(work.tx)?;
    let mut reader = Reader::on(work.context.today());
    let in_force = version_on(work.tx, work.context.today())?;
    let read = QuoteRead::of(
        work.tx,
        (project, is_stale),
        form,
        &in_force.terms,
        work.context.today(),
        &mut reader,
    )?;
    let read: QuoteRead = reader.finish(Some(read))?;
    if let Some(refusal) = read.refused {
        return Err(refusal.into());
    }
    let (totals, valid_until) = match (&read.totals, read.valid_until) {
        (Some(totals), Some(day)) => (totals, day),
        _ => return Err(Refusal::NoLines.into()),
    };
    let issued = quotes::of_project(work.tx, project)?;
    work.doubts(doubts::price(totals.value.total, issued.first().map(|last| last.total)));
    let (number, version) = match issued.first() {
        Some(last) => (last.number.clone(), last.version + 1),
        None => (work.number(Series::Quote)?, 1),
    };
    let quote = Quote {
        id: work.ids.next(),
        project_id: project.to_owned(),
        number,
        version,
        terms_id: in_force.id,
        valuation_id: read.valuation.as_ref().map(|valuation| valuation.id.clone()),
        frozen: serde_json::to_value(form).map_err(crate::store::Trouble::broken)?,
        total: totals.value.total,
        to_pay: totals.value.to_pay,
        valid_until,
        issued_at: work.context.moment(),
        issued_by: work.context.who.clone(),
    };
    quotes::issue(work.tx, &quote)?;
    let paper = papers::issue_quote(work, &house, &quote, &read)?;
    Ok(Outcome {
        project: Some(project.to_owned()),
        paper: Some(paper),
        ..Outcome::default()
    })
}

/// Notes that the structured file of an invoice was handed over.
fn hand_over_invoice(work: &Work<'_>, paper: &str) -> Done<Outcome> {
    let (issued, _) = crate::store::papers::get(work.tx, paper)?;
    if invoices::of_paper(work.tx, &issued.id)?.is_none() {
        return Err(Refusal::NotFound.into());
    }
    invoices::sent(work.tx, &issued.id, &work.context.moment())?;
    Ok(Outcome {
        project: issued.project_id,
        ..Outcome::default()
    })
}

/// Closes the house for some days.
fn close_days(work: &mut Work<'_>, first: &str, last: &str, reason: &str) -> Done<Outcome> {
    let mut form = Reader::on(work.context.today());
    let (first, last) = (form.day("first", first), form.day("last", last));
    let reason = form.text("reason", reason, 200);
    let (first, last) = form.finish(first.zip(last))?;
    let span = Span::new(first, last).ok_or(Refusal::MostBelowLeast { field: "last" })?;
    if span.last.year() > 9999 {
        return Err(Refusal::TooLarge { field: "last" }.into());
    }
    let id = work.ids.next();
    ledger::close(work.tx, &id, span, &reason)?;
    Ok(Outcome {
        undo: Some(Undo::ReopenDays { id }),
        moves_days_from: Some(span.first),
        ..Outcome::default()
    })
}

/// Takes closing days back.
fn reopen_days(work: &Work<'_>, id: &str) -> Done<Outcome> {
    let closed = ledger::closings(work.tx)?.into_iter().find(|(known, ..)| known == id);
    ledger::reopen(work.tx, id)?;
    let moves_days_from = closed.as_ref().map(|(_, span, _)| span.first);
    let again = closed.map(|(_, span, reason)| Undo::CloseDays {
        first: span.first.to_string(),
        last: span.last.to_string(),
        reason,
    });
    Ok(Outcome {
        undo: again,
        moves_days_from,
        ..Outcome::default()
    })
}

impl Action {
    /// What changes the same thing, where a form of it may have been begun before another's.
    pub(super) fn changes(&self, tx: &Tx<'_>) -> Done<Same> {
        if let Self::EditClient { id, .. } = self {
            let doing = &[r#""do":"edit-client""#, r#""do":"merge-clients""#];
            return Ok((doing, vec![id.clone()]));
        }
        if let Self::EditHouse { .. } = self {
            return Ok((&[r#""do":"edit-house""#], Vec::new()));
        }
        if let Self::ChangeTerms { .. } = self {
            return Ok((&[r#""do":"change-terms""#], Vec::new()));
        }
        let Self::Correct { what } = self else {
            return Ok((&[], Vec::new()));
        };
        let project = if let Correction::Piece { piece, .. } = what {
            projects::of_piece(tx, piece)?
        } else if let Correction::Project { project, .. } = what {
            project.clone()
        } else {
            return Ok((&[], Vec::new()));
        };
        // A stone that was weighed, or a part, is named alone.
        let mut names = vec![project.clone()];
        for piece in projects::pieces(tx, &project)? {
            names.push(piece.id);
            names.extend(piece.stones.into_iter().map(|(id, ..)| id));
            names.extend(piece.metals.into_iter().map(|(id, _)| id));
        }
        let doing = &[r#""do":"correct""#, r#""do":"weigh-stone""#, r#""step":"weigh-metal""#];
        Ok((doing, names))
    }

    /// The name it is asked for by in the list of what a role may do.
    #[must_use]
    pub fn name(&self) -> String {
        super::roles::name_of_action(&serde_json::to_value(self).unwrap_or_default())
    }
}
