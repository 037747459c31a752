//! Which ways of being served really happened in a day, by the registry's own book: a day that says it is clean and holds
//! no lease has shown nothing about leases.

use super::site::Site;
use crate::aade::simulator::schema::Fields;
use crate::aade::simulator::state::{Entry, EntryState, What};
use crate::domain::event::Event;
use crate::store::{StoreError, journal};
use std::collections::{BTreeMap, BTreeSet};

/// How often each happened.
pub type Flows = BTreeMap<&'static str, u64>;

/// What an entry that lives tells by one of its fields: which book it stands in, its name, and the value that counts.
const TELLS: [(&str, Half, &str, &str); 25] = [
    ("type_rental", Half::Created, "clientServiceType", "1"),
    ("type_parking_wash", Half::Created, "clientServiceType", "2"),
    ("type_garage", Half::Created, "clientServiceType", "3"),
    ("business_with_both", Half::Created, "mixedService", "true"),
    ("recurring", Half::Created, "recurringService", "true"),
    ("prepaid", Half::Created, "continuousService", "true"),
    ("lease", Half::Created, "continuousLeaseService", "true"),
    ("after_an_outage", Half::Created, "transmissionFailure", "1"),
    ("picked_up_elsewhere", Half::Created, "isDiffVehPickupLocation", "true"),
    ("trip_for_own_use", Half::Created, "vehicleMovementPurpose", "2"),
    ("trip_for_free", Half::Created, "vehicleMovementPurpose", "3"),
    ("returned_elsewhere", Half::Updated, "isDiffVehReturnLocation", "true"),
    ("moved_to_partner", Half::Updated, "offSiteProvidedService", "1"),
    ("moved_to_branch", Half::Updated, "offSiteProvidedService", "2"),
    ("receipt", Half::Updated, "invoiceKind", "1"),
    ("invoice", Half::Updated, "invoiceKind", "2"),
    ("free", Half::Updated, "reasonNonIssueType", "1"),
    ("paid_after_all", Half::Updated, "nonIssueInvoice", "false"),
    ("own_use", Half::Updated, "reasonNonIssueType", "2"),
    ("warranty", Half::Updated, "reasonNonIssueType", "3"),
    ("with_parts", Half::Updated, "providedServiceCategory", "1"),
    ("with_customers_parts", Half::Updated, "providedServiceCategory", "2"),
    ("without_parts", Half::Updated, "providedServiceCategory", "3"),
    ("in_words", Half::Updated, "providedServiceCategory", "5"),
    ("by_agreement", Half::Updated, "providedServiceCategory", "8"),
];

/// Where an entry says it.
#[derive(Debug, Clone, Copy)]
enum Half {
    Created,
    Updated,
}

/// Counts a finished day.
///
/// # Errors
/// When the journal cannot be read.
pub fn of(site: &Site) -> Result<Flows, StoreError> {
    let mut flows = Flows::new();
    site.registry().with(|simulator| {
        let gone = |entry: &&Entry| entry.state == EntryState::Cancelled;
        let cancelled: BTreeSet<i64> = simulator.entries().filter(gone).map(|entry| entry.id).collect();
        flows.insert("cancelled", cancelled.len() as u64);
        simulator
            .entries()
            .filter(|entry| !gone(entry))
            .for_each(|entry| live(&mut flows, entry, &cancelled));
        for record in simulator.records() {
            if let What::Correlated(fields) = &record.what {
                correlation(&mut flows, fields);
            }
        }
    });
    let store = site.terminal().store();
    journal::each(store.connection(), store.terminal(), 0, |entry| {
        match entry.event()? {
            Event::PlateEdited { .. } => count(&mut flows, "plate_corrected_before_sending", true),
            Event::CorrectionAsked { .. } => count(&mut flows, "plate_corrected_while_unknown", true),
            _ => {}
        }
        Ok(())
    })?;
    Ok(flows)
}

fn count(flows: &mut Flows, name: &'static str, happened: bool) {
    *flows.entry(name).or_default() += u64::from(happened);
}

fn live(flows: &mut Flows, entry: &Entry, cancelled: &BTreeSet<i64>) {
    for (name, half, field, value) in TELLS {
        let fields = match half {
            Half::Created => &entry.initial,
            Half::Updated => &entry.merged,
        };
        count(flows, name, fields.get(field) == Some(value));
    }
    let earlier = entry.initial.number("correlatedDclId");
    count(flows, "plate_corrected_after_sending", earlier.is_some_and(|id| cancelled.contains(&id)));
    count(flows, "came_back", earlier.is_some_and(|id| !cancelled.contains(&id)));
    count(flows, "several_documents", entry.correlations.len() > 1);
}

fn correlation(flows: &mut Flows, fields: &Fields) {
    let entries = fields.all("correlatedDCLids").count();
    count(flows, "document_for_several", entries > 1);
    count(flows, "document_for_fifty", entries == 50);
    count(flows, "document_of_a_fiscal_machine", fields.has("FIMNumber"));
}
