//! The sentences of faults, in Greek and in English.

use super::fault::{Fault, Mistake};
use super::field::Field;
use crate::domain::text::{Language, Text};

pub(super) fn of(fault: &Fault) -> (String, String) {
    match &fault.mistake {
        Mistake::Missing => missing(fault.field),
        Mistake::NotHere => not_here(fault.field, fault.code),
        Mistake::OnlyWhen(_) | Mistake::Apart(_) => not_now(fault.field),
        Mistake::NotOffered { code } => not_offered(fault.field, *code),
        Mistake::Misfits(_) => misfits(fault.field),
        Mistake::TooLong { units, max } => labelled(
            fault.field,
            &format!("{units} χαρακτήρες, χωρούν {max}. Συντόμευσέ το."),
            &format!("{units} characters, there is room for {max}. Shorten it."),
        ),
        Mistake::NotACountry { given } => not_a_country(given),
        Mistake::NotATaxNumber => not_a_tax_number(fault.field),
        Mistake::NotAnAmount => pair(
            "Το ποσό δεν μπορεί να είναι σωστό: γράψ’ το ξανά.",
            "This amount cannot be right: type it again.",
        ),
        Mistake::OutOfRange { from, to } => labelled(
            fault.field,
            &format!("από {from} έως {to}. Γράψ’ το ξανά."),
            &format!("from {from} to {to}. Type it again."),
        ),
        Mistake::NotADay => labelled(
            fault.field,
            "δεν μπορεί να είναι σωστή. Γράψ’ την ξανά.",
            "it cannot be right. Type it again.",
        ),
        Mistake::PeriodBackwards => pair(
            "Η τελευταία ημέρα είναι πριν από την πρώτη: διόρθωσε την περίοδο.",
            "The last day is before the first: correct the period.",
        ),
        Mistake::InTheFuture => pair(
            "Η ώρα άφιξης είναι στο μέλλον: έλεγξε το ρολόι του ταμείου.",
            "The time of arrival is in the future: check the terminal's clock.",
        ),
        Mistake::UnknownTrade => pair(
            "Η ΑΑΔΕ δεν δέχεται αυτό το είδος επιχείρησης: έλεγξε τις ρυθμίσεις.",
            "AADE does not take this kind of business: check the settings.",
        ),
        Mistake::NumberUnknown { .. }
        | Mistake::NotAnEntry { .. }
        | Mistake::EntryCancelled { .. }
        | Mistake::EntryCompleted { .. }
        | Mistake::TypeDiffers
        | Mistake::CustomerDiffers { .. }
        | Mistake::TooMany { .. }
        | Mistake::Twice { .. }
        | Mistake::AlreadyTied { .. } => of_entry(fault),
    }
}

