//! Shifts, and a second person's approval.

use super::Controller;
use crate::app::input::{
    AddToOrder, By, CardInput, DepositInput, DocumentInput, Input, LeaseInput, ListedInput, MerchantInput,
    OpenVisit, OrderInput, PackInput, ParkingInput, RegistryInput, SubscriberInput, TariffInput,
    TemplateInput, TillInput,
};
use crate::domain::operator::OperatorId;
use crate::view::words;

impl Controller {
    pub(in crate::view) fn choose_person(&mut self, person: &str) {
        self.form.shift.person = Some(OperatorId(person.to_owned()));
    }

    pub(in crate::view) fn shift_key(&mut self, key: &str) {
        let typed = &mut self.form.shift.typed;
        // A drawer may be counted empty: a zero alone is an amount here.
        if typed == "0" {
            typed.clear();
        }
        if typed.is_empty() && key.starts_with('0') {
            typed.push('0');
        } else {
            words::add_digits(typed, key, words::AMOUNT_DIGITS_MAX);
        }
    }

    pub(in crate::view) fn shift_erase(&mut self) {
        self.form.shift.typed.pop();
    }

    pub(in crate::view) fn shift_clear(&mut self) {
        self.form.shift.typed.clear();
    }

    pub(in crate::view) fn open_shift(&mut self) {
        let (Some(float), Some(operator)) =
            (words::typed_cents(&self.form.shift.typed), self.form.shift.person.clone())
        else {
            return;
        };
        self.send(Input::Till(TillInput::OpenShift { float, operator }));
        self.form.shift.typed.clear();
    }

    pub(in crate::view) fn choose_approver(&mut self, person: &str) {
        self.pin_clear();
        let person = OperatorId(person.to_owned());
        let has_pin = self.state().is_some_and(|state| state.pins.contains_key(&person));
        if self.settings.pins && !has_pin {
            self.form.pin.fault = Some(self.has_no_pin(person.clone()));
        }
        if let Some(step_up) = &mut self.form.step_up {
            step_up.chosen = Some(person);
        }
    }

    /// The second person stands by it, with a PIN where those are in use.
    pub(in crate::view) fn approve(&mut self) {
        let Some(person) = self.form.step_up.as_ref().and_then(|step_up| step_up.chosen.clone()) else {
            return;
        };
        if self.settings.pins { self.check_pin(person) } else { self.stepped_in(&person) }
    }

    /// The same input goes again, with both names.
    pub(super) fn stepped_in(&mut self, person: &OperatorId) {
        let Some(step_up) = self.form.step_up.take_if(|step_up| step_up.chosen.as_ref() == Some(person))
        else {
            return;
        };
        self.forget_pin();
        let input = approved(step_up.input, person.clone());
        self.remember_close(&input);
        self.remember_change(&input);
        self.send(input);
    }

    pub(in crate::view) fn refuse_step_up(&mut self) {
        self.forget_pin();
        self.till_again();
        self.refund_again();
        self.ask_again();
        self.form.step_up = None;
    }
}

/// The input with the person who stepped in.
fn approved(mut input: Input, person: OperatorId) -> Input {
    if let Some(by) = by_of(&mut input) {
        by.approved_by = Some(person);
    }
    input
}

const fn by_of(input: &mut Input) -> Option<&mut By> {
    match input {
        Input::GiveDiscount { by, .. }
        | Input::ChooseNoDocument { by, .. }
        | Input::CancelVisit { by, .. }
        | Input::CorrectPlate { by, .. }
        | Input::Order(OrderInput::Discount { by, .. })
        | Input::Order(OrderInput::Cancel { by, .. })
        | Input::Order(OrderInput::Add(AddToOrder { by, .. }))
        | Input::Till(TillInput::OpenDrawer { by })
        | Input::Card(CardInput::Settle { by, .. })
        | Input::Parking(ParkingInput::OpenFound { by, .. })
        | Input::Parking(ParkingInput::PriceFrom { by, .. })
        | Input::Parking(ParkingInput::AgreePrice { by, .. })
        | Input::Parking(ParkingInput::CloseMissed { by, .. })
        | Input::OpenVisit(OpenVisit { let_in: Some(by), .. })
        | Input::Listed(ListedInput::Put { by, .. } | ListedInput::Take { by, .. })
        | Input::Merchant(
            MerchantInput::Open { by, .. }
            | MerchantInput::Change { by, .. }
            | MerchantInput::MakeVouchers { by, .. }
            | MerchantInput::Validate { by, .. },
        )
        | Input::Subscriber(SubscriberInput::Change { by, .. } | SubscriberInput::Close { by, .. })
        | Input::Lease(LeaseInput::Agree { by, .. } | LeaseInput::Extend { by, .. })
        | Input::Till(TillInput::MoveCash { by, .. })
        | Input::Document(DocumentInput::Refund { by, .. })
        | Input::Document(DocumentInput::RefundWithout { by, .. })
        | Input::Pack(PackInput::Refund { by, .. })
        | Input::Till(TillInput::CloseDay { by, .. })
        | Input::Till(TillInput::LookAtControl { by })
        | Input::Till(TillInput::ExplainVariance { by, .. })
        | Input::Deposit(DepositInput::Return { by, .. })
        | Input::Template(
            TemplateInput::Save { by, .. }
            | TemplateInput::TakeBack { by, .. }
            | TemplateInput::ChooseLogo { by, .. },
        )
        | Input::Tariff(TariffInput::PutIntoForce { by, .. } | TariffInput::Withdraw { by, .. })
        | Input::Registry(RegistryInput::PutAside { by, .. })
        | Input::Registry(RegistryInput::SettleDifference { by, .. }) => Some(by),
        _ => None,
    }
}
