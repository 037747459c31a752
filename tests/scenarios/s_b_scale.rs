//! Carpets and laundry: the scale, the size, the slip, the money, and what is fetched when. No vehicle, and not a word to the
//! registry.

use crate::world::{World, alone, at, card, cash, person, with_chief};
use tameio::aade::simulator::Call;
use tameio::app::effect::Notice;
use tameio::app::input::{AddToOrder, By, CardInput, DeviceInput, HowMuch, Input, OrderInput};
use tameio::app::refusal::{OrderRefusal, Refusal};
use tameio::config::Config;
use tameio::domain::card::{CardApproval, CardOutcome, CardSession};
use tameio::domain::device::{Condition, DeviceId, DeviceKind, ScaleReading};
use tameio::domain::document::{Document, Subject};
use tameio::domain::event::Event;
use tameio::domain::ids::OrderId;
use tameio::domain::measure::Measure;
use tameio::domain::money::{Cents, Quantity};
use tameio::domain::operator::Right;
use tameio::domain::order::{Fetched, Order, OrderState, OrderStepRefused, Owner};
use tameio::domain::payment::Tender;
use tameio::domain::sale::DiscountAmount;
use tameio::domain::settings::{Settings, StorageRule, Trade};
use tameio::domain::text::{Language, Text};
use tameio::store::query;

fn scale() -> DeviceId {
    DeviceId::only(DeviceKind::Scale)
}

/// The wash with a scale that somebody weighs on.
fn weighing() -> World {
    weighing_with(Config::practice(Trade::Wash).expect("practice is good").settings)
}

fn weighing_with(settings: Settings) -> World {
    let mut world = World::with(settings);
    world.act(Input::Device(DeviceInput::Attached { device: scale(), address: Text::new("sim:") }));
    world.act(Input::Device(DeviceInput::Seen { device: scale(), condition: Condition::Ready }));
    world.act(Input::Device(DeviceInput::Weigh { on: true }));
    world
}

fn says(world: &mut World, reading: ScaleReading) {
    assert_eq!(world.act(Input::Device(DeviceInput::Weighed { reading })), []);
}

fn add(order: Option<OrderId>, item: &str, how_much: HowMuch, pieces: u32, by: By) -> Input {
    Input::Order(OrderInput::Add(AddToOrder {
        order,
        item: item.to_owned(),
        how_much,
        pieces,
        defects: String::new(),
        by,
    }))
}

const CARPET: HowMuch = HowMuch::Size { length_cm: 240, width_cm: 170 };
const DUVET: HowMuch = HowMuch::OnScale { tare_g: 450 };

/// Something is added; the order it is on.
fn adds(world: &mut World, order: Option<OrderId>, item: &str, how_much: HowMuch, pieces: u32) -> OrderId {
    let said = world.act(add(order, item, how_much, pieces, alone()));
    match (order, said.as_slice()) {
        (Some(order), []) => order,
        (None, [Notice::OrderOpened { order }]) => *order,
        other => panic!("nothing was added: {other:?}"),
    }
}

fn refused(world: &mut World, input: Input) -> Refusal {
    match world.act(input).as_slice() {
        [Notice::Refused(refusal)] => refusal.clone(),
        other => panic!("it was not refused: {other:?}"),
    }
}

/// Why an order is not done with.
fn wont(world: &mut World, input: Input) -> OrderRefusal {
    match refused(world, input) {
        Refusal::Order(refusal) => refusal,
        other => panic!("it was refused for something else: {other:?}"),
    }
}

fn order(world: &mut World, id: OrderId) -> Order {
    query::order(world.site().terminal().store().connection(), id).expect("it is read").expect("it is there")
}

fn take_in(world: &mut World, order: OrderId, promised: Option<&str>) {
    let owner = Owner { name: Text::new("Κυρία Άννα"), phone: Text::new("690 0000000") };
    let promised = promised.map(|day| day.parse().expect("a day"));
    let said = world.act(Input::Order(OrderInput::TakeIn { order, owner, promised, operator: person("A") }));
    assert_eq!(said, []);
}

fn pay(order: OrderId, tenders: &[Tender]) -> Input {
    Input::Order(OrderInput::Pay {
        order,
        tenders: tenders.to_vec(),
        invoice_to: None,
        operator: person("A"),
    })
}

fn pays(world: &mut World, order: OrderId, tenders: &[Tender]) -> Cents {
    match world.act(pay(order, tenders)).as_slice() {
        [Notice::Paid { change, .. }, ..] => *change,
        other => panic!("nothing was paid: {other:?}"),
    }
}

