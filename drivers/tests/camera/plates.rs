//! Cameras that read plates: both makers, asked and calling, over real sockets.

use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use tameio_drivers::camera::http::auth::Algorithm;
use tameio_drivers::camera::http::lock::{Lock, Scheme};
use tameio_drivers::camera::http::{Part, Serving};
use tameio_drivers::camera::plates::fields::Fields;
use tameio_drivers::camera::plates::gather::{Gather, PICTURES_WITHIN};
use tameio_drivers::camera::plates::sim::{Habits, call, serve_plates, words};
use tameio_drivers::camera::plates::{
    Address, Direction, Maker, Opener, Place, PlateRead, Repeats, SimReader, Told, dahua, hikvision,
};
use tameio_drivers::supervisor::{Attend, Found, Notice, Open, Places, State, Supervisor, supervise};
use tameio_drivers::wire::Fault;

use super::jpeg;

const SOON: Duration = Duration::from_secs(5);
const MAKERS: [Maker; 2] = [Maker::Hikvision, Maker::Dahua];

/// A car as both makers can tell it, with its pictures.
fn car(plate: &str) -> Told {
    let pictures = vec![jpeg(), jpeg()];
    Told {
        plate: plate.to_owned(),
        confidence: 90,
        direction: Some(Direction::Approaching),
        lane: 2,
        pictures,
    }
}

fn is_as_told(read: &PlateRead, told: &Told, maker: Maker) {
    assert_eq!((read.text.as_str(), read.lane), (told.plate.as_str(), Some(told.lane)), "{maker:?}");
    let full = if maker == Maker::Hikvision { hikvision::FULL } else { dahua::FULL };
    let sure = (f64::from(told.confidence) * 100.0 / f64::from(full)).round();
    assert_eq!((read.confidence.map(f64::from), read.direction), (Some(sure), told.direction), "{maker:?}");
    let pictures: Vec<_> = read.pictures.iter().map(|picture| picture.bytes().to_vec()).collect();
    assert!(pictures == told.pictures, "{maker:?}: {} pictures", pictures.len());
    assert!(read.camera_time.is_some() && read.at.elapsed() < SOON);
}

struct Watched {
    notices: Receiver<Notice<PlateRead>>,
    _supervisor: Supervisor,
}

impl Watched {
    fn at(address: Address) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places { sys: folder.path().to_owned(), dev: folder.path().to_owned() };
        let (identity, class) = address.identity();
        let (tell, notices) = channel();
        let tell = move |notice| tell.send(notice).unwrap_or(());
        let supervisor = supervise("plates", identity, class, places, Opener::new(address), tell).unwrap();
        Self { notices, _supervisor: supervisor }
    }

    fn until(&self, wanted: &State) {
        loop {
            match self.notices.recv_timeout(2 * SOON) {
                Ok(Notice::Changed { state, .. }) if state == *wanted => return,
                Ok(_) => {}
                Err(_) => panic!("not {wanted:?}"),
            }
        }
    }

    fn read(&self) -> PlateRead {
        loop {
            match self.notices.recv_timeout(SOON) {
                Ok(Notice::Heard(read)) => return read,
                Ok(_) => {}
                Err(_) => panic!("no plate came"),
            }
        }
    }

    fn nothing_comes(&self, wait: Duration) {
        let deadline = Instant::now() + wait;
        while let Ok(notice) = self.notices.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            assert!(!matches!(notice, Notice::Heard(_)), "a plate came again");
        }
    }
}

/// A camera that is asked, with its password.
fn asked(maker: Maker, sim: &SimReader, query: &str) -> (Watched, Serving) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let lock = Lock::new("admin", "p@ss", Scheme::Digest(Algorithm::Md5), 100);
    let serving = serve_plates(listener, maker, sim.clone(), Some(lock)).unwrap();
    let kind = if maker == Maker::Hikvision { "hikvision" } else { "dahua" };
    let address = format!("{kind}://admin:p%40ss@{}{query}", serving.at());
    (Watched::at(address.parse().unwrap()), serving)
}

/// A port that is free.
fn calling(maker: Maker, query: &str) -> (Watched, std::net::SocketAddr) {
    let at = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let kind = if maker == Maker::Hikvision { "hikvision-push" } else { "dahua-push" };
    let watched = Watched::at(format!("{kind}://{at}{query}").parse().unwrap());
    watched.until(&State::Ready);
    (watched, at)
}

