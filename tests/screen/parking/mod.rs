//! A car park by touch alone: the price grows on the page, and what is paid is what was shown.
//!
//! | file | flows |
//! |---|---|
//! | `stays` | pricing, paying, turning round, overstaying |
//! | `cases` | what is out of the ordinary with a stay |
//! | `subscribers` | monthly parking, the door book |
//! | `merchants` | shops that make parking cheaper |
//! | `tariff` | the page of the tariff: sign, table, curve, findings |
//! | `tariff_edit` | changing it: parts, prices, from when, versions |
//! | `pages` | the pages of a parking day draw, in both languages, at the sizes in use |

mod cases;
mod listed;
mod merchants;
mod pages;
mod stays;
mod subscribers;
mod tariff;
mod tariff_edit;

use crate::stage::{Stage, shop};
use slint::ComponentHandle;
use tameio::domain::settings::Trade;
use tameio::view::generated::{Page, Shell};

/// A car park with nothing in it, in the morning.
fn park() -> Stage {
    Stage::of(shop(Trade::Parking), (1024, 768))
}

fn page(stage: &Stage) -> Page {
    stage.app().global::<Shell>().get_page()
}

/// A vehicle comes by hand, and its page is up.
fn comes(stage: &Stage, plate: &str) {
    stage.tap("rail-lane");
    stage.type_plate(plate);
    stage.tap("open-visit");
    assert_eq!(page(stage), Page::Visit);
}

/// Time that passes while the screen hears nothing of it.
fn unseen(stage: &Stage, seconds: i64) {
    stage.site.borrow_mut().pass(seconds).expect("the terminal's database works");
}
