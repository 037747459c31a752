//! Every refusal as a sentence, in Greek and English.

use super::Refusal;
use crate::domain::catalogue::NotOffered;
use crate::domain::customer::BadTaxNumber;
use crate::domain::document::BadDocumentName;
use crate::domain::listed::ListKind;
use crate::domain::payment::{BadPayment, Means};
use crate::domain::plate::BadPlate;
use crate::domain::text::Language;
use crate::domain::ticket::TicketFault;
use crate::domain::visit::StepRefused;

impl Refusal {
    /// The sentence for a language.
    pub fn sentence(&self, language: Language) -> String {
        let (el, en) = self.sentences();
        match language {
            Language::El => el,
            Language::En => en,
        }
    }

    fn sentences(&self) -> (String, String) {
        let pair = |el: &str, en: &str| (el.to_owned(), en.to_owned());
        match self {
            Self::Plate(bad) => plate(*bad),
            Self::AlreadyInside { .. } => pair(
                "Το όχημα είναι ήδη μέσα: άνοιξε την επίσκεψή του.",
                "This vehicle is already inside: open its visit.",
            ),
            Self::CategoryMissing => {
                pair("Διάλεξε την κατηγορία του οχήματος.", "Choose the category of the vehicle.")
            }
            Self::MakerMissing => pair(
                "Γράψε τη μάρκα: για ξένη πινακίδα είναι υποχρεωτική εδώ.",
                "Type the maker: with a foreign plate it is mandatory here.",
            ),
            Self::Order(refusal) => refusal.sentences(),
            Self::Bay(refusal) => refusal.sentences(),
            Self::Subscription(refusal) => refusal.sentences(),
            Self::Merchant(refusal) => refusal.sentences(),
            Self::Template(refusal) => refusal.sentences(),
            Self::Tariff(refusal) => refusal.sentences(),
            Self::Pack(refusal) => refusal.sentences(),
            Self::Listed { kind: ListKind::Stopped, reason } => (
                format!("Δεν επιτρέπεται η είσοδος: {reason}. Μόνο με υπεύθυνο."),
                format!("Not to come in: {reason}. Only a manager lets it in."),
            ),
            Self::Listed { reason, .. } => (
                format!("Προσοχή: {reason}. Αποφάσισε αν μπαίνει."),
                format!("Warning: {reason}. Decide whether it comes in."),
            ),
            Self::NotListed => pair("Η πινακίδα δεν είναι στη λίστα.", "The plate is not on the list."),
            Self::NoSuchVisit => pair(
                "Η επίσκεψη δεν είναι πια ανοιχτή: βρες την στη λίστα.",
                "This visit is no longer open: find it in the list.",
            ),
            Self::Step(refused) => step(*refused),
            Self::NotOffered(not) => not_offered(not),
            Self::NoService => pair("Διάλεξε πρώτα υπηρεσία.", "Choose a service first."),
            Self::Payment(bad) => payment(*bad),
            Self::TaxNumber(bad) => tax_number(bad),
            Self::DocumentName(bad) => document_name(bad),
            Self::NoSuchDocument => pair(
                "Δεν υπάρχει τέτοιο παραστατικό που να περιμένει αριθμό.",
                "No such document is waiting for its number.",
            ),
            Self::NotNamedYet => pair(
                "Το παραστατικό δεν έχει ακόμη τον αριθμό του: δώσε του πρώτα το ΜΑΡΚ ή τον αριθμό της ταμειακής.",
                "The document does not have its number yet: give it its MARK or its fiscal number first.",
            ),
            Self::NotVoidable => pair(
                "Αυτή η πληρωμή δεν ακυρώνεται πια: επίστρεψε τα χρήματα με πιστωτικό.",
                "This payment can no longer be made void: give the money back with a credit.",
            ),
            Self::IsACredit => pair(
                "Αυτό είναι ήδη επιστροφή χρημάτων: δεν επιστρέφεται.",
                "This gave money back already: it is not taken back.",
            ),
            Self::NotSoMuchLeft { left } => (
                format!("Από αυτό το παραστατικό απομένουν {} €.", left.with_comma()),
                format!("What is left of this document is {} €.", left.with_point()),
            ),
            Self::NotPaidSo { means, left } => {
                let (el, en) = paid_in(*means);
                (
                    format!(
                        "{el} πληρώθηκαν και απομένουν {} €: δώσε τα υπόλοιπα αλλιώς.",
                        left.with_comma()
                    ),
                    format!(
                        "What is left of what was paid {en} is {} €: give the rest in another way.",
                        left.with_point()
                    ),
                )
            }
            Self::NobodyNamed => pair(
                "Γράψε ποιος παίρνει τα χρήματα: όνομα ή τηλέφωνο.",
                "Type who takes the money: a name or a telephone number.",
            ),
            Self::StillBeingIssued => pair(
                "Το παραστατικό εκδίδεται τώρα: το ΜΑΡΚ του έρχεται μόνο του.",
                "The document is being issued: its MARK comes by itself.",
            ),
            Self::NotIssuable(why) => (
                format!(
                    "Αυτό το παραστατικό δεν θα γινόταν δεκτό ({why}): άλλαξε τρόπο ή κάλεσε τον υπεύθυνο."
                ),
                format!(
                    "This document would be refused ({why}): pay another way, or call the person in charge."
                ),
            ),
            Self::CardNotSigned => pair(
                "Κάρτα δεν γίνεται εδώ: ο πάροχος δεν υπογράφει την πληρωμή. Πάρε μετρητά ή άλλον τρόπο, ή έκδωσέ το στο τερματικό του παρόχου.",
                "No card here: the provider does not sign the payment. Take cash or another means, or issue it at the provider's own terminal.",
            ),
            Self::WarrantyOnlyAtGarages => pair(
                "Εγγύηση υπάρχει μόνο σε συνεργείο: διάλεξε άλλον λόγο.",
                "Warranty exists only at garages: choose another reason.",
            ),
            Self::Discount => pair(
                "Η έκπτωση δεν μπορεί να ξεπερνά το ποσό: γράψε μικρότερη.",
                "The discount cannot exceed what is due: type a smaller one.",
            ),
            Self::ReasonMissing => pair("Γράψε έναν λόγο.", "Type a reason."),
            Self::ShiftOpen => pair(
                "Υπάρχει ήδη ανοιχτή βάρδια: κλείσε την πρώτα.",
                "A shift is already open: close it first.",
            ),
            Self::NoShift => pair(
                "Άνοιξε πρώτα βάρδια με τα μετρητά του συρταριού.",
                "Open a shift first, with the cash in the drawer.",
            ),
            Self::Disk => pair(
                "Ο δίσκος είναι γεμάτος ή δεν γράφεται: μην πάρεις χρήματα, κάλεσε τον τεχνικό.",
                "The disk is full or cannot be written: take no money, call the technician.",
            ),
            Self::SamePlate => {
                pair("Αυτή είναι ήδη η πινακίδα της επίσκεψης.", "The visit already has this plate.")
            }
            Self::CorrectionWaits => pair(
                "Η διόρθωση περιμένει απάντηση από την ΑΑΔΕ· η δουλειά συνεχίζεται.",
                "The correction waits for AADE's answer; work goes on.",
            ),
            Self::AfterDeparture => pair(
                "Το όχημα έφυγε: η διόρθωση γίνεται από τις εκκρεμότητες.",
                "The vehicle has left: correct it from the exceptions.",
            ),
            Self::NoSuchPaper => {
                pair("Αυτή η εκτύπωση δεν περιμένει πια.", "This paper is no longer waiting.")
            }
            Self::NoSuchDifference => {
                pair("Αυτή η διαφορά έχει ήδη κλείσει.", "This difference is settled already.")
            }
            Self::StillBeingTold => pair(
                "Η εγγραφή του οχήματος στέλνεται ακόμη: περίμενε την απάντηση της ΑΑΔΕ.",
                "The vehicle's own entry is still being sent: wait for AADE's answer.",
            ),
            Self::NoSuchMessage => {
                pair("Αυτό το μήνυμα δεν περιμένει πια.", "This message is no longer waiting.")
            }
            Self::Amount => pair(
                "Το ποσό δεν μπορεί να είναι σωστό: γράψ’ το ξανά.",
                "This amount cannot be right: type it again.",
            ),
            Self::PriceFixed => pair(
                "Η επίσκεψη έχει ήδη κλείσει οικονομικά: η τιμή δεν αλλάζει.",
                "The visit is already settled: its price does not change.",
            ),
            Self::TradeNotHere => pair(
                "Αυτή η εργασία δεν γίνεται σε αυτό το ταμείο: διάλεξε άλλη.",
                "This kind of work is not done at this terminal: choose another.",
            ),
            Self::CategoryNotHere => pair(
                "Αυτή η κατηγορία υπηρεσίας δεν υπάρχει εδώ: διάλεξε άλλη.",
                "There is no such kind of service here: choose another.",
            ),
            Self::OtherCustomer { customer } => (
                format!("Η σύμβαση είναι με ΑΦΜ {}: τιμολόγησε αυτόν.", customer.number),
                format!("The contract is with tax number {}: invoice that one.", customer.number),
            ),
            Self::NoContract => pair(
                "Δεν υπάρχει σύμβαση: πάτα Πληρωμή, ή γράψε ποιος θα τιμολογηθεί.",
                "There is no contract: take payment, or type who will be invoiced.",
            ),
            Self::OffSiteOnlyAtGarages => pair(
                "Μετακίνηση για άλλη εργασία υπάρχει μόνο σε συνεργείο.",
                "Only a garage moves a vehicle away for further work.",
            ),
            Self::NotRegistered { reference } => (
                format!("Η επίσκεψη {} δεν έχει ενεργή εγγραφή στην ΑΑΔΕ: άφησέ την έξω.", reference.mark()),
                format!("Visit {} has no live entry at AADE: leave it out.", reference.mark()),
            ),
            Self::PinNeeded { operator } => {
                (format!("Πρέπει να γράψει το PIN: {operator}."), format!("{operator} has to type the PIN."))
            }
            Self::PinWrong => pair("Λάθος PIN.", "The PIN is wrong."),
            Self::PinLocked { seconds } => (
                format!("Πολλά λάθος PIN: δοκίμασε ξανά σε {seconds} δευτερόλεπτα."),
                format!("Too many wrong PINs: try again in {seconds} seconds."),
            ),
            Self::NoPin { operator } => (
                format!("Δεν έχει PIN: {operator}. Ο ιδιοκτήτης μπορεί να ορίσει."),
                format!("{operator} has no PIN: an owner can set one."),
            ),
            Self::PinByOwner => pair(
                "Το PIN το ορίζει όποιος το έχει, ή ο ιδιοκτήτης με το δικό του.",
                "A PIN is set by its person, or by an owner who has typed theirs.",
            ),
            Self::PinFailed { why } => {
                (format!("Το PIN δεν ελέγχθηκε: {why}."), format!("The PIN was not checked: {why}."))
            }
            Self::NoSuchPerson => pair("Διάλεξε ποιος είναι στο ταμείο.", "Choose who is at the till."),
            Self::CountDiffers => pair(
                "Τα χαρτονομίσματα και τα κέρματα δεν δίνουν αυτό το ποσό: μέτρησε ξανά.",
                "The notes and coins do not come to this sum: count again.",
            ),
            Self::ExplainedAlready => pair(
                "Η διαφορά έχει ήδη εξηγηθεί: η καταμέτρηση δεν αλλάζει.",
                "The difference is explained already: the count does not change.",
            ),
            Self::NotInTheDrawer => pair(
                "Το συρτάρι δεν έχει τόσα: έλεγξε το ποσό.",
                "The drawer does not hold that much: check the amount.",
            ),
            Self::NotSoManyTips { left } => (
                format!("Τα φιλοδωρήματα που απομένουν είναι {} €.", left.with_comma()),
                format!("The tips that are left are {} €.", left.with_point()),
            ),
            Self::DayHasShift => pair(
                "Κλείσε πρώτα τη βάρδια: η ημέρα κλείνει μετά από αυτήν.",
                "Close the shift first: the day is closed after it.",
            ),
            Self::DayHasUncounted => pair(
                "Μια βάρδια περιμένει την καταμέτρησή της: μέτρησέ την πρώτα.",
                "A shift waits for its count: count it first.",
            ),
            Self::DayHasVariance => pair(
                "Μια καταμέτρηση διαφέρει πάνω από το όριο: ο υπεύθυνος πρέπει να γράψει τον λόγο.",
                "A count differs by more than the limit: a manager must write down why.",
            ),
            Self::NothingToClose => pair(
                "Δεν έχει κλείσει βάρδια από το τελευταίο κλείσιμο ημέρας.",
                "No shift was closed since the last day close.",
            ),
            Self::NoCardTerminal => pair(
                "Δεν υπάρχει συνδεδεμένο τερματικό καρτών: πέρασε την κάρτα στο ξεχωριστό.",
                "No card terminal is linked: use the one that stands apart.",
            ),
            Self::OneCardAtATime => pair(
                "Μία κάρτα τη φορά: πλήρωσε το υπόλοιπο με άλλον τρόπο.",
                "One card at a time: pay the rest in another way.",
            ),
            Self::CardPending { session } => (
                format!(
                    "Δεν ξέρουμε τι έγινε με την κάρτα {session}: ρώτησε πρώτα το τερματικό, ή δες την απόδειξή του."
                ),
                format!(
                    "What became of card payment {session} is not known: ask the terminal first, or look at its slip."
                ),
            ),
            Self::CardApprovedAlready { session, amount } => (
                format!("Η κάρτα {session} έχει ήδη πληρώσει {} €: χρησιμοποίησέ το.", amount.with_comma()),
                format!("Card payment {session} has already paid {} €: use it.", amount.with_point()),
            ),
            Self::NoSuchCharge => {
                pair("Αυτή η πληρωμή με κάρτα δεν περιμένει πια.", "This card payment is no longer waiting.")
            }
            Self::AccountWithoutCustomer => pair(
                "Επί πιστώσει μόνο με τιμολόγιο: γράψε το ΑΦΜ του πελάτη.",
                "On account only with an invoice: type the customer's tax number.",
            ),
            Self::NoSuchDevice => pair(
                "Δεν υπάρχει τέτοια συσκευή εδώ: δες τις Συσκευές.",
                "There is no such device here: look at Devices.",
            ),
            Self::DeviceAddress { why } => (
                format!("Η διεύθυνση της συσκευής δεν διαβάζεται: {why}."),
                format!("The address of the device cannot be read: {why}."),
            ),
            Self::SimulatedDevice => pair(
                "Εικονικές συσκευές υπάρχουν μόνο στην εξάσκηση.",
                "Simulated devices exist in practice only.",
            ),
            Self::NoCamera => pair(
                "Η κάμερα δεν είναι έτοιμη: δες τις συσκευές, ή συνέχισε χωρίς φωτογραφία.",
                "The camera is not ready: look at the devices, or go on without a picture.",
            ),
            Self::Rental(refusal) => refusal.sentences(),
            Self::Lease(refusal) => refusal.sentences(),
            Self::Signature(refusal) => refusal.sentences(),
            Self::NoDeposits => pair(
                "Προκαταβολές δεν παίρνονται εδώ (ρύθμιση deposits).",
                "No deposits are taken here (setting deposits).",
            ),
            Self::NoSuchDeposit => pair(
                "Δεν κρατείται τέτοια προκαταβολή για αυτή την επίσκεψη.",
                "No such deposit is held for this visit.",
            ),
            Self::NotSoMuchDeposit { left } => (
                format!("Από την προκαταβολή απομένουν {} €.", left.with_comma()),
                format!("{} € are left of the deposit.", left.with_point()),
            ),
            Self::DepositByMoney => pair(
                "Η προκαταβολή παίρνεται και επιστρέφεται με μετρητά, κάρτα ή έμβασμα.",
                "A deposit is taken and given back in cash, by card or by transfer.",
            ),
            Self::WorkOnlyAtGarages => {
                pair("Εντολή εργασίας υπάρχει μόνο σε συνεργείο.", "Only a garage has work orders.")
            }
            Self::PricedByWorkOrder => pair(
                "Η τιμή βγαίνει από την εντολή εργασίας: άλλαξε τις γραμμές της.",
                "The price follows from the work order: change its lines.",
            ),
            Self::TooManyLines => pair(
                "Πάρα πολλές γραμμές: ένωσε όσες είναι ίδιες.",
                "Too many lines: put equal ones together.",
            ),
            Self::Quantity => pair(
                "Η ποσότητα δεν μπορεί να είναι σωστή: γράψ’ τη με ως δύο δεκαδικά.",
                "This quantity cannot be right: type it with up to two decimals.",
            ),
            Self::Kilometres => pair(
                "Τα χιλιόμετρα δεν μπορεί να είναι σωστά: γράψ’ τα ξανά.",
                "These kilometres cannot be right: type them again.",
            ),
            Self::NameMissing => pair("Γράψε ένα όνομα.", "Type a name."),
            Self::NextService => {
                pair("Γράψε μια μελλοντική ημερομηνία ή χιλιόμετρα.", "Type a day to come, or kilometres.")
            }
            Self::PromisedPast => pair("Διάλεξε ώρα που δεν έχει περάσει.", "Choose a time that is to come."),
            Self::EstimateChanged => pair(
                "Η προσφορά έχει αλλάξει: δείξε στον πελάτη την τελευταία.",
                "The estimate has changed: show the customer the last one.",
            ),
            Self::EstimateNotApproved => pair(
                "Ο πελάτης δεν έχει εγκρίνει την προσφορά: γράψε ποιος την εγκρίνει.",
                "The customer has not agreed to the estimate: write down who does.",
            ),
            Self::MoreThanAgreed { agreed, total } => (
                format!(
                    "Συμφωνήθηκαν {} € και έγιναν {} €: βγάλε νέα προσφορά και πάρε έγκριση.",
                    agreed.with_comma(),
                    total.with_comma()
                ),
                format!(
                    "{} € were agreed and it comes to {} €: make a new estimate and have it approved.",
                    agreed.with_point(),
                    total.with_point()
                ),
            ),
            Self::NoPrice(why) => (why.sentence(Language::El), why.sentence(Language::En)),
            Self::Ticket(fault) => ticket(fault),
            Self::NoLostFee => pair(
                "Ο τιμοκατάλογος δεν έχει χρέωση για χαμένο δελτίο: την τιμή ορίζει ο διευθυντής.",
                "The tariff has no fee for a lost ticket: a manager makes the price.",
            ),
            Self::NoStay => pair(
                "Αυτή η επίσκεψη δεν τιμολογείται με χρόνο στάθμευσης.",
                "This visit is not priced by the time it stands.",
            ),
            Self::Time => pair(
                "Αυτή η ώρα δεν μπορεί να είναι σωστή: γράψ’ την ξανά.",
                "This time cannot be right: type it again.",
            ),
            Self::NothingDue => {
                pair("Δεν οφείλεται τίποτα: πάτα Φεύγει το όχημα.", "Nothing is due: press Vehicle leaves.")
            }
            Self::Overstayed { due } => (
                format!("Πέρασε ο χρόνος εξόδου μετά την πληρωμή: οφείλονται ακόμη {} €.", due.with_comma()),
                format!("The time to leave after paying is over: {} € more are due.", due.with_point()),
            ),
            Self::Registry(fault) => (fault.told(Language::El), fault.told(Language::En)),
            Self::NoVisits => pair("Διάλεξε τις επισκέψεις.", "Choose the visits."),
        }
    }
}

