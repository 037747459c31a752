//! The connection to a terminal, opened when it is needed: [`Line`] turns bytes into messages.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::protocol::{Message, Protocol, Wrong};
use crate::wire::{Fault, Wire};

/// How long is waited for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For what is sent to leave.
    pub send: Duration,
    /// For a terminal that says by itself that it is ready.
    pub ready: Duration,
    /// For the result, from the sending on. Makers want more than 150 s: a bank may be slow, and a customer may look for
    /// the card.
    pub result: Duration,
    /// For the result once the terminal was asked to end.
    pub abort: Duration,
    /// For an answer to a question.
    pub query: Duration,
    /// For an echo.
    pub echo: Duration,
    /// For a batch to close.
    pub batch: Duration,
    /// For a terminal that cannot be asked to contradict itself after it was told to end.
    pub settle: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            send: Duration::from_secs(5),
            ready: Duration::from_secs(5),
            result: Duration::from_secs(180),
            abort: Duration::from_secs(60),
            query: Duration::from_secs(10),
            echo: Duration::from_secs(3),
            batch: Duration::from_secs(120),
            settle: Duration::from_secs(2),
        }
    }
}

/// Opens the way to a terminal.
pub type Connect = Box<dyn FnMut() -> Result<Box<dyn Wire>, Fault> + Send>;

/// A connection that may be open.
pub(super) struct Line {
    connect: Connect,
    pub(super) protocol: Box<dyn Protocol>,
    pub(super) patience: Patience,
    wire: Option<Box<dyn Wire>>,
    heard: VecDeque<Message>,
}

/// What of a frame was not sent.
pub(super) enum Unsent {
    /// Not a byte has left.
    All(Fault),
    /// Some may have.
    Part,
}

impl Line {
    pub(super) fn new(connect: Connect, protocol: Box<dyn Protocol>) -> Self {
        Self { connect, protocol, patience: Patience::default(), wire: None, heard: VecDeque::new() }
    }

    pub(super) const fn is_open(&self) -> bool {
        self.wire.is_some()
    }

    /// Makes sure that there is a connection, and that the terminal takes requests over it.
    pub(super) fn connected(&mut self) -> Result<(), Fault> {
        if self.wire.is_some() {
            return Ok(());
        }
        self.wire = Some((self.connect)()?);
        self.protocol.forget();
        self.heard.clear();
        if self.protocol.waits_for_ready() {
            let ready = self.first(self.patience.ready, |message| matches!(message, Message::Ready));
            if let Err(fault) = ready {
                self.close();
                return Err(fault);
            }
        }
        Ok(())
    }

    pub(super) fn close(&mut self) {
        self.wire = None;
        self.heard.clear();
    }

    /// Waits for the first message of a kind. Results that come meanwhile are kept: they belong to somebody.
    pub(super) fn first(
        &mut self,
        wait: Duration,
        wanted: impl Fn(&Message) -> bool,
    ) -> Result<Message, Fault> {
        let deadline = Instant::now() + wait;
        let mut results = Vec::new();
        let found = loop {
            match self.next(deadline) {
                Ok(Some(message)) if wanted(&message) => break Ok(message),
                Ok(Some(result @ Message::Result(_))) => results.push(result),
                Ok(Some(_)) => {}
                Ok(None) => break Err(Fault::Silent),
                Err(fault) => break Err(fault),
            }
        };
        results.into_iter().rev().for_each(|result| self.heard.push_front(result));
        found
    }

    /// The next message before a deadline; none when it has passed. A connection that breaks off or makes no sense is
    /// closed.
    pub(super) fn next(&mut self, deadline: Instant) -> Result<Option<Message>, Fault> {
        loop {
            if let Some(message) = self.heard.pop_front() {
                return Ok(Some(message));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if let Err(fault) = self.listen(left) {
                self.close();
                return Err(fault);
            }
            if self.heard.is_empty() && left.is_zero() {
                return Ok(None);
            }
        }
    }

    fn listen(&mut self, wait: Duration) -> Result<(), Fault> {
        let Some(wire) = &mut self.wire else { return Err(Fault::Gone) };
        let mut bytes = [0; 512];
        let count = wire.receive(&mut bytes, wait)?;
        for byte in bytes.iter().take(count) {
            match self.protocol.hear(*byte) {
                None => {}
                Some(Ok(message)) => self.heard.push_back(message),
                // What came whole before the noise still counts: it is read first.
                Some(Err(Wrong)) if !self.heard.is_empty() => return Ok(()),
                Some(Err(Wrong)) => {
                    return Err(Fault::SpeaksSomethingElse { expected: self.protocol.name().to_owned() });
                }
            }
        }
        Ok(())
    }

    /// Sends a frame. Tells apart what is certain to have stayed here.
    pub(super) fn send(&mut self, frame: &[u8]) -> Result<(), Unsent> {
        let Some(wire) = &mut self.wire else { return Err(Unsent::All(Fault::Gone)) };
        let deadline = Instant::now() + self.patience.send;
        let mut sent = 0;
        while sent < frame.len() {
            let left = deadline.saturating_duration_since(Instant::now());
            match wire.send(&frame[sent..], left) {
                Ok(0) if left.is_zero() && sent == 0 => return Err(Unsent::All(Fault::Silent)),
                Ok(0) if left.is_zero() => return Err(Unsent::Part),
                Ok(count) => sent += count.min(frame.len() - sent),
                Err(fault) if sent == 0 => return Err(Unsent::All(fault)),
                Err(_) => return Err(Unsent::Part),
            }
        }
        Ok(())
    }
}
