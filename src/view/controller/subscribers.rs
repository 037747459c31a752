//! Monthly parking: what is said of a subscriber's vehicle at the gate.

use super::Controller;
use crate::app::input::{DeviceInput, Input};
use crate::domain::device::DeviceId;
use crate::domain::ids::VisitId;
use crate::domain::plate::Plate;
use crate::domain::subscription::WhyNotCovered;
use crate::view::form::LaneForm;
use crate::view::generated::Page;
use jiff::civil::Date;

impl Controller {
    /// A subscriber's vehicle came in or went out: the next car may come at once.
    pub(super) fn passed(&mut self, number: u64, plate: &Plate, inward: bool, ends_in: Option<i32>) {
        if inward && self.form.page == Page::Lane {
            self.form.lane = LaneForm::default();
        }
        let (way, way_en) = if inward { ("μπήκε", "came in") } else { ("βγήκε", "went out") };
        let plate = plate.display();
        let (end, end_en) = match ends_in {
            None => (String::new(), String::new()),
            Some(..0) => (" Έχει λήξει: ανανέωσε.".to_owned(), " It has ended: renew it.".to_owned()),
            Some(0) => (" Λήγει σήμερα.".to_owned(), " It ends today.".to_owned()),
            Some(1) => (" Λήγει αύριο.".to_owned(), " It ends tomorrow.".to_owned()),
            Some(days) => (format!(" Λήγει σε {days} ημέρες."), format!(" It ends in {days} days.")),
        };
        self.say_in(
            format!("Συνδρομή {number}: {way} το {plate}.{end}"),
            format!("Subscription {number}: {plate} {way_en}.{end_en}"),
        );
    }

    /// A subscriber's vehicle came in as anybody, and why.
    pub(super) fn not_covered(&mut self, number: u64, why: WhyNotCovered) {
        let day = |date: Date| date.strftime("%-d/%-m/%Y").to_string();
        let (el, en) = match why {
            WhyNotCovered::NoPlace => {
                ("όλες οι θέσεις της είναι πιασμένες".to_owned(), "all its places are taken".to_owned())
            }
            WhyNotCovered::Ended { on } => {
                (format!("έληξε στις {}", day(on)), format!("it ended on {}", day(on)))
            }
            WhyNotCovered::Later { from } => {
                (format!("αρχίζει στις {}", day(from)), format!("it begins on {}", day(from)))
            }
            WhyNotCovered::NeverPaid => ("δεν έχει πληρωθεί".to_owned(), "it is not paid".to_owned()),
        };
        self.say_in(
            format!("Συνδρομή {number}: {el}. Το όχημα πληρώνει με την ώρα."),
            format!("Subscription {number}: {en}. The vehicle pays by the hour."),
        );
    }

    /// The barrier that did not open is told once more, for the car it was for.
    pub(super) fn barrier_again(&mut self, device: DeviceId) {
        let visit: Option<VisitId> =
            self.state().and_then(|state| state.live.barriers_for.get(&device).copied());
        let Some(visit) = visit else { return self.open_device(&device.to_string()) };
        let (reason, operator) = (String::new(), self.operator());
        self.send(Input::Device(DeviceInput::OpenBarrier { device, visit: Some(visit), reason, operator }));
    }
}
