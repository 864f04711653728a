//! The Ask desk at the counter: a question typed with as few fields as its answer needs, answered as it is typed,
//! beside what other houses would answer, and carried on into an intake, a quote or a case.

use super::forms::{AskForm, unit_of};
use super::load;
use super::lookup::{Lookup, VALID_DAYS};
use super::papers;
use super::view::{OptionView, ProblemView, Why};
use super::work::{Outcome, Work};
use crate::calendar::later;
use crate::client::Card;
use crate::desk::said::{self, Said};
use crate::desk::typed::{self, FieldKind, KINDS, Usual};
use crate::desk::{self, Houses, OWN};
use crate::grounds::Fact;
use crate::house::Profile;
use crate::intake::{IntakeForm, MetalForm, PieceForm, Signature, StoneForm, Who};
use crate::metal::GoldPrice;
use crate::quote::{QuoteForm, QuoteLineForm};
use crate::refusal::Refusal;
use crate::store::terms::Version;
use crate::store::{Done, Tx, gold, house as house_rows, terms as versions};
use crate::terms::{ClientKind, ProjectKind};
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};
use ts_rs::TS;

/// A field of the question.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct AskField {
    pub path: String,
    pub label: String,
    /// `text`, `figure`, `day`, `yes-no` or `choice`.
    pub kind: String,
    pub unit: String,
    pub options: Vec<OptionView>,
    pub typed: String,
    /// What holds where nothing is typed.
    pub hint: String,
    pub needed: bool,
}

/// Fields that stand together.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct AskSection {
    /// The list it is an item of, and its place there.
    pub list: Option<String>,
    pub index: usize,
    pub title: String,
    pub fields: Vec<AskField>,
}

/// A list that can take another item.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ListView {
    pub name: String,
    pub add: String,
}

/// An answer.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct AnswerView {
    pub headline: String,
    pub lines: Vec<OptionView>,
    pub why: Vec<Why>,
    pub flags: Vec<super::view::CollisionView>,
    /// The whole of it as text.
    pub text: String,
}

/// What another house answers.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct HouseAnswer {
    pub house: String,
    pub headline: String,
    pub lines: Vec<OptionView>,
    /// Whether it is the house the question was put to.
    pub asked: bool,
}

/// The Ask desk while a question is typed.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct AskView {
    pub kinds: Vec<OptionView>,
    pub houses: Vec<OptionView>,
    pub sections: Vec<AskSection>,
    pub lists: Vec<ListView>,
    pub problems: Vec<ProblemView>,
    pub answer: Option<AnswerView>,
    pub compared: Vec<HouseAnswer>,
    /// An intake that begins with these stones or parts.
    pub intake: Option<IntakeForm>,
    /// A quote that begins with these lines, and the kind of its project.
    pub quote: Option<(QuoteForm, ProjectKind)>,
    /// The kinds of case that can be opened on it.
    pub case: Vec<OptionView>,
}

/// A question at this counter: what was typed, the question, and the terms its own house answers by.
pub(super) struct Asked {
    pub sheet: typed::Sheet,
    /// The version of the own terms that holds for it.
    pub version: Version,
}

/// The day whose terms hold: a contract keeps those it was concluded under.
fn day_of(question: Option<&Map<String, Value>>, today: NaiveDate) -> NaiveDate {
    let ordered = question
        .and_then(|question| question.get("ordered"))
        .and_then(Value::as_str);
    ordered.and_then(|day| day.parse().ok()).unwrap_or(today)
}

