//! The barrier: opened with a reason, reported as it is known, and seen when nobody had asked.

use super::{BACK, Desk, GONE, configured};
use crate::folder::Folder;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use tameio::app::clock;
use tameio::app::effect::Notice;
use tameio::app::input::{DeviceInput, Input};
use tameio::app::refusal::Refusal;
use tameio::domain::device::{BarrierOpening, Condition, DeviceId, DeviceKind};
use tameio::domain::event::Event;
use tameio::store::journal;
use tameio_drivers::relay::modbus::Framing;
use tameio_drivers::relay::sim::{ModbusDevice, SimBoard};

/// A board that speaks Modbus on a socket.
fn board() -> (SimBoard, SocketAddr) {
    let board = SimBoard::default();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let at = listener.local_addr().expect("an address");
    let served = board.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut device = ModbusDevice::new(served.clone(), Framing::Tcp, 1);
            std::thread::spawn(move || {
                let mut bytes = [0; 64];
                while let Ok(count @ 1..) = stream.read(&mut bytes) {
                    if stream.write_all(&device.hear(&bytes[..count])).is_err() {
                        return;
                    }
                }
            });
        }
    });
    (board, at)
}

fn exit() -> DeviceId {
    DeviceId::named(DeviceKind::Barrier, "exit").expect("a name")
}

fn open(reason: &str) -> Input {
    Input::Device(DeviceInput::OpenBarrier {
        device: exit(),
        visit: None,
        reason: reason.to_owned(),
        operator: crate::world::person("A"),
    })
}

fn events(folder: &Folder) -> Vec<Event> {
    let terminal = tameio::config::Config::practice(tameio::domain::settings::Trade::Wash)
        .expect("practice is good")
        .settings
        .terminal;
    let conn = tameio::store::open_reader(&folder.path().join("data")).expect("the database");
    let mut events = Vec::new();
    journal::each(&conn, &terminal, 0, |entry| {
        events.push(entry.event()?);
        Ok(())
    })
    .expect("the journal can be read");
    events
}

#[test]
fn a_barrier_opens_with_a_reason_and_what_became_of_it_is_kept() {
    let folder = Folder::new();
    let (board, at) = board();
    let address = format!("tcp://{at}?board=modbus&relay=2&pulse=100&seen=1");
    let desk = Desk::open(folder.path(), configured(&[("barrier.exit", &address)]));
    desk.until_is(BACK, &exit(), &Condition::Ready);
    desk.until(BACK, "it is seen down", |state| state.live.barriers_up.get(&exit()) == Some(&false));
    desk.send(open(" "));
    let refused = desk.said.recv_timeout(GONE).expect("something is said");
    assert!(matches!(refused, Notice::Refused(Refusal::ReasonMissing)), "{refused:?}");
    // The barrier rises while its contact is closed.
    let rises = board.clone();
    std::thread::spawn(move || {
        while rises.contacts().on & 2 == 0 {
            clock::wait(Duration::from_millis(5));
        }
        rises.change(|contacts| contacts.inputs = 1);
    });
    desk.send(open("δοκιμή"));
    desk.until(BACK, "it is seen up", |state| state.live.barriers_up.get(&exit()) == Some(&true));
    assert!(desk.said.try_recv().is_err(), "what was asked for and seen is nothing to say");
    assert_eq!(board.contacts().on, 0, "the contact is open again");
    desk.close();
    let told = events(&folder);
    assert!(
        told.iter()
            .any(|event| matches!(event, Event::BarrierAsked { reason, .. } if reason.as_str() == "δοκιμή"))
    );
    let opened =
        |event: &Event| matches!(event, Event::BarrierReported { opening: BarrierOpening::SeenOpen, .. });
    assert_eq!(told.iter().filter(|event| opened(event)).count(), 1);
    assert!(!told.iter().any(|event| matches!(event, Event::BarrierOpenedUnasked { .. })));
}

#[test]
fn a_barrier_that_goes_up_by_itself_is_an_event_and_is_said() {
    let folder = Folder::new();
    let (board, at) = board();
    let address = format!("tcp://{at}?board=modbus&seen=1");
    let desk = Desk::open(folder.path(), configured(&[("barrier.exit", &address)]));
    desk.until(BACK, "it is seen down", |state| state.live.barriers_up.get(&exit()) == Some(&false));
    board.change(|contacts| contacts.inputs = 1);
    let said = desk.said.recv_timeout(GONE).expect("it is said");
    assert!(matches!(said, Notice::BarrierUp { .. }), "{said:?}");
    desk.close();
    assert!(events(&folder).iter().any(|event| matches!(event, Event::BarrierOpenedUnasked { .. })));
}

#[test]
fn an_opening_that_nobody_answered_is_said_to_be_unsure_and_not_repeated() {
    let folder = Folder::new();
    let (board, at) = board();
    let address = format!("tcp://{at}?board=modbus&pulse=100");
    let desk = Desk::open(folder.path(), configured(&[("barrier.exit", &address)]));
    desk.until_is(BACK, &exit(), &Condition::Ready);
    let before = board.contacts().log.len();
    board.change(|contacts| contacts.lost_answers = 1);
    desk.send(open("δοκιμή"));
    let said = desk.said.recv_timeout(BACK).expect("it is said");
    assert!(matches!(said, Notice::Barrier { opening: BarrierOpening::Unknown, .. }), "{said:?}");
    desk.close();
    let on = board.contacts().log[before..].iter().filter(|(_, on)| *on).count();
    assert_eq!(on, 1, "told once");
}
