//! A receipt printer behind the kernel's `usblp`: printed once, found again, and no write that waits for ever.

use std::error::Error;
use std::io;
use std::time::{Duration, Instant};

use tameio_drivers::printer::{
    self, EscPosPrinter, Fault, Job, JobOutcome, PaperLevel, Printer, Sheet, SimPrinter, encode,
};

use super::far::{Served, sim_printer};
use super::gadget::{Function, Gadget};
use super::measure::{SEEN_MAX, kept};
use super::watched;
use super::{Check, Outcome};

pub(crate) const CHECKS: &[Check] = &[
    ("a receipt is printed and confirmed through usblp", receipt),
    ("a printer is pulled out and put back", pulled),
    ("a printer pulled out in the middle of a paper breaks it off, and prints the next", pulled_in_a_job),
    ("a printer that takes nothing more ends the job, not the program", stuck),
    ("an empty roll is told before a line is sent, and a new one prints", no_paper),
    ("the port of the printer says whether it is on", port),
];

pub(crate) const NUMBERS: (u16, u16) = (0x04B8, 0x0E15);
pub(crate) const ADDRESS: &str = "lp:TM-LAB?profile=epson-80";
const NAMED: &str = "MFG:EPSON;CMD:ESC/POS;MDL:TM-LAB;CLS:PRINTER;";
/// Blocks the gadget holds by itself: a paper for a stuck printer must be longer than these and one transfer.
const BUFFERS: u8 = 1;

/// A printer, plugged in.
pub(crate) fn plugged() -> io::Result<Gadget> {
    let function = Function::Printer { named: NAMED, buffers: BUFFERS };
    let mut gadget = Gadget::new(NUMBERS, "TM-LAB", Some("LP1"), &[function])?;
    gadget.plug()?;
    Ok(gadget)
}

fn present(name: &'static str) -> Result<watched::Watched<std::convert::Infallible>, Box<dyn Error>> {
    watched::printer(name, NUMBERS, ADDRESS)
}

/// The driver and the printer behind its plug.
fn pair(gadget: &Gadget) -> Result<(EscPosPrinter, SimPrinter, Served), Box<dyn Error>> {
    let sim = sim_printer("epson-80")?;
    let served = Served::printer(&gadget.node(0)?, &sim)?;
    present("printer")?.ready()?;
    Ok((printer::open("lab", &ADDRESS.parse()?)?, sim, served))
}

/// A paper of lines; drawn ones are three kilobytes each, for a cable to fill up with.
fn paper(printer: &EscPosPrinter, lines: usize, drawn: bool) -> Result<Job, Box<dyn Error>> {
    let mut profile = printer.profile().clone();
    if drawn {
        profile.pages.clear();
    }
    let mut sheet = Sheet::new();
    for line in 0..lines {
        sheet.line(&format!("{line:02} Εξωτερικό πλύσιμο"));
    }
    sheet.cut();
    Ok(encode(&sheet, &profile)?)
}

fn confirmed(printer: &mut EscPosPrinter, sim: &SimPrinter, lines: usize) -> Outcome {
    let begun = Instant::now();
    let outcome = printer.print(&paper(printer, lines, false)?);
    let took = begun.elapsed();
    let papers = sim.take_papers();
    let printed = papers.last().map(|paper| paper.text().matches("Εξωτερικό πλύσιμο").count());
    if outcome != JobOutcome::Confirmed || papers.len() != 1 || printed != Some(lines) {
        return Err(format!("{outcome:?}, {} papers, {printed:?} of {lines} lines", papers.len()).into());
    }
    Ok(format!("{lines} lines confirmed in {:.2} s", took.as_secs_f64()))
}

fn receipt() -> Outcome {
    let gadget = plugged()?;
    let (mut printer, sim, _served) = pair(&gadget)?;
    confirmed(&mut printer, &sim, 40)
}

fn pulled() -> Outcome {
    let mut gadget = plugged()?;
    let (mut printer, sim, served) = pair(&gadget)?;
    let watched = present("presence")?;
    watched.ready()?;
    confirmed(&mut printer, &sim, 3)?;
    drop(served);
    let mut served = None;
    watched.pulled_and_put_back(&mut gadget, |gadget| {
        watched.ready()?;
        served = Some(Served::printer(&gadget.node(0)?, &sim)?);
        confirmed(&mut printer, &sim, 3)?;
        Ok(Instant::now())
    })
}

