//! What every source must keep: a simulated camera, folders, films, pictures and streams over real sockets.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tameio_drivers::camera::address::Mode;
use tameio_drivers::camera::capture::Capture;
use tameio_drivers::camera::http::Serving;
use tameio_drivers::camera::http::auth::Algorithm;
use tameio_drivers::camera::http::lock::{Lock, Scheme};
use tameio_drivers::camera::sim::Scene;
use tameio_drivers::camera::sim::server::{Dialect, serve_pictures};
use tameio_drivers::camera::{Address, Counts, Format, Frame, Live, Place, SimCamera};
use tameio_drivers::supervisor::Found;
use tameio_drivers::wire::Fault;

use super::{SMALL, jpeg};

/// Long enough for a busy machine: a picture that comes ends the wait.
const SOON: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sim,
    SimPlaying,
    Snapshot(Door),
    Stream(Dialect),
    Folder,
    Coming,
    Mjpeg,
    Y4m,
    Picture,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    Open,
    Basic,
    Md5,
    Sha256,
    /// A challenge is good for two requests.
    RunsOut,
}

const fn stream(dashes_announced: bool, bare: bool, without_length: bool, chunked: bool) -> Kind {
    Kind::Stream(Dialect { dashes_announced, bare, without_length, chunked })
}

const KINDS: [Kind; 18] = [
    Kind::Sim,
    Kind::SimPlaying,
    Kind::Snapshot(Door::Open),
    Kind::Snapshot(Door::Basic),
    Kind::Snapshot(Door::Md5),
    Kind::Snapshot(Door::Sha256),
    Kind::Snapshot(Door::RunsOut),
    stream(false, false, false, false),
    stream(true, false, false, false),
    stream(false, true, false, false),
    stream(false, false, true, false),
    stream(true, false, true, true),
    stream(false, false, false, true),
    Kind::Folder,
    Kind::Coming,
    Kind::Mjpeg,
    Kind::Y4m,
    Kind::Picture,
];

impl Kind {
    /// Those with a simulated camera behind them.
    const fn is_simulated(self) -> bool {
        matches!(self, Self::Sim | Self::SimPlaying | Self::Snapshot(_) | Self::Stream(_))
    }
}

/// A source, and what stands behind it.
struct Bench {
    kind: Kind,
    capture: Capture,
    sim: SimCamera,
    folder: tempfile::TempDir,
    _serving: Option<Serving>,
}

impl Bench {
    fn new(kind: Kind) -> Self {
        Self::with(kind, |_| {})
    }

    fn with(kind: Kind, change: impl FnOnce(&mut Scene)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sim = match kind {
            Kind::SimPlaying => {
                fill(folder.path(), 3);
                SimCamera::playing(folder.path())
            }
            _ => SimCamera::default(),
        };
        sim.change(change);
        let mut serving = None;
        let mode = Mode { size: SMALL, fps: Some(30.0), ..Mode::default() };
        let mut served = |path: &str, door, dialect| {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let at = listener.local_addr().unwrap();
            serving = Some(serve_pictures(listener, sim.clone(), mode, dialect, lock(door)).unwrap());
            format!("http://gate:open%20sesame@{at}{path}#fps=30")
        };
        let path = folder.path().display();
        let address = match kind {
            Kind::Sim => format!("sim:?size={SMALL}&fps=30"),
            Kind::SimPlaying => format!("sim:{path}?size={SMALL}&fps=30"),
            Kind::Snapshot(door) => served("/snapshot.jpg", door, Dialect::default()),
            Kind::Stream(dialect) => served("/stream.mjpg", Door::Open, dialect),
            Kind::Folder => {
                fill(folder.path(), 3);
                format!("folder:{path}?cycle=yes&fps=30")
            }
            Kind::Coming => format!("folder:{path}"),
            Kind::Mjpeg => format!("file:{}?fps=30", film(folder.path()).display()),
            Kind::Y4m => format!("file:{}?fps=30", y4m(folder.path()).display()),
            Kind::Picture => {
                fill(folder.path(), 1);
                format!("file:{path}/0.jpg?fps=30")
            }
        };
        let mut address: Address = address.parse().unwrap_or_else(|fault| panic!("{address}: {fault}"));
        if let Place::Sim(place) = &mut address.place {
            *place = sim.clone();
        }
        let source = address.open(&Found::default()).unwrap_or_else(|fault| panic!("{kind:?}: {fault}"));
        let capture = Capture::of(source, Live::default()).unwrap();
        Self { kind, capture, sim, folder, _serving: serving }
    }

