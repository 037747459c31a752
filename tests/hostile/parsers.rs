//! One function for every parser of bytes we did not write. It takes any bytes, and panics where something does not
//! hold that must hold whatever comes. The fuzzer calls these same functions (`fuzz/`): what it finds becomes a file in
//! `corpus/`, and is tried by every run of the tests from then on.

#![allow(unreachable_pub, reason = "the fuzzer is another crate, and names them")]

#[path = "parsers_mydata.rs"]
mod books;
#[path = "parsers_lookup.rs"]
mod businesses;
#[path = "parsers_provider.rs"]
mod handed;

pub use books::{mydata_reply, mydata_simulator, mydata_transmitted};
pub use businesses::{lookup_registry, lookup_vies};
pub use handed::{provider_reply, provider_simulator};

use jiff::Timestamp;
use roxmltree::{Document, Node};
use tameio::aade::listing::Listing;
use tameio::aade::message::{ListQuery, Operation, Request};
use tameio::aade::reply::Answer;
use tameio::aade::simulator::{Caller, Delivery, Options, Simulator};
use tameio::aade::transport::{Endpoint, HttpReply, HttpRequest, Method};
use tameio::aade::xml::{BYTES_MAX, DEPTH_MAX, Element};
use tameio::config::{Config, RegistryAt};
use tameio::domain::document::{DocumentName, FimQr, mark_in};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::plate::{PLATE_CHARS_MAX, Plate, PlateEntry, search_key};
use tameio::domain::settings::IssuerKind;
use tameio::domain::tariff::check::What;
use tameio::domain::tariff::{Tariff, VehicleClass};
use tameio::domain::text::Language;
use tameio_drivers::display::sim::DisplayReader;
use tameio_drivers::display::{CommandSet, Settings};
use tameio_drivers::printer::device_id::DeviceId;
use tameio_drivers::printer::spool::job_from_bytes;
use tameio_drivers::printer::status::{Decoder, PaperLevel, Question, Reply, Status};
use tameio_drivers::printer::{Address, Language as PrinterLanguage, PaperReader, Profile};
use tameio_drivers::relay::modbus::{Answer as ModbusAnswer, Framing};
use tameio_drivers::relay::sim::{ModbusDevice, SimBoard};
use tameio_drivers::scale::protocol::Heard as ScaleHeard;
use tameio_drivers::scale::{self, Kind, Reading, hid};
use tameio_drivers::scanner::frames::Frames;
use tameio_drivers::scanner::hid_pos::HidPos;
use tameio_drivers::scanner::keys::{KeySettings, Keys, events};
use tameio_drivers::scanner::sim::{event, key_events};
use tameio_drivers::scanner::wedge::{Heard, Wedge, WedgeSettings};
use tameio_drivers::scanner::{Content, Reader, Scan, TicketCodes, gs1};
use tameio_drivers::supervisor::identity::has_usage_page;

/// A parser by the name of its folder of kept bytes.
pub type Parser = (&'static str, fn(&[u8]));

/// All of them.
pub const PARSERS: [Parser; 26] = [
    ("reply", reply),
    ("listing", listing),
    ("xml", xml),
    ("simulator", simulator),
    ("config", config),
    ("tariff", tariff),
    ("plate", plate),
    ("receipt_qr", receipt_qr),
    ("printer_status", printer_status),
    ("paper_reader", paper_reader),
    ("scanner", scanner),
    ("scale", scale),
    ("scanner_device", scanner_device),
    ("code", code),
    ("star_status", star_status),
    ("device_id", device_id),
    ("spool_file", spool_file),
    ("display", display),
    ("modbus", modbus),
    ("mydata_reply", mydata_reply),
    ("mydata_transmitted", mydata_transmitted),
    ("mydata_simulator", mydata_simulator),
    ("lookup_registry", lookup_registry),
    ("lookup_vies", lookup_vies),
    ("provider_reply", provider_reply),
    ("provider_simulator", provider_simulator),
];

/// Statuses under which nothing may count as done or as refused for good.
const OTHER_STATUSES: [u16; 12] = [0, 100, 201, 204, 302, 400, 401, 403, 429, 500, 502, 999];

/// The names ids have in answers, by operation.
const IDS: [(Operation, &[&str]); 5] = [
    (Operation::Send, &["newClientDclID"]),
    (Operation::Update, &["updatedClientDclID"]),
    (Operation::Correlate, &["correlateId", "clientCorrelationID"]),
    (Operation::Cancel, &["cancellationID"]),
    (Operation::List, &[]),
];

/// What an answer comes to, as an independent reader sees it.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Done(i64),
    Refused,
    Neither,
}

