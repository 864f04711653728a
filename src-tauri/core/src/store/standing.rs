//! Where each dossier stands as of a day: its stage, what is owed, what is due of it and when, and the words it is found by.
//!
//! All of it follows from the other tables and the day, and is renewed in the transaction that changes them. It is what lists,
//! Today and the calendar are answered from, by indexes, so that they cost the same in a house of ten years as on its first day.

use super::{Done, Trouble, Tx, V, Words};
use crate::fold;
use crate::money::Money;
use crate::order::{Task, TaskGroup};
use crate::vocabulary::Vocabulary as _;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What has a standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DossierKind {
    /// A project.
    Project,
    /// An after-sales case.
    Case,
    /// A client, and what they ask of their data.
    Client,
}

impl DossierKind {
    /// Its name, as it is kept, and as the screen calls the place where it is seen to.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Case => "case",
            Self::Client => "client",
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        [Self::Project, Self::Case, Self::Client]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// Where one stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its stage, by name; [`IN_USE`] for a client whose card became one with no other.
    pub stage: &'static str,
    /// What the client still owes.
    pub owed: Money,
    /// Whether something of the client's is in the house's hands.
    pub holds: bool,
    /// What of it that is here is declared at.
    pub declared: Money,
    /// What is due, the first day first.
    pub due: Vec<Task>,
    /// The next day on which any of this changes by the clock alone.
    pub changes_on: Option<NaiveDate>,
}

/// Something due, as it is kept.
#[derive(Debug, Clone)]
pub struct Due {
    /// Of what.
    pub kind: DossierKind,
    /// Its id.
    pub id: String,
    /// Its number; empty for a client.
    pub number: String,
    /// The client's name.
    pub client: String,
    /// Who began it.
    pub begun_by: String,
    /// Which of its tasks, from 0.
    pub position: usize,
    /// The task, without its grounds.
    pub task: Task,
    /// Whether it has grounds.
    pub has_grounds: bool,
}

/// The stage of a client's card that stands for itself.
pub const IN_USE: &str = "";
/// A day after all others: what never changes by the clock alone changes then.
const NEVER: &str = "9999-12-31";
/// So many are counted; beyond that there are "many".
pub const COUNTED: i64 = 1000;
/// In so many parts of a search a letter may be wrong.
const PARTS_THAT_ERR: usize = 4;
/// Of what is found by a text so many are looked at, the newest.
const FOUND: i64 = 2000;

/// What is kept of one: all but its place, and the day it was noted on.
struct Kept {
    begun_by: String,
    /// From the day on which it changes to the words it is found by, as the columns stand.
    row: Vec<V>,
}

/// What is to be kept of one that stands so.
fn to_keep(tx: &Tx<'_>, id: &str, kind: DossierKind, standing: &Standing) -> Done<Kept> {
    let (begun_by, name, words) = known_by(tx, id, kind)?;
    let first = standing.due.first().map(|task| task.day.to_string());
    let changes_on = standing.changes_on.map_or(NEVER.to_owned(), |day| day.to_string());
    Ok(Kept {
        begun_by,
        row: vec![
            changes_on.into(),
            standing.stage.into(),
            name.into(),
            first.unwrap_or_default().into(),
            standing.owed.cents().into(),
            i64::from(standing.holds).into(),
            standing.declared.cents().into(),
            words.into(),
        ],
    })
}

/// What is due, as its rows stand.
fn due_rows(due: &[Task], begun_by: &str) -> Vec<Vec<V>> {
    let row = |task: &Task| {
        vec![
            task.day.to_string().into(),
            task.group().name().into(),
            begun_by.into(),
            task.key.into(),
            task.amount.map(Money::cents).into(),
            i64::from(!task.why.is_empty()).into(),
        ]
    };
    due.iter().map(row).collect()
}

/// The rows of what was due, whatever a newer program may have called it.
fn due_before(tx: &Tx<'_>, seq: i64) -> Done<Vec<Vec<V>>> {
    let sql = "SELECT day, about, begun_by, task, amount, has_grounds FROM due WHERE seq = ?1 ORDER BY position";
    let rows = tx.rows(sql, &[seq.into()])?;
    Ok(rows.into_iter().map(|row| row.0.collect()).collect())
}

