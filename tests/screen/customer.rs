//! The window that faces the customer: it shows the sale while it is paid, and nobody else's ever.

use crate::beside;
use crate::pages::save;
use crate::stage::{Stage, wash};
use slint::{ComponentHandle, PhysicalSize};
use std::time::Duration;
use tameio::domain::settings::Settings;
use tameio::view::generated::{Customer, CustomerStage, CustomerWindow};

/// A wash with a second window.
fn shop(settings: Settings) -> Stage {
    let stage = Stage::of(settings, (1024, 768));
    stage.window.open_customer();
    stage.settle();
    stage
}

impl Stage {
    fn customer(&self) -> CustomerWindow {
        self.window.customer().expect("the second window is open")
    }

    fn customer_reads(&self, id: &str) -> Option<String> {
        beside::reads(&self.customer(), id)
    }

    fn customer_text(&self) -> String {
        beside::text(&self.customer())
    }

    fn draw_customer(&self, name: &str, (width, height): (u32, u32)) {
        let window = self.customer();
        window.window().set_size(PhysicalSize::new(width, height));
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(100));
        let picture = window.window().take_snapshot().expect("the window is drawn");
        save(&picture, &format!("customer-{name}-{width}"));
    }

    fn wash_of(&self, plate: &str) {
        self.tap("rail-lane");
        self.type_plate(plate);
        self.tap_all(&["open-visit", "service-FULL", "extra-AROMA"]);
    }
}

#[test]
fn the_customer_sees_what_it_costs_what_comes_back_and_the_code() {
    let stage = shop(wash());
    let business = stage.customer_reads("customer-business").expect("the sign of the business");
    assert!(!business.is_empty());
    stage.draw_customer("idle", (1024, 600));
    stage.wash_of("IHZ4821");
    assert!(
        stage.customer_reads("customer-amount").is_none(),
        "what is still being chosen is nobody's business"
    );
    stage.tap("pay");
    let due = stage.text("pay-left");
    assert_eq!(stage.customer_reads("customer-amount").as_deref(), Some(due.as_str()));
    let read = stage.customer_text();
    assert!(read.contains("Πληρωτέο") && read.contains("To pay"), "both languages: {read}");
    stage.draw_customer("paying", (1024, 600));
    stage.draw_customer("paying", (800, 480));
    stage.tap_all(&["amount-4", "amount-00", "pay-cash"]);
    assert_eq!(stage.customer_reads("customer-amount"), Some(stage.text("pay-left")), "what is left of it");
    stage.tap("note-50");
    stage.pass(5);
    assert_eq!(stage.customer_reads("customer-change"), Some(stage.text("done-change")));
    stage.draw_customer("done", (1024, 600));
}

#[test]
fn nobody_sees_the_sale_of_another() {
    let stage = shop(wash());
    stage.wash_of("IHZ4821");
    stage.tap_all(&["pay", "pay-exact"]);
    assert!(stage.customer_reads("customer-amount").is_some());
    stage.nobody_for(19);
    assert!(stage.customer_reads("customer-amount").is_some(), "long enough to read it");
    stage.nobody_for(2);
    assert!(
        stage.customer_reads("customer-amount").is_none(),
        "and then it is gone, though the cashier still sees it"
    );
    stage.wash_of("YZB3307");
    assert!(stage.customer_reads("customer-amount").is_none());
    stage.tap("pay");
    assert!(!stage.customer_text().contains("4821"));
    stage.tap("pay-exact");
    assert!(stage.customer_reads("customer-amount").is_some(), "the next sale is shown again");
    stage.tap("rail-find");
    assert!(stage.customer_reads("customer-amount").is_none(), "the cashier looks at something else");
    assert_eq!(stage.customer().global::<Customer>().get_stage(), CustomerStage::Idle);
    assert!(
        stage.customer().global::<Customer>().get_plate().text.is_empty(),
        "nothing of it is kept in the window"
    );
}

#[test]
fn practice_is_marked_there_too() {
    let stage = shop(Settings { practice: true, ..wash() });
    assert!(stage.customer_reads("customer-practice").is_some());
    stage.wash_of("IHZ4821");
    stage.tap("pay");
    assert!(stage.customer_reads("customer-practice").is_some());
    stage.draw_customer("practice", (1280, 800));
    assert!(shop(wash()).customer_reads("customer-practice").is_none());
}

#[test]
fn it_opens_only_where_it_is_wanted() {
    let stage = Stage::new();
    assert!(stage.window.customer().is_none());
}
