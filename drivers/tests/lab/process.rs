//! A program that is killed leaves nothing behind: the next one has its devices at once.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tameio_drivers::printer::{self, JobOutcome, Printer, Sheet, encode};
use tameio_drivers::wire::Fault;

use super::far::{Inside, Served, sim_printer};
use super::measure::{BACK_MAX, allowed, kept};
use super::watched::scanner;
use super::{Check, Outcome, keyboard, lines};

pub(crate) const CHECKS: &[Check] = &[
    ("a device another program has is told as busy, and used when that one is killed", busy),
    ("after a kill the keyboard and the line are used at once", killed),
    ("after a kill in the middle of a paper the printer is used at once", killed_while_printing),
];

/// The devices of a killed process must be free for the next one in that time.
const AT_ONCE: Duration = Duration::from_secs(1);
/// The user that is nobody in particular.
const NOBODY: u32 = 65534;

/// This program in another role. Dropping it kills it, as a power cut would.
pub(crate) struct Second {
    child: Child,
    lines: Receiver<String>,
}

impl Second {
    /// Starts it, as root or as nobody.
    pub(crate) fn start(role: &[&str], as_root: bool) -> Result<Self, Box<dyn Error>> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(role).stdout(Stdio::piped());
        if !as_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let mut child = command.spawn()?;
        let out = child.stdout.take().ok_or("its lines cannot be read")?;
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, lines })
    }

    /// Waits for a line.
    pub(crate) fn until(
        &self,
        wanted: impl Fn(&str) -> bool,
        max: Duration,
    ) -> Result<String, Box<dyn Error>> {
        let (deadline, mut said) = (Instant::now() + max, Vec::new());
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) if wanted(&line) => return Ok(line),
                Ok(line) => said.push(line),
                Err(_) => return Err(format!("the second process only said {said:?}").into()),
            }
        }
    }

    /// Everything it says to its end.
    pub(crate) fn all(mut self, max: Duration) -> Result<Vec<String>, Box<dyn Error>> {
        let (deadline, mut said) = (Instant::now() + max, Vec::new());
        while let Ok(line) = self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            said.push(line);
        }
        self.child.kill()?;
        Ok(said)
    }
}

impl Drop for Second {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn busy() -> Outcome {
    let (_keyboard, _line) = (keyboard::plugged()?, lines::plugged()?);
    let second = holder()?;
    let keys = scanner("keyboard", keyboard::ADDRESS)?;
    let line = scanner("line", lines::ADDRESS)?;
    keys.faulted("busy", |fault| *fault == Fault::Busy)?;
    line.faulted("busy", |fault| *fault == Fault::Busy)?;
    drop(second);
    let killed = Instant::now();
    let last = keys.ready()?.max(line.ready()?);
    kept("with no hand at it, in use", last.saturating_duration_since(killed), BACK_MAX)
}

/// A process that has both scanners.
fn holder() -> Result<Second, Box<dyn Error>> {
    let second = Second::start(&["watch", keyboard::ADDRESS, lines::ADDRESS], true)?;
    for _ in [keyboard::ADDRESS, lines::ADDRESS] {
        second.until(|line| line.contains("Ready"), allowed(BACK_MAX))?;
    }
    Ok(second)
}

fn killed() -> Outcome {
    let (keyboard, line) = (keyboard::plugged()?, lines::plugged()?);
    let mut keys_inside = Inside::open(&keyboard.node(0)?)?;
    let mut line_inside = Inside::open(&line.node(0)?)?;
    drop(holder()?);
    let killed = Instant::now();
    let keys = scanner("keyboard", keyboard::ADDRESS)?;
    let line = scanner("line", lines::ADDRESS)?;
    let last = keys.ready()?.max(line.ready()?);
    keyboard::type_code(&mut keys_inside, "K-1", Duration::ZERO)?;
    line_inside.send(b"K-2\r")?;
    keys.heard(allowed(BACK_MAX), |scan| scan.text == "K-1")?;
    line.heard(allowed(BACK_MAX), |scan| scan.text == "K-2")?;
    kept("in use", last.saturating_duration_since(killed), AT_ONCE)
}

fn killed_while_printing() -> Outcome {
    let mut gadget = super::printer::plugged()?;
    super::printer::appeared()?;
    let sim = sim_printer("epson-80")?;
    sim.change(|control| control.bytes_per_second = Some(8000));
    let served = Served::printer(&gadget.node(0)?, &sim)?;
    let second = Second::start(&["print", super::printer::ADDRESS], true)?;
    second.until(|line| line == "printing", allowed(BACK_MAX))?;
    std::thread::sleep(Duration::from_millis(2000));
    let address: printer::Address = super::printer::ADDRESS.parse()?;
    if !matches!(printer::link::connector(&address)?.open(), Err(printer::Fault::Busy)) {
        return Err("the printer was not busy while the second process printed".into());
    }
    drop(second);
    let killed = Instant::now();
    drop(printer::link::connector(&address)?.open()?);
    let opened = killed.elapsed();
    // The dead one's last command is half, and nobody is left who knows: whoever looks switches the printer off and on.
    drop(served);
    gadget.unplug()?;
    gadget.plug()?;
    let sim = sim_printer("epson-80")?;
    let _served = Served::printer(&gadget.node(0)?, &sim)?;
    super::printer::appeared()?;
    let mut printer = printer::open("lab", &address)?;
    let mut sheet = Sheet::new();
    sheet.line("after the kill").cut();
    let job = encode(&sheet, printer.profile())?;
    match printer.print(&job) {
        JobOutcome::Confirmed => kept("opened", opened, AT_ONCE),
        other => Err(format!("the next paper ended as {other:?}").into()),
    }
}
