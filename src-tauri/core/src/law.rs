//! The floor of the law under a house's terms: one closed table of the points where a document falls below it.
//!
//! A rule below the floor stays in the terms as published, is flagged, and is not applied against a consumer inside the
//! statutory right. A row is found in a house by what its terms *say*, never by whose they are.

use crate::grounds::Article;
use crate::money::Money;
use crate::terms::{Cancellation, Clause, CountedFrom, Made, Need, ReturnDeduction, ShippingRefunded, Terms};

/// The most a project may be paid in cash, deposit and balance together (law of 18 September 2017 art. 67).
pub const CASH_LIMIT: Money = Money::from_cents(300_000);

/// What of a case its flags depend on.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The right is the statute's.
    pub by_statute: bool,
    /// The right is the house's own rule for cancelling.
    pub by_cancellation: bool,
    /// The piece came into the client's hands.
    pub delivered: bool,
    /// The house's own window ends before the law's period, or has not begun.
    pub window_shorter: bool,
    /// The law's day for the refund comes before the house's promise.
    pub law_refunds_first: bool,
    /// It was worn, damaged or altered.
    pub used: bool,
    /// What was sold.
    pub made: Made,
    /// A restocking fee is claimed.
    pub restocking: bool,
    /// The client paid for shipping.
    pub shipping_paid: bool,
    /// The client paid a deposit.
    pub deposit_paid: bool,
    /// A claim was made more than 60 days after its defect was found.
    pub noticed_after_60_days: bool,
}

/// A point where a house's document falls below the law.
pub struct Collision {
    /// Its name in the product; `collision-{id}` and `instead-{id}` are its messages.
    pub id: &'static str,
    /// The law's article.
    pub law: Article,
    /// Whether the point of law is verified; where not, the user is sent to a lawyer.
    pub verified: bool,
    /// The house's article, where its terms say it.
    found: fn(&Terms) -> Option<&Article>,
    /// Whether it is set aside, or risked, in this answer.
    decides: fn(&Setting) -> bool,
}

impl Collision {
    /// The same with the house's article, where its terms say it.
    fn found_in(&self, terms: &Terms) -> Option<Found> {
        (self.found)(terms).map(|house| Found {
            id: self.id,
            house: house.clone(),
            law: self.law.clone(),
            verified: self.verified,
        })
    }
}

/// A collision found in a house's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name in the product.
    pub id: &'static str,
    /// The house's article.
    pub house: Article,
    /// The law's article.
    pub law: Article,
    /// Whether the point of law is verified.
    pub verified: bool,
}

impl Found {
    /// The key of what is done instead.
    #[must_use]
    pub fn instead(&self) -> String {
        format!("instead-{}", self.id)
    }
}

fn says(clause: &Clause<bool>) -> Option<&Article> {
    match clause {
        Clause::Says(true, article) => Some(article),
        Clause::Says(false, _) | Clause::Silent => None,
    }
}

fn excludes(terms: &Terms, made: &[Made]) -> bool {
    terms
        .returns
        .excluded
        .value()
        .is_some_and(|excluded| made.iter().any(|one| excluded.contains(one)))
}

