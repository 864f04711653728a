//! A house's promises and conditions as data, each with the article it comes from.
//!
//! The files in `houses/` are the only place where a house's name decides anything: a rule reads [`Terms`] and never
//! asks whose they are, so that another house is another file. A clause on which a document is silent says
//! `"silent"`, aloud; a missing key, an unknown one, a value that is not of its type or not plausible is refused with
//! line and reason.

use crate::grounds::Article;
use crate::money::Money;
use crate::vocabulary::{Vocabulary, vocabulary};
use chrono::NaiveDate;
use rust_decimal::{Decimal, dec};
use serde::de::{self, DeserializeOwned};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// What the house says on one point, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause<T> {
    /// The value, and the article it stands in.
    Says(T, Article),
    /// The document is silent: the law or the user's own setting applies.
    Silent,
}

/// What a house's file or a stored version of the terms does not name yet is silent.
impl<T> Default for Clause<T> {
    fn default() -> Self {
        Self::Silent
    }
}

impl<T> Clause<T> {
    /// The value, where the house says one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Says(value, _) => Some(value),
            Self::Silent => None,
        }
    }

    /// The article, where the house says anything.
    pub const fn article(&self) -> Option<&Article> {
        match self {
            Self::Says(_, article) => Some(article),
            Self::Silent => None,
        }
    }
}

/// A clause's value that may be nonsense though its type is right: a share of 120 per cent.
pub trait Plausible {
    /// What is wrong with it, said for whoever writes a house's file.
    fn fault(&self) -> Option<&'static str>;
}

/// The most days, weeks, months or years a clause may count.
const MOST_COUNT: u32 = 3660;

impl Plausible for bool {
    fn fault(&self) -> Option<&'static str> {
        None
    }
}

impl Plausible for u32 {
    fn fault(&self) -> Option<&'static str> {
        (*self > MOST_COUNT).then_some("a count is at most 3660")
    }
}

impl Plausible for u16 {
    fn fault(&self) -> Option<&'static str> {
        (!(1..=999).contains(self)).then_some("a title lies between 1 and 999 thousandths")
    }
}

impl Plausible for Decimal {
    fn fault(&self) -> Option<&'static str> {
        (*self <= Self::ZERO || *self > dec!(1000) || self.normalize().scale() > 3)
            .then_some("a weight in carats is above 0, at most 1000, with at most three decimals")
    }
}

impl Plausible for Money {
    fn fault(&self) -> Option<&'static str> {
        self.is_negative().then_some("an amount is not below 0.00")
    }
}

impl Plausible for String {
    fn fault(&self) -> Option<&'static str> {
        (self.trim().is_empty() || self.chars().count() > 120)
            .then_some("a text is not empty, and at most 120 characters long")
    }
}

/// A country by its two capital letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country(pub String);

impl Plausible for Country {
    fn fault(&self) -> Option<&'static str> {
        (self.0.len() != 2 || !self.0.bytes().all(|byte| byte.is_ascii_uppercase()))
            .then_some("a country is two capital letters")
    }
}

impl<T: Plausible + PartialEq> Plausible for Vec<T> {
    fn fault(&self) -> Option<&'static str> {
        if self.is_empty() {
            return Some("a list is not empty");
        }
        if self.iter().enumerate().any(|(at, item)| self[..at].contains(item)) {
            return Some("a list says nothing twice");
        }
        self.iter().find_map(Plausible::fault)
    }
}

fn share_fault(percent: Decimal) -> Option<&'static str> {
    (percent < Decimal::ZERO || percent > Decimal::ONE_HUNDRED || percent.normalize().scale() > 2)
        .then_some("a share lies between 0 and 100 per cent, with at most two decimals")
}

impl<T: Serialize> Serialize for Clause<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Silent => serializer.serialize_str("silent"),
            Self::Says(value, article) => {
                let mut said = serializer.serialize_struct("Clause", 2)?;
                said.serialize_field("says", value)?;
                said.serialize_field("article", article.0.as_ref())?;
                said.end()
            }
        }
    }
}

