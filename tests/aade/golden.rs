//! The canonical form, byte for byte, and what can never reach it.

use proptest::prelude::*;
use tameio::aade::compose::{Circumstances, compose};
use tameio::aade::message::{
    COMMENTS_MAX, Cancellation, Comments, Correlation, Document, InvoiceKind, ListQuery, NewClient,
    RegisteredPlate, Request, UpdateClient, UseCase, Vehicle,
};
use tameio::aade::xml;
use tameio::domain::customer::TaxNumber;
use tameio::domain::document::DocumentName;
use tameio::domain::entry::{ClientType, ServiceCategory, Told};
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::settings::RegistryRules;
use tameio::domain::terms::{MovementPurpose, OffSite, Period, Periodicity, ServiceTerms};
use tameio::domain::text::Text;
use tameio::domain::time::Stamp;
use tameio::domain::visit::NoDocumentReason;

fn domestic(plate: &str) -> Vehicle {
    Vehicle { plate: RegisteredPlate::Domestic(Text::new(plate)), category: None, maker: None }
}

fn foreign(plate: &str, category: &str, maker: Option<&str>) -> Vehicle {
    Vehicle {
        plate: RegisteredPlate::Foreign(Text::new(plate)),
        category: Some(Text::new(category)),
        maker: maker.map(Text::new),
    }
}

fn customer() -> TaxNumber {
    TaxNumber { country: "GR".to_owned(), number: "987654324".to_owned() }
}

fn half_year() -> Period {
    Period { from: "2026-07-01".parse().unwrap(), to: "2026-12-31".parse().unwrap() }
}

fn walk_in() -> Request {
    let mut client = NewClient::new(0, UseCase::ParkingWash { vehicle: domestic("ΥΖΑ7319") });
    client.mixed = true;
    client.comments = Some(Comments::new("#7K3Q-000123", Some(&Text::new("μέσα & έξω <κερί>"))));
    Request::Send(client)
}

fn fleet_after_outage() -> Request {
    let vehicle = foreign("B TX 7093", "Φορτηγό", None);
    let mut client = NewClient::new(3, UseCase::ParkingWash { vehicle });
    client.outage_since_arrival = Some("2026-07-14T05:42:10.987Z".parse().unwrap());
    client.terms = ServiceTerms::Recurring { customer: customer() };
    Request::Send(client)
}

fn long_rental() -> Request {
    let use_case = UseCase::Rental {
        vehicle: domestic("ΝΗΚ6035"),
        purpose: MovementPurpose::Rental,
        picked_up_at: Some(Text::new("Λιμάνι Σούδας")),
    };
    let mut client = NewClient::new(1, use_case);
    client.terms = ServiceTerms::Lease { period: half_year(), every: Periodicity::Months(1) };
    client.replaces = Some(100_000_000_415_220);
    Request::Send(client)
}

fn garage_with_right() -> Request {
    let mut client =
        NewClient::new(2, UseCase::Garage { vehicle: foreign("CB 4410 AX", "Αυτοκίνητο", Some("Skoda")) });
    client.terms = ServiceTerms::Continuous { period: half_year() };
    client.entity_vat = Some(Text::new("112233441"));
    Request::Send(client)
}

fn lease_in_words() -> Request {
    let mut client = NewClient::new(0, UseCase::Garage { vehicle: domestic("ΥΖΑ7319") });
    client.terms = ServiceTerms::Lease {
        period: half_year(),
        every: Periodicity::Other(Text::new("κάθε 15 ημέρες")),
    };
    Request::Send(client)
}

fn wash_done() -> Request {
    let mut update = UpdateClient::new(100_000_000_415_877, ClientType::ParkingWash);
    update.completes = true;
    update.category = Some(ServiceCategory::ByPriceList);
    update.invoice_kind = Some(InvoiceKind::FiscalMachine);
    Request::Update(update)
}

fn fleet_done() -> Request {
    let mut update = UpdateClient::new(100_000_000_415_901, ClientType::ParkingWash);
    update.completes = true;
    update.amount = Some(Cents(8_550));
    update.category = Some(ServiceCategory::ByAgreement);
    update.invoice_kind = Some(InvoiceKind::Invoice);
    update.comments = Some(Comments::new("#7K3Q-000124", None));
    update.counterparty = Some(customer());
    Request::Update(update)
}

