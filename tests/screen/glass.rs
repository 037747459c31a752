//! The window as a person has it: looked at, and touched through hit-testing.

use i_slint_backend_testing::{
    AccessibleRole, ElementHandle, ElementQuery, TestingBackend, TestingBackendOptions,
};
use slint::platform::{Key, PointerEventButton, WindowEvent};
use slint::{ComponentHandle, PhysicalSize, SharedPixelBuffer, SharedString};
use std::cell::Cell;
use std::time::Duration;
use tameio::domain::settings::Settings;
use tameio::view::Window;
use tameio::view::desk::Mailbox;
use tameio::view::generated::App;

/// The roles of what answers a finger.
const TOUCHED: [AccessibleRole; 4] =
    [AccessibleRole::Button, AccessibleRole::Tab, AccessibleRole::Checkbox, AccessibleRole::RadioButton];

/// The window, and how often it was touched.
pub(crate) struct Glass {
    pub(crate) window: Window,
    pub(crate) mailbox: Mailbox,
    taps: Cell<u32>,
}

impl Glass {
    /// The window of a shop, at a size, with nobody behind it yet.
    pub(crate) fn of(settings: &Settings, (width, height): (u32, u32)) -> Self {
        without_display();
        let (window, mailbox) = Window::new(settings, false).expect("a window without a display");
        let glass = Self { window, mailbox, taps: Cell::new(0) };
        glass.app().window().set_size(PhysicalSize::new(width, height));
        glass.app().show().expect("the window is shown");
        glass.app().window().dispatch_event(WindowEvent::WindowActiveChanged(true));
        glass
    }

    /// The window becomes so large.
    pub(crate) fn resize(&self, (width, height): (u32, u32)) {
        self.app().window().set_size(PhysicalSize::new(width, height));
        self.settle();
    }

    pub(crate) fn app(&self) -> &App {
        self.window.app()
    }

    pub(crate) fn element(&self, id: &str) -> Option<ElementHandle> {
        let wanted = SharedString::from(id);
        ElementQuery::from_root(self.app())
            .match_predicate(move |element| element.accessible_id().as_ref() == Some(&wanted))
            .find_first()
    }

    /// The id of the first element whose id begins so.
    pub(crate) fn element_beginning(&self, start: &str) -> Option<String> {
        let start = start.to_owned();
        let found = ElementQuery::from_root(self.app())
            .match_predicate(move |element| {
                element.accessible_id().is_some_and(|id| id.starts_with(start.as_str()))
            })
            .find_first();
        found.and_then(|element| element.accessible_id()).map(|id| id.to_string())
    }

    /// What can be touched: enabled, with an id, its middle in sight. In the order of the tree.
    pub(crate) fn touchable(&self) -> Vec<ElementHandle> {
        let size = self.app().window().size();
        let (width, height) = (size.width as f32, size.height as f32);
        ElementQuery::from_root(self.app())
            .match_predicate(move |element| {
                let (at, size) = (element.absolute_position(), element.size());
                let middle = (at.x + size.width / 2.0, at.y + size.height / 2.0);
                element.accessible_role().is_some_and(|role| TOUCHED.contains(&role))
                    && element.accessible_enabled() != Some(false)
                    && element.accessible_id().is_some_and(|id| !id.is_empty())
                    && (0.0..width).contains(&middle.0)
                    && (0.0..height).contains(&middle.1)
            })
            .find_all()
    }

    /// Where controls stand that have no id: no program can name them.
    pub(crate) fn unnamed(&self) -> Vec<String> {
        let unnamed = ElementQuery::from_root(self.app()).match_predicate(|element| {
            element.accessible_role().is_some_and(|role| TOUCHED.contains(&role))
                && element.accessible_id().is_none_or(|id| id.is_empty())
        });
        let said = |element: &ElementHandle| {
            format!("{:?} at {:?}", element.accessible_label(), element.absolute_position())
        };
        unnamed.find_all().iter().map(said).collect()
    }

    /// Touches what has this id, where it lies on the screen: what is covered or dead is not touched.
    pub(crate) fn tap(&self, id: &str) {
        let element = self.element(id).unwrap_or_else(|| panic!("there is no {id} on the screen"));
        element.mock_single_click(PointerEventButton::Left);
        self.taps.set(self.taps.get() + 1);
        self.settle();
    }

    /// Touches several, one after another.
    pub(crate) fn tap_all(&self, ids: &[&str]) {
        ids.iter().for_each(|id| self.tap(id));
    }

    /// Types a plate on the pad. Keys are named by their Latin twins.
    pub(crate) fn type_plate(&self, plate: &str) {
        plate.chars().for_each(|key| self.tap(&format!("key-{key}")));
    }

    /// Taps since the last time this was asked.
    pub(crate) fn taps(&self) -> u32 {
        self.taps.replace(0)
    }

    /// What a text on the screen says.
    pub(crate) fn text(&self, id: &str) -> String {
        let element = self.element(id).unwrap_or_else(|| panic!("there is no {id} on the screen"));
        element.accessible_label().unwrap_or_default().to_string()
    }

    pub(crate) fn is_enabled(&self, id: &str) -> bool {
        self.element(id).is_some_and(|element| element.accessible_enabled() == Some(true))
    }

    /// Keys of a keyboard, or of a scanner: one burst, faster than any person.
    pub(crate) fn burst(&self, text: &str) {
        for key in text.chars() {
            let text = if key == '\n' {
                SharedString::from(char::from(Key::Return))
            } else {
                SharedString::from(key)
            };
            self.app().window().dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
            self.app().window().dispatch_event(WindowEvent::KeyReleased { text });
        }
        self.settle();
    }

    /// Nobody touches anything for so long.
    pub(crate) fn nobody_for(&self, seconds: u64) {
        i_slint_backend_testing::mock_elapsed_time(Duration::from_secs(seconds));
        self.settle();
    }

    /// What the screen shows now.
    pub(crate) fn picture(&self) -> SharedPixelBuffer<slint::Rgba8Pixel> {
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(500));
        self.app().window().take_snapshot().expect("the window is drawn")
    }

    /// What the terminal said is taken, and the window follows.
    pub(crate) fn settle(&self) {
        self.window.hear();
        i_slint_backend_testing::mock_elapsed_time(Duration::ZERO);
    }
}

thread_local! {
    static PLATFORM: () = {
        let options = TestingBackendOptions {
            mock_time: true,
            threading: false,
            renderer_name: Some("software".into()),
        };
        slint::platform::set_platform(Box::new(TestingBackend::new(options))).expect("the first platform of this thread");
    };
}

/// A platform that draws in memory, once per thread.
pub(crate) fn without_display() {
    PLATFORM.with(|()| ());
}