impl<'de, T: DeserializeOwned + Plausible> Deserialize<'de> for Clause<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Said<T> {
            says: T,
            article: String,
        }
        impl<'de, T: DeserializeOwned + Plausible> de::Visitor<'de> for Either<T> {
            type Value = Clause<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("{ says = …, article = \"…\" } or \"silent\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                match text {
                    "silent" => Ok(Clause::Silent),
                    other => Err(E::invalid_value(de::Unexpected::Str(other), &self)),
                }
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let said = Said::<T>::deserialize(de::value::MapAccessDeserializer::new(map))?;
                if let Some(fault) = said.says.fault() {
                    return Err(de::Error::custom(fault));
                }
                if said.article.fault().is_some() {
                    return Err(de::Error::custom("a clause names the article it comes from"));
                }
                Ok(Clause::Says(said.says, Article(said.article.into())))
            }
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}

vocabulary! {
    /// What a house does with jewellery it did not make.
    pub enum OthersWork in "others-work" {
        /// It never works on it.
        Never = "never",
        /// The client sends a picture and asks.
        AskWithAPicture = "ask-with-a-picture",
    }
    /// What follows when a day is missed.
    pub enum WhenLate in "when-late" {
        /// The client chooses a new day, or the end of the contract with everything refunded.
        NewDateOrTermination = "new-date-or-termination",
    }
    /// What a production window runs from.
    pub enum WindowFrom in "window-from" {
        /// The later of final design approval and deposit.
        ApprovalAndDeposit = "approval-and-deposit",
        /// The day of the order, whatever else is open.
        Order = "order",
    }
    /// What force majeure does to a period.
    pub enum ForceMajeure in "force-majeure" {
        /// The period grows by its length.
        Extends = "extends",
        /// The order stands still, or ends.
        SuspendsOrEnds = "suspends-or-ends",
    }
    /// A way to pay.
    pub enum Method in "method" {
        /// Bank transfer.
        Transfer = "transfer",
        /// Bancontact.
        Bancontact = "bancontact",
        /// Any credit card.
        CreditCard = "credit-card",
        /// Visa.
        Visa = "visa",
        /// Mastercard.
        Mastercard = "mastercard",
        /// Discover.
        Discover = "discover",
        /// American Express.
        Amex = "amex",
        /// PayPal.
        Paypal = "paypal",
        /// iDEAL.
        Ideal = "ideal",
        /// Cash, within the law's limit.
        Cash = "cash",
        /// Whatever was agreed.
        Agreed = "agreed",
    }
    /// What a return comes with.
    pub enum Need in "need" {
        /// Word beforehand.
        NoticeFirst = "notice-first",
        /// The house's return form.
        ReturnForm = "return-form",
        /// The original packaging.
        OriginalPackaging = "original-packaging",
        /// All packaging.
        AllPackaging = "all-packaging",
        /// All materials that came along.
        AllMaterials = "all-materials",
        /// All papers.
        AllPapers = "all-papers",
        /// The order detail sheet.
        OrderDetailSheet = "order-detail-sheet",
        /// The certificates.
        Certificates = "certificates",
        /// An RMA, issued.
        RmaIssued = "rma-issued",
        /// The RMA on the outside of the box.
        RmaOnTheBox = "rma-on-the-box",
        /// An insured carrier.
        InsuredCarrier = "insured-carrier",
        /// All parts and free gifts.
        AllPartsAndGifts = "all-parts-and-gifts",
    }
    /// Which cost of the way out goes back.
    pub enum ShippingRefunded in "shipping-refunded" {
        /// All of it.
        AllPayments = "all-payments",
        /// The cheapest standard delivery.
        CheapestStandard = "cheapest-standard",
        /// None, unless the piece is wrong or defective.
        OnlyIfWrongOrDefective = "only-if-wrong-or-defective",
    }
    /// What a warranty does not cover.
    pub enum Exception in "exception" {
        /// Ordinary wear.
        Wear = "wear",
        /// Patina.
        Patina = "patina",
        /// Chemicals.
        Chemicals = "chemicals",
        /// Abuse.
        Abuse = "abuse",
        /// Stones lost.
        LossOfStones = "loss-of-stones",
        /// Theft.
        Theft = "theft",
        /// Work by others.
        RepairedByOthers = "repaired-by-others",
        /// Marks of the hand.
        HandcraftedMarks = "handcrafted-marks",
        /// A size ordered wrongly.
        WrongSize = "wrong-size",
    }
    /// Whether a piece is made larger or smaller.
    pub enum Resizing in "resizing-offered" {
        /// Never.
        Never = "never",
        /// At no charge under the warranty.
        FreeUnderWarranty = "free-under-warranty",
    }
    /// What a client may ask of their data.
    pub enum DataRight in "data-right" {
        /// A copy.
        Copy = "copy",
        /// Correction.
        Correction = "correction",
        /// Erasure.
        Erasure = "erasure",
    }
    /// How a client is told of an inspection.
    pub enum Told in "told" {
        /// By mail.
        Mail = "mail",
        /// By telephone.
        Phone = "phone",
    }
    /// Who looks at a piece that came back.
    pub enum Inspector in "inspector" {
        /// The product manager.
        ProductManager = "product-manager",
    }
    /// A part of the world with rules of its own for returns.
    pub enum Region in "region" {
        /// The Union and the United Kingdom: personalised goods have no withdrawal, faulty ones their remedies.
        EuUk = "eu-uk",
        /// The United States: no general right to return, remedies for what is faulty under the state's law.
        Us = "us",
        /// Australia, New Zealand and Canada: statutory remedies for what is faulty.
        AuNzCa = "au-nz-ca",
    }
}