fn warranty() -> Request {
    let mut update = UpdateClient::new(100_000_000_416_350, ClientType::Garage);
    update.completes = true;
    update.no_document = true;
    update.category = Some(ServiceCategory::Warranty);
    update.reason = Some(NoDocumentReason::Warranty);
    Request::Update(update)
}

fn several_works() -> Request {
    let mut update = UpdateClient::new(100_000_000_416_351, ClientType::Garage);
    update.category = Some(ServiceCategory::Other(Text::new("σέρβις & βαφή")));
    Request::Update(update)
}

fn to_partner() -> Request {
    let mut update = UpdateClient::new(100_000_000_416_352, ClientType::Garage);
    update.completes = true;
    update.category = Some(ServiceCategory::WithoutParts);
    update.off_site = Some(OffSite::Partner { vat: Text::new("123456783") });
    Request::Update(update)
}

fn to_other_branch() -> Request {
    let mut update = UpdateClient::new(100_000_000_416_353, ClientType::Garage);
    update.completes = true;
    update.category = Some(ServiceCategory::WithParts);
    update.off_site = Some(OffSite::OwnBranch { branch: 4 });
    Request::Update(update)
}

fn rental_back() -> Request {
    let mut update = UpdateClient::new(100_000_000_416_354, ClientType::Rental);
    update.completes = true;
    update.amount = Some(Cents(5));
    update.returned_at = Some(Text::new("Χανιά"));
    update.invoice_kind = Some(InvoiceKind::Retail);
    Request::Update(update)
}

fn monthly_invoice() -> Request {
    Request::Correlate(Correlation {
        entity_vat: None,
        document: Document::Mark { mark: 400_001_960_000_777 },
        entries: vec![100_000_000_415_901, 100_000_000_416_002],
    })
}

fn machine_receipt() -> Request {
    let document = Document::Fim {
        number: "ABC12345678".to_owned(),
        aa: 38,
        date: "2026-07-14".parse().unwrap(),
        time: "12:07:00".parse().unwrap(),
    };
    Request::Correlate(Correlation { entity_vat: None, document, entries: vec![100_000_000_415_877] })
}

/// One request of every kind and shape.
pub(crate) fn requests() -> Vec<Request> {
    vec![
        walk_in(),
        fleet_after_outage(),
        long_rental(),
        garage_with_right(),
        lease_in_words(),
        wash_done(),
        fleet_done(),
        warranty(),
        several_works(),
        to_partner(),
        to_other_branch(),
        rental_back(),
        monthly_invoice(),
        machine_receipt(),
    ]
}

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

