//! The question what became of an operation, and what is made of the answer.

use std::time::{Duration, Instant};

use super::intent::Intent;
use super::linked::LinkedTerminal;
use super::outcome::{Answer, Codes, Event, Found, Named, Outcome, Why};
use super::protocol::Message;
use crate::wire::Fault;

impl LinkedTerminal {
    /// Asks over the connection there is, or a new one.
    pub(super) fn ask(&mut self, intent: &Intent, tell: &mut dyn FnMut(Event)) -> Found {
        let Some(question) = self.line.protocol.query(intent) else {
            // All one can do is to hear whether the answer still comes.
            let wait = self.line.patience.query;
            return self.still_comes(intent, wait, tell).unwrap_or(Found::Unknown(Why::CannotBeAsked));
        };
        if let Some(found) = self.still_comes(intent, Duration::ZERO, tell) {
            return found;
        }
        if let Err(fault) = self.line.connected() {
            return Found::Unknown(Why::NotReached(fault));
        }
        if self.line.send(&question).is_err() {
            self.line.close();
            return Found::Unknown(Why::ConnectionLost);
        }
        let deadline = Instant::now() + self.line.patience.query;
        loop {
            match self.line.next(deadline) {
                Ok(Some(message)) => {
                    if let Some(found) = self.found(message, intent, tell) {
                        return found;
                    }
                }
                Ok(None) => {
                    self.line.close();
                    return Found::Unknown(Why::NoAnswer);
                }
                Err(Fault::SpeaksSomethingElse { .. }) => return Found::Unknown(Why::Garbled),
                Err(_) => return Found::Unknown(Why::ConnectionLost),
            }
        }
    }

    /// What the operation's own connection has brought since.
    fn still_comes(&mut self, intent: &Intent, wait: Duration, tell: &mut dyn FnMut(Event)) -> Option<Found> {
        let deadline = Instant::now() + wait;
        while self.line.is_open() {
            // A connection that has broken off meanwhile is no fault of the question.
            let message = self.line.next(deadline).ok().flatten()?;
            if let Some(found @ Found::Outcome(_)) = self.found(message, intent, tell) {
                return Some(found);
            }
        }
        None
    }

    fn found(&self, message: Message, intent: &Intent, tell: &mut dyn FnMut(Event)) -> Option<Found> {
        let codes = self.line.protocol.codes();
        let said = |answer: &Answer| match codes.outcome(answer, intent) {
            Outcome::Unknown(why) => Found::Unknown(why),
            outcome => Found::Outcome(outcome),
        };
        match message {
            Message::Result(answer) if self.is_answer_to(&answer, intent) => Some(said(&answer)),
            Message::Result(answer) => {
                self.tell_stray(&answer, tell);
                None
            }
            Message::Last(answer) if answer.names == Named::Intent(intent.id.clone()) => Some(said(&answer)),
            Message::Last(answer) => Some(match answer.approval {
                Some(approval) => Found::Last(Box::new(approval)),
                None => Found::Unknown(Why::Error(answer.code)),
            }),
            Message::Error { code } if Codes::has(&codes.missing, &code) => Some(Found::NoSuchSession),
            Message::Error { code } if Codes::has(&codes.running, &code) => Some(Found::Running),
            Message::Error { code } => Some(Found::Unknown(Why::Error(code))),
            Message::Echo { .. }
            | Message::Ready
            | Message::Taken { .. }
            | Message::Batch { .. }
            | Message::Other => None,
        }
    }
}
