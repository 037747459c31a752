//! Papers: what stands on them, at every width, and what must not.

mod golden;
mod merchants;
mod pdf;
mod templates;

use std::collections::BTreeMap;

use jiff::civil;
use tameio::domain::account::AccountRules;
use tameio::domain::bay::OnBoard;
use tameio::domain::catalogue::{Catalogue, Size};
use tameio::domain::credit::Credited;
use tameio::domain::customer::TaxNumber;
use tameio::domain::dashboard::{Dashboard, Eighths};
use tameio::domain::deposit::{Deposit, Return, Use};
use tameio::domain::document::{Document, DocumentKind, DocumentName, IssuedFor};
use tameio::domain::entry::{ClientType, Entry, MessageState, Moment};
use tameio::domain::ids::{DepositId, DocumentId, MessageId, Reference, TerminalId, VisitId};
use tameio::domain::money::{Cents, Quantity, Rate};
use tameio::domain::operator::OperatorId;
use tameio::domain::parking::ParkingRules;
use tameio::domain::payment::{Means, Payment, Tender};
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::provider::ProviderRules;
use tameio::domain::rental::{Driver, HandOver, Rental, RentalRules, RentalTerms, VehicleReturn, days_later};
use tameio::domain::sale::{Discount, DiscountAmount, DiscountSource, Line, Sale};
use tameio::domain::settings::{
    Business, GarageRules, IssuerKind, IssuingRules, LookUpRules, PlateRules, RegistryRules, Settings,
    StorageRule, Trade,
};
use tameio::domain::terms::{MovementPurpose, ServiceTerms, Trip};
use tameio::domain::text::{Language, Name, Text};
use tameio::domain::time::Stamp;
use tameio::domain::visit::{PlateSource, VehicleFacts, Visit, VisitState};
use tameio::paper::picture::{picture, png};
use tameio::paper::{Facts, sheet};
use tameio_drivers::printer::Profile;

/// Every kind of paper width there is: 32, 42 and 48 columns.
const WIDTHS: [&str; 3] = ["epson-58", "epson-t88", "epson-80"];

fn settings() -> Settings {
    Settings {
        plates: PlateRules::default(),
        terminal: terminal(),
        practice: false,
        business: Business {
            name: Text::new("Πλυντήριο Παράδειγμα Μονοπρόσωπη ΙΚΕ"),
            afm: "999999993".to_owned(),
            activity: Text::new("Πλύσιμο & στάθμευση οχημάτων"),
            address: Text::new("Λεωφ. Παραδείγματος 10, 11111 Αθήνα"),
            doy: Text::new("Δ΄ Αθηνών"),
            gemi: Text::new("123456701000"),
            phone: Text::new("210 0000000"),
        },
        branch: 0,
        trade: Trade::Wash,
        also: Vec::new(),
        language: Language::El,
        bays: 0,
        redo_within_h: 48,
        catalogue: Catalogue {
            items: Vec::new(),
            version: "2026-10".to_owned(),
            vat: Rate(2400),
            packages: Vec::new(),
            extras: Vec::new(),
            size_discounts: BTreeMap::new(),
        },
        accounts: AccountRules::default(),
        operators: Vec::new(),
        issuer: IssuerKind::Simulated,
        issuing: IssuingRules::default(),
        look_up: LookUpRules::default(),
        provider: ProviderRules::default(),
        series: "A7K3Q".to_owned(),
        credit_series: "A7K3QC".to_owned(),
        notice: Text::new("Σας ευχαριστούμε"),
        registry: RegistryRules::default(),
        rental: RentalRules::default(),
        ticket_at_arrival: true,
        deposits: true,
        own_vehicles: Vec::new(),
        disk_free_min_bytes: 0,
        variance_max: Cents(200),
        garage: GarageRules::default(),
        packs: Default::default(),
        storage: StorageRule::default(),
        pins: false,
        parking: ParkingRules::default(),
        ticket_key: None,
        lock_after_s: 0,
    }
}

fn terminal() -> TerminalId {
    TerminalId::try_from("7K3Q".to_owned()).unwrap()
}

fn reference() -> Reference {
    Reference { terminal: terminal(), number: 123 }
}

