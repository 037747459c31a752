//! The AFM's check digit, apart from the code that checks ours.

/// Nine digits; the last is the sum of the others, each weighted with a power of two, modulo 11, modulo 10.
pub(crate) fn is_afm(afm: &str) -> bool {
    let digits: Vec<u32> = afm.chars().filter_map(|c| c.to_digit(10)).collect();
    let [head @ .., check] = digits.as_slice() else { return false };
    let sum = head.iter().fold(0, |sum, digit| (sum + digit) * 2);
    afm.len() == 9 && digits.len() == 9 && sum > 0 && sum % 11 % 10 == *check
}