/// Notes where one stands on a day; answers whether something else is due of it than before.
///
/// # Errors
/// When the store cannot be read or written.
pub fn note(tx: &Tx<'_>, id: &str, kind: DossierKind, on: NaiveDate, standing: &Standing) -> Done<bool> {
    let Kept { begun_by, row } = to_keep(tx, id, kind, standing)?;
    let mut values: Vec<V> = vec![id.into(), kind.name().into(), on.to_string().into()];
    values.extend(row);
    let row = tx.row(
        "INSERT INTO standing (id, kind, noted_on, changes_on, stage, name, due_on, owed, holds, declared, words) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO UPDATE SET noted_on = excluded.noted_on, \
         changes_on = excluded.changes_on, stage = excluded.stage, name = excluded.name, due_on = excluded.due_on, \
         owed = excluded.owed, holds = excluded.holds, declared = excluded.declared, words = excluded.words RETURNING seq",
        &values,
    )?;
    let seq = row
        .ok_or_else(|| Trouble::Broken("a standing has no place".into()))?
        .int()?;
    let due = due_rows(&standing.due, &begun_by);
    if due_before(tx, seq)? == due {
        return Ok(false);
    }
    tx.exec("DELETE FROM due WHERE seq = ?1", &[seq.into()])?;
    for (position, row) in (0_i64..).zip(due) {
        let mut values: Vec<V> = vec![seq.into(), position.into()];
        values.extend(row);
        tx.exec(
            "INSERT INTO due (seq, position, day, about, begun_by, task, amount, has_grounds) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            &values,
        )?;
    }
    Ok(true)
}

/// Whether what is kept of one is that it stands so.
///
/// # Errors
/// When the store cannot be read.
pub fn is_kept(tx: &Tx<'_>, id: &str, kind: DossierKind, standing: &Standing) -> Done<bool> {
    let sql = "SELECT seq, changes_on, stage, name, due_on, owed, holds, declared, words FROM standing WHERE id = ?1";
    let Some(mut row) = tx.row(sql, &[id.into()])? else {
        return Ok(false);
    };
    let (seq, kept) = (row.int()?, to_keep(tx, id, kind, standing)?);
    let due = due_rows(&standing.due, &kept.begun_by);
    Ok(row.0.eq(kept.row) && due_before(tx, seq)? == due)
}

/// Notes that one cannot be read: nobody looks at it again before it is acted on, and it keeps no other waiting.
///
/// # Errors
/// When the store cannot be written.
pub fn note_unreadable(tx: &Tx<'_>, id: &str, on: NaiveDate) -> Done<()> {
    let values = [id.into(), on.to_string().into(), NEVER.into()];
    tx.exec(
        "UPDATE standing SET noted_on = ?2, changes_on = ?3, due_on = '' WHERE id = ?1",
        &values,
    )?;
    tx.exec(
        "DELETE FROM due WHERE seq = (SELECT seq FROM standing WHERE id = ?1)",
        &[id.into()],
    )?;
    Ok(())
}

/// Has everything looked at again: a newer program may see it otherwise.
///
/// # Errors
/// When the store cannot be written.
pub(super) fn look_again(tx: &Tx<'_>) -> Done<()> {
    tx.exec("UPDATE standing SET changes_on = ''", &[])?;
    Ok(())
}

/// Who began one, the name it is sorted by, and the words it is found by.
fn known_by(tx: &Tx<'_>, id: &str, kind: DossierKind) -> Done<(String, String, String)> {
    let sql = match kind {
        DossierKind::Project => {
            "SELECT p.taken_in_by, k.name, p.fold || ' ' || k.fold, k.second_contact, k.former_names, p.fold \
             FROM project p JOIN client k ON k.id = p.client_id WHERE p.id = ?1"
        }
        DossierKind::Case => {
            "SELECT c.opened_by, k.name, c.fold || ' ' || k.fold, k.second_contact, k.former_names, c.fold \
             FROM aftersales_case c JOIN client k ON k.id = c.client_id WHERE c.id = ?1"
        }
        // A card that became one with another is found by that one.
        DossierKind::Client => {
            "SELECT '', name, CASE WHEN merged_into IS NULL THEN fold ELSE '' END, second_contact, former_names, '' \
             FROM client WHERE id = ?1"
        }
    };
    let mut row = tx.row(sql, &[id.into()])?.ok_or(crate::refusal::Refusal::NotFound)?;
    let (begun_by, name, found_by) = (row.text()?, row.text()?, row.text()?);
    let names = format!("{name}\n{}\n{}", row.text()?, row.text()?);
    let own = row.text()?;
    let words = if found_by.is_empty() {
        String::new()
    } else {
        let words = fold::words(&found_by, &names, &own);
        let words: Vec<String> = words.split(' ').map(|word| of_kind(kind, word)).collect();
        words.join(" ")
    };
    Ok((begun_by, fold::folded(&name), words))
}

