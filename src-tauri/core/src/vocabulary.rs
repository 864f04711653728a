//! Closed lists of words: each gives a type, all its values, the word each goes by on the wire and in the store, and the
//! message it is said by, `<family>-<word>`. What is listed here is listed nowhere else; a test holds that every value has its
//! message in the four languages.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A closed list of words, for whoever offers or reads one without knowing its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// What its messages begin with.
    pub family: &'static str,
    /// Every word, in the order it is offered.
    pub all: &'static [&'static str],
}

impl Words {
    /// The message a word is said by.
    #[must_use]
    pub fn key(self, word: &str) -> String {
        format!("{}-{word}", self.family)
    }
}

/// A type whose values are words.
pub trait Vocabulary: Copy + PartialEq + Serialize + DeserializeOwned + 'static {
    /// Its words.
    const WORDS: Words;
    /// Every value, in the order it is offered.
    const ALL: &'static [Self];

    /// The word of a value.
    fn name(self) -> &'static str;

    /// The message a value is said by.
    #[must_use]
    fn word(self) -> String {
        Self::WORDS.key(self.name())
    }

    /// The value of a word, where it is one.
    #[must_use]
    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.name() == word)
    }
}

/// Declares types whose values are words, each `in` the family its messages stand under.
macro_rules! vocabulary {
    ($(
        $(#[$meta:meta])*
        $vis:vis enum $name:ident in $family:literal { $($(#[$value_meta:meta])* $value:ident = $word:literal),+ $(,)? }
    )+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        $vis enum $name { $($(#[$value_meta])* #[serde(rename = $word)] $value),+ }

        impl $crate::vocabulary::Vocabulary for $name {
            const WORDS: $crate::vocabulary::Words = $crate::vocabulary::Words { family: $family, all: &[$($word),+] };
            const ALL: &'static [Self] = &[$(Self::$value),+];

            fn name(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }
    )+};
}
pub(crate) use vocabulary;
