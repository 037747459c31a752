//! HTTP as cameras speak it.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use tameio_drivers::camera::address::Mode;
use tameio_drivers::camera::http::auth::{Algorithm, Asked, Challenge, challenges};
use tameio_drivers::camera::http::body::Body;
use tameio_drivers::camera::http::lock::{Lock, Scheme};
use tameio_drivers::camera::http::{Head, Multipart};
use tameio_drivers::camera::sim::server::{Dialect, serve_pictures};
use tameio_drivers::camera::{Address, FrameSource, SimCamera};
use tameio_drivers::supervisor::Found;
use tameio_drivers::wire::Fault;

use super::SMALL;

/// The example of RFC 7616, 3.9.1.
#[test]
fn a_digest_is_as_the_standard_has_it() {
    let user = ("Mufasa".to_owned(), "Circle of Life".to_owned());
    let asked = |algorithm| Asked {
        realm: "http-auth@example.org".to_owned(),
        nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v".to_owned(),
        counted: true,
        algorithm,
        ..Asked::default()
    };
    let ours = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    let proof = |algorithm| asked(algorithm).proof(&user, "GET", "/dir/index.html", 1, ours);
    assert_eq!(proof(Algorithm::Md5), "8ca523f5e9506fed4657c9700eebdbec");
    let wanted = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";
    assert_eq!(proof(Algorithm::Sha256), wanted);
    // The older one without a count: RFC 2069.
    let old = Asked {
        realm: "testrealm@host.com".to_owned(),
        nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093".to_owned(),
        ..Asked::default()
    };
    let proof = old.proof(&("Mufasa".to_owned(), "CircleOfLife".to_owned()), "GET", "/dir/index.html", 1, "");
    assert_eq!(proof, "1949323746fe6a43ef61f9606e7febea");
}

#[test]
fn what_is_asked_for_is_read_as_cameras_write_it() {
    let asked = |text: &str| challenges(text);
    assert_eq!(asked("Basic realm=\"IP Camera\""), [Challenge::Basic]);
    let usual = "Digest qop=\"auth\", realm=\"IP Camera(F1234)\", nonce=\"4e:6f\", stale=\"FALSE\"";
    let [Challenge::Digest(read)] = &asked(usual)[..] else { panic!("{:?}", asked(usual)) };
    assert_eq!((read.realm.as_str(), read.nonce.as_str(), read.counted), ("IP Camera(F1234)", "4e:6f", true));
    let two = "Digest realm=\"a, b\",nonce=\"n\",opaque=\"o\",algorithm=SHA-256, qop=\"auth-int,auth\", Basic realm=\"a\"";
    let read = asked(two);
    assert_eq!(read.len(), 2, "{read:?}");
    let Challenge::Digest(digest) = &read[0] else { panic!("{read:?}") };
    assert_eq!((digest.algorithm, digest.opaque.as_deref()), (Algorithm::Sha256, Some("o")));
    // What is not known is not answered with what is.
    for unknown in
        ["Digest realm=\"a\", nonce=\"n\", algorithm=MD5-sess", "Digest nonce=\"n\", qop=\"auth-int\""]
    {
        assert_eq!(asked(unknown), [], "{unknown}");
    }
    for nothing in ["", "Negotiate", "Digest", "Digest realm=\"a", "=\"", ",,,"] {
        assert_eq!(asked(nothing), [], "{nothing}");
    }
}

fn parts_of(content_type: &str, bytes: &[u8], piece: usize) -> Vec<(Option<String>, Vec<u8>)> {
    let mut parts = Multipart::of(content_type).unwrap();
    let mut found = Vec::new();
    for piece in bytes.chunks(piece) {
        parts.hear(piece);
        while let Some(part) = parts.part().unwrap() {
            found.push((part.field("X-Number").map(str::to_owned), part.body));
        }
    }
    found
}

#[test]
fn parts_are_taken_apart_however_they_are_written_and_cut() {
    let body: &[u8] = b"\xFF\xD8 a body\r\nwith --lines\r\n--box of its own \xFF\xD9";
    for (announced, line) in
        [("box", "--box"), ("--box", "--box"), ("\"box\"", "--box"), ("box", "box"), ("--box", "----box")]
    {
        for counted in [true, false] {
            for end in ["\r\n", "\n"] {
                let mut bytes = b"a word before that is nobody's\r\n".to_vec();
                for number in 0..3 {
                    let length =
                        if counted { format!("content-LENGTH:{}{end}", body.len()) } else { String::new() };
                    bytes.extend(format!("{line}{end}X-Number: {number}{end}{length}{end}").bytes());
                    bytes.extend(body);
                    bytes.extend(end.bytes());
                }
                bytes.extend(format!("{line}--{end}").bytes());
                let kind = format!("multipart/x-mixed-replace; boundary={announced}");
                for piece in [1, 7, 10_000] {
                    let found = parts_of(&kind, &bytes, piece);
                    let wanted: Vec<_> =
                        (0..3).map(|number| (Some(number.to_string()), body.to_vec())).collect();
                    assert_eq!(found, wanted, "{kind} {line} counted {counted} {end:?} by {piece}");
                }
            }
        }
    }
}

#[test]
fn what_has_no_parts_is_not_taken_apart() {
    for kind in
        ["image/jpeg", "", "multipart/mixed", "multipart/mixed; boundary=", "multipart/x; boundary=---"]
    {
        assert!(Multipart::of(kind).is_none(), "{kind}");
    }
    // A part without an end is not gathered for ever.
    let mut parts = Multipart::with_boundary("box").unwrap();
    parts.hear(b"--box\r\n\r\n");
    let result = (0..40).find_map(|_| {
        parts.hear(&vec![7; 1 << 20]);
        parts.part().err()
    });
    assert!(result.is_some());
    let mut parts = Multipart::with_boundary("box").unwrap();
    parts.hear(b"--box\r\nContent-Length: 99999999999\r\n\r\n");
    assert!(parts.part().is_err() || parts.part() == Ok(None));
}

