//! Where a house delivers, what the way costs, and the rules a part of the world adds for the way back.

use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::terms::{Clause, ClientKind, Region, Terms};
use crate::vocabulary::vocabulary;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// The kind of address a parcel goes to.
    pub enum Address in "address" {
        /// Where the client lives.
        Home = "home",
        /// A hotel.
        Hotel = "hotel",
        /// A business.
        Business = "business",
        /// A box at the post office.
        PoBox = "po-box",
    }
}

vocabulary! {
    /// Where an order goes: how it reaches the client, and to what kind of address.
    pub enum DeliveredTo in "delivered-to" {
        /// The client collects it.
        Collected = "collected",
        /// Where the client lives.
        Home = "home",
        /// A hotel.
        Hotel = "hotel",
        /// A business.
        Business = "business",
        /// A box at the post office.
        PoBox = "po-box",
    }
}

impl DeliveredTo {
    /// The kind of address a carrier brings it to; none where it is collected.
    #[must_use]
    pub const fn address(self) -> Option<Address> {
        match self {
            Self::Collected => None,
            Self::Home => Some(Address::Home),
            Self::Hotel => Some(Address::Hotel),
            Self::Business => Some(Address::Business),
            Self::PoBox => Some(Address::PoBox),
        }
    }
}

/// Where an order goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destination {
    /// How, and to what kind of address.
    pub to: DeliveredTo,
    /// The country, two capital letters.
    pub country: String,
}

/// Whether a house takes an order from such a client, to there.
///
/// # Errors
/// [`Refusal::ByTerms`] with the clause that speaks against it.
pub fn may_order(client: ClientKind, destination: &Destination, price: Money, terms: &Terms) -> Result<(), Refusal> {
    let against: &[&str] = match destination.to.address() {
        // Who collects asks nothing of where a house delivers.
        None => &["ground-sells-to-consumers"],
        Some(_) => &[
            "ground-sells-to-consumers",
            "ground-country-not-listed",
            "ground-home-address-only",
        ],
    };
    let facts = DeliveryFacts {
        client,
        country: destination.country.clone(),
        address: destination.to.address().unwrap_or(Address::Home),
        price,
    };
    let mut grounds = delivery(&facts, terms).grounds.into_iter();
    match grounds.find(|ground| against.contains(&ground.message.key.as_ref())) {
        Some(why) => Err(Refusal::ByTerms { why: Box::new(why) }),
        None => Ok(()),
    }
}

/// The facts of a delivery.
#[derive(Debug, Clone)]
pub struct DeliveryFacts {
    /// Who buys.
    pub client: ClientKind,
    /// The country, two letters.
    pub country: String,
    /// The kind of address.
    pub address: Address,
    /// The price of the order.
    pub price: Money,
}

/// How an order gets there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Whether the house delivers there, to such a client.
    pub delivers: bool,
    /// What it charges for it; `None` where its terms are silent.
    pub fee: Option<Money>,
    /// Whether import duties fall on the client.
    pub duties_on_client: bool,
    /// Whether a parcel coming back is marked as returned goods of no commercial value.
    pub return_mark: bool,
    /// The part of the world whose rules the house names.
    pub region: Option<Region>,
}

/// The members of the European Union, where no customs lie between house and client.
const UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Outside the Union, with no customs towards it.
const CUSTOMS_UNION: [&str; 2] = ["MC", "SM"];

fn region(country: &str) -> Option<Region> {
    match country {
        "GB" => Some(Region::EuUk),
        "US" => Some(Region::Us),
        "AU" | "NZ" | "CA" => Some(Region::AuNzCa),
        other => UNION.contains(&other).then_some(Region::EuUk),
    }
}

/// Whether customs lie between the house and a country.
#[must_use]
pub fn is_abroad(country: &str) -> bool {
    let country = country.to_ascii_uppercase();
    let country = country.as_str();
    !UNION.contains(&country) && !CUSTOMS_UNION.contains(&country)
}

