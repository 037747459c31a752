//! Any request against any past. Requests start from one that passes and are changed a few times, so that both
//! verdicts are common; each change is one of an enum, and a new one joins it.

use super::{
    EntryLife, MANDATED, MARK, Past, Terms, World, arrival, customer, for_entity, half_year, lease, mark,
    receipt, service, tax_number, text,
};
use jiff::{Timestamp, ToSpan, civil};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tameio::aade::message::{
    Cancellation, Comments, Correlation, Document, InvoiceKind, ListQuery, RegisteredPlate, Request, UseCase,
    Vehicle,
};
use tameio::domain::customer::TaxNumber;
use tameio::domain::entry::{ClientType, ServiceCategory};
use tameio::domain::money::Cents;
use tameio::domain::terms::{MovementPurpose, OffSite, Period, Periodicity, ServiceTerms};
use tameio::domain::text::Text;
use tameio::domain::visit::NoDocumentReason;

/// One of the registry's numbers: of the nth entry, of another record, or of nothing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    Entry(usize),
    Other,
    Absent,
}

#[derive(Debug, Clone)]
pub(super) enum SendChange {
    Terms(ServiceTerms),
    Mixed,
    Replaces(Target),
    Comments(Text),
    Outage(Timestamp),
    Plate(RegisteredPlate),
    Category(Text),
    Maker(Text),
    PickedUpAt(Text),
    Purpose(MovementPurpose),
    Branch(u32),
}

#[derive(Debug, Clone)]
pub(super) enum UpdateChange {
    Type(ClientType),
    Completes(bool),
    NoDocument(bool),
    Amount(Cents),
    ReturnedAt(Text),
    Category(Option<ServiceCategory>),
    Kind(Option<InvoiceKind>),
    OffSite(OffSite),
    Reason(NoDocumentReason),
    Comments(Text),
    Counterparty(TaxNumber),
    Invoice(TaxNumber),
}

/// A request, before the numbers it names are known.
#[derive(Debug, Clone)]
pub(super) enum Draft {
    Send(ClientType, Vec<SendChange>),
    Update(Target, Vec<UpdateChange>),
    Correlate(Document, Vec<Target>),
    /// A correlation of so many numbers nothing has.
    CorrelateMany(usize),
    Cancel(Target),
    List,
}

/// A past, a request and in whose name it is.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) pasts: Vec<Past>,
    /// The business all of the past was told for.
    pub(super) entity: Option<Text>,
    /// A business that is none, told in its place.
    pub(super) wrong_entity: Option<Text>,
    pub(super) draft: Draft,
}

impl Case {
    pub(super) fn request(&self, world: &World) -> Request {
        let request = match &self.draft {
            Draft::Send(client_type, changes) => send(*client_type, changes, world),
            Draft::Update(target, changes) => update(&self.pasts, *target, changes, world),
            Draft::Correlate(document, targets) => {
                let entries = targets.iter().map(|target| target.id(world)).collect();
                Request::Correlate(Correlation { entity_vat: None, document: document.clone(), entries })
            }
            Draft::CorrelateMany(count) => {
                let entries = (world.absent..).take(*count).collect();
                Request::Correlate(Correlation { entity_vat: None, document: MARK, entries })
            }
            Draft::Cancel(target) => {
                Request::Cancel(Cancellation { entry: target.id(world), entity_vat: None })
            }
            Draft::List => Request::List(ListQuery { token: Some(String::new()), ..ListQuery::default() }),
        };
        for_entity(request, self.wrong_entity.as_ref().or(self.entity.as_ref()))
    }
}

impl Target {
    fn id(self, world: &World) -> i64 {
        match self {
            Self::Entry(nth) => world.entries[nth % world.entries.len()],
            Self::Other => world.other,
            Self::Absent => world.absent,
        }
    }
}

