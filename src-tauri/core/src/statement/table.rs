//! Statements as tables: a head that names its columns, known by the whole of their names and not by words inside them, and
//! a row a movement. Belfius writes its settings before the head, KBC its own name beside the payer's, BNP Paribas Fortis
//! whether a transfer was accepted.

use super::{MOST_LINES, Payment, Statement, reference_in};
use crate::fold::folded;
use crate::grounds::Fact;
use crate::money::Money;
use crate::payment::Iban;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The names a column goes by, folded, the best first. From the exports of Belfius, KBC, ING, BNP Paribas Fortis, Argenta,
/// Crelan, Revolut and Wise, in the languages they come in.
const ENTERED: &[&str] = &[
    "boekingsdatum",
    "boekdatum",
    "uitvoeringsdatum",
    "date de comptabilisation",
    "date comptable",
    "date d execution",
    "date execution",
    "date dexecution",
    "booking date",
    "execution date",
    "entry date",
    "buchungsdatum",
    "buchungstag",
    "completed date",
    "date completed utc",
    "datum",
    "date",
    "day",
    "jour",
];
const AMOUNT: &[&str] = &[
    "bedrag",
    "montant",
    "amount",
    "betrag",
    "bedrag in eur",
    "amount eur",
    "montant en eur",
    "bedrag eur",
    "montant eur",
    "credit",
    "gutschrift",
    "inkomend",
];
/// Where what goes out has a column of its own.
const OUT: &[&str] = &["debit", "debet", "soll", "uitgaand", "lastschrift"];
/// Where the amount has no sign, which way it went.
const WAY: &[&str] = &["af bij", "debet credit", "debit credit", "d c", "c d", "soll haben"];
/// Ways in.
const IN: &[&str] = &["bij", "credit", "c", "haben", "h", "cr", "crdt"];
const CURRENCY: &[&str] = &[
    "devies",
    "munt",
    "munteenheid",
    "valuta rekening",
    "devise",
    "devise du compte",
    "currency",
    "wahrung",
];
const ACCOUNT: &[&str] = &[
    "rekening",
    "rekeningnummer",
    "compte",
    "numero de compte",
    "account",
    "account number",
    "kontonummer",
    "iban",
];
const FROM: &[&str] = &[
    "naam tegenpartij",
    "naam tegenpartij bevat",
    "naam van de tegenpartij",
    "nom contrepartie",
    "nom contrepartie contient",
    "nom de la contrepartie",
    "counterparty name",
    "name of the counterparty",
    "payer name",
    "payer",
    "naam omschrijving",
    "name counterparty",
    "auftraggeber",
    "naam",
    "nom",
    "name",
    "tegenpartij",
    "contrepartie",
    "counterparty",
    "description",
    "detail van de omzet",
    "detail du mouvement",
    "details du mouvement",
];
const MESSAGE: &[&str] = &[
    "gestructureerde mededeling",
    "communication structuree",
    "structured communication",
    "mededeling",
    "mededelingen",
    "vrije mededeling",
    "communication",
    "communications",
    "communication libre",
    "bericht",
    "message",
    "payment reference",
    "reference",
    "referentie",
    "verwendungszweck",
    "mitteilung",
    "beschrijving",
    "omschrijving",
    "detail van de omzet",
    "detail du mouvement",
    "details du mouvement",
    "description",
    "libelle",
    "details",
];
const STATE: &[&str] = &["status", "statut", "state", "etat", "stand"];
/// States of a movement that was carried out.
const CARRIED_OUT: &[&str] = &[
    "",
    "geaccepteerd",
    "accepte",
    "accepted",
    "uitgevoerd",
    "execute",
    "executed",
    "completed",
    "ausgefuhrt",
    "booked",
];
/// States of a movement that was not carried out, or not yet: no money came in.
const NOT_CARRIED_OUT: &[&str] = &[
    "geweigerd",
    "refuse",
    "refused",
    "rejected",
    "abgelehnt",
    "declined",
    "failed",
    "reverted",
    "cancelled",
    "canceled",
    "geannuleerd",
    "annule",
    "storniert",
    "pending",
    "in behandeling",
    "en cours",
    "en attente",
    "ausstehend",
];
/// What tells one movement of a statement from another: its number and that of its statement.
const PLACE: &[&[&str]] = &[
    &[
        "rekeninguittrekselnummer",
        "afschriftnummer",
        "numero d extrait",
        "numero dextrait",
    ],
    &[
        "transactienummer",
        "volgnummer",
        "no de sequence",
        "n de sequence",
        "nº de sequence",
        "omzetnummer",
        "numero de transaction",
        "id",
        "transferwise id",
    ],
];

