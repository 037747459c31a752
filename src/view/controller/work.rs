//! The page of a garage's work order.

use super::Controller;
use crate::app::input::{Input, PaperInput, WorkInput};
use crate::domain::catalogue::Size;
use crate::domain::entry::ClientType;
use crate::domain::ids::VisitId;
use crate::domain::money::{Cents, Quantity};
use crate::domain::paper::Paper;
use crate::domain::reminder::{Reminder, Standing};
use crate::domain::sale::PriceBasis;
use crate::domain::settings::Trade;
use crate::domain::text::Text;
use crate::domain::time::Stamp;
use crate::domain::visit::Visit;
use crate::domain::work::{ApprovalWay, NextService, WantedLine, WorkKind, WorkOrder};
use crate::store::query::KnownVehicle;
use crate::view::ask::Purpose;
use crate::view::generated::{self, Page, WorkField, WorkLineKind, WorkStep};
use crate::view::work::{self, LineForm, Sent, WorkForm};
use jiff::Span;

impl Controller {
    /// The visit on the page, where it is a garage's.
    pub(in crate::view) fn garage_visit(&self) -> Option<&Visit> {
        self.visit().filter(|visit| visit.client_type == ClientType::Garage)
    }

    fn work(&self) -> Option<&WorkOrder> {
        self.garage_visit()?.work.as_deref()
    }

    /// Its lines, or what was chosen of the price list before there are any.
    pub(in crate::view) fn work_lines(&self, visit: &Visit) -> Vec<WantedLine> {
        work::lines_of(visit, |code| self.settings.catalogue.uses_parts([code]))
    }

    pub(in crate::view) fn open_work(&mut self) {
        self.form.work = WorkForm::default();
        self.go(Page::Work);
    }

    /// One step back; from the order itself to its visit.
    pub(in crate::view) fn work_back(&mut self) {
        match self.form.work.step {
            WorkStep::Overview => self.go(Page::Visit),
            _ => self.form.work.begin(WorkStep::Overview, None),
        }
    }

    pub(in crate::view) fn work_step(&mut self, step: WorkStep) {
        let work = self.work().cloned();
        self.form.work.begin(step, work.as_ref());
        // A vehicle that was called for knows whom to call.
        if step == WorkStep::Next && work.is_none_or(|work| work.next_service.is_none()) {
            self.suggest_call();
        }
    }

    pub(in crate::view) fn work_field(&mut self, field: WorkField) {
        self.form.work.choose_field(field);
    }

    pub(in crate::view) fn work_key(&mut self, key: &str) {
        self.form.work.key(key);
    }

    pub(in crate::view) fn work_erase(&mut self) {
        self.form.work.erase();
    }

    pub(in crate::view) fn work_clear(&mut self) {
        self.form.work.clear();
    }

    // ------------------------------------------------------------------------------------------ lines

    /// Something of the price list: one more where it is the last line already.
    pub(in crate::view) fn quick_line(&mut self, code: &str) {
        let Some(visit) = self.garage_visit() else { return };
        let (Some(line), mut lines) = (self.listed_line(code, visit.size), self.work_lines(visit)) else {
            return;
        };
        match lines.last_mut().filter(|last| last.code == line.code && last.unit_price == line.unit_price) {
            Some(last) => last.quantity = Quantity(last.quantity.0 + Quantity::ONE.0),
            None => lines.push(line),
        }
        self.write_lines(lines);
    }

    /// A package or an extra as a line: a job at its price, or a part.
    fn listed_line(&self, code: &str, size: Size) -> Option<WantedLine> {
        let catalogue = &self.settings.catalogue;
        let trades = [Trade::Garage];
        let line = if catalogue.package(code).is_some() {
            catalogue.lines(size, code, &[], &trades).ok()?.pop()?
        } else {
            catalogue.supplement(&[code.to_owned()], &trades).ok()?.lines.pop()?
        };
        let kind = if catalogue.uses_parts([code]) { WorkKind::OwnPart } else { WorkKind::FlatJob };
        let (name, unit_price, basis) = (line.name, line.unit_price, line.basis);
        Some(WantedLine { kind, code: line.code, name, quantity: Quantity::ONE, unit_price, basis })
    }

    /// A line is touched, or a new one is wanted (below zero).
    pub(in crate::view) fn edit_line(&mut self, at: i32) {
        let Some(visit) = self.garage_visit() else { return };
        let lines = self.work_lines(visit);
        let at = usize::try_from(at).ok();
        let written = at.and_then(|at| Some((at, lines.get(at)?)));
        let line = match written {
            Some((at, line)) => LineForm::written(at, line, line.name.get(self.form.language).as_str()),
            None => LineForm { price: self.hour_price(), ..LineForm::of(WorkKind::Labour, self.basis()) },
        };
        let field = if line.at.is_none() { WorkField::Name } else { WorkField::Quantity };
        self.form.work.begin(WorkStep::Line, None);
        self.form.work.line = line;
        self.form.work.field = field;
    }

