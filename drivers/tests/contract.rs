//! What every link must keep, tried on each: in process, TCP, device file, serial line with every flow control, USB.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use tameio_drivers::printer::address::Flow;
use tameio_drivers::printer::file::DeviceFile;
use tameio_drivers::printer::link::Connect;
use tameio_drivers::printer::serial::Serial;
use tameio_drivers::printer::sim::{CutterState, Event};
use tameio_drivers::printer::status::DrawerState;
use tameio_drivers::printer::tcp::Tcp;
use tameio_drivers::printer::{
    EscPosPrinter, Fault, Job, JobOutcome, PaperLevel, Patience, Printer, SimPrinter, encode,
};

use crate::bench::usb::SimUsb;
use crate::bench::{Cable, count, listen};
use crate::serial_port::ReadyLine;
use crate::{profile, receipt};

/// A virtual printer, the way to it, and what has to stay alive meanwhile.
struct Bench {
    sim: SimPrinter,
    connect: Box<dyn Fn() -> Box<dyn Connect>>,
    _cable: Option<Cable>,
}

impl Bench {
    fn over(connect: impl Fn(&SimPrinter) -> Box<dyn Connect> + 'static) -> Self {
        let sim = SimPrinter::new(profile("epson-80"));
        let end = sim.clone();
        Self { sim, connect: Box::new(move || connect(&end)), _cable: None }
    }

    fn terminal(connect: impl Fn(&std::path::Path) -> Box<dyn Connect> + 'static) -> Self {
        let cable = Cable::new();
        let (sim, path) = (cable.sim.clone(), cable.path.clone());
        Self { sim, connect: Box::new(move || connect(&path)), _cable: Some(cable) }
    }

    fn serial(flow: Flow) -> Self {
        Self::terminal(move |path| Box::new(Serial::new(&path.to_string_lossy(), 115_200, flow)))
    }

    fn tcp() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let bench = Self::over(move |_| Box::new(Tcp::new("127.0.0.1", port)));
        let sim = bench.sim.clone();
        std::thread::spawn(move || listen(&listener, &sim));
        bench
    }

    fn printer(&self) -> EscPosPrinter {
        let patience = Patience {
            answer: Duration::from_millis(300),
            block: Duration::from_millis(500),
            stall: Duration::from_millis(600),
            pause: Duration::from_millis(100),
            line: Duration::from_millis(5),
        };
        EscPosPrinter::new("contract", profile("epson-80"), (self.connect)()).with_patience(patience)
    }

    fn with(self, change: impl FnOnce(&mut tameio_drivers::printer::Control)) -> Self {
        self.sim.change(change);
        self
    }
}

fn job() -> Job {
    let profile = profile("epson-80");
    encode(&receipt(&profile), &profile).unwrap()
}

fn confirms_each_job_once(bench: &Bench) {
    let mut printer = bench.printer();
    for _ in 0..2 {
        assert_eq!(printer.print(&job()), JobOutcome::Confirmed);
    }
    assert_eq!((bench.sim.papers().len(), count(&bench.sim, "ΣΥΝΟΛΟ")), (2, 2));
    assert_eq!(count(&bench.sim, "07 Εξωτερικό"), 2);
}

fn names_what_keeps_it_from_printing(bench: &Bench) {
    type Change = fn(&mut tameio_drivers::printer::Control);
    let cases: [(Change, Fault); 3] = [
        (|sim| sim.paper = PaperLevel::Out, Fault::PaperOut),
        (|sim| sim.cover_open = true, Fault::CoverOpen),
        (|sim| sim.cutter = CutterState::Jammed, Fault::CutterJam),
    ];
    let mut printer = bench.printer();
    for (change, cause) in cases {
        bench.sim.change(change);
        assert_eq!(printer.print(&job()), JobOutcome::NotStarted { cause: cause.clone() });
        assert_eq!(printer.status().unwrap().fault(), Some(cause));
        bench.sim.change(|sim| *sim = tameio_drivers::printer::Control::default());
    }
    assert_eq!(count(&bench.sim, "ΣΥΝΟΛΟ"), 0);
    assert_eq!(printer.print(&job()), JobOutcome::Confirmed);
    assert_eq!(count(&bench.sim, "ΣΥΝΟΛΟ"), 1);
}

fn breaks_off_and_is_finished_once(bench: &Bench) {
    bench.sim.change(|sim| sim.paper_out_after_lines = Some(10));
    let mut printer = bench.printer();
    let outcome = printer.print(&job());
    assert!(matches!(outcome, JobOutcome::Interrupted { cause: Fault::PaperOut, .. }), "{outcome:?}");
    bench.sim.change(|sim| sim.paper = PaperLevel::Enough);
    let deadline = Instant::now() + Duration::from_secs(3);
    while count(&bench.sim, "ΣΥΝΟΛΟ") == 0 && Instant::now() < deadline {
        std::thread::yield_now();
    }
    assert_eq!((count(&bench.sim, "ΣΥΝΟΛΟ"), count(&bench.sim, "03 Εξωτερικό")), (1, 1));
}

