//! **Tameio**, the cashier's touchscreen for Greek car washes, car parks, garages and rental desks.
//!
//! The map, in reading order:
//!
//! | module | what it is |
//! |---|---|
//! | [`domain`] | words and rules; knows no screen, device, database or network |
//! | [`app`] | the loop: input → decide → commit → effect |
//! | [`config`] | the configuration file, checked as a whole |
//! | [`device`] | where a device is, as one line of text, and what is plugged in |
//! | [`store`] | the database: journal, tables, outbox |
//! | [`aade`] | the registry: messages, rules, replies, simulator |
//! | [`mydata`] | the electronic books: tax documents told, named and looked up; simulator |
//! | [`provider`] | documents handed to a certified e-invoicing provider; simulators of both kinds |
//! | [`lookup`] | who a tax number belongs to: AADE's registry of businesses, VIES; simulators |
//! | [`issuer`] | who issues the tax document |
//! | [`setup`] | the first set-up: questions, answers, the configuration they make |
//! | [`simulate`] | a whole working day in simulated time |
//! | [`paper`] | what is printed: facts → sheets and pictures |
//! | `view` | the screen: the only Rust that names Slint (feature `screen`) |
//!
//! Data flows one way: what happens comes in as an input, a pure function decides, the store commits, and only then
//! something is caused; results come back only as new inputs.

pub mod aade;
pub mod app;
pub mod config;
pub mod device;
pub mod domain;
pub mod issuer;
pub mod lookup;
pub mod mydata;
pub mod paper;
pub mod provider;
pub mod setup;
pub mod simulate;
pub mod store;
#[cfg(feature = "screen")]
pub mod view;
