//! A full or read-only disk: it is said, nothing is half done, no number is lost or used twice, and it opens clean.

use super::{Till, arrival, cash, check_numbers, exterior, leaves, settings, tries};
use crate::folder::Folder;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;
use tameio::aade::transport::{Exchange, HttpRequest, Transport};
use tameio::app::effect::{Effect, Notice};
use tameio::app::engine::{Engine, Parts, Screen, Snapshot};
use tameio::app::input::{DeviceInput, Input, RegistryInput, Stamped};
use tameio::app::refusal::Refusal;
use tameio::app::terminal::{Terminal, load};
use tameio::domain::entry::Heard;
use tameio::domain::ids::{IdSource, VisitId};
use tameio::domain::settings::Settings;
use tameio::domain::time::Stamp;
use tameio::store::{Store, StoreError, guard};

/// Free pages of 4 KiB the sweep begins and ends with: from none to more than a visit needs.
const FREE_PAGES: std::ops::Range<usize> = 0..90;

/// A file system that is unmounted in the end.
struct Mount(PathBuf);

impl Mount {
    /// None where mounting is not allowed; then it is said.
    fn new(arguments: &[&str], at: &Path) -> Option<Self> {
        let mounted =
            Command::new("mount").args(arguments).arg(at).output().is_ok_and(|done| done.status.success());
        if !mounted {
            println!("skipped: needs root");
        }
        mounted.then(|| Self(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("--lazy").arg(&self.0).status();
        assert!(unmounted.is_ok_and(|done| done.success()), "{} stays mounted", self.0.display());
    }
}

fn small_disk(folder: &Folder) -> Option<Mount> {
    Mount::new(&["-t", "tmpfs", "-o", "size=2m", "tmpfs"], folder.path())
}

/// Leaves so many free pages.
fn fill(disk: &Path, free_pages: usize) {
    let free = usize::try_from(guard::free_bytes(disk).expect("it says")).expect("it is small");
    let taken = free.saturating_sub(free_pages * 4_096);
    std::fs::write(disk.join("filler"), vec![0xA5; taken]).expect("there is room for it");
}

/// A visit from arrival to departure, until the disk refuses; what it refused with.
fn until_refused(terminal: &mut Terminal, at: Stamp) -> Option<StoreError> {
    let mut chance = IdSource::new(0, terminal.store().last_seq().unsigned_abs());
    let mut step = |terminal: &mut Terminal, input| {
        let stepped = terminal.step(&Stamped { at, chance: chance.bits(), input });
        assert_eq!(terminal.state().durable(), load(terminal.store()).expect("it loads"), "{stepped:?}");
        stepped.err()
    };
    let arrived = step(terminal, arrival("ΙΗΖ-4821"));
    let Some(visit) = terminal.state().visits.keys().next().copied() else { return arrived };
    let rest = [exterior(visit), cash(visit, 1_000), leaves(visit)];
    arrived.or_else(|| rest.into_iter().find_map(|input| step(terminal, input)))
}

#[test]
fn a_disk_that_fills_up_anywhere_in_a_visit_loses_nothing() {
    let folder = Folder::new();
    let Some(_mount) = small_disk(&folder) else { return };
    let now = Stamp::new("2026-03-14T08:02:00Z".parse().expect("an instant"));
    let (mut refusals, mut successes) = (0, 0);
    for free_pages in FREE_PAGES {
        let data = folder.path().join("data");
        let mut terminal = opened(&data);
        fill(folder.path(), free_pages);
        match until_refused(&mut terminal, now) {
            Some(error) => {
                assert!(matches!(error, StoreError::DiskFull), "{free_pages} pages: {error:?}");
                assert!(error.to_string().contains("free some space"));
                refusals += 1;
            }
            None => successes += 1,
        }
        let left = terminal.state().durable();
        drop(terminal);
        std::fs::remove_file(folder.path().join("filler")).expect("space is made");
        let mut terminal = opened(&data);
        assert_eq!(terminal.state().durable(), left, "{free_pages} pages: what was told is there");
        assert!(terminal.store().verify(true).expect("it can be read").is_whole(), "{free_pages} pages");
        assert_eq!(
            until_refused(&mut terminal, now).map(|error| error.to_string()),
            None,
            "and work goes on"
        );
        check_numbers(terminal.store().connection());
        drop(terminal);
        std::fs::remove_dir_all(&data).expect("for the next one");
    }
    assert!(
        refusals > 5 && successes > 0,
        "{refusals} refused, {successes} not: the sweep goes from one to the other"
    );
}

fn opened(folder: &Path) -> Terminal {
    let settings = settings();
    let store = Store::open(folder, &settings.terminal).expect("it opens");
    Terminal::new(settings, store).expect("it loads")
}

/// The answer to a request comes once. With no room to write it down it waits in memory, and is the first thing written
/// when there is room: otherwise its message would hang in the air until somebody starts the program again.
#[test]
fn an_answer_that_finds_no_room_is_taken_when_there_is_some() {
    let folder = Folder::new();
    let Some(_mount) = small_disk(&folder) else { return };
    let mut till = Till::new();
    till.terminal = opened(&folder.path().join("data"));
    let effects = till.open("ΙΗΖ-4821").1;
    let (message, n, _) = tries(&effects)[0];
    fill(folder.path(), 0);
    let refused = till.try_act(Input::Registry(RegistryInput::Exchanged {
        message,
        n,
        heard: Heard::Accepted { id: 77 },
    }));
    assert!(matches!(refused, Err(StoreError::DiskFull)), "{refused:?}");
    let person = till.try_act(exterior(visit_of(&till)));
    assert!(matches!(person, Err(StoreError::DiskFull)), "a person is told: {person:?}");
    assert_eq!(till.terminal.state().outbox.sending, 1);
    std::fs::remove_file(folder.path().join("filler")).expect("space is made");
    let more = till.act(exterior(visit_of(&till)));
    assert_eq!(till.terminal.state().visits[&visit_of(&till)].entry.id, Some(77));
    assert_eq!(tries(&more).len(), 1, "and the next message of the visit goes");
    till.check();
}

/// A registry that never answers, so that nothing is committed but what the test does.
struct Silent;

impl Transport for Silent {
    fn exchange(&self, _: HttpRequest) -> Exchange<'_> {
        Box::pin(std::future::pending())
    }
}

/// Reports how many vehicles are inside, and what is said.
struct Watcher(Sender<Seen>);

enum Seen {
    Inside(usize),
    Said(Notice),
}

impl Screen for Watcher {
    fn show(&self, snapshot: Arc<Snapshot>) {
        let _ = self.0.send(Seen::Inside(snapshot.state.visits.len()));
    }

