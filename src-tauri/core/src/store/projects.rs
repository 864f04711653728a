//! Projects with their pieces, stones and metal parts; consents, signatures, fees and decisions.

use super::{Done, Refusal, Row, Tx, V, clients, of_each, of_one, standing};
use crate::fold;
use crate::intake::{Given, MetalRead, PieceRead, StoneRead};
use crate::metal::{Part, Title};
use crate::money::Money;
use crate::number::half_up;
pub use crate::order::{Decision, Piece, Project};
use crate::order::{Stage, Task};
use crate::stone::{Gem, Measured, Size, Stone};
use crate::terms::{Consent, ProjectKind};
use crate::vocabulary::Vocabulary;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

const COLUMNS: &str = "p.id, p.number, p.kind, p.client_id, p.wish, p.opened, p.taken_in_at, s.name, p.fee";

/// The word an enum is stored by, the same as on the wire.
fn stored<T: Serialize>(value: &T) -> V {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(V::from))
        .unwrap_or(V::Null)
}

/// A weight in thousandths of its unit. More than three decimals do not get past the form.
fn thousandths(weight: Decimal) -> V {
    half_up(weight * Decimal::ONE_THOUSAND, 0)
        .try_into()
        .map_or(V::Null, V::I)
}

fn from_thousandths(weight: i64) -> Decimal {
    Decimal::new(weight, 3)
}

fn read(mut row: Row) -> Done<Project> {
    Ok(Project {
        id: row.text()?,
        number: row.text()?,
        kind: row.parsed(Vocabulary::of)?,
        client_id: row.text()?,
        wish: row.text()?,
        opened: row.parsed(|day| day.parse().ok())?,
        taken_in_at: row.text()?,
        taken_in_by: row.text()?,
        fee: Money::from_cents(row.int()?),
    })
}

/// What a project is found by: its number whole and short, its client, its envelopes, its wish.
fn found_by(number: &str, client_name: &str, envelopes: &str, wish: &str) -> String {
    let short = number.trim_start_matches(|c: char| !c.is_ascii_digit());
    let bare = short.rsplit('-').next().unwrap_or_default().trim_start_matches('0');
    fold::folded(&format!("{number} {short} {bare} {client_name} {envelopes} {wish}"))
}

/// Opens a project; `taken_in_by` is the id of who did. `client_name` is what it is found by, beside its number.
///
/// # Errors
/// When the store cannot write.
pub fn open(tx: &Tx<'_>, project: &Project, client_name: &str, envelopes: &str) -> Done<()> {
    let found_by = found_by(&project.number, client_name, envelopes, &project.wish);
    tx.exec(
        "INSERT INTO project (id, version, number, kind, client_id, wish, opened, taken_in_at, taken_in_by, fee, fold) \
         VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        &[
            project.id.as_str().into(),
            project.number.as_str().into(),
            stored(&project.kind),
            project.client_id.as_str().into(),
            project.wish.as_str().into(),
            project.opened.to_string().into(),
            project.taken_in_at.as_str().into(),
            project.taken_in_by.as_str().into(),
            project.fee.cents().into(),
            found_by.into(),
        ],
    )?;
    Ok(())
}

/// Adds a piece with its components, ids from `next_id`; returns the piece's.
///
/// # Errors
/// When the store cannot write.
pub fn add_piece(
    tx: &Tx<'_>,
    project: &str,
    position: i64,
    piece: &PieceRead,
    next_id: &mut dyn FnMut() -> String,
) -> Done<String> {
    let id = next_id();
    tx.exec(
        "INSERT INTO piece (id, project_id, position, description, condition, envelope, declared_value) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &[
            id.as_str().into(),
            project.into(),
            position.into(),
            piece.description.as_str().into(),
            piece.condition.as_str().into(),
            piece.envelope.as_str().into(),
            piece.declared_value.map(Money::cents).into(),
        ],
    )?;
    for (position, stone) in (0_i64..).zip(piece.stones.iter().flatten()) {
        put_stone(tx, &next_id(), &id, position, stone)?;
    }
    for (position, metal) in (0_i64..).zip(piece.metals.iter().flatten()) {
        put_metal(tx, &next_id(), &id, position, metal)?;
    }
    show(tx, &id, &piece.photos)?;
    Ok(id)
}

