//! Another device, or another address, in a device's place: found or typed, named, given its make, and for printers the page
//! of their Greek letters.

use super::Controller;
use crate::app::input::{DeviceInput, Input, PaperInput};
use crate::app::refusal::Refusal;
use crate::device::{DeviceAddress, with_greek_page};
use crate::domain::device::{DeviceId, DeviceKind};
use crate::domain::paper::Paper;
use crate::view::devices::{
    ADDRESS_MAX, DeviceForm, Subject, Test, is_found_by_itself, simulated, with_profile,
};
use crate::view::generated::{DeviceKind as KindShown, DeviceStep, ModelGroup, Page};

/// The id of the offer that is no plugged device.
pub(in crate::view) const SIMULATED: &str = "simulated";

impl Controller {
    /// One more device: a scale after a word about the law, one of several with its name.
    pub(in crate::view) fn add_device(&mut self, kind: KindShown) {
        let Some(kind) = kind_of(kind) else { return };
        let step = match kind {
            DeviceKind::Scale => DeviceStep::Note,
            kind if kind.may_be_several() => DeviceStep::Name,
            _ => DeviceStep::Find,
        };
        self.show_device(Subject::Device(DeviceId::only(kind)), step);
        if step == DeviceStep::Find {
            self.change_device();
        }
    }

    /// Looks for what could take its place.
    pub(in crate::view) fn change_device(&mut self) {
        let Some(kind) = self.kind_up() else { return };
        let found = self.may_be_found(kind);
        let Some(form) = &mut self.form.device else { return };
        form.step = if found { DeviceStep::Find } else { DeviceStep::Type };
        (form.fault, form.place) = (None, None);
        form.typed.clear();
        self.look_for_devices();
    }

    /// Whether there is a list to choose it from.
    pub(super) fn may_be_found(&self, kind: DeviceKind) -> bool {
        is_found_by_itself(kind) || self.settings.practice
    }

    pub(in crate::view) fn look_for_devices(&mut self) {
        self.send(Input::Device(DeviceInput::Find));
    }

    /// A name among several, chosen or typed.
    pub(in crate::view) fn choose_name(&mut self, name: &str) {
        let Some(kind) = self.kind_up() else { return };
        let device = match name {
            "" => Some(DeviceId::only(kind)),
            name => DeviceId::named(kind, name),
        };
        let free = device.filter(|device| !self.is_attached(&Subject::Device(device.clone())));
        if let (Some(device), Some(form)) = (free, &mut self.form.device) {
            form.subject = Subject::Device(device);
            self.change_device();
        }
    }

    /// What was touched takes the place; a printer's make is asked first.
    pub(in crate::view) fn take_offer(&mut self, id: &str) {
        let Some(kind) = self.kind_up() else { return };
        let (address, called) = if id == SIMULATED {
            (simulated(kind).to_owned(), String::new())
        } else {
            let offers = self.state().and_then(|state| state.live.offers.as_ref());
            let offer = offers.and_then(|offers| offers.iter().find(|offer| offer.address.as_str() == id));
            let Some(offer) = offer else { return };
            (offer.address.as_str().to_owned(), offer.name.as_str().to_owned())
        };
        if let Some(form) = &mut self.form.device {
            form.called = called;
        }
        self.take_place(kind, address);
    }

    pub(in crate::view) fn type_address(&mut self) {
        if let Some(form) = &mut self.form.device {
            form.step = DeviceStep::Type;
            form.fault = None;
        }
    }

    pub(in crate::view) fn address_key(&mut self, key: &str) {
        if let Some(form) = &mut self.form.device
            && form.typed.chars().count() + key.chars().count() <= ADDRESS_MAX
        {
            form.typed.push_str(key);
            form.fault = None;
        }
    }

    pub(in crate::view) fn address_erase(&mut self) {
        if let Some(form) = &mut self.form.device {
            form.typed.pop();
            form.fault = None;
        }
    }

    pub(in crate::view) fn address_clear(&mut self) {
        if let Some(form) = &mut self.form.device {
            form.typed.clear();
            form.fault = None;
        }
    }

    pub(in crate::view) fn use_typed(&mut self) {
        let (Some(kind), Some(form)) = (self.kind_up(), &mut self.form.device) else { return };
        form.called.clear();
        let typed = form.typed.trim().to_owned();
        if !typed.is_empty() {
            self.take_place(kind, typed);
        }
    }

