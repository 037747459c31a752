//! What is out of the ordinary with a stay: no ticket, a wrong time, nobody pays, nobody saw it come or leave.

use super::Controller;
use crate::app::input::{Input, OpenVisit, ParkingInput};
use crate::domain::money::Cents;
use crate::domain::ticket::TicketFate;
use crate::domain::visit::{VehicleFacts, Visit};
use crate::view::case::CaseForm;
use crate::view::form::AfterOpening;
use crate::view::generated::{Page, StayCaseKind};
use crate::view::show;

impl Controller {
    /// The cases that may be with a visit; none where no tariff prices it.
    pub(in crate::view) fn cases(&self, visit: &Visit) -> Vec<StayCaseKind> {
        let Some(stay) = visit.stay.as_ref().filter(|_| visit.state.is_inside()) else { return Vec::new() };
        let open = visit.state.settlement().is_none();
        let owes = self.bill_of(visit).map_or(true, |bill| !self.settings.leaves_free(&bill));
        let held = stay.ticket == TicketFate::Held;
        [
            (StayCaseKind::Lost, open && stay.ticket != TicketFate::Lost),
            (StayCaseKind::Damaged, open && held),
            (StayCaseKind::Time, open),
            (StayCaseKind::Price, open),
            (StayCaseKind::Owing, owes && (open || visit.is_paid())),
            (StayCaseKind::Missed, true),
        ]
        .into_iter()
        .filter(|(_, may)| *may)
        .map(|(kind, _)| kind)
        .collect()
    }

    pub(in crate::view) fn open_case(&mut self) {
        let first = self.visit().and_then(|visit| self.cases(visit).first().copied());
        if let Some(kind) = first {
            self.form.case = CaseForm::of(kind);
            self.go(Page::StayCase);
        }
    }

    /// A vehicle at the exit that nobody saw come: what was typed on the lane is its plate.
    pub(in crate::view) fn open_found(&mut self) {
        self.form.case = CaseForm::of(StayCaseKind::Found);
        self.go(Page::StayCase);
    }

    pub(in crate::view) fn choose_case(&mut self, kind: StayCaseKind) {
        self.form.case = CaseForm::of(kind);
    }

    pub(in crate::view) fn case_key(&mut self, key: &str) {
        self.form.case.add(key);
    }

    pub(in crate::view) fn case_erase(&mut self) {
        self.form.case.digits.pop();
    }

    pub(in crate::view) fn case_clear(&mut self) {
        self.form.case.digits.clear();
    }

    pub(in crate::view) fn choose_case_reason(&mut self, reason: &str) {
        reason.clone_into(&mut self.form.case.reason);
    }

    pub(in crate::view) fn case_reason_key(&mut self, key: &str) {
        CaseForm::add_words(&mut self.form.case.reason, key);
    }

    pub(in crate::view) fn case_reason_erase(&mut self) {
        self.form.case.reason.pop();
    }

    pub(in crate::view) fn case_reason_clear(&mut self) {
        self.form.case.reason.clear();
    }

    pub(in crate::view) fn case_name_key(&mut self, key: &str) {
        CaseForm::add_words(&mut self.form.case.name, key);
    }

    pub(in crate::view) fn case_name_erase(&mut self) {
        self.form.case.name.pop();
    }

    pub(in crate::view) fn case_name_clear(&mut self) {
        self.form.case.name.clear();
    }

    pub(in crate::view) fn case_back(&mut self) {
        let found = self.form.case.kind == StayCaseKind::Found;
        self.go(if found { Page::Lane } else { Page::Visit });
    }

    /// What the tariff asks of who has lost the ticket.
    pub(in crate::view) fn lost_fee(&self) -> Option<Cents> {
        let tariff = self.settings.parking.tariff.as_ref()?;
        tariff.lost_ticket(self.now()?.utc).ok().flatten()
    }

    /// Everything is said that must be; without a fee for lost tickets somebody names the price.
    pub(in crate::view) fn case_is_complete(&self) -> bool {
        let (Some(now), case) = (self.now(), &self.form.case) else { return false };
        let priced = case.kind != StayCaseKind::Found || case.amount().is_some() || self.lost_fee().is_some();
        priced && case.is_complete(now)
    }

    /// It is sent once. A refusal is said in the tray, and what was typed stays.
    pub(in crate::view) fn case_act(&mut self) {
        let Some(now) = self.now() else { return };
        if self.form.case.sent || !self.case_is_complete() {
            return;
        }
        if self.form.case.kind == StayCaseKind::Found {
            return self.send_found();
        }
        let Some(visit) = self.form.visit.id else { return };
        let (by, operator, case) = (self.by(), self.operator(), &self.form.case);
        let (reason, instant) = (case.reason.clone(), case.instant(now));
        let input = match case.kind {
            StayCaseKind::Lost => {
                Some(Input::Parking(ParkingInput::TicketGone { visit, fate: TicketFate::Lost, operator }))
            }
            StayCaseKind::Damaged => {
                Some(Input::Parking(ParkingInput::TicketGone { visit, fate: TicketFate::Damaged, operator }))
            }
            StayCaseKind::Time => {
                instant.map(|from| Input::Parking(ParkingInput::PriceFrom { visit, from, reason, by }))
            }
            StayCaseKind::Price => case
                .amount()
                .map(|price| Input::Parking(ParkingInput::AgreePrice { visit, price, reason, by })),
            StayCaseKind::Owing => Some(Input::Parking(ParkingInput::ReleaseOwing {
                visit,
                debtor: case.name.clone(),
                reason,
                operator,
            })),
            StayCaseKind::Missed => {
                instant.map(|left| Input::Parking(ParkingInput::CloseMissed { visit, left, reason, by }))
            }
            StayCaseKind::Found => None,
        };
        if let Some(input) = input {
            self.form.case.before = self.visit().cloned();
            self.form.case.sent = true;
            self.send_with_right(input);
        }
    }

    /// What was said of the visit has come to pass: its page comes up, or the lane when the vehicle is gone.
    pub(super) fn follow_case(&mut self) {
        let Some(before) = &self.form.case.before else { return };
        let now = self.form.visit.id.and_then(|id| self.state()?.visits.get(&id));
        match now {
            Some(visit) if visit.stay == before.stay && visit.debt == before.debt => {}
            Some(_) => self.go(Page::Visit),
            None => self.go(Page::Lane),
        }
    }

    fn send_found(&mut self) {
        let (operator, by) = (self.operator(), self.by());
        let (price, reason) = (self.form.case.amount(), self.form.case.reason.clone());
        let lane = &mut self.form.lane;
        let open = OpenVisit {
            entry: lane.entry(),
            vehicle: VehicleFacts { category: lane.category_text(), maker: None },
            source: lane.source,
            ..OpenVisit::new(&lane.typed, show::catalogue_size(lane.size_now()), operator)
        };
        lane.after = AfterOpening::Pay;
        self.form.case.sent = true;
        let open = Box::new(open);
        self.send_with_right(Input::Parking(ParkingInput::OpenFound { open, price, reason, by }));
    }
}