/// Both at once: most of the time they wait.
fn each_maker(check: impl Fn(Maker) + Sync) {
    let check = &check;
    std::thread::scope(|scope| {
        MAKERS.into_iter().for_each(|maker| drop(scope.spawn(move || check(maker))));
    });
}

#[test]
fn a_camera_that_is_asked_tells_each_car_with_its_pictures() {
    std::thread::scope(|scope| {
        for (maker, json, without_length) in [
            (Maker::Hikvision, false, false),
            (Maker::Hikvision, true, false),
            (Maker::Hikvision, false, true),
            (Maker::Dahua, false, false),
            (Maker::Dahua, false, true),
        ] {
            scope.spawn(move || {
                let sim = SimReader::default();
                sim.change(|habits| (habits.json, habits.without_length) = (json, without_length));
                // Words without a length end with what comes next: here the sign of life.
                sim.change(|habits| habits.heartbeat = Duration::from_millis(300));
                let (watched, _serving) = asked(maker, &sim, "");
                watched.until(&State::Ready);
                for plate in ["IKA1234", "ΥΖΗ-7788", "B 42 XY"] {
                    sim.pass(car(plate));
                    is_as_told(&watched.read(), &car(plate), maker);
                }
                // Without a picture it is told all the same, and soon.
                let told = Told { pictures: Vec::new(), ..car("NIX9999") };
                let begun = Instant::now();
                sim.pass(told.clone());
                is_as_told(&watched.read(), &told, maker);
                assert!(begun.elapsed() < Duration::from_secs(2), "{maker:?}: {:?}", begun.elapsed());
            });
        }
    });
}

#[test]
fn a_camera_that_calls_is_heard() {
    for maker in MAKERS {
        let sim = SimReader::default();
        let (watched, at) = calling(maker, "");
        for plate in ["IKA1234", "ΥΖΗ-7788"] {
            assert_eq!(call(maker, at, &car(plate), &sim).unwrap(), 200);
            is_as_told(&watched.read(), &car(plate), maker);
        }
    }
    let (_watched, at) = calling(Maker::Dahua, "");
    assert_eq!(tameio_drivers::camera::plates::sim::server::keep_alive(at).unwrap(), 200);
}

/// The same alarm again is no other car; another lane or another plate is.
#[test]
fn what_is_told_again_is_told_once() {
    each_maker(|maker| {
        let sim = SimReader::default();
        sim.change(|habits| habits.again = 3);
        let (watched, _serving) = asked(maker, &sim, "?repeat=10");
        watched.until(&State::Ready);
        sim.pass(car("IKA1234"));
        assert_eq!(watched.read().text, "IKA1234");
        sim.pass(car("IKA-1234"));
        watched.nothing_comes(Duration::from_millis(2500));
        sim.pass(Told { lane: 3, ..car("IKA1234") });
        assert_eq!(watched.read().lane, Some(3));

        let (watched, at) = calling(maker, "?repeat=10");
        for _ in 0..3 {
            call(maker, at, &car("IKA1234"), &SimReader::default()).unwrap();
        }
        assert_eq!(watched.read().text, "IKA1234");
        watched.nothing_comes(Duration::from_millis(300));
    });
}

#[test]
fn a_plate_comes_again_when_its_time_is_over() {
    let begun = Instant::now();
    let fields = Fields::read(words::hikvision_xml(&car("IKA1234")).as_bytes());
    let at = |second: u64| {
        let now = begun + Duration::from_secs(second);
        hikvision::read(&fields, 100, now).unwrap().0
    };
    let mut repeats = Repeats::new(Duration::from_secs(15));
    let told: Vec<_> =
        [0, 5, 14, 28, 42, 57, 58].into_iter().map(|second| repeats.is_new(&at(second))).collect();
    assert_eq!(told, [true, false, false, false, false, true, false], "it stands there until it has gone");
}

