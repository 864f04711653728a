//! Clients as another program wrote them: a table (CSV) whose head names its columns, or visiting cards (vCard, RFC 6350). What is
//! read is proposed; whoever imports it decides.

use crate::client::Card;
use crate::fold::folded;
use crate::places;
use crate::terms::ClientKind;
use crate::vocabulary::vocabulary;
use crate::words::Language;
use calcard::vcard::{VCard, VCardProperty, VCardValue};
use calcard::{Entry, Parser};

vocabulary! {
    /// What a column holds.
    #[derive(ts_rs::TS)]
    pub enum Column in "column" {
        /// Nothing that a card keeps.
        Nothing = "nothing",
        /// The whole name.
        Name = "name",
        /// The first name alone.
        FirstName = "first-name",
        /// The family name alone.
        LastName = "last-name",
        /// The company.
        Company = "company",
        /// Street, with the number or without.
        Street = "street",
        /// The number of the house.
        Number = "house-number",
        /// The postcode.
        Postcode = "postcode",
        /// The town.
        City = "city",
        /// The country.
        Country = "country",
        /// The telephone.
        Phone = "phone",
        /// A second telephone, or someone else to call.
        SecondContact = "second-contact",
        /// The e-mail address.
        Email = "email",
        /// The VAT number.
        Vat = "vat-number",
        /// The language.
        Language = "language",
        /// Finger sizes.
        Sizes = "sizes",
        /// What is noted of them.
        Notes = "preferences",
        /// A birthday, or another day.
        Dates = "dates",
    }
}

/// What heads are called, folded, in the four languages and in the programs that people come from.
const HEADS: [(&str, Column); 92] = [
    ("naam", Column::Name),
    ("nom complet", Column::Name),
    ("name", Column::Name),
    ("full name", Column::Name),
    ("display name", Column::Name),
    ("klant", Column::Name),
    ("klantnaam", Column::Name),
    ("client", Column::Name),
    ("customer", Column::Name),
    ("customer name", Column::Name),
    ("kunde", Column::Name),
    ("volledige naam", Column::Name),
    ("voornaam", Column::FirstName),
    ("prenom", Column::FirstName),
    ("first name", Column::FirstName),
    ("firstname", Column::FirstName),
    ("given name", Column::FirstName),
    ("vorname", Column::FirstName),
    ("achternaam", Column::LastName),
    ("familienaam", Column::LastName),
    ("nom", Column::LastName),
    ("nom de famille", Column::LastName),
    ("last name", Column::LastName),
    ("lastname", Column::LastName),
    ("surname", Column::LastName),
    ("family name", Column::LastName),
    ("nachname", Column::LastName),
    ("familienname", Column::LastName),
    ("bedrijf", Column::Company),
    ("firma", Column::Company),
    ("bedrijfsnaam", Column::Company),
    ("societe", Column::Company),
    ("entreprise", Column::Company),
    ("company", Column::Company),
    ("organization", Column::Company),
    ("unternehmen", Column::Company),
    ("straat", Column::Street),
    ("adres", Column::Street),
    ("straat en nummer", Column::Street),
    ("rue", Column::Street),
    ("adresse", Column::Street),
    ("street", Column::Street),
    ("address", Column::Street),
    ("address 1", Column::Street),
    ("strasse", Column::Street),
    ("strasse und hausnummer", Column::Street),
    ("anschrift", Column::Street),
    ("huisnummer", Column::Number),
    ("nummer", Column::Number),
    ("nr", Column::Number),
    ("numero", Column::Number),
    ("house number", Column::Number),
    ("hausnummer", Column::Number),
    ("postcode", Column::Postcode),
    ("postnummer", Column::Postcode),
    ("code postal", Column::Postcode),
    ("cp", Column::Postcode),
    ("zip", Column::Postcode),
    ("postal code", Column::Postcode),
    ("plz", Column::Postcode),
    ("postleitzahl", Column::Postcode),
    ("gemeente", Column::City),
    ("plaats", Column::City),
    ("stad", Column::City),
    ("woonplaats", Column::City),
    ("localite", Column::City),
    ("ville", Column::City),
    ("commune", Column::City),
    ("city", Column::City),
    ("town", Column::City),
    ("ort", Column::City),
    ("stadt", Column::City),
    ("land", Column::Country),
    ("pays", Column::Country),
    ("country", Column::Country),
    ("telefoon", Column::Phone),
    ("telephone", Column::Phone),
    ("tel", Column::Phone),
    ("phone", Column::Phone),
    ("telefon", Column::Phone),
    ("gsm", Column::Phone),
    ("mobile", Column::Phone),
    ("mobiel", Column::Phone),
    ("mobil", Column::Phone),
    ("e mail", Column::Email),
    ("email", Column::Email),
    ("mail", Column::Email),
    ("courriel", Column::Email),
    ("btw nummer", Column::Vat),
    ("taal", Column::Language),
    ("langue", Column::Language),
    ("language", Column::Language),
];

