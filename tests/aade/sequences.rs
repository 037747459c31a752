//! Whole stories at the registry: what follows from what, and what it says when read back.

use super::{
    accepted, answer, cancel, clock, completion, correlate_xml, elements, errors, id, list, post, reply,
    send_xml, simulator, update_xml, wash,
};
use jiff::Timestamp;
use tameio::aade::credentials::Credentials;
use tameio::aade::listing::Listing;
use tameio::aade::message::{ListQuery, Operation, Request};
use tameio::aade::reply::Answer;
use tameio::aade::simulator::in_process::{InProcess, Shared};
use tameio::aade::simulator::state::EntryState;
use tameio::aade::simulator::{Call, CorrelationName, Fault, FaultRule, FaultScript, Kind, Simulator};
use tameio::aade::transport::{HttpRequest, TransportError};

const MARK: &str = "<mark>400001960000777</mark>";

fn correlate(entries: &[i64]) -> HttpRequest {
    post(Operation::Correlate, &correlate_xml(MARK, entries))
}

fn read(simulator: &mut Simulator, query: &str) -> Listing {
    Listing::read(&reply(simulator, &list(query))).unwrap()
}

fn refused_with(simulator: &mut Simulator, operation: Operation, request: &HttpRequest) -> Vec<String> {
    errors(simulator, operation, request).into_iter().map(|(code, _)| code).collect()
}

fn in_service(entry: i64) -> HttpRequest {
    let entry = entry.to_string();
    let fields =
        [("initialDclId", entry.as_str()), ("clientServiceType", "2"), ("providedServiceCategory", "7")];
    post(Operation::Update, &update_xml(&fields))
}

