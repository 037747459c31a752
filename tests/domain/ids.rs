//! Names: made from an input's instant and chance alone, so that a replay makes the same ones again.

use proptest::prelude::*;
use std::collections::BTreeSet;
use tameio::domain::ids::{IdSource, Reference, TerminalId};
use uuid::{Uuid, Version};

fn ids(at_ms: u64, chance: u64) -> Vec<Uuid> {
    let mut source = IdSource::new(at_ms, chance);
    (0..20).map(|_| source.uuid()).collect()
}

#[test]
fn the_generator_is_splitmix64() {
    let mut source = IdSource::new(0, 0);
    assert_eq!([source.bits(), source.bits()], [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4]);
}

#[test]
fn a_terminal_has_four_capitals_or_digits() {
    assert!(TerminalId::try_from("7K3Q".to_owned()).is_ok());
    for bad in ["", "7K3", "7K3QA", "7k3q", "7K-Q", "ΑΒΓΔ", "ΑΒ", "7K3\n"] {
        let refused = TerminalId::try_from(bad.to_owned()).expect_err(bad).to_string();
        assert!(refused.contains("7K3Q"), "{refused}");
        assert!(serde_json::from_value::<TerminalId>(bad.into()).is_err(), "{bad:?}");
    }
}

#[test]
fn a_reference_is_read_out_and_marked() {
    let terminal = TerminalId::try_from("7K3Q".to_owned()).expect("a name");
    let reference = Reference { terminal, number: 123 };
    assert_eq!(
        (reference.to_string(), reference.mark()),
        ("7K3Q-000123".to_owned(), "#7K3Q-000123".to_owned())
    );
    assert_eq!(Reference { number: 12_345_678, ..reference }.to_string(), "7K3Q-12345678");
}

proptest! {
    #[test]
    fn the_same_instant_and_chance_give_the_same_ids(at_ms in 0u64..(1 << 48), chance in any::<u64>()) {
        let made = ids(at_ms, chance);
        prop_assert_eq!(&made, &ids(at_ms, chance));
        prop_assert_ne!(&made, &ids(at_ms, chance.wrapping_add(1)));
        prop_assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), made.len(), "all different");
        prop_assert!(made.iter().all(|id| id.get_version() == Some(Version::SortRand)));
    }

    #[test]
    fn later_ids_sort_later(at_ms in 0u64..(1 << 47), later in 1u64..1_000_000, a in any::<u64>(), b in any::<u64>()) {
        prop_assert!(ids(at_ms, a).iter().max() < ids(at_ms + later, b).iter().min());
    }

    #[test]
    fn chance_stays_within_its_bound(chance in any::<u64>(), most in any::<u64>()) {
        let mut source = IdSource::new(0, chance);
        for most in [most, 0, 1, u64::MAX] {
            prop_assert!(source.up_to(most) <= most);
        }
    }
}
