//! Shops of the neighbourhood make their customers' parking cheaper: by hand, with vouchers that came out of this printer,
//! one or several on a stay; and each has its account. Tariff T1: 09:03 to 11:20 is 137 minutes and costs 7.50, the first hour
//! of it 4.00.

use crate::world::{World, alone, card, cash, person, with_chief};
use tameio::aade::simulator::state::EntryState;
use tameio::app::effect::Notice;
use tameio::app::input::{By, DocumentInput, Input, MerchantInput, PaperInput, ParkingInput, WantedMerchant};
use tameio::app::refusal::{MerchantRefusal, Refusal};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::ids::{MerchantId, VisitId};
use tameio::domain::merchant::{Gives, Merchant, Payer};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::operator::Right;
use tameio::domain::paper::Paper;
use tameio::domain::sale::DiscountAmount;
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::tariff::timetable::{Days, Hours};
use tameio::domain::text::Text;
use tameio::domain::ticket::TicketKey;
use tameio::domain::validation::{MerchantAccount, Month};
use tameio::domain::visit::{NoDocumentReason, Settlement, StepRefused};
use tameio::domain::voucher::VoucherFault;
use tameio::paper::merchant::code_of;
use tameio::store::merchants;

const MARCH: Month = Month { year: 2026, month: 3 };

fn park() -> World {
    World::of(Trade::Parking)
}

fn settings() -> Settings {
    Config::practice(Trade::Parking).expect("the shipped file").settings
}

fn with_owner() -> By {
    By { operator: person("A"), approved_by: Some(person("owner")) }
}

fn shop(name: &str, gives: Gives) -> WantedMerchant {
    WantedMerchant {
        name: name.to_owned(),
        afm: String::new(),
        gives,
        payer: Payer::Merchant,
        per_day: 0,
        per_vehicle: 0,
        hours: Vec::new(),
        from: None,
        to: None,
        adds_up: false,
        active: true,
    }
}

const HOUR: Gives = Gives::FirstMinutes { minutes: 60 };

fn amount(cents: i64) -> Gives {
    Gives::Amount { amount: Cents(cents) }
}

/// A shop begins; its name in the journal.
fn begins(world: &mut World, wanted: WantedMerchant) -> MerchantId {
    let name = Text::new(&wanted.name);
    let wanted = Box::new(wanted);
    assert_eq!(world.act(Input::Merchant(MerchantInput::Open { wanted, by: with_owner() })), []);
    let state = world.site().state();
    state.merchants.values().find(|one| one.terms.name == name).expect("it is there").id
}

fn known(world: &mut World, id: MerchantId) -> Merchant {
    world.site().state().merchants[&id].clone()
}

fn gives(world: &mut World, visit: VisitId, merchant: MerchantId) -> Vec<Notice> {
    world.act(Input::Merchant(MerchantInput::Validate { visit, merchant, by: with_chief() }))
}

fn makes(world: &mut World, merchant: MerchantId, count: u32, days: u16) -> Vec<Notice> {
    world.act(Input::Merchant(MerchantInput::MakeVouchers { merchant, count, days, by: with_owner() }))
}

fn scan(world: &mut World, code: &str, visit: Option<VisitId>) -> Vec<Notice> {
    let (code, operator) = (code.to_owned(), person("A"));
    world.act(Input::Merchant(MerchantInput::ScanVoucher { code, visit, operator }))
}

fn owed(world: &mut World, visit: VisitId) -> Cents {
    let (settings, now, visit) =
        (world.site().terminal().settings().clone(), world.site().now(), world.visit(visit));
    settings.owed(&visit, now).expect("a price")
}

fn account(world: &mut World, number: u64) -> MerchantAccount {
    merchants::account(world.site().terminal().store().connection(), number, MARCH).expect("it can be read")
}

fn refused(refusal: MerchantRefusal) -> Vec<Notice> {
    vec![Notice::Refused(Refusal::Merchant(refusal))]
}

fn worthless(fault: VoucherFault) -> Vec<Notice> {
    refused(MerchantRefusal::Voucher(fault))
}

/// What is on the codes that came out of the printer: read from its bytes, as a scanner would.
fn printed_codes(world: &mut World) -> Vec<String> {
    let papers = world.site().printer().papers();
    let codes = papers.iter().flat_map(|paper| paper.codes()).map(str::to_owned);
    codes.filter(|code| code.starts_with("V")).collect()
}