/// An answer of the registry: never "done" without a Success and the number of that very operation, never "refused"
/// without a refusal, under status 200 alone, and always what an independent reader says it is.
pub fn reply(bytes: &[u8]) {
    let mut reply = HttpReply { status: 200, body: bytes.to_vec() };
    let document = independent(bytes);
    for (operation, _) in IDS {
        let answer = Answer::read(operation, &reply);
        let verdict = match &answer {
            Answer::Accepted { id } => Verdict::Done(*id),
            Answer::Refused { errors } => {
                assert!(!errors.is_empty(), "a refusal says why");
                Verdict::Refused
            }
            Answer::Unknown { why } => {
                assert!(!why.is_empty(), "what is unknown says what was seen");
                Verdict::Neither
            }
            other => panic!("{other:?} is no answer under status 200"),
        };
        match &document {
            Some(document) => assert_eq!(verdict, judge(operation, document), "{operation:?}: {answer:?}"),
            // What is not XML to the letter may still be read, but not without these words.
            None => assert!(verdict == Verdict::Neither || holds(bytes, &["ResponseDoc", "statusCode"])),
        }
    }
    for status in OTHER_STATUSES {
        reply.status = status;
        for operation in Operation::ALL {
            let answer = Answer::read(operation, &reply);
            assert!(
                !matches!(answer, Answer::Accepted { .. } | Answer::Refused { .. }),
                "{status}: {answer:?}"
            );
        }
    }
}

/// A page of the registry's listing: whole or not at all, and nothing that stands in it is passed over.
pub fn listing(bytes: &[u8]) {
    let mut reply = HttpReply { status: 200, body: bytes.to_vec() };
    match Listing::read(&reply) {
        Ok(page) => whole_page(&page, bytes),
        Err(answer) => assert!(!matches!(answer, Answer::Accepted { .. })),
    }
    for status in OTHER_STATUSES {
        reply.status = status;
        assert!(Listing::read(&reply).is_err(), "a page under status {status}");
    }
}

fn whole_page(page: &Listing, bytes: &[u8]) {
    assert!(holds(bytes, &["RequestedDoc"]));
    let ids = [
        page.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(),
        page.updates.iter().map(|update| update.id).collect(),
        page.correlations.iter().map(|correlation| correlation.id).collect(),
        page.cancellations.iter().map(|cancellation| cancellation.id).collect(),
    ]
    .concat();
    assert!(ids.iter().all(|id| *id > 0));
    assert_eq!(page.highest(), ids.iter().copied().max());
    if let Some(document) = independent(bytes) {
        let lists = document.root_element().children().filter(Node::is_element);
        assert_eq!(
            lists.map(|list| elements(list).count()).sum::<usize>(),
            ids.len(),
            "passed over: {page:?}"
        );
    }
    let asked = ListQuery { after: 7, ..ListQuery::default() };
    let next = page.next(&asked);
    assert_eq!(next.as_ref().and_then(|next| next.token.as_ref()), page.token.as_ref());
    assert!(page.token.as_ref().is_none_or(|token| token.len() <= 2048));
    assert!(
        next.is_none_or(|next| next.after == 7 && Request::List(next).to_http().path_and_query.is_ascii())
    );
    let mut twice = page.clone();
    twice.extend(page.clone());
    assert_eq!(twice.entries.len() + twice.updates.len(), 2 * (page.entries.len() + page.updates.len()));
    assert_eq!((&twice.token, twice.highest()), (&page.token, page.highest()));
}

/// Answers' XML: never larger than it came, and the same tree as an independent reader's.
pub fn xml(bytes: &[u8]) {
    let read = tameio::aade::xml::read(bytes);
    if let Ok(root) = &read {
        assert!(weight(root) <= bytes.len(), "it grew");
        assert!(depth(root) <= DEPTH_MAX);
    }
    if let Some(document) = independent(bytes) {
        match read {
            Ok(root) => same(&root, document.root_element()),
            Err(error) => panic!("an independent reader can read it, but {error}"),
        }
    }
}

