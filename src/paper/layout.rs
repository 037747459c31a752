//! Columns, wrapping and words: what every paper is built with.

use crate::domain::measure::Measure;
use crate::domain::money::{Cents, Quantity};
use crate::domain::parking::StaySpan;
use crate::domain::payment::{Means, Payment};
use crate::domain::sale::{Discount, DiscountAmount, DiscountSource, Line, Sale};
use crate::domain::settings::Settings;
use crate::domain::tariff::sentence::duration;
use crate::domain::text::{Language, Text};
use crate::domain::ticket::TicketFate;
use crate::domain::work::WorkKind;
use tameio_drivers::printer::sheet::wrap;
use tameio_drivers::printer::{Align, Item, QrText, Sheet, Style};

/// The narrowest paper a layout is made for; below it rows would have no room for a name.
pub const COLUMNS_MIN: usize = 24;

/// Side of a QR module in dots: at least 4, so that the code is 18 mm wide on a 203 dpi head.
const QR_MODULE_DOTS: u8 = 6;

const CENTRE: Style =
    Style { align: Align::Centre, bold: false, double_width: false, double_height: false, small: false };
const BOLD: Style = Style { align: Align::Left, bold: true, ..CENTRE };

/// A phrase in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub &'static str, pub &'static str);

impl Words {
    /// The phrase in a language.
    #[must_use]
    pub const fn get(self, language: Language) -> &'static str {
        match language {
            Language::El => self.0,
            Language::En => self.1,
        }
    }
}

/// A sheet under construction.
#[derive(Debug)]
pub struct Layout {
    sheet: Sheet,
    columns: usize,
    language: Language,
    practice: bool,
}

impl Layout {
    /// A new sheet; in practice it says so before anything else.
    #[must_use]
    pub fn new(settings: &Settings, columns: usize) -> Self {
        let mut layout = Self::bare(settings, columns);
        layout.practice_mark();
        layout
    }

    /// The same without a word on it yet: the head of another sheet.
    pub(super) fn bare(settings: &Settings, columns: usize) -> Self {
        let columns = columns.max(COLUMNS_MIN);
        Self { sheet: Sheet::new(), columns, language: settings.language, practice: settings.practice }
    }

    /// What is on it so far, uncut.
    pub(super) fn into_sheet(self) -> Sheet {
        self.sheet
    }

