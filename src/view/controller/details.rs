//! What a visit is to the registry, and what can be done about it beside selling and paying.

use super::Controller;
use crate::app::input::Input;
use crate::domain::bay::Place;
use crate::domain::entry::ClientType;
use crate::domain::plate::PlateKind;
use crate::domain::settings::Trade;
use crate::domain::visit::{Visit, VisitState};
use crate::view::ask::{self, AskForm, Key, Purpose};
use crate::view::form::{AfterOpening, LaneForm};
use crate::view::generated::{PadMode, Page, ServiceStep, VisitAction};
use crate::view::show;

impl Controller {
    pub(in crate::view) fn show_details(&mut self) {
        self.go(Page::Details);
    }

    /// What can be done about the visit on the page now.
    pub(in crate::view) fn actions(&self, visit: &Visit) -> Vec<VisitAction> {
        let inside = visit.state.is_inside();
        let open = matches!(visit.state, VisitState::Open | VisitState::InService | VisitState::Ready);
        let settled = inside && visit.state.settlement().is_some();
        let moves = self.world.as_ref().is_some_and(|world| {
            let edition = crate::aade::rules::edition(world.at.date());
            ask::moves_vehicles(edition, visit.client_type)
        });
        let moved = matches!(visit.state, VisitState::Moved { .. });
        let agreed = visit.rental.is_some();
        let back = visit.rental.as_ref().is_some_and(|rental| rental.returned.is_some());
        let elsewhere = settled && visit.client_type == ClientType::Rental && !agreed;
        let offered = [
            (open, VisitAction::TellService),
            (open, VisitAction::Contract),
            (inside && moves, VisitAction::MoveAway),
            (elsewhere, VisitAction::ReturnElsewhere),
            (moved, VisitAction::CameBack),
            (visit.is_paid(), VisitAction::Receipts),
            (inside && agreed && !back, VisitAction::HandOver),
            (inside && back, VisitAction::TakeBack),
        ];
        offered.into_iter().filter(|(offer, _)| *offer).map(|(_, action)| action).collect()
    }

    pub(in crate::view) fn act(&mut self, action: VisitAction) {
        match action {
            VisitAction::TellService => self.begin(Purpose::Service),
            VisitAction::Contract => self.settle_by_contract(),
            VisitAction::MoveAway => self.begin(Purpose::Move),
            VisitAction::ReturnElsewhere => self.begin(Purpose::Return),
            VisitAction::CameBack => self.came_back(),
            VisitAction::Receipts => self.open_receipts_of_visit(),
            VisitAction::HandOver => self.begin(Purpose::HandOver),
            VisitAction::TakeBack => self.begin(Purpose::TakeBack),
        }
    }

    /// Where the terms name the customer there is nothing left to ask.
    fn settle_by_contract(&mut self) {
        let Some(visit) = self.visit() else { return };
        if visit.terms.customer().is_none() {
            return self.begin(Purpose::Contract);
        }
        let input = Input::SettleByContract { visit: visit.id, invoice_to: None, operator: self.operator() };
        self.form.visit.ask = AskForm { sent: true, ..AskForm::of(Purpose::Contract) };
        self.go(Page::Ask);
        self.send(input);
    }

    /// The vehicle of the visit on the page is here again: an arrival that follows it.
    fn came_back(&mut self) {
        let Some(visit) = self.visit() else { return };
        let (mode, country) = match &visit.plate.kind {
            PlateKind::Domestic | PlateKind::State => (PadMode::Greek, String::new()),
            PlateKind::Foreign { country } => (PadMode::Foreign, country.clone()),
            PlateKind::Chassis => (PadMode::Chassis, String::new()),
        };
        let mut lane = LaneForm {
            mode,
            country,
            typed: visit.plate.text.clone(),
            category: visit.vehicle.category.as_ref().map(|category| category.as_str().to_owned()),
            size: Some(show::size(visit.size)),
            after: AfterOpening::Show,
            ..LaneForm::default()
        };
        if let Some(maker) = &visit.vehicle.maker {
            lane.arrival.answers.set(Key::Of(crate::aade::rules::Field::Maker), maker.as_str());
        }
        let id = visit.id;
        self.form.lane = lane;
        self.follow(id);
    }

    /// Opens an arrival that continues a visit which was moved away for further work.
    pub(super) fn follow(&mut self, earlier: crate::domain::ids::VisitId) {
        let answers = &mut self.form.lane.arrival.answers;
        answers.follows = Some(earlier);
        answers.set(Key::Trade, ask::trade_id(Trade::Garage));
        self.go(Page::Lane);
        self.open_then(AfterOpening::Show);
    }

    /// The step of service that comes next, where the trade has steps.
    pub(in crate::view) fn next_step(&self, visit: &Visit) -> ServiceStep {
        let trades = self.settings.trades_of(visit.client_type);
        if self.settings.has_board(visit) {
            return match visit.board.place {
                Place::Queue if visit.state.is_inside() && self.free_bay().is_some() => ServiceStep::Start,
                Place::Bay { .. } if visit.state.is_inside() => ServiceStep::Finish,
                Place::Queue | Place::Bay { .. } | Place::Ready => ServiceStep::None,
            };
        }
        let served = trades.iter().any(|trade| matches!(trade, Trade::Wash | Trade::Garage));
        if visit.client_type == ClientType::Rental && visit.state.is_inside() {
            return match &visit.rental {
                None => ServiceStep::HandOver,
                Some(rental) if rental.returned.is_none() => ServiceStep::TakeBack,
                Some(_) => ServiceStep::None,
            };
        }
        match visit.state {
            VisitState::Open if served => ServiceStep::Start,
            VisitState::InService if served => ServiceStep::Finish,
            _ => ServiceStep::None,
        }
    }

    pub(in crate::view) fn take_step(&mut self) {
        let Some(visit) = self.visit() else { return };
        let (id, board) = (visit.id, self.settings.has_board(visit));
        match (self.next_step(visit), self.free_bay()) {
            (ServiceStep::None, _) => {}
            (ServiceStep::HandOver, _) => self.begin(Purpose::HandOver),
            (ServiceStep::TakeBack, _) => self.begin(Purpose::TakeBack),
            (ServiceStep::Start, Some(bay)) if board => self.move_to(id, Place::Bay { bay }),
            (ServiceStep::Finish, _) if board => self.move_to(id, Place::Ready),
            (ServiceStep::Start, _) => self.send(Input::StartService { visit: id }),
            (ServiceStep::Finish, _) => self.send(Input::FinishService { visit: id }),
        }
    }
}
