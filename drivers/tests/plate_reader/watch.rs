//! Cars before machines of every speed: whoever reads few frames a second, or stalls for seconds, tells the same cars as one
//! that reads many; a parked car is told once, and one that drove off is gone.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use proptest::prelude::*;
use tameio_drivers::camera::{Captured, Format, Frame, Size};
use tameio_drivers::plate_reader::file::Photo;
use tameio_drivers::plate_reader::rectify::{Lines, Quad};
use tameio_drivers::plate_reader::track::{Firming, Rules, Told, Tracker};
use tameio_drivers::plate_reader::watch::Watch;
use tameio_drivers::plate_reader::{PlateRead, PlateReader};

use super::reader;

/// Where two cars stand side by side, in points from the left, and what their plates say.
const LANES: [(f32, &str); 2] = [(200.0, "IHZ4821"), (800.0, "XYB1000")];

fn plate(lane: usize, text: &str, confidence: f32) -> PlateRead {
    PlateRead {
        text: text.into(),
        country: Some("GR"),
        confidence,
        corners: Quad::upright(LANES[lane].0, 300.0, 120.0, 26.0),
        lines: Lines::One,
        candidates: vec![(text.into(), confidence), (format!("{text}X"), (1.0 - confidence) / 20.0)],
        sharpness: 0.4,
    }
}

/// What a frame shows of a car that is there.
#[derive(Clone, Copy, Debug)]
enum Shows {
    Well,
    /// One letter is wrong, and the reader is not sure of it.
    Badly,
    /// Somebody walks before it.
    Nothing,
}

impl Shows {
    fn read(self, lane: usize) -> Option<PlateRead> {
        let (_, text) = LANES[lane];
        match self {
            Self::Well => Some(plate(lane, text, 0.9)),
            Self::Badly => Some(plate(lane, &text.replace('1', "7"), 0.3)),
            Self::Nothing => None,
        }
    }
}

fn shows() -> impl Strategy<Value = Shows> {
    prop_oneof![6 => Just(Shows::Well), 1 => Just(Shows::Badly), 2 => Just(Shows::Nothing)]
}

/// How long a machine takes from one frame to the next: fast, slow, or now and then standing still.
fn pauses() -> impl Strategy<Value = Vec<u64>> {
    let fast = prop::collection::vec(50..250_u64, 12..60);
    let slow = prop::collection::vec(3_100..9_000_u64, 12..30);
    let stalling = prop::collection::vec(prop_oneof![5 => 50..400_u64, 1 => 5_000..10_000_u64], 12..60);
    prop_oneof![fast, slow, stalling]
}

/// A car's time before the camera, by the numbers of the frames; the second drives off before the last one.
#[derive(Clone, Debug)]
struct Stay {
    from: usize,
    until: usize,
    shows: Vec<Shows>,
}

impl Stay {
    /// What the frame of this number shows of it: every second one shows it well, the first of all.
    fn at(&self, frame: usize) -> Option<Shows> {
        let since = (self.from..self.until).contains(&frame).then(|| frame - self.from)?;
        Some(if since.is_multiple_of(2) { Shows::Well } else { self.shows[frame % self.shows.len()] })
    }
}

fn stay() -> impl Strategy<Value = Stay> {
    (0..4_usize, prop::collection::vec(shows(), 5..20)).prop_map(|(from, shows)| Stay {
        from,
        until: usize::MAX,
        shows,
    })
}

fn of_lane(cars: &[Firming], lane: usize) -> Vec<&Firming> {
    cars.iter().filter(|car| (car.corners.centre()[0] - LANES[lane].0).abs() < 200.0).collect()
}

proptest! {
    /// One car is parked for good, the other drives off: whatever the machine's speed, and whatever a frame hides.
    #[test]
    fn a_parked_car_is_told_once_and_one_that_drove_off_is_gone(
        pauses in pauses(), parked in stay(), leaving in stay(), stays_for in 4..9_usize,
    ) {
        let leaving = Stay { until: leaving.from + stays_for, ..leaving };
        let stays = [parked, leaving];
        let rules = Rules::default();
        let mut tracker = Tracker::new(rules);
        let mut told: Vec<Told<usize>> = Vec::new();
        let mut numbers = [BTreeSet::new(), BTreeSet::new()];
        let (mut now, mut last, mut empty) = (Duration::ZERO, [Duration::ZERO; 2], [0, 0]);
        for (frame, pause) in pauses.iter().enumerate() {
            now += Duration::from_millis(*pause);
            let reads = [0, 1].map(|lane| stays[lane].at(frame).and_then(|shows| shows.read(lane)));
            for lane in [0, 1] {
                let is_read = reads[lane].is_some();
                (last[lane], empty[lane]) = if is_read { (now, 0) } else { (last[lane], empty[lane] + 1) };
            }
            let plates: Vec<PlateRead> = reads.into_iter().flatten().collect();
            told.extend(tracker.see(&plates, &frame, now));
            let cars = tracker.firming(now);
            for lane in [0, 1] {
                let here = of_lane(&cars, lane);
                numbers[lane].extend(here.iter().map(|car| car.car));
                if (stays[lane].from..stays[lane].until).contains(&frame) {
                    prop_assert_eq!(here.len(), 1, "frame {} at {:?}: {:?}", frame, now, cars);
                } else if frame >= stays[lane].until && empty[lane] >= 2 && now - last[lane] > rules.absence {
                    prop_assert!(here.is_empty(), "frame {} at {:?}: it drove off, {:?}", frame, now, cars);
                }
            }
        }
        for (lane, (_, text)) in LANES.iter().enumerate() {
            prop_assert!(numbers[lane].len() == 1, "one car is one: {:?}", numbers);
            let first = told.iter().filter(|told| numbers[lane].contains(&told.car) && !told.again);
            prop_assert_eq!(first.map(|told| &told.text[..]).collect::<Vec<_>>(), [*text]);
        }
        prop_assert!(told.iter().all(|told| LANES.iter().any(|(_, text)| *text == told.text)), "{:?}", told);
    }
}

