//! Monthly parking: paid and documented before it is used, one entry for each vehicle and period, and every coming and going
//! in the door book. Tariff T1 for whatever was not bought.

use crate::world::{World, alone, arrival, card, cash, on, person, with_chief};
use tameio::aade::simulator::Call;
use tameio::aade::simulator::state::EntryState;
use tameio::app::effect::Notice;
use tameio::app::input::{
    DocumentInput, Input, OrderInput, SubscriberInput, WantedSubscription, WantedVehicle,
};
use tameio::app::refusal::{Refusal, SubscriptionRefusal};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::door::DoorKind;
use tameio::domain::ids::{OrderId, SubscriptionId, VisitId};
use tameio::domain::money::Cents;
use tameio::domain::operator::Right;
use tameio::domain::payment::Tender;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::subscription::{BeyondPlaces, WhyNotCovered};
use tameio::domain::time::Stamp;
use tameio::domain::visit::VisitState;
use tameio::store::query;

fn settings() -> Settings {
    Config::practice(Trade::Parking).expect("the shipped file").settings
}

/// The car park from a morning on.
fn park(instant: &str) -> World {
    World::since(on(instant), settings())
}

fn wanted(plates: &[&str], places: u32, plan: &str) -> WantedSubscription {
    let vehicle = |plate: &&str| WantedVehicle { plate: (*plate).to_owned(), ..WantedVehicle::default() };
    let vehicles = plates.iter().map(vehicle).collect();
    WantedSubscription {
        name: "Α. Δείγμα".to_owned(),
        phone: "690 0000000".to_owned(),
        vehicles,
        places,
        plan: plan.to_owned(),
    }
}

fn act(world: &mut World, input: SubscriberInput) -> Vec<Notice> {
    world.act(Input::Subscriber(input))
}

/// The order that waits to be paid.
fn order(said: &[Notice]) -> OrderId {
    match said {
        [Notice::OrderOpened { order }] => *order,
        other => panic!("no order was opened: {other:?}"),
    }
}

fn pay(world: &mut World, order: OrderId, tender: Tender) {
    let paid = Input::Order(OrderInput::Pay {
        order,
        tenders: vec![tender],
        invoice_to: None,
        operator: person("A"),
    });
    let said = world.act(paid);
    assert!(matches!(said.as_slice(), [Notice::Paid { .. }]), "{said:?}");
}

fn sell(world: &mut World, wanted: WantedSubscription) -> OrderId {
    let said = act(world, SubscriberInput::Sell { wanted, from: None, operator: person("A") });
    order(&said)
}

fn renew(world: &mut World, subscription: SubscriptionId) -> OrderId {
    let said = act(world, SubscriberInput::Renew { subscription, from: None, operator: person("A") });
    order(&said)
}

fn only(world: &mut World) -> SubscriptionId {
    let ids: Vec<SubscriptionId> = world.site().state().subscriptions.keys().copied().collect();
    assert_eq!(ids.len(), 1);
    ids[0]
}

/// A vehicle comes; what is said.
fn comes(world: &mut World, plate: &str) -> Vec<Notice> {
    world.act(Input::OpenVisit(arrival(plate, Size::Small)))
}

fn visit_of(world: &mut World, plate: &str) -> VisitId {
    let state = world.site().state();
    let found = state.visits.values().chain(state.away.values()).find(|v| v.plate.display() == plate);
    found.map(|visit| visit.id).expect("a visit")
}

/// It came in or went out under its right, and this was said of its end.
fn passed(said: &[Notice], wanted_inward: bool) -> Option<i32> {
    match said {
        [Notice::Passed { inward, ends_in, .. }] if *inward == wanted_inward => *ends_in,
        other => panic!("it did not pass: {other:?}"),
    }
}

fn goes(world: &mut World, visit: VisitId) -> Vec<Notice> {
    world.act(Input::Depart { visit, operator: person("A"), returned_at: None })
}

