//! What is sent when: new arrivals first, one visit's messages one after another, and each keeps its place.

use super::{Till, arrival, by_chief, exterior, settings, tries};
use jiff::SignedDuration;
use tameio::app::effect::Effect;
use tameio::app::input::{DocumentInput, Input, RegistryInput};
use tameio::domain::entry::{Found, Heard, Hindrance, Message, MessageKind, MessageState, ServiceCategory};
use tameio::domain::ids::{MessageId, VisitId};
use tameio::domain::settings::Settings;
use tameio::domain::text::Text;
use tameio::domain::time::Stamp;
use tameio::store::query;

fn refused(code: &str) -> Heard {
    Heard::Refused { code: code.to_owned(), why: Text::new("όχι") }
}

fn lost() -> Heard {
    Heard::Lost { why: Text::new("η σύνδεση έπεσε") }
}

fn never_left() -> Heard {
    Heard::NeverLeft { why: Text::new("χωρίς δίκτυο") }
}

fn messages(till: &Till, visit: VisitId) -> Vec<Message> {
    let visit = query::visit(till.sql(), visit).expect("it can be read").expect("it is there");
    query::messages_of(till.sql(), &visit).expect("they can be read")
}

fn states(till: &Till, visit: VisitId) -> Vec<(MessageKind, MessageState)> {
    messages(till, visit).into_iter().map(|message| (message.told.kind(), message.state)).collect()
}

fn message(till: &Till, visit: VisitId, kind: MessageKind) -> MessageId {
    messages(till, visit).into_iter().rfind(|message| message.told.kind() == kind).expect("there is one").id
}

/// The answers to everything sent until nothing more is; the kinds in the order they were sent.
fn accept_all(till: &mut Till, effects: Vec<Effect>) -> Vec<MessageKind> {
    let (mut waiting, mut sent, mut id) = (tries(&effects), Vec::new(), 1_000);
    while let Some(one) = waiting.pop() {
        sent.push(one.2);
        id += 1;
        let more = till.hear(one, Heard::Accepted { id });
        waiting.extend(tries(&more));
        till.check();
    }
    sent
}

const WHOLE: [MessageKind; 4] =
    [MessageKind::Create, MessageKind::Update, MessageKind::Complete, MessageKind::Correlate];

#[test]
fn one_visits_messages_go_one_after_another() {
    let mut till = Till::new();
    let effects = till.whole_visit("ΙΗΖ-4821");
    assert_eq!(tries(&effects).len(), 1, "the create alone");
    let visit = till.terminal.store().message(tries(&effects)[0].0).expect("a row").expect("a message").visit;
    let document = *till.terminal.state().unnamed.keys().next().expect("it waits for its name");
    let mark = tameio::app::input::TypedName::Mark { mark: "400001234567890".to_owned() };
    till.act(Input::Document(DocumentInput::Name { document, name: mark, even_if_different: false }));
    assert_eq!(accept_all(&mut till, effects), WHOLE);
    assert_eq!(states(&till, visit), WHOLE.map(|kind| (kind, MessageState::Confirmed)));
}

#[test]
fn a_new_arrival_goes_before_the_backlog_and_alone_while_the_line_is_bad() {
    let mut till = Till::new();
    let mut in_air = tries(&till.open("ΙΗΖ-4821").1);
    for number in 1_000..1_010 {
        for one in in_air {
            till.hear(one, never_left());
        }
        till.pass(61);
        in_air = tries(&till.open(&format!("ΙΗΖ-{number}")).1);
        let first = till.terminal.store().message(in_air[0].0).expect("a row").expect("a message").visit;
        assert_eq!(
            till.terminal.state().visits[&first].plate.text,
            format!("IHZ{number}"),
            "the new one first"
        );
        assert!(number < 1_005 || in_air.len() == 1, "after many failures one probe at a time");
    }
    till.check();
}

