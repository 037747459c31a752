//! What stands inside now, for whoever asks at the door: plate, arrival and the registry's number of each entry. Where
//! there is none yet the paper says why.

use super::layout::{Layout, Words};
use super::slip::not_a_receipt;
use crate::domain::entry::NoNumber;
use crate::domain::settings::Settings;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use tameio_drivers::printer::Sheet;

/// The list at an instant: oldest arrival first.
#[must_use]
pub fn inside(settings: &Settings, visits: &[Visit], at: Stamp, columns: usize) -> Sheet {
    let mut paper = Layout::new(settings, columns);
    paper.shop(settings);
    paper.row(paper.say(Words("ΑΦΜ", "Tax number")), &settings.business.afm);
    paper.rule();
    paper.centre_bold(paper.say(Words("ΟΧΗΜΑΤΑ ΜΕΣΑ ΤΩΡΑ", "VEHICLES INSIDE NOW")));
    paper.centre(paper.say(Words("Ψηφιακό Πελατολόγιο ΑΑΔΕ", "AADE Digital Clientele")));
    paper.row(paper.say(Words("Ώρα", "Time")), &at.printed());
    paper.row(paper.say(Words("Οχήματα", "Vehicles")), &visits.len().to_string());
    for visit in visits {
        paper.rule();
        paper.bold(&visit.plate.display());
        paper.row(paper.say(Words("Είσοδος", "Arrival")), &visit.arrived.printed());
        let number = visit.entry.id.map(|id| id.to_string());
        let without = visit.entry.no_number().map(|none| paper.say(why(none)).to_owned());
        paper.row("idDcl", &number.or(without).unwrap_or_default());
        paper.row(paper.say(Words("Αριθμός", "Number")), &visit.reference.to_string());
    }
    paper.rule();
    not_a_receipt(&mut paper);
    paper.finish()
}

const fn why(why: NoNumber) -> Words {
    match why {
        NoNumber::Rejected => Words("η ΑΑΔΕ δεν το δέχτηκε", "refused by AADE"),
        NoNumber::Unknown => Words("ζητείται στην ΑΑΔΕ", "being looked up at AADE"),
        NoNumber::Waiting => Words("περιμένει σύνδεση", "waiting for the line"),
        NoNumber::Sending => Words("στέλνεται", "being sent"),
    }
}
