//! What is printed for a shop whose customers park for less: its vouchers, and its account of a month.
//!
//! The account is no tax document. What a shop is invoiced is issued elsewhere, and from which sum it is reckoned (with the
//! VAT in the prices its customers did not pay, or on top of them) is the owner's to say, with an accountant.

use super::layout::{Layout, Words};
use super::slip::not_a_receipt;
use crate::domain::merchant::{Merchant, Payer};
use crate::domain::money::VatRow;
use crate::domain::sale::PriceBasis;
use crate::domain::settings::Settings;
use crate::domain::time::Stamp;
use crate::domain::validation::{MerchantAccount, ValidatedBy, ValidationUse};
use crate::domain::voucher::{PREFIX, VoucherBatch, VoucherNumber};
use tameio_drivers::printer::{Item, Sheet};
use tameio_drivers::scanner::TicketCodes;

/// The vouchers of a batch on one strip, each cut from the next: a printer without a knife has a line there to tear along.
#[must_use]
pub fn vouchers(settings: &Settings, merchant: &Merchant, batch: &VoucherBatch, columns: usize) -> Sheet {
    let mut paper = Layout::new(settings, columns);
    for (nth, number) in batch.numbers().enumerate() {
        if nth > 0 {
            paper.push(Item::Feed(2));
            paper.push(Item::Cut);
            // Each is a paper of its own in somebody's hand.
            paper.practice_mark();
        }
        voucher(&mut paper, settings, merchant, batch, number);
    }
    paper.finish()
}

fn voucher(paper: &mut Layout, settings: &Settings, merchant: &Merchant, batch: &VoucherBatch, number: u64) {
    let terms = &merchant.terms;
    paper.centre_bold(settings.business.name.as_str());
    paper.centre(paper.say(Words("ΚΟΥΠΟΝΙ ΣΤΑΘΜΕΥΣΗΣ", "PARKING VOUCHER")));
    paper.large(terms.name.as_str());
    paper.centre_bold(&terms.gives.printed(paper.language()));
    paper.qr(&code_of(settings, merchant.number, number));
    paper.row(paper.say(Words("Αριθμός", "Number")), &format!("{}-{number}", merchant.number));
    paper.row(paper.say(Words("Ισχύει ως", "Holds until")), &batch.until.strftime("%d/%m/%Y").to_string());
    paper.centre(paper.say(Words(
        "Για μία στάθμευση. Δείξτε το μαζί με το δελτίο.",
        "For one stay. Show it with your ticket.",
    )));
}

/// What a scanner reads: `V7K3Q-12-345.0G4T1M2P`; without the site's key a voucher could be made by anybody, and none is.
#[must_use]
pub fn code_of(settings: &Settings, merchant: u64, voucher: u64) -> String {
    let number = VoucherNumber { terminal: settings.terminal.clone(), merchant, voucher }.to_string();
    let codes = settings.ticket_key.as_ref().and_then(|key| TicketCodes::new(PREFIX, key.bytes()).ok());
    codes.and_then(|codes| codes.code(&number).ok()).unwrap_or(number)
}

/// What a shop's customers did not pay in a month, stay by stay, and what it owes for it.
#[must_use]
pub fn account(
    settings: &Settings,
    merchant: &Merchant,
    account: &MerchantAccount,
    at: Stamp,
    columns: usize,
) -> Sheet {
    let mut paper = Layout::new(settings, columns);
    let language = paper.language();
    paper.shop(settings);
    paper.rule();
    paper.centre_bold(paper.say(TITLE));
    paper.centre_bold(merchant.terms.name.as_str());
    for (words, text) in particulars(merchant, account, at) {
        paper.row(paper.say(words), &text);
    }
    paper.rule();
    for used in &account.uses {
        let when = used.at.local().strftime("%d/%m %H:%M");
        paper.row(&format!("{when} {}", used.plate_in_short()), &used.worth.with_comma());
        paper.line(&format!("  {} · {}", used.what.printed(language), how(used).get(language)));
    }
    if account.uses.is_empty() {
        paper.line(paper.say(NOTHING));
    }
    paper.rule();
    for (words, text) in sums(settings, account) {
        paper.row(paper.say(words), &text);
    }
    paper.total(paper.say(OWES), &format!("{} €", settled(settings, account).gross.with_comma()));
    paper.rule();
    not_a_receipt(&mut paper);
    paper.finish()
}

/// The head of an account.
pub(super) const TITLE: Words = Words("ΛΟΓΑΡΙΑΣΜΟΣ ΚΑΤΑΣΤΗΜΑΤΟΣ", "ACCOUNT OF A SHOP");
/// Where nothing was used.
pub(super) const NOTHING: Words = Words("Καμία στάθμευση αυτόν τον μήνα.", "No stay in this month.");
/// The sum.
pub(super) const OWES: Words = Words("ΟΦΕΙΛΕΙ", "OWES");

/// Of which month it is, and of whom beside the name.
pub(super) fn particulars(merchant: &Merchant, account: &MerchantAccount, at: Stamp) -> Vec<(Words, String)> {
    let mut rows = Vec::new();
    if let Some(number) = &merchant.terms.tax_number {
        rows.push((Words("ΑΦΜ", "VAT no."), number.number.clone()));
    }
    let month = account.month;
    rows.push((Words("Μήνας", "Month"), format!("{:02}/{}", month.month, month.year)));
    rows.push((Words("Τυπώθηκε", "Printed"), at.printed()));
    rows
}

/// How many stays, and what they came to.
pub(super) fn sums(settings: &Settings, account: &MerchantAccount) -> Vec<(Words, String)> {
    let of = |payer| account.uses.iter().filter(|used| used.payer == payer).count();
    let mut rows = vec![(Words("Σταθμεύσεις", "Stays"), account.uses.len().to_string())];
    if of(Payer::House) > 0 {
        rows.push((Words("Έδωσε το πάρκινγκ", "Given by the car park"), account.given().with_comma()));
    }
    let VatRow { net, vat, .. } = settled(settings, account);
    rows.push((Words("Καθαρή αξία", "Net"), net.with_comma()));
    let rate = settings.catalogue.vat.printed();
    rows.push((Words("ΦΠΑ", "VAT"), format!("{rate} {:>9}", vat.with_comma())));
    rows
}

/// What the shop owes, as the owner reckons it.
pub(super) fn settled(settings: &Settings, account: &MerchantAccount) -> VatRow {
    let basis: PriceBasis = settings.parking.validations.owed_basis;
    account.settled(settings.catalogue.vat, basis)
}

/// How a validation reached the stay.
pub(super) fn how(used: &ValidationUse) -> Words {
    match used.by {
        ValidatedBy::Hand { .. } => Words("στο ταμείο", "at the till"),
        ValidatedBy::Voucher { .. } => Words("με κουπόνι", "with a voucher"),
    }
}