/// Reads what was typed.
pub(super) fn asked(tx: &Tx<'_>, form: &AskForm, today: NaiveDate) -> Done<Asked> {
    let price = gold::newest(tx)?.map(|noted| match noted.price {
        GoldPrice::PerOunce(euro) => euro,
        GoldPrice::PerGram(euro) => euro * crate::metal::TROY_OUNCE_G,
    });
    let deduction_pct = house_rows::get(tx)?
        .map(|house| house.deduction_pct)
        .unwrap_or_default();
    let usual = Usual {
        today,
        eur_per_oz: price.map(|euro| crate::number::half_up(euro, 2)),
        deduction_pct,
        several_versions: versions::several(tx)?,
    };
    let read = |version: &Version| {
        typed::sheet(
            &form.ask,
            &form.house,
            &form.fields,
            &usual,
            Houses::and_own(&version.terms),
            form.compare,
        )
        .ok_or(Refusal::NotFound)
    };
    let now = match form.project.as_str() {
        "" => versions::on(tx, today)?,
        project => load::dossier(tx, project, today)?
            .order
            .map(|order| versions::get(tx, &order.quote.terms_id))
            .transpose()?
            .ok_or(Refusal::NotFound)?,
    };
    let sheet = read(&now)?;
    // A contract keeps the terms its quote was made under; else those of the day it was concluded on.
    let version = if form.project.is_empty() {
        versions::on(tx, day_of(sheet.question.as_ref(), today))?
    } else {
        now.clone()
    };
    // Terms of another day may need other fields.
    let sheet = if version.id == now.id { sheet } else { read(&version)? };
    Ok(Asked { sheet, version })
}

impl Asked {
    /// The question, put to the desk.
    pub fn answer(&self, language: Language) -> Option<Result<Map<String, Value>, (String, String)>> {
        let question = self.sheet.question.as_ref()?;
        Some(desk::answer_typed(
            question,
            language,
            Houses::and_own(&self.version.terms),
        ))
    }
}

pub(super) fn house_name(profile: &Profile, language: Language) -> String {
    if profile.identity.name.is_empty() {
        language.word("ui-blank-house")
    } else {
        profile.identity.name.clone()
    }
}

/// The ready-made houses, to choose from.
pub(super) fn houses(language: Language) -> Vec<OptionView> {
    Profile::all()
        .iter()
        .map(|profile| OptionView {
            value: profile.id.clone(),
            text: house_name(profile, language),
        })
        .collect()
}

fn lines(said: &Said) -> Vec<OptionView> {
    said.lines
        .iter()
        .map(|line| OptionView {
            value: line.value.clone(),
            text: line.label.clone(),
        })
        .collect()
}

/// An answer, said, as the screen shows it.
pub(super) fn answer_view(said: &Said) -> AnswerView {
    AnswerView {
        headline: said.headline.clone(),
        lines: lines(said),
        why: said
            .grounds
            .iter()
            .map(|(article, text)| Why {
                article: article.clone(),
                text: text.clone(),
            })
            .collect(),
        flags: said
            .flags
            .iter()
            .map(|flag| super::view::CollisionView {
                house: flag.house.clone(),
                law: flag.law.clone(),
                text: flag.text.clone(),
                unverified: None,
            })
            .collect(),
        text: said.text(),
    }
}

