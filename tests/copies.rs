//! More of the projects that a house has: each is written again through the store as often as asked, under names, numbers and ids of
//! its own, with its papers, its client and its entries in the journal. So a house of a hundred thousand is made in minutes, and every row
//! of it is one that the counter wrote first.

use crate::years::{TODAY, envelope, phone};
use atelier_core::client::Client;
use atelier_core::counter::Stage;
use atelier_core::grounds::{Article, Ground};
use atelier_core::money::Money;
use atelier_core::order::Task;
use atelier_core::payment::Ogm;
use atelier_core::store::standing::{self, DossierKind, IN_USE, Standing};
use atelier_core::store::{Done, Ending, Row, Store, Tx, V, clients, journal, papers, projects};
use atelier_core::vocabulary::Vocabulary as _;
use chrono::{DateTime, NaiveDate};
use serde_json::Value;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// The references of copies lie so far apart.
const APART: u64 = 100_000;
/// So many projects are written in one transaction.
const AT_ONCE: usize = 200;
/// In a house of more projects than that, papers and photos are cut to [`CUT`] bytes each: whole, a million of them is 290 GB.
const WHOLE: u64 = 100_000;
/// So much is left of what is cut.
const CUT: usize = 200;
/// What is made of the rest, or written by the functions that the counter writes with.
const MADE: [&str; 7] = [
    "client",
    "due",
    "journal",
    "journal_personal",
    "project",
    "seal",
    "standing",
];

/// A table, and the statement that adds a row.
struct Table {
    name: String,
    insert: String,
    /// Where its rows are counted, when they are.
    seq: Option<usize>,
    number: Option<usize>,
    /// Where the hash of its bytes stands, when it has any.
    hash: Option<usize>,
}

/// A project as it is copied.
struct Original {
    project: projects::Project,
    client: Client,
    /// Where the two stand, on [`TODAY`]: it does not hang on what is another in each copy.
    stand: [Standing; 2],
    /// The place of the table in the list, and the row.
    rows: Vec<(usize, Vec<V>)>,
    entries: Vec<Written>,
    /// What is another in each copy.
    own: Vec<Own>,
}

/// An entry of the journal, with what is personal in its place.
struct Written {
    at: String,
    who: String,
    seed: String,
    action: String,
}

/// A text that belongs to one project, and what becomes of it in a copy.
struct Own {
    text: String,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Id,
    Number,
    Reference,
    Envelope,
    Name,
    Phone,
}

impl Own {
    /// What it is in a copy, which is the project at `index` of the house.
    fn copied(&self, copy: u64, index: u64, given: &mut Given) -> String {
        let text = &self.text;
        let digits = |text: &str| -> u64 {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.parse().expect("a number")
        };
        match self.kind {
            // Of a version that no original has: none of those happens to end as a copy does.
            Kind::Id => format!("{}8{}{copy:06x}", &text[..14], &text[15..30]),
            Kind::Number => {
                let (series, _) = text.rsplit_once('-').expect("a number");
                format!("{series}-{:04}", given.next(series))
            }
            // Without its two check digits.
            Kind::Reference => Ogm::of(digits(text) / 100 + copy * APART)
                .expect("a reference")
                .to_string(),
            Kind::Envelope => envelope(index),
            Kind::Name => format!("{} {index}", text.rsplit_once(' ').expect("a name").0),
            Kind::Phone => phone(index),
        }
    }
}

/// The last number that was given of each series.
#[derive(Default)]
struct Given(BTreeMap<String, i64>);

impl Given {
    fn note(&mut self, series: &str, number: i64) {
        let last = self.0.entry(series.to_owned()).or_default();
        *last = number.max(*last);
    }

    fn next(&mut self, series: &str) -> i64 {
        let last = self.0.entry(series.to_owned()).or_default();
        *last += 1;
        *last
    }
}

