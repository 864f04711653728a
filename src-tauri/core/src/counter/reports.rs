//! What a house wants to know of its after-sales and of what it holds: tables on the screen, and as files.

use super::load;
use super::lookup::{FETCHED, Lookup};
use super::papers::cases::received;
use super::story::component_names;
use crate::aftersales::case::{CaseHappened, CaseStage, cause_word};
use crate::aftersales::file::CaseFile;
use crate::custody::Place;
use crate::ledger::{self, Entry, EntryKind};
use crate::money::Money;
use crate::order::{Dossier, Happening};
use crate::refusal::Refusal;
use crate::sheet::{Cell, Sheet};
use crate::store::happenings::{self, To};
use crate::store::standing::{self, DossierKind};
use crate::store::{Done, cases, ledger as books, projects};
use crate::vocabulary::{Vocabulary as _, vocabulary};
use crate::words::Language;
use chrono::Datelike;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use ts_rs::TS;

vocabulary! {
    /// The reports.
    #[derive(TS)]
    pub enum Report in "report" {
        /// Cases that are open, the oldest first.
        OpenCases = "open-cases",
        /// What went back, month by month.
        Refunds = "refunds",
        /// What cases are about, and how they end.
        Reasons = "reasons",
        /// The register of withdrawals, in the order it was written.
        Register = "register",
        /// Whose goods the house holds.
        Custody = "custody",
        /// Every project.
        Projects = "projects",
    }
}

/// A report as the screen shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ReportView {
    pub title: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Columns of figures, by their place.
    pub figures: Vec<usize>,
    /// Where it is read on from; nothing where this is the end.
    pub next: Option<usize>,
}

/// Which dossiers of a report, in its order.
type Part = Range<usize>;

/// So many dossiers of a report are shown at once.
const AT_ONCE: usize = 100;

/// All of them.
pub(super) const WHOLE: Part = 0..usize::MAX;

/// Where the rows of a table go, one after another.
pub(super) trait Rows {
    /// The next row.
    fn row(&mut self, cells: Vec<Cell>) -> Done<()>;

    /// So many of so many dossiers were gone through; a refusal ends it.
    fn so_far(&mut self, done: usize, of: usize) -> Done<()>;
}

/// What is shown stands in memory whole: it is a part of a table, or a short one.
impl Rows for Vec<Vec<Cell>> {
    fn row(&mut self, cells: Vec<Cell>) -> Done<()> {
        self.push(cells);
        Ok(())
    }

    fn so_far(&mut self, _: usize, _: usize) -> Done<()> {
        Ok(())
    }
}

impl Report {
    /// The heads of its columns, by their words.
    const fn heads(self) -> &'static [&'static str] {
        match self {
            Self::OpenCases => &[
                "paper-number",
                "report-kind",
                "ui-client",
                "ui-case-item",
                "report-stage",
                "report-age",
                "report-due",
                "report-task",
            ],
            Self::Refunds => &[
                "report-month",
                "report-count",
                "report-money-back",
                "report-as-credit",
                "report-total",
            ],
            Self::Reasons => &[
                "report-reason",
                "report-count",
                "report-done",
                "report-refused",
                "report-total",
            ],
            Self::Register => &[
                "register-number",
                "register-received",
                "register-channel",
                "ui-client",
                "ui-case-item",
                "register-content",
                "register-in-time",
                "register-acknowledged",
                "asked-refund_due",
                "refund-so-far",
            ],
            Self::Custody => &[
                "paper-number",
                "ui-client",
                "report-what",
                "report-where",
                "report-since",
                "report-value",
            ],
            Self::Projects => &[
                "paper-number",
                "ui-client",
                "report-kind",
                "report-stage",
                "ui-opened",
                "quote-total",
                "money-open",
                "report-due",
                "report-task",
            ],
        }
    }
}

/// Goes through dossiers, which come after `before` of `of`: so many are fetched at once that the store is not asked for each, and that a
/// house of many years does not stand in memory whole.
fn each_of<I, T>(
    ids: &[I],
    (before, of): (usize, usize),
    rows: &mut dyn Rows,
    fetched: impl Fn(&[I]) -> Done<Vec<T>>,
    mut look: impl FnMut(T, &mut dyn Rows) -> Done<()>,
) -> Done<()> {
    for (at, some) in ids.chunks(FETCHED).enumerate() {
        for one in fetched(some)? {
            look(one, rows)?;
        }
        rows.so_far(before + at * FETCHED + some.len(), of)?;
    }
    Ok(())
}

fn part_of<'a, T>(all: &'a [T], part: &Part) -> &'a [T] {
    &all[part.start.min(all.len())..part.end.min(all.len())]
}

