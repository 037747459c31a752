//! Relays and the barrier behind one: the bytes, the proof, and a contact that never stays closed.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tameio_drivers::printer::Fault;
use tameio_drivers::printer::link::{Connect, Link};
use tameio_drivers::relay::address;
use tameio_drivers::relay::boards::{Kind, MuteBoard};
use tameio_drivers::relay::modbus::{Answer, Framing, ModbusBoard};
use tameio_drivers::relay::sim::{ModbusDevice, SimBoard};
use tameio_drivers::relay::{Board, Opening, Proof, Pulse, PulseSettings, RelayAddress, RelayFault};

/// A line that keeps what was said on it.
#[derive(Clone, Default)]
struct Tape(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl Tape {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Connect for Tape {
    fn open(&self) -> Result<Box<dyn Link>, Fault> {
        Ok(Box::new(self.clone()))
    }
}

impl Link for Tape {
    fn send(&mut self, bytes: &[u8], _wait: Duration) -> Result<usize, Fault> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn receive(&mut self, _buffer: &mut [u8], _wait: Duration) -> Result<usize, Fault> {
        Ok(0)
    }

    fn drain(&mut self, _wait: Duration) -> Result<(), Fault> {
        Ok(())
    }
}

#[test]
fn boards_that_say_nothing_get_their_bytes() {
    let said = |kind, relay, on| {
        let tape = Tape::default();
        let outcome = MuteBoard::new(kind, Box::new(tape.clone())).switch(relay, on);
        outcome.map(|proof| (proof, tape.take()))
    };
    assert_eq!(said(Kind::Lcus, 1, true), Ok((Proof::None, vec![0xA0, 1, 1, 0xA2])));
    assert_eq!(said(Kind::Lcus, 1, false), Ok((Proof::None, vec![0xA0, 1, 0, 0xA1])));
    assert_eq!(said(Kind::Lcus, 2, true), Ok((Proof::None, vec![0xA0, 2, 1, 0xA3])));
    assert_eq!(said(Kind::Hw667, 1, true), Ok((Proof::None, vec![0xAA])));
    assert_eq!(said(Kind::Hw667, 1, false), Ok((Proof::None, vec![0xBB])));
    assert_eq!(said(Kind::Hw667, 2, true), Err(RelayFault::NoSuchRelay(2)));
    assert_eq!(said(Kind::Icse { inverted: false }, 3, true), Ok((Proof::None, vec![0x50, 0x51, 0x04])));
    assert_eq!(said(Kind::Icse { inverted: true }, 1, true), Ok((Proof::None, vec![0x50, 0x51, 0xFE])));
    assert_eq!(said(Kind::Hid, 2, true), Ok((Proof::None, vec![0, 0xFF, 2, 0, 0, 0, 0, 0, 0])));
    assert_eq!(said(Kind::Hid, 2, false), Ok((Proof::None, vec![0, 0xFD, 2, 0, 0, 0, 0, 0, 0])));
}

#[test]
fn a_board_of_many_relays_keeps_the_others() {
    let tape = Tape::default();
    let mut board = MuteBoard::new(Kind::Icse { inverted: false }, Box::new(tape.clone()));
    for (relay, on) in [(1, true), (4, true), (1, false)] {
        board.switch(relay, on).unwrap();
    }
    assert_eq!(tape.take(), [0x50, 0x51, 0x01, 0x09, 0x08], "greeted once");
}

#[test]
fn modbus_frames_are_those_of_the_boards() {
    let rtu = |message: &[u8]| Framing::Rtu.frame(0, 1, message);
    assert_eq!(rtu(&[5, 0, 0, 0xFF, 0]), [0x01, 0x05, 0x00, 0x00, 0xFF, 0x00, 0x8C, 0x3A]);
    assert_eq!(rtu(&[5, 0, 0, 0, 0]), [0x01, 0x05, 0x00, 0x00, 0x00, 0x00, 0xCD, 0xCA]);
    assert_eq!(rtu(&[5, 0, 1, 0xFF, 0]), [0x01, 0x05, 0x00, 0x01, 0xFF, 0x00, 0xDD, 0xFA]);
    assert_eq!(rtu(&[1, 0, 0, 0, 8]), [0x01, 0x01, 0x00, 0x00, 0x00, 0x08, 0x3D, 0xCC]);
    assert_eq!(rtu(&[2, 0, 0, 0, 8]), [0x01, 0x02, 0x00, 0x00, 0x00, 0x08, 0x79, 0xCC]);
    assert_eq!(rtu(&[0x0F, 0, 0, 0, 8, 1, 0xFF])[7..], [0xFF, 0xBE, 0xD5]);
    assert_eq!(Framing::Tcp.frame(7, 1, &[5, 0, 0, 0xFF, 0]), [0, 7, 0, 0, 0, 6, 1, 5, 0, 0, 0xFF, 0]);
}

#[test]
fn an_answer_is_whole_incomplete_or_wrong() {
    let frame = Framing::Rtu.frame(0, 1, &[1, 1, 0x05]);
    for length in 0..frame.len() {
        assert_eq!(Framing::Rtu.read(0, 1, 1, &frame[..length]), Answer::Incomplete, "{length} bytes");
    }
    assert_eq!(Framing::Rtu.read(0, 1, 1, &frame), Answer::Data(vec![1, 5]));
    assert_eq!(Framing::Rtu.read(0, 2, 1, &frame), Answer::Wrong, "another unit's");
    let refusal = Framing::Rtu.frame(0, 1, &[0x85, 2]);
    assert_eq!(Framing::Rtu.read(0, 1, 5, &refusal), Answer::Refused(2));
    for bit in 0..frame.len() * 8 {
        let mut disturbed = frame.clone();
        disturbed[bit / 8] ^= 1 << (bit % 8);
        assert!(!matches!(Framing::Rtu.read(0, 1, 1, &disturbed), Answer::Data(_)), "bit {bit}");
    }
    let tcp = Framing::Tcp.frame(9, 1, &[5, 0, 0, 0xFF, 0]);
    assert_eq!(Framing::Tcp.read(9, 1, 5, &tcp), Answer::Data(vec![0, 0, 0xFF, 0]));
    assert_eq!(Framing::Tcp.read(8, 1, 5, &tcp), Answer::Wrong, "the answer to another question");
}

/// A virtual board on a real port.
fn modbus_tcp(sim: &SimBoard) -> ModbusBoard {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let sim = sim.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (mut device, mut bytes) = (ModbusDevice::new(sim.clone(), Framing::Tcp, 1), [0; 64]);
            while let Ok(count @ 1..) = stream.read(&mut bytes) {
                if stream.write_all(&device.hear(&bytes[..count])).is_err() {
                    break;
                }
            }
        }
    });
    ModbusBoard::new(Framing::Tcp, 1, Box::new(tameio_drivers::printer::tcp::Tcp::new("127.0.0.1", port)))
}

