//! What a form asks follows from the table: which inputs it shows, on which it insists, which choices it offers. And
//! another edition, or another trade, is another table: forms and the check before sending follow it alike.

use super::{arrival, now, service, text};
use tameio::aade::message::{Comments, InvoiceKind, Request};
use tameio::aade::rules::{
    Allowed, Ask, Condition, Conditions, Edition, Field, FieldRule, Known, Obligation, Shape, TradeTable,
    V1_1,
};
use tameio::domain::entry::{ClientType, MessageKind, ServiceCategory};
use tameio::domain::terms::MovementPurpose;
use tameio::domain::text::{Language, Text};
use tameio::domain::visit::NoDocumentReason;

/// The inputs, those insisted on with a star, by the registry's names.
fn inputs(client_type: ClientType, moment: MessageKind, conditions: &[Condition]) -> Vec<String> {
    let conditions = conditions.iter().copied().collect();
    let mut inputs: Vec<String> = V1_1
        .inputs(client_type, moment, conditions)
        .map(|(rule, ask)| format!("{}{}", rule.field.element(), if ask == Ask::Must { "*" } else { "" }))
        .collect();
    inputs.sort();
    inputs
}

#[test]
fn a_wash_at_its_end_asks_for_what_follows() {
    let end = |conditions| inputs(ClientType::ParkingWash, MessageKind::Complete, conditions);
    let always = ["amount", "comments", "invoiceCounterparty", "invoiceCounterpartyCountry", "invoiceKind*"];
    assert_eq!(end(&[]), [&always[..], &["nonIssueInvoice", "providedServiceCategory*"]].concat());
    assert_eq!(
        end(&[Condition::FreeCategory]),
        [&always[..], &["nonIssueInvoice*", "providedServiceCategory*"]].concat()
    );
    assert_eq!(
        end(&[Condition::FreeCategory, Condition::WithoutDocument]),
        ["amount", "comments", "nonIssueInvoice*", "providedServiceCategory*", "reasonNonIssueType*"]
    );
    assert_eq!(
        end(&[Condition::InWords, Condition::InvoiceToBusiness]),
        [
            "amount",
            "comments",
            "invoiceCounterparty*",
            "invoiceCounterpartyCountry*",
            "invoiceKind*",
            "nonIssueInvoice",
            "providedServiceCategory*",
            "providedServiceCategoryOther*"
        ]
    );
}

#[test]
fn a_garage_asks_where_the_vehicle_went_and_only_at_the_end() {
    let asks = |field, moment, conditions: &[Condition]| {
        V1_1.ask(field, ClientType::Garage, moment, conditions.iter().copied().collect())
    };
    assert_eq!(asks(Field::OffSite, MessageKind::Update, &[]), Ask::Not);
    assert_eq!(asks(Field::OffSite, MessageKind::Complete, &[]), Ask::May);
    assert_eq!(asks(Field::Partner, MessageKind::Complete, &[]), Ask::Not);
    assert_eq!(asks(Field::Partner, MessageKind::Complete, &[Condition::ToPartner]), Ask::Must);
    assert_eq!(asks(Field::OtherBranch, MessageKind::Complete, &[Condition::ToPartner]), Ask::Not);
    // Who moved it away issues no document yet.
    assert_eq!(asks(Field::InvoiceKind, MessageKind::Complete, &[Condition::ToPartner]), Ask::May);
    assert_eq!(asks(Field::InvoiceKind, MessageKind::Complete, &[]), Ask::Must);
}

#[test]
fn a_rental_asks_for_the_purpose_and_no_kind_of_service() {
    let arrival = inputs(ClientType::Rental, MessageKind::Create, &[Condition::BesideForeignPlate]);
    for input in ["vehicleMovementPurpose*", "vehicleCategory*", "vehicleFactory*"] {
        assert!(arrival.contains(&input.to_owned()), "{input}: {arrival:?}");
    }
    let end = inputs(ClientType::Rental, MessageKind::Complete, &[Condition::PlaceDiffers]);
    assert!(end.contains(&"vehicleReturnLocation*".to_owned()));
    assert!(!end.iter().any(|input| input.starts_with("providedService")), "{end:?}");
}

#[test]
fn terms_bring_their_own_inputs() {
    let asked = |conditions: &[Condition]| {
        let plain = inputs(ClientType::ParkingWash, MessageKind::Create, &[]);
        let more = inputs(ClientType::ParkingWash, MessageKind::Create, conditions);
        more.into_iter().filter(|input| !plain.contains(input)).collect::<Vec<_>>()
    };
    assert_eq!(
        asked(&[Condition::Recurring]),
        ["customerCountry*", "customerVatNumber*", "recurringService*"]
    );
    assert_eq!(
        asked(&[Condition::RightBought]),
        ["continuousService*", "fromAgreedPeriodDate*", "toAgreedPeriodDate*"]
    );
    assert_eq!(
        asked(&[Condition::Lease]),
        [
            "continuousLeaseService*",
            "fromAgreedPeriodDate*",
            "periodicity*",
            "periodicityOther*",
            "toAgreedPeriodDate*"
        ]
    );
    let periodicity = V1_1.field(Field::PeriodicityMonths, ClientType::Garage, MessageKind::Create);
    assert_eq!(periodicity.unwrap().instead, Some(Field::PeriodicityWords));
}