/// Writes a stone down, or what is known of it now. One weighed loose keeps the measures it had in its setting.
fn put_stone(tx: &Tx<'_>, id: &str, piece: &str, position: i64, stone: &StoneRead) -> Done<()> {
    let (cut, sides, girdle, weighed) = match &stone.stone.size {
        Size::Weighed(carat) => (V::Null, [V::Null, V::Null, V::Null], V::Null, thousandths(*carat)),
        Size::Measured(m) => {
            let sides = [m.length, m.width, m.depth].map(|side| V::T(side.to_string()));
            (
                stored(&m.cut),
                sides,
                m.girdle.as_ref().map_or(V::Null, stored),
                V::Null,
            )
        }
    };
    let [length, width, depth] = sides;
    let now =
        |column: &str| format!("CASE WHEN excluded.weighed IS NULL THEN excluded.{column} ELSE stone.{column} END");
    tx.exec(
        &format!(
        "INSERT INTO stone (id, piece_id, position, role, gem, gravity, cut, length, width, depth, girdle, weighed, note) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, role = excluded.role, gem = excluded.gem, \
         gravity = excluded.gravity, cut = {}, length = {}, width = {}, depth = {}, girdle = {}, \
         weighed = excluded.weighed, note = excluded.note",
            now("cut"),
            now("length"),
            now("width"),
            now("depth"),
            now("girdle"),
        ),
        &[
            id.into(),
            piece.into(),
            position.into(),
            stored(&stone.stone.role),
            stone.gem.as_str().into(),
            stone.gravity.map(|gravity| gravity.to_string()).into(),
            cut,
            length,
            width,
            depth,
            girdle,
            weighed,
            stone.note.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Writes a metal part down, or what is known of it now.
fn put_metal(tx: &Tx<'_>, id: &str, piece: &str, position: i64, metal: &MetalRead) -> Done<()> {
    // What was weighed when it was taken in stays beside what was weighed later.
    let kept = |column: &str| {
        format!(
            "CASE WHEN EXISTS (SELECT 1 FROM metal_weighing w WHERE w.metal_id = metal.id) THEN metal.{column} ELSE excluded.{column} END"
        )
    };
    tx.exec(
        &format!(
            "INSERT INTO metal (id, piece_id, position, name, stamp, title, tested, gross, mounted, other) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, stamp = excluded.stamp, \
         title = excluded.title, tested = excluded.tested, gross = {}, mounted = {}, other = {}",
            kept("gross"),
            kept("mounted"),
            kept("other")
        ),
        &[
            id.into(),
            piece.into(),
            position.into(),
            metal.name.as_str().into(),
            metal.stamp.as_str().into(),
            i64::from(metal.part.title.get()).into(),
            metal.tested.as_str().into(),
            thousandths(metal.part.gross_g),
            thousandths(metal.part.mounted_ct),
            thousandths(metal.part.other_g),
        ],
    )?;
    Ok(())
}

/// The photos of a piece, in their order.
fn show(tx: &Tx<'_>, piece: &str, photos: &[String]) -> Done<()> {
    tx.exec("DELETE FROM piece_photo WHERE piece_id = ?1", &[piece.into()])?;
    for (position, photo) in (0_i64..).zip(photos) {
        let values = [piece.into(), photo.as_str().into(), position.into()];
        tx.exec(
            "INSERT INTO piece_photo (piece_id, photo_id, position) VALUES (?1, ?2, ?3) ON CONFLICT (piece_id, photo_id) DO NOTHING",
            &values,
        )?;
    }
    Ok(())
}

/// The components of a piece as they stand on a form, each with its id; empty for one that was forgotten at intake.
#[derive(Debug, Clone, Copy)]
pub struct Ids<'a> {
    /// Of its stones.
    pub stones: &'a [String],
    /// Of its metal parts.
    pub metals: &'a [String],
}

/// Puts a piece right: what was known of it is what is read now. Components that are not named any more go.
///
/// # Errors
/// [`Refusal::NotFound`] for a component of another piece, or that the store cannot write.
pub fn correct_piece(
    tx: &Tx<'_>,
    id: &str,
    piece: &PieceRead,
    ids: Ids<'_>,
    next_id: &mut dyn FnMut() -> String,
) -> Done<()> {
    tx.exec(
        "UPDATE piece SET description = ?2, condition = ?3, envelope = ?4, declared_value = ?5 WHERE id = ?1",
        &[
            id.into(),
            piece.description.as_str().into(),
            piece.condition.as_str().into(),
            piece.envelope.as_str().into(),
            piece.declared_value.map(Money::cents).into(),
        ],
    )?;
    let mut named = |table: &str, ids: &[String], count: usize| -> Done<Vec<String>> {
        let known: Vec<String> = tx
            .rows(&format!("SELECT id FROM {table} WHERE piece_id = ?1"), &[id.into()])?
            .into_iter()
            .map(|mut row| row.text())
            .collect::<Done<_>>()?;
        for gone in known.iter().filter(|known| !ids.contains(known)) {
            tx.exec(&format!("DELETE FROM {table} WHERE id = ?1"), &[gone.as_str().into()])?;
        }
        let mut named = Vec::new();
        for index in 0..count {
            match ids.get(index).filter(|id| !id.is_empty()) {
                Some(id) if !known.contains(id) => return Err(Refusal::NotFound.into()),
                Some(id) => named.push(id.clone()),
                None => named.push(next_id()),
            }
        }
        Ok(named)
    };
    let stones: Vec<&StoneRead> = piece.stones.iter().flatten().collect();
    let metals: Vec<&MetalRead> = piece.metals.iter().flatten().collect();
    let stone_ids = named("stone", ids.stones, stones.len())?;
    let metal_ids = named("metal", ids.metals, metals.len())?;
    for (position, (id_of, stone)) in (0_i64..).zip(stone_ids.iter().zip(stones)) {
        put_stone(tx, id_of, id, position, stone)?;
    }
    for (position, (id_of, metal)) in (0_i64..).zip(metal_ids.iter().zip(metals)) {
        put_metal(tx, id_of, id, position, metal)?;
    }
    show(tx, id, &piece.photos)
}

/// Whether a metal part was weighed again since it was taken in: then the last weighing holds, and the part stays.
///
/// # Errors
/// When the store cannot be read.
pub fn is_weighed_again(tx: &Tx<'_>, metal: &str) -> Done<bool> {
    Ok(tx
        .row(
            "SELECT 1 FROM metal_weighing WHERE metal_id = ?1 LIMIT 1",
            &[metal.into()],
        )?
        .is_some())
}

/// Puts a project right: whose it is, what is wished, what the valuation costs; and what it is found by.
///
/// # Errors
/// When the store cannot write.
pub fn correct(tx: &Tx<'_>, id: &str, client: &clients::Client, wish: &str, fee: Money) -> Done<()> {
    let number = get(tx, id)?.number;
    let envelopes: Vec<String> = pieces(tx, id)?.into_iter().map(|piece| piece.envelope).collect();
    tx.exec(
        "UPDATE project SET version = version + 1, client_id = ?2, wish = ?3, fee = ?4, fold = ?5 WHERE id = ?1",
        &[
            id.into(),
            client.id.as_str().into(),
            wish.into(),
            fee.cents().into(),
            found_by(&number, &client.card.name, &envelopes.join(" "), wish).into(),
        ],
    )?;
    Ok(())
}

/// The project of that id.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn get(tx: &Tx<'_>, id: &str) -> Done<Project> {
    let found = of_ids(tx, &[id.to_owned()])?.pop();
    found.ok_or_else(|| Refusal::NotFound.into())
}

/// The projects of those ids, in their order.
///
/// # Errors
/// When the store cannot be read.
pub fn of_ids(tx: &Tx<'_>, ids: &[String]) -> Done<Vec<Project>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM project p JOIN staff s ON s.id = p.taken_in_by WHERE p.id IN (SELECT value FROM json_each(?1))"
    );
    let rows = tx.rows(&sql, &[super::listed(ids)?])?;
    let projects: Vec<Project> = rows.into_iter().map(read).collect::<Done<_>>()?;
    Ok(super::in_order(ids, projects, |project| &project.id))
}

