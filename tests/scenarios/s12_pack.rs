//! A pack of ten washes for two vehicles, from its sale to its end, at a registry that has every rule switched on.

use crate::world::{World, alone, arrival, card, cash, instant, person, with_chief};
use tameio::aade::simulator::state::EntryState;
use tameio::app::effect::Notice;
use tameio::app::input::{DocumentInput, Input, OpenVisit, OrderInput, PackInput, TypedName};
use tameio::app::refusal::{PackRefusal, Refusal};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::customer::TaxNumber;
use tameio::domain::document::Document;
use tameio::domain::ids::{OrderId, VisitId};
use tameio::domain::money::Cents;
use tameio::domain::pack::{NotCovered, OtherPackage, Pack, PackEnd, RefundRule};
use tameio::domain::payment::Tender;
use tameio::domain::plate::PlateEntry;
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::visit::{Settlement, VisitState};
use tameio::store::query;

const A: &str = "ΙΗΖ-4821";
const B: &str = "ΥΖΒ-3307";

fn settings() -> Settings {
    Config::practice(Trade::Wash).expect("practice is good").settings
}

fn sell(offer: &str, plates: &[&str]) -> Input {
    Input::Pack(PackInput::Sell {
        order: None,
        offer: offer.to_owned(),
        plates: plates.iter().map(|plate| (PlateEntry::Greek, (*plate).to_owned())).collect(),
        holder: "Κ. Παράδειγμα".to_owned(),
        operator: person("A"),
    })
}

fn pays_order(world: &mut World, order: OrderId, tender: Tender, afm: Option<&str>) -> Vec<Notice> {
    let invoice_to = afm.map(|afm| ("GR".to_owned(), afm.to_owned()));
    world.act(Input::Order(OrderInput::Pay {
        order,
        tenders: vec![tender],
        invoice_to,
        operator: person("A"),
    }))
}

/// Sells a pack; its number.
fn sold(world: &mut World, offer: &str, plates: &[&str], price: &str) -> u64 {
    let said = world.act(sell(offer, plates));
    let [Notice::OrderOpened { order }] = said.as_slice() else { panic!("no order: {said:?}") };
    let said = pays_order(world, *order, card(price), None);
    let number = |notice: &Notice| match notice {
        Notice::PackSold { number } => Some(*number),
        _ => None,
    };
    said.iter().find_map(number).unwrap_or_else(|| panic!("no pack: {said:?}"))
}

fn pack(world: &mut World, number: u64) -> Pack {
    query::pack(world.site().terminal().store().connection(), number)
        .expect("it is read")
        .expect("it is there")
}

fn comes_by(world: &mut World, number: u64, plate: &str) -> VisitId {
    let pack = Some(pack(world, number).id);
    let said = world.act(Input::OpenVisit(OpenVisit { pack, ..arrival(plate, Size::Small) }));
    match said.first() {
        Some(Notice::Opened { visit, .. }) => *visit,
        other => panic!("no visit was opened: {other:?}"),
    }
}

fn uses(world: &mut World, visit: VisitId) -> Vec<Notice> {
    world.act(Input::Pack(PackInput::Use { visit, operator: person("A") }))
}

fn gives_back(visit: VisitId) -> Input {
    Input::Pack(PackInput::GiveBack { visit, operator: person("A") })
}

/// What must hold in the end.
fn done(world: &mut World) {
    world.pass(10);
    world.drain();
    assert_eq!(world.site().state().outbox.rejected, 0, "nothing was refused");
    world.check();
}

/// One whole wash by a pack.
fn wash(world: &mut World, number: u64, plate: &str) -> VisitId {
    let visit = comes_by(world, number, plate);
    world.takes(visit, "FULL");
    let said = uses(world, visit);
    assert!(matches!(said.as_slice(), [Notice::PackUsed { .. }]), "{said:?}");
    world.pass(900);
    world.leaves(visit);
    visit
}

fn refused(why: PackRefusal) -> Vec<Notice> {
    vec![Notice::Refused(why.into())]
}

fn refund(world: &mut World, number: u64, tender: Tender) -> Vec<Notice> {
    let pack = pack(world, number).id;
    let reason = "μετακομίζει".to_owned();
    world.act(Input::Pack(PackInput::Refund { pack, tenders: vec![tender], reason, by: with_chief() }))
}

fn figures(document: &Document) -> (Cents, Cents, Cents) {
    (document.totals.gross, document.totals.net(), document.totals.vat_amount())
}

