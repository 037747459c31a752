//! Tax numbers that are typed, asked about, answered late or never, and written by hand.

use super::Walk;
use crate::store::person;
use tameio::app::input::{CounterpartyInput, Input};
use tameio::domain::counterparty::{Answer, Finding, Hitch, Particulars};
use tameio::domain::text::Text;

/// Good ones, a private person's, of other countries, and none at all.
const NUMBERS: [(&str, &str); 7] = [
    ("GR", "999999981"),
    ("GR", "999999993"),
    ("GR", "EL094259216"),
    ("DE", "123456789"),
    ("US", "1"),
    ("GR", "1"),
    ("<", ""),
];

impl Walk {
    pub(super) fn counterparty(&mut self) -> Input {
        let (country, number) = self.pick(&NUMBERS).unwrap_or(("GR", "999999981"));
        let (country, number, operator) = (country.to_owned(), number.to_owned(), person("A"));
        Input::Counterparty(if self.chance.up_to(2) > 0 {
            let again = self.chance.up_to(2) == 0;
            CounterpartyInput::LookUp { country, number, again, operator }
        } else {
            CounterpartyInput::Write { country, number, particulars: self.particulars(), operator }
        })
    }

    fn particulars(&mut self) -> Particulars {
        let (name, address) = (Text::new(&self.word()), Text::new(&self.word()));
        Particulars { name, address, ..Particulars::default() }
    }

    /// What a register answers, or does not.
    pub(super) fn register_answer(&mut self) -> Answer {
        let refused =
            |code: &str| Answer::Hitch(Hitch::Refused { code: code.to_owned(), message: Text::default() });
        let business = Finding::Business { particulars: self.particulars(), ended: false, ended_on: None };
        let answers = [
            Answer::Said(business.clone()),
            Answer::Said(business),
            Answer::Said(Finding::Nobody),
            Answer::Said(Finding::NoBusiness),
            Answer::Said(Finding::Unlisted),
            Answer::Hitch(Hitch::NoCredentials),
            refused("TOKEN_USERNAME_NOT_AUTHENTICATED"),
            refused("WRONG_AFM"),
            Answer::Hitch(Hitch::Silent { why: Text::new(&self.word()) }),
        ];
        self.pick(&answers).unwrap_or(Answer::Said(Finding::Nobody))
    }
}
