//! The papers of a case, issued from its file; and the withdrawal forms, which need none.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "looking for one kind of happening passes over all others, new ones too"
)]

use super::super::work::Work;
use super::{Of, keep_paper, letter_in, letter_to, orders, pictures};
use crate::aftersales::Basis;
use crate::aftersales::case::{CaseHappened, WayBack, cause_word, checked_word};
use crate::aftersales::file::CaseFile;
use crate::aftersales::warranty::Remedy;
use crate::calendar::months_later;
use crate::desk::told;
use crate::grounds::{Article, Fact, Ground, Grounded, Message};
use crate::house::Identity;
use crate::ledger::{Entry, EntryKind, made, means_word};
use crate::money::Money;
use crate::order::delivery::return_mark;
use crate::order::{Dossier, Happening};
use crate::paper::cases::{
    self as paper, Acknowledgement, Authorisation, FormFacts, Inspection, RefundStatement, Verdict, day_or_dash,
};
use crate::paper::kind::PaperKind;
use crate::paper::letter::Letter;
use crate::paper::orders::Receipt;
use crate::paper::{Picture, ReturnForm, Total};
use crate::points::{About, On, points};
use crate::refusal::{NotNow, Refusal};
use crate::store::Done;
use crate::terms::{ClientKind, Concluded, Made, Need, Terms};
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;

/// A letter about a case, in its client's language, with the next number of its kind.
fn letter(work: &Work<'_>, file: &CaseFile, kind: PaperKind) -> Done<Letter> {
    letter_to(
        work,
        &file.client.card,
        ("paper-case", &file.case.number),
        work.number(kind.series())?,
    )
}

fn keep(
    work: &mut Work<'_>,
    file: &CaseFile,
    kind: PaperKind,
    letter: &Letter,
    made: &crate::paper::Paper,
) -> Done<String> {
    keep_paper(work, kind, &letter.number, Of::Case(&file.case), made)
}

/// Name, geographical address and e-mail, as the law asks of the form.
fn trader(identity: &Identity) -> Result<Vec<String>, Refusal> {
    house_address(identity)?;
    let town = format!("{} {}", identity.postcode, identity.city);
    let lines = [identity.legal(), &identity.street, town.trim(), &identity.email];
    Ok(lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect())
}

/// Where goods and notices go: the whole postal address, or the house is told to fill it in.
fn house_address(identity: &Identity) -> Result<Vec<String>, Refusal> {
    if [&identity.street, &identity.postcode, &identity.city]
        .iter()
        .any(|line| line.trim().is_empty())
    {
        return Err(NotNow::NoHouseAddress.into());
    }
    let town = format!("{} {}", identity.postcode, identity.city);
    let lines = [identity.name.as_str(), &identity.street, town.trim(), &identity.country];
    Ok(lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect())
}

/// The model form with nothing filled in but the house. It is nobody's yet, and takes no number.
pub(crate) fn blank_form(work: &mut Work<'_>, language: Language) -> Done<String> {
    let identity = super::super::work::house(work.tx)?.identity;
    let letter = letter_in(work, language, String::new())?;
    let made = paper::withdrawal_form(
        &letter,
        &FormFacts {
            trader: trader(&identity)?,
            ..FormFacts::default()
        },
    );
    keep_paper(work, PaperKind::WithdrawalForm, &letter.number, Of::Nothing, &made)
}

fn form_facts(
    identity: &Identity,
    language: Language,
    goods: String,
    ordered: Option<chrono::NaiveDate>,
    possession: Option<chrono::NaiveDate>,
    client: &crate::client::Card,
    terms: &Terms,
) -> Result<FormFacts, Refusal> {
    let days: Vec<String> = [ordered, possession]
        .into_iter()
        .flatten()
        .map(|day| language.day(day))
        .collect();
    let address = client.address();
    Ok(FormFacts {
        trader: trader(identity)?,
        goods,
        ordered: days.join(" / "),
        name: client.name.clone(),
        asks_reason: terms.returns.own_form_wording.value() == Some(&true),
        address: address.get(1..).unwrap_or_default().join(", "),
    })
}

