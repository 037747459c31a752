//! Packs of washes: the page, and the key of the visit that came by one.

use crate::domain::pack::{Pack, PackOffer};
use crate::domain::plate::{Plate, PlateEntry, search_key};
use crate::domain::visit::{Settlement, Visit, VisitState};
use crate::view::controller::Controller;
use crate::view::generated::{App, PackOffer as OfferKey, PackRow, Packs, PlateFace};
use crate::view::words;
use slint::ComponentHandle;

/// What the lane and the visit's page show of packs.
pub(super) fn show_visit(controller: &Controller, app: &App) {
    let page = app.global::<Packs>();
    let open = controller.state().is_some_and(|state| state.packs.values().any(Pack::is_open));
    page.set_offered(open || !controller.settings.packs.offers.is_empty());
    let visit = controller.visit();
    let pack = visit.and_then(|visit| pack_of(controller, visit));
    let used = |visit: &Visit| matches!(visit.state.settlement(), Some(Settlement::ByPack { .. }));
    page.set_came(visit.is_some_and(|visit| visit.right.is_some()));
    page.set_used(visit.is_some_and(used));
    page.set_left(pack.and_then(Pack::left).map(|left| left.to_string()).unwrap_or_default().into());
    let open = |visit: &Visit| {
        matches!(visit.state, VisitState::Open | VisitState::InService | VisitState::Ready)
            && !visit.sale.is_empty()
    };
    page.set_may_use(pack.is_some() && visit.is_some_and(open));
    page.set_may_give_back(
        visit.is_some_and(|visit| used(visit) && visit.state.is_inside() && visit.further.is_empty()),
    );
}

fn pack_of<'a>(controller: &'a Controller, visit: &Visit) -> Option<&'a Pack> {
    controller.state()?.packs.get(&visit.right?.pack)
}

pub(super) fn show(controller: &Controller, app: &App) {
    let (page, form, language) = (app.global::<Packs>(), &controller.form.packs, controller.form.language);
    let plate = form.plate();
    let typed = || PlateFace { text: form.typed.as_str().into(), ..PlateFace::default() };
    page.set_plate(plate.as_ref().map_or_else(typed, super::face));
    page.set_vehicles(form.vehicles().iter().map(|typed| shown(typed)).collect::<Vec<_>>().join(", ").into());
    page.set_may_name(plate.is_some_and(|_| !form.named.contains(&form.typed)));
    page.set_may_sell(!form.vehicles().is_empty() && !form.selling);
    page.set_fault(form.fault.clone().unwrap_or_default().into());
    let offer = |offer: &PackOffer| OfferKey {
        id: offer.code.as_str().into(),
        name: offer.name.get(language).as_str().into(),
        price: words::money(offer.price, language).into(),
    };
    super::sync(&controller.lists.pack_offers, controller.settings.packs.offers.iter().map(offer).collect());
    let rows = controller.packs_meant().into_iter().map(|pack| row(controller, pack)).collect();
    super::sync(&controller.lists.packs, rows);
    let chosen = controller.pack_chosen();
    page.set_some_chosen(chosen.is_some());
    let typed = form.plate();
    let may_add =
        chosen.zip(typed).is_some_and(|(pack, plate)| pack.has_room() && pack.vehicle(&plate).is_none());
    page.set_may_add(may_add);
    let unused = chosen
        .zip(controller.world.as_ref())
        .map(|(pack, world)| pack.unused(controller.settings.packs.refund, world.at.date()));
    let unused = unused.filter(|unused| !unused.is_zero());
    page.set_unused(unused.map(|unused| words::money(unused, language)).unwrap_or_default().into());
}

fn shown(typed: &str) -> String {
    Plate::parse(&PlateEntry::Greek, typed).map_or_else(|_| typed.to_owned(), |plate| plate.display())
}

fn row(controller: &Controller, pack: &Pack) -> PackRow {
    let plates: Vec<String> = pack.vehicles.iter().map(|vehicle| vehicle.plate.display()).collect();
    let today = controller.world.as_ref().map(|world| world.at.date());
    PackRow {
        id: pack.id.to_string().into(),
        number: i32::try_from(pack.number).unwrap_or_default(),
        name: pack.offer.name.get(controller.form.language).as_str().into(),
        plates: plates.join(", ").into(),
        left: pack.left().map(|left| left.to_string()).unwrap_or_default().into(),
        until: pack.period.to.strftime("%-d/%-m/%Y").to_string().into(),
        ends_soon: today.is_some_and(|today| pack.ends_soon(today).is_some()) || pack.left() == Some(1),
        chosen: controller.form.packs.chosen == Some(pack.id),
    }
}

impl Controller {
    /// The packs a person may mean: of the vehicle typed, or with the number typed; all of them where nothing is.
    pub(in crate::view) fn packs_meant(&self) -> Vec<&Pack> {
        let Some(state) = self.state() else { return Vec::new() };
        let key = search_key(&self.form.packs.typed);
        let number: Option<u64> = key.parse().ok();
        let of_vehicle = |pack: &Pack| pack.vehicles.iter().any(|vehicle| vehicle.plate.key().contains(&key));
        let mut packs: Vec<&Pack> = state
            .packs
            .values()
            .filter(|pack| pack.is_open())
            .filter(|pack| key.is_empty() || number == Some(pack.number) || of_vehicle(pack))
            .collect();
        packs.sort_by_key(|pack| std::cmp::Reverse(pack.number));
        packs
    }

    /// The pack whose keys are up.
    pub(in crate::view) fn pack_chosen(&self) -> Option<&Pack> {
        self.state()?.packs.get(&self.form.packs.chosen?).filter(|pack| pack.is_open())
    }
}
