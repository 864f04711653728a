//! The client accepts the newest version of the quote, on screen, on paper, or by mail.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::intake::Signature;
use crate::order::{AcceptedBy, Happened, Stage};
use crate::quote::deposit;
use crate::refusal::{NotNow, Refusal};
use crate::store::{Done, terms};
use crate::vocabulary::Vocabulary as _;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client accepts the newest version of the quote, on screen, on paper, or by mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct AcceptQuote {
    pub channel: String,
    pub day: String,
    pub words: String,
    pub signature: Signature,
}

impl Taken for AcceptQuote {
    const NAME: &'static str = "accept-quote";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "quote";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.dossier.order.is_some() || look.dossier.quotes.is_empty() {
            return None;
        }
        let fields = vec![
            look.desk.choice_field("channel", AcceptedBy::ALL),
            look.desk.day_field("day"),
            look.desk.empty_field("words", "long"),
            look.desk.empty_field("signature", "signature"),
        ];
        Some(Offer::of(look.dossier.may_accept(), fields).main(look.dossier.stage() == Stage::Quoted))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_accept()?;
        let day = at.day(&self.day)?;
        let words = at.form.text("words", &self.words)?;
        let quote = at.dossier.open_quote()?.clone();
        if day > quote.valid_until || day < first_day(&quote.issued_at) {
            return Err(NotNow::QuoteLapsed.into());
        }
        let channel = at.form.chosen("channel", &self.channel)?;
        match (channel, &self.signature) {
            (AcceptedBy::Screen, Signature::Screen { strokes }) if !strokes.is_empty() => {}
            (AcceptedBy::Screen, _) => return Err(Refusal::Missing { field: "signature" }.into()),
            (AcceptedBy::Mail, _) if words.is_empty() => return Err(Refusal::Missing { field: "words" }.into()),
            (AcceptedBy::Paper | AcceptedBy::Mail, _) => {}
        }
        let terms = terms::get(at.work.tx, &quote.terms_id)?.terms;
        let deposit = deposit(at.dossier.project.kind, quote.total, quote.to_pay, &terms);
        let accepted = Happened::Accepted {
            quote: quote.id,
            deposit,
            channel,
        };
        at.happens(day, accepted, at.personal(&words, &self.signature))?;
        papers::confirmation(at.work, &at.dossier).map(Some)
    }
}

fn first_day(instant: &str) -> NaiveDate {
    instant
        .get(..10)
        .and_then(|day| day.parse().ok())
        .unwrap_or(NaiveDate::MIN)
}
