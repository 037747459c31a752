//! The evening of a simulated day, at the office: what was issued elsewhere is told, slips that show late are put right, and
//! everything is counted.

use super::{Day, DayOptions, FLOAT};
use crate::app::input::{DocumentInput, Input, TillInput, TypedName};
use crate::domain::entry;
use crate::domain::event::Event;
use crate::domain::ids::{DocumentId, VisitId};
use crate::domain::visit::{Visit, VisitState};
use crate::simulate::errand::PaperName;
use crate::simulate::plan::{Customer, Noticed};
use crate::simulate::site::{Site, SiteError};
use crate::simulate::summary::Summary;
use crate::store::journal;
use std::collections::{BTreeMap, BTreeSet};

/// The longest the outbox gets to become empty after the last car.
const DRAIN_S: i64 = 3 * 24 * 3600;
/// MARKs that a person types begin here: above what a simulated issuer gives, below what papers from elsewhere bear.
const FIRST_TYPED: u64 = 480_000_000_000_000;

impl Day {
    pub(super) fn close(
        mut self,
        options: &DayOptions,
        customers: &[Customer],
    ) -> Result<Summary, SiteError> {
        self.site.pass(10)?;
        self.tend_printer()?;
        self.site.pass(10)?;
        self.site.drain(DRAIN_S)?;
        self.type_marks()?;
        self.tell_papers(customers)?;
        self.correct_in_the_evening(customers)?;
        self.site.drain(DRAIN_S)?;
        if self.site.state().drawer.is_some() {
            self.site.act(Input::Till(TillInput::OfferDrawer))?;
            self.site.pass(1)?;
        }
        let undone = self.undone(customers)?;
        Summary::of(&mut self.site, options, customers, undone, &self.cashier, FLOAT)
    }

    /// Somebody types the MARKs of what was issued elsewhere: the invoices that the terminal may not issue itself.
    fn type_marks(&mut self) -> Result<(), SiteError> {
        let unnamed = self.site.state().unnamed.values().filter(|document| document.at_issuer.is_none());
        let waiting: Vec<(DocumentId, u64)> =
            unnamed.map(|document| (document.id, document.number)).collect();
        for (document, number) in waiting {
            let name = TypedName::Mark { mark: (FIRST_TYPED + number).to_string() };
            self.site.act(Input::Document(DocumentInput::Name {
                document,
                name,
                even_if_different: false,
            }))?;
        }
        Ok(())
    }

    /// The office tells which visits the documents issued elsewhere are for: each document once, for all of its visits
    /// that nobody told it for yet.
    fn tell_papers(&mut self, customers: &[Customer]) -> Result<(), SiteError> {
        let mut visits_of: BTreeMap<PaperName, BTreeSet<VisitId>> = BTreeMap::new();
        for customer in customers.iter().filter(|customer| !customer.papers.is_empty()) {
            let over = |visit: &Visit| matches!(visit.state, VisitState::Closed { .. });
            let Some(visit) = self.find(customer)?.filter(over) else { continue };
            for paper in &customer.papers {
                visits_of.entry(paper.name).or_default().insert(visit.id);
            }
        }
        if visits_of.is_empty() {
            return Ok(());
        }
        let told = told_already(&self.site)?;
        for (name, visits) in visits_of {
            let visits: Vec<VisitId> =
                visits.into_iter().filter(|visit| !told.contains(&(*visit, name))).collect();
            if !visits.is_empty() {
                self.site.act(Input::Document(DocumentInput::Correlate { name: name.typed(), visits }))?;
            }
        }
        Ok(())
    }

    /// Wrong plates that show only when everything is told; some of it is still on its way.
    fn correct_in_the_evening(&mut self, customers: &[Customer]) -> Result<(), SiteError> {
        for customer in customers.iter().filter(|one| one.noticed() == Some(Noticed::InTheEvening)) {
            let over =
                |visit: &Visit| matches!(visit.state, VisitState::Closed { .. } | VisitState::Moved { .. });
            if let Some(visit) = self.find_mistyped(customer)?.filter(over) {
                let input = self.correct(customer, visit.id);
                self.site.act(input)?;
            }
        }
        Ok(())
    }

    /// Customers who still want something when the day is over.
    fn undone(&self, customers: &[Customer]) -> Result<u64, SiteError> {
        let mut undone = 0;
        for customer in customers {
            let visit = self.find(customer)?;
            undone += u64::from(self.next_act(customer, visit.as_ref())?.is_some());
        }
        Ok(undone)
    }
}

/// Which visits were told which documents issued elsewhere, by the journal: the office goes on where it was killed.
fn told_already(site: &Site) -> Result<BTreeSet<(VisitId, PaperName)>, SiteError> {
    let mut told = BTreeSet::new();
    let store = site.terminal().store();
    journal::each(store.connection(), store.terminal(), 0, |entry| {
        if let Event::MessageQueued { message } = entry.event()?
            && let entry::Told::Correlate { document: None, name, also } = &message.told
            && let Some(name) = PaperName::of(name)
        {
            told.extend([message.visit].iter().chain(also).map(|visit| (*visit, name)));
        }
        Ok(())
    })?;
    Ok(told)
}
