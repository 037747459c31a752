//! `tameio tariff` and `tameio price` as a person starts them.

use super::folder;
use std::process::{Command, Output};
use tameio::config::Config;
use tameio::domain::event::Event;
use tameio::domain::money::Cents;
use tameio::domain::operator::OperatorId;
use tameio::domain::settings::Trade;
use tameio::domain::tariff::Tariff;
use tameio::domain::tariff::kept::{TariffAct, TariffText};
use tameio::domain::time::Stamp;
use tameio::store::Store;

fn tameio(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tameio")).args(arguments).output().expect("the program starts")
}

fn shipped(name: &str) -> String {
    folder().join(name).to_str().expect("a path of plain characters").to_owned()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn prints(arguments: &[&str]) -> String {
    let output = tameio(arguments);
    assert!(output.status.success(), "{}", said(&output.stderr));
    said(&output.stdout)
}

fn refuses(arguments: &[&str], words: &str) -> Output {
    let output = tameio(arguments);
    assert!(!output.status.success(), "{arguments:?} must fail");
    assert!(said(&output.stderr).contains(words), "{arguments:?} said {}", said(&output.stderr));
    output
}

#[test]
fn a_price_is_printed_with_its_steps() {
    let (t1, stay) =
        (shipped("t1-continue.toml"), ["--from", "2026-03-14T09:03:40", "--to", "2026-03-14 11:20:10"]);
    let expected = "T1 2020-01, car\nUp to 2 hours: 6,00\nPer hour: 1,50\nStay of 2 hours 17 minutes: 7,50\n";
    assert_eq!(prints(&[&["tariff", "price", &t1], stay.as_slice()].concat()), expected);
    assert_eq!(prints(&[&["price", "--tariff", &t1], stay.as_slice()].concat()), expected);
}

#[test]
fn the_price_as_data_has_its_total_and_its_steps() {
    let t2 = shipped("t2.toml");
    let stay =
        ["--from", "2026-10-25T03:30+03:00", "--to", "2026-10-25T07:00:00Z", "--class", "van", "--json"];
    let printed = prints(&[&["price", "--tariff", &t2], stay.as_slice()].concat());
    let price: serde_json::Value = serde_json::from_str(&printed).expect("one object");
    // 03:30 in summer to 09:00 in winter: six hours and a half.
    assert_eq!(price["minutes"], 390);
    assert_eq!(price["total_cents"], 1300);
    assert_eq!(price["class"], "van");
    let steps = price["steps"].as_array().expect("steps");
    let sum: i64 = steps.iter().map(|step| step["amount_cents"].as_i64().expect("cents")).sum();
    assert_eq!(sum, 1300);
    assert_eq!(steps[0]["rule"], "window");
    assert_eq!(steps[0]["name"]["el"], "Νύχτα, ανά ώρα");
}

#[test]
fn a_good_tariff_is_called_good_and_a_bad_one_is_told_line_by_line() {
    assert!(
        prints(&["tariff", "check", &shipped("every-part.toml")])
            .contains("is good: CENTRE, version 2026-01")
    );
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("bad.toml");
    let path = file.to_str().expect("a path of plain characters");
    let text = std::fs::read_to_string(shipped("t1-continue.toml")).expect("it ships");
    std::fs::write(&file, text.replace("6.00", "3.00")).expect("a file");
    let output = refuses(&["tariff", "check", path], "has 1 thing to mend");
    let line = text.lines().position(|line| line.contains("6.00\" }")).expect("the band") + 1;
    assert!(said(&output.stdout).starts_with(&format!("line {line}: ")), "{}", said(&output.stdout));
    let output = refuses(&["tariff", "check", path, "--json"], "has 1 thing to mend");
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a list");
    assert_eq!((&findings[0]["what"], &findings[0]["line"]), (&"falls".into(), &line.into()));
    std::fs::write(&file, text.replace("turnaround", "turnarund")).expect("a file");
    refuses(&["tariff", "check", path], "did you mean turnaround?");
    refuses(&["tariff", "check", "/no/such/file"], "cannot be read");
}

#[test]
fn times_that_do_not_exist_or_exist_twice_are_asked_for_again() {
    let t1 = shipped("t1-continue.toml");
    let price = |from, to| ["tariff", "price", t1.as_str(), "--from", from, "--to", to].map(str::to_owned);
    let refused = |from, to, words| {
        let arguments = price(from, to);
        refuses(&arguments.each_ref().map(String::as_str), words);
    };
    refused("2026-03-29 03:30", "2026-03-29 05:00", "there is none such");
    refused("2026-10-25 03:30", "2026-10-25 05:00", "2026-10-25 03:30+03");
    refused("yesterday", "2026-10-25 05:00", "write it like");
    refused("2026-03-14 12:00", "2026-03-14 11:00", "before it came");
    refused("2019-03-14 12:00", "2019-03-14 13:00", "add the version that held then");
}

/// A terminal's folder in which the owner has changed the first hour of T1.
fn changed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Config::practice(Trade::Parking).expect("it ships").settings;
    let mut store = Store::open(folder.path(), &settings.terminal).expect("it opens");
    let at = Stamp::new(super::at("2026-03-14T14:00:30"));
    let mut tariff = Tariff::clone(&settings.parking.tariff.expect("a tariff"));
    let mut second = tariff.versions[0].clone();
    (second.id, second.from) = ("2026-03-14".to_owned(), at.moved(30).utc);
    second.rules.bands[0].price = Cents(450);
    tariff.versions.push(second);
    let text = TariffText::new(tariff.to_text());
    let change = TariffAct::PutIntoForce { version: "2026-03-14".to_owned(), from: at.moved(30) };
    let event = Event::TariffChanged { text, change, operator: OperatorId("owner".to_owned()) };
    store.commit(at, &[event], &[]).expect("it is written");
    folder
}

#[test]
fn what_holds_is_written_out_and_prices_as_it_does() {
    let (fresh, changed) = (tempfile::tempdir().expect("a folder"), changed());
    let data = |folder: &tempfile::TempDir| folder.path().to_str().expect("a path").to_owned();
    let export = |folder| prints(&["tariff", "export", "--trade", "parking", "--data", &data(folder)]);
    let file = export(&fresh);
    assert!(file.starts_with("code = \"T1\"") && !file.contains("4.50"), "{file}");
    let text = export(&changed);
    let remark = "# 1. 14/03/2026 14:00, owner: version 2026-03-14 put into force from 14/03/2026 14:01\n";
    assert!(text.starts_with(remark), "{text}");
    let written = changed.path().join("out.toml");
    std::fs::write(&written, text).expect("it is written");
    let written = written.to_str().expect("a path");
    assert!(prints(&["tariff", "check", written]).contains("version 2020-01, 2026-03-14"));
    let stay = |from: &str, to: &str| prints(&["tariff", "price", written, "--from", from, "--to", to]);
    assert!(stay("2026-03-14T14:00:59", "2026-03-14T14:30").contains("4,00"));
    assert!(stay("2026-03-14T14:01", "2026-03-14T14:30").contains("4,50"));
    // An owner who asks is told which of the two holds.
    let doctor = |folder| said(&tameio(&["doctor", "--trade", "parking", "--data", &data(folder)]).stdout);
    let line = |text: String| text.lines().find(|line| line.contains(" tariff ")).expect("a line").to_owned();
    assert!(line(doctor(&fresh)).contains("never changed at the screen"));
    let told = line(doctor(&changed));
    assert!(told.starts_with("ok") && told.contains("once") && told.contains("by owner"), "{told}");
}
