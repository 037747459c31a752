//! What every issuer that is told over the network has in common: which documents it takes, what each is told as, and what is
//! asked where nobody knows. How far a document got is [`crate::domain::issuing`], whoever issues it; here bytes go out and
//! come back.

use super::mydata::MyData;
use super::provider::Provider;
use crate::aade::transport::{HttpRequest, Transport};
use crate::domain::document::{Document, DocumentKind};
use crate::domain::issuing::{Channel, Found, News};
use crate::domain::provider::ProviderRules;
use crate::domain::settings::{IssuerKind, Settings};
use crate::mydata;
use crate::mydata::compose::ComposeError;
use crate::mydata::invoice::Invoice;
use crate::mydata::request::{Layout, Request};
use crate::mydata::worker::{Sought, Tried};
use crate::provider;
use crate::provider::json::NotSayable;
use crate::provider::reply::Ours;
use jiff::civil::Date;

/// Why a document cannot be issued: it would certainly be refused, or must not be told this way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotIssuable {
    /// It is no document of myDATA's.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// The provider has no words for it.
    #[error(transparent)]
    NotSayable(#[from] NotSayable),
    /// A card paid, and nobody binds the payment to the document (A.1155/2023).
    #[error(
        "the provider's signature for a card cannot be had from here: take another means of payment, or issue the document at the provider's own terminal and type its MARK"
    )]
    CardNotSigned,
    /// The document's own way is closed.
    #[error("this document belongs to another issuer: set documents.issuer back until it is through")]
    OtherChannel,
}

/// An issuer that is told over the network.
pub trait Issuer: Sync {
    /// Whether a document of a kind goes this way on a day; otherwise its MARK is typed.
    fn issues(&self, settings: &Settings, kind: &DocumentKind, day: Date) -> bool;

    /// What is told of a document.
    ///
    /// # Errors
    /// Says why nothing is.
    fn telling(&self, settings: &Settings, document: &Document) -> Result<Telling, NotIssuable>;

    /// What is asked about a document.
    ///
    /// # Errors
    /// As [`Self::telling`].
    fn asking(&self, settings: &Settings, document: &Document) -> Result<Asking, NotIssuable>;
}

/// The way the business has chosen; none where documents are issued elsewhere.
pub const fn chosen(settings: &Settings) -> Option<Channel> {
    match settings.issuer {
        IssuerKind::MyData => Some(Channel::MyData),
        IssuerKind::Provider => Some(Channel::Provider),
        IssuerKind::TypedFim | IssuerKind::TypedMark | IssuerKind::Simulated => None,
    }
}

/// Who issues over a way.
fn issuer(channel: Channel) -> &'static dyn Issuer {
    match channel {
        Channel::MyData => &MyData,
        Channel::Provider => &Provider,
    }
}

/// Over which way a document of a kind goes on a day; none where it is issued elsewhere.
pub fn way_of(settings: &Settings, kind: &DocumentKind, day: Date) -> Option<Channel> {
    chosen(settings).filter(|channel| issuer(*channel).issues(settings, kind, day))
}

/// The document's own issuer, as long as the settings still name it: over another way it would not be found, and be told twice.
fn own(settings: &Settings, document: &Document) -> Result<&'static dyn Issuer, NotIssuable> {
    let channel = document.at_issuer.as_ref().map(|at_issuer| at_issuer.channel);
    let channel = channel.filter(|channel| chosen(settings) == Some(*channel));
    channel.map(issuer).ok_or(NotIssuable::OtherChannel)
}

/// What is told of a document.
///
/// # Errors
/// Says why nothing is.
pub fn telling(settings: &Settings, document: &Document) -> Result<Telling, NotIssuable> {
    own(settings, document)?.telling(settings, document)
}

/// What is asked about a document.
///
/// # Errors
/// As [`telling`].
pub fn asking(settings: &Settings, document: &Document) -> Result<Asking, NotIssuable> {
    own(settings, document)?.asking(settings, document)
}

/// A document on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Telling {
    /// To myDATA.
    MyData {
        /// Where the calls stand.
        layout: Layout,
        /// What is told.
        invoice: Box<Invoice>,
    },
    /// To a provider.
    Provider {
        /// How it wants things, and what its answers mean.
        rules: Box<ProviderRules>,
        /// The request.
        request: HttpRequest,
        /// The name of the request: a second one with it does nothing.
        key: String,
    },
}

/// A question about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asking {
    /// To myDATA: everything it has of us is read.
    MyData {
        /// Where the calls stand.
        layout: Layout,
        /// What the document looks like.
        sought: Box<Sought>,
    },
    /// To a provider: about this document alone.
    Provider {
        /// What its answers mean.
        rules: Box<ProviderRules>,
        /// The request.
        request: HttpRequest,
        /// What the answer must be about.
        ours: Ours,
    },
}

impl Telling {
    /// The request as text, for the archive of what was sent; what opens the door is not in it.
    pub fn archived(&self) -> String {
        match self {
            Self::MyData { layout, invoice } => {
                Request::Send(vec![(**invoice).clone()]).to_http(*layout).archived()
            }
            Self::Provider { request, .. } => request.archived(),
        }
    }

    /// One try.
    pub async fn send(self, transport: &dyn Transport) -> Tried<News> {
        match self {
            Self::MyData { layout, invoice } => mydata::worker::send(transport, layout, &invoice).await,
            Self::Provider { rules, request, key } => {
                provider::worker::send(transport, &rules, request, &key).await
            }
        }
    }
}

impl Asking {
    /// Over which way.
    pub const fn channel(&self) -> Channel {
        match self {
            Self::MyData { .. } => Channel::MyData,
            Self::Provider { .. } => Channel::Provider,
        }
    }

    /// One look-up.
    pub async fn look_up(self, transport: &dyn Transport) -> Found {
        match self {
            Self::MyData { layout, sought } => mydata::worker::look_up(transport, layout, &sought).await,
            Self::Provider { rules, request, ours } => {
                provider::worker::look_up(transport, &rules, request, &ours).await
            }
        }
    }
}
