//! Scenario E: printer A fails at night, model B is plugged in: named, tested and in use in ten seconds, without a restart.

use super::{BACK, Desk, GONE, configured, network_printer, only};
use crate::folder::Folder;
use std::path::Path;
use std::time::Duration;
use tameio::app::clock::{self, Stopwatch};
use tameio::app::input::{Input, PaperInput};
use tameio::domain::device::{Condition, DeviceKind};
use tameio::domain::paper::{Paper, PrinterTrouble};
use tameio::domain::time::Stamp;

fn anytime() -> Stamp {
    crate::world::at("08:00")
}

fn papers_in(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).expect("a paper")).collect()
}

fn paper_of(folder: &Path, within: Duration) -> String {
    let begun = Stopwatch::start();
    loop {
        // Its file is there before its last line is.
        if let Some(paper) = papers_in(folder).pop().filter(|paper| !paper.is_empty()) {
            return paper;
        }
        assert!(begun.elapsed() < within, "no paper came out");
        clock::wait(Duration::from_millis(20));
    }
}

#[test]
fn another_printer_is_tested_and_in_use_in_ten_seconds_without_a_restart() {
    let folder = Folder::new();
    let (a, a_at) = network_printer("epson-80", &folder.path().join("a"));
    let (_b, b_at) = network_printer("xprinter-58", &folder.path().join("b"));
    let (a_address, b_address) =
        (format!("tcp://{a_at}?profile=epson-80"), format!("tcp://{b_at}?profile=xprinter-58"));
    let devices = configured(&[("printer", &a_address)]);
    let printer = only(DeviceKind::Printer);
    let desk = Desk::open(folder.path(), devices.clone());
    desk.until_is(BACK, &printer, &Condition::Ready);
    desk.send(Input::Paper(PaperInput::Print { paper: Paper::Test { at: anytime() } }));
    assert!(paper_of(&folder.path().join("a"), BACK).contains("ΔΟΚΙΜΗ ΕΚΤΥΠΩΤΗ"));
    desk.until(BACK, "the first test is out", |state| state.papers.is_empty());
    a.change(|control| control.gone = true);
    desk.until(GONE, "the first printer is seen gone", |state| {
        matches!(state.live.printer, Some(PrinterTrouble::Gone))
    });
    let begun = Stopwatch::start();
    desk.assign(&printer, Some(&b_address), Some(&a_address));
    desk.send(Input::Paper(PaperInput::Print { paper: Paper::Test { at: anytime() } }));
    let paper = paper_of(&folder.path().join("b"), Duration::from_secs(10));
    assert!(paper.contains("Ξεσκεπάζω την ψυχοφθόρα"), "{paper}");
    assert!(
        paper.lines().any(|line| line.trim() == "1234567890".repeat(4)[..32].to_owned()),
        "as wide as its paper: {paper}"
    );
    desk.until(BACK, "nothing is wrong any more", |state| {
        state.live.printer.is_none() && state.papers.is_empty()
    });
    println!("another printer in use after {:?}", begun.elapsed());
    desk.close();

    // What was chosen is kept over a restart, until the configuration is changed.
    let desk = Desk::open(folder.path(), devices);
    let at = |state: &tameio::app::state::State| {
        state.live.devices.get(&printer).map(|seen| seen.address.as_str().to_owned())
    };
    desk.until(BACK, "the chosen one", |state| at(state).as_deref() == Some(b_address.as_str()));
    desk.close();
    let c_address = format!("{a_address}&columns=42");
    let desk = Desk::open(folder.path(), configured(&[("printer", &c_address)]));
    desk.until(BACK, "the configuration's", |state| at(state).as_deref() == Some(c_address.as_str()));
    // Back to what the configuration says is a way out at any time.
    desk.assign(&printer, Some(&b_address), Some(&c_address));
    desk.until(BACK, "the chosen one", |state| at(state).as_deref() == Some(b_address.as_str()));
    desk.assign(&printer, None, Some(&c_address));
    desk.until(BACK, "the configuration's again", |state| at(state).as_deref() == Some(c_address.as_str()));
    desk.close();
}

/// A paper that waited for the broken printer is printed by the new one when the person says so, once.
#[test]
fn a_paper_that_waits_for_one_printer_comes_out_of_the_next() {
    let folder = Folder::new();
    let (a, a_at) = network_printer("epson-80", &folder.path().join("a"));
    let (_b, b_at) = network_printer("epson-80", &folder.path().join("b"));
    a.change(|control| control.gone = true);
    let address = format!("tcp://{a_at}?profile=epson-80");
    let desk = Desk::open(folder.path(), configured(&[("printer", &address)]));
    desk.send(Input::Paper(PaperInput::Print { paper: Paper::Inside { at: anytime() } }));
    let waits = |state: &tameio::app::state::State| {
        state.papers.values().any(|job| matches!(job.state, tameio::domain::paper::JobState::Waiting { .. }))
    };
    desk.until(BACK, "the paper waits", waits);
    desk.assign(&only(DeviceKind::Printer), Some(&format!("tcp://{b_at}?profile=epson-80")), Some(&address));
    desk.until_is(BACK, &only(DeviceKind::Printer), &Condition::Ready);
    let job = *desk.snapshot().expect("shown").state.papers.keys().next().expect("it waits");
    desk.send(Input::Paper(PaperInput::Continue { job }));
    paper_of(&folder.path().join("b"), BACK);
    desk.until(BACK, "it is out", |state| state.papers.is_empty());
    assert_eq!(papers_in(&folder.path().join("b")).len(), 1, "once");
    assert_eq!(papers_in(&folder.path().join("a")).len(), 0);
    desk.close();
}

/// The test print for Greek is numbered as the screen counts the lines, and the answer becomes part of the address.
#[test]
fn the_line_that_reads_right_becomes_the_printers_page() {
    let folder = Folder::new();
    let (_printer, at) = network_printer("generic-80", &folder.path().join("p"));
    let address = format!("tcp://{at}?profile=generic-80&greek=none&columns=42");
    let desk = Desk::open(folder.path(), configured(&[("printer", &address)]));
    desk.send(Input::Paper(PaperInput::Print { paper: Paper::GreekPages { at: anytime() } }));
    let paper = paper_of(&folder.path().join("p"), Duration::from_secs(15));
    assert!(paper.contains("1) "), "{paper}");
    let chosen = tameio::device::with_greek_page(&address, 1).expect("there is a first line");
    let setting = chosen.split("greek=").nth(1).expect("a page");
    assert!(paper.contains(&format!("1) {setting}")), "{setting} in {paper}");
    assert!(chosen.contains("columns=42") && !chosen.contains("greek=none"), "{chosen}");
    assert_eq!(tameio::device::with_greek_page(&address, 999), None);
    assert!(tameio::device::with_greek_page(&address, 0).expect("none reads right").contains("greek=none"));
    desk.assign(&only(DeviceKind::Printer), Some(&chosen), Some(&address));
    desk.until(BACK, "the page is used", |state| {
        state.live.devices.values().any(|seen| seen.address.as_str() == chosen)
    });
    desk.close();
}
