//! myDATA's codes as sentences for a person: what happened and what to do, in Greek and in English. The numbers are those
//! of the official list v2.0.2 and mean other things than the registry's.

use crate::aade::codes::Explanation;
use crate::domain::issuing::Objection;
use crate::domain::text::Language;

/// The sentence for a code; a general one for a code that a till should never meet.
pub fn explain(code: &str) -> &'static Explanation {
    EXPLANATIONS.iter().find(|explanation| explanation.code == code).unwrap_or(&OTHER)
}

/// What a person is told: the code in a sentence, and myDATA's own words where it has any.
pub fn told(objection: &Objection, language: Language) -> String {
    let sentence = explain(&objection.code).get(language);
    match objection.message.is_empty() {
        true => sentence.to_owned(),
        false => format!("{sentence} ({}: {})", objection.code, objection.message),
    }
}

const fn says(code: &'static str, el: &'static str, en: &'static str) -> Explanation {
    Explanation { code, el, en }
}

const OTHER: Explanation = says(
    "",
    "Το παραστατικό δεν έγινε δεκτό. Δείξε τον κωδικό στον υπεύθυνο.",
    "The document was refused. Show the code to the person in charge.",
);

/// The codes a till can meet, in order.
pub const EXPLANATIONS: [Explanation; 44] = [
    says(
        "101",
        "Το μήνυμα δεν έχει τη μορφή που ζητά η ΑΑΔΕ. Κάλεσε την υποστήριξη.",
        "The message is not in the form AADE asks for. Call support.",
    ),
    says(
        "102",
        "Το ΑΦΜ δεν ανήκει σε ενεργή επιχείρηση. Έλεγξε το ΑΦΜ.",
        "The AFM belongs to no active business. Check it.",
    ),
    says(
        "103",
        "Λείπει το ΜΑΡΚ του παραστατικού. Κάλεσε την υποστήριξη.",
        "The document's MARK is missing. Call support.",
    ),
    says(
        "104",
        "Η ΑΑΔΕ δεν βρήκε το παραστατικό. Έλεγξε το ΜΑΡΚ.",
        "AADE did not find the document. Check its MARK.",
    ),
    says(
        "105",
        "Ο χρήστης της ΑΑΔΕ δεν έχει εξουσιοδότηση για αυτό το ΑΦΜ. Έλεγξε χρήστη και ΑΦΜ στις ρυθμίσεις.",
        "The AADE user may not act for this AFM. Check user and AFM in the settings.",
    ),
    says(
        "201",
        "Ο χρήστης της ΑΑΔΕ δεν έχει εξουσιοδότηση για αυτή την ενέργεια. Έλεγξε τον χρήστη στις ρυθμίσεις.",
        "The AADE user may not do this. Check the user in the settings.",
    ),
    says("202", "Το ΑΦΜ δεν είναι έγκυρο. Διάβασέ το ξανά.", "The AFM is not valid. Read it again."),
    says(
        "203",
        "Το σύνολο δεν είναι η καθαρή αξία και οι φόροι μαζί. Κάλεσε την υποστήριξη.",
        "The total is not net and taxes together. Call support.",
    ),
    says(
        "204",
        "Λείπει στοιχείο που είναι υποχρεωτικό σε αυτό το παραστατικό. Κάλεσε την υποστήριξη.",
        "Something is missing that this type of document must have. Call support.",
    ),
    says(
        "205",
        "Το παραστατικό έχει στοιχείο που δεν επιτρέπεται. Κάλεσε την υποστήριξη.",
        "The document has something that its type may not have. Call support.",
    ),
    says(
        "206",
        "Τεχνικό σφάλμα της ΑΑΔΕ. Το παραστατικό ελέγχεται και στέλνεται ξανά.",
        "A technical error at AADE. The document is looked up and sent again.",
    ),
    says(
        "207",
        "Οι καθαρές αξίες των γραμμών δεν δίνουν το σύνολο. Κάλεσε την υποστήριξη.",
        "The net amounts of the lines do not add up. Call support.",
    ),
    says(
        "208",
        "Οι αξίες των γραμμών δεν δίνουν το σύνολο. Κάλεσε την υποστήριξη.",
        "The amounts of the lines do not add up. Call support.",
    ),
    says(
        "209",
        "Ο ΦΠΑ των γραμμών δεν δίνει το σύνολο. Κάλεσε την υποστήριξη.",
        "The VAT of the lines does not add up. Call support.",
    ),
    says(
        "212",
        "Ο αριθμός του παραστατικού δεν είναι αριθμός. Κάλεσε την υποστήριξη.",
        "The document's number is no number. Call support.",
    ),
    says(
        "215",
        "Ο συντελεστής ΦΠΑ δεν επιτρέπεται σε αυτό το παραστατικό. Ρώτησε τον λογιστή.",
        "This VAT rate may not stand on this type of document. Ask the accountant.",
    ),
    says(
        "216",
        "Η κατηγορία ΦΠΑ δεν επιτρέπεται σε αυτό το παραστατικό. Ρώτησε τον λογιστή.",
        "This VAT category may not stand on this type of document. Ask the accountant.",
    ),
    says(
        "217",
        "Λείπει η αιτία εξαίρεσης από τον ΦΠΑ. Ρώτησε τον λογιστή.",
        "The reason why there is no VAT is missing. Ask the accountant.",
    ),
    says(
        "223",
        "Ο τύπος του παραστατικού δεν υποστηρίζεται. Κάλεσε την υποστήριξη.",
        "This type of document is not supported. Call support.",
    ),
    says(
        "228",
        "Ο πάροχος έστειλε το παραστατικό με λάθος ταυτότητα. Κάλεσε τον πάροχο.",
        "The provider sent the document under a wrong identity. Call the provider.",
    ),
    says(
        "233",
        "Ο πάροχος έχει ήδη παραστατικό με αυτή τη σειρά και τον αριθμό. Έλεγξε μήπως άλλο πρόγραμμα εκδίδει στην ίδια σειρά.",
        "The provider has a document of this series and number already. Look whether another program issues in the same series.",
    ),
    says(
        "235",
        "Ο πελάτης έχει το ΑΦΜ της επιχείρησης. Έλεγξε το ΑΦΜ του πελάτη.",
        "The customer has the AFM of the business itself. Check the customer's AFM.",
    ),
    says(
        "238",
        "Ο πάροχος δέχεται μόνο σημερινά παραστατικά. Έκδωσέ το αλλιώς και γράψε το ΜΑΡΚ του.",
        "A provider takes documents of today alone. Issue it another way, and type its MARK.",
    ),
    says("242", "Ο πελάτης πρέπει να είναι ελληνική επιχείρηση.", "The customer must be a Greek business."),
    says(
        "245",
        "Ο πάροχος δεν έχει δηλωθεί για αυτή την επιχείρηση. Ρώτησε τον λογιστή για τη δήλωση.",
        "The provider is not declared for this business. Ask the accountant about the declaration.",
    ),
    says(
        "248",
        "Το παραστατικό δεν στάλθηκε από αυτή την επιχείρηση και δεν ακυρώνεται.",
        "The document was not sent by this business and cannot be cancelled.",
    ),
    says("251", "Το παραστατικό έχει ήδη ακυρωθεί.", "The document was cancelled before."),
    says(
        "253",
        "Η ημερομηνία του παραστατικού δεν επιτρέπεται. Έλεγξε την ώρα του μηχανήματος.",
        "The date of the document is not allowed. Check the clock of this machine.",
    ),
    says(
        "255",
        "Άλλο παραστατικό αναφέρεται σε αυτό, γι' αυτό δεν ακυρώνεται.",
        "Another document refers to this one, so it cannot be cancelled.",
    ),
    says(
        "259",
        "Άλλο παραστατικό αναφέρεται σε αυτό, γι' αυτό δεν αντικαθίσταται.",
        "Another document refers to this one, so it cannot be replaced.",
    ),
    says(
        "260",
        "Η ημερομηνία του παραστατικού δεν επιτρέπεται. Έλεγξε την ώρα του μηχανήματος.",
        "The date of the document is not allowed. Check the clock of this machine.",
    ),
    says(
        "285",
        "Ο πάροχος δεν έχει δηλωθεί για αυτή την επιχείρηση. Ρώτησε τον λογιστή για τη δήλωση.",
        "The provider is not declared for this business. Ask the accountant about the declaration.",
    ),
    says(
        "307",
        "Ο χαρακτηρισμός εσόδων δεν επιτρέπεται. Ρώτησε τον λογιστή.",
        "The income classification is not allowed. Ask the accountant.",
    ),
    says(
        "308",
        "Η κατηγορία εσόδων δεν επιτρέπεται σε αυτό το παραστατικό. Ρώτησε τον λογιστή.",
        "The income category may not stand on this type of document. Ask the accountant.",
    ),
    says(
        "313",
        "Ο χαρακτηρισμός εσόδων δεν επιτρέπεται σε αυτό το παραστατικό. Ρώτησε τον λογιστή.",
        "The income classification may not stand on this type of document. Ask the accountant.",
    ),
    says(
        "318",
        "Το πιστωτικό διαφέρει από το παραστατικό που πιστώνει. Έλεγξε τον πελάτη.",
        "The credit differs from the document it takes back. Check the customer.",
    ),
    says(
        "319",
        "Το πιστωτικό ξεπερνά ό,τι απομένει από το παραστατικό.",
        "The credit is over more than what is left of the document.",
    ),
    says(
        "320",
        "Το παραστατικό που πιστώνεται δεν είναι έγκυρο. Έλεγξε το ΜΑΡΚ.",
        "The document that is taken back is not valid. Check its MARK.",
    ),
    says(
        "323",
        "Τα έσοδα της επιχείρησης ξεπερνούν το όριο για αυτόν τον τρόπο έκδοσης. Ρώτησε τον λογιστή.",
        "The business earns more than this way of issuing allows. Ask the accountant.",
    ),
    says(
        "330",
        "Τεχνικό σφάλμα της ΑΑΔΕ. Το παραστατικό ελέγχεται και στέλνεται ξανά.",
        "A technical error at AADE. The document is looked up and sent again.",
    ),
    says(
        "403",
        "Λείπει η υπογραφή του παρόχου για την κάρτα. Κάλεσε τον πάροχο.",
        "The provider's signature for the card is missing. Call the provider.",
    ),
    says(
        "404",
        "Το παραστατικό δεν πρέπει να έχει υπογραφή παρόχου. Κάλεσε την υποστήριξη.",
        "The document must not carry a provider's signature. Call support.",
    ),
    says(
        "406",
        "Λείπει η σύνδεση της κάρτας με τον φορολογικό μηχανισμό. Ρώτησε τον λογιστή.",
        "The card's link to the fiscal machine is missing. Ask the accountant.",
    ),
    says(
        "407",
        "Οι πληρωμές ξεπερνούν το παραστατικό. Έλεγξε τα ποσά.",
        "The payments are over more than the document. Check the amounts.",
    ),
];
