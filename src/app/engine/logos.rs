//! Logos: which pictures lie in the data folder, and one of them read. On a thread of its own: a slow disk or a large picture
//! does not hold up the loop.

use super::Word;
use crate::app::input::{By, Input, TemplateInput};
use crate::domain::template::Logo;
use crate::domain::text::Text;
use crate::paper::template::logo::{HIGH_DOTS, NARROW_DOTS, WIDE_DOTS, dots};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread;
use tameio_drivers::printer::logo_file::{self, LogoFault};

/// A larger file is no logo.
const FILE_BYTES_MAX: u64 = 8 << 20;

/// More pictures than this are not offered: somebody keeps holiday photographs there.
const FILES_MAX: usize = 40;

/// Looks which PNG files lie in the data folder and in its folder `logos`.
pub(super) fn find(data: &Path, words: &Sender<Word>) {
    let (data, words) = (data.to_owned(), words.clone());
    thread::spawn(move || {
        let input = Input::Template(TemplateInput::LogosFound { files: found(&data) });
        // Nobody listening means that the terminal has ended.
        let _ = words.send(Word::Input(input));
    });
}

/// Reads one of them.
pub(super) fn read(data: &Path, file: String, by: By, words: &Sender<Word>) {
    let (data, words) = (data.to_owned(), words.clone());
    thread::spawn(move || {
        let logo = logo(&data, &file).map(Box::new).map_err(|fault| fault.to_string());
        let _ = words.send(Word::Input(Input::Template(TemplateInput::LogoRead { logo, by })));
    });
}

/// The names of pictures, sorted.
fn found(data: &Path) -> Vec<String> {
    let entries =
        folders(data).into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let is_picture = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png")) && path.is_file()
    };
    let pictures = entries.map(|entry| entry.path()).filter(is_picture);
    let mut files: Vec<String> =
        pictures.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    files.sort();
    files.dedup();
    files.truncate(FILES_MAX);
    files
}

fn folders(data: &Path) -> [PathBuf; 2] {
    [data.join("logos"), data.to_owned()]
}

/// The picture as it is stored.
///
/// # Errors
/// When it cannot be read.
pub(super) fn logo(data: &Path, file: &str) -> Result<Logo, LogoFault> {
    let path = folders(data).into_iter().map(|folder| folder.join(file)).find(|path| path.is_file());
    let path = path.ok_or_else(|| LogoFault::File("it is not there".to_owned()))?;
    let told = |error: std::io::Error| LogoFault::File(error.to_string());
    if fs::metadata(&path).map_err(told)?.len() > FILE_BYTES_MAX {
        return Err(LogoFault::TooLarge);
    }
    let bytes = fs::read(&path).map_err(told)?;
    let printed = |width| logo_file::read(&bytes, width, HIGH_DOTS).map(|picture| dots(&picture));
    Ok(Logo { name: Text::new(file), wide: printed(WIDE_DOTS)?, narrow: printed(NARROW_DOTS)? })
}
