//! Stories: one file per thing that happens in a shop.

mod aftersales;
mod ask_desk;
mod bad_input;
mod cases;
mod corrections;
mod frozen;
mod hand;
mod invoices;
mod lives;
mod main_job;
mod orders;
mod personal;
mod photos;
mod promises;
mod search;
mod statements;
mod store;
mod terms;
