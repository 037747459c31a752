//! Shops that make parking cheaper: begun, changed, their vouchers made, scanned whole and in pieces, given and taken back.

use super::{Walk, at};
use crate::store::person;
use tameio::app::input::{By, Input, MerchantInput, WantedMerchant};
use tameio::domain::ids::{MerchantId, VisitId};
use tameio::domain::merchant::{Gives, Payer};
use tameio::domain::money::{Cents, Rate};
use tameio::domain::payment::Tender;
use tameio::paper::merchant::code_of;
use uuid::Uuid;

impl Walk {
    pub(super) fn validated(&mut self) -> Input {
        let (by, operator) = (By { operator: person("A"), approved_by: Some(person("owner")) }, person("A"));
        let by = if self.chance.up_to(5) == 0 { self.by() } else { by };
        let state = self.terminal().state();
        let known: Vec<(MerchantId, u64, u64)> =
            state.merchants.values().map(|one| (one.id, one.number, one.vouchers_made)).collect();
        let stays: Vec<VisitId> = state.visits.values().filter(|v| v.stay.is_some()).map(|v| v.id).collect();
        let given: Vec<(VisitId, MerchantId)> = state
            .visits
            .values()
            .flat_map(|visit| {
                visit.stay.iter().flat_map(|stay| &stay.validations).map(|one| (visit.id, one.merchant))
            })
            .collect();
        if known.is_empty() {
            return Input::Merchant(MerchantInput::Open { wanted: Box::new(self.wanted_merchant()), by });
        }
        let nobody = (MerchantId(Uuid::nil()), 99, 0);
        let (merchant, number, vouchers) = self.pick(&known).unwrap_or(nobody);
        let visit = self.pick(&stays).unwrap_or_else(|| self.visit());
        if !given.is_empty() && self.chance.up_to(2) == 0 {
            return self.of_a_shop(&given, visit);
        }
        let input = match self.chance.up_to(19) {
            0 => MerchantInput::Open { wanted: Box::new(self.wanted_merchant()), by },
            1..=3 => MerchantInput::Change { merchant, wanted: Box::new(self.wanted_merchant()), by },
            4 | 5 => {
                let count = self.pick(&[1, 2, 3, 3, 0, 999]).unwrap_or(1);
                MerchantInput::MakeVouchers { merchant, count, days: 1, by }
            }
            6..=10 => MerchantInput::Validate { visit, merchant, by },
            11 | 12 => {
                let (visit, merchant) = self.pick(&given).unwrap_or((visit, merchant));
                MerchantInput::TakeBack { visit, merchant, operator }
            }
            13..=16 => {
                let voucher = self.chance.up_to(vouchers) + 1;
                let code = code_of(&self.settings, number, voucher);
                let code = self.pick(&[code.clone(), code.clone(), code[..9].to_owned()]).unwrap_or(code);
                let visit = Some(visit).filter(|_| self.chance.up_to(7) > 0);
                MerchantInput::ScanVoucher { code, visit, operator }
            }
            _ => return self.of_a_shop(&given, visit),
        };
        Input::Merchant(input)
    }

    /// A stay that was made cheaper is paid, or leaves.
    fn of_a_shop(&mut self, given: &[(VisitId, MerchantId)], other: VisitId) -> Input {
        let visit = self.pick(given).map_or(other, |(visit, _)| visit);
        let due = self
            .terminal()
            .state()
            .visits
            .get(&visit)
            .map(|visit| self.settings.bill(visit, self.now).map(|bill| bill.due()).unwrap_or_default());
        let tenders = vec![Tender::Cash { given: due.unwrap_or_default() }];
        if self.chance.up_to(3) == 0 {
            return Input::Depart { visit, operator: person("A"), returned_at: None };
        }
        Input::Pay { visit, tenders, invoice_to: None, operator: person("A") }
    }

    fn wanted_merchant(&mut self) -> WantedMerchant {
        let gives = [
            Gives::FirstMinutes { minutes: 60 },
            Gives::Amount { amount: Cents(200) },
            Gives::Percent { share: Rate(5_000) },
            Gives::Percent { share: Rate(10_000) },
            Gives::FlatPrice { price: Cents(300) },
            Gives::Amount { amount: Cents::ZERO },
        ];
        WantedMerchant {
            name: self.pick(&["Καφέ Άλφα", "Φαρμακείο Βήτα", "Γάμμα", ""]).unwrap_or_default().to_owned(),
            afm: self.pick(&["", "", "094014201", "12"]).unwrap_or_default().to_owned(),
            gives: gives[at(&mut self.chance, gives.len())],
            payer: self.pick(&[Payer::Merchant, Payer::House]).unwrap_or_default(),
            per_day: self.pick(&[0, 0, 2]).unwrap_or_default(),
            per_vehicle: self.pick(&[0, 0, 1]).unwrap_or_default(),
            hours: Vec::new(),
            from: None,
            to: self.pick(&[None, None, Some(self.now.date())]).flatten(),
            adds_up: self.chance.up_to(1) == 0,
            active: self.chance.up_to(4) > 0,
        }
    }
}