/// A word as the index of words has it: its kind stands before it, so that what is looked for in one kind goes through no other.
fn of_kind(kind: DossierKind, word: &str) -> String {
    let letter = match kind {
        DossierKind::Project => 'p',
        DossierKind::Case => 'a',
        DossierKind::Client => 'c',
    };
    format!("{letter}{word}")
}

/// A task as it is kept: its name, its day, its amount.
fn task(row: &mut super::Row) -> Done<Task> {
    let (key, day, amount) = (
        row.parsed(Task::known_as)?,
        row.parsed(|day| day.parse().ok())?,
        row.maybe_int()?,
    );
    Ok(Task {
        key,
        day,
        why: Vec::new(),
        amount: amount.map(Money::from_cents),
    })
}

/// The same, where something is due.
pub(super) fn maybe_task(row: &mut super::Row) -> Done<Option<Task>> {
    let (key, day) = (
        row.maybe_parsed(Task::known_as)?,
        row.maybe_parsed(|day| day.parse().ok())?,
    );
    let amount = row.maybe_int()?.map(Money::from_cents);
    Ok(key.zip(day).map(|(key, day)| Task {
        key,
        day,
        why: Vec::new(),
        amount,
    }))
}

/// Those whose standing is not known for a day: it changed by the clock since it was noted, was noted on a later day, or nobody
/// has looked yet.
///
/// # Errors
/// When the store cannot be read.
pub fn stale(tx: &Tx<'_>, on: NaiveDate, most: i64) -> Done<Vec<(String, DossierKind)>> {
    let mut found = Vec::new();
    for sql in [
        "SELECT id, kind FROM standing WHERE changes_on <= ?1 LIMIT ?2",
        "SELECT id, kind FROM standing WHERE noted_on > ?1 LIMIT ?2",
    ] {
        for mut row in tx.rows(sql, &[on.to_string().into(), most.into()])? {
            found.push((row.text()?, row.parsed(DossierKind::of)?));
        }
    }
    Ok(found)
}

/// How many nobody has looked at yet, since the store was brought to this schema.
///
/// # Errors
/// When the store cannot be read.
pub fn unseen(tx: &Tx<'_>) -> Done<i64> {
    let row = tx.row("SELECT COUNT(*) FROM standing WHERE changes_on = ''", &[])?;
    row.map_or(Ok(0), |mut row| row.int())
}

/// Those of which something is due on a day or later: what a closing of the house from that day on may move.
///
/// # Errors
/// When the store cannot be read.
pub fn due_from(tx: &Tx<'_>, day: NaiveDate) -> Done<Vec<(String, DossierKind)>> {
    let sql = "SELECT DISTINCT s.id, s.kind FROM due d JOIN standing s ON s.seq = d.seq WHERE d.day >= ?1";
    let rows = tx.rows(sql, &[day.to_string().into()])?;
    rows.into_iter()
        .map(|mut row| Ok((row.text()?, row.parsed(DossierKind::of)?)))
        .collect()
}

/// Of whose dossiers something is due, and what about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// What it is about.
    pub group: TaskGroup,
    /// The id of who began them; anyone's where it is empty.
    pub begun_by: &'a str,
}

impl About<'_> {
    fn condition(&self) -> (&'static str, Vec<V>) {
        if self.begun_by.is_empty() {
            ("d.about = ?1", vec![self.group.name().into()])
        } else {
            (
                "d.about = ?1 AND d.begun_by = ?2",
                vec![self.group.name().into(), self.begun_by.into()],
            )
        }
    }
}

