//! What must hold of a provider's answers, in either form, and of our provider, whatever bytes come.

use super::{NOW, elements, holds, independent, named, request, value};
use roxmltree::Node;
use serde_json::Value;
use tameio::aade::simulator::{Caller, Delivery};
use tameio::aade::transport::HttpReply;
use tameio::domain::issuing::{Found, Issuing, News};
use tameio::domain::money::Cents;
use tameio::domain::provider::{Family, ProviderRules};
use tameio::provider::reply::{Answer, Ours};
use tameio::provider::simulator::{Door, Options, Simulator};

/// Statuses under which nothing may count as done.
const NO_YES: [u16; 14] = [0, 100, 300, 302, 400, 401, 403, 404, 409, 422, 429, 500, 502, 999];

/// An answer of a provider: never "done" without a yes and exactly one MARK, never "refused" beside a MARK, "not there" only
/// where it says so; and what an independent reader sees agrees.
pub fn provider_reply(bytes: &[u8]) {
    for family in [Family::Xml, Family::Json] {
        let rules = ProviderRules::usual(family);
        for status in [200, 201, 204, 299] {
            judge_yes(&rules, &HttpReply { status, body: bytes.to_vec() });
        }
        for status in NO_YES {
            let reply = HttpReply { status, body: bytes.to_vec() };
            let answer = Answer::to_send(&rules, &reply);
            assert!(!matches!(answer, Answer::Accepted(_) | Answer::Absent | Answer::Pending), "{status}");
            let may_refuse = rules.meanings.no_http.contains(&status);
            assert!(!matches!(answer, Answer::Refused { .. }) || may_refuse, "{status}: {answer:?}");
            let asked = Answer::to_look_up(&rules, &reply, &ours());
            let absent = rules.meanings.absent_http == Some(status);
            assert!(!matches!(asked, Answer::Accepted(_)), "{status}: {asked:?}");
            assert!(asked != Answer::Absent || absent, "{status}: {asked:?}");
        }
    }
}

fn ours() -> Ours {
    Ours { number: 7, total: Cents(1_200) }
}

fn judge_yes(rules: &ProviderRules, reply: &HttpReply) {
    let answer = Answer::to_send(rules, reply);
    match &answer {
        Answer::Accepted(accepted) => {
            assert!(accepted.mark > 0);
            assert!(accepted.uid.as_ref().is_none_or(|uid| uid.as_str().len() == 40));
            assert!(accepted.qr.as_ref().is_none_or(|qr| qr.starts_with("http") && qr.is_ascii()));
            assert!(accepted.authentication.as_ref().is_none_or(|code| !code.is_empty()));
            assert_eq!(seen(rules.family, &reply.body), Some(Some(accepted.mark)), "{answer:?}");
        }
        Answer::Refused { errors } => {
            assert!(!errors.is_empty() && errors.iter().all(|error| !error.code.is_empty()));
            assert!(
                matches!(seen(rules.family, &reply.body), Some(None)),
                "refused beside a MARK: {answer:?}"
            );
        }
        Answer::Unknown { why } => assert!(!why.is_empty(), "what is unknown says what was seen"),
        Answer::Pending => {}
        other => panic!("{other:?} is no answer under status {}", reply.status),
    }
    let sending = Issuing::Sending { again: false };
    let after = sending.after(News::from(answer.clone())).expect("an answer may come");
    assert_eq!(after.named().is_some(), matches!(answer, Answer::Accepted(_)));
    // A look-up finds what a try would, or says that it is not there, or does not know.
    let asked = Answer::to_look_up(rules, reply, &ours());
    match Found::from(asked) {
        Found::There { mark, .. } => assert!(matches!(&answer, Answer::Accepted(yes) if yes.mark == mark)),
        Found::Absent => assert!(rules.meanings.absent.iter().any(|word| holds(&reply.body, &[word]))),
        Found::Cancelled { .. } => panic!("nothing is cancelled at a provider"),
        Found::Incomplete { .. } => {}
    }
}

/// The only MARK an independent reader sees, or that there is none; nothing where it sees several or cannot read.
fn seen(family: Family, bytes: &[u8]) -> Option<Option<i64>> {
    match family {
        Family::Json => {
            // The last of two names alike wins here: then nothing is said of which.
            let told: Value = serde_json::from_slice(bytes).ok()?;
            let objects = match &told {
                Value::Array(list) => list.iter().collect(),
                other => vec![other],
            };
            let mark = |object: &Value| match object.get("my_data_mark")? {
                Value::String(text) => text.trim().parse().ok(),
                other => other.as_i64(),
            };
            let marks: Vec<i64> = objects.into_iter().filter_map(mark).filter(|mark| *mark != 0).collect();
            match marks.as_slice() {
                [] => Some(None),
                [one] => Some(Some(*one)),
                _ => None,
            }
        }
        Family::Xml => {
            let document = independent(bytes)?;
            let number = |node: Node<'_, '_>| match value(node) {
                Some(text) => text.parse().unwrap_or(-1),
                None if elements(node).next().is_none() => 0,
                None => -1,
            };
            let responses = named(document.root_element(), "response");
            let marks = responses.flat_map(|response| named(response, "invoiceMark"));
            let marks: Vec<i64> = marks.map(number).filter(|mark| *mark != 0).collect();
            match marks.as_slice() {
                [] => Some(None),
                [one] => Some(Some(*one)),
                _ => None,
            }
        }
    }
}

/// Requests to our provider, as they are archived, `%%` on a line between one and the next. A stranger leaves nothing behind,
/// and no two documents that hold are the same.
pub fn provider_simulator(bytes: &[u8]) {
    for family in [Family::Xml, Family::Json] {
        let mut simulator =
            Simulator::new(family, Options { door: Some(Door::Header), ..Options::default() });
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        let mut known = Caller::default();
        known.headers.insert("api-key".to_owned(), "demo".to_owned());
        for request in lines.split(|line| *line == b"%%").take(8).filter_map(request) {
            let accepted = simulator.counts().accepted;
            let stranger = simulator.handle(NOW, &request, &Caller::default());
            assert!(matches!(stranger, Delivery::Reply { status: 200 | 401 | 404, .. }), "{stranger:?}");
            assert_eq!(simulator.counts().accepted, accepted, "nobody's request left something behind");
            simulator.handle(NOW, &request, &known);
        }
        let live = simulator.live();
        let mut uids: Vec<&str> = live.iter().map(|live| live.uid.as_str()).collect();
        uids.sort_unstable();
        uids.dedup();
        assert_eq!(uids.len(), live.len(), "two documents hold under one UID");
        assert!(simulator.state().is_object());
    }
}