/// A word is no nonsense, whichever is said.
impl<T: Vocabulary> Plausible for T {
    fn fault(&self) -> Option<&'static str> {
        None
    }
}

vocabulary! {
    /// Who buys.
    #[derive(Hash, ts_rs::TS)]
    pub enum ClientKind in "client-kind" {
        /// A natural person outside their trade: the law's floor holds.
        Consumer = "consumer",
        /// Anyone else: the house's terms alone.
        Business = "business",
    }
}

vocabulary! {
    /// How the contract came about.
    pub enum Concluded in "concluded" {
        /// By mail, telephone or screen.
        Distance = "distance",
        /// At a fair or at the client's home.
        OffPremises = "off-premises",
        /// At the counter.
        InPerson = "in-person",
    }
}

vocabulary! {
    /// What was sold, as far as a right to undo the sale depends on it.
    pub enum Made in "made" {
        /// As the catalogue lists it.
        Listed = "listed",
        /// In a listed size, colour or stone.
        ListedOption = "listed-option",
        /// With a diamond altered for the client.
        AlteredDiamond = "altered-diamond",
        /// A stone without a piece.
        LooseStone = "loose-stone",
        /// A finished piece outside the catalogue.
        Unlisted = "unlisted",
        /// Engraved for the client.
        Engraved = "engraved",
        /// To a measure outside the range.
        OwnMeasure = "own-measure",
        /// To the client's own design.
        OwnDesign = "own-design",
        /// From the client's heartbeat.
        Heartbeat = "heartbeat",
    }
}

impl Condition {
    /// Whether it was handled beyond what is needed to look at it (CEL VI.51 §2).
    #[must_use]
    pub const fn is_used(self) -> bool {
        matches!(self, Self::Worn | Self::Damaged | Self::Altered)
    }
}

impl Made {
    /// Whether it was made to the client's own specification, or is clearly personalised (CEL VI.53 3°).
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(
            self,
            Self::Engraved | Self::OwnMeasure | Self::OwnDesign | Self::Heartbeat
        )
    }
}

vocabulary! {
    /// The state a piece comes back in.
    pub enum Condition in "condition" {
        /// As it left.
        AsDelivered = "as-delivered",
        /// Handled as needed to look at it.
        Handled = "handled",
        /// Worn.
        Worn = "worn",
        /// Damaged.
        Damaged = "damaged",
        /// Altered, by the client or by others.
        Altered = "altered",
    }
}

