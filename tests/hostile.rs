//! Hostile input: every door is tried with what the corpora hold and with that bent at random; no panic, and nothing of it stays.
//! `ATELIER_FUZZ_ROUNDS` says how often each piece is bent; the same corpora are what `cargo fuzz` begins with (`tests/fuzz`).

use atelier_tests::Dice;
use atelier_tests::doors::DOORS;
use std::path::Path;

/// One way to bend bytes: flip, cut, repeat, put in, or splice with another piece.
fn bent(piece: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = piece.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len() + 1);
        match dice.roll(7) {
            0 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] ^= 1 << dice.roll(8);
            }
            1 => bytes.truncate(at),
            2 => {
                let end = (at + dice.roll(40)).min(bytes.len());
                let part = bytes[at.min(end)..end].to_vec();
                for _ in 0..dice.roll(30) {
                    let here = at.min(bytes.len());
                    bytes.splice(here..here, part.iter().copied());
                }
            }
            3 => {
                let put: &[u8] = [
                    &b"9999999999999999999"[..],
                    b"-1",
                    b"\xff\xfe\x00",
                    b"\"",
                    b"{",
                    b"]",
                    b"\r\n",
                    "é€\u{202e}\u{fb01}".as_bytes(),
                    b"NaN",
                    b"2026-02-30",
                ][dice.roll(10)];
                bytes.splice(at..at, put.iter().copied());
            }
            4 => bytes
                .splice(at.., other[dice.roll(other.len() + 1)..].iter().copied())
                .for_each(drop),
            5 if bytes.len() > 2 => {
                let end = (at + dice.roll(20)).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            _ => bytes.insert(at, u8::try_from(dice.roll(256)).expect("a byte")),
        }
        bytes.truncate(1 << 20);
    }
    bytes
}

#[test]
fn no_door_lets_a_panic_in() {
    let rounds: usize = std::env::var("ATELIER_FUZZ_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(60);
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut executions = 0;
    for (name, door) in DOORS {
        let mut pieces: Vec<Vec<u8>> = std::fs::read_dir(corpora.join(name))
            .unwrap_or_else(|_| panic!("{name} has no corpus"))
            .flatten()
            .map(|entry| std::fs::read(entry.path()).expect("a piece"))
            .collect();
        if name == "backup" {
            // A sound store, to be bent too.
            pieces.push(std::fs::read(corpora.join("../../fixtures/schema-v5.db")).expect("a store"));
        }
        pieces.sort();
        assert!(!pieces.is_empty(), "{name} has an empty corpus");
        // A backup is slow to open: it is bent less often.
        let rounds = if ["backup", "words", "photo"].contains(&name) {
            rounds / 4
        } else {
            rounds
        };
        let mut dice = Dice(0x0a7e_11e5 ^ name.len() as u64);
        for (index, piece) in pieces.iter().enumerate() {
            door(piece);
            executions += 1;
            for _ in 0..rounds {
                let other = &pieces[dice.roll(pieces.len())];
                door(&bent(piece, other, &mut dice));
                executions += 1;
            }
            assert!(index < 500, "{name} has more pieces than a test should replay");
        }
    }
    println!("{executions} executions through {} doors", DOORS.len());
}

#[test]
fn a_bomb_is_refused_before_it_unfolds() {
    // A PNG that says it is 60,000 by 60,000 pixels, in a few bytes.
    let mut bomb = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xea\x60\x00\x00\xea\x60\x08\x02\x00\x00\x00".to_vec();
    bomb.extend([0; 64]);
    assert!(atelier_core::photo::read(&bomb).is_err());
    // Thirty million nested brackets are no question, and no stack overflows.
    let deep = [vec![b'['; 1 << 20], vec![b']'; 1 << 20]].concat();
    (atelier_tests::doors::DOORS[1].1)(&deep);
    // A cell a megabyte long is a line with a problem.
    let huge = format!("2026-11-02;{};3500", "9".repeat(1 << 20));
    (atelier_tests::doors::DOORS[3].1)(huge.as_bytes());
}
