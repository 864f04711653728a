//! Intake: the client's pieces as they are taken in, stone by stone and part by part, before anything is touched.
//!
//! The form is kept as it was typed. Reading it gives the pieces with their verdicts and weights as far as they are
//! known, and every problem with its place, so that a half-filled form is already worth looking at.

use crate::client::Card;
use crate::form::{OF_A_CLIENT, Reader};
use crate::grounds::Grounded;
use crate::metal::{CARAT_G, KARATS, Part, Title};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::stone::{self, Assessment, Cut, Gem, Girdle, MOST_GRAVITY, MOST_MM, Measured, Size, Stone, StoneRole};
use crate::terms::{Consent, ProjectKind, Terms};
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The client of an intake: someone known, or a new card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(clippy::large_enum_variant, reason = "a form holds one, and is read once")]
pub enum Who {
    /// A client in the book.
    Known {
        /// Their id.
        id: String,
    },
    /// A client met for the first time.
    New {
        /// Their card, as typed.
        card: Card,
    },
}

/// A stone as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct StoneForm {
    pub role: String,
    pub gem: String,
    pub gravity: String,
    /// Whether it was weighed loose; measured in its setting where not.
    pub loose: bool,
    pub weighed: String,
    pub cut: String,
    pub length: String,
    pub width: String,
    pub depth: String,
    pub girdle: String,
    pub note: String,
}

/// A metal part as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct MetalForm {
    pub name: String,
    /// The stamp as read; empty where there is none.
    pub stamp: String,
    pub title: String,
    /// How the title was tested; empty where it is assumed from the stamp.
    pub tested: String,
    pub gross: String,
    pub mounted: String,
    pub other: String,
}

/// A piece as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct PieceForm {
    pub description: String,
    pub condition: String,
    pub envelope: String,
    pub declared_value: String,
    pub stones: Vec<StoneForm>,
    pub metals: Vec<MetalForm>,
    /// Ids of photos that are kept already.
    pub photos: Vec<String>,
}

/// How the receipt was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, Default)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Signature {
    /// Not yet.
    #[default]
    None,
    /// On the printed receipt.
    Paper,
    /// On the screen: strokes of points, each a pair of whole numbers in a field 1000 wide.
    Screen {
        /// The strokes.
        strokes: Vec<Vec<(i32, i32)>>,
    },
}

/// The whole form as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct IntakeForm {
    pub kind: ProjectKind,
    pub client: Who,
    pub wish: String,
    pub pieces: Vec<PieceForm>,
    pub fee: String,
    /// How the fee was paid; empty where it is not paid yet.
    pub fee_method: String,
    pub consents: Vec<Given>,
    pub signature: Signature,
}

/// A consent with the moment it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Given {
    /// What was consented to.
    pub consent: Consent,
    /// The moment, as an instant.
    pub at: String,
}

/// A stone that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct StoneRead {
    pub stone: Stone,
    pub gem: String,
    pub gravity: Option<Decimal>,
    pub note: String,
}

/// A metal part that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct MetalRead {
    pub part: Part,
    pub name: String,
    pub stamp: String,
    pub tested: String,
}

/// A piece as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct PieceRead {
    pub description: String,
    pub condition: String,
    pub envelope: String,
    pub declared_value: Option<Money>,
    pub stones: Vec<Option<StoneRead>>,
    pub metals: Vec<Option<MetalRead>>,
    pub photos: Vec<String>,
    /// The verdict on the stones that could be read.
    pub assessment: Option<Grounded<Assessment>>,
}

/// The intake as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named as on the form")]
pub struct Read {
    pub card: Option<Card>,
    pub wish: String,
    pub pieces: Vec<PieceRead>,
    pub fee: Option<Money>,
}

/// The words a form may say for a stone's role, a cut or a girdle.
fn choice<T: Vocabulary>(form: &mut Reader, field: &'static str, text: &str) -> Option<T> {
    let chosen = T::of(text);
    if chosen.is_none() {
        form.refuse(field, Refusal::Missing { field });
    }
    chosen
}

