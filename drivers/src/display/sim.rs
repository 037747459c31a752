//! The virtual display: [`DisplayReader`] turns bytes into two lines of text, [`SimDisplay`] is one to open.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::COLUMNS;
use super::encode::{CommandSet, Settings};
use super::text::{DRAWN, Greek, IN_437};
use crate::printer::Fault;
use crate::printer::link::{Connect, Link};

/// A character nobody can read.
const UNREADABLE: char = '\u{FFFD}';

/// Reads a display's bytes. Total: any bytes in any pieces.
#[derive(Clone, Debug)]
pub struct DisplayReader {
    settings: Settings,
    waiting: Vec<u8>,
    cells: [char; 2 * COLUMNS],
    at: usize,
    /// Characters that were defined, by their codes.
    defined: BTreeMap<u8, [u8; 5]>,
    use_defined: bool,
    page: u8,
    /// Whether the bytes are for the display, where it hangs behind a printer.
    selected: bool,
    brightness: u8,
}

/// A command with its length.
enum Step {
    Incomplete,
    Command(usize, Command),
}

enum Command {
    Nothing,
    Clear,
    Initialise,
    Place(usize),
    Page(u8),
    Define(u8, [u8; 5]),
    UseDefined(bool),
    Brightness(u8),
    Select(bool),
    Letter(u8),
}

impl DisplayReader {
    /// A display, just switched on.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            waiting: Vec::new(),
            cells: [' '; 2 * COLUMNS],
            at: 0,
            defined: BTreeMap::new(),
            use_defined: false,
            page: 0,
            selected: !settings.behind_printer,
            brightness: 4,
        }
    }

    /// Reads more bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
        let waiting = std::mem::take(&mut self.waiting);
        let mut rest = waiting.as_slice();
        while let Step::Command(length, command) = self.first(rest) {
            rest = &rest[length..];
            match command {
                Command::Select(on) => self.selected = on || !self.settings.behind_printer,
                command if self.selected => self.apply(&command),
                _ => {}
            }
        }
        self.waiting = rest.to_vec();
    }

    /// What it shows.
    #[must_use]
    pub fn lines(&self) -> [String; 2] {
        [0, 1].map(|row| self.cells[row * COLUMNS..][..COLUMNS].iter().collect())
    }

    /// How bright it is, 1 to 4.
    #[must_use]
    pub fn brightness(&self) -> u8 {
        self.brightness
    }

    fn apply(&mut self, command: &Command) {
        match command {
            Command::Clear => {
                self.cells = [' '; 2 * COLUMNS];
                self.at = 0;
            }
            Command::Initialise => *self = Self { selected: self.selected, ..Self::new(self.settings) },
            Command::Place(at) => self.at = (*at).min(2 * COLUMNS - 1),
            Command::Page(n) => self.page = *n,
            Command::Define(code, dots) => {
                self.defined.insert(*code, *dots);
            }
            Command::UseDefined(on) => self.use_defined = *on,
            Command::Brightness(level) => self.brightness = (*level).clamp(1, 4),
            Command::Letter(byte) => {
                self.cells[self.at] = self.letter(*byte);
                self.at = (self.at + 1) % (2 * COLUMNS);
            }
            Command::Nothing | Command::Select(_) => {}
        }
    }

    fn letter(&self, byte: u8) -> char {
        if let Some(dots) = self.defined.get(&byte).filter(|_| self.use_defined) {
            let known = DRAWN.iter().find(|(_, _, drawn)| drawn == dots);
            return known.map_or(UNREADABLE, |(letter, ..)| *letter);
        }
        match (byte, self.settings.greek) {
            (0x20..=0x7E, _) => char::from(byte),
            (_, Greek::Page(slot)) if self.page == slot.n => slot.page.decode(byte).unwrap_or(UNREADABLE),
            _ if self.page == 0 => {
                let known = IN_437.iter().find(|(_, code)| *code == byte);
                known.map_or(UNREADABLE, |(letter, _)| *letter)
            }
            _ => UNREADABLE,
        }
    }

    fn first(&self, bytes: &[u8]) -> Step {
        use Command::{Brightness, Clear, Initialise, Letter, Nothing, Page, Place, Select, UseDefined};
        let done = Step::Command;
        match (self.settings.commands, bytes) {
            (_, [] | [0x1B]) | (CommandSet::Epson, [0x1F]) => Step::Incomplete,
            (_, [0x1B, 0x3D, rest @ ..]) => one(rest, 3, |n| Select(n & 2 != 0)),
            (CommandSet::Utc, [0x1F, ..]) => done(1, Clear),
            (CommandSet::Utc, [0x10, rest @ ..]) => one(rest, 2, |n| Place(n.into())),
            (CommandSet::Utc, [0x1B, _, ..]) => done(2, Nothing),
            (_, [0x0C, ..]) => done(1, Clear),
            (CommandSet::Epson, [0x1F, 0x24, rest @ ..]) => place(rest),
            (CommandSet::Epson, [0x1F, 0x58, rest @ ..]) => one(rest, 3, Brightness),
            (CommandSet::Epson, [0x1F, 0x43 | 0x45, rest @ ..]) => one(rest, 3, |_| Nothing),
            (CommandSet::Epson, [0x1F, _, ..]) => done(2, Nothing),
            (CommandSet::Cd5220, [0x1B, 0x6C, rest @ ..]) => place(rest),
            (CommandSet::Cd5220, [0x1B, 0x2A, rest @ ..]) => one(rest, 3, Brightness),
            (CommandSet::Cd5220, [0x1B, 0x5F | 0x66, rest @ ..]) => one(rest, 3, |_| Nothing),
            (CommandSet::Cd5220, [0x1B, 0x63, rest @ ..]) => one(rest, 3, Page),
            (CommandSet::Epson, [0x1B, 0x74, rest @ ..]) => one(rest, 3, Page),
            (_, [0x1B, 0x25, rest @ ..]) => one(rest, 3, |n| UseDefined(n & 1 == 1)),
            (_, [0x1B, 0x26, rest @ ..]) => self.definition(rest),
            (_, [0x1B, 0x40, ..]) => done(2, Initialise),
            (_, [0x1B, _, ..]) => done(2, Nothing),
            (_, [0x00..=0x1F | 0x7F, ..]) => done(1, Nothing),
            (_, [byte, ..]) => done(1, Letter(*byte)),
        }
    }

    /// `ESC & 1 n n 5 …`: one character at a time, five columns.
    fn definition(&self, rest: &[u8]) -> Step {
        match rest {
            [_, from, to, 5, dots @ ..] if from == to => match dots.first_chunk::<5>() {
                Some(dots) => {
                    let upright = |column: u8| column.reverse_bits() >> 1;
                    let dots = if self.settings.top_dot_is_high { dots.map(upright) } else { *dots };
                    Step::Command(11, Command::Define(*from, dots))
                }
                None => Step::Incomplete,
            },
            [_, _, _, _, ..] => Step::Command(6, Command::Nothing),
            _ => Step::Incomplete,
        }
    }
}

