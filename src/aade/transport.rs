//! One exchange with the registry: bytes out, bytes back, or a failure that says whether anything left.
//!
//! The distinction kept here is the one everything else rests on: [`TransportError::NeverSent`] may be tried again,
//! [`TransportError::Lost`] may only be asked about.

use super::credentials::Credentials;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// Longest body of an answer that is read; a longer one is as good as none.
pub const REPLY_BYTES_MAX: usize = 1024 * 1024;
/// How long a connection may take.
pub const CONNECT_TIMEOUT_MS: u64 = 10_000;
/// How long the registry may be silent while we wait for it.
pub const READ_TIMEOUT_MS: u64 = 30_000;
/// How long one exchange may take in all, however slowly it trickles.
pub const EXCHANGE_TIMEOUT_MS: u64 = 60_000;

/// The verbs the registry knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Reads.
    Get,
    /// Changes.
    Post,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Get => "GET",
            Self::Post => "POST",
        })
    }
}

/// A request as it goes out, without credentials: those are the transport's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// The verb.
    pub method: Method,
    /// Address below the host, escaped.
    pub path_and_query: String,
    /// The document; empty for none.
    pub body: Vec<u8>,
}

impl HttpRequest {
    /// Verb, path and body as text, for the archive of what was sent.
    pub fn archived(&self) -> String {
        format!("{} {}\n\n{}", self.method, self.path_and_query, String::from_utf8_lossy(&self.body))
    }
}

/// What came back. The kind of content it claims to be is not kept: the registry labels XML as plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpReply {
    /// Status code.
    pub status: u16,
    /// Body, whole.
    pub body: Vec<u8>,
}

/// Why there is no whole answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// Provably nothing left this machine, or nothing arrived: it may be sent again.
    #[error("AADE could not be reached: {0}")]
    NeverSent(String),
    /// The request may have arrived and may have been carried out.
    #[error("the answer of AADE was lost: {0}")]
    Lost(String),
}

/// Adds `&name=value`, everything but RFC 3986's unreserved characters escaped: a token may hold `+`, `/` and `=`. An
/// empty value is left out, as it is in documents: it would name a business, or a page, that does not exist.
pub(crate) fn push_parameter(query: &mut String, name: &str, value: Option<&str>) {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return };
    query.push('&');
    query.push_str(name);
    query.push('=');
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                query.push(char::from(byte))
            }
            _ => {
                let _ = write!(query, "%{byte:02X}");
            }
        }
    }
}

/// The future of one exchange.
pub type Exchange<'a> = Pin<Box<dyn Future<Output = Result<HttpReply, TransportError>> + Send + 'a>>;

/// A way to the registry: the internet, or a simulator in this process.
pub trait Transport: Send + Sync {
    /// Sends one request and waits for its answer. Dropping the future leaves the outcome unknown.
    fn exchange(&self, request: HttpRequest) -> Exchange<'_>;

    /// Sends a request that has a key of its own, by which a service knows it again. Where the service takes no key beside
    /// the request, it goes without.
    fn exchange_keyed(&self, request: HttpRequest, _key: &str) -> Exchange<'_> {
        self.exchange(request)
    }
}

/// A name and a value beside a request.
pub type Header = (String, String);

/// A way that takes headers beside a request and adds none of its own that say who calls.
pub trait Carrier: Send + Sync {
    /// Sends one request with these headers.
    fn carry(&self, request: HttpRequest, headers: Vec<Header>) -> Exchange<'_>;
}

/// Where the registry is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// The real one. Mind the spelling: one `a`.
    Production,
    /// AADE's own test environment. Two.
    Test,
    /// Any other: scheme and host, for instance a simulator's.
    At(String),
}

impl Endpoint {
    /// Scheme and host, no slash at the end.
    pub fn base(&self) -> &str {
        match self {
            Self::Production => "https://mydatapi.aade.gr",
            Self::Test => "https://mydataapidev.aade.gr",
            Self::At(base) => base.trim_end_matches('/'),
        }
    }
}

/// Why a client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The address is none.
    #[error("{0:?} is no address of AADE: write https://host, or http://host:port for a simulator")]
    Address(String),
    /// A credential holds something that cannot stand in a header.
    #[error("the AADE {0} holds a character that cannot be sent: copy it again")]
    Credential(&'static str),
    /// The TLS library refused to start.
    #[error("the connection to AADE could not be prepared; are the system's certificates installed?")]
    Tls(#[source] reqwest::Error),
}

/// What a service is sent, and what it is asked to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Media {
    /// Kind of content of what is posted.
    pub sent: &'static str,
    /// Kind of content that is asked for.
    pub asked: &'static str,
}

impl Media {
    /// AADE's documents.
    pub const AADE: Self = Self { sent: "application/xml; charset=utf-8", asked: "application/xml" };
}

/// The registry over HTTP.
#[derive(Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
    base: String,
    sent: &'static str,
}

