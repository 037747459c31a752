//! What people do at the shop. They look at what the terminal shows and do the next thing; after a power cut they look
//! again. What a customer came for is decided here, so that somebody else than the terminal knows how a visit must end.

use super::world::World;
use crate::world::{alone, person, with_chief};
use tameio::app::input::{ChooseService, Input, OpenVisit};
use tameio::domain::catalogue::Size;
use tameio::domain::money::Cents;
use tameio::domain::payment::Tender;
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::visit::{NoDocumentReason, Settlement, VehicleFacts, Visit, VisitState};
use tameio::store::query;

/// What a customer came for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Errand {
    /// Is served and pays.
    Pays,
    /// Is served for nothing, and then pays after all.
    PaysAfterAll,
    /// Is served for nothing.
    Free,
    /// Leaves before being served.
    Leaves,
    /// The plate was typed wrong, which is seen while the car is here.
    Mistyped,
    /// The plate was typed wrong, which is seen when the car is gone.
    MistypedSeenLate,
}

/// One customer.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    pub(crate) plate: String,
    pub(crate) wrong: String,
    pub(crate) errand: Errand,
    /// Milliseconds from one act to the next.
    pace_ms: i64,
}

/// Acts after which a customer has been forgotten.
const ACTS_MAX: u32 = 200;

impl Customer {
    /// The `index`th customer; no two plates are alike or one slip apart.
    pub(crate) fn new(index: usize, world: &mut World) -> Self {
        let letters: Vec<char> = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ".chars().collect();
        let letter = |power: u32| letters[index / 800 / letters.len().pow(power) % letters.len()];
        let (series, number): (String, _) =
            ([letter(2), letter(1), letter(0)].iter().collect(), 1_000 + index % 800 * 10);
        let errand = match world.chance.up_to(99) {
            0..=69 => Errand::Pays,
            70..=79 => Errand::PaysAfterAll,
            80..=84 => Errand::Free,
            85..=89 => Errand::Leaves,
            90..=96 => Errand::Mistyped,
            _ => Errand::MistypedSeenLate,
        };
        let quick = world.chance.up_to(2) == 0;
        let pace = world.chance.up_to(if quick { 2_000 } else { 900_000 });
        Self {
            plate: format!("{series}-{number}"),
            wrong: format!("{series}-{}", number + 5),
            errand,
            pace_ms: 1 + i64::try_from(pace).expect("a small number"),
        }
    }

    /// One who is served, pays and leaves.
    pub(crate) fn who_pays(index: usize, world: &mut World) -> Self {
        Self { errand: Errand::Pays, ..Self::new(index, world) }
    }

    /// Whether a visit is this customer's, typed right.
    pub(crate) fn drives(&self, visit: &Visit) -> bool {
        visit.plate == parsed(&self.plate)
    }

    const fn is_mistyped(&self) -> bool {
        matches!(self.errand, Errand::Mistyped | Errand::MistypedSeenLate)
    }

    /// The next act; nothing when the visit is over.
    pub(crate) fn next(&self, visit: Option<&Visit>) -> Option<Input> {
        let Some(visit) = visit else {
            let typed = if self.is_mistyped() { &self.wrong } else { &self.plate };
            return Some(Input::OpenVisit(OpenVisit::new(typed, Size::Small, person("A"))));
        };
        let is_wrong = self.is_mistyped() && visit.plate == parsed(&self.wrong);
        let taken = visit.sale.lines.first().map(|line| line.code.as_str());
        match &visit.state {
            VisitState::Cancelled { .. } | VisitState::Moved { .. } | VisitState::Replaced { .. } => None,
            VisitState::Closed { .. } => is_wrong.then(|| self.correct(visit)),
            // Seen as soon as the service is known; while the correction waits, the visit goes on.
            _ if is_wrong
                && self.errand == Errand::Mistyped
                && taken.is_some()
                && visit.correction.is_none() =>
            {
                Some(self.correct(visit))
            }
            _ => Some(self.go_on(visit, taken)),
        }
    }

