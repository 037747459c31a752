//! A rental's papers: what was agreed when the vehicle was handed over, and how it came back. Neither is a tax document, and
//! both say so; the driver signs both.

use super::layout::{Layout, Words};
use super::signature::signature as signed;
use super::slip::not_a_receipt;
use super::template::field::Known;
use super::template::press::{Part, Press, Wanted};
use super::till::person;
use crate::domain::dashboard::Dashboard;
use crate::domain::deposit::Deposit;
use crate::domain::lease::{EarlyReturn, Instalment, Lease};
use crate::domain::money::Cents;
use crate::domain::rental::{HandOver, LateFrom, RentalTerms, VehicleReturn};
use crate::domain::sale::Line;
use crate::domain::settings::Settings;
use crate::domain::signature::Matter;
use crate::domain::template::TemplateKind;
use crate::domain::terms::MovementPurpose;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use jiff::civil::Date;
use tameio_drivers::printer::Sheet;

/// What was agreed when the vehicle was handed over.
#[must_use]
pub fn hand_over(press: Press<'_>, visit: &Visit, deposits: &[Deposit], columns: usize) -> Sheet {
    let Some(rental) = visit.rental.as_deref() else {
        return without_agreement(press, visit, HANDED_OVER, columns);
    };
    let agreed = &rental.hand_over;
    let total = visit.lease.as_ref().map_or_else(|| visit.sale.totals().gross, |lease| lease.total());
    let known = Known { total: Some(total), ..known(visit, agreed, agreed.at) };
    let wanted = Wanted { press, kind: TemplateKind::HandOver, columns, known };
    wanted.sheet(&hand_over_parts(), &Going { visit, agreed, deposits })
}

/// A vehicle that is handed over.
pub(super) struct Going<'a> {
    visit: &'a Visit,
    agreed: &'a HandOver,
    deposits: &'a [Deposit],
}

/// The parts of the paper a vehicle is handed over with.
pub(super) fn hand_over_parts<'a>() -> [Part<Going<'a>>; 8] {
    [
        Part::lawful("shop", |paper, settings, _| paper.shop(settings)),
        Part::lawful("title", |paper, settings, of| title(paper, settings, of.visit, HANDED_OVER)),
        Part::lawful("driver", |paper, _, of| driver(paper, of.agreed)),
        Part::lawful("agreed", |paper, _, of| what_was_agreed(paper, of.visit, of.agreed)),
        Part::lawful("prices", |paper, _, of| prices(paper, of.visit, of.agreed)),
        Part::lawful("deposits", |paper, _, of| {
            for deposit in of.deposits {
                let words = paper.say(Words("Προκαταβολή", "Deposit"));
                paper.row(&format!("{words} {}", deposit.number), &deposit.left().with_comma());
            }
        }),
        Part::lawful("signature", |paper, settings, of| {
            signature(paper, settings, of.visit, of.agreed, Matter::HandOver);
        }),
        Part::lawful("not-a-receipt", |paper, _, _| not_a_receipt(paper)),
    ]
}

fn what_was_agreed(paper: &mut Layout, visit: &Visit, agreed: &HandOver) {
    paper.row(paper.say(Words("Παραδόθηκε", "Handed over")), &agreed.at.printed());
    if let Some(place) = visit.trip.as_ref().and_then(|trip| trip.picked_up_at.as_ref()) {
        remark(paper, Words("Τόπος", "Place"), place.as_str());
    }
    paper.row(paper.say(Words("Ημέρες", "Days")), &agreed.days.to_string());
    paper.row(paper.say(Words("Επιστροφή έως", "To be back by")), &agreed.due_back.printed_exactly());
    dashboard(paper, agreed.dashboard);
    remark(paper, Words("Μαζί με", "With it"), agreed.accessories.as_str());
    remark(paper, Words("Ζημιές που υπάρχουν", "Damage already there"), agreed.damage.as_str());
}

/// What it costs and what being late will cost, or why it costs nothing.
fn prices(paper: &mut Layout, visit: &Visit, agreed: &HandOver) {
    let purpose = visit.trip.as_ref().map(|trip| trip.purpose).unwrap_or_default();
    if purpose == MovementPurpose::Rental {
        match &visit.lease {
            Some(lease) => contract(paper, lease),
            None => priced(paper, visit),
        }
        terms(paper, &agreed.terms);
    } else {
        paper.rule();
        paper.centre(paper.say(purpose_words(purpose)));
    }
}

/// How the vehicle came back, compared with how it went.
#[must_use]
pub fn returned(press: Press<'_>, visit: &Visit, columns: usize) -> Sheet {
    let Some((agreed, back)) =
        visit.rental.as_ref().and_then(|rental| Some((&rental.hand_over, rental.returned.as_ref()?)))
    else {
        return without_agreement(press, visit, CAME_BACK, columns);
    };
    let charged = back.charges.iter().map(Line::amount).sum();
    let operator = Some(back.operator.clone());
    let known = Known { total: Some(charged), operator, ..known(visit, agreed, back.at) };
    let wanted = Wanted { press, kind: TemplateKind::VehicleReturn, columns, known };
    wanted.sheet(&return_parts(), &Coming { visit, agreed, back })
}

