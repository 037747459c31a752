//! Which input goes to which area.

use super::{
    Decided, Draft, LiveChange, arrive, bay, card, compare, correct, counterparty, credit, day, depart,
    deposit, device, found, issue, lease, listed, merchant, name, order, pack, paper, pay, person, photo,
    registry, rental, serve, shift, sighting, signature, subscription, tariff, template, ticket, void, work,
};
use crate::app::effect::{Effect, MessageWish, Notice};
use crate::app::input::{
    CameraInput, CardInput, CounterpartyInput, DepositInput, DeviceInput, DocumentInput, Input, OrderInput,
    PaperInput, ParkingInput, PersonInput, RegistryInput, RentalInput, TillInput, WorkInput,
};
use crate::app::refusal::Refusal;
use crate::domain::card::WantedPayment;
use crate::domain::event::Event;
use crate::domain::operator::Right;

impl Draft<'_> {
    /// What an input means.
    pub(super) fn route(&mut self, input: &Input) -> Decided {
        match input {
            Input::Started { version } => {
                self.event(Event::TerminalStarted { version: version.clone() });
                paper::after_restart(self);
                card::after_restart(self);
                name::after_restart(self);
                issue::after_restart(self);
                template::after_restart(self);
                tariff::after_restart(self);
                Ok(())
            }
            Input::ClockStepped { by_s } => {
                self.event(Event::ClockStepped { by_s: *by_s });
                self.decision.live.push(LiveChange::Steady(self.at));
                registry::clock_stepped(self);
                issue::clock_stepped(self);
                Ok(())
            }
            Input::OpenVisit(open) => arrive::open(self, open),
            Input::ChooseService(choice) => serve::choose(self, choice),
            Input::TellService { visit, category, amount } => {
                serve::tell(self, *visit, category.as_ref(), *amount, input)
            }
            Input::GiveDiscount { visit, amount, reason, by } => {
                serve::discount(self, *visit, *amount, reason, by)
            }
            Input::StartService { visit } => serve::start(self, *visit),
            Input::FinishService { visit } => serve::finish(self, *visit),
            Input::Place { visit, place, operator } => bay::place(self, *visit, *place, operator),
            Input::Pay { visit, tenders, invoice_to, operator } => {
                pay::pay(self, *visit, &WantedPayment::new(tenders, invoice_to.as_ref(), operator))
            }
            Input::PayShown { visit, payment } => pay::pay(self, *visit, payment),
            Input::SellMore { visit, extras } => serve::sell_more(self, *visit, extras),
            Input::SettleByContract { visit, invoice_to, operator } => {
                pay::by_contract(self, *visit, invoice_to.as_ref(), operator)
            }
            Input::ChooseNoDocument { visit, reason, note, redo_of, by } => {
                pay::no_document(self, *visit, *reason, note, redo_of.as_ref(), by)
            }
            Input::DocumentRead { document, wanted } => self.document_read(document.as_deref(), wanted),
            Input::Depart { visit, operator, returned_at } => {
                depart::depart(self, *visit, operator, returned_at.as_deref())
            }
            Input::MoveOffSite { visit, to, operator } => depart::move_off_site(self, *visit, to, operator),
            Input::CancelVisit { visit, reason, by } => depart::cancel(self, *visit, reason, by),
            Input::CorrectPlate { visit, plate, entry, vehicle, by } => {
                correct::correct(self, *visit, plate, entry, vehicle, by)
            }
            Input::VisitsRead { name, visits } => name::correlate(self, name, visits),
            Input::Recalled { visit, wanted } => self.recalled(visit.as_deref(), wanted),
            Input::OrderRead { order, wanted } => self.order_read(order.as_deref(), wanted),
            Input::SealRead { seal, wanted } => match wanted.as_ref() {
                Input::Till(TillInput::CloseDay { machine_z, by, .. }) => {
                    day::sealed(self, seal, machine_z.as_deref(), by)
                }
                _ => Ok(()),
            },
            Input::CopiesRead { paper, complete } => paper::copies_read(self, paper, *complete),
            Input::Tick => Ok(()),
            Input::Work(input) => self.work_input(input),
            Input::Signature(input) => signature::route(self, input),
            Input::Parking(input) => self.parking_input(input),
            Input::Listed(input) => listed::decide(self, input),
            Input::Merchant(input) => merchant::decide(self, input),
            Input::Subscriber(input) => subscription::decide(self, input),
            Input::Order(input) => self.order_input(input),
            Input::Rental(input) => self.rental_input(input),
            Input::Lease(input) => lease::decide(self, input),
            Input::Deposit(input) => self.deposit_input(input),
            Input::Counterparty(input) => self.counterparty_input(input),
            Input::Pack(input) => pack::decide(self, input),
            Input::Document(input) => self.document_input(input),
            Input::Till(input) => self.till_input(input),
            Input::Card(input) => self.card_input(input),
            Input::Person(input) => self.person_input(input),
            Input::Template(input) => template::arrange(self, input),
            Input::Tariff(input) => tariff::change(self, input),
            Input::Device(input) => self.device_input(input),
            Input::Camera(input) => self.camera_input(input),
            Input::Paper(input) => self.paper_input(input),
            Input::Registry(input) => self.registry_input(input),
        }
    }

    fn work_input(&mut self, input: &WorkInput) -> Decided {
        match input {
            WorkInput::Describe { visit, complaint, dashboard } => {
                work::describe(self, *visit, complaint, *dashboard)
            }
            WorkInput::Write { visit, lines } => work::write(self, *visit, lines),
            WorkInput::Estimate { visit, operator } => work::estimate(self, *visit, operator),
            WorkInput::Approve { visit, version, name, way, operator } => {
                work::approve(self, *visit, *version, name, *way, operator)
            }
            WorkInput::Promise { visit, at } => work::promise(self, *visit, *at),
            WorkInput::AwaitParts { visit, what } => work::await_parts(self, *visit, what.as_deref()),
            WorkInput::NextService { visit, next } => work::next_service(self, *visit, next.as_ref()),
        }
    }

    fn parking_input(&mut self, input: &ParkingInput) -> Decided {
        match input {
            ParkingInput::ScanTicket { code, operator } => ticket::scanned(self, code, operator),
            ParkingInput::TicketGone { visit, fate, operator } => {
                found::ticket_gone(self, *visit, *fate, operator)
            }
            ParkingInput::OpenFound { open, price, reason, by } => {
                found::open(self, open, *price, reason, by)
            }
            ParkingInput::PriceFrom { visit, from, reason, by } => {
                found::price_from(self, *visit, *from, reason, by)
            }
            ParkingInput::AgreePrice { visit, price, reason, by } => {
                found::agree(self, *visit, *price, reason, by)
            }
            ParkingInput::ReleaseOwing { visit, debtor, reason, operator } => {
                found::release(self, *visit, debtor, reason, operator)
            }
            ParkingInput::CloseMissed { visit, left, reason, by } => {
                found::close_missed(self, *visit, *left, reason, by)
            }
        }
    }

    fn order_input(&mut self, input: &OrderInput) -> Decided {
        match input {
            OrderInput::Add(wanted) => order::add(self, wanted),
            OrderInput::Remove { order, line } => order::remove(self, *order, *line),
            OrderInput::Discount { order, amount, reason, by } => {
                order::discount(self, *order, *amount, reason, by)
            }
            OrderInput::TakeIn { order, owner, promised, operator } => {
                order::take_in(self, *order, owner, *promised, operator)
            }
            OrderInput::Finish { order, operator } => order::finish(self, *order, operator),
            OrderInput::Pay { order, tenders, invoice_to, operator } => {
                order::pay(self, *order, &WantedPayment::new(tenders, invoice_to.as_ref(), operator))
            }
            OrderInput::HandOver { order, fetched, operator } => {
                order::hand_over(self, *order, fetched, operator)
            }
            OrderInput::Cancel { order, reason, by } => order::cancel(self, *order, reason, by),
            OrderInput::SlipRecalled { order } => {
                self.tell(Notice::SlipRead { order: *order });
                Ok(())
            }
        }
    }

    fn rental_input(&mut self, input: &RentalInput) -> Decided {
        match input {
            RentalInput::HandOver { visit, wanted, operator } => {
                rental::hand_over(self, *visit, wanted, operator)
            }
            RentalInput::TakeBack { visit, wanted, operator } => {
                rental::take_back(self, *visit, wanted, operator)
            }
        }
    }

    fn deposit_input(&mut self, input: &DepositInput) -> Decided {
        match input {
            DepositInput::Take { visit, amount, tenders, operator } => {
                deposit::take(self, *visit, *amount, tenders, operator)
            }
            DepositInput::Return { deposit, amount, means, reason, by } => {
                deposit::give_back(self, *deposit, *amount, *means, reason, by)
            }
        }
    }

    fn counterparty_input(&mut self, input: &CounterpartyInput) -> Decided {
        match input {
            CounterpartyInput::LookUp { country, number, again, operator } => {
                counterparty::look_up(self, country, number, operator, *again)
            }
            CounterpartyInput::Write { country, number, particulars, operator } => {
                counterparty::write(self, country, number, particulars, operator)
            }
            CounterpartyInput::Answered { register, number, answer } => {
                counterparty::answered(self, *register, number, answer)
            }
            CounterpartyInput::Read { number, known, wish } => {
                counterparty::read(self, number, known.as_deref(), wish)
            }
        }
    }

    fn document_input(&mut self, input: &DocumentInput) -> Decided {
        match input {
            DocumentInput::Refund { document, .. } => credit::wanted(self, *document, input),
            DocumentInput::Void { document, reason, by } => void::wanted(self, *document, reason, by, input),
            DocumentInput::RefundWithout { amount, given_to, reason, by } => {
                credit::without_original(self, *amount, given_to, reason, by)
            }
            DocumentInput::Name { document, name, even_if_different } => {
                name::typed(self, *document, name, *even_if_different)
            }
            DocumentInput::Correlate { name, visits } => name::wanted_for(self, name, visits),
            DocumentInput::Reported { document, name, qr } => {
                name::reported(self, *document, name, qr.as_ref())
            }
            DocumentInput::IssuerSaid { document, n, news } => issue::said(self, *document, *n, news),
            DocumentInput::IssueAgain { document } => issue::again(self, *document),
        }
    }

    fn till_input(&mut self, input: &TillInput) -> Decided {
        match input {
            TillInput::OpenShift { float, operator } => shift::open(self, *float, operator),
            TillInput::SealShift => shift::seal(self),
            TillInput::RelieveCashier { operator } => shift::relieve(self, operator),
            TillInput::CloseShift { shift, counted, pieces, operator } => {
                shift::close(self, *shift, *counted, pieces, operator)
            }
            TillInput::ExplainVariance { shift, reason, by } => shift::explain(self, *shift, reason, by),
            TillInput::MoveCash { kind, amount, reason, by } => {
                shift::move_cash(self, *kind, *amount, reason, by)
            }
            TillInput::CloseDay { even_with_open, by, .. } => day::wanted(self, *even_with_open, by, input),
            TillInput::LookAtControl { by } => {
                self.require(Right::SeeExpected, by)?;
                self.tell(Notice::MayLook);
                Ok(())
            }
            TillInput::OpenDrawer { by } => shift::open_drawer(self, by),
            TillInput::OfferDrawer => shift::offer_drawer(self),
            TillInput::DrawerReported { opened } => shift::drawer_reported(self, *opened),
        }
    }

    fn card_input(&mut self, input: &CardInput) -> Decided {
        match input {
            CardInput::Reported { session, outcome } => card::reported(self, *session, outcome),
            CardInput::Cancel => card::cancel(self),
            CardInput::Ask { session } => card::ask_again(self, *session),
            CardInput::Settle { session, approved, by } => card::settle(self, *session, *approved, by),
            CardInput::Use { session } => card::use_approved(self, *session),
        }
    }

    fn person_input(&mut self, input: &PersonInput) -> Decided {
        match input {
            PersonInput::PinChecked { operator, good } => person::checked(self, operator, *good),
            PersonInput::PinHashed { operator, hash, by } => person::set(self, operator, hash, by),
            PersonInput::PinFailed { why } => Err(Refusal::PinFailed { why: why.clone() }.into()),
            PersonInput::LockTill => person::lock(self),
        }
    }

    fn device_input(&mut self, input: &DeviceInput) -> Decided {
        match input {
            DeviceInput::DrawerSeen { open } => device::drawer_seen(self, *open),
            DeviceInput::Attached { device, address } => device::attached(self, device, address),
            DeviceInput::Detached { device } => device::detached(self, device),
            DeviceInput::Seen { device, condition } => device::seen(self, device, condition),
            DeviceInput::Assign { device, address, configured, operator } => {
                device::assign(self, device, address.as_deref(), configured.as_deref(), operator)
            }
            DeviceInput::Find => {
                self.effect(Effect::FindDevices);
                Ok(())
            }
            DeviceInput::Found { offers } => {
                self.decision.live.push(LiveChange::Offers(offers.clone()));
                Ok(())
            }
            DeviceInput::Scanned { device, code } => device::scanned(self, device, code),
            DeviceInput::Weigh { on } => device::weigh(self, *on),
            DeviceInput::Weighed { reading } => device::weighed(self, *reading),
            DeviceInput::TestDisplay => device::test_display(self),
            DeviceInput::OpenBarrier { device, visit, reason, operator } => {
                device::open_barrier(self, device, *visit, reason, operator)
            }
            DeviceInput::BarrierReported { device, opening } => {
                device::barrier_reported(self, device, opening)
            }
            DeviceInput::BarrierSeen { device, up } => device::barrier_seen(self, device, *up),
            DeviceInput::DiskSeen { free_bytes, writable } => {
                let full = !writable || *free_bytes < self.settings.disk_free_min_bytes;
                self.decision.live.push(LiveChange::Disk { full });
                Ok(())
            }
        }
    }

    fn camera_input(&mut self, input: &CameraInput) -> Decided {
        match input {
            CameraInput::PlateSeen { device, gate, sighting, again } => {
                sighting::seen(self, device, *gate, sighting, *again)
            }
            CameraInput::IgnorePlate { sighting } => sighting::ignore(self, *sighting),
            CameraInput::TakePhoto { visit, camera, shot, .. } => photo::take(self, *visit, camera, shot),
            CameraInput::PhotoMissed { visit, why } => photo::missed(self, *visit, *why),
            CameraInput::KnownNear { sighting, plate, known } => {
                sighting::known_near(self, *sighting, plate, known);
                Ok(())
            }
            CameraInput::PhotoKept { photo } => photo::kept(self, photo),
            CameraInput::PhotosOver { photos } => photo::over(self, photos),
        }
    }

    fn paper_input(&mut self, input: &PaperInput) -> Decided {
        match input {
            PaperInput::Print { paper } => paper::wanted(self, paper),
            PaperInput::Continue { job } => paper::carry_on(self, *job),
            PaperInput::Judge { job, complete, operator } => paper::judge(self, *job, *complete, operator),
            PaperInput::Drop { job, operator } => paper::give_up(self, *job, operator),
            PaperInput::Reported { job, outcome } => paper::reported(self, *job, outcome),
            PaperInput::PrinterSeen { trouble, near_end } => {
                let change = LiveChange::Printer { trouble: trouble.clone(), near_end: *near_end };
                self.decision.live.push(change);
                Ok(())
            }
        }
    }

    fn registry_input(&mut self, input: &RegistryInput) -> Decided {
        match input {
            RegistryInput::Due(due) => registry::due(self, due),
            RegistryInput::Exchanged { message, n, heard } => registry::heard(self, *message, *n, heard),
            RegistryInput::LookedUp { message, found } => registry::looked_up(self, *message, found),
            RegistryInput::TellAgain { message } => {
                registry::read_message(self, *message, MessageWish::TellAgain)
            }
            RegistryInput::PutAside { message, by } => {
                self.require(Right::CorrectEntry, by)?;
                registry::read_message(self, *message, MessageWish::PutAside)
            }
            RegistryInput::MessageRead { message, visit, wish } => {
                registry::message_read(self, message, visit.as_deref(), wish)
            }
            RegistryInput::Listed { wanted, page } => compare::listed(self, wanted, page),
            RegistryInput::ListingFailed { wanted, .. } => compare::failed(self, wanted),
            RegistryInput::Compared { page, found } => compare::compared(self, page, found),
            RegistryInput::Unlisted { missing } => compare::unlisted(self, missing),
            RegistryInput::SettleDifference { difference, way, by } => {
                compare::settle(self, difference, *way, by)
            }
            RegistryInput::TryNow | RegistryInput::CompareNow => Ok(()),
        }
    }
}
