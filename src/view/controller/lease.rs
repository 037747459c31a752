//! Rentals that are paid in instalments.

use super::Controller;
use crate::app::input::{Input, LeaseInput, PaperInput};
use crate::domain::entry::ClientType;
use crate::domain::ids::VisitId;
use crate::domain::lease::{self, Instalment, Lease, Standing};
use crate::domain::paper::Paper;
use crate::domain::sale::Line;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::view::ask::Purpose;
use crate::view::form::VisitForm;
use crate::view::generated::Page;
use jiff::civil::Date;

/// What is chosen on the page of leases.
#[derive(Debug, Default)]
pub(in crate::view) struct LeaseForm {
    /// The vehicle; the most urgent one where none was touched.
    pub(in crate::view) chosen: Option<VisitId>,
    /// What is paid next goes up to this instalment.
    pub(in crate::view) upto: Option<u16>,
    /// The instalments are being charged: paying comes up as soon as they are.
    paying: bool,
    /// It was opened from the page of a visit, and goes back there.
    from_visit: bool,
}

/// A vehicle on a lease.
#[derive(Debug, Clone, Copy)]
pub(in crate::view) struct OnLease<'a> {
    pub(in crate::view) visit: &'a Visit,
    pub(in crate::view) lease: &'a Lease,
}

impl OnLease<'_> {
    /// Where the most urgent of its instalments stands.
    pub(in crate::view) fn standing(&self, today: Date) -> Standing {
        let unpaid = self.lease.unpaid();
        unpaid.iter().map(|one| self.lease.standing(one, today)).min().unwrap_or(Standing::Paid)
    }

    /// Days since the oldest that is owed was due.
    pub(in crate::view) fn days_late(&self, today: Date) -> i32 {
        self.lease.due_on(today).first().map_or(0, |one| (today - one.due).get_days())
    }
}

