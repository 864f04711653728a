//! What a house wants to know of its after-sales and of what it holds: tables on the screen, and as files.

use super::load;
use super::lookup::Lookup;
use super::papers::cases::received;
use super::story::component_names;
use crate::aftersales::case::{CaseHappened, CaseStage, cause_word};
use crate::aftersales::file::CaseFile;
use crate::custody::Place;
use crate::ledger::{self, EntryKind};
use crate::money::Money;
use crate::order::Happening;
use crate::refusal::Refusal;
use crate::sheet::{Cell, Sheet};
use crate::store::happenings::{self, To};
use crate::store::standing::{self, DossierKind};
use crate::store::{Done, cases, projects};
use crate::vocabulary::{Vocabulary as _, vocabulary};
use crate::words::Language;
use chrono::{Datelike, NaiveDate};
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
const WHOLE: Part = 0..usize::MAX;

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
        let (sheet, of) = self.dossiers_of(report, &part)?;
        Ok(ReportView {
            next: (of > part.end).then_some(part.end),
            ..shown(self.language, sheet)
        })
    }

    /// A report as a table.
    pub(super) fn sheet(&self, report: Report) -> Done<Sheet> {
        Ok(self.dossiers_of(report, &WHOLE)?.0)
    }

    /// Some dossiers of a report as a table, and how many there are; of one that stays short the whole table, and nothing behind it.
    fn dossiers_of(&self, report: Report, part: &Part) -> Done<(Sheet, usize)> {
        match report {
            Report::OpenCases => Ok((self.open_cases()?, 0)),
            Report::Refunds => Ok((self.refunds()?, 0)),
            Report::Reasons => Ok((self.reasons()?, 0)),
            Report::Register => self.register(part),
            Report::Custody => self.held(part),
            Report::Projects => {
                let ids = projects::ids(self.tx)?;
                Ok((self.projects_of(part_of(&ids, part))?, ids.len()))
            }
        }
    }

    fn table(&self, report: Report, heads: &[&str], rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet {
            title: self.language.word(&report.word()),
            heads: heads.iter().map(|head| self.language.word(head)).collect(),
            rows,
        }
    }

    fn files(&self) -> Done<Vec<CaseFile>> {
        load::case_files(self.tx, cases::all(self.tx)?, self.today)
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

    fn open_cases(&self) -> Done<Sheet> {
        let open: Vec<&'static str> = CaseStage::ALL
            .iter()
            .filter(|stage| !matches!(stage, CaseStage::Settled | CaseStage::Closed | CaseStage::Refused))
            .map(|stage| stage.name())
            .collect();
        let mut files: Vec<CaseFile> = if standing::unseen(self.tx)? == 0 {
            self.files_of(&standing::at(self.tx, DossierKind::Case, &open)?)?
        } else {
            self.files()?
        };
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
        let heads = [
            "paper-number",
            "report-kind",
            "ui-client",
            "ui-case-item",
            "report-stage",
            "report-age",
            "report-due",
            "report-task",
        ];
        Ok(self.table(Report::OpenCases, &heads, files.iter().map(row).collect()))
    }

    fn refunds(&self) -> Done<Sheet> {
        let mut months: BTreeMap<(i32, u32), (i64, Money, Money)> = BTreeMap::new();
        let mut count = |day: NaiveDate, amount: Money, credit: bool| {
            let month = months.entry((day.year(), day.month())).or_default();
            month.0 += 1;
            if credit {
                month.2 = month.2 + amount
            } else {
                month.1 = month.1 + amount
            }
        };
        let mut all = crate::store::ledger::of_cases(self.tx)?;
        let of_projects = crate::store::ledger::of_projects(self.tx, &projects::ids(self.tx)?)?;
        let of_no_case = of_projects
            .into_values()
            .flatten()
            .filter(|entry| entry.case_id.is_none());
        all.extend(of_no_case);
        for entry in ledger::counting(&all).filter(|entry| entry.kind == EntryKind::Refund) {
            count(
                entry.day,
                entry.amount,
                entry.method == crate::order::booking::STORE_CREDIT,
            );
        }
        let row = |(&(year, month), &(count, money, credit)): (&(i32, u32), &(i64, Money, Money))| {
            vec![
                Cell::Text(format!("{year}-{month:02}")),
                Cell::Count(count),
                Cell::Money(money),
                Cell::Money(credit),
                Cell::Money(money + credit),
            ]
        };
        let rows = months.iter().rev().map(row).collect();
        Ok(self.table(
            Report::Refunds,
            &[
                "report-month",
                "report-count",
                "report-money-back",
                "report-as-credit",
                "report-total",
            ],
            rows,
        ))
    }

    fn reasons(&self) -> Done<Sheet> {
        let mut found: BTreeMap<String, (i64, i64, i64, Money)> = BTreeMap::new();
        for file in self.files()? {
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
        }
        let rows = found.into_iter().map(|(what, (count, refused, done, back))| {
            vec![
                Cell::Text(what),
                Cell::Count(count),
                Cell::Count(done),
                Cell::Count(refused),
                Cell::Money(back),
            ]
        });
        Ok(self.table(
            Report::Reasons,
            &[
                "report-reason",
                "report-count",
                "report-done",
                "report-refused",
                "report-total",
            ],
            rows.collect(),
        ))
    }

    fn register(&self, part: &Part) -> Done<(Sheet, usize)> {
        let mut rows = Vec::new();
        let all = happenings::all::<CaseHappened>(self.tx, To::Case, "noticed")?;
        let noticed = part_of(&all, part);
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
        let heads = [
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
        ];
        Ok((self.table(Report::Register, &heads, rows), all.len()))
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
    fn held(&self, part: &Part) -> Done<(Sheet, usize)> {
        let mut rows = Vec::new();
        let is_known = standing::unseen(self.tx)? == 0;
        let (holding, cases, part) = if is_known {
            let holding = |kind| standing::holding(self.tx, kind);
            (holding(DossierKind::Project)?, holding(DossierKind::Case)?, part)
        } else {
            let cases = cases::all(self.tx)?.into_iter().map(|case| case.id);
            (projects::ids(self.tx)?, cases.collect(), &WHOLE)
        };
        let of = if is_known { holding.len() + cases.len() } else { 0 };
        // The cases come after the projects.
        let in_cases = part.start.saturating_sub(holding.len())..part.end.saturating_sub(holding.len());
        let files = self.files_of(part_of(&cases, &in_cases))?;
        self.each_dossier(part_of(&holding, part), |dossier| {
            let names = component_names(dossier, self.language);
            // A piece is worth what was declared once, however many of its parts are here.
            let mut valued = BTreeSet::new();
            for component in dossier
                .custody()
                .into_iter()
                .filter(|component| component.fate.is_none())
            {
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
                rows.push(vec![
                    Cell::Text(dossier.project.number.clone()),
                    Cell::Text(dossier.client.card.name.clone()),
                    Cell::Text(name),
                    Cell::Text(place),
                    Cell::Day(dossier.project.opened),
                    value.map_or(Cell::Empty, Cell::Money),
                ]);
            }
        })?;
        for file in files {
            if let Some(since) = file.holds_since() {
                rows.push(vec![
                    Cell::Text(file.case.number.clone()),
                    Cell::Text(file.client.card.name.clone()),
                    Cell::Text(file.case.item.clone()),
                    Cell::Text(self.language.word("custody-in-house")),
                    Cell::Day(since),
                    Some(file.price())
                        .filter(|price| *price > Money::ZERO)
                        .map_or(Cell::Empty, Cell::Money),
                ]);
            }
        }
        let table = self.table(
            Report::Custody,
            &[
                "paper-number",
                "ui-client",
                "report-what",
                "report-where",
                "report-since",
                "report-value",
            ],
            rows,
        );
        Ok((table, of))
    }

    /// Those projects, in their order.
    pub(super) fn projects_of(&self, ids: &[String]) -> Done<Sheet> {
        let mut rows = Vec::new();
        self.each_dossier(ids, |dossier| {
            let due = dossier
                .tasks()
                .first()
                .map(|task| (task.day, self.language.say(&task.message())));
            rows.push(vec![
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
            ]);
        })?;
        let heads = [
            "paper-number",
            "ui-client",
            "report-kind",
            "report-stage",
            "ui-opened",
            "quote-total",
            "money-open",
            "report-due",
            "report-task",
        ];
        Ok(self.table(Report::Projects, &heads, rows))
    }
}
