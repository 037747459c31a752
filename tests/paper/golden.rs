//! Every paper as it was before its parts were named in templates, byte for byte: a digest for each paper, width and language.
//! Whoever changes a paper on purpose writes the digests again with `TAMEIO_GOLDEN=write` and looks at the difference.

use super::{deposit, document, fim, item, mark, merchants, rental, sale, settings, stamp, visit};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use tameio::config::Config;
use tameio::domain::credit::Credit;
use tameio::domain::customer::TaxNumber;
use tameio::domain::dashboard::{Dashboard, Eighths};
use tameio::domain::document::{Document, DocumentKind};
use tameio::domain::ids::OrderId;
use tameio::domain::money::{Cents, Rate};
use tameio::domain::operator::OperatorId;
use tameio::domain::order::{Order, OrderLine, OrderState, Owner};
use tameio::domain::parking::{Stay, StaySpan};
use tameio::domain::settings::{IssuerKind, Settings, StorageRule, Trade};
use tameio::domain::text::{Language, Text};
use tameio::domain::ticket::TicketFate;
use tameio::domain::visit::Visit;
use tameio::domain::work::{Approval, ApprovalWay, Estimate, NextService, WorkKind, WorkLine, WorkOrder};
use tameio::paper::{Facts, sheet};
use tameio_drivers::printer::{Profile, encode};

/// Things left to be washed, one of them fetched.
pub(super) fn order() -> Order {
    let line = |name: &str, pieces, fetched, defects: &str| OrderLine {
        line: item(name, name, 2000, 850, 2400),
        pieces,
        fetched,
        defects: Text::new(defects),
        document: None,
        pack: None,
    };
    Order {
        id: OrderId("0192f0c1-2d3e-7000-8000-0123456789ac".parse().unwrap()),
        reference: visit().reference,
        opened: stamp(),
        operator: OperatorId("maria".to_owned()),
        state: OrderState::Waiting,
        lines: vec![line("Χαλί", 2, 1, "λεκέδες"), line("Κουβέρτα", 1, 0, "")],
        discounts: Vec::new(),
        catalogue: "2026-10".to_owned(),
        owner: Owner { name: Text::new("Γεωργίου"), phone: Text::new("6900000000") },
        promised: Some(stamp().date()),
        term: None,
    }
}

/// A garage's vehicle with an estimate nobody has agreed to, and one somebody has.
pub(super) fn garage() -> Visit {
    let line = |kind, name: &str| WorkLine { kind, line: item(name, name, 1500, 4000, 2400) };
    let approval = Approval {
        name: Text::new("Νικολάου"),
        at: stamp(),
        way: ApprovalWay::Phone,
        operator: OperatorId("maria".to_owned()),
    };
    let estimate = |version, approved| Estimate {
        version,
        at: stamp(),
        operator: OperatorId("maria".to_owned()),
        sale: sale(),
        total: sale().totals().gross,
        approved,
    };
    let work = WorkOrder {
        complaint: Text::new("τρίζει το φρένο"),
        dashboard: Dashboard { km: Some(120_000), fuel: Eighths::new(3) },
        lines: vec![
            line(WorkKind::Labour, "Αλλαγή τακακιών"),
            line(WorkKind::CustomersPart, "Τακάκια"),
            line(WorkKind::OutsideWork, "Τόρνος"),
        ],
        estimates: vec![estimate(1, None), estimate(2, Some(approval))],
        parts_awaited: Some(Text::new("δισκόπλακες")),
        next_service: Some(NextService {
            on: Some(stamp().date()),
            km: Some(130_000),
            what: Text::new("λάδια"),
            call_name: Text::default(),
            call_phone: Text::default(),
        }),
        category_said: false,
    };
    Visit { work: Some(Box::new(work)), ..visit() }
}

fn stay(lost: bool) -> StaySpan {
    let ticket = if lost { TicketFate::Lost } else { TicketFate::Held };
    StaySpan { from: stamp(), until: stamp().moved(8_100), ticket }
}

fn documents() -> Vec<(&'static str, Document)> {
    let customer = TaxNumber::parse("GR", "094014201").unwrap();
    let original = document(mark()).as_original();
    let credit = |of| Credit {
        of,
        reason: Text::new("δεν του άρεσε"),
        approved_by: OperatorId("maria".to_owned()),
        given_to: Text::new("Κ. Νικολάου"),
    };
    vec![
        ("unnamed", document(None)),
        ("validated", merchants::validated(document(mark()))),
        ("mark", document(mark())),
        ("fim", document(fim())),
        ("stay", Document { span: Some(stay(false)), ..document(mark()) }),
        ("stay-lost", Document { span: Some(stay(true)), ..document(None) }),
        ("invoice", Document { kind: DocumentKind::Invoice { customer }, ..document(mark()) }),
        ("void", Document { void: Some(Text::new("λάθος")), ..document(None) }),
        ("credit", Document { credit: Some(Box::new(credit(original))), ..document(mark()) }),
        ("credit-alone", Document { credit: Some(Box::new(credit(None))), ..document(None) }),
    ]
}