pub(crate) fn withdrawal_form(work: &mut Work<'_>, file: &CaseFile) -> Done<String> {
    let identity = super::super::work::house(work.tx)?.identity;
    let letter = letter(work, file, PaperKind::WithdrawalForm)?;
    let goods = format!("{} · {}", file.case.item, file.case.number);
    let facts = form_facts(
        &identity,
        letter.language,
        goods,
        file.ordered(),
        file.possession(),
        &file.client.card,
        &file.terms,
    )?;
    keep(
        work,
        file,
        PaperKind::WithdrawalForm,
        &letter,
        &paper::withdrawal_form(&letter, &facts),
    )
}

/// The model form, prefilled for an order.
pub(crate) fn order_form(work: &mut Work<'_>, dossier: &Dossier) -> Done<String> {
    let identity = super::super::work::house(work.tx)?.identity;
    let letter = orders::letter(work, dossier, PaperKind::WithdrawalForm)?;
    let goods = format!("{} · {}", orders::items(dossier).join(", "), dossier.project.number);
    let ordered = dossier.order.as_ref().map(|order| order.accepted.day);
    let facts = form_facts(
        &identity,
        letter.language,
        goods,
        ordered,
        dossier.possession(),
        &dossier.client.card,
        &dossier.terms,
    )?;
    keep_paper(
        work,
        PaperKind::WithdrawalForm,
        &letter.number,
        Of::Project(&dossier.project.id),
        &paper::withdrawal_form(&letter, &facts),
    )
}

/// The sections of an information sheet, and what they rest on.
type Told = (Vec<(String, Vec<String>)>, Vec<Ground>);

/// What the sheet tells where there is no right, by what was sold to whom; nothing where there is one.
fn told_of_none(language: Language, (made, client, concluded): (Made, ClientKind, Concluded)) -> Option<Told> {
    let (why, article, ground) = if client == ClientKind::Business {
        ("information-business", "CEL VI.47", "ground-business-terms")
    } else if made.is_personal() {
        ("information-none", "CEL VI.53 3°", "ground-told-personal")
    } else if concluded == Concluded::InPerson {
        ("information-shop", "CEL I.8 15°", "ground-told-shop")
    } else {
        return None;
    };
    let section = |heading: &str, text: &str| (language.word(heading), vec![language.word(text)]);
    let mut sections = vec![section("information-right", why)];
    if client == ClientKind::Consumer {
        sections.push(section("information-instead", "delivery-point-guarantee-carrier"));
    }
    Some((sections, vec![Ground::new(Article::of(article), ground)]))
}

/// What the sheet tells of the right, by what was sold to whom.
fn told(
    language: Language,
    identity: &Identity,
    sold: (Made, ClientKind, Concluded),
    terms: &Terms,
) -> Result<Told, Refusal> {
    let word = |key: &str| language.word(key);
    let say = |key: &'static str, name: &'static str, fact: Fact| language.say(&Message::new(key).with(name, fact));
    if let Some(none) = told_of_none(language, sold) {
        return Ok(none);
    }
    let within = terms.returns.withdrawal_days();
    let days = terms.returns.days_to_send_back();
    let back = if terms.returns.carrier_collects.value() == Some(&true) {
        word("information-collected")
    } else if terms.returns.client_pays_return.value() == Some(&false) {
        word("information-house-pays")
    } else {
        word("information-client-pays")
    };
    let sections = vec![
        (
            word("information-right"),
            vec![
                say("information-days", "days", Fact::Number(within.into())),
                say("information-until", "days", Fact::Number(within.into())),
            ],
        ),
        (
            word("information-how"),
            [
                Some(say(
                    "information-tell",
                    "trader",
                    Fact::Text(trader(identity)?.join(", ")),
                )),
                (!identity.withdrawal_function.is_empty()).then(|| {
                    let address = Fact::Text(identity.withdrawal_function.clone());
                    say("information-function", "address", address)
                }),
                Some(word("information-in-time")),
            ]
            .into_iter()
            .flatten()
            .collect(),
        ),
        (
            word("information-money"),
            vec![word("information-refund"), word("information-wait")],
        ),
        (
            word("information-goods"),
            vec![
                say("information-send", "days", Fact::Number(days.into())),
                back,
                word("information-handling"),
            ],
        ),
    ];
    let law = [
        ("CEL VI.47", "ground-told-right"),
        ("CEL VI.49", "ground-told-how"),
        ("CEL VI.50", "ground-told-refund"),
        ("CEL VI.51", "ground-told-return"),
    ];
    let law = law.map(|(article, key)| Ground::new(Article::of(article), key));
    let house = points(On::Information, &About::of(sold.1, ""), terms);
    Ok((sections, law.into_iter().chain(house).collect()))
}

