//! The people of a simulated day. They look at the state and do the next thing, so that after a kill they simply go on:
//! nothing they know is lost with the process but what was in their heads anyway.
//!
//! | file | what it holds |
//! |---|---|
//! | `holders` | those who buy a pack and wash by it |
//! | `evening` | the office afterwards |

mod evening;
pub(in crate::simulate) mod holders;

use super::errand::Told;
use super::plan::{self, Away, ComesBack, Customer, Noticed, Settles};
use super::site::{Site, SiteError, SiteOptions};
use super::summary::Summary;
use crate::aade::simulator::{FaultScript, Options};
use crate::app::input::{By, ChooseService, DocumentInput, Input, OpenVisit, PaperInput, TillInput};
use crate::domain::ids::{JobId, VisitId};
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::paper::JobState;
use crate::domain::payment::Tender;
use crate::domain::plate::Plate;
use crate::domain::settings::Settings;
use crate::domain::terms::{Earlier, Trip};
use crate::domain::time::Stamp;
use crate::domain::visit::{NoDocumentReason, Settlement, Visit, VisitState};
use crate::mydata::simulator as mydata;
use crate::provider::simulator as provider;
use crate::store::query;
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tameio_drivers::printer::Profile;

/// Cash in the drawer at the start of a simulated day.
const FLOAT: Cents = Cents(15_000);
/// Somebody who sees the slip of a finger at once needs so long to say so.
const AT_ONCE_S: i64 = 3;
/// Acts that change nothing before the day is given up: beyond it the terminal refuses what it must not.
const STUCK_MAX: u32 = 50;

/// How much goes wrong between here and the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Nothing.
    None,
    /// What happens on an ordinary bad day.
    Light,
    /// Nearly a third of all requests go wrong.
    Storm,
}

/// A day to be simulated.
#[derive(Debug, Clone)]
pub struct DayOptions {
    /// What the owner decided.
    pub settings: Settings,
    /// Customers.
    pub visits: u32,
    /// Where chance begins.
    pub seed: u64,
    /// What goes wrong.
    pub weather: Weather,
    /// Where everything is kept; what is there already is gone on with.
    pub folder: PathBuf,
    /// Every paper is written as `.txt` and `.png`.
    pub keep_papers: bool,
}

/// Simulates a day to its end, or goes on with one that was killed.
///
/// # Errors
/// When a database or a folder cannot be used.
pub fn run(options: &DayOptions, start: Stamp, progress: impl FnMut(u32)) -> Result<Summary, SiteError> {
    let customers = plan::day(&options.settings, start, options.visits, options.seed);
    let site = Site::open(SiteOptions {
        folder: options.folder.clone(),
        settings: options.settings.clone(),
        seed: options.seed,
        start,
        registry: registry(),
        mydata: mydata::Options::default(),
        profile: Profile::named("epson-80").unwrap_or_else(Profile::generic),
        papers: options.keep_papers.then(|| options.folder.join("papers")),
    })?;
    let mut day = Day {
        site,
        settings: options.settings.clone(),
        cashier: cashier(&options.settings),
        chief: chief(&options.settings),
        stuck: 0,
    };
    day.meet(options.weather, options.seed);
    day.work(&customers, progress)?;
    day.close(options, &customers)
}

/// Every rule on but one: nobody knows whether AADE lets a completed entry be cancelled. Here it does, so that a plate
/// corrected after departure can be followed to its end; where it does not, the case stands on the list for a person.
fn registry() -> Options {
    let mut options = Options::strict();
    options.switches.insert("X5".to_owned(), false);
    options
}

fn cashier(settings: &Settings) -> OperatorId {
    settings.operators.first().map_or_else(|| OperatorId("A".to_owned()), |operator| operator.id.clone())
}

fn chief(settings: &Settings) -> OperatorId {
    let chief = settings.holders(crate::domain::operator::Right::CorrectEntry).next();
    chief.map_or_else(|| OperatorId("chief".to_owned()), |operator| operator.id.clone())
}

struct Day {
    site: Site,
    settings: Settings,
    cashier: OperatorId,
    chief: OperatorId,
    stuck: u32,
}

/// What a customer's visit needs next, and when.
struct Next {
    at: Stamp,
    customer: usize,
}

impl Day {
    /// What goes wrong from now on, at the registry and at whoever issues. It differs after each restart: a day that is
    /// killed over and over would otherwise meet its first fault only.
    fn meet(&self, weather: Weather, seed: u64) {
        let seed = seed ^ self.site.terminal().store().last_seq().unsigned_abs().rotate_left(32);
        let (registry, mydata, provider) = match weather {
            Weather::None => (FaultScript::default(), Default::default(), Default::default()),
            Weather::Light => (
                FaultScript::light(seed),
                mydata::FaultScript::light(seed),
                provider::FaultScript::light(seed),
            ),
            Weather::Storm => (
                FaultScript::storm(seed),
                mydata::FaultScript::storm(seed),
                provider::FaultScript::storm(seed),
            ),
        };
        self.site.set_faults(registry);
        self.site.set_issuer_faults(mydata, provider);
    }

