//! A garage's papers: the work order that hangs in the vehicle, and the estimate the customer agrees to. Neither is a tax
//! document, and both say so; but a customer may check every sum on them with a pencil.

use super::layout::{Layout, Words};
use super::signature::signature as signed;
use super::slip::not_a_receipt;
use super::template::field::Known;
use super::template::press::{Part, Press, Wanted};
use crate::domain::deposit::Deposit;
use crate::domain::money::Cents;
use crate::domain::revision::{Change, changes};
use crate::domain::sale::{Line, Sale};
use crate::domain::settings::Settings;
use crate::domain::signature::Matter;
use crate::domain::template::TemplateKind;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::domain::work::{Approval, ApprovalWay, Estimate, NextService, WorkKind, WorkOrder};
use tameio_drivers::printer::Sheet;

/// The work order of a visit as it stands: what to do, for whoever does it.
#[must_use]
pub fn order(
    press: Press<'_>,
    visit: &Visit,
    due: Option<&NextService>,
    deposits: &[Deposit],
    columns: usize,
) -> Sheet {
    let Some(work) = visit.work.as_deref() else { return without_work(press, visit, due, columns) };
    let known = known(visit, visit.arrived, &visit.sale);
    Wanted { press, kind: TemplateKind::WorkOrder, columns, known }
        .sheet(&order_parts(), &Work { visit, work, due, deposits })
}

/// A vehicle nothing was written down for yet.
fn without_work(press: Press<'_>, visit: &Visit, due: Option<&NextService>, columns: usize) -> Sheet {
    let mut paper = Layout::new(press.settings, columns);
    paper.shop(press.settings);
    paper.rule();
    order_title(&mut paper, visit);
    vehicle(&mut paper, visit);
    if let Some(due) = due {
        is_due(&mut paper, due);
    }
    paper.finish()
}

fn known(visit: &Visit, at: Stamp, sale: &Sale) -> Known {
    Known {
        total: Some(sale.totals().gross),
        operator: Some(visit.operator.clone()),
        ..Known::new(at, &visit.reference).of(Some(&visit.plate))
    }
}

/// A vehicle and what is done to it.
pub(super) struct Work<'a> {
    visit: &'a Visit,
    work: &'a WorkOrder,
    due: Option<&'a NextService>,
    deposits: &'a [Deposit],
}

/// The parts of a work order.
pub(super) fn order_parts<'a>() -> [Part<Work<'a>>; 10] {
    [
        Part::lawful("shop", |paper, settings, _| paper.shop(settings)),
        Part::lawful("title", |paper, _, of| order_title(paper, of.visit)),
        Part::lawful("vehicle", |paper, _, of| {
            vehicle(paper, of.visit);
            if let Some(parts) = &of.work.parts_awaited {
                let words = paper.say(Words("Περιμένει ανταλλακτικά", "Waits for parts"));
                paper.bold(&format!("{words}: {parts}"));
            }
        }),
        Part::free("due", |paper, _, of| {
            if let Some(due) = of.due {
                is_due(paper, due);
            }
        }),
        Part::lawful("work", |paper, _, of| to_do(paper, of.work)),
        Part::lawful("total", |paper, _, of| {
            sums(paper, &of.visit.sale);
            set_off(paper, of.visit, of.deposits);
        }),
        Part::lawful("agreed", |paper, _, of| {
            if let Some(estimate) = of.work.estimates.last() {
                paper.row(paper.say(Words("Προσφορά", "Estimate")), &format!("{}", estimate.version));
                agreed(paper, estimate.approved.as_ref());
            }
        }),
        Part::free("next-service", |paper, _, of| next_service(paper, of.work)),
        Part::lawful("signature", |paper, _, _| signature(paper, Words("Τεχνικός", "Mechanic"))),
        Part::lawful("not-a-receipt", |paper, _, _| not_a_receipt(paper)),
    ]
}

fn order_title(paper: &mut Layout, visit: &Visit) {
    paper.centre_bold(paper.say(Words("ΕΝΤΟΛΗ ΕΡΓΑΣΙΑΣ", "WORK ORDER")));
    paper.large(&visit.plate.display());
}

/// One version of an estimate, as the customer was told it.
#[must_use]
pub fn estimate(press: Press<'_>, visit: &Visit, estimate: &Estimate, columns: usize) -> Sheet {
    let known =
        Known { operator: Some(estimate.operator.clone()), ..known(visit, estimate.at, &estimate.sale) };
    let wanted = Wanted { press, kind: TemplateKind::Estimate, columns, known };
    wanted.sheet(&estimate_parts(), &Offered { visit, estimate })
}

