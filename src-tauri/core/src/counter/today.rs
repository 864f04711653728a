//! What must be done now: every project's tasks, the first day first; the same by month, and as a calendar to subscribe to.

use super::load;
use super::lookup::Lookup;
use super::requests;
use super::view::{self, CalendarDay, CalendarView, TaskView, Why};
use crate::aftersales::file::CaseFile;
use crate::calendar::{earlier, is_working_day, later};
use crate::form::Reader;
use crate::grounds::Fact;
use crate::money::Money;
use crate::order::{Dossier, Task, TaskGroup};
use crate::refusal::Refusal;
use crate::store::clients::Client;
use crate::store::standing::{self, About, DossierKind, Due, InCalendar};
use crate::store::{Done, ledger};
use crate::typed_day;
use crate::vocabulary::Vocabulary as _;
use crate::words::Language;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// What Today shows, in its order.
const ORDER: [TaskGroup; 5] = [
    TaskGroup::Client,
    TaskGroup::Money,
    TaskGroup::Offer,
    TaskGroup::Bench,
    TaskGroup::Aftersales,
];
/// The day from which the notice of the legal guarantee is shown (Dir. (EU) 2024/825).
const NOTICE_SINCE: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 9, 27);
/// So many of a group are shown at first, and so many once all are asked for.
const FIRST: usize = 8;
const WHOLE: usize = 200;
/// So many of a day are shown in a month.
const FIRST_OF_DAY: usize = 50;

/// Today.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct TodayView {
    pub day: String,
    pub groups: Vec<DueGroup>,
    /// Who may have begun it.
    pub people: Vec<String>,
    /// That dossiers of an older store are still being looked at, and how many.
    pub behind: Option<String>,
    /// What the client's pieces in the house are declared at.
    pub declared: String,
    /// What is missing of what the law asks to show: the official notice of the guarantee, in which languages.
    pub notice_missing: Option<String>,
    /// A warning where that is more than they are insured for.
    pub insured_warning: Option<String>,
}

/// What is due about one thing.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct DueGroup {
    pub group: TaskGroup,
    /// The first of it, by its day.
    pub tasks: Vec<TaskView>,
    /// How many there are, in words, and whether that is more than are shown.
    pub count: String,
    pub more: bool,
}

impl TodayView {
    /// Everything that is shown.
    #[must_use]
    pub fn tasks(&self) -> Vec<&TaskView> {
        self.groups.iter().flat_map(|group| &group.tasks).collect()
    }
}

/// A day of the month.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct MonthDay {
    pub number: u32,
    pub inside: bool,
    pub today: bool,
    /// A day nobody works: a weekend, a holiday, or a closing day.
    pub off: bool,
    pub tasks: Vec<TaskView>,
    /// How many more there are.
    pub rest: usize,
}

/// A month of due days.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct MonthView {
    pub title: String,
    pub weekdays: Vec<String>,
    pub weeks: Vec<Vec<MonthDay>>,
    pub before: (i32, u32),
    pub after: (i32, u32),
}

/// A closing of the house.
#[derive(Debug, Clone, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct ClosingView {
    pub id: String,
    pub text: String,
    pub reason: String,
}