    /// The phrase in the paper's language.
    #[must_use]
    pub const fn say(&self, words: Words) -> &'static str {
        words.get(self.language)
    }

    /// Characters of a line.
    pub(super) const fn columns(&self) -> usize {
        self.columns
    }

    /// The paper's language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A line at the left; long ones wrap at words.
    pub fn line(&mut self, text: &str) {
        self.each_line(text, Style::default());
    }

    /// A heavy line at the left.
    pub fn bold(&mut self, text: &str) {
        self.each_line(text, BOLD);
    }

    /// A line in the middle.
    pub fn centre(&mut self, text: &str) {
        self.each_line(text, CENTRE);
    }

    /// A heavy line in the middle.
    pub fn centre_bold(&mut self, text: &str) {
        self.each_line(text, Style { bold: true, ..CENTRE });
    }

    /// The one thing to be read from a distance: large, in the middle.
    pub fn large(&mut self, text: &str) {
        self.each_line(text, Style { bold: true, double_width: true, double_height: true, ..CENTRE });
    }

    /// A line that looks as asked.
    pub(super) fn styled(&mut self, text: &str, style: Style) {
        self.each_line(text, style);
    }

    fn each_line(&mut self, text: &str, style: Style) {
        for part in wrap(text, room(self.columns, style)) {
            self.sheet.styled(&part, style);
        }
    }

    /// Something at the left and a figure at the right; what is long at the left wraps at words beside the figure.
    pub fn row(&mut self, left: &str, right: &str) {
        self.styled_row(left, right, Style::default());
    }

    /// The sum: heavy and high.
    pub fn total(&mut self, left: &str, right: &str) {
        self.styled_row(left, right, Style { double_height: true, ..BOLD });
    }

    /// A row that looks as asked.
    pub(super) fn styled_row(&mut self, left: &str, right: &str, style: Style) {
        let columns = room(self.columns, style);
        let beside = columns.saturating_sub(right.chars().count() + 1).max(columns / 4);
        let parts = wrap(left, beside);
        let last = parts.len() - 1;
        for (at, part) in parts.iter().enumerate() {
            let end = if at == last { right } else { "" };
            self.sheet.styled(&spread_out(part, end, columns), style);
        }
    }

    /// Figures in columns of equal width behind a short first one.
    pub fn table_row(&mut self, first: &str, figures: [&str; 3]) {
        let width = (self.columns - TABLE_FIRST) / 3;
        let text: String = figures.iter().map(|figure| format!("{figure:>width$}")).collect();
        let gap = self.columns - 3 * width;
        self.sheet.line(&format!("{first:<gap$}{text}"));
    }

    /// A line across.
    pub fn rule(&mut self) {
        self.sheet.rule();
    }

    /// A QR code; text that cannot become one is printed as it is, so that nothing is lost.
    pub fn qr(&mut self, text: &str) {
        match QrText::new(text) {
            Ok(data) => {
                self.sheet.push(Item::Qr { data, module_dots: QR_MODULE_DOTS });
            }
            Err(_) => self.line(text),
        }
    }

    /// Any other item.
    pub fn push(&mut self, item: Item) {
        self.sheet.push(item);
    }

    /// Says that a paper is a copy, and which one; nothing on the original. Always in Greek: it is the word an
    /// inspector looks for.
    pub fn copy_mark(&mut self, copy: u32) {
        if copy > 0 {
            let english =
                if self.language == Language::En { format!(" / COPY {copy}") } else { String::new() };
            self.centre_bold(&format!("ΑΝΤΙΓΡΑΦΟ {copy}{english}"));
        }
    }

    pub(super) fn practice_mark(&mut self) {
        if self.practice {
            self.centre_bold("*** ΔΟΚΙΜΗ - ΧΩΡΙΣ ΑΞΙΑ ***");
            self.centre_bold("*** PRACTICE - NO VALUE ***");
        }
    }

    /// The finished sheet, cut.
    #[must_use]
    pub fn finish(mut self) -> Sheet {
        self.practice_mark();
        self.sheet.cut();
        self.sheet
    }

    /// Name and address of the business, as any paper carries them.
    pub fn shop(&mut self, settings: &Settings) {
        let business = &settings.business;
        self.centre_bold(business.name.as_str());
        for text in [&business.activity, &business.address] {
            if !text.is_empty() {
                self.centre(text.as_str());
            }
        }
        if !business.phone.is_empty() {
            self.centre(&format!("{} {}", self.say(Words("Τηλ.", "Tel.")), business.phone));
        }
    }

    /// How the sale was paid: each tender as given, and the change.
    pub fn payment(&mut self, payment: &Payment) {
        for tender in &payment.tenders {
            let (means, amount, _) = tender.parts();
            self.row(self.say(means_words(means)), &amount.with_comma());
        }
        for approval in &payment.approvals {
            let said = [&approval.scheme, &approval.card, &approval.auth_code];
            let said: Vec<&str> = said.into_iter().flatten().map(Text::as_str).collect();
            if !said.is_empty() {
                self.line(&format!("  {}", said.join(" ")));
            }
        }
        if payment.change > Cents::ZERO {
            self.row(self.say(Words("Ρέστα", "Change")), &payment.change.with_comma());
        }
    }

    /// The time a car park charges for: the printed minutes, so that a customer can check with a pencil.
    pub fn stay(&mut self, span: &StaySpan) {
        for (words, text) in stay_rows(span, self.language) {
            self.row(self.say(words), &text);
        }
    }

    /// The discounts with their reasons and what each takes off; one that takes nothing off is not told.
    pub fn discounts(&mut self, sale: &Sale) {
        let taken = sale.discounts.iter().zip(sale.discount_amounts());
        for (discount, amount) in taken.filter(|(_, amount)| *amount != Cents::ZERO) {
            let words = discount_words(discount, self.language);
            self.row(&words, &(-amount).with_comma());
        }
    }

    /// Below a line of the sale: how much at what price when it is not just one piece, and how that was found.
    pub fn quantity(&mut self, line: &Line) {
        let unit = line.measure.unit().sign();
        if line.quantity != Quantity::ONE || !unit.is_empty() {
            let basis =
                if line.basis.has_vat() { "" } else { self.say(Words(" χωρίς ΦΠΑ", " plus VAT")) };
            let quantity = match WorkKind::of_code(&line.code) {
                Some(_) => line.quantity.with_two_decimals(),
                None => quantity_text(line.quantity),
            };
            let space = if unit.is_empty() { "" } else { " " };
            self.line(&format!("  {quantity}{space}{unit} x {}{basis}", line.unit_price.with_comma()));
        }
        self.measured(&line.measure);
        if line.is_at_minimum() {
            self.line(&format!("  {}", self.say(Words("ελάχιστη χρέωση", "minimum charge"))));
        }
    }

    fn measured(&mut self, measure: &Measure) {
        match *measure {
            Measure::Count | Measure::Time { .. } => {}
            Measure::Area { length_cm, width_cm, pieces } => {
                let of = if pieces > 1 { format!("{pieces} x ") } else { String::new() };
                self.line(&format!("  {of}{} x {} m", metres(length_cm), metres(width_cm)));
            }
            Measure::Weight { gross_g, tare_g, by_hand } => {
                if tare_g > 0 {
                    let (gross, tare) = (kilograms(gross_g), kilograms(tare_g));
                    let (gross_word, tare_word) = (Words("μικτό", "gross"), Words("απόβαρο", "tare"));
                    let (gross_word, tare_word) = (self.say(gross_word), self.say(tare_word));
                    self.line(&format!("  {gross_word} {gross} kg, {tare_word} {tare} kg"));
                }
                if by_hand {
                    self.line(&format!(
                        "  {}",
                        self.say(Words("ζυγίστηκε χειροκίνητα", "weight typed by hand"))
                    ));
                }
            }
        }
    }
}

