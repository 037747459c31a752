//! TPV4 of Dibal and Berkel: each side asks whether it may talk; the price goes out, weight and amount come back, once for
//! every load.

use super::super::number::{self, Number};
use super::super::reading::{Basis, Price, Reading};
use super::super::weight::Unit;
use super::{ACK, CR, Frame, Heard, LF, Options, Protocol, STX};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Waiting {
    /// May the price be sent?
    ToSendPrice,
    /// May the question be sent?
    ToSendQuestion,
    /// For the scale to want to talk.
    ForScale,
    /// For weight, price and amount.
    ForResult,
}

pub(super) struct Tpv4 {
    frame: Frame,
    waiting: Waiting,
    unit_cents: u32,
    decimals: u8,
    unit: Unit,
    berkel_digit: Option<u8>,
}

impl Tpv4 {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            frame: Frame::default(),
            waiting: Waiting::ToSendPrice,
            unit_cents: options.unit_price_cents.min(99_999),
            decimals: options.decimals,
            unit: options.unit,
            berkel_digit: options.berkel_digit,
        }
    }

    fn price(&self) -> Vec<u8> {
        let mut record = format!("@1{:05}\r\n", self.unit_cents).into_bytes();
        record.push(STX);
        record
    }

    fn question(&self) -> Vec<u8> {
        match self.berkel_digit {
            Some(digit) => format!("12{}\r\n", digit.min(9)).into_bytes(),
            None => b"10\r\n".to_vec(),
        }
    }

    /// Weight (5), price (5), amount (6), `0`.
    fn read(&self, line: &[u8]) -> Option<Reading> {
        let (weight, rest) = line.split_at_checked(5)?;
        let (price, rest) = rest.split_at_checked(5)?;
        let (amount, end) = rest.split_at_checked(6)?;
        (end == b"0").then_some(())?;
        if line.contains(&b'X') {
            // No valid weight, and it does not say why.
            return Some(Reading::Moving);
        }
        let number = Number { negative: false, digits: number::digits(weight)?, decimals: self.decimals };
        let (unit_cents, amount_cents) = (number::digits(price)?, number::digits(amount)?);
        (unit_cents == self.unit_cents).then_some(())?;
        Some(Reading::of(number, self.unit, Basis::Unsaid, true).priced(Price { unit_cents, amount_cents }))
    }
}

impl Protocol for Tpv4 {
    fn ask(&mut self) -> Option<Vec<u8>> {
        self.frame.end();
        self.waiting = Waiting::ToSendPrice;
        Some(vec![STX])
    }

    fn hear(&mut self, byte: u8) -> Heard {
        match (self.waiting, byte) {
            (Waiting::ToSendPrice, ACK) => {
                self.waiting = Waiting::ToSendQuestion;
                Heard::Say(self.price())
            }
            (Waiting::ToSendQuestion, ACK) => {
                self.waiting = Waiting::ForScale;
                Heard::Say(self.question())
            }
            (Waiting::ForScale, STX) => {
                self.waiting = Waiting::ForResult;
                self.frame.begin();
                Heard::Say(vec![ACK])
            }
            // Said twice is said once.
            (Waiting::ForScale, ACK) | (Waiting::ForResult, STX | CR) => Heard::More,
            (Waiting::ForResult, LF) => {
                let read = self.read(&self.frame.bytes);
                self.frame.end();
                read.map_or(Heard::Wrong, Heard::Reading)
            }
            (Waiting::ForResult, byte) if self.frame.push(byte) => Heard::More,
            _ => Heard::Wrong,
        }
    }

    /// It took the question and keeps silent until a new load has come to rest. What lay on it before may be gone: the last
    /// answer is not repeated.
    fn overdue(&mut self) -> Option<Reading> {
        (self.waiting == Waiting::ForScale).then_some(Reading::Moving)
    }
}
