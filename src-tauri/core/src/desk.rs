//! The Ask desk for scripts: one question a line in, one answer a line out, from the rules every screen uses.
//!
//! A question is looked at twice. First its *shape*, key by key in the order it was written: is the key known, is the
//! value what the key holds. Then its *sense*: amounts below nothing, days in the wrong order. The first fault is the
//! answer. `desk/json.rs` reads it, `desk/shape.rs` holds the shapes as data, this file turns a well-shaped question
//! into rules' facts, and `desk/answers.rs` holds what is answered. `desk/typed.rs` makes a question of what is typed at
//! a screen, `desk/said.rs` sentences of an answer.

pub mod said;
pub mod told;
mod answers;
mod json;
mod shape;
pub mod typed;

use crate::aftersales::care::{self, Care, CareFacts};
use crate::aftersales::exchange::{self, ExchangeFacts};
use crate::aftersales::{self, Basis, Payer};
use crate::calendar::{Span, business_days_after, period_end};
use crate::grounds::{Article, Fact, Ground, Message};
use crate::house::Profile;
use crate::law;
use crate::metal::{self, GoldPrice, Part, Title};
use crate::money::{Money, VatRate};
use crate::number::plain;
use crate::order::delivery::{self, DeliveryFacts};
use crate::production::{self, WaitsFor};
use crate::quote;
use crate::stone::{self, Gem, Measured, Size, Stone};
use crate::terms::{DayRange, Terms};
use crate::vocabulary::Vocabulary;
use crate::words::Language;
use answers::{Answer, Counted, Fixed, Flag, Grounds, Line, Share, Worth, Wrong};
use chrono::{Datelike, NaiveDate};
use json::{Json, Object};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use shape::Fault;
use std::io::{self, BufRead, Write};

/// The longest question read, in bytes: a longer line is answered with an error, so that memory stays constant.
const LONGEST_LINE: u64 = 16 << 20;

/// The most days a question may count.
const MOST_DAYS: i64 = 36_600;
/// The largest ring, in mm of inner circumference.
pub(crate) const MOST_SIZE: u32 = 99;

/// The houses a desk knows by name: those ready made, those read from files, and the one it stands in, called `own`.
#[derive(Debug, Clone, Copy)]
pub struct Houses<'a> {
    own: Option<&'a Terms>,
    files: &'a [Profile],
}

/// The name of the house a desk stands in.
pub const OWN: &str = "own";

impl<'a> Houses<'a> {
    /// The ready-made houses.
    #[must_use]
    pub const fn ready_made() -> Self {
        Self { own: None, files: &[] }
    }

    /// The ready-made houses and these, read from files.
    #[must_use]
    pub const fn and(files: &'a [Profile]) -> Self {
        Self { own: None, files }
    }

    /// The ready-made houses and the one whose terms these are.
    #[must_use]
    pub const fn and_own(terms: &'a Terms) -> Self {
        Self {
            own: Some(terms),
            files: &[],
        }
    }

    fn terms(&self, id: &str) -> Option<&'a Terms> {
        let read = || {
            self.files
                .iter()
                .find(|profile| profile.id == id)
                .map(|profile| &profile.terms)
        };
        let ready = || Profile::named(id).map(|profile| &profile.terms);
        self.own.filter(|_| id == OWN).or_else(read).or_else(ready)
    }
}

/// Answers every line of `questions` on a line of `answers`, in the same order, in constant memory.
///
/// # Errors
/// When the questions cannot be read or the answers cannot be written; a bad question is an answer, not an error.
pub fn answer_lines(mut questions: impl BufRead, mut answers: impl Write, houses: Houses<'_>) -> io::Result<()> {
    let (mut line, mut answer) = (Vec::new(), Vec::new());
    loop {
        line.clear();
        answer.clear();
        let read = io::Read::take(&mut questions, LONGEST_LINE).read_until(b'\n', &mut line)?;
        if read == 0 {
            return answers.flush();
        }
        if read as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
            skip_line(&mut questions)?;
            line.clear();
        }
        serde_json::to_writer(&mut answer, &read_and_answered(&line, houses))?;
        answer.push(b'\n');
        answers.write_all(&answer)?;
    }
}