vocabulary! {
    /// The four kinds of project.
    #[derive(ts_rs::TS)]
    pub enum ProjectKind in "kind" {
        /// A design of its own.
        TailorMade = "tailor-made",
        /// An existing piece melted into a new one, "Old is Gold".
        Redesign = "redesign",
        /// A catalogue piece made in a size.
        MadeToOrder = "made-to-order",
        /// A finished piece, sold as it is.
        Stock = "stock",
    }
}

impl ProjectKind {
    /// Whether a piece of its own is designed for the client, and not taken or made from the catalogue.
    #[must_use]
    pub const fn is_own_design(self) -> bool {
        matches!(self, Self::TailorMade | Self::Redesign)
    }

    /// Whether what is paid first is a deposit. A stock piece is paid whole: what is paid for it is none.
    #[must_use]
    pub const fn takes_deposit(self) -> bool {
        !matches!(self, Self::Stock)
    }
}

vocabulary! {
    /// A consent the client gives before the house begins.
    #[derive(Hash, ts_rs::TS)]
    pub enum Consent in "consent" {
        /// The piece is melted, for good.
        Melting = "melting",
        /// The client's own materials are worked at the client's risk.
        OwnRisk = "own-risk",
        /// Sketches stay the house's.
        Sketches = "sketches",
        /// The terms are accepted.
        Terms = "terms",
        /// The heartbeat curve is used.
        Heartbeat = "heartbeat",
        /// The order cannot be cancelled.
        NoCancellation = "no-cancellation",
    }
}

impl Consent {
    /// Whether it is asked for a project of that kind. Melting and risk concern a piece of the client's own; sketches, the
    /// heartbeat curve and the end of cancelling concern what is made to the client's own design (AB § 2: custom pieces,
    /// not charms).
    #[must_use]
    pub const fn concerns(self, kind: ProjectKind, clients_own_piece: bool) -> bool {
        match self {
            Self::Melting | Self::OwnRisk => clients_own_piece,
            Self::Sketches | Self::Heartbeat | Self::NoCancellation => kind.is_own_design(),
            Self::Terms => true,
        }
    }
}

/// The due share of the price, in per cent, by kind of project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "named as the kinds of project are")]
pub struct Deposit {
    pub tailor_made: Decimal,
    pub redesign: Decimal,
    pub made_to_order: Decimal,
    pub stock: Decimal,
    /// Whether the share is of the full price instead of what is left to pay after credits.
    #[serde(default)]
    pub on_full_price: bool,
}

impl Plausible for Deposit {
    fn fault(&self) -> Option<&'static str> {
        [self.tailor_made, self.redesign, self.made_to_order, self.stock]
            .into_iter()
            .find_map(share_fault)
    }
}

impl Deposit {
    /// The share due with an order of that kind.
    #[must_use]
    pub const fn percent(&self, kind: ProjectKind) -> Decimal {
        match kind {
            ProjectKind::TailorMade => self.tailor_made,
            ProjectKind::Redesign => self.redesign,
            ProjectKind::MadeToOrder => self.made_to_order,
            ProjectKind::Stock => self.stock,
        }
    }
}

/// A least and a most number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayRange {
    /// The least.
    pub min: u32,
    /// The most, not below the least.
    pub max: u32,
}

/// Ring sizes by their inner circumference in whole mm (ISO 8653), both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeRange {
    /// The smallest.
    pub min: u32,
    /// The largest, not below the smallest.
    pub max: u32,
}

impl SizeRange {
    /// Whether a size lies in it.
    #[must_use]
    pub const fn holds(self, size: u32) -> bool {
        self.min <= size && size <= self.max
    }
}

impl Plausible for SizeRange {
    fn fault(&self) -> Option<&'static str> {
        (self.max < self.min).then_some("the largest size is not below the smallest")
    }
}

impl Plausible for DayRange {
    fn fault(&self) -> Option<&'static str> {
        if self.max < self.min {
            Some("the most is not below the least")
        } else {
            self.max.fault()
        }
    }
}

