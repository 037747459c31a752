//! A receipt of forty Greek lines with a QR code, turned into the bytes of a printer.

use crate::figure::{self, Samples};
use criterion::Criterion;
use std::time::Duration;
use tameio::config::Config;
use tameio::domain::event::Event;
use tameio::domain::operator::OperatorId;
use tameio::domain::settings::Trade;
use tameio::domain::template::{Logo, TemplateKind, TemplateText, Templates};
use tameio::domain::text::Text;
use tameio::domain::time::Stamp;
use tameio::paper;
use tameio::paper::sample::Sample;
use tameio::paper::template::logo::dots;
use tameio::paper::template::{Press, shipped};
use tameio_drivers::printer::{Align, Bitmap, Item, Profile, QrText, Sheet, Style, encode};

/// Samples of each kind.
const ROUNDS: u32 = 2_000;

pub(crate) fn bench(criterion: &mut Criterion) {
    let profile = Profile::named("epson-80").expect("a known printer");
    let plain = receipt(&profile);
    let mut with_logo = Sheet::new();
    with_logo.push(Item::Picture(logo()));
    with_logo.items.extend(plain.items.clone());
    let size = encode(&plain, &profile).expect("it can be printed").bytes().len();
    measure("receipt: forty lines and a QR, at the median", &plain, &profile, Duration::from_micros(50));
    figure::bytes("receipt: forty lines and a QR", size, 2_048);
    measure("receipt: … with a logo kept as dots", &with_logo, &profile, Duration::from_micros(300));
    with_the_owners_template(&profile);
    let mut group = criterion.benchmark_group("receipt");
    group.bench_function("plain", |bencher| bencher.iter(|| encode(&plain, &profile)));
    group.bench_function("with logo", |bencher| bencher.iter(|| encode(&with_logo, &profile)));
    group.finish();
}

fn measure(what: &str, sheet: &Sheet, profile: &Profile, budget: Duration) {
    let mut samples = Samples::default();
    for _ in 0..ROUNDS {
        samples.take(|| encode(sheet, profile)).expect("it can be printed");
    }
    figure::within(what, samples.median(), budget);
}

/// The whole way from stored facts: the owner's template read and checked, the paper laid out with a logo that is ready, the bytes.
fn with_the_owners_template(profile: &Profile) {
    let settings = Config::practice(Trade::Wash).expect("practice is good").settings;
    let kind = TemplateKind::Receipt;
    let (picture, operator) = (dots(&logo()), OperatorId("owner".to_owned()));
    let printed = Logo { name: Text::new("logo.png"), wide: picture.clone(), narrow: picture };
    let own = "(centre bold) Ευχαριστούμε, {plate}\nΤηλέφωνο | {phone}\n(if plate) Καλό ταξίδι";
    let text = Some(TemplateText::new(&format!("{}\n{own}", shipped(kind))));
    let long_ago = Stamp::new(jiff::Timestamp::UNIX_EPOCH);
    let mut templates = Templates::default();
    templates.fold(&Event::TemplateSaved { kind, text, operator: operator.clone() }, long_ago);
    templates.fold(&Event::LogoChosen { logo: Some(Box::new(printed)), operator }, long_ago);
    let sample = Sample::of(&settings, kind).expect("there is a sample");
    let facts = sample.facts().expect("it has facts");
    let press = Press::saved(&settings, &templates);
    assert!(
        paper::sheet(press, facts, profile.columns).items.iter().any(|item| matches!(item, Item::Logo(_)))
    );
    let mut samples = Samples::default();
    for _ in 0..ROUNDS {
        samples
            .take(|| encode(&paper::sheet(press, facts, profile.columns), profile))
            .expect("it can be printed");
    }
    let what = "receipt: from facts, by a template with a logo kept ready";
    figure::within(what, samples.median(), Duration::from_micros(300));
}

fn receipt(profile: &Profile) -> Sheet {
    let row = |left: &str, right: &str| {
        let room = profile.columns.saturating_sub(left.chars().count() + right.chars().count());
        format!("{left}{}{right}", " ".repeat(room))
    };
    let centre = Style { align: Align::Centre, ..Style::default() };
    let bold = Style { bold: true, ..Style::default() };
    let mut sheet = Sheet::new();
    sheet.styled("ΔΕΙΓΜΑ ΜΟΝ. ΙΚΕ", Style { bold: true, double_width: true, ..centre });
    sheet
        .styled("Λ. Παραδείγματος 10, 11111 Αθήνα", centre)
        .styled("ΑΦΜ 999999993  ΔΟΥ Α΄ Αθηνών", centre)
        .rule();
    for line in 1..=32 {
        sheet.line(&row(&format!("{line:02} Εξωτερικό πλύσιμο"), "14,00"));
    }
    sheet.rule().styled(&row("ΣΥΝΟΛΟ", "448,00 €"), bold).line(&row("Μετρητά", "450,00 €"));
    sheet.line(&row("Ρέστα", "2,00 €"));
    let data = QrText::new("https://example.org/r/400001234567890").expect("it fits");
    sheet.push(Item::Qr { data, module_dots: 6 }).cut();
    sheet
}

/// As wide as the paper, with half-tones in it.
fn logo() -> Bitmap {
    let (width, height) = (512, 160);
    let grey: Vec<u8> = (0..width * height).map(|dot| u8::try_from(dot % 251).unwrap_or_default()).collect();
    Bitmap::dithered(width, height, &grey)
}
