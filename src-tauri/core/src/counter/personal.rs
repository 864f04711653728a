//! A client's own data: a complete copy, correction with its history, and erasure that keeps what the law wants kept
//! (GDPR art. 15 to 17).

use super::book::is_erased;
use super::forms::Fields;
use super::load;
use super::lookup::Lookup;
use super::papers;
use super::requests::{history, open_requests};
use super::view::{self, HistoryLine};
use super::work::{Outcome, Undo, Work};
use crate::aftersales::case::{self, CaseStage};
use crate::calendar::{later, period_end};
use crate::client::{Card, DataHappened};
use crate::grounds::{Fact, Message};
use crate::ledger::{self, Entry, EntryKind};
use crate::money::Money;
use crate::order::booking::{self, STORE_CREDIT};
use crate::order::old_gold;
use crate::order::{Happened, Happening, IntakeFact, Personal, Stage};
use crate::paper::kind::{Erased, PaperKind};
use crate::refusal::{NotNow, Refusal};
use crate::store::happenings::{self, To};
use crate::store::papers::{self as paper_rows, Issued};
use crate::store::series::KEPT_FOR;
use crate::store::{
    Done, Tx, attachments, cases, clients, drafts, invoices, journal, ledger as ledger_rows, photos, projects,
    purchases, quotes,
};
use crate::terms::DataRight;
use crate::vocabulary::Vocabulary as _;
use chrono::Datelike as _;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};
use ts_rs::TS;

/// A client's data, as the screen shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct DataView {
    /// What was asked, corrected and erased, the last first.
    pub history: Vec<HistoryLine>,
    /// What is kept, how long, and why.
    pub retention: Vec<String>,
    /// What is due.
    pub due: Vec<super::view::TaskView>,
    /// Why nothing can be erased now.
    pub erase_refused: Option<String>,
    /// What the house owes as store credit; empty for none.
    pub store_credit: String,
    pub papers: Vec<super::view::PaperView>,
    pub erased: bool,
}

/// What a client has as credit with the house: given back as such, less what was spent.
pub(super) fn store_credit(entries: &[Entry]) -> Money {
    ledger::counting(entries)
        .filter(|entry| entry.method == STORE_CREDIT)
        .map(|entry| match entry.kind {
            EntryKind::Refund => entry.amount,
            EntryKind::Payment | EntryKind::ValuationFee | EntryKind::Correction => -entry.amount,
        })
        .sum()
}

/// The entry that undoes a wrong one of a client's; store credit that was spent since is not undone.
pub(super) fn correction(
    work: &mut Work<'_>,
    client: &str,
    entries: &[Entry],
    wrong: &str,
    reason: String,
) -> Done<Entry> {
    let wrong = booking::correctable(entries, wrong)?;
    if wrong.method == STORE_CREDIT
        && wrong.kind == EntryKind::Refund
        && wrong.amount > store_credit(&ledger_rows::of_client(work.tx, client)?)
    {
        return Err(NotNow::CreditSpent.into());
    }
    Ok(booking::correction(
        work.ids.next(),
        &wrong,
        work.context.today(),
        reason,
    ))
}

/// The numbers of what is not done yet for a client.
fn open_business(tx: &Tx<'_>, client: &str, today: NaiveDate) -> Done<Vec<String>> {
    let mut open = Vec::new();
    for project in projects::of_client(tx, client)? {
        let dossier = load::dossier(tx, &project.id, today)?;
        let nothing_held = dossier.custody().iter().all(|component| component.fate.is_some());
        let over = matches!(dossier.stage(), Stage::Closed)
            || (dossier.order.is_none()
                && nothing_held
                && matches!(
                    dossier.stage(),
                    Stage::Refused | Stage::Declined | Stage::Lapsed | Stage::TakenIn | Stage::Withdrawn
                ));
        if !over {
            open.push(project.number);
        }
    }
    for file in load::case_files(tx, cases::of_client(tx, client)?, today)? {
        if !matches!(
            file.stage(),
            CaseStage::Settled | CaseStage::Closed | CaseStage::Refused
        ) {
            open.push(file.case.number);
        }
    }
    Ok(open)
}

fn may_erase(tx: &Tx<'_>, client: &str, today: NaiveDate) -> Done<Result<(), Refusal>> {
    let open = open_business(tx, client, today)?;
    if !open.is_empty() {
        return Ok(Err(Refusal::StillOpen {
            numbers: open.join(", "),
        }));
    }
    let credit = store_credit(&ledger_rows::of_client(tx, client)?);
    Ok(if credit > Money::ZERO {
        Err(Refusal::from(NotNow::CreditOpen))
    } else {
        Ok(())
    })
}

