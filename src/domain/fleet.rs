//! Where each vehicle of a rental desk's fleet is, as the visits inside say.

use super::entry::ClientType;
use super::rental::FleetVehicle;
use super::time::Stamp;
use super::visit::Visit;

/// Where a vehicle of the fleet is. The later in this order, the sooner somebody must do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whereabouts {
    /// Here, to be let.
    Free,
    /// In a garage's hands: here, and not to be let.
    InService,
    /// With its driver, for another day or more.
    Out,
    /// Its visit is open, and it was not handed over yet.
    Leaving,
    /// With its driver, to be back today.
    DueToday,
    /// Back, and its visit is not over: something is to be paid or said.
    Back,
    /// It should have been back.
    Late,
}

/// A vehicle of the fleet, and the visit that says where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InFleet<'a> {
    /// Which.
    pub vehicle: &'a FleetVehicle,
    /// Where.
    pub whereabouts: Whereabouts,
    /// Its open visit; nothing while it is free.
    pub visit: Option<&'a Visit>,
}

/// Where each vehicle of a fleet is now, in the order of the fleet. A trip says more than a garage: whoever drives a vehicle
/// has it.
pub fn whereabouts<'a>(
    fleet: &'a [FleetVehicle],
    open: impl Iterator<Item = &'a Visit> + Clone,
    now: Stamp,
) -> Vec<InFleet<'a>> {
    let of = |vehicle: &'a FleetVehicle| {
        let key = vehicle.plate.key();
        let visit_for = |client_type: ClientType| {
            open.clone().find(|visit| visit.client_type == client_type && visit.plate.key() == key)
        };
        if let Some(visit) = visit_for(ClientType::Rental) {
            return InFleet { vehicle, whereabouts: of_trip(visit, now), visit: Some(visit) };
        }
        match visit_for(ClientType::Garage) {
            Some(visit) => InFleet { vehicle, whereabouts: Whereabouts::InService, visit: Some(visit) },
            None => InFleet { vehicle, whereabouts: Whereabouts::Free, visit: None },
        }
    };
    fleet.iter().map(of).collect()
}

/// Where a vehicle with an open trip is: late from the agreed instant on, whatever that will cost.
fn of_trip(visit: &Visit, now: Stamp) -> Whereabouts {
    let Some(rental) = &visit.rental else { return Whereabouts::Leaving };
    let due = rental.hand_over.due_back;
    match &rental.returned {
        Some(_) => Whereabouts::Back,
        None if now > due => Whereabouts::Late,
        None if now.date() == due.date() => Whereabouts::DueToday,
        None => Whereabouts::Out,
    }
}
