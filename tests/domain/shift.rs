//! Shifts: whatever was sold, paid and moved, the sums agree to the cent, and a day is the sum of its shifts.

use tameio::domain::credit::{Credit, Credited};
use tameio::domain::document::{Document, DocumentKind, IssuedFor};
use tameio::domain::event::Event;
use tameio::domain::figures::Figures;
use tameio::domain::ids::{DocumentId, IdSource, Reference, ShiftId, VisitId};
use tameio::domain::money::{Cents, Quantity, Rate};
use tameio::domain::operator::OperatorId;
use tameio::domain::payment::{Means, Payment, Tender};
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::sale::{Discount, DiscountAmount, DiscountSource, Line, PriceBasis, Sale};
use tameio::domain::shift::{Closing, DENOMINATIONS, Movement, MovementKind, Pieces, Shift, sum_of};
use tameio::domain::text::{Name, Text};
use tameio::domain::time::Stamp;

/// As many as the property is promised for.
const SHIFTS: u64 = 100_000;
const RATES: [u32; 6] = [2_400, 1_700, 1_300, 900, 600, 0];

pub(super) struct Shop {
    pub(super) chance: IdSource,
    at: Stamp,
    number: u64,
}

impl Shop {
    pub(super) fn new(seed: u64) -> Self {
        let at = serde_json::from_value("2026-03-14T10:00:00.000+02:00".into()).expect("an instant");
        Self { chance: IdSource::new(0, seed), at, number: 0 }
    }

    pub(super) fn cents(&mut self, most: u64) -> Cents {
        Cents(i64::try_from(self.chance.up_to(most)).expect("small"))
    }

    fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.chance.up_to(from.len() as u64 - 1)).expect("small")]
    }

    fn sale(&mut self) -> Sale {
        let lines = (0..=self.chance.up_to(2)).map(|_| {
            let quantity = Quantity(self.of(&[1_000, 2_000, 12_350]));
            let (price, vat) = (self.cents(5_000), Rate(self.of(&RATES)));
            let basis = self.of(&[PriceBasis::WithVat, PriceBasis::WithVat, PriceBasis::WithoutVat]);
            Line { basis, ..Line::new("X", Name::new("Πλύσιμο", "Wash"), quantity, price, vat) }
        });
        let lines: Vec<Line> = lines.collect();
        let discount = (self.chance.up_to(3) == 0).then(|| Discount {
            source: DiscountSource::Manual,
            amount: DiscountAmount::Amount(self.cents(3_000)),
            reason: Text::new("τακτικός"),
            approved_by: None,
        });
        Sale { lines, discounts: discount.into_iter().collect(), catalogue: "1".to_owned() }
    }

    /// Part of it in some other way, a tip perhaps, and the rest in cash with change.
    fn tenders(&mut self, due: Cents) -> Vec<Tender> {
        let part = Cents(
            i64::try_from(self.chance.up_to(u64::try_from(due.0).expect("not below zero"))).expect("small"),
        );
        let other = match self.chance.up_to(4) {
            0 => Tender::CardApart { amount: part, tip: self.cents(300) },
            1 => Tender::Iris { amount: part },
            2 => Tender::Bank { amount: part },
            3 => Tender::Voucher { amount: part },
            _ => Tender::OnAccount { amount: part },
        };
        vec![other, Tender::Cash { given: due - part + self.cents(2_000) }]
    }

    pub(super) fn document(&mut self) -> Document {
        let sale = self.sale();
        let totals = sale.totals();
        let tenders = self.tenders(totals.gross);
        self.number += 1;
        let visit = VisitId(self.chance.uuid());
        Document {
            span: None,
            branch: 0,
            at_issuer: None,
            id: DocumentId(self.chance.uuid()),
            issued_for: IssuedFor::Visit {
                visit,
                chain: visit,
                parts: Vec::new(),
                under: None,
                plate: Plate::parse(&PlateEntry::Greek, "ΙΗΖ-4821").expect("a plate"),
            },
            reference: Reference {
                terminal: "7K3Q".to_owned().try_into().expect("a name"),
                number: self.number,
            },
            series: "A".to_owned(),
            credit: None,
            shift: None,
            void: None,
            credited: Credited::default(),
            counterparty: None,
            number: self.number,
            kind: DocumentKind::Retail,
            payment: Payment::settle(totals.gross, tenders).expect("it pays"),
            totals,
            sale,
            issued: self.at,
            operator: OperatorId("A".to_owned()),
            name: None,
            qr: None,
        }
    }

    /// Some of a document, or all that is left of it, given back in the ways it was paid; nothing where nothing is left.
    pub(super) fn credit(&mut self, original: &Document) -> Option<Document> {
        let left = original.left();
        let amount = match self.chance.up_to(1) {
            0 => left,
            _ => self.cents(u64::try_from(left.0).expect("never below zero")),
        };
        let (sale, totals) = original.part(amount)?;
        let mut owed = amount;
        let mut tenders = Vec::new();
        for (means, _) in original.payment.by_means() {
            let part = original.left_by(means).min(owed);
            owed -= part;
            tenders.push(match means {
                Means::Cash | Means::Deposit => Tender::Cash { given: part },
                Means::Card => Tender::CardApart { amount: part, tip: Cents::ZERO },
                Means::Iris => Tender::Iris { amount: part },
                Means::Bank => Tender::Bank { amount: part },
                Means::Voucher => Tender::Voucher { amount: part },
                Means::Account => Tender::OnAccount { amount: part },
            });
        }
        self.number += 1;
        let credit = Credit {
            of: None,
            reason: Text::new("παράπονο"),
            approved_by: OperatorId("chief".to_owned()),
            given_to: Text::default(),
        };
        Some(Document {
            id: DocumentId(self.chance.uuid()),
            credit: Some(Box::new(credit)),
            credited: Credited::default(),
            counterparty: None,
            number: self.number,
            payment: Payment::settle(amount, tenders).expect("it pays back"),
            sale,
            totals,
            ..original.clone()
        })
    }

    fn movement(&mut self, shift: ShiftId) -> Event {
        let movement = Movement {
            kind: self.of(&MovementKind::ALL),
            amount: self.cents(5_000),
            reason: Text::new("-"),
            operator: OperatorId("A".to_owned()),
            approved_by: OperatorId("A".to_owned()),
            at: self.at,
        };
        Event::DrawerMoved { shift, movement }
    }
}

