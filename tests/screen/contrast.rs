//! Words can be read: every ink on every ground it is used on has the contrast WCAG 2.2 asks of text (4.5 to 1, level
//! AA), by day and by night, in practice and in earnest. The colours are read out of `ui/theme.slint`, the only file that
//! names any.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Text smaller than 18 points (WCAG 2.2, success criterion 1.4.3).
const TEXT: f64 = 4.5;
/// The same at level AAA (1.4.6).
const MORE: f64 = 7.0;
/// Edges and signs that say something (1.4.11).
const SIGN: f64 = 3.0;

#[derive(Debug, Clone, Copy)]
struct Look {
    dark: bool,
    contrast: bool,
    practice: bool,
}

const LOOKS: [Look; 6] = [
    Look { dark: false, contrast: false, practice: false },
    Look { dark: false, contrast: false, practice: true },
    Look { dark: true, contrast: false, practice: false },
    Look { dark: true, contrast: false, practice: true },
    Look { dark: false, contrast: true, practice: false },
    Look { dark: false, contrast: true, practice: true },
];

type Rgb = [f64; 3];

/// The colours of one look by their names; a tone's ink and ground are called `tone-ink warn` and so on.
fn colours(source: &str, look: Look) -> BTreeMap<String, Rgb> {
    let mut colours = BTreeMap::new();
    for line in source.lines().map(str::trim) {
        let Some(rest) = line.strip_prefix("out property <color> ") else { continue };
        let (name, value) = rest.split_once(':').expect("a value");
        if let Some(colour) = value_of(value, look) {
            colours.insert(name.to_owned(), colour);
        }
    }
    for name in ["tone-ink", "tone-ground", "tone-on-strip"] {
        let start = source.find(&format!("pure function {name}(")).expect("the function");
        let body = &source[start..start + source[start..].find("\n    }").expect("its end")];
        for line in body.lines().map(str::trim) {
            let Some((asked, given)) = line.strip_prefix("if ").and_then(|rest| rest.split_once("{ return "))
            else {
                continue;
            };
            let colour = value_of(given.trim_end_matches(" }"), look).expect("a colour");
            for tone in asked.split("Tone.").skip(1) {
                let tone: String = tone.chars().take_while(char::is_ascii_alphabetic).collect();
                colours.insert(format!("{name} {tone}"), colour);
            }
        }
    }
    colours
}

/// `#rrggbb`, or a choice between values by night or by practice; nothing for a colour that is seen through.
fn value_of(text: &str, look: Look) -> Option<Rgb> {
    let text = text.trim().trim_end_matches(';').trim();
    if let Some(hex) = text.strip_prefix('#') {
        let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        return if hex.len() == 6 { Some([byte(0)?, byte(2)?, byte(4)?].map(f64::from)) } else { None };
    }
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return value_of(inner, look);
    }
    let (asked, rest) = text.split_once('?')?;
    let yes = match asked.trim() {
        "self.dark" => look.dark,
        "self.contrast" => look.contrast,
        "self.practice" => look.practice,
        other => panic!("the theme asks {other:?}, which this test does not know"),
    };
    let middle = top_level_colon(rest)?;
    value_of(if yes { &rest[..middle] } else { &rest[middle + 1..] }, look)
}

/// Where the other choice begins: the first colon outside brackets.
fn top_level_colon(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ':' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

/// Relative luminance (WCAG 2.2).
fn luminance(colour: Rgb) -> f64 {
    let linear = colour.map(|channel| {
        let channel = channel / 255.0;
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What is written or drawn on what, and how well it must be told apart.
fn pairs() -> Vec<(String, String, f64)> {
    let mut pairs = Vec::new();
    let mut all = |inks: &[&str], grounds: &[&str], least: f64| {
        for ink in inks {
            pairs.extend(grounds.iter().map(|ground| ((*ink).to_owned(), (*ground).to_owned(), least)));
        }
    };
    all(&["ink", "ink-soft"], &["ground", "surface", "raised", "sunken", "accent-soft"], TEXT);
    all(&["ink-faint"], &["ground", "surface", "raised"], TEXT);
    all(&["accent", "money"], &["surface", "ground"], TEXT);
    all(&["on-accent"], &["accent", "accent-pressed"], TEXT);
    all(&["on-money"], &["money", "money-pressed"], TEXT);
    all(&["on-strip", "on-strip-soft"], &["strip", "strip-pressed"], TEXT);
    all(&["edge-strong"], &["ground", "surface"], SIGN);
    for tone in ["info", "busy", "good", "warn", "bad"] {
        let (ink, ground, strip) =
            (format!("tone-ink {tone}"), format!("tone-ground {tone}"), format!("tone-on-strip {tone}"));
        all(&[&ink], &[&ground, "surface", "ground", "raised"], TEXT);
        all(&["ink"], &[&ground], TEXT);
        all(&[&strip], &["strip"], TEXT);
    }
    pairs
}

#[test]
fn every_ink_can_be_read_on_its_ground() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/theme.slint");
    let source = fs::read_to_string(path).expect("the theme");
    let mut faults = Vec::new();
    for look in LOOKS {
        let colours = colours(&source, look);
        let of = |name: &str| *colours.get(name).unwrap_or_else(|| panic!("the theme has no {name:?}"));
        for (ink, ground, least) in pairs() {
            // High contrast is level AAA.
            let least = if look.contrast && least >= TEXT { MORE } else { least };
            let contrast = contrast(of(&ink), of(&ground));
            if contrast < least {
                faults.push(format!("{ink} on {ground}: {contrast:.2}, not {least}, in {look:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What stands on the wall is read from eight metres, by anybody: more than that, in every look.
#[test]
fn the_wall_is_read_from_far_away() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let source = fs::read_to_string(folder.join("theme.slint")).expect("the theme");
    let pairs = [
        (
            "ink",
            &["ground", "surface", "accent-soft", "tone-ground good", "tone-ground bad", "tone-ground warn"]
                [..],
        ),
        ("on-strip", &["strip"][..]),
        ("ink-soft", &["ground"][..]),
        ("on-strip-soft", &["strip"][..]),
    ];
    for look in LOOKS {
        let colours = colours(&source, look);
        for (ink, grounds) in pairs {
            for ground in grounds {
                let found = contrast(colours[ink], colours[*ground]);
                assert!(found >= MORE, "{ink} on {ground}: {found:.2} in {look:?}");
            }
        }
    }
    // And nothing is written there in another colour.
    let wall = fs::read_to_string(folder.join("wall.slint")).expect("the board on the wall");
    let inks = wall.split("color: ").skip(1).filter_map(|rest| rest.split_once(';')).map(|(ink, _)| ink);
    for name in inks.flat_map(|ink| ink.split("Theme.").skip(1)) {
        let name: String = name.chars().take_while(|c| c.is_ascii_alphabetic() || *c == '-').collect();
        let known = ["ink", "ink-soft", "on-strip", "on-strip-soft", "edge", "edge-strong", "tone-ink"];
        assert!(known.contains(&name.as_str()), "the wall writes in {name}");
    }
}

#[test]
fn contrast_is_measured_as_the_standard_measures_it() {
    assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 1e-9);
    // The grey that is just enough on white, and the next lighter one that is not.
    assert!(contrast([118.0; 3], [255.0; 3]) >= TEXT);
    assert!(contrast([119.0; 3], [255.0; 3]) < TEXT);
}
