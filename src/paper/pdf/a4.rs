//! A tax document on A4: everything the receipt says (Law 4308/2014, arts. 9 and 12), in a table with unit prices before
//! VAT, page after page.

use super::PdfError;
use super::pen::{Hand, Page, Type};
use crate::domain::document::Document;
use crate::domain::money::{Cents, Rate, VatRow};
use crate::domain::sale::{Line, PriceBasis};
use crate::domain::settings::Settings;
use crate::domain::text::Language;
use crate::paper::layout::{Words, discount_words, means_words, quantity_text, stay_rows};
use crate::paper::receipt::{number_words, origin_words, title};
use crate::paper::slip::{name_words, reference_words};
use crate::paper::{credit, customer, provider};
use tameio_drivers::printer::qr_picture;

/// Points, ISO 216.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const LEFT: f32 = 48.0;
const RIGHT: f32 = WIDTH - 48.0;
const TOP: f32 = 54.0;
const BOTTOM: f32 = HEIGHT - 54.0;
/// Where each column of the table ends; the first begins at the left edge.
const QUANTITY: f32 = 340.0;
const PRICE: f32 = 410.0;
const RATE: f32 = 455.0;
/// How wide a description may be.
const DESCRIPTION: f32 = 230.0;
const ROW: f32 = 15.0;
/// What sums, payment, name and QR need: they are never torn apart.
const FOOT: f32 = 250.0;
const QR_SIDE: f32 = 96.0;
const DIM: u8 = 90;
const HAIR: u8 = 170;

/// The letters of a page.
pub(super) struct Types {
    plain: Type,
    bold: Type,
}

impl Types {
    /// Reads the fonts that are built in.
    pub(super) fn new() -> Result<Self, PdfError> {
        Ok(Self {
            plain: Type::new(include_bytes!("../../../ui/fonts/Roboto-Regular.ttf"))?,
            bold: Type::new(include_bytes!("../../../ui/fonts/Roboto-Bold.ttf"))?,
        })
    }

    pub(super) const fn text(&self, size: f32) -> Hand<'_> {
        Hand::new(&self.plain, size)
    }

    pub(super) const fn heavy(&self, size: f32) -> Hand<'_> {
        Hand::new(&self.bold, size)
    }
}

/// A document being laid out.
struct Draft<'a> {
    types: &'a Types,
    settings: &'a Settings,
    document: &'a Document,
    copy: u32,
    pages: Vec<Page<'a>>,
    /// Where the next thing stands on the last page.
    y: f32,
}

/// The pages of a document; `copy` is 0 for the original.
pub(super) fn pages<'a>(
    types: &'a Types,
    settings: &'a Settings,
    document: &'a Document,
    copy: u32,
) -> Vec<Page<'a>> {
    let mut draft = Draft { types, settings, document, copy, pages: Vec::new(), y: 0.0 };
    draft.first_page();
    draft.lines();
    draft.foot();
    draft.number_pages();
    draft.pages
}

