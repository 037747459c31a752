//! Measures the plate reader on drawn Greek plates, in hands and before backgrounds it was not trained with.

use fastrand::Rng;
use tameio_drivers::plate_reader::PlateReader;
use tameio_drivers::plate_reader::picture::Picture;

use crate::glyph;
use crate::photograph::Hardness;
use crate::plate::Mix;
use crate::street::{Wanted, street};

/// Prints how many plates of at least 100 points' width are read letter for letter.
pub fn measure(reader: &PlateReader, scenes: usize) {
    for (name, hardness) in [("well lit", Hardness::Easy), ("any light, any camera", Hardness::Any)] {
        let (mut right, mut all, mut sure, mut wrong, mut stray) = (0, 0, 0, 0, 0);
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
                let good = read.is_some_and(|plate| plate.text == *text);
                let certain = read.is_some_and(|plate| plate.confidence >= 0.9);
                all += 1;
                right += usize::from(good);
                sure += usize::from(certain);
                wrong += usize::from(certain && !good);
                if !good && hardness == Hardness::Easy {
                    println!("{text} was read {:?}", read.map(|plate| (&plate.text, plate.confidence)));
                }
            }
            let beside = |plate: &&tameio_drivers::plate_reader::PlateRead| {
                plate.confidence >= 0.9 && !scene.plates.iter().any(|(quad, ..)| quad.touches(&plate.corners))
            };
            stray += plates.iter().filter(beside).count();
        }
        println!(
            "Greek, {name}: {right} of {all} right ({:.2} %); {sure} at 0.9 and more, {wrong} of them wrong, {stray} of no plate",
            100.0 * right as f32 / all as f32
        );
    }
}
