//! A car park: every stay is priced the way the sign on the wall says, and the paper explains it. Tariff T1 (10 minutes
//! free; up to 1 h 4.00, up to 2 h 6.00, then 1.50 for each hour that begins; at most 14.00 for 24 hours), 15 minutes to
//! leave.

use crate::world::{World, arrival, at, card, cash, instant, person};
use tameio::aade::simulator::state::EntryState;
use tameio::app::effect::{Effect, Notice};
use tameio::app::input::{ChooseService, Input, Stamped};
use tameio::app::refusal::Refusal;
use tameio::app::terminal::Terminal;
use tameio::config::Config;
use tameio::domain::card::{ShownPrice, WantedPayment};
use tameio::domain::catalogue::Size;
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::payment::Tender;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::time::Stamp;
use tameio::domain::visit::{NoDocumentReason, Settlement, StepRefused};
use tameio::store::Store;

fn settings() -> Settings {
    Config::practice(Trade::Parking).expect("the shipped file").settings
}

fn park() -> World {
    World::of(Trade::Parking)
}

/// What a visit is to pay now.
fn owed(world: &mut World, visit: VisitId) -> Cents {
    let (settings, now, visit) =
        (world.site().terminal().settings().clone(), world.site().now(), world.visit(visit));
    settings.owed(&visit, now).expect("a price")
}

/// Pays the price that was on the screen at an instant.
fn pay_shown(world: &mut World, visit: VisitId, at: Stamp, meant: bool, tender: Tender) -> Vec<Notice> {
    let shown = Some(ShownPrice { at, meant });
    let payment = WantedPayment {
        tenders: vec![tender],
        invoice_to: None,
        operator: person("A"),
        shown,
        deposit: None,
        counterparty: None,
    };
    world.act(Input::PayShown { visit, payment })
}

fn leave(visit: VisitId) -> Input {
    Input::Depart { visit, operator: person("A"), returned_at: None }
}

#[test]
fn a_stay_is_priced_by_the_sign_and_the_receipt_explains_it() {
    let mut world = park();
    world.clock("09:03:40");
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    assert_eq!(world.visit(visit).stay.map(|stay| stay.version).as_deref(), Some("2020-01"));
    world.clock("11:20:10");
    assert_eq!(owed(&mut world, visit), Cents(750), "09:03 to 11:20 is 137 minutes");
    assert_eq!(world.pays(visit, &[cash("10.00")]), Cents(250));
    world.clock("11:25");
    world.leaves(visit);
    world.drain();
    let receipt = world.receipt();
    for row in [
        "14/03/2026 09:03",
        "14/03/2026 11:20",
        "2 ώρες 17 λεπτά (137 λεπτά)",
        "Έως 2 ώρες",
        "6,00",
        "Ανά ώρα",
        "1,50",
        "7,50",
    ] {
        assert!(receipt.contains(row), "{row} is not on\n{receipt}");
    }
    let document = &world.documents()[0];
    assert_eq!((document.totals.gross, document.sale.catalogue.as_str()), (Cents(750), "T1 2020-01"));
    assert_eq!(document.totals.vat_amount(), Cents(145));
    let entry = world.entry_of(visit);
    let told = world.told(&entry);
    assert!(told.iter().all(|fields| fields.get("providedServiceCategory") == Some("7")), "{told:?}");
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 1));
    world.check();
}

#[test]
fn who_turns_round_leaves_free_with_nobodys_right() {
    let mut world = park();
    world.clock("09:10:59");
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.clock("09:19:02");
    assert_eq!(owed(&mut world, visit), Cents::ZERO);
    let paid = Input::Pay { visit, tenders: vec![cash("0.00")], invoice_to: None, operator: person("A") };
    assert_eq!(world.act(paid), [Notice::Refused(Refusal::NothingDue)]);
    world.leaves(visit);
    world.drain();
    let closed = world.visit(visit);
    let Some(Settlement::NoDocument { reason, note, .. }) = closed.state.settlement() else {
        panic!("{:?}", closed.state)
    };
    assert_eq!((*reason, note.as_str()), (NoDocumentReason::Free, "Έως 10 λεπτά: δωρεάν"));
    let entry = world.entry_of(visit);
    let told = world.told(&entry);
    let [update, complete] = told.as_slice() else { panic!("one update, one completion: {told:?}") };
    for fields in [update, complete] {
        assert_eq!(fields.get("providedServiceCategory"), Some("4"));
        assert!(fields.is_true("nonIssueInvoice"), "{fields:?}");
    }
    assert_eq!(complete.get("reasonNonIssueType"), Some("1"));
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 0));
    assert!(world.documents().is_empty());
    world.check();
}