fn issued_day(paper: &Issued) -> NaiveDate {
    paper
        .issued_at
        .get(..10)
        .and_then(|day| day.parse().ok())
        .unwrap_or(NaiveDate::MAX)
}

/// Whether a paper must still be kept on a day.
fn must_be_kept(paper: &Issued, today: NaiveDate) -> bool {
    // A kind of a newer program, which this one does not know, is not thrown away.
    let stays = PaperKind::named(&paper.kind).is_none_or(|kind| kind.erased() == Erased::Stays);
    let until = if PaperKind::named(&paper.kind) == Some(PaperKind::PurchaseSlip) {
        old_gold::kept_until(issued_day(paper))
    } else {
        kept_until(issued_day(paper))
    };
    stays && today <= until
}

impl Lookup<'_> {
    pub(super) fn client_data(&self, id: &str) -> Done<DataView> {
        let language = self.language;
        let happenings = history(self.tx, id)?;
        let client = clients::get(self.tx, id)?;
        let terms = crate::store::terms::on(self.tx, self.today)?.terms;
        let credit = store_credit(&ledger_rows::of_client(self.tx, id)?);
        let line = |happening: &Happening<DataHappened>| {
            let message = match &happening.what {
                DataHappened::Asked { right } => Message::new("data-asked").with("right", Fact::Word(right.word())),
                DataHappened::Answered { right } => {
                    Message::new("data-answered").with("right", Fact::Word(right.word()))
                }
                DataHappened::Corrected { fields } => {
                    let named: Vec<String> = fields
                        .iter()
                        .map(|field| language.word(&format!("ui-card-{field}")))
                        .collect();
                    Message::new("data-corrected").with("fields", Fact::Text(named.join(", ")))
                }
                DataHappened::Merged { card } => Message::new("data-merged").with(
                    "name",
                    Fact::Text(clients::get(self.tx, card).map_or_else(|_| String::new(), |gone| gone.card.name)),
                ),
                DataHappened::Noted { note, .. } => Message::new("data-noted").with("note", Fact::Text(note.clone())),
                DataHappened::Erased {} => Message::new("data-erased"),
            };
            let file = match &happening.what {
                DataHappened::Noted { file, .. } => file.clone(),
                DataHappened::Asked { .. }
                | DataHappened::Answered { .. }
                | DataHappened::Corrected { .. }
                | DataHappened::Merged { .. }
                | DataHappened::Erased {} => None,
            };
            HistoryLine {
                file,
                day: language.short_day(happening.day),
                text: language.say(&message),
                words: happening.personal.words.clone(),
                by: happening.by.clone(),
            }
        };
        let due = open_requests(&happenings, &terms);
        Ok(DataView {
            history: happenings.iter().rev().map(line).collect(),
            retention: self.retention(id)?,
            due: due.iter().map(|(_, task)| self.task_of_client(&client, task)).collect(),
            erase_refused: may_erase(self.tx, id, self.today)?
                .err()
                .map(|refusal| language.refusal(&refusal)),
            store_credit: if credit > Money::ZERO {
                language.money(credit)
            } else {
                String::new()
            },
            papers: self
                .papers(paper_rows::To::Client(id))?
                .into_iter()
                .filter(|paper| paper.number.starts_with("PD"))
                .collect(),
            erased: happenings
                .iter()
                .any(|happening| matches!(happening.what, DataHappened::Erased {})),
        })
    }

    /// What is kept, how long, and why.
    pub(super) fn retention(&self, client: &str) -> Done<Vec<String>> {
        let papers = paper_rows::of(self.tx, paper_rows::To::Client(client))?;
        let last = papers
            .iter()
            .filter(|paper| must_be_kept(paper, self.today))
            .map(|paper| kept_until(issued_day(paper)))
            .max();
        let mut lines = vec![match last {
            Some(until) => self.say("retention-accounting", vec![("until", Fact::Day(until))]),
            None => self.language.word("retention-accounting-none"),
        }];
        lines.extend(["retention-guarantee", "retention-rest", "retention-journal"].map(|key| self.language.word(key)));
        let until = later(self.today, KEPT_FOR);
        lines.push(self.say("retention-backups", vec![("until", Fact::Day(until))]));
        Ok(lines)
    }

    /// Everything the house holds about a client, as data (GDPR art. 15 and 20).
    pub(super) fn client_copy(&self, id: &str) -> Done<Value> {
        let client = clients::get(self.tx, id)?;
        let mut all_projects = Vec::new();
        for row in projects::of_client(self.tx, id)? {
            let dossier = load::dossier(self.tx, &row.id, self.today)?;
            let pieces = dossier.pieces.iter().map(|piece| {
                json!({
                    "description": piece.description, "condition": piece.condition, "envelope": piece.envelope, "declared_value": piece.declared_value.map(Money::wire),
                    "stones": piece.stones.iter().map(|(_, stone, _)| format!("{}, {}", view::stone_name(self.language, stone), view::stone_weight(self.language, stone))).collect::<Vec<_>>(),
                    "metals": piece.metals.iter().map(|(_, metal)| format!("{}, {}", view::metal_name(self.language, metal), self.language.grams(metal.part.gross_g))).collect::<Vec<_>>(),
                    "photos": piece.photos,
                    "decision": piece.decision.as_ref().map(|decision| json!({ "accepted": decision.accepted, "reason": decision.reason })),
                })
            });
            let quotes = dossier.quotes.iter().map(|quote| json!({ "number": quote.number, "version": quote.version, "total": quote.total.wire(), "issued_at": quote.issued_at, "content": quote.frozen }));
            all_projects.push(json!({
                "number": row.number, "kind": row.kind, "opened": row.opened, "wish": row.wish, "fee": row.fee.wire(),
                "pieces": pieces.collect::<Vec<_>>(), "quotes": quotes.collect::<Vec<_>>(),
                "valuations": dossier.valuations.iter().map(|valuation| json!({ "number": valuation.number, "credit": valuation.credit.wire(), "worksheet": valuation.worksheet })).collect::<Vec<_>>(),
                "invoices": dossier.invoices, "gold_bought": dossier.purchase,
                "consents": dossier.consents, "happened": dossier.told.iter().map(told).collect::<Vec<_>>(),
            }));
        }
        let mut all_cases = Vec::new();
        for file in load::case_files(self.tx, cases::of_client(self.tx, id)?, self.today)? {
            all_cases.push(json!({ "number": file.case.number, "kind": file.case.kind, "item": file.case.item, "opened": file.case.opened, "facts": file.question, "happened": file.happenings.iter().map(told).collect::<Vec<_>>() }));
        }
        let entry = |entry: &Entry| json!({ "kind": entry.kind, "method": entry.method, "amount": entry.amount.wire(), "day": entry.day, "reference": entry.reference, "note": entry.note });
        let papers = paper_rows::of(self.tx, paper_rows::To::Client(id))?;
        let mut other_cards = Vec::new();
        for other in clients::merged_into(self.tx, id)? {
            other_cards.push(json!({
                "client": clients::get(self.tx, &other)?.card,
                "requests": history(self.tx, &other)?.iter().map(told).collect::<Vec<_>>(),
            }));
        }
        Ok(json!({
            "client": client.card, "other_cards": other_cards, "projects": all_projects, "cases": all_cases,
            "ledger": ledger_rows::of_client(self.tx, id)?.iter().map(entry).collect::<Vec<_>>(),
            "papers": papers.iter().map(|paper| json!({ "number": paper.number, "kind": paper.kind, "issued_at": paper.issued_at, "sha256": paper.sha256 })).collect::<Vec<_>>(),
            "requests": history(self.tx, id)?.iter().map(told).collect::<Vec<_>>(),
        }))
    }
}

