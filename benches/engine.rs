//! The real engine, with its threads, its commits and its disk, against a registry that takes its time over everything.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tameio::aade::credentials::Credentials;
use tameio::aade::simulator::clockwork::Clockwork;
use tameio::aade::simulator::in_process::{InProcess, Shared};
use tameio::aade::simulator::{Options, Simulator};
use tameio::aade::transport::{Exchange, HttpRequest, Transport};
use tameio::app::engine::{Engine, Parts, Screen};
use tameio::device::Configured;

use crate::past;

/// How long AADE takes to answer.
pub(crate) const ANSWER: Duration = Duration::from_millis(200);

/// A running wash in practice; the clock is the registry's.
pub(crate) fn start(folder: &Path, devices: Configured, clock: Clockwork, screen: Box<dyn Screen>) -> Engine {
    let registry = Shared::new(Simulator::new(Options::strict()));
    let transport = Arc::new(Slow(InProcess::new(registry, clock, &Credentials::demo())));
    Engine::start(Parts {
        settings: past::settings(),
        data: folder.to_owned(),
        mydata: Arc::clone(&transport) as Arc<dyn Transport>,
        look_up: tameio::lookup::services::Services::default(),
        transport,
        devices,
        screen,
        guard_disk: true,
        record: None,
    })
    .expect("the engine starts")
}

/// A registry that thinks about everything for as long as the budget says.
struct Slow(InProcess);

impl Transport for Slow {
    fn exchange(&self, request: HttpRequest) -> Exchange<'_> {
        Box::pin(async move {
            tokio::time::sleep(ANSWER).await;
            self.0.exchange(request).await
        })
    }
}
