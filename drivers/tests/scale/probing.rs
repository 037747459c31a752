//! An unknown scale is known by its answers.

use std::time::{Duration, Instant};

use tameio_drivers::scale::{Kind, Options, SimScale, probe};
use tameio_drivers::wire::Fault;

fn probed(sim: &SimScale) -> Result<Kind, Fault> {
    probe(sim.open().unwrap().as_mut(), &Options::default()).map(|probed| probed.kind)
}

#[test]
fn every_language_is_named_empty_or_laden() {
    std::thread::scope(|scope| {
        for kind in Kind::ALL {
            for grams in [0, 1234] {
                scope.spawn(move || {
                    let sim = SimScale::new(kind);
                    sim.change(|load| load.grams = grams);
                    assert_eq!(probed(&sim), Ok(kind), "with {grams} g on it");
                });
            }
        }
    });
}

#[test]
fn silence_and_nonsense_are_told_apart() {
    let begun = Instant::now();
    let (mute, mad) = (SimScale::new(Kind::Ohaus), SimScale::new(Kind::Stream));
    mute.change(|load| load.mute = true);
    mad.change(|load| load.garbage = true);
    std::thread::scope(|scope| {
        let mute = scope.spawn(|| probed(&mute));
        let mad = scope.spawn(|| probed(&mad));
        assert_eq!(mute.join().unwrap(), Err(Fault::Silent));
        assert!(matches!(mad.join().unwrap(), Err(Fault::SpeaksSomethingElse { .. })));
    });
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
}
