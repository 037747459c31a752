//! A window on a whole terminal: the real loop, store, papers and outbox, with a simulated printer and registry, in
//! simulated time.

use crate::glass::Glass;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tameio::aade::simulator::Options;
use tameio::aade::simulator::state::{Entry, Record, What};
use tameio::app::clock::Stopwatch;
use tameio::app::engine::{Query, QueryAnswer, Snapshot, compose, condition_photos, look};
use tameio::app::input::{DeviceInput, Input, PersonInput};
use tameio::app::state::State;
use tameio::config::Config;
use tameio::device::Configured;
use tameio::domain::device::{Condition, DeviceId};
use tameio::domain::operator::OperatorId;
use tameio::domain::pin::PinHash;
use tameio::domain::settings::{Establishment, Settings, Trade};
use tameio::domain::text::Text;
use tameio::domain::time::Stamp;
use tameio::paper::picture::picture;
use tameio::paper::ticket::code_of;
use tameio::simulate::site::{Site, SiteOptions};
use tameio::store::{accounts, merchants, past, query, reminders};
use tameio::view::desk::{Asked, Desk, Mailbox, News};
use tameio_drivers::camera::Frame;
use tameio_drivers::printer::Profile;

/// A Saturday morning at the wash.
const START: &str = "2026-03-14T10:02:00+02:00";

/// The shop as `config/wash.toml` has it, in earnest: practice would have another colour.
pub(crate) fn wash() -> Settings {
    shop(Trade::Wash)
}

/// A shop of another trade, as its configuration has it, in earnest.
pub(crate) fn shop(trade: Trade) -> Settings {
    let settings = Config::practice(trade).expect("the shipped configuration is right").settings;
    Settings { practice: false, ..settings }
}

/// A wash that is a garage too, at a branch of its own.
pub(crate) fn wash_and_garage() -> Settings {
    let (mut wash, garage) = (wash(), shop(Trade::Garage));
    let mut of_garage = garage.catalogue;
    of_garage.packages.iter_mut().for_each(|package| package.trade = Some(Trade::Garage));
    of_garage.extras.iter_mut().for_each(|extra| extra.trade = Some(Trade::Garage));
    wash.catalogue.packages.iter_mut().for_each(|package| package.trade = Some(Trade::Wash));
    wash.catalogue.extras.iter_mut().for_each(|extra| extra.trade = Some(Trade::Wash));
    wash.catalogue.packages.extend(of_garage.packages);
    wash.catalogue.extras.extend(of_garage.extras);
    wash.also = vec![Establishment { trade: Trade::Garage, branch: 1 }];
    wash
}

/// The window and the terminal behind it.
pub(crate) struct Stage {
    glass: Glass,
    pub(crate) site: Rc<RefCell<Site>>,
    sent: Rc<RefCell<Vec<Input>>>,
    /// What every camera shows.
    pub(crate) sees: Rc<RefCell<Option<Frame>>>,
    _folder: tempfile::TempDir,
}

impl std::ops::Deref for Stage {
    type Target = Glass;

    fn deref(&self) -> &Glass {
        &self.glass
    }
}

/// The terminal as the window's desk: everything happens at once, in the order the engine does it.
struct SiteDesk {
    site: Rc<RefCell<Site>>,
    sent: Rc<RefCell<Vec<Input>>>,
    sees: Rc<RefCell<Option<Frame>>>,
    mailbox: Mailbox,
}

impl Desk for SiteDesk {
    fn send(&self, input: Input) {
        self.sent.borrow_mut().push(input.clone());
        self.site.borrow_mut().act(input).expect("the terminal's database works");
        report(&self.site, &self.mailbox);
    }

    fn ask(&self, query: Query, asked: Asked) {
        let answer = answer(&self.site.borrow(), query);
        self.mailbox.post(News::Answer(asked, Box::new(answer)));
    }

    fn frame(&self, _camera: &DeviceId) -> Option<Frame> {
        self.sees.borrow().clone()
    }

    // Its time passes when the stage says so: a slow machine shows the same.
    fn since(&self, _heard: Stopwatch) -> Duration {
        Duration::ZERO
    }

