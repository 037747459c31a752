//! `tameio run`: the terminal in a window. Without a configuration it runs in practice: simulated devices, a simulated
//! AADE on loopback, its own database.

use super::Outcome;
use crate::DataArgs;
use clap::Args;

/// Run the terminal in a window.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// Fill the whole screen
    #[arg(long)]
    pub(crate) kiosk: bool,
}

#[cfg(not(feature = "screen"))]
pub(crate) fn run(_args: &RunArgs) -> Outcome {
    Err("this build has no screen: build it with default features, or use `tameio simulate`".into())
}

#[cfg(feature = "screen")]
pub(crate) use with_screen::run;

#[cfg(feature = "screen")]
mod with_screen {
    use super::{Outcome, RunArgs};
    use std::net::{Ipv4Addr, SocketAddr};
    use std::path::Path;
    use std::process::ExitCode;
    use std::sync::Arc;
    use tameio::aade::credentials::Credentials;
    use tameio::aade::simulator::in_process::Shared;
    use tameio::aade::simulator::server::Server;
    use tameio::aade::simulator::{Options, Simulator};
    use tameio::aade::transport::{Endpoint, HttpTransport, Transport};
    use tameio::app::clock;
    use tameio::app::engine::{Engine, Parts};
    use tameio::config::{Config, RegistryAt};
    use tameio::view::{RegistrySite, Window};

    pub(crate) fn run(args: &RunArgs) -> Outcome {
        let (config, folder) = args.data.resolve()?;
        let (window, screen) = Window::new(&config.settings, args.kiosk)?;
        window.set_site(match &config.registry {
            RegistryAt::Simulated | RegistryAt::Service(Endpoint::At(_)) => RegistrySite::Simulated,
            RegistryAt::Service(Endpoint::Test) => RegistrySite::Test,
            RegistryAt::Service(Endpoint::Production) => RegistrySite::Production,
        });
        window.set_devices(config.devices.clone());
        let registry = Registry::start(&config, &folder)?;
        let engine = Engine::start(Parts {
            settings: config.settings.clone(),
            transport: Arc::clone(&registry.transport),
            devices: config.devices.clone(),
            screen: Box::new(screen),
            guard_disk: true,
            record: (config.record_days > 0).then(|| folder.join("inputs")),
            data: folder,
        })?;
        window.run(engine.handle())?;
        engine.stop()?;
        Ok(ExitCode::SUCCESS)
    }

    /// The way to the registry; in practice, with a simulator of our own behind it on loopback.
    struct Registry {
        transport: Arc<dyn Transport>,
        _simulator: Option<(tokio::runtime::Runtime, Server)>,
    }

    impl Registry {
        fn start(config: &Config, folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
            match &config.registry {
                RegistryAt::Simulated => Self::simulated(folder),
                RegistryAt::Service(endpoint) => {
                    let file = config.credentials.clone().unwrap_or_default();
                    let systemd = std::env::var_os("CREDENTIALS_DIRECTORY").map(std::path::PathBuf::from);
                    let credentials = Credentials::find(&file, systemd.as_deref())?;
                    let transport = Arc::new(HttpTransport::new(endpoint, &credentials)?);
                    Ok(Self { transport, _simulator: None })
                }
            }
        }

        fn simulated(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
            std::fs::create_dir_all(folder)?;
            let simulator = Simulator::open(Options::default(), &folder.join("practice-aade.db"))?;
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
            let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            let server =
                runtime.block_on(Server::start(listen, Shared::new(simulator), clock::clockwork()))?;
            tracing::info!(
                address = server.base(),
                "practice: the simulated AADE shows a page at this address"
            );
            let endpoint = Endpoint::At(server.base());
            let transport = Arc::new(HttpTransport::new(&endpoint, &Credentials::demo())?);
            Ok(Self { transport, _simulator: Some((runtime, server)) })
        }
    }
}
