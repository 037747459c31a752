//! Our provider on a real socket, spoken to by the transport that speaks to a real one, in every way of being let in.

use super::{FAMILIES, ours, rules, wash};
use crate::aade::clock_at;
use crate::mydata::now;
use std::net::SocketAddr;
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::in_process::Shared;
use tameio::aade::simulator::server::Server;
use tameio::aade::simulator::{Fault, Kind};
use tameio::aade::transport::{HttpTransport, Media, Transport};
use tameio::domain::entry::Hindrance;
use tameio::domain::issuing::{Found, News};
use tameio::domain::provider::{Asked, Family, Posted, ProviderRules};
use tameio::provider::auth::{Auth, Login};
use tameio::provider::reply::Answer;
use tameio::provider::request::{NOTHING, look_up, probe, send};
use tameio::provider::simulator::{Call, Door, FaultRule, FaultScript, Options, Simulator};
use tameio::provider::transport::Way;
use tameio::provider::worker;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn server(family: Family, options: Options) -> Server<Simulator> {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    Server::start(listen, Shared::new(Simulator::new(family, options)), clock_at(now)).await.unwrap()
}

fn way(server: &Server<Simulator>, auth: Auth, key: &str) -> Way<HttpTransport> {
    let media = Media { sent: "application/xml", asked: "*/*" };
    let carrier = HttpTransport::without_credentials(&server.base(), media).unwrap();
    Way::new(carrier, auth, Credentials::new("demo", key), Some("Idempotency-Key".to_owned()))
}

async fn tell(way: &dyn Transport, rules: &ProviderRules, number: u64) -> News {
    let handed = wash(number);
    worker::send(way, rules, send(rules, &handed).unwrap(), &handed.key).await.heard
}

async fn ask(way: &dyn Transport, rules: &ProviderRules, number: u64) -> Found {
    let handed = wash(number);
    worker::look_up(way, rules, look_up(rules, &handed), &ours(&handed)).await
}

