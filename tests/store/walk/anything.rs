//! Anything that can happen, as often as makes it interesting.

use super::{Flight, Walk, at};
use crate::store::person;
use tameio::app::input::{
    By, CameraInput, CardInput, ChooseService, CounterpartyInput, DeviceInput, DocumentInput, Input,
    OpenVisit, PaperInput, PersonInput, RegistryInput, TillInput, TypedName,
};
use tameio::domain::bay::Place;
use tameio::domain::card::{CardApproval, CardOutcome, CardSession, ShownPrice, WantedPayment};
use tameio::domain::catalogue::Size;
use tameio::domain::device::{BarrierOpening, Condition, DeviceId, DeviceKind, ScaleReading};
use tameio::domain::document::DocumentName;
use tameio::domain::entry::{Found, Heard, Hindrance};
use tameio::domain::ids::{DocumentId, JobId, MessageId, PhotoId, Reference, ShiftId, SightingId, VisitId};
use tameio::domain::issuing::{Found as DocumentFound, News, Objection};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::paper::{Paper, PrintOutcome, PrinterTrouble};
use tameio::domain::payment::Tender;
use tameio::domain::photo::{Occasion, Shot, Side};
use tameio::domain::pin::PinHash;
use tameio::domain::plate::{Plate, PlateEntry};
use tameio::domain::sale::DiscountAmount;
use tameio::domain::shift::MovementKind;
use tameio::domain::sighting::{Gate, KnownPlate, Sighting};
use tameio::domain::terms::Earlier;
use tameio::domain::text::Text;
use tameio::domain::visit::{NoDocumentReason, PlateSource, VehicleFacts};
use uuid::Uuid;

const PLATES: [&str; 10] = [
    "ΙΗΖ-4821",
    "ihz4822",
    "ΔΣ-4410",
    "ΟΤΜ-776",
    "ΧΑΝ-8080",
    "M-AB 1234",
    "ZAPM4580000123456",
    "",
    "日本",
    "\u{1b}p\u{202E}ΑΒ1",
];
const WORDS: [&str; 6] = ["", "καθυστέρηση", "\u{1b}@\u{0}", "α\u{200B}\u{301}", "\u{202E}gnol", "<a>&'\""];
const CODES: [&str; 6] = ["101", "207", "209", "210", "222", "400"];

impl Walk {
    /// Anything that can happen.
    pub(super) fn anything(&mut self) -> Input {
        // Every third walk is at a site of more trades than one.
        if !self.settings.also.is_empty() && self.chance.up_to(2) == 0 {
            return self.of_trades();
        }
        // A car park has more that goes wrong; elsewhere it is said by mistake.
        let park = self.settings.parking.tariff.is_some();
        if self.chance.up_to(if park { 2 } else { 59 }) == 0 {
            return self.parked();
        }
        match self.chance.up_to(78) {
            0..=4 => self.arrival(),
            5..=8 => self.service(),
            9 => self.board(),
            10..=14 => self.payment(),
            15 => Input::Depart { visit: self.visit(), operator: person("A"), returned_at: None },
            16..=24 => self.landing(),
            25..=27 => self.printed(),
            28 => self.no_document(),
            29 | 38 => self.correction(),
            30 => self.discount(),
            31 => Input::CancelVisit { visit: self.visit(), reason: self.word(), by: self.by() },
            32 => self.name(),
            33 | 53..=55 => self.shift(),
            34 => self.paper(),
            35 => self.refused(),
            36 | 39 => self.world(),
            37 => self.board(),
            40..=44 => self.difference(),
            45..=52 => self.device(),
            56..=58 => self.charged(),
            59 | 60 => self.pin(),
            61 | 62 => self.seen(),
            63..=66 => self.order(),
            67 | 68 => self.money_back(),
            69..=71 => self.counterparty(),
            72 => self.arranged(),
            73..=76 => self.pack(),
            _ => Input::Tick,
        }
    }