#[test]
fn a_good_line_is_used_four_times_at_once_and_no_more() {
    let mut till = Till::new();
    let first = tries(&till.open("ΙΗΖ-4821").1);
    let (mut in_air, mut most) = (first, 0);
    for number in 1_000..1_020 {
        in_air.extend(tries(&till.open(&format!("ΙΗΖ-{number}")).1));
        most = most.max(in_air.len());
    }
    assert_eq!((in_air.len(), most), (4, 4));
    let more = till.hear(in_air[0], Heard::Accepted { id: 1 });
    assert_eq!(tries(&more).len(), 1, "one landed, one starts");
}

/// Two complete look-ups that find nothing, a minute apart, allow one more try; never an answer alone.
#[test]
fn an_unknown_is_asked_about_twice_before_one_more_try() {
    let mut till = Till::new();
    let (visit, effects) = till.open("ΙΗΖ-4821");
    let create = tries(&effects)[0];
    till.hear(create, lost());
    let mut looked = Vec::new();
    for _ in 0..200 {
        till.pass(1);
        let effects = till.act(Input::Tick);
        if effects.iter().any(|effect| matches!(effect, Effect::LookUp { .. })) {
            looked.push(till.now);
            assert_eq!(states(&till, visit), [(MessageKind::Create, MessageState::Unknown)]);
            let after = till
                .act(Input::Registry(RegistryInput::LookedUp { message: create.0, found: Found::Absent }));
            assert_eq!(tries(&after).len(), usize::from(looked.len() == 2));
        }
        till.check();
    }
    assert_eq!(looked.len(), 2);
    assert!(looked[1].seconds_since(&looked[0]) >= 60);
    assert_eq!(states(&till, visit), [(MessageKind::Create, MessageState::Sending)]);
}

#[test]
fn a_look_up_that_could_not_read_everything_proves_nothing() {
    let mut till = Till::new();
    let (visit, effects) = till.open("ΙΗΖ-4821");
    let create = tries(&effects)[0];
    till.hear(create, lost());
    let mut looked = 0;
    for _ in 0..500 {
        till.pass(10);
        if till.act(Input::Tick).iter().any(|effect| matches!(effect, Effect::LookUp { .. })) {
            looked += 1;
            let found =
                Found::Incomplete { why: Text::new("κόπηκε"), token: None, hindrance: Hindrance::Link };
            assert_eq!(
                tries(&till.act(Input::Registry(RegistryInput::LookedUp { message: create.0, found }))),
                []
            );
        }
    }
    assert!(looked > 5, "it goes on asking: {looked}");
    assert_eq!(states(&till, visit), [(MessageKind::Create, MessageState::Unknown)]);
    till.check();
}

/// A long listing over a bad line: what was read need not be read again. What is begun anew is the second look-up, and one
/// at a page that the listing seems to have forgotten.
#[test]
fn a_look_up_goes_on_where_it_broke_off() {
    let mut till = Till::new();
    let create = tries(&till.open("ΙΗΖ-4821").1)[0];
    till.hear(create, lost());
    let next_page = |till: &mut Till| loop {
        till.pass(10);
        let looking = till.act(Input::Tick).into_iter().find_map(|effect| match effect {
            Effect::LookUp { sought, .. } => Some(sought.token),
            _ => None,
        });
        if let Some(token) = looking {
            return token;
        }
    };
    let breaks_off = |till: &mut Till, at: &str| {
        let (why, hindrance) = (Text::new("κόπηκε"), Hindrance::Link);
        let found = Found::Incomplete { why, token: Some(at.to_owned()), hindrance };
        till.act(Input::Registry(RegistryInput::LookedUp { message: create.0, found }));
    };
    assert_eq!(next_page(&mut till), None);
    breaks_off(&mut till, "2");
    assert_eq!(next_page(&mut till).as_deref(), Some("2"));
    breaks_off(&mut till, "3");
    for _ in 0..19 {
        assert_eq!(next_page(&mut till).as_deref(), Some("3"));
        breaks_off(&mut till, "3");
    }
    assert_eq!(next_page(&mut till), None, "twenty failures at one page");
    breaks_off(&mut till, "2");
    assert_eq!(next_page(&mut till).as_deref(), Some("2"));
    till.act(Input::Registry(RegistryInput::LookedUp { message: create.0, found: Found::Absent }));
    assert_eq!(next_page(&mut till), None, "the second reads everything");
    till.check();
}