#[test]
fn a_minute_more_than_the_turnaround_is_paid_before_leaving() {
    let mut world = park();
    world.clock("09:10");
    let visit = world.comes("ΝΚΟ-9154", Size::Small);
    world.clock("09:21");
    assert_eq!(world.act(leave(visit)), [Notice::Refused(Refusal::Step(StepRefused::NotSettled))]);
    assert_eq!(world.pays(visit, &[cash("4.00")]), Cents::ZERO);
    world.leaves(visit);
    world.drain();
    world.check();
}

#[test]
fn who_overstays_after_paying_pays_the_difference_with_a_second_document() {
    let mut world = park();
    world.clock("10:00");
    let visit = world.comes("ΖΜΥ-2211", Size::Small);
    world.clock("12:00");
    assert_eq!(world.pays(visit, &[cash("6.00")]), Cents::ZERO);
    world.clock("12:22");
    assert_eq!(world.act(leave(visit)), [Notice::Refused(Refusal::Overstayed { due: Cents(150) })]);
    assert_eq!(world.pays(visit, &[card("1.50")]), Cents::ZERO);
    world.pass(10);
    world.leaves(visit);
    world.drain();
    let documents = world.documents();
    let totals: Vec<Cents> = documents.iter().map(|document| document.totals.gross).collect();
    assert_eq!(totals, [Cents(600), Cents(150)]);
    assert_eq!(documents[1].sale.lines[0].name.el.as_str(), "Διαφορά για 2 ώρες 22 λεπτά");
    let closed = world.visit(visit);
    let named: Vec<bool> = closed.paid_with().map(|(_, name)| name.is_some()).collect();
    assert_eq!((named, closed.supplement.is_empty()), (vec![true, true], true));
    let entry = world.entry_of(visit);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 2), "both, on one entry");
    world.check();
}

#[test]
fn within_the_grace_it_passes_free() {
    let mut world = park();
    world.clock("10:00");
    let visit = world.comes("ΖΜΥ-2211", Size::Small);
    world.clock("12:00");
    world.pays(visit, &[cash("6.00")]);
    world.clock("12:14");
    assert_eq!(owed(&mut world, visit), Cents::ZERO);
    world.leaves(visit);
    world.drain();
    assert_eq!(world.documents().len(), 1);
    world.check();
}

/// 11:02 is the last minute of 6.00.
#[test]
fn what_is_paid_is_what_was_shown_or_the_person_is_asked() {
    let mut world = park();
    world.clock("09:02");
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("11:02:50");
    let shown = world.site().now();
    assert_eq!(owed(&mut world, visit), Cents(600));
    world.clock("11:03:05");
    let grew = Notice::PriceGrew { visit, shown: Cents(600), now: Cents(750) };
    assert_eq!(pay_shown(&mut world, visit, shown, false, cash("6.00")), std::slice::from_ref(&grew));
    assert!(world.documents().is_empty(), "nothing was booked");
    let said = pay_shown(&mut world, visit, shown, true, cash("6.00"));
    assert!(matches!(said.as_slice(), [Notice::Paid { change: Cents(0), .. }]), "{said:?}");
    let document = &world.documents()[0];
    let until = document.span.map(|span| span.until.clock());
    assert_eq!((document.totals.gross, until.as_deref()), (Cents(600), Some("11:02")));
    // The grace runs from the payment.
    world.clock("11:18");
    world.leaves(visit);
    world.drain();
    world.check();
}

#[test]
fn an_old_price_is_not_meant_for_ever() {
    let mut world = park();
    world.clock("09:02");
    let visit = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("11:02");
    let shown = world.site().now();
    world.clock("11:08");
    let grew = Notice::PriceGrew { visit, shown: Cents(600), now: Cents(750) };
    assert_eq!(pay_shown(&mut world, visit, shown, true, cash("6.00")), [grew]);
    let now = world.site().now();
    let said = pay_shown(&mut world, visit, now, false, cash("7.50"));
    assert!(matches!(said.as_slice(), [Notice::Paid { .. }]), "{said:?}");
}

