//! Instants with the offset Athens had: stored, printed and measured right, also in the nights when clocks change.

use jiff::Timestamp;
use proptest::prelude::*;
use tameio::domain::time::Stamp;

fn at(text: &str) -> Stamp {
    Stamp::new(text.parse().expect(text))
}

fn stored(stamp: Stamp) -> String {
    serde_json::to_string(&stamp).expect("it can be stored")
}

#[test]
fn an_instant_is_stored_with_its_offset() {
    let winter = at("2026-03-14T08:02:00.123456Z");
    assert_eq!(stored(winter), r#""2026-03-14T10:02:00.123+02:00""#);
    assert_eq!(stored(at("2026-07-14T08:31:05Z")), r#""2026-07-14T11:31:05.000+03:00""#);
    assert_eq!((winter.printed(), winter.clock()), ("14/03/2026 10:02".to_owned(), "10:02".to_owned()));
}

#[test]
fn the_doubled_hour_of_october_is_two_hours() {
    let (first, second) = (at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"));
    assert_eq!((first.clock(), second.clock()), ("03:30".to_owned(), "03:30".to_owned()));
    assert_eq!(stored(first), r#""2026-10-25T03:30:00.000+03:00""#);
    assert_eq!(stored(second), r#""2026-10-25T03:30:00.000+02:00""#);
    assert_eq!(second.seconds_since(&first), 3_600);
    for stamp in [first, second] {
        assert_eq!(serde_json::from_str::<Stamp>(&stored(stamp)).expect("it is read"), stamp);
    }
}

#[test]
fn a_night_has_the_minutes_it_really_has() {
    for (from, to, minutes) in [
        ("2026-03-28T21:30:00Z", "2026-03-29T02:30:00Z", 300), // 23:30 to 05:30, an hour short
        ("2026-10-24T20:30:00Z", "2026-10-25T03:30:00Z", 420), // 23:30 to 05:30, an hour long
        ("2026-03-13T21:30:00Z", "2026-03-14T03:30:00Z", 360),
    ] {
        assert_eq!((at(from).clock().as_str(), at(to).clock().as_str()), ("23:30", "05:30"));
        assert_eq!(at(to).seconds_since(&at(from)), minutes * 60);
        assert_eq!(at(from).seconds_since(&at(to)), -minutes * 60, "a clock set back is seen");
    }
}

#[test]
fn the_hour_that_does_not_exist_is_skipped() {
    assert_eq!(stored(at("2026-03-29T00:59:59Z")), r#""2026-03-29T02:59:59.000+02:00""#);
    assert_eq!(stored(at("2026-03-29T01:00:00Z")), r#""2026-03-29T04:00:00.000+03:00""#);
}

#[test]
fn what_is_no_instant_is_refused() {
    for text in [
        "",
        "now",
        "2026-03-14",
        "2026-03-14T10:02:00",
        "2026-13-14T10:02:00Z",
        "2026-03-14T10:02:00+99:99",
        "+02:00",
    ] {
        assert!(serde_json::from_value::<Stamp>(text.into()).is_err(), "{text:?}");
    }
}

proptest! {
    /// From 2000 to 2100, to the millisecond.
    #[test]
    fn a_stored_instant_is_the_live_one(ms in 946_684_800_000..4_102_444_800_000i64, micros in 0..1_000i64) {
        let live = Stamp::new(Timestamp::from_microsecond(ms * 1_000 + micros)?);
        let again: Stamp = serde_json::from_str(&stored(live))?;
        prop_assert_eq!(again, live);
        prop_assert_eq!(again.local(), live.local());
        prop_assert_eq!(again.utc.as_millisecond(), ms);
    }

    #[test]
    fn order_is_the_instants(a in 0..4_102_444_800_000i64, b in 0..4_102_444_800_000i64) {
        let stamp = |ms| Timestamp::from_millisecond(ms).map(Stamp::new);
        prop_assert_eq!(stamp(a)?.cmp(&stamp(b)?), a.cmp(&b));
    }

    #[test]
    fn any_text_is_an_instant_or_refused(text in any::<String>(), tail in "[+-][0-9]{2}:[0-9]{2}") {
        let _ = serde_json::from_value::<Stamp>(text.into());
        let _ = serde_json::from_value::<Stamp>(format!("2026-03-14T10:02:00{tail}").into()).map(stored);
    }
}