/// Requests to the registry of our own, as they are archived, `%%` on a line between one and the next. What is refused
/// leaves nothing behind; what is accepted is answered with its number and listed, page by page.
pub fn simulator(bytes: &[u8]) {
    let mut simulator = Simulator::new(Options { page_size: 2, ..Options::default() });
    let text: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    for request in text.split(|line| *line == b"%%").take(8).filter_map(request) {
        let kept = simulator.records().count();
        let stranger = exchange(&mut simulator, &request, &Caller::default());
        assert!(matches!(stranger.status, 401 | 404 | 405), "{}", stranger.status);
        assert_eq!(simulator.records().count(), kept, "nobody's request left something behind");
        let reply = exchange(&mut simulator, &request, &Caller::demo());
        let answers = Operation::ALL.map(|operation| Answer::read(operation, &reply));
        let accepted = answers.iter().filter(|answer| matches!(answer, Answer::Accepted { .. })).count();
        assert_eq!(simulator.records().count(), kept + accepted, "{answers:?}");
    }
    listed_whole(&mut simulator);
    assert!(simulator.state().is_object());
}

fn request(lines: &[&[u8]]) -> Option<HttpRequest> {
    let (line, rest) = lines.split_first()?;
    let line = String::from_utf8_lossy(line);
    let (verb, address) = line.split_once(' ')?;
    let method = if verb == "GET" { Method::Get } else { Method::Post };
    let body = rest.strip_prefix(&[&b""[..]]).unwrap_or(rest).join(&b'\n');
    Some(HttpRequest { method, path_and_query: address.to_owned(), body })
}

/// When all of this takes place: 14 July 2026, 11:31:05 in Athens.
const NOW: Timestamp = Timestamp::constant(1_784_017_865, 0);

fn exchange(simulator: &mut Simulator, request: &HttpRequest, caller: &Caller) -> HttpReply {
    match simulator.handle(NOW, request, caller) {
        Delivery::Reply { status, body, .. } => HttpReply { status, body },
        other => panic!("{other:?} without a fault"),
    }
}

fn listed_whole(simulator: &mut Simulator) {
    let (mut query, mut all) = (ListQuery::default(), Listing::default());
    loop {
        let reply = exchange(simulator, &Request::List(query.clone()).to_http(), &Caller::demo());
        let page = Listing::read(&reply).unwrap_or_else(|answer| panic!("{answer:?} for {reply:?}"));
        let next = page.next(&query);
        all.extend(page);
        match next {
            Some(next) => query = next,
            None => break,
        }
    }
    let listed = all.entries.len() + all.updates.len() + all.correlations.len() + all.cancellations.len();
    assert_eq!(listed, simulator.records().count(), "{all:?}");
}

/// A configuration, and a printer's address: a fault with its line, or something that may be worked with.
pub fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Config::parse(&text) {
        Ok(config) => fit_for_work(&config),
        Err(faults) => {
            assert!(!faults.is_empty() && faults.is_sorted_by_key(|fault| fault.line));
            let lines = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
            assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line) && !fault.what.is_empty()));
        }
    }
    match text.parse::<Address>() {
        Ok(address) => assert!((16..=64).contains(&address.profile.columns)),
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
}

/// A tariff's file: read whole or refused with lines; what was read prices any stay without harm, its steps come to the
/// price, the table tells the same, and the checker's examples are true.
pub fn tariff(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Tariff::parse(&text) {
        Ok(tariff) => prices(&tariff),
        Err(faults) => {
            assert!(!faults.is_empty() && faults.is_sorted_by_key(|fault| fault.line));
            let lines = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
            assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line) && !fault.what.is_empty()));
        }
    }
}

