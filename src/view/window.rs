//! The window: made, connected to a terminal, and run until it is closed.

use super::controller::{Beside, Controller};
use super::desk::{Desk, EngineDesk, Mailbox};
use super::generated::{self, App, CustomerWindow, Shell, Theme, WallWindow};
use super::wire::{self, Shared};
use crate::app::engine::Handle;
use crate::config::Look;
use crate::device::Configured;
use crate::domain::settings::Settings;
use slint::{ComponentHandle, Timer, TimerMode};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// Whom the terminal talks to about the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistrySite {
    /// AADE itself.
    Production,
    /// AADE's test system.
    Test,
    /// The simulator.
    Simulated,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// No display, or the libraries a window needs are not there.
    #[error(
        "no window can be opened: start it under X11 or Wayland, with libx11-6, libx11-xcb1, libxcursor1, libxi6 and \
         libxkbcommon-x11-0 installed (Debian's names), or use `tameio simulate`, which needs no display"
    )]
    NoDisplay(#[source] slint::PlatformError),
    /// The window was lost while it ran.
    #[error("the window was lost; everything shown as done is stored, start the program again")]
    Lost(#[source] slint::PlatformError),
}

/// So often it is looked which displays there are; nothing is drawn for it.
const DISPLAYS_LOOK: Duration = Duration::from_secs(2);

/// The window of a terminal.
pub struct Window {
    app: App,
    shared: Shared,
    mailbox: Mailbox,
}

impl std::fmt::Debug for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Window").finish_non_exhaustive()
    }
}

impl Window {
    /// Makes the window, with the whole screen and no frame in a kiosk. The mailbox is where the terminal's news goes; it
    /// may be cloned and sent to any thread.
    ///
    /// # Errors
    /// When nothing can be drawn here; the sentence says what is missing.
    pub fn new(settings: &Settings, kiosk: bool) -> Result<(Self, Mailbox), ViewError> {
        let app = App::new().map_err(ViewError::NoDisplay)?;
        app.set_kiosk(kiosk);
        let mailbox = Mailbox::new(&app);
        let controller = Controller::new(settings.clone(), &app, mailbox.clone());
        let shared: Shared = Rc::new(RefCell::new(controller));
        wire::connect(&app, &shared);
        shared.borrow_mut().touched(|controller| controller.select_translation());
        Ok((Self { app, shared, mailbox: mailbox.clone() }, mailbox))
    }

    /// Whom the strip says we talk to; without this, the simulator in practice and AADE otherwise.
    pub fn set_site(&self, site: RegistrySite) {
        self.shared.borrow_mut().touched(|controller| controller.site = site);
    }

    /// What the configuration says of devices: what is chosen at the screen stands above it, until it is changed.
    pub fn set_devices(&self, configured: Configured) {
        self.shared.borrow_mut().touched(|controller| controller.configured = configured);
    }

    /// How it looks at start; a key of the rail changes it.
    pub fn choose_look(&self, look: Look) {
        self.app.global::<Theme>().invoke_choose(match look {
            Look::Day => generated::Look::Day,
            Look::Night => generated::Look::Night,
            Look::HighContrast => generated::Look::Contrast,
        });
    }

    /// Every component in every state lies over the first page, until it is closed.
    pub fn show_gallery(&self) {
        self.app.global::<Shell>().set_gallery(1);
    }

    /// How large its text is at start, in percent; a key of the rail changes it.
    pub fn choose_text(&self, percent: u16) {
        self.app.global::<Theme>().set_text_scale(f32::from(percent) / 100.0);
    }

    /// What the configuration says of the windows beside this one; nothing is opened by it.
    pub fn set_beside(&self, beside: Beside) {
        self.shared.borrow_mut().touched(|controller| controller.beside = beside);
    }

    /// Opens the window that faces the customer. One that does not open is said at the till, which works without it.
    pub fn open_customer(&self) {
        self.open(Controller::open_customer);
    }

    /// Opens the board on the wall. One that does not open is said at the till, which works without it.
    pub fn open_wall(&self) {
        self.open(Controller::open_wall);
    }

    fn open(&self, open: fn(&mut Controller) -> Result<(), slint::PlatformError>) {
        self.shared.borrow_mut().touched(|controller| {
            if let Err(error) = open(controller) {
                controller.no_second(&error);
            }
        });
    }

    /// These displays are there now. [`Window::run`] looks by itself; where there is no desktop, a test says it.
    pub fn displays_are(&self, there: &[String]) {
        self.shared.borrow_mut().touched(|controller| {
            controller.displays_are(there);
        });
    }

    /// The window that faces the customer, for whoever looks at it from outside.
    pub fn customer(&self) -> Option<CustomerWindow> {
        self.shared.borrow().customer.as_ref().map(|view| view.second.window().clone_strong())
    }

    /// The board on the wall, for whoever looks at it from outside.
    pub fn wall(&self) -> Option<WallWindow> {
        self.shared.borrow().wall.as_ref().map(|view| view.second.window().clone_strong())
    }

    /// Shows the window in front of a running engine, until it is closed.
    ///
    /// # Errors
    /// When the display goes away.
    pub fn run(self, handle: Handle) -> Result<(), ViewError> {
        let desk = EngineDesk::new(handle, self.mailbox.clone());
        self.serve(Box::new(desk));
        // Whatever else is open ends with the till.
        self.app.window().on_close_requested(|| {
            if let Err(error) = slint::quit_event_loop() {
                tracing::debug!(%error, "the screen has ended already");
            }
            slint::CloseRequestResponse::HideWindow
        });
        let displays = Timer::default();
        let shared = Rc::clone(&self.shared);
        displays.start(TimerMode::Repeated, DISPLAYS_LOOK, move || {
            let moved = shared.borrow_mut().look_at_displays();
            if moved {
                shared.borrow_mut().touched(|_| ());
            }
        });
        self.app.run().map_err(ViewError::Lost)
    }

    /// From now on touches go to this desk. [`Window::run`] does it for an engine; a test brings its own.
    pub fn serve(&self, desk: Box<dyn Desk>) {
        self.shared.borrow_mut().serve(desk);
        self.hear();
    }

    /// Takes what the terminal has said. The event loop does it by itself when woken; where there is none, a test does.
    pub fn hear(&self) {
        self.shared.borrow_mut().touched(Controller::hear);
    }

    /// The generated window, for whoever looks at it or touches it from outside.
    pub const fn app(&self) -> &App {
        &self.app
    }
}
