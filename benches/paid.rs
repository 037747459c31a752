//! "Paid", with the real engine, its threads and a printer in the network: until the payment survives a pulled plug, and
//! until paper moves. Meanwhile AADE is told of the visits before and takes its time.

use crate::engine::{self, ANSWER};
use crate::figure::{self, Samples};
use crate::past;
use criterion::Criterion;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};
use tameio::app::clock::clockwork;
use tameio::app::effect::Notice;
use tameio::app::engine::{Handle, Screen, Snapshot};
use tameio::app::input::{ChooseService, Input};
use tameio::app::state::State;
use tameio::domain::catalogue::Size;
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::operator::OperatorId;
use tameio::domain::payment::Tender;
use tameio_drivers::printer::{Profile, SimPrinter, serve};

/// Payments: a hundredth of them decides.
const PAYMENTS: u32 = 300;
/// From the touch to a commit, at the 99th of a hundred.
const COMMITTED_MAX: Duration = Duration::from_millis(50);
/// From the touch to the first bytes of the paper at the printer.
const MOVES_MAX: Duration = Duration::from_millis(300);
/// Between two customers: the paper before is out, and the printer has been asked how it is.
const NEXT: Duration = Duration::from_millis(60);
/// Whatever is waited for longer than this does not come.
const PATIENCE: Duration = Duration::from_secs(20);
/// A question of how a printer is has fewer bytes than this, and any paper more.
const QUESTIONS_MAX: usize = 64;

pub(crate) fn bench(_: &mut Criterion) {
    let folder = past::new_folder("paid");
    let (moved, moves) = mpsc::channel();
    let printer = printer_that_tells(moved);
    let address = format!("tcp://{printer}?profile=epson-80");
    let devices = [("printer".parse().expect("a device"), address)].into_iter().collect();
    let (say, said) = mpsc::channel();
    let engine = engine::start(&folder, devices, clockwork(), Box::new(Ear(say)));
    let mut till = Till::at(engine.handle(), said, moves);
    till.wait_for_world("a printer that is well", |state| state.live.printer.is_none().then_some(()));
    (0..PAYMENTS).for_each(|n| till.serve(n));
    figure::within("paid: touch → payment durable, p99", till.committed.p99(), COMMITTED_MAX);
    figure::within("paid: touch → paper moves at a printer in the network, p99", till.moved.p99(), MOVES_MAX);
    figure::note(
        "medians",
        format_args!(
            "{:.2?} durable, {:.2?} paper; AADE answers in {ANSWER:?}",
            till.committed.median(),
            till.moved.median()
        ),
    );
    engine.stop().expect("the engine ends well");
}

/// What the screen is told, and when.
enum Said {
    Notice(Instant, Notice),
    World(Arc<Snapshot>),
}

struct Ear(Sender<Said>);

impl Screen for Ear {
    fn show(&self, snapshot: Arc<Snapshot>) {
        let _ = self.0.send(Said::World(snapshot));
    }

    fn tell(&self, notice: Notice) {
        let _ = self.0.send(Said::Notice(Instant::now(), notice));
    }
}

/// A cashier without a screen.
struct Till {
    handle: Handle,
    said: Receiver<Said>,
    moves: Receiver<Instant>,
    operator: OperatorId,
    package: String,
    committed: Samples,
    moved: Samples,
}

impl Till {
    fn at(handle: Handle, said: Receiver<Said>, moves: Receiver<Instant>) -> Self {
        let settings = past::settings();
        Self {
            handle,
            said,
            moves,
            operator: settings.operators.first().expect("somebody works here").id.clone(),
            package: settings.catalogue.packages.first().expect("something is sold").code.clone(),
            committed: Samples::default(),
            moved: Samples::default(),
        }
    }

