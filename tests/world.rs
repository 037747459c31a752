//! The site the scenarios happen at: Saturday 14 March 2026 at the sample wash, with a simulated registry, printer,
//! drawer and clock, and what must hold after every scenario.

use std::collections::BTreeMap;
use tameio::aade::simulator::schema::Fields;
use tameio::aade::simulator::state::{Entry, EntryState, Record, What};
use tameio::aade::simulator::{Call, FaultScript, Options};
use tameio::app::effect::Notice;
use tameio::app::input::{By, ChooseService, Input, OpenVisit};
use tameio::config::Config;
use tameio::domain::catalogue::Size;
use tameio::domain::document::Document;
use tameio::domain::event::Event;
use tameio::domain::ids::VisitId;
use tameio::domain::money::Cents;
use tameio::domain::operator::OperatorId;
use tameio::domain::payment::Tender;
use tameio::domain::settings::{Settings, Trade};
use tameio::domain::time::Stamp;
use tameio::domain::visit::Visit;
use tameio::simulate::site::{Site, SiteOptions};
use tameio::store::{journal, query};
use tameio_drivers::printer::{Paper, Profile};
use tempfile::TempDir;

/// A whole terminal and its surroundings.
pub(crate) struct World {
    site: Option<Site>,
    _folder: TempDir,
}

/// An instant of the Saturday, written as on the wall clock: `10:59:58`.
pub(crate) fn at(time: &str) -> Stamp {
    let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
    instant(&format!("2026-03-14T{time}+02:00"))
}

/// An instant as it is written down: `2026-03-14T10:59:58+02:00`.
pub(crate) fn instant(text: &str) -> Stamp {
    Stamp::new(text.parse().expect("an instant"))
}

/// An instant of any day before the clocks change, written as on the wall: `2026-03-10T09:12`.
pub(crate) fn on(instant: &str) -> Stamp {
    serde_json::from_value(format!("{instant}:00.000+02:00").into()).expect("an instant")
}

pub(crate) fn person(id: &str) -> OperatorId {
    OperatorId(id.to_owned())
}

/// Cashier A alone.
pub(crate) fn alone() -> By {
    By { operator: person("A"), approved_by: None }
}

/// Cashier A, with the chief stepping in.
pub(crate) fn with_chief() -> By {
    By { operator: person("A"), approved_by: Some(person("chief")) }
}

pub(crate) fn cash(euro: &str) -> Tender {
    Tender::Cash { given: euro.parse().expect("an amount") }
}

pub(crate) fn card(euro: &str) -> Tender {
    Tender::CardApart { amount: euro.parse().expect("an amount"), tip: Cents::ZERO }
}

/// The input of an arrival as a cashier types it.
pub(crate) fn arrival(plate: &str, size: Size) -> OpenVisit {
    OpenVisit::new(plate, size, person("A"))
}

impl World {
    /// The wash at eight in the morning.
    pub(crate) fn wash() -> Self {
        Self::of(Trade::Wash)
    }

    /// A site of another trade.
    pub(crate) fn of(trade: Trade) -> Self {
        Self::with(Config::practice(trade).expect("practice is good").settings)
    }

    /// A site with settings of its own.
    pub(crate) fn with(settings: Settings) -> Self {
        Self::since(at("08:00"), settings)
    }

    /// A site with settings of its own, from an instant on.
    pub(crate) fn since(start: Stamp, settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let site = Site::open(SiteOptions {
            folder: folder.path().to_owned(),
            settings,
            seed: 42,
            start,
            registry: Options::strict(),
            mydata: tameio::mydata::simulator::Options::default(),
            profile: Profile::named("epson-80").expect("a known printer"),
            papers: None,
        })
        .expect("the site opens");
        Self { site: Some(site), _folder: folder }
    }

    pub(crate) fn site(&mut self) -> &mut Site {
        self.site.as_mut().expect("the site is open")
    }

    fn look(&self) -> &Site {
        self.site.as_ref().expect("the site is open")
    }

    /// Lets the clock go on to a time of the day.
    pub(crate) fn clock(&mut self, time: &str) {
        self.site().run_until(at(time)).expect("time passes");
    }

