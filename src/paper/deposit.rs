//! The slips of a deposit: taken, and given back. Money on account is no revenue, so neither looks like a receipt.

use super::layout::{Layout, Words, means_words};
use super::slip::not_a_receipt;
use super::template::field::Known;
use super::template::press::{Part, Press, Wanted};
use super::till::person;
use crate::domain::deposit::{Deposit, Return};
use crate::domain::settings::Settings;
use crate::domain::template::TemplateKind;
use tameio_drivers::printer::Sheet;

/// What the customer holds until the deposit is set off or given back; `copy` is 0 for the original.
#[must_use]
pub fn taken(press: Press<'_>, deposit: &Deposit, copy: u32, columns: usize) -> Sheet {
    let known = Known {
        number: deposit.number.to_string(),
        total: Some(deposit.amount),
        operator: Some(deposit.operator.clone()),
        ..Known::new(deposit.taken, &deposit.reference).of(Some(&deposit.plate))
    };
    let wanted = Wanted { press, kind: TemplateKind::Deposit, columns, known };
    wanted.sheet(&parts(), &Taken { deposit, copy })
}

/// A deposit, and which copy of its note.
pub(super) struct Taken<'a> {
    deposit: &'a Deposit,
    copy: u32,
}

/// The parts of a deposit's note.
pub(super) fn parts<'a>() -> [Part<Taken<'a>>; 6] {
    [
        Part::lawful("shop", |paper, settings, _| paper.shop(settings)),
        Part::lawful("title", |paper, _, taken| {
            title(paper, taken.deposit, Words("ΣΗΜΕΙΩΜΑ ΠΡΟΚΑΤΑΒΟΛΗΣ", "DEPOSIT NOTE"), taken.copy);
        }),
        Part::lawful("particulars", |paper, settings, taken| {
            paper.row(paper.say(Words("Ημερομηνία", "Date")), &taken.deposit.taken.printed());
            paper.row(paper.say(Words("Ταμίας", "Cashier")), person(settings, &taken.deposit.operator));
        }),
        Part::lawful("total", |paper, _, taken| {
            let amount = taken.deposit.amount.with_comma();
            paper.total(paper.say(Words("ΕΛΗΦΘΗ ΕΝΑΝΤΙ €", "TAKEN ON ACCOUNT €")), &amount);
            paper.payment(&taken.deposit.payment);
        }),
        Part::free("keep", |paper, _, _| {
            paper.centre(paper.say(Words(
                "Συμψηφίζεται στην πληρωμή ή επιστρέφεται. Φυλάξτε το.",
                "It is set off when you pay, or given back. Keep this note.",
            )));
        }),
        Part::lawful("not-a-receipt", |paper, _, _| not_a_receipt(paper)),
    ]
}

/// What the customer signs when the deposit is given back, whole or in part.
#[must_use]
pub fn returned(settings: &Settings, deposit: &Deposit, returned: &Return, columns: usize) -> Sheet {
    let mut paper = Layout::new(settings, columns);
    paper.shop(settings);
    paper.rule();
    title(&mut paper, deposit, Words("ΕΠΙΣΤΡΟΦΗ ΠΡΟΚΑΤΑΒΟΛΗΣ", "DEPOSIT GIVEN BACK"), 0);
    paper.row(paper.say(Words("Ημερομηνία", "Date")), &returned.at.printed());
    paper.row(paper.say(Words("Ταμίας", "Cashier")), person(settings, &returned.operator));
    if returned.approved_by != returned.operator {
        paper.row(paper.say(Words("Εγκρίνει", "Approved by")), person(settings, &returned.approved_by));
    }
    if !returned.reason.is_empty() {
        paper.line(returned.reason.as_str());
    }
    paper.row(paper.say(Words("Είχε ληφθεί", "Had been taken")), &deposit.amount.with_comma());
    paper.total(paper.say(Words("ΕΠΙΣΤΡΕΦΕΤΑΙ €", "GIVEN BACK €")), &returned.amount.with_comma());
    paper.row(paper.say(means_words(returned.means)), &returned.amount.with_comma());
    paper.line("");
    paper.line(paper.say(Words("Υπογραφή ..................", "Signature .................")));
    not_a_receipt(&mut paper);
    paper.finish()
}

/// What the note is called, and what it is about.
fn title(paper: &mut Layout, deposit: &Deposit, title: Words, copy: u32) {
    let title = paper.say(title);
    paper.centre_bold(&format!("{title} {}", deposit.number));
    paper.copy_mark(copy);
    paper.row(paper.say(Words("Επίσκεψη", "Visit")), &deposit.reference.to_string());
    paper.row(paper.say(Words("Όχημα", "Vehicle")), &deposit.plate.display());
}