/// A vehicle and a version of its estimate.
pub(super) struct Offered<'a> {
    visit: &'a Visit,
    estimate: &'a Estimate,
}

/// The parts of an estimate.
pub(super) fn estimate_parts<'a>() -> [Part<Offered<'a>>; 8] {
    [
        Part::lawful("shop", |paper, settings, _| paper.shop(settings)),
        Part::lawful("title", |paper, _, of| {
            let title = paper.say(Words("ΠΡΟΣΦΟΡΑ", "ESTIMATE"));
            paper.centre_bold(&format!("{title} {}", of.estimate.version));
        }),
        Part::lawful("vehicle", |paper, _, of| {
            paper.row(paper.say(Words("Ημερομηνία", "Date")), &of.estimate.at.printed());
            paper.row(paper.say(Words("Όχημα", "Vehicle")), &of.visit.plate.display());
            vehicle(paper, of.visit);
        }),
        Part::lawful("lines", |paper, _, of| {
            of.estimate.sale.lines.iter().for_each(|line| priced(paper, line));
            paper.discounts(&of.estimate.sale);
        }),
        Part::lawful("total", |paper, settings, of| {
            sums(paper, &of.estimate.sale);
            may_exceed(paper, settings);
        }),
        Part::lawful("changed", |paper, _, of| {
            let work = of.visit.work.as_ref();
            if let Some(before) = work.and_then(|work| work.told_before(of.estimate.version)) {
                changed(paper, before, of.estimate);
            }
        }),
        Part::lawful("agreed", |paper, _, of| {
            agreed(paper, of.estimate.approved.as_ref());
            let matter = Matter::Estimate { version: of.estimate.version };
            if of.estimate.approved.is_none() || of.visit.signing(matter).is_some() {
                signed(paper, of.visit, matter, Words("Εγκρίνω", "I agree"));
            }
        }),
        Part::lawful("not-a-receipt", |paper, _, _| not_a_receipt(paper)),
    ]
}

fn may_exceed(paper: &mut Layout, settings: &Settings) {
    let beyond = settings.garage.may_exceed;
    if beyond.0 > 0 {
        let words = paper.say(Words(
            "Για μεγαλύτερο κόστος ζητείται νέα έγκριση, πέρα από",
            "A higher cost takes a new approval, beyond",
        ));
        paper.line(&format!("{words} {}.", beyond.printed()));
    }
}

fn vehicle(paper: &mut Layout, visit: &Visit) {
    paper.row(paper.say(Words("Αριθμός", "Number")), &visit.reference.to_string());
    paper.row(paper.say(Words("Είσοδος", "Arrival")), &visit.arrived.printed());
    let Some(work) = &visit.work else { return };
    if let Some(km) = work.dashboard.km {
        paper.row(paper.say(Words("Χιλιόμετρα", "Kilometres")), &km.to_string());
    }
    if let Some(fuel) = work.dashboard.fuel {
        paper.row(paper.say(Words("Καύσιμο", "Fuel")), &fuel.to_string());
    }
    if !work.complaint.is_empty() {
        paper.line(&format!("{}: {}", paper.say(Words("Πρόβλημα", "Complaint")), work.complaint));
    }
}

/// What to do, without prices beside it: hours, and whose parts they are.
fn to_do(paper: &mut Layout, work: &WorkOrder) {
    for line in &work.lines {
        let name = line.line.name.get(paper.language()).as_str().to_owned();
        let whose = match line.kind {
            WorkKind::CustomersPart => paper.say(Words(" (του πελάτη)", " (the customer's)")),
            WorkKind::OutsideWork => paper.say(Words(" (εκτός)", " (outside)")),
            WorkKind::Labour | WorkKind::FlatJob | WorkKind::OwnPart | WorkKind::Consumable => "",
        };
        let unit = if line.kind == WorkKind::Labour { paper.say(Words(" ώρ.", " h")) } else { "" };
        let quantity = format!("{}{unit}", line.line.quantity.with_two_decimals());
        paper.row(&format!("[ ] {name}{whose}"), &quantity);
    }
}

/// A line with its sum as it is priced: with the VAT, or without it.
fn priced(paper: &mut Layout, line: &Line) {
    let name = line.name.get(paper.language()).as_str().to_owned();
    paper.row(&name, &line.amount().with_comma());
    paper.quantity(line);
}

