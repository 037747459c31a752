//! A scanner on a serial line: what it reads reaches the loop, whatever happens to its cable.

use super::{BACK, Desk, GONE, configured, only};
use crate::folder::Folder;
use std::io::Write;
use std::time::Duration;
use tameio::app::clock::Stopwatch;
use tameio::app::effect::Notice;
use tameio::domain::device::{Condition, DeviceKind};
use tameio_drivers::scale::sim::pty::line;

fn heard(desk: &Desk) -> String {
    match desk.said.recv_timeout(BACK).expect("something is heard") {
        Notice::Scanned { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

/// From the last byte on the line to the loop's word, a hundred times: the budget is ten milliseconds.
#[test]
fn a_scan_reaches_the_loop_in_ten_milliseconds() {
    let folder = Folder::new();
    let link = folder.path().join("ttyACM0");
    let (mut wire, _plugged) = line(&link).expect("a pseudo terminal");
    let desk = Desk::open(folder.path(), configured(&[("scanner", &format!("serial:{}", link.display()))]));
    desk.until_is(BACK, &only(DeviceKind::Scanner), &Condition::Ready);
    let mut took: Vec<Duration> = (0..100)
        .map(|n| {
            let code = format!("T7K3Q-{n:06}");
            let begun = Stopwatch::start();
            wire.write_all(format!("{code}\r").as_bytes()).expect("it is written");
            assert_eq!(heard(&desk), code);
            begun.elapsed()
        })
        .collect();
    took.sort();
    println!("scan to input: median {:?}, p99 {:?}", took[50], took[98]);
    assert!(took[50] <= Duration::from_millis(10), "median {:?}", took[50]);
    desk.close();
}

#[test]
fn a_scanner_that_was_pulled_out_scans_again_without_a_restart() {
    let folder = Folder::new();
    let link = folder.path().join("ttyACM0");
    let scanner = only(DeviceKind::Scanner);
    let desk = Desk::open(folder.path(), configured(&[("scanner", &format!("serial:{}", link.display()))]));
    desk.until_is(BACK, &scanner, &Condition::Absent);
    for turn in 0..3 {
        let (mut wire, plugged) = line(&link).expect("a pseudo terminal");
        let back = desk.until_is(BACK, &scanner, &Condition::Ready);
        // Half a code is thrown away with the cable.
        wire.write_all(b"FIRST\rHALF").expect("it is written");
        assert_eq!(heard(&desk), "FIRST");
        let pulled = Stopwatch::start();
        drop((wire, plugged));
        desk.until_is(GONE, &scanner, &Condition::Absent);
        let gone = pulled.elapsed();
        assert!(gone <= GONE, "{gone:?}");
        println!("turn {turn}: in use after {back:?}, seen gone after {gone:?}");
    }
    assert!(desk.said.try_recv().is_err(), "half a code is no code");
    desk.close();
}
