//! A scanner that is a keyboard: taken for this program alone, whatever layout is set, found again, read on every node.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tameio_drivers::supervisor::{Class, Places, UsbDevice};

use super::far::Inside;
use super::gadget::{Function, Gadget};
use super::measure::{BACK_MAX, SCAN_MAX, allowed, kept};
use super::watched::scanner;
use super::{Check, Outcome};

pub(crate) const CHECKS: &[Check] = &[
    ("a keyboard scanner is pulled out and put back", pulled),
    ("a keyboard scanner's codes are told at once, and whole at any speed", speeds),
    ("nobody else gets a key of a keyboard scanner, and a Greek layout does no harm", taken),
    ("a keyboard scanner of two nodes is read on both, before and after a pulled cable", two_nodes),
];

/// A keyboard as its boot protocol describes it: modifiers, a reserved byte, six keys.
const KEYBOARD: &[u8] = &[
    0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01, 0x75,
    0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x03, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00,
    0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xC0,
];

pub(crate) const FUNCTION: Function = Function::Hid { descriptor: KEYBOARD, length: 8 };
pub(crate) const NUMBERS: (u16, u16) = (0x05E0, 0x1200);
pub(crate) const ADDRESS: &str = "evdev:05e0:1200";

const ENTER: u8 = 0x28;

/// Such a scanner, plugged in.
pub(crate) fn plugged() -> io::Result<Gadget> {
    let mut gadget = Gadget::new(NUMBERS, "Symbol Bar Code Scanner", Some("K1"), &[FUNCTION])?;
    gadget.plug()?;
    Ok(gadget)
}

/// Types a code and Enter, key by key, and says when the last key had gone.
pub(crate) fn type_code(inside: &mut Inside, code: &str, between: Duration) -> io::Result<Instant> {
    for key in code.bytes().map(Some).chain([None]) {
        let (modifier, usage) = match key {
            Some(letter @ b'a'..=b'z') => (0, letter - b'a' + 4),
            Some(letter @ b'A'..=b'Z') => (2, letter - b'A' + 4),
            Some(b'0') => (0, 0x27),
            Some(digit @ b'1'..=b'9') => (0, digit - b'1' + 0x1E),
            Some(b'-') => (0, 0x2D),
            Some(_) => return Err(io::Error::other("this scanner has no such key")),
            None => (0, ENTER),
        };
        inside.send(&[modifier, 0, usage, 0, 0, 0, 0, 0])?;
        std::thread::sleep(between);
        if key.is_some() {
            inside.send(&[0; 8])?;
        }
    }
    let last = Instant::now();
    inside.send(&[0; 8])?;
    Ok(last)
}

fn pulled() -> Outcome {
    let mut gadget = plugged()?;
    let watched = scanner("keyboard", ADDRESS)?;
    let scan = |gadget: &Gadget| {
        watched.ready()?;
        type_code(&mut Inside::open(&gadget.node(0)?)?, "T-0001", Duration::ZERO)?;
        Ok(watched.heard(allowed(SCAN_MAX), |scan| scan.text == "T-0001")?.at)
    };
    scan(&gadget)?;
    watched.pulled_and_put_back(&mut gadget, scan)
}

fn speeds() -> Outcome {
    let gadget = plugged()?;
    let watched = scanner("keyboard", ADDRESS)?;
    watched.ready()?;
    let mut inside = Inside::open(&gadget.node(0)?)?;
    let (mut slowest, mut lost) = (Duration::ZERO, 0);
    for (number, between) in [0, 0, 0, 0, 5, 20, 60, 120].into_iter().enumerate() {
        let code = format!("PLAte-{number}00");
        let typed = type_code(&mut inside, &code, Duration::from_millis(between))?;
        match watched.heard(allowed(SCAN_MAX), |_| true) {
            Ok(told) if told.what.text == code => {
                slowest = slowest.max(told.at.saturating_duration_since(typed));
            }
            Ok(told) => {
                return Err(format!("{code} at {between} ms a key was read as {:?}", told.what.text).into());
            }
            // A key a millisecond is faster than any scanner: when this machine is held up, the kernel's buffer runs over.
            // Then the code is none, and whoever holds the scanner hears no beep.
            Err(_) if between == 0 => {
                lost += 1;
                std::thread::sleep(Duration::from_secs(1));
            }
            Err(error) => return Err(error),
        }
    }
    let slowest = kept("last key to notice, at most", slowest, SCAN_MAX)?;
    if lost > 2 {
        Err(format!("{lost} of 8 codes were lost").into())
    } else {
        Ok(format!("{slowest}, {lost} lost"))
    }
}

/// Reads what others would get: the event node, and the console, which is a desktop's place in this machine.
struct Others {
    event: Inside,
    console: Inside,
}

impl Others {
    fn open() -> Result<Self, Box<dyn std::error::Error>> {
        let event = nodes().into_iter().next().ok_or("the keyboard has no node")?;
        Ok(Self { event: Inside::open(&event)?, console: Inside::open(Path::new("/dev/tty1"))? })
    }

