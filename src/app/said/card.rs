//! What card terminals say. A bank's code is said in words of ours where it is one of those every bank knows (ISO 8583, field
//! 39); the terminal's own words stay beside them, since acquirers have codes of their own, too.

use super::pick;
use crate::domain::card::CardOutcome;
use crate::domain::text::Language;

/// What the codes of banks mean: Greek, English.
const CODES: [(&str, &str, &str); 22] = [
    ("01", "η τράπεζα ζητά τηλεφώνημα", "the bank wants to be called"),
    ("03", "ο κωδικός του καταστήματος δεν ισχύει", "the shop's number is not valid"),
    ("04", "η τράπεζα ζητά να κρατηθεί η κάρτα", "the bank wants the card kept"),
    ("05", "η τράπεζα είπε όχι", "the bank said no"),
    ("12", "η τράπεζα δεν δέχεται τέτοια πληρωμή", "the bank takes no such payment"),
    ("13", "το ποσό δεν γίνεται δεκτό", "the amount is not accepted"),
    ("14", "δεν υπάρχει τέτοια κάρτα", "there is no such card"),
    ("30", "η τράπεζα δεν κατάλαβε το αίτημα", "the bank did not understand the request"),
    ("33", "η κάρτα έχει λήξει", "the card has expired"),
    ("41", "η κάρτα έχει δηλωθεί χαμένη", "the card was reported lost"),
    ("43", "η κάρτα έχει δηλωθεί κλεμμένη", "the card was reported stolen"),
    ("51", "δεν υπάρχει αρκετό υπόλοιπο", "there is not enough money"),
    ("54", "η κάρτα έχει λήξει", "the card has expired"),
    ("55", "λάθος PIN", "the PIN was wrong"),
    ("57", "η κάρτα δεν επιτρέπει τέτοια πληρωμή", "the card may not be used for this"),
    ("58", "το τερματικό δεν επιτρέπει τέτοια πληρωμή", "the terminal may not be used for this"),
    ("61", "πάνω από το όριο της κάρτας", "above the card's limit"),
    ("62", "η κάρτα έχει περιορισμούς", "the card is restricted"),
    ("65", "πάνω από το όριο χρήσεων της κάρτας", "the card was used too often"),
    ("75", "πάρα πολλά λάθος PIN", "too many wrong PINs"),
    ("91", "η τράπεζα του πελάτη δεν απαντά", "the customer's bank does not answer"),
    ("96", "βλάβη στο σύστημα της τράπεζας", "the bank's system has failed"),
];

