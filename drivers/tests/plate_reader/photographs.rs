//! Real photographs, where there are any: `TAMEIO_PLATES` names a folder with `manifest.csv` (file, plate, x, y, width,
//! height, …) and `images/`.

use std::path::PathBuf;
use std::time::Duration;

use tameio_drivers::plate_reader::file::Photo;
use tameio_drivers::plate_reader::picture::Picture;

use super::reader;

/// Plates of the 190 that must be read letter for letter: what was measured when the weights were made.
const RIGHT_MIN: usize = 175;

#[test]
fn real_photographs_are_read_as_well_as_they_were() {
    let Some(folder) = std::env::var_os("TAMEIO_PLATES").map(PathBuf::from) else {
        println!("skipped: TAMEIO_PLATES names no folder of photographs");
        return;
    };
    let manifest =
        std::fs::read_to_string(folder.join("manifest.csv")).unwrap_or_else(|fault| panic!("{fault}"));
    let reader = reader();
    let (mut right, mut all) = (0, 0);
    let mut lines: Vec<&str> = manifest.lines().skip(1).collect();
    lines.sort_unstable();
    let mut last = (String::new(), Vec::new());
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[1].is_empty() {
            continue;
        }
        if last.0 != cells[0] {
            let bytes =
                std::fs::read(folder.join("images").join(cells[0])).unwrap_or_else(|fault| panic!("{fault}"));
            let photo = Photo::decode(&bytes).unwrap_or_else(|fault| panic!("{}: {fault}", cells[0]));
            last = (cells[0].to_owned(), reader.read(photo.picture()).plates);
        }
        let number = |at: usize| cells[at].parse::<f32>().unwrap_or_default();
        let (x, y) = (number(2)..number(2) + number(4), number(3)..number(3) + number(5));
        let here = last.1.iter().find(|plate| {
            let [cx, cy] = plate.corners.centre();
            x.contains(&cx) && y.contains(&cy)
        });
        all += 1;
        right += usize::from(here.is_some_and(|plate| plate.text == cells[1]));
    }
    println!("{right} of {all} plates read");
    assert!(right >= RIGHT_MIN, "{right} of {all} plates read: it has been better");
}

#[test]
fn a_frame_takes_a_moment() {
    let (width, height) = (1280, 720);
    let points: Vec<u8> =
        (0..width * height).map(|at| ((at % width) / 5 + (at / width) % 90) as u8).collect();
    let picture = Picture::new(width, height, &points).unwrap_or_else(|| panic!("a picture"));
    let reader = reader();
    let mut times: Vec<Duration> = (0..5).map(|_| reader.read(picture).took).collect();
    times.sort();
    println!("a frame of 1280×720 takes {:?} at best, {:?} mostly", times[0], times[2]);
    assert!(times[0] < Duration::from_secs(2), "{:?}", times[0]);
}
