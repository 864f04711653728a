//! The shapes of questions, as data: which keys each has, and what each key holds.

use super::Houses;
use super::json::{Json, Object, same};
use crate::aftersales::Reason;
use crate::aftersales::care::Work;
use crate::number::{Malformed, plain};
use crate::order::delivery::Address;
use crate::stone::{Cut, Gem, Girdle, MOST_GRAVITY, MOST_MM, StoneRole};
use crate::terms::{ClientKind, Concluded, Condition, Made, ProjectKind, Terms, WindowFrom};
use crate::vocabulary::{Vocabulary as _, Words};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What is wrong with a question: a code, and the path of the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub code: &'static str,
    pub field: String,
    /// What the path begins with, so far as it is known.
    begins: Begins,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// It is the value itself.
    Here,
    Key,
    Index,
}

impl Fault {
    fn of(code: &'static str, field: impl Into<String>) -> Self {
        Self {
            code,
            field: field.into(),
            begins: Begins::Key,
        }
    }

    /// A fault of the value that is looked at; what it stands in is told on the way back.
    const fn here(code: &'static str) -> Self {
        Self {
            code,
            field: String::new(),
            begins: Begins::Here,
        }
    }

    pub fn bad_value(field: impl Into<String>) -> Self {
        Self::of("bad-value", field)
    }

    pub fn missing(field: impl Into<String>) -> Self {
        Self::of("missing-field", field)
    }

    pub fn out_of_range(field: impl Into<String>) -> Self {
        Self::of("out-of-range", field)
    }

    fn unknown(field: impl Into<String>) -> Self {
        Self::of("unknown-field", field)
    }

    pub fn no_window() -> Self {
        Self::of("no-window", "days")
    }

    /// The same fault, of a value under that key.
    fn within(mut self, key: &str) -> Self {
        let mark = if self.begins == Begins::Key { "." } else { "" };
        self.field = format!("{key}{mark}{}", self.field);
        self.begins = Begins::Key;
        self
    }

    /// The same fault, of the value at that place of a list.
    fn at(mut self, index: usize) -> Self {
        let mark = if self.begins == Begins::Key { "." } else { "" };
        self.field = format!("[{index}]{mark}{}", self.field);
        self.begins = Begins::Index;
        self
    }
}