    fn work(&mut self, customers: &[Customer], mut progress: impl FnMut(u32)) -> Result<(), SiteError> {
        if self.site.state().shift.is_none() && self.site.state().numbered.is_empty() {
            self.site
                .act(Input::Till(TillInput::OpenShift { float: FLOAT, operator: self.cashier.clone() }))?;
        }
        let mut agenda: BTreeMap<(Stamp, usize), ()> = BTreeMap::new();
        for (index, customer) in customers.iter().enumerate() {
            agenda.insert((customer.comes, index), ());
        }
        let mut done = 0;
        while let Some(((at, index), ())) = agenda.pop_first() {
            self.site.run_until(at)?;
            self.tend_printer()?;
            match customers.get(index).map(|customer| self.serve(customer, index)).transpose()?.flatten() {
                Some(next) => {
                    agenda.insert((next.at, next.customer), ());
                }
                None => {
                    done += 1;
                    progress(done);
                }
            }
            self.site.take_notices();
            if self.stuck > STUCK_MAX {
                break;
            }
        }
        Ok(())
    }

    /// Does the next thing for one customer; says when to come back, or that the visit is over.
    fn serve(&mut self, customer: &Customer, index: usize) -> Result<Option<Next>, SiteError> {
        let visit = self.find(customer)?;
        let before = visit.clone();
        let slip =
            visit.as_ref().map(|visit| self.slip_of_an_earlier_part(customer, visit)).transpose()?.flatten();
        let next = match slip {
            Some(slip) => Some(slip),
            None => self.next_act(customer, visit.as_ref())?,
        };
        let Some(input) = next else { return Ok(None) };
        let seq = self.site.terminal().store().last_seq();
        self.site.act(input)?;
        // A pack is sold and given back without a visit.
        let moved = match customer.pack {
            Some(_) => self.site.terminal().store().last_seq() != seq,
            None => self.find(customer)? != before,
        };
        self.stuck = if moved { 0 } else { self.stuck + 1 };
        let at = later(self.site.now(), wait_of(customer, before.as_ref()));
        Ok(Some(Next { at, customer: index }))
    }

    /// The customer's visit, under the right plate or the one that was typed wrong; the latest, if there were several.
    fn find(&self, customer: &Customer) -> Result<Option<Visit>, SiteError> {
        let right = self.find_as(customer, &customer.plate)?;
        if right.is_some() { Ok(right) } else { self.find_mistyped(customer) }
    }

    fn find_mistyped(&self, customer: &Customer) -> Result<Option<Visit>, SiteError> {
        Ok(customer.mistyped().map(|text| self.find_as(customer, text)).transpose()?.flatten())
    }

    fn find_as(&self, customer: &Customer, text: &str) -> Result<Option<Visit>, SiteError> {
        let Ok(plate) = Plate::parse(&customer.entry, text) else { return Ok(None) };
        Ok(query::latest_of(self.site.terminal().store().connection(), &plate)?)
    }

    /// The vehicle is back, under its right plate: now somebody sees that the first part of its work has a wrong one.
    fn slip_of_an_earlier_part(
        &self,
        customer: &Customer,
        visit: &Visit,
    ) -> Result<Option<Input>, SiteError> {
        if customer.noticed() != Some(Noticed::OnceBack) || visit.follows.is_none() {
            return Ok(None);
        }
        let earlier = self.find_mistyped(customer)?;
        let earlier = earlier.filter(|earlier| matches!(earlier.state, VisitState::Moved { .. }));
        Ok(earlier.map(|earlier| self.correct(customer, earlier.id)))
    }

    fn next_act(&self, customer: &Customer, visit: Option<&Visit>) -> Result<Option<Input>, SiteError> {
        match &customer.pack {
            Some(holder) => self.next_of_holder(customer, holder, visit),
            None => Ok(self.next_of_walk_in(customer, visit)),
        }
    }

