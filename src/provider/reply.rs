//! What an answer of a provider means. Any bytes have a meaning: what is not provably accepted and not provably refused is
//! [`Answer::Unknown`], and an unknown answer is asked about, never repeated.

use super::tree::Tree;
use crate::aade::transport::HttpReply;
use crate::domain::entry::Hindrance;
use crate::domain::issuing::{Found, News, Objection};
use crate::domain::money::Cents;
use crate::domain::provider::{Heard, ProviderRules};
use crate::domain::text::Text;
use crate::mydata::identity::Uid;
use crate::mydata::reply::{Accepted, NO_CODE, TECHNICAL_BYTES_MAX, is_technical, objection, qr};

/// Most errors of one answer that are kept.
const ERRORS_MAX: usize = 50;

/// What an answer comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is there.
    Accepted(Accepted),
    /// Read and refused; the same again would be refused again.
    Refused {
        /// Why; never empty.
        errors: Vec<Objection>,
    },
    /// The call was called wrong: it is refused *if* it turns out not to be there.
    Objected {
        /// Why; never empty.
        errors: Vec<Objection>,
    },
    /// A look-up says that it is not there.
    Absent,
    /// Too many calls: later. Nothing was read.
    Throttled,
    /// We were not let in. Nothing was read.
    Unauthorized,
    /// The provider is not done with it.
    Pending,
    /// It may have been done.
    Unknown {
        /// What was seen.
        why: Text,
    },
}

impl Answer {
    /// Reads the answer to a document handed over.
    pub fn to_send(rules: &ProviderRules, reply: &HttpReply) -> Self {
        match reply.status {
            401 | 403 => Self::Unauthorized,
            429 => Self::Throttled,
            200..=299 => match Tree::read(rules.family, &reply.body) {
                Ok(tree) => said(rules, &tree),
                Err(why) => Self::unknown(&format!("the provider's answer cannot be read: {why}")),
            },
            status if status == 400 || rules.meanings.no_http.contains(&status) => {
                no_by_status(rules, reply, status)
            }
            status => Self::unknown(&format!("the provider answered with HTTP status {status}")),
        }
    }

    /// Reads the answer to a look-up. A number or a total in it that is not ours makes it an answer about something else.
    pub fn to_look_up(rules: &ProviderRules, reply: &HttpReply, ours: &Ours) -> Self {
        match reply.status {
            401 | 403 => Self::Unauthorized,
            429 => Self::Throttled,
            200..=299 => match Tree::read(rules.family, &reply.body) {
                Ok(tree) if says(rules, &tree, &rules.meanings.absent) => absent(rules, &tree),
                Ok(tree) => match said(rules, &tree) {
                    Self::Accepted(_) if !ours.is(rules, &tree) => {
                        Self::unknown("the provider's answer is about another document")
                    }
                    answer => answer,
                },
                Err(why) => Self::unknown(&format!("the provider's answer cannot be read: {why}")),
            },
            // A gateway's page that does not know the address either is no answer of the provider's.
            status if rules.meanings.absent_http == Some(status) => {
                match reply.body.is_empty() || Tree::read(rules.family, &reply.body).is_ok() {
                    true => Self::Absent,
                    false => Self::unknown("the provider does not know where it is asked"),
                }
            }
            status => Self::unknown(&format!("the provider answered with HTTP status {status}")),
        }
    }

    fn unknown(why: &str) -> Self {
        Self::Unknown { why: Text::new(why) }
    }
}

/// What a look-up must be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ours {
    /// The number in the series.
    pub number: u64,
    /// What the document comes to.
    pub total: Cents,
}

impl Ours {
    fn is(&self, rules: &ProviderRules, tree: &Tree) -> bool {
        let texts = |heard| rules.path_of(heard).map(|path| tree.texts(path)).unwrap_or_default();
        let number = |text: &&str| text.parse::<u64>().ok().is_none_or(|number| number == self.number);
        let total = |text: &&str| text.parse() == Ok(self.total);
        texts(Heard::Number).iter().all(number) && texts(Heard::Total).iter().all(total)
    }
}

