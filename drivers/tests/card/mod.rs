//! Card terminals: one contract for every protocol over every line, the frames of the makers' papers, every fault, and the
//! bank's book as the last word.

mod address;
mod any_bytes;
mod contract;
mod faults;
mod frames;
mod killed;
mod manual;
mod no_card_numbers;
mod presence;
mod proof;

use std::convert::Infallible;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use tameio_drivers::card::ecr::{self, Ecr};
use tameio_drivers::card::pipe::{self, Pipe};
use tameio_drivers::card::protocol::Protocol;
use tameio_drivers::card::{
    Approval, Cancel, CardTerminal, Charge, Committed, Connect, Event, Found, Intent, Kind, Language,
    LinkedTerminal, LocalTime, NotStarted, Outcome, Patience, SessionNumber, SimTerminal, UniqueId, serve,
    sim,
};
use tameio_drivers::wire;

/// The protocols, as the simulator is set up for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speaks {
    Ecr,
    Mellon,
    Pipe,
    /// A terminal that says that it is ready before it is asked, and counts for itself.
    PipeReadyFirst,
}

const ALL: [Speaks; 4] = [Speaks::Ecr, Speaks::Mellon, Speaks::Pipe, Speaks::PipeReadyFirst];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Here,
    Socket,
}

impl Speaks {
    fn language(self) -> Language {
        match self {
            Self::Ecr => Language::Ecr(sim::ecr_settings(ecr::Form::A1098)),
            Self::Mellon => Language::Ecr(sim::ecr_settings(ecr::Form::Mellon)),
            Self::Pipe => Language::Pipe(sim::pipe_settings()),
            Self::PipeReadyFirst => Language::Pipe(pipe::Settings {
                ready_first: true,
                session_echoed: false,
                ..sim::pipe_settings()
            }),
        }
    }
}

fn protocol(language: &Language) -> Box<dyn Protocol> {
    match language {
        Language::Ecr(settings) => Box::new(Ecr::new(settings.clone())),
        Language::Pipe(settings) => Box::new(Pipe::new(settings.clone())),
    }
}

/// Waits on another scale than real ones: two and a half seconds for three minutes.
fn patience() -> Patience {
    Patience {
        send: Duration::from_secs(2),
        ready: Duration::from_secs(2),
        result: Duration::from_millis(2500),
        abort: Duration::from_millis(600),
        query: Duration::from_secs(2),
        echo: Duration::from_secs(2),
        batch: Duration::from_secs(2),
        settle: Duration::from_millis(100),
    }
}

/// A simulated terminal, the till's side of it, and the till's own counting.
struct Bench {
    sim: SimTerminal,
    terminal: LinkedTerminal,
    speaks: Speaks,
    line: Line,
    port: u16,
    patience: Patience,
    session: u32,
}

impl Bench {
    fn new(speaks: Speaks, line: Line) -> Self {
        let sim = SimTerminal::new(speaks.language());
        let port = match line {
            Line::Here => 0,
            Line::Socket => listen(&sim),
        };
        let terminal = till(&sim, line, port).with_patience(patience());
        Self { sim, terminal, speaks, line, port, patience: patience(), session: 0 }
    }

    /// The till falls over and starts again: nothing is left but what it had written down.
    fn crash(&mut self) {
        self.terminal = till(&self.sim, self.line, self.port).with_patience(self.patience);
    }

    fn intent(&mut self, kind: Kind, amount_cents: u64) -> Intent {
        self.session += 1;
        intent(self.session, kind, amount_cents)
    }

    /// An operation from beginning to end, and what was told meanwhile.
    fn run(&mut self, kind: Kind, cents: u64) -> (Intent, Result<Outcome, NotStarted>, Vec<Event>) {
        let intent = self.intent(kind, cents);
        let (outcome, events) = self.start(&intent, &Cancel::default());
        (intent, outcome, events)
    }

    fn start(&mut self, intent: &Intent, cancel: &Cancel) -> (Result<Outcome, NotStarted>, Vec<Event>) {
        let mut events = Vec::new();
        let outcome = self.terminal.start(committed(intent), cancel, &mut |event| events.push(event));
        (outcome, events)
    }

    fn query(&mut self, intent: &Intent) -> Found {
        self.terminal.query(intent, &mut |_| {})
    }

    fn approved(&mut self, kind: Kind, cents: u64) -> Approval {
        match self.run(kind, cents).1 {
            Ok(Outcome::Approved(approval)) => *approval,
            other => panic!("{:?} over {:?}: {other:?}", self.speaks, self.line),
        }
    }

    /// The bank's book, as cents.
    fn charged(&self) -> Vec<i64> {
        self.sim.ledger().iter().map(|charge| charge.cents).collect()
    }
}

fn listen(sim: &SimTerminal) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = sim.clone();
    std::thread::spawn(move || serve(&listener, &served));
    port
}

fn till(sim: &SimTerminal, line: Line, port: u16) -> LinkedTerminal {
    let protocol = protocol(&sim.language());
    let sim = sim.clone();
    let connect: Connect = match line {
        Line::Here => Box::new(move || sim.connect()),
        Line::Socket => Box::new(move || wire::tcp("127.0.0.1", port)),
    };
    LinkedTerminal::new(connect, protocol)
}

fn session(number: u32) -> SessionNumber {
    SessionNumber::new(number).unwrap()
}

fn intent(number: u32, kind: Kind, amount_cents: u64) -> Intent {
    Intent {
        session: session(number),
        id: UniqueId::from_u128(u128::from(number) << 64 | 0xFEED),
        kind,
        amount_cents,
        at: LocalTime::new("20261126101500").unwrap(),
    }
}

fn committed(intent: &Intent) -> Committed {
    let committed = intent.clone().commit_with(|_| Ok::<(), Infallible>(()));
    match committed {
        Ok(committed) => committed,
        Err(never) => match never {},
    }
}

/// Every protocol over every line, all at once: most of the time they wait.
fn everywhere(check: impl Fn(&mut Bench) + Sync) {
    let check = &check;
    std::thread::scope(|scope| {
        for speaks in ALL {
            for line in [Line::Here, Line::Socket] {
                let named = std::thread::Builder::new().name(format!("{speaks:?} over {line:?}"));
                named.spawn_scoped(scope, move || check(&mut Bench::new(speaks, line))).unwrap();
            }
        }
    });
}

/// Waits for something another thread does.
fn until(what: &str, happened: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(5);
    while !happened() {
        assert!(Instant::now() < deadline, "{what} does not happen");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn cents(charges: &[Charge], intent: &Intent) -> Vec<i64> {
    charges.iter().filter(|charge| charge.session == intent.session).map(|charge| charge.cents).collect()
}