/// Sentences of the drivers and of ours; `{}` stands for what is of the moment.
const SENTENCES: [(&str, &str); 24] = [
    ("the terminal has not answered in time", "το τερματικό δεν απάντησε στην ώρα του"),
    (
        "the connection to the terminal broke off before it had answered",
        "η σύνδεση με το τερματικό κόπηκε πριν απαντήσει",
    ),
    ("the terminal's answer cannot be read", "η απάντηση του τερματικού δεν διαβάζεται"),
    (
        "the till stopped waiting; the terminal may have gone on",
        "το ταμείο έπαψε να περιμένει· το τερματικό ίσως συνέχισε",
    ),
    (
        "the terminal answered with error {}, which may mean anything",
        "το τερματικό απάντησε με το σφάλμα {}, που δεν είναι σαφές",
    ),
    (
        "the terminal approved {} cents, which is not what was asked for: look at its slip",
        "το τερματικό ενέκρινε {} λεπτά, όχι όσα ζητήθηκαν: δες το χαρτί του",
    ),
    (
        "the terminal said that it was cancelled, and that it was approved: look at its slip",
        "το τερματικό είπε και «ακυρώθηκε» και «εγκρίθηκε»: δες το χαρτί του",
    ),
    (
        "this terminal cannot be asked: look at its slip or in the acquirer's list",
        "αυτό το τερματικό δεν απαντά σε ερωτήσεις: δες το χαρτί του ή τη λίστα της τράπεζας",
    ),
    ("the terminal cannot be asked now: {}", "το τερματικό δεν μπορεί να ρωτηθεί τώρα: {}"),
    ("the terminal is still at it: ask again", "το τερματικό δεν τελείωσε: ρώτα ξανά"),
    (
        "the terminal knows no such payment: compare with its slips",
        "το τερματικό δεν ξέρει τέτοια πληρωμή: δες τα χαρτιά του",
    ),
    (
        "the terminal's last payment was {} €: is it this one?",
        "η τελευταία πληρωμή του τερματικού ήταν {} €: είναι αυτή;",
    ),
    (
        "what became of session {} is not known: ask the terminal about it first",
        "δεν είναι γνωστό τι έγινε η πληρωμή {}: ρώτα πρώτα το τερματικό γι’ αυτήν",
    ),
    (
        "{} cents cannot be asked of a terminal: it takes from 1 cent to 9999999.99 euros",
        "από το τερματικό δεν μπορούν να ζητηθούν {} λεπτά",
    ),
    ("the terminal cannot be asked for such an amount", "από το τερματικό δεν μπορεί να ζητηθεί τέτοιο ποσό"),
    ("the terminal did not accept the request (error {})", "το τερματικό δεν δέχτηκε το αίτημα (σφάλμα {})"),
    ("the cashier says: declined", "ο ταμίας λέει: δεν έγινε δεκτή"),
    ("by hand: {}", "το είδε στο χαρτί του τερματικού: {}"),
    ("the program ended while the terminal was at work", "το πρόγραμμα έκλεισε ενώ το τερματικό δούλευε"),
    (
        "the device was not found: check that it is plugged in and its address is right",
        "η συσκευή δεν βρέθηκε: δες αν είναι στην πρίζα και αν η διεύθυνσή της είναι σωστή",
    ),
    ("the device is gone: check its cable", "η συσκευή χάθηκε: δες το καλώδιό της"),
    (
        "the device is in use by another program: close that one or wait",
        "τη συσκευή την έχει άλλο πρόγραμμα: κλείσε το ή περίμενε",
    ),
    (
        "the device does not answer: check that it is switched on, its cable, and its speed and format",
        "η συσκευή δεν απαντά: δες αν είναι ανοιχτή και το καλώδιό της",
    ),
    ("the device cannot be reached: {}", "η συσκευή δεν είναι προσβάσιμη: {}"),
];

/// A terminal's or its driver's words in the language of the screen. What is not known is left as it came.
pub fn card_words(said: &str, language: Language) -> String {
    if language == Language::En {
        return said.to_owned();
    }
    let known = SENTENCES.iter().find_map(|(en, el)| Some((moment(en, said)?, el)));
    match known {
        Some((moment, el)) => el.replace("{}", &card_words(moment, language)),
        None => said.to_owned(),
    }
}

/// What stands where a sentence leaves room; empty for one that leaves none, nothing where it is another sentence.
fn moment<'a>(sentence: &str, said: &'a str) -> Option<&'a str> {
    match sentence.split_once("{}") {
        Some((before, after)) => said.strip_prefix(before)?.strip_suffix(after),
        None => (sentence == said).then_some(""),
    }
}

/// What a bank's code means in words of ours, with the terminal's own beside them.
fn declined(said: &str, language: Language) -> String {
    let code = said.split(' ').next().unwrap_or_default();
    match CODES.iter().find(|(known, ..)| *known == code) {
        Some((_, el, en)) => format!("{} ({said})", pick(language, el, en)),
        None => card_words(said, language),
    }
}

impl CardOutcome {
    /// Why a terminal took no money, or nobody knows whether it did; nothing where there is nothing to say.
    pub fn why(&self, language: Language) -> Option<String> {
        match self {
            Self::Approved { .. } | Self::Cancelled => None,
            Self::Declined { words } => Some(declined(words.as_str().trim(), language)),
            Self::NotStarted { why } | Self::Unknown { why } => Some(card_words(why.as_str(), language)),
        }
    }
}
