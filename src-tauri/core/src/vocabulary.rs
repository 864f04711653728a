//! Closed lists of words: each gives a type, all its values, and the word each goes by on the wire, in the store and in
//! `words`. What is listed here is listed nowhere else.

/// Declares types whose values are words.
macro_rules! vocabulary {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$value_meta:meta])* $value:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$value_meta])* #[serde(rename = $word)] $value),+ }

        impl $name {
            /// Every value, in the order it is offered.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];
            /// Every value by its word.
            pub const NAMES: &'static [&'static str] = &[$($word),+];
        }
    )+};
}
pub(crate) use vocabulary;
