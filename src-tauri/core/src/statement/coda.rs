//! CODA, version 2: records of 128 characters, the fields by their places (Febelfin, Coded statement of account, 2.6).
//!
//! A movement is a record 2.1 with what goes on in 2.2 and 2.3 and in the information records 3.1 to 3.3. Some movements are
//! totals, and their details follow under the same sequence number: only the details are money that came in, or it would
//! count twice.

use super::{MOST_LINES, Payment, Statement, reference_in};
use crate::grounds::Fact;
use crate::money::Money;
use crate::payment::{Iban, Ogm};
use chrono::NaiveDate;

/// A record: its characters, and its line in the file.
struct Record {
    chars: Vec<char>,
    line: usize,
}

impl Record {
    /// The characters from one place to another, both counted from 1 and inclusive, as the specification counts.
    fn part(&self, from: usize, to: usize) -> String {
        let end = to.min(self.chars.len());
        self.chars.get(from - 1..end).unwrap_or_default().iter().collect()
    }

    fn word(&self, from: usize, to: usize) -> String {
        self.part(from, to).trim().to_owned()
    }

    /// An amount: twelve digits of euro and three of decimals, of which a euro knows two.
    fn amount(&self, from: usize, to: usize) -> Option<Money> {
        let digits = self.part(from, to);
        let thousandths: i64 = digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse().ok())??;
        (thousandths % 10 == 0).then(|| Money::from_cents(thousandths / 10))
    }

    /// A day, `DDMMYY`; `000000` is none.
    fn day(&self, from: usize, to: usize) -> Option<NaiveDate> {
        let text = self.part(from, to);
        let two = |at: usize| text.get(at..at + 2)?.parse::<u32>().ok();
        NaiveDate::from_ymd_opt(2000 + i32::try_from(two(4)?).ok()?, two(2)?, two(0)?)
    }
}

/// The account a statement is of (record 1).
#[derive(Default)]
struct Account {
    number: String,
    currency: String,
    /// Its number, which begins anew each year (126-128), and the day of its old balance (59-64).
    statement: String,
}

/// A movement with everything that belongs to it.
struct Movement {
    /// Of the statement's account and currency.
    offered: bool,
    account: String,
    statement: String,
    /// The sequence number it shares with its details, and its place among them (2.1: 3-6, 7-10).
    sequence: String,
    detail: String,
    credit: bool,
    amount: Money,
    entered: NaiveDate,
    /// The first figure of the transaction code (2.1: 54): 1 to 3 and 7 are totals where details follow.
    kind: char,
    /// What they wrote, or what a structured communication holds.
    message: Communication,
    /// What the information records add: 3.1 begins one, 3.2 and 3.3 go on with it.
    information: Vec<Communication>,
    /// Who paid, as record 2.3 names them.
    from: String,
}

/// A communication, as it goes on from record to record: free, or structured by one of the types of the specification.
#[derive(Default, Clone)]
struct Communication {
    /// `101`; none where it is free.
    structured: Option<String>,
    text: String,
}

impl Communication {
    /// A communication whose first figure says whether it is structured, and whose type is three figures then.
    fn of(record: &Record, structure: usize, to: usize) -> Self {
        if record.part(structure, structure) == "1" {
            Self {
                structured: Some(record.part(structure + 1, structure + 3)),
                text: record.part(structure + 4, to),
            }
        } else {
            Self {
                structured: None,
                text: record.part(structure + 1, to),
            }
        }
    }

    /// So many characters from a place on, counted from 0.
    fn field(&self, from: usize, length: usize) -> String {
        self.text.chars().skip(from).take(length).collect()
    }

    /// The reference a house asked for, where a type holds one: a transfer's (101, 102: 1-12), a payment's in another currency
    /// (105: behind both gross amounts, the rate and the currency).
    fn asked_for(&self) -> Option<Ogm> {
        match self.structured.as_deref()? {
            "101" | "102" => Ogm::parse(&self.field(0, 12)),
            "105" => Ogm::parse(&self.field(45, 12)),
            _ => None,
        }
    }