    fn basis(&self) -> PriceBasis {
        self.settings.garage.basis
    }

    /// What an hour costs here; nothing where nobody said.
    fn hour_price(&self) -> String {
        let hour = self.settings.garage.hour;
        if hour > Cents::ZERO { hour.0.to_string() } else { String::new() }
    }

    /// Another kind: the price of an hour comes with labour and goes with it.
    pub(in crate::view) fn choose_line_kind(&mut self, kind: WorkLineKind) {
        let (kind, hour) = (work::kind_meant(kind), self.hour_price());
        let form = &mut self.form.work;
        form.touched();
        let line = &mut form.line;
        if kind == WorkKind::Labour && line.price.is_empty() {
            line.price = hour;
        } else if line.kind == WorkKind::Labour && kind != WorkKind::Labour && line.price == hour {
            line.price.clear();
        }
        line.kind = kind;
    }

    pub(in crate::view) fn choose_line_vat(&mut self, with_vat: bool) {
        let form = &mut self.form.work;
        form.touched();
        form.line.basis = if with_vat { PriceBasis::WithVat } else { PriceBasis::WithoutVat };
    }

    pub(in crate::view) fn put_line(&mut self) {
        let (Some(visit), Some(line)) = (self.garage_visit(), self.form.work.line.wanted()) else { return };
        let mut lines = self.work_lines(visit);
        match self.form.work.line.at.and_then(|at| lines.get_mut(at)) {
            Some(slot) => *slot = line,
            None => lines.push(line),
        }
        self.write_lines(lines);
    }

    pub(in crate::view) fn remove_work_line(&mut self, at: i32) {
        let Some(visit) = self.garage_visit() else { return };
        let mut lines = self.work_lines(visit);
        if let Ok(at) = usize::try_from(at)
            && at < lines.len()
        {
            lines.remove(at);
            self.write_lines(lines);
        }
    }

    fn write_lines(&mut self, lines: Vec<WantedLine>) {
        self.send_work(Sent::Written(lines.clone()), |visit, _| {
            Input::Work(WorkInput::Write { visit, lines })
        });
    }

    // ------------------------------------------------------------------------------------------ everything else

    pub(in crate::view) fn choose_fuel(&mut self, eighths: i32) {
        let form = &mut self.form.work;
        form.touched();
        // Touched again, nobody has looked.
        let eighths = u8::try_from(eighths).ok();
        form.fuel = if form.fuel == eighths { None } else { eighths };
    }

    pub(in crate::view) fn choose_way(&mut self, way: generated::ApprovalWay) {
        self.form.work.touched();
        self.form.work.way = match way {
            generated::ApprovalWay::InPerson => ApprovalWay::InPerson,
            generated::ApprovalWay::Phone => ApprovalWay::Phone,
            generated::ApprovalWay::Message => ApprovalWay::Message,
        };
    }

    pub(in crate::view) fn due_in(&mut self, months: i32) {
        let today = self.world.as_ref().map(|world| world.at.date());
        let day = today.and_then(|today| today.checked_add(Span::new().months(months)).ok());
        if let Some(day) = day {
            self.form.work.touched();
            self.form.work.day = day.strftime("%d%m%Y").to_string();
        }
    }

    pub(in crate::view) fn due_after(&mut self, km: i32) {
        let now = self.work().and_then(|work| work.dashboard.km);
        if let Some(at) = now.zip(u32::try_from(km).ok()).map(|(now, km)| now.saturating_add(km)) {
            self.form.work.touched();
            self.form.work.due_km = at.to_string();
        }
    }

    fn promised(&self) -> Option<Stamp> {
        self.garage_visit().and_then(|visit| visit.board.promised)
    }

    pub(in crate::view) fn choose_promise_day(&mut self, day: i32) {
        self.form.work.touched();
        self.form.work.promise_day = u8::try_from(day).unwrap_or_default();
    }

    /// The hour says it: there is nothing more to say.
    pub(in crate::view) fn promise_at(&mut self, hour: i32) {
        let Some(today) = self.now().map(|now| now.date()) else { return };
        let day = today.checked_add(Span::new().days(self.form.work.promise_day)).ok();
        let at = day.zip(i8::try_from(hour).ok()).and_then(|(day, hour)| Stamp::at_hour(day, hour));
        if let Some(at) = at {
            self.send_work(Sent::Promised(at), |visit, _| Input::Work(WorkInput::Promise { visit, at }));
        }
    }

    /// What the step is for.
    pub(in crate::view) fn send_step(&mut self) {
        let form = &self.form.work;
        match form.step {
            WorkStep::Describe => {
                let (complaint, dashboard) = (form.complaint.clone(), form.dashboard());
                let sent = Sent::Described(Text::new(&complaint), dashboard);
                self.send_work(sent, |visit, _| {
                    Input::Work(WorkInput::Describe { visit, complaint, dashboard })
                });
            }
            WorkStep::Approve => self.approve_estimate(),
            WorkStep::Parts => {
                let what = form.parts.clone();
                let sent = Sent::Parts(Some(Text::new(&what)));
                self.send_work(sent, |visit, _| {
                    Input::Work(WorkInput::AwaitParts { visit, what: Some(what) })
                });
            }
            WorkStep::Next => {
                if let Some(next) = form.next_service() {
                    self.send_next(Some(next));
                }
            }
            WorkStep::Overview | WorkStep::Line | WorkStep::Promise | WorkStep::Versions => {}
        }
    }

