//! The papers of an order, issued from its dossier.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "looking for one kind of happening passes over all others, new ones too"
)]

use super::super::lookup::Lookup;
use super::super::story::named_components;
use super::super::view;
use super::super::work::Work;
use super::{Of, keep_paper, letter_to, moment};
use crate::calendar::months_later;
use crate::custody::Fate;
use crate::grounds::{Article, Fact, Ground, Grounded, Message};
use crate::house::Identity;
use crate::invoice::apportioned;
use crate::ledger::{Entry, EntryKind, Settled, means_word};
use crate::money::Money;
use crate::order::delivery::DeliveredTo;
use crate::order::{DateCause, Dossier, Due, Handover, Happened, Happening, Order, Pause, Personal, booking};
use crate::paper::code::{Code, Says};
use crate::paper::kind::PaperKind;
use crate::paper::letter::{Letter, Signed, Transfer};
use crate::paper::orders::{self as paper, Confirmation, DateChange, DeliveryNote, Receipt, Request};
use crate::paper::{Picture, Pixels, PriceNotice, Sheet, Total, due, sums};
use crate::payment::{Iban, Ogm, epc};
use crate::photo::page_wide;
use crate::points::{About, On, points as points_on};
use crate::refusal::{NotNow, Refusal};
use crate::store::Done;
use crate::store::photos::{self, Size};
use crate::terms::{ClientKind, Consent};
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use chrono::NaiveDate;

/// A letter about a project, in its client's language, with the next number of its kind.
pub(super) fn letter(work: &Work<'_>, dossier: &Dossier, kind: PaperKind) -> Done<Letter> {
    letter_to(
        work,
        &dossier.client.card,
        ("paper-project", &dossier.project.number),
        work.number(kind.series())?,
    )
}

fn keep(
    work: &mut Work<'_>,
    dossier: &Dossier,
    kind: PaperKind,
    letter: &Letter,
    made: &crate::paper::Paper,
) -> Done<String> {
    let (number, project) = (letter.number.clone(), dossier.project.id.clone());
    keep_paper(work, kind, &number, Of::Project(&project), made)
}

pub(super) fn signed(language: Language, personal: &Personal, at: &str) -> Signed {
    if personal.strokes.is_empty() {
        return Signed::default();
    }
    Signed {
        by: format!("{}, {}", personal.signer, moment(language, at)),
        strokes: personal.strokes.clone(),
    }
}

fn deposit_percent(dossier: &Dossier, order: &Order) -> rust_decimal::Decimal {
    order.terms.deposit_percent(dossier.project.kind).value
}

/// Where the money stands, line by line.
fn standing(dossier: &Dossier, language: Language) -> Vec<Total> {
    let Some((order, standing)) = dossier.order.as_ref().zip(dossier.standing()) else {
        return Vec::new();
    };
    let line = |key: &str, amount: Money, strong| Total {
        label: language.word(key),
        amount: language.money(amount),
        strong,
    };
    vec![
        line("quote-to-pay", order.quote.to_pay, false),
        line("money-paid", standing.paid, false),
        line("money-open", standing.open, true),
    ]
}

pub(crate) fn confirmation(work: &mut Work<'_>, dossier: &Dossier) -> Done<String> {
    let order = dossier.ordered()?;
    let letter = letter(work, dossier, PaperKind::OrderConfirmation)?;
    let language = letter.language;
    let lines = crate::order::dossier::lines(&order.form);
    let window = dossier.window().map(|window| window.grounds).unwrap_or_default();
    let mut points = vec![language.word("order-point-binds")];
    points.push(language.say(&due(&order.totals)));
    points.extend(letter.points(&points_on(On::Confirmation, &About::order(dossier), &order.terms)));
    let channel = match &order.accepted.what {
        Happened::Accepted { channel, .. } => language.word(&channel.word()),
        _ => String::new(),
    };
    let facts = Confirmation {
        quote: format!("{} / {}", order.quote.number, order.quote.version),
        accepted: order.accepted.day,
        channel,
        goes: goes(language, dossier),
        lines: lines
            .iter()
            .zip(&order.totals.lines)
            .map(|((text, line), amount)| (text.clone(), language.number(line.quantity), *amount))
            .collect(),
        sums: sums(
            language,
            &order.totals,
            order.gold_credit,
            deposit_percent(dossier, order),
        ),
        window,
        points,
        consents: dossier
            .consents
            .iter()
            .map(|consent| language.word(&format!("consent-text-{}", consent.name())))
            .collect(),
        signed: signed(language, &order.accepted.personal, &order.accepted.at),
        letter,
    };
    keep(
        work,
        dossier,
        PaperKind::OrderConfirmation,
        &facts.letter,
        &paper::confirmation(&facts),
    )
}

