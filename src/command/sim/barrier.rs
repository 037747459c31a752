//! A Modbus relay board on a socket with a barrier behind it: the barrier rises when its contact closes.

use super::{hand, listen_on};
use crate::command::Outcome;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::thread;
use tameio_drivers::relay::RelayFault;
use tameio_drivers::relay::modbus::Framing;
use tameio_drivers::relay::sim::{ModbusDevice, SimBoard};

const WORDS: &str = "up, down (the barrier), mute, well, lose N (answers), state";

pub(super) fn run(listen: SocketAddr) -> Outcome {
    let listener = listen_on(listen)?;
    say!("tcp://{}?board=modbus&relay=1&seen=1", listener.local_addr()?);
    let board = SimBoard::default();
    let control = board.clone();
    hand(WORDS, move |line| {
        let lost = line.strip_prefix("lose ").and_then(|answers| answers.parse().ok());
        match line {
            "up" => control.change(|contacts| contacts.inputs |= 1),
            "down" => control.change(|contacts| contacts.inputs &= !1),
            "mute" => control.change(|contacts| contacts.fault = Some(RelayFault::Timeout)),
            "well" => control.change(|contacts| contacts.fault = None),
            "state" => say!("{:?}", control.contacts()),
            _ => match lost {
                Some(answers) => control.change(|contacts| contacts.lost_answers = answers),
                None => return false,
            },
        }
        true
    });
    for stream in listener.incoming() {
        let (stream, board) = (stream?, board.clone());
        thread::spawn(move || talk(stream, &board));
    }
    Ok(ExitCode::FAILURE)
}

fn talk(mut stream: TcpStream, board: &SimBoard) {
    let mut device = ModbusDevice::new(board.clone(), Framing::Tcp, 1);
    let mut bytes = [0; 256];
    while let Ok(count @ 1..) = stream.read(&mut bytes) {
        let answers = device.hear(&bytes[..count]);
        if board.contacts().on & 1 == 1 {
            board.change(|contacts| contacts.inputs |= 1);
        }
        if stream.write_all(&answers).is_err() {
            return;
        }
    }
}