#[test]
fn a_body_ends_where_it_says() {
    let head = |fields: &str| {
        Head::of_answer(format!("HTTP/1.1 200 OK\r\n{fields}\r\n").as_bytes()).unwrap().unwrap().0
    };
    for (fields, bytes, wanted, over, taken) in [
        ("Content-Length: 5\r\n", "hello world", "hello", true, 5),
        ("Content-Length: 0\r\n", "x", "", true, 0),
        ("", "hello", "hello", false, 5),
        (
            "Transfer-Encoding: chunked\r\n",
            "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: 1\r\n\r\nrest",
            "abcde",
            true,
            30,
        ),
        ("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", "1\r\na\r\n", "a", false, 6),
    ] {
        for piece in [1, 3, 100] {
            let (mut body, mut out, mut used) = (Body::of_answer(&head(fields)).unwrap(), Vec::new(), 0);
            for piece in bytes.as_bytes().chunks(piece) {
                used += body.hear(piece, &mut out).unwrap();
            }
            assert_eq!((out.as_slice(), body.is_over()), (wanted.as_bytes(), over), "{fields}");
            assert_eq!(used, taken, "{fields} {bytes}");
        }
    }
    for wrong in ["x\r\n", "-1\r\n", "+1\r\n", "\r\n", "1\r\nab"] {
        let mut body = Body::of_answer(&head("Transfer-Encoding: chunked\r\n")).unwrap();
        assert!(body.hear(wrong.as_bytes(), &mut Vec::new()).is_err(), "{wrong:?}");
    }
    assert!(Body::of_answer(&head("Content-Length: many\r\n")).is_err());
}

/// What a technician is told, for each thing that can be wrong with a camera in the network.
#[test]
fn a_camera_that_does_not_show_says_what_to_do() {
    let listener = || TcpListener::bind("127.0.0.1:0").unwrap();
    let lock = Lock::new("gate", "right", Scheme::Digest(Algorithm::Md5), 100);
    let mode = Mode { size: SMALL, ..Mode::default() };
    let open = serve_pictures(listener(), SimCamera::default(), mode, Dialect::default(), None).unwrap();
    let locked =
        serve_pictures(listener(), SimCamera::default(), mode, Dialect::default(), Some(lock)).unwrap();
    let basic = Lock::new("gate", "right", Scheme::Basic, 1);
    let basic =
        serve_pictures(listener(), SimCamera::default(), mode, Dialect::default(), Some(basic)).unwrap();
    let nobody = listener().local_addr().unwrap();
    for (address, says) in [
        (format!("http://{}/nothing", open.at()), "check what stands behind its name"),
        (format!("http://{}/page", open.at()), "a page instead of a picture"),
        (format!("http://{}/elsewhere", open.at()), "the camera sends elsewhere (/snapshot.jpg)"),
        (format!("http://{}/snapshot.jpg", locked.at()), "wants a name and a password"),
        (format!("http://gate:wrong@{}/snapshot.jpg", locked.at()), "refuses the name or the password"),
        (format!("http://other:right@{}/snapshot.jpg", locked.at()), "refuses the name or the password"),
        (format!("http://gate:wrong@{}/snapshot.jpg", basic.at()), "refuses the name or the password"),
        (format!("http://{nobody}/snapshot.jpg"), "does not answer"),
        ("http://no.such.camera.invalid/".to_owned(), "write its number instead"),
    ] {
        let fault = fault_of(&address);
        assert!(fault.to_string().contains(says), "{address}: {fault}");
        assert!(!fault.to_string().contains("wrong"), "no password in a sentence: {fault}");
    }
}

/// The first fault of a camera.
fn fault_of(address: &str) -> Fault {
    let parsed: Address = address.parse().unwrap();
    let mut source = match parsed.open(&Found::default()) {
        Ok(source) => source,
        Err(fault) => return fault,
    };
    let deadline = Instant::now() + Duration::from_secs(8);
    while Instant::now() < deadline {
        if let Err(fault) = source.next(Duration::from_millis(100)) {
            return fault;
        }
    }
    panic!("{address} has no fault")
}

/// Somebody who takes the call and says nothing, or something else.
#[test]
fn whoever_is_no_camera_does_not_hold_us() {
    for (says, wanted) in [
        (&b"SSH-2.0-OpenSSH_9.2\r\n"[..], Fault::SpeaksSomethingElse { expected: "HTTP".to_owned() }),
        (b"", Fault::Silent),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let taken = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            std::io::Write::write_all(&mut stream, says).unwrap();
            (listener, stream)
        });
        let begun = Instant::now();
        assert_eq!(fault_of(&address), wanted);
        assert!(begun.elapsed() < Duration::from_secs(7));
        drop(taken.join());
    }
}

/// Also while a picture is half there, a wait has its end.
#[test]
fn half_an_answer_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address: Address = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let taken = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let half = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 9999\r\n\r\n\xFF\xD8\xFF";
        std::io::Write::write_all(&mut stream, half).unwrap();
        stream
    });
    let mut source: Box<dyn FrameSource> = address.open(&Found::default()).unwrap();
    let begun = Instant::now();
    let captured = loop {
        assert!(begun.elapsed() < Duration::from_secs(8));
        let turn = Instant::now();
        match source.next(Duration::from_millis(100)).unwrap() {
            Some(captured) => break captured,
            None => assert!(turn.elapsed() < Duration::from_secs(1)),
        }
    };
    assert!(super::prove(&captured.bytes).is_err());
    drop(taken.join());
}