fn stamp() -> Stamp {
    Stamp::new("2026-10-05T15:42:10Z".parse().unwrap())
}

fn plate() -> Plate {
    Plate::parse(&PlateEntry::Greek, "ihz 4821").unwrap()
}

fn item(el: &str, en: &str, thousandths: i64, cents: i64, rate: u32) -> Line {
    Line::new("X", Name::new(el, en), Quantity(thousandths), Cents(cents), Rate(rate))
}

/// A sale with two rates, a weighed thing, a taxi's discount and one two by hand, one of them nothing; 34.55 is due.
fn sale() -> Sale {
    let discount = |source, amount, reason: &str| Discount {
        source,
        amount,
        reason: Text::new(reason),
        approved_by: None,
    };
    let long = "Πλήρες εξωτερικό και εσωτερικό πλύσιμο με κέρωμα και καθαρισμό ταπετσαρίας";
    Sale {
        lines: vec![
            item("Πλύσιμο μέσα-έξω", "Full wash", 1000, 1400, 2400),
            item(long, "Full inner and outer wash with waxing and upholstery", 1000, 2450, 2400),
            item("Νερό εμφιαλωμένο", "Bottled water", 2000, 50, 1300),
        ],
        discounts: vec![
            discount(DiscountSource::Category, DiscountAmount::Percent(Rate(1000)), "taxi"),
            discount(DiscountSource::Manual, DiscountAmount::Amount(Cents(100)), "τακτικός"),
            discount(DiscountSource::Manual, DiscountAmount::Amount(Cents(0)), "τίποτα"),
        ],
        catalogue: "2026-10".to_owned(),
    }
}

fn document(name: Option<DocumentName>) -> Document {
    let sale = sale();
    let totals = sale.totals();
    let tenders =
        vec![Tender::CardApart { amount: Cents(2000), tip: Cents(200) }, Tender::Cash { given: Cents(2000) }];
    Document {
        branch: 0,
        at_issuer: None,
        id: DocumentId("0192f0c1-2d3e-7000-8000-0123456789ab".parse().unwrap()),
        issued_for: IssuedFor::Visit {
            visit: visit().id,
            chain: visit().id,
            parts: Vec::new(),
            under: None,
            plate: plate(),
        },
        reference: reference(),
        credit: None,
        shift: None,
        void: None,
        credited: Credited::default(),
        counterparty: None,
        series: "A7K3Q".to_owned(),
        number: 1042,
        kind: DocumentKind::Retail,
        payment: Payment::settle(totals.gross, tenders).unwrap(),
        totals,
        sale,
        span: None,
        issued: stamp(),
        operator: OperatorId("maria".to_owned()),
        qr: name.as_ref().map(|_| QR.to_owned()),
        name,
    }
}

const QR: &str = "https://www1.aade.gr/tameiakes/myweb/q1.php?MARK=400001951234567";

fn visit() -> Visit {
    Visit {
        id: VisitId("0192f0c1-2d3e-7000-8000-0123456789aa".parse().unwrap()),
        reference: reference(),
        client_type: ClientType::ParkingWash,
        branch: 0,
        plate: plate(),
        vehicle: VehicleFacts::default(),
        size: Size::Taxi,
        lane: Some(2),
        arrived: stamp(),
        operator: OperatorId("maria".to_owned()),
        source: PlateSource::Typed,
        state: VisitState::Open,
        sale: sale(),
        supplement: Sale::default(),
        further: Vec::new(),
        debt: None,
        second_because: None,
        signings: Vec::new(),
        stay: None,
        subscriber: None,
        category: None,
        entry: Entry::default(),
        chain: VisitId("0192f0c1-2d3e-7000-8000-0123456789aa".parse().unwrap()),
        replaces: None,
        follows: None,
        parts: Vec::new(),
        documents: Vec::new(),
        terms: ServiceTerms::OneOff,
        right: None,
        trip: None,
        rental: None,
        lease: None,
        work: None,
        amount: None,
        board: OnBoard::default(),
        correction: None,
    }
}