/// Joins lines written for people into the one line that is sent.
fn check(request: &Request, root: &str, namespace: &str, lines: &str) {
    let content: String = lines.lines().map(str::trim).collect();
    let expected = format!(r#"{DECLARATION}<{root} xmlns="{namespace}">{content}</{root}>"#);
    assert_eq!(request.body(), expected);
    assert_eq!(request.to_http().body, expected.into_bytes());
}

fn check_send(request: &Request, lines: &str) {
    check(request, "NewDigitalClientDoc", "http://www.aade.gr/myDATA/dcrnew/v1.0", lines);
}

fn check_update(request: &Request, lines: &str) {
    check(request, "UpdateClientDoc", "https://www.aade.gr/myDATA/dcrudt/v1.0", lines);
}

fn check_correlation(request: &Request, lines: &str) {
    check(request, "ClientCorrelationDoc", "http://www.aade.gr/myDATA/dcrudtcor/v1.0", lines);
}

#[test]
fn arrivals_byte_for_byte() {
    check_send(
        &walk_in(),
        "<newDigitalClient>
           <clientServiceType>2</clientServiceType>
           <branch>0</branch>
           <mixedService>true</mixedService>
           <comments>#7K3Q-000123 μέσα &amp; έξω &lt;κερί&gt;</comments>
           <useCase><parkingcarwash>
             <vehicleRegistrationNumber>ΥΖΑ7319</vehicleRegistrationNumber>
           </parkingcarwash></useCase>
         </newDigitalClient>",
    );
    check_send(
        &fleet_after_outage(),
        "<newDigitalClient>
           <clientServiceType>2</clientServiceType>
           <creationDateTime>2026-07-14T05:42:10Z</creationDateTime>
           <branch>3</branch>
           <recurringService>true</recurringService>
           <customerVatNumber>987654324</customerVatNumber>
           <customerCountry>GR</customerCountry>
           <transmissionFailure>1</transmissionFailure>
           <useCase><parkingcarwash>
             <foreignVehicleRegistrationNumber>B TX 7093</foreignVehicleRegistrationNumber>
             <vehicleCategory>Φορτηγό</vehicleCategory>
           </parkingcarwash></useCase>
         </newDigitalClient>",
    );
    check_send(
        &garage_with_right(),
        "<newDigitalClient>
           <clientServiceType>3</clientServiceType>
           <entityVatNumber>112233441</entityVatNumber>
           <branch>2</branch>
           <continuousService>true</continuousService>
           <fromAgreedPeriodDate>2026-07-01</fromAgreedPeriodDate>
           <toAgreedPeriodDate>2026-12-31</toAgreedPeriodDate>
           <useCase><garage>
             <foreignVehicleRegistrationNumber>CB 4410 AX</foreignVehicleRegistrationNumber>
             <vehicleCategory>Αυτοκίνητο</vehicleCategory>
             <vehicleFactory>Skoda</vehicleFactory>
           </garage></useCase>
         </newDigitalClient>",
    );
}

#[test]
fn leases_byte_for_byte() {
    check_send(
        &long_rental(),
        "<newDigitalClient>
           <clientServiceType>1</clientServiceType>
           <branch>1</branch>
           <fromAgreedPeriodDate>2026-07-01</fromAgreedPeriodDate>
           <toAgreedPeriodDate>2026-12-31</toAgreedPeriodDate>
           <correlatedDclId>100000000415220</correlatedDclId>
           <useCase><rental>
             <vehicleRegistrationNumber>ΝΗΚ6035</vehicleRegistrationNumber>
             <vehicleMovementPurpose>1</vehicleMovementPurpose>
             <isDiffVehPickupLocation>true</isDiffVehPickupLocation>
             <vehiclePickupLocation>Λιμάνι Σούδας</vehiclePickupLocation>
           </rental></useCase>
           <periodicity>1</periodicity>
           <continuousLeaseService>true</continuousLeaseService>
         </newDigitalClient>",
    );
    check_send(
        &lease_in_words(),
        "<newDigitalClient>
           <clientServiceType>3</clientServiceType>
           <branch>0</branch>
           <fromAgreedPeriodDate>2026-07-01</fromAgreedPeriodDate>
           <toAgreedPeriodDate>2026-12-31</toAgreedPeriodDate>
           <useCase><garage><vehicleRegistrationNumber>ΥΖΑ7319</vehicleRegistrationNumber></garage></useCase>
           <continuousLeaseService>true</continuousLeaseService>
           <periodicityOther>κάθε 15 ημέρες</periodicityOther>
         </newDigitalClient>",
    );
}

#[test]
fn updates_byte_for_byte() {
    check_update(
        &wash_done(),
        "<updateClient>
           <initialDclId>100000000415877</initialDclId>
           <clientServiceType>2</clientServiceType>
           <entryCompletion>true</entryCompletion>
           <providedServiceCategory>7</providedServiceCategory>
           <invoiceKind>3</invoiceKind>
         </updateClient>",
    );
    check_update(
        &fleet_done(),
        "<updateClient>
           <initialDclId>100000000415901</initialDclId>
           <clientServiceType>2</clientServiceType>
           <entryCompletion>true</entryCompletion>
           <amount>85.50</amount>
           <providedServiceCategory>8</providedServiceCategory>
           <invoiceKind>2</invoiceKind>
           <comments>#7K3Q-000124</comments>
           <invoiceCounterparty>987654324</invoiceCounterparty>
           <invoiceCounterpartyCountry>GR</invoiceCounterpartyCountry>
         </updateClient>",
    );
    check_update(
        &warranty(),
        "<updateClient>
           <initialDclId>100000000416350</initialDclId>
           <clientServiceType>3</clientServiceType>
           <entryCompletion>true</entryCompletion>
           <nonIssueInvoice>true</nonIssueInvoice>
           <providedServiceCategory>6</providedServiceCategory>
           <reasonNonIssueType>3</reasonNonIssueType>
         </updateClient>",
    );
    check_update(
        &rental_back(),
        "<updateClient>
           <initialDclId>100000000416354</initialDclId>
           <clientServiceType>1</clientServiceType>
           <entryCompletion>true</entryCompletion>
           <amount>0.05</amount>
           <isDiffVehReturnLocation>true</isDiffVehReturnLocation>
           <vehicleReturnLocation>Χανιά</vehicleReturnLocation>
           <invoiceKind>1</invoiceKind>
         </updateClient>",
    );
}

#[test]
fn garage_moves_byte_for_byte() {
    check_update(
        &several_works(),
        "<updateClient>
           <initialDclId>100000000416351</initialDclId>
           <clientServiceType>3</clientServiceType>
           <providedServiceCategory>5</providedServiceCategory>
           <providedServiceCategoryOther>σέρβις &amp; βαφή</providedServiceCategoryOther>
         </updateClient>",
    );
    check_update(
        &to_partner(),
        "<updateClient>
           <initialDclId>100000000416352</initialDclId>
           <clientServiceType>3</clientServiceType>
           <entryCompletion>true</entryCompletion>
           <providedServiceCategory>3</providedServiceCategory>
           <offSiteProvidedService>1</offSiteProvidedService>
           <cooperatingVatNumber>123456783</cooperatingVatNumber>
         </updateClient>",
    );
    check_update(
        &to_other_branch(),
        "<updateClient>
           <initialDclId>100000000416353</initialDclId>
           <clientServiceType>3</clientServiceType>
           <entryCompletion>true</entryCompletion>
           <providedServiceCategory>1</providedServiceCategory>
           <offSiteProvidedService>2</offSiteProvidedService>
           <otherBranch>4</otherBranch>
         </updateClient>",
    );
}

#[test]
fn correlations_byte_for_byte() {
    check_correlation(
        &monthly_invoice(),
        "<clientCorrelation>
           <mark>400001960000777</mark>
           <correlatedDCLids>100000000415901</correlatedDCLids>
           <correlatedDCLids>100000000416002</correlatedDCLids>
         </clientCorrelation>",
    );
    check_correlation(
        &machine_receipt(),
        "<clientCorrelation>
           <FIM>
             <FIMNumber>ABC12345678</FIMNumber>
             <FIMAA>38</FIMAA>
             <FIMIssueDate>2026-07-14</FIMIssueDate>
             <FIMIssueTime>12:07:00</FIMIssueTime>
           </FIM>
           <correlatedDCLids>100000000415877</correlatedDCLids>
         </clientCorrelation>",
    );
}

#[test]
fn cancellations_and_listings_are_addresses() {
    let cancel = Request::Cancel(Cancellation { entry: 100_000_000_415_220, entity_vat: None });
    assert_eq!(cancel.path_and_query(), "/DCL/CancelClient?DCLID=100000000415220");
    assert_eq!(cancel.body(), "");
    let mut query = ListQuery { after: 41, ..ListQuery::default() };
    assert_eq!(Request::List(query.clone()).path_and_query(), "/DCL/RequestClients?DCLID=41");
    query.token = Some(String::new());
    query.entity_vat = Some(Text::default());
    assert_eq!(Request::List(query.clone()).path_and_query(), "/DCL/RequestClients?DCLID=41");
    query.up_to = Some(42);
    query.token = Some("a+b/c= ω".to_owned());
    query.entity_vat = Some(Text::new("112233441"));
    assert_eq!(
        Request::List(query).path_and_query(),
        "/DCL/RequestClients?DCLID=41&maxdclid=42&entityVatNumber=112233441&continuationToken=a%2Bb%2Fc%3D%20%CF%89"
    );
}

#[test]
fn a_stored_request_is_the_same_request() {
    for request in requests() {
        let stored = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<Request>(&stored).unwrap(), request, "{stored}");
    }
}