fn skip_line(questions: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = questions.fill_buf()?;
        let (used, done) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        questions.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// Answers one question, given as a line of JSON.
#[must_use]
pub fn answer_line(line: &[u8], houses: Houses<'_>) -> Value {
    value(&read_and_answered(line, houses))
}

fn read_and_answered(line: &[u8], houses: Houses<'_>) -> Line {
    // Looked at as a text once, and not again with each word of it.
    let read = std::str::from_utf8(line).ok().map(serde_json::from_str);
    match read {
        Some(Ok(Json::Object(question))) => answer_to(&question, houses),
        Some(Ok(_) | Err(_)) | None => Line::Error(Wrong::not_json()),
    }
}

/// Answers one question.
#[must_use]
pub fn answer(question: &Map<String, Value>, houses: Houses<'_>) -> Value {
    value(&answer_to(&Object::of(question), houses))
}

fn answer_to(question: &Object<'_>, houses: Houses<'_>) -> Line {
    let language = question.get("language").and_then(Json::text);
    let language = language.and_then(Language::of).unwrap_or_default();
    match answered(question, language, houses) {
        Ok(answer) => Line::Ok(answer),
        Err(fault) => Line::Error(Wrong::of(fault, language)),
    }
}

/// What is written, as a value: it holds nothing that could not be one.
fn value(written: &impl serde::Serialize) -> Value {
    serde_json::to_value(written).unwrap_or_default()
}

/// Answers a question typed at a screen: what stands under `ok`, or the place in the form and the sentence.
///
/// # Errors
/// The first fault: its path in the form, and what to do.
pub fn answer_typed(
    question: &Map<String, Value>,
    language: Language,
    houses: Houses<'_>,
) -> Result<Map<String, Value>, (String, String)> {
    match answered(&Object::of(question), language, houses) {
        Ok(answer) => match value(&answer) {
            Value::Object(answer) => Ok(answer),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Ok(Map::new()),
        },
        Err(fault) => {
            let name = fault.field.rsplit('.').next().unwrap_or_default();
            let label = language.word(&format!("asked-{name}"));
            let message = Message::new(format!("ask-{}", fault.code)).with("field", Fact::Text(label));
            Err((typed::place(&fault), language.say(&message)))
        }
    }
}

/// The question as it is put to another house: without the days that its production clock does not ask for.
#[must_use]
pub fn put_to(question: &Map<String, Value>, house: &str, houses: Houses<'_>) -> Map<String, Value> {
    let mut question = question.clone();
    question.insert("house".into(), json!(house));
    let shape = question.get("ask").and_then(Value::as_str).and_then(shape::of);
    for key in shape.map_or(&[][..], |shape| shape.keys) {
        if !key.is_asked(houses.terms(house)) {
            question.shift_remove(key.name);
        }
    }
    question
}

/// The facts of an after-sales question put to its own house, for those who need the answer as values; `None` where the
/// desk would answer with an error.
#[must_use]
pub fn aftersales_facts(question: &Map<String, Value>, terms: &Terms) -> Option<aftersales::Facts> {
    let (question, houses) = (Object::of(question), Houses::and_own(terms));
    shape::of("after-sales")?.check(&question, houses).ok()?;
    Desk::at(&question, Language::default(), houses).aftersales_facts().ok()
}

/// The facts of a question about work on a piece, in the same way.
#[must_use]
pub fn care_facts(question: &Map<String, Value>, terms: &Terms) -> Option<CareFacts> {
    let (question, houses) = (Object::of(question), Houses::and_own(terms));
    shape::of("service")?.check(&question, houses).ok()?;
    Desk::at(&question, Language::default(), houses).care_facts().ok()
}

type Answered = Result<Answer, Fault>;

fn answered(question: &Object<'_>, language: Language, houses: Houses<'_>) -> Answered {
    let asked = question.get("ask").ok_or_else(|| Fault::missing("ask"))?;
    let shape = asked
        .text()
        .and_then(shape::of)
        .ok_or_else(|| Fault::bad_value("ask"))?;
    let desk = Desk::at(question, language, houses);
    if shape.name == "production" {
        desk.refuse_without_window()?;
    }
    shape.check(question, houses)?;
    match shape.name {
        "eligibility" => desk.eligibility(),
        "gold" => desk.gold(),
        "quote" => desk.quote(),
        "production" => desk.production(),
        "period" => desk.period(),
        "exchange" => desk.exchange(),
        "service" => desk.service(),
        "delivery" => desk.delivery(),
        _ => desk.after_sales(),
    }
}

/// A well-shaped question, and the language of its answer.
struct Desk<'a> {
    question: Fields<'a>,
    language: Language,
    houses: Houses<'a>,
}