fn keeps_its_deadline_when_nothing_is_taken(bench: &Bench) {
    bench.sim.change(|sim| sim.event_after_bytes = Some((400, Event::Sticks)));
    let start = Instant::now();
    let outcome = bench.printer().print(&job());
    let honest =
        matches!(outcome, JobOutcome::Unknown | JobOutcome::Interrupted { cause: Fault::Timeout, .. });
    assert!(honest, "{outcome:?}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

fn a_lost_link_is_named_and_nothing_is_repeated(bench: &Bench) {
    bench.sim.change(|sim| sim.drop_after_bytes = Some(900));
    let outcome = bench.printer().print(&job());
    let honest =
        matches!(outcome, JobOutcome::Unknown | JobOutcome::Interrupted { cause: Fault::Disconnected, .. });
    assert!(honest, "{outcome:?}");
    assert!(count(&bench.sim, "05 Εξωτερικό") <= 1 && count(&bench.sim, "ΣΥΝΟΛΟ") == 0);
}

fn short_writes_lose_nothing(bench: &Bench) {
    bench.sim.change(|sim| sim.takes_at_most = Some(7));
    assert_eq!(bench.printer().print(&job()), JobOutcome::Confirmed);
    let papers = bench.sim.papers();
    assert_eq!((papers.len(), count(&bench.sim, "ΣΥΝΟΛΟ")), (1, 1));
    let lines = papers[0].lines();
    assert!((0..34).all(|line| lines.iter().any(|text| text.starts_with(&format!("{line:02} Εξωτερικό")))));
}

fn the_drawer_gets_one_pulse_and_is_seen(bench: &Bench) {
    let mut printer = bench.printer();
    assert_eq!(printer.open_drawer(), JobOutcome::Confirmed);
    assert_eq!(bench.sim.pulses(), 1);
    assert_eq!(printer.status().unwrap().drawer(&profile("epson-80")), Some(DrawerState::Open));
}

fn silence_is_nothing_and_has_an_end(bench: &Bench) {
    let mut link = (bench.connect)().open().unwrap();
    let start = Instant::now();
    assert_eq!(link.receive(&mut [0; 8], Duration::from_millis(30)), Ok(0));
    assert_eq!(link.send(&[], Duration::from_millis(30)), Ok(0));
    assert!(start.elapsed() < Duration::from_secs(2));
    link.drain(Duration::from_millis(100)).unwrap();
}

macro_rules! contract {
    ($($link:ident: $bench:expr;)*) => {$(
        mod $link {
            use super::*;

            #[test]
            fn confirms_each_job_once() { super::confirms_each_job_once(&$bench); }
            #[test]
            fn names_what_keeps_it_from_printing() { super::names_what_keeps_it_from_printing(&$bench); }
            #[test]
            fn breaks_off_and_is_finished_once() { super::breaks_off_and_is_finished_once(&$bench); }
            #[test]
            fn keeps_its_deadline_when_nothing_is_taken() {
                super::keeps_its_deadline_when_nothing_is_taken(&$bench);
            }
            #[test]
            fn a_lost_link_is_named_and_nothing_is_repeated() {
                super::a_lost_link_is_named_and_nothing_is_repeated(&$bench);
            }
            #[test]
            fn short_writes_lose_nothing() { super::short_writes_lose_nothing(&$bench); }
            #[test]
            fn the_drawer_gets_one_pulse_and_is_seen() { super::the_drawer_gets_one_pulse_and_is_seen(&$bench); }
            #[test]
            fn silence_is_nothing_and_has_an_end() { super::silence_is_nothing_and_has_an_end(&$bench); }
            #[test]
            fn a_slow_printer_is_waited_for() {
                let bench = $bench.with(|sim| sim.bytes_per_second = Some(6000));
                // Longer than a busy machine takes, and shorter than anybody would wait for a printer that is stuck.
                let patience = Patience { stall: Duration::from_secs(8), ..Patience::default() };
                assert_eq!(bench.printer().with_patience(patience).print(&job()), JobOutcome::Confirmed);
            }
        }
    )*};
}

contract! {
    in_process: Bench::over(|sim| Box::new(sim.clone()));
    tcp: Bench::tcp();
    device_file: Bench::terminal(|path| Box::new(DeviceFile::new(path)));
    serial_without_flow: Bench::serial(Flow::None);
    serial_with_rts: Bench::serial(Flow::RtsCts);
    serial_with_xon: Bench::serial(Flow::XonXoff);
    serial_with_dtr: Bench::over(|sim| Box::new(ReadyLine::new(sim)));
    usb: Bench::over(|sim| Box::new(SimUsb(sim.clone())));
}
