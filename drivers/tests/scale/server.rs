//! The simulated scale as a program's: on a port, one client after another.

use std::net::TcpListener;
use std::time::Duration;

use tameio_drivers::scale::{Kind, Options, Patience, Reading, Scale, SerialScale, SimScale, serve};
use tameio_drivers::wire::{self, Fault};

#[test]
fn a_client_that_left_makes_room_for_the_next() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let sim = SimScale::new(Kind::MtSics);
    let served = sim.clone();
    std::thread::spawn(move || serve(&listener, &served));
    let scale = || {
        let wire = wire::tcp("127.0.0.1", port).unwrap();
        SerialScale::new(wire, Kind::MtSics, &Options::default())
            .with_patience(Patience { answer: Duration::from_secs(2), ..Patience::default() })
    };
    assert_eq!(scale().read().unwrap().reading, Reading::Zero);
    assert_eq!(scale().read().unwrap().reading, Reading::Zero);
    sim.change(|load| load.unplugged = true);
    assert!(matches!(scale().read(), Err(Fault::Gone)));
    sim.change(|load| load.unplugged = false);
    assert_eq!(scale().read().unwrap().reading, Reading::Zero);
    assert_eq!(sim.answers(), 3);
}
