//! The ways out of a simulated site, and the clock everybody there shares.

use crate::aade::credentials::Credentials;
use crate::aade::simulator::clockwork::Clockwork;
use crate::aade::simulator::in_process::{InProcess, Shared};
use crate::aade::simulator::{Service, Simulator};
use crate::aade::transport::{Carrier, Exchange, Header, HttpReply, HttpRequest, Transport, TransportError};
use crate::domain::time::Stamp;
use jiff::{SignedDuration, Timestamp};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

/// How long an undisturbed request to a simulated service takes.
const LATENCY_MS: i64 = 200;

/// A clock everybody at the site shares.
#[derive(Debug, Clone)]
pub(super) struct SimClock(Arc<AtomicI64>);

impl SimClock {
    pub(super) fn at(start: Stamp) -> Self {
        Self(Arc::new(AtomicI64::new(start.utc.as_millisecond())))
    }

    pub(super) fn now(&self) -> Stamp {
        Stamp::new(
            Timestamp::from_millisecond(self.0.load(Ordering::Relaxed)).unwrap_or(Timestamp::UNIX_EPOCH),
        )
    }

    pub(super) fn set(&self, to: Stamp) {
        self.0.store(to.utc.as_millisecond(), Ordering::Relaxed);
    }
}

/// The way to AADE: answers at once, and adds up how long it would have taken.
pub(super) struct Line<S = Simulator> {
    simulator: InProcess<S>,
    pub(super) up: AtomicBool,
    delay_ms: AtomicU64,
}

impl<S: Service> Line<S> {
    pub(super) fn new(simulator: &Shared<S>, clock: &SimClock) -> Self {
        let clock = clock.clone();
        let clockwork = Clockwork::new(move || clock.now().utc, |_| Box::pin(async {}));
        let simulator = InProcess::new(simulator.clone(), clockwork, &Credentials::demo());
        Self { simulator, up: AtomicBool::new(true), delay_ms: AtomicU64::new(0) }
    }

    pub(super) fn take_delay(&self) -> i64 {
        i64::try_from(self.delay_ms.swap(0, Ordering::Relaxed)).unwrap_or(LATENCY_MS)
    }
}

impl<S: Service> Line<S> {
    fn over(
        &self,
        exchange: impl FnOnce(&InProcess<S>) -> (Result<HttpReply, TransportError>, u64),
    ) -> Exchange<'_> {
        let (outcome, delay_ms) = match self.up.load(Ordering::Relaxed) {
            true => exchange(&self.simulator),
            false => (Err(TransportError::NeverSent("the network is down".to_owned())), 0),
        };
        self.delay_ms.fetch_add(delay_ms + LATENCY_MS.unsigned_abs(), Ordering::Relaxed);
        Box::pin(async move { outcome })
    }
}

impl<S: Service> Transport for Line<S> {
    fn exchange(&self, request: HttpRequest) -> Exchange<'_> {
        self.over(|simulator| simulator.deliver(&request))
    }
}

impl<S: Service> Carrier for Line<S> {
    fn carry(&self, request: HttpRequest, headers: Vec<Header>) -> Exchange<'_> {
        self.over(|simulator| simulator.deliver_with(&request, headers))
    }
}

/// Runs a future that never waits.
pub(super) fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

pub(super) fn later(at: Stamp, ms: i64) -> Stamp {
    at.utc.checked_add(SignedDuration::from_millis(ms)).map_or(at, Stamp::new)
}
