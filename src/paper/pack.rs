//! The slips of a pack: what was bought and how it may be used, and what is left after a wash. Neither is a receipt: that
//! was issued when the pack was sold.

use super::layout::{Layout, Words};
use super::slip::not_a_receipt;
use super::till::person;
use crate::domain::pack::{Pack, PackUse};
use crate::domain::settings::Settings;
use crate::domain::text::Language;
use jiff::civil;
use tameio_drivers::printer::Sheet;

/// What the customer holds as long as the pack is good; `copy` is 0 for the original.
#[must_use]
pub fn sold(settings: &Settings, pack: &Pack, copy: u32, columns: usize) -> Sheet {
    let mut paper = head(settings, pack, Words("ΚΑΡΤΑ ΠΑΚΕΤΟΥ", "PACK CARD"), copy, columns);
    paper.row(paper.say(Words("Πωλήθηκε", "Sold")), &pack.sold.printed());
    paper.row(paper.say(Words("Ταμίας", "Cashier")), person(settings, &pack.operator));
    if !pack.holder.is_empty() {
        paper.row(paper.say(Words("Κάτοχος", "Holder")), pack.holder.as_str());
    }
    for vehicle in &pack.vehicles {
        paper.row(paper.say(Words("Όχημα", "Vehicle")), &vehicle.plate.display());
    }
    let (from, to) = (date(pack.period.from), date(pack.period.to));
    paper.row(paper.say(Words("Ισχύει", "Good")), &format!("{from} - {to}"));
    if let Some(most) = pack.offer.per_day {
        paper.row(paper.say(Words("Ανά όχημα και ημέρα", "Per vehicle and day")), &most.to_string());
    }
    balance(&mut paper, pack, pack.uses.len());
    paper.rule();
    paper.centre(paper.say(Words(
        "Η απόδειξη εκδόθηκε με την αγορά. Φυλάξτε την κάρτα.",
        "The receipt was issued at the purchase. Keep this card.",
    )));
    not_a_receipt(&mut paper);
    paper.finish()
}

/// What is left after one wash; `nth` of them, from 0.
#[must_use]
pub fn used(settings: &Settings, pack: &Pack, nth: usize, columns: usize) -> Sheet {
    let mut paper = head(settings, pack, Words("ΧΡΗΣΗ ΠΑΚΕΤΟΥ", "PACK USED"), 0, columns);
    if let Some(PackUse { reference, plate, at, operator, difference, .. }) = pack.uses.get(nth) {
        paper.row(paper.say(Words("Επίσκεψη", "Visit")), &reference.to_string());
        paper.row(paper.say(Words("Όχημα", "Vehicle")), &plate.display());
        paper.row(paper.say(Words("Ημερομηνία", "Date")), &at.printed());
        paper.row(paper.say(Words("Ταμίας", "Cashier")), person(settings, operator));
        if !difference.is_zero() {
            let words = Words("Πληρώνεται επιπλέον €", "To be paid on top €");
            paper.row(paper.say(words), &difference.with_comma());
        }
    }
    paper.row(paper.say(Words("Ισχύει έως", "Good until")), &date(pack.period.to));
    balance(&mut paper, pack, nth + 1);
    not_a_receipt(&mut paper);
    paper.finish()
}

fn head(settings: &Settings, pack: &Pack, title: Words, copy: u32, columns: usize) -> Layout {
    let mut paper = Layout::new(settings, columns);
    paper.shop(settings);
    paper.rule();
    let title = paper.say(title);
    paper.centre_bold(&format!("{title} {}", pack.number));
    paper.copy_mark(copy);
    let name = match settings.language {
        Language::El => &pack.offer.name.el,
        Language::En => &pack.offer.name.en,
    };
    paper.line(name.as_str());
    paper
}

/// What is left once so many washes were taken.
fn balance(paper: &mut Layout, pack: &Pack, used: usize) {
    match pack.offer.washes {
        Some(washes) => {
            let left = washes.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX));
            let words = paper.say(Words("ΥΠΟΛΟΙΠΟ ΠΛΥΣΙΜΑΤΩΝ", "WASHES LEFT"));
            paper.total(words, &left.to_string());
        }
        None => paper.centre(paper.say(Words("Χωρίς όριο πλυσιμάτων", "No limit of washes"))),
    }
}

fn date(day: civil::Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}
