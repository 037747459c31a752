//! [ReceiptIO](https://github.com/receiptline/receiptio) (Apache-2.0), a client for receipt printers that is not ours: it
//! finds out what a printer speaks, asks how it is, prints, and waits for the answer. It takes the virtual printer for a
//! real one, or the virtual printer is wrong.
//!
//! `npm install --prefix target/receiptio receiptio@2.1.2` puts it where it is looked for; one on the path will do.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tameio_drivers::printer::{Control, PaperLevel, SimPrinter};

use crate::bench::listen;
use crate::profile;

/// Its words for how a printer is, by the codes it ends with.
const SUCCESS: i32 = 0;
const ONLINE: i32 = 100;
const COVER_OPEN: i32 = 101;
const PAPER_EMPTY: i32 = 102;
const DRAWER_CLOSED: i32 = 200;
const DRAWER_OPEN: i32 = 201;

fn program() -> Option<PathBuf> {
    let installed = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .with_file_name("receiptio")
        .join("node_modules/.bin/receiptio");
    let there = |program: &PathBuf| {
        let help = Command::new(program).arg("-h").stdout(Stdio::null()).stderr(Stdio::null()).status();
        help.is_ok_and(|status| status.code().is_some())
    };
    let found = [installed, PathBuf::from("receiptio")].into_iter().find(there);
    if found.is_none() {
        println!("skipped: needs receiptio (npm install --prefix target/receiptio receiptio@2.1.2)");
    }
    found
}

/// A virtual printer on port 9100, which is the only one the program knows, of a loopback address of its own.
fn printer(name: &str, number: u8) -> Option<(SimPrinter, String)> {
    let host = format!("127.91.{}.{number}", std::process::id() % 250 + 1);
    let Ok(listener) = TcpListener::bind((host.as_str(), 9100)) else {
        println!("skipped: needs port 9100 of {host}");
        return None;
    };
    let sim = SimPrinter::new(profile(name));
    let served = sim.clone();
    std::thread::spawn(move || listen(&listener, &served));
    Some((sim, host))
}

fn run(program: &Path, arguments: &[&str], text: &str) -> Option<i32> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait().unwrap().code()
}

#[test]
fn it_finds_the_language_asks_the_status_and_prints() {
    let Some(program) = program() else { return };
    for (number, name) in [(1, "epson-80"), (2, "star-80")] {
        let Some((sim, host)) = printer(name, number) else { return };
        let ask = |what| run(&program, &["-d", &host, "-q", what, "-t", "10"], "");
        assert_eq!(ask("printer"), Some(ONLINE), "{name}");
        sim.change(|control| control.cover_open = true);
        assert_eq!(ask("printer"), Some(COVER_OPEN), "{name}");
        sim.change(|control| *control = Control { paper: PaperLevel::Out, ..Control::default() });
        assert_eq!(ask("printer"), Some(PAPER_EMPTY), "{name}");
        // Which level is open it takes as is usual in each language, unless it is told otherwise ("drawer2").
        let drawer_open_is_low = name == "epson-80";
        sim.change(|control| *control = Control { drawer_open_is_low, ..Control::default() });
        assert_eq!(ask("drawer"), Some(DRAWER_CLOSED), "{name}");
        sim.change(|control| control.drawer_open = true);
        assert_eq!(ask("drawer"), Some(DRAWER_OPEN), "{name}");
        let markdown = "^^^RECEIPT\n\nAsparagus | 1| 1.00\n---\n^TOTAL | ^1.00\n";
        let printed = run(&program, &["-d", &host, "-t", "10", "-l", "en"], markdown);
        assert_eq!(printed, Some(SUCCESS), "{name}: its end-of-job answer came");
        let papers = sim.papers();
        assert_eq!(papers.len(), 1, "{name}");
        assert!(papers[0].text().contains("Asparagus"), "{name}: {}", papers[0].text());
        if name == "epson-80" {
            // In Star's languages it takes the second block for the end, whatever comes after it.
            sim.change(|control| control.paper_out_after_lines = Some(2));
            let broken = run(&program, &["-d", &host, "-t", "10", "-l", "en"], markdown);
            assert_eq!(broken, Some(PAPER_EMPTY), "{name}: the roll ended in it");
        }
    }
}
