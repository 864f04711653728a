//! What a house's terms tell its client, and on which paper: each sentence, the clause it cites, the papers it stands on, and
//! for whom. A clause that only informs is read here and nowhere else; one that decides something is read by its rule too.
//!
//! A sentence is chosen by the house *and* by what is sold to whom: a charm is no custom piece, and who collects in the shop is
//! told nothing of carriers.

use crate::aftersales::file::CaseFile;
use crate::aftersales::{Basis, Payer, Reason};
use crate::grounds::{Article, Fact, Ground, Message};
use crate::ledger::made;
use crate::money::Money;
use crate::order::Dossier;
use crate::order::delivery::is_abroad;
use crate::terms::{
    Cancellation, Clause, ClientKind, Concluded, Country, DataRight, DayRange, Dispatch, Exception, ForceMajeure,
    Inspector, LifetimeWarranty, Made, Method, Need, OthersWork, ProjectKind, ShippingRefunded, SizeRange, Terms, Told,
    WhenLate, Within,
};
use crate::vocabulary::Vocabulary;

/// The papers that tell of the terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The quote.
    Quote,
    /// The order confirmation.
    Confirmation,
    /// The consent form.
    Consent,
    /// The design sheet.
    Design,
    /// The delivery note.
    DeliveryNote,
    /// The payment request.
    Request,
    /// Leave to send goods back.
    Authorisation,
    /// The inspection report.
    Inspection,
    /// The refund statement.
    Refund,
    /// The notice of a change of date.
    DateChange,
    /// The intake receipt.
    Receipt,
    /// The information sheet on the right of withdrawal, where there is one.
    Information,
    /// What is kept of a client, and answers about it.
    PersonalData,
}

/// What a paper is about, as far as a sentence depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact")]
pub struct About<'a> {
    /// What was ordered; nothing is known of a piece sold before the program was used.
    pub kind: Option<ProjectKind>,
    /// Who buys.
    pub client: ClientKind,
    /// The country it goes to, two letters; empty for the house's own.
    pub country: &'a str,
    /// Whether a piece of the client's own is worked.
    pub own_piece: bool,
    /// Whether a carrier brings it.
    pub by_carrier: bool,
    /// Whether a balance follows the deposit.
    pub balance: bool,
    /// Whether a window of production was promised.
    pub window: bool,
    /// Whether the house pays for the way back.
    pub house_pays: bool,
    /// Whether the client came back on the purchase for no reason of the house's.
    pub change_of_mind: bool,
    /// Whether the right is the house's own window.
    pub house_window: bool,
    /// Whether the law lets the client withdraw from it.
    pub withdraws: bool,
    /// Whether money goes back by other means than it came.
    pub other_means: bool,
}

impl<'a> About<'a> {
    /// A paper for a client of that kind, in that country, about nothing yet.
    #[must_use]
    pub const fn of(client: ClientKind, country: &'a str) -> Self {
        Self {
            kind: None,
            client,
            country,
            own_piece: false,
            by_carrier: false,
            balance: false,
            window: false,
            house_pays: false,
            change_of_mind: false,
            house_window: false,
            withdraws: false,
            other_means: false,
        }
    }

    /// A paper about an order as it stands.
    #[must_use]
    pub fn order(dossier: &'a Dossier) -> Self {
        let destination = dossier.destination();
        let balance = dossier.order.as_ref().map(|order| order.quote.to_pay - order.deposit);
        Self {
            kind: Some(dossier.project.kind),
            own_piece: !dossier.pieces.is_empty(),
            by_carrier: destination.is_some_and(|destination| destination.to.address().is_some()),
            balance: balance.is_some_and(|balance| balance > Money::ZERO),
            window: dossier.window().is_some(),
            withdraws: dossier.client.card.kind == ClientKind::Consumer
                && dossier.concluded() != Concluded::InPerson
                && !dossier.project.kind.is_own_design(),
            ..Self::of(
                dossier.client.card.kind,
                destination.map_or(&dossier.client.card.country, |destination| &destination.country),
            )
        }
    }