/// A hundred, fifty of it in cash, of which thirty went back.
fn deposit() -> Deposit {
    let tenders = vec![
        Tender::Cash { given: Cents(5_000) },
        Tender::CardApart { amount: Cents(5_000), tip: Cents::ZERO },
    ];
    let visit = visit();
    let returned = Return {
        amount: Cents(3_000),
        means: Means::Cash,
        at: stamp(),
        operator: visit.operator.clone(),
        approved_by: OperatorId("chief".to_owned()),
        reason: Text::new("δεν χρειάστηκαν"),
    };
    Deposit {
        id: DepositId("0192f0c1-2d3e-7000-8000-0123456789ab".parse().unwrap()),
        number: 12,
        visit: visit.id,
        reference: visit.reference,
        plate: visit.plate,
        taken: stamp(),
        operator: visit.operator,
        amount: Cents(10_000),
        payment: Payment::settle(Cents(10_000), tenders).unwrap(),
        uses: vec![Use::Returned(returned)],
    }
}

fn mark() -> Option<DocumentName> {
    Some(DocumentName::mark("400001951234567").unwrap())
}

fn fim() -> Option<DocumentName> {
    Some(DocumentName::fim("ABC12345678", "77", stamp().local()).unwrap())
}

/// The lines of a paper as they come out of a printer of a profile.
fn printed(settings: &Settings, facts: Facts<'_>, profile: &str) -> String {
    let profile = Profile::named(profile).unwrap();
    let sheet = sheet(settings, facts, profile.columns);
    let text = picture(&sheet, &profile).unwrap().text;
    let longest = text.lines().filter(|line| !line.contains("[QR ")).map(|line| line.chars().count()).max();
    assert!(longest <= Some(profile.columns), "a line is wider than {} columns:\n{text}", profile.columns);
    text
}

/// The text with every run of white space as one space, so that wrapping does not matter.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    let flowing = flowing(text);
    for words in wanted {
        assert!(flowing.contains(words), "{words:?} is missing in\n{text}");
    }
}

#[track_caller]
fn check_absent(text: &str, unwanted: &[&str]) {
    let flowing = flowing(text);
    for words in unwanted {
        assert!(!flowing.contains(words), "{words:?} must not stand in\n{text}");
    }
}

const NOTICE: [&str; 2] = [
    "ΠΛΗΡΟΦΟΡΙΑΚΟ ΕΝΤΥΠΟ ΔΕΝ ΕΙΝΑΙ ΝΟΜΙΜΗ ΑΠΟΔΕΙΞΗ Ή ΤΙΜΟΛΟΓΙΟ",
    "FOR INFORMATION ONLY NOT A LEGAL RECEIPT OR INVOICE",
];

#[test]
fn a_deposit_has_a_note_when_it_comes_and_one_when_it_goes() {
    let deposit = deposit();
    let returned = deposit.returns().next().expect("it went back");
    for width in WIDTHS {
        let text = printed(&settings(), Facts::Deposit { deposit: &deposit, copy: 1 }, width);
        check(
            &text,
            &["ΣΗΜΕΙΩΜΑ ΠΡΟΚΑΤΑΒΟΛΗΣ 12", "ΑΝΤΙΓΡΑΦΟ", "ΙΗΖ-4821", "7K3Q-000123", "05/10/2026 18:42"],
        );
        check(&text, &["ΕΛΗΦΘΗ ΕΝΑΝΤΙ € 100,00", "Μετρητά 50,00", "Συμψηφίζεται στην πληρωμή"]);
        check(&text, &NOTICE);
        check_absent(&text, &["999999993", "ΦΠΑ", "A7K3Q"]);
        let text = printed(&settings(), Facts::DepositReturn { deposit: &deposit, returned }, width);
        check(&text, &["ΕΠΙΣΤΡΟΦΗ ΠΡΟΚΑΤΑΒΟΛΗΣ 12", "ΕΠΙΣΤΡΕΦΕΤΑΙ € 30,00", "δεν χρειάστηκαν", "Υπογραφή"]);
        check(&text, &["Είχε ληφθεί 100,00", "Εγκρίνει chief"]);
        check(&text, &NOTICE);
    }
    let english = Settings { language: Language::En, ..settings() };
    let text = printed(&english, Facts::Deposit { deposit: &deposit, copy: 0 }, "epson-80");
    check(&text, &["DEPOSIT NOTE 12", "TAKEN ON ACCOUNT € 100,00", "Cash 50,00"]);
    let text = printed(&english, Facts::DepositReturn { deposit: &deposit, returned }, "epson-80");
    check(&text, &["DEPOSIT GIVEN BACK 12", "GIVEN BACK € 30,00"]);
}

