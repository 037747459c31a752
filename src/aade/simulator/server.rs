//! A simulator as a real HTTP server. A lost answer is a TCP connection that is reset; a service that is down is
//! a port where nobody listens.
//!
//! Beside AADE's own paths: `GET /` is a page for people, `GET /state` everything it holds as JSON, `POST /faults` a
//! script of faults, `DELETE /faults` the end of it.

use super::clockwork::Clockwork;
use super::door::{Door, RETRY_MS, Scissors};
use super::in_process::Shared;
use super::{Caller, Delivery, Service, Simulator};
use crate::aade::transport::{HttpRequest, Method};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::io;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A server that is running; dropping it ends it.
#[derive(Debug)]
pub struct Server<S = Simulator> {
    address: SocketAddr,
    simulator: Shared<S>,
    down: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// What every handler needs.
struct Site<S> {
    simulator: Shared<S>,
    clock: Clockwork,
    down: watch::Sender<bool>,
}

impl<S> Clone for Site<S> {
    fn clone(&self) -> Self {
        Self { simulator: self.simulator.clone(), clock: self.clock.clone(), down: self.down.clone() }
    }
}

impl<S: Service> Server<S> {
    /// Listens and serves.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(listen: SocketAddr, simulator: Shared<S>, clock: Clockwork) -> io::Result<Self> {
        let socket = TcpListener::bind(listen).await?;
        let address = socket.local_addr()?;
        let (down, is_down) = watch::channel(false);
        let door = Door::new(address, socket, is_down, clock.clone());
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
    pub const fn simulator(&self) -> &Shared<S> {
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

impl<S> Drop for Server<S> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn router<S: Service>(site: Site<S>) -> Router {
    Router::new()
        .route("/", get(front_page::<S>))
        .route("/state", get(state::<S>))
        .route("/faults", post(set_faults::<S>).delete(clear_faults::<S>).get(faults::<S>))
        .fallback(service::<S>)
        .with_state(site)
}

/// AADE's own paths.
async fn service<S: Service>(
    State(site): State<Site<S>>,
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
    let all = headers.keys().filter_map(|name| Some((name.as_str().to_owned(), text(name.as_str())?)));
    Caller { user: text("aade-user-id"), key: text("ocp-apim-subscription-key"), headers: all.collect() }
}

async fn hand_over(delivery: Delivery, clock: &Clockwork, scissors: &Scissors) -> Response {
    match delivery {
        Delivery::Reply { status, body, delay_ms } => {
            clock.wait_ms(delay_ms).await;
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            // The registry has been seen to call its XML plain text.
            let is_page = body.starts_with(b"<!DOCTYPE html");
            let content = if is_page { "text/html; charset=utf-8" } else { "text/plain; charset=utf-8" };
            (status, [(header::CONTENT_TYPE, content)], body).into_response()
        }
        Delivery::Lost { delay_ms, .. } => {
            clock.wait_ms(delay_ms).await;
            scissors.cut()
        }
        Delivery::Refused => scissors.cut(),
    }
}

async fn front_page<S: Service>(State(site): State<Site<S>>) -> Response {
    let html = site.simulator.with(|simulator| simulator.page());
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

async fn state<S: Service>(State(site): State<Site<S>>) -> Response {
    let state = site.simulator.with(|simulator| simulator.state());
    ([(header::CONTENT_TYPE, "application/json")], state.to_string()).into_response()
}

async fn faults<S: Service>(State(site): State<Site<S>>) -> Response {
    let script = site.simulator.with(|simulator| simulator.script());
    ([(header::CONTENT_TYPE, "application/json")], script.to_string()).into_response()
}

async fn set_faults<S: Service>(State(site): State<Site<S>>, body: Bytes) -> Response {
    match site.simulator.with(|simulator| simulator.play(&body)) {
        Ok(down_ms) => {
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

async fn clear_faults<S: Service>(State(site): State<Site<S>>) -> StatusCode {
    match site.simulator.with(|simulator| simulator.play(b"{}")) {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The answer to the script leaves first, then the door closes for a while.
async fn stay_down<S: Service>(site: Site<S>, down_ms: u64) {
    site.clock.wait_ms(RETRY_MS).await;
    site.down.send_replace(true);
    site.clock.wait_ms(down_ms).await;
    site.down.send_replace(false);
}
