//! Where what shops give begins and ends: the last day of a voucher, the last instant of a month, holidays, a card terminal
//! that was asked already, a price that a person made.

use crate::world::{World, card, instant, on, person, with_chief};
use tameio::app::effect::Notice;
use tameio::app::input::{By, DeviceInput, Input, MerchantInput, ParkingInput, TillInput, WantedMerchant};
use tameio::app::refusal::{MerchantRefusal, Refusal};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::device::{DeviceId, DeviceKind};
use tameio::domain::ids::{MerchantId, VisitId};
use tameio::domain::merchant::{Gives, Payer};
use tameio::domain::money::Cents;
use tameio::domain::payment::Tender;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::tariff::timetable::{Days, Holiday, Hours};
use tameio::domain::text::Text;
use tameio::domain::validation::Month;
use tameio::domain::voucher::VoucherFault;
use tameio::paper::merchant::code_of;
use tameio::store::merchants;

fn settings() -> Settings {
    Config::practice(Trade::Parking).expect("the shipped file").settings
}

fn with_owner() -> By {
    By { operator: person("A"), approved_by: Some(person("owner")) }
}

/// A shop that gives 1.00.
fn begins(world: &mut World, hours: Vec<Hours>) -> MerchantId {
    let wanted = WantedMerchant {
        name: "Καφέ Άλφα".to_owned(),
        afm: String::new(),
        gives: Gives::Amount { amount: Cents(100) },
        payer: Payer::Merchant,
        per_day: 0,
        per_vehicle: 0,
        hours,
        from: None,
        to: None,
        adds_up: false,
        active: true,
    };
    let open = MerchantInput::Open { wanted: Box::new(wanted), by: with_owner() };
    assert_eq!(world.act(Input::Merchant(open)), []);
    *world.site().state().merchants.keys().next().expect("it is there")
}

fn gives(world: &mut World, visit: VisitId, merchant: MerchantId) -> Vec<Notice> {
    world.act(Input::Merchant(MerchantInput::Validate { visit, merchant, by: with_chief() }))
}

fn makes(world: &mut World, merchant: MerchantId, count: u32, days: u16) {
    let make = MerchantInput::MakeVouchers { merchant, count, days, by: with_owner() };
    assert_eq!(world.act(Input::Merchant(make)), []);
}

fn scan(world: &mut World, voucher: u64, visit: VisitId) -> Vec<Notice> {
    let code = code_of(world.site().terminal().settings(), 1, voucher);
    let (visit, operator) = (Some(visit), person("A"));
    world.act(Input::Merchant(MerchantInput::ScanVoucher { code, visit, operator }))
}

fn worthless(fault: VoucherFault) -> Vec<Notice> {
    vec![Notice::Refused(Refusal::Merchant(MerchantRefusal::Voucher(fault)))]
}

#[test]
fn a_voucher_holds_to_the_end_of_its_last_day() {
    let mut world = World::of(Trade::Parking);
    let alpha = begins(&mut world, Vec::new());
    makes(&mut world, alpha, 3, 2);
    let visits = ["ΙΗΖ-4821", "ΥΖΒ-3307"].map(|plate| world.comes(plate, Size::Small));
    world.site().run_until(instant("2026-03-15T23:59:59+02:00")).expect("time passes");
    assert_eq!(scan(&mut world, 1, visits[0]), [Notice::Validated { visit: visits[0] }]);
    world.site().run_until(instant("2026-03-16T00:00:00+02:00")).expect("time passes");
    let until = "2026-03-15".parse().ok();
    assert_eq!(scan(&mut world, 2, visits[1]), worthless(VoucherFault::Expired { until }));
    // More are printed on the last day of others: those go on, and are known to be used.
    makes(&mut world, alpha, 1, 1);
    makes(&mut world, alpha, 1, 1);
    assert_eq!(scan(&mut world, 4, visits[1]), [Notice::Validated { visit: visits[1] }]);
    assert_eq!(world.site().state().merchants[&alpha].batches.len(), 2, "what is over is forgotten");
    world.drain();
    world.check();
}

