//! What a printer says of itself without being asked on its data line: the IEEE-1284 text ([`DeviceId`]), which the kernel
//! keeps for every USB printer. USB numbers are shared between models; this text is the better witness.

use std::collections::BTreeMap;

use super::model::Model;
use super::profile::Language;

/// The longest text that is read; a USB answer holds no more.
const TEXT_MAX: usize = 1024;

/// A printer's own description: `MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceId {
    fields: BTreeMap<String, String>,
}

impl DeviceId {
    /// Reads the text. Total: what is no `KEY:value` is passed over, and of a key said twice the first counts.
    #[must_use]
    pub fn parse(text: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&text[..text.len().min(TEXT_MAX)]);
        let mut fields = BTreeMap::new();
        for field in text.split(';') {
            if let Some((key, value)) = field.split_once(':') {
                let clean = |part: &str| part.trim().chars().filter(|c| !c.is_control()).collect::<String>();
                fields.entry(clean(key).to_ascii_uppercase()).or_insert_with(|| clean(value));
            }
        }
        Self { fields }
    }

    /// Reads a printer's answer to the question for its text: two bytes of length, the high one first, which count
    /// themselves; some printers tell them wrong, so they only shorten.
    #[must_use]
    pub fn of_answer(answer: &[u8]) -> Self {
        let Some((length, text)) = answer.split_first_chunk::<2>() else { return Self::default() };
        let told = usize::from(u16::from_be_bytes(*length)).saturating_sub(2);
        Self::parse(if told == 0 { text } else { &text[..text.len().min(told)] })
    }

    /// Who made it.
    #[must_use]
    pub fn maker(&self) -> Option<&str> {
        self.first(&["MFG", "MANUFACTURER"])
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        self.first(&["MDL", "MODEL"])
    }

    /// The serial number; many clones have none.
    #[must_use]
    pub fn serial(&self) -> Option<&str> {
        self.first(&["SN", "SERN", "SERIALNUMBER"])
    }

    /// What it understands, where it says so.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        let commands = self.first(&["CMD", "COMMAND SET"]).unwrap_or_default().to_ascii_uppercase();
        let model = self.model().unwrap_or_default().to_ascii_uppercase();
        if commands.contains("STAR") || model.starts_with("STAR ") || model.starts_with("TSP") {
            Some(Language::Star)
        } else if commands.contains("ESC/POS") || commands.contains("ESCPOS") || commands.contains("EPSON") {
            Some(Language::EscPos)
        } else {
            None
        }
    }

    /// The name of the profile to offer: the longest name of a known model that stands in the model's name. To be
    /// offered, never to be taken unasked.
    #[must_use]
    pub fn suggestion(&self) -> Option<&'static str> {
        let model = self.model()?.to_ascii_uppercase();
        let language = self.language();
        let named = Model::all().iter().filter(|known| model.contains(&known.id.to_ascii_uppercase()));
        let fitting = named.filter(|known| language.is_none_or(|language| known.language == language));
        fitting.max_by_key(|known| known.id.len()).map(|known| known.id)
    }

    fn first(&self, keys: &[&str]) -> Option<&str> {
        let values = keys.iter().filter_map(|key| self.fields.get(*key));
        values.map(String::as_str).find(|value| !value.is_empty())
    }
}