    // Hashing is `tests/pins`' matter: here a PIN is what is kept of it.
    fn check_pin(&self, operator: OperatorId, pin: String, kept: PinHash) {
        self.send(Input::Person(PersonInput::PinChecked { operator, good: kept.hash == pin }));
    }

    fn set_pin(&self, operator: OperatorId, pin: String, by: OperatorId) {
        self.send(Input::Person(PersonInput::PinHashed {
            operator,
            hash: PinHash { salt: String::new(), hash: pin },
            by,
        }));
    }
}

/// What was said first, then the world: as the engine does it.
fn report(site: &Rc<RefCell<Site>>, mailbox: &Mailbox) {
    let mut site = site.borrow_mut();
    for notice in site.take_notices() {
        mailbox.post(News::Notice(notice));
    }
    let snapshot = Snapshot { state: site.state().clone(), at: site.now() };
    mailbox.post(News::World(Arc::new(snapshot)));
}

fn answer(site: &Site, asked: Query) -> QueryAnswer {
    let conn = site.terminal().store().connection();
    let settings = site.terminal().settings();
    let read = "the archive can be read";
    match asked {
        Query::Past { wanted, after } => QueryAnswer::Past(past::find(conn, &wanted, after).expect(read)),
        Query::Search { fragment } => QueryAnswer::Visits(query::search(conn, &fragment).expect(read)),
        Query::Vehicle { plate } => QueryAnswer::Vehicle(query::vehicle(conn, &plate).expect(read)),
        Query::Accounts { until, today } => {
            QueryAnswer::Accounts(accounts::proposals(conn, &settings.accounts, until, today).expect(read))
        }
        Query::DueVehicles { today } => {
            let rules = settings.garage.reminders;
            QueryAnswer::DueVehicles(reminders::due(conn, today, rules).expect(read))
        }
        Query::MerchantAccount { merchant, month } => {
            QueryAnswer::MerchantAccount(merchant, merchants::account(conn, merchant, month).expect(read))
        }
        Query::Exceptions => QueryAnswer::Exceptions(query::exceptions(conn).expect(read)),
        Query::Document { id } => QueryAnswer::Document(query::document(conn, id).expect(read)),
        Query::DocumentsOf { visit } => QueryAnswer::Documents(query::documents_of(conn, visit).expect(read)),
        Query::Receipts { fragment } => {
            let series = [settings.series.as_str(), settings.credit_series.as_str()];
            QueryAnswer::Documents(query::documents_found(conn, &fragment, &series).expect(read))
        }
        Query::Visit { id } => QueryAnswer::Visit(query::visit(conn, id).expect(read)),
        Query::Visits { ids } => QueryAnswer::Visits(query::visits(conn, &ids).expect(read)),
        Query::Order { id } => QueryAnswer::Order(query::order(conn, id).expect(read)),
        Query::AwaitingDocument => QueryAnswer::Visits(query::awaiting_document(conn).expect(read)),
        Query::Door { most } => QueryAnswer::Door(query::door(conn, None, most).expect(read)),
        Query::DayCloses { most } => QueryAnswer::DayCloses(query::day_closes(conn, most).expect(read)),
        Query::Draft { kind, text, paper } => {
            let templates = query::templates(conn).expect(read);
            let profile = Profile::named("epson-80").expect("a known printer");
            QueryAnswer::Draft(Box::new(look(settings, &templates, (kind, &text, paper), &profile)))
        }
        Query::Tariff(look) => QueryAnswer::Concerns(look.concerns()),
        Query::ConditionPhotos { chain } => {
            QueryAnswer::ConditionPhotos(condition_photos(conn, &site.photos(), chain).expect(read))
        }
        Query::PaperPicture { paper } => {
            let profile = Profile::generic();
            let sheet = compose(conn, settings, &paper, profile.columns).expect(read);
            QueryAnswer::Picture(sheet.and_then(|sheet| picture(&sheet, &profile).ok()))
        }
    }
}

