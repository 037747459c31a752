//! The plate being typed, what is known about it, and the vehicles inside.

use crate::aade::rules::{Ask, Field};
use crate::app::state::State;
use crate::domain::entry::MessageKind;
use crate::domain::plate::Plate;
use crate::domain::reminder::Standing;
use crate::domain::sale::Sale;
use crate::domain::settings::Trade;
use crate::domain::visit::Visit;
use crate::store::query::KnownVehicle;
use crate::view::ask::{self, Key, Subject};
use crate::view::controller::Controller;
use crate::view::generated::{
    App, CarPark, HintKind, Lane, PadMode, PlateFace, PlateHint, PlateKind as FaceKind, SubscriptionStand,
    TradeKey,
};
use crate::view::words;
use slint::ComponentHandle;

/// So many hints fit beside each other.
const HINTS_MAX: usize = 2;
/// A shorter plate is not yet typed to its end, and is not called unusual.
const UNUSUAL_FROM: usize = 6;
/// So many letters or digits begin to mean a vehicle.
const MEANT_FROM: usize = 2;

pub(super) fn show(controller: &Controller, app: &App) {
    let form = &controller.form.lane;
    let lane = app.global::<Lane>();
    lane.set_plate(typed_face(controller));
    lane.set_mode(form.mode);
    lane.set_size(form.size_now());
    lane.set_country(form.country.as_str().into());
    lane.set_needs_category(form.needs_category());
    lane.set_category(form.category_now().into());
    let arriving = controller.arriving_for();
    lane.set_may_open(may_open(controller, arriving));
    arrival(controller, &lane);
    super::sync(&controller.lists.trades, trades(controller));
    super::sync(&controller.lists.hints, hints(controller));
    park(controller, app);
    super::packs::show_visit(controller, app);
    if let (Some(state), Some(world)) = (controller.state(), &controller.world) {
        let mut visits: Vec<&Visit> = state.visits.values().collect();
        let meant: Vec<&Visit> = meant(controller).collect();
        if !meant.is_empty() {
            visits = meant;
        }
        visits.sort_by(|a, b| b.arrived.cmp(&a.arrived).then(b.id.cmp(&a.id)));
        let cards = visits.into_iter().map(|visit| super::card(controller, visit, world.at)).collect();
        super::sync(&controller.lists.inside, cards);
    }
}

/// How full the car park is.
fn park(controller: &Controller, app: &App) {
    let page = app.global::<CarPark>();
    let taken = controller
        .state()
        .map_or(0, |state| state.visits.values().filter(|visit| visit.takes_a_place()).count());
    page.set_places(i32::try_from(controller.settings.parking.places).unwrap_or(i32::MAX));
    page.set_taken(i32::try_from(taken).unwrap_or(i32::MAX));
    page.set_priced(controller.settings.parking.tariff.is_some());
    page.set_monthly(controller.settings.trades().any(|trade| trade == Trade::Parking));
}

/// What was typed, as it looks on the car as soon as it is a plate.
pub(super) fn typed_face(controller: &Controller) -> PlateFace {
    let form = &controller.form.lane;
    let kind = match form.mode {
        PadMode::Greek => FaceKind::Greek,
        PadMode::Foreign => FaceKind::Foreign,
        PadMode::Chassis => FaceKind::Chassis,
    };
    let as_typed =
        || PlateFace { text: form.typed.as_str().into(), country: form.country.as_str().into(), kind };
    form.plate().map_or_else(|_| as_typed(), |plate| super::face(&plate))
}

/// What was said of the arrival beside its plate.
fn arrival(controller: &Controller, lane: &Lane<'_>) {
    let form = &controller.form.lane.arrival;
    let (terms, maker) = (form.answers.get(Key::Terms), form.answers.get(Key::Of(Field::Maker)));
    let said = !form.answers.terms().is_one_off()
        || form.answers.trip().is_some()
        || form.answers.earlier().is_some();
    lane.set_terms(terms.into());
    lane.set_asked(said);
    lane.set_maker(maker.into());
    lane.set_needs_maker(
        controller.subject_of_arrival().is_some_and(|subject| wants_maker(controller, &subject)),
    );
}

/// Whether any kind of work here insists on the maker of this vehicle.
fn wants_maker(controller: &Controller, subject: &Subject<'_>) -> bool {
    let held = ask::conditions(subject, &controller.form.lane.arrival);
    let insists = |trade: Trade| {
        let client_type = trade.client_type();
        subject.edition().ask(Field::Maker, client_type, MessageKind::Create, held) == Ask::Must
    };
    controller.settings.trades().any(insists)
}