fn hand_over(order: OrderId, fetched: &[(usize, u32)]) -> Input {
    let fetched = fetched.iter().map(|(line, pieces)| Fetched { line: *line, pieces: *pieces }).collect();
    Input::Order(OrderInput::HandOver { order, fetched, operator: person("A") })
}

fn figures(document: &Document) -> [Cents; 3] {
    [document.totals.gross, document.totals.net(), document.totals.vat_amount()]
}

/// The registry heard one look after the start, and nothing else.
fn check_no_registry(world: &mut World) {
    assert!(world.entries().is_empty());
    let calls = [Call::SendClient, Call::UpdateClient, Call::ClientCorrelations, Call::CancelClient];
    assert_eq!(calls.map(|call| world.requests(call)), [0; 4], "no registry traffic");
    let messages = world.events().iter().filter(|event| matches!(event, Event::MessageQueued { .. })).count();
    assert_eq!(messages, 0);
}

/// Scenario B, whole: unstable, the same weight twice, the cable, the right, one document.
#[test]
fn a_duvet_and_a_carpet_come_to_one_document() {
    let mut world = weighing();
    says(&mut world, ScaleReading::Moving);
    let moving = OrderRefusal::NoWeight { reading: ScaleReading::Moving };
    assert_eq!(wont(&mut world, add(None, "DUVET", DUVET, 3, alone())), moving, "unstable: no price");
    assert!(world.site().state().orders.is_empty(), "and no order");
    let steady = ScaleReading::Stable { grams: 12_800 };
    says(&mut world, steady);
    says(&mut world, steady);
    let weighed = adds(&mut world, None, "DUVET", DUVET, 3);
    assert_eq!(
        order(&mut world, weighed).unpaid().totals().gross,
        Cents(3_088),
        "the same weight twice is a weight"
    );
    assert_eq!(world.act(Input::Order(OrderInput::Remove { order: weighed, line: 0 })), []);

    world.act(Input::Device(DeviceInput::Seen { device: scale(), condition: Condition::Absent }));
    let silent = OrderRefusal::NoWeight { reading: ScaleReading::NoAnswer };
    assert_eq!(wont(&mut world, add(Some(weighed), "DUVET", DUVET, 3, alone())), silent, "the cable is out");
    let by_hand = HowMuch::ByHand { gross_g: 12_800, tare_g: 450 };
    let asks = world.act(add(Some(weighed), "DUVET", by_hand, 3, alone()));
    assert_eq!(asks, [Notice::NeedsRight(Right::ManualWeight)]);
    assert_eq!(world.act(add(Some(weighed), "DUVET", by_hand, 3, with_chief())), []);
    adds(&mut world, Some(weighed), "CARPET", CARPET, 1);
    let lines = order(&mut world, weighed).lines;
    let sums: Vec<_> = lines.iter().map(|line| (line.line.quantity, line.line.gross())).collect();
    assert_eq!(sums, [(Quantity(12_350), Cents(3_088)), (Quantity(4_080), Cents(2_815))]);

    take_in(&mut world, weighed, None);
    assert_eq!(pays(&mut world, weighed, &[cash("60.00")]), Cents(97));
    world.drain();
    world.pass(5);
    let documents = world.documents();
    assert_eq!(documents.len(), 1);
    assert_eq!(figures(&documents[0]), [5_903, 4_760, 1_143].map(Cents));
    assert_eq!(documents[0].issued_for.subject(), Subject::Order(weighed));
    assert!(documents[0].name.is_some(), "the issuer named it");
    let papers = world.papers();
    let [slip, receipt] = papers.as_slice() else { panic!("two papers: {papers:?}") };
    for wanted in [
        "ΔΕΛΤΙΟ ΠΑΡΑΛΑΒΗΣ",
        "7K3Q-000001",
        "Κυρία Άννα",
        "Τεμάχια",
        "χειροκίνητα",
        "4,080 m² x 6,90",
        "2,40 x 1,70 m",
    ] {
        assert!(slip.contains(wanted), "{wanted} in\n{slip}");
    }
    for wanted in [
        "12,350 kg x 2,50",
        "μικτό 12,800 kg, απόβαρο 0,450 kg",
        "χειροκίνητα",
        "30,88",
        "28,15",
        "59,03",
        "47,60",
        "11,43",
    ] {
        assert!(receipt.contains(wanted), "{wanted} in\n{receipt}");
    }
    assert!(!receipt.contains("Αρ. κυκλοφορίας") && receipt.contains("Παραγγελία"), "no vehicle:\n{receipt}");
    let by: Vec<_> = world
        .events()
        .into_iter()
        .filter_map(|event| match event {
            Event::OrderLineAdded { approved_by: Some(by), .. } => Some(by),
            _ => None,
        })
        .collect();
    assert_eq!(by, [person("chief")], "who allowed the typed weight is written down");
    assert_eq!(world.site().state().day.people[&person("chief")].weights_typed, 1);
    check_no_registry(&mut world);
    world.check();
}