impl<'a> Desk<'a> {
    fn at(question: &'a Object<'a>, language: Language, houses: Houses<'a>) -> Self {
        let path = String::new();
        Self {
            question: Fields { map: question, path },
            language,
            houses,
        }
    }

    fn terms(&self) -> Result<&Terms, Fault> {
        self.houses
            .terms(self.question.text("house"))
            .ok_or_else(|| Fault::bad_value("house"))
    }

    fn said(&self, grounds: Vec<Ground>) -> Grounds {
        Grounds(self.language, grounds)
    }

    fn eligibility(&self) -> Answered {
        let mut stones = Vec::new();
        for fields in self.question.list("stones") {
            let gravity = if fields.has("gravity") {
                Some(fields.decimal("gravity")?)
            } else {
                None
            };
            // The shape has seen to it that a gem without a gravity of its own is given one.
            let gem = Gem::named(fields.text("gem"), gravity).ok_or_else(|| Fault::missing(fields.at("gravity")))?;
            let size = match fields.object("measured_mm") {
                None => Size::Weighed(fields.decimal("weighed_ct")?),
                Some(measured) => Size::Measured(Measured {
                    cut: measured.word("cut")?,
                    length: measured.decimal("length")?,
                    width: measured.decimal("width")?,
                    depth: measured.decimal("depth")?,
                    girdle: if measured.has("girdle") {
                        Some(measured.word("girdle")?)
                    } else {
                        None
                    },
                }),
            };
            stones.push(Stone {
                role: fields.word("role")?,
                gem,
                size,
            });
        }
        let assessed = stone::assess(&stones, self.terms()?).ok_or_else(|| Fault::bad_value("stones"))?;
        let stones = assessed.value.stones.iter().map(|stone| Counted {
            counts: stone.counts,
            carat: Fixed(stone.weight.carat, 2),
            low: Fixed(stone.weight.low, 2),
            high: Fixed(stone.weight.high, 2),
        });
        Ok(Answer::Eligibility {
            verdict: assessed.value.verdict,
            stones: stones.collect(),
            grounds: self.said(assessed.grounds),
        })
    }

    fn gold(&self) -> Answered {
        let question = &self.question;
        let price = if question.has("eur_per_oz") {
            GoldPrice::PerOunce(question.decimal("eur_per_oz")?)
        } else {
            GoldPrice::PerGram(question.decimal("eur_per_g")?)
        };
        let deduction = question.decimal("deduction_pct")?;
        let mut parts = Vec::new();
        for fields in question.list("parts") {
            parts.push(Part {
                title: Title::thousandths(fields.integer("title"))
                    .map_err(|_| Fault::out_of_range(fields.at("title")))?,
                gross_g: fields.decimal("gross_g")?,
                mounted_ct: fields.decimal("mounted_ct")?,
                other_g: fields.decimal("other_g")?,
            });
        }
        let valued = metal::value(&parts, price, deduction, self.terms()?)
            .map_err(|(index, _)| Fault::out_of_range(format!("parts[{index}].gross_g")))?;
        let parts = valued.value.parts.iter().map(|part| Worth {
            net_g: Fixed(part.net_g, 3),
            fine_g: Fixed(part.fine_g, 3),
            estimate: part.estimate,
            credit: part.credit,
        });
        Ok(Answer::Gold {
            parts: parts.collect(),
            credit: valued.value.credit,
            grounds: self.said(valued.grounds),
        })
    }

