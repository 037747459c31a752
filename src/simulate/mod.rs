//! A whole working day without a screen, in simulated time: the real loop, store, outbox, encoder and papers, against
//! simulators that speak the real protocols.
//!
//! | file | what it holds |
//! |---|---|
//! | [`site`] | a terminal with its simulated registry, printer, drawer and clock, stepped by hand |
//! | [`plan`] | a day's customers, made from a seed |
//! | [`errand`] | what they come for at a site of every trade, and in what proportions |
//! | [`holder`] | those of them who buy packs, and what they leave in the drawer |
//! | [`day`] | the people: they look at the state and do the next thing |
//! | [`agreement`] | what the registry must hold of each visit, worked out from the plan |
//! | [`flows`] | which ways of being served really happened, by the registry's book |
//! | [`summary`] | what came of it, counted from the simulators' own books |

mod agreement;
pub mod day;
pub mod errand;
pub mod flows;
pub mod holder;
pub mod plan;
pub mod site;
pub mod summary;