/// Every collision the product knows.
pub const COLLISIONS: [Collision; 21] = [
    Collision {
        id: "cash-above-limit",
        law: Article::of("Law 18-9-2017 art. 67"),
        verified: true,
        found: |terms| match &terms.payment.cash_limit {
            Clause::Says(limit, article) if *limit > CASH_LIMIT => Some(article),
            Clause::Says(..) | Clause::Silent => None,
        },
        decides: |_| false,
    },
    Collision {
        id: "window-from-shipment",
        law: Article::of("CEL VI.47 §2"),
        verified: true,
        found: |terms| match &terms.returns.window {
            Clause::Says(window, article) if window.from == CountedFrom::Shipment => Some(article),
            Clause::Says(..) | Clause::Silent => None,
        },
        decides: |answer| answer.by_statute && answer.delivered && answer.window_shorter,
    },
    Collision {
        id: "restocking-fee",
        law: Article::of("CEL VI.50"),
        verified: true,
        found: |terms| match &terms.returns.window {
            Clause::Says(window, article) if window.deduction == ReturnDeduction::RestockingFee => Some(article),
            Clause::Says(..) | Clause::Silent => None,
        },
        decides: |answer| answer.by_statute && answer.restocking,
    },
    Collision {
        id: "shipping-not-refunded",
        law: Article::of("CEL VI.50 §1"),
        verified: true,
        found: |terms| match &terms.returns.outbound_shipping_refunded {
            Clause::Says(ShippingRefunded::OnlyIfWrongOrDefective, article) => Some(article),
            Clause::Says(..) | Clause::Silent => None,
        },
        decides: |answer| answer.by_statute && answer.shipping_paid,
    },
    Collision {
        id: "rma-as-condition",
        law: Article::of("CEL VI.49"),
        verified: true,
        found: |terms| says(&terms.returns.rma_needed),
        decides: |answer| answer.by_statute && answer.delivered,
    },
    Collision {
        id: "withdrawal-only-after-delivery",
        law: Article::of("Dir. 2011/83 recital 40"),
        verified: true,
        found: |terms| match &terms.returns.cancellation {
            Clause::Says(Cancellation::Fee(_), article) => Some(article),
            Clause::Says(Cancellation::DepositKept | Cancellation::Never, _) | Clause::Silent => None,
        },
        decides: |answer| answer.by_statute && !answer.delivered,
    },
    Collision {
        id: "unlisted-excluded",
        law: Article::of("CEL VI.53 3°"),
        verified: true,
        found: |terms| says(&terms.returns.only_listed),
        decides: |answer| answer.by_statute && matches!(answer.made, Made::LooseStone | Made::Unlisted),
    },
    Collision {
        id: "altered-diamond-excluded",
        law: Article::of("CEL VI.53 3°"),
        // Whether an altered diamond is the client's own specification is open.
        verified: false,
        found: |terms| {
            terms
                .returns
                .excluded
                .article()
                .filter(|_| excludes(terms, &[Made::AlteredDiamond]))
        },
        decides: |answer| answer.by_statute && answer.made == Made::AlteredDiamond,
    },
    Collision {
        id: "refund-after-inspection",
        law: Article::of("CEL VI.50"),
        verified: true,
        found: |terms| match (&terms.returns.refund_promise, &terms.returns.refund_days) {
            (Clause::Says(_, article), Clause::Silent) if terms.returns.window.value().is_some() => Some(article),
            _ => None,
        },
        decides: |answer| answer.by_statute && answer.delivered && answer.law_refunds_first,
    },
    Collision {
        id: "listed-options-excluded",
        law: Article::of("CEL VI.53 3°"),
        verified: true,
        found: |terms| {
            terms
                .returns
                .excluded
                .article()
                .filter(|_| excludes(terms, &[Made::ListedOption]))
        },
        decides: |answer| answer.by_statute && answer.made == Made::ListedOption,
    },
    Collision {
        id: "request-assessed",
        law: Article::of("CEL VI.47"),
        verified: true,
        found: |terms| says(&terms.returns.request_assessed),
        decides: |answer| answer.by_statute,
    },
    Collision {
        id: "used-sent-back",
        law: Article::of("CEL VI.51 §2"),
        verified: true,
        found: |terms| says(&terms.returns.no_refund_if_used).and_then(|_| says(&terms.returns.used_sent_back)),
        decides: |answer| answer.by_statute && answer.delivered && answer.used,
    },
    Collision {
        id: "odr-platform-closed",
        law: Article::of("Reg. 2024/3228"),
        verified: true,
        found: |terms| says(&terms.privacy.odr_platform),
        decides: |_| false,
    },
    Collision {
        id: "deposit-kept",
        law: Article::of("CEL VI.83"),
        verified: true,
        found: |terms| says(&terms.payment.deposit_kept),
        decides: |answer| answer.by_cancellation || (answer.by_statute && answer.deposit_paid),
    },
    Collision {
        id: "used-not-refunded",
        law: Article::of("CEL VI.51 §2"),
        verified: true,
        found: |terms| says(&terms.returns.no_refund_if_used).filter(|_| says(&terms.returns.used_sent_back).is_none()),
        decides: |answer| answer.by_statute && answer.delivered && answer.used,
    },
    Collision {
        id: "defect-notice-60-days",
        law: Article::of("CC 1649quater"),
        verified: true,
        // Two months are at most 62 days.
        found: |terms| {
            terms
                .warranty
                .notice_days
                .article()
                .filter(|_| terms.warranty.notice_days.value().is_some_and(|days| *days < 62))
        },
        decides: |answer| answer.noticed_after_60_days,
    },
    Collision {
        id: "privacy-45-days",
        law: Article::of("GDPR art. 12(3)"),
        verified: true,
        found: |terms| {
            terms
                .privacy
                .answer_days
                .article()
                .filter(|_| terms.privacy.answer_days.value().is_some_and(|days| *days > 30))
        },
        decides: |_| false,
    },
    Collision {
        id: "form-wording",
        law: Article::of("CEL VI annex 2"),
        verified: false,
        found: |terms| says(&terms.returns.own_form_wording),
        decides: |_| false,
    },
    Collision {
        id: "packaging-as-condition",
        law: Article::of("CEL VI.51"),
        verified: true,
        found: |terms| match &terms.returns.needs {
            // Where a house has a window of its own, what a return needs belongs to that.
            Clause::Says(needs, article)
                if needs.contains(&Need::OriginalPackaging) && terms.returns.window.value().is_none() =>
            {
                Some(article)
            }
            Clause::Says(..) | Clause::Silent => None,
        },
        decides: |answer| answer.by_statute && answer.delivered,
    },
    Collision {
        id: "supplier-prices",
        law: Article::of("CEL VI.83 2°, 3°"),
        verified: true,
        found: |terms| says(&terms.orders.supplier_prices_passed_on),
        decides: |_| false,
    },
    Collision {
        id: "materials-excluded",
        law: Article::of("CEL VI.83 13°"),
        verified: false,
        found: |terms| says(&terms.redesign.no_compensation_for_loss),
        decides: |_| false,
    },
];

/// The collisions in a house's terms, each with both articles.
#[must_use]
pub fn collisions(terms: &Terms) -> Vec<Found> {
    COLLISIONS.iter().filter_map(|row| row.found_in(terms)).collect()
}

/// The collisions that decide something in a case so set, by id.
#[must_use]
pub fn flags(setting: &Setting, terms: &Terms) -> Vec<&'static str> {
    COLLISIONS
        .iter()
        .filter(|row| (row.decides)(setting) && (row.found)(terms).is_some())
        .map(|row| row.id)
        .collect()
}

/// The collision of that id in these terms.
#[must_use]
pub fn collision(id: &str, terms: &Terms) -> Option<Found> {
    COLLISIONS.iter().find(|row| row.id == id)?.found_in(terms)
}
