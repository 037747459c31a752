//! Whether a page fits its window: nothing is cut at the sides, nothing lies over something else, every text stays inside
//! what it names, and what stands below the edge is reached by pushing the page up.

use crate::stage::Stage;
use i_slint_backend_testing::{ElementHandle, ElementQuery};
use slint::platform::WindowEvent;
use slint::{ComponentHandle, LogicalPosition};
use std::collections::{BTreeMap, BTreeSet};
use tameio::view::generated::{Sheet, Shell, StepUp};

/// A window, and how large its text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) size: (u32, u32),
    pub(crate) text_percent: u16,
}

/// The panels in use, one of them on its side, a window that is low, and larger text.
pub(crate) const VIEWS: [View; 9] = [
    view(1024, 768, 100),
    view(1280, 800, 100),
    view(1366, 768, 100),
    view(1920, 1080, 100),
    view(1024, 700, 100),
    view(800, 1280, 100),
    view(1024, 768, 125),
    view(1024, 768, 150),
    view(800, 1280, 150),
];

const fn view(width: u32, height: u32, text_percent: u16) -> View {
    View { size: (width, height), text_percent }
}

impl View {
    /// The pages are drawn for these; in the others they may be pushed up.
    pub(crate) fn must_fit_whole(self) -> bool {
        self.text_percent == 100 && self.size.0 > self.size.1 && self.size.1 >= 768
    }

    /// As it stands in the name of a picture.
    pub(crate) fn name(self) -> String {
        match (self.size.0, self.text_percent) {
            (width, 100) => width.to_string(),
            (width, percent) => format!("{width}-{percent}"),
        }
    }
}

/// What fingers and eyes reach at some place of the page: its id, where, how large.
#[derive(Debug, Clone, PartialEq)]
struct Box {
    id: String,
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

/// Rounding of the layout.
const SLACK: f32 = 1.5;

impl Box {
    fn of(element: &ElementHandle) -> Self {
        let (at, size) = (element.absolute_position(), element.size());
        let id = element.accessible_id().unwrap_or_default();
        let id = if id.is_empty() { element.accessible_label().unwrap_or_default() } else { id };
        Self { id: id.to_string(), x: at.x, y: at.y, width: size.width, height: size.height }
    }

    /// What is left of it where it is pushed out of its place: under the strip, or behind the keys under the ways.
    fn seen_in(mut self, page: &Self, ways: &Self) -> Option<Self> {
        let place = if self.x + self.width <= ways.x + ways.width + SLACK { ways } else { page };
        if self.y < place.y - SLACK && self.y + self.height > place.y + SLACK {
            self.height -= place.y - self.y;
            self.y = place.y;
        }
        let foot = place.y + place.height;
        if self.id.starts_with("rail-") && self.y + self.height > foot {
            self.height = foot - self.y;
        }
        (self.height > SLACK).then_some(self)
    }

    /// What is left of it inside the lists it is a row of: their edges cut it above and below.
    fn cut(mut self, rows: &[(Self, Self)]) -> Option<Self> {
        let whole = self.clone();
        for (_, list) in rows.iter().filter(|(row, _)| *row == whole) {
            let foot = (self.y + self.height).min(list.y + list.height);
            self.y = self.y.max(list.y);
            self.height = foot - self.y;
        }
        (self.height > SLACK).then_some(self)
    }

    fn holds(&self, other: &Self) -> bool {
        other.x >= self.x - SLACK
            && other.y >= self.y - SLACK
            && other.x + other.width <= self.x + self.width + SLACK
            && other.y + other.height <= self.y + self.height + SLACK
    }

