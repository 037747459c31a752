//! A terminal at the end of a line: [`LinkedTerminal`] leads one operation at a time through it, whatever the protocol.
//!
//! ```text
//! connect ─▶ (ready) ─▶ what came before: strays ─▶ send ─▶ wait ─▶ this session's answer: its outcome
//!    │          │                                    │        ├─▶ another's answer: told as a stray, waits on
//!    └──────────┴────────── not started ─────────────┘        └─▶ silence, a break, noise: unknown
//! ```
//!
//! The connection is opened for each operation and closed after it, as the makers' papers want it. It is kept only while an
//! operation may still be answered, so that its late answer is heard by the question about it.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::intent::{AMOUNT_MAX_CENTS, Committed, Intent, SessionNumber, UniqueId};
use super::line::{Connect, Line, Patience, Unsent};
use super::outcome::{
    Answer, CancelledBy, Codes, Event, Found, Named, NotStarted, Outcome, Stray, StrayKind, Why,
};
use super::pan::Word;
use super::protocol::{Message, Protocol};
use super::{Abilities, Answering, Batch, Cancel, CardTerminal};
use crate::wire::Fault;

/// How often a wait looks up to see whether somebody wants it to end.
const TURN: Duration = Duration::from_millis(50);
/// So many ended operations are remembered, to know a second copy of an answer.
const ENDED_MAX: usize = 32;

/// An operation that has ended, to know a second copy of its answer.
struct Ended {
    session: SessionNumber,
    id: UniqueId,
    approved: bool,
}

/// A terminal at the end of a line.
pub struct LinkedTerminal {
    pub(super) line: Line,
    /// Its number at the acquirer, where the address says so.
    terminal_id: Option<String>,
    unresolved: Vec<SessionNumber>,
    ended: VecDeque<Ended>,
}

impl LinkedTerminal {
    /// A terminal that speaks a language, and the way to it.
    #[must_use]
    pub fn new(connect: Connect, protocol: Box<dyn Protocol>) -> Self {
        Self {
            line: Line::new(connect, protocol),
            terminal_id: None,
            unresolved: Vec::new(),
            ended: VecDeque::new(),
        }
    }

    /// With other waits.
    #[must_use]
    pub const fn with_patience(mut self, patience: Patience) -> Self {
        self.line.patience = patience;
        self
    }

    /// Only the terminal with this number at the acquirer (TID) is the right one.
    #[must_use]
    pub fn expecting(mut self, terminal_id: Option<String>) -> Self {
        self.terminal_id = terminal_id;
        self
    }

    /// What has come before anything was asked: it answers nothing of ours.
    fn overhear(&mut self, tell: &mut dyn FnMut(Event)) -> Result<(), Fault> {
        while let Some(message) = self.line.next(Instant::now())? {
            if let Message::Result(answer) = message {
                self.tell_stray(&answer, tell);
            }
        }
        Ok(())
    }

    pub(super) fn is_answer_to(&self, answer: &Answer, intent: &Intent) -> bool {
        let session = match answer.session {
            Some(session) => session == intent.session,
            None => !self.line.protocol.names_session(),
        };
        session
            && match &answer.names {
                Named::Nobody => true,
                Named::Intent(id) => *id == intent.id,
                Named::Else => false,
            }
    }

    pub(super) fn tell_stray(&self, answer: &Answer, tell: &mut dyn FnMut(Event)) {
        let approved = Codes::has(&self.line.protocol.codes().approved, &answer.code);
        let same = |ended: &&Ended| {
            Some(ended.session) == answer.session
                && !matches!(&answer.names, Named::Intent(id) if *id != ended.id)
                && answer.names != Named::Else
        };
        let kind = match self.ended.iter().rev().find(same) {
            Some(ended) if approved && !ended.approved => StrayKind::Late,
            Some(_) => StrayKind::Repeated,
            None if answer.session.is_some_and(|session| self.unresolved.contains(&session)) => {
                StrayKind::Late
            }
            None => StrayKind::Another,
        };
        tracing::warn!("the terminal sent an answer that belongs to no running operation: {kind:?}");
        tell(Event::Stray(Stray { session: answer.session, kind, approved }));
    }

