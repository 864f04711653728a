//! One program at a time works on a store: a lock beside it, held by the system as long as the program runs, that also says who.

use super::files::io;
use super::{Done, Refusal};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

/// The lock of a folder; it is given back when it is dropped, also by a program that was killed.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held, not read")] File);

impl Lock {
    /// Takes the lock of the folder of a store. `by` is said to whoever comes later: the machine, and since when.
    ///
    /// # Errors
    /// [`Refusal::InUse`], with who has it, or that the folder cannot be written to.
    pub fn take(folder: &Path, by: &str) -> Done<Self> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join("atelier.lock"))
            .map_err(|why| io(&why))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.read_to_string(&mut holder);
                let holder: String = holder.chars().filter(|c| !c.is_control()).take(120).collect();
                return Err(Refusal::InUse { by: holder }.into());
            }
            Err(TryLockError::Error(why)) => return Err(io(&why)),
        }
        file.set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| file.write_all(by.as_bytes()))
            .and_then(|()| file.sync_all())
            .map_err(|why| io(&why))?;
        Ok(Self(file))
    }
}
