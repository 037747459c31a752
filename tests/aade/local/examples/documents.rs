//! Correlations, cancellations, and who is spoken for.

use super::{CANCELLED, COMPLETED, Example, GARAGE, NO_ENTRY, NOTHING, TIED, WASH, example};
use crate::aade::id;
use crate::aade::local::{MARK, cancel, mark, receipt, text, tie};
use tameio::aade::message::{Cancellation, Correlation, Document, Request};
use tameio::aade::rules::Field;

pub(super) fn documents() -> Vec<Example> {
    let washes: Vec<i64> = (12..63).map(id).collect();
    let other = || mark(400_001_960_000_778);
    let good = || tie(other(), vec![WASH]);
    let dated = |date: &str| Document::Fim {
        number: "ABC12345678".to_owned(),
        aa: 38,
        date: date.parse().unwrap(),
        time: "12:07:00".parse().unwrap(),
    };
    let spoken_for = |vat: &str| {
        let entity_vat = Some(text(vat));
        Request::Correlate(Correlation {
            entity_vat,
            document: mark(400_001_960_000_778),
            entries: vec![WASH],
        })
    };
    let cancelled_for =
        |vat: &str| Request::Cancel(Cancellation { entry: WASH, entity_vat: Some(text(vat)) });
    vec![
        example("C2", Field::Entries, 211, tie(other(), washes[1..].to_vec()), tie(other(), washes)),
        example("C3", Field::Entries, 222, good(), tie(other(), vec![WASH, GARAGE, WASH])),
        example("C4", Field::Entries, 206, good(), tie(other(), vec![WASH, NOTHING])),
        example("C5", Field::Entries, 221, good(), tie(other(), vec![WASH, NO_ENTRY])),
        example("C6", Field::Entries, 207, tie(other(), vec![COMPLETED]), tie(other(), vec![CANCELLED])),
        example("C8", Field::Entries, 210, tie(other(), vec![TIED]), tie(MARK, vec![WASH, TIED])),
        example("T4", Field::Entries, 101, good(), tie(other(), Vec::new())),
        example(
            "T4",
            Field::FimNumber,
            101,
            tie(receipt("ABC12345678"), vec![WASH]),
            tie(receipt(" "), vec![WASH]),
        ),
        example(
            "T4",
            Field::FimDate,
            101,
            tie(dated("2026-07-14"), vec![WASH]),
            tie(dated("0000-07-14"), vec![WASH]),
        ),
        example("T6", Field::Entity, 105, spoken_for("999999993"), spoken_for("99999999")),
        example("T6", Field::Entity, 105, cancelled_for("999999993"), cancelled_for("999999999")),
        example("X2", Field::CancelledEntry, 206, cancel(WASH), cancel(NOTHING)),
        example("X3", Field::CancelledEntry, 221, cancel(WASH), cancel(NO_ENTRY)),
        example("X4", Field::CancelledEntry, 207, cancel(TIED), cancel(CANCELLED)),
    ]
}
