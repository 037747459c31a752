//! `tameio doctor`: is everything there, permitted and working, and if not, what to do.

#[cfg(feature = "screen")]
use super::one_window_only;
use super::{Outcome, chain, provider, register_codes};
use crate::DataArgs;
use clap::Args;
use serde::Serialize;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use tameio::aade::credentials::Credentials;
use tameio::aade::message::{ListQuery, Request};
use tameio::aade::transport::{HttpRequest, HttpTransport, Method, Transport};
use tameio::app::clock;
use tameio::app::tariff::{broken, in_force, not_holding};
use tameio::config::lookup::LookUpAt;
use tameio::config::{Config, RegistryAt};
use tameio::device::look::look;
use tameio::device::{DeviceAddress, in_use};
use tameio::domain::device::{DeviceId, DeviceKind};
use tameio::domain::settings::IssuerKind;
use tameio::domain::tariff::Tariff;
use tameio::lookup::vies;
use tameio::store::{Store, guard};
use tameio_drivers::supervisor::Places;

/// Look whether everything a terminal needs is there.
#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

/// One thing looked at.
#[derive(Debug, Serialize)]
struct Finding {
    what: String,
    ok: bool,
    said: String,
}

impl Finding {
    fn of(what: &str, found: Result<String, Box<dyn Error>>) -> Self {
        let what = what.to_owned();
        match found {
            Ok(said) => Self { what, ok: true, said },
            Err(error) => Self { what, ok: false, said: chain(&*error) },
        }
    }
}

