//! Faults of the program itself: caught at the door of every command, logged by the place they come from and no more, and said
//! with a number. What was being done is rolled back; the next question is answered.

use crate::counter::Said;
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

#[cfg(test)]
mod tests {
    use super::{caught, keep_their_words_out_of_the_log};
    use crate::counter::Open;
    use atelier_core::words::Language;

    #[test]
    fn a_panic_is_said_with_a_number_and_the_next_question_is_answered() {
        keep_their_words_out_of_the_log();
        let folder = tempfile::tempdir().expect("a folder");
        let open = Open::at(folder.path(), None);
        let said = open
            .with::<()>(Language::En, |_| panic!("Anna Peeters, 0475 12 34 56"))
            .expect_err("a fault");
        assert!(said.is_broken());
        let text = serde_json::to_string(&said).expect("a sentence");
        assert!(
            text.contains("Something went wrong (") && !text.contains("Anna"),
            "{text}"
        );
        open.with(Language::En, |counter| counter.store().check().map(drop))
            .unwrap_or_else(|_| panic!("the next question is not answered"));
        // The file may be handed out as before, also after a fault while it was.
        let said = open
            .with_file::<()>(Language::En, None, |_, _| panic!("Anna"))
            .expect_err("a fault");
        assert!(said.is_broken());
        open.with(Language::En, |counter| counter.store().check().map(drop))
            .unwrap_or_else(|_| panic!("the store is not open any more"));
        assert!(caught(Language::En, || Ok(7)).is_ok_and(|seven| seven == 7));
    }
}