#[test]
fn comments_are_cut_behind_the_mark() {
    let long = Comments::new("#7K3Q-000123", Some(&Text::new(&"ω".repeat(200))));
    assert_eq!(long.as_str().chars().count(), COMMENTS_MAX);
    assert!(long.as_str().starts_with("#7K3Q-000123 ω"));
    // A character outside the basic plane counts twice where the registry counts.
    let wide = Comments::new("#7K3Q-000123", Some(&Text::new(&"🚗".repeat(200))));
    assert_eq!(wide.as_str().encode_utf16().count(), 149);
    assert_eq!(Comments::new("#7K3Q-000123", Some(&Text::default())).as_str(), "#7K3Q-000123");
}

#[test]
fn comments_taken_whole_are_not_cut() {
    let typed = Text::new(&"ω".repeat(COMMENTS_MAX + 1));
    assert_eq!(Comments::from(typed.clone()).as_str(), typed.as_str());
}

#[test]
fn a_long_list_of_entries_goes_out_in_groups() {
    let document = Document::Mark { mark: 400_001_960_000_777 };
    let entries: Vec<i64> = (1..=101).chain([7, 101]).collect();
    let groups = Correlation::in_groups(&document, &entries);
    assert_eq!(groups.iter().map(|group| group.entries.len()).collect::<Vec<_>>(), [50, 50, 1]);
    let together: Vec<i64> = groups.iter().flat_map(|group| group.entries.clone()).collect();
    assert_eq!(together, (1..=101).collect::<Vec<_>>());
    assert!(groups.iter().all(|group| group.document == document));
    assert_eq!(Correlation::in_groups(&document, &[]), []);
}

