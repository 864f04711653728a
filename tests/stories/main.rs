//! Stories: one file per thing that happens in a shop.

mod bad_input;
mod frozen;
mod main_job;
mod search;
mod store;