    /// One customer from plate to departure.
    fn serve(&mut self, n: u32) {
        self.handle.send(past::open(past::plate(n), &self.operator));
        let (_, visit) = self.wait_for_notice("a visit that is open", |notice| match notice {
            Notice::Opened { visit, .. } => Some(*visit),
            _ => None,
        });
        let package = self.package.clone();
        let choice = ChooseService { visit, size: Size::Small, package, extras: Vec::new() };
        self.handle.send(Input::ChooseService(choice));
        let owed = |state: &State| state.visits.get(&visit).map(|visit| visit.due());
        let due = self.wait_for_world("a price", |state| owed(state).filter(|due| *due > Cents::ZERO));
        self.pay(visit, due);
        self.handle.send(Input::Depart { visit, operator: self.operator.clone(), returned_at: None });
        self.wait_for_world("the paper to be out", |state| {
            (state.papers.is_empty() && !state.visits.contains_key(&visit)).then_some(())
        });
        sleep(NEXT);
    }

    fn pay(&mut self, visit: VisitId, due: Cents) {
        while self.moves.try_recv().is_ok() {}
        let tenders = vec![Tender::CardApart { amount: due, tip: Cents::ZERO }];
        let pay = Input::Pay { visit, tenders, invoice_to: None, operator: self.operator.clone() };
        let touched = Instant::now();
        self.handle.send(pay);
        // The loop says this after the commit and not before.
        let is_paid = |notice: &Notice| matches!(notice, Notice::Paid { .. }).then_some(());
        let (paid, ()) = self.wait_for_notice("a payment", is_paid);
        let moved = self.moves.recv_timeout(PATIENCE).expect("the paper moves");
        self.committed.push(paid.duration_since(touched));
        self.moved.push(moved.duration_since(touched));
    }

    fn wait_for_notice<T>(&self, what: &str, seen: impl Fn(&Notice) -> Option<T>) -> (Instant, T) {
        self.wait(what, |said| match said {
            Said::Notice(_, Notice::Refused(refusal)) => panic!("{what}: refused, {refusal:?}"),
            Said::Notice(at, notice) => seen(&notice).map(|seen| (at, seen)),
            Said::World(_) => None,
        })
    }

    fn wait_for_world<T>(&self, what: &str, seen: impl Fn(&State) -> Option<T>) -> T {
        self.wait(what, |said| match said {
            Said::World(snapshot) => seen(&snapshot.state),
            Said::Notice(..) => None,
        })
    }

    fn wait<T>(&self, what: &str, seen: impl Fn(Said) -> Option<T>) -> T {
        loop {
            let said = self.said.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{what} does not come"));
            if let Some(seen) = seen(said) {
                return seen;
            }
        }
    }
}

/// The virtual printer on a socket of its own, with somebody before it who notes when a paper arrives.
fn printer_that_tells(moved: Sender<Instant>) -> SocketAddr {
    let printer = SimPrinter::new(Profile::named("epson-80").expect("a known printer"));
    let papers = past::new_folder("paid-papers");
    let (behind, before) = (free_port(), free_port());
    let [at, seen_at] = [&behind, &before].map(|port| port.local_addr().expect("an address"));
    thread::spawn(move || serve(&behind, &printer, &papers));
    thread::spawn(move || {
        for till in before.incoming().map_while(Result::ok) {
            let printer = TcpStream::connect(at).expect("the printer listens");
            [&till, &printer].iter().for_each(|side| side.set_nodelay(true).expect("it is a socket"));
            let [answers, answered] = [&printer, &till].map(|side| side.try_clone().expect("a socket"));
            thread::spawn(move || hand_on(&answers, &answered, |_| ()));
            let moved = moved.clone();
            thread::spawn(move || {
                hand_on(&till, &printer, |bytes| {
                    if bytes > QUESTIONS_MAX {
                        let _ = moved.send(Instant::now());
                    }
                });
            });
        }
    });
    seen_at
}

fn free_port() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").expect("a free port")
}

/// Hands bytes on until one side is closed, which closes the other.
fn hand_on(mut from: &TcpStream, mut to: &TcpStream, note: impl Fn(usize)) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        note(count);
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Write);
}