/// A vehicle that came back.
pub(super) struct Coming<'a> {
    visit: &'a Visit,
    agreed: &'a HandOver,
    back: &'a VehicleReturn,
}

/// The parts of the paper of a vehicle that came back.
pub(super) fn return_parts<'a>() -> [Part<Coming<'a>>; 7] {
    [
        Part::lawful("shop", |paper, settings, _| paper.shop(settings)),
        Part::lawful("title", |paper, settings, of| title(paper, settings, of.visit, CAME_BACK)),
        Part::lawful("driver", |paper, _, of| driver(paper, of.agreed)),
        Part::lawful("returned", |paper, _, of| how_it_came_back(paper, of.agreed, of.back)),
        Part::lawful("charges", |paper, _, of| charges(paper, of.back)),
        Part::lawful("signature", |paper, settings, of| {
            signature(paper, settings, of.visit, of.agreed, Matter::Return);
        }),
        Part::lawful("not-a-receipt", |paper, _, _| not_a_receipt(paper)),
    ]
}

fn how_it_came_back(paper: &mut Layout, agreed: &HandOver, back: &VehicleReturn) {
    paper.row(paper.say(Words("Επιστροφή έως", "To be back by")), &agreed.due_back.printed_exactly());
    paper.row(paper.say(Words("Επέστρεψε", "Came back")), &back.at.printed_exactly());
    if let Some(place) = &back.place {
        remark(paper, Words("Τόπος", "Place"), place.as_str());
    }
    if back.lateness.minutes > 0 {
        let late = format!("{}:{:02}", back.lateness.minutes / 60, back.lateness.minutes % 60);
        paper.row(paper.say(Words("Καθυστέρηση", "Late by")), &late);
    }
    compared(paper, agreed, back.dashboard);
    remark(paper, Words("Νέες ζημιές", "New damage"), back.damage.as_str());
}

fn charges(paper: &mut Layout, back: &VehicleReturn) {
    if back.charges.is_empty() {
        paper.line(paper.say(Words("Χωρίς πρόσθετη χρέωση", "Nothing more to pay")));
    }
    for line in &back.charges {
        let name = line.name.get(paper.language()).as_str().to_owned();
        paper.row(&name, &line.amount().with_comma());
        paper.quantity(line);
    }
}

const HANDED_OVER: Words = Words("ΠΑΡΑΔΟΣΗ ΟΧΗΜΑΤΟΣ", "VEHICLE HANDED OVER");
const CAME_BACK: Words = Words("ΕΠΙΣΤΡΟΦΗ ΟΧΗΜΑΤΟΣ", "VEHICLE CAME BACK");

fn known(visit: &Visit, agreed: &HandOver, at: Stamp) -> Known {
    Known {
        customer: agreed.driver.name.to_string(),
        operator: Some(agreed.operator.clone()),
        ..Known::new(at, &visit.reference).of(Some(&visit.plate))
    }
}

/// A vehicle nothing was agreed about yet.
fn without_agreement(press: Press<'_>, visit: &Visit, words: Words, columns: usize) -> Sheet {
    let mut paper = Layout::new(press.settings, columns);
    paper.shop(press.settings);
    paper.rule();
    title(&mut paper, press.settings, visit, words);
    paper.finish()
}

fn title(paper: &mut Layout, settings: &Settings, visit: &Visit, title: Words) {
    paper.centre_bold(paper.say(title));
    paper.large(&visit.plate.display());
    if let Some(vehicle) = settings.rental.vehicle(&visit.plate).filter(|one| !one.name.is_empty()) {
        paper.centre(vehicle.name.as_str());
    }
    paper.row(paper.say(Words("Αριθμός", "Number")), &visit.reference.to_string());
}

fn driver(paper: &mut Layout, agreed: &HandOver) {
    remark(paper, Words("Οδηγός", "Driver"), agreed.driver.name.as_str());
    if !agreed.driver.licence.is_empty() {
        paper.row(paper.say(Words("Δίπλωμα", "Licence")), agreed.driver.licence.as_str());
    }
    if let Some(until) = agreed.driver.licence_until {
        paper.row(paper.say(Words("Ισχύει έως", "Valid until")), &until.strftime("%d/%m/%Y").to_string());
    }
}

fn dashboard(paper: &mut Layout, read: Dashboard) {
    if let Some(km) = read.km {
        paper.row(paper.say(Words("Χιλιόμετρα", "Kilometres")), &km.to_string());
    }
    if let Some(fuel) = read.fuel {
        paper.row(paper.say(Words("Καύσιμο", "Fuel")), &fuel.to_string());
    }
}

fn compared(paper: &mut Layout, agreed: &HandOver, back: Dashboard) {
    if let (Some(out), Some(km)) = (agreed.dashboard.km, back.km) {
        let driven = agreed.km_driven(back).unwrap_or_default();
        paper.row(paper.say(Words("Χιλιόμετρα", "Kilometres")), &format!("{out} > {km}"));
        paper.row(paper.say(Words("Διανύθηκαν", "Driven")), &driven.to_string());
    }
    if let (Some(out), Some(fuel)) = (agreed.dashboard.fuel, back.fuel) {
        paper.row(paper.say(Words("Καύσιμο", "Fuel")), &format!("{out} > {fuel}"));
    }
}

