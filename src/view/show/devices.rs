//! Devices: how each is, for the strip, the list and the page of one.

use crate::app::state::State;
use crate::domain::device::{
    Condition, DeviceId, DeviceKind, DeviceOffer, DeviceSeen, DeviceTrouble, ScaleReading,
};
use crate::domain::paper::{JobState, PrinterTrouble};
use crate::domain::time::Stamp;
use crate::view::controller::{Controller, SIMULATED};
use crate::view::devices::{self, DeviceForm, Make, Subject, Test};
use crate::view::generated::{
    App, DeviceKind as KindShown, DeviceState, DeviceStep, DeviceView, Devices, ModelKey, OfferView, PageKey,
    TestState, WeightState,
};
use crate::view::words;
use slint::{ComponentHandle, SharedString};
use tameio_drivers::printer::{Address, PageFinder};

/// What the strip shows: printer, drawer and scanner as they are, and of the others the one that is worst off.
pub(super) fn show_strip(controller: &Controller, state: &State) {
    let Some(now) = controller.world.as_ref().map(|world| world.at) else { return };
    let rows = rows(state, now);
    let of = |kind: KindShown| rows.iter().filter(move |row| row.kind == kind);
    let others = |row: &&DeviceView| {
        !matches!(row.kind, KindShown::Printer | KindShown::Drawer | KindShown::Scanner)
            && concern(row.state) > 1
    };
    let shown = of(KindShown::Printer)
        .chain(of(KindShown::Drawer))
        .chain(worst(of(KindShown::Scanner)))
        .chain(worst(rows.iter().filter(others)));
    super::sync(&controller.lists.devices_in_strip, shown.cloned().collect());
}

fn worst<'a>(rows: impl Iterator<Item = &'a DeviceView>) -> Option<&'a DeviceView> {
    rows.fold(None, |worst: Option<&DeviceView>, row| match worst {
        Some(kept) if concern(kept.state) >= concern(row.state) => Some(kept),
        _ => Some(row),
    })
}

/// How much a person should look at it.
const fn concern(state: DeviceState) -> u8 {
    match state {
        DeviceState::Ready => 0,
        DeviceState::Working | DeviceState::Opening | DeviceState::Open | DeviceState::Up => 1,
        DeviceState::PaperLow | DeviceState::Unsure | DeviceState::NoPrinter => 2,
        DeviceState::Absent
        | DeviceState::NotPermitted
        | DeviceState::Taken
        | DeviceState::Silent
        | DeviceState::SpeaksElse
        | DeviceState::SeveralFit
        | DeviceState::Fault
        | DeviceState::PaperEnd
        | DeviceState::CoverOpen
        | DeviceState::Cutter => 3,
    }
}

/// The list.
pub(super) fn show_list(controller: &Controller) {
    let Some(world) = &controller.world else { return };
    super::sync(&controller.lists.devices, rows(&world.state, world.at));
    let has = |kind: DeviceKind| world.state.live.devices.keys().any(|device| device.kind == kind);
    let addable = DeviceKind::ALL.into_iter().filter(|kind| kind.may_be_several() || !has(*kind));
    super::sync(&controller.lists.addable, addable.map(shown_kind).collect());
}

/// Every device with its state, the drawer after its printer.
fn rows(state: &State, now: Stamp) -> Vec<DeviceView> {
    let mut rows = Vec::new();
    for (device, seen) in &state.live.devices {
        rows.push(row(state, device, seen, now));
        if device.kind == DeviceKind::Printer {
            rows.push(drawer(state, seen));
        }
    }
    rows
}

fn row(state: &State, device: &DeviceId, seen: &DeviceSeen, now: Stamp) -> DeviceView {
    let (shown, words) = standing(state, device, seen);
    // Since when it has its paper or its barrier up, nobody wrote down.
    let dated = seen.condition != Condition::Ready || shown == DeviceState::Ready;
    DeviceView {
        id: device.to_string().into(),
        kind: shown_kind(device.kind),
        name: device.name.as_str().into(),
        state: shown,
        words: words.into(),
        address: without_password(seen.address.as_str()).into(),
        since: if dated { super::clock(seen.since, now).into() } else { SharedString::default() },
    }
}

