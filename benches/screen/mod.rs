//! The screen, measured from outside: the released program in a window of a display that has no monitor, touched and
//! looked at as a person does, only that nothing escapes this one. How long it takes to draw is measured in memory.
//!
//! | file | what it holds |
//! |---|---|
//! | [`glass`] | the window in memory: a redraw, and where what is touched stands |
//! | [`display`] | Xvfb, a finger, and every changed point |
//! | [`terminal`] | the program, and what the kernel says of it |
//! | [`load`] | the outbox after an outage, and a report beside it |
//! | [`area`] | places on the glass |
//!
//! Needs Linux and Xvfb (Debian: `xvfb`); without it only the redraw is measured.

mod area;
mod display;
mod glass;
mod load;
mod terminal;

use crate::figure::{self, Samples};
use crate::past::{self, Past};
use crate::start::WAITING;
use area::Area;
use criterion::Criterion;
use display::{Change, Display};
use glass::Places;
use load::{Load, Report};
use std::fmt;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;
use terminal::Terminal;

/// A panel of a till.
const WIDTH: usize = 1280;
const HEIGHT: usize = 800;

/// Starts of each kind.
const STARTS: usize = 15;
/// From the start of the process to the first picture, on an empty database.
const START_MAX: Duration = Duration::from_millis(150);
/// The same with a long past on disk.
const START_ON_PAST_MAX: Duration = Duration::from_secs(1);
/// … and against an empty start, at the median.
const START_ON_PAST_TIMES: f64 = 1.5;
/// Touches of each kind.
const TOUCHES: u32 = 500;
/// From a touch to changed points, at the 99th of a hundred.
const TOUCH_MAX: Duration = Duration::from_millis(50);
/// How long a finger stays, and how long it is away at least.
const HELD: Duration = Duration::from_millis(40);
const AWAY: Duration = Duration::from_millis(70);
/// How long processor time is counted.
const WATCHED: Duration = Duration::from_secs(10);
/// Nobody looks while a terminal settles: its ballast is laid, its write-ahead log is moved.
const SETTLED: Duration = Duration::from_secs(4);
/// Per cent of a core of a screen that nobody touches.
const IDLE_MAX: f64 = 1.0;
/// … and of showing what a camera sees.
const CAMERA_MAX: f64 = 10.0;
/// Memory with the screen up, in MiB, and what a camera and the reading of plates may add.
const MEMORY_MAX: f64 = 80.0;
const CAMERA_MEMORY_MAX: f64 = 80.0;

/// A browser in kiosk mode that shows a till's page of plain HTML at this size: measured by hand on a virtual machine of two
/// cores, in November 2026, from its start to the first picture with everything in the disk's cache.
const BROWSER_START: Duration = Duration::from_millis(215);
/// Memory of its eight processes in MiB, and the same with shared pages counted once.
const BROWSER_RESIDENT: f64 = 786.0;
const BROWSER_OWN: f64 = 330.0;

/// Without a camera nothing moves by itself.
const STILL: [(&str, &str); 1] = [("printer", "sim:")];
/// With one that shows fifteen pictures a second, of which none are read.
const FILMED: [(&str, &str); 2] = [("printer", "sim:"), ("camera", "sim:?fps=15")];

pub(crate) fn bench(_: &mut Criterion) {
    figure::note("load of the machine before", LoadAverage);
    glass::redraw();
    let Some(display) = Display::open() else {
        return figure::note("screen", "the rest is skipped: there is no Xvfb here (Debian: xvfb)");
    };
    let places = Places::of(&FILMED);
    starts(&display, &places);
    still(&display, &places);
    filmed(&display, &places);
    practice(&display);
    loaded(&display, &places);
    on_long_past(&display, &places);
    figure::note("load of the machine after", LoadAverage);
}

/// First starts: an empty folder, and everything made that practice needs.
fn starts(display: &Display, places: &Places) {
    let (mut pictures, mut answers) = (Samples::default(), Samples::default());
    for _ in 0..STARTS {
        let folder = past::new_folder("screen-start");
        let terminal = Terminal::start(display, &folder, None);
        pictures.push(terminal.first_picture(display));
        // Usable: a finger that lands on that very picture is answered.
        answers.push(touch(display, places.letter, places.plate));
        end(display, terminal);
    }
    let median = pictures.median();
    figure::within(
        "screen: a first start of practice to its first picture, at the median",
        median,
        START_MAX,
    );
    figure::note("starts", format_args!("{:.2?} the longest of {STARTS}", pictures.p99()));
    figure::within("screen: … a touch on that picture is answered, the longest", answers.p99(), TOUCH_MAX);
    let times = figure::ratio(BROWSER_START, median);
    figure::note("a browser in kiosk mode", format_args!("{BROWSER_START:?}: {times:.1} × as long"));
}