#[test]
fn the_class_follows_the_size_and_extras_stand_beside_the_stay() {
    let tariff = settings().parking;
    let every_part = include_str!("../../config/tariffs/every-part.toml");
    let tariff_file = tameio::domain::tariff::Tariff::parse(every_part).expect("it ships");
    let parking = tameio::domain::parking::ParkingRules { tariff: Some(tariff_file.into()), ..tariff };
    let mut world = World::with(Settings { parking, ..settings() });
    world.clock("09:00");
    let visit = world.comes("ΟΤΜ-776", Size::Small);
    world.clock("10:30");
    assert_eq!(owed(&mut world, visit), Cents(600));
    let as_moto = |extras: &[&str]| {
        let extras = extras.iter().map(|code| (*code).to_owned()).collect();
        Input::ChooseService(ChooseService { visit, size: Size::Moto, package: String::new(), extras })
    };
    assert_eq!(world.act(as_moto(&[])), []);
    assert_eq!((owed(&mut world, visit), world.visit(visit).category), (Cents(200), None));
    assert_eq!(world.act(as_moto(&["EV"])), []);
    assert_eq!(owed(&mut world, visit), Cents(800));
    world.pays(visit, &[cash("8.00")]);
    world.clock("10:50");
    assert_eq!(owed(&mut world, visit), Cents::ZERO, "still within its two hours");
    world.clock("12:10");
    assert_eq!(owed(&mut world, visit), Cents(100), "the charging is not paid twice");
}

/// Both nights of the clock change: real minutes count.
#[test]
fn a_night_of_the_clock_change_has_its_real_hours() {
    let nights = [
        ("2026-03-28T23:30:00+02:00", "2026-03-29T05:30:00+03:00", 300, 1050),
        ("2026-10-24T23:30:00+03:00", "2026-10-25T05:30:00+02:00", 420, 1350),
    ];
    for (from, to, minutes, price) in nights {
        let mut world = World::since(instant(from), settings());
        let visit = world.comes("ΥΖΒ-3307", Size::Small);
        world.site().run_until(instant(to)).expect("time passes");
        assert_eq!(owed(&mut world, visit), Cents(price));
        world.pays(visit, &[card(&Cents(price).to_string())]);
        assert_eq!(world.documents()[0].span.map(|span| span.minutes()), Some(minutes));
        world.leaves(visit);
        world.drain();
        world.check();
    }
}

/// The half past three that comes twice: the paper says which, and so does what the registry is told after an outage.
#[test]
fn the_hour_that_comes_twice_is_told_apart() {
    for (entered, said, utc) in [
        ("2026-10-25T03:30:00+03:00", "25/10/2026 03:30 (UTC+3)", "2026-10-25T00:30:00Z"),
        ("2026-10-25T03:30:00+02:00", "25/10/2026 03:30 (UTC+2)", "2026-10-25T01:30:00Z"),
    ] {
        let mut world = World::since(instant(entered), settings());
        world.network(false);
        let visit = world.comes("ΥΖΒ-3307", Size::Small);
        world.pass(45 * 60);
        world.pays(visit, &[card("4.00")]);
        world.network(true);
        world.leaves(visit);
        world.drain();
        let receipt = world.receipt();
        assert!(receipt.contains(said), "{said} is not on\n{receipt}");
        assert!(receipt.contains("45 λεπτά"));
        assert_eq!(world.entry_of(visit).initial.get("creationDateTime"), Some(utc));
    }
}

/// The clock is set back while cars stand: where the arrival lies in the future now the sentence says so, and a car that has
/// paid is never stuck.
#[test]
fn a_clock_set_back_is_said_and_a_paid_car_leaves() {
    let folder = crate::folder::Folder::new();
    let store = Store::open(folder.path(), &settings().terminal).expect("a database");
    let mut settings = settings();
    settings.parking.exit_barrier = None;
    let mut terminal = Terminal::new(settings, store).expect("it loads");
    let mut chance = 0;
    let mut act = |time: &str, input: Input| -> Vec<Notice> {
        chance += 1;
        let effects = terminal.step(&Stamped { at: at(time), chance, input }).expect("it is committed");
        let notices = effects.into_iter().filter_map(|effect| match effect {
            Effect::Tell(notice) => Some(notice),
            _ => None,
        });
        notices.collect()
    };
    let open = |plate| Input::OpenVisit(arrival(plate, Size::Small));
    let opened = |said: Vec<Notice>| match said.as_slice() {
        [Notice::Opened { visit, .. }] => *visit,
        other => panic!("{other:?}"),
    };
    let pay =
        |visit| Input::Pay { visit, tenders: vec![cash("4.00")], invoice_to: None, operator: person("A") };
    let first = opened(act("10:00", open("ΥΖΒ-3307")));
    assert!(matches!(act("11:00", pay(first)).as_slice(), [Notice::Paid { .. }]));
    let late = opened(act("11:01", open("ΝΚΟ-9154")));
    act("10:50", Input::ClockStepped { by_s: -660 });
    let said = act("10:50", pay(late));
    assert!(matches!(said.as_slice(), [Notice::Refused(Refusal::NoPrice(_))]), "{said:?}");
    assert_eq!(act("10:50", leave(first)), []);
    assert_eq!(terminal.state().visits.len(), 1);
}
