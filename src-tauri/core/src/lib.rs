//! Atelier's core: the rules, the store and the papers of a jeweller's house. No window, no clock, no network.
//!
//! One picture: a counter. Whoever stands at it may `ask` or `act`; behind it stand pure rules, behind the rules one
//! store. The map below runs from the ground up, and a module knows only those above it here.

#![deny(missing_docs)]
#![deny(clippy::float_arithmetic)]

// Numbers and days.
pub mod calendar;
pub mod fold;
pub mod money;
pub mod number;
// What a rule returns, how it refuses, and what people type.
pub mod form;
pub mod grounds;
pub mod refusal;
// A house: what its terms say.
pub mod house;
pub mod law;
pub mod terms;
// The trade.
pub mod aftersales;
pub mod custody;
pub mod ledger;
pub mod metal;
pub mod payment;
pub mod production;
pub mod project;
pub mod quote;
pub mod stone;
// Words, the terms as a sheet, and the desk where questions are put.
pub mod desk;
pub mod termsheet;
pub mod words;
// What comes over the counter.
pub mod client;
pub mod intake;
pub mod photo;
pub mod statement;
// Papers, and tables that leave the house.
pub mod paper;
pub mod sheet;
// The one store, and the counter in front of it.
pub mod counter;
pub mod store;
