//! What is composed of a document, exactly, and what is not composed at all.

use super::{composed, customer, document, document_of, line, not_composed, receipt, terms};
use proptest::prelude::*;
use tameio::domain::document::{Document, DocumentKind};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::payment::Tender;
use tameio::domain::sale::{Discount, DiscountAmount, DiscountSource, Sale};
use tameio::domain::text::Text;
use tameio::mydata::classification::{Classification, GOODS, SERVICES};
use tameio::mydata::compose::{ComposeError, compose};
use tameio::mydata::invoice::{Binding, CardTransaction, Invoice, PaymentDetail};
use tameio::mydata::issue::{Issue, Original, Terms};
use tameio::mydata::kinds::{InvoiceType, PaymentMeans, VatCategories, VatCategory};

/// The rates the specification has a category for.
pub(super) const RATES: [u32; 7] = [2400, 1300, 600, 1700, 900, 400, 300];

/// Terms of a garage: parts are goods, everything else is service.
pub(super) fn garage() -> Terms {
    let mut terms = terms();
    terms.classifications.by_code.insert("part".to_owned(), Classification::new(GOODS, "E3_561_003"));
    terms.classifications.all = Some(Classification::new(SERVICES, "E3_561_003"));
    terms
}

/// Any sale: things of every rate, some of them free, with discounts that may take everything.
pub(super) fn sales() -> impl Strategy<Value = Sale> {
    let things = prop::collection::vec(
        (
            prop_oneof!["part", "labour", "wash"],
            0_i64..60_000,
            prop::sample::select(RATES.to_vec()),
            1_i64..4_000,
        ),
        1..9,
    );
    let discount = prop_oneof![
        (0_u32..=10_000).prop_map(|rate| DiscountAmount::Percent(Rate(rate))),
        (0_i64..20_000).prop_map(|cents| DiscountAmount::Amount(Cents(cents))),
    ];
    (things, prop::collection::vec(discount, 0..3)).prop_map(|(things, discounts)| Sale {
        lines: things
            .into_iter()
            .map(|(code, cents, rate, quantity)| {
                let mut sold = line(&code, cents, rate);
                sold.quantity = tameio::domain::money::Quantity(quantity);
                sold
            })
            .collect(),
        discounts: discounts
            .into_iter()
            .map(|amount| Discount {
                source: DiscountSource::Manual,
                amount,
                reason: Text::new("x"),
                approved_by: None,
            })
            .collect(),
        catalogue: String::new(),
    })
}

/// Any way to pay: a part by card, perhaps with a tip, the rest in cash with change.
pub(super) fn documents(kind: DocumentKind) -> impl Strategy<Value = Document> {
    (sales(), 0_i64..=100, 0_i64..500, 0_i64..2_000, 1_u64..1_000_000).prop_map(
        move |(sale, share, tip, over, number)| {
            document_of(kind.clone(), "A7K3Q", number, sale, |due| {
                let card = Cents(due.0 * share / 100);
                let cash = Tender::Cash { given: Cents(due.0 - card.0 + over) };
                vec![Tender::CardApart { amount: card, tip: Cents(tip) }, cash]
            })
        },
    )
}

/// What must hold of every invoice, whatever was sold.
pub(super) fn adds_up(invoice: &Invoice, document: &Document) {
    let totals = &document.totals;
    assert_eq!(
        (invoice.net(), invoice.vat(), invoice.gross()),
        (totals.net(), totals.vat_amount(), totals.gross)
    );
    for line in &invoice.lines {
        assert!(line.net >= Cents::ZERO && line.vat >= Cents::ZERO, "{line:?}");
    }
    for row in &totals.vat {
        let category = VatCategories::default().of(row.rate, document.issued.date()).unwrap();
        let of_rate = || invoice.lines.iter().filter(|line| line.vat_category == category);
        assert_eq!(of_rate().map(|line| line.net).sum::<Cents>(), row.net, "what is printed is what is told");
        assert_eq!(of_rate().map(|line| line.vat).sum::<Cents>(), row.vat);
    }
    assert_eq!(invoice.payments.iter().map(|p| p.amount).sum::<Cents>(), totals.gross);
    assert_eq!(invoice.payments.iter().map(|p| p.tip).sum::<Cents>(), document.payment.tips);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_lines_add_up_to_what_is_printed(document in documents(DocumentKind::Retail)) {
        let issue = Issue::new(&document, InvoiceType::RetailSale);
        adds_up(&compose(&issue, &garage()).unwrap(), &document);
        adds_up(&composed(&document, InvoiceType::RetailService), &document);
    }
}

