//! myDATA: AADE's electronic books, told of every tax document by software that acts for the business (the "ERP channel").
//!
//! | file | what it holds |
//! |---|---|
//! | [`issue`] | what is known of a document that shall be told |
//! | [`compose`] | from that to an invoice, or the reason why it is none |
//! | [`invoice`] | an invoice as myDATA has it, and its canonical form |
//! | [`request`] | the four calls as plain types |
//! | [`kinds`] | myDATA's codes: document types, means of payment, rates of VAT |
//! | [`classification`] | income classifications, and which may stand on which document |
//! | `combinations` | AADE's table of them |
//! | [`identity`] | what makes a document the same document: its UID |
//! | [`reply`] | what an answer means; any bytes have a meaning |
//! | [`transmitted`] | what myDATA holds, as it lists it |
//! | [`codes`] | myDATA's errors as sentences |
//! | [`worker`] | one try and one look-up over whatever transport there is |
//! | [`simulator`] | a myDATA of our own, stricter than the real one, which shares no rule with the files above |
//!
//! Where one document stands between us and myDATA is [`crate::domain::issuing`]: it is kept with the document.
//!
//! The registry of visits is another room: [`crate::aade`]. Both are reached by the same HTTP, with the same credentials.

pub mod classification;
pub mod codes;
mod combinations;
pub mod compose;
pub mod identity;
pub mod invoice;
pub mod issue;
pub mod kinds;
pub mod reply;
pub mod request;
pub mod simulator;
pub mod transmitted;
pub mod worker;