/// What a key holds.
pub(super) enum Holds {
    /// A number in plain notation, in a string, with at most so many decimals.
    Decimal(u32),
    Day,
    DayOrNull,
    Integer,
    Bool,
    /// Any text but none.
    Name,
    /// A country, two capital letters.
    Country,
    House,
    Word(Words),
    /// Pairs of days; the flag says whether an end may be null.
    Spans(bool),
    /// A pair of whole numbers, or null.
    RangeOrNull,
    /// A list of objects, not empty.
    List(&'static [Key]),
    Object(&'static [Key]),
}

/// A key of an object.
pub(super) struct Key {
    pub name: &'static str,
    pub holds: Holds,
    pub presence: Presence,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
    /// Exactly one of the keys so marked.
    OneOf,
    /// Required of a house whose production clock starts there, unknown to the others.
    Clock(WindowFrom),
}

const fn key(name: &'static str, holds: Holds) -> Key {
    Key {
        name,
        holds,
        presence: Presence::Required,
    }
}

const fn optional(name: &'static str, holds: Holds) -> Key {
    Key {
        name,
        holds,
        presence: Presence::Optional,
    }
}

const fn one_of(name: &'static str, holds: Holds) -> Key {
    Key {
        name,
        holds,
        presence: Presence::OneOf,
    }
}

const fn clock(name: &'static str, from: WindowFrom) -> Key {
    Key {
        name,
        holds: Holds::DayOrNull,
        presence: Presence::Clock(from),
    }
}

impl Key {
    /// Whether a house with these terms is asked it; where the house is not known, that is the fault.
    pub fn is_asked(&self, terms: Option<&Terms>) -> bool {
        match self.presence {
            Presence::Clock(from) => terms.is_none_or(|terms| terms.window_from() == from),
            Presence::Required | Presence::Optional | Presence::OneOf => true,
        }
    }
}

/// The shape of one kind of question.
pub(super) struct Shape {
    pub name: &'static str,
    pub keys: &'static [Key],
}

const ASK: Key = key("ask", Holds::Name);
const LANGUAGE: Key = optional("language", Holds::Word(LANGUAGES));
const HOUSE: Key = key("house", Holds::House);

const LANGUAGES: Words = Words {
    family: "language",
    all: &["nl", "fr", "en", "de"],
};

const MEASURED: &[Key] = &[
    key("cut", Holds::Word(Cut::WORDS)),
    key("length", Holds::Decimal(3)),
    key("width", Holds::Decimal(3)),
    key("depth", Holds::Decimal(3)),
    optional("girdle", Holds::Word(Girdle::WORDS)),
];

const STONE: &[Key] = &[
    key("role", Holds::Word(StoneRole::WORDS)),
    key("gem", Holds::Name),
    optional("gravity", Holds::Decimal(4)),
    one_of("weighed_ct", Holds::Decimal(2)),
    one_of("measured_mm", Holds::Object(MEASURED)),
];

const PART: &[Key] = &[
    key("title", Holds::Integer),
    key("gross_g", Holds::Decimal(3)),
    key("mounted_ct", Holds::Decimal(2)),
    key("other_g", Holds::Decimal(3)),
];

const LINE: &[Key] = &[
    key("quantity", Holds::Decimal(3)),
    key("unit_price", Holds::Decimal(2)),
    key("vat_pct", Holds::Decimal(2)),
];

const SHAPES: [Shape; 9] = [
    Shape {
        name: "eligibility",
        keys: &[ASK, LANGUAGE, HOUSE, key("stones", Holds::List(STONE))],
    },
    Shape {
        name: "gold",
        keys: &[
            ASK,
            LANGUAGE,
            HOUSE,
            one_of("eur_per_oz", Holds::Decimal(2)),
            one_of("eur_per_g", Holds::Decimal(2)),
            key("deduction_pct", Holds::Decimal(2)),
            key("parts", Holds::List(PART)),
        ],
    },
    Shape {
        name: "quote",
        keys: &[
            ASK,
            LANGUAGE,
            HOUSE,
            key("kind", Holds::Word(ProjectKind::WORDS)),
            key("lines", Holds::List(LINE)),
            key("gold_credit", Holds::Decimal(2)),
            key("valuation_fee_paid", Holds::Decimal(2)),
        ],
    },
    Shape {
        name: "production",
        keys: &[
            ASK,
            LANGUAGE,
            HOUSE,
            clock("approved", WindowFrom::ApprovalAndDeposit),
            clock("deposit_met", WindowFrom::ApprovalAndDeposit),
            clock("ordered", WindowFrom::Order),
            key("closed", Holds::Spans(false)),
            key("suspended", Holds::Spans(true)),
            optional("days", Holds::RangeOrNull),
        ],
    },
    Shape {
        name: "period",
        keys: &[
            ASK,
            LANGUAGE,
            key("from", Holds::Day),
            one_of("days", Holds::Integer),
            one_of("business_days", Holds::Integer),
            optional("closed", Holds::Spans(false)),
        ],
    },
    Shape {
        name: "after-sales",
        keys: &[
            ASK,
            LANGUAGE,
            HOUSE,
            key("today", Holds::Day),
            key("client", Holds::Word(ClientKind::WORDS)),
            key("concluded", Holds::Word(Concluded::WORDS)),
            key("made", Holds::Word(Made::WORDS)),
            optional("size", Holds::Integer),
            key("price", Holds::Decimal(2)),
            key("vat_pct", Holds::Decimal(2)),
            key("shipping_paid", Holds::Decimal(2)),
            key("standard_shipping", Holds::Decimal(2)),
            key("informed", Holds::DayOrNull),
            key("ordered", Holds::Day),
            key("shipped", Holds::DayOrNull),
            key("possession", Holds::DayOrNull),
            key("notice", Holds::DayOrNull),
            key("reason", Holds::Word(Reason::WORDS)),
            key("condition", Holds::Word(Condition::WORDS)),
            optional("loss_in_value", Holds::Decimal(2)),
            key("dispatched", Holds::DayOrNull),
            key("received", Holds::DayOrNull),
            key("inspected", Holds::DayOrNull),
            optional("label_cost", Holds::Decimal(2)),
            optional("customs_charged", Holds::Decimal(2)),
            optional("paid", Holds::Decimal(2)),
            optional("deposit_paid", Holds::Decimal(2)),
            optional("restockable", Holds::Bool),
            optional("restocking_pct", Holds::Decimal(2)),
            optional("found", Holds::DayOrNull),
        ],
    },
    Shape {
        name: "exchange",
        keys: &[
            ASK,
            LANGUAGE,
            HOUSE,
            key("made", Holds::Word(Made::WORDS)),
            optional("size", Holds::Integer),
            key("condition", Holds::Word(Condition::WORDS)),
            key("old_price", Holds::Decimal(2)),
            key("new_price", Holds::Decimal(2)),
            key("today", Holds::Day),
            optional("shipped", Holds::DayOrNull),
            optional("possession", Holds::DayOrNull),
        ],
    },
    Shape {
        name: "service",
        keys: &[
            ASK,
            LANGUAGE,
            HOUSE,
            key("work", Holds::Word(Work::WORDS)),
            key("made_here", Holds::Bool),
            key("others_worked", Holds::Bool),
            key("under_warranty", Holds::Bool),
        ],
    },
    Shape {
        name: "delivery",
        keys: &[
            ASK,
            LANGUAGE,
            HOUSE,
            key("client", Holds::Word(ClientKind::WORDS)),
            key("country", Holds::Country),
            key("address", Holds::Word(Address::WORDS)),
            key("price", Holds::Decimal(2)),
        ],
    },
];

/// The shape of the question of that name.
pub(super) fn of(name: &str) -> Option<&'static Shape> {
    SHAPES.iter().find(|shape| shape.name == name)
}

/// A day written `2026-12-04`; `None` for anything else, null included.
pub(super) fn day(value: &Json<'_>) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = value.text()?.as_bytes() else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
        })
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

