//! Questions about the archive, answered on a thread of their own: they never hold the loop up.

use crate::app::tariff::{TariffLook, with_tariff};
use crate::domain::account::Proposal;
use crate::domain::day::DayClose;
use crate::domain::document::Document;
use crate::domain::door::Passage;
use crate::domain::ids::{DocumentId, OrderId, VisitId};
use crate::domain::order::Order;
use crate::domain::paper::Paper;
use crate::domain::photo::{Photo, PhotoKind};
use crate::domain::plate::Plate;
use crate::domain::reminder::{DueVehicle, Standing};
use crate::domain::settings::Settings;
use crate::domain::tariff::concern::Concern;
use crate::domain::template::{TemplateKind, TemplateText};
use crate::domain::validation::{MerchantAccount, Month};
use crate::domain::visit::Visit;
use crate::domain::work::NextService;
use crate::paper::picture::PaperPicture;
use crate::paper::template::Press;
use crate::paper::{self, Facts};
use crate::store::past::{self, After, Page, Wanted};
use crate::store::photos::{self as store_photos, Photos};
use crate::store::query::{self, Exceptions, KnownVehicle};
use crate::store::{StoreError, accounts, merchants, reminders};
use jiff::civil;
use rusqlite::Connection;
use std::sync::mpsc::Receiver;
use std::thread;
use tameio_drivers::camera::picture::Rgb;
use tameio_drivers::camera::{Captured, Format, Frame, Size};
use tameio_drivers::printer::{Profile, Sheet};

use super::devices::PrinterProfile;
use super::look::{DraftLook, PaperWidth, look, sample};

/// A question about the archive.
#[derive(Debug, Clone)]
pub enum Query {
    /// Visits whose plate contains a fragment, newest first.
    Search {
        /// As typed.
        fragment: String,
    },
    /// What is remembered of a vehicle.
    Vehicle {
        /// Its plate.
        plate: Plate,
    },
    /// What is to be said of a version of the tariff before it holds.
    Tariff(Box<TariffLook>),
    /// How a template looks on made-up facts, and what is wrong with it.
    Draft {
        /// Of which kind of paper.
        kind: TemplateKind,
        /// The template.
        text: TemplateText,
        /// On which paper.
        paper: PaperWidth,
    },
    /// Vehicles that should come again by now, the most urgent first.
    DueVehicles {
        /// The day.
        today: civil::Date,
    },
    /// What a shop's customers did not pay in a month.
    MerchantAccount {
        /// The shop's number.
        merchant: u64,
        /// The month.
        month: Month,
    },
    /// What is to be invoiced to customers on account.
    Accounts {
        /// Of visits until this day.
        until: civil::Date,
        /// The day it is for.
        today: civil::Date,
    },
    /// What a person must look at.
    Exceptions,
    /// One document.
    Document {
        /// Which.
        id: DocumentId,
    },
    /// A page of visits of the past.
    Past {
        /// What is looked for.
        wanted: Wanted,
        /// Where the page begins; nothing for the first.
        after: Option<After>,
    },
    /// The documents of a visit.
    DocumentsOf {
        /// Which.
        visit: VisitId,
    },
    /// One visit, open or not.
    Visit {
        /// Which.
        id: VisitId,
    },
    /// Several visits, open or not.
    Visits {
        /// Which.
        ids: Vec<VisitId>,
    },
    /// One sale without a vehicle, over or not.
    Order {
        /// Which.
        id: OrderId,
    },
    /// Visits settled by a contract that wait for their document.
    AwaitingDocument,
    /// Documents by their number or a part of the plate, newest first.
    Receipts {
        /// As typed; nothing for the last ones.
        fragment: String,
    },
    /// The door book, newest first.
    Door {
        /// At most so many rows.
        most: i64,
    },
    /// The last day closes, newest first.
    DayCloses {
        /// At most so many.
        most: u32,
    },
    /// The photographs of a vehicle's condition in a chain of visits, the oldest first, small.
    ConditionPhotos {
        /// Which chain.
        chain: VisitId,
    },
    /// What a paper looks like.
    PaperPicture {
        /// Which.
        paper: Paper,
    },
}

