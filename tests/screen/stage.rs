//! A window on a whole terminal: the real loop, store, papers and outbox, with a simulated printer and registry, in
//! simulated time.

use i_slint_backend_testing::{ElementHandle, ElementQuery, TestingBackend, TestingBackendOptions};
use slint::platform::{Key, PointerEventButton, WindowEvent};
use slint::{ComponentHandle, PhysicalSize, SharedPixelBuffer, SharedString};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tameio::aade::simulator::Options;
use tameio::aade::simulator::state::{Entry, Record, What};
use tameio::app::engine::{Query, QueryAnswer, Snapshot, compose};
use tameio::app::input::Input;
use tameio::app::state::State;
use tameio::config::Config;
use tameio::domain::settings::{Establishment, Settings, Trade};
use tameio::domain::time::Stamp;
use tameio::paper::picture::picture;
use tameio::simulate::site::{Site, SiteOptions};
use tameio::store::query;
use tameio::view::Window;
use tameio::view::desk::{Asked, Desk, Mailbox, News};
use tameio::view::generated::App;
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
    pub(crate) window: Window,
    pub(crate) site: Rc<RefCell<Site>>,
    mailbox: Mailbox,
    taps: Cell<u32>,
    _folder: tempfile::TempDir,
}

/// The terminal as the window's desk: everything happens at once, in the order the engine does it.
struct SiteDesk {
    site: Rc<RefCell<Site>>,
    mailbox: Mailbox,
}

impl Desk for SiteDesk {
    fn send(&self, input: Input) {
        self.site.borrow_mut().act(input).expect("the terminal's database works");
        report(&self.site, &self.mailbox);
    }

    fn ask(&self, query: Query, asked: Asked) {
        let answer = answer(&self.site.borrow(), query);
        self.mailbox.post(News::Answer(asked, Box::new(answer)));
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
        Query::Search { fragment } => QueryAnswer::Visits(query::search(conn, &fragment).expect(read)),
        Query::Vehicle { plate } => QueryAnswer::Vehicle(query::vehicle(conn, &plate).expect(read)),
        Query::Exceptions => QueryAnswer::Exceptions(query::exceptions(conn).expect(read)),
        Query::Document { id } => QueryAnswer::Document(query::document(conn, id).expect(read)),
        Query::DocumentsOf { visit } => QueryAnswer::Documents(query::documents_of(conn, visit).expect(read)),
        Query::Visit { id } => QueryAnswer::Visit(query::visit(conn, id).expect(read)),
        Query::Visits { ids } => QueryAnswer::Visits(query::visits(conn, &ids).expect(read)),
        Query::AwaitingDocument => QueryAnswer::Visits(query::awaiting_document(conn).expect(read)),
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

    /// A shop, at a size of the window.
    pub(crate) fn of(settings: Settings, (width, height): (u32, u32)) -> Self {
        without_display();
        let folder = tempfile::tempdir().expect("a folder");
        let site = open_site(&settings, folder.path());
        let (window, mailbox) = Window::new(&settings, false).expect("a window without a display");
        let stage =
            Self { window, site: Rc::new(RefCell::new(site)), mailbox, taps: Cell::new(0), _folder: folder };
        stage.app().window().set_size(PhysicalSize::new(width, height));
        stage.app().show().expect("the window is shown");
        let desk = SiteDesk { site: Rc::clone(&stage.site), mailbox: stage.mailbox.clone() };
        stage.window.serve(Box::new(desk));
        stage.app().window().dispatch_event(WindowEvent::WindowActiveChanged(true));
        stage.pass(0);
        stage
    }

    pub(crate) fn app(&self) -> &App {
        self.window.app()
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

    pub(crate) fn element(&self, id: &str) -> Option<ElementHandle> {
        let wanted = SharedString::from(id);
        ElementQuery::from_root(self.app())
            .match_predicate(move |element| element.accessible_id().as_ref() == Some(&wanted))
            .find_first()
    }

    /// The id of the first element whose id begins so.
    pub(crate) fn element_beginning(&self, start: &str) -> Option<String> {
        let start = start.to_owned();
        let found = ElementQuery::from_root(self.app())
            .match_predicate(move |element| {
                element.accessible_id().is_some_and(|id| id.starts_with(start.as_str()))
            })
            .find_first();
        found.and_then(|element| element.accessible_id()).map(|id| id.to_string())
    }

    /// Touches what has this id, where it lies on the screen: what is covered or dead is not touched.
    pub(crate) fn tap(&self, id: &str) {
        let element = self.element(id).unwrap_or_else(|| panic!("there is no {id} on the screen"));
        element.mock_single_click(PointerEventButton::Left);
        self.taps.set(self.taps.get() + 1);
        self.settle();
    }

    /// Touches several, one after another.
    pub(crate) fn tap_all(&self, ids: &[&str]) {
        ids.iter().for_each(|id| self.tap(id));
    }

    /// Types a plate on the pad. Keys are named by their Latin twins.
    pub(crate) fn type_plate(&self, plate: &str) {
        plate.chars().for_each(|key| self.tap(&format!("key-{key}")));
    }

    /// Taps since the last time this was asked.
    pub(crate) fn taps(&self) -> u32 {
        self.taps.replace(0)
    }

    /// What a text on the screen says.
    pub(crate) fn text(&self, id: &str) -> String {
        let element = self.element(id).unwrap_or_else(|| panic!("there is no {id} on the screen"));
        element.accessible_label().unwrap_or_default().to_string()
    }

    pub(crate) fn is_enabled(&self, id: &str) -> bool {
        self.element(id).is_some_and(|element| element.accessible_enabled() == Some(true))
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

    /// Keys of a keyboard, or of a scanner: one burst, faster than any person.
    pub(crate) fn burst(&self, text: &str) {
        for key in text.chars() {
            let text = if key == '\n' {
                SharedString::from(char::from(Key::Return))
            } else {
                SharedString::from(key)
            };
            self.app().window().dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
            self.app().window().dispatch_event(WindowEvent::KeyReleased { text });
        }
        self.settle();
    }

    /// What the screen shows now.
    pub(crate) fn picture(&self) -> SharedPixelBuffer<slint::Rgba8Pixel> {
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(500));
        self.app().window().take_snapshot().expect("the window is drawn")
    }

    fn settle(&self) {
        self.window.hear();
        i_slint_backend_testing::mock_elapsed_time(Duration::ZERO);
    }
}

fn open_site(settings: &Settings, folder: &std::path::Path) -> Site {
    let start: jiff::Timestamp = START.parse().expect("an instant");
    let options = SiteOptions {
        folder: folder.to_owned(),
        settings: settings.clone(),
        seed: 1,
        start: Stamp::new(start),
        registry: Options::strict(),
        profile: Profile::generic(),
        papers: None,
    };
    Site::open(options).expect("a site")
}

thread_local! {
    static PLATFORM: () = {
        let options = TestingBackendOptions {
            mock_time: true,
            threading: false,
            renderer_name: Some("software".into()),
        };
        slint::platform::set_platform(Box::new(TestingBackend::new(options))).expect("the first platform of this thread");
    };
}

/// A platform that draws in memory, once per thread.
fn without_display() {
    PLATFORM.with(|()| ());
}