impl Shape {
    /// Looks at the question twice, key by key in the order it was written: first at its shape, then at its sense.
    pub fn check(&self, question: &Object<'_>, houses: Houses<'_>) -> Result<(), Fault> {
        check_object(self.keys, question, houses)?;
        sense_object(self.keys, question)
    }
}

/// The keys of an object by the names it has, which mostly come in the order of its shape.
struct Finder<'k> {
    keys: &'k [Key],
    next: usize,
}

impl<'k> Finder<'k> {
    const fn of(keys: &'k [Key]) -> Self {
        Self { keys, next: 0 }
    }

    fn find(&mut self, name: &str) -> Option<&'k Key> {
        let (before, after) = self.keys.split_at(self.next);
        let at = |keys: &[Key]| keys.iter().position(|key| same(key.name, name));
        let at = at(after).map(|at| at + before.len()).or_else(|| at(before))?;
        self.next = at + 1;
        self.keys.get(at)
    }
}

fn check_object(keys: &[Key], object: &Object<'_>, houses: Houses<'_>) -> Result<(), Fault> {
    let mut said_one = false;
    let house = object.get("house").and_then(Json::text);
    let terms = house.and_then(|id| houses.terms(id));
    let mut finder = Finder::of(keys);
    for (name, value) in object.iter() {
        let key = finder
            .find(name)
            .filter(|key| key.is_asked(terms))
            .ok_or_else(|| Fault::unknown(name))?;
        if key.presence == Presence::OneOf && std::mem::replace(&mut said_one, true) {
            return Err(Fault::unknown(name));
        }
        check_value(&key.holds, value, houses).map_err(|fault| fault.within(name))?;
    }
    let missing = keys.iter().find(|key| match key.presence {
        Presence::Required => object.get(key.name).is_none(),
        Presence::Clock(_) => terms.is_some() && key.is_asked(terms) && object.get(key.name).is_none(),
        Presence::OneOf => !said_one,
        Presence::Optional => false,
    });
    if let Some(key) = missing {
        return Err(Fault::missing(key.name));
    }
    if std::ptr::eq(keys, STONE) {
        check_stone(object)
    } else {
        Ok(())
    }
}

/// What holds between the keys of a stone: a gravity for a gem that has none, a cut that the gem's table knows.
fn check_stone(stone: &Object<'_>) -> Result<(), Fault> {
    let name = stone.get("gem").and_then(Json::text).unwrap_or_default();
    let gravity = stone.get("gravity").map(|_| Decimal::ONE);
    let gem = Gem::named(name, gravity).ok_or_else(|| Fault::missing("gravity"))?;
    let measured = stone.get("measured_mm").and_then(Json::object);
    let cut = measured.and_then(|measured| measured.get("cut")?.text());
    match cut.and_then(Cut::of) {
        Some(cut) if !cut.known_for(&gem) => Err(Fault::bad_value("measured_mm.cut")),
        Some(_) | None => Ok(()),
    }
}

