//! The owner changes the prices of a car park at the terminal, with cars inside: who came before pays by what the sign said when
//! they came, who comes after pays the new price, and a pulled plug changes nothing of that. Tariff T1: up to 1 h 4.00.

use crate::world::{World, alone, at, cash, person, with_chief};
use tameio::app::effect::{Effect, Notice};
use tameio::app::input::{By, Input, Stamped, TariffInput};
use tameio::app::refusal::{Refusal, TariffRefusal};
use tameio::app::tariff::not_holding;
use tameio::app::terminal::Terminal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::event::Event;
use tameio::domain::money::Cents;
use tameio::domain::operator::Right;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::tariff::concern::Concern;
use tameio::domain::tariff::draft::TariffDraft;
use tameio::domain::tariff::draft::part::{Field, Part};
use tameio::domain::tariff::kept::{Begins, TariffAct, TariffText};
use tameio::domain::tariff::rules::Tariff;
use tameio::store::Store;

fn settings() -> Settings {
    Config::practice(Trade::Parking).expect("the shipped file").settings
}

fn owner() -> By {
    By { operator: person("A"), approved_by: Some(person("owner")) }
}

fn holds(world: &mut World) -> Tariff {
    world.site().terminal().settings().parking.tariff.as_deref().expect("a tariff").clone()
}

/// The tariff that holds, with another price of a part.
fn with(world: &mut World, part: Part, cents: &str) -> TariffText {
    let holds = holds(world);
    let now = world.site().now();
    let mut draft = TariffDraft::new(&holds, holds.version_at(now.utc).expect("a version"));
    draft.choose(part);
    draft.choose_field(Some(Field::Price));
    draft.key(cents);
    TariffText::new(draft.tariff().to_text())
}

fn put(world: &mut World, text: TariffText, begins: Begins, by: By) -> Input {
    let seen = world.site().state().tariff.number();
    Input::Tariff(TariffInput::PutIntoForce { text, begins, seen, accepted: false, by })
}

fn refused(refusal: TariffRefusal) -> Vec<Notice> {
    vec![Notice::Refused(Refusal::Tariff(refusal))]
}

/// What a stay is charged, and the version it was priced by.
fn exit(world: &mut World, visit: tameio::domain::ids::VisitId) -> (Cents, String) {
    world.pays(visit, &[cash("50.00")]);
    world.leaves(visit);
    let document = world.documents().pop().expect("a document");
    (document.totals.gross, document.sale.catalogue)
}

#[test]
fn who_is_inside_pays_by_the_sign_at_the_arrival_and_who_comes_after_by_the_new_one() {
    let mut world = World::of(Trade::Parking);
    world.clock("13:20");
    let first = world.comes("ΙΗΖ-4821", Size::Small);
    world.clock("13:50");
    let second = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("14:00:30");
    let text = with(&mut world, Part::Band(0), "500");
    let input = put(&mut world, text, Begins::Now, owner());
    assert_eq!(world.act(input), []);
    let change = world.site().state().tariff.last().expect("a change").clone();
    assert_eq!((change.number, change.operator.0.as_str(), change.at), (1, "owner", at("14:00:30")));
    assert_eq!(change.act, TariffAct::PutIntoForce { version: "2026-03-14".to_owned(), from: at("14:01") });
    // Prices are made of printed minutes: who comes in the rest of this one still reads the old sign.
    world.clock("14:00:59");
    let third = world.comes("ΝΚΟ-9154", Size::Small);
    world.crash();
    world.clock("14:05");
    let fourth = world.comes("ΖΜΥ-2211", Size::Small);
    assert_eq!(world.visit(fourth).stay.map(|stay| stay.version).as_deref(), Some("2026-03-14"));
    world.clock("14:15");
    assert_eq!(exit(&mut world, first), (Cents(400), "T1 2020-01".to_owned()));
    assert_eq!(exit(&mut world, third), (Cents(400), "T1 2020-01".to_owned()));
    assert_eq!(exit(&mut world, second), (Cents(400), "T1 2020-01".to_owned()));
    world.clock("14:20");
    world.crash();
    assert_eq!(exit(&mut world, fourth), (Cents(500), "T1 2026-03-14".to_owned()));
    world.drain();
    world.check();
}

