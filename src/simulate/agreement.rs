//! What the registry must hold of each visit, field by field, worked out from what its customer came for. Numbers and
//! names are written here anew and share nothing with what writes our messages, nor with what the terminal remembers of
//! a service: a mistake there shows here.

use super::plan::{ComesBack, Customer, Settles};
use crate::aade::simulator::schema::Fields;
use crate::aade::simulator::state::{Entry, EntryState, Record, What};
use crate::domain::catalogue::Catalogue;
use crate::domain::document::{Document, DocumentName, Subject};
use crate::domain::entry::{ClientType, ServiceCategory};
use crate::domain::ids::{OrderId, VisitId};
use crate::domain::pack::Pack;
use crate::domain::plate::{Plate, PlateKind};
use crate::domain::settings::Settings;
use crate::domain::terms::{MovementPurpose, OffSite, Periodicity, ServiceTerms};
use crate::domain::visit::{NoDocumentReason, Visit, VisitState};
use std::collections::{BTreeMap, BTreeSet};

/// Every field of an entry's creation but its comment and what is said after an outage.
const CREATED: [&str; 21] = [
    "clientServiceType",
    "branch",
    "recurringService",
    "continuousService",
    "fromAgreedPeriodDate",
    "toAgreedPeriodDate",
    "mixedService",
    "customerVatNumber",
    "customerCountry",
    "correlatedDclId",
    "vehicleRegistrationNumber",
    "foreignVehicleRegistrationNumber",
    "vehicleCategory",
    "vehicleFactory",
    "vehicleMovementPurpose",
    "isDiffVehPickupLocation",
    "vehiclePickupLocation",
    "periodicity",
    "continuousLeaseService",
    "periodicityOther",
    "entityVatNumber",
];

/// Every field of its updates but their comments.
const UPDATED: [&str; 17] = [
    "initialDclId",
    "clientServiceType",
    "entryCompletion",
    "nonIssueInvoice",
    "amount",
    "isDiffVehReturnLocation",
    "vehicleReturnLocation",
    "providedServiceCategory",
    "providedServiceCategoryOther",
    "invoiceKind",
    "offSiteProvidedService",
    "entityVatNumber",
    "cooperatingVatNumber",
    "otherBranch",
    "reasonNonIssueType",
    "invoiceCounterparty",
    "invoiceCounterpartyCountry",
];

/// The elements that say which kind of business an entry is for.
const USE_CASES: [&str; 3] = ["rental", "parkingcarwash", "garage"];

type Expected = BTreeMap<&'static str, String>;

/// Everybody's books at the end of the day, side by side.
pub(super) struct Books<'a> {
    settings: &'a Settings,
    customers: BTreeMap<String, &'a Customer>,
    /// The registry's entries by our mark.
    entries: BTreeMap<String, Vec<Entry>>,
    /// The document of each correlation the registry holds.
    correlations: BTreeMap<i64, String>,
    /// Our marks, by visit.
    marks: BTreeMap<VisitId, String>,
    /// The plates' keys, by visit.
    plates: BTreeMap<VisitId, String>,
    /// The visit each one continues with the right plate.
    replaced: BTreeMap<VisitId, VisitId>,
    /// The visits that ended elsewhere, by plate.
    moved: BTreeMap<String, VisitId>,
    /// The plate of the vehicle whose pack an order sold.
    packs: BTreeMap<OrderId, String>,
    /// The documents issued here, by the plate of their visit.
    documents: BTreeMap<String, Vec<String>>,
}

