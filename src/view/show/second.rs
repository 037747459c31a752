//! The windows beside the till, on the page of devices.

use crate::view::controller::Controller;
use crate::view::generated::{SecondKind, SecondStanding, SecondView};
use crate::view::second::{Place, Standing};

pub(super) fn show(controller: &Controller) {
    let rules = &controller.beside;
    let row = |kind, standing: Option<Standing>, place: &Place| SecondView {
        kind,
        standing: match standing {
            _ if rules.one_only => SecondStanding::Impossible,
            Some(Standing::Open) => SecondStanding::Open,
            Some(Standing::Away) => SecondStanding::Away,
            Some(Standing::Closed) | None => SecondStanding::Closed,
        },
        display: place.display().unwrap_or_default().into(),
    };
    let customer = controller.customer.as_ref().map(|view| &view.second);
    let wall = controller.wall.as_ref().map(|view| &view.second);
    let mut rows = vec![row(
        SecondKind::Customer,
        customer.map(|second| second.standing()),
        customer.map_or(&rules.customer, |second| second.place()),
    )];
    if !rules.wall.shows.is_empty() {
        rows.push(row(
            SecondKind::Wall,
            wall.map(|second| second.standing()),
            wall.map_or(&rules.wall_place, |second| second.place()),
        ));
    }
    super::sync(&controller.lists.seconds, rows);
}
