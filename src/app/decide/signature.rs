//! Somebody signs on the glass, or does not.

use super::{Decided, Draft, paper, work};
use crate::app::input::SignatureInput;
use crate::app::refusal::{Refusal, SignatureRefusal};
use crate::domain::event::Event;
use crate::domain::ids::VisitId;
use crate::domain::operator::OperatorId;
use crate::domain::paper::Paper;
use crate::domain::signature::{Answer, Matter, Signing, check};
use crate::domain::text::Text;
use crate::domain::visit::Visit;
use crate::domain::work::ApprovalWay;

pub(super) fn route(draft: &mut Draft, input: &SignatureInput) -> Decided {
    match input {
        SignatureInput::Sign { visit, matter, name, strokes, operator } => {
            let name = Text::new(name);
            if name.is_empty() {
                return Err(Refusal::NameMissing.into());
            }
            check(strokes).map_err(SignatureRefusal::NoSignature)?;
            let answer = Answer::Signed { name, strokes: strokes.clone() };
            answered(draft, *visit, *matter, answer, operator)
        }
        SignatureInput::Decline { visit, matter, reason, operator } => {
            let reason = Text::new(reason);
            if reason.is_empty() {
                return Err(Refusal::ReasonMissing.into());
            }
            answered(draft, *visit, *matter, Answer::Declined { reason }, operator)
        }
    }
}

/// What is signed is what stands there now: its fingerprint is taken here and nowhere else. A signature under an estimate is the
/// customer's yes to it.
fn answered(
    draft: &mut Draft,
    id: VisitId,
    matter: Matter,
    answer: Answer,
    operator: &OperatorId,
) -> Decided {
    let visit = draft.visit(id)?;
    let sha256 = visit.to_be_signed(matter).ok_or(SignatureRefusal::NothingToSign)?;
    if let Matter::Estimate { version } = matter {
        still_offered(visit, version)?;
    }
    let yes = match (&answer, matter) {
        (Answer::Signed { name, .. }, Matter::Estimate { version }) => Some((name.clone(), version)),
        _ => None,
    };
    let signing = Signing { matter, sha256, at: draft.at, operator: operator.clone(), answer };
    draft.event(Event::SignatureGiven { visit: id, signing: Box::new(signing) });
    if let Some((name, version)) = yes {
        work::approve(draft, id, version, name.as_str(), ApprovalWay::InPerson, operator)?;
    }
    paper::ask_for(
        draft,
        match matter {
            Matter::HandOver => Paper::HandOver { visit: id },
            Matter::Return => Paper::VehicleReturn { visit: id },
            Matter::Estimate { version } => Paper::Estimate { visit: id, version },
        },
    );
    Ok(())
}

/// Nobody signs an estimate that is not the last one, or one of other lines than are on the order.
fn still_offered(visit: &Visit, version: u32) -> Result<(), Refusal> {
    let last = visit.work.as_ref().and_then(|work| work.estimates.last());
    let same = last.is_some_and(|last| last.version == version && last.sale == visit.sale);
    if same { Ok(()) } else { Err(Refusal::EstimateChanged) }
}