    pub(super) fn arrival(&mut self) -> Input {
        let (plate, words) = (self.pick(&PLATES).unwrap_or_default().to_owned(), Text::new(&self.word()));
        let entry = match plate.as_str() {
            "M-AB 1234" => PlateEntry::Foreign { country: "DE".to_owned() },
            "ZAPM4580000123456" => PlateEntry::Chassis,
            _ => PlateEntry::Greek,
        };
        let category = self.pick(&[None, Some(Text::new("Αυτοκίνητο")), Some(words)]).flatten();
        let earlier = Earlier::Visit { visit: self.visit() };
        let follows = self.pick(&[None, None, None, Some(earlier)]).flatten();
        let others: Vec<_> = self.settings.also.iter().map(|place| Some(place.trade)).collect();
        let trade = self.pick(&[others, vec![None]].concat()).flatten();
        Input::OpenVisit(OpenVisit {
            entry,
            trade,
            follows,
            vehicle: VehicleFacts { category, maker: None },
            lane: Some(1),
            source: PlateSource::Camera,
            sighting: self.pick(&[None, Some(SightingId(1)), Some(SightingId(2))]).flatten(),
            again_because: self.pick(&[None, None, Some("δεύτερο".to_owned())]).flatten(),
            ..OpenVisit::new(&plate, self.size(), person("A"))
        })
    }

    fn service(&mut self) -> Input {
        let (visit, size) = (self.visit(), self.size());
        let package = self.pick(&["EXT", "FULL", "PREM", "GOLD", ""]).unwrap_or_default().to_owned();
        let extras = self.pick(&[vec![], vec!["WAX"], vec!["PET", "PET"], vec!["x"]]).unwrap_or_default();
        let extras = extras.into_iter().map(str::to_owned).collect();
        if self.terminal().state().visits.get(&visit).is_some_and(|visit| visit.is_paid()) {
            return Input::SellMore { visit, extras };
        }
        Input::ChooseService(ChooseService { visit, size, package, extras })
    }

    pub(super) fn payment(&mut self) -> Input {
        let visit = self.visit();
        let amount = self.amount(visit);
        let cash = Tender::Cash { given: amount };
        let card = Tender::CardApart { amount, tip: Cents(100) };
        let linked = Tender::CardLinked { amount, tip: Cents::ZERO, session: None };
        let owed = Tender::OnAccount { amount };
        let ways = [vec![cash], vec![card], vec![linked], vec![linked], vec![cash, card], vec![owed], vec![]];
        let tenders = self.pick(&ways).unwrap_or_default();
        let invoice_to = self
            .pick(&[None, None, Some(("GR", "999999981")), Some(("GR", "1")), Some(("<", "1"))])
            .flatten();
        let invoice_to = invoice_to.map(|(country, number)| (country.to_owned(), number.to_owned()));
        if self.chance.up_to(2) > 0 {
            return Input::Pay { visit, tenders, invoice_to, operator: person("A") };
        }
        let ago_s = i64::try_from(self.chance.up_to(600)).unwrap_or_default();
        let shown = ShownPrice { at: self.now.moved(-ago_s), meant: self.chance.up_to(1) == 0 };
        let payment = WantedPayment {
            tenders,
            invoice_to,
            operator: person("A"),
            shown: Some(shown),
            deposit: None,
            counterparty: None,
        };
        Input::PayShown { visit, payment }
    }

    fn no_document(&mut self) -> Input {
        let reasons = [NoDocumentReason::Free, NoDocumentReason::OwnUse, NoDocumentReason::Warranty];
        let terminal = self.settings.terminal.clone();
        Input::ChooseNoDocument {
            visit: self.visit(),
            reason: self.pick(&reasons).unwrap_or(NoDocumentReason::Free),
            note: self.word(),
            redo_of: self.pick(&[None, Some(Reference { terminal, number: 1 })]).flatten(),
            by: self.by(),
        }
    }

    fn correction(&mut self) -> Input {
        let (visit, plate) = (self.visit(), self.pick(&PLATES).unwrap_or_default().to_owned());
        let vehicle = VehicleFacts { category: Some(Text::new("Λοιπά")), maker: None };
        Input::CorrectPlate { visit, plate, entry: PlateEntry::Greek, vehicle, by: self.by() }
    }