/// The ids of every project, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn ids(tx: &Tx<'_>) -> Done<Vec<String>> {
    tx.rows("SELECT id FROM project ORDER BY id DESC", &[])?
        .into_iter()
        .map(|mut row| row.text())
        .collect()
}

/// A client's projects, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn of_client(tx: &Tx<'_>, client: &str) -> Done<Vec<Project>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM project p JOIN staff s ON s.id = p.taken_in_by WHERE p.client_id = ?1 ORDER BY p.id DESC"
    );
    tx.rows(&sql, &[client.into()])?.into_iter().map(read).collect()
}

/// The ids of a client's projects, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn ids_of_client(tx: &Tx<'_>, client: &str) -> Done<Vec<String>> {
    let rows = tx.rows(
        "SELECT id FROM project WHERE client_id = ?1 ORDER BY id DESC",
        &[client.into()],
    )?;
    rows.into_iter().map(|mut row| row.text()).collect()
}

/// A project as a list shows it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its kind.
    pub kind: ProjectKind,
    /// The client's name.
    pub client: String,
    /// What was brought.
    pub pieces: String,
    /// The first photo of it.
    pub photo: Option<String>,
    /// Where it stands.
    pub stage: Stage,
    /// The day it was opened.
    pub opened: NaiveDate,
    /// What the client still owes.
    pub owed: Option<Money>,
    /// What is due first, without its grounds.
    pub first: Option<Task>,
}

