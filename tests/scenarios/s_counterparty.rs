//! Whom an invoice is for: asked once and in the background, kept with its day, typed where no register says it, and never in
//! the way of a sale.

use crate::world::{World, alone, cash, person};
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::{Fault, Kind};
use tameio::app::effect::Notice;
use tameio::app::input::{CounterpartyInput, DeviceInput, DocumentInput, Input};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::counterparty::{Finding, Hitch, LookUp, Particulars, Register};
use tameio::domain::customer::{BadTaxNumber, TaxNumber};
use tameio::domain::document::Document;
use tameio::domain::event::Event;
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::settings::{LookUpRules, Settings, Trade};
use tameio::domain::text::Text;
use tameio::lookup::simulator::{Call, FaultRule, FaultScript, Options, Simulator};

/// A business the simulated registry knows.
const KNOWN: &str = "888888880";

fn number(afm: &str) -> TaxNumber {
    TaxNumber::parse("GR", afm).expect("a number")
}

fn typed(world: &mut World, country: &str, number: &str, again: bool) -> Vec<Notice> {
    let (country, number, operator) = (country.to_owned(), number.to_owned(), person("A"));
    world.act(Input::Counterparty(CounterpartyInput::LookUp { country, number, again, operator }))
}

fn types(world: &mut World, afm: &str) {
    assert_eq!(typed(world, "GR", afm, false), []);
}

fn writes(world: &mut World, afm: &str, name: &str) {
    let particulars = Particulars { name: Text::new(name), ..Particulars::default() };
    let (country, number, operator) = ("GR".to_owned(), afm.to_owned(), person("A"));
    let write = CounterpartyInput::Write { country, number, particulars, operator };
    assert_eq!(world.act(Input::Counterparty(write)), []);
}

fn look_up(world: &mut World, afm: &str) -> LookUp {
    world.site().state().live.look_up(&number(afm)).expect("it was typed").clone()
}

fn name_of(look_up: &LookUp) -> Option<&str> {
    look_up.known.particulars().map(|known| known.name.as_str())
}

/// How often AADE's registry of businesses was asked.
fn asked(world: &mut World) -> u64 {
    world.site().registers().with(|simulator| {
        let state = tameio::aade::simulator::Service::state(simulator);
        state["asked"]["RgWsPublic2"].as_u64().unwrap_or_default()
    })
}

fn faults(world: &mut World, script: FaultScript) {
    world.site().registers().with(|simulator| simulator.set_faults(script));
}

fn always(kind: Kind) -> FaultScript {
    FaultScript { rules: vec![FaultRule::always(Fault::new(kind, false))], ..FaultScript::default() }
}

/// A wash of one car, paid with an invoice.
fn invoiced(world: &mut World, plate: &str, afm: &str) -> (VisitId, Document) {
    let visit = world.comes(plate, Size::Small);
    world.takes(visit, "EXT");
    world.pays_as(visit, &[cash("8.00")], Some(afm));
    let document = world.documents().into_iter().next_back().expect("it was paid");
    (visit, document)
}

#[test]
fn a_typed_number_is_asked_about_once_and_stands_on_the_invoice() {
    let mut world = World::wash();
    types(&mut world, KNOWN);
    let waiting = look_up(&mut world, KNOWN);
    assert!(waiting.asking.is_some() && name_of(&waiting).is_none(), "{waiting:?}");
    types(&mut world, KNOWN);
    assert_eq!(asked(&mut world), 1, "one question is in the air");
    world.pass(1);
    let found = look_up(&mut world, KNOWN);
    assert_eq!((found.asking, found.hitch.clone()), (None, None));
    assert_eq!(name_of(&found), Some("ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ"));
    let (visit, document) = invoiced(&mut world, "ΧΑΝ-8080", KNOWN);
    let known = document.counterparty.as_deref().expect("it is known");
    assert_eq!(known.address.as_str(), "ΠΑΡΑΔΕΙΓΜΑΤΟΣ 10, 11111 ΑΘΗΝΑ");
    world.pass(5);
    let paper = world.papers().into_iter().find(|paper| paper.contains("ΤΙΜΟΛΟΓΙΟ")).expect("an invoice");
    let paper = paper.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["GR 888888880", "ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ", "ΠΑΡΑΔΕΙΓΜΑΤΟΣ 10", "ΑΥΤΟΚΙΝΗΤΩΝ", "Α΄ ΑΘΗΝΩΝ"]
    {
        assert!(paper.contains(part), "{part}: {paper}");
    }
    // Known for ever after, with its day: the next start asks nobody.
    world.leaves(visit);
    world.crash();
    types(&mut world, KNOWN);
    assert_eq!(name_of(&look_up(&mut world, KNOWN)), Some("ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ"));
    let (_, again) = invoiced(&mut world, "ΧΑΝ-8081", KNOWN);
    assert_eq!(again.counterparty, document.counterparty);
    assert_eq!(asked(&mut world), 1);
    let who = world.events().into_iter().find_map(|event| match event {
        Event::CounterpartyAsked { register, operator, .. } => Some((register, operator)),
        _ => None,
    });
    assert_eq!(who, Some((Register::Aade, person("A"))), "who asked is written down");
    world.drain();
    world.check();
}

