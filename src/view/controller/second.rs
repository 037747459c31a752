//! The windows beside the till: opened and closed from the page of devices, and moved as displays come and go.

use super::Controller;
use crate::config::wall::Wall;
use crate::domain::settings::Settings;
use crate::view::generated::SecondKind;
use crate::view::second::{Place, displays};
use crate::view::show::customer::CustomerView;
use crate::view::show::wall::WallView;
use slint::PlatformError;

/// What the configuration says of the windows beside the till.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Where the customer's window goes when somebody opens it.
    pub customer: Place,
    /// Seconds after which what a sale leaves there is gone.
    pub customer_clear_s: u32,
    /// Where the board on the wall goes when somebody opens it.
    pub wall_place: Place,
    /// What the board says, and how.
    pub wall: Wall,
    /// There is one window and no room for another: a screen without a desktop.
    pub one_only: bool,
}

impl Beside {
    /// As at a terminal whose configuration says nothing of them.
    pub fn usual(settings: &Settings) -> Self {
        Self {
            customer: Place::Window,
            customer_clear_s: 20,
            wall_place: Place::Window,
            wall: Wall::usual(settings),
            one_only: false,
        }
    }
}

impl Controller {
    /// A touch on the card of a window: it opens, it closes, or it stops waiting for its display.
    pub(in crate::view) fn touch_second(&mut self, kind: SecondKind) {
        if self.beside.one_only {
            return;
        }
        let touched = match (kind, &self.customer, &self.wall) {
            (SecondKind::Customer, Some(view), _) => view.second.touched(),
            (SecondKind::Customer, None, _) => self.open_customer(),
            (SecondKind::Wall, _, Some(view)) => view.second.touched(),
            (SecondKind::Wall, _, None) => self.open_wall(),
        };
        if let Err(error) = touched {
            self.no_second(&error);
        }
        self.look_at_displays();
    }

    /// Makes the window that faces the customer, and opens it.
    pub(in crate::view) fn open_customer(&mut self) -> Result<(), PlatformError> {
        let (place, clear_s) = (self.beside.customer.clone(), self.beside.customer_clear_s);
        let view = CustomerView::new(&self.settings, place, clear_s, &self.app)?;
        view.second.open()?;
        self.customer = Some(view);
        Ok(())
    }

    /// Makes the board on the wall, and opens it.
    pub(in crate::view) fn open_wall(&mut self) -> Result<(), PlatformError> {
        let (place, rules) = (self.beside.wall_place.clone(), self.beside.wall.clone());
        let view = WallView::new(&self.settings, place, rules, &self.app)?;
        view.second.open()?;
        self.wall = Some(view);
        Ok(())
    }

    /// The till works without them: what does not open is said, and nothing more.
    pub(in crate::view) fn no_second(&mut self, error: &PlatformError) {
        tracing::warn!(%error, "a window beside the till does not open");
        self.say_in(
            "Το δεύτερο παράθυρο δεν ανοίγει· το ταμείο συνεχίζει. Δοκίμασε ξανά από τις Συσκευές."
                .to_owned(),
            "The second window does not open; the till works on. Try again from Devices.".to_owned(),
        );
    }

    /// Looks which displays there are. Whether a window came or went for it.
    pub(in crate::view) fn look_at_displays(&mut self) -> bool {
        let there = self.app.upgrade().and_then(|app| displays(&app));
        there.is_some_and(|there| self.displays_are(&there))
    }

    /// These displays are there now: a window that fills another is put away until it is back. Whether one came or went.
    pub(in crate::view) fn displays_are(&mut self, there: &[String]) -> bool {
        let customer = self.customer.as_ref().map_or(Ok(false), |view| view.second.displays_are(there));
        let wall = self.wall.as_ref().map_or(Ok(false), |view| view.second.displays_are(there));
        let mut moved = |told: Result<bool, PlatformError>| match told {
            Ok(moved) => moved,
            Err(error) => {
                self.no_second(&error);
                false
            }
        };
        // Both of them, whatever became of the first.
        [customer, wall].map(&mut moved).contains(&true)
    }
}