/// How something was paid, as a part of a sentence.
const fn paid_in(means: Means) -> (&'static str, &'static str) {
    match means {
        Means::Cash => ("Με μετρητά", "in cash"),
        Means::Card => ("Με κάρτα", "by card"),
        Means::Iris => ("Με IRIS", "by IRIS"),
        Means::Bank => ("Με τράπεζα", "by bank"),
        Means::Voucher => ("Με κουπόνι", "with a voucher"),
        Means::Account => ("Επί πιστώσει", "on account"),
        Means::Deposit => ("Με προκαταβολή", "with a deposit"),
    }
}

fn plate(bad: BadPlate) -> (String, String) {
    let el = match bad {
        BadPlate::Empty => "Γράψε την πινακίδα: τουλάχιστον δύο γράμματα ή ψηφία.",
        BadPlate::TooLong => "Είναι πολύ μεγάλο για πινακίδα: γράψ’ το ξανά.",
        BadPlate::Country => "Διάλεξε τη χώρα της πινακίδας.",
    };
    (el.to_owned(), capitalised(&bad.to_string()))
}

fn ticket(fault: &TicketFault) -> (String, String) {
    match fault {
        TicketFault::Used { plate, left } => (
            format!(
                "Αυτό το δελτίο χρησιμοποιήθηκε: το {} έφυγε ήδη στις {}.",
                plate.display(),
                left.printed()
            ),
            format!("This ticket was used: {} already left at {}.", plate.display(), left.printed()),
        ),
        TicketFault::Cancelled { plate } => (
            format!(
                "Η επίσκεψη αυτού του δελτίου ({}) ακυρώθηκε: βρες το όχημα με την πινακίδα.",
                plate.display()
            ),
            format!(
                "The visit of this ticket ({}) was cancelled: find the vehicle by its plate.",
                plate.display()
            ),
        ),
        TicketFault::OtherSite => (
            "Το δελτίο είναι άλλου χώρου στάθμευσης: ζήτα το δικό μας ή γράψε την πινακίδα.".to_owned(),
            "This ticket is of another car park: ask for ours, or type the plate.".to_owned(),
        ),
        TicketFault::OtherTerminal { terminal } => (
            format!("Το δελτίο εκδόθηκε στο ταμείο {terminal}: πλήρωσέ το εκεί ή γράψε την πινακίδα."),
            format!("This ticket is of terminal {terminal}: pay it there, or type the plate."),
        ),
        TicketFault::Forged => (
            "Το δελτίο δεν εκδόθηκε εδώ: είναι πλαστό ή διαβάστηκε λάθος. Γράψε την πινακίδα.".to_owned(),
            "This ticket was not made here: it is forged, or misread. Type the plate.".to_owned(),
        ),
        TicketFault::Torn => (
            "Από το δελτίο διαβάστηκε μόνο ένα κομμάτι: γράψε τον αριθμό του ή την πινακίδα.".to_owned(),
            "Only a part of the ticket could be read: type its number or the plate.".to_owned(),
        ),
        TicketFault::Unknown => (
            "Το δελτίο είναι δικό μας, αλλά η επίσκεψή του δεν υπάρχει εδώ: γράψε την πινακίδα.".to_owned(),
            "This ticket is ours, but its visit is not here: type the plate.".to_owned(),
        ),
    }
}