pub(crate) fn information(work: &mut Work<'_>, file: &CaseFile) -> Done<String> {
    let identity = super::super::work::house(work.tx)?.identity;
    let letter = letter(work, file, PaperKind::WithdrawalInformation)?;
    let made = file.made();
    let concluded = file.concluded();
    let (sections, grounds) = told(
        letter.language,
        &identity,
        (made, file.client.card.kind, concluded),
        &file.terms,
    )?;
    keep(
        work,
        file,
        PaperKind::WithdrawalInformation,
        &letter,
        &paper::information(&letter, &sections, &grounds),
    )
}

/// The information sheet, with an order.
pub(crate) fn order_information(work: &mut Work<'_>, dossier: &Dossier) -> Done<String> {
    let identity = super::super::work::house(work.tx)?.identity;
    let letter = orders::letter(work, dossier, PaperKind::WithdrawalInformation)?;
    let (sections, grounds) = told(
        letter.language,
        &identity,
        (
            made(dossier.project.kind),
            dossier.client.card.kind,
            dossier.concluded(),
        ),
        &dossier.terms,
    )?;
    keep_paper(
        work,
        PaperKind::WithdrawalInformation,
        &letter.number,
        Of::Project(&dossier.project.id),
        &paper::information(&letter, &sections, &grounds),
    )
}

/// A moment of the register as it is read: the day, and the hour where one is known.
pub(crate) fn received(language: Language, moment: &str) -> String {
    let (day, time) = moment.split_once('T').unwrap_or((moment, ""));
    let day = day.parse().map_or_else(|_| day.to_owned(), |day| language.day(day));
    if time.is_empty() { day } else { format!("{day}, {time}") }
}

fn follows(file: &CaseFile, language: Language) -> Vec<(String, String)> {
    let Some(answer) = &file.answer else { return Vec::new() };
    let mut lines = Vec::new();
    let mut line = |key: &str, value: String| lines.push((language.word(key), value));
    let delivered = file.possession().is_some();
    if let Some(day) = answer.value.send_back_by {
        line("asked-send_back_by", language.day(day));
    }
    if let Some(day) = answer.value.arrive_by {
        line("asked-arrive_by", language.day(day));
    }
    if delivered && answer.value.basis != Basis::None {
        line(
            "asked-return_paid_by",
            language.word(&answer.value.return_paid_by.word()),
        );
    }
    if file.comes_to() > Money::ZERO {
        line("asked-refund_total", language.money(file.comes_to()));
        line(
            "asked-refund_due",
            file.refund_due()
                .map_or_else(|| language.word("refund-waits"), |due| language.day(due.value)),
        );
    }
    lines
}

fn verdict_of(file: &CaseFile, language: Language) -> String {
    told::said(file, language).headline
}