fn told<W: Serialize>(happening: &Happening<W>) -> Value {
    let mut value = serde_json::to_value(&happening.what).unwrap_or_default();
    if let Some(map) = value.as_object_mut() {
        map.insert("day".into(), json!(happening.day));
        map.insert("said".into(), json!(happening.personal));
    }
    value
}

fn happens(work: &mut Work<'_>, client: &str, day: NaiveDate, what: DataHappened, words: String) -> Done<()> {
    let personal = Personal {
        words,
        ..Personal::default()
    };
    let happening = Happening {
        id: work.ids.next(),
        of: client.to_owned(),
        day,
        what,
        personal,
        at: work.context.moment(),
        by: work.context.who.clone(),
    };
    happenings::add(work.tx, To::Client, &happening)
}

fn done(client: &str, paper: Option<String>) -> Outcome {
    Outcome {
        client: Some(client.to_owned()),
        paper,
        ..Outcome::default()
    }
}

fn right_of(typed: &str) -> Result<DataRight, Refusal> {
    DataRight::of(typed).ok_or(Refusal::Missing { field: "right" })
}

/// Writes down what a client asks of their data.
pub(super) fn ask(work: &mut Work<'_>, client: &str, right: &str, day: &str) -> Done<Outcome> {
    let right = right_of(right)?;
    let day = Fields::on(work.context.today()).day(day, NaiveDate::MIN)?;
    let client = &clients::holder(work.tx, client)?;
    happens(work, client, day, DataHappened::Asked { right }, String::new())?;
    Ok(done(client, None))
}

