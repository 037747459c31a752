//! The line between the terminal and the registry, in simulated time. What leaves the process is out of its hands: it
//! arrives, late or not at all, also when the process that sent it is dead by then.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use tameio::aade::transport::{Exchange, HttpReply, HttpRequest, Transport, TransportError};
use tameio::aade::worker;
use tameio::app::effect::Effect;
use tameio::app::input::{Input, RegistryInput};
use tameio::domain::ids::MessageId;

/// What the process hears of one request.
pub(crate) type Outcome = Result<HttpReply, TransportError>;

#[derive(Default)]
struct Lines {
    last: u64,
    outgoing: Vec<(u64, HttpRequest)>,
    answers: BTreeMap<u64, Outcome>,
}

/// One end of the line: requests go in and are taken out by the world, answers the other way.
#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Lines>>);

impl Wire {
    fn with<T>(&self, act: impl FnOnce(&mut Lines) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Transport for Wire {
    fn exchange(&self, request: HttpRequest) -> Exchange<'_> {
        let number = self.with(|lines| {
            lines.last += 1;
            lines.outgoing.push((lines.last, request));
            lines.last
        });
        Box::pin(poll_fn(move |_| {
            self.with(|lines| lines.answers.remove(&number)).map_or(Poll::Pending, Poll::Ready)
        }))
    }
}

/// A try or a look-up that came to its end, and the archive's copy of what was heard.
pub(crate) struct Report {
    pub(crate) input: Input,
    pub(crate) reply: Option<(MessageId, u32, String)>,
}

type Task = Pin<Box<dyn Future<Output = Report>>>;

/// What one process has in the air.
#[derive(Default)]
pub(crate) struct Worker {
    wire: Wire,
    tasks: Vec<Task>,
}

impl Worker {
    /// Tries and look-ups under way.
    pub(crate) fn in_air(&self) -> usize {
        self.tasks.len()
    }

    /// Begins what an effect asks of the network; says whether it asked anything.
    pub(crate) fn begin(&mut self, effect: &Effect) -> bool {
        let wire = self.wire.clone();
        let task: Task = match effect.clone() {
            Effect::Exchange { message, n, kind, request } => Box::pin(async move {
                let tried = worker::exchange(&wire, kind, request).await;
                let input = Input::Registry(RegistryInput::Exchanged { message, n, heard: tried.heard });
                Report { input, reply: Some((message, n, tried.reply)) }
            }),
            Effect::LookUp { message, sought } => Box::pin(async move {
                let found = worker::look_up(&wire, &sought).await;
                Report { input: Input::Registry(RegistryInput::LookedUp { message, found }), reply: None }
            }),
            Effect::List { wanted } => Box::pin(async move {
                let input = match worker::list(&wire, &wanted).await {
                    Ok(page) => Input::Registry(RegistryInput::Listed { wanted, page }),
                    Err(why) => Input::Registry(RegistryInput::ListingFailed { wanted, why }),
                };
                Report { input, reply: None }
            }),
            _ => return false,
        };
        self.tasks.push(task);
        true
    }

    /// Lets everything go on as far as it can; what came to its end.
    pub(crate) fn go_on(&mut self) -> Vec<Report> {
        let mut context = Context::from_waker(Waker::noop());
        let mut ended = Vec::new();
        self.tasks.retain_mut(|task| match task.as_mut().poll(&mut context) {
            Poll::Ready(report) => {
                ended.push(report);
                false
            }
            Poll::Pending => true,
        });
        ended
    }

    /// What has left the process since the last look.
    pub(crate) fn take_outgoing(&self) -> Vec<(u64, HttpRequest)> {
        self.wire.with(|lines| std::mem::take(&mut lines.outgoing))
    }

    /// An answer comes in.
    pub(crate) fn answer(&self, number: u64, outcome: Outcome) {
        self.wire.with(|lines| lines.answers.insert(number, outcome));
    }
}
