//! The way to a provider: what opens its door is added here and nowhere else, so that neither the loop nor the archive of
//! requests ever sees it.
//!
//! The rule kept here: a request is repeated only when the provider did not let us in with a token it had given us, and then
//! once. That it was not let in proves that nothing was done.

use super::auth::{Auth, Login};
use super::request::escaped;
use super::tree::Tree;
use crate::aade::credentials::Credentials;
use crate::aade::transport::{
    Carrier, Exchange, Header, HttpReply, HttpRequest, Method, Transport, TransportError,
};
use crate::domain::provider::Family;
use serde_json::{Map, Value};
use tokio::sync::Mutex;

/// Longest token that is taken.
const TOKEN_BYTES_MAX: usize = 8_192;

/// The way to a provider over whatever carries requests.
#[derive(Debug)]
pub struct Way<C> {
    carrier: C,
    auth: Auth,
    credentials: Credentials,
    key_header: Option<String>,
    token: Mutex<Option<String>>,
}

impl<C: Carrier> Way<C> {
    /// A way. The header, if any, carries the key of each request.
    pub fn new(carrier: C, auth: Auth, credentials: Credentials, key_header: Option<String>) -> Self {
        Self { carrier, auth, credentials, key_header, token: Mutex::new(None) }
    }

    /// What carries the requests.
    pub const fn carrier(&self) -> &C {
        &self.carrier
    }

    async fn send(&self, request: HttpRequest, key: Option<&str>) -> Result<HttpReply, TransportError> {
        let key = self.key_header.clone().zip(key.map(str::to_owned));
        let mut headers: Vec<Header> = content(&request).into_iter().chain(key).collect();
        let request = match &self.auth {
            Auth::Header { header, prefix } => {
                headers.push(shown(header, prefix, self.credentials.key()));
                request
            }
            Auth::Pair { user_header, key_header } => {
                headers.push((user_header.clone(), self.credentials.user().to_owned()));
                headers.push((key_header.clone(), self.credentials.key().to_owned()));
                request
            }
            Auth::Form { field } => with_field(request, field, self.credentials.key()),
            Auth::Login(login) => return self.send_with_token(request, headers, login).await,
        };
        self.carrier.carry(request, headers).await
    }

    async fn send_with_token(
        &self,
        request: HttpRequest,
        headers: Vec<Header>,
        login: &Login,
    ) -> Result<HttpReply, TransportError> {
        let mut refused: Option<String> = None;
        loop {
            let (token, is_fresh) = match self.token(login, refused.as_deref()).await? {
                Ok(token) => token,
                Err(reply) => return Ok(reply),
            };
            let mut headers = headers.clone();
            headers.push(shown(&login.header, &login.prefix, &token));
            let reply = self.carrier.carry(request.clone(), headers).await?;
            // One that was had just now is as good as any: then it is not the token.
            if reply.status != 401 || is_fresh || refused.is_some() {
                return Ok(reply);
            }
            refused = Some(token);
        }
    }

    /// A token, and whether it was had just now. One that was refused is not given again. A provider that gives none is
    /// answered for: the request itself never left.
    async fn token(
        &self,
        login: &Login,
        refused: Option<&str>,
    ) -> Result<Result<(String, bool), HttpReply>, TransportError> {
        let mut held = self.token.lock().await;
        if let Some(token) = held.as_deref().filter(|token| Some(*token) != refused) {
            return Ok(Ok((token.to_owned(), false)));
        }
        *held = None;
        let fields =
            [(&login.user_field, self.credentials.user()), (&login.key_field, self.credentials.key())];
        let fields: Map<String, Value> =
            fields.map(|(name, text)| (name.clone(), text.into())).into_iter().collect();
        let body = Value::Object(fields).to_string().into_bytes();
        let request = HttpRequest { method: Method::Post, path_and_query: login.path.clone(), body };
        let headers: Vec<Header> = content(&request).into_iter().collect();
        let never = |why: String| TransportError::NeverSent(format!("no token could be had: {why}"));
        let reply = self.carrier.carry(request, headers).await.map_err(|error| match error {
            TransportError::NeverSent(why) | TransportError::Lost(why) => never(why),
        })?;
        match reply.status {
            200..=299 => {
                let tree = Tree::read(Family::Json, &reply.body).map_err(never)?;
                let token = match tree.texts(&login.token).as_slice() {
                    [token]
                        if token.len() <= TOKEN_BYTES_MAX && token.bytes().all(|b| b.is_ascii_graphic()) =>
                    {
                        (*token).to_owned()
                    }
                    _ => return Err(never("the answer holds none".to_owned())),
                };
                *held = Some(token.clone());
                Ok(Ok((token, true)))
            }
            // Whatever it says of user and key is said of the request as well.
            400 | 401 | 403 | 422 => Ok(Err(HttpReply { status: 401, ..reply })),
            429 => Ok(Err(reply)),
            status => Err(never(format!("HTTP status {status}"))),
        }
    }
}

impl<C: Carrier> Transport for Way<C> {
    fn exchange(&self, request: HttpRequest) -> Exchange<'_> {
        Box::pin(self.send(request, None))
    }

    fn exchange_keyed(&self, request: HttpRequest, key: &str) -> Exchange<'_> {
        let key = key.to_owned();
        Box::pin(async move { self.send(request, Some(&key)).await })
    }
}

/// What a body is shows in its first character: all of them are ours.
fn content(request: &HttpRequest) -> Option<Header> {
    let kind = match request.body.first()? {
        b'<' => "application/xml; charset=utf-8",
        b'{' => "application/json",
        _ => "application/x-www-form-urlencoded",
    };
    Some(("Content-Type".to_owned(), kind.to_owned()))
}

fn shown(header: &str, prefix: &str, secret: &str) -> Header {
    let value = if prefix.is_empty() { secret.to_owned() } else { format!("{prefix} {secret}") };
    (header.to_owned(), value)
}

/// A field more in a form. What is asked in an address has no form, and gets none: a secret never stands in an address.
fn with_field(mut request: HttpRequest, name: &str, value: &str) -> HttpRequest {
    if request.method == Method::Post {
        if !request.body.is_empty() {
            request.body.push(b'&');
        }
        request.body.extend(format!("{}={}", escaped(name), escaped(value)).into_bytes());
    }
    request
}
