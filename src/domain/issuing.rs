//! Where one document stands between us and whoever issues it: myDATA, told by us for the business, or the business's
//! certified e-invoicing provider (ΥΠΑΗΕΣ).
//!
//! ```text
//!            begun            accepted
//!  Queued ──────────▶ Sending ────────▶ Named ◀────────────────────┐
//!    ▲ ▲  nothing left │  │ │                                      │ there
//!    │ └───────────────┘  │ └ refused ─▶ Rejected ── corrected ─▶ Queued
//!    │                    │ lost, unreadable, killed               │
//!    │                    ▼          asked                         │
//!    │                 Unknown ─────────────▶ Asking ──────────────┘
//!    │                    ▲  absent once, broken off │ │
//!    │                    └──────────────────────────┘ ├ there, but cancelled ─▶ Withdrawn
//!    └──────────────────────── absent twice ───────────┘
//! ```
//!
//! The rule kept here: at myDATA the same document sent again is not refused. It *replaces* the first, which is cancelled,
//! and has another MARK. So nothing is sent twice before two complete look-ups said that it is not there; and what was sent
//! twice is looked up once more after it was named, for the first may have been only slow. A provider refuses what it has
//! already; as nobody can be sure that every one does, the rule holds there as well.

use super::entry::Hindrance;
use super::text::Text;
use super::time::Stamp;
use serde::{Deserialize, Serialize};

/// So many complete look-ups must find nothing before a document may be sent again. How far apart they are is the loop's
/// affair.
pub const ABSENCES_NEEDED: u8 = 2;

/// Over which way a document is told. It is kept with the document: one that is under way is never looked for, or sent, over
/// another way than its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// myDATA, by this program for the business.
    #[default]
    MyData,
    /// The business's certified e-invoicing provider, which tells myDATA.
    Provider,
}

impl Channel {
    const fn is_usual(&self) -> bool {
        matches!(self, Self::MyData)
    }
}

/// One reason the issuer gives for a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Its code; of myDATA `101` to `409`.
    pub code: String,
    /// Its own words, Greek as a rule.
    pub message: Text,
}

/// How myDATA knows the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The MARK that holds.
    pub mark: i64,
    /// The UID, as myDATA gave it.
    pub uid: Option<String>,
    /// The address to be printed as QR. Without one the paper may not be handed over as a receipt.
    pub qr: Option<String>,
    /// The authentication code; documents of a provider have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Text>,
    /// MARKs it had before, each replaced by the next.
    pub formerly: Vec<i64>,
}

/// What is known while it is not known whether the document is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// What was seen.
    pub why: Text,
    /// Complete look-ups that found nothing since the last try.
    pub absences: u8,
    /// Why it was refused, if it turns out not to be there; empty while nothing said so.
    pub refused: Vec<Objection>,
}

/// Where a document stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Issuing {
    /// To be sent.
    Queued {
        /// It may have been sent before.
        again: bool,
    },
    /// In the air.
    Sending {
        /// It may have been sent before.
        again: bool,
    },
    /// It may be there.
    Unknown(Doubt),
    /// Being looked up.
    Asking(Doubt),
    /// Accepted.
    Named {
        /// How it is known.
        named: Named,
        /// It was sent more than once: one more look-up says which MARK holds.
        to_confirm: bool,
    },
    /// Refused. It keeps its number until it is corrected and sent again.
    Rejected {
        /// Why; never empty.
        errors: Vec<Objection>,
    },
    /// It was there, and was cancelled by somebody: a person must look.
    Withdrawn {
        /// Its last MARK.
        mark: i64,
    },
}

/// What a look-up came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum Found {
    /// It is there and holds.
    There {
        /// Its MARK.
        mark: i64,
        /// Its UID.
        uid: Option<String>,
        /// The address behind its QR, where the listing has it.
        qr: Option<String>,
        /// The authentication code, where a provider gives it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        authentication: Option<Text>,
    },
    /// It was there, and everything of it was cancelled.
    Cancelled {
        /// The last MARK of it.
        mark: i64,
    },
    /// Everything was read, and it is not there.
    Absent,
    /// Not everything could be read.
    Incomplete {
        /// What was seen.
        why: Text,
        /// What stood in the way.
        hindrance: Hindrance,
    },
}

