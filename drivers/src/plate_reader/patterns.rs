//! How plates are composed, country by country: data for the grammar, and for whoever draws plates.

/// A form that plates of a country have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pattern {
    /// The country as on its plates and in the oval sign's modern form (`GR`, `RO`, `D` …); empty: no country.
    pub country: &'static str,
    /// The form, as written: `@` any Latin letter, `&` one of the fourteen Greek ones, `%` one of the Bulgarian ones,
    /// `#` a digit, `+` a digit that is not 0, `?` any of these; blanks and dashes part groups; the rest is itself.
    pub form: &'static str,
    /// How common such plates are before a Greek counter, by judgement: only the ratios matter.
    pub weight: f32,
}

const fn p(country: &'static str, form: &'static str, weight: f32) -> Pattern {
    Pattern { country, form, weight }
}

/// Letters of Bulgarian plates: those Cyrillic shares with Latin.
pub const BULGARIAN_LETTERS: &str = "ABCEHKMOPTXY";

/// All forms known. Greek ones as in the ministerial decision 4700/330/2004 and what is on the road besides; neighbours
/// and the European Union's; then forms of no country at all, so that nothing is forced into a form it has not.
pub const PATTERNS: &[Pattern] = &[
    p("GR", "&&&-+###", 60.0),
    p("GR", "&&&-###", 8.0),
    p("GR", "&&&-##", 1.0),
    p("GR", "&&&-#", 0.3),
    p("GR", "&&-####", 1.0),
    p("GR", "P-####", 0.5),
    p("GR", "P-#####", 0.5),
    p("GR", "IO-#####", 0.2),
    p("GR", "ΔΣ-####", 0.1),
    p("GR", "ΔΣ-#####", 0.1),
    p("GR", "ΞA-####", 0.1),
    p("GR", "ΞA-#####", 0.1),
    p("GR", "ΔOK-####", 0.1),
    p("GR", "EA-#####", 0.2),
    p("GR", "ΠΣ-#####", 0.1),
    p("GR", "ΛΣ-#####", 0.1),
    p("GR", "ΠN-####", 0.05),
    p("GR", "ΠA-####", 0.05),
    p("GR", "AM-#####", 0.2),
    p("GR", "ME-#####", 0.1),
    p("GR", "ME-######", 0.2),
    p("BG", "%% #### %%", 3.0),
    p("BG", "% #### %%", 1.5),
    p("RO", "@@ ## @@@", 3.0),
    p("RO", "B ## @@@", 1.5),
    p("RO", "B ### @@@", 3.0),
    p("RO", "B ######", 0.2),
    p("RO", "@@ ######", 0.2),
    p("AL", "@@ ### @@", 2.0),
    p("NMK", "@@ #### @@", 2.0),
    p("SRB", "@@ ### @@", 1.0),
    p("SRB", "@@ #### @@", 1.0),
    p("TR", "## @ ####", 0.5),
    p("TR", "## @@ ###", 0.5),
    p("TR", "## @@ ####", 0.5),
    p("TR", "## @@@ ##", 0.5),
    p("TR", "## @@@ ###", 0.5),
    p("CY", "@@@ ###", 0.5),
    p("D", "@ @ ###", 0.3),
    p("D", "@ @ ####", 0.6),
    p("D", "@ @@ ##", 0.2),
    p("D", "@ @@ ###", 0.6),
    p("D", "@ @@ ####", 1.2),
    p("D", "@@ @ ##", 0.2),
    p("D", "@@ @ ###", 0.4),
    p("D", "@@ @@ ##", 0.3),
    p("D", "@@ @@ ###", 0.8),
    p("D", "@@ @@ ####", 0.8),
    p("D", "@@@ @ ###", 0.3),
    p("D", "@@@ @@ ##", 0.3),
    p("D", "@@@ @@ ###", 0.6),
    p("I", "@@ ###@@", 2.0),
    p("F", "@@-###-@@", 1.5),
    p("F", "#### @@ ##", 0.2),
    p("F", "### @@@ ##", 0.2),
    p("SK", "@@ ###@@", 0.7),
    p("CZ", "#@# ####", 0.8),
    p("CZ", "#@@ ####", 0.2),
    p("PL", "@@ #####", 0.8),
    p("PL", "@@@ ####", 0.5),
    p("PL", "@@ ####@", 0.5),
    p("PL", "@@ ###@@", 0.3),
    p("PL", "@@@ #####", 0.5),
    p("H", "@@@-###", 0.6),
    p("H", "@@ @@-###", 0.3),
    p("A", "@ #####@", 0.4),
    p("A", "@@ ###@@", 0.3),
    p("A", "@@ ####@", 0.3),
    p("HR", "@@ ###-@@", 0.3),
    p("HR", "@@ ####-@@", 0.4),
    p("SLO", "@@ @#-###", 0.1),
    p("GB", "@@## @@@", 1.0),
    p("NL", "@@-###-@", 0.3),
    p("NL", "@-###-@@", 0.3),
    p("NL", "##-@@@-#", 0.2),
    p("NL", "#-@@@-##", 0.2),
    p("NL", "##-@@-@@", 0.2),
    p("NL", "@@-@@-##", 0.1),
    p("B", "#-@@@-###", 0.5),
    p("E", "#### @@@", 0.2),
    p("P", "##-@@-##", 0.2),
    p("P", "@@-##-@@", 0.2),
    p("P", "##-##-@@", 0.1),
    p("CH", "@@ #####", 0.2),
    p("CH", "@@ ######", 0.3),
    p("UA", "@@ #### @@", 0.6),
    p("MD", "@@@ ###", 0.4),
    p("LV", "@@-####", 0.2),
    p("EST", "### @@@", 0.2),
    p("S", "@@@ ##@", 0.2),
    p("DK", "@@ #####", 0.2),
    p("BR", "@@@-####", 0.3),
    p("BR", "@@@#@##", 0.1),
    // Letters then digits, digits then letters, and the like, of wherever.
    p("", "@@@-####", 1.0),
    p("", "@-####", 0.05),
    p("", "@-#####", 0.05),
    p("", "@-######", 0.05),
    p("", "@@-###", 0.05),
    p("", "@@-####", 0.1),
    p("", "@@-######", 0.05),
    p("", "@@@-###", 0.1),
    p("", "@@@-#####", 0.05),
    p("", "@@@@-###", 0.05),
    p("", "####-@@", 0.05),
    p("", "####-@@@", 0.05),
    p("", "###-@@@", 0.05),
    p("", "#####", 0.02),
    p("", "######", 0.02),
    p("", "???", 0.000_3),
    p("", "????", 0.001),
    p("", "?????", 0.002),
    p("", "??????", 0.005),
    p("", "???????", 0.005),
    p("", "????????", 0.002),
    p("", "?????????", 0.001),
    p("", "??????????", 0.000_3),
];

