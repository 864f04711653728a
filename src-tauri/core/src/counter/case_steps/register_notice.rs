//! The client gives notice, in any form: it is entered in the register, word for word.

use super::{Looked, Taken, Taking};
use crate::aftersales::case::{CaseHappened, Channel};
use crate::counter::forms::{Offer, personal};
use crate::counter::papers::cases as papers;
use crate::house::Role;
use crate::intake::Signature;
use crate::money::Money;
use crate::paper::kind::PaperKind;
use crate::paper::series::Series;
use crate::refusal::Refusal;
use crate::store::{Done, attachments, cases};
use crate::vocabulary::Vocabulary as _;
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

/// The client gives notice, in any form: it is entered in the register, word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct RegisterNotice {
    pub channel: String,
    pub day: String,
    pub time: String,
    pub words: String,
    pub file: String,
    #[serde(default)]
    pub price: String,
}

impl Taken for RegisterNotice {
    const NAME: &'static str = "register-notice";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "notice";
    const ISSUES: &'static [PaperKind] = &[PaperKind::Acknowledgement];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.file.case.kind.is_work() {
            return None;
        }
        let mut fields = vec![
            look.desk.choice_field("channel", Channel::ALL),
            look.desk.day_field("day"),
            look.desk.empty_field("time", "text"),
            look.desk.empty_field("words", "long"),
            look.desk.empty_field("file", "file"),
        ];
        if look.file.price() == Money::ZERO {
            fields.push(look.desk.empty_field("price", "figure"));
        }
        Some(Offer::of(look.file.may_notice(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_notice()?;
        let day = at.day(&self.day)?;
        let time = match self.time.trim() {
            "" => String::new(),
            text => NaiveTime::parse_from_str(text, "%H:%M")
                .map_err(|_| Refusal::NotATime { typed: text.to_owned() })?
                .format("%H:%M")
                .to_string(),
        };
        let channel = at.form.chosen("channel", &self.channel)?;
        let words = at.form.text("words", &self.words)?;
        let file = Some(self.file.clone()).filter(|file| !file.is_empty());
        if let Some(file) = &file {
            attachments::get(at.work.tx, file)?;
        } else if words.is_empty() {
            // What the client said is kept, or what they sent.
            return Err(Refusal::Missing { field: "words" }.into());
        }
        if at.file.price() == Money::ZERO {
            let price = at.form.money("price", &self.price)?;
            at.learns("price", json!(price.wire()), String::new())?;
        }
        let register = at.work.number(Series::Register)?;
        cases::found_by(at.work.tx, &at.file.case.id, &register)?;
        // The moment is the client's: a day alone where no hour is known.
        let received = if time.is_empty() {
            day.to_string()
        } else {
            format!("{day}T{time}")
        };
        let noticed = CaseHappened::Noticed {
            register,
            channel,
            received,
            file,
        };
        let happening = at.happens(day, noticed, personal(&words, &Signature::None, ""))?;
        papers::acknowledgement(at.work, &at.file, &happening).map(Some)
    }
}