#[test]
fn the_same_rate_is_told_once_for_each_classification() {
    let sold = vec![
        line("part", 3_333, 2400),
        line("labour", 6_667, 2400),
        line("part", 1, 2400),
        line("water", 50, 1300),
    ];
    let document = document(DocumentKind::Retail, "A", 1, sold);
    let invoice = compose(&Issue::new(&document, InvoiceType::RetailSale), &garage()).unwrap();
    let lines: Vec<(u8, &str, i64, i64)> = invoice
        .lines
        .iter()
        .map(|line| (line.vat_category, line.classification.category.as_str(), line.net.0, line.vat.0))
        .collect();
    // 100.01 at 24 % is 80.65 net; 33.34 and 66.67 of it are 26.89 and 53.76.
    assert_eq!(lines, [(2, SERVICES, 44, 6), (1, GOODS, 2_689, 645), (1, SERVICES, 5_376, 1_291)]);
}

#[test]
fn what_is_free_is_told_only_alone() {
    let some = document(DocumentKind::Retail, "A", 1, vec![line("a", 0, 1300), line("b", 1200, 2400)]);
    assert_eq!(composed(&some, InvoiceType::RetailService).lines.len(), 1);
    let all = document(DocumentKind::Retail, "A", 1, vec![line("a", 0, 2400)]);
    let invoice = composed(&all, InvoiceType::RetailService);
    assert_eq!((invoice.lines.len(), invoice.gross(), invoice.payments.len()), (1, Cents::ZERO, 1));
}

#[test]
fn an_invoice_goes_to_somebody_and_a_receipt_to_nobody() {
    let retail = document(DocumentKind::Retail, "A", 1, vec![line("a", 1200, 2400)]);
    let invoice = document(customer(), "A", 1, vec![line("a", 1200, 2400)]);
    for kind in [InvoiceType::Sale, InvoiceType::Service] {
        assert_eq!(not_composed(&Issue::new(&retail, kind)), ComposeError::NoCounterpart(kind));
    }
    for kind in [InvoiceType::RetailSale, InvoiceType::RetailService] {
        assert_eq!(not_composed(&Issue::new(&invoice, kind)), ComposeError::Counterpart(kind));
    }
    let foreign = |country: &str, number: &str| DocumentKind::Invoice {
        customer: tameio::domain::customer::TaxNumber::parse(country, number).unwrap(),
    };
    let abroad = document(foreign("DE", "123456789"), "A", 1, vec![line("a", 1200, 2400)]);
    assert!(matches!(not_composed(&Issue::new(&abroad, InvoiceType::Service)), ComposeError::Foreign(..)));
    let itself = document(foreign("GR", "999999993"), "A", 1, vec![line("a", 1200, 2400)]);
    assert_eq!(not_composed(&Issue::new(&itself, InvoiceType::Service)), ComposeError::ToItself);
}