#[test]
fn a_visit_takes_four_moments_with_growing_ids() {
    let mut world = simulator();
    let entry = accepted(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    let update = accepted(&mut world, Operation::Update, &in_service(entry));
    let end = accepted(&mut world, Operation::Update, &completion(entry));
    let correlation = accepted(&mut world, Operation::Correlate, &correlate(&[entry]));
    assert_eq!([entry, update, end, correlation], [id(1), id(2), id(3), id(4)]);
    let held = world.entries().next().unwrap();
    assert_eq!(
        (held.state, held.plate(), held.mark()),
        (EntryState::Completed, "ΥΖΑ7319", Some("#7K3Q-000001"))
    );
    assert_eq!((&held.updates, &held.correlations), (&vec![update, end], &vec![correlation]));
}

#[test]
fn a_completed_entry_takes_no_more_updates() {
    let mut world = simulator();
    let entry = accepted(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    let update = accepted(&mut world, Operation::Update, &completion(entry));
    assert_eq!(refused_with(&mut world, Operation::Update, &completion(entry)), ["209"]);
    assert_eq!(refused_with(&mut world, Operation::Update, &in_service(update)), ["221"]);
    accepted(&mut world, Operation::Correlate, &correlate(&[entry]));
    accepted(&mut world, Operation::Cancel, &cancel(entry));
}

#[test]
fn a_cancelled_entry_takes_nothing_and_can_be_replaced() {
    let mut world = simulator();
    let entry = accepted(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    accepted(&mut world, Operation::Cancel, &cancel(entry));
    assert_eq!(refused_with(&mut world, Operation::Update, &in_service(entry)), ["207"]);
    assert_eq!(refused_with(&mut world, Operation::Correlate, &correlate(&[entry])), ["207"]);
    assert_eq!(refused_with(&mut world, Operation::Cancel, &cancel(entry)), ["207"]);
    let named = entry.to_string();
    let before = [("clientServiceType", "2"), ("branch", "0"), ("correlatedDclId", named.as_str())];
    let right = send_xml(&before, "parkingcarwash", &[("vehicleRegistrationNumber", "ΥΖΑ7391")], &[]);
    let replacement = accepted(&mut world, Operation::Send, &post(Operation::Send, &right));
    let listing = read(&mut world, "DCLID=0");
    assert_eq!(listing.entries[1].replaces, Some(entry));
    assert_eq!(listing.cancellations[0].entry, entry);
    assert_eq!(listing.cancellations[0].date, Some("2026-07-14".parse().unwrap()));
    assert_eq!(listing.highest(), Some(replacement));
}

#[test]
fn one_document_may_have_many_entries_and_one_entry_many_documents() {
    let mut world = simulator();
    let entries = [1, 2].map(|n| accepted(&mut world, Operation::Send, &wash(&format!("#7K3Q-{n:06}"))));
    accepted(&mut world, Operation::Correlate, &correlate(&entries));
    assert_eq!(refused_with(&mut world, Operation::Correlate, &correlate(&entries)), ["210", "210"]);
    let credit = post(Operation::Correlate, &correlate_xml("<mark>400001960000778</mark>", &entries[..1]));
    let second = accepted(&mut world, Operation::Correlate, &credit);
    assert_eq!(world.entries().next().unwrap().correlations, [id(3), second]);
}

/// What is left out of a later update keeps its value.
#[test]
fn updates_merge_field_by_field() {
    let mut world = simulator();
    let entry = accepted(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    let named = entry.to_string();
    let mut update = |fields: &[(&str, &str)]| {
        let head = [("initialDclId", named.as_str()), ("clientServiceType", "2")];
        accepted(
            &mut world,
            Operation::Update,
            &post(Operation::Update, &update_xml(&[&head, fields].concat())),
        )
    };
    update(&[("amount", "12.00"), ("providedServiceCategory", "8"), ("comments", "κερί")]);
    let last = update(&[("providedServiceCategory", "7")]);
    let listing = read(&mut world, &format!("DCLID={}&maxdclid={entry}", entry - 1));
    let merged = listing.entries[0].merged.as_ref().unwrap();
    assert_eq!((merged.id, merged.category, merged.completes), (last, Some(7), false));
    assert_eq!(merged.comments.as_ref().unwrap().as_str(), "κερί");
    assert!(listing.updates.is_empty(), "updates lie above the upper end");
    let body = String::from_utf8(reply(&mut world, &list("DCLID=0")).body).unwrap();
    assert_eq!(body.matches("<amount>12.00</amount>").count(), 2, "merged, and in its own update: {body}");
}

#[test]
fn the_cursor_is_exclusive_and_the_upper_end_is_not() {
    let mut world = simulator();
    for n in 1..=5 {
        accepted(&mut world, Operation::Send, &wash(&format!("#7K3Q-{n:06}")));
    }
    let mut ids = |query: &str| read(&mut world, query).entries.iter().map(|e| e.id).collect::<Vec<_>>();
    assert_eq!(ids(&format!("DCLID={}&maxdclid={}", id(2), id(3))), [id(3)]);
    assert_eq!(ids(&format!("DCLID={}", id(3))), [id(4), id(5)]);
    assert_eq!(ids(&format!("DCLID={}", id(5))), [0; 0]);
    assert_eq!(ids(&format!("DCLID={}&maxdclid={}", id(5), id(2))), [0; 0]);
    assert_eq!(ids(&format!("DCLID={}", i64::MAX)), [0; 0]);
}

#[test]
fn pages_end_without_a_token() {
    let mut world = simulator();
    world.options_mut().page_size = 2;
    for n in 1..=5 {
        accepted(&mut world, Operation::Send, &wash(&format!("#7K3Q-{n:06}")));
    }
    let (pages, all) = read_all(&mut world, ListQuery::default());
    assert_eq!(pages, 3);
    assert_eq!(all.entries.iter().map(|e| e.id).collect::<Vec<_>>(), (1..=5).map(id).collect::<Vec<_>>());
    let (pages, all) =
        read_all(&mut world, ListQuery { after: id(1), up_to: Some(id(4)), ..ListQuery::default() });
    assert_eq!((pages, all.entries.len(), all.token), (2, 3, None));
}

fn read_all(world: &mut Simulator, mut query: ListQuery) -> (u32, Listing) {
    let mut all = Listing::default();
    for page in 1.. {
        let listing = Listing::read(&reply(world, &Request::List(query.clone()).to_http())).unwrap();
        let next = listing.next(&query);
        all.extend(listing);
        match next {
            Some(next) => query = next,
            None => return (page, all),
        }
    }
    unreachable!()
}

/// The time sent in UTC comes back in Athens time, in summer and over a winter's midnight.
#[test]
fn outage_times_come_back_in_athens_time() {
    for (sent, listed) in
        [("2026-07-14T05:42:10Z", "2026-07-14T08:42:10"), ("2026-01-10T22:30:00Z", "2026-01-11T00:30:00")]
    {
        let mut world = simulator();
        let before = [
            ("clientServiceType", "2"),
            ("creationDateTime", sent),
            ("branch", "0"),
            ("transmissionFailure", "1"),
        ];
        let late = send_xml(&before, "parkingcarwash", &[("vehicleRegistrationNumber", "ΥΖΑ7319")], &[]);
        accepted(&mut world, Operation::Send, &post(Operation::Send, &late));
        let reply = reply(&mut world, &list("DCLID=0"));
        let body = String::from_utf8(reply.body.clone()).unwrap();
        assert!(body.contains(&format!("<creationDateTime>{listed}</creationDateTime>")), "{body}");
        let entry = &Listing::read(&reply).unwrap().entries[0];
        assert_eq!(entry.created, Some(sent.parse::<Timestamp>().unwrap()));
        assert!(entry.after_outage);
    }
}

#[test]
fn the_registry_stamps_what_is_its_own() {
    let mut world = simulator();
    let entry = accepted(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    accepted(&mut world, Operation::Update, &completion(entry));
    let garage = send_xml(
        &[("clientServiceType", "3"), ("branch", "0")],
        "garage",
        &[("vehicleRegistrationNumber", "ΥΖΑ7319")],
        &[],
    );
    let garage = accepted(&mut world, Operation::Send, &post(Operation::Send, &garage)).to_string();
    let moved = update_xml(&[
        ("initialDclId", &garage),
        ("clientServiceType", "3"),
        ("entryCompletion", "true"),
        ("providedServiceCategory", "3"),
        ("offSiteProvidedService", "2"),
        ("otherBranch", "1"),
    ]);
    accepted(&mut world, Operation::Update, &post(Operation::Update, &moved));
    let listing = read(&mut world, "DCLID=0");
    assert_eq!(listing.entries[0].created, Some(super::now()));
    assert_eq!(listing.updates[0].completed, Some(super::now()));
    let body = String::from_utf8(reply(&mut world, &list("DCLID=0")).body).unwrap();
    assert_eq!(body.matches("<exitDateTime>2026-07-14T11:31:05</exitDateTime>").count(), 2, "{body}");
}

#[test]
fn correlations_are_understood_under_both_names() {
    let mut world = simulator();
    world.options_mut().correlation_name = CorrelationName::Seen;
    let entry = accepted(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    let fim = elements(&[
        ("FIMNumber", "ABC12345678"),
        ("FIMAA", "7"),
        ("FIMIssueDate", "2026-07-14"),
        ("FIMIssueTime", "11:40:00"),
    ]);
    let request = post(Operation::Correlate, &correlate_xml(&format!("<FIM>{fim}</FIM>"), &[entry]));
    let correlation = reply(&mut world, &request);
    assert!(String::from_utf8_lossy(&correlation.body).contains("clientCorrelationID"));
    assert_eq!(Answer::read(Operation::Correlate, &correlation), Answer::Accepted { id: id(2) });
    let listed = read(&mut world, "DCLID=0").correlations.remove(0);
    assert_eq!((listed.id, listed.mark, listed.entries), (id(2), None, vec![entry]));
    let fim = listed.fim.unwrap();
    assert_eq!((fim.number.as_str(), fim.aa, fim.time), ("ABC12345678", 7, "11:40:00".parse().ok()));
}

/// The answer is lost after the entry was made; the caller looks from the cursor it had and adopts what it finds.
#[test]
fn a_lost_answer_is_found_by_its_mark() {
    let simulator = Shared::new(simulator());
    let way = InProcess::new(simulator.clone(), clock(), &Credentials::demo());
    let fault = FaultRule::nth(Call::SendClient, 1, Fault::new(Kind::Lose, true));
    simulator.with(|s| s.set_faults(FaultScript { rules: vec![fault], ..FaultScript::default() }));
    let (lost, _) = way.deliver(&wash("#7K3Q-000042"));
    assert!(matches!(lost, Err(TransportError::Lost(_))), "{lost:?}");
    let query = Request::List(ListQuery { after: id(0), ..ListQuery::default() });
    let listing = Listing::read(&way.deliver(&query.to_http()).0.unwrap()).unwrap();
    let mark = |entry: &&tameio::aade::listing::ListedEntry| {
        entry.comments.as_ref().is_some_and(|comments| comments.as_str().starts_with("#7K3Q-000042"))
    };
    let found = listing.entries.iter().find(mark).unwrap();
    assert_eq!(found.id, id(1));
    assert_eq!(simulator.with(|s| s.live_by_mark()), [("#7K3Q-000042".to_owned(), 1)].into());
}

/// What the tests of a whole terminal count by.
#[test]
fn doubles_are_seen_by_their_mark() {
    let mut world = simulator();
    for mark in ["#7K3Q-000001 α", "#7K3Q-000001 β", "#7K3Q-000002", "by hand"] {
        accepted(&mut world, Operation::Send, &wash(mark));
    }
    accepted(&mut world, Operation::Cancel, &cancel(id(3)));
    assert_eq!(world.live_by_mark(), [("#7K3Q-000001".to_owned(), 2)].into());
}

#[test]
fn a_technical_error_is_unknown() {
    let mut world = simulator();
    let fault = FaultRule::always(Fault::new(Kind::Technical, false));
    world.set_faults(FaultScript { rules: vec![fault], ..FaultScript::default() });
    let unknown = answer(&mut world, Operation::Send, &wash("#7K3Q-000001"));
    assert!(matches!(unknown, Answer::Unknown { .. }), "{unknown:?}");
    assert!(Listing::read(&reply(&mut world, &list("DCLID=0"))).is_err());
}