/// Net, VAT by rate, and the total.
fn sums(paper: &mut Layout, sale: &Sale) {
    if sale.lines.is_empty() {
        return;
    }
    let totals = sale.totals();
    if totals.gross == Cents::ZERO {
        paper.line(paper.say(Words("Χωρίς χρέωση", "No charge")));
        return;
    }
    paper.row(paper.say(Words("Καθαρή αξία", "Net")), &totals.net().with_comma());
    for row in &totals.vat {
        let words = format!("{} {}", paper.say(Words("ΦΠΑ", "VAT")), row.rate.printed());
        paper.row(&words, &row.vat.with_comma());
    }
    paper.total(paper.say(Words("ΣΥΝΟΛΟ", "TOTAL")), &format!("{} €", totals.gross.with_comma()));
}

/// What is held of deposits, and what is left to pay once it is set off.
fn set_off(paper: &mut Layout, visit: &Visit, deposits: &[Deposit]) {
    let held: Cents = deposits.iter().map(Deposit::left).sum();
    if held <= Cents::ZERO {
        return;
    }
    for deposit in deposits.iter().filter(|deposit| deposit.is_held()) {
        let words = paper.say(Words("Προκαταβολή", "Deposit"));
        paper.row(&format!("{words} {}", deposit.number), &(-deposit.left()).with_comma());
    }
    let due = visit.due();
    if due > Cents::ZERO {
        let left = (due - held).max(Cents::ZERO);
        paper.row(paper.say(Words("Μένει να πληρωθεί", "Left to pay")), &left.with_comma());
    }
}

fn agreed(paper: &mut Layout, approval: Option<&Approval>) {
    match approval {
        Some(Approval { name, at, way, .. }) => {
            paper.row(paper.say(Words("Εγκρίθηκε από", "Approved by")), name.as_str());
            paper.row(paper.say(way_words(*way)), &at.printed());
        }
        None => paper.line(paper.say(Words("Δεν έχει εγκριθεί ακόμη.", "Not approved yet."))),
    }
}

/// How a customer said yes, in words.
#[must_use]
pub const fn way_words(way: ApprovalWay) -> Words {
    match way {
        ApprovalWay::InPerson => Words("Επί τόπου", "In person"),
        ApprovalWay::Phone => Words("Τηλεφωνικά", "By telephone"),
        ApprovalWay::Message => Words("Γραπτά", "In writing"),
    }
}

/// A vehicle that came for the service it was told of.
fn is_due(paper: &mut Layout, due: &NextService) {
    paper.rule();
    paper.bold(paper.say(Words("ΗΡΘΕ Η ΩΡΑ ΤΟΥ ΣΕΡΒΙΣ", "ITS SERVICE IS DUE")));
    when(paper, due);
}

/// What is otherwise than on the estimate the customer agreed to, or had before.
fn changed(paper: &mut Layout, before: &Estimate, estimate: &Estimate) {
    let changes = changes(&before.sale, &estimate.sale);
    if changes.is_empty() {
        return;
    }
    paper.rule();
    let words = paper.say(Words("Αλλαγές από την προσφορά", "Changed since estimate"));
    paper.bold(&format!("{words} {}", before.version));
    let language = paper.language();
    let name = |line: &Line| line.name.get(language).as_str().to_owned();
    for change in &changes {
        match change {
            Change::Added(line) => paper.row(&format!("+ {}", name(line)), &line.amount().with_comma()),
            Change::Removed(line) => {
                paper.row(&format!("- {}", name(line)), &(-line.amount()).with_comma());
            }
            Change::Changed { before, after } => {
                let difference = after.amount() - before.amount();
                paper.row(&format!("* {}", name(after)), &difference.with_comma());
            }
            Change::Discount { before, after } => {
                let words = paper.say(Words("* Έκπτωση", "* Discount"));
                paper.row(words, &(*before - *after).with_comma());
            }
        }
    }
}

fn next_service(paper: &mut Layout, work: &WorkOrder) {
    let Some(next) = &work.next_service else { return };
    paper.rule();
    paper.bold(paper.say(Words("Επόμενο σέρβις", "Next service")));
    when(paper, next);
}

/// What for, on which day, at which distance.
pub(super) fn when(paper: &mut Layout, next: &NextService) {
    if !next.what.is_empty() {
        paper.line(next.what.as_str());
    }
    if let Some(on) = next.on {
        paper.row(paper.say(Words("Ημερομηνία", "Date")), &on.strftime("%d/%m/%Y").to_string());
    }
    if let Some(km) = next.km {
        paper.row(paper.say(Words("Χιλιόμετρα", "Kilometres")), &km.to_string());
    }
}

fn signature(paper: &mut Layout, words: Words) {
    paper.line("");
    paper.line(&format!("{} ..................", paper.say(words)));
}
