//! Money of a sale without a vehicle goes back as any other: void before anybody was told and nothing was handed over, by a
//! credit afterwards.

use crate::world::{World, alone, card, cash, person};
use tameio::app::effect::Notice;
use tameio::app::input::{AddToOrder, By, DocumentInput, HowMuch, Input, OrderInput, TillInput, TypedName};
use tameio::app::refusal::Refusal;
use tameio::config::Config;
use tameio::domain::document::{Document, IssuedFor};
use tameio::domain::ids::OrderId;
use tameio::domain::money::Cents;
use tameio::domain::order::{Fetched, Order, OrderState, Owner};
use tameio::domain::payment::Tender;
use tameio::domain::sale::DiscountAmount;
use tameio::domain::settings::{IssuerKind, Settings, Trade};
use tameio::domain::text::Text;
use tameio::store::query;

/// A wash whose receipts come from its own fiscal machine, with a float in the drawer.
fn world() -> World {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let mut world = World::with(Settings { issuer: IssuerKind::TypedFim, ..settings });
    let open = TillInput::OpenShift { float: Cents(10_000), operator: person("A") };
    world.act(Input::Till(open));
    world
}

fn adds(world: &mut World, item: &str, how_much: HowMuch, pieces: u32) -> OrderId {
    let (item, defects) = (item.to_owned(), String::new());
    let add = AddToOrder { order: None, item, how_much, pieces, defects, by: alone() };
    match world.act(Input::Order(OrderInput::Add(add))).as_slice() {
        [Notice::OrderOpened { order }] => *order,
        other => panic!("{other:?}"),
    }
}

fn pays(world: &mut World, order: OrderId, tenders: &[Tender]) -> Document {
    let (tenders, operator) = (tenders.to_vec(), person("A"));
    let said = world.act(Input::Order(OrderInput::Pay { order, tenders, invoice_to: None, operator }));
    assert!(matches!(said.first(), Some(Notice::Paid { .. })), "{said:?}");
    world.documents().into_iter().next_back().expect("it was paid")
}

fn void(document: &Document, reason: &str) -> Input {
    Input::Document(DocumentInput::Void { document: document.id, reason: reason.to_owned(), by: alone() })
}

fn order(world: &mut World, id: OrderId) -> Order {
    query::order(world.site().terminal().store().connection(), id).expect("it is read").expect("it is there")
}

fn held(world: &mut World) -> Cents {
    world.site().state().shift.as_ref().expect("a shift").expected_cash()
}

/// Two air fresheners over the counter, paid in cash by mistake: void, and paid by card.
#[test]
fn a_sale_over_the_counter_is_made_void_and_paid_anew() {
    let mut world = world();
    world.clock("10:00");
    let sale = adds(&mut world, "FRESH", HowMuch::Pieces, 2);
    let wrong = pays(&mut world, sale, &[cash("10.00")]);
    assert!(matches!(order(&mut world, sale).state, OrderState::Done { .. }));
    assert_eq!(held(&mut world), Cents(10_700));
    assert_eq!(world.act(void(&wrong, "")), [Notice::Refused(Refusal::ReasonMissing)]);
    let said = world.act(void(&wrong, "λάθος τρόπος"));
    assert_eq!(said, [Notice::Voided { document: wrong.id, cash: Cents(700), card: Cents::ZERO }]);
    assert_eq!(held(&mut world), Cents(10_000));
    let again = order(&mut world, sale);
    assert_eq!((again.state.clone(), again.unpaid().totals().gross), (OrderState::Open, Cents(700)));
    assert!(world.site().state().orders.contains_key(&sale), "it is on the list");
    assert_eq!(world.act(void(&wrong, "ξανά")), [Notice::Refused(Refusal::NotVoidable)], "the second press");
    let right = pays(&mut world, sale, &[card("7.00")]);
    assert_eq!((wrong.number, right.number), (1, 2), "the void one keeps its number");
    // … or nobody wants it after all.
    world.act(void(&right, "δεν το θέλει"));
    let cancel = OrderInput::Cancel { order: sale, reason: String::new(), by: alone() };
    assert_eq!(world.act(Input::Order(cancel)), []);
    assert!(matches!(order(&mut world, sale).state, OrderState::Cancelled { .. }));
    let figures = &world.site().state().shift.as_ref().expect("a shift").figures.clone();
    assert_eq!((figures.voids, figures.voided, figures.gross), (2, Cents(1_400), Cents::ZERO));
    world.drain();
    world.check();
}

/// A carpet that is here is owed again, with its discount; one that was fetched is not: that takes a credit.
#[test]
fn what_was_handed_over_is_taken_back_by_a_credit_alone() {
    let mut world = world();
    world.clock("10:00");
    let carpet = adds(&mut world, "CARPET", HowMuch::Size { length_cm: 240, width_cm: 170 }, 1);
    let by = By { operator: person("A"), approved_by: Some(person("chief")) };
    let (amount, reason) = (DiscountAmount::Amount(Cents(215)), "λεκές".to_owned());
    assert_eq!(world.act(Input::Order(OrderInput::Discount { order: carpet, amount, reason, by })), []);
    let owner = Owner { name: Text::new("Κυρία Άννα"), phone: Text::default() };
    let take_in = OrderInput::TakeIn { order: carpet, owner, promised: None, operator: person("A") };
    assert_eq!(world.act(Input::Order(take_in)), []);
    let first = pays(&mut world, carpet, &[cash("26.00")]);
    let said = world.act(void(&first, "λάθος"));
    assert!(matches!(said.first(), Some(Notice::Voided { cash: Cents(2_600), .. })), "{said:?}");
    let owed = order(&mut world, carpet);
    assert_eq!((owed.state.clone(), owed.unpaid().totals().gross), (OrderState::Waiting, Cents(2_600)));
    let second = pays(&mut world, carpet, &[cash("26.00")]);
    let fetched = vec![Fetched { line: 0, pieces: 1 }];
    let hand_over = OrderInput::HandOver { order: carpet, fetched, operator: person("A") };
    assert_eq!(world.act(Input::Order(hand_over)), []);
    assert_eq!(world.act(void(&second, "λάθος")), [Notice::Refused(Refusal::NotVoidable)]);
    // The fiscal machine's receipt is named, and then a credit takes it back.
    let at = Some("2026-03-14T10:05:00".parse().expect("an instant"));
    let name = TypedName::Fim { machine: "ABC12345678".to_owned(), number: "77".to_owned(), at };
    let named = DocumentInput::Name { document: second.id, name, even_if_different: false };
    assert_eq!(world.act(Input::Document(named)), []);
    let refund = DocumentInput::Refund {
        document: second.id,
        amount: Some(Cents(1_000)),
        tenders: vec![cash("10.00")],
        reason: "ζημιά".to_owned(),
        by: By { operator: person("A"), approved_by: Some(person("owner")) },
    };
    let said = world.act(Input::Document(refund));
    assert!(matches!(said.first(), Some(Notice::Refunded { amount: Cents(1_000), .. })), "{said:?}");
    let credit = world.documents().into_iter().find(Document::is_credit).expect("a credit");
    assert_eq!(credit.issued_for, IssuedFor::Order { order: carpet });
    let conn = world.site().terminal().store().connection();
    let found = query::documents_found(conn, &first.reference.number.to_string(), &["A", "AC"]);
    let of_it = found.expect("they are read").into_iter().filter(|one| one.reference == first.reference);
    assert_eq!(of_it.count(), 3, "found by the number on the slip");
    world.drain();
    world.check();
}