vocabulary! {
    /// What a count of days counts.
    pub enum DayUnit in "day-unit" {
        /// Calendar days.
        Days = "days",
        /// Monday to Friday less legal holidays and closing days.
        BusinessDays = "business-days",
    }
}

/// A number of days of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// How many.
    pub days: u32,
    /// Of which kind.
    pub unit: DayUnit,
}

impl Plausible for Within {
    fn fault(&self) -> Option<&'static str> {
        self.days.fault()
    }
}

/// A least and a most number of days of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// The least.
    pub min: u32,
    /// The most, not below the least.
    pub max: u32,
    /// Of which kind.
    pub unit: DayUnit,
}

impl Plausible for Dispatch {
    fn fault(&self) -> Option<&'static str> {
        DayRange {
            min: self.min,
            max: self.max,
        }
        .fault()
    }
}

vocabulary! {
    /// The event a return window is counted from.
    pub enum CountedFrom in "counted-from" {
        /// The day the last item came into the client's hands.
        Possession = "possession",
        /// The day of shipment; for a sale in person without one, possession.
        Shipment = "shipment",
    }
}

/// By when a piece goes back under a house window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BackBy {
    /// It has arrived within so many days after the window ends.
    ArrivedWithin(u32),
    /// It has left by the window's own end.
    WindowEnd,
}

vocabulary! {
    /// What a house takes off the price under its own window.
    pub enum ReturnDeduction in "return-deduction" {
        /// The piece's loss in value, where it comes back worn, damaged or altered.
        LossInValue = "loss-in-value",
        /// A share of the price for restocking.
        RestockingFee = "restocking-fee",
    }
}

/// A return window of the house's own, beyond the law's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnWindow {
    /// Its length in calendar days, rolled.
    pub days: u32,
    /// Counted from.
    pub from: CountedFrom,
    /// Open to.
    pub clients: Vec<ClientKind>,
    /// For contracts concluded so.
    pub concluded: Vec<Concluded>,
    /// For what was made so.
    pub made: Vec<Made>,
    /// In these conditions.
    pub conditions: Vec<Condition>,
    /// By when the piece goes back.
    pub back_by: BackBy,
    /// What is taken off the price.
    pub deduction: ReturnDeduction,
}

impl Plausible for ReturnWindow {
    fn fault(&self) -> Option<&'static str> {
        let arrival = match self.back_by {
            BackBy::ArrivedWithin(days) => days,
            BackBy::WindowEnd => 0,
        };
        let empty =
            self.clients.is_empty() || self.concluded.is_empty() || self.made.is_empty() || self.conditions.is_empty();
        if empty {
            Some("a return window is open to someone, for something, in some condition")
        } else {
            self.days.fault().or(arrival.fault())
        }
    }
}

/// What happens to an order cancelled before delivery without the statutory right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Cancellation {
    /// Accepted where the piece can be restocked at no cost, for a fee.
    Fee(CancellationFee),
    /// The deposit is kept, the rest goes back.
    DepositKept,
    /// It cannot be cancelled.
    Never,
}

/// A fee for cancelling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancellationFee {
    /// The fee, in per cent of the price without VAT.
    pub percent: Decimal,
    /// For what was made so.
    pub made: Vec<Made>,
    /// Whether the fee carries VAT: it is then the same share of the price with it. The house decides that; UNIGLO's
    /// document only says on what it is reckoned.
    #[serde(default)]
    pub with_vat: bool,
}

impl CancellationFee {
    /// The fee on a price, rounded once, of which not more is kept than was paid. `without_vat` is in euro, not rounded.
    #[must_use]
    pub fn of(&self, price: Money, without_vat: Decimal, paid: Money) -> Money {
        let base = if self.with_vat { price.euro() } else { without_vat };
        Money::half_up(base * self.percent / Decimal::ONE_HUNDRED).map_or(paid, |fee| fee.min(paid))
    }
}

impl Plausible for Cancellation {
    fn fault(&self) -> Option<&'static str> {
        match self {
            Self::Fee(fee) if fee.made.is_empty() => Some("a cancellation fee is for something"),
            Self::Fee(fee) => share_fault(fee.percent),
            Self::DepositKept | Self::Never => None,
        }
    }
}

