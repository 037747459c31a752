//! What is typed about monthly parking.

use crate::app::input::{WantedSubscription, WantedVehicle};
use crate::domain::door::{DoorKind, Passage};
use crate::domain::ids::SubscriptionId;
use crate::domain::plate::{Plate, PlateEntry};
use crate::domain::subscription::Subscription;

/// The longest name and telephone number that are typed, and the most characters of a plate.
pub(super) const NAME_MAX: usize = 60;
pub(super) const PHONE_MAX: usize = 15;
pub(super) const PLATE_MAX: usize = 20;
/// The most characters of what is searched.
pub(super) const QUERY_MAX: usize = 30;

/// Where the keys go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Typing {
    #[default]
    Name,
    Phone,
    Vehicle,
}

/// The page of monthly parking.
#[derive(Debug, Clone, Default)]
pub(super) struct SubscribersForm {
    pub(super) query: String,
    pub(super) chosen: Option<SubscriptionId>,
    pub(super) editing: Option<Editing>,
    /// Something was sent and has not been answered.
    pub(super) sent: bool,
    /// An order that comes now is to be paid.
    pub(super) awaits_order: bool,
    pub(super) door: DoorForm,
}

/// The door book.
#[derive(Debug, Clone, Default)]
pub(super) struct DoorForm {
    pub(super) filter: Filter,
    pub(super) rows: Vec<Passage>,
}

/// Which rows of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Filter {
    #[default]
    All,
    Subscribers,
    ByHand,
    Unasked,
    Listed,
}

impl Filter {
    /// Whether it shows a row.
    pub(super) const fn shows(self, kind: DoorKind) -> bool {
        match self {
            Self::All => true,
            Self::Subscribers => matches!(kind, DoorKind::Came | DoorKind::Went),
            Self::ByHand => matches!(kind, DoorKind::ByHand),
            Self::Unasked => matches!(kind, DoorKind::Unasked),
            Self::Listed => matches!(kind, DoorKind::LetIn | DoorKind::TurnedAway),
        }
    }
}

/// A subscription that is made or changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Editing {
    /// Which; nothing makes one.
    pub(super) of: Option<SubscriptionId>,
    pub(super) name: String,
    pub(super) phone: String,
    /// The plate being typed.
    pub(super) vehicle: String,
    pub(super) vehicles: Vec<WantedVehicle>,
    pub(super) places: u32,
    pub(super) plan: String,
    pub(super) typing: Typing,
}

impl Editing {
    /// A new one.
    pub(super) fn begin(plan: &str) -> Self {
        Self { places: 1, plan: plan.to_owned(), ..Self::default() }
    }

    /// One that is there.
    pub(super) fn of(subscription: &Subscription) -> Self {
        let holding = &subscription.holding;
        Self {
            of: Some(subscription.id),
            name: holding.name.to_string(),
            phone: holding.phone.to_string(),
            vehicles: holding.vehicles.iter().map(wanted).collect(),
            places: holding.places,
            plan: holding.plan.clone(),
            ..Self::default()
        }
    }

    /// What is typed goes where the finger was.
    pub(super) fn typed(&mut self) -> (&mut String, usize) {
        match self.typing {
            Typing::Name => (&mut self.name, NAME_MAX),
            Typing::Phone => (&mut self.phone, PHONE_MAX),
            Typing::Vehicle => (&mut self.vehicle, PLATE_MAX),
        }
    }

    /// The plate being typed becomes one of the vehicles.
    pub(super) fn add(&mut self) {
        let Ok(plate) = Plate::parse(&PlateEntry::Greek, &self.vehicle) else { return };
        if !self.plates().iter().any(|own| own.key() == plate.key()) {
            self.vehicles.push(wanted(&plate));
        }
        self.vehicle.clear();
    }

    /// The vehicles, as people read them.
    pub(super) fn plates(&self) -> Vec<Plate> {
        let parsed = self.vehicles.iter().map(|vehicle| Plate::parse(&vehicle.entry, &vehicle.plate));
        parsed.filter_map(Result::ok).collect()
    }

    /// Nothing is missing.
    pub(super) fn is_complete(&self) -> bool {
        let vehicles = u32::try_from(self.vehicles.len()).unwrap_or(u32::MAX);
        !self.name.trim().is_empty() && (1..=vehicles).contains(&self.places) && !self.plan.is_empty()
    }

    /// As it is sent.
    pub(super) fn wanted(&self) -> WantedSubscription {
        WantedSubscription {
            name: self.name.clone(),
            phone: self.phone.clone(),
            vehicles: self.vehicles.clone(),
            places: self.places,
            plan: self.plan.clone(),
        }
    }
}

fn wanted(plate: &Plate) -> WantedVehicle {
    WantedVehicle { plate: plate.text.clone(), entry: plate.entry() }
}