/// A table as the screen shows it.
pub(super) fn shown(language: Language, sheet: Sheet) -> ReportView {
    let figures = sheet.rows.first().map_or_else(Vec::new, |row| {
        row.iter()
            .enumerate()
            .filter(|(_, cell)| matches!(cell, Cell::Money(_) | Cell::Count(_)))
            .map(|(column, _)| column)
            .collect()
    });
    let rows = sheet
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.said(language)).collect())
        .collect();
    ReportView {
        title: sheet.title,
        heads: sheet.heads,
        rows,
        figures,
        next: None,
    }
}

impl Lookup<'_> {
    /// A report from a dossier of it on, as far as is shown at once.
    pub(super) fn report(&self, report: Report, from: usize) -> Done<ReportView> {
        let part = from..from.saturating_add(AT_ONCE);
        let mut rows = Vec::new();
        let of = self.rows_of(report, &part, &mut rows)?;
        let (title, heads) = self.headed(report);
        Ok(ReportView {
            next: (of > part.end).then_some(part.end),
            ..shown(self.language, Sheet { title, heads, rows })
        })
    }

    /// The title of a report, and the heads of its columns.
    pub(super) fn headed(&self, report: Report) -> (String, Vec<String>) {
        let heads = report.heads().iter().map(|head| self.language.word(head)).collect();
        (self.language.word(&report.word()), heads)
    }

    /// The rows of some dossiers of a report; how many dossiers there are. One that stays short is whole, and nothing stands behind it.
    pub(super) fn rows_of(&self, report: Report, part: &Part, rows: &mut dyn Rows) -> Done<usize> {
        match report {
            Report::OpenCases => self.open_cases(rows).map(|()| 0),
            Report::Refunds => self.refunds(rows).map(|()| 0),
            Report::Reasons => self.reasons(rows).map(|()| 0),
            Report::Register => self.register(part, rows),
            Report::Custody => self.held(part, rows),
            Report::Projects => {
                let ids = projects::ids(self.tx)?;
                self.projects_of(part_of(&ids, part), rows)?;
                Ok(ids.len())
            }
        }
    }

    fn case_ids(&self) -> Done<Vec<String>> {
        Ok(cases::all(self.tx)?.into_iter().map(|case| case.id).collect())
    }

    /// Those of some ids, in their order.
    fn files_of(&self, ids: &[String]) -> Done<Vec<CaseFile>> {
        load::case_files(self.tx, cases::of_ids(self.tx, ids)?, self.today)
    }

    fn kind(&self, file: &CaseFile) -> Cell {
        Cell::Text(self.language.word(&file.case.kind.word()))
    }

    fn stage_of(&self, file: &CaseFile) -> Cell {
        Cell::Text(self.language.word(&file.stage().word()))
    }

    fn open_cases(&self, rows: &mut dyn Rows) -> Done<()> {
        let open: Vec<&'static str> = CaseStage::ALL
            .iter()
            .filter(|stage| !matches!(stage, CaseStage::Settled | CaseStage::Closed | CaseStage::Refused))
            .map(|stage| stage.name())
            .collect();
        let ids = if standing::unseen(self.tx)? == 0 {
            standing::at(self.tx, DossierKind::Case, &open)?
        } else {
            self.case_ids()?
        };
        let mut files = self.files_of(&ids)?;
        files.retain(|file| open.contains(&file.stage().name()));
        files.sort_by_key(|file| (file.case.opened, file.case.number.clone()));
        let row = |file: &CaseFile| {
            let due = file
                .tasks()
                .first()
                .map(|task| (task.day, self.language.say(&task.message())));
            vec![
                Cell::Text(file.case.number.clone()),
                self.kind(file),
                Cell::Text(file.client.card.name.clone()),
                Cell::Text(file.case.item.clone()),
                self.stage_of(file),
                Cell::Count((self.today - file.case.opened).num_days()),
                due.as_ref().map_or(Cell::Empty, |(day, _)| Cell::Day(*day)),
                due.map_or(Cell::Empty, |(_, what)| Cell::Text(what)),
            ]
        };
        files.iter().try_for_each(|file| rows.row(row(file)))
    }

    fn refunds(&self, rows: &mut dyn Rows) -> Done<()> {
        let mut months: BTreeMap<(i32, u32), (i64, Money, Money)> = BTreeMap::new();
        let mut count = |entries: &[Entry]| {
            for entry in ledger::counting(entries).filter(|entry| entry.kind == EntryKind::Refund) {
                let month = months.entry((entry.day.year(), entry.day.month())).or_default();
                month.0 += 1;
                if entry.method == crate::order::booking::STORE_CREDIT {
                    month.2 = month.2 + entry.amount
                } else {
                    month.1 = month.1 + entry.amount
                }
            }
        };
        let (projects, cases) = (projects::ids(self.tx)?, self.case_ids()?);
        let of = projects.len() + cases.len();
        let of_projects = |some: &[String]| Ok(books::of_projects(self.tx, some)?.into_values().collect());
        each_of(&projects, (0, of), rows, of_projects, |mut entries: Vec<Entry>, _| {
            entries.retain(|entry| entry.case_id.is_none());
            count(&entries);
            Ok(())
        })?;
        let of_cases = |some: &[String]| Ok(books::of_all_cases(self.tx, some)?.into_values().collect());
        each_of(
            &cases,
            (projects.len(), of),
            rows,
            of_cases,
            |entries: Vec<Entry>, _| {
                count(&entries);
                Ok(())
            },
        )?;
        months
            .iter()
            .rev()
            .try_for_each(|(&(year, month), &(count, money, credit))| {
                rows.row(vec![
                    Cell::Text(format!("{year}-{month:02}")),
                    Cell::Count(count),
                    Cell::Money(money),
                    Cell::Money(credit),
                    Cell::Money(money + credit),
                ])
            })
    }

    fn reasons(&self, rows: &mut dyn Rows) -> Done<()> {
        let mut found: BTreeMap<String, (i64, i64, i64, Money)> = BTreeMap::new();
        let cases = self.case_ids()?;
        let files = |some: &[String]| self.files_of(some);
        each_of(&cases, (0, cases.len()), rows, files, |file, _| {
            let what = match (file.case.kind.is_a_claim(), file.inspected().is_some()) {
                (true, true) => {
                    format!(
                        "{} · {}",
                        self.language.word(&file.case.kind.word()),
                        self.language.word(&cause_word(file.cause()))
                    )
                }
                _ => self.language.word(&file.case.kind.word()),
            };
            let row = found.entry(what).or_default();
            row.0 += 1;
            row.1 += i64::from(file.refused().is_some());
            row.2 += i64::from(matches!(file.stage(), CaseStage::Settled | CaseStage::Closed));
            row.3 = row.3 + file.refunded();
            Ok(())
        })?;
        found.into_iter().try_for_each(|(what, (count, refused, done, back))| {
            rows.row(vec![
                Cell::Text(what),
                Cell::Count(count),
                Cell::Count(done),
                Cell::Count(refused),
                Cell::Money(back),
            ])
        })
    }

    fn register(&self, part: &Part, rows: &mut dyn Rows) -> Done<usize> {
        let all = happenings::places(self.tx, To::Case, "noticed")?;
        let some = part_of(&all, part);
        let noticed = |some: &[i64]| self.registered(&happenings::at(self.tx, To::Case, some)?);
        each_of(some, (part.start, all.len()), rows, noticed, |row, rows| rows.row(row))?;
        Ok(all.len())
    }

    /// The rows of some notices.
    fn registered(&self, noticed: &[Happening<CaseHappened>]) -> Done<Vec<Vec<Cell>>> {
        let mut rows = Vec::new();
        let ids: BTreeSet<String> = noticed.iter().map(|happening| happening.of.clone()).collect();
        let files = self.files_of(&ids.into_iter().collect::<Vec<_>>())?;
        let files: BTreeMap<&str, &CaseFile> = files.iter().map(|file| (file.case.id.as_str(), file)).collect();
        for happening in noticed {
            let CaseHappened::Noticed {
                register,
                channel,
                received: at,
                ..
            } = &happening.what
            else {
                continue;
            };
            let file = files.get(happening.of.as_str()).ok_or(Refusal::NotFound)?;
            if !file.undoes() {
                continue;
            }
            rows.push(vec![
                Cell::Text(register.clone()),
                Cell::Text(received(self.language, at)),
                Cell::Text(self.language.word(&channel.word())),
                Cell::Text(file.client.card.name.clone()),
                Cell::Text(format!("{} · {}", file.case.number, file.case.item)),
                Cell::Text(happening.personal.words.clone()),
                Cell::Text(self.in_time(file, happening)),
                self.acknowledged(file),
                file.refund_due().map_or(Cell::Empty, |due| Cell::Day(due.value)),
                Cell::Money(file.refunded()),
            ]);
        }
        Ok(rows)
    }

    /// Whether a notice came within the days the law, or the house, gives.
    fn in_time(&self, file: &CaseFile, happening: &Happening<CaseHappened>) -> String {
        let until = file
            .answer
            .as_ref()
            .and_then(|answer| answer.value.statutory_until.max(answer.value.house_until));
        let before_delivery = file.answer.as_ref().is_some_and(|answer| {
            answer.value.basis != crate::aftersales::Basis::None && answer.value.statutory_until.is_none()
        });
        let yes = before_delivery || until.is_some_and(|until| happening.day <= until);
        self.language.word(if yes { "ui-yes" } else { "ui-no" })
    }

    fn acknowledged(&self, file: &CaseFile) -> Cell {
        file.happenings
            .iter()
            .find(|happening| matches!(happening.what, CaseHappened::Acknowledged { .. }))
            .map_or(Cell::Empty, |happening| Cell::Day(happening.day))
    }

    /// Whose goods are in the house's hands. While an older store is still being looked at, everything is gone through, at once: what is
    /// shown next would be counted otherwise.
    fn held(&self, part: &Part, rows: &mut dyn Rows) -> Done<usize> {
        let is_known = standing::unseen(self.tx)? == 0;
        let (projects, cases, part) = if is_known {
            let holding = |kind| standing::holding(self.tx, kind);
            (holding(DossierKind::Project)?, holding(DossierKind::Case)?, part)
        } else {
            (projects::ids(self.tx)?, self.case_ids()?, &WHOLE)
        };
        let of = projects.len() + cases.len();
        // The cases come after the projects.
        let in_cases = part.start.saturating_sub(projects.len())..part.end.saturating_sub(projects.len());
        let some = part_of(&projects, part);
        let dossiers = |some: &[String]| load::dossiers(self.tx, some, self.today);
        each_of(some, (0, of), rows, dossiers, |dossier, rows| {
            self.held_of_project(&dossier, rows)
        })?;
        let files = |some: &[String]| self.files_of(some);
        each_of(
            part_of(&cases, &in_cases),
            (some.len(), of),
            rows,
            files,
            |file, rows| self.held_of_case(&file, rows),
        )?;
        Ok(if is_known { of } else { 0 })
    }

    fn held_of_project(&self, dossier: &Dossier, rows: &mut dyn Rows) -> Done<()> {
        let names = component_names(dossier, self.language);
        // A piece is worth what was declared once, however many of its parts are here.
        let mut valued = BTreeSet::new();
        let custody = dossier.custody().into_iter();
        for component in custody.filter(|component| component.fate.is_none()) {
            let name = names
                .iter()
                .find(|name| name.value == component.id)
                .map(|name| name.text.clone())
                .unwrap_or_default();
            let place = if component.place == Place::House {
                self.language.word("custody-in-house")
            } else {
                format!("{} · {}", self.language.word(&component.place.word()), component.holder)
            };
            let value = dossier
                .pieces
                .iter()
                .find(|piece| {
                    let stone = piece.stones.iter().any(|(id, ..)| *id == component.id);
                    stone || piece.metals.iter().any(|(id, _)| *id == component.id)
                })
                .and_then(|piece| piece.declared_value.filter(|_| valued.insert(piece.id.clone())));
            rows.row(vec![
                Cell::Text(dossier.project.number.clone()),
                Cell::Text(dossier.client.card.name.clone()),
                Cell::Text(name),
                Cell::Text(place),
                Cell::Day(dossier.project.opened),
                value.map_or(Cell::Empty, Cell::Money),
            ])?;
        }
        Ok(())
    }

    fn held_of_case(&self, file: &CaseFile, rows: &mut dyn Rows) -> Done<()> {
        let Some(since) = file.holds_since() else { return Ok(()) };
        rows.row(vec![
            Cell::Text(file.case.number.clone()),
            Cell::Text(file.client.card.name.clone()),
            Cell::Text(file.case.item.clone()),
            Cell::Text(self.language.word("custody-in-house")),
            Cell::Day(since),
            Some(file.price())
                .filter(|price| *price > Money::ZERO)
                .map_or(Cell::Empty, Cell::Money),
        ])
    }

    /// Those projects, in their order.
    pub(super) fn projects_of(&self, ids: &[String], rows: &mut dyn Rows) -> Done<()> {
        let dossiers = |some: &[String]| load::dossiers(self.tx, some, self.today);
        each_of(ids, (0, ids.len()), rows, dossiers, |dossier, rows| {
            let due = dossier
                .tasks()
                .first()
                .map(|task| (task.day, self.language.say(&task.message())));
            rows.row(vec![
                Cell::Text(dossier.project.number.clone()),
                Cell::Text(dossier.client.card.name.clone()),
                Cell::Text(self.language.word(&dossier.project.kind.word())),
                Cell::Text(self.language.word(&dossier.stage().word())),
                Cell::Day(dossier.project.opened),
                dossier
                    .order
                    .as_ref()
                    .map_or(Cell::Empty, |order| Cell::Money(order.quote.total)),
                dossier
                    .standing()
                    .map_or(Cell::Empty, |standing| Cell::Money(standing.open)),
                due.as_ref().map_or(Cell::Empty, |(day, _)| Cell::Day(*day)),
                due.map_or(Cell::Empty, |(_, what)| Cell::Text(what)),
            ])
        })
    }
}
