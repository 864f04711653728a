//! Atelier's core: the rules, the store and the papers of a jeweller's house. No window, no clock, and no
//! network but the line to the house's own server, in `store`.
//!
//! One picture: a counter. Whoever stands at it may `ask` or `act`; behind it stand pure rules, behind the rules one
//! store. The map below runs from the ground up, and a module knows only those above it here.

#![deny(missing_docs)]
#![deny(clippy::float_arithmetic)]

// Numbers, days, and names as they are searched.
pub mod number;
pub mod money;
pub mod calendar;
pub mod fold;
pub mod typed_day;
pub mod places;
// What a rule returns, how it refuses, how both are said, and what people type.
pub mod grounds;
pub mod refusal;
pub mod words;
pub mod form;
pub mod vocabulary;
// A house: what its terms say, the numbers it is paid by, and the law under them.
pub mod terms;
pub mod payment;
pub mod house;
pub mod law;
// The trade.
pub mod stone;
pub mod metal;
pub mod quote;
pub mod production;
pub mod ledger;
pub mod custody;
pub mod client;
pub mod invoice;
pub mod intake;
pub mod order;
pub mod aftersales;
pub mod points;
// The terms as a sheet, and the desk where questions are put.
pub mod termsheet;
pub mod desk;
// Photos and bank statements as they come in.
pub mod photo;
pub mod statement;
pub mod contacts;
// Papers, and tables that leave the house.
pub mod paper;
pub mod sheet;
// The one store, and the counter in front of it.
pub mod store;
pub mod counter;