#[test]
fn each_answer_of_a_scale_that_is_no_weight_has_its_own_sentence() {
    let mut world = weighing();
    let mut sentences = Vec::new();
    for reading in [
        ScaleReading::Zero,
        ScaleReading::Moving,
        ScaleReading::Negative,
        ScaleReading::Overload,
        ScaleReading::NeedsZero,
        ScaleReading::Defect,
        ScaleReading::NoAnswer,
    ] {
        says(&mut world, reading);
        let refusal = wont(&mut world, add(None, "DUVET", DUVET, 1, alone()));
        assert_eq!(refusal, OrderRefusal::NoWeight { reading });
        sentences
            .extend([Language::El, Language::En].map(|language| Refusal::Order(refusal).sentence(language)));
    }
    says(&mut world, ScaleReading::Stable { grams: 450 });
    let refusal = wont(&mut world, add(None, "DUVET", DUVET, 1, alone()));
    assert_eq!(refusal, OrderRefusal::TareAboveWeight, "nothing but the basket");
    sentences.extend([Language::El, Language::En].map(|language| Refusal::Order(refusal).sentence(language)));
    let all = sentences.len();
    sentences.sort();
    sentences.dedup();
    assert_eq!((all, sentences.len()), (16, 16), "no two alike: {sentences:?}");
    says(&mut world, ScaleReading::Stable { grams: 12_800 });
    world.pass(3);
    let old = wont(&mut world, add(None, "DUVET", DUVET, 1, alone()));
    assert_eq!(
        old,
        OrderRefusal::NoWeight { reading: ScaleReading::NoAnswer },
        "what was said three seconds ago is no weight"
    );
    assert!(world.site().state().orders.is_empty());
}

#[test]
fn a_small_carpet_costs_the_least_and_a_size_must_be_one() {
    let mut world = World::wash();
    let small = adds(&mut world, None, "CARPET", HowMuch::Size { length_cm: 100, width_cm: 60 }, 1);
    let lines = order(&mut world, small).lines;
    assert_eq!(
        (lines[0].line.quantity, lines[0].line.gross()),
        (Quantity(600), Cents(1_500)),
        "0.60 m² at 6.90 is 4.14"
    );
    assert_eq!(lines[0].line.measure, Measure::Area { length_cm: 100, width_cm: 60, pieces: 1 });
    let two = adds(&mut world, None, "CARPET", HowMuch::Size { length_cm: 100, width_cm: 60 }, 2);
    assert_eq!(order(&mut world, two).lines[0].line.gross(), Cents(3_000), "each costs the least");
    for (length_cm, width_cm) in [(0, 170), (240, 0), (240, 10_001), (u32::MAX, u32::MAX)] {
        let size = HowMuch::Size { length_cm, width_cm };
        assert_eq!(wont(&mut world, add(None, "CARPET", size, 1, alone())), OrderRefusal::Size);
    }
    let pieces = wont(&mut world, add(None, "CARPET", CARPET, 0, alone()));
    assert_eq!(pieces, OrderRefusal::Pieces);
    let unit = wont(&mut world, add(None, "DUVET", CARPET, 1, alone()));
    assert_eq!(unit, OrderRefusal::OtherUnit);
    take_in(&mut world, small, None);
    let papers = world.papers();
    assert!(papers[0].contains("ελάχιστη χρέωση"), "{}", papers[0]);
    world.check();
}