/// A virtual board on a real serial line.
#[cfg(unix)]
fn modbus_rtu(sim: &SimBoard) -> ModbusBoard {
    let (master, keep, path) = crate::bench::pseudo_terminal();
    let mut device = ModbusDevice::new(sim.clone(), Framing::Rtu, 1);
    std::thread::spawn(move || {
        let (mut file, mut bytes) = (std::fs::File::from(master), [0; 64]);
        while let Ok(count @ 1..) = file.read(&mut bytes) {
            file.write_all(&device.hear(&bytes[..count])).unwrap();
        }
        drop(keep);
    });
    let serial = tameio_drivers::printer::serial::Serial::new(
        &path.to_string_lossy(),
        9600,
        tameio_drivers::printer::address::Flow::None,
    );
    ModbusBoard::new(Framing::Rtu, 1, Box::new(serial))
}

/// What every board that answers must keep.
fn contract(sim: &SimBoard, board: &mut dyn Board) {
    assert_eq!(board.switch(2, true), Ok(Proof::Answered));
    assert_eq!((sim.contacts().on, board.is_on(2), board.is_on(1)), (0b10, Ok(Some(true)), Ok(Some(false))));
    sim.change(|contacts| contacts.inputs = 0b100);
    assert_eq!((board.input(3), board.input(1)), (Ok(Some(true)), Ok(Some(false))));
    assert_eq!(board.switch(2, false), Ok(Proof::Answered));
    assert_eq!(sim.contacts().on, 0);
    assert!(matches!(board.switch(9, true), Err(RelayFault::Refused(2) | RelayFault::NoSuchRelay(9))));
    sim.change(|contacts| contacts.lost_answers = 1);
    assert_eq!(board.switch(1, true), Err(RelayFault::Timeout), "it may be on, and that is not known");
    assert_eq!(board.switch(1, false), Ok(Proof::Answered), "the next one is heard again");
    let start = Instant::now();
    sim.change(|contacts| contacts.fault = Some(RelayFault::Timeout));
    assert_eq!(board.switch(1, true), Err(RelayFault::Timeout));
    assert!(start.elapsed() < Duration::from_secs(2));
    sim.change(|contacts| contacts.fault = None);
    assert_eq!(board.is_on(1), Ok(Some(false)));
}

