//! One question over whatever transport there is. A question may be asked again at any time: it changes nothing, but AADE
//! counts it and tells the business.

use super::registry::{RegistryAnswer, RegistryQuestion};
use super::vies::{self, ViesAnswer};
use crate::aade::credentials::Credentials;
use crate::aade::transport::{Transport, TransportError};
use crate::domain::customer::TaxNumber;
use crate::domain::text::Text;

/// Asks AADE's registry of businesses.
pub async fn ask_registry(
    transport: &dyn Transport,
    credentials: &Credentials,
    question: &RegistryQuestion,
) -> RegistryAnswer {
    match transport.exchange(question.to_http(credentials)).await {
        Ok(reply) => RegistryAnswer::read(question, &reply),
        Err(error) => RegistryAnswer::Unknown { why: why("the registry of businesses", &error) },
    }
}

/// Asks VIES.
pub async fn ask_vies(transport: &dyn Transport, number: &TaxNumber) -> ViesAnswer {
    match transport.exchange(vies::to_http(number)).await {
        Ok(reply) => ViesAnswer::read(number, &reply),
        Err(error) => ViesAnswer::Unknown { why: why("VIES", &error) },
    }
}

fn why(service: &str, error: &TransportError) -> Text {
    match error {
        TransportError::NeverSent(why) => Text::new(&format!("{service} could not be reached: {why}")),
        TransportError::Lost(why) => Text::new(&format!("the answer of {service} was lost: {why}")),
    }
}