fn step(refused: StepRefused) -> (String, String) {
    let el = match refused {
        StepRefused::AlreadyStarted => "Η υπηρεσία έχει ήδη αρχίσει.",
        StepRefused::AlreadyDone => "Η υπηρεσία έχει ήδη τελειώσει.",
        StepRefused::AlreadyPaid => "Η επίσκεψη έχει ήδη πληρωθεί.",
        StepRefused::NotSettled => "Η επίσκεψη δεν έχει πληρωθεί ακόμη: πάτα Πληρωμή.",
        StepRefused::Over => "Η επίσκεψη έχει ήδη τελειώσει.",
        StepRefused::Out => "Το όχημα είναι έξω.",
        StepRefused::In => "Το όχημα είναι ήδη μέσα.",
    };
    (el.to_owned(), capitalised(&refused.to_string()))
}

fn not_offered(not: &NotOffered) -> (String, String) {
    let el = match not {
        NotOffered::Unknown(code) => format!("Δεν υπάρχει υπηρεσία {code} στον τιμοκατάλογο."),
        NotOffered::Size { code } => format!("Η υπηρεσία {code} δεν προσφέρεται σε αυτό το μέγεθος."),
    };
    (el, capitalised(&not.to_string()))
}

fn payment(bad: BadPayment) -> (String, String) {
    let el = match bad {
        BadPayment::Amount => "Το ποσό δεν μπορεί να είναι σωστό: γράψ’ το ξανά.".to_owned(),
        BadPayment::Short { missing } => format!("Λείπουν ακόμη {} €.", missing.with_comma()),
        BadPayment::OnlyCashGivesChange => {
            "Ρέστα δίνουν μόνο τα μετρητά: ό,τι πληρώνει η κάρτα πάνω από το ποσό γράφεται ως φιλοδώρημα."
                .to_owned()
        }
    };
    (el, capitalised(&bad.to_string()))
}

