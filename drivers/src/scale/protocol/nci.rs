//! NCI and its relatives: `W` CR asks; the weight stands on a line of its own, before the status.

use super::super::number;
use super::super::reading::{Basis, Reading};
use super::super::weight::Unit;
use super::{CR, ETX, Frame, Heard, LF, Options, Protocol};

pub(super) struct Nci {
    frame: Frame,
    options: Options,
}

impl Nci {
    pub(super) fn new(options: &Options) -> Self {
        Self { frame: Frame::default(), options: options.clone() }
    }

    fn read(&self, answer: &[u8]) -> Option<Reading> {
        let mut lines = answer.split(|byte| matches!(*byte, CR | LF)).filter(|line| !line.is_empty());
        let (first, second) = (lines.next()?, lines.next());
        let (weight, status) = match second {
            Some(status) => (Some(first), status),
            None => (None, first),
        };
        let status = Status::read(status)?;
        lines.next().is_none().then_some(())?;
        if let Some(refused) = status.refused() {
            return Some(refused);
        }
        match weight {
            Some(weight) => self.weight(weight, status.basis()),
            None if status.at_zero() => Some(Reading::Zero),
            None => None,
        }
    }

    fn weight(&self, text: &[u8], basis: Basis) -> Option<Reading> {
        match text.first()? {
            b'^' => return Some(Reading::Overload),
            b'_' => return Some(Reading::Negative),
            b'-' if text.iter().filter(|byte| **byte == b'-').count() > 1 => return Some(Reading::NeedsZero),
            _ => {}
        }
        let (number, unit) = number::split(text, self.options.decimals)?;
        let unit = match std::str::from_utf8(unit).ok()?.trim() {
            "" => self.options.unit,
            sign => Unit::named(sign)?,
        };
        Some(Reading::of(number, unit, basis, true))
    }
}

/// Two or three bytes with bits 4 and 5 set, which makes digits of them.
struct Status([u8; 3]);

impl Status {
    fn read(line: &[u8]) -> Option<Self> {
        // "NCI general" leaves the letter out.
        let bytes = line.strip_prefix(b"S").unwrap_or(line);
        let digits = bytes.iter().all(|byte| byte & 0b1011_0000 == 0b0011_0000);
        match *bytes {
            [first, second] if digits => Some(Self([first, second, 0])),
            [first, second, third] if digits => Some(Self([first, second, third])),
            _ => None,
        }
    }

    const fn refused(&self) -> Option<Reading> {
        let [first, second, third] = self.0;
        if first & 0b1100 != 0 || second & 0b1100 != 0 {
            Some(Reading::Defect)
        } else if second & 0b10 != 0 {
            Some(Reading::Overload)
        } else if second & 0b01 != 0 {
            Some(Reading::Negative)
        } else if third & 0b1000 != 0 {
            Some(Reading::NeedsZero)
        } else if first & 0b01 != 0 {
            Some(Reading::Moving)
        } else {
            None
        }
    }

    const fn at_zero(&self) -> bool {
        self.0[0] & 0b10 != 0
    }

    const fn basis(&self) -> Basis {
        match self.0[2] {
            0 => Basis::Unsaid,
            third if third & 0b100 != 0 => Basis::Net,
            _ => Basis::Gross,
        }
    }
}

impl Protocol for Nci {
    fn ask(&mut self) -> Option<Vec<u8>> {
        self.frame.end();
        Some(vec![b'W', CR])
    }

    fn hear(&mut self, byte: u8) -> Heard {
        match byte {
            LF if !self.frame.open => {
                self.frame.begin();
                Heard::More
            }
            ETX if self.frame.open => {
                let read = self.read(&self.frame.bytes);
                self.frame.end();
                read.map_or(Heard::Wrong, Heard::Reading)
            }
            byte if self.frame.push(byte) => Heard::More,
            _ => Heard::Wrong,
        }
    }

    fn zero(&self) -> Option<&'static [u8]> {
        Some(b"Z\r")
    }
}
