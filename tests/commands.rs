//! The program as a person starts it: each command does its job or says in one sentence what to do, and ends non-zero.

mod merchants;
#[cfg(unix)]
mod reader_gone;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tameio::app::input::{Input, OpenVisit, Stamped};
use tameio::config::{Config, practice_text};
use tameio::domain::catalogue::Size;
use tameio::domain::operator::OperatorId;
use tameio::domain::settings::Trade;
use tameio::domain::time::Stamp;
use tameio::domain::visit::VehicleFacts;
use tameio::store::Store;

fn tameio(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tameio")).args(arguments).output().expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// One sentence, non-zero, nothing of a panic.
fn refuses(arguments: &[&str], words: &str) {
    let output = tameio(arguments);
    let said = said(&output);
    assert!(!output.status.success(), "{arguments:?} must fail");
    assert!(said.contains(words), "{arguments:?} said {said:?}, not {words:?}");
    assert!(!said.contains("panicked"), "{said}");
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of plain characters")
}

/// A finished simulated day of a few visits; its folder holds the terminal's data.
fn day(folder: &Path) -> serde_json::Value {
    let output = tameio(&["simulate", "--visits", "12", "--seed", "5", "--json", "--out", text(folder)]);
    assert!(output.status.success(), "{}", said(&output));
    serde_json::from_slice(&output.stdout).expect("the summary is JSON")
}

/// Whose folder it is and whether anything is there is said, before its journal is called whole.
#[test]
fn a_folder_without_a_database_or_of_another_terminal_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let nothing = folder.path().join("nothing");
    let reads: [&[&str]; 6] = [
        &["journal", "verify"],
        &["journal", "export"],
        &["journal", "requests"],
        &["due"],
        &["accounts"],
        &["merchant", "list"],
    ];
    for read in reads {
        refuses(&[read, &["--data", text(&nothing)]].concat(), "there is no database in");
        refuses(&[&["--data", text(&nothing)], read].concat(), "--data");
    }
    let garage = Config::practice(Trade::Garage).expect("the shipped configuration").settings.terminal;
    drop(Store::open(folder.path(), &garage).expect("a garage's database"));
    for read in reads {
        refuses(&[read, &["--data", text(folder.path())]].concat(), "belongs to terminal");
        let right = tameio(&[read, &["--data", text(folder.path()), "--trade", "garage"]].concat());
        assert!(right.status.success(), "{read:?}: {}", said(&right));
    }
}

#[test]
fn a_simulated_day_keeps_the_contract_of_its_summary() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary = day(folder.path());
    for key in [
        "seed",
        "visits",
        "packs_sold",
        "pack_uses",
        "packs_given_back",
        "documents",
        "gross_cents",
        "vat_cents",
        "tenders",
        "entries_live",
        "entries_duplicate",
        "entries_missing",
        "entries_wrong_state",
        "differences",
        "undone",
        "flows",
        "rejected",
        "unknown",
        "resent_blind",
        "issued_there",
        "issued_missing",
        "issued_duplicate",
        "requests",
        "faults_injected",
        "kills",
        "papers",
        "papers_duplicate",
        "journal",
        "drawer_expected_cents",
        "drawer_counted_cents",
        "wall_ms",
    ] {
        assert!(summary.get(key).is_some(), "the summary has no {key}");
    }
    assert_eq!(summary["journal"], "ok");
    let papers = std::fs::read_dir(folder.path().join("papers")).expect("papers").count();
    assert_eq!(papers as u64, summary["papers"].as_u64().expect("a number") * 2, "a .txt and a .png each");
}

#[test]
fn the_journal_is_verified_exported_and_its_papers_come_again() {
    let folder = tempfile::tempdir().expect("a folder");
    day(folder.path());
    let data = folder.path().join("terminal");
    let data = text(&data);
    let verified = tameio(&["journal", "verify", "--deep", "--json", "--data", data]);
    assert!(verified.status.success(), "{}", said(&verified));
    let verified: serde_json::Value = serde_json::from_slice(&verified.stdout).expect("JSON");
    assert_eq!(verified["broken"], serde_json::Value::Null);
    let exported = tameio(&["journal", "export", "--data", data]);
    let lines = String::from_utf8(exported.stdout).expect("UTF-8").lines().count() as u64;
    assert_eq!(lines, verified["events"].as_u64().expect("a number"));
    let paper = tameio(&["paper", "A-1", "--as", "txt", "--data", data]);
    let paper = String::from_utf8(paper.stdout).expect("UTF-8");
    assert!(paper.contains("ΑΝΤΙΓΡΑΦΟ") && paper.contains("A 1"), "{paper}");
    let picture = tameio(&["paper", "A-1", "--as", "png", "--data", data]);
    assert!(picture.stdout.starts_with(b"\x89PNG"));
    refuses(&["paper", "A-999", "--data", data], "there is no document");
}