impl Controller {
    /// Every vehicle on a lease, the late ones first, and of those the oldest debt.
    pub(in crate::view) fn leases(&self) -> Vec<OnLease<'_>> {
        let (Some(state), Some(today)) = (self.state(), self.now().map(|now| now.date())) else {
            return Vec::new();
        };
        let mut all: Vec<OnLease<'_>> = state
            .visits
            .values()
            // What is documented elsewhere is paid elsewhere.
            .filter(|visit| visit.state.settlement().is_none() || visit.is_paid())
            .filter_map(|visit| Some(OnLease { visit, lease: visit.lease.as_deref()? }))
            .collect();
        let due = |one: &OnLease<'_>| one.lease.unpaid().first().map(|first| first.due);
        all.sort_by_key(|one| (one.standing(today), due(one), one.visit.reference.number));
        all
    }

    /// The one whose contract is shown.
    pub(in crate::view) fn chosen_lease(&self) -> Option<OnLease<'_>> {
        let all = self.leases();
        let chosen = self.form.lease.chosen;
        let touched = all.iter().find(|one| Some(one.visit.id) == chosen).copied();
        touched.or_else(|| all.first().copied())
    }

    /// What the next payment takes: up to the one that was touched, or what is due, or the next one.
    pub(in crate::view) fn to_take(&self) -> Vec<Instalment> {
        let (Some(one), Some(now)) = (self.chosen_lease(), self.now()) else { return Vec::new() };
        let mut unpaid = one.lease.unpaid();
        match self.form.lease.upto.filter(|upto| unpaid.iter().any(|one| one.number == *upto)) {
            Some(upto) => unpaid.retain(|one| one.number <= upto),
            None => {
                let due = one.lease.due_on(now.date()).len();
                unpaid.truncate(due.max(1));
            }
        }
        unpaid
    }

    pub(in crate::view) fn open_leases(&mut self) {
        self.form.lease = LeaseForm::default();
        self.go(Page::Lease);
    }

    /// From the page of a visit: what is agreed is asked first.
    pub(in crate::view) fn open_lease_of_visit(&mut self) {
        let Some(visit) = self.visit() else { return };
        let (id, agreed) = (visit.id, visit.lease.is_some());
        if !agreed {
            return self.begin(Purpose::Lease);
        }
        self.form.lease = LeaseForm { chosen: Some(id), from_visit: true, ..LeaseForm::default() };
        self.go(Page::Lease);
    }

    pub(in crate::view) fn back_from_leases(&mut self) {
        self.go(match (self.form.lease.from_visit, self.has_fleet()) {
            (true, _) => Page::Visit,
            (false, true) => Page::Fleet,
            (false, false) => Page::Lane,
        });
    }

    pub(in crate::view) fn choose_lease(&mut self, visit: &str) {
        self.form.lease.chosen = visit.parse().ok();
        self.form.lease.upto = None;
    }

    pub(in crate::view) fn choose_instalment(&mut self, number: i32) {
        self.form.lease.upto = u16::try_from(number).ok();
    }

    /// The chosen vehicle's visit becomes the one that is worked on.
    fn take_up_lease(&mut self) -> Option<VisitId> {
        let id = self.chosen_lease()?.visit.id;
        self.form.lease.chosen = Some(id);
        if self.form.visit.id != Some(id) {
            self.form.visit = VisitForm { id: Some(id), ..VisitForm::default() };
        }
        Some(id)
    }

    /// The instalments are charged, and paying comes up. A second press is no second charge.
    pub(in crate::view) fn take_instalments(&mut self) {
        let upto = self.to_take().last().map(|one| one.number);
        let (Some(upto), Some(visit)) = (upto, self.take_up_lease()) else { return };
        if std::mem::replace(&mut self.form.lease.paying, true) {
            return;
        }
        self.form.lease.upto = Some(upto);
        let operator = self.operator();
        self.send(Input::Lease(LeaseInput::Charge { visit, upto: Some(upto), operator }));
        self.follow_charge();
    }

    /// They are charged: paying comes up.
    pub(super) fn follow_charge(&mut self) {
        if !self.form.lease.paying || self.form.page != Page::Lease {
            return;
        }
        let wanted: Vec<u16> = self.to_take().iter().map(|one| one.number).collect();
        let charged = |lines: &[Line]| -> Vec<u16> {
            lines.iter().filter_map(|line| lease::number_of(&line.code)).collect()
        };
        let visit = self.chosen_lease().map(|one| one.visit);
        let now = visit.map(|visit| match visit.state.settlement() {
            Some(_) => charged(&visit.supplement.lines),
            None => charged(&visit.sale.lines),
        });
        if now == Some(wanted) {
            self.form.lease.paying = false;
            self.start_paying();
        }
    }

    /// It was not done: said in the tray, and it can be pressed again.
    pub(super) fn lease_answered(&mut self) {
        self.form.lease.paying = false;
    }

    pub(in crate::view) fn extend_lease(&mut self) {
        if self.take_up_lease().is_some() {
            self.begin(Purpose::Extend);
        }
    }

    pub(in crate::view) fn put_lease_right(&mut self) {
        if self.take_up_lease().is_some() {
            self.begin(Purpose::Lease);
        }
    }

    pub(in crate::view) fn show_lease_visit(&mut self) {
        if let Some(id) = self.take_up_lease() {
            self.show_visit_page(id);
        }
    }

    pub(in crate::view) fn lease_receipts(&mut self) {
        if self.take_up_lease().is_some() {
            self.open_receipts_of_visit();
        }
    }

    /// What was paid beyond what is owed goes back from the last document it was paid with.
    pub(in crate::view) fn give_lease_back(&mut self) {
        let Some(wanted) = self.chosen_lease().and_then(|one| one.lease.to_give_back()) else { return };
        if self.take_up_lease().is_some() {
            self.open_receipts_of_visit();
            self.form.receipts.chosen = Some(wanted.0);
            self.form.receipts.suggested = Some(wanted);
        }
    }

    pub(in crate::view) fn print_lease(&mut self) {
        let Some(visit) = self.take_up_lease() else { return };
        if !self.is_printing(|paper| *paper == Paper::HandOver { visit }) {
            self.send(Input::Paper(PaperInput::Print { paper: Paper::HandOver { visit } }));
        }
    }

    /// The visit on the page is paid in instalments, agreed or not.
    pub(in crate::view) fn is_on_lease(&self, visit: &Visit) -> bool {
        let rental = visit.client_type == ClientType::Rental && visit.state.is_inside();
        rental && (visit.lease.is_some() || lease::of_terms(&visit.terms).is_some())
    }

    /// Today at the desk.
    pub(in crate::view) fn today(&self) -> Option<Date> {
        self.now().as_ref().map(Stamp::date)
    }
}
