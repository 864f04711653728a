//! What was taken in wrongly is put right: each correction says what the fact was before and is now, names the papers that
//! showed the old one, and issues them again. What was a slip is taken back; what was a mistake altogether is withdrawn.

use super::as_typed::PieceNow;
use super::book::{client_of, is_erased};
use super::doubts;
use super::load;
use super::papers::{self, orders};
use super::work::{Outcome, Undo, Work, terms};
use crate::aftersales::case::CaseHappened;
use crate::form::Reader;
use crate::house::Role;
use crate::intake::{self, PieceForm, Signature, Who};
use crate::money::Money;
use crate::number::fixed;
use crate::order::{Change, Dossier, Happened, Happening, IntakeFact, Personal, Piece};
use crate::paper::Sheet;
use crate::paper::kind::PaperKind;
use crate::refusal::{NotNow, Refusal};
use crate::store::happenings::{self, To};
use crate::store::papers::{self as paper_rows, Issued};
use crate::store::projects::{self, Ids};
use crate::store::{Done, Tx, cases};
use crate::words::Language;
use serde::{Deserialize, Serialize};

/// What can be put right, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "correct", rename_all = "kebab-case")]
pub enum Correction {
    /// Puts a piece right that was taken in wrongly.
    Piece {
        /// The piece's id.
        piece: String,
        /// The version of its project that the form began from.
        version: i64,
        /// The form as typed.
        form: PieceForm,
        /// The stones of the form by their ids, empty for one that was forgotten.
        stones: Vec<String>,
        /// Its metal parts alike.
        metals: Vec<String>,
        /// Why.
        reason: String,
    },
    /// Puts right what is wished, or what the valuation costs.
    Project {
        /// The project's id.
        project: String,
        /// Its version that the form began from.
        version: i64,
        /// What the client wants.
        wish: String,
        /// The fee in euro, as typed.
        fee: String,
        /// Why.
        reason: String,
    },
    /// Gives a project to the client it is of.
    Client {
        /// The project's id.
        project: String,
        /// Whose it is.
        client: Who,
        /// Why.
        reason: String,
    },
    /// Withdraws an intake that was a mistake.
    Withdraw {
        /// The project's id.
        project: String,
        /// Why.
        reason: String,
    },
    /// Takes back what was written down last, a slip.
    TakeBack {
        /// The project's id.
        project: String,
        /// What is taken back, by its id.
        happening: String,
    },
    /// The same on an after-sales case.
    TakeBackOnCase {
        /// The case's id.
        case: String,
        /// What is taken back, by its id.
        happening: String,
    },
}

impl Correction {
    /// Who may put each right, beside a manager, by its name among the actions.
    pub(super) const WHO: [(&str, &[Role]); 6] = [
        ("correct-piece", &[Role::Counter, Role::Designer]),
        ("correct-project", &[Role::Counter, Role::Designer]),
        ("correct-client", &[Role::Counter]),
        ("correct-withdraw", &[Role::Counter]),
        ("correct-take-back", &[Role::Counter, Role::Designer]),
        ("correct-take-back-on-case", &[Role::Counter, Role::Designer]),
    ];

    /// Puts it right.
    pub(super) fn done(&self, work: &mut Work<'_>) -> Done<Outcome> {
        match self {
            Self::Piece {
                piece: id,
                version,
                form,
                stones,
                metals,
                reason,
            } => piece(work, (id, *version), form, Ids { stones, metals }, reason),
            Self::Project {
                project: id,
                version,
                wish,
                fee,
                reason,
            } => project(work, (id, *version), [wish, fee, reason]),
            Self::Client {
                project,
                client: who,
                reason,
            } => client(work, project, who, reason),
            Self::Withdraw { project, reason } => withdraw(work, project, reason),
            Self::TakeBack { project, happening } => take_back(work, project, happening),
            Self::TakeBackOnCase { case, happening } => take_back_on_case(work, case, happening),
        }
    }
}

/// A fact of a piece: which, of which component, and what it says. Figures with a point, whoever reads them.
type Said = (IntakeFact, String, String);