#[test]
fn a_tampered_journal_is_found_at_its_event() {
    let folder = tempfile::tempdir().expect("a folder");
    day(folder.path());
    let data = folder.path().join("terminal");
    let conn = rusqlite::Connection::open(data.join("tameio.db")).expect("the database opens");
    conn.execute_batch("DROP TRIGGER events_are_never_changed").expect("somebody tampers");
    let tampered: i64 = conn
        .query_row("SELECT min(seq) FROM events WHERE seq > 20 AND body LIKE '%7K3Q%'", [], |row| row.get(0))
        .expect("an event that names the terminal");
    conn.execute("UPDATE events SET body = replace(body, '7K3Q', '7K3R') WHERE seq = ?1", [tampered])
        .expect("changed");
    drop(conn);
    let verified = tameio(&["journal", "verify", "--json", "--data", text(&data)]);
    assert!(!verified.status.success());
    let verified: serde_json::Value = serde_json::from_slice(&verified.stdout).expect("JSON");
    assert_eq!(verified["broken"], tampered, "{verified}");
}

#[test]
fn recorded_inputs_lead_to_the_same_state_again() {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("a"), &settings.terminal).expect("a database");
    let mut terminal = tameio::app::terminal::Terminal::new(settings, store).expect("a terminal");
    let mut file = std::fs::File::create(folder.path().join("inputs.jsonl")).expect("a file");
    for (index, plate) in ["ihz 4821", "ΥΖΒ-3307", "", "ihz4821", "ΔΣ4410"].iter().enumerate() {
        let at: Stamp = serde_json::from_value(format!("2026-03-14T10:0{index}:00.000+02:00").into())
            .expect("an instant");
        let input = Input::OpenVisit(OpenVisit {
            vehicle: VehicleFacts { category: Some("Αυτοκίνητο".into()), maker: None },
            ..OpenVisit::new(plate, Size::Small, OperatorId("A".to_owned()))
        });
        let stamped = Stamped { at, chance: 7 + index as u64, input };
        writeln!(file, "{}", serde_json::to_string(&stamped).expect("JSON")).expect("written");
        terminal.step(&stamped).expect("a step");
    }
    let inputs = folder.path().join("inputs.jsonl");
    let replayed = tameio(&["replay", text(&inputs), "--json"]);
    assert!(replayed.status.success(), "{}", said(&replayed));
    let replayed: serde_json::Value = serde_json::from_slice(&replayed.stdout).expect("JSON");
    assert_eq!(replayed, serde_json::to_value(terminal.state()).expect("JSON"));
    assert_eq!(replayed["visits"].as_object().expect("visits").len(), 3);
    std::fs::write(&inputs, "{\"at\": 3}\n").expect("written");
    refuses(&["replay", text(&inputs)], "line 1");
}

#[test]
fn wrong_command_lines_and_files_get_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = folder.path().join("bad.toml");
    std::fs::write(&bad, "[terminal]\nname = \"7k\"\ntrde = \"wash\"\n").expect("written");
    refuses(&["config", "check", text(&bad)], "line 2");
    refuses(&["config", "check", text(&bad)], "did you mean trade?");
    refuses(&["config", "check", "/does/not/exist.toml"], "cannot be read");
    refuses(&["journal", "verify", "--data", text(&folder.path().join("nothing"))], "tameio:");
    refuses(&["simulate", "--visits", "0"], "--visits");
    refuses(&["frobnicate"], "frobnicate");
    let garbage = folder.path().join("garbage");
    std::fs::create_dir(&garbage).expect("a folder");
    std::fs::write(garbage.join("tameio.db"), vec![0x42; 9_000]).expect("written");
    refuses(&["journal", "verify", "--data", text(&garbage)], "not a Tameio database");
}

#[test]
fn every_shipped_configuration_is_good() {
    for (folder, command) in [("config", "config"), ("config/tariffs", "tariff")] {
        let paths =
            std::fs::read_dir(folder).expect("a folder that ships").map(|file| file.expect("a file").path());
        for path in paths.filter(|path| path.is_file()) {
            let output = tameio(&[command, "check", text(&path)]);
            assert!(output.status.success(), "{}", said(&output));
        }
    }
}

#[test]
fn a_second_process_on_the_same_data_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let _held = Store::open(folder.path(), &settings.terminal).expect("a database");
    let output = tameio(&["doctor", "--data", text(folder.path())]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!output.status.success() && said.contains("is in use by another Tameio"), "{said}");
}

