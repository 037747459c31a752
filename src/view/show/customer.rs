//! The sale into the window that faces the customer. It reads what the cashier's window reads and changes nothing; it shows
//! a sale only while that is being paid or has just been.

use crate::domain::document::Document;
use crate::domain::money::Cents;
use crate::domain::plate::Plate;
use crate::domain::sale::Sale;
use crate::domain::settings::Settings;
use crate::domain::text::{Language, Name};
use crate::view::controller::Controller;
use crate::view::generated::{App, Customer, CustomerLine, CustomerStage, CustomerWindow, Page};
use crate::view::second::{Place, Second};
use crate::view::words;
use slint::{ComponentHandle, Model, SharedPixelBuffer, VecModel};
use std::cell::RefCell;
use std::rc::Rc;
use tameio_drivers::printer::qr_picture;

/// The window, and what was last put into it.
pub(in crate::view) struct CustomerView {
    pub(in crate::view) second: Second<CustomerWindow>,
    lines: Rc<VecModel<CustomerLine>>,
    /// The address whose code is drawn.
    coded: RefCell<String>,
}

/// What is shown of a sale.
#[derive(Default)]
struct Shown {
    stage: CustomerStage,
    /// The document, once there is one.
    sale: String,
    plate: Option<Plate>,
    reference: String,
    lines: Vec<CustomerLine>,
    total: Cents,
    left: Cents,
    change: Cents,
    code: String,
}

impl CustomerView {
    /// Makes the window, as the sign of the business, and shows nothing yet.
    ///
    /// # Errors
    /// When nothing can be drawn here.
    pub(in crate::view) fn new(
        settings: &Settings,
        place: Place,
        clear_after_s: u32,
        till: &slint::Weak<App>,
    ) -> Result<Self, slint::PlatformError> {
        let window = CustomerWindow::new()?;
        let lines = Rc::new(VecModel::default());
        let page = window.global::<Customer>();
        page.set_business(settings.business.name.as_str().into());
        page.set_address(settings.business.address.as_str().into());
        page.set_phone(settings.business.phone.as_str().into());
        page.set_practice(settings.practice);
        page.set_clear_after(i64::from(clear_after_s) * 1_000);
        page.set_full_screen(place.fills());
        page.set_lines(Rc::clone(&lines).into());
        Ok(Self { second: Second::new(window, place, till), lines, coded: RefCell::default() })
    }

    /// Shows what is on the cashier's screen of the sale.
    pub(in crate::view) fn follow(&self, controller: &Controller) {
        let page = self.second.window().global::<Customer>();
        let language = controller.settings.language;
        let shown = shown(controller).unwrap_or_default();
        if let Some(now) = controller.now() {
            page.set_clock(now.clock().into());
        }
        page.set_plate(shown.plate.as_ref().map(super::face).unwrap_or_default());
        page.set_reference(shown.reference.into());
        page.set_total(words::money(shown.total, language).into());
        page.set_left(words::money(shown.left.max(Cents::ZERO), language).into());
        page.set_change(if shown.change > Cents::ZERO {
            words::money(shown.change, language).into()
        } else {
            Default::default()
        });
        if self.lines.iter().ne(shown.lines.iter().cloned()) {
            self.lines.set_vec(shown.lines);
        }
        self.draw_code(&page, shown.code);
        page.set_sale(shown.sale.into());
        page.set_stage(shown.stage);
    }

    fn draw_code(&self, page: &Customer<'_>, address: String) {
        if *self.coded.borrow() == address {
            return;
        }
        let picture = (!address.is_empty()).then(|| code(&address)).flatten();
        page.set_has_code(picture.is_some());
        page.set_code(picture.unwrap_or_default());
        self.coded.replace(address);
    }
}

fn shown(controller: &Controller) -> Option<Shown> {
    if controller.is_locked() {
        return None;
    }
    match controller.form.page {
        Page::Pay => paying(controller),
        Page::Done => {
            super::pay::document_done(controller).map(|(document, change)| done(controller, document, change))
        }
        _ => None,
    }
}

