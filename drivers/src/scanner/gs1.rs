//! Codes by the rules of GS1: fields with a number in front of each. What is not known is kept as it is and never guessed.

use super::gtin::Gtin;
use super::keys::GS;
use crate::scale::{Unit, Weight};

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its number: two to four digits.
    pub ai: String,
    /// What it says.
    pub value: String,
}

/// The fields of a code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elements {
    /// In the order of the code.
    pub list: Vec<Element>,
    /// What follows the last field that is known.
    pub rest: String,
}

/// A day as GS1 writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The last two digits of the year.
    pub year: u8,
    /// From 1.
    pub month: u8,
    /// From 1; none for the last day of the month.
    pub day: Option<u8>,
}

/// A field that is known by the beginning of its number.
struct Field {
    begins: &'static str,
    /// Digits of the number.
    number: usize,
    /// Characters of the value: so many, or at most so many.
    length: usize,
    fixed: bool,
}

const fn fixed(begins: &'static str, number: usize, length: usize) -> Field {
    Field { begins, number, length, fixed: true }
}

const fn up_to(begins: &'static str, number: usize, length: usize) -> Field {
    Field { begins, number, length, fixed: false }
}

/// The fields we know.
const FIELDS: [Field; 44] = [
    fixed("00", 2, 18),
    fixed("01", 2, 14),
    fixed("02", 2, 14),
    fixed("03", 2, 14),
    up_to("10", 2, 20),
    fixed("11", 2, 6),
    fixed("12", 2, 6),
    fixed("13", 2, 6),
    fixed("15", 2, 6),
    fixed("16", 2, 6),
    fixed("17", 2, 6),
    fixed("20", 2, 2),
    up_to("21", 2, 20),
    up_to("22", 2, 20),
    up_to("235", 3, 28),
    up_to("240", 3, 30),
    up_to("241", 3, 30),
    up_to("242", 3, 6),
    up_to("243", 3, 20),
    up_to("250", 3, 30),
    up_to("251", 3, 30),
    up_to("253", 3, 30),
    up_to("254", 3, 20),
    up_to("255", 3, 25),
    up_to("30", 2, 8),
    fixed("31", 4, 6),
    fixed("32", 4, 6),
    fixed("33", 4, 6),
    fixed("34", 4, 6),
    fixed("35", 4, 6),
    fixed("36", 4, 6),
    up_to("37", 2, 8),
    up_to("390", 4, 15),
    up_to("391", 4, 18),
    up_to("392", 4, 15),
    up_to("393", 4, 18),
    up_to("400", 3, 30),
    up_to("401", 3, 30),
    up_to("403", 3, 30),
    fixed("41", 3, 13),
    up_to("420", 3, 20),
    up_to("8008", 4, 12),
    up_to("8020", 4, 25),
    up_to("9", 2, 90),
];

/// Reads a code whose fields stand behind one another. A field of variable length ends with a separator or the code.
#[must_use]
pub fn parse(data: &str) -> Elements {
    let mut elements = Elements::default();
    let mut rest = data.trim_start_matches(GS);
    while let Some((element, after)) = take_field(rest) {
        elements.list.push(element);
        rest = after.trim_start_matches(GS);
    }
    rest.clone_into(&mut elements.rest);
    elements
}

fn take_field(text: &str) -> Option<(Element, &str)> {
    let field = FIELDS.iter().find(|field| text.starts_with(field.begins))?;
    let (ai, rest) = text.split_at_checked(field.number)?;
    let end = if field.fixed { field.length } else { rest.find(GS).unwrap_or(rest.len()) };
    let (value, after) = rest.split_at_checked(end)?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let good = number(ai)
        && (1..=field.length).contains(&value.len())
        && !value.contains(GS)
        && (!field.fixed || number(value));
    good.then(|| (Element { ai: ai.to_owned(), value: value.to_owned() }, after))
}

/// Reads the address of a GS1 Digital Link: the same fields in its path and its query. None when it is no such address.
#[must_use]
pub fn parse_link(address: &str) -> Option<Elements> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut words = path.split('/').skip(1).skip_while(|word| *word != "01");
    let mut list = Vec::new();
    while let (Some(ai), Some(value)) = (words.next(), words.next()) {
        list.push(Element { ai: ai.to_owned(), value: decoded(value)? });
    }
    let query = query.split('#').next().unwrap_or_default();
    for (ai, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if (2..=4).contains(&ai.len()) && ai.bytes().all(|byte| byte.is_ascii_digit()) {
            list.push(Element { ai: ai.to_owned(), value: decoded(value)? });
        }
    }
    let first = list.first_mut().filter(|element| element.ai == "01")?;
    first.value = Gtin::parse(&first.value)?.to_string();
    Some(Elements { list, rest: String::new() })
}

/// Text of a part of an address.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control))
}

impl Elements {
    /// The value of the first field with this number.
    #[must_use]
    pub fn get(&self, ai: &str) -> Option<&str> {
        self.list.iter().find(|element| element.ai == ai).map(|element| element.value.as_str())
    }

    /// The article, or what is in the package.
    #[must_use]
    pub fn gtin(&self) -> Option<Gtin> {
        Gtin::parse(self.get("01").or_else(|| self.get("02"))?)
    }

    /// The net weight in kilograms: `3103 001234` is 1.234 kg.
    #[must_use]
    pub fn net_weight(&self) -> Option<Weight> {
        let (digits, decimals) = self.with_decimals("310")?;
        Weight::new(digits, decimals, Unit::Kilogram)
    }

    /// The price to pay in the smallest coin, where the code has two decimals or fewer.
    #[must_use]
    pub fn price_cents(&self) -> Option<u32> {
        let (digits, decimals) = self.with_decimals("392")?;
        digits.checked_mul(10_u32.pow(u32::from(2_u8.checked_sub(decimals)?)))
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        self.get("37").or_else(|| self.get("30"))?.parse().ok()
    }

    /// The day of a field, such as 17, until when to use it; none when it is no day.
    #[must_use]
    pub fn day(&self, ai: &str) -> Option<Day> {
        let value = self.get(ai).filter(|value| value.len() == 6)?;
        let part = |from: usize| value.get(from..from + 2)?.parse::<u8>().ok();
        let (year, month, day) = (part(0)?, part(2)?, part(4)?);
        let good = (1..=12).contains(&month) && day <= 31;
        good.then_some(Day { year, month, day: (day > 0).then_some(day) })
    }

    /// A number whose field says how many of its digits stand after the point.
    fn with_decimals(&self, begins: &str) -> Option<(u32, u8)> {
        let element =
            self.list.iter().find(|element| element.ai.len() == 4 && element.ai.starts_with(begins))?;
        Some((element.value.parse().ok()?, element.ai.get(3..)?.parse().ok()?))
    }
}