#[test]
fn the_ticket_says_the_new_price_and_an_old_one_printed_again_says_the_old_one() {
    let settings = Settings { ticket_at_arrival: true, ..settings() };
    let mut world = World::with(settings);
    world.clock("13:00");
    world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(5);
    let text = with(&mut world, Part::Band(0), "550");
    let input = put(&mut world, text, Begins::Now, owner());
    assert_eq!(world.act(input), []);
    world.clock("13:10");
    world.comes("ΥΖΒ-3307", Size::Small);
    world.pass(5);
    let papers = world.papers();
    let [old, new] = papers.as_slice() else { panic!("two tickets: {papers:?}") };
    assert!(old.contains("T1 2020-01") && old.contains("4,00"), "{old}");
    assert!(new.contains("T1 2026-03-14") && new.contains("5,50"), "{new}");
}

#[test]
fn a_price_for_tomorrow_begins_at_midnight_and_can_be_taken_out_until_then() {
    let mut world = World::of(Trade::Parking);
    world.clock("14:00");
    let text = with(&mut world, Part::Band(0), "600");
    let input = put(&mut world, text, Begins::Midnight, owner());
    assert_eq!(world.act(input), []);
    let versions = |world: &mut World| -> Vec<String> {
        holds(world).versions.into_iter().map(|version| version.id).collect()
    };
    assert_eq!(versions(&mut world), ["2020-01", "2026-03-15"]);
    let today = world.comes("ΙΗΖ-4821", Size::Small);
    world.clock("14:30");
    assert_eq!(exit(&mut world, today).0, Cents(400));
    let out =
        |version: &str| Input::Tariff(TariffInput::Withdraw { version: version.to_owned(), by: owner() });
    assert_eq!(world.act(out("2020-01")), refused(TariffRefusal::NotComing), "it holds");
    assert_eq!(world.act(out("2026-03-15")), []);
    assert_eq!(versions(&mut world), ["2020-01"]);
    assert_eq!(world.act(out("2026-03-15")), refused(TariffRefusal::NotComing), "pressed twice");
    // Put there again, replaced by another before it begins, it prices who comes after midnight.
    for (cents, number) in [("550", 3), ("580", 4)] {
        let text = with(&mut world, Part::Band(0), cents);
        let day = "2026-03-15".parse().expect("a day");
        let input = put(&mut world, text, Begins::On(day), owner());
        assert_eq!(world.act(input), []);
        assert_eq!(world.site().state().tariff.number(), number);
    }
    assert_eq!(versions(&mut world), ["2020-01", "2026-03-15"]);
    world.until("2026-03-15T00:10");
    let tomorrow = world.comes("ΥΖΒ-3307", Size::Small);
    world.until("2026-03-15T00:40");
    assert_eq!(exit(&mut world, tomorrow).0, Cents(580));
    assert_eq!(world.act(out("2026-03-15")), refused(TariffRefusal::NotComing), "it has begun");
    world.drain();
    world.check();
}

#[test]
fn what_holds_no_more_comes_back_as_a_new_version() {
    let mut world = World::of(Trade::Parking);
    world.clock("14:00");
    let text = with(&mut world, Part::Band(0), "500");
    let input = put(&mut world, text, Begins::Now, owner());
    assert_eq!(world.act(input), []);
    world.clock("14:10");
    let tariff = holds(&mut world);
    let old = TariffText::new(tariff.of_one(&tariff.versions[0]).to_text());
    let input = put(&mut world, old, Begins::Now, owner());
    assert_eq!(world.act(input), []);
    let after = holds(&mut world);
    let ids: Vec<&str> = after.versions.iter().map(|version| version.id.as_str()).collect();
    assert_eq!(ids, ["2020-01", "2026-03-14", "2026-03-14.2"]);
    assert!(after.versions[2].is_like(&after.versions[0]));
}

