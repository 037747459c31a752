//! Papers as PDF files: what the receipt printer prints, as a page of its own width ([`roll()`]), and tax documents on A4
//! ([`a4()`]), which a business customer files and a message carries.
//!
//! | file | holds |
//! |---|---|
//! | [`mod@a4`] | a tax document on A4 pages |
//! | `account` | a shop's account of a month on A4 pages |
//! | [`mod@roll`] | a paper of the receipt printer |
//! | [`pen`] | pages, letters, boxes; the file, PDF/A-2u |

mod a4;
mod account;
mod pen;
mod roll;

use super::Facts;
use super::layout::Words;
use super::picture::print;
use super::template::Press;
use crate::domain::document::Document;
use crate::domain::merchant::Merchant;
use crate::domain::settings::Settings;
use crate::domain::time::Stamp;
use crate::domain::validation::MerchantAccount;
use pen::About;
use tameio_drivers::printer::{EncodeError, Profile};

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A code on the paper is wider than the paper.
    #[error("{0}")]
    Encode(#[from] EncodeError),
    /// A font that is built in cannot be read.
    #[error("a font that is built into the program cannot be read: install the program again")]
    Font,
    /// A paper longer than any page.
    #[error("the paper is longer than a PDF page can be")]
    Size,
    /// The file could not be put together.
    #[error("the PDF could not be made: {0}")]
    Written(String),
}

/// The document as the receipt printer prints it, as a page as wide as its roll.
///
/// # Errors
/// When a code on it is wider than the paper, or the file cannot be put together.
pub fn roll<'a>(
    press: impl Into<Press<'a>>,
    document: &Document,
    copy: u32,
    profile: &Profile,
) -> Result<Vec<u8>, PdfError> {
    let press = press.into();
    let sheet = super::sheet(press, Facts::Receipt { document, copy }, profile.columns);
    roll::pages(&print(&sheet, profile)?, about(press.settings, document))
}

/// A tax document on A4; one that the tax authority has no name for yet is none, and stays the slip that says so, as the
/// receipt printer prints it.
///
/// # Errors
/// When the file cannot be put together, or the slip has a code wider than the paper.
pub fn a4<'a>(
    press: impl Into<Press<'a>>,
    document: &Document,
    copy: u32,
    slip: &Profile,
) -> Result<Vec<u8>, PdfError> {
    let press = press.into();
    if !document.has_receipt() {
        return roll(press, document, copy, slip);
    }
    let (types, settings) = (a4::Types::new()?, press.settings);
    pen::file(&a4::pages(&types, settings, document, copy), about(settings, document))
}

/// A shop's account of a month on A4, for whoever sends it.
///
/// # Errors
/// When the file cannot be put together.
pub fn account(
    settings: &Settings,
    merchant: &Merchant,
    account: &MerchantAccount,
    at: Stamp,
) -> Result<Vec<u8>, PdfError> {
    let types = a4::Types::new()?;
    let title = super::merchant::TITLE.get(settings.language);
    let about = About {
        title: format!("{title} {} {}", merchant.terms.name, account.month),
        author: settings.business.name.as_str(),
        language: settings.language,
        at,
        id: format!("{} {}", merchant.id, account.month),
    };
    pen::file(&account::pages(&types, &account::Facts { settings, merchant, account, at }), about)
}

fn about<'a>(settings: &'a Settings, document: &Document) -> About<'a> {
    let words = match document.has_receipt() {
        true => super::receipt::title(settings, document),
        false => Words("ΕΝΗΜΕΡΩΤΙΚΟ ΣΗΜΕΙΩΜΑ", "INFORMATION SLIP"),
    };
    About {
        title: format!("{} {}-{}", words.get(settings.language), document.series, document.number),
        author: settings.business.name.as_str(),
        language: settings.language,
        at: document.issued,
        id: document.id.to_string(),
    }
}