impl<'a> Books<'a> {
    /// The plan's side.
    pub(super) fn new(settings: &'a Settings, customers: &'a [Customer]) -> Self {
        let keyed = |customer: &'a Customer| {
            let plate = Plate::parse(&customer.entry, &customer.plate).ok()?;
            Some((plate.key(), customer))
        };
        Self {
            settings,
            customers: customers.iter().filter_map(keyed).collect(),
            entries: BTreeMap::new(),
            correlations: BTreeMap::new(),
            marks: BTreeMap::new(),
            plates: BTreeMap::new(),
            replaced: BTreeMap::new(),
            moved: BTreeMap::new(),
            packs: BTreeMap::new(),
            documents: BTreeMap::new(),
        }
    }

    /// Takes down what the registry holds.
    pub(super) fn take_entry(&mut self, entry: &Entry) {
        let mark = entry.mark().unwrap_or_default().to_owned();
        self.entries.entry(mark).or_default().push(entry.clone());
    }

    /// … and which document each of its correlations names.
    pub(super) fn take_record(&mut self, record: &Record) {
        if let What::Correlated(fields) = &record.what {
            let of = |name| fields.get(name).unwrap_or_default();
            let fim = ["FIMNumber", "FIMAA", "FIMIssueDate", "FIMIssueTime"].map(of).join("/");
            let name = fields.get("mark").map_or(fim, str::to_owned);
            self.correlations.insert(record.id, name);
        }
    }

    /// Takes down which visits there are.
    pub(super) fn take_visit(&mut self, visit: &Visit) {
        self.marks.insert(visit.id, visit.reference.mark());
        self.plates.insert(visit.id, visit.plate.key());
        if let Some(replaced) = visit.replaces {
            self.replaced.insert(visit.id, replaced);
        }
        if matches!(visit.state, VisitState::Moved { .. }) {
            self.moved.insert(visit.plate.key(), visit.id);
        }
    }

    /// Takes down a pack that was sold.
    pub(super) fn take_pack(&mut self, pack: &Pack) {
        let vehicles = pack.vehicles.iter().map(|vehicle| (pack.order, vehicle.plate.key()));
        self.packs.extend(vehicles);
    }

    /// Takes down a document issued here; after the visits and the packs.
    pub(super) fn take_document(&mut self, document: &Document) {
        let name = match &document.name {
            Some(DocumentName::Mark { mark }) => mark.to_string(),
            Some(DocumentName::Fim { machine, number, date, time }) => {
                format!("{machine}/{number}/{date}/{time}")
            }
            None => "a document without a name".to_owned(),
        };
        // Its own plate may have been typed wrong; the visit it belongs to now has the right one.
        let plate = match document.issued_for.subject() {
            Subject::Order(order) => self.packs.get(&order),
            subject => subject.visit().and_then(|visit| self.plates.get(&visit)),
        };
        let plate = plate.cloned().unwrap_or_default();
        self.documents.entry(plate).or_default().push(name);
    }

    /// The registry's entries of a visit.
    pub(super) fn entries_of(&self, visit: &Visit) -> &[Entry] {
        self.entries.get(&visit.reference.mark()).map_or(&[], Vec::as_slice)
    }

    /// Entries that carry no mark of any visit.
    pub(super) fn strangers(&self) -> u64 {
        let known: BTreeSet<&String> = self.marks.values().collect();
        let strange = self.entries.iter().filter(|(mark, _)| !known.contains(mark));
        strange.map(|(_, entries)| entries.len() as u64).sum()
    }

    /// Every way in which the registry's entry of a visit is not what it must be, in words.
    pub(super) fn differences(&self, visit: &Visit, entry: &Entry) -> Vec<String> {
        let Some(customer) = self.customers.get(&visit.plate.key()) else {
            return vec![format!("{}: nobody came with this plate", visit.plate)];
        };
        let mut differences = Differences { mark: visit.reference.mark(), found: Vec::new() };
        let state = if self.keeps_its_pack(customer) { EntryState::Open } else { EntryState::Completed };
        differences.compare("state", &format!("{state:?}"), &format!("{:?}", entry.state));
        differences.fields(&CREATED, &self.created(customer, visit, entry), &entry.initial);
        differences.fields(&UPDATED, &self.updated(customer, visit, entry), &entry.merged);
        let use_case = USE_CASES.iter().filter(|name| entry.initial.has(name)).copied();
        let use_case = use_case.collect::<Vec<_>>().join("+");
        differences.compare("use case", use_case_of(customer), &use_case);
        differences.outage(visit, &entry.initial);
        let mut told: Vec<String> =
            entry.correlations.iter().filter_map(|id| self.correlations.get(id)).cloned().collect();
        told.sort_unstable();
        differences.compare("documents", &self.papers(customer, visit).join(" "), &told.join(" "));
        differences.found
    }

    fn created(&self, customer: &Customer, visit: &Visit, entry: &Entry) -> Expected {
        let client_type = customer.trade.client_type();
        let branch = self.settings.establishment(Some(customer.trade)).map(|place| place.branch);
        let mut expected = Expected::from([
            ("clientServiceType", code_of_type(client_type).to_owned()),
            ("branch", branch.map_or_else(String::new, |branch| branch.to_string())),
        ]);
        if self.settings.registry.mixed && client_type == ClientType::ParkingWash {
            expected.insert("mixedService", yes());
        }
        if let Some(earlier) = self.earlier_entry(customer, visit, entry.initial.number("correlatedDclId")) {
            expected.insert("correlatedDclId", earlier.to_string());
        }
        vehicle(&mut expected, customer);
        terms(&mut expected, &customer.terms);
        trip_begins(&mut expected, customer);
        expected
    }

    /// The entry this one replaces, or follows: a wrong plate's, or that of the same work before it went elsewhere, as it
    /// was when this one was made: its plate may have been corrected since.
    fn earlier_entry(&self, customer: &Customer, visit: &Visit, told: Option<i64>) -> Option<i64> {
        if let Some(replaced) = visit.replaces {
            return self.entry_ids(replaced).next();
        }
        let is_back = customer.away.is_some() && !matches!(visit.state, VisitState::Moved { .. });
        let earlier = self.moved.get(&visit.plate.key()).filter(|_| is_back)?;
        let before = self.replaced.get(earlier);
        let mut ids = before.into_iter().chain([earlier]).flat_map(|visit| self.entry_ids(*visit));
        ids.clone().find(|id| told == Some(*id)).or_else(|| ids.next())
    }

    /// The entries the registry has with a visit's mark, gone or not.
    fn entry_ids(&self, visit: VisitId) -> impl Iterator<Item = i64> + Clone {
        let entries = self.marks.get(&visit).and_then(|mark| self.entries.get(mark));
        entries.into_iter().flatten().map(|entry| entry.id)
    }

    /// The right goes on after the day, and so does its entry.
    fn keeps_its_pack(&self, customer: &Customer) -> bool {
        let offer = |code: &str| self.settings.packs.offers.iter().find(|offer| offer.code == code);
        let held = customer.pack.as_ref().and_then(|holder| Some((holder, offer(&holder.offer)?)));
        held.is_some_and(|(holder, offer)| !holder.ends(offer))
    }

    fn updated(&self, customer: &Customer, visit: &Visit, entry: &Entry) -> Expected {
        let client_type = customer.trade.client_type();
        let mut expected = Expected::from([
            ("initialDclId", entry.id.to_string()),
            ("clientServiceType", code_of_type(client_type).to_owned()),
        ]);
        category(&mut expected, customer, &self.settings.catalogue);
        if self.keeps_its_pack(customer) {
            return expected;
        }
        expected.insert("entryCompletion", yes());
        if let Some(amount) = customer.amount {
            expected.insert("amount", amount.to_string());
        }
        if customer.after_all && entry.merged.has("nonIssueInvoice") {
            // Told that it would be free, and told that it is not; or neither, where nothing was sent in between.
            expected.insert("nonIssueInvoice", "false".to_owned());
        }
        match (&customer.away, &visit.state) {
            (Some(away), VisitState::Moved { .. }) => off_site(&mut expected, &away.to),
            _ => self.outcome(&mut expected, customer),
        }
        if let Some(place) = customer.trip.as_ref().and_then(|trip| trip.returned_at.as_ref()) {
            expected.insert("isDiffVehReturnLocation", yes());
            expected.insert("vehicleReturnLocation", place.as_str().to_owned());
        }
        expected
    }

    fn outcome(&self, expected: &mut Expected, customer: &Customer) {
        let invoiced = customer.terms.customer().map(|customer| customer.number.clone());
        let invoiced = invoiced.or_else(|| customer.invoice_to.clone());
        let retail = if self.settings.issuer.gives_marks() { "1" } else { "3" };
        match (customer.settles, invoiced) {
            (Settles::TurnsRound, _) => {
                expected.insert("nonIssueInvoice", yes());
                expected.insert("reasonNonIssueType", "1".to_owned());
            }
            (Settles::NoDocument(reason), _) => {
                expected.insert("nonIssueInvoice", yes());
                expected.insert("reasonNonIssueType", code_of_reason(reason).to_owned());
            }
            (_, Some(number)) => {
                expected.insert("invoiceKind", "2".to_owned());
                expected.insert("invoiceCounterparty", number);
                expected.insert("invoiceCounterpartyCountry", "GR".to_owned());
            }
            (_, None) => {
                expected.insert("invoiceKind", retail.to_owned());
            }
        }
    }

    /// The documents the entry is to be correlated with, each once.
    fn papers(&self, customer: &Customer, visit: &Visit) -> Vec<String> {
        let shares = customer.away.as_ref().is_some_and(|away| away.back == ComesBack::ToItsVisit);
        let ours = self.documents.get(&visit.plate.key()).cloned().unwrap_or_default();
        let mut papers = match &visit.state {
            VisitState::Moved { .. } if shares => ours,
            VisitState::Moved { .. } => Vec::new(),
            _ => {
                ours.into_iter().chain(customer.papers.iter().map(|paper| paper.name.at_registry())).collect()
            }
        };
        papers.sort_unstable();
        papers
    }
}