async fn by_hand(server: &Server<Simulator>, line: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let length = body.len();
    let request =
        format!("{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_document_goes_over_the_wire_through_every_door() {
    let form = Posted::Form { field: "xml".to_owned() };
    let form = ProviderRules { posted: form, asked: Asked::Post, ..rules(Family::Xml) };
    let header = Auth::usual(Family::Xml);
    let pair = Auth::Pair { user_header: "X-User".to_owned(), key_header: "Api-Key".to_owned() };
    let field = Auth::Form { field: "token".to_owned() };
    let doors = [
        (rules(Family::Xml), Door::Header, header.clone()),
        (rules(Family::Xml), Door::Header, pair),
        (rules(Family::Xml), Door::Token, Auth::Login(Login::default())),
        (form, Door::Form, field),
        (rules(Family::Json), Door::Token, Auth::usual(Family::Json)),
        (rules(Family::Json), Door::Header, header),
    ];
    for (rules, door, auth) in doors {
        let server = server(rules.family, Options { door: Some(door), ..Options::default() }).await;
        let open = way(&server, auth.clone(), "demo");
        assert_eq!(ask(&open, &rules, 1).await, Found::Absent, "{auth:?}");
        let heard = tell(&open, &rules, 1).await;
        let News::Accepted { mark, authentication: Some(_), qr: Some(_), .. } = heard else {
            panic!("{auth:?}: {heard:?}")
        };
        let found = ask(&open, &rules, 1).await;
        assert!(matches!(found, Found::There { mark: same, .. } if same == mark), "{auth:?}: {found:?}");
        let asked = probe(&rules, "999999993", "APY");
        let nothing = open.exchange(asked.clone()).await.unwrap();
        assert_eq!(Answer::to_look_up(&rules, &nothing, &NOTHING), Answer::Absent, "the doctor's question");
        let shut = way(&server, auth, "wrong");
        let put_off = News::PutOff { hindrance: Hindrance::Credentials };
        assert_eq!(tell(&shut, &rules, 2).await, put_off);
        assert!(matches!(
            ask(&shut, &rules, 1).await,
            Found::Incomplete { hindrance: Hindrance::Credentials, .. }
        ));
        assert_eq!(server.simulator().with(|s| s.live().len()), 1);
        // The secret stands nowhere but in what opens the door.
        let seen = server.simulator().with(|s| s.state()["seen"].to_string());
        assert!(door == Door::Form || !seen.contains("\"demo\"") || seen.contains("login"), "{seen}");
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_on_the_wire_is_asked_for() {
    for family in FAMILIES {
        for stored in [true, false] {
            let server = server(family, Options::default()).await;
            let lost = FaultRule::nth(Call::Send, 1, Fault::new(Kind::Lose, stored));
            let script = FaultScript { rules: vec![lost], ..FaultScript::default() };
            server.simulator().with(|s| s.set_faults(script));
            let (open, rules) = (way(&server, Auth::usual(family), "demo"), rules(family));
            let heard = tell(&open, &rules, 1).await;
            assert!(matches!(heard, News::Lost(_)), "{family:?}: {heard:?}");
            let found = ask(&open, &rules, 1).await;
            assert_eq!(matches!(found, Found::There { .. }), stored, "{family:?}: {found:?}");
        }
    }
}

#[tokio::test]
async fn where_nobody_listens_nothing_left() {
    for family in FAMILIES {
        let server = server(family, Options::default()).await;
        let (open, rules) = (way(&server, Auth::usual(family), "demo"), rules(family));
        assert!(matches!(tell(&open, &rules, 1).await, News::Accepted { .. }));
        server.set_down(true);
        // A connection that is still open is cut; a new one is refused.
        let mut heard = tell(&open, &rules, 2).await;
        if matches!(heard, News::Lost(_)) {
            heard = tell(&open, &rules, 2).await;
        }
        assert_eq!(heard, News::NeverLeft, "{family:?}");
        // Without a token nothing of the document left either.
        let fresh = way(&server, Auth::Login(Login::default()), "demo");
        assert_eq!(tell(&fresh, &rules, 3).await, News::NeverLeft);
        assert_eq!(server.simulator().with(|s| s.live().len()), 1);
    }
}

#[tokio::test]
async fn the_control_side_shows_and_takes() {
    let server = server(Family::Json, Options::default()).await;
    let rules = rules(Family::Json);
    tell(&way(&server, Auth::usual(Family::Json), "demo"), &rules, 1).await;
    let state = by_hand(&server, "GET /state", "").await;
    let state: serde_json::Value = serde_json::from_str(state.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!((&state["live"][0]["series"], &state["live"][0]["gross"]), (&"APY".into(), &"12.00".into()));
    let page = by_hand(&server, "GET /", "").await;
    assert!(
        page.contains("text/html") && page.contains("provider (JSON)") && page.contains("12.00"),
        "{page}"
    );
    let bad = by_hand(&server, "POST /faults", r#"{"rules": [{"call": "SendInvoices"}]}"#).await;
    assert!(bad.starts_with("HTTP/1.1 400"), "{bad}");
    let script =
        r#"{"rules": [{"call": "Send", "fault": {"kind": "status", "status": 503, "stored": false}}]}"#;
    let taken = by_hand(&server, "POST /faults", script).await;
    assert!(taken.starts_with("HTTP/1.1 204"), "{taken}");
    assert!(matches!(tell(&way(&server, Auth::usual(Family::Json), "demo"), &rules, 2).await, News::Lost(_)));
    let cleared = by_hand(&server, "DELETE /faults", "").await;
    assert!(cleared.starts_with("HTTP/1.1 204"), "{cleared}");
}

/// A file of state: what was accepted is there after a restart, and its key is known.
#[tokio::test]
async fn what_was_accepted_is_there_after_a_restart() {
    for family in FAMILIES {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("provider");
        let mut marks = Vec::new();
        for _ in 0..2 {
            let simulator = Simulator::open(family, Options::default(), &file).unwrap();
            let simulator = Shared::new(simulator);
            let (way, rules) = (super::way(family, &simulator), rules(family));
            match ask(&way, &rules, 1).await {
                Found::There { mark, .. } => marks.push(mark),
                Found::Absent => assert!(matches!(tell(&way, &rules, 1).await, News::Accepted { .. })),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(marks.len(), 1, "{family:?}: it was found the second time");
    }
}
