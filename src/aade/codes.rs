//! The registry's codes as sentences for a cashier: what happened and what to do, in Greek and in English.

use crate::domain::text::Language;

/// One code in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// Greek.
    pub el: &'static str,
    /// English.
    pub en: &'static str,
}

impl Explanation {
    /// The sentence in a language.
    pub const fn get(&self, language: Language) -> &'static str {
        match language {
            Language::El => self.el,
            Language::En => self.en,
        }
    }
}

/// The sentence for a code; a general one for a code nobody has told us of.
pub fn explain(code: &str) -> &'static Explanation {
    EXPLANATIONS.iter().find(|explanation| explanation.code == code).unwrap_or(&OTHER)
}

const fn says(code: &'static str, el: &'static str, en: &'static str) -> Explanation {
    Explanation { code, el, en }
}

const OTHER: Explanation = says(
    "",
    "Η ΑΑΔΕ αρνήθηκε την καταχώριση. Δείξε τον κωδικό στον υπεύθυνο.",
    "AADE refused the entry. Show the code to the person in charge.",
);

/// Every published code of schema 1.1, in order.
pub const EXPLANATIONS: [Explanation; 28] = [
    says(
        "101",
        "Το μήνυμα δεν έχει τη μορφή που ζητά η ΑΑΔΕ. Κάλεσε την υποστήριξη.",
        "The message is not in the form AADE asks for. Call support.",
    ),
    says(
        "102",
        "Το ΑΦΜ δεν ανήκει σε ενεργή επιχείρηση. Έλεγξε το ΑΦΜ στις ρυθμίσεις.",
        "The tax number belongs to no active business. Check it in the settings.",
    ),
    says(
        "103",
        "Λείπει ο αριθμός της εγγραφής. Κάλεσε την υποστήριξη.",
        "The number of the entry is missing. Call support.",
    ),
    says(
        "104",
        "Η ΑΑΔΕ δεν βρήκε παραστατικό με αυτό το ΜΑΡΚ. Έλεγξε το ΜΑΡΚ και στείλε ξανά.",
        "AADE found no document with this MARK. Check the MARK and send again.",
    ),
    says(
        "105",
        "Δεν έχεις εξουσιοδότηση για αυτό το ΑΦΜ. Μίλησε με τον λογιστή.",
        "You have no mandate for this tax number. Talk to the accountant.",
    ),
    says(
        "201",
        "Το ΑΦΜ σου δεν έχει δικαίωμα για αυτή την ενέργεια. Μίλησε με τον λογιστή.",
        "Your tax number may not do this. Talk to the accountant.",
    ),
    says(
        "202",
        "Λάθος ΑΦΜ πελάτη. Διάβασέ το ξανά ή συνέχισε χωρίς ΑΦΜ.",
        "The customer's tax number is wrong. Read it again, or go on without it.",
    ),
    says(
        "203",
        "Λείπει υποχρεωτικό στοιχείο. Συμπλήρωσέ το και στείλε ξανά.",
        "Something mandatory is missing. Fill it in and send again.",
    ),
    says(
        "204",
        "Δύο στοιχεία δεν μπορούν να σταλούν μαζί. Κράτησε το ένα και στείλε ξανά.",
        "Two of the details cannot go together. Keep one and send again.",
    ),
    says(
        "205",
        "Ένα στοιχείο δεν επιτρέπεται εδώ. Αφαίρεσέ το και στείλε ξανά.",
        "One detail is not allowed here. Remove it and send again.",
    ),
    says(
        "206",
        "Η ΑΑΔΕ δεν βρήκε την εγγραφή. Έλεγξε τη λίστα της ΑΑΔΕ.",
        "AADE does not know the entry. Check AADE's list.",
    ),
    says("207", "Η εγγραφή έχει ήδη ακυρωθεί στην ΑΑΔΕ.", "The entry was cancelled at AADE already."),
    says(
        "208",
        "Ένα στοιχείο διαφέρει από την αρχική εγγραφή. Έλεγξε είδος και ΑΦΜ πελάτη.",
        "Something differs from the entry as it was made. Check the kind of business and the customer's tax number.",
    ),
    says("209", "Η εγγραφή έχει ήδη ολοκληρωθεί στην ΑΑΔΕ.", "The entry was completed at AADE already."),
    says(
        "210",
        "Η συσχέτιση με το παραστατικό έχει ήδη σταλεί.",
        "The document was tied to the entry already.",
    ),
    says(
        "211",
        "Πάνω από 50 εγγραφές σε ένα παραστατικό. Στείλε τις σε ομάδες.",
        "More than 50 entries in one message. Send them in groups.",
    ),
    says(
        "212",
        "Τον αριθμό της εγγραφής τον δίνει η ΑΑΔΕ. Κάλεσε την υποστήριξη.",
        "The number of the entry is AADE's to give. Call support.",
    ),
    says(
        "213",
        "Η ημερομηνία λήξης είναι πριν από την έναρξη. Διόρθωσέ την.",
        "The last day is before the first. Correct it.",
    ),
    says(
        "214",
        "Η τιμή δεν επιτρέπεται για αυτό το είδος επιχείρησης. Διάλεξε άλλη υπηρεσία.",
        "This value is not allowed for this kind of business. Choose another service.",
    ),
    says(
        "215",
        "Ένα κείμενο είναι πολύ μεγάλο. Συντόμευσέ το και στείλε ξανά.",
        "A text is too long. Shorten it and send again.",
    ),
    says(
        "216",
        "Επαναλαμβανόμενη ενοικίαση γίνεται μόνο με σκοπό «Ενοικίαση». Άλλαξε τον σκοπό.",
        "A recurring rental must have the purpose \"rental\". Change the purpose.",
    ),
    says(
        "217",
        "Η ώρα είναι στο μέλλον. Έλεγξε το ρολόι του ταμείου.",
        "The time is in the future. Check the terminal's clock.",
    ),
    says(
        "218",
        "Η ώρα δεν έχει τη μορφή που ζητά η ΑΑΔΕ. Κάλεσε την υποστήριξη.",
        "The time is not in the form AADE asks for. Call support.",
    ),
    says(
        "219",
        "Η συσχετιζόμενη εγγραφή δεν είναι αρχική εγγραφή. Κάλεσε την υποστήριξη.",
        "The entry it replaces is no entry of a vehicle. Call support.",
    ),
    says(
        "220",
        "Ένα στοιχείο δεν επιτρέπεται. Αφαίρεσέ το και στείλε ξανά.",
        "One detail is not allowed. Remove it and send again.",
    ),
    says(
        "221",
        "Ο αριθμός δεν είναι αρχικής εγγραφής. Κάλεσε την υποστήριξη.",
        "The number is not that of a vehicle's entry. Call support.",
    ),
    says(
        "222",
        "Η ίδια εγγραφή υπάρχει δύο φορές στο μήνυμα. Στείλε την μία φορά.",
        "The same entry stands twice in the message. Send it once.",
    ),
    says(
        "-",
        "Τεχνικό σφάλμα της ΑΑΔΕ. Δεν χρειάζεται να κάνεις κάτι: ελέγχεται αυτόματα.",
        "A technical error at AADE. You need do nothing: it is looked into by itself.",
    ),
];
