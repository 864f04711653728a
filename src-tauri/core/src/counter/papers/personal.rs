//! The paper of a client's own data.

use super::super::load;
use super::super::lookup::Lookup;
use super::super::work::Work;
use super::{Of, keep_paper, letter_to, moment};
use crate::aftersales::file::CaseFile;
use crate::client::Card;
use crate::grounds::{Article, Fact, Ground, Message};
use crate::money::Money;
use crate::order::Dossier;
use crate::paper::cases::{Verdict, personal_data, verdict};
use crate::paper::kind::PaperKind;
use crate::paper::letter::Letter;
use crate::points::{About, On, points};
use crate::store::papers::{To, of};
use crate::store::{Done, cases, clients, projects};
use crate::terms::DataRight;
use crate::vocabulary::Vocabulary as _;

/// What is answered to a request that is not done, or not yet: the reason, and what is kept and why.
pub(crate) fn answer(work: &mut Work<'_>, id: &str, right: DataRight, reason: &str) -> Done<String> {
    let client = clients::get(work.tx, id)?;
    let letter = letter(work, &client.card)?;
    let desk = Lookup {
        tx: work.tx,
        language: letter.language,
        today: work.context.today(),
    };
    let about = About::of(client.card.kind, &client.card.country);
    let mut said = desk.retention(id)?;
    said.extend(letter.points(&points(On::PersonalData, &about, &super::super::work::terms(work)?)));
    let facts = Verdict {
        title: "personal-answer-title",
        under: "personal-under",
        verdict: letter
            .language
            .say(&Message::new("personal-answer").with("right", Fact::Word(right.word()))),
        facts: Vec::new(),
        points: said,
        photos: Vec::new(),
        note: reason.to_owned(),
        grounds: vec![Ground::new(Article::of("GDPR art. 17(3)"), "ground-data-kept")],
        letter,
    };
    keep_paper(
        work,
        PaperKind::PersonalAnswer,
        &facts.letter.number,
        Of::Client(id),
        &verdict(&facts),
    )
}

fn letter(work: &Work<'_>, card: &Card) -> Done<Letter> {
    letter_to(
        work,
        card,
        ("ui-client", &card.name),
        work.number(PaperKind::PersonalData.series())?,
    )
}

/// A section of the copy: its name, and lines of a label and what is kept.
type Section = (String, Vec<(String, String)>);

/// The client's card, field by field.
fn card_section(card: &Card) -> Section {
    let word = |key: &str| card.language.word(key);
    let fields = serde_json::to_value(card).unwrap_or_default();
    let said = |(name, value): (&String, &serde_json::Value)| {
        let text = value.as_str().unwrap_or_default();
        let text = match name.as_str() {
            "kind" => word(&card.kind.word()),
            "language" => word(&format!("language-{text}")),
            _ => text.to_owned(),
        };
        (word(&format!("ui-card-{name}")), text)
    };
    let lines = fields.as_object().into_iter().flatten().map(said);
    (word("ui-client"), lines.filter(|(_, text)| !text.is_empty()).collect())
}

/// What is kept of a project.
fn project_section(desk: &Lookup<'_>, dossier: &Dossier) -> Section {
    let language = desk.language;
    let word = |key: &str| language.word(key);
    let project = &dossier.project;
    let mut lines = vec![(word("ui-opened"), language.day(project.opened))];
    if !project.wish.is_empty() {
        lines.push((word("ui-wish"), project.wish.clone()));
    }
    for piece in &dossier.pieces {
        let value = piece
            .declared_value
            .map_or_else(String::new, |value| format!(" · {}", language.money(value)));
        let text = format!("{} · {}{value}", piece.description, piece.condition);
        lines.push((piece.envelope.clone(), text));
    }
    for quote in &dossier.quotes {
        let number = format!("{} / {}", quote.number, quote.version);
        lines.push((number, language.money(quote.total)));
    }
    let history = desk.history(dossier).into_iter().rev();
    lines.extend(history.map(|line| (line.day, format!("{} {}", line.text, line.words).trim().to_owned())));
    for line in desk.ledger_lines(&dossier.entries) {
        let text = format!("{}: {} {}", line.what, line.amount, line.note);
        lines.push((line.day, text.trim().to_owned()));
    }
    (format!("{} {}", word("paper-project"), project.number), lines)
}

/// What is kept of a case.
fn case_section(desk: &Lookup<'_>, file: &CaseFile) -> Section {
    let language = desk.language;
    let word = |key: &str| language.word(key);
    let mut lines = vec![
        (word("ui-case-item"), file.case.item.clone()),
        (word("ui-opened"), language.day(file.case.opened)),
    ];
    let told = file.told.iter().map(|happening| desk.case_history(file, happening));
    lines.extend(told.map(|line| (line.day, format!("{} {}", line.text, line.words).trim().to_owned())));
    if file.refunded() > Money::ZERO {
        lines.push((word("refund-so-far"), language.money(file.refunded())));
    }
    (format!("{} {}", word(&file.case.kind.word()), file.case.number), lines)
}

/// A complete copy, in the client's language.
pub(crate) fn copy(work: &mut Work<'_>, id: &str) -> Done<String> {
    let client = clients::get(work.tx, id)?;
    let (card, today) = (&client.card, work.context.today());
    let language = card.language;
    let letter = letter(work, card)?;
    let word = |key: &str| language.word(key);
    let desk = Lookup {
        tx: work.tx,
        language,
        today,
    };
    let mut sections = vec![card_section(card)];
    for project in projects::of_client(work.tx, id)? {
        sections.push(project_section(&desk, &load::dossier(work.tx, &project.id, today)?));
    }
    for case in cases::of_client(work.tx, id)? {
        sections.push(case_section(&desk, &load::case_file(work.tx, case, today)?));
    }
    let papers = of(work.tx, To::Client(id))?;
    let line = |paper: &crate::store::papers::Issued| {
        (
            paper.number.clone(),
            format!(
                "{} · {}",
                word(&format!("paper-kind-{}", paper.kind)),
                moment(language, &paper.issued_at)
            ),
        )
    };
    sections.push((word("ui-papers"), papers.iter().map(line).collect()));
    sections.retain(|(_, lines): &(String, Vec<(String, String)>)| !lines.is_empty());
    let retention = desk.retention(id)?;
    let made = personal_data(&letter, &sections, &retention);
    keep_paper(work, PaperKind::PersonalData, &letter.number, Of::Client(id), &made)
}
