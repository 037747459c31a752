//! Never charged twice, never booked without a charge: days of sales with every fault, crashes of the till included, and the
//! bank's book as the last word.

use std::time::Duration;

use proptest::prelude::*;
use tameio_drivers::card::{
    Cancel, CardTerminal, Found, Intent, Kind, Mishap, NotStarted, Outcome, SessionNumber,
};

use super::{Bench, Line, Speaks, cents, patience};

/// What the till has in its database about an intent: it outlives a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Booked {
    /// Written down, no end known.
    Open,
    /// Paid, with this many cents.
    Paid(u64),
    /// Ended without a payment, by the terminal's word or because nothing was sent.
    Unpaid,
    /// A person has looked into the acquirer's list.
    ByHand,
}

/// What happens to one sale.
#[derive(Clone, Debug)]
struct Happens {
    kind: Kind,
    cents: u64,
    mishap: Option<Mishap>,
    declined: bool,
    tip: bool,
    slow: bool,
    cancelled: bool,
    mute: bool,
    garbage: bool,
    /// The till falls over before it has written the outcome down.
    crash: bool,
    /// The terminal is switched off and on afterwards, and may forget.
    restart: Option<bool>,
}

fn happens() -> impl Strategy<Value = Happens> {
    let rarely = || prop::bool::weighted(0.15);
    let mishap = prop::option::weighted(0.5, prop::sample::select(Mishap::ALL.to_vec()));
    let kind = prop_oneof![4 => Just(Kind::Sale), 1 => Just(Kind::Refund)];
    let often = (kind, 1..5000_u64, mishap, rarely(), rarely());
    let seldom = (rarely(), rarely(), prop::bool::weighted(0.05), prop::bool::weighted(0.05));
    let ends = (prop::bool::weighted(0.3), prop::option::weighted(0.2, prop::bool::weighted(0.3)));
    (often, seldom, ends).prop_map(
        |((kind, cents, mishap, declined, tip), (slow, cancelled, mute, garbage), (crash, restart))| {
            Happens { kind, cents, mishap, declined, tip, slow, cancelled, mute, garbage, crash, restart }
        },
    )
}

/// The till: its database, and the terminal.
struct Day {
    bench: Bench,
    books: Vec<(Intent, Booked)>,
}

impl Day {
    fn book(&mut self, intent: &Intent, booked: Booked) {
        let entry = self.books.iter_mut().find(|(known, _)| known.session == intent.session).unwrap();
        entry.1 = booked;
    }

