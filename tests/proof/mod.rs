//! "Exactly once", proved: a shop in the hands of a seed, and an auditor who reads the registry's records and the
//! terminal's file and believes neither counter.
//!
//! | file | what it holds |
//! |---|---|
//! | `wire` | the line: requests that are late, lost, or answered to nobody |
//! | `world` | the terminal on it, dying at any step and started again on its file |
//! | `shop` | what people do there |
//! | `ledger` | the audit |
//! | `storm` | replies lost, crashes and errors at every step |
//! | `month` | thirty days without a network, and then all of it at once while people come |
//! | `memory` | what waits does not fill the memory |
//! | `restraint` | four in the air, waits with jitter and a cap, silence where the credentials are refused |
//! | `clocks` | flags and times are honest, in both nights when clocks change and when somebody sets the clock |
//!
//! Here each proof is small. `.ci/proof` runs the same ones at their full size.

mod clocks;
mod ledger;
mod memory;
mod month;
mod restraint;
mod shop;
mod storm;
mod wire;
mod world;

/// A size from the environment, or the small one of an ordinary run.
fn size(name: &str, small: u64) -> u64 {
    std::env::var(name).ok().and_then(|told| told.parse().ok()).unwrap_or(small)
}