/// Goods over the counter are over when they are paid, and their document is of a sale.
#[test]
fn goods_are_handed_over_at_once() {
    let mut world = World::wash();
    let sold = adds(&mut world, None, "FRESH", HowMuch::Pieces, 2);
    let nothing = world.act(Input::Order(OrderInput::TakeIn {
        order: sold,
        owner: Owner::default(),
        promised: None,
        operator: person("A"),
    }));
    assert_eq!(nothing, [Notice::Refused(OrderRefusal::NothingLeftHere.into())]);
    assert_eq!(pays(&mut world, sold, &[card("7.00")]), Cents::ZERO);
    assert_eq!(order(&mut world, sold).state, OrderState::Done { at: at("08:00") });
    assert!(world.site().state().orders.is_empty(), "nothing waits");
    assert_eq!(wont(&mut world, pay(sold, &[card("7.00")])), OrderRefusal::NoSuch, "and it is paid once");
    world.drain();
    world.pass(5);
    assert!(world.papers()[0].contains("ΑΠΟΔΕΙΞΗ ΛΙΑΝΙΚΗΣ ΠΩΛΗΣΗΣ"), "{}", world.papers()[0]);
    check_no_registry(&mut world);
    world.check();
}

/// Two carpets and a duvet: fetched in two goes, paid in between, the process killed before each.
#[test]
fn things_are_fetched_in_parts_and_never_before_they_are_paid() {
    let mut world = weighing();
    let id = adds(&mut world, None, "CARPET", CARPET, 2);
    says(&mut world, ScaleReading::Stable { grams: 12_800 });
    adds(&mut world, Some(id), "DUVET", DUVET, 1);
    let early = wont(&mut world, hand_over(id, &[(0, 1)]));
    assert_eq!(early, OrderRefusal::Step(OrderStepRefused::NotTakenIn));
    take_in(&mut world, id, Some("2026-03-20"));
    assert!(world.papers()[0].contains("2 x 2,40 x 1,70 m"), "{}", world.papers()[0]);
    world.crash();
    assert_eq!(world.act(Input::Order(OrderInput::Finish { order: id, operator: person("B") })), []);
    let owed = wont(&mut world, hand_over(id, &[(0, 1)]));
    assert_eq!(owed, OrderRefusal::NotPaid { due: Cents(8_718) }, "two carpets of a size and a duvet");
    assert_eq!(pays(&mut world, id, &[cash("90.00")]), Cents(282));
    world.crash();
    for wrong in [&[][..], &[(0, 0)], &[(0, 3)], &[(2, 1)], &[(0, 1), (0, 1)]] {
        assert_eq!(wont(&mut world, hand_over(id, wrong)), OrderRefusal::NotHere, "{wrong:?}");
    }
    assert_eq!(world.act(hand_over(id, &[(0, 1)])), []);
    let left = order(&mut world, id);
    assert_eq!((left.here(), left.pieces(), &left.state), (2, 3, &OrderState::Ready));
    world.crash();
    world.clock("09:00");
    assert_eq!(world.act(hand_over(id, &[(0, 1), (1, 1)])), []);
    assert_eq!(order(&mut world, id).state, OrderState::Done { at: at("09:00") });
    world.drain();
    check_no_registry(&mut world);
    world.check();
}

/// Keeping things is charged for where the owner says so, once for each day, and by the document of the day it is paid on.
#[test]
fn what_nobody_fetches_costs_by_the_day() {
    let practice = Config::practice(Trade::Wash).expect("practice is good").settings;
    assert!(!practice.storage.is_on(), "off unless the owner says otherwise");
    let rule = StorageRule { free_days: 1, per_day: Cents(50) };
    let mut world = weighing_with(Settings { storage: rule, ..practice });
    let id = adds(&mut world, None, "CARPET", CARPET, 2);
    take_in(&mut world, id, Some("2026-03-15"));
    assert_eq!(pays(&mut world, id, &[cash("56.30")]), Cents::ZERO, "paid at the intake");
    assert!(world.papers()[0].contains("0,50"), "the slip says what keeping costs:\n{}", world.papers()[0]);
    let day = 24 * 3600;
    world.pass(2 * day);
    assert_eq!(world.act(hand_over(id, &[(0, 1)])), [], "the 16th is free");
    world.pass(3 * day);
    let owed = wont(&mut world, hand_over(id, &[(0, 1)]));
    assert_eq!(owed, OrderRefusal::NotPaid { due: Cents(150) }, "17th, 18th and 19th");
    assert_eq!(pays(&mut world, id, &[cash("1.50")]), Cents::ZERO);
    assert_eq!(
        wont(&mut world, pay(id, &[cash("1.50")])),
        OrderRefusal::NothingOwed,
        "not twice for the same days"
    );
    assert_eq!(world.act(hand_over(id, &[(0, 1)])), []);
    let documents = world.documents();
    let sums: Vec<_> = documents.iter().map(|document| document.totals.gross).collect();
    assert_eq!(sums, [5_630, 150].map(Cents));
    world.drain();
    world.check();
}

