//! The tariff while it is changed: the parts of the draft and what is typed; `prices` what stays would cost, `versions` when it is to
//! hold and what there has been, `codes` the draft's words in those of the page.

mod codes;
mod prices;
mod versions;

use crate::domain::tariff::draft::TariffDraft;
use crate::domain::tariff::draft::part::{Choice, Field, Part, Value, choices};
use crate::domain::tariff::draft::typing::Unit;
use crate::domain::tariff::sentence::{duration, hours_named};
use crate::domain::tariff::timetable::Days;
use crate::domain::text::Language;
use crate::view::controller::Controller;
use crate::view::generated::{
    App, CurveStep, TariffConcern, TariffEdit, TariffField, TariffPart, TariffStay, TariffStep, TariffUnit,
    TariffVersion, TariffWay, TariffWayRow,
};
use crate::view::words;
use codes::{number, pad, shown_class, shown_field, shown_part, shown_way};
use prices::show_stays;
use slint::{ComponentHandle, ModelRc, VecModel};
use std::rc::Rc;
pub(super) use versions::moment;
use versions::{show_force, versions};

/// The lists of the page.
#[derive(Default)]
pub(super) struct TariffEditLists {
    parts: Rc<VecModel<TariffPart>>,
    fields: Rc<VecModel<TariffField>>,
    ways: Rc<VecModel<TariffWayRow>>,
    days: Rc<VecModel<bool>>,
    stays: Rc<VecModel<TariffStay>>,
    before: Rc<VecModel<CurveStep>>,
    after: Rc<VecModel<CurveStep>>,
    concerns: Rc<VecModel<TariffConcern>>,
    versions: Rc<VecModel<TariffVersion>>,
}

impl TariffEditLists {
    pub(super) fn attach(&self, app: &App) {
        let page = app.global::<TariffEdit>();
        page.set_parts(ModelRc::from(Rc::clone(&self.parts)));
        page.set_fields(ModelRc::from(Rc::clone(&self.fields)));
        page.set_ways(ModelRc::from(Rc::clone(&self.ways)));
        page.set_days(ModelRc::from(Rc::clone(&self.days)));
        page.set_stays(ModelRc::from(Rc::clone(&self.stays)));
        page.set_before(ModelRc::from(Rc::clone(&self.before)));
        page.set_after(ModelRc::from(Rc::clone(&self.after)));
        page.set_concerns(ModelRc::from(Rc::clone(&self.concerns)));
        page.set_versions(ModelRc::from(Rc::clone(&self.versions)));
    }
}

pub(super) fn show(controller: &Controller, app: &App) {
    let page = app.global::<TariffEdit>();
    let (Some(holds), Some(now)) = (controller.settings.parking.tariff.as_deref(), controller.now()) else {
        return;
    };
    let form = &controller.form.tariff_edit;
    page.set_step(form.step);
    page.set_sent(form.sent);
    page.set_began(form.began.as_str().into());
    page.set_changed(controller.tariff_is_other());
    show_concerns(controller, &page);
    if let Some(draft) = &form.draft {
        if form.step != TariffStep::Versions {
            show_stays(controller, draft, (holds, now), &page);
        }
        show_draft(controller, draft, &page);
    }
    if form.step == TariffStep::Force {
        show_force(controller, holds, now, &page);
    }
    if form.step == TariffStep::Versions {
        super::sync(&controller.lists.tariff_edit.versions, versions(controller, holds, now));
    }
}

fn show_draft(controller: &Controller, draft: &TariffDraft, page: &TariffEdit<'_>) {
    let lists = &controller.lists.tariff_edit;
    page.set_whose(shown_class(draft.class()));
    page.set_apart(draft.class().is_some_and(|class| draft.is_apart(class)));
    page.set_may_change(draft.may_change());
    let parts = draft.parts();
    let chosen = parts.iter().position(|part| *part == draft.chosen()).unwrap_or_default();
    let faults = draft.version().faults();
    let is_faulty = |part: Part| faults.iter().any(|at| at.part == part && at.class == draft.class());
    let rows = parts.iter().map(|part| row(controller, draft, *part, is_faulty(*part)));
    super::sync(&lists.parts, rows.collect());
    page.set_chosen(i32::try_from(chosen).unwrap_or_default());
    let fields = draft.chosen().fields();
    let shown = fields.iter().map(|field| TariffField {
        kind: shown_field(*field),
        text: value(draft.value(draft.chosen(), *field), controller.form.language).into(),
    });
    super::sync(&lists.fields, shown.collect());
    let field = draft.field().and_then(|field| fields.iter().position(|one| *one == field));
    page.set_field(field.and_then(|place| i32::try_from(place).ok()).unwrap_or(-1));
    page.set_pad(pad(draft.field()));
    page.set_unit(match draft.unit() {
        Unit::Minutes => TariffUnit::Minutes,
        Unit::Hours => TariffUnit::Hours,
        Unit::Days => TariffUnit::Days,
    });
    let days = match draft.value(draft.chosen(), Field::Days) {
        Some(Value::Days(days)) => days.words(),
        _ => Vec::new(),
    };
    super::sync(&lists.days, Days::WORDS.iter().map(|word| days.contains(word)).collect());
    let ways = draft.choices().into_iter().map(|(way, chosen)| TariffWayRow { way: shown_way(way), chosen });
    super::sync(&lists.ways, ways.collect());
    page.set_may_remove(draft.may_remove());
    page.set_may_earlier(draft.may_shift(false));
    page.set_may_later(draft.may_shift(true));
    page.set_may_undo(draft.may_undo());
}