fn texts<'a>(rules: &ProviderRules, tree: &'a Tree, heard: Heard) -> Vec<&'a str> {
    rules.path_of(heard).map(|path| tree.texts(path)).unwrap_or_default()
}

/// Whether its status, or the code of an error, is one of these words.
fn says(rules: &ProviderRules, tree: &Tree, words: &[String]) -> bool {
    let status = statuses(rules, tree);
    let codes = texts(rules, tree, Heard::ErrorCode);
    status.iter().chain(&codes).any(|said| words.iter().any(|word| word == said))
}

/// Not there, unless it says a MARK all the same.
fn absent(rules: &ProviderRules, tree: &Tree) -> Answer {
    match marks(rules, tree).is_empty() {
        true => Answer::Absent,
        false => Answer::unknown("the provider says that it is not there, and gives a MARK"),
    }
}

/// The MARKs it gives; -1 for what is none. What was left empty, or is a nought, is no MARK.
fn marks(rules: &ProviderRules, tree: &Tree) -> Vec<i64> {
    let told = rules.path_of(Heard::Mark).map(|path| tree.at(path)).unwrap_or_default();
    let mark = |tree: &Tree| match tree {
        Tree::Leaf(text) if text.is_empty() => 0,
        Tree::Leaf(text) => text.parse().unwrap_or(-1),
        Tree::Branches(_) | Tree::List(_) => -1,
    };
    told.into_iter().map(mark).filter(|mark| *mark != 0).collect()
}

/// Every status it gives; a question mark for what is none.
fn statuses<'a>(rules: &ProviderRules, tree: &'a Tree) -> Vec<&'a str> {
    let told = rules.path_of(Heard::Status).map(|path| tree.at(path)).unwrap_or_default();
    let status = |tree: &'a Tree| match tree {
        Tree::Leaf(text) => text.as_str(),
        Tree::Branches(_) | Tree::List(_) => "?",
    };
    told.into_iter().map(status).filter(|status| !status.is_empty()).collect()
}

/// What an answer says that was read.
fn said(rules: &ProviderRules, tree: &Tree) -> Answer {
    let status = statuses(rules, tree);
    let (marks, errors) = (marks(rules, tree), errors(rules, tree));
    let means = |words: &[String]| matches!(status.as_slice(), [one] if words.iter().any(|word| word == one));
    let meanings = &rules.meanings;
    if status.len() > 1 {
        return Answer::unknown("the provider's answer has more than one status");
    }
    let yes = status.is_empty() || means(&meanings.yes);
    let no = means(&meanings.no) || status.is_empty() && !errors.is_empty();
    match marks.as_slice() {
        [_, _, ..] => Answer::unknown("the provider gave two MARKs"),
        [mark] if *mark > 0 && yes && errors.is_empty() => Answer::Accepted(accepted(rules, tree, *mark)),
        [_] => Answer::unknown("the provider says yes and no"),
        [] if no => refused(errors, status.first().copied().unwrap_or_default()),
        [] if means(&meanings.pending) => Answer::Pending,
        [] if yes && !status.is_empty() => Answer::unknown("the provider said yes without a MARK"),
        [] => match status.first() {
            Some(status) => Answer::unknown(&format!("the provider answered {status}")),
            None => Answer::unknown("the provider says neither yes nor no"),
        },
    }
}

fn accepted(rules: &ProviderRules, tree: &Tree, mark: i64) -> Accepted {
    let only = |heard| match texts(rules, tree, heard).as_slice() {
        [one] => Some((*one).to_owned()),
        _ => None,
    };
    Accepted {
        mark,
        uid: only(Heard::Uid).as_deref().and_then(Uid::parse),
        qr: only(Heard::Qr).as_deref().and_then(qr),
        authentication: only(Heard::Authentication)
            .map(|code| Text::new(&code))
            .filter(|code| !code.is_empty()),
    }
}

