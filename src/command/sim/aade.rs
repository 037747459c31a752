//! AADE's Digital Clientele.

use super::{script, serve};
use crate::command::Outcome;
use std::net::SocketAddr;
use std::path::Path;
use tameio::aade::simulator::{Options, Simulator};

pub(super) fn run(listen: SocketAddr, faults: Option<&Path>, state: Option<&Path>) -> Outcome {
    let mut simulator = match state {
        Some(file) => Simulator::open(Options::default(), file)?,
        None => Simulator::new(Options::default()),
    };
    if let Some(faults) = script(faults)? {
        simulator.set_faults(faults);
    }
    serve(listen, simulator, |_, _| {})
}
