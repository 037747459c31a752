//! The simulator as a real server and our client as a real client, over real sockets.

use super::faults::kinds;
use super::{cancel, clock, completion, id, list, post, simulator, wash};
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use tameio::aade::credentials::Credentials;
use tameio::aade::listing::Listing;
use tameio::aade::message::{Operation, Request};
use tameio::aade::reply::Answer;
use tameio::aade::simulator::in_process::Shared;
use tameio::aade::simulator::server::Server;
use tameio::aade::simulator::{Fault, FaultRule, FaultScript, Kind};
use tameio::aade::transport::{
    ClientError, Endpoint, HttpReply, HttpRequest, HttpTransport, REPLY_BYTES_MAX, Transport, TransportError,
};

async fn server() -> Server {
    let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Server::start(anywhere, Shared::new(simulator()), clock()).await.unwrap()
}

fn client(base: &str) -> HttpTransport {
    HttpTransport::new(&Endpoint::At(base.to_owned()), &Credentials::demo()).unwrap()
}

fn play(server: &Server, rules: Vec<FaultRule>) {
    server.simulator().with(|s| s.set_faults(FaultScript { rules, ..FaultScript::default() }));
}

async fn heard(
    client: &HttpTransport,
    operation: Operation,
    request: HttpRequest,
) -> Result<Answer, TransportError> {
    client.exchange(request).await.map(|reply| Answer::read(operation, &reply))
}

#[tokio::test]
async fn a_visit_over_real_sockets() {
    let server = server().await;
    let client = client(&server.base());
    assert_eq!(
        heard(&client, Operation::Send, wash("#7K3Q-000001")).await,
        Ok(Answer::Accepted { id: id(1) })
    );
    assert_eq!(
        heard(&client, Operation::Update, completion(id(1))).await,
        Ok(Answer::Accepted { id: id(2) })
    );
    assert_eq!(heard(&client, Operation::Cancel, cancel(id(1))).await, Ok(Answer::Accepted { id: id(3) }));
    let listing = Listing::read(&client.exchange(list("DCLID=0")).await.unwrap()).unwrap();
    assert_eq!((listing.entries.len(), listing.updates.len(), listing.cancellations.len()), (1, 1, 1));
}