    /// Waits for the answer to an operation that was sent.
    fn wait_for(&mut self, intent: &Intent, cancel: &Cancel, tell: &mut dyn FnMut(Event)) -> End {
        let mut deadline = Instant::now() + self.line.patience.result;
        let mut aborted = false;
        loop {
            if cancel.is_asked() && !aborted {
                let Some(frame) = self.line.protocol.abort(intent) else {
                    return End::Unknown(Why::StoppedWaiting);
                };
                aborted = true;
                deadline = deadline.min(Instant::now() + self.line.patience.abort);
                if self.line.send(&frame).is_err() {
                    return End::Unknown(Why::ConnectionLost);
                }
            }
            match self.line.next(deadline.min(Instant::now() + TURN)) {
                Ok(Some(message)) => {
                    if let Some(end) = self.heard_while_waiting(message, intent, tell) {
                        return self.doubted(end, aborted, intent, tell);
                    }
                }
                Ok(None) if Instant::now() < deadline => {}
                Ok(None) if aborted => return End::Unknown(Why::StoppedWaiting),
                Ok(None) => return End::Unknown(Why::NoAnswer),
                Err(Fault::SpeaksSomethingElse { .. }) => return End::Unknown(Why::Garbled),
                Err(_) => return End::Unknown(Why::ConnectionLost),
            }
        }
    }

    fn heard_while_waiting(
        &mut self,
        message: Message,
        intent: &Intent,
        tell: &mut dyn FnMut(Event),
    ) -> Option<End> {
        match message {
            Message::Result(answer) if self.is_answer_to(&answer, intent) => {
                Some(End::Answered(self.line.protocol.codes().outcome(&answer, intent)))
            }
            Message::Result(answer) => {
                self.tell_stray(&answer, tell);
                None
            }
            Message::Ready => {
                tell(Event::PresentCard);
                None
            }
            Message::Taken { session } if session == Some(intent.session) => {
                tell(Event::Processing);
                None
            }
            Message::Error { code } if Codes::has(&self.line.protocol.codes().refused, &code) => {
                Some(End::Refused(code))
            }
            Message::Error { code } => Some(End::Unknown(Why::Error(code))),
            Message::Taken { .. }
            | Message::Echo { .. }
            | Message::Last(_)
            | Message::Batch { .. }
            | Message::Other => None,
        }
    }

    /// A terminal that was told to end and says that it did is believed when its own list says so too; where it has none
    /// that can be asked, when it does not say otherwise for a while.
    fn doubted(&mut self, end: End, aborted: bool, intent: &Intent, tell: &mut dyn FnMut(Event)) -> End {
        if !aborted || !matches!(end, End::Answered(Outcome::Cancelled { .. } | Outcome::Declined { .. })) {
            return end;
        }
        let agrees = if self.line.protocol.abilities().query {
            let found = self.ask(intent, tell);
            matches!(found, Found::Outcome(Outcome::Cancelled { .. } | Outcome::Declined { .. }))
        } else {
            !self.contradicts(intent, tell)
        };
        if agrees { end } else { End::Unknown(Why::Contradiction) }
    }

    fn contradicts(&mut self, intent: &Intent, tell: &mut dyn FnMut(Event)) -> bool {
        let deadline = Instant::now() + self.line.patience.settle;
        while let Ok(Some(message)) = self.line.next(deadline) {
            if let Some(End::Answered(Outcome::Approved(_))) = self.heard_while_waiting(message, intent, tell)
            {
                return true;
            }
        }
        false
    }

    fn end(&mut self, intent: &Intent, outcome: &Outcome) {
        self.unresolved.retain(|session| *session != intent.session);
        if self.ended.len() >= ENDED_MAX {
            self.ended.pop_front();
        }
        let approved = matches!(outcome, Outcome::Approved(_));
        self.ended.push_back(Ended { session: intent.session, id: intent.id.clone(), approved });
        if let Some(frame) = self.line.protocol.acknowledge(intent).filter(|_| self.line.is_open()) {
            // The outcome stands whether or not the terminal hears that it has come.
            let _ = self.line.send(&frame);
        }
        self.line.close();
    }

    fn ends_unknown(&mut self, intent: &Intent, why: &Why) {
        tracing::warn!("what became of session {} is not known: {why}", intent.session);
        self.adopt(intent);
        // Its answer may still come; but where no answer names its session, it could be taken for the next one's.
        let may_come =
            matches!(why, Why::NoAnswer | Why::StoppedWaiting) && self.line.protocol.names_session();
        if !may_come {
            self.line.close();
        }
    }
}

/// How a wait for an answer ends.
enum End {
    Answered(Outcome),
    Refused(Word),
    Unknown(Why),
}

impl CardTerminal for LinkedTerminal {
    fn abilities(&self) -> Abilities {
        self.line.protocol.abilities()
    }

