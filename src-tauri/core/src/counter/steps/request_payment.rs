//! The house asks for a payment, `deposit` or `balance`.

use super::{Looked, Taken, Taking};
use crate::calendar::later;
use crate::counter::forms::Offer;
use crate::counter::papers::orders as papers;
use crate::house::Role;
use crate::money::Money;
use crate::order::{Due, Happened, Personal};
use crate::paper::kind::PaperKind;
use crate::refusal::NotNow;
use crate::store::Done;
use crate::vocabulary::Vocabulary as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The house asks for a payment, `deposit` or `balance`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[expect(missing_docs, reason = "each field is named as on its form")]
pub struct RequestPayment {
    pub kind: String,
    pub due: String,
}

impl Taken for RequestPayment {
    const NAME: &'static str = "request-payment";
    const WHO: &'static [Role] = &[Role::Counter];
    const GROUP: &'static str = "money";
    const ISSUES: &'static [PaperKind] = &[PaperKind::PaymentRequest];

    fn offer(look: &Looked<'_>) -> Option<Offer> {
        look.dossier.order.as_ref()?;
        let deposit_open = look.dossier.standing()?.deposit_open > Money::ZERO;
        let kinds = if deposit_open { Due::ALL } else { &[Due::Balance] };
        let due = look.desk.language.short_day(later(look.desk.today, 7));
        let fields = vec![
            look.desk.choice_field("kind", kinds),
            look.desk.step_field("due", "day", Vec::new(), due),
        ];
        Some(Offer::of(look.dossier.may_request(), fields))
    }

    fn take(&self, at: &mut Taking<'_, '_>) -> Done<Option<String>> {
        at.dossier.may_request()?;
        let standing = at.dossier.standing().ok_or(NotNow::NotOrdered)?;
        let kind = at.form.chosen("kind", &self.kind)?;
        let amount = match kind {
            Due::Deposit if standing.deposit_open > Money::ZERO => standing.deposit_open,
            Due::Balance if standing.open > standing.deposit_open => standing.open - standing.deposit_open,
            Due::Deposit | Due::Balance => return Err(NotNow::NothingOpen.into()),
        };
        let due = at.form.any_day(&self.due)?;
        let ogm = at.work.reference()?;
        let requested = Happened::Requested {
            kind,
            amount,
            ogm: ogm.to_string(),
            due,
        };
        at.happens(at.dossier.today, requested, Personal::default())?;
        papers::request(at.work, &at.dossier, kind, amount, ogm, due).map(Some)
    }
}