/// Where an order goes, as its client reads it: the address that was given, else the one on the card.
fn goes(language: Language, dossier: &Dossier) -> String {
    let (Some(destination), Some(order)) = (dossier.destination(), dossier.order.as_ref()) else {
        return String::new();
    };
    let given = &order.accepted.personal.address;
    if destination.to == DeliveredTo::Collected {
        language.word("order-collected")
    } else if given.is_empty() {
        dossier
            .client
            .card
            .address()
            .into_iter()
            .skip(1)
            .collect::<Vec<_>>()
            .join(", ")
    } else {
        given.lines().collect::<Vec<_>>().join(", ")
    }
}

pub(crate) fn consents(work: &mut Work<'_>, dossier: &Dossier, given: &[Consent], personal: &Personal) -> Done<String> {
    let letter = letter(work, dossier, PaperKind::ConsentForm)?;
    let language = letter.language;
    let texts: Vec<(String, String)> = given
        .iter()
        .map(|consent| {
            (
                language.word(&format!("consent-name-{}", consent.name())),
                language.word(&format!("consent-text-{}", consent.name())),
            )
        })
        .collect();
    let points = letter.points(&points_on(On::Consent, &About::order(dossier), &dossier.terms));
    let made = paper::consent_form(&letter, &texts, &points, &signed(language, personal, &letter.issued_at));
    keep(work, dossier, PaperKind::ConsentForm, &letter, &made)
}

/// How an amount is transferred to the house; where it has no account nothing but its name stands there.
pub(super) fn transfer(
    house: &Identity,
    iban: Option<&Iban>,
    amount: Money,
    reference: Ogm,
    language: Language,
) -> Transfer {
    let payee = house.legal();
    let code = iban.and_then(|iban| {
        Code::qr(
            &epc(payee, iban, "", amount, reference, house.code_line),
            Says::Purpose(language.word("request-code")),
        )
    });
    let by_transfer = |text: String| if iban.is_some() { text } else { String::new() };
    Transfer {
        payee: payee.to_owned(),
        iban: iban.map(ToString::to_string).unwrap_or_default(),
        bic: by_transfer(house.bic.clone()),
        reference: by_transfer(reference.to_string()),
        code,
    }
}

pub(crate) fn request(
    work: &mut Work<'_>,
    dossier: &Dossier,
    kind: Due,
    amount: Money,
    reference: Ogm,
    due: NaiveDate,
) -> Done<String> {
    let house = super::super::work::house(work.tx)?.identity;
    let letter = letter(work, dossier, PaperKind::PaymentRequest)?;
    let language = letter.language;
    let transfers = booking::takes_transfers(&dossier.terms);
    let iban = Iban::parse(&house.iban).ok().filter(|_| transfers);
    let facts = Request {
        what: language.word(&kind.word()),
        amount,
        due,
        transfer: transfer(&house, iban.as_ref(), amount, reference, language),
        points: letter.points(&points_on(On::Request, &About::order(dossier), &dossier.terms)),
        sums: standing(dossier, language),
        letter,
    };
    keep(
        work,
        dossier,
        PaperKind::PaymentRequest,
        &facts.letter,
        &paper::request(&facts),
    )
}

