//! Short check A, a rental: handed over at the airport, back late and with less fuel, a deposit given back; and what a desk
//! promises beside: its own fleet, each vehicle away once, drivers with a licence, own use without a document.

use crate::world::{World, alone, arrival, card, cash, on, person, with_chief};
use jiff::civil;
use tameio::aade::simulator::state::EntryState;
use tameio::app::effect::Notice;
use tameio::app::input::{
    By, ChooseService, DepositInput, Input, OpenVisit, RentalInput, TillInput, WantedHandOver, WantedReturn,
};
use tameio::app::refusal::{Refusal, RentalRefusal};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::dashboard::{Dashboard, Eighths};
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::operator::Right;
use tameio::domain::payment::{Means, Tender};
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::rental::{FleetVehicle, RentalRules};
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::terms::{MovementPurpose, Trip};
use tameio::domain::text::Text;
use tameio::domain::visit::NoDocumentReason;

fn vehicle(plate: &str, name: &str) -> FleetVehicle {
    let plate = Plate::parse(&PlateEntry::Greek, plate).expect("a plate");
    FleetVehicle { plate, name: Text::new(name), size: Size::Small, fuel_eighth: None }
}

/// A desk with two vehicles; a day of a small car is 35.00, an eighth of fuel 9.00.
fn desk() -> Settings {
    let settings = Config::practice(Trade::Rental).expect("practice is good").settings;
    let fleet = vec![vehicle("ΥΖΒ-3307", "Fiat Panda"), vehicle("ΝΚΟ-9154", "Opel Corsa")];
    let rental = RentalRules { fleet, ..settings.rental.clone() };
    Settings { branch: 3, rental, ..settings }
}

fn trip(purpose: MovementPurpose, place: Option<&str>) -> OpenVisit {
    let trip = Trip { purpose, picked_up_at: place.map(Text::new), returned_at: None };
    OpenVisit { trip: Some(trip), ..arrival("ΥΖΒ-3307", Size::Small) }
}

fn dashboard(km: u32, eighths: u8) -> Dashboard {
    Dashboard { km: Some(km), fuel: Eighths::new(eighths) }
}

fn wanted(days: u16) -> WantedHandOver {
    WantedHandOver {
        driver: "John Smith".to_owned(),
        licence: "SMITH-901".to_owned(),
        licence_until: Some(civil::date(2030, 1, 31)),
        days,
        dashboard: dashboard(12_000, 8),
        accessories: "παιδικό κάθισμα".to_owned(),
        damage: "γρατζουνιά πίσω δεξιά".to_owned(),
    }
}

fn hands_over(visit: VisitId, wanted: WantedHandOver) -> Input {
    Input::Rental(RentalInput::HandOver { visit, wanted: Box::new(wanted), operator: person("A") })
}

fn takes_back(visit: VisitId, dashboard: Dashboard, place: Option<&str>) -> Input {
    let wanted = WantedReturn { dashboard, damage: String::new(), place: place.map(str::to_owned) };
    Input::Rental(RentalInput::TakeBack { visit, wanted: Box::new(wanted), operator: person("A") })
}

fn departs(visit: VisitId) -> Input {
    Input::Depart { visit, operator: person("A"), returned_at: None }
}