#[test]
fn a_board_in_this_process() {
    let sim = SimBoard::default();
    contract(&sim, &mut sim.clone());
}

#[test]
fn a_board_over_tcp() {
    let sim = SimBoard::default();
    contract(&sim, &mut modbus_tcp(&sim));
}

#[cfg(unix)]
#[test]
fn a_board_on_a_serial_line() {
    let sim = SimBoard::default();
    contract(&sim, &mut modbus_rtu(&sim));
}

fn quick() -> PulseSettings {
    PulseSettings { closed: Duration::from_millis(30), interval: Duration::ZERO, ..PulseSettings::default() }
}

fn barrier(sim: &SimBoard, settings: PulseSettings) -> Pulse {
    let (pulse, off) = Pulse::new(Box::new(sim.clone()), settings);
    off.unwrap();
    pulse
}

#[test]
fn what_a_dead_program_left_on_is_switched_off_first() {
    let sim = SimBoard::default();
    sim.change(|contacts| contacts.on = 1);
    let mut barrier = barrier(&sim, quick());
    assert_eq!(sim.contacts().on, 0);
    let start = Instant::now();
    assert_eq!(barrier.open(), Opening::Confirmed);
    assert!(start.elapsed() >= Duration::from_millis(30), "it was closed for its time");
    assert_eq!(sim.contacts().log, [(1, false), (1, true), (1, false)]);
    drop(barrier);
    assert_eq!(sim.contacts().log.last(), Some(&(1, false)), "and off at the end");
}

#[test]
fn only_an_input_proves_that_it_is_up() {
    let sim = SimBoard::default();
    let seen = PulseSettings { seen: Some((2, Duration::from_millis(120))), ..quick() };
    let mut watched = barrier(&sim, seen);
    assert_eq!(watched.open(), Opening::Confirmed, "the contact, not the barrier");
    sim.change(|contacts| contacts.inputs = 0b10);
    assert_eq!(watched.open(), Opening::SeenOpen);
}

#[test]
fn a_lost_answer_is_unknown_and_the_contact_opens_again() {
    let sim = SimBoard::default();
    let mut barrier = barrier(&sim, quick());
    sim.change(|contacts| contacts.lost_answers = 1);
    assert_eq!(barrier.open(), Opening::Unknown { cause: RelayFault::Timeout });
    let contacts = sim.contacts();
    assert_eq!((contacts.on, contacts.log.iter().filter(|(_, on)| *on).count()), (0, 1), "never sent twice");
    sim.change(|contacts| contacts.fault = Some(RelayFault::NotFound));
    assert_eq!(barrier.open(), Opening::NotStarted { cause: RelayFault::NotFound });
}