pub(crate) fn receipt(work: &mut Work<'_>, dossier: &Dossier, entry: &Entry) -> Done<String> {
    let back = entry.kind == EntryKind::Refund;
    let kind = if back {
        PaperKind::RefundReceipt
    } else {
        PaperKind::PaymentReceipt
    };
    let letter = letter(work, dossier, kind)?;
    let language = letter.language;
    let ordered = dossier.order.as_ref().map(|order| {
        let lines = crate::order::dossier::lines(&order.form);
        let texts: Vec<String> = lines.into_iter().map(|(text, ..)| text).collect();
        format!("{}: {}", order.quote.number, texts.join("; "))
    });
    let facts = Receipt {
        back,
        what: ordered.unwrap_or_default(),
        amount: entry.amount,
        handed: (entry.rounding != Money::ZERO).then_some(entry.amount + entry.rounding),
        method: language.word(&means_word(&entry.method)),
        received: entry.day,
        reference: entry.reference.clone(),
        sums: standing(dossier, language),
        letter,
    };
    keep(work, dossier, kind, &facts.letter, &paper::receipt(&facts))
}

pub(crate) fn design(work: &mut Work<'_>, dossier: &Dossier) -> Done<String> {
    let Some((shown, _)) = dossier.design() else {
        return Err(Refusal::NotFound.into());
    };
    let Happened::Shown { photo, note } = &shown.what else {
        return Err(Refusal::NotFound.into());
    };
    let letter = letter(work, dossier, PaperKind::DesignSheet)?;
    let language = letter.language;
    let (jpeg, width, height) = page_wide(&photos::bytes(work.tx, photo, Size::Original)?)?;
    let version = dossier
        .happenings
        .iter()
        .filter(|happening| matches!(happening.what, Happened::Shown { .. }))
        .count();
    let caption = language.say(&Message::new("quote-drawing").with("number", Fact::Text(version.to_string())));
    let owner = language.say(&Message::new("design-owner").with("house", Fact::Text(letter.letterhead.name.clone())));
    let made = paper::design_sheet(
        &letter,
        Picture {
            pixels: Pixels::Jpeg(jpeg),
            width,
            height,
            shows: caption.clone(),
            caption,
        },
        note,
        &owner,
        &letter.points(&points_on(On::Design, &About::order(dossier), &dossier.terms)),
    );
    keep(work, dossier, PaperKind::DesignSheet, &letter, &made)
}

/// The notice of another day: the house proposes one, or production stands still for a reason.
pub(crate) fn date_change(
    work: &mut Work<'_>,
    dossier: &Dossier,
    pause: Option<Pause>,
    promised: Option<NaiveDate>,
) -> Done<String> {
    let letter = letter(work, dossier, PaperKind::DateChange)?;
    let language = letter.language;
    let (latest, cause) = dossier.proposed().unzip();
    let late = pause.is_none() && cause == Some(DateCause::Late);
    let cause = pause
        .map(Pause::word)
        .or(cause.map(DateCause::word))
        .ok_or(NotNow::NoNewDate)?;
    let mut grounds: Vec<Ground> = dossier.window().map(|window| window.grounds).unwrap_or_default();
    if let (Some(article), true) = (dossier.terms.production.late.article(), late) {
        grounds.push(Ground::new(article.clone(), "ground-late-choice"));
    }
    if pause == Some(Pause::ForceMajeure) {
        grounds.extend(points_on(On::DateChange, &About::order(dossier), &dossier.terms));
    }
    let facts = DateChange {
        cause: language.word(&cause),
        promised,
        latest,
        choice: late,
        grounds,
        letter,
    };
    keep(
        work,
        dossier,
        PaperKind::DateChange,
        &facts.letter,
        &paper::date_change(&facts),
    )
}

/// The notice that the price was wrong, and which is right.
pub(crate) fn price_notice(work: &mut Work<'_>, dossier: &Dossier, right: Money) -> Done<String> {
    let order = dossier.ordered()?;
    let until = dossier.price_answer_by().ok_or(NotNow::NoNewPrice)?;
    let letter = letter(work, dossier, PaperKind::PriceNotice)?;
    let point = |ground: &Ground| ground.message.key == "point-price-error";
    let told_of = points_on(On::Confirmation, &About::order(dossier), &order.terms);
    let notice = PriceNotice {
        printed: order.quote.total,
        right,
        until,
        grounds: told_of.into_iter().filter(point).collect(),
        letter,
    };
    let made = crate::paper::price_notice(&notice);
    keep(work, dossier, PaperKind::PriceNotice, &notice.letter, &made)
}