/// Scenario 12 b: two plates, one entry each for the whole of it, ten washes, the eleventh at its price, an upgrade.
#[test]
fn ten_washes_are_two_entries_and_one_document() {
    let mut world = World::wash();
    let number = sold(&mut world, "FULL10", &[A, B], "70.00");
    assert_eq!(figures(&world.documents()[0]), (Cents(7_000), Cents(5_645), Cents(1_355)));
    let first = wash(&mut world, number, A);
    world.drain();
    let entry = world.entry_of(first);
    let dates = ["continuousService", "fromAgreedPeriodDate", "toAgreedPeriodDate"];
    let told: Vec<&str> = dates.iter().map(|name| entry.initial.get(name).unwrap_or("-")).collect();
    assert_eq!(told, ["true", "2026-03-14", "2026-09-13"]);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Open, 1), "told at once, and open");
    let other = wash(&mut world, number, B);
    for _ in 0..6 {
        wash(&mut world, number, A);
    }
    let upgraded = comes_by(&mut world, number, A);
    world.takes(upgraded, "PREM");
    let said = uses(&mut world, upgraded);
    assert_eq!(said, [Notice::PackUsed { number, left: Some(1), difference: Cents(900) }]);
    assert!(
        world.act(Input::Depart { visit: upgraded, operator: person("A"), returned_at: None }).len() == 1
    );
    world.pays(upgraded, &[cash("9.00")]);
    world.pass(10);
    world.leaves(upgraded);
    world.drain();
    assert_eq!(world.entries().len(), 2, "one entry for each vehicle, whatever it comes for");
    assert_eq!(world.entry_of(first).correlations.len(), 2, "the difference is of the same entry");
    let last = wash(&mut world, number, B);
    world.drain();
    for carrier in [first, other] {
        assert_eq!(world.entry_of(carrier).state, EntryState::Completed, "the right is over");
    }
    assert_eq!(pack(&mut world, number).ended, Some(PackEnd::UsedUp));
    assert_eq!(world.visit(last).entry.id, None);
    let ended = Some(pack(&mut world, number).id);
    let eleventh = world.act(Input::OpenVisit(OpenVisit { pack: ended, ..arrival(A, Size::Small) }));
    assert_eq!(eleventh, refused(PackRefusal::NoSuch));
    let walk_in = world.comes(A, Size::Small);
    world.takes(walk_in, "FULL");
    world.pays(walk_in, &[cash("13.00")]);
    world.pass(10);
    world.leaves(walk_in);
    world.drain();
    let entry = world.entry_of(walk_in);
    assert_eq!((entry.state, entry.initial.get("continuousService")), (EntryState::Completed, None));
    let kind = |visit: VisitId| {
        world.told(&world.entry_of(visit)).pop().expect("told").get("invoiceKind").map(str::to_owned)
    };
    assert_eq!(kind(first), Some("1".to_owned()));
    let slips = world.papers();
    let slip = slips.iter().rfind(|paper| paper.contains("ΧΡΗΣΗ ΠΑΚΕΤΟΥ")).expect("a slip");
    assert!(
        slip.contains("ΥΠΟΛΟΙΠΟ ΠΛΥΣΙΜΑΤΩΝ") && slip.lines().any(|line| line.trim_end().ends_with(" 0")),
        "{slip}"
    );
    done(&mut world);
}

/// The receipt of a fiscal machine is typed after the first wash: the entries are told of it then.
#[test]
fn a_document_that_is_named_late_is_told_for_every_entry() {
    let mut world = World::with(Settings { issuer: IssuerKind::TypedFim, ..settings() });
    let number = sold(&mut world, "FULL10", &[A, B], "70.00");
    let carriers = [wash(&mut world, number, A), wash(&mut world, number, B)];
    world.drain();
    assert!(carriers.iter().all(|visit| world.entry_of(*visit).correlations.is_empty()));
    let document = pack(&mut world, number).document;
    let name = TypedName::Fim { machine: "CFA18001243".to_owned(), number: "77".to_owned(), at: None };
    world.act(Input::Document(DocumentInput::Name { document, name, even_if_different: false }));
    world.drain();
    assert!(carriers.iter().all(|visit| world.entry_of(*visit).correlations.len() == 1));
    done(&mut world);
}