    fn overlaps(&self, other: &Self) -> bool {
        let wide = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let high = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        wide > SLACK && high > SLACK
    }
}

/// Everything that does not fit, in words; nothing when all is well. `ids` must be reached.
pub(crate) fn faults(stage: &Stage, view: View, ids: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut missing: BTreeSet<&str> = ids.iter().copied().collect();
    let mut before = None;
    for _ in 0..8 {
        missing.retain(|id| stage.element(id).is_none());
        faults_here(stage, view, &mut faults);
        let now = places(stage);
        if before.as_ref() == Some(&now) {
            break;
        }
        before = Some(now);
        push(stage, -250.0);
    }
    push(stage, 10_000.0);
    faults.extend(missing.iter().map(|id| format!("{id} is not reached")));
    faults.sort();
    faults.dedup();
    faults
}

/// Pushes the page up (or down): at its edge, where no list takes it.
fn push(stage: &Stage, by: f32) {
    let size = stage.app().window().size();
    let rail = stage.element("rail-lane").map_or(88.0, |rail| rail.size().width);
    let position = LogicalPosition::new(rail + 4.0, size.height as f32 / 2.0);
    stage.app().window().dispatch_event(WindowEvent::PointerScrolled { position, delta_x: 0.0, delta_y: by });
    stage.settle();
}

fn places(stage: &Stage) -> Vec<(String, i32)> {
    stage.touchable().iter().map(Box::of).map(|found| (found.id, found.y as i32)).collect()
}

fn faults_here(stage: &Stage, view: View, faults: &mut Vec<String>) {
    let (width, height) = (view.size.0 as f32, view.size.1 as f32);
    faults.extend(stage.unnamed().into_iter().map(|which| format!("a control has no id: {which}")));
    let touchable = stage.touchable();
    let mut seen: BTreeMap<String, Box> = BTreeMap::new();
    for element in &touchable {
        let here = Box::of(element);
        if here.x < -SLACK || here.x + here.width > width + SLACK {
            faults.push(format!("{} is cut at the side: {here:?}", here.id));
        }
        if view.must_fit_whole() && !in_a_list(&here.id) && here.y + here.height > height + SLACK {
            faults.push(format!("{} is cut at the foot: {here:?}", here.id));
        }
        for text in element.query_descendants().match_inherits("Text").find_all() {
            let text = Box::of(&text);
            if !here.holds(&text) {
                faults.push(format!("the text {:?} of {} leaves it: {text:?} of {here:?}", text.id, here.id));
            }
        }
        let twin = seen.insert(here.id.clone(), here.clone());
        if twin.is_some() && !here.id.starts_with("visit-") {
            faults.push(format!("two have the id {}", here.id));
        }
    }
    let shell = stage.app().global::<Shell>();
    if shell.get_sheet() != Sheet::None || stage.app().global::<StepUp>().get_asked() {
        return;
    }
    // Under a lock there is neither page nor ways: the lock is looked at, and it is all there is.
    let place = |id: &str| {
        stage.element(id).or_else(|| stage.element("lock-screen")).map(|element| Box::of(&element))
    };
    let (Some(page), Some(ways)) = (place("page"), place("ways")) else { return };
    let boxes: Vec<Box> = touchable.iter().map(Box::of).collect();
    let faults_of = |name: &str, found: &[Box]| -> Vec<String> {
        let said = |(one, other): (String, String)| format!("{name}{one} and {other} lie over each other");
        overlapping(found).map(said).collect()
    };
    let texts: Vec<Box> = ElementQuery::from_root(stage.app())
        .match_inherits("Text")
        .find_all()
        .iter()
        .map(Box::of)
        .filter(|text| text.width > 0.0 && text.height > 0.0)
        .collect();
    let seen = |found: &[Box]| -> Vec<Box> {
        found.iter().cloned().filter_map(|found| found.seen_in(&page, &ways)).collect()
    };
    let (lying, written) = (seen(&boxes), seen(&texts));
    // Lists are looked through only where something lies over something: it takes long.
    if overlapping(&lying).next().is_some() || overlapping(&written).next().is_some() {
        let (rows, gone) = (rows_of_lists(stage), pushed_out(stage));
        let drawn = |found: &[Box]| -> Vec<Box> {
            let there = found.iter().filter(|found| !gone.contains(found)).cloned();
            seen(&there.filter_map(|found| found.cut(&rows)).collect::<Vec<_>>())
        };
        faults.extend(faults_of("", &drawn(&boxes)));
        faults.extend(faults_of("the texts ", &drawn(&texts)));
    }
    let texts = written;
    let cut = texts.iter().filter(|text| text.x < -SLACK || text.x + text.width > width + SLACK);
    faults.extend(cut.map(|text| format!("the text {text:?} is cut at the side")));
}

/// Texts and controls that can be pushed up on their own, each beside the place it is seen through: what is beyond that
/// place's edge is not drawn, so that it lies over nothing. The page and the ways about are no lists.
fn rows_of_lists(stage: &Stage) -> Vec<(Box, Box)> {
    let pushed = ElementQuery::from_root(stage.app()).match_inherits("Flickable").find_all();
    let lists = pushed.iter().filter(|list| {
        let id = list.accessible_id().unwrap_or_default();
        id != "page" && id != "ways"
    });
    lists
        .flat_map(|list| {
            let texts = list.query_descendants().match_inherits("Text").find_all();
            let named = |element: &ElementHandle| element.accessible_id().is_some_and(|id| !id.is_empty());
            let controls = list.query_descendants().match_predicate(named).find_all();
            let place = Box::of(list);
            texts.into_iter().chain(controls).map(move |row| (Box::of(&row), place.clone()))
        })
        .collect()
}

/// What is pushed up out of the page, or out of the ways, but for less than the slack: nobody sees it under the strip.
fn pushed_out(stage: &Stage) -> Vec<Box> {
    let hidden = |place: ElementHandle| {
        let top = place.absolute_position().y;
        let above = move |element: &ElementHandle| {
            let (at, size) = (element.absolute_position(), element.size());
            at.y < top - SLACK && at.y + size.height <= top + SLACK
        };
        place.query_descendants().match_predicate(above).find_all()
    };
    let places = ["page", "ways"].into_iter().filter_map(|id| stage.element(id));
    places.flat_map(hidden).map(|element| Box::of(&element)).collect()
}

/// Rows of lists go on below the edge by nature.
fn in_a_list(id: &str) -> bool {
    [
        "visit-",
        "document-",
        "receipt-",
        "order-",
        "board-",
        "into-bay-",
        "ready-",
        "take-back-",
        "fill-",
        "group-",
        "exception-",
        "difference-",
        "device-",
        "inside-",
        "deposit-",
        "print-day-",
        "remove-",
        "paper-line-",
        "lease-0",
        "instalment-",
        "account-",
    ]
    .iter()
    .any(|row| id.starts_with(row))
}

/// Pairs that share room although neither is a part of the other.
fn overlapping(boxes: &[Box]) -> impl Iterator<Item = (String, String)> + '_ {
    boxes.iter().enumerate().flat_map(|(at, one)| {
        let rest = boxes.get(at + 1..).unwrap_or_default().iter();
        rest.filter(move |other| one.overlaps(other) && !one.holds(other) && !other.holds(one))
            .map(move |other| (format!("{one:?}"), format!("{other:?}")))
    })
}
