//! The house's terms at the counter: the page that shows and edits them, the floor of the law beside it, and what
//! sets two versions or two houses apart.

use super::lookup::Lookup;
use super::view::{CollisionView, ProblemView};
use super::work::{Outcome, Work};
use crate::form::Reader;
use crate::house::Profile;
use crate::law;
use crate::paper::kind::PaperKind;
use crate::points::{self, On};
use crate::refusal::Refusal;
use crate::store::terms::{self as versions, Version};
use crate::store::{Done, house as houses};
use crate::terms::Terms;
use crate::termsheet::{self, TermsForm};
use crate::words::Language;
use serde::Serialize;
use ts_rs::TS;

/// A version in the list of versions.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct VersionView {
    pub id: String,
    pub text: String,
    pub added: String,
    pub in_force: bool,
}

/// A field of a clause.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct TermsField {
    pub path: String,
    pub label: String,
    pub kind: String,
    pub unit: String,
    pub options: Vec<super::view::OptionView>,
    /// The field and the word that make it needed; always where there is none.
    pub when: Option<(String, String)>,
}

/// A clause as it is shown and edited.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ClauseView {
    pub key: String,
    pub label: String,
    /// What it says; nothing where the house is silent.
    pub text: Option<String>,
    pub article: String,
    /// What it does: what it decides, which papers tell it, and what the law puts in its place.
    pub does: Vec<String>,
    pub fields: Vec<TermsField>,
}

/// A group of clauses.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct TermsGroup {
    pub key: String,
    pub label: String,
    pub clauses: Vec<ClauseView>,
}

/// A version of the terms, on one page.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct TermsView {
    pub id: String,
    pub newest: String,
    pub title: String,
    pub versions: Vec<VersionView>,
    /// The ready-made houses, to compare with.
    pub houses: Vec<super::view::OptionView>,
    pub groups: Vec<TermsGroup>,
    pub collisions: Vec<CollisionView>,
    pub form: TermsForm,
    pub today: String,
}

/// Terms, looked at while they are typed.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct TermsCheck {
    pub problems: Vec<ProblemView>,
    pub changes: Vec<ComparedRow>,
    pub collisions: Vec<CollisionView>,
}

/// A clause side by side.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ComparedRow {
    pub group: String,
    pub label: String,
    pub says: Vec<String>,
    pub articles: Vec<String>,
    pub differs: bool,
}

/// Terms side by side.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ComparedTerms {
    pub heads: Vec<String>,
    pub rows: Vec<ComparedRow>,
    pub differing: String,
}

fn rows(all: &[&Terms], language: Language) -> Vec<ComparedRow> {
    let silent = language.word("terms-silent");
    termsheet::compare(all, language)
        .into_iter()
        .map(|row| ComparedRow {
            group: language.word(&format!("terms-{}", row.group)),
            label: language.word(&format!("clause-{}-{}", row.group, row.name)),
            says: row
                .says
                .into_iter()
                .map(|says| says.unwrap_or_else(|| silent.clone()))
                .collect(),
            articles: row.articles,
            differs: row.differs,
        })
        .collect()
}

fn collisions(terms: &Terms, language: Language) -> Vec<CollisionView> {
    law::collisions(terms)
        .into_iter()
        .map(|found| CollisionView {
            house: found.house.0.to_string(),
            law: found.law.0.to_string(),
            text: language.word(&found.instead()),
            unverified: (!found.verified).then(|| language.word("terms-unverified")),
        })
        .collect()
}

