//! The slips of a deposit: taken, and given back. Money on account is no revenue, so neither looks like a receipt.

use super::layout::{Layout, Words, means_words};
use super::slip::not_a_receipt;
use super::till::person;
use crate::domain::deposit::{Deposit, Return};
use crate::domain::settings::Settings;
use tameio_drivers::printer::Sheet;

/// What the customer holds until the deposit is set off or given back; `copy` is 0 for the original.
#[must_use]
pub fn taken(settings: &Settings, deposit: &Deposit, copy: u32, columns: usize) -> Sheet {
    let title = Words("ΣΗΜΕΙΩΜΑ ΠΡΟΚΑΤΑΒΟΛΗΣ", "DEPOSIT NOTE");
    let mut paper = head(settings, deposit, title, copy, columns);
    paper.row(paper.say(Words("Ημερομηνία", "Date")), &deposit.taken.printed());
    paper.row(paper.say(Words("Ταμίας", "Cashier")), person(settings, &deposit.operator));
    paper.total(paper.say(Words("ΕΛΗΦΘΗ ΕΝΑΝΤΙ €", "TAKEN ON ACCOUNT €")), &deposit.amount.with_comma());
    paper.payment(&deposit.payment);
    paper.rule();
    paper.centre(paper.say(Words(
        "Συμψηφίζεται στην πληρωμή ή επιστρέφεται. Φυλάξτε το.",
        "It is set off when you pay, or given back. Keep this note.",
    )));
    not_a_receipt(&mut paper);
    paper.finish()
}

/// What the customer signs when the deposit is given back, whole or in part.
#[must_use]
pub fn returned(settings: &Settings, deposit: &Deposit, returned: &Return, columns: usize) -> Sheet {
    let title = Words("ΕΠΙΣΤΡΟΦΗ ΠΡΟΚΑΤΑΒΟΛΗΣ", "DEPOSIT GIVEN BACK");
    let mut paper = head(settings, deposit, title, 0, columns);
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

fn head(settings: &Settings, deposit: &Deposit, title: Words, copy: u32, columns: usize) -> Layout {
    let mut paper = Layout::new(settings, columns);
    paper.shop(settings);
    paper.rule();
    let title = paper.say(title);
    paper.centre_bold(&format!("{title} {}", deposit.number));
    paper.copy_mark(copy);
    paper.row(paper.say(Words("Επίσκεψη", "Visit")), &deposit.reference.to_string());
    paper.row(paper.say(Words("Όχημα", "Vehicle")), &deposit.plate.display());
    paper
}
