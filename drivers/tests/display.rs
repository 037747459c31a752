//! Customer displays: the bytes of each command set, Greek without a Greek page, and a plug that is pulled.

use proptest::prelude::*;
use tameio_drivers::display::sim::DisplayReader;
use tameio_drivers::display::{
    self, CommandSet, Display, DisplayAddress, DisplayFault, Greek, Pole, Settings, SimDisplay, encode,
};
use tameio_drivers::printer::greek::CodePage;
use tameio_drivers::printer::profile::PageSlot;

const SETS: [CommandSet; 3] = [CommandSet::Epson, CommandSet::Cd5220, CommandSet::Utc];

fn settings(commands: CommandSet, greek: Greek) -> Settings {
    Settings { commands, greek, ..Settings::default() }
}

/// What a display shows that was set up and given two lines.
fn shown(settings: Settings, upper: &str, lower: &str) -> [String; 2] {
    let mut reader = DisplayReader::new(settings);
    reader.feed(&encode::set_up(&settings));
    reader.feed(&encode::show(&settings, upper, lower));
    reader.lines()
}

#[test]
fn two_lines_are_placed_by_number_and_filled() {
    let show = |commands| encode::show(&settings(commands, Greek::Latin), "AB", "12,50");
    let upper = [b"AB".as_slice(), &[b' '; 18]].concat();
    let lower = [b"12,50".as_slice(), &[b' '; 15]].concat();
    let placed = |first: &[u8], second: &[u8]| [first, &upper, second, &lower].concat();
    assert_eq!(show(CommandSet::Epson), placed(&[0x1F, 0x24, 1, 1], &[0x1F, 0x24, 1, 2]));
    assert_eq!(show(CommandSet::Cd5220), placed(&[0x1B, 0x6C, 1, 1], &[0x1B, 0x6C, 1, 2]));
    assert_eq!(show(CommandSet::Utc), placed(&[0x10, 0], &[0x10, 20]));
}

#[test]
fn the_set_up_of_each() {
    let bright = |commands| Settings { brightness: Some(3), ..settings(commands, Greek::Latin) };
    let epson = [0x1B, 0x40, 0x1F, 1, 0x1F, 0x43, 0, 0x0C, 0x1F, 0x58, 3];
    assert_eq!(encode::set_up(&bright(CommandSet::Epson)), epson);
    let cd5220 = [0x0C, 0x1B, 0x40, 0x1B, 0x11, 0x1B, 0x5F, 0, 0x0C, 0x1B, 0x2A, 3];
    assert_eq!(encode::set_up(&bright(CommandSet::Cd5220)), cd5220);
    assert_eq!(encode::set_up(&bright(CommandSet::Utc)), [0x11, 0x14, 0x1F]);
    let slot = PageSlot { page: CodePage::Windows1253, n: 17 };
    let page = encode::set_up(&settings(CommandSet::Epson, Greek::Page(slot)));
    assert!(page.ends_with(&[0x1B, 0x74, 17]));
}

#[test]
fn behind_a_printer_the_bytes_are_addressed() {
    let behind = Settings { behind_printer: true, ..settings(CommandSet::Epson, Greek::Latin) };
    let bytes = encode::show(&behind, "A", "B");
    assert!(bytes.starts_with(&[0x1B, 0x3D, 2]) && bytes.ends_with(&[0x1B, 0x3D, 1]));
    let mut reader = DisplayReader::new(behind);
    reader.feed(&bytes);
    reader.feed(b"for the printer\n");
    assert_eq!(reader.lines()[0].trim(), "A", "what is for the printer is not shown");
}

#[test]
fn greek_capitals_need_no_greek_page() {
    for commands in [CommandSet::Epson, CommandSet::Cd5220] {
        for top_dot_is_high in [false, true] {
            let settings = Settings { top_dot_is_high, ..settings(commands, Greek::Capitals) };
            let [upper, lower] = shown(settings, "Γδ θΛ ξΠ σςΦ ψΏ", "{1|2} 14,00 €");
            // Those with a Latin look-alike come back as Latin; the other ten as themselves.
            assert_eq!(upper.trim_end(), "ΓΔ ΘΛ ΞΠ ΣΣΦ ΨΩ");
            assert_eq!(lower.trim_end(), "(1!2) 14,00 EUR", "signs whose place is taken give way");
        }
    }
    let [upper, _] = shown(settings(CommandSet::Epson, Greek::Capitals), "Αΐήύ", "");
    assert_eq!(upper.trim_end(), "AIHY");
}

#[test]
fn every_capital_is_seen_as_its_own_letter() {
    let alphabet = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ";
    let seen: String = alphabet
        .chars()
        .map(|c| shown(settings(CommandSet::Epson, Greek::Capitals), &c.to_string(), "")[0].trim().to_owned())
        .collect();
    assert_eq!(seen, "ABΓΔEZHΘIKΛMNΞOΠPΣTYΦXΨΩ");
}

#[test]
fn utc_spells_what_it_lacks() {
    let [upper, lower] = shown(settings(CommandSet::Utc, Greek::Latin), "Πλύσιμο ψυγείου", "Θα πληρωθεί…");
    assert_eq!((upper.trim_end(), lower.trim_end()), ("PLYSIMO PSYGEIOY", "THA PLHPOTHEI..."));
}