#[test]
fn a_credit_takes_back_what_it_can() {
    let retail = document(DocumentKind::Retail, "A", 1, vec![line("a", 1200, 2400)]);
    let original = |kind| Original { mark: Some(400_001_900_000_001), kind };
    let credit = |kind, of| compose(&Issue::credit(&retail, kind, original(of)), &terms());
    let good = credit(InvoiceType::RetailCredit, InvoiceType::RetailService).unwrap();
    assert_eq!((good.connected, good.correlated), (vec![400_001_900_000_001], Vec::new()));
    for (kind, of) in [
        (InvoiceType::RetailCredit, InvoiceType::Service),
        (InvoiceType::RetailCredit, InvoiceType::RetailCredit),
        (InvoiceType::RetailService, InvoiceType::RetailService),
    ] {
        assert_eq!(credit(kind, of).unwrap_err(), ComposeError::Original(kind));
    }
    let kind = InvoiceType::RetailCredit;
    assert_eq!(not_composed(&Issue::new(&retail, kind)), ComposeError::Original(kind));
    let connected = Issue { connected: vec![1], ..Issue::new(&retail, InvoiceType::RetailService) };
    assert_eq!(not_composed(&connected), ComposeError::Connected(InvoiceType::RetailService));
}

#[test]
fn what_the_books_do_not_allow_is_refused_here() {
    let retail = document(DocumentKind::Retail, "A", 1, vec![line("part", 1200, 2400)]);
    let refused = compose(&Issue::new(&retail, InvoiceType::RetailService), &garage()).unwrap_err();
    assert!(matches!(refused, ComposeError::Classification { kind: InvoiceType::RetailService, .. }));
    let strange = document(DocumentKind::Retail, "A", 1, vec![line("a", 1200, 2300)]);
    let kind = InvoiceType::RetailService;
    assert_eq!(not_composed(&Issue::new(&strange, kind)), ComposeError::Rate(Rate(2300)));
    let series = document(DocumentKind::Retail, "ΑΠΥ", 1, vec![line("a", 1200, 2400)]);
    assert!(matches!(not_composed(&Issue::new(&series, kind)), ComposeError::Series(_)));
    let mut wrong = document(DocumentKind::Retail, "A", 1, vec![line("a", 1200, 2400)]);
    wrong.totals.vat[0].net += Cents(1);
    assert_eq!(not_composed(&Issue::new(&wrong, kind)), ComposeError::Totals);
    let mut wrong = document(DocumentKind::Retail, "A", 1, vec![line("a", 1200, 2400)]);
    wrong.totals.gross += Cents(1);
    wrong.payment.cash += Cents(1);
    assert_eq!(not_composed(&Issue::new(&wrong, kind)), ComposeError::Totals);
    let mut business = terms();
    business.issuer.afm = "123456789".to_owned();
    let retail = document(DocumentKind::Retail, "A", 1, vec![line("a", 1200, 2400)]);
    assert!(matches!(compose(&Issue::new(&retail, kind), &business), Err(ComposeError::Issuer(_))));
}

#[test]
fn no_vat_needs_a_reason() {
    let kind = InvoiceType::RetailService;
    let free = document(DocumentKind::Retail, "A", 1, vec![line("a", 1200, 0)]);
    assert_eq!(not_composed(&Issue::new(&free, kind)), ComposeError::Exemption);
    let small = Terms { exemption: Some(15), ..terms() };
    let invoice = compose(&Issue::new(&free, kind), &small).unwrap();
    assert_eq!(
        (invoice.lines[0].vat_category, invoice.lines[0].exemption, invoice.vat()),
        (7, Some(15), Cents::ZERO)
    );
    let taxed = document(DocumentKind::Retail, "A", 1, vec![line("a", 1200, 2400)]);
    assert_eq!(compose(&Issue::new(&taxed, kind), &small).unwrap().lines[0].exemption, None);
}

#[test]
fn a_rate_has_its_category_while_it_holds() {
    let day = |text: &str| text.parse().unwrap();
    let row = |category, from: Option<&str>, until: Option<&str>| VatCategory {
        rate: Rate(400),
        category,
        from: from.map(day),
        until: until.map(day),
    };
    let rates = VatCategories(vec![row(6, None, Some("2026-12-31")), row(10, Some("2027-01-01"), None)]);
    assert_eq!(rates.of(Rate(400), day("2026-12-31")), Some(6));
    assert_eq!(rates.of(Rate(400), day("2027-01-01")), Some(10));
    assert_eq!(rates.of(Rate(500), day("2027-01-01")), None);
    let known = [(2400, 1), (1300, 2), (600, 3), (1700, 4), (900, 5), (400, 6), (0, 7), (300, 9)];
    for (rate, category) in known {
        assert_eq!(VatCategories::default().of(Rate(rate), day("2026-10-05")), Some(category));
    }
}