    fn approve_estimate(&mut self) {
        let Some(version) = self.work().and_then(|work| work.estimates.last()).map(|last| last.version)
        else {
            return;
        };
        let (name, way) = (self.form.work.approver.clone(), self.form.work.way);
        self.send_work(Sent::Approved(version), |visit, operator| {
            Input::Work(WorkInput::Approve { visit, version, name, way, operator })
        });
    }

    /// What the step was for is over; or a yes is given by hand instead.
    pub(in crate::view) fn take_back_step(&mut self) {
        match self.form.work.step {
            WorkStep::Parts => {
                self.send_work(Sent::Parts(None), |visit, _| {
                    Input::Work(WorkInput::AwaitParts { visit, what: None })
                });
            }
            WorkStep::Next => self.send_next(None),
            WorkStep::Approve => self.open_estimate_signature(),
            _ => {}
        }
    }

    fn send_next(&mut self, next: Option<NextService>) {
        self.send_work(Sent::Next(next.clone()), |visit, _| {
            Input::Work(WorkInput::NextService { visit, next })
        });
    }

    /// Sends what was written, once.
    fn send_work(
        &mut self,
        sent: Sent,
        input: impl FnOnce(VisitId, crate::domain::operator::OperatorId) -> Input,
    ) {
        let Some(visit) = self.form.visit.id else { return };
        if self.form.work.sent.is_some() {
            return;
        }
        self.form.work.fault = None;
        self.form.work.sent = Some(sent);
        self.send(input(visit, self.operator()));
    }

    pub(in crate::view) fn make_estimate(&mut self) {
        let Some(visit) = self.form.visit.id else { return };
        let printing = |paper: &Paper| matches!(paper, Paper::Estimate { visit: one, .. } if *one == visit);
        if !self.is_printing(printing) {
            self.send(Input::Work(WorkInput::Estimate { visit, operator: self.operator() }));
        }
    }

    pub(in crate::view) fn print_estimate(&mut self, version: i32) {
        if let (Some(visit), Ok(version)) = (self.form.visit.id, u32::try_from(version)) {
            self.print_once(Paper::Estimate { visit, version });
        }
    }

    pub(in crate::view) fn print_work(&mut self) {
        if let Some(visit) = self.form.visit.id {
            self.print_once(Paper::WorkOrder { visit });
        }
    }

    fn print_once(&self, paper: Paper) {
        if !self.is_printing(|other| *other == paper) {
            self.send(Input::Paper(PaperInput::Print { paper }));
        }
    }

    pub(in crate::view) fn tell_work(&mut self) {
        self.begin(Purpose::Service);
    }

    pub(in crate::view) fn move_away(&mut self) {
        self.begin(Purpose::Move);
    }

    pub(in crate::view) fn may_move_away(&self, visit: &Visit) -> bool {
        self.actions(visit).contains(&generated::VisitAction::MoveAway)
    }

    // ------------------------------------------------------------------------------------------ what comes of it

    /// The world moved: what was sent is a fact, and the order comes up again.
    pub(super) fn follow_work(&mut self) {
        if self.form.work.is_done(self.work(), self.promised()) {
            self.form.work.begin(WorkStep::Overview, None);
        }
    }

    pub(super) fn work_refused(&mut self, sentence: String) {
        self.form.work.sent = None;
        self.form.work.fault = Some(sentence);
    }

    /// The name and telephone that came with the reminder it answers.
    fn suggest_call(&mut self) {
        let Some(due) = self.due_service().cloned() else { return };
        self.form.work.call_name = due.call_name.as_str().to_owned();
        self.form.work.call_phone = due.call_phone.as_str().to_owned();
    }

    /// What the vehicle of the visit was to come for by now.
    pub(in crate::view) fn due_service(&self) -> Option<&NextService> {
        let known = self.form.visit.known.as_ref()?;
        self.reminder_of(known).map(|(next, _)| next)
    }

    /// When a vehicle was to come again, where that is near or over and vehicles are serviced here. What the dashboard of the
    /// visit on the page says today counts before what it said when it was last here: that is in the table already.
    pub(in crate::view) fn reminder_of<'a>(
        &self,
        known: &'a KnownVehicle,
    ) -> Option<(&'a NextService, Reminder)> {
        let next = known.next_service.as_ref()?;
        let serviced = self.settings.trades().any(|trade| trade == Trade::Garage);
        let today = self.world.as_ref().filter(|_| serviced)?.at.date();
        let reminder = next.reminder(today, known.seen, self.settings.garage.reminders);
        (reminder.standing != Standing::NotYet).then_some((next, reminder))
    }
}
