//! The board on the wall: a second window for whoever waits. It reads what the pages of the till read and changes nothing.
//!
//! | file | what it holds |
//! |---|---|
//! | `board` | what stands there, of all that is inside |
//! | `plates` | plates, shortened |
//! | `sheets` | boards cut into pages |
//!
//! Nothing is drawn while nothing changes: the clock by the minute, a page when its time is over, and what happened.

mod board;
mod plates;
mod sheets;

use crate::config::wall::{Wall as Rules, WallShows};
use crate::domain::settings::Settings;
use crate::domain::text::Language;
use crate::domain::time::Stamp;
use crate::view::controller::Controller;
use crate::view::generated::{self, App, Theme, Wall, WallRow, WallSubject, WallWindow};
use crate::view::second::{self, Place, Second, Standing};
use board::{Board, boards};
use sheets::{Room, Sheet, sheets};
use slint::{ComponentHandle, PlatformError, SharedString, Timer, TimerMode, VecModel};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// The terminal speaks at least every twenty seconds. After so many without a word it has stopped, and what stands on the wall is old.
const OLD_AFTER: Duration = Duration::from_secs(90);

/// The window, and what was last put into it.
pub(in crate::view) struct WallView {
    pub(in crate::view) second: Second<WallWindow>,
    rules: Rules,
    till: slint::Weak<App>,
    face: Rc<Face>,
    /// The instant of the world it shows.
    heard: Cell<Option<Stamp>>,
    old: Rc<Cell<bool>>,
    old_timer: Timer,
    minute_timer: Timer,
}

/// What is in front of the people: it turns its pages without the till.
struct Face {
    window: slint::Weak<WallWindow>,
    rows: Rc<VecModel<WallRow>>,
    ready: Rc<VecModel<SharedString>>,
    languages: Vec<Language>,
    /// Nothing: pages do not turn.
    turn: Option<Duration>,
    /// What stands there in each of the languages.
    boards: RefCell<Vec<Vec<Board>>>,
    room: Cell<Room>,
    /// Counts the turns.
    step: Cell<usize>,
    turn_timer: Timer,
}

impl WallView {
    /// Makes the window, and shows nothing yet.
    ///
    /// # Errors
    /// When nothing can be drawn here.
    pub(in crate::view) fn new(
        settings: &Settings,
        place: Place,
        rules: Rules,
        till: &slint::Weak<App>,
    ) -> Result<Self, PlatformError> {
        let window = WallWindow::new()?;
        let turn = (rules.turn_s > 0).then(|| Duration::from_secs(rules.turn_s.into()));
        let face = Rc::new(Face {
            window: window.as_weak(),
            rows: Rc::default(),
            ready: Rc::default(),
            languages: rules.languages.clone(),
            turn,
            boards: RefCell::default(),
            room: Cell::new(Room { rows: 1, ready: 1, numbers: 1 }),
            step: Cell::new(0),
            turn_timer: Timer::default(),
        });
        let page = window.global::<Wall>();
        page.set_business(settings.business.name.as_str().into());
        page.set_practice(settings.practice);
        page.set_full_screen(place.fills());
        page.set_rows(super::model(&face.rows));
        page.set_ready(super::model(&face.ready));
        window.global::<Theme>().set_practice(settings.practice);
        let measured = Rc::downgrade(&face);
        page.on_measured(move |rows, ready, numbers| {
            if let Some(face) = measured.upgrade() {
                let count = |number: i32| usize::try_from(number).unwrap_or(1);
                face.room.set(Room { rows: count(rows), ready: count(ready), numbers: count(numbers) });
                face.draw();
            }
        });
        Ok(Self {
            second: Second::new(window, place, till),
            rules,
            till: till.clone(),
            face,
            heard: Cell::new(None),
            old: Rc::default(),
            old_timer: Timer::default(),
            minute_timer: Timer::default(),
        })
    }

