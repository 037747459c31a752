//! The board on the wall: who is next and who is ready, and nothing that is nobody's business.
//!
//! | module | promise |
//! |---|---|
//! | `shown` | each trade, empty, late, old, and pages that turn |
//! | `privacy` | no name, no telephone number, no amount, no whole plate |
//! | `life` | closed, opened again, its display gone: the till goes on |
//! | `frames` | nothing is drawn while nothing changes |
//! | `looks` | every size, language and theme: inside the window, nothing over something else, large |

mod frames;
mod life;
mod looks;
mod privacy;
mod shown;

use crate::beside;
use crate::pages::{come, newest, save};
use crate::stage::{Stage, shop, wash};
use slint::{ComponentHandle, PhysicalSize};
use std::time::Duration;
use tameio::app::input::{AddToOrder, By, ChooseService, HowMuch, Input, OrderInput, WorkInput};
use tameio::domain::bay::Place;
use tameio::domain::catalogue::Size;
use tameio::domain::operator::OperatorId;
use tameio::domain::order::Owner;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::text::Text;
use tameio::view::Beside;
use tameio::view::generated::WallWindow;

const HD: (u32, u32) = (1280, 720);

fn cashier() -> OperatorId {
    OperatorId("A".to_owned())
}

/// A shop with a board on its wall, as its file says.
fn with_wall(settings: Settings, change: impl FnOnce(&mut Beside)) -> Stage {
    let stage = Stage::of(settings.clone(), (1024, 768));
    let mut beside = Beside::usual(&settings);
    change(&mut beside);
    stage.window.set_beside(beside);
    stage.window.open_wall();
    stage.wall_is(HD);
    stage
}

impl Stage {
    fn wall(&self) -> WallWindow {
        self.window.wall().expect("the board on the wall was made")
    }

    fn wall_is(&self, (width, height): (u32, u32)) {
        self.wall().window().set_size(PhysicalSize::new(width, height));
        // What is measured is drawn a turn later.
        self.settle();
        self.settle();
    }

    fn wall_reads(&self, id: &str) -> Option<String> {
        beside::reads(&self.wall(), id)
    }

    fn wall_text(&self) -> String {
        beside::text(&self.wall())
    }

    /// What stands in the rows, from above.
    fn wall_names(&self, start: &str) -> Vec<String> {
        let found = beside::all_beginning(&self.wall(), start);
        let said = |element: &i_slint_backend_testing::ElementHandle| {
            element.accessible_id().unwrap_or_default().trim_start_matches(start).to_owned()
        };
        found.iter().map(said).collect()
    }

    fn draw_wall(&self, name: &str) {
        let size = self.wall().window().size();
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(50));
        let picture = self.wall().window().take_snapshot().expect("the window is drawn");
        save(&picture, &format!("wall-{name}-{}x{}", size.width, size.height));
    }

    fn chooses(&self, plate: &str, size: Size, package: &str) {
        come(self, plate, size);
        let (visit, package, extras) = (newest(self), package.to_owned(), Vec::new());
        self.happen(Input::ChooseService(ChooseService { visit, size, package, extras }));
    }

    fn moves(&self, plate: &str, place: Place) {
        let visit = self.state(|state| {
            let mut visits = state.visits.values();
            visits.find(|visit| visit.plate.display() == plate).map(|visit| visit.id).expect("it is inside")
        });
        self.happen(Input::Place { visit, place, operator: cashier() });
    }
}

/// Six cars in three bays: two are washed, two wait, two are ready.
fn busy(stage: &Stage) {
    for (plate, size, package) in [
        ("ΙΗΖ-4821", Size::Small, "FULL"),
        ("ΥΖΒ-3307", Size::Suv, "PREM"),
        ("ΝΚΟ-9154", Size::Small, "EXT"),
        ("ΤΑΒ-1234", Size::Taxi, "FULL"),
        ("ΖΜΥ-2211", Size::Van, "EXT"),
        ("ΟΤΜ-776", Size::Moto, "EXT"),
    ] {
        stage.chooses(plate, size, package);
        stage.pass(60);
    }
    stage.moves("ΙΗΖ-4821", Place::Ready);
    stage.pass(60);
    stage.moves("ΝΚΟ-9154", Place::Ready);
    stage.moves("ΥΖΒ-3307", Place::Bay { bay: 1 });
    stage.moves("ΤΑΒ-1234", Place::Bay { bay: 3 });
    stage.pass(5 * 60);
}

/// Four vehicles of a garage: just come, waiting for parts, in work, ready.
fn garage(stage: &Stage) {
    let mut visits = Vec::new();
    for plate in ["ΝΚΟ-9154", "ΙΗΖ-4821", "ΥΖΒ-3307", "ΤΑΒ-1234"] {
        come(stage, plate, Size::Small);
        visits.push(newest(stage));
        stage.pass(60);
    }
    let work = |input| stage.happen(Input::Work(input));
    let complaint = "Ο κος Παπαδόπουλος λέει: φρένα".to_owned();
    work(WorkInput::Describe { visit: visits[1], complaint, dashboard: Default::default() });
    work(WorkInput::AwaitParts {
        visit: visits[1], what: Some("Τακάκια για Παπαδόπουλο".to_owned())
    });
    let at = stage.site.borrow().now().moved(6 * 3_600 + 16 * 60);
    work(WorkInput::Promise { visit: visits[1], at });
    stage.happen(Input::StartService { visit: visits[2] });
    stage.happen(Input::StartService { visit: visits[3] });
    stage.happen(Input::FinishService { visit: visits[3] });
}

/// So many carpets were left here, and all but the last are ready.
fn carpets(stage: &Stage, count: usize) {
    let by = By { operator: cashier(), approved_by: None };
    for at in 1..=count {
        let how_much = HowMuch::Size { length_cm: 240, width_cm: 170 };
        let add = AddToOrder {
            order: None,
            item: "CARPET".to_owned(),
            how_much,
            pieces: 1,
            defects: String::new(),
            by: by.clone(),
        };
        stage.happen(Input::Order(OrderInput::Add(add)));
        let order = stage.state(|state| {
            let newest = state.orders.values().max_by_key(|order| order.reference.number);
            newest.map(|order| order.id).expect("an order")
        });
        let owner = Owner { name: Text::new("Παπαδόπουλος"), phone: Text::new("6971234567") };
        stage.happen(Input::Order(OrderInput::TakeIn { order, owner, promised: None, operator: cashier() }));
        if at < count {
            stage.happen(Input::Order(OrderInput::Finish { order, operator: cashier() }));
        }
    }
}

fn washing() -> Stage {
    with_wall(wash(), |_| ())
}

fn repairing() -> Stage {
    with_wall(shop(Trade::Garage), |_| ())
}