/// Notes something of a client, with a file where there is one.
pub(super) fn note(work: &mut Work<'_>, client: &str, note: &str, file: &str) -> Done<Outcome> {
    let note = Fields::on(work.context.today()).needed("note", note)?;
    let client = &clients::holder(work.tx, client)?;
    if is_erased(work.tx, client)? {
        return Err(NotNow::CardGone.into());
    }
    let file = (!file.is_empty()).then(|| file.to_owned());
    if let Some(file) = &file {
        attachments::get(work.tx, file)?;
    }
    happens(
        work,
        client,
        work.context.today(),
        DataHappened::Noted { note, file },
        String::new(),
    )?;
    Ok(done(client, None))
}

/// Gives a client a complete copy, on paper; the same as data is exported beside it.
pub(super) fn give_copy(work: &mut Work<'_>, client: &str) -> Done<Outcome> {
    let client = &clients::holder(work.tx, client)?;
    let paper = papers::personal::copy(work, client)?;
    happens(
        work,
        client,
        work.context.today(),
        DataHappened::Answered { right: DataRight::Copy },
        String::new(),
    )?;
    Ok(done(client, Some(paper)))
}

/// Answers a request with a reason instead: on paper, with what is kept and why.
pub(super) fn answer(work: &mut Work<'_>, client: &str, right: &str, reason: &str) -> Done<Outcome> {
    let right = right_of(right)?;
    let reason = Fields::on(work.context.today()).needed("reason", reason)?;
    let client = &clients::holder(work.tx, client)?;
    let paper = papers::personal::answer(work, client, right, &reason)?;
    happens(
        work,
        client,
        work.context.today(),
        DataHappened::Answered { right },
        reason,
    )?;
    Ok(done(client, Some(paper)))
}

/// The fields of a card that differ, with what they said before.
fn differences(before: &Card, after: &Card) -> Map<String, Value> {
    let fields = |card: &Card| {
        serde_json::to_value(card)
            .ok()
            .and_then(|value| value.as_object().cloned())
            .unwrap_or_default()
    };
    let after = fields(after);
    fields(before)
        .into_iter()
        .filter(|(name, value)| after.get(name) != Some(value))
        .collect()
}

/// Changes a card, and keeps what it said.
pub(super) fn correct(work: &mut Work<'_>, id: &str, version: i64, card: &Card) -> Done<Outcome> {
    if clients::holder(work.tx, id)? != id {
        return Err(NotNow::CardGone.into());
    }
    let before = clients::get(work.tx, id)?.card;
    clients::edit(work.tx, id, version, card)?;
    let changed = differences(&before, card);
    if changed.is_empty() {
        return Ok(done(id, None));
    }
    let fields: Vec<String> = changed.keys().cloned().collect();
    let said = changed
        .values()
        .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        .collect::<Vec<_>>()
        .join(" · ");
    happens(work, id, work.context.today(), DataHappened::Corrected { fields }, said)?;
    let asked = open_requests(&history(work.tx, id)?, &super::work::terms(work)?)
        .into_iter()
        .any(|(right, _)| right == DataRight::Correction);
    if asked {
        happens(
            work,
            id,
            work.context.today(),
            DataHappened::Answered {
                right: DataRight::Correction,
            },
            String::new(),
        )?;
    }
    // What a client asked for is answered by it, and is no slip.
    let undo = (!asked).then(|| Undo::EditClient {
        id: id.to_owned(),
        version: version + 1,
        card: Box::new(before),
    });
    Ok(Outcome {
        undo,
        card_changed: true,
        ..done(id, None)
    })
}