#[test]
fn a_shop_chosen_at_the_exit_makes_the_stay_cheaper_and_owes_for_it() {
    let mut world = park();
    world.clock("09:00");
    let wanted = WantedMerchant { afm: "094014201".to_owned(), ..shop("Καφέ Άλφα", HOUR) };
    let asked = Input::Merchant(MerchantInput::Open { wanted: Box::new(wanted.clone()), by: alone() });
    assert_eq!(world.act(asked), [Notice::NeedsRight(Right::KeepMerchants)]);
    let alpha = begins(&mut world, wanted);
    world.clock("09:03:40");
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.clock("11:20:10");
    let by_cashier = Input::Merchant(MerchantInput::Validate { visit, merchant: alpha, by: alone() });
    assert_eq!(world.act(by_cashier), [Notice::NeedsRight(Right::ValidateStay)]);
    assert_eq!(gives(&mut world, visit, alpha), [Notice::Validated { visit }]);
    world.crash();
    assert_eq!(owed(&mut world, visit), Cents(350), "7.50 less the 4.00 of the first hour");
    let again = refused(MerchantRefusal::GivenAlready { name: Text::new("Καφέ Άλφα") });
    assert_eq!(gives(&mut world, visit, alpha), again);
    assert_eq!(world.pays(visit, &[cash("5.00")]), Cents(150));
    let late = Input::Merchant(MerchantInput::TakeBack { visit, merchant: alpha, operator: person("A") });
    let paid = Refusal::Step(StepRefused::AlreadyPaid);
    assert_eq!(world.act(late), [Notice::Refused(paid)], "after the payment nothing changes");
    world.leaves(visit);
    world.drain();
    let receipt = world.receipt();
    for row in ["Έως 2 ώρες", "6,00", "1,50", "Έκπτωση Καφέ Άλφα: πρώτα 60'", "-4,00", "3,50"]
    {
        assert!(receipt.contains(row), "{row} is not on\n{receipt}");
    }
    let document = &world.documents()[0];
    assert_eq!((document.totals.lines, document.totals.gross), (Cents(750), Cents(350)));
    let entry = world.entry_of(visit);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 1));
    let account = account(&mut world, 1);
    assert_eq!((account.owed(), account.given(), account.uses.len()), (Cents(400), Cents::ZERO, 1));
    let used = &account.uses[0];
    assert_eq!((used.document, used.plate_in_short().as_str()), (Some(document.id), "ΙΗΖ*21"));
    assert_eq!(world.site().state().day.people[&person("A")].validated, 1, "it is counted who gave it");
    world.check();
}