/// Whether a value is what its key holds; a fault is told from here on inwards.
fn check_value(holds: &Holds, value: &Json<'_>, houses: Houses<'_>) -> Result<(), Fault> {
    let fits = match holds {
        Holds::Decimal(decimals) => value.text().is_some_and(|text| match plain(text, *decimals) {
            Ok(_) | Err(Malformed::TooLarge) => true,
            Err(Malformed::NotANumber | Malformed::TooManyDecimals) => false,
        }),
        Holds::Day => day(value).is_some(),
        Holds::DayOrNull => value.is_null() || day(value).is_some(),
        Holds::Integer => value.whole().is_some(),
        Holds::Bool => matches!(value, Json::Bool(_)),
        Holds::Name => value.text().is_some_and(|text| !text.trim().is_empty()),
        Holds::Country => value
            .text()
            .is_some_and(|text| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())),
        Holds::House => value.text().is_some_and(|id| houses.terms(id).is_some()),
        Holds::Word(words) => value.text().is_some_and(|text| words.all.contains(&text)),
        Holds::Spans(open_ended) => return check_spans(*open_ended, value),
        Holds::RangeOrNull => {
            let whole = |item: &Json<'_>| item.whole().is_some();
            value.is_null()
                || value
                    .list()
                    .is_some_and(|pair| pair.len() == 2 && pair.iter().all(whole))
        }
        Holds::List(keys) => {
            let items = value
                .list()
                .filter(|items| !items.is_empty())
                .ok_or_else(|| Fault::here("bad-value"))?;
            for (index, item) in items.iter().enumerate() {
                let item = item.object().ok_or_else(|| Fault::here("bad-value").at(index))?;
                check_object(keys, item, houses).map_err(|fault| fault.at(index))?;
            }
            true
        }
        Holds::Object(keys) => {
            let object = value.object().ok_or_else(|| Fault::here("bad-value"))?;
            return check_object(keys, object, houses);
        }
    };
    if fits { Ok(()) } else { Err(Fault::here("bad-value")) }
}

fn sense_object(keys: &[Key], object: &Object<'_>) -> Result<(), Fault> {
    let mut finder = Finder::of(keys);
    for (name, value) in object.iter() {
        if let Some(key) = finder.find(name) {
            sense_value(key, value).map_err(|fault| fault.within(name))?;
        }
    }
    Ok(())
}

/// Whether a number lies where its key allows. Cross-checks between keys follow in the desk.
fn sense_value(key: &Key, value: &Json<'_>) -> Result<(), Fault> {
    let fits = match &key.holds {
        Holds::Decimal(decimals) => {
            plain(value.text().unwrap_or_default(), *decimals).is_ok_and(|number| match key.name {
                "length" | "width" | "depth" => number > Decimal::ZERO && number <= MOST_MM,
                "gravity" => number > Decimal::ZERO && number <= MOST_GRAVITY,
                "weighed_ct" | "eur_per_oz" | "eur_per_g" | "quantity" => number > Decimal::ZERO,
                "vat_pct" | "deduction_pct" | "restocking_pct" => {
                    number >= Decimal::ZERO && number <= Decimal::ONE_HUNDRED
                }
                _ => number >= Decimal::ZERO,
            })
        }
        Holds::Integer => value.whole().is_some_and(|number| match key.name {
            "title" => (1..=999).contains(&number),
            "size" => (1..=i64::from(super::MOST_SIZE)).contains(&number),
            _ => (0..=super::MOST_DAYS).contains(&number),
        }),
        Holds::List(keys) => {
            for (index, item) in value.list().into_iter().flatten().enumerate() {
                if let Some(item) = item.object() {
                    sense_object(keys, item).map_err(|fault| fault.at(index))?;
                }
            }
            true
        }
        Holds::Object(keys) => match value.object() {
            Some(object) => return sense_object(keys, object),
            None => true,
        },
        Holds::Spans(_) => {
            for (index, pair) in value.list().into_iter().flatten().enumerate() {
                let pair = pair.list().unwrap_or_default();
                let ends = pair.first().and_then(day).zip(pair.get(1).and_then(day));
                if ends.is_some_and(|(first, last)| last < first) {
                    return Err(Fault::here("out-of-range").at(index));
                }
            }
            true
        }
        Holds::Day
        | Holds::DayOrNull
        | Holds::Bool
        | Holds::Name
        | Holds::Country
        | Holds::House
        | Holds::Word(_)
        | Holds::RangeOrNull => true,
    };
    if fits { Ok(()) } else { Err(Fault::here("out-of-range")) }
}

fn check_spans(open_ended: bool, value: &Json<'_>) -> Result<(), Fault> {
    let pairs = value.list().ok_or_else(|| Fault::here("bad-value"))?;
    for (index, pair) in pairs.iter().enumerate() {
        let fits = match pair.list() {
            Some([first, last]) => day(first).is_some() && (day(last).is_some() || (open_ended && last.is_null())),
            _ => false,
        };
        if !fits {
            return Err(Fault::here("bad-value").at(index));
        }
    }
    Ok(())
}
