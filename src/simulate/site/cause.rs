//! What the terminal's effects cause around it: each is done at once, and what comes of it arrives later.

use super::line::{at_once, later};
use super::{Site, SiteError};
use crate::aade::worker;
use crate::app::effect::Effect;
use crate::app::engine;
use crate::app::input::{
    CameraInput, CardInput, CounterpartyInput, DeviceInput, DocumentInput, Input, PaperInput, RegistryInput,
    TillInput,
};
use crate::domain::card::{CardApproval, CardOutcome};
use crate::domain::device::{BarrierOpening, Condition, DeviceId};
use crate::domain::ids::{JobId, MessageId};
use crate::domain::issuing::News;
use crate::domain::paper::{Paper, PrintOutcome};
use crate::domain::photo::PhotoMiss;
use crate::domain::text::Text;
use crate::issuer;
use std::path::{Path, PathBuf};
use tameio_drivers::camera::{SimCamera, Size};
use tameio_drivers::printer::{EscPosPrinter, PageFinder, Printer, encode};

/// The size of a site's photographs.
const PHOTO: Size = Size::new(320, 180);

impl Site {
    pub(super) fn cause(&mut self, effect: Effect) -> Result<(), SiteError> {
        match effect {
            Effect::Tell(notice) => self.notices.push(notice),
            Effect::Exchange { message, n, kind, request } => {
                let tried = at_once(worker::exchange(&self.line, kind, request));
                self.terminal.keep_reply(message, n, tried.reply);
                self.line_input(Input::Registry(RegistryInput::Exchanged { message, n, heard: tried.heard }));
            }
            Effect::LookUp { message, sought } => {
                let found = at_once(worker::look_up(&self.line, &sought));
                self.line_input(Input::Registry(RegistryInput::LookedUp { message, found }));
            }
            Effect::List { wanted } => {
                let input = match at_once(worker::list(&self.line, &wanted)) {
                    Ok(page) => Input::Registry(RegistryInput::Listed { wanted, page }),
                    Err(why) => Input::Registry(RegistryInput::ListingFailed { wanted, why }),
                };
                self.line_input(input);
            }
            Effect::Print { job, paper } => self.print(job, &paper)?,
            Effect::OpenDrawer => {
                // A printer of its own for each pulse: real coils must cool between two, simulated ones need not.
                let mut drawer =
                    EscPosPrinter::new("drawer", self.profile.clone(), Box::new(self.printer.clone()));
                let opened =
                    !matches!(drawer.open_drawer(), tameio_drivers::printer::JobOutcome::NotStarted { .. });
                self.schedule(100, Input::Till(TillInput::DrawerReported { opened }));
            }
            Effect::Attach { device, address } => self.attach(device, address),
            Effect::OpenBarrier { device } => {
                self.schedule(
                    700,
                    Input::Device(DeviceInput::BarrierReported {
                        device,
                        opening: BarrierOpening::Confirmed,
                    }),
                );
            }
            // The customer's card is good.
            Effect::ChargeCard { charge } => {
                let approval = CardApproval { amount: charge.amount, ..CardApproval::default() };
                let outcome =
                    self.card.clone().unwrap_or(CardOutcome::Approved { approval: Box::new(approval) });
                self.schedule(4_000, Input::Card(CardInput::Reported { session: charge.session, outcome }));
            }
            Effect::AskCard { charge } => {
                let why = Text::new("the terminal says nothing");
                let outcome = self.card.clone().unwrap_or(CardOutcome::Unknown { why });
                self.schedule(1_000, Input::Card(CardInput::Reported { session: charge.session, outcome }));
            }
            Effect::CancelCard | Effect::SetCardAside { .. } => {}
            Effect::ShowCustomer { upper, lower } => self.customer = Some((upper, lower)),
            // Nobody arranges papers on a simulated day.
            Effect::FindLogos | Effect::ReadLogo { .. } => {}
            // Nothing is plugged in, and nobody weighs.
            Effect::FindDevices => {
                self.schedule(100, Input::Device(DeviceInput::Found { offers: Vec::new() }))
            }
            Effect::Weigh { .. } => {}
            Effect::KeepPhoto { photo, chain, kind, .. } => {
                let jpeg = SimCamera::default().picture(PHOTO);
                if let Ok(photo) = self.photos().keep(photo, chain, kind, self.now(), &jpeg) {
                    self.schedule(50, Input::Camera(CameraInput::PhotoKept { photo: Box::new(photo) }));
                }
            }
            Effect::TakePhoto { photo, visit, chain, shot, .. } => {
                let jpeg = SimCamera::default().picture(PHOTO);
                let kept = self.photos().keep_shot(photo, chain, shot, self.now(), &jpeg);
                let input = match kept {
                    Ok(photo) => CameraInput::PhotoKept { photo: Box::new(photo) },
                    Err(_) => CameraInput::PhotoMissed { visit, why: PhotoMiss::NotKept },
                };
                self.schedule(50, Input::Camera(input));
            }
            Effect::DeletePhotos { photos } => self.photos().delete(&photos),
            Effect::Issue { document } => {
                let (name, qr) = (issuer::simulator::name(&document), Some(issuer::simulator::qr(&document)));
                self.schedule(
                    300,
                    Input::Document(DocumentInput::Reported { document: document.id, name, qr }),
                );
            }
            Effect::TellDocument { document, n, telling } => {
                let tried = at_once(telling.send(self.issuer_line()));
                self.terminal.keep_reply(MessageId(document.0), n, tried.reply);
                let delay = self.issuer_delay();
                self.schedule(
                    delay,
                    Input::Document(DocumentInput::IssuerSaid { document, n, news: tried.heard }),
                );
            }
            Effect::LookUpDocument { document, n, asking } => {
                let found = at_once(asking.look_up(self.issuer_line()));
                let delay = self.issuer_delay();
                self.schedule(
                    delay,
                    Input::Document(DocumentInput::IssuerSaid { document, n, news: News::Found(found) }),
                );
            }
            Effect::AskRegister { register, number } => {
                let answer = at_once(self.look_up.ask(register, &number));
                let delay = self.registers_line.take_delay();
                let answered = CounterpartyInput::Answered { register, number, answer };
                self.schedule(delay, Input::Counterparty(answered));
            }
            Effect::Ask(_) => {}
        }
        Ok(())
    }