#[test]
fn a_voucher_from_our_printer_works_once_and_every_wrong_one_says_why() {
    let mut world = park();
    world.clock("09:00");
    let alpha = begins(&mut world, shop("Καφέ Άλφα", HOUR));
    assert_eq!(makes(&mut world, alpha, 0, 30), refused(MerchantRefusal::Vouchers));
    assert_eq!(makes(&mut world, alpha, 201, 30), refused(MerchantRefusal::Vouchers));
    assert_eq!(makes(&mut world, alpha, 3, 2), []);
    world.drain();
    let codes = printed_codes(&mut world);
    assert_eq!(codes.len(), 3, "three codes came out: {codes:?}");
    let paper = world.papers().into_iter().find(|paper| paper.contains("ΚΟΥΠΟΝΙ")).expect("vouchers");
    for row in ["Καφέ Άλφα", "πρώτα 60'", "1-1", "15/03/2026", "Για μία στάθμευση"]
    {
        assert!(paper.contains(row), "{row} is not on\n{paper}");
    }
    world.clock("09:03:40");
    let first = world.comes("ΙΗΖ-4821", Size::Small);
    let second = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("11:20:10");
    assert_eq!(scan(&mut world, &codes[0], None), refused(MerchantRefusal::WhichVisit));
    assert_eq!(scan(&mut world, &codes[0].to_lowercase(), Some(first)), [Notice::Validated { visit: first }]);
    assert_eq!(
        scan(&mut world, &codes[0], Some(first)),
        [Notice::Validated { visit: first }],
        "twice is once"
    );
    world.crash();
    let plate = world.visit(first).plate;
    let held = worthless(VoucherFault::Held { plate: plate.clone() });
    assert_eq!(scan(&mut world, &codes[0], Some(second)), held);
    // Taken back it is as good as new.
    let back = MerchantInput::TakeBack { visit: first, merchant: alpha, operator: person("A") };
    assert_eq!(world.act(Input::Merchant(back)), []);
    assert_eq!(owed(&mut world, first), Cents(750));
    scan(&mut world, &codes[0], Some(first));
    assert_eq!(world.pays(first, &[cash("3.50")]), Cents::ZERO);
    let at = world.site().now();
    world.crash();
    let used = scan(&mut world, &codes[0], Some(second));
    assert_eq!(used, worthless(VoucherFault::Used { plate, at }));
    // Forged, of another site, of another terminal, torn, of a restored database.
    let here = world.site().terminal().settings().clone();
    let other_key = Settings { ticket_key: Some(TicketKey::new(&[7; 32])), ..here.clone() };
    let elsewhere = "9ZZZ".to_owned().try_into().expect("an id");
    let other_terminal = Settings { terminal: elsewhere, ..here.clone() };
    let other_site = Settings { ticket_key: other_key.ticket_key.clone(), ..other_terminal.clone() };
    let (half, _) = codes[1].split_at(codes[1].len() - 3);
    let faults = [
        (code_of(&other_key, 1, 2), VoucherFault::Forged),
        (code_of(&other_site, 1, 2), VoucherFault::OtherSite),
        (code_of(&other_terminal, 1, 2), VoucherFault::OtherTerminal { terminal: other_terminal.terminal }),
        (half.to_owned(), VoucherFault::Torn),
        ("V".to_owned(), VoucherFault::Torn),
        (code_of(&here, 1, 77), VoucherFault::Unknown),
        (code_of(&here, 9, 1), VoucherFault::Unknown),
    ];
    for (code, fault) in faults {
        assert_eq!(scan(&mut world, &code, Some(second)), worthless(fault), "{code}");
    }
    let ticket = tameio::paper::ticket::code_of(&here, &world.visit(second).reference);
    assert_eq!(scan(&mut world, &format!("V{}", &ticket[1..]), Some(second)), worthless(VoucherFault::Torn));
    // Two days are over at midnight; once new ones are printed nobody remembers when the old ones ended.
    world.until("2026-03-16T08:00");
    let until = "2026-03-15".parse().ok();
    assert_eq!(scan(&mut world, &codes[1], Some(second)), worthless(VoucherFault::Expired { until }));
    assert_eq!(makes(&mut world, alpha, 1, 30), []);
    assert_eq!(scan(&mut world, &codes[1], Some(second)), worthless(VoucherFault::Expired { until: None }));
    assert_eq!(known(&mut world, alpha).vouchers_made, 4, "numbers go on");
    assert_eq!(world.site().state().day.vouchers_refused, 12);
    let journal = serde_json::to_string(&world.events()).expect("it can be written");
    for code in codes {
        let check = code.rsplit('.').next().expect("a check").to_owned();
        assert!(!journal.contains(&check), "the journal holds what makes a voucher");
    }
    world.drain();
    world.check();
}

#[test]
fn of_two_shops_the_better_holds_and_the_other_owes_nothing() {
    let mut world = park();
    world.clock("09:00");
    let alpha = begins(&mut world, shop("Καφέ Άλφα", amount(200)));
    let beta = begins(&mut world, WantedMerchant { payer: Payer::House, ..shop("Φαρμακείο Βήτα", HOUR) });
    let adding = |name: &str| WantedMerchant { adds_up: true, ..shop(name, amount(100)) };
    let (gamma, delta) = (begins(&mut world, adding("Γάμμα")), begins(&mut world, adding("Δέλτα")));
    world.clock("09:03:40");
    let first = world.comes("ΙΗΖ-4821", Size::Small);
    let second = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("11:20:10");
    for shop in [alpha, beta] {
        gives(&mut world, first, shop);
    }
    assert_eq!(owed(&mut world, first), Cents(350), "the hour is worth more than 2.00");
    // A hand comes after the shops, and a tenth is a tenth of what they left.
    let discount = Input::GiveDiscount {
        visit: first,
        amount: DiscountAmount::Percent(Rate(1000)),
        reason: "τακτικός".to_owned(),
        by: with_chief(),
    };
    assert_eq!(world.act(discount), []);
    assert_eq!(owed(&mut world, first), Cents(315));
    world.pays(first, &[card("3.15")]);
    for shop in [gamma, delta] {
        gives(&mut world, second, shop);
    }
    assert_eq!(owed(&mut world, second), Cents(550), "both of them");
    world.pays(second, &[card("5.50")]);
    let numbers = [1, 2, 3, 4].map(|number| account(&mut world, number));
    let sums = numbers.map(|account| (account.owed(), account.given()));
    let cents = |owed, given| (Cents(owed), Cents(given));
    assert_eq!(sums, [cents(0, 0), cents(0, 400), cents(100, 0), cents(100, 0)]);
    world.drain();
    world.check();
}