fn door(world: &mut World) -> Vec<DoorKind> {
    let conn = world.site().terminal().store().connection();
    let rows = query::door(conn, None, i64::MAX).expect("it can be read");
    rows.into_iter().rev().map(|passage| passage.what).collect()
}

fn done(world: &mut World) {
    world.drain();
    assert_eq!(world.site().state().outbox.rejected, 0, "nothing was refused");
    world.check();
}

/// Scenario 12a, on a whole terminal.
#[test]
fn a_month_of_parking_is_one_entry_and_eighty_rows_of_the_door_book() {
    let mut world = park("2026-03-01T08:00");
    let order = sell(&mut world, wanted(&["ΧΑΝ-8080"], 1, "MONTH"));
    pay(&mut world, order, card("90.00"));
    let document = world.documents().remove(0);
    assert_eq!((document.totals.gross, document.totals.net()), (Cents(9_000), Cents(7_258)));
    let line = document.sale.lines[0].name.el.to_string();
    assert_eq!(line, "Μηνιαία στάθμευση 01/03/2026–31/03/2026 ΧΑΝ-8080", "the receipt states the vehicle");
    world.until("2026-03-01T08:05");
    assert_eq!(passed(&comes(&mut world, "ΧΑΝ-8080"), true), None);
    let visit = visit_of(&mut world, "ΧΑΝ-8080");
    world.pass(30);
    let entry = world.entry_of(visit);
    let told = |name: &str| entry.initial.get(name).unwrap_or("-").to_owned();
    assert_eq!(told("continuousService"), "true");
    assert_eq!(
        (told("fromAgreedPeriodDate"), told("toAgreedPeriodDate")),
        ("2026-03-01".into(), "2026-03-31".into())
    );
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Open, 1), "correlated at once");
    world.until("2026-03-01T18:00");
    assert_eq!(passed(&goes(&mut world, visit), false), None);
    for pass in 2..=40 {
        let (day, warned) = (1 + (pass - 1) * 30 / 39, pass == 35);
        world.until(&format!("2026-03-{day:02}T19:{:02}", pass));
        let said = passed(&comes(&mut world, "ΧΑΝ-8080"), true);
        if day == 27 || warned {
            assert!(said.is_some_and(|days| days == 31 - day), "it ends soon, and is told: {said:?}");
        }
        world.pass(10);
        passed(&goes(&mut world, visit), false);
    }
    assert_eq!(world.requests(Call::SendClient), 1, "no further entry");
    let rows = door(&mut world);
    assert_eq!(rows.len(), 80);
    assert!(rows.chunks(2).all(|pair| pair == [DoorKind::Came, DoorKind::Went]));
    assert_eq!(world.visit(visit).pass().expect("a right").passes, 40);
    world.until("2026-04-01T00:01");
    done(&mut world);
    let entry = world.entry_of(visit);
    assert_eq!(entry.state, EntryState::Completed);
    assert!(
        matches!(world.visit(visit).state, VisitState::Closed { departed, .. } if departed.date().month() == 3)
    );
    assert_eq!(entry.merged.get("invoiceKind"), Some("1"));
    assert_eq!(comes(&mut world, "ΧΑΝ-8080").len(), 2, "as anybody from now on, and told");
    done(&mut world);
}

/// What was told of the entry waits for the document's name, whoever gives it, and whenever.
#[test]
fn a_document_named_later_is_correlated_with_every_vehicle_that_has_come_in() {
    let mut world = World::since(
        on("2026-03-01T08:00"),
        Settings { issuer: tameio::domain::settings::IssuerKind::TypedMark, ..settings() },
    );
    let order = sell(&mut world, wanted(&["ΧΑΝ-8080", "ΝΚΟ-9154"], 2, "MONTH"));
    pay(&mut world, order, card("180.00"));
    comes(&mut world, "ΧΑΝ-8080");
    comes(&mut world, "ΝΚΟ-9154");
    let visits = ["ΧΑΝ-8080", "ΝΚΟ-9154"].map(|plate| visit_of(&mut world, plate));
    world.drain();
    assert!(visits.iter().all(|visit| world.entry_of(*visit).correlations.is_empty()));
    let document = world.documents()[0].id;
    let name = tameio::app::input::TypedName::Mark { mark: "400001960000001".to_owned() };
    world.act(Input::Document(DocumentInput::Name { document, name, even_if_different: false }));
    done(&mut world);
    assert!(visits.iter().all(|visit| world.entry_of(*visit).correlations.len() == 1));
}

