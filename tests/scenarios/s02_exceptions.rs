//! What is out of the ordinary in a car park: no ticket, a wrong one, no entry, a wrong time, nobody pays, nobody saw it
//! leave. Each has its flow and its line on the close of the day, and the vehicle at the exit is never stuck. Tariff T1,
//! 20.00 for a lost ticket.

use crate::world::{World, alone, arrival, at, card, cash, person, with_chief};
use tameio::aade::simulator::state::{Entry, EntryState};
use tameio::app::effect::Notice;
use tameio::app::input::{By, Input, ParkingInput, TillInput};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::day::{Control, Day};
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::operator::Right;
use tameio::domain::parking::ParkingRules;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::tariff::{NoPrice, Tariff};
use tameio::domain::ticket::{TicketFate, TicketFault, TicketKey};
use tameio::domain::visit::{Settlement, StepRefused};
use tameio::paper::ticket::code_of;

fn park() -> World {
    World::of(Trade::Parking)
}

fn with_owner() -> By {
    By { operator: person("A"), approved_by: Some(person("owner")) }
}

fn owed(world: &mut World, visit: VisitId) -> Cents {
    let (settings, now, visit) =
        (world.site().terminal().settings().clone(), world.site().now(), world.visit(visit));
    settings.owed(&visit, now).expect("a price")
}

fn code(world: &mut World, visit: VisitId) -> String {
    let reference = world.visit(visit).reference;
    code_of(world.site().terminal().settings(), &reference)
}

fn scan(world: &mut World, code: &str) -> Vec<Notice> {
    world.act(Input::Parking(ParkingInput::ScanTicket { code: code.to_owned(), operator: person("A") }))
}

fn refused(fault: TicketFault) -> Vec<Notice> {
    vec![Notice::Refused(Refusal::Ticket(fault))]
}

fn day(world: &mut World) -> Day {
    world.site().state().day.clone()
}

/// What the person at the till did.
fn control(world: &mut World) -> Control {
    day(world).people.get(&person("A")).copied().unwrap_or_default()
}

fn found(plate: &str, price: Option<Cents>, by: By) -> Input {
    let reason = "ούτε δελτίο ούτε επίσκεψη".to_owned();
    Input::Parking(ParkingInput::OpenFound { open: Box::new(arrival(plate, Size::Small)), price, reason, by })
}

fn opened(said: &[Notice]) -> VisitId {
    match said {
        [Notice::Opened { visit, .. }] => *visit,
        other => panic!("no visit was opened: {other:?}"),
    }
}

/// What the registry was told beside the creation.
fn comment(entry: &Entry) -> String {
    entry.initial.get("comments").unwrap_or_default().to_owned()
}

#[test]
fn a_ticket_opens_its_visit_and_once_it_has_left_says_when() {
    let mut world = park();
    world.clock("09:03:40");
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    let code = code(&mut world, visit);
    world.clock("11:20:10");
    assert_eq!(scan(&mut world, &code), [Notice::TicketRead { visit }]);
    assert_eq!(scan(&mut world, &code.to_lowercase()), [Notice::TicketRead { visit }]);
    world.pays(visit, &[cash("10.00")]);
    world.clock("11:25");
    world.leaves(visit);
    world.clock("12:00");
    let fault = TicketFault::Used { plate: world.visit(visit).plate, left: at("11:25") };
    let said = scan(&mut world, &code);
    assert_eq!(said, refused(fault));
    let [Notice::Refused(refusal)] = said.as_slice() else { panic!("{said:?}") };
    let sentence = refusal.sentence(tameio::domain::text::Language::El);
    assert!(sentence.contains("έφυγε ήδη") && sentence.contains("11:25"), "{sentence}");
    assert_eq!(day(&mut world).tickets_refused, 1);
    world.drain();
    world.check();
}