/// All of it is taken off: it leaves as a free one, and the shop owes; where the owner wants a receipt of nothing there is one.
#[test]
fn a_stay_that_costs_nothing_any_more_leaves_free_or_with_a_receipt_of_nothing() {
    let mut world = park();
    let all = begins(&mut world, shop("Ξενοδοχείο", Gives::Percent { share: Rate(10_000) }));
    world.clock("09:03:40");
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.clock("11:20:10");
    gives(&mut world, visit, all);
    assert_eq!(owed(&mut world, visit), Cents::ZERO);
    let pay = Input::Pay { visit, tenders: vec![], invoice_to: None, operator: person("A") };
    assert_eq!(world.act(pay), [Notice::Refused(Refusal::NothingDue)]);
    world.leaves(visit);
    world.drain();
    let settlement = world.visit(visit).state.settlement().cloned().expect("settled");
    let Settlement::NoDocument { reason, note, .. } = settlement else { panic!("{settlement:?}") };
    assert_eq!((reason, note.as_str()), (NoDocumentReason::Free, "Ξενοδοχείο: -100%"));
    assert!(world.documents().is_empty());
    assert_eq!(account(&mut world, 1).owed(), Cents(750));
    assert_eq!(world.entry_of(visit).state, EntryState::Completed);
    let mut wanted = settings();
    wanted.parking.validations.zero_receipt = true;
    for issuer in [IssuerKind::Simulated, IssuerKind::TypedMark, IssuerKind::MyData] {
        world.becomes(Settings { issuer, ..wanted.clone() });
        let visit = world.comes("ΥΖΒ-3307", Size::Small);
        world.pass(137 * 60);
        gives(&mut world, visit, all);
        let said = world.act(Input::Depart { visit, operator: person("A"), returned_at: None });
        assert!(matches!(said[..], [Notice::Refused(_)]), "{issuer:?} {said:?}");
        assert_eq!(world.pays(visit, &[cash("0.00")]), Cents::ZERO);
        let paid = world.documents().pop().expect("a document");
        assert_eq!((paid.totals.lines, paid.totals.gross), (Cents(750), Cents::ZERO));
        world.leaves(visit);
        world.drain();
    }
    assert_eq!(account(&mut world, 1).owed(), Cents(3_000));
    world.check();
}