/// What happens to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", content = "of", rename_all = "snake_case")]
pub enum News {
    /// It is about to be sent.
    Begun,
    /// It could not be made into what the issuer takes; nothing was sent.
    Unfit {
        /// Why.
        why: Text,
    },
    /// It was accepted.
    Accepted {
        /// Its MARK.
        mark: i64,
        /// Its UID.
        uid: Option<String>,
        /// The address behind its QR.
        qr: Option<String>,
        /// The authentication code, where a provider gives it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        authentication: Option<Text>,
    },
    /// It was read and refused.
    Refused {
        /// Why; never empty.
        errors: Vec<Objection>,
    },
    /// It was not read: later, or not with these credentials.
    PutOff {
        /// Which of the two.
        hindrance: Hindrance,
    },
    /// The request was called wrong: it is refused if it turns out not to be there.
    Objected {
        /// Why; never empty.
        errors: Vec<Objection>,
    },
    /// Provably nothing left this machine.
    NeverLeft,
    /// The answer was lost.
    Lost(Text),
    /// The program was started again.
    Restarted,
    /// A look-up is about to begin.
    Asked,
    /// A look-up ended.
    Found(Found),
    /// A person changed what was refused; its identity stayed.
    Corrected,
}

/// The code of what was never sent.
pub const UNFIT: &str = "-";

/// News that cannot be true where the document stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{news:?} cannot happen to a document that is {state:?}")]
pub struct OutOfTurn {
    /// Where it stands; it stays there.
    pub state: Issuing,
    /// What was told.
    pub news: News,
}

/// What the customer was given while the document had no name yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandedOver {
    /// The document itself, with the words "Απώλεια Διασύνδεσης": it is told late, and says so.
    ConnectionLost,
    /// A slip that says that the document is not issued yet.
    NotIssued,
}

/// A document on its way to the issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtIssuer {
    /// Which issuer.
    #[serde(default, skip_serializing_if = "Channel::is_usual")]
    pub channel: Channel,
    /// Where it stands.
    pub state: Issuing,
    /// How often it was sent.
    #[serde(default)]
    pub tries: u32,
    /// The largest MARK that was known before it was first sent: its own is above it.
    #[serde(default)]
    pub cursor: i64,
    /// When something last became known of it.
    pub since: Stamp,
    /// What the customer holds, where that is not the document with its QR.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<HandedOver>,
    /// How often a person put right what was refused: each time it is another request, under a key of its own.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrections: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_zero(n: &u32) -> bool {
    *n == 0
}

impl AtIssuer {
    /// A document that shall be told.
    pub fn queued(channel: Channel, since: Stamp) -> Self {
        let state = Issuing::default();
        Self { channel, state, tries: 0, cursor: 0, since, handed_over: None, corrections: 0 }
    }

    /// Takes in news that were found true when they came.
    pub(super) fn hear(&mut self, news: News, at: Stamp) {
        let corrected = news == News::Corrected;
        if let Ok(after) = self.state.clone().after(news) {
            self.state = after;
            self.corrections += u32::from(corrected);
        }
        self.since = at;
    }

    /// It may be at the issuer's, or will be without anybody's doing.
    pub const fn is_under_way(&self) -> bool {
        !matches!(self.state, Issuing::Rejected { .. } | Issuing::Withdrawn { .. })
    }

    /// It certainly never reached the issuer.
    pub const fn was_never_sent(&self) -> bool {
        self.tries == 0 && matches!(self.state, Issuing::Queued { .. })
    }
}

impl Default for Issuing {
    fn default() -> Self {
        Self::Queued { again: false }
    }
}

impl Issuing {
    /// Nothing more will happen by itself.
    pub const fn is_settled(&self) -> bool {
        match self {
            Self::Named { to_confirm, .. } => !*to_confirm,
            Self::Rejected { .. } | Self::Withdrawn { .. } => true,
            Self::Queued { .. } | Self::Sending { .. } | Self::Unknown(_) | Self::Asking(_) => false,
        }
    }

    /// How myDATA knows it, once it does.
    pub const fn named(&self) -> Option<&Named> {
        match self {
            Self::Named { named, .. } => Some(named),
            _ => None,
        }
    }