pub(crate) fn acknowledgement(
    work: &mut Work<'_>,
    file: &CaseFile,
    happening: &Happening<CaseHappened>,
) -> Done<String> {
    let CaseHappened::Noticed {
        register,
        channel,
        received: at,
        file: attached,
    } = &happening.what
    else {
        return Err(Refusal::NotFound.into());
    };
    let letter = letter(work, file, PaperKind::Acknowledgement)?;
    let language = letter.language;
    let words = match attached {
        Some(_) if happening.personal.words.is_empty() => language.word("register-see-file"),
        _ => happening.personal.words.clone(),
    };
    let mut points = Vec::new();
    if file.basis() == Basis::Statute {
        points.push(language.word("acknowledgement-no-form"));
        if file.rma().is_none() && file.possession().is_some() {
            points.push(language.word("acknowledgement-return-number"));
        }
    }
    let facts = Acknowledgement {
        register: register.clone(),
        received: received(language, at),
        channel: language.word(&channel.word()),
        item: file.case.item.clone(),
        words,
        verdict: verdict_of(file, language),
        follows: follows(file, language),
        points,
        grounds: file.grounds(),
        letter,
    };
    keep(
        work,
        file,
        PaperKind::Acknowledgement,
        &facts.letter,
        &paper::acknowledgement(&facts),
    )
}

/// How the house wants goods packed: its own conditions, and what its law and its customs add.
fn packing(file: &CaseFile, label: WayBack, language: Language) -> Vec<String> {
    let mut points = vec![language.word("packing-rma-on-the-box")];
    for need in file.terms.returns.needs.value().into_iter().flatten() {
        if !matches!(need, Need::RmaOnTheBox | Need::RmaIssued | Need::NoticeFirst) {
            points.push(language.word(&format!("packing-{}", need.name())));
        }
    }
    points.push(language.word(match label {
        WayBack::HouseCollects => "packing-house-collects",
        WayBack::HouseLabel => "packing-house-label",
        WayBack::OwnCarrier => "packing-own-carrier",
    }));
    let country = file.client.card.country.to_ascii_uppercase();
    if !country.is_empty() && return_mark(&country, &file.terms).is_some() {
        points.push(language.word("packing-returned-goods"));
    }
    if matches!(file.basis(), Basis::Statute | Basis::Guarantee) {
        points.push(language.word("packing-law"));
    }
    points
}

pub(crate) fn authorisation(work: &mut Work<'_>, file: &CaseFile) -> Done<String> {
    let identity = super::super::work::house(work.tx)?.identity;
    let (rma, label, cost) = file.rma().ok_or(Refusal::NotFound)?;
    let letter = letter(work, file, PaperKind::RmaAuthorisation)?;
    let language = letter.language;
    let mut facts = vec![
        (language.word("ui-case-item"), file.case.item.clone()),
        (language.word("rma-to"), house_address(&identity)?.join(", ")),
        (language.word("asked-label"), language.word(&label.word())),
    ];
    facts.extend(
        file.answer
            .as_ref()
            .and_then(|answer| answer.value.send_back_by)
            .map(|day| (language.word("rma-by"), language.day(day))),
    );
    let arrive_by = file.answer.as_ref().and_then(|answer| answer.value.arrive_by);
    facts.extend(arrive_by.map(|day| (language.word("rma-arrive-by"), language.day(day))));
    if cost > Money::ZERO {
        facts.push((language.word("asked-label_cost"), language.money(cost)));
    }
    let facts = Authorisation {
        rma,
        facts,
        packing: packing(file, label, language),
        points: letter.points(&points(On::Authorisation, &About::case(file), &file.terms)),
        grounds: file.grounds(),
        letter,
    };
    keep(
        work,
        file,
        PaperKind::RmaAuthorisation,
        &facts.letter,
        &paper::authorisation(&facts),
    )
}

/// The house's own return form, where its terms name one.
pub(crate) fn return_form(work: &mut Work<'_>, file: &CaseFile) -> Done<String> {
    if !file.has_return_form() {
        return Err(Refusal::NotFound.into());
    }
    let identity = super::super::work::house(work.tx)?.identity;
    let letter = letter(work, file, PaperKind::ReturnForm)?;
    let language = letter.language;
    let mut facts = vec![
        (language.word("ui-case-item"), file.case.item.clone()),
        (language.word("rma-to"), house_address(&identity)?.join(", ")),
    ];
    let answer = file.answer.as_ref().map(|answer| &answer.value);
    let days = [
        ("asked-ordered", file.ordered()),
        ("asked-possession", file.possession()),
        ("rma-by", answer.and_then(|answer| answer.send_back_by)),
        ("rma-arrive-by", answer.and_then(|answer| answer.arrive_by)),
    ];
    facts.extend(
        days.into_iter()
            .filter_map(|(key, day)| Some((language.word(key), language.day(day?)))),
    );
    facts.extend(file.rma().map(|(rma, ..)| ("RMA".to_owned(), rma)));
    let form = ReturnForm {
        facts,
        comes_with: file
            .checklist()
            .iter()
            .skip(2)
            .map(|point| language.word(&checked_word(point)))
            .collect(),
        points: letter.points(&points(On::Authorisation, &About::case(file), &file.terms)),
        letter,
    };
    keep(
        work,
        file,
        PaperKind::ReturnForm,
        &form.letter,
        &crate::paper::return_form(&form),
    )
}

