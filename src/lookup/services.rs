//! Both registers behind one door: who is asked about which number, and what the answer comes to for the loop.

use super::registry::{self, Business, RegistryAnswer, RegistryQuestion};
use super::vies::{self, ViesAnswer};
use super::worker;
use crate::aade::credentials::Credentials;
use crate::aade::transport::{ClientError, HttpTransport, Transport};
use crate::domain::counterparty::{Answer, Finding, Hitch, Particulars, Register};
use crate::domain::customer::TaxNumber;
use crate::domain::text::Text;
use std::sync::Arc;

/// The ways to the registers. One that is absent is not asked, and says so.
#[derive(Clone, Default)]
pub struct Services {
    registry: Option<(Arc<dyn Transport>, Credentials)>,
    vies: Option<Arc<dyn Transport>>,
}

impl Services {
    /// Over HTTP: the real ones, or both behind one simulator's address. Without codes AADE's registry is not asked.
    ///
    /// # Errors
    /// When the address or the system's certificates cannot be used.
    pub fn over_http(base: Option<&str>, credentials: Option<Credentials>) -> Result<Self, ClientError> {
        let to = |real, media| -> Result<Arc<dyn Transport>, ClientError> {
            Ok(Arc::new(HttpTransport::without_credentials(base.unwrap_or(real), media)?))
        };
        let services = Self::default().with_vies(to(vies::HOST, vies::MEDIA)?);
        Ok(match credentials {
            Some(credentials) => services.with_registry(to(registry::HOST, registry::MEDIA)?, credentials),
            None => services,
        })
    }

    /// With the way to AADE's registry of businesses, and the codes the business has made for it.
    #[must_use]
    pub fn with_registry(self, transport: Arc<dyn Transport>, credentials: Credentials) -> Self {
        Self { registry: Some((transport, credentials)), ..self }
    }

    /// With the way to VIES.
    #[must_use]
    pub fn with_vies(self, transport: Arc<dyn Transport>) -> Self {
        Self { vies: Some(transport), ..self }
    }

    /// Asks one of them about a number, and waits.
    pub async fn ask(&self, register: Register, number: &TaxNumber) -> Answer {
        match register {
            Register::Aade => match &self.registry {
                Some((transport, credentials)) => {
                    let question = RegistryQuestion::new(&number.number);
                    worker::ask_registry(&**transport, credentials, &question).await.into()
                }
                None => Answer::Hitch(Hitch::NoCredentials),
            },
            Register::Vies => match &self.vies {
                Some(transport) => worker::ask_vies(&**transport, number).await.into(),
                None => Answer::Hitch(Hitch::NotAsked),
            },
        }
    }
}

impl From<RegistryAnswer> for Answer {
    fn from(answer: RegistryAnswer) -> Self {
        match answer {
            RegistryAnswer::Found(business) => Self::Said(Finding::Business {
                particulars: particulars(&business),
                ended: !business.active,
                ended_on: business.ended,
            }),
            RegistryAnswer::Nobody => Self::Said(Finding::Nobody),
            RegistryAnswer::NoBusiness => Self::Said(Finding::NoBusiness),
            RegistryAnswer::Refused { code, message } => Self::Hitch(Hitch::Refused { code, message }),
            RegistryAnswer::Unknown { why } => Self::Hitch(Hitch::Silent { why }),
        }
    }
}

impl From<ViesAnswer> for Answer {
    fn from(answer: ViesAnswer) -> Self {
        match answer {
            ViesAnswer::Valid { name, address } => {
                let (name, address) = (name.unwrap_or_default(), address.unwrap_or_default());
                let particulars = Particulars { name, address, ..Particulars::default() };
                Self::Said(Finding::Business { particulars, ended: false, ended_on: None })
            }
            ViesAnswer::Invalid => Self::Said(Finding::Unlisted),
            ViesAnswer::NoNumber => Self::Said(Finding::Nobody),
            ViesAnswer::Unknown { why } => Self::Hitch(Hitch::Silent { why }),
        }
    }
}

fn particulars(business: &Business) -> Particulars {
    let main = business.activities.first().map(|activity| activity.description.clone());
    Particulars {
        name: business.name.clone(),
        address: address(business),
        activity: main.unwrap_or_default(),
        tax_office: business.tax_office.clone(),
    }
}

/// `Οδός 10, 11111 Αθήνα`, as far as each part is known.
fn address(business: &Business) -> Text {
    let joined = |parts: [&Text; 2]| {
        let parts = parts.into_iter().map(Text::as_str).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    };
    let street = joined([&business.street, &business.street_number]);
    let town = joined([&business.postal_code, &business.town]);
    let known: Vec<String> = [street, town].into_iter().filter(|part| !part.is_empty()).collect();
    Text::new(&known.join(", "))
}