static READER: LazyLock<Arc<PlateReader>> = LazyLock::new(|| Arc::new(reader()));

/// A small picture with these of the drawn plates side by side.
fn picture(plates: &[usize]) -> Frame {
    const SIZE: [usize; 2] = [480, 128];
    const TILE: [usize; 2] = [200, 72];
    let sheet = Photo::decode(include_bytes!("drawn.png")).unwrap_or_else(|fault| panic!("{fault}"));
    let sheet = sheet.picture();
    let mut points = vec![96_u8; SIZE[0] * SIZE[1]];
    for (place, at) in plates.iter().enumerate() {
        let columns = sheet.width() / TILE[0];
        let (left, top) = (at % columns * TILE[0], at / columns * TILE[1]);
        for row in 0..TILE[1] {
            let from = (top + row) * sheet.width() + left;
            let to = (28 + row) * SIZE[0] + 20 + place * 240;
            points[to..to + TILE[0]].copy_from_slice(&sheet.points()[from..from + TILE[0]]);
        }
    }
    let size = Size::new(SIZE[0] as u32, SIZE[1] as u32);
    let captured = Captured::now(points, Format::Grey, size);
    Frame::prove(captured, 1).unwrap_or_else(|fault| panic!("{fault}"))
}

fn text(at: usize) -> &'static str {
    include_str!("drawn.txt").lines().nth(at).unwrap_or_else(|| panic!("no plate {at}"))
}

/// Shows frames to a watch, one after another.
struct Machine {
    watch: Watch,
    now: Duration,
    reads: usize,
    told: Vec<Told<Frame>>,
}

impl Machine {
    fn new() -> Self {
        let watch = Watch::new(Arc::clone(&READER), Rules::default());
        Self { watch, now: Duration::ZERO, reads: 0, told: Vec::new() }
    }

    /// The texts of the cars in view after this frame.
    fn sees(&mut self, frame: &Frame, after: Duration) -> Vec<String> {
        self.now += after;
        let look = self.watch.look(frame, self.now).unwrap_or_else(|fault| panic!("{fault}"));
        self.reads += usize::from(look.read);
        self.told.extend(look.told);
        look.firming.into_iter().map(|car| car.text).collect()
    }

    fn first_told(&self) -> Vec<&str> {
        self.told.iter().filter(|told| !told.again).map(|told| &told.text[..]).collect()
    }
}

/// Two cars park, one goes, the other stays: at five frames a second, at one in four or twelve seconds.
#[test]
fn what_a_camera_shows_is_told_the_same_at_every_speed() {
    let (both, one, none) = (picture(&[0, 1]), picture(&[0]), picture(&[]));
    for every in [200, 4_000, 12_000].map(Duration::from_millis) {
        let mut machine = Machine::new();
        for _ in 0..40 {
            machine.sees(&both, every);
        }
        let mut texts = machine.first_told();
        texts.sort_unstable();
        let mut wanted = [text(0), text(1)];
        wanted.sort_unstable();
        assert_eq!(texts, wanted, "every {every:?}");
        assert!(machine.reads < 40, "every {every:?}: nothing moves, and it is read {} times", machine.reads);
        let looks = (1..=60).find(|_| machine.sees(&one, every) == [text(0)]);
        assert!(looks.is_some(), "every {every:?}: the one that drove off is still there");
        for _ in 0..100 {
            assert_eq!(machine.sees(&one, every), [text(0)], "every {every:?}: it is parked");
        }
        let looks = (1..=60).find(|_| machine.sees(&none, every).is_empty());
        assert!(looks.is_some(), "every {every:?}: it is still there");
        assert_eq!(machine.first_told().len(), 2, "every {every:?}: each once");
    }
}

/// The machine stands still for longer than a car may be away; meanwhile nothing has moved.
#[test]
fn a_machine_that_stood_still_takes_what_has_not_moved_for_the_same_car() {
    let (one, other, none) = (picture(&[0]), picture(&[1]), picture(&[]));
    let second = Duration::from_secs(1);
    for stall in [5, 25].map(Duration::from_secs) {
        let mut machine = Machine::new();
        for _ in 0..20 {
            machine.sees(&one, second);
        }
        assert_eq!(machine.sees(&one, stall), [text(0)], "after {stall:?} it is where it was");
        // It goes on standing there.
        for _ in 0..5 {
            assert_eq!(machine.sees(&one, second), [text(0)]);
        }
        assert_eq!(machine.first_told(), [text(0)], "after {stall:?}");
        // Another one stands there after the next time.
        machine.sees(&other, stall);
        machine.sees(&other, second);
        assert_eq!(machine.first_told(), [text(0), text(1)], "after {stall:?}");
        (0..8).for_each(|_| drop(machine.sees(&none, second)));
        assert!(machine.sees(&none, second).is_empty(), "after {stall:?}");
    }
}