/// What the client wishes, at the intake, later, or put right: as long as they wrote it.
pub fn wish(reader: &mut Reader, typed: &str) -> String {
    reader.text("wish", typed, OF_A_CLIENT)
}

/// Reads the form, with every problem noted in `reader`.
#[must_use]
pub fn read(form: &IntakeForm, reader: &mut Reader, terms: &Terms) -> Read {
    let card = match &form.client {
        Who::Known { .. } => None,
        Who::New { card } => Some(reader.below("card", |reader| card.read(reader))),
    };
    let wish = wish(reader, &form.wish);
    let mut pieces = Vec::new();
    for (index, piece) in form.pieces.iter().enumerate() {
        pieces.push(reader.below(format!("pieces.{index}"), |reader| read_piece(piece, reader, terms)));
    }
    if pieces.is_empty() && form.kind == ProjectKind::Redesign {
        reader.refuse("pieces", Refusal::NoPieces);
    }
    let fee = reader.money("fee", &form.fee);
    if let Some(fee) = fee {
        check_fee(fee, terms, reader);
    }
    for consent in terms.consents(form.kind, !form.pieces.is_empty()) {
        if form.kind == ProjectKind::Redesign && !form.consents.iter().any(|given| given.consent == consent) {
            reader.refuse(
                "consents",
                Refusal::ConsentMissing {
                    consent: consent.name().to_owned(),
                },
            );
        }
    }
    match &form.signature {
        Signature::None => reader.refuse("signature", Refusal::NotSigned),
        Signature::Screen { strokes } if strokes.iter().map(Vec::len).sum::<usize>() < 8 => {
            reader.refuse("signature", Refusal::NotSigned);
        }
        Signature::Paper | Signature::Screen { .. } => {}
    }
    Read {
        card,
        wish,
        pieces,
        fee,
    }
}

/// A valuation fee is none, or at least the house's least (LV art. 15.1: from 50.00).
pub fn check_fee(fee: Money, terms: &Terms, reader: &mut Reader) {
    if let Some(&least) = terms.redesign.valuation_fee_from.value()
        && fee > Money::ZERO
        && fee < least
    {
        reader.refuse("fee", Refusal::FeeTooSmall { least });
    }
}

/// Reads one piece, with every problem noted in `reader`.
pub fn read_piece(form: &PieceForm, reader: &mut Reader, terms: &Terms) -> PieceRead {
    let stones: Vec<_> = form
        .stones
        .iter()
        .enumerate()
        .map(|(index, stone)| reader.below(format!("stones.{index}"), |reader| read_stone(stone, reader)))
        .collect();
    let metals: Vec<_> = form
        .metals
        .iter()
        .enumerate()
        .map(|(index, metal)| reader.below(format!("metals.{index}"), |reader| read_metal(metal, reader)))
        .collect();
    if stones.is_empty() && metals.is_empty() {
        reader.refuse("", Refusal::EmptyPiece);
    }
    let known: Vec<Stone> = stones.iter().flatten().map(|read| read.stone.clone()).collect();
    PieceRead {
        description: reader.needed("description", &form.description, 500),
        condition: reader.text("condition", &form.condition, 1000),
        envelope: reader.needed("envelope", &form.envelope, 30),
        declared_value: if form.declared_value.trim().is_empty() {
            None
        } else {
            reader.money("declared-value", &form.declared_value)
        },
        assessment: if known.len() == stones.len() {
            stone::assess(&known, terms)
        } else {
            None
        },
        stones,
        metals,
        photos: form.photos.clone(),
    }
}