impl HttpTransport {
    /// Prepares a client. Nothing is connected yet.
    ///
    /// # Errors
    /// When the address, a credential or the system's certificates cannot be used.
    pub fn new(endpoint: &Endpoint, credentials: &Credentials) -> Result<Self, ClientError> {
        Self::prepared(endpoint.base(), Media::AADE, credential_headers(credentials)?)
    }

    /// Prepares a client for another service, which is never shown our credentials.
    ///
    /// # Errors
    /// When the address or the system's certificates cannot be used.
    pub fn without_credentials(base: &str, media: Media) -> Result<Self, ClientError> {
        Self::prepared(base.trim_end_matches('/'), media, HeaderMap::new())
    }

    fn prepared(base: &str, media: Media, mut headers: HeaderMap) -> Result<Self, ClientError> {
        let base = base.to_owned();
        let url = reqwest::Url::parse(&base).map_err(|_| ClientError::Address(base.clone()))?;
        if !matches!(url.scheme(), "http" | "https") || url.path() != "/" || url.query().is_some() {
            return Err(ClientError::Address(base));
        }
        // Another part of the program may have chosen one already; whichever is there will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        headers.insert(ACCEPT, HeaderValue::from_static(media.asked));
        let mut builder = client_builder().default_headers(headers);
        if url.scheme() == "http" {
            // A simulator needs no certificates, and a bare machine may have none.
            builder = builder.tls_certs_only([]);
        }
        Ok(Self { client: builder.build().map_err(ClientError::Tls)?, base, sent: media.sent })
    }

    async fn send(&self, request: HttpRequest, headers: HeaderMap) -> Result<HttpReply, TransportError> {
        let response = self.prepare(request).headers(headers).send().await.map_err(|e| classify(&e))?;
        let status = response.status().as_u16();
        Ok(HttpReply { status, body: read_whole(response).await? })
    }

    fn prepare(&self, request: HttpRequest) -> reqwest::RequestBuilder {
        let url = format!("{}{}", self.base, request.path_and_query);
        match request.method {
            Method::Get => self.client.get(url),
            // The gateway answers 411 to a POST that does not say its length.
            Method::Post if request.body.is_empty() => self.client.post(url).header(CONTENT_LENGTH, "0"),
            Method::Post => self.client.post(url).header(CONTENT_TYPE, self.sent).body(request.body),
        }
    }
}

impl Transport for HttpTransport {
    fn exchange(&self, request: HttpRequest) -> Exchange<'_> {
        Box::pin(self.send(request, HeaderMap::new()))
    }
}

impl Carrier for HttpTransport {
    fn carry(&self, request: HttpRequest, headers: Vec<Header>) -> Exchange<'_> {
        Box::pin(async move {
            let headers = header_map(headers)
                .ok_or_else(|| TransportError::NeverSent("a header holds what cannot be sent".to_owned()))?;
            self.send(request, headers).await
        })
    }
}

/// Headers as they are sent, none of them ever shown in a log.
fn header_map(headers: Vec<Header>) -> Option<HeaderMap> {
    let header = |(name, value): Header| {
        let mut value = HeaderValue::from_str(&value).ok()?;
        value.set_sensitive(true);
        Some((HeaderName::from_bytes(name.as_bytes()).ok()?, value))
    };
    headers.into_iter().map(header).collect()
}

/// What all requests share. Nothing may repeat, redirect or reroute a request behind our back: each of these could
/// send one twice.
fn client_builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_millis(CONNECT_TIMEOUT_MS))
        .read_timeout(Duration::from_millis(READ_TIMEOUT_MS))
        .timeout(Duration::from_millis(EXCHANGE_TIMEOUT_MS))
        .pool_idle_timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
}

fn credential_headers(credentials: &Credentials) -> Result<HeaderMap, ClientError> {
    let value = |text: &str, what: &'static str| -> Result<HeaderValue, ClientError> {
        let mut value = HeaderValue::from_str(text).map_err(|_| ClientError::Credential(what))?;
        value.set_sensitive(true);
        Ok(value)
    };
    Ok(HeaderMap::from_iter([
        (HeaderName::from_static("aade-user-id"), value(credentials.user(), "user id")?),
        (HeaderName::from_static("ocp-apim-subscription-key"), value(credentials.key(), "key")?),
    ]))
}

/// Only what failed before the first byte could leave counts as never sent; in doubt it is lost.
fn classify(error: &reqwest::Error) -> TransportError {
    let why = causes(error);
    if error.is_connect() || error.is_builder() {
        TransportError::NeverSent(why)
    } else {
        TransportError::Lost(why)
    }
}

/// The chain of causes in one line, without the address, which says nothing new.
fn causes(error: &reqwest::Error) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        said.push(error.to_string());
        cause = error.source();
    }
    said.dedup();
    match (said.is_empty(), error.is_timeout()) {
        (true, true) => "it took too long".to_owned(),
        (true, false) => "the connection ended early".to_owned(),
        (false, _) => said.join(": "),
    }
}

async fn read_whole(mut response: reqwest::Response) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| TransportError::Lost(causes(&e)))? {
        if body.len() + chunk.len() > REPLY_BYTES_MAX {
            return Err(TransportError::Lost(format!("it is longer than {REPLY_BYTES_MAX} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
