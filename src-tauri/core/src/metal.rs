//! Metal: titles, weights, the price of gold, and the worksheet that turns a client's gold into a credit.
//!
//! ```text
//! net      = gross − 0.2 g × carats still mounted − other non-gold grams
//! fine     = net × title / 1000
//! price/g  = EUR per troy ounce / 31.1034768
//! credit   = fine × price per gram × (1 − deduction)     half-up to the cent, per part; 18k only
//! ```
//!
//! Only 18k can be reused (LV art. 15.3): any other title is weighed, estimated and shown, never credited.

use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::money::Money;
use crate::number::half_up;
use crate::refusal::Refusal;
use crate::terms::Terms;
use rust_decimal::{Decimal, dec};
use serde::{Deserialize, Serialize};

/// Grams in a troy ounce, exactly.
pub const TROY_OUNCE_G: Decimal = dec!(31.1034768);
/// Grams in a carat.
pub const CARAT_G: Decimal = dec!(0.2);

/// Parts of fine metal in a thousand, 1 to 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u16", try_from = "u16")]
pub struct Title(u16);

impl Title {
    /// The title of so many thousandths.
    ///
    /// # Errors
    /// [`Refusal::TitleOutOfRange`] outside 1 to 999.
    pub fn thousandths(title: i64) -> Result<Self, Refusal> {
        match u16::try_from(title) {
            Ok(title @ 1..=999) => Ok(Self(title)),
            _ => Err(Refusal::TitleOutOfRange { title }),
        }
    }

    /// The title in thousandths.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// Whether the law lets an alloy of this title be called gold: above 500 ‰ (law of 11 August 1987 art. 19).
    #[must_use]
    pub const fn may_be_called_gold(self) -> bool {
        self.0 > 500
    }
}

impl From<Title> for u16 {
    fn from(title: Title) -> Self {
        title.0
    }
}

impl TryFrom<u16> for Title {
    type Error = Refusal;
    fn try_from(title: u16) -> Result<Self, Refusal> {
        Self::thousandths(i64::from(title))
    }
}

/// The stamps of the trade: karats and the title each stands for (14k is 585, never 583).
pub const KARATS: [(u8, u16); 8] = [
    (24, 999),
    (22, 916),
    (20, 833),
    (18, 750),
    (14, 585),
    (10, 417),
    (9, 375),
    (8, 333),
];

/// The price of a gram of fine gold, above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoldPrice {
    /// Euro for a troy ounce.
    PerOunce(Decimal),
    /// Euro for a gram.
    PerGram(Decimal),
}

impl GoldPrice {
    /// Euro for a gram of fine gold, unrounded.
    #[must_use]
    pub fn per_gram(self) -> Decimal {
        match self {
            Self::PerOunce(euro) => euro / TROY_OUNCE_G,
            Self::PerGram(euro) => euro,
        }
    }
}

/// A metal part on the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The stamp read, or the title tested.
    pub title: Title,
    /// The whole part, in grams.
    pub gross_g: Decimal,
    /// Stones still in it, in carats.
    pub mounted_ct: Decimal,
    /// Springs, pins, filling, in grams.
    pub other_g: Decimal,
}

/// The worksheet's line for one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worked {
    /// What is metal, in grams.
    pub net_g: Decimal,
    /// What is fine gold, in grams, unrounded.
    pub fine_g: Decimal,
    /// What the gold is worth after the deduction.
    pub estimate: Money,
    /// What of it is credited.
    pub credit: Money,
}

/// The gold worksheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worksheet {
    /// A part each, in their order.
    pub parts: Vec<Worked>,
    /// The sum of the parts' credits.
    pub credit: Money,
}

impl Part {
    /// What is metal in it, in grams, above zero.
    ///
    /// # Errors
    /// [`Refusal::NothingLeftToWeigh`] when stones and other parts weigh as much as the piece, or more.
    pub fn net_g(&self) -> Result<Decimal, Refusal> {
        let other = self.mounted_ct * CARAT_G + self.other_g;
        let net = self.gross_g - other;
        if net <= Decimal::ZERO {
            return Err(Refusal::NothingLeftToWeigh {
                gross: self.gross_g,
                other,
            });
        }
        Ok(net)
    }
}

impl Title {
    /// What is fine metal in `net_g` grams of this title, unrounded.
    #[must_use]
    pub fn fine_g(self, net_g: Decimal) -> Decimal {
        net_g * Decimal::from(self.0) / Decimal::ONE_THOUSAND
    }
}

/// Values the parts at `price` less `deduction_pct` for melting and refining.
///
/// # Errors
/// The index of the first part that weighs no more than what is not gold in it, with the refusal.
pub fn value(
    parts: &[Part],
    price: GoldPrice,
    deduction_pct: Decimal,
    terms: &Terms,
) -> Result<Grounded<Worksheet>, (usize, Refusal)> {
    let kept = (Decimal::ONE_HUNDRED - deduction_pct) / Decimal::ONE_HUNDRED;
    let reusable = terms.reusable_titles();
    let mut worked = Vec::with_capacity(parts.len());
    let mut grounds = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let net_g = part.net_g().map_err(|refusal| (index, refusal))?;
        let fine_g = part.title.fine_g(net_g);
        // Multiplied before it is divided: a gram's price is a repeating decimal, an amount is not.
        let euro = match price {
            GoldPrice::PerOunce(per_ounce) => fine_g * per_ounce * kept / TROY_OUNCE_G,
            GoldPrice::PerGram(per_gram) => fine_g * per_gram * kept,
        };
        let estimate = Money::half_up(euro).ok_or((index, Refusal::TooLarge { field: "gross" }))?;
        let credited = reusable.value.contains(&part.title.get());
        let credit = if credited { estimate } else { Money::ZERO };
        let key = if credited {
            "ground-gold-credited"
        } else {
            "ground-gold-not-reused"
        };
        let title = Fact::Text(part.title.get().to_string());
        grounds.push(
            Ground::new(reusable.article.clone(), key)
                .with("net", Fact::Grams(net_g))
                .with("title", title.clone())
                .with("fine", Fact::Grams(half_up(fine_g, 3)))
                .with("price", Fact::Number(half_up(price.per_gram(), 4)))
                .with("deduction", Fact::Number(deduction_pct))
                .with("estimate", Fact::Money(estimate)),
        );
        if !part.title.may_be_called_gold() {
            grounds
                .push(Ground::new(Article::of("Law 11-8-1987 art. 19"), "ground-not-called-gold").with("title", title));
        }
        worked.push(Worked {
            net_g,
            fine_g,
            estimate,
            credit,
        });
    }
    let credit = worked.iter().map(|part| part.credit).sum();
    Ok(Grounded {
        value: Worksheet { parts: worked, credit },
        grounds,
    })
}
