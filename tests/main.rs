//! One test program, a module per promise. Everything is tried from outside, at the few firm boundaries: the domain's
//! rules, the store, the whole terminal, the program.
//!
//! | module | promise |
//! |---|---|
//! | `aade` | what we say to the registry, what we understand, and that our registry is strict |
//! | `commands` | the program as a person starts it |
//! | `config` | every fault of a configuration is named with its line |
//! | `devices` | devices come, go, lie and are swapped while the terminal runs |
//! | `domain` | the rules, on exact figures and on anything at all |
//! | `folder` | a folder of its own for each test |
//! | `fonts` | no accent of a Greek capital is cut off |
//! | `hostile` | bytes from outside cannot hurt |
//! | `kill` | a day survives being killed |
//! | `lookup` | who a tax number belongs to is asked and understood, or nobody is named |
//! | `mixed` | a day of every trade is told as it was, and what is told otherwise shows |
//! | `mydata` | tax documents reach myDATA once, as they were, and our myDATA is strict |
//! | `paper` | what stands on paper, and what must not |
//! | `pins` | PINs: right, wrong, and written nowhere |
//! | `prepaid` | a simulated day's packs are told as they were |
//! | `proof` | exactly once, whatever happens on the way |
//! | `provider` | tax documents reach a certified provider once, in its own form, and our providers are strict |
//! | `read_back` | the printed bytes agree with what is stored when a program that is not ours reads them |
//! | `said` | what others say is said in the language of the screen |
//! | `scenarios` | days at a whole terminal, told in the words of the trade |
//! | `setup` | the first set-up ends with a configuration that passes |
//! | `store` | what is committed is there; what is changed shows |
//! | `tariff` | parking prices: vectors, parts, and agreement with a slow model |
//! | `walls` | the arrows between the modules |
//! | `world` | the site the scenarios happen at, and what must hold after each |

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so"
)]

mod aade;
mod commands;
mod config;
mod devices;
mod domain;
mod folder;
mod fonts;
mod hostile;
mod kill;
mod lookup;
mod mixed;
mod mydata;
mod paper;
mod pins;
mod prepaid;
mod proof;
mod provider;
mod read_back;
mod said;
mod scenarios;
mod setup;
mod store;
mod tariff;
mod walls;
mod world;
