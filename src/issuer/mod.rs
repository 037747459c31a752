//! Who issues the tax document. A person types the name that a fiscal machine or another program gave, or this program
//! tells myDATA for the business; never does it pretend to be a fiscal machine.
//!
//! | file | issuer |
//! |---|---|
//! | (none) | typed: a person scans or types the name; `app::decide::name` reads it |
//! | [`mydata`] | myDATA, told by us: which documents, as what; `app::decide::issue` sends them |
//! | [`simulator`] | practice: answers at once with an invented number |

pub mod mydata;
pub mod simulator;