/// The doctor reads the codes for the registry of businesses and asks that registry nothing: it would tell somebody.
#[test]
fn the_doctor_looks_at_the_codes_for_looking_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, codes) = (folder.path().join("terminal.toml"), folder.path().join("codes"));
    let practice = practice_text(Trade::Wash);
    let look_up = format!(
        "[lookup]\nendpoint = \"http://127.0.0.1:9\"\ncredentials = {:?}\n\n[registry]",
        text(&codes)
    );
    std::fs::write(&file, practice.replacen("[registry]", &look_up, 1)).expect("a file");
    let doctor = || {
        let output = tameio(&[
            "doctor",
            "--json",
            "--config",
            text(&file),
            "--data",
            text(&folder.path().join("data")),
        ]);
        let findings: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let of_it = |one: &&serde_json::Value| one["what"] == "look-ups";
        findings.as_array().expect("a list").iter().find(of_it).expect("its line").clone()
    };
    let missing = doctor();
    assert!(
        missing["ok"] == false
            && missing["said"].as_str().is_some_and(|said| said.contains("cannot be read")),
        "{missing}"
    );
    std::fs::write(&codes, "user = \"u\"\nkey = \"k\"\n").expect("a file");
    let open = doctor();
    assert!(
        open["ok"] == false && open["said"].as_str().is_some_and(|said| said.contains("chmod 600")),
        "{open}"
    );
    let mut only_ours = std::fs::metadata(&codes).expect("it is there").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut only_ours, 0o600);
    std::fs::set_permissions(&codes, only_ours).expect("it is ours");
    let good = doctor();
    let said = good["said"].as_str().expect("a sentence");
    assert!(
        good["ok"] == true && said.contains("can be read") && said.contains("VIES does not answer"),
        "{good}"
    );
}

#[test]
fn the_simulator_of_mydata_is_a_program_that_remembers() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("mydata");
    for _ in 0..2 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tameio"))
            .args(["sim", "mydata", "--listen", "127.0.0.1:0", "--state", text(&state)])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut first = String::new();
        BufReader::new(child.stdout.take().expect("its output"))
            .read_line(&mut first)
            .expect("its first line");
        let address = first.trim().strip_prefix("http://").expect("an address");
        let mut stream = TcpStream::connect(address).expect("it answers");
        let request = "GET /RequestTransmittedDocs?mark=0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
                       aade-user-id: demo\r\nocp-apim-subscription-key: demo\r\n\r\n";
        stream.write_all(request.as_bytes()).expect("it is heard");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        child.kill().expect("it can be ended");
        child.wait().expect("and is gone");
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("<RequestedDoc"), "{answer}");
    }
    refuses(&["sim", "aade", "--listen", "127.0.0.1:0", "--state", text(&state)], "choose another file");
}

#[test]
fn plates_are_read_file_by_file_and_a_bad_file_stops_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("the file is written");
        path
    };
    let car = write("car.png", include_bytes!("../drivers/tests/plate_reader/plate.jpg"));
    let film = write("film.jpg", b"GIF89a\x01\x00\x01\x00");
    let gone = folder.path().join("gone.jpg");
    let output = tameio(&["plate", "--json", text(&film), text(&gone), text(folder.path()), text(&car)]);
    assert!(!output.status.success(), "three of four files are no picture");
    let said = said(&output);
    assert!(said.contains("film.jpg") && said.contains("a GIF"), "{said}");
    assert!(said.contains("gone.jpg") && said.contains("cannot be opened"), "{said}");
    assert_eq!(said.lines().count(), 3, "{said}");
    assert!(!said.contains("panicked"), "{said}");
    let lines = String::from_utf8(output.stdout).expect("text");
    let plates: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let first = &plates[0];
    assert_eq!(first["file"], text(&car));
    let known = include_str!("../drivers/tests/plate_reader/drawn.txt");
    assert!(plates.iter().any(|plate| known.lines().any(|text| plate["plate"] == text)), "{lines}");
    assert!(first["confidence"].as_f64().is_some_and(|sure| (0.0..=1.0).contains(&sure)));
    assert_eq!(first["box"].as_array().map(Vec::len), Some(4));
    assert_eq!(first["candidates"][0][0], first["plate"]);
    assert!(first["ms"].as_f64().is_some_and(|ms| ms > 0.0));
    assert!(first.get("country").is_some());
    let well = tameio(&["plate", text(&car)]);
    assert!(well.status.success() && String::from_utf8_lossy(&well.stdout).contains("% sure"));
}

#[test]
fn the_simulators_are_programs_on_real_sockets() {
    let folder = tempfile::tempdir().expect("a folder");
    let papers = folder.path().join("papers");
    let mut child = Command::new(env!("CARGO_BIN_EXE_tameio"))
        .args(["sim", "printer", "--listen", "127.0.0.1:0", "--paper", text(&papers)])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut first).expect("its first line");
    let address =
        first.trim().strip_prefix("tcp://").and_then(|rest| rest.split('?').next()).expect("an address");
    let mut printer = TcpStream::connect(address).expect("the printer answers");
    printer.write_all(b"\x1b@\x1bt\x0eHello\n\x1dV\x41\x00\x10\x04\x01").expect("bytes are taken");
    let mut status = [0; 1];
    printer.read_exact(&mut status).expect("a status byte");
    assert_eq!(status[0] & 0x93, 0x12, "an answer to DLE EOT");
    drop(printer);
    for _ in 0..500 {
        if std::fs::read_dir(&papers).expect("the folder").count() >= 2 {
            break;
        }
        #[allow(clippy::disallowed_methods)]
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child.kill().expect("it can be ended");
    child.wait().expect("and is gone");
    let texts: Vec<String> = std::fs::read_dir(&papers)
        .expect("the folder")
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .map(|path| std::fs::read_to_string(path).expect("text"))
        .collect();
    assert!(texts.iter().any(|text| text.contains("Hello")), "{texts:?}");
}
