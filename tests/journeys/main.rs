//! Journeys in the real window, driven through WebDriver as a person would: by keyboard, looking at what is said.

mod aftersales;
mod ask;
mod hand;
mod house;
mod invoices;
mod jobs;
mod layout;
mod main_job;
mod mistakes;
mod order;
mod promises;
mod safety;
mod sending;
mod shared;
mod window;