/// A touch, from its beginning to the change it makes.
fn touch(display: &Display, spot: area::Spot, changes: Area) -> Duration {
    display.forget();
    let before = display.picture(changes);
    let began = display.press(spot);
    let seen = display.until_changed("what a touch changes", changes, &before);
    sleep(HELD);
    display.release(spot);
    seen.duration_since(began)
}

/// Letters typed and taken back, at a pace that keeps step with nothing.
fn touches(display: &Display, places: &Places) -> Samples {
    let mut samples = Samples::default();
    for n in 0..TOUCHES {
        sleep(AWAY + Duration::from_millis(u64::from(n * 37 % 50)));
        let key = if n % 2 == 0 { places.letter } else { places.erase };
        samples.push(touch(display, key, places.plate));
    }
    samples
}

fn report(what: &str, touched: &Samples) {
    figure::within(&format!("screen: touch to changed points{what}, p99"), touched.p99(), TOUCH_MAX);
    figure::note("touches", format_args!("{:.2?} at the median of {TOUCHES}", touched.median()));
}

/// Nothing moves by itself: touches, and nobody there.
fn still(display: &Display, places: &Places) {
    let folder = past::new_folder("screen-still");
    let config = terminal::config(&folder, &STILL, None);
    let terminal = Terminal::start(display, &folder, Some(&config));
    terminal.first_picture(display);
    sleep(SETTLED);
    let mut changes = Vec::new();
    let busy = terminal.busy_over(WATCHED, |time| changes = display.changes_of(time));
    let frames: Vec<&Change> = changes.iter().filter(|change| !places.clock.holds(change.area)).collect();
    let what =
        format!("screen: points drawn while nobody touches it for {WATCHED:?}, beside the clock's minute");
    figure::kept(&what, format_args!("{} times", frames.len()), format_args!("0 times"), frames.is_empty());
    per_cent("screen: processor while nobody touches it", busy, IDLE_MAX);
    let (resident, own) = (terminal.resident(), terminal.own());
    mebibytes("screen: memory with the screen up", resident, MEMORY_MAX);
    let times = (BROWSER_RESIDENT / resident, BROWSER_OWN / own);
    figure::note(
        "a browser in kiosk mode",
        format_args!(
            "{BROWSER_RESIDENT} MiB: {:.0} ×; shared pages counted once {BROWSER_OWN} against {own:.1} MiB: {:.0} ×",
            times.0, times.1
        ),
    );
    report("", &touches(display, places));
    keep_picture(display, "touched");
    figure::note("memory after the touches", format_args!("{:.1} MiB", terminal.resident()));
    end(display, terminal);
}

/// A camera's picture on the lane, and on a page of its own.
fn filmed(display: &Display, places: &Places) {
    let folder = past::new_folder("screen-filmed");
    let config = terminal::config(&folder, &FILMED, None);
    let terminal = Terminal::start(display, &folder, Some(&config));
    terminal.first_picture(display);
    sleep(SETTLED);
    film(display, &terminal, "on the lane");
    for spot in [places.devices, places.camera] {
        display.press(spot);
        sleep(HELD);
        display.release(spot);
        sleep(AWAY * 10);
    }
    film(display, &terminal, "on its own page");
    keep_picture(display, "filmed");
    end(display, terminal);
}

fn film(display: &Display, terminal: &Terminal, place: &str) {
    let mut changes = Vec::new();
    let busy = terminal.busy_over(WATCHED, |time| changes = display.changes_of(time));
    per_cent(&format!("screen: processor with a camera's picture {place}"), busy, CAMERA_MAX);
    let frames = frames(&changes) as f64 / WATCHED.as_secs_f64();
    figure::note("the camera shows 15 pictures a second", format_args!("{frames:.1} frames a second"));
}

/// Points drawn at the same time are one frame.
fn frames(changes: &[Change]) -> usize {
    let apart = Duration::from_millis(5);
    let starts = changes.windows(2).filter(|pair| pair[1].at.duration_since(pair[0].at) > apart);
    starts.count() + usize::from(!changes.is_empty())
}