    /// A printer that does not say its make is asked for it, once its place can be read; everything else is taken at once.
    fn take_place(&mut self, kind: DeviceKind, address: String) {
        if let Err(why) = DeviceAddress::parse(kind, &address) {
            return self.device_refused(Refusal::DeviceAddress { why }.sentence(self.form.language));
        }
        let asks_make = kind == DeviceKind::Printer && !address.contains("profile=");
        match &mut self.form.device {
            Some(form) if asks_make => {
                form.place = Some(address);
                form.step = DeviceStep::Model;
                form.fault = None;
            }
            _ => self.assign(Some(address)),
        }
    }

    pub(in crate::view) fn choose_group(&mut self, group: ModelGroup) {
        if let Some(form) = &mut self.form.device {
            form.group = group;
        }
    }

    pub(in crate::view) fn choose_model(&mut self, model: &str) {
        let place = self.form.device.as_ref().and_then(|form| form.place.clone());
        if let Some(place) = place {
            self.assign(Some(with_profile(&place, model)));
        }
    }

    /// The test print that shows which page reads right; asked again it is printed again.
    pub(in crate::view) fn find_greek(&mut self) {
        if let Some(form) = &mut self.form.device {
            form.step = DeviceStep::Greek;
            form.fault = None;
        }
        self.print_greek();
    }

    pub(in crate::view) fn print_greek(&mut self) {
        if let Some(at) = self.world.as_ref().map(|world| world.at) {
            self.send(Input::Paper(PaperInput::Print { paper: Paper::GreekPages { at } }));
        }
    }

    /// The line that reads right; nought for none of them.
    pub(in crate::view) fn choose_line(&mut self, line: i32) {
        let address = self.address_up();
        let line = usize::try_from(line).ok();
        if let Some(chosen) = address.zip(line).and_then(|(address, line)| with_greek_page(&address, line)) {
            self.assign(Some(chosen));
        }
    }

    /// The configuration's address again; what the configuration does not have goes away.
    pub(in crate::view) fn back_to_configuration(&mut self) {
        self.assign(None);
    }

    fn assign(&mut self, address: Option<String>) {
        let Some(form) = self.form.device.as_mut().filter(|form| form.sent.is_none()) else { return };
        let Some(device) = form.subject.device().cloned() else { return };
        (form.fault, form.sent) = (None, Some(address.clone()));
        let configured = self.configured.get(&device).cloned();
        self.send(Input::Device(DeviceInput::Assign {
            device,
            address,
            configured,
            operator: self.operator(),
        }));
    }

    /// What was chosen is a fact: its page is up again, with the test beside it.
    pub(super) fn follow_assignment(&mut self) {
        let Some(state) = self.state() else { return };
        let Some((form, device)) =
            self.form.device.as_ref().and_then(|form| form.subject.device().map(|device| (form, device)))
        else {
            return;
        };
        let now =
            state.assigned.get(device).map(|assignment| assignment.address.as_ref().map(|a| a.as_str()));
        let Some(sent) = &form.sent else { return };
        if now != Some(sent.as_deref()) {
            return;
        }
        let gone = sent.is_none() && !self.configured.contains_key(device);
        match &mut self.form.device {
            Some(form) if !gone => *form = DeviceForm::of(form.subject.clone(), DeviceStep::View),
            _ => self.go(Page::Devices),
        }
    }

    /// What was asked for is not done; what was chosen is chosen again.
    pub(super) fn device_refused(&mut self, sentence: String) {
        let Some(form) = &mut self.form.device else { return };
        if form.sent.take().is_some() && form.step == DeviceStep::Model {
            form.step = if form.typed.is_empty() { DeviceStep::Find } else { DeviceStep::Type };
        }
        if form.test == Test::Asked {
            form.test = Test::None;
        }
        form.fault = Some(sentence);
    }

    /// The address of the device whose page is up.
    pub(in crate::view) fn address_up(&self) -> Option<String> {
        let device = self.form.device.as_ref()?.subject.device()?;
        Some(self.state()?.live.devices.get(device)?.address.as_str().to_owned())
    }

    fn kind_up(&self) -> Option<DeviceKind> {
        self.form.device.as_ref()?.subject.device().map(|device| device.kind)
    }
}

/// The drawer is no device of its own: it comes with the printer.
const fn kind_of(kind: KindShown) -> Option<DeviceKind> {
    match kind {
        KindShown::Printer => Some(DeviceKind::Printer),
        KindShown::Drawer => None,
        KindShown::Scanner => Some(DeviceKind::Scanner),
        KindShown::Scale => Some(DeviceKind::Scale),
        KindShown::Camera => Some(DeviceKind::Camera),
        KindShown::Card => Some(DeviceKind::CardTerminal),
        KindShown::Display => Some(DeviceKind::Display),
        KindShown::Barrier => Some(DeviceKind::Barrier),
    }
}