impl Lookup<'_> {
    fn task_view(&self, due: &Due) -> TaskView {
        let task = &due.task;
        let step = task.step();
        TaskView {
            group: task.group(),
            group_text: self.language.word(&task.group().word()),
            step_text: if step.is_empty() {
                String::new()
            } else {
                self.language.word(&format!("act-{step}"))
            },
            step: step.to_owned(),
            by: due.begun_by.clone(),
            place: due.kind.name().to_owned(),
            id: due.id.clone(),
            number: due.number.clone(),
            client: due.client.clone(),
            text: self.language.say(&task.message()),
            day: self.language.short_day(task.day),
            when: if task.day < self.today {
                "late"
            } else if task.day == self.today {
                "now"
            } else {
                "ahead"
            }
            .to_owned(),
            why: view::why(self.language, &task.why),
            asks_why: (due.has_grounds && task.why.is_empty()).then_some(due.position),
        }
    }

    pub(super) fn tasks_of(&self, dossier: &Dossier) -> Vec<TaskView> {
        dossier
            .tasks()
            .into_iter()
            .map(|task| self.task_view(&of_project(dossier, task)))
            .collect()
    }

    pub(super) fn task_of_case(&self, file: &CaseFile, task: &Task) -> TaskView {
        self.task_view(&of_case(file, task.clone()))
    }

    pub(super) fn task_of_client(&self, client: &Client, task: &Task) -> TaskView {
        self.task_view(&of_client(client, task.clone()))
    }

    pub(super) fn today(&self, by: &str, whole: Option<TaskGroup>) -> Done<TodayView> {
        let people: Vec<_> = crate::store::house::staff(self.tx)?
            .into_iter()
            .filter(|person| person.active)
            .collect();
        let begun_by = people.iter().find(|person| person.name == by);
        let mut groups = Vec::new();
        for group in ORDER {
            let about = About {
                group,
                begun_by: begun_by.map_or("", |person| &person.id),
            };
            let most = if whole == Some(group) { WHOLE } else { FIRST };
            let (due, count) = standing::due_about(self.tx, &about, most)?;
            if count > 0 {
                groups.push(DueGroup {
                    group,
                    more: usize::try_from(count).is_ok_and(|count| count > due.len()),
                    tasks: due.iter().map(|due| self.task_view(due)).collect(),
                    count: self.counted(count),
                });
            }
        }
        let declared = standing::declared(self.tx)?;
        let unseen = standing::unseen(self.tx)?;
        Ok(TodayView {
            day: self.language.day(self.today),
            groups,
            people: people.into_iter().map(|person| person.name).collect(),
            behind: (unseen > 0).then(|| self.say("ui-catching-up", vec![("count", Fact::Number(unseen.into()))])),
            declared: self.language.money(declared),
            notice_missing: self.notice_missing()?,
            insured_warning: self.insured()?.filter(|insured| declared > *insured).map(|insured| {
                self.say(
                    "ui-over-insured",
                    vec![("declared", Fact::Money(declared)), ("insured", Fact::Money(insured))],
                )
            }),
        })
    }

    /// Why something is due: its grounds are not kept, and follow anew from its dossier.
    pub(super) fn grounds(&self, place: &str, id: &str, position: usize) -> Done<Vec<Why>> {
        let tasks = match DossierKind::of(place).ok_or(Refusal::NotFound)? {
            DossierKind::Project => load::dossier(self.tx, id, self.today)?.tasks(),
            DossierKind::Case => load::case(self.tx, id, self.today)?.tasks(),
            DossierKind::Client => requests::due(self.tx, id, self.today)?,
        };
        let task = tasks.get(position).ok_or(Refusal::NotFound)?;
        Ok(view::why(self.language, &task.why))
    }

    /// That the official notice of the legal guarantee is not loaded in a language the house writes in, since it is asked for.
    fn notice_missing(&self) -> Done<Option<String>> {
        let Some(house) = crate::store::house::get(self.tx)?.filter(|house| !house.is_example()) else {
            return Ok(None);
        };
        let asked = NOTICE_SINCE.is_some_and(|since| self.today >= since);
        let loaded = &house.identity.guarantee_notices;
        let missing: Vec<String> = house
            .identity
            .languages
            .iter()
            .filter(|language| asked && !loaded.contains_key(*language))
            .cloned()
            .collect();
        Ok((!missing.is_empty())
            .then(|| self.say("ui-notice-missing", vec![("languages", Fact::Text(missing.join(", ")))])))
    }

    /// What the pieces in the house are insured for, where the house says it.
    fn insured(&self) -> Done<Option<Money>> {
        let typed = crate::store::house::get(self.tx)?
            .map(|house| house.identity.insured)
            .unwrap_or_default();
        let mut form = Reader::default();
        Ok(form.money("insured", &typed).filter(|insured| *insured > Money::ZERO))
    }

    pub(super) fn month(&self, year: i32, month: u32) -> Done<MonthView> {
        let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(self.today);
        let closed = self.closed()?;
        let weeks = weeks(first);
        let days: Vec<NaiveDate> = weeks.iter().flatten().copied().collect();
        let mut due = standing::due_on(self.tx, &days, FIRST_OF_DAY)?;
        let mut view = |day: NaiveDate| self.month_day(day, first, &closed, due.remove(&day).unwrap_or_default());
        let weeks = weeks.into_iter().map(|week| week.into_iter().map(&mut view).collect());
        Ok(MonthView {
            title: format!("{} {}", self.language.month(first.month()), first.year()),
            weekdays: WEEKDAYS.map(|weekday| self.language.word(weekday)).to_vec(),
            weeks: weeks.collect(),
            before: month_of(earlier(first, 1)),
            after: month_of(later(first, 31)),
        })
    }

    fn closed(&self) -> Done<Vec<crate::calendar::Span>> {
        Ok(ledger::closings(self.tx)?
            .into_iter()
            .map(|(_, span, _)| span)
            .collect())
    }

    /// The day that was typed, where it is one, and a month to choose another from.
    pub(super) fn day_read(&self, text: &str, month: Option<(i32, u32)>) -> Done<CalendarView> {
        let language = self.language;
        let read = typed_day::near(text, self.today);
        let shown = month.unwrap_or_else(|| month_of(read.unwrap_or(self.today)));
        let first = NaiveDate::from_ymd_opt(shown.0, shown.1, 1).unwrap_or(self.today);
        let closed = self.closed()?;
        let view = |day: NaiveDate| CalendarDay {
            number: day.day(),
            typed: language.short_day(day),
            said: language.long_day(day),
            inside: day.month() == first.month(),
            today: day == self.today,
            chosen: Some(day) == read,
            off: is_off(day, &closed),
        };
        Ok(CalendarView {
            typed: read.map(|day| language.short_day(day)).unwrap_or_default(),
            said: read.map(|day| language.long_day(day)).unwrap_or_default(),
            title: format!("{} {}", language.month(first.month()), first.year()),
            weekdays: WEEKDAYS.map(|weekday| language.word(weekday)).to_vec(),
            weeks: weeks(first)
                .into_iter()
                .map(|week| week.into_iter().map(view).collect())
                .collect(),
            before: month_of(earlier(first, 1)),
            after: month_of(later(first, 31)),
        })
    }

    fn month_day(
        &self,
        day: NaiveDate,
        first: NaiveDate,
        closed: &[crate::calendar::Span],
        (due, count): (Vec<Due>, i64),
    ) -> MonthDay {
        MonthDay {
            number: day.day(),
            inside: day.month() == first.month(),
            today: day == self.today,
            off: is_off(day, closed),
            rest: usize::try_from(count).map_or(0, |count| count.saturating_sub(due.len())),
            tasks: due.iter().map(|due| self.task_view(due)).collect(),
        }
    }

    pub(super) fn closings(&self) -> Done<Vec<ClosingView>> {
        let view = |(id, span, reason): (String, crate::calendar::Span, String)| ClosingView {
            id,
            text: format!("{} – {}", self.language.day(span.first), self.language.day(span.last)),
            reason,
        };
        Ok(ledger::closings(self.tx)?.into_iter().map(view).collect())
    }

    /// The due days as a calendar that other programs read (RFC 5545): a whole day each, nobody named but by number.
    pub(super) fn agenda(&self) -> Done<String> {
        let mut file = String::new();
        let mut put = |line: &str| fold_into(&mut file, line);
        put("BEGIN:VCALENDAR");
        put("VERSION:2.0");
        put("PRODID:-//Atelier//Agenda//EN");
        let stamp = format!("DTSTAMP:{}T000000Z", self.today.format("%Y%m%d"));
        let mut seen: BTreeMap<(String, &str), usize> = BTreeMap::new();
        for InCalendar { id, number, task } in standing::all_due(self.tx)? {
            let summary = format!("{number} {}", self.language.say(&task.message()));
            let name = if number.is_empty() { id } else { number };
            // Two things of one kind on one dossier are told apart by their place.
            let uid = format!("UID:{name}-{}", task.key);
            let count = seen.entry((name, task.key)).or_default();
            put("BEGIN:VEVENT");
            put(&format!("{uid}-{count}@atelier"));
            put(&stamp);
            put(&format!("DTSTART;VALUE=DATE:{}", task.day.format("%Y%m%d")));
            put(&format!("SUMMARY:{}", escaped(summary.trim_start())));
            put("END:VEVENT");
            *count += 1;
        }
        put("END:VCALENDAR");
        Ok(file)
    }
}