#[tokio::test]
async fn our_own_documents_are_taken() {
    let server = server().await;
    let client = client(&server.base());
    let sends = super::golden::requests().into_iter().filter(|r| matches!(r, Request::Send(_)));
    // Some of them name another business or an entry this registry does not hold; the rest must be taken.
    let mut taken = 0;
    for request in sends {
        match heard(&client, Operation::Send, request.to_http()).await.unwrap() {
            Answer::Accepted { .. } => taken += 1,
            Answer::Refused { errors } => {
                assert!(errors.iter().all(|e| ["105", "206"].contains(&e.code.as_str())), "{errors:?}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(taken, 3);
}

/// What each kind of fault looks like from the other end of a socket.
fn expected(kind: Kind) -> fn(&Result<Answer, TransportError>) -> bool {
    match kind {
        Kind::Lose | Kind::Refuse => |heard| matches!(heard, Err(TransportError::Lost(_))),
        Kind::Throttle => |heard| heard == &Ok(Answer::Throttled),
        Kind::Unauthorized => |heard| heard == &Ok(Answer::Unauthorized),
        Kind::BadRequest => |heard| matches!(heard, Ok(Answer::BadRequest { .. })),
        Kind::Slow => |heard| matches!(heard, Ok(Answer::Accepted { .. })),
        Kind::Status { .. }
        | Kind::Technical
        | Kind::CutXml
        | Kind::Garbage
        | Kind::Html
        | Kind::Json
        | Kind::Empty => |heard| matches!(heard, Ok(Answer::Unknown { .. })),
    }
}

#[tokio::test]
async fn every_fault_over_real_sockets() {
    let server = server().await;
    let client = client(&server.base());
    for (kind, may_store) in kinds() {
        for stored in [false, true] {
            let before = server.simulator().with(|s| s.entries().count());
            play(&server, vec![FaultRule::always(Fault::new(kind, stored))]);
            let heard = heard(&client, Operation::Send, wash("#7K3Q-000001")).await;
            assert!(expected(kind)(&heard), "{kind:?}: {heard:?}");
            let made = server.simulator().with(|s| s.entries().count()) - before;
            assert_eq!(made, usize::from(stored && may_store), "{kind:?}, stored {stored}");
        }
    }
    play(&server, vec![]);
    assert!(heard(&client, Operation::Send, wash("#7K3Q-000002")).await.is_ok(), "and all is well again");
}

#[tokio::test]
async fn a_slow_answer_is_an_answer() {
    let server = server().await;
    play(&server, vec![FaultRule::always(Fault { kind: Kind::Slow, stored: true, delay_ms: 120 })]);
    let client = client(&server.base());
    let mut exchange = client.exchange(wash("#7K3Q-000001"));
    let early = tokio::time::timeout(std::time::Duration::from_millis(40), &mut exchange).await;
    assert!(early.is_err(), "not before its time");
    assert!(matches!(Answer::read(Operation::Send, &exchange.await.unwrap()), Answer::Accepted { .. }));
}

/// A request that is cut off by the fault must not be sent a second time by the client behind our back.
#[tokio::test]
async fn a_lost_request_is_sent_once() {
    let server = server().await;
    let client = client(&server.base());
    client.exchange(list("DCLID=0")).await.unwrap();
    play(&server, vec![FaultRule::always(Fault::new(Kind::Lose, true))]);
    client.exchange(wash("#7K3Q-000001")).await.unwrap_err();
    assert_eq!(server.simulator().with(|s| s.entries().count()), 1);
    assert_eq!(server.simulator().with(|s| s.counts().faults), 1);
}

/// Lost means reset: not a byte of an answer, and no polite end either.
#[tokio::test]
async fn a_lost_answer_is_a_reset_connection() {
    let server = server().await;
    play(&server, vec![FaultRule::always(Fault::new(Kind::Lose, true))]);
    let address = server.address();
    let read = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"GET /DCL/RequestClients?DCLID=0 HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        stream.read(&mut [0; 64])
    });
    let read = read.await.unwrap();
    assert!(matches!(&read, Err(error) if error.kind() == ErrorKind::ConnectionReset), "{read:?}");
}

#[tokio::test]
async fn nobody_listens_and_listens_again() {
    let server = server().await;
    let client = client(&server.base());
    client.exchange(list("DCLID=0")).await.unwrap();
    server.set_down(true);
    // The connection that is still open is cut; the next attempt finds the door shut.
    let mut refused = 0;
    for _ in 0..20 {
        match client.exchange(wash("#7K3Q-000001")).await {
            Err(TransportError::NeverSent(_)) => refused += 1,
            Err(TransportError::Lost(_)) => {}
            Ok(reply) => panic!("{reply:?}"),
        }
    }
    assert!(refused >= 15, "{refused} of 20 never left");
    assert_eq!(server.simulator().with(|s| s.entries().count()), 0);
    server.set_down(false);
    let mut back = client.exchange(wash("#7K3Q-000001")).await;
    for _ in 0..100 {
        if back.is_ok() {
            break;
        }
        tokio::task::yield_now().await;
        back = client.exchange(wash("#7K3Q-000001")).await;
    }
    assert_eq!(Answer::read(Operation::Send, &back.unwrap()), Answer::Accepted { id: id(1) });
}

#[tokio::test]
async fn wrong_credentials_are_unauthorized() {
    let server = server().await;
    let client =
        HttpTransport::new(&Endpoint::At(server.base()), &Credentials::new("demo", "other")).unwrap();
    assert_eq!(heard(&client, Operation::Send, wash("#7K3Q-000001")).await, Ok(Answer::Unauthorized));
}

async fn control(server: &Server, method: &str, path: &str, body: &str) -> (u16, String) {
    let address = server.address();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    let answer = answer.await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

#[tokio::test]
async fn the_control_side_answers() {
    let server = server().await;
    let client = client(&server.base());
    client.exchange(wash("#7K3Q-000001 <b>")).await.unwrap();
    client.exchange(wash("#7K3Q-000001 &lt;b&gt;")).await.unwrap();
    let (status, state) = control(&server, "GET", "/state", "").await;
    let state: serde_json::Value = serde_json::from_str(&state).unwrap();
    assert_eq!(status, 200);
    assert_eq!(state["entries"][0]["id"], id(1));
    assert_eq!(state["entries"][0]["state"], "open");
    assert_eq!(state["counts"]["requests"]["SendClient"], 2);
    let (status, page) = control(&server, "GET", "/", "").await;
    assert_eq!(status, 200);
    assert!(page.contains("ΥΖΑ7319") && page.contains("&lt;b&gt;") && !page.contains("<b>"), "{page}");
}

#[tokio::test]
async fn faults_come_by_control() {
    let server = server().await;
    let client = client(&server.base());
    let script = r#"{"rules":[{"call":"SendClient","nth":[1],"fault":{"kind":"throttle"}}]}"#;
    assert_eq!(control(&server, "POST", "/faults", script).await.0, 204);
    assert_eq!(heard(&client, Operation::Send, wash("#7K3Q-000001")).await, Ok(Answer::Throttled));
    assert!(control(&server, "GET", "/faults", "").await.1.contains("throttle"));
    assert_eq!(control(&server, "DELETE", "/faults", "").await.0, 204);
    assert!(!control(&server, "GET", "/faults", "").await.1.contains("throttle"));
    let (status, why) =
        control(&server, "POST", "/faults", r#"{"rules":[{"fault":{"kind":"loose"}}]}"#).await;
    assert_eq!(status, 400);
    assert!(why.contains("loose"), "{why}");
    let down = r#"{"down_ms":60000}"#;
    assert_eq!(control(&server, "POST", "/faults", down).await.0, 204);
    let mut last = client.exchange(list("DCLID=0")).await;
    for _ in 0..2_000 {
        if matches!(last, Err(TransportError::NeverSent(_))) {
            break;
        }
        last = client.exchange(list("DCLID=0")).await;
    }
    assert!(matches!(last, Err(TransportError::NeverSent(_))), "{last:?}");
}

/// Takes one connection, answers with these bytes and closes; returns what was asked.
fn answering_once(answer: Vec<u8>) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut buffer = [0; 4096];
        while !is_whole(&asked) {
            let read = stream.read(&mut buffer).unwrap();
            asked.extend_from_slice(&buffer[..read]);
        }
        let _ = stream.write_all(&answer);
        String::from_utf8(asked).unwrap()
    });
    (base, served)
}

fn is_whole(asked: &[u8]) -> bool {
    let text = String::from_utf8_lossy(asked).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

#[tokio::test]
async fn what_is_on_the_wire() {
    let (base, served) = answering_once(OK.to_vec());
    let reply = client(&base).exchange(cancel(7)).await.unwrap();
    assert_eq!(reply, HttpReply { status: 200, body: b"ok".to_vec() });
    let asked = served.join().unwrap().to_lowercase();
    assert!(asked.starts_with("post /dcl/cancelclient?dclid=7 http/1.1\r\n"), "{asked}");
    for line in [
        "content-length: 0",
        "aade-user-id: demo",
        "ocp-apim-subscription-key: demo",
        "accept: application/xml",
    ] {
        assert_eq!(asked.lines().filter(|asked| *asked == line).count(), 1, "{line} in {asked}");
    }
    let (base, served) = answering_once(OK.to_vec());
    client(&base).exchange(post(Operation::Send, "<α/>")).await.unwrap();
    let asked = served.join().unwrap();
    assert!(asked.to_lowercase().contains("content-type: application/xml; charset=utf-8"), "{asked}");
    assert!(asked.ends_with("\r\n\r\n<α/>"), "{asked}");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (base, served) =
        answering_once(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n".to_vec());
    assert_eq!(client(&base).exchange(wash("#1")).await.unwrap().status, 302);
    served.join().unwrap();
}

#[tokio::test]
async fn answers_are_bounded_and_whole() {
    let mut endless = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n".to_vec();
    endless.resize(REPLY_BYTES_MAX + 100_000, b'x');
    let (base, served) = answering_once(endless);
    let lost = client(&base).exchange(wash("#1")).await.unwrap_err();
    assert!(matches!(&lost, TransportError::Lost(why) if why.contains("longer")), "{lost:?}");
    served.join().unwrap();
    for cut in ["HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n<Resp", "HTTP/1.1 20", "", "hello\r\n\r\n"] {
        let (base, served) = answering_once(cut.as_bytes().to_vec());
        let lost = client(&base).exchange(wash("#1")).await.unwrap_err();
        assert!(matches!(lost, TransportError::Lost(_)), "{cut:?}: {lost:?}");
        served.join().unwrap();
    }
}

#[tokio::test]
async fn what_cannot_be_reached_never_left() {
    let closed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    for base in [format!("http://{closed}"), "http://no-such-host.invalid".to_owned()] {
        let error = client(&base).exchange(wash("#1")).await.unwrap_err();
        assert!(matches!(error, TransportError::NeverSent(_)), "{base}: {error:?}");
    }
    // TLS is spoken before anything of ours: a server that cannot speak it has seen nothing.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut hello = [0; 16];
        stream.read_exact(&mut hello).unwrap();
        stream.write_all(b"not tls").unwrap();
    });
    match HttpTransport::new(&Endpoint::At(base), &Credentials::demo()) {
        Ok(client) => {
            let error = client.exchange(wash("#1")).await.unwrap_err();
            assert!(matches!(error, TransportError::NeverSent(_)), "{error:?}");
        }
        Err(ClientError::Tls(_)) => {
            println!("skipped: this machine has no certificates");
            return;
        }
        Err(other) => panic!("{other}"),
    }
    served.join().unwrap();
}

#[test]
fn addresses_and_keys_are_checked() {
    for bad in ["", "aade.gr", "ftp://aade.gr", "https://aade.gr/DCL", "http://a?b"] {
        let refused = HttpTransport::new(&Endpoint::At(bad.to_owned()), &Credentials::demo());
        assert!(matches!(refused, Err(ClientError::Address(_))), "{bad}: {refused:?}");
    }
    let refused =
        HttpTransport::new(&Endpoint::At("http://localhost".to_owned()), &Credentials::new("a", "b\nc"));
    assert!(matches!(refused, Err(ClientError::Credential("key"))), "{refused:?}");
    assert_eq!(Endpoint::Production.base(), "https://mydatapi.aade.gr");
    assert_eq!(Endpoint::Test.base(), "https://mydataapidev.aade.gr");
    assert_eq!(Endpoint::At("http://localhost:1/".to_owned()).base(), "http://localhost:1");
}