/// Projects as a list shows them, in the order of their ids.
///
/// # Errors
/// When the store cannot be read.
pub fn lines(tx: &Tx<'_>, ids: &[String]) -> Done<Vec<Line>> {
    let sql = "SELECT p.id, p.number, p.kind, k.name, \
         (SELECT string_agg(description, '; ' ORDER BY position) FROM piece WHERE project_id = p.id), \
         (SELECT photo_id FROM piece e JOIN piece_photo o ON o.piece_id = e.id WHERE e.project_id = p.id ORDER BY e.position, o.position LIMIT 1), \
         s.stage, p.opened, s.owed, d.task, d.day, d.amount \
         FROM project p JOIN client k ON k.id = p.client_id JOIN standing s ON s.id = p.id \
         LEFT JOIN due d ON d.seq = s.seq AND d.position = 0 WHERE p.id IN (SELECT value FROM json_each(?1))";
    let read = |mut row: Row| {
        Ok(Line {
            id: row.text()?,
            number: row.text()?,
            kind: row.parsed(Vocabulary::of)?,
            client: row.text()?,
            pieces: row.maybe_text()?.unwrap_or_default(),
            photo: row.maybe_text()?,
            // One that nobody has looked at yet was taken in.
            stage: row.parsed(|stage| {
                if stage.is_empty() {
                    Some(Stage::TakenIn)
                } else {
                    Stage::of(stage)
                }
            })?,
            opened: row.parsed(|day| day.parse().ok())?,
            owed: Some(Money::from_cents(row.int()?)).filter(|owed| *owed > Money::ZERO),
            first: standing::maybe_task(&mut row)?,
        })
    };
    let rows = tx.rows(sql, &[super::listed(ids)?])?;
    let lines: Vec<Line> = rows.into_iter().map(read).collect::<Done<_>>()?;
    Ok(super::in_order(ids, lines, |line| &line.id))
}

