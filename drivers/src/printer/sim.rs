//! The virtual printer: [`SimPrinter`] takes the bytes of a real one, prints them on papers made of data, answers as a
//! real one does, and can be put into every fault by hand.
//!
//! One handle serves everybody: the till that prints (`sim:` in a configuration), the test that pulls the cable, and
//! [`serve`](super::sim_server::serve), which puts the same printer on a TCP port.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::command::Step;
use super::fault::Fault;
use super::link::{Connect, Link};
use super::paper::Paper;
use super::paper_reader::{Done, PaperReader};
use super::profile::{Language, Profile, StatusAbility};
use super::status::PaperLevel;

/// What a printer holds while it cannot print, in bytes. Then it takes no more.
pub const RECEIVE_BUFFER: usize = 4096;
/// Real-time commands are heard even when the buffer is full.
const REAL_TIME_ROOM: usize = 64;

/// The knife.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CutterState {
    /// Works.
    #[default]
    Fine,
    /// Will jam at the next cut.
    JamsAtCut,
    /// Is stuck.
    Jammed,
}

/// What happens to the printer at a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The cover is opened.
    CoverOpens,
    /// The roll ends.
    PaperEnds,
    /// It takes nothing more.
    Sticks,
    /// It answers nothing more.
    FallsSilent,
}

/// What a test, or a person at the control address, can do to the printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// The roll. Setting it to `Enough` is putting in a new one.
    pub paper: PaperLevel,
    /// The roll ends after so many more lines.
    pub paper_out_after_lines: Option<usize>,
    /// The cover.
    pub cover_open: bool,
    /// The knife.
    pub cutter: CutterState,
    /// Whether the drawer is open. A pulse opens it; shutting it is for the hand that sets this.
    pub drawer_open: bool,
    /// The pin the drawer hangs on: 0 is pin 2, 1 is pin 5.
    pub drawer_pin: u8,
    /// Whether the drawer's switch lowers the sensing pin when it is open, instead of raising it.
    pub drawer_open_is_low: bool,
    /// Prints, but never answers.
    pub silent: bool,
    /// How fast it takes bytes; as fast as they come when `None`.
    pub bytes_per_second: Option<u32>,
    /// The most bytes it takes in one go; the rest is left with the sender.
    pub takes_at_most: Option<usize>,
    /// Takes nothing.
    pub stuck: bool,
    /// What happens when so many more bytes were taken, not one earlier or later.
    pub event_after_bytes: Option<(usize, Event)>,
    /// The connection drops after so many more bytes.
    pub drop_after_bytes: Option<usize>,
    /// A command that was cut off with the connection is still waited for on the next one, as printers on a USB or a
    /// serial cable do.
    pub keeps_half_commands: bool,
    /// Switched off or unplugged: cannot be opened, and open links are lost.
    pub gone: bool,
}

impl Default for Control {
    fn default() -> Self {
        Self {
            paper: PaperLevel::Enough,
            paper_out_after_lines: None,
            cover_open: false,
            cutter: CutterState::Fine,
            drawer_open: false,
            drawer_pin: 0,
            drawer_open_is_low: false,
            silent: false,
            bytes_per_second: None,
            takes_at_most: None,
            stuck: false,
            event_after_bytes: None,
            drop_after_bytes: None,
            keeps_half_commands: false,
            gone: false,
        }
    }
}

impl Control {
    fn pin_high(&self) -> bool {
        self.drawer_open != self.drawer_open_is_low
    }

    fn offline(&self) -> bool {
        self.paper == PaperLevel::Out || self.cover_open || self.cutter == CutterState::Jammed
    }
}

/// A virtual printer. Clones are handles to the same one.
#[derive(Clone)]
pub struct SimPrinter {
    shared: Arc<Shared>,
}

struct Shared {
    device: Mutex<Device>,
    changed: Condvar,
}