/// The simulated sites share one key; a site with another is another shop.
#[test]
fn a_ticket_of_another_site_a_forged_one_and_half_a_ticket_open_nothing() {
    let mut world = park();
    world.clock("09:00");
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    let ours = code(&mut world, visit);
    let reference = world.visit(visit).reference;
    let other_key = TicketKey::new(&[7; 32]);
    let settings = Config::practice(Trade::Parking).expect("the shipped file").settings;
    let forged = code_of(&Settings { ticket_key: Some(other_key.clone()), ..settings.clone() }, &reference);
    assert_eq!(scan(&mut world, &forged), refused(TicketFault::Forged));
    let elsewhere = tameio::domain::ids::Reference {
        terminal: "9ZZZ".to_owned().try_into().expect("an id"),
        ..reference.clone()
    };
    let other_site = code_of(&Settings { ticket_key: Some(other_key), ..settings }, &elsewhere);
    assert_eq!(scan(&mut world, &other_site), refused(TicketFault::OtherSite));
    let other_terminal = code_of(&world.site().terminal().settings().clone(), &elsewhere);
    let fault = TicketFault::OtherTerminal { terminal: elsewhere.terminal };
    assert_eq!(scan(&mut world, &other_terminal), refused(fault));
    let (half, _) = ours.split_at(ours.len() - 3);
    assert_eq!(scan(&mut world, half), refused(TicketFault::Torn));
    assert_eq!(scan(&mut world, "T"), refused(TicketFault::Torn));
    let mut never = world.visit(visit).reference;
    never.number = 999;
    let unknown = code_of(&world.site().terminal().settings().clone(), &never);
    assert_eq!(scan(&mut world, &unknown), refused(TicketFault::Unknown));
    assert_eq!(day(&mut world).tickets_refused, 6);
    let journal = serde_json::to_string(&world.events()).expect("it can be written");
    let check = ours.rsplit('.').next().expect("a check");
    assert!(!journal.contains(check), "the journal holds what makes a ticket");
    world.drain();
    world.check();
}

#[test]
fn the_ticket_of_a_cancelled_visit_says_so_and_that_of_a_corrected_plate_goes_on() {
    let mut world = park();
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    let cancelled = code(&mut world, visit);
    let reason = "δύο φορές".to_owned();
    assert_eq!(world.act(Input::CancelVisit { visit, reason, by: with_chief() }), []);
    let fault = TicketFault::Cancelled { plate: world.visit(visit).plate };
    assert_eq!(scan(&mut world, &cancelled), refused(fault));
    let wrong = world.comes("ΙΗΖ-4812", Size::Small);
    world.pass(60);
    let corrected = code(&mut world, wrong);
    let plate = "ΙΗΖ-4821".to_owned();
    let (entry, vehicle) = Default::default();
    assert_eq!(world.act(Input::CorrectPlate { visit: wrong, plate, entry, vehicle, by: with_chief() }), []);
    let right = *world.site().state().visits.keys().next().expect("the right one");
    assert_ne!(right, wrong);
    assert_eq!(scan(&mut world, &corrected), [Notice::TicketRead { visit: right }]);
    assert_eq!(day(&mut world).arrived, 2, "it came once");
    world.drain();
    world.check();
}

#[test]
fn who_lost_the_ticket_pays_the_real_price_and_the_receipt_says_so() {
    let mut world = park();
    world.clock("08:15");
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.clock("17:50");
    let lost =
        Input::Parking(ParkingInput::TicketGone { visit, fate: TicketFate::Lost, operator: person("A") });
    assert_eq!(world.act(lost.clone()), []);
    assert_eq!(world.act(lost), [], "said twice");
    assert_eq!(owed(&mut world, visit), Cents(1400));
    world.pays(visit, &[card("14.00")]);
    world.leaves(visit);
    world.drain();
    let receipt = world.receipt();
    assert!(receipt.contains("Χαμένο δελτίο"), "{receipt}");
    assert_eq!(control(&mut world).lost_tickets, 1);
    world.check();
}

#[test]
fn a_vehicle_at_the_exit_without_a_visit_pays_the_fee_and_its_entry_says_that_it_was_found() {
    let mut world = park();
    world.clock("13:00");
    let visit = opened(&world.act(found("ΑΒΕ-1111", None, alone())));
    assert_eq!(owed(&mut world, visit), Cents(2000));
    world.pass(3 * 3600);
    assert_eq!(owed(&mut world, visit), Cents(2000), "nobody knows how long it was here");
    world.pays(visit, &[cash("20.00")]);
    world.leaves(visit);
    world.drain();
    let entry = world.entry_of(visit);
    assert!(comment(&entry).contains("εκ των υστέρων"), "{}", comment(&entry));
    assert!(!entry.initial.is_true("transmissionFailure"), "there was no outage");
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 1));
    assert_eq!(world.documents()[0].sale.lines[0].name.el.as_str(), "Απώλεια δελτίου");
    assert_eq!((day(&mut world).found, control(&mut world).lost_tickets), (1, 1));
    world.check();
}