fn prices(tariff: &Tariff) {
    assert!(!tariff.versions.is_empty() && tariff.versions.is_sorted_by_key(|version| version.from));
    // A night of each change of the clocks, and years on.
    let arrivals = [1_774_731_600, 1_792_873_800, 1_700_000_000, 4_102_444_800];
    let minutes = [0, 1, 59, 300, 1441, 10_081, 527_040];
    let instant = |second: i64| Timestamp::from_second(second).expect("an instant");
    for class in VehicleClass::ALL {
        for arrived in arrivals {
            for stay in minutes {
                match tariff.price(class, instant(arrived), instant(arrived + stay * 60)) {
                    Ok(price) => {
                        let steps: Cents = price.steps.iter().map(|step| step.amount).sum();
                        let lines: Cents = price.lines(Rate(2400)).iter().map(|line| line.gross()).sum();
                        assert_eq!((steps, lines), (price.total, price.total));
                        assert!(price.total >= Cents::ZERO && (stay > 0 || price.total == Cents::ZERO));
                        assert!(!price.sentences(Language::El).is_empty());
                    }
                    Err(why) => assert!(!why.sentence(Language::El).is_empty()),
                }
            }
        }
    }
    let table = tariff.table(VehicleClass::Car, instant(arrivals[0]), 600).unwrap_or_default();
    for row in table {
        for minutes in [row.from, row.to] {
            let left = instant(arrivals[0] + i64::from(minutes) * 60);
            let price = tariff.price(VehicleClass::Car, instant(arrivals[0]), left).map(|price| price.total);
            assert_eq!(price, Ok(row.price));
        }
    }
    for finding in tariff.check() {
        assert_eq!(finding.what == What::Gap, finding.example.price.is_none(), "{finding:?}");
        assert!(!finding.sentence(Language::En).is_empty());
    }
}

fn fit_for_work(config: &Config) {
    let settings = &config.settings;
    let simulated = config.registry == RegistryAt::Simulated;
    let production = config.registry == RegistryAt::Service(Endpoint::Production);
    assert!(!(settings.practice && production), "practice never speaks to the authority");
    assert!(settings.practice || !(simulated || settings.issuer == IssuerKind::Simulated));
    assert!(simulated || config.credentials.is_some());
    assert!(settings.practice || config.mydata != RegistryAt::Simulated);
    assert!(!(settings.practice && config.mydata == RegistryAt::Service(Endpoint::Production)));
    assert!((0..=60).contains(&settings.issuing.wait_s));
    assert!(settings.business.afm.len() == 9 && settings.catalogue.vat.0 <= 10_000);
    assert!((1..=4).contains(&settings.registry.parallel_max) && !settings.operators.is_empty());
    let prices = settings.catalogue.packages.iter().flat_map(|package| package.prices.values());
    let extras = settings.catalogue.extras.iter().map(|extra| &extra.price);
    assert!(prices.chain(extras).all(|price| *price >= Cents::ZERO));
}

/// What was typed, scanned or read as a plate: one key, the same again from every form the plate is shown in, and
/// found by every search for a piece of it.
pub fn plate(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let key = search_key(&text);
    assert_eq!(search_key(&key), key);
    assert!(key.chars().count() <= PLATE_CHARS_MAX);
    let country: String = text.chars().take(2).collect();
    let foreign = [country, "DE".to_owned()].map(|country| PlateEntry::Foreign { country });
    for entry in foreign.into_iter().chain([PlateEntry::Greek, PlateEntry::Chassis]) {
        let Ok(plate) = Plate::parse(&entry, &text) else { continue };
        assert!((2..=PLATE_CHARS_MAX).contains(&plate.text.chars().count()));
        assert!(plate.text.chars().all(char::is_alphanumeric));
        assert_eq!(plate.text, key, "a search for the whole of it finds it");
        for shown in [&plate.text, &plate.greek(), &plate.greek().to_lowercase()] {
            assert_eq!(Plate::parse(&entry, shown).as_ref(), Ok(&plate), "shown as {shown:?}");
        }
        assert!(!plate.display().is_empty() && !plate.is_neighbour_of(&plate));
        let _ = plate.warning();
    }
}

/// A scanned or typed code of a receipt: the receipt it names, or nothing.
pub fn receipt_qr(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(qr) = FimQr::parse(&text) {
        let FimQr { machine, number, total } = &qr;
        assert!(machine.len() == 11 && *total >= Cents::ZERO && (0..100_000_000).contains(number));
        let written = format!("SIG={machine}{number:08}{}{total}", "0".repeat(40));
        assert_eq!(FimQr::parse(&written), Ok(qr));
    }
    if let Some(mark) = mark_in(&text) {
        assert!(text.contains(&mark.to_string()));
        assert_eq!(DocumentName::mark(&mark.to_string()), Ok(DocumentName::Mark { mark }));
    }
    if let Ok(DocumentName::Mark { mark }) = DocumentName::mark(&text) {
        assert!((400_000_000_000_000..500_000_000_000_000).contains(&mark));
    }
    let (machine, number) = text.split_once(' ').unwrap_or((&text, "1"));
    if let Ok(name) = DocumentName::fim(machine, number, jiff::civil::date(2026, 3, 14).at(12, 0, 5, 999)) {
        let DocumentName::Fim { machine, number, .. } = name else { panic!("{name:?} is no receipt") };
        assert!((1..=20).contains(&machine.len()) && number > 0);
    }
}