/// What is not as it must be with one visit.
struct Differences {
    mark: String,
    found: Vec<String>,
}

impl Differences {
    fn compare(&mut self, what: &str, expected: &str, found: &str) {
        if expected != found {
            self.found.push(format!("{}: {what} must be {expected:?} and is {found:?}", self.mark));
        }
    }

    fn fields(&mut self, names: &[&'static str], expected: &Expected, fields: &Fields) {
        for name in names {
            let must = expected.get(name).map_or("", String::as_str);
            self.compare(name, must, fields.get(name).unwrap_or_default());
        }
    }

    /// After an outage the true arrival is told with its flag; otherwise neither.
    fn outage(&mut self, visit: &Visit, created: &Fields) {
        let arrived = visit.arrived.utc.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let flagged = created.has("transmissionFailure");
        let must = if flagged { arrived.as_str() } else { "" };
        self.compare("creationDateTime", must, created.get("creationDateTime").unwrap_or_default());
    }
}

fn yes() -> String {
    "true".to_owned()
}

const fn code_of_type(client_type: ClientType) -> &'static str {
    match client_type {
        ClientType::Rental => "1",
        ClientType::ParkingWash => "2",
        ClientType::Garage => "3",
    }
}

const fn use_case_of(customer: &Customer) -> &'static str {
    match customer.trade.client_type() {
        ClientType::Rental => "rental",
        ClientType::ParkingWash => "parkingcarwash",
        ClientType::Garage => "garage",
    }
}