impl Lookup<'_> {
    pub(super) fn version_title(&self, version: &Version) -> String {
        match version.in_force {
            Some(day) => self.say("terms-from", vec![("day", crate::grounds::Fact::Day(day))]),
            None => self.language.word("terms-first"),
        }
    }

    /// What a clause does, in words.
    fn does(&self, clause: &str) -> Vec<String> {
        let (kinds, on) = points::does(clause);
        let said = |key: &'static str, words: Vec<String>| {
            let what = crate::grounds::Fact::Words(words);
            (key, what)
        };
        let kinds: Vec<String> = kinds.iter().map(|kind| format!("ask-kind-{kind}")).collect();
        let papers: Vec<String> = on.into_iter().map(|on| paper_of(on).word()).collect();
        let mut lines = Vec::new();
        for (key, words) in [said("does-decides", kinds), said("does-printed", papers)] {
            if words != crate::grounds::Fact::Words(Vec::new()) {
                lines.push(self.say(key, vec![("what", words)]));
            }
        }
        if lines.is_empty() {
            lines.push(self.language.word("does-steps"));
        }
        lines
    }

    pub(super) fn terms_page(&self, version: Option<&str>) -> Done<TermsView> {
        let all = versions::all(self.tx)?;
        let newest = all.first().ok_or(Refusal::NoHouse)?;
        let shown = match version {
            Some(id) => all.iter().find(|version| version.id == id).ok_or(Refusal::NotFound)?,
            None => newest,
        };
        let in_force = versions::on(self.tx, self.today)?.id;
        let language = self.language;
        let says = termsheet::compare(&[&shown.terms], language);
        let mut groups = Vec::new();
        for (group, clauses) in &termsheet::CLAUSES {
            let mut shown_clauses = Vec::new();
            for (name, holds) in *clauses {
                let said = says.iter().find(|row| row.group == *group && row.name == *name);
                let says_it = said.is_some_and(|row| row.says.first().is_some_and(Option::is_some));
                shown_clauses.push(ClauseView {
                    key: format!("{group}.{name}"),
                    label: language.word(&format!("clause-{group}-{name}")),
                    text: said.and_then(|row| row.says.first().cloned().flatten()),
                    article: said.and_then(|row| row.articles.first().cloned()).unwrap_or_default(),
                    does: if says_it {
                        self.does(&format!("{group}.{name}"))
                    } else {
                        Vec::new()
                    },
                    fields: termsheet::fields(holds)
                        .iter()
                        .map(|field| self.terms_field(field))
                        .collect(),
                });
            }
            groups.push(TermsGroup {
                key: (*group).to_owned(),
                label: language.word(&format!("terms-{group}")),
                clauses: shown_clauses,
            });
        }
        Ok(TermsView {
            id: shown.id.clone(),
            newest: newest.id.clone(),
            title: self.version_title(shown),
            versions: all
                .iter()
                .map(|version| VersionView {
                    id: version.id.clone(),
                    text: self.version_title(version),
                    added: if version.added_by.is_empty() {
                        String::new()
                    } else {
                        format!(
                            "{} · {}",
                            super::papers::moment(language, &version.added_at),
                            version.added_by
                        )
                    },
                    in_force: version.id == in_force,
                })
                .collect(),
            houses: super::desk::houses(language),
            groups,
            collisions: collisions(&shown.terms, language),
            form: termsheet::typed(&shown.terms, language),
            today: language.short_day(self.today),
        })
    }

    fn terms_field(&self, field: &termsheet::Field) -> TermsField {
        let language = self.language;
        TermsField {
            path: field.path.clone(),
            label: if field.name.is_empty() {
                String::new()
            } else {
                language.word(&format!("asked-{}", field.name))
            },
            kind: field.kind.to_owned(),
            unit: if field.unit.starts_with("unit-") {
                language.word(field.unit)
            } else {
                field.unit.to_owned()
            },
            options: field
                .options
                .iter()
                .flat_map(|words| words.all.iter().map(|word| (words.key(word), *word)))
                .map(|(key, word)| super::view::OptionView {
                    value: word.to_owned(),
                    text: language.word(&key),
                })
                .collect(),
            when: field.when.clone().map(|(path, word)| (path, word.to_owned())),
        }
    }

    pub(super) fn check_terms(&self, form: &TermsForm) -> Done<TermsCheck> {
        let all = versions::all(self.tx)?;
        let newest = all.first().ok_or(Refusal::NoHouse)?;
        let mut reader = Reader::default();
        let read = termsheet::read(form, &mut reader);
        let mut changes = read
            .as_ref()
            .map(|terms| rows(&[&newest.terms, terms], self.language))
            .unwrap_or_default();
        changes.retain(|row| row.differs || row.articles.windows(2).any(|pair| pair[0] != pair[1]));
        if let Some(terms) = read.as_ref().filter(|terms| terms.short != newest.terms.short) {
            let says = vec![newest.terms.short.clone(), terms.short.clone()];
            let label = self.language.word("ui-terms-short");
            changes.insert(
                0,
                ComparedRow {
                    group: String::new(),
                    label,
                    says,
                    articles: vec![String::new(), String::new()],
                    differs: true,
                },
            );
        }
        Ok(TermsCheck {
            problems: self.problems(&reader.problems),
            changes,
            collisions: read.map(|terms| collisions(&terms, self.language)).unwrap_or_default(),
        })
    }

    pub(super) fn compare_terms(&self, ids: &[String]) -> Done<ComparedTerms> {
        let mut heads = Vec::new();
        let mut all = Vec::new();
        let own = houses::get(self.tx)?.ok_or(Refusal::NoHouse)?.identity.name;
        for id in ids {
            match Profile::named(id) {
                Some(profile) => {
                    heads.push(super::desk::house_name(profile, self.language));
                    all.push(profile.terms.clone());
                }
                None => {
                    let version = versions::get(self.tx, id)?;
                    heads.push(format!("{own}, {}", self.version_title(&version)));
                    all.push(version.terms);
                }
            }
        }
        let rows = rows(&all.iter().collect::<Vec<_>>(), self.language);
        let count = rows.iter().filter(|row| row.differs).count();
        let differing = self.say(
            "terms-differing",
            vec![("count", crate::grounds::Fact::Number(count.into()))],
        );
        Ok(ComparedTerms { heads, rows, differing })
    }
}

