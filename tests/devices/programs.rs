//! The simulators as programs, and `tameio doctor` in front of them: what it says changes with the hand at the device.

use crate::folder::Folder;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use tameio::app::clock;

/// A simulator that runs, its address, and the hand at it.
struct Simulator {
    child: Child,
    address: String,
    hand: ChildStdin,
}

impl Simulator {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tameio"))
            .arg("sim")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let (hand, output) =
            (child.stdin.take().expect("its input"), child.stdout.take().expect("its output"));
        let mut first = String::new();
        BufReader::new(output).read_line(&mut first).expect("its first line");
        Self { child, address: first.trim().to_owned(), hand }
    }

    fn does(&mut self, line: &str) {
        writeln!(self.hand, "{line}").expect("it listens");
        // What the doctor is asked next comes over another way.
        clock::wait(std::time::Duration::from_millis(100));
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The doctor's findings of devices by name: whether each is well, and what was said.
fn doctor(folder: &Folder, devices: &[(&str, &str)]) -> Vec<(String, bool, String)> {
    let practice = include_str!("../../config/wash.toml");
    let section: String = devices.iter().map(|(id, address)| format!("{id} = {address:?}\n")).collect();
    let (before, rest) = practice.split_once("[devices]\n").expect("the practice file has devices");
    let (_, after) = rest.split_once("\n[[operators]]").expect("and people after them");
    let text = format!("{before}[devices]\n{section}\n[[operators]]{after}");
    let file = folder.path().join("terminal.toml");
    std::fs::write(&file, text).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_tameio"))
        .args(["doctor", "--json", "--config"])
        .arg(&file)
        .arg("--data")
        .arg(folder.path().join("data"))
        .output()
        .expect("the program starts");
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let of = |one: &serde_json::Value| (text(&one["what"]), one["ok"] == true, text(&one["said"]));
    let found: Vec<_> = findings.as_array().expect("a list").iter().map(of).collect();
    let named = |what: &str| devices.iter().any(|(id, _)| what == *id);
    found.into_iter().filter(|(what, ..)| named(what)).collect()
}

#[test]
fn the_doctor_tells_a_device_that_is_well_from_one_that_is_not() {
    let folder = Folder::new();
    let papers = folder.path().join("papers");
    let mut printer = Simulator::start(&[
        "printer",
        "--listen",
        "127.0.0.1:0",
        "--paper",
        papers.to_str().expect("a path"),
    ]);
    let mut scale = Simulator::start(&["scale", "--listen", "127.0.0.1:0", "--protocol", "nci"]);
    let mut barrier = Simulator::start(&["barrier", "--listen", "127.0.0.1:0"]);
    let display = Simulator::start(&["display", "--listen", "127.0.0.1:0"]);
    let link = folder.path().join("scanner");
    let scanner = Simulator::start(&["scanner", "--link", link.to_str().expect("a path")]);
    let devices = [
        ("printer", printer.address.clone()),
        ("scale", scale.address.clone()),
        ("barrier", barrier.address.clone()),
        ("display", display.address.clone()),
        ("scanner", scanner.address.clone()),
    ];
    let devices: Vec<(&str, &str)> = devices.iter().map(|(id, address)| (*id, address.as_str())).collect();
    let well = doctor(&folder, &devices);
    assert_eq!(well.len(), 5, "{well:?}");
    assert!(well.iter().all(|(_, ok, _)| *ok), "{well:?}");
    printer.does("out");
    scale.does("mute");
    barrier.does("mute");
    drop((display, scanner));
    let ill = doctor(&folder, &devices);
    for (device, words) in [
        ("printer", "paper"),
        ("scale", "does not answer"),
        ("barrier", "answer"),
        ("display", "display"),
        ("scanner", "not found"),
    ] {
        let (_, ok, said) = ill.iter().find(|(what, ..)| what == device).expect("it is named");
        assert!(!ok && said.contains(words), "{device}: {said}");
    }
}

#[test]
fn what_is_plugged_in_is_a_list() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_tameio")).args(["devices", "--json"]).output().expect("it starts");
    assert!(output.status.success());
    let plugged: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for device in plugged.as_array().expect("a list") {
        let kind = device["kind"].as_str().expect("a kind");
        let address = device["address"].as_str().expect("an address");
        assert!(
            tameio::config::Config::parse(&format!("[devices]\n{kind} = {address:?}"))
                .is_err_and(|faults| { faults.iter().all(|fault| !fault.what.contains("devices")) }),
            "the address that is offered can be configured: {address}"
        );
    }
}