#[test]
fn or_what_a_manager_says() {
    let mut world = park();
    let said = world.act(found("ΑΒΕ-1111", Some(Cents(500)), alone()));
    assert_eq!(said, [Notice::NeedsRight(Right::SetPrice)]);
    assert_eq!(
        world.act(found("ΑΒΕ-1111", Some(Cents(500)), with_chief())),
        [Notice::NeedsRight(Right::SetPrice)]
    );
    let visit = opened(&world.act(found("ΑΒΕ-1111", Some(Cents(500)), with_owner())));
    assert_eq!(owed(&mut world, visit), Cents(500));
    let again = world.act(found("ΑΒΕ-1111", None, alone()));
    assert_eq!(again, [Notice::Refused(Refusal::AlreadyInside { visit })]);
    world.pays(visit, &[cash("5.00")]);
    world.leaves(visit);
    world.drain();
    world.check();
}

#[test]
fn the_time_that_is_charged_from_is_put_right_and_the_registered_one_stays() {
    let mut world = park();
    world.clock("12:00");
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("13:00");
    assert_eq!(owed(&mut world, visit), Cents(400));
    let from = |time: &str, reason: &str, by: By| {
        Input::Parking(ParkingInput::PriceFrom { visit, from: at(time), reason: reason.to_owned(), by })
    };
    assert_eq!(world.act(from("09:00", "", with_chief())), [Notice::Refused(Refusal::ReasonMissing)]);
    assert_eq!(world.act(from("13:30", "χθες", with_chief())), [Notice::Refused(Refusal::Time)]);
    assert_eq!(
        world.act(from("09:00", "μπήκε με το χέρι", alone())),
        [Notice::NeedsRight(Right::EditPricedTime)]
    );
    assert_eq!(world.act(from("09:00", "μπήκε με το χέρι", with_chief())), []);
    assert_eq!(owed(&mut world, visit), Cents(900), "four hours");
    world.pays(visit, &[card("9.00")]);
    let late = world.act(from("11:00", "λάθος", with_chief()));
    assert_eq!(late, [Notice::Refused(Refusal::Step(StepRefused::AlreadyPaid))]);
    world.leaves(visit);
    world.drain();
    assert_eq!(world.visit(visit).arrived, at("12:00"));
    let receipt = world.receipt();
    assert!(receipt.contains("14/03/2026 09:00"), "{receipt}");
    assert_eq!(control(&mut world).edited_times, 1);
    world.check();
}

#[test]
fn a_price_is_made_by_whoever_may_and_holds() {
    let mut world = park();
    world.clock("09:00");
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    let agree = |price: i64, by: By| {
        Input::Parking(ParkingInput::AgreePrice {
            visit,
            price: Cents(price),
            reason: "παράπονο".to_owned(),
            by,
        })
    };
    assert_eq!(world.act(agree(0, with_owner())), [Notice::Refused(Refusal::Amount)]);
    assert_eq!(world.act(agree(300, with_chief())), [Notice::NeedsRight(Right::SetPrice)]);
    assert_eq!(world.act(agree(300, with_owner())), []);
    world.clock("19:00");
    assert_eq!(owed(&mut world, visit), Cents(300));
    world.pays(visit, &[cash("3.00")]);
    world.clock("20:00");
    assert_eq!(owed(&mut world, visit), Cents::ZERO, "it was agreed for the whole stay");
    assert_eq!((control(&mut world).edited_times, control(&mut world).edited_prices), (0, 1));
    world.leaves(visit);
    world.drain();
    world.check();
}