    fn tell(&self, notice: Notice) {
        let _ = self.0.send(Seen::Said(notice));
    }
}

fn waits_for(seen: &Receiver<Seen>, wanted: impl Fn(&Seen) -> bool) -> bool {
    std::iter::from_fn(|| seen.recv_timeout(Duration::from_secs(10)).ok()).any(|one| wanted(&one))
}

/// The loop tidies when it is idle, and that writes: a disk that is full at that moment is announced, and the loop goes on.
#[test]
fn a_disk_that_fills_up_while_the_loop_is_idle_does_not_end_it() {
    let folder = Folder::new();
    let Some(_mount) = small_disk(&folder) else { return };
    let (report, seen) = mpsc::channel();
    let settings = Settings { disk_free_min_bytes: 0, ..settings() };
    let engine = Engine::start(Parts {
        settings,
        data: folder.path().join("data"),
        transport: Arc::new(Silent),
        mydata: Arc::new(Silent),
        look_up: tameio::lookup::services::Services::default(),
        devices: tameio::device::Configured::new(),
        screen: Box::new(Watcher(report)),
        guard_disk: true,
        record: None,
    })
    .expect("it starts");
    let handle = engine.handle();
    handle.send(arrival("ΙΗΖ-4821"));
    assert!(waits_for(&seen, |seen| matches!(seen, Seen::Inside(1))), "a vehicle is inside");
    fill(folder.path(), 0);
    let announced = |seen: &Seen| matches!(seen, Seen::Said(Notice::Refused(Refusal::Disk)));
    assert!(waits_for(&seen, announced), "its plate finds no room in the index, and that is said");
    std::fs::remove_file(folder.path().join("filler")).expect("space is made");
    handle.send(arrival("ΟΤΜ-776"));
    assert!(waits_for(&seen, |seen| matches!(seen, Seen::Inside(2))), "the next vehicle comes in");
    engine.stop().expect("it was still there to be stopped");
}

fn visit_of(till: &Till) -> VisitId {
    *till.terminal.state().visits.keys().next().expect("it is inside")
}

/// Said before money is taken: nothing is opened and nothing is paid, but what is inside may leave.
#[test]
fn a_full_disk_is_announced_before_money_is_taken() {
    let mut till = Till::new();
    let (paid, _) = till.open("ΙΗΖ-4821");
    till.act(exterior(paid));
    till.act(cash(paid, 800));
    let (unpaid, _) = till.open("ΟΤΜ-776");
    till.act(exterior(unpaid));
    for (free_bytes, writable) in [(0, true), (u64::MAX, false)] {
        till.act(Input::Device(DeviceInput::DiskSeen { free_bytes, writable }));
        let before = till.terminal.state().durable();
        for input in [arrival("ΧΑΝ-8080"), cash(unpaid, 800)] {
            assert_eq!(till.act(input), [Effect::Tell(Notice::Refused(Refusal::Disk))]);
        }
        assert_eq!(till.terminal.state().durable(), before);
    }
    till.act(leaves(paid));
    assert!(!till.terminal.state().visits.contains_key(&paid), "the customer leaves and the record stays");
    till.act(Input::Device(DeviceInput::DiskSeen { free_bytes: u64::MAX, writable: true }));
    assert!(matches!(
        till.act(cash(unpaid, 800)).as_slice(),
        [.., Effect::Tell(Notice::Paid { .. }), _] | [Effect::OpenDrawer, ..]
    ));
}

#[test]
fn a_read_only_folder_is_refused_with_a_sentence() {
    let folder = Folder::new();
    let (data, view) = (folder.path().join("data"), folder.path().join("view"));
    std::fs::create_dir(&view).expect("a folder");
    drop(opened(&data));
    let Some(_mount) = Mount::new(&["--bind", &data.display().to_string()], &view) else { return };
    let remounted = Command::new("mount").args(["-o", "remount,bind,ro"]).arg(&view).status();
    assert!(remounted.is_ok_and(|done| done.success()), "a mount can be made read-only");
    let refused = Store::open(&view, &settings().terminal).expect_err("it is refused");
    assert!(matches!(refused, StoreError::Folder(..) | StoreError::ReadOnly), "{refused:?}");
    assert!(refused.to_string().contains("write there") || refused.to_string().contains("read-only"));
    assert!(!guard::is_writable(&view) && guard::is_writable(&data));
    drop(opened(&data));
}

#[test]
fn the_ballast_takes_its_room_and_gives_it_back() {
    let folder = Folder::new();
    guard::lay_ballast(folder.path()).expect("there is room");
    let laid = std::fs::metadata(folder.path().join("ballast")).expect("it lies there");
    assert_eq!(laid.len(), guard::BALLAST_BYTES);
    guard::lay_ballast(folder.path()).expect("twice is once");
    guard::drop_ballast(folder.path());
    assert!(!folder.path().join("ballast").exists());
    guard::drop_ballast(folder.path());
}

#[test]
fn no_room_for_the_ballast_is_an_error_and_no_panic() {
    let folder = Folder::new();
    let Some(_mount) = small_disk(&folder) else { return };
    assert!(guard::lay_ballast(folder.path()).is_err());
    assert!(!folder.path().join("ballast").exists(), "half a ballast would be what fills the disk");
}
