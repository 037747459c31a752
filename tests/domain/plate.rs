//! Plates: however one was typed, scanned or read, one vehicle has one key; and no pattern is refused.

use proptest::prelude::*;
use tameio::domain::plate::{
    BadPlate, GREEK_ONLY, GREEK_TWINS, LATIN_TWINS, PLATE_CHARS_MAX, Plate, PlateEntry, PlateKind,
    PlateWarning, search_key,
};

fn greek(typed: &str) -> Plate {
    Plate::parse(&PlateEntry::Greek, typed).expect(typed)
}

fn foreign(country: &str, typed: &str) -> Result<Plate, BadPlate> {
    Plate::parse(&PlateEntry::Foreign { country: country.to_owned() }, typed)
}

fn chassis(typed: &str) -> Plate {
    Plate::parse(&PlateEntry::Chassis, typed).expect(typed)
}

#[test]
fn one_vehicle_has_one_key_however_it_was_typed() {
    let forms = [
        "ihz 4821",
        "ΙΗΖ4821",
        "IHZ-4821",
        "ιηζ-4821",
        "ίήζ 4821",
        " I.H.Z_48-21 ",
        "ΙHΖ4821",
        "\u{202E}ΙΗΖ4821",
    ];
    for typed in forms {
        let plate = greek(typed);
        assert_eq!(plate.key(), "IHZ4821", "{typed:?}");
        assert_eq!((plate.display(), plate.greek()), ("ΙΗΖ-4821".to_owned(), "ΙΗΖ4821".to_owned()));
        assert_eq!((plate.warning(), plate.kind), (None, PlateKind::Domestic));
    }
}

#[test]
fn all_fourteen_twins_meet() {
    for (greek_letter, latin_letter) in GREEK_TWINS.chars().zip(LATIN_TWINS.chars()) {
        let of = |letter: char| greek(&format!("{letter}{letter}{letter}1234"));
        assert_eq!(of(greek_letter), of(latin_letter));
        assert_eq!(of(greek_letter.to_lowercase().next().expect("a letter")), of(latin_letter));
    }
    assert_eq!((GREEK_TWINS.chars().count(), LATIN_TWINS.chars().count()), (14, 14));
}

#[test]
fn letters_without_a_twin_stay_greek() {
    for letter in GREEK_ONLY.chars() {
        let plate = greek(&format!("{letter}Β-1234"));
        assert_eq!(plate.key(), format!("{letter}B1234"));
        assert_eq!(plate.greek(), format!("{letter}Β1234"));
    }
    assert_eq!(greek("δς-4410").key(), "ΔΣ4410", "a final sigma is a sigma");
}

#[test]
fn state_plates_go_into_the_foreign_field() {
    for typed in
        ["ΔΣ-4410", "ΕΑ-12345", "ΠΣ-1234", "ΛΣ 123", "ΠΝ-1234", "ΠΑ-1234", "ΞΑ-1234", "δσ4410", "EA 12345"]
    {
        let plate = greek(typed);
        assert_eq!(plate.kind, PlateKind::State, "{typed}");
        assert!(plate.is_registered_as_foreign() && plate.warning().is_none(), "{typed}");
    }
    for typed in ["ΙΗΖ-4821", "ΟΤΜ-776", "ΤΑΒ-1234", "ΕΑ-1234", "ΔΟΚ-1234"] {
        let plate = greek(typed);
        assert!(!plate.is_registered_as_foreign(), "{typed}");
    }
}

#[test]
fn unusual_series_warn_and_pass() {
    for typed in
        ["ΔΟΚ-1234", "ΙΗΖ-0821", "ΑΒ-1234", "1234", "ABCD1234", "ΙΗΖ-48215", "ΗΗ", "日本 1", "ΙΗΖ٤٨٢١"]
    {
        assert_eq!(greek(typed).warning(), Some(PlateWarning::UnusualSeries), "{typed}");
    }
    for typed in ["ΙΗΖ-4821", "ΟΤΜ-776", "ΟΤΜ-7", "ΤΑΒ-1234"] {
        assert_eq!(greek(typed).warning(), None, "{typed}");
    }
}

#[test]
fn foreign_plates_are_kept_with_their_country() {
    let plate = foreign("DE", "M-AB 1234").expect("a plate");
    assert_eq!((plate.key(), plate.display()), ("DE:MAB1234".to_owned(), "DE MAB1234".to_owned()));
    assert!(plate.is_registered_as_foreign() && plate.warning().is_none());
    assert_eq!(foreign("DE", "m ab-1234"), Ok(plate.clone()));
    assert_eq!(foreign("DE", "Μ-ΑΒ 1234"), Ok(plate), "typed under a Greek layout");
    assert_ne!(foreign("IT", "MAB1234").map(|p| p.key()), foreign("DE", "MAB1234").map(|p| p.key()));
    for country in ["", "D", "de", "DEU", "GR", "EL", "ΔΕ", "D\n", "D1"] {
        assert_eq!(foreign(country, "MAB1234"), Err(BadPlate::Country), "{country:?}");
    }
}

