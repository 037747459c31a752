//! Printing, copies and trouble. A paper that may have come out in part is never sent again by itself.

use super::{Decided, Draft};
use crate::app::effect::{Effect, Question};
use crate::app::refusal::Refusal;
use crate::domain::event::Event;
use crate::domain::ids::JobId;
use crate::domain::operator::OperatorId;
use crate::domain::paper::{JobState, Paper, PaperJob, PrintOutcome, PrinterTrouble};

/// A paper that comes by itself: one commit, then the printer.
pub(super) fn ask_for(draft: &mut Draft, paper: Paper) {
    print(draft, paper, None);
}

/// A paper somebody asked for: of a copy it is kept who was at the till.
fn print_for_somebody(draft: &mut Draft, paper: Paper) {
    let operator = draft.state.shift.as_ref().map(|shift| shift.at_the_till().clone());
    print(draft, paper, operator);
}

fn print(draft: &mut Draft, paper: Paper, operator: Option<OperatorId>) {
    let job = JobId(draft.ids.uuid());
    draft.event(Event::PaperAsked { job, paper: paper.clone(), operator });
    draft.effect(Effect::Print { job, paper });
}

/// A paper is wanted. While the same paper waits for a new roll, pressing print means Continue; a document that came
/// out whole is printed as a copy.
pub(super) fn wanted(draft: &mut Draft, paper: &Paper) -> Decided {
    let same = |job: &&PaperJob| match (job.paper.document(), paper.document()) {
        (Some(a), Some(b)) => a == b,
        // One of these is as good as another, whenever it was asked for.
        _ if paper.is_of_an_instant() => job.paper.word() == paper.word(),
        _ => job.paper.numbered(0) == paper.numbered(0),
    };
    if let Some(job) = draft.state.papers.values().find(same) {
        return match job.state {
            JobState::Waiting { .. } => carry_on(draft, job.id),
            JobState::Printing | JobState::Asking | JobState::Done { .. } => Ok(()),
        };
    }
    match paper {
        Paper::WorkOrder { .. }
        | Paper::HandOver { .. }
        | Paper::VehicleReturn { .. }
        | Paper::DepositReturn { .. } => ask_for(draft, paper.clone()),
        Paper::Inside { .. } => ask_for(draft, Paper::Inside { at: draft.at }),
        Paper::DueVehicles { .. } => ask_for(draft, Paper::DueVehicles { at: draft.at }),
        Paper::MerchantAccount { merchant, month, .. } => {
            let (merchant, month) = (*merchant, *month);
            ask_for(draft, Paper::MerchantAccount { merchant, month, at: draft.at });
        }
        Paper::Test { .. } => ask_for(draft, Paper::Test { at: draft.at }),
        Paper::Sample { kind, text, .. } => {
            ask_for(draft, Paper::Sample { kind: *kind, text: text.clone(), at: draft.at });
        }
        Paper::GreekPages { .. } => ask_for(draft, Paper::GreekPages { at: draft.at }),
        Paper::ShiftReport { shift, .. } => {
            ask_for(draft, Paper::ShiftReport { shift: *shift, at: draft.at });
        }
        Paper::Ticket { .. }
        | Paper::Intake { .. }
        | Paper::Estimate { .. }
        | Paper::Movement { .. }
        | Paper::Vouchers { .. }
        | Paper::Deposit { .. }
        | Paper::Pack { .. }
        | Paper::PackUse { .. }
        | Paper::Slip { .. }
        | Paper::Receipt { .. }
        | Paper::Void { .. }
        | Paper::DayClose { .. }
        | Paper::Copy { .. } => draft.ask(Question::Copies { paper: paper.numbered(0) }),
    }
    Ok(())
}

/// How many whole prints exist is known: none yet means the original, whatever was tried before.
pub(super) fn copies_read(draft: &mut Draft, paper: &Paper, complete: u32) -> Decided {
    print_for_somebody(draft, paper.numbered(complete));
    Ok(())
}

/// The trouble is gone: the whole paper from the top, with the same number and no word of a copy.
pub(super) fn carry_on(draft: &mut Draft, id: JobId) -> Decided {
    let job = waiting(draft, id)?;
    let paper = job.paper.clone();
    draft.event(Event::PaperRetried { job: id });
    draft.effect(Effect::Print { job: id, paper });
    Ok(())
}

/// A person looked. What is not whole waits for Continue.
pub(super) fn judge(draft: &mut Draft, id: JobId, complete: bool, operator: &OperatorId) -> Decided {
    let job = draft.state.papers.get(&id).filter(|job| job.state == JobState::Asking);
    job.ok_or(Refusal::NoSuchPaper)?;
    if complete {
        draft.event(Event::PaperJudged { job: id, complete, operator: operator.clone() });
    } else {
        let trouble = PrinterTrouble::Gone;
        let outcome = PrintOutcome::Interrupted { trouble, line: None };
        draft.event(Event::PaperReported { job: id, outcome });
    }
    Ok(())
}

/// Given up: the facts are stored, the paper can be printed any time.
pub(super) fn give_up(draft: &mut Draft, id: JobId, operator: &OperatorId) -> Decided {
    draft.state.papers.get(&id).ok_or(Refusal::NoSuchPaper)?;
    draft.event(Event::PaperJudged { job: id, complete: false, operator: operator.clone() });
    Ok(())
}

/// The printer reported. A report for a job that is not printing any more changes nothing.
pub(super) fn reported(draft: &mut Draft, id: JobId, outcome: &PrintOutcome) -> Decided {
    if draft.state.papers.get(&id).is_some_and(|job| job.state == JobState::Printing) {
        draft.event(Event::PaperReported { job: id, outcome: outcome.clone() });
    }
    Ok(())
}

/// What was printing when the program died: nobody knows how far it got, so a person is asked.
pub(super) fn after_restart(draft: &mut Draft) {
    let printing = draft.state.papers.values().filter(|job| job.state == JobState::Printing);
    let lost: Vec<JobId> = printing.map(|job| job.id).collect();
    for job in lost {
        draft.event(Event::PaperReported { job, outcome: PrintOutcome::Unknown });
    }
}

fn waiting<'a>(draft: &Draft<'a>, id: JobId) -> Result<&'a PaperJob, Refusal> {
    draft
        .state
        .papers
        .get(&id)
        .filter(|job| matches!(job.state, JobState::Waiting { .. }))
        .ok_or(Refusal::NoSuchPaper)
}