    fn quote(&self) -> Answered {
        let mut lines = Vec::new();
        for fields in self.question.list("lines") {
            let line = quote::Line {
                quantity: fields.decimal("quantity")?,
                unit_price: fields.money("unit_price")?,
                vat: fields.vat("vat_pct")?,
            };
            line.amount()
                .ok_or_else(|| Fault::out_of_range(fields.at("unit_price")))?;
            lines.push(line);
        }
        let gold = self.question.money("gold_credit")?;
        let fee = self.question.money("valuation_fee_paid")?;
        let added = quote::total(self.question.word("kind")?, &lines, gold, fee, self.terms()?)
            .ok_or_else(|| Fault::out_of_range("lines"))?;
        let totals = added.value;
        let vat = totals.vat.iter().map(|share| Share {
            vat_pct: share.rate,
            base: share.base,
            vat: share.vat,
        });
        Ok(Answer::Quote {
            total: totals.total,
            vat: vat.collect(),
            credits: totals.credits,
            unused_credit: totals.unused_credit,
            to_pay: totals.to_pay,
            deposit: totals.deposit,
            balance: totals.balance,
            grounds: self.said(added.grounds),
        })
    }

    /// A house that promises no window has no answer, whatever else stands in the question.
    fn refuse_without_window(&self) -> Result<(), Fault> {
        let question = &self.question;
        let given = question.map.get("days").is_some_and(|days| !days.is_null());
        let house = question
            .map
            .get("house")
            .and_then(Json::text)
            .and_then(|id| self.houses.terms(id));
        match house {
            Some(terms) if !given && terms.production.window.value().is_none() => Err(Fault::no_window()),
            Some(_) | None => Ok(()),
        }
    }

    fn production(&self) -> Answered {
        let question = &self.question;
        let closed = question.spans("closed")?;
        let suspended = question.spans("suspended")?;
        let facts = production::WindowFacts {
            ordered: question.day("ordered"),
            approved: question.day("approved"),
            deposit_met: question.day("deposit_met"),
            closed: closed.ended,
            paused: suspended.open,
            suspended: suspended.ended,
        };
        let agreed = question.range("days")?;
        let window = production::window(&facts, agreed, self.terms()?)
            .ok_or_else(Fault::no_window)?
            .ok_or_else(|| Fault::out_of_range("closed"))?;
        let waits_for = window.value.waits_for.iter().map(|what| match what {
            WaitsFor::Approved => "approved",
            WaitsFor::DepositMet => "deposit_met",
            WaitsFor::Ordered => "ordered",
            WaitsFor::Resume => "resume",
        });
        Ok(Answer::Production {
            opens: window.value.opens,
            earliest: window.value.earliest,
            latest: window.value.latest,
            waits_for: waits_for.collect(),
            grounds: self.said(window.grounds),
        })
    }

    fn period(&self) -> Answered {
        let question = &self.question;
        let from = question.day("from").ok_or_else(|| Fault::bad_value("from"))?;
        let closed = question.spans("closed")?.ended;
        let (until, ground) = if question.has("days") {
            let until = period_end(from, u64::from(question.count("days")?));
            (
                until,
                Ground::new(Article::of("Reg. 1182/71 art. 3(4)"), "ground-period-rolled"),
            )
        } else {
            let count = question.count("business_days")?;
            let until = business_days_after(from, count, &closed).ok_or_else(|| Fault::out_of_range("closed"))?;
            (until, Ground::new(Article::of("Law 4-1-1974"), "ground-business-days"))
        };
        if until.year() > 9999 {
            return Err(Fault::out_of_range(if question.has("days") {
                "days"
            } else {
                "business_days"
            }));
        }
        let ground = ground.with("from", Fact::Day(from)).with("until", Fact::Day(until));
        Ok(Answer::Period {
            until,
            grounds: self.said(vec![ground]),
        })
    }

