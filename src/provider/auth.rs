//! How a provider lets us in. What opens the door are the user and the key of a file of their own; how they are shown is the
//! provider's affair and a setting.

use crate::domain::provider::Family;
use serde::{Deserialize, Serialize};

/// How a provider lets us in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Auth {
    /// The key stands in a header, behind a word such as `Bearer` or `Token` where there is one.
    Header {
        /// The header.
        header: String,
        /// The word before the key, without the space; may be empty.
        prefix: String,
    },
    /// User and key stand in a header each.
    Pair {
        /// The header of the user.
        user_header: String,
        /// The header of the key.
        key_header: String,
    },
    /// The key stands in a field of every form.
    Form {
        /// The field.
        field: String,
    },
    /// User and key are changed for a token that runs out.
    Login(Login),
}

/// Where a token is had, and how it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// Where user and key are posted, as JSON, below the host.
    pub path: String,
    /// The name of the user there.
    pub user_field: String,
    /// The name of the key there.
    pub key_field: String,
    /// Where in the answer the token stands: names with dots between them.
    pub token: String,
    /// The header that carries it.
    pub header: String,
    /// The word before it, without the space; may be empty.
    pub prefix: String,
}

impl Auth {
    /// A key in a header with XML, a token with JSON.
    pub fn usual(family: Family) -> Self {
        match family {
            Family::Xml => Self::Header { header: "Api-Key".to_owned(), prefix: String::new() },
            Family::Json => Self::Login(Login::default()),
        }
    }
}

impl Default for Login {
    fn default() -> Self {
        Self {
            path: "/api/v1/login".to_owned(),
            user_field: "email".to_owned(),
            key_field: "api_key".to_owned(),
            token: "data.token".to_owned(),
            header: "Authorization".to_owned(),
            prefix: "Bearer".to_owned(),
        }
    }
}