    /// A device of the site is there as soon as it is looked for.
    fn attach(&mut self, device: DeviceId, address: Option<Text>) {
        match address {
            Some(address) => {
                self.schedule(1, Input::Device(DeviceInput::Attached { device: device.clone(), address }));
                self.schedule(2, Input::Device(DeviceInput::Seen { device, condition: Condition::Ready }));
            }
            None => self.schedule(1, Input::Device(DeviceInput::Detached { device })),
        }
    }

    fn line_input(&mut self, input: Input) {
        let delay = self.line.take_delay();
        self.schedule(delay, input);
    }

    fn schedule(&mut self, delay_ms: i64, input: Input) {
        self.order += 1;
        self.coming.insert((later(self.now(), delay_ms), self.order), input);
    }

    fn print(&mut self, job: JobId, paper: &Paper) -> Result<(), SiteError> {
        let conn = self.terminal.store().connection();
        let sheet = engine::compose(conn, self.terminal.settings(), paper, self.profile.columns)?;
        let encoded = match paper {
            Paper::GreekPages { .. } => PageFinder::new(&self.profile).job().ok(),
            _ => sheet.and_then(|sheet| encode(&sheet, &self.profile).ok()),
        };
        let Some(encoded) = encoded else { return Ok(()) };
        let mut printer = EscPosPrinter::new("printer", self.profile.clone(), Box::new(self.printer.clone()));
        if self.last_print.contains_key(&job) {
            // A second try: what the printer kept of the first must not come out as well.
            let _ = printer.discard();
        }
        let outcome = engine::outcome(printer.print(&encoded));
        if outcome == PrintOutcome::Confirmed {
            self.keep_paper(job)?;
        } else if matches!(outcome, PrintOutcome::Interrupted { .. }) {
            // With a new roll it would finish by itself what it holds.
            let _ = printer.discard();
        }
        self.last_print.insert(job, outcome.clone());
        self.schedule(1_500, Input::Paper(PaperInput::Reported { job, outcome }));
        Ok(())
    }

    /// Writes the papers that came out; the file's name is the job's, so that somebody who looks finds it.
    fn keep_paper(&self, job: JobId) -> Result<(), SiteError> {
        let Some(folder) = &self.papers else { return Ok(()) };
        for paper in self.printer.take_papers() {
            let name = free_name(folder, job);
            write_whole(&name.with_extension("png"), &paper.png())?;
            write_whole(&name.with_extension("txt"), paper.text().as_bytes())?;
        }
        Ok(())
    }
}

/// The file of a job's paper; a second one of the same job gets a name that shows it.
fn free_name(folder: &Path, job: JobId) -> PathBuf {
    let first = folder.join(job.to_string());
    if first.with_extension("txt").exists() { folder.join(format!("{job}-again")) } else { first }
}

/// Writes a file so that it is there whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), SiteError> {
    let part = path.with_extension("part");
    std::fs::write(&part, bytes)
        .and_then(|()| std::fs::rename(&part, path))
        .map_err(|e| SiteError::File(path.to_owned(), e))
}
