//! Validity: every document we write and every answer the simulator writes against AADE's own schemas, and the
//! simulator's tables against `xmllint` on documents good and bad.

use super::{
    accepted, cancel, completion, correlate_xml, elements, id, list, post, reply, schemas, send_xml,
    simulator, update_xml, wash,
};
use crate::aade::golden;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tameio::aade::message::Operation;
use tameio::aade::reply::Answer;
use tameio::aade::simulator::{CorrelationName, Options, Simulator};

const SEND: &str = "SendClient-v1.1.xsd";
const UPDATE: &str = "updateClient-v1.1.xsd";
const CORRELATE: &str = "clientCorrelations-v1.1.xsd";
const RESPONSE: &str = "response-v1.1.xsd";
const LISTING: &str = "requestedClientsDoc-v1.1.xsd";

/// Whether `xmllint` finds a document valid, and what it says.
fn xmllint(folder: &Path, schema: &str, document: &[u8]) -> (bool, String) {
    let mut child = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(folder.join(schema))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(document).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn must_be_valid(folder: &Path, schema: &str, document: &[u8]) {
    let (valid, said) = xmllint(folder, schema, document);
    assert!(valid, "{said}\n{}", String::from_utf8_lossy(document));
}

fn schema_of(operation: Operation) -> Option<&'static str> {
    match operation {
        Operation::Send => Some(SEND),
        Operation::Update => Some(UPDATE),
        Operation::Correlate => Some(CORRELATE),
        Operation::Cancel | Operation::List => None,
    }
}

#[test]
fn every_document_we_write_is_valid() {
    let Some(folder) = schemas() else { return };
    for request in golden::requests() {
        if let Some(schema) = schema_of(request.operation()) {
            must_be_valid(&folder, schema, request.body().as_bytes());
        }
    }
}

/// A simulator that holds one record of each kind, and one cancelled entry.
fn full() -> Simulator {
    let mut full = simulator();
    let entry = accepted(&mut full, Operation::Send, &wash("#7K3Q-000001 &amp; &lt;κερί&gt;"));
    accepted(&mut full, Operation::Update, &completion(entry));
    let fim = "<FIM><FIMNumber>ABC12345678</FIMNumber><FIMAA>7</FIMAA><FIMIssueDate>2026-07-14</FIMIssueDate><FIMIssueTime>11:40:00</FIMIssueTime></FIM>";
    accepted(&mut full, Operation::Correlate, &post(Operation::Correlate, &correlate_xml(fim, &[entry])));
    let other = accepted(&mut full, Operation::Send, &wash("#7K3Q-000002"));
    accepted(&mut full, Operation::Cancel, &cancel(other));
    full
}

#[test]
fn every_answer_the_simulator_writes_is_valid() {
    let Some(folder) = schemas() else { return };
    let mut full = full();
    must_be_valid(&folder, LISTING, &reply(&mut full, &list("DCLID=0")).body);
    full.options_mut().page_size = 1;
    must_be_valid(&folder, LISTING, &reply(&mut full, &list("DCLID=0")).body);
    let correlation = post(Operation::Correlate, &correlate_xml("<mark>400001960000777</mark>", &[id(1)]));
    for request in
        [wash("#7K3Q-000003"), completion(id(1)), completion(id(6)), correlation, cancel(id(6)), cancel(7)]
    {
        must_be_valid(&folder, RESPONSE, &reply(&mut full, &request).body);
    }
    must_be_valid(&folder, RESPONSE, &reply(&mut full, &post(Operation::Send, "<a>")).body);
}

/// Whether the simulator's own tables find a document valid: it may still break a rule.
fn is_valid_here(operation: Operation, document: &str) -> bool {
    let mut simulator =
        Simulator::new(Options { correlation_name: CorrelationName::Schema, ..Options::default() });
    match Answer::read(operation, &reply(&mut simulator, &post(operation, document))) {
        Answer::Refused { errors } => errors.iter().all(|error| error.code != "101"),
        Answer::Accepted { .. } => true,
        other => panic!("{other:?}"),
    }
}