    /// A paper about a case.
    #[must_use]
    pub fn case(file: &'a CaseFile) -> Self {
        let pays = file.answer.as_ref().map(|answer| answer.value.return_paid_by);
        Self {
            house_pays: pays == Some(Payer::House),
            change_of_mind: file.case.kind.reason() == Some(Reason::ChangeOfMind),
            house_window: file.basis() == Basis::House,
            ..Self::of(file.client.card.kind, &file.client.card.country)
        }
    }

    /// Whether what the terms say of cancelling is for such an order: nothing has to be told where the law lets the client
    /// withdraw at no cost.
    fn told_of_cancelling(&self, terms: &Terms) -> bool {
        let Some(kind) = self.kind.filter(|_| !self.withdraws) else {
            return false;
        };
        match terms.returns.cancellation.value() {
            Some(Cancellation::Fee(fee)) => fee.made.contains(&made(kind)),
            Some(Cancellation::Never | Cancellation::DepositKept) => kind.is_own_design(),
            None => false,
        }
    }

    fn own_design(&self) -> bool {
        self.kind.is_some_and(ProjectKind::is_own_design)
    }

    /// Whether customs come into it. Of a country as it was written before two letters were asked nothing is said.
    fn abroad(&self) -> bool {
        self.country.len() == 2 && is_abroad(self.country)
    }
}

/// Facts of a sentence, by name.
type Facts = Vec<(&'static str, Fact)>;

/// What a clause has to tell: nothing where it says no, else its value as a fact of the sentence.
trait Tells {
    fn tells(&self) -> Option<Facts>;
}

impl Tells for bool {
    fn tells(&self) -> Option<Facts> {
        self.then(Vec::new)
    }
}

impl Tells for u32 {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("count", Fact::Number((*self).into()))])
    }
}

/// A number, or a least and a most.
fn range(min: u32, max: u32) -> Fact {
    if min == 0 || min == max {
        Fact::Number(max.into())
    } else {
        Fact::Text(format!("{min}–{max}"))
    }
}

impl Tells for DayRange {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("count", range(self.min, self.max))])
    }
}

impl Tells for SizeRange {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("count", range(self.min, self.max))])
    }
}

impl Tells for Dispatch {
    fn tells(&self) -> Option<Facts> {
        Some(vec![
            ("count", range(self.min, self.max)),
            ("unit", Fact::Word(self.unit.word())),
        ])
    }
}

/// A court as it is written; a law by its name.
impl Tells for String {
    fn tells(&self) -> Option<Facts> {
        let text = match self.as_str() {
            "BE" => Fact::Word("law-be".into()),
            "local-mandatory" => Fact::Word("law-local-mandatory".into()),
            written => Fact::Text(written.to_owned()),
        };
        Some(vec![("text", text)])
    }
}

impl Tells for Vec<String> {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("list", Fact::Text(self.join(", ")))])
    }
}

impl Tells for Vec<Country> {
    fn tells(&self) -> Option<Facts> {
        let codes: Vec<&str> = self.iter().map(|country| country.0.as_str()).collect();
        Some(vec![("list", Fact::Text(codes.join(", ")))])
    }
}

impl Tells for Vec<Told> {
    fn tells(&self) -> Option<Facts> {
        Some(vec![(
            "words",
            Fact::Words(self.iter().map(|told| told.word()).collect()),
        )])
    }
}

/// The words of a list, as they are said.
fn words<T: Vocabulary>(list: &[T]) -> Fact {
    Fact::Words(list.iter().map(|word| word.word()).collect())
}

impl Tells for Money {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("amount", Fact::Money(*self))])
    }
}

impl Tells for Vec<Method> {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("words", words(self))])
    }
}

impl Tells for Vec<Need> {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("words", words(self))])
    }
}

impl Tells for Vec<Exception> {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("words", words(self))])
    }
}

impl Tells for Vec<DataRight> {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("words", words(self))])
    }
}

