//! What was found in a template, in words.

use super::check::{Finding, What};
use crate::domain::text::Language;

impl Finding {
    /// The sentence, with the line it is about.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let what = self.what.sentence(language);
        match (self.line, language) {
            (0, _) => what,
            (line, Language::El) => format!("Γραμμή {line}: {what}"),
            (line, Language::En) => format!("Line {line}: {what}"),
        }
    }
}

impl What {
    /// The sentence.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match language {
            Language::El => self.greek(),
            Language::En => self.english(),
        }
    }

    fn greek(&self) -> String {
        let meant = |nearest: &Option<String>| match nearest {
            Some(nearest) => format!(" Μήπως «{nearest}»;"),
            None => String::new(),
        };
        match self {
            Self::UnknownPart { name, nearest } => {
                format!("Το έντυπο δεν έχει τμήμα [{name}].{}", meant(nearest))
            }
            Self::UnknownField { name, nearest } => {
                format!("Το έντυπο δεν έχει πεδίο {{{name}}}.{}", meant(nearest))
            }
            Self::UnknownWord { word, nearest } => format!("Άγνωστη λέξη «{word}».{}", meant(nearest)),
            Self::NoDay { text } => format!("«{text}» δεν είναι ημερομηνία: γράψτε 31/12/2026."),
            Self::NotClosed => "Λείπει το } μετά το όνομα του πεδίου.".to_owned(),
            Self::Twice { part } => format!("Το τμήμα [{part}] υπάρχει ήδη πιο πάνω."),
            Self::OutOfOrder { part, after } => {
                format!("Το τμήμα [{part}] πρέπει να είναι μετά το [{after}].")
            }
            Self::Missing { part } => {
                format!("Λείπει το τμήμα [{part}], που το ζητά ο νόμος ή η λειτουργία του εντύπου.")
            }
            Self::Reserved { words } => {
                format!("Τις λέξεις «{words}» τις γράφει μόνο το πρόγραμμα, όπου ισχύουν.")
            }
            Self::QrTooLong { characters } => {
                format!("Το QR έχει {characters} χαρακτήρες: έως 200 διαβάζονται καλά.")
            }
            Self::TooWide { mm, by } => {
                format!(
                    "{by} χαρακτήρες περισσότεροι απ’ όσους χωρά χαρτί {mm} mm: τυπώνεται σε δύο γραμμές."
                )
            }
        }
    }

    fn english(&self) -> String {
        let meant = |nearest: &Option<String>| match nearest {
            Some(nearest) => format!(" Did you mean {nearest:?}?"),
            None => String::new(),
        };
        match self {
            Self::UnknownPart { name, nearest } => {
                format!("this paper has no part [{name}].{}", meant(nearest))
            }
            Self::UnknownField { name, nearest } => {
                format!("this paper has no field {{{name}}}.{}", meant(nearest))
            }
            Self::UnknownWord { word, nearest } => {
                format!("the word {word:?} means nothing here.{}", meant(nearest))
            }
            Self::NoDay { text } => format!("{text:?} is no day: write 31/12/2026."),
            Self::NotClosed => "the } after the field's name is missing.".to_owned(),
            Self::Twice { part } => format!("the part [{part}] stands above already."),
            Self::OutOfOrder { part, after } => format!("the part [{part}] must stand after [{after}]."),
            Self::Missing { part } => {
                format!("the part [{part}] is missing: the law asks for it, or the paper needs it to work.")
            }
            Self::Reserved { words } => {
                format!("the words {words:?} are written by the program alone, where they are true.")
            }
            Self::QrTooLong { characters } => {
                format!("the QR code has {characters} characters: up to 200 can be read well.")
            }
            Self::TooWide { mm, by } => {
                format!("{by} characters wider than paper of {mm} mm: it is printed on two lines.")
            }
        }
    }
}
