//! Clients.

use super::{Done, Refusal, Row, Tx, V, standing};
use crate::client::Card;
pub use crate::client::Client;
use crate::fold;
use crate::vocabulary::Vocabulary;
use crate::words::Language;

const COLUMNS: &str = "id, version, kind, language, name, street, postcode, city, country, phone, email, second_contact, vat_number, \
     sizes, preferences, dates";

fn read(mut row: Row) -> Done<Client> {
    Ok(Client {
        id: row.text()?,
        version: row.int()?,
        card: Card {
            kind: row.parsed(Vocabulary::of)?,
            language: row.parsed(Language::of)?,
            name: row.text()?,
            street: row.text()?,
            postcode: row.text()?,
            city: row.text()?,
            country: row.text()?,
            phone: row.text()?,
            email: row.text()?,
            second_contact: row.text()?,
            vat_number: row.text()?,
            sizes: row.text()?,
            preferences: row.text()?,
            dates: row.text()?,
        },
    })
}

/// What a client is found by: every name they go and went by, where they live, how they are reached, their number.
fn found_by(card: &Card, former_names: &str) -> String {
    let digits: String = card.vat_number.chars().filter(char::is_ascii_alphanumeric).collect();
    let names = [&card.name, &card.second_contact]
        .into_iter()
        .map(String::as_str)
        .chain(former_names.lines());
    let names: Vec<String> = names.map(fold::name).collect();
    let words = fold::folded(&format!(
        "{} {} {} {} {digits}",
        card.email, card.street, card.postcode, card.city
    ));
    // Never empty: that is a card nobody has folded yet.
    format!(" {} {words} {}", names.join(" "), fold::phone(&card.phone))
}

fn values(id: &str, card: &Card, former_names: &str) -> Vec<V> {
    let kind = serde_json::to_value(card.kind)
        .ok()
        .and_then(|kind| kind.as_str().map(str::to_owned));
    let texts = [
        kind.as_deref().unwrap_or_default(),
        card.language.code(),
        &card.name,
        &card.street,
        &card.postcode,
        &card.city,
        &card.country,
        &card.phone,
        &card.email,
        &card.second_contact,
        &card.vat_number,
        &card.sizes,
        &card.preferences,
        &card.dates,
    ];
    let mut values: Vec<V> = vec![id.into()];
    values.extend(texts.map(V::from));
    values.push(found_by(card, former_names).into());
    values
}

/// Adds a client.
///
/// # Errors
/// When the store cannot write.
pub fn add(tx: &Tx<'_>, id: &str, card: &Card) -> Done<()> {
    let sql = "INSERT INTO client (id, version, kind, language, name, street, postcode, city, country, phone, email, second_contact, vat_number, sizes, preferences, dates, fold) \
               VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
    tx.exec(sql, &values(id, card, ""))?;
    Ok(())
}

/// Changes a client's card, as long as nobody did since `version` was read. Who goes by another name now is found by the former
/// one too.
///
/// # Errors
/// [`Refusal::ChangedByAColleague`], or that the store cannot write.
pub fn edit(tx: &Tx<'_>, id: &str, version: i64, card: &Card) -> Done<()> {
    let mut row = tx
        .row("SELECT name, former_names FROM client WHERE id = ?1", &[id.into()])?
        .ok_or(Refusal::NotFound)?;
    let (name, mut former) = (row.text()?, row.text()?);
    if name != card.name && !former.lines().any(|known| known == name) {
        former = format!("{former}\n{name}").trim_start().to_owned();
    }
    write(tx, id, version, card, &former)
}

/// Empties a client's card of who they were, their former names too.
///
/// # Errors
/// [`Refusal::ChangedByAColleague`], or that the store cannot write.
pub fn forget(tx: &Tx<'_>, id: &str, version: i64, nobody: &Card) -> Done<()> {
    write(tx, id, version, nobody, "")
}

fn write(tx: &Tx<'_>, id: &str, version: i64, card: &Card, former_names: &str) -> Done<()> {
    let sql = "UPDATE client SET version = version + 1, kind = ?2, language = ?3, name = ?4, street = ?5, postcode = ?6, city = ?7, country = ?8, \
               phone = ?9, email = ?10, second_contact = ?11, vat_number = ?12, sizes = ?13, preferences = ?14, dates = ?15, fold = ?16, former_names = ?18 \
               WHERE id = ?1 AND version = ?17";
    let mut values = values(id, card, former_names);
    values.extend([version.into(), former_names.into()]);
    if tx.exec(sql, &values)? == 0 {
        return Err(Refusal::changed().into());
    }
    // What was found by a card that became one with this is found by it still.
    tx.exec(
        "UPDATE client SET fold = fold || ' ' || (SELECT string_agg(fold, ' ' ORDER BY id) FROM client m WHERE m.merged_into = ?1) \
         WHERE id = ?1 AND EXISTS (SELECT 1 FROM client m WHERE m.merged_into = ?1)",
        &[id.into()],
    )?;
    Ok(())
}