/// A pack is nobody's before it is paid, and one that is used up before its document has a name is still told of it.
#[test]
fn what_is_not_paid_is_no_pack() {
    let mut world = World::wash();
    let said = world.act(sell("FULL10", &[A]));
    assert!(matches!(said.as_slice(), [Notice::OrderOpened { .. }]));
    assert!(world.site().state().packs.is_empty());
    assert_eq!(world.act(sell("GOLD", &[A])), refused(PackRefusal::NoSuchOffer));
    assert_eq!(world.act(sell("FULL10", &[A, B, "ΝΚΟ-9154"])), refused(PackRefusal::NoRoom { vehicles: 2 }));
    done(&mut world);
}

/// The finger slipped, and the customer leaves: each way the wash is the customer's again, and so is the entry's place.
#[test]
fn a_wash_that_did_not_happen_is_given_back() {
    let mut world = World::wash();
    let number = sold(&mut world, "FULL10", &[A], "70.00");
    let visit = comes_by(&mut world, number, A);
    assert_eq!(uses(&mut world, visit), [Notice::Refused(Refusal::NoService)]);
    world.takes(visit, "FULL");
    uses(&mut world, visit);
    assert_eq!(uses(&mut world, visit), refused(PackRefusal::AlreadyUsed));
    assert_eq!(pack(&mut world, number).left(), Some(9));
    world.act(gives_back(visit));
    assert_eq!(pack(&mut world, number).left(), Some(10));
    assert_eq!(world.visit(visit).state, VisitState::Ready);
    uses(&mut world, visit);
    world.drain();
    let reason = "έφυγε".to_owned();
    let cancelled = world.act(Input::CancelVisit { visit, reason: reason.clone(), by: with_chief() });
    assert!(cancelled.is_empty(), "{cancelled:?}");
    let known = pack(&mut world, number);
    assert_eq!((known.left(), &known.vehicles[0].carrier), (Some(10), &None));
    let next = wash(&mut world, number, A);
    world.drain();
    assert_eq!(world.entry_of(next).state, EntryState::Open, "the next one carries the entry");
    // One under that entry has none of its own to cancel.
    let under = comes_by(&mut world, number, A);
    world.takes(under, "FULL");
    uses(&mut world, under);
    assert!(world.act(Input::CancelVisit { visit: under, reason, by: with_chief() }).is_empty());
    world.drain();
    assert_eq!(world.entry_of(next).state, EntryState::Open);
    assert_eq!(pack(&mut world, number).left(), Some(9));
    done(&mut world);
}

/// Who came by a pack and pays after all gets a document, which is of the same entry.
#[test]
fn a_visit_of_a_pack_may_be_paid_all_the_same() {
    let mut world = World::wash();
    let number = sold(&mut world, "FULL10", &[A], "70.00");
    let first = wash(&mut world, number, A);
    let second = comes_by(&mut world, number, A);
    world.takes(second, "FULL");
    world.pays(second, &[cash("13.00")]);
    world.pass(10);
    world.leaves(second);
    world.drain();
    assert_eq!(world.entry_of(first).correlations.len(), 2);
    assert_eq!(pack(&mut world, number).left(), Some(9));
    done(&mut world);
}

#[test]
fn extras_and_a_bigger_car_are_paid_on_top_and_a_smaller_wash_is_not_given_back() {
    let mut world = World::wash();
    let number = sold(&mut world, "FULL10", &[A], "70.00");
    let ask = |world: &mut World, service: &str| {
        let visit = comes_by(world, number, A);
        world.takes(visit, service);
        let said = uses(world, visit);
        let due = world.visit(visit).due();
        if due > Cents::ZERO {
            world.pays(visit, &[Tender::Cash { given: due }]);
        }
        world.leaves(visit);
        (said.len(), due)
    };
    assert_eq!(ask(&mut world, "FULL+WAX"), (1, Cents(500)));
    assert_eq!(ask(&mut world, "PREM+WAX"), (1, Cents(1_400)));
    assert_eq!(ask(&mut world, "EXT"), (1, Cents::ZERO));
    assert_eq!(pack(&mut world, number).left(), Some(7));
    done(&mut world);
}

#[test]
fn a_pack_that_covers_one_package_refuses_another() {
    let mut strict = settings();
    strict.packs.other_package = OtherPackage::Refuse;
    let name = strict.packs.offers[0].name.clone();
    let mut world = World::with(strict);
    let number = sold(&mut world, "FULL10", &[A], "70.00");
    let visit = comes_by(&mut world, number, A);
    world.takes(visit, "PREM");
    assert_eq!(uses(&mut world, visit), refused(PackRefusal::OtherPackage { name }));
    world.takes(visit, "FULL");
    assert_eq!(uses(&mut world, visit).len(), 1);
    world.leaves(visit);
    done(&mut world);
}

