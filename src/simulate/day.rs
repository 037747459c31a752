//! The people of a simulated day. They look at the state and do the next thing, so that after a kill they simply go on:
//! nothing they know is lost with the process but what was in their heads anyway.

use super::plan::{self, Customer, Settles};
use super::site::{Site, SiteError, SiteOptions};
use super::summary::Summary;
use crate::aade::simulator::{FaultScript, Options};
use crate::app::input::{By, ChooseService, Input, OpenVisit};
use crate::domain::ids::{JobId, VisitId};
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::paper::JobState;
use crate::domain::payment::Tender;
use crate::domain::plate::Plate;
use crate::domain::settings::Settings;
use crate::domain::time::Stamp;
use crate::domain::visit::{Visit, VisitState};
use crate::store::query;
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tameio_drivers::printer::Profile;

/// Cash in the drawer at the start of a simulated day.
const FLOAT: Cents = Cents(15_000);
/// The longest the outbox gets to become empty after the last car.
const DRAIN_S: i64 = 3 * 24 * 3600;
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
        registry: Options::strict(),
        profile: Profile::named("epson-80").unwrap_or_else(Profile::generic),
        papers: options.keep_papers.then(|| options.folder.join("papers")),
    })?;
    let mut day =
        Day { site, cashier: cashier(&options.settings), chief: chief(&options.settings), stuck: 0 };
    day.site.set_faults(script(options.weather, options.seed, day.site.terminal().store().last_seq()));
    day.work(&customers, progress)?;
    day.close(options, &customers)
}

/// The script differs after each restart: a day that is killed over and over would otherwise meet its first fault only.
fn script(weather: Weather, seed: u64, seq: i64) -> FaultScript {
    let seed = seed ^ seq.unsigned_abs().rotate_left(32);
    match weather {
        Weather::None => FaultScript::default(),
        Weather::Light => FaultScript::light(seed),
        Weather::Storm => FaultScript::storm(seed),
    }
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
    fn work(&mut self, customers: &[Customer], mut progress: impl FnMut(u32)) -> Result<(), SiteError> {
        if self.site.state().shift.is_none() && self.site.state().numbered.is_empty() {
            self.site.act(Input::OpenShift { float: FLOAT, operator: self.cashier.clone() })?;
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
        let Some(input) = self.next_act(customer, visit.as_ref()) else { return Ok(None) };
        self.site.act(input)?;
        let moved = self.find(customer)? != before;
        self.stuck = if moved { 0 } else { self.stuck + 1 };
        let at = later(self.site.now(), customer.pace_s);
        Ok(Some(Next { at, customer: index }))
    }

    /// The customer's visit, under the right plate or the one that was typed wrong; the latest, if there were several.
    fn find(&self, customer: &Customer) -> Result<Option<Visit>, SiteError> {
        let conn = self.site.terminal().store().connection();
        let plates = [Some(&customer.plate), customer.mistyped.as_ref()];
        for text in plates.into_iter().flatten() {
            if let Ok(plate) = Plate::parse(&customer.entry, text)
                && let Some(visit) = query::latest_of(conn, &plate)?
            {
                return Ok(Some(visit));
            }
        }
        Ok(None)
    }

    fn next_act(&self, customer: &Customer, visit: Option<&Visit>) -> Option<Input> {
        let Some(visit) = visit else { return Some(self.arrive(customer)) };
        let mistyped = customer.mistyped.as_ref().and_then(|text| Plate::parse(&customer.entry, text).ok());
        match &visit.state {
            VisitState::Closed { .. }
            | VisitState::Moved { .. }
            | VisitState::Cancelled { .. }
            | VisitState::Replaced { .. } => None,
            _ if visit.correction.is_some() => Some(Input::Tick),
            _ if mistyped.as_ref() == Some(&visit.plate) => Some(self.correct(customer, visit.id)),
            _ if customer.settles == Settles::Leaves => Some(Input::CancelVisit {
                visit: visit.id,
                reason: "έφυγε από την ουρά".to_owned(),
                by: self.with_chief(),
            }),
            VisitState::Open | VisitState::InService | VisitState::Ready if visit.sale.lines.is_empty() => {
                Some(self.choose(customer, visit.id))
            }
            VisitState::Open | VisitState::InService | VisitState::Ready => {
                Some(self.settle(customer, visit))
            }
            VisitState::Settled { .. } => {
                let operator = self.cashier.clone();
                Some(Input::Depart { visit: visit.id, operator, returned_at: None })
            }
        }
    }

    fn arrive(&self, customer: &Customer) -> Input {
        let plate = customer.mistyped.as_ref().unwrap_or(&customer.plate);
        Input::OpenVisit(OpenVisit {
            entry: customer.entry.clone(),
            vehicle: customer.vehicle.clone(),
            ..OpenVisit::new(plate, customer.size, self.cashier.clone())
        })
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

    fn choose(&self, customer: &Customer, visit: VisitId) -> Input {
        Input::ChooseService(ChooseService {
            visit,
            size: customer.size,
            package: customer.package.clone(),
            extras: customer.extras.clone(),
        })
    }

    fn settle(&self, customer: &Customer, visit: &Visit) -> Input {
        if let Settles::NoDocument(reason) = customer.settles {
            let note = "κατόπιν έγκρισης".to_owned();
            return Input::ChooseNoDocument {
                visit: visit.id,
                reason,
                note,
                redo_of: None,
                by: self.with_chief(),
            };
        }
        Input::Pay {
            visit: visit.id,
            tenders: tenders(customer.settles, visit.due()),
            invoice_to: customer.invoice_to.clone().map(|afm| ("GR".to_owned(), afm)),
            operator: self.cashier.clone(),
        }
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
                    self.site.act(Input::JudgePaper { job, complete, operator })?;
                }
                JobState::Waiting { .. } => self.site.act(Input::ContinuePaper { job })?,
                JobState::Printing | JobState::Done { .. } => {}
            }
        }
        Ok(())
    }

    fn close(mut self, options: &DayOptions, customers: &[Customer]) -> Result<Summary, SiteError> {
        self.site.pass(10)?;
        self.tend_printer()?;
        self.site.pass(10)?;
        self.site.drain(DRAIN_S)?;
        if self.site.state().drawer.is_some() {
            self.site.act(Input::OfferDrawer)?;
            self.site.pass(1)?;
        }
        Summary::of(&mut self.site, options, customers, &self.cashier, FLOAT)
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
        Settles::NoDocument(_) | Settles::Leaves => Vec::new(),
    }
}

/// The next round sum of notes above what is due.
fn note_for(due: Cents) -> Cents {
    let step = if due.0 <= 1_000 { 1_000 } else { 2_000 };
    Cents((due.0 + step - 1) / step * step)
}

fn later(at: Stamp, seconds: i64) -> Stamp {
    at.utc.checked_add(SignedDuration::from_secs(seconds)).map_or(at, Stamp::new)
}