/// Practice as it comes: with a camera whose plates are read.
fn practice(display: &Display) {
    let folder = past::new_folder("screen-practice");
    let terminal = Terminal::start(display, &folder, None);
    terminal.first_picture(display);
    // The first car has driven up and is read.
    sleep(SETTLED * 2);
    let busy = terminal.busy_over(WATCHED, sleep);
    mebibytes(
        "screen: memory with a camera whose plates are read",
        terminal.resident(),
        MEMORY_MAX + CAMERA_MEMORY_MAX,
    );
    figure::note("processor while plates are read", format_args!("{busy:.1} %"));
    keep_picture(display, "practice");
    end(display, terminal);
}

/// Touches while the outbox drains and the journal is checked.
fn loaded(display: &Display, places: &Places) {
    let load = Load::of(Past { visits: WAITING, waiting: WAITING }, &STILL);
    let terminal = Terminal::start(display, &load.folder, Some(&load.config));
    terminal.first_picture(display);
    let (before, report_beside) = (load.waiting(), Report::begin(&load));
    sleep(SETTLED);
    let mut touched = Samples::default();
    let busy = terminal.busy_over(WATCHED, |_| touched = touches(display, places));
    report(", the outbox draining and the journal being checked", &touched);
    let (after, checked) = (load.waiting(), report_beside.end());
    assert!(0 < after && after < before, "messages went out all the time: {after} of {before} wait");
    figure::note(
        "meanwhile",
        format_args!(
            "{} messages sent, the journal checked {checked} times, {busy:.0} % of a core",
            before - after
        ),
    );
    keep_picture(display, "loaded");
    end(display, terminal);
}

/// Starts and memory with a million visits on disk.
fn on_long_past(display: &Display, places: &Places) {
    let visits = past::many();
    let load = Load::of(Past { visits, waiting: WAITING }, &STILL);
    let (mut empties, mut fulls) = (Samples::default(), Samples::default());
    let empty = past::new_folder("screen-empty");
    let config = terminal::config(&empty, &STILL, None);
    // The very first start makes the tables.
    for (folder, config) in [(&empty, &config), (&load.folder, &load.config)] {
        let terminal = Terminal::start(display, folder, Some(config));
        terminal.first_picture(display);
        end(display, terminal);
    }
    for _ in 0..STARTS {
        for (samples, folder, config) in
            [(&mut empties, &empty, &config), (&mut fulls, &load.folder, &load.config)]
        {
            let terminal = Terminal::start(display, folder, Some(config));
            samples.push(terminal.first_picture(display));
            end(display, terminal);
        }
    }
    let (small, large) = (empties.median(), fulls.median());
    let past = format!("with {visits} visits and {WAITING} waiting");
    figure::within(&format!("screen: a start {past}, at the median"), large, START_ON_PAST_MAX);
    figure::at_most(
        "screen: … against a start on a database with nothing in it",
        figure::ratio(large, small),
        START_ON_PAST_TIMES,
    );
    figure::note("medians", format_args!("{small:.2?} empty, {large:.2?} full"));
    let terminal = Terminal::start(display, &load.folder, Some(&load.config));
    terminal.first_picture(display);
    sleep(SETTLED);
    let touched = touches(display, places);
    mebibytes(&format!("screen: memory {past}"), terminal.resident(), MEMORY_MAX);
    report(&format!(", {visits} visits on disk"), &touched);
    end(display, terminal);
}

/// Ends it, and waits until the display is empty again.
fn end(display: &Display, terminal: Terminal) {
    drop(terminal);
    sleep(AWAY * 3);
    display.forget();
}

/// What stood on the display, for whoever doubts a figure.
fn keep_picture(display: &Display, name: &str) {
    let path = past::new_folder(&format!("screen-{name}-seen")).join("screen.png");
    display.keep_picture(&path);
    figure::note("picture", Path::display(&path));
}

fn per_cent(what: &str, measured: f64, budget: f64) {
    figure::kept(
        what,
        format_args!("{measured:.1} % of a core"),
        format_args!("{budget} %"),
        measured <= budget,
    );
}

fn mebibytes(what: &str, measured: f64, budget: f64) {
    figure::kept(what, format_args!("{measured:.1} MiB"), format_args!("{budget} MiB"), measured <= budget);
}

/// How much else the machine does: tasks that wanted a processor in the last minute, five minutes, quarter of an hour.
struct LoadAverage;

impl fmt::Display for LoadAverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let averages: Vec<&str> = text.split(' ').take(3).collect();
        f.write_str(&averages.join(", "))
    }
}
