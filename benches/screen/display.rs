//! A display without a monitor, with its window manager, a finger, and an eye that sees every change at once: Xvfb, and a
//! client of it that grants every window the whole screen, touches by XTEST and is told of changed points by DAMAGE.

use super::area::{Area, Spot};
use super::{HEIGHT, WIDTH};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ChangeWindowAttributesAux, ConfigureWindowAux,
    ConnectionExt as _, EventMask, ImageFormat, MOTION_NOTIFY_EVENT, Rectangle,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// A finger, as X has it.
const FINGER: u8 = 1;
/// Whatever is waited for longer than this does not come.
const PATIENCE: Duration = Duration::from_secs(60);

/// Points that were drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    /// When this was told of.
    pub(crate) at: Instant,
    pub(crate) area: Area,
}

/// The display, until it is dropped.
pub(crate) struct Display {
    server: Child,
    /// What `DISPLAY` has to be.
    pub(crate) name: String,
    conn: RustConnection,
    root: u32,
    changes: Receiver<Change>,
}

impl Display {
    /// Starts one; nothing where there is no Xvfb.
    pub(crate) fn open() -> Option<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-screen", "0", &format!("{WIDTH}x{HEIGHT}x24"), "-nolisten", "tcp", "-displayfd", "1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut number = String::new();
        let said = server.stdout.take().map(BufReader::new);
        said.expect("its output is ours").read_line(&mut number).expect("it says its number");
        let name = format!(":{}", number.trim());
        let (conn, screen) = RustConnection::connect(Some(&name)).expect("the display answers");
        let root = conn.setup().roots[screen].root;
        conn.xtest_get_version(2, 2).expect("it takes it").reply().expect("the display has XTEST");
        let (watcher, _) = RustConnection::connect(Some(&name)).expect("the display answers");
        let (tell, changes) = mpsc::channel();
        begin_watching(&watcher, root);
        std::thread::spawn(move || watch(&watcher, &tell));
        Some(Self { server, name, conn, root, changes })
    }

    /// A finger lands; when it began to.
    pub(crate) fn press(&self, spot: Spot) -> Instant {
        let began = Instant::now();
        self.finger(MOTION_NOTIFY_EVENT, 0, spot);
        self.finger(BUTTON_PRESS_EVENT, FINGER, spot);
        self.conn.flush().expect("the display is there");
        began
    }

    /// It is taken away.
    pub(crate) fn release(&self, spot: Spot) {
        self.finger(BUTTON_RELEASE_EVENT, FINGER, spot);
        self.conn.flush().expect("the display is there");
    }

    fn finger(&self, event: u8, detail: u8, Spot { x, y }: Spot) {
        let [x, y] = [x, y].map(|at| i16::try_from(at).expect("on the glass"));
        let sent = self.conn.xtest_fake_input(event, detail, 0, self.root, x, y, 0);
        sent.expect("the display is there");
    }

    /// What stands there now, four bytes a point.
    pub(crate) fn picture(&self, area: Area) -> Vec<u8> {
        let [left, top] = [area.left, area.top].map(|at| i16::try_from(at).expect("on the glass"));
        let [width, height] = [area.right - area.left, area.bottom - area.top]
            .map(|size| u16::try_from(size).expect("on the glass"));
        let asked = self.conn.get_image(ImageFormat::Z_PIXMAP, self.root, left, top, width, height, u32::MAX);
        asked.expect("the display is there").reply().expect("the display has a picture").data
    }

    /// Forgets the changes so far.
    pub(crate) fn forget(&self) {
        while self.changes.try_recv().is_ok() {}
    }

    /// Waits for a change that shows this; when it was.
    pub(crate) fn until(&self, what: &str, mut shows: impl FnMut(&Change) -> bool) -> Instant {
        let given_up = Instant::now() + PATIENCE;
        loop {
            let left = given_up.saturating_duration_since(Instant::now());
            match self.changes.recv_timeout(left) {
                Ok(change) if shows(&change) => return change.at,
                Ok(_) => {}
                Err(_) => panic!("{what} has not come to be seen"),
            }
        }
    }

    /// Waits until this part looks otherwise than it did; when it was.
    pub(crate) fn until_changed(&self, what: &str, area: Area, before: &[u8]) -> Instant {
        self.until(what, |change| change.area.meets(area) && self.picture(area) != before)
    }

    /// All changes of so long.
    pub(crate) fn changes_of(&self, time: Duration) -> Vec<Change> {
        self.forget();
        std::thread::sleep(time);
        self.changes.try_iter().collect()
    }

    /// Writes down what stands there now, to be looked at.
    pub(crate) fn keep_picture(&self, path: &Path) {
        let points = self.picture(Area::WHOLE);
        let colours: Vec<u8> =
            points.chunks_exact(4).flat_map(|point| [point[2], point[1], point[0]]).collect();
        let file = std::fs::File::create(path).expect("the folder of the benches can be written");
        let (width, height) = (WIDTH.try_into().expect("small"), HEIGHT.try_into().expect("small"));
        let mut encoder = png::Encoder::new(file, width, height);
        encoder.set_color(png::ColorType::Rgb);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&colours));
        written.expect("the picture is written");
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Every window asks this client for its place from now on, and every point drawn is told.
fn begin_watching(conn: &RustConnection, root: u32) {
    let manager = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
    let wanted = ChangeWindowAttributesAux::new().event_mask(manager);
    let asked = conn.change_window_attributes(root, &wanted).expect("the display is there");
    asked.check().expect("there is no other window manager");
    conn.damage_query_version(1, 1).expect("it takes it").reply().expect("the display has DAMAGE");
    let damage = conn.generate_id().expect("an id");
    let asked = conn.damage_create(damage, root, ReportLevel::RAW_RECTANGLES).expect("the display is there");
    asked.check().expect("changes are told");
}

/// Gives windows the whole screen and tells of changes, until the display ends.
fn watch(conn: &RustConnection, tell: &Sender<Change>) {
    while let Ok(event) = conn.wait_for_event() {
        match event {
            Event::DamageNotify(damage) => {
                let change = Change { at: Instant::now(), area: area(damage.area) };
                if tell.send(change).is_err() {
                    return;
                }
            }
            Event::MapRequest(request) => {
                give_whole_screen(conn, request.window);
                let _ = conn.map_window(request.window);
            }
            Event::ConfigureRequest(request) => give_whole_screen(conn, request.window),
            _ => {}
        }
        let _ = conn.flush();
    }
}

fn give_whole_screen(conn: &RustConnection, window: u32) {
    let [width, height] = [WIDTH, HEIGHT].map(|size| u32::try_from(size).expect("small"));
    let whole = ConfigureWindowAux::new().x(0).y(0).width(width).height(height).border_width(0);
    let _ = conn.configure_window(window, &whole);
}

fn area(of: Rectangle) -> Area {
    let [left, top] = [of.x, of.y].map(|at| usize::try_from(at.max(0)).unwrap_or_default());
    Area { left, top, right: left + usize::from(of.width), bottom: top + usize::from(of.height) }
}