    /// Puts a picture into the folder that pictures come into.
    fn come(&self, name: &str) {
        if self.kind == Kind::Coming {
            fs::write(self.folder.path().join(name), jpeg()).unwrap();
        }
    }

    fn frame(&self) -> Frame {
        let frame = self.capture.newest(SOON).unwrap_or_else(|fault| panic!("{:?}: {fault}", self.kind));
        frame.unwrap_or_else(|| panic!("{:?} shows nothing: {:?}", self.kind, self.counts()))
    }

    fn counts(&self) -> Counts {
        self.capture.counts()
    }

    fn until(&self, what: &str, wanted: impl Fn(&Counts) -> bool) {
        let deadline = Instant::now() + SOON;
        while !wanted(&self.counts()) {
            assert!(Instant::now() < deadline, "{:?}: not {what}: {:?}", self.kind, self.counts());
            let _ = self.capture.newest(Duration::from_millis(20));
        }
    }
}

fn lock(door: Door) -> Option<Lock> {
    let (scheme, good_for) = match door {
        Door::Open => return None,
        Door::Basic => (Scheme::Basic, u32::MAX),
        Door::Md5 => (Scheme::Digest(Algorithm::Md5), u32::MAX),
        Door::Sha256 => (Scheme::Digest(Algorithm::Sha256), u32::MAX),
        Door::RunsOut => (Scheme::Digest(Algorithm::Md5), 2),
    };
    Some(Lock::new("gate", "open sesame", scheme, good_for))
}

fn fill(folder: &Path, pictures: usize) {
    let sim = SimCamera::default();
    (0..pictures).for_each(|at| fs::write(folder.join(format!("{at}.jpg")), sim.picture(SMALL)).unwrap());
}

fn film(folder: &Path) -> PathBuf {
    let sim = SimCamera::default();
    let film: Vec<u8> = (0..4).flat_map(|_| sim.picture(SMALL)).collect();
    let path = folder.join("day.mjpeg");
    fs::write(&path, film).unwrap();
    path
}

fn y4m(folder: &Path) -> PathBuf {
    let mut film =
        format!("YUV4MPEG2 W{} H{} F30000:1001 Ip C420jpeg\n", SMALL.width, SMALL.height).into_bytes();
    for shade in [30, 120, 200] {
        film.extend(b"FRAME\n");
        film.extend(vec![shade; Format::I420.bytes(SMALL).unwrap()]);
    }
    let path = folder.join("day.y4m");
    fs::write(&path, film).unwrap();
    path
}

/// Every kind, all at once: most of the time they wait.
fn everywhere(kinds: impl Iterator<Item = Kind>, check: impl Fn(Kind) + Sync) {
    let check = &check;
    std::thread::scope(|scope| {
        for kind in kinds {
            let named = std::thread::Builder::new().name(format!("{kind:?}"));
            named.spawn_scoped(scope, move || check(kind)).unwrap();
        }
    });
}

fn simulated() -> impl Iterator<Item = Kind> {
    KINDS.into_iter().filter(|kind| kind.is_simulated())
}

