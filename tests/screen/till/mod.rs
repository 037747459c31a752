//! The till at the screen: cards asked for, other ways of paying, PINs, the drawer, the day.
//!
//! | module | promise |
//! |---|---|
//! | `card` | a card is asked for once, its end is always known to somebody, and no money is lost |
//! | `drawer` | cash without a sale, the count and its difference, relief and quick close |
//! | `control` | who did what is seen by whoever may, and by nobody else |
//! | `day` | a day is closed once, and what stands in its way is said |
//! | `invoiced` | whom an invoice is for is looked up, or typed, and never in the way |
//! | `money_back` | money goes back with a reason and a second person, and a copy says that it is one |
//! | `pins` | who steps in shows to be there; an idle till waits |
//! | `tenders` | whatever a customer pays with has a key |

mod card;
mod control;
mod day;
mod drawer;
mod invoiced;
mod money_back;
mod pins;
mod tenders;

use crate::stage::{Stage, wash};
use slint::ComponentHandle;
use tameio::domain::settings::Settings;
use tameio::view::generated::{Page, Shell};

const SIZE: (u32, u32) = (1024, 768);
const PRINTER: (&str, &str) = ("printer", "file:/dev/usb/lp0?profile=epson-80");

/// A shop with a linked card terminal.
fn linked(settings: Settings, size: (u32, u32)) -> Stage {
    Stage::with(settings, size, &[PRINTER, ("card", "simulated:")])
}

/// A wash with a linked terminal, with a visit of 13.00 € on its payment page.
fn paying() -> Stage {
    let stage = linked(wash(), SIZE);
    begin(&stage);
    stage
}

fn begin(stage: &Stage) {
    stage.tap("rail-lane");
    stage.type_plate("IHZ4821");
    stage.tap_all(&["open-visit", "service-FULL", "pay"]);
    stage.sent();
}

/// A shift of A with 50.00 in the drawer.
fn shift(stage: &Stage) {
    stage.tap_all(&["rail-shift", "person-A", "shift-5", "shift-00", "shift-0", "open-shift"]);
    stage.sent();
}

/// So many pieces of each kind.
fn count(stage: &Stage, pieces: &[(i64, u32)]) {
    for (cents, times) in pieces {
        (0..*times).for_each(|_| stage.tap(&format!("piece-{cents}")));
    }
}

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}
