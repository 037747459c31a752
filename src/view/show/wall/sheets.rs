//! Boards cut into pages of the wall, as many rows on each as its window has room for.

use super::board::{Board, vehicles};
use crate::config::wall::WallShows;
use crate::view::generated::{WallRow, WallState};
use slint::SharedString;

/// What a window has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// Rows of what is being worked on.
    pub(super) rows: usize,
    /// Vehicles beside them that are ready.
    pub(super) ready: usize,
    /// Numbers of orders, where they have the whole page.
    pub(super) numbers: usize,
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub(super) shows: WallShows,
    pub(super) rows: Vec<WallRow>,
    pub(super) ready: Vec<SharedString>,
    /// Nothing is inside.
    pub(super) empty: bool,
}

impl Sheet {
    /// Vehicles and orders on it.
    pub(super) fn count(&self) -> usize {
        self.ready.len() + vehicles(&self.rows)
    }
}

/// The pages of all boards; boards with nothing on them have none, unless that is all there is to say.
pub(super) fn sheets(boards: &[Board], room: Room) -> Vec<Sheet> {
    let full: Vec<&Board> = boards.iter().filter(|board| !board.is_empty()).collect();
    if full.is_empty() {
        let nothing =
            |board: &Board| Sheet { shows: board.shows, rows: Vec::new(), ready: Vec::new(), empty: true };
        return boards.first().map(nothing).into_iter().collect();
    }
    full.into_iter().flat_map(|board| of_one(board, room)).collect()
}

/// The longer of the two lists says how many; the shorter one begins again, so that what is ready is never out of sight for
/// longer than it must.
fn of_one(board: &Board, room: Room) -> Vec<Sheet> {
    let rows = without_free(&board.rows, room.rows);
    let ready_room = if board.shows == WallShows::Orders { room.numbers } else { room.ready };
    let (rows, ready) = (chunks(&rows, room.rows), chunks(&board.ready, ready_room));
    let page = |at: usize| Sheet {
        shows: board.shows,
        rows: rows.get(at % rows.len().max(1)).cloned().unwrap_or_default(),
        ready: ready.get(at % ready.len().max(1)).cloned().unwrap_or_default(),
        empty: false,
    };
    (0..rows.len().max(ready.len())).map(page).collect()
}

/// Free bays stand there while there is room: nobody waits for a page of them.
fn without_free(rows: &[WallRow], room: usize) -> Vec<WallRow> {
    let keep = |row: &&WallRow| rows.len() <= room || row.state != WallState::Free;
    rows.iter().filter(keep).cloned().collect()
}

fn chunks<T: Clone>(list: &[T], room: usize) -> Vec<Vec<T>> {
    list.chunks(room.max(1)).map(<[T]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { rows: 3, ready: 2, numbers: 4 };

    fn board(shows: WallShows, rows: &[WallState], ready: usize) -> Board {
        let row = |state: &WallState| WallRow { state: *state, ..WallRow::default() };
        let ready = (1..=ready).map(|number| number.to_string().into()).collect();
        Board { shows, rows: rows.iter().map(row).collect(), ready }
    }

    fn sizes(boards: &[Board]) -> Vec<(usize, usize)> {
        sheets(boards, ROOM).iter().map(|sheet| (sheet.rows.len(), sheet.ready.len())).collect()
    }

    #[test]
    fn everything_stands_on_some_page_and_nothing_on_none() {
        use WallState::{Bay, Free};
        assert_eq!(sizes(&[board(WallShows::Wash, &[Bay, Bay, Bay, Bay], 1)]), [(3, 1), (1, 1)]);
        assert_eq!(sizes(&[board(WallShows::Wash, &[Bay], 5)]), [(1, 2), (1, 2), (1, 1)]);
        assert_eq!(sizes(&[board(WallShows::Orders, &[], 5)]), [(0, 4), (0, 1)]);
        assert_eq!(sizes(&[board(WallShows::Wash, &[Bay, Free, Free], 0)]), [(3, 0)]);
        assert_eq!(
            sizes(&[board(WallShows::Wash, &[Bay, Free, Free, Bay], 0)]),
            [(2, 0)],
            "free bays give way"
        );
    }

    #[test]
    fn empty_boards_stand_back_until_all_are_empty() {
        let (wash, orders) =
            (board(WallShows::Wash, &[WallState::Free], 0), board(WallShows::Orders, &[], 0));
        let alone = sheets(&[wash.clone(), orders], ROOM);
        assert!(alone.len() == 1 && alone[0].empty);
        let ready = board(WallShows::Orders, &[], 1);
        let shown = sheets(&[wash, ready], ROOM);
        assert!(shown.len() == 1 && shown[0].shows == WallShows::Orders && !shown[0].empty);
    }
}
