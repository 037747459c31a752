//! What a second window shares with every other: where it goes, and that it ends with the first.

use slint::ComponentHandle;
use slint::winit_030::WinitWindowAccessor;
use slint::winit_030::winit::window::{Fullscreen, Window as WinitWindow};

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
}

/// Shows a window beside the first one, where it belongs. A display that is not there is said in the log, with the names of
/// those that are; the window then opens as an ordinary one.
///
/// # Errors
/// When nothing can be drawn.
pub(super) fn show<W: ComponentHandle + 'static>(
    window: &W,
    place: Place,
) -> Result<(), slint::PlatformError> {
    window.show()?;
    let Place::Display(name) = place else { return Ok(()) };
    let weak = window.as_weak();
    // The desktop's window exists only once the event loop runs.
    let placed = slint::spawn_local(async move {
        let Some(window) = weak.upgrade() else { return };
        if let Ok(desktop) = window.window().winit_window().await {
            fill(&desktop, &name);
        }
    });
    placed.map(drop).map_err(|error| slint::PlatformError::Other(error.to_string()))
}

fn fill(window: &WinitWindow, name: &str) {
    let displays: Vec<_> = window.available_monitors().collect();
    let found =
        displays.iter().find(|display| display.name().is_some_and(|has| has.eq_ignore_ascii_case(name)));
    if let Some(display) = found {
        window.set_fullscreen(Some(Fullscreen::Borderless(Some(display.clone()))));
    } else {
        let there: Vec<String> = displays.iter().filter_map(|display| display.name()).collect();
        tracing::warn!(name, ?there, "there is no display of this name: the window opens as an ordinary one");
    }
}