const DUE: &str = "SELECT s.kind, s.id, COALESCE(p.number, c.number, ''), k.name, COALESCE(f.name, ''), d.position, d.has_grounds, d.task, d.day, d.amount \
                   FROM due d JOIN standing s ON s.seq = d.seq LEFT JOIN project p ON p.id = s.id \
                   LEFT JOIN aftersales_case c ON c.id = s.id JOIN client k ON k.id = COALESCE(p.client_id, c.client_id, s.id) \
                   LEFT JOIN staff f ON f.id = d.begun_by";

fn dues(tx: &Tx<'_>, sql: &str, values: &[V]) -> Done<Vec<Due>> {
    let read = |mut row: super::Row| {
        Ok(Due {
            kind: row.parsed(DossierKind::of)?,
            id: row.text()?,
            number: row.text()?,
            client: row.text()?,
            begun_by: row.text()?,
            position: usize::try_from(row.int()?).map_err(Trouble::broken)?,
            has_grounds: row.int()? == 1,
            task: task(&mut row)?,
        })
    };
    tx.rows(sql, values)?.into_iter().map(read).collect()
}

/// What is due about something, the first day first, and how many there are, up to [`COUNTED`].
///
/// # Errors
/// When the store cannot be read.
pub fn due_about(tx: &Tx<'_>, about: &About<'_>, most: usize) -> Done<(Vec<Due>, i64)> {
    let (condition, values) = about.condition();
    let found = dues(
        tx,
        &format!("{DUE} WHERE {condition} ORDER BY d.day, d.seq, d.position LIMIT {most}"),
        &values,
    )?;
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM due d WHERE {condition} LIMIT {COUNTED}) AS counted");
    let row = tx.row(&sql, &values)?;
    Ok((found, row.map_or(Ok(0), |mut row| row.int())?))
}

/// What is due on each of some days, so many at the most, and how many there are, up to [`COUNTED`].
///
/// # Errors
/// When the store cannot be read.
pub fn due_on(tx: &Tx<'_>, days: &[NaiveDate], most: usize) -> Done<BTreeMap<NaiveDate, (Vec<Due>, i64)>> {
    let values: Vec<V> = days.iter().map(|day| day.to_string().into()).collect();
    let parts: Vec<String> = (1..=days.len())
        .map(|at| {
            format!("SELECT * FROM ({DUE} WHERE d.day = ?{at} ORDER BY d.seq, d.position LIMIT {most}) AS of_{at}")
        })
        .collect();
    let mut found: BTreeMap<NaiveDate, (Vec<Due>, i64)> = BTreeMap::new();
    for due in dues(tx, &parts.join(" UNION ALL "), &values)? {
        let (dues, count) = found.entry(due.task.day).or_default();
        dues.push(due);
        *count += 1;
    }
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM due WHERE day = ?1 LIMIT {COUNTED}) AS counted");
    for (day, (dues, count)) in &mut found {
        if dues.len() == most {
            let row = tx.row(&sql, &[day.to_string().into()])?;
            *count = row.map_or(Ok(0), |mut row| row.int())?;
        }
    }
    Ok(found)
}

/// Something due, as a calendar names it.
#[derive(Debug, Clone)]
pub struct InCalendar {
    /// The id of what it is due of.
    pub id: String,
    /// Its number; empty for a client.
    pub number: String,
    /// The task, without its grounds.
    pub task: Task,
}

/// Everything that is due, the first day first.
///
/// # Errors
/// When the store cannot be read.
pub fn all_due(tx: &Tx<'_>) -> Done<Vec<InCalendar>> {
    let sql = "SELECT s.id, COALESCE(p.number, c.number, ''), d.task, d.day, d.amount FROM due d JOIN standing s ON s.seq = d.seq \
               LEFT JOIN project p ON p.id = s.id LEFT JOIN aftersales_case c ON c.id = s.id ORDER BY d.day, d.seq, d.position";
    let read = |mut row: super::Row| {
        Ok(InCalendar {
            id: row.text()?,
            number: row.text()?,
            task: task(&mut row)?,
        })
    };
    tx.rows(sql, &[])?.into_iter().map(read).collect()
}

/// What the clients' pieces in the house are declared at.
///
/// # Errors
/// When the store cannot be read.
pub fn declared(tx: &Tx<'_>) -> Done<Money> {
    let sql = "SELECT CAST(COALESCE(SUM(declared), 0) AS BIGINT) FROM standing WHERE declared > 0";
    let row = tx.row(sql, &[])?;
    row.map_or(Ok(Money::ZERO), |mut row| row.int().map(Money::from_cents))
}