#[test]
fn only_the_owner_and_only_what_can_hold() {
    let mut world = World::of(Trade::Parking);
    world.clock("14:00");
    let good = with(&mut world, Part::Band(0), "500");
    for by in [alone(), with_chief()] {
        let input = put(&mut world, good.clone(), Begins::Now, by);
        assert_eq!(world.act(input), [Notice::NeedsRight(Right::SetTariff)]);
    }
    let same = with(&mut world, Part::Band(0), "400");
    let input = put(&mut world, same, Begins::Now, owner());
    assert_eq!(world.act(input), refused(TariffRefusal::NoChange));
    let day = |day: &str| Begins::On(day.parse().expect("a day"));
    for (begins, refusal) in [
        (day("2026-03-14"), TariffRefusal::Begun),
        (day("2025-01-01"), TariffRefusal::Begun),
        (day("2027-06-01"), TariffRefusal::TooFar),
    ] {
        let input = put(&mut world, good.clone(), begins, owner());
        assert_eq!(world.act(input), refused(refusal));
    }
    // A hole is an error whoever accepts it; an overlap of bands cannot be read; a fall in price is a warning.
    let text = |rules: &str| {
        let head =
            "code = \"T1\"\nel = \"Τ\"\nen = \"T\"\n[[versions]]\nversion = \"1\"\nfrom = \"2020-01-01\"\n";
        TariffText::new(format!("{head}{rules}\n"))
    };
    let put_anyway = |text: TariffText, accepted: bool| {
        Input::Tariff(TariffInput::PutIntoForce { text, begins: Begins::Now, seen: 0, accepted, by: owner() })
    };
    let hole = text("bands = [{ up_to = \"1 h\", price = \"4.00\" }]");
    for accepted in [false, true] {
        let told = world.act(put_anyway(hole.clone(), accepted));
        let [Notice::Refused(Refusal::Tariff(TariffRefusal::Error(concern)))] = told.as_slice() else {
            panic!("{told:?}")
        };
        assert!(matches!(**concern, Concern::Found(_)), "{concern:?}");
    }
    let bands = "bands = [{ up_to = \"2 h\", price = \"4.00\" }, { up_to = \"1 h\", price = \"5.00\" }]";
    let told = world.act(put_anyway(text(bands), true));
    assert!(
        matches!(told.as_slice(), [Notice::Refused(Refusal::Tariff(TariffRefusal::Unreadable(_)))]),
        "{told:?}"
    );
    let falls = text(
        "bands = [{ up_to = \"1 h\", price = \"4.00\" }, { up_to = \"2 h\", price = \"3.00\" }]\nstep = { each = \"1 h\", price = \"1.50\" }",
    );
    assert_eq!(world.act(put_anyway(falls.clone(), false)), refused(TariffRefusal::Warnings { count: 1 }));
    assert!(!world.events().iter().any(|event| matches!(event, Event::TariffChanged { .. })));
    assert_eq!(world.act(put_anyway(falls.clone(), true)), [], "it is meant so");
    // The second press of one who has not seen the first.
    assert_eq!(world.act(put_anyway(falls, true)), refused(TariffRefusal::ChangedMeanwhile));
    let day = &world.site().state().day.people;
    assert_eq!(day[&person("owner")].tariff_changes, 1, "an owner sees it among what people did");
    world.check();
}

#[test]
fn where_the_file_is_changed_later_what_was_changed_at_the_terminal_holds() {
    let mut world = World::of(Trade::Parking);
    world.clock("14:00");
    let text = with(&mut world, Part::Band(0), "500");
    let input = put(&mut world, text, Begins::Now, owner());
    assert_eq!(world.act(input), []);
    let mut settings = settings();
    let t2 = Tariff::parse(include_str!("../../config/tariffs/t2.toml")).expect("it ships");
    settings.parking.tariff = Some(t2.clone().into());
    world.becomes(settings);
    let holds = holds(&mut world);
    assert_eq!(holds.code, "T1");
    assert_eq!(not_holding(&t2, &holds).len(), t2.versions.len(), "and it can be said");
}

#[test]
fn what_another_version_of_the_program_wrote_gives_way_to_the_file_and_it_is_said() {
    let mut world = World::of(Trade::Parking);
    let settings = world.site().terminal().settings().clone();
    let now = world.site().now();
    let fresh = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(fresh.path(), &settings.terminal).expect("it opens");
    let change = TariffAct::Withdrawn { version: "1".to_owned() };
    let text = TariffText::new("code = \"T9\"\nhovering = true".to_owned());
    let event = Event::TariffChanged { text, change, operator: person("owner") };
    store.commit(now, &[event], &[]).expect("it is written");
    let mut terminal = Terminal::new(settings, store).expect("it loads");
    assert_eq!(terminal.settings().parking.tariff.as_ref().expect("a tariff").code, "T1");
    let started = Stamped { at: now, chance: 1, input: Input::Started { version: "1".to_owned() } };
    let effects = terminal.step(&started).expect("it starts");
    let told = effects.iter().any(|effect| matches!(effect, Effect::Tell(Notice::TariffBroken { .. })));
    assert!(told, "{effects:?}");
}