/// A command of one argument.
fn one(rest: &[u8], length: usize, make: impl Fn(u8) -> Command) -> Step {
    rest.first().map_or(Step::Incomplete, |n| Step::Command(length, make(*n)))
}

/// Column and row, counted from 1.
fn place(rest: &[u8]) -> Step {
    let [column, row, ..] = rest else { return Step::Incomplete };
    let (column, row) = (usize::from(*column).clamp(1, COLUMNS), usize::from(*row).clamp(1, 2));
    Step::Command(4, Command::Place((row - 1) * COLUMNS + column - 1))
}

/// A virtual display. Clones are handles to the same one.
#[derive(Clone)]
pub struct SimDisplay {
    device: Arc<Mutex<Device>>,
}

struct Device {
    reader: DisplayReader,
    received: usize,
    /// Counts how often it was switched off: a link of an earlier time is dead.
    life: usize,
    gone: bool,
}

impl SimDisplay {
    /// A display that is set so.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let reader = DisplayReader::new(settings);
        Self { device: Arc::new(Mutex::new(Device { reader, received: 0, life: 0, gone: false })) }
    }

    /// What it shows.
    #[must_use]
    pub fn lines(&self) -> [String; 2] {
        self.device().reader.lines()
    }

    /// How bright it is.
    #[must_use]
    pub fn brightness(&self) -> u8 {
        self.device().reader.brightness()
    }

    /// How many bytes it ever took.
    #[must_use]
    pub fn received(&self) -> usize {
        self.device().received
    }

    /// Pulls its plug, or puts it in again: it has forgotten everything.
    pub fn plug(&self, plugged: bool) {
        let mut device = self.device();
        device.gone = !plugged;
        device.life += 1;
        device.reader = DisplayReader::new(device.reader.settings);
    }

    fn device(&self) -> MutexGuard<'_, Device> {
        self.device.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connect for SimDisplay {
    fn open(&self) -> Result<Box<dyn Link>, Fault> {
        let device = self.device();
        if device.gone {
            return Err(Fault::NotFound);
        }
        Ok(Box::new(SimLink { display: self.clone(), life: device.life }))
    }
}

struct SimLink {
    display: SimDisplay,
    life: usize,
}

impl Link for SimLink {
    fn send(&mut self, bytes: &[u8], _wait: Duration) -> Result<usize, Fault> {
        let mut device = self.display.device();
        if device.gone || device.life != self.life {
            return Err(Fault::Disconnected);
        }
        device.received += bytes.len();
        device.reader.feed(bytes);
        Ok(bytes.len())
    }

    fn receive(&mut self, _buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        std::thread::sleep(wait);
        Ok(0)
    }

    fn drain(&mut self, _wait: Duration) -> Result<(), Fault> {
        Ok(())
    }
}