/// What a printer answers; the first byte says how many end markers it was sent. The same replies whole or in pieces.
pub fn printer_status(bytes: &[u8]) {
    let (markers, stream) = bytes.split_first().unwrap_or((&0, &[]));
    let decoder = || {
        let mut decoder = Decoder::default();
        (0..markers % 8).for_each(|_| decoder.expect_marker());
        decoder
    };
    let replies = decoder().push(stream);
    for size in [1, 3, 257] {
        let mut pieces = decoder();
        let replies_of_pieces: Vec<Reply> =
            stream.chunks(size).flat_map(|piece| pieces.push(piece)).collect();
        assert_eq!(replies, replies_of_pieces, "in pieces of {size}");
    }
    let sensors = replies.iter().filter(|reply| matches!(reply, Reply::Sensor(_))).count();
    assert!(sensors <= usize::from(markers % 8), "an answer nobody waited for");
    let mut status = Status::default();
    for (reply, question) in replies.iter().zip(Question::ALL.iter().cycle()) {
        match reply {
            Reply::RealTime(byte) => status.learn_real_time(*question, *byte),
            Reply::Block(block) => status.learn_block(*block),
            Reply::Sensor(byte) => status.learn_sensor(*byte),
            Reply::Text(_, text) => assert!(text.len() <= 254 && !text.contains(&0)),
            Reply::Room(_) => {}
            Reply::Star(_) => panic!("a block of another language"),
        }
        assert!(status.fault().is_some() || status.paper != Some(PaperLevel::Out), "no paper is a fault");
        let _ = (status.answered(), status.drawer(&Profile::generic()));
    }
}

/// A Star printer's status blocks: the same in one piece or in many, each as long as it says, its count below 32.
pub fn star_status(bytes: &[u8]) {
    let blocks = Decoder::new(PrinterLanguage::Star).push(bytes);
    for size in [1, 2, 9] {
        let mut pieces = Decoder::new(PrinterLanguage::Star);
        let blocks_of_pieces: Vec<Reply> = bytes.chunks(size).flat_map(|piece| pieces.push(piece)).collect();
        assert_eq!(blocks, blocks_of_pieces, "in pieces of {size}");
    }
    assert!(blocks.len() * 6 <= bytes.len(), "a block is six bytes or more");
    let mut status = Status::default();
    for block in &blocks {
        let Reply::Star(block) = block else { panic!("{block:?} is no block") };
        assert!(block.marks().is_none_or(|count| count < 32) && block.version() < 16);
        status.learn_star(block);
        assert!(status.answered() && block.byte(usize::MAX) == 0);
        assert!(status.fault().is_some() || status.paper != Some(PaperLevel::Out), "no paper is a fault");
    }
}

/// What a printer says of itself: no control character in it, nothing empty, and no model suggested that is none.
pub fn device_id(bytes: &[u8]) {
    for id in [DeviceId::parse(bytes), DeviceId::of_answer(bytes)] {
        for text in [id.maker(), id.model(), id.serial()].into_iter().flatten() {
            assert!(!text.is_empty() && !text.chars().any(char::is_control), "{text:?}");
        }
        let suggested = id.suggestion().map(|name| Profile::named(name).expect("a model"));
        assert!(suggested.is_none_or(|profile| id.language().is_none_or(|known| known == profile.language)));
    }
}

/// A file of the spool: a job whose lines lie in its body, or none.
pub fn spool_file(bytes: &[u8]) {
    if let Some(job) = job_from_bytes(bytes) {
        assert!(job.setup.len() + job.body.len() <= bytes.len());
        assert!(job.line_ends.is_sorted() && job.lines_in(job.body.len()) == job.line_ends.len());
        let copy = job.as_copy("ΑΝΤΙΓΡΑΦΟ", &Profile::generic()).expect("text can always be printed");
        assert!(copy.body.ends_with(&job.body));
    }
}

