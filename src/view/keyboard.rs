//! A real keyboard, or a scanner that acts as one: keys are held back until their speed says which.

use super::wire::Shared;
use crate::app::clock::Stopwatch;
use slint::{Timer, TimerMode};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use tameio_drivers::scanner::wedge::{Heard, Wedge};

/// The keyboard of a window.
pub(super) struct Keyboard {
    shared: Shared,
    wedge: RefCell<Wedge>,
    since: Stopwatch,
    timer: Timer,
}

impl Keyboard {
    pub(super) fn of(shared: &Shared) -> Rc<Self> {
        Rc::new(Self {
            shared: Rc::clone(shared),
            wedge: RefCell::default(),
            since: Stopwatch::start(),
            timer: Timer::default(),
        })
    }

    /// A key went down. Every key that says something is taken: no field of the window has the keyboard's focus. The
    /// others (Shift, arrows) pass by.
    pub(super) fn pressed(self: &Rc<Self>, text: &str) -> bool {
        let Some(key) = text.chars().next().filter(|key| says_something(*key)) else { return false };
        let heard =
            if is_editing(key) { self.edited(key) } else { self.wedge.borrow_mut().key(text, self.now_ms()) };
        self.act_on(heard);
        self.wake_when_due();
        true
    }

    /// What was held is typing after all, and the editing key comes after it.
    fn edited(&self, key: char) -> Heard {
        match self.wedge.borrow_mut().flush(u64::MAX) {
            Heard::Typed(text) => Heard::Typed(format!("{text}{key}")),
            Heard::Pending => Heard::Typed(key.to_string()),
            scan @ Heard::Scanned(_) => scan,
        }
    }

    fn act_on(&self, heard: Heard) {
        match heard {
            Heard::Pending => {}
            Heard::Typed(text) => self.shared.borrow_mut().touched(|controller| controller.typed(&text)),
            Heard::Scanned(scan) => {
                self.shared.borrow_mut().touched(|controller| controller.scanned(None, &scan.text))
            }
        }
    }

    /// Keys that are held back are decided about when no other comes in time.
    fn wake_when_due(self: &Rc<Self>) {
        let Some(due) = self.wedge.borrow().due_ms() else { return self.timer.stop() };
        let wait = Duration::from_millis(due.saturating_sub(self.now_ms()));
        let keyboard = Rc::downgrade(self);
        self.timer.start(TimerMode::SingleShot, wait, move || {
            let Some(keyboard) = keyboard.upgrade() else { return };
            let heard = keyboard.wedge.borrow_mut().flush(keyboard.now_ms());
            keyboard.act_on(heard);
            keyboard.wake_when_due();
        });
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Shift, arrows and their like arrive as control or private characters.
fn says_something(key: char) -> bool {
    let private = matches!(key, '\u{e000}'..='\u{f8ff}');
    is_editing(key) || matches!(key, '\n' | '\r' | '\t') || !(key.is_control() || private)
}

/// Backspace, Delete and Escape never come from a scanner.
const fn is_editing(key: char) -> bool {
    matches!(key, '\u{8}' | '\u{7f}' | '\u{1b}')
}