/// What a way of paying is called.
#[must_use]
pub const fn means_words(means: Means) -> Words {
    match means {
        Means::Cash => Words("Μετρητά", "Cash"),
        Means::Card => Words("Κάρτα", "Card"),
        Means::Iris => Words("IRIS", "IRIS"),
        Means::Bank => Words("Τραπεζική μεταφορά", "Bank transfer"),
        Means::Voucher => Words("Κουπόνι", "Voucher"),
        Means::Account => Words("Επί πιστώσει", "On account"),
        Means::Deposit => Words("Από προκαταβολή", "From the deposit"),
    }
}

/// Columns of a table's first field, such as a rate.
const TABLE_FIRST: usize = 5;

/// Letters of a style that fit on a line of so many columns: the smaller ones are three quarters as wide.
pub(super) fn room(columns: usize, style: Style) -> usize {
    let columns = if style.small { columns * 4 / 3 } else { columns };
    columns / style.width_factor()
}

/// Two texts at the two edges; at least one space between them where there is room.
fn spread_out(left: &str, right: &str, columns: usize) -> String {
    let room = columns.saturating_sub(left.chars().count() + right.chars().count());
    format!("{left}{}{right}", " ".repeat(room)).trim_end().to_owned()
}

/// `2,40`, of centimetres.
fn metres(cm: u32) -> String {
    format!("{},{:02}", cm / 100, cm % 100)
}

/// `12,350`, of grams.
fn kilograms(grams: u64) -> String {
    format!("{},{:03}", grams / 1000, grams % 1000)
}

/// `2`, `12,350`: whole pieces without decimals.
pub(super) fn quantity_text(quantity: Quantity) -> String {
    let (whole, part) = (quantity.0 / 1000, quantity.0.unsigned_abs() % 1000);
    if part == 0 { whole.to_string() } else { format!("{whole},{part:03}") }
}

/// When a stay began, until when it is charged, how long that is, and that its ticket was lost.
pub(super) fn stay_rows(span: &StaySpan, language: Language) -> Vec<(Words, String)> {
    let minutes = span.minutes();
    let unit = Words("λεπτά", "minutes").get(language);
    let said = duration(minutes, language);
    let said = if minutes < 60 { said } else { format!("{said} ({minutes} {unit})") };
    let mut rows = vec![
        (Words("Είσοδος", "Arrival"), span.from.printed_exactly()),
        (Words("Χρέωση έως", "Charged until"), span.until.printed_exactly()),
        (Words("Διάρκεια", "Duration"), said),
    ];
    if span.ticket == TicketFate::Lost {
        rows.push((Words("Χαμένο δελτίο", "Lost ticket"), String::new()));
    }
    rows
}

pub(super) fn discount_words(discount: &Discount, language: Language) -> String {
    let word = Words("Έκπτωση", "Discount").get(language);
    let reason = match discount.source {
        DiscountSource::Category => size_word(discount.reason.as_str(), language),
        DiscountSource::Manual | DiscountSource::Merchant { .. } => discount.reason.as_str(),
    };
    match discount.amount {
        DiscountAmount::Percent(rate) => format!("{word} {reason} {}", rate.printed()),
        DiscountAmount::Amount(_) => format!("{word} {reason}"),
    }
}

/// What people call a size class; an unknown code as it is.
fn size_word(code: &str, language: Language) -> &str {
    let words = match code {
        "moto" => Words("μοτοσικλέτας", "motorcycle"),
        "small" => Words("μικρού", "small"),
        "suv" => Words("SUV", "SUV"),
        "van" => Words("van", "van"),
        "taxi" => Words("ταξί", "taxi"),
        other => return other,
    };
    words.get(language)
}