/// A membership: as many as are wanted, one a day, to its last day; then its entry is completed by itself.
#[test]
fn a_membership_ends_with_its_period() {
    let mut world = World::wash();
    let number = sold(&mut world, "MEMBER", &[A], "45.00");
    let first = wash(&mut world, number, A);
    let pack_id = pack(&mut world, number).id;
    let again = OpenVisit { pack: Some(pack_id), ..arrival(A, Size::Small) };
    let enough = refused(PackRefusal::NotCovered(NotCovered::EnoughToday));
    assert_eq!(world.act(Input::OpenVisit(again.clone())), enough);
    let other = OpenVisit { pack: Some(pack_id), ..arrival(B, Size::Small) };
    assert_eq!(
        world.act(Input::OpenVisit(other)),
        refused(PackRefusal::NotCovered(NotCovered::OtherVehicle))
    );
    world.site().run_until(instant("2026-04-10T10:00:00+03:00")).expect("time passes");
    let said = world.act(Input::OpenVisit(again));
    let [Notice::Opened { visit, .. }, Notice::PackEndsSoon { left: None, until, .. }] = said.as_slice()
    else {
        panic!("nothing was said of its end: {said:?}")
    };
    assert_eq!(until.to_string(), "2026-04-13");
    world.takes(*visit, "FULL");
    uses(&mut world, *visit);
    // Still here when the period is over: it ends when the vehicle has left.
    world.site().run_until(instant("2026-04-14T08:00:00+03:00")).expect("time passes");
    assert_eq!(pack(&mut world, number).ended, None);
    world.leaves(*visit);
    assert_eq!(pack(&mut world, number).ended, Some(PackEnd::Expired));
    world.drain();
    assert_eq!(world.entry_of(first).state, EntryState::Completed);
    done(&mut world);
}

/// Nobody comes any more: the day after its last one it ends by itself, also where the program was off that night.
#[test]
fn a_pack_nobody_uses_ends_by_itself() {
    let mut world = World::wash();
    let number = sold(&mut world, "MEMBER", &[A], "45.00");
    let visit = wash(&mut world, number, A);
    world.drain();
    world.site().run_until(instant("2026-04-13T23:00:00+03:00")).expect("time passes");
    world.crash();
    assert_eq!(pack(&mut world, number).ended, None, "its last day is a day of it");
    world.site().run_until(instant("2026-04-14T07:00:00+03:00")).expect("time passes");
    world.act(Input::Tick);
    assert_eq!(pack(&mut world, number).ended, Some(PackEnd::Expired));
    world.drain();
    assert_eq!(world.entry_of(visit).state, EntryState::Completed);
    done(&mut world);
}

/// Three of ten were used: seven tenths go back with a credit, which is told for the entry, and the pack is over.
#[test]
fn the_unused_part_goes_back_by_a_credit() {
    let mut world = World::wash();
    let number = sold(&mut world, "FULL10", &[A, B], "70.00");
    let carrier = wash(&mut world, number, A);
    wash(&mut world, number, A);
    wash(&mut world, number, A);
    let document = pack(&mut world, number).document;
    let beside = world.act(Input::Document(DocumentInput::Refund {
        document,
        amount: None,
        tenders: vec![card("70.00")],
        reason: "λάθος".to_owned(),
        by: with_chief(),
    }));
    assert_eq!(beside, refused(PackRefusal::RefundThePack { number }));
    let here = comes_by(&mut world, number, B);
    assert_eq!(refund(&mut world, number, card("49.00")), refused(PackRefusal::VehicleHere));
    world.act(Input::CancelVisit { visit: here, reason: "έφυγε".to_owned(), by: with_chief() });
    let wrong = refund(&mut world, number, card("50.00"));
    assert!(matches!(wrong.as_slice(), [Notice::Refused(Refusal::Payment(_))]), "{wrong:?}");
    let said = refund(&mut world, number, card("49.00"));
    assert!(matches!(said.first(), Some(Notice::Refunded { amount: Cents(4_900), .. })), "{said:?}");
    world.pass(10);
    world.drain();
    let entry = world.entry_of(carrier);
    assert_eq!((entry.state, entry.correlations.len()), (EntryState::Completed, 2), "receipt and credit");
    assert!(matches!(pack(&mut world, number).ended, Some(PackEnd::Refunded { .. })));
    assert!(world.site().state().packs.is_empty(), "nothing of it is left to be done");
    assert_eq!(refund(&mut world, number, card("1.00")), refused(PackRefusal::NoSuch));
    done(&mut world);
}