#[test]
fn days_hours_and_numbers_are_kept_and_each_refusal_says_what_holds() {
    let mut world = park();
    world.clock("09:00");
    let name = Text::new("Καφέ Άλφα");
    let days = Days::NONE.and_between(0, 5);
    let hours = vec![Hours { days, from: 10 * 60, to: 12 * 60 }];
    let wanted = WantedMerchant {
        hours: hours.clone(),
        from: "2026-03-14".parse().ok(),
        to: "2026-03-16".parse().ok(),
        per_day: 2,
        per_vehicle: 1,
        ..shop("Καφέ Άλφα", amount(100))
    };
    let alpha = begins(&mut world, wanted.clone());
    let visits: Vec<VisitId> =
        ["ΙΗΖ-4821", "ΥΖΒ-3307", "ΝΚΟ-9154"].map(|plate| world.comes(plate, Size::Small)).into();
    let not_now = refused(MerchantRefusal::NotNow { name: name.clone(), hours });
    assert_eq!(gives(&mut world, visits[0], alpha), not_now, "it is nine");
    world.clock("10:30");
    assert_eq!(gives(&mut world, visits[0], alpha), [Notice::Validated { visit: visits[0] }]);
    world.pays(visits[0], &[card("5.00")]);
    world.leaves(visits[0]);
    let again = world.comes("ΙΗΖ-4821", Size::Small);
    world.clock("11:10");
    let vehicle = refused(MerchantRefusal::VehicleIsFull { name: name.clone(), most: 1 });
    assert_eq!(gives(&mut world, again, alpha), vehicle);
    assert_eq!(
        gives(&mut world, visits[1], alpha),
        [Notice::Validated { visit: visits[1] }],
        "given, not paid"
    );
    world.crash();
    let full = refused(MerchantRefusal::DayIsFull { name: name.clone(), most: 2 });
    assert_eq!(gives(&mut world, visits[2], alpha), full);
    world.until("2026-03-15T11:00");
    assert!(matches!(gives(&mut world, visits[2], alpha)[..], [Notice::Refused(_)]), "a Sunday");
    world.until("2026-03-16T11:00");
    assert_eq!(gives(&mut world, visits[2], alpha), [Notice::Validated { visit: visits[2] }]);
    world.until("2026-03-17T11:00");
    let (from, to) = (wanted.from, wanted.to);
    let over = refused(MerchantRefusal::NotToday { name: name.clone(), from, to });
    assert_eq!(gives(&mut world, again, alpha), over);
    // What was given stays as it was given, whatever is agreed from now on.
    let changed = WantedMerchant { active: false, gives: amount(500), to: None, ..wanted };
    let change = MerchantInput::Change { merchant: alpha, wanted: Box::new(changed), by: with_owner() };
    assert_eq!(world.act(Input::Merchant(change)), []);
    assert_eq!(gives(&mut world, again, alpha), refused(MerchantRefusal::NotActive { name }));
    let full_price = world.visit(again);
    assert!(full_price.stay.is_some_and(|stay| stay.validations.is_empty()));
    let validated = world.visit(visits[2]).stay.expect("a stay").validations;
    assert_eq!(validated[0].what, amount(100));
    world.check();
}

#[test]
fn what_cannot_be_agreed_is_refused_with_a_sentence() {
    let mut world = park();
    begins(&mut world, shop("Καφέ Άλφα", HOUR));
    let open = |wanted: WantedMerchant| {
        Input::Merchant(MerchantInput::Open { wanted: Box::new(wanted), by: with_owner() })
    };
    assert_eq!(world.act(open(shop("Καφέ Άλφα", HOUR))), refused(MerchantRefusal::NameTaken));
    assert_eq!(world.act(open(shop(" ", HOUR))), [Notice::Refused(Refusal::NameMissing)]);
    assert_eq!(world.act(open(shop("Β", amount(0)))), refused(MerchantRefusal::Gives));
    let too_much = Gives::Percent { share: Rate(10_001) };
    assert_eq!(world.act(open(shop("Β", too_much))), refused(MerchantRefusal::Gives));
    let (from, to) = ("2026-03-16".parse().ok(), "2026-03-15".parse().ok());
    assert_eq!(
        world.act(open(WantedMerchant { from, to, ..shop("Β", HOUR) })),
        refused(MerchantRefusal::Days)
    );
    let wrong = WantedMerchant { afm: "123456789".to_owned(), ..shop("Β", HOUR) };
    assert!(matches!(world.act(open(wrong))[..], [Notice::Refused(Refusal::TaxNumber(_))]));
    world.check();
}