fn row(controller: &Controller, draft: &TariffDraft, part: Part, faulty: bool) -> TariffPart {
    let language = controller.form.language;
    let say = |el: &str, en: &str| match language {
        Language::El => el.to_owned(),
        Language::En => en.to_owned(),
    };
    let of = |field| value(draft.value(part, field), language);
    let (rules, number) = (draft.rules(), number(part));
    let up_to = || say("έως ", "up to ") + &of(Field::Length);
    let each = || say("ανά ", "for each ") + &of(Field::Length);
    let text = match part {
        Part::Turnaround if rules.turnaround > 0 => up_to(),
        Part::Tolerance if rules.tolerance > 0 => of(Field::Length),
        Part::ExitGrace if draft.version().exit_grace > 0 => of(Field::Length),
        Part::Band(_) => up_to(),
        Part::Step if rules.step.is_some() => each(),
        Part::Window(place) => rules.windows.get(place).map_or_else(String::new, |window| {
            let hours = hours_named(&window.name, &window.hours, language);
            format!("{hours}{}, {}", on(window.hours.days, language), each())
        }),
        Part::Flat(place) => rules.flats.get(place).map_or_else(String::new, |flat| {
            hours_named(&flat.name, &flat.hours, language) + &on(flat.hours.days, language)
        }),
        Part::Edges | Part::Outside | Part::ProRata | Part::DayCap => String::new(),
        Part::Turnaround | Part::Tolerance | Part::ExitGrace | Part::Step | Part::LostTicket => String::new(),
    };
    let ways = choices(rules, part);
    let way = ways.into_iter().find(|(_, chosen)| *chosen).map(|(way, _)| way);
    let way = way.filter(|way| *way != Choice::WholeStay);
    TariffPart {
        kind: shown_part(part),
        number,
        text: text.into(),
        has_way: way.is_some(),
        way: way.map_or(TariffWay::Whole, shown_way),
        amount: of(Field::Price).into(),
        faulty,
    }
}

/// The days hours begin on, where that is not every day: ` (Δευ Τρι)`.
fn on(days: Days, language: Language) -> String {
    const EL: [&str; 8] = ["Δευ", "Τρι", "Τετ", "Πέμ", "Παρ", "Σάβ", "Κυρ", "αργίες"];
    const EN: [&str; 8] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "holidays"];
    if days == Days::ALL {
        return String::new();
    }
    let names = match language {
        Language::El => EL,
        Language::En => EN,
    };
    let words = days.words();
    let chosen = Days::WORDS.iter().zip(names).filter(|(word, _)| words.contains(word));
    let chosen: Vec<&str> = chosen.map(|(_, name)| name).collect();
    format!(" ({})", chosen.join(" "))
}

fn value(value: Option<Value>, language: Language) -> String {
    match value {
        Some(Value::Minutes(minutes)) => duration(minutes, language),
        Some(Value::Price(price)) => words::money(price, language),
        Some(Value::Clock(minute)) => format!("{:02}:{:02}", minute / 60, minute % 60),
        Some(Value::Days(days)) if days == Days::ALL => match language {
            Language::El => "κάθε μέρα".to_owned(),
            Language::En => "every day".to_owned(),
        },
        Some(Value::Days(days)) => on(days, language).trim_matches([' ', '(', ')']).to_owned(),
        None => String::new(),
    }
}

fn show_concerns(controller: &Controller, page: &TariffEdit<'_>) {
    let form = &controller.form.tariff_edit;
    let concerns = form.concerns.as_deref().unwrap_or_default();
    let errors = concerns.iter().filter(|concern| concern.is_error()).count();
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    page.set_looking(form.concerns.is_none());
    page.set_errors(count(errors));
    page.set_warnings(count(concerns.len() - errors));
    page.set_accepted(form.accepted);
    page.set_may_put(controller.may_put_tariff());
    let rows = concerns.iter().map(|concern| TariffConcern {
        text: concern.sentence(controller.form.language).into(),
        error: concern.is_error(),
    });
    super::sync(&controller.lists.tariff_edit.concerns, rows.collect());
}