    /// What somebody said in it; the figures of the bank's own are left out.
    fn words(&self) -> String {
        let said = match self.structured.as_deref() {
            None => self.text.clone(),
            // A creditor's reference of ISO 11649.
            Some("100") => self.field(0, 25),
            // A reference with a wrong digit; the number of a cheque or a card.
            Some("101" | "102" | "103") => self.field(0, 12),
            // A direct debit of before 2009: behind its number and day.
            Some("107") => self.field(18, 30),
            // Cards: the terminal, behind scheme, numbers, days and hours: all of a period (111), one debit (113), one sale (114).
            Some("111") => self.field(35, 26),
            Some("113") => self.field(40, 26),
            Some("114") => self.field(27, 26),
            // A European direct debit: behind day, type, scheme, reason, creditor (35) and mandate (35).
            Some("127") => self.field(79, 62),
            Some(_) => String::new(),
        };
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Who paid, where the information is about the counterparty (3: type 001: name 70).
    fn names(&self) -> Option<String> {
        (self.structured.as_deref() == Some("001")).then(|| self.field(0, 70).trim().to_owned())
    }

    fn is_silent(&self) -> bool {
        self.asked_for().is_none() && self.words().is_empty()
    }
}

impl Movement {
    /// Whether `other`, which comes behind it, is a detail of it: 5 of 1, 6 and 7 of 2, 8 of 3, 9 of 7.
    fn is_total_of(&self, other: &Self) -> bool {
        let details: &[char] = match self.kind {
            '1' => &['5'],
            '2' => &['6', '7'],
            '3' => &['8'],
            '7' => &['9'],
            _ => &[],
        };
        self.sequence == other.sequence && details.contains(&other.kind)
    }

    /// Who paid what for, where it does not say so itself and is a part of one payment: a payment with its details (3) or of
    /// several of them (7) says it once.
    fn take_over(&mut self, total: &Self) {
        if !['3', '7'].contains(&total.kind) {
            return;
        }
        if self.message.is_silent() && self.information.iter().all(Communication::is_silent) {
            self.message.clone_from(&total.message);
            self.information.extend(total.information.iter().cloned());
        }
        if self.payer().is_empty() {
            self.from = total.payer();
        }
    }

    fn payer(&self) -> String {
        let told = || self.information.iter().find_map(Communication::names);
        if self.from.is_empty() {
            told().unwrap_or_default()
        } else {
            self.from.clone()
        }
    }

