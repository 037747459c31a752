//! A whole working day without a screen, in simulated time: the real loop, store, outbox, encoder and papers, against
//! simulators that speak the real protocols.
//!
//! | file | what it holds |
//! |---|---|
//! | [`site`] | a terminal with its simulated registry, printer, drawer and clock, stepped by hand |
//! | [`plan`] | a day's customers, made from a seed |
//! | [`day`] | the people: they look at the state and do the next thing |
//! | [`summary`] | what came of it, counted from the simulators' own books |

pub mod day;
pub mod plan;
pub mod site;
pub mod summary;
