//! The registry, reached by tasks that report back.

use super::Word;
use crate::aade::transport::{HttpRequest, Transport};
use crate::aade::worker;
use crate::app::input::Input;
use crate::domain::difference::PageWanted;
use crate::domain::entry::{MessageKind, Sought};
use crate::domain::ids::MessageId;
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// The registry, reached by tasks that report back.
pub(super) struct Network {
    runtime: Option<tokio::runtime::Runtime>,
    transport: Arc<dyn Transport>,
    words: Sender<Word>,
}

impl Network {
    pub(super) fn new(transport: Arc<dyn Transport>, words: Sender<Word>) -> Self {
        let built = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        if let Err(error) = &built {
            tracing::error!(%error, "no thread for the network: AADE cannot be reached until a restart");
        }
        Self { runtime: built.ok(), transport, words }
    }

    pub(super) fn exchange(&self, message: MessageId, n: u32, kind: MessageKind, request: HttpRequest) {
        let (transport, words) = (Arc::clone(&self.transport), self.words.clone());
        self.spawn(async move {
            let tried = worker::exchange(&*transport, kind, request).await;
            let input = Input::Exchanged { message, n, heard: tried.heard };
            let _ = words.send(Word::Replied { message, n, reply: tried.reply, input });
        });
    }

    pub(super) fn look_up(&self, message: MessageId, sought: Sought) {
        let (transport, words) = (Arc::clone(&self.transport), self.words.clone());
        self.spawn(async move {
            let found = worker::look_up(&*transport, &sought).await;
            let _ = words.send(Word::Input(Input::LookedUp { message, found }));
        });
    }

    pub(super) fn list(&self, wanted: PageWanted) {
        let (transport, words) = (Arc::clone(&self.transport), self.words.clone());
        self.spawn(async move {
            let input = match worker::list(&*transport, &wanted).await {
                Ok(page) => Input::Listed { wanted, page },
                Err(why) => Input::ListingFailed { wanted, why },
            };
            let _ = words.send(Word::Input(input));
        });
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = &self.runtime {
            runtime.spawn(task);
        }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