/// Bytes sent to a customer display: two lines of twenty, the same in one piece or in many.
pub fn display(bytes: &[u8]) {
    for commands in [CommandSet::Epson, CommandSet::Cd5220, CommandSet::Utc] {
        for behind_printer in [false, true] {
            let settings = Settings { commands, behind_printer, ..Settings::default() };
            let (mut whole, mut pieces) = (DisplayReader::new(settings), DisplayReader::new(settings));
            whole.feed(bytes);
            bytes.chunks(3).for_each(|piece| pieces.feed(piece));
            assert_eq!(whole.lines(), pieces.lines());
            for line in whole.lines() {
                assert!(line.chars().count() == 20 && !line.chars().any(char::is_control), "{line:?}");
            }
            assert!((1..=4).contains(&whole.brightness()));
        }
    }
}

/// Both ends of a Modbus line: an answer is never longer than what came, a prefix of one is never a whole one, and a
/// board switches nothing that was not told it with its check.
pub fn modbus(bytes: &[u8]) {
    for framing in [Framing::Rtu, Framing::Tcp] {
        for function in [1, 2, 5] {
            let number = u16::from_be_bytes([0, 1]);
            match framing.read(number, 1, function, bytes) {
                ModbusAnswer::Data(data) => assert!(data.len() + 2 <= bytes.len()),
                ModbusAnswer::Refused(_) => assert!(bytes.len() >= 5),
                ModbusAnswer::Incomplete => assert!(bytes.len() < 260, "the longest there is has come"),
                ModbusAnswer::Wrong => {}
            }
        }
        let board = SimBoard::default();
        let mut device = ModbusDevice::new(board.clone(), framing, 1);
        let answers: Vec<u8> = bytes.chunks(5).flat_map(|piece| device.hear(piece)).collect();
        let switched = board.contacts().log.len();
        assert!(switched * 8 <= bytes.len() && answers.len() >= switched * 8);
    }
}

/// Bytes sent to a printer, read onto papers. The same papers whole or in pieces, and no control reaches their text.
pub fn paper_reader(bytes: &[u8]) {
    for name in ["epson-80", "xprinter-58", "raster-80", "star-80", "starprnt-80"] {
        let profile = Profile::named(name).expect("a profile");
        let papers = PaperReader::read(&profile, bytes);
        let mut reader = PaperReader::new(profile.clone());
        bytes.chunks(3).for_each(|piece| reader.feed(piece));
        reader.tear_off();
        assert!(reader.take_papers() == papers, "in pieces they come out otherwise");
        for paper in &papers {
            let text = paper.text();
            assert!(!paper.is_blank());
            assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
            // Drawing takes long where many codes stand, and is the same for every profile.
            if name == "epson-80" && paper.codes().len() <= 2 {
                assert!(paper.bitmap().width() > profile.dots);
            }
        }
    }
}

/// A scanner that types, and a person: a key a line, how many milliseconds after the one before, a space, what it
/// types; nothing typed is Enter. No key is lost, doubled or out of order.
pub fn scanner(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let slow = WedgeSettings { mean_gap_max_ms: 120, gap_max_ms: 150, silence_ms: 300, ..Default::default() };
    for settings in [WedgeSettings::default(), slow] {
        let mut wedge = Wedge::new(settings);
        let (mut now, mut pressed, mut heard) = (0_u64, String::new(), String::new());
        let mut take = |what: Heard| match what {
            Heard::Pending => {}
            Heard::Typed(typed) => heard.push_str(&typed),
            Heard::Scanned(scan) => {
                assert!(!scan.text.contains(char::is_control));
                heard.push_str(&scan.text);
            }
        };
        for line in text.split('\n') {
            let (gap, key) = line.split_once(' ').unwrap_or(("", line));
            let key = if key.is_empty() { "\n" } else { key };
            now = now.saturating_add(gap.parse().unwrap_or(5));
            pressed.push_str(key);
            take(wedge.flush(now));
            take(wedge.key(key, now));
        }
        take(wedge.flush(u64::MAX));
        assert_eq!(wedge.due_ms(), None);
        let plain = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
        // Greek letters are read by their keys, and a code's identifier is taken off its front.
        if !pressed.contains(|c: char| matches!(c, ']' | 'Ͱ'..='Ͽ' | 'ἀ'..='῿')) {
            assert_eq!(plain(&heard), plain(&pressed));
        }
    }
}