/// Writes each project again, each as often, until there are `projects` of them.
///
/// # Panics
/// Where that is no whole number of times.
pub(crate) fn copy(store: &mut Store, projects: u64) {
    let (tables, mut originals, mut given) = store.read(read).expect("the house");
    if projects > WHOLE {
        for (at, row) in originals.iter_mut().flat_map(|original| &mut original.rows) {
            cut(&tables[*at], row);
        }
    }
    let of = originals.len() as u64;
    assert_eq!(projects % of, 0, "a multiple of {of}");
    // As they were opened: the last entry of the journal is the newest.
    let wanted: Vec<(&Original, u64, u64)> = (0..)
        .zip(&originals)
        .flat_map(|(index, original)| (1..projects / of).map(move |copy| (original, copy, index + copy * of)))
        .collect();
    for (at, some) in wanted.chunks(AT_ONCE).enumerate() {
        let written = store.write(Ending::Commit, |tx| {
            tx.exec("PRAGMA defer_foreign_keys = ON", &[])?;
            some.iter()
                .try_for_each(|(original, copy, index)| write(tx, &tables, original, (*copy, *index), &mut given))
        });
        written.expect("copies");
        if (at + 1) * AT_ONCE % 10_000 < AT_ONCE {
            println!("  {} of {projects}", (at + 1) * AT_ONCE);
        }
    }
    let times = i64::try_from(projects / of).expect("a number");
    let counted = store.write(Ending::Commit, |tx| {
        tx.exec("UPDATE series SET last = last * ?1", &[times.into()])
    });
    counted.expect("the series");
}

fn read(tx: &Tx<'_>) -> Done<(Vec<Table>, Vec<Original>, Given)> {
    let mut names = Vec::new();
    let every =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'found%'";
    for mut row in tx.rows(every, &[])? {
        names.push(row.text()?);
    }
    names.retain(|name| !MADE.contains(&name.as_str()));
    let mut tables = Vec::new();
    for name in names {
        let mut columns = Vec::new();
        for mut row in tx.rows(&format!("SELECT name FROM pragma_table_info('{name}')"), &[])? {
            columns.push(row.text()?);
        }
        let of = |wanted: &str| columns.iter().position(|column| column == wanted);
        let (seq, number, hash) = (of("seq"), of("number"), of("sha256"));
        let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
        tables.push(Table {
            insert: format!(
                "INSERT INTO {name} ({}) VALUES ({})",
                quoted.join(", "),
                places.join(", ")
            ),
            name,
            seq,
            number,
            hash,
        });
    }
    let mut originals = Vec::new();
    let mut whose: BTreeMap<String, usize> = BTreeMap::new();
    let noted = standing::noted(tx)?.into_iter();
    let turns = noted.map(|noted| (noted.id, noted.changes_on)).collect();
    for (index, id) in projects::ids(tx)?.into_iter().enumerate() {
        let project = projects::get(tx, &id)?;
        let client = clients::get(tx, &project.client_id)?;
        whose.insert(id, index);
        whose.insert(client.id.clone(), index);
        let own = |text: &str, kind| Own {
            text: text.to_owned(),
            kind,
        };
        originals.push(Original {
            stand: [stands(tx, &project.id, &turns)?, stands(tx, &client.id, &turns)?],
            own: vec![
                own(&project.id, Kind::Id),
                own(&client.id, Kind::Id),
                own(&project.number, Kind::Number),
                own(&client.card.name, Kind::Name),
                own(&client.card.phone, Kind::Phone),
            ],
            project,
            client,
            rows: Vec::new(),
            entries: Vec::new(),
        });
    }
    while rows(tx, &tables, &mut whose, &mut originals)? {}
    entries(tx, &whose, &mut originals)?;
    let mut given = Given::default();
    for original in &mut originals {
        let mut seen = BTreeSet::new();
        original.own.retain(|own| seen.insert(own.text.clone()));
        let numbers = original.own.iter().filter(|own| matches!(own.kind, Kind::Number));
        for (series, number) in numbers.filter_map(|own| own.text.rsplit_once('-')) {
            given.note(series, number.parse().expect("a number"));
        }
    }
    for table in tables.iter().filter(|table| table.seq.is_some()) {
        let last = tx.row(&format!("SELECT COALESCE(MAX(seq), 0) FROM {}", table.name), &[])?;
        given.note(&table.name, last.map_or(Ok(0), |mut row| row.int())?);
    }
    Ok((tables, originals, given))
}