/// A camera's address may have a password in it, and a screen stands where people pass.
fn without_password(address: &str) -> String {
    match (address.split_once("://"), address.rfind('@')) {
        (Some((kind, _)), Some(at)) if at > kind.len() => format!("{kind}://…{}", &address[at..]),
        _ => address.to_owned(),
    }
}

/// How a device is, and its own words where it has some. A printer that is there may still lack paper.
fn standing(state: &State, device: &DeviceId, seen: &DeviceSeen) -> (DeviceState, String) {
    let plain = |state: DeviceState| (state, String::new());
    match &seen.condition {
        Condition::Absent => plain(DeviceState::Absent),
        Condition::Opening => plain(DeviceState::Opening),
        Condition::Faulted { trouble } => match trouble {
            DeviceTrouble::Busy => plain(DeviceState::Taken),
            DeviceTrouble::NotPermitted { .. } => plain(DeviceState::NotPermitted),
            DeviceTrouble::Silent => plain(DeviceState::Silent),
            DeviceTrouble::SpeaksSomethingElse { expected } => {
                (DeviceState::SpeaksElse, expected.to_string())
            }
            DeviceTrouble::Ambiguous => plain(DeviceState::SeveralFit),
            DeviceTrouble::Other { text } => (DeviceState::Fault, text.to_string()),
        },
        Condition::Ready => match device.kind {
            DeviceKind::Printer => printer(state),
            DeviceKind::Barrier if state.live.barriers_up.get(device) == Some(&true) => {
                plain(DeviceState::Up)
            }
            DeviceKind::Scanner
            | DeviceKind::Camera
            | DeviceKind::CardTerminal
            | DeviceKind::Display
            | DeviceKind::Barrier
            | DeviceKind::Scale => plain(DeviceState::Ready),
        },
    }
}

/// A printer that answers.
fn printer(state: &State) -> (DeviceState, String) {
    let shown = match &state.live.printer {
        Some(PrinterTrouble::PaperOut) => DeviceState::PaperEnd,
        Some(PrinterTrouble::CoverOpen) => DeviceState::CoverOpen,
        Some(PrinterTrouble::Cutter) => DeviceState::Cutter,
        Some(PrinterTrouble::Gone) => DeviceState::Absent,
        Some(PrinterTrouble::Permission) => DeviceState::NotPermitted,
        Some(PrinterTrouble::Other { text }) => return (DeviceState::Fault, text.to_string()),
        None if state.papers.values().any(|job| job.state == JobState::Printing) => DeviceState::Working,
        None if state.live.paper_low => DeviceState::PaperLow,
        None => DeviceState::Ready,
    };
    (shown, String::new())
}

fn drawer(state: &State, printer: &DeviceSeen) -> DeviceView {
    let stale = state.drawer.is_some_and(|drawer| drawer.stale);
    let shown = match state.live.drawer_open {
        _ if printer.condition != Condition::Ready => DeviceState::NoPrinter,
        Some(true) => DeviceState::Open,
        _ if stale => DeviceState::Unsure,
        Some(false) | None => DeviceState::Ready,
    };
    DeviceView {
        id: Subject::Drawer.to_string().into(),
        kind: KindShown::Drawer,
        state: shown,
        ..DeviceView::default()
    }
}

const fn shown_kind(kind: DeviceKind) -> KindShown {
    match kind {
        DeviceKind::Printer => KindShown::Printer,
        DeviceKind::Scanner => KindShown::Scanner,
        DeviceKind::Scale => KindShown::Scale,
        DeviceKind::Camera => KindShown::Camera,
        DeviceKind::CardTerminal => KindShown::Card,
        DeviceKind::Display => KindShown::Display,
        DeviceKind::Barrier => KindShown::Barrier,
    }
}