impl<'a> Draft<'a> {
    const fn say(&self, words: Words) -> &'static str {
        words.get(self.settings.language)
    }

    fn page(&mut self) -> &mut Page<'a> {
        if self.pages.is_empty() {
            self.pages.push(Page::new(WIDTH, HEIGHT));
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn new_page(&mut self) {
        self.pages.push(Page::new(WIDTH, HEIGHT));
        self.y = TOP;
        if self.settings.practice {
            let hand = self.types.heavy(11.0);
            for (y, words) in [
                (30.0, "ΔΟΚΙΜΗ - ΧΩΡΙΣ ΑΞΙΑ  /  PRACTICE - NO VALUE"),
                (BOTTOM + 16.0, "ΔΟΚΙΜΗ - ΧΩΡΙΣ ΑΞΙΑ"),
            ] {
                self.page().centred(y, words, hand);
            }
        }
    }

    fn first_page(&mut self) {
        self.new_page();
        let below_title = self.title();
        self.seller();
        self.y = self.y.max(below_title) + 14.0;
        let y = self.y;
        self.page().rule(LEFT, RIGHT, y, HAIR);
        self.y += 20.0;
        self.particulars();
    }

    /// Who sells, at the left.
    fn seller(&mut self) {
        let business = &self.settings.business;
        let (types, width) = (self.types, 265.0);
        for line in types.bold.wrap(business.name.as_str(), 14.0, width) {
            self.line(&line, types.heavy(14.0), 17.0);
        }
        let mut numbers = format!("{} {}", self.say(Words("ΑΦΜ", "VAT no.")), business.afm);
        if !business.doy.is_empty() {
            numbers += &format!("   {} {}", self.say(Words("ΔΟΥ", "Tax office")), business.doy);
        }
        let labelled = |words: Words, text: &str| {
            if text.is_empty() { String::new() } else { format!("{} {text}", self.say(words)) }
        };
        let phone = labelled(Words("Τηλ.", "Tel."), business.phone.as_str());
        let gemi = labelled(Words("ΓΕΜΗ", "Reg. no."), business.gemi.as_str());
        let texts = [business.activity.as_str(), business.address.as_str(), &numbers, &gemi, &phone];
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            for line in types.plain.wrap(text, 9.5, width) {
                self.line(&line, types.text(9.5), 13.0);
            }
        }
    }

    /// What the paper is, at the right; gives where it ends.
    fn title(&mut self) -> f32 {
        let types = self.types;
        let (mut y, words) = (TOP, self.say(title(self.settings, self.document)));
        for line in types.bold.wrap(words, 12.0, 225.0) {
            self.page().text_to(RIGHT, y, &line, types.heavy(12.0));
            y += 15.0;
        }
        if self.copy > 0 {
            let english = if self.settings.language == Language::En { " / COPY" } else { "" };
            let mark = format!("ΑΝΤΙΓΡΑΦΟ{english} {}", self.copy);
            self.page().text_to(RIGHT, y, &mark, types.heavy(10.0));
            y += 15.0;
        }
        let document = self.document;
        let number = format!("{} {}", document.series, document.number);
        let kinds = number_words(self.settings.issuer, document);
        for (words, text) in [(kinds, number), (Words("Ημερομηνία", "Date"), document.issued.printed())]
        {
            y += 3.0;
            let words = self.say(words);
            self.page().text_to(RIGHT, y, words, types.text(8.0).grey(DIM));
            y += 12.0;
            self.page().text_to(RIGHT, y, &text, types.heavy(10.5));
            y += 11.0;
        }
        y - 11.0
    }

    /// To whom, and for which vehicle.
    fn particulars(&mut self) {
        let document = self.document;
        let mut rows = customer::rows(document);
        if let Some(plate) = document.issued_for.plate() {
            rows.push((Words("Αρ. κυκλοφορίας", "Plate"), plate.display()));
        }
        let reference = reference_words(&document.issued_for);
        rows.extend(reference.map(|words| (words, document.reference.to_string())));
        rows.extend(credit::rows(document));
        rows.extend(document.span.iter().flat_map(|span| stay_rows(span, self.settings.language)));
        let types = self.types;
        for (words, text) in rows {
            let (y, words) = (self.y, self.say(words));
            self.page().text(LEFT, y, words, types.text(9.5).grey(DIM));
            for part in types.bold.wrap(&text, 10.5, RIGHT - LEFT - 130.0) {
                let y = self.y;
                self.page().text(LEFT + 130.0, y, &part, types.heavy(10.5));
                self.y += ROW;
            }
        }
        self.y += 14.0;
    }

    fn lines(&mut self) {
        self.head();
        let sale = &self.document.sale;
        for (line, gross) in sale.lines.iter().zip(sale.grosses()) {
            self.item(line, gross);
        }
        let taken = sale.discounts.iter().zip(sale.discount_amounts());
        for (discount, amount) in taken.filter(|(_, amount)| *amount != Cents::ZERO) {
            let words = discount_words(discount, self.settings.language);
            self.described(&words, [None, None, None], -amount);
        }
        let y = self.y - ROW + 6.0;
        self.page().rule(LEFT, RIGHT, y, 0);
        self.y += 8.0;
    }

    /// The table's head; it stands on every page that has lines.
    fn head(&mut self) {
        let (y, hand) = (self.y, self.types.text(8.0).grey(DIM));
        let words = [
            (QUANTITY, Words("Ποσότητα", "Quantity")),
            (PRICE, Words("Τιμή χωρίς ΦΠΑ", "Unit net price")),
            (RATE, Words("ΦΠΑ", "VAT")),
            (RIGHT, Words("Αξία με ΦΠΑ", "Gross amount")),
        ];
        let first = self.say(Words("Περιγραφή", "Description"));
        self.page().text(LEFT, y, first, hand);
        for (end, words) in words {
            let words = self.say(words);
            self.page().text_to(end, y, words, hand);
        }
        self.page().rule(LEFT, RIGHT, y + 5.0, 0);
        self.y += 20.0;
    }

    fn item(&mut self, line: &Line, gross: Cents) {
        let name = line.name.get(self.settings.language).as_str().to_owned();
        let price = match line.basis {
            PriceBasis::WithVat => VatRow::split(line.vat, line.unit_price).net,
            PriceBasis::WithoutVat => line.unit_price,
        };
        let figures = [quantity_text(line.quantity), price.with_comma(), line.vat.printed()];
        self.described(&name, figures.map(Some), gross);
    }

    fn described(&mut self, text: &str, figures: [Option<String>; 3], amount: Cents) {
        let types = self.types;
        let parts = types.plain.wrap(text, 10.0, DESCRIPTION);
        let rows = f32::from(u16::try_from(parts.len()).unwrap_or(u16::MAX));
        if self.y + rows * ROW > BOTTOM {
            self.new_page();
            self.head();
        }
        let y = self.y;
        for (end, figure) in [QUANTITY, PRICE, RATE].into_iter().zip(figures) {
            self.page().text_to(end, y, figure.as_deref().unwrap_or_default(), types.text(10.0));
        }
        self.page().text_to(RIGHT, y, &amount.with_comma(), types.text(10.0));
        for part in parts {
            self.line(&part, types.text(10.0), ROW);
        }
    }

    /// Sums, payment, and how the authority knows the document.
    fn foot(&mut self) {
        if self.y + FOOT > BOTTOM {
            self.new_page();
        }
        let top = self.y;
        self.vat(top);
        self.sum(top);
        self.y = self.y.max(top + ROW * 6.0) + 18.0;
        self.signature();
        self.origin();
    }

    /// Whoever took money back signs for it.
    fn signature(&mut self) {
        let (types, document) = (self.types, self.document);
        if let Some(given_to) = credit::given_to(document) {
            let line = format!("{} {given_to}", self.say(credit::GIVEN_TO));
            self.line(&line, types.text(10.0), ROW);
        }
        if credit::is_signed(document) {
            self.y += ROW;
            let line = self.say(credit::SIGNATURE);
            self.line(line, types.text(10.0), ROW * 2.0);
        }
    }

    /// The figures per rate, at the left.
    fn vat(&mut self, top: f32) {
        let (dim, text) = (self.types.text(8.0).grey(DIM), self.types.text(9.5));
        let ends = [LEFT + 100.0, LEFT + 160.0, LEFT + 225.0];
        let heads = [Words("Καθαρή αξία", "Net"), Words("ΦΠΑ", "VAT"), Words("Σύνολο", "Gross")];
        let first = self.say(Words("Συντ.", "Rate"));
        self.page().text(LEFT, top, first, dim);
        for (end, words) in ends.into_iter().zip(heads) {
            let words = self.say(words);
            self.page().text_to(end, top, words, dim);
        }
        let mut y = top + ROW;
        for row in &self.document.totals.vat {
            let rate: Rate = row.rate;
            self.page().text(LEFT, y, &rate.printed(), text);
            for (end, amount) in ends.into_iter().zip([row.net, row.vat, row.gross]) {
                self.page().text_to(end, y, &amount.with_comma(), text);
            }
            y += ROW;
        }
        self.y = self.y.max(y);
    }

    /// What is due and how it was paid, at the right.
    fn sum(&mut self, top: f32) {
        let (types, document) = (self.types, self.document);
        let left = 330.0;
        let mut y = top + 4.0;
        let plain = Words("ΣΥΝΟΛΟ", "TOTAL");
        let total = self.say(if document.is_credit() { credit::total(document) } else { plain });
        self.page().text(left, y, total, types.heavy(12.0));
        self.page().text_to(
            RIGHT,
            y,
            &format!("{} €", document.totals.gross.with_comma()),
            types.heavy(14.0),
        );
        y += 20.0;
        let paid = document.payment.tenders.iter().map(|tender| {
            let (means, amount, _) = tender.parts();
            (means_words(means), amount)
        });
        let change = Some((Words("Ρέστα", "Change"), document.payment.change));
        let change = change.filter(|(_, amount)| *amount > Cents::ZERO);
        for (words, amount) in paid.chain(change) {
            let words = self.say(words);
            self.page().text(left, y, words, types.text(9.5));
            self.page().text_to(RIGHT, y, &amount.with_comma(), types.text(9.5));
            y += ROW;
        }
        self.y = self.y.max(y);
    }

    fn origin(&mut self) {
        let (types, settings, document) = (self.types, self.settings, self.document);
        let top = self.y;
        self.page().rule(LEFT, RIGHT, top - 12.0, HAIR);
        self.y += 6.0;
        for (words, text) in document.name.iter().flat_map(name_words) {
            let (y, words) = (self.y, self.say(words));
            self.page().text(LEFT, y, words, types.text(9.5).grey(DIM));
            self.page().text(LEFT + 130.0, y, &text, types.heavy(10.5));
            self.y += ROW;
        }
        for (words, text) in provider::words(settings, document) {
            let (y, words) = (self.y, self.say(words));
            self.page().text(LEFT, y, words, types.text(8.5).grey(DIM));
            for part in types.plain.wrap(&text, 8.5, RIGHT - LEFT - QR_SIDE - 160.0) {
                let y = self.y;
                self.page().text(LEFT + 130.0, y, &part, types.text(8.5));
                self.y += 12.0;
            }
        }
        if document.lost_connection() {
            self.line(provider::lost_connection(settings, document), types.heavy(10.5), ROW);
        }
        if let Some(words) = origin_words(settings.issuer, document) {
            let words = self.say(words);
            for line in types.plain.wrap(words, 9.0, RIGHT - LEFT - QR_SIDE - 30.0) {
                self.line(&line, types.text(9.0), 12.0);
            }
        }
        if let Some(address) = &document.qr {
            self.qr(address, top);
        }
    }

    fn qr(&mut self, address: &str, top: f32) {
        let Some(picture) = qr_picture(address, 1) else { return };
        let dot = QR_SIDE / f32::from(u16::try_from(picture.width()).unwrap_or(u16::MAX));
        let at = |dots: usize| f32::from(u16::try_from(dots).unwrap_or(u16::MAX)) * dot;
        let boxes = picture.boxes().into_iter();
        let boxes =
            boxes.map(|(x, y, wide, high)| (RIGHT - QR_SIDE + at(x), top + at(y), at(wide), at(high)));
        self.page().boxes(boxes, 0);
        self.y = self.y.max(top + QR_SIDE);
    }

    fn number_pages(&mut self) {
        let count = self.pages.len();
        let (word, hand) = (self.say(Words("Σελίδα", "Page")), self.types.text(8.0).grey(DIM));
        for (at, page) in self.pages.iter_mut().enumerate() {
            page.text_to(RIGHT, BOTTOM + 24.0, &format!("{word} {}/{count}", at + 1), hand);
        }
    }

    fn line(&mut self, text: &str, hand: Hand<'a>, height: f32) {
        let y = self.y;
        self.page().text(LEFT, y, text, hand);
        self.y += height;
    }
}
