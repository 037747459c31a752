//! How every page looks, kept small: a picture is cut into cells, and each cell's mean brightness is one hex digit. What moved,
//! vanished or changed its colour changes digits; the last grey of a letter's edge does not. One text file holds them all.
//!
//! Without the file nothing is compared. After a page was changed on purpose, look at its pictures in `target/screens` and renew the file:
//! `TAMEIO_GOLDEN=renew cargo test --features screen-tests --test screen`.

use slint::{Rgba8Pixel, SharedPixelBuffer};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Cells across and down.
const CELLS: (u32, u32) = (32, 24);
/// A cell may differ by so many of sixteen steps, and so many cells by more: letters that are set one pixel further.
const STEPS: u32 = 1;
const CELLS_APART_MAX: usize = 6;

/// Whether pictures are compared, or the file is being made.
pub(crate) fn is_wanted() -> bool {
    is_renewed() || path().exists()
}

fn is_renewed() -> bool {
    std::env::var("TAMEIO_GOLDEN").is_ok_and(|wish| wish == "renew")
}

/// The file is read and written by tests side by side.
static FILE: Mutex<()> = Mutex::new(());

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screen/golden.txt")
}

fn kept() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(path()).unwrap_or_default();
    let line = |line: &str| line.split_once(' ').map(|(name, cells)| (name.to_owned(), cells.to_owned()));
    text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect()
}

/// The picture in digits, row by row; a run of a digit is that digit and a letter, `g` for two to `z` for twenty-one.
pub(crate) fn signature(picture: &SharedPixelBuffer<Rgba8Pixel>) -> String {
    let steps = cells(picture);
    let mut written = String::new();
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        let run = steps[at..].iter().take(21).take_while(|next| *next == step).count();
        write!(written, "{step:x}").expect("a string takes it");
        if run > 1 {
            written.push(char::from(b'g' + u8::try_from(run - 2).expect("a short run")));
        }
        at += run;
    }
    written
}

fn read(signature: &str) -> Vec<u32> {
    let mut steps: Vec<u32> = Vec::new();
    for c in signature.chars() {
        match (c.to_digit(16), steps.last().copied()) {
            (Some(step), _) => steps.push(step),
            (None, Some(last)) => {
                let more = u32::from(c) - u32::from('g') + 1;
                steps.extend(std::iter::repeat_n(last, usize::try_from(more).expect("a short run")));
            }
            (None, None) => {}
        }
    }
    steps
}

fn cells(picture: &SharedPixelBuffer<Rgba8Pixel>) -> Vec<u32> {
    let (width, height) = (picture.width(), picture.height());
    let pixels = picture.as_slice();
    let mut steps = Vec::new();
    for row in 0..CELLS.1 {
        for column in 0..CELLS.0 {
            let (left, right) = (column * width / CELLS.0, (column + 1) * width / CELLS.0);
            let (top, foot) = (row * height / CELLS.1, (row + 1) * height / CELLS.1);
            let (mut sum, mut count) = (0_u64, 0_u64);
            for y in top..foot {
                for x in left..right {
                    let pixel = &pixels[(y * width + x) as usize];
                    sum += u64::from(pixel.r) * 3 + u64::from(pixel.g) * 6 + u64::from(pixel.b);
                    count += 10;
                }
            }
            steps.push(u32::try_from(sum / count.max(1) / 16).expect("a brightness"));
        }
    }
    steps
}

/// Where a picture is not what it was, in words; nothing when it is. Renewing, it becomes what it is now.
pub(crate) fn difference(name: &str, picture: &SharedPixelBuffer<Rgba8Pixel>) -> Option<String> {
    let now = signature(picture);
    let _alone = FILE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut kept = kept();
    if is_renewed() {
        kept.insert(name.to_owned(), now);
        write(&kept);
        return None;
    }
    let Some(was) = kept.get(name) else {
        return Some(format!("the look of {name} is not kept yet: see tests/screen/golden.rs"));
    };
    let apart = apart(&read(was), &read(&now));
    (apart.len() > CELLS_APART_MAX).then(|| {
        let (column, row) = apart[0];
        format!(
            "{name} looks otherwise in {} cells, the first at column {column} of {}, row {row} of {}; \
             if it should: see tests/screen/golden.rs",
            apart.len(),
            CELLS.0,
            CELLS.1
        )
    })
}

fn apart(was: &[u32], now: &[u32]) -> Vec<(u32, u32)> {
    let place = |at: usize| {
        let at = u32::try_from(at).expect("a small picture");
        (at % CELLS.0, at / CELLS.0)
    };
    let differs = |(was, now): (&u32, &u32)| was.abs_diff(*now) > STEPS;
    let cells = was.iter().zip(now).enumerate();
    let found = cells.filter(|(_, pair)| differs(*pair)).map(|(at, _)| place(at));
    if was.len() == now.len() { found.collect() } else { vec![(0, 0); CELLS_APART_MAX + 1] }
}

fn write(kept: &BTreeMap<String, String>) {
    let mut text = String::from("# How the pages look, a line each; written by tests/screen/golden.rs.\n");
    for (name, cells) in kept {
        writeln!(text, "{name} {cells}").expect("a string takes it");
    }
    std::fs::write(path(), text).expect("the file can be written");
}

#[test]
fn a_picture_comes_back_from_its_digits_and_a_missing_button_shows() {
    let mut picture = SharedPixelBuffer::<Rgba8Pixel>::new(1024, 768);
    let white = Rgba8Pixel { r: 255, g: 255, b: 255, a: 255 };
    picture.make_mut_slice().fill(white);
    let empty = cells(&picture);
    assert_eq!(read(&signature(&picture)), empty);
    // A button of 20 mm: 67 pixels.
    for y in 200..267 {
        for x in 300..440 {
            picture.make_mut_slice()[y * 1024 + x] = Rgba8Pixel { r: 11, g: 87, b: 208, a: 255 };
        }
    }
    assert_eq!(read(&signature(&picture)), cells(&picture));
    assert!(apart(&empty, &cells(&picture)).len() > CELLS_APART_MAX);
}
