//! Forms read against the store: the same reading serves the screen while it is typed in and the action that issues.

use crate::form::Reader;
use crate::grounds::Grounded;
use crate::metal::{self, GoldPrice, Part, Worksheet};
use crate::money::{Money, VatRate};
use crate::quote::{Line, QuoteForm, Totals, total};
use crate::refusal::{NotNow, Refusal};
use crate::stone::{Assessment, Size, Stone, Verdict, after_repolish, assess as assess_stones};
use crate::store::gold::{self, Noted};
use crate::store::projects::{self, Piece, Project};
use crate::store::quotes::{self, Valuation};
use crate::store::{Done, Trouble, Tx};
use crate::terms::{DayRange, ProjectKind, Terms};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The deduction as typed: one per cent, or what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Deduction {
    /// All in one.
    AllIn {
        /// Per cent.
        percent: String,
    },
    /// Item by item, each in per cent.
    Itemised {
        /// What an untested or soldered alloy may lack.
        under_karat: String,
        /// What is lost in melting.
        melt_loss: String,
        /// The share the refiner pays.
        payable: String,
        /// The refiner's fee.
        fee: String,
    },
}

/// A repolish offer as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RepolishForm {
    /// The stone's id.
    pub stone: String,
    /// The offer in euro; empty for none.
    pub amount: String,
}

/// A valuation as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ValueForm {
    /// For melting and refining.
    pub deduction: Deduction,
    /// Offers, stone by stone.
    pub repolish: Vec<RepolishForm>,
}

/// A price entered by hand may be so many days old; an older one is a slip of the pen.
const OLDEST_PRICE_DAYS: i64 = 366;
/// A file of prices may go back to this year.
const OLDEST_PRICE_YEAR: i32 = 1970;

/// The verdict on a piece that was taken in.
pub(super) fn assess(piece: &Piece, terms: &Terms) -> Done<Grounded<Assessment>> {
    let stones: Vec<Stone> = piece.stones.iter().map(|(_, read, _)| read.stone.clone()).collect();
    assess_stones(&stones, terms).ok_or_else(|| Trouble::Broken("a stone of a cut its gem does not know".into()))
}

/// A per cent from 0 to 100.
pub(super) fn percent(form: &mut Reader, field: &'static str, text: &str) -> Option<Decimal> {
    let percent = form.amount_of(field, text, 2)?;
    if percent > Decimal::ONE_HUNDRED {
        form.refuse(field, Refusal::TooLarge { field });
        return None;
    }
    Some(percent)
}

/// The day of a price entered by hand: not after today, and not a birthday.
pub(super) fn price_day(form: &mut Reader, text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let day = form.day("price-day", text)?;
    if day > today {
        form.refuse("price-day", Refusal::PriceFromTheFuture { day });
        return None;
    }
    if (today - day).num_days() > OLDEST_PRICE_DAYS {
        form.refuse("price-day", Refusal::PriceTooOld { day });
        return None;
    }
    Some(day)
}

/// A price above zero: an ounce in cents, a gram to a hundredth of one.
pub(super) fn price(form: &mut Reader, unit: &str, euro: &str) -> Option<GoldPrice> {
    if unit == "gram" {
        form.positive("price", euro, 4).map(GoldPrice::PerGram)
    } else {
        form.positive("price", euro, 2).map(GoldPrice::PerOunce)
    }
}

/// What a file of prices holds.
pub(super) struct PriceFile {
    pub prices: Vec<(NaiveDate, GoldPrice)>,
    pub problems: Vec<Refusal>,
}

