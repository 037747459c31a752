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
    /// Begin with every component of the screen in every state, for whoever builds it
    #[arg(long, hide = true)]
    pub(crate) gallery: bool,
    /// Open the window that faces the customer too
    #[arg(long)]
    pub(crate) customer: bool,
    /// Open the board on the wall too: who is next, what is ready
    #[arg(long)]
    pub(crate) wall: bool,
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
    use crate::command::provider::{credentials as provider_credentials, way as provider_way};
    use crate::command::{one_window_only, registers};
    use std::net::{Ipv4Addr, SocketAddr};
    use std::path::Path;
    use std::process::ExitCode;
    use std::sync::Arc;
    use tameio::aade::credentials::Credentials;
    use tameio::aade::simulator::in_process::Shared;
    use tameio::aade::simulator::server::Server;
    use tameio::aade::simulator::{self, Options, Simulator};
    use tameio::aade::transport::{Endpoint, HttpTransport, Transport};
    use tameio::app::clock;
    use tameio::app::engine::{Engine, Parts};
    use tameio::config::lookup::LookUpAt;
    use tameio::config::provider::ProviderSite;
    use tameio::config::{Config, RegistryAt};
    use tameio::domain::settings::IssuerKind;
    use tameio::lookup::services::Services;
    use tameio::lookup::simulator as lookup;
    use tameio::mydata::simulator as mydata;
    use tameio::provider::auth::Auth;
    use tameio::provider::simulator as provider;
    use tameio::view::{Beside, Place, RegistrySite, Window};

    pub(crate) fn run(args: &RunArgs) -> Outcome {
        let (config, folder) = args.data.resolve()?;
        let (window, screen) = Window::new(&config.settings, args.kiosk)?;
        window.set_site(match &config.registry {
            RegistryAt::Simulated | RegistryAt::Service(Endpoint::At(_)) => RegistrySite::Simulated,
            RegistryAt::Service(Endpoint::Test) => RegistrySite::Test,
            RegistryAt::Service(Endpoint::Production) => RegistrySite::Production,
        });
        window.set_devices(config.devices.clone());
        window.choose_look(config.look);
        if args.gallery {
            window.show_gallery();
        }
        window.choose_text(config.text_percent);
        open_beside(&window, &config, args);
        let registry = Service::registry(&config, &folder)?;
        let documents = Service::issuer(&config, &folder)?;
        let registers = Registers::of(&config)?;
        let engine = Engine::start(Parts {
            settings: config.settings.clone(),
            transport: Arc::clone(&registry.transport),
            mydata: Arc::clone(&documents.transport),
            look_up: registers.services.clone(),
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

    /// The windows beside the till, as far as there is room for any.
    fn open_beside(window: &Window, config: &Config, args: &RunArgs) {
        let customer = config.customer_window.as_deref().or(args.customer.then_some("window"));
        let wall = config.wall.window.as_deref().or(args.wall.then_some("window"));
        let place = |place: Option<&str>| place.map(Place::of).unwrap_or_default();
        window.set_beside(Beside {
            customer: place(customer),
            customer_clear_s: config.customer_clear_s,
            wall_place: place(wall),
            wall: config.wall.clone(),
            one_only: one_window_only(),
        });
        if one_window_only() {
            if customer.is_some() || wall.is_some() {
                tracing::warn!("there is one window only without X11 or Wayland: no second one is opened");
            }
            return;
        }
        if customer.is_some() {
            window.open_customer();
        }
        if wall.is_some() && !config.wall.shows.is_empty() {
            window.open_wall();
        }
    }

    /// The way to one of AADE's services; in practice, with a simulator of our own behind it on loopback.
    struct Service {
        transport: Arc<dyn Transport>,
        _simulator: Option<Box<dyn std::any::Any>>,
    }

    impl Service {
        fn registry(config: &Config, folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
            match &config.registry {
                RegistryAt::Simulated => {
                    std::fs::create_dir_all(folder)?;
                    let file = folder.join("practice-aade.db");
                    Self::simulated("AADE", Simulator::open(Options::default(), &file)?, |_, _| {})
                }
                RegistryAt::Service(endpoint) => Self::real(config, endpoint),
            }
        }

        fn issuer(config: &Config, folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
            match (config.settings.issuer, &config.provider) {
                (IssuerKind::Provider, Some(site)) => Self::provider(config, site, folder),
                _ => Self::mydata(config, folder),
            }
        }

        fn provider(
            config: &Config,
            site: &ProviderSite,
            folder: &Path,
        ) -> Result<Self, Box<dyn std::error::Error>> {
            let Some(base) = &site.base else {
                std::fs::create_dir_all(folder)?;
                let (rules, file) = (&config.settings.provider, folder.join("practice-provider.db"));
                let options =
                    provider::Options { signs_cards: rules.signs_cards, ..provider::Options::default() };
                let simulator = provider::Simulator::open(rules.family, options, &file)?;
                let (base, running) = on_loopback("provider", simulator, |simulator, base| {
                    base.clone_into(&mut simulator.books_mut().options_mut().qr_base);
                })?;
                // The usual ways are those of the simulator.
                let site = ProviderSite { base: Some(base), auth: Auth::usual(rules.family), ..site.clone() };
                let way = provider_way(&config.settings, &site, Credentials::demo())?;
                return Ok(Self { transport: Arc::new(way), _simulator: Some(running) });
            };
            tracing::info!(base, "documents go to this provider");
            let way = provider_way(&config.settings, site, provider_credentials(site)?)?;
            Ok(Self { transport: Arc::new(way), _simulator: None })
        }

        fn mydata(config: &Config, folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
            match &config.mydata {
                RegistryAt::Simulated => {
                    std::fs::create_dir_all(folder)?;
                    let file = folder.join("practice-mydata.db");
                    let simulator = mydata::Simulator::open(mydata::Options::default(), &file)?;
                    // The QRs on the papers lead back here.
                    Self::simulated("myDATA", simulator, |simulator, base| {
                        base.clone_into(&mut simulator.options_mut().qr_base);
                    })
                }
                RegistryAt::Service(endpoint) => Self::real(config, endpoint),
            }
        }

        fn real(config: &Config, endpoint: &Endpoint) -> Result<Self, Box<dyn std::error::Error>> {
            let file = config.credentials.clone().unwrap_or_default();
            let systemd = std::env::var_os("CREDENTIALS_DIRECTORY").map(std::path::PathBuf::from);
            let credentials = Credentials::find(&file, systemd.as_deref())?;
            let transport = Arc::new(HttpTransport::new(endpoint, &credentials)?);
            Ok(Self { transport, _simulator: None })
        }

        fn simulated<S: simulator::Service>(
            name: &str,
            simulator: S,
            told_address: impl FnOnce(&mut S, &str),
        ) -> Result<Self, Box<dyn std::error::Error>> {
            let (address, kept) = on_loopback(name, simulator, told_address)?;
            let endpoint = Endpoint::At(address);
            let transport = Arc::new(HttpTransport::new(&endpoint, &Credentials::demo())?);
            Ok(Self { transport, _simulator: Some(kept) })
        }
    }

    /// The ways to the registers of tax numbers; in practice, with a simulator of both on loopback.
    struct Registers {
        services: Services,
        _simulator: Option<Box<dyn std::any::Any>>,
    }

    impl Registers {
        fn of(config: &Config) -> Result<Self, Box<dyn std::error::Error>> {
            if config.look_up != LookUpAt::Simulated {
                return Ok(Self { services: registers(config)?, _simulator: None });
            }
            let simulator = lookup::Simulator::new(lookup::Options::default());
            let (address, kept) = on_loopback("registry of businesses", simulator, |_, _| {})?;
            let services = Services::over_http(Some(&address), Some(Credentials::demo()))?;
            Ok(Self { services, _simulator: Some(kept) })
        }
    }

    /// Starts a simulator on loopback; its address, and what keeps it running.
    fn on_loopback<S: simulator::Service>(
        name: &str,
        simulator: S,
        told_address: impl FnOnce(&mut S, &str),
    ) -> Result<(String, Box<dyn std::any::Any>), Box<dyn std::error::Error>> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let server = runtime.block_on(Server::start(listen, Shared::new(simulator), clock::clockwork()))?;
        let address = server.base();
        server.simulator().with(|simulator| told_address(simulator, &address));
        tracing::info!(address, "practice: the simulated {name} shows a page at this address");
        Ok((address, Box::new((server, runtime))))
    }
}