fn facts(piece: &Piece) -> Vec<Said> {
    // English types figures with a point.
    let PieceNow { form, stones, metals } = PieceNow::of(piece, Language::En);
    let mut said = vec![
        (IntakeFact::Description, String::new(), form.description),
        (IntakeFact::Condition, String::new(), form.condition),
        (IntakeFact::Envelope, String::new(), form.envelope),
        (IntakeFact::DeclaredValue, String::new(), form.declared_value),
        (IntakeFact::Photos, String::new(), form.photos.join(" ")),
    ];
    for (id, stone) in stones.iter().zip(form.stones) {
        let of = |fact, text: String| (fact, id.clone(), text);
        said.extend([
            of(IntakeFact::StoneRole, stone.role),
            of(IntakeFact::Gem, stone.gem),
            of(IntakeFact::Gravity, stone.gravity),
            of(IntakeFact::Weighed, stone.weighed),
            of(IntakeFact::Cut, stone.cut),
            of(IntakeFact::Length, stone.length),
            of(IntakeFact::Width, stone.width),
            of(IntakeFact::Depth, stone.depth),
            of(IntakeFact::Girdle, stone.girdle),
            of(IntakeFact::StoneNote, stone.note),
        ]);
    }
    for (id, metal) in metals.iter().zip(form.metals) {
        let of = |fact, text: String| (fact, id.clone(), text);
        said.extend([
            of(IntakeFact::Part, metal.name),
            of(IntakeFact::Stamp, metal.stamp),
            of(IntakeFact::Title, metal.title),
            of(IntakeFact::Tested, metal.tested),
            of(IntakeFact::Gross, metal.gross),
            of(IntakeFact::Mounted, metal.mounted),
            of(IntakeFact::OtherParts, metal.other),
        ]);
    }
    said
}

/// The components of a piece, each with what it is called in figures and words of no language.
fn components(piece: &Piece) -> Vec<(String, String)> {
    let stones = piece.stones.iter().map(|(id, read, _)| (id.clone(), read.gem.clone()));
    let metals = piece.metals.iter().map(|(id, read)| (id.clone(), read.name.clone()));
    stones.chain(metals).collect()
}

