//! What the languages of terminals have in common: [`Protocol`] and what is heard in one, a [`Message`].

use super::Abilities;
use super::intent::{Intent, SessionNumber};
use super::outcome::{Answer, Codes};
use super::pan::Word;
use crate::wire::Fault;

/// One language of terminals: what is sent, and what is made of what comes.
pub trait Protocol: Send {
    /// Its name, in a sentence.
    fn name(&self) -> &'static str;

    /// What its codes mean here.
    fn codes(&self) -> &Codes;

    /// What a terminal can be asked for in it.
    fn abilities(&self) -> Abilities;

    /// The frame that begins an operation.
    ///
    /// # Errors
    /// When there is none for it.
    fn operation(&self, intent: &Intent) -> Result<Vec<u8>, Fault>;

    /// The frame that asks what became of one, if there is such a thing.
    fn query(&self, intent: &Intent) -> Option<Vec<u8>>;

    /// The frame that asks whether it is there, if there is such a thing.
    fn echo(&self) -> Option<Vec<u8>>;

    /// The frame that asks a running operation to end, if there is such a thing.
    fn abort(&self, intent: &Intent) -> Option<Vec<u8>>;

    /// The frame that closes the batch, if there is such a thing.
    fn close_batch(&self, session: SessionNumber) -> Option<Vec<u8>>;

    /// The frame that says that a result has come, if there is such a thing.
    fn acknowledge(&self, intent: &Intent) -> Option<Vec<u8>>;

    /// Whether the terminal says that it is ready before it takes a request.
    fn waits_for_ready(&self) -> bool;

    /// Whether a result names its session. Else it belongs to the connection it comes over.
    fn names_session(&self) -> bool;

    /// Hears a byte: a message when it was its last.
    fn hear(&mut self, byte: u8) -> Option<Result<Message, Wrong>>;

    /// A new connection begins: half a frame of the old one is nothing.
    fn forget(&mut self);
}

/// What came is not of the language. There is no way back into step: the connection must be opened anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong;

/// What a terminal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// It is there.
    Echo {
        /// Its number at the acquirer.
        terminal_id: Option<Word>,
        /// The version of its program.
        version: Option<Word>,
    },
    /// It is ready for the card.
    Ready,
    /// It has taken a request and is at work.
    Taken {
        /// The request's session.
        session: Option<SessionNumber>,
    },
    /// What became of an operation.
    Result(Answer),
    /// Its last operation.
    Last(Answer),
    /// What became of a batch.
    Batch {
        /// Which question this answers.
        session: Option<SessionNumber>,
        /// Its code.
        code: Word,
    },
    /// Something is wrong with a request.
    Error {
        /// Its code.
        code: Word,
    },
    /// A sound message of no meaning here.
    Other,
}
