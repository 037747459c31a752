//! What a stay in a car park costs. Pure: no clock, no file but the one that is read, no device.
//!
//! | file | what it holds |
//! |---|---|
//! | [`rules`] | a tariff as data: versions, classes, bands, windows, caps |
//! | [`timetable`] | hours, kinds of day, and the walk along Athens' clock |
//! | [`engine`] | the walk that prices a stay, and the order in which the rules act |
//! | [`price`] | a price, its steps, the second payment, and why there is no price |
//! | [`sentence`] | the words of a price, in Greek and in English |
//! | [`check`] | durations without a price, falls in price, rules that never act |
//! | [`table`] | what each duration costs, for an editor and a chart |
//! | [`mod@write`] | a tariff as the text of its file |
//! | [`kept`] | the tariff as it was changed at the terminal, and who changed it |
//! | [`draft`] | a version while it is worked on |
//! | [`concern`] | what is to be said of a draft before it holds |
//!
//! # How a visit uses it
//!
//! The terminal loads its tariff beside its configuration and refuses one in which [`Tariff::check`] finds a gap; once its owner
//! has changed it at the screen, the text that is kept holds ([`kept`]). A visit
//! keeps its arrival and its size; nothing else of the tariff is needed before it leaves, since the version that held at
//! the arrival is found again by its date.
//!
//! - **At the exit**, [`Tariff::price`] takes the class ([`VehicleClass::from`] a size), the arrival and now. Its
//!   [`Price::lines`] are the lines of the visit's sale and [`Price::catalogue`] its price list: each step of the price is a
//!   line of the receipt, VAT and discounts are the sale's business as for every other service, and the lines, once in the
//!   event, need the tariff no more. No lines means nothing is due: the visit is settled without a document.
//! - **After it was paid**, [`Tariff::top_up`] says whether the vehicle may leave; what is due then is a sale of its own,
//!   with one line of [`TopUp::line`], and a second document of the same visit.
//! - **Without ticket and visit**, [`Tariff::lost_ticket`] is the price.
//! - **When there is no price**, [`NoPrice`] says why in a sentence for the cashier, and the manager gives one. A time of
//!   arrival that was corrected is priced like any other.
//!
//! Merchants' validations are discounts of the sale, and subscribers' visits are settled by their contract; neither is a
//! tariff's business, but who overstays a subscription is priced from where it ended.
//!
//! The files that ship are in `config/tariffs/`; `every-part.toml` explains every word, and [`crate::config::tariff`] reads it.

pub mod check;
pub mod concern;
pub mod draft;
pub mod engine;
pub mod kept;
pub mod price;
pub mod rules;
pub mod sentence;
pub mod table;
pub mod timetable;
pub mod write;

pub use price::{NoPrice, Paid, Price, Step, TopUp};
pub use rules::{Tariff, VehicleClass};
