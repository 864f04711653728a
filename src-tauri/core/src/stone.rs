//! Stones: what they weigh, or are estimated to weigh, and whether a piece may be redesigned.
//!
//! A loose stone is weighed, which is exact. A mounted one is measured, and its weight estimated by its cut's formula:
//! an estimate is a band, 10 % either way, and a band that straddles the bound is settled only by the scale.

use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::number::half_up;
use crate::terms::{Cited, Terms};
use crate::vocabulary::vocabulary;
use rust_decimal::{Decimal, dec};

vocabulary! {
    /// Whether the stone carries the piece, or accompanies it.
    #[derive(ts_rs::TS)]
    pub enum StoneRole in "stone-role" {
        /// Makes a piece eligible if it is large enough.
        Central = "central",
        /// Never counts, whatever its weight (LV art. 15.1).
        Accent = "accent",
    }
}

/// A gem species, as far as a weight needs one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gem {
    /// Diamond, which has factors of its own.
    Diamond,
    /// Any other gem, by its specific gravity.
    Coloured {
        /// Density against water.
        gravity: Decimal,
    },
}

/// The most a side may measure, in millimetres: beyond, a decimal mark is missing.
pub const MOST_MM: Decimal = dec!(1000);
/// The most a gem may weigh against water: none comes near.
pub const MOST_GRAVITY: Decimal = dec!(30);

/// The gems whose specific gravity is known here.
pub const GRAVITIES: [(&str, Decimal); 18] = [
    ("sapphire", dec!(4.00)),
    ("ruby", dec!(4.00)),
    ("almandine", dec!(4.05)),
    ("rhodolite", dec!(3.84)),
    ("pyrope", dec!(3.78)),
    ("chrysoberyl", dec!(3.73)),
    ("spinel", dec!(3.60)),
    ("topaz", dec!(3.53)),
    ("tanzanite", dec!(3.35)),
    ("peridot", dec!(3.34)),
    ("tourmaline", dec!(3.06)),
    ("emerald", dec!(2.72)),
    ("aquamarine", dec!(2.72)),
    ("beryl", dec!(2.72)),
    ("quartz", dec!(2.66)),
    ("amethyst", dec!(2.66)),
    ("citrine", dec!(2.66)),
    ("opal", dec!(2.15)),
];

impl Gem {
    /// Whether it is a diamond.
    #[must_use]
    pub const fn is_diamond(&self) -> bool {
        matches!(self, Self::Diamond)
    }

    /// The least weight at which a central stone of this kind counts, in carats, inclusive.
    #[must_use]
    pub fn bound(&self, terms: &Terms) -> Cited<Decimal> {
        match self {
            Self::Diamond => terms.diamond_bound(),
            Self::Coloured { .. } => terms.coloured_bound(),
        }
    }

    /// The gem of that name; `None` for a name not in [`GRAVITIES`] whose gravity is not given either.
    #[must_use]
    pub fn named(name: &str, gravity: Option<Decimal>) -> Option<Self> {
        if name == "diamond" {
            return Some(Self::Diamond);
        }
        let known = || {
            GRAVITIES
                .iter()
                .find(|(gem, _)| *gem == name)
                .map(|&(_, gravity)| gravity)
        };
        gravity.or_else(known).map(|gravity| Self::Coloured { gravity })
    }

    /// The names of the gems that are known.
    pub fn names() -> impl Iterator<Item = &'static str> {
        std::iter::once("diamond").chain(GRAVITIES.iter().map(|&(name, _)| name))
    }
}

vocabulary! {
    /// The cuts of both tables.
    #[derive(ts_rs::TS)]
    #[expect(missing_docs, reason = "the cuts are named by their own names")]
    pub enum Cut in "cut" {
        Round = "round",
        Oval = "oval",
        Princess = "princess",
        Cushion = "cushion",
        Heart = "heart",
        Radiant = "radiant",
        Asscher = "asscher",
        Trillion = "trillion",
        Baguette = "baguette",
        Emerald = "emerald",
        Marquise = "marquise",
        Pear = "pear",
        Square = "square",
        Cabochon = "cabochon",
    }
}

vocabulary! {
    /// How thick a diamond's girdle is.
    #[derive(ts_rs::TS)]
    #[expect(missing_docs, reason = "the grades are named by their own names")]
    pub enum Girdle in "girdle" {
        Thin = "thin",
        Medium = "medium",
        SlightlyThick = "slightly-thick",
        Thick = "thick",
        VeryThick = "very-thick",
    }
}

/// A stone measured in its setting, in millimetres.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Its cut.
    pub cut: Cut,
    /// Its length.
    pub length: Decimal,
    /// Its width.
    pub width: Decimal,
    /// Its depth.
    pub depth: Decimal,
    /// Its girdle, for a diamond; medium when not looked at.
    pub girdle: Option<Girdle>,
}

/// How the weight of a stone is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Size {
    /// On the scale, in carats: exact.
    Weighed(Decimal),
    /// By gauge, in its setting: an estimate.
    Measured(Measured),
}