    fn next_of_walk_in(&self, customer: &Customer, visit: Option<&Visit>) -> Option<Input> {
        let Some(visit) = visit else { return Some(self.arrive(customer)) };
        let wrong = is_mistyped(customer, visit) && visit.correction.is_none();
        match &visit.state {
            VisitState::Away { .. } | VisitState::Cancelled { .. } | VisitState::Replaced { .. } => None,
            VisitState::Closed { .. } | VisitState::Moved { .. }
                if wrong && customer.noticed() == Some(Noticed::Afterwards) =>
            {
                Some(self.correct(customer, visit.id))
            }
            VisitState::Moved { .. } => self.come_back(customer, visit),
            VisitState::Closed { .. } => None,
            _ if wrong && matches!(customer.noticed(), Some(Noticed::AtOnce | Noticed::InTheQueue)) => {
                Some(self.correct(customer, visit.id))
            }
            _ if customer.settles == Settles::Leaves => Some(Input::CancelVisit {
                visit: visit.id,
                reason: "έφυγε από την ουρά".to_owned(),
                by: self.with_chief(),
            }),
            _ if paper_waits(customer, visit) => paper_at_once(customer, visit.id),
            VisitState::Open | VisitState::InService | VisitState::Ready => {
                Some(self.serve_inside(customer, visit))
            }
            VisitState::Settled { settlement: Settlement::NoDocument { .. } } if customer.after_all => {
                Some(self.pay(customer, visit))
            }
            // Paid, and longer on the way out than the grace.
            VisitState::Settled { settlement: Settlement::Paid { .. } } if self.owes(visit) => {
                Some(self.pay(customer, visit))
            }
            VisitState::Settled { .. } => {
                let returned_at = customer.trip.as_ref().and_then(|trip| trip.returned_at.clone());
                let returned_at = returned_at.map(|place| place.as_str().to_owned());
                Some(Input::Depart { visit: visit.id, operator: self.cashier.clone(), returned_at })
            }
        }
    }

    /// What a vehicle inside still needs before it may leave.
    fn serve_inside(&self, customer: &Customer, visit: &Visit) -> Input {
        let untold = customer.category.is_some() && visit.category.is_none();
        if untold || customer.amount.is_some() && visit.amount != customer.amount {
            let (category, amount) = (customer.category.clone(), customer.amount);
            return Input::TellService { visit: visit.id, category, amount };
        }
        if let Some(package) = customer.package.as_ref().filter(|_| visit.sale.lines.is_empty()) {
            return self.choose(customer, visit.id, package);
        }
        let beside = visit.stay.is_some() && !customer.extras.is_empty() && customer.settles.pays();
        if beside && visit.sale.lines.is_empty() {
            return self.choose(customer, visit.id, "");
        }
        match &customer.away {
            Some(Away { to, .. }) if visit.follows.is_none() => {
                Input::MoveOffSite { visit: visit.id, to: to.clone(), operator: self.cashier.clone() }
            }
            _ => self.settle(customer, visit),
        }
    }

    fn arrive(&self, customer: &Customer) -> Input {
        let plate = customer.mistyped().unwrap_or(&customer.plate);
        Input::OpenVisit(self.arrival(customer, plate))
    }

    fn arrival(&self, customer: &Customer, plate: &str) -> OpenVisit {
        // Where the vehicle is brought back is known when it is back.
        let trip = customer.trip.clone().map(|trip| Trip { returned_at: None, ..trip });
        OpenVisit {
            entry: customer.entry.clone(),
            vehicle: customer.vehicle.clone(),
            trade: (customer.trade != self.settings.trade).then_some(customer.trade),
            terms: customer.terms.clone(),
            trip,
            ..OpenVisit::new(plate, customer.size, self.cashier.clone())
        }
    }

    /// The vehicle that was moved elsewhere is here again, if it comes back at all.
    fn come_back(&self, customer: &Customer, earlier: &Visit) -> Option<Input> {
        let back = customer.away.as_ref().map_or(ComesBack::Never, |away| away.back);
        let follows = match (back, earlier.entry.id) {
            (ComesBack::Never, _) => return None,
            (ComesBack::WithItsNumber, Some(id)) => Earlier::Entry { id },
            (ComesBack::WithItsNumber, None) | (ComesBack::ToItsVisit, _) => {
                Earlier::Visit { visit: earlier.id }
            }
        };
        let open = OpenVisit { follows: Some(follows), ..self.arrival(customer, &customer.plate) };
        Some(Input::OpenVisit(open))
    }

    fn correct(&self, customer: &Customer, visit: VisitId) -> Input {
        Input::CorrectPlate {
            visit,
            plate: customer.plate.clone(),
            entry: customer.entry.clone(),
            vehicle: customer.vehicle.clone(),
            by: self.with_chief(),
        }
    }

    fn choose(&self, customer: &Customer, visit: VisitId, package: &str) -> Input {
        Input::ChooseService(ChooseService {
            visit,
            size: customer.size,
            package: package.to_owned(),
            extras: customer.extras.clone(),
        })
    }

