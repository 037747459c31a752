//! `tameio sim aade` and `tameio sim printer`: the simulators as programs, on real sockets. Their first line is the
//! address they listen on.

use super::Outcome;
use clap::Subcommand;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tameio::aade::simulator::in_process::Shared;
use tameio::aade::simulator::server::Server;
use tameio::aade::simulator::{FaultScript, Options, Simulator};
use tameio::app::clock;
use tameio_drivers::printer::{Profile, SimPrinter, serve};

/// The simulators.
#[derive(Debug, Subcommand)]
pub(crate) enum SimCommand {
    /// AADE's Digital Clientele; a page for people on /, everything it holds on /state, faults to POST /faults
    Aade {
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// A script of faults as JSON
        #[arg(long, value_name = "FILE")]
        faults: Option<PathBuf>,
        /// Keep everything in this file
        #[arg(long, value_name = "FILE")]
        state: Option<PathBuf>,
    },
    /// An ESC/POS printer on a socket; every paper is written as .txt and .png
    Printer {
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:9100")]
        listen: SocketAddr,
        /// Where papers are written
        #[arg(long, value_name = "DIR", default_value = "papers")]
        paper: PathBuf,
        /// Which printer it is
        #[arg(long, default_value = "epson-80")]
        profile: String,
    },
}

pub(crate) fn run(command: &SimCommand) -> Outcome {
    match command {
        SimCommand::Aade { listen, faults, state } => aade(*listen, faults.as_deref(), state.as_deref()),
        SimCommand::Printer { listen, paper, profile } => printer(*listen, paper, profile),
    }
}

fn aade(listen: SocketAddr, faults: Option<&Path>, state: Option<&Path>) -> Outcome {
    let mut simulator = match state {
        Some(file) => Simulator::open(Options::default(), file)?,
        None => Simulator::new(Options::default()),
    };
    if let Some(file) = faults {
        let text =
            std::fs::read_to_string(file).map_err(|e| format!("{} cannot be read: {e}", file.display()))?;
        let script: FaultScript = serde_json::from_str(&text)
            .map_err(|e| format!("{} is no script of faults: {e}", file.display()))?;
        simulator.set_faults(script);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let server = Server::start(listen, Shared::new(simulator), clock::clockwork())
            .await
            .map_err(|e| format!("{listen} cannot be listened on: {e}; choose another with --listen"))?;
        println!("{}", server.base());
        server.wait().await;
        Ok(ExitCode::FAILURE)
    })
}

fn printer(listen: SocketAddr, folder: &Path, profile: &str) -> Outcome {
    let profile = Profile::named(profile).ok_or_else(|| {
        let known = tameio_drivers::printer::PROFILE_NAMES.join(", ");
        format!("there is no printer {profile:?}; there are {known}")
    })?;
    std::fs::create_dir_all(folder).map_err(|e| format!("{} cannot be made: {e}", folder.display()))?;
    let listener = TcpListener::bind(listen)
        .map_err(|e| format!("{listen} cannot be listened on: {e}; choose another with --listen"))?;
    println!("tcp://{}?profile={}", listener.local_addr()?, profile.name);
    serve(&listener, &SimPrinter::new(profile), folder)?;
    Ok(ExitCode::FAILURE)
}