#[test]
fn a_chassis_number_is_kept_as_it_is() {
    let plate = chassis("zapm-4580000123456");
    assert_eq!((plate.key().as_str(), plate.warning()), ("VIN:ZAPM4580000123456", None));
    assert!(plate.is_registered_as_foreign());
    assert_eq!(chassis("ZAPM458000012345O").key(), "VIN:ZAPM458000012345O", "O is not made a zero");
    for unusual in ["ZAPM458000012345O", "ZAPM458000012345I", "ZAPM458000012345Q", "12345"] {
        assert_eq!(chassis(unusual).warning(), Some(PlateWarning::UnusualChassis));
    }
}

#[test]
fn what_names_no_vehicle_is_refused() {
    for (typed, why) in [
        ("", BadPlate::Empty),
        (" -._ ", BadPlate::Empty),
        ("Α", BadPlate::Empty),
        ("\u{1b}\u{0}", BadPlate::Empty),
        ("\u{301}\u{301}\u{301}", BadPlate::Empty),
        (&"Α".repeat(PLATE_CHARS_MAX + 1), BadPlate::TooLong),
    ] {
        for entry in
            [PlateEntry::Greek, PlateEntry::Chassis, PlateEntry::Foreign { country: "DE".to_owned() }]
        {
            assert_eq!(Plate::parse(&entry, typed), Err(why), "{typed:?}");
        }
    }
    assert_eq!(greek(&"Α".repeat(PLATE_CHARS_MAX)).text.chars().count(), PLATE_CHARS_MAX);
}

#[test]
fn a_slip_of_one_character_is_a_neighbour() {
    let car = greek("ΙΗΖ-4821");
    for (other, near) in
        [("ΙΗΖ-4822", true), ("ΙΗΚ-4821", true), ("ΙΗΖ-4812", false), ("ΙΗΖ-4821", false), ("ΙΗΖ-482", false)]
    {
        assert_eq!(car.is_neighbour_of(&greek(other)), near, "{other}");
        assert_eq!(greek(other).is_neighbour_of(&car), near, "{other}");
    }
    assert!(!foreign("DE", "IHZ4822").expect("a plate").is_neighbour_of(&car));
}

#[test]
fn a_fragment_is_searched_in_the_letters_of_keys() {
    for (typed, key) in
        [("4821", "4821"), ("ηζ-48", "HZ48"), ("hz 48", "HZ48"), ("δσ", "ΔΣ"), ("%_\"';", ""), ("", "")]
    {
        assert_eq!(search_key(typed), key);
    }
}

/// Text as it comes from hands, cameras and hostile files: mostly letters of plates, sometimes anything.
fn any_typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zΑ-Ωα-ωΆ-ώ0-9 .\\-]{0,12}",
        "[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧABEZHIKMNOPTYX]{3}[ -]?[0-9]{1,4}",
        any::<String>(),
        "\\PC{0,60}",
    ]
}

fn any_entry() -> impl Strategy<Value = PlateEntry> {
    prop_oneof![
        Just(PlateEntry::Greek),
        Just(PlateEntry::Chassis),
        "[A-Z]{2}".prop_map(|country| PlateEntry::Foreign { country }),
        any::<String>().prop_map(|country| PlateEntry::Foreign { country }),
    ]
}

proptest! {
    #[test]
    fn any_text_is_a_plate_or_a_sentence(entry in any_entry(), typed in any_typed()) {
        match Plate::parse(&entry, &typed) {
            Ok(plate) => {
                let _ = (plate.display(), plate.greek(), plate.warning(), plate.is_neighbour_of(&plate));
                let stored: Plate = serde_json::from_str(&serde_json::to_string(&plate)?)?;
                prop_assert_eq!(&stored, &plate);
                prop_assert!(plate.text.chars().all(char::is_alphanumeric));
                prop_assert_eq!(Plate::parse(&entry, &plate.text), Ok(plate), "cleaning twice changes nothing");
            }
            Err(refused) => prop_assert!(!refused.to_string().is_empty()),
        }
    }

    #[test]
    fn a_greek_plate_is_found_again_from_every_form_it_is_shown_in(typed in any_typed()) {
        if let Ok(plate) = Plate::parse(&PlateEntry::Greek, &typed) {
            for shown in [plate.key(), plate.display(), plate.greek(), plate.greek().to_lowercase()] {
                let again = Plate::parse(&PlateEntry::Greek, &shown).map(|plate| plate.key());
                prop_assert_eq!(again, Ok(plate.key()), "shown as {:?}", shown);
            }
        }
    }

    #[test]
    fn every_piece_of_a_plate_is_a_search_that_may_find_it(typed in any_typed(), from in 0usize..8, chars in 1usize..8) {
        if let Ok(plate) = Plate::parse(&PlateEntry::Greek, &typed) {
            let piece: String = plate.greek().chars().skip(from).take(chars).collect();
            prop_assert!(plate.text.contains(&search_key(&piece)), "{piece:?} of {:?}", plate.text);
        }
    }
}
