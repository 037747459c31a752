//! The languages of scales. Each is a [`Protocol`]: fed byte by byte, so that it does not matter in which pieces an answer
//! comes, and total: it makes something or nothing of any bytes, and never a weight of what is not one.

mod and;
mod cas;
mod dialog;
mod dollar;
mod lines;
mod mettler;
mod nci;
mod ohaus;
mod sics;
mod stream;
mod tpv4;

pub use stream::StreamWords;

use super::reading::Reading;
use super::weight::Unit;
use crate::wire::{Format, Parity, SerialSettings};

/// A language a scale speaks over a serial line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Mettler Toledo 8217, also NCR: Ariva, Viva, Diva and many others.
    Mettler8217,
    /// Mettler Toledo's standard command set.
    MtSics,
    /// CAS asked with ENQ and DC1 ("type 6"), also Samsung, Elicom, Baxtran, Ohaus.
    Cas,
    /// CAS indicators that send 22 characters over and over.
    CasStream,
    /// NCI, Avery Berkel ECR, Samsung, Casio, Acom, Adam.
    Nci,
    /// `$`, type A: Epelsa, Baxtran, Samsung.
    Dollar,
    /// `$`, type B, which answers only at rest.
    DollarB,
    /// Dialog 02, 04 and 06 without checksum: Bizerba, Dibal, CAS and others. Computes the price.
    Dialog,
    /// Dibal and Berkel TPV4. Computes the price.
    Tpv4,
    /// OHAUS.
    Ohaus,
    /// A&D.
    And,
    /// A line of text with a word of state, a number and a unit.
    Stream,
}

impl Kind {
    /// Every kind, in the order in which an unknown scale is asked: first those that are only listened to, then those whose
    /// answers leave no doubt.
    pub const ALL: [Self; 12] = [
        Self::CasStream,
        Self::Stream,
        Self::Mettler8217,
        Self::Cas,
        Self::Dollar,
        Self::Nci,
        Self::MtSics,
        Self::Ohaus,
        Self::And,
        Self::Tpv4,
        Self::Dialog,
        Self::DollarB,
    ];

    /// Its name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mettler8217 => "8217",
            Self::MtSics => "mt-sics",
            Self::Cas => "cas",
            Self::CasStream => "cas-stream",
            Self::Nci => "nci",
            Self::Dollar => "dollar",
            Self::DollarB => "dollar-b",
            Self::Dialog => "dialog",
            Self::Tpv4 => "tpv4",
            Self::Ohaus => "ohaus",
            Self::And => "and",
            Self::Stream => "stream",
        }
    }

    /// The kind by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Speed and format its scales leave the factory with.
    #[must_use]
    pub const fn settings(self) -> SerialSettings {
        match self {
            Self::Mettler8217 | Self::Nci => SerialSettings::new(9600, Format::E7),
            Self::Dialog => SerialSettings::new(9600, Format::O7),
            Self::And => SerialSettings::new(2400, Format::E7),
            Self::DollarB => {
                SerialSettings::new(4800, Format { seven: false, parity: Parity::Odd, two_stops: false })
            }
            Self::MtSics
            | Self::Cas
            | Self::CasStream
            | Self::Dollar
            | Self::Tpv4
            | Self::Ohaus
            | Self::Stream => SerialSettings::new(9600, Format::N8),
        }
    }

    /// Whether it says nothing at all while the load moves: its silence is no fault for longer then.
    #[must_use]
    pub const fn answers_only_at_rest(self) -> bool {
        matches!(self, Self::DollarB)
    }

    /// The language, ready to ask.
    #[must_use]
    pub fn protocol(self, options: &Options) -> Box<dyn Protocol> {
        match self {
            Self::Mettler8217 => Box::new(mettler::Mettler::new(options)),
            Self::MtSics => Box::new(sics::Sics::new(options)),
            Self::Cas => Box::new(cas::Cas::new(options)),
            Self::CasStream => Box::new(cas::CasStream::new(options)),
            Self::Nci => Box::new(nci::Nci::new(options)),
            Self::Dollar => Box::new(dollar::TypeA::new(options)),
            Self::DollarB => Box::new(dollar::TypeB::new(options)),
            Self::Dialog => Box::new(dialog::Dialog::new(options)),
            Self::Tpv4 => Box::new(tpv4::Tpv4::new(options)),
            Self::Ohaus => Box::new(ohaus::Ohaus::new(options)),
            Self::And => Box::new(and::And::new(options)),
            Self::Stream => Box::new(stream::Stream::new(options)),
        }
    }
}

/// What a shop may set otherwise than the factory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Decimals of a weight that is written without its point.
    pub decimals: u8,
    /// Unit of a weight that is written without one.
    pub unit: Unit,
    /// What one unit costs, for scales that compute the price, in the smallest coin.
    pub unit_price_cents: u32,
    /// Words of a generic line of text.
    pub words: StreamWords,
    /// The second record of TPV4 as Berkel wants it: `12` and this digit, instead of Dibal's `10`.
    pub berkel_digit: Option<u8>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            decimals: 3,
            unit: Unit::Kilogram,
            unit_price_cents: 0,
            words: StreamWords::default(),
            berkel_digit: None,
        }
    }
}

/// What became of a byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Something more is to come.
    More,
    /// The scale waits for this.
    Say(Vec<u8>),
    /// An answer.
    Reading(Reading),
    /// That is not this language, or was damaged on the way.
    Wrong,
    /// The scale wants what nobody may give it; the sentence says what to set otherwise.
    Unsupported(&'static str),
}

/// A language. Implementations are total over all bytes and keep no more than one answer.
pub trait Protocol: Send {
    /// Begins a question: what to send, or `None` where the scale talks by itself.
    fn ask(&mut self) -> Option<Vec<u8>>;

    /// Hears one byte.
    fn hear(&mut self, byte: u8) -> Heard;

    /// The time for an answer is over. What that means, where it means something.
    fn overdue(&mut self) -> Option<Reading> {
        None
    }

    /// What sets the scale to zero, where it can be told.
    fn zero(&self) -> Option<&'static [u8]> {
        None
    }
}

/// Bytes between two marks, as many as an answer may have and no more.
#[derive(Clone, Debug, Default)]
struct Frame {
    bytes: Vec<u8>,
    open: bool,
}

/// No answer of any scale is longer.
const FRAME_MAX: usize = 64;

impl Frame {
    /// Whatever was before, an answer begins here.
    fn begin(&mut self) {
        self.bytes.clear();
        self.open = true;
    }

    /// Nothing is expected.
    fn end(&mut self) {
        self.bytes.clear();
        self.open = false;
    }

    /// Keeps a byte; false when there are too many, or none was to come.
    fn push(&mut self, byte: u8) -> bool {
        if self.open && self.bytes.len() < FRAME_MAX {
            self.bytes.push(byte);
            true
        } else {
            self.end();
            false
        }
    }
}

const STX: u8 = 0x02;
const ETX: u8 = 0x03;
const EOT: u8 = 0x04;
const ENQ: u8 = 0x05;
const ACK: u8 = 0x06;
const NAK: u8 = 0x15;
const ESC: u8 = 0x1B;
const LF: u8 = 0x0A;
const CR: u8 = 0x0D;
