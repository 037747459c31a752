//! The printer's thread: one paper after another, and how the printer is in between.

use super::Word;
use crate::app::input::Input;
use crate::domain::ids::JobId;
use crate::domain::paper::{PrintOutcome, PrinterTrouble};
use crate::domain::text::Text;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;
use tameio_drivers::printer::{Fault, JobOutcome, PaperLevel, Printer, Sheet, Status, encode};

/// How often an idle printer is asked how it is.
const PRINTER_LOOK: Duration = Duration::from_secs(4);

/// What the printer's thread is asked for.
pub(super) enum PrintOrder {
    Sheet { job: JobId, sheet: Sheet },
    Drawer,
}

/// Starts the thread; it ends when nobody can ask it any more.
pub(super) fn spawn(printer: Option<Box<dyn Printer>>, words: Sender<Word>) -> Sender<PrintOrder> {
    let (orders, inbox) = mpsc::channel();
    thread::spawn(move || print_loop(printer, &inbox, &words));
    orders
}

fn print_loop(mut printer: Option<Box<dyn Printer>>, orders: &Receiver<PrintOrder>, words: &Sender<Word>) {
    let mut seen = None;
    let mut half_printed = false;
    let report = |input| words.send(Word::Input(input)).is_ok();
    loop {
        let goes_on = match orders.recv_timeout(PRINTER_LOOK) {
            Ok(PrintOrder::Sheet { job, sheet }) => {
                if half_printed && let Some(printer) = &mut printer {
                    // What the printer still holds of a broken paper must not come out before the whole one.
                    let _ = printer.discard();
                }
                let outcome = print_one(&mut printer, &sheet);
                half_printed = matches!(outcome, PrintOutcome::Interrupted { .. } | PrintOutcome::Unknown);
                if matches!(outcome, PrintOutcome::Interrupted { .. })
                    && let Some(printer) = &mut printer
                {
                    // With a new roll it would finish by itself what it holds, and the whole paper would come out as well.
                    let _ = printer.discard();
                }
                report(Input::PaperReported { job, outcome })
            }
            Ok(PrintOrder::Drawer) => report(Input::DrawerReported { opened: open_one(&mut printer) }),
            Err(RecvTimeoutError::Timeout) => true,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let now = look(&mut printer);
        let changed = seen.as_ref() != Some(&now);
        if !goes_on || (changed && !report(Input::PrinterSeen { trouble: now.0.clone(), near_end: now.1 })) {
            return;
        }
        seen = Some(now);
    }
}

fn print_one(printer: &mut Option<Box<dyn Printer>>, sheet: &Sheet) -> PrintOutcome {
    let Some(printer) = printer else { return PrintOutcome::NotStarted { trouble: PrinterTrouble::Gone } };
    match encode(sheet, printer.profile()) {
        Ok(job) => outcome(printer.print(&job)),
        Err(error) => PrintOutcome::NotStarted {
            trouble: PrinterTrouble::Other { text: Text::new(&error.to_string()) },
        },
    }
}

fn open_one(printer: &mut Option<Box<dyn Printer>>) -> bool {
    printer.as_mut().is_some_and(|printer| {
        matches!(printer.open_drawer(), JobOutcome::Confirmed | JobOutcome::SentUnconfirmed)
    })
}

/// What keeps the printer from printing, and whether the roll is near its end.
fn look(printer: &mut Option<Box<dyn Printer>>) -> (Option<PrinterTrouble>, bool) {
    match printer.as_mut().map(|printer| printer.status()) {
        None => (Some(PrinterTrouble::Gone), false),
        Some(Err(fault)) => (Some(trouble(&fault)), false),
        Some(Ok(status)) => (status.fault().map(|fault| trouble(&fault)), is_near_end(&status)),
    }
}

fn is_near_end(status: &Status) -> bool {
    status.paper == Some(PaperLevel::Low)
}

/// A driver's outcome in the words of the domain.
pub fn outcome(outcome: JobOutcome) -> PrintOutcome {
    match outcome {
        JobOutcome::Confirmed => PrintOutcome::Confirmed,
        JobOutcome::SentUnconfirmed => PrintOutcome::Unconfirmed,
        JobOutcome::Interrupted { cause, line, .. } => {
            let line = line.and_then(|line| u32::try_from(line).ok());
            PrintOutcome::Interrupted { trouble: trouble(&cause), line }
        }
        JobOutcome::Unknown => PrintOutcome::Unknown,
        JobOutcome::NotStarted { cause } => PrintOutcome::NotStarted { trouble: trouble(&cause) },
    }
}

/// A driver's fault in the words of the domain.
pub fn trouble(fault: &Fault) -> PrinterTrouble {
    match fault {
        Fault::PaperOut => PrinterTrouble::PaperOut,
        Fault::CoverOpen => PrinterTrouble::CoverOpen,
        Fault::CutterJam => PrinterTrouble::Cutter,
        Fault::Permission => PrinterTrouble::Permission,
        Fault::Timeout | Fault::Disconnected | Fault::NotFound => PrinterTrouble::Gone,
        other => PrinterTrouble::Other { text: Text::new(&other.to_string()) },
    }
}
