//! Honest clocks: the outage flag only where there was an outage, the true times in the form the registry takes, both nights
//! when clocks change, and a clock that somebody sets.

use super::shop;
use super::world::{Weather, World};
use crate::folder::Folder;
use crate::world::{person, with_chief};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::time::Duration;
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::in_process::InProcess;
use tameio::aade::simulator::state::{Entry, Record, What};
use tameio::aade::simulator::{Call, Fault, FaultRule, FaultScript, Kind, Options};
use tameio::app::clock::{self, ClockWatch};
use tameio::app::effect::Notice;
use tameio::app::engine::{Engine, Parts, Screen, Snapshot};
use tameio::app::input::{ChooseService, Input, OpenVisit, RegistryInput, Stamped};
use tameio::app::terminal::Terminal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::event::Event;
use tameio::domain::money::Cents;
use tameio::domain::payment::Tender;
use tameio::domain::plate::PlateEntry;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::time::Stamp;
use tameio::domain::visit::{VehicleFacts, Visit};
use tameio::store::{Store, journal};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn settings() -> Settings {
    Config::practice(Trade::Wash).expect("practice is good").settings
}

/// A wash that opens at an instant.
fn wash(start: &str) -> World {
    World::new(settings(), Options::strict(), Weather::default(), 11, start)
}

/// The network as it is from now on.
fn network(world: &mut World, up: bool) {
    world.plan_network(up, 0);
    shop::pass(world, 1);
}

fn until(world: &mut World, instant: &str) {
    let at: Timestamp = instant.parse().expect("an instant");
    let wait = at.as_millisecond() - world.now_ms();
    shop::pass(world, wait);
}

fn comes(world: &mut World, plate: &str) {
    world.act(Input::OpenVisit(OpenVisit::new(plate, Size::Small, person("A"))));
}

/// The one visit inside.
fn inside(world: &World) -> Visit {
    let mut visits = world.terminal().state().visits.values();
    visits.next_back().expect("somebody is inside").clone()
}

/// Served, paid and gone within a few seconds.
fn is_served(world: &mut World) {
    let visit = inside(world).id;
    let choice = ChooseService { visit, size: Size::Small, package: "EXT".to_owned(), extras: vec![] };
    world.act(Input::ChooseService(choice));
    let tenders = vec![Tender::CardApart { amount: Cents(800), tip: Cents::ZERO }];
    world.act(Input::Pay { visit, tenders, invoice_to: None, operator: person("A") });
    shop::pass(world, 2_000);
    world.act(Input::Depart { visit, operator: person("A"), returned_at: None });
}

fn faults(world: &World, rules: Vec<FaultRule>) {
    world.registry().with(|registry| registry.set_faults(FaultScript { rules, ..FaultScript::default() }));
}

fn always(call: Option<Call>, kind: Kind) -> FaultRule {
    FaultRule { call, ..FaultRule::always(Fault::new(kind, false)) }
}

fn entries(world: &World) -> Vec<Entry> {
    world.registry().with(|registry| registry.entries().cloned().collect())
}

fn waits(world: &World) -> u64 {
    let outbox = world.terminal().state().outbox;
    outbox.queued + outbox.sending + outbox.unknown
}

/// What the registry was told of arrivals, in order: when, where we say it.
fn told(world: &World) -> Vec<Option<String>> {
    let time = |entry: &Entry| {
        let flagged = entry.initial.get("transmissionFailure") == Some("1");
        assert_eq!(flagged, entry.initial.has("creationDateTime"), "the flag and the time go together");
        entry.initial.get("creationDateTime").map(str::to_owned)
    };
    entries(world).iter().map(time).collect()
}

