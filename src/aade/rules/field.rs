//! The registry's fields: our word for each, the element that carries it, and what people call it.

use crate::domain::text::Language;

/// One field of a request, in the order of the documents. Names and elements: AADE DCL 1.1, schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The number of a new entry; the registry's to give.
    EntryGiven,
    /// Kind of business.
    ClientType,
    /// When the vehicle came (rental: left); ours to tell only after an outage.
    Arrived,
    /// The business spoken for, when somebody else speaks.
    Entity,
    /// The establishment.
    Branch,
    /// Recurring for one business.
    Recurring,
    /// A right bought beforehand.
    Continuous,
    /// First day of the agreed period.
    PeriodFrom,
    /// Last day of the agreed period.
    PeriodTo,
    /// The business offers parking and wash.
    Mixed,
    /// Tax number of the recurring customer.
    Customer,
    /// … and its country.
    CustomerCountry,
    /// The connection was lost at arrival.
    Outage,
    /// The entry this one replaces or continues.
    Replaces,
    /// A remark.
    Comments,
    /// The part that only this kind of business tells.
    UseCase,
    /// A Greek plate.
    Plate,
    /// A foreign or state plate, or a chassis number.
    ForeignPlate,
    /// Car, motorcycle …
    VehicleCategory,
    /// The vehicle's maker.
    Maker,
    /// Why a rental vehicle leaves.
    Purpose,
    /// A rental vehicle was taken over away from the establishment.
    PickedUpElsewhere,
    /// … and where.
    PickedUpAt,
    /// A lease is invoiced every so many months.
    PeriodicityMonths,
    /// Invoiced in instalments while it lasts.
    Lease,
    /// … or how often, in words.
    PeriodicityWords,
    /// The number of an update; the registry's to give.
    UpdateGiven,
    /// The entry an update speaks of.
    Entry,
    /// The vehicle leaves.
    Completes,
    /// No document will be issued.
    NoDocument,
    /// The agreed amount.
    Amount,
    /// When the entry was completed; the registry's to stamp.
    Completed,
    /// A rental vehicle came back away from the establishment.
    ReturnedElsewhere,
    /// … and where.
    ReturnedAt,
    /// Kind of service.
    Category,
    /// … in words.
    CategoryWords,
    /// Kind of document.
    InvoiceKind,
    /// Where a garage's vehicle went for further work.
    OffSite,
    /// When it went; the registry's to stamp.
    Exited,
    /// Tax number of the business it went to.
    Partner,
    /// Our own establishment it went to.
    OtherBranch,
    /// Why there is no document.
    Reason,
    /// Tax number of the invoice's counterparty.
    Counterparty,
    /// … and its country.
    CounterpartyCountry,
    /// The number of a correlation; the registry's to give.
    CorrelationGiven,
    /// The document's number at myDATA.
    Mark,
    /// The receipt of a fiscal machine, as a whole.
    Fim,
    /// The machine's registered number.
    FimNumber,
    /// The receipt's number.
    FimReceipt,
    /// Date on the receipt.
    FimDate,
    /// Time on the receipt.
    FimTime,
    /// The entries a document is for.
    Entries,
    /// The entry to be cancelled; a parameter of the address.
    CancelledEntry,
}