/// A stone, as far as the assessment of a piece needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stone {
    /// Central or accent.
    pub role: StoneRole,
    /// What it is.
    pub gem: Gem,
    /// What is known of its weight.
    pub size: Size,
}

vocabulary! {
    /// Does a stone make its piece eligible?
    #[derive(ts_rs::TS)]
    pub enum Counts in "counts" {
        /// Its whole band is at or above the bound.
        Yes = "yes",
        /// Its band straddles the bound: unmount and weigh.
        Maybe = "maybe",
        /// Its whole band is below the bound, or it is an accent.
        No = "no",
    }
}

/// What is known of one stone's weight, in carats, unrounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// Weighed, or estimated.
    pub carat: Decimal,
    /// The least it may be.
    pub low: Decimal,
    /// The most it may be.
    pub high: Decimal,
}

/// The answer for one stone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessed {
    /// Whether it counts.
    pub counts: Counts,
    /// What it weighs.
    pub weight: Weight,
}

vocabulary! {
    /// May the piece be redesigned?
    #[derive(ts_rs::TS)]
    pub enum Verdict in "verdict" {
        /// A central stone is large enough.
        Eligible = "eligible",
        /// A central stone may be: unmount and weigh it.
        Borderline = "borderline",
        /// No central stone is.
        Ineligible = "ineligible",
    }
}

/// The verdict on a piece, with the answer for each of its stones in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The verdict.
    pub verdict: Verdict,
    /// A stone each.
    pub stones: Vec<Assessed>,
}

/// The trade's tables: `trade.md` lists their sources.
const FORMULAS: Article = Article::of("Trade: estimation of mounted stones");
/// Half the width of an estimate's band.
const BAND: Decimal = dec!(0.1);

impl Cut {
    /// Whether the factors of `gem` know this cut.
    #[must_use]
    pub fn known_for(self, gem: &Gem) -> bool {
        match gem {
            Gem::Diamond => !matches!(self, Self::Square | Self::Cabochon),
            Gem::Coloured { .. } => !matches!(
                self,
                Self::Princess | Self::Radiant | Self::Asscher | Self::Trillion | Self::Baguette
            ),
        }
    }
}

impl Size {
    /// What the stone weighs; `None` when it was measured and its gem's table lacks the cut.
    #[must_use]
    pub fn weight(&self, gem: &Gem) -> Option<Weight> {
        match self {
            Self::Weighed(carat) => Some(Weight {
                carat: *carat,
                low: *carat,
                high: *carat,
            }),
            Self::Measured(measured) => measured.estimate(gem).map(|carat| Weight {
                carat,
                low: carat * (Decimal::ONE - BAND),
                high: carat * (Decimal::ONE + BAND),
            }),
        }
    }
}

impl Measured {
    /// The estimated weight in carats, unrounded; `None` for a cut that the gem's table lacks.
    #[must_use]
    pub fn estimate(&self, gem: &Gem) -> Option<Decimal> {
        if !self.cut.known_for(gem) {
            return None;
        }
        let mean = (self.length + self.width) / Decimal::TWO;
        let by_mean = mean * mean * self.depth;
        let by_sides = self.length * self.width * self.depth;
        Some(match gem {
            Gem::Diamond => {
                let volume = if matches!(self.cut, Cut::Round | Cut::Oval) {
                    by_mean
                } else {
                    by_sides
                };
                volume * self.diamond_factor() * self.girdle_factor()
            }
            Gem::Coloured { gravity } => {
                let of_mean = matches!(self.cut, Cut::Round | Cut::Oval | Cut::Cushion);
                (if of_mean { by_mean } else { by_sides }) * self.coloured_factor() * *gravity
            }
        })
    }

    fn diamond_factor(&self) -> Decimal {
        match self.cut {
            Cut::Round => dec!(0.0061),
            Cut::Oval => dec!(0.0062),
            Cut::Princess => dec!(0.0083),
            Cut::Cushion => dec!(0.00815),
            Cut::Heart => dec!(0.0059),
            Cut::Radiant => dec!(0.0081),
            Cut::Asscher => dec!(0.0080),
            Cut::Trillion => dec!(0.0057),
            Cut::Baguette => dec!(0.00915),
            Cut::Emerald => self.by_ratio(&[
                (dec!(1.25), dec!(0.0080)),
                (dec!(1.50), dec!(0.0092)),
                (dec!(2.00), dec!(0.0100)),
                (dec!(2.50), dec!(0.0106)),
            ]),
            Cut::Marquise => self.by_ratio(&[
                (dec!(1.50), dec!(0.00565)),
                (dec!(1.75), dec!(0.00570)),
                (dec!(2.00), dec!(0.00580)),
                (dec!(2.25), dec!(0.00583)),
                (dec!(2.50), dec!(0.00585)),
                (dec!(2.75), dec!(0.00590)),
                (dec!(3.00), dec!(0.00595)),
            ]),
            Cut::Pear => self.by_ratio(&[
                (dec!(1.25), dec!(0.00615)),
                (dec!(1.50), dec!(0.00600)),
                (dec!(1.66), dec!(0.00590)),
                (dec!(2.00), dec!(0.00575)),
            ]),
            Cut::Square | Cut::Cabochon => Decimal::ZERO,
        }
    }