#[test]
fn openings_have_a_pause_between_them() {
    let sim = SimBoard::default();
    let mut barrier = barrier(&sim, PulseSettings { interval: Duration::from_secs(60), ..quick() });
    assert_eq!((barrier.open(), barrier.open()), (Opening::Confirmed, Opening::TooSoon));
    assert_eq!(sim.contacts().log.iter().filter(|(_, on)| *on).count(), 1);
}

#[test]
fn a_boards_own_clock_is_used_where_it_has_one() {
    let tape = Tape::default();
    let board = MuteBoard::new(Kind::Hw667, Box::new(tape.clone()));
    let (mut pulse, off) = Pulse::new(Box::new(board), quick());
    off.unwrap();
    assert_eq!(pulse.open(), Opening::Sent, "nobody can say more");
    drop(pulse);
    assert_eq!(tape.take(), [0xBB, 0xCC, 0xBB]);
}

/// Goes on, and not off again.
struct Welded;

impl Board for Welded {
    fn switch(&mut self, _relay: u8, on: bool) -> Result<Proof, RelayFault> {
        if on { Ok(Proof::Answered) } else { Err(RelayFault::Disconnected) }
    }
}

#[test]
fn a_contact_that_stays_closed_is_cried_out() {
    let (mut pulse, off) = Pulse::new(Box::new(Welded), quick());
    assert_eq!(off, Err(RelayFault::Disconnected));
    assert_eq!(pulse.open(), Opening::Stuck { cause: RelayFault::Disconnected });
}

#[test]
fn addresses_name_board_and_contact() {
    let address: RelayAddress =
        "tcp://192.168.1.60?board=modbus&unit=3&relay=2&pulse=500&seen=1".parse().unwrap();
    assert_eq!((address.kind, address.unit, address.pulse.relay), (None, 3, 2));
    assert_eq!(address.pulse.closed, Duration::from_millis(500));
    assert!(matches!(&address.place.place, tameio_drivers::printer::Place::Tcp { port: 502, .. }));
    let own: RelayAddress = "tcp://192.168.1.60:1502?board=modbus".parse().unwrap();
    assert!(matches!(&own.place.place, tameio_drivers::printer::Place::Tcp { port: 1502, .. }));
    let serial: RelayAddress = "serial:/dev/ttyUSB2?board=icse-inverted&baud=115200".parse().unwrap();
    assert_eq!(serial.kind, Some(Kind::Icse { inverted: true }));
    let fault = |text: &str| text.parse::<RelayAddress>().unwrap_err().to_string();
    assert!(fault("sim:?board=x10").contains("lcus, hw667, icse"));
    assert!(fault("sim:?pulse=60000").contains("a time from 50 to 3000 ms"), "a barrier is not held open");
    assert!(fault("sim:?close=1").starts_with("\"close\" is not a parameter"));
    let sim: RelayAddress = "sim:".parse().unwrap();
    assert_eq!(address::open(&sim).unwrap().switch(1, true), Ok(Proof::Answered));
}

proptest! {
    #[test]
    fn any_bytes_are_an_answer_or_none(bytes in prop::collection::vec(any::<u8>(), 0..64), function in prop::sample::select(vec![1u8, 2, 5])) {
        for framing in [Framing::Rtu, Framing::Tcp] {
            if let Answer::Data(data) = framing.read(0, 1, function, &bytes) {
                prop_assert!(framing == Framing::Tcp || data.len() < bytes.len());
            }
        }
    }

    #[test]
    fn any_bytes_to_a_board_switch_nothing_without_their_check(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let sim = SimBoard::default();
        let mut device = ModbusDevice::new(sim.clone(), Framing::Rtu, 1);
        let answers: Vec<u8> = bytes.chunks(3).flat_map(|piece| device.hear(piece)).collect();
        prop_assert_eq!(answers.is_empty(), sim.contacts().log.is_empty());
    }
}