/// The columns of a table, by their places.
struct Columns {
    entered: usize,
    amount: usize,
    currency: Option<usize>,
    account: Option<usize>,
    from: Vec<usize>,
    messages: Vec<usize>,
    state: Option<usize>,
    way: Option<usize>,
    out: Option<usize>,
    place: Vec<usize>,
}

impl Columns {
    /// The columns of a head; `None` for a row that is none.
    fn of(row: &csv::StringRecord) -> Option<Self> {
        let names: Vec<String> = row.iter().map(folded).collect();
        let all = |known: &[&str]| -> Vec<usize> {
            let places = known
                .iter()
                .filter_map(|known| names.iter().position(|name| name == known));
            places.collect()
        };
        let first = |known: &[&str]| all(known).first().copied();
        Some(Self {
            entered: first(ENTERED)?,
            amount: first(AMOUNT)?,
            currency: first(CURRENCY),
            account: first(ACCOUNT),
            from: all(FROM),
            messages: all(MESSAGE),
            state: first(STATE),
            way: first(WAY),
            out: first(OUT),
            place: PLACE.iter().filter_map(|known| first(known)).collect(),
        })
    }
}

/// An amount as banks write it: with a sign, groups, the currency behind; the last point or comma parts the cents.
fn amount(text: &str) -> Option<Money> {
    let bare: String = text
        .trim()
        .trim_end_matches("EUR")
        .trim_end_matches('€')
        .trim_start_matches('€')
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'')
        .collect();
    let (negative, digits) = match bare.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, bare.strip_prefix('+').unwrap_or(&bare)),
    };
    let (whole, cents) = match digits.rfind(['.', ',']) {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, ""),
    };
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let sound = !whole.is_empty()
        && groups.iter().all(|group| all_digits(group) && !group.is_empty())
        && groups.iter().skip(1).all(|group| group.len() == 3)
        && all_digits(cents)
        // Three digits behind the only mark may be thousands or thousandths: it is not guessed.
        && cents.len() <= 2
        && whole.len() <= 15;
    let number: Decimal = sound
        .then(|| format!("{}.{:0<2}", groups.concat(), cents).parse().ok())
        .flatten()?;
    Money::half_up(if negative { -number } else { number })
}

/// A day as banks write it, with or without the hour behind, the year in two or four digits; eight digits are year, month, day.
fn day(text: &str) -> Option<NaiveDate> {
    let day = text.trim().split([' ', 'T']).next()?;
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDate::parse_from_str(day, "%Y%m%d").ok();
    }
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    let (year, day) = if first.len() == 4 {
        (*first, *last)
    } else {
        (*last, *first)
    };
    let century = if year.len() == 2 { 2000 } else { 0 };
    let number = |text: &str| text.parse::<u32>().ok();
    matches!(year.len(), 2 | 4)
        .then(|| {
            NaiveDate::from_ymd_opt(
                century + i32::try_from(number(year)?).ok()?,
                number(month)?,
                number(day)?,
            )
        })
        .flatten()
}

/// The rows of a text, parted by a sign, each with its line.
fn rows(text: &str, delimiter: u8) -> Vec<Result<csv::StringRecord, usize>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let rows = reader.records().take(MOST_LINES).enumerate();
    rows.map(|(at, row)| row.map_err(|_| at + 1)).collect()
}

