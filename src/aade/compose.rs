//! From what a visit has to tell to the registry's request. Built when it is sent: a late create carries the outage
//! flag, a late completion its true time in words.

use super::message::{
    Cancellation, Comments, Correlation, Document, InvoiceKind, NewClient, RegisteredPlate, Request,
    UpdateClient, UseCase, Vehicle,
};
use super::transport::{EXCHANGE_TIMEOUT_MS, HttpRequest};
use crate::domain::document::DocumentName;
use crate::domain::entry::{ClientType, Outcome, ServiceCategory, Told};
use crate::domain::plate::{Plate, PlateKind};
use crate::domain::settings::{PlateAlphabet, RegistryRules};
use crate::domain::terms::Trip;
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::VehicleFacts;

/// What is true when a message is sent, beside the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circumstances {
    /// Now.
    pub now: Stamp,
    /// The visit's entry, once the registry has one.
    pub entry: Option<i64>,
    /// The earlier entry it replaces or continues.
    pub replaces: Option<i64>,
    /// The entries of the further visits it speaks of.
    pub also: Vec<i64>,
    /// How many of its visits are gone, so that their entries are left out.
    pub gone: usize,
    /// The create is late because of an outage.
    pub outage: bool,
}

/// The request as it goes out; nothing when it speaks of an entry that does not exist.
pub fn compose(told: &Told, circumstances: &Circumstances, rules: &RegistryRules) -> Option<HttpRequest> {
    request(told, circumstances, rules).map(|request| request.to_http())
}

/// The request; nothing when it speaks of an entry that does not exist.
pub fn request(told: &Told, circumstances: &Circumstances, rules: &RegistryRules) -> Option<Request> {
    Some(match told {
        Told::Create { .. } => Request::Send(create(told, circumstances, rules)?),
        Told::Update { client_type, category, amount, after_all } => {
            let mut update = UpdateClient::new(circumstances.entry?, *client_type);
            update.amount = *amount;
            update.after_all = *after_all;
            tell_category(&mut update, category.as_ref());
            Request::Update(update)
        }
        Told::Complete { .. } => Request::Update(complete(told, circumstances, rules)?),
        Told::Correlate { name, also, .. } => {
            let known = circumstances.entry.iter().chain(&circumstances.also);
            let entries: Vec<i64> = known.copied().collect();
            // An entry that is not known would be left out, and nobody would see it: then nothing is told.
            if entries.is_empty() || entries.len() + circumstances.gone != also.len() + 1 {
                return None;
            }
            Request::Correlate(Correlation { entity_vat: None, document: document(name), entries })
        }
        Told::Cancel { entry } => {
            Request::Cancel(Cancellation { entry: entry.or(circumstances.entry)?, entity_vat: None })
        }
    })
}

fn create(told: &Told, circumstances: &Circumstances, rules: &RegistryRules) -> Option<NewClient> {
    let Told::Create { client_type, branch, mixed, plate, vehicle, arrived, mark, note, terms, trip, .. } =
        told
    else {
        return None;
    };
    let late = may_differ(arrived, circumstances, rules);
    // With the flag the registry takes our time; without it the true arrival stands in the comment.
    let arrival =
        (late && !circumstances.outage).then(|| Text::new(&format!("είσοδος {}", arrived.printed_exactly())));
    let vehicle = vehicle_of(plate, vehicle, rules.alphabet);
    let mut client = NewClient::new(*branch, use_case(*client_type, vehicle, trip.as_ref()));
    client.terms = terms.clone();
    client.outage_since_arrival = circumstances.outage.then_some(arrived.utc);
    client.mixed = *mixed;
    client.replaces = circumstances.replaces;
    client.comments = Some(Comments::new(mark, note.as_ref().or(arrival.as_ref())));
    Some(client)
}