    fn start(
        &mut self,
        intent: Committed,
        cancel: &Cancel,
        tell: &mut dyn FnMut(Event),
    ) -> Result<Outcome, NotStarted> {
        let intent = intent.intent();
        if let Some(open) = self.unresolved() {
            return Err(NotStarted::Unresolved(open));
        }
        if !(1..=AMOUNT_MAX_CENTS).contains(&intent.amount_cents) {
            return Err(NotStarted::Amount(intent.amount_cents));
        }
        let frame = self.line.protocol.operation(intent)?;
        if cancel.is_asked() {
            return Ok(Outcome::Cancelled { by: CancelledBy::Till });
        }
        self.line.connected()?;
        self.overhear(tell)?;
        match self.line.send(&frame) {
            Ok(()) => {}
            Err(Unsent::All(fault)) => {
                self.line.close();
                return Err(fault.into());
            }
            Err(Unsent::Part) => {
                self.ends_unknown(intent, &Why::ConnectionLost);
                return Ok(Outcome::Unknown(Why::ConnectionLost));
            }
        }
        tracing::info!("session {} was sent to the terminal", intent.session);
        match self.wait_for(intent, cancel, tell) {
            End::Answered(Outcome::Unknown(why)) | End::Unknown(why) => {
                self.ends_unknown(intent, &why);
                Ok(Outcome::Unknown(why))
            }
            End::Answered(outcome) => {
                self.end(intent, &outcome);
                Ok(outcome)
            }
            End::Refused(code) => {
                self.line.close();
                Err(NotStarted::Refused(code))
            }
        }
    }

    fn query(&mut self, intent: &Intent, tell: &mut dyn FnMut(Event)) -> Found {
        let found = self.ask(intent, tell);
        match &found {
            Found::Outcome(outcome) => self.end(intent, outcome),
            Found::Running => {}
            _ => self.line.close(),
        }
        found
    }

    fn echo(&mut self) -> Result<Answering, Fault> {
        self.line.connected()?;
        let answering = match self.line.protocol.echo() {
            None => Ok(Answering::default()),
            Some(frame) => self.asked(&frame, self.line.patience.echo, |message| {
                matches!(message, Message::Echo { .. } | Message::Last(_))
            }),
        };
        if self.unresolved.is_empty() || answering.is_err() {
            self.line.close();
        }
        let answering = answering?;
        match (&self.terminal_id, &answering.terminal_id) {
            (Some(wanted), Some(there)) if wanted != there.as_str() => Err(Fault::Unsupported(format!(
                "terminal {there} answers at this address, terminal {wanted} was expected: \
                 put the right address or the right number (tid) into the configuration"
            ))),
            _ => Ok(answering),
        }
    }

    fn close_batch(&mut self, session: SessionNumber) -> Result<Batch, Fault> {
        let Some(frame) = self.line.protocol.close_batch(session) else {
            return Err(Fault::Unsupported("this terminal closes its batch at its own menu only".to_owned()));
        };
        self.line.connected()?;
        let wait = self.line.patience.batch;
        self.line.send(&frame).map_err(|_| Fault::Gone)?;
        let ours = |message: &Message| matches!(message, Message::Batch { session: named, .. } if *named == Some(session));
        let answer = self.line.first(wait, ours);
        if self.unresolved.is_empty() || answer.is_err() {
            self.line.close();
        }
        match answer? {
            Message::Batch { code, .. } if Codes::has(&self.line.protocol.codes().approved, &code) => {
                Ok(Batch::Closed)
            }
            Message::Batch { code, .. } => Ok(Batch::Refused { code }),
            _ => Err(Fault::Silent),
        }
    }

    fn unresolved(&self) -> Option<SessionNumber> {
        self.unresolved.first().copied()
    }

    fn adopt(&mut self, intent: &Intent) {
        if !self.unresolved.contains(&intent.session) {
            self.unresolved.push(intent.session);
        }
    }

    fn set_aside(&mut self, session: SessionNumber) {
        self.unresolved.retain(|open| *open != session);
        self.line.close();
    }
}

impl LinkedTerminal {
    /// Sends a question that moves no money, and hears who answers.
    fn asked(
        &mut self,
        frame: &[u8],
        wait: Duration,
        wanted: impl Fn(&Message) -> bool,
    ) -> Result<Answering, Fault> {
        match self.line.send(frame) {
            Ok(()) => {}
            Err(Unsent::All(fault)) => return Err(fault),
            Err(Unsent::Part) => return Err(Fault::Gone),
        }
        match self.line.first(wait, wanted)? {
            Message::Echo { terminal_id, version } => Ok(Answering { terminal_id, version }),
            _ => Ok(Answering::default()),
        }
    }
}