/// The answer to a [`Query`].
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one answer at a time, moved once")]
pub enum QueryAnswer {
    /// To a search, to several visits, and to those that wait for their document.
    Visits(Vec<Visit>),
    /// To a page of the past.
    Past(Page),
    /// To a vehicle.
    Vehicle(Option<KnownVehicle>),
    /// To the vehicles that should come again.
    DueVehicles(Vec<DueVehicle>),
    /// To the account of a shop, with its number.
    MerchantAccount(u64, MerchantAccount),
    /// To what is to be invoiced.
    Accounts(Vec<Proposal>),
    /// To the exceptions.
    Exceptions(Exceptions),
    /// To a document.
    Document(Option<Document>),
    /// To the documents of a visit, and to those that were looked for.
    Documents(Vec<Document>),
    /// To a visit.
    Visit(Option<Visit>),
    /// To a sale without a vehicle.
    Order(Option<Order>),
    /// To the door book.
    Door(Vec<Passage>),
    /// To the last day closes.
    DayCloses(Vec<DayClose>),
    /// To the photographs of a vehicle's condition.
    ConditionPhotos(Vec<SmallPhoto>),
    /// To a picture.
    Picture(Option<PaperPicture>),
    /// To a template.
    Draft(Box<DraftLook>),
    /// To a version of the tariff.
    Concerns(Vec<Concern>),
    /// The archive could not be read.
    Failed(String),
}

/// What is done with an answer.
pub(super) type Reply = Box<dyn FnOnce(QueryAnswer) + Send>;

/// Starts the thread; it ends when nobody can ask it any more.
pub(super) fn spawn(
    conn: Connection,
    settings: Settings,
    profile: PrinterProfile,
    photos: Photos,
    questions: Receiver<(Query, Reply)>,
) {
    thread::spawn(move || {
        for (query, reply) in questions {
            let answer = answer(&conn, &settings, &profile.now(), &photos, query);
            reply(answer.unwrap_or_else(|error| QueryAnswer::Failed(error.to_string())));
        }
    });
}

fn answer(
    conn: &Connection,
    settings: &Settings,
    profile: &Profile,
    photos: &Photos,
    asked: Query,
) -> Result<QueryAnswer, StoreError> {
    Ok(match asked {
        Query::Past { wanted, after } => QueryAnswer::Past(past::find(conn, &wanted, after)?),
        Query::Search { fragment } => QueryAnswer::Visits(query::search(conn, &fragment)?),
        Query::Vehicle { plate } => QueryAnswer::Vehicle(query::vehicle(conn, &plate)?),
        Query::Accounts { until, today } => {
            QueryAnswer::Accounts(accounts::proposals(conn, &settings.accounts, until, today)?)
        }
        Query::DueVehicles { today } => {
            QueryAnswer::DueVehicles(reminders::due(conn, today, settings.garage.reminders)?)
        }
        Query::MerchantAccount { merchant, month } => {
            QueryAnswer::MerchantAccount(merchant, merchants::account(conn, merchant, month)?)
        }
        Query::Exceptions => QueryAnswer::Exceptions(query::exceptions(conn)?),
        Query::Document { id } => QueryAnswer::Document(query::document(conn, id)?),
        Query::DocumentsOf { visit } => QueryAnswer::Documents(query::documents_of(conn, visit)?),
        Query::Receipts { fragment } => {
            let series = [settings.series.as_str(), settings.credit_series.as_str()];
            QueryAnswer::Documents(query::documents_found(conn, &fragment, &series)?)
        }
        Query::Visit { id } => QueryAnswer::Visit(query::visit(conn, id)?),
        Query::Visits { ids } => QueryAnswer::Visits(query::visits(conn, &ids)?),
        Query::Order { id } => QueryAnswer::Order(query::order(conn, id)?),
        Query::AwaitingDocument => QueryAnswer::Visits(query::awaiting_document(conn)?),
        Query::Door { most } => QueryAnswer::Door(query::door(conn, None, most)?),
        Query::DayCloses { most } => QueryAnswer::DayCloses(query::day_closes(conn, most)?),
        Query::Draft { kind, text, paper } => {
            let templates = query::templates(conn)?;
            QueryAnswer::Draft(Box::new(look(settings, &templates, (kind, &text, paper), profile)))
        }
        Query::Tariff(look) => QueryAnswer::Concerns(look.concerns()),
        Query::ConditionPhotos { chain } => {
            QueryAnswer::ConditionPhotos(condition_photos(conn, photos, chain)?)
        }
        Query::PaperPicture { paper } => QueryAnswer::Picture(
            compose(conn, settings, &paper, profile.columns)?
                .and_then(|sheet| paper::picture::picture(&sheet, profile).ok()),
        ),
    })
}

