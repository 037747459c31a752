//! The way to the configured provider, for the commands that speak to it.

use std::error::Error;
use std::path::PathBuf;
use tameio::aade::credentials::Credentials;
use tameio::aade::transport::{ClientError, HttpTransport, Media, Transport};
use tameio::config::provider::ProviderSite;
use tameio::domain::provider::Family;
use tameio::domain::settings::Settings;
use tameio::provider::reply::Answer;
use tameio::provider::request;
use tameio::provider::transport::Way;

/// Name of its credential when systemd hands it over.
const CREDENTIAL_NAME: &str = "provider";

/// The user and the key it gave.
pub(crate) fn credentials(site: &ProviderSite) -> Result<Credentials, Box<dyn Error>> {
    let file = site.credentials.clone().unwrap_or_default();
    let systemd = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    Ok(Credentials::find_named(CREDENTIAL_NAME, &file, systemd.as_deref())?)
}

/// The way to it.
pub(crate) fn way(
    settings: &Settings,
    site: &ProviderSite,
    credentials: Credentials,
) -> Result<Way<HttpTransport>, ClientError> {
    let kind = match settings.provider.family {
        Family::Xml => "application/xml",
        Family::Json => "application/json",
    };
    let base = site.base.clone().unwrap_or_default();
    let carrier = HttpTransport::without_credentials(&base, Media { sent: kind, asked: kind })?;
    Ok(Way::new(carrier, site.auth.clone(), credentials, settings.provider.key_header.clone()))
}

/// Whether it answers and lets us in: it is asked for a document that does not exist.
pub(crate) fn found(settings: &Settings, site: Option<&ProviderSite>) -> Result<String, Box<dyn Error>> {
    let site = site.ok_or("no section [provider] says where it is")?;
    let Some(base) = &site.base else { return Ok("simulated".to_owned()) };
    let way = way(settings, site, credentials(site)?)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let probe = request::probe(&settings.provider, &settings.business.afm, &settings.series);
    let reply = runtime.block_on(way.exchange(probe))?;
    let place = if site.test { "test environment" } else { "work" };
    match Answer::to_look_up(&settings.provider, &reply, &request::NOTHING) {
        Answer::Absent => Ok(format!("{base} ({place}) answers and lets us in")),
        Answer::Unauthorized => Err(format!("{base} refuses user and key: copy them again").into()),
        Answer::Throttled => Err(format!("{base} says: later; try again in some minutes").into()),
        answer => Err(format!(
            "{base} was asked for a document that does not exist and did not say so: compare look_up_path, absent_http and absent with the provider's papers ({answer:?})"
        )
        .into()),
    }
}
