//! AADE's myDATA.

use super::{script, serve};
use crate::command::Outcome;
use std::net::SocketAddr;
use std::path::Path;
use tameio::mydata::simulator::{Options, Simulator};

pub(super) fn run(listen: SocketAddr, faults: Option<&Path>, state: Option<&Path>) -> Outcome {
    let mut simulator = match state {
        Some(file) => Simulator::open(Options::default(), file)?,
        None => Simulator::new(Options::default()),
    };
    if let Some(faults) = script(faults)? {
        simulator.set_faults(faults);
    }
    // A QR of this simulator can be scanned: it leads back here.
    serve(listen, simulator, |simulator, base| base.clone_into(&mut simulator.options_mut().qr_base))
}