fn send(client_type: ClientType, changes: &[SendChange], world: &World) -> Request {
    let mut client = arrival(client_type);
    for change in changes.iter().cloned() {
        match change {
            SendChange::Terms(terms) => client.terms = terms,
            SendChange::Mixed => client.mixed = true,
            SendChange::Replaces(target) => client.replaces = Some(target.id(world)),
            SendChange::Comments(words) => client.comments = Some(Comments::from(words)),
            SendChange::Outage(at) => client.outage_since_arrival = Some(at),
            SendChange::Plate(plate) => vehicle(&mut client.use_case).plate = plate,
            SendChange::Category(words) => vehicle(&mut client.use_case).category = Some(words),
            SendChange::Maker(words) => vehicle(&mut client.use_case).maker = Some(words),
            SendChange::Branch(number) => client.branch = number,
            SendChange::PickedUpAt(words) => {
                if let UseCase::Rental { picked_up_at, .. } = &mut client.use_case {
                    *picked_up_at = Some(words);
                }
            }
            SendChange::Purpose(why) => {
                if let UseCase::Rental { purpose, .. } = &mut client.use_case {
                    *purpose = why;
                }
            }
        }
    }
    Request::Send(client)
}

const fn vehicle(use_case: &mut UseCase) -> &mut Vehicle {
    match use_case {
        UseCase::Rental { vehicle, .. } | UseCase::ParkingWash { vehicle } | UseCase::Garage { vehicle } => {
            vehicle
        }
    }
}

fn update(pasts: &[Past], target: Target, changes: &[UpdateChange], world: &World) -> Request {
    let client_type = match target {
        Target::Entry(nth) => pasts[nth % pasts.len()].client_type,
        Target::Other | Target::Absent => ClientType::Garage,
    };
    let mut update = service(target.id(world), client_type);
    for change in changes.iter().cloned() {
        match change {
            UpdateChange::Type(other) => update.client_type = other,
            UpdateChange::Completes(yes) => update.completes = yes,
            UpdateChange::NoDocument(yes) => update.no_document = yes,
            UpdateChange::Amount(amount) => update.amount = Some(amount),
            UpdateChange::ReturnedAt(words) => update.returned_at = Some(words),
            UpdateChange::Category(category) => update.category = category,
            UpdateChange::Kind(kind) => update.invoice_kind = kind,
            UpdateChange::OffSite(off_site) => update.off_site = Some(off_site),
            UpdateChange::Reason(reason) => update.reason = Some(reason),
            UpdateChange::Comments(words) => update.comments = Some(Comments::from(words)),
            UpdateChange::Counterparty(number) => update.counterparty = Some(number),
            UpdateChange::Invoice(number) => {
                (update.invoice_kind, update.counterparty) = (Some(InvoiceKind::Invoice), Some(number));
            }
        }
    }
    Request::Update(update)
}

/// Words good and bad: nothing, about as long as a limit, letters that count twice, anything.
fn words() -> impl Strategy<Value = Text> {
    let limits = select(vec![49usize, 50, 51, 99, 100, 101, 149, 150, 151, 249, 250, 251, 300]);
    let letters = select(vec!["ω", "x", "&", "🚗", "e\u{301}"]);
    prop_oneof![
        6 => Just(text("Λιμάνι <1>")),
        2 => Just(Text::default()),
        2 => (letters, limits).prop_map(|(letter, length)| text(&letter.repeat(length))),
        2 => "\\PC{0,60}".prop_map(|raw| text(&raw)),
    ]
}

fn country() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => Just("GR".to_owned()),
        3 => Just(String::new()),
        4 => select(vec!["DE", "GB", "FR"]).prop_map(str::to_owned),
        2 => select(vec!["EL", "UK", "gr", " GR", "XK", "G R", "G"]).prop_map(str::to_owned),
        1 => "[A-Z]{2}",
        1 => "\\PC{0,3}",
    ]
}