/// Renewed before the end, the vehicle that is inside at midnight goes on under the next entry by itself.
#[test]
fn a_renewed_right_goes_on_at_midnight_with_an_entry_of_its_own() {
    let mut world = park("2026-03-01T08:00");
    let order = sell(&mut world, wanted(&["ΧΑΝ-8080", "ΝΚΟ-9154"], 2, "MONTH"));
    pay(&mut world, order, card("180.00"));
    comes(&mut world, "ΧΑΝ-8080");
    comes(&mut world, "ΝΚΟ-9154");
    let (stays, out) = (visit_of(&mut world, "ΧΑΝ-8080"), visit_of(&mut world, "ΝΚΟ-9154"));
    goes(&mut world, out);
    world.until("2026-03-30T09:00");
    let id = only(&mut world);
    let order = renew(&mut world, id);
    let again = renew(&mut world, id);
    assert_eq!(order, again, "pressed twice it is one order");
    pay(&mut world, order, card("180.00"));
    let said = act(
        &mut world,
        SubscriberInput::Renew {
            subscription: id,
            from: Some("2026-04-15".parse().expect("a day")),
            operator: person("A"),
        },
    );
    let to = "2026-04-30".parse().expect("a day");
    assert_eq!(said, [Notice::Refused(SubscriptionRefusal::PaidAlready { to }.into())]);
    world.until("2026-04-01T00:05");
    let next = visit_of(&mut world, "ΧΑΝ-8080");
    assert_ne!(next, stays);
    let midnight = Stamp::midnight("2026-04-01".parse().expect("a day"));
    assert_eq!(Some(world.visit(next).arrived), midnight, "from midnight on");
    done(&mut world);
    assert_eq!(world.entry_of(stays).state, EntryState::Completed);
    assert_eq!(world.entry_of(out).state, EntryState::Completed);
    let entry = world.entry_of(next);
    assert_eq!(entry.initial.get("toAgreedPeriodDate"), Some("2026-04-30"));
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Open, 1));
    assert_eq!(door(&mut world).len(), 3, "nobody came at midnight");
    assert_eq!(world.entries().len(), 3, "the one that is out has none before it comes");
    passed(&comes(&mut world, "ΝΚΟ-9154"), true);
    done(&mut world);
    assert_eq!(world.entries().len(), 4);
}

/// Inside when it ends and not renewed: the person at the till decides, and the vehicle is not stuck either way.
#[test]
fn a_right_that_ended_inside_is_renewed_or_charged_by_the_hour_from_midnight() {
    for renewed in [true, false] {
        let mut world = park("2026-03-01T08:00");
        let order = sell(&mut world, wanted(&["ΧΑΝ-8080"], 1, "MONTH"));
        pay(&mut world, order, card("90.00"));
        comes(&mut world, "ΧΑΝ-8080");
        let visit = visit_of(&mut world, "ΧΑΝ-8080");
        let early = act(&mut world, SubscriberInput::ChargeByHour { visit, operator: person("A") });
        assert_eq!(early, [Notice::Refused(SubscriptionRefusal::NotOver.into())]);
        world.until("2026-04-01T09:30");
        world.act(Input::Tick);
        let on = "2026-03-31".parse().expect("a day");
        let said = goes(&mut world, visit);
        assert_eq!(said, [Notice::Refused(SubscriptionRefusal::RightOver { on }.into())]);
        if renewed {
            let id = only(&mut world);
            let order = renew(&mut world, id);
            pay(&mut world, order, card("90.00"));
            let next = visit_of(&mut world, "ΧΑΝ-8080");
            assert_ne!(next, visit, "it goes on with the payment");
            passed(&goes(&mut world, next), false);
        } else {
            act(&mut world, SubscriberInput::ChargeByHour { visit, operator: person("A") });
            let next = visit_of(&mut world, "ΧΑΝ-8080");
            // 00:00 to 09:30, tariff T1: 6.00 and eight hours at 1.50, at most 14.00.
            world.pays(next, &[cash("14.00")]);
            world.leaves(next);
        }
        done(&mut world);
        assert_eq!(world.entry_of(visit).state, EntryState::Completed);
        assert_eq!(world.entries().len(), 2, "a new entry either way");
    }
}

