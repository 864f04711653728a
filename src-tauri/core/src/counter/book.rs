//! The book of clients: who is added to it, and who was forgotten.

use super::work::Work;
use crate::client::{Card, DataHappened};
use crate::form::Reader;
use crate::intake::Who;
use crate::refusal::Refusal;
use crate::store::happenings::{self, To};
use crate::store::{Done, Tx, clients};

/// The client someone is, added to the book where they are new.
pub(super) fn client_of(work: &mut Work<'_>, who: &Who) -> Done<clients::Client> {
    let id = match who {
        // A draft may name a card that became one with another since.
        Who::Known { id } => clients::holder(work.tx, id)?,
        Who::New { card } => added(work, card)?,
    };
    clients::get(work.tx, &id)
}

/// Adds a client to the book; answers their id.
pub(super) fn added(work: &mut Work<'_>, card: &Card) -> Done<String> {
    let card = clean_card(card)?;
    let id = work.ids.next();
    clients::add(work.tx, &id, &card)?;
    Ok(id)
}

/// A card as it is kept: read, and without what cannot be printed.
pub(super) fn clean_card(card: &Card) -> Result<Card, Refusal> {
    let mut form = Reader::default();
    let card = card.read(&mut form);
    form.finish(Some(card))
}

/// Whether a client was forgotten.
pub(super) fn is_erased(tx: &Tx<'_>, client: &str) -> Done<bool> {
    let told = happenings::of::<DataHappened>(tx, To::Client, client)?;
    Ok(told
        .iter()
        .any(|happening| matches!(happening.what, DataHappened::Erased {})))
}