#[test]
fn a_greek_page_shows_greek_as_it_is() {
    let slot = PageSlot { page: CodePage::Windows1253, n: 17 };
    let [upper, lower] = shown(settings(CommandSet::Epson, Greek::Page(slot)), "Πλύσιμο ΐΰ", "14,00 €");
    assert_eq!((upper.trim_end(), lower.trim_end()), ("Πλύσιμο ΐΰ", "14,00 €"));
}

#[test]
fn the_amount_is_never_cut() {
    assert_eq!(display::priced("Εξωτερικό πλύσιμο, SUV", "14,00"), "Εξωτερικό πλύσ 14,00");
    assert_eq!(display::priced("ΣΥΝΟΛΟ", "1.234,50"), "ΣΥΝΟΛΟ      1.234,50");
    assert_eq!(display::priced("x", "123456789012345678901"), "123456789012345678901");
}

#[test]
fn a_display_that_was_unplugged_is_set_up_again() {
    for commands in SETS {
        let settings =
            settings(commands, if commands == CommandSet::Utc { Greek::Latin } else { Greek::Capitals });
        let sim = SimDisplay::new(settings);
        let mut pole = Pole::new("pole", settings, Box::new(sim.clone()));
        pole.show("ΠΛΥΣΙΜΟ", "14,00").unwrap();
        let before = sim.received();
        pole.show("ΠΛΥΣΙΜΟ", "14,00").unwrap();
        assert_eq!(sim.received(), before, "what is shown is not sent again");
        sim.plug(false);
        assert_eq!(pole.show("ΞΕΠΛΥΜΑ", "6,50"), Err(DisplayFault::NotFound));
        sim.plug(true);
        pole.show("ΞΕΠΛΥΜΑ", "6,50").unwrap();
        assert!(!sim.lines()[0].contains('\u{FFFD}'), "its letters were defined again: {:?}", sim.lines());
        assert!(sim.lines()[1].starts_with("6,50"));
        sim.plug(true); // out and in again while nobody looked
        pole.show("ΕΥΧΑΡΙΣΤΟΥΜΕ", "").unwrap();
        assert!(!sim.lines()[0].trim().is_empty());
    }
}

/// On a real serial line.
#[cfg(unix)]
#[test]
fn a_display_on_a_serial_line() {
    use std::io::Read;
    let (master, _keep, path) = crate::bench::pseudo_terminal();
    let address: DisplayAddress =
        format!("serial:{}?commands=cd5220&brightness=2", path.display()).parse().unwrap();
    let mut pole = display::address::open("pole", &address).unwrap();
    pole.show("ΨΞΠΛΔ", "12,50").unwrap();
    let expected =
        [encode::set_up(&address.settings), encode::show(&address.settings, "ΨΞΠΛΔ", "12,50")].concat();
    let mut bytes = vec![0; expected.len()];
    std::fs::File::from(master).read_exact(&mut bytes).unwrap();
    assert_eq!(bytes, expected);
    let mut reader = DisplayReader::new(address.settings);
    reader.feed(&bytes);
    assert_eq!((reader.lines()[0].trim_end(), reader.brightness()), ("ΨΞΠΛΔ", 2));
}

#[test]
fn addresses_are_read_and_faults_are_sentences() {
    let address: DisplayAddress =
        "sim:?commands=cd5220&greek=1253:17&behind=printer&top=high".parse().unwrap();
    let slot = PageSlot { page: CodePage::Windows1253, n: 17 };
    let expected = Settings {
        commands: CommandSet::Cd5220,
        greek: Greek::Page(slot),
        behind_printer: true,
        top_dot_is_high: true,
        ..Settings::default()
    };
    assert_eq!(address.settings, expected);
    let fault = |text: &str| text.parse::<DisplayAddress>().unwrap_err().to_string();
    assert!(fault("sim:?commands=dm").contains("epson, cd5220 or utc"));
    assert!(fault("sim:?profile=epson-80").starts_with("\"profile\" is not a parameter"));
    assert!(fault("sim:?brightness=9").contains("a number from 1 to 4"));
}

proptest! {
    #[test]
    fn any_text_fills_two_lines_and_is_no_command(upper in any::<String>(), lower in any::<String>(), set in 0usize..3, greek in 0usize..3) {
        let greek = [
            Greek::Capitals,
            Greek::Latin,
            Greek::Page(PageSlot { page: CodePage::Windows1253, n: 17 }),
        ][greek];
        let settings = settings(SETS[set], greek);
        let bytes = encode::show(&settings, &upper, &lower);
        let heads = if SETS[set] == CommandSet::Utc { 4 } else { 8 };
        prop_assert_eq!(bytes.len(), 40 + heads);
        let letters = [&bytes[heads / 2..heads / 2 + 20], &bytes[heads + 20..]].concat();
        prop_assert!(letters.iter().all(|byte| *byte >= 0x20 && *byte != 0x7F));
    }

    #[test]
    fn any_bytes_in_any_pieces_show_the_same(bytes in any::<Vec<u8>>(), cut in any::<usize>(), set in 0usize..3) {
        let settings = settings(SETS[set], Greek::Capitals);
        let (mut whole, mut pieces) = (DisplayReader::new(settings), DisplayReader::new(settings));
        whole.feed(&bytes);
        let cut = cut % (bytes.len() + 1);
        pieces.feed(&bytes[..cut]);
        pieces.feed(&bytes[cut..]);
        prop_assert_eq!(whole.lines(), pieces.lines());
    }
}