    fn signed(&self) -> Money {
        if self.credit { self.amount } else { -self.amount }
    }
}

/// Whether a text is CODA: its first record is a header of its version 2.
pub(super) fn is_coda(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let length = first.chars().count();
    (120..=130).contains(&length) && first.starts_with("00000")
}

pub(super) fn read(text: &str, own: Option<&Iban>) -> Statement {
    let mut statement = Statement::default();
    // Without its account (record 1) a file is taken as the house's own.
    let mut reading = Reading {
        offered: true,
        ..Reading::default()
    };
    for (index, line) in text.lines().take(MOST_LINES).enumerate() {
        let chars: Vec<char> = line.chars().collect();
        if chars.iter().all(|c| c.is_whitespace()) {
            continue;
        }
        let record = Record { chars, line: index + 1 };
        reading.take(&record, own, &mut statement);
    }
    reading.ends(&mut statement);
    statement
}

#[derive(Default)]
struct Reading {
    account: Account,
    /// Whether the statement's account is the house's, in euro.
    offered: bool,
    /// The movements of the statement that is being read.
    movements: Vec<Movement>,
    /// Whether what goes on belongs to a movement that was read.
    whole: bool,
    done: Vec<Movement>,
    version: bool,
}

impl Reading {
    fn take(&mut self, record: &Record, own: Option<&Iban>, statement: &mut Statement) {
        match record.part(1, 2).as_str() {
            kind if kind.starts_with('0') => {
                // The version stands in the last place (0: 128).
                self.version = record.word(128, 128) == "2";
                if !self.version {
                    statement.note("statement-other-version", Vec::new());
                }
            }
            kind if kind.starts_with('1') => self.begin(record, own, statement),
            "21" if self.version => self.movement(record, statement),
            // The communication goes on (2.2: 11-63; 2.3: 83-125), and the payer is named (2.3: 48-82).
            "22" => self.goes_on(|movement| movement.message.text.push_str(&record.part(11, 63))),
            "23" => self.goes_on(|movement| {
                movement.message.text.push_str(&record.part(83, 125));
                if movement.from.is_empty() {
                    movement.from = record.word(48, 82);
                }
            }),
            // Information on the movement (3.1: 40, 41-113; 3.2: 11-115; 3.3: 11-100).
            "31" => self.goes_on(|movement| movement.information.push(Communication::of(record, 40, 113))),
            "32" => self.informs(&record.part(11, 115)),
            "33" => self.informs(&record.part(11, 100)),
            kind if kind.starts_with(['4', '8']) => {}
            kind if kind.starts_with('9') => self.end(record, statement),
            _ => statement.unread("statement-unread-record", record.line, &record.word(1, 30)),
        }
    }

    fn goes_on(&mut self, add: impl FnOnce(&mut Movement)) {
        if let Some(movement) = self.movements.last_mut().filter(|_| self.whole) {
            add(movement);
        }
    }

    /// The information goes on that was begun.
    fn informs(&mut self, text: &str) {
        self.goes_on(|movement| {
            if let Some(last) = movement.information.last_mut() {
                last.text.push_str(text);
            }
        });
    }

    /// The old balance (1): the account's structure (2), its number and currency (6-42), the statement's number (126-128).
    fn begin(&mut self, record: &Record, own: Option<&Iban>, statement: &mut Statement) {
        let number = match record.part(2, 2).as_str() {
            // A Belgian number of twelve digits, a blank, the currency.
            "0" => record.word(6, 17),
            "2" => record.word(6, 21),
            _ => record.word(6, 39),
        };
        // Some write no structure and a Belgian number all the same: by what it looks like then.
        let short = record.part(2, 2) == "0" && record.part(6, 17).bytes().all(|byte| byte.is_ascii_digit());
        let currency = if short {
            record.word(19, 21)
        } else {
            record.word(40, 42)
        };
        self.account = Account {
            number,
            currency,
            statement: format!("{}/{}", record.word(126, 128), record.word(59, 64)),
        };
        self.offered = statement.offers(&self.account.number, &self.account.currency, own);
    }

    /// A movement (2.1): sign (32), amount (33-47), value date (48-53), code (54-61), communication (62-115), entry date
    /// (116-121). The money is there on the day it was entered; the value date may come later, or be unknown.
    fn movement(&mut self, record: &Record, statement: &mut Statement) {
        self.whole = false;
        let entered = record.day(116, 121).or_else(|| record.day(48, 53));
        let credit = match record.part(32, 32).as_str() {
            "0" => Some(true),
            "1" => Some(false),
            _ => None,
        };
        let amount = record.amount(33, 47);
        let (Some(credit), Some(amount), Some(entered)) = (credit, amount, entered) else {
            let (key, text) = if entered.is_none() {
                ("statement-unread-day", record.part(116, 121))
            } else {
                ("statement-unread-amount", record.part(32, 47))
            };
            statement.unread(key, record.line, &text);
            return;
        };
        self.movements.push(Movement {
            offered: self.offered,
            account: self.account.number.clone(),
            statement: self.account.statement.clone(),
            sequence: record.part(3, 6),
            detail: record.part(7, 10),
            credit,
            amount,
            entered,
            kind: record.part(54, 54).chars().next().unwrap_or('0'),
            message: Communication::of(record, 62, 115),
            information: Vec::new(),
            from: String::new(),
        });
        self.whole = true;
    }