fn read_stone(form: &StoneForm, reader: &mut Reader) -> Option<StoneRead> {
    let role: Option<StoneRole> = choice(reader, "role", &form.role);
    let name = reader.needed("gem", &form.gem, 60).to_lowercase();
    let gravity = if form.gravity.trim().is_empty() {
        None
    } else {
        reader.at_most("gravity", &form.gravity, 4, MOST_GRAVITY)
    };
    let gem = Gem::named(&name, gravity);
    if gem.is_none() && !name.is_empty() {
        reader.refuse("gravity", Refusal::Missing { field: "gravity" });
    }
    let size = if form.loose {
        reader.positive("weighed", &form.weighed, 3).map(Size::Weighed)
    } else {
        let cut: Option<Cut> = choice(reader, "cut", &form.cut);
        let girdle = Girdle::of(&form.girdle);
        let mut side = |field, text: &str| reader.at_most(field, text, 2, MOST_MM);
        let (length, width, depth) = (
            side("length", &form.length),
            side("width", &form.width),
            side("depth", &form.depth),
        );
        if let (Some(cut), Some(gem)) = (cut, &gem)
            && !cut.known_for(gem)
        {
            reader.refuse("cut", Refusal::Missing { field: "cut" });
            return None;
        }
        (|| {
            Some(Size::Measured(Measured {
                cut: cut?,
                length: length?,
                width: width?,
                depth: depth?,
                girdle,
            }))
        })()
    };
    let note = reader.text("note", &form.note, 300);
    Some(StoneRead {
        stone: Stone {
            role: role?,
            gem: gem?,
            size: size?,
        },
        gem: name,
        gravity,
        note,
    })
}

fn read_metal(form: &MetalForm, reader: &mut Reader) -> Option<MetalRead> {
    let name = reader.text("name", &form.name, 80);
    let stamp = reader.text("stamp", &form.stamp, 40);
    let tested = reader.text("tested", &form.tested, 80);
    let title = reader.number("title", &form.title, 0).and_then(|number| {
        let thousandths = i64::try_from(number).unwrap_or(i64::MAX);
        Title::thousandths(thousandths)
            .map_err(|refusal| reader.refuse("title", refusal))
            .ok()
    });
    let gross = reader.positive("gross", &form.gross, 3);
    let mounted = reader.amount_of("mounted", &form.mounted, 3);
    let other = reader.amount_of("other", &form.other, 3);
    let part = Part {
        title: title?,
        gross_g: gross?,
        mounted_ct: mounted?,
        other_g: other?,
    };
    if let Err(refusal) = part.net_g() {
        reader.refuse("gross", refusal);
        return None;
    }
    Some(MetalRead {
        part,
        name,
        stamp,
        tested,
    })
}

/// The next of a row of numbered envelopes: `E-0004` is followed by `E-0005`, `A9` by `A10`.
#[must_use]
pub fn after(envelope: &str) -> String {
    let head = envelope.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &envelope[head.len()..];
    let next = digits.parse::<u64>().map_or(1, |number| number.saturating_add(1));
    format!("{head}{next:0width$}", width = digits.len())
}

/// The title a stamp stands for: `750`, `18k`, `18 kt`, `0,750`; `None` for one that says nothing.
#[must_use]
pub fn title_of_stamp(stamp: &str) -> Option<u16> {
    let lower = stamp.to_lowercase();
    let digits: String = lower
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    let rest = lower
        .rsplit(|c: char| c.is_ascii_digit())
        .next()
        .unwrap_or_default()
        .trim();
    if rest.starts_with('k') || rest.starts_with("ct") || rest.starts_with("car") {
        let karat: u8 = digits.parse().ok()?;
        return KARATS
            .iter()
            .find(|&&(known, _)| known == karat)
            .map(|&(_, title)| title);
    }
    let thousandths: u16 = digits.trim_start_matches(['0', '.', ',']).parse().ok()?;
    (100..=999).contains(&thousandths).then_some(thousandths)
}

/// What the stones still mounted weigh together, in carats, as far as they are known: what the worksheet proposes.
#[must_use]
pub fn mounted_carats(stones: &[Option<StoneRead>]) -> Decimal {
    let mounted = |read: &StoneRead| match &read.stone.size {
        Size::Weighed(_) => None,
        Size::Measured(_) => read.stone.size.weight(&read.stone.gem).map(|weight| weight.carat),
    };
    stones.iter().flatten().filter_map(mounted).sum()
}

/// Grams of so many carats.
#[must_use]
pub fn grams_of(carats: Decimal) -> Decimal {
    carats * CARAT_G
}
