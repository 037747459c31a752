//! Virtual boards: [`SimBoard`] is one to switch, [`ModbusDevice`] one that answers on the wire.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::modbus::{Framing, crc16};
use super::{Board, Proof, RelayFault};

/// What happened to a virtual board, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// One bit for each relay that is on.
    pub on: u8,
    /// One bit for each input that is closed.
    pub inputs: u8,
    /// Every switching, in order.
    pub log: Vec<(u8, bool)>,
    /// Why it does not obey.
    pub fault: Option<RelayFault>,
    /// It does not answer to this many more commands that it obeys.
    pub lost_answers: usize,
}

/// A virtual board. Clones are handles to the same one.
#[derive(Clone, Debug, Default)]
pub struct SimBoard {
    contacts: Arc<Mutex<Contacts>>,
}

impl SimBoard {
    /// Changes it, as a hand would.
    pub fn change(&self, by: impl FnOnce(&mut Contacts)) {
        by(&mut self.lock());
    }

    /// Its state and history.
    #[must_use]
    pub fn contacts(&self) -> Contacts {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Contacts> {
        self.contacts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Contacts {
    fn switch(&mut self, relay: u8, on: bool) {
        let bit = 1 << (relay.clamp(1, 8) - 1);
        self.on = if on { self.on | bit } else { self.on & !bit };
        self.log.push((relay, on));
    }
}

impl Board for SimBoard {
    fn switch(&mut self, relay: u8, on: bool) -> Result<Proof, RelayFault> {
        let mut contacts = self.lock();
        if let Some(fault) = &contacts.fault {
            return Err(fault.clone());
        }
        if !(1..=8).contains(&relay) {
            return Err(RelayFault::NoSuchRelay(relay));
        }
        contacts.switch(relay, on);
        if contacts.lost_answers > 0 {
            contacts.lost_answers -= 1;
            return Err(RelayFault::Timeout);
        }
        Ok(Proof::Answered)
    }

    fn is_on(&mut self, relay: u8) -> Result<Option<bool>, RelayFault> {
        let place = relay.checked_sub(1).filter(|place| *place < 8).ok_or(RelayFault::NoSuchRelay(relay))?;
        Ok(Some(self.lock().on & (1 << place) != 0))
    }

    fn input(&mut self, input: u8) -> Result<Option<bool>, RelayFault> {
        let place = input.checked_sub(1).filter(|place| *place < 8).ok_or(RelayFault::NoSuchRelay(input))?;
        Ok(Some(self.lock().inputs & (1 << place) != 0))
    }
}

/// The far end of a Modbus line: a virtual board's side of the conversation. Total over any bytes.
#[derive(Clone, Debug)]
pub struct ModbusDevice {
    board: SimBoard,
    framing: Framing,
    unit: u8,
    waiting: Vec<u8>,
}

impl ModbusDevice {
    /// A board of eight relays and eight inputs, under its number on the line.
    #[must_use]
    pub fn new(board: SimBoard, framing: Framing, unit: u8) -> Self {
        Self { board, framing, unit, waiting: Vec::new() }
    }

    /// Takes bytes and gives the answers to what is complete.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.waiting.extend_from_slice(bytes);
        let mut answers = Vec::new();
        // Every question here has five bytes after its unit.
        let length = if self.framing == Framing::Tcp { 12 } else { 8 };
        while self.waiting.len() >= length {
            match self.question() {
                Some((number, message)) => {
                    answers.extend(
                        self.answer(message).map(|said| self.framing.frame(number, self.unit, &said)),
                    );
                    self.waiting.drain(..length);
                }
                // Noise: one byte is dropped and the next one tried.
                None => {
                    self.waiting.remove(0);
                }
            }
        }
        answers.concat()
    }

    fn question(&self) -> Option<(u16, [u8; 5])> {
        let bytes = self.waiting.as_slice();
        match self.framing {
            Framing::Rtu => {
                let (frame, check) = (bytes.get(..6)?, bytes.get(6..8)?);
                let sound = frame[0] == self.unit && crc16(frame).to_le_bytes() == check;
                sound.then(|| Some((0, frame[1..].try_into().ok()?))).flatten()
            }
            Framing::Tcp => {
                let (head, rest) = bytes.split_first_chunk::<6>()?;
                let sound = head[2..] == [0, 0, 0, 6] && *rest.first()? == self.unit;
                sound
                    .then(|| Some((u16::from_be_bytes([head[0], head[1]]), rest.get(1..6)?.try_into().ok()?)))
                    .flatten()
            }
        }
    }

    fn answer(&mut self, message: [u8; 5]) -> Option<Vec<u8>> {
        let mut contacts = self.board.lock();
        if contacts.fault.is_some() {
            return None;
        }
        let [function, _, place, value, _] = message;
        match function {
            5 if place < 8 => {
                contacts.switch(place + 1, value == 0xFF);
                if contacts.lost_answers > 0 {
                    contacts.lost_answers -= 1;
                    return None;
                }
                Some(message.to_vec())
            }
            1 => Some(vec![1, 1, contacts.on]),
            2 => Some(vec![2, 1, contacts.inputs]),
            5 => Some(vec![0x85, 2]),
            other => Some(vec![other | 0x80, 1]),
        }
    }
}
