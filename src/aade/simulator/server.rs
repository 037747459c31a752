//! The simulator as a real HTTP server. A lost answer is a TCP connection that is reset; a registry that is down is
//! a port where nobody listens.
//!
//! Beside AADE's own paths: `GET /` is a page for people, `GET /state` everything it holds as JSON, `POST /faults` a
//! script of faults, `DELETE /faults` the end of it.

use super::clockwork::Clockwork;
use super::in_process::Shared;
use super::{Caller, Delivery, FaultScript, page};
use crate::aade::transport::{HttpRequest, Method};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long to wait before trying again to listen or to accept.
const RETRY_MS: u64 = 50;

/// A server that is running; dropping it ends it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    simulator: Shared,
    down: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// What every handler needs.
#[derive(Clone)]
struct Site {
    simulator: Shared,
    clock: Clockwork,
    down: watch::Sender<bool>,
}

impl Server {
    /// Listens and serves.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(listen: SocketAddr, simulator: Shared, clock: Clockwork) -> io::Result<Self> {
        let socket = TcpListener::bind(listen).await?;
        let address = socket.local_addr()?;
        let (down, is_down) = watch::channel(false);
        let door = Door { address, socket: Some(socket), is_down, clock: clock.clone() };
        let site = Site { simulator: simulator.clone(), clock, down: down.clone() };
        let service = router(site).into_make_service_with_connect_info::<Scissors>();
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(door, service).await {
                tracing::warn!(%error, "the simulator of AADE stopped");
            }
        });
        Ok(Self { address, simulator, down, task })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Scheme and host, for an endpoint.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The simulator behind it.
    pub const fn simulator(&self) -> &Shared {
        &self.simulator
    }

    /// Stops listening, or listens again at the same address.
    pub fn set_down(&self, down: bool) {
        self.down.send_replace(down);
    }

    /// Waits for ever, or until the server fails.
    pub async fn wait(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn router(site: Site) -> Router {
    Router::new()
        .route("/", get(front_page))
        .route("/state", get(state))
        .route("/faults", post(set_faults).delete(clear_faults).get(faults))
        .fallback(registry)
        .with_state(site)
}

/// AADE's own paths.
async fn registry(
    State(site): State<Site>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    method: axum::http::Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if *site.down.borrow() {
        return scissors.cut();
    }
    let method = match method {
        axum::http::Method::GET => Method::Get,
        axum::http::Method::POST => Method::Post,
        _ => return (StatusCode::METHOD_NOT_ALLOWED, "Method not allowed").into_response(),
    };
    let path_and_query = uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let request = HttpRequest { method, path_and_query, body: body.to_vec() };
    let now = site.clock.now();
    let simulator = site.simulator.clone();
    // Keeping a record waits for the disk.
    let answered = move || simulator.with(|simulator| simulator.handle(now, &request, &caller(&headers)));
    match tokio::task::spawn_blocking(answered).await {
        Ok(delivery) => hand_over(delivery, &site.clock, &scissors).await,
        Err(_) => scissors.cut(),
    }
}

fn caller(headers: &HeaderMap) -> Caller {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Caller { user: text("aade-user-id"), key: text("ocp-apim-subscription-key") }
}

async fn hand_over(delivery: Delivery, clock: &Clockwork, scissors: &Scissors) -> Response {
    match delivery {
        Delivery::Reply { status, body, delay_ms } => {
            clock.wait_ms(delay_ms).await;
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            // The registry has been seen to call its XML plain text.
            (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], body).into_response()
        }
        Delivery::Lost { delay_ms, .. } => {
            clock.wait_ms(delay_ms).await;
            scissors.cut()
        }
        Delivery::Refused => scissors.cut(),
    }
}

