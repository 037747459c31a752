//! A certified e-invoicing provider (ΥΠΑΗΕΣ): it is handed each tax document in its own form, tells myDATA, and answers with
//! the MARK, the UID, its authentication code and the address behind the QR. Tameio is no provider.
//!
//! | file | what it holds |
//! |---|---|
//! | [`request`] | the two calls: a document handed over, and what became of it |
//! | [`json`] | a document in JSON, under the provider's names |
//! | [`tree`] | an answer as a tree, whether it is XML or JSON |
//! | [`reply`] | what an answer means; any bytes have a meaning |
//! | [`auth`] | how the provider lets us in |
//! | [`transport`] | the way to it: headers, forms, tokens that run out |
//! | [`worker`] | one try and one look-up over whatever transport there is |
//! | [`simulator`] | a provider of our own, stricter than the real ones, which shares no rule with the files above |
//!
//! What is said is composed by [`crate::mydata::compose`], for both channels carry the same document. Whatever differs between
//! two providers is a setting: [`crate::domain::provider`].

pub mod auth;
pub mod json;
pub mod reply;
pub mod request;
pub mod simulator;
pub mod transport;
pub mod tree;
pub mod worker;