fn number() -> impl Strategy<Value = String> {
    let bad = [
        "123456789",
        "999999999",
        "000000000",
        "EL987654324",
        " 987654324",
        "98765432",
        "9876543240",
        "٩٨٧٦٥٤٣٢٤",
        "987 654 324",
    ];
    prop_oneof![
        6 => select(vec!["987654324", "123456783"]).prop_map(str::to_owned),
        3 => Just(String::new()),
        3 => select(bad.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ]
}

fn customers() -> impl Strategy<Value = TaxNumber> {
    prop_oneof![
        Just(customer()),
        (country(), number()).prop_map(|(country, number)| tax_number(&country, &number))
    ]
}

fn day() -> impl Strategy<Value = civil::Date> {
    let any_year = (-1i16..=9999, 1i8..=12, 1i8..=28);
    prop_oneof![
        6 => (2026i16..=2027, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| civil::date(y, m, d)),
        1 => any_year.prop_map(|(y, m, d)| civil::date(y, m, d)),
        1 => select(vec![civil::date(0, 1, 1), civil::date(-1, 12, 31), civil::date(1, 1, 1)]),
    ]
}

fn periods() -> impl Strategy<Value = Period> {
    prop_oneof![
        2 => Just(half_year()),
        1 => (day(), day()).prop_map(|(from, to)| Period { from, to }),
        1 => day().prop_map(|day| Period { from: day, to: day }),
    ]
}

fn terms() -> impl Strategy<Value = ServiceTerms> {
    let every = prop_oneof![
        (0u8..=14).prop_map(Periodicity::Months),
        words().prop_map(Periodicity::Other),
        any::<u8>().prop_map(Periodicity::Months)
    ];
    prop_oneof![
        Just(ServiceTerms::OneOff),
        Just(lease()),
        customers().prop_map(|customer| ServiceTerms::Recurring { customer }),
        periods().prop_map(|period| ServiceTerms::Continuous { period }),
        (periods(), every).prop_map(|(period, every)| ServiceTerms::Lease { period, every }),
    ]
}

/// Around now, by the millisecond, and far away.
fn instants() -> impl Strategy<Value = Timestamp> {
    let near = (-3_000i64..3_000).prop_map(|ms| super::now() + ms.milliseconds());
    let far = select(vec!["-000001-06-01T00:00:00Z", "0000-06-01T00:00:00Z", "0001-01-01T00:00:00Z"]);
    prop_oneof![
        4 => near,
        2 => (-90_000i64..0).prop_map(|s| super::now() + s.seconds()),
        1 => far.prop_map(|at| at.parse().unwrap()),
        1 => Just(Timestamp::MAX),
    ]
}

fn targets() -> impl Strategy<Value = Target> {
    prop_oneof![8 => any::<usize>().prop_map(Target::Entry), 1 => Just(Target::Other), 1 => Just(Target::Absent)]
}

fn client_types() -> impl Strategy<Value = ClientType> {
    select(vec![ClientType::Rental, ClientType::ParkingWash, ClientType::Garage])
}

fn send_changes() -> impl Strategy<Value = SendChange> {
    let purposes = select(vec![MovementPurpose::Rental, MovementPurpose::OwnUse, MovementPurpose::Free]);
    prop_oneof![
        4 => terms().prop_map(SendChange::Terms),
        1 => Just(SendChange::Mixed),
        1 => targets().prop_map(SendChange::Replaces),
        1 => words().prop_map(SendChange::Comments),
        1 => instants().prop_map(SendChange::Outage),
        1 => words().prop_map(|words| SendChange::Plate(RegisteredPlate::Domestic(words))),
        2 => words().prop_map(|words| SendChange::Plate(RegisteredPlate::Foreign(words))),
        2 => words().prop_map(SendChange::Category),
        2 => words().prop_map(SendChange::Maker),
        1 => words().prop_map(SendChange::PickedUpAt),
        2 => purposes.prop_map(SendChange::Purpose),
        1 => any::<u32>().prop_map(SendChange::Branch),
    ]
}

fn categories() -> impl Strategy<Value = Option<ServiceCategory>> {
    let named = select(vec![
        ServiceCategory::WithParts,
        ServiceCategory::WithCustomersParts,
        ServiceCategory::WithoutParts,
        ServiceCategory::Free,
        ServiceCategory::Warranty,
        ServiceCategory::ByPriceList,
        ServiceCategory::ByAgreement,
        ServiceCategory::OwnUse,
    ]);
    prop_oneof![1 => Just(None), 6 => named.prop_map(Some), 2 => words().prop_map(|w| Some(ServiceCategory::Other(w)))]
}

fn amounts() -> impl Strategy<Value = Cents> {
    let edges = [
        0,
        5,
        -1,
        i64::MIN,
        i64::MAX,
        999_999_999_999_999,
        1_000_000_000_000_000,
        1_000_000_000_000_001,
        9_999_999_999_999_990,
        10_000_000_000_000_010,
        99_999_999_999_999_900,
        100_000_000_000_000_000,
    ];
    prop_oneof![2 => Just(Cents(8_550)), 1 => select(edges.to_vec()).prop_map(Cents), 1 => any::<i64>().prop_map(Cents)]
}

fn update_changes() -> impl Strategy<Value = UpdateChange> {
    let kinds = select(vec![InvoiceKind::Retail, InvoiceKind::Invoice, InvoiceKind::FiscalMachine]);
    let reasons = select(vec![NoDocumentReason::Free, NoDocumentReason::OwnUse, NoDocumentReason::Warranty]);
    let off_site = prop_oneof![
        number().prop_map(|vat| OffSite::Partner { vat: text(&vat) }),
        any::<u32>().prop_map(|branch| OffSite::OwnBranch { branch }),
    ];
    prop_oneof![
        1 => client_types().prop_map(UpdateChange::Type),
        4 => any::<bool>().prop_map(UpdateChange::Completes),
        4 => any::<bool>().prop_map(UpdateChange::NoDocument),
        1 => amounts().prop_map(UpdateChange::Amount),
        1 => words().prop_map(UpdateChange::ReturnedAt),
        4 => categories().prop_map(UpdateChange::Category),
        4 => option::of(kinds).prop_map(UpdateChange::Kind),
        2 => off_site.prop_map(UpdateChange::OffSite),
        3 => reasons.prop_map(UpdateChange::Reason),
        1 => words().prop_map(UpdateChange::Comments),
        1 => customers().prop_map(UpdateChange::Counterparty),
        3 => customers().prop_map(UpdateChange::Invoice),
    ]
}

fn documents() -> impl Strategy<Value = Document> {
    let odd = ("\\PC{0,12}", any::<i64>(), day(), 0i8..24, 0i8..60, 0i32..1_000_000_000);
    prop_oneof![
        2 => Just(MARK),
        2 => (2i64..9).prop_map(mark),
        2 => select(vec!["ABC12345678", " ABC12345678", ""]).prop_map(receipt),
        1 => odd.prop_map(|(number, aa, date, hour, minute, nanos)| {
            Document::Fim { number, aa, date, time: civil::time(hour, minute, 0, nanos) }
        }),
    ]
}

fn drafts() -> impl Strategy<Value = Draft> {
    prop_oneof![
        6 => (client_types(), vec(send_changes(), 0..6)).prop_map(|(t, changes)| Draft::Send(t, changes)),
        9 => (targets(), vec(update_changes(), 0..8)).prop_map(|(t, changes)| Draft::Update(t, changes)),
        3 => (documents(), vec(targets(), 0..4)).prop_map(|(d, targets)| Draft::Correlate(d, targets)),
        1 => (48usize..54).prop_map(Draft::CorrelateMany),
        1 => targets().prop_map(Draft::Cancel),
        1 => Just(Draft::List),
    ]
}

fn pasts() -> impl Strategy<Value = Past> {
    let terms = prop_oneof![
        3 => Just(Terms::OneOff), 2 => Just(Terms::Recurring), 1 => Just(Terms::Right), 2 => Just(Terms::Lease)
    ];
    let lives = prop_oneof![
        6 => Just(EntryLife::Open), 1 => Just(EntryLife::Completed), 1 => Just(EntryLife::Cancelled)
    ];
    let tied = option::weighted(0.3, prop_oneof![Just(MARK), Just(receipt("ABC12345678"))]);
    (client_types(), terms, any::<bool>(), lives, tied).prop_map(
        |(client_type, terms, amount_told, life, tied)| Past { client_type, terms, amount_told, life, tied },
    )
}

/// A business that is none. What is a good number but gave no mandate, only the registry knows.
fn wrong_entities() -> impl Strategy<Value = Text> {
    select(vec!["112233442", "EL112233441", "000000000", "x", "1122334411"]).prop_map(text)
}

pub(super) fn cases() -> impl Strategy<Value = Case> {
    let entities = prop_oneof![
        6 => Just(None),
        1 => Just(Some(text(MANDATED))),
        1 => Just(Some(text("999999993"))),
        1 => Just(Some(Text::default())),
    ];
    (vec(pasts(), 1..5), entities, option::weighted(0.03, wrong_entities()), drafts())
        .prop_map(|(pasts, entity, wrong_entity, draft)| Case { pasts, entity, wrong_entity, draft })
}
