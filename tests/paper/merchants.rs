//! What is printed for shops that make parking cheaper: vouchers, the account of a month, and their line on a receipt.

use super::{WIDTHS, settings, stamp};
use jiff::civil::date;
use tameio::domain::customer::TaxNumber;
use tameio::domain::document::Document;
use tameio::domain::ids::{IdSource, MerchantId, Reference};
use tameio::domain::merchant::{Gives, Merchant, MerchantTerms, Payer};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::operator::OperatorId;
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::sale::PriceBasis;
use tameio::domain::settings::Settings;
use tameio::domain::text::{Language, Text};
use tameio::domain::validation::{MerchantAccount, Month, ValidatedBy, Validation, ValidationUse};
use tameio::domain::voucher::VoucherBatch;
use tameio::paper::picture::{png, text};
use tameio::paper::{Facts, sheet};
use tameio_drivers::printer::Profile;

const HOUR: Gives = Gives::FirstMinutes { minutes: 60 };

/// A shop with a long name, two vouchers, and a month of stays of every kind.
pub(super) fn shop() -> (Merchant, MerchantAccount) {
    let terms = MerchantTerms {
        name: Text::new("Καφέ Άλφα & Αρτοποιείο της Γειτονιάς"),
        tax_number: TaxNumber::parse("GR", "094014201").ok(),
        gives: HOUR,
        payer: Payer::Merchant,
        per_day: 0,
        per_vehicle: 0,
        hours: Vec::new(),
        from: None,
        to: None,
        adds_up: false,
        active: true,
    };
    let mut merchant = Merchant::new(MerchantId(IdSource::new(7, 7).uuid()), 12, terms);
    let until = date(2026, 12, 31);
    merchant.batches.push(VoucherBatch {
        number: 1,
        first: 345,
        count: 2,
        until,
        made: stamp(),
        spent: Vec::new(),
    });
    let operator = OperatorId("maria".to_owned());
    let by_hand = ValidatedBy::Hand { operator: operator.clone(), approved_by: operator.clone() };
    let stays = [
        ("ΙΗΖ-4821", HOUR, Payer::Merchant, 400, by_hand),
        (
            "ΥΖΒ-3307",
            Gives::Amount { amount: Cents(200) },
            Payer::Merchant,
            200,
            ValidatedBy::Voucher { number: 345, operator: operator.clone() },
        ),
        (
            "ΝΚΟ-9154",
            Gives::Percent { share: Rate(5_000) },
            Payer::House,
            125,
            ValidatedBy::Voucher { number: 346, operator },
        ),
    ];
    let uses = stays.into_iter().zip(1..).map(|((plate, what, payer, worth, by), number)| ValidationUse {
        merchant: merchant.id,
        number: merchant.number,
        plate: Plate::parse(&PlateEntry::Greek, plate).unwrap(),
        reference: Reference { terminal: settings().terminal, number },
        at: stamp(),
        what,
        payer,
        worth: Cents(worth),
        by,
        document: None,
    });
    let account = MerchantAccount { month: Month { year: 2026, month: 11 }, uses: uses.collect() };
    (merchant, account)
}

/// A document that a shop made cheaper.
pub(super) fn validated(mut document: Document) -> Document {
    let operator = OperatorId("maria".to_owned());
    let (merchant, _) = shop();
    let validation = Validation {
        merchant: merchant.id,
        number: merchant.number,
        name: merchant.terms.name.clone(),
        what: HOUR,
        payer: Payer::Merchant,
        adds_up: false,
        at: stamp(),
        how: ValidatedBy::Hand { operator: operator.clone(), approved_by: operator },
    };
    document.sale.discounts = vec![validation.discount(Cents(400), Language::El)];
    document.totals = document.sale.totals();
    document
}

/// On every width nothing is cut off, and the pictures are for whoever looks: `target/papers`.
#[test]
fn vouchers_and_accounts_fit_every_paper() {
    let (merchant, account) = shop();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("merchants");
    std::fs::create_dir_all(&folder).unwrap();
    for language in [Language::El, Language::En] {
        let settings = Settings { language, ..settings() };
        for width in WIDTHS {
            let profile = Profile::named(width).unwrap();
            let vouchers = Facts::Vouchers { merchant: &merchant, batch: &merchant.batches[0] };
            let of_month = Facts::MerchantAccount { merchant: &merchant, account: &account, at: stamp() };
            for (name, facts) in [("vouchers", vouchers), ("account", of_month)] {
                let sheet = sheet(&settings, facts, profile.columns);
                let lines = text(&sheet, &profile).unwrap();
                let code = |line: &&str| !line.contains('[');
                for line in lines.lines().filter(code) {
                    assert!(line.chars().count() <= profile.columns, "{width} {name}: {line:?}");
                }
                std::fs::write(
                    folder.join(format!("{name}-{width}-{language:?}.png")),
                    png(&sheet, &profile).unwrap(),
                )
                .unwrap();
            }
        }
    }
}

/// What the shop owes: as its stays were priced, or with the VAT on top, as the owner says.
#[test]
fn the_vat_of_an_account_is_as_the_owner_says() {
    let (merchant, account) = shop();
    let profile = Profile::named("epson-80").unwrap();
    let printed = |basis| {
        let mut settings = settings();
        settings.parking.validations.owed_basis = basis;
        let facts = Facts::MerchantAccount { merchant: &merchant, account: &account, at: stamp() };
        text(&sheet(&settings, facts, profile.columns), &profile).unwrap()
    };
    let (with, without) = (printed(PriceBasis::WithVat), printed(PriceBasis::WithoutVat));
    for row in ["4,84", "1,16", "6,00 €", "1,25"] {
        assert!(with.contains(row), "{row} is not on\n{with}");
    }
    for row in ["6,00", "1,44", "7,44 €"] {
        assert!(without.contains(row), "{row} is not on\n{without}");
    }
}
