//! Looking up a business by its tax number, so that an invoice is made out to whom it is for. A person who types a
//! number asks for it, and the answer is kept: AADE counts every question and tells the business that somebody asked.
//!
//! | file | what it holds |
//! |---|---|
//! | [`registry`] | AADE's registry of businesses (RgWsPublic2): the question, and what an answer means |
//! | [`codes`] | its errors as sentences |
//! | [`vies`] | the European Union's register of tax numbers (VIES) |
//! | [`worker`] | one question over whatever transport there is |
//! | [`services`] | who is asked about which number, and what the answer comes to |
//! | [`simulator`] | both services on one socket, which share no rule with the files above |

pub mod codes;
pub mod registry;
pub mod services;
pub mod simulator;
pub mod vies;
pub mod worker;