/// It is 11:20 and the driver has no money. The vehicle leaves; on the Monday the debt is paid, and its receipt is
/// correlated with the entry of the Saturday.
#[test]
fn who_cannot_pay_is_let_go_and_what_is_owed_stays_until_it_is_paid() {
    let mut world = park();
    world.clock("09:03");
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("11:20");
    let release = |reason: &str| {
        Input::Parking(ParkingInput::ReleaseOwing {
            visit,
            debtor: "Γ. Παπαδόπουλος 6900000000".to_owned(),
            reason: reason.to_owned(),
            operator: person("A"),
        })
    };
    assert_eq!(world.act(release(" ")), [Notice::Refused(Refusal::ReasonMissing)]);
    assert_eq!(world.act(release("δεν έχει χρήματα")), []);
    let gone = world.visit(visit);
    assert_eq!(gone.debt.as_ref().map(|debt| debt.total), Some(Cents(750)));
    assert_eq!(gone.state.settlement(), Some(&Settlement::Owed));
    assert!(world.documents().is_empty());
    world.crash();
    assert_eq!(world.site().state().owed.len(), 1);
    world.pass(48 * 3600);
    assert_eq!(owed(&mut world, visit), Cents(750), "it does not grow");
    assert_eq!(world.pays(visit, &[cash("10.00")]), Cents(250));
    let paid = world.visit(visit);
    assert!(paid.debt.is_none() && paid.is_paid() && !paid.state.is_inside());
    assert!(world.site().state().owed.is_empty());
    let again = Input::Pay { visit, tenders: vec![cash("7.50")], invoice_to: None, operator: person("A") };
    assert_eq!(world.act(again), [Notice::Refused(Refusal::NoSuchVisit)]);
    world.pass(10);
    world.drain();
    let entry = world.entry_of(visit);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 1));
    assert_eq!(world.documents()[0].span.map(|span| span.until.clock()).as_deref(), Some("11:20"));
    assert_eq!(control(&mut world).released, 1);
    world.check();
}

#[test]
fn what_is_not_paid_of_an_overstay_is_owed_too() {
    let mut world = park();
    world.clock("10:00");
    let visit = world.comes("ΖΜΥ-2211", Size::Small);
    let nothing = |visit| {
        Input::Parking(ParkingInput::ReleaseOwing {
            visit,
            debtor: String::new(),
            reason: "διαφωνεί".to_owned(),
            operator: person("A"),
        })
    };
    assert_eq!(world.act(nothing(visit)), [Notice::Refused(Refusal::NothingDue)]);
    world.clock("12:00");
    world.pays(visit, &[cash("6.00")]);
    world.clock("12:22");
    assert_eq!(world.act(nothing(visit)), []);
    assert_eq!(world.visit(visit).debt.map(|debt| debt.total), Some(Cents(150)));
    world.pass(3600);
    world.pays(visit, &[cash("1.50")]);
    world.pass(10);
    world.drain();
    let entry = world.entry_of(visit);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 2));
    world.check();
}

#[test]
fn an_exit_nobody_saw_is_closed_with_an_estimate_by_whoever_may() {
    let mut world = park();
    world.clock("09:00");
    let (paid, unpaid) = (world.comes("ΥΖΒ-3307", Size::Small), world.comes("ΝΚΟ-9154", Size::Small));
    let turned = world.comes("ΟΤΜ-776", Size::Small);
    world.clock("10:00");
    world.pays(paid, &[cash("4.00")]);
    world.clock("18:00");
    let close = |visit: VisitId, left: &str, by: By| {
        Input::Parking(ParkingInput::CloseMissed {
            visit,
            left: at(left),
            reason: "η μπάρα ήταν πάνω".to_owned(),
            by,
        })
    };
    assert_eq!(world.act(close(paid, "10:05", alone())), [Notice::NeedsRight(Right::CloseMissed)]);
    assert_eq!(world.act(close(paid, "08:00", with_owner())), [Notice::Refused(Refusal::Time)]);
    assert_eq!(world.act(close(paid, "19:00", with_owner())), [Notice::Refused(Refusal::Time)]);
    assert_eq!(world.act(close(paid, "10:05", with_owner())), []);
    assert_eq!(world.act(close(unpaid, "11:30", with_owner())), []);
    assert_eq!(world.act(close(turned, "09:05", with_owner())), []);
    assert_eq!(world.visit(paid).debt, None);
    assert_eq!(world.visit(unpaid).debt.map(|debt| debt.total), Some(Cents(750)));
    assert!(matches!(world.visit(turned).state.settlement(), Some(Settlement::NoDocument { .. })));
    assert!(world.visit(paid).stay.is_some_and(|stay| stay.estimated));
    assert_eq!((day(&mut world).exits_missed, day(&mut world).left), (3, 3));
    world.drain();
    world.check();
}

#[test]
fn two_vehicles_of_one_plate_are_told_apart_by_their_tickets_and_counted() {
    let mut world = park();
    world.clock("09:00");
    let first = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("10:00");
    let again_because = Some("κλωνοποιημένη πινακίδα".to_owned());
    let second =
        world.opens(tameio::app::input::OpenVisit { again_because, ..arrival("ΥΖΒ-3307", Size::Small) });
    assert_eq!(
        world.visit(second).second_because.as_ref().map(tameio::domain::text::Text::as_str),
        Some("κλωνοποιημένη πινακίδα")
    );
    let code = code(&mut world, second);
    world.clock("10:30");
    assert_eq!(scan(&mut world, &code), [Notice::TicketRead { visit: second }]);
    assert_eq!((owed(&mut world, first), owed(&mut world, second)), (Cents(600), Cents(400)));
    assert_eq!(day(&mut world).doubled, 1);
    world.drain();
    world.check();
}