/// Scenario 12c: three vehicles, two places. The third pays as a passer-by, is told so, and is counted.
#[test]
fn the_vehicle_too_many_pays_by_the_tariff_and_stands_on_the_control_page() {
    let mut world = park("2026-03-02T08:00");
    let order = sell(&mut world, wanted(&["ΧΑΝ-8080", "ΝΚΟ-9154", "ΥΖΒ-3307"], 2, "MONTH"));
    pay(&mut world, order, card("180.00"));
    passed(&comes(&mut world, "ΧΑΝ-8080"), true);
    passed(&comes(&mut world, "ΝΚΟ-9154"), true);
    let said = comes(&mut world, "ΥΖΒ-3307");
    let [Notice::NotCovered { visit, number: 1, why: WhyNotCovered::NoPlace, .. }, Notice::Opened { .. }] =
        said[..]
    else {
        panic!("{said:?}")
    };
    assert_eq!(world.site().state().day.not_covered, 1);
    world.until("2026-03-02T09:30");
    world.pays(visit, &[cash("6.00")]);
    world.leaves(visit);
    // A place is free again, and the same vehicle has it.
    let out = visit_of(&mut world, "ΝΚΟ-9154");
    goes(&mut world, out);
    passed(&comes(&mut world, "ΥΖΒ-3307"), true);
    // The other of the two is one too many now, though it has an entry of its own.
    let said = comes(&mut world, "ΝΚΟ-9154");
    assert!(matches!(said[0], Notice::NotCovered { why: WhyNotCovered::NoPlace, .. }), "{said:?}");
    done(&mut world);
}

#[test]
fn where_the_owner_wants_it_the_vehicle_too_many_is_not_let_in() {
    let mut settings = settings();
    settings.parking.subscriptions.beyond_places = BeyondPlaces::Refuse;
    let mut world = World::since(on("2026-03-02T08:00"), settings);
    let order = sell(&mut world, wanted(&["ΧΑΝ-8080", "ΝΚΟ-9154"], 1, "MONTH"));
    pay(&mut world, order, card("90.00"));
    passed(&comes(&mut world, "ΧΑΝ-8080"), true);
    let said = comes(&mut world, "ΝΚΟ-9154");
    assert_eq!(said, [Notice::Refused(SubscriptionRefusal::NoPlace { places: 1 }.into())]);
    assert_eq!(world.site().state().visits.len(), 1);
}