#[test]
fn both_nights_when_clocks_change_are_told_in_utc() {
    let nights = [
        // Half past three comes twice.
        ("2026-10-24T22:00:00Z", ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"], "2026-10-25T03:00:00Z"),
        // Three o'clock does not come at all.
        ("2026-03-28T22:00:00Z", ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z"], "2026-03-29T03:00:00Z"),
    ];
    for (start, arrivals, back) in nights {
        let mut world = wash(start);
        network(&mut world, false);
        for (number, arrival) in (1..).zip(arrivals) {
            until(&mut world, arrival);
            comes(&mut world, &format!("ΙΗΖ-10{number}0"));
        }
        until(&mut world, back);
        network(&mut world, true);
        shop::pass(&mut world, 10 * MINUTE);
        assert_eq!(waits(&world), 0);
        assert_eq!(told(&world), arrivals.map(|arrival| Some(arrival.to_owned())));
        for (entry, arrival) in entries(&world).iter().zip(arrivals) {
            assert_eq!(entry.created, arrival.parse().expect("an instant"));
        }
    }
}

/// The comment is in local time: of an hour that comes twice it says which.
#[test]
fn a_departure_in_the_doubled_hour_says_which_of_the_two() {
    for (departs, said) in [
        ("2026-10-25T00:30:00Z", "έξοδος 25/10/2026 03:30 (UTC+3)"),
        ("2026-10-25T01:30:00Z", "έξοδος 25/10/2026 03:30 (UTC+2)"),
        ("2026-10-25T02:30:00Z", "έξοδος 25/10/2026 04:30"),
        ("2026-03-29T01:00:10Z", "έξοδος 29/03/2026 04:00"),
    ] {
        let departs: Timestamp = departs.parse().expect("an instant");
        let mut world = wash(&(departs - SignedDuration::from_mins(30)).to_string());
        comes(&mut world, "ΙΗΖ-4821");
        shop::pass(&mut world, MINUTE);
        network(&mut world, false);
        until(&mut world, &(departs - SignedDuration::from_secs(2)).to_string());
        is_served(&mut world);
        shop::pass(&mut world, 2 * HOUR);
        network(&mut world, true);
        shop::pass(&mut world, 10 * MINUTE);
        let entry = entries(&world).remove(0);
        let comments = entry.merged.get("comments").expect("a comment").to_owned();
        assert!(comments.ends_with(said), "{comments:?} does not end with {said:?}");
    }
}

/// The registry stamps a completion when it gets it. A request may be under way for a minute.
#[test]
fn the_true_departure_is_said_wherever_the_stamp_may_differ_by_two_minutes() {
    for waits_s in [0, 30, 59, 65, 100, 119, 121, 600] {
        for under_way in [0, 29_000] {
            let mut world = wash("2026-07-14T06:00:00Z");
            comes(&mut world, "ΙΗΖ-4821");
            shop::pass(&mut world, 10_000);
            faults(&world, vec![always(Some(Call::UpdateClient), Kind::Throttle)]);
            is_served(&mut world);
            let departed = world.now_ms();
            shop::pass(&mut world, waits_s * 1_000);
            faults(&world, vec![]);
            world.weather.slow_ms = under_way;
            world.act(Input::Registry(RegistryInput::TryNow));
            shop::pass(&mut world, HOUR);
            let entry = entries(&world).remove(0);
            let stamped = entry.completed.expect("it is complete").as_millisecond();
            let is_said = entry.merged.get("comments").is_some_and(|said| said.contains("έξοδος 14/07/2026"));
            assert!(is_said || (stamped - departed).abs() <= 120_000, "after {waits_s} s: {entry:?}");
            assert!(!is_said || stamped - departed > 30_000, "nothing is said of what is on time: {entry:?}");
        }
    }
}

#[test]
fn what_is_late_for_another_reason_carries_no_flag() {
    let refuse_to_listen = [Kind::Throttle, Kind::Unauthorized];
    for kind in refuse_to_listen {
        let mut world = wash("2026-07-14T06:00:00Z");
        // The process dies with a create in the air: the first thing it does then is to ask.
        comes(&mut world, "ΙΗΖ-1000");
        faults(&world, vec![always(None, kind)]);
        world.crash();
        shop::pass(&mut world, MINUTE);
        comes(&mut world, "ΙΗΖ-2000");
        shop::pass(&mut world, 20 * MINUTE);
        assert_eq!(world.terminal().state().link.lost, None, "{kind:?} is no outage");
        assert_eq!(world.terminal().state().link.unauthorized, kind == Kind::Unauthorized);
        faults(&world, vec![]);
        world.act(Input::Registry(RegistryInput::TryNow));
        shop::pass(&mut world, HOUR);
        assert_eq!((waits(&world), told(&world)), (0, vec![None, None]), "{kind:?}");
        let late = entries(&world).remove(1);
        assert!(late.comments().contains("είσοδος 14/07/2026 09:0"), "{}", late.comments());
    }
}

/// The entry that replaces a mistyped one is late because of the mistake, whatever the network did since the arrival.
#[test]
fn a_plate_corrected_after_an_outage_carries_no_flag() {
    let mut world = wash("2026-07-14T06:00:00Z");
    comes(&mut world, "ΙΗΖ-4812");
    shop::pass(&mut world, HOUR);
    network(&mut world, false);
    world.act(Input::Registry(RegistryInput::TryNow));
    comes(&mut world, "ΝΚΟ-1000");
    shop::pass(&mut world, HOUR);
    network(&mut world, true);
    shop::pass(&mut world, HOUR);
    let visit = world.terminal().state().visits.values().next().expect("it is inside").id;
    world.act(Input::CorrectPlate {
        visit,
        plate: "ΙΗΖ-4821".to_owned(),
        entry: PlateEntry::Greek,
        vehicle: VehicleFacts::default(),
        by: with_chief(),
    });
    shop::pass(&mut world, HOUR);
    let times = told(&world);
    assert_eq!((waits(&world), times.len()), (0, 3));
    assert_eq!((&times[0], &times[2]), (&None, &None), "nobody was cut off when it could have been told");
    assert!(times[1].is_some(), "who came during the outage has the flag");
    assert!(entries(&world)[2].comments().contains("είσοδος 14/07/2026 09:00"));
}

/// An outage that ended before the clock was set back ended before the vehicles that come now.
#[test]
fn an_outage_of_before_a_step_of_the_clock_is_no_reason_for_a_flag() {
    let mut world = wash("2026-07-14T06:00:00Z");
    network(&mut world, false);
    comes(&mut world, "ΙΗΖ-1000");
    shop::pass(&mut world, 10 * MINUTE);
    network(&mut world, true);
    shop::pass(&mut world, 10 * MINUTE);
    world.step_clock(-2 * 3_600);
    faults(&world, vec![always(None, Kind::Throttle)]);
    comes(&mut world, "ΙΗΖ-2000");
    shop::pass(&mut world, 10 * MINUTE);
    faults(&world, vec![]);
    shop::pass(&mut world, HOUR);
    let times = told(&world);
    assert_eq!((times.len(), times[0].is_some(), &times[1]), (2, true, &None));
}

/// Whatever waits by the clock must not wait for hours because the clock went back.
#[test]
fn a_clock_set_back_holds_nothing_up() {
    for by_s in [-5 * 3_600, 5 * 3_600] {
        let mut world = wash("2026-07-14T06:00:00Z");
        comes(&mut world, "ΙΗΖ-1000");
        shop::pass(&mut world, MINUTE);
        // One create of unknown fate, and a back-off that has grown.
        faults(&world, vec![always(Some(Call::SendClient), Kind::Lose)]);
        comes(&mut world, "ΙΗΖ-2000");
        faults(&world, vec![always(None, Kind::Status { status: 503 })]);
        shop::pass(&mut world, HOUR);
        assert_eq!(world.terminal().state().outbox.unknown, 1);
        world.step_clock(by_s);
        faults(&world, vec![]);
        shop::pass(&mut world, 15 * MINUTE);
        assert_eq!(waits(&world), 0, "after {by_s} s: {:?}", world.terminal().state().live);
        assert_eq!(entries(&world).len(), 2);
    }
}

/// Two look-ups are a minute apart, whatever the clock says: in that minute what is under way arrives.
#[test]
fn a_step_of_the_clock_is_no_minute_between_two_look_ups() {
    for by_s in [-5 * 3_600, 5 * 3_600, -180, 180] {
        let mut world = wash("2026-07-14T06:00:00Z");
        let lost = FaultRule { times: Some(1), ..always(Some(Call::SendClient), Kind::Lose) };
        faults(&world, vec![lost]);
        comes(&mut world, "ΙΗΖ-1000");
        shop::pass(&mut world, 5_000);
        assert_eq!(world.terminal().state().outbox.unknown, 1, "it was looked up once");
        world.step_clock(by_s);
        shop::pass(&mut world, 50_000);
        let sent = world.registry().with(|registry| registry.counts().requests[&Call::SendClient]);
        assert_eq!(sent, 1, "after {by_s} s: nothing is proven before the minute is over");
        shop::pass(&mut world, 5 * MINUTE);
        assert_eq!((waits(&world), entries(&world).len()), (0, 1), "after {by_s} s");
    }
}

#[test]
fn a_step_of_the_wall_clock_is_seen_from_two_minutes_on() {
    let at =
        |seconds: i64| Stamp::new(Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_000_000 + seconds));
    let running = |seconds: u64| Duration::from_secs(seconds);
    let mut watch = ClockWatch::start(at(0), running(0));
    assert_eq!(watch.stepped(at(20), running(20)), None);
    assert_eq!(watch.stepped(at(40 + 120), running(40)), None, "two minutes are no step yet");
    assert_eq!(watch.stepped(at(60 + 240), running(60)), Some(240), "two times two minutes are one");
    assert_eq!(watch.stepped(at(80 + 240), running(80)), None, "it is told once");
    assert_eq!(watch.stepped(at(100 - 600), running(100)), Some(-840));
    assert_eq!(watch.stepped(at(86_400 - 600), running(86_400)), None, "a day later nothing has moved");
}

/// What the screen is shown.
struct Shown(Sender<Arc<Snapshot>>);

impl Screen for Shown {
    fn show(&self, snapshot: Arc<Snapshot>) {
        let _ = self.0.send(snapshot);
    }

    fn tell(&self, _: Notice) {}
}

/// A clock that went back while nothing ran: the journal has instants that are still to come.
#[test]
fn a_clock_set_back_while_the_program_was_off_is_an_event_and_a_banner() {
    let folder = Folder::new();
    let ahead = Stamp::new(clock::now().utc + SignedDuration::from_hours(2));
    let store = Store::open(folder.path(), &settings().terminal).expect("a new database");
    let mut terminal = Terminal::new(settings(), store).expect("it loads");
    let started = Input::Started { version: "proof".to_owned() };
    terminal.step(&Stamped { at: ahead, chance: 1, input: started }).expect("it is committed");
    drop(terminal);
    let world = wash("2026-07-14T06:00:00Z");
    let registry = InProcess::new(world.registry().clone(), clock::clockwork(), &Credentials::demo());
    let (shows, shown) = mpsc::channel();
    let engine = Engine::start(Parts {
        settings: settings(),
        data: folder.path().to_owned(),
        transport: Arc::new(registry.clone()),
        mydata: Arc::new(registry),
        look_up: tameio::lookup::services::Services::default(),
        devices: tameio::device::Configured::new(),
        screen: Box::new(Shown(shows)),
        guard_disk: false,
        record: None,
    })
    .expect("it starts");
    let stepped = loop {
        let snapshot = shown.recv_timeout(Duration::from_secs(20)).expect("the banner comes");
        if snapshot.state.live.clock_stepped_s != 0 {
            break snapshot.state.live.clock_stepped_s;
        }
    };
    engine.stop().expect("it ends well");
    assert!((-7_205..=-7_100).contains(&stepped), "two hours back: {stepped}");
    let store = Store::open(folder.path(), &settings().terminal).expect("it opens");
    let mut steps = Vec::new();
    journal::each(store.connection(), store.terminal(), 0, |entry| {
        if let Event::ClockStepped { by_s } = entry.event()? {
            steps.push(by_s);
        }
        Ok(())
    })
    .expect("it can be read");
    assert_eq!(steps, [stepped]);
}

/// The order of a visit is that of its events, whatever the clock says.
#[test]
fn a_clock_that_jumps_changes_no_order() {
    let mut world = wash("2026-07-14T06:00:00Z");
    network(&mut world, false);
    comes(&mut world, "ΙΗΖ-4821");
    world.step_clock(-600);
    is_served(&mut world);
    world.step_clock(3_600);
    network(&mut world, true);
    shop::pass(&mut world, HOUR);
    let kinds: Vec<&str> = world.registry().with(|registry| registry.records().map(kind).collect());
    assert_eq!(kinds, ["create", "update", "correlate", "complete"]);
    let told = told(&world);
    assert_eq!(told, [Some("2026-07-14T06:00:00Z".to_owned())]);
}

fn kind(record: &Record) -> &'static str {
    match &record.what {
        What::Created(_) => "create",
        What::Updated(fields) if fields.is_true("entryCompletion") => "complete",
        What::Updated(_) => "update",
        What::Correlated(_) => "correlate",
        What::Cancelled(_) => "cancel",
    }
}
