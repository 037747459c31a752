//! AADE's Digital Clientele.

use crate::command::Outcome;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use tameio::aade::simulator::in_process::Shared;
use tameio::aade::simulator::server::Server;
use tameio::aade::simulator::{FaultScript, Options, Simulator};
use tameio::app::clock;

pub(super) fn run(listen: SocketAddr, faults: Option<&Path>, state: Option<&Path>) -> Outcome {
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
