//! Several readings of one plate decide together.

/// What a text is worth in a reading that does not name it, as a logarithm: a reading may fail it without ruling it out.
const UNNAMED: f32 = -8.0;

/// Texts with their probabilities after all readings, the likeliest first. Each reading names texts with
/// probabilities; `weight` of them count how much it is trusted (1: as if it were the only look at that moment).
#[must_use]
pub fn vote<'a>(readings: impl IntoIterator<Item = (&'a [(String, f32)], f32)>) -> Vec<(String, f32)> {
    let mut sums: Vec<(String, f32)> = Vec::new();
    let mut before = 0.0; // what the readings so far say of a text none of them named
    for (texts, weight) in readings {
        for (text, sum) in &mut sums {
            let named = texts.iter().find(|(other, _)| other == text);
            *sum += weight * named.map_or(UNNAMED, |(_, probability)| probability.ln().max(UNNAMED));
        }
        for (text, probability) in texts {
            if !sums.iter().any(|(known, _)| known == text) {
                sums.push((text.clone(), before + weight * probability.ln().max(UNNAMED)));
            }
        }
        before += weight * UNNAMED;
    }
    let most = sums.iter().map(|(_, sum)| *sum).fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = sums.iter().map(|(_, sum)| (sum - most).exp()).sum();
    for (_, sum) in &mut sums {
        *sum = (*sum - most).exp() / total;
    }
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sums
}