/// One key for each kind of work, where there are several.
fn trades(controller: &Controller) -> Vec<TradeKey> {
    let all: Vec<Trade> = controller.settings.trades().collect();
    let key =
        |trade: Trade| TradeKey { id: ask::trade_id(trade).into(), may_open: may_open(controller, trade) };
    if all.len() > 1 { all.into_iter().map(key).collect() } else { Vec::new() }
}

fn may_open(controller: &Controller, trade: Trade) -> bool {
    let inside = |plate: &Plate| {
        controller.state().is_some_and(|state| state.inside(plate, trade.client_type()).is_some())
    };
    // Where somebody decides first, the two answers stand beside the plate.
    controller.world.is_some()
        && controller.listed_here().is_none()
        && controller.form.lane.plate().is_ok_and(|plate| !inside(&plate))
}

fn hints(controller: &Controller) -> Vec<PlateHint> {
    let form = &controller.form.lane;
    let one = one_meant(controller).map(|visit| about(HintKind::Meant, visit));
    let refused = form.refused.as_ref().map(|sentence| hint(HintKind::Refused, "", "", sentence, ""));
    let (Ok(plate), Some(state)) = (form.plate(), controller.state()) else {
        return refused.into_iter().chain(one).collect();
    };
    // Inside for one kind of work, a vehicle may still come for another.
    let inside = controller.settings.trades().find_map(|trade| state.inside(&plate, trade.client_type()));
    let inside_hint = inside.map(|visit| about(HintKind::Inside, visit));
    let again = inside.map(|_| hint(HintKind::Again, "again", "", "", ""));
    let returns = || {
        let (visit, left) = form.moved.filter(|_| inside.is_none())?;
        Some(hint(
            HintKind::Returns,
            &visit.to_string(),
            "",
            &left.local().strftime("%-d/%-m %H:%M").to_string(),
            "",
        ))
    };
    let owes = || owing(controller, &plate);
    let due = || due(controller, &plate);
    let found = || found(controller, &plate);
    let usual = || known(controller, &plate);
    let by_pack = || pack(controller, state, &plate);
    let neighbour = || state_neighbour(state, &plate);
    let unusual = || unusual(&plate);
    // What comes back does not begin anew with its usual service.
    let free = inside.is_none() && form.moved.is_none();
    let one = one.filter(|_| inside.is_none());
    let subscriber = || subscriber(controller, &plate);
    let account = controller.account_here().filter(|_| inside.is_none());
    let account =
        account.map(|one| hint(HintKind::Account, "account", "", one.name.as_str(), &one.number.to_string()));
    let asks = controller.listed_here().filter(|_| inside.is_none());
    let let_in = asks.map(|one| hint(HintKind::LetIn, "let-in", "", one.reason.as_str(), ""));
    let turn_away = asks.map(|_| hint(HintKind::TurnAway, "turn-away", "", "", ""));
    [refused, let_in, turn_away, inside_hint, again, one, owes(), account, subscriber(), returns(), due()]
        .into_iter()
        .flatten()
        .chain(free.then(by_pack).flatten())
        .chain(free.then(usual).flatten())
        .chain(free.then(neighbour).flatten())
        .chain(free.then(found).flatten())
        .chain(free.then(unusual).flatten())
        .take(HINTS_MAX)
        .collect()
}

fn hint(kind: HintKind, id: &str, plate: &str, detail: &str, amount: &str) -> PlateHint {
    PlateHint { kind, id: id.into(), plate: plate.into(), detail: detail.into(), amount: amount.into() }
}

fn about(kind: HintKind, visit: &Visit) -> PlateHint {
    hint(kind, &visit.id.to_string(), &visit.plate.display(), &visit.arrived.clock(), "")
}

/// The vehicles inside that what was typed may mean; a single letter means too many.
fn meant(controller: &Controller) -> impl Iterator<Item = &Visit> {
    let typed = controller.form.lane.typed.as_str();
    let typed = Some(typed).filter(|typed| typed.chars().count() >= MEANT_FROM);
    let state = controller.state();
    typed.zip(state).into_iter().flat_map(|(typed, state)| state.meant_by(typed))
}

/// The one vehicle inside that was meant.
fn one_meant(controller: &Controller) -> Option<&Visit> {
    let mut meant = meant(controller);
    meant.next().filter(|_| meant.next().is_none())
}

