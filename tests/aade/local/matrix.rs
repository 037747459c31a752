//! The table against the published obligations: a line a field, a column a moment, three letters a column, one each
//! for garage, wash and rental.
//!
//! `M` mandatory, `C` conditional, `O` optional, `A` filled in by the registry, `B` the same but for an outage, `-` not
//! of this trade; `...` the moment does not have the field. After AADE DCL 1.1, business analysis, annex of fields,
//! which gives each field one moment. What that leaves open is what updates may repeat: the fields of a completion
//! may be told before it, except that a vehicle moved away, and with a lease the amount is due by the completion.

use std::collections::BTreeMap;
use tameio::aade::rules::{Edition, Field, FieldRule, Obligation, Shape, V1_1, edition};
use tameio::domain::entry::{ClientType, MessageKind};

const TRADES: [ClientType; 3] = [ClientType::Garage, ClientType::ParkingWash, ClientType::Rental];
const MOMENTS: [MessageKind; 4] =
    [MessageKind::Create, MessageKind::Update, MessageKind::Complete, MessageKind::Correlate];

/// Element, arrival, service, completion, correlation.
const MATRIX: &str = "
    idDcl                            AAA ... ... ...
    clientServiceType                MMM MMM MMM ...
    creationDateTime                 BBB ... ... ...
    entityVatNumber                  CCC CCC CCC CCC
    branch                           MMM ... ... ...
    recurringService                 CCC ... ... ...
    continuousService                CCC ... ... ...
    fromAgreedPeriodDate             CCC ... ... ...
    toAgreedPeriodDate               CCC ... ... ...
    mixedService                     -C- ... ... ...
    customerVatNumber                CCC ... ... ...
    customerCountry                  CCC ... ... ...
    transmissionFailure              CCC ... ... ...
    correlatedDclId                  CCC ... ... ...
    comments                         OOO OOO OOO ...
    useCase                          MMM ... ... ...
    vehicleRegistrationNumber        MMM ... ... ...
    foreignVehicleRegistrationNumber MMM ... ... ...
    vehicleCategory                  CCC ... ... ...
    vehicleFactory                   COC ... ... ...
    vehicleMovementPurpose           --M ... ... ...
    isDiffVehPickupLocation          --C ... ... ...
    vehiclePickupLocation            --C ... ... ...
    periodicity                      CCC ... ... ...
    continuousLeaseService           CCC ... ... ...
    periodicityOther                 CCC ... ... ...
    updateUniqueId                   ... AAA AAA ...
    initialDclId                     ... MMM MMM ...
    entryCompletion                  ... ... MMM ...
    nonIssueInvoice                  ... CCC CCC ...
    amount                           ... OOO CCC ...
    completionDateTime               ... AAA AAA ...
    isDiffVehReturnLocation          ... --C --C ...
    vehicleReturnLocation            ... --C --C ...
    providedServiceCategory          ... MM- MM- ...
    providedServiceCategoryOther     ... CC- CC- ...
    invoiceKind                      ... OOO CCC ...
    offSiteProvidedService           ... --- C-- ...
    exitDateTime                     ... A-- A-- ...
    cooperatingVatNumber             ... --- C-- ...
    otherBranch                      ... --- C-- ...
    reasonNonIssueType               ... OOO CCC ...
    invoiceCounterparty              ... CCC CCC ...
    invoiceCounterpartyCountry       ... CCC CCC ...
    correlateId                      ... ... ... AAA
    mark                             ... ... ... MMM
    FIM                              ... ... ... MMM
    FIMNumber                        ... ... ... CCC
    FIMAA                            ... ... ... CCC
    FIMIssueDate                     ... ... ... CCC
    FIMIssueTime                     ... ... ... CCC
    correlatedDCLids                 ... ... ... MMM
";

/// Most characters of each field that has a limit. AADE DCL 1.1, schemas.
const LIMITS: [(&str, usize); 9] = [
    ("comments", 150),
    ("foreignVehicleRegistrationNumber", 50),
    ("periodicityOther", 100),
    ("providedServiceCategoryOther", 100),
    ("vehicleCategory", 100),
    ("vehicleFactory", 100),
    ("vehiclePickupLocation", 250),
    ("vehicleRegistrationNumber", 50),
    ("vehicleReturnLocation", 250),
];

