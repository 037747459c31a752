//! What a stay in a car park costs. Pure: no clock, no file but the one that is read, no device.
//!
//! | file | what it holds |
//! |---|---|
//! | [`rules`] | a tariff as data: versions, classes, bands, windows, caps |
//! | [`timetable`] | hours, kinds of day, and the walk along Athens' clock |
//! | [`engine`] | the walk that prices a stay, and the order in which the rules act |
//! | [`price`] | a price, its steps, the second payment, and why there is no price |
//! | [`sentence`] | the words of a price, in Greek and in English |
//! | [`file`] | the tariff's file, with every fault's line |
//! | [`check`] | durations without a price, falls in price, rules that never act |
//! | [`table`] | what each duration costs, for an editor and a chart |
//!
//! The files that ship are in `config/tariffs/`; `every-part.toml` explains every word.

pub mod check;
pub mod engine;
pub mod file;
pub mod price;
pub mod rules;
pub mod sentence;
pub mod table;
pub mod timetable;

pub use price::{NoPrice, Paid, Price, Step, TopUp};
pub use rules::{Tariff, VehicleClass};
