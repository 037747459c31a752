//! What becomes of a job, on the virtual printer in every state: never twice, always by its deadline, always named.

use std::time::{Duration, Instant};

use tameio_drivers::printer::sim::CutterState;
use tameio_drivers::printer::status::DrawerState;
use tameio_drivers::printer::{
    Control, EscPosPrinter, Fault, Job, JobOutcome, PaperLevel, Patience, Printer, Profile, Sheet,
    SimPrinter, encode,
};

use crate::{profile, receipt};

/// Deadlines short enough for a test and long enough for a busy machine.
fn patience() -> Patience {
    Patience {
        answer: Duration::from_millis(150),
        block: Duration::from_millis(400),
        stall: Duration::from_millis(400),
        pause: Duration::from_millis(100),
        line: Duration::from_millis(5),
    }
}

struct Counter {
    sim: SimPrinter,
    printer: EscPosPrinter,
    job: Job,
}

impl Counter {
    fn new(profile: Profile) -> Self {
        let job = encode(&receipt(&profile), &profile).unwrap();
        let sim = SimPrinter::new(profile.clone());
        let printer = EscPosPrinter::new("counter", profile, Box::new(sim.clone())).with_patience(patience());
        Self { sim, printer, job }
    }

    fn epson() -> Self {
        Self::new(profile("epson-80"))
    }

    fn with(self, change: impl FnOnce(&mut Control)) -> Self {
        self.sim.change(change);
        self
    }

    /// Prints the receipt and checks that it came back in time.
    fn print(&mut self) -> JobOutcome {
        let start = Instant::now();
        let outcome = self.printer.print(&self.job);
        assert!(start.elapsed() < Duration::from_secs(5), "the deadline was not kept: {outcome:?}");
        outcome
    }

    /// How often a line stands on all the papers together.
    fn count(&self, line: &str) -> usize {
        self.sim
            .papers()
            .iter()
            .flat_map(|paper| paper.lines())
            .filter(|printed| printed.contains(line))
            .count()
    }
}

#[test]
fn a_printer_that_answers_confirms() {
    for name in ["epson-80", "xprinter-58", "generic-80", "raster-58"] {
        let mut counter = Counter::new(profile(name));
        assert_eq!(counter.print(), JobOutcome::Confirmed, "{name}");
        assert_eq!((counter.sim.papers().len(), counter.count("ΣΥΝΟΛΟ")), (1, 1), "{name}");
    }
}

#[test]
fn a_low_roll_prints_and_is_known() {
    let mut counter = Counter::epson().with(|sim| sim.paper = PaperLevel::Low);
    assert_eq!(counter.print(), JobOutcome::Confirmed);
    assert_eq!(counter.printer.status().unwrap().paper, Some(PaperLevel::Low));
}

#[test]
fn what_keeps_it_from_printing_is_found_before_anything_is_sent() {
    type Change = fn(&mut Control);
    let cases: [(Change, Fault); 3] = [
        (|sim| sim.paper = PaperLevel::Out, Fault::PaperOut),
        (|sim| sim.cover_open = true, Fault::CoverOpen),
        (|sim| sim.cutter = CutterState::Jammed, Fault::CutterJam),
    ];
    for (change, cause) in cases {
        let mut counter = Counter::epson().with(change);
        assert_eq!(counter.print(), JobOutcome::NotStarted { cause: cause.clone() });
        counter.sim.change(|sim| *sim = Control::default());
        assert_eq!(counter.count("ΣΥΝΟΛΟ"), 0, "{cause}: nothing is left in the printer");
        assert_eq!(counter.print(), JobOutcome::Confirmed);
        assert_eq!(counter.count("ΣΥΝΟΛΟ"), 1, "{cause}");
    }
}

#[test]
fn a_printer_that_is_gone_was_not_started() {
    let mut counter = Counter::epson().with(|sim| sim.gone = true);
    assert_eq!(counter.print(), JobOutcome::NotStarted { cause: Fault::NotFound });
    assert_eq!(counter.printer.status(), Err(Fault::NotFound));
}

#[test]
fn a_roll_that_ends_in_the_middle_interrupts_and_the_printer_finishes_it_once() {
    let mut counter = Counter::epson().with(|sim| sim.paper_out_after_lines = Some(10));
    let JobOutcome::Interrupted { cause, line, .. } = counter.print() else { panic!("it cannot be printed") };
    assert_eq!((cause, line), (Fault::PaperOut, Some(10)), "it ended with the tenth line");
    assert_eq!(counter.count("ΣΥΝΟΛΟ"), 0);
    counter.sim.change(|sim| sim.paper = PaperLevel::Enough);
    assert_eq!(counter.count("ΣΥΝΟΛΟ"), 1, "what it held is printed when the roll is changed");
    assert_eq!(counter.count("07 Εξωτερικό"), 1, "no line twice");
}

#[test]
fn an_interrupted_paper_can_be_thrown_away() {
    let mut counter = Counter::epson().with(|sim| sim.paper_out_after_lines = Some(10));
    assert!(matches!(counter.print(), JobOutcome::Interrupted { .. }));
    counter.printer.discard().unwrap();
    counter.sim.change(|sim| sim.paper = PaperLevel::Enough);
    assert_eq!(counter.print(), JobOutcome::Confirmed);
    assert_eq!(counter.count("ΣΥΝΟΛΟ"), 1, "only the second one is whole");
    assert_eq!(counter.sim.papers().iter().filter(|paper| paper.cut).count(), 1);
}

