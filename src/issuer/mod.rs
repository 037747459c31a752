//! Who issues the tax document. A person types the name that a fiscal machine or another program gave, or this program
//! tells myDATA or a certified provider for the business; never does it pretend to be a fiscal machine.
//!
//! | file | issuer |
//! |---|---|
//! | (none) | typed: a person scans or types the name; `app::decide::name` reads it |
//! | [`channel`] | what issuers that are told over the network have in common; `app::decide::issue` sends for them |
//! | [`mydata`] | myDATA, told by us: which documents, as what |
//! | [`provider`] | a certified e-invoicing provider (ΥΠΑΗΕΣ): which documents, as what |
//! | [`simulator`] | practice: answers at once with an invented number |

pub mod channel;
pub mod mydata;
pub mod provider;
pub mod simulator;
