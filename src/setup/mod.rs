//! The first set-up: what a terminal must know before it can work, asked one thing at a time, and written as a commented
//! configuration that passes its own check.
//!
//! | file | what it holds |
//! |---|---|
//! | [`answers`] | what was answered so far; kept in a file, so that an interrupted set-up goes on |
//! | [`step`] | the questions in their order, what each explains, and when an answer will do |
//! | [`words`] | the words of the questions, Greek and English |
//! | [`mod@write`] | the configuration the answers make |
//!
//! Nothing here touches a device, a network or a window: whoever runs it brings them.

pub mod answers;
pub mod step;
pub mod words;
pub mod write;

pub use answers::Answers;
pub use step::Step;
