//! From what the reader sees at each step to the likeliest plates, with what is known of how plates are composed.
//!
//! The search keeps the best beginnings of a text, each with the forms it still fits, and adds the probabilities of all
//! ways to read it. A form makes a text likelier or less likely; it never forbids one, and nothing is put right afterwards:
//! an O that is seen well stays an O on a plate whose form wants a digit there.

use super::alphabet::{ALPHABET, BLANK, CLASSES};
use super::patterns::{PATTERNS, allows};

/// Longest text looked for.
pub const LENGTH_MAX: usize = 10;
/// Beginnings kept after each step.
const WIDTH: usize = 16;
/// Characters with less than this (a logarithm) are not looked at.
const FLOOR: f32 = -7.0;
/// How much of the forms' weight counts: all of it would make a Greek plate of many a foreign one.
const TRUST: f32 = 0.8;
/// Texts given at most.
const TEXTS_MAX: usize = 8;

/// A set of [`PATTERNS`], one bit each.
type Forms = u128;
const _: () = assert!(PATTERNS.len() <= 128, "a set of forms has 128 bits");

/// Which forms there are, prepared for the search.
#[derive(Clone, Debug)]
pub struct Grammar {
    /// For each place and character, the forms that allow it there.
    allowed: Vec<[Forms; ALPHABET.len()]>,
    /// For each length, the forms of that length.
    of_length: [Forms; LENGTH_MAX + 1],
    /// The logarithm of each form's share.
    share: Vec<f32>,
    /// Each share there is, the greatest first, with the forms that have it.
    shares: Vec<(f32, Forms)>,
}

/// A text that may be on the plate.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The text: Latin capitals, digits, and the Greek capitals without a Latin twin.
    pub text: String,
    /// The country whose form it has, when one is far likelier than all others.
    pub country: Option<&'static str>,
    /// Its probability among all that were considered.
    pub probability: f32,
    /// The logarithm of the probability that the reader alone gives it.
    pub seen: f32,
    /// The logarithm of the least probability that any look gives it: how far the looks agree.
    pub agreed: f32,
}

/// Probabilities of all ways to read a beginning: those that end in a blank, and the others.
#[derive(Clone, Copy)]
struct Ways {
    blank: f32,
    open: f32,
    forms: Forms,
}

const NONE: f32 = f32::NEG_INFINITY;

fn add(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == NONE { high } else { high + (low - high).exp().ln_1p() }
}

/// A beginning as a number: six bits for each character, after a leading one.
type Key = u64;

fn characters(key: Key) -> impl Iterator<Item = usize> {
    let length = length(key);
    (0..length).map(move |at| ((key >> (6 * (length - 1 - at))) & 63) as usize)
}

fn length(key: Key) -> usize {
    (key.ilog2() / 6) as usize
}

impl Default for Grammar {
    fn default() -> Self {
        let total: f32 = PATTERNS.iter().map(|pattern| pattern.weight).sum();
        let mut allowed = vec![[0; ALPHABET.len()]; LENGTH_MAX];
        let mut of_length = [0; LENGTH_MAX + 1];
        for (index, pattern) in PATTERNS.iter().enumerate() {
            let places: Vec<char> = pattern.places().collect();
            if let Some(forms) = of_length.get_mut(places.len()) {
                *forms |= 1 << index;
            }
            for (row, place) in allowed.iter_mut().zip(&places) {
                for (forms, character) in row.iter_mut().zip(ALPHABET) {
                    *forms |= Forms::from(allows(*place, character)) << index;
                }
            }
        }
        let share: Vec<f32> = PATTERNS.iter().map(|pattern| TRUST * (pattern.weight / total).ln()).collect();
        let mut shares: Vec<(f32, Forms)> = Vec::new();
        for (index, share) in share.iter().enumerate() {
            match shares.iter_mut().find(|(known, _)| known == share) {
                Some((_, forms)) => *forms |= 1 << index,
                None => shares.push((*share, 1 << index)),
            }
        }
        shares.sort_by(|a, b| b.0.total_cmp(&a.0));
        Self { allowed, of_length, share, shares }
    }
}

impl Grammar {
    /// The likeliest texts, the likeliest first, for rows of logarithms of probabilities, [`CLASSES`] for each step.
    #[must_use]
    pub fn read(&self, steps: &[f32]) -> Vec<Guess> {
        let mut beam = vec![(1, Ways { blank: 0.0, open: NONE, forms: Forms::MAX })];
        for step in steps.chunks_exact(CLASSES) {
            beam = self.advance(&beam, step);
        }
        self.judge(&beam)
    }