pub(crate) fn label(work: &mut Work<'_>, file: &CaseFile) -> Done<String> {
    let identity = super::super::work::house(work.tx)?.identity;
    let (rma, ..) = file.rma().ok_or(Refusal::NotFound)?;
    let letter = letter(work, file, PaperKind::ReturnLabel)?;
    keep(
        work,
        file,
        PaperKind::ReturnLabel,
        &letter,
        &paper::return_label(&letter, &rma, &house_address(&identity)?),
    )
}

fn refund_lines(file: &CaseFile, language: Language) -> Vec<Total> {
    let line = |label: String, amount: Money, strong| Total {
        label,
        amount: language.money(amount),
        strong,
    };
    let mut lines: Vec<Total> = Vec::new();
    let by_rule = file.exchanged().is_none() && file.decided().is_none();
    if let Some(answer) = file.answer.as_ref().filter(|_| by_rule) {
        lines.extend(
            answer
                .value
                .refund
                .iter()
                .map(|&(name, amount)| line(language.word(&format!("refund-{name}")), amount, false)),
        );
    }
    if file.return_cost() > Money::ZERO {
        lines.push(line(language.word("asked-return_cost"), file.return_cost(), false));
    }
    if file.comes_to() > Money::ZERO {
        lines.push(line(language.word("asked-refund_total"), file.comes_to(), true));
    }
    lines
}

pub(crate) fn inspection(work: &mut Work<'_>, file: &CaseFile, happening: &Happening<CaseHappened>) -> Done<String> {
    let CaseHappened::Inspected {
        complete,
        handling,
        condition,
        loss,
        cause,
        note,
        photos,
    } = &happening.what
    else {
        return Err(Refusal::NotFound.into());
    };
    let letter = letter(work, file, PaperKind::InspectionReport)?;
    let language = letter.language;
    let mut facts = vec![
        (language.word("ui-case-item"), file.case.item.clone()),
        (language.word("asked-received"), day_or_dash(language, file.arrived())),
        (language.word("asked-inspected"), language.day(happening.day)),
        (language.word("asked-condition"), language.word(&condition.word())),
    ];
    if file.undoes() {
        facts.push((language.word("asked-handling"), language.word(&handling.word())));
        if *loss > Money::ZERO {
            facts.push((language.word("asked-loss"), language.money(*loss)));
        }
    } else {
        facts.push((language.word("asked-cause"), language.word(&cause_word(*cause))));
    }
    let found = |what: &String| {
        (
            language.word(&checked_word(what)),
            language.word(if complete.contains(what) { "ui-yes" } else { "ui-no" }),
        )
    };
    let facts = Inspection {
        facts,
        checklist: file.checklist().iter().map(found).collect(),
        note: note.clone(),
        photos: photos_of(work, photos, language, &file.case.item)?,
        grounds: if file.undoes() {
            file.grounds()
        } else {
            file.remedies(true, false).grounds
        },
        result: if file.undoes() {
            refund_lines(file, language)
        } else {
            Vec::new()
        },
        follows: if file.undoes() {
            follows(file, language)
        } else {
            Vec::new()
        },
        points: letter.points(&points(On::Inspection, &About::case(file), &file.terms)),
        letter,
    };
    keep(
        work,
        file,
        PaperKind::InspectionReport,
        &facts.letter,
        &paper::inspection(&facts),
    )
}