/// Those of a kind at some stages, in the order they were opened.
///
/// # Errors
/// When the store cannot be read.
pub fn at(tx: &Tx<'_>, kind: DossierKind, stages: &[&'static str]) -> Done<Vec<String>> {
    let mut found: Vec<(i64, String)> = Vec::new();
    for stage in stages {
        let sql = "SELECT seq, id FROM standing WHERE kind = ?1 AND stage = ?2 ORDER BY seq";
        for mut row in tx.rows(sql, &[kind.name().into(), (*stage).into()])? {
            found.push((row.int()?, row.text()?));
        }
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// Those of a kind with something of a client's in the house's hands, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn holding(tx: &Tx<'_>, kind: DossierKind) -> Done<Vec<String>> {
    let sql = "SELECT id FROM standing WHERE kind = ?1 AND holds = 1 ORDER BY seq DESC";
    let rows = tx.rows(sql, &[kind.name().into()])?;
    rows.into_iter().map(|mut row| row.text()).collect()
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SortBy {
    /// The order in which they were opened.
    #[default]
    Opened,
    /// The client's name.
    Client,
    /// The day something is due; those of which nothing is stand last.
    Due,
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Of what.
    pub kind: DossierKind,
    /// What is looked for; everything where it is empty.
    pub text: &'a str,
    /// The stages, by name; any where none is named.
    pub stages: &'a [&'static str],
    /// What it is sorted by.
    pub sort_by: SortBy,
    /// Whether the last stands first.
    pub down: bool,
    /// The id of the last one that was shown before.
    pub after: Option<&'a str>,
    /// How many.
    pub most: usize,
}

impl<'a> Wanted<'a> {
    /// The newest of a kind in which a text is found, at any stage.
    #[must_use]
    pub const fn newest(kind: DossierKind, text: &'a str, most: usize) -> Self {
        Self {
            kind,
            text,
            stages: &[],
            sort_by: SortBy::Opened,
            down: true,
            after: None,
            most,
        }
    }
}

/// A part of a list: ids, and whether more follow.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The ids, in their order.
    pub ids: Vec<String>,
    /// Whether more follow.
    pub more: bool,
}

/// One that stands in a list: its section, what it is sorted by, its place and its id.
type Placed = (u8, String, i64, String);

/// A part of a list, read from where it was left.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &Tx<'_>, wanted: &Wanted<'_>) -> Done<Part> {
    let found = match matching(tx, wanted.kind, wanted.text)? {
        Matching::Nothing => return Ok(Part::default()),
        Matching::Everything => None,
        Matching::What(expression) => Some(expression),
    };
    let column = match wanted.sort_by {
        SortBy::Opened => "''",
        SortBy::Client => "s.name",
        SortBy::Due => "s.due_on",
    };
    let after = wanted
        .after
        .map(|id| {
            tx.row(
                &format!("SELECT {column}, s.seq FROM standing s WHERE s.id = ?1"),
                &[id.into()],
            )
        })
        .transpose()?
        .flatten()
        .map(|mut row| Ok::<_, Trouble>((row.text()?, row.int()?)))
        .transpose()?;
    let stages: Vec<Option<&str>> = if wanted.stages.is_empty() {
        vec![None]
    } else {
        wanted.stages.iter().map(|stage| Some(*stage)).collect()
    };
    let mut all: Vec<Placed> = Vec::new();
    for stage in stages {
        for section in sections(wanted.sort_by).iter().copied() {
            all.extend(section_of(
                tx,
                wanted,
                found.as_deref(),
                stage,
                section,
                column,
                after.as_ref(),
            )?);
        }
    }
    all.sort_by(|one, other| {
        let keys = (&one.1, one.2).cmp(&(&other.1, other.2));
        one.0
            .cmp(&other.0)
            .then(if wanted.down { keys.reverse() } else { keys })
    });
    let more = all.len() > wanted.most;
    all.truncate(wanted.most);
    Ok(Part {
        ids: all.into_iter().map(|(.., id)| id).collect(),
        more,
    })
}

