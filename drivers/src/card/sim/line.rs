//! One connection to a simulated terminal: [`Line`] for a socket, [`SimWire`] in this process.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::SimTerminal;
use super::talk::{self, Frame};
use crate::wire::{Fault, Wire};

/// One connection to a simulated terminal.
pub(super) struct Line {
    terminal: SimTerminal,
    number: u64,
    heard: Vec<u8>,
}

impl Line {
    pub(super) const fn new(terminal: SimTerminal, number: u64) -> Self {
        Self { terminal, number, heard: Vec::new() }
    }

    /// Hears bytes.
    pub(super) fn hear(&mut self, bytes: &[u8]) {
        self.heard.extend_from_slice(bytes);
        let mut inner = self.terminal.lock();
        while let Some(frame) = talk::cut(&inner.language, &mut self.heard) {
            match frame {
                Frame::Whole(text) => inner.hear(self.number, &text),
                Frame::Nonsense => inner.hear_nonsense(self.number),
            }
        }
    }

    /// What it has to say now; none when the line is dead.
    pub(super) fn say(&mut self) -> Option<Vec<u8>> {
        self.terminal.lock().spoken(self.number)
    }

    /// Whether what it says comes byte by byte.
    pub(super) fn is_piecemeal(&self) -> bool {
        self.terminal.control().piecemeal
    }
}

/// A till that has gone hears nothing more, whatever the terminal has yet to say.
impl Drop for Line {
    fn drop(&mut self) {
        self.terminal.lock().hung_up(self.number);
    }
}

/// A connection in this process.
pub(super) struct SimWire {
    line: Line,
    coming: VecDeque<u8>,
}

impl SimWire {
    pub(super) const fn new(line: Line) -> Self {
        Self { line, coming: VecDeque::new() }
    }
}

impl Wire for SimWire {
    fn send(&mut self, bytes: &[u8], _wait: Duration) -> Result<usize, Fault> {
        self.coming.extend(self.line.say().ok_or(Fault::Gone)?);
        self.line.hear(bytes);
        Ok(bytes.len())
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        let deadline = Instant::now() + wait;
        loop {
            match self.line.say() {
                Some(bytes) => self.coming.extend(bytes),
                None if self.coming.is_empty() => return Err(Fault::Gone),
                None => {}
            }
            let most = if self.line.is_piecemeal() { 1 } else { buffer.len() };
            let count = most.min(self.coming.len()).min(buffer.len());
            if count > 0 {
                buffer.iter_mut().zip(self.coming.drain(..count)).for_each(|(place, byte)| *place = byte);
                return Ok(count);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(0);
            }
            std::thread::sleep(left.min(Duration::from_millis(5)));
        }
    }
}