#[test]
fn a_long_job_stops_at_the_printers_full_buffer() {
    let mut counter = Counter::new(profile("raster-80")).with(|sim| sim.paper_out_after_lines = Some(5));
    let JobOutcome::Interrupted { taken, line, .. } = counter.print() else { panic!("it cannot be printed") };
    assert!((1..counter.job.line_ends.len()).contains(&taken), "{taken} lines were taken");
    assert_eq!(line, None, "this one does not answer line by line");
    assert!(counter.sim.received() < counter.job.body.len());
}

#[test]
fn a_knife_that_jams_at_the_cut_interrupts() {
    let mut counter = Counter::epson().with(|sim| sim.cutter = CutterState::JamsAtCut);
    let JobOutcome::Interrupted { cause, taken, .. } = counter.print() else { panic!("the knife is stuck") };
    assert_eq!((cause, taken), (Fault::CutterJam, counter.job.line_ends.len()));
    assert_eq!(counter.count("ΣΥΝΟΛΟ"), 1, "all of it is on paper");
}

#[test]
fn a_silent_printer_is_unknown_and_prints_once() {
    let mut counter = Counter::epson().with(|sim| sim.silent = true);
    assert_eq!(counter.print(), JobOutcome::Unknown);
    assert_eq!(counter.count("ΣΥΝΟΛΟ"), 1);
    assert!(!counter.printer.status().unwrap().answered());
}

#[test]
fn a_printer_known_never_to_answer_is_sent_unconfirmed() {
    let mut mute = profile("epson-80");
    mute.status = tameio_drivers::printer::profile::StatusAbility::None;
    let mut counter = Counter::new(mute);
    assert_eq!(counter.print(), JobOutcome::SentUnconfirmed);
    assert_eq!(counter.count("ΣΥΝΟΛΟ"), 1);
}

#[test]
fn a_cable_pulled_at_any_byte_is_named_and_never_prints_twice() {
    let whole = Counter::epson().job.bytes().len();
    for cut in (1..whole + 200).step_by(37) {
        let mut counter = Counter::epson().with(|sim| sim.drop_after_bytes = Some(cut));
        let outcome = counter.print();
        let expected = match outcome {
            JobOutcome::NotStarted { cause: Fault::Disconnected } => counter.count("Εξωτερικό") == 0,
            JobOutcome::Interrupted { cause: Fault::Disconnected, taken, .. } => {
                taken <= counter.job.line_ends.len()
            }
            JobOutcome::Unknown => counter.count("ΣΥΝΟΛΟ") == 1,
            JobOutcome::Confirmed => cut >= whole,
            _ => false,
        };
        assert!(expected, "after {cut} bytes: {outcome:?}");
        assert!(counter.count("05 Εξωτερικό") <= 1 && counter.count("ΣΥΝΟΛΟ") <= 1, "after {cut} bytes");
    }
}

#[test]
fn a_slow_printer_is_waited_for() {
    let mut counter = Counter::epson().with(|sim| sim.bytes_per_second = Some(4000));
    assert_eq!(counter.print(), JobOutcome::Confirmed);
    assert_eq!(counter.count("ΣΥΝΟΛΟ"), 1);
}

#[test]
fn the_drawer_opens_once_for_each_request() {
    let mut counter = Counter::epson();
    assert_eq!(counter.printer.open_drawer(), JobOutcome::Confirmed);
    assert_eq!(counter.sim.pulses(), 1);
    let status = counter.printer.status().unwrap();
    assert_eq!(status.drawer(counter.printer.profile()), Some(DrawerState::Open));
    assert_eq!(counter.sim.papers(), [], "the pulse prints nothing");
}

#[test]
fn the_drawer_opens_without_paper_too() {
    let mut counter = Counter::epson().with(|sim| sim.paper = PaperLevel::Out);
    assert_eq!(counter.printer.open_drawer(), JobOutcome::SentUnconfirmed);
    assert_eq!(counter.sim.pulses(), 1);
    counter.sim.change(|sim| sim.paper = PaperLevel::Enough);
    assert_eq!(counter.sim.pulses(), 1, "not again when the roll is changed");
}

#[test]
fn two_pulses_leave_the_coil_time_to_cool() {
    let mut counter = Counter::epson();
    let start = Instant::now();
    counter.printer.open_drawer();
    counter.printer.open_drawer();
    assert!(start.elapsed() >= Duration::from_millis(600));
    assert_eq!(counter.sim.pulses(), 2);
}

#[test]
fn a_printer_in_use_is_busy() {
    use tameio_drivers::printer::link::Connect;
    let mut counter = Counter::epson();
    let held = counter.sim.open().unwrap();
    assert_eq!(counter.print(), JobOutcome::NotStarted { cause: Fault::Busy });
    drop(held);
    assert_eq!(counter.print(), JobOutcome::Confirmed);
}

#[test]
fn status_says_everything_the_printer_does() {
    let mut counter = Counter::epson().with(|sim| {
        sim.cover_open = true;
        sim.drawer_open = true;
    });
    let status = counter.printer.status().unwrap();
    assert_eq!(status.fault(), Some(Fault::CoverOpen));
    assert_eq!((status.online, status.paper), (Some(false), Some(PaperLevel::Enough)));
    assert_eq!(status.drawer_pin_high, Some(true));
}

#[test]
fn an_empty_sheet_is_printed_without_a_paper() {
    let mut counter = Counter::epson();
    counter.job = encode(&Sheet::new(), &profile("epson-80")).unwrap();
    assert_eq!(counter.print(), JobOutcome::Confirmed);
    assert_eq!(counter.sim.papers(), []);
}