    fn discount(&mut self) -> Input {
        let visit = self.visit();
        let cents = DiscountAmount::Amount(self.amount(visit));
        let amount = self
            .pick(&[DiscountAmount::Percent(Rate(500)), DiscountAmount::Percent(Rate(5_000)), cents])
            .unwrap_or(cents);
        Input::GiveDiscount { visit, amount, reason: self.word(), by: self.by() }
    }

    fn name(&mut self) -> Input {
        let document = self.document();
        let number = self.chance.up_to(99_999_999);
        let code = format!("x?SIG=CFA18001243{number:08}{}8.00", "a".repeat(40));
        let typed = self.pick(&[
            TypedName::Scanned { code },
            TypedName::Scanned { code: "\u{1b}".to_owned() },
            TypedName::Mark { mark: format!("4{number:014}") },
            TypedName::Fim { machine: "CFA18001243".to_owned(), number: number.to_string(), at: None },
        ]);
        match typed {
            Some(name) if self.chance.up_to(3) > 0 => Input::Document(DocumentInput::Name {
                document,
                name,
                even_if_different: self.chance.up_to(1) == 0,
            }),
            _ if self.chance.up_to(1) == 0 => Input::Document(DocumentInput::IssueAgain { document }),
            _ => {
                let name = DocumentName::Mark { mark: 400_000_000_000_000 };
                Input::Document(DocumentInput::Reported { document, name, qr: Some(self.word()) })
            }
        }
    }

    fn shift(&mut self) -> Input {
        let amount = Cents(i64::try_from(self.chance.up_to(50_000)).unwrap_or_default());
        let state = self.terminal().state();
        let (counting, done) = (state.counting.keys().next().copied(), state.done.keys().next().copied());
        if self.chance.up_to(1) == 0
            && let Some(shift) = done
        {
            return self.towards_the_close(shift);
        }
        match self.chance.up_to(13) {
            0 | 1 => Input::Till(TillInput::OpenShift { float: amount, operator: person("A") }),
            2 | 3 => {
                let pieces = self.pick(&[Vec::new(), vec![(Cents(500), 2)], vec![(Cents(3), 1)]]);
                let counted = self.pick(&[amount, Cents(1_000)]).unwrap_or_default();
                let pieces = pieces.unwrap_or_default();
                Input::Till(TillInput::CloseShift { shift: counting, counted, pieces, operator: person("A") })
            }
            4 => Input::Till(TillInput::OpenDrawer { by: self.by() }),
            5 => Input::Till(TillInput::OfferDrawer),
            6 => Input::Till(TillInput::SealShift),
            7 => Input::Till(TillInput::RelieveCashier {
                operator: person(["owner", "chief", "nobody"][at(&mut self.chance, 3)]),
            }),
            8 => {
                let shift = done.unwrap_or(ShiftId(Uuid::nil()));
                Input::Till(TillInput::ExplainVariance { shift, reason: self.word(), by: self.by() })
            }
            9 | 10 => {
                let kind = self.pick(&MovementKind::ALL).unwrap_or(MovementKind::PaidIn);
                let amount = Cents(amount.0 / 100);
                Input::Till(TillInput::MoveCash { kind, amount, reason: self.word(), by: self.by() })
            }
            _ => Input::Till(TillInput::CloseDay {
                machine_z: Some(self.word()),
                even_with_open: self.chance.up_to(3) > 0,
                by: self.by(),
            }),
        }
    }

    /// Chance alone seldom closes a day: every shift must be counted and every difference accepted first.
    fn towards_the_close(&mut self, shift: ShiftId) -> Input {
        let state = self.terminal().state();
        let unexplained = state.done[&shift].is_unexplained(self.settings.variance_max);
        let counting = state.counting.keys().next().copied();
        let by = By { operator: person("A"), approved_by: Some(person("owner")) };
        match (counting, state.shift.is_some()) {
            (None, true) => Input::Till(TillInput::SealShift),
            (Some(_), _) => Input::Till(TillInput::CloseShift {
                shift: counting,
                counted: Cents(1_000),
                pieces: Vec::new(),
                operator: person("A"),
            }),
            (None, false) if unexplained => {
                Input::Till(TillInput::ExplainVariance { shift, reason: "ρέστα".to_owned(), by })
            }
            (None, false) => Input::Till(TillInput::CloseDay { machine_z: None, even_with_open: true, by }),
        }
    }