/// Whether the registry's own stamp, made when the request reaches it, may differ too much from the true time.
fn may_differ(since: &Stamp, circumstances: &Circumstances, rules: &RegistryRules) -> bool {
    let under_way_s = i64::try_from(EXCHANGE_TIMEOUT_MS / 1_000).unwrap_or_default();
    circumstances.now.seconds_since(since) + under_way_s >= rules.comment_after_s
}

fn vehicle_of(plate: &Plate, facts: &VehicleFacts, alphabet: PlateAlphabet) -> Vehicle {
    Vehicle {
        plate: registered(plate, alphabet),
        category: facts.category.clone().filter(|text| !text.is_empty()),
        maker: facts.maker.clone().filter(|text| !text.is_empty()),
    }
}

fn use_case(client_type: ClientType, vehicle: Vehicle, trip: Option<&Trip>) -> UseCase {
    match client_type {
        ClientType::ParkingWash => UseCase::ParkingWash { vehicle },
        ClientType::Garage => UseCase::Garage { vehicle },
        ClientType::Rental => {
            let trip = trip.cloned().unwrap_or_default();
            UseCase::Rental { vehicle, purpose: trip.purpose, picked_up_at: trip.picked_up_at }
        }
    }
}

/// Greek plates in the letters the setting says; foreign ones and chassis numbers as they are.
fn registered(plate: &Plate, alphabet: PlateAlphabet) -> RegisteredPlate {
    let greek_or_latin = || match alphabet {
        PlateAlphabet::Greek => Text::new(&plate.greek()),
        PlateAlphabet::Latin => Text::new(&plate.text),
    };
    match plate.kind {
        PlateKind::Domestic => RegisteredPlate::Domestic(greek_or_latin()),
        PlateKind::State => RegisteredPlate::Foreign(Text::new(&plate.greek())),
        PlateKind::Foreign { .. } | PlateKind::Chassis => RegisteredPlate::Foreign(Text::new(&plate.text)),
    }
}

/// Rentals never tell a category; a category without a document says so in every call.
fn tell_category(update: &mut UpdateClient, category: Option<&ServiceCategory>) {
    if let Some(category) = category.filter(|_| update.client_type != ClientType::Rental) {
        update.category = Some(category.clone());
        update.no_document = category.means_no_document();
    }
}

fn complete(told: &Told, circumstances: &Circumstances, rules: &RegistryRules) -> Option<UpdateClient> {
    let Told::Complete { client_type, category, outcome, departed, mark, amount, off_site, returned_at } =
        told
    else {
        return None;
    };
    let mut update = UpdateClient::new(circumstances.entry?, *client_type);
    update.completes = true;
    update.amount = *amount;
    update.off_site.clone_from(off_site);
    update.returned_at.clone_from(returned_at);
    tell_category(&mut update, category.as_ref());
    tell_outcome(&mut update, outcome);
    if may_differ(departed, circumstances, rules) {
        let departure = Text::new(&format!("έξοδος {}", departed.printed_exactly()));
        update.comments = Some(Comments::new(mark, Some(&departure)));
    }
    Some(update)
}

fn tell_outcome(update: &mut UpdateClient, outcome: &Outcome) {
    match outcome {
        Outcome::Retail => update.invoice_kind = Some(InvoiceKind::Retail),
        Outcome::FiscalMachine => update.invoice_kind = Some(InvoiceKind::FiscalMachine),
        Outcome::Invoice { customer } => {
            update.invoice_kind = Some(InvoiceKind::Invoice);
            update.counterparty = Some(customer.clone());
        }
        Outcome::Later => {}
        Outcome::NoDocument { reason } => {
            update.no_document = true;
            update.reason = Some(*reason);
        }
    }
}

fn document(name: &DocumentName) -> Document {
    match name {
        DocumentName::Mark { mark } => Document::Mark { mark: *mark },
        DocumentName::Fim { machine, number, date, time } => {
            Document::Fim { number: machine.clone(), aa: *number, date: *date, time: *time }
        }
    }
}