/// The pieces of a project, with everything on them.
///
/// # Errors
/// When the store cannot be read.
pub fn pieces(tx: &Tx<'_>, project: &str) -> Done<Vec<Piece>> {
    Ok(of_one(pieces_of(tx, &[project.to_owned()])?))
}

/// The pieces of some projects, by their ids, with everything on them.
///
/// # Errors
/// When the store cannot be read.
pub fn pieces_of(tx: &Tx<'_>, projects: &[String]) -> Done<BTreeMap<String, Vec<Piece>>> {
    let sql = "SELECT project_id, id, description, condition, envelope, declared_value FROM piece \
               WHERE project_id IN (SELECT value FROM json_each(?1)) ORDER BY position";
    let mut pieces = of_each(tx, sql, projects, |mut row| {
        let project = row.text()?;
        let piece = Piece {
            id: row.text()?,
            description: row.text()?,
            condition: row.text()?,
            envelope: row.text()?,
            declared_value: row.maybe_int()?.map(Money::from_cents),
            stones: Vec::new(),
            metals: Vec::new(),
            photos: Vec::new(),
            decision: None,
        };
        Ok((project, piece))
    })?;
    let ids: Vec<String> = pieces.values().flatten().map(|piece| piece.id.clone()).collect();
    if ids.is_empty() {
        return Ok(pieces);
    }
    let (mut stones, mut metals) = (stones(tx, &ids)?, metals(tx, &ids)?);
    let (mut photos, mut decisions) = (photos(tx, &ids)?, decisions(tx, &ids)?);
    for piece in pieces.values_mut().flatten() {
        piece.stones = stones.remove(&piece.id).unwrap_or_default();
        piece.metals = metals.remove(&piece.id).unwrap_or_default();
        piece.photos = photos.remove(&piece.id).unwrap_or_default();
        piece.decision = decisions.remove(&piece.id).unwrap_or_default().pop();
    }
    Ok(pieces)
}

/// A stone with its id, what is known of it, and the estimate that a later weighing replaced.
type StoneKept = (String, StoneRead, Option<Decimal>);

/// The stones of some pieces, by their ids.
fn stones(tx: &Tx<'_>, pieces: &[String]) -> Done<BTreeMap<String, Vec<StoneKept>>> {
    let sql = "SELECT piece_id, id, role, gem, gravity, cut, length, width, depth, girdle, weighed, note FROM stone \
               WHERE piece_id IN (SELECT value FROM json_each(?1)) ORDER BY position";
    of_each(tx, sql, pieces, |mut row| {
        let piece = row.text()?;
        let (id, role, name) = (row.text()?, row.parsed(Vocabulary::of)?, row.text()?);
        let gravity = row.maybe_parsed(|text| text.parse::<Decimal>().ok())?;
        let gem = Gem::named(&name, gravity)
            .ok_or_else(|| super::Trouble::Broken(format!("a gem {name:?} without gravity")))?;
        let cut = row.maybe_parsed(Vocabulary::of)?;
        let mut side = || row.maybe_parsed(|text| text.parse::<Decimal>().ok());
        let (length, width, depth) = (side()?, side()?, side()?);
        let girdle = row.maybe_parsed(Vocabulary::of)?;
        let measured = (|| {
            Some(Measured {
                cut: cut?,
                length: length?,
                width: width?,
                depth: depth?,
                girdle,
            })
        })();
        let weighed = row.maybe_int()?.map(from_thousandths);
        let estimate = measured
            .as_ref()
            .filter(|_| weighed.is_some())
            .and_then(|measured| measured.estimate(&gem));
        let size = match (weighed, measured) {
            (Some(carat), _) => Size::Weighed(carat),
            (None, Some(measured)) => Size::Measured(measured),
            (None, None) => return Err(super::Trouble::Broken("a stone without a weight".into())),
        };
        let stone = StoneRead {
            stone: Stone { role, gem, size },
            gem: name,
            gravity,
            note: row.text()?,
        };
        Ok((piece, (id, stone, estimate)))
    })
}