impl Lookup<'_> {
    pub(super) fn ask_desk(&self, form: &AskForm) -> Done<AskView> {
        let language = self.language;
        let asked = asked(self.tx, form, self.today)?;
        let own = house_rows::get(self.tx)?.ok_or(Refusal::NoHouse)?;
        let mut choices = vec![OptionView {
            value: OWN.to_owned(),
            text: self.say("ask-own-house", vec![("name", Fact::Text(own.identity.name))]),
        }];
        choices.extend(houses(language));
        let mut problems = self.problems(&asked.sheet.problems);
        let mut answer = None;
        match asked.answer(form.language) {
            Some(Ok(ok)) => answer = Some(answer_view(&said::said(&form.ask, &ok, form.language))),
            Some(Err((path, text))) => problems.push(ProblemView { path, text }),
            None => {}
        }
        let compared = match (&asked.sheet.question, form.compare, &answer) {
            (Some(question), true, Some(_)) => self.compared(form, question, &asked.version, &choices),
            _ => Vec::new(),
        };
        let question = asked.sheet.question.as_ref().filter(|_| answer.is_some());
        Ok(AskView {
            kinds: KINDS
                .map(|kind| OptionView {
                    value: kind.to_owned(),
                    text: language.word(&format!("ask-kind-{kind}")),
                })
                .to_vec(),
            houses: choices,
            sections: asked
                .sheet
                .sections
                .iter()
                .filter(|section| !section.fields.is_empty())
                .map(|section| self.section(&form.ask, section))
                .collect(),
            lists: asked
                .sheet
                .lists
                .iter()
                .map(|name| ListView {
                    name: (*name).to_owned(),
                    add: language.word(&format!("ask-add-{name}")),
                })
                .collect(),
            problems,
            compared,
            intake: question.and_then(|question| intake_of(&form.ask, question, language)),
            quote: question
                .filter(|_| form.ask == "quote")
                .map(|question| quote_of(question, language, self.today)),
            case: question
                .filter(|_| form.house == OWN)
                .map_or_else(Vec::new, |question| self.case_kinds(&form.ask, question)),
            answer,
        })
    }

    fn section(&self, ask: &str, section: &typed::Section) -> AskSection {
        let language = self.language;
        let title = section.item.map_or_else(String::new, |(list, index)| {
            format!("{} {}", language.word(&format!("asked-{list}")), index + 1)
        });
        let fields = section.fields.iter().map(|field| {
            let (kind, options) = match &field.kind {
                FieldKind::Text => ("text", Vec::new()),
                FieldKind::Figure => ("figure", Vec::new()),
                FieldKind::Day => ("day", Vec::new()),
                FieldKind::YesNo => ("yes-no", Vec::new()),
                FieldKind::Choice(words) => (
                    "choice",
                    words
                        .iter()
                        .map(|word| OptionView {
                            value: (*word).to_owned(),
                            text: self.option(field.name, word),
                        })
                        .collect(),
                ),
            };
            let usual = field.usual.clone().unwrap_or_default();
            AskField {
                path: field.path.clone(),
                label: language.label(ask, field.name),
                kind: kind.to_owned(),
                unit: if field.kind == FieldKind::Figure {
                    unit_of(field.name).to_owned()
                } else {
                    String::new()
                },
                hint: match (&field.kind, usual.parse::<NaiveDate>()) {
                    (FieldKind::Choice(_) | FieldKind::YesNo, _) => String::new(),
                    (_, Ok(day)) => language.short_day(day),
                    (_, Err(_)) => language.typed(&usual),
                },
                typed: match &field.kind {
                    FieldKind::Choice(_) if field.typed.is_empty() => usual,
                    FieldKind::Text | FieldKind::Figure | FieldKind::Day | FieldKind::YesNo | FieldKind::Choice(_) => {
                        field.typed.clone()
                    }
                },
                needed: field.usual.is_none(),
                options,
            }
        });
        AskSection {
            list: section.item.map(|(list, _)| list.to_owned()),
            index: section.item.map_or(0, |(_, index)| index),
            title,
            fields: fields.collect(),
        }
    }

    fn option(&self, name: &str, option: &str) -> String {
        match name {
            "which" => self.language.word(&format!("asked-{option}")),
            name => said::word(name, option, self.language),
        }
    }

    fn compared(
        &self,
        form: &AskForm,
        question: &Map<String, Value>,
        version: &Version,
        choices: &[OptionView],
    ) -> Vec<HouseAnswer> {
        if !question.contains_key("house") {
            return Vec::new();
        }
        let mut answers = Vec::new();
        for choice in choices {
            let houses = Houses::and_own(&version.terms);
            let question = desk::put_to(question, &choice.value, houses);
            let (headline, lines) = match desk::answer_typed(&question, form.language, houses) {
                Ok(ok) => {
                    let said = said::said(&form.ask, &ok, form.language);
                    (said.headline.clone(), lines(&said))
                }
                Err((_, text)) => (text, Vec::new()),
            };
            answers.push(HouseAnswer {
                house: choice.text.clone(),
                headline,
                lines,
                asked: choice.value == form.house,
            });
        }
        answers
    }
}

/// A value of a question as it is typed into another form.
fn figure(value: Option<&Value>, language: Language) -> String {
    language.typed(
        &value
            .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            .unwrap_or_default(),
    )
}

