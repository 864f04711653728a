//! Custody: where every stone and metal part of a client's piece is, and what became of it.
//!
//! A component comes in once and ends in exactly one fate. A project closes only when every component has one.

use serde::{Deserialize, Serialize};

/// Where a component can be while it has no fate yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In the house's safe.
    House,
    /// At the setter's.
    Setter,
    /// At the cutter's.
    Cutter,
    /// At a laboratory.
    Laboratory,
}

/// How a component ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// A stone, set in the new piece.
    Set,
    /// A metal part, melted into it.
    Melted,
    /// Given back to the client.
    Returned,
    /// Left with the house, by written waiver.
    Waiver,
    /// Lost; the house answers for it.
    Lost,
    /// Broken; the house answers for it.
    Broken,
}

impl Fate {
    /// Whether a component of that kind can end so: a stone is not melted, metal is not set, and does not break.
    #[must_use]
    pub const fn fits(self, stone: bool) -> bool {
        match self {
            Self::Set | Self::Broken => stone,
            Self::Melted => !stone,
            Self::Returned | Self::Waiver | Self::Lost => true,
        }
    }

    /// Whether the house answers for it.
    #[must_use]
    pub const fn is_a_loss(self) -> bool {
        matches!(self, Self::Lost | Self::Broken)
    }
}

/// A component, from intake to its fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its id: that of the stone or the metal part.
    pub id: String,
    /// Whether it is a stone.
    pub stone: bool,
    /// Where it is, or was last.
    pub place: Place,
    /// With whom, where it is outside the house.
    pub holder: String,
    /// What became of it.
    pub fate: Option<Fate>,
}