/// The sign ends at eleven: a person says what a longer stay costs, or the vehicle goes owing what nobody could name.
#[test]
fn a_stay_the_tariff_has_no_price_for_is_priced_or_let_go_by_a_person() {
    let hole = r#"
        code = "T9"
        el = "Τρύπιος"
        en = "Holed"
        [[versions]]
        version = "1"
        from = "2026-01-01"
        windows = [{ from = "08:00", to = "11:00", each = "1 h", price = "1.00" }]
    "#;
    let hole = Tariff::parse(hole).expect("it can be read");
    let settings = Config::practice(Trade::Parking).expect("the shipped file").settings;
    let parking = ParkingRules { tariff: Some(hole.into()), ..settings.parking.clone() };
    let mut world = World::with(Settings { parking, ..settings });
    world.clock("09:00");
    let [first, second] = ["ΥΖΒ-3307", "ΝΚΟ-9154"].map(|plate| world.comes(plate, Size::Small));
    world.clock("11:30");
    let pay =
        Input::Pay { visit: first, tenders: vec![cash("6.00")], invoice_to: None, operator: person("A") };
    let said = world.act(pay);
    assert!(matches!(said.as_slice(), [Notice::Refused(Refusal::NoPrice(NoPrice::Gap { .. }))]), "{said:?}");
    let reason = "ο τιμοκατάλογος τελειώνει στις 11".to_owned();
    let agree = Input::Parking(ParkingInput::AgreePrice {
        visit: first,
        price: Cents(900),
        reason: reason.clone(),
        by: with_owner(),
    });
    assert_eq!(world.act(agree), []);
    world.pays(first, &[cash("9.00")]);
    world.leaves(first);
    let release = Input::Parking(ParkingInput::ReleaseOwing {
        visit: second,
        debtor: String::new(),
        reason,
        operator: person("A"),
    });
    assert_eq!(world.act(release), []);
    assert_eq!(world.visit(second).debt.map(|debt| debt.total), Some(Cents::ZERO));
    world.drain();
    world.check();
}

/// The attendant's night stands on the paper of the close, by name.
#[test]
fn every_exception_has_its_line_on_the_close_of_the_day() {
    let mut world = park();
    world.clock("09:00");
    assert_eq!(
        world.act(Input::Till(TillInput::OpenShift { float: Cents(5000), operator: person("A") })),
        []
    );
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("10:30");
    for input in [
        Input::Parking(ParkingInput::TicketGone { visit, fate: TicketFate::Lost, operator: person("A") }),
        Input::Parking(ParkingInput::AgreePrice {
            visit,
            price: Cents(500),
            reason: "παράπονο".to_owned(),
            by: with_owner(),
        }),
        Input::Parking(ParkingInput::ReleaseOwing {
            visit,
            debtor: String::new(),
            reason: "κάρτα".to_owned(),
            operator: person("A"),
        }),
    ] {
        assert_eq!(world.act(input), []);
    }
    scan(&mut world, "T7K3Q-1");
    let other = opened(&world.act(found("ΑΒΕ-1111", None, alone())));
    let reason = "ρυμουλκήθηκε".to_owned();
    let left = world.site().now();
    assert_eq!(
        world.act(Input::Parking(ParkingInput::CloseMissed { visit: other, left, reason, by: with_owner() })),
        []
    );
    world.act(Input::Till(TillInput::CloseShift {
        shift: None,
        counted: Cents(5000),
        pieces: Vec::new(),
        operator: person("A"),
    }));
    world.act(Input::Till(TillInput::CloseDay { machine_z: None, even_with_open: true, by: with_owner() }));
    world.pass(30);
    let paper = world.papers().pop().expect("the close");
    for row in [
        "Χαμένα δελτία",
        "Τιμές στάθμευσης με απόφαση",
        "Έξοδοι με οφειλή",
        "Δελτία που δεν ίσχυαν",
        "Έξοδοι χωρίς είσοδο",
        "Έξοδοι που δεν φάνηκαν",
        "Οφείλονται",
    ] {
        assert!(paper.contains(row), "{row} is not on\n{paper}");
    }
    world.drain();
    world.check();
}