fn metals(tx: &Tx<'_>, pieces: &[String]) -> Done<BTreeMap<String, Vec<(String, MetalRead)>>> {
    // A part weighed out of its settings holds no stones any more.
    let weighed = "SELECT w.gross FROM metal_weighing w WHERE w.metal_id = m.id ORDER BY w.seq DESC LIMIT 1";
    let sql = format!(
        "SELECT m.piece_id, m.id, m.name, m.stamp, m.title, m.tested, COALESCE(({weighed}), m.gross), \
         CASE WHEN ({weighed}) IS NULL THEN m.mounted ELSE 0 END, CASE WHEN ({weighed}) IS NULL THEN m.other ELSE 0 END \
         FROM metal m WHERE m.piece_id IN (SELECT value FROM json_each(?1)) ORDER BY m.position"
    );
    of_each(tx, &sql, pieces, |mut row| {
        let piece = row.text()?;
        let (id, name, stamp) = (row.text()?, row.text()?, row.text()?);
        let title = Title::thousandths(row.int()?)?;
        let tested = row.text()?;
        let mut weight = || row.int().map(from_thousandths);
        let part = Part {
            title,
            gross_g: weight()?,
            mounted_ct: weight()?,
            other_g: weight()?,
        };
        let metal = MetalRead {
            part,
            name,
            stamp,
            tested,
        };
        Ok((piece, (id, metal)))
    })
}

fn photos(tx: &Tx<'_>, pieces: &[String]) -> Done<BTreeMap<String, Vec<String>>> {
    let sql = "SELECT piece_id, photo_id FROM piece_photo WHERE piece_id IN (SELECT value FROM json_each(?1)) ORDER BY position";
    of_each(tx, sql, pieces, |mut row| Ok((row.text()?, row.text()?)))
}

/// The decisions on some pieces, by their ids, the one that holds last.
fn decisions(tx: &Tx<'_>, pieces: &[String]) -> Done<BTreeMap<String, Vec<Decision>>> {
    // One that was a slip, and was taken back, holds no more.
    let slip = "SELECT 1 FROM happening h WHERE h.what = 'taken-back' AND h.of_id = (SELECT project_id FROM piece WHERE id = d.piece_id) \
                AND h.body ->> 'of' = d.id";
    let sql = format!(
        "SELECT d.piece_id, d.id, d.accepted, d.reason, d.decided_at, s.name FROM decision d JOIN staff s ON s.id = d.decided_by \
         WHERE d.piece_id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS ({slip}) ORDER BY d.id"
    );
    of_each(tx, &sql, pieces, |mut row| {
        let piece = row.text()?;
        let decision = Decision {
            id: row.text()?,
            accepted: row.int()? == 1,
            reason: row.text()?,
            decided_at: row.text()?,
            decided_by: row.text()?,
        };
        Ok((piece, decision))
    })
}

/// The projects with a piece in that envelope, however it is written.
///
/// # Errors
/// When the store cannot be read.
pub fn in_envelope(tx: &Tx<'_>, envelope: &str) -> Done<Vec<Project>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM project p JOIN staff s ON s.id = p.taken_in_by \
         WHERE p.id IN (SELECT project_id FROM piece WHERE upper(envelope) = ?1) ORDER BY p.id"
    );
    let written = envelope.to_ascii_uppercase();
    tx.rows(&sql, &[written.into()])?.into_iter().map(read).collect()
}