    /// Shows what the till knows; nothing while nobody sees it.
    pub(in crate::view) fn follow(&self, controller: &Controller) {
        if self.second.standing() != Standing::Open {
            self.minute_timer.stop();
            self.face.turn_timer.stop();
            return;
        }
        let window = self.second.window();
        let page = window.global::<Wall>();
        if let Some(till) = controller.app.upgrade() {
            let (theirs, ours) = (till.global::<Theme>(), window.global::<Theme>());
            if theirs.get_look() != ours.get_look() {
                ours.invoke_choose(theirs.get_look());
            }
        }
        let heard = controller.world.as_ref().map(|world| world.at);
        if heard != self.heard.replace(heard) {
            self.listen();
        }
        let (Some(heard), Some(now)) = (heard, controller.now()) else { return };
        page.set_started(true);
        page.set_clock(now.clock().into());
        page.set_old_since(if self.old.get() { heard.clock().into() } else { SharedString::default() });
        // What is old grows no older: how long somebody has waited is not known either.
        let seen = if self.old.get() { heard } else { now };
        let in_language = |language: &Language| boards(controller, &self.rules, *language, seen);
        self.face.boards.replace(self.rules.languages.iter().map(in_language).collect());
        self.face.draw();
        self.wake_at_the_minute(now);
    }

    /// From now on it waits for the next word.
    fn listen(&self) {
        self.old.set(false);
        let (old, till) = (Rc::clone(&self.old), self.till.clone());
        self.old_timer.start(TimerMode::SingleShot, OLD_AFTER, move || {
            old.set(true);
            second::wake(&till);
        });
    }

    /// The clock goes on, whether or not the terminal speaks.
    fn wake_at_the_minute(&self, now: Stamp) {
        let into_minute = u64::try_from(now.utc.as_millisecond().rem_euclid(60_000)).unwrap_or_default();
        let till = self.till.clone();
        self.minute_timer.start(
            TimerMode::SingleShot,
            Duration::from_millis(60_000 - into_minute + 20),
            move || second::wake(&till),
        );
    }
}

impl Face {
    /// Puts the present page into the window. What is there already stays as it is, so that nothing is drawn for it.
    fn draw(self: &Rc<Self>) {
        let Some(window) = self.window.upgrade() else { return };
        let boards = self.boards.borrow();
        let pages: Vec<Vec<Sheet>> = boards.iter().map(|boards| sheets(boards, self.room.get())).collect();
        let Some(count) = pages.first().map(Vec::len).filter(|count| *count > 0) else { return };
        let step = self.step.get() % (count * self.languages.len());
        // Each page is said in every language before the next one.
        let (at, language) = (step / self.languages.len(), step % self.languages.len());
        let Some(sheet) = pages.get(language).and_then(|pages| pages.get(at)) else { return };
        let page = window.global::<Wall>();
        page.set_language(match self.languages.get(language) {
            Some(Language::En) => generated::Language::English,
            Some(Language::El) | None => generated::Language::Greek,
        });
        page.set_subject(match sheet.shows {
            WallShows::Wash => WallSubject::Wash,
            WallShows::Garage => WallSubject::Garage,
            WallShows::Orders => WallSubject::Orders,
        });
        page.set_empty(sheet.empty);
        page.set_page(number(at + 1));
        page.set_pages(number(count));
        page.set_more(if self.turn.is_some() { 0 } else { self.left_out(&boards, sheet) });
        super::sync(&self.rows, sheet.rows.clone());
        super::sync(&self.ready, sheet.ready.clone());
        self.turn_after(count * self.languages.len());
    }

    /// Vehicles and orders that no page shows, because pages do not turn.
    fn left_out(&self, boards: &[Vec<Board>], sheet: &Sheet) -> i32 {
        let all: usize = boards.first().into_iter().flatten().map(Board::count).sum();
        number(all.saturating_sub(sheet.count()))
    }

    fn turn_after(self: &Rc<Self>, steps: usize) {
        match self.turn.filter(|_| steps > 1) {
            None => self.turn_timer.stop(),
            Some(_) if self.turn_timer.running() => {}
            Some(turn) => {
                let face = Rc::downgrade(self);
                self.turn_timer.start(TimerMode::Repeated, turn, move || {
                    if let Some(face) = face.upgrade() {
                        face.step.set(face.step.get().wrapping_add(1));
                        face.draw();
                    }
                });
            }
        }
    }
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
