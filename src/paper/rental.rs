//! A rental's papers: what was agreed when the vehicle was handed over, and how it came back. Neither is a tax document, and
//! both say so; the driver signs both.

use super::layout::{Layout, Words};
use super::slip::not_a_receipt;
use super::till::person;
use crate::domain::dashboard::Dashboard;
use crate::domain::deposit::Deposit;
use crate::domain::money::Cents;
use crate::domain::rental::{HandOver, LateFrom, RentalTerms};
use crate::domain::settings::Settings;
use crate::domain::terms::MovementPurpose;
use crate::domain::visit::Visit;
use tameio_drivers::printer::Sheet;

/// What was agreed when the vehicle was handed over.
#[must_use]
pub fn hand_over(settings: &Settings, visit: &Visit, deposits: &[Deposit], columns: usize) -> Sheet {
    let title = Words("ΠΑΡΑΔΟΣΗ ΟΧΗΜΑΤΟΣ", "VEHICLE HANDED OVER");
    let mut paper = head(settings, visit, title, columns);
    let Some(rental) = &visit.rental else { return paper.finish() };
    let agreed = &rental.hand_over;
    driver(&mut paper, agreed);
    paper.rule();
    paper.row(paper.say(Words("Παραδόθηκε", "Handed over")), &agreed.at.printed());
    if let Some(place) = visit.trip.as_ref().and_then(|trip| trip.picked_up_at.as_ref()) {
        remark(&mut paper, Words("Τόπος", "Place"), place.as_str());
    }
    paper.row(paper.say(Words("Ημέρες", "Days")), &agreed.days.to_string());
    paper.row(paper.say(Words("Επιστροφή έως", "To be back by")), &agreed.due_back.printed_exactly());
    dashboard(&mut paper, agreed.dashboard);
    remark(&mut paper, Words("Μαζί με", "With it"), agreed.accessories.as_str());
    remark(&mut paper, Words("Ζημιές που υπάρχουν", "Damage already there"), agreed.damage.as_str());
    let purpose = visit.trip.as_ref().map(|trip| trip.purpose).unwrap_or_default();
    if purpose == MovementPurpose::Rental {
        priced(&mut paper, visit);
        terms(&mut paper, &agreed.terms);
    } else {
        paper.rule();
        paper.centre(paper.say(purpose_words(purpose)));
    }
    for deposit in deposits {
        let words = paper.say(Words("Προκαταβολή", "Deposit"));
        paper.row(&format!("{words} {}", deposit.number), &deposit.left().with_comma());
    }
    finish(paper, settings, agreed)
}

/// How the vehicle came back, compared with how it went.
#[must_use]
pub fn returned(settings: &Settings, visit: &Visit, columns: usize) -> Sheet {
    let title = Words("ΕΠΙΣΤΡΟΦΗ ΟΧΗΜΑΤΟΣ", "VEHICLE CAME BACK");
    let mut paper = head(settings, visit, title, columns);
    let Some((agreed, back)) =
        visit.rental.as_ref().and_then(|rental| Some((&rental.hand_over, rental.returned.as_ref()?)))
    else {
        return paper.finish();
    };
    driver(&mut paper, agreed);
    paper.rule();
    paper.row(paper.say(Words("Επιστροφή έως", "To be back by")), &agreed.due_back.printed_exactly());
    paper.row(paper.say(Words("Επέστρεψε", "Came back")), &back.at.printed_exactly());
    if let Some(place) = &back.place {
        remark(&mut paper, Words("Τόπος", "Place"), place.as_str());
    }
    if back.lateness.minutes > 0 {
        let late = format!("{}:{:02}", back.lateness.minutes / 60, back.lateness.minutes % 60);
        paper.row(paper.say(Words("Καθυστέρηση", "Late by")), &late);
    }
    compared(&mut paper, agreed, back.dashboard);
    remark(&mut paper, Words("Νέες ζημιές", "New damage"), back.damage.as_str());
    paper.rule();
    if back.charges.is_empty() {
        paper.line(paper.say(Words("Χωρίς πρόσθετη χρέωση", "Nothing more to pay")));
    }
    for line in &back.charges {
        let name = line.name.get(paper.language()).as_str().to_owned();
        paper.row(&name, &line.amount().with_comma());
        paper.quantity(line);
    }
    finish(paper, settings, agreed)
}

fn head(settings: &Settings, visit: &Visit, title: Words, columns: usize) -> Layout {
    let mut paper = Layout::new(settings, columns);
    paper.shop(settings);
    paper.rule();
    paper.centre_bold(paper.say(title));
    paper.large(&visit.plate.display());
    if let Some(vehicle) = settings.rental.vehicle(&visit.plate).filter(|one| !one.name.is_empty()) {
        paper.centre(vehicle.name.as_str());
    }
    paper.row(paper.say(Words("Αριθμός", "Number")), &visit.reference.to_string());
    paper
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

fn finish(mut paper: Layout, settings: &Settings, agreed: &HandOver) -> Sheet {
    paper.rule();
    paper.row(paper.say(Words("Για την επιχείρηση", "For the business")), person(settings, &agreed.operator));
    paper.line("");
    paper.line(paper.say(Words("Υπογραφή οδηγού ..................", "Driver's signature ..............")));
    not_a_receipt(&mut paper);
    paper.finish()
}