fn vat(file: &CaseFile, amount: Money, language: Language) -> Vec<(String, String)> {
    let Some(rate) = file.facts.as_ref().map(|facts| facts.vat) else {
        return Vec::new();
    };
    let inside = rate.inside(amount);
    let label = Message::new("quote-vat-inside")
        .with("rate", Fact::Number(rate.as_percent()))
        .with("base", Fact::Money(amount - inside));
    vec![(language.say(&label), language.money(inside))]
}

pub(crate) fn refund(work: &mut Work<'_>, file: &CaseFile, entry: &Entry) -> Done<String> {
    let letter = letter(work, file, PaperKind::RefundStatement)?;
    let language = letter.language;
    let line = |key: &str, amount: Money, strong| Total {
        label: language.word(key),
        amount: language.money(amount),
        strong,
    };
    let before = file.refunded() - entry.amount;
    let about = About {
        other_means: !file.paid_by.contains(&entry.method),
        ..About::case(file)
    };
    // What the way back cost bears no VAT of the sale, and goes back first.
    let of_the_price = |back: Money| (back - file.return_cost()).max(Money::ZERO);
    let mut paid = Vec::new();
    if before > Money::ZERO {
        paid.push(line("refund-before", before, false));
    }
    paid.push(line("refund-now", entry.amount, true));
    if entry.rounding != Money::ZERO {
        paid.push(line("payment-handed", entry.amount + entry.rounding, false));
    }
    paid.push(line("refund-open", file.owed(), false));
    let mut why = file.refund_due().map(|due| due.grounds).unwrap_or_default();
    if file.exchanged().is_none() && file.decided().is_none() {
        why = file.grounds();
    }
    let facts = RefundStatement {
        item: file.case.item.clone(),
        lines: refund_lines(file, language),
        paid,
        facts: vec![
            (
                language.word("payment-method"),
                language.word(&means_word(&entry.method)),
            ),
            (language.word("refund-day"), language.day(entry.day)),
        ],
        vat: vat(file, of_the_price(file.refunded()) - of_the_price(before), language),
        note: entry.note.clone(),
        points: letter.points(&points(On::Refund, &about, &file.terms)),
        grounds: why,
        letter,
    };
    keep(
        work,
        file,
        PaperKind::RefundStatement,
        &facts.letter,
        &paper::refund_statement(&facts),
    )
}

pub(crate) fn receipt(work: &mut Work<'_>, file: &CaseFile, entry: &Entry) -> Done<String> {
    let letter = letter(work, file, PaperKind::PaymentReceipt)?;
    let language = letter.language;
    let line = |key: &str, amount: Money, strong| Total {
        label: language.word(key),
        amount: language.money(amount),
        strong,
    };
    let facts = Receipt {
        back: entry.kind == EntryKind::Refund,
        amount: entry.amount,
        handed: (entry.rounding != Money::ZERO).then_some(entry.amount + entry.rounding),
        method: language.word(&means_word(&entry.method)),
        received: entry.day,
        reference: String::new(),
        what: file.case.item.clone(),
        sums: vec![
            line("money-paid", file.paid_in(), false),
            line("money-open", file.to_pay(), true),
        ],
        letter,
    };
    keep(
        work,
        file,
        PaperKind::PaymentReceipt,
        &facts.letter,
        &crate::paper::orders::receipt(&facts),
    )
}

