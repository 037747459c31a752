//! Who issues the tax document. Tameio itself never does: it asks, or it takes the name that a fiscal machine or another
//! program gave.
//!
//! | file | issuer |
//! |---|---|
//! | (none) | typed: a person scans or types the name; `app::decide::name` reads it |
//! | [`simulator`] | practice: answers at once with an invented number |

pub mod simulator;