const fn letter(obligation: Obligation) -> char {
    match obligation {
        Obligation::Mandatory => 'M',
        Obligation::Conditional(_) => 'C',
        Obligation::Optional => 'O',
        Obligation::ByRegistry => 'A',
        Obligation::ByRegistryUnless(_) => 'B',
        Obligation::Never => '-',
    }
}

fn rules(
    edition: &'static Edition,
    moment: MessageKind,
    trade: ClientType,
) -> impl Iterator<Item = &'static FieldRule> {
    edition.fields(trade, moment)
}

/// The table as lines of letters.
fn written(edition: &'static Edition) -> BTreeMap<String, [String; 4]> {
    let mut lines: BTreeMap<String, [String; 4]> = BTreeMap::new();
    for (column, moment) in MOMENTS.into_iter().enumerate() {
        for (place, trade) in TRADES.into_iter().enumerate() {
            for rule in rules(edition, moment, trade) {
                let line = lines
                    .entry(rule.field.element().to_owned())
                    .or_insert_with(|| std::array::from_fn(|_| "...".to_owned()));
                let at = place..=place;
                assert_eq!(&line[column][at.clone()], ".", "{:?} stands twice", rule.field);
                line[column].replace_range(at, &letter(rule.obligation).to_string());
            }
        }
    }
    lines
}

#[test]
fn the_table_is_the_published_one() {
    let expected: BTreeMap<String, [String; 4]> = MATRIX
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let mut words = line.split_whitespace().map(str::to_owned);
            (words.next().unwrap(), std::array::from_fn(|_| words.next().unwrap()))
        })
        .collect();
    let written = written(&V1_1);
    for element in expected.keys().chain(written.keys()) {
        assert_eq!(written.get(element), expected.get(element), "{element}");
    }
}

#[test]
fn the_limits_are_the_schemas() {
    let mut limits: Vec<(&str, usize)> = Vec::new();
    for moment in MOMENTS {
        for rule in TRADES.into_iter().flat_map(|trade| rules(&V1_1, moment, trade)) {
            limits.extend(rule.units_max().map(|max| (rule.field.element(), max)));
        }
    }
    limits.sort_unstable();
    limits.dedup();
    assert_eq!(limits, LIMITS);
}

/// The numbers of each enumeration, by trade. AADE DCL 1.1, API description.
#[test]
fn the_codes_are_the_published_ones() {
    let codes = |field, trade, moment| match V1_1.field(field, trade, moment).map(|rule| rule.shape) {
        Some(Shape::Code(codes)) => codes,
        _ => &[],
    };
    for moment in [MessageKind::Update, MessageKind::Complete] {
        let of = |field| TRADES.map(|trade| codes(field, trade, moment));
        assert_eq!(of(Field::Category), [&[1, 2, 3, 4, 5, 6, 9][..], &[4, 5, 7, 8, 9], &[]]);
        assert_eq!(of(Field::Reason), [&[1, 2, 3][..], &[1, 2], &[1, 2]]);
        assert_eq!(of(Field::InvoiceKind), [&[1, 2, 3]; 3]);
    }
    let moved = TRADES.map(|trade| codes(Field::OffSite, trade, MessageKind::Complete));
    assert_eq!(moved, [&[1, 2][..], &[], &[]]);
    let purposes = TRADES.map(|trade| codes(Field::Purpose, trade, MessageKind::Create));
    assert_eq!(purposes, [&[][..], &[], &[1, 2, 3]]);
}

#[test]
fn an_edition_is_in_force_from_its_day() {
    assert_eq!((V1_1.schema, V1_1.since.to_string().as_str()), ("1.1", "2025-06-25"));
    for day in ["2025-06-24", "2025-06-25", "2030-01-01"] {
        assert_eq!(edition(day.parse().unwrap()).schema, "1.1");
    }
}

#[test]
fn countries_are_the_schemas() {
    assert_eq!(V1_1.countries.len(), 247);
    assert!(V1_1.countries.is_sorted());
    for absent in ["EL", "UK", "BQ", "CW", "SS", "SX", "XK"] {
        assert!(!V1_1.countries.contains(&absent), "{absent}");
    }
}
