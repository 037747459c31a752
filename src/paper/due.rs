//! The vehicles that should come again, for whoever telephones.

use super::layout::{Layout, Words};
use super::slip::not_a_receipt;
use crate::domain::reminder::{DueVehicle, Reminder};
use crate::domain::settings::Settings;
use crate::domain::time::Stamp;
use tameio_drivers::printer::Sheet;

/// The list on a day: the most urgent first.
#[must_use]
pub fn due(settings: &Settings, vehicles: &[DueVehicle], at: Stamp, columns: usize) -> Sheet {
    let mut paper = Layout::new(settings, columns);
    paper.shop(settings);
    paper.rule();
    paper.centre_bold(paper.say(Words("ΟΧΗΜΑΤΑ ΓΙΑ ΣΕΡΒΙΣ", "VEHICLES TO CALL")));
    paper.row(paper.say(Words("Ημερομηνία", "Date")), &at.printed());
    paper.row(paper.say(Words("Οχήματα", "Vehicles")), &vehicles.len().to_string());
    for vehicle in vehicles {
        paper.rule();
        paper.bold(&vehicle.plate.display());
        super::work::when(&mut paper, &vehicle.next);
        left(&mut paper, vehicle.reminder);
        for text in [&vehicle.next.call_name, &vehicle.next.call_phone] {
            if !text.is_empty() {
                paper.line(text.as_str());
            }
        }
        let last = vehicle.last.local().strftime("%d/%m/%Y").to_string();
        paper.row(paper.say(Words("Τελευταία φορά", "Last here")), &last);
    }
    paper.rule();
    not_a_receipt(&mut paper);
    paper.finish()
}

fn left(paper: &mut Layout, reminder: Reminder) {
    if let Some(days) = reminder.days_left.filter(|days| *days < 0) {
        paper.row(paper.say(Words("Ημέρες καθυστέρησης", "Days late")), &days.unsigned_abs().to_string());
    }
    if let Some(km) = reminder.km_left {
        let words = match (km <= 0, reminder.km_estimated) {
            (true, false) => Words("Χιλιόμετρα πάνω", "Kilometres over"),
            (true, true) => Words("Χιλιόμετρα πάνω (εκτίμηση)", "Kilometres over (estimate)"),
            (false, false) => Words("Χιλιόμετρα ακόμη", "Kilometres left"),
            (false, true) => Words("Χιλιόμετρα ακόμη (εκτίμηση)", "Kilometres left (estimate)"),
        };
        paper.row(paper.say(words), &km.unsigned_abs().to_string());
    }
}