/// A vehicle let for three days with a long list of everything, and back late.
fn rental() -> Visit {
    let agreed = HandOver {
        at: stamp(),
        operator: OperatorId("maria".to_owned()),
        driver: Driver {
            name: Text::new("Johann-Sebastian Müller-Papadopoulos von der Heide"),
            licence: Text::new("B072RRE2I55"),
            licence_until: Some(civil::date(2031, 12, 31)),
        },
        days: 3,
        due_back: days_later(stamp(), 3),
        dashboard: Dashboard { km: Some(84_310), fuel: Eighths::new(8) },
        accessories: Text::new("παιδικό κάθισμα, αλυσίδες, δεύτερο κλειδί"),
        damage: Text::new("γρατζουνιά πίσω δεξιά, ράγισμα στο εμπρός φανάρι"),
        terms: RentalTerms {
            km_per_day: Some(200),
            km_price: Cents(20),
            fuel_eighth: Cents(900),
            ..Default::default()
        },
    };
    let back = Dashboard { km: Some(85_010), fuel: Eighths::new(6) };
    let at = agreed.due_back.moved(80 * 60);
    let lateness = agreed.terms.lateness(agreed.due_back, at);
    let returned = VehicleReturn {
        at,
        operator: OperatorId("maria".to_owned()),
        dashboard: back,
        damage: Text::new("σπασμένος καθρέφτης αριστερά"),
        place: Some(Text::new("ΛΙΜΑΝΙ ΠΕΙΡΑΙΑ")),
        lateness,
        charges: agreed.charges(lateness, back, Cents(3_500), Rate(2_400)),
    };
    let trip = Trip { picked_up_at: Some(Text::new("ΑΕΡΟΔΡΟΜΙΟ")), ..Trip::default() };
    let rental = Rental { hand_over: agreed, returned: Some(returned) };
    Visit { client_type: ClientType::Rental, trip: Some(trip), rental: Some(Box::new(rental)), ..visit() }
}

#[test]
fn a_rental_is_on_paper_when_it_goes_and_when_it_comes_back() {
    let (visit, deposit) = (rental(), deposit());
    let deposits = std::slice::from_ref(&deposit);
    for width in WIDTHS {
        let text = printed(&settings(), Facts::HandOver { visit: &visit, deposits }, width);
        check(
            &text,
            &["ΠΑΡΑΔΟΣΗ ΟΧΗΜΑΤΟΣ", "ΙΗΖ-4821", "B072RRE2I55", "31/12/2031", "ΑΕΡΟΔΡΟΜΙΟ", "Ημέρες 3"],
        );
        check(&text, &["08/10/2026 18:42", "84310", "8/8", "δεύτερο κλειδί", "ράγισμα", "34,55 €"]);
        check(&text, &["1/3 ημέρας", "200 χλμ.", "9,00 €", "Προκαταβολή 12 70,00", "Υπογραφή οδηγού"]);
        check(&text, &NOTICE);
        check_absent(&text, &["999999993", "ΦΠΑ"]);
        let text = printed(&settings(), Facts::VehicleReturn(&visit), width);
        check(&text, &["ΕΠΙΣΤΡΟΦΗ ΟΧΗΜΑΤΟΣ", "08/10/2026 20:02", "Καθυστέρηση 1:20", "84310 > 85010"]);
        check(
            &text,
            &["Διανύθηκαν 700", "8/8 > 6/8", "καθρέφτης", "ΛΙΜΑΝΙ ΠΕΙΡΑΙΑ", "11,67", "18,00", "20,00"],
        );
        check(&text, &NOTICE);
    }
    let english = Settings { language: Language::En, ..settings() };
    let text = printed(&english, Facts::HandOver { visit: &visit, deposits: &[] }, "epson-80");
    check(
        &text,
        &["VEHICLE HANDED OVER", "59 minutes late are free; each started hour costs after them 1/3 of a day"],
    );
    let text = printed(&english, Facts::VehicleReturn(&visit), "epson-80");
    check(&text, &["VEHICLE CAME BACK", "Late 1:20: 1/3 of a day 11,67", "Missing fuel 2/8 18,00"]);
    let lent = Visit { trip: Some(Trip { purpose: MovementPurpose::Free, ..Trip::default() }), ..rental() };
    let text = printed(&settings(), Facts::HandOver { visit: &lent, deposits: &[] }, "epson-80");
    check(&text, &["ΔΩΡΕΑΝ ΠΑΡΑΧΩΡΗΣΗ"]);
    check_absent(&text, &["34,55", "1/3 ημέρας"]);
}