/// Gives rows to the project that they are of; whether there may be more, of what was found only now.
fn rows(tx: &Tx<'_>, tables: &[Table], whose: &mut BTreeMap<String, usize>, originals: &mut [Original]) -> Done<bool> {
    let known = whose.len();
    for original in originals.iter_mut() {
        original.rows.clear();
    }
    for (at, table) in tables.iter().enumerate() {
        tx.each(&format!("SELECT * FROM {}", table.name), |row| {
            let row = row.values();
            let Some(&index) = texts(&row).find_map(|text| whose.get(text)) else {
                return Ok(());
            };
            let original = &mut originals[index];
            for id in named(table, &row) {
                let Entry::Vacant(new) = whose.entry(id) else {
                    continue;
                };
                original.own.extend(owned(table, &row));
                original.own.push(Own {
                    text: new.key().clone(),
                    kind: Kind::Id,
                });
                new.insert(index);
            }
            original.rows.push((at, row));
            Ok(())
        })?;
    }
    Ok(whose.len() > known)
}

/// Where something stands, as it is kept, and the day on which that changes by the clock alone.
fn stands(tx: &Tx<'_>, id: &str, turns: &BTreeMap<String, Option<NaiveDate>>) -> Done<Standing> {
    let sql = "SELECT seq, stage, owed, holds, declared FROM standing WHERE id = ?1";
    let mut row = tx.row(sql, &[id.into()])?.expect("it is kept");
    let seq = row.int()?;
    let money = |row: &mut Row| row.int().map(Money::from_cents);
    Ok(Standing {
        stage: row.parsed(|name| Stage::of(name).map_or(Some(IN_USE), |stage| Some(stage.name())))?,
        owed: money(&mut row)?,
        holds: row.int()? == 1,
        declared: money(&mut row)?,
        changes_on: turns[id],
        due: due(tx, seq)?,
    })
}

/// What is due of it. Which grounds it has is not kept: that it has some is.
fn due(tx: &Tx<'_>, seq: i64) -> Done<Vec<Task>> {
    let ground = Ground::new(Article::of("its rule"), "task");
    let mut due = Vec::new();
    let sql = "SELECT task, day, amount, has_grounds FROM due WHERE seq = ?1 ORDER BY position";
    for mut row in tx.rows(sql, &[seq.into()])? {
        due.push(Task {
            key: row.parsed(Task::known_as)?,
            day: row.parsed(|day| day.parse().ok())?,
            amount: row.maybe_int()?.map(Money::from_cents),
            why: vec![ground.clone(); usize::from(row.int()? == 1)],
        });
    }
    Ok(due)
}

fn texts(row: &[V]) -> impl Iterator<Item = &String> {
    row.iter()
        .filter_map(|value| if let V::T(text) = value { Some(text) } else { None })
}

/// A text that stands in what a row holds as JSON.
fn told(text: &str, key: &str) -> Option<String> {
    let body: Value = serde_json::from_str(text).ok()?;
    Some(body.get(key)?.as_str()?.to_owned())
}

/// A row's own id, and the photos that it names: everything else that a row names is the house's, or found by itself.
fn named(table: &Table, row: &[V]) -> Vec<String> {
    let is_id = |text: &&String| text.len() == 36 && text.split('-').count() == 5;
    let ids = usize::from(table.name == "piece_photo") + 1;
    let photos = texts(row)
        .filter(|_| table.name == "happening")
        .filter_map(|text| told(text, "photo"));
    texts(&row[..ids]).filter(is_id).cloned().chain(photos).collect()
}

/// What else of a row is another in each copy.
fn owned(table: &Table, row: &[V]) -> Vec<Own> {
    let own = |text: &str, kind| Own {
        text: text.to_owned(),
        kind,
    };
    let number = table.number.and_then(|at| texts(&row[at..=at]).next());
    let envelope = texts(row).filter(|text| table.name == "piece" && text.starts_with("E-"));
    let reference = texts(row).filter_map(|text| told(text, "ogm"));
    number
        .map(|number| own(number, Kind::Number))
        .into_iter()
        .chain(envelope.map(|text| own(text, Kind::Envelope)))
        .chain(reference.map(|text| own(&text, Kind::Reference)))
        .collect()
}

/// Leaves little of a row's bytes, and the hash of that.
fn cut(table: &Table, row: &mut [V]) {
    let mut first = None;
    for value in row.iter_mut() {
        if let V::B(bytes) = value {
            bytes.truncate(CUT);
            first.get_or_insert_with(|| papers::hash(bytes));
        }
    }
    if let Some((at, hash)) = table.hash.zip(first) {
        row[at] = V::T(hash);
    }
}