/// How a house exchanges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// Whether it does.
    pub offered: bool,
    /// Whether what was exchanged is sold for good.
    pub final_sale: bool,
}

impl Plausible for Exchange {
    fn fault(&self) -> Option<&'static str> {
        (self.final_sale && !self.offered).then_some("only what is exchanged can be a final sale")
    }
}

/// A warranty of the house's own on how a piece is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifetimeWarranty {
    /// The conditions that end it.
    pub void_if: Vec<Condition>,
    /// What it does not cover.
    pub excludes: Vec<Exception>,
    /// Whether the receipt is needed.
    pub receipt_needed: bool,
}

impl Plausible for LifetimeWarranty {
    fn fault(&self) -> Option<&'static str> {
        None
    }
}

/// Orders: who may buy, at what price, and what is agreed first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key says its rule; domain.md section 2 is the table")]
pub struct Orders {
    pub sells_to: Clause<Vec<ClientKind>>,
    pub acceptance_needed: Clause<bool>,
    pub countries: Clause<Vec<Country>>,
    pub home_address_only: Clause<bool>,
    pub prices_include_vat: Clause<bool>,
    pub price_error_answer_days: Clause<u32>,
    pub supplier_prices_passed_on: Clause<bool>,
    pub proof_of_payment_binds: Clause<bool>,
    pub consents: Clause<Vec<Consent>>,
    #[serde(default)]
    pub size_quality_accepted: Clause<bool>,
    #[serde(default)]
    pub alternative_if_unavailable: Clause<bool>,
    #[serde(default)]
    pub may_refuse_orders: Clause<bool>,
    #[serde(default)]
    pub unique_stones: Clause<bool>,
    #[serde(default)]
    pub indicative_measures: Clause<bool>,
    #[serde(default)]
    pub equal_substitutions: Clause<bool>,
    #[serde(default)]
    pub notices_to_address: Clause<bool>,
}

/// Redesign of a client's own piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key says its rule; domain.md section 2 is the table")]
pub struct Redesign {
    pub diamond_from_ct: Clause<Decimal>,
    pub coloured_from_ct: Clause<Decimal>,
    pub reusable_titles: Clause<Vec<u16>>,
    pub valuation_fee_from: Clause<Money>,
    pub valuation_fee_deducted: Clause<bool>,
    pub repolish_from: Clause<Money>,
    pub others_work: Clause<OthersWork>,
    #[serde(default)]
    pub sketches_used_by_house: Clause<bool>,
    #[serde(default)]
    pub no_reproduction: Clause<bool>,
    #[serde(default)]
    pub no_transfer: Clause<bool>,
    #[serde(default)]
    pub no_liability_for_materials: Clause<bool>,
    #[serde(default)]
    pub no_compensation_for_loss: Clause<bool>,
}

/// Production and delay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key says its rule; domain.md section 2 is the table")]
pub struct Production {
    pub window: Clause<DayRange>,
    pub window_from: Clause<WindowFrom>,
    pub in_stock: Clause<Dispatch>,
    pub out_of_stock_weeks: Clause<DayRange>,
    pub day_guaranteed: Clause<bool>,
    pub late: Clause<WhenLate>,
    pub force_majeure: Clause<ForceMajeure>,
    #[serde(default)]
    pub customs_delay_not_counted: Clause<bool>,
}

/// Payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key says its rule; domain.md section 2 is the table")]
pub struct Payment {
    pub methods: Clause<Vec<Method>>,
    pub cash_limit: Clause<Money>,
    pub deposit: Clause<Deposit>,
    pub deposit_kept: Clause<bool>,
    pub balance_before_delivery: Clause<bool>,
    pub title_until_paid: Clause<bool>,
    #[serde(default)]
    pub card_countries: Clause<Vec<Country>>,
}

/// Delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key says its rule; domain.md section 2 is the table")]
pub struct Delivery {
    pub days_at_most: Clause<u32>,
    pub carriers: Clause<Vec<String>>,
    pub free_from: Clause<Money>,
    pub fee: Clause<Money>,
    pub house_bears_transit_risk: Clause<bool>,
    pub risk_at_possession: Clause<bool>,
    pub duties_on_client: Clause<bool>,
    pub open_before_carrier: Clause<bool>,
    pub damage_report_days: Clause<DayRange>,
    #[serde(default)]
    pub told_when_shipped: Clause<Vec<Told>>,
    #[serde(default)]
    pub tax_number_asked: Clause<bool>,
}

/// Withdrawal, returns, refunds and exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key says its rule; domain.md section 2 is the table")]
pub struct Returns {
    pub request_assessed: Clause<bool>,
    pub own_form_wording: Clause<bool>,
    pub statutory_days: Clause<u32>,
    pub only_listed: Clause<bool>,
    pub excluded: Clause<Vec<Made>>,
    pub window: Clause<ReturnWindow>,
    pub needs: Clause<Vec<Need>>,
    pub rma_needed: Clause<bool>,
    pub carrier_collects: Clause<bool>,
    pub client_pays_return: Clause<bool>,
    pub label_cost_deducted: Clause<bool>,
    pub returned_goods_mark: Clause<bool>,
    pub customs_recharged: Clause<bool>,
    pub own_carrier_allowed: Clause<bool>,
    pub house_pays_at_fault: Clause<bool>,
    pub send_back_days: Clause<u32>,
    pub inspection: Clause<DayRange>,
    pub inspected_by: Clause<Inspector>,
    pub inspection_told: Clause<Vec<Told>>,
    pub no_refund_if_used: Clause<bool>,
    pub used_sent_back: Clause<bool>,
    pub outbound_shipping_refunded: Clause<ShippingRefunded>,
    pub refund_promise: Clause<Within>,
    pub refund_days: Clause<u32>,
    pub same_means: Clause<bool>,
    pub cancellation: Clause<Cancellation>,
    pub exchange: Clause<Exchange>,
    pub store_credit: Clause<bool>,
    pub regions: Clause<Vec<Region>>,
    #[serde(default)]
    pub return_carriers: Clause<Vec<String>>,
    #[serde(default)]
    pub return_risk_on_client: Clause<bool>,
    #[serde(default)]
    pub reject_unfit: Clause<bool>,
    #[serde(default)]
    pub excluded_sizes: Clause<SizeRange>,
}

impl Terms {
    /// The same terms with each of its days of withdrawal where the law puts it at least.
    #[must_use]
    pub fn within_the_law(&self) -> Self {
        let mut held = self.clone();
        let returns = &self.returns;
        for (clause, days) in [
            (&mut held.returns.statutory_days, returns.withdrawal_days()),
            (&mut held.returns.send_back_days, returns.days_to_send_back()),
            (&mut held.returns.refund_days, returns.days_to_refund()),
        ] {
            if let Clause::Says(said, _) = clause {
                *said = days;
            }
        }
        held
    }
}

impl Returns {
    /// The days of the law's withdrawal: fourteen, or more where the house gives more (CEL VI.47).
    #[must_use]
    pub fn withdrawal_days(&self) -> u32 {
        self.statutory_days.value().map_or(14, |days| (*days).max(14))
    }

    /// The days in which the client sends back after a withdrawal: fourteen, or more where the house gives more (CEL VI.51).
    #[must_use]
    pub fn days_to_send_back(&self) -> u32 {
        self.send_back_days.value().map_or(14, |days| (*days).max(14))
    }

    /// The days in which the money is back after a withdrawal: fourteen, or fewer where the house promises fewer (CEL VI.50).
    #[must_use]
    pub fn days_to_refund(&self) -> u32 {
        self.refund_days.value().map_or(14, |days| (*days).min(14))
    }

    /// What a piece counts as for the house's own returns: one in a size that it only makes to measure (BI art. 8.5) is to
    /// own measure, however it was listed. The law does not follow it there: a listed size is no personalisation.
    #[must_use]
    pub fn counts_as(&self, made: Made, size: Option<u32>) -> Made {
        let to_measure = |sizes: &SizeRange| size.is_some_and(|size| sizes.holds(size));
        if made.is_personal() || !self.excluded_sizes.value().is_some_and(to_measure) {
            made
        } else {
            Made::OwnMeasure
        }
    }
}