#[test]
fn an_old_answer_is_shown_at_once_and_asked_for_again() {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut world = World::with(Settings { look_up: LookUpRules { on: true, fresh_days: 30 }, ..settings });
    types(&mut world, KNOWN);
    world.until("2026-03-27T10:00");
    types(&mut world, KNOWN);
    assert_eq!(asked(&mut world), 1, "it is fresh");
    world.until("2026-04-20T10:00");
    world.site().registers().with(|simulator| {
        let mut options = Options::default();
        let card = options.known.get_mut(KNOWN).expect("it is known");
        card.name = "ΝΕΟ ΟΝΟΜΑ ΑΕ".to_owned();
        *simulator = Simulator::new(options);
    });
    types(&mut world, KNOWN);
    let old = look_up(&mut world, KNOWN);
    assert!(old.asking.is_some(), "the register is asked");
    assert_eq!(name_of(&old), Some("ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ"), "and what is known is there meanwhile");
    world.pass(1);
    assert_eq!(name_of(&look_up(&mut world, KNOWN)), Some("ΝΕΟ ΟΝΟΜΑ ΑΕ"));
    world.check();
}

/// Slow, silent, offline, without codes, with wrong ones: the sale is the same, and the person is told why.
#[test]
fn no_register_is_ever_in_the_way_of_a_sale() {
    let mut world = World::wash();
    world.clock("09:00");
    // Offline.
    world.network(false);
    types(&mut world, KNOWN);
    let (_, document) = invoiced(&mut world, "ΧΑΝ-8080", KNOWN);
    assert_eq!((document.counterparty, document.totals.gross), (None, Cents(800)), "nobody waited");
    world.pass(2);
    let silent = look_up(&mut world, KNOWN);
    assert!(matches!(silent.hitch, Some(Hitch::Silent { .. })), "{silent:?}");
    world.network(true);
    // An answer that is none.
    faults(&mut world, always(Kind::Html));
    types(&mut world, KNOWN);
    world.pass(2);
    let silent = look_up(&mut world, KNOWN);
    assert!(matches!(silent.hitch, Some(Hitch::Silent { .. })), "{silent:?}");
    faults(&mut world, FaultScript::default());
    // Wrong codes: said once, and the registry is left alone: it blocks who fails too often.
    world.site().set_register_codes(Some(Credentials::new("demo", "wrong")));
    types(&mut world, KNOWN);
    world.pass(2);
    let before = asked(&mut world);
    let refused = |world: &mut World, afm: &str| match look_up(world, afm).hitch {
        Some(Hitch::Refused { code, .. }) => code,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&mut world, KNOWN), "TOKEN_USERNAME_NOT_AUTHENTICATED");
    types(&mut world, "999999981");
    assert_eq!(refused(&mut world, "999999981"), "TOKEN_USERNAME_NOT_AUTHENTICATED", "said at once");
    assert_eq!(asked(&mut world), before, "and nobody was asked");
    // Whoever has put them right asks again.
    world.site().set_register_codes(Some(Credentials::demo()));
    assert_eq!(typed(&mut world, "GR", KNOWN, true), []);
    world.pass(2);
    assert_eq!(name_of(&look_up(&mut world, KNOWN)), Some("ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ"));
    assert!(world.site().state().live.register_held.is_none());
    // None at all.
    world.site().set_register_codes(None);
    types(&mut world, "999999981");
    world.pass(2);
    assert_eq!(look_up(&mut world, "999999981").hitch, Some(Hitch::NoCredentials));
    world.drain();
    world.check();
}

#[test]
fn nobody_a_private_person_and_an_ended_business_are_told_apart_and_kept() {
    let mut world = World::wash();
    let found = |world: &mut World, afm: &str| {
        types(world, afm);
        world.pass(1);
        let looked = look_up(world, afm).known.looked.expect("an answer");
        assert_eq!(looked.register, Register::Aade);
        looked.finding
    };
    assert_eq!(found(&mut world, "094014201"), Finding::Nobody);
    assert_eq!(found(&mut world, "094259216"), Finding::NoBusiness);
    let ended = found(&mut world, "123456783");
    assert!(matches!(ended, Finding::Business { ended: true, ended_on: Some(_), .. }), "{ended:?}");
    let three = asked(&mut world);
    for afm in ["094014201", "094259216", "123456783"] {
        types(&mut world, afm);
    }
    assert_eq!(asked(&mut world), three, "a no is an answer, too");
    // A number that is none is refused before anybody is asked.
    let said = typed(&mut world, "GR", "999999990", false);
    assert_eq!(said, [Notice::Refused(Refusal::TaxNumber(BadTaxNumber::Check))]);
    // Another country of the Union is VIES's; the rest nobody's.
    assert_eq!(typed(&mut world, "DE", "123456789", false), []);
    assert_eq!(typed(&mut world, "US", "123456789", false), []);
    world.pass(1);
    let of = |world: &mut World, country: &str| {
        let number = TaxNumber::parse(country, "123456789").expect("a number");
        world.site().state().live.look_up(&number).expect("it was typed").clone()
    };
    let german = of(&mut world, "DE").known.looked.expect("an answer");
    assert_eq!((german.register, german.finding), (Register::Vies, Finding::Unlisted));
    assert_eq!(of(&mut world, "US").hitch, Some(Hitch::NotAsked));
    assert_eq!(asked(&mut world), three);
    world.check();
}