/// Gives the journal's entries to the project that they are of: from the one that took it in to the next that does.
fn entries(tx: &Tx<'_>, whose: &BTreeMap<String, usize>, originals: &mut [Original]) -> Done<()> {
    let mut personal: BTreeMap<String, (String, Option<String>)> = BTreeMap::new();
    for mut row in tx.rows("SELECT hash, body, subject FROM journal_personal", &[])? {
        personal.insert(row.text()?, (row.text()?, row.maybe_text()?));
    }
    let mut of = None;
    for mut row in tx.rows("SELECT at, who, seed, action FROM journal ORDER BY seq", &[])? {
        let (at, who, seed, action) = (row.text()?, row.text()?, row.text()?, row.text()?);
        let mut action: Value = serde_json::from_str(&action).expect("an action");
        let mut subject = None;
        put_back(&mut action, &personal, &mut subject);
        if action["do"] == "note-gold-price" {
            continue;
        }
        if action["do"] == "take-in" {
            of = subject.and_then(|client| whose.get(&client).copied());
        }
        if let Some(index) = of {
            let action = action.to_string();
            originals[index].entries.push(Written { at, who, seed, action });
        }
    }
    Ok(())
}

/// Puts what stands beside the journal back into an entry.
fn put_back(action: &mut Value, personal: &BTreeMap<String, (String, Option<String>)>, subject: &mut Option<String>) {
    let known = action
        .get("personal")
        .and_then(Value::as_str)
        .and_then(|hash| personal.get(hash));
    if let Some((body, of)) = known {
        subject.clone_from(of);
        *action = serde_json::from_str(body).expect("what is personal");
        return;
    }
    match action {
        Value::Object(map) => map.values_mut().for_each(|inner| put_back(inner, personal, subject)),
        Value::Array(items) => items.iter_mut().for_each(|inner| put_back(inner, personal, subject)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn write(tx: &Tx<'_>, tables: &[Table], original: &Original, (copy, index): (u64, u64), given: &mut Given) -> Done<()> {
    let own = original.own.iter();
    let copies: Vec<String> = own.map(|own| own.copied(copy, index, given)).collect();
    let anew = |text: &str| {
        let mut text = text.to_owned();
        for (own, copy) in original.own.iter().zip(&copies) {
            if text.contains(&own.text) {
                text = text.replace(&own.text, copy);
            }
        }
        text
    };
    let mut card = original.client.card.clone();
    (card.name, card.phone) = (anew(&card.name), anew(&card.phone));
    let client = anew(&original.client.id);
    clients::add(tx, &client, &card)?;
    let mut project = original.project.clone();
    project.id = anew(&project.id);
    project.number = anew(&project.number);
    project.client_id.clone_from(&client);
    // It is read with the name of whoever took it in, and written with their id.
    project.taken_in_by.clone_from(&original.entries[0].who);
    projects::open(tx, &project, &card.name, &envelope(index))?;
    for (at, row) in &original.rows {
        let table = &tables[*at];
        let mut row: Vec<V> = row
            .iter()
            .map(|value| match value {
                V::T(text) => V::T(anew(text)),
                other => other.clone(),
            })
            .collect();
        if let Some(seq) = table.seq {
            row[seq] = V::I(given.next(&table.name));
        }
        tx.exec(&table.insert, &row)?;
    }
    let today = TODAY.parse().expect("a day");
    let [of_project, of_client] = &original.stand;
    standing::note(tx, &project.id, DossierKind::Project, today, of_project)?;
    standing::note(tx, &client, DossierKind::Client, today, of_client)?;
    for (at, entry) in original.entries.iter().enumerate() {
        let millis = DateTime::parse_from_rfc3339(&entry.at)
            .expect("a moment")
            .timestamp_millis();
        journal::write(
            tx,
            journal::Entry {
                at: &entry.at,
                who: &entry.who,
                millis: journal::millis_after(tx, millis)?,
                seed: &entry.seed,
                salt: &format!("{copy:016x}{index:08x}{at:08x}"),
                subjects: std::slice::from_ref(&client),
                project: Some(&project.id),
                action: serde_json::from_str(&anew(&entry.action)).expect("an action"),
            },
        )?;
    }
    Ok(())
}