/// What the law lets a house exclude too: the rest is set aside, and not told (CEL VI.53 3°).
impl Tells for Vec<Made> {
    fn tells(&self) -> Option<Facts> {
        let personal: Vec<Made> = self.iter().copied().filter(|made| made.is_personal()).collect();
        (!personal.is_empty()).then(|| vec![("words", words(&personal))])
    }
}

impl Tells for ShippingRefunded {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("words", Fact::Word(self.word()))])
    }
}

impl Tells for Within {
    fn tells(&self) -> Option<Facts> {
        Some(vec![
            ("count", Fact::Number(self.days.into())),
            ("unit", Fact::Word(self.unit.word())),
        ])
    }
}

impl Tells for ForceMajeure {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("words", Fact::Word(format!("told-{}", self.word())))])
    }
}

/// A deposit that is kept is told where the deposit is.
impl Tells for Cancellation {
    fn tells(&self) -> Option<Facts> {
        match self {
            Self::Never => Some(vec![("words", Fact::Word("told-cancellation-never".into()))]),
            Self::Fee(fee) => {
                let key = if fee.with_vat {
                    "told-cancellation-fee-vat"
                } else {
                    "told-cancellation-fee"
                };
                let fee = Message::new(key).with("percent", Fact::Number(fee.percent));
                Some(vec![("words", Fact::Said(Box::new(fee)))])
            }
            Self::DepositKept => None,
        }
    }
}

impl Tells for LifetimeWarranty {
    fn tells(&self) -> Option<Facts> {
        let receipt = if self.receipt_needed {
            Fact::Word("told-receipt-needed".into())
        } else {
            Fact::Text(String::new())
        };
        Some(vec![
            ("words", words(&self.excludes)),
            ("void", words(&self.void_if)),
            ("receipt", receipt),
        ])
    }
}

impl Tells for Inspector {
    fn tells(&self) -> Option<Facts> {
        Some(vec![("words", Fact::Words(vec![self.word()]))])
    }
}

impl Tells for OthersWork {
    fn tells(&self) -> Option<Facts> {
        (*self == Self::Never).then(Vec::new)
    }
}

impl Tells for WhenLate {
    fn tells(&self) -> Option<Facts> {
        Some(Vec::new())
    }
}

/// The sentence of a clause, where it has something to tell. `denied` sentences tell of what the house says no to.
fn told<T: Tells>(key: &'static str, clause: &Clause<T>, denied: bool) -> Option<Ground> {
    let Clause::Says(value, article) = clause else {
        return None;
    };
    let facts = match (value.tells(), denied) {
        (Some(facts), false) => facts,
        (None, true) => Vec::new(),
        (None, false) | (Some(_), true) => return None,
    };
    let ground = Ground::new(article.clone(), key);
    Some(
        facts
            .into_iter()
            .fold(ground, |ground, (name, fact)| ground.with(name, fact)),
    )
}