/// The page of one.
pub(super) fn show_one(controller: &Controller, app: &App) {
    let (Some(form), Some(world)) = (&controller.form.device, &controller.world) else { return };
    let (page, state) = (app.global::<Devices>(), &world.state);
    page.set_step(form.step);
    page.set_attached(controller.is_attached(&form.subject));
    page.set_device(view(state, &form.subject, world.at));
    page.set_udev(udev(state, &form.subject).into());
    page.set_fault(form.fault.as_deref().unwrap_or_default().into());
    page.set_sending(form.sent.is_some());
    show_choice(controller, &page, form, state);
    show_tests(controller, &page, form, world.at);
    match form.step {
        DeviceStep::View | DeviceStep::Note => {}
        DeviceStep::Name => show_names(controller, &page, form, state),
        DeviceStep::Find => show_offers(controller, &page, form, state),
        DeviceStep::Type => show_typed(controller, &page, form),
        DeviceStep::Model => show_models(controller, &page, form),
        DeviceStep::Greek => show_lines(controller),
    }
}

fn view(state: &State, subject: &Subject, now: Stamp) -> DeviceView {
    let id = subject.to_string();
    rows(state, now).into_iter().find(|row| row.id == id.as_str()).unwrap_or_else(|| DeviceView {
        id: id.into(),
        kind: subject.device().map_or(KindShown::Drawer, |device| shown_kind(device.kind)),
        name: subject.device().map(|device| device.name.as_str()).unwrap_or_default().into(),
        state: DeviceState::Absent,
        ..DeviceView::default()
    })
}

fn udev(state: &State, subject: &Subject) -> String {
    let seen = subject.device().and_then(|device| state.live.devices.get(device));
    match seen.map(|seen| &seen.condition) {
        Some(Condition::Faulted { trouble: DeviceTrouble::NotPermitted { udev: Some(line) } }) => {
            line.to_string()
        }
        _ => String::new(),
    }
}

/// What the configuration says, and what was chosen here above it.
fn show_choice(controller: &Controller, page: &Devices<'_>, form: &DeviceForm, state: &State) {
    let configured = form.subject.device().and_then(|device| controller.configured.get(device));
    let assignment = form.subject.device().and_then(|device| state.assigned.get(device));
    let stands = assignment.is_some_and(|assignment| {
        assignment.address.is_some() && assignment.stands(configured.map(String::as_str))
    });
    page.set_configured(configured.map(|address| without_password(address)).unwrap_or_default().into());
    page.set_chosen_here(stands);
}

fn show_tests(controller: &Controller, page: &Devices<'_>, form: &DeviceForm, now: Stamp) {
    page.set_test(match &form.test {
        Test::None => TestState::None,
        Test::Asked | Test::Job(_, JobState::Printing) => TestState::Printing,
        Test::Job(_, JobState::Asking) => TestState::Asking,
        Test::Job(_, JobState::Waiting { .. }) => TestState::Waiting,
        Test::Job(_, JobState::Done { complete }) | Test::Ended { whole: complete } => {
            if *complete {
                TestState::Printed
            } else {
                TestState::Dropped
            }
        }
    });
    let heard = form.heard.as_ref();
    page.set_heard(heard.map(|heard| devices::readable(&heard.code)).unwrap_or_default().into());
    let from = heard.and_then(|heard| heard.from.as_ref());
    page.set_heard_by_window(heard.is_some() && from.is_none());
    page.set_heard_from(from.map(named).unwrap_or_default());
    show_weight(controller, page);
    page.set_reason(form.reason.as_str().into());
    let asked = form.subject.device().and_then(|device| {
        controller.state().and_then(|state| state.live.barriers_asked.get(device)).copied()
    });
    page.set_asked_at(asked.map(|at| super::clock(at, now)).unwrap_or_default().into());
}

fn named(device: &DeviceId) -> DeviceView {
    DeviceView {
        id: device.to_string().into(),
        kind: shown_kind(device.kind),
        name: device.name.as_str().into(),
        ..DeviceView::default()
    }
}

/// An old reading is none, even where nobody has said anything since.
fn show_weight(controller: &Controller, page: &Devices<'_>) {
    let weighed = controller.state().and_then(|state| state.live.weighed);
    let reading = weighed.zip(controller.now()).map(|(weighed, now)| weighed.now(now));
    let (state, grams) = match reading {
        None => (WeightState::None, None),
        Some(ScaleReading::Stable { grams }) => (WeightState::Stable, Some(grams)),
        Some(ScaleReading::Zero) => (WeightState::Zero, Some(0)),
        Some(ScaleReading::Moving) => (WeightState::Moving, None),
        Some(ScaleReading::Negative) => (WeightState::Negative, None),
        Some(ScaleReading::Overload) => (WeightState::Overload, None),
        Some(ScaleReading::NeedsZero) => (WeightState::NeedsZero, None),
        Some(ScaleReading::Defect) => (WeightState::Defect, None),
        Some(ScaleReading::NoAnswer) => (WeightState::NoAnswer, None),
    };
    page.set_weight_state(state);
    let language = controller.form.language;
    page.set_weight(grams.map(|grams| words::kilograms(grams, language)).unwrap_or_default().into());
}