pub(super) fn change(work: &mut Work<'_>, newest: &str, day: &str, form: &TermsForm) -> Done<Outcome> {
    let all = versions::all(work.tx)?;
    let last = all.first().ok_or(Refusal::NoHouse)?;
    if last.id != newest {
        return Err(Refusal::changed().into());
    }
    let mut reader = Reader::on(work.context.today());
    let day = reader.day("terms-day", day);
    let terms = termsheet::read(form, &mut reader);
    let (day, terms) = reader.finish(day.zip(terms))?;
    if day < work.context.today() {
        return Err(Refusal::TermsInThePast { day }.into());
    }
    if let Some(newest) = last.in_force.filter(|newest| day < *newest) {
        return Err(Refusal::TermsBeforeTheNewest { day: newest }.into());
    }
    if terms
        == (Terms {
            in_force: None,
            ..last.terms.clone()
        })
    {
        return Err(Refusal::NothingChanged.into());
    }
    let version = Version {
        id: work.ids.next(),
        in_force: Some(day),
        terms,
        added_at: work.context.moment(),
        added_by: work.context.who.clone(),
    };
    versions::add(work.tx, &version)?;
    // By which day a client's request is answered may be another from then on.
    Ok(Outcome {
        moves_days_from: (day <= work.context.today()).then(|| work.context.today()),
        ..Outcome::default()
    })
}

/// The paper a sentence stands on.
const fn paper_of(on: On) -> PaperKind {
    match on {
        On::Quote => PaperKind::Quote,
        On::Confirmation => PaperKind::OrderConfirmation,
        On::Consent => PaperKind::ConsentForm,
        On::Design => PaperKind::DesignSheet,
        On::DeliveryNote => PaperKind::DeliveryNote,
        On::Request => PaperKind::PaymentRequest,
        On::Authorisation => PaperKind::RmaAuthorisation,
        On::Inspection => PaperKind::InspectionReport,
        On::Refund => PaperKind::RefundStatement,
        On::DateChange => PaperKind::DateChange,
        On::Receipt => PaperKind::IntakeReceipt,
        On::Information => PaperKind::WithdrawalInformation,
        On::PersonalData => PaperKind::PersonalAnswer,
    }
}
