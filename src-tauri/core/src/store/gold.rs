//! Prices of gold, as they were noted.

use super::{Done, Row, Tx};
use crate::metal::GoldPrice;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A price as it was noted.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct Noted {
    pub id: String,
    pub day: NaiveDate,
    pub price: GoldPrice,
    pub source: String,
    pub noted_at: String,
    pub noted_by: String,
}

const COLUMNS: &str = "p.id, p.day, p.unit, p.euro, p.source, p.noted_at, s.name";
const TABLES: &str = "gold_price p JOIN staff s ON s.id = p.noted_by";

fn read(mut row: Row) -> Done<Noted> {
    let (id, day) = (row.text()?, row.parsed(|day| day.parse().ok())?);
    let unit = row.text()?;
    let euro: Decimal = row.parsed(|euro| euro.parse().ok())?;
    let price = if unit == "ounce" {
        GoldPrice::PerOunce(euro)
    } else {
        GoldPrice::PerGram(euro)
    };
    Ok(Noted {
        id,
        day,
        price,
        source: row.text()?,
        noted_at: row.text()?,
        noted_by: row.text()?,
    })
}

/// Notes a price; `noted.noted_by` is the id of who did.
///
/// # Errors
/// When the store cannot write.
pub fn note(tx: &Tx<'_>, noted: &Noted) -> Done<()> {
    let (unit, euro) = match noted.price {
        GoldPrice::PerOunce(euro) => ("ounce", euro),
        GoldPrice::PerGram(euro) => ("gram", euro),
    };
    tx.exec(
        "INSERT INTO gold_price (id, day, unit, euro, source, noted_at, noted_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &[
            noted.id.as_str().into(),
            noted.day.to_string().into(),
            unit.into(),
            euro.to_string().into(),
            noted.source.as_str().into(),
            noted.noted_at.as_str().into(),
            noted.noted_by.as_str().into(),
        ],
    )?;
    Ok(())
}

/// The newest price: by its day, then by when it was noted.
///
/// # Errors
/// When the store cannot be read.
pub fn newest(tx: &Tx<'_>) -> Done<Option<Noted>> {
    let row = tx.row(
        &format!("SELECT {COLUMNS} FROM {TABLES} ORDER BY p.day DESC, p.noted_at DESC, p.id DESC LIMIT 1"),
        &[],
    )?;
    row.map(read).transpose()
}

/// Every price, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn all(tx: &Tx<'_>) -> Done<Vec<Noted>> {
    let rows = tx.rows(
        &format!("SELECT {COLUMNS} FROM {TABLES} ORDER BY p.day DESC, p.noted_at DESC, p.id DESC"),
        &[],
    )?;
    rows.into_iter().map(read).collect()
}
