//! The real window in memory, drawn by the renderer it has on a real display: how long that takes, and where on it the
//! things stand that are touched from outside. They are found by touching all over it, so that a page may be laid out
//! anew without a word here.

use super::area::{Area, Spot};
use super::{HEIGHT, WIDTH};
use crate::figure::{self, Samples};
use crate::past;
use slint::platform::software_renderer::{MinimalSoftwareWindow, PremultipliedRgbaColor, RepaintBufferType};
use slint::platform::{Platform, PointerEventButton, WindowAdapter, WindowEvent};
use slint::{ComponentHandle, LogicalPosition, PhysicalSize, PlatformError};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tameio::app::engine::{Screen, Snapshot};
use tameio::app::input::{DeviceInput, Input, Stamped};
use tameio::app::terminal::Terminal;
use tameio::domain::device::Condition;
use tameio::domain::text::Text;
use tameio::domain::time::Stamp;
use tameio::store::Store;
use tameio::view::Window;
use tameio::view::desk::Mailbox;
use tameio::view::generated::{App, Lane, PadMode, Page, Sheet, Shell};

/// Redraws of the whole window.
const REDRAWS: usize = 300;
/// The longest one may take, at the median.
const REDRAW_MAX: Duration = Duration::from_millis(4);
/// Vehicles inside while it is drawn: more than the list shows at once.
const INSIDE: u32 = 12;
/// Vehicles on the board of a wash at its busiest.
const ON_BOARD: u32 = 200;
/// So far apart lie the points that are tried: nothing that is touched is smaller.
const STEP: usize = 24;

/// How long the lane and a full board take to be drawn anew, all of it.
pub(super) fn redraw() {
    drawn_anew(&format!("the lane with {INSIDE} vehicles"), &Glass::new(INSIDE, &[]));
    let board = Glass::new(ON_BOARD, &[]);
    board.go(Page::Board);
    drawn_anew(&format!("the board with {ON_BOARD} vehicles"), &board);
}

fn drawn_anew(page: &str, glass: &Glass) {
    let mut samples = Samples::default();
    (0..REDRAWS / 10).for_each(|_| glass.draw());
    (0..REDRAWS).for_each(|_| samples.take(|| glass.draw()));
    let what = format!("screen: {page} drawn anew at {WIDTH}×{HEIGHT}, at the median");
    figure::within(&what, samples.median(), REDRAW_MAX);
    figure::note("drawn anew", format_args!("{:.2?} p99", samples.p99()));
}

/// What is touched and looked at from outside.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    /// The key of a letter.
    pub(crate) letter: Spot,
    /// The key that takes one back.
    pub(crate) erase: Spot,
    /// What changes between nothing typed and one letter.
    pub(crate) plate: Area,
    /// The clock of the strip.
    pub(crate) clock: Area,
    /// From the lane to the devices.
    pub(crate) devices: Spot,
    /// From the devices to the camera.
    pub(crate) camera: Spot,
}

impl Places {
    /// Finds them on the screen of a wash with these devices, by what configurations call them; a camera is among them.
    pub(crate) fn of(devices: &[(&str, &str)]) -> Self {
        let (typing, glass) = (Glass::new(0, devices), Glass::new(0, devices));
        let typed = |glass: &Glass| glass.lane(|lane| lane.get_plate().text.to_string());
        let letter = typing.spot("a letter", |glass| glass.lane_anew(""), |glass| typed(glass) == LETTER);
        let two = format!("{LETTER}{LETTER}");
        let erase = typing.spot("taking back", |glass| glass.lane_anew(&two), |glass| typed(glass) == LETTER);
        let page = |glass: &Glass| glass.app().global::<Shell>().get_page();
        let to_devices = |glass: &Glass| glass.go(Page::Devices);
        Self {
            letter,
            erase,
            plate: glass.changed_by(|| glass.lane_anew(""), || glass.lane_anew(LETTER)),
            clock: glass.changed_by(|| glass.at("08:00"), || glass.at("19:59")).grown(4),
            devices: typing.spot(
                "the devices",
                |glass| glass.lane_anew(""),
                |glass| page(glass) == Page::Devices,
            ),
            camera: typing.spot("the camera", to_devices, |glass| {
                let shown = glass.app().global::<tameio::view::generated::Devices>();
                page(glass) == Page::Device && shown.get_device().id.starts_with("camera")
            }),
        }
    }
}

/// Alpha, as on Greek plates.
const LETTER: &str = "Α";

type Picture = Vec<PremultipliedRgbaColor>;

/// The window.
struct Glass {
    window: Window,
    mailbox: Mailbox,
    world: Snapshot,
    adapter: Rc<MinimalSoftwareWindow>,
    picture: RefCell<Picture>,
}

impl Glass {
    fn new(inside: u32, devices: &[(&str, &str)]) -> Self {
        on_this_thread();
        let (window, mailbox) = Window::new(&past::settings(), false).expect("a window in memory");
        let size = PhysicalSize::new(WIDTH.try_into().expect("small"), HEIGHT.try_into().expect("small"));
        window.app().window().set_size(size);
        window.app().show().expect("it is shown in memory");
        let adapter = ADAPTER.take().expect("the window has been made");
        let picture = RefCell::new(vec![PremultipliedRgbaColor::default(); WIDTH * HEIGHT]);
        let glass = Self { window, mailbox, world: world(inside, devices), adapter, picture };
        glass.at("08:00");
        glass
    }