/// Whether a country lies outside the Union and Great Britain, whose parcels need no mark of returned goods.
#[must_use]
pub fn outside_the_union(country: &str) -> bool {
    is_abroad(country) && region(country) != Some(Region::EuUk)
}

/// The clause that asks for the mark of returned goods on a parcel from there: not from the Union or Great Britain, though
/// customs lie before the second (AB § 8).
#[must_use]
pub fn return_mark<'a>(country: &str, terms: &'a Terms) -> Option<&'a Article> {
    match &terms.returns.returned_goods_mark {
        Clause::Says(true, article) if outside_the_union(country) => Some(article),
        Clause::Says(..) | Clause::Silent => None,
    }
}

const fn region_ground(region: Region) -> &'static str {
    match region {
        Region::EuUk => "ground-region-eu-uk",
        Region::Us => "ground-region-us",
        Region::AuNzCa => "ground-region-au-nz-ca",
    }
}

/// What delivery costs at that price; nothing said where the house says nothing.
#[must_use]
pub fn fee(price: Money, terms: &Terms) -> Option<Money> {
    let free = terms.delivery.free_from.value().is_some_and(|from| price >= *from);
    if free {
        Some(Money::ZERO)
    } else {
        terms.delivery.fee.value().copied()
    }
}

/// Whether and how a house delivers an order.
#[must_use]
pub fn delivery(facts: &DeliveryFacts, terms: &Terms) -> Grounded<Delivery> {
    let mut grounds = Vec::new();
    let mut ground = |article: &Article, key| {
        grounds.push(Ground::new(article.clone(), key).with("country", Fact::Text(facts.country.clone())))
    };
    let mut delivers = true;
    if let Clause::Says(clients, article) = &terms.orders.sells_to
        && !clients.contains(&facts.client)
    {
        delivers = false;
        ground(article, "ground-sells-to-consumers");
    }
    if let Clause::Says(countries, article) = &terms.orders.countries {
        let listed = countries.iter().any(|country| country.0 == facts.country);
        delivers &= listed;
        ground(
            article,
            if listed {
                "ground-country-listed"
            } else {
                "ground-country-not-listed"
            },
        );
    }
    if let Clause::Says(true, article) = &terms.orders.home_address_only
        && facts.address != Address::Home
    {
        delivers = false;
        ground(article, "ground-home-address-only");
    }
    let place = region(&facts.country);
    let abroad = is_abroad(&facts.country);
    let duties_on_client = abroad && terms.delivery.duties_on_client.value() == Some(&true);
    if let Some(article) = terms.delivery.duties_on_client.article().filter(|_| duties_on_client) {
        ground(article, "ground-duties-on-client");
    }
    let mark = return_mark(&facts.country, terms);
    if let Some(article) = mark {
        ground(article, "ground-returned-goods-mark");
    }
    if let Some(article) = terms.returns.customs_recharged.article().filter(|_| abroad) {
        ground(article, "ground-customs-recharged");
    }
    let region = place.filter(|place| {
        terms
            .returns
            .regions
            .value()
            .is_some_and(|regions| regions.contains(place))
    });
    if let (Some(region), Some(article)) = (region, terms.returns.regions.article()) {
        ground(article, region_ground(region));
    }
    let fee = fee(facts.price, terms);
    if let (Some(fee), Some(article)) = (fee, terms.delivery.fee.article()) {
        grounds.push(
            Ground::new(article.clone(), "ground-delivery-fee")
                .with("fee", Fact::Money(fee))
                .with("price", Fact::Money(facts.price)),
        );
    }
    if grounds.is_empty() {
        grounds.push(Ground::new(Article::of("CEL VI.43"), "ground-delivery-silent"));
    }
    Grounded {
        value: Delivery {
            delivers,
            fee,
            duties_on_client,
            return_mark: mark.is_some(),
            region,
        },
        grounds,
    }
}