const fn code_of_reason(reason: NoDocumentReason) -> &'static str {
    match reason {
        NoDocumentReason::Free => "1",
        NoDocumentReason::OwnUse => "2",
        NoDocumentReason::Warranty => "3",
    }
}

fn vehicle(expected: &mut Expected, customer: &Customer) {
    if let Ok(plate) = Plate::parse(&customer.entry, &customer.plate) {
        match plate.kind {
            PlateKind::Domestic => expected.insert("vehicleRegistrationNumber", plate.greek()),
            PlateKind::State => expected.insert("foreignVehicleRegistrationNumber", plate.greek()),
            PlateKind::Foreign { .. } | PlateKind::Chassis => {
                expected.insert("foreignVehicleRegistrationNumber", plate.text)
            }
        };
    }
    for (name, fact) in
        [("vehicleCategory", &customer.vehicle.category), ("vehicleFactory", &customer.vehicle.maker)]
    {
        if let Some(fact) = fact {
            expected.insert(name, fact.as_str().to_owned());
        }
    }
}

fn terms(expected: &mut Expected, terms: &ServiceTerms) {
    match terms {
        ServiceTerms::OneOff => {}
        ServiceTerms::Recurring { customer } => {
            expected.insert("recurringService", yes());
            expected.insert("customerVatNumber", customer.number.clone());
            expected.insert("customerCountry", customer.country.clone());
        }
        ServiceTerms::Continuous { .. } => {
            expected.insert("continuousService", yes());
        }
        ServiceTerms::Lease { every, .. } => {
            expected.insert("continuousLeaseService", yes());
            match every {
                Periodicity::Months(months) => expected.insert("periodicity", months.to_string()),
                Periodicity::Other(words) => expected.insert("periodicityOther", words.as_str().to_owned()),
            };
        }
    }
    if let Some(period) = terms.period() {
        expected.insert("fromAgreedPeriodDate", period.from.to_string());
        expected.insert("toAgreedPeriodDate", period.to.to_string());
    }
}

