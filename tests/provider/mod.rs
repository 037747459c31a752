//! A certified provider: what it is handed in either form, what its answers mean, and that every sale is one document there.

mod config;
mod golden;
mod http;
mod reply;
mod storm;

use crate::mydata::{now, receipt};
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::clockwork::{Clockwork, Wait};
use tameio::aade::simulator::in_process::{InProcess, Shared};
use tameio::domain::provider::{Family, ProviderRules};
use tameio::domain::text::Text;
use tameio::mydata::invoice::Invoice;
use tameio::provider::auth::Auth;
use tameio::provider::reply::Ours;
use tameio::provider::request::Handed;
use tameio::provider::simulator::{Options, Simulator};
use tameio::provider::transport::Way;

pub(crate) const FAMILIES: [Family; 2] = [Family::Xml, Family::Json];

/// A key that says which document it is of.
pub(crate) fn key(number: u64) -> String {
    format!("0192f0c1-2d3e-7000-8000-{number:012}")
}

/// What is handed over of an invoice.
pub(crate) fn handed(invoice: Invoice) -> Handed {
    let key = key(invoice.identity.number);
    let names = vec![Text::new("Πλύσιμο & κερί"); invoice.lines.len()];
    Handed { invoice, names, key }
}

/// A wash for 12.00 in cash.
pub(crate) fn wash(number: u64) -> Handed {
    handed(receipt(number))
}

pub(crate) fn ours(handed: &Handed) -> Ours {
    Ours { number: handed.invoice.identity.number, total: handed.invoice.gross() }
}

pub(crate) fn rules(family: Family) -> ProviderRules {
    ProviderRules::usual(family)
}

pub(crate) fn simulator(family: Family, options: Options) -> Shared<Simulator> {
    Shared::new(Simulator::new(family, options))
}

fn at_once() -> Clockwork {
    Clockwork::new(now, |_| -> Wait { Box::pin(std::future::ready(())) })
}

/// A way to a simulator in this process, let in as is usual with its family.
pub(crate) fn way(family: Family, simulator: &Shared<Simulator>) -> Way<InProcess<Simulator>> {
    let carrier = InProcess::new(simulator.clone(), at_once(), &Credentials::demo());
    Way::new(carrier, Auth::usual(family), Credentials::demo(), Some("Idempotency-Key".to_owned()))
}
