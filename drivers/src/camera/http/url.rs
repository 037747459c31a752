//! Where something is in the network: [`Url`].

/// An `http://` address, with the name and the password that stand in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Url {
    /// Name or number of the host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Path and query, from the first slash.
    pub target: String,
    /// Name and password.
    pub user: Option<(String, String)>,
}

impl std::fmt::Debug for Url {
    /// Without the password: it is not for a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let user = if self.user.is_some() { "…@" } else { "" };
        write!(f, "http://{user}{}:{}{}", self.host, self.port, self.target)
    }
}

impl Url {
    /// Reads what stands behind `http:`, such as `//user:word@host:8080/path?query`. In names and passwords, signs that mean
    /// something here are written as `%40`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("//")?;
        let (authority, target) = match rest.find(['/', '?']) {
            Some(at) if rest[at..].starts_with('/') => (&rest[..at], rest[at..].to_owned()),
            Some(at) => (&rest[..at], format!("/{}", &rest[at..])),
            None => (rest, "/".to_owned()),
        };
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority),
        };
        let user = match user {
            Some(user) => {
                let (name, word) = user.split_once(':').unwrap_or((user, ""));
                Some((plain(name)?, plain(word)?))
            }
            None => None,
        };
        let (host, port) = host_and_port(place)?;
        // A line break in a target would be a second request, a quotation mark the end of its field.
        let fits = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
        (fits(&host) && fits(&target)).then_some(Self { host, port, target, user })
    }

    /// The same place with another path.
    #[must_use]
    pub fn with_target(&self, target: &str) -> Self {
        Self { target: target.to_owned(), ..self.clone() }
    }

    /// The host as a request names it.
    #[must_use]
    pub fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == 80 { host } else { format!("{host}:{}", self.port) }
    }
}

fn host_and_port(place: &str) -> Option<(String, u16)> {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            (host, port.strip_prefix(':').or_else(|| port.is_empty().then_some("80"))?)
        }
        None => place.split_once(':').unwrap_or((place, "80")),
    };
    let port = port.parse().ok().filter(|port| *port > 0)?;
    (!host.is_empty()).then(|| (host.to_owned(), port))
}

/// Text with its `%40` made plain.
fn plain(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte == b'%' {
            let hex = rest.get(..2).and_then(|hex| std::str::from_utf8(hex).ok())?;
            bytes.push(u8::from_str_radix(hex, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(*byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains(char::is_control))
}