fn tax_number(bad: &BadTaxNumber) -> (String, String) {
    let el = match bad {
        BadTaxNumber::Shape => "Το ΑΦΜ έχει εννέα ψηφία.",
        BadTaxNumber::Check => "Το ΑΦΜ δεν είναι σωστό: διάβασέ το ξανά.",
        BadTaxNumber::Foreign => "Ο ξένος φορολογικός αριθμός έχει 1 ως 30 γράμματα ή ψηφία.",
        BadTaxNumber::Country => "Διάλεξε τη χώρα του φορολογικού αριθμού.",
    };
    (el.to_owned(), capitalised(&bad.to_string()))
}

fn document_name(bad: &BadDocumentName) -> (String, String) {
    let el = match bad {
        BadDocumentName::Mark => "Το ΜΑΡΚ έχει 15 ψηφία και αρχίζει από 4.",
        BadDocumentName::Machine => "Ο αριθμός μηχανής έχει τρία γράμματα και οκτώ ψηφία, π.χ. ABC12345678.",
        BadDocumentName::Number => "Γράψε τον αριθμό της απόδειξης.",
        BadDocumentName::NotAReceipt => {
            "Αυτός ο κωδικός δεν είναι απόδειξης: σάρωσε την απόδειξη της ταμειακής."
        }
    };
    (el.to_owned(), capitalised(&bad.to_string()))
}

fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first: String = chars.next().map(char::to_uppercase).into_iter().flatten().collect();
    format!("{first}{}.", chars.as_str())
}