/// A lane without a car and a lane without a camera are two things.
#[test]
fn a_camera_that_is_gone_or_silent_is_a_fault_and_comes_back() {
    each_maker(|maker| {
        let sim = SimReader::default();
        sim.change(|habits| habits.heartbeat = Duration::from_millis(200));
        let (watched, _serving) = asked(maker, &sim, "?silence=1");
        watched.until(&State::Ready);
        watched.nothing_comes(Duration::from_millis(1500));
        sim.change(|habits| habits.mute = true);
        watched.until(&State::Faulted(Fault::Silent));
        sim.change(|habits| habits.mute = false);
        watched.until(&State::Ready);
        sim.change(|habits| habits.unplugged = true);
        watched.until(&State::Faulted(Fault::Gone));
        sim.change(|habits| habits.unplugged = false);
        watched.until(&State::Ready);
        sim.pass(car("IKA1234"));
        assert_eq!(watched.read().text, "IKA1234", "{maker:?}");
    });
    let (watched, _at) = calling(Maker::Dahua, "?silence=1");
    watched.until(&State::Faulted(Fault::Silent));
}

#[test]
fn a_picture_that_breaks_off_is_left_out_and_the_plate_is_not() {
    let sim = SimReader::default();
    sim.change(|habits| habits.cut = true);
    let (watched, _serving) = asked(Maker::Hikvision, &sim, "");
    watched.until(&State::Ready);
    sim.pass(car("IKA1234"));
    let read = watched.read();
    assert_eq!((read.text.as_str(), read.pictures.len()), ("IKA1234", 0));
}

#[test]
fn a_password_that_is_wrong_is_said() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let lock = Lock::new("admin", "right", Scheme::Digest(Algorithm::Sha256), 100);
    let serving = serve_plates(listener, Maker::Dahua, SimReader::default(), Some(lock)).unwrap();
    for (user, says) in [("admin:wrong@", "refuses the name"), ("", "wants a name")] {
        let address: Address = format!("dahua://{user}{}", serving.at()).parse().unwrap();
        let Err(fault) = Opener::new(address).open(&Found::default()) else { panic!("it lets {user} in") };
        assert!(fault.to_string().contains(says), "{fault}");
    }
    // The other maker's camera has nothing there.
    let address: Address = format!("hikvision://admin:right@{}", serving.at()).parse().unwrap();
    let Err(fault) = Opener::new(address).open(&Found::default()) else { panic!("it is the other maker's") };
    assert!(fault.to_string().contains("nothing at this address"), "{fault}");
}

/// Words of other people's programs and makers' papers, shortened.
#[test]
fn what_cameras_say_is_understood() {
    let now = Instant::now();
    let xml = br#"<?xml version="1.0" encoding="UTF-8"?>
        <h:EventNotificationAlert version="2.0" xmlns:h="http://www.hikvision.com/ver20/XMLSchema">
        <h:eventType>ANPR</h:eventType><h:dateTime>2026-01-01T00:00:00</h:dateTime>
        <h:ANPR><h:licensePlate><![CDATA[A&B]]> &#x41;&amp;</h:licensePlate><h:line>1</h:line>
        <h:direction>reverse</h:direction><h:confidenceLevel>101</h:confidenceLevel></h:ANPR>"#;
    let (read, pictures) = hikvision::read(&Fields::read(xml), 100, now).unwrap();
    assert_eq!((read.text.as_str(), read.direction), ("A&B A&", Some(Direction::Leaving)));
    assert_eq!((read.confidence, read.lane, pictures), (Some(100), Some(1), None));

    let nested = words::hikvision_json(&car("IKA1234"));
    let nested = format!("{{\"EventNotificationAlert\": {nested}}}");
    let (read, pictures) = hikvision::read(&Fields::read(nested.as_bytes()), 100, now).unwrap();
    assert_eq!((read.text.as_str(), pictures), ("IKA1234", Some(2)));

    let lines = b"Events[0].Code=VideoMotion\r\nEvents[0].TrafficCar.PlateNumber=NO1\r\n\
        Events[1].Code=TrafficJunction\r\nEvents[1].TrafficCar.PlateNumber= IKA1234 \r\nEvents[1].Lane=0\r\n\
        Events[1].Object.Confidence=255\r\nEvents[2].TrafficCar.PlateNumber=Unknown\r\nnonsense\r\n";
    let reads = dahua::read(&Fields::read(lines), 255, now);
    assert_eq!(reads.len(), 1);
    assert_eq!((reads[0].text.as_str(), reads[0].lane, reads[0].confidence), ("IKA1234", Some(0), Some(100)));

    for nothing in ["", "unknown", "No Plate", "-", "   ", "none"] {
        assert!(
            hikvision::read(&Fields::read(words::hikvision_xml(&car(nothing)).as_bytes()), 100, now)
                .is_none()
        );
        assert!(
            dahua::read(&Fields::read(words::dahua_lines(&car(nothing)).as_bytes()), 255, now).is_empty()
        );
        assert!(
            dahua::pushed(&Fields::read(words::dahua_json(&car(nothing)).as_bytes()), 255, now).is_none()
        );
    }
    for maker in MAKERS {
        for json in [false, true] {
            let beat = words::heartbeat(maker, &Habits { json, ..Habits::default() });
            let fields = Fields::read(&beat.body);
            assert!(
                hikvision::read(&fields, 100, now).is_none() && dahua::read(&fields, 255, now).is_empty()
            );
        }
    }
}