#[test]
fn pictures_come_whole_and_in_order() {
    everywhere(KINDS.into_iter(), |kind| {
        let bench = Bench::new(kind);
        let mut last = 0;
        for at in 0..4 {
            bench.come(&format!("come{at}.jpg"));
            let frame = bench.frame();
            assert_eq!(frame.size(), SMALL, "{kind:?}");
            assert!(frame.sequence() > last && frame.is_live(), "{kind:?}: {frame:?} after {last}");
            last = frame.sequence();
            if frame.format() == Format::Jpeg {
                assert!(frame.bytes().starts_with(&[0xFF, 0xD8]) && frame.bytes().ends_with(&[0xFF, 0xD9]));
            }
            let (luma, rgb) = (frame.luma().unwrap(), frame.rgb().unwrap());
            assert_eq!((luma.points.len(), rgb.points.len()), (160 * 120, 160 * 120 * 3), "{kind:?}");
        }
        assert_eq!(bench.counts().broken, 0, "{kind:?}: {:?}", bench.capture.last_broken());
    });
}

/// Check 14 of the peers' mistakes: what is kept of a picture ends at its end mark, though an older one lies behind it.
#[test]
fn nothing_of_an_older_picture_is_handed_on() {
    everywhere(
        [Kind::Sim, Kind::Snapshot(Door::Open), stream(false, false, false, false)].into_iter(),
        |kind| {
            let bench = Bench::with(kind, |scene| scene.tail = true);
            for _ in 0..3 {
                let frame = bench.frame();
                let mut again = frame.bytes().to_vec();
                again.extend([0; 40]);
                let proven = super::prove(&again).unwrap();
                assert_eq!(proven.bytes(), frame.bytes(), "{kind:?}: it is one picture and nothing else");
                let length = frame.bytes().len();
                let ends: Vec<_> =
                    (1..length).filter(|at| frame.bytes()[at - 1..=*at] == [0xFF, 0xD9]).collect();
                assert_eq!(ends, [length - 1], "{kind:?}");
            }
            assert_eq!(bench.counts().broken, 0, "{kind:?}: {:?}", bench.capture.last_broken());
        },
    );
}

/// A picture that breaks off is dropped and counted, also where the end of an older one makes it look finished.
#[test]
fn half_a_picture_is_counted_and_not_handed_on() {
    for tail in [false, true] {
        everywhere(simulated().filter(|kind| !tail || *kind == Kind::Sim), |kind| {
            let bench = Bench::with(kind, |scene| (scene.cut, scene.tail) = (true, tail));
            bench.until("three broken ones", |counts| counts.broken >= 3);
            // What is left over is left over of a whole one.
            assert_eq!(bench.counts().whole, u64::from(tail), "{kind:?}");
            // And it goes on as if nothing had been.
            bench.sim.change(|scene| (scene.cut, scene.tail) = (false, false));
            bench.frame();
        });
    }
}

#[test]
fn what_the_driver_marks_as_damaged_is_counted_and_not_handed_on() {
    let bench = Bench::with(Kind::Sim, |scene| scene.corrupt = true);
    bench.until("three broken ones", |counts| counts.broken >= 3);
    assert_eq!(bench.counts().whole, 0);
    bench.sim.change(|scene| scene.corrupt = false);
    // The damaged ones have left a gap.
    assert!(bench.frame().sequence() > 3);
}

#[test]
fn a_wait_has_an_end_when_nothing_comes() {
    everywhere(simulated().chain([Kind::Coming]), |kind| {
        let bench = Bench::new(kind);
        bench.come("first.jpg");
        bench.frame();
        bench.sim.change(|scene| scene.frozen = true);
        bench.until("silent", |_| {
            let begun = Instant::now();
            let nothing = bench.capture.newest(Duration::from_millis(300));
            assert!(begun.elapsed() < Duration::from_millis(1500), "{kind:?}: {:?}", begun.elapsed());
            nothing == Ok(None)
        });
    });
}

#[test]
fn a_pulled_cable_is_seen_at_once() {
    everywhere(simulated(), |kind| {
        let bench = Bench::new(kind);
        bench.frame();
        bench.sim.change(|scene| scene.unplugged = true);
        let begun = Instant::now();
        let fault = loop {
            match bench.capture.newest(Duration::from_millis(100)) {
                Ok(_) => assert!(begun.elapsed() < Duration::from_secs(2), "{kind:?}"),
                Err(fault) => break fault,
            }
        };
        assert_eq!(fault, Fault::Gone, "{kind:?}");
    });
}

