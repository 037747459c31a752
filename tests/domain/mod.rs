//! The rules, on the exact figures people can check with a pencil, and on anything at all.

mod bay;
mod credit;
mod customer;
mod document;
mod ids;
mod lease;
mod measure;
mod money;
mod order;
mod payment;
mod plate;
mod rental;
mod sale;
mod shift;
mod text;
mod time;
mod validation;
mod visit;