/// A void of the payment gives the voucher back to the stay, and the shop owes nothing for it.
#[test]
fn a_void_takes_the_use_back_and_the_stay_is_paid_again() {
    let mut world = World::with(Settings { issuer: IssuerKind::TypedMark, ..settings() });
    let alpha = begins(&mut world, WantedMerchant { per_day: 1, ..shop("Καφέ Άλφα", HOUR) });
    makes(&mut world, alpha, 1, 30);
    world.drain();
    let code = printed_codes(&mut world).remove(0);
    world.clock("09:03:40");
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    world.clock("11:20:10");
    scan(&mut world, &code, Some(visit));
    world.pays(visit, &[cash("3.50")]);
    let document = world.documents()[0].id;
    assert_eq!(account(&mut world, 1).owed(), Cents(400));
    let void = DocumentInput::Void { document, reason: "λάθος".to_owned(), by: alone() };
    world.act(Input::Document(void));
    world.crash();
    assert_eq!(account(&mut world, 1).uses, [], "nothing is owed for what was not paid");
    assert_eq!(known(&mut world, alpha).spent(1), None);
    assert_eq!(owed(&mut world, visit), Cents(350), "it is still on the stay");
    let other = world.comes("ΥΖΒ-3307", Size::Small);
    let held = VoucherFault::Held { plate: world.visit(visit).plate };
    assert_eq!(scan(&mut world, &code, Some(other)), worthless(held));
    // Taken back it is the day's one again, for whoever comes with it.
    let back = MerchantInput::TakeBack { visit, merchant: alpha, operator: person("A") };
    assert_eq!(world.act(Input::Merchant(back)), []);
    assert_eq!(scan(&mut world, &code, Some(other)), [Notice::Validated { visit: other }]);
    let back = MerchantInput::TakeBack { visit: other, merchant: alpha, operator: person("A") };
    assert_eq!(world.act(Input::Merchant(back)), []);
    assert_eq!(scan(&mut world, &code, Some(visit)), [Notice::Validated { visit }]);
    world.pays(visit, &[cash("3.50")]);
    assert_eq!(account(&mut world, 1).owed(), Cents(400));
    assert!(matches!(scan(&mut world, &code, Some(other))[..], [Notice::Refused(_)]), "used now");
    world.drain();
    world.check();
}

/// Who overstays after paying pays the difference of the full prices: the shop gave once.
#[test]
fn a_top_up_is_above_the_whole_price_and_who_owes_owes_the_lower_one() {
    let mut world = park();
    let alpha = begins(&mut world, shop("Καφέ Άλφα", HOUR));
    world.clock("09:03:40");
    let visit = world.comes("ΙΗΖ-4821", Size::Small);
    let poor = world.comes("ΥΖΒ-3307", Size::Small);
    world.clock("11:20:10");
    for visit in [visit, poor] {
        gives(&mut world, visit, alpha);
    }
    world.pays(visit, &[cash("3.50")]);
    world.clock("12:10");
    assert_eq!(owed(&mut world, visit), Cents(150), "9.00 less the 7.50 that were paid with the shop");
    world.pays(visit, &[cash("1.50")]);
    let release = ParkingInput::ReleaseOwing {
        visit: poor,
        debtor: "Νικολάου".to_owned(),
        reason: "χωρίς χρήματα".to_owned(),
        operator: person("A"),
    };
    assert_eq!(world.act(Input::Parking(release)), []);
    assert_eq!(world.visit(poor).debt.map(|debt| debt.total), Some(Cents(500)), "9.00 less 4.00");
    world.pass(86_400);
    world.pays(poor, &[cash("5.00")]);
    let account = account(&mut world, 1);
    assert_eq!((account.uses.len(), account.owed()), (2, Cents(800)), "each once");
    world.drain();
    world.check();
}

#[test]
fn the_account_of_a_month_is_printed_with_its_sum_and_shortened_plates() {
    let mut world = park();
    let alpha = begins(&mut world, WantedMerchant { afm: "094014201".to_owned(), ..shop("Καφέ Άλφα", HOUR) });
    for (plate, time) in [("ΙΗΖ-4821", "09:03:40"), ("ΥΖΒ-3307", "13:00")] {
        world.clock(time);
        let visit = world.comes(plate, Size::Small);
        world.pass(137 * 60);
        gives(&mut world, visit, alpha);
        world.pays(visit, &[cash("3.50")]);
        world.leaves(visit);
    }
    let at = world.site().now();
    let paper = Paper::MerchantAccount { merchant: 1, month: MARCH, at };
    assert_eq!(world.act(Input::Paper(PaperInput::Print { paper })), []);
    world.drain();
    let paper = world.papers().into_iter().find(|paper| paper.contains("ΛΟΓΑΡΙΑΣΜΟΣ")).expect("it came out");
    for row in
        ["Καφέ Άλφα", "094014201", "03/2026", "ΙΗΖ*21", "ΥΖΒ*07", "4,00", "8,00", "6,45", "1,55", "ΟΦΕΙΛΕΙ"]
    {
        assert!(paper.contains(row), "{row} is not on\n{paper}");
    }
    assert!(!paper.contains("4821"), "the shop reads no plate");
    assert!(paper.contains("ΔΕΝ ΕΙΝΑΙ ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ"));
    world.check();
}
