//! The loop: everything that can happen comes in as an [`input::Input`], [`decide`] says what it means, the store commits
//! it, and only then the [`effect::Effect`]s go out. Results come back as further inputs.
//!
//! | file | what it holds |
//! |---|---|
//! | [`input`] | everything that can happen |
//! | [`state`] | the open world: what is inside, what waits |
//! | [`decide`] | (state, input, now) → decision; pure; a file per area |
//! | [`draft`] | a template of papers while it is worked on |
//! | [`effect`] | everything we can cause |
//! | [`refusal`] | why not, in Greek and English |
//! | [`said`] | what others say, in Greek and English |
//! | [`tariff`] | which tariff holds: the file's, or the one that was changed here |
//! | [`terminal`] | decide, commit, then hand out the effects |
//! | [`engine`] | the terminal on its thread, with real devices, a real network and the real clock |
//! | [`clock`] | the only clock, the only waiting, the only chance |

pub mod clock;
pub mod decide;
pub mod draft;
pub mod effect;
pub mod engine;
pub mod input;
pub mod refusal;
pub mod said;
pub mod state;
pub mod tariff;
pub mod terminal;

/// The registry's codes as sentences: the screen names no registry, so it is told through here.
pub use crate::aade::codes::explain as explain_registry_code;
/// What myDATA objects to, as a sentence.
pub use crate::mydata::codes::told as explain_objection;