    fn sell(&mut self, happens: &Happens) {
        let sim = self.bench.sim.clone();
        sim.change(|control| {
            control.mishap = happens.mishap;
            control.decline = happens.declined.then(|| "51".to_owned());
            control.tip_cents = if happens.tip && happens.kind == Kind::Sale { 50 } else { 0 };
            control.delay = Duration::from_millis(if happens.slow || happens.cancelled { 40 } else { 0 });
            (control.mute, control.garbage) = (happens.mute, happens.garbage);
        });
        let intent = self.bench.intent(happens.kind, happens.cents);
        // Committed first: this is what a crash leaves.
        self.books.push((intent.clone(), Booked::Open));
        let cancel = Cancel::default();
        if happens.cancelled {
            let cancel = cancel.clone();
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(10));
                cancel.ask();
            });
        }
        let (outcome, _) = self.bench.start(&intent, &cancel);
        sim.change(|control| {
            control.mishap = None;
            (control.mute, control.garbage) = (false, false);
        });
        if let Some(forgets) = happens.restart {
            sim.restart(forgets);
        }
        if happens.crash {
            self.restart();
        } else {
            self.end(&intent, outcome);
        }
        self.resolve();
    }

    fn end(&mut self, intent: &Intent, outcome: Result<Outcome, NotStarted>) {
        match outcome {
            Ok(Outcome::Approved(approval)) => {
                self.book(intent, Booked::Paid(approval.amount_cents + approval.tip_cents));
            }
            Ok(Outcome::Declined { .. } | Outcome::Cancelled { .. }) | Err(_) => {
                self.book(intent, Booked::Unpaid)
            }
            Ok(Outcome::Unknown(_)) => {}
        }
    }

    /// The till starts again with nothing but its database.
    fn restart(&mut self) {
        self.bench.crash();
        for (intent, _) in self.books.iter().filter(|(_, booked)| *booked == Booked::Open) {
            self.bench.terminal.adopt(intent);
        }
    }

    /// Every open intent is asked about; what no terminal can tell is looked up by a person.
    fn resolve(&mut self) {
        let open: Vec<Intent> = self
            .books
            .iter()
            .filter(|(_, booked)| *booked == Booked::Open)
            .map(|(intent, _)| intent.clone())
            .collect();
        for intent in open {
            let mut found = self.bench.query(&intent);
            while found == Found::Running {
                std::thread::sleep(Duration::from_millis(10));
                found = self.bench.query(&intent);
            }
            match found {
                Found::Outcome(outcome) => self.end(&intent, Ok(outcome)),
                _ => {
                    let sim = self.bench.sim.clone();
                    super::until("the end of what runs", || !sim.is_running());
                    self.bench.terminal.set_aside(intent.session);
                    self.book(&intent, Booked::ByHand);
                }
            }
        }
        assert_eq!(self.bench.terminal.unresolved(), None::<SessionNumber>);
    }

    /// The bank's book against the till's.
    fn agrees(&self) {
        let ledger = self.bench.sim.ledger();
        for (intent, booked) in &self.books {
            let charged = cents(&ledger, intent);
            assert!(charged.len() <= 1, "{:?} was charged {charged:?}", intent.session);
            let moved = charged.first().map(|cents| cents.unsigned_abs());
            match booked {
                Booked::Open => panic!("{:?} has no end", intent.session),
                Booked::Paid(cents) => assert_eq!(moved, Some(*cents), "{:?}", intent.session),
                Booked::Unpaid => assert_eq!(moved, None, "{:?}", intent.session),
                Booked::ByHand => {}
            }
        }
        let known = |session| self.books.iter().any(|(intent, _)| intent.session == session);
        assert!(ledger.iter().all(|charge| known(charge.session)), "{ledger:?}");
    }

    fn by_hand(&self) -> usize {
        self.books.iter().filter(|(_, booked)| *booked == Booked::ByHand).count()
    }
}

fn day(speaks: Speaks, line: Line, sales: &[Happens]) -> Day {
    let mut bench = Bench::new(speaks, line);
    bench.patience = tameio_drivers::card::Patience {
        result: Duration::from_millis(150),
        query: Duration::from_millis(150),
        ready: Duration::from_millis(150),
        abort: Duration::from_millis(100),
        settle: Duration::from_millis(100),
        ..patience()
    };
    bench.crash();
    let mut day = Day { bench, books: Vec::new() };
    for happens in sales {
        day.sell(happens);
    }
    day.agrees();
    day
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_books_agree_over_sockets(
        speaks in prop::sample::select(vec![Speaks::Ecr, Speaks::Pipe]),
        sales in prop::collection::vec(happens(), 1..10),
    ) {
        day(speaks, Line::Socket, &sales);
    }

    #[test]
    fn the_books_agree_in_this_process(
        speaks in prop::sample::select(vec![Speaks::Ecr, Speaks::Mellon, Speaks::Pipe]),
        sales in prop::collection::vec(happens(), 1..10),
    ) {
        day(speaks, Line::Here, &sales);
    }
}

/// A terminal that can be asked and does not forget needs no person, whatever breaks.
#[test]
fn a_terminal_with_a_list_needs_no_person() {
    let usual = Happens {
        kind: Kind::Sale,
        cents: 1400,
        mishap: None,
        declined: false,
        tip: false,
        slow: false,
        cancelled: false,
        mute: false,
        garbage: false,
        crash: false,
        restart: None,
    };
    let mut sales = vec![usual.clone()];
    for mishap in
        [Mishap::BreakAfterBank, Mishap::BreakInResult, Mishap::Repeat, Mishap::RepeatNext, Mishap::Another]
    {
        for (crash, restart) in [(false, None), (true, None), (true, Some(false))] {
            sales.push(Happens { mishap: Some(mishap), crash, restart, ..usual.clone() });
        }
    }
    sales.push(Happens { mute: true, ..usual.clone() });
    sales.push(Happens { garbage: true, crash: true, ..usual });
    let day = day(Speaks::Ecr, Line::Socket, &sales);
    assert_eq!((day.by_hand(), day.bench.charged().len()), (0, sales.len()));
}
