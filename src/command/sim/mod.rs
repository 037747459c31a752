//! `tameio sim …`: the simulators as programs, speaking the real protocols on real sockets and lines. Their first line is
//! the address a configuration needs. The registry, myDATA and the provider have pages for their control side; each device is changed by lines on the
//! standard input, as a hand would change it.

mod aade;
mod barrier;
mod camera;
mod card;
mod display;
mod lookup;
mod mydata;
mod printer;
pub(super) mod provider;
mod scale;
mod scanner;

use super::Outcome;
use clap::Subcommand;
use serde::de::DeserializeOwned;
use std::io::BufRead;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use tameio::aade::simulator::Service;
use tameio::aade::simulator::in_process::Shared;
use tameio::aade::simulator::server::Server;
use tameio::app::clock;

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
    /// AADE's myDATA; a page for people on /, everything it holds on /state, faults to POST /faults
    Mydata {
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:8081")]
        listen: SocketAddr,
        /// A script of faults as JSON
        #[arg(long, value_name = "FILE")]
        faults: Option<PathBuf>,
        /// Keep everything in this file
        #[arg(long, value_name = "FILE")]
        state: Option<PathBuf>,
    },
    /// A certified e-invoicing provider; a page for people on /, everything it holds on /state, faults to POST /faults
    Provider {
        /// In which form it takes documents
        #[arg(long, value_enum, default_value_t = provider::Family::Xml)]
        family: provider::Family,
        /// It signs what cards pay, as one does that drives the card terminal
        #[arg(long)]
        signs_cards: bool,
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:8083")]
        listen: SocketAddr,
        /// A script of faults as JSON
        #[arg(long, value_name = "FILE")]
        faults: Option<PathBuf>,
        /// Keep everything in this file, and in one beside it whose name ends in .books
        #[arg(long, value_name = "FILE")]
        state: Option<PathBuf>,
    },
    /// AADE's registry of businesses and VIES; a page for people on /, faults to POST /faults
    Lookup {
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:8082")]
        listen: SocketAddr,
        /// A script of faults as JSON
        #[arg(long, value_name = "FILE")]
        faults: Option<PathBuf>,
    },
    /// An ESC/POS printer on a socket; every paper is written as .txt and .png. Lines on its input: out, roll, open, shut …
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
    /// A scale on a socket. Lines on its input: grams, moving, rest, over, mute …
    Scale {
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:4001")]
        listen: SocketAddr,
        /// Which language it speaks
        #[arg(long, default_value = "8217")]
        protocol: String,
    },
    /// A scanner on a serial line. Lines on its input are what it scans
    Scanner {
        /// Where its line appears
        #[arg(long, value_name = "PATH", default_value = "scanner")]
        link: PathBuf,
    },
    /// A customer display on a socket; it prints what stands on it
    Display {
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:4002")]
        listen: SocketAddr,
        /// How it is set, as in its address
        #[arg(long, default_value = "commands=epson")]
        settings: String,
    },
    /// A camera in the network. Lines on its input: plate TEXT, unplug, plug, freeze, moves
    Camera {
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:8090")]
        listen: SocketAddr,
        /// Show the pictures of this folder
        #[arg(long, value_name = "DIR")]
        pictures: Option<PathBuf>,
    },
    /// A camera in the network that reads number plates itself. Lines on its input are the plates that pass
    Plates {
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:8091")]
        listen: SocketAddr,
        /// Whose it is: hikvision or dahua
        #[arg(long, default_value = "hikvision")]
        maker: String,
    },
    /// A card terminal on a socket. Lines on its input: approve, decline CODE, delay SECONDS, BreakAfterBank, ledger …
    Card {
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:4000")]
        listen: SocketAddr,
        /// Which language it speaks: ecr or pipe
        #[arg(long, default_value = "ecr")]
        protocol: String,
    },
    /// A Modbus relay board with a barrier behind it. Lines on its input: up, down, mute, lose N …
    Barrier {
        /// Where to listen; port 0 chooses a free one
        #[arg(long, default_value = "127.0.0.1:5020")]
        listen: SocketAddr,
    },
}

pub(crate) fn run(command: &SimCommand) -> Outcome {
    match command {
        SimCommand::Aade { listen, faults, state } => aade::run(*listen, faults.as_deref(), state.as_deref()),
        SimCommand::Lookup { listen, faults } => lookup::run(*listen, faults.as_deref()),
        SimCommand::Mydata { listen, faults, state } => {
            mydata::run(*listen, faults.as_deref(), state.as_deref())
        }
        SimCommand::Provider { family, signs_cards, listen, faults, state } => {
            provider::run(*family, *signs_cards, *listen, faults.as_deref(), state.as_deref())
        }
        SimCommand::Printer { listen, paper, profile } => printer::run(*listen, paper, profile),
        SimCommand::Scale { listen, protocol } => scale::run(*listen, protocol),
        SimCommand::Scanner { link } => scanner::run(link),
        SimCommand::Display { listen, settings } => display::run(*listen, settings),
        SimCommand::Camera { listen, pictures } => camera::run(*listen, pictures.as_deref()),
        SimCommand::Plates { listen, maker } => camera::run_plates(*listen, maker),
        SimCommand::Card { listen, protocol } => card::run(*listen, protocol),
        SimCommand::Barrier { listen } => barrier::run(*listen),
    }
}

/// The script of faults in a file, where one is named.
fn script<S: DeserializeOwned>(file: Option<&Path>) -> Result<Option<S>, String> {
    let Some(file) = file else { return Ok(None) };
    let text =
        std::fs::read_to_string(file).map_err(|e| format!("{} cannot be read: {e}", file.display()))?;
    let script = serde_json::from_str(&text);
    script.map(Some).map_err(|e| format!("{} is no script of faults: {e}", file.display()))
}

/// Serves a simulator of AADE until it fails; it is told the address it is reached at.
fn serve<S: Service>(listen: SocketAddr, simulator: S, told: impl FnOnce(&mut S, &str)) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let server = Server::start(listen, Shared::new(simulator), clock::clockwork())
            .await
            .map_err(|e| format!("{listen} cannot be listened on: {e}; choose another with --listen"))?;
        server.simulator().with(|simulator| told(simulator, &server.base()));
        say!("{}", server.base());
        server.wait().await;
        Ok(ExitCode::FAILURE)
    })
}

/// A socket to listen on.
fn listen_on(listen: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(listen)
        .map_err(|e| format!("{listen} cannot be listened on: {e}; choose another with --listen"))
}

/// The hand at a simulated device: lines on the standard input, on a thread of their own. What is not understood is answered
/// with the words there are.
fn hand(words: &'static str, mut change: impl FnMut(&str) -> bool + Send + 'static) {
    thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if !change(line.trim()) {
                eprintln!("there are: {words}");
            }
        }
    });
}