/// Makes two cards of one person one: what the kept card lacks is taken from the other.
pub(super) fn merge(work: &mut Work<'_>, gone: &str, kept: &str) -> Done<Outcome> {
    if gone == kept {
        return Err(Refusal::NotFound.into());
    }
    for card in [gone, kept] {
        if clients::holder(work.tx, card)? != card || is_erased(work.tx, card)? {
            return Err(NotNow::CardGone.into());
        }
    }
    let (other, client) = (clients::get(work.tx, gone)?, clients::get(work.tx, kept)?);
    let either = |one: &str, two: &str| -> String { if one.is_empty() { two.to_owned() } else { one.to_owned() } };
    let (mine, theirs) = (&client.card, &other.card);
    let address = if mine.street.is_empty() { theirs } else { mine };
    let card = Card {
        street: address.street.clone(),
        postcode: address.postcode.clone(),
        city: address.city.clone(),
        country: address.country.clone(),
        phone: either(&mine.phone, &theirs.phone),
        email: either(&mine.email, &theirs.email),
        second_contact: either(&mine.second_contact, &theirs.second_contact),
        vat_number: either(&mine.vat_number, &theirs.vat_number),
        sizes: either(&mine.sizes, &theirs.sizes),
        preferences: either(&mine.preferences, &theirs.preferences),
        dates: either(&mine.dates, &theirs.dates),
        ..mine.clone()
    };
    clients::edit(work.tx, kept, client.version, &card)?;
    clients::merge(work.tx, gone, kept)?;
    let merged = DataHappened::Merged { card: gone.to_owned() };
    happens(work, kept, work.context.today(), merged, String::new())?;
    Ok(Outcome {
        card_changed: true,
        ..done(kept, None)
    })
}

/// Forgets a client: card, words, signatures, wishes and pictures are emptied, papers lose their bytes unless accounting must
/// keep them. Done again after their term, it empties those too.
pub(super) fn erase(work: &mut Work<'_>, id: &str) -> Done<Outcome> {
    let today = work.context.today();
    let id = &*clients::holder(work.tx, id)?;
    may_erase(work.tx, id, today)??;
    let client = clients::get(work.tx, id)?;
    let others = clients::merged_into(work.tx, id)?;
    let mut names = clients::names(work.tx, id)?;
    for other in &others {
        names.extend(clients::names(work.tx, other)?);
    }
    let mut ids: Vec<String> = [id.to_owned()].into_iter().chain(others.iter().cloned()).collect();
    for project in projects::of_client(work.tx, id)? {
        ids.extend(
            projects::pieces(work.tx, &project.id)?
                .into_iter()
                .map(|piece| piece.id),
        );
        forget_project(work, &project.id)?;
        ids.push(project.id);
    }
    for card in [id].into_iter().chain(others.iter().map(String::as_str)) {
        was_theirs(work, card)?;
    }
    for case in cases::of_client(work.tx, id)? {
        forget_case(work, &case)?;
        ids.push(case.id);
    }
    for paper in paper_rows::of(work.tx, paper_rows::To::Client(id))? {
        if !must_be_kept(&paper, today) {
            paper_rows::forget(work.tx, &paper.id)?;
        }
    }
    drafts::forget(work.tx, &ids, &names)?;
    forget_files(work, id)?;
    happenings::forget(work.tx, To::Client, id, None)?;
    journal::forget(work.tx, id, &names)?;
    // Another card of theirs goes with it.
    for other in others {
        let gone = clients::get(work.tx, &other)?;
        forget_files(work, &other)?;
        happenings::forget(work.tx, To::Client, &other, None)?;
        journal::forget(work.tx, &other, &[])?;
        let nobody = Card {
            kind: gone.card.kind,
            language: gone.card.language,
            ..Card::nobody()
        };
        clients::forget(work.tx, &other, gone.version, &nobody)?;
    }
    let nobody = Card {
        kind: client.card.kind,
        language: client.card.language,
        ..Card::nobody()
    };
    clients::forget(work.tx, id, client.version, &nobody)?;
    happens(
        work,
        id,
        today,
        DataHappened::Answered {
            right: DataRight::Erasure,
        },
        String::new(),
    )?;
    happens(work, id, today, DataHappened::Erased {}, String::new())?;
    Ok(Outcome {
        card_changed: true,
        ..done(id, None)
    })
}

