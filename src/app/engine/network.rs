//! The registry, whoever issues documents and the registers of tax numbers, reached by tasks that report back.

use super::Word;
use crate::aade::transport::{HttpRequest, Transport};
use crate::aade::worker;
use crate::app::input::{CounterpartyInput, DocumentInput, Input, RegistryInput};
use crate::domain::counterparty::Register;
use crate::domain::customer::TaxNumber;
use crate::domain::difference::PageWanted;
use crate::domain::entry::{MessageKind, Sought};
use crate::domain::ids::{DocumentId, MessageId};
use crate::domain::issuing::News;
use crate::issuer::channel::{Asking, Telling};
use crate::lookup::services::Services;
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// The registry and the issuer, reached by tasks that report back.
pub(super) struct Network {
    runtime: Option<tokio::runtime::Runtime>,
    transport: Arc<dyn Transport>,
    issuer: Arc<dyn Transport>,
    look_up: Services,
    words: Sender<Word>,
}

impl Network {
    pub(super) fn new(
        transport: Arc<dyn Transport>,
        issuer: Arc<dyn Transport>,
        look_up: Services,
        words: Sender<Word>,
    ) -> Self {
        let built = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        if let Err(error) = &built {
            tracing::error!(%error, "no thread for the network: AADE cannot be reached until a restart");
        }
        Self { runtime: built.ok(), transport, issuer, look_up, words }
    }

    pub(super) fn exchange(&self, message: MessageId, n: u32, kind: MessageKind, request: HttpRequest) {
        let (transport, words) = (Arc::clone(&self.transport), self.words.clone());
        self.spawn(async move {
            let tried = worker::exchange(&*transport, kind, request).await;
            let input = Input::Registry(RegistryInput::Exchanged { message, n, heard: tried.heard });
            let _ = words.send(Word::Replied { message, n, reply: tried.reply, input });
        });
    }

    pub(super) fn look_up(&self, message: MessageId, sought: Sought) {
        let (transport, words) = (Arc::clone(&self.transport), self.words.clone());
        self.spawn(async move {
            let found = worker::look_up(&*transport, &sought).await;
            let _ = words.send(Word::Input(Input::Registry(RegistryInput::LookedUp { message, found })));
        });
    }

    pub(super) fn list(&self, wanted: PageWanted) {
        let (transport, words) = (Arc::clone(&self.transport), self.words.clone());
        self.spawn(async move {
            let input = match worker::list(&*transport, &wanted).await {
                Ok(page) => Input::Registry(RegistryInput::Listed { wanted, page }),
                Err(why) => Input::Registry(RegistryInput::ListingFailed { wanted, why }),
            };
            let _ = words.send(Word::Input(input));
        });
    }

    pub(super) fn tell_document(&self, document: DocumentId, n: u32, telling: Telling) {
        let (issuer, words) = (Arc::clone(&self.issuer), self.words.clone());
        self.spawn(async move {
            let tried = telling.send(&*issuer).await;
            let input = Input::Document(DocumentInput::IssuerSaid { document, n, news: tried.heard });
            let _ =
                words.send(Word::Replied { message: MessageId(document.0), n, reply: tried.reply, input });
        });
    }

    pub(super) fn look_up_document(&self, document: DocumentId, n: u32, asking: Asking) {
        let (issuer, words) = (Arc::clone(&self.issuer), self.words.clone());
        self.spawn(async move {
            let found = asking.look_up(&*issuer).await;
            let _ = words.send(Word::Input(Input::Document(DocumentInput::IssuerSaid {
                document,
                n,
                news: News::Found(found),
            })));
        });
    }

    pub(super) fn ask_register(&self, register: Register, number: TaxNumber) {
        let (look_up, words) = (self.look_up.clone(), self.words.clone());
        self.spawn(async move {
            let answer = look_up.ask(register, &number).await;
            let input = CounterpartyInput::Answered { register, number, answer };
            let _ = words.send(Word::Input(Input::Counterparty(input)));
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
