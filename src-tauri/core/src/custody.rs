//! Custody: where every stone and metal part of a client's piece is, and what became of it.
//!
//! A component comes in once and ends in exactly one fate. A project closes only when every component has one.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Where a component can be while it has no fate yet.
    pub enum Place in "place" {
        /// At the setter's.
        Setter = "setter",
        /// At the cutter's.
        Cutter = "cutter",
        /// At a laboratory.
        Laboratory = "laboratory",
        /// In the house's safe.
        House = "house",
    }
}

vocabulary! {
    /// How a component ends.
    pub enum Fate in "fate" {
        /// A stone, set in the new piece.
        Set = "set",
        /// A metal part, melted into it.
        Melted = "melted",
        /// Given back to the client.
        Returned = "returned",
        /// Left with the house, by written waiver.
        Waiver = "waiver",
        /// Lost; the house answers for it.
        Lost = "lost",
        /// Broken; the house answers for it.
        Broken = "broken",
    }
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

    /// Whether it can never be undone, whatever is found out later.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Melted)
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