#[test]
fn an_answer_that_comes_twice_changes_nothing() {
    let mut till = Till::new();
    let (_, effects) = till.open("ΙΗΖ-4821");
    let create = tries(&effects)[0];
    till.hear(create, lost());
    till.pass(3_600);
    let looking = till.act(Input::Tick);
    assert!(looking.iter().any(|effect| matches!(effect, Effect::LookUp { .. })));
    let before = till.terminal.state().durable();
    for late in [Heard::Accepted { id: 5 }, refused("101"), lost(), never_left()] {
        assert_eq!(till.hear(create, late), [], "the try was given up; the look-up will tell");
    }
    assert_eq!(till.terminal.state().durable(), before);
    till.check();
}

/// A refused message told again keeps its place: what follows it waits, and then goes after it.
#[test]
fn a_refused_create_told_again_still_goes_first() {
    let mut till = Till::new();
    let effects = till.whole_visit("ΙΗΖ-4821");
    let create = tries(&effects)[0];
    let visit = till.terminal.store().message(create.0).expect("a row").expect("a message").visit;
    assert_eq!(tries(&till.hear(create, refused("101"))), [], "what follows waits");
    let again = till.act(Input::Registry(RegistryInput::TellAgain { message: create.0 }));
    till.check();
    assert_eq!(tries(&again), [(create.0, 2, MessageKind::Create)]);
    assert_eq!(accept_all(&mut till, again), WHOLE[..3]);
    assert!(states(&till, visit).iter().all(|(_, state)| *state == MessageState::Confirmed));
}

#[test]
fn a_refused_message_put_aside_needs_a_right_and_lets_the_next_go() {
    let mut till = Till::new();
    let effects = till.whole_visit("ΙΗΖ-4821");
    let create = tries(&effects)[0];
    let visit = till.terminal.store().message(create.0).expect("a row").expect("a message").visit;
    let update = tries(&till.hear(create, Heard::Accepted { id: 9 }))[0];
    till.hear(update, refused("216"));
    let alone = tameio::app::input::By { operator: super::person("A"), approved_by: None };
    till.act(Input::Registry(RegistryInput::PutAside { message: update.0, by: alone }));
    assert_eq!(
        states(&till, visit)[1],
        (MessageKind::Update, MessageState::Rejected),
        "not by the cashier alone"
    );
    let next = till.act(Input::Registry(RegistryInput::PutAside { message: update.0, by: by_chief() }));
    assert_eq!(tries(&next)[0].2, MessageKind::Complete);
    assert_eq!(states(&till, visit)[1], (MessageKind::Update, MessageState::Withdrawn));
    till.check();
}

/// The wrong branch in the settings: put right, the refused arrival is told with the right one, in its place.
#[test]
fn a_refused_message_is_told_again_as_the_facts_are_now() {
    let wrong = Settings { branch: 7, ..settings() };
    let mut till = Till::with(wrong);
    let (visit, effects) = till.open("ΙΗΖ-4821");
    let create = tries(&effects)[0];
    till.hear(create, refused("205"));
    till.act(exterior(visit));
    let mut till = till.with_other_settings(settings());
    till.act(Input::Started { version: "0".to_owned() });
    let again = till.act(Input::Registry(RegistryInput::TellAgain { message: create.0 }));
    let branch = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Exchange { request, .. } => {
                let body = String::from_utf8(request.body.clone()).expect("text");
                let (_, rest) = body.split_once("<branch>")?;
                rest.split_once('<').map(|(branch, _)| branch.to_owned())
            }
            _ => None,
        })
    };
    assert_eq!((branch(&effects).as_deref(), branch(&again).as_deref()), (Some("7"), Some("0")));
    let next = till.hear(tries(&again)[0], Heard::Accepted { id: 9 });
    assert_eq!(tries(&next)[0].2, MessageKind::Update, "what waited behind it follows");
    assert_eq!(messages(&till, visit).len(), 2, "and nothing is told twice");
    till.check();
}