#[test]
fn what_a_person_types_stands_on_the_invoice_until_a_register_knows_better() {
    let mut world = World::wash();
    world.site().set_register_codes(None);
    types(&mut world, KNOWN);
    world.pass(1);
    writes(&mut world, KNOWN, "Με το χέρι ΑΕ");
    assert_eq!(name_of(&look_up(&mut world, KNOWN)), Some("Με το χέρι ΑΕ"));
    let (_, first) = invoiced(&mut world, "ΧΑΝ-8080", KNOWN);
    assert_eq!(first.counterparty.as_ref().map(|known| known.name.as_str()), Some("Με το χέρι ΑΕ"));
    world.pass(60);
    world.site().set_register_codes(Some(Credentials::demo()));
    assert_eq!(typed(&mut world, "GR", KNOWN, true), []);
    world.pass(1);
    assert_eq!(name_of(&look_up(&mut world, KNOWN)), Some("ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ"), "the newer word");
    // Nothing written lets the register's words stand; what was issued stays as it was, and so does its credit.
    writes(&mut world, KNOWN, "");
    assert_eq!(name_of(&look_up(&mut world, KNOWN)), Some("ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ"));
    world.pass(5);
    let reason = "παράπονο".to_owned();
    let by = tameio::app::input::By { approved_by: Some(person("owner")), ..alone() };
    let refund =
        DocumentInput::Refund { document: first.id, amount: None, tenders: vec![cash("8.00")], reason, by };
    let said = world.act(Input::Document(refund));
    assert!(matches!(said.first(), Some(Notice::Refunded { .. })), "{said:?}");
    let credit = world.documents().into_iter().find(Document::is_credit).expect("a credit");
    assert_eq!(credit.counterparty, first.counterparty);
    world.drain();
    world.check();
}

/// A fault of the whole service is nobody's fault: a limit is said in words, and VIES goes on.
#[test]
fn a_limit_holds_for_aade_alone() {
    let mut world = World::wash();
    world.site().registers().with(|simulator| {
        *simulator = Simulator::new(Options { daily_max: 1, ..Options::default() });
    });
    types(&mut world, KNOWN);
    world.pass(1);
    types(&mut world, "999999981");
    world.pass(1);
    let limited = look_up(&mut world, "999999981").hitch;
    assert!(matches!(limited, Some(Hitch::Refused { .. })), "{limited:?}");
    let vies = |world: &mut World| {
        world.site().registers().with(|simulator| {
            let state = tameio::aade::simulator::Service::state(simulator);
            state["asked"]["Vies"].as_u64().unwrap_or_default()
        })
    };
    let down = FaultRule { call: Some(Call::Vies), ..FaultRule::always(Fault::new(Kind::Technical, false)) };
    faults(&mut world, FaultScript { rules: vec![down], ..FaultScript::default() });
    assert_eq!(typed(&mut world, "DE", "123456789", false), []);
    assert_eq!(vies(&mut world), 1, "asked all the same");
    world.pass(3_700);
    types(&mut world, "999999970");
    assert!(look_up(&mut world, "999999970").asking.is_some(), "after an hour it is tried again");
    world.check();
}

/// That somebody asks is written down before anything is sent, so a full disk asks nobody; and the sale's word is typed.
#[test]
fn a_full_disk_asks_no_register() {
    let mut world = World::wash();
    world.act(Input::Device(DeviceInput::DiskSeen { free_bytes: 1024, writable: true }));
    types(&mut world, KNOWN);
    assert_eq!(look_up(&mut world, KNOWN).hitch, Some(Hitch::NotAsked));
    world.act(Input::Device(DeviceInput::DiskSeen { free_bytes: u64::MAX, writable: true }));
    assert_eq!(asked(&mut world), 0);
    types(&mut world, KNOWN);
    world.pass(1);
    assert_eq!((asked(&mut world), name_of(&look_up(&mut world, KNOWN)).is_some()), (1, true));
    world.check();
}

/// A question whose answer never came, because the program died, is none: whoever types the number again asks again.
#[test]
fn a_question_that_died_with_the_program_is_asked_again() {
    let mut world = World::wash();
    types(&mut world, KNOWN);
    assert!(look_up(&mut world, KNOWN).asking.is_some());
    world.crash();
    types(&mut world, KNOWN);
    world.pass(1);
    let found = look_up(&mut world, KNOWN);
    assert_eq!((found.asking, found.hitch.clone()), (None, None));
    assert_eq!(name_of(&found), Some("ΜΕΤΑΦΟΡΙΚΗ ΠΑΡΑΔΕΙΓΜΑ ΑΕ"));
    world.check();
}
