//! CODA files as a bank writes them: any movements, communications cut where a record ends, totals with their details, several
//! statements in a file. What was written is read back, by the house and by another reader of the format.

use atelier_core::payment::{Iban, Ogm};
use atelier_core::statement::{Payment, read};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::process::Command;

const OWN: &str = "BE68539007547034";

/// What somebody wrote.
#[derive(Debug, Clone)]
enum Wrote {
    Free(String),
    /// A reference by itself, of type 101 or 102.
    Reference(u64, bool),
    /// A bank's own words; the client's stand in the information.
    Apart(String),
}

/// A movement with no others under it.
#[derive(Debug, Clone)]
struct Moved {
    credit: bool,
    cents: i64,
    day: u32,
    from: String,
    wrote: Wrote,
}

/// Movements of one number: one alone, or a total of the kind with its details.
#[derive(Debug, Clone)]
struct Family {
    /// 0 for one alone; 1, 2, 3 for a total with details of the kinds 5, 6, 8.
    total: u8,
    parts: Vec<Moved>,
}

#[derive(Debug, Clone)]
struct File {
    families: Vec<Family>,
    /// Movements of another account, in a statement of its own.
    others: Vec<Moved>,
    windows_lines: bool,
    blank_lines: bool,
    /// Whether the bank says from when on it counts.
    value_days: bool,
}

fn text() -> impl Strategy<Value = String> {
    "[A-Z0-9]{1,9}( [A-Z0-9]{1,9}){0,14}"
}

fn wrote() -> impl Strategy<Value = Wrote> {
    let reference = 1_u64..9_999_999_999;
    prop_oneof![
        text().prop_map(Wrote::Free),
        (text(), reference.clone(), text()).prop_map(|(before, base, behind)| {
            Wrote::Free(format!("{before} {} {behind}", Ogm::of(base).expect("a reference")))
        }),
        (reference.clone(), any::<bool>()).prop_map(|(base, usual)| Wrote::Reference(base, usual)),
        (text(), reference)
            .prop_map(|(before, base)| Wrote::Apart(format!("{before} {}", Ogm::of(base).expect("a reference")))),
    ]
}

fn moved() -> impl Strategy<Value = Moved> {
    (
        any::<bool>(),
        1_i64..9_999_999,
        1_u32..=28,
        "[A-Z]{2,12} [A-Z]{2,14}",
        wrote(),
    )
        .prop_map(|(credit, cents, day, from, wrote)| Moved {
            credit,
            cents,
            day,
            from,
            wrote,
        })
}

fn family() -> impl Strategy<Value = Family> {
    prop_oneof![
        moved().prop_map(|one| Family {
            total: 0,
            parts: vec![one]
        }),
        (1_u8..=3, proptest::collection::vec(moved(), 1..4), any::<bool>()).prop_map(|(total, mut parts, credit)| {
            // A total and its details go the same way.
            parts.iter_mut().for_each(|part| part.credit = credit);
            Family { total, parts }
        }),
    ]
}

fn file() -> impl Strategy<Value = File> {
    (
        proptest::collection::vec(family(), 0..6),
        proptest::collection::vec(moved(), 0..2),
        any::<[bool; 3]>(),
    )
        .prop_map(|(families, others, [windows_lines, blank_lines, value_days])| File {
            families,
            others,
            windows_lines,
            blank_lines,
            value_days,
        })
}

/// A record of 128 characters: what stands where, counted from 1 as the specification does.
fn record(fields: &[(usize, &str)]) -> String {
    let mut record = vec![' '; 128];
    for (at, text) in fields {
        for (place, c) in record[at - 1..].iter_mut().zip(text.chars()) {
            *place = c;
        }
    }
    record.into_iter().collect()
}

/// So many characters of a text from a place on.
fn cut(text: &str, from: usize, length: usize) -> String {
    text.chars().skip(from).take(length).collect()
}