/// What is wrong with the entry spoken of.
fn of_entry(fault: &Fault) -> (String, String) {
    match &fault.mistake {
        Mistake::NumberUnknown { id } => (
            format!("Η ΑΑΔΕ δεν έχει εγγραφή {id}: έλεγξε τη λίστα της ΑΑΔΕ."),
            format!("AADE has no entry {id}: check AADE's list."),
        ),
        Mistake::NotAnEntry { id } => (
            format!("Ο αριθμός {id} δεν είναι εγγραφής οχήματος: κάλεσε την υποστήριξη."),
            format!("The number {id} is not that of a vehicle's entry: call support."),
        ),
        Mistake::EntryCancelled { id } if fault.field == Field::CancelledEntry => (
            format!("Η εγγραφή {id} έχει ήδη ακυρωθεί: δεν χρειάζεται να κάνεις κάτι."),
            format!("The entry {id} was cancelled already: you need do nothing."),
        ),
        Mistake::EntryCancelled { id } => (
            format!("Η εγγραφή {id} έχει ακυρωθεί: κάνε νέα εγγραφή για το όχημα."),
            format!("The entry {id} was cancelled: make a new entry for the vehicle."),
        ),
        Mistake::EntryCompleted { id } => (
            format!("Η εγγραφή {id} έχει ολοκληρωθεί και δεν αλλάζει: αν έχει λάθος, ακύρωσέ την."),
            format!("The entry {id} is completed and does not change: if it is wrong, cancel it."),
        ),
        Mistake::CustomerDiffers { agreed } => (
            format!("Η εγγραφή έγινε για τον πελάτη με ΑΦΜ {agreed}: κόψε το τιμολόγιο σε αυτόν."),
            format!("The entry was made for the customer with tax number {agreed}: invoice that one."),
        ),
        Mistake::TooMany { max } => (
            format!("Πάνω από {max} εγγραφές σε ένα παραστατικό: στείλε τις σε ομάδες."),
            format!("More than {max} entries for one document: send them in groups."),
        ),
        Mistake::Twice { id } => (
            format!("Η εγγραφή {id} υπάρχει δύο φορές: κράτα την μία."),
            format!("The entry {id} stands twice: keep it once."),
        ),
        Mistake::AlreadyTied { id } => (
            format!("Η εγγραφή {id} έχει ήδη συνδεθεί με αυτό το παραστατικό: βγάλ’ την από τη λίστα."),
            format!("The entry {id} was tied to this document already: take it off the list."),
        ),
        _ => pair(
            "Η εγγραφή έγινε για άλλο είδος επιχείρησης: ακύρωσέ την και κάνε νέα.",
            "The entry was made for another kind of business: cancel it and make a new one.",
        ),
    }
}

fn pair(el: &str, en: &str) -> (String, String) {
    (el.to_owned(), en.to_owned())
}

/// A sentence that begins with the field's name, for what is said of many fields.
fn labelled(field: Field, el: &str, en: &str) -> (String, String) {
    let label = |language| field.label(language);
    (format!("«{}»: {el}", label(Language::El)), format!("“{}”: {en}", label(Language::En)))
}

fn missing(field: Field) -> (String, String) {
    match field {
        Field::Plate | Field::ForeignPlate => pair(
            "Λείπει η πινακίδα: γράψε την ή γράψε τον αριθμό πλαισίου.",
            "The plate is missing: type it, or the chassis number.",
        ),
        Field::VehicleCategory => pair(
            "Με ξένη πινακίδα η κατηγορία του οχήματος είναι υποχρεωτική: διάλεξέ την.",
            "With a foreign plate the category of the vehicle is mandatory: choose it.",
        ),
        Field::Maker => pair(
            "Με ξένη πινακίδα η μάρκα του οχήματος είναι υποχρεωτική εδώ: γράψε την.",
            "With a foreign plate the maker of the vehicle is mandatory here: type it.",
        ),
        Field::Customer | Field::CustomerCountry => pair(
            "Η επαναλαμβανόμενη υπηρεσία θέλει ΑΦΜ και χώρα πελάτη: γράψε τα ή κάνε την επίσκεψη άπαξ.",
            "A recurring service needs the customer's tax number and country: type them, or make the visit a one-off.",
        ),
        Field::PeriodicityMonths | Field::PeriodicityWords => pair(
            "Γράψε κάθε πότε τιμολογείται η μίσθωση: 1 έως 12 μήνες ή με λόγια.",
            "Type how often the lease is invoiced: 1 to 12 months, or in words.",
        ),
        Field::Category => pair(
            "Διάλεξε την υπηρεσία που έγινε: η ΑΑΔΕ τη ζητά κάθε φορά.",
            "Choose the service that was done: AADE asks for it every time.",
        ),
        Field::CategoryWords => {
            pair("Γράψε με λίγα λόγια ποια υπηρεσία έγινε.", "Type in a few words which service was done.")
        }
        Field::NoDocument => pair(
            "Δωρεάν υπηρεσία, ιδιόχρηση και εγγύηση δηλώνονται χωρίς παραστατικό: διάλεξε «Χωρίς παραστατικό».",
            "Free service, own use and warranty go without a document: choose “No document”.",
        ),
        Field::Reason => {
            pair("Διάλεξε γιατί δεν εκδίδεται παραστατικό.", "Choose why no document is issued.")
        }
        Field::InvoiceKind => pair(
            "Διάλεξε ποιο παραστατικό εκδίδεται ή γιατί δεν εκδίδεται.",
            "Choose which document is issued, or why none is.",
        ),
        Field::Counterparty | Field::CounterpartyCountry => pair(
            "Το τιμολόγιο θέλει ΑΦΜ και χώρα πελάτη: γράψε τα ή κόψε απόδειξη.",
            "An invoice needs the customer's tax number and country: type them, or issue a receipt.",
        ),
        Field::Partner => pair(
            "Γράψε το ΑΦΜ της επιχείρησης όπου πήγε το όχημα.",
            "Type the tax number of the business the vehicle went to.",
        ),
        Field::Amount => pair(
            "Η μίσθωση ολοκληρώνεται μόνο με το συμφωνημένο ποσό: γράψε το.",
            "A lease is completed only with the agreed amount: type it.",
        ),
        Field::FimNumber => pair(
            "Γράψε τον αριθμό της ταμειακής μηχανής όπως είναι στην απόδειξη.",
            "Type the number of the fiscal machine as it stands on the receipt.",
        ),
        Field::Entries => pair(
            "Διάλεξε τουλάχιστον μία εγγραφή για το παραστατικό.",
            "Choose at least one entry for the document.",
        ),
        other => labelled(other, "λείπει. Συμπλήρωσέ το.", "it is missing. Fill it in."),
    }
}