    /// Lets the clock go on to an instant of any day: `2026-03-10T09:12`.
    pub(crate) fn until(&mut self, instant: &str) {
        self.site().run_until(on(instant)).expect("time passes");
    }

    /// Lets so many seconds pass.
    pub(crate) fn pass(&mut self, seconds: i64) {
        self.site().pass(seconds).expect("time passes");
    }

    /// Something happens; what was said to the person.
    pub(crate) fn act(&mut self, input: Input) -> Vec<Notice> {
        self.site().take_notices();
        self.site().act(input).expect("the terminal takes it");
        self.site().take_notices()
    }

    /// A vehicle comes; its visit.
    pub(crate) fn comes(&mut self, plate: &str, size: Size) -> VisitId {
        self.opens(arrival(plate, size))
    }

    /// A vehicle comes, as described; its visit.
    pub(crate) fn opens(&mut self, open: OpenVisit) -> VisitId {
        let notices = self.act(Input::OpenVisit(open));
        match notices.as_slice() {
            [Notice::Opened { visit, .. }] => *visit,
            other => panic!("no visit was opened: {other:?}"),
        }
    }

    /// Package and extras, `FULL+WAX`.
    pub(crate) fn takes(&mut self, visit: VisitId, service: &str) {
        let mut codes = service.split('+').map(str::to_owned);
        let package = codes.next().expect("a package");
        let size = self.visit(visit).size;
        let choice = ChooseService { visit, size, package, extras: codes.collect() };
        let said = self.act(Input::ChooseService(choice));
        assert!(said.is_empty(), "{said:?}");
    }

    /// Pays; the change.
    pub(crate) fn pays(&mut self, visit: VisitId, tenders: &[Tender]) -> Cents {
        self.pays_as(visit, tenders, None)
    }

    /// Pays, with an invoice to this Greek AFM; the change.
    pub(crate) fn pays_as(&mut self, visit: VisitId, tenders: &[Tender], afm: Option<&str>) -> Cents {
        let notices = self.act(Input::Pay {
            visit,
            tenders: tenders.to_vec(),
            invoice_to: afm.map(|afm| ("GR".to_owned(), afm.to_owned())),
            operator: person("A"),
        });
        match notices.as_slice() {
            [Notice::Paid { change, .. }, ..] => *change,
            other => panic!("nothing was paid: {other:?}"),
        }
    }

    /// The vehicle leaves.
    pub(crate) fn leaves(&mut self, visit: VisitId) {
        self.leaves_with(visit, &[]);
    }

    /// The vehicle leaves, and this is said.
    pub(crate) fn leaves_with(&mut self, visit: VisitId, wanted: &[Notice]) {
        let said = self.act(Input::Depart { visit, operator: person("A"), returned_at: None });
        assert_eq!(said, wanted);
    }

    /// A visit, open or not.
    pub(crate) fn visit(&self, id: VisitId) -> Visit {
        let conn = self.look().terminal().store().connection();
        query::visit(conn, id).expect("the archive can be read").expect("the visit is there")
    }

