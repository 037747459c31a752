//! A shop's account of a month on A4: what it is sent with its invoice.

use super::a4::Types;
use super::pen::Page;
use crate::domain::merchant::Merchant;
use crate::domain::settings::Settings;
use crate::domain::time::Stamp;
use crate::domain::validation::MerchantAccount;
use crate::paper::layout::Words;
use crate::paper::merchant::{NOTHING, OWES, TITLE, how, particulars, settled, sums};

/// Points, ISO 216.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const LEFT: f32 = 48.0;
const RIGHT: f32 = WIDTH - 48.0;
const TOP: f32 = 54.0;
const BOTTOM: f32 = HEIGHT - 54.0;
/// Where the columns of the table begin.
const PLATE: f32 = LEFT + 110.0;
const WHAT: f32 = LEFT + 200.0;
const HOW: f32 = LEFT + 340.0;
const ROW: f32 = 15.0;
/// What the sums and the words below them need: they are never torn apart.
const FOOT: f32 = 140.0;
const DIM: u8 = 90;
const HAIR: u8 = 170;

/// What an account is made of.
pub(super) struct Facts<'a> {
    pub(super) settings: &'a Settings,
    pub(super) merchant: &'a Merchant,
    pub(super) account: &'a MerchantAccount,
    pub(super) at: Stamp,
}

/// The pages of an account.
pub(super) fn pages<'a>(types: &'a Types, facts: &Facts<'_>) -> Vec<Page<'a>> {
    let mut draft = Draft { types, facts, pages: Vec::new(), y: 0.0 };
    draft.first_page();
    draft.rows();
    draft.foot();
    draft.number_pages();
    draft.pages
}

/// An account being laid out.
struct Draft<'a, 'f> {
    types: &'a Types,
    facts: &'f Facts<'f>,
    pages: Vec<Page<'a>>,
    /// Where the next thing stands on the last page.
    y: f32,
}

impl<'a> Draft<'a, '_> {
    const fn say(&self, words: Words) -> &'static str {
        words.get(self.facts.settings.language)
    }

    fn page(&mut self) -> &mut Page<'a> {
        if self.pages.is_empty() {
            self.pages.push(Page::new(WIDTH, HEIGHT));
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn new_page(&mut self) {
        self.pages.push(Page::new(WIDTH, HEIGHT));
        self.y = TOP;
        if self.facts.settings.practice {
            let hand = self.types.heavy(11.0);
            self.page().centred(30.0, "ΔΟΚΙΜΗ - ΧΩΡΙΣ ΑΞΙΑ  /  PRACTICE - NO VALUE", hand);
        }
    }

    fn first_page(&mut self) {
        self.new_page();
        let (types, business) = (self.types, &self.facts.settings.business);
        let title = self.say(TITLE);
        self.page().text_to(RIGHT, TOP, title, types.heavy(12.0));
        self.line(business.name.as_str(), true);
        let number = format!("{} {}", self.say(Words("ΑΦΜ", "VAT no.")), business.afm);
        for text in [business.activity.as_str(), business.address.as_str(), &number] {
            if !text.is_empty() {
                self.line(text, false);
            }
        }
        self.rule(12.0);
        self.pair(Words("Κατάστημα", "Shop"), self.facts.merchant.terms.name.as_str());
        for (words, text) in particulars(self.facts.merchant, self.facts.account, self.facts.at) {
            self.pair(words, &text);
        }
        self.y += 14.0;
        self.head();
    }

    fn line(&mut self, text: &str, heavy: bool) {
        let (y, types) = (self.y, self.types);
        let hand = if heavy { types.heavy(13.0) } else { types.text(9.5) };
        self.page().text(LEFT, y, text, hand);
        self.y += ROW;
    }

    fn rule(&mut self, below: f32) {
        let y = self.y;
        self.page().rule(LEFT, RIGHT, y, HAIR);
        self.y += below + 6.0;
    }

    fn pair(&mut self, words: Words, text: &str) {
        let (y, types, words) = (self.y, self.types, self.say(words));
        self.page().text(LEFT, y, words, types.text(9.5).grey(DIM));
        self.page().text(LEFT + 130.0, y, text, types.heavy(10.5));
        self.y += ROW;
    }

    /// The table's head; it stands on every page that has rows.
    fn head(&mut self) {
        let (y, hand) = (self.y, self.types.text(8.0).grey(DIM));
        let heads = [
            (LEFT, Words("Πότε", "When")),
            (PLATE, Words("Πινακίδα", "Plate")),
            (WHAT, Words("Τι δόθηκε", "What was given")),
            (HOW, Words("Πώς", "How")),
        ];
        for (x, words) in heads {
            let words = self.say(words);
            self.page().text(x, y, words, hand);
        }
        let worth = self.say(Words("Αξία με ΦΠΑ", "Worth with VAT"));
        self.page().text_to(RIGHT, y, worth, hand);
        self.page().rule(LEFT, RIGHT, y + 5.0, 0);
        self.y += 20.0;
    }

    fn rows(&mut self) {
        let (facts, types) = (self.facts, self.types);
        let language = facts.settings.language;
        for used in &facts.account.uses {
            if self.y + ROW > BOTTOM {
                self.new_page();
                self.head();
            }
            let y = self.y;
            let texts = [
                (LEFT, used.at.printed()),
                (PLATE, used.plate_in_short()),
                (WHAT, used.what.printed(language)),
                (HOW, how(used).get(language).to_owned()),
            ];
            for (x, text) in texts {
                self.page().text(x, y, &text, types.text(10.0));
            }
            self.page().text_to(RIGHT, y, &used.worth.with_comma(), types.text(10.0));
            self.y += ROW;
        }
        if facts.account.uses.is_empty() {
            self.line(self.say(NOTHING), false);
        }
    }

    fn foot(&mut self) {
        if self.y + FOOT > BOTTOM {
            self.new_page();
        }
        self.rule(8.0);
        let (facts, types) = (self.facts, self.types);
        for (words, text) in sums(facts.settings, facts.account) {
            self.pair(words, &text);
        }
        self.y += 6.0;
        let (y, words) = (self.y, self.say(OWES));
        let owed = settled(facts.settings, facts.account).gross;
        self.page().text(LEFT, y, words, types.heavy(12.0));
        self.page().text(LEFT + 130.0, y, &format!("{} €", owed.with_comma()), types.heavy(14.0));
        self.y += 24.0;
        let no_document = self.say(Words(
            "Πληροφοριακό έντυπο: δεν είναι νόμιμη απόδειξη ή τιμολόγιο.",
            "For information only: not a legal receipt or invoice.",
        ));
        self.line(no_document, false);
    }

    fn number_pages(&mut self) {
        let count = self.pages.len();
        let (word, hand) = (self.say(Words("Σελίδα", "Page")), self.types.text(8.0).grey(DIM));
        for (at, page) in self.pages.iter_mut().enumerate() {
            page.text_to(RIGHT, BOTTOM + 24.0, &format!("{word} {}/{count}", at + 1), hand);
        }
    }
}