/// Warranty and repair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key says its rule; domain.md section 2 is the table")]
pub struct Warranty {
    pub legal_years: Clause<u32>,
    pub notice_days: Clause<u32>,
    pub exceptions: Clause<Vec<Exception>>,
    pub commercial: Clause<bool>,
    pub lifetime: Clause<LifetimeWarranty>,
    pub resizing: Clause<Resizing>,
    #[serde(default)]
    pub known_defects_excluded: Clause<bool>,
    #[serde(default)]
    pub liability_to_price: Clause<bool>,
}

/// Personal data, law and court.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each key says its rule; domain.md section 2 is the table")]
pub struct Privacy {
    pub rights: Clause<Vec<DataRight>>,
    pub answer_days: Clause<u32>,
    pub law: Clause<String>,
    pub court: Clause<String>,
    pub mediation_within_months: Clause<u32>,
    pub odr_platform: Clause<bool>,
    #[serde(default)]
    pub marketing_objection: Clause<bool>,
    #[serde(default)]
    pub proof_of_identity: Clause<bool>,
}

/// One version of a house's terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the groups are documented at their types")]
pub struct Terms {
    /// The letters a house is cited by, `LV`.
    pub short: String,
    /// The day they came into force, where the document says one.
    pub in_force: Option<NaiveDate>,
    pub orders: Orders,
    pub redesign: Redesign,
    pub production: Production,
    pub payment: Payment,
    pub delivery: Delivery,
    pub returns: Returns,
    pub warranty: Warranty,
    pub privacy: Privacy,
}

/// Cited where a house has no redesign terms of its own and the product's bounds stand in.
const DEFAULT_REDESIGN: Article = Article::of("Atelier: redesign default");

/// A value with the single article it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// Its article.
    pub article: Article,
}

impl Terms {
    /// The least weight of a central diamond, in carats, inclusive.
    #[must_use]
    pub fn diamond_bound(&self) -> Cited<Decimal> {
        cited(&self.redesign.diamond_from_ct, dec!(0.30))
    }

    /// The least weight of a central coloured stone, in carats, inclusive.
    #[must_use]
    pub fn coloured_bound(&self) -> Cited<Decimal> {
        cited(&self.redesign.coloured_from_ct, dec!(1.00))
    }

    /// The titles whose gold is credited.
    #[must_use]
    pub fn reusable_titles(&self) -> Cited<Vec<u16>> {
        cited(&self.redesign.reusable_titles, vec![750])
    }

    /// The share of what is to pay that is due with the order, in per cent.
    #[must_use]
    pub fn deposit_percent(&self, kind: ProjectKind) -> Cited<Decimal> {
        match &self.payment.deposit {
            Clause::Says(deposit, article) => Cited {
                value: deposit.percent(kind),
                article: article.clone(),
            },
            Clause::Silent => Cited {
                value: Decimal::ZERO,
                article: Article::of("CEL VI.88"),
            },
        }
    }

    /// The consents the client gives before the house begins, for a project of that kind.
    #[must_use]
    pub fn consents(&self, kind: ProjectKind, clients_own_piece: bool) -> Vec<Consent> {
        let all = self.orders.consents.value().map_or(&[][..], Vec::as_slice);
        all.iter()
            .copied()
            .filter(|consent| consent.concerns(kind, clients_own_piece))
            .collect()
    }

    /// What production runs from.
    #[must_use]
    pub fn window_from(&self) -> WindowFrom {
        self.production
            .window_from
            .value()
            .copied()
            .unwrap_or(WindowFrom::ApprovalAndDeposit)
    }
}

fn cited<T: Clone>(clause: &Clause<T>, default: T) -> Cited<T> {
    match clause {
        Clause::Says(value, article) => Cited {
            value: value.clone(),
            article: article.clone(),
        },
        Clause::Silent => Cited {
            value: default,
            article: DEFAULT_REDESIGN,
        },
    }
}