#[test]
fn a_folder_that_goes_is_gone() {
    for kind in [Kind::Folder, Kind::Coming] {
        let bench = Bench::new(kind);
        bench.come("a.jpg");
        bench.frame();
        fs::remove_dir_all(bench.folder.path()).unwrap();
        let begun = Instant::now();
        while bench.capture.newest(Duration::from_millis(100)).is_ok() {
            assert!(begun.elapsed() < Duration::from_secs(2), "{kind:?}");
        }
    }
}

/// Whoever puts a picture there writes it piece by piece.
#[test]
fn a_picture_that_is_being_written_is_waited_for() {
    let bench = Bench::new(Kind::Coming);
    let (path, whole) = (bench.folder.path().join("slow.jpg"), jpeg());
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(bench.capture.newest(Duration::from_millis(300)), Ok(None));
    fs::write(&path, &whole).unwrap();
    assert_eq!(bench.frame().bytes(), whole);
    assert_eq!(bench.counts().broken, 0);
}

/// A reader that is slow misses pictures; it never gets old ones.
#[test]
fn a_slow_reader_gets_the_newest_picture() {
    let bench = Bench::new(Kind::Sim);
    let first = bench.frame();
    std::thread::sleep(Duration::from_millis(500));
    let second = bench.frame();
    assert!(second.sequence() > first.sequence() + 3, "{first:?}, {second:?}");
    assert!(second.at().elapsed() < Duration::from_millis(400));
    let counts = bench.counts();
    assert!(counts.overtaken >= 3 && counts.broken == 0, "{counts:?}");
}

#[test]
fn a_film_with_a_broken_picture_shows_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let sim = SimCamera::default();
    let (first, second) = (sim.picture(SMALL), sim.picture(SMALL));
    let mut film = first.clone();
    film.extend(&second[..second.len() / 2]);
    film.extend(&second);
    film.extend(b"no picture at all");
    film.extend(&first);
    let path = folder.path().join("film.mjpg");
    fs::write(&path, film).unwrap();
    let address: Address = format!("file:{}?fps=100", path.display()).parse().unwrap();
    let capture = Capture::of(address.open(&Found::default()).unwrap(), Live::default()).unwrap();
    for _ in 0..8 {
        let frame = capture.newest(SOON).unwrap().unwrap();
        assert!(frame.bytes() == first || frame.bytes() == second);
    }
    assert!(capture.counts().broken > 0);
}

#[test]
fn what_is_no_film_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, says) in [
        ("text.mjpeg", "hello", "neither a JPEG"),
        ("empty.mjpeg", "", "neither a JPEG"),
        ("wrong.y4m", "YUV4MPEG2 W0 H5 F1:1\n", "its size"),
        ("wide.y4m", "YUV4MPEG2 W99999999 H99999999 F1:1\n", "its size"),
        ("rate.y4m", "YUV4MPEG2 W4 H4 F1:0\n", "a second"),
        ("deep.y4m", "YUV4MPEG2 W4 H4 F1:1 C444p16\n", "its colours"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let address: Address = format!("file:{}", path.display()).parse().unwrap();
        let Err(fault) = address.open(&Found::default()) else { panic!("{name} is played") };
        assert!(fault.to_string().contains(says), "{name}: {fault}");
    }
    let nowhere: Address = "file:/nowhere/day.mjpeg".parse().unwrap();
    assert_eq!(nowhere.open(&Found::default()).err(), Some(Fault::Missing));
}

/// Built in or not, it says what to do where there is none.
#[test]
fn a_camera_of_the_operating_system_that_is_not_there_says_so() {
    let address: Address = "nokhwa:77".parse().unwrap();
    let fault = address.open(&Found::default()).err().unwrap().to_string();
    let says = if cfg!(feature = "nokhwa") { "cannot be reached" } else { "with the feature nokhwa" };
    assert!(fault.contains(says), "{fault}");
}