/// What says something else now. A component that came or went is one change.
fn changes(before: &Piece, after: &Piece) -> Vec<Change> {
    let (had, has) = (components(before), components(after));
    let in_both = |of: &str| of.is_empty() || [&had, &has].iter().all(|list| list.iter().any(|(id, _)| id == of));
    let now = facts(after);
    let mut changes: Vec<Change> = facts(before)
        .into_iter()
        .filter(|(_, of, _)| in_both(of))
        .filter_map(|(fact, of, said)| {
            let (_, _, says) = now.iter().find(|(known, whose, _)| *known == fact && *whose == of)?;
            (*says != said).then(|| Change {
                fact,
                of,
                before: said,
                after: says.clone(),
            })
        })
        .collect();
    let component = |of: &str, before: &str, after: &str| Change {
        fact: IntakeFact::Component,
        of: of.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    let gone = had.iter().filter(|(id, _)| !in_both(id));
    changes.extend(gone.map(|(id, name)| component(id, name, "–")));
    let come = has.iter().filter(|(id, _)| !in_both(id));
    changes.extend(come.map(|(id, name)| component(id, "–", name)));
    changes
}

/// What a paper shows of an intake, so that it must be issued again when that is put right.
fn shows(kind: PaperKind, what: &Happened) -> bool {
    let Happened::Corrected { facts, .. } = what else {
        // A paper in another client's name is wrong whatever it says.
        return matches!(what, Happened::ClientChanged { .. });
    };
    let of = |shown: &dyn Fn(IntakeFact) -> bool| facts.iter().any(|fact| shown(*fact));
    match kind {
        PaperKind::IntakeReceipt => !facts.is_empty(),
        PaperKind::Valuation => of(&|fact| fact.is_priced() || matches!(fact, IntakeFact::Part | IntakeFact::Tested)),
        PaperKind::Quote => of(&|fact| fact.is_priced() || fact == IntakeFact::Fee),
        PaperKind::Labels => of(&|fact| matches!(fact, IntakeFact::Envelope | IntakeFact::Description)),
        PaperKind::JobCard => of(&|fact| {
            !matches!(
                fact,
                IntakeFact::Fee | IntakeFact::DeclaredValue | IntakeFact::Photos | IntakeFact::Condition
            )
        }),
        PaperKind::Answer
        | PaperKind::PersonalData
        | PaperKind::PersonalAnswer
        | PaperKind::WithdrawalForm
        | PaperKind::WithdrawalInformation
        | PaperKind::Acknowledgement
        | PaperKind::PriceNotice
        | PaperKind::RmaAuthorisation
        | PaperKind::ReturnLabel
        | PaperKind::ReturnForm
        | PaperKind::InspectionReport
        | PaperKind::RefundStatement
        | PaperKind::DepositInvoice
        | PaperKind::Invoice
        | PaperKind::InvoiceCredit
        | PaperKind::PurchaseSlip
        | PaperKind::PaymentReceipt
        | PaperKind::RefundReceipt
        | PaperKind::ExchangeStatement
        | PaperKind::WarrantyDecision
        | PaperKind::Refusal
        | PaperKind::ParcelRefused
        | PaperKind::HandedBack
        | PaperKind::OrderConfirmation
        | PaperKind::ConsentForm
        | PaperKind::PaymentRequest
        | PaperKind::DesignSheet
        | PaperKind::DateChange
        | PaperKind::DeliveryNote
        | PaperKind::OrderSheet
        | PaperKind::Restitution
        | PaperKind::CreditNote
        | PaperKind::Reminder
        | PaperKind::RegisteredLetter
        | PaperKind::JusticeFile => false,
    }
}

/// Of the papers of a project, those that show what was put right since: each with whether a newer one of its kind stands in its
/// place.
pub(super) fn outdated(papers: &[Issued], happenings: &[Happening]) -> Vec<(String, bool)> {
    let old = |paper: &&Issued| {
        // Ids count up: what was issued before a correction has a lower one.
        PaperKind::named(&paper.kind).is_some_and(|kind| {
            happenings
                .iter()
                .any(|happening| paper.id < happening.id && shows(kind, &happening.what))
        })
    };
    let replaced = |paper: &Issued| {
        papers
            .iter()
            .any(|other| other.kind == paper.kind && other.id > paper.id)
    };
    papers
        .iter()
        .filter(old)
        .map(|paper| (paper.id.clone(), replaced(paper)))
        .collect()
}

/// Writes the correction down, and issues again what the house gave out or works by: the receipt, the labels, the job card.
fn corrected(work: &mut Work<'_>, project: &str, what: Happened, changes: Vec<Change>) -> Done<Outcome> {
    let personal = Personal {
        changes,
        ..Personal::default()
    };
    let happening = happens(work, project, what, personal)?;
    let issued = paper_rows::of(work.tx, paper_rows::To::Project(project))?;
    let last = |kind: PaperKind| issued.iter().rev().find(|paper| paper.kind == kind.stored());
    let dossier = load::dossier(work.tx, project, work.context.today())?;
    type Issue = fn(&mut Work<'_>, &Dossier) -> Done<String>;
    let again: [(PaperKind, Issue); 3] = [
        (PaperKind::Labels, |work, dossier| {
            orders::labels(work, dossier, Sheet::LabelRoll)
        }),
        (PaperKind::JobCard, orders::job_card),
        (PaperKind::IntakeReceipt, |work, dossier| {
            papers::issue_receipt(work, &dossier.project.id, &Signature::Paper)
        }),
    ];
    let mut paper = None;
    for (kind, issue) in again {
        if let Some(old) = last(kind).filter(|_| shows(kind, &happening.what)) {
            work.corrects = Some(old.number.clone());
            paper = Some(issue(work, &dossier)?);
            work.corrects = None;
        }
    }
    Ok(Outcome {
        project: Some(project.to_owned()),
        paper,
        ..Outcome::default()
    })
}

fn reason(text: &str) -> Result<String, Refusal> {
    let mut form = Reader::default();
    let reason = form.needed("reason", text, 1000);
    form.finish(Some(reason))
}

/// Puts a piece right.
fn piece(work: &mut Work<'_>, (id, version): (&str, i64), form: &PieceForm, ids: Ids<'_>, why: &str) -> Done<Outcome> {
    let project = projects::of_piece(work.tx, id)?;
    unchanged(work.tx, &project, version)?;
    let dossier = load::dossier(work.tx, &project, work.context.today())?;
    may_correct(work, &dossier)?;
    let before = the_piece(&dossier, id)?;
    let mut reader = Reader::default();
    let read = intake::read_piece(form, &mut reader, &terms(work)?);
    let read = reader.finish(Some(read))?;
    let why = reason(why)?;
    named_once(form, ids)?;
    stays(work.tx, &dossier, before, ids)?;
    free_envelope(work.tx, &read.envelope, &siblings(&dossier.pieces, id), &project)?;
    work.doubts(doubts::piece(&read));
    for (metal, read) in ids.metals.iter().zip(read.metals.iter().flatten()) {
        let weighs = before.metals.iter().find(|(known, _)| known == metal);
        let changed = weighs.is_some_and(|(_, known)| known.part.gross_g != read.part.gross_g);
        if changed && projects::is_weighed_again(work.tx, metal)? {
            work.rights.push("weigh-metal");
            let (weighing, at) = (work.ids.next(), work.context.moment());
            projects::weigh_metal(work.tx, &weighing, metal, read.part.gross_g, &at, &work.context.who)?;
        }
    }
    projects::correct_piece(work.tx, id, &read, ids, &mut || work.ids.next())?;
    refold(work.tx, &dossier)?;
    let after = load::dossier(work.tx, &project, work.context.today())?;
    let changes = changes(before, the_piece(&after, id)?);
    if changes.is_empty() {
        return Err(Refusal::NothingCorrected.into());
    }
    let what = Happened::Corrected {
        facts: changes.iter().map(|change| change.fact).collect(),
        reason: why,
    };
    corrected(work, &project, what, changes)
}

fn the_piece<'a>(dossier: &'a Dossier, id: &str) -> Done<&'a Piece> {
    let piece = dossier.pieces.iter().find(|piece| piece.id == id);
    Ok(piece.ok_or(Refusal::NotFound)?)
}

