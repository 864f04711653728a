//! The mail a paper goes with: to whom, about what, and a text in the client's language that the house can change.

use super::lookup::Lookup;
use super::work::{Outcome, Work, house};
use crate::client::Card;
use crate::form::Reader;
use crate::grounds::{Fact, Message};
use crate::paper::kind::PaperKind;
use crate::refusal::{NotNow, Refusal};
use crate::store::papers::Issued;
use crate::store::{Done, clients, invoices, mail_texts, papers};
use crate::terms::ClientKind;
use crate::words::Language;
use serde::Serialize;
use ts_rs::TS;

/// A mail, to be looked at before it leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct MailView {
    pub to: String,
    pub to_name: String,
    pub from: String,
    pub from_name: String,
    pub subject: String,
    pub text: String,
    pub language: Language,
    /// The official notice of the legal guarantee that goes with it: a file's id.
    pub notice: Option<String>,
}

/// The text of a kind of mail, with places for what changes: `{ name }`, `{ paper }`, `{ number }`, `{ house }`, `{ staff }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the screen's own names")]
pub struct MailText {
    pub kind: String,
    pub kind_text: String,
    pub language: Language,
    pub subject: String,
    pub text: String,
    /// Whether the house wrote it.
    pub own: bool,
}

/// The longest text of a mail.
const LONGEST: usize = 8000;
impl Lookup<'_> {
    /// The text of a kind of mail in a language: the house's own, else the usual one.
    fn mail_text(&self, kind: PaperKind, language: Language) -> Done<(String, String, bool)> {
        if let Some((subject, text)) = mail_texts::get(self.tx, kind.stored(), language)? {
            return Ok((subject, text, true));
        }
        let place = |name: &'static str| Fact::Text(format!("{{ {name} }}"));
        let message = |key: &str| {
            let places = ["name", "paper", "number", "house", "staff"];
            let message = Message::new(key.to_owned());
            places
                .into_iter()
                .fold(message, |message, name| message.with(name, place(name)))
        };
        let own = format!("mail-{}", kind.stored());
        let key = if language.knows(&own) {
            own
        } else {
            "mail-usual".to_owned()
        };
        Ok((
            language.say(&message("mail-subject")),
            language.say(&message(&key)),
            false,
        ))
    }

    /// Every kind of mail in a language.
    pub(super) fn mail_texts(&self, language: Language) -> Done<Vec<MailText>> {
        let text = |kind: &PaperKind| {
            let (subject, text, own) = self.mail_text(*kind, language)?;
            Ok(MailText {
                kind: kind.stored().to_owned(),
                kind_text: self.language.word(&kind.word()),
                language,
                subject,
                text,
                own,
            })
        };
        PaperKind::ALL.iter().map(text).collect()
    }

    /// Whose paper it is.
    fn goes_to(&self, issued: &Issued) -> Done<Option<Card>> {
        let client = issued.client_id.as_deref();
        let client = client.map(|client| clients::get(self.tx, client)).transpose()?;
        Ok(client.map(|client| client.card))
    }

    /// Whether a paper may leave the house as it is, on paper or by mail; and the official notice of the legal guarantee that goes with
    /// it, a file's id.
    ///
    /// # Errors
    /// [`NotNow::InvoiceStructuredFirst`] for the invoice of a Belgian business whose structured file was not handed over.
    pub(super) fn goes_out(&self, issued: &Issued) -> Done<Option<String>> {
        self.goes_out_to(issued, self.goes_to(issued)?.as_ref())
    }

    fn goes_out_to(&self, issued: &Issued, card: Option<&Card>) -> Done<Option<String>> {
        let invoice = invoices::of_paper(self.tx, &issued.id)?;
        if invoice.is_some_and(|invoice| invoice.is_structured()) && !invoices::is_sent(self.tx, &issued.id)? {
            return Err(NotNow::InvoiceStructuredFirst.into());
        }
        let language = card.map_or(issued.language, |card| card.language);
        let is_consumer = card.is_some_and(|card| card.kind == ClientKind::Consumer);
        // A kind that a newer program issued is printed as it is.
        if !is_consumer || !PaperKind::named(&issued.kind).is_some_and(PaperKind::goes_with_notice) {
            return Ok(None);
        }
        let notices = house(self.tx)?.identity.guarantee_notices;
        Ok(notices.get(language.code()).cloned())
    }

    /// The mail a paper goes with.
    pub(super) fn mail(&self, paper: &str, staff: &str) -> Done<MailView> {
        let (issued, _) = papers::get(self.tx, paper)?;
        let identity = house(self.tx)?.identity;
        let card = self.goes_to(&issued)?;
        let notice = self.goes_out_to(&issued, card.as_ref())?;
        let language = card.as_ref().map_or(issued.language, |card| card.language);
        let kind = PaperKind::named(&issued.kind).ok_or(Refusal::NotFound)?;
        let (subject, text, _) = self.mail_text(kind, language)?;
        let name = card.as_ref().map(|card| card.name.clone()).unwrap_or_default();
        let filled = |text: &str| {
            let facts = [
                ("name", name.as_str()),
                ("paper", &language.word(&kind.word())),
                ("number", &issued.number),
                ("house", &identity.name),
                ("staff", staff),
            ];
            facts.into_iter().fold(text.to_owned(), |text, (place, said)| {
                text.replace(&format!("{{ {place} }}"), said)
            })
        };
        Ok(MailView {
            notice,
            to: card.map(|card| card.email).unwrap_or_default(),
            from: identity.email.clone(),
            from_name: identity.name.clone(),
            subject: filled(&subject),
            text: filled(&text),
            to_name: name.clone(),
            language,
        })
    }
}

/// Keeps the house's own text of a kind of mail; an empty one gives the usual text back.
pub(super) fn keep(work: &Work<'_>, kind: &str, language: Language, subject: &str, text: &str) -> Done<Outcome> {
    let kind = PaperKind::named(kind).ok_or(Refusal::NotFound)?;
    let mut form = Reader::default();
    let subject = form.text("subject", subject, 300);
    let text = form.text("mail", text, LONGEST);
    let (subject, text) = form.finish(Some((subject, text)))?;
    mail_texts::keep(work.tx, kind.stored(), language, &subject, &text)?;
    Ok(Outcome::default())
}