    /// The way of an ordinary visit.
    fn go_on(&self, visit: &Visit, taken: Option<&str>) -> Input {
        let id = visit.id;
        let operator = person("A");
        let is_settled = matches!(visit.state, VisitState::Settled { .. });
        let is_free = matches!(visit.state.settlement(), Some(Settlement::NoDocument { .. }));
        if is_settled && !(is_free && self.errand == Errand::PaysAfterAll) {
            return Input::Depart { visit: id, operator, returned_at: None };
        }
        match (self.errand, taken) {
            (Errand::Leaves, _) => {
                Input::CancelVisit {
                    visit: id, reason: "έφυγε από την ουρά".to_owned(), by: with_chief()
                }
            }
            (_, None) => choose(visit, "EXT"),
            (Errand::Free | Errand::PaysAfterAll, _) if !is_settled => Input::ChooseNoDocument {
                visit: id,
                reason: NoDocumentReason::Free,
                note: "δώρο".to_owned(),
                redo_of: None,
                by: with_chief(),
            },
            _ => {
                let tenders = vec![Tender::CardApart { amount: visit.sale.totals().gross, tip: Cents::ZERO }];
                Input::Pay { visit: id, tenders, invoice_to: None, operator }
            }
        }
    }

    fn correct(&self, visit: &Visit) -> Input {
        let never_sent = visit.entry.create.as_ref().is_some_and(|moment| !moment.tried);
        Input::CorrectPlate {
            visit: visit.id,
            plate: self.plate.clone(),
            entry: PlateEntry::Greek,
            vehicle: VehicleFacts::default(),
            by: if never_sent { alone() } else { with_chief() },
        }
    }

    /// The customer's latest visit, under the right plate or the wrong one.
    pub(crate) fn visit(&self, world: &World) -> Option<Visit> {
        let conn = world.terminal().store().connection();
        let of = |plate: &str| query::latest_of(conn, &parsed(plate)).expect("it can be read");
        of(&self.plate).or_else(|| of(&self.wrong))
    }
}

fn choose(visit: &Visit, package: &str) -> Input {
    let choice =
        ChooseService { visit: visit.id, size: Size::Small, package: package.to_owned(), extras: vec![] };
    Input::ChooseService(choice)
}

fn parsed(plate: &str) -> Plate {
    Plate::parse(&PlateEntry::Greek, plate).expect("a plate")
}

/// Customers who all pay and leave, evenly over a time; between two of them the loop is idle.
pub(crate) fn quiet(
    world: &mut World,
    from: usize,
    count: usize,
    gap_ms: i64,
    mut idle: impl FnMut(&mut World, usize),
) -> Vec<Customer> {
    let mut customers = Vec::with_capacity(count);
    for index in from..from + count {
        let customer = Customer::who_pays(index, world);
        while let Some(input) = customer.next(customer.visit(world).as_ref()) {
            world.act(input);
            pass(world, 2_000);
        }
        pass(world, gap_ms);
        customers.push(customer);
        idle(world, index + 1);
    }
    customers
}

/// Lets time pass while nobody does anything.
pub(crate) fn pass(world: &mut World, time_ms: i64) {
    let until = world.now_ms() + time_ms;
    let person = world.next(until);
    assert_eq!(person, None, "nobody was expected");
}

/// So many customers, one after another, until everybody has gone.
pub(crate) fn day(world: &mut World, count: usize, gap_max_ms: u64) -> Vec<Customer> {
    let mut comes = 0;
    let mut customers = Vec::with_capacity(count);
    for index in 0..count {
        customers.push(Customer::new(index, world));
        comes += i64::try_from(world.chance.up_to(gap_max_ms)).expect("a small number");
        world.send_person(index, comes);
    }
    let (mut inside, mut acts) = (count, vec![0; count]);
    while inside > 0 {
        let index = world.next(i64::MAX).expect("somebody is still there");
        if world.chance.up_to(99) == 0 {
            world.tidy();
            world.look_after();
        }
        let customer = &customers[index];
        match customer.next(customer.visit(world).as_ref()) {
            Some(input) => {
                acts[index] += 1;
                assert!(acts[index] < ACTS_MAX, "{customer:?} does not get on: {input:?}");
                world.act(input);
                world.send_person(index, customer.pace_ms);
            }
            None => inside -= 1,
        }
    }
    customers
}
