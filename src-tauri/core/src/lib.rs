//! Atelier's core: the rules, the store and the papers of a jeweller's house. No window, no clock, no network.
//!
//! One picture: a counter. Whoever stands at it may `ask` or `act`; behind it stand pure rules, behind the rules one
//! store. The map below runs from the ground up, and a module knows only those above it here.

#![deny(missing_docs)]
#![deny(clippy::float_arithmetic)]

// Numbers and days.
pub mod number;
pub mod money;
pub mod calendar;
// What a rule returns, and how it refuses.
pub mod grounds;
pub mod refusal;
// A house: what its terms say.
pub mod terms;
pub mod house;
pub mod law;
// The trade.
pub mod stone;
pub mod metal;
pub mod payment;
pub mod quote;
pub mod production;
pub mod aftersales;
// Words, and the desk where scripts ask.
pub mod words;
pub mod desk;
// What people type, and what comes over the counter.
pub mod form;
pub mod client;
pub mod intake;
pub mod photo;
// Papers.
pub mod paper;
// The one store, and the counter in front of it.
pub mod store;
pub mod counter;