#[test]
fn pictures_are_waited_for_only_so_long_and_belong_to_the_words_before_them() {
    let now = Instant::now();
    let words_of = |plate: &str| {
        let lines = words::dahua_lines(&car(plate)).into_bytes();
        Part { fields: Vec::new(), body: lines }
    };
    let picture =
        || Part { fields: vec![("content-type".to_owned(), "image/jpeg".to_owned())], body: jpeg() };
    let mut gather = Gather::new(Maker::Dahua, 255);
    gather.hear(picture(), now);
    gather.hear(words_of("IKA1234"), now);
    assert_eq!(gather.next(now), None);
    gather.hear(picture(), now);
    gather.hear(words_of("IKA5678"), now);
    let first = gather.next(now).unwrap();
    assert_eq!((first.text.as_str(), first.pictures.len()), ("IKA1234", 1));
    assert_eq!(gather.next(now), None);
    let second = gather.next(now + PICTURES_WITHIN).unwrap();
    assert_eq!((second.text.as_str(), second.pictures.len()), ("IKA5678", 0));
}

#[test]
fn a_simulated_camera_is_one_like_the_others() {
    let sim = SimReader::default();
    let mut address: Address = "sim:".parse().unwrap();
    address.place = Place::Sim(sim.clone());
    let mut camera = Opener::new(address).open(&Found::default()).unwrap();
    sim.pass(car("IKA1234"));
    is_as_told(&camera.attend(SOON).unwrap().unwrap(), &car("IKA1234"), Maker::Hikvision);
    sim.pass(car("IKA1234"));
    assert_eq!(camera.attend(Duration::from_millis(50)), Ok(None));
    sim.change(|habits| habits.unplugged = true);
    assert_eq!(camera.attend(SOON), Err(Fault::Gone));
}

#[test]
fn every_kind_has_an_address_and_a_wrong_one_says_why() {
    let address = |text: &str| text.parse::<Address>();
    let asked = address("hikvision://admin:p%40@192.168.1.64:8000?repeat=20&silence=none").unwrap();
    assert_eq!((asked.terms.repeat, asked.terms.silence), (Duration::from_secs(20), None));
    assert_eq!(asked.terms.full(Maker::Hikvision), 100);
    let asked = address("dahua://cam/cgi-bin/other.cgi?action=attach#confidence=100").unwrap();
    assert_eq!(asked.terms.full(Maker::Dahua), 100);
    let Place::Pull(Maker::Dahua, url) = asked.place else { panic!("it is asked") };
    assert_eq!(url.target, "/cgi-bin/other.cgi?action=attach");
    assert!(matches!(address("dahua-push://0.0.0.0:8082").unwrap().place, Place::Push(Maker::Dahua, _)));
    for (text, says) in [
        ("axis://cam", "begins with hikvision://"),
        ("cam", "begins with hikvision://"),
        ("dahua:cam", "dahua://"),
        ("dahua-push://cam", "0.0.0.0:8082"),
        ("sim:?repeat=0", "seconds"),
        ("sim:?silence=soon", "seconds"),
        ("sim:?confidence=0", "100 or 255"),
        ("sim:?colour=red", "known are repeat"),
    ] {
        let fault = address(text).unwrap_err().to_string();
        assert!(fault.contains(says), "{text}: {fault}");
    }
    // Plates and passwords are not for a log.
    let text = format!("{:?}", address("dahua://admin:sesame@cam").unwrap());
    assert!(!text.contains("sesame"), "{text}");
    let now = Instant::now();
    let read = hikvision::read(&Fields::read(words::hikvision_xml(&car("IKA1234")).as_bytes()), 100, now);
    assert!(!format!("{read:?}").contains("1234"));
}