/// What a scale says, in every language: only digits that were said become a weight, and whatever came before, the next
/// answer is read.
pub fn scale(bytes: &[u8]) {
    let said: String =
        bytes.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
    for kind in Kind::ALL {
        let mut protocol = kind.protocol(&scale::Options::default());
        protocol.ask();
        for byte in bytes {
            if let ScaleHeard::Reading(Reading::Stable(load)) = protocol.hear(*byte) {
                let digits = load.weight.digits().to_string();
                assert!(load.weight.digits() > 0 && said.contains(&digits), "{kind:?}: {digits}");
            }
        }
        if let Some(answer) = answer_of(kind) {
            protocol.ask();
            let heard: Vec<_> = answer.iter().map(|byte| protocol.hear(*byte)).collect();
            let Some(ScaleHeard::Reading(reading)) = heard.last() else { panic!("{kind:?}: {heard:?}") };
            assert_eq!(
                reading.weight().map(|weight| weight.to_string()).as_deref(),
                Some("1.234 kg"),
                "{kind:?}"
            );
        }
    }
    let weighed = hid::read_report(bytes).is_some_and(|reading| reading.weight().is_some());
    assert!(!weighed || bytes.get(1) == Some(&4));
}

/// A whole answer: 1.234 kg at rest. None where what came before may be the first half of another.
fn answer_of(kind: Kind) -> Option<&'static [u8]> {
    match kind {
        Kind::Mettler8217 => Some(b"\x0201.234\r"),
        Kind::MtSics => Some(b"S S      1.234 kg\r"),
        Kind::Cas => Some(b"\x06\x01\x02S 01.234kge\x03\x04"),
        Kind::CasStream => Some(b"ST,GS,1@,+  1.234 kg\r\n"),
        Kind::Nci => Some(b"\n01.234KG\r\nS00\r\x03"),
        Kind::Dollar => Some(b"\x02A0001.234\r\x03"),
        Kind::DollarB => Some(b"001.234\r"),
        Kind::Dialog => Some(b"\x06\x0202\x1b3\x1b01234\x1b000000\x1b000000\x03"),
        Kind::Tpv4 => Some(b"\x06\x06\x0201234000000000000\r\n"),
        Kind::Ohaus => Some(b"     1.234 kg\r"),
        Kind::And => Some(b"ST,+0001.234 kg\r"),
        Kind::Stream => Some(b"\r\nST,GS,+  1.234kg\r"),
    }
}

/// What a scanner's device gives: events of keys, reports, bytes of a line. Whatever came before, the next code is read.
pub fn scanner_device(bytes: &[u8]) {
    let plain = |scan: &Scan| {
        assert!(!scan.text.contains(char::is_control));
        assert_eq!(scan.data.replace('\u{1d}', ""), scan.text);
    };
    let mut keys = Keys::new(KeySettings::default());
    events(bytes).filter_map(|event| keys.hear(event)).for_each(|scan| plain(&scan));
    // The kernel lost some, and begins anew.
    let lost = [event(0, 0, 3, 0), event(0, 0, 0, 0)].concat();
    // What comes then may be the rest of a code that lost its beginning, and is thrown away; the next one is whole.
    let rest = key_events("5201234567894", 0, 1).concat();
    let whole = [lost, rest, key_events("4006381333931", 0, 1).concat()].concat();
    let scans: Vec<_> = events(&whole).filter_map(|event| keys.hear(event)).collect();
    assert_eq!(scans.iter().map(|scan| scan.text.as_str()).collect::<Vec<_>>(), ["4006381333931"]);

    let mut pos = HidPos::default();
    bytes.chunks(64).filter_map(|report| pos.hear(report, 0)).for_each(|scan| plain(&scan));
    pos.forget();
    let _ = has_usage_page(bytes, 0x8C);

    let mut frames = Frames::default();
    bytes.iter().filter_map(|byte| frames.hear(*byte, 0)).for_each(|scan| plain(&scan));
    let _ = frames.flush(0);
    let scans: Vec<_> = b"4006381333931\r".iter().filter_map(|byte| frames.hear(*byte, 0)).collect();
    assert_eq!(scans.iter().map(|scan| scan.text.as_str()).collect::<Vec<_>>(), ["4006381333931"]);
}

