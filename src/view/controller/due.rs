//! The vehicles that should come again.

use super::Controller;
use crate::app::engine::Query;
use crate::app::input::{Input, PaperInput};
use crate::domain::paper::Paper;
use crate::domain::plate::PlateKind;
use crate::domain::reminder::DueVehicle;
use crate::view::desk::Asked;
use crate::view::form::LaneForm;
use crate::view::generated::{PadMode, Page};

impl Controller {
    pub(in crate::view) fn open_due(&mut self) {
        self.form.due = None;
        self.go(Page::Due);
        if let Some(today) = self.world.as_ref().map(|world| world.at.date()) {
            self.ask(Query::DueVehicles { today }, Asked::DueVehicles);
        }
    }

    pub(super) fn due_read(&mut self, rows: Vec<DueVehicle>) {
        self.form.due = Some(rows);
    }

    pub(in crate::view) fn back_from_due(&mut self) {
        self.go(Page::Shift);
    }

    pub(in crate::view) fn print_due(&mut self) {
        let Some(at) = self.world.as_ref().map(|world| world.at) else { return };
        if !self.is_printing(|paper| matches!(paper, Paper::DueVehicles { .. })) {
            self.send(Input::Paper(PaperInput::Print { paper: Paper::DueVehicles { at } }));
        }
    }

    /// Its plate goes into the pad: it is on the telephone, or stands outside.
    pub(in crate::view) fn choose_due(&mut self, key: &str) {
        let rows = self.form.due.iter().flatten();
        let Some(plate) = rows.map(|row| &row.plate).find(|plate| plate.key() == key).cloned() else {
            return;
        };
        let (mode, country) = match &plate.kind {
            PlateKind::Domestic | PlateKind::State => (PadMode::Greek, String::new()),
            PlateKind::Foreign { country } => (PadMode::Foreign, country.clone()),
            PlateKind::Chassis => (PadMode::Chassis, String::new()),
        };
        self.form.lane = LaneForm { mode, country, typed: plate.text.clone(), ..LaneForm::default() };
        self.ask_vehicle(plate);
        self.go(Page::Lane);
    }
}
