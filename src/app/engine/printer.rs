//! The printer's thread: one paper after another, and how the printer and its drawer are in between.

use super::Word;
use crate::app::input::{DeviceInput, Input, PaperInput, TillInput};
use crate::domain::device::{Condition, DeviceId, DeviceKind, DeviceTrouble};
use crate::domain::ids::JobId;
use crate::domain::paper::{PrintOutcome, PrinterTrouble};
use crate::domain::text::Text;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;
use tameio_drivers::printer::status::DrawerState;
use tameio_drivers::printer::{
    Address, EncodeError, EscPosPrinter, Fault, Job, JobOutcome, PageFinder, PaperLevel, Place, Printer,
    Sheet, Status, encode, open,
};
use tameio_drivers::supervisor::watch::Watch;
use tameio_drivers::supervisor::{Places, udev};

/// How often an idle printer is asked how it is. That its cable was pulled is seen at once, by its device file.
const LOOK: Duration = Duration::from_millis(1_500);
/// The same for one in the network, which has no device file: with the time a connection may take, less than two seconds.
const LOOK_FAR: Duration = Duration::from_millis(700);
/// How long the watch over device files goes on after the printer's thread ended.
const WATCH: Duration = Duration::from_secs(2);

/// What the printer's thread is asked for.
pub(super) enum PrintOrder {
    /// From now on this printer, or none.
    Take(Option<Box<Address>>),
    /// A paper.
    Sheet { job: JobId, sheet: Sheet },
    /// The test print that shows which page its Greek letters are on.
    Pages { job: JobId },
    /// The drawer.
    Drawer,
    /// A plug moved: is it still there?
    Look,
    /// The end.
    Stop,
}

/// Starts the thread; it ends when nobody can ask it any more.
pub(super) fn spawn(words: Sender<Word>) -> Sender<PrintOrder> {
    let (orders, inbox) = mpsc::channel();
    let running = Arc::new(());
    watch_plugs(Arc::downgrade(&running), orders.clone());
    thread::spawn(move || {
        let _running = running;
        PrinterLoop::new(words).run(&inbox);
    });
    orders
}

/// Wakes the printer's thread when something is plugged in or out, for as long as it runs.
fn watch_plugs(running: Weak<()>, orders: Sender<PrintOrder>) {
    thread::spawn(move || {
        let mut watch = Watch::new(&Places::default().dev);
        while running.strong_count() > 0 {
            if watch.wait(WATCH) && orders.send(PrintOrder::Look).is_err() {
                return;
            }
        }
    });
}

/// A printer that was taken: how it is reached, and the printer itself.
struct Taken {
    address: Box<Address>,
    printer: EscPosPrinter,
}

/// The printer's thread.
struct PrinterLoop {
    words: Sender<Word>,
    taken: Option<Taken>,
    /// A paper broke off: the printer may hold the rest of it.
    half_printed: bool,
    told: Told,
}

/// What was told last, so that only changes are.
#[derive(Default, PartialEq)]
struct Told {
    paper: Option<(Option<PrinterTrouble>, bool)>,
    condition: Option<Condition>,
    drawer: Option<DrawerState>,
}

impl PrinterLoop {
    fn new(words: Sender<Word>) -> Self {
        Self { words, taken: None, half_printed: false, told: Told::default() }
    }