#[test]
fn the_owner_may_reckon_what_was_used_by_the_price_list() {
    let mut by_list = settings();
    by_list.packs.refund = RefundRule::ListPrice;
    let mut world = World::with(by_list);
    let number = sold(&mut world, "FULL10", &[A], "70.00");
    wash(&mut world, number, A);
    let rule = RefundRule::ListPrice;
    let day = instant("2026-03-14T12:00:00+02:00").date();
    assert_eq!(pack(&mut world, number).unused(rule, day), Cents(5_700));
    for _ in 0..5 {
        wash(&mut world, number, A);
    }
    assert_eq!(refund(&mut world, number, card("1.00")), refused(PackRefusal::NothingUnused));
    done(&mut world);
}

/// A business buys it: the entry is completed with that business, or the registry would not know whose invoice it was.
#[test]
fn a_pack_that_was_invoiced_is_completed_with_its_customer() {
    let mut world = World::wash();
    let said = world.act(sell("FULL10", &[A]));
    let [Notice::OrderOpened { order }] = said.as_slice() else { panic!("no order: {said:?}") };
    pays_order(&mut world, *order, card("70.00"), Some("999999981"));
    let mut last = None;
    for _ in 0..10 {
        last = Some(wash(&mut world, 1, A)).filter(|_| last.is_none()).or(last);
    }
    world.drain();
    let told = world.told(&world.entry_of(last.expect("a wash"))).pop().expect("it was completed");
    assert_eq!((told.get("invoiceKind"), told.get("invoiceCounterparty")), (Some("2"), Some("999999981")));
    let customer = TaxNumber::parse("GR", "999999981").expect("a number");
    assert_eq!(pack(&mut world, 1).invoiced_to(), Some(&customer));
    done(&mut world);
}

/// A second vehicle is named later; a third has no room. What goes another way is refused with the way out.
#[test]
fn vehicles_are_added_up_to_the_packs_number() {
    let mut world = World::wash();
    let number = sold(&mut world, "FULL10", &[A], "70.00");
    let id = pack(&mut world, number).id;
    let add = |plate: &str| {
        let (plate, entry, operator) = (plate.to_owned(), PlateEntry::Greek, person("A"));
        Input::Pack(PackInput::AddVehicle { pack: id, plate, entry, operator })
    };
    assert_eq!(world.act(add("ihz 4821")), refused(PackRefusal::VehicleThere));
    assert!(world.act(add(B)).is_empty());
    assert_eq!(world.act(add("ΝΚΟ-9154")), refused(PackRefusal::NoRoom { vehicles: 2 }));
    let visit = comes_by(&mut world, number, B);
    world.takes(visit, "FULL");
    let by = alone();
    let wrong = Input::CorrectPlate {
        visit,
        plate: "ΥΖΒ-3308".to_owned(),
        entry: PlateEntry::Greek,
        vehicle: Default::default(),
        by,
    };
    assert_eq!(world.act(wrong), refused(PackRefusal::CameByPack));
    let by_contract = Input::SettleByContract { visit, invoice_to: None, operator: person("A") };
    assert_eq!(world.act(by_contract), refused(PackRefusal::CameByPack));
    uses(&mut world, visit);
    assert_eq!(world.visit(visit).state.settlement(), Some(&Settlement::ByPack { pack: id }));
    world.leaves(visit);
    let walk_in = world.comes(A, Size::Small);
    world.takes(walk_in, "FULL");
    assert_eq!(uses(&mut world, walk_in), refused(PackRefusal::NoPack));
    done(&mut world);
}

/// `kill -9` with the create unanswered and washes after it: still one entry a vehicle, told of once.
#[test]
fn a_crash_between_two_washes_loses_nothing() {
    let mut world = World::wash();
    let number = sold(&mut world, "FULL10", &[A], "70.00");
    world.network(false);
    let first = wash(&mut world, number, A);
    world.crash();
    wash(&mut world, number, A);
    world.crash();
    assert_eq!(pack(&mut world, number).left(), Some(8));
    world.network(true);
    world.drain();
    assert_eq!(world.entries().len(), 1);
    assert_eq!(world.entry_of(first).correlations.len(), 1);
    done(&mut world);
}