/// The last envelope that was used, and ends in a figure; `None` in a house that numbers none.
///
/// # Errors
/// When the store cannot be read.
pub fn last_envelope(tx: &Tx<'_>) -> Done<Option<String>> {
    let rows = tx.rows("SELECT envelope FROM piece ORDER BY id DESC LIMIT 20", &[])?;
    let envelopes: Vec<String> = rows.into_iter().map(|mut row| row.text()).collect::<Done<_>>()?;
    Ok(envelopes
        .into_iter()
        .find(|envelope| envelope.ends_with(|c: char| c.is_ascii_digit())))
}

/// The project a piece belongs to.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn of_piece(tx: &Tx<'_>, piece: &str) -> Done<String> {
    tx.row("SELECT project_id FROM piece WHERE id = ?1", &[piece.into()])?
        .ok_or(Refusal::NotFound)?
        .text()
}

/// Keeps a decision; `decision.decided_by` is the id of who decided.
///
/// # Errors
/// When the store cannot write.
pub fn decide(tx: &Tx<'_>, piece: &str, decision: &Decision) -> Done<()> {
    tx.exec(
        "INSERT INTO decision (id, piece_id, accepted, reason, decided_at, decided_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &[
            decision.id.as_str().into(),
            piece.into(),
            i64::from(decision.accepted).into(),
            decision.reason.as_str().into(),
            decision.decided_at.as_str().into(),
            decision.decided_by.as_str().into(),
        ],
    )?;
    Ok(())
}

/// A stone as it is known now.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn stone(tx: &Tx<'_>, id: &str) -> Done<Stone> {
    let piece = tx
        .row("SELECT piece_id FROM stone WHERE id = ?1", &[id.into()])?
        .ok_or(Refusal::NotFound)?
        .text()?;
    let found = of_one(stones(tx, &[piece])?)
        .into_iter()
        .find(|(known, ..)| known == id);
    Ok(found.ok_or(Refusal::NotFound)?.1.stone)
}

/// Writes down what a stone weighs out of its setting, once; its measures stay on record. Returns its piece.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::AlreadyWeighed`], or that the store cannot write.
pub fn weigh(tx: &Tx<'_>, stone: &str, carat: Decimal) -> Done<String> {
    let piece = tx
        .row("SELECT piece_id FROM stone WHERE id = ?1", &[stone.into()])?
        .ok_or(Refusal::NotFound)?
        .text()?;
    if tx.exec(
        "UPDATE stone SET weighed = ?2 WHERE id = ?1 AND weighed IS NULL",
        &[stone.into(), thousandths(carat)],
    )? == 0
    {
        return Err(Refusal::AlreadyWeighed.into());
    }
    changed(tx, &piece)?;
    Ok(piece)
}

/// Writes down what a metal part weighs out of its settings, in grams; the last weighing holds. Returns its piece.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot write.
pub fn weigh_metal(tx: &Tx<'_>, id: &str, metal: &str, grams: Decimal, at: &str, by: &str) -> Done<String> {
    let piece = tx
        .row("SELECT piece_id FROM metal WHERE id = ?1", &[metal.into()])?
        .ok_or(Refusal::NotFound)?
        .text()?;
    let values = [id.into(), metal.into(), thousandths(grams), at.into(), by.into()];
    tx.exec("INSERT INTO metal_weighing (id, seq, metal_id, gross, at, by) SELECT ?1, COALESCE(MAX(seq), 0) + 1, ?2, ?3, ?4, ?5 FROM metal_weighing", &values)?;
    changed(tx, &piece)?;
    Ok(piece)
}

/// Counts that something was weighed on a piece: a form that was begun before does not undo it.
fn changed(tx: &Tx<'_>, piece: &str) -> Done<()> {
    tx.exec(
        "UPDATE project SET version = version + 1 WHERE id = (SELECT project_id FROM piece WHERE id = ?1)",
        &[piece.into()],
    )?;
    Ok(())
}

/// How often the facts of a project were put right or weighed.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn version(tx: &Tx<'_>, id: &str) -> Done<i64> {
    tx.row("SELECT version FROM project WHERE id = ?1", &[id.into()])?
        .ok_or(Refusal::NotFound)?
        .int()
}

