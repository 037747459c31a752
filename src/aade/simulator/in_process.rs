//! The simulator behind the transport's trait, without a socket: the same faults, at the speed of a function call
//! and in whatever time it is given.

use super::clockwork::Clockwork;
use super::{Caller, Delivery, Service, Simulator};
use crate::aade::credentials::Credentials;
use crate::aade::transport::{
    Carrier, Exchange, Header, HttpReply, HttpRequest, READ_TIMEOUT_MS, Transport, TransportError,
};
use std::sync::{Arc, Mutex, PoisonError};

/// A simulator several may hold.
#[derive(Debug, Default)]
pub struct Shared<S = Simulator>(Arc<Mutex<S>>);

impl<S> Clone for Shared<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S> Shared<S> {
    /// Shares a simulator.
    pub fn new(simulator: S) -> Self {
        Self(Arc::new(Mutex::new(simulator)))
    }

    /// Does something with the simulator while nobody else does.
    pub fn with<T>(&self, act: impl FnOnce(&mut S) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The way to a simulator in this process.
#[derive(Debug)]
pub struct InProcess<S = Simulator> {
    simulator: Shared<S>,
    clock: Clockwork,
    caller: Caller,
}

impl<S> Clone for InProcess<S> {
    fn clone(&self) -> Self {
        let (clock, caller) = (self.clock.clone(), self.caller.clone());
        Self { simulator: self.simulator.clone(), clock, caller }
    }
}

impl<S: Service> InProcess<S> {
    /// A way for one caller.
    pub fn new(simulator: Shared<S>, clock: Clockwork, credentials: &Credentials) -> Self {
        let (user, key) = (Some(credentials.user().to_owned()), Some(credentials.key().to_owned()));
        let caller = Caller { user, key, ..Caller::default() };
        Self { simulator, clock, caller }
    }

    /// One exchange without waiting: what comes of it, and how many milliseconds later.
    pub fn deliver(&self, request: &HttpRequest) -> (Result<HttpReply, TransportError>, u64) {
        self.deliver_from(request, &self.caller)
    }

    /// The same from whoever the headers say.
    pub fn deliver_with(
        &self,
        request: &HttpRequest,
        headers: Vec<Header>,
    ) -> (Result<HttpReply, TransportError>, u64) {
        let small = |(name, value): Header| (name.to_ascii_lowercase(), value);
        let headers = headers.into_iter().map(small).collect();
        self.deliver_from(request, &Caller { headers, ..Caller::default() })
    }

    fn deliver_from(
        &self,
        request: &HttpRequest,
        caller: &Caller,
    ) -> (Result<HttpReply, TransportError>, u64) {
        let now = self.clock.now();
        match self.simulator.with(|simulator| simulator.handle(now, request, caller)) {
            Delivery::Reply { delay_ms, .. } | Delivery::Lost { delay_ms, .. }
                if delay_ms > READ_TIMEOUT_MS =>
            {
                (Err(TransportError::Lost("it took too long".to_owned())), READ_TIMEOUT_MS)
            }
            Delivery::Reply { status, body, delay_ms } => (Ok(HttpReply { status, body }), delay_ms),
            Delivery::Lost { delay_ms, .. } => {
                (Err(TransportError::Lost("the connection was reset".to_owned())), delay_ms)
            }
            Delivery::Refused => (Err(TransportError::NeverSent("connection refused".to_owned())), 0),
        }
    }
}

impl<S: Service> Transport for InProcess<S> {
    fn exchange(&self, request: HttpRequest) -> Exchange<'_> {
        Box::pin(async move {
            let (outcome, delay_ms) = self.deliver(&request);
            self.clock.wait_ms(delay_ms).await;
            outcome
        })
    }
}

impl<S: Service> Carrier for InProcess<S> {
    fn carry(&self, request: HttpRequest, headers: Vec<Header>) -> Exchange<'_> {
        Box::pin(async move {
            let (outcome, delay_ms) = self.deliver_with(&request, headers);
            self.clock.wait_ms(delay_ms).await;
            outcome
        })
    }
}