/// Empties what a project holds of its client.
fn forget_project(work: &Work<'_>, project: &str) -> Done<()> {
    let dossier = load::dossier(work.tx, project, work.context.today())?;
    for photo in dossier
        .pieces
        .iter()
        .flat_map(|piece| &piece.photos)
        .chain(shown(&dossier.told).iter())
    {
        photos::forget(work.tx, photo)?;
    }
    for quote in &dossier.quotes {
        let drawings = quote.frozen.get("drawings").and_then(serde_json::Value::as_array);
        for photo in drawings.into_iter().flatten().filter_map(serde_json::Value::as_str) {
            photos::forget(work.tx, photo)?;
        }
    }
    // What was taken back, or corrected away, is theirs too.
    for happening in &dossier.told {
        if let Happened::Noted { file: Some(file), .. } = &happening.what {
            attachments::forget(work.tx, file)?;
        }
        let photo_lists = happening.personal.changes.iter();
        for list in photo_lists.filter(|change| change.fact == IntakeFact::Photos) {
            for photo in list.before.split(' ') {
                photos::forget(work.tx, photo)?;
            }
        }
    }
    happenings::forget(work.tx, To::Project, project, None)?;
    quotes::forget_words(work.tx, project)?;
    let accounting = first_day_of_accounting(work.context.today());
    ledger_rows::forget_words(work.tx, project, accounting)?;
    invoices::forget(work.tx, project, accounting)?;
    purchases::forget(work.tx, project, work.context.today())?;
    projects::forget(work.tx, project)
}

/// Empties what a case holds of its client.
fn forget_case(work: &Work<'_>, case: &cases::Case) -> Done<()> {
    // The register of withdrawals is proof: what the client wrote stays as long as accounting.
    let register_stays = work.context.today() <= kept_until(case.opened);
    for happening in happenings::of::<case::CaseHappened>(work.tx, To::Case, &case.id)? {
        if let (case::CaseHappened::Noticed { file: Some(file), .. }, false) = (&happening.what, register_stays) {
            attachments::forget(work.tx, file)?;
        }
        if let case::CaseHappened::Arrived { photos: seen, .. } | case::CaseHappened::Inspected { photos: seen, .. } =
            &happening.what
        {
            for photo in seen {
                photos::forget(work.tx, photo)?;
            }
        }
    }
    ledger_rows::forget_words(work.tx, &case.id, first_day_of_accounting(work.context.today()))?;
    happenings::forget(work.tx, To::Case, &case.id, register_stays.then_some("noticed"))?;
    cases::forget(work.tx, &case.id)
}

/// Forgets the files that were noted of a client.
fn forget_files(work: &Work<'_>, client: &str) -> Done<()> {
    for happening in history(work.tx, client)? {
        if let DataHappened::Noted { file: Some(file), .. } = happening.what {
            attachments::forget(work.tx, &file)?;
        }
    }
    Ok(())
}

/// Forgets what names a client on a project that was theirs until it proved to be another's.
fn was_theirs(work: &Work<'_>, client: &str) -> Done<()> {
    for changed in happenings::all::<Happened>(work.tx, To::Project, "client-changed")? {
        if !matches!(&changed.what, Happened::ClientChanged { from, .. } if from == client) {
            continue;
        }
        for paper in paper_rows::of(work.tx, paper_rows::To::Project(&changed.of))? {
            if paper.id < changed.id && !must_be_kept(&paper, work.context.today()) {
                paper_rows::forget(work.tx, &paper.id)?;
            }
        }
        projects::forget_signature(work.tx, &changed.of)?;
        // What is told of the time it was theirs, also by whoever put it right.
        happenings::forget_up_to(work.tx, &changed.of, &changed.id)?;
        journal::forget_project(work.tx, &changed.of)?;
    }
    Ok(())
}

/// The pictures of designs that were shown.
fn shown(happenings: &[Happening]) -> Vec<String> {
    let photo = |happening: &Happening| {
        if let Happened::Shown { photo, .. } = &happening.what {
            Some(photo.clone())
        } else {
            None
        }
    };
    happenings.iter().filter_map(photo).collect()
}

/// The first day of which accounting must keep everything today: ten years back, from 1 January.
fn first_day_of_accounting(today: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(today.year() - 10, 1, 1).unwrap_or(NaiveDate::MIN)
}

/// The last day a paper of accounting is kept: 31 December of the tenth year after its own (VAT Code art. 60).
pub(super) fn kept_until(issued: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(issued.year() + 10, 12, 31).unwrap_or_else(|| period_end(issued, 3653))
}