async fn front_page(State(site): State<Site>) -> Response {
    let html = site.simulator.with(|simulator| page::render(simulator));
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

async fn state(State(site): State<Site>) -> Response {
    let state = site.simulator.with(|simulator| simulator.state());
    ([(header::CONTENT_TYPE, "application/json")], state.to_string()).into_response()
}

async fn faults(State(site): State<Site>) -> Response {
    let script = site.simulator.with(|simulator| serde_json::json!(simulator.fault_script()));
    ([(header::CONTENT_TYPE, "application/json")], script.to_string()).into_response()
}

async fn set_faults(State(site): State<Site>, body: Bytes) -> Response {
    match serde_json::from_slice::<FaultScript>(&body) {
        Ok(script) => {
            let down_ms = script.down_ms;
            site.simulator.with(|simulator| simulator.set_faults(script));
            if let Some(down_ms) = down_ms {
                tokio::spawn(stay_down(site, down_ms));
            }
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => {
            (StatusCode::BAD_REQUEST, format!("this is no script of faults: {error}\n")).into_response()
        }
    }
}

async fn clear_faults(State(site): State<Site>) -> StatusCode {
    site.simulator.with(|simulator| simulator.set_faults(FaultScript::default()));
    StatusCode::NO_CONTENT
}

/// The answer to the script leaves first, then the door closes for a while.
async fn stay_down(site: Site, down_ms: u64) {
    site.clock.wait_ms(RETRY_MS).await;
    site.down.send_replace(true);
    site.clock.wait_ms(down_ms).await;
    site.down.send_replace(false);
}

/// The listening socket, which can be given up and taken again.
struct Door {
    address: SocketAddr,
    socket: Option<TcpListener>,
    is_down: watch::Receiver<bool>,
    clock: Clockwork,
}

impl Door {
    /// A connection, or nothing when it is to be asked again.
    async fn try_accept(&mut self) -> io::Result<Option<(Wire, SocketAddr)>> {
        if *self.is_down.borrow_and_update() {
            self.socket = None;
            // When nobody can open the door any more, it stays shut.
            if self.is_down.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
            return Ok(None);
        }
        let socket = match self.socket.take() {
            Some(socket) => socket,
            None => TcpListener::bind(self.address).await?,
        };
        let socket = self.socket.insert(socket);
        tokio::select! {
            accepted = TcpListener::accept(socket) => accepted.map(|(stream, from)| Some((Wire::new(stream), from))),
            Ok(()) = self.is_down.changed() => Ok(None),
        }
    }
}

impl Listener for Door {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        loop {
            match self.try_accept().await {
                Ok(Some(accepted)) => return accepted,
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "the simulator of AADE cannot listen");
                    self.clock.wait_ms(RETRY_MS).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// A connection that can be cut from outside.
struct Wire {
    stream: TcpStream,
    scissors: Scissors,
}

impl Wire {
    fn new(stream: TcpStream) -> Self {
        // An answer must not wait for the acknowledgement of its own headers.
        let _ = stream.set_nodelay(true);
        Self { stream, scissors: Scissors::default() }
    }

    /// With zero linger, closing sends a reset instead of a polite end.
    fn reset(&self) -> io::Error {
        let _ = self.stream.set_zero_linger();
        io::ErrorKind::ConnectionReset.into()
    }
}

/// Cuts a connection.
#[derive(Debug, Clone, Default)]
struct Scissors(Arc<AtomicBool>);

impl Scissors {
    /// The response returned is never written.
    fn cut(&self) -> Response {
        self.0.store(true, Ordering::Release);
        Response::new(Body::empty())
    }

    fn is_cut(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Connected<IncomingStream<'_, Door>> for Scissors {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().scissors.clone()
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.scissors.is_cut() {
            return Poll::Ready(Err(self.reset()));
        }
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.scissors.is_cut() {
            return Poll::Ready(Err(self.reset()));
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.scissors.is_cut() {
            return Poll::Ready(Err(self.reset()));
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.scissors.is_cut() {
            return Poll::Ready(Err(self.reset()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