fn text_of(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn parts<'a>(question: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    question.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn intake_of(ask: &str, question: &Map<String, Value>, language: Language) -> Option<IntakeForm> {
    let mut piece = PieceForm::default();
    match ask {
        "eligibility" => {
            piece.stones = parts(question, "stones")
                .iter()
                .map(|stone| stone_of(stone, language))
                .collect()
        }
        "gold" => {
            piece.metals = parts(question, "parts")
                .iter()
                .map(|part| metal_of(part, language))
                .collect()
        }
        _ => return None,
    }
    let card = Card {
        kind: ClientKind::Consumer,
        language,
        name: String::new(),
        street: String::new(),
        postcode: String::new(),
        city: String::new(),
        country: "BE".into(),
        phone: String::new(),
        email: String::new(),
        second_contact: String::new(),
        vat_number: String::new(),
        sizes: String::new(),
        preferences: String::new(),
        dates: String::new(),
    };
    Some(IntakeForm {
        kind: ProjectKind::Redesign,
        client: Who::New { card },
        wish: String::new(),
        pieces: vec![piece],
        fee: String::new(),
        fee_method: String::new(),
        consents: Vec::new(),
        signature: Signature::None,
    })
}

fn stone_of(stone: &Value, language: Language) -> StoneForm {
    let measured = stone.get("measured_mm");
    let side = |name: &str| measured.map_or_else(String::new, |measured| figure(measured.get(name), language));
    StoneForm {
        role: text_of(stone.get("role")),
        gem: text_of(stone.get("gem")),
        gravity: figure(stone.get("gravity"), language),
        loose: measured.is_none(),
        weighed: figure(stone.get("weighed_ct"), language),
        cut: text_of(measured.and_then(|measured| measured.get("cut"))),
        length: side("length"),
        width: side("width"),
        depth: side("depth"),
        girdle: text_of(measured.and_then(|measured| measured.get("girdle"))),
        note: String::new(),
    }
}

fn metal_of(part: &Value, language: Language) -> MetalForm {
    let figure = |name: &str| figure(part.get(name), language);
    MetalForm {
        title: figure("title"),
        gross: figure("gross_g"),
        mounted: figure("mounted_ct"),
        other: figure("other_g"),
        ..MetalForm::default()
    }
}

fn quote_of(question: &Map<String, Value>, language: Language, today: NaiveDate) -> (QuoteForm, ProjectKind) {
    let line = |line: &Value| QuoteLineForm {
        text: String::new(),
        quantity: figure(line.get("quantity"), language),
        unit_price: figure(line.get("unit_price"), language),
        vat: figure(line.get("vat_pct"), language),
        delivery: false,
        second_hand: false,
    };
    let form = QuoteForm {
        intro: String::new(),
        lines: parts(question, "lines").iter().map(line).collect(),
        valid_until: language.short_day(later(today, VALID_DAYS)),
        days_min: String::new(),
        days_max: String::new(),
        drawings: Vec::new(),
    };
    (
        form,
        ProjectKind::of(&text_of(question.get("kind"))).unwrap_or(ProjectKind::TailorMade),
    )
}

/// Issues the answer as a paper, in its language.
pub(super) fn print(work: &mut Work<'_>, form: &AskForm) -> Done<Outcome> {
    let asked = asked(work.tx, form, work.context.today())?;
    let answer = asked
        .answer(form.language)
        .and_then(Result::ok)
        .ok_or(Refusal::QuestionUnfinished)?;
    let question = asked.sheet.question.ok_or(Refusal::QuestionUnfinished)?;
    let said = said::said(&form.ask, &answer, form.language);
    let house = super::work::house(work.tx)?;
    let name = Profile::named(&form.house).map_or_else(
        || house.identity.name.clone(),
        |profile| house_name(profile, form.language),
    );
    let paper = papers::issue_answer(
        work,
        &papers::AnswerFacts {
            form,
            name: &name,
            question: &said::asked(&question, form.language),
            said: &said,
        },
    )?;
    Ok(Outcome {
        paper: Some(paper),
        ..Outcome::default()
    })
}
