//! A till nobody has touched for a while waits for a PIN.

use super::controller::Controller;
use super::wire::Shared;
use slint::{Timer, TimerMode};
use std::rc::{Rc, Weak};
use std::time::Duration;

/// Begins anew with every touch.
pub(super) struct Idle {
    timer: Timer,
    after: Option<Duration>,
    controller: Weak<std::cell::RefCell<Controller>>,
}

impl Idle {
    /// The watch of a window; without a limit it never ends.
    pub(super) fn of(shared: &Shared) -> Self {
        let seconds = shared.borrow().settings.lock_after_s;
        let after = (seconds > 0).then(|| Duration::from_secs(seconds.into()));
        let idle = Self { timer: Timer::default(), after, controller: Rc::downgrade(shared) };
        idle.touched();
        idle
    }

    /// Somebody is there.
    pub(super) fn touched(&self) {
        let Some(after) = self.after else { return };
        let controller = Weak::clone(&self.controller);
        self.timer.start(TimerMode::SingleShot, after, move || {
            if let Some(controller) = controller.upgrade() {
                controller.borrow_mut().touched(Controller::lock_till);
            }
        });
    }
}
