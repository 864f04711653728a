//! The acknowledgement went out.

use super::{Looked, Taken, Taking};
use crate::aftersales::case::{CaseHappened, Channel};
use crate::counter::forms::Offer;
use crate::house::Role;
use crate::order::Personal;
use crate::store::Done;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The acknowledgement went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct SendAcknowledgement {
    pub channel: String,
    pub day: String,
}

impl Taken for SendAcknowledgement {
    const NAME: &'static str = "send-acknowledgement";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "notice";

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        if look.file.case.kind.is_work() {
            return None;
        }
        let fields = vec![look.desk.choice_field("channel", &CHANNELS), look.desk.day_field("day")];
        Some(Offer::of(look.file.may_acknowledge(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.file.may_acknowledge()?;
        let day = at.day_after(&self.day, at.file.noticed().map(|noticed| noticed.day))?;
        let channel = at.form.chosen("channel", &self.channel)?;
        at.happens(day, CaseHappened::Acknowledged { channel }, Personal::default())?;
        Ok(None)
    }
}

/// The ways an acknowledgement goes out.
const CHANNELS: [Channel; 3] = [Channel::Mail, Channel::Letter, Channel::Counter];
