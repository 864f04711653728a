//! Papers issued over the counter: facts from the store, rendered once, kept with their hash.

pub(super) mod cases;
pub(super) mod invoices;
pub(super) mod orders;
pub(super) mod personal;
pub(super) mod purchases;

use super::read::{QuoteRead, ValueRead};
use super::view;
use super::work::Work;
use crate::client::Card;
use crate::desk::said::{Line, Said};
use crate::grounds::{Fact, Message};
use crate::house::Identity;
use crate::intake::Signature;
use crate::metal::{GoldPrice, Worksheet};
use crate::money::Money;
use crate::number::fixed;
use crate::order::booking;
use crate::order::dossier::is_delivery;
use crate::paper::brand;
use crate::paper::kind::PaperKind;
use crate::paper::letter::{Letter, Signed};
use crate::paper::pdf::render;
use crate::paper::{
    AnswerPaper, Component, IntakeReceipt, Letterhead, Paper, Picture, Pixels, QuoteLine, QuotePaper, ReceiptPiece,
    RepolishOffer, ValuationPaper, WorksheetRow, answer, intake_receipt, quote, valuation,
};
use crate::photo::size_of;
use crate::points::{About, On, points};
use crate::refusal::Refusal;
use crate::store::cases::Case;
use crate::store::house::House;
use crate::store::papers::{Issued, hash, keep};
use crate::store::photos::{self, Size};
use crate::store::projects::{self, Piece};
use crate::store::quotes::Quote;
use crate::store::{Done, Trouble, Tx, attachments, clients, ledger};
use crate::terms::{Clause, ClientKind, Consent, ProjectKind, Terms};
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use chrono::DateTime;

pub(super) fn letterhead(tx: &Tx<'_>, identity: &Identity) -> Done<Letterhead> {
    let town = format!("{} {}", identity.postcode, identity.city);
    let registered = if identity.enterprise_number.is_empty() {
        String::new()
    } else {
        format!("BE {}", identity.enterprise_number)
    };
    let iban = if identity.iban.is_empty() {
        String::new()
    } else {
        format!("IBAN {}", identity.iban)
    };
    let logo = match identity.logo.as_str() {
        "" => None,
        id => Some(brand::logo(&attachments::get(tx, id)?.1)?),
    };
    // The name stands in words too where a logo takes its place.
    let legal = if identity.legal_name.is_empty() && logo.is_some() {
        &identity.name
    } else if identity.legal_name == identity.name && logo.is_none() {
        ""
    } else {
        identity.legal_name.as_str()
    };
    let colour = Some(identity.colour.as_str()).filter(|typed| !typed.is_empty());
    let lines = [
        legal,
        &identity.street,
        town.trim(),
        &identity.email,
        &identity.phone,
        &identity.website,
        &registered,
        &iban,
    ];
    // Each part stays whole where the line is broken.
    let lines = lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.replace(' ', "\u{a0}"))
        .collect();
    Ok(Letterhead {
        name: identity.name.clone(),
        lines,
        logo,
        colour: colour.map(brand::colour).transpose()?,
        envelope: identity.envelope,
    })
}

/// A letter in a language, to nobody in particular.
fn letter_in(work: &Work<'_>, language: Language, number: String) -> Done<Letter> {
    let house = super::work::house(work.tx)?;
    let mut head = letterhead(work.tx, &house.identity)?;
    let mark = house.is_example().then(|| language.word("paper-example"));
    if let Some(mark) = &mark {
        head.lines.insert(0, mark.replace(' ', "\u{a0}"));
    }
    Ok(Letter {
        language,
        letterhead: head,
        mark,
        number,
        filed: None,
        corrects: work.corrects.clone(),
        issued_at: work.context.moment(),
        day: work.context.today(),
        client: Vec::new(),
        to_court: false,
        staff: staff_name(work)?,
    })
}

/// A letter to a client, in their language, about what is filed under that word and number.
fn letter_to(work: &Work<'_>, client: &Card, (filed, about): (&'static str, &str), number: String) -> Done<Letter> {
    Ok(Letter {
        filed: Some((filed, about.to_owned())),
        client: client.address(),
        ..letter_in(work, client.language, number)?
    })
}

