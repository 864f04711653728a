//! What changed in a file since a copy of it was made: what a backup of a large house holds, so that daily copies of gigabytes that
//! hardly change do not fill the disk.
//!
//! It goes by the blocks of the file as it lies on the disk: one of an encrypted house is as encrypted as the house, and what it makes
//! with the whole copy is proven by one hash. Papers and photos are compressed already: nothing would be won by compressing blocks.

use super::files::io;
use super::lying::Lying;
use super::{Done, Trouble};
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is compared and kept as one: a page of the engine.
const BLOCK: usize = 4096;

/// So much is read and written at once.
const AT_ONCE: usize = 1 << 20;

/// How a file of changes begins; the number of blocks of the whole comes next, then each block that changed after its number.
const BEGINS: &[u8] = b"atelier changes 1\n";

type Block = [u8; BLOCK];

/// What a backup that holds changes goes back to, and its own hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// The name of the whole copy, in the same folder.
    pub whole: String,
    /// The hash of that copy.
    pub whole_sha256: String,
    /// The hash of the changes.
    pub sha256: String,
}

/// The hashes of two files, one of which came of the other, and of what was written down of the difference.
pub(super) struct Compared {
    pub(super) newer: String,
    pub(super) older: String,
    pub(super) changes: String,
}

/// A file that is read a block at a time.
struct Reading<'a> {
    file: BufReader<Lying>,
    stop: &'a AtomicBool,
}

impl<'a> Reading<'a> {
    fn of(path: &Path, stop: &'a AtomicBool) -> Done<Self> {
        let file = Lying::of(path).map_err(|why| io(&why))?;
        Ok(Self {
            file: BufReader::with_capacity(AT_ONCE, file),
            stop,
        })
    }

    /// Fills `bytes`; false at the end of the file. A file that ends in between is none of ours.
    fn fills(&mut self, bytes: &mut [u8]) -> Done<bool> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Refusal::Stopped.into());
        }
        let mut read = 0;
        while read < bytes.len() {
            match self.file.read(&mut bytes[read..]).map_err(|why| io(&why))? {
                0 if read == 0 => return Ok(false),
                0 => return Err(Trouble::Broken("a file that ends within a block".into())),
                more => read += more,
            }
        }
        Ok(true)
    }

    /// The same of a file that may be damaged; `None` where it does not read.
    fn fills_if_it_reads(&mut self, bytes: &mut [u8]) -> Done<Option<bool>> {
        match self.fills(bytes) {
            Err(Trouble::Refused(Refusal::Stopped)) => Err(Refusal::Stopped.into()),
            other => Ok(other.ok()),
        }
    }

    /// How many blocks the file has at the most.
    fn blocks(&self) -> Done<u64> {
        let length = self.file.get_ref().len().map_err(|why| io(&why))?;
        Ok(length.div_ceil(BLOCK as u64))
    }
}

/// A new file that is written and hashed.
struct Writing {
    file: BufWriter<File>,
    hash: Sha256,
}

impl Writing {
    fn to(path: &Path) -> Done<Self> {
        let file = File::create_new(path).map_err(|why| io(&why))?;
        Ok(Self {
            file: BufWriter::with_capacity(AT_ONCE, file),
            hash: Sha256::new(),
        })
    }

    fn put(&mut self, bytes: &[u8]) -> Done<()> {
        self.hash.update(bytes);
        self.file.write_all(bytes).map_err(|why| io(&why))
    }

    /// Its hash, once all of it was handed to the system.
    fn sha256(self) -> Done<String> {
        self.file.into_inner().map_err(|why| io(why.error()))?;
        Ok(format!("{:x}", self.hash.finalize()))
    }
}

/// Writes a file to `to` as it lies; it is not on the disk for good yet, as what the others here write is not.
pub(super) fn copied(from: &Path, to: &Path, stop: &AtomicBool) -> Done<()> {
    let (mut from, mut to) = (Reading::of(from, stop)?, Writing::to(to)?);
    let mut block: Block = [0; BLOCK];
    while from.fills(&mut block)? {
        to.put(&block)?;
    }
    to.sha256().map(drop)
}