/// What would hurt on paper, on a screen or in XML.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn no_element_is_empty(element: &xml::Element) -> bool {
    let says_something = !element.children.is_empty() || !element.text.trim().is_empty();
    says_something && element.children.iter().all(no_element_is_empty)
}

/// A request whose every text came from outside, by ways that clean (`Text`) and ways that do not (`String`).
fn hostile(raw: &str) -> [Request; 3] {
    let text = || Text::new(raw);
    let vehicle =
        Vehicle { plate: RegisteredPlate::Foreign(text()), category: Some(text()), maker: Some(text()) };
    let use_case = UseCase::Rental { vehicle, purpose: MovementPurpose::Free, picked_up_at: Some(text()) };
    let mut client = NewClient::new(0, use_case);
    let customer = TaxNumber { country: raw.to_owned(), number: raw.to_owned() };
    client.terms = ServiceTerms::Recurring { customer: customer.clone() };
    client.comments = Some(Comments::new(raw, Some(&text())));
    let mut update = UpdateClient::new(1, ClientType::Garage);
    update.category = Some(ServiceCategory::Other(text()));
    update.off_site = Some(OffSite::Partner { vat: text() });
    update.counterparty = Some(customer);
    let (date, time) = ("2026-07-14".parse().unwrap(), "12:07:00".parse().unwrap());
    let document = Document::Fim { number: raw.to_owned(), aa: 1, date, time };
    let correlation = Correlation { entity_vat: Some(text()), document, entries: vec![1] };
    [Request::Send(client), Request::Update(update), Request::Correlate(correlation)]
}

proptest! {
    #[test]
    fn nothing_harmful_reaches_a_document(raw in "(\\PC|\\p{C}|[<>&'\"\\]]){0,60}") {
        for request in hostile(&raw) {
            let body = request.body();
            prop_assert!(!body.chars().any(is_harmful), "{body:?}");
            let root = xml::read(body.as_bytes());
            prop_assert!(root.as_ref().is_ok_and(no_element_is_empty), "{root:?} of {body}");
        }
    }

    #[test]
    fn comments_never_pass_their_limit(mark in "#[A-Z0-9]{4}-[0-9]{6}", note in "\\PC{0,300}") {
        let comments = Comments::new(&mark, Some(&Text::new(&note)));
        prop_assert!(comments.as_str().encode_utf16().count() <= COMMENTS_MAX);
        prop_assert!(comments.as_str().starts_with(&mark));
    }
}

/// A document for three visits is told for all three or not at all: an entry that is not known is not left out, unless its
/// visit is gone.
#[test]
fn a_correlation_never_leaves_an_entry_out() {
    let visit = |last: u8| VisitId(uuid::Uuid::from_bytes([last; 16]));
    let name = DocumentName::Mark { mark: 400_001_960_000_123 };
    let told = Told::Correlate { document: None, name, also: vec![visit(2), visit(3)] };
    let knowing = |also: Vec<i64>, gone: usize| {
        let now = Stamp::new("2026-07-14T08:31:05Z".parse().unwrap());
        let circumstances = Circumstances { now, entry: Some(1), replaces: None, also, gone, outage: false };
        compose(&told, &circumstances, &RegistryRules::default())
    };
    let named = |also, gone| {
        let body = String::from_utf8(knowing(also, gone).unwrap().body).unwrap();
        body.matches("<correlatedDCLids>").count()
    };
    assert_eq!(named(vec![2, 3], 0), 3);
    assert_eq!(knowing(vec![2], 0), None);
    assert_eq!(named(vec![2], 1), 2);
    assert_eq!(knowing(vec![2, 3], 1), None, "more are known than there can be");
}
