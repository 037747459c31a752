//! A certified e-invoicing provider, of either kind.

use super::{script, serve};
use crate::command::Outcome;
use clap::ValueEnum;
use std::net::SocketAddr;
use std::path::Path;
use tameio::domain::provider;
use tameio::provider::simulator::{Options, Simulator};

/// In which form it takes documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Family {
    /// AADE's own XML
    Xml,
    /// JSON with names of its own
    Json,
}

impl From<Family> for provider::Family {
    fn from(family: Family) -> Self {
        match family {
            Family::Xml => Self::Xml,
            Family::Json => Self::Json,
        }
    }
}

pub(super) fn run(
    family: Family,
    signs_cards: bool,
    listen: SocketAddr,
    faults: Option<&Path>,
    state: Option<&Path>,
) -> Outcome {
    let family = family.into();
    let options = Options { signs_cards, ..Options::default() };
    let mut simulator = match state {
        Some(file) => Simulator::open(family, options, file)?,
        None => Simulator::new(family, options),
    };
    if let Some(faults) = script(faults)? {
        simulator.set_faults(faults);
    }
    // A QR of this simulator can be scanned: it leads back here.
    serve(listen, simulator, |simulator, base| {
        base.clone_into(&mut simulator.books_mut().options_mut().qr_base);
    })
}