/// What came in and went out, added up here from the events alone.
#[derive(Default)]
struct Book {
    drawer: i64,
    gross: i64,
    paid: i64,
    tips: i64,
    documents: u32,
    refunds: u32,
    refunded: i64,
}

impl Book {
    fn note(&mut self, event: &Event) {
        match event {
            Event::DocumentNumbered { document, .. } => {
                let (given, others): (Vec<_>, Vec<_>) =
                    document.payment.tenders.iter().partition(|tender| matches!(tender, Tender::Cash { .. }));
                let sum = |tenders: &[&Tender]| tenders.iter().map(|tender| tender.parts().1.0).sum::<i64>();
                let cash = sum(&given) - document.payment.change.0;
                self.drawer += cash;
                self.paid += cash + sum(&others);
                self.tips += document.payment.tenders.iter().map(|tender| tender.parts().2.0).sum::<i64>();
                self.gross += document.totals.gross.0;
                self.documents += 1;
            }
            Event::CreditNumbered { credit, .. } => {
                let cash = |tender: &Tender| matches!(tender, Tender::Cash { .. });
                let tenders = credit.payment.tenders.iter();
                self.drawer -=
                    tenders.clone().filter(|one| cash(one)).map(|one| one.parts().1.0).sum::<i64>();
                self.paid -= tenders.map(|tender| tender.parts().1.0).sum::<i64>();
                self.gross -= credit.totals.gross.0;
                self.refunded += credit.totals.gross.0;
                self.refunds += 1;
            }
            Event::DrawerMoved { movement, .. } => match movement.kind {
                MovementKind::PaidIn | MovementKind::FloatIn => self.drawer += movement.amount.0,
                MovementKind::PaidOut | MovementKind::SafeDrop | MovementKind::TipPayout => {
                    self.drawer -= movement.amount.0;
                }
            },
            _ => {}
        }
    }
}

