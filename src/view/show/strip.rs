//! The frame around every page: who and where we are, and what must be seen at any second.

use crate::app::state::State;
use crate::domain::settings::Trade;
use crate::domain::text::Language;
use crate::view::controller::Controller;
use crate::view::generated::{self, AadeLink, AadeSite, App, Shell, Strip, Theme};
use crate::view::window::RegistrySite;
use slint::ComponentHandle;

pub(super) fn show(controller: &Controller, app: &App) {
    shell(controller, app);
    let strip = app.global::<Strip>();
    strip.set_site(match controller.site {
        RegistrySite::Production => AadeSite::Production,
        RegistrySite::Test => AadeSite::Test,
        RegistrySite::Simulated => AadeSite::Simulated,
    });
    if let Some(state) = controller.state() {
        world(controller, state, &strip);
        super::board::show_rail(controller, app);
        super::fleet::show_rail(controller, app);
        super::lease::show_rail(controller, app);
        super::orders::show_rail(controller, state, app);
        super::devices::show_strip(controller, state);
    }
}

fn shell(controller: &Controller, app: &App) {
    let settings = &controller.settings;
    app.global::<Theme>().set_practice(settings.practice);
    let shell = app.global::<Shell>();
    shell.set_page(controller.form.page);
    shell.set_practice(settings.practice);
    shell.set_rents(settings.trade == Trade::Rental && settings.also.is_empty());
    shell.set_business(settings.business.name.as_str().into());
    shell.set_branch(i32::try_from(settings.branch).unwrap_or_default());
    shell.set_language(match controller.form.language {
        Language::El => generated::Language::Greek,
        Language::En => generated::Language::English,
    });
    if let Some(world) = &controller.world {
        shell.set_clock(world.at.clock().into());
        shell.set_weekday(i32::from(world.at.date().weekday().to_monday_one_offset()));
        shell.set_date(world.at.local().strftime("%-d/%-m").to_string().into());
    }
}

fn world(controller: &Controller, state: &State, strip: &Strip<'_>) {
    let outbox = &state.outbox;
    strip.set_inside(count(state.visits.len()));
    strip.set_unsent(number(outbox.queued + outbox.sending));
    strip.set_oldest_unsent_minutes(oldest_minutes(controller, state));
    strip.set_unknown(number(outbox.unknown));
    strip.set_rejected(number(outbox.rejected));
    strip.set_differing(count(super::exceptions::differing(controller)));
    let by_hand = state.unnamed.values().filter(|document| document.is_named_by_hand());
    strip.set_unnamed_documents(count(by_hand.count()));
    strip.set_link(link(state));
    strip.set_shift_open(state.shift.is_some());
    let operator = state.shift.as_ref().and_then(|shift| controller.settings.operator(shift.at_the_till()));
    strip.set_operator(operator.map(|person| person.name.as_str()).unwrap_or_default().into());
    strip.set_shift_since(state.shift.as_ref().map(|shift| shift.opened.clock()).unwrap_or_default().into());
}

const fn link(state: &State) -> AadeLink {
    if state.link.unauthorized {
        AadeLink::Credentials
    } else if state.link.lost.is_some() {
        AadeLink::Offline
    } else {
        AadeLink::Online
    }
}

fn oldest_minutes(controller: &Controller, state: &State) -> i32 {
    let age = controller
        .world
        .as_ref()
        .zip(state.live.oldest)
        .map(|(world, oldest)| world.at.seconds_since(&oldest));
    i32::try_from(age.unwrap_or_default().max(0) / 60).unwrap_or(i32::MAX)
}

fn number(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn count(len: usize) -> i32 {
    i32::try_from(len).unwrap_or(i32::MAX)
}
