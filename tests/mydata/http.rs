//! Our myDATA on a real socket, spoken to by the transport that speaks to AADE.

use super::{now, receipt, simulator};
use crate::aade::clock_at;
use std::net::SocketAddr;
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::in_process::Shared;
use tameio::aade::simulator::server::Server;
use tameio::aade::transport::{Endpoint, HttpTransport};
use tameio::domain::entry::Hindrance;
use tameio::domain::issuing::{Found, News};
use tameio::mydata::request::Layout;
use tameio::mydata::simulator::Simulator;
use tameio::mydata::worker::{Sought, look_up, send};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

async fn server() -> Server<Simulator> {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    Server::start(listen, Shared::new(simulator()), clock_at(now)).await.unwrap()
}

fn transport(server: &Server<Simulator>, user: &str) -> HttpTransport {
    HttpTransport::new(&Endpoint::At(server.base()), &Credentials::new(user, user)).unwrap()
}

/// A request by hand: status line and headers, body.
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
async fn a_document_goes_over_the_wire_in_both_layouts() {
    let server = server().await;
    let transport = transport(&server, "demo");
    for (number, layout) in [(1, Layout::Production), (2, Layout::Test)] {
        let tried = send(&transport, layout, &receipt(number)).await;
        let News::Accepted { mark: given, .. } = tried.heard else { panic!("{tried:?}") };
        let sought = Sought { identity: receipt(number).identity, after: 0, narrow: true };
        let found = look_up(&transport, layout, &sought).await;
        assert!(matches!(found, Found::There { mark, .. } if mark == given), "{found:?}");
    }
    let nobody = self::transport(&server, "nobody");
    let tried = send(&nobody, Layout::Production, &receipt(3)).await;
    assert_eq!(tried.heard, News::PutOff { hindrance: Hindrance::Credentials });
}

#[tokio::test]
async fn an_answer_is_lost_on_the_wire_after_the_document_was_taken() {
    let server = server().await;
    let script =
        r#"{"rules": [{"call": "SendInvoices", "nth": [1], "fault": {"kind": "lose", "stored": true}}]}"#;
    let set = by_hand(&server, "POST /faults", script).await;
    assert!(set.starts_with("HTTP/1.1 204"), "{set}");
    let transport = transport(&server, "demo");
    let tried = send(&transport, Layout::Production, &receipt(1)).await;
    assert!(matches!(tried.heard, News::Lost(_)), "{tried:?}");
    let sought = Sought { identity: receipt(1).identity, after: 0, narrow: false };
    let found = look_up(&transport, Layout::Production, &sought).await;
    assert!(matches!(found, Found::There { .. }), "{found:?}");
    server.set_down(true);
    // A connection that is still open is cut; a new one is refused.
    let mut tried = send(&transport, Layout::Production, &receipt(2)).await;
    if matches!(tried.heard, News::Lost(_)) {
        tried = send(&transport, Layout::Production, &receipt(2)).await;
    }
    assert_eq!(tried.heard, News::NeverLeft);
    assert_eq!(server.simulator().with(|s| s.live().len()), 1);
}

#[tokio::test]
async fn the_control_side_shows_and_takes() {
    let server = server().await;
    send(&transport(&server, "demo"), Layout::Production, &receipt(1)).await;
    let state = by_hand(&server, "GET /state", "").await;
    let state: serde_json::Value = serde_json::from_str(state.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!((&state["live"][0]["series"], &state["live"][0]["gross"]), (&"APY".into(), &"12.00".into()));
    let page = by_hand(&server, "GET /", "").await;
    assert!(page.contains("text/html") && page.contains("11.2 APY 1 of 2026-10-05, 12.00 €"), "{page}");
    let bad = by_hand(&server, "POST /faults", r#"{"rules": [{"call": "SendClient"}]}"#).await;
    assert!(bad.starts_with("HTTP/1.1 400"), "{bad}");
    let cleared = by_hand(&server, "DELETE /faults", "").await;
    assert!(cleared.starts_with("HTTP/1.1 204"), "{cleared}");
}
