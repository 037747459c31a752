//! A window beside the first, through its life: where it goes, what becomes of it when its display is gone, and that it is opened and
//! closed while the till works. It never keeps the till from working, and it ends with the first window.
//!
//! ```text
//!            open                    its display is gone
//!   CLOSED ───────▶ OPEN ─────────────────────────────────▶ AWAY      a named display that is not there yet is AWAY from
//!      ▲             │ ▲            it is there again         │       the start; whoever cannot wait opens it as a window
//!      └── close ────┘ └──────────────────────────────────────┘
//! ```

use super::generated::{App, Shell};
use slint::winit_030::WinitWindowAccessor;
use slint::winit_030::winit::window::{Fullscreen, Window as WinitWindow};
use slint::{CloseRequestResponse, ComponentHandle, PlatformError, Timer};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// Where a window goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// An ordinary window, put wherever the desktop likes.
    #[default]
    Window,
    /// All of the display of this name, as X11 or Wayland calls it: `HDMI-1`.
    Display(String),
}

impl Place {
    /// What a configuration says: `window`, or the name of a display.
    pub fn of(word: &str) -> Self {
        if word == "window" { Self::Window } else { Self::Display(word.to_owned()) }
    }

    /// Whether it fills a display.
    pub const fn fills(&self) -> bool {
        matches!(self, Self::Display(_))
    }

    /// The display it fills.
    pub fn display(&self) -> Option<&str> {
        match self {
            Self::Window => None,
            Self::Display(name) => Some(name),
        }
    }
}

/// How a window stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nobody wants it.
    Closed,
    /// It is shown.
    Open,
    /// It is wanted, and its display is not there.
    Away,
}

/// Where it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seat {
    Nowhere,
    Window,
    Display,
}

/// A new window may take the keyboard; a scanner that types would then be heard by nobody. So long after it has opened, the till has it back.
const FOCUS_BACK: Duration = Duration::from_millis(500);

/// A window beside the till's.
pub(super) struct Second<W: ComponentHandle + 'static> {
    window: W,
    place: Place,
    till: slint::Weak<App>,
    wanted: Rc<Cell<bool>>,
    seat: Cell<Seat>,
}

impl<W: ComponentHandle + 'static> Second<W> {
    /// A window that was made and is not shown yet. Whoever closes it by its frame is heard too.
    pub(super) fn new(window: W, place: Place, till: &slint::Weak<App>) -> Self {
        let wanted = Rc::new(Cell::new(false));
        let (closed, told) = (Rc::clone(&wanted), till.clone());
        window.window().on_close_requested(move || {
            closed.set(false);
            // The till shows it after this has returned: the window itself is still being asked.
            let told = told.clone();
            Timer::single_shot(Duration::ZERO, move || wake(&told));
            CloseRequestResponse::HideWindow
        });
        Self { window, place, till: till.clone(), wanted, seat: Cell::new(Seat::Nowhere) }
    }

    pub(super) const fn window(&self) -> &W {
        &self.window
    }

    pub(super) const fn place(&self) -> &Place {
        &self.place
    }

    pub(super) fn standing(&self) -> Standing {
        match (self.wanted.get(), self.seat.get()) {
            (false, _) => Standing::Closed,
            (true, Seat::Nowhere) => Standing::Away,
            (true, Seat::Window | Seat::Display) => Standing::Open,
        }
    }

    /// Shows it where it belongs. One that fills a display waits for [`Self::displays_are`]: which there are is known only once
    /// the event loop runs.
    ///
    /// # Errors
    /// When nothing can be drawn.
    pub(super) fn open(&self) -> Result<(), PlatformError> {
        self.wanted.set(true);
        self.seat.set(Seat::Nowhere);
        match self.place {
            Place::Window => self.sit(Seat::Window),
            Place::Display(_) => Ok(()),
        }
    }

    /// A touch on its card: it opens, it closes, or it stops waiting for its display.
    ///
    /// # Errors
    /// When nothing can be drawn.
    pub(super) fn touched(&self) -> Result<(), PlatformError> {
        match self.standing() {
            Standing::Closed => self.open(),
            Standing::Away => self.sit(Seat::Window),
            Standing::Open => {
                self.wanted.set(false);
                self.leave();
                Ok(())
            }
        }
    }

    /// What displays there are now: a window whose own is gone is put away, because the desktop would lay it over the till, and is
    /// shown again when that is back. Whether anything changed.
    ///
    /// # Errors
    /// When nothing can be drawn.
    pub(super) fn displays_are(&self, there: &[String]) -> Result<bool, PlatformError> {
        let Place::Display(name) = &self.place else { return Ok(false) };
        let is_there = there.iter().any(|display| display.eq_ignore_ascii_case(name));
        match (self.wanted.get(), is_there, self.seat.get()) {
            (true, true, Seat::Nowhere | Seat::Window) => self.sit(Seat::Display).map(|()| true),
            (true, false, Seat::Display) => {
                tracing::warn!(
                    name,
                    ?there,
                    "the display of a window is gone: it is shown again when that is back"
                );
                self.leave();
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn sit(&self, seat: Seat) -> Result<(), PlatformError> {
        self.window.show()?;
        self.seat.set(seat);
        if let (Seat::Display, Place::Display(name)) = (seat, &self.place) {
            self.fill(name.clone());
        }
        let till = self.till.clone();
        Timer::single_shot(FOCUS_BACK, move || {
            if let Some(till) = till.upgrade() {
                till.window().with_winit_window(WinitWindow::focus_window);
            }
        });
        Ok(())
    }

    fn leave(&self) {
        self.seat.set(Seat::Nowhere);
        if let Err(error) = self.window.hide() {
            tracing::warn!(%error, "a window beside the till could not be put away");
        }
    }

    /// The desktop's window exists only a turn later.
    fn fill(&self, name: String) {
        let weak = self.window.as_weak();
        let placed = slint::spawn_local(async move {
            let Some(window) = weak.upgrade() else { return };
            if let Ok(desktop) = window.window().winit_window().await {
                let mut displays = desktop.available_monitors();
                let display =
                    displays.find(|one| one.name().is_some_and(|has| has.eq_ignore_ascii_case(&name)));
                desktop.set_fullscreen(Some(Fullscreen::Borderless(display)));
            }
        });
        if let Err(error) = placed {
            tracing::debug!(%error, "there is no event loop to place a window with");
        }
    }
}

/// The names of the displays there are; nothing where nobody can say.
pub(super) fn displays(till: &App) -> Option<Vec<String>> {
    till.window().with_winit_window(|window| {
        window.available_monitors().filter_map(|display| display.name()).collect()
    })
}

/// The till takes what has happened, as if the terminal had spoken.
pub(super) fn wake(till: &slint::Weak<App>) {
    if let Some(till) = till.upgrade() {
        till.global::<Shell>().invoke_wake();
    }
}
