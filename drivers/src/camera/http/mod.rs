//! HTTP/1.1 as cameras speak it: answers that never end, pieces of pictures, digest passwords. Over plain sockets, because
//! every wait here has an end of its own: a stream that is silent for two seconds is a camera that is gone, and one that is
//! not silent may go on for years.
//!
//! [`url`] where, [`auth`] who, [`head`] and [`body`] what a message says and where it ends, [`exchange`] a question and its
//! answer, [`multipart`] many parts in one answer, [`server`] and [`lock`] the other side: for cameras that push, and for simulated ones.

pub mod auth;
pub mod body;
pub mod exchange;
pub mod head;
pub mod lock;
pub mod multipart;
pub mod server;
pub mod url;

pub use auth::Auth;
pub use exchange::{Exchange, Piece};
pub use head::Head;
pub use multipart::{Multipart, Part};
pub use server::{Request, Serving, serve};
pub use url::Url;

/// Why bytes are not what HTTP says they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no HTTP: {0}")]
pub struct Wrong(pub &'static str);

impl From<Wrong> for crate::wire::Fault {
    fn from(_: Wrong) -> Self {
        Self::SpeaksSomethingElse { expected: "HTTP".to_owned() }
    }
}
