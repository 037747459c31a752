//! Greek plates the trainer has drawn in hands it has not trained with: clean and well lit, as a test can ask for.

use tameio_drivers::plate_reader::file::Photo;
use tameio_drivers::plate_reader::picture::Picture;

use super::reader;

/// Width and height of one photograph in the sheet.
const TILE: [usize; 2] = [200, 72];

#[test]
fn two_hundred_clean_greek_plates_are_read() {
    let sheet = Photo::decode(include_bytes!("drawn.png")).unwrap_or_else(|fault| panic!("{fault}"));
    let sheet = sheet.picture();
    let columns = sheet.width() / TILE[0];
    let texts: Vec<&str> = include_str!("drawn.txt").lines().collect();
    assert_eq!(texts.len(), 200);
    let reader = reader();
    let mut wrong = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let (left, top) = (at % columns * TILE[0], at / columns * TILE[1]);
        let rows = (top..top + TILE[1]).map(|y| &sheet.points()[y * sheet.width() + left..][..TILE[0]]);
        let points = rows.flatten().copied().collect::<Vec<u8>>();
        let picture = Picture::new(TILE[0], TILE[1], &points).unwrap_or_else(|| panic!("a tile"));
        let said = reader.read(picture).plates.first().map(|plate| plate.text.clone()).unwrap_or_default();
        if said != *text {
            wrong.push(format!("{text} was read {said:?}"));
        }
    }
    println!("{} of 200 wrong: {wrong:#?}", wrong.len());
    assert!(wrong.len() <= 10, "{} of 200 wrong: {wrong:#?}", wrong.len());
}