#[test]
fn payments_pay_exactly_the_document() {
    let retail = document(DocumentKind::Retail, "A", 1, vec![line("a", 1200, 2400)]);
    let pay = |means, cents, card| PaymentDetail { means, amount: Cents(cents), tip: Cents::ZERO, card };
    let issue =
        |payments| Issue { payments: Some(payments), ..Issue::new(&retail, InvoiceType::RetailService) };
    let short = not_composed(&issue(vec![pay(PaymentMeans::Cash, 1199, None)]));
    assert_eq!(short, ComposeError::Payments { paid: Cents(1199), gross: Cents(1200) });
    assert_eq!(short.to_string(), "11,99 was paid, and the document is over 12,00");
    let below =
        not_composed(&issue(vec![pay(PaymentMeans::Cash, 1300, None), pay(PaymentMeans::Card, -100, None)]));
    assert_eq!(below, ComposeError::Negative);
    let token = |session: &str| {
        let bound_by =
            Some(Binding::FiscalMachine { author: Text::new("CFA18001243"), session: Text::new(session) });
        Some(CardTransaction { bound_by, ..CardTransaction::default() })
    };
    assert!(compose(&issue(vec![pay(PaymentMeans::Card, 1200, token("000123"))]), &terms()).is_ok());
    for wrong in [pay(PaymentMeans::Card, 1200, token("123")), pay(PaymentMeans::Cash, 1200, token("000123"))]
    {
        assert!(matches!(not_composed(&issue(vec![wrong])), ComposeError::Card(_)));
    }
}

#[test]
fn the_table_of_combinations_is_aades() {
    let Some(folder) = super::reference("data/mydata") else { return };
    let file = folder.join("income-classification-combinations-v2.0.1.csv");
    let text = std::fs::read_to_string(file).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|row| row.trim().split(',').collect()).collect();
    let listed = |kind: &str, category: &str, e3: &str| rows.iter().any(|row| row == &[kind, category, e3]);
    let mut words: Vec<(&str, &str)> = rows.iter().map(|row| (row[1], row[2])).collect();
    words.sort_unstable();
    words.dedup();
    let ours = InvoiceType::ALL.into_iter().filter(|kind| *kind != InvoiceType::Credit);
    for kind in ours {
        for (category, e3) in &words {
            let e3_or_none = Some((*e3).to_owned()).filter(|e3| !e3.is_empty());
            let classification = Classification { category: (*category).to_owned(), e3: e3_or_none };
            let listed = listed(kind.code(), category, e3);
            assert_eq!(classification.is_allowed_on(kind), listed, "{kind} {classification}");
        }
    }
    let theirs = include_str!("../../src/mydata/simulator/combinations.txt");
    let spread: Vec<String> = theirs
        .lines()
        .filter(|row| !row.starts_with('#'))
        .flat_map(|row| {
            let mut words = row.split(' ');
            let (kind, category) = (words.next().unwrap(), words.next().unwrap());
            words.map(move |e3| format!("{kind},{category},{}", e3.trim_matches('-'))).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(spread, text.lines().skip(1).map(str::trim).collect::<Vec<_>>(), "the simulator's table");
}

#[test]
fn the_usual_classification_is_allowed_where_it_is_usual() {
    for kind in InvoiceType::ALL.into_iter().filter(|kind| *kind != InvoiceType::Credit) {
        assert!(Classification::usual(kind).is_allowed_on(kind), "{kind}");
    }
    assert_eq!(receipt(1).lines[0].classification, Classification::new(SERVICES, "E3_561_003"));
}