    fn paper(&mut self) -> Input {
        let (visit, document, job) = (self.visit(), self.document(), self.job());
        match self.chance.up_to(5) {
            0 => Input::Paper(PaperInput::Print { paper: Paper::Ticket { visit } }),
            1 => Input::Paper(PaperInput::Print { paper: Paper::Slip { document, copy: 0 } }),
            2 => Input::Paper(PaperInput::Print { paper: Paper::Receipt { document, copy: 7 } }),
            3 => Input::Paper(PaperInput::Continue { job }),
            4 => Input::Paper(PaperInput::Judge {
                job,
                complete: self.chance.up_to(1) == 0,
                operator: person("A"),
            }),
            _ => Input::Paper(PaperInput::Drop { job, operator: person("A") }),
        }
    }

    fn printed(&mut self) -> Input {
        if self.printing.is_empty() || self.chance.up_to(5) == 0 {
            return Input::Till(TillInput::DrawerReported { opened: self.chance.up_to(2) > 0 });
        }
        let at = at(&mut self.chance, self.printing.len());
        let (job, trouble) = (self.printing.swap_remove(at), self.trouble());
        let outcome = self.pick(&[
            PrintOutcome::Confirmed,
            PrintOutcome::Confirmed,
            PrintOutcome::Unconfirmed,
            PrintOutcome::Unknown,
            PrintOutcome::NotStarted { trouble: trouble.clone() },
            PrintOutcome::Interrupted { trouble, line: Some(11) },
        ]);
        Input::Paper(PaperInput::Reported { job, outcome: outcome.unwrap_or(PrintOutcome::Unknown) })
    }

    /// PINs, set and typed by whoever may and may not.
    fn pin(&mut self) -> Input {
        let people = ["owner", "chief", "A", "nobody"].map(person);
        let (operator, by) = (self.pick(&people), self.pick(&people));
        let with_a_pin: Vec<_> = self.terminal().state().pins.keys().cloned().collect();
        let operator = operator.unwrap_or(person("A"));
        if self.chance.up_to(3) > 0
            && let Some(operator) = self.pick(&with_a_pin)
        {
            return Input::Person(PersonInput::PinChecked { operator, good: self.chance.up_to(1) == 0 });
        }
        match self.chance.up_to(5) {
            0 => Input::Person(PersonInput::LockTill),
            1 | 2 => {
                let hash = PinHash { salt: "00".to_owned(), hash: "11".to_owned() };
                Input::Person(PersonInput::PinHashed { operator, hash, by: by.unwrap_or(person("owner")) })
            }
            _ => Input::Person(PersonInput::PinChecked { operator, good: self.chance.up_to(2) > 0 }),
        }
    }

    /// What a card terminal says, or a person of it; sometimes late, twice, or of a charge that never was.
    fn charged(&mut self) -> Input {
        let session = self.pick(&self.charging.clone()).unwrap_or(CardSession(7));
        let amount = self.terminal().state().charges.get(&session).map_or(Cents(100), |charge| charge.amount);
        let approval = Box::new(CardApproval { amount, tip: Cents(50), ..CardApproval::default() });
        let outcome = self.pick(&[
            CardOutcome::Approved { approval: approval.clone() },
            CardOutcome::Approved { approval },
            CardOutcome::Declined { words: Text::new("51") },
            CardOutcome::Cancelled,
            CardOutcome::NotStarted { why: Text::new("gone") },
            CardOutcome::Unknown { why: Text::new("no answer") },
        ]);
        match self.chance.up_to(9) {
            0 => Input::Card(CardInput::Cancel),
            1 => Input::Card(CardInput::Ask { session }),
            2 => Input::Card(CardInput::Use { session }),
            3 => {
                Input::Card(CardInput::Settle { session, approved: self.chance.up_to(1) == 0, by: self.by() })
            }
            _ => Input::Card(CardInput::Reported {
                session,
                outcome: outcome.unwrap_or(CardOutcome::Cancelled),
            }),
        }
    }

