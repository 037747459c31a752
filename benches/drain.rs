//! The outbox after an outage: ten thousand messages, AADE answering in 200 ms, four requests at once.
//!
//! In simulated time the loop itself costs nothing, so that the ratio shows the rules alone: no lane may stand idle while
//! something is due. The real engine then sends the first of them in real time, with its commits, its threads and its
//! disk. All of them would take more than eight minutes; `TAMEIO_BENCH_DRAIN=10000` asks for that.

use crate::engine::{self, ANSWER};
use crate::figure;
use crate::past::{self, Past};
use criterion::Criterion;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};
use tameio::aade::simulator::Options;
use tameio::aade::simulator::clockwork::Clockwork;
use tameio::app::effect::Notice;
use tameio::app::engine::{Screen, Snapshot};
use tameio::app::input::{Input, RegistryInput};
use tameio::device::Configured;
use tameio::simulate::site::{Site, SiteOptions};
use tameio_drivers::printer::Profile;

/// Messages that wait.
const WAITING: u32 = 10_000;
/// What the ideal may be exceeded by.
const BUDGET: f64 = 1.1;

pub(crate) fn bench(_: &mut Criterion) {
    in_simulated_time();
    in_real_time();
}

/// A folder with what waits, fresh for each drain.
fn waiting(name: &str) -> PathBuf {
    let kept = Past { visits: WAITING, waiting: WAITING }.folder();
    let folder = past::new_folder(name).join("terminal");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    std::fs::copy(kept.join("tameio.db"), folder.join("tameio.db")).expect("the database can be copied");
    folder
}

fn ideal(messages: u32) -> Duration {
    ANSWER * messages / u32::from(past::settings().registry.parallel_max)
}

fn in_simulated_time() {
    let folder = waiting("drain-simulated");
    let mut site = Site::open(SiteOptions {
        folder: folder.parent().expect("it is a folder's").to_owned(),
        settings: past::settings(),
        seed: 1,
        start: past::present(),
        registry: Options::strict(),
        mydata: tameio::mydata::simulator::Options::default(),
        profile: Profile::generic(),
        papers: None,
    })
    .expect("the site opens");
    let (began, real) = (site.now(), Instant::now());
    site.act(Input::Registry(RegistryInput::TryNow)).expect("the disk takes it");
    let drained = site.drain(24 * 3600).expect("the disk takes it");
    assert!(drained && site.state().outbox.rejected == 0, "everything is told: {:?}", site.state().outbox);
    let took = Duration::try_from(site.now().utc.duration_since(began.utc)).expect("time went on");
    let times = figure::ratio(took, ideal(WAITING));
    figure::at_most(
        &format!("drain: {WAITING} waiting messages in simulated time, against the ideal"),
        times,
        BUDGET,
    );
    let each = real.elapsed() / WAITING;
    figure::note("simulated", format_args!("{took:.1?}, ideal {:.1?}", ideal(WAITING)));
    figure::note(
        "real time a message",
        format_args!("{each:.2?}, the simulated registry's own disk included"),
    );
}

fn in_real_time() {
    let messages = std::env::var("TAMEIO_BENCH_DRAIN").ok().and_then(|told| told.parse().ok()).unwrap_or(400);
    let folder = waiting("drain-real");
    let (sent, told) = mpsc::channel();
    let now = || past::present().utc + jiff::SignedDuration::from_hours(24);
    let clock = Clockwork::new(now, |time| Box::pin(tokio::time::sleep(time)));
    let engine = engine::start(&folder, Configured::new(), clock, Box::new(Counter(sent)));
    let waited = || told.recv_timeout(Duration::from_secs(60)).expect("the outbox moves");
    let (first, began) = (waited(), Instant::now());
    while first - waited() < u64::from(messages) {}
    let took = began.elapsed();
    engine.stop().expect("the engine ends well");
    let times = figure::ratio(took, ideal(messages));
    figure::at_most(&format!("drain: the first {messages} through the engine in real time"), times, BUDGET);
    figure::note("real", format_args!("{took:.2?}, ideal {:.2?}", ideal(messages)));
}

/// Looks at nothing but how much still waits.
struct Counter(Sender<u64>);

impl Screen for Counter {
    fn show(&self, snapshot: Arc<Snapshot>) {
        let outbox = &snapshot.state.outbox;
        let _ = self.0.send(outbox.queued + outbox.sending + outbox.unknown);
    }

    fn tell(&self, _: Notice) {}
}