fn remark(paper: &mut Layout, words: Words, text: &str) {
    if !text.is_empty() {
        paper.line(&format!("{}: {text}", paper.say(words)));
    }
}

fn priced(paper: &mut Layout, visit: &Visit) {
    paper.rule();
    for (line, gross) in visit.sale.lines.iter().zip(visit.sale.grosses()) {
        let name = line.name.get(paper.language()).as_str().to_owned();
        paper.row(&name, &gross.with_comma());
        paper.quantity(line);
    }
    paper.discounts(&visit.sale);
    paper
        .total(paper.say(Words("ΣΥΝΟΛΟ", "TOTAL")), &format!("{} €", visit.sale.totals().gross.with_comma()));
}

/// Every instalment with its days and the day it is due, what they come to, and what a return before the end will cost.
fn contract(paper: &mut Layout, lease: &Lease) {
    let day = |date: Date| date.strftime("%d/%m/%Y").to_string();
    let all = lease.instalments();
    paper.rule();
    paper.bold(paper.say(Words("ΔΙΑΡΚΗΣ ΜΙΣΘΩΣΗ - ΔΟΣΕΙΣ", "LEASE - INSTALMENTS")));
    for one in &all {
        let Instalment { number, period, due, amount } = *one;
        paper.row(&format!("{number}/{} {}", all.len(), paper.say(Words("έως", "by"))), &day(due));
        paper.row(&format!("  {}–{}", day(period.from), day(period.to)), &amount.with_comma());
    }
    paper.total(paper.say(Words("ΣΥΝΟΛΟ", "TOTAL")), &format!("{} €", lease.total().with_comma()));
    if lease.deposit > Cents::ZERO {
        paper.row(paper.say(Words("Εγγύηση που συμφωνήθηκε", "Deposit agreed")), &lease.deposit.with_comma());
    }
    paper.line(paper.say(match lease.rules.early_return {
        EarlyReturn::Days => Words(
            "Σε επιστροφή νωρίτερα οφείλονται οι ημέρες έως και την επιστροφή.",
            "If it comes back earlier, the days until then are owed.",
        ),
        EarlyReturn::Period => Words(
            "Σε επιστροφή νωρίτερα οφείλεται ολόκληρη η περίοδος που άρχισε.",
            "If it comes back earlier, the period that has begun is owed whole.",
        ),
        EarlyReturn::Everything => Words(
            "Σε επιστροφή νωρίτερα οφείλονται όλες οι δόσεις.",
            "If it comes back earlier, every instalment is owed.",
        ),
    }));
}

/// What being late, driving far and missing fuel will cost: said before, so that nobody is surprised after.
fn terms(paper: &mut Layout, terms: &RentalTerms) {
    paper.rule();
    let (grace, parts) = (terms.grace_minutes, terms.late_hours_a_day);
    let late = match terms.late_from {
        LateFrom::Grace => paper.say(Words("μετά από αυτά", "after them")),
        LateFrom::Due => paper.say(Words("από την ώρα επιστροφής", "from the agreed time")),
    };
    let free =
        paper.say(Words("λεπτά καθυστέρησης δωρεάν· κάθε ώρα", "minutes late are free; each started hour"));
    let cost = paper.say(Words("που αρχίζει", "costs"));
    let day = paper.say(Words("ημέρας, έως μία ημέρα.", "of a day, up to a day."));
    paper.line(&format!("{grace} {free} {cost} {late} 1/{parts} {day}"));
    if let Some(km) = terms.km_per_day {
        let words = paper.say(Words("χλμ. την ημέρα· κάθε επιπλέον", "km a day; each more"));
        paper.line(&format!("{km} {words} {} €.", terms.km_price.with_comma()));
    }
    if terms.fuel_eighth > Cents::ZERO {
        let words = paper.say(Words("Κάθε όγδοο καυσίμου που λείπει", "Each missing eighth of fuel"));
        paper.line(&format!("{words} {} €.", terms.fuel_eighth.with_comma()));
    }
}

const fn purpose_words(purpose: MovementPurpose) -> Words {
    match purpose {
        MovementPurpose::Rental => Words("ΕΝΟΙΚΙΑΣΗ", "RENTAL"),
        MovementPurpose::OwnUse => Words("ΙΔΙΟΧΡΗΣΗ", "OWN USE"),
        MovementPurpose::Free => Words("ΔΩΡΕΑΝ ΠΑΡΑΧΩΡΗΣΗ", "LENT FREE OF CHARGE"),
    }
}

fn signature(paper: &mut Layout, settings: &Settings, visit: &Visit, agreed: &HandOver, matter: Matter) {
    paper.row(paper.say(Words("Για την επιχείρηση", "For the business")), person(settings, &agreed.operator));
    signed(paper, visit, matter, Words("Υπογραφή οδηγού", "Driver's signature"));
}