/// More of them: words that say it within a head, where the whole is not known.
const WITHIN: [(&str, Column); 18] = [
    ("mail", Column::Email),
    ("btw", Column::Vat),
    ("tva", Column::Vat),
    ("vat", Column::Vat),
    ("ust", Column::Vat),
    ("gsm", Column::Phone),
    ("mobi", Column::Phone),
    ("tel", Column::Phone),
    ("phone", Column::Phone),
    ("post", Column::Postcode),
    ("sprache", Column::Language),
    ("ring", Column::Sizes),
    ("maat", Column::Sizes),
    ("geboorte", Column::Dates),
    ("naissance", Column::Dates),
    ("birth", Column::Dates),
    ("geburt", Column::Dates),
    ("not", Column::Notes),
];

/// What a file holds.
#[derive(Debug, Clone, Default)]
pub struct Contacts {
    /// Its columns: what each is called, and what it is taken for. None of a file of visiting cards.
    pub columns: Vec<(String, Column)>,
    /// A card a row, with the line it begins at.
    pub rows: Vec<(usize, Card)>,
    /// Lines that hold no card.
    pub unread: Vec<usize>,
}

/// Reads a file. `chosen` says what each column is taken for, where someone said so.
#[must_use]
pub fn read(bytes: &[u8], chosen: &[Column], language: Language) -> Contacts {
    let text = crate::statement::decoded(bytes);
    if text.trim_start().to_ascii_uppercase().starts_with("BEGIN:VCARD") {
        visiting_cards(&text, language)
    } else {
        table(&text, chosen, language)
    }
}

fn guessed(head: &str) -> Column {
    let head = folded(head);
    // `E-mail 1 - Label`, `Phonetic First Name`: what is said of a column is not what stands in it.
    if head
        .split(' ')
        .any(|word| ["label", "type", "phonetic"].contains(&word))
    {
        return Column::Nothing;
    }
    let whole = HEADS.iter().find(|(known, _)| *known == head);
    let within = || {
        WITHIN
            .iter()
            .find(|(part, _)| head.split(' ').any(|word| word.starts_with(part)))
    };
    whole.or_else(within).map_or(Column::Nothing, |(_, column)| *column)
}