    /// The facts of an after-sales question, which make sense together.
    fn aftersales_facts(&self) -> Result<aftersales::Facts, Fault> {
        let question = &self.question;
        let day = |name: &str| question.day(name);
        let price = question.money("price")?;
        let optional = |name: &str| {
            if question.has(name) {
                question.money(name).map(Some)
            } else {
                Ok(None)
            }
        };
        let facts = aftersales::Facts {
            today: day("today").ok_or_else(|| Fault::bad_value("today"))?,
            client: question.word("client")?,
            concluded: question.word("concluded")?,
            made: question.word("made")?,
            size: question.size(),
            price,
            vat: question.vat("vat_pct")?,
            without_vat: None,
            shipping_paid: question.money("shipping_paid")?,
            standard_shipping: question.money("standard_shipping")?,
            informed: day("informed"),
            ordered: day("ordered").ok_or_else(|| Fault::bad_value("ordered"))?,
            shipped: day("shipped"),
            possession: day("possession"),
            notice: day("notice"),
            reason: question.word("reason")?,
            condition: question.word("condition")?,
            loss_in_value: optional("loss_in_value")?.unwrap_or_default(),
            dispatched: day("dispatched"),
            received: day("received"),
            inspected: day("inspected"),
            found: day("found"),
            label_cost: optional("label_cost")?.unwrap_or_default(),
            customs_charged: optional("customs_charged")?.unwrap_or_default(),
            paid: optional("paid")?.unwrap_or(price),
            deposit_paid: optional("deposit_paid")?,
            restockable: question.yes("restockable"),
            restocking_pct: if question.has("restocking_pct") {
                question.decimal("restocking_pct")?
            } else {
                Decimal::ZERO
            },
        };
        for (before, after) in [
            ("ordered", "shipped"),
            ("ordered", "possession"),
            ("shipped", "possession"),
            ("dispatched", "received"),
            ("received", "inspected"),
        ] {
            if day(before)
                .zip(day(after))
                .is_some_and(|(before, after)| after < before)
            {
                return Err(Fault::out_of_range(after));
            }
        }
        Ok(facts)
    }

    fn after_sales(&self) -> Answered {
        let terms = self.terms()?;
        let answered = aftersales::answer(&self.aftersales_facts()?, terms);
        let answer = answered.value;
        let flags = answer.flags.iter().filter_map(|id| law::collision(id, terms));
        Ok(Answer::AfterSales {
            right: answer.basis != Basis::None,
            basis: match answer.basis {
                Basis::Statute => "statute",
                Basis::Guarantee => "guarantee",
                Basis::House => "house",
                Basis::None => "none",
            },
            statutory_until: answer.statutory_until,
            house_until: answer.house_until,
            guarantee_until: answer.guarantee_until,
            send_back_by: answer.send_back_by,
            arrive_by: answer.arrive_by,
            return_paid_by: match answer.return_paid_by {
                Payer::House => "house",
                Payer::Client => "client",
            },
            refund: answer.refund,
            refund_total: answer.refund_total,
            refund_due: answer.refund_due,
            report_by: answer.report_by,
            grounds: self.said(answered.grounds),
            flags: flags.map(|found| Flag(self.language, found)).collect(),
        })
    }

    fn exchange(&self) -> Answered {
        let question = &self.question;
        let facts = ExchangeFacts {
            made: question.word("made")?,
            size: question.size(),
            condition: question.word("condition")?,
            old_price: question.money("old_price")?,
            new_price: question.money("new_price")?,
            today: question.day("today").ok_or_else(|| Fault::bad_value("today"))?,
            shipped: question.day("shipped"),
            possession: question.day("possession"),
        };
        let answered = exchange::exchange(&facts, self.terms()?);
        let value = answered.value;
        Ok(Answer::Exchange {
            offered: value.offered,
            to_pay: value.to_pay,
            credited: value.credited,
            final_sale: value.final_sale,
            grounds: self.said(answered.grounds),
        })
    }

    fn care_facts(&self) -> Result<CareFacts, Fault> {
        let question = &self.question;
        Ok(CareFacts {
            work: question.word("work")?,
            made_here: question.yes("made_here"),
            others_worked: question.yes("others_worked"),
            under_warranty: question.yes("under_warranty"),
        })
    }

    fn service(&self) -> Answered {
        let answered = care::care(&self.care_facts()?, self.terms()?);
        let verdict = match answered.value {
            Care::Free => "free",
            Care::AtAPrice => "at-a-price",
            Care::AskFirst => "ask-first",
            Care::Refused => "refused",
        };
        Ok(Answer::Service {
            verdict,
            grounds: self.said(answered.grounds),
        })
    }

    fn delivery(&self) -> Answered {
        let question = &self.question;
        let facts = DeliveryFacts {
            client: question.word("client")?,
            country: question.text("country").to_owned(),
            address: question.word("address")?,
            price: question.money("price")?,
        };
        let answered = delivery::delivery(&facts, self.terms()?);
        let value = answered.value;
        Ok(Answer::Delivery {
            delivers: value.delivers,
            fee: value.fee,
            duties_on_client: value.duties_on_client,
            return_mark: value.return_mark,
            region: value.region,
            grounds: self.said(answered.grounds),
        })
    }
}

