//! The house and its staff.

use super::{Done, Refusal, Row, Tx};
use crate::house::{Identity, Role};
use crate::vocabulary::Vocabulary;
use crate::words::Language;
use rust_decimal::Decimal;

/// The house as it was set up.
#[derive(Debug, Clone)]
pub struct House {
    /// The profile whose terms it follows.
    pub profile: String,
    /// Its identity.
    pub identity: Identity,
    /// The language of its screens.
    pub language: Language,
    /// What it deducts for melting and refining unless said otherwise, in per cent.
    pub deduction_pct: Decimal,
    /// How often it was changed.
    pub version: i64,
}

/// What the profile of a house to play with begins with.
const EXAMPLE: &str = "example:";

/// The profile of a house to play with.
#[must_use]
pub fn example(profile: &str) -> String {
    format!("{EXAMPLE}{profile}")
}

impl House {
    /// Whether it is a house to play with: every paper of it says so.
    #[must_use]
    pub fn is_example(&self) -> bool {
        self.profile.starts_with(EXAMPLE)
    }
}

/// Someone who works there.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they still work here.
    pub active: bool,
    /// The hash of their PIN, where they have one.
    pub pin: Option<String>,
}

/// Sets the house up, once.
///
/// # Errors
/// [`Refusal::AlreadyDone`], or that the store cannot write.
pub fn set_up(tx: &Tx<'_>, house: &House) -> Done<()> {
    if get(tx)?.is_some() {
        return Err(Refusal::AlreadyDone.into());
    }
    let identity = serde_json::to_string(&house.identity).unwrap_or_default();
    let values = [
        house.profile.as_str().into(),
        identity.into(),
        house.language.code().into(),
        house.deduction_pct.to_string().into(),
    ];
    tx.exec("INSERT INTO house (id, profile, identity, language, deduction_pct, version) VALUES ('house', ?1, ?2, ?3, ?4, 1)", &values)?;
    Ok(())
}

/// Changes identity, language and deduction, as long as nobody did since `house.version` was read.
///
/// # Errors
/// [`Refusal::ChangedByAColleague`], or that the store cannot write.
pub fn edit(tx: &Tx<'_>, house: &House) -> Done<()> {
    let identity = serde_json::to_string(&house.identity).unwrap_or_default();
    let values = [
        identity.into(),
        house.language.code().into(),
        house.deduction_pct.to_string().into(),
        house.version.into(),
    ];
    let sql = "UPDATE house SET identity = ?1, language = ?2, deduction_pct = ?3, version = version + 1 WHERE id = 'house' AND version = ?4";
    if tx.exec(sql, &values)? == 0 {
        return Err(Refusal::changed().into());
    }
    Ok(())
}

/// The house, once it is set up.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &Tx<'_>) -> Done<Option<House>> {
    let row = tx.row(
        "SELECT profile, identity, language, deduction_pct, version FROM house",
        &[],
    )?;
    let Some(mut row) = row else { return Ok(None) };
    Ok(Some(House {
        profile: row.text()?,
        identity: row.parsed(|text| serde_json::from_str(text).ok())?,
        language: row.parsed(Language::of)?,
        deduction_pct: row.parsed(|text| text.parse().ok())?,
        version: row.int()?,
    }))
}

/// Adds someone who works there.
///
/// # Errors
/// When the store cannot write.
pub fn add_staff(tx: &Tx<'_>, id: &str, name: &str) -> Done<()> {
    tx.exec(
        "INSERT INTO staff (id, name) VALUES (?1, ?2)",
        &[id.into(), name.into()],
    )?;
    Ok(())
}

/// Everyone who works there or did, by name.
///
/// # Errors
/// When the store cannot be read.
pub fn staff(tx: &Tx<'_>) -> Done<Vec<Staff>> {
    let rows = tx.rows("SELECT id, name, role, active, pin FROM staff ORDER BY name", &[])?;
    let read = |mut row: Row| {
        Ok(Staff {
            id: row.text()?,
            name: row.text()?,
            role: row.parsed(Vocabulary::of)?,
            active: row.int()? == 1,
            pin: row.maybe_text()?,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Changes someone who works there.
///
/// # Errors
/// When the store cannot write.
pub fn change_staff(tx: &Tx<'_>, staff: &Staff) -> Done<()> {
    let values = [
        staff.id.as_str().into(),
        staff.name.as_str().into(),
        staff.role.name().into(),
        i64::from(staff.active).into(),
        staff.pin.clone().into(),
    ];
    tx.exec(
        "UPDATE staff SET name = ?2, role = ?3, active = ?4, pin = ?5 WHERE id = ?1",
        &values,
    )?;
    // Whoever is given another PIN begins anew.
    note_pin(tx, &staff.id, true)?;
    Ok(())
}

/// How many wrong PINs were given for someone in a row.
///
/// # Errors
/// When the store cannot be read.
pub fn wrong_pins(tx: &Tx<'_>, who: &str) -> Done<u32> {
    let row = tx.row("SELECT wrong FROM attempt WHERE who = ?1", &[who.into()])?;
    let wrong = row.map_or(Ok(0), |mut row| row.int())?;
    Ok(u32::try_from(wrong).unwrap_or(u32::MAX))
}

/// Counts a wrong PIN, or forgets those there were.
///
/// # Errors
/// When the store cannot write.
pub fn note_pin(tx: &Tx<'_>, who: &str, right: bool) -> Done<()> {
    let sql = if right {
        "DELETE FROM attempt WHERE who = ?1"
    } else {
        "INSERT INTO attempt (who, wrong) VALUES (?1, 1) ON CONFLICT (who) DO UPDATE SET wrong = attempt.wrong + 1"
    };
    tx.exec(sql, &[who.into()])?;
    Ok(())
}