/// Keeps a consent with its moment.
///
/// # Errors
/// When the store cannot write.
pub fn consent(tx: &Tx<'_>, project: &str, given: &Given) -> Done<()> {
    let values = [project.into(), stored(&given.consent), given.at.as_str().into()];
    tx.exec(
        "INSERT INTO consent (project_id, consent, given_at) VALUES (?1, ?2, ?3)",
        &values,
    )?;
    Ok(())
}

/// The consents of a project, with their moments.
///
/// # Errors
/// When the store cannot be read.
pub fn consents(tx: &Tx<'_>, project: &str) -> Done<Vec<(Consent, String)>> {
    Ok(of_one(consents_of(tx, &[project.to_owned()])?))
}

/// The consents of some projects, by their ids, with their moments.
///
/// # Errors
/// When the store cannot be read.
pub fn consents_of(tx: &Tx<'_>, projects: &[String]) -> Done<BTreeMap<String, Vec<(Consent, String)>>> {
    let sql = "SELECT project_id, consent, given_at FROM consent \
               WHERE project_id IN (SELECT value FROM json_each(?1)) ORDER BY given_at, consent";
    of_each(tx, sql, projects, |mut row| {
        Ok((row.text()?, (row.parsed(Vocabulary::of)?, row.text()?)))
    })
}

/// Keeps the signature under the intake receipt; no strokes where it was signed on paper.
///
/// # Errors
/// When the store cannot write.
pub fn sign(tx: &Tx<'_>, project: &str, signer: &str, strokes: Option<String>, at: &str) -> Done<()> {
    let values = [project.into(), signer.into(), strokes.into(), at.into()];
    tx.exec(
        "INSERT INTO signature (project_id, subject, signer, strokes, signed_at) VALUES (?1, 'intake', ?2, ?3, ?4)",
        &values,
    )?;
    Ok(())
}

/// What was paid of the valuation fee.
///
/// # Errors
/// When the store cannot be read.
pub fn fee_paid(tx: &Tx<'_>, project: &str) -> Done<Money> {
    let sql = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger WHERE project_id = ?1 AND kind = 'valuation-fee' \
               AND id NOT IN (SELECT corrects FROM ledger WHERE corrects IS NOT NULL)";
    let row = tx.row(sql, &[project.into()])?.ok_or(Refusal::NotFound)?.int()?;
    Ok(Money::from_cents(row))
}

/// What a project is once its client is forgotten: its number, and what was made. Wish and signatures are emptied.
///
/// # Errors
/// When the store cannot write.
pub fn forget(tx: &Tx<'_>, id: &str) -> Done<()> {
    tx.exec(
        "UPDATE project SET version = version + 1, wish = '', fold = lower(number) WHERE id = ?1",
        &[id.into()],
    )?;
    // What a piece weighs and is made of stays with the money it was worth; what was written of it goes.
    for emptied in [
        "UPDATE stone SET note = '' WHERE piece_id IN (SELECT id FROM piece WHERE project_id = ?1)",
        "UPDATE metal SET name = '–', stamp = '', tested = '' WHERE piece_id IN (SELECT id FROM piece WHERE project_id = ?1)",
        "UPDATE decision SET reason = '' WHERE piece_id IN (SELECT id FROM piece WHERE project_id = ?1)",
        "UPDATE piece SET description = '–', condition = '' WHERE project_id = ?1",
    ] {
        tx.exec(emptied, &[id.into()])?;
    }
    forget_signature(tx, id)
}

/// Empties what was signed when a project was opened, and by whom.
///
/// # Errors
/// When the store cannot write.
pub fn forget_signature(tx: &Tx<'_>, project: &str) -> Done<()> {
    tx.exec(
        "UPDATE signature SET signer = '', strokes = NULL WHERE project_id = ?1",
        &[project.into()],
    )?;
    Ok(())
}
