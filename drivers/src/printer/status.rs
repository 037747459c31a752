//! What a printer answers: the mixed stream of its replies taken apart ([`Decoder`]), and what it means ([`Status`]).
//!
//! The decoder is a total function: any bytes, glued or one by one, in any order. A byte that fits nothing is dropped
//! and the next one is tried, so that one disturbed byte costs one reply and not the connection.

use super::fault::Fault;
use super::profile::{Language, Profile};
use super::star_status::{self, StarBlock};

/// The roll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperLevel {
    /// Enough.
    Enough,
    /// The near-end sensor sees the core.
    Low,
    /// Nothing left.
    Out,
}

/// The cash drawer by its sensing pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawerState {
    /// Shut.
    Closed,
    /// Open.
    Open,
}

/// What is known about a printer; `None` where it did not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Whether it takes data.
    pub online: Option<bool>,
    /// The roll.
    pub paper: Option<PaperLevel>,
    /// Whether the cover is open.
    pub cover_open: Option<bool>,
    /// Whether the knife is stuck.
    pub cutter_jam: Option<bool>,
    /// Whether it reports another error, such as a hot head.
    pub error: Option<bool>,
    /// Level of the drawer's sensing pin; [`Status::drawer`] says what it means.
    pub drawer_pin_high: Option<bool>,
}

impl Status {
    /// Whether the printer said anything at all.
    #[must_use]
    pub fn answered(&self) -> bool {
        *self != Self::default()
    }

    /// What keeps it from printing, the first thing to mend first.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        if self.cover_open == Some(true) {
            Some(Fault::CoverOpen)
        } else if self.paper == Some(PaperLevel::Out) {
            Some(Fault::PaperOut)
        } else if self.cutter_jam == Some(true) {
            Some(Fault::CutterJam)
        } else if self.error == Some(true) {
            Some(Fault::Printer)
        } else {
            None
        }
    }

    /// The drawer, where its pin was read.
    #[must_use]
    pub fn drawer(&self, profile: &Profile) -> Option<DrawerState> {
        let open = self.drawer_pin_high? == profile.drawer.open_is_high;
        Some(if open { DrawerState::Open } else { DrawerState::Closed })
    }

    /// Learns from a reply to `DLE EOT question`.
    pub fn learn_real_time(&mut self, question: Question, byte: u8) {
        let bit = |n: u8| byte & (1 << n) != 0;
        match question {
            Question::Printer => {
                self.drawer_pin_high = Some(bit(2));
                self.online = Some(!bit(3));
            }
            Question::Offline => self.cover_open = Some(bit(2)),
            Question::Error => {
                self.cutter_jam = Some(bit(3));
                self.error = Some(bit(5) || bit(6));
            }
            Question::Paper => {
                self.paper = Some(paper_level(byte & 0x0C == 0x0C, byte & 0x60 == 0x60));
            }
        }
        // The cause of being offline names an empty roll even where the paper question is not understood.
        if question == Question::Offline && bit(5) {
            self.paper = Some(PaperLevel::Out);
        }
    }

    /// Learns from an automatic status block.
    pub fn learn_block(&mut self, block: [u8; 4]) {
        let bit = |at: usize, n: u8| block[at] & (1 << n) != 0;
        self.drawer_pin_high = Some(bit(0, 2));
        self.online = Some(!bit(0, 3));
        self.cover_open = Some(bit(0, 5));
        self.cutter_jam = Some(bit(1, 3));
        self.error = Some(bit(1, 2) || bit(1, 5) || bit(1, 6));
        self.paper = Some(paper_level(block[2] & 0x03 == 0x03, block[2] & 0x0C == 0x0C));
    }

    /// Learns from a status block of a Star printer.
    pub fn learn_star(&mut self, block: &StarBlock) {
        let bits = |at: usize, mask: u8| block.byte(at) & mask != 0;
        self.drawer_pin_high = Some(bits(2, 0x04));
        self.online = Some(!bits(2, 0x08));
        self.cover_open = Some(bits(2, 0x20));
        self.cutter_jam = Some(bits(3, 0x08));
        self.error = Some(bits(3, 0x2C) || bits(4, 0x0A));
        self.paper = Some(paper_level(bits(5, 0x06), bits(5, 0x08)));
    }

    /// Learns from the status byte of the printer port, where the printer itself said nothing: 0x20 is an empty roll,
    /// 0x10 is online. Its error bit is not believed: printers that do not know the byte say nought.
    pub fn learn_port(&mut self, port: u8) {
        self.online.get_or_insert(port & 0x10 != 0);
        self.paper.get_or_insert(paper_level(false, port & PORT_PAPER_OUT != 0));
    }

    /// Learns from the reply to `GS r 1`.
    pub fn learn_sensor(&mut self, byte: u8) {
        self.paper = Some(paper_level(byte & 0x03 != 0, byte & 0x0C != 0));
    }
}

