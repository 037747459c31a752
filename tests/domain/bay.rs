//! When a vehicle is promised.

use crate::world::at;
use tameio::domain::bay::ready_at;

#[test]
fn a_promise_is_the_queue_before_it_over_the_bays() {
    let now = at("10:00");
    for (bays, busy, before, own, ready) in [
        (3, &[][..], &[][..], 25, "10:25"),
        (1, &[], &[25, 15], 40, "11:20"),
        (2, &[], &[25, 15], 40, "10:55"),
        (2, &["10:10", "10:30"], &[], 15, "10:25"),
        (2, &["10:10", "10:30"], &[25], 15, "10:45"),
        // Longer in the bay than its package says: it may come out at any moment.
        (1, &["09:40"], &[], 15, "10:15"),
        (3, &["10:10"], &[], 15, "10:15"),
        // More vehicles in bays than there are bays now: the setting was changed.
        (1, &["10:10", "10:30"], &[], 15, "10:25"),
        (0, &[], &[], 15, "10:15"),
        (2, &[], &[], 0, "10:00"),
    ] {
        let busy: Vec<_> = busy.iter().map(|clock| at(clock).utc).collect();
        assert_eq!(
            ready_at(now, bays, &busy, before, own),
            at(ready),
            "{bays} bays, {before:?} before {own}"
        );
    }
    let never = ready_at(now, 1, &[jiff::Timestamp::MAX], &[u16::MAX; 3], u16::MAX);
    assert!(never.utc >= now.utc, "no overflow");
}