fn not_here(field: Field, code: u16) -> (String, String) {
    match (field, code) {
        (Field::OffSite | Field::Partner | Field::OtherBranch, 203) => pair(
            "Η μετακίνηση του οχήματος δηλώνεται μόνο με την ολοκλήρωση: ολοκλήρωσε την επίσκεψη.",
            "That the vehicle moved is told only with the completion: complete the visit.",
        ),
        (Field::OffSite | Field::Partner | Field::OtherBranch, _) => pair(
            "Μετακίνηση για εργασία αλλού δηλώνει μόνο συνεργείο: σβήσε την.",
            "Only a garage tells that a vehicle moved for work elsewhere: remove it.",
        ),
        (Field::Category | Field::CategoryWords, _) => pair(
            "Στην ενοικίαση δεν δηλώνεται κατηγορία υπηρεσίας: άφησέ την κενή.",
            "A rental tells no kind of service: leave it empty.",
        ),
        (Field::ReturnedElsewhere | Field::ReturnedAt, _) => pair(
            "Τόπος επιστροφής δηλώνεται μόνο στην ενοικίαση: σβήσε τον.",
            "Only a rental tells a place of return: remove it.",
        ),
        (Field::Mixed, _) => pair(
            "«Πάρκινγκ και πλυντήριο» δηλώνει μόνο πάρκινγκ ή πλυντήριο: βγάλ’ το από τις ρυθμίσεις.",
            "Only a car park or wash tells “parking and wash”: take it out of the settings.",
        ),
        (other, _) => labelled(other, "δεν δηλώνεται εδώ. Σβήσ’ το.", "it is not told here. Remove it."),
    }
}

fn not_now(field: Field) -> (String, String) {
    match field {
        Field::Reason => pair(
            "Λόγος δηλώνεται μόνο χωρίς παραστατικό: διάλεξε «Χωρίς παραστατικό» ή σβήσε τον λόγο.",
            "A reason goes only with no document: choose “No document”, or remove the reason.",
        ),
        Field::InvoiceKind => pair(
            "Χωρίς παραστατικό δεν δηλώνεται είδος παραστατικού: κράτα το ένα από τα δύο.",
            "With no document there is no kind of document: keep one of the two.",
        ),
        Field::Counterparty | Field::CounterpartyCountry => pair(
            "Χωρίς παραστατικό δεν δηλώνεται πελάτης τιμολογίου: σβήσε τον πελάτη ή κόψε παραστατικό.",
            "With no document there is no customer to invoice: remove the customer, or issue a document.",
        ),
        other => labelled(
            other,
            "δεν δηλώνεται μαζί με τα υπόλοιπα. Σβήσ’ το.",
            "it does not go with the rest. Remove it.",
        ),
    }
}

