//! Nothing is drawn while nothing changes. The windows of this test count what is drawn into them: a platform of its own, on a
//! thread of its own.

use crate::stage::{open_site, wash};
use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{Platform, WindowAdapter, update_timers_and_animations};
use slint::{PhysicalSize, PlatformError, Rgb8Pixel};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tameio::app::engine::Snapshot;
use tameio::app::input::{ChooseService, Input, OpenVisit};
use tameio::domain::bay::Place;
use tameio::domain::catalogue::Size;
use tameio::domain::operator::OperatorId;
use tameio::simulate::site::Site;
use tameio::view::desk::{Mailbox, News};
use tameio::view::{Beside, Window};

const SIZE: PhysicalSize = PhysicalSize::new(640, 360);

#[derive(Default)]
struct Counting {
    windows: RefCell<Vec<Rc<MinimalSoftwareWindow>>>,
    now: Cell<Duration>,
}

struct Shared(Rc<Counting>);

impl Platform for Shared {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
        self.0.windows.borrow_mut().push(Rc::clone(&window));
        Ok(window)
    }

    fn duration_since_start(&self) -> Duration {
        self.0.now.get()
    }
}

impl Counting {
    /// Frames drawn into the newest window while so many seconds pass, one after another.
    fn frames(&self, seconds: u32) -> usize {
        let window = self.windows.borrow().last().cloned().expect("the board on the wall");
        let mut pixels = vec![Rgb8Pixel::default(); 640 * 360];
        let mut draw = || {
            update_timers_and_animations();
            window.draw_if_needed(|renderer| {
                renderer.render(&mut pixels, 640);
            })
        };
        let mut frames = usize::from(draw());
        for _ in 0..seconds {
            self.now.set(self.now.get() + Duration::from_secs(1));
            frames += usize::from(draw());
        }
        frames
    }
}

fn say(site: &Site, mailbox: &Mailbox, window: &Window) {
    let snapshot = Snapshot { state: site.state().clone(), at: site.now() };
    mailbox.post(News::World(Arc::new(snapshot)));
    window.hear();
}

fn idle_wall() {
    let counting = Rc::new(Counting::default());
    slint::platform::set_platform(Box::new(Shared(Rc::clone(&counting)))).expect("this thread has none");
    let folder = tempfile::tempdir().expect("a folder");
    let settings = wash();
    let mut site = open_site(&settings, folder.path());
    let operator = OperatorId("A".to_owned());
    site.act(Input::OpenVisit(OpenVisit::new("ΙΗΖ-4821", Size::Small, operator.clone()))).expect("it opens");
    let visit = *site.state().visits.keys().next().expect("a visit");
    let (package, extras) = ("FULL".to_owned(), Vec::new());
    site.act(Input::ChooseService(ChooseService { visit, size: Size::Small, package, extras }))
        .expect("chosen");

    let (window, mailbox) = Window::new(&settings, false).expect("a window");
    window.set_beside(Beside::usual(&settings));
    window.open_wall();
    counting.windows.borrow().last().expect("the board").set_size(SIZE);
    say(&site, &mailbox, &window);
    assert!(counting.frames(3) > 0, "it is drawn at all");

    assert_eq!(counting.frames(30), 0, "nobody said anything");
    for _ in 0..5 {
        say(&site, &mailbox, &window);
        assert_eq!(counting.frames(4), 0, "the terminal said the same again");
    }
    site.act(Input::Place { visit, place: Place::Bay { bay: 2 }, operator }).expect("it moves");
    say(&site, &mailbox, &window);
    assert!(counting.frames(1) > 0, "something happened");
    assert_eq!(counting.frames(30), 0);
    site.pass(60).expect("a minute");
    say(&site, &mailbox, &window);
    assert!(counting.frames(1) > 0, "a minute is over");
    assert_eq!(counting.frames(20), 0);
}

#[test]
fn nothing_is_drawn_while_nothing_changes() {
    std::thread::spawn(idle_wall).join().expect("the wall rests");
}
