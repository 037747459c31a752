//! The papers of the drawer: how a shift stands (X), cash that moved without a sale, and the day close. None of them shows
//! the cashier what the drawer should hold before it was counted.

use super::layout::{Layout, Words, means_words};
use crate::domain::day::{Control, DayClose, ShiftLine};
use crate::domain::figures::Figures;
use crate::domain::money::Cents;
use crate::domain::operator::OperatorId;
use crate::domain::settings::Settings;
use crate::domain::shift::{Movement, MovementKind, Shift};
use crate::domain::time::Stamp;
use tameio_drivers::printer::Sheet;

/// How a shift stands at an instant: documents, VAT, tenders and counts. Changes nothing, and says so.
#[must_use]
pub fn report(settings: &Settings, shift: &Shift, at: Stamp, columns: usize) -> Sheet {
    let mut paper = head(settings, columns);
    paper.centre_bold(paper.say(Words("ΑΝΑΦΟΡΑ ΒΑΡΔΙΑΣ Χ", "SHIFT REPORT X")));
    paper.centre(paper.say(Words("δεν μηδενίζει τίποτα", "resets nothing")));
    paper.row(paper.say(Words("Ώρα", "Time")), &at.printed());
    paper.row(paper.say(Words("Ταμίας", "Cashier")), person(settings, &shift.operator));
    if let Some(relief) = &shift.relieved_by {
        paper.row(paper.say(Words("Αντικαταστάτης", "Relieved by")), person(settings, relief));
    }
    paper.row(paper.say(Words("Από", "Since")), &shift.opened.printed());
    figures(&mut paper, &shift.figures);
    paper.finish()
}

/// Cash that moved without a sale, for whoever signs for it.
#[must_use]
pub fn movement(settings: &Settings, movement: &Movement, columns: usize) -> Sheet {
    let mut paper = head(settings, columns);
    paper.centre_bold(paper.say(moved(movement.kind)));
    paper.row(paper.say(Words("Ώρα", "Time")), &movement.at.printed());
    paper.row(paper.say(Words("Ταμίας", "Cashier")), person(settings, &movement.operator));
    if movement.approved_by != movement.operator {
        paper.row(paper.say(Words("Εγκρίνει", "Approved by")), person(settings, &movement.approved_by));
    }
    if !movement.reason.is_empty() {
        paper.line(movement.reason.as_str());
    }
    paper.total(paper.say(Words("ΠΟΣΟ €", "AMOUNT €")), &movement.amount.with_comma());
    paper.line("");
    paper.line(paper.say(Words("Υπογραφή ..................", "Signature .................")));
    paper.finish()
}

/// A day close. A copy differs from its original by its mark alone.
#[must_use]
pub fn day_close(settings: &Settings, close: &DayClose, copy: u32, columns: usize) -> Sheet {
    let mut paper = head(settings, columns);
    paper.copy_mark(copy);
    let title = paper.say(Words("ΚΛΕΙΣΙΜΟ ΗΜΕΡΑΣ", "DAY CLOSE"));
    paper.centre_bold(&format!("{title} {}", close.number));
    paper.centre(paper.say(Words("δεν είναι Ζ φορολογικού μηχανισμού", "not the Z of a fiscal machine")));
    if let Some(began) = close.day.began {
        paper.row(paper.say(Words("Από", "From")), &began.printed());
    }
    paper.row(paper.say(Words("Έως", "To")), &close.at.printed());
    paper.row(paper.say(Words("Έκλεισε", "Closed by")), person(settings, &close.operator));
    if let Some(z) = &close.machine_z {
        paper.row(paper.say(Words("Ζ φορολογικού μηχανισμού", "Z of the fiscal machine")), z.as_str());
    }
    figures(&mut paper, &close.figures);
    for shift in &close.shifts {
        counted(&mut paper, settings, shift);
    }
    day(&mut paper, close);
    for (operator, control) in close.day.people.iter().filter(|(_, control)| !control.is_empty()) {
        of_person(&mut paper, person(settings, operator), control);
    }
    paper.rule();
    paper.line(paper.say(Words("Σφραγίδα ημερολογίου", "Seal of the journal")));
    let seal = format!("{} {} {}", settings.terminal, close.seal.seq, close.seal.hash);
    paper.line(&seal);
    paper.qr(&seal);
    paper.finish()
}