pub(crate) fn exchange(work: &mut Work<'_>, file: &CaseFile, why: &[Ground]) -> Done<String> {
    let made = file.last(|happening| match &happening.what {
        CaseHappened::Exchanged {
            item,
            price,
            to_pay,
            credited,
            final_sale,
        } => Some((item.clone(), *price, *to_pay, *credited, *final_sale)),
        _ => None,
    });
    let (item, price, to_pay, credited, final_sale) = made.ok_or(Refusal::NotFound)?;
    let letter = letter(work, file, PaperKind::ExchangeStatement)?;
    let language = letter.language;
    let line = |key: &str, amount: Money| Total {
        label: language.word(key),
        amount: language.money(amount),
        strong: true,
    };
    let old = file.price();
    let sum = if credited > Money::ZERO {
        line("exchange-credited", credited)
    } else {
        line("exchange-to-pay", to_pay)
    };
    let mut points = Vec::new();
    if final_sale {
        points.push(language.word("exchange-final"));
    }
    if file.client.card.kind == ClientKind::Consumer {
        points.push(language.word("delivery-point-guarantee"));
    }
    let pieces = [
        (
            language.say(&Message::new("exchange-old").with("item", Fact::Text(file.case.item.clone()))),
            -old,
        ),
        (
            language.say(&Message::new("exchange-new").with("item", Fact::Text(item))),
            price,
        ),
    ];
    let made = paper::exchange_statement(&letter, &pieces, &[sum], &points, why);
    keep(work, file, PaperKind::ExchangeStatement, &letter, &made)
}

pub(crate) fn decision(work: &mut Work<'_>, file: &CaseFile, open: &Grounded<Vec<Remedy>>) -> Done<String> {
    let found = file.last(|happening| match &happening.what {
        CaseHappened::Decided {
            remedy,
            amount,
            note,
            return_cost,
        } => Some((*remedy, *amount, note.clone(), *return_cost)),
        _ => None,
    });
    let (remedy, amount, note, return_cost) = found.ok_or(Refusal::NotFound)?;
    let letter = letter(work, file, PaperKind::WarrantyDecision)?;
    let language = letter.language;
    let mut facts = vec![(language.word("ui-case-item"), file.case.item.clone())];
    // A repair under the guarantee makes it longer, where the house applies that.
    let applies = super::super::work::house(work.tx)?.identity.longer_after_repair && remedy == Some(Remedy::Repair);
    let mut why = open.grounds.clone();
    if let Some(until) = file.answer.as_ref().and_then(|answer| answer.value.guarantee_until) {
        let is_longer = applies && until >= letter.day;
        let until = if is_longer { months_later(until, 12) } else { until };
        facts.push((language.word("asked-guarantee_until"), language.day(until)));
        if is_longer {
            let law = Ground::new(Article::of("Dir. 2024/1799 art. 16"), "ground-longer-after-repair");
            why.push(law.with("day", Fact::Day(until)));
        }
    }
    facts.push((language.word("asked-cause"), language.word(&cause_word(file.cause()))));
    if amount > Money::ZERO {
        facts.push((language.word("asked-refund_total"), language.money(amount)));
    }
    if return_cost > Money::ZERO {
        facts.push((language.word("asked-return_cost"), language.money(return_cost)));
    }
    if remedy.is_none() {
        why.extend(file.grounds());
    }
    let facts = Verdict {
        title: "decision-title",
        under: "decision-under",
        verdict: language.word(&format!("decision-{}", remedy.map_or("none", Remedy::name))),
        facts,
        points: if remedy.is_some() {
            vec![language.word("decision-free")]
        } else {
            Vec::new()
        },
        photos: Vec::new(),
        note,
        grounds: why,
        letter,
    };
    keep(
        work,
        file,
        PaperKind::WarrantyDecision,
        &facts.letter,
        &paper::verdict(&facts),
    )
}

