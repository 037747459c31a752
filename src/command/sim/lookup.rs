//! AADE's registry of businesses, and VIES.

use super::{script, serve};
use crate::command::Outcome;
use std::net::SocketAddr;
use std::path::Path;
use tameio::lookup::simulator::{Options, Simulator};

pub(super) fn run(listen: SocketAddr, faults: Option<&Path>) -> Outcome {
    let mut simulator = Simulator::new(Options::default());
    if let Some(faults) = script(faults)? {
        simulator.set_faults(faults);
    }
    serve(listen, simulator, |_, _| {})
}