    fn settle(&self, customer: &Customer, visit: &Visit) -> Input {
        let without = match customer.settles {
            Settles::NoDocument(reason) => Some(reason),
            _ => customer.after_all.then_some(NoDocumentReason::Free),
        };
        if let Some(reason) = without {
            let (note, by) = ("κατόπιν έγκρισης".to_owned(), self.with_chief());
            return Input::ChooseNoDocument { visit: visit.id, reason, note, redo_of: None, by };
        }
        if customer.settles == Settles::ByContract {
            let (invoice_to, operator) = (invoice_to(customer), self.cashier.clone());
            return Input::SettleByContract { visit: visit.id, invoice_to, operator };
        }
        if customer.settles == Settles::TurnsRound {
            return Input::Depart { visit: visit.id, operator: self.cashier.clone(), returned_at: None };
        }
        self.pay(customer, visit)
    }

    fn owes(&self, visit: &Visit) -> bool {
        self.settings.owed(visit, self.site.now()).is_ok_and(|owed| owed > Cents::ZERO)
    }

    /// Pays what it comes to just now.
    fn pay(&self, customer: &Customer, visit: &Visit) -> Input {
        let due = self.settings.bill(visit, self.site.now()).map(|bill| bill.due()).unwrap_or_default();
        let tenders = tenders(customer.settles, due);
        let (invoice_to, operator) = (invoice_to(customer), self.cashier.clone());
        Input::Pay { visit: visit.id, tenders, invoice_to, operator }
    }

    fn with_chief(&self) -> By {
        By { operator: self.cashier.clone(), approved_by: Some(self.chief.clone()) }
    }

    /// Looks at papers that wait: says whether a half-known one lies there, and presses Continue for the others.
    fn tend_printer(&mut self) -> Result<(), SiteError> {
        let waiting: Vec<(JobId, JobState)> =
            self.site.state().papers.values().map(|job| (job.id, job.state.clone())).collect();
        for (job, state) in waiting {
            match state {
                JobState::Asking => {
                    let complete = self.site.paper_lies_there(job);
                    let operator = self.cashier.clone();
                    self.site.act(Input::Paper(PaperInput::Judge { job, complete, operator }))?;
                }
                JobState::Waiting { .. } => self.site.act(Input::Paper(PaperInput::Continue { job }))?,
                JobState::Printing | JobState::Done { .. } => {}
            }
        }
        Ok(())
    }
}

/// What a customer hands over for a sum.
pub(super) fn tenders(settles: Settles, due: Cents) -> Vec<Tender> {
    match settles {
        Settles::Cash { exact: true } => vec![Tender::Cash { given: due }],
        Settles::Cash { exact: false } => vec![Tender::Cash { given: note_for(due) }],
        Settles::Card { tip_cents } => vec![Tender::CardApart { amount: due, tip: Cents(tip_cents) }],
        Settles::Split => {
            let cash = Cents(due.0 / 2);
            vec![Tender::Cash { given: cash }, Tender::CardApart { amount: due - cash, tip: Cents::ZERO }]
        }
        Settles::ByContract | Settles::NoDocument(_) | Settles::Leaves | Settles::TurnsRound => Vec::new(),
    }
}

/// The next round sum of notes above what is due.
fn note_for(due: Cents) -> Cents {
    let step = if due.0 <= 1_000 { 1_000 } else { 2_000 };
    Cents((due.0 + step - 1) / step * step)
}

fn invoice_to(customer: &Customer) -> Option<(String, String)> {
    customer.invoice_to.clone().map(|afm| ("GR".to_owned(), afm))
}

/// The vehicle's plate is the one that was typed wrong.
fn is_mistyped(customer: &Customer, visit: &Visit) -> bool {
    let typed = customer.mistyped().and_then(|text| Plate::parse(&customer.entry, text).ok());
    typed.as_ref() == Some(&visit.plate)
}

/// How long until the next act: a slip that is seen at once is said at once.
fn wait_of(customer: &Customer, before: Option<&Visit>) -> i64 {
    let at_once = before.is_none() && customer.noticed() == Some(Noticed::AtOnce);
    match before {
        None if at_once => customer.pace_s % AT_ONCE_S,
        None if customer.stands_s > 0 => customer.stands_s,
        _ => customer.pace_s,
    }
}

/// A document the customer has already can be told: the entry has its number, and is not about to be replaced.
fn paper_waits(customer: &Customer, visit: &Visit) -> bool {
    let has_one = customer.papers.iter().any(|paper| paper.told == Told::AtOnce);
    has_one && visit.entry.id.is_some() && visit.entry.correlate.is_none() && visit.correction.is_none()
}

fn paper_at_once(customer: &Customer, visit: VisitId) -> Option<Input> {
    let paper = customer.papers.iter().find(|paper| paper.told == Told::AtOnce)?;
    Some(Input::Document(DocumentInput::Correlate { name: paper.name.typed(), visits: vec![visit] }))
}

fn later(at: Stamp, seconds: i64) -> Stamp {
    at.utc.checked_add(SignedDuration::from_secs(seconds)).map_or(at, Stamp::new)
}
