//! Scales on USB that report by themselves.

use std::time::{Duration, Instant};

use tameio_drivers::scale::hid::{HidScale, read_report};
use tameio_drivers::scale::reading::FRESH_MAX;
use tameio_drivers::scale::{Reading, Scale, Unit, Weight};
use tameio_drivers::wire::Fault;

use super::kilograms;
use crate::fifo::Fifo;

#[test]
fn reports_as_they_were_recorded() {
    let weight = |report: &[u8]| read_report(report).unwrap().weight();
    assert_eq!(weight(&[3, 4, 3, 0xFD, 0xD2, 0x04]), Some(kilograms(1234, 3)));
    assert_eq!(weight(&[3, 4, 2, 0, 0x0A, 0]), Weight::new(10, 0, Unit::Gram));
    assert_eq!(weight(&[3, 4, 2, 1, 0x0A, 0]), Weight::new(100, 0, Unit::Gram));
    assert_eq!(weight(&[3, 4, 11, 0xFF, 0x0A, 0]), Weight::new(10, 1, Unit::Ounce));
}

#[test]
fn only_status_four_is_a_weight() {
    for (status, wanted) in [
        (1, Some(Reading::Defect)),
        (2, Some(Reading::Zero)),
        (3, Some(Reading::Moving)),
        // The magnitude under zero is positive on some models.
        (5, Some(Reading::Negative)),
        (6, Some(Reading::Overload)),
        (7, Some(Reading::Defect)),
        (8, Some(Reading::NeedsZero)),
        (0, None),
        (9, None),
    ] {
        assert_eq!(read_report(&[3, status, 3, 0xFD, 0xD2, 0x04]), wanted, "{status}");
    }
    assert_eq!(read_report(&[3, 4, 3, 0xFD, 0, 0]), Some(Reading::Zero));
    for report in [
        &[3, 4, 3, 0xFD, 0xD2][..],
        &[2, 4, 3, 0xFD, 0xD2, 4],
        &[3, 4, 4, 0xFD, 0xD2, 4],
        &[3, 4, 2, 100, 1, 1],
        &[],
    ] {
        assert_eq!(read_report(report), None, "{report:?}");
    }
}

#[test]
fn the_newest_report_counts_and_the_first_does_not() {
    let fifo = Fifo::new();
    let mut scale = HidScale::open(&fifo.path).unwrap();
    // What the scale had ready before it was asked may be of an hour ago.
    fifo.write(&[3, 4, 3, 0xFD, 0xFF, 0x00, 0, 0]);
    assert_eq!(scale.read().unwrap().reading, Reading::NoAnswer);
    fifo.write(&[3, 3, 3, 0xFD, 0xD0, 0x04, 0, 0]);
    fifo.write(&[3, 4, 3, 0xFD, 0xD2, 0x04, 0, 0]);
    assert_eq!(scale.read().unwrap().reading.weight(), Some(kilograms(1234, 3)));
    // A scale that reports changes only: what it said holds for a while, with its own time.
    let first = scale.read().unwrap();
    assert_eq!(first.reading.weight(), Some(kilograms(1234, 3)));
    let same = scale.read().unwrap();
    assert_eq!(same, first);
    let until = first.at + FRESH_MAX;
    while Instant::now() <= until {
        scale.idle(Duration::from_millis(20)).unwrap();
    }
    assert_eq!(scale.read().unwrap().reading, Reading::NoAnswer);
    drop(fifo);
    assert_eq!(scale.read(), Err(Fault::Gone));
}

#[test]
fn a_change_that_is_reported_between_two_questions_is_not_lost() {
    let fifo = Fifo::new();
    let mut scale = HidScale::open(&fifo.path).unwrap();
    fifo.write(&[3, 2, 3, 0xFD, 0, 0, 0, 0]);
    scale.idle(Duration::from_millis(20)).unwrap();
    fifo.write(&[3, 4, 3, 0xFD, 0xD2, 0x04, 0, 0]);
    scale.idle(Duration::from_millis(20)).unwrap();
    // It is told of the change once, and of nothing after it.
    assert_eq!(scale.read().unwrap().reading.weight(), Some(kilograms(1234, 3)));
}

#[test]
fn reports_of_something_else_are_named_after_a_few() {
    let fifo = Fifo::new();
    let mut scale = HidScale::open(&fifo.path).unwrap();
    let mut last = Ok(());
    for _ in 0..5 {
        fifo.write(&[7; 8]);
        match scale.read() {
            Ok(sample) => assert_eq!(sample.reading, Reading::NoAnswer),
            Err(fault) => last = Err(fault),
        }
    }
    assert!(matches!(last, Err(Fault::SpeaksSomethingElse { .. })), "{last:?}");
}
