//! The errors of AADE's registry of businesses as sentences for a person, by their codes without `RG_WS_PUBLIC_`.

use crate::aade::codes::Explanation;

/// The sentence for a code; a general one for a code nobody has told us of.
pub fn explain(code: &str) -> &'static Explanation {
    EXPLANATIONS.iter().find(|explanation| explanation.code == code).unwrap_or(&OTHER)
}

const fn says(code: &'static str, el: &'static str, en: &'static str) -> Explanation {
    Explanation { code, el, en }
}

const CODES_EL: &str = "Οι ειδικοί κωδικοί για το μητρώο δεν έγιναν δεκτοί. Έλεγξέ τους στο TAXISnet.";
const CODES_EN: &str = "The special codes for the registry were not accepted. Check them in TAXISnet.";
const LIMIT_EL: &str = "Έγιναν πολλές αναζητήσεις. Συμπλήρωσε τα στοιχεία με το χέρι.";
const LIMIT_EN: &str = "Too many look-ups were made. Fill the details in by hand.";

const OTHER: Explanation = says(
    "",
    "Το μητρώο επιχειρήσεων δεν απάντησε. Συμπλήρωσε τα στοιχεία με το χέρι.",
    "The registry of businesses did not answer. Fill the details in by hand.",
);

/// Every published code that has a sentence of its own.
pub const EXPLANATIONS: [Explanation; 17] = [
    says("AFM_CALLED_BY_BLOCKED", CODES_EL, CODES_EN),
    says("AFM_CALLED_BY_NOT_FOUND", CODES_EL, CODES_EN),
    says("EPIT_NF", "Το ΑΦΜ δεν ανήκει σε επιχείρηση.", "The AFM belongs to no business."),
    says("FAILURES_TOLERATED_EXCEEDED", LIMIT_EL, LIMIT_EN),
    says("MAX_DAILY_USERNAME_CALLS_EXCEEDED", LIMIT_EL, LIMIT_EN),
    says("MONTHLY_LIMIT_EXCEEDED", LIMIT_EL, LIMIT_EN),
    says(
        "SERVICE_NOT_ACTIVE",
        "Το μητρώο επιχειρήσεων δεν λειτουργεί τώρα. Δοκίμασε αργότερα.",
        "The registry of businesses does not work now. Try later.",
    ),
    says(
        "TAXPAYER_NF",
        "Κανείς δεν έχει αυτό το ΑΦΜ. Διάβασέ το ξανά.",
        "Nobody has this AFM. Read it again.",
    ),
    says("TOKEN_AFM_BLOCKED", CODES_EL, CODES_EN),
    says("TOKEN_AFM_NOT_AUTHORIZED", CODES_EL, CODES_EN),
    says("TOKEN_AFM_NOT_FOUND", CODES_EL, CODES_EN),
    says("TOKEN_AFM_NOT_REGISTERED", CODES_EL, CODES_EN),
    says("TOKEN_USERNAME_NOT_ACTIVE", CODES_EL, CODES_EN),
    says("TOKEN_USERNAME_NOT_AUTHENTICATED", CODES_EL, CODES_EN),
    says("TOKEN_USERNAME_NOT_DEFINED", CODES_EL, CODES_EN),
    says("TOKEN_USERNAME_TOO_LONG", CODES_EL, CODES_EN),
    says("WRONG_AFM", "Το ΑΦΜ δεν είναι έγκυρο. Διάβασέ το ξανά.", "The AFM is not valid. Read it again."),
];