/// The sections of a list: those of which nothing is due stand after all others.
const fn sections(sort_by: SortBy) -> &'static [(u8, &'static str)] {
    match sort_by {
        SortBy::Opened | SortBy::Client => &[(0, "")],
        SortBy::Due => &[(0, " AND s.due_on > ''"), (1, " AND s.due_on = ''")],
    }
}

fn section_of(
    tx: &Tx<'_>,
    wanted: &Wanted<'_>,
    found: Option<&str>,
    stage: Option<&str>,
    (section, condition): (u8, &str),
    column: &str,
    after: Option<&(String, i64)>,
) -> Done<Vec<Placed>> {
    let mut values: Vec<V> = vec![wanted.kind.name().into()];
    let mut bound = |value: V| {
        values.push(value);
        format!("?{}", values.len())
    };
    let mut sql = format!("SELECT {column}, s.seq, s.id FROM standing s WHERE s.kind = ?1{condition}");
    if let Some(expression) = found {
        let expression = bound(expression.into());
        sql = format!(
            "SELECT {column}, s.seq, s.id FROM {} WHERE s.kind = ?1{condition}",
            found_by(tx.words(), &expression, FOUND)
        );
    }
    if let Some(stage) = stage {
        sql.push_str(&format!(" AND s.stage = {}", bound(stage.into())));
    }
    let (than, way) = if wanted.down { ("<", "DESC") } else { (">", "ASC") };
    // Of what has no day all are alike: their order is the one they were opened in.
    let by_order = wanted.sort_by == SortBy::Opened || section == 1;
    if let Some((key, seq)) = after {
        let is_past = wanted.sort_by == SortBy::Due && section == 0 && key.is_empty();
        let is_begun = wanted.sort_by != SortBy::Due || (section == 1) == key.is_empty();
        if is_past {
            return Ok(Vec::new());
        }
        if is_begun && by_order {
            sql.push_str(&format!(" AND s.seq {than} {}", bound((*seq).into())));
        } else if is_begun {
            return past(tx, wanted, (section, &sql, column), (values, key, *seq));
        }
    }
    let by = if by_order {
        format!("s.seq {way}")
    } else {
        format!("{column} {way}, s.seq {way}")
    };
    sql.push_str(&format!(" ORDER BY {by} LIMIT {}", wanted.most + 1));
    let rows = tx.rows(&sql, &values)?;
    rows.into_iter()
        .map(|mut row| Ok((section, row.text()?, row.int()?, row.text()?)))
        .collect()
}

/// What comes after a place in a list: those with the same key first, then those with the next. One condition over both would have
/// the engine sort all that follow.
fn past(
    tx: &Tx<'_>,
    wanted: &Wanted<'_>,
    (section, sql, column): (u8, &str, &str),
    (values, key, seq): (Vec<V>, &str, i64),
) -> Done<Vec<Placed>> {
    let (than, way) = if wanted.down { ("<", "DESC") } else { (">", "ASC") };
    let (one, other) = (values.len() + 1, values.len() + 2);
    let ways = [
        (
            format!("{column} = ?{one} AND s.seq {than} ?{other} ORDER BY s.seq {way}"),
            vec![key.into(), seq.into()],
        ),
        (
            format!("{column} {than} ?{one} ORDER BY {column} {way}, s.seq {way}"),
            vec![key.into()],
        ),
    ];
    let mut found = Vec::new();
    for (condition, more) in ways {
        let left = (wanted.most + 1).saturating_sub(found.len());
        let all: Vec<V> = values.iter().cloned().chain(more).collect();
        for mut row in tx.rows(&format!("{sql} AND {condition} LIMIT {left}"), &all)? {
            found.push((section, row.text()?, row.int()?, row.text()?));
        }
    }
    Ok(found)
}

/// At which of some stages there is one of a kind.
///
/// # Errors
/// When the store cannot be read.
pub fn stages_there(tx: &Tx<'_>, kind: DossierKind, stages: &[String]) -> Done<Vec<String>> {
    let sql = "SELECT w.value FROM json_each(?2) AS w WHERE EXISTS (SELECT 1 FROM standing s WHERE s.kind = ?1 AND s.stage = w.value)";
    let rows = tx.rows(sql, &[kind.name().into(), super::listed(stages)?])?;
    rows.into_iter().map(|mut row| row.text()).collect()
}