fn trip_begins(expected: &mut Expected, customer: &Customer) {
    if customer.trade.client_type() != ClientType::Rental {
        return;
    }
    let trip = customer.trip.clone().unwrap_or_default();
    let purpose = match trip.purpose {
        MovementPurpose::Rental => "1",
        MovementPurpose::OwnUse => "2",
        MovementPurpose::Free => "3",
    };
    expected.insert("vehicleMovementPurpose", purpose.to_owned());
    if let Some(place) = trip.picked_up_at {
        expected.insert("isDiffVehPickupLocation", yes());
        expected.insert("vehiclePickupLocation", place.as_str().to_owned());
    }
}

fn off_site(expected: &mut Expected, to: &OffSite) {
    match to {
        OffSite::Partner { vat } => {
            expected.insert("offSiteProvidedService", "1".to_owned());
            expected.insert("cooperatingVatNumber", vat.as_str().to_owned());
        }
        OffSite::OwnBranch { branch } => {
            expected.insert("offSiteProvidedService", "2".to_owned());
            expected.insert("otherBranch", branch.to_string());
        }
    }
}

/// The kind of service, by what the customer came for.
fn category(expected: &mut Expected, customer: &Customer, catalogue: &Catalogue) {
    let client_type = customer.trade.client_type();
    let with_parts = customer.extras.iter().chain(&customer.package).any(|code| {
        catalogue.packages.iter().any(|package| package.code == *code && package.parts)
            || catalogue.extras.iter().any(|extra| extra.code == *code && extra.parts)
    });
    let code = match (client_type, customer.settles, &customer.category) {
        (ClientType::Rental, ..) => return,
        (_, Settles::NoDocument(NoDocumentReason::Free) | Settles::TurnsRound, _) => "4",
        (_, Settles::NoDocument(NoDocumentReason::Warranty), _) => "6",
        (_, Settles::NoDocument(NoDocumentReason::OwnUse), _) => "9",
        (ClientType::ParkingWash, Settles::ByContract, _) => "8",
        (ClientType::ParkingWash, ..) => "7",
        (ClientType::Garage, _, Some(ServiceCategory::Other(words))) => {
            expected.insert("providedServiceCategoryOther", words.as_str().to_owned());
            "5"
        }
        (ClientType::Garage, ..) if with_parts => "1",
        (ClientType::Garage, _, Some(ServiceCategory::WithCustomersParts)) => "2",
        (ClientType::Garage, ..) => "3",
    };
    expected.insert("providedServiceCategory", code.to_owned());
}
