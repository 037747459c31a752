//! One try and one look-up over whatever transport there is. What they mean is decided in [`crate::domain::issuing`]; here
//! bytes become [`News`] and [`Found`].

use super::reply::{Answer, Ours};
use crate::aade::transport::{HttpReply, HttpRequest, Transport, TransportError};
use crate::domain::entry::Hindrance;
use crate::domain::issuing::{Found, News};
use crate::domain::provider::ProviderRules;
use crate::domain::text::Text;
use crate::mydata::worker::Tried;

/// Hands one document over, under the key of this request.
pub async fn send(
    transport: &dyn Transport,
    rules: &ProviderRules,
    request: HttpRequest,
    key: &str,
) -> Tried<News> {
    match transport.exchange_keyed(request, key).await {
        Ok(reply) => Tried { heard: Answer::to_send(rules, &reply).into(), reply: archived(&reply) },
        Err(TransportError::NeverSent(why)) => Tried { heard: News::NeverLeft, reply: unreached(&why) },
        Err(TransportError::Lost(why)) => Tried { heard: News::Lost(Text::new(&why)), reply: lost(&why) },
    }
}

/// Asks what became of one document.
pub async fn look_up(
    transport: &dyn Transport,
    rules: &ProviderRules,
    request: HttpRequest,
    ours: &Ours,
) -> Found {
    let broken_off = |why: &str| Found::Incomplete { why: Text::new(why), hindrance: Hindrance::Link };
    match transport.exchange(request).await {
        Ok(reply) => Answer::to_look_up(rules, &reply, ours).into(),
        Err(TransportError::NeverSent(why)) => broken_off(&unreached(&why)),
        Err(TransportError::Lost(why)) => broken_off(&lost(&why)),
    }
}

fn archived(reply: &HttpReply) -> String {
    format!("{}\n\n{}", reply.status, String::from_utf8_lossy(&reply.body))
}

fn unreached(why: &str) -> String {
    format!("the provider could not be reached: {why}")
}

fn lost(why: &str) -> String {
    format!("the answer of the provider was lost: {why}")
}
