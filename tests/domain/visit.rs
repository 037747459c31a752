//! Every step in every state of a visit, as a table to read.

use tameio::domain::document::DocumentKind;
use tameio::domain::ids::{DocumentId, VisitId};
use tameio::domain::money::Cents;
use tameio::domain::operator::OperatorId;
use tameio::domain::text::Text;
use tameio::domain::time::Stamp;
use tameio::domain::visit::{NoDocumentReason, Settlement, Step, StepRefused, VisitState};
use uuid::Uuid;

const STEPS: [&str; 10] =
    ["start", "finish", "pay", "free", "depart", "cancel", "replace", "reopen", "go_out", "come_in"];

/// What becomes of a state with each step, in the order of [`STEPS`]; `!` is a refusal.
const TABLE: [(&str, [&str; 10]); 9] = [
    (
        "open",
        [
            "in_service",
            "ready",
            "settled",
            "settled",
            "!NotSettled",
            "cancelled",
            "replaced",
            "!NotSettled",
            "!NotSettled",
            "!In",
        ],
    ),
    (
        "in_service",
        [
            "!AlreadyStarted",
            "ready",
            "settled",
            "settled",
            "!NotSettled",
            "cancelled",
            "replaced",
            "!NotSettled",
            "!NotSettled",
            "!In",
        ],
    ),
    (
        "ready",
        [
            "!AlreadyStarted",
            "!AlreadyDone",
            "settled",
            "settled",
            "!NotSettled",
            "cancelled",
            "replaced",
            "!NotSettled",
            "!NotSettled",
            "!In",
        ],
    ),
    (
        "paid",
        [
            "!AlreadyStarted",
            "!AlreadyDone",
            "!AlreadyPaid",
            "!AlreadyPaid",
            "closed",
            "!AlreadyPaid",
            "replaced",
            "ready",
            "away",
            "!In",
        ],
    ),
    (
        "free",
        [
            "!AlreadyStarted",
            "!AlreadyDone",
            "settled",
            "settled",
            "closed",
            "cancelled",
            "replaced",
            "!NotSettled",
            "away",
            "!In",
        ],
    ),
    ("away", ["!Out", "!Out", "!Out", "!Out", "closed", "!Out", "replaced", "!Out", "!Out", "settled"]),
    ("closed", ["!Over", "!Over", "!Over", "!Over", "!Over", "!Over", "replaced", "!Over", "!Over", "!Over"]),
    ("cancelled", ["!Over", "!Over", "!Over", "!Over", "!Over", "!Over", "!Over", "!Over", "!Over", "!Over"]),
    ("replaced", ["!Over", "!Over", "!Over", "!Over", "!Over", "!Over", "!Over", "!Over", "!Over", "!Over"]),
];

fn paid() -> Settlement {
    Settlement::Paid {
        document: DocumentId(Uuid::nil()),
        kind: DocumentKind::Retail,
        total: Cents(800),
        name: None,
    }
}

fn free() -> Settlement {
    Settlement::NoDocument {
        reason: NoDocumentReason::Free,
        note: Text::new("επανάληψη"),
        approved_by: OperatorId("chief".to_owned()),
        redo_of: None,
    }
}

fn departed() -> Stamp {
    Stamp::new("2026-03-14T10:00:00Z".parse().expect("an instant"))
}

fn state(name: &str) -> VisitState {
    match name {
        "open" => VisitState::Open,
        "in_service" => VisitState::InService,
        "ready" => VisitState::Ready,
        "paid" => VisitState::Settled { settlement: paid() },
        "free" => VisitState::Settled { settlement: free() },
        "away" => VisitState::Away { settlement: paid(), since: departed() },
        "closed" => VisitState::Closed { settlement: paid(), departed: departed() },
        "cancelled" => VisitState::Cancelled { reason: Text::new("έφυγε") },
        "replaced" => VisitState::Replaced { by: VisitId(Uuid::max()) },
        other => panic!("no state {other}"),
    }
}

fn step(name: &str) -> Step {
    match name {
        "start" => Step::Start,
        "finish" => Step::Finish,
        "pay" => Step::Settle(paid()),
        "free" => Step::Settle(free()),
        "depart" => Step::Depart(departed()),
        "cancel" => Step::Cancel(Text::new("έφυγε")),
        "replace" => Step::Replace(VisitId(Uuid::max())),
        "reopen" => Step::Reopen,
        "go_out" => Step::GoOut(departed()),
        "come_in" => Step::ComeIn,
        other => panic!("no step {other}"),
    }
}

fn outcome(after: &Result<VisitState, StepRefused>) -> String {
    match after {
        Ok(state) => state.code().to_owned(),
        Err(refused) => format!("!{refused:?}"),
    }
}

#[test]
fn every_step_in_every_state_does_what_the_table_says() {
    for (before, outcomes) in TABLE {
        for (name, expected) in STEPS.into_iter().zip(outcomes) {
            assert_eq!(outcome(&state(before).after(step(name))), expected, "{name} in {before}");
        }
    }
}

#[test]
fn a_visit_is_inside_until_it_is_over() {
    for (name, _) in TABLE {
        let inside = !matches!(name, "away" | "closed" | "cancelled" | "replaced");
        assert_eq!(state(name).is_inside(), inside, "{name}");
        assert_eq!(
            state(name).settlement().is_some(),
            matches!(name, "paid" | "free" | "away" | "closed"),
            "{name}"
        );
    }
}

#[test]
fn leaving_keeps_how_it_was_settled() {
    let closed = state("free").after(Step::Depart(departed())).expect("it may leave");
    assert_eq!(closed, VisitState::Closed { settlement: free(), departed: departed() });
}

#[test]
fn states_survive_being_stored() {
    for (name, _) in TABLE {
        let stored = serde_json::to_string(&state(name)).expect("it can be stored");
        assert_eq!(serde_json::from_str::<VisitState>(&stored).expect(&stored), state(name));
    }
}
