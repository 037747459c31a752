//! A day of plugging and unplugging, in simulated time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tameio_drivers::supervisor::{Attend, Attendant, Found, Notice, Open, State};
use tameio_drivers::wire::Fault;

/// How the device behaves now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Well,
    Mute,
    Forbidden,
    /// Opens, then says nonsense.
    Mad,
}

/// The world of one device.
#[derive(Clone)]
struct World {
    mood: Arc<Mutex<(bool, Mood)>>,
    open: Arc<AtomicUsize>,
    opened: Arc<AtomicUsize>,
}

impl World {
    fn new() -> Self {
        Self { mood: Arc::new(Mutex::new((false, Mood::Well))), open: Arc::default(), opened: Arc::default() }
    }

    fn set(&self, plugged: bool, mood: Mood) {
        *self.mood.lock().unwrap() = (plugged, mood);
    }

    fn get(&self) -> (bool, Mood) {
        *self.mood.lock().unwrap()
    }

    fn find(&self) -> impl FnMut() -> Result<Option<Found>, Fault> + Send + 'static {
        let world = self.clone();
        move || Ok(world.get().0.then(Found::default))
    }
}

impl Open for World {
    type Device = Device;

    fn open(&mut self, _found: &Found) -> Result<Device, Fault> {
        match self.get() {
            (true, Mood::Well | Mood::Mad) => {}
            (true, Mood::Mute) => return Err(Fault::Silent),
            (true, Mood::Forbidden) => return Err(Fault::Permission("/dev/ttyUSB0".into())),
            (false, _) => return Err(Fault::Missing),
        }
        assert_eq!(
            self.open.fetch_add(1, Ordering::SeqCst),
            0,
            "the old handle goes before the new one comes"
        );
        self.opened.fetch_add(1, Ordering::SeqCst);
        Ok(Device(self.clone()))
    }
}

struct Device(World);

impl Attend for Device {
    type Heard = u64;

    fn attend(&mut self, _wait: Duration) -> Result<Option<u64>, Fault> {
        match self.0.get() {
            (true, Mood::Mad) => Err(Fault::SpeaksSomethingElse { expected: "8217".to_owned() }),
            (true, _) => Ok(Some(7)),
            (false, _) => Err(Fault::Gone),
        }
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Chance that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Lets the device do this and that for a while, and says how many times it was plugged in.
fn live(world: &World, hours: u64, seed: u64) -> usize {
    let mut attendant = Attendant::new(world.find(), world.clone());
    let (mut now, mut next, mut plugs, mut dice) = (0_u64, 0_u64, 0, Dice(seed));
    let mut well_since = None;
    while now < hours * DAY_MS / 24 {
        let changed = now >= next;
        if changed {
            let (plugged, _) = world.get();
            let mood = [Mood::Well, Mood::Well, Mood::Mute, Mood::Forbidden, Mood::Mad]
                [usize::try_from(dice.below(5)).unwrap()];
            world.set(!plugged, mood);
            plugs += usize::from(!plugged);
            well_since = (!plugged && mood == Mood::Well).then_some(now);
            next = now + 500 + dice.below(20_000);
        }
        let wait = attendant.step(now, changed, &mut |_| {});
        let (plugged, _) = world.get();
        assert!(
            plugged || *attendant.state() == State::Absent,
            "{:?} after it was pulled out",
            attendant.state()
        );
        if let Some(since) = well_since {
            assert!(now < since + 5000 || *attendant.state() == State::Ready, "{:?}", attendant.state());
        }
        let turn = match wait {
            Some(wait) if wait.is_zero() => 250,
            Some(wait) => u64::try_from(wait.as_millis()).unwrap(),
            None => u64::MAX,
        };
        now = now.saturating_add(turn).min(next.max(now + 1));
    }
    plugs
}

#[test]
fn a_day_of_plugging_and_unplugging_leaves_nothing_behind() {
    let world = World::new();
    let plugs = live(&world, 24, 1);
    assert!(plugs > 3000, "{plugs} times plugged in");
    assert!(world.opened.load(Ordering::SeqCst) >= plugs / 2);
    assert_eq!(world.open.load(Ordering::SeqCst), 0, "the handle of the last device is closed");
}

/// How many kilobytes this process holds, and how many descriptors.
fn held() -> (usize, usize) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kilobytes = line.trim().trim_end_matches("kB").trim().parse().unwrap();
    (kilobytes, std::fs::read_dir("/proc/self/fd").unwrap().count())
}

/// The same in a process of its own, where nothing else needs memory: after a day to warm up, ten more cost nothing.
#[test]
fn a_day_of_plugging_and_unplugging_costs_no_memory() {
    const ALONE: &str = "TAMEIO_DRIVERS_ALONE";
    let name = "supervisor::day::a_day_of_plugging_and_unplugging_costs_no_memory";
    if std::env::var_os(ALONE).is_none() {
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--test-threads=1", "--nocapture"])
            .env(ALONE, "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stdout).into_owned();
        assert!(child.status.success() && said.contains("ten days later"), "{said}");
        return;
    }
    let world = World::new();
    // Measuring itself needs memory the first time.
    held();
    live(&world, 24, 2);
    let before = held();
    live(&world, 240, 3);
    let after = held();
    println!("{before:?}, ten days later {after:?}");
    // Pages that are touched for the first time; a hundred bytes for each plug would be thirty times as much.
    assert!(after.0 <= before.0 + 64 && after.1 <= before.1);
}

#[test]
fn every_change_is_told_once_with_what_to_do() {
    let world = World::new();
    let mut attendant = Attendant::new(world.find(), world.clone());
    let mut told = Vec::new();
    let mut tell = |notice: Notice<u64>| {
        if let Notice::Changed { state, advice } = notice {
            told.push((state, advice));
        }
    };
    attendant.step(0, true, &mut tell);
    attendant.step(100, false, &mut tell);
    world.set(true, Mood::Forbidden);
    let wait = attendant.step(200, true, &mut tell);
    assert_eq!(wait, Some(Duration::from_millis(250)));
    // Tried again in vain: nothing new to tell.
    attendant.step(450, false, &mut tell);
    // Permission has come: udev has changed the node's owner.
    world.set(true, Mood::Well);
    attendant.step(700, true, &mut tell);
    attendant.step(950, false, &mut tell);
    world.set(false, Mood::Well);
    attendant.step(1200, false, &mut tell);
    let states: Vec<State> = told.iter().map(|(state, _)| state.clone()).collect();
    let forbidden = State::Faulted(Fault::Permission("/dev/ttyUSB0".into()));
    let wanted = [State::Absent, State::Opening, forbidden, State::Ready, State::Absent];
    assert_eq!(states, wanted);
    let advice: Vec<_> = told.iter().filter_map(|(_, advice)| advice.clone()).collect();
    assert_eq!(
        advice,
        [
            "SUBSYSTEM==\"tty\", KERNEL==\"ttyUSB0\", GROUP=\"pos\", MODE=\"0660\", ENV{ID_MM_DEVICE_IGNORE}=\"1\""
        ]
    );
}

/// Two that fit the description: nothing is opened until it is said which.
#[test]
fn a_device_that_cannot_be_told_from_another_is_not_used() {
    let world = World::new();
    world.set(true, Mood::Well);
    let mut attendant = Attendant::new(|| Err(Fault::Ambiguous(2)), world.clone());
    for step in 0..10 {
        attendant.step(step * 250, step == 0, &mut |_| {});
        assert_eq!(*attendant.state(), State::Faulted(Fault::Ambiguous(2)));
    }
    assert_eq!(world.opened.load(Ordering::SeqCst), 0);
}