/// A movement's records.
fn movement(out: &mut Vec<String>, sequence: usize, detail: usize, kind: char, ends: &str, valued: &str, one: &Moved) {
    let number = format!("{sequence:04}{detail:04}");
    let (told, apart) = match &one.wrote {
        Wrote::Free(text) => (format!("0{text}"), None),
        Wrote::Reference(base, usual) => {
            let digits = Ogm::of(*base).expect("a reference").digits();
            (format!("1{}{digits}", if *usual { "101" } else { "102" }), None)
        }
        Wrote::Apart(text) => ("0".to_owned(), Some(text)),
    };
    let day = format!("{:02}1226", one.day);
    let sign = if one.credit { "0" } else { "1" };
    out.push(record(&[
        (1, "21"),
        (3, &number),
        (11, "REF"),
        (32, sign),
        (33, &format!("{:015}", one.cents * 10)),
        (48, valued),
        (54, &format!("{kind}0150000")),
        (62, &cut(&told, 0, 54)),
        (116, &day),
        (122, "001"),
        (125, ends),
        (126, "1"),
        (128, "0"),
    ]));
    out.push(record(&[
        (1, "22"),
        (3, &number),
        (11, &cut(&told, 54, 53)),
        (126, "1"),
        (128, "0"),
    ]));
    let (account, name) = ("BE72000000001616", &one.from);
    out.push(record(&[
        (1, "23"),
        (3, &number),
        (11, account),
        (45, "EUR"),
        (48, name),
        (83, &cut(&told, 107, 43)),
        (126, "0"),
        (128, if apart.is_some() { "1" } else { "0" }),
    ]));
    if let Some(text) = apart {
        out.push(record(&[
            (1, "31"),
            (3, &number),
            (11, "REF"),
            (32, &format!("{kind}0150000")),
            (40, "0"),
            (41, &cut(text, 0, 73)),
            (126, "1"),
            (128, "0"),
        ]));
        out.push(record(&[
            (1, "32"),
            (3, &number),
            (11, &cut(text, 73, 105)),
            (126, "0"),
            (128, "0"),
        ]));
    }
}

fn statement(out: &mut Vec<String>, account: &str, number: &str, valued: &str, families: &[Family]) {
    out.push(record(&[
        (1, "0000004122672505"),
        (35, "ATELIER"),
        (61, "KREDBEBB"),
        (128, "2"),
    ]));
    out.push(record(&[
        (1, "12001"),
        (6, account),
        (40, "EUR"),
        (43, "0"),
        (44, "000000001000000"),
        (59, "031226"),
        (126, number),
    ]));
    let (mut came, mut went) = (0, 0);
    for (at, family) in families.iter().enumerate() {
        let sum: i64 = family.parts.iter().map(|part| part.cents).sum();
        *(if family.parts[0].credit { &mut came } else { &mut went }) += sum;
        if family.total == 0 {
            movement(out, at + 1, 0, '0', "0", valued, &family.parts[0]);
            continue;
        }
        let total = Moved {
            cents: sum,
            from: String::new(),
            wrote: Wrote::Free(String::new()),
            ..family.parts[0].clone()
        };
        let (kind, details) = [('1', '5'), ('2', '6'), ('3', '8')][usize::from(family.total) - 1];
        movement(out, at + 1, 0, kind, "1", valued, &total);
        for (detail, part) in family.parts.iter().enumerate() {
            let last = detail + 1 == family.parts.len();
            movement(
                out,
                at + 1,
                detail + 1,
                details,
                if last { "1" } else { "0" },
                valued,
                part,
            );
        }
    }
    out.push(record(&[
        (1, "8001"),
        (5, account),
        (39, "EUR"),
        (42, "0"),
        (43, "000000001000000"),
        (58, "041226"),
    ]));
    out.push(record(&[
        (1, "9"),
        (17, &format!("{:06}", out.len())),
        (23, &format!("{:015}", went * 10)),
        (38, &format!("{:015}", came * 10)),
        (128, "2"),
    ]));
}

impl File {
    fn bytes(&self) -> Vec<u8> {
        let mut records = Vec::new();
        let valued = if self.value_days { "091226" } else { "000000" };
        statement(&mut records, OWN, "001", valued, &self.families);
        if !self.others.is_empty() {
            let others: Vec<Family> = self
                .others
                .iter()
                .map(|one| Family {
                    total: 0,
                    parts: vec![one.clone()],
                })
                .collect();
            statement(&mut records, "BE71096123456769", "001", valued, &others);
        }
        let mut text = String::new();
        for record in records {
            let end = if self.windows_lines { "\r\n" } else { "\n" };
            let blank = if self.blank_lines { end } else { "" };
            let _ = write!(text, "{record}{end}{blank}");
        }
        text.into_bytes()
    }

