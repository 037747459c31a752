//! What stands inside now, for whoever asks at the door: plate, arrival and the registry's number of each entry. Where
//! there is none yet the paper says why.

use super::layout::{Layout, Words};
use super::slip::not_a_receipt;
use crate::domain::entry::{EntryStanding, MessageState};
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
        match visit.entry.id {
            Some(id) => paper.row("idDcl", &id.to_string()),
            None => paper.row("idDcl", paper.say(why_not_yet(visit))),
        }
        paper.row(paper.say(Words("Αριθμός", "Number")), &visit.reference.to_string());
    }
    paper.rule();
    not_a_receipt(&mut paper);
    paper.finish()
}

/// Why a visit has no entry yet.
fn why_not_yet(visit: &Visit) -> Words {
    let never_left = visit
        .entry
        .create
        .as_ref()
        .is_some_and(|create| create.state == MessageState::Queued && !create.tried);
    match visit.entry.standing() {
        EntryStanding::Rejected => Words("η ΑΑΔΕ δεν το δέχτηκε", "refused by AADE"),
        EntryStanding::Unknown => Words("ζητείται στην ΑΑΔΕ", "being looked up at AADE"),
        EntryStanding::Waiting if never_left => Words("περιμένει σύνδεση", "waiting for the line"),
        EntryStanding::Waiting | EntryStanding::Confirmed => Words("στέλνεται", "being sent"),
    }
}
