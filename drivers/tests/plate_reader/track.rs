//! Cars over time.

use std::time::Duration;

use tameio_drivers::plate_reader::PlateRead;
use tameio_drivers::plate_reader::rectify::{Lines, Quad};
use tameio_drivers::plate_reader::track::{Rules, Told, Tracker};
use tameio_drivers::plate_reader::vote::vote;

fn plate(text: &str, confidence: f32, x: f32) -> PlateRead {
    PlateRead {
        text: text.into(),
        country: Some("GR"),
        confidence,
        corners: Quad::upright(x, 300.0, 120.0, 26.0),
        lines: Lines::One,
        candidates: vec![(text.into(), confidence), (format!("{text}X"), (1.0 - confidence) / 20.0)],
        sharpness: 0.4,
    }
}

/// Shows the tracker a frame every 200 ms; what it tells, with the frame's number.
fn watch(frames: &[Vec<PlateRead>]) -> Vec<(usize, Told<usize>)> {
    watch_every(200, frames)
}

/// The same with a frame every so many milliseconds.
fn watch_every(every: u64, frames: &[Vec<PlateRead>]) -> Vec<(usize, Told<usize>)> {
    let mut tracker = Tracker::new(Rules::default());
    let mut told = Vec::new();
    for (number, plates) in frames.iter().enumerate() {
        let now = Duration::from_millis(every * number as u64);
        told.extend(tracker.see(plates, &number, now).into_iter().map(|words| (number, words)));
    }
    told
}

#[test]
fn a_car_is_told_once_when_two_frames_agree_and_not_again_while_it_stays() {
    let frames: Vec<_> = (0..300).map(|_| vec![plate("IHZ4821", 0.9, 400.0)]).collect();
    let told = watch(&frames);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].0, &told[0].1.text[..]), (1, "IHZ4821"));
    assert!(told[0].1.confidence > 0.9);
}

#[test]
fn frames_outvote_a_wrong_one() {
    let texts = ["IHZ4B21", "IHZ4821", "IHZ4821"];
    let frames: Vec<_> =
        texts.iter().enumerate().map(|(at, text)| vec![plate(text, 0.7, 400.0 + 10.0 * at as f32)]).collect();
    let told = watch(&frames);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].1.text, "IHZ4821");
}

#[test]
fn two_cars_in_view_are_two_plates() {
    let frames: Vec<_> =
        (0..10).map(|_| vec![plate("IHZ4821", 0.9, 200.0), plate("XYZ1000", 0.9, 800.0)]).collect();
    let mut texts: Vec<String> = watch(&frames).into_iter().map(|(_, told)| told.text).collect();
    texts.sort();
    assert_eq!(texts, ["IHZ4821", "XYZ1000"]);
}

#[test]
fn the_next_car_at_the_same_place_is_another() {
    let mut frames: Vec<_> = (0..5).map(|_| vec![plate("IHZ4821", 0.9, 400.0)]).collect();
    frames.extend((0..5).map(|_| vec![plate("XYB1000", 0.9, 400.0)]));
    let texts: Vec<String> = watch(&frames).into_iter().map(|(_, told)| told.text).collect();
    assert_eq!(texts, ["IHZ4821", "XYB1000"]);
}

#[test]
fn a_car_that_flickers_is_one_and_one_that_comes_back_is_two() {
    let seen = || vec![plate("IHZ4821", 0.9, 400.0)];
    let with_gap = |gap: usize| {
        let mut frames: Vec<Vec<PlateRead>> = (0..3).map(|_| seen()).collect();
        frames.extend((0..gap).map(|_| Vec::new()));
        frames.extend((0..3).map(|_| seen()));
        watch(&frames).len()
    };
    assert_eq!(with_gap(2), 1);
    assert_eq!(with_gap(5 * 10), 1, "ten seconds are the same visit");
    assert_eq!(with_gap(5 * 60), 2, "a minute is another");
}

#[test]
fn a_machine_that_reads_a_frame_in_ten_seconds_tells_the_same_cars() {
    let mut frames: Vec<_> = (0..3).map(|_| vec![plate("IHZ4821", 0.9, 400.0)]).collect();
    frames.push(Vec::new());
    frames.extend((0..3).map(|_| vec![plate("XYB1000", 0.9, 400.0)]));
    for every in [200, 10_000] {
        let told = watch_every(every, &frames);
        let words: Vec<_> =
            told.iter().map(|(at, told)| (*at, &told.text[..], told.frames, told.agreeing)).collect();
        assert_eq!(words, [(1, "IHZ4821", 2, 2), (5, "XYB1000", 2, 2)], "every {every} ms");
    }
}

#[test]
fn the_same_car_after_hours_without_a_frame_is_another_visit() {
    let mut tracker = Tracker::new(Rules::default());
    let seen = [plate("IHZ4821", 0.9, 400.0)];
    let mut told = 0;
    for at in [0, 1, 10_000, 10_001] {
        told += tracker.see(&seen, &at, Duration::from_secs(at)).len();
    }
    assert_eq!(told, 2);
}

#[test]
fn one_unsure_frame_is_not_told_and_a_sure_one_waits_for_its_patience() {
    let once = |confidence: f32| {
        let mut frames = vec![vec![plate("IHZ4821", confidence, 400.0)]];
        frames.extend((0..12).map(|_| Vec::new()));
        watch(&frames)
    };
    assert_eq!(once(0.3), []);
    let told = once(0.9);
    assert_eq!(told.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [8], "after 1.5 seconds");
}

#[test]
fn the_best_frame_is_kept() {
    let frames: Vec<_> =
        [0.3, 0.45, 0.97, 0.4].iter().map(|sure| vec![plate("IHZ4821", *sure, 400.0)]).collect();
    let told = watch(&frames);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].1.frame, 2);
}

#[test]
fn a_vote_does_not_depend_on_the_order_of_the_frames() {
    let a = [("IHZ4821".to_owned(), 0.6), ("IHZ4B21".to_owned(), 0.4)];
    let b = [("IHZ4B21".to_owned(), 0.3), ("IHZ4821".to_owned(), 0.2), ("IHZ4321".to_owned(), 0.5)];
    let forth = vote([(&a[..], 1.0), (&b[..], 1.0)]);
    let back = vote([(&b[..], 1.0), (&a[..], 1.0)]);
    assert_eq!(forth.len(), 3);
    for ((text, share), (other, other_share)) in forth.iter().zip(&back) {
        assert_eq!(text, other);
        assert!((share - other_share).abs() < 1e-5);
    }
}
