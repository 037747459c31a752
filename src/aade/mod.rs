//! The registry: AADE's Digital Clientele.
//!
//! | file | what it holds |
//! |---|---|
//! | [`message`] | what is said: five requests as plain types |
//! | `kinds` | the registry's numbers for what we call by name |
//! | [`compose`] | from what a visit has to tell to a request |
//! | `document` | their canonical form, byte for byte |
//! | [`rules`] | which field is asked at which moment, and what is refused before it is sent |
//! | [`worker`] | one try, one look-up and one page of the listing over whatever transport there is |
//! | [`transport`] | one exchange: bytes out, bytes back, or a failure that says whether anything left |
//! | [`credentials`] | user and key, from a file nobody else may read |
//! | [`reply`] | what an answer means; any bytes have a meaning |
//! | [`listing`] | what the registry holds, as it lists it |
//! | `writer` | how a document is written |
//! | [`xml`] | answers' XML, bounded |
//! | [`codes`] | the registry's codes as sentences for a cashier |
//! | [`simulator`] | a registry of our own, stricter than the real one, which shares no rule with the files above |

pub mod codes;
pub mod compose;
pub mod credentials;
mod document;
mod kinds;
pub mod listing;
pub mod message;
pub mod reply;
pub mod rules;
pub mod simulator;
pub mod transport;
pub mod worker;
pub(crate) mod writer;
pub mod xml;
