//! Boards that speak Modbus, on a serial line (RTU) or over TCP. They answer: what they say back is the proof.
//!
//! [`Framing`] knows what an answer is, complete, incomplete or wrong, apart from the connection; [`ModbusBoard`] owns that.

use std::time::{Duration, Instant};

use super::boards::send;
use super::{Board, Proof, RelayFault};
use crate::printer::link::{Connect, Link};

/// The port of Modbus.
pub const PORT: u16 = 502;
/// How long a board may take to answer.
const ANSWER: Duration = Duration::from_millis(500);
/// Between two frames on a serial line: 3.5 characters, 4 ms at 9600.
const GAP: Duration = Duration::from_millis(5);

const READ_COILS: u8 = 1;
const READ_INPUTS: u8 = 2;
const WRITE_COIL: u8 = 5;
/// How many coils or inputs are read at once.
const READ_COUNT: u8 = 8;

/// How a message stands on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Unit, message, check: on a serial line.
    Rtu,
    /// Six bytes of head, unit, message: over TCP.
    Tcp,
}

/// What the first bytes of a stream are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// More bytes are needed.
    Incomplete,
    /// Not an answer to this question: noise, a wrong check, another unit's.
    Wrong,
    /// The board refused, with this code.
    Refused(u8),
    /// What the board said after unit and function.
    Data(Vec<u8>),
}

/// The check of RTU frames: CRC-16, low byte first.
#[must_use]
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |check, byte| {
        (0..8)
            .fold(check ^ u16::from(*byte), |check, _| (check >> 1) ^ if check & 1 == 1 { 0xA001 } else { 0 })
    })
}

impl Framing {
    /// A message for a unit as it goes onto the wire. `number` tells the answers of TCP apart.
    #[must_use]
    pub fn frame(self, number: u16, unit: u8, message: &[u8]) -> Vec<u8> {
        let mut frame = Vec::with_capacity(message.len() + 7);
        if self == Self::Tcp {
            frame.extend_from_slice(&number.to_be_bytes());
            frame.extend_from_slice(&[0, 0]);
            frame.extend_from_slice(&u16::try_from(message.len() + 1).unwrap_or(u16::MAX).to_be_bytes());
        }
        frame.push(unit);
        frame.extend_from_slice(message);
        if self == Self::Rtu {
            frame.extend_from_slice(&crc16(&frame).to_le_bytes());
        }
        frame
    }

    /// Reads the answer to a question of a function. Total.
    #[must_use]
    pub fn read(self, number: u16, unit: u8, function: u8, bytes: &[u8]) -> Answer {
        match self {
            Self::Rtu => read_rtu(unit, function, bytes),
            Self::Tcp => read_tcp(number, unit, function, bytes),
        }
    }
}

fn read_rtu(unit: u8, function: u8, bytes: &[u8]) -> Answer {
    let [from, said, rest @ ..] = bytes else { return Answer::Incomplete };
    if *from != unit || said & 0x7F != function {
        return Answer::Wrong;
    }
    let length = match (said & 0x80 != 0, function, rest) {
        (true, ..) => 1,
        (_, READ_COILS | READ_INPUTS, []) => return Answer::Incomplete,
        (_, READ_COILS | READ_INPUTS, [count, ..]) => 1 + usize::from(*count),
        _ => 4,
    };
    let (Some(data), Some(check)) = (rest.get(..length), rest.get(length..length + 2)) else {
        return Answer::Incomplete;
    };
    if crc16(&bytes[..2 + length]).to_le_bytes() != check {
        return Answer::Wrong;
    }
    told(*said, data)
}

fn read_tcp(number: u16, unit: u8, function: u8, bytes: &[u8]) -> Answer {
    let Some((head, rest)) = bytes.split_first_chunk::<6>() else { return Answer::Incomplete };
    let length = usize::from(u16::from_be_bytes([head[4], head[5]]));
    // The longest message of Modbus is 253 bytes and its unit.
    if head[..2] != number.to_be_bytes() || head[2..4] != [0, 0] || !(3..=254).contains(&length) {
        return Answer::Wrong;
    }
    match rest.get(..length) {
        None => Answer::Incomplete,
        Some([from, said, data @ ..]) if *from == unit && said & 0x7F == function => told(*said, data),
        Some(_) => Answer::Wrong,
    }
}