/// The sign that parts the columns: the one that stands most often in the head.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| head.bytes().filter(|byte| byte == sign).count();
    [b';', b'\t', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

fn table(text: &str, chosen: &[Column], language: Language) -> Contacts {
    // A line ends once, for whoever counts them.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.as_str();
    // Excel names its sign in a line before the head.
    let named = text.lines().next().and_then(|line| line.trim().strip_prefix("sep="));
    let (body, before) = match named {
        Some(_) => (text.split_once('\n').map_or("", |(_, rest)| rest), 1),
        None => (text, 0),
    };
    let sign = named
        .and_then(|sign| sign.bytes().next())
        .unwrap_or_else(|| delimiter(body));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(sign)
        .flexible(true)
        .from_reader(body.as_bytes());
    let Ok(head) = reader.headers().cloned() else {
        return Contacts::default();
    };
    let mut contacts = Contacts::default();
    for (index, name) in head.iter().enumerate() {
        let column = chosen.get(index).copied().unwrap_or_else(|| guessed(name));
        // A second column of one kind is told apart, so that neither overwrites the other.
        let again = chosen.is_empty() && contacts.columns.iter().any(|(_, known)| *known == column);
        let many = [
            Column::Notes,
            Column::Street,
            Column::Dates,
            Column::Sizes,
            Column::SecondContact,
        ];
        let column = if !again || many.contains(&column) {
            column
        } else if column == Column::Phone {
            Column::SecondContact
        } else {
            Column::Nothing
        };
        contacts.columns.push((name.trim().to_owned(), column));
    }
    for row in reader.records() {
        let line = match &row {
            Ok(row) => row.position().map_or(0, csv::Position::line),
            Err(why) => why.position().map_or(0, csv::Position::line),
        };
        let line = usize::try_from(line).unwrap_or_default() + before;
        let Ok(row) = row else {
            contacts.unread.push(line);
            continue;
        };
        let of = |wanted: Column| {
            let values = contacts.columns.iter().zip(row.iter());
            let values = values.filter(|((_, column), value)| *column == wanted && !value.trim().is_empty());
            values.map(|(_, value)| value.trim()).collect::<Vec<_>>().join(", ")
        };
        match card(&of, language) {
            Some(card) => contacts.rows.push((line, card)),
            None if row.iter().all(|value| value.trim().is_empty()) => {}
            None => contacts.unread.push(line),
        }
    }
    contacts
}

/// The card of what stands in each column; none without a name.
fn card(of: &dyn Fn(Column) -> String, language: Language) -> Option<Card> {
    let person = [of(Column::FirstName), of(Column::LastName)];
    let person = person
        .iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    let whole = of(Column::Name);
    let company = of(Column::Company);
    let name = [whole, person, company.clone()]
        .into_iter()
        .find(|name| !name.is_empty())?;
    let contact = if company.is_empty() || company == name {
        String::new()
    } else {
        company
    };
    let vat_number = of(Column::Vat);
    let street = [of(Column::Street), of(Column::Number)];
    let second = [of(Column::SecondContact), contact];
    let joined = |parts: &[String], with: &str| {
        let parts: Vec<&str> = parts
            .iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(with)
    };
    let mut postcode = of(Column::Postcode);
    let mut city = of(Column::City);
    // `2000 Antwerpen` in one column.
    if postcode.is_empty()
        && let Some((code, town)) = city.split_once(' ')
        && code.bytes().all(|byte| byte.is_ascii_digit())
    {
        (postcode, city) = (code.to_owned(), town.trim().to_owned());
    }
    let country = country_named(&of(Column::Country));
    if city.is_empty() && country == "BE" {
        city = places::towns(&postcode).first().map_or("", |town| *town).to_owned();
    }
    Some(Card {
        kind: if vat_number.is_empty() {
            ClientKind::Consumer
        } else {
            ClientKind::Business
        },
        language: language_named(&of(Column::Language)).unwrap_or(language),
        name,
        street: joined(&street, " "),
        postcode,
        city,
        country,
        phone: of(Column::Phone),
        email: of(Column::Email),
        second_contact: joined(&second, ", "),
        vat_number,
        sizes: of(Column::Sizes),
        preferences: of(Column::Notes),
        dates: of(Column::Dates),
    })
}

fn language_named(text: &str) -> Option<Language> {
    let folded = folded(text);
    let known = [
        ("nl", Language::Nl),
        ("ned", Language::Nl),
        ("neer", Language::Nl),
        ("dutch", Language::Nl),
        ("fr", Language::Fr),
        ("en", Language::En),
        ("ang", Language::En),
        ("de", Language::De),
        ("du", Language::De),
        ("al", Language::De),
        ("ge", Language::De),
    ];
    known
        .into_iter()
        .find(|(begins, _)| !folded.is_empty() && folded.starts_with(begins))
        .map(|(_, language)| language)
}

/// A country by its two letters, from what programs and people write; what is not known stays as it is, and is asked about.
fn country_named(text: &str) -> String {
    let folded = folded(text);
    let known = [
        ("belg", "BE"),
        ("nederland", "NL"),
        ("pays bas", "NL"),
        ("netherlands", "NL"),
        ("niederlande", "NL"),
        ("fran", "FR"),
        ("duitsland", "DE"),
        ("allemagne", "DE"),
        ("germany", "DE"),
        ("deutschland", "DE"),
        ("lux", "LU"),
        ("united kingdom", "GB"),
        ("verenigd koninkrijk", "GB"),
        ("royaume uni", "GB"),
    ];
    if folded.is_empty() {
        return "BE".to_owned();
    }
    let found = known.into_iter().find(|(begins, _)| folded.starts_with(begins));
    found.map_or_else(|| text.trim().to_owned(), |(_, code)| code.to_owned())
}

/// The cards of a file, each with its last line.
fn cards(text: &str) -> Vec<&str> {
    let mut cards = Vec::new();
    let (mut from, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.trim().eq_ignore_ascii_case("END:VCARD") {
            cards.push(&text[from..at]);
            from = at;
        }
    }
    cards.push(&text[from..]);
    cards
}

fn visiting_cards(text: &str, language: Language) -> Contacts {
    let mut contacts = Contacts::default();
    // Cards are read one by one, so that a broken one costs only itself.
    let mut line = 1;
    for part in cards(text) {
        let blank = part.len() - part.trim_start().len();
        let begins = line + part[..blank].matches('\n').count();
        line += part.matches('\n').count();
        if part.trim().is_empty() {
            continue;
        }
        let card = if let Entry::VCard(read) = Parser::new(part.trim_start()).entry() {
            visiting_card(&read, language)
        } else {
            None
        };
        match card {
            Some(card) => contacts.rows.push((begins, card)),
            None => contacts.unread.push(begins),
        }
    }
    contacts
}

fn visiting_card(read: &VCard, language: Language) -> Option<Card> {
    let texts = |wanted: &VCardProperty| -> Vec<Vec<String>> {
        let entries = read.entries.iter().filter(|entry| entry.name == *wanted);
        let said = |value: &VCardValue| value.clone().into_text().map(|text| text.trim().to_owned());
        entries
            .map(|entry| {
                entry
                    .values
                    .iter()
                    .map(|value| said(value).unwrap_or_default())
                    .collect()
            })
            .collect()
    };
    let first = |wanted: &VCardProperty| texts(wanted).into_iter().flatten().find(|text| !text.is_empty());
    let name_parts = texts(&VCardProperty::N).into_iter().next().unwrap_or_default();
    let address = texts(&VCardProperty::Adr).into_iter().next().unwrap_or_default();
    let part = |parts: &[String], index: usize| parts.get(index).cloned().unwrap_or_default();
    let phones: Vec<String> = texts(&VCardProperty::Tel)
        .into_iter()
        .flatten()
        .map(|phone| phone.trim_start_matches("tel:").to_owned())
        .filter(|phone| !phone.is_empty())
        .collect();
    let of = |column: Column| match column {
        Column::Name => first(&VCardProperty::Fn).unwrap_or_default(),
        Column::FirstName => part(&name_parts, 1),
        Column::LastName => part(&name_parts, 0),
        Column::Company => first(&VCardProperty::Org).unwrap_or_default(),
        Column::Street => part(&address, 2),
        Column::City => part(&address, 3),
        Column::Postcode => part(&address, 5),
        Column::Country => part(&address, 6),
        Column::Phone => part(&phones, 0),
        Column::SecondContact => part(&phones, 1),
        Column::Email => first(&VCardProperty::Email).unwrap_or_default(),
        Column::Language => first(&VCardProperty::Lang).unwrap_or_default(),
        Column::Notes => first(&VCardProperty::Note).unwrap_or_default(),
        Column::Nothing | Column::Number | Column::Vat | Column::Sizes | Column::Dates => String::new(),
    };
    card(&of, language)
}