impl Stage {
    /// A wash with nothing in it, at the size of a classic till.
    pub(crate) fn new() -> Self {
        Self::of(wash(), (1024, 768))
    }

    /// A shop, at a size of the window, with the one printer its configuration has.
    pub(crate) fn of(settings: Settings, size: (u32, u32)) -> Self {
        Self::with(settings, size, &[("printer", "file:/dev/usb/lp0?profile=epson-80")])
    }

    /// The same with other devices. They are all there.
    pub(crate) fn with(settings: Settings, size: (u32, u32), devices: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let site = open_site(&settings, folder.path());
        let glass = Glass::of(&settings, size);
        let devices: Configured =
            devices.iter().map(|(id, at)| (id.parse().expect("a device"), (*at).to_owned())).collect();
        glass.window.set_devices(devices.clone());
        let (site, sent) = (Rc::new(RefCell::new(site)), Rc::default());
        let stage = Self { glass, site, sent, sees: Rc::default(), _folder: folder };
        let (site, sent, sees) = (Rc::clone(&stage.site), Rc::clone(&stage.sent), Rc::clone(&stage.sees));
        stage.window.serve(Box::new(SiteDesk { site, sent, sees, mailbox: stage.mailbox.clone() }));
        for (device, address) in devices {
            stage.happen(Input::Device(DeviceInput::Attached {
                device: device.clone(),
                address: Text::new(&address),
            }));
            stage.happen(Input::Device(DeviceInput::Seen { device, condition: Condition::Ready }));
        }
        stage.pass(0);
        stage
    }

    /// What the screen has sent since this was last asked.
    pub(crate) fn sent(&self) -> Vec<Input> {
        self.sent.take()
    }

    /// Lets simulated time pass in the shop: messages go out, papers come out.
    pub(crate) fn pass(&self, seconds: i64) {
        self.site.borrow_mut().pass(seconds).expect("the terminal's database works");
        report(&self.site, &self.mailbox);
        self.settle();
    }

    /// Something that no finger does.
    pub(crate) fn happen(&self, input: Input) {
        self.site.borrow_mut().act(input).expect("the terminal's database works");
        report(&self.site, &self.mailbox);
        self.settle();
    }

    /// Reads a fact of the open world.
    pub(crate) fn state<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(self.site.borrow().state())
    }

    /// What the ticket of the first vehicle inside says.
    pub(crate) fn ticket(&self) -> String {
        let site = self.site.borrow();
        let visit = site.state().visits.values().next().expect("a vehicle inside");
        code_of(site.terminal().settings(), &visit.reference)
    }

    /// The entries of the registry, in order.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.site.borrow().registry().with(|registry| registry.entries().cloned().collect())
    }

    /// What the registry was last told of its last entry, after its creation: the values of these fields.
    pub(crate) fn last_told(&self, names: &[&str]) -> Vec<String> {
        let entry = self.entries().pop().expect("an entry");
        let of = |record: &Record| match &record.what {
            What::Updated(fields) if entry.updates.contains(&record.id) => Some(fields.clone()),
            _ => None,
        };
        let fields = self.site.borrow().registry().with(|registry| registry.records().filter_map(of).last());
        let fields = fields.expect("it was updated");
        names.iter().map(|name| fields.get(name).unwrap_or("-").to_owned()).collect()
    }

    /// What the registry was told of its last entry when it was created: the values of these fields.
    pub(crate) fn first_told(&self, names: &[&str]) -> Vec<String> {
        let entry = self.entries().pop().expect("an entry");
        names.iter().map(|name| entry.initial.get(name).unwrap_or("-").to_owned()).collect()
    }
}

pub(crate) fn open_site(settings: &Settings, folder: &std::path::Path) -> Site {
    let start: jiff::Timestamp = START.parse().expect("an instant");
    let options = SiteOptions {
        folder: folder.to_owned(),
        settings: settings.clone(),
        seed: 1,
        start: Stamp::new(start),
        registry: Options::strict(),
        mydata: tameio::mydata::simulator::Options::default(),
        profile: Profile::generic(),
        papers: None,
    };
    Site::open(options).expect("a site")
}
