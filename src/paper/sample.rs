//! Made-up facts for every kind of paper that has a template, so that whoever arranges one sees it as it is printed. The plates,
//! names and MARKs are nobody's.

use super::Facts;
use crate::domain::customer::TaxNumber;
use crate::domain::deposit::Deposit;
use crate::domain::document::{Document, DocumentKind};
use crate::domain::order::Order;
use crate::domain::settings::Settings;
use crate::domain::template::TemplateKind;
use crate::domain::visit::Visit;
use serde::de::DeserializeOwned;

/// Something to print.
#[derive(Debug, Clone)]
pub enum Sample {
    /// A visit's ticket.
    Ticket(Box<Visit>),
    /// An order's intake slip.
    Intake(Box<Order>),
    /// A sale's slip.
    Slip(Box<Document>),
    /// A sale's receipt, or an invoice.
    Receipt(Box<Document>),
    /// A garage's work order.
    WorkOrder(Box<Visit>),
    /// Its estimate.
    Estimate(Box<Visit>),
    /// A rental vehicle handed over.
    HandOver(Box<Visit>, Box<Deposit>),
    /// … and back.
    VehicleReturn(Box<Visit>),
    /// Money on account.
    Deposit(Box<Deposit>),
}

impl Sample {
    /// The sample of a kind, at this business. A test keeps that there is one of each.
    #[must_use]
    pub fn of(settings: &Settings, kind: TemplateKind) -> Option<Self> {
        Some(match kind {
            TemplateKind::Receipt => Self::Receipt(document(settings)?),
            TemplateKind::Invoice => {
                let mut document = document(settings)?;
                document.kind = DocumentKind::Invoice { customer: TaxNumber::parse("GR", "094014201").ok()? };
                Self::Receipt(document)
            }
            TemplateKind::Slip => {
                let document = document(settings)?;
                Self::Slip(Box::new(Document { name: None, qr: None, ..*document }))
            }
            TemplateKind::Ticket => Self::Ticket(visit(settings, include_str!("sample/visit.json"))?),
            TemplateKind::Intake => {
                let mut order: Box<Order> = read(include_str!("sample/order.json"))?;
                order.reference.terminal = settings.terminal.clone();
                Self::Intake(order)
            }
            TemplateKind::WorkOrder => Self::WorkOrder(visit(settings, include_str!("sample/garage.json"))?),
            TemplateKind::Estimate => Self::Estimate(visit(settings, include_str!("sample/garage.json"))?),
            TemplateKind::HandOver => {
                let visit = visit(settings, include_str!("sample/rental.json"))?;
                Self::HandOver(visit, deposit(settings)?)
            }
            TemplateKind::VehicleReturn => {
                Self::VehicleReturn(visit(settings, include_str!("sample/rental.json"))?)
            }
            TemplateKind::Deposit => Self::Deposit(deposit(settings)?),
        })
    }

    /// It as facts of a paper.
    #[must_use]
    pub fn facts(&self) -> Option<Facts<'_>> {
        Some(match self {
            Self::Ticket(visit) => Facts::Ticket(visit),
            Self::Intake(order) => Facts::Intake(order),
            Self::Slip(document) => Facts::Slip { document, copy: 0 },
            Self::Receipt(document) => Facts::Receipt { document, copy: 0 },
            Self::WorkOrder(visit) => {
                let due = visit.work.as_ref().and_then(|work| work.next_service.as_ref());
                Facts::WorkOrder { visit, due, deposits: &[] }
            }
            Self::Estimate(visit) => {
                Facts::Estimate { visit, estimate: visit.work.as_ref()?.estimates.last()? }
            }
            Self::HandOver(visit, deposit) => {
                Facts::HandOver { visit, deposits: std::slice::from_ref(&**deposit) }
            }
            Self::VehicleReturn(visit) => Facts::VehicleReturn(visit),
            Self::Deposit(deposit) => Facts::Deposit { deposit, copy: 0 },
        })
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).inspect_err(|error| tracing::error!(%error, "a sample cannot be read")).ok()
}

fn visit(settings: &Settings, text: &str) -> Option<Box<Visit>> {
    let mut visit: Box<Visit> = read(text)?;
    visit.reference.terminal = settings.terminal.clone();
    Some(visit)
}

fn document(settings: &Settings) -> Option<Box<Document>> {
    let mut document: Box<Document> = read(include_str!("sample/document.json"))?;
    document.reference.terminal = settings.terminal.clone();
    document.series = settings.series.clone();
    Some(document)
}

fn deposit(settings: &Settings) -> Option<Box<Deposit>> {
    let mut deposit: Box<Deposit> = read(include_str!("sample/deposit.json"))?;
    deposit.reference.terminal = settings.terminal.clone();
    Some(deposit)
}