impl Field {
    /// The registry's own name of it.
    pub const fn element(self) -> &'static str {
        self.words().0
    }

    /// What a person calls it, as the label of an input or inside a sentence.
    pub const fn label(self, language: Language) -> &'static str {
        match language {
            Language::El => self.words().1,
            Language::En => self.words().2,
        }
    }

    /// Whether a person is asked for it. The others are known without asking, or follow from what a person tells.
    pub const fn is_asked_of_people(self) -> bool {
        matches!(
            self,
            Self::Recurring
                | Self::Continuous
                | Self::PeriodFrom
                | Self::PeriodTo
                | Self::Customer
                | Self::CustomerCountry
                | Self::Comments
                | Self::Plate
                | Self::ForeignPlate
                | Self::VehicleCategory
                | Self::Maker
                | Self::Purpose
                | Self::PickedUpAt
                | Self::PeriodicityMonths
                | Self::Lease
                | Self::PeriodicityWords
                | Self::NoDocument
                | Self::Amount
                | Self::ReturnedAt
                | Self::Category
                | Self::CategoryWords
                | Self::InvoiceKind
                | Self::OffSite
                | Self::Partner
                | Self::OtherBranch
                | Self::Reason
                | Self::Counterparty
                | Self::CounterpartyCountry
                | Self::Mark
                | Self::FimNumber
                | Self::FimReceipt
                | Self::FimDate
                | Self::FimTime
        )
    }

    /// Element, Greek and English label.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::EntryGiven => ("idDcl", "Αριθμός εγγραφής", "Number of the entry"),
            Self::ClientType => ("clientServiceType", "Είδος επιχείρησης", "Kind of business"),
            Self::Arrived => ("creationDateTime", "Ώρα άφιξης", "Time of arrival"),
            Self::Entity => ("entityVatNumber", "ΑΦΜ της επιχείρησης", "Tax number of the business"),
            Self::Branch => ("branch", "Εγκατάσταση", "Establishment"),
            Self::Recurring => ("recurringService", "Επαναλαμβανόμενη", "Recurring"),
            Self::Continuous => ("continuousService", "Προπληρωμένο δικαίωμα", "Prepaid right"),
            Self::PeriodFrom => ("fromAgreedPeriodDate", "Από ημερομηνία", "First day"),
            Self::PeriodTo => ("toAgreedPeriodDate", "Έως ημερομηνία", "Last day"),
            Self::Mixed => ("mixedService", "Πάρκινγκ και πλυντήριο", "Parking and wash"),
            Self::Customer => ("customerVatNumber", "ΑΦΜ πελάτη", "Customer's tax number"),
            Self::CustomerCountry => ("customerCountry", "Χώρα πελάτη", "Customer's country"),
            Self::Outage => ("transmissionFailure", "Απώλεια διασύνδεσης", "Connection lost"),
            Self::Replaces => ("correlatedDclId", "Συσχετιζόμενη εγγραφή", "Earlier entry"),
            Self::Comments => ("comments", "Σχόλια", "Remarks"),
            Self::UseCase => ("useCase", "Στοιχεία οχήματος", "The vehicle's details"),
            Self::Plate => ("vehicleRegistrationNumber", "Πινακίδα", "Plate"),
            Self::ForeignPlate => {
                ("foreignVehicleRegistrationNumber", "Ξένη πινακίδα ή πλαίσιο", "Foreign plate or chassis")
            }
            Self::VehicleCategory => ("vehicleCategory", "Κατηγορία οχήματος", "Category of the vehicle"),
            Self::Maker => ("vehicleFactory", "Μάρκα", "Maker"),
            Self::Purpose => ("vehicleMovementPurpose", "Σκοπός κίνησης", "Purpose of the movement"),
            Self::PickedUpElsewhere => ("isDiffVehPickupLocation", "Τόπος παράδοσης", "Place of hand-over"),
            Self::PickedUpAt => ("vehiclePickupLocation", "Διεύθυνση παράδοσης", "Address of the hand-over"),
            Self::PeriodicityMonths => ("periodicity", "Κάθε πόσους μήνες", "Months between payments"),
            Self::Lease => ("continuousLeaseService", "Διαρκής μίσθωση", "Continuous lease"),
            Self::PeriodicityWords => ("periodicityOther", "Περιοδικότητα με λόγια", "How often, in words"),
            Self::UpdateGiven => ("updateUniqueId", "Αριθμός ενημέρωσης", "Number of the update"),
            Self::Entry => ("initialDclId", "Εγγραφή", "Entry"),
            Self::Completes => ("entryCompletion", "Ολοκλήρωση", "Completion"),
            Self::NoDocument => ("nonIssueInvoice", "Χωρίς παραστατικό", "No document"),
            Self::Amount => ("amount", "Συμφωνημένο ποσό", "Agreed amount"),
            Self::Completed => ("completionDateTime", "Ώρα ολοκλήρωσης", "Time of completion"),
            Self::ReturnedElsewhere => ("isDiffVehReturnLocation", "Τόπος επιστροφής", "Place of return"),
            Self::ReturnedAt => ("vehicleReturnLocation", "Διεύθυνση επιστροφής", "Address of the return"),
            Self::Category => ("providedServiceCategory", "Κατηγορία υπηρεσίας", "Kind of service"),
            Self::CategoryWords => {
                ("providedServiceCategoryOther", "Περιγραφή υπηρεσίας", "The service in words")
            }
            Self::InvoiceKind => ("invoiceKind", "Είδος παραστατικού", "Kind of document"),
            Self::OffSite => ("offSiteProvidedService", "Μετακίνηση οχήματος", "Moved elsewhere"),
            Self::Exited => ("exitDateTime", "Ώρα εξόδου", "Time of exit"),
            Self::Partner => ("cooperatingVatNumber", "ΑΦΜ συνεργαζόμενου", "Partner's tax number"),
            Self::OtherBranch => ("otherBranch", "Άλλη εγκατάσταση", "Other establishment"),
            Self::Reason => ("reasonNonIssueType", "Λόγος μη έκδοσης", "Why no document"),
            Self::Counterparty => ("invoiceCounterparty", "ΑΦΜ τιμολογίου", "Tax number on the invoice"),
            Self::CounterpartyCountry => {
                ("invoiceCounterpartyCountry", "Χώρα τιμολογίου", "Country on the invoice")
            }
            Self::CorrelationGiven => ("correlateId", "Αριθμός συσχέτισης", "Number of the correlation"),
            Self::Mark => ("mark", "ΜΑΡΚ", "MARK"),
            Self::Fim => ("FIM", "Απόδειξη ταμειακής", "Receipt of the fiscal machine"),
            Self::FimNumber => ("FIMNumber", "Αριθμός ταμειακής μηχανής", "Number of the fiscal machine"),
            Self::FimReceipt => ("FIMAA", "Αριθμός απόδειξης", "Number of the receipt"),
            Self::FimDate => ("FIMIssueDate", "Ημερομηνία απόδειξης", "Date of the receipt"),
            Self::FimTime => ("FIMIssueTime", "Ώρα απόδειξης", "Time of the receipt"),
            Self::Entries => ("correlatedDCLids", "Εγγραφές", "Entries"),
            Self::CancelledEntry => ("DCLID", "Εγγραφή προς ακύρωση", "Entry to be cancelled"),
        }
    }
}
