//! The faults a printer driver must be tried with, one test each, in the order of the list they come from:
//! short write · ENOSPC · EAGAIN · unplugged in a picture · split reply · stray status before the answer · status request
//! inside a picture · burst of blocks · XOFF then silence (that one is `terminal::stop_without_go_ends_at_the_deadline`,
//! on a real line).

use std::io;
use std::time::{Duration, Instant};

use tameio_drivers::printer::sim::Event;
use tameio_drivers::printer::{
    Bitmap, EscPosPrinter, Fault, Item, Job, JobOutcome, Logo, PaperLevel, Patience, Printer, Sheet,
    SimPrinter, encode,
};

use crate::bench::{Tamper, Tampered, count};
use crate::{profile, receipt};

fn patience() -> Patience {
    Patience {
        answer: Duration::from_millis(150),
        block: Duration::from_millis(300),
        stall: Duration::from_millis(400),
        pause: Duration::from_millis(80),
        line: Duration::from_millis(5),
    }
}

fn job(name: &str) -> Job {
    let profile = profile(name);
    encode(&receipt(&profile), &profile).unwrap()
}

fn printer(name: &str, sim: &SimPrinter, tamper: impl Tamper) -> EscPosPrinter {
    let connect = Tampered { sim: sim.clone(), tamper };
    EscPosPrinter::new("counter", profile(name), Box::new(connect)).with_patience(patience())
}

#[derive(Clone)]
struct Nothing;
impl Tamper for Nothing {}

/// Where the body begins, a hundred bytes in.
fn is_body(bytes: &[u8]) -> bool {
    bytes.len() > 100
}

#[test]
fn write_returns_short() {
    for most in [1, 3, 64] {
        let sim = SimPrinter::new(profile("epson-80"));
        sim.change(|control| control.takes_at_most = Some(most));
        let mut sheet = receipt(&profile("epson-80"));
        let grey: Vec<u8> = (0..200 * 100).map(|at| u8::try_from(at % 251).unwrap()).collect();
        sheet.items.insert(0, Item::Logo(std::sync::Arc::new(Logo::dithered(200, 100, &grey))));
        let job = encode(&sheet, &profile("epson-80")).unwrap();
        let whole = SimPrinter::new(profile("epson-80"));
        assert_eq!(printer("epson-80", &whole, Nothing).print(&job), JobOutcome::Confirmed);
        assert_eq!(printer("epson-80", &sim, Nothing).print(&job), JobOutcome::Confirmed, "{most} at a time");
        assert_eq!(sim.papers(), whole.papers(), "{most} at a time: the same paper");
    }
}

/// What `usblp` says when the roll ends in a write.
#[derive(Clone)]
struct NoSpace;
impl Tamper for NoSpace {
    fn send(&mut self, bytes: &[u8]) -> Option<Result<usize, Fault>> {
        is_body(bytes).then(|| Err(Fault::of_io(&io::Error::from_raw_os_error(28))))
    }
}

#[test]
fn enospc_is_an_empty_roll() {
    let sim = SimPrinter::new(profile("epson-80"));
    let outcome = printer("epson-80", &sim, NoSpace).print(&job("epson-80"));
    assert_eq!(outcome, JobOutcome::NotStarted { cause: Fault::PaperOut }, "nothing of the body was taken");
    assert_eq!(sim.papers(), []);
}

/// Busy for a while, every other call.
#[derive(Clone)]
struct TryAgain(usize);
impl Tamper for TryAgain {
    fn send(&mut self, _bytes: &[u8]) -> Option<Result<usize, Fault>> {
        self.0 += 1;
        (!self.0.is_multiple_of(3)).then_some(Ok(0))
    }
}

#[test]
fn eagain_is_no_fault() {
    let sim = SimPrinter::new(profile("epson-80"));
    assert_eq!(printer("epson-80", &sim, TryAgain(0)).print(&job("epson-80")), JobOutcome::Confirmed);
    assert_eq!(count(&sim, "ΣΥΝΟΛΟ"), 1);
    let again = io::Error::from_raw_os_error(11);
    assert_eq!(Fault::of_io(&again), Fault::Timeout, "never taken for a lost cable");
}

