//! The slip of the client's gold that the house buys with an order.

use super::super::view;
use super::super::work::Work;
use super::orders::{letter, signed};
use super::{Of, keep_paper, pictures};
use crate::grounds::{Fact, Message};
use crate::order::old_gold::{Purchase, Seller};
use crate::order::{Dossier, Personal};
use crate::paper::kind::PaperKind;
use crate::paper::purchase::{BoughtPart, PurchaseSlip, slip};
use crate::refusal::Refusal;
use crate::store::{Done, purchases};
use crate::vocabulary::Vocabulary as _;
use chrono::Days;

/// Writes a purchase down, and issues its slip.
///
/// # Errors
/// As [`Dossier::may_buy_gold`].
pub(crate) fn buy(
    work: &mut Work<'_>,
    dossier: &Dossier,
    seller: Seller,
    waits: u32,
    personal: &Personal,
) -> Done<String> {
    dossier.may_buy_gold()?;
    let letter = letter(work, dossier, PaperKind::PurchaseSlip)?;
    let language = letter.language;
    let parts = dossier.gold_parts();
    let melts_from = letter
        .day
        .checked_add_days(Days::new(waits.into()))
        .ok_or(Refusal::TooLarge { field: "waits" })?;
    let purchase = Purchase {
        number: letter.number.clone(),
        day: letter.day,
        seller: Some(seller.clone()),
        credit: parts.iter().map(|part| part.credit).sum(),
        parts,
        melts_from,
    };
    let named = |id: &str| {
        let metals = dossier.pieces.iter().flat_map(|piece| &piece.metals);
        metals
            .into_iter()
            .find(|(metal, _)| metal == id)
            .map(|(_, read)| view::metal_name(language, read))
            .unwrap_or_default()
    };
    let photos: Vec<String> = dossier
        .pieces
        .iter()
        .filter_map(|piece| piece.photos.first().cloned())
        .collect();
    let number =
        |count: usize| language.say(&Message::new("quote-drawing").with("number", Fact::Text((count + 1).to_string())));
    let told = Message::new("purchase-paid").with("order", Fact::Text(dossier.ordered()?.quote.number.clone()));
    let mut told = vec![language.say(&told)];
    if waits > 0 {
        told.push(language.say(&Message::new("purchase-waits").with("day", Fact::Day(melts_from))));
    }
    let facts = PurchaseSlip {
        seller: vec![
            (language.word("asked-name"), seller.name),
            (language.word("asked-first_name"), seller.first_name),
            (language.word("asked-born"), language.day(seller.born)),
            (language.word(&seller.document.word()), seller.document_number),
        ],
        parts: purchase
            .parts
            .iter()
            .map(|part| BoughtPart {
                what: named(&part.metal),
                weight: language.grams(part.net_g),
                title: part.title.to_string(),
                per_gram: part.per_gram(),
                credit: part.credit,
            })
            .collect(),
        credit: purchase.credit,
        photos: pictures(work.tx, &photos, number)?,
        told,
        signed: signed(language, personal, &letter.issued_at),
        letter,
    };
    let project = &dossier.project.id;
    let paper = keep_paper(
        work,
        PaperKind::PurchaseSlip,
        &purchase.number,
        Of::Project(project),
        &slip(&facts),
    )?;
    let (id, moment) = (work.ids.next(), work.context.moment());
    purchases::keep(work.tx, &id, project, &purchase, &moment, &work.context.who)?;
    Ok(paper)
}