/// What a paper belongs to.
#[derive(Clone, Copy)]
enum Of<'a> {
    Project(&'a str),
    Case(&'a Case),
    Client(&'a str),
    Nothing,
}

fn keep_paper(work: &mut Work<'_>, kind: PaperKind, number: &str, of: Of<'_>, paper: &Paper) -> Done<String> {
    let bytes = render(paper).map_err(|error| Trouble::Broken(error.to_string()))?;
    let (project_id, case_id, client_id) = match of {
        Of::Project(id) => (Some(id.to_owned()), None, Some(projects::get(work.tx, id)?.client_id)),
        Of::Case(case) => (None, Some(case.id.clone()), Some(case.client_id.clone())),
        Of::Client(id) => (None, None, Some(id.to_owned())),
        Of::Nothing => (None, None, None),
    };
    let issued = Issued {
        id: work.ids.next(),
        project_id,
        case_id,
        client_id,
        kind: kind.stored().to_owned(),
        number: number.to_owned(),
        language: paper.language,
        issued_at: paper.issued_at.clone(),
        sha256: hash(&bytes),
    };
    keep(work.tx, &issued, bytes)?;
    Ok(issued.id)
}

fn pictures(tx: &Tx<'_>, ids: &[String], caption: impl Fn(usize) -> String) -> Done<Vec<Picture>> {
    let mut pictures = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let jpeg = photos::bytes(tx, id, Size::Printed)?;
        let (width, height) = size_of(&jpeg).ok_or_else(|| Trouble::Broken("a photo cannot be read back".into()))?;
        pictures.push(Picture {
            pixels: Pixels::Jpeg(jpeg),
            width,
            height,
            shows: caption(index),
            caption: caption(index),
        });
    }
    Ok(pictures)
}

fn components(language: Language, piece: &Piece) -> Vec<Component> {
    let stones = piece.stones.iter().map(|(_, read, _)| Component {
        name: view::stone_name(language, read),
        note: read.note.clone(),
        measure: view::stone_measure(language, read),
        weight: view::stone_weight(language, read),
    });
    let metals = piece.metals.iter().map(|(_, read)| Component {
        name: view::metal_name(language, read),
        note: if read.tested.is_empty() {
            language.word("title-assumed")
        } else {
            view::tested(language, read)
        },
        measure: view::title(language, read.part.title.get()),
        weight: language.grams(read.part.gross_g),
    });
    stones.chain(metals).collect()
}

pub(super) fn staff_name(work: &Work<'_>) -> Done<String> {
    let staff = crate::store::house::staff(work.tx)?;
    Ok(staff
        .into_iter()
        .find(|staff| staff.id == work.context.who)
        .map(|staff| staff.name)
        .unwrap_or_default())
}

/// A moment as it is printed: the day and the hour.
pub(super) fn moment(language: Language, instant: &str) -> String {
    match DateTime::parse_from_rfc3339(instant) {
        Ok(at) => format!("{}, {}", language.day(at.date_naive()), at.format("%H:%M")),
        Err(_) => instant.to_owned(),
    }
}

pub(super) fn issue_receipt(work: &mut Work<'_>, project_id: &str, signature: &Signature) -> Done<String> {
    let project = projects::get(work.tx, project_id)?;
    let client = clients::get(work.tx, &project.client_id)?;
    let language = client.card.language;
    let number = work.number(PaperKind::IntakeReceipt.series())?;
    let mut pieces = Vec::new();
    for piece in projects::pieces(work.tx, project_id)? {
        let caption = |index: usize| format!("{} {}", piece.envelope, index + 1);
        let mut photos = pictures(work.tx, &piece.photos, caption)?;
        for (number, photo) in (1_i64..).zip(&mut photos) {
            let shows = Message::new("paper-photo-of")
                .with("number", Fact::Number(number.into()))
                .with("piece", Fact::Text(piece.description.clone()))
                .with("envelope", Fact::Text(piece.envelope.clone()));
            photo.shows = language.say(&shows);
        }
        pieces.push(ReceiptPiece {
            photos,
            components: components(language, &piece),
            description: piece.description,
            condition: piece.condition,
            envelope: piece.envelope,
            declared_value: piece.declared_value,
        });
    }
    let consents = projects::consents(work.tx, project_id)?
        .into_iter()
        .map(|(consent, at)| (consent, moment(language, &at)))
        .collect();
    let paid = ledger::of_project(work.tx, project_id)?;
    let fee_handed = paid
        .iter()
        .find(|entry| entry.rounding != Money::ZERO)
        .map(|entry| entry.amount + entry.rounding);
    let filed = ("paper-project", project.number.as_str());
    let letter = letter_to(work, &client.card, filed, number.clone())?;
    let signed = match signature {
        Signature::Screen { strokes } if !strokes.is_empty() => Signed {
            by: format!("{}, {}", client.card.name, language.day(letter.day)),
            strokes: strokes.clone(),
        },
        Signature::Screen { .. } | Signature::Paper | Signature::None => Signed::default(),
    };
    let terms = super::work::terms(work)?;
    let country = client.card.country_code();
    let about = About {
        kind: Some(project.kind),
        own_piece: !pieces.is_empty(),
        ..About::of(client.card.kind, &country)
    };
    let reached = [("ui-phone", &client.card.phone), ("ui-email", &client.card.email)]
        .into_iter()
        .filter(|(_, line)| !line.is_empty())
        .map(|(label, line)| (language.word(label), line.clone()))
        .collect();
    let facts = IntakeReceipt {
        reached,
        wish: project.wish.clone(),
        pieces,
        fee: project.fee,
        fee_paid: projects::fee_paid(work.tx, project_id)? > Money::ZERO,
        fee_handed,
        fee_deducted: terms.redesign.valuation_fee_deducted.value() == Some(&true),
        points: letter.points(&points(On::Receipt, &about, &terms)),
        consents,
        signed,
        letter,
    };
    keep_paper(
        work,
        PaperKind::IntakeReceipt,
        &number,
        Of::Project(project_id),
        &intake_receipt(&facts),
    )
}

/// The worksheet's lines, a part of metal each.
fn worksheet(language: Language, read: &ValueRead, sheet: &Worksheet) -> Vec<WorksheetRow> {
    let rows = read
        .parts
        .iter()
        .zip(&sheet.parts)
        .map(|(&(piece, metal, part), worked)| {
            let made_of = &read.pieces[piece].metals[metal].1;
            let weights = Message::new("valuation-weights")
                .with("gross", Fact::Grams(part.gross_g))
                .with("stones", Fact::Grams(crate::intake::grams_of(part.mounted_ct)))
                .with("other", Fact::Grams(part.other_g))
                .with("net", Fact::Grams(worked.net_g));
            WorksheetRow {
                part: view::metal_name(language, made_of),
                weights: language.say(&weights),
                title: part.title.get().to_string(),
                fine: language.grams(crate::number::half_up(worked.fine_g, 3)),
                estimate: worked.estimate,
                credit: worked.credit,
            }
        });
    rows.collect()
}

/// The price it is valued at, with its day and source.
fn price_lines(language: Language, read: &ValueRead) -> Vec<String> {
    let price = read.price.iter().map(|noted| {
        let (key, euro) = match noted.price {
            GoldPrice::PerOunce(euro) => ("valuation-price-ounce", euro),
            GoldPrice::PerGram(euro) => ("valuation-price-gram", euro),
        };
        let message = Message::new(key)
            .with("euro", Fact::Text(language.number(euro)))
            .with(
                "gram",
                Fact::Text(language.number(fixed(noted.price.per_gram(), 4).parse().unwrap_or_default())),
            )
            .with("day", Fact::Day(noted.day))
            .with("source", Fact::Text(noted.source.clone()));
        language.say(&message)
    });
    price.collect()
}

/// What repolishing would do to each stone that could have it.
fn repolish_offers(language: Language, read: &ValueRead) -> Vec<RepolishOffer> {
    let repolish = read.repolish.iter().map(|offer| {
        let stone = &read.pieces[offer.piece].stones[offer.stone].1;
        RepolishOffer {
            stone: view::stone_name(language, stone),
            after: language.carats(crate::number::half_up(offer.after, 2)),
            warning: if offer.may_fall_short {
                language.word("valuation-may-fall-short")
            } else {
                String::new()
            },
            amount: offer.amount,
        }
    });
    repolish.collect()
}

pub(super) fn issue_valuation(work: &mut Work<'_>, number: &str, read: &ValueRead) -> Done<String> {
    let client = clients::get(work.tx, &read.project.client_id)?;
    let language = client.card.language;
    let terms = super::work::terms(work)?;
    let mut pieces = Vec::new();
    for piece in &read.pieces {
        let verdict = super::read::assess(piece, &terms)?.value.verdict;
        let stones = components(language, piece)
            .into_iter()
            .take(piece.stones.len())
            .collect();
        pieces.push((piece.description.clone(), language.word(&verdict.word()), stones));
    }
    let sheet = read.sheet.as_ref().map_err(|refusal| refusal.clone())?;
    let filed = ("paper-project", read.project.number.as_str());
    let facts = ValuationPaper {
        letter: letter_to(work, &client.card, filed, number.to_owned())?,
        pieces,
        rows: worksheet(language, read, sheet),
        price: price_lines(language, read),
        deductions: read
            .items
            .iter()
            .map(|(key, percent)| (language.word(key), format!("{} %", language.number(*percent))))
            .collect(),
        credit: sheet.credit,
        repolish: repolish_offers(language, read),
        fee: read.project.fee,
        grounds: read.grounds.clone(),
    };
    keep_paper(
        work,
        PaperKind::Valuation,
        number,
        Of::Project(&read.project.id),
        &valuation(&facts),
    )
}

pub(super) fn issue_quote(work: &mut Work<'_>, house: &House, issued: &Quote, read: &QuoteRead) -> Done<String> {
    let client = clients::get(work.tx, &read.project.client_id)?;
    let language = client.card.language;
    let terms = super::work::terms(work)?;
    let Some(totals) = &read.totals else {
        return Err(Refusal::NoLines.into());
    };
    let share = terms.deposit_percent(read.project.kind);
    let window = match (&read.agreed, &terms.production.window) {
        // A finished piece is not produced.
        _ if read.project.kind == ProjectKind::Stock => None,
        (Some(agreed), _) => Some((*agreed, crate::grounds::Article(language.word("window-agreed").into()))),
        (None, Clause::Says(range, article)) => Some((*range, article.clone())),
        (None, Clause::Silent) => None,
    };
    let sketches = terms.consents(read.project.kind, false).contains(&Consent::Sketches);
    let form: crate::quote::QuoteForm = serde_json::from_value(issued.frozen.clone()).map_err(Trouble::broken)?;
    let caption =
        |index: usize| language.say(&Message::new("quote-drawing").with("number", Fact::Text((index + 1).to_string())));
    let numbered = if issued.version > 1 {
        format!("{} / {}", issued.number, issued.version)
    } else {
        issued.number.clone()
    };
    let country = client.card.country_code();
    let about = About {
        kind: Some(read.project.kind),
        withdraws: client.card.kind == ClientKind::Consumer && !read.project.kind.is_own_design(),
        own_piece: !projects::pieces(work.tx, &read.project.id)?.is_empty(),
        balance: totals.value.balance > Money::ZERO && totals.value.deposit > Money::ZERO,
        window: window.is_some(),
        ..About::of(client.card.kind, &country)
    };
    let filed = ("paper-project", read.project.number.as_str());
    let facts = QuotePaper {
        letter: letter_to(work, &client.card, filed, numbered)?,
        version: issued.version,
        intro: read.intro.clone(),
        lines: read
            .lines
            .iter()
            .zip(is_delivery(&form))
            .map(|(read, delivery)| QuoteLine {
                text: in_the_clients_language(client.card.language, &read.text, delivery),
                quantity: read.line.quantity,
                unit_price: read.line.unit_price,
                vat_percent: read.line.vat.as_percent(),
            })
            .collect(),
        totals: totals.value.clone(),
        gold_credit: read.gold_credit(),
        deposit_percent: share.value,
        deposit_article: share.article,
        points: points(On::Quote, &about, &terms),
        window,
        window_from: terms.window_from(),
        valid_until: issued.valid_until,
        sketches_stay: terms.orders.consents.article().filter(|_| sketches).cloned(),
        drawings: pictures(work.tx, &form.drawings, caption)?,
        iban: account(&house.identity, &terms),
    };
    let number = if issued.version > 1 {
        format!("{}/{}", issued.number, issued.version)
    } else {
        issued.number.clone()
    };
    keep_paper(
        work,
        PaperKind::Quote,
        &number,
        Of::Project(&read.project.id),
        &quote(&facts),
    )
}

/// The house's account, where its terms take transfers.
fn account(identity: &Identity, terms: &Terms) -> String {
    if booking::takes_transfers(terms) {
        identity.iban.clone()
    } else {
        String::new()
    }
}

/// The line of a delivery as it was proposed is said in the client's language; what someone typed stays as it is.
fn in_the_clients_language(language: Language, text: &str, delivery: bool) -> String {
    let proposed = |known: &Language| known.word("quote-line-delivery") == text;
    if delivery && Language::ALL.iter().any(proposed) {
        language.word("quote-line-delivery")
    } else {
        text.to_owned()
    }
}

/// What an answer on paper is made of.
pub(super) struct AnswerFacts<'a> {
    pub form: &'a super::forms::AskForm,
    pub name: &'a str,
    pub question: &'a [Line],
    pub said: &'a Said,
}

pub(super) fn issue_answer(work: &mut Work<'_>, facts: &AnswerFacts<'_>) -> Done<String> {
    let language = facts.form.language;
    let number = work.number(PaperKind::Answer.series())?;
    let paper = AnswerPaper {
        letter: letter_in(work, language, number.clone())?,
        kind: language.word(&format!("ask-kind-{}", facts.form.ask)),
        house: facts.name.to_owned(),
        asked: facts.question.to_vec(),
        said: facts.said.clone(),
    };
    keep_paper(work, PaperKind::Answer, &number, Of::Nothing, &answer(&paper))
}
