//! Faults of the program itself: caught at the door of every command, logged by the place they come from and no more, and said
//! with a number. What was being done is rolled back; the next question is answered.

use crate::said::Said;
use atelier_core::store::Trouble;
use atelier_core::words::Language;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// Where the last one on this thread comes from.
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// From now on a panic writes nothing of what it was about: its words may be somebody's. Its place is kept for the log.
pub fn keep_their_words_out_of_the_log() {
    std::panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map(|at| format!("{}:{}:{}", at.file(), at.line(), at.column()));
        let place = place.unwrap_or_else(|| "an unknown place".to_owned());
        eprintln!("a fault in {place}");
        PLACE.set(Some(place));
    }));
}

/// Does it; a panic becomes a fault with a number, in the words of the screen.
pub fn caught<T>(language: Language, work: impl FnOnce() -> Result<T, Said>) -> Result<T, Said> {
    // Nothing is used again that was changed half: transactions are rolled back, and what stands behind locks is written whole.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let place = PLACE.take().unwrap_or_default();
        Err(Said::panicked(language, &place))
    })
}

/// Does it where nobody waits for an answer; answers whether it came to its end.
pub fn goes_on(what: &str, work: impl FnOnce()) -> bool {
    let done = catch_unwind(AssertUnwindSafe(work)).is_ok();
    if !done {
        tracing::error!(place = PLACE.take().unwrap_or_default(), "{what} broke off");
    }
    done
}

/// What of a panic is a trouble of the store's, where a result is expected.
pub fn broken_off() -> Trouble {
    Trouble::Broken(format!("a fault in {}", PLACE.take().unwrap_or_default()))
}

/// Does it where the store's own result is expected: a panic is a trouble like another.
pub fn to_its_end<T>(work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(broken_off()))
}