/// Writes to `to` what `newer` holds and `older` does not. Nothing comes of it where `older` cannot be read to its end, or more than
/// one part in so many of the blocks changed.
pub(super) fn written(newer: &Path, older: &Path, to: &Path, part: u64, stop: &AtomicBool) -> Done<Option<Compared>> {
    let size = std::fs::metadata(newer).map_err(|why| io(&why))?.len();
    let blocks = size / BLOCK as u64;
    let (mut newer, mut to) = (Reading::of(newer, stop)?, Writing::to(to)?);
    let Ok(mut older) = Reading::of(older, stop) else {
        return Ok(None);
    };
    to.put(BEGINS)?;
    to.put(&blocks.to_be_bytes())?;
    let (mut now, mut before): (Block, Block) = ([0; BLOCK], [0; BLOCK]);
    let (mut hash_now, mut hash_before) = (Sha256::new(), Sha256::new());
    let (mut at, mut changed) = (0_u64, 0_u64);
    while newer.fills(&mut now)? {
        let Some(is_there) = older.fills_if_it_reads(&mut before)? else {
            return Ok(None);
        };
        hash_now.update(now);
        if is_there {
            hash_before.update(before);
        }
        if !is_there || now != before {
            to.put(&at.to_be_bytes())?;
            to.put(&now)?;
            changed += 1;
            if changed.saturating_mul(part) > blocks {
                return Ok(None);
            }
        }
        at += 1;
    }
    // What the older has more is not in the newer, and is hashed all the same.
    loop {
        match older.fills_if_it_reads(&mut before)? {
            Some(true) => hash_before.update(before),
            Some(false) => break,
            None => return Ok(None),
        }
    }
    if at != blocks {
        return Err(Trouble::Broken("the file grew while it was read".into()));
    }
    Ok(Some(Compared {
        newer: format!("{:x}", hash_now.finalize()),
        older: format!("{:x}", hash_before.finalize()),
        changes: to.sha256()?,
    }))
}

/// Puts the newer file together at `to`, of the older and what changed, and answers its hash.
pub(super) fn put_together(older: &Path, changes: &Path, to: &Path, stop: &AtomicBool) -> Done<String> {
    let mut to = Writing::to(to)?;
    each_block(older, changes, stop, |block| to.put(block))?;
    to.sha256()
}

/// Each block of the newer file in turn.
fn each_block(older: &Path, changes: &Path, stop: &AtomicBool, mut put: impl FnMut(&Block) -> Done<()>) -> Done<()> {
    let (mut older, mut changes) = (Reading::of(older, stop)?, Reading::of(changes, stop)?);
    let bad = || Trouble::Refused(Refusal::BadBackup { why: "changes".into() });
    let mut begins = [0; BEGINS.len()];
    let mut number = [0; 8];
    if !changes.fills(&mut begins)? || begins != BEGINS || !changes.fills(&mut number)? {
        return Err(bad());
    }
    let blocks = u64::from_be_bytes(number);
    // Nothing is written that cannot come of the two.
    if blocks > older.blocks()? + changes.blocks()? {
        return Err(bad());
    }
    let mut next = |changes: &mut Reading<'_>| -> Done<Option<u64>> {
        Ok(changes.fills(&mut number)?.then(|| u64::from_be_bytes(number)))
    };
    let mut changed = next(&mut changes)?;
    let mut block: Block = [0; BLOCK];
    for at in 0..blocks {
        let is_there = older.fills(&mut block)?;
        if changed == Some(at) {
            if !changes.fills(&mut block)? {
                return Err(bad());
            }
            changed = next(&mut changes)?;
        } else if !is_there {
            return Err(bad());
        }
        put(&block)?;
    }
    if changed.is_some() { Err(bad()) } else { Ok(()) }
}