#[test]
fn the_ticket_says_who_came_when_and_can_be_scanned() {
    let visit = visit();
    for width in WIDTHS {
        let text = printed(&settings(), Facts::Ticket(&visit), width);
        check(
            &text,
            &["ΔΕΛΤΙΟ ΕΙΣΟΔΟΥ", "ΙΗΖ-4821", "Αριθμός 7K3Q-000123", "Είσοδος 05/10/2026 18:42", "Θέση 2"],
        );
        check(
            &text,
            &["Πλύσιμο μέσα-έξω 14,00", "Έκπτωση ταξί 10% -3,95", "Τιμοκατάλογος 2026-10", "T7K3Q-000123"],
        );
        check(&text, &NOTICE);
        check_absent(&text, &["999999993", "ΦΠΑ"]);
    }
}

fn registered(visit: &Visit) -> Visit {
    let mut visit = visit.clone();
    visit.entry.id = Some(100_000_000_008_565);
    visit
}

fn refused(visit: &Visit) -> Visit {
    let mut visit = visit.clone();
    visit.entry.create = Some(Moment {
        message: MessageId(uuid::Uuid::nil()),
        state: MessageState::Rejected,
        tried: true,
        shared: false,
    });
    visit
}

#[test]
fn what_is_inside_names_each_entry_or_says_why_there_is_none() {
    let visit = visit();
    let visits = [registered(&visit), refused(&visit)];
    for width in WIDTHS {
        let facts = Facts::Inside { visits: &visits, at: visit.arrived };
        let text = printed(&settings(), facts, width);
        check(&text, &["ΟΧΗΜΑΤΑ ΜΕΣΑ ΤΩΡΑ", "Οχήματα 2", "ΙΗΖ-4821", "Είσοδος 05/10/2026 18:42"]);
        check(&text, &["idDcl 100000000008565", "idDcl η ΑΑΔΕ δεν το δέχτηκε"]);
        check(&text, &NOTICE);
    }
    let nobody = printed(&settings(), Facts::Inside { visits: &[], at: visit.arrived }, "epson-80");
    check(&nobody, &["Οχήματα 0"]);
}

/// Whoever connects a printer sees on it whether letters, width, codes and knife are right.
#[test]
fn the_test_paper_has_every_letter_and_one_line_as_wide_as_the_paper() {
    for (width, columns) in WIDTHS.into_iter().zip([32, 42, 48]) {
        let text = printed(&settings(), Facts::Test { at: stamp() }, width);
        check(&text, &["ΔΟΚΙΜΗ ΕΚΤΥΠΩΤΗ", "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία", "12,50 €"]);
        check(&text, &NOTICE);
        let ruler: String = "1234567890".chars().cycle().take(columns).collect();
        assert!(text.lines().any(|line| line == ruler), "{width}: {text}");
    }
}

#[test]
fn a_very_long_number_still_fits_the_ticket() {
    let mut visit = visit();
    visit.reference.number = u64::MAX;
    let text = printed(&settings(), Facts::Ticket(&visit), "epson-58");
    check(&text, &["[QR T7K3Q-18446744073709551615]"]);
}