/// The errors of an answer: the codes in their order, each with the words in the same place.
fn errors(rules: &ProviderRules, tree: &Tree) -> Vec<Objection> {
    let (codes, words) = (texts(rules, tree, Heard::ErrorCode), texts(rules, tree, Heard::ErrorText));
    let count = codes.len().max(words.len()).min(ERRORS_MAX);
    let of = |list: &[&str], at: usize| list.get(at).map(|text| (*text).to_owned()).unwrap_or_default();
    (0..count).map(|at| objection(&of(&codes, at), &of(&words, at))).collect()
}

fn refused(errors: Vec<Objection>, status: &str) -> Answer {
    if let Some(error) = errors.iter().find(|error| is_technical(&error.code)) {
        return Answer::unknown(&format!("AADE could not judge it: {} {}", error.code, error.message));
    }
    let errors = match errors.is_empty() {
        true => vec![Objection { code: NO_CODE.to_owned(), message: Text::new(status) }],
        false => errors,
    };
    Answer::Refused { errors }
}

/// No, by the status of HTTP. What gives a MARK all the same is unknown; what gives no reason that can be read, or came under a
/// status that is nobody's no, counts only if it turns out not to be there.
fn no_by_status(rules: &ProviderRules, reply: &HttpReply, status: u16) -> Answer {
    let tree = Tree::read(rules.family, &reply.body).ok();
    if tree.as_ref().is_some_and(|tree| !marks(rules, tree).is_empty()) {
        return Answer::unknown("the provider's answer says no and gives a MARK");
    }
    let errors = tree.as_ref().map(|tree| errors(rules, tree)).unwrap_or_default();
    match (errors.is_empty(), rules.meanings.no_http.contains(&status)) {
        (false, true) => refused(errors, ""),
        (false, false) => Answer::Objected { errors },
        (true, _) => {
            let body = reply.body.get(..TECHNICAL_BYTES_MAX).unwrap_or(&reply.body);
            let message = Text::new(&String::from_utf8_lossy(body));
            Answer::Objected { errors: vec![Objection { code: status.to_string(), message }] }
        }
    }
}

/// What an answer to a try means for its document.
impl From<Answer> for News {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Accepted(Accepted { mark, uid, qr, authentication }) => {
                Self::Accepted { mark, uid: uid.map(|uid| uid.to_string()), qr, authentication }
            }
            Answer::Refused { errors } => Self::Refused { errors },
            Answer::Objected { errors } => Self::Objected { errors },
            Answer::Throttled => Self::PutOff { hindrance: Hindrance::Throttled },
            Answer::Unauthorized => Self::PutOff { hindrance: Hindrance::Credentials },
            Answer::Pending => Self::Lost(Text::new("the provider has it, and no MARK for it yet")),
            Answer::Absent => Self::Lost(Text::new("the provider answers another question")),
            Answer::Unknown { why } => Self::Lost(why),
        }
    }
}

/// What an answer to a look-up means for its document.
impl From<Answer> for Found {
    fn from(answer: Answer) -> Self {
        let incomplete = |why: &str, hindrance| Self::Incomplete { why: Text::new(why), hindrance };
        match answer {
            Answer::Accepted(Accepted { mark, uid, qr, authentication }) => {
                Self::There { mark, uid: uid.map(|uid| uid.to_string()), qr, authentication }
            }
            Answer::Absent => Self::Absent,
            Answer::Throttled => incomplete("the provider says: later", Hindrance::Throttled),
            Answer::Unauthorized => incomplete("the provider does not let us in", Hindrance::Credentials),
            Answer::Pending => incomplete("the provider is not done with it", Hindrance::Throttled),
            Answer::Refused { errors } | Answer::Objected { errors } => {
                let said: Vec<String> =
                    errors.iter().map(|error| format!("{} {}", error.code, error.message)).collect();
                incomplete(&said.join("; "), Hindrance::Refused)
            }
            Answer::Unknown { why } => Self::Incomplete { why, hindrance: Hindrance::Link },
        }
    }
}