    /// Something in the air comes back; sometimes it comes twice.
    fn landing(&mut self) -> Input {
        if self.flights.is_empty() {
            return Input::Tick;
        }
        let at = at(&mut self.chance, self.flights.len());
        let flight = self.flights[at].clone();
        if self.chance.up_to(7) > 0 {
            self.flights.swap_remove(at);
        }
        self.registry_id += 1;
        match flight {
            Flight::Exchange(message, n) => {
                Input::Registry(RegistryInput::Exchanged { message, n, heard: self.heard() })
            }
            Flight::LookUp(message) => {
                Input::Registry(RegistryInput::LookedUp { message, found: self.found() })
            }
            Flight::Page(wanted) => self.page(wanted),
            Flight::Document(document, n) => {
                Input::Document(DocumentInput::IssuerSaid { document, n, news: self.answered() })
            }
            Flight::Register(register, number) => {
                let answer = self.register_answer();
                Input::Counterparty(CounterpartyInput::Answered { register, number, answer })
            }
            Flight::DocumentLookUp(document, n) => Input::Document(DocumentInput::IssuerSaid {
                document,
                n,
                news: News::Found(self.document_found()),
            }),
        }
    }

    /// What myDATA answers to a document, or does not.
    fn answered(&mut self) -> News {
        let mark = 400_000_000_000_000 + self.registry_id;
        let refused = vec![Objection { code: "203".to_owned(), message: Text::new(&self.word()) }];
        let accepted = News::Accepted {
            mark,
            uid: None,
            qr: Some("https://x/".to_owned()),
            authentication: Some(Text::new(&self.word())),
        };
        let news = [
            accepted.clone(),
            accepted.clone(),
            News::Accepted { mark, uid: None, qr: None, authentication: None },
            News::Refused { errors: refused.clone() },
            News::Objected { errors: refused },
            News::NeverLeft,
            News::PutOff { hindrance: Hindrance::Throttled },
            News::PutOff { hindrance: Hindrance::Credentials },
            News::Lost(Text::new(&self.word())),
            News::Restarted,
        ];
        self.pick(&news).unwrap_or(accepted)
    }

    fn document_found(&mut self) -> DocumentFound {
        let mark = 400_000_000_000_000 + self.registry_id;
        let found = [
            DocumentFound::There { mark, uid: None, qr: Some("https://x/".to_owned()), authentication: None },
            DocumentFound::Absent,
            DocumentFound::Absent,
            DocumentFound::Cancelled { mark },
            DocumentFound::Incomplete { why: Text::new("x"), hindrance: Hindrance::Link },
        ];
        self.pick(&found).unwrap_or(DocumentFound::Absent)
    }

    fn heard(&mut self) -> Heard {
        let why = Text::new(&self.word());
        match self.chance.up_to(11) {
            0 => Heard::Refused { code: self.pick(&CODES).unwrap_or_default().to_owned(), why },
            1 | 2 => Heard::NeverLeft { why },
            3 => Heard::Throttled,
            4 => Heard::Unauthorized,
            5 | 6 => Heard::Lost { why },
            _ => Heard::Accepted { id: self.registry_id },
        }
    }

    fn found(&mut self) -> Found {
        match self.chance.up_to(3) {
            0 => {
                let why = Text::new(&self.word());
                let token = self.chance.up_to(1).checked_sub(1).map(|_| self.word());
                let hindrance = match self.chance.up_to(3) {
                    0 => Hindrance::Link,
                    1 => Hindrance::Throttled,
                    2 => Hindrance::Refused,
                    _ => Hindrance::Credentials,
                };
                Found::Incomplete { why, token, hindrance }
            }
            1 => Found::There { id: self.registry_id },
            _ => Found::Absent,
        }
    }

    /// A person at the list of exceptions.
    fn refused(&mut self) -> Input {
        let exceptions =
            tameio::store::query::exceptions(self.terminal().store().connection()).expect("it can be read");
        let messages: Vec<MessageId> = exceptions.messages.iter().map(|(_, message)| message.id).collect();
        let message = self.pick(&messages).unwrap_or(MessageId(Uuid::nil()));
        if self.chance.up_to(1) == 0 {
            Input::Registry(RegistryInput::TellAgain { message })
        } else {
            Input::Registry(RegistryInput::PutAside { message, by: self.by() })
        }
    }

