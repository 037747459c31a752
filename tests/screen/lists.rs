//! A list of many is quick because only the rows in sight exist, and a finger finds the others. Slint makes them so for a
//! list of this name and these properties alone, and would say nothing if it did not.

use crate::pages::come;
use crate::stage::Stage;
use i_slint_backend_testing::{ElementHandle, ElementQuery};
use slint::platform::WindowEvent;
use slint::{ComponentHandle, LogicalPosition};
use std::collections::BTreeSet;
use tameio::domain::catalogue::Size;

/// Far more than a lane has room for.
const INSIDE: u32 = 60;
/// More rows than any window shows at once.
const IN_SIGHT_MAX: usize = 15;

/// The rows that exist.
fn rows(stage: &Stage) -> Vec<ElementHandle> {
    ElementQuery::from_root(stage.app())
        .match_predicate(|element| element.accessible_id().is_some_and(|id| id.starts_with("visit-ΙΗΖ-")))
        .find_all()
}

fn names(rows: &[ElementHandle]) -> BTreeSet<String> {
    rows.iter().filter_map(|row| row.accessible_id().map(|id| id.to_string())).collect()
}

/// A wheel over the list; what is negative pushes it up.
fn push(stage: &Stage, position: LogicalPosition, by: f32) {
    stage.app().window().dispatch_event(WindowEvent::PointerScrolled { position, delta_x: 0.0, delta_y: by });
    stage.settle();
    let _ = stage.picture();
}

#[test]
fn only_the_rows_in_sight_exist_and_every_row_can_be_pushed_into_sight() {
    let stage = Stage::new();
    for at in 0..INSIDE {
        come(&stage, &format!("ΙΗΖ-{}", 1001 + at), Size::Small);
    }
    stage.tap("visit-back");
    stage.settle();
    let _ = stage.picture();
    let first = names(&rows(&stage));
    assert!((1..=IN_SIGHT_MAX).contains(&first.len()), "{} rows exist of {INSIDE}", first.len());
    let row = rows(&stage).into_iter().next().expect("a row");
    let (at, size) = (row.absolute_position(), row.size());
    let place = LogicalPosition::new(at.x + size.width / 2.0, at.y + size.height / 2.0);
    let mut seen = first.clone();
    for _ in 0..200 {
        push(&stage, place, -40.0);
        let now = names(&rows(&stage));
        assert!(now.len() <= IN_SIGHT_MAX, "{} rows exist of {INSIDE}", now.len());
        seen.extend(now);
    }
    assert_eq!(seen.len(), INSIDE as usize, "every vehicle comes into sight");
    assert!(names(&rows(&stage)).is_disjoint(&first), "the first are gone again");
}
