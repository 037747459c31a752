//! What an owner changes of the tariff, right or wrong, now or later, and takes out again.

use super::{Walk, at};
use tameio::app::input::{By, Input, TariffInput};
use tameio::domain::operator::OperatorId;
use tameio::domain::tariff::draft::TariffDraft;
use tameio::domain::tariff::draft::order::Several;
use tameio::domain::tariff::draft::part::Part;
use tameio::domain::tariff::kept::{Begins, TariffText};

impl Walk {
    pub(super) fn tariffed(&mut self) -> Input {
        let operator = self.pick(&["owner", "A"]).unwrap_or("owner");
        let by = By { operator: OperatorId(operator.to_owned()), approved_by: self.by().approved_by };
        let Some(holds) = self.terminal().settings().parking.tariff.clone() else { return Input::Tick };
        let which = at(&mut self.chance, holds.versions.len());
        let version = &holds.versions[which];
        if self.chance.up_to(3) == 0 {
            return Input::Tariff(TariffInput::Withdraw { version: version.id.clone(), by });
        }
        let mut draft = TariffDraft::new(&holds, version);
        draft.choose(Part::Band(0));
        draft.key(&self.chance.up_to(999).to_string());
        if self.chance.up_to(3) == 0 {
            draft.add(Several::Windows);
        }
        // A band that reaches no further than the one before cannot be read again.
        if self.chance.up_to(9) == 0 {
            draft.choose(Part::Band(0));
            draft.add(Several::Bands);
            draft.clear();
        }
        let text = self.pick(&[Some(draft.tariff().to_text()), None]).flatten();
        let text = TariffText::new(text.unwrap_or_else(|| draft.tariff().to_text().replacen("[[", "[", 1)));
        let days = [self.now.date(), self.now.date().tomorrow().expect("a day")];
        let begins = [Begins::Now, Begins::Now, Begins::Midnight, Begins::On(days[at(&mut self.chance, 2)])];
        let begins = begins[at(&mut self.chance, 4)];
        let number = self.terminal().state().tariff.number();
        let seen = if self.chance.up_to(9) == 0 { number + 1 } else { number };
        let accepted = self.chance.up_to(3) > 0;
        Input::Tariff(TariffInput::PutIntoForce { text, begins, seen, accepted, by })
    }
}