/// The bit of the printer port's status for an empty roll.
pub(crate) const PORT_PAPER_OUT: u8 = 0x20;

fn paper_level(low: bool, out: bool) -> PaperLevel {
    match (low, out) {
        (_, true) => PaperLevel::Out,
        (true, false) => PaperLevel::Low,
        (false, false) => PaperLevel::Enough,
    }
}

/// The four real-time questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Online, drawer.
    Printer,
    /// Why offline: cover, paper.
    Offline,
    /// Cutter, head.
    Error,
    /// The roll.
    Paper,
}

impl Question {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Printer, Self::Offline, Self::Error, Self::Paper];

    /// The bytes that ask it.
    #[must_use]
    pub fn bytes(self) -> [u8; 3] {
        [0x10, 0x04, self as u8 + 1]
    }
}

/// One reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The buffer has room again (0x11) or is full (0x13).
    Room(bool),
    /// To a real-time question.
    RealTime(u8),
    /// An automatic status block.
    Block([u8; 4]),
    /// A text, such as the model's name, or the id of a finished process; the first byte says which.
    Text(u8, Vec<u8>),
    /// To the end marker: what stands before it was processed.
    Sensor(u8),
    /// A status block of a Star printer.
    Star(StarBlock),
}

/// The longest text reply, its kind and its end counted; what is longer is noise.
const TEXT_MAX: usize = 256;

/// Takes the stream of replies apart.
#[derive(Clone, Debug)]
pub struct Decoder {
    language: Language,
    waiting: Vec<u8>,
    /// How many end markers are not answered yet. Only then can a byte of that pattern be an answer.
    markers: usize,
}

/// What the first waiting bytes are.
pub(crate) enum Head {
    Incomplete,
    Noise,
    Reply(Reply, usize),
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new(Language::EscPos)
    }
}

impl Decoder {
    /// For a printer that speaks a language.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, waiting: Vec::new(), markers: 0 }
    }

    /// An end marker was sent: its answer may come.
    pub fn expect_marker(&mut self) {
        self.markers += 1;
    }

    /// Takes bytes as they came and gives the replies that are whole.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Reply> {
        self.waiting.extend_from_slice(bytes);
        let waiting = std::mem::take(&mut self.waiting);
        let (mut replies, mut rest) = (Vec::new(), waiting.as_slice());
        loop {
            match self.head(rest) {
                Head::Incomplete => break,
                Head::Noise => rest = &rest[1..],
                Head::Reply(reply, length) => {
                    rest = &rest[length..];
                    self.markers -= usize::from(matches!(reply, Reply::Sensor(_)));
                    replies.push(reply);
                }
            }
        }
        self.waiting = rest.to_vec();
        replies
    }

    fn head(&self, waiting: &[u8]) -> Head {
        let Some(first) = waiting.first().copied() else { return Head::Incomplete };
        match first {
            _ if self.language == Language::Star => star_status::head(waiting),
            0x11 | 0x13 => Head::Reply(Reply::Room(first == 0x11), 1),
            0x35 | 0x37 | 0x3B | 0x3D | 0x5F => text(waiting),
            _ if first & 0x93 == 0x12 => Head::Reply(Reply::RealTime(first), 1),
            _ if first & 0x93 == 0x10 => block(waiting),
            _ if first & 0x90 == 0 && self.markers > 0 => Head::Reply(Reply::Sensor(first), 1),
            _ => Head::Noise,
        }
    }
}

fn block(waiting: &[u8]) -> Head {
    let rest = &waiting[1..waiting.len().min(4)];
    match (rest.iter().any(|byte| byte & 0x90 != 0), waiting.first_chunk()) {
        (true, _) => Head::Noise,
        (false, Some(block)) => Head::Reply(Reply::Block(*block), 4),
        (false, None) => Head::Incomplete,
    }
}

/// The end is not looked for beyond the longest text: what a text is must not depend on the pieces it came in.
fn text(waiting: &[u8]) -> Head {
    let whole = waiting.len().min(TEXT_MAX);
    match waiting[..whole].iter().position(|byte| *byte == 0) {
        Some(end) => Head::Reply(Reply::Text(waiting[0], waiting[1..end].to_vec()), end + 1),
        None if whole == TEXT_MAX => Head::Noise,
        None => Head::Incomplete,
    }
}