pub(super) fn items(dossier: &Dossier) -> Vec<String> {
    dossier
        .order
        .as_ref()
        .map(|order| {
            crate::order::dossier::lines(&order.form)
                .into_iter()
                .zip(crate::order::dossier::is_delivery(&order.form))
                .filter(|(_, delivery)| !delivery)
                .map(|((text, _), _)| text)
                .collect()
        })
        .unwrap_or_default()
}

/// The design as it was shown last, small: what is delivered.
fn shown_last(work: &Work<'_>, dossier: &Dossier, language: Language) -> Done<Option<Picture>> {
    let Some((shown, _)) = dossier.design() else {
        return Ok(None);
    };
    let Happened::Shown { photo, .. } = &shown.what else {
        return Ok(None);
    };
    let caption = language.word("delivery-picture");
    let mut pictures = super::pictures(work.tx, std::slice::from_ref(photo), |_| caption.clone())?;
    Ok(pictures.pop())
}

pub(crate) fn delivery_note(work: &mut Work<'_>, dossier: &Dossier, happening: &Happening) -> Done<String> {
    let Happened::Delivered {
        how,
        items: typed,
        carrier,
        tracking,
        last,
    } = &happening.what
    else {
        return Err(Refusal::NotFound.into());
    };
    let letter = letter(work, dossier, PaperKind::DeliveryNote)?;
    let language = letter.language;
    let about = About {
        by_carrier: *how == Handover::Carrier,
        ..About::order(dossier)
    };
    let mut points = letter.points(&points_on(On::DeliveryNote, &about, &dossier.terms));
    if about.client == ClientKind::Consumer {
        let sentence = language.word(if about.by_carrier {
            "delivery-point-guarantee-carrier"
        } else {
            "delivery-point-guarantee"
        });
        points.insert(0, sentence);
    }
    let facts = DeliveryNote {
        picture: shown_last(work, dossier, language)?,
        delivered: happening.day,
        how: if carrier.is_empty() {
            language.word(&how.word())
        } else {
            carrier.clone()
        },
        goes: if about.by_carrier {
            goes(language, dossier)
        } else {
            String::new()
        },
        items: if typed.is_empty() {
            items(dossier)
        } else {
            typed.lines().map(str::to_owned).collect()
        },
        tracking: tracking.clone(),
        last: *last,
        points,
        signed: signed(language, &happening.personal, &happening.at),
        letter,
    };
    keep(
        work,
        dossier,
        PaperKind::DeliveryNote,
        &facts.letter,
        &paper::delivery_note(&facts),
    )
}

/// What stands on the sheet beside the order itself, in the client's language.
#[derive(Debug, Clone)]
pub(crate) struct Described {
    /// Label and value, in their order.
    pub facts: Vec<(String, String)>,
    /// How it is cared for.
    pub care: String,
}

pub(crate) fn order_sheet(work: &mut Work<'_>, dossier: &Dossier, described: Option<Described>) -> Done<String> {
    let order = dossier.ordered()?;
    let letter = letter(work, dossier, PaperKind::OrderSheet)?;
    let language = letter.language;
    let mut facts = vec![
        (
            language.word("order-quote"),
            format!("{} / {}", order.quote.number, order.quote.version),
        ),
        (language.word("order-accepted"), language.day(order.accepted.day)),
        (language.word("quote-total"), language.money(order.quote.total)),
    ];
    facts.extend(
        dossier
            .possession()
            .map(|day| (language.word("asked-possession"), language.day(day))),
    );
    let identity = super::super::work::house(work.tx)?.identity;
    let made = match described {
        Some(Described { facts: said, care }) => {
            facts.extend(said);
            paper::order_sheet(&letter, &facts, &items(dossier), &care, &maker(&identity))
        }
        None => paper::order_sheet(&letter, &facts, &items(dossier), "", &[]),
    };
    keep(work, dossier, PaperKind::OrderSheet, &letter, &made)
}