    fn run(mut self, orders: &Receiver<PrintOrder>) {
        loop {
            match orders.recv_timeout(self.patience()) {
                Ok(PrintOrder::Take(address)) => self.take(address),
                Ok(PrintOrder::Sheet { job, sheet }) => {
                    self.print(job, |printer| encode(&sheet, printer.profile()));
                }
                Ok(PrintOrder::Pages { job }) => {
                    self.print(job, |printer| PageFinder::new(printer.profile()).job());
                }
                Ok(PrintOrder::Drawer) => {
                    let opened = self.open_drawer();
                    self.report(Input::Till(TillInput::DrawerReported { opened }));
                }
                Ok(PrintOrder::Look) | Err(RecvTimeoutError::Timeout) => {}
                Ok(PrintOrder::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            }
            self.look();
        }
    }

    fn patience(&self) -> Duration {
        match self.taken.as_ref().map(|taken| &taken.address.place) {
            Some(Place::Tcp { .. }) => LOOK_FAR,
            _ => LOOK,
        }
    }

    fn report(&self, input: Input) {
        // Nobody listening means that the loop has ended; this thread is told to stop then.
        let _ = self.words.send(Word::Input(input));
    }

    fn take(&mut self, address: Option<Box<Address>>) {
        self.half_printed = false;
        self.told = Told::default();
        self.taken = None;
        let Some(address) = address else { return };
        match open("printer", &address) {
            Ok(printer) => self.taken = Some(Taken { address, printer }),
            Err(fault) => {
                let trouble = DeviceTrouble::Other { text: Text::new(&fault.to_string()) };
                self.report(Input::Device(DeviceInput::Seen {
                    device: DeviceId::only(DeviceKind::Printer),
                    condition: Condition::Faulted { trouble },
                }));
            }
        }
    }

    fn print(&mut self, job: JobId, sheet: impl FnOnce(&EscPosPrinter) -> Result<Job, EncodeError>) {
        let outcome = match &mut self.taken {
            None => PrintOutcome::NotStarted { trouble: PrinterTrouble::Gone },
            Some(Taken { printer, .. }) => {
                if self.half_printed {
                    // What the printer still holds of a broken paper must not come out before the whole one.
                    let _ = printer.discard();
                }
                let outcome = match sheet(printer) {
                    Ok(job) => outcome(printer.print(&job)),
                    Err(error) => PrintOutcome::NotStarted {
                        trouble: PrinterTrouble::Other { text: Text::new(&error.to_string()) },
                    },
                };
                if matches!(outcome, PrintOutcome::Interrupted { .. }) {
                    // With a new roll it would finish by itself what it holds, and the whole paper would come out as well.
                    let _ = printer.discard();
                }
                outcome
            }
        };
        self.half_printed = matches!(outcome, PrintOutcome::Interrupted { .. } | PrintOutcome::Unknown);
        self.report(Input::Paper(PaperInput::Reported { job, outcome }));
    }

    fn open_drawer(&mut self) -> bool {
        self.taken.as_mut().is_some_and(|taken| {
            matches!(taken.printer.open_drawer(), JobOutcome::Confirmed | JobOutcome::SentUnconfirmed)
        })
    }

    /// Looks how the printer and its drawer are, and tells what changed.
    fn look(&mut self) {
        let status = self.taken.as_mut().map(|taken| taken.printer.status());
        let paper = match &status {
            None => (Some(PrinterTrouble::Gone), false),
            Some(Err(fault)) => (Some(trouble(fault)), false),
            Some(Ok(status)) => (status.fault().map(|fault| trouble(&fault)), is_near_end(status)),
        };
        if self.told.paper.as_ref() != Some(&paper) {
            self.report(Input::Paper(PaperInput::PrinterSeen {
                trouble: paper.0.clone(),
                near_end: paper.1,
            }));
            self.told.paper = Some(paper);
        }
        let Some((status, taken)) = status.zip(self.taken.as_ref()) else { return };
        let drawer = status.as_ref().ok().and_then(|status| status.drawer(&taken.address.profile));
        if let Some(state) = drawer.filter(|state| self.told.drawer != Some(*state)) {
            self.report(Input::Device(DeviceInput::DrawerSeen { open: state == DrawerState::Open }));
            self.told.drawer = Some(state);
        }
        let condition = condition(&status, &taken.address);
        if self.told.condition.as_ref() != Some(&condition) {
            let device = DeviceId::only(DeviceKind::Printer);
            self.report(Input::Device(DeviceInput::Seen { device, condition: condition.clone() }));
            self.told.condition = Some(condition);
        }
    }
}

fn is_near_end(status: &Status) -> bool {
    status.paper == Some(PaperLevel::Low)
}

/// Whether it is there and may be used; that it has no paper is another matter.
fn condition(status: &Result<Status, Fault>, address: &Address) -> Condition {
    let trouble = match status {
        Ok(_) | Err(Fault::PaperOut | Fault::CoverOpen | Fault::CutterJam | Fault::Printer) => {
            return Condition::Ready;
        }
        Err(Fault::NotFound | Fault::Disconnected) => return Condition::Absent,
        Err(Fault::Timeout) => DeviceTrouble::Silent,
        Err(Fault::Busy) => DeviceTrouble::Busy,
        Err(Fault::Permission) => {
            let node = match &address.place {
                Place::File(path) => Some(udev::line(path, None)),
                Place::Serial { path, .. } => Some(udev::line(Path::new(path), None)),
                Place::Tcp { .. } | Place::Lp { .. } | Place::Usb { .. } | Place::Sim => None,
            };
            DeviceTrouble::NotPermitted { udev: node.as_deref().map(Text::new) }
        }
        Err(fault @ (Fault::Unsupported(_) | Fault::Link(_))) => {
            DeviceTrouble::Other { text: Text::new(&fault.to_string()) }
        }
    };
    Condition::Faulted { trouble }
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
