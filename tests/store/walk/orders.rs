//! Sales without a vehicle: anything in any order, as a rule of an order that is there.

use super::{Walk, at};
use crate::store::person;
use tameio::app::input::{AddToOrder, By, DeviceInput, HowMuch, Input, OrderInput, PaperInput};
use tameio::domain::device::ScaleReading;
use tameio::domain::ids::OrderId;
use tameio::domain::money::{Cents, Rate};
use tameio::domain::order::{Fetched, OrderState, Owner};
use tameio::domain::paper::Paper;
use tameio::domain::payment::Tender;
use tameio::domain::sale::DiscountAmount;
use tameio::domain::text::Text;
use uuid::Uuid;

impl Walk {
    pub(super) fn order(&mut self) -> Input {
        let open: Vec<OrderId> = self.terminal().state().orders.keys().copied().collect();
        let known = self.pick(&open);
        let stranger = self.chance.up_to(15) == 0;
        let order = known.filter(|_| !stranger).unwrap_or(OrderId(Uuid::nil()));
        if known.is_some() && self.chance.up_to(2) == 0 {
            return self.towards_the_door(order);
        }
        match self.chance.up_to(21) {
            0 | 1 => self.adds(None),
            2..=4 => self.adds(known),
            5 | 20 => self.takes_off(order),
            6 | 18 => {
                let amount = self.pick(&[
                    DiscountAmount::Percent(Rate(1_000)),
                    DiscountAmount::Percent(Rate(1_000)),
                    DiscountAmount::Percent(Rate(20_000)),
                    DiscountAmount::Amount(Cents(500)),
                    DiscountAmount::Amount(Cents(-5)),
                ]);
                let amount = amount.unwrap_or(DiscountAmount::Amount(Cents(1)));
                let by = By { operator: person("A"), approved_by: Some(person("owner")) };
                Input::Order(OrderInput::Discount { order, amount, reason: self.word(), by })
            }
            7 | 8 => {
                let owner = Owner { name: Text::new(&self.word()), phone: Text::new(&self.word()) };
                let promised = self.pick(&[None, Some(self.now.date())]).flatten();
                Input::Order(OrderInput::TakeIn { order, owner, promised, operator: person("A") })
            }
            9 => Input::Order(OrderInput::Finish { order, operator: person("A") }),
            10..=13 => self.pays(order),
            14..=16 => {
                let fetched = Fetched { line: at(&mut self.chance, 2), pieces: 1 };
                Input::Order(OrderInput::HandOver { order, fetched: vec![fetched], operator: person("A") })
            }
            17 => Input::Order(OrderInput::Cancel { order, reason: self.word(), by: self.by() }),
            19 => Input::Paper(PaperInput::Print { paper: Paper::Intake { order } }),
            _ => Input::Device(DeviceInput::Weighed { reading: self.reading() }),
        }
    }

    /// A line of an order that is still being written down, where there is one.
    fn takes_off(&mut self, order: OrderId) -> Input {
        let mut orders = self.terminal().state().orders.values();
        let writing = orders.find(|order| order.state == OrderState::Open && !order.lines.is_empty());
        let order = writing.map_or(order, |order| order.id);
        Input::Order(OrderInput::Remove { order, line: at(&mut self.chance, 2) })
    }

    /// Chance alone seldom brings an order to its end: it is taken in, paid, then fetched.
    fn towards_the_door(&mut self, order: OrderId) -> Input {
        let state = self.terminal().state();
        let Some(known) = state.orders.get(&order) else { return Input::Tick };
        let operator = person("A");
        if known.state == OrderState::Open && known.pieces() > 0 {
            return Input::Order(OrderInput::TakeIn {
                order,
                owner: Owner::default(),
                promised: None,
                operator,
            });
        }
        if known.state == OrderState::Waiting {
            return Input::Order(OrderInput::Finish { order, operator });
        }
        if !known.unpaid().lines.is_empty() {
            let tenders = vec![Tender::Cash { given: known.unpaid().totals().gross }];
            return Input::Order(OrderInput::Pay { order, tenders, invoice_to: None, operator });
        }
        let here = known.lines.iter().position(|line| line.here() > 0).unwrap_or_default();
        Input::Order(OrderInput::HandOver {
            order,
            fetched: vec![Fetched { line: here, pieces: 1 }],
            operator,
        })
    }

    fn adds(&mut self, order: Option<OrderId>) -> Input {
        let size = HowMuch::Size { length_cm: 240, width_cm: 170 };
        let wild = [
            ("FRESH", HowMuch::Size { length_cm: 0, width_cm: u32::MAX }),
            ("CARPET", HowMuch::Size { length_cm: u32::MAX, width_cm: u32::MAX }),
            ("DUVET", HowMuch::OnScale { tare_g: 450 }),
            ("DUVET", HowMuch::ByHand { gross_g: 12_800, tare_g: 450 }),
            ("DUVET", HowMuch::ByHand { gross_g: u64::MAX, tare_g: 0 }),
            ("nothing", HowMuch::Minutes { minutes: 61 }),
        ];
        let tame = [("CARPET", size), ("COVERS", HowMuch::Pieces), ("FRESH", HowMuch::Pieces)];
        let (item, how_much) = if self.chance.up_to(2) == 0 { self.pick(&wild) } else { self.pick(&tame) }
            .unwrap_or(("CARPET", size));
        Input::Order(OrderInput::Add(AddToOrder {
            order,
            item: item.to_owned(),
            how_much,
            pieces: u32::try_from(self.chance.up_to(8)).unwrap_or_default(),
            defects: self.word(),
            by: self.by(),
        }))
    }

    fn pays(&mut self, order: OrderId) -> Input {
        let known = self.terminal().state().orders.get(&order);
        let due = known.map_or(Cents(100), |order| order.unpaid().totals().gross);
        let tenders = self.pick(&[
            vec![Tender::Cash { given: due }],
            vec![Tender::Cash { given: due + Cents(700) }],
            vec![Tender::CardApart { amount: due, tip: Cents(50) }],
            vec![Tender::CardLinked { amount: due, tip: Cents::ZERO, session: None }],
            vec![Tender::OnAccount { amount: due }],
            Vec::new(),
        ]);
        let invoice_to = self.pick(&[None, None, Some(("GR".to_owned(), "999999981".to_owned()))]).flatten();
        Input::Order(OrderInput::Pay {
            order,
            tenders: tenders.unwrap_or_default(),
            invoice_to,
            operator: person("A"),
        })
    }

    fn reading(&mut self) -> ScaleReading {
        let steady = ScaleReading::Stable { grams: 12_800 };
        self.pick(&[steady, steady, ScaleReading::Moving, ScaleReading::Zero]).unwrap_or(steady)
    }
}