    /// What came in on the house's account.
    fn came(&self) -> Vec<(i64, String, String, Option<Ogm>)> {
        let parts = self
            .families
            .iter()
            .flat_map(|family| &family.parts)
            .filter(|part| part.credit);
        parts
            .map(|part| {
                let reference = match &part.wrote {
                    Wrote::Reference(base, _) => Ogm::of(*base),
                    Wrote::Free(text) | Wrote::Apart(text) => text
                        .split(' ')
                        .filter(|word| word.starts_with("+++"))
                        .find_map(Ogm::parse),
                };
                (
                    part.cents,
                    format!("2026-12-{:02}", part.day),
                    part.from.clone(),
                    reference,
                )
            })
            .collect()
    }
}

fn told(payments: &[Payment]) -> Vec<(i64, String, String, Option<Ogm>)> {
    let told = |payment: &Payment| {
        (
            payment.amount.cents(),
            payment.entered.to_string(),
            payment.from.clone(),
            payment.reference,
        )
    };
    payments.iter().map(told).collect()
}

/// A word of twelve digits that happen to be a reference is one more reference, and then there is none.
fn says_one_at_most(file: &File) -> bool {
    let words = file
        .families
        .iter()
        .flat_map(|family| &family.parts)
        .flat_map(|part| match &part.wrote {
            Wrote::Free(text) | Wrote::Apart(text) => text.split(' ').map(str::to_owned).collect(),
            Wrote::Reference(..) => Vec::new(),
        });
    // Nor three, four and five digits beside each other: words of digits alone are few, and left out together.
    !words
        .into_iter()
        .any(|word: String| word.bytes().all(|byte| byte.is_ascii_digit()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_bank_writes_is_read_back(file in file().prop_filter("digits", says_one_at_most)) {
        let own = Iban::parse(OWN).expect("an account");
        let found = read(&file.bytes(), Some(&own));
        prop_assert_eq!(told(&found.payments), file.came());
        // The sums are the file's own; what came on the other account is said, once.
        let notes: Vec<&str> = found.notes.iter().map(|note| note.key.as_ref()).collect();
        let expected: &[&str] = if file.others.is_empty() { &[] } else { &["statement-other-account"] };
        prop_assert_eq!(notes, expected);
        // Each has a place of its own.
        let mut places: Vec<&String> = found.payments.iter().map(|payment| &payment.place).collect();
        places.sort();
        places.dedup();
        prop_assert_eq!(places.len(), found.payments.len());
        // The same again is the same again.
        prop_assert_eq!(read(&file.bytes(), Some(&own)), found);
    }

    /// Wherever a file breaks off, what was read of it is a part of the whole, and it is said.
    #[test]
    fn a_file_cut_anywhere_loses_only_what_is_cut(file in file().prop_filter("digits", says_one_at_most), at in 0.0..1.0_f64) {
        let own = Iban::parse(OWN).expect("an account");
        let bytes = file.bytes();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a file")]
        let end = (bytes.len() as f64 * at) as usize;
        let found = read(&bytes[..end], Some(&own));
        let whole: Vec<i64> = file.came().into_iter().map(|(cents, ..)| cents).collect();
        let totals: Vec<i64> = file.families.iter().map(|family| family.parts.iter().map(|part| part.cents).sum()).collect();
        for payment in &found.payments {
            let cents = payment.amount.cents();
            prop_assert!(whole.contains(&cents) || totals.contains(&cents), "{cents} was never written");
        }
    }
}

/// What another reader of the format, pycoda, makes of files that this one reads: which movements are money by themselves.
#[test]
fn another_reader_of_the_format_finds_the_same() {
    use proptest::strategy::ValueTree as _;
    let own = Iban::parse(OWN).expect("an account");
    let folder = tempfile::tempdir().expect("a folder");
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut expected = String::new();
    for number in 0..60 {
        let mut made = file().new_tree(&mut runner).expect("a file").current();
        // It knows neither empty lines nor unknown days.
        made.blank_lines = false;
        made.value_days = true;
        std::fs::write(folder.path().join(format!("{number:02}.cod")), made.bytes()).expect("a file");
        let _ = writeln!(expected, "{number:02}.cod");
        for payment in read(&made.bytes(), Some(&own)).payments {
            let _ = writeln!(
                expected,
                "{} {} {}",
                payment.amount.wire(),
                payment.entered,
                payment.from
            );
        }
    }
    let found = Command::new(atelier_tests::judges().join("python"))
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/judges/coda_credits.py"))
        .args([OWN.as_ref(), folder.path().as_os_str()])
        .output()
        .expect("the judge's Python");
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    assert_eq!(String::from_utf8_lossy(&found.stdout), expected);
}