    /// Bytes of events, and what the console was typed.
    fn got(&mut self) -> io::Result<(usize, String)> {
        std::thread::sleep(Duration::from_millis(100));
        let (mut events, mut typed, mut buffer) = (0, Vec::new(), [0; 4096]);
        while let count @ 1.. = self.event.receive(&mut buffer)? {
            events += count;
        }
        while let count @ 1.. = self.console.receive(&mut buffer)? {
            typed.extend_from_slice(&buffer[..count]);
        }
        Ok((events, String::from_utf8_lossy(&typed).into_owned()))
    }
}

fn taken() -> Outcome {
    set_greek_layout()?;
    let gadget = plugged()?;
    let mut inside = Inside::open(&gadget.node(0)?)?;
    let mut others = wait_for(Others::open)?;
    type_code(&mut inside, "abc-1", Duration::ZERO)?;
    let (events, typed) = others.got()?;
    if events == 0 || typed.trim() != "αβψ-1" {
        return Err(format!("before it is taken, others got {events} bytes and {typed:?}").into());
    }
    let watched = scanner("keyboard", ADDRESS)?;
    watched.ready()?;
    type_code(&mut inside, "abc-2", Duration::ZERO)?;
    let told = watched.heard(allowed(SCAN_MAX), |_| true)?;
    let (events, leaked) = others.got()?;
    if told.what.text != "abc-2" || events > 0 || !leaked.is_empty() {
        return Err(format!(
            "read was {:?}; others got {events} bytes of events and {leaked:?}",
            told.what.text
        )
        .into());
    }
    drop(watched);
    type_code(&mut inside, "abc-3", Duration::ZERO)?;
    let (_, typed) = others.got()?;
    match typed.trim() {
        "αβψ-3" => Ok("others got αβψ before and after, and nothing meanwhile".to_owned()),
        _ => Err(format!("given back, others got {typed:?}").into()),
    }
}

/// The scanner's event nodes.
fn nodes() -> Vec<PathBuf> {
    let found = Places::default().devices(Class::Input).into_iter();
    let ours = |usb: &UsbDevice| (usb.vendor, usb.product) == NUMBERS;
    found.filter(|found| found.usb.as_ref().is_some_and(ours)).flat_map(|found| found.nodes).collect()
}

fn wait_for<T>(
    mut there: impl FnMut() -> Result<T, Box<dyn std::error::Error>>,
) -> Result<T, Box<dyn std::error::Error>> {
    let deadline = Instant::now() + allowed(BACK_MAX);
    loop {
        match there() {
            Err(_) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(20)),
            other => return other,
        }
    }
}

/// Where the letters of the Greek layout stand, by the kernel's number of the key.
const GREEK: [(usize, char); 3] = [(30, 'α'), (48, 'β'), (46, 'ψ')];

/// The console's layout, changed where the letters stand that are typed here.
fn set_greek_layout() -> Result<(), Box<dyn std::error::Error>> {
    let dumped = Command::new("dumpkmap").stdout(Stdio::piped()).output()?;
    let mut map = dumped.stdout;
    for (key, letter) in GREEK {
        // Behind the name and a byte for each of 256 tables comes the first table: a word for each key. A letter that is
        // not Latin is turned so that it is no number of a function.
        let at = b"bkeymap".len() + 256 + 2 * key;
        let word = (u32::from(letter) as u16) ^ 0xF000;
        map.get_mut(at..at + 2).ok_or("the console has no layout")?.copy_from_slice(&word.to_le_bytes());
    }
    let mut load = Command::new("loadkmap").stdin(Stdio::piped()).spawn()?;
    io::Write::write_all(&mut load.stdin.take().ok_or("no way in")?, &map)?;
    if load.wait()?.success() { Ok(()) } else { Err("the layout was not taken".into()) }
}

fn two_nodes() -> Outcome {
    let mut gadget = Gadget::new(NUMBERS, "Symbol Bar Code Scanner", None, &[FUNCTION, FUNCTION])?;
    gadget.plug()?;
    let watched = scanner("keyboard", ADDRESS)?;
    let scan_on_both = |gadget: &Gadget| {
        let insides = [gadget.node(0)?, gadget.node(1)?];
        let mut last = Instant::now();
        for (node, code) in insides.iter().zip(["FIRST-1", "SECOND-2"]) {
            last = wait_for(|| {
                // The kernel makes one node after the other, and the scanner is opened anew when the second one comes.
                type_code(&mut Inside::open(node)?, code, Duration::ZERO)?;
                Ok(watched.heard(Duration::from_millis(300), |scan| scan.text == code)?.at)
            })?;
        }
        Ok(last)
    };
    scan_on_both(&gadget)?;
    watched.pulled_and_put_back(&mut gadget, scan_on_both)
}