/// Whether facts can be put right; a client who was forgotten has no card to print a paper from.
fn may_correct(work: &Work<'_>, dossier: &Dossier) -> Done<()> {
    dossier.may_correct()?;
    if is_erased(work.tx, &dossier.client.id)? {
        return Err(NotNow::Over.into());
    }
    Ok(())
}

/// A form that was begun before someone else put the same right says so, and undoes nothing.
fn unchanged(tx: &Tx<'_>, project: &str, version: i64) -> Done<()> {
    if projects::version(tx, project)? == version {
        Ok(())
    } else {
        Err(Refusal::changed().into())
    }
}

/// No two stones or parts of a form are the same component, and none is without its form.
fn named_once(form: &PieceForm, ids: Ids<'_>) -> Result<(), Refusal> {
    let mut named: Vec<&String> = ids
        .stones
        .iter()
        .chain(ids.metals)
        .filter(|id| !id.is_empty())
        .collect();
    let count = named.len();
    named.sort();
    named.dedup();
    if named.len() == count && ids.stones.len() <= form.stones.len() && ids.metals.len() <= form.metals.len() {
        Ok(())
    } else {
        Err(Refusal::NotFound)
    }
}

/// A component that something happened to, or that an order or a valuation rests on, stays on its piece: it ends in a fate.
fn stays(tx: &Tx<'_>, dossier: &Dossier, piece: &Piece, ids: Ids<'_>) -> Done<()> {
    let used = |id: &String| {
        let happened = dossier.happenings.iter().any(|happening| {
            matches!(
                &happening.what,
                Happened::Moved { components, .. } | Happened::Settled { components, .. } if components.contains(id)
            )
        });
        happened || dossier.order.is_some() || dossier.is_valued(id)
    };
    let named = |id: &String| ids.stones.contains(id) || ids.metals.contains(id);
    for (id, _) in components(piece).into_iter().filter(|(id, _)| !named(id)) {
        if used(&id) || projects::is_weighed_again(tx, &id)? {
            return Err(NotNow::ComponentUsed.into());
        }
    }
    Ok(())
}

/// The envelopes of the other pieces of a project.
pub(super) fn siblings<'a>(pieces: &'a [Piece], id: &str) -> Vec<&'a str> {
    let others = pieces.iter().filter(|other| other.id != id);
    others.map(|other| other.envelope.as_str()).collect()
}