/// Warranty is known as a kind of service by 6 and as a reason by 3.
fn not_offered(field: Field, code: u8) -> (String, String) {
    match (field, code) {
        (Field::Category, 6) => pair(
            "Εγγύηση υπάρχει μόνο σε συνεργείο: διάλεξε άλλη υπηρεσία.",
            "Warranty exists only at garages: choose another service.",
        ),
        (Field::Reason, 3) => pair(
            "Εγγύηση υπάρχει μόνο σε συνεργείο: διάλεξε άλλον λόγο.",
            "Warranty exists only at garages: choose another reason.",
        ),
        (Field::Category, _) => pair(
            "Αυτή η υπηρεσία δεν υπάρχει σε αυτό το είδος επιχείρησης: διάλεξε άλλη.",
            "This kind of business does not have this service: choose another.",
        ),
        (other, _) => labelled(
            other,
            "δεν υπάρχει σε αυτό το είδος επιχείρησης. Διάλεξε άλλο.",
            "this kind of business does not have it. Choose another.",
        ),
    }
}

fn misfits(field: Field) -> (String, String) {
    match field {
        Field::Purpose => pair(
            "Επαναλαμβανόμενη ενοικίαση γίνεται μόνο με σκοπό «Ενοικίαση»: άλλαξε τον σκοπό.",
            "A recurring rental must have the purpose “rental”: change the purpose.",
        ),
        Field::Reason => pair(
            "Ο λόγος δεν ταιριάζει με την υπηρεσία: διάλεξε τον λόγο που της αντιστοιχεί.",
            "The reason does not fit the service: choose the one that goes with it.",
        ),
        other => labelled(
            other,
            "δεν ταιριάζει με τα υπόλοιπα. Διάλεξε άλλο.",
            "it does not fit the rest. Choose another.",
        ),
    }
}

fn not_a_country(given: &Text) -> (String, String) {
    match given.as_str() {
        "EL" => pair(
            "Η Ελλάδα γράφεται GR και όχι EL: διάλεξε τη χώρα από τη λίστα.",
            "Greece is GR, not EL: choose the country from the list.",
        ),
        "UK" => pair(
            "Το Ηνωμένο Βασίλειο γράφεται GB και όχι UK: διάλεξε τη χώρα από τη λίστα.",
            "The United Kingdom is GB, not UK: choose the country from the list.",
        ),
        given => {
            let short: String = given.chars().take(12).collect();
            (
                format!("Η ΑΑΔΕ δεν έχει χώρα «{short}»: διάλεξε τη χώρα από τη λίστα."),
                format!("AADE has no country “{short}”: choose the country from the list."),
            )
        }
    }
}

fn not_a_tax_number(field: Field) -> (String, String) {
    match field {
        Field::Entity => pair(
            "Το ΑΦΜ της επιχείρησης στις ρυθμίσεις δεν είναι σωστό: διόρθωσέ το.",
            "The tax number of the business in the settings is wrong: correct it.",
        ),
        Field::Partner => pair(
            "Το ΑΦΜ της επιχείρησης όπου πήγε το όχημα δεν είναι σωστό: διάβασέ το ξανά.",
            "The tax number of the business the vehicle went to is wrong: read it again.",
        ),
        Field::Counterparty => pair(
            "Το ΑΦΜ του τιμολογίου δεν είναι σωστό: διάβασέ το ξανά ή κόψε απόδειξη.",
            "The tax number on the invoice is wrong: read it again, or issue a receipt.",
        ),
        _ => pair(
            "Το ΑΦΜ του πελάτη δεν είναι σωστό: διάβασέ το ξανά ή κάνε την επίσκεψη άπαξ.",
            "The customer's tax number is wrong: read it again, or make the visit a one-off.",
        ),
    }
}