fn check(figures: &Figures, book: &Book) {
    let others: i64 = figures.others.iter().map(|(_, amount)| amount.0).sum();
    assert_eq!(figures.cash.0 + figures.card.0 + others, figures.gross.0, "tenders are documents");
    assert_eq!((figures.gross.0, book.paid), (book.gross, book.gross));
    assert_eq!(figures.net + figures.vat, figures.gross);
    assert_eq!((figures.tips.0, figures.retail), (book.tips, book.documents));
    assert_eq!((figures.refunded.0, figures.retail_credits), (book.refunded, book.refunds));
    assert_eq!(figures.sales().0, book.gross + book.refunded);
    let by_rate =
        figures.rates.iter().fold((Cents::ZERO, Cents::ZERO, Cents::ZERO), |(gross, net, vat), row| {
            (gross + row.gross, net + row.net, vat + row.vat)
        });
    assert_eq!(by_rate, (figures.gross, figures.net, figures.vat), "the rates add up to the whole");
    assert!(figures.rates.is_sorted_by(|a, b| a.rate < b.rate), "each rate once");
}

#[test]
fn a_hundred_thousand_shifts_agree_to_the_cent() {
    let at: Stamp = serde_json::from_value("2026-03-14T10:00:00.000+02:00".into()).expect("an instant");
    let mut shop = Shop::new(7);
    // What was sold last, whoever's shift it was.
    let mut last: Option<Document> = None;
    let (mut day, mut whole) = (Figures::default(), Book::default());
    for _ in 0..SHIFTS {
        let float = shop.cents(30_000);
        let id = ShiftId(shop.chance.uuid());
        let mut shift = Shift::new(id, OperatorId("A".to_owned()), at, float);
        let mut book = Book::default();
        for _ in 0..shop.chance.up_to(4) {
            let event = match shop.chance.up_to(3) {
                0 => shop.movement(id),
                1 => match last.as_ref().and_then(|original| shop.credit(original)) {
                    Some(credit) => Event::CreditNumbered { credit: Box::new(credit), shift: id },
                    None => shop.movement(id),
                },
                _ => Event::DocumentNumbered { document: Box::new(shop.document()), shift: Some(id) },
            };
            match (&event, &mut last) {
                (Event::DocumentNumbered { document, .. }, last) => *last = Some((**document).clone()),
                (Event::CreditNumbered { .. }, Some(original)) => original.fold(&event),
                _ => {}
            }
            book.note(&event);
            whole.note(&event);
            shift.fold(&event);
        }
        assert_eq!(shift.expected_cash().0, float.0 + book.drawer);
        check(&shift.figures, &book);
        day += &shift.figures;
    }
    check(&day, &whole);
}

#[test]
fn pieces_come_to_a_sum_or_are_no_money() {
    let pieces: Pieces = DENOMINATIONS.into_iter().map(|worth| (worth, 1)).collect();
    assert_eq!(sum_of(&pieces), Some(Cents(88_888)));
    assert_eq!(sum_of(&Vec::new()), Some(Cents::ZERO));
    assert_eq!(sum_of(&vec![(Cents(300), 1)]), None, "there is no coin of three euro");
    assert_eq!(sum_of(&vec![(Cents(-100), 1)]), None);
}

#[test]
fn a_difference_is_explained_only_above_the_limit() {
    let at: Stamp = serde_json::from_value("2026-03-14T10:00:00.000+02:00".into()).expect("an instant");
    let mut shift = Shift::new(ShiftId(uuid::Uuid::nil()), OperatorId("A".to_owned()), at, Cents(10_000));
    for (counted, wanted) in [(10_000, false), (9_800, false), (9_799, true), (10_200, false), (10_201, true)]
    {
        shift.closed = Some(Closing {
            at,
            counted: Cents(counted),
            pieces: Vec::new(),
            expected: shift.expected_cash(),
            operator: OperatorId("A".to_owned()),
            explained: None,
        });
        assert_eq!(shift.is_unexplained(Cents(200)), wanted, "{counted}");
    }
}