    fn world(&mut self) -> Input {
        if self.terminal().state().live.disk_full {
            return Input::Device(DeviceInput::DiskSeen { free_bytes: u64::MAX, writable: true });
        }
        match self.chance.up_to(3) {
            0 => Input::ClockStepped { by_s: -600 },
            1 => Input::Device(DeviceInput::DiskSeen {
                free_bytes: [0, u64::MAX][at(&mut self.chance, 2)],
                writable: true,
            }),
            2 => Input::Paper(PaperInput::PrinterSeen { trouble: Some(self.trouble()), near_end: true }),
            _ => Input::Registry(RegistryInput::TryNow),
        }
    }

    /// Anything a device may say, and anything that may be asked of one.
    fn device(&mut self) -> Input {
        let any = self.pick(&DeviceKind::ALL).unwrap_or(DeviceKind::Printer);
        let kind = if self.chance.up_to(1) == 0 { DeviceKind::Barrier } else { any };
        let device = DeviceId::named(kind, "exit").unwrap_or(DeviceId::only(kind));
        let up = self.chance.up_to(1) == 0;
        match self.chance.up_to(11) {
            0 | 1 => Input::Device(DeviceInput::Attached { device, address: Text::new("sim:") }),
            2 => Input::Device(DeviceInput::Detached { device }),
            3 => Input::Device(DeviceInput::Seen { device, condition: Condition::Ready }),
            4 => {
                let address = self.pick(&["sim:", "", "nonsense"]).map(str::to_owned);
                let operator = person("A");
                Input::Device(DeviceInput::Assign { device, address, configured: None, operator })
            }
            5 => Input::Device(DeviceInput::Scanned { device, code: self.word() }),
            6 => Input::Device(DeviceInput::Weigh { on: up }),
            7 if up => Input::Device(DeviceInput::Weighed { reading: ScaleReading::Stable { grams: 1_234 } }),
            7 | 8 => {
                let device = DeviceId::named(DeviceKind::Barrier, "exit").unwrap_or(device);
                Input::Device(DeviceInput::BarrierSeen { device, up })
            }
            9 => Input::Device(DeviceInput::BarrierReported { device, opening: BarrierOpening::Unknown }),
            10 => Input::Device(DeviceInput::DrawerSeen { open: up }),
            _ => {
                let visit = up.then(|| self.visit());
                Input::Device(DeviceInput::OpenBarrier {
                    device,
                    visit,
                    reason: self.word(),
                    operator: person("A"),
                })
            }
        }
    }

    /// What a camera sees, and what becomes of its pictures.
    fn seen(&mut self) -> Input {
        let sighting = SightingId(self.chance.up_to(9));
        match self.chance.up_to(9) {
            0 => match self.chance.up_to(2) {
                0 => {
                    let plates: Vec<Plate> =
                        self.terminal().state().visits.values().map(|visit| visit.plate.clone()).collect();
                    let Some(plate) = self.pick(&plates) else { return Input::Tick };
                    let known = vec![KnownPlate { plate: plate.clone(), visits: 2 }];
                    Input::Camera(CameraInput::KnownNear { sighting, plate, known })
                }
                _ => Input::Camera(CameraInput::IgnorePlate { sighting }),
            },
            1 => {
                let known = "SELECT id FROM photos ORDER BY id LIMIT 3";
                let conn = self.terminal().store().connection();
                let mut statement = conn.prepare(known).expect("a question");
                let rows = statement.query_map([], |row| row.get(0)).expect("photos");
                let photos = rows.map(|id| PhotoId(id.expect("an id"))).collect();
                Input::Camera(CameraInput::PhotosOver { photos })
            }
            9 if self.chance.up_to(1) == 0 => {
                let side = self.pick(&Side::ALL).unwrap_or(Side::Detail);
                let shot = Shot { side, occasion: Occasion::Taken, caption: Text::new(&self.word()) };
                let (visit, operator) = (self.visit(), person("A"));
                let camera = DeviceId::only(DeviceKind::Camera);
                Input::Camera(CameraInput::TakePhoto { visit, camera, shot, operator })
            }
            2..=4 => match self.photos.pop() {
                Some(photo) => Input::Camera(CameraInput::PhotoKept { photo: Box::new(photo) }),
                None => Input::Tick,
            },
            n => {
                let gate = if n == 5 { Gate::Exit } else { Gate::Entry };
                let country = self.pick(&[None, Some("GR"), Some("DE"), Some("80")]).flatten();
                let confidence = self.pick(&[None, Some(40), Some(95)]).flatten();
                Input::Camera(CameraInput::PlateSeen {
                    device: DeviceId::only(DeviceKind::Camera),
                    gate,
                    sighting: Sighting {
                        id: sighting,
                        text: self.plate(),
                        country: country.map(str::to_owned),
                        confidence,
                        agreeing: u16::try_from(self.chance.up_to(3)).unwrap_or_default(),
                        candidates: Vec::new(),
                        corners: Some([[0, 0], [9, 0], [9, 2], [0, 2]]),
                    },
                    again: self.chance.up_to(2) == 0,
                })
            }
        }
    }