/// Who makes what the house sells, and where they are reached, by post and electronically.
fn maker(house: &Identity) -> Vec<String> {
    let town = format!("{} {}", house.postcode, house.city);
    [house.legal(), &house.street, town.trim(), &house.email, &house.website]
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

pub(crate) fn restitution(work: &mut Work<'_>, dossier: &Dossier, happening: &Happening) -> Done<String> {
    let Happened::Settled { components, fate, note } = &happening.what else {
        return Err(Refusal::NotFound.into());
    };
    let letter = letter(work, dossier, PaperKind::Restitution)?;
    let language = letter.language;
    let mut rows = Vec::new();
    for piece in &dossier.pieces {
        for (_, read, _) in piece.stones.iter().filter(|(id, ..)| components.contains(id)) {
            rows.push((
                format!("{} · {}", piece.envelope, view::stone_name(language, read)),
                view::stone_weight(language, read),
            ));
        }
        for (_, read) in piece.metals.iter().filter(|(id, _)| components.contains(id)) {
            rows.push((
                format!("{} · {}", piece.envelope, view::metal_name(language, read)),
                language.grams(read.part.gross_g),
            ));
        }
    }
    let heading = language.word(match fate {
        Fate::Returned => "restitution-returned",
        Fate::Waiver => "restitution-waiver",
        Fate::Lost => "restitution-lost",
        Fate::Broken => "restitution-broken",
        Fate::Set | Fate::Melted => "restitution-used",
    });
    let made = paper::restitution(
        &letter,
        &heading,
        &rows,
        note,
        fate.is_a_loss(),
        &signed(language, &happening.personal, &happening.at),
    );
    keep(work, dossier, PaperKind::Restitution, &letter, &made)
}

pub(crate) fn credit_note(work: &mut Work<'_>, dossier: &Dossier, settled: &Grounded<Settled>) -> Done<String> {
    let order = dossier.ordered()?;
    let letter = letter(work, dossier, PaperKind::CreditNote)?;
    let language = letter.language;
    let reason = dossier
        .happenings
        .iter()
        .rev()
        .find_map(|happening| match &happening.what {
            Happened::Cancelled { reason, .. } => Some(reason.clone()),
            _ => None,
        })
        .unwrap_or_default();
    let paid = dossier.standing().map_or(Money::ZERO, |standing| standing.paid);
    let line = |key: &str, amount: Money, strong| Total {
        label: language.word(key),
        amount: language.money(amount),
        strong,
    };
    let sums = vec![
        line("quote-total", order.quote.total, false),
        line("money-paid", paid, false),
        line("credit-kept", settled.value.kept, false),
        line("credit-back", settled.value.back, true),
    ];
    // The VAT in what goes back, shared over the rates as the order's lines are.
    let vat: Vec<(String, String)> = apportioned(settled.value.back, &dossier.wholes())
        .into_iter()
        .map(|share| {
            let label = Message::new("quote-vat-inside")
                .with("rate", Fact::Number(share.rate.as_percent()))
                .with("base", Fact::Money(share.base));
            (language.say(&label), language.money(share.vat))
        })
        .collect();
    let made = paper::credit_note(&letter, &reason, &sums, &vat, &settled.grounds);
    keep(work, dossier, PaperKind::CreditNote, &letter, &made)
}

pub(crate) fn reminder(work: &mut Work<'_>, dossier: &Dossier, registered: &str, day: NaiveDate) -> Done<String> {
    let kind = if registered.is_empty() {
        PaperKind::Reminder
    } else {
        PaperKind::RegisteredLetter
    };
    let letter = letter(work, dossier, kind)?;
    let finished = dossier.finished().unwrap_or(dossier.today);
    let sale = (!registered.is_empty()).then(|| months_later(day, 12));
    let made = paper::reminder(&letter, finished, registered, sale);
    keep(work, dossier, kind, &letter, &made)
}

pub(crate) fn job_card(work: &mut Work<'_>, dossier: &Dossier) -> Done<String> {
    let letter = letter(work, dossier, PaperKind::JobCard)?;
    let language = letter.language;
    let mut days = Vec::new();
    if let Some(window) = dossier.window().map(|window| window.value) {
        for (key, day) in [
            ("asked-opens", window.opens),
            ("asked-earliest", window.earliest),
            ("asked-latest", window.latest),
        ] {
            days.extend(day.map(|day| (language.word(key), language.day(day))));
        }
    }
    let finger = dossier.last(|happening| {
        if let Happened::Sized { finger } = &happening.what {
            Some(finger.clone())
        } else {
            None
        }
    });
    days.extend(finger.map(|finger| (language.word("asked-finger"), finger)));
    let components: Vec<(String, String)> = named_components(dossier, language)
        .into_iter()
        .map(|component| (component.envelope, component.name))
        .collect();
    let done = dossier.ticked();
    let steps: Vec<(String, bool)> = crate::order::WORKSHOP
        .iter()
        .map(|step| (language.word(step), done.contains(step)))
        .collect();
    let made = paper::job_card(
        &letter,
        &dossier.project.wish,
        &days,
        &items(dossier),
        &components,
        &steps,
        Code::bars(&dossier.project.number),
    );
    keep(work, dossier, PaperKind::JobCard, &letter, &made)
}

pub(crate) fn labels(work: &mut Work<'_>, dossier: &Dossier, sheet: Sheet) -> Done<String> {
    let letter = letter(work, dossier, PaperKind::Labels)?;
    let name = dossier.client.card.name.clone();
    let mut labels = Vec::new();
    for piece in &dossier.pieces {
        let lines = vec![
            piece.envelope.clone(),
            dossier.project.number.clone(),
            name.clone(),
            piece.description.clone(),
        ];
        labels.push((lines, Code::qr(&piece.envelope, Says::Number(piece.envelope.clone()))));
    }
    labels.push((
        vec![dossier.project.number.clone(), name],
        Code::bars(&dossier.project.number),
    ));
    let made = paper::labels(&letter, sheet, &labels);
    keep(work, dossier, PaperKind::Labels, &letter, &made)
}

/// The file for the justice of the peace: everything that happened, and what is still in the house (law of 21 February 1983).
pub(crate) fn justice_file(work: &mut Work<'_>, dossier: &Dossier) -> Done<String> {
    dossier.ordered()?;
    let mut letter = letter(work, dossier, PaperKind::JusticeFile)?;
    // It goes to the court, and is about the client.
    letter.to_court = true;
    let about = letter.client.join(", ");
    letter.client = vec![
        letter.language.word("justice-to"),
        letter.language.word("justice-canton"),
    ];
    let desk = Lookup {
        tx: work.tx,
        language: letter.language,
        today: dossier.today,
    };
    let days: Vec<(String, String)> = desk
        .days(dossier)
        .into_iter()
        .map(|day| (day.text, day.value))
        .collect();
    let days = [vec![(letter.language.word("justice-about"), about)], days].concat();
    let story: Vec<String> = desk
        .history(dossier)
        .into_iter()
        .rev()
        .map(|line| format!("{} · {} ({})", line.day, line.text, line.by))
        .collect();
    let custody: Vec<(String, String)> = desk
        .custody_lines(dossier)
        .into_iter()
        .map(|line| (line.name, line.text))
        .collect();
    let law = |key| Ground::new(Article::of("Law 21-2-1983"), key).for_court();
    let mut grounds = vec![law("ground-uncollected-leave")];
    grounds.extend(
        dossier
            .sale_may_be_asked()
            .map(|day| law("ground-uncollected-year").with("day", Fact::Day(day))),
    );
    let made = paper::justice_file(
        &letter,
        &days,
        &standing(dossier, letter.language),
        &story,
        &custody,
        &grounds,
    );
    keep(work, dossier, PaperKind::JusticeFile, &letter, &made)
}