fn refused(said: &[Notice]) -> &Refusal {
    match said {
        [Notice::Refused(refusal)] => refusal,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn not_for_rentals(said: &[Notice], why: RentalRefusal) {
    assert_eq!(refused(said), &Refusal::Rental(why));
}

fn paper(world: &mut World, title: &str) -> String {
    world.pass(5);
    let papers = world.papers();
    papers.into_iter().rfind(|paper| paper.contains(title)).unwrap_or_else(|| panic!("no {title}"))
}

#[track_caller]
fn says(paper: &str, wanted: &[&str]) {
    let flowing = paper.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in wanted {
        assert!(flowing.contains(words), "{words:?} is missing in\n{paper}");
    }
}

#[test]
fn from_the_airport_three_days_late_by_an_hour_and_twenty_with_two_eighths_missing() {
    let mut world = World::since(on("2026-03-14T08:00"), desk());
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    world.until("2026-03-14T10:00");
    // Where the place differs it has a name, before anything is told.
    let nowhere = Input::OpenVisit(trip(MovementPurpose::Rental, Some(" ")));
    not_for_rentals(&world.act(nowhere), RentalRefusal::PlaceMissing);
    let visit = world.opens(trip(MovementPurpose::Rental, Some("ΑΕΡΟΔΡΟΜΙΟ")));
    assert_eq!(world.act(hands_over(visit, wanted(3))), []);
    assert_eq!(world.visit(visit).sale.totals().gross, Cents(10_500), "three days");
    let deposit = Input::Deposit(DepositInput::Take {
        visit,
        amount: Cents(20_000),
        tenders: vec![card("200.00")],
        operator: person("A"),
    });
    world.act(deposit);
    let held = world.site().state().deposits.keys().next().copied().expect("a deposit");
    let agreed = paper(&mut world, "ΠΑΡΑΔΟΣΗ ΟΧΗΜΑΤΟΣ");
    says(&agreed, &["Fiat Panda", "John Smith", "SMITH-901", "31/01/2030", "ΑΕΡΟΔΡΟΜΙΟ", "17/03/2026 10:00"]);
    says(&agreed, &["12000", "8/8", "παιδικό κάθισμα", "γρατζουνιά", "105,00", "59 λεπτά", "1/3 ημέρας"]);
    says(&agreed, &["200 χλμ. την ημέρα", "ΔΕΝ ΕΙΝΑΙ ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ"]);
    world.pass(5);
    let entry = world.entry_of(visit);
    let told = |name: &str| entry.initial.get(name).map(str::to_owned);
    assert_eq!(told("vehicleMovementPurpose").as_deref(), Some("1"));
    assert_eq!(told("isDiffVehPickupLocation").as_deref(), Some("true"));
    assert_eq!(told("vehiclePickupLocation").as_deref(), Some("ΑΕΡΟΔΡΟΜΙΟ"));
    // The fifty-nine minutes are over: the screen says so.
    world.until("2026-03-17T10:59");
    let overdue = |world: &mut World| {
        let now = world.site().now();
        let visit = world.visit(visit);
        desk().is_long_stay(&visit, now)
    };
    assert!(!overdue(&mut world));
    world.until("2026-03-17T11:20");
    assert!(overdue(&mut world));
    // Nobody leaves the books before the dashboard was looked at.
    assert_eq!(world.act(takes_back(visit, dashboard(12_450, 6), None)), []);
    let sale = world.visit(visit).sale;
    let codes: Vec<&str> = sale.lines.iter().map(|line| line.code.as_str()).collect();
    assert_eq!(codes, ["DAY", "late", "fuel"], "450 km are in the price of three days");
    assert_eq!(sale.totals().gross, Cents(10_500 + 1_167 + 1_800));
    let back = paper(&mut world, "ΕΠΙΣΤΡΟΦΗ ΟΧΗΜΑΤΟΣ");
    says(&back, &["17/03/2026 11:20", "Καθυστέρηση 1:20", "12000 > 12450", "Διανύθηκαν 450", "8/8 > 6/8"]);
    says(&back, &["Καθυστέρηση 1:20: 1/3 ημέρας 11,67", "Καύσιμο που λείπει 2/8 18,00"]);
    // What was typed wrong is put right; when it came back stays.
    world.until("2026-03-17T11:30");
    world.act(takes_back(visit, dashboard(12_640, 6), None));
    let sale = world.visit(visit).sale;
    assert_eq!(sale.totals().gross, Cents(10_500 + 1_167 + 800 + 1_800), "forty kilometres more");
    world.pays(visit, &[card("142.67")]);
    let said = world.act(departs(visit));
    assert_eq!(said, [Notice::DepositHeld { left: Cents(20_000) }]);
    let back = Input::Deposit(DepositInput::Return {
        deposit: held,
        amount: Cents(20_000),
        means: Means::Card,
        reason: String::new(),
        by: alone(),
    });
    assert_eq!(world.act(back), [Notice::DepositReturned { number: 1, amount: Cents(20_000) }]);
    world.drain();
    world.pass(5);
    let entry = world.entry_of(visit);
    assert_eq!(entry.state, EntryState::Completed);
    assert_eq!((entry.merged.get("invoiceKind"), entry.correlations.len()), (Some("1"), 1));
    assert_eq!(entry.merged.get("providedServiceCategory"), None, "a rental desk tells none");
    assert_ne!(entry.merged.get("isDiffVehReturnLocation"), Some("true"));
    let figures = world.site().state().shift.clone().expect("a shift").figures;
    assert_eq!((figures.gross, figures.card), (Cents(14_267), Cents(14_267)), "the deposit is no revenue");
    world.check();
}

#[test]
fn own_use_has_purpose_two_and_no_document_and_needs_nobodys_right() {
    let mut world = World::with(desk());
    let visit = world.opens(trip(MovementPurpose::OwnUse, None));
    let ours = WantedHandOver { licence: String::new(), licence_until: None, ..wanted(1) };
    assert_eq!(world.act(hands_over(visit, ours)), [], "somebody of the business needs no licence here");
    assert_eq!(world.visit(visit).sale.lines, []);
    says(&paper(&mut world, "ΠΑΡΑΔΟΣΗ ΟΧΗΜΑΤΟΣ"), &["ΙΔΙΟΧΡΗΣΗ"]);
    let service = ChooseService { visit, size: Size::Small, package: "DAY".to_owned(), extras: Vec::new() };
    world.act(Input::ChooseService(service));
    let pay = Input::Pay { visit, tenders: vec![cash("35.00")], invoice_to: None, operator: person("A") };
    not_for_rentals(&world.act(pay), RentalRefusal::TripWithoutDocument);
    let free = |reason, by: By| Input::ChooseNoDocument {
        visit,
        reason,
        note: "service".to_owned(),
        redo_of: None,
        by,
    };
    let said = world.act(free(NoDocumentReason::Free, alone()));
    assert_eq!(said, [Notice::NeedsRight(Right::NoDocument)], "lending needs the right");
    assert_eq!(world.act(free(NoDocumentReason::OwnUse, alone())), []);
    not_for_rentals(&world.act(departs(visit)), RentalRefusal::NotReturned);
    assert_eq!(world.act(takes_back(visit, dashboard(12_900, 1), None)), []);
    assert_eq!(world.visit(visit).rental.expect("agreed").returned.expect("it is back").charges, []);
    world.leaves(visit);
    world.drain();
    let entry = world.entry_of(visit);
    assert_eq!(entry.initial.get("vehicleMovementPurpose"), Some("2"));
    assert_eq!((entry.merged.get("reasonNonIssueType"), entry.correlations.len()), (Some("2"), 0));
    assert!(world.documents().is_empty());
    world.check();
}

#[test]
fn only_the_fleet_is_let_and_each_vehicle_is_away_once() {
    let mut world = World::with(desk());
    let stranger = Input::OpenVisit(arrival("ΙΗΖ-4821", Size::Small));
    not_for_rentals(&world.act(stranger), RentalRefusal::NotInFleet);
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    let again =
        OpenVisit { again_because: Some("κι άλλη".to_owned()), ..arrival("υζβ 3307", Size::Small) };
    assert_eq!(refused(&world.act(Input::OpenVisit(again))), &Refusal::AlreadyInside { visit });
    let correct = |plate: &str| Input::CorrectPlate {
        visit,
        plate: plate.to_owned(),
        entry: PlateEntry::Greek,
        vehicle: Default::default(),
        by: with_chief(),
    };
    not_for_rentals(&world.act(correct("ΙΗΖ-4821")), RentalRefusal::NotInFleet);
    // The agreement goes with a plate that is put right.
    world.act(hands_over(visit, wanted(2)));
    world.drain();
    world.act(correct("ΝΚΟ-9154"));
    let right = world.site().state().visits.values().next().cloned().expect("the visit goes on");
    assert_eq!(right.rental.map(|rental| rental.hand_over.days), Some(2));
    world.act(takes_back(right.id, dashboard(12_100, 8), None));
    world.pays(right.id, &[card("70.00")]);
    world.leaves(right.id);
    world.drain();
    world.comes("ΥΖΒ-3307", Size::Small);
    world.drain();
    world.check();
}

#[test]
fn what_is_typed_at_the_hand_over_and_the_return_is_looked_at() {
    let mut world = World::with(desk());
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    not_for_rentals(&world.act(takes_back(visit, dashboard(12_000, 8), None)), RentalRefusal::NotHandedOver);
    let yesterday = civil::date(2026, 3, 13);
    let bad = [
        (WantedHandOver { driver: "  ".to_owned(), ..wanted(1) }, RentalRefusal::DriverMissing),
        (WantedHandOver { licence: String::new(), ..wanted(1) }, RentalRefusal::LicenceMissing),
        (WantedHandOver { licence_until: None, ..wanted(1) }, RentalRefusal::LicenceMissing),
        (
            WantedHandOver { licence_until: Some(yesterday), ..wanted(1) },
            RentalRefusal::LicenceOver { until: yesterday },
        ),
        (wanted(0), RentalRefusal::Days),
        (wanted(367), RentalRefusal::Days),
    ];
    for (typed, why) in bad {
        not_for_rentals(&world.act(hands_over(visit, typed)), why);
    }
    let far = WantedHandOver { dashboard: dashboard(2_000_001, 8), ..wanted(1) };
    assert_eq!(refused(&world.act(hands_over(visit, far))), &Refusal::Kilometres);
    // A licence that ends on the way is said, and it is for the person to decide.
    let until = civil::date(2026, 3, 15);
    let ending = WantedHandOver { licence_until: Some(until), ..wanted(3) };
    assert_eq!(world.act(hands_over(visit, ending)), [Notice::LicenceEnds { until }]);
    // Put right: the days, and with them the price; extras and a discount stay.
    let service = ChooseService {
        visit,
        size: Size::Small,
        package: "DAY".to_owned(),
        extras: vec!["CHILD".to_owned()],
    };
    world.act(Input::ChooseService(service));
    assert_eq!(world.visit(visit).sale.totals().gross, Cents(3 * 3_500 + 500), "three days and a seat");
    world.act(hands_over(visit, wanted(2)));
    assert_eq!(world.visit(visit).sale.totals().gross, Cents(2 * 3_500 + 500));
    assert_eq!(refused(&world.act(takes_back(visit, dashboard(11_999, 8), None))), &Refusal::Kilometres);
    not_for_rentals(
        &world.act(takes_back(visit, dashboard(12_000, 8), Some(" "))),
        RentalRefusal::PlaceMissing,
    );
    world.act(takes_back(visit, dashboard(12_000, 8), Some("ΛΙΜΑΝΙ ΠΕΙΡΑΙΑ")));
    not_for_rentals(&world.act(hands_over(visit, wanted(2))), RentalRefusal::AlreadyReturned);
    world.pays(visit, &[card("75.00")]);
    world.crash();
    world.leaves(visit);
    world.drain();
    let entry = world.entry_of(visit);
    assert_eq!(entry.merged.get("isDiffVehReturnLocation"), Some("true"));
    assert_eq!(entry.merged.get("vehicleReturnLocation"), Some("ΛΙΜΑΝΙ ΠΕΙΡΑΙΑ"));
    world.check();
    let mut wash = World::wash();
    let visit = wash.comes("ΙΗΖ-4821", Size::Small);
    not_for_rentals(&wash.act(hands_over(visit, wanted(1))), RentalRefusal::OnlyAtRentalDesks);
}

#[test]
fn who_has_paid_before_pays_what_the_return_is_charged_with_by_a_second_document() {
    let mut world = World::with(desk());
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.act(hands_over(visit, wanted(1)));
    world.pays(visit, &[card("35.00")]);
    not_for_rentals(&world.act(departs(visit)), RentalRefusal::NotReturned);
    assert_eq!(refused(&world.act(hands_over(visit, wanted(2)))), &Refusal::PriceFixed);
    assert_eq!(world.act(hands_over(visit, wanted(1))), [], "the rest may be put right");
    world.act(takes_back(visit, dashboard(12_000, 7), None));
    world.act(Input::SellMore { visit, extras: vec!["CHILD".to_owned()] });
    // Another look at the dashboard: two eighths. What was sold beside it stays.
    world.act(takes_back(visit, dashboard(12_000, 6), None));
    assert_eq!(world.visit(visit).supplement.totals().gross, Cents(1_800 + 500));
    assert!(matches!(refused(&world.act(departs(visit))), Refusal::Step(_)), "it is owed");
    world.pays(visit, &[card("23.00")]);
    assert_eq!(
        refused(&world.act(takes_back(visit, dashboard(12_000, 5), None))),
        &Refusal::PriceFixed,
        "it is paid"
    );
    world.leaves(visit);
    world.drain();
    world.pass(5);
    assert_eq!(world.entry_of(visit).correlations.len(), 2);
    world.check();
    // Nothing is charged, nothing is owed.
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.act(hands_over(visit, wanted(1)));
    world.pays(visit, &[card("35.00")]);
    world.act(takes_back(visit, dashboard(12_000, 8), None));
    world.leaves(visit);
    world.drain();
    world.check();
}

#[test]
fn the_deposit_pays_what_the_return_is_charged_with() {
    let mut world = World::with(desk());
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.act(hands_over(visit, wanted(1)));
    let take = Input::Deposit(DepositInput::Take {
        visit,
        amount: Cents(20_000),
        tenders: vec![cash("200.00")],
        operator: person("A"),
    });
    world.act(take);
    let deposit = world.site().state().deposits.keys().next().copied().expect("a deposit");
    world.act(takes_back(visit, dashboard(12_100, 6), None));
    world.pays(visit, &[Tender::Deposit { deposit, amount: Cents(5_300) }]);
    world.leaves_with(visit, &[Notice::DepositHeld { left: Cents(14_700) }]);
    let back = Input::Deposit(DepositInput::Return {
        deposit,
        amount: Cents(14_700),
        means: Means::Cash,
        reason: String::new(),
        by: alone(),
    });
    world.act(back);
    assert!(world.site().state().deposits.is_empty());
    assert_eq!(world.site().state().shift.clone().expect("a shift").expected_cash(), Cents(5_300));
    world.drain();
    world.check();
}