#[test]
fn unplugged_in_a_picture_and_plugged_in_again() {
    let whole = job("raster-80");
    for at in [whole.body.len() / 3, whole.body.len() / 2 + 7, whole.body.len() - 11] {
        let sim = SimPrinter::new(profile("raster-80"));
        sim.change(|control| {
            control.drop_after_bytes = Some(at);
            control.keeps_half_commands = true;
        });
        let mut printer = printer("raster-80", &sim, Nothing);
        let outcome = printer.print(&whole);
        let JobOutcome::Interrupted { cause: Fault::Disconnected, taken, .. } = outcome else {
            panic!("{outcome:?}")
        };
        assert!(taken < whole.line_ends.len());
        // It still waits for the rest of the picture, and must not take the next receipt for it.
        assert_eq!(printer.print(&whole), JobOutcome::Confirmed);
        // The broken one and the whole one are on the same paper: only the second was cut.
        let lines = sim.papers().pop().unwrap().lines();
        let start = lines.iter().rposition(|line| line.contains("Πλυντήριο ΑΚΜΗ")).unwrap();
        let rows = lines[start..].iter().filter(|line| line.contains("Εξωτερικό")).count();
        assert_eq!(rows, 34, "at {at}: {lines:#?}");
        assert!(lines[start..].iter().any(|line| line.contains("ΣΥΝΟΛΟ")), "at {at}");
        assert_eq!(printer.print(&whole), JobOutcome::Confirmed);
    }
}

/// One byte a read.
#[derive(Clone)]
struct ByteByByte;
impl Tamper for ByteByByte {
    fn receive(&mut self, came: Vec<u8>) -> Vec<u8> {
        came[..came.len().min(1)].to_vec()
    }
}

#[test]
fn a_reply_split_over_reads() {
    let sim = SimPrinter::new(profile("epson-80"));
    assert_eq!(printer("epson-80", &sim, ByteByByte).print(&job("epson-80")), JobOutcome::Confirmed);
    sim.change(|control| control.paper_out_after_lines = Some(5));
    let outcome = printer("epson-80", &sim, ByteByByte).print(&job("epson-80"));
    assert!(matches!(outcome, JobOutcome::Interrupted { cause: Fault::PaperOut, .. }), "{outcome:?}");
}

/// A block nobody asked for, after the body was sent and before what answers it.
#[derive(Clone)]
struct Stray(bool);
impl Tamper for Stray {
    fn send(&mut self, bytes: &[u8]) -> Option<Result<usize, Fault>> {
        self.0 |= is_body(bytes);
        None
    }

    fn receive(&mut self, came: Vec<u8>) -> Vec<u8> {
        if std::mem::take(&mut self.0) { [&[0x14, 0, 0, 0][..], &came].concat() } else { came }
    }
}

#[test]
fn a_stray_status_is_not_the_answer() {
    let sim = SimPrinter::new(profile("epson-80"));
    assert_eq!(printer("epson-80", &sim, Stray(false)).print(&job("epson-80")), JobOutcome::Confirmed);
    // The same block, and no answer after it: nothing may be confirmed.
    sim.change(|control| control.event_after_bytes = Some((60, Event::FallsSilent)));
    assert_eq!(printer("epson-80", &sim, Stray(false)).print(&job("epson-80")), JobOutcome::Unknown);
}

#[test]
fn a_status_request_inside_a_picture() {
    // Ours never holds one; a picture that another program made may.
    let row = [0x10, 4, 1, 0x10, 4, 4, 0xFF, 0xFF];
    let picture = [&[0x1D, 0x76, 0x30, 0, 8, 0, 4, 0][..], &row.repeat(4)];
    let mut foreign = job("epson-80");
    foreign.body.splice(..0, picture.concat());
    foreign.line_ends.iter_mut().for_each(|end| *end += 40);
    foreign.line_ends.insert(0, 40);
    let sim = SimPrinter::new(profile("epson-80"));
    assert_eq!(
        printer("epson-80", &sim, Nothing).print(&foreign),
        JobOutcome::Confirmed,
        "stray replies are passed over"
    );
    sim.change(|control| control.cover_open = true);
    let outcome = printer("epson-80", &sim, Nothing).print(&foreign);
    assert_eq!(outcome, JobOutcome::NotStarted { cause: Fault::CoverOpen });
    // And ours: the same dots, one more beside them.
    let mut dots = Bitmap::white(64, 4);
    for (x, y) in (0..4).flat_map(|y| [(3, y), (13, y), (23, y)]) {
        dots.set(x, y, true);
    }
    let mut sheet = Sheet::new();
    sheet.push(Item::Picture(dots));
    let ours = encode(&sheet, &profile("epson-58")).unwrap().body;
    assert!(!ours.windows(2).any(|pair| pair[0] == 0x10 && matches!(pair[1], 4 | 5 | 0x14)));
}

/// Two hundred blocks at once.
#[derive(Clone)]
struct Burst(bool);
impl Tamper for Burst {
    fn send(&mut self, bytes: &[u8]) -> Option<Result<usize, Fault>> {
        self.0 |= is_body(bytes);
        None
    }

    fn receive(&mut self, came: Vec<u8>) -> Vec<u8> {
        if std::mem::take(&mut self.0) {
            [&[0x1C, 0, 0, 0, 0x14, 0, 0, 0].repeat(100), came.as_slice()].concat()
        } else {
            came
        }
    }
}