/// What a code says: a ticket only with its check, an article only with its digit, and of fields nothing is lost.
pub fn code(bytes: &[u8]) {
    let scan = Scan::of(&String::from_utf8_lossy(bytes), 0);
    let tickets = TicketCodes::new("T", b"sixteen bytes or more").expect("a key");
    let reader = Reader { tickets: Some(tickets.clone()), ..Reader::default() };
    match reader.recognise(&scan) {
        Content::Ticket { number } => {
            let again = tickets.code(&number).expect("a number");
            assert_eq!(again.len(), scan.text.trim().len());
        }
        Content::Article(gtin) => assert!(gtin.to_string().ends_with(&scan.text)),
        Content::InStore(item) => assert!(scan.text.contains(&item.item)),
        Content::Gs1(elements) => {
            let _ = (elements.gtin(), elements.net_weight(), elements.price_cents(), elements.day("17"));
        }
        Content::ForeignTicket | Content::TaxPaper(_) | Content::Text => {}
    }
    let elements = gs1::parse(&scan.data);
    let fields: String = elements.list.iter().map(|field| format!("{}{}", field.ai, field.value)).collect();
    assert_eq!((fields + &elements.rest).replace('\u{1d}', ""), scan.text);
}

/// The document as another reader, stricter than ours, reads it; nothing where it is none, or larger than we read.
fn independent(bytes: &[u8]) -> Option<Document<'_>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let document = Document::parse(text).ok()?;
    let depth = |node: Node<'_, '_>| node.ancestors().filter(Node::is_element).count();
    let deepest = document.descendants().map(depth).max();
    // The one thing it is not strict in: of a reference to no character it makes a replacement character.
    let good = bytes.len() <= BYTES_MAX
        && deepest <= Some(DEPTH_MAX)
        && !text.split("&#").skip(1).any(is_of_nothing);
    good.then_some(document)
}

fn is_of_nothing(reference: &str) -> bool {
    let number = reference.split(';').next().unwrap_or_default();
    let code = match number.strip_prefix('x') {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32).is_none()
}

fn judge(operation: Operation, document: &Document<'_>) -> Verdict {
    let root = document.root_element();
    let responses: Vec<_> = named(root, "response").collect();
    let (true, [response]) = (root.tag_name().name() == "ResponseDoc", responses.as_slice()) else {
        return Verdict::Neither;
    };
    let all: Vec<i64> = IDS.iter().flat_map(|(_, names)| ids(*response, names)).collect();
    let own: Vec<i64> =
        IDS.iter().filter(|(of, _)| *of == operation).flat_map(|(_, names)| ids(*response, names)).collect();
    let status: Vec<_> = named(*response, "statusCode").filter_map(value).collect();
    match (status.as_slice(), own.as_slice()) {
        ([yes], [id, ..]) if yes == "Success" => {
            let agreed = own.iter().all(|other| other == id) && named(*response, "errors").next().is_none();
            if *id > 0 && agreed { Verdict::Done(*id) } else { Verdict::Neither }
        }
        ([no], _) if no == "ValidationError" || no == "XMLSyntaxError" => {
            if all.iter().all(|id| *id == 0) {
                Verdict::Refused
            } else {
                Verdict::Neither
            }
        }
        _ => Verdict::Neither,
    }
}

/// The numbers under some names; what is there and no number counts as -1.
fn ids(response: Node<'_, '_>, names: &[&str]) -> Vec<i64> {
    let found = elements(response).filter(|child| names.contains(&child.tag_name().name()));
    found.filter_map(value).map(|id| id.parse().unwrap_or(-1)).collect()
}

fn elements<'a, 'input>(node: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(Node::is_element)
}

fn named<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> impl Iterator<Item = Node<'a, 'input>> {
    elements(node).filter(move |child| child.tag_name().name() == name)
}

fn own_text(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

/// The text of an element that holds nothing else, unless it is empty.
fn value(node: Node<'_, '_>) -> Option<String> {
    let text = own_text(node).trim().to_owned();
    (elements(node).next().is_none() && !text.is_empty()).then_some(text)
}

fn same(ours: &Element, theirs: Node<'_, '_>) {
    assert_eq!(ours.name, theirs.tag_name().name());
    assert_eq!(ours.text, own_text(theirs));
    assert_eq!(ours.children.len(), elements(theirs).count());
    ours.children.iter().zip(elements(theirs)).for_each(|(ours, theirs)| same(ours, theirs));
}

fn weight(element: &Element) -> usize {
    element.name.len() + element.text.len() + element.children.iter().map(weight).sum::<usize>()
}

fn depth(element: &Element) -> usize {
    1 + element.children.iter().map(depth).max().unwrap_or(0)
}

fn holds(bytes: &[u8], words: &[&str]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    words.iter().all(|word| text.contains(word))
}