    /// The trailer (9): what went out and came in altogether (23-37, 38-52), totals and not their details.
    fn end(&mut self, record: &Record, statement: &mut Statement) {
        let sum = |credit: bool| -> Money {
            let top = self
                .movements
                .iter()
                .filter(|movement| !is_detail(&self.movements, movement));
            top.filter(|movement| movement.credit == credit)
                .map(|movement| movement.amount)
                .sum()
        };
        let told = (record.amount(23, 37), record.amount(38, 52));
        let found = (sum(false), sum(true));
        let differs = told.0.is_some_and(|out| out != found.0) || told.1.is_some_and(|came| came != found.1);
        if differs {
            let facts = vec![
                ("line", Fact::Number(record.line.into())),
                ("told", Fact::Money(told.1.unwrap_or_default())),
                ("found", Fact::Money(found.1)),
            ];
            statement.note("statement-trailer-differs", facts);
        }
        self.done.append(&mut self.movements);
        self.whole = false;
    }

    fn ends(mut self, statement: &mut Statement) {
        if !self.movements.is_empty() {
            statement.note("statement-cut", Vec::new());
            self.done.append(&mut self.movements);
        }
        for at in 0..self.done.len() {
            for detail in self.details(at) {
                let (before, behind) = self.done.split_at_mut(detail);
                behind[0].take_over(&before[at]);
            }
        }
        for (at, movement) in self.done.iter().enumerate() {
            let details = self.details(at);
            if details.is_empty() {
                statement.payments.extend(payment(movement));
                continue;
            }
            let sum: Money = details.iter().map(|&detail| self.done[detail].signed()).sum();
            if movement.offered && sum != movement.signed() {
                let facts = vec![("total", Fact::Money(movement.amount)), ("found", Fact::Money(sum))];
                statement.note("statement-total-differs", facts);
            }
        }
    }

    /// The details that come behind a total, up to the next movement that is none of its family: of another number, or the
    /// next total of its own kind.
    fn details(&self, at: usize) -> Vec<usize> {
        let total = &self.done[at];
        let behind = (at + 1..self.done.len()).take_while(|&other| {
            let other = &self.done[other];
            other.sequence == total.sequence
                && other.statement == total.statement
                && other.account == total.account
                && other.kind != total.kind
        });
        behind.filter(|&other| total.is_total_of(&self.done[other])).collect()
    }
}

/// Whether a movement is the detail of another.
fn is_detail(movements: &[Movement], movement: &Movement) -> bool {
    movements.iter().any(|total| total.is_total_of(movement))
}

fn payment(movement: &Movement) -> Option<Payment> {
    if !movement.offered || !movement.credit || movement.amount <= Money::ZERO {
        return None;
    }
    let message = movement.message.words();
    let information: Vec<String> = movement.information.iter().map(Communication::words).collect();
    // What was written whole, with its blanks: digits that stand in two records are parted by none.
    let written = movement
        .message
        .structured
        .is_none()
        .then_some(movement.message.text.as_str());
    let reference = movement
        .message
        .asked_for()
        .or_else(|| reference_in(written.or(Some(message.as_str()))))
        .or_else(|| movement.information.iter().find_map(Communication::asked_for))
        .or_else(|| reference_in(information.iter().map(String::as_str)));
    let message = [message]
        .into_iter()
        .chain(information)
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    Some(Payment {
        entered: movement.entered,
        amount: movement.amount,
        from: movement.payer(),
        message: movement.message.asked_for().map_or(message, |ogm| ogm.to_string()),
        reference,
        place: format!(
            "coda:{}/{}/{}/{}",
            movement.account,
            movement.statement,
            movement.sequence.trim(),
            movement.detail.trim()
        ),
    })
}