#[test]
fn a_burst_of_blocks() {
    let sim = SimPrinter::new(profile("epson-80"));
    assert_eq!(printer("epson-80", &sim, Burst(false)).print(&job("epson-80")), JobOutcome::Confirmed);
    assert_eq!(count(&sim, "ΣΥΝΟΛΟ"), 1);
}

/// Cover and roll at exact bytes: before, inside and after every kind of command.
#[test]
fn a_fault_at_any_byte_is_named_and_the_paper_comes_once() {
    let job = job("epson-80");
    let length = job.bytes().len() + 3 * job.line_ends.len();
    for (step, event, cause) in
        [(61, Event::CoverOpens, Fault::CoverOpen), (67, Event::PaperEnds, Fault::PaperOut)]
    {
        for at in (1..length + 40).step_by(step) {
            let sim = SimPrinter::new(profile("epson-80"));
            sim.change(|control| control.event_after_bytes = Some((at, event)));
            let mut printer = printer("epson-80", &sim, Nothing);
            let outcome = printer.print(&job);
            let named = match &outcome {
                JobOutcome::NotStarted { cause: named } | JobOutcome::Interrupted { cause: named, .. } => {
                    *named == cause
                }
                JobOutcome::Confirmed => at >= length,
                _ => false,
            };
            assert!(named, "at byte {at}: {outcome:?}");
            sim.change(|control| {
                control.cover_open = false;
                control.paper = PaperLevel::Enough;
                control.event_after_bytes = None;
            });
            let whole = count(&sim, "ΣΥΝΟΛΟ");
            assert!(whole <= 1 && count(&sim, "05 Εξωτερικό") <= 1, "at byte {at}: {outcome:?}");
            let begun = !matches!(outcome, JobOutcome::NotStarted { .. });
            assert_eq!(whole == 1, begun, "at byte {at}: what was begun the printer finishes");
        }
    }
}

/// The port's own byte, where the printer says nothing.
#[derive(Clone)]
struct Port(u8);
impl Tamper for Port {
    fn port(&mut self) -> Option<u8> {
        Some(self.0)
    }
}

#[test]
fn the_ports_status_names_an_empty_roll_of_a_mute_printer() {
    let sim = SimPrinter::new(profile("xprinter-58"));
    sim.change(|control| control.silent = true);
    let mut mute = printer("xprinter-58", &sim, Port(0x20));
    assert_eq!(mute.print(&job("xprinter-58")), JobOutcome::NotStarted { cause: Fault::PaperOut });
    assert_eq!(mute.status().unwrap().paper, Some(PaperLevel::Out));
    assert_eq!(count(&sim, "ΣΥΝΟΛΟ"), 0);
    let mut fine = printer("xprinter-58", &sim, Port(0x18));
    assert_eq!(fine.print(&job("xprinter-58")), JobOutcome::Unknown, "a good port is no proof of a paper");
    assert_eq!(fine.status().unwrap().online, Some(true));
    let mut unknowing = printer("xprinter-58", &sim, Port(0));
    assert_eq!(
        unknowing.print(&job("xprinter-58")),
        JobOutcome::Unknown,
        "nought is no fault: some say nothing else"
    );
}

#[test]
fn a_job_with_a_name_is_confirmed_by_that_name_alone() {
    let mut named = profile("epson-80");
    named.names_jobs = true;
    let sim = SimPrinter::new(named.clone());
    let job = job("epson-80");
    let connect = Tampered { sim: sim.clone(), tamper: Nothing };
    let mut printer = EscPosPrinter::new("named", named.clone(), Box::new(connect)).with_patience(patience());
    assert_eq!(printer.print(&job), JobOutcome::Confirmed);
    assert_eq!(printer.print(&job), JobOutcome::Confirmed);
    // The answer to another job's name, such as the one before.
    #[derive(Clone)]
    struct OldName;
    impl Tamper for OldName {
        fn receive(&mut self, came: Vec<u8>) -> Vec<u8> {
            let at = came.windows(2).position(|pair| pair == [0x37, 0x22]);
            at.map_or(came.clone(), |at| [&came[..at], &[0x37, 0x22, b'o', b'l', b'd', b'!', 0]].concat())
        }
    }
    let connect = Tampered { sim, tamper: OldName };
    let mut printer = EscPosPrinter::new("named", named, Box::new(connect)).with_patience(patience());
    assert_eq!(printer.print(&job), JobOutcome::Unknown);
}

#[test]
fn a_printer_asked_only_when_it_stalls_says_why() {
    let sim = SimPrinter::new(profile("raster-80"));
    sim.change(|control| control.paper_out_after_lines = Some(5));
    let start = Instant::now();
    let outcome = printer("raster-80", &sim, Nothing).print(&job("raster-80"));
    assert!(matches!(outcome, JobOutcome::Interrupted { cause: Fault::PaperOut, .. }), "{outcome:?}");
    assert!(start.elapsed() < Duration::from_secs(3));
}