    /// The factor of the nearest listed ratio of longer to shorter side; a tie takes the lower ratio. Midpoints are
    /// compared without dividing, so that a tie is a tie.
    fn by_ratio(&self, factors: &[(Decimal, Decimal)]) -> Decimal {
        let (long, short) = (self.length.max(self.width), self.length.min(self.width));
        let nearest = factors
            .windows(2)
            .take_while(|pair| long * Decimal::TWO > (pair[0].0 + pair[1].0) * short)
            .count();
        factors[nearest].1
    }

    fn coloured_factor(&self) -> Decimal {
        match self.cut {
            Cut::Round | Cut::Pear | Cut::Heart => dec!(0.0018),
            Cut::Oval => dec!(0.0020),
            Cut::Cushion => dec!(0.0022),
            Cut::Marquise => dec!(0.0016),
            Cut::Emerald => dec!(0.0025),
            Cut::Square => dec!(0.0024),
            Cut::Cabochon => dec!(0.0027),
            Cut::Princess | Cut::Radiant | Cut::Asscher | Cut::Trillion | Cut::Baguette => Decimal::ZERO,
        }
    }

    fn girdle_factor(&self) -> Decimal {
        let by_width = match self.girdle.unwrap_or(Girdle::Medium) {
            Girdle::Thin => [dec!(0.985), dec!(0.98), dec!(0.975)],
            Girdle::Medium => return Decimal::ONE,
            Girdle::SlightlyThick => [dec!(1.03), dec!(1.02), dec!(1.01)],
            Girdle::Thick => [dec!(1.04), dec!(1.03), dec!(1.02)],
            Girdle::VeryThick => [dec!(1.07), dec!(1.05), dec!(1.035)],
        };
        let width = self.length.min(self.width);
        by_width[usize::from(width >= dec!(4.15)) + usize::from(width >= dec!(7.00))]
    }
}

/// The verdict on a piece with these stones, under the terms of the house.
///
/// A central diamond counts from 0.30 ct and a central coloured stone from 1.00 ct, both inclusive (LV art. 15.1); a
/// house without redesign terms uses the same bounds. `None` when a stone was measured in a cut its gem's table lacks.
#[must_use]
pub fn assess(stones: &[Stone], terms: &Terms) -> Option<Grounded<Assessment>> {
    let mut grounds = Vec::new();
    let mut assessed = Vec::with_capacity(stones.len());
    for stone in stones {
        let weight = stone.size.weight(&stone.gem)?;
        let bound = stone.gem.bound(terms);
        let counts = match stone.role {
            StoneRole::Accent => Counts::No,
            StoneRole::Central if weight.low >= bound.value => Counts::Yes,
            StoneRole::Central if weight.high < bound.value => Counts::No,
            StoneRole::Central => Counts::Maybe,
        };
        let key = match (stone.role, counts, &stone.size) {
            (StoneRole::Accent, ..) => "ground-accent-never-counts",
            (StoneRole::Central, Counts::Yes, Size::Weighed(_)) => "ground-weighed-counts",
            (StoneRole::Central, Counts::No, Size::Weighed(_)) => "ground-weighed-too-small",
            (StoneRole::Central, Counts::Yes, Size::Measured(_)) => "ground-stone-counts",
            (StoneRole::Central, Counts::No, Size::Measured(_)) => "ground-stone-too-small",
            (StoneRole::Central, Counts::Maybe, _) => "ground-stone-borderline",
        };
        push_once(
            &mut grounds,
            Ground::new(bound.article, key)
                .with("carat", Fact::Carats(half_up(weight.carat, 2)))
                .with("low", Fact::Carats(half_up(weight.low, 2)))
                .with("high", Fact::Carats(half_up(weight.high, 2)))
                .with("bound", Fact::Carats(bound.value)),
        );
        if let Size::Measured(_) = stone.size {
            push_once(&mut grounds, Ground::new(FORMULAS, "ground-estimate-is-a-band"));
        }
        assessed.push(Assessed { counts, weight });
    }
    let any = |counts| assessed.iter().any(|stone| stone.counts == counts);
    let verdict = if any(Counts::Yes) {
        Verdict::Eligible
    } else if any(Counts::Maybe) {
        Verdict::Borderline
    } else {
        Verdict::Ineligible
    };
    if stones.is_empty() {
        let bound = Gem::Diamond.bound(terms);
        grounds.push(Ground::new(bound.article, "ground-no-central-stone"));
    }
    Some(Grounded {
        value: Assessment {
            verdict,
            stones: assessed,
        },
        grounds,
    })
}

fn push_once(grounds: &mut Vec<Ground>, ground: Ground) {
    if !grounds.contains(&ground) {
        grounds.push(ground);
    }
}

/// The share of its weight a stone loses when it is repolished, at most (trade: rapnet, 1.5 to 2 %).
const REPOLISH_LOSS: Decimal = dec!(0.02);

/// What is left of `carat` after a repolish, at least.
#[must_use]
pub fn after_repolish(carat: Decimal) -> Decimal {
    carat * (Decimal::ONE - REPOLISH_LOSS)
}