impl SimPrinter {
    /// A new printer with a full roll.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        let device = Mutex::new(Device::new(profile));
        Self { shared: Arc::new(Shared { device, changed: Condvar::new() }) }
    }

    /// Puts the printer into another state, as a hand would. What it can do now, it does at once.
    pub fn change(&self, by: impl FnOnce(&mut Control)) {
        let mut device = self.device();
        by(&mut device.control);
        device.work();
        device.report();
        self.shared.changed.notify_all();
    }

    /// The state it is in.
    #[must_use]
    pub fn control(&self) -> Control {
        self.device().control.clone()
    }

    /// The papers that came out, oldest first.
    #[must_use]
    pub fn papers(&self) -> Vec<Paper> {
        self.device().papers.clone()
    }

    /// Takes the papers away, so that a long run does not keep them all.
    #[must_use]
    pub fn take_papers(&self) -> Vec<Paper> {
        std::mem::take(&mut self.device().papers)
    }

    /// How often the drawer got its pulse.
    #[must_use]
    pub fn pulses(&self) -> usize {
        self.device().pulses
    }

    /// How many bytes it ever took.
    #[must_use]
    pub fn received(&self) -> usize {
        self.device().received
    }

    /// Waits until something changes, at most so long.
    pub(crate) fn wait(&self, wait: Duration) {
        drop(self.shared.changed.wait_timeout(self.device(), wait));
    }

    fn device(&self) -> MutexGuard<'_, Device> {
        self.shared.device.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tries until it works or the wait is over; another handle's change wakes it early.
    fn until<T>(
        &self,
        wait: Duration,
        mut attempt: impl FnMut(&mut Device) -> Result<Option<T>, Fault>,
    ) -> Result<Option<T>, Fault> {
        let deadline = Instant::now() + wait;
        let mut device = self.device();
        loop {
            let result = attempt(&mut device)?;
            let left = deadline.saturating_duration_since(Instant::now());
            if result.is_some() || left.is_zero() {
                return Ok(result);
            }
            // A slow printer makes room as time goes by, without anyone changing it.
            let nap = left.min(Duration::from_millis(5));
            device = self.shared.changed.wait_timeout(device, nap).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Connect for SimPrinter {
    fn open(&self) -> Result<Box<dyn Link>, Fault> {
        let mut device = self.device();
        if device.control.gone {
            return Err(Fault::NotFound);
        }
        if std::mem::replace(&mut device.connected, true) {
            return Err(Fault::Busy);
        }
        device.last_intake = Instant::now();
        device.replies.clear();
        device.report_mask = 0;
        Ok(Box::new(SimLink { printer: self.clone() }))
    }
}

struct SimLink {
    printer: SimPrinter,
}

impl Link for SimLink {
    fn send(&mut self, bytes: &[u8], wait: Duration) -> Result<usize, Fault> {
        let taken = self.printer.until(wait, |device| {
            device.present()?;
            let taken = device.take(bytes);
            Ok(Some(taken).filter(|taken| *taken > 0 || bytes.is_empty()))
        })?;
        self.printer.shared.changed.notify_all();
        Ok(taken.unwrap_or(0))
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        let received = self.printer.until(wait, |device| {
            device.present()?;
            let count = device.replies.len().min(buffer.len());
            buffer[..count].copy_from_slice(&device.replies[..count]);
            device.replies.drain(..count);
            Ok(Some(count).filter(|count| *count > 0))
        })?;
        Ok(received.unwrap_or(0))
    }

    fn drain(&mut self, _wait: Duration) -> Result<(), Fault> {
        Ok(())
    }
}

impl Drop for SimLink {
    fn drop(&mut self) {
        self.printer.device().hang_up();
        self.printer.shared.changed.notify_all();
    }
}

/// The printer's inside.
struct Device {
    control: Control,
    reader: PaperReader,
    /// Taken and not yet printed.
    buffer: Vec<u8>,
    /// The last bytes that came, in which a real-time command may stand across two sends.
    recent: Vec<u8>,
    replies: Vec<u8>,
    papers: Vec<Paper>,
    pulses: usize,
    received: usize,
    /// `GS a n`: what is reported without being asked.
    report_mask: u8,
    reported: [u8; 4],
    /// How many of Star's end-of-job marks were printed, up to 31 and round again.
    marks: u8,
    connected: bool,
    dropped: bool,
    last_intake: Instant,
}

impl Device {
    fn new(profile: Profile) -> Self {
        Self {
            control: Control::default(),
            reader: PaperReader::new(profile),
            buffer: Vec::new(),
            recent: Vec::new(),
            replies: Vec::new(),
            papers: Vec::new(),
            pulses: 0,
            received: 0,
            report_mask: 0,
            reported: [0; 4],
            marks: 0,
            connected: false,
            dropped: false,
            last_intake: Instant::now(),
        }
    }

    fn present(&self) -> Result<(), Fault> {
        if self.control.gone || self.dropped { Err(Fault::Disconnected) } else { Ok(()) }
    }

    /// Takes what there is room for, and prints what it can.
    fn take(&mut self, bytes: &[u8]) -> usize {
        let count = self.room(bytes).min(bytes.len());
        let bytes = &bytes[..count];
        self.received += count;
        if let Some(left) = self.control.drop_after_bytes.as_mut() {
            *left -= count;
            self.dropped = *left == 0;
        }
        for byte in bytes {
            self.hear(*byte);
        }
        self.work();
        self.reach_event(count);
        count
    }

    /// What was to happen at a byte happens when everything before it is printed that can be.
    fn reach_event(&mut self, count: usize) {
        let Some((left, event)) = self.control.event_after_bytes else { return };
        self.control.event_after_bytes = Some((left - count, event)).filter(|(left, _)| *left > 0);
        if left > count {
            return;
        }
        match event {
            Event::CoverOpens => self.control.cover_open = true,
            Event::PaperEnds => self.control.paper = PaperLevel::Out,
            Event::Sticks => self.control.stuck = true,
            Event::FallsSilent => self.control.silent = true,
        }
        self.report();
    }

    fn room(&mut self, bytes: &[u8]) -> usize {
        let real_time = if bytes.first() == Some(&0x10) { REAL_TIME_ROOM } else { 0 };
        // A printer that prints passes a long picture through its buffer.
        let full = self.control.offline().then_some(RECEIVE_BUFFER + real_time);
        let buffer = full.map_or(usize::MAX, |full| full.saturating_sub(self.buffer.len()));
        let control = &self.control;
        let cable = control.drop_after_bytes.unwrap_or(usize::MAX);
        let event = control.event_after_bytes.map_or(usize::MAX, |(left, _)| left);
        let mouth = if control.stuck { 0 } else { control.takes_at_most.unwrap_or(usize::MAX) };
        buffer.min(cable).min(event).min(mouth).min(self.speed())
    }

    /// How many bytes the time since the last intake allows.
    fn speed(&mut self) -> usize {
        let Some(rate) = self.control.bytes_per_second else { return usize::MAX };
        let millis = self.last_intake.elapsed().as_millis();
        let bytes = usize::try_from(millis * u128::from(rate) / 1000).unwrap_or(usize::MAX);
        if bytes > 0 {
            self.last_intake = Instant::now();
        }
        bytes.min(RECEIVE_BUFFER)
    }

    /// A byte arrives: a real-time command is obeyed at once, even inside a picture; all of it waits its turn too.
    fn hear(&mut self, byte: u8) {
        self.buffer.push(byte);
        self.recent.push(byte);
        let excess = self.recent.len().saturating_sub(5);
        self.recent.drain(..excess);
        let star = self.reader.language() == Language::Star;
        match self.recent.as_slice() {
            [.., 0x1B, 0x06, 1] if star => self.reply_star(),
            [.., 0x1B, 0x06, 0x18] if star => self.discard(),
            _ if star => {}
            [.., 0x10, 0x04, n @ 1..=4] => self.answer_real_time(*n),
            [.., 0x10, 0x05, 2] => self.discard(),
            [.., 0x10, 0x14, 1, pin @ 0..=1, 1..=8] => self.pulse(*pin),
            _ => {}
        }
    }

    /// A pulse on the pin the drawer hangs on opens it; one on the other pin opens nothing.
    fn pulse(&mut self, pin: u8) {
        if pin == self.control.drawer_pin {
            self.pulses += 1;
            self.control.drawer_open = true;
            self.report();
        }
    }

    /// `DLE ENQ 2`: recover from the error without what was waiting.
    fn discard(&mut self) {
        self.buffer.clear();
        self.reader.clear();
        self.reader.tear_off(); // what was printed of it stays what it is: an unfinished paper
        if self.control.cutter == CutterState::Jammed {
            self.control.cutter = CutterState::Fine;
        }
    }

    /// Prints whatever is complete, as long as nothing keeps it from printing.
    fn work(&mut self) {
        let mut at = 0;
        while !self.control.offline() {
            let Step::Command(command, length) = self.reader.first(&self.buffer[at..]) else { break };
            at += length;
            let done = self.reader.apply(command);
            self.after(done);
        }
        self.buffer.drain(..at);
        self.papers.append(&mut self.reader.take_papers());
        self.report();
    }

    fn after(&mut self, done: Done) {
        match done {
            Done::Nothing => {}
            Done::Lines(lines) => self.use_paper(lines),
            Done::Cut if self.control.cutter == CutterState::JamsAtCut => {
                self.control.cutter = CutterState::Jammed
            }
            Done::Cut => {}
            Done::Pulse(pin) => self.pulse(pin),
            Done::Automatic(mask) if self.reader.ability() == StatusAbility::Automatic => {
                self.report_mask = mask;
                self.reported = self.block();
                match self.reader.language() {
                    Language::EscPos => self.reply(&self.block()),
                    Language::Star if mask != 0 => self.reply_star(),
                    Language::Star => {}
                }
            }
            Done::Automatic(_) => {}
            Done::Sensor(1 | 49) => self.reply(&[self.paper_bits(0x03, 0x0C)]),
            Done::Sensor(_) => self.reply(&[u8::from(self.control.pin_high())]),
            Done::Identity(66) => self.reply(b"_EPSON\0"),
            Done::Identity(67) => self.reply(b"_TM-SIM\0"),
            Done::Identity(n @ 65..=69) => self.reply(&[0x5F, b'0' + n - 64, 0]),
            Done::Identity(_) => self.reply(&[0x02]),
            Done::EndMark => {
                self.marks = (self.marks + 1) % 32;
                if self.report_mask != 0 {
                    self.reply_star();
                }
            }
            Done::ProcessId([a, b, c, d]) => self.reply(&[0x37, 0x22, a, b, c, d, 0]),
        }
    }

    fn use_paper(&mut self, lines: usize) {
        let Some(left) = self.control.paper_out_after_lines.as_mut() else { return };
        *left = left.saturating_sub(lines);
        if *left == 0 {
            self.control.paper_out_after_lines = None;
            self.control.paper = PaperLevel::Out;
        }
    }

    fn reply(&mut self, bytes: &[u8]) {
        if !self.control.silent && self.reader.ability() != StatusAbility::None {
            self.replies.extend_from_slice(bytes);
        }
    }

    fn paper_bits(&self, low: u8, out: u8) -> u8 {
        match self.control.paper {
            PaperLevel::Enough => 0,
            PaperLevel::Low => low,
            PaperLevel::Out => low | out,
        }
    }

    fn answer_real_time(&mut self, question: u8) {
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        let control = &self.control;
        let bits = match question {
            1 => flag(control.pin_high(), 0x04) | flag(control.offline(), 0x08),
            2 => {
                let out = flag(control.paper == PaperLevel::Out, 0x20);
                out | flag(control.cover_open, 0x04) | flag(control.cutter == CutterState::Jammed, 0x40)
            }
            3 => flag(control.cutter == CutterState::Jammed, 0x08),
            _ => self.paper_bits(0x0C, 0x60),
        };
        self.reply(&[0x12 | bits]);
    }

    fn block(&self) -> [u8; 4] {
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        let control = &self.control;
        let first =
            flag(control.pin_high(), 0x04) | flag(control.offline(), 0x08) | flag(control.cover_open, 0x20);
        [0x10 | first, flag(control.cutter == CutterState::Jammed, 0x08), self.paper_bits(0x03, 0x0C), 0]
    }

    /// Automatic status: one block on every change.
    fn report(&mut self) {
        let block = self.block();
        if self.report_mask != 0 && block != self.reported {
            self.reported = block;
            match self.reader.language() {
                Language::EscPos => self.reply(&block),
                Language::Star => self.reply_star(),
            }
        }
    }

    /// The block of a Star printer: nine bytes, version 3 as Star Line Mode tells it.
    fn reply_star(&mut self) {
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        let control = &self.control;
        let state =
            flag(control.pin_high(), 0x04) | flag(control.offline(), 0x08) | flag(control.cover_open, 0x20);
        let cutter = flag(control.cutter == CutterState::Jammed, 0x08);
        let paper = self.paper_bits(0x04, 0x0C);
        let marks = (self.marks & 0x18) << 2 | (self.marks & 0x07) << 1;
        self.reply(&[0x23, 0x06, state, cutter, 0, paper, 0, marks, 0]);
    }

    /// The connection ends. A printer that can print ends its paper; one that cannot keeps what it has.
    fn hang_up(&mut self) {
        self.connected = false;
        self.dropped = false;
        self.control.drop_after_bytes = self.control.drop_after_bytes.filter(|left| *left > 0);
        self.recent.clear();
        if !self.control.offline() && !self.control.keeps_half_commands {
            self.buffer.clear();
            self.reader.tear_off();
            self.papers.append(&mut self.reader.take_papers());
        }
    }
}