/// A paper from stored facts; nothing when they are not there.
///
/// # Errors
/// When the archive cannot be read.
pub fn compose(
    conn: &Connection,
    settings: &Settings,
    paper: &Paper,
    columns: usize,
) -> Result<Option<Sheet>, StoreError> {
    let templates = query::templates(conn)?;
    let settings = with_tariff(settings, &query::kept_tariff(conn)?);
    let settings = settings.as_ref();
    let press = Press::saved(settings, &templates);
    Ok(match paper {
        Paper::Intake { order } => {
            query::order(conn, *order)?.map(|order| paper::sheet(press, Facts::Intake(&order), columns))
        }
        Paper::Copy { of, copy } => {
            compose(conn, settings, of, columns)?.map(|sheet| paper::marked(press, sheet, *copy, columns))
        }
        Paper::Ticket { visit } => {
            query::visit(conn, *visit)?.map(|visit| paper::sheet(press, Facts::Ticket(&visit), columns))
        }
        Paper::WorkOrder { visit } => match query::visit(conn, *visit)? {
            Some(visit) => {
                let due = due_at_arrival(conn, settings, &visit)?;
                let deposits = query::deposits_of(conn, visit.id)?;
                let facts = Facts::WorkOrder { visit: &visit, due: due.as_ref(), deposits: &deposits };
                Some(paper::sheet(press, facts, columns))
            }
            None => None,
        },
        Paper::Estimate { visit, version } => query::visit(conn, *visit)?.and_then(|visit| {
            let estimate = visit.work.as_ref()?.estimate(*version)?;
            Some(paper::sheet(press, Facts::Estimate { visit: &visit, estimate }, columns))
        }),
        Paper::Inside { at } => {
            let mut visits = query::inside(conn)?;
            for visit in &mut visits {
                // One under the entry of a right shows that entry's number.
                if let Some(carrier) = visit.under() {
                    visit.entry.id = query::visit(conn, carrier.visit)?.and_then(|carrier| carrier.entry.id);
                }
            }
            Some(paper::sheet(press, Facts::Inside { visits: &visits, at: *at }, columns))
        }
        Paper::DueVehicles { at } => {
            let vehicles = reminders::due(conn, at.date(), settings.garage.reminders)?;
            Some(paper::sheet(settings, Facts::DueVehicles { vehicles: &vehicles, at: *at }, columns))
        }
        Paper::Vouchers { merchant, batch } => merchants::one(conn, *merchant)?.and_then(|merchant| {
            let batch = merchant.batches.iter().find(|made| made.number == *batch)?;
            Some(paper::sheet(settings, Facts::Vouchers { merchant: &merchant, batch }, columns))
        }),
        Paper::MerchantAccount { merchant, month, at } => match merchants::one(conn, *merchant)? {
            Some(merchant) => {
                let account = merchants::account(conn, merchant.number, *month)?;
                let facts = Facts::MerchantAccount { merchant: &merchant, account: &account, at: *at };
                Some(paper::sheet(settings, facts, columns))
            }
            None => None,
        },
        Paper::ShiftReport { shift, at } => query::shift(conn, *shift)?
            .map(|shift| paper::sheet(press, Facts::ShiftReport { shift: &shift, at: *at }, columns)),
        Paper::Movement { shift, n } => query::shift(conn, *shift)?.and_then(|shift| {
            let movement = shift.movements.get(usize::try_from(*n).ok()?)?;
            Some(paper::sheet(press, Facts::Movement(movement), columns))
        }),
        Paper::HandOver { visit } => match query::visit(conn, *visit)?.filter(|visit| visit.rental.is_some())
        {
            Some(visit) => {
                let deposits = query::deposits_of(conn, visit.id)?;
                let facts = Facts::HandOver { visit: &visit, deposits: &deposits };
                Some(paper::sheet(press, facts, columns))
            }
            None => None,
        },
        Paper::VehicleReturn { visit } => query::visit(conn, *visit)?
            .filter(|visit| visit.rental.as_ref().is_some_and(|rental| rental.returned.is_some()))
            .map(|visit| paper::sheet(press, Facts::VehicleReturn(&visit), columns)),
        Paper::Deposit { number, copy } => query::deposit(conn, *number)?
            .map(|deposit| paper::sheet(press, Facts::Deposit { deposit: &deposit, copy: *copy }, columns)),
        Paper::DepositReturn { number, n } => query::deposit(conn, *number)?.and_then(|deposit| {
            let returned = deposit.returns().nth(usize::try_from(*n).ok()?)?;
            Some(paper::sheet(press, Facts::DepositReturn { deposit: &deposit, returned }, columns))
        }),
        Paper::Pack { number, copy } => query::pack(conn, *number)?
            .map(|pack| paper::sheet(settings, Facts::Pack { pack: &pack, copy: *copy }, columns)),
        Paper::PackUse { number, visit } => query::pack(conn, *number)?.and_then(|pack| {
            let nth = pack.uses.iter().position(|one| one.visit == *visit)?;
            Some(paper::sheet(settings, Facts::PackUse { pack: &pack, nth }, columns))
        }),
        Paper::DayClose { number, copy } => query::day_close(conn, *number)?
            .map(|close| paper::sheet(press, Facts::DayClose { close: &close, copy: *copy }, columns)),
        Paper::Test { at } => Some(paper::sheet(press, Facts::Test { at: *at }, columns)),
        Paper::Sample { kind, text, .. } => sample(settings, &templates, *kind, text, columns),
        // Its bytes depend on the printer and are made by its driver.
        Paper::GreekPages { .. } => None,
        Paper::Slip { document, copy } => query::document(conn, *document)?
            .map(|document| paper::sheet(press, Facts::Slip { document: &document, copy: *copy }, columns)),
        Paper::Void { document, copy } => query::document(conn, *document)?
            .map(|document| paper::sheet(press, Facts::Void { document: &document, copy: *copy }, columns)),
        Paper::Receipt { document, copy } => query::document(conn, *document)?.map(|document| {
            paper::sheet(press, Facts::Receipt { document: &document, copy: *copy }, columns)
        }),
    })
}