pub(crate) fn refusal(work: &mut Work<'_>, file: &CaseFile) -> Done<String> {
    let note = file.last(|happening| {
        if let CaseHappened::Refused { note } = &happening.what {
            Some(note.clone())
        } else {
            None
        }
    });
    let letter = letter(work, file, PaperKind::Refusal)?;
    let language = letter.language;
    let said = told::said(file, language);
    let why = if file.case.kind.is_work() {
        Vec::new()
    } else if file.is_unfit() {
        // The right was there; the state it came back in, or what was missing, ended it.
        points(On::Authorisation, &About::case(file), &file.terms)
            .into_iter()
            .filter(|point| point.message.key == "point-reject-unfit")
            .collect()
    } else {
        file.grounds()
    };
    let mut points: Vec<String> = if file.case.kind.is_work() {
        said.grounds
            .iter()
            .map(|(article, text)| format!("{text} ({article})"))
            .collect()
    } else {
        Vec::new()
    };
    if let Some(until) = file
        .answer
        .as_ref()
        .and_then(|answer| answer.value.guarantee_until)
        .filter(|until| *until >= file.today)
    {
        points.push(language.say(&Message::new("refusal-guarantee-stays").with("day", Fact::Day(until))));
    }
    // What is rejected for what came back had a right until then: the answer to the notice is not the answer to this.
    let facts = if file.is_unfit() {
        Vec::new()
    } else {
        vec![(language.word("ui-case-answer"), said.headline)]
    };
    let facts = Verdict {
        title: "refusal-title",
        under: "refusal-under",
        verdict: language.say(
            &Message::new("refusal-text")
                .with("kind", Fact::Word(file.case.kind.word()))
                .with("item", Fact::Text(file.case.item.clone())),
        ),
        facts,
        points,
        photos: Vec::new(),
        note: note.unwrap_or_default(),
        grounds: why,
        letter,
    };
    keep(work, file, PaperKind::Refusal, &facts.letter, &paper::verdict(&facts))
}

pub(crate) fn parcel_refused(work: &mut Work<'_>, file: &CaseFile) -> Done<String> {
    let found = file.last(|happening| match &happening.what {
        CaseHappened::Arrived {
            accepted: false,
            why,
            note,
            photos,
        } => Some((happening.day, why.clone(), note.clone(), photos.clone())),
        _ => None,
    });
    let (day, why, note, photos) = found.ok_or(Refusal::NotFound)?;
    let letter = letter(work, file, PaperKind::ParcelRefused)?;
    let language = letter.language;
    let article = if why == "no-rma" {
        file.terms.returns.rma_needed.article().cloned()
    } else {
        None
    };
    let key = if why == "no-rma" {
        "ground-parcel-no-rma"
    } else {
        "ground-parcel-tampered"
    };
    let facts = Verdict {
        title: "parcel-title",
        under: "parcel-under",
        verdict: language.say(&Message::new("parcel-text").with("day", Fact::Day(day))),
        facts: vec![(language.word("ui-case-item"), file.case.item.clone())],
        points: vec![language.word("parcel-right-stays")],
        photos: photos_of(work, &photos, language, &file.case.item)?,
        note,
        grounds: vec![Ground::new(article.unwrap_or(Article::of("CEL VI.51 §1")), key)],
        letter,
    };
    keep(
        work,
        file,
        PaperKind::ParcelRefused,
        &facts.letter,
        &paper::verdict(&facts),
    )
}

pub(crate) fn handed_back(work: &mut Work<'_>, file: &CaseFile, happening: &Happening<CaseHappened>) -> Done<String> {
    let CaseHappened::HandedBack { how, carrier, tracking } = &happening.what else {
        return Err(Refusal::NotFound.into());
    };
    let letter = letter(work, file, PaperKind::HandedBack)?;
    let language = letter.language;
    let how = if carrier.is_empty() {
        language.word(&how.word())
    } else {
        carrier.clone()
    };
    let mut facts = vec![
        (language.word("delivery-day"), language.day(happening.day)),
        (language.word("delivery-how"), how),
    ];
    if !tracking.is_empty() {
        facts.push((language.word("delivery-tracking"), tracking.clone()));
    }
    let signed = orders::signed(language, &happening.personal, &happening.at);
    keep(
        work,
        file,
        PaperKind::HandedBack,
        &letter,
        &paper::handed_back(&letter, &file.case.item, &facts, &signed),
    )
}

/// Photos of what a case is about, numbered.
fn photos_of(work: &Work<'_>, ids: &[String], language: Language, item: &str) -> Done<Vec<Picture>> {
    let caption = |index: usize| Message::new("inspection-photo").with("number", Fact::Number((index + 1).into()));
    let mut photos = pictures(work.tx, ids, |index| language.say(&caption(index)))?;
    for photo in &mut photos {
        photo.shows = format!("{}: {item}", photo.caption);
    }
    Ok(photos)
}