    /// Every entry at the registry.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.look().registry().with(|simulator| simulator.entries().cloned().collect())
    }

    /// The entry of a visit that is not cancelled.
    pub(crate) fn entry_of(&self, visit: VisitId) -> Entry {
        let mark = self.visit(visit).reference.mark();
        let live = |entry: &Entry| entry.mark() == Some(&mark) && entry.state != EntryState::Cancelled;
        let mut found: Vec<Entry> = self.entries().into_iter().filter(live).collect();
        assert_eq!(found.len(), 1, "one live entry with {mark}: {found:?}");
        found.remove(0)
    }

    /// What the registry was told of an entry after its creation, in order.
    pub(crate) fn told(&self, entry: &Entry) -> Vec<Fields> {
        let of = |record: &Record| match &record.what {
            What::Updated(fields) if entry.updates.contains(&record.id) => Some(fields.clone()),
            _ => None,
        };
        self.look().registry().with(|simulator| simulator.records().filter_map(of).collect())
    }

    /// How many requests of a call the registry saw.
    pub(crate) fn requests(&self, call: Call) -> u64 {
        let counts = self.look().registry().with(|simulator| simulator.counts().clone());
        counts.requests.get(&call).copied().unwrap_or_default()
    }

    /// Every document, in the order of their numbers.
    pub(crate) fn documents(&self) -> Vec<Document> {
        let mut documents = Vec::new();
        query::each_document(self.look().terminal().store().connection(), |document| {
            documents.push(document)
        })
        .expect("the documents can be read");
        documents
    }

    /// The papers that came out, as text.
    pub(crate) fn papers(&self) -> Vec<String> {
        self.look().printer().papers().iter().map(Paper::text).collect()
    }

    /// The first receipt that came out.
    pub(crate) fn receipt(&self) -> String {
        let receipt = |paper: &String| paper.contains("ΑΠΟΔΕΙΞΗ") && !paper.contains("ΔΕΛΤΙΟ ΕΙΣΟΔΟΥ");
        self.papers().into_iter().find(receipt).expect("a receipt")
    }

    /// Every event of the journal.
    pub(crate) fn events(&self) -> Vec<Event> {
        let (store, mut events) = (self.look().terminal().store(), Vec::new());
        journal::each(store.connection(), store.terminal(), 0, |entry| {
            events.push(entry.event()?);
            Ok(())
        })
        .expect("the journal can be read");
        events
    }

    /// What goes wrong at the registry from now on.
    pub(crate) fn faults(&mut self, script: FaultScript) {
        self.site().set_faults(script);
    }

    /// The network goes away, or comes back.
    pub(crate) fn network(&mut self, up: bool) {
        self.site().set_network(up);
    }

    /// `kill -9`, and a new start on the same data.
    pub(crate) fn crash(&mut self) {
        let site = self.site.take().expect("the site is open");
        self.site = Some(site.crash().expect("the site opens again"));
    }

    /// The same, with other settings from then on.
    pub(crate) fn becomes(&mut self, settings: Settings) {
        let settings =
            Settings { ticket_key: self.look().terminal().settings().ticket_key.clone(), ..settings };
        let site = self.site.take().expect("the site is open");
        self.site = Some(site.crash_into(settings).expect("the site opens again"));
    }

    /// Lets the outbox become empty, at most a day.
    pub(crate) fn drain(&mut self) {
        assert!(self.site().drain(24 * 3600).expect("time passes"), "the outbox does not become empty");
    }

    /// What must hold after every scenario.
    pub(crate) fn check(&mut self) {
        let site = self.look();
        let store = site.terminal().store();
        let verified = store.verify(true).expect("the journal can be read");
        assert!(verified.is_whole(), "{verified:?}");
        assert_eq!(site.state().outbox.sending, 0, "nothing is left sending");
        let loaded = tameio::app::terminal::load(store).expect("the tables can be read");
        assert_eq!(loaded, site.state().durable(), "the tables and the memory agree");
        self.check_money();
        self.check_entries();
    }

    fn check_money(&self) {
        let (mut tenders, mut documents) = (Cents::ZERO, Cents::ZERO);
        let mut numbers: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        query::each_document(self.look().terminal().store().connection(), |document| {
            numbers.entry(document.series.clone()).or_default().push(document.number);
            if document.void.is_some() {
                return;
            }
            let paid = document.payment.by_means().map(|(_, amount)| amount).sum::<Cents>();
            let sign = if document.is_credit() { -1 } else { 1 };
            tenders += Cents(sign * paid.0);
            documents += Cents(sign * document.totals.gross.0);
        })
        .expect("the documents can be read");
        assert_eq!(tenders, documents, "tenders are documents");
        for (series, numbers) in numbers {
            let without_gaps = numbers.iter().copied().eq(1..=numbers.len() as u64);
            assert!(without_gaps, "numbers without gaps: {series} {numbers:?}");
        }
    }

    fn check_entries(&self) {
        let mut marks = Vec::new();
        query::each_visit(self.look().terminal().store().connection(), |visit| {
            marks.push(visit.reference.mark())
        })
        .expect("the visits can be read");
        self.look().registry().with(|simulator| {
            for (mark, count) in simulator.live_by_mark() {
                assert_eq!(count, 1, "one live entry for {mark}");
                assert!(marks.contains(&mark), "an entry without a visit: {mark}");
            }
        });
    }
}