/// Working days from 07 to 20: what is outside is priced by the tariff, each part as a stay, and paid before it leaves.
#[test]
fn hours_that_were_not_bought_are_priced_by_the_tariff() {
    let mut world = park("2026-03-02T06:30");
    let order = sell(&mut world, wanted(&["ΧΑΝ-8080"], 1, "WORK"));
    pay(&mut world, order, card("60.00"));
    world.until("2026-03-02T08:00");
    passed(&comes(&mut world, "ΧΑΝ-8080"), true);
    let visit = visit_of(&mut world, "ΧΑΝ-8080");
    world.until("2026-03-02T20:09");
    let (settings, late) = (settings(), world.visit(visit));
    let owed = settings.owed(&late, on("2026-03-02T20:09"));
    assert_eq!(owed, Ok(Cents::ZERO), "the turnaround covers who is late by minutes");
    world.until("2026-03-02T21:05");
    let said = goes(&mut world, visit);
    assert_eq!(said, [Notice::Refused(SubscriptionRefusal::OutsideHours { due: Cents(600) }.into())]);
    world.pays(visit, &[cash("6.00")]);
    let receipt = world.documents().pop().expect("a document");
    assert_eq!(receipt.sale.lines[0].name.el.as_str(), "Εκτός ωραρίου 20:00–21:05");
    assert_eq!(receipt.issued_for.plate().map(|plate| plate.display()).as_deref(), Some("ΧΑΝ-8080"));
    world.until("2026-03-02T21:15");
    passed(&goes(&mut world, visit), false);
    // The next evening it overstays the grace after paying: the difference alone is due.
    world.until("2026-03-03T08:00");
    passed(&comes(&mut world, "ΧΑΝ-8080"), true);
    world.until("2026-03-03T20:30");
    world.pays(visit, &[cash("4.00")]);
    world.until("2026-03-03T21:10");
    let said = goes(&mut world, visit);
    assert_eq!(said, [Notice::Refused(SubscriptionRefusal::OutsideHours { due: Cents(200) }.into())]);
    world.pays(visit, &[cash("2.00")]);
    passed(&goes(&mut world, visit), false);
    done(&mut world);
    assert_eq!(world.entries().len(), 1);
    assert_eq!(world.entry_of(visit).correlations.len(), 4, "the month, and three evenings");
}

/// Who may change what is not paid, what cannot be, and that nothing of it is lost with the power.
#[test]
fn what_is_sold_is_checked_and_changing_it_needs_the_right() {
    let mut world = park("2026-03-02T08:00");
    let refused = |world: &mut World, wanted: WantedSubscription| {
        act(world, SubscriberInput::Sell { wanted, from: None, operator: person("A") })
    };
    for (wrong, why) in [
        (wanted(&[], 1, "MONTH"), SubscriptionRefusal::Vehicles),
        (wanted(&["ΧΑΝ-8080", "XAN 8080"], 1, "MONTH"), SubscriptionRefusal::Vehicles),
        (wanted(&["ΧΑΝ-8080"], 2, "MONTH"), SubscriptionRefusal::Places),
        (wanted(&["ΧΑΝ-8080"], 1, "GOLD"), SubscriptionRefusal::NoSuchPlan),
    ] {
        assert_eq!(refused(&mut world, wrong), [Notice::Refused(why.into())]);
    }
    let order = sell(&mut world, wanted(&["ΧΑΝ-8080"], 1, "MONTH"));
    let said = comes(&mut world, "ΧΑΝ-8080");
    assert!(
        matches!(said[0], Notice::NotCovered { why: WhyNotCovered::NeverPaid, .. }),
        "not before it is paid"
    );
    pay(&mut world, order, card("90.00"));
    let said = refused(&mut world, wanted(&["ΧΑΝ-8080"], 1, "MONTH"));
    assert!(
        matches!(
            said[..],
            [Notice::Refused(Refusal::Subscription(SubscriptionRefusal::VehicleElsewhere { number: 1, .. }))]
        ),
        "{said:?}"
    );
    let id = only(&mut world);
    let change = |by| SubscriberInput::Change {
        subscription: id,
        wanted: wanted(&["ΧΑΝ-8080", "ΝΚΟ-9154"], 1, "MONTH"),
        by,
    };
    assert_eq!(act(&mut world, change(alone())), [Notice::NeedsRight(Right::KeepSubscriptions)]);
    assert_eq!(act(&mut world, change(with_chief())), []);
    world.crash();
    let id = only(&mut world);
    assert_eq!(world.site().state().subscriptions[&id].holding.vehicles.len(), 2);
    let close =
        SubscriberInput::Close { subscription: id, reason: "έφυγε".to_owned(), by: with_chief() };
    let to = "2026-04-01".parse().expect("a day");
    let said = act(&mut world, close.clone());
    assert_eq!(said, [Notice::Refused(SubscriptionRefusal::StillHolds { to }.into())]);
    world.until("2026-04-02T08:00");
    assert_eq!(act(&mut world, close), []);
    assert!(world.site().state().subscriptions.is_empty());
    done(&mut world);
}