/// The settings a paper may look different by.
fn shops() -> Vec<(&'static str, Settings)> {
    let storage = StorageRule { free_days: 30, per_day: Cents(50) };
    let garage = tameio::domain::settings::GarageRules { may_exceed: Rate(1000), ..settings().garage };
    let plain = Settings { storage, garage, ..settings() };
    let mut parking = Config::practice(Trade::Parking).unwrap().settings;
    parking.parking.valet_stub = true;
    parking.practice = false;
    let english = Settings { language: Language::En, practice: true, ..plain.clone() };
    let machine = Settings { issuer: IssuerKind::TypedFim, notice: Text::default(), ..plain.clone() };
    vec![("plain", plain), ("english-practice", english), ("machine", machine), ("parking", parking)]
}

/// A vehicle in a car park, and one that is ready at a promised time.
fn parked(settings: &Settings) -> Visit {
    let code = settings.parking.tariff.as_ref().map(|tariff| tariff.code.clone()).unwrap_or_default();
    let stay = serde_json::json!({ "tariff": code, "version": "1" });
    let stay: Stay = serde_json::from_value(stay).unwrap();
    let mut visit = Visit { stay: Some(stay), ..visit() };
    visit.sale.lines.clear();
    visit.board.promised = Some(stamp().moved(1_800));
    visit
}

fn digests() -> BTreeMap<String, String> {
    let (rental, deposit, order, garage, plain) = (rental(), deposit(), order(), garage(), visit());
    let documents = documents();
    let mut found = BTreeMap::new();
    for (shop, settings) in shops() {
        let parked = parked(&settings);
        let deposits = std::slice::from_ref(&deposit);
        let mut papers = vec![
            ("ticket".to_owned(), Facts::Ticket(&plain)),
            ("ticket parked".to_owned(), Facts::Ticket(&parked)),
            ("intake".to_owned(), Facts::Intake(&order)),
            ("work-order".to_owned(), Facts::WorkOrder { visit: &garage, due: None, deposits: &[] }),
            ("work-order none".to_owned(), Facts::WorkOrder { visit: &plain, due: None, deposits: &[] }),
            ("hand-over".to_owned(), Facts::HandOver { visit: &rental, deposits }),
            ("hand-over none".to_owned(), Facts::HandOver { visit: &plain, deposits: &[] }),
            ("vehicle-return".to_owned(), Facts::VehicleReturn(&rental)),
            ("vehicle-return none".to_owned(), Facts::VehicleReturn(&plain)),
            ("deposit".to_owned(), Facts::Deposit { deposit: &deposit, copy: 0 }),
            ("deposit copy".to_owned(), Facts::Deposit { deposit: &deposit, copy: 1 }),
        ];
        let (merchant, account) = merchants::shop();
        papers.push((
            "vouchers".to_owned(),
            Facts::Vouchers { merchant: &merchant, batch: &merchant.batches[0] },
        ));
        let facts = Facts::MerchantAccount { merchant: &merchant, account: &account, at: stamp() };
        papers.push(("merchant-account".to_owned(), facts));
        for estimate in &garage.work.as_ref().unwrap().estimates {
            let facts = Facts::Estimate { visit: &garage, estimate };
            papers.push((format!("estimate {}", estimate.version), facts));
        }
        for (name, document) in &documents {
            for copy in [0, 2] {
                papers.push((format!("slip {name} {copy}"), Facts::Slip { document, copy }));
                papers.push((format!("receipt {name} {copy}"), Facts::Receipt { document, copy }));
            }
        }
        for (name, facts) in papers {
            for width in super::WIDTHS {
                let profile = Profile::named(width).unwrap();
                let bytes = encode(&sheet(&settings, facts, profile.columns), &profile).unwrap().bytes();
                let digest = Sha256::digest(&bytes)[..8].iter().fold(String::new(), |mut text, byte| {
                    let _ = write!(text, "{byte:02x}");
                    text
                });
                found.insert(format!("{shop}, {name}, {width}"), digest);
            }
        }
    }
    found
}

#[test]
fn every_paper_is_the_same_as_before_byte_for_byte() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paper/golden.txt");
    let found: String = digests().into_iter().map(|(paper, digest)| format!("{digest} {paper}\n")).collect();
    if std::env::var_os("TAMEIO_GOLDEN").is_some_and(|word| word == "write") {
        std::fs::write(&file, &found).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap();
    let changed: Vec<&str> = found.lines().filter(|line| !kept.lines().any(|known| known == *line)).collect();
    assert!(changed.is_empty(), "these papers are not what they were: {changed:#?}");
    assert_eq!(found.lines().count(), kept.lines().count(), "a paper is gone");
}
