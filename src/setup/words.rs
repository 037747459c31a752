//! The words of the questions: what each asks, and what a person should know before answering.

use super::answers::Answers;
use super::step::{ISSUERS, Offer, Step, TARIFFS, TRADES, issuer_id, trade_id};
use crate::domain::settings::{IssuerKind, Trade};
use crate::domain::text::Language;

/// Greek, English.
struct Two(&'static str, &'static str);

impl Two {
    const fn of(&self, language: Language) -> &'static str {
        match language {
            Language::El => self.0,
            Language::En => self.1,
        }
    }
}

/// What a question asks.
pub fn title(step: Step, language: Language) -> &'static str {
    let two = match step {
        Step::Language => Two("Γλώσσα / Language", "Language / Γλώσσα"),
        Step::Trades => Two("Τι γίνεται εδώ;", "What is done here?"),
        Step::Exemptions => Two("Ποιος εξαιρείται", "Who is exempt"),
        Step::Name => Two("Επωνυμία", "Name of the business"),
        Step::Afm => Two("ΑΦΜ", "AFM"),
        Step::Address => Two("Διεύθυνση", "Address"),
        Step::Phone => Two("Τηλέφωνο", "Telephone"),
        Step::Branch => Two("Αριθμός εγκατάστασης", "Number of the establishment"),
        Step::Vat => Two("Συντελεστής ΦΠΑ", "VAT rate"),
        Step::Issuer => Two("Ποιος εκδίδει το παραστατικό;", "Who issues the tax document?"),
        Step::Exemption => Two("Το βεβαίωσε ο λογιστής;", "Has the accountant confirmed it?"),
        Step::Bays => Two("Θέσεις πλυσίματος", "Washing bays"),
        Step::Tariff => Two("Τιμολόγιο στάθμευσης", "Parking tariff"),
        Step::Printer => Two("Εκτυπωτής", "Printer"),
        Step::Scanner => Two("Σαρωτής", "Scanner"),
        Step::Owner => Two("Ιδιοκτήτης", "Owner"),
        Step::Cashier => Two("Ταμίας", "Cashier"),
        Step::Service => Two("Υπηρεσία της ΑΑΔΕ", "AADE's service"),
        Step::User => Two("Χρήστης της ΑΑΔΕ", "User at AADE"),
        Step::Key => Two("Κωδικός της ΑΑΔΕ", "Key at AADE"),
        Step::Done => Two("Όλα έτοιμα", "All is ready"),
    };
    two.of(language)
}

/// What a person should know before answering.
pub fn explanation(step: Step, language: Language) -> &'static str {
    let two = match step {
        Step::Language => Two("Της οθόνης και των εντύπων.", "Of the screen and of papers."),
        Step::Trades => Two(
            "Ένα ή περισσότερα· το πρώτο που πατάς είναι το κύριο.",
            "One or more; the first one you touch is the main one.",
        ),
        Step::Exemptions => Two(
            "Εγγραφή στο Ψηφιακό Πελατολόγιο γίνεται πριν αρχίσει η υπηρεσία, για κάθε όχημα. Δεν έχουν υποχρέωση: η \
             χρηματοδοτική μίσθωση, τα αυτόματα πλυντήρια που εκδίδουν αμέσως παραστατικό, η προετοιμασία καινούργιων από \
             αντιπροσωπείες, οι περιφραγμένοι χώροι χωρίς φύλακα ή άλλες υπηρεσίες, η επισκευή εξαρτημάτων χωρίς το όχημα, ο \
             χώρος στάθμευσης πελατών της ίδιας επιχείρησης και η επιτόπια βοήθεια. Αν ανήκεις κάπου εδώ, ρώτησε τον λογιστή \
             σου πριν συνεχίσεις.",
            "A vehicle is entered in the Digital Clientele before its service begins. Exempt are: financial leasing, \
             self-service washes that issue the document at once, preparation of new cars by dealers, fenced plots without a \
             guard or other services, parts repaired without the vehicle, a business's own car park for its customers, and \
             repair on the spot. If you are one of these, ask your accountant before you go on.",
        ),
        Step::Name => Two("Όπως στα παραστατικά.", "As on your documents."),
        Step::Afm => Two("Εννέα ψηφία.", "Nine digits."),
        Step::Address => Two("Οδός, αριθμός, ΤΚ, πόλη.", "Street, number, postal code, town."),
        Step::Phone => {
            Two("Τυπώνεται στα έντυπα· μπορεί να μείνει κενό.", "Printed on papers; may stay empty.")
        }
        Step::Branch => Two(
            "Όπως την αριθμεί το Μητρώο· 0 είναι η έδρα.",
            "As the tax registry numbers it; 0 is the head office.",
        ),
        Step::Vat => Two("24 %, ή 17 % σε νησιά όπου ισχύει.", "24 %, or 17 % on islands where it holds."),
        Step::Issuer => Two(
            "Το Tameio δεν είναι ταμειακή ούτε πάροχος. Πλυντήρια και συνεργεία εκδίδουν με ταμειακή (ΦΗΜ) ή πάροχο. Ο \
             λογιστής σου ξέρει τι ισχύει.",
            "Tameio is no fiscal device and no provider. Washes and garages issue by a fiscal machine or a provider. Your \
             accountant knows what holds for you.",
        ),
        Step::Exemption => Two(
            "Ότι η επιχείρηση δεν χρειάζεται φορολογικό μηχανισμό για τις αποδείξεις της (για παράδειγμα χώρος στάθμευσης που \
             τυπώνει την πινακίδα).",
            "That the business needs no fiscal machine for its receipts (for instance a car park that prints the plate).",
        ),
        Step::Bays => {
            Two("Βάζουν πίνακα στην οθόνη· 0 χωρίς πίνακα.", "They put a board on the screen; 0 is without.")
        }
        Step::Tariff => {
            Two("Για αρχή· αλλάζει μετά στην οθόνη.", "To begin with; it is changed at the screen later.")
        }
        Step::Printer => Two(
            "Όσοι βρέθηκαν. Χωρίς εκτυπωτή τα έντυπα φαίνονται στην οθόνη.",
            "Those that were found. Without one, papers are shown on the screen.",
        ),
        Step::Scanner => Two(
            "Όσοι βρέθηκαν. Ένας σαρωτής που γράφει σαν πληκτρολόγιο ακούγεται από το παράθυρο.",
            "Those that were found. A scanner that types like a keyboard is heard by the window.",
        ),
        Step::Owner => Two(
            "Έχει κάθε δικαίωμα· το PIN ορίζεται στην οθόνη με την πρώτη χρήση.",
            "Has every right; the PIN is set at the screen at first use.",
        ),
        Step::Cashier => {
            Two("Ο πρώτος ταμίας· κενό αν είσαι μόνος.", "The first cashier; empty where you are alone.")
        }
        Step::Service => Two(
            "Ξεκίνα με τη δοκιμαστική: τίποτα δεν μετράει. Η αλλαγή είναι μία λέξη στο αρχείο.",
            "Begin with the test service: nothing counts there. The change is one word in the file.",
        ),
        Step::User => Two(
            "Από το myDATA: Εγγραφή στο REST API. Άλλος για δοκιμή και άλλος για παραγωγή.",
            "From myDATA: REST API registration. Test and production have users of their own.",
        ),
        Step::Key => Two(
            "Το subscription key. Γράφεται σε αρχείο που διαβάζει μόνο αυτός ο χρήστης του συστήματος.",
            "The subscription key. It goes into a file that only this user of the system may read.",
        ),
        Step::Done => Two(
            "Δοκίμασε τον λογαριασμό και τον εκτυπωτή, και γράψε τη ρύθμιση. Μετά κάνε μία επίσκεψη στην εξάσκηση.",
            "Try the account and the printer, then write the configuration. After that, take one visit in practice.",
        ),
    };
    two.of(language)
}