/// Refuses an envelope that lies in the house already, with another piece in it.
pub(super) fn free_envelope(tx: &Tx<'_>, envelope: &str, others: &[&str], project: &str) -> Done<()> {
    let here = |known: &&&str| known.eq_ignore_ascii_case(envelope);
    if others.iter().any(|other| here(&other)) {
        return Err(Refusal::EnvelopeInUse {
            envelope: envelope.to_owned(),
            project: projects::get(tx, project).map_or(String::new(), |project| project.number),
        }
        .into());
    }
    for other in projects::in_envelope(tx, envelope)? {
        if other.id != project && in_house(tx, &other.id, envelope)? {
            return Err(Refusal::EnvelopeInUse {
                envelope: envelope.to_owned(),
                project: other.number,
            }
            .into());
        }
    }
    Ok(())
}

/// Whether anything of a project's pieces in an envelope is still kept for its client.
fn in_house(tx: &Tx<'_>, project: &str, envelope: &str) -> Done<bool> {
    let told = happenings::of::<Happened>(tx, To::Project, project)?;
    let held = load::held(&told);
    let withdrawn = held
        .iter()
        .any(|happening| matches!(happening.what, Happened::Withdrawn { .. }));
    let components: Vec<(String, bool)> = projects::pieces(tx, project)?
        .iter()
        .filter(|piece| piece.envelope.eq_ignore_ascii_case(envelope))
        .flat_map(|piece| components(piece).into_iter().map(|(id, _)| (id, true)))
        .collect();
    let custody = crate::order::custody(&components, &held);
    Ok(!withdrawn && custody.iter().any(|component| component.fate.is_none()))
}

fn refold(tx: &Tx<'_>, dossier: &Dossier) -> Done<()> {
    let project = &dossier.project;
    projects::correct(tx, &project.id, &dossier.client, &project.wish, project.fee)
}

