//! Real sockets: the virtual printer on a TCP port, and peers that misbehave.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::{Duration, Instant};

use tameio_drivers::printer::{
    self, Address, EscPosPrinter, Fault, Job, JobOutcome, PaperLevel, Patience, Printer, SimPrinter, encode,
    serve,
};

use crate::{profile, receipt};

fn patience() -> Patience {
    Patience {
        answer: Duration::from_millis(300),
        block: Duration::from_millis(500),
        stall: Duration::from_millis(600),
        pause: Duration::from_millis(150),
        line: Duration::from_millis(5),
    }
}

fn at(address: SocketAddr) -> EscPosPrinter {
    let address: Address = format!("tcp://{address}?profile=epson-80").parse().unwrap();
    printer::open("counter", &address).unwrap().with_patience(patience())
}

/// A virtual printer on a port of its own.
fn listening(folder: &Path) -> (SocketAddr, SimPrinter) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let sim = SimPrinter::new(profile("epson-80"));
    let (served, folder) = (sim.clone(), folder.to_owned());
    std::thread::spawn(move || serve(&listener, &served, &folder));
    (address, sim)
}

fn job() -> Job {
    let profile = profile("epson-80");
    encode(&receipt(&profile), &profile).unwrap()
}

/// Papers are written after the connection ended: waits for them, but not for ever.
fn wait_for(path: &Path) -> String {
    let deadline = Instant::now() + Duration::from_secs(5);
    while Instant::now() < deadline {
        if let Ok(text) = std::fs::read_to_string(path)
            && !text.is_empty()
        {
            return text;
        }
        std::thread::yield_now();
    }
    panic!("{} did not appear", path.display());
}

#[test]
fn papers_come_out_of_the_port_as_text_and_picture() {
    let folder = tempfile::tempdir().unwrap();
    let (address, _sim) = listening(folder.path());
    let mut printer = at(address);
    assert_eq!(printer.print(&job()), JobOutcome::Confirmed);
    assert_eq!(printer.print(&job()), JobOutcome::Confirmed);
    let text = wait_for(&folder.path().join("0002.txt"));
    assert!(text.contains("Πλυντήριο ΑΚΜΗ") && text.contains("ΣΥΝΟΛΟ"), "{text}");
    assert!(folder.path().join("0001.png").exists());
    assert!(!folder.path().join("0003.txt").exists());
}

#[test]
fn faults_are_told_through_the_socket() {
    let folder = tempfile::tempdir().unwrap();
    let (address, sim) = listening(folder.path());
    let mut printer = at(address);
    sim.change(|control| control.paper_out_after_lines = Some(7));
    let JobOutcome::Interrupted { cause, .. } = printer.print(&job()) else { panic!("the roll is out") };
    assert_eq!(cause, Fault::PaperOut);
    assert_eq!(printer.status().unwrap().paper, Some(PaperLevel::Out));
    assert_eq!(printer.print(&job()), JobOutcome::NotStarted { cause: Fault::PaperOut });
    sim.change(|control| control.paper = PaperLevel::Enough);
    let text = wait_for(&folder.path().join("0001.txt"));
    assert_eq!(text.matches("ΣΥΝΟΛΟ").count(), 1, "{text}");
}

#[test]
fn a_dropped_connection_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (address, sim) = listening(folder.path());
    sim.change(|control| control.drop_after_bytes = Some(700));
    let outcome = at(address).print(&job());
    // The bytes had left this machine before the printer was gone: either answer is true, and neither is "printed".
    let honest =
        matches!(outcome, JobOutcome::Unknown | JobOutcome::Interrupted { cause: Fault::Disconnected, .. });
    assert!(honest, "{outcome:?}");
}

#[test]
fn the_drawer_opens_over_the_network() {
    let folder = tempfile::tempdir().unwrap();
    let (address, sim) = listening(folder.path());
    assert_eq!(at(address).open_drawer(), JobOutcome::Confirmed);
    assert_eq!(sim.pulses(), 1);
}

#[test]
fn nobody_at_the_port_is_busy_or_absent() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(at(address).print(&job()), JobOutcome::NotStarted { cause: Fault::Busy });
    let nowhere: Address = "tcp://no-such-host.invalid".parse().unwrap();
    let mut printer = printer::open("counter", &nowhere).unwrap();
    assert_eq!(printer.status(), Err(Fault::NotFound));
}

#[test]
fn a_peer_that_takes_everything_and_says_nothing_is_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let taken = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        bytes
    });
    let start = Instant::now();
    assert_eq!(at(address).print(&job()), JobOutcome::Unknown);
    assert!(start.elapsed() < Duration::from_secs(4));
    let bytes = taken.join().unwrap();
    assert_eq!(bytes.windows(2).filter(|pair| *pair == [0x1B, 0x40]).count(), 1, "sent once");
}

#[test]
fn a_peer_that_talks_nonsense_confirms_nothing_by_chance() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"\xFF\xFE\x80\x90\xC0HTTP/1.1 400 Bad Request\r\n").unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
    });
    assert_eq!(at(address).print(&job()), JobOutcome::Unknown);
}
