//! A store's file as it lies on the disk, read past the engine.
//!
//! On unix a process gives up every lock it has on a file as soon as it closes any handle of it, also those the engine holds
//! (<https://www.sqlite.org/howtocorrupt.html>, 2.2): another program could then take the file for its own and throw away its log. So
//! what was opened here while the engine has it open stays open for as long as the file is there.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// A file that is read from its beginning, whoever else reads it.
pub(super) struct Lying {
    file: Arc<File>,
    at: u64,
}

impl Lying {
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        Ok(Self {
            file: held(path)?,
            at: 0,
        })
    }

    pub(super) fn len(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }
}

impl Read for Lying {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let read = std::os::unix::fs::FileExt::read_at(self.file.as_ref(), bytes, self.at)?;
        #[cfg(windows)]
        let read = std::os::windows::fs::FileExt::seek_read(self.file.as_ref(), bytes, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Opens a file; one that the engine has open stays so.
#[cfg(unix)]
fn held(path: &Path) -> io::Result<Arc<File>> {
    use super::files::with_end;
    use std::collections::BTreeMap;
    use std::os::unix::fs::MetadataExt as _;
    use std::sync::{Mutex, PoisonError};

    /// Each file by its device and its number there.
    static HELD: Mutex<BTreeMap<(u64, u64), Arc<File>>> = Mutex::new(BTreeMap::new());
    // The engine keeps a log beside what it has open. Anything else, as a backup on a stick, is let go of again: it may be pulled out.
    if !with_end(path, "-wal").exists() {
        return File::open(path).map(Arc::new);
    }
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    // What lost its name is nobody's store any more.
    held.retain(|_, file| file.metadata().is_ok_and(|file| file.nlink() > 0));
    let there = std::fs::metadata(path)?;
    if let Some(file) = held.get(&(there.dev(), there.ino())) {
        return Ok(Arc::clone(file));
    }
    let file = Arc::new(File::open(path)?);
    let opened = file.metadata()?;
    held.insert((opened.dev(), opened.ino()), Arc::clone(&file));
    Ok(file)
}

#[cfg(not(unix))]
fn held(path: &Path) -> io::Result<Arc<File>> {
    File::open(path).map(Arc::new)
}