    fn advance(&self, beam: &[(Key, Ways)], step: &[f32]) -> Vec<(Key, Ways)> {
        // A beginning that goes on is new, unless it is one of those kept: so the kept ones stand first.
        let none = |ways: &Ways| Ways { blank: NONE, open: NONE, forms: ways.forms };
        let mut next: Vec<(Key, Ways)> = Vec::with_capacity(beam.len() * (CLASSES + 1));
        next.extend(beam.iter().map(|(key, ways)| (*key, none(ways))));
        let likely: Vec<usize> = (0..BLANK).filter(|symbol| step[*symbol] > FLOOR).collect();
        for (at, (key, ways)) in beam.iter().enumerate() {
            let total = add(ways.blank, ways.open);
            let last = if *key == 1 { None } else { Some((*key & 63) as usize) };
            let entry = &mut next[at].1;
            entry.blank = total + step[BLANK];
            if let Some(last) = last {
                entry.open = add(entry.open, ways.open + step[last]);
            }
            let place = length(*key);
            if place == LENGTH_MAX {
                continue;
            }
            for symbol in &likely {
                let before = if last == Some(*symbol) { ways.blank } else { total };
                let forms = ways.forms & self.allowed[place][*symbol];
                if before == NONE || forms == 0 {
                    continue;
                }
                let (key, seen) = (key << 6 | *symbol as Key, before + step[*symbol]);
                match beam.iter().position(|(kept, _)| *kept == key) {
                    Some(kept) => next[kept].1.open = add(next[kept].1.open, seen),
                    None => next.push((key, Ways { blank: NONE, open: seen, forms })),
                }
            }
        }
        let mut beam: Vec<(Key, Ways, f32)> = next
            .into_iter()
            .map(|(key, ways)| (key, ways, add(ways.blank, ways.open) + self.best_share(ways.forms)))
            .collect();
        // The key decides between equals, so that the same picture always reads the same.
        let better = |a: &(Key, Ways, f32), b: &(Key, Ways, f32)| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0));
        if beam.len() > WIDTH {
            beam.select_nth_unstable_by(WIDTH, better);
            beam.truncate(WIDTH);
        }
        beam.sort_unstable_by(better);
        beam.into_iter().map(|(key, ways, _)| (key, ways)).collect()
    }

    fn best_share(&self, forms: Forms) -> f32 {
        self.shares.iter().find(|(_, of)| of & forms != 0).map_or(-20.0, |(share, _)| *share)
    }

    fn judge(&self, beam: &[(Key, Ways)]) -> Vec<Guess> {
        let mut scored: Vec<(Key, f32, f32, Forms)> = beam
            .iter()
            .filter_map(|(key, ways)| {
                let forms = ways.forms & self.of_length[length(*key)];
                let seen = add(ways.blank, ways.open);
                let share = each(forms).map(|index| self.share[index]).reduce(add)?;
                Some((*key, seen + share, seen, forms))
            })
            .collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let total = scored.iter().map(|(_, score, ..)| *score).reduce(add).unwrap_or(0.0);
        let guess = |(key, score, seen, forms): &(Key, f32, f32, Forms)| Guess {
            text: characters(*key).map(|symbol| ALPHABET[symbol]).collect(),
            country: self.country(*forms),
            probability: (score - total).exp(),
            seen: *seen,
            agreed: score - total,
        };
        scored.iter().take(TEXTS_MAX).map(guess).collect()
    }

    /// The country that has nearly all the weight of these forms.
    fn country(&self, forms: Forms) -> Option<&'static str> {
        let best = each(forms).max_by(|a, b| PATTERNS[*a].weight.total_cmp(&PATTERNS[*b].weight))?;
        let country = PATTERNS[best].country;
        let own: f32 =
            each(forms).filter(|at| PATTERNS[*at].country == country).map(|at| PATTERNS[at].weight).sum();
        let all: f32 = each(forms).map(|at| PATTERNS[at].weight).sum();
        (!country.is_empty() && own > 0.8 * all).then_some(country)
    }
}

/// What a text is worth to a look that does not name it, as a logarithm.
const UNNAMED: f32 = -9.0;

/// What several looks at one plate say together.
#[must_use]
pub fn together(looks: &[Vec<Guess>]) -> Vec<Guess> {
    let mut merged: Vec<(f32, Guess)> = Vec::new();
    for guess in looks.iter().flatten() {
        if merged.iter().any(|(_, known)| known.text == guess.text) {
            continue;
        }
        let named = |look: &Vec<Guess>| look.iter().find(|other| other.text == guess.text).cloned();
        let same: Vec<Option<Guess>> = looks.iter().map(named).collect();
        let mean = |value: &dyn Fn(&Guess) -> f32| {
            same.iter().map(|look| look.as_ref().map_or(UNNAMED, value)).sum::<f32>() / looks.len() as f32
        };
        let score = mean(&|guess| guess.probability.ln().max(UNNAMED));
        let agreed = same
            .iter()
            .map(|look| look.as_ref().map_or(UNNAMED, |guess| guess.agreed.max(UNNAMED)))
            .fold(0.0, f32::min);
        merged.push((score, Guess { seen: mean(&|guess| guess.seen), agreed, ..guess.clone() }));
    }
    let total: f32 = merged.iter().map(|(score, _)| score.exp()).sum();
    for (score, guess) in &mut merged {
        guess.probability = score.exp() / total;
    }
    merged.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.text.cmp(&b.1.text)));
    merged.into_iter().take(TEXTS_MAX).map(|(_, guess)| guess).collect()
}

fn each(forms: Forms) -> impl Iterator<Item = usize> {
    let mut rest = forms;
    std::iter::from_fn(move || {
        let index = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
        rest &= rest - 1;
        Some(index)
    })
    .take_while(|index| *index < PATTERNS.len())
}