fn head(settings: &Settings, columns: usize) -> Layout {
    let mut paper = Layout::new(settings, columns);
    paper.shop(settings);
    paper.row(paper.say(Words("ΑΦΜ", "Tax number")), &settings.business.afm);
    paper.row(paper.say(Words("Ταμείο", "Terminal")), &settings.terminal.to_string());
    paper.rule();
    paper
}

pub(super) fn person<'a>(settings: &'a Settings, id: &'a OperatorId) -> &'a str {
    settings.operator(id).map_or(id.0.as_str(), |person| person.name.as_str())
}

fn figures(paper: &mut Layout, figures: &Figures) {
    let money = |paper: &mut Layout, words: Words, amount: Cents| {
        paper.row(paper.say(words), &amount.with_comma());
    };
    let count = |paper: &mut Layout, words: Words, number: u32| {
        paper.row(paper.say(words), &number.to_string());
    };
    paper.rule();
    count(paper, Words("Αποδείξεις", "Receipts"), figures.retail);
    count(paper, Words("Τιμολόγια", "Invoices"), figures.invoices);
    if figures.retail_credits + figures.invoice_credits > 0 {
        count(paper, Words("Πιστωτικά λιανικής", "Retail credits"), figures.retail_credits);
        count(paper, Words("Πιστωτικά τιμολόγια", "Credit notes"), figures.invoice_credits);
        money(paper, Words("Πωλήσεις", "Sales"), figures.sales());
        money(paper, Words("Επιστροφές", "Refunds"), -figures.refunded);
    }
    paper.total(paper.say(Words("ΣΥΝΟΛΟ €", "TOTAL €")), &figures.gross.with_comma());
    money(paper, Words("Καθαρή αξία", "Net"), figures.net);
    money(paper, Words("ΦΠΑ", "VAT"), figures.vat);
    for row in &figures.rates {
        let amounts = [row.net, row.vat, row.gross].map(|amount| amount.with_comma());
        paper.table_row(&row.rate.printed(), amounts.each_ref().map(String::as_str));
    }
    paper.rule();
    money(paper, Words("Μετρητά", "Cash"), figures.cash);
    money(paper, Words("Κάρτα", "Card"), figures.card);
    for (means, amount) in &figures.others {
        money(paper, means_words(*means), *amount);
    }
    for (means, amount) in &figures.deposits.taken {
        let words = paper.say(Words("Προκαταβολές (εκτός εσόδων)", "Deposits (apart from revenue)"));
        paper.row(&format!("{words} · {}", paper.say(means_words(*means))), &amount.with_comma());
    }
    for (means, amount) in &figures.deposits.returned {
        let words = paper.say(Words("Προκαταβολές που επιστράφηκαν", "Deposits given back"));
        paper.row(&format!("{words} · {}", paper.say(means_words(*means))), &(-*amount).with_comma());
    }
    money(paper, Words("Φιλοδωρήματα (εκτός εσόδων)", "Tips (apart from revenue)"), figures.tips);
    money(paper, Words("Εκπτώσεις", "Discounts"), figures.discounts);
    if figures.voids > 0 {
        count(paper, Words("Άκυρες πληρωμές", "Void payments"), figures.voids);
        money(paper, Words("… και το ποσό τους", "… and their sum"), figures.voided);
    }
    count(paper, Words("Χωρίς παραστατικό", "Without a document"), figures.no_document);
    count(paper, Words("Ανοίγματα χωρίς πώληση", "Openings without a sale"), figures.no_sale);
}

