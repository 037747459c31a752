//! Dialog 02, 04 and 06, without checksum: the price goes to the scale, weight and amount come back.
//!
//! ```text
//! EOT STX 01 ESC price ESC ETX  →  ACK          EOT ENQ  →  STX 02 ESC 3 ESC weight ESC price ESC amount ETX
//! NAK, then EOT STX 08 ETX      →  STX 09 ESC why ETX
//! ```

use super::super::number::{self, Number};
use super::super::reading::{Basis, Price, Reading};
use super::super::weight::Unit;
use super::{ACK, ENQ, EOT, ESC, ETX, Frame, Heard, NAK, Options, Protocol, STX};

/// How often a weighing that is not finished is asked about before it is called moving.
const UNFINISHED_MAX: u8 = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum WaitingFor {
    /// Whether the price was taken.
    Price,
    /// For weight and amount.
    Result,
    /// For the reason of a NAK.
    Reason,
}

pub(super) struct Dialog {
    frame: Frame,
    waiting: WaitingFor,
    unfinished: u8,
    unit_cents: u32,
    /// The scale weighs a load once and then says that nothing has moved: what it said then still holds.
    last: Option<Reading>,
}

impl Dialog {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            frame: Frame::default(),
            waiting: WaitingFor::Price,
            unfinished: 0,
            unit_cents: options.unit_price_cents.min(999_999),
            last: None,
        }
    }

    fn ask_result(&mut self) -> Heard {
        self.waiting = WaitingFor::Result;
        Heard::Say(vec![EOT, ENQ])
    }

    fn read(&mut self, record: &[u8]) -> Heard {
        let fields: Vec<&[u8]> = record.split(|byte| *byte == ESC).collect();
        match (self.waiting, fields.as_slice()) {
            (WaitingFor::Result, [b"02", b"3", weight, price, amount]) => {
                match self.result(weight, price, amount) {
                    Some(reading) => {
                        self.last = Some(reading);
                        Heard::Reading(reading)
                    }
                    None => Heard::Wrong,
                }
            }
            (WaitingFor::Reason, [b"09", why]) => self.reason(why),
            (_, [b"11", ..]) => Heard::Unsupported(
                "the scale asks for the Dialog checksum: set it to Dialog without checksum, or to another protocol",
            ),
            _ => Heard::Wrong,
        }
    }

    /// Three decimals of a kilogram are part of the protocol.
    fn result(&self, weight: &[u8], price: &[u8], amount: &[u8]) -> Option<Reading> {
        let digits = |text: &[u8], len: usize| number::digits(text).filter(|_| text.len() == len);
        let number = Number { negative: false, digits: digits(weight, 5)?, decimals: 3 };
        let (unit_cents, amount_cents) = (digits(price, 6)?, digits(amount, 6)?);
        // The price of another question is the answer to another question.
        (unit_cents == self.unit_cents).then_some(())?;
        let reading = Reading::of(number, Unit::Kilogram, Basis::Unsaid, true);
        Some(reading.priced(Price { unit_cents, amount_cents }))
    }

    fn reason(&mut self, why: &[u8]) -> Heard {
        let reading = match why {
            b"20" => Reading::Moving,
            // Nothing moved since the last weighing; one we have not heard is not ours to repeat.
            b"21" => self.last.unwrap_or(Reading::Moving),
            b"22" | b"00" if self.unfinished < UNFINISHED_MAX => {
                self.unfinished += 1;
                return self.ask_result();
            }
            b"22" => Reading::Moving,
            b"30" => Reading::Zero,
            b"31" => Reading::Negative,
            b"32" => Reading::Overload,
            _ => return Heard::Wrong,
        };
        if why != b"21" {
            self.last = None;
        }
        Heard::Reading(reading)
    }
}

impl Protocol for Dialog {
    fn ask(&mut self) -> Option<Vec<u8>> {
        self.frame.end();
        self.waiting = WaitingFor::Price;
        self.unfinished = 0;
        let mut record = vec![EOT, STX, b'0', b'1', ESC];
        record.extend(format!("{:06}", self.unit_cents).bytes());
        record.extend([ESC, ETX]);
        Some(record)
    }

    fn hear(&mut self, byte: u8) -> Heard {
        match byte {
            STX => {
                self.frame.begin();
                Heard::More
            }
            ETX if self.frame.open => {
                let record = std::mem::take(&mut self.frame.bytes);
                self.frame.end();
                self.read(&record)
            }
            ACK if !self.frame.open && self.waiting == WaitingFor::Price => self.ask_result(),
            NAK if !self.frame.open && self.waiting != WaitingFor::Reason => {
                self.waiting = WaitingFor::Reason;
                Heard::Say(vec![EOT, STX, b'0', b'8', ETX])
            }
            byte if self.frame.push(byte) => Heard::More,
            _ => Heard::Wrong,
        }
    }
}
