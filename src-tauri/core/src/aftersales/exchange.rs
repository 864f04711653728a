//! Exchange: the old price counts towards the new one, and the difference is paid or credited.

use crate::calendar::period_end;
use crate::grounds::{Article, Fact, Ground, Grounded};
use crate::money::Money;
use crate::terms::{Clause, Condition, CountedFrom, Made, Terms};
use chrono::NaiveDate;

/// The facts of an exchange.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named as in the questions scripts ask")]
pub struct ExchangeFacts {
    pub made: Made,
    /// The size of a ring: its inner circumference in whole mm.
    pub size: Option<u32>,
    pub condition: Condition,
    pub old_price: Money,
    pub new_price: Money,
    pub today: NaiveDate,
    pub shipped: Option<NaiveDate>,
    pub possession: Option<NaiveDate>,
}

/// What an exchange comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    /// Whether the house exchanges this piece.
    pub offered: bool,
    /// What the client pays on top.
    pub to_pay: Money,
    /// What the client is credited.
    pub credited: Money,
    /// Whether the new piece is sold for good.
    pub final_sale: bool,
}

/// Whether a piece is exchanged, and for what difference. What a house excludes from its returns, a worn or a damaged piece is
/// not (BI art. 8.5, 9.2).
#[must_use]
pub fn exchange(facts: &ExchangeFacts, terms: &Terms) -> Grounded<Exchanged> {
    let none = Exchanged {
        offered: false,
        to_pay: Money::ZERO,
        credited: Money::ZERO,
        final_sale: false,
    };
    let refused = |article: &Article, key| Grounded {
        value: none.clone(),
        grounds: vec![Ground::new(article.clone(), key)],
    };
    let Clause::Says(rule, article) = &terms.returns.exchange else {
        return refused(&Article::of("CC 5.69"), "ground-exchange-silent");
    };
    let made = terms.returns.counts_as(facts.made, facts.size);
    let personal = match &terms.returns.window {
        Clause::Says(window, _) => !window.made.contains(&made),
        Clause::Silent => {
            made.is_personal()
                || terms
                    .returns
                    .excluded
                    .value()
                    .is_some_and(|excluded| excluded.contains(&made))
        }
    };
    // A house that exchanges within its return window counts from the same day.
    let late = terms.returns.window.value().is_some_and(|window| {
        let from = match window.from {
            CountedFrom::Possession => facts.possession,
            CountedFrom::Shipment => facts.shipped.or(facts.possession),
        };
        from.is_some_and(|from| facts.today > period_end(from, u64::from(window.days)))
    });
    let sound = match &terms.returns.window {
        Clause::Says(window, _) => window.conditions.contains(&facts.condition),
        Clause::Silent => matches!(facts.condition, Condition::AsDelivered | Condition::Handled),
    };
    if !rule.offered {
        return refused(article, "ground-no-exchange");
    }
    // What cannot come back cannot be exchanged: the clause that says so is cited, and the exchange's own where none does.
    let window = terms.returns.window.article();
    let by_size = terms.returns.excluded_sizes.article().filter(|_| made != facts.made);
    let excluded = terms.returns.excluded.article();
    if personal {
        return refused(
            by_size.or(window).or(excluded).unwrap_or(article),
            "ground-exchange-personalised",
        );
    }
    if late {
        return refused(window.unwrap_or(article), "ground-exchange-late");
    }
    if !sound {
        return refused(window.unwrap_or(article), "ground-exchange-condition");
    }
    let to_pay = (facts.new_price - facts.old_price).max(Money::ZERO);
    let credited = (facts.old_price - facts.new_price).max(Money::ZERO);
    let difference = Ground::new(article.clone(), "ground-exchange-difference")
        .with("old", Fact::Money(facts.old_price))
        .with("new", Fact::Money(facts.new_price))
        .with("pay", Fact::Money(to_pay))
        .with("credit", Fact::Money(credited));
    let mut grounds = vec![difference];
    if rule.final_sale {
        grounds.push(Ground::new(article.clone(), "ground-final-sale"));
    }
    Grounded {
        value: Exchanged {
            offered: true,
            to_pay,
            credited,
            final_sale: rule.final_sale,
        },
        grounds,
    }
}