/// Reads a CSV of a day and a price a line, with or without a head, in the delimiter it uses.
pub(super) fn price_file(text: &str, unit: &str, today: NaiveDate) -> PriceFile {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains(';') {
        b';'
    } else if first.contains('\t') {
        b'\t'
    } else {
        b','
    };
    let mut file = PriceFile {
        prices: Vec::new(),
        problems: Vec::new(),
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    for (index, record) in reader.records().enumerate() {
        let Ok(record) = record else {
            file.problems.push(Refusal::BadPriceLine {
                line: index as u64 + 1,
                why: "price-line-unreadable",
            });
            continue;
        };
        let line = record.position().map_or(index as u64 + 1, csv::Position::line);
        let (day, euro) = (record.get(0).unwrap_or_default(), record.get(1).unwrap_or_default());
        let is_head = index == 0 && !day.contains(|c: char| c.is_ascii_digit());
        if is_head || record.iter().all(str::is_empty) {
            continue;
        }
        let mut form = Reader::default();
        // With commas between the columns, a comma inside a price would cut it in two.
        let cut_in_two = delimiter == b','
            && record
                .get(2)
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
        let why = match (crate::typed_day::full(day), price(&mut form, unit, euro)) {
            _ if cut_in_two => "price-line-price",
            (None, _) => "price-line-day",
            (Some(day), _) if day > today => "price-line-future",
            (Some(day), _) if chrono::Datelike::year(&day) < OLDEST_PRICE_YEAR => "price-line-day",
            (Some(_), None) => "price-line-price",
            (Some(day), Some(price)) => {
                file.prices.push((day, price));
                continue;
            }
        };
        file.problems.push(Refusal::BadPriceLine { line, why });
    }
    file
}

/// A repolish offer that could be read.
pub(super) struct Repolish {
    pub piece: usize,
    pub stone: usize,
    pub amount: Money,
    /// What the stone weighs at least afterwards, in carats.
    pub after: Decimal,
    /// Whether that may be below the bound.
    pub may_fall_short: bool,
}

/// A valuation as far as it could be read.
pub(super) struct ValueRead {
    pub project: Project,
    pub pieces: Vec<Piece>,
    pub price: Option<Noted>,
    pub deduction: Decimal,
    /// Each item of the deduction: a key of `words` and its per cent.
    pub items: Vec<(&'static str, Decimal)>,
    /// The parts that are valued, with the piece each belongs to.
    pub parts: Vec<(usize, usize, Part)>,
    pub sheet: Result<Worksheet, Refusal>,
    pub grounds: Vec<crate::grounds::Ground>,
    pub repolish: Vec<Repolish>,
}

impl ValueRead {
    pub fn of(tx: &Tx<'_>, project: &str, form: &ValueForm, terms: &Terms, reader: &mut Reader) -> Done<Self> {
        let project = projects::get(tx, project)?;
        let pieces = projects::pieces(tx, &project.id)?;
        let price = gold::newest(tx)?;
        let (deduction, items) = deduction(&form.deduction, reader);
        let mut parts = Vec::new();
        let mut grounds = Vec::new();
        for (index, piece) in pieces
            .iter()
            .enumerate()
            .filter(|(_, piece)| piece.decision.as_ref().is_none_or(|decision| decision.accepted))
        {
            parts.extend(
                piece
                    .metals
                    .iter()
                    .enumerate()
                    .map(|(metal, (_, read))| (index, metal, read.part)),
            );
            grounds.extend(assess(piece, terms)?.grounds);
        }
        let only: Vec<Part> = parts.iter().map(|&(_, _, part)| part).collect();
        let sheet = match &price {
            _ if only.is_empty() => Ok(Worksheet {
                parts: Vec::new(),
                credit: Money::ZERO,
            }),
            None => Err(Refusal::NoGoldPrice),
            Some(noted) => metal::value(&only, noted.price, deduction, terms)
                .map(|valued| {
                    grounds.extend(valued.grounds);
                    valued.value
                })
                .map_err(|(_, refusal)| refusal),
        };
        let repolish = repolish(form, &pieces, terms, reader);
        Ok(Self {
            project,
            pieces,
            price,
            deduction,
            items,
            parts,
            sheet,
            grounds,
            repolish,
        })
    }

    /// What the valuation keeps for ever: every figure the credit was made from.
    pub fn evidence(&self) -> Value {
        let worked = self
            .sheet
            .as_ref()
            .map(|sheet| sheet.parts.as_slice())
            .unwrap_or_default();
        let rows: Value = self
            .parts
            .iter()
            .zip(worked)
            .map(|(&(piece, metal, part), worked)| {
                json!({
                    "metal": self.pieces[piece].metals[metal].0, "title": part.title.get(), "gross_g": part.gross_g.to_string(),
                    "mounted_ct": part.mounted_ct.to_string(), "other_g": part.other_g.to_string(), "net_g": worked.net_g.to_string(),
                    "fine_g": worked.fine_g.to_string(), "estimate": worked.estimate, "credit": worked.credit,
                })
            })
            .collect();
        let price = self.price.as_ref().map(|noted| {
            let (unit, euro) = match noted.price {
                GoldPrice::PerOunce(euro) => ("ounce", euro),
                GoldPrice::PerGram(euro) => ("gram", euro),
            };
            json!({ "day": noted.day, "unit": unit, "euro": euro.to_string(), "source": noted.source, "noted_at": noted.noted_at })
        });
        let items: Value = self
            .items
            .iter()
            .map(|(key, percent)| json!({ "item": key, "percent": percent.to_string() }))
            .collect();
        let repolish: Value = self
            .repolish
            .iter()
            .map(|offer| json!({ "stone": self.pieces[offer.piece].stones[offer.stone].0, "amount": offer.amount, "after_ct": offer.after.to_string() }))
            .collect();
        json!({ "price": price, "deduction_pct": self.deduction.to_string(), "deductions": items, "parts": rows, "repolish": repolish })
    }
}

/// The deduction in per cent, and what it is made of. Item by item, what is kept multiplies.
fn deduction(form: &Deduction, reader: &mut Reader) -> (Decimal, Vec<(&'static str, Decimal)>) {
    match form {
        Deduction::AllIn { percent: text } => {
            let all = percent(reader, "deduction", text).unwrap_or_default();
            (all, vec![("deduction-all-in", all)])
        }
        Deduction::Itemised {
            under_karat,
            melt_loss,
            payable,
            fee,
        } => {
            // An empty share would be a share of nothing: it is asked for.
            if payable.trim().is_empty() {
                reader.refuse("payable", Refusal::Missing { field: "payable" });
            }
            let mut read = |field, text: &str| percent(reader, field, text).unwrap_or_default();
            let (under, melt, payable, fee) = (
                read("under-karat", under_karat),
                read("melt-loss", melt_loss),
                read("payable", payable),
                read("refining-fee", fee),
            );
            let kept = |percent: Decimal| (Decimal::ONE_HUNDRED - percent) / Decimal::ONE_HUNDRED;
            let all = kept(under) * kept(melt) * (payable / Decimal::ONE_HUNDRED) * kept(fee);
            let items = vec![
                ("deduction-under-karat", under),
                ("deduction-melt-loss", melt),
                ("deduction-payable", payable),
                ("deduction-fee", fee),
            ];
            (Decimal::ONE_HUNDRED - all * Decimal::ONE_HUNDRED, items)
        }
    }
}

fn repolish(form: &ValueForm, pieces: &[Piece], terms: &Terms, reader: &mut Reader) -> Vec<Repolish> {
    let mut offers = Vec::new();
    for (index, offer) in form
        .repolish
        .iter()
        .enumerate()
        .filter(|(_, offer)| !offer.amount.trim().is_empty())
    {
        reader.below(format!("repolish.{index}"), |reader| {
            let Some(amount) = reader
                .money("repolish", &offer.amount)
                .filter(|amount| *amount > Money::ZERO)
            else {
                return;
            };
            if let Some(&least) = terms.redesign.repolish_from.value()
                && amount < least
            {
                reader.refuse("repolish", Refusal::RepolishTooSmall { least });
                return;
            }
            let place = pieces.iter().enumerate().find_map(|(piece, found)| {
                found
                    .stones
                    .iter()
                    .position(|(id, ..)| *id == offer.stone)
                    .map(|stone| (piece, stone))
            });
            let Some((piece, stone)) = place else {
                return reader.refuse("repolish", Refusal::NotFound);
            };
            let read = &pieces[piece].stones[stone].1.stone;
            let Some(weight) = read.size.weight(&read.gem) else {
                return;
            };
            let bound = read.gem.bound(terms).value;
            let after = after_repolish(weight.carat);
            let may_fall_short = after_repolish(weight.low) < bound && weight.high >= bound;
            offers.push(Repolish {
                piece,
                stone,
                amount,
                after,
                may_fall_short,
            });
        });
    }
    offers
}

/// A line of a quote that could be read.
pub(super) struct LineRead {
    pub text: String,
    pub line: Line,
}

/// A quote as far as it could be read.
pub(super) struct QuoteRead {
    pub project: Project,
    pub intro: String,
    pub lines: Vec<LineRead>,
    pub totals: Option<Grounded<Totals>>,
    pub valuation: Option<Valuation>,
    pub agreed: Option<DayRange>,
    pub valid_until: Option<NaiveDate>,
    /// Why no quote can be issued yet, whatever stands in the form.
    pub refused: Option<Refusal>,
}

/// Why a project has no quote yet, whatever is typed.
///
/// Facts may have changed since they were decided on: an accepted stone was weighed and fell short, or a piece was
/// refused after its gold was valued.
pub(super) fn quote_refused(
    project: &Project,
    pieces: &[Piece],
    valuation: Option<&Valuation>,
    is_stale: bool,
    terms: &Terms,
) -> Option<Refusal> {
    if project.kind != ProjectKind::Redesign {
        return None;
    }
    let accepted = |piece: &Piece| piece.decision.as_ref().is_some_and(|decision| decision.accepted);
    let ineligible =
        |piece: &Piece| assess(piece, terms).is_ok_and(|assessed| assessed.value.verdict == Verdict::Ineligible);
    if pieces.iter().any(|piece| piece.decision.is_none()) || !pieces.iter().any(accepted) {
        return Some(Refusal::NotAccepted);
    }
    if pieces.iter().any(|piece| accepted(piece) && ineligible(piece)) {
        return Some(Refusal::Ineligible);
    }
    let wanted: BTreeSet<&str> = pieces
        .iter()
        .filter(|piece| accepted(piece))
        .flat_map(|piece| &piece.metals)
        .map(|(id, _)| id.as_str())
        .collect();
    let parts = valuation.and_then(|valuation| valuation.worksheet.get("parts")?.as_array());
    let valued: Option<BTreeSet<&str>> =
        parts.map(|parts| parts.iter().filter_map(|part| part.get("metal")?.as_str()).collect());
    if valued == Some(wanted) && !is_stale {
        None
    } else {
        Some(Refusal::NotValued)
    }
}

impl QuoteRead {
    pub fn of(
        tx: &Tx<'_>,
        (project, is_stale): (&str, bool),
        form: &QuoteForm,
        terms: &Terms,
        today: NaiveDate,
        reader: &mut Reader,
    ) -> Done<Self> {
        let project = projects::get(tx, project)?;
        let pieces = projects::pieces(tx, &project.id)?;
        let valuation = quotes::valuations(tx, &project.id)?.into_iter().next();
        let fee_paid = projects::fee_paid(tx, &project.id)?;
        let intro = reader.text("intro", &form.intro, 2000);
        let mut lines = Vec::new();
        for (index, line) in form.lines.iter().enumerate() {
            lines.extend(reader.below(format!("lines.{index}"), |reader| {
                let text = reader.needed("line-text", &line.text, 500);
                let quantity = reader.positive("quantity", &line.quantity, 3);
                let unit_price = reader
                    .money("unit-price", &line.unit_price)
                    .filter(|_| !line.unit_price.trim().is_empty());
                if line.unit_price.trim().is_empty() {
                    reader.refuse("unit-price", Refusal::Missing { field: "unit-price" });
                }
                let vat = percent(reader, "vat", &line.vat).and_then(VatRate::percent);
                // Under the margin scheme no VAT is shown on it.
                if line.second_hand && vat.is_some_and(|vat| !vat.as_percent().is_zero()) {
                    reader.refuse("vat", NotNow::SecondHandVat.into());
                }
                let line = Line {
                    quantity: quantity?,
                    unit_price: unit_price?,
                    vat: vat?,
                };
                if line.amount().is_none() {
                    reader.refuse("unit-price", Refusal::TooLarge { field: "unit-price" });
                    return None;
                }
                Some(LineRead { text, line })
            }));
        }
        if form.lines.is_empty() {
            reader.refuse("lines", Refusal::NoLines);
        }
        let only: Vec<Line> = lines.iter().map(|read| read.line).collect();
        let credit = valuation.as_ref().map_or(Money::ZERO, |valuation| valuation.credit);
        let deducted = if terms.redesign.valuation_fee_deducted.value() == Some(&false) {
            Money::ZERO
        } else {
            fee_paid
        };
        let totals = total(project.kind, &only, credit, deducted, terms);
        let valid_until = reader.day("valid-until", &form.valid_until);
        if let Some(day) = valid_until.filter(|day| *day < today) {
            reader.refuse("valid-until", Refusal::LapsesInThePast { day });
        }
        let agreed = agreed(form, reader);
        let refused = quote_refused(&project, &pieces, valuation.as_ref(), is_stale, terms);
        Ok(Self {
            project,
            intro,
            lines,
            totals,
            valuation,
            agreed,
            valid_until,
            refused,
        })
    }
}

impl QuoteRead {
    /// What the newest valuation credits.
    pub fn gold_credit(&self) -> Money {
        self.valuation
            .as_ref()
            .map_or(Money::ZERO, |valuation| valuation.credit)
    }
}

fn agreed(form: &QuoteForm, reader: &mut Reader) -> Option<DayRange> {
    if form.days_min.trim().is_empty() && form.days_max.trim().is_empty() {
        return None;
    }
    let mut days = |field, text: &str| {
        reader
            .positive(field, text, 0)
            .and_then(|days| u32::try_from(days).ok())
    };
    let (min, max) = (days("days-min", &form.days_min)?, days("days-max", &form.days_max)?);
    if max < min {
        reader.refuse("days-max", Refusal::NotPositive { field: "days-max" });
        return None;
    }
    Some(DayRange { min, max })
}

/// The band of a stone's weight, as the screen and the papers need it.
pub(super) fn is_estimate(size: &Size) -> bool {
    matches!(size, Size::Measured(_))
}
