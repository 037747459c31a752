//! Profiles by name.

use tameio_drivers::printer::{PROFILE_NAMES, Profile};

use crate::profile;

#[test]
fn every_name_has_its_profile() {
    for name in PROFILE_NAMES {
        let profile = profile(name);
        assert_eq!(profile.name, *name);
        assert!(profile.columns * 12 <= profile.dots, "{name}: font A has 12 dots a letter");
        assert!(profile.columns_small * 9 <= profile.dots, "{name}: font B has 9 dots a letter");
        let pulse = profile.drawer;
        let share = f64::from(pulse.on_2ms) / (f64::from(pulse.on_2ms) + f64::from(pulse.off_2ms));
        assert!(share <= 0.2, "{name}: the drawer's coil would burn");
    }
    assert_eq!(Profile::named("epson"), None);
}

#[test]
fn a_model_nobody_described_prints_no_wrong_letter() {
    assert!(Profile::generic().pages.is_empty());
    assert_eq!(Profile::generic(), profile("generic-80"));
}

#[test]
fn column_mode_is_a_setting() {
    assert_eq!(profile("xprinter-80").with_columns(42).columns, 42);
    assert_eq!(profile("xprinter-80").with_columns(9999).columns, 64);
}