/// A linked card pays an order as it pays a visit: asked once, written down before, and the payment goes on by itself.
#[test]
fn a_linked_card_pays_an_order() {
    let mut world = World::wash();
    let device = DeviceId::only(DeviceKind::CardTerminal);
    world.act(Input::Device(DeviceInput::Attached { device, address: Text::new("sim:") }));
    let id = adds(&mut world, None, "FRESH", HowMuch::Pieces, 2);
    let linked = Tender::CardLinked { amount: Cents(700), tip: Cents::ZERO, session: None };
    assert_eq!(world.act(pay(id, &[linked])), []);
    let session = CardSession(1);
    assert_eq!(world.site().state().charges[&session].subject, Subject::Order(id));
    let approval = Box::new(CardApproval { amount: Cents(700), ..CardApproval::default() });
    let said =
        world.act(Input::Card(CardInput::Reported { session, outcome: CardOutcome::Approved { approval } }));
    assert!(matches!(said.as_slice(), [Notice::Paid { .. }, ..]), "{said:?}");
    assert_eq!(order(&mut world, id).state, OrderState::Done { at: at("08:00") });
    assert!(world.site().state().charges.is_empty());
    world.check();
}

#[test]
fn a_discount_needs_its_right_and_a_cancellation_too() {
    let mut world = World::wash();
    let id = adds(&mut world, None, "CARPET", CARPET, 1);
    let amount = DiscountAmount::Amount(Cents(215));
    let give = |by| {
        Input::Order(OrderInput::Discount {
            order: id, amount, reason: "γειτόνισσα".to_owned(), by
        })
    };
    assert_eq!(world.act(give(alone())), [Notice::NeedsRight(Right::SmallDiscount)]);
    assert_eq!(world.act(give(with_chief())), []);
    assert_eq!(order(&mut world, id).unpaid().totals().gross, Cents(2_600));
    take_in(&mut world, id, None);
    let cancel =
        |reason: &str, by| Input::Order(OrderInput::Cancel { order: id, reason: reason.to_owned(), by });
    assert_eq!(refused(&mut world, cancel(" ", with_chief())), Refusal::ReasonMissing);
    assert_eq!(world.act(cancel("το πήρε πίσω", alone())), [Notice::NeedsRight(Right::CorrectEntry)]);
    assert_eq!(world.act(cancel("το πήρε πίσω", with_chief())), []);
    assert!(matches!(order(&mut world, id).state, OrderState::Cancelled { .. }));
    let paid = adds(&mut world, None, "FRESH", HowMuch::Pieces, 1);
    let given_up =
        world.act(Input::Order(OrderInput::Cancel { order: paid, reason: String::new(), by: alone() }));
    assert_eq!(given_up, [], "what was only written down is thrown away by whoever wrote it");
    assert!(world.site().state().orders.is_empty());
    world.check();
}

#[test]
fn an_invoice_is_for_a_business_and_visits_and_orders_share_their_numbers() {
    let mut world = World::wash();
    let visit = world.comes("ΙΗΖ-4821", tameio::domain::catalogue::Size::Small);
    let id = adds(&mut world, None, "CARPET", CARPET, 1);
    let after = world.comes("ΙΗΖ-4822", tameio::domain::catalogue::Size::Small);
    let numbers = [
        world.visit(visit).reference.number,
        order(&mut world, id).reference.number,
        world.visit(after).reference.number,
    ];
    assert_eq!(numbers, [1, 2, 3], "a reference names one thing");
    let invoice = |afm: &str| {
        Input::Order(OrderInput::Pay {
            order: id,
            tenders: vec![Tender::OnAccount { amount: Cents(2_815) }],
            invoice_to: Some(("GR".to_owned(), afm.to_owned())),
            operator: person("A"),
        })
    };
    assert!(matches!(refused(&mut world, invoice("999999990")), Refusal::TaxNumber(_)));
    assert!(matches!(world.act(invoice("999999981")).as_slice(), [Notice::Paid { .. }, ..]));
    let owed = pay(id, &[Tender::OnAccount { amount: Cents(2_815) }]);
    assert_eq!(wont(&mut world, owed), OrderRefusal::NothingOwed);
    world.crash();
    assert_eq!(order(&mut world, id).here(), 1, "paid, and still here");
}