/// How many there are of a kind at some stages, up to [`COUNTED`] of each.
///
/// # Errors
/// When the store cannot be read.
pub fn count(tx: &Tx<'_>, kind: DossierKind, stages: &[&'static str], text: &str) -> Done<i64> {
    let found = match matching(tx, kind, text)? {
        Matching::Nothing => return Ok(0),
        Matching::Everything => None,
        Matching::What(expression) => Some(expression),
    };
    let mut values: Vec<V> = vec![kind.name().into()];
    let from = match found {
        None => "standing s".to_owned(),
        Some(expression) => {
            values.push(expression.into());
            found_by(tx.words(), "?2", FOUND)
        }
    };
    let mut counts = Vec::new();
    for stage in stages {
        values.push((*stage).into());
        counts.push(format!(
            "(SELECT COUNT(*) FROM (SELECT 1 FROM {from} WHERE s.kind = ?1 AND s.stage = ?{} LIMIT {COUNTED}) AS counted)",
            values.len()
        ));
    }
    let sql = format!("SELECT {}", counts.join(" + "));
    tx.row(&sql, &values)?.map_or(Ok(0), |mut row| row.int())
}

/// The newest that the index of words finds by an expression, as `s`.
fn found_by(words: Words, expression: &str, most: impl std::fmt::Display) -> String {
    match words {
        Words::File => format!(
            "(SELECT rowid AS seq FROM found WHERE found MATCH {expression} ORDER BY rowid DESC LIMIT {most}) f \
             CROSS JOIN standing s ON s.seq = f.seq"
        ),
        Words::Server => {
            format!("(SELECT * FROM standing WHERE found @@ asked({expression}) ORDER BY seq DESC LIMIT {most}) s")
        }
    }
}

/// What a text looks for.
enum Matching {
    /// Everything: it says nothing.
    Everything,
    /// Nothing can be found by it.
    Nothing,
    /// What the index is asked.
    What(String),
}

/// What the index is asked for a text: to the letter; but for one where nothing is found so.
fn matching(tx: &Tx<'_>, kind: DossierKind, text: &str) -> Done<Matching> {
    let search = fold::Search::of(text);
    if search.parts.is_empty() {
        // What holds no letter and no figure is found nowhere.
        return Ok(if text.trim().is_empty() {
            Matching::Everything
        } else {
            Matching::Nothing
        });
    }
    let exact = to_the_letter(kind, &search);
    let any = format!("SELECT 1 FROM {} LIMIT 1", found_by(tx.words(), "?1", 1));
    let some = tx.row(&any, &[exact.as_str().into()])?;
    if some.is_some() {
        return Ok(Matching::What(exact));
    }
    let near = but_for_a_letter(tx, kind, &search)?;
    Ok(near.map_or(Matching::Nothing, Matching::What))
}

fn begins(kind: DossierKind, word: &str) -> String {
    format!("\"{}\"*", of_kind(kind, word))
}

fn any_of(kind: DossierKind, ways: &[String]) -> String {
    let ways: Vec<String> = ways.iter().map(|way| begins(kind, way)).collect();
    format!("({})", ways.join(" OR "))
}

/// Every part of a search, in whichever way it is written; or all of them as one word.
fn to_the_letter(kind: DossierKind, search: &fold::Search) -> String {
    let parts: Vec<String> = search.parts.iter().map(|ways| any_of(kind, ways)).collect();
    let all = format!("({})", parts.join(" AND "));
    match &search.together {
        Some(together) => format!("({all} OR {})", begins(kind, together)),
        None => all,
    }
}

/// The same with one letter of a part wrong at the most; `None` where no part may be wrong, or no word is near it.
fn but_for_a_letter(tx: &Tx<'_>, kind: DossierKind, search: &fold::Search) -> Done<Option<String>> {
    let before = of_kind(kind, "");
    let mut next = |from: &str| -> Done<Option<String>> {
        let row = tx.row(
            "SELECT term FROM found_word WHERE term >= ?1 ORDER BY term LIMIT 1",
            &[of_kind(kind, from).into()],
        )?;
        let word = row.map(|mut row| row.text()).transpose()?;
        Ok(word.and_then(|word| Some(word.strip_prefix(&before)?.to_owned())))
    };
    let mut parts = Vec::new();
    let mut is_wrong = false;
    for (index, ways) in search.parts.iter().enumerate() {
        let mut beginnings = ways.clone();
        // Who pasted a paragraph looks for what it says.
        for way in ways.iter().filter(|_| index < PARTS_THAT_ERR) {
            beginnings.extend(fold::nearly(way, &mut next)?);
        }
        is_wrong |= beginnings.len() > ways.len();
        parts.push(any_of(kind, &beginnings));
    }
    Ok(is_wrong.then(|| format!("({})", parts.join(" AND "))))
}