/// Lets clients of an older store be found by all that newer ones are, once.
///
/// # Errors
/// When the store cannot be read or written.
pub(super) fn fold_the_old(tx: &Tx<'_>) -> Done<()> {
    let old: Vec<Client> = tx
        .rows(&format!("SELECT {COLUMNS} FROM client WHERE fold = ''"), &[])?
        .into_iter()
        .map(read)
        .collect::<Done<_>>()?;
    for client in old {
        let found_by = found_by(&client.card, "");
        tx.exec(
            "UPDATE client SET fold = ?2 WHERE id = ?1",
            &[client.id.into(), found_by.into()],
        )?;
    }
    Ok(())
}

/// The client of that id.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn get(tx: &Tx<'_>, id: &str) -> Done<Client> {
    let row = tx.row(&format!("SELECT {COLUMNS} FROM client WHERE id = ?1"), &[id.into()])?;
    read(row.ok_or(Refusal::NotFound)?)
}

/// The clients of those ids, in their order.
///
/// # Errors
/// When the store cannot be read.
pub fn of_ids(tx: &Tx<'_>, ids: &[String]) -> Done<Vec<Client>> {
    let sql = format!("SELECT {COLUMNS} FROM client WHERE id IN (SELECT value FROM json_each(?1))");
    let rows = tx.rows(&sql, &[super::listed(ids)?])?;
    let clients: Vec<Client> = rows.into_iter().map(read).collect::<Done<_>>()?;
    Ok(super::in_order(ids, clients, |client| &client.id))
}

/// Makes two cards of one person one: all that was the one's is the other's, and the card is found no more.
///
/// # Errors
/// When the store cannot write.
pub fn merge(tx: &Tx<'_>, gone: &str, kept: &str) -> Done<()> {
    let both = [gone.into(), kept.into()];
    for sql in [
        "UPDATE project SET client_id = ?2, version = version + 1 WHERE client_id = ?1",
        "UPDATE aftersales_case SET client_id = ?2, version = version + 1 WHERE client_id = ?1",
        "UPDATE paper SET client_id = ?2 WHERE client_id = ?1",
        "UPDATE client SET merged_into = ?2 WHERE merged_into = ?1",
        "UPDATE client SET merged_into = ?2, version = version + 1 WHERE id = ?1",
        // What the new card is found by is what the old one was found by too.
        "UPDATE client SET fold = fold || ' ' || (SELECT fold FROM client WHERE id = ?1) WHERE id = ?2",
    ] {
        tx.exec(sql, &both)?;
    }
    Ok(())
}

/// The card that holds what a card held: itself, or the one it became one with.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn holder(tx: &Tx<'_>, id: &str) -> Done<String> {
    tx.row(
        "SELECT COALESCE(merged_into, id) FROM client WHERE id = ?1",
        &[id.into()],
    )?
    .ok_or(Refusal::NotFound)?
    .text()
}

/// Every name a client has or had.
///
/// # Errors
/// [`Refusal::NotFound`], or that the store cannot be read.
pub fn names(tx: &Tx<'_>, id: &str) -> Done<Vec<String>> {
    let row = tx.row("SELECT name, former_names FROM client WHERE id = ?1", &[id.into()])?;
    let mut row = row.ok_or(Refusal::NotFound)?;
    let (name, former) = (row.text()?, row.text()?);
    Ok(std::iter::once(name.as_str())
        .chain(former.lines())
        .map(str::to_owned)
        .collect())
}

/// The cards that became one with another.
///
/// # Errors
/// When the store cannot be read.
pub fn merged_into(tx: &Tx<'_>, kept: &str) -> Done<Vec<String>> {
    tx.rows(
        "SELECT id FROM client WHERE merged_into = ?1 ORDER BY id",
        &[kept.into()],
    )?
    .into_iter()
    .map(|mut row| row.text())
    .collect()
}

/// Clients who may be the same person: the same telephone, the same e-mail, or the same name.
///
/// # Errors
/// When the store cannot be read.
pub fn like_card(tx: &Tx<'_>, card: &Card) -> Done<Vec<Client>> {
    let mut found: Vec<Client> = Vec::new();
    let phone = fold::phone(&card.phone);
    let looks = [
        fold::folded(&card.name),
        fold::folded(&card.email),
        if phone.len() >= 8 { phone } else { String::new() },
    ];
    for look in looks.iter().filter(|look| look.chars().count() >= 3) {
        let words: Vec<&str> = look.split(' ').collect();
        for id in standing::clients_with(tx, &words, 5)? {
            if !found.iter().any(|known| known.id == id) {
                found.push(get(tx, &id)?);
            }
        }
    }
    Ok(found)
}