fn state_neighbour(state: &State, plate: &Plate) -> Option<PlateHint> {
    state.neighbours(plate).next().map(|visit| about(HintKind::Neighbour, visit))
}

/// It parks by the month.
fn subscriber(controller: &Controller, plate: &Plate) -> Option<PlateHint> {
    let (state, today) = (controller.state()?, controller.world.as_ref()?.at.date());
    let one = state.subscription_of(plate)?;
    let row = super::subscribers::row(controller, one, today);
    let kind = match row.stand {
        SubscriptionStand::Holds | SubscriptionStand::Soon => HintKind::Subscriber,
        SubscriptionStand::Later => HintKind::SubscriberLater,
        SubscriptionStand::Ended | SubscriptionStand::Unpaid => HintKind::Lapsed,
    };
    Some(PlateHint { plate: row.name, detail: row.day, ..hint(kind, &row.id, "", "", "") })
}

/// It has a pack that covers it today, the oldest first.
fn pack(controller: &Controller, state: &State, plate: &Plate) -> Option<PlateHint> {
    let today = controller.world.as_ref()?.at.date();
    let pack = state.packs_of(plate).find(|pack| pack.covers(plate, today).is_ok())?;
    let name = pack.offer.name.get(controller.form.language).as_str();
    let left = pack.left().map(|left| left.to_string()).unwrap_or_default();
    Some(hint(HintKind::Pack, &pack.id.to_string(), "", name, &left))
}

/// It was let go without paying.
fn owing(controller: &Controller, plate: &Plate) -> Option<PlateHint> {
    let owes = |visit: &&Visit| visit.plate.key() == plate.key();
    let visit = controller.state()?.owed.values().find(owes)?;
    let (debt, now) = (visit.debt.as_ref()?, controller.world.as_ref()?.at);
    let left = visit.state.departed().map(|left| super::clock(left, now)).unwrap_or_default();
    let total = words::money(debt.total, controller.form.language);
    Some(hint(HintKind::Owes, &visit.id.to_string(), "", &left, &total))
}

/// Where vehicles are serviced: it was to come again by now.
fn due(controller: &Controller, plate: &Plate) -> Option<PlateHint> {
    let known = controller.form.lane.known.as_ref().filter(|known| known.plate_key == plate.key())?;
    let (next, reminder) = controller.reminder_of(known)?;
    let kind = match reminder.standing {
        Standing::Due => HintKind::Due,
        Standing::Near => HintKind::NearlyDue,
        Standing::NotYet => return None,
    };
    Some(hint(kind, "due", "", &super::work::due(next, controller.form.language), ""))
}

/// It may be leaving a car park that never saw it come.
fn found(controller: &Controller, plate: &Plate) -> Option<PlateHint> {
    let park = controller.settings.parking.tariff.is_some()
        && controller.settings.establishment(Some(Trade::Parking)).is_some();
    let typed = plate.warning().is_none() || is_whole(plate);
    (park && typed).then(|| hint(HintKind::Found, "found", "", "", ""))
}

/// As many letters and digits as a plate has.
fn is_whole(plate: &Plate) -> bool {
    plate.text.chars().count() >= UNUSUAL_FROM
}

fn unusual(plate: &Plate) -> Option<PlateHint> {
    plate.warning().filter(|_| is_whole(plate)).map(|_| hint(HintKind::Unusual, "unusual", "", "", ""))
}

/// One of our own, or a vehicle that has been here and has a usual service.
fn known(controller: &Controller, plate: &Plate) -> Option<PlateHint> {
    if controller.settings.owns(plate) {
        return Some(hint(HintKind::OwnVehicle, "own", "", "", ""));
    }
    let vehicle = controller.form.lane.known.as_ref().filter(|known| known.plate_key == plate.key())?;
    usual(controller, vehicle)
}

fn usual(controller: &Controller, vehicle: &KnownVehicle) -> Option<PlateHint> {
    let (catalogue, language) = (&controller.settings.catalogue, controller.form.language);
    let package = catalogue.package(vehicle.package.as_deref()?)?;
    let size = super::catalogue_size(controller.form.lane.size_now());
    let trades: Vec<Trade> = controller.settings.trades().collect();
    let lines = catalogue.lines(size, &package.code, &[], &trades).ok()?;
    let discounts = catalogue.automatic_discount(size).into_iter().collect();
    let total = Sale { lines, discounts, catalogue: catalogue.version.clone() }.totals().gross;
    let (name, amount) = (package.name.get(language).as_str(), words::money(total, language));
    Some(hint(HintKind::Known, "usual", "", name, &amount))
}
