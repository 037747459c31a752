//! A signature on a paper: as it was drawn, with whose it is and the beginning of the fingerprint of what it is under.

use super::layout::{Layout, Words};
use crate::domain::signature::{Answer, Matter, Signing, draw, height_of};
use crate::domain::visit::Visit;
use tameio_drivers::printer::{Bitmap, Item};

/// Width of a drawn signature in dots: it fits the narrowest roll.
const DOTS: usize = 360;
/// Width of the pen in dots.
const PEN: usize = 3;
/// So much of a fingerprint is printed that nobody finds another text for it by hand.
const PRINTED: usize = 16;

/// What was signed on the glass under a paper as it stands now, or the line to sign on.
pub(super) fn signature(paper: &mut Layout, visit: &Visit, matter: Matter, line: Words) {
    match visit.signing(matter) {
        Some(signing) => given(paper, signing),
        None => {
            if visit.is_signed_before_a_change(matter) {
                paper.line(paper.say(Words(
                    "Είχε υπογραφεί πριν από την τελευταία διόρθωση.",
                    "It was signed before it was last put right.",
                )));
            }
            paper.line("");
            paper.line(&format!("{} ..................", paper.say(line)));
        }
    }
}

fn given(paper: &mut Layout, signing: &Signing) {
    match &signing.answer {
        Answer::Signed { name, strokes } => {
            paper.line(paper.say(Words("Υπέγραψε στην οθόνη", "Signed on the screen")));
            let mut drawn = Bitmap::white(DOTS, height_of(DOTS));
            draw(strokes, DOTS, PEN, |x, y| drawn.set(x, y, true));
            paper.push(Item::Picture(drawn));
            paper.row(name.as_str(), &signing.at.printed());
        }
        Answer::Declined { reason } => {
            paper.row(paper.say(Words("Δεν υπέγραψε", "Did not sign")), &signing.at.printed());
            paper.line(reason.as_str());
        }
    }
    let printed: String = signing.sha256.chars().take(PRINTED).collect();
    paper.row("SHA-256", &printed);
}