fn paying(controller: &Controller) -> Option<Shown> {
    let (pay, language) = (&controller.form.pay, controller.settings.language);
    let total = controller.due();
    let left = pay.left(total);
    let shown = Shown { stage: CustomerStage::Paying, total, left, ..Shown::default() };
    if pay.order.is_some() {
        let order = controller.order()?;
        let (reference, lines) = (order.reference.to_string(), lines(&order.unpaid(), language));
        return Some(Shown { reference, lines, ..shown });
    }
    let visit = controller.visit()?;
    let lines = lines(&controller.bill_of(visit).ok()?.sale, language);
    Some(Shown { plate: Some(visit.plate.clone()), lines, ..shown })
}

fn done(controller: &Controller, document: &Document, change: Cents) -> Shown {
    let plate = document.issued_for.plate().cloned();
    Shown {
        stage: CustomerStage::Done,
        sale: document.id.to_string(),
        reference: if plate.is_none() { document.reference.to_string() } else { String::new() },
        plate,
        lines: lines(&document.sale, controller.settings.language),
        total: document.totals.gross,
        left: Cents::ZERO,
        change,
        code: document.qr.clone().unwrap_or_default(),
    }
}

fn lines(sale: &Sale, language: Language) -> Vec<CustomerLine> {
    let items = sale.lines.iter().zip(sale.grosses()).map(|(line, gross)| {
        let (name, other) = both(&line.name, language);
        CustomerLine {
            name,
            other,
            detail: words::several(line.quantity, line.unit_price, language).into(),
            amount: words::money(gross, language).into(),
        }
    });
    let discount = Name::new("Έκπτωση", "Discount");
    let discounts = sale.discount_amounts().into_iter().map(|taken| {
        let (name, other) = both(&discount, language);
        CustomerLine {
            name,
            other,
            detail: Default::default(),
            amount: words::money(-taken, language).into(),
        }
    });
    let all: Vec<CustomerLine> = items.chain(discounts).collect();
    shortened(all, language)
}

/// So many lines fit beside the amount.
const LINES_MAX: usize = 5;

/// Where there are more, the last place says how many stand nowhere else.
fn shortened(mut lines: Vec<CustomerLine>, language: Language) -> Vec<CustomerLine> {
    if lines.len() > LINES_MAX {
        let more = lines.len() - (LINES_MAX - 1);
        lines.truncate(LINES_MAX - 1);
        let more = Name::new(&format!("και {more} ακόμη"), &format!("and {more} more"));
        let (name, other) = both(&more, language);
        lines.push(CustomerLine { name, other, ..CustomerLine::default() });
    }
    lines
}

/// The business's own language first; the other only where it says something else.
fn both(name: &Name, language: Language) -> (slint::SharedString, slint::SharedString) {
    let (own, other) = match language {
        Language::El => (&name.el, &name.en),
        Language::En => (&name.en, &name.el),
    };
    let other = if own == other { "" } else { other.as_str() };
    (own.as_str().into(), other.into())
}

/// One pixel a module: the window makes it larger without blurring it.
fn code(address: &str) -> Option<slint::Image> {
    let picture = qr_picture(address, 1)?;
    let side = |dots: usize| u32::try_from(dots).unwrap_or_default();
    let mut pixels =
        SharedPixelBuffer::<slint::Rgb8Pixel>::new(side(picture.width()), side(picture.height()));
    let places = (0..picture.height()).flat_map(|y| (0..picture.width()).map(move |x| (x, y)));
    for (pixel, (x, y)) in pixels.make_mut_slice().iter_mut().zip(places) {
        let grey = if picture.black(x, y) { 0 } else { 255 };
        *pixel = slint::Rgb8Pixel { r: grey, g: grey, b: grey };
    }
    Some(slint::Image::from_rgb8(pixels))
}