pub(super) fn read(text: &str, own: Option<&Iban>) -> Statement {
    let mut statement = Statement::default();
    for delimiter in [b';', b',', b'\t'] {
        let rows = rows(text, delimiter);
        let head = rows.iter().enumerate().find_map(|(at, row)| {
            let columns = row.as_ref().ok().and_then(Columns::of)?;
            Some((at, columns))
        });
        if let Some((at, columns)) = head {
            for row in &rows[at + 1..] {
                match row {
                    Ok(row) => take(row, &columns, own, &mut statement),
                    Err(line) => statement.unread("statement-unread-record", *line, ""),
                }
            }
            tell_equal_ones_apart(&mut statement.payments);
            return statement;
        }
    }
    statement.note("statement-no-head", Vec::new());
    statement
}

fn take(row: &csv::StringRecord, columns: &Columns, own: Option<&Iban>, statement: &mut Statement) {
    if row.iter().all(str::is_empty) {
        return;
    }
    let line = row
        .position()
        .map_or(0, |position| usize::try_from(position.line()).unwrap_or_default());
    let text = |column: Option<usize>| column.and_then(|column| row.get(column)).unwrap_or_default();
    let state = folded(text(columns.state));
    if NOT_CARRIED_OUT.contains(&state.as_str()) {
        return;
    }
    if !CARRIED_OUT.contains(&state.as_str()) {
        let facts = vec![
            ("line", Fact::Number(line.into())),
            ("state", Fact::Text(text(columns.state).to_owned())),
        ];
        statement.note("statement-unknown-state", facts);
        return;
    }
    let (dated, worth) = (text(Some(columns.entered)), text(Some(columns.amount)));
    if worth.is_empty() && !text(columns.out).is_empty() {
        return;
    }
    let (Some(entered), Some(amount)) = (day(dated), amount(worth)) else {
        if day(dated).is_none() {
            statement.unread("statement-unread-day", line, dated);
        } else {
            statement.unread("statement-unread-amount", line, worth);
        }
        return;
    };
    let comes_in = columns
        .way
        .is_none_or(|_| IN.contains(&folded(text(columns.way)).as_str()));
    if amount <= Money::ZERO || !comes_in {
        return;
    }
    let (account, currency) = (text(columns.account), text(columns.currency).to_uppercase());
    if !statement.offers(account, &currency, own) {
        return;
    }
    let messages: Vec<&str> = columns
        .messages
        .iter()
        .filter_map(|column| row.get(*column))
        .filter(|message| !message.is_empty())
        .collect();
    let place: Vec<&str> = columns.place.iter().filter_map(|column| row.get(*column)).collect();
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // What a row says is somebody's own, and a place outlives them: its hash tells it apart as well.
    let (day, cents) = (entered.to_string(), amount.cents().to_string());
    let said = [
        vec![account, &day, &cents],
        place,
        messages.clone(),
        columns.from.iter().filter_map(|column| row.get(*column)).collect(),
    ]
    .concat();
    let said: String = said.into_iter().map(|text| format!("{}\u{1f}", plain(text))).collect();
    let place: String = Sha256::digest(said)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    statement.payments.push(Payment {
        entered,
        amount,
        from: columns
            .from
            .iter()
            .filter_map(|column| row.get(*column))
            .find(|name| !name.is_empty())
            .map(plain)
            .unwrap_or_default(),
        reference: reference_in(messages.iter().copied()),
        message: messages.first().map(|message| plain(message)).unwrap_or_default(),
        place: format!("table:{place}"),
    });
}

/// Of rows that say the same, each is a payment of its own: the first, the second, …
fn tell_equal_ones_apart(payments: &mut [Payment]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for payment in payments {
        let times = seen.entry(payment.place.clone()).or_default();
        *times += 1;
        payment.place = format!("{}/{times}", payment.place);
    }
}