pub(crate) fn run(args: &DoctorArgs) -> Outcome {
    let (config, folder) = args.data.resolve()?;
    let mut findings = vec![
        Finding::of("configuration", Ok(format!("terminal {}", config.settings.terminal))),
        Finding::of("disk", disk(&config, &folder)),
        Finding::of("database", database(&config, &folder)),
        Finding::of("clock", clock_found()),
    ];
    findings.extend(devices(&config, &folder));
    if let Some(file) = &config.settings.parking.tariff {
        findings.push(Finding::of("tariff", tariff_found(file, &folder)));
    }
    findings.push(Finding::of("AADE", aade(&config)));
    if config.settings.issuer == IssuerKind::Provider {
        let found = provider::found(&config.settings, config.provider.as_ref());
        findings.push(Finding::of("provider", found));
    }
    findings.push(Finding::of("look-ups", look_ups(&config)));
    findings.push(Finding::of("screen", screen()));
    findings.extend(second_windows(&config));
    if args.json {
        say!("{}", serde_json::to_string(&findings)?);
    } else {
        for finding in &findings {
            say!("{} {:14} {}", if finding.ok { "ok   " } else { "FAULT" }, finding.what, finding.said);
        }
    }
    Ok(if findings.iter().all(|finding| finding.ok) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn disk(config: &Config, folder: &Path) -> Result<String, Box<dyn Error>> {
    std::fs::create_dir_all(folder).map_err(|e| format!("{} cannot be made: {e}", folder.display()))?;
    let free = guard::free_bytes(folder)?;
    if !guard::is_writable(folder) {
        return Err(format!(
            "{} cannot be written: check its owner and whether it is read-only",
            folder.display()
        )
        .into());
    }
    let mib = free / 1024 / 1024;
    if free < config.settings.disk_free_min_bytes {
        return Err(format!(
            "only {mib} MiB are free in {}: make room before taking money",
            folder.display()
        )
        .into());
    }
    Ok(format!("{mib} MiB free in {}", folder.display()))
}

fn database(config: &Config, folder: &Path) -> Result<String, Box<dyn Error>> {
    let store = Store::open(folder, &config.settings.terminal)?;
    Ok(format!("{} events, the end of the chain is whole", store.last_seq()))
}

/// A clock before this program was made is not set; registered times would be wrong.
fn clock_found() -> Result<String, Box<dyn Error>> {
    let now = clock::now();
    if now.local().year() < 2026 {
        return Err(format!("it says {}: set it, and let the system keep it by NTP", now.printed()).into());
    }
    Ok(now.printed())
}

/// Every device the terminal would use: what was chosen at the screen stands above the configuration.
fn devices(config: &Config, folder: &Path) -> Vec<Finding> {
    let assigned = Store::open(folder, &config.settings.terminal).and_then(|store| store.open_world());
    let addresses = in_use(&config.devices, &assigned.map(|world| world.assigned).unwrap_or_default());
    let mut findings = Vec::new();
    if !addresses.contains_key(&DeviceId::only(DeviceKind::Printer)) {
        let none =
            "none is configured: papers would wait on the screen (`tameio devices` shows what is there)";
        findings.push(Finding::of("printer", Err(none.into())));
    }
    for (device, address) in addresses {
        let found =
            DeviceAddress::parse(device.kind, &address).and_then(|read| look(&read, &Places::default()));
        findings.push(Finding::of(&device.to_string(), found.map_err(Into::into)));
    }
    findings
}

/// Which tariff holds, and where it comes from: what was changed at the screen stands above the file.
fn tariff_found(file: &Arc<Tariff>, folder: &Path) -> Result<String, Box<dyn Error>> {
    let kept = super::tariff::kept(folder)?;
    let Some(last) = kept.last() else {
        return Ok(format!("{}, as its file says it; never changed at the screen", file.code));
    };
    if let Some(fault) = broken(&kept) {
        return Err(format!(
            "what was changed at the screen cannot be read ({fault}), so the file holds: change it at the screen again"
        )
        .into());
    }
    let times = if last.number == 1 { "once".to_owned() } else { format!("{} times", last.number) };
    let changed = format!(
        "{}, changed at the screen {times}, last at {} by {}; that holds and not the file (`tameio tariff export` writes it out)",
        file.code,
        last.at.printed(),
        last.operator.0
    );
    let holds = in_force(Some(file), &kept).unwrap_or_else(|| Arc::clone(file));
    let left: Vec<&str> = not_holding(file, &holds).into_iter().map(|version| version.id.as_str()).collect();
    if left.is_empty() {
        Ok(changed)
    } else {
        Ok(format!("{changed}; of the file does not hold: {}", left.join(", ")))
    }
}

fn aade(config: &Config) -> Result<String, Box<dyn Error>> {
    let RegistryAt::Service(endpoint) = &config.registry else { return Ok("simulated".to_owned()) };
    let file = config.credentials.clone().unwrap_or_default();
    let systemd = std::env::var_os("CREDENTIALS_DIRECTORY").map(std::path::PathBuf::from);
    let credentials = Credentials::find(&file, systemd.as_deref())?;
    let transport = HttpTransport::new(endpoint, &credentials)?;
    // A listing above the highest possible id: asks nothing, answers whether we are let in.
    let request = Request::List(ListQuery { after: i64::MAX - 1, ..ListQuery::default() }).to_http();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let reply = runtime.block_on(transport.exchange(request))?;
    match reply.status {
        200 => Ok(format!("{} answers and lets us in", endpoint.base())),
        401 => Err(format!("{} refuses the credentials: copy user and key again", endpoint.base()).into()),
        status => Err(format!("{} answers {status}: try again later", endpoint.base()).into()),
    }
}

/// Whether the registers of tax numbers can be asked. AADE's is not: it counts every question and tells whom it was about.
fn look_ups(config: &Config) -> Result<String, Box<dyn Error>> {
    let (at, credentials) = match &config.look_up {
        LookUpAt::Off => return Ok("off: what stands on an invoice of its customer is typed".to_owned()),
        LookUpAt::Simulated => return Ok("simulated".to_owned()),
        LookUpAt::Service { at, credentials } => (at.as_deref(), credentials.as_deref()),
    };
    let codes = register_codes(credentials)?;
    let without =
        "no special codes for AADE's registry of businesses (lookup.credentials): Greek numbers are typed";
    let transport = HttpTransport::without_credentials(at.unwrap_or(vies::HOST), vies::MEDIA)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let status =
        HttpRequest { method: Method::Get, path_and_query: vies::STATUS.to_owned(), body: Vec::new() };
    let reply = runtime.block_on(transport.exchange(status));
    let vies = match reply {
        Ok(reply) if reply.status == 200 => "VIES answers".to_owned(),
        Ok(reply) => format!("VIES answers {}: foreign numbers may have to be typed", reply.status),
        Err(error) => format!("VIES does not answer ({error}): foreign numbers may have to be typed"),
    };
    let registry = if codes.is_some() { "the codes for AADE's registry can be read" } else { without };
    Ok(format!("{registry}; {vies}"))
}

#[cfg(feature = "screen")]
fn screen() -> Result<String, Box<dyn Error>> {
    let wayland = std::env::var_os("WAYLAND_DISPLAY").is_some();
    let x11 = std::env::var_os("DISPLAY").is_some();
    match (wayland, x11) {
        (true, _) => Ok("Wayland".to_owned()),
        (false, true) => Ok("X11".to_owned()),
        (false, false) => Err("no display: start from a desktop, or with cage or X on a kiosk".into()),
    }
}

#[cfg(not(feature = "screen"))]
fn screen() -> Result<String, Box<dyn Error>> {
    Ok("this build has none".to_owned())
}

/// The windows beside the till that the configuration wants, where there is room for them. Whether a display is there is known
/// only to a running window: the page of devices says it.
#[cfg(feature = "screen")]
fn second_windows(config: &Config) -> Option<Finding> {
    let customer = config.customer_window.as_deref().map(|place| ("the customer's", place));
    let wall = config.wall.window.as_deref().map(|place| ("the board on the wall", place));
    let wanted = [customer, wall].into_iter().flatten().map(|(what, place)| match place {
        "window" => format!("{what} as a window"),
        display => format!("{what} on display {display}"),
    });
    let wanted = wanted.collect::<Vec<_>>().join(", ");
    let one = "there is room for the till's window only: a second one needs X11 or a Wayland desktop (on the bare \
               console there is one, and cage shows one at a time)";
    let found = if one_window_only() { Err(format!("{wanted}: {one}").into()) } else { Ok(wanted.clone()) };
    (!wanted.is_empty()).then(|| Finding::of("second windows", found))
}

#[cfg(not(feature = "screen"))]
fn second_windows(_config: &Config) -> Option<Finding> {
    None
}