fn show_names(controller: &Controller, page: &Devices<'_>, form: &DeviceForm, state: &State) {
    let Some(kind) = form.subject.device().map(|device| device.kind) else { return };
    let none_yet = !state.live.devices.keys().any(|device| device.kind == kind);
    let taken = |device: &DeviceId| state.live.devices.contains_key(device);
    let names = devices::names(kind, taken, none_yet);
    super::sync(&controller.lists.device_names, names.into_iter().map(SharedString::from).collect());
    page.set_typed(form.typed.as_str().into());
    page.set_may_use(DeviceId::named(kind, &form.typed).is_some_and(|device| !taken(&device)));
}

/// What fits the kind, those that say so themselves first; in practice a simulated one too.
fn show_offers(controller: &Controller, page: &Devices<'_>, form: &DeviceForm, state: &State) {
    let Some(device) = form.subject.device() else { return };
    page.set_looking(state.live.offers.is_none());
    let place = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
    let used: Vec<String> = state.live.devices.values().map(|seen| place(seen.address.as_str())).collect();
    let mut fitting: Vec<&DeviceOffer> =
        state.live.offers.iter().flatten().filter(|offer| offer.kind == device.kind).collect();
    fitting.sort_by_key(|offer| !offer.certain);
    let row = |offer: &DeviceOffer| OfferView {
        id: offer.address.as_str().into(),
        name: offer.name.as_str().into(),
        address: offer.address.as_str().into(),
        certain: offer.certain,
        locked: offer.udev.is_some(),
        simulated: false,
        in_use: used.contains(&place(offer.address.as_str())),
    };
    let practice = controller.settings.practice.then(|| OfferView {
        id: SIMULATED.into(),
        address: devices::simulated(device.kind).into(),
        certain: true,
        simulated: true,
        ..OfferView::default()
    });
    super::sync(&controller.lists.offers, fitting.into_iter().map(row).chain(practice).collect());
}

fn show_typed(controller: &Controller, page: &Devices<'_>, form: &DeviceForm) {
    let Some(kind) = form.subject.device().map(|device| device.kind) else { return };
    page.set_typed(form.typed.as_str().into());
    page.set_may_use(!form.typed.trim().is_empty() && form.sent.is_none());
    let pieces = devices::pieces(kind).iter().map(|piece| SharedString::from(*piece)).collect();
    super::sync(&controller.lists.address_pieces, pieces);
}

fn show_models(controller: &Controller, page: &Devices<'_>, form: &DeviceForm) {
    page.set_group(form.group);
    let suggested = devices::suggested(&form.called);
    let key = |make: Make| ModelKey {
        id: make.id.into(),
        maker: make.maker.into(),
        suggested: suggested == Some(make),
    };
    // What the printer calls itself stands first, wherever its group is.
    let others = devices::makes(form.group).into_iter().filter(|make| suggested != Some(*make));
    super::sync(&controller.lists.models, suggested.into_iter().chain(others).map(key).collect());
}

/// The lines of the test print as the printer at hand numbers them; nought last.
fn show_lines(controller: &Controller) {
    let address: Option<Address> = controller.address_up().and_then(|address| address.parse().ok());
    let Some(address) = address else { return super::sync(&controller.lists.pages, Vec::new()) };
    let used = address.profile.pages.as_slice();
    let finder = PageFinder::new(&address.profile);
    let line = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
    let keys = finder.candidates().iter().enumerate().map(|(at, slot)| PageKey {
        line: line(at + 1),
        page: format!("{}:{}", slot.page.name(), slot.n).into(),
        in_use: used == [*slot],
    });
    let none = PageKey { line: 0, page: SharedString::default(), in_use: used.is_empty() };
    super::sync(&controller.lists.pages, keys.chain([none]).collect());
}
