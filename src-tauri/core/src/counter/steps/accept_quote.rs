//! The client accepts the newest version of the quote, on screen, on paper, or by mail.

use super::{Looked, Taken, Taking};
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::intake::Signature;
use crate::order::delivery::{DeliveredTo, Destination, may_order};
use crate::order::{AcceptedBy, Happened, Personal};
use crate::paper::kind::PaperKind;
use crate::quote::deposit;
use crate::refusal::{NotNow, Refusal};
use crate::store::{Done, terms};
use crate::terms::Concluded;
use crate::vocabulary::Vocabulary as _;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The client accepts the newest version of the quote, on screen, on paper, or by mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct AcceptQuote {
    pub channel: String,
    pub day: String,
    pub words: String,
    pub signature: Signature,
    /// How the contract came about. It and the destination are absent in journal entries of before they were asked.
    #[serde(default)]
    pub concluded: Option<String>,
    #[serde(default)]
    pub delivered_to: Option<String>,
    #[serde(default)]
    pub country: String,
    #[serde(default)]
    pub address: String,
}

impl Taken for AcceptQuote {
    const NAME: &'static str = "accept-quote";
    const WHO: &'static [Role] = &[Role::Counter, Role::Designer];
    const GROUP: &'static str = "quote";
    const ISSUES: &'static [PaperKind] = &[PaperKind::OrderConfirmation];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.dossier.may_quote().is_err() || look.dossier.quotes.is_empty() {
            return None;
        }
        let fields = vec![
            look.desk.choice_field("channel", AcceptedBy::ALL),
            look.desk.choice_of("concluded", Concluded::ALL, None),
            look.desk
                .choice_of("delivered_to", DeliveredTo::ALL, Some(usual_destination(look))),
            look.desk
                .step_field("country", "text", Vec::new(), look.dossier.client.card.country_code()),
            look.desk.empty_field("address", "long"),
            look.desk.day_field("day"),
            look.desk.empty_field("words", "long"),
            look.desk.empty_field("signature", "signature"),
        ];
        Some(Offer::of(look.dossier.may_accept(), fields).main(look.dossier.open_quote().is_ok()))
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
        let concluded: Option<Concluded> = self
            .concluded
            .as_deref()
            .map(|said| at.form.chosen("concluded", said))
            .transpose()?;
        let destination = match &self.delivered_to {
            Some(to) => {
                let destination = Destination {
                    to: at.form.chosen("delivered_to", to)?,
                    country: at.form.country("country", &self.country)?,
                };
                may_order(at.dossier.client.card.kind, &destination, quote.total, &terms)?;
                Some(destination)
            }
            None => None,
        };
        let address = at.form.text("address", &self.address)?;
        let deposit = deposit(at.dossier.project.kind, quote.total, quote.to_pay, &terms);
        let accepted = Happened::Accepted {
            quote: quote.id,
            deposit,
            channel,
            concluded,
            destination,
        };
        let personal = Personal {
            address,
            ..at.personal(&words, &self.signature)
        };
        at.happens(day, accepted, personal)?;
        papers::confirmation(at.work, &at.dossier).map(Some)
    }
}

/// Where an order goes until someone says otherwise: a house that only delivers has nothing collected.
fn usual_destination(look: &Looked<'_>) -> DeliveredTo {
    if look.dossier.terms.orders.home_address_only.value() == Some(&true) {
        DeliveredTo::Home
    } else {
        DeliveredTo::Collected
    }
}

fn first_day(instant: &str) -> NaiveDate {
    instant
        .get(..10)
        .and_then(|day| day.parse().ok())
        .unwrap_or(NaiveDate::MIN)
}