    /// Where the document stands after the news.
    ///
    /// # Errors
    /// When the news cannot be true.
    pub fn after(self, news: News) -> Result<Self, Box<OutOfTurn>> {
        match (self, news) {
            (Self::Queued { again }, News::Begun) => Ok(Self::Sending { again }),
            (Self::Queued { .. }, News::Unfit { why }) => {
                let errors = vec![Objection { code: UNFIT.to_owned(), message: why }];
                Ok(Self::Rejected { errors })
            }
            (Self::Sending { again }, News::Accepted { mark, uid, qr, authentication }) => {
                let named = Named { mark, uid, qr, authentication, formerly: Vec::new() };
                Ok(Self::Named { named, to_confirm: again })
            }
            // A refused replacement leaves what it would have replaced: the first may be there after all.
            (Self::Sending { again: true }, News::Refused { errors }) => Ok(Self::Unknown(Doubt {
                refused: errors,
                ..Doubt::new(Text::new("the second try was refused; the first may be there"))
            })),
            (Self::Sending { again: false }, News::Refused { errors }) => Ok(Self::Rejected { errors }),
            (Self::Sending { .. }, News::Objected { errors }) => Ok(Self::Unknown(Doubt {
                refused: errors,
                ..Doubt::new(Text::new("the request was called wrong"))
            })),
            (Self::Sending { again }, News::NeverLeft | News::PutOff { .. }) => Ok(Self::Queued { again }),
            (Self::Sending { .. }, News::Lost(why)) => Ok(Self::Unknown(Doubt::new(why))),
            (Self::Sending { .. }, News::Restarted) => {
                Ok(Self::Unknown(Doubt::new(Text::new("the program ended while it was being sent"))))
            }
            (Self::Asking(doubt), News::Restarted) => Ok(Self::Unknown(doubt)),
            (state, News::Restarted) => Ok(state),
            (Self::Unknown(doubt), News::Asked) => Ok(Self::Asking(doubt)),
            (state @ Self::Named { .. }, News::Asked) => Ok(state),
            (Self::Asking(doubt), News::Found(found)) => Ok(looked_up(doubt, found)),
            (Self::Named { named, to_confirm }, News::Found(found)) => {
                Ok(confirmed(named, to_confirm, found))
            }
            (Self::Rejected { .. }, News::Corrected) => Ok(Self::Queued { again: false }),
            (state, news) => Err(Box::new(OutOfTurn { state, news })),
        }
    }
}

impl Doubt {
    const fn new(why: Text) -> Self {
        Self { why, absences: 0, refused: Vec::new() }
    }
}

fn looked_up(doubt: Doubt, found: Found) -> Issuing {
    match found {
        Found::There { mark, uid, qr, authentication } => {
            let named = Named { mark, uid, qr, authentication, formerly: Vec::new() };
            Issuing::Named { named, to_confirm: false }
        }
        Found::Cancelled { mark } => Issuing::Withdrawn { mark },
        Found::Incomplete { .. } => Issuing::Unknown(doubt),
        Found::Absent => absent(Doubt { absences: doubt.absences.saturating_add(1), ..doubt }),
    }
}

fn absent(doubt: Doubt) -> Issuing {
    match (doubt.absences >= ABSENCES_NEEDED, doubt.refused.is_empty()) {
        (false, _) => Issuing::Unknown(doubt),
        (true, true) => Issuing::Queued { again: true },
        (true, false) => Issuing::Rejected { errors: doubt.refused },
    }
}

/// A look-up of what is named already: the last MARK that holds is the name.
fn confirmed(named: Named, to_confirm: bool, found: Found) -> Issuing {
    match found {
        Found::There { mark, uid, qr, authentication } if mark != named.mark => {
            let formerly = [named.formerly, vec![named.mark]].concat();
            let named = Named { mark, uid, qr: qr.or(named.qr), authentication, formerly };
            Issuing::Named { named, to_confirm: false }
        }
        Found::There { .. } => Issuing::Named { named, to_confirm: false },
        Found::Cancelled { mark } => Issuing::Withdrawn { mark },
        Found::Absent | Found::Incomplete { .. } => Issuing::Named { named, to_confirm },
    }
}