/// A sentence: its message, the clause it cites, the papers it stands on, and for whom.
pub struct Point {
    /// The message.
    pub key: &'static str,
    /// The clause, `orders.unique_stones`.
    pub clause: &'static str,
    /// The papers.
    pub on: &'static [On],
    when: fn(&About<'_>, &Terms) -> bool,
    read: fn(&'static str, &Terms) -> Option<Ground>,
}

macro_rules! denied {
    (cites) => {
        false
    };
    (denies) => {
        true
    };
}

macro_rules! points {
    ($($key:literal $how:ident $group:ident.$name:ident on $($on:ident)+, $when:expr;)+) => {
        /// Every sentence, in the order it stands on a paper.
        pub const POINTS: &[Point] = &[$(Point {
            key: $key,
            clause: concat!(stringify!($group), ".", stringify!($name)),
            on: &[$(On::$on),+],
            when: $when,
            read: |key, terms| told(key, &terms.$group.$name, denied!($how)),
        }),+];
    };
}

points! {
    "point-acceptance" cites orders.acceptance_needed on Quote, |_, _| true;
    "point-refuse-order" cites orders.may_refuse_orders on Quote, |_, _| true;
    "point-size-quality" cites orders.size_quality_accepted on Quote Confirmation, |_, _| true;
    "point-unique-stones" cites orders.unique_stones on Quote Confirmation, |_, _| true;
    "point-measures" cites orders.indicative_measures on Quote Confirmation, |about, _| about.own_design();
    "point-substitutions" cites orders.equal_substitutions on Quote Confirmation, |about, _| about.own_design();
    "point-unavailable" cites orders.alternative_if_unavailable on Confirmation, |_, _| true;
    "point-price-error" cites orders.price_error_answer_days on Quote Confirmation, |_, _| true;
    "point-payment-binds" cites orders.proof_of_payment_binds on Quote Confirmation, |about, _| about.own_design();
    "point-notices" cites orders.notices_to_address on Confirmation, |_, _| true;
    "point-deposit-kept" cites payment.deposit_kept on Quote Confirmation, |about, _| about.kind.is_some_and(|kind| kind != ProjectKind::Stock) && !about.withdraws;
    "point-balance" cites payment.balance_before_delivery on Confirmation, |about, _| about.balance;
    "point-title" cites payment.title_until_paid on Quote Confirmation DeliveryNote, |_, _| true;
    "point-card-countries" cites payment.card_countries on Quote Request, |_, _| true;
    "point-day-not-guaranteed" denies production.day_guaranteed on Quote Confirmation, |_, _| true;
    "point-customs-delay" cites production.customs_delay_not_counted on Confirmation DeliveryNote, |about, _| about.abroad();
    "point-late-choice" cites production.late on Confirmation, |_, _| true;
    "point-days-at-most" cites delivery.days_at_most on Confirmation, |about, _| !about.window;
    "point-in-stock" cites production.in_stock on Quote Confirmation, |about, _| about.kind == Some(ProjectKind::Stock);
    "point-out-of-stock" cites production.out_of_stock_weeks on Quote Confirmation, |about, _| about.kind == Some(ProjectKind::MadeToOrder);
    "point-carriers" cites delivery.carriers on Confirmation, |about, _| about.by_carrier;
    "point-duties" cites delivery.duties_on_client on Quote Confirmation DeliveryNote, |about, _| about.abroad();
    "point-tax-number" cites delivery.tax_number_asked on Confirmation DeliveryNote, |about, _| about.country == "US";
    "point-told-shipped" cites delivery.told_when_shipped on Confirmation, |about, _| about.by_carrier;
    "point-open-parcel" cites delivery.open_before_carrier on DeliveryNote, |about, _| about.by_carrier;
    "point-damage-report" cites delivery.damage_report_days on DeliveryNote, |about, _| about.by_carrier;
    "point-transit-house" cites delivery.house_bears_transit_risk on Confirmation DeliveryNote, |about, _| about.by_carrier;
    "point-risk" cites delivery.risk_at_possession on DeliveryNote, |_, _| true;
    "point-known-defects" cites warranty.known_defects_excluded on Quote DeliveryNote, |about, _| about.client == ClientKind::Consumer;
    "point-liability" cites warranty.liability_to_price on Confirmation, |_, _| true;
    "point-commercial-none" denies warranty.commercial on DeliveryNote, |about, _| about.client == ClientKind::Consumer;
    "point-law" cites privacy.law on Confirmation, |_, _| true;
    "point-court" cites privacy.court on Confirmation, |_, _| true;
    "point-mediation" cites privacy.mediation_within_months on Confirmation, |about, _| about.client == ClientKind::Consumer;
    "point-marketing" cites privacy.marketing_objection on Confirmation PersonalData, |_, _| true;
    "point-identity" cites privacy.proof_of_identity on PersonalData, |_, _| true;
    "point-sketches-used" cites redesign.sketches_used_by_house on Receipt Design Consent, |about, _| about.own_design();
    "point-no-reproduction" cites redesign.no_reproduction on Receipt Design Consent, |about, _| about.own_design();
    "point-no-transfer" cites redesign.no_transfer on Receipt Design Consent, |about, _| about.own_design();
    "point-materials" cites redesign.no_liability_for_materials on Receipt Consent, |about, _| about.own_piece;
    "point-no-compensation" cites redesign.no_compensation_for_loss on Receipt Consent, |about, _| about.own_piece;
    "point-others-work" cites redesign.others_work on Receipt Consent, |about, _| about.own_piece;
    "point-return-carriers" cites returns.return_carriers on Authorisation, |about, _| !about.house_pays;
    "point-return-risk" cites returns.return_risk_on_client on Authorisation, |about, _| !about.house_pays;
    "point-own-carrier" cites returns.own_carrier_allowed on Authorisation, |about, _| about.change_of_mind;
    "point-fault-shipping" cites returns.house_pays_at_fault on Authorisation, |about, _| about.house_pays && !about.change_of_mind;
    "point-inspected-by" cites returns.inspected_by on Authorisation, |_, _| true;
    "point-inspection-days" cites returns.inspection on Authorisation, |_, _| true;
    "point-inspection-told" cites returns.inspection_told on Authorisation Inspection, |_, _| true;
    "point-reject-unfit" cites returns.reject_unfit on Authorisation, |about, _| about.house_window;
    "point-customs-back" cites returns.customs_recharged on Authorisation, |about, _| about.abroad() && about.change_of_mind;
    "point-same-means" cites returns.same_means on Authorisation Refund, |about, _| about.change_of_mind && !about.other_means;
    "point-vat-included" cites orders.prices_include_vat on Quote, |_, _| true;
    "point-supplier-prices" cites orders.supplier_prices_passed_on on Quote, |about, _| about.client == ClientKind::Business;
    "point-means" cites payment.methods on Quote Request, |_, _| true;
    "point-force-majeure" cites production.force_majeure on Confirmation DateChange, |_, _| true;
    "point-cancellation" cites returns.cancellation on Confirmation, |about, terms| about.told_of_cancelling(terms);
    "point-excluded-sizes" cites returns.excluded_sizes on Quote Confirmation, |_, _| true;
    "point-excluded" cites returns.excluded on Confirmation, |about, _| about.client == ClientKind::Consumer;
    "point-statutory-days" cites returns.statutory_days on Information, |_, _| true;
    "point-needs" cites returns.needs on Information, |_, _| true;
    "point-send-back" cites returns.send_back_days on Information, |_, _| true;
    "point-client-pays" cites returns.client_pays_return on Information, |_, _| true;
    "point-shipping-back" cites returns.outbound_shipping_refunded on Authorisation, |about, _| about.house_window;
    "point-refund-days" cites returns.refund_days on Information, |_, _| true;
    "point-refund-promise" cites returns.refund_promise on Authorisation, |about, _| about.change_of_mind;
    "point-store-credit" cites returns.store_credit on Authorisation, |about, _| about.change_of_mind;
    "point-legal-years" cites warranty.legal_years on DeliveryNote, |about, _| about.client == ClientKind::Consumer;
    "point-exceptions" cites warranty.exceptions on DeliveryNote, |about, _| about.client == ClientKind::Consumer;
    "point-commercial" cites warranty.commercial on DeliveryNote, |_, _| true;
    "point-lifetime" cites warranty.lifetime on DeliveryNote, |_, _| true;
    "point-notice-days" cites warranty.notice_days on DeliveryNote, |about, _| about.client == ClientKind::Business;
    "point-rights" cites privacy.rights on PersonalData, |_, _| true;
    "point-valuation-fee" cites redesign.valuation_fee_from on Receipt, |_, _| true;
    "point-fee-deducted" cites redesign.valuation_fee_deducted on Receipt, |_, _| true;
    "point-repolish" cites redesign.repolish_from on Receipt, |_, _| true;
}

/// What a clause decides: the kinds of question whose answer it can change. A test changes every clause of every house, and
/// demands exactly these.
pub const DECIDES: &[(&str, &[&str])] = &[
    ("delivery.damage_report_days", &["after-sales"]),
    ("delivery.duties_on_client", &["delivery"]),
    ("delivery.fee", &["delivery"]),
    ("delivery.free_from", &["delivery"]),
    ("delivery.house_bears_transit_risk", &["after-sales"]),
    ("delivery.open_before_carrier", &["after-sales"]),
    ("orders.countries", &["delivery"]),
    ("orders.home_address_only", &["delivery"]),
    ("orders.sells_to", &["delivery"]),
    ("payment.deposit", &["quote"]),
    ("payment.deposit_kept", &["after-sales"]),
    ("production.window", &["production"]),
    ("production.window_from", &["production"]),
    ("redesign.coloured_from_ct", &["eligibility"]),
    ("redesign.diamond_from_ct", &["eligibility"]),
    ("redesign.others_work", &["service"]),
    ("redesign.reusable_titles", &["gold"]),
    ("returns.cancellation", &["after-sales"]),
    ("returns.carrier_collects", &["after-sales"]),
    ("returns.client_pays_return", &["after-sales"]),
    ("returns.customs_recharged", &["delivery"]),
    ("returns.exchange", &["exchange"]),
    ("returns.excluded", &["after-sales", "exchange"]),
    ("returns.excluded_sizes", &["after-sales", "exchange"]),
    ("returns.label_cost_deducted", &["after-sales"]),
    ("returns.needs", &["after-sales"]),
    ("returns.no_refund_if_used", &["after-sales"]),
    ("returns.only_listed", &["after-sales"]),
    ("returns.outbound_shipping_refunded", &["after-sales"]),
    ("returns.refund_days", &["after-sales"]),
    ("returns.refund_promise", &["after-sales"]),
    ("returns.regions", &["delivery"]),
    ("returns.request_assessed", &["after-sales"]),
    ("returns.returned_goods_mark", &["delivery"]),
    ("returns.rma_needed", &["after-sales"]),
    ("returns.send_back_days", &["after-sales"]),
    ("returns.statutory_days", &["after-sales"]),
    ("returns.used_sent_back", &["after-sales"]),
    ("returns.window", &["after-sales", "exchange"]),
    ("warranty.legal_years", &["after-sales"]),
    ("warranty.lifetime", &["after-sales", "service"]),
    ("warranty.resizing", &["service"]),
];

/// The kinds of question a clause decides, and the papers it stands on.
#[must_use]
pub fn does(clause: &str) -> (Vec<&'static str>, Vec<On>) {
    let decided = DECIDES.iter().filter(|(name, _)| *name == clause);
    let told = POINTS.iter().filter(|point| point.clause == clause);
    let mut on: Vec<On> = Vec::new();
    for paper in told.flat_map(|point| point.on) {
        if !on.contains(paper) {
            on.push(*paper);
        }
    }
    (decided.flat_map(|(_, kinds)| kinds.iter().copied()).collect(), on)
}

/// What a paper tells of the terms.
#[must_use]
pub fn points(on: On, about: &About<'_>, terms: &Terms) -> Vec<Ground> {
    // The sheet tells what the law gives: a house can only give more.
    let by_law = (on == On::Information).then(|| terms.within_the_law());
    let terms = by_law.as_ref().unwrap_or(terms);
    let of_house = POINTS
        .iter()
        .filter(|point| point.on.contains(&on) && (point.when)(about, terms))
        .filter_map(|point| (point.read)(point.key, terms));
    // Before the contract a consumer is told of the guarantee that the law gives, whatever the house says (CEL VI.2, VI.45).
    let before = matches!(on, On::Quote | On::Confirmation) && about.client == ClientKind::Consumer;
    let law = before.then(|| Ground::new(Article::of("CC 1649quater"), "point-guarantee-by-law"));
    of_house.chain(law).collect()
}
