//! How long a picture takes from its bytes to points, printed; the bounds are for a debug build on a busy machine.

use std::time::{Duration, Instant};

use tameio_drivers::camera::{Captured, Format, Frame, SimCamera, Size};

/// The middle one of some times.
fn measured(name: &str, most: Duration, mut work: impl FnMut()) {
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort();
    println!("{name}: {:?}", times[4]);
    assert!(times[4] < most, "{name}: {:?}", times[4]);
}

#[test]
fn a_picture_is_ready_in_time_for_the_next() {
    let size = Size::new(1280, 720);
    let sim = SimCamera::default();
    sim.change(|scene| scene.plate = Some("IKA-1234".to_owned()));
    let bytes = sim.picture(size);
    let captured = || Captured::now(bytes.clone(), Format::Jpeg, Size::default());
    let frame = Frame::prove(captured(), 1).unwrap();
    println!("{size}, {} bytes", bytes.len());
    let most = Duration::from_millis(400);
    measured("proven", most, || assert!(Frame::prove(captured(), 1).is_ok()));
    measured("light", most, || assert!(frame.luma().is_ok()));
    measured("colours", most, || assert!(frame.rgb().is_ok()));
    measured("preview of a half", most, || assert!(frame.preview(Size::new(640, 360)).is_ok()));
    measured("preview of a quarter", most, || assert!(frame.preview(Size::new(320, 180)).is_ok()));
}