fn pulled_in_a_job() -> Outcome {
    let mut gadget = plugged()?;
    let (mut printer, sim, served) = pair(&gadget)?;
    sim.change(|control| control.keeps_half_commands = true);
    sim.change(|control| control.bytes_per_second = Some(8000));
    let job = paper(&printer, 120, true)?;
    let printing = std::thread::spawn(move || {
        let outcome = printer.print(&job);
        (outcome, Instant::now(), printer)
    });
    std::thread::sleep(Duration::from_millis(2500));
    drop(served);
    let pulled = Instant::now();
    gadget.unplug()?;
    let (outcome, ended, mut printer) = printing.join().map_err(|_| "printing panicked")?;
    let JobOutcome::Interrupted { cause: Fault::Disconnected, taken, .. } = outcome else {
        return Err(format!("the job ended as {outcome:?}").into());
    };
    let seen = kept("broken off", ended.saturating_duration_since(pulled), SEEN_MAX)?;
    sim.change(|control| control.bytes_per_second = None);
    gadget.plug()?;
    let _served = Served::printer(&gadget.node(0)?, &sim)?;
    present("presence")?.ready()?;
    // The half of the first paper comes out before the next one, which is whole.
    let outcome = printer.print(&paper(&printer, 5, false)?);
    let text = sim.take_papers().last().map(|paper| paper.text()).unwrap_or_default();
    let whole = text.rfind("00 Ε").map(|at| text[at..].matches("Εξωτερικό πλύσιμο").count());
    if outcome != JobOutcome::Confirmed || whole != Some(5) {
        return Err(format!("the next paper: {outcome:?}, {whole:?} of 5 lines whole:\n{text}").into());
    }
    Ok(format!("{seen} with {taken} lines taken, the next paper confirmed"))
}

fn stuck() -> Outcome {
    let gadget = plugged()?;
    let (mut printer, sim, _served) = pair(&gadget)?;
    let job = paper(&printer, 40, true)?;
    sim.change(|control| control.stuck = true);
    sim.change(|control| control.silent = true);
    let begun = Instant::now();
    let outcome = printer.print(&job);
    let took = begun.elapsed();
    if !matches!(
        outcome,
        JobOutcome::Interrupted { cause: Fault::Timeout, .. }
            | JobOutcome::NotStarted { cause: Fault::Timeout }
    ) {
        return Err(format!("the job ended as {outcome:?} after {took:?}").into());
    }
    // Five seconds without room, the questions before and after, and the emulator.
    let ended = kept("given up after", took, Duration::from_secs(8))?;
    sim.change(|control| control.stuck = false);
    sim.change(|control| control.silent = false);
    std::thread::sleep(Duration::from_millis(500));
    let _half = sim.take_papers();
    let outcome = printer.print(&paper(&printer, 3, false)?);
    match outcome {
        JobOutcome::Confirmed => Ok(format!("{ended}, the next paper confirmed")),
        other => Err(format!("it moves again, and the next paper ended as {other:?}").into()),
    }
}

fn no_paper() -> Outcome {
    let gadget = plugged()?;
    let (mut printer, sim, _served) = pair(&gadget)?;
    sim.change(|control| control.paper = PaperLevel::Out);
    let outcome = printer.print(&paper(&printer, 3, false)?);
    if outcome != (JobOutcome::NotStarted { cause: Fault::PaperOut }) || !sim.take_papers().is_empty() {
        return Err(format!("without paper the job ended as {outcome:?}").into());
    }
    sim.change(|control| control.paper = PaperLevel::Enough);
    confirmed(&mut printer, &sim, 3)
}

/// The gadget's port says "selected" while its inside is open: the one bit that is asked by the driver's own system call.
fn port() -> Outcome {
    let gadget = plugged()?;
    present("presence")?.ready()?;
    let connect = printer::link::connector(&ADDRESS.parse()?)?;
    let off = connect.open()?.port_status();
    let served = Served::printer(&gadget.node(0)?, &sim_printer("epson-80")?)?;
    let on = connect.open()?.port_status();
    drop(served);
    let online = |port: Option<u8>| port.map(|port| port & 0x10 != 0);
    match (online(off), online(on)) {
        (Some(false), Some(true)) => Ok(format!("{off:02x?} without an inside, {on:02x?} with one")),
        _ => Err(format!("the port says {off:02x?} without an inside, {on:02x?} with one").into()),
    }
}

/// Waits until a printer is there.
pub(crate) fn appeared() -> Result<(), Box<dyn Error>> {
    present("presence")?.ready().map(|_| ())
}
