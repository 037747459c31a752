//! Measures the plate reader on drawn Greek plates, in hands and before backgrounds it was not trained with.

use fastrand::Rng;
use tameio_drivers::plate_reader::PlateReader;
use tameio_drivers::plate_reader::picture::Picture;

use crate::glyph;
use crate::measure::mean;
use crate::photograph::Hardness;
use crate::plate::Mix;
use crate::street::{Wanted, street};

/// How one drawn plate fared.
struct Outcome {
    wide: f32,
    light: f32,
    right: bool,
    sure: bool,
}

/// Prints how many plates of at least 100 points' width are read letter for letter.
pub fn measure(reader: &PlateReader, scenes: usize) {
    for (name, hardness) in [("well lit", Hardness::Easy), ("any light, any camera", Hardness::Any)] {
        let (mut outcomes, mut stray) = (Vec::new(), 0);
        let hands = glyph::held_out();
        let mut rng = Rng::with_seed(100);
        for _ in 0..scenes {
            // A plate of two lines is drawn at 0.7 of the width: 145 makes 100.
            let wanted = Wanted { width: 640, height: 384, wide: [145.0, 260.0], mix: Mix::Greek, hardness };
            let scene = street(&wanted, &hands, &mut rng);
            let picture = Picture::new(scene.width, scene.height, &scene.points).expect("a scene has points");
            let plates = reader.read(picture).plates;
            for (quad, _, text) in &scene.plates {
                let read = plates.iter().find(|plate| plate.corners.touches(quad));
                let right = read.is_some_and(|plate| plate.text == *text);
                let sure = read.is_some_and(|plate| plate.confidence >= 0.9);
                outcomes.push(Outcome { wide: quad.width(), light: mean(picture, quad), right, sure });
                if !right && hardness == Hardness::Easy {
                    println!("{text} was read {:?}", read.map(|plate| (&plate.text, plate.confidence)));
                }
            }
            let beside = |plate: &&tameio_drivers::plate_reader::PlateRead| {
                plate.confidence >= 0.9 && !scene.plates.iter().any(|(quad, ..)| quad.touches(&plate.corners))
            };
            stray += plates.iter().filter(beside).count();
        }
        println!("Greek, {name}; at 0.9 and more {stray} of no plate");
        table(&outcomes);
    }
}

fn table(outcomes: &[Outcome]) {
    println!("{:<24} {:>6} {:>6} {:>7} {:>7} {:>6}", "", "plates", "right", "%", "at 0.9", "wrong");
    let row = |name: &str, keep: &dyn Fn(&Outcome) -> bool| {
        let part: Vec<&Outcome> = outcomes.iter().filter(|outcome| keep(outcome)).collect();
        let count = |of: &dyn Fn(&Outcome) -> bool| part.iter().filter(|outcome| of(outcome)).count();
        let (right, sure) = (count(&|o| o.right), count(&|o| o.sure));
        let wrong = count(&|o| o.sure && !o.right);
        let share = 100.0 * right as f32 / part.len().max(1) as f32;
        println!("{name:<24} {:>6} {right:>6} {share:>7.1} {sure:>7} {wrong:>6}", part.len());
    };
    row("all", &|_| true);
    row("narrower than 140", &|o| o.wide < 140.0);
    row("140 to 199", &|o| (140.0..200.0).contains(&o.wide));
    row("200 and more", &|o| o.wide >= 200.0);
    row("plate dark (under 80)", &|o| o.light < 80.0);
    row("plate medium", &|o| (80.0..160.0).contains(&o.light));
    row("plate bright (160 up)", &|o| o.light >= 160.0);
}