/// What a vehicle was to come for when it came; what was said since stands with the visit itself.
fn due_at_arrival(
    conn: &Connection,
    settings: &Settings,
    visit: &Visit,
) -> Result<Option<NextService>, StoreError> {
    let known = query::vehicle(conn, &visit.plate)?;
    let today = visit.arrived.date();
    let is_due = |next: &NextService, seen| {
        next.reminder(today, seen, settings.garage.reminders).standing != Standing::NotYet
    };
    Ok(known.and_then(|known| known.next_service.filter(|next| is_due(next, known.seen))))
}

/// The size a photograph is shown in among others.
const SMALL: Size = Size::new(320, 240);

/// A photograph with a small picture of it; without one where its file is gone or cannot be read.
#[derive(Debug, Clone)]
pub struct SmallPhoto {
    /// What is known of it.
    pub photo: Photo,
    /// It.
    pub picture: Option<Rgb>,
}

/// The photographs of a vehicle's condition in a chain of visits, the oldest first.
///
/// # Errors
/// When the archive cannot be read; a picture that cannot is missing and nothing else.
pub fn condition_photos(
    conn: &Connection,
    photos: &Photos,
    chain: VisitId,
) -> Result<Vec<SmallPhoto>, StoreError> {
    let kept = store_photos::of_chain(conn, chain)?;
    let small = |photo: Photo| {
        let jpeg = photos.picture(&photo).ok().flatten();
        let frame = jpeg.and_then(|jpeg| Frame::prove(Captured::now(jpeg, Format::Jpeg, SMALL), 0).ok());
        let picture = frame.and_then(|frame| frame.preview(SMALL).ok());
        SmallPhoto { photo, picture }
    };
    Ok(kept.into_iter().filter(|photo| photo.kind == PhotoKind::Condition).map(small).collect())
}