/// One shift of the day with its drawer and its count.
fn counted(paper: &mut Layout, settings: &Settings, shift: &ShiftLine) {
    paper.rule();
    let name = person(settings, &shift.operator);
    paper.bold(&format!("{} {name}", paper.say(Words("Βάρδια", "Shift"))));
    paper.row(paper.say(Words("Από", "From")), &shift.opened.printed());
    if shift.forced {
        paper.line(
            paper.say(Words("έκλεισε αναγκαστικά: είχε ξεχαστεί", "ended by force: it had been forgotten")),
        );
    }
    paper.row(paper.say(Words("Αρχικά μετρητά", "Float")), &shift.float.with_comma());
    let sold = shift.cash + shift.refunded;
    paper.row(paper.say(Words("Από πωλήσεις", "From sales")), &sold.with_comma());
    if shift.deposits != Cents::ZERO {
        paper.row(paper.say(Words("Από προκαταβολές", "From deposits")), &shift.deposits.with_comma());
    }
    if !shift.refunded.is_zero() {
        let back = -shift.refunded;
        paper.row(paper.say(Words("Επιστροφές σε πελάτες", "Given back")), &back.with_comma());
    }
    for (kind, amount) in &shift.moved {
        let signed = if kind.is_out() { -*amount } else { *amount };
        paper.row(paper.say(moved(*kind)), &signed.with_comma());
    }
    paper.row(paper.say(Words("Αναμενόμενα", "Expected")), &shift.closing.expected.with_comma());
    paper.row(paper.say(Words("Μετρήθηκαν", "Counted")), &shift.closing.counted.with_comma());
    paper.row(paper.say(Words("Διαφορά", "Difference")), &shift.closing.variance().with_comma());
    if let Some(explained) = &shift.closing.explained {
        paper.line(explained.reason.as_str());
        paper.row(paper.say(Words("Εγκρίνει", "Approved by")), person(settings, &explained.approved_by));
    }
}

fn day(paper: &mut Layout, close: &DayClose) {
    paper.rule();
    let rows = [
        (Words("Οχήματα που ήρθαν", "Vehicles that came"), u64::from(close.day.arrived)),
        (Words("Οχήματα που έφυγαν", "Vehicles that left"), close.day.left.into()),
        (Words("Ακυρώσεις επισκέψεων", "Cancelled visits"), close.day.cancelled.into()),
        (Words("Διορθώσεις πινακίδας", "Corrected plates"), close.day.corrected.into()),
        (Words("Μέσα στο κλείσιμο", "Inside at the close"), close.inside.into()),
        (Words("Αντίγραφα", "Copies"), close.day.copies.into()),
        (Words("Ανοίγματα που δεν ζητήθηκαν", "Openings nobody asked for"), close.day.unasked.into()),
        (Words("Αλλαγές ρολογιού", "Clock jumps"), close.day.clock_steps.into()),
        (Words("Δελτία που δεν ίσχυαν", "Tickets that were not valid"), close.day.tickets_refused.into()),
        (Words("Κουπόνια που δεν ίσχυαν", "Vouchers that were not valid"), close.day.vouchers_refused.into()),
        (Words("Έξοδοι χωρίς είσοδο", "Exits without an entry"), close.day.found.into()),
        (Words("Αφίξεις χωρίς φωτογραφία", "Arrivals without a photo"), close.day.unphotographed().into()),
        (Words("Δύο επισκέψεις, μία πινακίδα", "Two visits of one plate"), close.day.doubled.into()),
        (Words("Έξοδοι που δεν φάνηκαν", "Exits nobody saw"), close.day.exits_missed.into()),
        (
            Words("Συνδρομητές εκτός θέσεων ή διάρκειας", "Subscribers beyond places or period"),
            close.day.not_covered.into(),
        ),
        (Words("Χωρίς αριθμό ΑΑΔΕ", "Without AADE's number"), close.unnamed.into()),
        (Words("Πελατολόγιο: περιμένουν", "Registry: waiting"), close.registry.waiting),
        (Words("Πελατολόγιο: άγνωστα", "Registry: unknown"), close.registry.unknown),
        (Words("Πελατολόγιο: απορρίφθηκαν", "Registry: refused"), close.registry.refused),
        (Words("Πελατολόγιο: διαφορές", "Registry: differences"), close.registry.differing.into()),
    ];
    for (words, number) in rows {
        paper.row(paper.say(words), &number.to_string());
    }
    if close.owing > 0 {
        paper.row(
            paper.say(Words("Έφυγαν με οφειλή, ως τώρα", "Left owing, up to now")),
            &close.owing.to_string(),
        );
        paper.row(paper.say(Words("Οφείλονται", "They owe")), &close.owed.with_comma());
    }
    if close.deposits_held != Cents::ZERO {
        let held = close.deposits_held.with_comma();
        paper.row(paper.say(Words("Προκαταβολές που κρατούνται", "Deposits held")), &held);
    }
}