/// A month is that of the wall clock here, in winter and in summer, from its first instant to its last.
#[test]
fn a_month_begins_and_ends_at_midnight_here() {
    let mut world = World::since(on("2026-02-28T18:00"), settings());
    let alpha = begins(&mut world, Vec::new());
    let months = [
        [("ΙΗΖ-4821", "2026-02-28T23:59:59.999+02:00"), ("ΥΖΒ-3307", "2026-03-01T00:00:00+02:00")],
        [("ΝΚΟ-9154", "2026-03-31T23:59:59.999+03:00"), ("ΖΗΡ-6040", "2026-04-01T00:00:00+03:00")],
    ];
    for turn in months {
        world.site().run_until(instant(turn[0].1).moved(-3 * 3_600)).expect("time passes");
        let stays = turn.map(|(plate, paid)| (world.comes(plate, Size::Small), instant(paid)));
        for (visit, paid) in stays {
            world.site().run_until(paid).expect("time passes");
            assert_eq!(gives(&mut world, visit, alpha), [Notice::Validated { visit }]);
            pays(&mut world, visit);
        }
    }
    let of = |month: i8| {
        let conn = world.site().terminal().store().connection();
        let uses = merchants::account(conn, 1, Month { year: 2026, month }).expect("it can be read").uses;
        uses.iter().map(|used| used.plate.display()).collect::<Vec<_>>()
    };
    let plates = [2, 3, 4, 1].map(of);
    let wanted: [&[&str]; 4] = [&["ΙΗΖ-4821"], &["ΥΖΒ-3307", "ΝΚΟ-9154"], &["ΖΗΡ-6040"], &[]];
    assert_eq!(plates, wanted);
    world.drain();
    world.check();
}

fn owed(world: &mut World, visit: VisitId) -> Cents {
    let (settings, now) = (world.site().terminal().settings().clone(), world.site().now());
    settings.owed(&world.visit(visit), now).expect("a price")
}

fn pays(world: &mut World, visit: VisitId) {
    let owed = owed(world, visit);
    assert!(owed > Cents::ZERO, "something is to be paid");
    world.pays(visit, &[card(&owed.with_point())]);
}

/// Hours of holidays alone: which day is one, the tariff says.
#[test]
fn hours_of_holidays_hold_on_the_holidays_of_the_tariff() {
    let mut settings = settings();
    let tariff = settings.parking.tariff.as_mut().map(std::sync::Arc::make_mut).expect("a tariff");
    for version in &mut tariff.versions {
        version.holidays = vec![Holiday::Yearly { month: 3, day: 25 }];
    }
    let mut world = World::since(on("2026-03-24T09:00"), settings);
    let days = Days::NONE.and_between(7, 7);
    let alpha = begins(&mut world, vec![Hours { days, from: 0, to: 1440 }]);
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    assert!(matches!(gives(&mut world, visit, alpha)[..], [Notice::Refused(_)]), "an ordinary Tuesday");
    world.until("2026-03-25T09:00");
    assert_eq!(gives(&mut world, visit, alpha), [Notice::Validated { visit }]);
    world.drain();
    world.check();
}

/// What the card terminal was asked for is the price as it was.
#[test]
fn nothing_is_given_while_the_card_terminal_is_asked() {
    let mut world = World::of(Trade::Parking);
    let alpha = begins(&mut world, Vec::new());
    let device = DeviceId::only(DeviceKind::CardTerminal);
    world.act(Input::Device(DeviceInput::Attached { device, address: Text::new("sim:") }));
    world.act(Input::Till(TillInput::OpenShift { float: Cents(5_000), operator: person("A") }));
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.pass(3 * 3_600);
    let amount = owed(&mut world, visit);
    let tenders = vec![Tender::CardLinked { amount, tip: Cents::ZERO, session: None }];
    assert_eq!(world.act(Input::Pay { visit, tenders, invoice_to: None, operator: person("A") }), []);
    let said = gives(&mut world, visit, alpha);
    assert!(matches!(said[..], [Notice::Refused(Refusal::CardPending { .. })]), "{said:?}");
    world.pass(10);
    assert_eq!(world.documents()[0].totals.gross, amount);
    world.drain();
    world.check();
}

#[test]
fn nothing_is_given_to_a_price_that_a_person_made() {
    let mut world = World::of(Trade::Parking);
    let alpha = begins(&mut world, Vec::new());
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    let agree = ParkingInput::AgreePrice {
        visit,
        price: Cents(900),
        reason: "παράπονο".to_owned(),
        by: with_owner(),
    };
    assert_eq!(world.act(Input::Parking(agree)), []);
    let by_tariff = Notice::Refused(Refusal::Merchant(MerchantRefusal::NotByTariff));
    assert_eq!(gives(&mut world, visit, alpha), [by_tariff]);
    world.drain();
    world.check();
}