/// Whether `character` may stand where the form has `place`.
#[must_use]
pub fn allows(place: char, character: char) -> bool {
    match place {
        '@' => character.is_ascii_uppercase(),
        '&' => super::alphabet::GREEK_LETTERS.contains(character),
        '%' => BULGARIAN_LETTERS.contains(character),
        '#' => character.is_ascii_digit(),
        '+' => matches!(character, '1'..='9'),
        '?' => character.is_ascii_uppercase() || character.is_ascii_digit(),
        literal => literal == character,
    }
}

impl Pattern {
    /// The places of the form without what parts its groups.
    pub fn places(&self) -> impl Iterator<Item = char> + Clone + use<> {
        self.form.chars().filter(|place| !matches!(place, ' ' | '-'))
    }
}

/// The country's code by ISO 3166, of the sign on its plates.
#[must_use]
pub fn iso(country: &str) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("A", "AT"),
        ("AL", "AL"),
        ("B", "BE"),
        ("BG", "BG"),
        ("BR", "BR"),
        ("CH", "CH"),
        ("CY", "CY"),
        ("CZ", "CZ"),
        ("D", "DE"),
        ("DK", "DK"),
        ("E", "ES"),
        ("EST", "EE"),
        ("F", "FR"),
        ("GB", "GB"),
        ("GR", "GR"),
        ("H", "HU"),
        ("HR", "HR"),
        ("I", "IT"),
        ("LV", "LV"),
        ("MD", "MD"),
        ("NL", "NL"),
        ("NMK", "MK"),
        ("P", "PT"),
        ("PL", "PL"),
        ("RO", "RO"),
        ("S", "SE"),
        ("SK", "SK"),
        ("SLO", "SI"),
        ("SRB", "RS"),
        ("TR", "TR"),
        ("UA", "UA"),
    ];
    CODES.iter().find(|(sign, _)| *sign == country).map(|(_, code)| *code)
}