/// What one person did that an owner wants to see; only what happened.
fn of_person(paper: &mut Layout, name: &str, control: &Control) {
    paper.rule();
    paper.bold(name);
    let rows = [
        (Words("Χωρίς παραστατικό", "Without a document"), control.no_document),
        (Words("Άκυρες πληρωμές", "Void payments"), control.voids),
        (Words("Επιστροφές", "Refunds"), control.refunds),
        (Words("Ξανατυπώματα", "Papers printed again"), control.reprints),
        (Words("Συρτάρι χωρίς πώληση", "Drawer without a sale"), control.no_sale),
        (Words("Μπάρα με το χέρι", "Barrier by hand"), control.barrier),
        (Words("Ακυρώσεις", "Cancelled"), control.cancelled),
        (Words("Διορθώσεις πινακίδας", "Corrected plates"), control.corrected),
        (Words("Εκτυπώσεις που εγκαταλείφθηκαν", "Papers given up"), control.papers_dropped),
        (Words("Επιστροφές προκαταβολής", "Deposits given back"), control.deposits_returned),
        (Words("Χωρίς δικαίωμα", "Without the right"), control.refused),
        (Words("Ακυρώσεις παραγγελιών", "Orders cancelled"), control.orders_cancelled),
        (Words("Ζυγίσεις χειροκίνητα", "Weights typed by hand"), control.weights_typed),
        (Words("Λάθος PIN", "Wrong PINs"), control.wrong_pins),
        (Words("Χαμένα δελτία", "Lost tickets"), control.lost_tickets),
        (Words("Διορθωμένες ώρες στάθμευσης", "Edited parking times"), control.edited_times),
        (Words("Τιμές στάθμευσης με απόφαση", "Parking prices by decision"), control.edited_prices),
        (Words("Αλλαγές τιμολογίου", "Changes of the tariff"), control.tariff_changes),
        (Words("Έξοδοι με οφειλή", "Let go owing"), control.released),
        (Words("Εκπτώσεις καταστημάτων με το χέρι", "Shops' discounts by hand"), control.validated),
        (Words("Εκπτώσεις που αφαιρέθηκαν", "Shops' discounts taken back"), control.validations_taken),
        (Words("Καταστήματα και κουπόνια", "Shops and vouchers"), control.merchants),
    ];
    for (words, number) in rows.into_iter().filter(|(_, number)| *number > 0) {
        paper.row(paper.say(words), &number.to_string());
    }
    if !control.refunded.is_zero() {
        paper.row(paper.say(Words("Επιστράφηκαν €", "Given back €")), &control.refunded.with_comma());
    }
}

/// What a movement of cash is called.
pub const fn moved(kind: MovementKind) -> Words {
    match kind {
        MovementKind::PaidIn => Words("ΕΙΣΠΡΑΞΗ ΧΩΡΙΣ ΠΩΛΗΣΗ", "PAID IN"),
        MovementKind::PaidOut => Words("ΠΛΗΡΩΜΗ ΑΠΟ ΤΟ ΤΑΜΕΙΟ", "PAID OUT"),
        MovementKind::SafeDrop => Words("ΣΤΟ ΧΡΗΜΑΤΟΚΙΒΩΤΙΟ", "TO THE SAFE"),
        MovementKind::FloatIn => Words("ΨΙΛΑ ΑΠΟ ΤΟ ΧΡΗΜΑΤΟΚΙΒΩΤΙΟ", "CHANGE FROM THE SAFE"),
        MovementKind::TipPayout => Words("ΦΙΛΟΔΩΡΗΜΑΤΑ ΣΤΟ ΠΡΟΣΩΠΙΚΟ", "TIPS TO THE PEOPLE"),
    }
}