fn told(said: u8, data: &[u8]) -> Answer {
    match (said & 0x80 != 0, data) {
        (true, [code, ..]) => Answer::Refused(*code),
        (true, []) => Answer::Wrong,
        (false, data) => Answer::Data(data.to_vec()),
    }
}

/// A board that speaks Modbus.
pub struct ModbusBoard {
    framing: Framing,
    unit: u8,
    connect: Box<dyn Connect>,
    link: Option<Box<dyn Link>>,
    number: u16,
}

impl ModbusBoard {
    /// A board behind a connector, under its number on the line (1 unless it was set otherwise).
    #[must_use]
    pub fn new(framing: Framing, unit: u8, connect: Box<dyn Connect>) -> Self {
        Self { framing, unit, connect, link: None, number: 0 }
    }

    fn ask(&mut self, message: &[u8]) -> Result<Vec<u8>, RelayFault> {
        let mut link = match self.link.take() {
            Some(link) => link,
            None => self.connect.open()?,
        };
        self.number = self.number.wrapping_add(1);
        let answer = self.converse(link.as_mut(), message);
        // After a fault the line is opened anew: what still comes on this one belongs to an earlier question.
        if answer.is_ok() || matches!(answer, Err(RelayFault::Refused(_))) {
            self.link = Some(link);
        }
        answer
    }

    fn converse(&self, link: &mut dyn Link, message: &[u8]) -> Result<Vec<u8>, RelayFault> {
        let mut noise = [0; 256];
        if self.framing == Framing::Rtu {
            // Silence before a frame; and what an earlier question left is not the answer to this one.
            while link.receive(&mut noise, GAP)? > 0 {}
        }
        send(link, &self.framing.frame(self.number, self.unit, message))?;
        let function = message.first().copied().unwrap_or(0);
        let deadline = Instant::now() + ANSWER;
        let mut came = Vec::new();
        while Instant::now() < deadline && came.len() < 512 {
            let count = link.receive(&mut noise, Duration::from_millis(20))?;
            came.extend_from_slice(&noise[..count]);
            match self.framing.read(self.number, self.unit, function, &came) {
                Answer::Incomplete => {}
                Answer::Data(data) => return Ok(data),
                Answer::Refused(code) => return Err(RelayFault::Refused(code)),
                // One disturbed byte in front is skipped; the deadline ends it.
                Answer::Wrong => {
                    came.remove(0);
                }
            }
        }
        Err(RelayFault::Timeout)
    }

    fn read_bit(&mut self, function: u8, at: u8) -> Result<Option<bool>, RelayFault> {
        let place =
            at.checked_sub(1).filter(|place| *place < READ_COUNT).ok_or(RelayFault::NoSuchRelay(at))?;
        match self.ask(&[function, 0, 0, 0, READ_COUNT])?.as_slice() {
            [_, bits, ..] => Ok(Some(bits & (1 << place) != 0)),
            _ => Err(RelayFault::Contradiction),
        }
    }
}

impl Board for ModbusBoard {
    /// The board repeats what it did; anything else is no proof.
    fn switch(&mut self, relay: u8, on: bool) -> Result<Proof, RelayFault> {
        let place = relay.checked_sub(1).ok_or(RelayFault::NoSuchRelay(relay))?;
        let message = [WRITE_COIL, 0, place, if on { 0xFF } else { 0 }, 0];
        let answer = self.ask(&message)?;
        if answer == message[1..] { Ok(Proof::Answered) } else { Err(RelayFault::Contradiction) }
    }

    fn is_on(&mut self, relay: u8) -> Result<Option<bool>, RelayFault> {
        self.read_bit(READ_COILS, relay)
    }

    fn input(&mut self, input: u8) -> Result<Option<bool>, RelayFault> {
        self.read_bit(READ_INPUTS, input)
    }
}