#[test]
fn choices_are_those_of_the_trade() {
    use NoDocumentReason as R;
    use ServiceCategory as S;
    let categories = |client_type| V1_1.categories(client_type).collect::<Vec<_>>();
    assert_eq!(
        categories(ClientType::ParkingWash),
        [S::Free, S::Other(Text::default()), S::ByPriceList, S::ByAgreement, S::OwnUse]
    );
    assert!(categories(ClientType::Garage).contains(&S::Warranty));
    assert_eq!(categories(ClientType::Rental), []);
    let reasons = |client_type, conditions| V1_1.reasons(client_type, conditions).collect::<Vec<_>>();
    let free = Conditions::NONE.with(Condition::WithoutDocument).with(Condition::FreeCategory);
    assert_eq!(reasons(ClientType::Garage, Conditions::NONE), [R::Free, R::OwnUse, R::Warranty]);
    assert_eq!(reasons(ClientType::ParkingWash, Conditions::NONE), [R::Free, R::OwnUse]);
    assert_eq!(reasons(ClientType::Garage, free), [R::Free]);
    let purposes = |conditions| V1_1.purposes(ClientType::Rental, conditions).collect::<Vec<_>>();
    assert_eq!(purposes(Conditions::NONE).len(), 3);
    assert_eq!(purposes(Conditions::NONE.with(Condition::Recurring)), [MovementPurpose::Rental]);
    let kinds: Vec<_> = V1_1.invoice_kinds(ClientType::Rental).collect();
    assert_eq!(kinds, [InvoiceKind::Retail, InvoiceKind::Invoice, InvoiceKind::FiscalMachine]);
}

#[test]
fn what_follows_from_conditions_need_not_be_said() {
    let holds = |conditions: &[Condition], condition| {
        conditions.iter().copied().collect::<Conditions>().holds(condition)
    };
    assert!(holds(&[Condition::Lease], Condition::WithPeriod));
    assert!(holds(&[Condition::WarrantyCategory], Condition::CategoryWithoutDocument));
    assert!(holds(&[], Condition::WithDocument));
    assert!(!holds(&[Condition::WithoutDocument], Condition::WithDocument));
    assert!(!holds(&[Condition::ToOwnBranch], Condition::WithDocument));
    assert_eq!(Condition::of_category(&ServiceCategory::OwnUse), Some(Condition::OwnUseCategory));
}

#[test]
fn every_field_has_a_name_of_its_own_in_both_languages() {
    let moments = [MessageKind::Create, MessageKind::Update, MessageKind::Complete, MessageKind::Correlate];
    for language in [Language::El, Language::En] {
        for moment in moments {
            let mut labels: Vec<_> =
                V1_1.fields(ClientType::Garage, moment).map(|rule| rule.field.label(language)).collect();
            assert!(labels.iter().all(|label| !label.is_empty()));
            let all = labels.len();
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(labels.len(), all, "{moment:?}: two fields with one name");
        }
    }
}

/// A rule written out, as another edition's author would.
const fn rule(field: Field, obligation: Obligation, shape: Shape) -> FieldRule {
    FieldRule {
        field,
        obligation,
        allowed: Allowed::Always,
        instead: None,
        shape,
        narrowed: &[],
        code_missing: 203,
        code_refused: 220,
    }
}

/// A made-up next edition: washes must tell the maker, comments are shorter, car parks may tell warranty, and rentals
/// are not in it.
static NEXT: Edition = Edition {
    schema: "1.2",
    since: jiff::civil::date(2027, 1, 1),
    trades: &[TradeTable {
        client_type: ClientType::ParkingWash,
        arrival: &[&[
            rule(Field::Plate, Obligation::Mandatory, Shape::Text { units_max: Some(50) }),
            rule(Field::Maker, Obligation::Mandatory, Shape::Text { units_max: Some(20) }),
            rule(Field::Comments, Obligation::Optional, Shape::Text { units_max: Some(40) }),
        ]],
        service: &[&[rule(Field::Category, Obligation::Mandatory, Shape::Code(&[6, 7]))]],
        completion: &[],
    }],
    correlated_max: 10,
    ..V1_1
};

#[test]
fn another_edition_is_another_table() {
    let known = Known::at(now());
    let codes = |request: &Request| {
        NEXT.check(request, &known).iter().map(|fault| (fault.field, fault.code)).collect::<Vec<_>>()
    };
    let mut client = arrival(ClientType::ParkingWash);
    client.comments = Some(Comments::from(text(&"ω".repeat(41))));
    assert_eq!(codes(&Request::Send(client)), [(Field::Comments, 101), (Field::Maker, 203)]);
    assert_eq!(V1_1.check(&Request::Send(arrival(ClientType::ParkingWash)), &known), []);
    let mut update = service(1, ClientType::ParkingWash);
    update.category = Some(ServiceCategory::Warranty);
    assert_eq!(codes(&Request::Update(update)), []);
    assert_eq!(codes(&Request::Send(arrival(ClientType::Rental))), [(Field::ClientType, 101)]);
    let refused = NEXT.check(&Request::Send(arrival(ClientType::Rental)), &known);
    assert!(refused[0].told(Language::El).starts_with("Η ΑΑΔΕ δεν δέχεται αυτό το είδος"));
    let asked: Vec<_> = NEXT
        .inputs(ClientType::ParkingWash, MessageKind::Create, Conditions::NONE)
        .map(|(rule, ask)| (rule.field, ask))
        .collect();
    assert_eq!(asked, [(Field::Plate, Ask::Must), (Field::Maker, Ask::Must), (Field::Comments, Ask::May)]);
}