/// Whether nobody works that day.
fn is_off(day: NaiveDate, closed: &[crate::calendar::Span]) -> bool {
    !is_working_day(day) || closed.iter().any(|span| span.holds(day))
}

fn month_of(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month())
}

/// The weeks from Monday that a month touches; of six the last only where it does.
fn weeks(first: NaiveDate) -> Vec<Vec<NaiveDate>> {
    let start = earlier(first, u64::from(first.weekday().num_days_from_monday()));
    let weeks = (0..6).map(|week| (0..7).map(|day| later(start, week * 7 + day)).collect::<Vec<_>>());
    weeks
        .enumerate()
        .filter(|(index, week)| *index <= 3 || week.first().is_some_and(|day| day.month() == first.month()))
        .map(|(_, week)| week)
        .collect()
}

fn of_project(dossier: &Dossier, task: Task) -> Due {
    Due {
        kind: DossierKind::Project,
        position: 0,
        has_grounds: !task.why.is_empty(),
        id: dossier.project.id.clone(),
        number: dossier.project.number.clone(),
        client: dossier.client.card.name.clone(),
        begun_by: dossier.project.taken_in_by.clone(),
        task,
    }
}

fn of_case(file: &CaseFile, task: Task) -> Due {
    Due {
        kind: DossierKind::Case,
        position: 0,
        has_grounds: !task.why.is_empty(),
        id: file.case.id.clone(),
        number: file.case.number.clone(),
        client: file.client.card.name.clone(),
        begun_by: file.case.opened_by.clone(),
        task,
    }
}

fn of_client(client: &Client, task: Task) -> Due {
    Due {
        kind: DossierKind::Client,
        position: 0,
        has_grounds: !task.why.is_empty(),
        id: client.id.clone(),
        number: String::new(),
        client: client.card.name.clone(),
        begun_by: String::new(),
        task,
    }
}

/// Text in a calendar: commas, semicolons and backslashes are escaped.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

/// Puts a line into a calendar, at most 75 bytes long, continued after a space.
fn fold_into(file: &mut String, line: &str) {
    let mut length = 0;
    for character in line.chars() {
        if length + character.len_utf8() > 74 {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(character);
        length += character.len_utf8();
    }
    file.push_str("\r\n");
}

const WEEKDAYS: [&str; 7] = [
    "weekday-1",
    "weekday-2",
    "weekday-3",
    "weekday-4",
    "weekday-5",
    "weekday-6",
    "weekday-7",
];

/// The agenda in a language, for the shell to keep beside the store.
pub(super) fn agenda(tx: &crate::store::Tx<'_>, language: Language, today: NaiveDate) -> Done<String> {
    Lookup { tx, language, today }.agenda()
}