    fn app(&self) -> &App {
        self.window.app()
    }

    fn lane<T>(&self, act: impl FnOnce(&Lane<'_>) -> T) -> T {
        act(&self.app().global::<Lane>())
    }

    /// Draws all of it.
    fn draw(&self) {
        slint::platform::update_timers_and_animations();
        self.app().window().request_redraw();
        let drawn = self.adapter.draw_if_needed(|renderer| {
            renderer.render(self.picture.borrow_mut().as_mut_slice(), WIDTH);
        });
        assert!(drawn, "it was asked to");
    }

    /// The world as it is at this time of the day.
    fn at(&self, clock: &str) {
        let at = format!("2026-03-14T{clock}:00+02:00").parse().expect("an instant");
        self.mailbox.show(Arc::new(Snapshot { state: self.world.state.clone(), at: Stamp::new(at) }));
        self.window.hear();
    }

    fn go(&self, page: Page) {
        let shell = self.app().global::<Shell>();
        shell.set_sheet(Sheet::None);
        shell.invoke_go(page);
    }

    /// The lane with so much typed.
    fn lane_anew(&self, typed: &str) {
        self.go(Page::Lane);
        self.lane(|lane| {
            if lane.get_mode() != PadMode::Greek {
                lane.invoke_choose_mode(PadMode::Greek);
            }
            lane.invoke_clear();
            typed.chars().for_each(|letter| lane.invoke_key(letter.to_string().into()));
        });
    }

    fn tap(&self, Spot { x, y }: Spot) {
        let position = LogicalPosition::new(x as f32, y as f32);
        let button = PointerEventButton::Left;
        let window = self.app().window();
        for event in [
            WindowEvent::PointerMoved { position },
            WindowEvent::PointerPressed { position, button },
            WindowEvent::PointerReleased { position, button },
            WindowEvent::PointerExited,
        ] {
            window.dispatch_event(event);
        }
        slint::platform::update_timers_and_animations();
    }

    /// The middle of what does this when it is touched.
    fn spot(&self, what: &str, ready: impl Fn(&Self), done: impl Fn(&Self) -> bool) -> Spot {
        let does = |x: usize, y: usize| {
            ready(self);
            self.draw();
            self.tap(Spot { x, y });
            done(self)
        };
        let rows = (STEP..HEIGHT).step_by(STEP);
        let mut all = rows.flat_map(|y| (STEP..WIDTH).step_by(STEP).map(move |x| (x, y)));
        let (x, y) = all.find(|(x, y)| does(*x, *y)).unwrap_or_else(|| panic!("{what} is on no page"));
        let right = (x..WIDTH).step_by(4).take_while(|x| does(*x, y)).last().unwrap_or(x);
        let bottom = (y..HEIGHT).step_by(4).take_while(|y| does(x, *y)).last().unwrap_or(y);
        Spot { x: x.midpoint(right), y: y.midpoint(bottom) }
    }

    /// What looks otherwise after this than before it.
    fn changed_by(&self, before: impl FnOnce(), after: impl FnOnce()) -> Area {
        before();
        self.draw();
        let old = self.picture.borrow().clone();
        after();
        self.draw();
        let new = self.picture.borrow();
        let differ = |at: &usize| {
            let [old, new] = [&old[*at], &new[*at]].map(|point| (point.red, point.green, point.blue));
            old != new
        };
        let points = (0..WIDTH * HEIGHT).filter(differ).map(|at| Spot { x: at % WIDTH, y: at / WIDTH });
        Area::around(points).expect("something changed")
    }
}

/// A wash with vehicles inside and devices that are well.
fn world(inside: u32, devices: &[(&str, &str)]) -> Snapshot {
    let (settings, folder) = (past::settings(), tempfile::tempdir().expect("a folder"));
    let operator = settings.operators.first().expect("somebody works here").id.clone();
    let store = Store::open(folder.path(), &settings.terminal).expect("a new database");
    let mut terminal = Terminal::new(settings, store).expect("an empty database");
    let mut chance = 0;
    let mut happen = |input| {
        chance += 1;
        terminal.step(&Stamped { at: past::present(), chance, input }).expect("the disk takes it");
    };
    (0..inside).for_each(|n| happen(past::open(past::plate(n), &operator)));
    for (device, address) in devices {
        let device: tameio::domain::device::DeviceId = device.parse().expect("a device");
        let address = Text::new(address);
        happen(Input::Device(DeviceInput::Attached { device: device.clone(), address }));
        happen(Input::Device(DeviceInput::Seen { device, condition: Condition::Ready }));
    }
    Snapshot { state: terminal.state().clone(), at: past::present() }
}

thread_local! {
    /// What the last window draws itself with.
    static ADAPTER: RefCell<Option<Rc<MinimalSoftwareWindow>>> = const { RefCell::new(None) };
    static PLATFORM: () = {
        slint::platform::set_platform(Box::new(InMemory)).expect("the first platform of this thread");
    };
}

/// Windows without a display.
struct InMemory;

impl Platform for InMemory {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        // Nothing is left of the frame before: all of it is drawn.
        let adapter = MinimalSoftwareWindow::new(RepaintBufferType::NewBuffer);
        ADAPTER.set(Some(Rc::clone(&adapter)));
        Ok(adapter)
    }
}

fn on_this_thread() {
    PLATFORM.with(|()| ());
}
