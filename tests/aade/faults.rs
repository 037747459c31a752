//! Scripted faults: where they strike, what is stored, and that a script plays the same each time.

use super::{list, now, simulator, wash};
use tameio::aade::message::Operation;
use tameio::aade::reply::Answer;
use tameio::aade::simulator::{Call, Caller, Delivery, Fault, FaultRule, FaultScript, Kind, Simulator};
use tameio::aade::transport::HttpReply;

fn playing(rules: Vec<FaultRule>) -> Simulator {
    let mut world = simulator();
    world.set_faults(FaultScript { seed: 7, rules, ..FaultScript::default() });
    world
}

fn send(world: &mut Simulator, n: u32) -> Delivery {
    world.handle(now(), &wash(&format!("#7K3Q-{n:06}")), &Caller::demo())
}

fn is_accepted(delivery: &Delivery) -> bool {
    let Delivery::Reply { status, body, .. } = delivery else { return false };
    let reply = HttpReply { status: *status, body: body.clone() };
    matches!(Answer::read(Operation::Send, &reply), Answer::Accepted { .. })
}

/// Every kind of fault: `true` where it may strike after the request was carried out.
pub(crate) fn kinds() -> Vec<(Kind, bool)> {
    vec![
        (Kind::Lose, true),
        (Kind::Status { status: 500 }, true),
        (Kind::Status { status: 502 }, true),
        (Kind::Technical, true),
        (Kind::CutXml, true),
        (Kind::Garbage, true),
        (Kind::Html, true),
        (Kind::Json, true),
        (Kind::Empty, true),
        (Kind::Throttle, false),
        (Kind::Unauthorized, false),
        (Kind::BadRequest, false),
        (Kind::Refuse, false),
    ]
}

#[test]
fn each_kind_stores_or_does_not() {
    for (kind, may_store) in kinds() {
        for stored in [false, true] {
            let mut world = playing(vec![FaultRule::always(Fault::new(kind, stored))]);
            let delivery = send(&mut world, 1);
            assert!(!is_accepted(&delivery), "{kind:?}: {delivery:?}");
            assert_eq!(
                world.entries().count(),
                usize::from(stored && may_store),
                "{kind:?}, stored {stored}"
            );
            if let Delivery::Lost { after_storing, .. } = delivery {
                assert_eq!(after_storing, stored);
            }
            assert_eq!(world.counts().faults, 1);
        }
    }
}

#[test]
fn positions_are_exact() {
    let lose = Fault::new(Kind::Lose, false);
    let rules = vec![
        FaultRule::nth(Call::SendClient, 2, lose),
        FaultRule { nth: vec![5], ..FaultRule::always(lose) },
        FaultRule { call: Some(Call::RequestClients), times: Some(1), ..FaultRule::always(lose) },
    ];
    let mut world = playing(rules);
    let sent: Vec<bool> = (1..=4).map(|n| is_accepted(&send(&mut world, n))).collect();
    assert_eq!(sent, [true, false, true, true]);
    assert!(!is_accepted(&send(&mut world, 5)), "the fifth of all requests");
    assert!(is_accepted(&send(&mut world, 6)));
    let mut listed =
        || matches!(world.handle(now(), &list("DCLID=0"), &Caller::demo()), Delivery::Reply { .. });
    assert_eq!([listed(), listed()], [false, true]);
}

#[test]
fn a_listing_may_fail_after_a_page() {
    let fault = Fault::new(Kind::Status { status: 503 }, false);
    let mut world = playing(vec![FaultRule { page_above: Some(1), ..FaultRule::always(fault) }]);
    world.options_mut().page_size = 1;
    for n in 1..=2 {
        assert!(is_accepted(&send(&mut world, n)));
    }
    let Delivery::Reply { status: 200, body, .. } = world.handle(now(), &list("DCLID=0"), &Caller::demo())
    else {
        panic!("the first page is whole")
    };
    let page = tameio::aade::listing::Listing::read(&HttpReply { status: 200, body }).unwrap();
    let token = page.token.unwrap().replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let second = world.handle(now(), &list(&format!("DCLID=0&continuationToken={token}")), &Caller::demo());
    assert!(matches!(second, Delivery::Reply { status: 503, .. }), "{second:?}");
}

fn storm(seed: u64) -> (Vec<Delivery>, usize) {
    let mut world = simulator();
    world.set_faults(FaultScript::storm(seed));
    let deliveries = (1..=300).map(|n| send(&mut world, n)).collect();
    (deliveries, world.entries().count())
}

#[test]
fn a_storm_is_the_same_storm_again() {
    assert_eq!(storm(1), storm(1));
    assert_ne!(storm(1).0, storm(2).0);
    let (deliveries, entries) = storm(3);
    let accepted = deliveries.iter().filter(|delivery| is_accepted(delivery)).count();
    assert!((180..=255).contains(&accepted), "{accepted} of 300 answered");
    assert!(entries > accepted, "some were stored and not answered");
}

#[test]
fn a_script_is_json() {
    let text = r#"{"seed": 7, "page_size": 2, "correlation_name": "clientCorrelationID", "rules": [
        {"call": "SendClient", "nth": [1], "fault": {"kind": "lose", "stored": true}},
        {"probability": 1, "times": 1, "fault": {"kind": "status", "status": 500, "delay_ms": 250}},
        {"call": "RequestClients", "page_above": 3, "fault": {"kind": "slow", "delay_ms": 5}}]}"#;
    let script: FaultScript = serde_json::from_str(text).unwrap();
    assert_eq!(
        serde_json::from_str::<FaultScript>(&serde_json::to_string(&script).unwrap()).unwrap(),
        script
    );
    let mut world = simulator();
    world.set_faults(script);
    assert_eq!(send(&mut world, 1), Delivery::Lost { after_storing: true, delay_ms: 0 });
    assert!(matches!(send(&mut world, 2), Delivery::Reply { status: 500, delay_ms: 250, .. }));
    assert!(is_accepted(&send(&mut world, 3)));
    for bad in [r#"{"rulez": []}"#, r#"{"rules": [{"fault": {"kind": "loose"}}]}"#, "7", ""] {
        assert!(serde_json::from_str::<FaultScript>(bad).is_err(), "{bad}");
    }
}