struct Case(&'static str, Operation, String, bool);

const TYPE: (&str, &str) = ("clientServiceType", "2");
const BRANCH: (&str, &str) = ("branch", "0");
const PLATE: &[(&str, &str)] = &[("vehicleRegistrationNumber", "ΥΖΑ7319")];

fn sent(what: &'static str, before: &[(&str, &str)], valid: bool) -> Case {
    Case(what, Operation::Send, send_xml(before, "parkingcarwash", PLATE, &[]), valid)
}

fn sent_vehicle(what: &'static str, vehicle: &[(&str, &str)], valid: bool) -> Case {
    Case(what, Operation::Send, send_xml(&[TYPE, BRANCH], "parkingcarwash", vehicle, &[]), valid)
}

fn sent_after(what: &'static str, after: &[(&str, &str)], valid: bool) -> Case {
    Case(what, Operation::Send, send_xml(&[TYPE, BRANCH], "parkingcarwash", PLATE, after), valid)
}

fn updated(what: &'static str, field: (&str, &str), valid: bool) -> Case {
    let place = ["amount", "providedServiceCategory", "comments"].iter().position(|name| *name == field.0);
    assert!(place.is_some(), "the field has a place in the sequence");
    Case(what, Operation::Update, update_xml(&[("initialDclId", "7"), TYPE, field]), valid)
}

fn sends() -> Vec<Case> {
    let good = send_xml(&[TYPE, BRANCH], "parkingcarwash", PLATE, &[]);
    let twice = {
        let start = good.find("<newDigitalClient>").unwrap();
        let end = good.find("</NewDigitalClientDoc>").unwrap();
        format!("{}{}{}", &good[..end], &good[start..end], &good[end..])
    };
    let prefixed = good
        .replace("</", "<\u{1}")
        .replace('<', "<d:")
        .replace("<d:\u{1}", "</d:")
        .replace("xmlns=", "xmlns:d=");
    let bare = good.replace(r#" xmlns="http://www.aade.gr/myDATA/dcrnew/v1.0""#, "");
    let commented = good.replace("<useCase>", "<!-- ok --><useCase>");
    vec![
        Case("as it should be", Operation::Send, good.clone(), true),
        Case("two entries in one document", Operation::Send, twice, false),
        Case("a prefix on every element", Operation::Send, prefixed, true),
        Case("no namespace", Operation::Send, bare, false),
        Case("a comment inside", Operation::Send, commented, true),
        Case("text between elements", Operation::Send, good.replace("<useCase>", "x<useCase>"), false),
        Case("an unknown attribute", Operation::Send, good.replace("<branch>", r#"<branch a="1">"#), false),
        Case("no use case", Operation::Send, good.replace("parkingcarwash>", "carwash>"), false),
        Case(
            "another use case than the type",
            Operation::Send,
            send_xml(&[("clientServiceType", "3"), BRANCH], "parkingcarwash", PLATE, &[]),
            true,
        ),
        Case(
            "a rental without purpose",
            Operation::Send,
            send_xml(&[("clientServiceType", "1"), BRANCH], "rental", PLATE, &[]),
            true,
        ),
        sent("no branch", &[TYPE], false),
        sent("an empty branch", &[TYPE, ("branch", "")], false),
        sent("a negative branch", &[TYPE, ("branch", "-1")], false),
        sent("white space around a number", &[TYPE, ("branch", " 0 ")], true),
        sent("order", &[BRANCH, TYPE], false),
        sent("the same twice", &[TYPE, BRANCH, BRANCH], false),
        sent("a flag as 1", &[TYPE, BRANCH, ("mixedService", "1")], true),
        sent("a flag as yes", &[TYPE, BRANCH, ("mixedService", "yes")], false),
        sent("an outage flag of 2", &[TYPE, BRANCH, ("transmissionFailure", "2")], false),
        sent("Greece as EL", &[TYPE, BRANCH, ("customerCountry", "EL")], false),
        sent("Greece as GR", &[TYPE, BRANCH, ("customerCountry", "GR")], true),
        sent("a local time", &[TYPE, ("creationDateTime", "2026-07-14T05:42:10"), BRANCH], true),
        sent(
            "an offset and a fraction",
            &[TYPE, ("creationDateTime", "2026-07-14T08:42:10.25+03:00"), BRANCH],
            true,
        ),
        sent("a time with a space", &[TYPE, ("creationDateTime", "2026-07-14 05:42:10"), BRANCH], false),
        sent("a month of 13", &[TYPE, ("creationDateTime", "2026-13-14T05:42:10Z"), BRANCH], false),
        sent("a day too many", &[TYPE, BRANCH, ("fromAgreedPeriodDate", "2026-02-29")], false),
        sent("a day of the year 0", &[TYPE, BRANCH, ("fromAgreedPeriodDate", "0000-12-31")], false),
        sent("a time of the year 0", &[TYPE, ("creationDateTime", "0000-12-31T05:42:10Z"), BRANCH], false),
        sent("a date", &[TYPE, BRANCH, ("fromAgreedPeriodDate", "2026-02-28")], true),
        sent("a comment of 150", &[TYPE, BRANCH, ("comments", &"ω".repeat(150))], true),
        sent("a comment of 151", &[TYPE, BRANCH, ("comments", &"ω".repeat(151))], false),
        sent("a type of 4", &[("clientServiceType", "4"), BRANCH], false),
        sent("an id that is no number", &[TYPE, BRANCH, ("correlatedDclId", "12a")], false),
        sent("an id beyond 64 bits", &[TYPE, BRANCH, ("correlatedDclId", "9223372036854775808")], false),
        sent_vehicle("an empty plate", &[("vehicleRegistrationNumber", "")], true),
        sent_vehicle("no plate", &[], true),
        sent_vehicle("a plate of 51", &[("vehicleRegistrationNumber", &"A".repeat(51))], false),
        sent_vehicle("a purpose at a wash", &[PLATE[0], ("vehicleMovementPurpose", "1")], false),
        sent_after("every 12 months", &[("periodicity", "12")], true),
        sent_after("every 13 months", &[("periodicity", "13")], false),
        sent_after(
            "order after the use case",
            &[("continuousLeaseService", "true"), ("periodicity", "1")],
            false,
        ),
        sent("periodicity before the use case", &[TYPE, BRANCH, ("periodicity", "1")], false),
    ]
}

fn others() -> Vec<Case> {
    let update = update_xml(&[("initialDclId", "7"), TYPE]);
    let mark = "<mark>400001960000777</mark>";
    let fim = elements(&[
        ("FIMNumber", "ABC12345678"),
        ("FIMAA", "7"),
        ("FIMIssueDate", "2026-07-14"),
        ("FIMIssueTime", "11:40:00"),
    ]);
    let correlation = |document: &str, entries: &[i64]| correlate_xml(document, entries);
    vec![
        Case("an update", Operation::Update, update.clone(), true),
        Case("an update with http", Operation::Update, update.replace("https://", "http://"), false),
        Case("an update without its entry", Operation::Update, update_xml(&[TYPE]), false),
        updated("an amount", ("amount", "85.50"), true),
        updated("an amount without a point", ("amount", "85"), true),
        updated("three decimals", ("amount", "85.505"), false),
        updated("three decimals, the last nought", ("amount", "85.500"), true),
        updated("a comma", ("amount", "85,50"), false),
        updated("less than nothing", ("amount", "-1"), false),
        updated("fifteen digits", ("amount", "1234567890123.45"), true),
        updated("sixteen digits", ("amount", "12345678901234.56"), false),
        updated("an empty amount", ("amount", ""), false),
        updated("a category of 0", ("providedServiceCategory", "0"), false),
        updated("a category of 9", ("providedServiceCategory", "9"), true),
        updated("a comment of 151", ("comments", &"x".repeat(151)), false),
        Case("by MARK", Operation::Correlate, correlation(mark, &[1, 2]), true),
        Case(
            "by fiscal machine",
            Operation::Correlate,
            correlation(&format!("<FIM>{fim}</FIM>"), &[1]),
            true,
        ),
        Case("by both", Operation::Correlate, correlation(&format!("{mark}<FIM>{fim}</FIM>"), &[1]), false),
        Case("by neither", Operation::Correlate, correlation("", &[1]), false),
        Case("of no entry", Operation::Correlate, correlation(mark, &[]), false),
        Case(
            "a machine without a time",
            Operation::Correlate,
            correlation("<FIM><FIMNumber>A</FIMNumber></FIM>", &[1]),
            false,
        ),
        Case(
            "a time without seconds",
            Operation::Correlate,
            correlation(&format!("<FIM>{}</FIM>", fim.replace("11:40:00", "11:40")), &[1]),
            false,
        ),
        Case("a MARK in words", Operation::Correlate, correlation("<mark>τέσσερα</mark>", &[1]), false),
    ]
}

#[test]
fn the_tables_know_what_is_valid() {
    for Case(what, operation, document, valid) in sends().into_iter().chain(others()) {
        assert_eq!(is_valid_here(operation, &document), valid, "{what}: {document}");
    }
}

#[test]
fn the_tables_agree_with_the_schemas() {
    let Some(folder) = schemas() else { return };
    for Case(what, operation, document, valid) in sends().into_iter().chain(others()) {
        let (there, said) = xmllint(&folder, schema_of(operation).unwrap(), document.as_bytes());
        assert_eq!(there, valid, "{what}: {said}\n{document}");
    }
}

#[test]
fn each_violation_is_an_error_of_its_own() {
    let bad = send_xml(
        &[("clientServiceType", "9"), ("branch", "-1")],
        "parkingcarwash",
        PLATE,
        &[("periodicity", "13")],
    );
    let answer = Answer::read(Operation::Send, &reply(&mut simulator(), &post(Operation::Send, &bad)));
    let Answer::Refused { errors } = answer else { panic!("{answer:?}") };
    assert_eq!(errors.iter().map(|error| error.code.as_str()).collect::<Vec<_>>(), ["101"; 3]);
}
