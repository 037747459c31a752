//! Every step in every state of an order.

use tameio::domain::order::{OrderState, OrderStep, OrderStepRefused};
use tameio::domain::text::Text;

fn states() -> [OrderState; 5] {
    let at = crate::world::at("10:00");
    [
        OrderState::Open,
        OrderState::Waiting,
        OrderState::Ready,
        OrderState::Done { at },
        OrderState::Cancelled { reason: Text::new("πίσω") },
    ]
}

#[test]
fn every_step_in_every_state() {
    use OrderStepRefused::{NotTakenIn, Over, Ready, TakenIn};
    let at = crate::world::at("11:00");
    let reason = Text::new("το πήρε");
    let (done, cancelled) = (OrderState::Done { at }, OrderState::Cancelled { reason: reason.clone() });
    let steps = [OrderStep::TakeIn, OrderStep::Finish, OrderStep::Complete(at), OrderStep::Cancel(reason)];
    let over = || [Err(Over), Err(Over), Err(Over), Err(Over)];
    let expected = [
        [Ok(OrderState::Waiting), Err(NotTakenIn), Ok(done.clone()), Ok(cancelled.clone())],
        [Err(TakenIn), Ok(OrderState::Ready), Ok(done.clone()), Ok(cancelled.clone())],
        [Err(TakenIn), Err(Ready), Ok(done), Ok(cancelled)],
        over(),
        over(),
    ];
    for (state, row) in states().iter().zip(expected) {
        for (step, wanted) in steps.iter().zip(row) {
            assert_eq!(state.after(step.clone()), wanted, "{step:?} in {state:?}");
        }
    }
}