/// Of each kind those in whom a text is found to the letter, the newest first; where they are fewer than `most`, then those in whom it
/// is found but for one letter, `most` of them at the most.
///
/// # Errors
/// When the store cannot be read.
pub fn find<const KINDS: usize>(
    tx: &Tx<'_>,
    kinds: [DossierKind; KINDS],
    text: &str,
    most: usize,
) -> Done<[Vec<String>; KINDS]> {
    let search = fold::Search::of(text);
    let mut found = [const { Vec::new() }; KINDS];
    if search.parts.is_empty() {
        for (found, kind) in found.iter_mut().zip(kinds) {
            let wanted = Wanted {
                stages: if kind == DossierKind::Client { &[IN_USE] } else { &[] },
                ..Wanted::newest(kind, text, most)
            };
            *found = list(tx, &wanted)?.ids;
        }
        return Ok(found);
    }
    for (found, kind) in found.iter_mut().zip(kinds) {
        *found = found_so(tx, &to_the_letter(kind, &search), most)?;
        if found.len() >= most {
            continue;
        }
        if let Some(near) = but_for_a_letter(tx, kind, &search)? {
            let mut more = found_so(tx, &near, most)?;
            more.retain(|id| !found.contains(id));
            found.append(&mut more);
        }
    }
    Ok(found)
}

/// The newest that the index of words finds by an expression.
fn found_so(tx: &Tx<'_>, expression: &str, most: usize) -> Done<Vec<String>> {
    let sql = format!("SELECT s.id FROM {}", found_by(tx.words(), "?1", most));
    let rows = tx.rows(&sql, &[expression.into()])?;
    rows.into_iter().map(|mut row| row.text()).collect()
}

/// Clients in whom every word is found, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn clients_with(tx: &Tx<'_>, words: &[&str], most: usize) -> Done<Vec<String>> {
    let all: Vec<String> = words.iter().map(|word| begins(DossierKind::Client, word)).collect();
    found_so(tx, &all.join(" AND "), most)
}

/// One that was looked at.
#[derive(Debug, Clone)]
pub struct Noted {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: DossierKind,
    /// The day it was looked at on.
    pub on: NaiveDate,
    /// The day on which it changes by the clock alone.
    pub changes_on: Option<NaiveDate>,
}

/// Everything that was looked at.
///
/// # Errors
/// When the store cannot be read.
pub fn noted(tx: &Tx<'_>) -> Done<Vec<Noted>> {
    let sql = "SELECT id, kind, noted_on, changes_on FROM standing WHERE changes_on <> '' ORDER BY seq";
    let day = |text: &str| text.parse().ok();
    let read = |mut row: super::Row| {
        Ok(Noted {
            id: row.text()?,
            kind: row.parsed(DossierKind::of)?,
            on: row.parsed(day)?,
            changes_on: Some(row.parsed(day)?).filter(|day: &NaiveDate| day.to_string() != NEVER),
        })
    };
    tx.rows(sql, &[])?.into_iter().map(read).collect()
}

/// Whether the index of words holds those of every standing, and no others; a file that is only read is not asked.
///
/// # Errors
/// When the store cannot be read.
pub fn words_are_whole(tx: &Tx<'_>) -> Done<bool> {
    if tx.words() == Words::Server {
        let differs = "SELECT 1 FROM (SELECT word AS term, COUNT(*) AS times FROM standing, unnest(words_of(words)) AS word GROUP BY word) a \
                       FULL JOIN found_word b USING (term) WHERE a.times IS DISTINCT FROM b.times LIMIT 1";
        return Ok(tx.row(differs, &[])?.is_none());
    }
    match tx.exec("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)", &[]) {
        Ok(_) | Err(Trouble::Refused(crate::refusal::Refusal::ReadOnly)) => Ok(true),
        Err(Trouble::Damaged { .. }) => Ok(false),
        Err(why) => Err(why),
    }
}
