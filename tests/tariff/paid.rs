//! At a whole terminal: the price that is shown is the price that is paid, and both are the slow model's.

use super::agrees::{models, on_any, stays};
use super::model::Model;
use super::tariff;
use crate::folder::Folder;
use jiff::Timestamp;
use tameio::app::effect::{Effect, Notice};
use tameio::app::input::{Input, OpenVisit, Stamped};
use tameio::app::terminal::Terminal;
use tameio::config::Config;
use tameio::domain::card::{ShownPrice, WantedPayment};
use tameio::domain::catalogue::Size;
use tameio::domain::document::{Document, Subject};
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::operator::OperatorId;
use tameio::domain::parking::ParkingRules;
use tameio::domain::payment::Tender;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::time::Stamp;
use tameio::store::{Store, query};

/// Terminals are slower than prices: one for so many tariffs of [`super::agrees`].
const SHARE: u32 = 3;
const STAYS: usize = 8;

/// A terminal stepped by hand, at any instant.
struct Till {
    terminal: Terminal,
    _folder: Folder,
    chance: u64,
    plate: u32,
}

impl Till {
    fn new(model: &Model) -> Self {
        let settings = Config::practice(Trade::Parking).expect("it ships").settings;
        let parking = ParkingRules { tariff: Some(tariff(&model.text()).into()), ..settings.parking.clone() };
        let settings = Settings { parking, ..settings };
        let folder = Folder::new();
        let store = Store::open(folder.path(), &settings.terminal).expect("a database");
        let terminal = Terminal::new(settings, store).expect("it loads");
        Self { terminal, _folder: folder, chance: 0, plate: 1000 }
    }

    fn act(&mut self, second: i64, input: Input) -> Vec<Notice> {
        self.chance += 1;
        let stamped = Stamped { at: stamp(second), chance: self.chance, input };
        let effects = self.terminal.step(&stamped).expect("it is committed");
        let told = effects.into_iter().filter_map(|effect| match effect {
            Effect::Tell(notice) => Some(notice),
            _ => None,
        });
        told.collect()
    }

    fn comes(&mut self, second: i64) -> VisitId {
        self.plate += 1;
        let open = OpenVisit::new(&format!("ΙΗΖ{}", self.plate), Size::Small, operator());
        match self.act(second, Input::OpenVisit(open)).as_slice() {
            [Notice::Opened { visit, .. }] => *visit,
            other => panic!("{other:?}"),
        }
    }

    /// What the screen shows at an instant; nothing where the tariff has no price.
    fn shows(&self, visit: VisitId, second: i64) -> Option<Cents> {
        let visit = &self.terminal.state().visits[&visit];
        self.terminal.settings().bill(visit, stamp(second)).ok().map(|bill| bill.due())
    }

    /// Pays at an instant what was shown at another.
    fn pays(&mut self, visit: VisitId, second: i64, shown: i64, meant: bool, amount: Cents) -> Vec<Notice> {
        let shown = Some(ShownPrice { at: stamp(shown), meant });
        let tenders = vec![Tender::CardApart { amount, tip: Cents::ZERO }];
        let payment = WantedPayment {
            tenders,
            invoice_to: None,
            operator: operator(),
            shown,
            deposit: None,
            counterparty: None,
        };
        self.act(second, Input::PayShown { visit, payment })
    }

    fn last_document(&self) -> Document {
        let mut last = None;
        query::each_document(self.terminal.store().connection(), |document| last = Some(document))
            .expect("it can be read");
        last.expect("a document")
    }
}

fn operator() -> OperatorId {
    OperatorId("A".to_owned())
}

fn stamp(second: i64) -> Stamp {
    Stamp::new(Timestamp::from_second(second).expect("an instant"))
}

fn check(till: &mut Till, model: &Model, arrived: i64, shown_at: i64, paid_at: i64) {
    let price = |second: i64| model.price(stamp(arrived).utc, stamp(second).utc).map(Cents);
    let visit = till.comes(arrived);
    let shown = till.shows(visit, shown_at);
    assert_eq!(shown, price(shown_at), "what is shown is the model's\n{}", model.text());
    let (Some(shown), Some(now)) = (shown, price(paid_at)) else { return };
    let said = till.pays(visit, paid_at, shown_at, false, shown);
    if shown == Cents::ZERO && now == Cents::ZERO {
        return assert!(
            matches!(said.as_slice(), [Notice::Refused(_)]),
            "nothing is paid for nothing: {said:?}"
        );
    }
    if shown != now {
        assert_eq!(said, [Notice::PriceGrew { visit, shown, now }], "the person is asked");
        if shown == Cents::ZERO {
            return;
        }
        till.pays(visit, paid_at, shown_at, true, shown);
    }
    let document = till.last_document();
    assert_eq!(
        (document.issued_for.subject(), document.totals.gross),
        (Subject::Visit(visit), shown),
        "what is paid was shown"
    );
    let lines: Cents = document.sale.lines.iter().map(|line| line.gross()).sum();
    assert_eq!(lines, shown, "the receipt explains it");
}

#[test]
fn what_is_shown_is_paid_and_is_the_price_of_the_slow_model() {
    let each = (stays(), 0_i64..200);
    on_any(&(models(), proptest::collection::vec(each, STAYS)), SHARE, |(model, stays)| {
        let mut till = Till::new(&model);
        for ((arrived, length), later) in stays {
            check(&mut till, &model, arrived, arrived + length, arrived + length + later);
        }
    });
}
