//! Connectionist temporal classification: the loss of a row of answers that are not tied to places.

use tameio_drivers::plate_reader::alphabet::{BLANK, CLASSES};

fn add(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

/// Turns answers into logarithms of probabilities, step by step.
pub fn log_softmax(answers: &[f32]) -> Vec<f32> {
    let mut out = answers.to_vec();
    for step in out.chunks_exact_mut(CLASSES) {
        let most = step.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum = step.iter().map(|value| (value - most).exp()).sum::<f32>().ln() + most;
        step.iter_mut().for_each(|value| *value -= sum);
    }
    out
}

/// Minus the logarithm of the probability of `target`, and its gradient by the answers.
pub fn loss(answers: &[f32], target: &[usize]) -> (f32, Vec<f32>) {
    let logs = log_softmax(answers);
    let steps = logs.len() / CLASSES;
    let states = 2 * target.len() + 1;
    let symbol = |state: usize| if state % 2 == 0 { BLANK } else { target[state / 2] };
    let skips = |state: usize| state >= 2 && state % 2 == 1 && symbol(state) != symbol(state - 2);
    let mut ahead = vec![f32::NEG_INFINITY; steps * states];
    ahead[0] = logs[BLANK];
    ahead[1] = logs[symbol(1)];
    for step in 1..steps {
        for state in 0..states {
            let before = &ahead[(step - 1) * states..step * states];
            let mut sum = before[state];
            if state >= 1 {
                sum = add(sum, before[state - 1]);
            }
            if skips(state) {
                sum = add(sum, before[state - 2]);
            }
            ahead[step * states + state] = sum + logs[step * CLASSES + symbol(state)];
        }
    }
    let mut behind = vec![f32::NEG_INFINITY; steps * states];
    behind[(steps - 1) * states + states - 1] = 0.0;
    behind[(steps - 1) * states + states - 2] = 0.0;
    for step in (0..steps - 1).rev() {
        for state in 0..states {
            let after =
                |to: usize| behind[(step + 1) * states + to] + logs[(step + 1) * CLASSES + symbol(to)];
            let mut sum = after(state);
            if state + 1 < states {
                sum = add(sum, after(state + 1));
            }
            if state + 2 < states && skips(state + 2) {
                sum = add(sum, after(state + 2));
            }
            behind[step * states + state] = sum;
        }
    }
    let last = (steps - 1) * states;
    let total = add(ahead[last + states - 1], ahead[last + states - 2]);
    let mut gradient: Vec<f32> = logs.iter().map(|log| log.exp()).collect();
    if !total.is_finite() {
        gradient.fill(0.0);
        return (0.0, gradient);
    }
    for step in 0..steps {
        for state in 0..states {
            let share = ahead[step * states + state] + behind[step * states + state] - total;
            gradient[step * CLASSES + symbol(state)] -= share.exp();
        }
    }
    (-total, gradient)
}

/// The likeliest character of each step, without blanks and repeats.
pub fn greedy(answers: &[f32]) -> Vec<usize> {
    let mut out = Vec::new();
    let mut before = BLANK;
    for step in answers.chunks_exact(CLASSES) {
        let best = (0..CLASSES).max_by(|a, b| step[*a].total_cmp(&step[*b])).unwrap_or(BLANK);
        if best != before && best != BLANK {
            out.push(best);
        }
        before = best;
    }
    out
}