/// The keys of a question. Devices are those that were found, which whoever runs the set-up adds.
pub fn offers(step: Step, answers: &Answers) -> Vec<Offer> {
    let language = answers.language;
    let offer = |id: &str, text: &str| Offer { id: id.to_owned(), text: text.to_owned() };
    let two = |id: &str, el: &'static str, en: &'static str| offer(id, Two(el, en).of(language));
    match step {
        Step::Language => vec![offer("el", "Ελληνικά"), offer("en", "English")],
        Step::Trades => {
            TRADES.into_iter().map(|trade| offer(trade_id(trade), trade_name(trade, language))).collect()
        }
        Step::Vat => vec![offer("24", "24 %"), offer("17", "17 %")],
        Step::Issuer => ISSUERS
            .into_iter()
            .map(|issuer| offer(issuer_id(issuer), issuer_name(issuer, language)))
            .collect(),
        Step::Exemption => {
            vec![two("yes", "Ναι, το βεβαίωσε", "Yes, confirmed"), two("no", "Όχι ακόμη", "Not yet")]
        }
        Step::Tariff => TARIFFS.into_iter().map(|name| offer(name, tariff_name(name, language))).collect(),
        Step::Printer => vec![two("", "Χωρίς εκτυπωτή τώρα", "No printer for now")],
        Step::Scanner => vec![two("wedge:", "Σαρωτής σαν πληκτρολόγιο", "A scanner like a keyboard")],
        Step::Service => {
            vec![two("test", "Δοκιμαστική", "Test service"), two("production", "Παραγωγική", "Production")]
        }
        _ => Vec::new(),
    }
}

fn trade_name(trade: Trade, language: Language) -> &'static str {
    let two = match trade {
        Trade::Wash => Two("Πλυντήριο", "Car wash"),
        Trade::Parking => Two("Χώρος στάθμευσης", "Car park"),
        Trade::Garage => Two("Συνεργείο", "Garage"),
        Trade::Rental => Two("Ενοικιάσεις", "Rental desk"),
    };
    two.of(language)
}

fn issuer_name(issuer: IssuerKind, language: Language) -> &'static str {
    let two = match issuer {
        IssuerKind::TypedFim => Two("Η ταμειακή μου (ΦΗΜ)", "My fiscal machine"),
        IssuerKind::TypedMark => Two("Πάροχος ή ERP που δίνει ΜΑΡΚ", "A provider or ERP that gives a MARK"),
        IssuerKind::MyData => Two("Το Tameio στο myDATA (με εξαίρεση)", "Tameio to myDATA (where exempt)"),
        IssuerKind::Provider => Two("Το Tameio μέσω παρόχου", "Tameio through a provider"),
        IssuerKind::Simulated => Two("Εξάσκηση", "Practice"),
    };
    two.of(language)
}

fn tariff_name(name: &str, language: Language) -> &'static str {
    let two = match name {
        "t2" => Two("Ανά ώρα: ημέρα 3,00, νύχτα 1,00", "By the hour: day 3.00, night 1.00"),
        "t3" => Two("Κλίμακα αεροδρομίου, σύντομη", "Airport steps, short stay"),
        "t4" => Two("Κλίμακα αεροδρομίου, μακρά", "Airport steps, long stay"),
        "t5" => Two("Ανά λεπτό, εργάσιμες 08–18", "By the minute, weekdays 08–18"),
        _ => Two("4,00 η 1η ώρα, 6,00 οι 2, έως 14,00", "4.00 first hour, 6.00 two, at most 14.00"),
    };
    two.of(language)
}