/// Puts right what is wished, and what the valuation costs while nothing of it is paid.
fn project(work: &mut Work<'_>, (id, version): (&str, i64), [wish, fee, why]: [&str; 3]) -> Done<Outcome> {
    unchanged(work.tx, id, version)?;
    let dossier = load::dossier(work.tx, id, work.context.today())?;
    may_correct(work, &dossier)?;
    let mut form = Reader::default();
    let wish = intake::wish(&mut form, wish);
    let fee = form.money("fee", fee);
    if let Some(fee) = fee {
        intake::check_fee(fee, &dossier.terms, &mut form);
    }
    let fee = form.finish(fee)?;
    let why = reason(why)?;
    let was = &dossier.project;
    if fee != was.fee && projects::fee_paid(work.tx, id)? > Money::ZERO {
        return Err(NotNow::FeePaid.into());
    }
    let doubt = doubts::fee(fee, &dossier.terms);
    work.doubts(doubt);
    let amount = |money: Money| fixed(money.euro(), 2);
    let change = |fact, before: String, after: String| {
        (before != after).then(|| Change {
            fact,
            of: String::new(),
            before,
            after,
        })
    };
    let changes: Vec<Change> = [
        change(IntakeFact::Wish, was.wish.clone(), wish.clone()),
        change(IntakeFact::Fee, amount(was.fee), amount(fee)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if changes.is_empty() {
        return Err(Refusal::NothingCorrected.into());
    }
    projects::correct(work.tx, id, &dossier.client, &wish, fee)?;
    let what = Happened::Corrected {
        facts: changes.iter().map(|change| change.fact).collect(),
        reason: why,
    };
    corrected(work, id, what, changes)
}

/// Gives the project to the client it is of.
fn client(work: &mut Work<'_>, id: &str, who: &Who, why: &str) -> Done<Outcome> {
    let dossier = load::dossier(work.tx, id, work.context.today())?;
    dossier.may_change_client()?;
    let why = reason(why)?;
    let client = client_of(work, who)?;
    if client.id == dossier.client.id {
        return Err(Refusal::NothingCorrected.into());
    }
    projects::correct(work.tx, id, &client, &dossier.project.wish, dossier.project.fee)?;
    paper_rows::refile(work.tx, id, &client.id)?;
    let what = Happened::ClientChanged {
        from: dossier.client.id.clone(),
        reason: why,
    };
    Ok(Outcome {
        client: Some(client.id),
        ..corrected(work, id, what, Vec::new())?
    })
}

/// Withdraws an intake that was a mistake, while nothing followed from it.
fn withdraw(work: &mut Work<'_>, id: &str, why: &str) -> Done<Outcome> {
    let dossier = load::dossier(work.tx, id, work.context.today())?;
    dossier.may_withdraw()?;
    let what = Happened::Withdrawn { reason: reason(why)? };
    let happening = happens(work, id, what, Personal::default())?;
    Ok(Outcome {
        project: Some(id.to_owned()),
        undo: taken_back(id, &happening.id),
        ..Outcome::default()
    })
}

fn happens(work: &mut Work<'_>, project: &str, what: Happened, personal: Personal) -> Done<Happening> {
    let happening = Happening {
        id: work.ids.next(),
        of: project.to_owned(),
        day: work.context.today(),
        what,
        personal,
        at: work.context.moment(),
        by: work.context.who.clone(),
    };
    happenings::add(work.tx, To::Project, &happening)?;
    Ok(happening)
}

/// The action that takes something back that was written down on a project.
pub(super) fn taken_back(project: &str, happening: &str) -> Option<Undo> {
    Some(Undo::Correct {
        correct: "take-back",
        project: project.to_owned(),
        happening: happening.to_owned(),
    })
}

/// Takes the last thing back that was written down: a slip, of which no money, no paper and nothing else came.
fn take_back(work: &mut Work<'_>, project: &str, id: &str) -> Done<Outcome> {
    let dossier = load::dossier(work.tx, project, work.context.today())?;
    let decided = dossier
        .pieces
        .iter()
        .filter_map(|piece| piece.decision.as_ref())
        .any(|decision| decision.id == id);
    let step = if decided {
        "decide"
    } else {
        dossier.may_take_back(id)?.step()
    };
    // Who may not do it may not undo it.
    work.rights.push(step);
    // Ids count up: what came after it has a higher one.
    let papers = paper_rows::of(work.tx, paper_rows::To::Project(project))?;
    let later = papers.iter().any(|paper| paper.id.as_str() > id)
        || dossier.entries.iter().any(|entry| entry.id.as_str() > id)
        || dossier.quotes.iter().any(|quote| quote.id.as_str() > id)
        || dossier.valuations.iter().any(|valuation| valuation.id.as_str() > id)
        || dossier.told.iter().any(|happening| happening.id.as_str() > id)
        || cases::of_project(work.tx, project)?
            .iter()
            .any(|case| case.id.as_str() > id);
    if later || is_erased(work.tx, &dossier.client.id)? {
        return Err(NotNow::NothingToTakeBack.into());
    }
    if dossier.withdrawn() {
        for piece in &dossier.pieces {
            free_envelope(work.tx, &piece.envelope, &[], project)?;
        }
    }
    let taken_back = Happened::TakenBack { of: id.to_owned() };
    happens(work, project, taken_back, Personal::default())?;
    Ok(Outcome {
        project: Some(project.to_owned()),
        ..Outcome::default()
    })
}

/// Takes the last thing back that was written down on a case, as on a project.
fn take_back_on_case(work: &mut Work<'_>, case: &str, id: &str) -> Done<Outcome> {
    let file = load::case(work.tx, case, work.context.today())?;
    work.rights.push(file.may_take_back(id)?);
    let papers = paper_rows::of(work.tx, paper_rows::To::Case(case))?;
    let of_project = file.case.project_id.as_deref();
    let cases = of_project.map_or(Ok(Vec::new()), |project| cases::of_project(work.tx, project))?;
    let later = papers.iter().any(|paper| paper.id.as_str() > id)
        || file.entries.iter().any(|entry| entry.id.as_str() > id)
        || cases.iter().any(|case| case.id.as_str() > id);
    if later || is_erased(work.tx, &file.client.id)? {
        return Err(NotNow::NothingToTakeBack.into());
    }
    let happening = Happening {
        id: work.ids.next(),
        of: case.to_owned(),
        day: work.context.today(),
        what: CaseHappened::TakenBack { of: id.to_owned() },
        personal: Personal::default(),
        at: work.context.moment(),
        by: work.context.who.clone(),
    };
    happenings::add(work.tx, To::Case, &happening)?;
    Ok(Outcome {
        case: Some(case.to_owned()),
        ..Outcome::default()
    })
}
