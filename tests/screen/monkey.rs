//! Somebody who taps, types and scans at random, on a device that loses its printer and is turned on its side, with the
//! registry out of reach now and then: nothing panics, nobody is ever stuck, and at the end the books agree.
//!
//! A tap is at most two simulated seconds after the one before, so that the steps of all seeds together are more than ten
//! minutes of a shop. `MONKEY_STEPS` and `MONKEY_SEEDS` say how many more; a failure names its seed and the last taps.

use crate::stage::{Stage, shop};
use i_slint_backend_testing::ElementHandle;
use slint::platform::PointerEventButton;
use slint::{ComponentHandle, PhysicalSize, SharedString};
use std::collections::VecDeque;
use tameio::app::input::{DeviceInput, Input};
use tameio::domain::device::Condition;
use tameio::domain::money::Cents;
use tameio::domain::settings::Trade;
use tameio::simulate::site::Site;
use tameio::store::query;

const TRADES: [Trade; 4] = [Trade::Wash, Trade::Parking, Trade::Garage, Trade::Rental];
const SIZES: [(u32, u32); 4] = [(1024, 768), (1280, 800), (800, 1280), (1920, 1080)];
const SCANS: [&str; 6] =
    ["ΙΗΖ4821", "7K3Q-000001", "400001951234567", "https://example.org/?q=1", "\u{1D}0112345", "ihz 4821"];

/// Chance that repeats itself: xorshift64*, after Vigna.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(drawn).expect("31 bits") % end.max(1)
    }
}

struct Monkey {
    stage: Stage,
    chance: Chance,
    last: VecDeque<String>,
    printer_there: bool,
    network: bool,
}

impl Monkey {
    fn of(seed: u64) -> Self {
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let settings = shop(TRADES[usize::try_from(seed % 4).expect("small")]);
        let size = SIZES[chance.below(2)];
        let stage = Stage::of(settings, size);
        Self { stage, chance, last: VecDeque::new(), printer_there: true, network: true }
    }

    fn step(&mut self) {
        match self.chance.below(100) {
            0..80 => self.tap(1),
            80..84 => self.tap(2),
            84..88 => self.scan(),
            88..90 => self.turn(),
            90..92 => self.unplug(),
            92..93 => self.cut(),
            93..95 => self.speak(),
            _ => self.wait(),
        }
        let passed = self.chance.below(3);
        self.stage.pass(i64::try_from(passed).expect("small"));
    }

    fn note(&mut self, what: String) {
        if self.last.len() == 30 {
            self.last.pop_front();
        }
        self.last.push_back(what);
    }

    fn tap(&mut self, times: usize) {
        let touchable = self.stage.touchable();
        assert!(!touchable.is_empty(), "nothing on the screen can be touched");
        let element = &touchable[self.chance.below(touchable.len())];
        let id = element.accessible_id().unwrap_or_default();
        self.note(format!("{id} x{times}"));
        for _ in 0..times {
            element.mock_single_click(PointerEventButton::Left);
        }
        self.stage.settle();
    }

    fn scan(&mut self) {
        let code = SCANS[self.chance.below(SCANS.len())];
        self.note(format!("scan {code:?}"));
        self.stage.burst(&format!("{code}\n"));
    }

    fn turn(&mut self) {
        let (width, height) = SIZES[self.chance.below(SIZES.len())];
        self.note(format!("window {width}x{height}"));
        self.stage.app().window().set_size(PhysicalSize::new(width, height));
        self.stage.settle();
    }

    fn unplug(&mut self) {
        self.printer_there = !self.printer_there;
        self.note(format!("printer there: {}", self.printer_there));
        let condition = if self.printer_there { Condition::Ready } else { Condition::Absent };
        let device = "printer".parse().expect("a device");
        self.stage.happen(Input::Device(DeviceInput::Seen { device, condition }));
    }

    fn cut(&mut self) {
        self.network = !self.network;
        self.note(format!("network: {}", self.network));
        self.stage.site.borrow().set_network(self.network);
    }

    fn speak(&mut self) {
        use tameio::view::generated::{Language, Shell};
        let language = [Language::Greek, Language::English][self.chance.below(2)];
        self.note(format!("{language:?}"));
        self.stage.app().global::<Shell>().invoke_choose_language(language);
        self.stage.settle();
    }

    fn wait(&mut self) {
        let seconds = [5, 30, 70, 600][self.chance.below(4)];
        self.note(format!("{seconds} s"));
        self.stage.nobody_for(u64::try_from(seconds).expect("small"));
        self.stage.pass(seconds);
    }

    /// From wherever the screen stands, the lane is a few taps away.
    fn can_come_back(&self) {
        for _ in 0..6 {
            if self.stage.element("rail-lane").is_some() {
                self.stage.tap("rail-lane");
                let lane = self.stage.element("rail-lane");
                if lane.is_some_and(|lane| lane.accessible_item_selected() == Some(true)) {
                    return;
                }
            }
            let touchable = self.stage.touchable();
            let ids: Vec<SharedString> = touchable.iter().filter_map(ElementHandle::accessible_id).collect();
            let away = ["back", "close", "cancel", "done"];
            let found = ids.iter().rposition(|id| away.iter().any(|word| id.contains(word)));
            let Some(found) = found else { panic!("no way back among {ids:?}") };
            touchable[found].mock_single_click(PointerEventButton::Left);
            self.stage.settle();
        }
        panic!("six steps back do not lead to the lane");
    }
}

impl Drop for Monkey {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("the last steps: {:#?}", self.last);
        }
    }
}

/// The books of the shop: the chain, the tables, the money and the registry's entries.
fn check(site: &Site) {
    let store = site.terminal().store();
    let verified = store.verify(true).expect("the journal can be read");
    assert!(verified.is_whole(), "{verified:?}");
    let loaded = tameio::app::terminal::load(store).expect("the tables can be read");
    assert_eq!(loaded, site.state().durable(), "the tables and the memory agree");
    assert_eq!(site.state().outbox.sending, 0, "nothing is left sending");
    let (mut tenders, mut documents) = (Cents::ZERO, Cents::ZERO);
    query::each_document(store.connection(), |document| {
        let payment = &document.payment;
        tenders += payment.tenders.iter().map(|tender| tender.parts().1).sum::<Cents>() - payment.change;
        documents += document.totals.gross;
    })
    .expect("the documents can be read");
    assert_eq!(tenders, documents, "tenders without change are documents");
    let mut marks = Vec::new();
    query::each_visit(store.connection(), |visit| marks.push(visit.reference.mark())).expect("the visits");
    site.registry().with(|simulator| {
        for (mark, count) in simulator.live_by_mark() {
            assert_eq!(count, 1, "one live entry for {mark}");
            assert!(marks.contains(&mark), "an entry without a visit: {mark}");
        }
    });
}

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn a_monkey_breaks_nothing() {
    let (steps, seeds) = (setting("MONKEY_STEPS", 250), setting("MONKEY_SEEDS", 4));
    let first = setting("MONKEY_FIRST", 0);
    for seed in first..first + seeds {
        println!("seed {seed}");
        let mut monkey = Monkey::of(seed);
        for step in 0..steps {
            monkey.step();
            if step % 25 == 24 {
                monkey.can_come_back();
            }
        }
        monkey.stage.site.borrow().set_network(true);
        let drained = monkey.stage.site.borrow_mut().drain(24 * 3600).expect("time passes");
        assert!(drained, "the outbox does not become empty");
        check(&monkey.stage.site.borrow());
        let state = monkey.stage.state(|state| (state.visits.len(), state.shift.is_some()));
        println!("seed {seed}: {state:?}");
    }
}
