//! The key of an encrypted store: a random one, kept by the system and on a sheet of paper, or a passphrase.

use crate::refusal::Refusal;
use sha2::{Digest as _, Sha256};
use std::fmt;
use unicode_normalization::UnicodeNormalization as _;

/// What opens an encrypted store. It is never shown by accident: its `Debug` says nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub enum Key {
    /// Thirty-two random bytes.
    Random([u8; 32]),
    /// A passphrase.
    Passphrase(String),
}

/// Letters and digits that are not taken for one another (Crockford): no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many characters a key takes, and how many more check it.
const KEY_LENGTH: usize = 52;
const CHECK_LENGTH: usize = 4;

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Random(_) => "Key::Random",
            Self::Passphrase(_) => "Key::Passphrase",
        })
    }
}

impl Key {
    /// A key made of random bytes that are random but for a few bits each.
    #[must_use]
    pub fn mixed(random: &[[u8; 16]; 4]) -> Self {
        Self::Random(Sha256::digest(random.concat()).into())
    }

    /// A passphrase of at least twelve characters, spelled as every keyboard and system spells it.
    ///
    /// # Errors
    /// [`Refusal::PassphraseTooShort`], or [`Refusal::PassphraseIsAKey`] where it would be read as a key and not as words.
    pub fn passphrase(text: &str) -> Result<Self, Refusal> {
        let text = spelled(text);
        if text.chars().count() < 12 {
            Err(Refusal::PassphraseTooShort)
        } else if is_raw(&text) || Self::recovered(&text).is_some() {
            Err(Refusal::PassphraseIsAKey)
        } else {
            Ok(Self::Passphrase(text))
        }
    }

    /// A random key as it is printed: fourteen groups of four, the last of which checks the others. `None` for a passphrase.
    #[must_use]
    pub fn recovery(&self) -> Option<String> {
        let Self::Random(bytes) = self else { return None };
        let mut text = encoded(bytes);
        text.push_str(&check(bytes));
        let groups: Vec<String> = text
            .as_bytes()
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        Some(groups.join(" "))
    }

    /// What opens a store, as typed: a recovery key where it is one, else a passphrase.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Self::recovered(text).unwrap_or_else(|| Self::Passphrase(spelled(text)))
    }

    /// Everything that what was typed may mean, the likeliest first: a passphrase may look like a recovery key and be none, and an
    /// older program took it as it was typed.
    pub(super) fn meant(text: &str) -> Vec<Self> {
        let mut meant = vec![Self::typed(text), Self::Passphrase(spelled(text))];
        if !is_raw(text) {
            meant.push(Self::Passphrase(text.to_owned()));
        }
        meant.dedup();
        meant
    }

    /// The key of a recovery sheet, as typed: case, spaces and dashes do not matter, and letters that look like digits are
    /// read as those.
    #[must_use]
    pub fn recovered(text: &str) -> Option<Self> {
        let mut values = Vec::new();
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            values.push(ALPHABET.iter().position(|&known| char::from(known) == c)?);
        }
        if values.len() != KEY_LENGTH + CHECK_LENGTH {
            return None;
        }
        let mut bytes = [0; 32];
        let (mut bits, mut held, mut at) = (0_u32, 0_u32, 0);
        for &value in &values[..KEY_LENGTH] {
            bits = bits << 5 | u32::try_from(value).ok()?;
            held += 5;
            if held >= 8 {
                held -= 8;
                if at < bytes.len() {
                    bytes[at] = u8::try_from(bits >> held & 0xff).ok()?;
                    at += 1;
                }
                bits &= (1 << held) - 1;
            }
        }
        let typed: String = values[KEY_LENGTH..]
            .iter()
            .map(|&value| char::from(ALPHABET[value]))
            .collect();
        (typed == check(&bytes)).then_some(Self::Random(bytes))
    }

    /// The key as somebody types it: [`Key::typed`] reads it back.
    pub(super) fn typed_as(&self) -> String {
        match self {
            Self::Random(_) => self.recovery().unwrap_or_default(),
            Self::Passphrase(text) => text.clone(),
        }
    }

    /// The key as the engine is told it.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Random(bytes) => format!(
                "x'{}'",
                bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
            ),
            Self::Passphrase(text) => text.clone(),
        }
    }
}

/// A passphrase as it is compared: without spaces around it, letters and signs in one form each (NFKC), whatever made them.
fn spelled(text: &str) -> String {
    text.trim().nfkc().collect()
}

/// Whether the engine would take it for the bytes of a key (`x'…'`) and not for words.
fn is_raw(text: &str) -> bool {
    let hex = text
        .strip_prefix(['x', 'X'])
        .and_then(|rest| rest.strip_prefix('\'')?.strip_suffix('\''));
    hex.is_some_and(|hex| hex.chars().all(|c| c.is_ascii_hexdigit()))
}

fn encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut bits, mut held) = (0_u32, 0_u32);
    for &byte in bytes {
        bits = bits << 8 | u32::from(byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(char::from(ALPHABET[(bits >> held & 31) as usize]));
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        text.push(char::from(ALPHABET[(bits << (5 - held) & 31) as usize]));
    }
    text
}

/// Four characters that a slip of the pen changes.
fn check(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    encoded(&hash[..3])[..CHECK_LENGTH].to_owned()
}