    fn board(&mut self) -> Input {
        let visit = self.visit();
        let place = self.pick(&[
            Place::Queue,
            Place::Bay { bay: 1 },
            Place::Bay { bay: 2 },
            Place::Bay { bay: 200 },
            Place::Ready,
        ]);
        match (self.chance.up_to(3), place) {
            (0, _) => Input::StartService { visit },
            (1, _) => Input::FinishService { visit },
            (_, place) => Input::Place { visit, place: place.unwrap_or_default(), operator: person("A") },
        }
    }

    pub(super) fn plate(&mut self) -> String {
        self.pick(&PLATES).unwrap_or_default().to_owned()
    }

    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[at(&mut self.chance, from.len())].clone())
    }

    pub(super) fn word(&mut self) -> String {
        self.pick(&WORDS).unwrap_or_default().to_owned()
    }

    /// An open visit as a rule; sometimes one that is not there.
    pub(super) fn visit(&mut self) -> VisitId {
        let state = self.terminal().state();
        let open: Vec<VisitId> = state.visits.keys().chain(state.owed.keys()).copied().collect();
        let stranger = self.chance.up_to(15) == 0;
        self.pick(&open).filter(|_| !stranger).unwrap_or(VisitId(Uuid::nil()))
    }

    fn document(&mut self) -> DocumentId {
        let known = self.documents.clone();
        self.pick(&known).unwrap_or(DocumentId(Uuid::nil()))
    }

    fn job(&mut self) -> JobId {
        let open: Vec<JobId> = self.terminal().state().papers.keys().copied().collect();
        self.pick(&open).unwrap_or(JobId(Uuid::nil()))
    }

    pub(super) fn by(&mut self) -> By {
        let approved_by =
            self.pick(&[None, Some("chief"), Some("owner"), Some("nobody")]).flatten().map(person);
        By { operator: person(self.pick(&["A", "B", "chief", "x"]).unwrap_or("A")), approved_by }
    }

    pub(super) fn size(&mut self) -> Size {
        self.pick(&Size::ALL).unwrap_or(Size::Small)
    }

    /// What the visit owes as a rule, sometimes another sum.
    fn amount(&mut self, visit: VisitId) -> Cents {
        let state = self.terminal().state();
        let open = state.visits.get(&visit).or_else(|| state.owed.get(&visit));
        let bill = open.and_then(|visit| self.settings.bill(visit, self.now).ok());
        let due = bill.map_or(Cents::ZERO, |bill| bill.due());
        match self.chance.up_to(9) {
            0 => Cents(-1),
            1 => due + Cents(i64::MAX / 4),
            2 => Cents(i64::try_from(self.chance.up_to(5_000)).unwrap_or_default()),
            3 => due + Cents(700),
            _ => due,
        }
    }

    fn trouble(&mut self) -> PrinterTrouble {
        let other = PrinterTrouble::Other { text: Text::new(&self.word()) };
        self.pick(&[PrinterTrouble::PaperOut, PrinterTrouble::Gone, PrinterTrouble::Cutter, other])
            .unwrap_or(PrinterTrouble::Gone)
    }
}