/// Pairs of days, with and without an end.
struct Spans {
    ended: Vec<Span>,
    open: bool,
}

/// The fields of a well-shaped object, read into values that make sense.
struct Fields<'a> {
    map: &'a Object<'a>,
    path: String,
}

impl<'a> Fields<'a> {
    fn at(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }

    fn has(&self, name: &str) -> bool {
        self.map.get(name).is_some()
    }

    fn yes(&self, name: &str) -> bool {
        self.map.get(name) == Some(&Json::Bool(true))
    }

    fn text(&self, name: &str) -> &'a str {
        self.map.get(name).and_then(Json::text).unwrap_or_default()
    }

    fn word<T: Vocabulary>(&self, name: &str) -> Result<T, Fault> {
        T::of(self.text(name)).ok_or_else(|| Fault::bad_value(self.at(name)))
    }

    fn day(&self, name: &str) -> Option<NaiveDate> {
        self.map.get(name).and_then(shape::day)
    }

    fn size(&self) -> Option<u32> {
        self.map
            .get("size")
            .and_then(Json::whole)
            .and_then(|size| size.try_into().ok())
    }

    fn integer(&self, name: &str) -> i64 {
        self.map.get(name).and_then(Json::whole).unwrap_or(i64::MAX)
    }

    /// A number, whose decimals and range its shape has seen to.
    fn decimal(&self, name: &str) -> Result<Decimal, Fault> {
        plain(self.text(name), Decimal::MAX_SCALE).map_err(|_| Fault::bad_value(self.at(name)))
    }

    fn vat(&self, name: &str) -> Result<VatRate, Fault> {
        VatRate::percent(self.decimal(name)?).ok_or_else(|| Fault::out_of_range(self.at(name)))
    }

    fn money(&self, name: &str) -> Result<Money, Fault> {
        Money::half_up(self.decimal(name)?).ok_or_else(|| Fault::out_of_range(self.at(name)))
    }

    fn count(&self, name: &str) -> Result<u32, Fault> {
        count(self.integer(name)).ok_or_else(|| Fault::out_of_range(self.at(name)))
    }

    fn object(&self, name: &str) -> Option<Fields<'a>> {
        let map = self.map.get(name)?.object()?;
        Some(Fields {
            map,
            path: format!("{}.", self.at(name)),
        })
    }

    fn list(&self, name: &str) -> Vec<Fields<'a>> {
        let items = self.map.get(name).and_then(Json::list).unwrap_or_default();
        let fields = |(index, item): (usize, &'a Json<'a>)| {
            item.object().map(|map| Fields {
                map,
                path: format!("{}[{index}].", self.at(name)),
            })
        };
        items.iter().enumerate().filter_map(fields).collect()
    }

    fn spans(&self, name: &str) -> Result<Spans, Fault> {
        let mut spans = Spans {
            ended: Vec::new(),
            open: false,
        };
        let pairs = self.map.get(name).and_then(Json::list).unwrap_or_default();
        for (index, pair) in pairs.iter().enumerate() {
            let pair = pair.list().unwrap_or_default();
            match (pair.first().and_then(shape::day), pair.get(1).and_then(shape::day)) {
                (Some(first), Some(last)) => {
                    let span = Span::new(first, last)
                        .ok_or_else(|| Fault::out_of_range(format!("{}[{index}]", self.at(name))))?;
                    spans.ended.push(span);
                }
                (first, _) => spans.open |= first.is_some(),
            }
        }
        Ok(spans)
    }

    fn range(&self, name: &str) -> Result<Option<DayRange>, Fault> {
        let Some(pair) = self.map.get(name).and_then(Json::list) else {
            return Ok(None);
        };
        let bound = |index: usize| pair.get(index).and_then(Json::whole).and_then(count);
        match (bound(0), bound(1)) {
            (Some(min), Some(max)) if min <= max => Ok(Some(DayRange { min, max })),
            _ => Err(Fault::out_of_range(self.at(name))),
        }
    }
}

fn count(days: i64) -> Option<u32> {
    (0..=MOST_DAYS)
        .contains(&days)
        .then(|| u32::try_from(days).ok())
        .flatten()
}