#[test]
fn the_slip_tells_what_was_paid_and_looks_like_no_receipt() {
    let document = document(None);
    let settings = Settings { issuer: IssuerKind::TypedFim, ..settings() };
    for width in WIDTHS {
        let text = printed(&settings, Facts::Slip { document: &document, copy: 0 }, width);
        check(&text, &["Επίσκεψη 7K3Q-000123", "Όχημα ΙΗΖ-4821", "Ημερομηνία 05/10/2026 18:42"]);
        check(&text, &["Νερό εμφιαλωμένο 1,00 2 x 0,50", "Έκπτωση τακτικός -1,00", "ΣΥΝΟΛΟ 34,55 €"]);
        check(&text, &["Κάρτα 20,00", "Μετρητά 20,00", "Ρέστα 5,45", "Φιλοδώρημα με κάρτα 2,00"]);
        check(&text, &["Η απόδειξη εκδίδεται από τη φορολογική ταμειακή μηχανή", "Σας ευχαριστούμε"]);
        check(&text, &NOTICE);
        check_absent(
            &text,
            &[
                "ΦΠΑ",
                "24%",
                "A7K3Q 1042",
                "1042",
                "999999993",
                "ΜΑΡΚ",
                "ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ",
                "ΑΝΤΙΓΡΑΦΟ",
                "τίποτα",
            ],
        );
    }
}

#[test]
fn a_document_without_a_name_is_never_a_receipt() {
    let document = document(None);
    let asked = printed(&settings(), Facts::Receipt { document: &document, copy: 0 }, "epson-80");
    assert_eq!(asked, printed(&settings(), Facts::Slip { document: &document, copy: 0 }, "epson-80"));
    check(&asked, &NOTICE);
    check_absent(&asked, &["ΦΠΑ", "ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ"]);
}

