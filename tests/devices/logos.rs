//! Pictures in the data folder become the logo of all papers, on the whole engine: found, read, dithered, stored; a file that is
//! no picture is said, and the papers stay as they are.

use super::{Desk, configured};
use crate::world::person;
use std::time::Duration;
use tameio::app::input::{By, Input, TemplateInput};

const SOON: Duration = Duration::from_secs(20);

fn owner() -> By {
    By { operator: person("owner"), approved_by: Some(person("owner")) }
}

#[test]
fn a_png_in_the_data_folder_becomes_the_logo() {
    let folder = tempfile::tempdir().expect("a folder");
    let logos = folder.path().join("data/logos");
    std::fs::create_dir_all(&logos).expect("a folder");
    let mut picture = Vec::new();
    let mut encoder = png::Encoder::new(&mut picture, 640, 200);
    encoder.set_color(png::ColorType::Rgb);
    let pixels: Vec<u8> =
        (0..640 * 200).flat_map(|dot| [u8::try_from(dot % 256).expect("a byte"); 3]).collect();
    encoder.write_header().expect("a head").write_image_data(&pixels).expect("rows");
    std::fs::write(logos.join("shop.png"), &picture).expect("a file");
    std::fs::write(folder.path().join("data/broken.PNG"), b"no picture").expect("a file");
    std::fs::write(folder.path().join("data/notes.txt"), b"no picture").expect("a file");
    let desk = Desk::open(folder.path(), configured(&[]));
    desk.send(Input::Template(TemplateInput::FindLogos));
    let found = ["broken.PNG", "shop.png"].map(str::to_owned).to_vec();
    desk.until(SOON, "the pictures are found", |state| state.live.logos.as_ref() == Some(&found));
    let choose = |file: &str| {
        desk.send(Input::Template(TemplateInput::ChooseLogo { file: Some(file.to_owned()), by: owner() }));
    };
    choose("broken.PNG");
    choose("shop.png");
    desk.until(SOON, "the logo is there", |state| state.templates.logo().is_some());
    let snapshot = desk.snapshot().expect("it is shown");
    let logo = snapshot.state.templates.logo().expect("it is there");
    assert_eq!((logo.wide.width, logo.wide.height), (512, 160));
    assert_eq!((logo.narrow.width, logo.narrow.height), (384, 120));
    assert_eq!(snapshot.state.templates.logos.len(), 1, "the broken one changed nothing");
    desk.close();
}