/// A refused kind of service: choosing the right one puts it right, and nothing waits behind it for ever.
#[test]
fn choosing_the_service_anew_puts_a_refused_one_right() {
    let mut till = Till::new();
    let (visit, effects) = till.open("ΙΗΖ-4821");
    till.act(exterior(visit));
    let update = tries(&till.hear(tries(&effects)[0], Heard::Accepted { id: 9 }))[0];
    till.hear(update, refused("216"));
    let told = Input::TellService { visit, category: Some(ServiceCategory::ByAgreement), amount: None };
    let again = tries(&till.act(told));
    assert_eq!(again.iter().map(|(message, n, _)| (*message, *n)).collect::<Vec<_>>(), [(update.0, 2)]);
    assert_eq!(till.terminal.state().outbox.rejected, 0);
    till.check();
}

#[test]
fn only_what_was_refused_can_be_told_again() {
    let mut till = Till::new();
    let (visit, _) = till.open("ΙΗΖ-4821");
    let create = message(&till, visit, MessageKind::Create);
    let before = till.terminal.state().durable();
    till.act(Input::Registry(RegistryInput::TellAgain { message: create }));
    till.act(Input::Registry(RegistryInput::TellAgain { message: MessageId(uuid::Uuid::nil()) }));
    assert_eq!(till.terminal.state().durable(), before);
}

#[test]
fn the_oldest_unsent_message_is_known() {
    let mut till = Till::new();
    let since = till.now;
    let first = tries(&till.open("ΙΗΖ-4821").1);
    till.hear(first[0], never_left());
    till.pass(7_200);
    till.act(arrival("ΙΗΖ-4822"));
    assert_eq!(till.terminal.state().live.oldest, Some(since));
}

#[test]
fn every_try_is_kept_with_its_bytes_before_it_leaves() {
    let mut till = Till::new();
    let effects = till.open("ΙΗΖ-4821").1;
    let Some(Effect::Exchange { message, n, request, .. }) =
        effects.iter().find(|e| matches!(e, Effect::Exchange { .. }))
    else {
        panic!("nothing was sent: {effects:?}")
    };
    let kept: String = till
        .sql()
        .query_row(
            "SELECT CAST(request AS TEXT) FROM requests WHERE message = ?1 AND n = ?2",
            (message.0, n),
            |row| row.get(0),
        )
        .expect("it is kept");
    assert_eq!(kept, request.archived());
}

#[test]
fn what_is_due_is_asked_by_time_and_bounded() {
    let mut till = Till::new();
    for number in 1_000..1_010 {
        till.open(&format!("ΙΗΖ-{number}"));
        till.pass(60);
    }
    let store = till.terminal.store();
    for limit in 0..=5u8 {
        let due = store.due(till.now, till.now, till.now, limit).expect("it can be read");
        assert_eq!(due.send.len() + due.ask.len(), usize::from(limit));
        assert!(due.send.is_sorted_by_key(|item| item.message.queued), "the oldest first");
    }
    let minutes_ago = Stamp::new(till.now.utc - SignedDuration::from_mins(2));
    let newest = store.due(till.now, minutes_ago, till.now, 2).expect("it can be read").send;
    assert!(newest.iter().all(|item| item.message.queued >= minutes_ago), "fresh ones go first");
}