#[test]
fn the_receipt_has_everything_the_law_wants() {
    let document = document(mark());
    for width in WIDTHS {
        let text = printed(&settings(), Facts::Receipt { document: &document, copy: 0 }, width);
        check(&text, &["Πλυντήριο Παράδειγμα Μονοπρόσωπη ΙΚΕ", "Λεωφ. Παραδείγματος 10, 11111 Αθήνα"]);
        check(&text, &["ΑΦΜ 999999993", "ΔΟΥ Δ΄ Αθηνών", "ΓΕΜΗ 123456701000", "Τηλ. 210 0000000"]);
        check(
            &text,
            &["ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "Σειρά / Αρ. A7K3Q 1042", "Ημερομηνία 05/10/2026 18:42"],
        );
        check(
            &text,
            &["Αρ. κυκλοφορίας ΙΗΖ-4821", "Πλύσιμο μέσα-έξω 24% 14,00", "Νερό εμφιαλωμένο 13% 1,00"],
        );
        check(&text, &["ΦΠΑ Καθαρή ΦΠΑ Σύνολο", "13% 0,77 0,10 0,87", "24% 27,16 6,52 33,68"]);
        check(&text, &["ΣΥΝΟΛΟ ΠΛΗΡΩΤΕΟ 34,55 €", "Κάρτα 20,00", "Μετρητά 20,00", "Ρέστα 5,45"]);
        check(&text, &["ΜΑΡΚ 400001951234567", QR]);
        check_absent(&text, &["ΠΛΗΡΟΦΟΡΙΑΚΟ", "Φιλοδώρημα", "ΑΝΤΙΓΡΑΦΟ", "ΔΟΚΙΜΗ"]);
    }
}

#[test]
fn long_names_wrap_at_words_beside_their_figures() {
    let document = document(mark());
    let text = printed(&settings(), Facts::Receipt { document: &document, copy: 0 }, "epson-58");
    let lines: Vec<_> = text.lines().collect();
    let at = lines.iter().position(|line| line.starts_with("Πλήρες")).unwrap();
    assert_eq!(lines[at], "Πλήρες εξωτερικό", "\"και\" would reach the figures' columns");
    assert!(lines.iter().any(|line| line.starts_with("ταπετσαρίας") && line.ends_with("24,50")), "{text}");
    check(&text, &["Πλήρες εξωτερικό και εσωτερικό πλύσιμο με κέρωμα και καθαρισμό ταπετσαρίας 24% 24,50"]);
}

#[test]
fn an_invoice_names_its_customer() {
    let mut document = document(mark());
    document.kind = DocumentKind::Invoice { customer: TaxNumber::parse("GR", "094014201").unwrap() };
    let text = printed(&settings(), Facts::Receipt { document: &document, copy: 0 }, "epson-80");
    check(&text, &["ΤΙΜΟΛΟΓΙΟ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "ΑΦΜ πελάτη GR 094014201"]);
}

#[test]
fn a_fiscal_machines_receipt_is_told_and_not_imitated() {
    let document = document(fim());
    let settings = Settings { issuer: IssuerKind::TypedFim, ..settings() };
    let text = printed(&settings, Facts::Receipt { document: &document, copy: 0 }, "epson-58");
    check(
        &text,
        &["ΣΤΟΙΧΕΙΑ ΑΠΟΔΕΙΞΗΣ ΤΑΜΕΙΑΚΗΣ ΜΗΧΑΝΗΣ", "Αρ. μηχανής (ΦΗΜ) ABC12345678", "Αρ. απόδειξης 77"],
    );
    check(
        &text,
        &[
            "Έκδοση 05/10/2026 18:42",
            "Νόμιμη απόδειξη είναι μόνο αυτή της ταμειακής μηχανής.",
            "Εσωτερικός αρ. A7K3Q 1042",
        ],
    );
    check_absent(&text, &["ΑΠΟΔΕΙΞΗ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", "ΜΑΡΚ"]);
    let slip = printed(&settings, Facts::Slip { document: &document, copy: 0 }, "epson-58");
    check(&slip, &["Εκδόθηκε το φορολογικό παραστατικό: Αρ. μηχανής (ΦΗΜ) ABC12345678"]);
}

#[test]
fn a_document_of_another_system_says_so() {
    let document = document(mark());
    let settings = Settings { issuer: IssuerKind::TypedMark, ..settings() };
    let text = printed(&settings, Facts::Receipt { document: &document, copy: 0 }, "epson-80");
    check(
        &text,
        &["Εσωτερικός αρ. A7K3Q 1042", "εκδόθηκε από άλλο σύστημα του καταστήματος με το παραπάνω ΜΑΡΚ"],
    );
}

#[test]
fn a_copy_differs_by_its_mark_alone() {
    let document = document(mark());
    for width in WIDTHS {
        let original = printed(&settings(), Facts::Receipt { document: &document, copy: 0 }, width);
        let copy = printed(&settings(), Facts::Receipt { document: &document, copy: 2 }, width);
        let unmarked: String = copy
            .lines()
            .filter(|line| line.trim() != "ΑΝΤΙΓΡΑΦΟ 2")
            .map(|line| line.to_owned() + "\n")
            .collect();
        assert_ne!(copy, original);
        assert_eq!(unmarked, original);
    }
}

#[test]
fn practice_stands_first_and_last_on_every_paper() {
    let (visit, document) = (visit(), document(mark()));
    let practice = Settings { practice: true, ..settings() };
    let papers = [
        Facts::Ticket(&visit),
        Facts::Slip { document: &document, copy: 0 },
        Facts::Receipt { document: &document, copy: 1 },
    ];
    for facts in papers {
        let text = printed(&practice, facts, "epson-58");
        let lines: Vec<_> = text.lines().filter(|line| !line.is_empty()).map(str::trim).collect();
        assert_eq!(lines[..2], ["*** ΔΟΚΙΜΗ - ΧΩΡΙΣ ΑΞΙΑ ***", "*** PRACTICE - NO VALUE ***"]);
        assert_eq!(lines[lines.len() - 1], "*** PRACTICE - NO VALUE ***");
    }
}

#[test]
fn english_is_complete() {
    let (visit, document) = (visit(), document(mark()));
    let english = Settings { language: Language::En, ..settings() };
    let text = printed(&english, Facts::Receipt { document: &document, copy: 1 }, "epson-80");
    check(
        &text,
        &["SERVICE RECEIPT", "ΑΝΤΙΓΡΑΦΟ 1 / COPY 1", "Series / no. A7K3Q 1042", "Full wash 24% 14,00"],
    );
    check(&text, &["Discount taxi 10% -3,95", "TOTAL DUE 34,55 €", "Change 5,45", "MARK 400001951234567"]);
    let ticket = printed(&english, Facts::Ticket(&visit), "epson-80");
    check(
        &ticket,
        &["ENTRY TICKET", "Arrival 05/10/2026 18:42", "Show this ticket to collect your vehicle."],
    );
    let slip = printed(&english, Facts::Slip { document: &document, copy: 0 }, "epson-80");
    check(&slip, &["PAYMENT NOTE", "The tax document was issued: MARK 400001951234567"]);
}

#[test]
fn commands_in_names_reach_no_paper() {
    let mut hostile = settings();
    hostile.business.name = Text::new("Πλυντήριο\u{1B}p\0\u{19}\u{FA}\u{202E}ΑΚΜΗ");
    let mut document = document(mark());
    document.sale.lines[0].name = Name::new("Πλύσιμο\n\u{1D}V\0", "Wash\u{10}\u{14}\u{1}\0\u{1}");
    let text = printed(&hostile, Facts::Receipt { document: &document, copy: 0 }, "epson-80");
    check(&text, &["ΑΚΜΗ", "ΜΑΡΚ 400001951234567"]);
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
}

#[test]
fn a_code_too_long_for_paper_is_printed_as_text() {
    let mut document = document(mark());
    document.qr = Some(format!("https://example.org/{}", "x".repeat(3000)));
    let text = printed(&settings(), Facts::Receipt { document: &document, copy: 0 }, "epson-80");
    check(&text, &["https://example.org/"]);
}

#[test]
fn the_same_paper_reads_the_same_on_a_printer_without_greek() {
    let document = document(mark());
    let facts = Facts::Slip { document: &document, copy: 0 };
    let drawn = printed(&settings(), facts, "generic-80");
    assert_eq!(drawn, printed(&settings(), facts, "epson-80"), "drawn lines are read back dot for dot");
}

#[test]
fn a_picture_has_the_pixels_it_says() {
    let visit = visit();
    let profile = Profile::named("epson-58").unwrap();
    let sheet = sheet(&settings(), Facts::Ticket(&visit), profile.columns);
    let picture = picture(&sheet, &profile).unwrap();
    assert_eq!(picture.width, 384 + 48);
    assert_eq!(picture.grey.len(), usize::try_from(picture.width * picture.height).unwrap());
    assert!(picture.grey.contains(&0) && picture.grey.contains(&255));
    assert!(png(&sheet, &profile).unwrap().starts_with(b"\x89PNG"));
}

/// Pictures for a person to look at, in the build's own folder for such things.
#[test]
fn every_paper_is_drawn_to_be_looked_at() {
    let rental = rental();
    let deposit = deposit();
    let returned = deposit.returns().next().expect("it went back");
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).unwrap();
    let (visit, unnamed, named, told) = (visit(), document(None), document(mark()), document(fim()));
    let inside = [registered(&visit), visit.clone(), refused(&visit)];
    let papers = [
        ("hand-over", Facts::HandOver { visit: &rental, deposits: std::slice::from_ref(&deposit) }),
        ("vehicle-return", Facts::VehicleReturn(&rental)),
        ("deposit", Facts::Deposit { deposit: &deposit, copy: 0 }),
        ("deposit-return", Facts::DepositReturn { deposit: &deposit, returned }),
        ("ticket", Facts::Ticket(&visit)),
        ("slip", Facts::Slip { document: &unnamed, copy: 0 }),
        ("receipt", Facts::Receipt { document: &named, copy: 0 }),
        ("receipt-copy", Facts::Receipt { document: &named, copy: 1 }),
        ("machine", Facts::Receipt { document: &told, copy: 0 }),
        ("inside", Facts::Inside { visits: &inside, at: visit.arrived }),
        ("test", Facts::Test { at: visit.arrived }),
    ];
    for (name, facts) in papers {
        for width in WIDTHS {
            let profile = Profile::named(width).unwrap();
            let file = png(&sheet(&settings(), facts, profile.columns), &profile).unwrap();
            assert!(file.len() > 1000, "{name} on {width} is empty");
            std::fs::write(folder.join(format!("{name}-{width}.png")), file).unwrap();
        }
    }
}
