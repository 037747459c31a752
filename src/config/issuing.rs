//! What documents say that are told over the network, whoever tells them: the same words in `[mydata]` and in `[provider]`.

use super::reader::Section;
use crate::domain::settings::IssuingRules;

/// Longest wait for a QR that a lane can bear, in seconds.
const WAIT_S_MAX: i64 = 60;

pub(super) fn rules(section: &Section<'_, '_>) -> IssuingRules {
    let default = IssuingRules::default();
    let number = |key: &str, bounds: std::ops::RangeInclusive<i64>| {
        let number = section.number(key, bounds, 0);
        section.has(key).then(|| u8::try_from(number).unwrap_or_default()).filter(|number| *number > 0)
    };
    let classifications = section.section("classifications");
    let classification = |(code, text): (String, String)| match text.split_whitespace().collect::<Vec<_>>()[..]
    {
        [category, e3] => Some((code, (category.to_owned(), e3.to_owned()))),
        _ => {
            classifications.note(&code, "must be a category and an E3 type like \"category1_3 E3_561_003\"");
            None
        }
    };
    IssuingRules {
        wait_s: section.number("wait_s", 0..=WAIT_S_MAX, default.wait_s),
        exemption: number("vat_exemption", 1..=31),
        deposit: number("deposit_as", 1..=8),
        voucher: number("voucher_as", 1..=8),
        classifications: classifications.entries().into_iter().filter_map(classification).collect(),
        ..default
    }
}
